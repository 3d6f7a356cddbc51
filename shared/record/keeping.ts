/**
 * What intake keeps of a report's people and words. Everything is put if absent, so it may be repeated; a tombstone is there
 * already, and so nobody who was erased comes back.
 */
import { DeleteCommand, GetCommand } from '@aws-sdk/lib-dynamodb';
import { contactOf, timesOf } from '../domain/citizen-notices.ts';
import { type CaseId, type FolderId, isReferralId } from '../domain/ids.ts';
import { needsIn } from '../domain/masking.ts';
import { type Part, type Person, type Report, reportIdOf } from '../domain/report.ts';
import { identityOf } from '../domain/routing.ts';
import { partyHashes, type Words } from './people.ts';
import { type Keys, seal } from './seal.ts';
import {
  addressPrefix,
  contactPrefix,
  type ItemKey,
  matterKey,
  partitionOf,
  partKey,
  personPrefix,
  pointerPartition,
  putNew,
  type Table,
  textKey,
} from './table.ts';

/** By what a case or dispute is found again, and the identities that it is made of. */
export interface Pointer extends ItemKey {
  readonly of: readonly string[];
}

export interface Keeping {
  readonly table: Table;
  readonly keys: Keys;
}

export interface Kept {
  /** The dispute or referral. */
  readonly dispute: FolderId;
  readonly caseId: CaseId | null;
  readonly report: Report;
  readonly pointers: readonly Pointer[];
}

/** Who may be hurt is sealed under another key than the rest; where somebody asks for help nobody stands against them. */
const sealedApart: readonly Part[] = ['affected', 'child'];
export const keyFor = ({ personKey, affectedKey }: Pick<Keys, 'personKey' | 'affectedKey'>, part: Part, log: string) =>
  sealedApart.includes(part) && !isReferralId(log) ? affectedKey : personKey;

/** @returns the pointers of those who were erased: they go when the report is taken in, which still needs them */
export async function keepPeople(keeping: Keeping, kept: Kept): Promise<ItemKey[]> {
  const [pointers] = await Promise.all([
    Promise.all(kept.report.people.map((person, i) => keepPerson(keeping, kept, person, i))),
    keepWords(keeping, kept),
  ]);
  return pointers.flat();
}

async function keepPerson(keeping: Keeping, kept: Kept, person: Person, i: number): Promise<ItemKey[]> {
  const { dispute, caseId } = kept;
  const report = reportIdOf(kept.report);
  const { address, contact: _, ...content } = person;
  const parties = await partyHashes(keeping.keys, person);
  const pointers = kept.pointers
    .filter(({ of }) => of.some((identity) => identity === identityOf(person)))
    .map(({ pk, sk }): ItemKey => ({ pk, sk }));
  const key = { pk: partitionOf(dispute), sk: partKey(personPrefix, report, i) };
  const isNew = await keep(keeping, key, person.role, content, { parties, pointers });
  if (address !== undefined) {
    await keep(keeping, { ...key, sk: partKey(addressPrefix, report, i) }, person.role, address);
  }
  const contact = contactOf(person);
  if (contact !== undefined) {
    await keep(keeping, { ...key, sk: partKey(contactPrefix, report, i) }, person.role, contact, timesOf(contact));
  }
  const matters = parties.map((party) => ({ pk: pointerPartition(party), sk: matterKey(dispute, report, i) }));
  const matter = { part: person.role, ...(caseId ? { case: caseId } : {}) };
  for (const place of matters) await putNew(keeping.table, { ...place, ...matter });
  // Erased before, or just now beside this repeated intake: what leads there goes again.
  if (isNew || !(await isErased(keeping.table, key))) return [];
  await forget(keeping.table, matters);
  return pointers;
}

async function keepWords(keeping: Keeping, { dispute, report }: Kept): Promise<void> {
  const { source, text, settlement } = report;
  const words: Words = { source, text, needs: needsIn(report), ...settlement };
  await keep(keeping, { pk: partitionOf(dispute), sk: textKey(reportIdOf(report)) }, 'text', words);
}

/** @returns false where something lies there already */
async function keep(
  { table, keys }: Keeping,
  key: ItemKey,
  role: Part | 'text',
  content: unknown,
  more: object = {},
): Promise<boolean> {
  const log = key.pk.slice(2);
  const kmsKey = role === 'text' ? keys.personKey : keyFor(keys, role, log);
  const sealed = await seal(keys.kms, kmsKey, `${log} ${key.sk}`, content);
  return putNew(table, { ...key, role, ...more, ...sealed });
}

async function isErased({ name, db }: Table, key: ItemKey): Promise<boolean> {
  const { Item } = await db.send(new GetCommand({ TableName: name, Key: { ...key }, ConsistentRead: true }));
  return Item?.erasedAt !== undefined;
}

export async function forget({ name, db }: Table, keys: readonly ItemKey[]): Promise<void> {
  for (const { pk, sk } of keys) await db.send(new DeleteCommand({ TableName: name, Key: { pk, sk } }));
}
