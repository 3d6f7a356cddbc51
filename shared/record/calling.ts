/** Who is on duty for a post: read when somebody is to be called, or when a message may break into the night. */
import { ancestors, post as postOf } from '../config/posts.ts';
import { actingPeople } from '../domain/directory.ts';
import { type Call, callList, nextCall } from '../domain/paging.ts';
import { dutyPost, isForDuty } from '../domain/review-days.ts';
import { onDuty } from '../domain/roster.ts';
import type { State } from '../domain/state.ts';
import { type Directory, newest } from './directory.ts';
import { shiftsOf, standingOf } from './roster.ts';

/** Who may be called for the task, in order; nobody where no call is due. */
export async function callsFor(directory: Directory, state: State, no: string, at: number): Promise<Call[]> {
  const { city } = directory;
  const task = state.tasks[no];
  if (!task || (nextCall(city, task) ?? Number.POSITIVE_INFINITY) > at) return [];
  const { area, department } = postOf(city, task.owner);
  const areas = [area, ...ancestors(city, area).map(({ code }) => code)];
  const planned = (await Promise.all(areas.map((one) => shiftsOf(directory, one, at, at + 1)))).flat();
  const near = planned.filter(({ post }) => postOf(city, post).department === department);
  const [shifts, record] = await Promise.all([standingOf(directory, near), newest(directory, task.owner)]);
  const acting = record ? actingPeople(record, at) : [];
  // Who decided first decides nothing again.
  const first = state.subject === 'case' && task.kind === 'second' ? state.level?.awaits?.person : undefined;
  return callList(city, task.owner, { shifts, acting }, at, first);
}

/** The post on duty to which a review goes that begins on a day off; undefined where it stays with whoever is accountable. */
export async function dutyFor(directory: Directory, state: State, no: string, at: number): Promise<string | undefined> {
  const { city } = directory;
  const task = state.tasks[no];
  if (!task || !isForDuty(task, at)) return undefined;
  const areas = [state.area, ...ancestors(city, state.area).map(({ code }) => code)];
  const planned = (await Promise.all(areas.map((one) => shiftsOf(directory, one, at, at + 1)))).flat();
  return dutyPost(city, state, task, await standingOf(directory, planned), at);
}

/** Somebody is on duty for the post itself at this instant. */
export async function isServed(directory: Directory, post: string, at: number): Promise<boolean> {
  const shifts = await shiftsOf(directory, postOf(directory.city, post).area, at, at + 1);
  const own = shifts.filter((shift) => shift.post === post);
  return onDuty(await standingOf(directory, own), at).length > 0;
}
