/**
 * Does what an action of one log asks for in others (domain/owing.ts): in each by a key of its own, then the log says that it is
 * done. Whoever commits does it at once; whatever cut it off, it is repeated from what the log says.
 */
import { recalledFor } from '../domain/folding/recall.ts';
import { heldUntil, tellHoldDraft, tellHoldKey } from '../domain/holding.ts';
import type { LogId } from '../domain/ids.ts';
import type { Owed } from '../domain/owing.ts';
import {
  dischargedDraft,
  goesOnWithout,
  isOwed,
  isOwedToLogs,
  type OwedOf,
  type PassedOnCause,
  recalledDraft,
  recallKey,
} from '../domain/owing.ts';
import { type CaseState, isClosed, type State } from '../domain/state.ts';
import { RecordBusy } from '../errors.ts';
import { type Command, commit, type Log, markOpen, type Reads, read } from './log.ts';
import { homeAt } from './merging.ts';

/** What was committed is committed: where another log is being written by many, or moving, the reconciler passes it on. */
export async function passOnAtOnce(log: Log, id: LogId): Promise<void> {
  try {
    await passOn(log, id);
  } catch (error) {
    if (!(error instanceof RecordBusy)) throw error;
  }
}

/** One after the other: what is said to be done goes on with the next. */
export async function passOn(log: Log, id: LogId): Promise<void> {
  const state = await read(log, id);
  const owed = state?.owed.find(isOwedToLogs);
  if (!state || !owed) return;
  if (owed.what === 'hold') await tellHold(log, state, owed);
  else if (state.subject === 'case') await recallThrough(log, state, owed);
  await discharged(log, id, owed);
}

export async function discharged(log: Log, id: LogId, owed: Owed): Promise<void> {
  await commit(log, id, (state) => (state && isOwed(state, owed) ? dischargedDraft(state, owed) : undefined));
}

/** What others have received through the disputes of a case. */
async function recallThrough(log: Log, state: CaseState, owed: OwedOf<PassedOnCause>): Promise<void> {
  for (const dispute of await homesOf(log, state.disputes)) {
    const others = owed.what === 'not-needed' ? await otherCases(log, dispute, state) : [];
    if (owed.what === 'not-needed' && goesOnWithout(dispute, others)) continue;
    await recall(log, dispute.id, state.id, owed);
  }
}

/** Where nobody has anything, and nothing rests on it, nothing is written. */
export async function recall(log: Log, id: LogId, from: LogId, owed: OwedOf<PassedOnCause>): Promise<void> {
  await opening(log, id, recallKey(from, owed), (state) =>
    state && recalledFor(state, owed.what) !== state ? recalledDraft(from, state, owed) : undefined,
  );
}

/** Whoever knows of a case is told until when it is held, by a hold of its own or on one of its disputes. */
async function tellHold(log: Log, state: State, { at }: Owed): Promise<void> {
  for (const one of await casesOf(log, state)) {
    const until = heldUntil([one, ...(await homesOf(log, one.disputes))], at);
    if (until === undefined) continue;
    await opening(log, one.id, tellHoldKey(until), (current) => tellHoldDraft(current, until, at));
  }
}

/** The open mark precedes what may open a log again. */
async function opening(log: Log, id: LogId, key: string, command: Command): Promise<void> {
  const before = async () => {
    const state = await read(log, id);
    if (state && isClosed(state)) await markOpen(log, id);
  };
  await commit(log, id, command, { key, before, passingOn: true });
}

/** What they are part of now, each once. */
async function homesOf(log: Reads, ids: readonly LogId[]): Promise<State[]> {
  const homes = await Promise.all(ids.map((id) => homeAt(log, id)));
  return [...new Map(homes.flatMap((one) => (one ? [[one.id, one] as const] : []))).values()];
}

/** The cases of a dispute, or a case itself. */
export async function casesOf(log: Reads, state: State): Promise<CaseState[]> {
  const homes = await homesOf(log, state.subject === 'dispute' ? state.cases : [state.id]);
  return homes.flatMap((one) => (one.subject === 'case' ? [one] : []));
}

const otherCases = async (log: Reads, dispute: State, { id }: CaseState): Promise<CaseState[]> =>
  (await casesOf(log, dispute)).filter((one) => one.id !== id);
