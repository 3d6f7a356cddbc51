/** npm run bench -- engine: this project's Step Functions engine against a peer, and against itself. See ../README.md. */
import { mkdirSync, readFileSync, statfsSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { BadOptions, optionsIn, text } from '../../local/replay/options.ts';
import { type LengthSizes, length, type MapSizes, mapItems } from './length.ts';
import { rounded } from './measure.ts';
import { profile } from './profile.ts';
import { type EngineResult, profileTable, tableOf } from './report.ts';
import { kinds, restart } from './restart.ts';
import { type SpeedSizes, speed } from './speed.ts';

const usage = 'npm run bench -- engine [--quick] [--profile] [--json FILE]';
const options = { quick: { type: 'boolean' }, profile: { type: 'boolean' }, json: { type: 'string' } } as const;

interface Sizes {
  readonly speed: SpeedSizes;
  readonly waiting: number;
  readonly length: LengthSizes;
  readonly map: MapSizes;
  /** Executions of a profile. */
  readonly profiled: number;
}

const full: Sizes = {
  speed: { executions: 3000, rounds: 9 },
  waiting: 100_000,
  length: { events: [100, 1000, 20_000], runs: 40 },
  map: { items: [100, 1000, 3000], runs: 5 },
  profiled: 20_000,
};

/** Shows that it works; its numbers say nothing. */
const quick: Sizes = {
  speed: { executions: 50, rounds: 2 },
  waiting: 300,
  length: { events: [100, 1000], runs: 2 },
  map: { items: [10, 50], runs: 2 },
  profiled: 200,
};

const together = [1, 50] as const;
const storages = ['memory', 'durable'] as const;

async function each<T, R>(values: readonly T[], work: (value: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const value of values) results.push(await work(value));
  return results;
}

function versionOf(name: string): string {
  const main = new URL(import.meta.resolve(name));
  const { version }: { version: string } = JSON.parse(readFileSync(new URL('../package.json', main), 'utf8'));
  return `${name} ${version}`;
}

/** What Linux calls a file system in memory. */
const tmpfs = 0x01021994;

const facts = () => ({
  at: new Date().toISOString(),
  machine: {
    node: process.versions.node,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGB: rounded(totalmem() / 1e9),
    platform: `${process.platform} ${process.arch}`,
    filesInMemory: statfsSync(tmpdir()).type === tmpfs,
  },
  peer: versionOf('aws-local-stepfunctions'),
});

async function measured(sizes: Sizes): Promise<EngineResult> {
  return {
    bench: 'engine',
    quick: sizes === quick,
    ...facts(),
    speed: await each(together, (count) => speed(count, sizes.speed)),
    restart: await each(kinds, (kind) => restart(kind, sizes.waiting)),
    length: await each(storages, (storage) => length(storage, sizes.length)),
    map: await each(storages, (storage) => mapItems(storage, sizes.map)),
  };
}

async function profiled({ profiled: executions }: Sizes) {
  const profiles = await each(together, (count) =>
    each(['peer', 'memory'] as const, (contender) => profile(contender, count, executions)),
  );
  return { bench: 'engine', ...facts(), profiles: profiles.flat() };
}

/** @throws BadOptions */
export async function bench(args: readonly string[]): Promise<void> {
  const { values, files } = optionsIn(args, options, usage);
  if (files.length > 0) throw new BadOptions(`"${files[0]}" is not expected here. Usage: ${usage}`);
  const sizes = values.quick ? quick : full;
  const name = values.profile ? 'engine-profile.json' : 'engine.json';
  const file = resolve(text(values.json) ?? join(import.meta.dirname, '../results', name));
  const keep = (result: object): void => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  };
  if (values.profile) {
    const result = await profiled(sizes);
    keep(result);
    console.log(profileTable(result.profiles));
  } else {
    const result = await measured(sizes);
    keep(result);
    console.log(tableOf(result));
  }
}
