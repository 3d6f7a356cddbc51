/**
 * What a city holds, to be read beside it: of a data folder, on which a city may run, a copy in memory and never the folder itself;
 * of a deployed city its table.
 */
import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import dynalite from 'dynalite';
import { openList, type Table } from '../shared/record/table.ts';
import { openFolder } from './reading.ts';

export interface Kept extends Table, AsyncDisposable {
  /** What the clock of the city shows, epoch milliseconds. */
  readonly now: number;
}

/**
 * The items of some partitions of the city's table.
 * @param prefix with which the keys of those partitions begin
 * @throws BadOptions where the folder holds no city
 */
export async function keptIn(data: string, prefix: string): Promise<Kept> {
  const folder = openFolder(data);
  const { stack, now } = folder;
  const items = folder.items(`[{"S":"${prefix}`);
  folder.close();
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('dynalite does not listen');
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${address.port}`,
    region: 'cn-north-1',
    credentials: { accessKeyId: 'kept', secretAccessKey: 'local' },
  });
  const name = `${stack}-Table`;
  await create(client, name);
  for (let at = 0; at < items.length; at += 25) {
    const requests = items.slice(at, at + 25).map((Item) => ({ PutRequest: { Item } }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { [name]: requests } }));
  }
  return {
    name,
    db: DynamoDBDocumentClient.from(client),
    now,
    async [Symbol.asyncDispose]() {
      client.destroy();
      await new Promise<void>((closed) => server.close(() => closed()));
    },
  };
}

/** With the account, region and rights of whoever calls. @param now epoch ms */
export function keptDeployed(name: string, now: number): Kept {
  const client = new DynamoDBClient({});
  return {
    ...openList(name, client),
    now,
    async [Symbol.asyncDispose]() {
      client.destroy();
    },
  };
}

async function create(client: DynamoDBClient, name: string): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    }),
  );
  while ((await client.send(new DescribeTableCommand({ TableName: name }))).Table?.TableStatus !== 'ACTIVE') {
    // Asked again at once: a table in memory is there in a moment.
  }
}
