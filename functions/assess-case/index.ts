import { setup } from '../middleware/setup.ts';
import { caseInput, step } from '../middleware/step.ts';
import { assess } from './handler.ts';

export const handler = step(caseInput, assess(setup.log));
