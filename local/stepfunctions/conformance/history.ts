/** Rules 7, 8 and 9 of comparing: the event histories of executions. */
import type { Comparison } from './compare.ts';
import type { HistoryEvent } from './events.ts';
import { pathsOf } from './paths.ts';

/** What is compared, one after the other. */
export const grades = ['status and output', 'event types', 'ids', 'details'] as const;
export type Grade = (typeof grades)[number];

/** The first difference, and in which step of the comparison it was found. */
export interface Difference {
  readonly grade: Grade;
  readonly text: string;
}

const nameOf = ({ id, type }: HistoryEvent): string => `event ${String(id)} ${type}`;

/** The first of `expected` that finds no partner of its own in `actual`, each of which is the partner of one at most. */
export function unpaired<Item>(
  comparison: Comparison,
  expected: readonly Item[],
  actual: readonly Item[],
  difference: (expected: Item, actual: Item) => string | undefined,
): Item | undefined {
  const taken = new Set<number>();
  let furthest = 0;
  // Enough to find the pairs where there are any; what has none must not take forever to say so.
  let tries = 200_000;
  const pair = (i: number): boolean => {
    const item = expected[i];
    if (item === undefined) return true;
    furthest = Math.max(furthest, i);
    for (const [j, candidate] of actual.entries()) {
      if (taken.has(j)) continue;
      if (tries === 0) return false;
      tries -= 1;
      const mark = comparison.mark();
      if (difference(item, candidate) === undefined) {
        taken.add(j);
        if (pair(i + 1)) return true;
        taken.delete(j);
      }
      comparison.reset(mark);
    }
    return false;
  };
  return pair(0) ? undefined : expected[furthest];
}

function typesDiffer(expected: readonly HistoryEvent[], actual: readonly HistoryEvent[]): string | undefined {
  for (const [i, event] of expected.entries()) {
    const got = actual[i];
    if (event.type !== got?.type)
      return `history[${i}]: expected ${nameOf(event)}, got ${got ? nameOf(got) : 'no event'}`;
  }
  const extra = actual[expected.length];
  return extra && `history[${expected.length}]: expected no more events, got ${nameOf(extra)}`;
}

/** As a multiset: how often each is there. */
function countsDiffer(what: string, expected: readonly string[], actual: readonly string[]): string | undefined {
  const left = new Map<string, number>();
  for (const name of actual) left.set(name, (left.get(name) ?? 0) + 1);
  for (const name of expected) {
    const count = left.get(name) ?? 0;
    if (count === 0) return `${what}: expected one more ${name}`;
    left.set(name, count - 1);
  }
  const extra = [...left].find(([, count]) => count > 0);
  return extra && `${what}: expected one less ${extra[0]}`;
}

function idsDiffer(expected: readonly HistoryEvent[], actual: readonly HistoryEvent[]): string | undefined {
  for (const [i, event] of expected.entries()) {
    const got = actual[i];
    if (event.id !== got?.id) return `history[${i}].id of ${event.type}: expected ${event.id}, got ${got?.id}`;
    if (event.previous !== got?.previous) {
      return `history[${i}].previousEventId of ${nameOf(event)}: expected ${event.previous}, got ${got?.previous}`;
    }
  }
}

function detailsDiffer(
  comparison: Comparison,
  expected: readonly HistoryEvent[],
  actual: readonly HistoryEvent[],
): string | undefined {
  for (const [i, event] of expected.entries()) {
    const difference = comparison.difference(event.details, actual[i]?.details, `${nameOf(event)}: `);
    if (difference !== undefined) return difference;
  }
}

/** The first step that finds a difference. */
export function firstDifference(
  steps: readonly (readonly [Grade, () => string | undefined])[],
): Difference | undefined {
  for (const [grade, step] of steps) {
    const text = step();
    if (text !== undefined) return { grade, text };
  }
}

/** Rule 7: one event after the other. */
function inOrder(comparison: Comparison, expected: readonly HistoryEvent[], actual: readonly HistoryEvent[]) {
  return firstDifference([
    ['event types', () => typesDiffer(expected, actual)],
    ['ids', () => idsDiffer(expected, actual)],
    ['details', () => detailsDiffer(comparison, expected, actual)],
  ]);
}

/** Rule 8: what ran side by side has no one order; from where each event came it has. */
function byPath(comparison: Comparison, expected: readonly HistoryEvent[], actual: readonly HistoryEvent[]) {
  const types = (events: readonly HistoryEvent[]) => events.map(({ type }) => type);
  const route = (path: readonly HistoryEvent[]) => types(path).join(' > ');
  const [wanted, got] = [pathsOf(expected), pathsOf(actual)];
  return firstDifference([
    ['event types', () => countsDiffer('of all events', types(expected), types(actual))],
    ['ids', () => countsDiffer('of all paths', wanted.map(route), got.map(route))],
    [
      'details',
      () => {
        const lone = unpaired(comparison, wanted, got, (one, other) =>
          route(one) === route(other) ? detailsDiffer(comparison, one, other) : 'another path',
        );
        const event = lone?.at(-1);
        return event && `${nameOf(event)}: no event of its path has its details ${JSON.stringify(event.details)}`;
      },
    ],
  ]);
}

/** Rule 9: the events without ids are a group without order. */
function withLooseGroup(comparison: Comparison, expected: readonly HistoryEvent[], actual: readonly HistoryEvent[]) {
  const lost = ['ParallelStateSucceeded', 'ParallelStateFailed'];
  const wanted = expected.filter(({ type }) => !lost.includes(type));
  const all = actual.filter(({ type }) => !lost.includes(type));
  const loose = (_: HistoryEvent, i: number) => wanted[i]?.id === null;
  const fixed = (event: HistoryEvent, i: number) => !loose(event, i);
  const [looseWanted, looseGot] = [wanted.filter(loose), all.filter(loose)];
  const [fixedWanted, fixedGot] = [wanted.filter(fixed), all.filter(fixed)];
  const types = (events: readonly HistoryEvent[]) => events.map(({ type }) => type);
  return firstDifference([
    ['event types', () => countsDiffer('of all events', types(wanted), types(all))],
    ['event types', () => typesDiffer(fixedWanted, fixedGot)],
    ['ids', () => idsDiffer(fixedWanted, fixedGot)],
    ['details', () => detailsDiffer(comparison, fixedWanted, fixedGot)],
    [
      'details',
      () => {
        const lone = unpaired(comparison, looseWanted, looseGot, (one, other) =>
          one.type === other.type ? comparison.difference(one.details, other.details) : 'another type',
        );
        return lone && `${lone.type}: no event of its group has its details ${JSON.stringify(lone.details)}`;
      },
    ],
  ]);
}

export function historyDifference(
  comparison: Comparison,
  expected: readonly HistoryEvent[],
  actual: readonly HistoryEvent[],
  { concurrent = false, historyUnordered = false }: { concurrent?: boolean; historyUnordered?: boolean } = {},
): Difference | undefined {
  if (historyUnordered) return withLooseGroup(comparison, expected, actual);
  return (concurrent ? byPath : inOrder)(comparison, expected, actual);
}
