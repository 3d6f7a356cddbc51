import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type HistoryEvent, type Integrations, type ServiceCall, StepFunctions } from '../../../local/stepfunctions/index.ts';

export const states = 'arn:aws-cn:states:::';
const where = { partition: 'aws-cn', region: 'cn-north-1', account: '000000000000' };
const roleArn = 'arn:aws-cn:iam::000000000000:role/r';

export const functionArn = (name: string): string => `arn:aws-cn:lambda:cn-north-1:000000000000:function:${name}`;

/** An Error that Step Functions sees by this name. */
export const failing = (name: string, message = name): Error => Object.assign(new Error(message), { name });

export interface WorldOptions {
  readonly memory?: boolean;
  readonly batch?: number;
  readonly onEvent?: (arn: string, event: HistoryEvent) => void;
}

/** A small world of its own: a clock that only moves when told, functions by name, a note of every call. */
export class World {
  now = Date.parse('2026-01-05T10:00:00+08:00');
  readonly file: string;
  readonly calls: string[] = [];
  functions: Record<string, (payload: unknown) => unknown> = {};
  onCall: (call: ServiceCall) => unknown = () => ({});
  engine: StepFunctions;
  readonly #options: WorldOptions;

  constructor(options: WorldOptions = {}) {
    this.#options = options;
    this.file = options.memory ? ':memory:' : join(mkdtempSync(join(tmpdir(), 'engine-')), 'engine.sqlite');
    this.engine = this.#open(options);
  }

  #open({ batch, onEvent }: WorldOptions): StepFunctions {
    const integrations: Integrations = {
      invokeLambda: async ({ functionArn: arn, payload }) => {
        const name = arn.slice(arn.lastIndexOf(':') + 1);
        this.calls.push(name);
        const base = { statusCode: 200, executedVersion: '$LATEST', requestId: 'r' };
        try {
          return { ...base, payload: (await this.functions[name]?.(payload)) ?? null };
        } catch (error) {
          const { name: errorType, message } = error instanceof Error ? error : failing('Error', String(error));
          return { ...base, functionError: 'Unhandled', payload: { errorType, errorMessage: message } };
        }
      },
      callService: async (call) => {
        this.calls.push(`${call.service}:${call.action}`);
        return this.onCall(call);
      },
    };
    return StepFunctions.open({
      file: this.file,
      clock: { now: () => this.now },
      integrations,
      ...where,
      chance: () => 0.5,
      ...(batch === undefined ? {} : { batch }),
      ...(onEvent === undefined ? {} : { onEvent }),
    });
  }

  async machine(name: string, States: object, more: object = {}): Promise<string> {
    const definition = JSON.stringify({ QueryLanguage: 'JSONata', StartAt: Object.keys(States)[0], States, ...more });
    const { stateMachineArn } = await this.engine.call('CreateStateMachine', { name, definition, roleArn });
    return String(stateMachineArn);
  }

  async start(stateMachineArn: string, input: unknown = {}, name = 'one'): Promise<string> {
    const made = await this.engine.call('StartExecution', { stateMachineArn, name, input: JSON.stringify(input) });
    return String(made.executionArn);
  }

  /** A machine of these states, run to its end. */
  async ran(States: object, input: unknown = {}, more: object = {}) {
    const arn = await this.start(await this.machine('m', States, more), input);
    await this.pass();
    return { ...(await this.ended(arn)), types: (await this.history(arn)).map(({ type }) => type), arn };
  }

  /** Lets time pass, timer by timer, until nothing waits or `end` is reached. */
  async pass(end = Number.POSITIVE_INFINITY): Promise<void> {
    for (;;) {
      await this.engine.settled();
      const next = this.engine.nextTimer();
      if (next === undefined || next > end) return;
      this.now = Math.max(this.now, next);
      this.engine.wake();
    }
  }

  async ended(executionArn: string) {
    const { status, output, error, cause } = await this.engine.call('DescribeExecution', { executionArn });
    return {
      status,
      ...(typeof output === 'string' ? { output: JSON.parse(output) } : {}),
      ...(error === undefined ? {} : { error }),
      ...(cause === undefined ? {} : { cause }),
    };
  }

  async history(executionArn: string): Promise<Event[]> {
    const events: Event[] = [];
    let nextToken: unknown;
    do {
      const page = await this.engine.call('GetExecutionHistory', {
        executionArn,
        maxResults: 1000,
        ...(nextToken === undefined ? {} : { nextToken }),
      });
      if (Array.isArray(page.events)) events.push(...page.events);
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    return events;
  }

  /** The process ends, and another one begins on what was durable. */
  async kill(options: WorldOptions = this.#options): Promise<void> {
    await this.engine.close(true);
    this.engine = this.#open(options);
  }
}

export interface Event {
  readonly id: number;
  readonly type: string;
  readonly previousEventId: number;
  readonly [details: string]: unknown;
}

/** lambda:invoke of the state's input, giving the payload. */
export const lambda = (name: string, more: object = { End: true }) => ({
  Type: 'Task',
  Resource: `${states}lambda:invoke`,
  Arguments: { FunctionName: functionArn(name), Payload: '{% $states.input %}' },
  Output: '{% $states.result.Payload %}',
  ...more,
});

/** A callback: its token goes out with a message. */
export const callback = (more: object = { End: true }) => ({
  Type: 'Task',
  Resource: `${states}sqs:sendMessage.waitForTaskToken`,
  TimeoutSeconds: 3600,
  Arguments: { QueueUrl: 'queue', MessageBody: { token: '{% $states.context.Task.Token %}' } },
  ...more,
});

/** The token in a message of `callback`. */
export function tokenIn(call: ServiceCall): string {
  const [, token] = /"token":"([^"]+)"/.exec(JSON.stringify(call.input)) ?? [];
  if (token === undefined) throw new Error(`no token in ${JSON.stringify(call.input)}`);
  return token;
}
