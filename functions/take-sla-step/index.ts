import { setup } from '../middleware/setup.ts';
import { slaInput, step } from '../middleware/step.ts';
import { takeStep } from './handler.ts';

export const handler = step(slaInput, takeStep(setup.log, setup.outgoing, setup.citizens));
