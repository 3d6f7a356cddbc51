import type { Program } from '../language/program.ts';
import type { HistoryEvent } from './events.ts';

export type Status = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** How a call, a state, an execution ended. An error without a name is AWS's too (SendTaskFailure without `error`). */
export type Outcome = { readonly output: unknown } | { readonly error?: string; readonly cause?: string };

/** How an execution ends: its output as JSON text, or why it has none. */
export type End = { readonly output: string } | { readonly error?: string; readonly cause?: string };

/** What a frame does next. */
export type Phase =
  | 'enter' // the state is not entered yet
  | 'run' // entered; its work is to be done (again)
  | 'call' // an integration call is in flight, or must be made again after a restart
  | 'token' // the call answered; a worker has the token
  | 'child' // a nested execution runs
  | 'wait' // Wait, until `due`
  | 'retry' // back-off, until `due`
  | 'group' // branches or iterations run
  | 'failed'; // the execution ended here; a redrive goes on from here

export interface TaskRun {
  /** Id of the …Scheduled event: tells attempts apart. */
  readonly event: number;
  /** The evaluated Arguments. */
  readonly input: unknown;
  credentials?: string;
  token?: string;
  /** The worker's answer, when it came before the answer of the call that gave it the token. */
  early?: Outcome;
  /** ARN of the nested execution. */
  child?: string;
  /** It has ended; its parent is about to go on. */
  childEnded?: boolean;
  timeoutAt?: number;
  /** Seconds. */
  heartbeat?: number;
  heartbeatAt?: number;
}

/** Branches of a Parallel or iterations of a Map under way. */
export interface Group {
  readonly total: number;
  readonly limit: number;
  /** Failures that the state stands, and their share in percent: to exceed either is to fail. Absent where none is given. */
  readonly tolerated?: number;
  readonly toleratedPercentage?: number;
  next: number;
  done: number;
  failed: number;
  /** The event that the next of them follows. */
  last: number;
}

/** What is kept of a frame as JSON; its input, variables, items and results lie beside. */
export interface FrameData {
  readonly id: number;
  readonly parent: number;
  /** Which branch, or which iteration. */
  readonly index: number;
  state: string;
  phase: Phase;
  /** The event that the next one follows. */
  previous: number;
  /** The event before the state was entered. */
  before: number;
  entered: number;
  enteredAt: number;
  /** Attempts so far, a retrier each. */
  retries: number[];
  due?: number;
  task?: TaskRun;
  group?: Group;
}

export interface Variable {
  readonly value: unknown;
  /** Bytes of its JSON text. */
  readonly size: number;
}

/** One flow of control: the execution itself, a branch of a Parallel, an iteration of a Map. */
export interface Frame extends FrameData {
  /** The part of the definition that it runs. */
  program?: Program;
  input: unknown;
  /** The same as JSON text, as the history has it. */
  inputText: string;
  variables: Map<string, Variable>;
  items?: readonly unknown[];
  /** Outputs by index; undefined: not there yet. */
  results?: unknown[];
  /** What a store has not written yet. */
  changed: { stored: boolean; data: boolean; variables: Map<string, string>; items: boolean; results: number[] };
}

/** The `.sync` task of another execution that waits for this one. */
export interface Waiter {
  readonly execution: number;
  readonly frame: number;
  readonly event: number;
}

export interface ExecutionRecord {
  readonly id: number;
  readonly arn: string;
  readonly name: string;
  readonly machine: string;
  readonly definition: number;
  readonly started: number;
  readonly input: string;
  status: Status;
  stopped?: number;
  output?: string;
  error?: string;
  cause?: string;
  redrives: number;
  redriven?: number;
  timeoutAt?: number;
  waiters: Waiter[];
  lastEvent: number;
  nextFrame: number;
  /** States entered so far. */
  entered: number;
  /** When its last event happened. */
  touched: number;
  /** Of the request that redrove it last: that one again changes nothing. */
  redriveToken?: string;
  traceHeader?: string;
}

export interface Execution extends ExecutionRecord {
  readonly value: unknown;
  readonly frames: Map<number, Frame>;
  /** What a store has not written yet. */
  readonly fresh: { events: HistoryEvent[]; gone: number[]; isNew: boolean };
  /** Steps in the queue and calls in flight: it stays in memory while above zero. */
  active: number;
  dirty: boolean;
}

export function newFrame(data: FrameData, input: unknown, inputText: string): Frame {
  return {
    ...data,
    input,
    inputText,
    variables: new Map(),
    changed: { stored: false, data: true, variables: new Map(), items: false, results: [] },
  };
}

/** The parts of a frame that are kept as one JSON. */
export function frameData(frame: Frame): FrameData {
  const { program, input, inputText, variables, items, results, changed, ...data } = frame;
  return data;
}

export function timersOf(execution: Execution): { frame: number; due: number; event: number }[] {
  const timers = [];
  for (const { id, due, entered } of execution.frames.values()) {
    if (due !== undefined) timers.push({ frame: id, due, event: entered });
  }
  if (execution.timeoutAt !== undefined) timers.push({ frame: -1, due: execution.timeoutAt, event: 0 });
  return timers;
}

/** Nothing happens to the frame by itself but what a timer, a token or the end of a nested execution brings. */
export function quiet({ phase, task }: Frame): boolean {
  if (phase === 'child') return task?.childEnded !== true;
  return phase === 'wait' || phase === 'retry' || phase === 'token' || phase === 'group';
}
