/** What every part of the bench needs to measure and to tell. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Of several measurements of the same thing. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Four digits are more than a measurement has. */
export const rounded = (value: number): number => Number(value.toPrecision(4));

export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (index: number): number => sorted[index] ?? Number.NaN;
  const middle = (sorted.length - 1) / 2;
  return {
    median: rounded((at(Math.floor(middle)) + at(Math.ceil(middle))) / 2),
    min: rounded(at(0)),
    max: rounded(at(sorted.length - 1)),
  };
}

/** Round by round, since what disturbs a round disturbs both. */
export const ratios = (values: readonly number[], to: readonly number[]): Spread =>
  spread(values.map((value, round) => value / (to[round] ?? Number.NaN)));

setFlagsFromString('--expose-gc');

/** Collects garbage, so that nobody pays for what another has left behind. */
export const collectGarbage: () => void = runInNewContext('gc');

/** Runs `work` with a folder that is gone afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A sign of life, beside the results. */
export const progress = (text: string): void => {
  process.stderr.write(`${text}\n`);
};
