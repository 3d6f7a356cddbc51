/** What API Gateway answers by itself, as the template words it. */
import type { HttpReply } from './gateway.ts';
import { objectOf } from './json.ts';
import type { Template } from './template.ts';

/** Each type with the status and message that it has where the template does not say otherwise. */
const faults = {
  ACCESS_DENIED: [403, 'User is not authorized to access this resource'],
  AUTHORIZER_CONFIGURATION_ERROR: [500, 'Internal server error'],
  AUTHORIZER_FAILURE: [500, 'Internal server error'],
  /** A function failed, or answered what is no answer: it has no type of its own. */
  DEFAULT_5XX: [502, 'Internal server error'],
  MISSING_AUTHENTICATION_TOKEN: [403, 'Missing Authentication Token'],
  REQUEST_TOO_LARGE: [413, 'Request Too Long'],
  THROTTLED: [429, 'Too Many Requests'],
  UNAUTHORIZED: [401, 'Unauthorized'],
} as const satisfies Record<string, readonly [number, string]>;

export type GatewayFault = keyof typeof faults;

interface GatewayResponse {
  readonly status?: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly template: string;
}

const plain = '{"message":$context.error.messageString}';
const headerPrefix = 'gatewayresponse.header.';

export class GatewayResponses {
  readonly #responses = new Map<string, GatewayResponse>();

  constructor(template: Template) {
    for (const { properties } of template.resources('AWS::ApiGateway::GatewayResponse')) {
      const { ResponseType, StatusCode, ResponseParameters, ResponseTemplates } = properties;
      this.#responses.set(String(ResponseType), {
        ...(StatusCode === undefined ? {} : { status: Number(StatusCode) }),
        headers: Object.entries(objectOf(ResponseParameters))
          .filter(([name]) => name.startsWith(headerPrefix))
          .map(([name, value]) => [name.slice(headerPrefix.length).toLowerCase(), String(value)]),
        template: String(objectOf(ResponseTemplates)['application/json'] ?? plain),
      });
    }
  }

  reply(fault: GatewayFault, requestId: string, said?: string): HttpReply {
    const [usual, text] = faults[fault];
    const found = this.#responses.get(fault) ?? this.#responses.get(usual < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX');
    const message = said ?? text;
    const context: Readonly<Record<string, string>> = {
      'context.requestId': requestId,
      'context.error.message': message,
      'context.error.messageString': JSON.stringify(message),
      'context.error.responseType': fault,
    };
    const headers = (found?.headers ?? []).map(([name, value]) => {
      const [, literal] = /^'(.*)'$/.exec(value) ?? [];
      return [name, literal ?? context[value] ?? ''];
    });
    const body = (found?.template ?? plain).replace(/\$(context(?:\.\w+)+)/g, (_, name: string) => context[name] ?? '');
    return {
      status: found?.status ?? usual,
      headers: { 'content-type': 'application/json', ...Object.fromEntries(headers), 'x-amzn-requestid': requestId },
      body,
    };
  }
}
