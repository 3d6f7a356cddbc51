/** What is done to a case itself: the visit instruction, an emergency access, an erasure. */
import { iso } from '../../shared/calendar/calendar.ts';
import type { Content, Draft } from '../../shared/domain/actions.ts';
import type { ErasureGround } from '../../shared/domain/erasure.ts';
import { glassBroken } from '../../shared/domain/glass.ts';
import { isHelp } from '../../shared/domain/help.ts';
import { noteIdFor } from '../../shared/domain/ids.ts';
import {
  type CaseState,
  type DisputeState,
  foldersOf,
  openTasks,
  type ReferralState,
  type State,
} from '../../shared/domain/state.ts';
import type { Worded } from '../../shared/domain/task-commands.ts';
import { ActionRefused, InputInvalid } from '../../shared/errors.ts';
import type { Place } from '../../shared/record/contacts.ts';
import { eraseByOrder } from '../../shared/record/discharging.ts';
import type { Erasing } from '../../shared/record/erasure.ts';
import type { Log } from '../../shared/record/log.ts';
import { commitWithNote, type NoteKeys } from '../../shared/record/notes.ts';
import { partiesOf } from '../../shared/record/people.ts';
import { type Call, etagOf, type Handler } from '../middleware/api.ts';
import { staffOf } from '../middleware/caller.ts';
import { caseAt, checkSeenOf, disputeAt, referralAt, unknown } from '../middleware/named.ts';

export interface Changing {
  readonly log: Log;
  readonly keys: NoteKeys;
}

/** Commits on a case under a key of the person; what they write is kept as a note. */
export async function commitOn(
  { log, keys }: Changing,
  { id }: CaseState,
  key: string,
  make: (state: CaseState) => Worded,
  first?: (draft: Draft) => Promise<void>,
) {
  const command = (state: State | undefined) => {
    if (state?.subject !== 'case') throw unknown('case', id);
    return make(state);
  };
  const made = await commitWithNote(log, keys, id, key, command, first);
  if (!made) throw unknown('case', id);
  return made;
}

type OnCase = Pick<Call, 'guard' | 'caller' | 'key' | 'now' | 'seen'> & { readonly params: { readonly id: string } };

/** What a post's command is made of: the case as it is now, who acts, and the note that keeps their words. */
interface Acting {
  readonly state: CaseState;
  readonly by: ReturnType<typeof staffOf>;
  readonly note: string;
}

/**
 * A command of a post on a case: asked for at the door, made of the case as it stands, its words kept beside it.
 * @param what under which the caller's key is known
 */
export async function actOnCase(
  changing: Changing,
  call: OnCase,
  { what, text }: { readonly what: string; readonly text: string },
  make: (acting: Acting) => Content,
  first?: (draft: Draft, state: CaseState) => Promise<void>,
) {
  const state = await caseAt(changing.log, call.params.id);
  await call.guard.toLog(state);
  const by = staffOf(call.caller);
  const key = `${what} ${by.person} ${call.key}`;
  const worded = (current: CaseState): Worded => {
    checkSeenOf(current, call.seen);
    const note = noteIdFor(current.id, key);
    const content = make({ state: current, by, note });
    return { draft: { at: call.now, by, key, rev: 0, content, note }, text };
  };
  const {
    action,
    again,
    state: after,
  } = await commitOn(changing, state, key, worded, first && ((draft) => first(draft, state)));
  return { action, reply: { id: state.id, n: action.n, repeated: again }, etag: etagOf(after.n) };
}

/** How to come, not why: by a post that gives help here. */
export const instructVisit =
  (changing: () => Changing): Handler<'instruct-visit'> =>
  async (call) => {
    const words = { what: 'visit', text: call.body.words };
    const { reply, etag } = await actOnCase(changing(), call, words, ({ state, by, note }) => {
      const task = openTasks(state).find((one) => isHelp(one) && one.owner === by.post);
      if (!task)
        throw new ActionRefused('instructing a visit', `${state.id} is ${state.status}`, [
          'a task of help of this post',
        ]);
      return { kind: 'visitInstructed', task: task.no, words: note };
    });
    return { body: reply, etag };
  };

/** See more for a while, with a reason; the independent reviewer reviews it. */
export const breakGlass =
  (changing: () => Changing): Handler<'break-glass'> =>
  async (call) => {
    const { log } = changing();
    const words = { what: 'break-glass', text: call.body.reason };
    const { action, reply } = await actOnCase(changing(), call, words, ({ by }) => glassBroken(log.city, by, call.now));
    const end = action.content.kind === 'glassBroken' ? action.content.until : call.now;
    return { body: { ...reply, until: iso(end) } };
  };

/** Named as a read names it: <report>.<number>. */
export function placeOf(ref: string): { report: string; i: number } {
  const [, report, i] = /^(.{1,90})\.(\d{1,2})$/.exec(ref) ?? [];
  if (report === undefined) {
    throw new InputInvalid([{ path: 'ref', value: ref, allowed: 'ref of a person in role, <report>.<number>' }]);
  }
  return { report, i: Number(i) };
}

export const erasePerson =
  (changing: () => Changing, erasing: () => Erasing): Handler<'erase-person'> =>
  async (call) => {
    const { id } = call.params;
    const { state } = await disputeAt(changing().log, id);
    await call.guard.toLog(state);
    const by = staffOf(call.caller);
    return { body: { dispute: id, ...(await erased(changing(), erasing(), state, by, call)) } };
  };

/** Whoever asked for help only. */
export const eraseHelped =
  (changing: () => Changing, erasing: () => Erasing): Handler<'erase-helped'> =>
  async (call) => {
    const { id } = call.params;
    const state = await referralAt(changing().log, id);
    await call.guard.toLog(state);
    const by = staffOf(call.caller);
    return { body: { referral: id, ...(await erased(changing(), erasing(), state, by, call)) } };
  };

interface Erases {
  readonly body: { readonly ref: string; readonly ground: ErasureGround };
  readonly now: number;
  readonly key: string;
}

type WithPeople = DisputeState | ReferralState;

/** What others have received is called back with it. */
async function erased(
  { log }: Changing,
  { list }: Pick<Erasing, 'list'>,
  state: WithPeople,
  by: ReturnType<typeof staffOf>,
  { body, now, key }: Erases,
) {
  const { ref, ground } = body;
  const place = await erasedAt(log, state, placeOf(ref));
  const order = { at: now, by, ground, key: `erase ${by.person} ${key}` };
  const { at, completeOn } = await eraseByOrder({ ...log, list }, state.id, place, order);
  return { ref, erasedAt: iso(at), completeOn: iso(completeOn) };
}

/** In whichever of the folders the report put them. */
async function erasedAt({ table }: Log, state: WithPeople, { report, i }: ReturnType<typeof placeOf>): Promise<Place> {
  const named = await partiesOf(table, foldersOf(state));
  const found = named.find((one) => one.report === report && one.i === i);
  return { dispute: found?.dispute ?? state.id, report, i };
}
