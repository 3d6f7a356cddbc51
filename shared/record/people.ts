/**
 * Who took part and what was told, each under a data key of its own and opened only where asked for: one call to KMS for
 * each item that is opened. What was erased says so.
 */
import type { KMSClient } from '@aws-sdk/client-kms';
import * as z from 'zod';
import { type Contact, contactSchema } from '../domain/citizen-notices.ts';
import { type CaseId, type FolderId, isCaseId, isFolderId } from '../domain/ids.ts';
import type { Passage } from '../domain/masking.ts';
import { type Part, type Person, parts, personSchema } from '../domain/report.ts';
import { RecordBroken } from '../errors.ts';
import { type Item, itemsBeginning } from './items.ts';
import { type Keys, keyedHash, sealedOf, unseal } from './seal.ts';
import {
  addressPrefix,
  contactPrefix,
  matterPrefix,
  partitionOf,
  personPrefix,
  pointerPartition,
  type Table,
  textPrefix,
} from './table.ts';

export interface People {
  readonly table: Table;
  readonly kms: KMSClient;
}

/** One of the people of a report, in the part they have in its dispute or referral. */
export interface PersonInRole {
  readonly dispute: FolderId;
  readonly report: string;
  readonly i: number;
  readonly part: Part;
}

export type Opened<C> =
  | { readonly content: C; readonly erased?: never }
  | { readonly erased: true; readonly content?: never };

export type PersonContent = Omit<Person, 'address' | 'contact'>;

export interface Words {
  readonly source: string;
  readonly text: string;
  /** Where the text speaks of needs. */
  readonly needs: readonly Passage[];
  /** What both sides agreed on, where it was settled on the spot. */
  readonly agreement?: string;
}

const partOf = z.enum(parts).catch('other');
/** A tombstone of what was never taken in has no part: nobody is there. */
const taken = ({ role }: Item): boolean => role !== undefined;

function inRole(dispute: FolderId, { sk, role }: Item): PersonInRole {
  const [, report = '', i = ''] = String(sk).split('#');
  return { dispute, report, i: Number(i), part: partOf.parse(role) };
}

async function opened<C>({ kms }: People, dispute: FolderId, item: Item, schema: z.ZodType<C>): Promise<Opened<C>> {
  if (item.erasedAt !== undefined) return { erased: true };
  return { content: schema.parse(await unseal(kms, `${dispute} ${item.sk}`, sealedOf(item))) };
}

async function partsOf<C>(
  people: People,
  disputes: readonly FolderId[],
  wanted: readonly Part[],
  prefix: string,
  schema: z.ZodType<C>,
): Promise<(PersonInRole & Opened<C>)[]> {
  const found = await Promise.all(
    disputes.map(async (dispute) => {
      const items = await itemsBeginning(people.table, partitionOf(dispute), prefix);
      const asked = items.filter((item) => taken(item) && wanted.includes(partOf.parse(item.role)));
      return Promise.all(
        asked.map(async (item) => ({ ...inRole(dispute, item), ...(await opened(people, dispute, item, schema)) })),
      );
    }),
  );
  return found.flat();
}

interface Asked {
  readonly parts: readonly Part[];
}

const personContent = personSchema.omit({ address: true, contact: true });

/** The people of the disputes in the parts asked for, without their addresses. */
export const peopleOf = (people: People, disputes: readonly FolderId[], { parts }: Asked) =>
  partsOf<PersonContent>(people, disputes, parts, personPrefix, personContent);

/** Where these people live: shown to a post on duty also where a name is not. */
export const addressesOf = (people: People, disputes: readonly FolderId[], { parts }: Asked) =>
  partsOf<string>(people, disputes, parts, addressPrefix, z.string());

/** How these people may safely be reached. */
export const contactsOf = (people: People, disputes: readonly FolderId[], { parts }: Asked) =>
  partsOf<Contact>(people, disputes, parts, contactPrefix, contactSchema);

const span = z.tuple([z.number(), z.number()]);
const wordsContent = z
  .object({
    source: z.string(),
    text: z.string(),
    needs: z.array(span).optional(),
    agreement: z.string().exactOptional(),
  })
  // Texts kept before the spans were: nobody knows what in them speaks of needs.
  .transform(({ needs, ...words }): Words => ({ ...words, needs: needs ?? [[0, words.text.length]] }));

/** The reports' own words. */
export async function wordsOf(
  people: People,
  disputes: readonly FolderId[],
): Promise<({ readonly dispute: FolderId; readonly report: string } & Opened<Words>)[]> {
  const found = await Promise.all(
    disputes.map(async (dispute) => {
      const items = await itemsBeginning(people.table, partitionOf(dispute), textPrefix);
      return Promise.all(
        items.map(async (item) => ({
          dispute,
          report: String(item.sk).slice(textPrefix.length),
          ...(await opened(people, dispute, item, wordsContent)),
        })),
      );
    }),
  );
  return found.flat();
}

export interface Identity {
  readonly idNumber?: string | undefined;
  readonly phone?: string | undefined;
}

/** The keyed hashes of one's own identity: by these a person is recognised without any number in the clear. */
export function partyHashes(keys: Pick<Keys, 'kms' | 'lookupKey'>, { idNumber, phone }: Identity): Promise<string[]> {
  const texts = [
    ...(idNumber === undefined ? [] : [`party id ${idNumber}`]),
    ...(phone === undefined ? [] : [`party phone ${phone}`]),
  ];
  return Promise.all(texts.map((text) => keyedHash(keys, text)));
}

export interface Parties extends PersonInRole {
  /** Empty where the report gave no number, or the person was erased. */
  readonly parties: readonly string[];
  /** Nothing is kept of them any more: what leads to them goes last. */
  readonly erased: boolean;
}

const hashes = z.array(z.string()).catch([]);

/** Who is party to the disputes, as keyed hashes: nothing is opened. */
export async function partiesOf(table: Table, disputes: readonly FolderId[]): Promise<Parties[]> {
  const found = await Promise.all(
    disputes.map(async (dispute) => {
      const items = await itemsBeginning(table, partitionOf(dispute), personPrefix, [
        'sk',
        'role',
        'parties',
        'erasedAt',
      ]);
      return items.filter(taken).map((item) => ({
        ...inRole(dispute, item),
        parties: hashes.parse(item.parties),
        erased: item.erasedAt !== undefined && item.parties === undefined,
      }));
    }),
  );
  return found.flat();
}

export interface Matter extends PersonInRole {
  /** The case that the report opened or joined. */
  readonly case?: CaseId;
}

/** Where the person of these keyed hashes is named, each place once. */
export async function mattersOf(table: Table, parties: readonly string[]): Promise<Matter[]> {
  const found = new Map<string, Matter>();
  for (const party of new Set(parties)) {
    for (const item of await itemsBeginning(table, pointerPartition(party), matterPrefix)) {
      const [, dispute = '', report = '', i = ''] = String(item.sk).split('#');
      if (!isFolderId(dispute)) throw new RecordBroken(`a pointer to a person names ${dispute}`);
      const place = { dispute, report, i: Number(i), part: partOf.parse(item.part) };
      const caseId = String(item.case);
      found.set(String(item.sk), isCaseId(caseId) ? { ...place, case: caseId } : place);
    }
  }
  return [...found.values()];
}

/**
 * Where whoever asks is named themself: by the identity number where the report gave one. A telephone is shared in a household,
 * and enough only to keep somebody from acting for a post.
 */
export async function ownMattersOf(table: Table, parties: readonly string[]): Promise<Matter[]> {
  const matters = await mattersOf(table, parties);
  const named = await partiesOf(table, [...new Set(matters.map(({ dispute }) => dispute))]);
  return matters.filter((matter) => named.some((one) => isPlaceOf(matter, one) && isThemself(one, parties)));
}

const isPlaceOf = (one: PersonInRole, other: PersonInRole): boolean =>
  one.dispute === other.dispute && one.report === other.report && one.i === other.i;

/** The identity number comes first. */
export const isThemself = ({ parties: [first] }: Pick<Parties, 'parties'>, caller: readonly string[]): boolean =>
  first !== undefined && caller.includes(first);
