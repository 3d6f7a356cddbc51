/**
 * Own data that somebody asks to have corrected: sealed as it shall stand when it is asked for, and put in place when it is granted,
 * without anybody opening it. It lies among the notes, and goes with them.
 */
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { isReferralId } from '../domain/ids.ts';
import type { Person } from '../domain/report.ts';
import type { OwnData } from '../domain/rights.ts';
import { identityOf } from '../domain/routing.ts';
import { Unknown } from '../errors.ts';
import type { Place } from './contacts.ts';
import { forget, keyFor } from './keeping.ts';
import { type PersonInRole, partyHashes } from './people.ts';
import { type Keys, keyedHash, type Sealed, seal, sealedOf } from './seal.ts';
import {
  addressPrefix,
  type ItemKey,
  matterKey,
  noteKey,
  partitionOf,
  partKey,
  personPrefix,
  pointerPartition,
  putNew,
  reportKey,
  type Table,
} from './table.ts';

export interface Correcting {
  readonly table: Table;
  readonly keys: Keys;
}

/** Under which pointer a log is found by one identity alone. */
type FoundBy = 'CASE' | 'REFERRAL';

const keysOf = ({ dispute, report, i }: Place) => {
  const pk = partitionOf(dispute);
  return {
    person: { pk, sk: partKey(personPrefix, report, i) },
    address: { pk, sk: partKey(addressPrefix, report, i) },
  };
};
const proposedKey = ({ dispute }: Place, note: string, what: 'own' | 'address'): ItemKey => ({
  pk: partitionOf(dispute),
  sk: noteKey(`${note}-${what}`),
});

/** @param note the note of the request: what is proposed lies beside it */
export async function keepProposed(
  { table, keys }: Correcting,
  place: PersonInRole,
  note: string,
  { address, ...rest }: OwnData,
): Promise<void> {
  const person: Person = { role: place.part, ...rest };
  const at = keysOf(place);
  const sealed = (key: ItemKey, content: unknown): Promise<Sealed> =>
    seal(keys.kms, keyFor(keys, place.part, place.dispute), `${place.dispute} ${key.sk}`, content);
  const identity = identityOf(person);
  const found = (kind: FoundBy) =>
    identity === undefined ? undefined : keyedHash(keys, `${kind.toLowerCase()} ${identity}`);
  await putNew(table, {
    ...proposedKey(place, note, 'own'),
    parties: await partyHashes(keys, rest),
    pointers: { CASE: await found('CASE'), REFERRAL: await found('REFERRAL') },
    ...(await sealed(at.person, person)),
  });
  if (address !== undefined) {
    await putNew(table, { ...proposedKey(place, note, 'address'), ...(await sealed(at.address, address)) });
  }
}

const personSchema = z.object({
  role: z.string(),
  erasedAt: z.number().optional(),
  parties: z.array(z.string()).default([]),
  pointers: z.array(z.object({ pk: z.string(), sk: z.string() })).default([]),
});
const proposedSchema = z.object({ parties: z.array(z.string()), pointers: z.record(z.string(), z.string()) });

async function itemAt({ name, db }: Table, key: ItemKey): Promise<Readonly<Record<string, unknown>> | undefined> {
  const { Item } = await db.send(new GetCommand({ TableName: name, Key: { ...key }, ConsistentRead: true }));
  return Item;
}

/** What stands there, and what was proposed; undefined where the person, or what was proposed, was erased. */
async function replaceable(table: Table, place: Place, note: string) {
  const at = keysOf(place);
  const [there, own] = await Promise.all([itemAt(table, at.person), itemAt(table, proposedKey(place, note, 'own'))]);
  const before = personSchema.safeParse(there);
  if (!before.success || before.data.erasedAt !== undefined || own?.sealed === undefined) return undefined;
  return { at, before: before.data, own };
}

/** @throws Unknown where there is nothing to put, or nobody to put it in place of */
export async function checkReplaceable(table: Table, place: Place, note: string): Promise<void> {
  if (await replaceable(table, place, note)) return;
  throw new Unknown('person in role', `${place.report}.${place.i}`, 'one who was not erased');
}

/**
 * In place of what stood there. What leads to the person goes before what it was made of, so that it can be repeated from any point.
 * @returns false where the person, or what was proposed, was erased meanwhile
 */
export async function putInPlace(table: Table, place: Place, note: string): Promise<boolean> {
  const { dispute, report, i } = place;
  const found = await replaceable(table, place, note);
  if (!found) return false;
  const { at, before, own } = found;
  const address = await itemAt(table, proposedKey(place, note, 'address'));
  const { role, parties, pointers } = before;
  const after = proposedSchema.parse(own);
  const caseId = await caseOf(table, report);
  const matterOf = (party: string): ItemKey => ({ pk: pointerPartition(party), sk: matterKey(dispute, report, i) });
  const matter = { part: role, ...(caseId === undefined ? {} : { case: caseId }) };
  for (const party of after.parties) await putNew(table, { ...matterOf(party), ...matter });
  const isNew = parties[0] !== after.parties[0];
  const moved = isNew ? await movePointers(table, pointers, after.pointers, { dispute, caseId }) : pointers;
  const gone = parties.filter((party) => !after.parties.includes(party)).map(matterOf);
  await forget(table, [...gone, ...pointers.filter(({ pk }) => !moved.some((one) => one.pk === pk))]);
  if (address) await replace(table, at.address, { role, ...sealedOf(address) });
  await replace(table, at.person, { role, parties: after.parties, pointers: moved, ...sealedOf(own) });
  return true;
}

/** The log is found by the new identity, and by the old one not any more. What was found by both sides begins anew. */
async function movePointers(
  table: Table,
  pointers: readonly ItemKey[],
  hashes: Readonly<Record<string, string>>,
  { dispute, caseId }: { readonly dispute: Place['dispute']; readonly caseId: string | undefined },
): Promise<ItemKey[]> {
  const moved: ItemKey[] = [];
  for (const { sk } of pointers) {
    const hash = hashes[sk];
    const log = sk === 'CASE' ? caseId : isReferralId(dispute) ? dispute : undefined;
    if (!hash || log === undefined) continue;
    const key = { pk: pointerPartition(hash), sk };
    await putNew(table, { ...key, log });
    moved.push(key);
  }
  return moved;
}

/** The case that a report opened or joined. */
async function caseOf(table: Table, report: string): Promise<string | undefined> {
  const item = await itemAt(table, reportKey(report));
  return typeof item?.case === 'string' ? item.case : undefined;
}

async function replace(
  { name, db }: Table,
  { pk, sk }: ItemKey,
  fields: Readonly<Record<string, unknown>>,
): Promise<void> {
  const names = Object.keys(fields);
  await db.send(
    new UpdateCommand({
      TableName: name,
      Key: { pk, sk },
      UpdateExpression: `set ${names.map((one) => `#${one} = :${one}`).join(', ')}`,
      ConditionExpression: 'attribute_not_exists(erasedAt)',
      ExpressionAttributeNames: Object.fromEntries(names.map((one) => [`#${one}`, one])),
      ExpressionAttributeValues: Object.fromEntries(names.map((one) => [`:${one}`, fields[one]])),
    }),
  );
}
