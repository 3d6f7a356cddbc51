import { setup } from '../middleware/setup.ts';
import { step, taskInput } from '../middleware/step.ts';
import { lookAt } from './handler.ts';

export const handler = step(taskInput, lookAt(setup.log, setup.outgoing, setup.citizens));
