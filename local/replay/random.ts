/** Chance without a state: each draw is a function of the seed and of what it is about, so no order of asking changes it. */
import { sha256 } from '../../shared/domain/ids.ts';

/** A number from 0 up to, not including, 1. */
export const draw = (seed: number, ...about: readonly (string | number)[]): number =>
  Number.parseInt(sha256(`${seed} ${about.join(' ')}`).slice(0, 13), 16) / 2 ** 52;

/** One of the names, each as often as its weight says. */
export function choose<T extends string>(weights: Readonly<Partial<Record<T, number>>>, chance: number): T {
  const entries = Object.entries<number | undefined>(weights) as [T, number | undefined][];
  const total = entries.reduce((sum, [, weight = 0]) => sum + weight, 0);
  let left = chance * total;
  for (const [name, weight = 0] of entries) {
    left -= weight;
    if (left < 0) return name;
  }
  const [last] = entries.at(-1) ?? [];
  if (last === undefined) throw new RangeError('nothing to choose from');
  return last;
}

/** One of several, each as likely; undefined where there are none. */
export function pick<T>(of: readonly [T, ...T[]], chance: number): T;
export function pick<T>(of: readonly T[], chance: number): T | undefined;
export function pick<T>(of: readonly T[], chance: number): T | undefined {
  return of[Math.floor(chance * of.length)];
}

/** A number between two, for a chance. */
export const between = (from: number, to: number, chance: number): number => from + (to - from) * chance;
