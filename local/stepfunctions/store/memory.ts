import { randomUUID } from 'node:crypto';
import type { HistoryEvent } from '../engine/events.ts';
import { type Execution, quiet, timersOf } from '../engine/execution.ts';
import type { DefinitionRecord, ListQuery, MachineRecord, Store, Timer } from './store.ts';
import { inOrder, Timers } from './timers.ts';

/** Everything in memory, gone with the process. */
export class MemoryStore implements Store {
  readonly #machines = new Map<string, MachineRecord>();
  readonly #definitions: DefinitionRecord[] = [];
  readonly #executions: Execution[] = [];
  readonly #byArn = new Map<string, Execution>();
  readonly #histories: HistoryEvent[][] = [];
  readonly #timers = new Timers();
  readonly #secret = randomUUID();
  #next = 0;

  machine(arn: string): MachineRecord | undefined {
    return this.#machines.get(arn);
  }

  machines(): MachineRecord[] {
    return [...this.#machines.values()];
  }

  putMachine(machine: MachineRecord): void {
    this.#machines.set(machine.arn, machine);
  }

  removeMachine(arn: string): void {
    this.#machines.delete(arn);
  }

  definition(id: number): DefinitionRecord | undefined {
    return this.#definitions[id];
  }

  addDefinition(definition: Omit<DefinitionRecord, 'id'>): number {
    const id = this.#definitions.length;
    this.#definitions.push({ ...definition, id });
    return id;
  }

  nextExecution(): number {
    const id = this.#next;
    this.#next += 1;
    return id;
  }

  find(arn: string): Execution | undefined {
    return this.#byArn.get(arn);
  }

  load(id: number): Execution | undefined {
    return this.#executions[id];
  }

  unload(): void {}

  save(execution: Execution): void {
    const { id, fresh, frames } = execution;
    if (fresh.isNew) {
      this.#executions[id] = execution;
      this.#byArn.set(execution.arn, execution);
      this.#histories[id] = fresh.events;
      fresh.events = [];
      fresh.isNew = false;
    } else {
      this.#histories[id]?.push(...fresh.events);
      fresh.events.length = 0;
    }
    fresh.gone.length = 0;
    for (const { changed } of frames.values()) {
      changed.data = false;
      changed.items = false;
      if (changed.variables.size > 0) changed.variables.clear();
      if (changed.results.length > 0) changed.results.length = 0;
    }
    this.#timers.set(execution, execution.status === 'RUNNING' ? timersOf(execution) : []);
  }

  remove(id: number): void {
    const execution = this.#executions[id];
    if (execution === undefined) return;
    this.#byArn.delete(execution.arn);
    delete this.#executions[id];
    delete this.#histories[id];
  }

  list({ machine, status, redriven, before = Number.POSITIVE_INFINITY, limit }: ListQuery): Execution[] {
    return this.#executions
      .filter((one) => one.machine === machine && one.id < before && (status === undefined || one.status === status))
      .filter((one) => redriven === undefined || one.redrives > 0 === redriven)
      .reverse()
      .slice(0, limit);
  }

  running(machine: string): number[] {
    return this.#executions.filter((e) => e.machine === machine && e.status === 'RUNNING').map(({ id }) => id);
  }

  history(execution: number, from: number, to: number): HistoryEvent[] {
    return this.#histories[execution]?.slice(from - 1, to) ?? [];
  }

  nextTimer(): number | undefined {
    return this.#timers.next();
  }

  due(now: number): Timer[] {
    return inOrder(this.#timers.due(now));
  }

  runnable(): number[] {
    return this.#executions
      .filter((e) => e.status === 'RUNNING' && ![...e.frames.values()].every(quiet))
      .map(({ id }) => id);
  }

  secret(): string {
    return this.#secret;
  }

  lastMoment(): undefined {}

  totals(): { executions: number; transitions: number } {
    return {
      executions: this.#next,
      transitions: this.#executions.reduce((sum, { entered }) => sum + entered, 0),
    };
  }

  commit(): void {}

  close(): void {}
}
