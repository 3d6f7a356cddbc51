import type { z } from 'zod';
import { slaDraft } from '../../shared/domain/lifecycle-commands.ts';
import type { State } from '../../shared/domain/state.ts';
import { callsFor, dutyFor } from '../../shared/record/calling.ts';
import { isMessage, isOver, type ToCitizens } from '../../shared/record/citizen-sending.ts';
import { commit, type Log } from '../../shared/record/log.ts';
import { readLog, type TaskLook, unlessSuperseded } from '../../shared/record/looks.ts';
import type { Outgoing } from '../../shared/record/sending.ts';
import { lookAt } from '../look-at-task/handler.ts';
import type { slaInput } from '../middleware/step.ts';

/** Task: a timer has passed. Commits the step that it means, once; late or superseded, it changes nothing. Then it looks. */
export const takeStep =
  (log: () => Log, outgoing: () => Outgoing, citizens: () => ToCitizens) =>
  async ({ id, rev, task, step, now }: z.output<typeof slaInput>): Promise<TaskLook> => {
    const before = await readLog(log(), id);
    const [calls, duty] = await Promise.all([callsFor(log(), before, task, now), dutyFor(log(), before, task, now)]);
    // A message to a citizen is over once it went out, and not before.
    const unsent = isMessage(task) && !(await isOver(log().table, id, task));
    const command = (state: State | undefined) => {
      const draft = state && slaDraft(log().city, state, rev, task, step, now, calls, duty);
      return unsent && draft?.content.kind === 'ended' ? undefined : draft;
    };
    await unlessSuperseded(commit(log(), id, command));
    return lookAt(log, outgoing, citizens)({ id, rev, task, now });
  };
