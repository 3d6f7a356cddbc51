/** Transitions a second of the ten-state machine, against a peer that does the same in the same run. */
import { isDeepStrictEqual } from 'node:util';
import { StateMachine } from 'aws-local-stepfunctions';
import { setFastPath } from '../../local/stepfunctions/language/expressions.ts';
import { addOne, input, jsonata, jsonPath, output, tasks, transitions } from './machines.ts';
import { collectGarbage, inFolder, progress, ratios, type Spread, spread } from './measure.ts';
import { createMachine, openEngine, outputOf, start, WrongResult } from './ours.ts';

/** One who runs the machine: `together` executions at once, until the caller has all their outputs. */
interface Runner {
  run(together: number): Promise<unknown[]>;
  close(): Promise<void>;
}

const times = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** It keeps nothing of an execution, so that one serves all rounds. */
const machine = new StateMachine(jsonPath);
const overrides = { taskResourceLocalHandlers: Object.fromEntries(tasks.map((name) => [name, addOne])) };

const peerRunner = async (): Promise<Runner> => ({
  run: (together) => Promise.all(times(together).map(() => machine.run(input, { overrides }).result)),
  close: async () => {},
});

const ourRunner = async (file: string): Promise<Runner> => {
  const engine = openEngine(file);
  const arn = await createMachine(engine, jsonata);
  let started = 0;
  return {
    run: async (together) => {
      const arns = await Promise.all(
        times(together).map(() => {
          started += 1;
          return start(engine, arn, `e${started}`, input);
        }),
      );
      await engine.settled();
      return Promise.all(arns.map((one) => outputOf(engine, one)));
    },
    close: () => engine.close(),
  };
};

export const contenders = ['peer', 'memory', 'durable', 'library'] as const;
export type Contender = (typeof contenders)[number];

/** Every round of ours has an engine of its own: what the last one kept is no burden to this one. */
const runners: Readonly<Record<Contender, (file: string) => Promise<Runner>>> = {
  peer: peerRunner,
  memory: () => ourRunner(':memory:'),
  durable: ourRunner,
  library: () => ourRunner(':memory:'),
};

export interface SpeedSizes {
  /** A round's, of each contender. */
  readonly executions: number;
  readonly rounds: number;
}

/**
 * Milliseconds for `executions` of the machine, `together` at once.
 * @param around watches the work while it is done
 * @throws WrongResult
 */
export async function timed(
  contender: Contender,
  executions: number,
  together: number,
  around: (work: () => Promise<void>) => Promise<void> = (work) => work(),
): Promise<number> {
  return inFolder(async (folder) => {
    setFastPath(contender !== 'library');
    const runner = await runners[contender](`${folder}/engine.sqlite`);
    try {
      collectGarbage();
      let outputs: unknown[] = [];
      const since = performance.now();
      await around(async () => {
        for (let left = executions; left > 0; left -= together) outputs = await runner.run(together);
      });
      const ms = performance.now() - since;
      const wrong = outputs.find((one) => !isDeepStrictEqual(one, output));
      if (wrong !== undefined) throw new WrongResult(`${contender} made ${JSON.stringify(wrong)}`);
      return ms;
    } finally {
      await runner.close();
      setFastPath(true);
    }
  });
}

export interface Speed {
  readonly together: number;
  readonly executions: number;
  readonly rounds: number;
  /** Transitions a second. */
  readonly rates: Readonly<Record<Contender, Spread>>;
  /** (a) in memory and (b) durable to the peer; (e) with the fast path of expressions to without it, and that to the peer. */
  readonly ratios: {
    readonly memory: Spread;
    readonly durable: Spread;
    readonly fastPath: Spread;
    readonly library: Spread;
  };
}

/** Rounds that are not counted. */
const warmUp = 2;

/** Round after round, each time another one first. */
export async function speed(together: number, { executions, rounds }: SpeedSizes): Promise<Speed> {
  const rates: Record<Contender, number[]> = { peer: [], memory: [], durable: [], library: [] };
  const whole = Math.ceil(executions / together) * together;
  for (let round = 1 - warmUp; round <= rounds; round += 1) {
    progress(`speed, ${together} at a time: ${round < 1 ? 'warm-up' : `round ${round} of ${rounds}`}`);
    for (const i of times(contenders.length)) {
      const contender = contenders[(i + round + warmUp) % contenders.length] ?? 'peer';
      const ms = await timed(contender, whole, together);
      if (round > 0) rates[contender].push((whole * transitions * 1000) / ms);
    }
  }
  return {
    together,
    executions: whole,
    rounds,
    rates: {
      peer: spread(rates.peer),
      memory: spread(rates.memory),
      durable: spread(rates.durable),
      library: spread(rates.library),
    },
    ratios: {
      memory: ratios(rates.memory, rates.peer),
      durable: ratios(rates.durable, rates.peer),
      fastPath: ratios(rates.memory, rates.library),
      library: ratios(rates.library, rates.peer),
    },
  };
}
