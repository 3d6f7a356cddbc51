/** While others have to act first the clocks of a task stand still; what was left of them is left afterwards. Pure. */
import { addDuration, addWorkingTime, workingTimeBetween } from '../calendar/calendar.ts';
import type { City } from '../config/city.ts';
import type { Stint } from './actions.ts';
import { isWorking, lengthOf } from './lengths.ts';
import type { Task } from './state.ts';
import { lawAfterPause, lawsLast, withinLaw } from './statutory.ts';
import type { WaitFor } from './waits.ts';

/**
 * Nobody waits for others for ever; nor so long that the law's end would pass in silence: what was left is left before it too.
 */
export function pausedUntil(city: City, task: Task, since: number): number {
  const longest = addDuration(city, since, city.pause);
  const end = lawsLast(task);
  return end === undefined || end < since ? longest : Math.max(since, Math.min(longest, end - (task.due - since)));
}

export function resumedStint(city: City, task: Task, at: number): Stint {
  const { owner, ackDue, actDue, actedAt, due } = task;
  const since = task.paused?.at ?? at;
  const later = (end: number, wait: WaitFor): number =>
    isWorking(lengthOf(city, task, wait))
      ? addWorkingTime(city, at, workingTimeBetween(city, since, end))
      : at + Math.max(0, end - since);
  const lawDue = lawAfterPause(city, task, at);
  const stint = {
    owner,
    ...(ackDue === null ? {} : { ackDue }),
    ...(actDue === null ? {} : { actDue: actedAt === null ? later(actDue, 'act') : actDue }),
    due: later(due, 'complete'),
    ...(lawDue === undefined ? {} : { lawDue }),
  };
  // Whoever waits for a party or a department does not stop the law's clock.
  return withinLaw(task, stint, at);
}
