/**
 * Working time of a city. Everything is epoch milliseconds in Asia/Shanghai, which has been +08:00 without a change since 1991:
 * the machine's own time zone never counts. Working days with their make-up days (调休) come from the official notices in
 * `chinese-days`; a year that it does not know yet counts Monday to Friday. Its data are used and not its functions: those read
 * dates in the machine's zone and are a day off in the Americas.
 *
 * Counting (Civil Code 201, 203): minutes, hours and days run from the moment and never roll later. Of working days the first
 * is not counted and the last ends when the office closes.
 */
import notices from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import type { Duration } from '../config/duration.ts';

export interface WithCalendar {
  readonly calendar: { readonly officeHours: { readonly from: string; readonly to: string } };
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const offset = 8 * hour;

/** Days since 1970-01-01 in Shanghai. */
const dayOf = (at: number): number => Math.floor((at + offset) / day);
const startOf = (dayNumber: number): number => dayNumber * day - offset;
const dateOf = (dayNumber: number): string => new Date(dayNumber * day).toISOString().slice(0, 10);

/** "08:30" as milliseconds after midnight. */
export function timeOfDay(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return hours * hour + minutes * minute;
}

const holidays = new Set(Object.keys(notices.holidays));
const makeUpDays = new Set(Object.keys(notices.workdays));

function isWorkingDayNumber(dayNumber: number): boolean {
  const date = dateOf(dayNumber);
  if (makeUpDays.has(date)) return true;
  // Day 0 was a Thursday; 0 is Sunday and 6 Saturday.
  const weekday = (dayNumber + 4) % 7;
  return weekday !== 0 && weekday !== 6 && !holidays.has(date);
}

/** An instant as it is written: ISO 8601 in UTC. */
export const iso = (at: number): string => new Date(at).toISOString();

/** The date in Shanghai at an instant, YYYY-MM-DD. */
export const localDate = (at: number): string => dateOf(dayOf(at));

/** The instant at which the day in Shanghai began. */
export const startOfDay = (at: number): number => startOf(dayOf(at));

/** The day in Shanghai at an instant is no working day. */
export const isDayOff = (at: number): boolean => !isWorkingDayNumber(dayOf(at));

function nextWorkingDay(dayNumber: number): number {
  let next = dayNumber + 1;
  while (!isWorkingDayNumber(next)) next += 1;
  return next;
}

/** The instant at which a duration that begins at `from` (epoch ms or ISO 8601 with offset) is over. */
export function addDuration({ calendar }: WithCalendar, from: number | string, { unit, count }: Duration): number {
  const start = typeof from === 'string' ? Date.parse(from) : from;
  switch (unit) {
    case 'minutes':
      return start + count * minute;
    case 'hours':
      return start + count * hour;
    case 'days':
      return start + count * day;
    case 'months':
      return monthsLater(start, count);
    case 'working hours':
      return addWorkingTime({ calendar }, start, count * hour);
    case 'working days': {
      let last = dayOf(start);
      for (let i = 0; i < count; i += 1) last = nextWorkingDay(last);
      return startOf(last) + timeOfDay(calendar.officeHours.to);
    }
  }
}

/** The same day of a later month, or its last day where it is shorter; at the same time of day. */
function monthsLater(start: number, count: number): number {
  const date = new Date(start + offset);
  const first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + count, 1);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + count + 1, 0)).getUTCDate();
  const sinceMidnight = (((start + offset) % day) + day) % day;
  return first + (Math.min(date.getUTCDate(), lastDay) - 1) * day + sinceMidnight - offset;
}

/** The instant at which so much time (milliseconds) has passed with the offices open. */
export function addWorkingTime({ calendar }: WithCalendar, from: number, time: number): number {
  const closes = timeOfDay(calendar.officeHours.to);
  let at = intoOfficeHours({ calendar }, from);
  for (let left = time; ; ) {
    const end = startOf(dayOf(at)) + closes;
    if (left <= end - at) return at + left;
    left -= end - at;
    at = intoOfficeHours({ calendar }, end);
  }
}

/** How much of the time (milliseconds) from one instant to another the offices are open; 0 where the other is not later. */
export function workingTimeBetween({ calendar }: WithCalendar, from: number, to: number): number {
  const opens = timeOfDay(calendar.officeHours.from);
  const closes = timeOfDay(calendar.officeHours.to);
  let time = 0;
  for (let today = dayOf(from); startOf(today) < to; today += 1) {
    if (!isWorkingDayNumber(today)) continue;
    const start = Math.max(from, startOf(today) + opens);
    time += Math.max(0, Math.min(to, startOf(today) + closes) - start);
  }
  return time;
}

/**
 * Of a clock of administrative law whose last day is no working day: the next one, at the same time of day (Civil Code 203).
 * Protective clocks and the city's presets never roll.
 */
export function rolled(at: number): number {
  const last = dayOf(at);
  return isWorkingDayNumber(last) ? at : at + (nextWorkingDay(last) - last) * day;
}

/** The instant itself when the offices are open, else the next time they open. */
export function intoOfficeHours({ calendar }: WithCalendar, at: number): number {
  const today = dayOf(at);
  const sinceMidnight = at - startOf(today);
  const opens = timeOfDay(calendar.officeHours.from);
  if (isWorkingDayNumber(today)) {
    if (sinceMidnight < opens) return startOf(today) + opens;
    if (sinceMidnight < timeOfDay(calendar.officeHours.to)) return at;
  }
  return startOf(nextWorkingDay(today)) + opens;
}
