/** What came of what was found, by way and month: projections of the logs, without names and without persons. */
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { countyOf, township } from '../config/places.ts';
import { type Yield, yieldOutcomes } from '../domain/screening.ts';
import { channels } from '../domain/words.ts';
import { itemsOf } from './items.ts';
import { holds, type Table, yieldPartition } from './table.ts';

/** @param n number of the log at which it was so: an older one never replaces a newer */
export async function putYield({ name, db }: Table, n: number, { key, route, area, month, outcome }: Yield) {
  const put = new PutCommand({
    TableName: name,
    Item: { pk: yieldPartition(countyOf(area), month), sk: key, n, route, township: area.slice(0, township), outcome },
    ConditionExpression: 'attribute_not_exists(pk) or #n < :n',
    ExpressionAttributeNames: { '#n': 'n' },
    ExpressionAttributeValues: { ':n': n },
  });
  await holds(db.send(put));
}

const yieldSchema = z.object({ route: z.enum(channels), township: z.string(), outcome: z.enum(yieldOutcomes) });
export type KeptYield = z.output<typeof yieldSchema>;

/** Of these counties in these months. */
export async function yieldsIn(table: Table, counties: readonly string[], months: readonly string[]) {
  const partitions = counties.flatMap((county) => months.map((month) => yieldPartition(county, month)));
  const found = await Promise.all(partitions.map((pk) => itemsOf(table, pk)));
  return found.flat().map((item): KeptYield => yieldSchema.parse(item));
}
