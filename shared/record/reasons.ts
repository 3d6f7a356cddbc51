/**
 * How often a person has given a reason in the same words: kept under a keyed hash of the words, as a set of the commands that
 * gave it, so that a repeated command counts once.
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
}

export async function useOfReason(
  { name, db }: Table,
  keys: ReasonKeys,
  { person, words, command }: Reason,
): Promise<ReasonUse> {
  const own = shortHash(`reason ${command}`);
  const Key = { pk: personPartition(person), sk: reasonKey(await keyedHash(keys, `reason ${person} ${words}`)) };
  const { Item } = await db.send(new GetCommand({ TableName: name, Key, ConsistentRead: true }));
  const uses: unknown = Item?.uses;
  const others = uses instanceof Set ? [...uses].filter((use) => use !== own) : [];
  const keep = async () => {
    await db.send(
      new UpdateCommand({
        TableName: name,
        Key,
        UpdateExpression: 'add #uses :own',
        ExpressionAttributeNames: { '#uses': 'uses' },
        ExpressionAttributeValues: { ':own': new Set([own]) },
      }),
    );
  };
  return { before: others.length, keep };
}
