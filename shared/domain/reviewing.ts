/** The review of a level comes back: the same task, with its next day, as long as the level goes on. Pure. */
import { accountable } from './accountable.ts';
import type { AnswerTo } from './actions.ts';
import { seenAnew } from './afterwards.ts';
import { type Context, invalid } from './answering.ts';
import type { FactType } from './facts.ts';
import { stint } from './ladder.ts';
import { nextReview } from './review-days.ts';

/** While a level stands what was newly seen is a danger, told as such. @throws InputInvalid */
export function reviewed(
  context: Context,
  { outcome, facts }: { readonly outcome: AnswerTo<'review'>['outcome']; readonly facts: readonly FactType[] },
): AnswerTo<'review'> {
  const { city, state, task, at } = context;
  const isOver = state.subject === 'case' && state.level === null;
  if (facts.length > 0 && !(isOver && outcome === 'reassess')) {
    throw invalid('facts', facts, 'nothing here: while a level stands danger is told as danger');
  }
  if (outcome === 'reassess')
    return { task: 'review', outcome, ...(isOver ? { event: seenAnew(context, facts) } : {}) };
  if (state.subject !== 'case' || state.level === null) return { task: 'review', outcome };
  const from = nextReview(city, state.level, at);
  const owner = accountable(state, city, state.level.colour);
  return { task: 'review', outcome, next: { from, ...stint(city, task, owner, from) } };
}
