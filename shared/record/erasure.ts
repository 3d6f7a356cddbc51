/**
 * Erasing a person in role: key and ciphertext go, what leads to them goes, and the history says that somebody was erased.
 * The erasure list is written first. Every step can be repeated, from any point where a crash left it.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { type Action, type By, type Draft, system } from '../domain/actions.ts';
import { addresseeHandle } from '../domain/citizen-notices.ts';
import { next } from '../domain/commit.ts';
import { completeOn, type ErasureGround, erasureGrounds } from '../domain/erasure.ts';
import { fold } from '../domain/fold.ts';
import { checkNotHeld } from '../domain/holding.ts';
import {
  type AgreementId,
  type FolderId,
  isAgreementId,
  isCaseId,
  isFolderId,
  isLogId,
  type LogId,
  placeIn,
} from '../domain/ids.ts';
import { namesOf } from '../domain/merged.ts';
import type { CaseState, State } from '../domain/state.ts';
import { RecordBusy, Unknown } from '../errors.ts';
import { forgetAgreement } from './agreements.ts';
import { itemsBeginning, itemsOf } from './items.ts';
import { forget } from './keeping.ts';
import { actionsAfter, putAction, tries } from './log.ts';
import { foldersIn, kinOf } from './merging.ts';
import {
  addresseeKey,
  addressPrefix,
  contactPrefix,
  handlePartition,
  headKey,
  type ItemKey,
  matterKey,
  notePrefix,
  partitionOf,
  partKey,
  personPrefix,
  pointerPartition,
  putNew,
  reportKey,
  type Table,
  textKey,
} from './table.ts';

export interface Erasing {
  readonly table: Table;
  /** The erasure list lies outside the record, so that a restore of the record does not forget it. */
  readonly list: Table;
}

/** What the erasure list holds of one erasure: nothing personal. */
export interface ErasureEntry {
  readonly dispute: FolderId;
  readonly report: string;
  /** Which of the people of the report. */
  readonly i: number;
  readonly at: number;
  readonly ground: ErasureGround;
}

export interface Erasure extends ErasureEntry {
  readonly by: By;
  readonly key: string;
}

export interface Erased extends ErasureEntry {
  /** When the backups hold it no more. */
  readonly completeOn: number;
}

/** A whole log that is gone, or of a case everybody in it; or the words of an agreement: nothing personal either. */
export type ForgottenEntry = ({ readonly log: LogId } | { readonly agreement: AgreementId }) & {
  readonly at: number;
  readonly ground: Extract<ErasureGround, 'retention-over'>;
};

const entrySchema = z.object({
  dispute: z.string().refine(isFolderId),
  report: z.string(),
  i: z.int().nonnegative(),
  at: z.number(),
  ground: z.enum(erasureGrounds),
});
const over = { at: z.number(), ground: z.literal('retention-over') };
const forgottenSchema = z.union([
  z.object({ log: z.string().refine(isLogId), ...over }),
  z.object({ agreement: z.string().refine(isAgreementId), ...over }),
]);
export type ListedErasure = ErasureEntry | ForgottenEntry;
export const erasureEntryOf = (item: unknown): ListedErasure => z.union([entrySchema, forgottenSchema]).parse(item);

type PersonAt = Pick<ErasureEntry, 'dispute' | 'report' | 'i'>;

/** @throws Unknown; RecordBusy where the report is still being taken in */
async function personToErase(table: Table, at: PersonAt) {
  const { dispute, report } = at;
  const [person, state, pending] = await Promise.all([
    personOf(table, at),
    stateOf(table, dispute),
    isPending(table, report),
  ]);
  if (!person || !state) throw new Unknown('person in role', `${dispute}#${placeIn(at)}`, 'a place that a read named');
  if (pending) throw new RecordBusy(`${report} is being taken in; erase again in some minutes`);
  return { person, state };
}

/** Whoever asks is answered before anything is decided. @throws what erasing does; Held where somebody asks and a legal hold stands */
export async function checkErasable(
  table: Table,
  erasure: Pick<Erasure, keyof PersonAt | 'at' | 'ground'>,
): Promise<void> {
  const { state } = await personToErase(table, erasure);
  if (erasure.ground === 'request') checkNotHeld(await withLinked(table, state), erasure.at);
}

/** When somebody was erased; undefined: they were not. @throws Unknown */
export async function erasureOf(table: Table, at: PersonAt): Promise<Erased | undefined> {
  const person = await personOf(table, at);
  if (!person) throw new Unknown('person in role', `${at.dispute}#${placeIn(at)}`, 'a place that a read named');
  const { erasedAt, ground } = person;
  if (erasedAt === undefined || ground === undefined) return undefined;
  const { dispute, report, i } = at;
  return { dispute, report, i, at: erasedAt, ground, completeOn: completeOn(erasedAt) };
}

/**
 * The words of the whole report go too, and the notes of the dispute and its cases: they speak of everybody.
 * @returns the first erasure, where this person was erased before
 * @throws Unknown; RecordBusy where the report is still being taken in
 */
export async function erasePerson({ table, list }: Erasing, erasure: Erasure): Promise<Erased> {
  const { dispute, report, i, by, key } = erasure;
  const { person } = await personToErase(table, erasure);
  const entry = { dispute, report, i, at: person.erasedAt ?? erasure.at, ground: person.ground ?? erasure.ground };
  await putNew(list, { ...listKey(entry), ...entry });
  await remove(table, entry, false);
  await tellErased(table, entry, by, key);
  return { ...entry, completeOn: completeOn(entry.at) };
}

/** What a restored copy of the record has forgotten: done again, also where the person had not been taken in yet. */
export async function eraseAgain(table: Table, entry: ListedErasure): Promise<void> {
  if ('agreement' in entry) return forgetAgreement(table, entry.agreement);
  if ('log' in entry) {
    const one = isCaseId(entry.log) ? await stateOf(table, entry.log) : undefined;
    return one?.subject === 'case' ? forgetCase(table, one, entry.at) : forgetLog(table, entry.log);
  }
  const state = await stateOf(table, entry.dispute);
  await remove(table, entry, await isPending(table, entry.report));
  if (state) await tellErased(table, entry, system, erasedKey(entry));
}

const listKey = (entry: ErasureEntry): ItemKey => listedAt(entry.at, `${entry.dispute}#${placeIn(entry)}`);

function listedAt(at: number, what: string): ItemKey {
  const time = new Date(at).toISOString();
  return { pk: time.slice(0, 7), sk: `${time}#${what}` };
}

export async function enterForgotten(list: Table, entry: ForgottenEntry): Promise<void> {
  await putNew(list, { ...listedAt(entry.at, 'log' in entry ? entry.log : entry.agreement), ...entry });
}

/** A dispute with its cases, a case with its disputes, and what they are one with: what is held of one is held of all. */
export async function withLinked(table: Table, state: State): Promise<State[]> {
  const log = { table, warm: new Map() };
  const kin: readonly LogId[] =
    state.subject === 'case' ? await foldersIn(log, state) : isFolderId(state.id) ? await kinOf(log, state.id) : [];
  const ids = [...new Set([...kin, ...namesOf(state)])];
  const linked = await Promise.all(ids.filter((id) => id !== state.id).map((id) => stateOf(table, id)));
  return [state, ...linked.flatMap((one) => one ?? [])];
}

/**
 * Everybody in the reports of a case, what leads to them, their words, the notes of the case and the reports themselves. What was
 * decided and done, by which post and when, stays, and the history says since when nobody is named in it. Who else is in its
 * disputes stays with those.
 */
export async function forgetCase(table: Table, state: CaseState, at: number): Promise<void> {
  const entry = { at, ground: 'retention-over' } as const;
  for (const dispute of state.disputes) {
    const pk = partitionOf(dispute);
    const items = await itemsBeginning(table, pk, personPrefix);
    for (const item of items) {
      const key = { pk, sk: String(item.sk) };
      const [, report = '', i = ''] = key.sk.split('#');
      if (!state.reports.includes(report)) continue;
      const { parties, pointers } = personSchema.parse(item);
      await bury(table, key, entry);
      const matters = parties.map((party) => ({
        pk: pointerPartition(party),
        sk: matterKey(dispute, report, Number(i)),
      }));
      await forget(table, [...matters, ...pointers]);
      await buryPlace(table, { dispute, report, i: Number(i), ...entry });
      await bury(table, key, entry, ['parties', 'pointers']);
    }
    for (const report of state.reports) {
      if (await isThere(table, { pk, sk: textKey(report) })) await bury(table, { pk, sk: textKey(report) }, entry);
    }
  }
  await buryNotes(table, state.id, entry);
  await forget(table, state.reports.map(reportKey));
  const draft: Draft = { at, by: system, key: `forgotten ${state.id}`, rev: 0, content: { kind: 'forgotten' } };
  await tellOnce(table, state.id, draft, ({ content }) => content.kind === 'forgotten');
}

async function isThere({ name, db }: Table, key: ItemKey): Promise<boolean> {
  const { Item } = await db.send(new GetCommand({ TableName: name, Key: key, ConsistentRead: true }));
  return Item !== undefined;
}

/**
 * Everything of a log: what leads to its people, its reports, and all that lies in it. The actions go from the newest on and the
 * head last, so that whoever reads finds, from the first of them on, nothing.
 */
export async function forgetLog(table: Table, id: LogId): Promise<void> {
  const pk = partitionOf(id);
  const items = await itemsOf(table, pk);
  const keyed = items.map((item) => ({ item, key: { pk, sk: String(item.sk) } }));
  const of = (prefix: string) => keyed.filter(({ key }) => key.sk.startsWith(prefix));
  for (const { item, key } of of(personPrefix)) {
    const { parties, pointers } = personSchema.parse(item);
    const [, report = '', i = ''] = key.sk.split('#');
    const matters = parties.map((party) => ({ pk: pointerPartition(party), sk: matterKey(id, report, Number(i)) }));
    await forget(table, [...matters, ...pointers]);
  }
  const reports = new Set(items.flatMap(({ action, state }) => [...reportsIn(state), ...reportOf(action)]));
  // A round was planned, and no report of it was sent.
  await forget(table, [...reports].filter((report) => report.includes('/')).map(reportKey));
  const messages = of('N#').flatMap(({ key }) => /^N#(citizen-notice-\d+)#/.exec(key.sk)?.[1] ?? []);
  await forget(
    table,
    messages.map((no) => ({ pk: handlePartition(addresseeHandle(`${id}.${no}`)), sk: addresseeKey })),
  );
  const actions = of('A#').map(({ key }) => key);
  const others = keyed.map(({ key }) => key).filter(({ sk }) => sk !== headKey && !sk.startsWith('A#'));
  await forget(table, [...others, ...actions.reverse(), { pk, sk: headKey }]);
}

const reportsIn = (state: unknown): string[] =>
  z.object({ reports: z.array(z.string()) }).safeParse(state).data?.reports ?? [];
const reportOf = (action: unknown): string[] => {
  const told = z.object({ content: z.object({ kind: z.literal('reported'), report: z.string() }) }).safeParse(action);
  return told.success ? [told.data.content.report] : [];
};

/** Under which each log knows it. */
export const erasedKey = (at: Pick<ErasureEntry, 'report' | 'i'>): string => `erased ${placeIn(at)}`;

const stateOf = async (table: Table, id: LogId): Promise<State | undefined> =>
  fold(id, await actionsAfter(table, id, 0));

const personSchema = z.object({
  erasedAt: z.number().optional(),
  ground: z.enum(erasureGrounds).optional(),
  parties: z.array(z.string()).default([]),
  pointers: z.array(z.object({ pk: z.string(), sk: z.string() })).default([]),
});

const personKeyOf = ({ dispute, report, i }: PersonAt): ItemKey => ({
  pk: partitionOf(dispute),
  sk: partKey(personPrefix, report, i),
});

async function personOf({ name, db }: Table, entry: PersonAt) {
  const { Item } = await db.send(
    new GetCommand({ TableName: name, Key: { ...personKeyOf(entry) }, ConsistentRead: true }),
  );
  return Item && personSchema.parse(Item);
}

/** A report that is still being taken in holds everybody in it. */
async function isPending({ name, db }: Table, report: string): Promise<boolean> {
  const Key = { ...reportKey(report) };
  const { Item } = await db.send(new GetCommand({ TableName: name, Key, ConsistentRead: true }));
  return Item?.pending !== undefined;
}

/**
 * The person first: an intake that comes by looks at this tombstone last and takes back what it wrote. The tombstone keeps
 * what leads to the person until it is gone.
 * @param pending the report will be taken in again: by its pointers it finds the dispute with the tombstones
 */
async function remove(table: Table, entry: ErasureEntry, pending: boolean): Promise<void> {
  const { dispute, report, i } = entry;
  const key = personKeyOf(entry);
  const { parties, pointers } = (await personOf(table, entry)) ?? { parties: [], pointers: [] };
  await bury(table, key, entry);
  const matters = parties.map((party) => ({ pk: pointerPartition(party), sk: matterKey(dispute, report, i) }));
  await forget(table, pending ? matters : [...matters, ...pointers]);
  await buryPlace(table, entry);
  await bury(table, { pk: key.pk, sk: textKey(report) }, entry);
  for (const log of await logsOf(table, dispute)) await buryNotes(table, log, entry);
  await bury(table, key, entry, ['parties', 'pointers']);
}

type When = Pick<ErasureEntry, 'at' | 'ground'>;

/** Where the person lives and how they may be reached. */
async function buryPlace(table: Table, entry: ErasureEntry): Promise<void> {
  const { dispute, report, i } = entry;
  const pk = partitionOf(dispute);
  await bury(table, { pk, sk: partKey(addressPrefix, report, i) }, entry);
  await bury(table, { pk, sk: partKey(contactPrefix, report, i) }, entry, [...secrets, 'channel', 'from', 'to']);
}

async function buryNotes(table: Table, log: LogId, when: When): Promise<void> {
  for (const { sk } of await itemsBeginning(table, partitionOf(log), notePrefix, ['sk'])) {
    // Beside a request there may lie what leads to whoever asked.
    await bury(table, { pk: partitionOf(log), sk: String(sk) }, when, [...secrets, 'parties', 'pointers']);
  }
}

/** Whatever speaks of them: the dispute, its cases, and what these are one with. */
const logsOf = (table: Table, folder: FolderId): Promise<LogId[]> => kinOf({ table, warm: new Map() }, folder);

const secrets = ['key', 'iv', 'tag', 'sealed'] as const;

/** A tombstone in place of an item, or of one still to come. */
async function bury(
  { name, db }: Table,
  { pk, sk }: ItemKey,
  { at, ground }: When,
  gone: readonly string[] = secrets,
): Promise<void> {
  await db.send(
    new UpdateCommand({
      TableName: name,
      Key: { pk, sk },
      UpdateExpression: `set #erasedAt = if_not_exists(#erasedAt, :at), #ground = if_not_exists(#ground, :ground) remove ${gone.map((field) => `#${field}`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(
        ['erasedAt', 'ground', ...gone].map((field) => [`#${field}`, field]),
      ),
      ExpressionAttributeValues: { ':at': at, ':ground': ground },
    }),
  );
}

/** The dispute and each of its cases say in their history that somebody was erased, once. */
export async function tellErased(table: Table, entry: ErasureEntry, by: By, key: string): Promise<void> {
  const { at, ground } = entry;
  const draft: Draft = { at, by, key, rev: 0, content: { kind: 'erased', part: placeIn(entry), ground } };
  for (const log of await logsOf(table, entry.dispute)) await tellOnce(table, log, draft, isSame(entry));
}

const isSame =
  (entry: ErasureEntry) =>
  ({ content }: Action): boolean =>
    content.kind === 'erased' && content.part === placeIn(entry);

/** Looks for the action in the whole log, not only among what the fold remembers: erasures are rare. */
async function tellOnce(table: Table, log: LogId, draft: Draft, same: (action: Action) => boolean): Promise<void> {
  for (let attempt = 0; attempt < tries; attempt++) {
    const actions = await actionsAfter(table, log, 0);
    const state = fold(log, actions);
    if (!state || actions.some(same)) return;
    const { action } = next(log, state, draft);
    if (await putAction(table, log, action)) return;
    await delay((10 * 2 ** attempt * (1 + (action.n % 7))) / 4);
  }
  throw new RecordBusy(`${log} is being written by many; erase again`);
}
