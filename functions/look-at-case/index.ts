import { setup } from '../middleware/setup.ts';
import { caseInput, step } from '../middleware/step.ts';
import { lookAt } from './handler.ts';

export const handler = step(caseInput, lookAt(setup.log));
