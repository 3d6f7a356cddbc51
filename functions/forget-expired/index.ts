import * as z from 'zod';
import { setup } from '../middleware/setup.ts';
import { instant, step } from '../middleware/step.ts';
import { forget } from './handler.ts';

export const handler = step(z.object({ now: instant }), forget(setup.forgetting));
