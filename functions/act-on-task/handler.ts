import { addDuration } from '../../shared/calendar/calendar.ts';
import { reasonIn } from '../../shared/domain/deciding.ts';
import { type LogId, splitTaskId } from '../../shared/domain/ids.ts';
import { namedRoutes } from '../../shared/domain/legal-routes.ts';
import { routesIn } from '../../shared/domain/mediation.ts';
import { chosenIn } from '../../shared/domain/planning.ts';
import type { State } from '../../shared/domain/state.ts';
import { taskCommand, type Verb } from '../../shared/domain/task-commands.ts';
import type { Relation } from '../../shared/domain/who-may/matrix.ts';
import { standingToTask } from '../../shared/domain/who-may/standing.ts';
import { Unknown } from '../../shared/errors.ts';
import { agreementIn, keepAgreement } from '../../shared/record/agreements.ts';
import type { Log } from '../../shared/record/log.ts';
import { taskNow } from '../../shared/record/looks.ts';
import { takePlaces } from '../../shared/record/mediators.ts';
import { commitWithNote, type NoteKeys } from '../../shared/record/notes.ts';
import { type ReasonKeys, useOfReason } from '../../shared/record/reasons.ts';
import { type Call, etagOf, type Reply } from '../middleware/api.ts';
import { staffOf } from '../middleware/caller.ts';
import { checkSeenOf } from '../middleware/named.ts';

interface OnTask extends Call {
  readonly params: { readonly taskId: string };
  readonly body: unknown;
}

/**
 * Acknowledge, answer, hand off, accept or decline a hand-off. The outcome told is that of the commit alone; an idempotency key
 * that was applied before gives the first outcome again.
 */
export const actOnTask =
  (log: () => Log, keys: () => NoteKeys, reasons: () => ReasonKeys, verb: Verb) =>
  async (call: OnTask): Promise<Reply> => {
    const { taskId } = call.params;
    const parts = splitTaskId(taskId);
    if (!parts) throw new Unknown('task', taskId, 'the id of a task, <case or dispute>.<kind>-<number>, is allowed');
    const { state, task } = await taskNow(log(), parts.logId, parts.task);
    const logId = state.id;
    const keyOf = (person: string) => `${task} ${verb} ${person} ${call.key}`;
    const by = await permitted(call, state, task, keyOf);
    const key = keyOf(by.person);
    const words = verb === 'answer' ? reasonIn(task, call.body) : undefined;
    const use =
      words === undefined ? undefined : await useOf(log(), reasons(), call.now, by.person, words, `${logId} ${key}`);
    const command = (current: State | undefined) => {
      if (!current) throw nothing(logId);
      checkSeenOf(current, call.seen);
      const given = { city: log().city, state: current, task, verb, by, at: call.now, key, body: call.body };
      return taskCommand({ ...given, usedBefore: use?.before ?? 0 });
    };
    const made = await commitWithNote(log(), keys(), logId, key, command, async ({ content }, text) => {
      await takePlaces(log(), state, chosenIn(content), call.now);
      const agreed = agreementIn(content);
      if (agreed) await keepAgreement(log(), keys(), { ...agreed, log: logId, area: state.area, text });
      await use?.keep();
    });
    const routes = made ? namedRoutes(routesIn(made.action.content)) : [];
    const told = routes.length > 0 ? { routes } : {};
    const body = { taskId: `${logId}.${task}`, n: made?.action.n ?? null, repeated: made?.again ?? false, ...told };
    return { body, ...(made ? { etag: etagOf(made.state.n) } : {}) };
  };

/** Words of a reason are remembered for as long as a case is kept. */
function useOf({ table, city }: Log, keys: ReasonKeys, now: number, person: string, words: string, command: string) {
  const until = addDuration(city, now, city.retention.completed);
  return useOfReason(table, keys, { person, words, command, now, until });
}

const nothing = (id: LogId) => new Unknown('case or dispute', id, 'the id of a task that a notice named is allowed');

/**
 * Of a task that is over nobody is the owner any more: whoever works with its case is told what is open instead, or, for a
 * repeated command, its first outcome. So is whoever accepted or declined it and was not answered.
 */
async function permitted({ guard, caller }: OnTask, state: State, no: string, keyOf: (person: string) => string) {
  const subject = await guard.standing(state);
  const task = state.tasks[no];
  const relations = new Set<Relation>(task && caller.as === 'post' ? standingToTask(caller.post, task) : []);
  const near = subject.relations.has('own-area') || subject.relations.has('work');
  const applied = caller.as === 'post' && task?.keys.includes(keyOf(caller.person)) === true;
  if (applied || (!task && near)) for (const relation of ['task', 'offered'] as const) relations.add(relation);
  await guard.to({ ...subject, what: `${state.id}.${no}`, relations });
  return staffOf(caller);
}
