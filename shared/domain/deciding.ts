/**
 * People decide on the level (design §1.4): they cite what happened and say what it changes; red needs a second person; a
 * reason that has become a habit is looked at by somebody else. Pure.
 */
import * as z from 'zod';
import { addDuration } from '../calendar/calendar.ts';
import type { City } from '../config/city.ts';
import { leadAbove, post, responsible } from '../config/posts.ts';
import { ActionRefused, NotYours, NoVerifiedEvent } from '../errors.ts';
import { accountable } from './accountable.ts';
import type { Answer, Decision } from './actions.ts';
import { type Context, caseOf, invalid } from './answering.ts';
import { isAfterSunset } from './governance.ts';
import { orangeInstead } from './ladder.ts';
import { hasGround, isRecent } from './level-end.ts';
import { startOfDeferral } from './noticing.ts';
import { leastReason } from './reasons.ts';
import { type CaseState, describeState } from './state.ts';
import { tightened } from './tightening.ts';
import { longest, verifiedIn } from './told.ts';
import { type Level, levels } from './words.ts';

export const choices = ['confirm', 'raise', 'lower', 'dismiss'] as const;

export const decideAnswer = z.strictObject({
  task: z.literal('decide'),
  outcome: z.enum(choices),
  level: z.enum(levels).optional().describe('To which level it is raised or lowered'),
  reason: z.string().min(leastReason).max(200).describe('Why, from what happened'),
  changes: z.string().min(5).max(200).describe('What the decision changes for the people in it'),
  events: z.array(z.string()).max(20).default([]).describe('The verified events that it rests on'),
});
export const secondAnswer = z.strictObject({
  task: z.literal('second'),
  outcome: z.enum(['agree', 'disagree']),
  note: z.string().min(1).max(200).optional(),
});
export const reasonReviewAnswer = z.strictObject({
  task: z.literal('reason-review'),
  outcome: z.enum(['stands', 'reassess']),
  note: z.string().min(1).max(200).optional(),
});

type Given = z.infer<typeof decideAnswer>;
type Proposed = Level | 'none';

/** One note: why, and what it changes. */
export const decisionNote = ({ reason, changes }: Pick<Given, 'reason' | 'changes'>): string =>
  `${reason}\n改变 Changes: ${changes}`;

/** The same words however they are set; the number of the event that they cite is none of them. */
export const plainWords = ({ reason, events }: Pick<Given, 'reason' | 'events'>): string =>
  events
    .reduce((text, event) => text.replaceAll(event, ''), reason)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}\p{S}]+/gu, '');

/** The words of the reason that an answer gives, where it is a decision. */
export function reasonIn(task: string, body: unknown): string | undefined {
  if (!task.startsWith('decide-')) return undefined;
  const given = decideAnswer.safeParse({ ...(typeof body === 'object' ? body : {}), task: 'decide' });
  return given.success ? plainWords(given.data) : undefined;
}

/** What a choice makes of a proposal: null is no level. @throws InputInvalid */
export function levelChosen(proposal: Proposed, { outcome, level }: Pick<Given, 'outcome' | 'level'>): Level | null {
  const rank = (one: Proposed) => (one === 'none' ? -1 : levels.indexOf(one));
  switch (outcome) {
    case 'dismiss':
      if (level !== undefined) throw invalid('level', level, 'no level: a dismissal has none');
      return null;
    case 'confirm': {
      const confirmed = proposal === 'none' ? null : proposal;
      if (level !== undefined && level !== confirmed) {
        throw invalid('level', level, confirmed ?? 'no level: none is proposed');
      }
      return confirmed;
    }
    default: {
      const fits = (one: Level) => (outcome === 'raise' ? rank(one) > rank(proposal) : rank(one) < rank(proposal));
      const fitting = levels.filter(fits);
      if (level === undefined || !fitting.includes(level)) {
        throw invalid('level', level ?? null, fitting.join(', ') || `nothing: ${proposal} cannot be ${outcome}ed`);
      }
      return level;
    }
  }
}

/** The choice must fit the proposal; that it rests on what was verified is checked by the rule table too. @throws InputInvalid */
export function decided(context: Context, given: Given): Answer {
  const { city, by, at, usedBefore = 0 } = context;
  const state = caseOf(context);
  const level = levelChosen(state.assessment?.proposal ?? 'none', given);
  const times = usedBefore + 1;
  const decision: Decision = {
    choice: given.outcome,
    level,
    events: given.events,
    owner: accountable(state, city, level),
    ...(times >= city.sameWords ? { repeated: { times, supervisor: supervisorOf(city, by.post) } } : {}),
    ...(level ? { lapses: lapseOf(city, state, level, at) } : {}),
    ...(level === 'red' ? { department: post(city, by.post).department } : {}),
    ...startOfDeferral({ city, state, by, at }, level),
    ...tightened(city, state, level, at),
  };
  return { task: 'decide', outcome: 'decided', decision };
}

/**
 * Deciding anew on the same events prolongs nothing: that is what renewing once is for (S9). After the sunset nothing does: what has
 * come to hold is decided on, and the level that stands has its own end.
 */
function lapseOf(city: City, state: CaseState, level: Level, at: number): number {
  const lapse = Math.min(addDuration(city, at, city.levels[level].lapse), longest(state, level));
  return state.level && isAfterSunset(city, at) ? Math.min(lapse, state.level.lapses) : lapse;
}

/** Nobody stands above the highest post: there the independent reviewer looks. */
function supervisorOf(city: City, owner: string): string {
  const { area, tier } = post(city, owner);
  return leadAbove(city, owner) ?? responsible(city, { kind: 'access-review', disputeType: 'other', area, tier });
}

/**
 * S1: whatever is decided cites what was verified, a level something of the last year; only where nothing was, is there nothing to
 * cite. @throws NoVerifiedEvent
 */
export function checkCited(state: CaseState, { level, events }: Decision, at: number): void {
  const verified = verifiedIn(state);
  const needed = level !== null || verified.length > 0;
  const isOfLate = (id: string) => state.events.some((event) => event.id === id && isRecent(event, at));
  // Also where what is cited was only told of late.
  const holds = level === null || (events.some(isOfLate) && hasGround(state, at));
  if (holds && events.every((id) => verified.includes(id)) && (events.length > 0 || !needed)) return;
  const given = events.join(', ') || 'none';
  const what =
    level === null ? 'a decision cites a verified event' : 'a level needs a verified event of the last 12 months,';
  throw new NoVerifiedEvent(`${what} of ${state.id}; given: ${given}; verified: ${verified.join(', ') || 'none'}`);
}

/** Four eyes: another person of another department (design §1.4, S3). @throws ActionRefused, NotYours */
export function second(context: Context, { outcome }: z.infer<typeof secondAnswer>): Answer {
  const { city, by } = context;
  const state = caseOf(context);
  const first = state.level?.awaits;
  if (!state.level || !first) throw new ActionRefused('a second decision', describeState(state), []);
  if (first.person === by.person) throw new NotYours(`${by.person} decided first; the second person must be another`);
  const { department } = post(city, by.post);
  if (department === first.department) {
    throw new NotYours(`${department} decided first; the second person must be of another department`);
  }
  if (outcome === 'agree') return { task: 'second', outcome };
  const owner = accountable(state, city, 'orange');
  return { task: 'second', outcome, lapses: orangeInstead(city, state, state.level), owner };
}

/** Whoever repeats themself does not look at it themself. @throws NotYours */
export function reasonReviewed(context: Context, { outcome }: z.infer<typeof reasonReviewAnswer>): Answer {
  const { by } = context;
  if (caseOf(context).decision?.person === by.person) {
    throw new NotYours(`${by.person} gave the reason; somebody else looks at it`);
  }
  return { task: 'reason-review', outcome };
}
