/**
 * The switch that stops new levels: numbered turns, and the put of turn n+1 if absent is the only commit. It is read consistently
 * where a level would begin or rise, and kept in no memory: what is stopped is stopped at the next decision.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Turn } from '../domain/switching.ts';
import { RecordBusy } from '../errors.ts';
import { putNew, switchPartition, type Table, versionKey } from './table.ts';

/** The turns below a number, the newest first. */
export async function turnsOf({ name, db }: Table, limit: number, below = 1e10): Promise<Turn[]> {
  const { Items = [] } = await db.send(
    new QueryCommand({
      TableName: name,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk and sk between :from and :to',
      ExpressionAttributeValues: { ':pk': switchPartition, ':from': versionKey(1), ':to': versionKey(below - 1) },
      ScanIndexForward: false,
      Limit: limit,
    }),
  );
  return Items.map(({ turn }) => turn as Turn);
}

/** The turn that counts; undefined where nobody ever touched it. */
export const newestTurn = async (table: Table): Promise<Turn | undefined> => (await turnsOf(table, 1))[0];

const tries = 8;
/** So many turns back a repeated command is known. */
const remembered = 20;

/** Under a key that this person's command was applied with before, that turn is the answer. @throws RecordBusy, and whatever `make` refuses */
export async function commitTurn(
  table: Table,
  { key, person, make }: { key: string; person: string; make: (current: Turn | undefined) => Turn },
): Promise<Turn> {
  for (let attempt = 0; attempt < tries; attempt++) {
    const known = await turnsOf(table, remembered);
    const applied = known.find((turn) => turn.key === key && turn.by.person === person);
    if (applied) return applied;
    const turn = make(known[0]);
    if (await putNew(table, { pk: switchPartition, sk: versionKey(turn.n), turn })) return turn;
    await delay(10 * 2 ** attempt);
  }
  throw new RecordBusy('the switch is being turned by many; send the command again');
}
