/**
 * Renewing a level on the same events (S9): once by the post that is accountable, then only by the independent reviewer, and never
 * beyond a year after the last verified event. The orange that a red became is renewed by nobody. Pure.
 */
import * as z from 'zod';
import { addDuration } from '../calendar/calendar.ts';
import type { City } from '../config/city.ts';
import { ActionRefused } from '../errors.ts';
import type { Answer } from './actions.ts';
import { type Context, caseOf } from './answering.ts';
import { absoluteEnd, mayLast } from './level-end.ts';
import { reasoned } from './reasons.ts';
import { type CaseState, describeState, type LevelState } from './state.ts';

const note = z.string().min(1).max(200).optional();

export const renewAnswer = z.strictObject({
  task: z.literal('renew'),
  outcome: z
    .enum(['renewed', 'ask-reviewer', 'ended'])
    .describe('Renewed: once on the same events; after that the independent reviewer is asked, with a reason'),
  note,
});
export const renewalReviewAnswer = z.strictObject({
  task: z.literal('renewal-review'),
  outcome: z.enum(['renewed', 'not-renewed']).describe('Not renewed: the level goes on to its end, and lapses then'),
  note: note.describe('Why; needed'),
});

/** One more period, no longer than a year after the last verified event. */
function prolonged(city: City, state: CaseState, { colour, lapses }: LevelState): number {
  return Math.min(addDuration(city, lapses, city.levels[colour].lapse), absoluteEnd(state));
}

const refused = (what: string, state: CaseState, why: string, allowed: readonly string[]) =>
  new ActionRefused(what, `${describeState(state)}: ${why}`, allowed);

/** What nobody renews. @throws ActionRefused */
function checkLasts(state: CaseState, level: LevelState): void {
  if (level.afterRed) throw refused('renewing', state, 'after a red there is one orange period', ['ended']);
  if (mayLast(state, level)) return;
  throw refused('renewing', state, 'no level lasts longer than a year after its last verified event', ['ended']);
}

/** @throws ActionRefused where it was renewed before, InputInvalid where the reviewer is asked without a reason */
export function renewal(context: Context, given: z.infer<typeof renewAnswer>): Answer {
  const state = caseOf(context);
  const { level } = state;
  if (given.outcome === 'ended' || !level) return { task: 'renew', outcome: 'ended' };
  checkLasts(state, level);
  if (given.outcome === 'ask-reviewer') {
    reasoned(given.note);
    if (!level.renewed) throw refused('asking the reviewer', state, 'it was not renewed yet', ['renewed', 'ended']);
    if (level.declined) throw refused('asking the reviewer again', state, 'the reviewer did not renew it', ['ended']);
    return { task: 'renew', outcome: 'ask-reviewer' };
  }
  if (level.renewed) {
    throw refused('renewing again on the same events', state, 'it was renewed once', ['ask-reviewer', 'ended']);
  }
  return { task: 'renew', outcome: 'renewed', lapses: prolonged(context.city, state, level) };
}

/** @throws ActionRefused, InputInvalid without a reason */
export function renewalReviewed(context: Context, given: z.infer<typeof renewalReviewAnswer>): Answer {
  const state = caseOf(context);
  const { level } = state;
  reasoned(given.note);
  if (given.outcome === 'not-renewed') return { task: 'renewal-review', outcome: 'not-renewed' };
  if (!level) throw refused('renewing', state, 'no level stands', ['not-renewed']);
  checkLasts(state, level);
  return { task: 'renewal-review', outcome: 'renewed', lapses: prolonged(context.city, state, level) };
}

export const lapseReviewAnswer = z.strictObject({
  task: z.literal('lapse-review'),
  outcome: z.enum(['looked-at', 'reassess']).describe('Reassess: while a level stands it is decided anew'),
  note,
});

/** Of a level that is gone nothing begins anew but with a new event. @throws ActionRefused */
export function lapseReviewed(context: Context, { outcome }: z.infer<typeof lapseReviewAnswer>): Answer {
  const state = caseOf(context);
  if (outcome === 'looked-at' || state.level) return { task: 'lapse-review', outcome };
  throw refused('assessing it again', state, 'no level stands', ['looked-at', 'report of a new event']);
}
