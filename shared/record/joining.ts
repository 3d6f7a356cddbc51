/** Which open log a report would join, without writing anything: after the sunset nothing else comes in. */
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { isLogId } from '../domain/ids.ts';
import { type Report, reportIdOf } from '../domain/report.ts';
import { askingOf, identityOf, pairOf, routeOf } from '../domain/routing.ts';
import { isClosed, type State } from '../domain/state.ts';
import type { Desk } from './intake.ts';
import { homeAt } from './merging.ts';
import { keyedHash } from './seal.ts';
import { pointerPartition, reportKey } from './table.ts';

/** The report was received before: it is finished, or answered again. */
export async function isKnown({ table: { name, db } }: Desk, report: Report): Promise<boolean> {
  const Key = { ...reportKey(reportIdOf(report)) };
  const { Item } = await db.send(new GetCommand({ TableName: name, Key, ConsistentRead: true }));
  return Item !== undefined;
}

/** Of a danger the case of whom it is about, of a need the referral, else the dispute; undefined where none is open. */
export async function joinedBy(desk: Desk, report: Report, at: number): Promise<State | undefined> {
  const { kind, concern } = routeOf(report, at);
  if (kind === 'referral') return open(desk, 'referral', askingOf(report), 'REFERRAL');
  if (concern) return open(desk, 'case', identityOf(concern), 'CASE');
  return open(desk, 'dispute', pairOf(report), 'DISPUTE');
}

async function open(
  desk: Desk,
  what: string,
  identity: string | undefined,
  sk: 'CASE' | 'DISPUTE' | 'REFERRAL',
): Promise<State | undefined> {
  if (identity === undefined) return undefined;
  const { name, db } = desk.table;
  const Key = { pk: pointerPartition(await keyedHash(desk.keys, `${what} ${identity}`)), sk };
  const { Item } = await db.send(new GetCommand({ TableName: name, Key, ConsistentRead: true }));
  const log: unknown = Item?.log;
  const state = typeof log === 'string' && isLogId(log) ? await homeAt(desk, log) : undefined;
  return state && (await goesOn(desk, state)) ? state : undefined;
}

/** A dispute is not over while one of its cases is looked after. */
async function goesOn(desk: Desk, state: State): Promise<boolean> {
  if (!isClosed(state)) return true;
  if (state.subject !== 'dispute') return false;
  const cases = await Promise.all(state.cases.map((one) => homeAt(desk, one)));
  return cases.some((one) => one && !isClosed(one));
}
