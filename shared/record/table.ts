/** The one table of a city: keys, and the few ways it is written (single items, conditional; protocol: Items). */
import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { LogId } from '../domain/ids.ts';

export interface Table {
  readonly name: string;
  readonly db: DynamoDBDocumentClient;
}

export const openTable = (name: string): Table => ({
  name,
  db: DynamoDBDocumentClient.from(new DynamoDBClient({}), { marshallOptions: { removeUndefinedValues: true } }),
});

/** Indexes of the table, each sparse: only items with its key attribute are in it. */
export const indexes = { open: 'open', pending: 'pending', owner: 'owner' } as const;

export const partitionOf = (id: LogId): string => `${id.slice(0, 1)}#${id}`;
export const actionKey = (n: number): string => `A#${String(n).padStart(10, '0')}`;
export const headKey = 'HEAD';
export const taskKey = (task: string): string => `T#${task}`;
export const noticePrefix = (task: string): string => `N#${task}#`;
export const noticeKey = (task: string, kind: string, step: number): string => `${noticePrefix(task)}${kind}#${step}`;

export const reportPartition = (channel: string): string => `R#${channel}`;
export const pointerPartition = (keyedHash: string): string => `P#${keyedHash}`;
export const accessPartition = (date: string): string => `L#${date}`;

/** Spreads open logs over index keys: no single key takes all the writes of a city. */
export const shards = 8;
const shardKey = (city: string, id: string): string => `${city}#${id.charCodeAt(id.length - 1) % shards}`;
export const openKey = (city: string, id: LogId): string => shardKey(city, id);
export const pendingKey = (city: string, sourceId: string): string => shardKey(city, sourceId);
/** The keys of the sharded indexes `open` and `pending`. */
export const shardKeys = (city: string): string[] => Array.from({ length: shards }, (_, i) => `${city}#${i}`);

/** Runs a conditional write; false when its condition did not hold. */
export async function holds(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

/** Takes a closed log out of the index of open ones, unless it was marked anew since it was read. */
export const removeOpen = (table: Table, id: LogId, n: number): UpdateCommand =>
  new UpdateCommand({
    TableName: table.name,
    Key: { pk: partitionOf(id), sk: headKey },
    UpdateExpression: 'remove #open',
    ConditionExpression: '#n = :n and attribute_exists(#open)',
    ExpressionAttributeNames: { '#open': 'open', '#n': 'n' },
    ExpressionAttributeValues: { ':n': n },
  });
