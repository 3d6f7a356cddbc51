/**
 * The short handle in a call to somebody on duty: names a task for a day, grants nothing, and says “I have it” once. It is told
 * over channels that anybody may overhear.
 */
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { splitTaskId, type TaskId } from '../domain/ids.ts';
import { HandleOver, Unknown } from '../errors.ts';
import { handleKey, holds, putNew, type Table } from './table.ts';

const life = 24 * 3_600_000;

const handleSchema = z.object({
  taskId: z.custom<TaskId>((value) => typeof value === 'string' && splitTaskId(value) !== undefined),
  until: z.number(),
  usedBy: z.string().optional(),
});
export type Handle = z.output<typeof handleSchema>;

/** Of the few that there are one may be taken: then another. @param make a new one, by chance */
export async function keepHandle(table: Table, make: () => string, taskId: TaskId, now: number): Promise<string> {
  for (;;) {
    const handle = make();
    const until = now + life;
    const item = { ...handleKey(handle), taskId, until, expires: Math.ceil(until / 1000) };
    if (await putNew(table, item)) return handle;
  }
}

const over = (handle: string, why: string) => new HandleOver(`handle ${handle} ${why}: sign in and look at your tasks`);

/** @param use who uses it, by which command: a repeated one may @throws Unknown, HandleOver */
export async function handleOf({ name, db }: Table, handle: string, use: string, now: number): Promise<Handle> {
  const get = new GetCommand({ TableName: name, Key: handleKey(handle), ConsistentRead: true });
  const { Item } = await db.send(get);
  if (!Item) throw new Unknown('handle', handle, 'the handle of a call within the last day is allowed');
  const found = handleSchema.parse(Item);
  const { until, usedBy } = found;
  if (usedBy !== undefined && usedBy !== use) throw over(handle, 'was used');
  if (until <= now) throw over(handle, 'is over');
  return found;
}

/** From now on nobody else uses it. */
export async function useHandle({ name, db }: Table, handle: string, use: string): Promise<void> {
  const update = new UpdateCommand({
    TableName: name,
    Key: handleKey(handle),
    UpdateExpression: 'set #usedBy = :use',
    ConditionExpression: 'attribute_exists(pk) and attribute_not_exists(#usedBy)',
    ExpressionAttributeNames: { '#usedBy': 'usedBy' },
    ExpressionAttributeValues: { ':use': use },
  });
  await holds(db.send(update));
}
