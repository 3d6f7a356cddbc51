/**
 * The directory: numbered versions of each post, and the put of version n+1 if absent is the only commit. Two projections
 * follow it: the posts that name a person, and the newest versions side by side. They nominate; who acts for a post is decided
 * on its newest version, read consistently.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { City } from '../config/city.ts';
import { administratorPost, type PostRecord, type Through, through } from '../domain/directory.ts';
import { sha256 } from '../domain/ids.ts';
import { PreconditionFailed, PreconditionRequired, RecordBusy } from '../errors.ts';
import { itemsBetween } from './items.ts';
import { directoryPartition, holds, personPartition, postPartition, putNew, type Table, versionKey } from './table.ts';

export interface Directory {
  readonly table: Table;
  readonly city: City;
}

/** The versions of a post below a number, the newest first. */
export async function versionsOf(
  { table }: Directory,
  post: string,
  limit: number,
  below = 1e10,
): Promise<PostRecord[]> {
  const { Items = [] } = await table.db.send(
    new QueryCommand({
      TableName: table.name,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk and sk between :from and :to',
      ExpressionAttributeValues: { ':pk': postPartition(post), ':from': versionKey(1), ':to': versionKey(below - 1) },
      ScanIndexForward: false,
      Limit: limit,
    }),
  );
  return Items.map(({ record }) => record as PostRecord);
}

/** The version that counts; undefined where nobody was ever named. */
export const newest = async (directory: Directory, post: string): Promise<PostRecord | undefined> =>
  (await versionsOf(directory, post, 1))[0];

/** Through what the person may act for the post now; undefined where they may not. */
export async function actsFor(
  directory: Directory,
  post: string,
  person: string,
  at: number,
): Promise<Through | undefined> {
  return through(directory.city, post, await newest(directory, post), person, at);
}

export interface Acting {
  readonly post: string;
  readonly through: Through;
}

/** The posts that the person acts for now. */
export async function postsOf(directory: Directory, person: string, at: number): Promise<Acting[]> {
  const { table, city } = directory;
  const items = await itemsBetween(table, personPartition(person), 'O#', 'O#~');
  const nominated = items.map(({ sk }) => String(sk).slice(2));
  const own = person === city.identity.founder ? [administratorPost(city)] : [];
  const all = await Promise.all(
    [...new Set([...nominated, ...own])].map(async (post) => ({
      post,
      through: await actsFor(directory, post, person, at),
    })),
  );
  return all.flatMap((one) => (one.through ? [{ post: one.post, through: one.through }] : []));
}

/** The ids of those posts. */
export const postsFor = async (directory: Directory, person: string, at: number): Promise<string[]> =>
  (await postsOf(directory, person, at)).map(({ post }) => post);

/** @throws PreconditionRequired, PreconditionFailed */
export function checkSeen(seen: string | undefined, n: number, what: string): void {
  if (seen === undefined) {
    throw new PreconditionRequired(`a change of ${what} needs If-Match: the ETag that reading it gives`);
  }
  if (seen !== String(n)) {
    throw new PreconditionFailed(`${what} is at ${n}, not at ${seen}: read it again`);
  }
}

export interface PostCommand {
  readonly post: string;
  readonly key: string;
  readonly person: string;
  /** Checks the version that stands before, and makes the next. */
  readonly make: (current: PostRecord | undefined) => PostRecord | Promise<PostRecord>;
}

const tries = 8;
/** So many versions back a repeated command is known. */
const remembered = 20;

/**
 * Writes the next version; under a key that this person's command was applied with before, that version is the answer.
 * @throws RecordBusy after eight lost races, and whatever `make` refuses
 */
export async function commitVersion(directory: Directory, command: PostCommand): Promise<PostRecord> {
  const { post, key, person, make } = command;
  for (let attempt = 0; attempt < tries; attempt++) {
    const versions = await versionsOf(directory, post, remembered);
    const [current] = versions;
    const applied = versions.find((version) => version.key === key && version.by.person === person);
    if (applied && current) {
      await project(directory, current);
      return applied;
    }
    const next = await make(current);
    if (await putVersion(directory, next)) {
      await project(directory, next);
      return next;
    }
    // Taken: by another, or by our own put whose answer was lost (then the key tells). Spread by key, not by chance.
    await delay((10 * 2 ** attempt * (1 + (Number.parseInt(sha256(`${person} ${key}`).slice(0, 4), 16) % 7))) / 4);
  }
  throw new RecordBusy(`${post} is being changed by many; send the command again`);
}

async function putVersion({ table }: Directory, record: PostRecord): Promise<boolean> {
  const { post, n } = record;
  // The mark precedes the version: whoever watches may look in vain, never miss one.
  await raise(table, post, 'marked', n, {});
  return putNew(table, { pk: postPartition(post), sk: versionKey(n), record });
}

/** Raises a number of the post's item in the directory, never lowers it. */
async function raise(table: Table, post: string, name: 'marked' | 'n', n: number, more: object): Promise<void> {
  const values = Object.entries({ ...more, [name]: n });
  await holds(
    table.db.send(
      new UpdateCommand({
        TableName: table.name,
        Key: { pk: directoryPartition, sk: post },
        UpdateExpression: `set ${values.map(([key]) => `#${key} = :${key}`).join(', ')}`,
        ConditionExpression: `attribute_not_exists(#${name}) or #${name} < :${name}`,
        ExpressionAttributeNames: Object.fromEntries(values.map(([key]) => [`#${key}`, key])),
        ExpressionAttributeValues: Object.fromEntries(values.map(([key, value]) => [`:${key}`, value])),
      }),
    ),
  );
}

/** What follows a version, done any number of times: whom it names is found, and it stands in the directory. */
export async function project({ table }: Directory, record: PostRecord): Promise<void> {
  const { post, n, holders, deputy } = record;
  const people = new Set([...holders, ...(deputy ? [deputy] : [])].map(({ person }) => person));
  await Promise.all(
    [...people].map((person) =>
      table.db.send(
        new PutCommand({ TableName: table.name, Item: { pk: personPartition(person), sk: postPartition(post) } }),
      ),
    ),
  );
  // Last: while it lags, the mark tells that people may be missing too.
  await raise(table, post, 'n', n, { record });
}

/** A post as the directory has it: it may lag, and then says so. */
export interface DirectoryLine {
  readonly post: string;
  readonly record: PostRecord | undefined;
  readonly lags: boolean;
}

/** The posts that have a version or soon will, by id: ids begin with a digit. */
export async function linesOf({ table }: Directory, from = '0', to = ':'): Promise<DirectoryLine[]> {
  const items = await itemsBetween(table, directoryPartition, from, to);
  return items.map(({ sk, record, marked, n }) => ({
    post: String(sk),
    record: record as PostRecord | undefined,
    lags: Number(marked ?? 0) > Number(n ?? 0),
  }));
}
