/** What the lifecycle commits at its stages: drafts on the state just read, undefined where another was faster. Pure. */
import type { City } from '../config/city.ts';
import { type Content, type Draft, system } from './actions.ts';
import { assessCase } from './assessing.ts';
import { slaStep } from './ladder.ts';
import type { Call } from './paging.ts';
import { nextStage, tasksDue } from './stages.ts';
import type { State } from './state.ts';

const draft = (what: string, state: State, rev: number, at: number, content: Content): Draft => ({
  at,
  by: system,
  key: `${what} ${rev} ${state.n}`,
  rev,
  content,
});

export function assessmentDraft(state: State, rev: number, at: number): Draft | undefined {
  if (state.subject !== 'case' || nextStage(state) !== 'assess') return undefined;
  const { model, inputHash, proposal, points, contributions, trend } = assessCase(state);
  return draft('assess', state, rev, at, {
    kind: 'assessed',
    model,
    inputHash,
    proposal,
    points,
    factors: contributions,
    trend,
  });
}

export function openingDraft(city: City, state: State, rev: number, at: number): Draft | undefined {
  const tasks = tasksDue(state, city, at);
  return tasks.length > 0 ? draft('open', state, rev, at, { kind: 'opened', tasks }) : undefined;
}

export function closingDraft(state: State, rev: number, at: number): Draft | undefined {
  return nextStage(state) === 'close' ? draft('close', state, rev, at, { kind: 'closed' }) : undefined;
}

/**
 * The step that a passed timer demands, for exactly the step that the execution saw.
 * @param calls who may be called for the task at that step
 * @param duty the post on duty to which it is offered as it begins
 */
export function slaDraft(
  city: City,
  state: State,
  rev: number,
  no: string,
  step: number,
  at: number,
  calls: readonly Call[],
  duty?: string,
): Draft | undefined {
  const task = state.tasks[no];
  if (!task || task.step !== step) return undefined;
  const content = slaStep(city, state, task, at, calls, duty);
  return content && draft(`sla ${no}`, state, rev, at, content);
}
