/**
 * Legal hold: the right to sue against the time after which all is forgotten. Only the independent reviewer holds, with a reason,
 * for at most so long as the city allows, counted from the first hold; a proceeding that has begun since, and nothing else, lets that
 * time begin anew. A hold ends by itself. Pure.
 */
import * as z from 'zod';
import { addDuration, iso, localDate } from '../calendar/calendar.ts';
import type { City } from '../config/city.ts';
import { ActionRefused, Held, InputInvalid } from '../errors.ts';
import { type ContentOf, type Draft, system } from './actions.ts';
import { mergedInto } from './merged.ts';
import { type CaseState, describeState, type State } from './state.ts';
import type { Named } from './words.ts';

export const proceedings = ['lawsuit', 'administrative-review', 'arbitration'] as const;
export const proceedingNames: Readonly<Record<(typeof proceedings)[number], Named>> = {
  lawsuit: { zh: '诉讼', en: 'a lawsuit' },
  'administrative-review': { zh: '行政复议', en: 'an administrative review' },
  arbitration: { zh: '仲裁', en: 'an arbitration' },
};
export const proceedingSchema = z.strictObject({
  kind: z.enum(proceedings).describe('诉讼、行政复议、仲裁 a lawsuit, an administrative review, an arbitration'),
  begunOn: z.iso.date().describe('The day on which it began, as the court or office that leads it says'),
});
/** What somebody has to keep evidence for; its number stands with the reason. */
export type Proceeding = Readonly<z.output<typeof proceedingSchema>>;

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

/** From when the longest time counts: the first hold on any of what belongs together, or on the newest proceeding. */
function countedFrom(states: readonly Pick<State, 'heldSince'>[]): number | undefined {
  const since = Math.max(...states.map((one) => one.heldSince ?? 0), 0);
  return since > 0 ? since : undefined;
}

export interface HoldAsked {
  /** Epoch ms. */
  readonly until: number;
  readonly proceeding?: Proceeding | undefined;
}

/** @param linked what is held with it @throws InputInvalid, ActionRefused */
export function held(
  city: City,
  state: State,
  linked: readonly State[],
  { until, proceeding }: HoldAsked,
  at: number,
): ContentOf<'held'> {
  const since = countedFrom([state, ...linked]);
  if (proceeding) checkProceeding(proceeding, since, at);
  const from = proceeding ? at : (since ?? at);
  const last = addDuration(city, from, city.retention.hold);
  if (last <= at) {
    const allowed = `a proceeding that has begun after ${localDate(from)}: what was held since then may be held no longer`;
    throw new InputInvalid([{ path: 'proceeding', value: null, allowed }]);
  }
  if (until <= at || until > last) {
    throw new InputInvalid([{ path: 'until', value: iso(until), allowed: `after now and not after ${iso(last)}` }]);
  }
  const into = mergedInto(state);
  if (into !== null) throw new ActionRefused('holding', describeState(state), [`holding ${into}`]);
  if (state.subject === 'case' && state.forgottenAt !== null) {
    throw new ActionRefused('holding', `${describeState(state)} and forgotten`, []);
  }
  return { kind: 'held', until, since: from, ...(proceeding ? { proceeding } : {}) };
}

/** What had begun before is what it was held for already. @throws InputInvalid */
function checkProceeding({ begunOn }: Proceeding, since: number | undefined, at: number): void {
  const today = localDate(at);
  const before = since === undefined ? undefined : localDate(since);
  if (begunOn <= today && (before === undefined || begunOn > before)) return;
  const allowed = before === undefined ? `${today} or before` : `after ${before} and not after ${today}`;
  throw new InputInvalid([{ path: 'proceeding.begunOn', value: begunOn, allowed }]);
}

/** @throws ActionRefused where no hold stands */
export function released(state: State, at: number): ContentOf<'holdReleased'> {
  if (heldUntil([state], at) === undefined)
    throw new ActionRefused('a release', `${describeState(state)}, not held`, []);
  return { kind: 'holdReleased' };
}

/**
 * The person concerned was told of the case. As long as telling them is put off nobody tells them of a hold either: that would tell
 * them that somebody spoke. What is owed then is told with the notice; after its end no notice is owed any more.
 */
export const knowsOf = ({ told, notice, status }: CaseState): boolean =>
  told && (notice.deferral === null || status === 'ending' || status === 'closed');

/** Of one hold they are told once. */
export const tellHoldKey = (until: number): string => `tell-hold ${iso(until)}`;

/** Whoever knows of the case is told of a hold on it, or on a dispute of it; undefined: nobody is. */
export function tellHoldDraft(state: State | undefined, until: number, at: number): Draft | undefined {
  if (state?.subject !== 'case' || !knowsOf(state) || state.forgottenAt !== null) return undefined;
  const want = { kind: 'tell-hold', about: iso(until) } as const;
  const draft = { at: Math.max(at, state.changedAt), by: system, key: tellHoldKey(until), rev: 0 };
  return { ...draft, content: { kind: 'asked', want } };
}
