/** Counts without persons: small cells are suppressed, and with a single small one the next, so that no total tells it. Pure. */
import type { City } from '../config/city.ts';
import { post } from '../config/posts.ts';
import { colourOf, type State } from './state.ts';
import { phaseOf } from './who-may/standing.ts';

/** Fewer than this are not told (field.md S15). */
export const smallest = 10;

export interface Cell {
  readonly value: string;
  /** null: suppressed. */
  readonly count: number | null;
}
export interface Counts {
  readonly name: string;
  readonly cells: readonly Cell[];
}

export function suppressed(counts: ReadonlyMap<string, number>): Cell[] {
  const cells = [...counts].filter(([, count]) => count > 0).sort(([a], [b]) => (a < b ? -1 : 1));
  const small = new Set(cells.filter(([, count]) => count < smallest).map(([value]) => value));
  if (small.size === 1) {
    const others = cells.filter(([value]) => !small.has(value)).sort(([, a], [, b]) => a - b);
    const [next] = others;
    if (next) small.add(next[0]);
  }
  return cells.map(([value, count]) => ({ value, count: small.has(value) ? null : count }));
}

/** How often each value is there. */
export function countsIn(name: string, values: readonly string[]): Counts {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return { name, cells: suppressed(counts) };
}

const tally = (states: readonly State[], of: (state: State) => string): Cell[] => [
  ...countsIn(
    '',
    states.map((state) => of(state)),
  ).cells,
];

/** One table for each question; never two in one, whose cells would be few. */
export function countsOf(city: City, states: readonly State[]): Counts[] {
  const cases = states.filter(({ subject }) => subject === 'case');
  return [
    { name: 'subject', cells: tally(states, ({ subject }) => subject) },
    { name: 'disputeType', cells: tally(states, ({ disputeType }) => disputeType) },
    { name: 'tier', cells: tally(states, ({ owner }) => post(city, owner).tier) },
    { name: 'phase', cells: tally(states, phaseOf) },
    { name: 'level', cells: tally(cases, (state) => colourOf(state) ?? 'none') },
  ];
}
