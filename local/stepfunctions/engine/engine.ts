import { createHmac } from 'node:crypto';
import { StepFunctionsError } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { MemoryStore } from '../store/memory.ts';
import { SqliteStore } from '../store/sqlite.ts';
import type { Store } from '../store/store.ts';
import { Calls } from './calls.ts';
import { Children } from './children.ts';
import { maxEvents } from './events.ts';
import type { End, Execution, ExecutionRecord, Frame, Status, Waiter } from './execution.ts';
import { StateFailure } from './failure.ts';
import { attach, openFrame } from './frames.ts';
import { type Host, Interpreter } from './interpreter.ts';
import type { EngineOptions } from './options.ts';
import { Programs } from './programs.ts';
import { type Job, Turns } from './turns.ts';

export interface StartRequest {
  readonly machine: string;
  readonly name: string;
  readonly input: string;
  readonly waiter?: Waiter;
  readonly traceHeader?: string;
}

/** Executions kept in memory though they only wait. */
const mostIdle = 2000;
const day = 86_400_000;
const year = 365 * day;
const nameReuse = 90 * day;

const terminal: Readonly<Record<Exclude<Status, 'RUNNING'>, string>> = {
  SUCCEEDED: 'ExecutionSucceeded',
  FAILED: 'ExecutionFailed',
  TIMED_OUT: 'ExecutionTimedOut',
  ABORTED: 'ExecutionAborted',
};

/** Executions: started, driven, ended, kept. One queue of turns, one store, one interpreter. */
export class Engine implements Host {
  readonly store: Store;
  readonly options: EngineOptions;
  readonly region: string;
  readonly interpreter: Interpreter;
  readonly children: Children;
  readonly #programs: Programs;
  /** Running executions, and those that ended since the last commit. */
  readonly #loaded = new Map<number, Execution>();
  readonly #dirty = new Set<Execution>();
  /** Started since the last commit. */
  readonly #fresh = new Map<string, Execution>();
  readonly #calls: Calls;
  /** Work beside the executions. */
  #beside = 0;
  /** So many executions in memory are looked through for those that merely wait. */
  #crowded = mostIdle;
  /** Timers that are due are in the queue. */
  #waking = false;
  #closed = false;
  readonly #turns: Turns;
  #waiting: (() => void)[] = [];
  #executions: number;
  #transitions: number;

  constructor(options: EngineOptions) {
    this.options = options;
    this.region = options.region;
    this.store = options.file === ':memory:' ? new MemoryStore() : new SqliteStore(options.file);
    this.#programs = new Programs(this.store);
    this.interpreter = new Interpreter(this);
    this.children = new Children(this);
    this.#calls = new Calls(this);
    this.#turns = new Turns({
      batch: options.batch ?? 500,
      commit: () => this.#commit(),
      turned: () => this.#told(),
      fault: (thrown) => this.#fault(thrown),
    });
    const last = this.store.lastMoment();
    if (last !== undefined) options.clock.resume?.(last);
    const { executions, transitions } = this.store.totals();
    this.#executions = executions;
    this.#transitions = transitions;
    this.#resume();
  }

  now(): number {
    return this.options.clock.now();
  }

  chance(): number {
    return (this.options.chance ?? Math.random)();
  }

  /** Only executions that were not merely waiting are loaded. */
  #resume(): void {
    for (const id of this.store.runnable()) {
      const execution = this.load(id);
      if (execution === undefined) continue;
      this.touch(execution);
      for (const frame of execution.frames.values()) {
        if (frame.phase === 'enter' || frame.phase === 'run') this.enqueue(execution, frame);
        // Its effect is unknown: it is made again, as AWS would deliver it again.
        else if (frame.phase === 'call') this.call(execution, frame);
        else if (frame.phase === 'child') this.children.resume(execution, frame);
      }
    }
    // Timers that came due while nothing ran.
    this.push(() => {});
  }

  // ---- the queue ----------------------------------------------------------------------------------------------------

  push(job: Job): void {
    this.#turns.push(job);
  }

  /** Runs `work` in the queue; resolves when what it wrote is durable. */
  transact<T>(work: () => T | Promise<T>): Promise<T> {
    return this.#turns.transact(work);
  }

  /** Work beside the executions, that `settled` waits for, too. */
  async beside<T>(work: () => Promise<T>): Promise<T> {
    this.#beside += 1;
    try {
      return await work();
    } finally {
      this.#beside -= 1;
      if (!this.#turns.running) this.#told();
    }
  }

  /** A commit failed, or the engine itself: nothing more runs, and nobody waits for it. */
  #fault(fault: unknown): void {
    for (const done of this.#waiting.splice(0)) done();
    if (this.options.onFault === undefined) throw fault;
    this.options.onFault(fault);
  }

  /** Writes what has changed; it is durable with the next commit. Whatever reads the store itself does so first. */
  flush(): void {
    if (this.#dirty.size === 0) return;
    for (const execution of this.#dirty) {
      execution.dirty = false;
      this.store.save(execution);
      if (execution.status !== 'RUNNING') this.#loaded.delete(execution.id);
    }
    this.#dirty.clear();
    this.#fresh.clear();
  }

  #commit(): void {
    this.flush();
    this.store.commit();
    if (this.#loaded.size > this.#crowded) this.#evict();
  }

  /** Where most of them are busy the next look is put off until there are twice as many. */
  #evict(): void {
    for (const [id, execution] of this.#loaded) {
      if (this.#loaded.size <= mostIdle / 2) break;
      if (execution.active > 0 || execution.dirty) continue;
      this.#loaded.delete(id);
      this.store.unload(id);
    }
    this.#crowded = Math.max(mostIdle, 2 * this.#loaded.size);
  }

  /** The queue is empty: whoever waits for that is told, and the clock. */
  #told(): void {
    this.options.clock.expect?.({ next: this.nextTimer(), busy: () => this.busy(), wake: () => this.wake() });
    if (this.busy() || this.#waiting.length === 0) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const done of waiting) done();
  }

  busy(): boolean {
    return this.#turns.running || this.#beside > 0 || this.#calls.underWay > 0;
  }

  /** Nothing is runnable or in flight. */
  settled(): Promise<void> {
    if (!this.busy()) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  stats(): { executions: number; transitions: number } {
    return { executions: this.#executions, transitions: this.#transitions };
  }

  /** `kill`: what is not committed is lost, as when the process ends. */
  async close(kill = false): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    // Of an engine that broke down nothing is kept but what it has committed.
    const broken = this.#turns.closed;
    await this.#turns.close(kill);
    this.options.clock.stop?.();
    this.#calls.abort();
    this.store.close(kill || broken);
    for (const done of this.#waiting.splice(0)) done();
  }

  // ---- executions in memory -----------------------------------------------------------------------------------------

  /** A running execution, from memory or from the store. */
  load(id: number): Execution | undefined {
    const known = this.#loaded.get(id);
    if (known !== undefined) return known.status === 'RUNNING' ? known : undefined;
    const execution = this.store.load(id);
    if (execution === undefined || execution.status !== 'RUNNING') return undefined;
    return this.#adopt(execution);
  }

  /** An execution, whatever its status, with its flows. */
  recall(id: number): Execution {
    const execution = this.#loaded.get(id) ?? this.store.load(id);
    if (execution === undefined) throw new TypeError(`The store has no execution ${id}`);
    return this.#adopt(execution);
  }

  #adopt(execution: Execution): Execution {
    attach(execution, this.#programs.get(execution.definition).program);
    this.#loaded.set(execution.id, execution);
    return execution;
  }

  /** As it stands, written or not. */
  find(arn: string): ExecutionRecord | undefined {
    const fresh = this.#fresh.get(arn);
    if (fresh !== undefined) return fresh;
    const record = this.store.find(arn);
    return record && (this.#loaded.get(record.id) ?? record);
  }

  roleOf(definition: number): string {
    return this.#programs.get(definition).role;
  }

  touch(execution: Execution): void {
    if (execution.dirty) return;
    execution.dirty = true;
    this.#dirty.add(execution);
  }

  nextTimer(): number | undefined {
    return this.store.nextTimer();
  }

  /** The clock has moved: whatever is due happens. */
  wake(): void {
    const next = this.nextTimer();
    if (next === undefined || next > this.now()) {
      if (!this.#turns.running) this.#told();
      return;
    }
    if (this.#waking) return;
    this.#waking = true;
    this.push(() => {
      for (const { execution, frame } of this.store.due(this.now())) this.push(() => this.#due(execution, frame));
      this.push(() => {
        this.#waking = false;
      });
    });
  }

  #due(id: number, frameId: number): void {
    const execution = this.load(id);
    if (execution === undefined) return;
    if (frameId !== -1) {
      const frame = execution.frames.get(frameId);
      if (frame === undefined) return;
      this.advance(execution, () => this.interpreter.due(execution, frame));
      return;
    }
    if (execution.timeoutAt !== undefined && execution.timeoutAt <= this.now()) {
      this.end(execution, 'TIMED_OUT', 0, { error: 'States.Timeout' });
    }
  }

  // ---- what the interpreter needs -----------------------------------------------------------------------------------

  emit(execution: Execution, previous: number, type: string, details?: JsonObject): number {
    const id = execution.lastEvent + 1;
    // The last event of a full history is the failure that tells so.
    if (id >= maxEvents && !type.startsWith('Execution')) {
      throw new StateFailure(
        'States.Runtime',
        `The execution reached the maximum number of history events (${maxEvents}).`,
      );
    }
    execution.lastEvent = id;
    const at = this.now();
    const event = details === undefined ? { id, previous, type, at } : { id, previous, type, at, details };
    execution.fresh.events.push(event);
    execution.touched = at;
    this.touch(execution);
    if (type.endsWith('StateEntered')) {
      execution.entered += 1;
      this.#transitions += 1;
    }
    this.options.onEvent?.(execution.arn, event);
    return id;
  }

  /** A step of the execution. It never throws: what goes wrong in it fails a state. If it does, the execution ends, and the fault is told. */
  advance(execution: Execution, step: () => void): void {
    this.touch(execution);
    try {
      step();
    } catch (fault) {
      this.broken(execution, fault);
    }
  }

  /** The history had no room for what a state, a task or a group had to tell. */
  #full(execution: Execution, { error = 'States.Runtime', reason: cause = '' }: StateFailure): void {
    this.end(execution, 'FAILED', execution.lastEvent, { error, cause });
  }

  broken(execution: Execution, fault: unknown): void {
    // As after a kill: whatever was under way is lost.
    if (this.#turns.closed) return;
    if (fault instanceof StateFailure) {
      this.#full(execution, fault);
      return;
    }
    const cause = `Internal error: ${fault instanceof Error ? fault.message : String(fault)}`;
    this.end(execution, 'FAILED', execution.lastEvent, { error: 'States.Runtime', cause });
    this.options.onFault?.(fault);
  }

  /** A step of the execution, in its turn; it stays in memory until then. */
  drive(execution: Execution, step: () => void): void {
    this.touch(execution);
    execution.active += 1;
    this.push(() => {
      execution.active -= 1;
      if (execution.status === 'RUNNING') this.advance(execution, step);
    });
  }

  enqueue(execution: Execution, frame: Frame): void {
    execution.active += 1;
    this.push(() => {
      execution.active -= 1;
      if (execution.status !== 'RUNNING' || execution.frames.get(frame.id) !== frame) return;
      if (frame.phase !== 'enter' && frame.phase !== 'run') return;
      this.advance(execution, () => this.interpreter.step(execution, frame));
    });
  }

  /** Says where it belongs; its seal makes it unguessable from outside. The same attempt gives the same token. */
  token(execution: Execution, frame: Frame, event: number): string {
    const where = `${execution.id}.${frame.id}.${event}`;
    const seal = createHmac('sha256', this.store.secret()).update(`${execution.arn} ${where}`).digest('base64url');
    return `AQC${Buffer.from(`${where}.${seal}`).toString('base64url')}`;
  }

  call(execution: Execution, frame: Frame): void {
    this.#calls.make(execution, frame);
  }

  /** Done once what was changed until then is durable. */
  afterCommit(send: () => void): void {
    this.#turns.afterCommit(send);
  }

  stopChild(arn: string): void {
    this.children.stop(arn);
  }

  stop(execution: Execution, reason: Exclude<End, { output: string }>): void {
    this.end(execution, 'ABORTED', 0, reason);
  }

  /** StartExecution: the same name and input again is the same execution while it runs. @throws StepFunctionsError */
  start({ machine, name, input, waiter, traceHeader }: StartRequest): { arn: string; started: number } {
    const record = this.store.machine(machine);
    if (record === undefined) {
      throw new StepFunctionsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${machine}'`);
    }
    const arn = `${machine.replace(':stateMachine:', ':execution:')}:${name}`;
    const now = this.now();
    const same = this.find(arn);
    if (same !== undefined) {
      if (same.status === 'RUNNING' && same.input === input) {
        const running = waiter && this.load(same.id);
        if (running) {
          running.waiters.push(waiter);
          this.touch(running);
        }
        return { arn, started: same.started };
      }
      if (same.stopped === undefined || now - same.stopped < nameReuse) {
        throw new StepFunctionsError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
      }
      this.store.remove(same.id);
    }
    const { definition } = record;
    const { program, role } = this.#programs.get(definition);
    const value: unknown = JSON.parse(input);
    const root = openFrame(program, { id: 0, parent: -1, index: 0, previous: 0 }, value, input);
    const execution: Execution = {
      id: this.store.nextExecution(),
      arn,
      name,
      machine,
      definition,
      started: now,
      input,
      value,
      status: 'RUNNING',
      redrives: 0,
      lastEvent: 0,
      nextFrame: 1,
      entered: 0,
      touched: now,
      timeoutAt: this.limit(definition),
      waiters: waiter === undefined ? [] : [waiter],
      ...(traceHeader === undefined ? {} : { traceHeader }),
      frames: new Map([[0, root]]),
      fresh: { events: [], gone: [], isNew: true },
      active: 0,
      dirty: false,
    };
    this.#executions += 1;
    this.#loaded.set(execution.id, execution);
    this.#fresh.set(arn, execution);
    this.emit(execution, 0, 'ExecutionStarted', { input, inputDetails: { truncated: false }, roleArn: role });
    this.enqueue(execution, root);
    return { arn, started: now };
  }

  finish(execution: Execution, status: 'SUCCEEDED' | 'FAILED', previous: number, end: End): void {
    this.end(execution, status, previous, end);
  }

  end(execution: Execution, status: Exclude<Status, 'RUNNING'>, previous: number, end: End): void {
    if (execution.status !== 'RUNNING') return;
    const details = 'output' in end ? { output: end.output, outputDetails: { truncated: false } } : { ...end };
    this.emit(execution, previous, terminal[status], details);
    if (status !== 'SUCCEEDED') for (const frame of execution.frames.values()) this.#halt(frame);
    execution.status = status;
    execution.stopped = this.now();
    if ('output' in end) execution.output = end.output;
    else if (status !== 'TIMED_OUT') Object.assign(execution, end);
    this.children.ended(execution);
  }

  /** The flow stays where it is, for a redrive. */
  #halt(frame: Frame): void {
    this.interpreter.tasks.abandon(frame);
    if (frame.phase !== 'group' && frame.phase !== 'enter') frame.phase = 'failed';
    delete frame.due;
    frame.changed.data = true;
  }

  /** Epoch milliseconds at which an execution that begins now is over: no Standard execution outlives a year. */
  limit(definition: number): number {
    const { timeoutSeconds } = this.#programs.get(definition).program;
    return this.now() + Math.min(timeoutSeconds === undefined ? year : timeoutSeconds * 1000, year);
  }
}
