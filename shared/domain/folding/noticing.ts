/**
 * What actions do to the notice to the person concerned and to the protection that comes before it. What was decided on the
 * notice moves it: one that has not begun is dropped, and the needs of the case open it anew where it belongs now.
 */
import type { AnswerTo, Decision, Deferral } from '../actions.ts';
import type { CaseState, NoticeState, Task } from '../state.ts';
import { type Level, levels, type TaskKind } from '../words.ts';
import { wanting, without } from './tasks.ts';

/** Nobody was told of anything yet. */
export const unnoticed = { of: null, deferral: null, since: null, clear: null } as const satisfies NoticeState;

/** The work of telling, which goes on after a resolution: what was owed is owed. */
export const noticeTasks: ReadonlySet<TaskKind> = new Set(['forewarn', 'notify', 'second-deferral']);

/** A level whose notice starts deferred: what was known of an earlier, lower one is closed until the person is told of this. */
export function deferredWithLevel(state: CaseState, { deferNotice }: Decision, at: number): CaseState {
  if (!deferNotice) return state;
  return {
    ...putOff(state, deferNotice, at, (task) => task.kind === 'notify' || task.kind === 'second-deferral'),
    told: false,
  };
}

/** A level no higher than the one they were told of: there is nothing more to tell, and nothing is closed to them. */
export function noticeAtLevel(state: CaseState): CaseState {
  const { of } = state.notice;
  const { level } = state;
  if (of === null || level === null || levels.indexOf(level.colour) > levels.indexOf(of)) return state;
  return nothingToTell(state, of);
}

const nothingToTell = (state: CaseState, of: Level | null): CaseState => ({
  ...state,
  told: true,
  notice: { ...unnoticed, of },
  tasks: without(state.tasks, ({ kind }) => noticeTasks.has(kind)),
  wants: state.wants.filter(({ kind }) => !noticeTasks.has(kind)),
});

/** A deferral rests on one person until a second has agreed. */
const putOff = (state: CaseState, deferral: Deferral, at: number, over: (task: Task) => boolean): CaseState => ({
  ...state,
  notice: { ...state.notice, deferral: { ...deferral, agreed: false }, since: state.notice.since ?? at },
  tasks: without(state.tasks, over),
  wants: wanting(state.wants, { kind: 'second-deferral' }),
});

export function afterNotify(state: CaseState, answer: AnswerTo<'notify'>, at: number): CaseState {
  if (answer.outcome === 'told') return nothingToTell(state, state.level?.colour ?? state.resolvedAs);
  // Before the new end the affected person is told anew.
  const off = putOff(state, answer.deferral, at, ({ kind }) => noticeTasks.has(kind));
  return { ...off, notice: { ...off.notice, clear: null } };
}

/** Nobody else has agreed: the deferral is void, and the notice is demanded. */
export const deferralVoid = (state: CaseState): CaseState =>
  moved({ ...state, notice: { ...state.notice, deferral: null } });

export function afterSecondDeferral(state: CaseState, { outcome }: AnswerTo<'second-deferral'>): CaseState {
  const { deferral } = state.notice;
  if (outcome === 'disagree' || !deferral) return deferralVoid(state);
  return { ...state, notice: { ...state.notice, deferral: { ...deferral, agreed: true } } };
}

export function afterForewarn(state: CaseState, { clear, safetyPlan }: AnswerTo<'forewarn'>): CaseState {
  const told = moved({ ...state, notice: { ...state.notice, clear } });
  return safetyPlan === 'made' ? withSafetyPlan(told) : told;
}

const moved = (state: CaseState): CaseState => ({
  ...state,
  tasks: without(state.tasks, ({ kind, begun }) => kind === 'notify' && !begun),
});

/** The affected person was reached: the plan for the person concerned may begin. */
export function afterProtect(state: CaseState, { safetyPlan }: AnswerTo<'protect'>): CaseState {
  const status = state.status === 'protecting' ? 'planning' : state.status;
  const reached = { ...state, contacted: true, status } as const;
  return safetyPlan === 'made' ? withSafetyPlan(reached) : reached;
}

/** Somebody looks after it from now on; one that stands already has somebody. */
function withSafetyPlan(state: CaseState): CaseState {
  const lookedAfter = Object.values(state.tasks).some(({ kind }) => kind === 'safety-plan');
  const wants = lookedAfter ? state.wants : wanting(state.wants, { kind: 'safety-plan' });
  return { ...state, safetyPlan: true, wants };
}

export const afterSafetyPlan = (state: CaseState, { outcome }: AnswerTo<'safety-plan'>, { owner }: Task): CaseState =>
  outcome === 'ended'
    ? { ...state, safetyPlan: Object.values(state.tasks).some(({ kind }) => kind === 'safety-plan') }
    : { ...state, wants: wanting(state.wants, { kind: 'safety-plan', owner }) };
