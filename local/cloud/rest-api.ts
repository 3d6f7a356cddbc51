/** API Gateway: what happens to a request, from the door to the function and back. */
import { randomUUID } from 'node:crypto';
import { type Admission, Authorisers } from './authorisers.ts';
import { ServiceError } from './errors.ts';
import { Gateway, type HttpReply, type HttpRequest, type Matched, replyOf } from './gateway.ts';
import { GatewayResponses } from './gateway-responses.ts';
import { accessKeyIn, type Iam } from './iam.ts';
import { isObject, objectOf } from './json.ts';
import type { Invoked } from './lambda.ts';
import type { Template } from './template.ts';
import { Throttle } from './throttle.ts';

export const largestBody = 10 * 1024 * 1024;

export interface RestApiOptions {
  readonly iam: Iam;
  readonly invoke: (functionArn: string, event: unknown) => Promise<Invoked>;
  readonly now: () => number;
  readonly log: (line: string) => void;
}

type Admitted = Admission & { readonly why?: string };

export class RestApi {
  readonly #options: RestApiOptions;
  readonly #gateway: Gateway;
  readonly #responses: GatewayResponses;
  readonly #authorisers: Authorisers;
  readonly #throttle: Throttle;

  /** @throws CannotStart where an authoriser is not served here */
  constructor(template: Template, options: RestApiOptions) {
    this.#options = options;
    this.#gateway = new Gateway(template);
    this.#responses = new GatewayResponses(template);
    this.#authorisers = new Authorisers(template, options);
    this.#throttle = Throttle.of(template);
  }

  /** Only what comes over the network is throttled: the process itself may ask as fast as it can. */
  async answer(request: HttpRequest, from: 'network' | 'process'): Promise<HttpReply> {
    const requestId = randomUUID();
    if (from === 'network' && !this.#throttle.admits()) return this.#responses.reply('THROTTLED', requestId);
    if (Buffer.byteLength(request.body) > largestBody) return this.#responses.reply('REQUEST_TOO_LARGE', requestId);
    const matched = this.#gateway.match(request, requestId, this.#options.now());
    if (!matched) return this.#responses.reply('MISSING_AUTHENTICATION_TOKEN', requestId);
    const admitted = await this.#admit(matched, request);
    if ('refused' in admitted) return this.#responses.reply(admitted.refused, requestId, admitted.why);
    const { requestContext, ...event } = matched.event;
    const caller = admitted.context === undefined ? {} : { authorizer: admitted.context };
    const { payload, functionError } = await this.#options.invoke(matched.functionArn, {
      ...event,
      requestContext: { ...objectOf(requestContext), ...caller },
    });
    if (functionError === undefined && isObject(payload) && typeof payload.statusCode === 'number') {
      return replyOf(payload, requestId);
    }
    this.#options.log(`${matched.functionArn} ${JSON.stringify(payload)}`);
    return this.#responses.reply('DEFAULT_5XX', requestId);
  }

  async #admit(matched: Matched, request: HttpRequest): Promise<Admitted> {
    switch (matched.authorization) {
      case 'NONE':
        return {};
      case 'CUSTOM':
        return this.#authorisers.admit(matched, request);
      case 'AWS_IAM':
        return this.#signed(matched, accessKeyIn(request.headers.authorization));
      default:
        return { refused: 'AUTHORIZER_CONFIGURATION_ERROR' };
    }
  }

  async #signed({ arn }: Matched, accessKeyId: string | undefined): Promise<Admitted> {
    if (accessKeyId === undefined) return { refused: 'MISSING_AUTHENTICATION_TOKEN' };
    const { iam } = this.#options;
    try {
      await iam.check(iam.callerOf(accessKeyId), { action: 'execute-api:Invoke', resource: arn });
      return {};
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      return { refused: 'ACCESS_DENIED', why: error.message };
    }
  }
}
