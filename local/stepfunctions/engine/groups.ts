import { EvaluationFailure } from '../errors.ts';
import { textOf, tooLarge } from '../json.ts';
import type { Scope } from '../language/expressions.ts';
import type { MapProgram, ParallelProgram, Program } from '../language/program.ts';
import type { Template } from '../language/template.ts';
import type { Execution, Frame, Group } from './execution.ts';
import { StateFailure } from './failure.ts';
import { openFrame, stateOf } from './frames.ts';
import type { Interpreter } from './interpreter.ts';

/** Iterations of an inline Map at one time, at most. */
const inlineConcurrency = 40;

/** Whether the failures so far are within every limit that was set; none is tolerated where none was. */
function tolerable({ failed, total, tolerated, toleratedPercentage }: Group): boolean {
  if (tolerated === undefined && toleratedPercentage === undefined) return false;
  return failed <= (tolerated ?? total) && (failed * 100) / total <= (toleratedPercentage ?? 100);
}

/** @throws StateFailure where a flow would be given more than AWS lets it have */
function notTooLarge({ name }: MapProgram | ParallelProgram, text: string): void {
  if (!tooLarge(text)) return;
  const cause = `The state/task '${name}' was given an input with a size exceeding the maximum number of bytes service limit.`;
  throw new StateFailure('States.DataLimitExceeded', cause);
}

/** Parallel and inline Map: flows inside a flow. Each has a chain of events of its own. */
export class Groups {
  readonly #interpreter: Interpreter;

  constructor(interpreter: Interpreter) {
    this.#interpreter = interpreter;
  }

  start(execution: Execution, frame: Frame, state: MapProgram | ParallelProgram): void {
    if (state.type === 'Map') this.#startMap(execution, frame, state);
    else this.#startParallel(execution, frame, state);
  }

  #startParallel(execution: Execution, frame: Frame, state: ParallelProgram): void {
    let { input, inputText } = frame;
    if (state.arguments !== undefined) {
      input = state.arguments.evaluate(this.#interpreter.scope(execution, frame));
      inputText = textOf(input);
      notTooLarge(state, inputText);
    }
    const started = this.#interpreter.emit(execution, frame, 'ParallelStateStarted');
    const total = state.branches.length;
    this.#open(frame, { total, limit: total }, started);
    for (const [index, branch] of state.branches.entries()) {
      this.#startFlow(execution, frame, branch, index, input, inputText, started);
    }
    if (frame.group) frame.group.next = total;
  }

  #startMap(execution: Execution, frame: Frame, state: MapProgram): void {
    const scope = this.#interpreter.scope(execution, frame);
    const given = state.items === undefined ? frame.input : state.items.evaluate(scope);
    if (!Array.isArray(given)) {
      throw new EvaluationFailure(`Map state input must be an array but was: ${textOf(given)}`, undefined);
    }
    const items: readonly unknown[] = given;
    const wanted = Number(state.maxConcurrency ? state.maxConcurrency.evaluate(scope) : 0);
    const tolerated = this.#limit(state.toleratedCount, scope);
    const toleratedPercentage = this.#limit(state.toleratedPercentage, scope);
    const started = this.#interpreter.emit(execution, frame, 'MapStateStarted', { length: items.length });
    const limit = wanted === 0 ? inlineConcurrency : Math.min(wanted, inlineConcurrency);
    const limits = {
      total: items.length,
      limit,
      ...(tolerated === undefined ? {} : { tolerated }),
      ...(toleratedPercentage === undefined ? {} : { toleratedPercentage }),
    };
    const group = this.#open(frame, limits, started);
    frame.items = items;
    frame.changed.items = true;
    if (items.length === 0) this.#succeeded(execution, frame, group, state);
    else this.#startMore(execution, frame, group, state);
  }

  #limit(template: Template | undefined, scope: Scope): number | undefined {
    return template && Number(template.evaluate(scope));
  }

  #open(
    frame: Frame,
    limits: Pick<Group, 'total' | 'limit' | 'tolerated' | 'toleratedPercentage'>,
    last: number,
  ): Group {
    const group: Group = { ...limits, next: 0, done: 0, failed: 0, last };
    frame.group = group;
    frame.results = new Array(limits.total).fill(undefined);
    frame.phase = 'group';
    frame.changed.data = true;
    return group;
  }

  #startFlow(
    execution: Execution,
    parent: Frame,
    program: Program,
    index: number,
    input: unknown,
    inputText: string,
    previous: number,
  ): void {
    const id = execution.nextFrame;
    execution.nextFrame += 1;
    const flow = openFrame(program, { id, parent: parent.id, index, previous }, input, inputText);
    execution.frames.set(id, flow);
    this.#interpreter.host.enqueue(execution, flow);
  }

  #startIterations(execution: Execution, frame: Frame, group: Group, state: MapProgram): void {
    while (group.next < group.total && group.next - group.done < group.limit) {
      const index = group.next;
      const item = frame.items?.[index];
      let input = item;
      if (state.itemSelector !== undefined) {
        const extra = { Map: { Item: { Index: index, Value: item } } };
        const scope = this.#interpreter.scope(execution, frame, undefined, extra);
        input = state.itemSelector.evaluate(scope);
      }
      const inputText = textOf(input);
      notTooLarge(state, inputText);
      group.next += 1;
      frame.changed.data = true;
      const details = { name: frame.state, index };
      const started = this.#interpreter.host.emit(execution, group.last, 'MapIterationStarted', details);
      this.#startFlow(execution, frame, state.body, index, input, inputText, started);
    }
  }

  // ---- a flow ends --------------------------------------------------------------------------------------------------

  flowSucceeded(execution: Execution, parent: Frame, flow: Frame, output: unknown): void {
    const { group } = parent;
    const state = stateOf(parent);
    if (group === undefined || (state.type !== 'Map' && state.type !== 'Parallel')) return;
    this.#forget(execution, flow);
    this.#keep(parent, flow.index, output);
    // The next iteration follows the last state of this one; only the last MapIterationSucceeded is followed itself.
    group.last = flow.previous;
    if (state.type === 'Map') {
      const details = { name: parent.state, index: flow.index };
      const ended = this.#interpreter.host.emit(execution, flow.previous, 'MapIterationSucceeded', details);
      if (group.done + 1 === group.total) group.last = ended;
    }
    this.#flowOver(execution, parent, group, state);
  }

  /** Nothing in the flow caught the failure. */
  flowFailed(execution: Execution, parent: Frame, flow: Frame, failure: StateFailure): void {
    const { group } = parent;
    const state = stateOf(parent);
    if (group === undefined || (state.type !== 'Map' && state.type !== 'Parallel')) return;
    const { host } = this.#interpreter;
    flow.phase = 'failed';
    flow.changed.data = true;
    group.last = flow.previous;
    if (stateOf(flow).type === 'Task' && flow.task !== undefined) {
      host.emit(execution, flow.previous, 'TaskStateAborted');
    }
    if (state.type === 'Map') {
      host.emit(execution, flow.previous, 'MapIterationFailed', { name: parent.state, index: flow.index });
      group.failed += 1;
      parent.changed.data = true;
      if (tolerable(group)) {
        this.drop(execution, flow);
        this.#forget(execution, flow);
        this.#keep(parent, flow.index, {
          ...(failure.error === undefined ? {} : { Error: failure.error }),
          ...(failure.reason === undefined ? {} : { Cause: failure.reason }),
        });
        this.#flowOver(execution, parent, group, state);
        return;
      }
      this.#abort(execution, parent, group);
      parent.previous = group.last;
      // AWS names the threshold only where one was set.
      const set = group.tolerated !== undefined || group.toleratedPercentage !== undefined;
      const cause = 'The specified tolerated failure threshold was exceeded';
      const over = set ? new StateFailure('States.ExceedToleratedFailureThreshold', cause) : failure;
      this.#interpreter.failed(execution, parent, over);
      return;
    }
    this.#abort(execution, parent, group);
    parent.previous = group.last;
    this.#interpreter.failed(execution, parent, failure);
  }

  #keep(parent: Frame, index: number, value: unknown): void {
    if (parent.results) parent.results[index] = value;
    parent.changed.results.push(index);
    parent.changed.data = true;
  }

  #flowOver(execution: Execution, parent: Frame, group: Group, state: MapProgram | ParallelProgram): void {
    group.done += 1;
    if (group.done === group.total) {
      this.#succeeded(execution, parent, group, state);
      return;
    }
    if (state.type === 'Map') this.#startMore(execution, parent, group, state);
  }

  /** As many iterations as there is room for. Where one cannot be started the others end. */
  #startMore(execution: Execution, frame: Frame, group: Group, state: MapProgram): void {
    try {
      this.#startIterations(execution, frame, group, state);
    } catch (error) {
      this.#abort(execution, frame, group);
      frame.previous = group.last;
      this.#interpreter.failed(execution, frame, error);
    }
  }

  /** After a redrive: the flows that are there run again by themselves; what was not begun yet begins. */
  resume(execution: Execution, frame: Frame): void {
    const { group } = frame;
    const state = stateOf(frame);
    if (group === undefined || (state.type !== 'Map' && state.type !== 'Parallel')) return;
    if (group.done === group.total) this.#succeeded(execution, frame, group, state);
    else if (state.type === 'Map') this.#startMore(execution, frame, group, state);
  }

  #succeeded(execution: Execution, frame: Frame, group: Group, state: MapProgram | ParallelProgram): void {
    // The state's exit follows what its success followed.
    frame.previous = group.last;
    this.#interpreter.host.emit(execution, group.last, `${state.type}StateSucceeded`);
    const value = frame.results ?? [];
    try {
      this.#interpreter.leave(execution, frame, state.exit, { value, seen: { result: value } });
    } catch (error) {
      this.#interpreter.failed(execution, frame, error);
    }
  }

  // ---- the end of all of them ---------------------------------------------------------------------------------------

  /** The flows that still run are aborted; they stay, for a redrive, until somebody takes the failure on. */
  #abort(execution: Execution, parent: Frame, group: Group): void {
    const { host } = this.#interpreter;
    for (const flow of [...execution.frames.values()]) {
      if (flow.parent !== parent.id || flow.phase === 'failed') continue;
      if (flow.group) this.#abort(execution, flow, flow.group);
      const state = stateOf(flow);
      const entered = flow.phase !== 'enter';
      this.#interpreter.tasks.abandon(flow);
      if (
        entered &&
        state.type !== 'Pass' &&
        state.type !== 'Choice' &&
        state.type !== 'Fail' &&
        state.type !== 'Succeed'
      ) {
        host.emit(execution, flow.previous, `${state.type}StateAborted`);
      }
      if (stateOf(parent).type === 'Map') {
        const details = { name: parent.state, index: flow.index };
        group.last = host.emit(execution, group.last, 'MapIterationAborted', details);
      }
      // A state that was not entered yet will be, if it comes to that.
      if (entered) flow.phase = 'failed';
      delete flow.due;
      flow.changed.data = true;
    }
  }

  /** Somebody took the failure on: what is left of the flows is not needed for a redrive. */
  drop(execution: Execution, frame: Frame): void {
    if (frame.group === undefined) return;
    for (const flow of [...execution.frames.values()]) {
      if (flow.parent !== frame.id || flow === frame) continue;
      this.drop(execution, flow);
      this.#forget(execution, flow);
    }
  }

  #forget(execution: Execution, flow: Frame): void {
    execution.frames.delete(flow.id);
    if (flow.changed.stored) execution.fresh.gone.push(flow.id);
  }
}
