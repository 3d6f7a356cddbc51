import type { z } from 'zod';
import type { Log } from '../../shared/record/log.ts';
import { type CaseLook, lookAtCase, readLog } from '../../shared/record/looks.ts';
import type { caseInput } from '../middleware/step.ts';

/** Lifecycle: reads the record and says which stage is next. */
export const lookAt =
  (log: () => Log) =>
  async ({ id, rev, now }: z.output<typeof caseInput>): Promise<CaseLook> =>
    lookAtCase(log(), await readLog(log(), id), rev, now);
