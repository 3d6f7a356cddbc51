/** What the gateway itself answers, as problem documents (RFC 9457): nobody has to tell its refusals from the functions'. */
import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { type ProblemType, problemTitle, problemUrn } from '../shared/api/problems.ts';
import { pin } from './naming.ts';

interface Problem {
  readonly types: readonly ResponseType[];
  readonly status: number;
  /** Last part of the problem's type, as in the contract: each has one status. */
  readonly type: ProblemType;
  readonly detail: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export const gatewayProblems: readonly Problem[] = [
  {
    types: [ResponseType.UNAUTHORIZED],
    status: 401,
    type: 'not-signed-in',
    detail: 'A bearer token of the identity provider of the city is needed: there is none, or it does not hold.',
    headers: { 'www-authenticate': "'Bearer'" },
  },
  {
    types: [ResponseType.ACCESS_DENIED],
    status: 403,
    type: 'not-permitted',
    detail: 'This caller may not use this route.',
  },
  {
    // No route knows signatures or keys: whoever is asked for them wants a route that does not exist.
    types: [
      ResponseType.MISSING_AUTHENTICATION_TOKEN,
      ResponseType.INVALID_SIGNATURE,
      ResponseType.EXPIRED_TOKEN,
      ResponseType.RESOURCE_NOT_FOUND,
    ],
    status: 404,
    type: 'no-such-route',
    detail: 'There is no such route, or not with this method.',
  },
  {
    types: [ResponseType.REQUEST_TOO_LARGE],
    status: 413,
    type: 'too-large',
    detail: 'The request is larger than 10 MB.',
  },
  {
    types: [ResponseType.UNSUPPORTED_MEDIA_TYPE],
    status: 415,
    type: 'unsupported-media',
    detail: 'This content type is not accepted; application/json is.',
  },
  {
    types: [ResponseType.THROTTLED, ResponseType.QUOTA_EXCEEDED],
    status: 429,
    type: 'too-many-requests',
    detail: 'Too many requests at once: send it again, later.',
    headers: { 'retry-after': "'1'" },
  },
  {
    types: [ResponseType.AUTHORIZER_FAILURE, ResponseType.AUTHORIZER_CONFIGURATION_ERROR],
    status: 503,
    type: 'sign-in-unavailable',
    detail: 'Nobody can sign in for now: the identity provider or what asks it does not answer.',
  },
  {
    // A function that fails or is killed, too: what was asked may have been done.
    types: [
      ResponseType.INTEGRATION_FAILURE,
      ResponseType.INTEGRATION_TIMEOUT,
      ResponseType.API_CONFIGURATION_ERROR,
      ResponseType.DEFAULT_5XX,
    ],
    status: 503,
    type: 'unavailable',
    detail: 'Not available for now: send the same request again, under the same Idempotency-Key.',
  },
  {
    types: [ResponseType.DEFAULT_4XX],
    status: 400,
    type: 'gateway',
    detail: 'The gateway does not accept this request.',
  },
];

export function answerWithProblems(api: RestApi): void {
  for (const { types, headers, ...problem } of gatewayProblems) {
    for (const type of types) {
      const made = api.addGatewayResponse(`Problem${type.responseType}`, {
        type,
        // Written out: the gateway does not know in its templates which status it gives.
        statusCode: String(problem.status),
        responseHeaders: {
          'content-type': "'application/problem+json'",
          'cache-control': "'no-store'",
          'x-content-type-options': "'nosniff'",
          'hejie-correlation-id': 'context.requestId',
          ...headers,
        },
        templates: { 'application/json': documentOf(problem) },
      });
      pin(made, `Problem${type.responseType.replaceAll('_', '')}`);
    }
  }
}

/** In letters that every tool between here and the gateway keeps. */
const plain = (text: string): string =>
  text.replace(/[^\x20-\x7e]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);

const documentOf = ({ type, status, detail }: Omit<Problem, 'types' | 'headers'>): string =>
  plain(
    JSON.stringify({
      type: problemUrn(type),
      title: problemTitle(type),
      status,
      detail,
      instance: '$context.requestId',
    }),
  );
