/** From a draft to the next action: the rule table, the revision, the seal. Pure; the record adds only the put. */
import type { Action, Draft } from './actions.ts';
import { apply, sealAction } from './fold.ts';
import type { LogId } from './ids.ts';
import { check } from './rules.ts';
import { colourOf, isClosed, type State } from './state.ts';

export interface Next {
  readonly action: Action;
  readonly state: State;
  /** Tasks that changed or ended: their items are to be projected. */
  readonly touched: readonly string[];
}

/** @throws what `check` throws */
export function next(id: LogId, before: State | undefined, draft: Draft): Next {
  check(before, draft);
  const plain = sealAction(before, draft, false);
  const after = apply(id, before, plain);
  const action = before && revises(before, draft, after) ? sealAction(before, draft, true) : plain;
  const state = action === plain ? after : apply(id, before, action);
  return { action, state, touched: touchedTasks(before, state) };
}

/**
 * Another execution drives the log from here on: after a reopening, where the level has changed or the plan was amended, and by
 * a revision proper. What falls due beside wakes the one that runs.
 */
function revises(before: State, { content }: Draft, after: State): boolean {
  if (content.kind === 'revised' || content.kind === 'planAmended') return true;
  // Its tasks have executions of their own from now on, or none any more.
  if (content.kind === 'absorbed' || content.kind === 'merged') return true;
  if (isClosed(before) && !isClosed(after)) return true;
  return colourOf(before) !== colourOf(after);
}

export function touchedTasks(before: State | undefined, after: State): string[] {
  const all = new Set([...Object.keys(before?.tasks ?? {}), ...Object.keys(after.tasks)]);
  return [...all].filter((no) => before?.tasks[no] !== after.tasks[no]).sort();
}
