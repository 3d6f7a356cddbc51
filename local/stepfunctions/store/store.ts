import type { HistoryEvent } from '../engine/events.ts';
import type { Execution, ExecutionRecord, Status } from '../engine/execution.ts';

export interface MachineRecord {
  readonly arn: string;
  readonly name: string;
  readonly type: string;
  /** Id of the definition that new executions begin with. */
  definition: number;
  readonly created: number;
  updated: number;
  /** Logging, tracing and encryption as they were asked for: told again, not done. */
  configuration: Readonly<Record<string, unknown>>;
  tags: Record<string, string>;
}

export interface DefinitionRecord {
  readonly id: number;
  readonly machine: string;
  readonly text: string;
  readonly role: string;
  readonly created: number;
  readonly revision: string;
}

export interface Timer {
  readonly execution: number;
  /** −1: the TimeoutSeconds of the whole machine. */
  readonly frame: number;
  readonly due: number;
}

export interface ListQuery {
  readonly machine: string;
  readonly status?: Status;
  readonly redriven?: boolean;
  /** Only those that were started before this one. */
  readonly before?: number;
  readonly limit: number;
}

/**
 * Where an engine keeps what it must not forget. Reads see what was written; what was written is durable after `commit`.
 */
export interface Store {
  machine(arn: string): MachineRecord | undefined;
  machines(): MachineRecord[];
  putMachine(machine: MachineRecord): void;
  removeMachine(arn: string): void;
  definition(id: number): DefinitionRecord | undefined;
  addDefinition(definition: Omit<DefinitionRecord, 'id'>): number;

  /** The number of the execution to come. */
  nextExecution(): number;
  /** By ARN, running or not. */
  find(arn: string): ExecutionRecord | undefined;
  /** With its frames. */
  load(id: number): Execution | undefined;
  /** It left the engine's memory: nothing of it need be kept in the store's. */
  unload(id: number): void;
  /** Writes what has changed since the last time. */
  save(execution: Execution): void;
  /** Forgets an execution that is over: its name is used again. */
  remove(id: number): void;
  /** The newest first, without what they were given and gave. */
  list(query: ListQuery): ExecutionRecord[];
  running(machine: string): number[];
  /** Events `from` to `to`, both included, in order. */
  history(execution: number, from: number, to: number): HistoryEvent[];

  nextTimer(): number | undefined;
  /** In the order of time, then name, event and frame: the same in every run. */
  due(now: number): Timer[];
  /** Executions that were not merely waiting. */
  runnable(): number[];

  /** Of this store alone: what seals its tokens. */
  secret(): string;
  /** When something last began or ended, about: epoch milliseconds; undefined where nothing did. */
  lastMoment(): number | undefined;
  /** Executions ever started, states ever entered. */
  totals(): { executions: number; transitions: number };
  commit(): void;
  /** `kill`: what was not committed is lost, as when the process ends. */
  close(kill: boolean): void;
}
