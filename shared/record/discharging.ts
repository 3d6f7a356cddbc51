/** Erasing somebody, and putting own data in place: decided in the log first, then done to the end, like all that a log owes. */
import type { Draft } from '../domain/actions.ts';
import { type FolderId, type LogId, placeIn } from '../domain/ids.ts';
import { isOwedToLogs, type OwedOf } from '../domain/owing.ts';
import { foldersOf, isClosed, type State } from '../domain/state.ts';
import { RecordBroken } from '../errors.ts';
import type { Place } from './contacts.ts';
import {
  checkErasable,
  type Erased,
  type Erasing,
  type Erasure,
  erasedKey,
  erasePerson,
  erasureOf,
} from './erasure.ts';
import { commit, type Log, markOpen, read } from './log.ts';
import { kinOf } from './merging.ts';
import { casesOf, discharged, passOn, recall } from './owing.ts';
import { putInPlace } from './own-data.ts';
import { partiesOf } from './people.ts';

/** The log, and the erasure list beside it. */
export type Discharging = Log & Pick<Erasing, 'list'>;

/** Who orders it, when and why; under which key of the caller. */
export interface Order extends Pick<Erasure, 'at' | 'by' | 'ground' | 'key'> {}

/**
 * Erases somebody by command: the order stands in the log before anything is done, and others are asked for what they have.
 * @returns the first erasure, where this person was erased before
 * @throws what `checkErasable` does
 */
export async function eraseByOrder(log: Discharging, id: FolderId, place: Place, order: Order): Promise<Erased> {
  const { at, by, ground, key } = order;
  const part = placeIn(place);
  const draft: Draft = { at, by, key, rev: 0, content: { kind: 'erasureOrdered', part, ground } };
  if ((await erasureOf(log.table, place)) === undefined) {
    const isOrdered = ({ owed }: State) => owed.some((one) => one.what === 'erasure' && one.part === part);
    await commit(log, id, (state) => (state && !isOrdered(state) ? draft : undefined), {
      key,
      before: async () => {
        await checkErasable(log.table, { ...place, at, ground });
        await markOpen(log, id);
      },
    });
  }
  await discharge(log, id);
  const erased = await erasureOf(log.table, place);
  if (!erased) throw new RecordBroken(`${part} of ${id} was to be erased and is not`);
  return erased;
}

/** Whatever a log still asks for beyond it, to the end: also from where a crash cut it off. */
export async function discharge(log: Discharging, id: LogId): Promise<void> {
  for (let state = await read(log, id); state; state = await read(log, id)) {
    const [first] = state.owed;
    if (!first) return;
    if (first.what === 'erasure') await erase(log, state, first);
    else if (first.what === 'own-data') await correct(log, state, first);
    else await passOn(log, id);
    if (!isOwedToLogs(first)) await discharged(log, id, first);
  }
}

/** In whichever of the folders the report put them. */
async function placeOf({ table }: Log, state: State, part: string): Promise<Place> {
  const named = await partiesOf(table, foldersOf(state));
  const found = named.find((one) => placeIn(one) === part);
  if (!found) throw new RecordBroken(`${state.id} owes something to ${part}, who is not kept there`);
  return found;
}

/** What is closed and has recipients to ask is marked open before it is opened again for that. */
async function erase(log: Discharging, state: State, { part, ground, at, by }: OwedOf<'erasure'>): Promise<void> {
  const place = await placeOf(log, state, part);
  const key = erasedKey(place);
  const kin = await kinOf(log, place.dispute);
  for (const id of kin) {
    const one = await read(log, id);
    if (one && isClosed(one) && one.grants.length > 0) await markOpen(log, id);
  }
  await erasePerson(log, { ...pick(place), at, by, ground, key });
  // The erasure itself writes into the logs alone: what follows such an action is done as where a commit is repeated.
  for (const id of kin) await commit(log, id, () => undefined, { key });
}

const pick = ({ dispute, report, i }: Place): Place => ({ dispute, report, i });

/** Then the cases that the report is part of are assessed again, and whoever has received something reads it anew. */
async function correct(log: Discharging, state: State, owed: OwedOf<'own-data'>): Promise<void> {
  const place = await placeOf(log, state, owed.part);
  if (!(await putInPlace(log.table, place, owed.note))) return;
  for (const one of await casesOf(log, state)) {
    if (one.reports.includes(place.report)) await recall(log, one.id, state.id, { ...owed, what: 'corrected' });
  }
}
