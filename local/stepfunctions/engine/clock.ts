/** What a clock may know of its engine. */
export interface Timed {
  /** When the next timer is due; undefined: none. */
  readonly next: number | undefined;
  /** Something runs or is in flight. */
  busy(): boolean;
  /** The clock has come so far: whatever is due happens. */
  wake(): void;
}

/** Time of an engine, in epoch milliseconds. */
export interface Clock {
  now(): number;
  /** Told after every turn. A clock that runs by itself wakes the engine then; one that is moved from outside does nothing. */
  expect?(engine: Timed): void;
  /** Told at the start: what an earlier process did last was at this moment. Time does not run back behind it. */
  resume?(at: number): void;
  /** The engine is closed: no more calls of `wake`. */
  stop?(): void;
}

// setTimeout takes at most 2^31 - 1 milliseconds, about 24.8 days.
const longest = 2_147_483_647;

/** The machine's time, or a multiple of it: a `speed` of 60 makes a minute of every second. Sets its own timers. */
export class RunningClock implements Clock {
  readonly #speed: number;
  #startedAt: number;
  readonly #origin = performance.now();
  #timer: NodeJS.Timeout | undefined;
  #set: number | undefined;

  constructor(speed = 1, startAt = Date.now()) {
    if (!(speed > 0)) throw new RangeError(`The speed of a clock must be positive, not ${speed}`);
    this.#speed = speed;
    this.#startedAt = startAt;
  }

  now(): number {
    return Math.floor(this.#startedAt + (performance.now() - this.#origin) * this.#speed);
  }

  resume(at: number): void {
    this.#startedAt += Math.max(0, at - this.now());
  }

  expect({ next, wake }: Timed): void {
    if (next === this.#set) return;
    clearTimeout(this.#timer);
    this.#set = next;
    if (next === undefined) return;
    const ms = Math.max(0, Math.ceil((next - this.now()) / this.#speed));
    this.#timer = setTimeout(
      () => {
        this.#set = undefined;
        wake();
      },
      Math.min(ms, longest),
    );
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

/** Jumps to the next timer as soon as nothing is runnable or in flight: a year takes as long as what happens in it. */
export class VirtualClock implements Clock {
  #now: number;
  #jump: NodeJS.Immediate | undefined;

  constructor(startAt = Date.now()) {
    this.#now = startAt;
  }

  now(): number {
    return this.#now;
  }

  resume(at: number): void {
    this.#now = Math.max(this.#now, at);
  }

  expect(engine: Timed): void {
    clearImmediate(this.#jump);
    const { next } = engine;
    if (engine.busy() || next === undefined) return;
    // Whoever calls the engine right after this turn comes first; it tells again when it has done what was asked.
    this.#jump = setImmediate(() => {
      if (engine.busy()) return;
      this.#now = Math.max(this.#now, next);
      engine.wake();
    });
  }

  stop(): void {
    clearImmediate(this.#jump);
  }
}
