import type { z } from 'zod';
import { dueOf, markOf } from '../../shared/domain/expiry.ts';
import { isClosed } from '../../shared/domain/state.ts';
import { markExpiry } from '../../shared/record/expiry.ts';
import type { Log } from '../../shared/record/log.ts';
import { type CaseLook, lookAtCase, readLog } from '../../shared/record/looks.ts';
import type { caseInput } from '../middleware/step.ts';

/** Lifecycle: reads the record and says which stage is next; what is over but for work beside its end is marked as if it were closed. */
export const lookAt =
  (log: () => Log) =>
  async ({ id, rev, now }: z.output<typeof caseInput>): Promise<CaseLook> => {
    const state = await readLog(log(), id);
    const due = isClosed(state) ? undefined : dueOf(log().city, state);
    if (due) await markExpiry(log().table, id, markOf(due, now));
    return lookAtCase(log(), state, rev, now);
  };
