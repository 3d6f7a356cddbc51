/** The duty roster: a shift is put once and may be withdrawn once; shifts of the posts of an area lie together, by beginning. */
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { post as postOf } from '../config/posts.ts';
import type { PostRecord } from '../domain/directory.ts';
import {
  checkPlanned,
  longestEver,
  onDuty,
  type Planned,
  type Shift,
  shiftId,
  splitShiftId,
  standing,
  versionOf,
} from '../domain/roster.ts';
import { ConflictOfInterest, PreconditionFailed, Unknown } from '../errors.ts';
import { checkSeen, type Directory, newest } from './directory.ts';
import { itemsBetween } from './items.ts';
import { holds, putNew, rosterPartition, type Table } from './table.ts';

/** Who commands, under which key. */
export interface Commanding {
  readonly by: PostRecord['by'];
  readonly key: string;
  readonly now: number;
}

const startKey = (from: number): string => new Date(from).toISOString();
const sortKey = ({ from, id }: { from: number; id: string }): string => `${startKey(from)}#${id}`;

/** Shifts of the posts of an area that reach into a time, as they were planned, the withdrawn ones too. */
export async function shiftsOf({ table }: Directory, area: string, from: number, to: number): Promise<Shift[]> {
  const items = await itemsBetween(table, rosterPartition(area), startKey(from - longestEver), startKey(to));
  return items.map(({ shift }) => shift as Shift).filter((shift) => shift.to > from && shift.from < to);
}

/** Of these shifts what stands, by the newest versions of their posts. */
export async function standingOf(directory: Directory, shifts: readonly Shift[]): Promise<Shift[]> {
  const posts = [...new Set(shifts.map(({ post }) => post))];
  const records = new Map(await Promise.all(posts.map(async (post) => [post, await newest(directory, post)] as const)));
  return standing(shifts, (post) => records.get(post));
}

/** The person is on the roster for the post at this instant. */
export async function isOnDuty(directory: Directory, person: string, post: string, at: number): Promise<boolean> {
  const { area } = postOf(directory.city, post);
  const shifts = await shiftsOf(directory, area, at, at + 1);
  const own = shifts.filter((shift) => shift.post === post && shift.person === person);
  return onDuty(await standingOf(directory, own), at).length > 0;
}

const find = async (table: Table, id: string): Promise<Shift | undefined> => {
  const place = splitShiftId(id);
  if (!place) return undefined;
  const Key = { pk: rosterPartition(place.area), sk: sortKey({ from: place.from, id }) };
  const { Item } = await table.db.send(new GetCommand({ TableName: table.name, Key, ConsistentRead: true }));
  return Item?.shift as Shift | undefined;
};

/** @throws Unknown */
export async function shiftBy({ table }: Directory, id: string): Promise<Shift> {
  const shift = await find(table, id);
  if (!shift) throw new Unknown('shift', id, 'the id of a shift, as the roster shows it, is allowed');
  return shift;
}

/** Being on duty opens addresses and danger notes: one’s own shift is planned at least so long ahead. */
const ahead = 3_600_000;

/** Puts a shift on the roster; the same command again finds it there. @throws Unknown, InputInvalid */
export async function putShift(directory: Directory, planned: Planned, { by, key, now }: Commanding): Promise<Shift> {
  const { table, city } = directory;
  const { area, id: post } = postOf(city, planned.post);
  const id = shiftId(area, planned, by.person, key);
  const before = await find(table, id);
  if (before) return before;
  if (planned.person === by.person && planned.from < now + ahead) {
    throw new ConflictOfInterest('nobody puts themselves on duty from one hour to the next: let somebody else plan it');
  }
  checkPlanned(city, await newest(directory, post), planned, now);
  const { person, channel, from, to } = planned;
  const shift: Shift = { id, post, person, channel, from, to, made: { at: now, by, key }, withdrawn: null };
  await putNew(table, { pk: rosterPartition(area), sk: sortKey(shift), version: 1, shift });
  // Whether this put made it or the same command just before: what stands there is the answer.
  return shiftBy(directory, id);
}

/** Takes a shift back. @throws Unknown, PreconditionRequired, PreconditionFailed */
export async function withdraw(
  directory: Directory,
  id: string,
  { reason, seen, by, key, now }: Commanding & { readonly reason: string; readonly seen: string | undefined },
): Promise<Shift> {
  const { table } = directory;
  const shift = await shiftBy(directory, id);
  const isOurs = ({ withdrawn }: Shift) => withdrawn?.key === key && withdrawn.by.person === by.person;
  if (isOurs(shift)) return shift;
  checkSeen(seen, versionOf(shift), `shift ${id}`);
  if (shift.withdrawn) throw new PreconditionFailed(`shift ${id} was withdrawn already`);
  const next: Shift = { ...shift, withdrawn: { at: now, by, reason, key } };
  const update = new UpdateCommand({
    TableName: table.name,
    Key: { pk: rosterPartition(id.split('.')[0] ?? ''), sk: sortKey(shift) },
    UpdateExpression: 'set #version = :two, #shift = :next',
    ConditionExpression: '#version = :one',
    ExpressionAttributeNames: { '#version': 'version', '#shift': 'shift' },
    ExpressionAttributeValues: { ':one': 1, ':two': 2, ':next': next },
  });
  if (await holds(table.db.send(update))) return next;
  const stands = await shiftBy(directory, id);
  if (isOurs(stands)) return stands;
  throw new PreconditionFailed(`shift ${id} was withdrawn meanwhile: read the roster again`);
}
