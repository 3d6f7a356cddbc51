/**
 * Integrations that call whatever answers at configured endpoints: AWS, or one of its stand-ins. They speak the services'
 * own protocols, so no client package is needed for each.
 */
import { randomUUID } from 'node:crypto';
import { isObject, type JsonObject, textOf } from '../json.ts';
import type { Integrations } from './integrations.ts';
import { capital, queryBodyOf, queryErrorIn, queryResultIn } from './query.ts';
import { type Credentials, EndpointError, type Reply, sendSigned } from './signed.ts';

export interface EndpointOptions {
  /** Where every service answers that has no endpoint of its own. */
  readonly endpoint?: string;
  /** Where single services answer, by the name that a Task's Resource has for them. */
  readonly endpoints?: Readonly<Record<string, string>>;
  readonly region: string;
  /** Stand-ins want a signature but do not verify it: by default the keys are made up. */
  readonly credentials?: Credentials;
}

interface JsonService {
  readonly protocol: 'json';
  readonly version: '1.0' | '1.1';
  /** What stands before the operation in `X-Amz-Target`. */
  readonly target: string;
  readonly signingName: string;
  /** Its members begin with a small letter on the wire, where a state writes them with a capital one. */
  readonly camelCase?: true;
  /** Strings in the model: a state may give any JSON value, which is written out. */
  readonly texts?: readonly string[];
  /** Maps in the model: their keys are data and no names of members. */
  readonly maps?: readonly string[];
  /** Times in requests: ISO 8601 in a state, epoch seconds on the wire. */
  readonly times?: readonly string[];
  /** Its model has no times; what looks like one by its name is a plain number. */
  readonly timeless?: true;
}

interface QueryService {
  readonly protocol: 'query';
  readonly version: string;
  readonly signingName: string;
  readonly texts?: readonly string[];
  readonly maps?: readonly string[];
  readonly times?: undefined;
}

const stepFunctions: JsonService = {
  protocol: 'json',
  version: '1.0',
  target: 'AWSStepFunctions',
  signingName: 'states',
  camelCase: true,
  texts: ['Input', 'Output', 'Definition', 'Variables', 'Context', 'Result'],
  maps: ['AssignedVariables', 'VariableReferences'],
};
const eventBridge: JsonService = {
  protocol: 'json',
  version: '1.1',
  target: 'AWSEvents',
  signingName: 'events',
  texts: ['Detail', 'EventPattern', 'Input'],
  times: ['Time', 'EventStartTime', 'EventEndTime'],
};

/** By the name in a Resource: `arn:aws:states:::sqs:sendMessage`, `arn:aws:states:::aws-sdk:sfn:startExecution`. */
const known: Readonly<Record<string, JsonService | QueryService>> = {
  dynamodb: { protocol: 'json', version: '1.0', target: 'DynamoDB_20120810', signingName: 'dynamodb' },
  events: eventBridge,
  eventbridge: eventBridge,
  firehose: { protocol: 'json', version: '1.1', target: 'Firehose_20150804', signingName: 'firehose' },
  kinesis: { protocol: 'json', version: '1.1', target: 'Kinesis_20131202', signingName: 'kinesis' },
  kms: { protocol: 'json', version: '1.1', target: 'TrentService', signingName: 'kms', texts: ['Policy'] },
  secretsmanager: {
    protocol: 'json',
    version: '1.1',
    target: 'secretsmanager',
    signingName: 'secretsmanager',
    texts: ['SecretString'],
  },
  sfn: stepFunctions,
  sns: {
    protocol: 'query',
    version: '2010-03-31',
    signingName: 'sns',
    texts: ['Message'],
    maps: ['Attributes', 'MessageAttributes'],
  },
  sqs: {
    protocol: 'json',
    version: '1.0',
    target: 'AmazonSQS',
    signingName: 'sqs',
    texts: ['MessageBody'],
    maps: ['Attributes', 'MessageAttributes', 'MessageSystemAttributes', 'Tags'],
    timeless: true,
  },
  ssm: { protocol: 'json', version: '1.1', target: 'AmazonSSM', signingName: 'ssm' },
  states: stepFunctions,
};

/** Every service that can be called, by the name in a Resource. */
export const services: readonly string[] = ['lambda', ...Object.keys(known)];

const small = (name: string): string => `${name.slice(0, 1).toLowerCase()}${name.slice(1)}`;

/** Goes through a JSON value; `change` has each member as its name and value. */
function rebuilt(value: unknown, change: (name: string, member: unknown) => [name: string, member: unknown]): unknown {
  if (Array.isArray(value)) return value.map((item) => rebuilt(item, change));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => change(name, member)));
}

type Words = Pick<JsonService | QueryService, 'texts' | 'maps' | 'times'>;

/** A state's arguments as the service takes them: texts written out, times in seconds. */
const written = (value: unknown, words: Words): unknown =>
  rebuilt(value, (name, member) => {
    if (words.maps?.includes(name)) return [name, member];
    if (words.texts?.includes(name) && typeof member !== 'string' && member !== null) return [name, textOf(member)];
    const seconds = words.times?.includes(name) ? Date.parse(String(member)) / 1000 : Number.NaN;
    return [name, Number.isNaN(seconds) ? written(member, words) : seconds];
  });

const toSmall = (value: unknown): unknown => rebuilt(value, (name, member) => [small(name), toSmall(member)]);
const toCapital = (value: unknown, { maps = [] }: Words): unknown =>
  rebuilt(value, (name, member) => {
    const known = capital(name);
    return [known, maps.includes(known) ? member : toCapital(member, { maps })];
  });

/** Times are epoch seconds on the wire and ISO 8601 in a state's output. In these models a number so named is a time. */
const timeName = /(?:Date|Time|Timestamp|At|ValidTo)$/;
const dated = (value: unknown): unknown =>
  rebuilt(value, (name, member) => [
    name,
    typeof member === 'number' && timeName.test(name) ? new Date(member * 1000).toISOString() : dated(member),
  ]);

/** Calls what is configured; everything else is refused by its name. */
export function endpoints(options: EndpointOptions): Integrations {
  const { region, credentials = { accessKeyId: 'local', secretAccessKey: 'local' } } = options;

  function endpointOf(service: string): string {
    const endpoint = options.endpoints?.[service] ?? options.endpoint;
    if (endpoint !== undefined) return endpoint.replace(/\/+$/, '');
    throw new EndpointError('SdkClientException', `No endpoint is configured for ${service}`);
  }
  const send = (
    service: { name: string; signingName: string },
    path: string,
    headers: Readonly<Record<string, string>>,
    body: string,
    signal?: AbortSignal,
  ): Promise<Reply> =>
    sendSigned({
      url: new URL(`${endpointOf(service.name)}${path}`),
      headers,
      body,
      signing: { service: service.signingName, region, credentials },
      ...(signal ? { signal } : {}),
    });

  async function callJson(name: string, service: JsonService, action: string, input: unknown): Promise<unknown> {
    const { version, target, signingName, camelCase, timeless } = service;
    const fields = written(input ?? {}, service);
    const headers = {
      'content-type': `application/x-amz-json-${version}`,
      'x-amz-target': `${target}.${capital(action)}`,
    };
    const reply = await send({ name, signingName }, '/', headers, textOf(camelCase ? toSmall(fields) : fields));
    const answer = answerIn(reply);
    const result = camelCase ? toCapital(answer, service) : answer;
    return timeless ? result : dated(result);
  }

  async function callQuery(name: string, service: QueryService, action: string, input: unknown): Promise<unknown> {
    const { version, signingName } = service;
    const body = queryBodyOf(capital(action), version, written(input ?? {}, service));
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const reply = await send({ name, signingName }, '/', headers, body);
    if (reply.status < 300) return queryResultIn(reply.body, capital(action));
    const { code, message } = queryErrorIn(reply.body);
    throw new EndpointError(code ?? `Http${reply.status}`, message ?? reply.body, reply);
  }

  async function invoke(functionName: string, body: string, more: Invocation = {}, signal?: AbortSignal) {
    const query = more.qualifier === undefined ? '' : `?Qualifier=${encodeURIComponent(more.qualifier)}`;
    const path = `/2015-03-31/functions/${encodeURIComponent(functionName)}/invocations${query}`;
    const headers = { 'content-type': 'application/json', 'x-amz-invocation-type': more.type ?? 'RequestResponse' };
    const reply = await send({ name: 'lambda', signingName: 'lambda' }, path, headers, body, signal);
    const payload = answerIn(reply);
    const executedVersion = reply.headers['x-amz-executed-version'] ?? '$LATEST';
    const functionError = reply.headers['x-amz-function-error'];
    return { reply, payload, executedVersion, ...(functionError === undefined ? {} : { functionError }) };
  }

  /** As the SDK answers: the payload is a text. */
  async function invokeBySdk(input: unknown): Promise<JsonObject> {
    const { FunctionName, Payload = {}, Qualifier, InvocationType } = isObject(input) ? input : {};
    const body = typeof Payload === 'string' ? Payload : textOf(Payload);
    const { reply, executedVersion, functionError } = await invoke(String(FunctionName), body, {
      ...(Qualifier === undefined ? {} : { qualifier: String(Qualifier) }),
      ...(InvocationType === undefined ? {} : { type: String(InvocationType) }),
    });
    return {
      ExecutedVersion: executedVersion,
      ...(functionError === undefined ? {} : { FunctionError: functionError }),
      Payload: reply.body,
      StatusCode: reply.status,
    };
  }

  return {
    async invokeLambda({ functionArn, payload, signal }) {
      const { reply, ...answer } = await invoke(functionArn, textOf(payload ?? {}), {}, signal);
      return { ...answer, statusCode: reply.status, text: reply.body, requestId: reply.requestId ?? randomUUID() };
    },
    serves: (name, action) => Object.hasOwn(known, name) || (name === 'lambda' && action === 'invoke'),
    async callService({ service: name, action, input }) {
      if (name === 'lambda' && action === 'invoke') return invokeBySdk(input);
      const service = Object.hasOwn(known, name) ? known[name] : undefined;
      if (!service)
        throw new EndpointError('UnknownOperationException', `${name}:${action} cannot be called from here`);
      return service.protocol === 'json'
        ? callJson(name, service, action, input)
        : callQuery(name, service, action, input);
    },
  };
}

interface Invocation {
  readonly qualifier?: string;
  readonly type?: string;
}

/** The answer of a service or a function; no body is an empty one. @throws EndpointError */
function answerIn(reply: Reply): unknown {
  const { status, headers, body } = reply;
  const failed = status < 200 || status >= 300;
  let answer: unknown;
  try {
    answer = body === '' ? {} : JSON.parse(body);
  } catch {
    throw new EndpointError(failed ? `Http${status}` : 'SdkClientException', `This is no JSON: ${body}`, reply);
  }
  if (!failed) return answer;
  const fields = isObject(answer) ? answer : {};
  // Without its namespace, and without the address that some services put behind it.
  const type = String(fields.__type ?? headers['x-amzn-errortype'] ?? fields.code ?? `Http${status}`);
  const [bare = type] = type.split(':');
  const code = bare.slice(bare.lastIndexOf('#') + 1);
  throw new EndpointError(code, String(fields.message ?? fields.Message ?? body), reply);
}
