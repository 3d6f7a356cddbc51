/**
 * DynamoDB: dynalite, asked in process. It runs in memory and every item that it wrote lies in SQLite before the answer goes
 * out: on disk by its own means each request waits for eight turns of a thread pool. What it lacks is put right here:
 * ReturnValuesOnConditionCheckFailure, UpdateTimeToLive, and the units that a request consumed.
 */
import { Readable } from 'node:stream';
import dynalite from 'dynalite';
import { ServiceError } from './errors.ts';
import { isObject, type JsonObject, listOf, objectOf } from './json.ts';
import type { Store } from './store.ts';
import type { Resource } from './template.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type UnitClass = (key: { pk: string; sk: string }) => string;
export interface Units {
  readonly read: Record<string, number>;
  readonly write: Record<string, number>;
}

const writes = new Set(['PutItem', 'UpdateItem', 'DeleteItem']);

export class DynamoDb {
  readonly #server: ReturnType<typeof dynalite>;
  readonly #handle: (request: object, response: object) => void;
  readonly #unitClass: UnitClass;
  readonly #store: Store;
  readonly #keys = new Map<string, string[]>();
  readonly #hashKeys = new Map<string, string>();
  readonly #timeToLive = new Map<string, string>();
  readonly units: Units = { read: {}, write: {} };

  private constructor(store: Store, unitClass: UnitClass) {
    this.#store = store;
    this.#server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
    const [handle] = this.#server.listeners('request');
    if (!handle) throw new TypeError('dynalite has no request handler');
    this.#handle = (request, response) => handle.call(this.#server, request, response);
    // It closes its files only if it listens; but nobody gets past our own port, where policies are enforced.
    this.#server.removeAllListeners('request').on('request', (_, response) => response.destroy());
    this.#unitClass = unitClass;
  }

  static async open(store: Store, tables: Resource[], unitClass: UnitClass): Promise<DynamoDb> {
    const db = new DynamoDb(store, unitClass);
    await new Promise<void>((listening) => db.#server.listen(0, '127.0.0.1', listening));
    for (const table of tables) await db.#create(table);
    return db;
  }

  async #create({ name, properties }: Resource): Promise<void> {
    const { KeySchema, AttributeDefinitions, GlobalSecondaryIndexes, TimeToLiveSpecification } = properties;
    const indexes = listOf(GlobalSecondaryIndexes).filter(isObject);
    this.#hashKeys.set(name, hashKeyOf(KeySchema));
    for (const index of indexes) this.#hashKeys.set(`${name}/${index.IndexName}`, hashKeyOf(index.KeySchema));
    const { AttributeName, Enabled } = objectOf(TimeToLiveSpecification);
    if (Enabled === true) this.#timeToLive.set(name, String(AttributeName));
    const { status, body } = await this.#ask('CreateTable', {
      TableName: name,
      KeySchema,
      AttributeDefinitions,
      BillingMode: 'PAY_PER_REQUEST',
      ...(indexes.length > 0
        ? {
            GlobalSecondaryIndexes: indexes.map(({ IndexName, KeySchema, Projection }) => ({
              IndexName,
              KeySchema,
              Projection,
            })),
          }
        : {}),
    });
    if (status !== 200) throw new TypeError(`table ${name}: ${body}`);
    while (!(await this.#ask('DescribeTable', { TableName: name })).body.includes('"TableStatus":"ACTIVE"')) {
      await new Promise<void>((later) => setImmediate(later));
    }
    this.#keys.set(
      name,
      listOf(KeySchema).map((key) => String(objectOf(key).AttributeName)),
    );
    await this.#restore(name);
  }

  async #restore(table: string): Promise<void> {
    const rows = this.#store.all('select item from items where tbl = ?', table);
    for (let at = 0; at < rows.length; at += 25) {
      const requests = rows.slice(at, at + 25).map(({ item }) => ({ PutRequest: { Item: JSON.parse(String(item)) } }));
      const { status, body } = await this.#ask('BatchWriteItem', { RequestItems: { [table]: requests } });
      if (status !== 200) throw new TypeError(`table ${table} cannot be restored: ${body}`);
    }
  }

  /** Partition keys that a request reaches, in its table or index; undefined for what has no key. */
  leadingKeys(operation: string, input: JsonObject): string[] | undefined {
    const hash = this.#hashKeys.get(`${input.TableName}${input.IndexName === undefined ? '' : `/${input.IndexName}`}`);
    const keyValue = (item: unknown, name: string | undefined) =>
      Object.values(objectOf(objectOf(item)[name ?? '']))[0];
    if (operation === 'Query') {
      const names = objectOf(input.ExpressionAttributeNames);
      const tests = String(input.KeyConditionExpression).matchAll(/([#\w]+)\s*=\s*(:\w+)/g);
      const found = [...tests].find(([, name = '']) => (names[name] ?? name) === hash);
      return [String(keyValue(input.ExpressionAttributeValues, found?.[2]))];
    }
    if (operation === 'BatchGetItem') {
      return Object.entries(objectOf(input.RequestItems)).flatMap(([table, request]) =>
        listOf(objectOf(request).Keys).map((key) => String(keyValue(key, this.#hashKeys.get(table)))),
      );
    }
    const key = input.Key ?? input.Item;
    return key === undefined ? undefined : [String(keyValue(key, hash))];
  }

  async call(operation: string, input: JsonObject): Promise<Answer> {
    if (operation === 'UpdateTimeToLive') return this.#updateTimeToLive(input);
    if (operation === 'DescribeTimeToLive') return this.#describeTimeToLive(input);
    const { ReturnValuesOnConditionCheckFailure: wanted, ...request } = input;
    const answer = await this.#write(operation, { ...request, ReturnConsumedCapacity: 'TOTAL' });
    this.#count(operation, input, answer);
    if (wanted !== 'ALL_OLD' || !answer.body.includes('#ConditionalCheckFailedException')) return answer;
    const Key = input.Key ?? this.#keyOf(String(input.TableName), objectOf(input.Item));
    const old = await this.#ask('GetItem', { TableName: input.TableName, Key, ConsistentRead: true });
    const { Item } = objectOf(JSON.parse(old.body));
    return json(answer.status, { ...objectOf(JSON.parse(answer.body)), ...(Item ? { Item } : {}) });
  }

  /** A write is answered when what it left is on disk; what came before a kill and was not answered is gone with it. */
  async #write(operation: string, input: JsonObject): Promise<Answer> {
    if (operation === 'BatchWriteItem') {
      throw new ServiceError('UnknownOperationException', 'BatchWriteItem is not served here');
    }
    const updates = operation === 'UpdateItem' && (input.ReturnValues ?? 'NONE') === 'NONE';
    const answer = await this.#ask(operation, updates ? { ...input, ReturnValues: 'ALL_NEW' } : input);
    if (answer.status !== 200 || !writes.has(operation)) return answer;
    const table = String(input.TableName);
    if (operation === 'PutItem') this.#keep(table, objectOf(input.Item));
    else if (operation === 'DeleteItem') this.#forget(table, objectOf(input.Key));
    else if (updates) {
      const { Attributes, ...rest } = objectOf(JSON.parse(answer.body));
      this.#keep(table, objectOf(Attributes));
      return json(200, rest);
    } else {
      const { body } = await this.#ask('GetItem', { TableName: table, Key: input.Key, ConsistentRead: true });
      this.#keep(table, objectOf(objectOf(JSON.parse(body)).Item));
    }
    return answer;
  }

  #keyText(table: string, item: JsonObject): string {
    return JSON.stringify((this.#keys.get(table) ?? []).map((name) => item[name]));
  }

  #keep(table: string, item: JsonObject): void {
    const key = this.#keyText(table, item);
    this.#store.run('insert or replace into items values (?, ?, ?)', table, key, JSON.stringify(item));
  }

  #forget(table: string, key: JsonObject): void {
    this.#store.run('delete from items where tbl = ? and key = ?', table, this.#keyText(table, key));
  }

  /** The same for callers inside: an answer as an object, a refusal as an error. @throws ServiceError */
  async send(operation: string, input: JsonObject): Promise<JsonObject> {
    const { status, body } = await this.call(operation, input);
    const answer = objectOf(JSON.parse(body));
    if (status === 200) {
      delete answer.ConsumedCapacity;
      return answer;
    }
    const code = String(answer.__type).split('#').at(-1) ?? 'InternalServerError';
    throw new ServiceError(code, String(answer.message ?? code), status);
  }

  #keyOf(table: string, item: JsonObject): JsonObject {
    return Object.fromEntries((this.#keys.get(table) ?? []).map((name) => [name, item[name]]));
  }

  #count(operation: string, input: JsonObject, { status, body }: Answer): void {
    const [pk] = this.leadingKeys(operation, input) ?? [];
    if (pk === undefined) return;
    const sk = String(Object.values(objectOf(objectOf(input.Key ?? input.Item).sk))[0] ?? '');
    const kind = this.#unitClass({ pk, sk });
    const [, spent] = /"CapacityUnits":([\d.]+)/.exec(body) ?? [];
    // A failed condition is charged like a success.
    const units = status === 200 ? Number(spent ?? 0) : 1;
    const into = writes.has(operation) ? this.units.write : this.units.read;
    into[kind] = (into[kind] ?? 0) + units;
  }

  /** dynalite's own HTTP handler, without the network between. */
  #ask(operation: string, input: JsonObject): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const headers: Record<string, string> = {};
      const response = {
        statusCode: 200,
        setHeader: (name: string, value: unknown) => {
          headers[name.toLowerCase()] = String(value);
        },
        end: (body = '') => resolve({ status: response.statusCode, headers, body: String(body) }),
      };
      const request = Object.assign(Readable.from([Buffer.from(JSON.stringify(input))]), {
        method: 'POST',
        url: '/',
        headers: {
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': `DynamoDB_20120810.${operation}`,
          'x-amz-date': 'now',
          authorization: 'AWS4-HMAC-SHA256 Credential=local, SignedHeaders=host, Signature=local',
        },
      });
      request.on('error', reject);
      this.#handle(request, response);
    });
  }

  async #updateTimeToLive({ TableName, TimeToLiveSpecification }: JsonObject): Promise<Answer> {
    const { Enabled, AttributeName } = objectOf(TimeToLiveSpecification);
    if (Enabled === true) this.#timeToLive.set(String(TableName), String(AttributeName));
    else this.#timeToLive.delete(String(TableName));
    return json(200, { TimeToLiveSpecification });
  }

  async #describeTimeToLive({ TableName }: JsonObject): Promise<Answer> {
    const AttributeName = this.#timeToLive.get(String(TableName));
    const status =
      AttributeName === undefined ? { TimeToLiveStatus: 'DISABLED' } : { TimeToLiveStatus: 'ENABLED', AttributeName };
    return json(200, { TimeToLiveDescription: status });
  }

  close(): Promise<void> {
    return new Promise((closed) => this.#server.close(() => closed()));
  }
}

const hashKeyOf = (schema: unknown): string =>
  String(
    listOf(schema)
      .map(objectOf)
      .find(({ KeyType }) => KeyType === 'HASH')?.AttributeName,
  );

const json = (status: number, body: JsonObject): Answer => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: JSON.stringify(body),
});
