/** SNS with an outbox to read, and SQS: what is published is written down and delivered to the queues that subscribed. */
import { createHash, randomUUID } from 'node:crypto';
import type { Clock } from './clock.ts';
import { ServiceError } from './errors.ts';
import { type JsonObject, objectOf } from './json.ts';
import type { Store } from './store.ts';
import { account, region, type Template } from './template.ts';

export interface OutboxMessage {
  /** Grows with every message; where a reader goes on. */
  readonly seq: number;
  readonly id: string;
  readonly topicArn: string;
  readonly at: number;
  readonly message: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export class Messaging {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #topics: ReadonlySet<string>;
  readonly #queues: ReadonlySet<string>;
  readonly #subscriptions: { topic: string; queue: string; raw: boolean }[];

  constructor(template: Template, store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    this.#topics = new Set(template.resources('AWS::SNS::Topic').map(({ arn }) => arn));
    this.#queues = new Set(template.resources('AWS::SQS::Queue').map(({ arn }) => arn));
    this.#subscriptions = template
      .resources('AWS::SNS::Subscription')
      .filter(({ properties }) => properties.Protocol === 'sqs')
      .map(({ properties }) => ({
        topic: String(properties.TopicArn),
        queue: String(properties.Endpoint),
        raw: String(properties.RawMessageDelivery) === 'true',
      }));
  }

  publish(topicArn: string, message: string, attributes: Readonly<Record<string, string>>): string {
    if (!this.#topics.has(topicArn)) throw new ServiceError('NotFound', 'Topic does not exist', 404);
    const id = randomUUID();
    const kept = JSON.stringify(attributes);
    const at = this.#clock.now();
    this.#store.run(
      'insert into outbox (id, topic, at, message, attributes) values (?, ?, ?, ?, ?)',
      id,
      topicArn,
      at,
      message,
      kept,
    );
    for (const { topic, queue, raw } of this.#subscriptions) {
      if (topic !== topicArn) continue;
      const body = raw
        ? message
        : JSON.stringify({ Type: 'Notification', MessageId: id, TopicArn: topic, Message: message });
      this.#put(queue, body, kept);
    }
    return id;
  }

  outbox(after: number): OutboxMessage[] {
    return this.#store.all('select * from outbox where seq > ? order by seq', after).map((row) => ({
      seq: Number(row.seq),
      id: String(row.id),
      topicArn: String(row.topic),
      at: Number(row.at),
      message: String(row.message),
      attributes: JSON.parse(String(row.attributes)),
    }));
  }

  get published(): number {
    return Number(this.#store.one('select count(*) as n from outbox')?.n ?? 0);
  }

  queueArn(url: unknown): string {
    const name = String(url).split('/').at(-1) ?? '';
    const arn = `arn:aws-cn:sqs:${region}:${account}:${name}`;
    if (!this.#queues.has(arn)) {
      throw new ServiceError('QueueDoesNotExist', 'The specified queue does not exist.');
    }
    return arn;
  }

  #put(queue: string, body: string, attributes: string): string {
    const id = randomUUID();
    this.#store.run(
      'insert into messages (id, queue, body, attributes, visible) values (?, ?, ?, ?, ?)',
      id,
      queue,
      body,
      attributes,
      this.#clock.now(),
    );
    return id;
  }

  /** One operation of SQS on a queue. @throws ServiceError for one that is not served */
  sqs(operation: string, queue: string, input: JsonObject): JsonObject {
    switch (operation) {
      case 'SendMessage': {
        const body = String(input.MessageBody);
        return { MessageId: this.#put(queue, body, '{}'), MD5OfMessageBody: md5(body) };
      }
      case 'ReceiveMessage':
        return {
          Messages: this.#receive(queue, Number(input.MaxNumberOfMessages ?? 1), Number(input.VisibilityTimeout ?? 30)),
        };
      case 'DeleteMessage':
        this.#store.run('delete from messages where receipt = ?', String(input.ReceiptHandle));
        return {};
      case 'GetQueueAttributes': {
        const waiting = this.#store.one('select count(*) as n from messages where queue = ?', queue)?.n;
        return { Attributes: { QueueArn: queue, ApproximateNumberOfMessages: String(waiting) } };
      }
      default:
        throw new ServiceError('UnsupportedOperation', `SQS ${operation} is not served here`);
    }
  }

  #receive(queue: string, most: number, seconds: number): JsonObject[] {
    const now = this.#clock.now();
    const rows = this.#store.all(
      'select * from messages where queue = ? and visible <= ? order by seq limit ?',
      queue,
      now,
      Math.min(10, most),
    );
    return rows.map((row) => {
      const receipt = randomUUID();
      this.#store.run(
        'update messages set receipt = ?, visible = ?, received = received + 1 where seq = ?',
        receipt,
        now + seconds * 1000,
        Number(row.seq),
      );
      return { MessageId: row.id, ReceiptHandle: receipt, Body: row.body, MD5OfBody: md5(String(row.body)) };
    });
  }
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/** `MessageAttributes.entry.1.Name` … of a query-protocol form, or the JSON form, as names and string values. */
export function attributesOf(input: JsonObject): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, value] of Object.entries(objectOf(input.MessageAttributes))) {
    found[name] = String(objectOf(value).StringValue);
  }
  for (let i = 1; `MessageAttributes.entry.${i}.Name` in input; i++) {
    found[String(input[`MessageAttributes.entry.${i}.Name`])] = String(
      input[`MessageAttributes.entry.${i}.Value.StringValue`],
    );
  }
  return found;
}
