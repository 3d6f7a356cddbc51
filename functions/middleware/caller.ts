/** Who acts: what the authoriser says of the token, and for which post, as the directory says now. */
import * as z from 'zod';
import { postExists, post as postOf } from '../../shared/config/posts.ts';
import { purposeFor } from '../../shared/domain/who-may/purposes.ts';
import type { Caller } from '../../shared/domain/who-may/standing.ts';
import { type Purpose, purposes, refusedPurposes } from '../../shared/domain/words.ts';
import { InputInvalid, NotPermitted, NotSignedIn, PurposeRefused } from '../../shared/errors.ts';
import { type Directory, postsFor } from '../../shared/record/directory.ts';
import { type Checks, checks } from './checks.ts';

/** Context of the authoriser: the gateway makes a string of each value. */
const contextSchema = z.object({
  person: z.string().min(1),
  purpose: z.string(),
  expires: z.coerce.number(),
  parties: z.string().transform((text) => text.split(',').filter((hash) => hash !== '')),
});
export type SignedIn = z.output<typeof contextSchema>;

/** @throws NotSignedIn where there is no token, or it is over: the gateway may use an answer of the authoriser for longer */
export function signedIn(context: unknown, now: number, using: Checks = checks): SignedIn {
  const known = contextSchema.safeParse(context ?? {});
  if (!known.success) throw new NotSignedIn('sign in for a token');
  if (!using.unexpired(known.data.expires, now)) throw new NotSignedIn('the token is over; sign in again');
  return known.data;
}

const isPurpose = (text: string): text is Purpose => purposes.some((purpose) => purpose === text);

/** @throws PurposeRefused, always for investigation, employment, credit, school, travel, and for what nobody knows (S13) */
export function purposeOf({ purpose }: Pick<SignedIn, 'purpose'>): Purpose {
  if (isPurpose(purpose)) return purpose;
  const named = refusedPurposes.some((refused) => refused === purpose) ? purpose : purpose.slice(0, 40);
  throw new PurposeRefused(named, purposes);
}

/**
 * For one's own affairs one acts as a citizen, whatever posts one holds; else for a post that one holds or deputises for now.
 * @param asked the post of the header hejie-post; may be left out by whoever has one post
 * @param anyPost what is asked for is the person's, whichever of their posts acts
 * @throws PurposeRefused, InputInvalid, NotPermitted
 */
export async function callerOf(
  directory: Directory,
  who: SignedIn,
  asked: string | undefined,
  now: number,
  anyPost = false,
  using: Checks = checks,
): Promise<Caller> {
  const purpose = purposeOf(who);
  const { person, parties } = who;
  if (purpose === 'own-affairs') return { as: 'citizen', person, purpose, parties };
  const post = asked ?? (await onlyPost(directory, who.person, purpose, now, anyPost));
  if (!postExists(directory.city, post)) {
    throw new InputInvalid([{ path: 'headers.hejie-post', value: post, allowed: '<area code>.<duty> of the city' }]);
  }
  const through = await using.holds(directory, post, person, now);
  if (!through) throw new NotPermitted(`this person does not act for ${post} now`);
  const found = postOf(directory.city, post);
  const needed = purposeFor(found.role);
  if (!using.purpose(purpose, needed)) throw new PurposeRefused(purpose, [needed]);
  return { as: 'post', person, purpose, post: found, role: found.role, through, parties };
}

/** The post that is meant where none is named: the only one of this purpose. */
async function onlyPost(
  directory: Directory,
  person: string,
  purpose: Purpose,
  now: number,
  anyPost: boolean,
): Promise<string> {
  const held = (await postsFor(directory, person, now)).filter(
    (post) => purposeFor(postOf(directory.city, post).role) === purpose,
  );
  const [only, ...others] = held;
  if (only === undefined) throw new NotPermitted(`this person acts for no post now whose work is ${purpose}`);
  if (others.length > 0 && !anyPost) {
    throw new InputInvalid([{ path: 'headers.hejie-post', value: null, allowed: held.join(', ') }]);
  }
  return only;
}

/** Who commands: for a post, never as a citizen. @throws NotPermitted */
export function staffOf(caller: Caller) {
  if (caller.as !== 'post') throw new NotPermitted('only a post does this');
  return { role: 'staff' as const, person: caller.person, post: caller.post.id };
}
