/**
 * When a level is reviewed next, and by whom: by its own rhythm, in the morning of the day; in any case once before the level ends by
 * itself. A red level is reviewed every calendar day, on days off by the post on duty. Pure.
 */
import { addDuration, isDayOff, startOfDay, timeOfDay } from '../calendar/calendar.ts';
import type { City } from '../config/city.ts';
import type { Duration } from '../config/duration.ts';
import { covers, post as postOf } from '../config/posts.ts';
import { mayHelp } from './help.ts';
import { windows } from './ladder.ts';
import { onDuty, type Shift } from './roster.ts';
import type { LevelState, State, Task } from './state.ts';
import { purposeFor } from './who-may/purposes.ts';
import type { Level } from './words.ts';

const day = 86_400_000;

/** Of days: in the morning of the last one, and never later than they last. */
function after(city: City, from: number, length: Duration): number {
  const end = addDuration(city, from, length);
  if (length.unit !== 'days') return end;
  return Math.min(end, startOfDay(end) + timeOfDay(city.calendar.officeHours.from));
}

/** @param reviewedAt when it was last reviewed; null: not yet since it stands */
export function nextReview(city: City, { colour, since, lapses }: LevelState, reviewedAt: number | null): number {
  const rhythm = after(city, reviewedAt ?? since, city.levels[colour].review);
  const last = lastBefore(city, colour, lapses);
  const held = reviewedAt !== null && reviewedAt >= last;
  return held ? rhythm : Math.min(rhythm, last);
}

/** So long before the end that it can be held in time, also where a holiday lies between. */
function lastBefore(city: City, colour: Level, end: number): number {
  const due = (from: number): number => windows(city, 'review', colour, from).due;
  let last = 2 * end - due(end);
  while (due(last) > end) last -= day;
  return last;
}

/** It begins on a day on which whoever is accountable may not be there. */
export const isForDuty = ({ kind, level, begun, from }: Task, at: number): boolean =>
  kind === 'review' && level === 'red' && !begun && from <= at && isDayOff(from);

/** The post on duty to which it is offered; undefined where whoever is accountable is on duty, or nobody is. */
export function dutyPost(city: City, { area }: State, { owner }: Task, shifts: readonly Shift[], at: number) {
  const there = [...new Set(onDuty(shifts, at).map(({ post }) => post))];
  if (there.includes(owner)) return undefined;
  const { department } = postOf(city, owner);
  const rank = (id: string): number => {
    const one = postOf(city, id);
    return one.department === department ? 0 : mayHelp(one.role) ? 1 : 2;
  };
  return there
    .filter((id) => covers(city, id, area) && purposeFor(postOf(city, id).role) === 'handling')
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))[0];
}
