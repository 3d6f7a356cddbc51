/**
 * An event that was verified turns out not to hold. Whoever is accountable withdraws it, whoever verified it, or the county. Where a
 * level rests on nothing else of the last year it ends in the same action (S1). Pure.
 */
import * as z from 'zod';
import type { City } from '../config/city.ts';
import { post } from '../config/posts.ts';
import { ActionRefused, NotYours } from '../errors.ts';
import type { By, Content, ContentOf } from './actions.ts';
import { invalid } from './answering.ts';
import { hasGround } from './level-end.ts';
import { leastReason } from './reasons.ts';
import { type CaseState, describeState } from './state.ts';
import { verifiedIn } from './told.ts';
import type { Level } from './words.ts';

export const withdrawalBody = z.strictObject({
  event: z.string().min(1).max(40).describe('The verified event that does not hold'),
  reason: z.string().min(leastReason).max(200).describe('How it turned out'),
});

/** The level that rests on nothing else of the last year. */
function lapsedWithout({ events, level }: CaseState, event: string, at: number): Level | undefined {
  const left = { events: events.filter(({ id }) => id !== event) };
  return level && !hasGround(left, at) ? level.colour : undefined;
}

interface Withdrawing {
  readonly city: City;
  readonly state: CaseState;
  readonly by: Extract<By, { role: 'staff' }>;
  readonly at: number;
}

/** @throws InputInvalid, NotYours */
export function withdrawal({ city, state, by, at }: Withdrawing, event: string): Content {
  const found = state.events.find(({ id }) => id === event);
  if (!found) throw invalid('event', event, verifiedIn(state).join(', ') || 'none: nothing is verified');
  const may = state.owner === by.post || found.verified === by.post || post(city, by.post).role === 'county-centre';
  if (!may)
    throw new NotYours(`${event} of ${state.id} was not verified by ${by.post}, and the case is ${state.owner}’s`);
  const lapsed = lapsedWithout(state, event, at);
  return { kind: 'eventWithdrawn', event, ...(lapsed ? { lapsed } : {}) };
}

/** @throws ActionRefused */
export function checkWithdrawn(state: CaseState, { event, lapsed }: ContentOf<'eventWithdrawn'>, at: number): void {
  const verified = verifiedIn(state);
  if (verified.includes(event) && lapsed === lapsedWithout(state, event, at)) return;
  throw new ActionRefused(
    `withdrawing ${event}`,
    `${describeState(state)}; verified: ${verified.join(', ') || 'none'}`,
    [...verified, ...(verified.length === 0 ? ['verify'] : [])],
  );
}
