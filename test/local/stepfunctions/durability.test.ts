import { mkdirSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { childStates, definitions, orderly, within } from './random-machines.ts';
import {
  callback,
  end,
  executionArn,
  fieldOf,
  flow,
  lambda,
  machineArn,
  nested,
  numbers,
  pass,
  refuses,
  roleArn,
  succeed,
  tokenIn,
  World,
  wait,
} from './world.ts';

const turn = (): Promise<void> => new Promise((next) => setImmediate(next));
const never = new Promise<never>(() => {});

describe('a process that is killed', () => {
  it('loses nothing that it has answered', async () => {
    const world = new World();
    let taskToken = '';
    world.onCall = (call) => {
      taskToken = tokenIn(call);
    };
    const machine = await world.machine('m', { A: callback({ Next: 'W' }), W: wait(60) });
    await world.call('TagResource', { resourceArn: machine, tags: [{ key: 'city', value: '和解' }] });
    await world.kill();
    expect(await world.call('ListTagsForResource', { resourceArn: machine })).toEqual({
      tags: [{ key: 'city', value: '和解' }],
    });
    const arn = await world.start(machine);
    await world.kill();
    expect((await world.ended(arn)).status).toBe('RUNNING');
    await world.engine.settled();
    await world.call('SendTaskSuccess', { taskToken, output: '1' });
    await world.kill();
    expect((await world.types(arn)).slice(-3)).toEqual(['TaskSucceeded', 'TaskStateExited', 'WaitStateEntered']);
    const stopped = await world.start(machine, {}, 'two');
    await world.call('StopExecution', { executionArn: stopped });
    await world.call('DeleteStateMachine', { stateMachineArn: machine });
    await world.kill();
    expect((await world.ended(stopped)).status).toBe('ABORTED');
    expect((await world.ended(arn)).status).toBe('ABORTED');
    expect(await world.call('ListStateMachines', {})).toEqual({ stateMachines: [] });
  });

  it('while a call is in flight makes it again, with the same token and the same role', async () => {
    const world = new World();
    const messages: unknown[] = [];
    world.onCall = ({ input, roleArn: role }) => {
      messages.push([input, role]);
      return never;
    };
    const States = { A: callback({ Credentials: { RoleArn: `${roleArn}2` }, ...end }) };
    const arn = await world.start(await world.machine('m', States));
    await turn();
    await world.kill();
    await turn();
    world.onCall = ({ input, roleArn: role }) => void messages.push([input, role]);
    await world.kill();
    await world.engine.settled();
    const [first, second, third] = messages;
    expect(messages).toHaveLength(3);
    expect([second, third]).toEqual([first, first]);
    const [, token] = /"token":"([^"]+)"/.exec(JSON.stringify(first)) ?? [];
    await world.call('SendTaskSuccess', { taskToken: token, output: '"well"' });
    expect(await world.ended(arn)).toEqual({ status: 'SUCCEEDED', output: 'well' });
    expect((await world.types(arn)).filter((type) => type === 'TaskScheduled')).toHaveLength(1);
  });

  it('in the middle of a call, before the answer: what the call rests on was durable before it was made', async () => {
    const world: World = new World({ batch: 500 });
    const deaths: Promise<void>[] = [];
    world.functions.work = () => {
      deaths.push(world.engine.close(true));
      return never;
    };
    const machine = await world.machine('m', {
      A: { Type: 'Pass', Assign: { v: 7 }, Next: 'B' },
      B: lambda('work', { Output: '{% $v %}', ...end }),
    });
    // Its answer may be lost with the process.
    world.start(machine).catch(() => {});
    for (let i = 0; deaths.length === 0 && i < 100; i += 1) await turn();
    expect(deaths).toHaveLength(1);
    world.functions.work = () => 1;
    await world.kill();
    await world.pass();
    expect(await world.ended(executionArn('one'))).toEqual({ status: 'SUCCEEDED', output: 7 });
    expect(world.calls).toEqual(['work', 'work']);
  });

  it('between the end of a nested execution and its parent’s going on: the parent goes on', async () => {
    let die = true;
    const options = {
      batch: 1,
      onEvent: (arn: string, { type }: { type: string }) => {
        if (die && arn === executionArn('one', 'parent') && type === 'TaskSucceeded') void world.engine.close(true);
      },
    };
    const world: World = new World(options);
    const child = await world.machine('child', { W: wait(60) });
    const arn = await world.start(await world.machine('parent', { A: nested(child, { Next: 'B' }), B: succeed }), {
      n: 1,
    });
    await world.later(30);
    world.now += 30_000;
    world.engine.wake();
    for (let i = 0; i < 20; i += 1) await turn();
    die = false;
    await world.kill();
    const { executions } = await world.call('ListExecutions', { stateMachineArn: child });
    expect(executions).toMatchObject([{ status: 'SUCCEEDED' }]);
    await world.engine.settled();
    expect(await world.ended(arn)).toEqual({ status: 'SUCCEEDED', output: { n: 1 } });
    expect((await world.types(arn)).filter((type) => type === 'TaskSucceeded')).toHaveLength(1);
  });

  it('in one Map after another knows the results of which is which', async () => {
    const world = new World();
    const map = (items: number[], inner: string, more: object) => ({
      Type: 'Map',
      Items: items,
      ItemProcessor: flow({
        [inner]: { Type: 'Wait', Seconds: '{% $states.input %}', Output: '{% $states.input * 10 %}', ...end },
      }),
      ...more,
    });
    const arn = await world.start(
      await world.machine('m', {
        A: map([1, 2, 3], 'In A', { Assign: { a: '{% $states.result %}' }, Next: 'B' }),
        B: map([4, 5], 'In B', { Output: { a: '{% $a %}', b: '{% $states.result %}' }, ...end }),
      }),
    );
    for (let second = 0; second < 8; second += 1) {
      await world.later(1);
      await world.kill();
    }
    await world.pass();
    expect(await world.ended(arn)).toEqual({ status: 'SUCCEEDED', output: { a: [10, 20, 30], b: [40, 50] } });
  });

  it('at any turn resumes to the history it would have had', async () => {
    /** A little of everything; every function is a pure one of its payload. */
    async function life(killAfter?: number) {
      const world = new World();
      world.functions.add = (payload) => ({ n: Number(fieldOf(payload, 'n')) + 1 });
      const child = await world.machine('child', { Add: lambda('add', { Next: 'Rest' }), Rest: wait(5) });
      const Arguments = {
        StateMachineArn: child,
        Name: "{% 'c-' & $states.context.Map.Item.Index %}",
        Input: { n: '{% $states.input %}' },
      };
      const nest = nested(child, { Arguments, Output: '{% $states.result.Output.n %}', ...end });
      const machine = await world.machine('life', {
        Add: lambda('add', { Next: 'Each' }),
        Each: { Type: 'Map', Items: '{% [$states.input.n, 7] %}', ItemProcessor: flow({ Nest: nest }), Next: 'Wait' },
        Wait: wait(60, { Next: 'Sum' }),
        Sum: pass({ Output: '{% $sum($states.input) %}' }),
      });
      const arn = await world.start(machine, { n: 1 });
      for (let turns = 0; killAfter !== undefined && turns < killAfter; turns += 1) {
        await turn();
        const next = world.engine.nextTimer();
        if (world.engine.busy() || next === undefined) continue;
        world.now = Math.max(world.now, next);
        world.engine.wake();
      }
      if (killAfter !== undefined) await world.kill();
      await world.pass();
      return { ended: await world.ended(arn), types: await world.types(arn) };
    }
    const whole = await life();
    expect(whole.ended).toEqual({ status: 'SUCCEEDED', output: 11 });
    for (let turns = 0; turns < 30; turns += 1) {
      const resumed = await life(turns);
      expect(resumed.ended, `killed at turn ${turns}`).toEqual(whole.ended);
      expect(resumed.types.toSorted(), `killed at turn ${turns}`).toEqual(whole.types.toSorted());
    }
  });
});

describe('an engine that is closed and opened again', () => {
  const count = 3000;

  it('has all that wait, though they be thousands: every one goes on in its time, with its variables', async () => {
    const world = new World();
    const tokens = new Map<string, string>();
    world.onCall = (call) => {
      const [, n] = /"n":(\d+)/.exec(JSON.stringify(call.input)) ?? [];
      tokens.set(String(n), tokenIn(call));
    };
    const began = world.now;
    const ask = callback({
      TimeoutSeconds: 86_400,
      Arguments: { QueueUrl: 'q', MessageBody: { token: '{% $states.context.Task.Token %}', n: '{% $n %}' } },
      Output: '{% [$n, $states.result] %}',
      ...end,
    });
    const machine = await world.machine('m', {
      Begin: { Type: 'Pass', Assign: { n: '{% $states.input %}' }, Next: 'Which?' },
      'Which?': { Type: 'Choice', Choices: [{ Condition: '{% $n % 2 = 1 %}', Next: 'Ask' }], Default: 'Wait' },
      Ask: ask,
      Wait: { Type: 'Wait', Seconds: '{% 60 + $n %}', Output: '{% [$n, $millis()] %}', ...end },
    });
    await Promise.all(numbers(count).map((n) => world.start(machine, n, `e${n}`)));
    await world.engine.settled();
    const stats = world.engine.stats();
    expect(stats).toEqual({ executions: count, transitions: 3 * count });
    await world.engine.close();
    await world.kill();
    expect(world.engine.stats()).toEqual(stats);
    expect(world.engine.nextTimer()).toBe(began + 60_000);
    await world.later(60 + count);
    expect(tokens.size).toBe(count / 2);
    await world.kill();
    await Promise.all([...tokens].map(([n, taskToken]) => world.call('SendTaskSuccess', { taskToken, output: n })));
    await world.engine.settled();
    const wrong: unknown[] = [];
    for (const n of numbers(count)) {
      const { status, output } = await world.ended(executionArn(`e${n}`));
      const expected = n % 2 === 1 ? n : began + (60 + n) * 1000;
      if (status !== 'SUCCEEDED' || output[0] !== n || output[1] !== expected) wrong.push([n, status, output]);
    }
    expect(wrong).toEqual([]);
    expect(world.engine.nextTimer()).toBeUndefined();
  });

  it('does what came due while nobody was there as soon as it is woken', async () => {
    const world = new World();
    const machine = await world.machine('m', {
      W: wait(60, { Next: 'C' }),
      C: callback({ TimeoutSeconds: 3600, ...end }),
    });
    const arn = await world.start(machine);
    await world.engine.settled();
    const began = world.now;
    world.now += 7200_000;
    await world.kill();
    expect(world.engine.nextTimer()).toBe(began + 60_000);
    await world.later(0);
    expect((await world.types(arn)).slice(2, 4)).toEqual(['WaitStateExited', 'TaskStateEntered']);
    world.now += 3600_000;
    await world.kill();
    await world.later(0);
    expect(await world.ended(arn)).toEqual({ status: 'FAILED', error: 'States.Timeout' });
  });

  it('makes the calls again that were in flight, and takes no answer to the old ones', async () => {
    const world = new World();
    const answers: ((value: unknown) => void)[] = [];
    world.functions.slow = () => new Promise((answer) => answers.push(answer));
    const arn = await world.start(await world.machine('m', { A: lambda('slow') }));
    await turn();
    await world.engine.close();
    await world.kill();
    await turn();
    expect(answers).toHaveLength(2);
    answers[0]?.('old');
    await turn();
    expect((await world.ended(arn)).status).toBe('RUNNING');
    answers[1]?.('new');
    await world.engine.settled();
    expect(await world.ended(arn)).toEqual({ status: 'SUCCEEDED', output: 'new' });
  });

  it('lets nobody else have its file, and says so; afterwards it is free', async () => {
    const world = new World();
    await world.machine('m', { A: succeed });
    expect(() => new World({ file: world.file })).toThrow(
      expect.objectContaining({
        name: 'UnusableStore',
        message: `${world.file} is in use by another engine: close that first`,
      }),
    );
    await world.engine.close();
    const other = new World({ file: world.file });
    expect(await other.call('DescribeStateMachine', { stateMachineArn: machineArn('m') })).toMatchObject({ name: 'm' });
  });

  it('opens no file that is something else', async () => {
    const { file } = new World();
    writeFileSync(`${file}.txt`, 'a shopping list, long enough to be mistaken for something else'.repeat(20));
    mkdirSync(`${file}.d`);
    for (const wrong of [`${file}.txt`, `${file}.d`, `${file}.d/no/such/place`]) {
      expect(() => new World({ file: wrong })).toThrow(
        expect.objectContaining({ name: 'UnusableStore', message: expect.stringContaining(wrong) }),
      );
    }
  });
});

describe('memory and file', () => {
  /** Without what is by chance, or by where an execution is kept. */
  const comparable = (value: object): string =>
    JSON.stringify(value)
      .replaceAll(/AQC[\w-]+/g, 'token')
      .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id')
      .replaceAll(/root=1-\w+-\w+/g, 'trace');

  it('give the same histories, in commits of any size and through kills: machines by chance', async () => {
    async function life(definition: string, options: { memory?: boolean; batch?: number }, kills = false) {
      const world = orderly(options);
      await world.machine('child', childStates);
      const made = await world.call('CreateStateMachine', { name: 'm', definition, roleArn });
      const arn = await world.start(String(made.stateMachineArn), { a: 1 });
      for (let status: unknown = 'RUNNING'; status === 'RUNNING'; { status } = await world.ended(arn)) {
        await world.engine.settled();
        if (kills) await world.kill();
        await world.engine.settled();
        const next = world.engine.nextTimer();
        if (next === undefined) break;
        world.now = Math.max(world.now, next);
        world.engine.wake();
        await world.engine.settled();
      }
      const ended = comparable(await world.ended(arn));
      const result = { ended, events: (await world.history(arn)).map(comparable) };
      await world.engine.close();
      return result;
    }
    await fc.assert(
      fc.asyncProperty(definitions(machineArn('child')), async (definition) => {
        const memory = await life(definition, { memory: true });
        expect(await life(definition, {})).toEqual(memory);
        expect(await life(definition, { batch: 1 })).toEqual(memory);
        if (memory.events.length < 500) expect(await life(definition, { batch: 3 }, true)).toEqual(memory);
      }),
      { numRuns: 40, ...within },
    );
  });
});

describe('an engine in memory', () => {
  it('forgets everything with its process', async () => {
    const world = new World({ memory: true });
    const arn = await world.start(await world.machine('m', { W: wait(60) }));
    await world.kill();
    await expect(world.ended(arn)).rejects.toMatchObject(refuses('ExecutionDoesNotExist', arn));
    expect(world.engine.nextTimer()).toBeUndefined();
  });
});
