import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { ServiceError } from '../../../local/stepfunctions/conformance/service-error.ts';
import {
  type Clock,
  type HistoryEvent,
  type Integrations,
  type ServiceCall,
  StepFunctions,
} from '../../../local/stepfunctions/index.ts';

export const states = 'arn:aws-cn:states:::';
export const roleArn = 'arn:aws-cn:iam::000000000000:role/r';
const where = { partition: 'aws-cn', region: 'cn-north-1', account: '000000000000' };

export const functionArn = (name: string): string => `arn:aws-cn:lambda:cn-north-1:000000000000:function:${name}`;

export const machineArn = (name: string): string => `arn:aws-cn:states:cn-north-1:000000000000:stateMachine:${name}`;
export const executionArn = (name: string, machine = 'm'): string =>
  `arn:aws-cn:states:cn-north-1:000000000000:execution:${machine}:${name}`;

/** The files of the engines of one test file. */
const folder = mkdtempSync(join(tmpdir(), 'engine-'));
let files = 0;
afterAll(() => rmSync(folder, { recursive: true }));

/** An Error that Step Functions sees by this name. */
export const failing = (name: string, message = name): Error => Object.assign(new Error(message), { name });

export interface WorldOptions {
  readonly memory?: boolean;
  /** Instead of a file of its own. */
  readonly file?: string;
  /** Instead of the world's own, that only moves when told. */
  readonly clock?: Clock;
  readonly batch?: number;
  /** For full jitter. @default 0.5 */
  readonly chance?: () => number;
  readonly stopChildren?: boolean;
  readonly onEvent?: (arn: string, event: HistoryEvent) => void;
  readonly onFault?: (fault: unknown) => void;
}

/** A small world of its own: a clock that only moves when told, functions by name, a note of every call. */
export class World {
  now = Date.parse('2026-01-05T10:00:00+08:00');
  readonly file: string;
  readonly calls: string[] = [];
  /** Of each call, the role that it was made with. */
  readonly roles: string[] = [];
  functions: Record<string, (payload: unknown) => unknown> = {};
  onCall: (call: ServiceCall) => unknown = () => ({});
  authorize: (role: string, action: string, resource: string) => void = () => {};
  engine: StepFunctions;
  readonly #options: WorldOptions;

  constructor(options: WorldOptions = {}) {
    this.#options = options;
    files += 1;
    this.file = options.file ?? (options.memory ? ':memory:' : join(folder, `${files}.sqlite`));
    this.engine = this.#open(options);
  }

  #open({ memory, file, ...options }: WorldOptions): StepFunctions {
    const integrations: Integrations = {
      invokeLambda: async ({ functionArn: arn, payload, roleArn: role }) => {
        const name = arn.slice(arn.lastIndexOf(':') + 1);
        this.calls.push(name);
        this.roles.push(role);
        const base = { statusCode: 200, executedVersion: '$LATEST', requestId: 'r' };
        try {
          return { ...base, payload: (await this.functions[name]?.(payload)) ?? null };
        } catch (error) {
          // Lambda itself refuses the call: the function never runs.
          if (error instanceof ServiceError) throw error;
          const { name: errorType, message } = error instanceof Error ? error : failing('Error', String(error));
          return { ...base, functionError: 'Unhandled', payload: { errorType, errorMessage: message } };
        }
      },
      serves: (service) => service !== 'unreachable',
      callService: async (call) => {
        this.calls.push(`${call.service}:${call.action}`);
        this.roles.push(call.roleArn);
        return this.onCall(call);
      },
      authorize: async (role, action, resource) => this.authorize(role, action, resource),
    };
    const clock = { now: () => this.now };
    return StepFunctions.open({ file: this.file, clock, integrations, ...where, chance: () => 0.5, ...options });
  }

  /** One operation of AWS's API. */
  call(operation: string, input: object) {
    return this.engine.call(operation, input);
  }

  async machine(name: string, States: object, more: object = {}): Promise<string> {
    const { stateMachineArn } = await this.call('CreateStateMachine', {
      name,
      definition: text(States, more),
      roleArn,
    });
    return String(stateMachineArn);
  }

  async start(stateMachineArn: string, input: unknown = {}, name = 'one'): Promise<string> {
    const made = await this.call('StartExecution', { stateMachineArn, name, input: JSON.stringify(input) });
    return String(made.executionArn);
  }

  /** A machine of these states, run to its end. */
  async ran(States: object, input: unknown = {}, more: object = {}) {
    const arn = await this.start(await this.machine('m', States, more), input);
    await this.pass();
    const events = await this.history(arn);
    return { ...(await this.ended(arn)), events, types: events.map(({ type }) => type), arn };
  }

  /** Lets time pass, timer by timer, until nothing waits or `end` is reached. */
  async pass(end = Number.POSITIVE_INFINITY): Promise<void> {
    for (;;) {
      await this.engine.settled();
      const next = this.engine.nextTimer();
      if (next === undefined || next > end) break;
      this.now = Math.max(this.now, next);
      this.engine.wake();
    }
    if (Number.isFinite(end)) this.now = Math.max(this.now, end);
  }

  /** Lets seconds pass. */
  later(seconds: number): Promise<void> {
    return this.pass(this.now + seconds * 1000);
  }

  async ended(executionArn: string) {
    const { status, output, error, cause } = await this.call('DescribeExecution', { executionArn });
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
      const page = await this.call('GetExecutionHistory', {
        executionArn,
        maxResults: 1000,
        ...(nextToken === undefined ? {} : { nextToken }),
      });
      if (Array.isArray(page.events)) events.push(...page.events);
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    return events;
  }

  async types(executionArn: string): Promise<string[]> {
    return (await this.history(executionArn)).map(({ type }) => type);
  }

  /** The process ends, and another one begins on what was durable. */
  async kill(options: WorldOptions = this.#options): Promise<void> {
    await this.engine.close(true);
    this.engine = this.#open(options);
  }
}

// ---- histories ----------------------------------------------------------------------------------------------------------

export interface Event {
  readonly id: number;
  readonly type: string;
  readonly previousEventId: number;
  readonly [details: string]: unknown;
}

/** `3<2 TaskScheduled`: the third event, which follows the second. */
export const linked = (events: readonly Event[]): string[] =>
  events.map(({ id, previousEventId, type }) => `${id}<${previousEventId} ${type}`);

/** What an event tells beside its type, with JSON texts parsed. */
export function detailsOf(event: Event | undefined): Record<string, unknown> {
  const [, details] = Object.entries(event ?? {}).find(([key]) => key.endsWith('EventDetails')) ?? [];
  return typeof details === 'object' && details !== null ? { ...details } : {};
}

/** What all events of a type tell. */
export const told = (events: readonly Event[], type: string): Record<string, unknown>[] =>
  events.filter((event) => event.type === type).map(detailsOf);

/** What a list gives, page by page. */
export async function pages(world: World, operation: string, request: object, field: string): Promise<unknown[][]> {
  const all: unknown[][] = [];
  let nextToken: unknown;
  do {
    const page = await world.call(operation, { ...request, ...(nextToken === undefined ? {} : { nextToken }) });
    const list = page[field];
    all.push(Array.isArray(list) ? list : []);
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return all;
}

/** What an object has by a name. */
export const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined;

/** An error of AWS by its name, whose message says something. */
export const refuses = (name: string, says = ''): object => ({ name, message: expect.stringContaining(says) });

export const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

// ---- definitions --------------------------------------------------------------------------------------------------------

/** Starts at the first of its states. */
export const flow = (States: object) => ({ StartAt: Object.keys(States)[0], States });

/** A definition in JSONata. */
export const text = (States: object, more: object = {}): string =>
  JSON.stringify({ QueryLanguage: 'JSONata', ...flow(States), ...more });

export const end = { End: true };
export const succeed = { Type: 'Succeed' };
export const pass = (more: object = {}) => ({ Type: 'Pass', ...end, ...more });
export const wait = (seconds: number, more: object = end) => ({ Type: 'Wait', Seconds: seconds, ...more });

/** lambda:invoke of the state's input, giving the payload. */
export const lambda = (name: string, more: object = end) => ({
  Type: 'Task',
  Resource: `${states}lambda:invoke`,
  Arguments: { FunctionName: functionArn(name), Payload: '{% $states.input %}' },
  Output: '{% $states.result.Payload %}',
  ...more,
});

/** A callback: its token goes out with a message. */
export const callback = (more: object = end) => ({
  Type: 'Task',
  Resource: `${states}sqs:sendMessage.waitForTaskToken`,
  TimeoutSeconds: 3600,
  Arguments: { QueueUrl: 'queue', MessageBody: { token: '{% $states.context.Task.Token %}' } },
  ...more,
});

/** A nested execution that is waited for; its name may be given as `name`. */
export const nested = (machine: string, more: object = end) => ({
  Type: 'Task',
  Resource: `${states}states:startExecution.sync:2`,
  Arguments: { StateMachineArn: machine, Input: '{% $states.input %}' },
  Output: '{% $states.result.Output %}',
  ...more,
});

/** Takes every error and goes on to a state. */
export const caught = (Next: string, ...ErrorEquals: string[]) => ({
  Catch: [{ ErrorEquals: ErrorEquals.length > 0 ? ErrorEquals : ['States.ALL'], Next }],
});

/** The token in a message of `callback`. */
export function tokenIn(call: ServiceCall): string {
  const [, token] = /"token":"([^"]+)"/.exec(JSON.stringify(call.input)) ?? [];
  if (token === undefined) throw new Error(`no token in ${JSON.stringify(call.input)}`);
  return token;
}
