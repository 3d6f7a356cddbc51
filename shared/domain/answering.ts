/** What every answer to a task is made from. */
import type { City } from '../config/city.ts';
import { ActionRefused, InputInvalid } from '../errors.ts';
import type { By } from './actions.ts';
import { type CaseState, describeState, type State, type Task } from './state.ts';

export interface Context {
  readonly city: City;
  readonly state: State;
  readonly task: Task;
  readonly by: Extract<By, { role: 'staff' }>;
  readonly at: number;
  /** Of a decision: how often this person has given the reason in these very words before. */
  readonly usedBefore?: number;
}

export const invalid = (path: string, value: unknown, allowed: string): InputInvalid =>
  new InputInvalid([{ path, value, allowed }]);

/** @throws ActionRefused */
export function caseOf({ state, task }: Pick<Context, 'state' | 'task'>): CaseState {
  if (state.subject !== 'case') throw new ActionRefused(`answering a ${task.kind} task`, describeState(state), []);
  return state;
}
