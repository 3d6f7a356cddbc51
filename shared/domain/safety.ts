/**
 * The safety plan of the affected person has a life of its own (design §8): no end of a level or a case touches it, only whoever
 * looks after it ends it, with a reason. Pure.
 */
import { InputInvalid } from '../errors.ts';
import type { AnswerTo } from './actions.ts';
import { reasoned } from './reasons.ts';
import type { CaseState } from './state.ts';
import type { SafetyReview } from './words.ts';

/** @throws InputInvalid where it is ended without a reason */
export function safetyPlanAnswer(
  outcome: AnswerTo<'safety-plan'>['outcome'],
  note: string | undefined,
): AnswerTo<'safety-plan'> {
  if (outcome === 'ended') reasoned(note);
  return { task: 'safety-plan', outcome };
}

/** What may be said of the plan depends on whether one stands. @throws InputInvalid */
export function reviewedPlan({ safetyPlan }: Pick<CaseState, 'safetyPlan'>, given: SafetyReview): SafetyReview {
  const allowed: readonly SafetyReview[] = safetyPlan ? ['kept', 'changed'] : ['made', 'not-wanted'];
  if (allowed.includes(given)) return given;
  const why = safetyPlan ? 'a safety plan stands' : 'no safety plan stands';
  throw new InputInvalid([{ path: 'safetyPlan', value: given, allowed: `${allowed.join(', ')}: ${why}` }]);
}
