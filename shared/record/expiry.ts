/**
 * What is due after an end: agreements are looked at again, and what was kept long enough goes. A mark under the day nominates;
 * once a day the marks that are due are worked through, the log is read, and what was opened again, or is held, stays. Every step
 * can be repeated, from any point where a crash left it.
 */
import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { localDate } from '../calendar/calendar.ts';
import type { City } from '../config/city.ts';
import { system } from '../domain/actions.ts';
import { checkDraft } from '../domain/afterwards.ts';
import {
  agreementExpires,
  dueOf,
  type Expiring,
  type Expiry,
  expiring,
  expiryOf,
  isKept,
  protects,
} from '../domain/expiry.ts';
import { fold } from '../domain/fold.ts';
import { heldUntil } from '../domain/holding.ts';
import { type AgreementId, isAgreementId, isLogId, type LogId, placeIn } from '../domain/ids.ts';
import { mergedInto, namesOf } from '../domain/merged.ts';
import type { Part } from '../domain/report.ts';
import { type CaseState, foldersOf, isClosed, type State } from '../domain/state.ts';
import { RecordBusy } from '../errors.ts';
import { agreementAt, forgetAgreement, markAgreement } from './agreements.ts';
import { each, notAll } from './each.ts';
import { type Erasing, enterForgotten, erasePerson, forgetCase, forgetLog, tellErased, withLinked } from './erasure.ts';
import { itemsBetween } from './items.ts';
import { actionsAfter, commit, type Driver, markOpen } from './log.ts';
import { homeOf } from './merging.ts';
import { partiesOf } from './people.ts';
import { expiryKey, expiryPartition, type ItemKey, putNew, type Table } from './table.ts';

export interface Forgetting extends Erasing {
  readonly city: City;
  /** Whoever is asked whether an agreement was kept has a task. */
  readonly driver: Driver;
}

export interface Forgotten {
  readonly looked: number;
  /** Logs that are gone, cases whose person of concern is, cases in which nobody is named any more. */
  readonly forgotten: number;
  readonly unnamed: number;
  readonly cases: number;
  /** Agreements that somebody is asked about, and those whose words are gone. */
  readonly asked: number;
  readonly agreements: number;
}

/** Before the closing: a mark too many is looked at in vain, one too few would keep somebody for ever. */
export const markExpiry = async (
  table: Table,
  id: LogId,
  { date, what }: Pick<Expiry, 'date' | 'what'>,
): Promise<void> => {
  await putNew(table, { pk: expiryPartition(date), sk: expiryKey(date, id), log: id, what });
};

const marked = {
  pk: z.string(),
  sk: z.string(),
  log: z.custom<LogId>((value) => typeof value === 'string' && isLogId(value)),
  /** Since when it is being forgotten: what is half gone is not asked any more whether it may go. */
  going: z.number().optional(),
};
const agreement = z.custom<AgreementId>((value) => typeof value === 'string' && isAgreementId(value));
const markSchema = z.discriminatedUnion('what', [
  z.object({ ...marked, what: z.enum(expiring) }),
  z.object({ ...marked, what: z.enum(['check', 'agreement']), agreement }),
]);
type Mark = z.output<typeof markSchema>;
type AgreementMark = Extract<Mark, { readonly agreement: AgreementId }>;
type ExpiryMark = Exclude<Mark, AgreementMark>;

/** So long may the keeper have been away without anything being missed. */
const monthsBack = 6;

export async function forgetExpired(forgetting: Forgetting, now: number): Promise<Forgotten> {
  const marks = await marksUntil(forgetting.table, now);
  const done: Record<Mark['what'], number> = { all: 0, names: 0, case: 0, check: 0, agreement: 0 };
  const failed = await each(marks, 1, async (mark) => {
    const gone = await unlessBusy(workedOff(forgetting, mark, now));
    if (gone) done[gone] += 1;
  });
  if (failed.length > 0) throw notAll(failed, 'could not be forgotten');
  return {
    looked: marks.length,
    forgotten: done.all,
    unnamed: done.names,
    cases: done.case,
    asked: done.check,
    agreements: done.agreement,
  };
}

/** @returns what was done; undefined: nothing */
function workedOff(forgetting: Forgetting, mark: Mark, now: number): Promise<Mark['what'] | undefined> {
  switch (mark.what) {
    case 'check':
      return askWhetherKept(forgetting, mark, now);
    case 'agreement':
      return forgetWords(forgetting, mark, now);
    default:
      return forgetMarked(forgetting, mark, now);
  }
}

/** Somebody is writing there at this moment: tomorrow will do. */
async function unlessBusy<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof RecordBusy) return undefined;
    throw error;
  }
}

async function marksUntil(table: Table, now: number): Promise<Mark[]> {
  const today = localDate(now);
  const first = Date.parse(`${today.slice(0, 7)}-15T00:00:00+08:00`);
  const months = Array.from({ length: monthsBack + 1 }, (_, i) => {
    const date = new Date(first);
    date.setUTCMonth(date.getUTCMonth() - monthsBack + i);
    return localDate(date.getTime());
  });
  const found: Mark[] = [];
  for (const month of months) {
    const items = await itemsBetween(table, expiryPartition(month), '0', `${today}#~`);
    found.push(...items.map((item) => markSchema.parse(item)));
  }
  return found;
}

/** Ninety days on, or as the city says: also where all else is over; what was broken off by a crash is asked the next day. */
async function askWhetherKept({ table, city, driver }: Forgetting, mark: AgreementMark, now: number) {
  const log = { table, city, driver, warm: new Map() };
  const made = await stateOf(table, mark.log);
  // What it came of may have gone into another.
  const state = made && (await homeOf(log, made));
  const due = state?.agreements.find(({ id }) => id === mark.agreement)?.check;
  if (due !== undefined && due > now) {
    if (localDate(due) > localDate(now)) await markAgreement(table, mark.log, mark, localDate(due));
    return localDate(due) > localDate(now) ? unmark(table, mark) : undefined;
  }
  const draft = state && checkDraft(state, mark.agreement, now);
  if (state && draft) {
    await markOpen(log, state.id);
    await commit(log, state.id, (current) => current && checkDraft(current, mark.agreement, now), { key: draft.key });
  }
  await unmark(table, mark);
  return draft && mark.what;
}

/** The words of an agreement go after a time of their own, or with the hold on what it came of. */
async function forgetWords(forgetting: Forgetting, mark: AgreementMark, now: number) {
  const { table, list, city } = forgetting;
  const kept = await agreementAt(table, mark.agreement);
  const expires = kept && agreementExpires(city, kept);
  if (expires !== undefined && expires > now) {
    if (localDate(expires) <= localDate(now)) return undefined;
    await markAgreement(table, mark.log, mark, localDate(expires));
    return unmark(table, mark);
  }
  // What it came of may be part of another, and held there.
  const made = await stateOf(table, mark.log);
  const state = made && (await homeOf({ table, warm: new Map() }, made));
  if (state && heldUntil(await withLinked(table, state), now) !== undefined) {
    await markAgreement(table, mark.log, mark, tomorrow(now));
    return unmark(table, mark);
  }
  await enterForgotten(list, { agreement: mark.agreement, at: now, ground: 'retention-over' });
  await forgetAgreement(table, mark.agreement);
  await unmark(table, mark);
  return kept && mark.what;
}

const tomorrow = (now: number): string => localDate(now + 86_400_000);

/** @returns what went; undefined: nothing did */
async function forgetMarked(forgetting: Forgetting, mark: ExpiryMark, now: number): Promise<Expiring | undefined> {
  const { table, city } = forgetting;
  if (mark.going !== undefined) return forget(forgetting, mark, mark.going);
  const state = await stateOf(table, mark.log);
  const due = state && dueOf(city, state);
  // Opened again: when it closes, that puts a mark.
  if (!due || due.what !== mark.what) return unmark(table, mark);
  // Part of another: it goes with that.
  if (mergedInto(state) !== null) return postpone(table, mark, expiryOf(city, state, now) ?? due);
  if (due.at > now) return due.date > localDate(now) ? postpone(table, mark, due) : undefined;
  const linked = await withLinked(table, state);
  // Asked again every day: when the hold ends or is released, what was due goes the next day.
  if (heldUntil(linked, now) !== undefined) return postpone(table, mark, { what: due.what, date: tomorrow(now) });
  // A dispute stays as long as a case of it does: when the last has gone, that puts a mark.
  if (state.subject === 'dispute' && casesIn(linked).some(isKept)) {
    const next = expiryOf(city, state, now);
    return next && postpone(table, mark, next);
  }
  if (!isClosed(state)) return unnameBeside(forgetting, mark, state, now);
  return forget(forgetting, await going(table, mark, now), now, state);
}

/**
 * Work beside the end is open still. It goes on, and names nobody but whom it protects; the rest goes with its closing, or the day
 * after nobody is protected any more.
 */
async function unnameBeside(forgetting: Forgetting, mark: ExpiryMark, state: State, now: number) {
  const goes = mark.what === 'names' || protects(state) ? isConcerned : () => true;
  const unnamed = await unname(forgetting, state, now, goes);
  await postpone(forgetting.table, mark, { what: mark.what, date: tomorrow(now) });
  return unnamed > 0 ? ('names' as const) : undefined;
}

const stateOf = async (table: Table, id: LogId): Promise<State | undefined> =>
  fold(id, await actionsAfter(table, id, 0));

const casesIn = (states: readonly State[]): CaseState[] =>
  states.flatMap((one) => (one.subject === 'case' ? [one] : []));

/** The new mark first. */
async function postpone(table: Table, mark: ExpiryMark, to: Pick<Expiry, 'date' | 'what'>): Promise<undefined> {
  await markExpiry(table, mark.log, to);
  return unmark(table, mark);
}

async function forget(forgetting: Forgetting, mark: ExpiryMark, at: number, known?: State): Promise<Expiring> {
  const { table, list } = forgetting;
  const state = known ?? (await stateOf(table, mark.log));
  if (mark.what === 'all') {
    // What it took in goes with it, and before it: afterwards nobody knows of that.
    for (const log of state ? [...namesOf(state)].reverse() : [mark.log]) {
      await enterForgotten(list, { log, at, ground: 'retention-over' });
      await forgetLog(table, log);
    }
  } else if (state?.subject === 'case') {
    await (mark.what === 'names' ? unname(forgetting, state, at, isConcerned) : forgetAll(forgetting, state, at));
  }
  await unmark(table, mark);
  return mark.what;
}

/** Everybody in the case; then each of its disputes is asked whether anything still keeps it. */
async function forgetAll(forgetting: Forgetting, state: CaseState, at: number): Promise<void> {
  for (const id of [...namesOf(state)].reverse()) {
    const one = id === state.id ? state : await stateOf(forgetting.table, id);
    if (one?.subject !== 'case') continue;
    await enterForgotten(forgetting.list, { log: id, at, ground: 'retention-over' });
    await forgetCase(forgetting.table, one, at);
  }
  for (const id of state.disputes) {
    // It goes with what it is part of.
    const made = await stateOf(forgetting.table, id);
    const dispute = made && (await homeOf({ table: forgetting.table, warm: new Map() }, made));
    const due = dispute && dueOf(forgetting.city, dispute);
    if (due) await markExpiry(forgetting.table, dispute.id, due.at > at ? due : { what: due.what, date: tomorrow(at) });
  }
}

/** Whoever the case was about. */
const isConcerned = (part: Part): boolean => part === 'respondent';

/** @param goes who of those in the reports that made it. @returns how many places of people named somebody until now */
async function unname(erasing: Erasing, state: State, at: number, goes: (part: Part) => boolean): Promise<number> {
  const places = (await partiesOf(erasing.table, foldersOf(state))).filter(
    ({ report, part }) => goes(part) && state.reports.includes(report),
  );
  for (const { dispute, report, i, erased } of places) {
    const entry = { dispute, report, i, at, ground: 'retention-over' } as const;
    const key = `retention ${placeIn(entry)}`;
    // What is written down after it speaks of the work that goes on; a crash may have left it untold.
    if (erased) await tellErased(erasing.table, entry, system, key);
    else await erasePerson(erasing, { ...entry, by: system, key });
  }
  return places.filter(({ erased }) => !erased).length;
}

async function going<M extends Mark>({ name, db }: Table, mark: M, now: number): Promise<M> {
  const { pk, sk } = mark;
  await db.send(
    new UpdateCommand({
      TableName: name,
      Key: { pk, sk },
      UpdateExpression: 'set going = :now',
      ExpressionAttributeValues: { ':now': now },
    }),
  );
  return { ...mark, going: now };
}

async function unmark({ name, db }: Table, { pk, sk }: ItemKey): Promise<undefined> {
  await db.send(new DeleteCommand({ TableName: name, Key: { pk, sk } }));
  return undefined;
}
