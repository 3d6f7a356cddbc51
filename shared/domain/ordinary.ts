/** An ordinary dispute: settled where it arose, on the spot or in some tries; nobody is of concern in it and nothing has a colour. */
import type { City } from '../config/city.ts';
import { leadAbove, post } from '../config/posts.ts';
import type { Answer, ContentOf } from './actions.ts';
import { agreementMade } from './afterwards.ts';
import { type Context, invalid } from './answering.ts';
import { stint } from './ladder.ts';
import { legalRoutesFor } from './legal-routes.ts';
import type { Report } from './report.ts';
import type { Task } from './state.ts';

/** 当场化解: whoever reports it has settled it with both sides already. */
export const isSettled = ({ settlement, facts }: Pick<Report, 'settlement' | 'facts'>): boolean =>
  settlement !== undefined || facts.some(({ type, negated }) => type === 'settled' && !negated);

/**
 * Where the parties refuse, nobody makes them: they are told where else they can go.
 * @param on when an agreement came into force, ISO 8601; absent where none was made
 * @throws InputInvalid
 */
export function settledAs(
  { city, state, task, at }: Context,
  outcome: 'settled' | 'failed',
  on: string | undefined,
): Answer {
  if (outcome === 'failed') return { task: 'settle', outcome, routes: legalRoutesFor(state.disputeType) };
  if (on === undefined) return { task: 'settle', outcome };
  const since = Date.parse(on);
  if (since > at) throw invalid('on', on, 'a day that has come');
  return { task: 'settle', outcome, on: since, agreement: agreementMade(city, state.id, task.no, since) };
}

/** A try that did not end it. After so many of them somebody of the next tier tries, as if the time were up. */
export function attempted(city: City, task: Task, at: number): ContentOf<'attempted'> {
  const content = { kind: 'attempted', task: task.no } as const;
  const above = leadAbove(city, task.owner);
  if (task.kind !== 'settle' || task.attempts + 1 < city.attempts || above === undefined) return content;
  return { ...content, stint: stint(city, task, above, at), tier: post(city, above).tier };
}
