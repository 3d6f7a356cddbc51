import { copyFileSync, rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { StepFunctionsError } from '../../../local/stepfunctions/index.ts';
import {
  callback,
  caught,
  end,
  failing,
  flow,
  functionArn,
  lambda,
  nested,
  pass,
  refuses,
  succeed,
  tokenIn,
  World,
  wait,
} from './world.ts';

const most = 262_144;
const limit = { status: 'FAILED', error: 'States.DataLimitExceeded' };
const bare = (name: string, more: object = end) => ({ Type: 'Task', Resource: functionArn(name), ...more });
/** A text whose JSON has so many bytes: 和 has three, a quote one. */
const ofBytes = (bytes: number): string => '和'.repeat(Math.floor((bytes - 2) / 3)) + 'x'.repeat((bytes - 2) % 3);

describe('data', () => {
  it('is measured in bytes: a text of 87,381 Chinese characters is too long', async () => {
    const world = new World();
    const stateMachineArn = await world.machine('m', { A: succeed });
    const start = (text: string) => world.call('StartExecution', { stateMachineArn, input: JSON.stringify(text) });
    await start(ofBytes(most));
    await expect(start(ofBytes(most + 1))).rejects.toMatchObject(refuses('ValidationException', '262144 bytes'));
    await expect(start('和'.repeat(87_381))).rejects.toMatchObject(refuses('ValidationException'));
  });

  it.each([
    ['the output of a state', pass({ Output: '{% $states.input & "和" %}' })],
    [
      'the arguments of a task',
      lambda('work', { Arguments: { FunctionName: 'work', Payload: '{% $states.input %}' }, ...end }),
    ],
    [
      'the arguments of a Parallel',
      { Type: 'Parallel', Arguments: ['{% $states.input %}'], Branches: [flow({ B: pass({ Output: 1 }) })], ...end },
    ],
    [
      'what a Map makes of an item',
      {
        Type: 'Map',
        Items: [1],
        ItemSelector: { all: '{% $states.input %}' },
        ItemProcessor: flow({ I: pass({ Output: 1 }) }),
        ...end,
      },
    ],
    [
      'the results of branches together',
      { Type: 'Parallel', Branches: [flow({ B: pass() }), flow({ C: pass() })], ...end },
    ],
    [
      'the results of iterations together',
      { Type: 'Map', Items: '{% [$states.input, 1] %}', ItemProcessor: flow({ I: pass() }), ...end },
    ],
  ])('over the limit fails the execution: %s', async (_, state) => {
    const world = new World();
    const { status, error, cause } = await world.ran({ A: state }, ofBytes(most));
    expect({ status, error }).toEqual(limit);
    expect(cause).toMatch(/^The state\/task '.+' (returned a result|was given an input) with a size exceeding/);
    expect(world.calls).toEqual([]);
  });

  it('of a result may be as long as the limit, and no longer', async () => {
    const gives = async (bytes: number, task: object) => {
      const world = new World();
      world.functions.give = () => ofBytes(bytes);
      return world.ran({ A: task });
    };
    expect(await gives(most, bare('give'))).toMatchObject({ status: 'SUCCEEDED', output: ofBytes(most) });
    const over = await gives(most + 1, bare('give'));
    expect(over).toMatchObject(limit);
    expect(over.types.slice(-2)).toEqual(['LambdaFunctionFailed', 'ExecutionFailed']);
    const invoked = await gives(most, lambda('give', end));
    expect(invoked).toMatchObject({
      ...limit,
      cause:
        "The state/task 'lambda' returned a result with a size exceeding the maximum number of bytes service limit.",
    });
    expect(invoked.types.slice(-2)).toEqual(['TaskFailed', 'ExecutionFailed']);
  });

  it('that a worker sends is refused over the limit; the task waits on', async () => {
    const world = new World();
    let taskToken = '';
    world.onCall = (call) => {
      taskToken = tokenIn(call);
    };
    const arn = await world.start(await world.machine('m', { A: callback() }));
    await world.engine.settled();
    const send = (bytes: number) =>
      world.call('SendTaskSuccess', { taskToken, output: JSON.stringify(ofBytes(bytes)) });
    await expect(send(most + 1)).rejects.toMatchObject(refuses('ValidationException', '262144 bytes'));
    expect((await world.ended(arn)).status).toBe('RUNNING');
    await send(most);
    expect(await world.ended(arn)).toEqual({ status: 'SUCCEEDED', output: ofBytes(most) });
  });

  it('too much of it can be caught', async () => {
    const parallel = {
      Type: 'Parallel',
      Branches: [flow({ B: pass() }), flow({ C: pass() })],
      ...caught('D'),
      Next: 'D',
    };
    const { status, output } = await new World().ran({ P: parallel, D: pass() }, ofBytes(most));
    expect(status).toBe('SUCCEEDED');
    expect(output).toMatchObject({ Error: 'States.DataLimitExceeded' });
  });
});

describe('variables', () => {
  const quarter = 256 * 1024;
  const text = '{% $pad("", $states.input.size - 2, "x") %}';

  it('of one Assign have 256 KiB together', async () => {
    const assigns = (size: number, Assign: object) => new World().ran({ A: pass({ Assign }) }, { size });
    expect(await assigns(quarter, { v: text })).toMatchObject({ status: 'SUCCEEDED' });
    expect(await assigns(quarter + 1, { v: text })).toMatchObject(limit);
    expect(await assigns(quarter / 2, { v: text, w: text })).toMatchObject({ status: 'SUCCEEDED' });
    expect(await assigns(quarter / 2 + 1, { v: text, w: text })).toMatchObject(limit);
  });

  it('of one execution have 10 MiB together, whatever flow they are in; one that is assigned anew counts once', async () => {
    const chain = (count: number, name: (n: number) => string, more: object = end): Record<string, object> =>
      Object.fromEntries(
        Array.from({ length: count }, (_, n) => [
          `${name(0)} ${n}`,
          { Type: 'Pass', Assign: { [name(n)]: text }, ...(n + 1 < count ? { Next: `${name(0)} ${n + 1}` } : more) },
        ]),
      );
    const run = async (States: Record<string, object>) => {
      const { status, error, types } = await new World().ran(States, { size: quarter });
      return { status, error, left: types.filter((type) => type === 'PassStateExited').length };
    };
    expect(await run(chain(40, (n) => `v${n}`))).toEqual({ status: 'SUCCEEDED', left: 40 });
    expect(await run(chain(41, (n) => `v${n}`))).toEqual({ ...limit, left: 40 });
    expect(await run(chain(60, () => 'v'))).toEqual({ status: 'SUCCEEDED', left: 60 });
    // Two branches that keep fifteen each until both are done.
    const branches = ['a', 'b'].map((name) =>
      flow({ ...chain(15, (n) => `${name}${n}`, { Next: `Rest ${name}` }), [`Rest ${name}`]: wait(1) }),
    );
    const within = (before: number) =>
      run({
        ...chain(before, (n) => `v${n}`, { Next: 'P' }),
        P: { Type: 'Parallel', Branches: branches, Output: 1, ...end },
      });
    expect(await within(10)).toEqual({ status: 'SUCCEEDED', left: 40 });
    expect(await within(11)).toEqual({ ...limit, left: 40 });
  });
});

describe('a history', () => {
  const full = {
    status: 'FAILED',
    error: 'States.Runtime',
    cause: 'The execution reached the maximum number of history events (25000).',
  };

  it('ends with its 25,000th event, the failure that tells so; the execution cannot be redriven', async () => {
    const world = new World();
    const always = [{ Condition: '{% true %}', Next: 'A' }];
    const { events, arn, ...result } = await world.ran({
      A: { Type: 'Pass', Next: 'B' },
      B: { Type: 'Choice', Choices: always, Default: 'C' },
      C: succeed,
    });
    expect(result).toMatchObject(full);
    expect(events).toHaveLength(25_000);
    expect(events.at(-1)).toMatchObject({ id: 25_000, previousEventId: 24_999, type: 'ExecutionFailed' });
    expect(await world.call('DescribeExecution', { executionArn: arn })).toMatchObject({
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'Execution history event limit exceeded',
    });
  });

  // From one long history, kept in a file, many executions that end at each of its events: the first one asks how many
  // more events to write before it goes on to what ends it.
  const fill = (Next: string, ...more: object[]) => ({
    Type: 'Choice',
    Choices: [{ Condition: '{% $left > 0 %}', Assign: { left: '{% $left - 1 %}' }, Next }, ...more],
  });
  const goOn = { Condition: '{% $states.input.to = "tasks" %}', Next: 'Call' };
  const each = {
    Type: 'Map',
    Items: [1, 2],
    ItemProcessor: flow({ Work: callback() }),
    ...caught('Both'),
    Next: 'Both',
  };
  const both = {
    Type: 'Parallel',
    Branches: [flow({ Long: wait(60) }), flow({ Wait: wait(1, { Next: 'Breaks' }), Breaks: lambda('breaks') })],
    ...caught('Done'),
    Next: 'Done',
  };
  const almost = (child: string) => ({
    Begin: { Type: 'Pass', Assign: { left: 12_460 }, Next: 'Fill' },
    Fill: { ...fill('Fill'), Default: 'More' },
    More: callback({ Assign: { left: '{% $states.result.left %}' }, Next: 'Odd?' }),
    'Odd?': { Type: 'Choice', Choices: [{ Condition: '{% $states.input.odd %}', Next: 'Odd' }], Default: 'Even' },
    Odd: bare('work', { Next: 'Even' }),
    Even: { ...fill('Even', goOn), Default: 'Each' },
    Call: bare('work', { Next: 'Message' }),
    Message: callback({ Next: 'Nest' }),
    Nest: nested(child, { Next: 'Last' }),
    Last: lambda('work', { Output: '{% $gone %}', ...caught('Done'), Next: 'Done' }),
    Each: each,
    Both: both,
    Done: succeed,
  });

  async function nearlyFull() {
    const world = new World();
    let token = '';
    world.onCall = (call) => {
      token = tokenIn(call);
    };
    const child = await world.machine('child', { A: succeed });
    const arn = await world.start(await world.machine('m', almost(child)));
    await world.engine.settled();
    const { length } = await world.history(arn);
    await world.engine.close();
    return { file: world.file, token, arn, length };
  }

  /** Goes on from a copy of the file, with room for so many events when it comes to what ends it. */
  async function endedWith(
    room: number,
    to: string,
    { file, token, arn, length }: Awaited<ReturnType<typeof nearlyFull>>,
  ) {
    const copy = `${file}.copy`;
    copyFileSync(file, copy);
    const faults: unknown[] = [];
    const fault = (thrown: unknown): void => void faults.push(thrown);
    const world = new World({ file: copy, onFault: fault });
    world.functions = {
      work: (payload) => payload,
      breaks: () => {
        throw failing('Broken');
      },
    };
    const operation = to === 'tasks' ? 'SendTaskSuccess' : 'SendTaskFailure';
    const answer = (taskToken: string): void => {
      world.call(operation, { taskToken, output: '{}' }).catch((error: unknown) => {
        if (!(error instanceof StepFunctionsError)) fault(error);
      });
    };
    world.onCall = (call) => void setImmediate(answer, tokenIn(call));
    // What else is written until then: six events, five more if it is odd, and two a turn.
    const spare = 25_000 - length - room - 6;
    const odd = spare % 2 === 1;
    const output = JSON.stringify({ left: (odd ? spare - 5 : spare) / 2, odd, to });
    await world.call('SendTaskSuccess', { taskToken: token, output });
    let ended = await world.ended(arn);
    while (ended.status === 'RUNNING') {
      await world.engine.settled();
      await new Promise((next) => setImmediate(next));
      await world.later(1);
      ended = await world.ended(arn);
    }
    const { events } = await world.call('GetExecutionHistory', {
      executionArn: arn,
      reverseOrder: true,
      maxResults: 1,
    });
    await world.engine.close();
    rmSync(copy);
    return { ended, events, faults };
  }

  it.each(['tasks', 'groups'])('is full at any event of %s, and never otherwise than so', async (to) => {
    const before = await nearlyFull();
    let room = 1;
    for (; room < 60; room += 1) {
      const { ended, events, faults } = await endedWith(room, to, before);
      expect(faults, `room for ${room}`).toEqual([]);
      if (ended.status === 'SUCCEEDED') break;
      expect(ended, `room for ${room}`).toEqual(full);
      expect(events, `room for ${room}`).toMatchObject([{ id: 25_000, type: 'ExecutionFailed' }]);
    }
    expect(room).toBeGreaterThan(20);
    expect(room).toBeLessThan(60);
  });
});
