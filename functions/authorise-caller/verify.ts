/** Whether a bearer token holds, and what it says: tokens of the city's OpenID Connect provider, checked with its published keys. */
import {
  createRemoteJWKSet,
  customFetch,
  errors,
  type FetchImplementation,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose';
import * as z from 'zod';
import { type City, personId } from '../../shared/config/city.ts';
import { NotSignedIn, SignInUnavailable } from '../../shared/errors.ts';

export type Identity = City['identity'];

/** What a token says about who calls. The numbers go no further than to their keyed hashes. */
export interface Claims {
  readonly person: string;
  /** Empty where the token names none. */
  readonly purpose: string;
  /** From when on the token holds no longer, skew included: epoch milliseconds. */
  readonly expires: number;
  readonly idNumber?: string;
  readonly phone?: string;
}

/** @throws NotSignedIn where the token does not hold, SignInUnavailable where the provider does not answer */
export type Verify = (token: string, now: number) => Promise<Claims>;

/** Only signatures that nobody can make with a published key. */
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

/** Seconds. Nothing takes a token back: it is over soon by itself. */
const longestLife = 86_400;

/** Milliseconds for each of two answers; the gateway waits ten seconds for both. */
const patience = 4_500;

const unavailable = (issuer: string, cause: unknown) =>
  new SignInUnavailable(`the identity provider ${issuer} does not give its keys`, { cause });

export function verifier(
  identity: Identity,
  fetching: FetchImplementation = (url, options) => fetch(url, options),
): Verify {
  const { issuer, audience, claims, skewSeconds } = identity;
  const keys = keysOf(issuer, fetching);
  return async (token, now) => {
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms,
        clockTolerance: skewSeconds,
        currentDate: new Date(now),
        requiredClaims: ['exp', 'iat', claims.person],
      });
      const { exp = 0, iat = 0 } = payload;
      if (iat * 1000 > now + skewSeconds * 1000) throw new NotSignedIn('the token was issued in the future');
      if (exp - iat > longestLife) throw new NotSignedIn('the token holds for longer than a day');
      return said(payload, (exp + skewSeconds) * 1000, claims);
    } catch (error) {
      if (error instanceof SignInUnavailable || error instanceof NotSignedIn) throw error;
      // By its code alone: messages may quote the token.
      const code = error instanceof errors.JOSEError ? error.code : 'malformed';
      throw new NotSignedIn(`the token does not hold: ${code}`);
    }
  };
}

const identified = z.string().regex(personId);
const named = z.string().trim().min(1).max(64);

function said(payload: Readonly<Record<string, unknown>>, expires: number, claims: Identity['claims']): Claims {
  const person = identified.safeParse(payload[claims.person]);
  if (!person.success) throw new NotSignedIn('the token names no person in a form that is allowed');
  const claim = (name: string | undefined) => (name === undefined ? undefined : named.safeParse(payload[name]).data);
  const idNumber = claim(claims.idNumber)?.toUpperCase();
  // Providers write +86 138 0000 0000 where reports have 13800000000.
  const phone = claim(claims.phone)
    ?.replace(/[\s()-]/g, '')
    .replace(/^(\+|00)86/, '');
  return {
    person: person.data,
    purpose: claim(claims.purpose) ?? '',
    expires,
    ...(idNumber === undefined ? {} : { idNumber }),
    ...(phone === undefined ? {} : { phone }),
  };
}

/** The provider's keys, kept while they are fresh. A key that is not among them makes it read them again. */
function keysOf(issuer: string, fetching: FetchImplementation): JWTVerifyGetKey {
  let found: Promise<JWTVerifyGetKey> | undefined;
  return async (header, token) => {
    try {
      found ??= discovered(issuer, fetching);
      return await (await found)(header, token);
    } catch (error) {
      const ofTheToken = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported];
      if (ofTheToken.some((kind) => error instanceof kind)) throw error;
      // It may have moved: it is looked for anew.
      found = undefined;
      throw unavailable(issuer, error);
    }
  };
}

async function discovered(issuer: string, fetching: FetchImplementation): Promise<JWTVerifyGetKey> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const answer = await fetching(address, {
    method: 'GET',
    headers: new Headers({ accept: 'application/json' }),
    redirect: 'manual',
    signal: AbortSignal.timeout(patience),
  });
  if (!answer.ok) throw new TypeError(`${address} answers ${answer.status}`);
  const document = z.object({ issuer: z.literal(issuer), jwks_uri: z.url({ protocol: /^https$/ }) });
  const { jwks_uri } = document.parse(await answer.json());
  return createRemoteJWKSet(new URL(jwks_uri), { timeoutDuration: patience, [customFetch]: fetching });
}
