/**
 * The notice to the person concerned (PIPL 17, 18, 35): owed for every level, beside everything else, and never before the
 * affected person is safe from it. Where telling may put somebody in danger it starts deferred; the end of a deferral demands a
 * decision and never fires by itself. Pure.
 */
import { addDuration, iso } from '../calendar/calendar.ts';
import type { City } from '../config/city.ts';
import { post } from '../config/posts.ts';
import { ActionRefused, InputInvalid, NotYours } from '../errors.ts';
import { type AnswerTo, type By, type Deferral, type DeferralGround, deferralGrounds, type Want } from './actions.ts';
import type { Fact } from './facts.ts';
import { isAtHome } from './mediation.ts';
import { reasoned } from './reasons.ts';
import type { Report } from './report.ts';
import { reviewedPlan } from './safety.ts';
import { type CaseState, describeState, openTasks } from './state.ts';
import { type Level, levels, type SafetyReview, type TaskKind } from './words.ts';

export interface Telling {
  readonly city: City;
  readonly state: CaseState;
  readonly by: Extract<By, { role: 'staff' }>;
  readonly at: number;
}

/** Of partners, families and pursuit. */
const telltale: ReadonlySet<Fact['type']> = new Set(['stalking_harassment', 'separation_or_divorce']);

/** Telling the person concerned may put somebody in danger: the affected person is told first. */
export function isGuarded({ disputeType, named, events, notice }: CaseState): boolean {
  if (named || isAtHome(disputeType) || notice.deferral?.ground === 'safety-of-the-affected') return true;
  const facts = events.filter(({ state }) => state !== 'withdrawn').flatMap((event) => event.facts);
  return facts.some(({ type, negated }) => telltale.has(type) && !negated);
}

/** Somebody who asks for help can be told apart by what they gave of themself. */
export const namesReporter = ({ people }: Pick<Report, 'people'>): boolean =>
  people.some(
    ({ role, name, phone, idNumber }) =>
      (role === 'complainant' || role === 'affected') && (name ?? phone ?? idNumber) !== undefined,
  );

const rank = (level: Level | null): number => (level === null ? -1 : levels.indexOf(level));

/** The level that the person is to be told of: the one that stands, or was resolved. A raised one is told of again. */
export const untoldLevel = ({ level, resolvedAs, notice }: CaseState): Level | null => {
  const stands = level?.colour ?? resolvedAs;
  return rank(stands) > rank(notice.of) ? stands : null;
};

/** What the notice needs now. It runs beside and never blocks. */
export function noticeNeeds(state: CaseState): (Pick<Want, 'from'> & { readonly kind: TaskKind })[] {
  if (untoldLevel(state) === null) return [];
  const open = new Set(openTasks(state).map(({ kind }) => kind));
  const { deferral, clear } = state.notice;
  const needs: (Pick<Want, 'from'> & { readonly kind: TaskKind })[] = [];
  if (isGuarded(state) && state.contacted && clear === null && !open.has('forewarn')) {
    needs.push({ kind: 'forewarn', ...from(deferral?.forewarn ?? null) });
  }
  if (!open.has('notify')) needs.push({ kind: 'notify', ...from(earliest(state)) });
  return needs;
}

const from = (at: number | null): Pick<Want, 'from'> => (at === null ? {} : { from: at });

/** When the notice is on. What began with the level lasts until she was told; what somebody chose runs to its end. */
function earliest({ notice: { deferral, clear } }: CaseState): number | null {
  if (!deferral) return clear;
  if (clear === null) return deferral.until;
  return deferral.forewarn === undefined ? clear : Math.max(clear, deferral.until);
}

/** Of a decision: a level whose notice starts deferred, and for how long at most. */
export function startOfDeferral({ city, state, by, at }: Telling, level: Level | null): { deferNotice?: Deferral } {
  if (rank(level) <= rank(state.notice.of) || state.notice.since !== null || !isGuarded(state)) return {};
  const { department } = post(city, by.post);
  const until = addDuration(city, at, city.notice.deferral);
  return { deferNotice: { ground: 'safety-of-the-affected', until, person: by.person, department } };
}

interface GivenNotify {
  readonly outcome: 'told' | 'deferred';
  readonly ground?: DeferralGround | undefined;
  readonly until?: string | undefined;
  readonly note?: string | undefined;
}

/** @throws ActionRefused where the affected person comes first, InputInvalid */
export function notifyAnswer(telling: Telling, given: GivenNotify): AnswerTo<'notify'> {
  const { state, at } = telling;
  if (given.outcome === 'deferred') return { task: 'notify', outcome: 'deferred', deferral: chosen(telling, given) };
  const { clear } = state.notice;
  if (isGuarded(state) && (clear === null || at < clear)) {
    const why = clear === null ? 'the affected person has not been told of it' : `it may go out from ${iso(clear)}`;
    throw new ActionRefused('telling the person concerned', `${describeState(state)}: ${why}`, [
      'forewarn',
      'deferred',
    ]);
  }
  return { task: 'notify', outcome: 'told' };
}

/** Put off on a legal ground, with a reason, never longer than the city allows at a time and in all. */
function chosen({ city, state, by, at }: Telling, { ground, until, note }: GivenNotify): Deferral {
  if (ground === undefined) {
    throw new InputInvalid([{ path: 'ground', value: null, allowed: deferralGrounds.join(', ') }]);
  }
  reasoned(note);
  const atATime = addDuration(city, at, city.notice.deferral);
  const inAll = addDuration(city, state.notice.since ?? at, city.notice.inAll);
  const longest = ground === 'secrecy-by-law' ? atATime : Math.min(atATime, inAll);
  if (longest <= at) {
    const sofar = `${describeState(state)}: put off since ${iso(state.notice.since ?? at)}`;
    throw new ActionRefused('putting the notice off again', sofar, ['told', 'deferred, ground secrecy-by-law']);
  }
  const end = until === undefined ? longest : Date.parse(until);
  if (end <= at || end > longest) {
    const allowed = `after now and at most ${iso(longest)}`;
    throw new InputInvalid([{ path: 'until', value: until, allowed }]);
  }
  const { department } = post(city, by.post);
  // Time to tell her, and then hers.
  const hers = addDuration(city, end, city.notice.forewarn) - end;
  return { ground, until: end, person: by.person, department, forewarn: Math.max(at, end - 2 * hers) };
}

/** @throws InputInvalid */
export const forewarnAnswer = ({ city, state, at }: Telling, safetyPlan: SafetyReview): AnswerTo<'forewarn'> => ({
  task: 'forewarn',
  outcome: 'told',
  safetyPlan: reviewedPlan(state, safetyPlan),
  clear: addDuration(city, at, city.notice.forewarn),
});

/** Another person, of another department. @throws ActionRefused, NotYours */
export function secondDeferralAnswer(
  { city, state, by }: Telling,
  outcome: AnswerTo<'second-deferral'>['outcome'],
): AnswerTo<'second-deferral'> {
  const { deferral } = state.notice;
  if (!deferral) throw new ActionRefused('a second decision on a deferral', describeState(state), []);
  if (deferral.person === by.person) {
    throw new NotYours(`${by.person} put the notice off; the second person must be another`);
  }
  if (post(city, by.post).department === deferral.department) {
    throw new NotYours(`${deferral.department} put the notice off; the second person must be of another department`);
  }
  return { task: 'second-deferral', outcome };
}
