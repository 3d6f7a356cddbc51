import * as z from 'zod';
import { setup } from '../middleware/setup.ts';
import { instant, step } from '../middleware/step.ts';
import { repair } from './handler.ts';

export const handler = step(
  z.object({ now: instant }),
  repair(setup.discharging, setup.outgoing, setup.alarms, setup.definition),
);
