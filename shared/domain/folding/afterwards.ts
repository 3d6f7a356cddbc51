/** What actions do to what has ended, or will be looked at again: agreements, legal holds, and work that begins nothing anew. */
import type { Answer, AnswerTo, MadeAgreement, Want } from '../actions.ts';
import { wasSettled } from '../citizen-notices.ts';
import type { State, Task } from '../state.ts';
import type { TaskKind } from '../words.ts';
import { wanting } from './tasks.ts';

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
export function withHold<S extends State>(state: S, until: number): S {
  const knows = state.subject === 'case' ? state.told : wasSettled(state);
  const tell: Want = { kind: 'tell-hold', about: new Date(until).toISOString() };
  return { ...state, heldUntil: until, wants: knows ? wanting(state.wants, tell) : state.wants };
}
