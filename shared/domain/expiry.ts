/** How long what led to no level is kept after its end, and what of it goes then. Pure. */
import { addDuration, localDate } from '../calendar/calendar.ts';
import type { City } from '../config/city.ts';
import type { Action } from './actions.ts';
import { type CaseState, isClosed, type State } from './state.ts';

/** all: as if it had never been; names: the person of concern of a case that a talk found below the threshold. */
export const expiring = ['all', 'names'] as const;
export type Expiring = (typeof expiring)[number];

export interface Expiry {
  readonly what: Expiring;
  /** The instant, and its date in Shanghai: under that it is marked. */
  readonly at: number;
  readonly date: string;
}

/** Of something that closes at the instant; undefined: it is kept. */
export function expiryOf(city: City, state: State, closedAt: number): Expiry | undefined {
  const { ordinary, belowThreshold } = city.retention;
  const after = (what: Expiring, duration: typeof ordinary): Expiry => {
    const at = addDuration(city, closedAt, duration);
    return { what, at, date: localDate(at) };
  };
  if (state.subject !== 'case') return after('all', ordinary);
  return state.endsAs === 'below-threshold' ? after('names', belowThreshold) : undefined;
}

/** Since when it is closed, for the last time; undefined: it is open. */
export function closedSince(state: State, actions: readonly Action[]): number | undefined {
  return isClosed(state) ? actions.findLast(({ content }) => content.kind === 'closed')?.at : undefined;
}

/** What a dispute belongs to and is kept for, or may still be: a case that reached a level, or has not ended. */
export const isKept = (one: CaseState): boolean => !isClosed(one) || one.endsAs !== 'below-threshold';
