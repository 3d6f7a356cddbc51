/** A function behind the API: request in, JSON out, refusals as problem documents (RFC 9457). */
import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { City } from '../../shared/config/city.ts';
import { postExists } from '../../shared/config/posts.ts';
import type { By } from '../../shared/domain/actions.ts';
import { HejieError, InputInvalid, Unknown } from '../../shared/errors.ts';
import { setup } from './setup.ts';

export type Staff = Extract<By, { role: 'staff' }>;

export interface Request {
  /** When the request came in, epoch milliseconds. */
  readonly now: number;
  readonly requestId: string;
  /** The route as it is declared: /v1/cases/{id}. */
  readonly resource: string;
  readonly path: Readonly<Record<string, string | undefined>>;
  readonly header: (name: string) => string | undefined;
  /** @throws InputInvalid where the body is not JSON */
  readonly body: () => unknown;
  /** Who acts. @throws InputInvalid, Unknown */
  readonly staff: () => Staff;
}

export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

export const api = (run: (request: Request) => Promise<Reply>) =>
  middy<APIGatewayProxyEvent, APIGatewayProxyResult>()
    .use({ onError: problem })
    .handler(async (event): Promise<APIGatewayProxyResult> => {
      const { status, body } = await run(requestOf(event, setup.city()));
      return respond(status, 'application/json', body);
    });

const respond = (statusCode: number, type: string, body: unknown): APIGatewayProxyResult => ({
  statusCode,
  headers: { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' },
  body: JSON.stringify(body),
});

function requestOf(event: APIGatewayProxyEvent, city: City): Request {
  const headers = new Map(Object.entries(event.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  const header = (name: string) => headers.get(name) || undefined;
  const wanted = (name: string, allowed: string): string => {
    const value = header(name);
    if (value === undefined || !/^[\w.#@-]{1,64}$/.test(value)) {
      throw new InputInvalid([{ path: `headers.${name}`, value: value ?? null, allowed }]);
    }
    return value;
  };
  return {
    now: event.requestContext.requestTimeEpoch,
    requestId: event.requestContext.requestId,
    resource: event.resource,
    path: event.pathParameters ?? {},
    header,
    body: () => parsed(event.body),
    staff: () => {
      const person = wanted('hejie-person', '1 to 64 letters, digits and . _ # @ -: who acts');
      const post = wanted('hejie-post', '<area code>.<duty>: the post that acts');
      if (!postExists(city, post)) throw new Unknown('post', post, '<area code>.<duty> of the city is allowed');
      return { role: 'staff', person, post };
    },
  };
}

function parsed(body: string | null): unknown {
  try {
    return JSON.parse(body ?? '');
  } catch (cause) {
    const value = (body ?? '').slice(0, 60);
    throw new InputInvalid([{ path: 'body', value, allowed: 'a JSON document' }], { cause });
  }
}

/** What went wrong, for the caller; what only we may know goes to the log. */
const problem: middy.MiddlewareFn<APIGatewayProxyEvent, APIGatewayProxyResult> = (request) => {
  const { error } = request;
  if (error instanceof HejieError && error.status < 500) {
    request.response = problemDocument(error);
    return;
  }
  console.error(JSON.stringify({ level: 'error', name: error?.name, message: error?.message, stack: error?.stack }));
  if (error instanceof HejieError) {
    request.response = problemDocument(error);
    return;
  }
  const denied = error?.name === 'AccessDeniedException' ? error.message : undefined;
  request.response = respond(500, 'application/problem+json', {
    type: `urn:hejie:problem:${denied ? 'access-denied' : 'internal'}`,
    title: denied ? 'AccessDenied' : 'InternalError',
    status: 500,
    detail: denied ?? 'Something failed that should not; nothing is lost, send the same request again.',
  });
};

function problemDocument(error: HejieError): APIGatewayProxyResult {
  return respond(error.status, 'application/problem+json', {
    type: `urn:hejie:problem:${error.type}`,
    title: error.name,
    status: error.status,
    detail: error.message,
    ...('faults' in error ? { faults: error.faults } : {}),
    ...('allowed' in error ? { allowed: error.allowed } : {}),
  });
}
