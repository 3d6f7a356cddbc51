/** What goes on when a level rises: its clocks become the new level's where these are shorter, never longer. Pure. */
import type { City } from '../config/city.ts';
import type { Tightened } from './actions.ts';
import { awaitsAcknowledgement, joiningFor } from './joint.ts';
import { windows } from './ladder.ts';
import { type CaseState, openTasks, type Task } from './state.ts';
import { isLawsOwn } from './statutory.ts';
import type { Level, TaskKind } from './words.ts';

/** Asked for anew at the new level. */
export const anewAtLevel: ReadonlySet<TaskKind> = new Set([
  'review',
  'renew',
  'renewal-review',
  'second',
  'decide',
  'protective-contact',
  'plan',
  'resolve',
]);

/** By task number; nothing where no level stands or it stays. */
export function tightened(
  city: City,
  state: CaseState,
  level: Level | null,
  at: number,
): { readonly tightened?: Readonly<Record<string, Tightened>> } {
  if (level === null || state.level === null || state.level.colour === level) return {};
  const sooner = openTasks(state).flatMap((task): [string, Tightened][] => {
    const clocks = soonerFor(city, state, task, level, at);
    return clocks ? [[task.no, clocks]] : [];
  });
  return sooner.length > 0 ? { tightened: Object.fromEntries(sooner) } : {};
}

function soonerFor(city: City, { area }: CaseState, task: Task, level: Level, at: number): Tightened | undefined {
  const { kind, measure, owner } = task;
  // No level's clocks are those of the law, of what never knew one, nor of what ends by itself.
  if (task.level === null || task.ends !== null || anewAtLevel.has(kind) || isLawsOwn(task)) return undefined;
  // While its clocks stand still it has the new time from then on, and goes on with that.
  const own = windows(city, kind, level, Math.max(task.paused?.at ?? at, task.from), task.urgency);
  const { ackDue = own.due, actDue = own.due, due } = own;
  const sooner = {
    ...(task.ackDue !== null && awaitsAcknowledgement(task) && ackDue < task.ackDue ? { ackDue } : {}),
    ...(task.actDue !== null && task.actedAt === null && actDue < task.actDue ? { actDue } : {}),
  };
  if (due >= task.due && Object.keys(sooner).length === 0) return undefined;
  const joining =
    task.joining === null && joiningFor(city, { kind, level, owner, area, ...(measure ? { measure } : {}) });
  // Whoever goes along from now on has a time of their own to say so, also where the owner has said so long ago.
  const anew = joining && !awaitsAcknowledgement(task) ? { ackDue } : {};
  return { ...sooner, ...anew, due: Math.min(due, task.due), ...(joining ? { joining } : {}) };
}
