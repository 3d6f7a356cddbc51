/** What whoever runs the city must hear of posts and the roster: posts that nobody acts for, now or soon, and gaps. Pure. */
import { addDuration } from '../calendar/calendar.ts';
import type { City } from '../config/city.ts';
import { post as postOf, posts } from '../config/posts.ts';
import { administratorPost, holderless, isDeputised, type PostRecord, willBeHolderless } from './directory.ts';
import { type Gap, gaps, longestEver, type Shift, standing } from './roster.ts';

/** Something that is so at present; its key stays the same as long as it lasts. */
export type Finding = PostFinding | GapFinding | DeputyFinding;

export interface PostFinding {
  readonly kind: 'post-without-holder' | 'post-about-to-lose-holder';
  readonly key: string;
  readonly area: string;
  readonly post: string;
  /** From when on nobody acts for it. */
  readonly from: number;
}

export interface GapFinding extends Gap {
  readonly kind: 'roster-gap';
  readonly key: string;
  readonly area: string;
}

/** Not an alarm: the deputy hears that the post's tasks are theirs now. */
export interface DeputyFinding {
  readonly kind: 'deputised';
  readonly key: string;
  readonly area: string;
  readonly post: string;
}

export type Records = ReadonlyMap<string, PostRecord>;

const overseeing: ReadonlySet<string> = new Set(['independent-reviewer', 'administrator', 'auditor']);

/** Duties whose posts must have a holder: work comes to them by the responsibility list or by climbing, or they oversee. */
function neededDuties({ duties, responsibility }: City): Set<string> {
  const listed = responsibility.map(({ duty }) => duty);
  const own = duties.filter(({ lead, role }) => lead || overseeing.has(role)).map(({ id }) => id);
  return new Set([...listed, ...own]);
}

/** Posts that nobody acts for, now or within the time that the city wants to know ahead. */
export function unattended(
  city: City,
  records: Records,
  now: number,
): { needed: PostFinding[]; others: PostFinding[] } {
  const duties = neededDuties(city);
  const until = watchedUntil(city, now);
  const found = posts(city).flatMap((post) => unattendedPost(city, post, records.get(post), now, until));
  const isNeeded = ({ post }: PostFinding) => duties.has(postOf(city, post).duty);
  return {
    // A post that never had a holder has work only by the responsibility list.
    needed: found.filter(isNeeded),
    others: found.filter((finding) => !isNeeded(finding) && records.has(finding.post)),
  };
}

function unattendedPost(
  city: City,
  post: string,
  record: PostRecord | undefined,
  now: number,
  until: number,
): PostFinding[] {
  const { area } = postOf(city, post);
  const without = { kind: 'post-without-holder', key: `without ${post}`, area, post, from: now } as const;
  // Until it has a version the founder acts for the administrator's post.
  if (!record) return post === administratorPost(city) ? [] : [without];
  if (holderless(record, now)) return [without];
  const from = willBeHolderless(record, now);
  if (from === null || from >= until) return [];
  return [{ kind: 'post-about-to-lose-holder', key: `soon ${post} ${from}`, area, post, from }];
}

/** How far back shifts are read to know since when a gap lasts. */
export const watchedSince = (now: number): number => now - longestEver;

/** From one look to the next. */
const period = 5 * 60_000;

/** How far ahead is looked: what the city wants to know is told at the look before that time, not at the one after. */
export const watchedUntil = (city: City, now: number): number => addDuration(city, now, city.roster.ahead) + period;

/** The gaps of a county that are there or come within the time that the city wants to know ahead. */
export function gapsAhead(
  city: City,
  county: string,
  shifts: readonly Shift[],
  records: Records,
  now: number,
): GapFinding[] {
  const since = watchedSince(now);
  const all = gaps(
    city,
    county,
    standing(shifts, (post) => records.get(post)),
    since,
    watchedUntil(city, now),
  );
  return all
    .filter(({ to }) => to > now)
    .map((gap) => ({
      kind: 'roster-gap',
      // One that began before is the same at every look.
      key: `gap ${county} ${gap.from === since ? 'ever' : gap.from} ${gap.departments.join(' ')}`,
      area: county,
      ...gap,
      from: Math.max(gap.from, now),
    }));
}

/** Posts that the deputy acts for now. */
export const deputised = (city: City, records: Records, now: number): DeputyFinding[] =>
  [...records.values()]
    .filter((record) => isDeputised(record, now))
    .map(({ post }) => ({ kind: 'deputised', key: `deputised ${post}`, area: postOf(city, post).area, post }));

/** Keys of findings and when each was last raised. */
export type Raised = Readonly<Record<string, number>>;

const day = 24 * 3_600_000;

/** Raised when it is found, and an alarm every day while it lasts; what was cured is forgotten, and new when it comes back. */
export function toRaise(findings: readonly Finding[], raised: Raised, now: number): { due: Finding[]; next: Raised } {
  const isDue = ({ kind, key }: Finding) => {
    const last = raised[key];
    return last === undefined || (kind !== 'deputised' && now - last >= day);
  };
  const due = findings.filter(isDue);
  const news = new Set(due.map(({ key }) => key));
  const next = findings.map(({ key }) => [key, news.has(key) ? now : (raised[key] ?? now)] as const);
  return { due, next: Object.fromEntries(next) };
}
