/** The duty roster: who is on duty for a post, when, and how they are reached; and where a county has too few. Pure. */
import { addDuration, iso } from '../calendar/calendar.ts';
import type { City } from '../config/city.ts';
import { post as postOf } from '../config/posts.ts';
import { type Fault, InputInvalid } from '../errors.ts';
import { type PostRecord, servingTimes } from './directory.ts';
import { shortHash } from './ids.ts';
import { isIn, type Stretch, turns } from './spans.ts';
import type { DutyChannel } from './words.ts';

/** One turn of duty. It is version 1, and 2 when it was withdrawn. */
export interface Shift extends Stretch {
  readonly id: string;
  readonly post: string;
  readonly person: string;
  readonly channel: DutyChannel;
  readonly made: { readonly at: number; readonly by: By; readonly key: string };
  readonly withdrawn: { readonly at: number; readonly by: By; readonly reason: string; readonly key: string } | null;
}

type By = PostRecord['by'];

export type Planned = Pick<Shift, 'post' | 'person' | 'channel' | 'from' | 'to'>;

/** A time at which too few departments are on duty, and which are. */
export interface Gap extends Stretch {
  readonly departments: readonly string[];
}

const day = 24 * 3_600_000;

/** No city may plan longer ones; what was planned before it tightened its own limit still counts. */
export const longestEver = 7 * day;

/** The id of a shift says where it lies: area, beginning, and a hash of who asked for it under which key. */
export const shiftId = (area: string, { from }: Planned, person: string, key: string): string =>
  `${area}.${from}.${shortHash(`shift ${person} ${key}`)}`;

export function splitShiftId(id: string): { area: string; from: number } | undefined {
  const [, area, from] = /^(\d{6,15})\.(\d{1,14})\.[0-9a-z]{12}$/.exec(id) ?? [];
  return area === undefined ? undefined : { area, from: Number(from) };
}

export const versionOf = ({ withdrawn }: Shift): 1 | 2 => (withdrawn ? 2 : 1);

/** Whoever is planned serves the post all the time, and the time is such as the city allows. @throws InputInvalid */
export function checkPlanned(city: City, record: PostRecord | undefined, planned: Planned, now: number): void {
  const { post, person, from, to } = planned;
  const faults: Fault[] = [];
  const fault = (path: string, value: unknown, allowed: string) => faults.push({ path, value, allowed });
  const longest = addDuration(city, from, city.roster.longestShift);
  const { count, unit } = city.roster.longestShift;
  if (to <= from) fault('to', iso(to), `later than ${iso(from)}`);
  else if (to > longest) fault('to', iso(to), `at most ${count} ${unit} after ${iso(from)}`);
  else {
    const [serving] = record ? servingTimes(record, person, from, to) : [];
    if (serving?.from !== from || serving.to !== to) {
      fault('person', person, `somebody who holds ${post} or is its deputy during the whole shift and is not absent`);
    }
  }
  if (from < now - day) fault('from', iso(from), 'not more than a day ago');
  if (faults.length > 0) throw new InputInvalid(faults);
}

/**
 * What of the shifts stands: not withdrawn, and only while their people serve the post. An absence, or the end of a holding,
 * opens a gap by itself.
 */
export const standing = (shifts: readonly Shift[], recordOf: (post: string) => PostRecord | undefined): Shift[] =>
  shifts
    .filter(({ withdrawn }) => withdrawn === null)
    .flatMap((shift) => {
      const record = recordOf(shift.post);
      const times = record ? servingTimes(record, shift.person, shift.from, shift.to) : [];
      return times.map(({ from, to }) => ({ ...shift, from, to }));
    });

export const onDuty = (shifts: readonly Shift[], at: number): Shift[] => shifts.filter((shift) => isIn(at, shift));

/** The departments of the county's own posts that are on duty at an instant, in order. @throws Unknown */
export function departmentsOnDuty(city: City, county: string, shifts: readonly Shift[], at: number): string[] {
  const posts = onDuty(shifts, at).map(({ post }) => postOf(city, post));
  return [...new Set(posts.filter(({ area }) => area === county).map(({ department }) => department))].sort();
}

/** Where fewer departments than the city wants are on duty: red needs two at every hour. @throws Unknown */
export function gaps(city: City, county: string, shifts: readonly Shift[], from: number, to: number): Gap[] {
  const marks = turns(shifts, from).filter((at) => at < to);
  return marks
    .map((at, i): Gap => {
      const departments = departmentsOnDuty(city, county, shifts, at);
      return { from: at, to: marks[i + 1] ?? to, departments };
    })
    .filter(({ departments }) => departments.length < city.roster.departments)
    .reduce<Gap[]>(joined, []);
}

function joined(before: readonly Gap[], gap: Gap): Gap[] {
  const last = before.at(-1);
  const goesOn = last?.to === gap.from && last.departments.join() === gap.departments.join();
  return goesOn ? [...before.slice(0, -1), { ...last, to: gap.to }] : [...before, gap];
}
