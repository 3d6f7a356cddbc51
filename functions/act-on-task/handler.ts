import { type LogId, splitTaskId } from '../../shared/domain/ids.ts';
import type { State } from '../../shared/domain/state.ts';
import { taskCommand, type Verb } from '../../shared/domain/task-commands.ts';
import type { Relation } from '../../shared/domain/who-may/matrix.ts';
import { standingToTask } from '../../shared/domain/who-may/standing.ts';
import { PreconditionFailed, Unknown } from '../../shared/errors.ts';
import type { Log } from '../../shared/record/log.ts';
import { readLog } from '../../shared/record/looks.ts';
import { commitWithNote, type NoteKeys } from '../../shared/record/notes.ts';
import { type Call, etagOf, type Reply } from '../middleware/api.ts';
import { staffOf } from '../middleware/caller.ts';

interface OnTask extends Call {
  readonly params: { readonly taskId: string };
  readonly body: unknown;
}

/**
 * Acknowledge, answer, hand off, accept or decline a hand-off. The outcome told is that of the commit alone; an idempotency key
 * that was applied before gives the first outcome again.
 */
export const actOnTask =
  (log: () => Log, keys: () => NoteKeys, verb: Verb) =>
  async (call: OnTask): Promise<Reply> => {
    const { taskId } = call.params;
    const parts = splitTaskId(taskId);
    if (!parts) throw new Unknown('task', taskId, 'the id of a task, <case or dispute>.<kind>-<number>, is allowed');
    const { logId, task } = parts;
    const by = await permitted(call, await readLog(log(), logId), task);
    const key = `${task} ${verb} ${by.person} ${call.key}`;
    const made = await commitWithNote(log(), keys(), logId, key, (state) => {
      if (!state) throw nothing(logId);
      if (call.seen !== undefined && call.seen !== String(state.n)) {
        throw new PreconditionFailed(`${logId} is at ${state.n}, not at ${call.seen}: read it again`);
      }
      return taskCommand({ city: log().city, state, task, verb, by, at: call.now, key, body: call.body });
    });
    const body = { taskId, n: made?.action.n ?? null, repeated: made?.again ?? false };
    return { body, ...(made ? { etag: etagOf(made.state.n) } : {}) };
  };

const nothing = (id: LogId) => new Unknown('case or dispute', id, 'the id of a task that a notice named is allowed');

/**
 * Of a task that is over nobody is the owner any more: whoever works with its case is told what is open instead, or, for a
 * repeated command, its first outcome.
 */
async function permitted({ guard, caller }: OnTask, state: State, no: string) {
  const subject = await guard.standing(state);
  const task = state.tasks[no];
  const relations = new Set<Relation>(task && caller.as === 'post' ? standingToTask(caller.post, task) : []);
  const near = subject.relations.has('own-area') || subject.relations.has('work');
  if (!task && near) for (const relation of ['task', 'offered'] as const) relations.add(relation);
  await guard.to({ ...subject, what: `${state.id}.${no}`, relations });
  return staffOf(caller);
}
