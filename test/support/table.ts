/** A real table for a test: dynalite in memory, with the keys and indexes that the stack declares. */
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import dynalite from 'dynalite';
import type { LogId } from '../../shared/domain/ids.ts';
import type { Driver, Log, Started } from '../../shared/record/log.ts';
import type { Table } from '../../shared/record/table.ts';
import { city } from './city.ts';

export interface TestTable extends Table, AsyncDisposable {
  readonly client: DynamoDBClient;
  readonly endpoint: string;
}

export const clientForTest = (endpoint: string): DynamoDBClient =>
  new DynamoDBClient({
    endpoint,
    region: 'cn-north-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });

export async function tableForTest(): Promise<TestTable> {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('dynalite does not listen');
  const endpoint = `http://127.0.0.1:${address.port}`;
  const table = await tableAt(endpoint, 'record');
  return {
    ...table,
    async [Symbol.asyncDispose]() {
      table.client.destroy();
      await new Promise<void>((closed) => server.close(() => closed()));
    },
  };
}

/** Another table beside one: a restored copy, the erasure list. */
export async function tableAt(endpoint: string, name: string): Promise<Omit<TestTable, typeof Symbol.asyncDispose>> {
  const client = clientForTest(endpoint);
  const index = (name: string, sort: string) => ({
    IndexName: name,
    KeySchema: [
      { AttributeName: name, KeyType: 'HASH' as const },
      { AttributeName: sort, KeyType: 'RANGE' as const },
    ],
    Projection: { ProjectionType: 'ALL' as const },
  });
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        'pk',
        'sk',
        'open',
        'pending',
        'receivedAt',
        'owner',
        'beside',
        'due',
        'place',
        'since',
      ].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S',
      })),
      GlobalSecondaryIndexes: [
        index('open', 'pk'),
        index('pending', 'receivedAt'),
        index('owner', 'due'),
        index('beside', 'due'),
        index('place', 'since'),
      ],
    }),
  );
  while ((await client.send(new DescribeTableCommand({ TableName: name }))).Table?.TableStatus !== 'ACTIVE') {
    // Asked again at once: a table in memory is there in a moment.
  }
  return {
    name,
    db: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
    client,
    endpoint,
  };
}

/** Writes down what it was asked to do. */
export class RecordingDriver implements Driver {
  readonly done: string[] = [];
  readonly dead = new Set<string>();
  async start(id: LogId, rev: number, since?: number): Promise<Started> {
    return this.#started(`${id}-${rev}`, since);
  }
  async startTask(id: LogId, rev: number, task: string, since?: number): Promise<Started> {
    return this.#started(`${id}-${rev}-${task}`, since);
  }
  /** Nothing runs here: whoever asks has begun it. */
  #started(name: string, since: number | undefined): Started {
    this.done.push(`start ${name}`);
    if (this.dead.has(name)) return 'died';
    return since === undefined ? 'runs' : 'begun';
  }
  async stop(id: LogId, rev: number): Promise<void> {
    this.done.push(`stop ${id}-${rev}`);
  }
  async wake(token: string): Promise<void> {
    this.done.push(`wake ${token}`);
  }
}

/** A log as one function has it: nothing warm, unless another one's is given. */
export const logOn = (table: Table, driver: Driver = new RecordingDriver(), warm: Log['warm'] = new Map()): Log => ({
  table,
  city,
  driver,
  warm,
});
