/** Joint tasks: one post is accountable, a second takes part; both acknowledge, only the first answers. Pure. */
import { addDuration } from '../calendar/calendar.ts';
import type { City } from '../config/city.ts';
import { leadAbove, nearestOf, post } from '../config/posts.ts';
import type { Content } from './actions.ts';
import { lengthOf } from './lengths.ts';
import type { Task } from './state.ts';
import type { Level, MeasureKind, TaskKind } from './words.ts';

interface Visit {
  readonly kind: TaskKind;
  readonly measure?: MeasureKind | undefined;
  readonly level: Level | null;
  readonly owner: string;
  readonly area: string;
}

/** The first contact at red, the contact before any level, and the visit that is joint by its name. */
const isJoint = ({ kind, measure, level }: Visit): boolean =>
  kind === 'protective-contact' || (kind === 'protect' && level === 'red') || measure === 'joint-visit';

/** Grid officer and community police go together. Where the place is wider than a grid there is no grid officer to go along. */
export function joiningFor(city: City, visit: Visit): string | undefined {
  if (!isJoint(visit)) return undefined;
  const other = post(city, visit.owner).role === 'community-police' ? 'grid-officer' : 'community-police';
  return nearestOf(city, other, visit.area);
}

/** Posts that have not acknowledged yet, the accountable one first. */
export const unacknowledgedBy = ({ owner, acknowledgedAt, joining, joinedAt }: Task): string[] => [
  ...(acknowledgedAt === null ? [owner] : []),
  ...(joining !== null && joinedAt === null ? [joining] : []),
];

export const awaitsAcknowledgement = (task: Task): boolean => task.ackDue !== null && unacknowledgedBy(task).length > 0;

/** Who is to be reminded: whoever has not acknowledged, afterwards the accountable post. */
export function awaited(task: Task): readonly string[] {
  const silent = task.ackDue === null ? [] : unacknowledgedBy(task);
  return silent.length > 0 ? silent : [task.owner];
}

/**
 * The joining post alone is silent: the lead above it takes part instead, as long as there is one and time is left; else the
 * accountable post goes alone. What that post has to do is not put off.
 */
export function joiningClimbed(city: City, task: Task, at: number): Content {
  const above = task.joining === null ? undefined : leadAbove(city, task.joining);
  const wait = lengthOf(city, task, 'acknowledge');
  const ackDue = wait && addDuration(city, at, wait);
  const on = { kind: 'joiningClimbed', task: task.no } as const;
  return above === undefined || above === task.owner || ackDue === undefined || ackDue >= task.due
    ? { ...on, joining: null }
    : { ...on, joining: above, ackDue };
}
