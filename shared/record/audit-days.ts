/** The log of accesses day by day: which chains grew, what the reviewer was sent of them, and how much each person read. */
import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { localDate } from '../calendar/calendar.ts';
import {
  type Alert,
  alertKinds,
  type Broken,
  type DaySeal,
  expiryOf,
  filedAt,
  type Head,
  headOf,
  isBroken,
  type Link,
  type ReadCount,
  readLink,
} from '../domain/audit.ts';
import { type Audit, foundFromEnd } from './audit-chains.ts';
import { itemsOf } from './items.ts';
import { auditCountPartition, auditDayPartition, putNew, type Table } from './table.ts';

const sealKey = 'SEAL';
const mostMarks = 5_000;

const startOf = (date: string): number => Date.parse(`${date}T00:00:00+08:00`);

/** Says that a chain grows on a day, once. */
export async function markChain({ table, city, warm: { marks } }: Audit, date: string, chain: string): Promise<void> {
  const key = { pk: auditDayPartition(date), sk: chain };
  const known = `${date} ${chain}`;
  if (marks.has(known)) return;
  const expires = expiryOf(startOf(date), city.audit.years);
  await table.db.send(new PutCommand({ TableName: table.name, Item: { ...key, expires } }));
  if (marks.size >= mostMarks) marks.clear();
  marks.add(known);
}

/** The chains that may have grown on a day. */
export async function chainsMarked(table: Table, date: string): Promise<string[]> {
  const items = await itemsOf(table, auditDayPartition(date));
  return items.map(({ sk }) => String(sk)).filter((sk) => sk !== sealKey);
}

export interface DayHeads {
  readonly heads: readonly Head[];
  /** Chains whose end is not as it was written: they have no head. */
  readonly broken: readonly Broken[];
}

/** Where each chain that grew on a day stood at its end. */
export async function headsOf(table: Table, date: string): Promise<DayHeads> {
  const ends = await mapped(await chainsMarked(table, date), (chain) => endOf(table, chain, date));
  const found = ends.filter((end) => end !== undefined);
  return { heads: found.flatMap((end) => (isBroken(end) ? [] : [headOf(end)])), broken: found.filter(isBroken) };
}

/** The newest record of a chain that came into it by the end of a day; none where only the mark was put. */
async function endOf(table: Table, chain: string, date: string): Promise<Link | Broken | undefined> {
  for await (const found of foundFromEnd(table, chain)) {
    const read = readLink(chain, found);
    if (isBroken(read) || localDate(filedAt(read)) <= date) return read;
  }
  return undefined;
}

/** One after the other in groups: a day may have thousands of chains. */
async function mapped<T, R>(all: readonly T[], map: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let i = 0; i < all.length; i += 20) results.push(...(await Promise.all(all.slice(i, i + 20).map(map))));
  return results;
}

const storedSeal = z.object({ count: z.int(), root: z.string(), expires: z.int() });

/** What was sent of a day; undefined before. */
export async function sealOf(table: Table, date: string): Promise<(DaySeal & { expires: number }) | undefined> {
  const { Item } = await table.db.send(
    new GetCommand({
      TableName: table.name,
      ConsistentRead: true,
      Key: { pk: auditDayPartition(date), sk: sealKey },
    }),
  );
  const seal = storedSeal.safeParse(Item);
  return seal.success ? { date, ...seal.data } : undefined;
}

/** Keeps what was sent, for as long as all of its heads are there. */
export async function keepSeal({ table, city }: Audit, seal: DaySeal, heads: readonly Head[], sentAt: number) {
  const { date, count, root } = seal;
  const expires = Math.min(expiryOf(startOf(date), city.audit.years), ...heads.map((head) => head.expires));
  await putNew(table, { pk: auditDayPartition(date), sk: sealKey, root, count, sentAt, expires });
}

/** Counts serve the alerts of their day and of the one after. */
const countsKept = 30 * 86_400;

/** Counts a read for the alerts. The read itself stands in its chain already: a failure here is only said. */
export async function count(table: Table, link: Link): Promise<void> {
  try {
    await table.db.send(
      new UpdateCommand({
        TableName: table.name,
        Key: { pk: auditCountPartition(localDate(filedAt(link))), sk: link.person },
        UpdateExpression: 'set #expires = if_not_exists(#expires, :expires) add #reads :one, #offShift :off',
        ExpressionAttributeNames: { '#expires': 'expires', '#reads': 'reads', '#offShift': 'offShift' },
        ExpressionAttributeValues: {
          ':one': 1,
          ':off': link.offShift ? 1 : 0,
          ':expires': Math.ceil(filedAt(link) / 1000) + countsKept,
        },
      }),
    );
  } catch (error) {
    const cause = error instanceof Error ? error.name : String(error);
    console.error(
      JSON.stringify({ level: 'error', message: 'access-not-counted', chain: link.chain, n: link.n, cause }),
    );
  }
}

/** How much each person read on a day. */
export async function countsOf(table: Table, date: string): Promise<ReadCount[]> {
  const items = await itemsOf(table, auditCountPartition(date));
  return items.map((item) => ({
    person: String(item.sk),
    date,
    reads: Number(item.reads ?? 0),
    offShift: Number(item.offShift ?? 0),
    alerted: alertKinds.filter((kind) => item[kind] !== undefined),
  }));
}

/** People were told: not again. */
export async function markAlerted(table: Table, { date, person, kind }: Alert, at: number): Promise<void> {
  await table.db.send(
    new UpdateCommand({
      TableName: table.name,
      Key: { pk: auditCountPartition(date), sk: person },
      UpdateExpression: 'set #kind = :at',
      ExpressionAttributeNames: { '#kind': kind },
      ExpressionAttributeValues: { ':at': at },
    }),
  );
}
