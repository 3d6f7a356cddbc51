/** What a history says no more: which level stood before the last one ended, or a red fell to orange by itself (S9). Pure. */
import type { Action } from './actions.ts';
import { apply } from './fold.ts';
import type { LogId } from './ids.ts';
import { colourOf, type State } from './state.ts';
import type { Role } from './words.ts';

/** Reviewing needs the whole, and what was decided about oneself one may read (PIPL 24, 44). */
const sees: ReadonlySet<Role> = new Set(['independent-reviewer', 'person-concerned']);

/**
 * Number of the action with which the last level went; 0: none has, or the reader sees them all.
 * @param actions all of them, from the first
 */
export function lastGone(id: LogId, actions: readonly Action[], role: Role): number {
  if (sees.has(role)) return 0;
  let state: State | undefined;
  let gone = 0;
  for (const action of actions) {
    const before = state && colourOf(state);
    state = apply(id, state, action);
    const { kind } = action.content;
    // What rests in another log comes back when it is undone.
    const isOver = before && kind !== 'merged' && (kind === 'lapsed' || colourOf(state) === null);
    if (isOver) gone = action.n;
  }
  return gone;
}
