/** What was told becomes events of a case. What one reporter tells of one event again counts once. */
import type { ContentOf } from '../actions.ts';
import type { Fact } from '../facts.ts';
import type { CaseEvent, CaseState } from '../state.ts';

/** The events with what a report tells. The report itself is kept and attached in any case. */
export function withTold(state: CaseState, content: ContentOf<'reported'>, at: number): readonly CaseEvent[] {
  const { event, channel, disputeType, report } = content;
  if (!event) return state.events;
  const told: CaseEvent = {
    ...event,
    state: event.verified === undefined ? 'unverified' : 'verified',
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
  const isSplit = told.verified !== undefined && event.state !== 'verified' && facts.length < event.facts.length;
  return isSplit && facts.length > 0 ? [{ ...event, facts }] : [];
}

/** What did not hold is looked at again; what was verified on the spot meanwhile holds. Clocks count from this receipt. */
function toldAgain(event: CaseEvent, told: CaseEvent): CaseEvent {
  if (event.state === 'verified') return event;
  if (!event.facts.some((fact) => isIn(told, fact))) return event;
  if (told.verified !== undefined) {
    const facts = event.facts.filter((fact) => isIn(told, fact));
    return { ...event, facts, state: 'verified', confirmed: true, verified: told.verified };
  }
  if (event.state === 'unverified') return event;
  const { confirmed, receivedAt, report } = told;
  return { ...event, state: 'unverified', confirmed, receivedAt, report };
}

/** Something holds now that did not before. */
export const hasMoreVerified = ({ events }: CaseState, after: readonly CaseEvent[]): boolean =>
  after.some(
    ({ id, state }) => state === 'verified' && !events.some((one) => one.id === id && one.state === 'verified'),
  );
