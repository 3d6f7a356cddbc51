/** The erasure list, and a restored copy of the record on which it is done again before anybody reads. */
import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { eraseAgain, erasureEntryOf, type ListedErasure } from '../shared/record/erasure.ts';
import { nameKey, type Table } from '../shared/record/table.ts';

/** The whole list, from the first erasure on. */
async function erasuresIn({ name, db }: Table): Promise<ListedErasure[]> {
  const entries: ListedErasure[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const page = await db.send(
      new ScanCommand({ TableName: name, ConsistentRead: true, ...(start ? { ExclusiveStartKey: start } : {}) }),
    );
    entries.push(...(page.Items ?? []).map(erasureEntryOf));
    start = page.LastEvaluatedKey;
  } while (start);
  return entries.sort((a, b) => a.at - b.at);
}

/**
 * Erases everybody of the list in the table again; only then does the table get its own name, without which no function
 * reads it. Cut off, it is run again.
 * @returns how many erasures were done again
 */
export async function replayErasures(list: Table, table: Table): Promise<number> {
  const entries = await erasuresIn(list);
  for (const entry of entries) await eraseAgain(table, entry);
  const { name, db } = table;
  await db.send(new PutCommand({ TableName: name, Item: { ...nameKey, name } }));
  return entries.length;
}
