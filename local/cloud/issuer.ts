/**
 * A small OpenID Connect provider for development: whoever has the port of this machine may be anybody. It stands in for the
 * provider that the city file names; nothing that is deployed knows of it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import type { HttpReply, HttpRequest } from './gateway.ts';
import { isObject, type JsonObject, objectOf } from './json.ts';
import type { Store } from './store.ts';
import { type Template, targetOf } from './template.ts';

/** What the city file says of its provider. */
export interface Identity {
  readonly issuer: string;
  readonly audience: string;
  /** Which claim says what: person, purpose, idNumber, phone. */
  readonly claims: Readonly<Record<string, string>>;
}

export interface Wish {
  readonly person: string;
  /** Empty: the token names none. */
  readonly purpose: string;
  readonly idNumber?: string;
  readonly phone?: string;
  /** Seconds; an hour if absent. */
  readonly expiresIn?: number;
}

/** What stands under `identity` in the city.json beside the code of the authoriser; undefined where there is none. */
export function identityOf(template: Template): Identity | undefined {
  const [authoriser] = template.resources('AWS::ApiGateway::Authorizer');
  const arn = targetOf(authoriser?.properties.AuthorizerUri);
  const code = template.resources('AWS::Lambda::Function').find((one) => one.arn === arn)?.properties.Code;
  if (code === undefined) return undefined;
  const file = join(template.asset(String(objectOf(code).S3Key)), 'city.json');
  const { issuer, audience, claims } = objectOf(objectOf(JSON.parse(readFileSync(file, 'utf8'))).identity);
  const named = Object.entries(objectOf(claims)).map(([what, claim]) => [what, String(claim)]);
  return { issuer: String(issuer), audience: String(audience), claims: Object.fromEntries(named) };
}

interface Key {
  readonly kid: string;
  readonly jwk: JWK;
}

/** Below this path of the machine's port. */
const root = '/identity';
const anHour = 3_600;
const algorithm = 'ES256';

export class Issuer {
  readonly #identity: Identity;
  readonly #store: Store;
  readonly #now: () => number;
  #keys: Promise<Key[]> | undefined;

  constructor(identity: Identity, store: Store, now: () => number) {
    this.#identity = identity;
    this.#store = store;
    this.#now = now;
  }

  /** Where functions find it: the names that lead to it, as a name server would say. */
  hosts(url: string): Readonly<Record<string, string>> {
    return { [this.#base]: `${url}${root}` };
  }

  get #base(): string {
    return this.#identity.issuer.replace(/\/$/, '');
  }

  async issue({ expiresIn = anHour, ...wish }: Wish): Promise<string> {
    const { issuer, audience, claims } = this.#identity;
    const { kid, jwk } = await this.#signing();
    const seconds = Math.floor(this.#now() / 1000);
    const said = Object.entries(wish).flatMap(([what, value]) => {
      const claim = claims[what];
      return claim === undefined || value === '' ? [] : [[claim, value]];
    });
    return new SignJWT(Object.fromEntries(said))
      .setProtectedHeader({ alg: algorithm, kid, typ: 'JWT' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt(seconds)
      .setExpirationTime(seconds + expiresIn)
      .sign(await importJWK(jwk, algorithm));
  }

  /** The next key signs from now on; the one before is still published until the next time. @returns its id */
  async rotate(): Promise<string> {
    await this.#published();
    await this.#generate();
    this.#store.run('delete from signing_keys where seq <= (select max(seq) - 3 from signing_keys)');
    this.#keys = undefined;
    return (await this.#signing()).kid;
  }

  /** Undefined where it is not asked. */
  async serve({ method, path, headers, body }: HttpRequest): Promise<HttpReply | undefined> {
    if (path !== root && !path.startsWith(`${root}/`)) return undefined;
    switch (`${method} ${path.slice(root.length)}`) {
      case 'GET /.well-known/openid-configuration':
        return json(200, this.#discovery());
      case 'GET /jwks':
        return json(200, { keys: (await this.#published()).map(publicPart) });
      case 'POST /rotate':
        return json(200, { kid: await this.rotate() });
      case 'POST /token':
        return this.#token(wishIn(headers['content-type'] ?? '', body), headers.accept ?? '');
      default:
        return json(404, { error: 'not_found' });
    }
  }

  async #token(wish: Wish | string, accept: string): Promise<HttpReply> {
    if (typeof wish === 'string') return json(400, { error: 'invalid_request', error_description: wish });
    const token = await this.issue(wish);
    if (accept.includes('text/plain')) return { status: 200, headers: { 'content-type': 'text/plain' }, body: token };
    return json(200, { access_token: token, token_type: 'Bearer', expires_in: wish.expiresIn ?? anHour });
  }

  #discovery(): JsonObject {
    return {
      issuer: this.#identity.issuer,
      jwks_uri: `${this.#base}/jwks`,
      token_endpoint: `${this.#base}/token`,
      response_types_supported: ['token'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: [algorithm],
    };
  }

  /** From the oldest to the one that will sign next: it is published before it signs, so that nobody misses it. */
  #published(): Promise<Key[]> {
    this.#keys ??= this.#read();
    return this.#keys;
  }

  async #signing(): Promise<Key> {
    const key = (await this.#published()).at(-2);
    if (!key) throw new TypeError('the issuer has no key');
    return key;
  }

  async #read(): Promise<Key[]> {
    for (;;) {
      const rows = this.#store.all('select kid, jwk from signing_keys order by seq');
      if (rows.length >= 2) return rows.map(({ kid, jwk }) => ({ kid: String(kid), jwk: JSON.parse(String(jwk)) }));
      await this.#generate();
    }
  }

  async #generate(): Promise<void> {
    const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
    const jwk = await exportJWK(privateKey);
    const kid = await calculateJwkThumbprint(jwk);
    this.#store.run('insert into signing_keys (kid, jwk) values (?, ?)', kid, JSON.stringify(jwk));
  }
}

const publicPart = ({ kid, jwk: { d: _, ...jwk } }: Key): JsonObject => ({ ...jwk, kid, alg: algorithm, use: 'sig' });

/** What is wished for, or what is wrong with it. */
function wishIn(type: string, body: string): Wish | string {
  const { person, purpose, idNumber, phone, expiresIn } = fieldsIn(type, body);
  if (typeof person !== 'string' || person === '') return 'person is missing';
  const seconds = expiresIn === undefined ? anHour : Number(expiresIn);
  if (!Number.isSafeInteger(seconds)) return 'expiresIn is a number of seconds';
  return {
    person,
    purpose: String(purpose ?? ''),
    ...(idNumber === undefined ? {} : { idNumber: String(idNumber) }),
    ...(phone === undefined ? {} : { phone: String(phone) }),
    expiresIn: seconds,
  };
}

function fieldsIn(type: string, body: string): JsonObject {
  if (!type.includes('json')) return Object.fromEntries(new URLSearchParams(body));
  try {
    const fields: unknown = JSON.parse(body);
    return isObject(fields) ? fields : {};
  } catch {
    return {};
  }
}

const json = (status: number, body: JsonObject): HttpReply => ({
  status,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(body),
});
