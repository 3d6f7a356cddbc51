import * as z from 'zod';
import { setup } from '../middleware/setup.ts';
import { instant, step } from '../middleware/step.ts';
import { keepAudit } from './handler.ts';

export const handler = step(z.object({ now: instant }), keepAudit(setup.audit, setup.alarms, setup.oversight));
