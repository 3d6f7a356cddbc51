/** Who looked at what: written before anything leaves (S12). */
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { localDate } from '../calendar/calendar.ts';
import { accessPartition, type Table } from './table.ts';

export interface Access {
  readonly at: number;
  readonly person: string;
  readonly post: string;
  readonly operation: 'read-case' | 'read-history' | 'list-cases' | 'list-tasks';
  readonly what: string;
  readonly outcome: 'shown' | 'denied';
  /** Of the request: the same request is written once. */
  readonly requestId: string;
}

/** How long the log of accesses is kept, in days. */
const kept = 3 * 365;

export async function logAccess(table: Table, { at, requestId, ...access }: Access): Promise<void> {
  const time = new Date(at).toISOString();
  await table.db.send(
    new PutCommand({
      TableName: table.name,
      Item: {
        pk: accessPartition(localDate(at)),
        sk: `${time}#${requestId}`,
        at,
        ...access,
        expires: Math.ceil(at / 1000) + kept * 86_400,
      },
    }),
  );
}
