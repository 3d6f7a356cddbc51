import { setup } from '../middleware/setup.ts';
import { caseInput, step } from '../middleware/step.ts';
import { open } from './handler.ts';

export const handler = step(caseInput, open(setup.log));
