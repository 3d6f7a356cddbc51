/** What a test of the log of accesses needs: a queue that delivers when asked, and a table that can be made to fail. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SendMessageCommandInput,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import type { Access } from '../../shared/domain/audit.ts';
import { type Audit, warmAudit } from '../../shared/record/audit.ts';
import { city } from './city.ts';
import type { TestTable } from './table.ts';

export const monday = Date.parse('2026-01-05T09:00:00+08:00');
export const day = 86_400_000;
export const caseId = 'C-0123456789ab';

let requests = 0;

/** An access as the API would write it, each of another request. */
export function access(more: Partial<Access> = {}): Access {
  requests += 1;
  return {
    at: monday,
    person: 'wang',
    post: '999901001.township-police',
    role: 'community-police',
    purpose: 'handling',
    operation: 'read-case',
    kind: 'read',
    what: caseId,
    outcome: 'shown',
    fields: ['status', 'tasks'],
    correlationId: `request-${requests}`,
    ...more,
  };
}

/** A durable queue whose messages come again until they are deleted. */
export class Spool {
  readonly client = new SQSClient({ region: 'cn-north-1' });
  readonly waiting = new Map<string, string>();
  /** Delivered since the last round began: not visible again before the next. */
  #delivered = new Set<string>();
  #sent = 0;
  down = false;

  constructor() {
    const mock = mockClient(this.client);
    mock.on(SendMessageCommand).callsFake(({ MessageBody = '' }: SendMessageCommandInput) => {
      if (this.down) throw new Error('the queue does not answer');
      this.put(MessageBody);
      return {};
    });
    mock.on(ReceiveMessageCommand).callsFake(() => ({
      Messages: [...this.waiting]
        .filter(([id]) => !this.#delivered.has(id))
        .slice(0, 10)
        .map(([id, Body]) => {
          this.#delivered.add(id);
          return { MessageId: id, ReceiptHandle: id, Body };
        }),
    }));
    mock.on(DeleteMessageCommand).callsFake(({ ReceiptHandle }) => {
      this.waiting.delete(ReceiptHandle);
      return {};
    });
  }

  put(body: string): void {
    this.#sent += 1;
    this.waiting.set(`m${this.#sent}`, body);
  }

  /** What was not deleted is visible again. */
  redeliver(): void {
    this.#delivered = new Set();
  }
}

/** What goes wrong with the requests of one process to the table. */
export interface Trouble {
  /** Nothing arrives. */
  down: boolean;
  /** So many requests arrive, but their answers do not. */
  lostAnswers: number;
  /** Only requests of these names have trouble. */
  only?: readonly string[];
}

/** The log of accesses as one process has it: nothing warm, a client of its own. */
export function auditOn(table: TestTable, spool = new Spool()): Audit & { readonly trouble: Trouble } {
  const { endpoint, region, credentials } = table.client.config;
  const trouble: Trouble = { down: false, lostAnswers: 0 };
  const db = DynamoDBDocumentClient.from(
    new DynamoDBClient({ ...(endpoint ? { endpoint } : {}), region, credentials }),
    {
      marshallOptions: { removeUndefinedValues: true },
    },
  );
  db.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const concerned = trouble.only === undefined || trouble.only.includes(commandName);
        if (concerned && trouble.down) throw new Error('the table does not answer');
        const answer = await next(args);
        if (concerned && trouble.lostAnswers > 0) {
          trouble.lostAnswers -= 1;
          throw new Error('the answer of the table was lost');
        }
        return answer;
      },
    { step: 'initialize', name: 'trouble' },
  );
  return { table: { name: table.name, db }, city, sqs: spool.client, queueUrl: 'spool', warm: warmAudit(), trouble };
}
