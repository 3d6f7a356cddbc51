import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Integrations, StepFunctions } from '../../../local/stepfunctions/index.ts';

const states = 'arn:aws-cn:states:::';
const update = `${states}aws-sdk:dynamodb:updateItem.waitForTaskToken`;

/** A small world of its own: a clock that only moves when told, functions by name, a note of every call. */
class World {
  now = Date.parse('2026-01-05T10:00:00+08:00');
  readonly file = join(mkdtempSync(join(tmpdir(), 'engine-')), 'engine.sqlite');
  readonly calls: string[] = [];
  functions: Record<string, (payload: unknown) => unknown> = {};
  onCall: (input: Record<string, unknown>) => void | Promise<void> = () => {};
  engine: StepFunctions;

  constructor() {
    this.engine = this.#open();
  }

  #open(): StepFunctions {
    const integrations: Integrations = {
      invokeLambda: async ({ functionArn, payload }) => {
        this.calls.push(functionArn);
        const run = this.functions[functionArn];
        const base = { statusCode: 200, executedVersion: '$LATEST', requestId: 'r' };
        try {
          return { ...base, payload: run?.(payload) ?? null };
        } catch (error) {
          const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
          return { ...base, functionError: 'Unhandled', payload: { errorType: name, errorMessage: message } };
        }
      },
      callService: async ({ service, action, input }) => {
        this.calls.push(`${service}:${action}`);
        await this.onCall(input as Record<string, unknown>);
        return {};
      },
    };
    const where = { partition: 'aws-cn', region: 'cn-north-1', account: '000000000000' };
    return StepFunctions.open({ file: this.file, clock: { now: () => this.now }, integrations, ...where });
  }

  async machine(name: string, States: object, StartAt = Object.keys(States)[0]): Promise<string> {
    const definition = JSON.stringify({ QueryLanguage: 'JSONata', StartAt, States });
    const made = await this.engine.call('CreateStateMachine', {
      name,
      definition,
      roleArn: 'arn:aws-cn:iam::0:role/r',
    });
    return String(made.stateMachineArn);
  }

  async start(stateMachineArn: string, input: unknown = {}, name = 'one'): Promise<string> {
    const made = await this.engine.call('StartExecution', { stateMachineArn, name, input: JSON.stringify(input) });
    return String(made.executionArn);
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
    return { status, output: typeof output === 'string' ? JSON.parse(output) : undefined, error, cause };
  }

  async history(executionArn: string) {
    const { events } = await this.engine.call('GetExecutionHistory', { executionArn, maxResults: 1000 });
    return events as { id: number; type: string; previousEventId: number }[];
  }

  async kill(): Promise<void> {
    await this.engine.close(true);
    this.engine = this.#open();
  }
}

const lambda = (fn: string, more: object) => ({
  Type: 'Task',
  Resource: `${states}lambda:invoke`,
  Arguments: { FunctionName: fn, Payload: '{% $states.input %}' },
  Output: '{% $states.result.Payload %}',
  ...more,
});
const wait = (more: object) => ({
  Type: 'Task',
  Resource: update,
  TimeoutSeconds: 3600,
  Arguments: { token: '{% $states.context.Task.Token %}' },
  ...more,
});

describe('the engine runs', () => {
  it('Pass, Choice, Assign, Map and Parallel to one output', async () => {
    const world = new World();
    const arn = await world.machine('all', {
      Start: { Type: 'Pass', Assign: { factor: 10 }, Next: 'Many?' },
      'Many?': {
        Type: 'Choice',
        Choices: [{ Condition: '{% $count($states.input.items) > 1 %}', Next: 'Each' }],
        Default: 'No',
      },
      Each: {
        Type: 'Map',
        Items: '{% $states.input.items %}',
        MaxConcurrency: 1,
        ItemProcessor: {
          StartAt: 'Multiply',
          States: { Multiply: { Type: 'Pass', Output: '{% $states.input * $factor %}', End: true } },
        },
        Next: 'Both',
      },
      Both: {
        Type: 'Parallel',
        Branches: [
          { StartAt: 'Sum', States: { Sum: { Type: 'Pass', Output: '{% $sum($states.input) %}', End: true } } },
          { StartAt: 'Later', States: { Later: { Type: 'Wait', Seconds: 86400, End: true } } },
        ],
        End: true,
      },
      No: { Type: 'Fail', Error: 'TooFew' },
    });
    const many = await world.start(arn, { items: [1, 2, 3] }, 'many');
    const few = await world.start(arn, { items: [1] }, 'few');
    await world.pass();
    expect(await world.ended(many)).toMatchObject({ status: 'SUCCEEDED', output: [60, [10, 20, 30]] });
    expect(await world.ended(few)).toMatchObject({ status: 'FAILED', error: 'TooFew' });
  });

  it('a callback: woken by an answer, or timed out into its Catch', async () => {
    const world = new World();
    const tokens: string[] = [];
    world.onCall = ({ token }) => void tokens.push(String(token));
    const arn = await world.machine('park', {
      Park: wait({ Catch: [{ ErrorEquals: ['States.Timeout'], Output: 'late', Next: 'Late' }], End: true }),
      Late: { Type: 'Pass', End: true },
    });
    const answered = await world.start(arn, {}, 'answered');
    const late = await world.start(arn, {}, 'late');
    await world.engine.settled();
    await world.engine.call('SendTaskSuccess', { taskToken: tokens[0], output: '{"well":true}' });
    await world.pass();
    expect(await world.ended(answered)).toMatchObject({ status: 'SUCCEEDED', output: { well: true } });
    expect(await world.ended(late)).toMatchObject({ status: 'SUCCEEDED', output: 'late' });
    const again = world.engine.call('SendTaskSuccess', { taskToken: tokens[0], output: '{}' });
    await expect(again).rejects.toMatchObject({ name: 'TaskTimedOut' });
  });

  it('a callback that is answered before the call that stored its token has returned', async () => {
    const world = new World();
    world.onCall = async ({ token }) => {
      await world.engine.call('SendTaskSuccess', { taskToken: token, output: '"early"' });
    };
    const arn = await world.machine('park', { Park: wait({ End: true }) });
    const execution = await world.start(arn);
    await world.engine.settled();
    expect(await world.ended(execution)).toMatchObject({ status: 'SUCCEEDED', output: 'early' });
  });

  it('Retry with back-off, then Catch, by the name of the error', async () => {
    const world = new World();
    const at: number[] = [];
    world.functions.busy = () => {
      at.push(world.now);
      throw Object.assign(new Error('later'), { name: 'RecordBusy' });
    };
    const retry = [{ ErrorEquals: ['RecordBusy'], IntervalSeconds: 2, MaxAttempts: 2, BackoffRate: 3 }];
    const caught = [{ ErrorEquals: ['States.ALL'], Output: '{% $states.errorOutput.Error %}', Next: 'Caught' }];
    const arn = await world.machine('retry', {
      Try: lambda('busy', { Retry: retry, Catch: caught, End: true }),
      Caught: { Type: 'Succeed' },
    });
    const execution = await world.start(arn);
    await world.pass();
    expect(at.map((t) => t - (at[0] ?? 0))).toEqual([0, 2000, 8000]);
    expect(await world.ended(execution)).toMatchObject({ status: 'SUCCEEDED', output: 'RecordBusy' });
  });

  it('nested executions: the parent waits, a stop reaches the children', async () => {
    const world = new World();
    const child = await world.machine('child', { Wait: { Type: 'Wait', Seconds: 60, End: true } });
    const parent = await world.machine('parent', {
      Nest: {
        Type: 'Task',
        Resource: `${states}states:startExecution.sync:2`,
        Arguments: { StateMachineArn: child, Name: '{% $states.input.name %}', Input: { x: 1 } },
        Output: '{% $states.result.Output %}',
        End: true,
      },
    });
    const done = await world.start(parent, { name: 'c1' }, 'p1');
    const stopped = await world.start(parent, { name: 'c2' }, 'p2');
    await world.engine.settled();
    await world.engine.call('StopExecution', { executionArn: stopped });
    await world.pass();
    expect(await world.ended(done)).toMatchObject({ status: 'SUCCEEDED', output: { x: 1 } });
    expect(await world.ended(stopped)).toMatchObject({ status: 'ABORTED' });
    expect(await world.ended(stopped.replace('parent:p2', 'child:c2'))).toMatchObject({ status: 'ABORTED' });
  });

  it('StartExecution: same name and input is the same execution while it runs, then the name is taken', async () => {
    const world = new World();
    const arn = await world.machine('wait', { Wait: { Type: 'Wait', Seconds: 60, End: true } });
    const first = await world.start(arn, { a: 1 });
    expect(await world.start(arn, { a: 1 })).toBe(first);
    await expect(world.start(arn, { a: 2 })).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
    await world.pass();
    await expect(world.start(arn, { a: 1 })).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
  });
});

describe('a definition is refused', () => {
  it.each([
    ['an unknown target', { A: { Type: 'Pass', Next: 'B' } }, 'no state is named "B"'],
    [
      'an unsupported resource, by name',
      { A: { Type: 'Task', Resource: `${states}glue:startJobRun`, End: true } },
      'glue:startJobRun',
    ],
    ['a broken expression', { A: { Type: 'Pass', Output: '{% 1 + %}', End: true } }, '/States/A/Output'],
    ['a field of another state', { A: { Type: 'Pass', Seconds: 3, End: true } }, "Field 'Seconds'"],
    ['JSONPath', { A: { Type: 'Pass', QueryLanguage: 'JSONPath', End: true } }, 'JSONPath is not supported'],
  ])('for %s', async (_, States, says) => {
    const made = new World().machine('bad', States);
    await expect(made).rejects.toMatchObject({ name: 'InvalidDefinition', message: expect.stringContaining(says) });
  });
});

describe('a process that is killed', () => {
  /** A little of everything; every function is a pure one of its payload. */
  async function life(killAfter?: number) {
    const world = new World();
    world.functions.add = (payload) => ({ n: Number((payload as { n: number }).n) + 1 });
    const child = await world.machine('child', {
      Add: lambda('add', { Next: 'Rest' }),
      Rest: { Type: 'Wait', Seconds: 5, End: true },
    });
    const arn = await world.machine('life', {
      Add: lambda('add', { Next: 'Each' }),
      Each: {
        Type: 'Map',
        Items: '{% [$states.input.n, 7] %}',
        ItemProcessor: {
          StartAt: 'Nest',
          States: {
            Nest: {
              Type: 'Task',
              Resource: `${states}states:startExecution.sync:2`,
              Arguments: {
                StateMachineArn: child,
                Name: "{% 'c-' & $states.context.Map.Item.Index %}",
                Input: { n: '{% $states.input %}' },
              },
              Output: '{% $states.result.Output.n %}',
              End: true,
            },
          },
        },
        Next: 'Wait',
      },
      Wait: { Type: 'Wait', Seconds: 60, Next: 'Sum' },
      Sum: { Type: 'Pass', Output: '{% $sum($states.input) %}', End: true },
    });
    const execution = await world.start(arn, { n: 1 });
    if (killAfter !== undefined) {
      for (let turn = 0; turn < killAfter; turn++) {
        await new Promise((done) => setImmediate(done));
        const next = world.engine.nextTimer();
        if (!world.engine.busy() && next !== undefined) {
          world.now = Math.max(world.now, next);
          world.engine.wake();
        }
      }
      await world.kill();
    }
    await world.pass();
    return { ended: await world.ended(execution), types: (await world.history(execution)).map(({ type }) => type) };
  }

  it('at any turn resumes to the history it would have had', async () => {
    const whole = await life();
    expect(whole.ended).toMatchObject({ status: 'SUCCEEDED', output: 11 });
    for (let turn = 0; turn < 40; turn++) {
      const resumed = await life(turn);
      expect(resumed.ended, `killed at turn ${turn}`).toEqual(whole.ended);
      expect(new Set(resumed.types), `killed at turn ${turn}`).toEqual(new Set(whole.types));
      expect(resumed.types.length, `killed at turn ${turn}`).toBe(whole.types.length);
    }
  });
});
