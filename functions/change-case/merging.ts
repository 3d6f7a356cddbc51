/** Two cases of one person, or two disputes that are one quarrel, are made one, and two again: by whoever coordinates both. */
import { isCaseId, isDisputeId } from '../../shared/domain/ids.ts';
import { type Mergeable, type MergeId, mergedInto } from '../../shared/domain/merged.ts';
import { mergeOffered, unmergeOffered } from '../../shared/domain/merging.ts';
import { type DisputeState, describeState, type State } from '../../shared/domain/state.ts';
import type { Worded } from '../../shared/domain/task-commands.ts';
import { ActionRefused } from '../../shared/errors.ts';
import { actionsAfter, type Log, markOpen, read } from '../../shared/record/log.ts';
import { areOpposed, carryOn, casesUnderWay } from '../../shared/record/merging.ts';
import { commitWithNote } from '../../shared/record/notes.ts';
import type { Call, Handler } from '../middleware/api.ts';
import { staffOf } from '../middleware/caller.ts';
import { caseAt, checkSeenOf, disputeAt, unknown } from '../middleware/named.ts';
import type { Changing } from './handler.ts';

interface Merging extends Call {
  readonly body: { readonly into: string; readonly reason: string };
}
interface Unmerging extends Call {
  readonly body: { readonly reason: string };
}

/** Whoever merges has both before them: the matrix is asked for each. @throws Unknown, NotPermitted, ConflictOfInterest */
async function permitted(log: Log, { guard }: Pick<Call, 'guard'>, id: string): Promise<Mergeable> {
  if (isDisputeId(id)) {
    const { state, linked } = await disputeAt(log, id);
    await guard.toLog(state, linked);
    return state;
  }
  const state = await caseAt(log, id);
  await guard.toLog(state);
  return state;
}

async function opposed(log: Log, one: Mergeable, other: Mergeable): Promise<boolean> {
  return one.subject === 'case' && other.subject === 'case' && (await areOpposed(log, one, other));
}

async function lookedAfter(log: Log, disputes: readonly Mergeable[]): Promise<(state: DisputeState) => boolean> {
  const underWay = await casesUnderWay(log, disputes);
  return ({ cases }) => cases.some((id) => underWay.has(id));
}

/** What is offered is carried to its end at once; a crash between is taken up by whoever comes by next. */
async function merge({ log, keys }: Changing, id: string, call: Merging) {
  const { body, caller, now } = call;
  const source = await permitted(log, call, id);
  const target = await permitted(log, call, body.into);
  const by = staffOf(caller);
  const key = `merge ${by.person} ${call.key}`;
  const [isOpposed, isLookedAfter] = [await opposed(log, source, target), await lookedAfter(log, [source, target])];
  const command = (current: State | undefined): Worded => {
    if (!current) throw unknown(source.subject, source.id);
    checkSeenOf(current, call.seen);
    const offer = { source: current, target, isLookedAfter, opposed: isOpposed, by, at: now, key };
    return mergeOffered({ ...offer, reason: body.reason });
  };
  // A dispute may be closed: whoever repairs finds it among what is open.
  const made = await commitWithNote(log, keys, source.id, key, command, () => markOpen(log, source.id));
  if (!made) throw unknown(source.subject, source.id);
  if ((await carryOn(log, source.id, now)) === 'declined') {
    throw new ActionRefused('merging', describeState(await after(log, target.id)), ['what is under way']);
  }
  return told(await after(log, source.id), made);
}

async function unmerge({ log, keys }: Changing, id: string, call: Unmerging) {
  const { body, caller, now } = call;
  const source = await permitted(log, call, id);
  const into = mergedInto(source);
  if (into) checkSeenOf(source, call.seen);
  const by = staffOf(caller);
  const key = `unmerge ${by.person} ${call.key}`;
  const target = into ?? (await cameOutOf(log, source, key));
  if (target === undefined) {
    throw new ActionRefused('undoing a merge', `${describeState(source)}, not merged`, ['merging']);
  }
  const home = await permitted(log, call, target);
  const command = (current: State | undefined): Worded => {
    if (!current) throw unknown(home.subject, home.id);
    return unmergeOffered({ target: current, source: source.id, by, at: now, key, reason: body.reason });
  };
  const made = await commitWithNote(log, keys, home.id, key, command, () => markOpen(log, home.id));
  if (!made) throw unknown(home.subject, home.id);
  await carryOn(log, home.id, now);
  return told(await after(log, source.id), made);
}

/** The same command again: what it came out of says so. */
async function cameOutOf(log: Log, { id }: Mergeable, key: string): Promise<MergeId | undefined> {
  const last = (await actionsAfter(log.table, id, 0)).findLast(({ content }) => content.kind === 'unmerged');
  if (last?.content.kind !== 'unmerged') return undefined;
  const home = await read(log, last.content.from);
  return home?.keys.includes(key) ? last.content.from : undefined;
}

async function after(log: Log, id: Mergeable['id']): Promise<State> {
  const state = await read(log, id);
  if (!state) throw unknown(isCaseId(id) ? 'case' : 'dispute', id);
  return state;
}

const told = (
  state: State,
  { action, again }: { readonly action: { readonly n: number }; readonly again: boolean },
) => ({
  into: mergedInto(state),
  n: action.n,
  repeated: again,
});

type Told = ReturnType<typeof told>;
const ofCase = (id: string, { into, ...rest }: Told) => ({
  body: { id, mergedInto: into !== null && isCaseId(into) ? into : null, ...rest },
});
const ofDispute = (id: string, { into, ...rest }: Told) => ({
  body: { id, mergedInto: into !== null && isDisputeId(into) ? into : null, ...rest },
});

export const mergeCases =
  (changing: () => Changing): Handler<'merge-cases'> =>
  async (call) =>
    ofCase(call.params.id, await merge(changing(), call.params.id, call));

export const unmergeCases =
  (changing: () => Changing): Handler<'unmerge-cases'> =>
  async (call) =>
    ofCase(call.params.id, await unmerge(changing(), call.params.id, call));

export const mergeDisputes =
  (changing: () => Changing): Handler<'merge-disputes'> =>
  async (call) =>
    ofDispute(call.params.id, await merge(changing(), call.params.id, call));

export const unmergeDisputes =
  (changing: () => Changing): Handler<'unmerge-disputes'> =>
  async (call) =>
    ofDispute(call.params.id, await unmerge(changing(), call.params.id, call));
