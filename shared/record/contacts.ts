/**
 * How a person in role may safely be reached: sealed beside the person, under the same key, and gone with them. Only channel and
 * times lie in clear, so that whoever sends need open nobody.
 */
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { type Contact, contactSchema, type SafeTimes, timesOf } from '../domain/citizen-notices.ts';
import { type FolderId, isFolderId } from '../domain/ids.ts';
import { parts } from '../domain/report.ts';
import { Unknown } from '../errors.ts';
import { keyFor } from './keeping.ts';
import type { Log } from './log.ts';
import type { People, PersonInRole } from './people.ts';
import { type Keys, seal, sealedOf, unseal } from './seal.ts';
import {
  addresseeKey,
  contactPrefix,
  handlePartition,
  holds,
  type ItemKey,
  partitionOf,
  partKey,
  personPrefix,
  type Table,
} from './table.ts';

/** Seals, and opens nobody. */
export interface Contacting extends Log {
  readonly keys: Pick<Keys, 'kms' | 'personKey' | 'affectedKey'>;
}

export type Place = Pick<PersonInRole, 'dispute' | 'report' | 'i'>;

const contactKeyOf = ({ dispute, report, i }: Place): ItemKey => ({
  pk: partitionOf(dispute),
  sk: partKey(contactPrefix, report, i),
});

async function itemAt({ name, db }: Table, key: ItemKey): Promise<Readonly<Record<string, unknown>> | undefined> {
  const { Item } = await db.send(new GetCommand({ TableName: name, Key: { ...key }, ConsistentRead: true }));
  return Item;
}

const roleSchema = z.object({ role: z.enum(parts), erasedAt: z.number().optional() });

const personAt = ({ dispute, report, i }: Place): ItemKey => ({
  pk: partitionOf(dispute),
  sk: partKey(personPrefix, report, i),
});

/** The person in role as they stand there now. @throws Unknown, where nobody is there, or not any more */
async function partAt(table: Table, place: Place): Promise<PersonInRole> {
  const item = roleSchema.safeParse(await itemAt(table, personAt(place)));
  const { dispute, report, i } = place;
  if (!item.success || item.data.erasedAt !== undefined) {
    throw new Unknown('person in role', `${report}.${i}`, `a ref that a read of ${dispute} named`);
  }
  return { dispute, report, i, part: item.data.role };
}

/**
 * The same, where several disputes are one: in whichever of the folders the report put them.
 * @param folders the first is named where nobody is there
 * @throws Unknown
 */
export async function partIn(
  table: Table,
  [first, ...more]: readonly FolderId[],
  { report, i }: Omit<Place, 'dispute'>,
): Promise<PersonInRole> {
  for (const dispute of more) {
    const found = roleSchema.safeParse(await itemAt(table, personAt({ dispute, report, i })));
    if (found.success && found.data.erasedAt === undefined) return { dispute, report, i, part: found.data.role };
  }
  if (first === undefined) throw new Unknown('person in role', `${report}.${i}`, 'where somebody is kept');
  return partAt(table, { dispute: first, report, i });
}

/** In place of the one before. @returns false where the person was erased meanwhile */
export async function keepContact(
  { table, keys }: Pick<Contacting, 'table' | 'keys'>,
  place: PersonInRole,
  contact: Contact,
): Promise<boolean> {
  const key = contactKeyOf(place);
  const sealed = await seal(keys.kms, keyFor(keys, place.part, place.dispute), `${place.dispute} ${key.sk}`, contact);
  return holds(
    table.db.send(
      new PutCommand({
        TableName: table.name,
        Item: { ...key, role: place.part, ...timesOf(contact), ...sealed },
        ConditionExpression: 'attribute_not_exists(erasedAt)',
      }),
    ),
  );
}

const timesSchema = contactSchema.pick({ channel: true, from: true, to: true });

/** The newest says whether, by what and when; undefined where nothing was ever called safe, or the person was erased. */
export async function safeTimesAt(table: Table, place: Place): Promise<SafeTimes | undefined> {
  const item = await itemAt(table, contactKeyOf(place));
  return item === undefined || item.erasedAt !== undefined ? undefined : timesSchema.parse(timesIn(item));
}

const timesIn = ({ channel, from, to }: Readonly<Record<string, unknown>>) => ({
  channel,
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
});

/** Where the profile of somebody lies, where several disputes are one. */
export async function contactIn(
  table: Table,
  [first, ...more]: readonly FolderId[],
  { report, i }: Omit<Place, 'dispute'>,
): Promise<Place | undefined> {
  for (const dispute of more)
    if (await itemAt(table, contactKeyOf({ dispute, report, i }))) return { dispute, report, i };
  return first === undefined ? undefined : { dispute: first, report, i };
}

const addresseeSchema = z.object({
  dispute: z.custom<FolderId>((value) => typeof value === 'string' && isFolderId(value)),
  report: z.string(),
  i: z.int().nonnegative(),
  until: z.number(),
});

/** For so long after a message the gateway may ask where it goes. */
const day = 86_400_000;

/** Before the message goes. It says to whom, and grants nothing. */
export async function keepAddressee(table: Table, handle: string, place: Place, now: number): Promise<void> {
  const until = now + day;
  const { dispute, report, i } = place;
  const key = { pk: handlePartition(handle), sk: addresseeKey };
  const Item = { ...key, dispute, report, i, until, expires: Math.ceil(until / 1000) };
  await table.db.send(new PutCommand({ TableName: table.name, Item }));
}

/** @throws Unknown, where no message went out under it within a day */
export async function addresseeAt(table: Table, handle: string, now: number): Promise<Place> {
  const item = addresseeSchema.safeParse(await itemAt(table, { pk: handlePartition(handle), sk: addresseeKey }));
  if (!item.success || item.data.until <= now) throw unknownHandle(handle);
  return item.data;
}

const unknownHandle = (handle: string) => new Unknown('handle', handle, 'that of a message of the last 24 hours');

export interface Reach {
  readonly channel: Exclude<Contact['channel'], 'none'>;
  readonly number: string;
}

/** Where the message goes now. @throws Unknown, where nothing is called safe any more */
export async function reachAt({ table, kms }: People, handle: string, place: Place): Promise<Reach> {
  const key = contactKeyOf(place);
  const item = await itemAt(table, key);
  if (!item || item.erasedAt !== undefined) throw unknownHandle(handle);
  const { channel, reach } = contactSchema.parse(await unseal(kms, `${place.dispute} ${key.sk}`, sealedOf(item)));
  if (channel === 'none' || reach === undefined) throw unknownHandle(handle);
  return { channel, number: reach };
}
