/** The clock of the city: it jumps when told, or runs with the machine's from wherever it stands. Survives the process. */
import type { Store } from './store.ts';

export class Clock {
  readonly #store: Store;
  #at: number;
  /** Set while the clock runs: ahead of the machine's by so many milliseconds. */
  #ahead: number | undefined;

  constructor(store: Store, mode: 'real' | 'jump', startAt: number | undefined) {
    this.#store = store;
    const stored = store.fact('now');
    this.#at = stored === undefined ? (startAt ?? Date.now()) : Number(stored);
    const ahead = store.fact('ahead');
    if (ahead !== undefined) this.#ahead = Number(ahead);
    else if (mode === 'real') this.run();
    store.setFact('now', String(this.#at));
  }

  now(): number {
    return this.#ahead === undefined ? this.#at : Date.now() + this.#ahead;
  }

  get runs(): boolean {
    return this.#ahead !== undefined;
  }

  jumpTo(at: number): void {
    if (this.#ahead !== undefined || at <= this.#at) return;
    this.#at = at;
    this.#store.setFact('now', String(at));
  }

  run(): void {
    if (this.#ahead !== undefined) return;
    this.#ahead = this.#at - Date.now();
    this.#store.setFact('ahead', String(this.#ahead));
  }
}
