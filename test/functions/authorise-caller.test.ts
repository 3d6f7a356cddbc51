import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, type JWK, SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { authoriseCaller } from '../../functions/authorise-caller/handler.ts';
import { verifier } from '../../functions/authorise-caller/verify.ts';
import { keyedHash } from '../../shared/record/seal.ts';
import { city } from '../support/city.ts';
import { keysForTest } from '../support/kms.ts';

const now = Date.parse('2026-01-05T10:00:00+08:00');
const { issuer, audience } = city.identity;
const seconds = (at: number) => Math.floor(at / 1000);
const idNumber = '999999198001010011';
const phone = '13800000001';
const methodArn = 'arn:aws-cn:execute-api:cn-north-1:000000000000:api/v1/GET/cases/C-1';

interface Pair {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly jwk: JWK;
}

async function pair(kid: string, alg = 'ES256'): Promise<Pair> {
  const keys = await generateKeyPair(alg, { extractable: true });
  return { kid, ...keys, jwk: { ...(await exportJWK(keys.publicKey)), kid, alg, use: 'sig' } };
}

/** The identity provider of the city, at the edge of the function: what it answers to whom it is asked for. */
class Provider {
  published: JWK[] = [];
  issuer = issuer;
  jwksUri = `${issuer}/keys`;
  down = false;
  readonly asked: string[] = [];

  readonly fetching = async (url: string): Promise<Response> => {
    this.asked.push(url);
    if (this.down) throw new TypeError('fetch failed');
    if (url === `${issuer}/.well-known/openid-configuration`) {
      return Response.json({ issuer: this.issuer, jwks_uri: this.jwksUri });
    }
    return url === this.jwksUri ? Response.json({ keys: this.published }) : new Response('', { status: 404 });
  };
}

const first = await pair('first');
const second = await pair('second');
let provider: Provider;
let said: string[];

beforeEach(() => {
  provider = new Provider();
  provider.published = [first.jwk];
  said = [];
  for (const level of ['info', 'error'] as const) {
    vi.spyOn(console, level).mockImplementation((line: string) => said.push(line));
  }
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const claims = { sub: 'p-17', purpose: 'handling', id_number: idNumber, phone_number: '+86 138 0000 0001' };

interface Made {
  readonly by?: Pair;
  readonly issued?: number;
  readonly from?: string;
  readonly audience?: string;
  readonly expires?: number;
  readonly notBefore?: number;
  readonly claims?: Record<string, unknown>;
}

function token({ by = first, issued = now, from = issuer, expires = now + 3_600_000, notBefore, ...made }: Made = {}) {
  const jwt = new SignJWT(made.claims ?? claims)
    .setProtectedHeader({ alg: by.jwk.alg ?? '', kid: by.kid })
    .setIssuer(from)
    .setAudience(made.audience ?? audience)
    .setIssuedAt(seconds(issued))
    .setExpirationTime(seconds(expires));
  return (notBefore === undefined ? jwt : jwt.setNotBefore(seconds(notBefore))).sign(by.privateKey);
}

const eventWith = (authorization: string | undefined, at = now) =>
  ({
    type: 'REQUEST',
    methodArn,
    headers: authorization === undefined ? {} : { Authorization: authorization },
    requestContext: { requestTimeEpoch: at },
  }) as unknown as APIGatewayRequestAuthorizerEvent;

/** One function that stays warm between the calls of a test. */
function gate() {
  const authorise = authoriseCaller(() => made);
  const made = { verify: verifier(city.identity, provider.fetching), keys: keysForTest() };
  return { ask: (bearer: string, at = now) => authorise(eventWith(`Bearer ${bearer}`, at)), authorise };
}

const refused = { message: 'Unauthorized' };

describe('a token that holds', () => {
  it('says who calls, for what, until when; numbers become keyed hashes', async () => {
    const { context, principalId, policyDocument } = await gate().ask(await token());
    const keys = keysForTest();
    const parties = [await keyedHash(keys, `party id ${idNumber}`), await keyedHash(keys, `party phone ${phone}`)];
    expect(context).toEqual({
      person: 'p-17',
      purpose: 'handling',
      expires: now + 3_600_000 + city.identity.skewSeconds * 1000,
      parties: parties.join(','),
    });
    expect(principalId).toBe('p-17');
    expect(JSON.stringify(context)).not.toMatch(/99999919800101|13800000001/);
    expect(policyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Action: 'execute-api:Invoke',
        Resource: 'arn:aws-cn:execute-api:cn-north-1:000000000000:api/v1/*',
      },
    ]);
    expect(said).toEqual([]);
  });

  it('may name no purpose and no numbers: what is behind decides', async () => {
    const { context } = await gate().ask(await token({ claims: { sub: 'p-17', purpose: ['handling'] } }));
    expect(context).toMatchObject({ purpose: '', parties: '' });
  });

  it('may be signed by any published way that needs a private key', async () => {
    const { ask } = gate();
    const pairs = await Promise.all(['RS256', 'PS256', 'ES384', 'EdDSA'].map((alg) => pair(alg, alg)));
    provider.published = pairs.map(({ jwk }) => jwk);
    for (const by of pairs) await expect(ask(await token({ by })), by.kid).resolves.toBeDefined();
  });

  it('is checked by the clock of the request, give or take the skew', async () => {
    const { ask } = gate();
    const skew = city.identity.skewSeconds * 1000;
    const tight = await token({ expires: now, issued: now - 60_000 });
    await expect(ask(tight, now + skew - 1000)).resolves.toBeDefined();
    await expect(ask(tight, now + skew + 1000)).rejects.toMatchObject(refused);
    const early = await token({ notBefore: now + skew });
    await expect(ask(early)).resolves.toBeDefined();
    await expect(ask(early, now - 1000)).rejects.toMatchObject(refused);
    const tomorrow = await token({ issued: now + skew + 1000 });
    await expect(ask(tomorrow)).rejects.toMatchObject(refused);
  });
});

describe('a token that does not hold', () => {
  it('nor one that would hold for longer than a day', async () => {
    const { ask } = gate();
    await expect(ask(await token({ expires: now + 86_400_000 }))).resolves.toBeDefined();
    await expect(ask(await token({ expires: now + 86_401_000 }))).rejects.toMatchObject(refused);
  });

  const signed = (made: Made) => () => token(made);
  const unsigned = (header: object, body: object, signature = '') =>
    [header, body]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.')
      .concat(`.${signature}`);
  const body = { ...claims, iss: issuer, aud: audience, iat: seconds(now), exp: seconds(now) + 3600 };
  const byPublicKey = async () =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', kid: 'first' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt(seconds(now))
      .setExpirationTime(seconds(now) + 3600)
      .sign(new TextEncoder().encode(await exportSPKI(first.publicKey)));
  const altered = async () => {
    const [header, , signature] = (await token()).split('.');
    return [header, Buffer.from(JSON.stringify({ ...body, sub: 'somebody' })).toString('base64url'), signature].join(
      '.',
    );
  };
  const without = (name: string) =>
    new SignJWT(Object.fromEntries(Object.entries(body).filter(([claim]) => claim !== name)))
      .setProtectedHeader({ alg: 'ES256', kid: 'first' })
      .sign(first.privateKey);

  it.each<[string, () => Promise<string>]>([
    ['is over', signed({ expires: now - 60_000 })],
    ['is not yet valid', signed({ notBefore: now + 60_000 })],
    ['comes from another provider', signed({ from: 'https://elsewhere.example' })],
    ['is meant for another service', signed({ audience: 'school' })],
    ['is signed by a key that is not published', signed({ by: second })],
    ['names no person', () => without('sub')],
    ['names a person in a form that is not allowed', signed({ claims: { ...claims, sub: '<script>' } })],
    ['does not end', () => without('exp')],
    ['does not say since when', () => without('iat')],
    ['is not signed', async () => unsigned({ alg: 'none' }, body)],
    ['is signed with the public key', byPublicKey],
    ['was altered', altered],
    ['is no token', async () => 'abc.def.ghi'],
  ])('because it %s is refused, and nothing of it is said', async (_, make) => {
    const bearer = await make();
    await expect(gate().ask(bearer)).rejects.toMatchObject(refused);
    expect(said).toHaveLength(1);
    const [, payload = ''] = bearer.split('.');
    for (const secret of [bearer, payload, idNumber, phone, 'p-17', '<script>']) expect(said[0]).not.toContain(secret);
  });

  it('and a header that is no bearer token are the same', async () => {
    const { authorise } = gate();
    for (const header of [undefined, '', 'Bearer', 'Basic b3BlcmF0b3I6bG9jYWw=', `Bearer ${'a b'}`]) {
      await expect(authorise(eventWith(header)), header).rejects.toMatchObject(refused);
    }
    expect(provider.asked).toEqual([]);
  });
});

describe('the keys of the provider', () => {
  it('are read once for many tokens', async () => {
    const { ask } = gate();
    for (let i = 0; i < 3; i++) await ask(await token());
    expect(provider.asked).toEqual([`${issuer}/.well-known/openid-configuration`, `${issuer}/keys`]);
  });

  it('are read again for a key that is new, but not for each that is made up', async () => {
    const { ask } = gate();
    vi.useFakeTimers({ toFake: ['Date'], now });
    await ask(await token());
    provider.published = [first.jwk, second.jwk];
    await expect(ask(await token({ by: second }))).rejects.toMatchObject(refused);
    expect(provider.asked).toHaveLength(2);
    vi.setSystemTime(now + 31_000);
    await expect(ask(await token({ by: second }))).resolves.toMatchObject({ principalId: 'p-17' });
    expect(provider.asked).toHaveLength(3);
  });

  it('that are withdrawn sign nobody in any more, ten minutes later at the latest', async () => {
    const { ask } = gate();
    vi.useFakeTimers({ toFake: ['Date'], now });
    await ask(await token());
    provider.published = [second.jwk];
    vi.setSystemTime(now + 601_000);
    await expect(ask(await token())).rejects.toMatchObject(refused);
    await expect(ask(await token({ by: second }))).resolves.toBeDefined();
  });

  it.each<[string, (broken: Provider) => void]>([
    ['does not answer', (broken) => Object.assign(broken, { down: true })],
    ['calls itself something else', (broken) => Object.assign(broken, { issuer: 'https://elsewhere.example' })],
    [
      'has its keys where anybody could change them',
      (broken) => Object.assign(broken, { jwksUri: 'http://a.example' }),
    ],
    ['publishes no keys', (broken) => Object.assign(broken, { published: 'none' })],
  ])('from a provider that %s: nobody is refused for that, and the next try may succeed', async (_, broken) => {
    const { ask } = gate();
    broken(provider);
    const bearer = await token();
    await expect(ask(bearer)).rejects.toMatchObject({ name: 'SignInUnavailable' });
    expect(said.join()).toContain(issuer);
    expect(said.join()).not.toContain(bearer);
    Object.assign(provider, { down: false, issuer, jwksUri: `${issuer}/keys`, published: [first.jwk] });
    await expect(ask(bearer)).resolves.toMatchObject({ principalId: 'p-17' });
  });

  it('and a failing key service are told apart from a token that does not hold', async () => {
    const keys = keysForTest();
    keys.kms.send = () => Promise.reject(new Error(`number ${idNumber} refused`));
    const authorise = authoriseCaller(() => ({ verify: verifier(city.identity, provider.fetching), keys }));
    const failure = authorise(eventWith(`Bearer ${await token()}`));
    await expect(failure).rejects.toMatchObject({ name: 'SignInUnavailable' });
    await expect(failure).rejects.not.toThrow(idNumber);
    expect(said.join()).not.toContain(idNumber);
  });
});
