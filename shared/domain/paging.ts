/**
 * Calling people on duty where a level is red or danger may be at this moment: so many calls to each, one after the other, until
 * somebody says “I have it”; then the ladder goes on. Pure.
 */
import { addDuration } from '../calendar/calendar.ts';
import type { City } from '../config/city.ts';
import { covers, isWithin, post as postOf } from '../config/posts.ts';
import type { Content } from './actions.ts';
import { isQuiet } from './quiet.ts';
import { onDuty, type Shift } from './roster.ts';
import type { Task } from './state.ts';
import type { DutyChannel, TaskKind } from './words.ts';

const kinds: ReadonlySet<TaskKind> = new Set([
  'decide',
  'second',
  'protect',
  'protective-contact',
  'verify',
  'lapse-review',
]);

export const isUrgent = ({ level, urgency }: Pick<Task, 'level' | 'urgency'>): boolean =>
  level === 'red' || urgency === 'now';

const isCalling = (task: Task): boolean =>
  task.begun && task.acknowledgedAt === null && kinds.has(task.kind) && isUrgent(task);

/** From the newest call to the next. */
const after = (city: City, { pages, since }: Task): number => {
  const newest = pages.at(-1);
  return newest ? addDuration(city, newest.at, city.paging.every) : since;
};

/** When somebody is called next; undefined where nobody is. */
export function nextCall(city: City, task: Task): number | undefined {
  if (!isCalling(task) || task.pages.at(-1)?.last) return undefined;
  const at = after(city, task);
  return at < task.due ? at : undefined;
}

/** The roster is called through before the task climbs, unless its time is up. */
export const calledUntil = (city: City, task: Task): number =>
  isCalling(task) ? Math.min(after(city, task), task.due) : task.since;

export interface Call {
  readonly person: string;
  readonly channel: DutyChannel;
}

/** Who serves around a post: shifts of its own area and of those above, and who acts for it. */
export interface Serving {
  readonly shifts: readonly Shift[];
  readonly acting: readonly string[];
}

/**
 * Who is called for a post, in order: its own people on duty, then those of its department in its area and above. Where nobody is
 * on duty, whoever acts for it, but not at night.
 * @param except whoever decided first decides nothing again
 */
export function callList(
  city: City,
  post: string,
  { shifts, acting }: Serving,
  at: number,
  except: string | undefined,
): Call[] {
  const { area, department } = postOf(city, post);
  const near = (one: Shift, other: Shift) => {
    const [a, b] = [postOf(city, one.post).area, postOf(city, other.post).area];
    return a === b ? 0 : isWithin(city, a, b) ? -1 : 1;
  };
  const now = onDuty(shifts, at);
  const own = now.filter((shift) => shift.post === post);
  const others = now
    .filter((shift) => shift.post !== post && postOf(city, shift.post).department === department)
    .filter((shift) => covers(city, shift.post, area))
    .sort(near);
  const calls = new Map<string, Call>();
  for (const { person, channel } of [...own, ...others]) if (!calls.has(person)) calls.set(person, { person, channel });
  if (calls.size === 0 && !isQuiet(city, at))
    for (const person of acting) calls.set(person, { person, channel: 'voice' });
  if (except !== undefined) calls.delete(except);
  return [...calls.values()];
}

/** The next call: to the first in the list who was not called often enough. */
export function called(city: City, { no, pages }: Task, list: readonly Call[]): Content {
  const left = ({ person }: Call) => city.paging.calls - pages.filter((page) => page.person === person).length;
  const waiting = list.filter((call) => left(call) > 0);
  const [next, ...others] = waiting;
  const call = { kind: 'paged', task: no, round: pages.length + 1 } as const;
  if (!next) return { ...call, person: null, last: true };
  const last = others.length === 0 && left(next) === 1;
  return { ...call, person: next.person, channel: next.channel, ...(last ? { last } : {}) };
}
