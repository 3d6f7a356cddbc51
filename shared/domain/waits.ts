/** What a task waits for at present: to be acknowledged, for something to be done about it, to be over. Pure. */
import { awaitsAcknowledgement } from './joint.ts';
import type { Task } from './state.ts';

export type WaitFor = 'acknowledge' | 'act' | 'complete';

export interface Wait {
  readonly for: WaitFor;
  readonly from: number;
  readonly until: number;
}

const minute = 60_000;

export function waitOf(task: Task): Wait {
  const { since, ackDue, actDue, due, acknowledgedAt, joinedAt, actedAt } = task;
  if (ackDue !== null && awaitsAcknowledgement(task)) return { for: 'acknowledge', from: since, until: ackDue };
  const taken = Math.max(since, acknowledgedAt ?? since, joinedAt ?? since);
  if (actedAt === null && actDue !== null) return { for: 'act', from: taken, until: Math.max(actDue, taken + minute) };
  const from = Math.max(taken, actedAt ?? taken);
  return { for: 'complete', from, until: Math.max(due, from + minute) };
}
