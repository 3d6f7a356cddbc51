/** Answers over HTTP: a reply by its schema, a refusal as a problem document (RFC 9457). */
import type { APIGatewayProxyResult } from 'aws-lambda';
import type { z } from 'zod';
import { isProblemType, problemSchema, problems, problemTitle, problemUrn } from '../../shared/api/problems.ts';
import { HejieError, ReplyUndeclared } from '../../shared/errors.ts';

export const correlationHeader = 'hejie-correlation-id';

type Headers = Readonly<Record<string, string>>;

/** Nothing of an answer is kept on the way, guessed at, or shown in another page's frame. */
const common = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
};

function respond(statusCode: number, type: string, body: unknown, more: Headers): APIGatewayProxyResult {
  const headers = { 'content-type': `${type}; charset=utf-8`, ...common, ...more };
  return { statusCode, headers, body: JSON.stringify(body) };
}

/** @throws ReplyUndeclared where the body is not what the contract declares: nothing of it leaves */
export function replied(status: number, schema: z.ZodType, body: unknown, headers: Headers): APIGatewayProxyResult {
  const declared = schema.safeParse(body);
  if (!declared.success) {
    const where = declared.error.issues.map(({ code, path }) => `${path.map(String).join('.')} ${code}`).join('; ');
    throw new ReplyUndeclared(`the answer does not fit its schema: ${where}`);
  }
  return respond(status, 'application/json', declared.data, headers);
}

/** What went wrong, for the caller; what only we may know goes to the log, with ids and never with a body. */
export function refused(error: unknown, correlationId: string): APIGatewayProxyResult {
  const known = error instanceof HejieError ? error : undefined;
  const type = known && isProblemType(known.type) ? known.type : 'internal';
  const { status } = type === 'internal' ? problems.internal : (known ?? problems.internal);
  if (status >= 500) say(error, correlationId);
  const document = problemSchema.parse({
    type: problemUrn(type),
    title: problemTitle(type),
    status,
    detail: type === 'internal' ? problems.internal.remedy.en : known?.message,
    instance: correlationId,
    ...(known && type !== 'internal' && 'faults' in known ? { faults: known.faults } : {}),
    ...(known && type !== 'internal' && 'allowed' in known ? { allowed: known.allowed } : {}),
  });
  return respond(status, 'application/problem+json', document, { [correlationHeader]: correlationId });
}

function say(error: unknown, correlationId: string): void {
  const { name, message, stack } = error instanceof Error ? error : new TypeError(String(error));
  console.error(JSON.stringify({ level: 'error', name, message, stack, correlationId }));
}
