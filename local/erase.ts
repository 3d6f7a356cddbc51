/** npm run erase -- --explain CASE [--data DIR | --aws --table NAME] [--city NAME] */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type City, parseCity } from '../shared/config/city.ts';
import type { Action } from '../shared/domain/actions.ts';
import { type Explained, type ExplainedDispute, explained, shownLines } from '../shared/domain/explaining.ts';
import { fold } from '../shared/domain/fold.ts';
import { isCaseId, type LogId } from '../shared/domain/ids.ts';
import type { CaseState, DisputeState, State } from '../shared/domain/state.ts';
import type { Item } from '../shared/record/items.ts';
import { agreementKey, notePrefix, partitionOf, personPrefix } from '../shared/record/table.ts';
import { type Reading, readDeployed, readFolder } from './reading.ts';
import { dataFolderOf, fromCaller, house, stackOf } from './replay/house.ts';
import { BadOptions, defaultCity, optionsIn, text } from './replay/options.ts';

const usage = 'npm run erase -- --explain CASE [--data DIR | --aws --table NAME] [--city NAME]';
const kinds = {
  explain: { type: 'string' },
  data: { type: 'string' },
  aws: { type: 'boolean' },
  table: { type: 'string' },
  city: { type: 'string' },
} as const;

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

async function casesOf(reading: Reading, { cases }: DisputeState): Promise<CaseState[]> {
  const found = await Promise.all(cases.map((id) => logIn(reading, id)));
  return found.flatMap((one) => (one?.state.subject === 'case' ? [one.state] : []));
}

async function disputeOf(reading: Reading, id: LogId): Promise<ExplainedDispute[]> {
  const found = await logIn(reading, id);
  if (found?.state.subject !== 'dispute') return [];
  const people = found.items.filter(begin(personPrefix));
  const named = people.filter(isOpen).length;
  const cases = await casesOf(reading, found.state);
  return [{ state: found.state, cases, named, erased: people.length - named }];
}

/** @throws BadOptions where there is no such case */
export async function factsOf(reading: Reading, id: string): Promise<Explained> {
  const found = isCaseId(id) ? await logIn(reading, id) : undefined;
  if (found?.state.subject !== 'case') throw new BadOptions(`没有个案 there is no case ${id}.`);
  const { state, items } = found;
  const disputes = (await Promise.all(state.disputes.map((dispute) => disputeOf(reading, dispute)))).flat();
  const made = [state, ...disputes.map((one) => one.state)].flatMap((one) => one.agreements);
  const kept = await Promise.all(
    made.map(async (one) => ((await reading.partition(agreementKey(one.id).pk)).length > 0 ? [one] : [])),
  );
  return {
    state,
    disputes,
    actions: items.filter(begin('A#')).length,
    notes: items.filter(begin(notePrefix)).filter(isOpen).length,
    agreements: kept.flat(),
  };
}

function cityOf(stack: string): City {
  const file = join(house, 'infra', 'cities', `${stack.replace(/^hejie-/, '')}.json`);
  try {
    return parseCity(JSON.parse(readFileSync(file, 'utf8')), file);
  } catch (error) {
    throw new BadOptions(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function readingOf(values: Readonly<Record<string, string | boolean | undefined>>): Reading {
  const city = text(values.city) ?? defaultCity;
  const [data, table] = [text(values.data), text(values.table)];
  if (values.aws !== true) {
    if (table !== undefined) throw new BadOptions(`--table goes with --aws. Usage: ${usage}`);
    return readFolder(data === undefined ? dataFolderOf(city) : fromCaller(data));
  }
  if (table === undefined || data !== undefined) {
    throw new BadOptions(`--aws needs --table (output TableName of the stack) and no --data. Usage: ${usage}`);
  }
  return readDeployed(table, stackOf(city));
}

/** @throws BadOptions */
export async function main(args: readonly string[], say: (line: string) => void): Promise<void> {
  const { values, files } = optionsIn(args, kinds, usage);
  const id = text(values.explain);
  if (id === undefined || files.length > 0) {
    throw new BadOptions(`删除由管理员通过接口提出 whoever erases does so through the API. Usage: ${usage}`);
  }
  const reading = readingOf(values);
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
