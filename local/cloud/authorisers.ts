/** API Gateway's Lambda authorisers of type REQUEST: asked once for what identifies a caller, and believed for a while. */
import { CannotStart } from './errors.ts';
import type { HttpRequest, Matched } from './gateway.ts';
import type { GatewayFault } from './gateway-responses.ts';
import { patternOf } from './iam.ts';
import { isObject, type JsonObject, listOf, objectOf } from './json.ts';
import type { Invoked } from './lambda.ts';
import { type Resource, type Template, targetOf } from './template.ts';

interface Authoriser {
  readonly id: string;
  readonly functionArn: string;
  /** What identifies a caller: names of headers. */
  readonly sources: readonly string[];
  readonly timeToLive: number;
}

interface Verdict {
  readonly statements: readonly JsonObject[];
  /** As the function behind is told it: all strings. */
  readonly context: Readonly<Record<string, string>>;
}

interface Kept {
  readonly until: number;
  readonly verdict: Promise<Verdict | GatewayFault>;
}

/** What the function behind is told of the caller, if anything; or why nobody is let in. */
export type Admission = { readonly context?: Verdict['context'] } | { readonly refused: GatewayFault };

export interface AuthorisersOptions {
  readonly invoke: (functionArn: string, event: JsonObject) => Promise<Invoked>;
  readonly now: () => number;
  readonly log: (line: string) => void;
}

/** So many answers are kept before those that are over are looked for. */
const many = 1_000;

export class Authorisers {
  readonly #all: ReadonlyMap<string, Authoriser>;
  readonly #kept = new Map<string, Kept>();
  readonly #options: AuthorisersOptions;

  /** @throws CannotStart where an authoriser is not served here */
  constructor(template: Template, options: AuthorisersOptions) {
    this.#all = new Map(template.resources('AWS::ApiGateway::Authorizer').map((one) => [one.name, authoriserOf(one)]));
    this.#options = options;
  }

  async admit(matched: Matched, request: HttpRequest): Promise<Admission> {
    const authoriser = this.#all.get(matched.authorizerId);
    if (!authoriser) return { refused: 'AUTHORIZER_CONFIGURATION_ERROR' };
    const identity = authoriser.sources.map((name) => request.headers[name]);
    if (identity.some((value) => !value)) return { refused: 'UNAUTHORIZED' };
    const verdict = await this.#verdict(authoriser, matched, JSON.stringify([authoriser.id, ...identity]));
    if (typeof verdict === 'string') return { refused: verdict };
    return allows(verdict.statements, matched.arn) ? { context: verdict.context } : { refused: 'ACCESS_DENIED' };
  }

  async #verdict(authoriser: Authoriser, matched: Matched, key: string): Promise<Verdict | GatewayFault> {
    const now = this.#options.now();
    const kept = this.#kept.get(key);
    if (kept && now < kept.until) return kept.verdict;
    const verdict = this.#ask(authoriser, matched).catch((error: unknown): GatewayFault => {
      this.#options.log(`${authoriser.functionArn} ${String(error)}`);
      return 'AUTHORIZER_FAILURE';
    });
    if (authoriser.timeToLive > 0) this.#keep(key, { until: now + authoriser.timeToLive, verdict }, now);
    const said = await verdict;
    // A refusal is not kept: the next request asks again.
    if (typeof said === 'string' && this.#kept.get(key)?.verdict === verdict) this.#kept.delete(key);
    return said;
  }

  #keep(key: string, kept: Kept, now: number): void {
    if (this.#kept.size >= many) {
      for (const [old, { until }] of this.#kept) if (until <= now) this.#kept.delete(old);
    }
    this.#kept.set(key, kept);
  }

  async #ask({ functionArn }: Authoriser, { arn, event }: Matched): Promise<Verdict | GatewayFault> {
    const { body: _, isBase64Encoded: __, ...request } = event;
    const asked = { type: 'REQUEST', methodArn: arn, ...request };
    const { payload, functionError } = await this.#options.invoke(functionArn, asked);
    const { errorMessage, principalId, policyDocument, context } = objectOf(payload);
    if (functionError !== undefined && errorMessage === 'Unauthorized') return 'UNAUTHORIZED';
    if (functionError !== undefined) {
      this.#options.log(`${functionArn} ${JSON.stringify(payload)}`);
      return 'AUTHORIZER_FAILURE';
    }
    const statements = listOf(objectOf(policyDocument).Statement).filter(isObject);
    const told = Object.entries(objectOf(context));
    // Conditions are not served here, and structures nowhere.
    const served = !statements.some(({ Condition }) => Condition !== undefined) && told.every(([, v]) => isScalar(v));
    if (typeof principalId !== 'string' || statements.length === 0 || !served) {
      this.#options.log(`${functionArn} answers what is no policy with a caller`);
      return 'AUTHORIZER_CONFIGURATION_ERROR';
    }
    return { statements, context: { ...Object.fromEntries(told.map(([n, v]) => [n, String(v)])), principalId } };
  }
}

const isScalar = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value);

function authoriserOf({ id, name, properties }: Resource): Authoriser {
  const { Type, AuthorizerUri, AuthorizerResultTtlInSeconds = 300, IdentitySource } = properties;
  const functionArn = targetOf(AuthorizerUri);
  const sources = String(IdentitySource ?? '')
    .split(',')
    .map((source) => /^method\.request\.header\.([\w-]+)$/.exec(source.trim())?.[1]?.toLowerCase() ?? '');
  if (Type !== 'REQUEST' || functionArn === undefined || sources.includes('')) {
    throw new CannotStart(`${id} is an authoriser that is not served on one machine: type REQUEST by headers is.`);
  }
  return { id: name, functionArn, sources, timeToLive: Number(AuthorizerResultTtlInSeconds) * 1000 };
}

/** A policy that denies, or does not speak of it, admits nobody. */
function allows(statements: readonly JsonObject[], arn: string): boolean {
  const matches = (patterns: unknown, value: string) => listOf(patterns).some((one) => patternOf(one).test(value));
  const about = statements.filter(
    ({ Action, Resource }) => matches(Action, 'execute-api:Invoke') && matches(Resource, arn),
  );
  return about.length > 0 && about.every(({ Effect }) => Effect === 'Allow');
}
