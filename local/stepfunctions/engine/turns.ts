import { StepFunctionsError } from '../errors.ts';

export type Job = () => void | Promise<void>;

export interface TurnsOptions {
  /** Jobs from one commit to the next at most. */
  readonly batch: number;
  /** Makes durable what the jobs have changed. */
  commit(): void;
  /** The queue is empty, or has given the process a turn. */
  turned(): void;
  /** A job or a commit has thrown: nothing more runs, and whoever asks is refused. */
  fault(thrown: unknown): void;
}

/** Milliseconds after which the process may do other things. */
const turn = 10;
/** Jobs that are done leave the queue in portions. */
const portion = 5000;

const closed = (why: string): StepFunctionsError => new StepFunctionsError('ServiceUnavailable', why);

/**
 * Everything that changes an execution is a job of one queue, done one after the other: the order of events follows from
 * the order of the jobs alone. What a batch of jobs changed is committed before anything that rests on it leaves.
 */
export class Turns {
  readonly #options: TurnsOptions;
  #queue: Job[] = [];
  #head = 0;
  #outbox: (() => void)[] = [];
  /** Those who wait for an answer: refused when there will be none. */
  readonly #asking = new Set<(refusal: StepFunctionsError) => void>();
  #running = false;
  #closed = false;
  #refusal = closed('The engine is closed');

  constructor(options: TurnsOptions) {
    this.#options = options;
  }

  get running(): boolean {
    return this.#running;
  }

  push(job: Job): void {
    if (this.#closed) return;
    this.#queue.push(job);
    if (this.#running) return;
    this.#running = true;
    queueMicrotask(() => {
      this.#run().catch((fault: unknown) => this.#broken(fault));
    });
  }

  /** Done once what was changed until then is durable. */
  afterCommit(send: () => void): void {
    this.#outbox.push(send);
  }

  /** Runs `work` in the queue; resolves when what it changed is durable. */
  transact<T>(work: () => T | Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(this.#refusal);
    return new Promise<T>((resolve, reject) => {
      this.#asking.add(reject);
      const answer = (tell: () => void): void =>
        this.afterCommit(() => {
          this.#asking.delete(reject);
          tell();
        });
      const settled = (result: T): void => answer(() => resolve(result));
      const failed = (error: unknown): void => answer(() => reject(error));
      this.push(() => {
        try {
          const result = work();
          if (result instanceof Promise) return result.then(settled, failed);
          settled(result);
        } catch (error) {
          failed(error);
        }
      });
    });
  }

  async #run(): Promise<void> {
    let since = performance.now();
    while (this.#head < this.#queue.length) {
      for (let left = this.#options.batch; left > 0 && this.#head < this.#queue.length; left -= 1) {
        const job = this.#queue[this.#head];
        this.#head += 1;
        const pending = job?.();
        if (pending !== undefined) await pending;
        if (this.#closed) return;
        if (performance.now() - since > turn) break;
      }
      if (this.#head === this.#queue.length || this.#head > portion) {
        this.#queue = this.#queue.slice(this.#head);
        this.#head = 0;
      }
      this.#options.commit();
      const outbox = this.#outbox;
      this.#outbox = [];
      for (const send of outbox) send();
      if (performance.now() - since > turn) {
        await new Promise<void>((next) => setImmediate(next));
        since = performance.now();
        if (this.#closed) return;
        if (this.#head < this.#queue.length) this.#options.turned();
      }
    }
    this.#running = false;
    this.#options.turned();
  }

  #broken(fault: unknown): void {
    this.#running = false;
    this.#end(closed('The engine has broken down'));
    this.#options.fault(fault);
  }

  #end(refusal: StepFunctionsError): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#refusal = refusal;
    for (const refuse of this.#asking) refuse(refusal);
    this.#asking.clear();
  }

  /** @param kill what is queued is dropped */
  async close(kill: boolean): Promise<void> {
    while (!kill && this.#running && !this.#closed) await new Promise<void>((done) => setImmediate(done));
    this.#end(closed('The engine is closed'));
  }

  get closed(): boolean {
    return this.#closed;
  }
}
