/** An ordinary dispute: settled where it arose, on the spot or in some tries; nobody is of concern in it and nothing has a colour. */
import type { City } from '../config/city.ts';
import { leadAbove, post } from '../config/posts.ts';
import type { Answer, Content } from './actions.ts';
import { stint } from './ladder.ts';
import { legalRoutesFor } from './legal-routes.ts';
import type { Report } from './report.ts';
import type { State, Task } from './state.ts';

/** 当场化解: whoever reports it has settled it with both sides already. */
export const isSettled = ({ settlement, facts }: Pick<Report, 'settlement' | 'facts'>): boolean =>
  settlement !== undefined || facts.some(({ type, negated }) => type === 'settled' && !negated);

/** Where the parties refuse, nobody makes them: they are told where else they can go. */
export const settledAs = ({ disputeType }: State, outcome: 'settled' | 'failed'): Answer =>
  outcome === 'settled'
    ? { task: 'settle', outcome }
    : { task: 'settle', outcome, routes: legalRoutesFor(disputeType) };

/** A try that did not end it. After so many of them somebody of the next tier tries, as if the time were up. */
export function attempted(city: City, task: Task, at: number): Extract<Content, { kind: 'attempted' }> {
  const content = { kind: 'attempted', task: task.no } as const;
  const above = leadAbove(city, task.owner);
  if (task.kind !== 'settle' || task.attempts + 1 < city.attempts || above === undefined) return content;
  return { ...content, stint: stint(city, task, above, at), tier: post(city, above).tier };
}
