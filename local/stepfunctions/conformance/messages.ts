/** SQS and SNS as far as scenarios go: a message is taken and can be read by an outside worker. */
import { createHash, randomUUID } from 'node:crypto';
import { ServiceError } from './service-error.ts';
import { isObject, type JsonObject, present } from './values.ts';

const md5 = (data: string | Buffer): string => createHash('md5').update(data).digest('hex');

/** Step Functions sends what is no text as JSON. */
const bodyOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const absent = (value: unknown): boolean => value === undefined || value === null || value === '';

/** Name, type, and value of each attribute, in the order of the names, each after its length. */
function md5OfAttributes(attributes: unknown): string | undefined {
  if (!isObject(attributes) || Object.keys(attributes).length === 0) return undefined;
  const sized = (data: string | Buffer) => {
    const bytes = Buffer.from(data);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  const parts = Object.keys(attributes)
    .sort()
    .flatMap((name) => {
      const attribute = isObject(attributes[name]) ? attributes[name] : {};
      const { DataType, StringValue, BinaryValue } = attribute;
      const binary = StringValue === undefined;
      const value = binary ? Buffer.from(String(BinaryValue), 'base64') : String(StringValue);
      return [sized(name), sized(String(DataType)), Buffer.from([binary ? 2 : 1]), sized(value)];
    });
  return md5(Buffer.concat(parts));
}

export class Messages {
  /** Bodies of what was sent and is not read yet. */
  #unread: string[] = [];
  #sequence = 10_000_000_000_000_000_000n;
  readonly #exist: { readonly queues: boolean; readonly topics: boolean };

  constructor(exist: { readonly queues: boolean; readonly topics: boolean }) {
    this.#exist = exist;
  }

  read(): string[] {
    const unread = this.#unread;
    this.#unread = [];
    return unread;
  }

  #numberIn(name: string): string | undefined {
    if (!name.endsWith('.fifo')) return undefined;
    this.#sequence += 1n;
    return String(this.#sequence);
  }

  /** sqs:sendMessage. @throws ServiceError as SQS's */
  send(input: JsonObject): JsonObject {
    if (absent(input.MessageBody)) {
      throw new ServiceError('MissingParameter', 'The request must contain the parameter MessageBody.');
    }
    if (!this.#exist.queues || absent(input.QueueUrl)) {
      throw new ServiceError('QueueDoesNotExist', 'The specified queue does not exist.');
    }
    const queue = String(input.QueueUrl);
    if (queue.endsWith('.fifo') && absent(input.MessageGroupId)) {
      throw new ServiceError('MissingParameter', 'The request must contain the parameter MessageGroupId.');
    }
    const body = bodyOf(input.MessageBody);
    this.#unread.push(body);
    return present({
      MD5OfMessageAttributes: md5OfAttributes(input.MessageAttributes),
      MD5OfMessageBody: md5(body),
      MessageId: randomUUID(),
      SequenceNumber: this.#numberIn(queue),
    });
  }

  /** sns:publish. @throws ServiceError as SNS's */
  publish(input: JsonObject): JsonObject {
    if (absent(input.Message)) throw new ServiceError('InvalidParameter', 'Invalid parameter: Empty message');
    const topic = String(input.TopicArn ?? input.TargetArn ?? input.PhoneNumber ?? '');
    if (topic === '') {
      throw new ServiceError(
        'InvalidParameter',
        'Invalid parameter: TopicArn or TargetArn Reason: no value for required parameter',
      );
    }
    if (!this.#exist.topics) throw new ServiceError('NotFound', 'Topic does not exist', 404);
    if (topic.endsWith('.fifo') && absent(input.MessageGroupId)) {
      throw new ServiceError(
        'InvalidParameter',
        'Invalid parameter: The MessageGroupId parameter is required for FIFO topics',
      );
    }
    this.#unread.push(bodyOf(input.Message));
    return present({ MessageId: randomUUID(), SequenceNumber: this.#numberIn(topic) });
  }
}
