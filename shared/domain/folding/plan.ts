/** What actions do to a plan: its measures wait, are opened, amended and ended; nobody is brought to one table where that is barred. */
import type { AnswerTo, ContentOf, PlannedMeasure, Want } from '../actions.ts';
import { areJointSessionsBarred, isMediation } from '../mediation.ts';
import type { CaseState, Task } from '../state.ts';
import { confirmationDue } from '../statutory.ts';
import type { MeasureKind } from '../words.ts';
import { without } from './tasks.ts';

const isUnassigned = ({ owner }: PlannedMeasure): boolean => owner === null;

export const withPlanned = (state: CaseState, more: readonly PlannedMeasure[]): CaseState =>
  state.plan ? { ...state, plan: { ...state.plan, waiting: [...state.plan.waiting, ...more] } } : state;

/** A measure that the county is to assign waits in the plan, with its date and who was chosen, until it has. */
export const waitsForCounty = (state: CaseState): CaseState =>
  state.plan ? { ...state, plan: { ...state.plan, waiting: state.plan.waiting.filter(isUnassigned) } } : state;

const unassignedOf = ({ plan }: CaseState, { measure }: Task): PlannedMeasure | undefined =>
  plan?.waiting.find((one) => isUnassigned(one) && one.kind === measure);

function withoutUnassigned(state: CaseState, task: Task): CaseState {
  const gone = unassignedOf(state, task);
  return state.plan && gone
    ? { ...state, plan: { ...state.plan, waiting: state.plan.waiting.filter((one) => one !== gone) } }
    : state;
}

/** The county has said whose it is. */
export const assignedBy = (state: CaseState, task: Task, kind: MeasureKind, owner: string): CaseState =>
  withPlanned(withoutUnassigned(state, task), [{ ...unassignedOf(state, task), kind, owner }]);

/** What is withdrawn ends; what was done stays done, and whether it is resolved is asked anew when the rest is done too. */
export function amended(state: CaseState, { add, withdraw }: ContentOf<'planAmended'>): CaseState {
  const gone = withdraw.flatMap((no) => state.tasks[no] ?? []);
  const left = gone.filter(({ kind }) => kind === 'assign').reduce(withoutUnassigned, state);
  const isOver = ({ kind, no }: Task) => withdraw.includes(no) || (kind === 'resolve' && add.length > 0);
  return withPlanned({ ...left, tasks: without(left.tasks, isOver) }, add);
}

/** An agreement may be confirmed by a court, for so long as the law gives from the day it came into force. */
export function confirming(answer: AnswerTo<'measure' | 'settle'>, { no }: Task, at: number): readonly Want[] {
  if (!('on' in answer) || answer.on === undefined) return [];
  const due = confirmationDue(answer.on);
  return due > at ? [{ kind: 'confirm-agreement', about: no, due }] : [];
}

/** What was planned and opened before joint sessions were barred is over at once. */
export function withoutJointSessions(state: CaseState): CaseState {
  if (!areJointSessionsBarred(state)) return state;
  const stays = ({ measure }: { readonly measure?: MeasureKind | null }) => !measure || !isMediation(measure);
  const kept = (planned: readonly PlannedMeasure[]) => planned.filter(({ kind }) => !isMediation(kind));
  return {
    ...state,
    tasks: without(state.tasks, (task) => !stays(task)),
    wants: state.wants.filter(stays),
    agreed: kept(state.agreed),
    plan: state.plan && { ...state.plan, waiting: kept(state.plan.waiting) },
  };
}
