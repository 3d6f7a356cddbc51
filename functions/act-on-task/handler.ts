import { splitTaskId } from '../../shared/domain/ids.ts';
import { isVerb, taskCommand, verbs } from '../../shared/domain/task-commands.ts';
import { InputInvalid, Unknown } from '../../shared/errors.ts';
import { commit, type Log } from '../../shared/record/log.ts';
import type { Reply, Request } from '../middleware/api.ts';

/**
 * POST /v1/tasks/{taskId}/{verb}: acknowledge, answer, hand off, accept or decline a hand-off. The outcome told is that of the
 * commit alone; an idempotency key that was applied before gives the first outcome again.
 */
export const actOnTask =
  (log: () => Log) =>
  async ({ path, header, body, staff, now }: Request): Promise<Reply> => {
    const { taskId = '', verb = '' } = path;
    const parts = splitTaskId(taskId);
    if (!parts) throw new Unknown('task', taskId, 'the id of a task, <case or dispute>.<kind>-<number>, is allowed');
    if (!isVerb(verb)) throw new Unknown('verb', verb, `one of ${verbs.join(', ')} is allowed`);
    const given = header('idempotency-key');
    if (given === undefined || given.length > 100) {
      const allowed = '1 to 100 characters, the same for the same command';
      throw new InputInvalid([{ path: 'headers.idempotency-key', value: given ?? null, allowed }]);
    }
    const by = staff();
    const key = `${parts.task} ${verb} ${by.person} ${given}`;
    const { city } = log();
    const input = body();
    const made = await commit(
      log(),
      parts.logId,
      (state) => {
        if (!state)
          throw new Unknown('case or dispute', parts.logId, 'the id of a task that a notice named is allowed');
        return taskCommand({ city, state, task: parts.task, verb, by, at: now, key, body: input });
      },
      { key },
    );
    return { status: 200, body: { taskId, n: made?.action.n ?? null, repeated: made?.again ?? false } };
  };
