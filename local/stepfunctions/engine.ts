import { createHash } from 'node:crypto';
import type { Machine } from './asl.ts';
import { type Integrations, perform } from './calls.ts';
import { StepFunctionsError } from './errors.ts';
import type { Execution, Frame, Outcome, Snapshot, TaskState } from './execution.ts';
import { type Host, Interpreter } from './interpreter.ts';
import { isObject, type JsonObject, textOf } from './json.ts';
import { type Row, Store } from './store.ts';

export interface Clock {
  now(): number;
}

export interface EngineOptions {
  file: string;
  clock: Clock;
  integrations: Integrations;
  partition: string;
  region: string;
  account: string;
  stopChildren?: boolean;
  /** Steps per transaction. */
  batch?: number;
}

export interface StartRequest {
  machine: string;
  name: string;
  input: string;
  waiter?: Snapshot['waiter'];
}

type Job = () => void | Promise<void>;

const maxIdle = 2000;

/**
 * Everything that changes an execution is a job of one queue, done one after the other: the order of events follows from
 * the order of the jobs alone. What a batch of jobs wrote is committed before anything leaves the engine.
 */
export class Engine implements Host {
  readonly store: Store;
  readonly options: EngineOptions;
  readonly region: string;
  readonly interpreter: Interpreter;
  readonly #definitions = new Map<number, { machine: Machine; role: string }>();
  readonly #loaded = new Map<number, Execution>();
  readonly #dirty = new Set<Execution>();
  readonly #calls = new Map<string, AbortController>();
  #outbox: (() => void)[] = [];
  #afterCommit: (() => void)[] = [];
  #queue: Job[] = [];
  #pumping = false;
  #closed = false;
  #inFlight = 0;
  #settled: (() => void)[] = [];
  #nextTimer: number | undefined | null = null; // null: not known
  #executions = 0;
  #transitions = 0;

  constructor(options: EngineOptions) {
    this.options = options;
    this.region = options.region;
    this.store = new Store(options.file);
    this.interpreter = new Interpreter(this);
    const count = (name: string) =>
      Number(this.store.one('select value from counters where name = ?', name)?.value ?? 0);
    this.#executions = count('executions');
    this.#transitions = count('transitions');
    this.#resume();
  }

  now(): number {
    return this.options.clock.now();
  }

  /** Only executions that were not merely waiting are loaded: the table `runnable` names them. */
  #resume(): void {
    for (const row of this.store.all('select execution from runnable order by execution')) {
      const execution = this.load(Number(row.execution));
      if (execution === undefined) continue;
      for (const frame of execution.frames.values()) {
        if (frame.phase === 'enter' || frame.phase === 'run') this.enqueue(execution, frame);
        else if (frame.phase === 'call' && frame.task) this.call(execution, frame, frame.task);
        else if (frame.phase === 'child' && frame.task?.child !== undefined) {
          const child = this.store.one('select * from executions where arn = ?', frame.task.child);
          const { event } = frame.task;
          if (child && child.status !== 'RUNNING')
            this.push(() => this.#childOver(execution.id, frame.id, event, child));
        }
      }
    }
    // A nested execution that closed in the last transaction before the end: its parent may not be marked.
    this.push(() => {});
  }

  // ---- the queue ----------------------------------------------------------------------------------------------------

  push(job: Job): void {
    this.#queue.push(job);
    if (this.#pumping || this.#closed) return;
    this.#pumping = true;
    setImmediate(() => void this.#pump());
  }

  async #pump(): Promise<void> {
    const batch = this.options.batch ?? 500;
    while (this.#queue.length > 0 && !this.#closed) {
      const jobs = this.#queue.length > batch ? this.#queue.splice(0, batch) : this.#queue.splice(0);
      for (const job of jobs) {
        if (this.#closed) return;
        const pending = job();
        if (pending) await pending;
      }
      if (this.#closed) return;
      this.#commit();
      if (this.#queue.length > 0) await new Promise<void>((done) => setImmediate(done));
    }
    this.#pumping = false;
    this.#checkSettled();
  }

  #commit(): void {
    for (const execution of this.#dirty) this.#save(execution);
    this.#dirty.clear();
    if (this.store.dirty) {
      this.store.run('insert or replace into counters values (?, ?)', 'executions', this.#executions);
      this.store.run('insert or replace into counters values (?, ?)', 'transitions', this.#transitions);
    }
    this.store.commit();
    const outbox = this.#outbox;
    const after = this.#afterCommit;
    this.#outbox = [];
    this.#afterCommit = [];
    for (const send of outbox) send();
    for (const done of after) done();
    if (this.#loaded.size > maxIdle) this.#evict();
  }

  #evict(): void {
    for (const [id, execution] of this.#loaded) {
      if (this.#loaded.size <= maxIdle / 2) return;
      if (execution.active === 0 && !execution.dirty) this.#loaded.delete(id);
    }
  }

  /** Runs `work` in the queue; resolves when what it wrote is durable. */
  transact<T>(work: () => T | Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(new StepFunctionsError('ServiceUnavailable', 'The engine is closed'));
    return new Promise<T>((resolve, reject) => {
      this.push(async () => {
        try {
          const result = await work();
          this.#afterCommit.push(() => resolve(result));
        } catch (error) {
          this.#afterCommit.push(() => reject(error));
        }
      });
    });
  }

  busy(): boolean {
    return this.#pumping || this.#queue.length > 0 || this.#inFlight > 0;
  }

  settled(): Promise<void> {
    return new Promise((resolve) => {
      this.#settled.push(resolve);
      this.#checkSettled();
    });
  }

  #checkSettled(): void {
    if (this.busy()) return;
    const waiting = this.#settled;
    this.#settled = [];
    for (const done of waiting) done();
  }

  stats(): { executions: number; transitions: number } {
    return { executions: this.#executions, transitions: this.#transitions };
  }

  /** `kill`: what is not committed is lost, as when the process ends. */
  async close(kill = false): Promise<void> {
    if (this.#closed) return;
    if (!kill) while (this.#pumping) await new Promise<void>((done) => setImmediate(done));
    this.#closed = true;
    for (const call of this.#calls.values()) call.abort();
    this.store.rollback();
    this.store.close();
  }

  // ---- executions in memory -----------------------------------------------------------------------------------------

  load(id: number): Execution | undefined {
    const known = this.#loaded.get(id);
    if (known !== undefined) return known;
    const row = this.store.one("select * from executions where id = ? and status = 'RUNNING'", id);
    if (row === undefined) return undefined;
    const snapshot = JSON.parse(String(row.snapshot)) as Snapshot;
    const execution: Execution = {
      id,
      arn: String(row.arn),
      name: String(row.name),
      machine: String(row.machine),
      definition: Number(row.definition),
      started: Number(row.started),
      input: JSON.parse(String(row.input)),
      redrives: Number(row.redrives),
      status: 'RUNNING',
      lastEvent: snapshot.lastEvent,
      nextFrame: snapshot.nextFrame,
      ...(snapshot.timeoutAt === undefined ? {} : { timeoutAt: snapshot.timeoutAt }),
      ...(snapshot.waiter === undefined ? {} : { waiter: snapshot.waiter }),
      frames: new Map(snapshot.frames.map((frame) => [frame.id, frame])),
      dirty: false,
      active: 0,
      timers: '?',
    };
    this.#loaded.set(id, execution);
    return execution;
  }

  find(arn: string): Row | undefined {
    return this.store.one('select * from executions where arn = ?', arn);
  }

  touch(execution: Execution): void {
    execution.dirty = true;
    this.#dirty.add(execution);
  }

  #save(execution: Execution): void {
    execution.dirty = false;
    if (execution.status !== 'RUNNING') return;
    const frames = [...execution.frames.values()];
    const snapshot: Snapshot = {
      lastEvent: execution.lastEvent,
      nextFrame: execution.nextFrame,
      ...(execution.timeoutAt === undefined ? {} : { timeoutAt: execution.timeoutAt }),
      ...(execution.waiter === undefined ? {} : { waiter: execution.waiter }),
      frames,
    };
    this.store.run('update executions set snapshot = ? where id = ?', textOf(snapshot), execution.id);
    const waits = frames.every(
      (f) => f.phase === 'wait' || f.phase === 'retry' || f.phase === 'token' || f.phase === 'group',
    );
    if (waits) this.store.run('delete from runnable where execution = ?', execution.id);
    else this.store.run('insert or ignore into runnable values (?)', execution.id);
    const timers = frames.flatMap((f) => (f.due === undefined ? [] : [{ frame: f.id, due: f.due, event: f.entered }]));
    if (execution.timeoutAt !== undefined) timers.push({ frame: -1, due: execution.timeoutAt, event: 0 });
    const text = textOf(timers);
    if (text === execution.timers) return;
    execution.timers = text;
    this.#nextTimer = null;
    this.store.run('delete from timers where execution = ?', execution.id);
    for (const { frame, due, event } of timers) {
      this.store.run('insert into timers values (?, ?, ?, ?, ?)', execution.id, frame, due, event, execution.name);
    }
  }

  nextTimer(): number | undefined {
    if (this.#nextTimer === null) {
      const due = this.store.one('select min(due) as due from timers')?.due;
      this.#nextTimer = due === null || due === undefined ? undefined : Number(due);
    }
    return this.#nextTimer;
  }

  wake(): void {
    const now = this.now();
    const next = this.nextTimer();
    if (next === undefined || next > now) return;
    this.push(() => {
      for (const row of this.store.all('select * from timers where due <= ? order by due, name, event, frame', now)) {
        const id = Number(row.execution);
        const frame = Number(row.frame);
        this.push(() => this.#due(id, frame));
      }
    });
  }

  async #due(id: number, frameId: number): Promise<void> {
    const execution = this.load(id);
    if (execution === undefined) return;
    if (frameId === -1) {
      if (execution.timeoutAt !== undefined && execution.timeoutAt <= this.now()) {
        this.finish(execution, 'TIMED_OUT', 0, {});
      }
      return;
    }
    const frame = execution.frames.get(frameId);
    if (frame === undefined) return;
    this.touch(execution);
    await this.interpreter.due(execution, frame);
  }

  // ---- what the interpreter asks for --------------------------------------------------------------------------------

  definition(id: number): { machine: Machine; role: string } {
    let known = this.#definitions.get(id);
    if (known === undefined) {
      const row = this.store.one('select text, role from definitions where id = ?', id);
      known = { machine: JSON.parse(String(row?.text)) as Machine, role: String(row?.role) };
      this.#definitions.set(id, known);
    }
    return known;
  }

  machineName(arn: string): string {
    return arn.slice(arn.lastIndexOf(':') + 1);
  }

  emit(execution: Execution, previous: number, type: string, details?: JsonObject): number {
    execution.lastEvent++;
    this.touch(execution);
    if (type.endsWith('StateEntered')) this.#transitions++;
    this.store.run(
      'insert into events values (?, ?, ?, ?, ?, ?)',
      execution.id,
      execution.lastEvent,
      previous,
      type,
      this.now(),
      details === undefined ? null : textOf(details),
    );
    return execution.lastEvent;
  }

  enqueue(execution: Execution, frame: Frame): void {
    execution.active++;
    this.push(async () => {
      execution.active--;
      if (execution.status !== 'RUNNING' || execution.frames.get(frame.id) !== frame) return;
      this.touch(execution);
      await this.interpreter.step(execution, frame);
    });
  }

  token(execution: Execution, frame: Frame, event: number): string {
    const where = `${execution.id}.${frame.id}.${event}`;
    const seal = createHash('sha256').update(`${execution.arn} ${execution.started} ${where}`).digest('base64url');
    return `AQC${Buffer.from(`${where}.${seal}`).toString('base64url')}`;
  }

  call(execution: Execution, frame: Frame, task: TaskState): void {
    const { role } = this.definition(execution.definition);
    const key = `${execution.id}.${frame.id}.${task.event}`;
    execution.active++;
    this.#inFlight++;
    this.#outbox.push(() => {
      const abort = new AbortController();
      this.#calls.set(key, abort);
      void perform(this.options.integrations, task.resource, task.input, role, abort.signal)
        .catch((error: unknown): Outcome => ({ error: 'States.Runtime', cause: String(error) }))
        .then((outcome) => {
          this.#calls.delete(key);
          this.push(async () => {
            execution.active--;
            this.#inFlight--;
            if (execution.status !== 'RUNNING' || execution.frames.get(frame.id) !== frame) return;
            this.touch(execution);
            await this.interpreter.answered(execution, frame, task.event, outcome);
          });
        });
    });
  }

  /** Nobody waits for the call any more; it runs on, as in the cloud. */
  abandon(_execution: Execution, _frame: Frame): void {}

  async startChild(execution: Execution, frame: Frame, task: TaskState): Promise<unknown> {
    const input = isObject(task.input) ? task.input : {};
    const machine = String(input.StateMachineArn ?? '');
    const { role } = this.definition(execution.definition);
    await this.options.integrations.authorize?.(role, 'states:StartExecution', machine);
    const name = input.Name === undefined ? childName(execution, task) : String(input.Name);
    const text =
      input.Input === undefined || input.Input === null
        ? '{}'
        : typeof input.Input === 'string'
          ? input.Input
          : textOf(input.Input);
    const waiter = task.resource.pattern.startsWith('sync')
      ? { execution: execution.id, frame: frame.id, event: task.event }
      : undefined;
    const child = this.start({ machine, name, input: text, ...(waiter === undefined ? {} : { waiter }) });
    if (waiter !== undefined) task.child = child.arn;
    return { ExecutionArn: child.arn, StartDate: child.started };
  }

  stopChild(arn: string): void {
    if (this.options.stopChildren === false) return;
    const row = this.find(arn);
    const child = row && this.load(Number(row.id));
    if (child) this.stop(child, {});
  }

  stop(execution: Execution, outcome: Outcome): void {
    delete execution.waiter;
    this.finish(execution, 'ABORTED', execution.lastEvent, outcome);
  }

  /** StartExecution: the same name and input again is the same execution while it runs. */
  start({ machine, name, input, waiter }: StartRequest): { arn: string; started: number } {
    const row = this.store.one("select * from machines where arn = ? and status = 'ACTIVE'", machine);
    if (row === undefined)
      throw new StepFunctionsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${machine}'`);
    const arn = `${machine.replace(':stateMachine:', ':execution:')}:${name}`;
    const same = this.find(arn);
    const now = this.now();
    if (same !== undefined) {
      if (same.status === 'RUNNING' && same.input === input) {
        const running = waiter && this.load(Number(same.id));
        if (running && running.waiter === undefined) {
          running.waiter = waiter;
          this.touch(running);
        }
        return { arn, started: Number(same.started) };
      }
      throw new StepFunctionsError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
    }
    const definition = Number(row.definition);
    const id = this.store.run(
      "insert into executions (arn, machine, name, definition, status, started, input, redrives) values (?, ?, ?, ?, 'RUNNING', ?, ?, 0)",
      arn,
      machine,
      name,
      definition,
      now,
      input,
    );
    const { machine: root, role } = this.definition(definition);
    const value: unknown = JSON.parse(input);
    const frame: Frame = {
      id: 0,
      parent: -1,
      path: [],
      index: 0,
      state: root.StartAt,
      input: value,
      variables: {},
      phase: 'enter',
      previous: 0,
      before: 0,
      entered: 0,
      enteredAt: 0,
      retries: [],
    };
    const execution: Execution = {
      id,
      arn,
      name,
      machine,
      definition,
      started: now,
      input: value,
      redrives: 0,
      status: 'RUNNING',
      lastEvent: 0,
      nextFrame: 1,
      frames: new Map([[0, frame]]),
      dirty: false,
      active: 0,
      timers: '[]',
      ...(root.TimeoutSeconds === undefined ? {} : { timeoutAt: now + root.TimeoutSeconds * 1000 }),
      ...(waiter === undefined ? {} : { waiter }),
    };
    this.#executions++;
    this.#loaded.set(id, execution);
    this.emit(execution, 0, 'ExecutionStarted', { input, inputDetails: { truncated: false }, roleArn: role });
    this.enqueue(execution, frame);
    return { arn, started: now };
  }

  finish(execution: Execution, status: string, previous: number, outcome: Outcome): void {
    if (execution.status !== 'RUNNING') return;
    const types: Record<string, string> = {
      SUCCEEDED: 'ExecutionSucceeded',
      FAILED: 'ExecutionFailed',
      TIMED_OUT: 'ExecutionTimedOut',
      ABORTED: 'ExecutionAborted',
    };
    const output = 'output' in outcome ? textOf(outcome.output) : null;
    const error = 'output' in outcome ? undefined : outcome.error;
    const cause = 'output' in outcome ? undefined : outcome.cause;
    const details: JsonObject | undefined =
      output === null
        ? { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) }
        : { output, outputDetails: { truncated: false } };
    this.emit(execution, previous, types[status] ?? 'ExecutionFailed', details);
    if (status !== 'SUCCEEDED') this.interpreter.stop(execution);
    execution.status = status;
    this.store.run(
      'update executions set status = ?, stopped = ?, output = ?, error = ?, cause = ?, snapshot = ? where id = ?',
      status,
      this.now(),
      output,
      error ?? null,
      cause ?? null,
      status === 'SUCCEEDED'
        ? null
        : textOf({
            lastEvent: execution.lastEvent,
            nextFrame: execution.nextFrame,
            frames: [...execution.frames.values()],
          }),
      execution.id,
    );
    this.store.run('delete from runnable where execution = ?', execution.id);
    if (execution.timers !== '[]') {
      this.store.run('delete from timers where execution = ?', execution.id);
      this.#nextTimer = null;
    }
    this.#loaded.delete(execution.id);
    this.#dirty.delete(execution);
    const { waiter } = execution;
    if (waiter === undefined) return;
    const row = this.find(execution.arn);
    if (row) this.push(() => this.#childOver(waiter.execution, waiter.frame, waiter.event, row));
  }

  async #childOver(id: number, frameId: number, event: number, child: Row): Promise<void> {
    const parent = this.load(id);
    const frame = parent?.frames.get(frameId);
    if (parent === undefined || frame?.task?.event !== event || frame.phase !== 'child') return;
    const parsed = frame.task.resource.pattern === 'sync:2';
    const value = (text: unknown) => (parsed ? JSON.parse(String(text)) : String(text));
    const facts: JsonObject = {
      ExecutionArn: child.arn,
      Input: value(child.input),
      InputDetails: { Included: true },
      Name: child.name,
      ...(child.error === null ? {} : { Error: child.error }),
      ...(child.cause === null ? {} : { Cause: child.cause }),
      ...(child.output === null ? {} : { Output: value(child.output), OutputDetails: { Included: true } }),
      StartDate: Number(child.started),
      StateMachineArn: child.machine,
      Status: child.status,
      StopDate: Number(child.stopped),
    };
    this.touch(parent);
    const outcome =
      child.status === 'SUCCEEDED' ? { output: facts } : { error: 'States.TaskFailed', cause: textOf(facts) };
    await this.interpreter.complete(parent, frame, outcome);
  }
}

const childName = (execution: Execution, task: TaskState): string => {
  // The same attempt gives the same name, also after a restart.
  const hash = createHash('sha256').update(`${execution.arn} ${execution.started} ${task.event}`).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-${hash.slice(12, 16)}-${hash.slice(16, 20)}-${hash.slice(20, 32)}`;
};
