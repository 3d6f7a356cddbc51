import { createHash } from 'node:crypto';
import { serviceMetadata } from '../integrations/metadata.ts';
import { faultOf } from '../integrations/perform.ts';
import { serviceFailure } from '../integrations/service-errors.ts';
import { isObject, type JsonObject, textOf } from '../json.ts';
import type { TaskProgram } from '../language/program.ts';
import type { Engine } from './engine.ts';
import type { Execution, ExecutionRecord, Frame, Outcome, TaskRun } from './execution.ts';
import { stateOf } from './frames.ts';
import { checkArn, checkName, executionInputIn } from './names.ts';

type Failure = Exclude<Outcome, { output: unknown }>;

/** Nested executions: `states:startExecution` and its `.sync` forms, served inside the engine. */
export class Children {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Whether the role may. @returns the refusal */
  async refusal(roleArn: string, { input }: TaskRun, { resource }: TaskProgram): Promise<Failure | undefined> {
    try {
      await this.#engine.options.integrations.authorize?.(roleArn, 'states:StartExecution', machineOf(input));
      return undefined;
    } catch (error) {
      return serviceFailure(resource, faultOf(error));
    }
  }

  /** StartExecution's answer, or its refusal: the child begins in the commit in which its parent hears of it. */
  start(execution: Execution, frame: Frame, task: TaskRun, { resource }: TaskProgram): Outcome {
    const input = isObject(task.input) ? task.input : {};
    const id = idOf(execution, task.event);
    const machine = machineOf(input);
    try {
      const waits = resource.pattern.startsWith('sync');
      const name = input.Name === undefined ? id : String(input.Name);
      const text = inputOf(input.Input);
      checkArn(machine, 'stateMachine');
      checkName(name);
      executionInputIn(text);
      const { arn, started } = this.#engine.start({
        machine,
        name,
        input: text,
        ...(waits ? { waiter: { execution: execution.id, frame: frame.id, event: task.event } } : {}),
      });
      if (waits) task.child = arn;
      const length = Buffer.byteLength(JSON.stringify({ executionArn: arn, startDate: started / 1000 }));
      const metadata = serviceMetadata('states', { requestId: id, length, at: this.#engine.now() });
      return { output: { ExecutionArn: arn, StartDate: started, ...metadata } };
    } catch (error) {
      return serviceFailure(resource, faultOf(error));
    }
  }

  /** The one that waited for it does so no more; others that wait are told that it was stopped. */
  stop(arn: string): void {
    if (this.#engine.options.stopChildren === false) return;
    const record = this.#engine.find(arn);
    const child = record && this.#engine.load(record.id);
    if (child) this.#engine.stop(child, {});
  }

  /** In the commit that ends the child its parents are marked: a kill in between loses nothing. */
  ended(child: Execution): void {
    for (const waiter of child.waiters) {
      const parent = this.#engine.load(waiter.execution);
      const frame = parent?.frames.get(waiter.frame);
      if (parent === undefined || frame?.task?.event !== waiter.event) continue;
      frame.task.childEnded = true;
      frame.changed.data = true;
      this.#engine.drive(parent, () => this.#over(parent, frame, waiter.event, child));
    }
  }

  /** After a restart: a child that ended may not have been told of. */
  resume(parent: Execution, frame: Frame): void {
    const { child, event, childEnded } = frame.task ?? {};
    const record = child !== undefined && childEnded === true ? this.#engine.find(child) : undefined;
    if (record === undefined || event === undefined) return;
    this.#engine.drive(parent, () => this.#over(parent, frame, event, record));
  }

  #over(parent: Execution, frame: Frame, event: number, child: ExecutionRecord): void {
    if (parent.frames.get(frame.id) !== frame || frame.task?.event !== event || frame.phase !== 'child') return;
    const state = stateOf(frame);
    if (state.type !== 'Task') return;
    const facts = factsOf(child, state.resource.pattern === 'sync:2');
    const outcome =
      child.status === 'SUCCEEDED' ? { output: facts } : { error: 'States.TaskFailed', cause: textOf(facts) };
    this.#engine.interpreter.tasks.complete(parent, frame, outcome);
  }
}

/** DescribeExecution of a nested execution, as `.sync` gives it: its input and output as text, with `.sync:2` as JSON. */
function factsOf(child: ExecutionRecord, parsed: boolean): JsonObject {
  const value = (text: string): unknown => (parsed ? JSON.parse(text) : text);
  const error = child.error ?? (child.status === 'TIMED_OUT' ? 'States.Timeout' : undefined);
  return {
    ...(child.cause === undefined ? {} : { Cause: child.cause }),
    ...(error === undefined ? {} : { Error: error }),
    ExecutionArn: child.arn,
    Input: value(child.input),
    InputDetails: { Included: true },
    Name: child.name,
    ...(child.output === undefined ? {} : { Output: value(child.output), OutputDetails: { Included: true } }),
    StartDate: child.started,
    StateMachineArn: child.machine,
    Status: child.status,
    StopDate: child.stopped,
  };
}

const machineOf = (input: unknown): string => String((isObject(input) && input.StateMachineArn) || '');

const inputOf = (input: unknown): string =>
  input === undefined || input === null ? '{}' : typeof input === 'string' ? input : textOf(input);

/** The same attempt gives the same name and request id, also after a restart. */
function idOf(execution: Execution, event: number): string {
  const hash = createHash('sha256').update(`${execution.arn} ${execution.started} ${event}`).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-${hash.slice(12, 16)}-${hash.slice(16, 20)}-${hash.slice(20, 32)}`;
}
