/** What actions do to what others have received: who has what, calling it back, and their word that it is gone (S10). */
import { isHandedOver } from '../accountable.ts';
import type { Action, ContentOf } from '../actions.ts';
import type { PassedOnCause } from '../owing.ts';
import { concerns, type Grant, type RecallCause, type ReceivedBy, shareIdOf } from '../recalling.ts';
import { colourOf, isAtStake, type State, type Task } from '../state.ts';
import { verifiedIn } from '../told.ts';
import type { TaskKind } from '../words.ts';
import { wanting, without } from './tasks.ts';

/** One grant for all that a post received in passing: it is asked once. */
export function received<S extends State>(
  state: S,
  to: string,
  by: Exclude<ReceivedBy, 'shared'>,
  { n, at }: Pick<Action, 'n' | 'at'>,
): S {
  const had = state.grants.find((grant) => grant.to === to && grant.share === null && grant.recalled === null);
  if (had?.by.includes(by)) return state;
  const grant: Grant = had
    ? { ...had, by: [...had.by, by] }
    : { id: `${state.id}.received-${n}-${state.grants.length + 1}`, to, by: [by], at, share: null, recalled: null };
  return { ...state, grants: [...state.grants.filter((one) => one !== had), grant] };
}

/** Work that tells nothing of anybody, or is that of whoever looks at everything anyhow. */
const tellsNothing: ReadonlySet<TaskKind> = new Set([
  'round',
  'citizen-notice',
  'take-over',
  'destroy',
  'access-review',
  'renewal-review',
  'lapse-review',
  'contest',
  'contest-second',
  'correction',
  'rights-request',
]);

const toldBy = ({ kind }: Task): Exclude<ReceivedBy, 'shared'> =>
  kind === 'enquiry' ? 'asked' : kind === 'police-notice' ? 'notified' : 'worked';

/**
 * Whoever had taken work up that is another's now, or the whole, has what they read. After the end nothing of that is needed: they
 * are asked at once.
 */
export function handedOn<S extends State>(before: State, after: S, action: Action): S {
  const moved = Object.values(before.tasks).filter(({ no, kind, owner, acknowledgedAt }) => {
    const now = after.tasks[no];
    return now !== undefined && now.owner !== owner && acknowledgedAt !== null && !tellsNothing.has(kind);
  });
  const told = moved.reduce((state, task) => received(state, task.owner, toldBy(task), action), after);
  const whole = before.owner !== after.owner && (isHandedOver(after) || goesOnAtLevel(before, after));
  const known = whole ? received(told, before.owner, 'worked', action) : told;
  const cause = endOf(known);
  return known === after || cause === undefined ? known : recalled(known, cause);
}

/** As what stood at its end was called back. */
function endOf({ subject, status }: State): RecallCause | undefined {
  if (subject !== 'case') return undefined;
  return status === 'resolved' ? 'resolved' : status === 'ending' ? 'level-ended' : undefined;
}

/** The post accountable follows the level; before there is one nobody is named to it. */
const goesOnAtLevel = (before: State, after: State): boolean => colourOf(before) !== null && colourOf(after) !== null;

/** Shared until a day: on it the view is shut, and whoever received it is asked to destroy what they kept. */
export function shared<S extends State>(
  state: S,
  { to, fields, need, until }: ContentOf<'shared'>,
  { n, at, by, key }: Action,
): S {
  const share = { from: by.post ?? state.owner, need, fields, until };
  const grant: Grant = { id: shareIdOf(state.id, n), to, by: ['shared'], at, share, recalled: null };
  const atEnd = { kind: 'destroy', owner: to, about: grant.id, from: until } as const;
  return {
    ...state,
    grants: [...state.grants, grant],
    wants: wanting(state.wants, atEnd),
    keys: [...state.keys, key],
  };
}

/** What was kept its time is gone everywhere at its time: recipients were asked when the matter was over. */
export const recalledByErasure = <S extends State>(state: S, { ground }: ContentOf<'erased'>): S =>
  ground === 'retention-over' ? state : recalled(state, 'erased');

const isAbout =
  ({ id }: Grant) =>
  ({ kind, about }: { readonly kind: TaskKind; readonly about?: string | null }): boolean =>
    kind === 'destroy' && about === id;

/**
 * Everything that the cause concerns is called back: views are shut from this action on, and each recipient gets a task to destroy
 * what it has, now. What is the accountable post's own by now, or names nobody and need not come back, is forgotten here.
 */
export function recalled<S extends State>(state: S, cause: RecallCause): S {
  return state.grants.reduce((left, grant) => recall(left, grant, cause), state);
}

function recall<S extends State>(state: S, grant: Grant, cause: RecallCause): S {
  const isFinal = cause !== 'corrected';
  if (grant.recalled !== null && (grant.recalled !== 'corrected' || !isFinal)) return state;
  const others = state.grants.filter((one) => one !== grant);
  const isOf = isAbout(grant);
  if (grant.to === state.owner) {
    return {
      ...state,
      grants: others,
      tasks: without(state.tasks, isOf),
      wants: state.wants.filter((want) => !isOf(want)),
    };
  }
  // A task that waits for the last day of a share is moot when the share ends before it.
  const tasks = isFinal ? without(state.tasks, (task) => isOf(task) && !task.begun) : state.tasks;
  const wants = isFinal ? state.wants.filter((want) => !isOf(want) || want.from === undefined) : state.wants;
  const asked =
    Object.values(tasks).some((task) => isOf(task) && task.begun) ||
    wants.some((want) => isOf(want) && want.from === undefined);
  // Whoever was asked before still says that it is gone.
  const isKept = !isFinal || cause === 'erased' || grant.recalled !== null;
  if (!concerns(cause, grant)) return isKept ? state : { ...state, grants: others };
  const now = { kind: 'destroy', owner: grant.to, about: grant.id } as const;
  return {
    ...state,
    grants: [...others, { ...grant, recalled: cause }],
    tasks,
    wants: asked ? wants : [...wants, now],
  };
}

/**
 * For what happened in another log. What was corrected there is looked at anew in a case that rests on it: it is assessed again where
 * anything of it holds.
 */
export function recalledFor<S extends State>(state: S, cause: PassedOnCause): S {
  const called = recalled(state, cause);
  if (called.subject !== 'case' || cause !== 'corrected' || called.reassess) return called;
  return isAtStake(called) && verifiedIn(called).length > 0 ? { ...called, reassess: true } : called;
}

/** The last day of what is shared comes while its recipient is asked for it already: one answer is enough. */
export function askedOnce<S extends State>(state: S, no: string): S {
  const task = state.tasks[no];
  if (task?.kind !== 'destroy') return state;
  const isAsked = Object.values(state.tasks).some(
    (one) => one.no !== no && one.kind === 'destroy' && one.about === task.about && one.begun,
  );
  return isAsked ? { ...state, tasks: without(state.tasks, (one) => one.no === no) } : state;
}

/** A recipient says that it is gone. After a correction what is shared goes on to its last day: it is read anew. */
export function destroyed<S extends State>(state: S, { about }: Task): S {
  const grant = state.grants.find(({ id }) => id === about);
  if (!grant) return state;
  const others = state.grants.filter((one) => one !== grant);
  const goesOn = grant.share !== null && [...Object.values(state.tasks), ...state.wants].some(isAbout(grant));
  return { ...state, grants: goesOn ? [...others, { ...grant, recalled: null }] : others };
}
