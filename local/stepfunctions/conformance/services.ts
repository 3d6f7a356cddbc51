/** The AWS services of a scenario. */
import type { Integrations } from '../index.ts';
import { Messages } from './messages.ts';
import { ServiceError } from './service-error.ts';
import { Tables } from './tables.ts';
import { isObject, type JsonObject } from './values.ts';

type CallService = Integrations['callService'];
type StepFunctionsCall = (operation: string, input: JsonObject) => Promise<JsonObject>;

const capital = (name: string): string => `${name[0]?.toUpperCase() ?? ''}${name.slice(1)}`;
const small = (name: string): string => `${name[0]?.toLowerCase() ?? ''}${name.slice(1)}`;

/** An answer of Step Functions as an SDK integration shows it: PascalCase, dates as ISO 8601. */
function sdkShape(value: unknown, key = ''): unknown {
  if (typeof value === 'number' && /date$|timestamp$/i.test(key)) return new Date(value * 1000).toISOString();
  if (Array.isArray(value)) return value.map((item) => sdkShape(item));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [capital(name), sdkShape(field, name)]));
}

/** All parameters of Step Functions that scenarios pass are texts: what is none is sent as JSON. */
const sfnInput = (input: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(input)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [small(name), isObject(value) ? JSON.stringify(value) : value]),
  );

/**
 * The data do not say which queues, topics, and tables there were: all that are named, unless AWS answered that there is none.
 */
function existing(expected: unknown) {
  const text = JSON.stringify(expected);
  return {
    queues: !/Sqs\.QueueDoesNotExist|NonExistentQueue/i.test(text),
    topics: !/Sns\.NotFound/i.test(text),
    tables: !/DynamoDb\.ResourceNotFound/i.test(text),
  };
}

export class Services {
  readonly messages: Messages;
  readonly #tables: Tables;
  readonly #stepFunctions: StepFunctionsCall;

  constructor(expected: unknown, stepFunctions: StepFunctionsCall) {
    const exist = existing(expected);
    this.messages = new Messages(exist);
    this.#tables = new Tables(exist.tables);
    this.#stepFunctions = stepFunctions;
  }

  readonly call: CallService = async ({ service, action, input }) => {
    const fields = isObject(input) ? input : {};
    if (service === 'sqs' && action === 'sendMessage') return this.messages.send(fields);
    if (service === 'sns' && action === 'publish') return this.messages.publish(fields);
    if (service === 'dynamodb') return this.#tables.call(action, fields);
    if (service === 'sfn') return sdkShape(await this.#stepFunctions(capital(action), sfnInput(fields)));
    throw new ServiceError('UnknownOperationException', `No ${service}:${action} in this world`);
  };
}
