/** What actions do to what has ended, or will be looked at again: agreements, legal holds, and work that begins nothing anew. */
import { iso } from '../../calendar/calendar.ts';
import type { Action, Answer, AnswerTo, ContentOf, MadeAgreement } from '../actions.ts';
import { wasSettled } from '../citizen-notices.ts';
import { knowsOf, tellHoldKey } from '../holding.ts';
import type { CaseState, State, Task } from '../state.ts';
import type { TaskKind } from '../words.ts';
import { wanting, without } from './tasks.ts';

/** It opens what is closed for its own sake only: how long that is kept counts from the end before. */
const beside: ReadonlySet<TaskKind> = new Set(['agreement-check', 'tell-hold']);
export const isBesideTheEnd = (kind: TaskKind): boolean => beside.has(kind);

/** What the parties agreed on is remembered by its number. */
export function withAgreement<S extends State>(state: S, made: MadeAgreement | undefined, on: number | undefined): S {
  if (!made || on === undefined || state.agreements.some(({ id }) => id === made.id)) return state;
  return { ...state, agreements: [...state.agreements, { ...made, on, outcome: null }] };
}

export function withAgreementIn<S extends State>(state: S, answer: Answer): S {
  return 'agreement' in answer ? withAgreement(state, answer.agreement, answer.on) : state;
}

export const agreementChecked = <S extends State>(
  state: S,
  { about }: Task,
  answer: AnswerTo<'agreement-check'>,
): S => {
  const looked = { outcome: answer.outcome, ...(isTriedAgain(answer) ? { again: true as const } : {}) };
  return { ...state, agreements: state.agreements.map((one) => (one.id === about ? { ...one, ...looked } : one)) };
};

/** It was not kept, and nobody refuses to sit together once more. */
export const isTriedAgain = (answer: AnswerTo<'agreement-check'>): boolean =>
  answer.outcome === 'broken' && answer.routes === undefined;

/** Whoever knows of it is told that it is kept longer; nobody waits for that. */
export function withHold<S extends State>(state: S, { until, since }: ContentOf<'held'>): S {
  const held = { ...state, heldUntil: until, heldSince: since };
  if (state.subject === 'case' ? !knowsOf(state) : !wasSettled(state)) return held;
  return {
    ...held,
    wants: wanting(state.wants, { kind: 'tell-hold', about: iso(until) }),
    keys: [...state.keys, tellHoldKey(until)],
  };
}

/** What a party says of it stands beside it for whoever looks at it; the newest counts. */
export function agreementTold<S extends State>(state: S, told: ContentOf<'agreementTold'>, { key }: Action): S {
  const agreements = state.agreements.map((one) =>
    one.id === told.agreement ? { ...one, said: { ...one.said, [told.party]: told.outcome } } : one,
  );
  return { ...state, agreements, keys: [...state.keys, key] };
}

/** Nobody asks again where all were declined before any was planned. */
export function checkInsDeclined(state: CaseState, { no }: ContentOf<'checkInsDeclined'>, { key }: Action): CaseState {
  const tasks = without(state.tasks, (task) => task.kind === 'check-in' && (no === undefined || task.no === no));
  return { ...state, tasks, checkInsSet: state.checkInsSet || no === undefined, keys: [...state.keys, key] };
}
