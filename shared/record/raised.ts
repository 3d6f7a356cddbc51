/** Which findings about posts and the roster were raised: an item a county, so that none grows too large. */
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Raised } from '../domain/watching.ts';
import type { Directory } from './directory.ts';
import { itemsBeginning } from './items.ts';
import { directoryPartition, holds, raisedPrefix } from './table.ts';

export interface RaisedItem {
  readonly version: number;
  readonly raised: Raised;
}

export async function readRaised({ table }: Directory): Promise<Map<string, RaisedItem>> {
  const items = await itemsBeginning(table, directoryPartition, raisedPrefix);
  return new Map(
    items.map(({ sk, version, raised }) => [
      String(sk).slice(raisedPrefix.length),
      { version: Number(version), raised: raised as Raised },
    ]),
  );
}

/** Written only over what was read: of two at once, one stands, and the other's findings come up again. */
export async function writeRaised(
  { table }: Directory,
  county: string,
  before: RaisedItem | undefined,
  raised: Raised,
): Promise<void> {
  const version = before?.version ?? 0;
  const put = new PutCommand({
    TableName: table.name,
    Item: { pk: directoryPartition, sk: `${raisedPrefix}${county}`, version: version + 1, raised },
    ConditionExpression: 'attribute_not_exists(pk) or #version = :before',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':before': version },
  });
  await holds(table.db.send(put));
}
