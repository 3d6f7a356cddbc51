/** What was told becomes events of a case. What one reporter tells of one event again counts once. */
import type { ContentOf } from '../actions.ts';
import type { Fact } from '../facts.ts';
import { type CaseEvent, type CaseState, standsByItself } from '../state.ts';

/** The events with what a report tells. The report itself is kept and attached in any case. */
export function withTold(state: CaseState, content: ContentOf<'reported'>, at: number): readonly CaseEvent[] {
  const { event, channel, disputeType, report } = content;
  if (!event) return state.events;
  const told: CaseEvent = {
    ...event,
    state: event.verified === undefined ? 'unverified' : 'verified',
    undated: content.occurredAt === undefined,
    channel,
    ...(disputeType === state.disputeType ? {} : { disputeType }),
    // What a resident tells is confirmed by somebody before anybody is sent to verify it.
    confirmed: channel !== 'resident',
    receivedAt: at,
    report,
  };
  const known = state.events.filter(({ id }) => id === told.id || id.startsWith(`${told.id}-`));
  if (known.length === 0) return [...state.events, told];
  const said = known.flatMap(({ facts }) => facts);
  // What they add to it is looked at by itself, and counts by itself; so does what they do not say again as they verify it.
  const more = told.facts.filter((fact) => !said.some((one) => isSame(one, fact)));
  const apart = [...known.flatMap((one) => leftOut(one, told)), ...(more.length > 0 ? [{ ...told, facts: more }] : [])];
  return [
    ...state.events.map((one) => (known.includes(one) ? toldAgain(one, told) : one)),
    ...apart.map((one, i) => ({ ...one, id: `${told.id}-${known.length + 1 + i}` })),
  ];
}

const isSame = (one: Fact, other: Fact): boolean =>
  one.type === other.type && one.negated === other.negated && one.hearsay === other.hearsay;

const isIn = ({ facts }: CaseEvent, fact: Fact): boolean => facts.some((one) => isSame(one, fact));

/** What of it was verified on the spot is only what was told then: the rest is what it was. */
function leftOut(event: CaseEvent, told: CaseEvent): readonly CaseEvent[] {
  const facts = event.facts.filter((fact) => !isIn(told, fact));
  const isOpen = event.state === 'unverified' || event.state === 'withdrawn';
  const isSplit = told.verified !== undefined && isOpen && facts.length < event.facts.length;
  return isSplit && facts.length > 0 ? [{ ...event, facts }] : [];
}

/** What did not hold is looked at again; what was verified on the spot meanwhile holds. Clocks count from this receipt. */
function toldAgain(event: CaseEvent, told: CaseEvent): CaseEvent {
  if (event.state === 'verified' || event.state === 'duplicate') return event;
  if (!event.facts.some((fact) => isIn(told, fact))) return event;
  if (told.verified !== undefined) {
    const facts = event.facts.filter((fact) => isIn(told, fact));
    return { ...event, facts, state: 'verified', confirmed: true, verified: told.verified };
  }
  if (event.state === 'unverified') return event;
  const { confirmed, receivedAt, report } = told;
  return { ...event, state: 'unverified', confirmed, receivedAt, report };
}

/**
 * What somebody found of an event when they looked at it. Of what is another telling only that counts which the event it is the same
 * as does not tell; and that happened when the event did.
 */
export function lookedAt(
  events: readonly CaseEvent[],
  id: string | null,
  change: Partial<CaseEvent>,
  sameAs?: string,
): readonly CaseEvent[] {
  const same = events.find((one) => one.id === sameAs);
  return events.flatMap((event) => {
    // What was told of this one was told of that one.
    if (same && event.sameAs === id && id !== null) return [{ ...event, sameAs: same.id }];
    if (event.id !== id) return [event];
    const found = { ...event, ...change };
    return same ? tellingOf(events, same, found) : [found];
  });
}

function tellingOf(events: readonly CaseEvent[], same: CaseEvent, found: CaseEvent): readonly CaseEvent[] {
  const { id, facts } = found;
  const isOf = (one: CaseEvent) => one.id === same.id || one.sameAs === same.id || one.id.startsWith(`${same.id}-`);
  const known = events.filter((one) => one.id !== id && isOf(one) && standsByItself(one));
  const isKnown = (fact: Fact) => known.some((one) => isIn(one, fact));
  const more = facts.filter((fact) => !isKnown(fact));
  const again: CaseEvent = { ...found, facts: facts.filter(isKnown), state: 'duplicate', sameAs: same.id };
  const own = { ...found, at: same.at, undated: same.undated, sameAs: same.id };
  if (more.length === 0) return [again];
  if (again.facts.length === 0) return [own];
  const apart = `${id}-${1 + events.filter((one) => one.id === id || one.id.startsWith(`${id}-`)).length}`;
  const { origin } = found;
  return [again, { ...own, id: apart, facts: more, ...(origin ? { origin: { ...origin, no: apart } } : {}) }];
}

/** Where the event that something was a duplicate of is gone, what was told is not lost with it: somebody looks at it by itself. */
export function withoutOrphans(events: readonly CaseEvent[]): readonly CaseEvent[] {
  const stand = new Set(events.filter(standsByItself).map(({ id }) => id));
  return events.map((event): CaseEvent => {
    const { sameAs, ...alone } = event;
    if (sameAs === undefined || stand.has(sameAs)) return event;
    return event.state === 'duplicate' ? { ...alone, state: 'unverified' } : alone;
  });
}

/** Something holds now that did not before. */
export const hasMoreVerified = ({ events }: CaseState, after: readonly CaseEvent[]): boolean =>
  after.some(
    ({ id, state }) => state === 'verified' && !events.some((one) => one.id === id && one.state === 'verified'),
  );
