import { isObject, type JsonObject, textOf, tooLarge } from '../json.ts';
import type { TaskProgram } from '../language/program.ts';
import type { Execution, Frame, Outcome, TaskRun } from './execution.ts';
import { StateFailure } from './failure.ts';
import { stateOf } from './frames.ts';
import { type Interpreter, notTruncated, second } from './interpreter.ts';

const failureDetails = (o: { error?: string; cause?: string }): JsonObject => ({
  ...(o.error === undefined ? {} : { error: o.error }),
  ...(o.cause === undefined ? {} : { cause: o.cause }),
});

/** Task states: scheduled, started, answered, called back, timed out. */
export class Tasks {
  readonly #interpreter: Interpreter;

  constructor(interpreter: Interpreter) {
    this.#interpreter = interpreter;
  }

  start(execution: Execution, frame: Frame, state: TaskProgram): void {
    const { host } = this.#interpreter;
    const { resource } = state;
    // The token names the event that is about to be written: an attempt is never taken for another.
    const event = execution.lastEvent + 1;
    const token = resource.pattern === 'waitForTaskToken' ? host.token(execution, frame, event) : undefined;
    const extra = token === undefined ? {} : { Task: { Token: token } };
    const scope = this.#interpreter.scope(execution, frame, undefined, extra);
    let input = frame.input;
    let text = frame.inputText;
    if (state.arguments !== undefined) {
      input = state.arguments.evaluate(scope);
      text = textOf(input);
    }
    const timeout = state.timeout && Number(state.timeout.evaluate(scope));
    const heartbeat = state.heartbeat && Number(state.heartbeat.evaluate(scope));
    const credentials = state.credentials?.evaluate(scope);
    if (tooLarge(text)) {
      throw new StateFailure(
        'States.DataLimitExceeded',
        `The state/task '${this.#name(state)}' was given an input with a size exceeding the maximum number of bytes service limit.`,
      );
    }
    this.#schedule(execution, frame, state, text, { timeout, heartbeat, credentials });
    const now = host.now();
    const task: TaskRun = { event, input };
    if (isObject(credentials)) task.credentials = String(credentials.RoleArn);
    if (token !== undefined) task.token = token;
    if (timeout !== undefined) task.timeoutAt = now + timeout * second;
    if (heartbeat !== undefined) {
      task.heartbeat = heartbeat;
      task.heartbeatAt = now + heartbeat * second;
    }
    frame.task = task;
    frame.phase = 'call';
    this.#setTimer(frame, task);
    host.call(execution, frame);
  }

  #schedule(
    execution: Execution,
    frame: Frame,
    { resource }: TaskProgram,
    text: string,
    limits: { timeout: number | undefined; heartbeat: number | undefined; credentials: unknown },
  ): void {
    const more: JsonObject = {};
    if (limits.timeout !== undefined) more.timeoutInSeconds = limits.timeout;
    if (limits.heartbeat !== undefined) more.heartbeatInSeconds = limits.heartbeat;
    if (isObject(limits.credentials)) more.taskCredentials = { roleArn: limits.credentials.RoleArn };
    if (resource.kind === 'function') {
      const details = { input: text, inputDetails: notTruncated, resource: resource.arn, ...more };
      this.#interpreter.emit(execution, frame, 'LambdaFunctionScheduled', details);
      this.#interpreter.emit(execution, frame, 'LambdaFunctionStarted');
      return;
    }
    const names = { resourceType: resource.type, resource: resource.action };
    const { region } = this.#interpreter.host;
    this.#interpreter.emit(execution, frame, 'TaskScheduled', { ...names, region, parameters: text, ...more });
    this.#interpreter.emit(execution, frame, 'TaskStarted', names);
  }

  /** How AWS calls the task in what it says of sizes. */
  #name({ resource }: TaskProgram): string {
    return resource.kind === 'function' ? resource.arn : resource.type;
  }

  #setTimer(frame: Frame, { timeoutAt, heartbeatAt }: TaskRun): void {
    const due = Math.min(timeoutAt ?? Number.POSITIVE_INFINITY, heartbeatAt ?? Number.POSITIVE_INFINITY);
    if (Number.isFinite(due)) frame.due = due;
    frame.changed.data = true;
  }

  /** The call of the frame's task has been answered. */
  answered(execution: Execution, frame: Frame, outcome: Outcome): void {
    const { task } = frame;
    const state = stateOf(frame);
    if (task === undefined || state.type !== 'Task') return;
    const { resource } = state;
    if ('output' in outcome && resource.pattern !== '') {
      this.#interpreter.emit(execution, frame, 'TaskSubmitted', {
        resourceType: resource.type,
        resource: resource.action,
        output: textOf(outcome.output),
        outputDetails: notTruncated,
      });
      frame.phase = resource.pattern === 'waitForTaskToken' ? 'token' : 'child';
      if (task.early === undefined) return;
    }
    this.complete(execution, frame, task.early ?? outcome);
  }

  /** The task is over: an answer, a callback, the end of a nested execution. */
  complete(execution: Execution, frame: Frame, outcome: Outcome): void {
    const state = stateOf(frame);
    if (frame.task === undefined || state.type !== 'Task') return;
    const { resource } = state;
    const lambda = resource.kind === 'function';
    const names: JsonObject = lambda ? {} : { resourceType: resource.type, resource: resource.action };
    const kind = lambda ? 'LambdaFunction' : 'Task';
    if (frame.due !== undefined) delete frame.due;
    try {
      let failure = 'output' in outcome ? undefined : outcome;
      const text = 'output' in outcome ? textOf(outcome.output) : '';
      if (tooLarge(text)) {
        failure = {
          error: 'States.DataLimitExceeded',
          cause: `The state/task '${this.#name(state)}' returned a result with a size exceeding the maximum number of bytes service limit.`,
        };
      }
      if (failure !== undefined) {
        this.#interpreter.emit(execution, frame, `${kind}Failed`, { ...names, ...failureDetails(failure) });
        throw new StateFailure(failure.error, failure.cause);
      }
      const value = 'output' in outcome ? outcome.output : undefined;
      const details = { ...names, output: text, outputDetails: notTruncated };
      this.#interpreter.emit(execution, frame, `${kind}Succeeded`, details);
      this.#interpreter.leave(execution, frame, state.exit, { value, text, seen: { result: value } });
    } catch (error) {
      this.#interpreter.failed(execution, frame, error);
    }
  }

  /** @throws StateFailure as the timer is due */
  timedOut(execution: Execution, frame: Frame, { resource }: TaskProgram): void {
    const { task } = frame;
    if (task === undefined) return;
    const late = task.timeoutAt !== undefined && task.timeoutAt <= this.#interpreter.host.now();
    const names = { resourceType: resource.type, resource: resource.action };
    if (resource.kind === 'function') {
      this.#interpreter.emit(execution, frame, 'LambdaFunctionTimedOut', { error: 'States.Timeout' });
    } else this.#interpreter.emit(execution, frame, 'TaskTimedOut', { ...names, error: 'States.Timeout' });
    if (task.child !== undefined) this.#interpreter.host.stopChild(task.child);
    throw new StateFailure('States.Timeout', undefined, !late);
  }

  /** A heartbeat came. */
  heartbeat(frame: Frame): void {
    const { task } = frame;
    if (task?.heartbeat === undefined) return;
    task.heartbeatAt = this.#interpreter.host.now() + task.heartbeat * second;
    this.#setTimer(frame, task);
  }

  /** Nobody waits for the task any more. A call that is out runs on, as in the cloud. */
  abandon(frame: Frame): void {
    if (frame.phase === 'child' && frame.task?.child !== undefined) {
      this.#interpreter.host.stopChild(frame.task.child);
    }
  }
}
