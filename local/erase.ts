/** npm run erase -- --explain CASE [--data DIR | --aws --table NAME] [--city NAME] */
import type { Action } from '../shared/domain/actions.ts';
import { type Explained, type ExplainedDispute, explained, shownLines } from '../shared/domain/explaining.ts';
import { fold } from '../shared/domain/fold.ts';
import { isCaseId, type LogId } from '../shared/domain/ids.ts';
import { mergedInto, namesOf } from '../shared/domain/merged.ts';
import type { State } from '../shared/domain/state.ts';
import type { Item } from '../shared/record/items.ts';
import { agreementKey, notePrefix, partitionOf, personPrefix } from '../shared/record/table.ts';
import { cityOf, type Reading, readDeployed, readFolder, sourceIn, sourceOptions } from './reading.ts';
import { stackOf } from './replay/house.ts';
import { BadOptions, optionsIn, text } from './replay/options.ts';

const usage = 'npm run erase -- --explain CASE [--data DIR | --aws --table NAME] [--city NAME]';
const kinds = { explain: { type: 'string' }, ...sourceOptions } as const;

interface Found {
  readonly state: State;
  readonly items: readonly Item[];
}

async function logIn(reading: Reading, id: LogId): Promise<Found | undefined> {
  const items = await reading.partition(partitionOf(id));
  const actions = items
    .filter(({ sk }) => String(sk).startsWith('A#'))
    .sort((a, b) => (String(a.sk) < String(b.sk) ? -1 : 1))
    .map(({ action }) => action as Action);
  const state = fold(id, actions);
  return state && { state, items };
}

const begin =
  (prefix: string) =>
  ({ sk }: Item): boolean =>
    String(sk).startsWith(prefix);
const isOpen = ({ sealed }: Item): boolean => sealed !== undefined;

/** Those that are there, each once. */
async function logsIn(reading: Reading, ids: readonly LogId[]): Promise<Found[]> {
  const found = await Promise.all([...new Set(ids)].map((id) => logIn(reading, id)));
  return found.flatMap((one) => one ?? []);
}

/** What became of it: itself, or what it went into. */
async function homeOf(reading: Reading, found: Found): Promise<Found> {
  const into = mergedInto(found.state);
  const home = into === null ? undefined : await logIn(reading, into);
  return home ? homeOf(reading, home) : found;
}

async function homesIn(reading: Reading, ids: readonly LogId[]): Promise<Found[]> {
  const homes = await Promise.all((await logsIn(reading, ids)).map((one) => homeOf(reading, one)));
  return [...new Map(homes.map((one) => [one.state.id, one])).values()];
}

/** What is held with it, as forgetting asks: a dispute's cases, a case's disputes, and what they are one with. */
async function linkedWith(reading: Reading, home: State): Promise<State[]> {
  const own = await logsIn(reading, namesOf(home));
  const linked = own.flatMap(({ state }) =>
    state.subject === 'case' ? state.disputes : state.subject === 'dispute' ? state.cases : [],
  );
  const homes = await homesIn(reading, linked);
  const all = await logsIn(reading, [...linked, ...homes.flatMap(({ state }) => namesOf(state))]);
  return [...own, ...all].map(({ state }) => state);
}

async function disputeOf(reading: Reading, { state }: Found): Promise<ExplainedDispute[]> {
  if (state.subject !== 'dispute') return [];
  const people = (await logsIn(reading, namesOf(state))).flatMap(({ items }) => items.filter(begin(personPrefix)));
  const named = people.filter(isOpen).length;
  return [{ state, linked: await linkedWith(reading, state), named, erased: people.length - named }];
}

/** @throws BadOptions where there is no such case */
export async function factsOf(reading: Reading, id: string): Promise<Explained> {
  const found = isCaseId(id) ? await logIn(reading, id) : undefined;
  if (found?.state.subject !== 'case') throw new BadOptions(`没有个案 there is no case ${id}.`);
  const { state } = found;
  const items = (await logsIn(reading, namesOf(state))).flatMap((one) => one.items);
  const homes = await homesIn(reading, state.disputes);
  const disputes = (await Promise.all(homes.map((one) => disputeOf(reading, one)))).flat();
  const made = [state, ...disputes.map((one) => one.state)].flatMap((one) => one.agreements);
  const kept = await Promise.all(
    made.map(async (one) => ((await reading.partition(agreementKey(one.id).pk)).length > 0 ? [one] : [])),
  );
  return {
    state,
    linked: await linkedWith(reading, (await homeOf(reading, found)).state),
    disputes,
    actions: items.filter(begin('A#')).length,
    notes: items.filter(begin(notePrefix)).filter(isOpen).length,
    agreements: kept.flat(),
  };
}

/** @throws BadOptions */
export async function main(args: readonly string[], say: (line: string) => void): Promise<void> {
  const { values, files } = optionsIn(args, kinds, usage);
  const id = text(values.explain);
  if (id === undefined || files.length > 0) {
    throw new BadOptions(`删除由管理员通过接口提出 whoever erases does so through the API. Usage: ${usage}`);
  }
  const source = sourceIn(values, usage);
  const reading = 'table' in source ? readDeployed(source.table, stackOf(source.city)) : readFolder(source.folder);
  try {
    const facts = await factsOf(reading, id);
    for (const line of shownLines(explained(cityOf(reading.stack), facts, reading.now))) say(line);
  } finally {
    reading.close();
  }
}

if (import.meta.main) {
  try {
    await main(process.argv.slice(2), console.log);
  } catch (error) {
    if (!(error instanceof BadOptions)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
