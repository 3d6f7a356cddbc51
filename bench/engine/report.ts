/** What the bench found, for people: the ratio first, then what it was made of. */
import type { Growth } from './length.ts';
import type { Spread } from './measure.ts';
import type { Profile } from './profile.ts';
import type { Restart } from './restart.ts';
import type { Speed } from './speed.ts';

export interface EngineResult {
  readonly bench: 'engine';
  readonly quick: boolean;
  readonly at: string;
  readonly machine: {
    readonly node: string;
    readonly cpu: string;
    readonly cores: number;
    readonly memoryGB: number;
    readonly platform: string;
    /** Whether the folder for temporary files, where the durable parts write, is a disk in memory. */
    readonly filesInMemory: boolean;
  };
  readonly peer: string;
  readonly speed: readonly Speed[];
  readonly restart: readonly Restart[];
  readonly length: readonly Growth[];
  readonly map: readonly Growth[];
}

type Row = readonly [what: string, ratio: string, wanted: string, numbers: string];

const digits = (value: number): string =>
  value.toLocaleString('en', value >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 });
const range = ({ median, min, max }: Spread): string => `${digits(median)} (${digits(min)}–${digits(max)})`;

/** Columns as wide as they must be. */
function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const atATime = ({ together }: { readonly together: number }): string =>
  together === 1 ? 'one at a time' : `${together} at a time`;

const speedRows = (speeds: readonly Speed[]): Row[] => {
  const rate = ({ median }: Spread): string => `${digits(median)}/s`;
  const rows = (title: string, wanted: string, row: (s: Speed) => { ratio: Spread; numbers: string }): Row[] =>
    speeds.map((s) => {
      const { ratio, numbers } = row(s);
      return [`${title}, ${atATime(s)}`, range(ratio), wanted, numbers];
    });
  return [
    ...rows('(a) in memory', '≥ 0.5', ({ ratios, rates }) => ({
      ratio: ratios.memory,
      numbers: `${rate(rates.memory)}; peer ${rate(rates.peer)}`,
    })),
    ...rows('(b) durable', '≥ 0.2', ({ ratios, rates }) => ({
      ratio: ratios.durable,
      numbers: `${rate(rates.durable)}; peer ${rate(rates.peer)}`,
    })),
    ...rows('(e) fast path of expressions', '', ({ ratios, rates }) => ({
      ratio: ratios.fastPath,
      numbers: `${rate(rates.memory)}; without it ${rate(rates.library)}`,
    })),
    ...rows('(e) in memory without it', '', ({ ratios, rates }) => ({
      ratio: ratios.library,
      numbers: `${rate(rates.library)}; peer ${rate(rates.peer)}`,
    })),
  ];
};

const restartRows = (r: Restart): Row[] => {
  const seconds = `${digits(r.seconds)} s, first answer ${digits(r.answerSeconds)} s, one wakes in ${digits(r.wakeSeconds)} s`;
  const resident = `${digits(r.residentBefore)} → ${digits(r.residentAfter)} MB resident`;
  const bytes = `${digits(r.diskEach)} bytes on disk, ${digits(r.residentEach)} resident, ${digits(r.heapEach)} in the heap`;
  return [
    [`(c) restart, ${digits(r.executions)} wait for a ${r.kind}`, '', '', seconds],
    ['', '', '', `${resident}; each ${bytes}`],
  ];
};

const growthRows = (title: string, unit: string, wanted: string, { storage, at }: Growth): Row[] =>
  at.map(({ size, microseconds, ratio }, i) => [
    `${title}, ${storage}, at ${digits(size)}`,
    i === 0 ? '1' : range(ratio),
    i === 0 ? '' : wanted,
    `${range(microseconds)} µs ${unit}`,
  ]);

/** As a table: median (least–most). */
export function tableOf(result: EngineResult): string {
  const { machine, peer } = result;
  return [
    `Engine bench, ${machine.cores} × ${machine.cpu}, Node ${machine.node}, against ${peer}`,
    aligned([
      ['', 'ratio', 'wanted', ''],
      ...speedRows(result.speed),
      ...result.restart.flatMap(restartRows),
      ...result.length.flatMap((one) => growthRows('(d) history', 'a transition', '0.8–1.2', one)),
      ...result.map.flatMap((one) => growthRows('(d) Map items', 'an item', '', one)),
    ]),
  ].join('\n');
}

/** Both engines' parts beside each other are of no use: each has its own. */
export const profileTable = (profiles: readonly Profile[]): string =>
  profiles
    .map(({ parts, functions, ...one }) => {
      const all = parts.reduce((sum, { microseconds }) => sum + microseconds, 0);
      const rows = (shares: typeof parts) =>
        shares.map(({ name, microseconds }) => [
          `${microseconds.toFixed(2).padStart(8)} µs`,
          `${((100 * microseconds) / all).toFixed(1).padStart(5)} %`,
          name,
        ]);
      const title = `${one.contender}, ${atATime(one)}: ${all.toFixed(2)} µs a transition`;
      return [title, aligned(rows(parts)), ' by function, itself:', aligned(rows(functions))].join('\n');
    })
    .join('\n\n');
