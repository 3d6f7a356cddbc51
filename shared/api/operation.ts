/** What an operation of the API is: one value from which routes, checks, the OpenAPI document and the client follow. */
import type { z } from 'zod';
import type { Named } from '../domain/words.ts';
import type { ProblemType } from './problems.ts';

/**
 * read: one thing, shown field by field. search: several. command: an action of the design, under an Idempotency-Key.
 * public: the contract itself, without a token.
 */
export type OperationKind = 'read' | 'search' | 'command' | 'public';

export interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below the stage, which is the version: /cases/{id}. */
  readonly path: string;
  /** The function behind it: a folder of functions/. */
  readonly function: string;
  readonly kind: OperationKind;
  readonly summary: Named;
  readonly description?: Named;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** The body is checked by the command itself: what fits depends on the state. */
  readonly deferred?: boolean;
  readonly status: 200 | 201 | 202;
  readonly reply: z.ZodType;
  /** Media type of the reply; absent: application/json. */
  readonly media?: 'text/html' | 'text/css' | 'text/javascript';
  /** given: the reply carries an ETag. needed: a change, refused without the If-Match of what was seen. */
  readonly etag?: 'given' | 'optional' | 'needed';
  /** Beside those that every operation of its kind may answer (problems.ts). */
  readonly problems?: readonly ProblemType[];
  /** Values that stand in the document; a test parses each by its schema. */
  readonly examples: {
    readonly params?: Readonly<Record<string, string>>;
    readonly query?: Readonly<Record<string, string>>;
    readonly body?: unknown;
    readonly reply: unknown;
  };
}

export const operation = <const O extends Operation>(one: O): O => one;

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;

/** What a handler of the operation is given, parsed. */
export interface Given<O extends Operation> {
  readonly params: Parsed<O['params']>;
  readonly query: Parsed<O['query']>;
  readonly body: Parsed<O['body']>;
}
