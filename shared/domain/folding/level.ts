/** What actions do to a level that stands: it begins, changes, rests on less; what is being done goes on. */
import type { Action, Tightened } from '../actions.ts';
import { absoluteEnd, hasGround } from '../level-end.ts';
import { type CaseEvent, type CaseState, isUndecided, type LevelState, type Task } from '../state.ts';
import { anewAtLevel } from '../tightening.ts';
import { verifiedIn } from '../told.ts';
import type { Level } from '../words.ts';
import { ending, levelGone, unlessEmpty } from './ending.ts';
import { withoutOrphans } from './events.ts';
import { noticeAtLevel } from './noticing.ts';
import { noticed, wanting, without } from './tasks.ts';

/**
 * A level begins or changes: its review, renewal and second decision start anew, and with another colour whoever is accountable
 * looks at the plan again. What is being done goes on.
 */
export function atLevel(state: CaseState, level: LevelState): CaseState {
  const changes = state.level !== null && state.level.colour !== level.colour;
  const over = (task: Task) => anewAtLevel.has(task.kind) && (changes || !ofPlan.has(task.kind));
  return noticeAtLevel({
    ...state,
    level,
    replan: state.replan || (changes && state.plan !== null),
    // Protection by decision takes the place of the contact before it.
    wants: state.wants.filter(({ kind }) => kind !== 'protective-contact' && kind !== 'renewal-review'),
    status: state.plan ? 'carrying-out' : state.contacted ? 'planning' : 'protecting',
    reviewedAt: null,
    tasks: without(state.tasks, over),
  });
}
const ofPlan: ReadonlySet<Task['kind']> = new Set(['plan', 'resolve']);

/** The post accountable follows the level; whoever had taken the whole over has it no longer where it moves. */
export const accountableFrom = (state: CaseState, owner: string = state.owner): CaseState => ({
  ...state,
  owner,
  handedOver: state.handedOver && owner === state.owner,
});

/** Sooner ends: the waits begin anew, and whoever is accountable is told. */
export function withTightened(
  state: CaseState,
  sooner: Readonly<Record<string, Tightened>> | undefined,
  level: Level,
  { n, at }: Action,
): CaseState {
  if (!sooner) return state;
  const tightened = (task: Task): Task => {
    const clocks = sooner[task.no];
    if (!clocks) return task;
    const { joining, ...ends } = clocks;
    const next = noticed(
      { ...task, ...ends, level, rung: 0, since: Math.max(at, task.from) },
      'tightened',
      task.owner,
      at,
    );
    const joined = joining === undefined ? next : noticed({ ...next, joining, joinedAt: null }, 'opened', joining, at);
    return { ...joined, step: task.step + 1, seq: n };
  };
  return {
    ...state,
    tasks: Object.fromEntries(Object.entries(state.tasks).map(([no, task]) => [no, tightened(task)])),
  };
}

/**
 * What a level rests on has become less: it ends in this action where nothing of the last year is left, and lasts no longer than a
 * year after what is. Where no level stands and nothing of what began it is left to look at, what was told is unfounded.
 */
export function restingOn(state: CaseState, events: readonly CaseEvent[], at: number): CaseState {
  const left = { ...state, events };
  if (state.level) return hasGround(left, at) ? withinTheYear(left, state.level) : levelGone(left, 'lapsed');
  if (state.status === 'resolved')
    return events.every((event) => event.state === 'withdrawn') ? ending(left, 'unfounded') : left;
  if (!isUndecided(state)) return left;
  return unlessEmpty(verifiedIn(left).length > 0 ? left : unproposed(left));
}

/** Nothing holds any more of what was assessed: there is nothing to decide, until something does. */
const unproposed = (state: CaseState): CaseState => ({
  ...state,
  ...{ status: 'reported', fresh: false, reassess: false, decideAnew: false },
  tasks: without(state.tasks, ({ kind }) => kind === 'decide' || kind === 'talk'),
});

/** Whose clock is the end of the level is asked for anew, by the new end. */
export function withinTheYear(state: CaseState, level: LevelState): CaseState {
  const lapses = Math.min(level.lapses, absoluteEnd(state));
  if (lapses === level.lapses) return state;
  const asked = Object.values(state.tasks).filter(({ kind }) => kind === 'renewal-review');
  const isTimed = ({ kind, begun }: Task) =>
    kind === 'renew' || kind === 'renewal-review' || (kind === 'review' && !begun);
  return {
    ...state,
    level: { ...level, lapses },
    tasks: without(state.tasks, isTimed),
    wants: wanting(state.wants, ...asked.map(({ kind }) => ({ kind }))),
  };
}

/** An event that was verified does not hold. What protects the affected person is untouched. */
export function eventWithdrawn(state: CaseState, event: string, { n, at, by }: Action): CaseState {
  const events = withoutOrphans(
    state.events.map((one): CaseEvent => (one.id === event ? { ...one, state: 'withdrawn' } : one)),
  );
  const after = restingOn({ ...state, tasks: without(state.tasks, (task) => task.event === event) }, events, at);
  if (!state.level || after.level) return after;
  return lapseSeen(after, state.level.colour, n, by.post === state.owner ? undefined : state.owner);
}

/** A red that lapsed is looked at by the county at once; whose level ended by the hand of another is told. */
export function lapseSeen(state: CaseState, from: Level, n: number, told?: string): CaseState {
  const about = String(n);
  const alarm = from === 'red' ? [{ kind: 'lapse-review', about, urgency: 'now' } as const] : [];
  const tells = told === undefined ? [] : [{ kind: 'lapse-review', about: `${about} told`, owner: told } as const];
  return { ...state, wants: wanting(state.wants, ...alarm, ...tells) };
}
