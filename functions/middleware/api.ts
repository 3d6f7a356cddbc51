/**
 * A function behind the API. From the contract follow the checks of what comes in and goes out; from the token and the directory
 * who acts; from the matrix what they may, through the guard that writes it down first.
 */
import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { z } from 'zod';
import { type OperationId, type OperationOf, operationAt, operations } from '../../shared/api/index.ts';
import type { Given, Operation } from '../../shared/api/operation.ts';
import { chainOf } from '../../shared/domain/audit.ts';
import { faultsOf } from '../../shared/domain/report.ts';
import type { GuardedOperation } from '../../shared/domain/who-may/matrix.ts';
import type { Caller } from '../../shared/domain/who-may/standing.ts';
import {
  HejieError,
  InputInvalid,
  PreconditionRequired,
  SetupInvalid,
  TooLarge,
  Unknown,
} from '../../shared/errors.ts';
import { recordAccess } from '../../shared/record/audit.ts';
import { callerOf, type SignedIn, signedIn } from './caller.ts';
import { type Checks, checks } from './checks.ts';
import { Guard, type Guarding } from './guard.ts';
import { correlationHeader, refused, replied } from './reply.ts';

export interface Call<O extends Operation = Operation> extends Given<O> {
  /** When the request came in, epoch milliseconds. */
  readonly now: number;
  readonly correlationId: string;
  readonly caller: Caller;
  readonly guard: Guard;
  /** Of a command: the same key is applied once for a person. */
  readonly key: string;
  /** Number that the caller saw, from If-Match. */
  readonly seen: string | undefined;
}

export interface Reply {
  readonly body: unknown;
  readonly etag?: string;
}

export type Handler<Id extends OperationId> = (call: Call<OperationOf<Id>>) => Promise<Reply>;
export type Handlers = { readonly [Id in GuardedOperation & OperationId]?: Handler<Id> };

/** What may be changed is numbered: its number as an entity tag. */
export const etagOf = (n: number): string => `"${n}"`;

const largest = 64 * 1024;

export const api = (handlers: Handlers, guarding: () => Guarding, using: Checks = checks) =>
  middy<APIGatewayProxyEvent, APIGatewayProxyResult>().handler(async (event): Promise<APIGatewayProxyResult> => {
    const headers = new Map(Object.entries(event.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
    const header = (name: string) => headers.get(name) || undefined;
    const correlationId = correlationOf(header(correlationHeader)) ?? event.requestContext.requestId;
    // The caller's own id is found again beside the gateway's.
    const { requestId } = event.requestContext;
    if (correlationId !== requestId) console.log(JSON.stringify({ level: 'info', correlationId, requestId }));
    try {
      return await serve({ event, header, correlationId }, handlers, guarding(), using);
    } catch (error) {
      return refused(error, correlationId);
    }
  });

const correlationOf = (given: string | undefined): string | undefined =>
  given !== undefined && /^[\w.:-]{1,64}$/.test(given) ? given : undefined;

interface Incoming {
  readonly event: APIGatewayProxyEvent;
  readonly header: (name: string) => string | undefined;
  readonly correlationId: string;
}

function isGuarded(id: OperationId | undefined, handlers: Handlers): id is GuardedOperation & OperationId {
  return id !== undefined && Object.hasOwn(handlers, id);
}

async function serve(incoming: Incoming, handlers: Handlers, guarding: Guarding, using: Checks) {
  const { event, correlationId } = incoming;
  const id = operationAt(event.httpMethod, event.resource);
  if (!isGuarded(id, handlers)) throw new SetupInvalid(`${event.httpMethod} ${event.resource} has no handler here`);
  const operation: Operation = operations[id];
  const now = event.requestContext.requestTimeEpoch;
  const who = signedIn(event.requestContext.authorizer, now, using);
  const { body, etag } = await audited(incoming, guarding, id, who, async () => {
    const caller = await callerOf(guarding, who, incoming.header('hejie-post'), now, isOwn(operation), using);
    const { kind } = operation;
    if (kind === 'public') throw new SetupInvalid(`${id} needs no guard`);
    const guard = new Guard(
      guarding,
      { operation: id, kind, caller, now, correlationId, requestId: event.requestContext.requestId },
      using,
    );
    return {
      guard,
      run: async () => {
        await guard.anyAtAll(whatOf(event));
        const call = {
          now,
          correlationId,
          caller,
          guard,
          ...commandOf(operation, incoming),
          ...givenOf(operation, event),
        };
        return run(handlers, id, call);
      },
    };
  });
  return replied(operation.status, operation.reply, body, {
    [correlationHeader]: correlationId,
    ...(etag === undefined ? {} : { etag }),
  });
}

/** What is asked for is the person's own, whichever post acts. */
const isOwn = ({ path }: Operation): boolean => path === '/me' || path.startsWith('/me/');

/** One handler for one operation: what it is given was parsed by that operation's own schemas. */
function run<Id extends GuardedOperation & OperationId>(handlers: Handlers, id: Id, call: Call): Promise<Reply> {
  const handler = handlers[id] as Handler<Id> | undefined;
  if (!handler) throw new SetupInvalid(`${id} has no handler here`);
  return handler(call as Call<OperationOf<Id>>);
}

/** What is refused before the guard was asked, or is not there at all, is written down here. */
async function audited(
  { event, correlationId }: Incoming,
  guarding: Guarding,
  operation: GuardedOperation & OperationId,
  who: SignedIn,
  begin: () => Promise<{ guard: Guard; run: () => Promise<Reply> }>,
): Promise<Reply> {
  let guard: Guard | undefined;
  try {
    const begun = await begin();
    guard = begun.guard;
    return await begun.run();
  } catch (error) {
    const told = guard?.disclosed(error) ?? error;
    const telling = error instanceof HejieError && (error.status === 403 || error.status === 404);
    if (!telling || guard?.recorded) throw told;
    const access = {
      at: event.requestContext.requestTimeEpoch,
      person: who.person,
      post: null,
      role: null,
      purpose: who.purpose.slice(0, 40),
      operation,
      kind: kindOf(operation),
      what: whatOf(event),
      outcome: error instanceof Unknown ? ('unknown' as const) : ('denied' as const),
      fields: [],
      correlationId,
      requestId: event.requestContext.requestId,
      why: error.type,
    };
    await recordAccess(guarding.audit, chainOf(access), access);
    throw told;
  }
}

function kindOf(id: OperationId): 'read' | 'search' | 'command' {
  const { kind }: Operation = operations[id];
  return kind === 'public' ? 'read' : kind;
}

/** The route and the ids in it; ids are no personal data. */
const whatOf = ({ resource, pathParameters }: APIGatewayProxyEvent): string =>
  resource.replace(/\{(\w+)\}/g, (_, name: string) => (pathParameters?.[name] ?? '').slice(0, 80));

function commandOf({ kind, etag }: Operation, { header }: Incoming): Pick<Call, 'key' | 'seen'> {
  const seen = header('if-match')?.replace(/^W\/|"/g, '');
  if (etag === 'needed' && seen === undefined)
    throw new PreconditionRequired('read first and send its ETag as If-Match');
  if (kind !== 'command') return { key: '', seen };
  const key = header('idempotency-key');
  if (key === undefined || !/^[\w.:#@-]{1,100}$/.test(key)) {
    const allowed = '1 to 100 letters, digits and . : # @ _ -, the same for the same command';
    throw new InputInvalid([{ path: 'headers.idempotency-key', value: key?.slice(0, 100) ?? null, allowed }]);
  }
  return { key, seen };
}

function givenOf(operation: Operation, event: APIGatewayProxyEvent): Given<Operation> {
  const { params, query, body, deferred } = operation;
  return {
    params: params && parsed('path', params, event.pathParameters ?? {}),
    query: query && parsed('query', query, event.queryStringParameters ?? {}),
    body: body && (deferred ? json(event.body) : parsed('body', body, json(event.body))),
  };
}

function parsed<S extends z.ZodType>(where: string, schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const faults = faultsOf(result.error, input);
  throw new InputInvalid(where === 'body' ? faults : faults.map((one) => ({ ...one, path: `${where}.${one.path}` })));
}

function json(body: string | null): unknown {
  const text = body ?? '';
  if (Buffer.byteLength(text) > largest) throw new TooLarge('a body has at most 64 KB');
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InputInvalid([{ path: 'body', value: '(not repeated)', allowed: 'a JSON document' }], { cause });
  }
}
