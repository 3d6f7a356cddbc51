import { setup } from '../middleware/setup.ts';
import { caseInput, step } from '../middleware/step.ts';
import { close } from './handler.ts';

export const handler = step(caseInput, close(setup.log));
