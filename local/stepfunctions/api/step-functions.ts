import { Engine } from '../engine/engine.ts';
import type { EngineOptions } from '../engine/options.ts';
import { StepFunctionsError } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { executionOperations } from './executions.ts';
import { machineOperations } from './machines.ts';
import { checkRequest, type Request } from './requests.ts';
import { testState } from './test-state.ts';
import { tokenOperations } from './tokens.ts';

type Operation = (request: Request) => JsonObject | Promise<JsonObject>;

/** AWS Step Functions' own operations, by name, over one engine. */
export class StepFunctions {
  readonly #engine: Engine;
  readonly #operations: Readonly<Record<string, Operation>>;
  readonly #options: EngineOptions;

  private constructor(options: EngineOptions) {
    this.#options = options;
    this.#engine = new Engine(options);
    this.#operations = {
      ...machineOperations(this.#engine),
      ...executionOperations(this.#engine),
      ...tokenOperations(this.#engine),
    };
  }

  /** Executions that were running go on. */
  static open(options: EngineOptions): StepFunctions {
    return new StepFunctions(options);
  }

  /**
   * One operation of AWS's API; what it changed is durable when it resolves. Times in its answer are epoch seconds.
   * @throws StepFunctionsError with AWS's code and message
   */
  async call(operation: string, input: unknown): Promise<JsonObject> {
    const request = checkRequest(operation, input);
    // A state under test runs beside the executions, not among them.
    if (operation === 'TestState') {
      const from = { ...this.#options, now: () => this.#engine.now() };
      return this.#engine.beside(() => testState(from, request));
    }
    const perform = Object.hasOwn(this.#operations, operation) ? this.#operations[operation] : undefined;
    if (perform === undefined) {
      throw new StepFunctionsError('UnknownOperationException', `${operation} is not served here`);
    }
    return this.#engine.transact(() => perform(request));
  }

  /** When the next thing happens by itself, epoch milliseconds. */
  nextTimer(): number | undefined {
    return this.#engine.nextTimer();
  }

  /** The clock has moved: whatever is due happens. */
  wake(): void {
    this.#engine.wake();
  }

  busy(): boolean {
    return this.#engine.busy();
  }

  /** Nothing is runnable or in flight. */
  settled(): Promise<void> {
    return this.#engine.settled();
  }

  /** Since the store was made. */
  stats(): { executions: number; transitions: number } {
    return this.#engine.stats();
  }

  /** @param kill as if the process had ended: what is not durable is lost */
  close(kill = false): Promise<void> {
    return this.#engine.close(kill);
  }
}
