/** Whether a step costs the same however long an execution's history is, and an item however large its Map. */
import { loop, map } from './machines.ts';
import { collectGarbage, inFolder, progress, ratios, type Spread, spread } from './measure.ts';
import { createMachine, openEngine, outputOf, start } from './ours.ts';

export type Storage = 'memory' | 'durable';

const fileIn = (storage: Storage, folder: string): string =>
  storage === 'memory' ? ':memory:' : `${folder}/engine.sqlite`;

/** Microseconds each, at every size, and what that is to the first one's. */
export interface Growth {
  readonly storage: Storage;
  readonly runs: number;
  readonly at: readonly { readonly size: number; readonly microseconds: Spread; readonly ratio: Spread }[];
}

function growth(storage: Storage, sizes: readonly number[], runs: readonly (readonly number[])[]): Growth {
  const column = (i: number): number[] => runs.map((run) => run[i] ?? Number.NaN);
  return {
    storage,
    runs: runs.length,
    at: sizes.map((size, i) => ({
      size,
      microseconds: spread(column(i)),
      ratio: ratios(column(i), column(0)),
    })),
  };
}

/** Rounds of the loop around a size, half of them before it. */
const window = 20;

export interface LengthSizes {
  /** Events; the window around each must not reach back before the first. */
  readonly events: readonly number[];
  readonly runs: number;
}

/**
 * When each of the `edges` was passed by an execution that goes round `rounds` times; milliseconds by event. It is the third
 * of its kind: the first events are not to pay for what was cold, or for a file that is only growing to its size.
 */
const timesOf = (storage: Storage, rounds: number, edges: ReadonlySet<number>): Promise<ReadonlyMap<number, number>> =>
  inFolder(async (folder) => {
    const passed = new Map<number, number>();
    const engine = openEngine(fileIn(storage, folder), {
      onEvent: (_, { id }) => {
        if (edges.has(id)) passed.set(id, performance.now());
      },
    });
    const machine = await createMachine(engine, loop.definition);
    collectGarbage();
    for (const name of ['cold', 'warm', 'measured']) {
      const arn = await start(engine, machine, name, { n: 0, to: rounds });
      await engine.settled();
      await outputOf(engine, arn);
    }
    await engine.close();
    return passed;
  });

/** Microseconds a transition around each number of events, all in the same execution. */
export async function length(storage: Storage, { events, runs }: LengthSizes): Promise<Growth> {
  const half = (window / 2) * loop.events;
  const edges = new Set(events.flatMap((event) => [event - half, event + half]));
  const rounds = Math.ceil((Math.max(...events) + half) / loop.events) + 1;
  const measured: number[][] = [];
  for (let run = 0; run <= runs; run += 1) {
    progress(`length, ${storage}: ${run === 0 ? 'warm-up' : `run ${run} of ${runs}`}`);
    const passed = await timesOf(storage, rounds, edges);
    const time = (event: number): number => passed.get(event) ?? Number.NaN;
    const each = (event: number) => ((time(event + half) - time(event - half)) * 1000) / (window * loop.transitions);
    if (run > 0) measured.push(events.map(each));
  }
  return growth(storage, events, measured);
}

export interface MapSizes {
  readonly items: readonly number[];
  readonly runs: number;
}

/** Microseconds an item, from start to end of an execution that is one Map with a task for each item. */
export async function mapItems(storage: Storage, { items, runs }: MapSizes): Promise<Growth> {
  const largest = Math.max(...items);
  return inFolder(async (folder) => {
    const engine = openEngine(fileIn(storage, folder));
    const machine = await createMachine(engine, map);
    let started = 0;
    const each = async (count: number): Promise<number> => {
      // As many items at every size, so that a small Map is no luckier than a large one.
      const times = Math.max(1, Math.floor(largest / count));
      const input = Array.from({ length: count }, (_, n) => ({ n }));
      collectGarbage();
      const since = performance.now();
      for (let i = 0; i < times; i += 1) {
        started += 1;
        const arn = await start(engine, machine, `e${started}`, input);
        await engine.settled();
        await outputOf(engine, arn);
      }
      return ((performance.now() - since) * 1000) / (times * count);
    };
    const measured: number[][] = [];
    for (let run = 0; run <= runs; run += 1) {
      progress(`Map, ${storage}: ${run === 0 ? 'warm-up' : `run ${run} of ${runs}`}`);
      const row: number[] = [];
      for (const count of items) row.push(await each(count));
      if (run > 0) measured.push(row);
    }
    await engine.close();
    return growth(storage, items, measured);
  });
}
