/**
 * What led to no level goes some time after its end. Closing puts a mark under the day on which it is due; once a day the marks
 * that are due are worked through. A mark only nominates: the log is read, and what was opened again stays. Every step can be
 * repeated, from any point where a crash left it.
 */
import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { localDate } from '../calendar/calendar.ts';
import type { City } from '../config/city.ts';
import { type Action, system } from '../domain/actions.ts';
import { closedSince, type Expiring, type Expiry, expiring, expiryOf, isKept } from '../domain/expiry.ts';
import { fold } from '../domain/fold.ts';
import { isLogId, type LogId } from '../domain/ids.ts';
import type { CaseState, State } from '../domain/state.ts';
import { RecordBusy } from '../errors.ts';
import { type Erasing, enterForgotten, erasePerson, forgetLog } from './erasure.ts';
import { itemsBetween } from './items.ts';
import { actionsAfter } from './log.ts';
import { partiesOf } from './people.ts';
import { expiryKey, expiryPartition, type ItemKey, putNew, type Table } from './table.ts';

export interface Forgetting extends Erasing {
  readonly city: City;
}

export interface Forgotten {
  readonly looked: number;
  /** Logs that are gone, and cases whose person of concern is. */
  readonly forgotten: number;
  readonly unnamed: number;
}

/** Before the closing: a mark too many is looked at in vain, one too few would keep somebody for ever. */
export const markExpiry = async (table: Table, id: LogId, { date, what }: Expiry): Promise<void> => {
  await putNew(table, { pk: expiryPartition(date), sk: expiryKey(date, id), log: id, what });
};

const markSchema = z.object({
  pk: z.string(),
  sk: z.string(),
  log: z.custom<LogId>((value) => typeof value === 'string' && isLogId(value)),
  what: z.enum(expiring),
  /** Since when it is being forgotten: what is half gone is not asked any more whether it may go. */
  going: z.number().optional(),
});
type Mark = z.output<typeof markSchema>;

/** So long may the keeper have been away without anything being missed. */
const monthsBack = 6;

export async function forgetExpired(forgetting: Forgetting, now: number): Promise<Forgotten> {
  const marks = await marksUntil(forgetting.table, now);
  const done: Record<'all' | 'names', number> = { all: 0, names: 0 };
  for (const mark of marks) {
    const gone = await unlessBusy(forgetMarked(forgetting, mark, now));
    if (gone) done[gone] += 1;
  }
  return { looked: marks.length, forgotten: done.all, unnamed: done.names };
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

/** @returns what went; undefined: nothing did */
async function forgetMarked(forgetting: Forgetting, mark: Mark, now: number): Promise<Expiring | undefined> {
  const { table } = forgetting;
  if (mark.going !== undefined) return forget(forgetting, mark, mark.going);
  const actions = await actionsAfter(table, mark.log, 0);
  const state = fold(mark.log, actions);
  const due = state && dueOf(forgetting.city, state, actions);
  // Opened again: when it closes, that puts a mark.
  if (!due || due.what !== mark.what) return unmark(table, mark);
  if (due.at > now) return due.date > localDate(now) ? postpone(table, mark, due) : undefined;
  // A dispute stays as long as a case of it does; whether it still must is asked again after the same time.
  if ((await casesOf(table, state)).some(isKept)) {
    const next = expiryOf(forgetting.city, state, now);
    return next && postpone(table, mark, next);
  }
  return forget(forgetting, await going(table, mark, now), now, state);
}

function dueOf(city: City, state: State, actions: readonly Action[]): Expiry | undefined {
  const since = closedSince(state, actions);
  return since === undefined ? undefined : expiryOf(city, state, since);
}

async function casesOf(table: Table, state: State): Promise<CaseState[]> {
  if (state.subject !== 'dispute') return [];
  const cases = await Promise.all(state.cases.map(async (id) => fold(id, await actionsAfter(table, id, 0))));
  return cases.flatMap((one) => (one?.subject === 'case' ? [one] : []));
}

/** The new mark first. */
async function postpone(table: Table, mark: Mark, to: Expiry): Promise<undefined> {
  await markExpiry(table, mark.log, to);
  return unmark(table, mark);
}

async function forget(forgetting: Forgetting, mark: Mark, at: number, known?: State): Promise<Expiring> {
  const { table, list } = forgetting;
  if (mark.what === 'all') {
    await enterForgotten(list, { log: mark.log, at, ground: 'retention-over' });
    await forgetLog(table, mark.log);
  } else {
    const state = known ?? fold(mark.log, await actionsAfter(table, mark.log, 0));
    if (state?.subject === 'case') await unname(forgetting, state, at);
  }
  await unmark(table, mark);
  return mark.what;
}

/** Whoever the case was about: reported, in the reports that made it. */
async function unname(erasing: Erasing, state: CaseState, at: number): Promise<void> {
  const named = await partiesOf(erasing.table, state.disputes);
  for (const { dispute, report, i, part } of named) {
    if (part !== 'respondent' || !state.reports.includes(report)) continue;
    const key = `retention ${report}#${i}`;
    await erasePerson(erasing, { dispute, report, i, at, ground: 'retention-over', by: system, key });
  }
}

async function going({ name, db }: Table, mark: Mark, now: number): Promise<Mark> {
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
