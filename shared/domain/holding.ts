/**
 * Legal hold: the right to sue against the time after which all is forgotten. Only the independent reviewer holds, with a reason,
 * for at most so long as the city allows; then it ends by itself. Pure.
 */
import { addDuration, iso } from '../calendar/calendar.ts';
import type { City } from '../config/city.ts';
import { ActionRefused, Held, InputInvalid } from '../errors.ts';
import type { ContentOf } from './actions.ts';
import { mergedInto } from './merged.ts';
import { describeState, type State } from './state.ts';

/** Until when a case or dispute is kept, with all that belongs to it: the latest hold that is not over. */
export function heldUntil(states: readonly Pick<State, 'heldUntil'>[], at: number): number | undefined {
  const until = Math.max(...states.map((one) => one.heldUntil ?? 0), 0);
  return until > at ? until : undefined;
}

/** @throws Held, naming the end */
export function checkNotHeld(states: readonly State[], at: number): void {
  const until = heldUntil(states, at);
  if (until !== undefined) throw new Held(`${states.map(({ id }) => id).join(', ')} is under a legal hold`, iso(until));
}

/** @param until epoch ms @throws InputInvalid, ActionRefused */
export function held(city: City, state: State, until: number, at: number): ContentOf<'held'> {
  const last = addDuration(city, at, city.retention.hold);
  if (until <= at || until > last) {
    throw new InputInvalid([{ path: 'until', value: iso(until), allowed: `after now and not after ${iso(last)}` }]);
  }
  const into = mergedInto(state);
  if (into !== null) throw new ActionRefused('holding', describeState(state), [`holding ${into}`]);
  if (state.subject === 'case' && state.forgottenAt !== null) {
    throw new ActionRefused('holding', `${describeState(state)} and forgotten`, []);
  }
  return { kind: 'held', until };
}

/** @throws ActionRefused where no hold stands */
export function released(state: State, at: number): ContentOf<'holdReleased'> {
  if (heldUntil([state], at) === undefined)
    throw new ActionRefused('a release', `${describeState(state)}, not held`, []);
  return { kind: 'holdReleased' };
}
