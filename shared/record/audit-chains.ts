/** Chains of accesses as they are read, and what a function that writes them remembers. */
import type { SQSClient } from '@aws-sdk/client-sqs';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { City } from '../config/city.ts';
import { type Access, type Found, isBroken, type Link, readLink } from '../domain/audit.ts';
import { RecordBroken } from '../errors.ts';
import { chainPartition, type Table } from './table.ts';

export interface Spooled {
  readonly chain: string;
  readonly access: Access;
}

/** What a warm function remembers. Chains only grow: an end that is remembered may be short, never wrong. */
export interface WarmAudit {
  readonly ends: Map<string, Link>;
  /** Marks of days that are there: that never changes. */
  readonly marks: Set<string>;
  /** The last writer of a chain in this process: the next one waits for it and not for its own lost race. */
  readonly turns: Map<string, Promise<unknown>>;
  /** Shown already and written down nowhere yet. */
  readonly owed: Spooled[];
}

export interface Audit {
  readonly table: Table;
  readonly city: Pick<City, 'audit'>;
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  readonly warm: WarmAudit;
}

export const warmAudit = (): WarmAudit => ({ ends: new Map(), marks: new Set(), turns: new Map(), owed: [] });

/** The items of a chain from its end backwards: the end alone costs one, all of them few requests. */
export async function* foundFromEnd({ name, db }: Table, chain: string): AsyncGenerator<Found> {
  let start: Record<string, unknown> | undefined;
  let size = 1;
  do {
    const { Items = [], LastEvaluatedKey } = await db.send(
      new QueryCommand({
        TableName: name,
        ConsistentRead: true,
        ScanIndexForward: false,
        Limit: size,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': chainPartition(chain) },
        ...(start ? { ExclusiveStartKey: start } : {}),
      }),
    );
    yield* Items.map(foundIn);
    start = LastEvaluatedKey;
    size = Math.min(size * 10, 1000);
  } while (start);
}

const foundIn = ({ pk: _pk, sk, ...record }: Record<string, unknown>): Found => ({
  n: /^\d{10}$/.test(String(sk)) ? Number(sk) : 0,
  record,
});

/** Records from the end backwards. @throws RecordBroken where one is not as it was written */
export async function* linksFromEnd(table: Table, chain: string): AsyncGenerator<Link> {
  for await (const found of foundFromEnd(table, chain)) {
    const read = readLink(chain, found);
    if (isBroken(read)) throw new RecordBroken(`record ${read.n} of the accesses ${chain} is broken: ${read.why}`);
    yield read;
  }
}

/** Everything that stands in a chain, in the order of its numbers, unread. */
export async function readChain(table: Table, chain: string): Promise<Found[]> {
  const found: Found[] = [];
  for await (const one of foundFromEnd(table, chain)) found.push(one);
  return found.reverse();
}
