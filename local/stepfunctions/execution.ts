import type { Resource } from './asl.ts';
import type { JsonObject } from './json.ts';

/** What a frame does next. */
export type Phase =
  | 'enter' // the state is not entered yet
  | 'run' // entered; its work is to be done (again)
  | 'call' // an integration call is in flight, or must be made again after a restart
  | 'token' // the call answered; a worker has the token
  | 'child' // a nested execution runs
  | 'wait' // Wait, until `due`
  | 'retry' // back-off, until `due`
  | 'group'; // branches or iterations run

export type Outcome = { readonly output: unknown } | { readonly error?: string; readonly cause?: string };

export interface TaskState {
  readonly event: number; // id of the Scheduled event: tells attempts apart
  readonly resource: Resource;
  readonly input: unknown;
  readonly role?: string;
  token?: string;
  early?: Outcome; // the answer came before the call that stores the token
  child?: string; // ARN of the nested execution
  timeoutAt?: number;
  heartbeat?: number; // seconds
  heartbeatAt?: number;
}

export interface Group {
  readonly items?: unknown[];
  readonly total: number;
  readonly started: number; // id of …StateStarted
  readonly limit: number;
  next: number;
  done: number;
  failed: number;
  readonly tolerated: number;
  readonly toleratedPercentage: number;
  results: unknown[];
  last: number; // event the next iteration follows
}

/** One flow of control: the execution itself, a branch of a Parallel, an iteration of a Map. */
export interface Frame {
  readonly id: number;
  readonly parent: number;
  readonly path: (string | number)[];
  readonly index: number;
  readonly item?: unknown;
  state: string;
  input: unknown;
  variables: JsonObject;
  phase: Phase;
  previous: number; // the event the next one follows
  before: number; // the event before the state was entered
  entered: number;
  enteredAt: number;
  retries: number[];
  due?: number;
  task?: TaskState;
  group?: Group;
}

/** What is kept of a running execution beside its history. */
export interface Snapshot {
  lastEvent: number;
  nextFrame: number;
  timeoutAt?: number;
  waiter?: { execution: number; frame: number; event: number }; // the .sync task of another execution
  frames: Frame[];
}

export interface Execution {
  readonly id: number;
  readonly arn: string;
  readonly name: string;
  readonly machine: string;
  readonly definition: number;
  readonly started: number;
  readonly input: unknown;
  readonly redrives: number;
  status: string;
  lastEvent: number;
  nextFrame: number;
  timeoutAt?: number;
  waiter?: Snapshot['waiter'];
  readonly frames: Map<number, Frame>;
  dirty: boolean;
  active: number; // queued steps and calls in flight: not evicted while above zero
  timers: string; // what the timers table holds
}
