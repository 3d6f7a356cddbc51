import type { Execution, timersOf } from '../engine/execution.ts';
import type { Timer } from './store.ts';

export interface NamedTimer extends Timer {
  readonly event: number;
  readonly name: string;
}

/** By time, then name, event and frame: the same order in every run. */
export const inOrder = (timers: NamedTimer[]): NamedTimer[] =>
  timers.sort(
    (a, b) =>
      a.due - b.due || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0) || a.event - b.event || a.frame - b.frame,
  );

/** Timers in memory, by execution. */
export class Timers {
  readonly #timers = new Map<number, NamedTimer[]>();
  /** The earliest; null: to be looked for. */
  #next: number | undefined | null;

  /** Instead of those that the execution had. */
  set({ id, name }: Execution, timers: ReturnType<typeof timersOf>): void {
    const old = this.#timers.get(id);
    if (old?.some(({ due }) => due === this.#next)) this.#next = null;
    if (timers.length === 0) {
      if (old !== undefined) this.#timers.delete(id);
      return;
    }
    this.#timers.set(
      id,
      timers.map(({ frame, due, event }) => ({ execution: id, frame, due, event, name })),
    );
    if (this.#next === null) return;
    for (const { due } of timers) if (this.#next === undefined || due < this.#next) this.#next = due;
  }

  next(): number | undefined {
    if (this.#next !== null) return this.#next;
    this.#next = undefined;
    for (const timers of this.#timers.values()) {
      for (const { due } of timers) if (this.#next === undefined || due < this.#next) this.#next = due;
    }
    return this.#next;
  }

  due(now: number): NamedTimer[] {
    return [...this.#timers.values()].flat().filter(({ due }) => due <= now);
  }
}
