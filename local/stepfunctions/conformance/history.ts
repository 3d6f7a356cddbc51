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

const typesOf = (events: readonly HistoryEvent[]): string[] => events.map(({ type }) => type);
const routeOf = (path: readonly HistoryEvent[]): string => typesOf(path).join(' > ');

/** Comparisons enough to find the partners where there are any; where there are none, that must not take forever to say. */
const manyTries = 50_000;

/** As multisets: the first path that finds no partner of its own among those that came. */
function lonePath(
  comparison: Comparison,
  expected: readonly HistoryEvent[][],
  actual: readonly HistoryEvent[][],
): HistoryEvent[] | undefined {
  const candidates = Map.groupBy(actual, routeOf);
  const taken = new Set<HistoryEvent[]>();
  let furthest = 0;
  let tries = 0;
  const pair = (i: number): boolean => {
    const path = expected[i];
    if (path === undefined) return true;
    furthest = Math.max(furthest, i);
    for (const candidate of candidates.get(routeOf(path)) ?? []) {
      if (taken.has(candidate)) continue;
      tries += 1;
      if (tries > manyTries) return false;
      const mark = comparison.mark();
      if (detailsDiffer(comparison, path, candidate) === undefined) {
        taken.add(candidate);
        if (pair(i + 1)) return true;
        taken.delete(candidate);
      }
      comparison.reset(mark);
    }
    return false;
  };
  return pair(0) ? undefined : expected[furthest];
}

function lonePathTold(
  comparison: Comparison,
  expected: readonly HistoryEvent[][],
  actual: readonly HistoryEvent[][],
): string | undefined {
  const event = lonePath(comparison, expected, actual)?.at(-1);
  return event && `${nameOf(event)}: no event from the same place has the details ${JSON.stringify(event.details)}`;
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
  const [wanted, got] = [pathsOf(expected), pathsOf(actual)];
  return firstDifference([
    ['event types', () => countsDiffer('of all events', typesOf(expected), typesOf(actual))],
    ['ids', () => countsDiffer('of all paths', wanted.map(routeOf), got.map(routeOf))],
    ['details', () => lonePathTold(comparison, wanted, got)],
  ]);
}

/** Rule 9: the events without ids are a group without order. */
function withLooseGroup(comparison: Comparison, expected: readonly HistoryEvent[], actual: readonly HistoryEvent[]) {
  const lost = ['ParallelStateSucceeded', 'ParallelStateFailed'];
  const wanted = expected.filter(({ type }) => !lost.includes(type));
  const got = actual.filter(({ type }) => !lost.includes(type));
  const isLoose = (_: HistoryEvent, i: number) => wanted[i]?.id === null;
  const isFixed = (_: HistoryEvent, i: number) => wanted[i]?.id !== null;
  const [fixedWanted, fixedGot] = [wanted.filter(isFixed), got.filter(isFixed)];
  const alone = (event: HistoryEvent) => [event];
  const [looseWanted, looseGot] = [wanted.filter(isLoose).map(alone), got.filter(isLoose).map(alone)];
  return firstDifference([
    ['event types', () => countsDiffer('of all events', typesOf(wanted), typesOf(got))],
    ['event types', () => typesDiffer(fixedWanted, fixedGot)],
    ['ids', () => idsDiffer(fixedWanted, fixedGot)],
    ['details', () => detailsDiffer(comparison, fixedWanted, fixedGot)],
    ['details', () => lonePathTold(comparison, looseWanted, looseGot)],
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
