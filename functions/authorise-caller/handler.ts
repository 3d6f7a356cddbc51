import type { APIGatewayAuthorizerWithContextResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { NotSignedIn, SignInUnavailable } from '../../shared/errors.ts';
import { type Keys, keyedHash } from '../../shared/record/seal.ts';
import type { Claims, Verify } from './verify.ts';

export interface Gate {
  readonly verify: Verify;
  readonly keys: Pick<Keys, 'kms' | 'lookupKey'>;
}

/** What the functions behind the gate are told about the caller; the gateway makes a string of each. */
export interface Caller extends Readonly<Record<string, string | number>> {
  readonly person: string;
  /** Empty where the token names none. */
  readonly purpose: string;
  /** From when on the token holds no longer, epoch milliseconds: the gateway may use this answer for longer. */
  readonly expires: number;
  /** Keyed hashes of the caller's own identity, with commas between: a conflict of interest is found without a number. */
  readonly parties: string;
}

export type Allowed = APIGatewayAuthorizerWithContextResult<Caller>;

const bearer = /^Bearer +([\w.~+/=-]+) *$/i;

/** Who calls, and nothing else: purpose, posts and rights are decided behind it. @throws Error 'Unauthorized' is a 401 */
export const authoriseCaller =
  (gate: () => Gate) =>
  async ({ headers, methodArn, requestContext }: APIGatewayRequestAuthorizerEvent): Promise<Allowed> => {
    const { verify, keys } = gate();
    try {
      const claims = await verify(tokenIn(headers ?? {}), requestContext.requestTimeEpoch);
      const { person, purpose, expires } = claims;
      const parties = (await partiesOf(keys, claims)).join(',');
      return { principalId: person, policyDocument: allow(methodArn), context: { person, purpose, expires, parties } };
    } catch (error) {
      throw refusal(error);
    }
  };

function tokenIn(headers: Readonly<Record<string, string | undefined>>): string {
  const [, value = ''] = Object.entries(headers).find(([name]) => name.toLowerCase() === 'authorization') ?? [];
  const [, token] = bearer.exec(value) ?? [];
  if (token === undefined) throw new NotSignedIn('no bearer token');
  return token;
}

const partiesOf = (keys: Gate['keys'], { idNumber, phone }: Claims): Promise<string[]> =>
  Promise.all(
    [
      ...(idNumber === undefined ? [] : [`party id ${idNumber}`]),
      ...(phone === undefined ? [] : [`party phone ${phone}`]),
    ].map((text) => keyedHash(keys, text)),
  );

/** Every method of this stage: the gateway keeps one answer for them all. */
const allow = (methodArn: string): Allowed['policyDocument'] => ({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: `${methodArn.split('/').slice(0, 2).join('/')}/*` },
  ],
});

/** What the gateway is told and what the log: neither learns anything of the token or of a number. */
function refusal(error: unknown): Error {
  if (error instanceof NotSignedIn) {
    console.info(JSON.stringify({ level: 'info', name: error.name, message: error.message }));
    return new Error('Unauthorized');
  }
  const known = error instanceof SignInUnavailable ? error : new SignInUnavailable('the caller cannot be looked up');
  const cause = error instanceof SignInUnavailable ? error.cause : error;
  const name = cause instanceof Error ? cause.name : typeof cause;
  console.error(JSON.stringify({ level: 'error', name: known.name, message: known.message, cause: name }));
  return new SignInUnavailable(known.message);
}
