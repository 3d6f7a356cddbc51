/** The protective first contact: the one measure that may come before a decision (design §1.4). It ends by itself. Pure. */
import { addDuration } from '../calendar/calendar.ts';
import type { City } from '../config/city.ts';
import { responsible } from '../config/posts.ts';
import { ActionRefused } from '../errors.ts';
import type { Want } from './actions.ts';
import { type CaseState, describeState } from './state.ts';

/** What a contact may rest on: events that nobody has withdrawn, and after a resolution only those that nobody has verified. */
const grounds = ({ events, status }: CaseState): string[] =>
  events
    .filter(({ state }) => state === 'unverified' || (state === 'verified' && status !== 'resolved'))
    .map(({ id }) => id);

/** @throws ActionRefused at a level, where there is nothing to rest on, and a second time on the same events */
export function contactWanted(city: City, state: CaseState, at: number): Want {
  const refused = (why: string, allowed: readonly string[]) =>
    new ActionRefused('ordering a protective first contact', `${describeState(state)}${why}`, allowed);
  if (state.level) throw refused('', ['protect', 'decide']);
  const events = grounds(state);
  if (events.length === 0 || state.status === 'ending' || state.status === 'closed') throw refused('', []);
  if (events.every((id) => state.contactEvents.includes(id))) {
    throw refused(', and a contact was ordered on these events before', ['decide', 'a new event']);
  }
  const { area, disputeType } = state;
  return {
    kind: 'protective-contact',
    owner: responsible(city, { kind: 'protective-contact', disputeType, area, tier: 'township' }),
    urgency: 'now',
    ends: addDuration(city, at, city.protectiveContact),
  };
}
