/** Lists for people, from projections: they may lag by a moment and decide nothing. */
import { BatchGetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { isLogId, type LogId, type TaskId } from '../domain/ids.ts';
import type { State } from '../domain/state.ts';
import type { Log } from './log.ts';
import { headKey, indexes, partitionOf, shardKeys, type Table } from './table.ts';

/** Most items that one request may ask for. */
const batch = 100;

type Item = Record<string, unknown>;

async function queried(table: Table, index: string, key: string, value: string): Promise<Item[]> {
  const items: Item[] = [];
  let start: Item | undefined;
  do {
    const page = await table.db.send(
      new QueryCommand({
        TableName: table.name,
        IndexName: index,
        KeyConditionExpression: '#key = :value',
        ExpressionAttributeNames: { '#key': key },
        ExpressionAttributeValues: { ':value': value },
        ...(start ? { ExclusiveStartKey: start } : {}),
      }),
    );
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start);
  return items;
}

/** The logs that the index of open ones nominates. */
export async function openLogs({ table, city }: Pick<Log, 'table' | 'city'>): Promise<LogId[]> {
  const shards = await Promise.all(shardKeys(city.code).map((shard) => queried(table, indexes.open, 'open', shard)));
  return shards
    .flat()
    .map(({ pk }) => String(pk).slice(2))
    .filter(isLogId);
}

/** The heads of the open cases and disputes. */
export async function openHeads(log: Log): Promise<State[]> {
  const ids = await openLogs(log);
  const heads: State[] = [];
  for (let at = 0; at < ids.length; at += batch) {
    let keys: Item[] = ids.slice(at, at + batch).map((id) => ({ pk: partitionOf(id), sk: headKey }));
    while (keys.length > 0) {
      const { name } = log.table;
      const page = await log.table.db.send(new BatchGetCommand({ RequestItems: { [name]: { Keys: keys } } }));
      for (const { state } of page.Responses?.[name] ?? []) if (state) heads.push(state);
      keys = page.UnprocessedKeys?.[name]?.Keys ?? [];
    }
  }
  return heads;
}

export interface TaskLine {
  readonly taskId: TaskId;
  readonly kind: string;
  readonly due: string;
}

/** The open tasks of a post, the next timer first. */
export async function tasksOf(table: Table, post: string): Promise<TaskLine[]> {
  const items = await queried(table, indexes.owner, 'owner', post);
  return items.map(({ pk, sk, kind, due }) => {
    const id = String(pk).slice(2);
    if (!isLogId(id)) throw new TypeError(`an item of the index of owners lies in ${String(pk)}`);
    return { taskId: `${id}.${String(sk).slice(2)}`, kind: String(kind), due: String(due) };
  });
}
