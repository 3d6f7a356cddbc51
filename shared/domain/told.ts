/** What was known when somebody decided: a level goes on upon it, and the person concerned is told no more than it. Pure. */
import type { Decision, PlannedMeasure } from './actions.ts';
import { absoluteEnd } from './level-end.ts';
import type { CaseEvent, CaseState, Contest, NoticeState } from './state.ts';
import { type Level, levels } from './words.ts';

export const verifiedIn = ({ events }: Pick<CaseState, 'events'>): string[] =>
  events.filter(({ state }) => state === 'verified').map(({ id }) => id);

/** Nothing has come to hold since the newest decision. */
export function isDecided(state: Pick<CaseState, 'decision' | 'events'>): boolean {
  const known = new Set(state.decision?.known);
  return verifiedIn(state).every((id) => known.has(id));
}

/** A level stands, and nothing has come to hold since it was decided. */
export const goesOn = (state: Pick<CaseState, 'level' | 'decision' | 'events'>): boolean =>
  state.level !== null && isDecided(state);

/** What a decision is made upon: what it cites, and what the proposal before it is made of. What came to hold a moment ago is neither. */
export const decidedOn = (state: CaseState, { events }: Pick<Decision, 'events'>): string[] =>
  verifiedIn(state).filter((id) => events.includes(id) || state.assessment?.known.includes(id));

/**
 * Deciding so begins no level anew: on the same events, or where what has come to hold since happened before the level did, or nobody
 * knows when, and raises nothing. Only something newer renews a level, and not who tells of the same evening again (S9).
 */
export function continues(state: Pick<CaseState, 'level' | 'decision' | 'events'>, level: Level | null): boolean {
  const { level: stands, decision, events } = state;
  if (stands === null || level === null) return false;
  if (goesOn(state)) return true;
  const known = new Set(decision?.known);
  const isNewer = ({ id, at, undated, state: is }: CaseEvent) =>
    is === 'verified' && !undated && !known.has(id) && at > stands.begins;
  return levels.indexOf(level) <= levels.indexOf(stands.colour) && !events.some(isNewer);
}

/**
 * Until when this level may be decided to last: what begins nothing anew prolongs nothing, and nothing lasts longer than a year after
 * its last verified event.
 */
export function longest(state: Pick<CaseState, 'level' | 'decision' | 'events'>, level: Level): number {
  const { level: stands } = state;
  const end = absoluteEnd(state);
  return stands && continues(state, level) ? Math.min(Math.max(stands.lapses, stands.most ?? 0), end) : end;
}

/** How the affected person is protected is not for whom they are protected from. */
const isTheirs = ({ kind }: PlannedMeasure): boolean => kind !== 'safety-planning';

const isOvertakenSince = ({ answered }: Contest, { since }: NoticeState): boolean =>
  answered?.outcome === 'overtaken' && since !== null && answered.at >= since;

/**
 * The case as the person concerned may read it. What was told since the decision would tell them that somebody spoke, before
 * anybody has decided on it and before the affected person is safe.
 */
export function asTold(state: CaseState): CaseState {
  const { events, assessment, decision, plan, agreed, contests, told, notice } = state;
  const known = new Set(decision?.known);
  const answered = assessment !== null && decision !== null && decision.onAssessment >= assessment.n;
  return {
    ...state,
    events: events.filter(({ id }) => known.has(id)),
    // That something was decided since would tell them what they are yet to be told.
    contests: told
      ? contests
      : contests.map((one) => (isOvertakenSince(one, notice) ? { ...one, answered: null } : one)),
    assessment: answered ? assessment : null,
    agreed: agreed.filter(isTheirs),
    plan: plan && { ...plan, waiting: plan.waiting.filter(isTheirs) },
  };
}
