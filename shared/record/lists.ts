/** Lists for people, from projections: they may lag by a moment and decide nothing. */
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { City } from '../config/city.ts';
import { placesOf } from '../config/places.ts';
import { byUrgency } from '../domain/danger.ts';
import { isLogId, type LogId, type TaskId } from '../domain/ids.ts';
import type { State } from '../domain/state.ts';
import { type Urgency, urgencies } from '../domain/words.ts';
import { InputInvalid, RecordBroken } from '../errors.ts';
import { everyItem, type Item } from './items.ts';
import type { Log } from './log.ts';
import { indexes, placeKey, shardKeys, type Table } from './table.ts';

const queried = (table: Table, index: string, key: string, value: string): Promise<Item[]> =>
  everyItem(table, {
    IndexName: index,
    KeyConditionExpression: '#key = :value',
    ExpressionAttributeNames: { '#key': key },
    ExpressionAttributeValues: { ':value': value },
  });

/** The logs that the index of open ones nominates. */
export async function openLogs({ table, city }: Pick<Log, 'table' | 'city'>): Promise<LogId[]> {
  const shards = await Promise.all(shardKeys(city.code).map((shard) => queried(table, indexes.open, 'open', shard)));
  return shards
    .flat()
    .map(({ pk }) => String(pk).slice(2))
    .filter(isLogId);
}

export interface Page<T> {
  readonly found: readonly T[];
  /** Where to go on; null at the end. */
  readonly next: string | null;
}

export interface Asked {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** No part of a key of the table is empty or longer. */
const key = z.string().min(1).max(1_024);
const placeSchema = z.strictObject({
  /** Which of the places. */
  i: z.int().nonnegative(),
  /** The last item that was taken there. */
  last: z.strictObject({ pk: key, sk: key, place: key, since: key }).optional(),
});
type Place = z.output<typeof placeSchema>;

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');

/** @throws InputInvalid where it is none of ours */
function decoded<T>(cursor: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch (cause) {
    throw new InputInvalid([{ path: 'query.cursor', value: cursor, allowed: 'next of the page before' }], { cause });
  }
}

/** A request reads no more items than this, however few it keeps. */
const mostRead = 2_000;

/** A page of a place, from an item on. */
async function pageOfPlace({ name, db }: Table, place: string, start: Record<string, unknown> | undefined) {
  const page = await db.send(
    new QueryCommand({
      TableName: name,
      IndexName: indexes.place,
      KeyConditionExpression: 'place = :place',
      ExpressionAttributeValues: { ':place': place },
      Limit: 100,
      ...(start ? { ExclusiveStartKey: start } : {}),
    }),
  );
  return { items: page.Items ?? [], last: page.LastEvaluatedKey };
}

/** What lies in an area, place by place, oldest first; `keep` makes a line of an item or leaves it out. */
async function pageOfArea<T>(
  { table, city }: { readonly table: Table; readonly city: City },
  of: 'H' | 'T',
  area: string,
  { cursor, limit }: Asked,
  keep: (item: Item) => T | undefined,
): Promise<Page<T>> {
  const places = placesOf(city, area);
  const found: T[] = [];
  let at: Place = cursor === undefined ? { i: 0 } : decoded(cursor, placeSchema);
  for (let read = 0; at.i < places.length && read < mostRead; ) {
    const value = placeKey(of, places[at.i] ?? '');
    // A cursor is the caller's: it goes on only where it may.
    const start = at.last?.place === value ? at.last : undefined;
    const { items, last } = await pageOfPlace(table, value, start);
    read += items.length + 1;
    for (const item of items) {
      const line = keep(item);
      if (line === undefined) continue;
      found.push(line);
      if (found.length === limit) return { found, next: encoded({ i: at.i, last: keyOf(item) }) };
    }
    at = last ? { i: at.i, last: keyOf(last) } : { i: at.i + 1 };
  }
  return { found, next: at.i < places.length ? encoded(at) : null };
}

const keyOf = ({ pk, sk, place, since }: Item) => ({
  pk: String(pk),
  sk: String(sk),
  place: String(place),
  since: String(since),
});

/** The heads of the open cases and disputes of an area. */
export const headsOf = <T>(
  log: Pick<Log, 'table' | 'city'>,
  area: string,
  asked: Asked,
  keep: (state: State) => T | undefined,
): Promise<Page<T>> => pageOfArea(log, 'H', area, asked, ({ state }) => (state ? keep(state as State) : undefined));

export interface TaskLine {
  readonly taskId: TaskId;
  readonly kind: string;
  readonly owner: string;
  readonly area: string;
  /** ISO 8601. */
  readonly due: string;
  readonly urgency: Urgency | null;
  readonly climbs: number;
}

/** An item of a task as a line. @throws RecordBroken */
function lineOf({ pk, sk, kind, owner, area, urgency, climbs }: Item, due: unknown): TaskLine {
  const id = String(pk).slice(2);
  if (!isLogId(id)) throw new RecordBroken(`a task lies in ${String(pk)}`);
  return {
    taskId: `${id}.${String(sk).slice(2)}`,
    kind: String(kind),
    owner: String(owner),
    area: String(area),
    due: String(due),
    urgency: urgencies.find((one) => one === urgency) ?? null,
    climbs: Number(climbs ?? 0),
  };
}

/** The open tasks for which a post is accountable. */
export async function tasksOf(table: Table, post: string): Promise<TaskLine[]> {
  const items = await queried(table, indexes.owner, 'owner', post);
  return items.map((item) => lineOf(item, item.due));
}

/** What a post has before it: its own tasks, what it is offered and takes part in; the most urgent first, then the next timer. */
export async function queueOf(table: Table, post: string): Promise<TaskLine[]> {
  const beside = await queried(table, indexes.beside, 'beside', post);
  return [...(await tasksOf(table, post)), ...beside.map((item) => lineOf(item, item.due))].sort(byUrgency);
}

const offset = z.int().nonnegative();

/** A page of a list that is read whole: of few items. @throws InputInvalid */
export function pageOf<T>(all: readonly T[], { cursor, limit }: Asked): Page<T> {
  const from = cursor === undefined ? 0 : decoded(cursor, offset);
  const found = all.slice(from, from + limit);
  return { found, next: from + limit < all.length ? encoded(from + limit) : null };
}

/** Open tasks of an area that are kept, by place and end of their window. */
export const tasksIn = (
  log: Pick<Log, 'table' | 'city'>,
  area: string,
  asked: Asked,
  keep: (line: TaskLine) => boolean,
): Promise<Page<TaskLine>> =>
  pageOfArea(log, 'T', area, asked, (item) => {
    const line = lineOf(item, item.since);
    return keep(line) ? line : undefined;
  });

/** Open tasks of an area that are late or have climbed, by place and end of their window. */
export const overdueOf = (
  log: Pick<Log, 'table' | 'city'>,
  area: string,
  asked: Asked,
  now: number,
  keep: (line: TaskLine) => boolean,
): Promise<Page<TaskLine>> =>
  pageOfArea(log, 'T', area, asked, (item) => {
    const line = lineOf(item, item.since);
    const late = line.climbs > 0 || Date.parse(line.due) < now;
    return late && keep(line) ? line : undefined;
  });
