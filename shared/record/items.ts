/** Items that lie together, read to the last page: those of a partition consistently. */
import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Table } from './table.ts';

export type Item = Readonly<Record<string, unknown>>;

type Wanted = Omit<QueryCommandInput, 'TableName' | 'ExclusiveStartKey' | 'Limit'>;

/** Everything that a query finds. */
export async function everyItem({ name, db }: Table, wanted: Wanted): Promise<Item[]> {
  const items: Item[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const page = await db.send(
      new QueryCommand({ TableName: name, ...wanted, ...(start ? { ExclusiveStartKey: start } : {}) }),
    );
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start);
  return items;
}

/** All items of a partition. */
export const itemsOf = (table: Table, pk: string): Promise<Item[]> =>
  everyItem(table, {
    ConsistentRead: true,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': pk },
  });

/** Those whose sort key lies in the range, in its order. */
export const itemsBetween = (table: Table, pk: string, from: string, to: string): Promise<Item[]> =>
  everyItem(table, {
    ConsistentRead: true,
    KeyConditionExpression: 'pk = :pk and sk between :from and :to',
    ExpressionAttributeValues: { ':pk': pk, ':from': from, ':to': to },
  });

/** Those whose sort key begins so; of each all fields, or those asked for. */
export const itemsBeginning = (table: Table, pk: string, prefix: string, fields?: readonly string[]): Promise<Item[]> =>
  everyItem(table, {
    ConsistentRead: true,
    KeyConditionExpression: 'pk = :pk and begins_with(sk, :prefix)',
    ExpressionAttributeValues: { ':pk': pk, ':prefix': prefix },
    ...(fields
      ? {
          ProjectionExpression: fields.map((field) => `#${field}`).join(', '),
          ExpressionAttributeNames: Object.fromEntries(fields.map((field) => [`#${field}`, field])),
        }
      : {}),
  });
