/** The review of a level comes back: the same task, with its next day, as long as the level goes on. Pure. */
import { addDuration } from '../calendar/calendar.ts';
import type { City } from '../config/city.ts';
import type { AnswerTo } from './actions.ts';
import { stint } from './ladder.ts';
import { accountable } from './stages.ts';
import type { State, Task } from './state.ts';

export function reviewed(
  { city, state, task, at }: { city: City; state: State; task: Task; at: number },
  outcome: AnswerTo<'review'>['outcome'],
): AnswerTo<'review'> {
  if (outcome === 'reassess') return { task: 'review', outcome };
  if (state.subject !== 'case' || state.level === null) return { task: 'review', outcome };
  const from = addDuration(city, at, city.levels[state.level.colour].review);
  const owner = accountable(state, city, state.level.colour);
  return { task: 'review', outcome, next: { from, ...stint(city, task, owner, from) } };
}
