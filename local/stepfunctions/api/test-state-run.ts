import type { Outcome } from '../engine/execution.ts';
import { backOff, catcherFor, errorOutput, matches, StateFailure } from '../engine/failure.ts';
import { EvaluationFailure } from '../errors.ts';
import type { Integrations } from '../integrations/integrations.ts';
import { type Call, perform } from '../integrations/perform.ts';
import { isObject, type JsonObject, textOf, tooLarge } from '../json.ts';
import type { MapState, State } from '../language/asl.ts';
import type { Scope } from '../language/expressions.ts';
import {
  type CompiledState,
  compileMachine,
  type Exit,
  type FailProgram,
  type MapProgram,
  recovers,
  type TaskProgram,
  type WaitProgram,
} from '../language/program.ts';
import { compileTemplate, type Template } from '../language/template.ts';
import { instantOf } from '../language/timestamp.ts';
import { madeContext, type Place, testedName } from './test-state-context.ts';
import { batchesOf, itemsIn } from './test-state-items.ts';
import { invalid } from './test-state-mock.ts';
import type { Test } from './test-state-request.ts';

export interface Surroundings extends Place {
  readonly integrations: Integrations;
}

/** Seconds that AWS lets a test run. */
const longest = 300;

/** The state by itself: what is inside it never runs. */
function compiled(state: State): CompiledState {
  const nothing = { StartAt: '', States: {} };
  let alone = state;
  if (state.Type === 'Map') alone = { ...state, ItemProcessor: nothing };
  else if (state.Type === 'Parallel') alone = { ...state, Branches: [] };
  const program = compileMachine({ StartAt: testedName, States: { [testedName]: alone } }).states.get(testedName);
  if (program === undefined) throw new TypeError('A state was compiled to nothing');
  return program;
}

/** @throws StateFailure where it is more than AWS passes on */
function bounded(value: unknown, name: string, how: 'was given an input' | 'returned a result'): string {
  const text = textOf(value);
  if (!tooLarge(text)) return text;
  const cause = `The state/task '${name}' ${how} with a size exceeding the maximum number of bytes service limit.`;
  throw new StateFailure('States.DataLimitExceeded', cause);
}

/** What was thrown as a failure of the state; anything else is thrown on. */
function failureOf(thrown: unknown): StateFailure {
  if (thrown instanceof StateFailure) return thrown;
  if (thrown instanceof EvaluationFailure) return new StateFailure('States.QueryEvaluationError', thrown.message);
  throw thrown;
}

const timedOut: Outcome = { error: 'States.Timeout' };

/** How a call ends that takes longer, unless it is aborted first. */
function late(signal: AbortSignal, seconds: number): Promise<Outcome> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(timedOut), seconds * 1000);
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  });
}

const toldOf = ({ error, reason }: StateFailure): JsonObject => ({
  ...(error === undefined ? {} : { error }),
  ...(reason === undefined ? {} : { cause: reason }),
});

/** One JSONata state, run once. */
export class Run {
  readonly #from: Surroundings;
  readonly #test: Test;
  readonly #program: CompiledState;
  readonly #context: JsonObject;
  /** What the state assigned to variables. */
  #assigned: JsonObject = {};
  /** What went on inside, as AWS's `inspectionData`: JSON as text. */
  readonly #inspected: JsonObject;

  constructor(from: Surroundings, test: Test) {
    const program = compiled(test.state);
    this.#from = from;
    this.#test = test;
    this.#program = program;
    this.#context =
      test.context ??
      madeContext(from, {
        ...test,
        ...(recovers(program) ? { retryCount: test.retrierRetryCount } : {}),
        token: program.type === 'Task' && program.resource.pattern === 'waitForTaskToken',
      });
    this.#inspected = { input: test.inputText };
  }

  /** AWS's answer of TestState. */
  async answer(): Promise<JsonObject> {
    const answer = await this.#run();
    const variables = { ...this.#test.variables, ...this.#assigned };
    if (this.#test.variables !== undefined || Object.keys(variables).length > 0) {
      this.#inspected.variables = textOf(variables);
    }
    return this.#test.inspected ? { ...answer, inspectionData: this.#inspected } : answer;
  }

  async #run(): Promise<JsonObject> {
    try {
      return { ...(await this.#enter(this.#program)), status: 'SUCCEEDED' };
    } catch (thrown) {
      return this.#failed(failureOf(thrown));
    }
  }

  /** @param more what the field sees of the state beside its input and context */
  #scope(more: JsonObject = {}, context: JsonObject = this.#context): Scope {
    const { input, variables = {} } = this.#test;
    return {
      states: { input, context, ...more },
      now: this.#from.now(),
      variable: (name) => (Object.hasOwn(variables, name) ? variables[name] : undefined),
    };
  }

  /** The value of a field that may be missing. */
  #valueOf(field: Template | undefined): unknown {
    return field?.evaluate(this.#scope());
  }

  async #enter(program: CompiledState): Promise<JsonObject> {
    const { input } = this.#test;
    switch (program.type) {
      case 'Pass':
      case 'Succeed':
        return this.#leave(program.exit, input);
      case 'Fail':
        return this.#fail(program);
      case 'Wait':
        this.#wait(program);
        return this.#leave(program.exit, input);
      case 'Choice': {
        for (const { condition, exit } of program.choices) {
          if (this.#valueOf(condition) === true) return this.#leave(exit, input);
        }
        if (program.otherwise !== undefined) return this.#leave(program.otherwise, input);
        const cause = 'Failed to transition out of the state. The state does not point to a next state.';
        throw new StateFailure('States.Runtime', cause);
      }
      case 'Task': {
        const result = await this.#task(program);
        this.#inspected.result = textOf(result);
        return this.#leave(program.exit, result, { result });
      }
      case 'Map': {
        const result = this.#map(program);
        return this.#leave(program.exit, result, { result });
      }
      case 'Parallel': {
        this.#valueOf(program.arguments);
        const result = this.#mocked();
        return this.#leave(program.exit, result, { result });
      }
    }
  }

  // ---- Fail, Wait -------------------------------------------------------------------------------------------------------

  #fail({ error, cause }: FailProgram): never {
    const [name, reason] = [this.#valueOf(error), this.#valueOf(cause)];
    throw new StateFailure(
      name === undefined ? undefined : String(name),
      reason === undefined ? undefined : String(reason),
    );
  }

  /** Nothing is waited for, but what would outlast the test fails as it does there. */
  #wait({ seconds, timestamp: until }: WaitProgram): void {
    let due = Number(this.#valueOf(seconds)) || 0;
    if (until !== undefined) {
      due = (instantOf(this.#valueOf(until)) - this.#from.now()) / 1000;
    }
    if (due > longest) throw new StateFailure('States.Timeout', undefined);
  }

  // ---- Task -------------------------------------------------------------------------------------------------------------

  async #task(program: TaskProgram): Promise<unknown> {
    const { resource } = program;
    const name = resource.kind === 'service' ? resource.type : resource.arn;
    const input = program.arguments === undefined ? this.#test.input : this.#valueOf(program.arguments);
    this.#inspected.afterArguments = bounded(input, name, 'was given an input');
    const timeout = Number(this.#valueOf(program.timeout) ?? longest);
    this.#valueOf(program.heartbeat);
    const credentials = this.#valueOf(program.credentials);
    if (this.#test.mock !== undefined) return this.#mocked();
    const roleArn = isObject(credentials) ? String(credentials.RoleArn) : (this.#test.roleArn ?? '');
    const outcome = await this.#called({ resource, input, roleArn }, Math.min(timeout, longest));
    if (!('output' in outcome)) throw new StateFailure(outcome.error, outcome.cause);
    bounded(outcome.output, name, 'returned a result');
    return outcome.output;
  }

  async #called(call: Pick<Call, 'resource' | 'input' | 'roleArn'>, seconds: number): Promise<Outcome> {
    const now = () => this.#from.now();
    const due = now() + seconds * 1000;
    const abort = new AbortController();
    const answered = perform(this.#from.integrations, { ...call, signal: abort.signal, now });
    const outcome = await Promise.race([answered, late(abort.signal, seconds)]);
    abort.abort();
    // The clock may be one that runs ahead of the machine's.
    return now() > due ? timedOut : outcome;
  }

  /** @throws StateFailure that the mock says the state has met */
  #mocked(): unknown {
    const { mock } = this.#test;
    if (mock === undefined) throw new TypeError('The state cannot be tested without a mock');
    if ('failure' in mock) throw mock.failure;
    return mock.result;
  }

  // ---- Map --------------------------------------------------------------------------------------------------------------

  #map(program: MapProgram): unknown {
    const { state, mapIterationFailureCount: failed = 0 } = this.#test;
    if (state.Type !== 'Map') throw new TypeError('A Map was compiled from another state');
    const items = state.ItemReader === undefined ? this.#given(program) : this.#read(state.ItemReader);
    this.#inspected.maxConcurrency = this.#valueOf(program.maxConcurrency) ?? 0;
    const count = this.#valueOf(program.toleratedCount);
    if (count !== undefined) this.#inspected.toleratedFailureCount = count;
    const percentage = this.#valueOf(program.toleratedPercentage);
    if (percentage !== undefined) this.#inspected.toleratedFailurePercentage = percentage;
    if (items !== undefined) {
      if (failed > items.length) {
        throw invalid(`MapIterationFailureCount must not exceed the number of items, which is ${items.length}.`);
      }
      this.#inputs(state, program, items);
    }
    const result = this.#mocked();
    const total = items?.length ?? (Array.isArray(result) ? result.length : failed);
    const limits = [
      ...(count === undefined ? [] : [Number(count)]),
      ...(percentage === undefined ? [] : [(Number(percentage) * total) / 100]),
    ];
    if (failed <= Math.min(...(limits.length === 0 ? [0] : limits))) return result;
    const cause = 'The specified tolerated failure threshold was exceeded';
    throw new StateFailure('States.ExceedToleratedFailureThreshold', cause);
  }

  /** What the iterations would be given. */
  #inputs(state: MapState, { itemSelector }: MapProgram, items: readonly unknown[]): void {
    let inputs = items;
    if (itemSelector !== undefined) {
      inputs = this.#selected(items, itemSelector);
      this.#inspected.afterItemSelector = textOf(inputs);
    }
    if (state.ItemBatcher !== undefined) {
      const batcher = this.#valueOf(compileTemplate(state.ItemBatcher, 'ItemBatcher'));
      this.#inspected.afterItemBatcher = textOf(batchesOf(inputs, isObject(batcher) ? batcher : {}));
    }
  }

  #given({ items }: MapProgram): readonly unknown[] {
    const given = items === undefined ? this.#test.input : this.#valueOf(items);
    if (Array.isArray(given)) return given;
    throw new EvaluationFailure(`Map state input must be an array but was: ${textOf(given)}`, undefined);
  }

  /** Undefined where nobody says what the ItemReader would read. */
  #read(reader: JsonObject): readonly unknown[] | undefined {
    const evaluated = this.#valueOf(compileTemplate(reader, 'ItemReader'));
    const { mapItemReaderData: data } = this.#test;
    if (data === undefined) return undefined;
    const config = isObject(evaluated) && isObject(evaluated.ReaderConfig) ? evaluated.ReaderConfig : {};
    if (config.InputType === 'PARQUET' || config.InputType === 'MANIFEST') return undefined;
    const items = itemsIn(data, config);
    if (config.ItemsPointer !== undefined) this.#inspected.afterItemsPointer = textOf(items);
    return items;
  }

  #selected(items: readonly unknown[], selector: Template): unknown[] {
    const selected: unknown[] = [];
    for (const [Index, Value] of items.entries()) {
      const context = { ...this.#context, Map: { Item: { Index, Value } } };
      selected.push(selector.evaluate(this.#scope({}, context)));
    }
    return selected;
  }

  // ---- the end of it ----------------------------------------------------------------------------------------------------

  /** Output and Assign are both evaluated on what was there at the state's entry. */
  #leave({ assign, output, next }: Exit, value: unknown, seen: JsonObject = {}): JsonObject {
    const scope = this.#scope(seen);
    const assigned = assign?.evaluate(scope);
    const given = output === undefined ? value : output.evaluate(scope);
    const text = bounded(given, testedName, 'returned a result');
    if (isObject(assigned)) this.#assigned = assigned;
    return { output: text, ...(next === undefined ? {} : { nextState: next }) };
  }

  #failed(failure: StateFailure): JsonObject {
    const told = toldOf(failure);
    const program = this.#program;
    if (!recovers(program)) return { ...told, status: 'FAILED' };
    const details: JsonObject = {};
    const retry = program.retry.findIndex(({ ErrorEquals }) => matches(ErrorEquals, failure));
    const retrier = program.retry[retry];
    if (retrier !== undefined) {
      details.retryIndex = retry;
      this.#inspected.errorDetails = details;
      const { retrierRetryCount: count } = this.#test;
      if (count < (retrier.MaxAttempts ?? 3)) {
        // Of a delay with jitter, the longest that it may be.
        details.retryBackoffIntervalSeconds = Math.round(backOff(retrier, count, 1));
        return { ...told, status: 'RETRIABLE' };
      }
    }
    const caught = catcherFor(program, failure);
    const catcher = caught === undefined ? undefined : program.catch[caught];
    if (catcher === undefined) return { ...told, status: 'FAILED' };
    details.catchIndex = caught;
    this.#inspected.errorDetails = details;
    const output = errorOutput(failure);
    try {
      const left = this.#leave(catcher, output, { errorOutput: output });
      return { ...told, ...left, status: 'CAUGHT_ERROR' };
    } catch (second) {
      return { ...toldOf(failureOf(second)), status: 'FAILED' };
    }
  }
}
