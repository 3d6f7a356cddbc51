/** From a draft to the next action: the rule table, the revision, the seal. Pure; the record adds only the put. */
import type { Action, Draft } from './actions.ts';
import { apply, sealAction } from './fold.ts';
import type { LogId } from './ids.ts';
import { check } from './rules.ts';
import { isAnythingDue } from './stages.ts';
import { isClosed, openTasks, type State } from './state.ts';

export interface Next {
  readonly action: Action;
  readonly state: State;
  /** Tasks that changed or ended: their items are to be projected. */
  readonly touched: readonly string[];
}

/**
 * @param byLifecycle the lifecycle itself commits, so no Map of open tasks runs beside and it goes on by itself
 * @throws what `check` throws
 */
export function next(id: LogId, before: State | undefined, draft: Draft, byLifecycle: boolean): Next {
  check(before, draft);
  const plain = sealAction(before, draft, false);
  const after = apply(id, before, plain);
  const action = before && revises(before, draft, after, byLifecycle) ? sealAction(before, draft, true) : plain;
  const state = action === plain ? after : apply(id, before, action);
  return { action, state, touched: touchedTasks(before, state) };
}

/**
 * The running Map of open tasks is fixed: what falls due beside it, a reopening and a revision proper raise the revision, so
 * that a new execution drives the case from the record as it is now (protocol: Executions).
 */
function revises(before: State, { content }: Draft, after: State, byLifecycle: boolean): boolean {
  if (content.kind === 'revised') return true;
  if (isClosed(before) && !isClosed(after)) return true;
  return !byLifecycle && isAnythingDue(after) && openTasks(after).length > 0;
}

export function touchedTasks(before: State | undefined, after: State): string[] {
  const all = new Set([...Object.keys(before?.tasks ?? {}), ...Object.keys(after.tasks)]);
  return [...all].filter((no) => before?.tasks[no] !== after.tasks[no]).sort();
}
