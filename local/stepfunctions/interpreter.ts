import { type Machine, machineAt, parseResource, type Retrier, type StateDefinition } from './asl.ts';
import { EvaluationFailure, StateFailure } from './errors.ts';
import type { Execution, Frame, Group, Outcome, TaskState } from './execution.ts';
import { evaluate, evaluateAs, expressionIn, type Scope } from './expressions.ts';
import { isObject, type JsonObject, textOf, tooLarge } from './json.ts';

/** What the interpreter needs of the engine around it. */
export interface Host {
  now(): number;
  region: string;
  definition(id: number): { machine: Machine; role: string };
  machineName(arn: string): string;
  emit(execution: Execution, previous: number, type: string, details?: JsonObject): number;
  enqueue(execution: Execution, frame: Frame): void;
  token(execution: Execution, frame: Frame, event: number): string;
  call(execution: Execution, frame: Frame, task: TaskState): void;
  startChild(execution: Execution, frame: Frame, task: TaskState): Promise<unknown>;
  stopChild(arn: string): void;
  abandon(execution: Execution, frame: Frame): void;
  finish(execution: Execution, status: string, previous: number, outcome: Outcome): void;
}

const second = 1000;
const year = 365 * 24 * 3600 * second;
const noDetails = { truncated: false };
const uncatchable = new Set(['States.DataLimitExceeded', 'States.Runtime']);
const maxEvents = 25_000;
const inlineConcurrency = 40;

/** Advances one frame of one execution by one state, or by one part of a state. */
export class Interpreter {
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  #state(execution: Execution, frame: Frame): StateDefinition {
    const state = machineAt(this.#host.definition(execution.definition).machine, frame.path).States[frame.state];
    if (state === undefined) throw new Error(`no state ${frame.state}`);
    return state;
  }

  #emit(execution: Execution, frame: Frame, type: string, details?: JsonObject): number {
    frame.previous = this.#host.emit(execution, frame.previous, type, details);
    return frame.previous;
  }

  // ---- scopes -------------------------------------------------------------------------------------------------------

  #variables(execution: Execution, frame: Frame): JsonObject {
    const parent = execution.frames.get(frame.parent);
    return parent === undefined ? frame.variables : { ...this.#variables(execution, parent), ...frame.variables };
  }

  #context(execution: Execution, frame: Frame): JsonObject {
    const context: JsonObject = {
      Execution: {
        Id: execution.arn,
        Input: execution.input,
        StartTime: new Date(execution.started).toISOString(),
        Name: execution.name,
        RoleArn: this.#host.definition(execution.definition).role,
        RedriveCount: execution.redrives,
        ...(execution.redrives > 0 ? { RedriveTime: new Date(execution.started).toISOString() } : {}),
      },
      StateMachine: { Id: execution.machine, Name: this.#host.machineName(execution.machine) },
      State: {
        Name: frame.state,
        EnteredTime: new Date(frame.enteredAt).toISOString(),
        RetryCount: frame.retries.reduce((sum, n) => sum + n, 0),
      },
    };
    for (let at: Frame | undefined = frame; at; at = execution.frames.get(at.parent)) {
      if ('item' in at) {
        context.Map = { Item: { Index: at.index, Value: at.item } };
        break;
      }
    }
    return context;
  }

  #scope(execution: Execution, frame: Frame, more: JsonObject = {}, context: JsonObject = {}): Scope {
    return {
      variables: this.#variables(execution, frame),
      states: { input: frame.input, context: { ...this.#context(execution, frame), ...context }, ...more },
      now: this.#host.now(),
    };
  }

  // ---- one step -----------------------------------------------------------------------------------------------------

  async step(execution: Execution, frame: Frame): Promise<void> {
    try {
      if (frame.phase === 'enter') {
        const state = this.#state(execution, frame);
        if (execution.lastEvent >= maxEvents - 2) {
          throw new StateFailure(
            'States.Runtime',
            `The execution reached the maximum number of history events (${maxEvents}).`,
          );
        }
        frame.before = frame.previous;
        frame.enteredAt = this.#host.now();
        frame.entered = this.#emit(execution, frame, `${state.Type}StateEntered`, {
          name: frame.state,
          input: textOf(frame.input),
          inputDetails: noDetails,
        });
        frame.retries = [];
        frame.phase = 'run';
      }
      if (frame.phase === 'run') await this.#run(execution, frame, this.#state(execution, frame));
    } catch (error) {
      await this.#failed(execution, frame, error);
    }
  }

  async #run(execution: Execution, frame: Frame, state: StateDefinition): Promise<void> {
    switch (state.Type) {
      case 'Pass':
        return this.#exit(execution, frame, state, frame.input);
      case 'Succeed':
        return this.#exit(execution, frame, { ...state, End: true }, frame.input);
      case 'Fail': {
        const scope = this.#scope(execution, frame);
        const error = state.Error === undefined ? undefined : await evaluateAs(state.Error, 'string', scope, 'Error');
        const cause = state.Cause === undefined ? undefined : await evaluateAs(state.Cause, 'string', scope, 'Cause');
        throw new StateFailure(
          error === undefined ? undefined : String(error),
          cause === undefined ? undefined : String(cause),
        );
      }
      case 'Choice':
        return this.#choose(execution, frame, state);
      case 'Wait':
        return this.#wait(execution, frame, state);
      case 'Task':
        return this.#task(execution, frame, state);
      case 'Parallel':
      case 'Map':
        return this.#group(execution, frame, state);
    }
  }

  async #exit(
    execution: Execution,
    frame: Frame,
    state: { Type: string; Output?: unknown; Assign?: JsonObject; Next?: string; End?: boolean },
    result: unknown,
    more: JsonObject = {},
    at = '',
  ): Promise<void> {
    const needs = state.Output !== undefined || state.Assign !== undefined;
    const scope = needs ? this.#scope(execution, frame, more) : undefined;
    const assigned = scope && state.Assign ? await evaluate(state.Assign, scope, `${at}Assign`) : undefined;
    const output = scope && state.Output !== undefined ? await evaluate(state.Output, scope, `${at}Output`) : result;
    const text = textOf(output);
    if (tooLarge(text)) {
      throw new StateFailure(
        'States.DataLimitExceeded',
        `The state/task '${frame.state}' returned a result with a size exceeding the maximum number of bytes service limit.`,
      );
    }
    const details: JsonObject = { name: frame.state, output: text, outputDetails: noDetails };
    if (isObject(assigned)) {
      const texts: JsonObject = {};
      let size = 0;
      for (const [name, value] of Object.entries(assigned)) {
        const one = textOf(value);
        size += Buffer.byteLength(one);
        texts[name] = one;
      }
      if (size > 262_144) {
        throw new StateFailure(
          'States.DataLimitExceeded',
          `The size of the variables assigned in '${frame.state}' exceeds the limit.`,
        );
      }
      frame.variables = { ...frame.variables, ...assigned };
      details.assignedVariables = texts;
      details.assignedVariablesDetails = noDetails;
    }
    this.#emit(execution, frame, `${state.Type}StateExited`, details);
    delete frame.task;
    delete frame.group;
    delete frame.due;
    if (state.Next !== undefined) {
      frame.state = state.Next;
      frame.input = output;
      frame.phase = 'enter';
      this.#host.enqueue(execution, frame);
      return;
    }
    await this.#ended(execution, frame, output);
  }

  // ---- Choice, Wait -------------------------------------------------------------------------------------------------

  async #choose(execution: Execution, frame: Frame, state: StateDefinition): Promise<void> {
    const scope = this.#scope(execution, frame);
    for (const [index, rule] of (state.Choices ?? []).entries()) {
      const location = `Choices[${index}]/`;
      if ((await evaluateAs(rule.Condition, 'boolean', scope, `${location}Condition`)) !== true) continue;
      const exit = { Type: 'Choice', Next: rule.Next, Output: rule.Output, Assign: rule.Assign };
      return this.#exit(execution, frame, defined(exit), frame.input, {}, location);
    }
    if (state.Default === undefined) {
      throw new StateFailure(
        'States.NoChoiceMatched',
        `An error occurred while executing the state '${frame.state}' (entered at the event id #${frame.entered}). Failed to transition out of the state. The state's input does not match any choice.`,
      );
    }
    const { Output, Assign } = state;
    return this.#exit(execution, frame, defined({ Type: 'Choice', Next: state.Default, Output, Assign }), frame.input);
  }

  async #wait(execution: Execution, frame: Frame, state: StateDefinition): Promise<void> {
    const scope = this.#scope(execution, frame);
    let due: number;
    if (state.Timestamp !== undefined) {
      const text = String(await evaluateAs(state.Timestamp, 'string', scope, 'Timestamp'));
      due = /^\d{4}-\d\d-\d\d[T]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/.test(text)
        ? Date.parse(text)
        : Number.NaN;
      if (Number.isNaN(due)) {
        throw new EvaluationFailure(
          `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${text}`,
          'Timestamp',
        );
      }
    } else {
      const seconds = await this.#seconds(state.Seconds, scope, 'Seconds', 0);
      due = this.#host.now() + (seconds ?? 0) * second;
    }
    if (due <= this.#host.now()) return this.#exit(execution, frame, state, frame.input);
    frame.phase = 'wait';
    frame.due = due;
  }

  async #seconds(field: unknown, scope: Scope, location: string, least: number): Promise<number | undefined> {
    if (field === undefined) return undefined;
    const value = await evaluateAs(field, 'number', scope, location);
    const most = 99_999_999;
    if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) {
      const source = expressionIn(field);
      throw new EvaluationFailure(
        `The ${source === undefined ? 'field' : `JSONata expression '${source}' specified for the field`} '${location}' returned an invalid value. Expected an integer between ${least} and ${most}, but was: ${textOf(value)}`,
        location,
      );
    }
    return value;
  }

  // ---- Task ---------------------------------------------------------------------------------------------------------

  async #task(execution: Execution, frame: Frame, state: StateDefinition): Promise<void> {
    const resource = parseResource(state.Resource ?? '');
    if (resource === undefined)
      throw new StateFailure('States.Runtime', `The resource ${state.Resource} is not supported.`);
    const event = execution.lastEvent + 1; // the Scheduled event to come
    const callback = resource.pattern === 'waitForTaskToken';
    const token = callback ? this.#host.token(execution, frame, event) : undefined;
    const scope = this.#scope(execution, frame, {}, token === undefined ? {} : { Task: { Token: token } });
    const input = state.Arguments === undefined ? frame.input : await evaluate(state.Arguments, scope, 'Arguments');
    const timeout = await this.#seconds(state.TimeoutSeconds, scope, 'TimeoutSeconds', 1);
    const heartbeat = await this.#seconds(state.HeartbeatSeconds, scope, 'HeartbeatSeconds', 1);
    const limits: JsonObject = {};
    if (timeout !== undefined) limits.timeoutInSeconds = timeout;
    if (heartbeat !== undefined) limits.heartbeatInSeconds = heartbeat;
    const now = this.#host.now();
    const text = textOf(input);
    if (tooLarge(text)) {
      throw new StateFailure(
        'States.DataLimitExceeded',
        `The state/task '${resource.arn}' was given an input with a size exceeding the maximum number of bytes service limit.`,
      );
    }
    if (resource.kind === 'function') {
      this.#emit(execution, frame, 'LambdaFunctionScheduled', {
        input: text,
        inputDetails: noDetails,
        resource: resource.arn,
        ...limits,
      });
      this.#emit(execution, frame, 'LambdaFunctionStarted');
    } else {
      const names = { resourceType: resource.type, resource: resource.action };
      this.#emit(execution, frame, 'TaskScheduled', {
        ...names,
        region: this.#host.region,
        parameters: text,
        ...limits,
      });
      this.#emit(execution, frame, 'TaskStarted', names);
    }
    const task: TaskState = { event, resource, input };
    if (token !== undefined) task.token = token;
    task.timeoutAt = now + (timeout === undefined ? year : timeout * second);
    if (heartbeat !== undefined) {
      task.heartbeat = heartbeat;
      task.heartbeatAt = now + heartbeat * second;
    }
    frame.task = task;
    frame.phase = 'call';
    frame.due = Math.min(task.timeoutAt, task.heartbeatAt ?? Number.POSITIVE_INFINITY);
    if (resource.type === 'states') await this.#startExecution(execution, frame, task);
    else this.#host.call(execution, frame, task);
  }

  /** states:startExecution is served inside the engine, in the same transaction. */
  async #startExecution(execution: Execution, frame: Frame, task: TaskState): Promise<void> {
    let answer: unknown;
    try {
      answer = await this.#host.startChild(execution, frame, task);
    } catch (error) {
      const { name, message } = error instanceof Error ? error : { name: 'Exception', message: String(error) };
      return this.answered(execution, frame, task.event, {
        error: `StepFunctions.${name}Exception`.replace('ExceptionException', 'Exception'),
        cause: message,
      });
    }
    return this.answered(execution, frame, task.event, { output: answer });
  }

  /** An integration call answered. */
  async answered(execution: Execution, frame: Frame, event: number, outcome: Outcome): Promise<void> {
    const task = frame.task;
    if (task?.event !== event || frame.phase !== 'call') return; // timed out, aborted, or another attempt
    const names = { resourceType: task.resource.type, resource: task.resource.action };
    if ('output' in outcome && task.resource.pattern !== '') {
      this.#emit(execution, frame, 'TaskSubmitted', {
        ...names,
        output: textOf(outcome.output),
        outputDetails: noDetails,
      });
      frame.phase = task.resource.pattern === 'waitForTaskToken' ? 'token' : 'child';
      if (task.early === undefined) return;
    }
    await this.complete(execution, frame, task.early ?? outcome);
  }

  /** The task is over: an answer, a callback, the end of a nested execution. */
  async complete(execution: Execution, frame: Frame, outcome: Outcome): Promise<void> {
    const task = frame.task;
    if (task === undefined) return;
    try {
      const lambda = task.resource.kind === 'function';
      const names = lambda ? {} : { resourceType: task.resource.type, resource: task.resource.action };
      delete frame.due;
      if (!('output' in outcome)) {
        this.#emit(execution, frame, lambda ? 'LambdaFunctionFailed' : 'TaskFailed', {
          ...names,
          ...failureDetails(outcome),
        });
        throw new StateFailure(outcome.error, outcome.cause);
      }
      const output = textOf(outcome.output);
      if (tooLarge(output)) {
        const cause = `The state/task '${task.resource.arn}' returned a result with a size exceeding the maximum number of bytes service limit.`;
        const error = 'States.DataLimitExceeded';
        this.#emit(execution, frame, lambda ? 'LambdaFunctionFailed' : 'TaskFailed', { ...names, error, cause });
        throw new StateFailure(error, cause);
      }
      this.#emit(execution, frame, lambda ? 'LambdaFunctionSucceeded' : 'TaskSucceeded', {
        ...names,
        output,
        outputDetails: noDetails,
      });
      await this.#exit(execution, frame, this.#state(execution, frame), outcome.output, { result: outcome.output });
    } catch (error) {
      await this.#failed(execution, frame, error);
    }
  }

  // ---- timers -------------------------------------------------------------------------------------------------------

  async due(execution: Execution, frame: Frame): Promise<void> {
    const now = this.#host.now();
    if (frame.due === undefined || frame.due > now) return;
    const state = this.#state(execution, frame);
    delete frame.due;
    if (frame.phase === 'wait') {
      try {
        await this.#exit(execution, frame, state, frame.input);
      } catch (error) {
        await this.#failed(execution, frame, error);
      }
    } else if (frame.phase === 'retry') {
      frame.phase = 'run';
      this.#host.enqueue(execution, frame);
    } else if (frame.task !== undefined) {
      const { task } = frame;
      const late = task.timeoutAt !== undefined && task.timeoutAt <= now;
      const lambda = task.resource.kind === 'function';
      const names = lambda ? {} : { resourceType: task.resource.type, resource: task.resource.action };
      this.#emit(execution, frame, lambda ? 'LambdaFunctionTimedOut' : 'TaskTimedOut', {
        ...names,
        error: 'States.Timeout',
      });
      if (task.child !== undefined) this.#host.stopChild(task.child);
      this.#host.abandon(execution, frame);
      await this.#failed(
        execution,
        frame,
        new StateFailure(late ? 'States.Timeout' : 'States.HeartbeatTimeout', undefined),
      );
    }
  }

  // ---- failure ------------------------------------------------------------------------------------------------------

  async #failed(execution: Execution, frame: Frame, thrown: unknown): Promise<void> {
    const state = this.#state(execution, frame);
    const failure = this.#asFailure(execution, frame, thrown);
    const error = failure.error ?? '';
    const retry = state.Retry?.findIndex((one) => matches(one.ErrorEquals, error)) ?? -1;
    const retrier = state.Retry?.[retry];
    if (retrier !== undefined && (frame.retries[retry] ?? 0) < (retrier.MaxAttempts ?? 3)) {
      const count = frame.retries[retry] ?? 0;
      for (let at = frame.retries.length; at <= retry; at++) frame.retries.push(0);
      frame.retries[retry] = count + 1;
      delete frame.task;
      delete frame.group;
      frame.phase = 'retry';
      frame.due = this.#host.now() + Math.round(backOff(retrier, count) * second);
      return;
    }
    const at = state.Catch?.findIndex((one) => matches(one.ErrorEquals, error)) ?? -1;
    const catcher = state.Catch?.[at];
    if (catcher !== undefined) {
      const errorOutput: JsonObject = {};
      if (failure.error !== undefined) errorOutput.Error = failure.error;
      if (failure.reason !== undefined) errorOutput.Cause = failure.reason;
      else if (failure.error !== undefined) errorOutput.Cause = '';
      if (failure.error?.startsWith('States.') && failure.error.endsWith('Timeout')) delete errorOutput.Cause;
      const exit = { Type: state.Type, Next: catcher.Next, Output: catcher.Output, Assign: catcher.Assign };
      try {
        return await this.#exit(execution, frame, defined(exit), errorOutput, { errorOutput }, `Catch[${at}]/`);
      } catch (second) {
        return this.#died(execution, frame, this.#asFailure(execution, frame, second));
      }
    }
    return this.#died(execution, frame, failure);
  }

  #asFailure(execution: Execution, frame: Frame, thrown: unknown): StateFailure {
    if (thrown instanceof StateFailure) return thrown;
    if (!(thrown instanceof EvaluationFailure)) {
      const text = thrown instanceof Error ? thrown.message : String(thrown);
      return new StateFailure(
        'States.Runtime',
        `An error occurred while executing the state '${frame.state}' (entered at the event id #${frame.entered}). ${text}`,
      );
    }
    const cause = `An error occurred while executing the state '${frame.state}' (entered at the event id #${frame.entered}). ${thrown.message}`;
    const error = 'States.QueryEvaluationError';
    // The state's entry and its evaluation are one decision of AWS: both follow the same event.
    if (frame.previous === frame.entered) frame.previous = frame.before;
    const where = thrown.location === undefined ? {} : { location: thrown.location };
    this.#emit(execution, frame, 'EvaluationFailed', { error, cause, ...where, state: frame.state });
    return new StateFailure(error, cause);
  }

  /** Nothing caught it: the frame is over, and with it what holds it. */
  async #died(execution: Execution, frame: Frame, failure: StateFailure): Promise<void> {
    const outcome = failureDetails({ error: failure.error, cause: failure.reason });
    delete frame.due;
    const parent = execution.frames.get(frame.parent);
    if (parent?.group === undefined) return this.#host.finish(execution, 'FAILED', frame.previous, outcome);
    const { group } = parent;
    const state = this.#state(execution, parent);
    execution.frames.delete(frame.id);
    group.last = frame.previous;
    if (state.Type === 'Map') {
      this.#host.emit(execution, frame.previous, 'MapIterationFailed', { name: parent.state, index: frame.index });
      group.failed++;
      const allowed = Math.max(group.tolerated, Math.floor((group.total * group.toleratedPercentage) / 100));
      if (group.failed <= allowed) {
        group.results[frame.index] = {
          ...(outcome.error ? { Error: outcome.error } : {}),
          ...(outcome.cause ? { Cause: outcome.cause } : {}),
        };
        return this.#iterationOver(execution, parent, group, state);
      }
    }
    this.abort(execution, parent);
    parent.previous = group.last;
    this.#emit(execution, parent, `${state.Type}StateFailed`);
    return this.#failed(execution, parent, failure);
  }

  /** Ends every frame below `frame`, as a failed Map or Parallel, or the end of the execution, does. */
  abort(execution: Execution, frame: Frame): void {
    for (const child of [...execution.frames.values()]) {
      if (child.parent !== frame.id || child === frame) continue;
      this.abort(execution, child);
      this.#abandonTask(execution, child);
      const group = frame.group;
      if (group !== undefined) {
        const state = this.#state(execution, frame);
        if (child.phase !== 'enter' && child.task !== undefined) {
          group.last = this.#host.emit(execution, group.last, 'TaskStateAborted');
        }
        if (state.Type === 'Map') {
          group.last = this.#host.emit(execution, group.last, 'MapIterationAborted', {
            name: frame.state,
            index: child.index,
          });
        }
      }
      execution.frames.delete(child.id);
    }
  }

  #abandonTask(execution: Execution, frame: Frame): void {
    if (frame.task?.child !== undefined && frame.phase === 'child') this.#host.stopChild(frame.task.child);
    if (frame.phase === 'call') this.#host.abandon(execution, frame);
  }

  /** The whole execution ends from outside. */
  stop(execution: Execution): void {
    for (const frame of execution.frames.values()) this.#abandonTask(execution, frame);
  }

  // ---- Map and Parallel ---------------------------------------------------------------------------------------------

  async #group(execution: Execution, frame: Frame, state: StateDefinition): Promise<void> {
    const scope = this.#scope(execution, frame);
    let input = frame.input;
    let items: unknown[] | undefined;
    let total = state.Branches?.length ?? 0;
    let limit = total;
    let tolerated = 0;
    let toleratedPercentage = 0;
    if (state.Type === 'Map') {
      if (state.Items !== undefined) {
        const value = await evaluateAs(state.Items, 'array', scope, 'Items');
        items = Array.isArray(value) ? value : [];
      } else if (Array.isArray(frame.input)) items = frame.input;
      else throw new EvaluationFailure(`Map state input must be an array but was: ${textOf(frame.input)}`, undefined);
      total = items.length;
      const wanted = (await this.#seconds(state.MaxConcurrency, scope, 'MaxConcurrency', 0)) ?? 0;
      limit = wanted === 0 ? inlineConcurrency : Math.min(wanted, inlineConcurrency);
      tolerated = (await this.#seconds(state.ToleratedFailureCount, scope, 'ToleratedFailureCount', 0)) ?? 0;
      if (state.ToleratedFailurePercentage !== undefined) {
        const percentage = await evaluateAs(
          state.ToleratedFailurePercentage,
          'number',
          scope,
          'ToleratedFailurePercentage',
        );
        toleratedPercentage = Number(percentage);
      }
    } else if (state.Arguments !== undefined) input = await evaluate(state.Arguments, scope, 'Arguments');
    const started = this.#emit(
      execution,
      frame,
      `${state.Type}StateStarted`,
      items === undefined ? undefined : { length: total },
    );
    const group: Group = {
      ...(items === undefined ? {} : { items }),
      total,
      started,
      limit,
      tolerated,
      toleratedPercentage,
      next: 0,
      done: 0,
      failed: 0,
      results: new Array(total).fill(null),
      last: started,
    };
    frame.group = group;
    frame.phase = 'group';
    if (total === 0) return this.#groupOver(execution, frame, group, state);
    if (items !== undefined) return this.#startIterations(execution, frame, group, state);
    for (const [index, branch] of (state.Branches ?? []).entries()) {
      this.#startFrame(execution, frame, index, branch.StartAt, input, started, {});
    }
    group.next = total;
  }

  #startFrame(
    execution: Execution,
    parent: Frame,
    index: number,
    state: string,
    input: unknown,
    previous: number,
    more: { item?: unknown },
  ): void {
    const frame: Frame = {
      id: execution.nextFrame++,
      parent: parent.id,
      path: [...parent.path, parent.state, index],
      index,
      ...more,
      state,
      input,
      variables: {},
      phase: 'enter',
      previous,
      before: previous,
      entered: 0,
      enteredAt: 0,
      retries: [],
    };
    execution.frames.set(frame.id, frame);
    this.#host.enqueue(execution, frame);
  }

  async #startIterations(execution: Execution, frame: Frame, group: Group, state: StateDefinition): Promise<void> {
    const running = () => group.next - group.done;
    while (group.next < group.total && running() < group.limit) {
      const index = group.next;
      const item = group.items?.[index];
      let input = item;
      if (state.ItemSelector !== undefined) {
        const scope = this.#scope(execution, frame, {}, { Map: { Item: { Index: index, Value: item } } });
        input = await evaluate(state.ItemSelector, scope, 'ItemSelector');
      }
      group.next++;
      const previous = this.#host.emit(execution, group.last, 'MapIterationStarted', { name: frame.state, index });
      this.#startFrame(execution, frame, index, state.ItemProcessor?.StartAt ?? '', input, previous, { item });
    }
  }

  async #iterationOver(execution: Execution, parent: Frame, group: Group, state: StateDefinition): Promise<void> {
    group.done++;
    if (group.done === group.total) return this.#groupOver(execution, parent, group, state);
    try {
      if (state.Type === 'Map') await this.#startIterations(execution, parent, group, state);
    } catch (error) {
      this.abort(execution, parent);
      parent.previous = group.last;
      await this.#failed(execution, parent, error);
    }
  }

  async #groupOver(execution: Execution, frame: Frame, group: Group, state: StateDefinition): Promise<void> {
    frame.previous = group.last;
    this.#host.emit(execution, group.last, `${state.Type}StateSucceeded`);
    try {
      await this.#exit(execution, frame, state, group.results, { result: group.results });
    } catch (error) {
      await this.#failed(execution, frame, error);
    }
  }

  async #ended(execution: Execution, frame: Frame, output: unknown): Promise<void> {
    const parent = execution.frames.get(frame.parent);
    if (parent?.group === undefined) return this.#host.finish(execution, 'SUCCEEDED', frame.previous, { output });
    const { group } = parent;
    const state = this.#state(execution, parent);
    execution.frames.delete(frame.id);
    group.results[frame.index] = output;
    group.last = frame.previous;
    if (state.Type === 'Map') {
      const previous = this.#host.emit(execution, frame.previous, 'MapIterationSucceeded', {
        name: parent.state,
        index: frame.index,
      });
      if (group.done + 1 === group.total) group.last = previous;
    }
    return this.#iterationOver(execution, parent, group, state);
  }
}

const failureDetails = (o: {
  error?: string | undefined;
  cause?: string | undefined;
}): { error?: string; cause?: string } => ({
  ...(o.error === undefined ? {} : { error: o.error }),
  ...(o.cause === undefined ? {} : { cause: o.cause }),
});

/** Without the fields that are undefined. */
function defined(o: { Type: string; Next: string; Output: unknown; Assign: JsonObject | undefined }): {
  Type: string;
  Next: string;
  Output?: unknown;
  Assign?: JsonObject;
} {
  return {
    Type: o.Type,
    Next: o.Next,
    ...(o.Output === undefined ? {} : { Output: o.Output }),
    ...(o.Assign === undefined ? {} : { Assign: o.Assign }),
  };
}

/** Whether a Retry or Catch that names these errors takes this one. */
export function matches(names: readonly string[], error: string): boolean {
  if (names.includes(error)) return true;
  if (error === 'States.HeartbeatTimeout' && names.includes('States.Timeout')) return true;
  if (uncatchable.has(error)) return false;
  if (names.includes('States.ALL')) return true;
  return names.includes('States.TaskFailed') && error !== 'States.Timeout' && error !== 'States.HeartbeatTimeout';
}

function backOff(retrier: Retrier, count: number): number {
  const delay = (retrier.IntervalSeconds ?? 1) * (retrier.BackoffRate ?? 2) ** count;
  const capped = Math.min(delay, retrier.MaxDelaySeconds ?? Number.POSITIVE_INFINITY, 31_536_000);
  return retrier.JitterStrategy === 'FULL' ? Math.random() * capped : capped;
}
