/**
 * How unusual a number of disputes is against the weeks before. Were all weeks alike but for chance, the numbers would follow a
 * negative binomial law: its mean is that of the weeks before, its variance that of chance (Poisson), of the mean being known from
 * so few weeks only, and of weeks differing more than by chance (dispersion). Pure.
 */

export interface Before {
  readonly total: number;
  readonly weeks: number;
}

/** Rarer than this, either way, is unusual; of a hundred usual numbers one is called so. */
export const rare = 0.01;
/** Against fewer weeks than these nothing is said. */
const fewestWeeks = 4;
/** So many months before are compared with: twelve to fourteen weeks. */
export const monthsCompared = 3;

const bands = [0.001, rare, 0.05, 0.2, 1];
/** How rare it is at most, where the exact share would tell what it was made of. */
export const atMost = (p: number): number => bands.find((band) => p <= band) ?? 1;

/** By how much numbers of weeks vary more than by chance: variance by mean, 1 at least. */
export function dispersionOf(counts: readonly number[]): number {
  const mean = sum(counts) / counts.length;
  if (counts.length < 2 || mean === 0) return 1;
  const variance = sum(counts.map((count) => (count - mean) ** 2)) / (counts.length - 1);
  return Math.max(1, variance / mean);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

export interface Unusual {
  /** How often usual weeks would bring a number as far off, to either side; from 0.001 to 1. */
  readonly p: number;
  readonly unusual: 'more' | 'fewer' | null;
}

/** @param count in so many `weeks`; undefined where the time before is too short to say anything */
export function unusual(count: number, weeks: number, before: Before, dispersion: number): Unusual | undefined {
  if (before.weeks < fewestWeeks) return undefined;
  // Half a dispute more than there were: nothing is impossible because it has not happened yet.
  const mean = ((before.total + 0.5) * weeks) / before.weeks;
  const variance = dispersion * mean * (1 + weeks / before.weeks);
  const below = upTo(count - 1, mean, variance);
  const more = 1 - below;
  const fewer = upTo(count, mean, variance);
  const p = Math.min(1, 2 * Math.min(more, fewer));
  const direction = more < fewer ? 'more' : 'fewer';
  return { p: Math.max(0.001, Math.round(p * 1000) / 1000), unusual: p < rare ? direction : null };
}

/** Of the negative binomial law with this mean and variance, which is the greater. In logarithms: its beginning may be tiny. */
function upTo(count: number, mean: number, variance: number): number {
  const size = mean ** 2 / (variance - mean);
  const step = Math.log(1 - mean / variance);
  let log = size * Math.log(mean / variance);
  let all = 0;
  for (let i = 0; i <= count; i++) {
    all += Math.exp(log);
    log += Math.log((size + i) / (i + 1)) + step;
  }
  return Math.min(1, all);
}
