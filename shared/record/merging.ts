/**
 * Carrying a merge, or its undoing, through both logs (protocol: Merge). Each step has its key, so whoever comes by goes on from where a
 * crash left it: the command again, a report on its way to one of the two, or the reconciler.
 */
import type { Draft } from '../domain/actions.ts';
import { type FolderId, isDisputeId, type LogId } from '../domain/ids.ts';
import { isMergeable, type Mergeable, type Moving, mergedInto, movingOf } from '../domain/merged.ts';
import { absorbedDraft, mergeDone, mergeKey, releasedDraft, unmergedDraft, unmergeKey } from '../domain/merging.ts';
import { type CaseState, foldersOf, isClosed, type State } from '../domain/state.ts';
import { isHelped, isReported } from '../domain/who-may/standing.ts';
import { RecordBroken, RecordBusy } from '../errors.ts';
import {
  type Command,
  type Committed,
  commit,
  type Log,
  markOpen,
  projectHead,
  type Reads,
  read,
  tries,
} from './log.ts';
import { type Parties, partiesOf } from './people.ts';

/** What came of it. `settled`: nothing was under way. */
export type Carried = 'merged' | 'declined' | 'unmerged' | 'settled';

async function mergeable(log: Reads, id: LogId): Promise<Mergeable> {
  const state = await read(log, id);
  if (!state || !isMergeable(state)) throw new RecordBroken(`${id} is named by a merge and is not there`);
  return state;
}

/** Goes on with what is under way for this log, to its end. */
export async function carryOn(log: Log, id: LogId, now: number): Promise<Carried> {
  const state = await read(log, id);
  const moving = state && movingOf(state);
  if (!state || !moving || !isMergeable(state)) return 'settled';
  const at = Math.max(now, state.changedAt);
  // The open mark precedes any action that may open a log.
  await markOpen(log, moving.other);
  if (moving.what === 'out') {
    const draft = (source: State | undefined) =>
      source && isMergeable(source) && source.merged ? unmergedDraft(log.city, source, state, moving, at) : undefined;
    await shut(log, await commit(log, moving.other, draft, { key: unmergeKey(state, moving) }));
    await shut(log, await commit(log, id, unlessDone(moving, releasedDraft(state, moving, at))));
    return 'unmerged';
  }
  const draft = (target: State | undefined) =>
    target && isMergeable(target) ? absorbedDraft(state, moving, target, at) : undefined;
  const made = await commit(log, moving.other, draft, { key: mergeKey(state, moving) });
  await shut(log, made);
  const answer = made?.action.content.kind;
  if (answer !== 'absorbed' && answer !== 'mergeDeclined') throw new RecordBroken(`${moving.other} took in nothing`);
  await shut(log, await commit(log, id, unlessDone(moving, mergeDone(state, moving, answer, at))));
  return answer === 'absorbed' ? 'merged' : 'declined';
}

/** Another may have been faster. */
const unlessDone =
  (moving: Moving, draft: Draft): Command =>
  (state) =>
    state && movingOf(state)?.n === moving.n ? draft : undefined;

/** What was marked open and is closed after all leaves the index again. */
async function shut(log: Log, made: Committed | undefined): Promise<void> {
  if (made && isClosed(made.state)) await projectHead(log, made.state);
}

/** Where what belongs to this log goes now, with anything that is under way brought to its end first. @throws RecordBusy */
export async function homeFor(log: Log, id: LogId, now: number): Promise<LogId> {
  let at = id;
  for (let step = 0; step < tries; step++) {
    const state = await read(log, at);
    if (!state) return at;
    if (movingOf(state)) await carryOn(log, at, now);
    else if (mergedInto(state) === null) return at;
    else at = mergedInto(state) ?? at;
  }
  throw new RecordBusy(`${id} is being merged; send it again`);
}

/** What became of a log: itself, or what it went into. */
export async function homeOf(log: Reads, state: State): Promise<State> {
  const into = mergedInto(state);
  return into === null ? state : homeOf(log, await mergeable(log, into));
}

export async function homeAt(log: Reads, id: LogId): Promise<State | undefined> {
  const state = await read(log, id);
  return state && homeOf(log, state);
}

/** Where the people of a log and their words are kept: of a case also those of what its disputes are one with. */
export async function foldersIn(log: Reads, state: State): Promise<readonly FolderId[]> {
  if (state.subject !== 'case') return foldersOf(state);
  const found = await Promise.all(
    state.disputes.map(async (id) => {
      const home = await homeAt(log, id);
      return home ? [id, ...foldersOf(home)] : [id];
    }),
  );
  return [...new Set(found.flat())];
}

/** Everything that speaks of the people of a folder: what it is one with, and their cases. */
export async function kinOf(log: Reads, folder: FolderId): Promise<LogId[]> {
  const state = await read(log, folder);
  if (state?.subject !== 'dispute') return [folder];
  const home = await homeOf(log, state);
  const disputes = foldersOf(home).filter(isDisputeId);
  const states = await Promise.all(disputes.map((id) => read(log, id)));
  const named = [...new Set([...states, home].flatMap((one) => (one?.subject === 'dispute' ? one.cases : [])))];
  const cases = await Promise.all(
    named.map(async (id) => {
      const one = await homeAt(log, id);
      return one ? [id, one.id] : [id];
    }),
  );
  return [...new Set<LogId>([folder, home.id, ...disputes, ...cases.flat()])];
}

/**
 * Whom one case concerns is somebody else in the other: asked for help there, or may be hurt. So two who hit each other are never
 * made one.
 */
export async function areOpposed(log: Reads, one: CaseState, other: CaseState): Promise<boolean> {
  const folders = [...new Set([...(await foldersIn(log, one)), ...(await foldersIn(log, other))])];
  const parties = await partiesOf(log.table, folders);
  return stands(parties, one, other) || stands(parties, other, one);
}

function stands(parties: readonly Parties[], { reports }: CaseState, against: CaseState): boolean {
  const concerned = parties
    .filter((one) => isReported(one) && reports.includes(one.report))
    .flatMap((one) => one.parties);
  const helped = parties.filter((one) => isHelped(one) && against.reports.includes(one.report));
  return helped.some((one) => one.parties.some((hash) => concerned.includes(hash)));
}

/** The cases of disputes that are under way. */
export async function casesUnderWay(log: Reads, disputes: readonly Mergeable[]): Promise<ReadonlySet<string>> {
  const ids = [...new Set(disputes.flatMap((one) => (one.subject === 'dispute' ? one.cases : [])))];
  const states = await Promise.all(ids.map(async (id) => ({ id, state: await read(log, id) })));
  return new Set(states.flatMap(({ id, state }) => (state && !isClosed(state) ? [id] : [])));
}
