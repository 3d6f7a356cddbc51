/** Time of an engine, in epoch milliseconds. */
export interface Clock {
  now(): number;
  /**
   * Told after every turn: when the next timer is due (undefined: none) and whether anything is running or in flight.
   * A clock that runs by itself calls `wake` then; one that is moved from outside does nothing.
   */
  expect?(next: number | undefined, busy: boolean, wake: () => void): void;
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

  expect(next: number | undefined, _busy: boolean, wake: () => void): void {
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

  expect(next: number | undefined, busy: boolean, wake: () => void): void {
    clearImmediate(this.#jump);
    if (busy || next === undefined) return;
    // Whoever calls the engine right after this turn comes first.
    this.#jump = setImmediate(() => {
      this.#now = Math.max(this.#now, next);
      wake();
    });
  }

  stop(): void {
    clearImmediate(this.#jump);
  }
}
