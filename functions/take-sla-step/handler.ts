import type { z } from 'zod';
import { slaDraft } from '../../shared/domain/lifecycle-commands.ts';
import type { State } from '../../shared/domain/state.ts';
import { commit, type Log } from '../../shared/record/log.ts';
import { unlessSuperseded } from '../../shared/record/looks.ts';
import type { slaInput } from '../middleware/step.ts';

/** Task: a timer has passed. Commits the step that it means, once; late or superseded, it changes nothing. */
export const takeStep =
  (log: () => Log) =>
  async ({ id, rev, task, step, now }: z.output<typeof slaInput>): Promise<{ taken: string | null }> => {
    const command = (state: State | undefined) => state && slaDraft(log().city, state, rev, task, step, now);
    const made = await unlessSuperseded(commit(log(), id, command));
    return { taken: made?.action.content.kind ?? null };
  };
