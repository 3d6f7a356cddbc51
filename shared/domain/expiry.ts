/** How long what has ended is kept, and what of it goes then. Pure. */
import { addDuration, localDate } from '../calendar/calendar.ts';
import type { City } from '../config/city.ts';
import { type Agreement, type CaseState, isClosed, openTasks, type State } from './state.ts';
import type { TaskKind } from './words.ts';

/**
 * all: as if it had never been; names: the person of concern of a case that a talk found below the threshold; case: everybody in a
 * case, their words and the notes, but not the chain of its actions.
 */
export const expiring = ['all', 'names', 'case'] as const;
export type Expiring = (typeof expiring)[number];

export interface Expiry {
  readonly what: Expiring;
  /** The instant, and its date in Shanghai: under that it is marked. */
  readonly at: number;
  readonly date: string;
}

/** Of something that ended at the instant; undefined: nothing of it goes by itself, or nothing is left. */
export function expiryOf(city: City, state: State, endedAt: number): Expiry | undefined {
  const { ordinary, belowThreshold, completed, ended } = city.retention;
  const after = (what: Expiring, duration: typeof ordinary): Expiry => {
    const at = addDuration(city, endedAt, duration);
    return { what, at, date: localDate(at) };
  };
  if (state.subject !== 'case') return after('all', ordinary);
  if (state.forgottenAt !== null) return undefined;
  switch (state.endsAs) {
    case 'below-threshold':
      return after('names', belowThreshold);
    // What it was goes with the case that it is part of now.
    case 'merged':
      return undefined;
    case null:
    case 'completed':
      return after('case', completed);
    default:
      return after('case', ended);
  }
}

/** Under which day it is marked as it closes: what is over by then is looked at the next time, and not under a day long past. */
export const markOf = ({ what, at, date }: Expiry, now: number): Pick<Expiry, 'what' | 'date'> => ({
  what,
  date: at > now ? date : localDate(now),
});

/** When what is over goes; undefined: it goes on, or nothing of it goes by itself. What stays open beside the end prolongs nothing. */
export const dueOf = (city: City, state: State): Expiry | undefined =>
  state.endedAt === null ? undefined : expiryOf(city, state, state.endedAt);

const protection: ReadonlySet<TaskKind> = new Set(['protect', 'safety-plan']);

/** Whoever may be hurt is looked after still. */
export const protects = (state: State): boolean =>
  state.subject === 'case' &&
  (state.safetyPlan ||
    openTasks(state).some(({ kind, measure }) => protection.has(kind) || measure === 'safety-planning'));

/** What a dispute belongs to and is kept for, or may still be: a case that has not ended, or whose time is not over. */
export const isKept = (one: CaseState): boolean =>
  !isClosed(one) || (one.forgottenAt === null && one.endsAs !== 'below-threshold' && one.endsAs !== 'merged');

/** The words of an agreement are kept for themselves, however soon the dispute that it ended is forgotten. */
export const agreementExpires = (city: City, { on }: Pick<Agreement, 'on'>): number =>
  addDuration(city, on, city.retention.agreements);
