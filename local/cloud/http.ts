/** One port for everything: AWS's own protocols by their headers, and the city's REST API. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { WireRequest } from '../stepfunctions/index.ts';
import { CannotStart, ServiceError } from './errors.ts';
import type { HttpReply, HttpRequest } from './gateway.ts';
import { accessKeyIn } from './iam.ts';
import { type JsonObject, objectOf } from './json.ts';
import { largestBody } from './rest-api.ts';

export interface ServiceRequest {
  readonly service: 'dynamodb' | 'kms' | 'sqs' | 'sns';
  readonly operation: string;
  readonly input: JsonObject;
  readonly accessKeyId: string;
}

export interface Served {
  /** A request to Step Functions, answered as its own wire does. */
  states(request: WireRequest, accessKeyId: string): Promise<HttpReply>;
  /** An operation of a service: an object, or the answer as it goes over the wire. */
  service(request: ServiceRequest): Promise<JsonObject | HttpReply>;
  /** Anything else: the city's own API, and who signs people in. */
  web(request: HttpRequest): Promise<HttpReply>;
}

const targets: Readonly<Record<string, ServiceRequest['service'] | 'states'>> = {
  DynamoDB_20120810: 'dynamodb',
  AWSStepFunctions: 'states',
  TrentService: 'kms',
  AmazonSQS: 'sqs',
};

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    // What is too much is read and forgotten: whoever sends it hears the answer then.
    if (size <= largestBody) parts.push(part);
    size += part.length;
  }
  return Buffer.concat(parts).toString('utf8');
}

const isReply = (answer: JsonObject | HttpReply): answer is HttpReply =>
  typeof answer.status === 'number' && typeof answer.body === 'string';

async function answer(request: IncomingMessage, served: Served): Promise<HttpReply> {
  const { method = 'GET', url = '/', headers } = request;
  const body = await bodyOf(request);
  const [target = '', operation = ''] = String(headers['x-amz-target'] ?? '').split('.');
  const form = String(headers['content-type']).startsWith('application/x-www-form-urlencoded');
  const service =
    (Object.hasOwn(targets, target) ? targets[target] : undefined) ??
    (form && url === '/' && body.includes('Action=') ? 'sns' : undefined);
  const accessKeyId = accessKeyIn(headers.authorization);
  if (service === undefined) {
    const { pathname, searchParams: query } = new URL(`http://local${url}`);
    const flat = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    return served.web({ method, path: pathname, query, headers: flat, body });
  }
  if (Buffer.byteLength(body) > largestBody) {
    return json(413, service, { __type: 'RequestEntityTooLarge', message: 'The body is larger than 10 MB' });
  }
  if (service === 'states' && accessKeyId !== undefined) {
    return served.states({ target: `${target}.${operation}`, body }, accessKeyId);
  }
  try {
    const input = service === 'sns' ? Object.fromEntries(new URLSearchParams(body)) : inputIn(body);
    const named = service === 'sns' ? String(input.Action) : operation;
    if (accessKeyId === undefined || service === 'states') {
      throw new ServiceError('MissingAuthenticationTokenException', 'Request is missing Authentication Token', 403);
    }
    const answered = await served.service({ service, operation: named, input, accessKeyId });
    if (isReply(answered)) return answered;
    return service === 'sns' ? xml(named, answered) : json(200, service, answered);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const status = error instanceof ServiceError ? error.status : 400;
    if (service === 'sns') return xmlError(status, error);
    return json(status, service, { __type: error.name, message: error.message, Message: error.message });
  }
}

/** @throws ServiceError where the body is not JSON */
function inputIn(body: string): JsonObject {
  try {
    return objectOf(JSON.parse(body || '{}'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ServiceError('SerializationException', error.message);
  }
}

const json = (status: number, service: string, body: JsonObject): HttpReply => ({
  status,
  headers: { 'content-type': `application/x-amz-json-${service === 'kms' ? '1.1' : '1.0'}` },
  body: JSON.stringify(body),
});

const escaped = (text: unknown) => String(text).replace(/[<>&]/g, (c) => `&#${c.charCodeAt(0)};`);

function xml(action: string, result: JsonObject): HttpReply {
  const fields = Object.entries(result).map(([name, value]) => `<${name}>${escaped(value)}</${name}>`);
  const body = `<${action}Response xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><${action}Result>${fields.join('')}</${action}Result><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${action}Response>`;
  return { status: 200, headers: { 'content-type': 'text/xml' }, body };
}

function xmlError(status: number, { name, message }: Error): HttpReply {
  const body = `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>${escaped(name)}</Code><Message>${escaped(message)}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`;
  return { status, headers: { 'content-type': 'text/xml' }, body };
}

function send(response: ServerResponse, { status, headers, body }: HttpReply): void {
  response.writeHead(status, {
    'x-amzn-requestid': randomUUID(),
    ...headers,
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}

/** @throws CannotStart where the port is taken and no other may be used */
export async function listen(served: Served, port: number, log: (line: string) => void): Promise<Server> {
  const server = createServer((request, response) => {
    answer(request, served)
      .then((reply) => send(response, reply))
      .catch((error: unknown) => {
        log(error instanceof Error ? (error.stack ?? error.message) : String(error));
        send(response, json(500, 'local', { __type: 'InternalFailure', message: String(error) }));
      });
  });
  // Workers keep their connections; closing one under a request would look like a lost answer.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', listening);
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE')
      throw new CannotStart(`Port ${port} is taken: stop what uses it, or choose another with --port.`);
    throw error;
  });
  return server;
}
