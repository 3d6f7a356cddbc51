import { StepFunctions } from '../index.ts';
import type { Lambdas } from './files.ts';
import { functionsOf } from './functions.ts';
import { Services } from './services.ts';
import type { JsonObject } from './values.ts';

/** Nothing is left to happen, and what was waited for did not come. */
export class Stuck extends Error {
  override readonly name = 'Stuck';
}

/** Someone outside the engine who acts by himself. */
export interface Outsider {
  /** Does what is to be done now. @returns whether there was anything */
  act(): Promise<boolean>;
  /** When there is something to be done next, epoch milliseconds. */
  nextTimer(): number | undefined;
}

export interface Circumstances {
  readonly lambdas?: Lambdas | undefined;
  readonly expected: unknown;
  /** Day on which the world begins. */
  readonly recorded?: string | null | undefined;
}

/** Turns of the event loop in which an engine that only waits for a sleeping function has done all else. */
const manyTurns = 50;
const turn = (): Promise<void> => new Promise((next) => setImmediate(next));

/** An engine, the functions and services that it calls, and their time, which jumps from one event to the next. */
export class World {
  readonly engine: StepFunctions;
  readonly services: Services;
  #now: number;
  #sleepers: { readonly at: number; readonly wake: () => void }[] = [];

  constructor({ lambdas = {}, expected, recorded }: Circumstances) {
    this.#now = Date.parse(`${recorded ?? '2025-01-01'}T12:00:00Z`);
    this.services = new Services(expected, (operation, input) => this.engine.call(operation, input));
    this.engine = StepFunctions.open({
      file: ':memory:',
      clock: { now: () => this.#now },
      integrations: {
        invokeLambda: functionsOf(lambdas, (seconds) => this.#sleep(seconds)),
        callService: this.services.call,
      },
      partition: 'aws',
      region: 'us-east-1',
      account: '111111111111',
    });
  }

  /** Epoch milliseconds. */
  now(): number {
    return this.#now;
  }

  #sleep(seconds: number): Promise<void> {
    return new Promise((wake) => {
      this.#sleepers.push({ at: this.#now + seconds * 1000, wake });
    });
  }

  /** The engine has done all it can for now. */
  async #quiet(): Promise<void> {
    let settled = false;
    const settling = this.engine.settled().then(() => {
      settled = true;
    });
    if (this.#sleepers.length === 0) await Promise.race([settling, turn()]);
    for (let turns = 0; !settled && turns < manyTurns; ) {
      await turn();
      turns = this.#sleepers.length > 0 ? turns + 1 : 0;
    }
  }

  #advance(at: number): void {
    this.#now = Math.max(this.#now, at);
    const awake = this.#sleepers.filter((sleeper) => sleeper.at <= this.#now);
    this.#sleepers = this.#sleepers.filter((sleeper) => sleeper.at > this.#now);
    for (const { wake } of awake) wake();
    this.engine.wake();
  }

  /** Time passes until `over`. @throws Stuck */
  async run(over: () => boolean | Promise<boolean>, outsider?: Outsider): Promise<void> {
    for (;;) {
      await this.#quiet();
      if (await over()) return;
      if (await outsider?.act()) continue;
      const timers = [this.engine.nextTimer(), outsider?.nextTimer(), ...this.#sleepers.map(({ at }) => at)];
      const next = Math.min(...timers.filter((at) => at !== undefined));
      if (next === Number.POSITIVE_INFINITY) throw new Stuck('it never ends: nothing is left to happen');
      this.#advance(next);
    }
  }

  /** One call of the engine, for which time may have to pass. */
  async call(operation: string, input: JsonObject): Promise<JsonObject> {
    let done = false;
    const answer = this.engine.call(operation, input).finally(() => {
      done = true;
    });
    // Its error is the answer; `run` must not be what hears of it first.
    answer.catch(() => {});
    await this.run(() => done);
    return answer;
  }

  close(): Promise<void> {
    return this.engine.close();
  }
}
