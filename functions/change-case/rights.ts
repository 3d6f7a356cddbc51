/** Contests, corrections and requests about one's own data: by the person, or by a post for an agent; and what was asked, done. */
import { iso } from '../../shared/calendar/calendar.ts';
import type { Answer } from '../../shared/domain/actions.ts';
import { contested } from '../../shared/domain/contesting.ts';
import { completeOn } from '../../shared/domain/erasure.ts';
import { openContest } from '../../shared/domain/folding/contest.ts';
import { noteIdFor, placeIn, splitTaskId } from '../../shared/domain/ids.ts';
import { hardEnd } from '../../shared/domain/reviewing-apart.ts';
import { fulfilled, requested } from '../../shared/domain/rights.ts';
import { foldersOf, isClosed, openTasks, type State, type Task } from '../../shared/domain/state.ts';
import type { Relation } from '../../shared/domain/who-may/matrix.ts';
import { isReported, standingToTask } from '../../shared/domain/who-may/standing.ts';
import { ActionRefused, InputInvalid, NotPermitted, NotYours, Unknown } from '../../shared/errors.ts';
import { partIn } from '../../shared/record/contacts.ts';
import { discharge } from '../../shared/record/discharging.ts';
import { checkErasable, type Erasing } from '../../shared/record/erasure.ts';
import type { Desk } from '../../shared/record/intake.ts';
import { markOpen } from '../../shared/record/log.ts';
import { readLog } from '../../shared/record/looks.ts';
import { commitWithNote } from '../../shared/record/notes.ts';
import { checkReplaceable, keepProposed } from '../../shared/record/own-data.ts';
import { ownMattersOf, type PersonInRole } from '../../shared/record/people.ts';
import type { Table } from '../../shared/record/table.ts';
import type { Call, Handler } from '../middleware/api.ts';
import { staffOf } from '../middleware/caller.ts';
import type { Granted } from '../middleware/guard.ts';
import { caseAt, matterAt, unknown } from '../middleware/named.ts';
import { affectedParts } from '../middleware/showing.ts';
import { type Changing, commitOn, placeOf } from './handler.ts';
import { askingBy } from './own.ts';
import { placeToTell } from './place-to-tell.ts';

export const contestDecision =
  (changing: () => Changing): Handler<'contest-decision'> =>
  async (call) => {
    const { city } = changing().log;
    const state = await caseAt(changing().log, call.params.id);
    await call.guard.toLog(state);
    const { by, own } = askingBy(call);
    const key = `contest ${own}`;
    const tellAt = await placeToTell(changing().log, state, call.caller);
    const made = await commitOn(changing(), state, key, (current) =>
      contested(current, { by, at: call.now, key, tellAt }, call.body),
    );
    // New facts join the contest that is open: its days count from the first receipt.
    const open = made.state.subject === 'case' ? openContest(made.state) : undefined;
    const from = open?.at ?? made.action.at;
    const answerBy = iso(hardEnd(city, { kind: 'contest', from }) ?? from);
    return { body: { id: state.id, n: made.action.n, answerBy, repeated: made.again } };
  };

export const askRight =
  (desk: () => Desk): Handler<'ask-right'> =>
  async (call) => {
    const { city, table, keys } = desk();
    const { state, linked } = await matterAt(desk(), call.params.id);
    const granted = await call.guard.toLog(state, linked);
    const { by, own } = askingBy(call);
    const { ref, ownData } = call.body;
    const place = await whose(desk(), call, granted, state, ref);
    const key = `right ${own}`;
    const tellAt = state.subject === 'case' ? await placeToTell({ table }, state, call.caller) : undefined;
    const command = (current: State | undefined) => {
      if (!current) throw unknown('case', state.id);
      return requested(current, { by, at: call.now, key, tellAt }, call.body, place && placeIn(place));
    };
    const made = await commitWithNote(desk(), keys, state.id, key, command, async ({ note }) => {
      if (place && ownData && note !== undefined) await keepProposed({ table, keys }, place, note, ownData);
      // What is asked for opens what is closed.
      if (isClosed(state)) await markOpen(desk(), state.id);
    });
    if (!made) throw unknown('case', state.id);
    const { at, n } = made.action;
    const answerBy = iso(hardEnd(city, { kind: 'rights-request', from: at }) ?? at);
    return { body: { id: state.id, n, answerBy, repeated: made.again } };
  };

/**
 * Whose own data it is about: the citizen's own place, or that of whom a post names; of a case it is the person concerned.
 * @throws InputInvalid, Unknown, NotPermitted
 */
async function whose(
  { table }: Desk,
  { caller }: Pick<Call, 'caller'>,
  { role, fields }: Granted,
  state: State,
  ref: string | undefined,
): Promise<PersonInRole | undefined> {
  const folders = foldersOf(state);
  const [folder] = folders;
  if (state.subject === 'case' || folder === undefined) {
    if (ref !== undefined)
      throw new InputInvalid([{ path: 'ref', value: ref, allowed: 'none: it is the person concerned' }]);
    return undefined;
  }
  if (caller.as === 'citizen') {
    const matters = await ownMattersOf(table, caller.parties);
    const own = matters.filter(
      (one) => folders.includes(one.dispute) && isReported(one) === (role === 'person-concerned'),
    );
    const found = ref === undefined ? own[0] : own.find((one) => `${one.report}.${one.i}` === ref);
    // As if nobody were there: no place can be tried out.
    if (!found) throw new Unknown('person in role', ref ?? folder, `a ref that a read of ${folder} named`);
    return found;
  }
  if (ref === undefined) {
    throw new InputInvalid([{ path: 'ref', value: null, allowed: `a ref that a read of ${folder} named` }]);
  }
  const place = await partIn(table, folders, placeOf(ref));
  if (fields.has(affectedParts.includes(place.part) ? 'affected' : 'parties')) return place;
  throw new NotPermitted('this post may not see that person');
}

/** What was asked is done, and the task answered with it. */
export const fulfilRequest =
  (desk: () => Desk, erasing: () => Erasing): Handler<'fulfil-request'> =>
  async (call) => {
    const { taskId } = call.params;
    const parts = splitTaskId(taskId);
    if (!parts)
      throw new Unknown('task', taskId, 'the id of a task, <dispute or referral>.<kind>-<number>, is allowed');
    const state = await readLog(desk(), parts.logId);
    await permitted(call, state, parts.task);
    const by = staffOf(call.caller);
    const key = `${parts.task} fulfil ${by.person} ${call.key}`;
    const ofTask = (current: State | undefined): { readonly current: State; readonly task: Task } => {
      const task = current?.tasks[parts.task];
      if (current && task) return { current, task };
      const open = current ? openTasks(current).filter(({ owner }) => owner === by.post) : [];
      throw new ActionRefused(
        'fulfilling',
        `task ${parts.task} of ${state.id} is not open`,
        open.map(({ no }) => no),
      );
    };
    const command = (given: State | undefined) => {
      const { current, task } = ofTask(given);
      if (task.owner !== by.post) throw new NotYours(`task ${task.no} belongs to ${task.owner}, not to ${by.post}`);
      const { answer } = fulfilled(current, task);
      const content = { kind: 'answered', task: task.no, answer } as const;
      return {
        draft: { at: call.now, by, key, rev: 0, content, note: noteIdFor(current.id, key) },
        text: call.body.reason,
      };
    };
    const made = await commitWithNote(desk(), desk().keys, state.id, key, command, async ({ content }) => {
      if (content.kind === 'answered')
        await checkDoable(desk().table, state, content.answer, ofTask(state).task, call.now);
    });
    if (!made) throw unknown('case', state.id);
    // The answer has decided it: what is not done now is done by whoever comes by.
    await discharge({ ...desk(), list: erasing().list }, state.id);
    const { content, at, n } = made.action;
    const isErasure = content.kind === 'answered' && content.answer.task === 'rights-request';
    return { body: { taskId, n, completeOn: isErasure ? iso(completeOn(at)) : null, repeated: made.again } };
  };

/** What the answer grants can be done. @throws Unknown, Held, RecordBusy */
async function checkDoable(table: Table, state: State, answer: Answer, task: Task, at: number): Promise<void> {
  const { request } = fulfilled(state, task);
  const [report = '', i] = (request.part ?? '').split('#');
  const place = await partIn(table, foldersOf(state), { report, i: Number(i) });
  if (answer.task === 'correction') await checkReplaceable(table, place, request.note);
  else await checkErasable(table, { ...place, at, ground: 'request' });
}

/** Of a task that is over nobody is the owner any more: whoever is near is told what came of their command. */
async function permitted({ guard, caller }: Call, state: State, no: string): Promise<void> {
  const subject = await guard.standing(state);
  const task = state.tasks[no];
  const relations = new Set<Relation>(task && caller.as === 'post' ? standingToTask(caller.post, task) : []);
  if (!task && (subject.relations.has('own-area') || subject.relations.has('work'))) relations.add('task');
  await guard.to({ ...subject, what: `${state.id}.${no}`, relations });
}
