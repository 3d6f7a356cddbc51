import { EvaluationFailure } from '../errors.ts';
import { isObject, type JsonObject, textOf, tooLarge } from '../json.ts';
import type { ChoiceProgram, CompiledState, Exit, FailProgram, WaitProgram } from '../language/program.ts';
import { instantOf } from '../language/timestamp.ts';
import type { End, Execution, Frame } from './execution.ts';
import { backOff, catcherFor, errorOutput, retrierFor, StateFailure } from './failure.ts';
import { parentOf, stateOf } from './frames.ts';
import { Groups } from './groups.ts';
import { type Extra, StateScope, type Surroundings } from './scope.ts';
import { Tasks } from './tasks.ts';

/** What the interpreter needs of the engine around it. */
export interface Host extends Surroundings {
  readonly region: string;
  /** 0 to 1. */
  chance(): number;
  /** Adds an event to the history. @throws StateFailure when the history is full */
  emit(execution: Execution, previous: number, type: string, details?: JsonObject): number;
  /** The frame goes on in a step of its own. */
  enqueue(execution: Execution, frame: Frame): void;
  touch(execution: Execution): void;
  token(execution: Execution, frame: Frame, event: number): string;
  /** Makes the call of the frame's task once what it rests on is durable. */
  call(execution: Execution, frame: Frame): void;
  stopChild(arn: string): void;
  finish(execution: Execution, status: 'SUCCEEDED' | 'FAILED', previous: number, end: End): void;
}

export const second = 1000;
export const notTruncated = { truncated: false };

/** What a state gives when it is left: the value, as JSON text where that is known, and what its fields see of it. */
export interface Result {
  readonly value: unknown;
  readonly text?: string;
  readonly seen?: JsonObject;
}

const mostAssigned = 256 * 1024;
const mostVariables = 10 * 1024 * 1024;

const tooMuch = (cause: string): StateFailure => new StateFailure('States.DataLimitExceeded', cause);

/** Advances one frame of one execution by one state, or by one part of a state. */
export class Interpreter {
  readonly host: Host;
  readonly tasks: Tasks;
  readonly groups: Groups;

  constructor(host: Host) {
    this.host = host;
    this.tasks = new Tasks(this);
    this.groups = new Groups(this);
  }

  /** An event in the frame's own chain. */
  emit(execution: Execution, frame: Frame, type: string, details?: JsonObject): number {
    frame.previous = this.host.emit(execution, frame.previous, type, details);
    frame.changed.data = true;
    return frame.previous;
  }

  scope(execution: Execution, frame: Frame, more?: JsonObject, extra?: Extra): StateScope {
    return new StateScope(this.host, execution, frame, more, extra);
  }

  // ---- one step -----------------------------------------------------------------------------------------------------

  step(execution: Execution, frame: Frame): void {
    try {
      if (frame.phase === 'enter') this.#enter(execution, frame);
      if (frame.phase === 'run') this.#run(execution, frame, stateOf(frame));
    } catch (error) {
      this.failed(execution, frame, error);
    }
  }

  #enter(execution: Execution, frame: Frame): void {
    frame.before = frame.previous;
    frame.enteredAt = this.host.now();
    frame.entered = this.emit(execution, frame, `${stateOf(frame).type}StateEntered`, {
      name: frame.state,
      input: frame.inputText,
      inputDetails: notTruncated,
    });
    if (frame.retries.length > 0) frame.retries = [];
    frame.phase = 'run';
  }

  #run(execution: Execution, frame: Frame, state: CompiledState): void {
    switch (state.type) {
      case 'Pass':
      case 'Succeed':
        this.leave(execution, frame, state.exit, { value: frame.input, text: frame.inputText });
        return;
      case 'Fail':
        this.#fail(execution, frame, state);
        return;
      case 'Choice':
        this.#choose(execution, frame, state);
        return;
      case 'Wait':
        this.#wait(execution, frame, state);
        return;
      case 'Task':
        this.tasks.start(execution, frame, state);
        return;
      case 'Map':
      case 'Parallel':
        this.groups.start(execution, frame, state);
        return;
    }
  }

  /** Leaves the state: Output and Assign are both evaluated on what was there at its entry. */
  leave(execution: Execution, frame: Frame, exit: Exit, result: Result): void {
    let output = result.value;
    let text = result.text;
    let assigned: unknown;
    if (exit.output !== undefined || exit.assign !== undefined) {
      const scope = this.scope(execution, frame, result.seen);
      if (exit.assign !== undefined) assigned = exit.assign.evaluate(scope);
      if (exit.output !== undefined) {
        output = exit.output.evaluate(scope);
        text = undefined;
      }
    }
    text ??= textOf(output);
    if (tooLarge(text)) {
      throw tooMuch(
        `The state/task '${frame.state}' returned a result with a size exceeding the maximum number of bytes service limit.`,
      );
    }
    const details: JsonObject = { name: frame.state, output: text, outputDetails: notTruncated };
    if (isObject(assigned)) {
      details.assignedVariables = this.#assign(execution, frame, assigned);
      details.assignedVariablesDetails = notTruncated;
    }
    this.emit(execution, frame, `${stateOf(frame).type}StateExited`, details);
    this.tidy(execution, frame);
    if (exit.next === undefined) {
      this.#ended(execution, frame, output, text);
      return;
    }
    frame.state = exit.next;
    frame.input = output;
    frame.inputText = text;
    frame.phase = 'enter';
    this.host.enqueue(execution, frame);
  }

  /** @returns the texts, as the history has them */
  #assign(execution: Execution, frame: Frame, assigned: JsonObject): Record<string, string> {
    const texts: Record<string, string> = {};
    let size = 0;
    for (const [name, value] of Object.entries(assigned)) {
      const text = textOf(value);
      texts[name] = text;
      size += Buffer.byteLength(text);
    }
    if (size > mostAssigned) {
      throw tooMuch(`The size of the variables assigned by the state '${frame.state}' exceeds the limit of 256 KiB.`);
    }
    let all = size;
    for (const one of execution.frames.values()) {
      for (const [name, variable] of one.variables)
        if (one !== frame || !Object.hasOwn(texts, name)) all += variable.size;
    }
    if (all > mostVariables) throw tooMuch('The size of all variables of the execution exceeds the limit of 10 MiB.');
    for (const [name, text] of Object.entries(texts)) {
      frame.variables.set(name, { value: assigned[name], size: Buffer.byteLength(text) });
      frame.changed.variables.set(name, text);
    }
    return texts;
  }

  /** Nothing of the state that was left stays behind. */
  tidy(execution: Execution, frame: Frame): void {
    if (frame.task !== undefined) delete frame.task;
    if (frame.due !== undefined) delete frame.due;
    if (frame.group !== undefined) {
      this.groups.drop(execution, frame);
      delete frame.group;
      delete frame.items;
      delete frame.results;
      frame.changed.items = true;
      frame.changed.results = [];
    }
    frame.changed.data = true;
  }

  #ended(execution: Execution, frame: Frame, output: unknown, text: string): void {
    const parent = parentOf(execution, frame);
    if (parent === undefined) this.host.finish(execution, 'SUCCEEDED', frame.previous, { output: text });
    else this.groups.flowSucceeded(execution, parent, frame, output);
  }

  // ---- Fail, Choice, Wait -------------------------------------------------------------------------------------------

  #fail(execution: Execution, frame: Frame, state: FailProgram): void {
    const scope = this.scope(execution, frame);
    const error = state.error === undefined ? undefined : state.error.evaluate(scope);
    const cause = state.cause === undefined ? undefined : state.cause.evaluate(scope);
    throw new StateFailure(
      error === undefined ? undefined : String(error),
      cause === undefined ? undefined : String(cause),
    );
  }

  #choose(execution: Execution, frame: Frame, state: ChoiceProgram): void {
    const scope = this.scope(execution, frame);
    const result = { value: frame.input, text: frame.inputText };
    for (const { condition, exit } of state.choices) {
      const holds = condition.evaluate(scope);
      if (holds === true) {
        this.leave(execution, frame, exit, result);
        return;
      }
    }
    if (state.otherwise !== undefined) {
      this.leave(execution, frame, state.otherwise, result);
      return;
    }
    throw new StateFailure(
      'States.Runtime',
      this.#during(frame, 'Failed to transition out of the state. The state does not point to a next state.'),
    );
  }

  #wait(execution: Execution, frame: Frame, state: WaitProgram): void {
    const scope = this.scope(execution, frame);
    const now = this.host.now();
    let due = now;
    if (state.timestamp !== undefined) {
      const value = state.timestamp.evaluate(scope);
      // Unlike what fails to be evaluated, a value that is no time is told after the state's entry.
      frame.before = frame.entered;
      due = instantOf(value);
    } else if (state.seconds !== undefined) {
      due = now + Number(state.seconds.evaluate(scope)) * second;
    }
    if (due <= now) {
      this.leave(execution, frame, state.exit, { value: frame.input, text: frame.inputText });
      return;
    }
    frame.phase = 'wait';
    frame.due = due;
    frame.changed.data = true;
  }

  // ---- timers -------------------------------------------------------------------------------------------------------

  /** The frame's timer is due. */
  due(execution: Execution, frame: Frame): void {
    if (frame.due === undefined || frame.due > this.host.now()) return;
    delete frame.due;
    frame.changed.data = true;
    try {
      const state = stateOf(frame);
      if (frame.phase === 'wait' && state.type === 'Wait') {
        this.leave(execution, frame, state.exit, { value: frame.input, text: frame.inputText });
      } else if (frame.phase === 'retry') {
        frame.phase = 'run';
        this.host.enqueue(execution, frame);
      } else if (state.type === 'Task') this.tasks.timedOut(execution, frame, state);
    } catch (error) {
      this.failed(execution, frame, error);
    }
  }

  // ---- failure ------------------------------------------------------------------------------------------------------

  #during(frame: Frame, text: string): string {
    return `An error occurred while executing the state '${frame.state}' (entered at the event id #${frame.entered}). ${text}`;
  }

  /** What was thrown as a failure of the state. An evaluation that failed is an event of its own. */
  #asFailure(execution: Execution, frame: Frame, thrown: unknown): StateFailure {
    if (thrown instanceof StateFailure) return thrown;
    if (!(thrown instanceof EvaluationFailure)) {
      const text = thrown instanceof Error ? thrown.message : String(thrown);
      return new StateFailure('States.Runtime', this.#during(frame, text));
    }
    const cause = this.#during(frame, thrown.message);
    const error = 'States.QueryEvaluationError';
    // Entry and first evaluation are one decision of AWS: both follow the same event.
    if (frame.previous === frame.entered) frame.previous = frame.before;
    this.emit(execution, frame, 'EvaluationFailed', {
      error,
      cause,
      ...(thrown.location === undefined ? {} : { location: thrown.location }),
      state: frame.state,
    });
    return new StateFailure(error, cause);
  }

  /** The state has failed: it is retried, caught, or its flow is over. */
  failed(execution: Execution, frame: Frame, thrown: unknown): void {
    this.host.touch(execution);
    let failure: StateFailure;
    try {
      failure = this.#asFailure(execution, frame, thrown);
    } catch (full) {
      // The history has no room even for the event that tells of it.
      if (!(full instanceof StateFailure)) throw full;
      failure = full;
    }
    const state = stateOf(frame);
    const retry = retrierFor(state, failure, frame.retries);
    // No Retry, Catch or surrounding state has a say in what AWS calls a runtime error.
    if (failure.error === 'States.Runtime') this.#over(execution, frame, failure);
    else if (retry !== undefined) this.#retry(execution, frame, state, retry);
    else this.#catch(execution, frame, state, failure);
  }

  #catch(execution: Execution, frame: Frame, state: CompiledState, failure: StateFailure): void {
    const before = frame.previous;
    try {
      if (state.type === 'Map' || state.type === 'Parallel') this.emit(execution, frame, `${state.type}StateFailed`);
      const at = catcherFor(state, failure);
      if (at === undefined || !('catch' in state)) {
        this.#died(execution, frame, failure);
        return;
      }
      const catcher = state.catch[at];
      if (catcher === undefined) throw new TypeError(`'${state.name}' has no Catch[${at}]`);
      const output = errorOutput(failure);
      this.leave(execution, frame, catcher, { value: output, seen: { errorOutput: output } });
    } catch (second) {
      if (second instanceof EvaluationFailure) frame.previous = before;
      const next = this.#asFailure(execution, frame, second);
      if (state.type === 'Map' || state.type === 'Parallel') this.emit(execution, frame, `${state.type}StateFailed`);
      this.#died(execution, frame, next);
    }
  }

  #retry(execution: Execution, frame: Frame, state: CompiledState, retry: number): void {
    const retrier = 'retry' in state ? state.retry[retry] : undefined;
    if (retrier === undefined) throw new TypeError(`'${state.name}' has no Retry[${retry}]`);
    const count = frame.retries[retry] ?? 0;
    while (frame.retries.length <= retry) frame.retries.push(0);
    frame.retries[retry] = count + 1;
    this.tidy(execution, frame);
    frame.phase = 'retry';
    frame.due = this.host.now() + Math.round(backOff(retrier, count, this.host.chance()) * second);
  }

  #over(execution: Execution, frame: Frame, { error, reason }: StateFailure): void {
    frame.phase = 'failed';
    this.host.finish(execution, 'FAILED', frame.previous, {
      ...(error === undefined ? {} : { error }),
      ...(reason === undefined ? {} : { cause: reason }),
    });
  }

  /** Nothing caught it: the flow is over, and with it what holds it. */
  #died(execution: Execution, frame: Frame, failure: StateFailure): void {
    const parent = parentOf(execution, frame);
    if (parent === undefined) this.#over(execution, frame, failure);
    else this.groups.flowFailed(execution, parent, frame, failure);
  }
}
