/**
 * How often a person has given a reason in the same words: kept under a keyed hash of the words, as a set of the commands that
 * gave it, so that a repeated command counts once. It goes when the words were not given again for as long as a case is kept.
 */
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { shortHash } from '../domain/ids.ts';
import { type Keys, keyedHash } from './seal.ts';
import { personPartition, reasonKey, type Table } from './table.ts';

export type ReasonKeys = Pick<Keys, 'kms' | 'lookupKey'>;

export interface ReasonUse {
  /** By other commands than this one. */
  readonly before: number;
  /** Counts this command: once nothing refuses it, before it is committed. */
  readonly keep: () => Promise<void>;
}

export interface Reason {
  readonly person: string;
  readonly words: string;
  /** By what the command that gives it is known again. */
  readonly command: string;
  readonly now: number;
  /** When it is forgotten, unless it is given again; epoch ms, as `now`. */
  readonly until: number;
}

export async function useOfReason(
  { name, db }: Table,
  keys: ReasonKeys,
  { person, words, command, now, until }: Reason,
): Promise<ReasonUse> {
  const own = shortHash(`reason ${command}`);
  const Key = { pk: personPartition(person), sk: reasonKey(await keyedHash(keys, `reason ${person} ${words}`)) };
  const { Item } = await db.send(new GetCommand({ TableName: name, Key, ConsistentRead: true }));
  // The table deletes late what is over; it counts no more from the instant on.
  const isOver = Number(Item?.expires ?? Number.POSITIVE_INFINITY) * 1000 <= now;
  const uses: unknown = isOver ? undefined : Item?.uses;
  const others = uses instanceof Set ? [...uses].filter((use) => use !== own) : [];
  const keep = async () => {
    await db.send(
      new UpdateCommand({
        TableName: name,
        Key,
        UpdateExpression: isOver ? 'set #expires = :expires, #uses = :own' : 'set #expires = :expires add #uses :own',
        ExpressionAttributeNames: { '#uses': 'uses', '#expires': 'expires' },
        ExpressionAttributeValues: { ':own': new Set([own]), ':expires': Math.ceil(until / 1000) },
      }),
    );
  };
  return { before: others.length, keep };
}
