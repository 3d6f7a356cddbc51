import * as z from 'zod';
import { setup } from '../middleware/setup.ts';
import { instant, step } from '../middleware/step.ts';
import { watch } from './handler.ts';

export const handler = step(
  z.object({ now: instant }),
  watch(setup.directory, { alarms: setup.alarms, notices: setup.outgoing }),
);
