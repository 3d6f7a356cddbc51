import type { z } from 'zod';
import { slaDraft } from '../../shared/domain/lifecycle-commands.ts';
import { Superseded } from '../../shared/errors.ts';
import { commit, type Log } from '../../shared/record/log.ts';
import { readLog } from '../../shared/record/looks.ts';
import type { slaInput } from '../middleware/step.ts';

/** Task: a timer has passed. Commits the step that it means, once; late or superseded, it changes nothing. */
export const takeStep =
  (log: () => Log) =>
  async ({ id, rev, task, step, now }: z.output<typeof slaInput>): Promise<{ taken: string | null }> => {
    await readLog(log(), id);
    try {
      const made = await commit(log(), id, (state) => state && slaDraft(log().city, state, rev, task, step, now));
      return { taken: made?.action.content.kind ?? null };
    } catch (error) {
      if (error instanceof Superseded) return { taken: null };
      throw error;
    }
  };
