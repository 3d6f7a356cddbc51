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

/** Timers in memory, by execution: a heap of them, in which those that were replaced lie until they come to the top. */
export class Timers {
  readonly #current = new Map<number, readonly NamedTimer[]>();
  #heap: NamedTimer[] = [];

  /** Instead of those that the execution had. */
  set({ id, name }: Execution, timers: ReturnType<typeof timersOf>): void {
    if (timers.length === 0) {
      this.#current.delete(id);
      return;
    }
    const named = timers.map(({ frame, due, event }) => ({ execution: id, frame, due, event, name }));
    this.#current.set(id, named);
    for (const timer of named) this.#push(timer);
    if (this.#heap.length > 1000 && this.#heap.length > 4 * this.#current.size) this.#sweep();
  }

  /** Those that were replaced leave. A sorted list is a heap. */
  #sweep(): void {
    this.#heap = [...this.#current.values()].flat().sort((a, b) => a.due - b.due);
  }

  next(): number | undefined {
    for (let top = this.#heap[0]; top !== undefined; top = this.#heap[0]) {
      if (this.#holds(top)) return top.due;
      this.#pop();
    }
    return undefined;
  }

  due(now: number): NamedTimer[] {
    const found: NamedTimer[] = [];
    const look = (at: number): void => {
      const timer = this.#heap[at];
      if (timer === undefined || timer.due > now) return;
      if (this.#holds(timer)) found.push(timer);
      look(2 * at + 1);
      look(2 * at + 2);
    };
    look(0);
    return found;
  }

  #holds(timer: NamedTimer): boolean {
    return this.#current.get(timer.execution)?.includes(timer) === true;
  }

  #push(timer: NamedTimer): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(timer);
    for (let up = (at - 1) >> 1; at > 0; up = (at - 1) >> 1) {
      const above = heap[up];
      if (above === undefined || above.due <= timer.due) break;
      heap[at] = above;
      at = up;
    }
    heap[at] = timer;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let at = 0;
    for (;;) {
      const [left, right] = [heap[2 * at + 1], heap[2 * at + 2]];
      const child = right !== undefined && left !== undefined && right.due < left.due ? right : left;
      if (child === undefined || child.due >= last.due) break;
      heap[at] = child;
      at = child === left ? 2 * at + 1 : 2 * at + 2;
    }
    heap[at] = last;
  }
}
