import { describe, expect, it } from 'vitest';
import {
  end,
  executionArn,
  fieldOf,
  machineArn,
  numbers,
  pages,
  refuses,
  succeed,
  told,
  World,
  wait,
} from './world.ts';

const day = 86_400_000;

describe('an execution', () => {
  const start = (world: World, more: object) =>
    world.call('StartExecution', { stateMachineArn: machineArn('m'), ...more });

  it('is started once by its name while it runs: the same again is the same, anything else is refused', async () => {
    const world = new World();
    await world.machine('m', { W: wait(60) });
    const first = await start(world, { name: 'one', input: '{"a":1}' });
    world.now += 1000;
    expect(await start(world, { name: 'one', input: '{"a":1}' })).toEqual(first);
    const taken = refuses('ExecutionAlreadyExists', executionArn('one'));
    await expect(start(world, { name: 'one', input: '{"a":2}' })).rejects.toMatchObject(taken);
    await world.pass();
    await expect(start(world, { name: 'one', input: '{"a":1}' })).rejects.toMatchObject(taken);
    expect(await world.types(executionArn('one'))).toHaveLength(4);
  });

  it('leaves its name to others ninety days after its end', async () => {
    const world = new World();
    await world.machine('m', { W: wait(60) });
    await start(world, { name: 'one', input: '1' });
    await world.pass();
    world.now += 90 * day - 1;
    await expect(start(world, { name: 'one', input: '2' })).rejects.toMatchObject(refuses('ExecutionAlreadyExists'));
    world.now += 1;
    await start(world, { name: 'one', input: '2' });
    await world.pass();
    expect(await world.ended(executionArn('one'))).toEqual({ status: 'SUCCEEDED', output: 2 });
    expect(await world.types(executionArn('one'))).toHaveLength(4);
    const { executions } = await world.call('ListExecutions', { stateMachineArn: machineArn('m') });
    expect(executions).toHaveLength(1);
    await world.kill();
    expect(await world.ended(executionArn('one'))).toEqual({ status: 'SUCCEEDED', output: 2 });
  });

  it('has a name and an input even if it is given none', async () => {
    const world = new World();
    await world.machine('m', { A: succeed });
    const { executionArn: arn } = await start(world, {});
    expect(arn).toMatch(/:execution:m:[\da-f]{8}-[\da-f-]{27}$/);
    expect(await world.ended(String(arn))).toEqual({ status: 'SUCCEEDED', output: {} });
  });

  it.each([
    [{ name: 'a/b' }, 'InvalidName', "'a/b'"],
    [{ input: '{"a":' }, 'InvalidExecutionInput', 'Invalid State Machine Execution Input'],
    [{ input: '' }, 'InvalidExecutionInput'],
    [{ stateMachineArn: 'm' }, 'InvalidArn', 'Invalid ARN prefix: m'],
    [{ stateMachineArn: executionArn('one') }, 'InvalidArn', 'execution'],
    [{ stateMachineArn: machineArn('other') }, 'StateMachineDoesNotExist', machineArn('other')],
    [{ name: 'n'.repeat(81) }, 'ValidationException', 'less than or equal to 80'],
  ])('is not started for %j', async (more, name, says?: string) => {
    const world = new World();
    await world.machine('m', { A: succeed });
    await expect(start(world, more)).rejects.toMatchObject(refuses(name, says));
    expect(world.engine.stats().executions).toBe(0);
  });

  it('is described while it runs, and when it is over, with its data or without', async () => {
    const world = new World();
    await world.machine('m', { W: wait(60, { Output: 'done', ...end }) });
    await start(world, { name: 'one', input: '{"a":1}', traceHeader: 'Root=1' });
    const running = {
      executionArn: executionArn('one'),
      stateMachineArn: machineArn('m'),
      name: 'one',
      status: 'RUNNING',
      startDate: world.now / 1000,
      input: '{"a":1}',
      inputDetails: { included: true },
      traceHeader: 'Root=1',
      redriveCount: 0,
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'Execution is RUNNING and cannot be redriven',
    };
    const describe = (more: object = {}) =>
      world.call('DescribeExecution', { executionArn: executionArn('one'), ...more });
    expect(await describe()).toEqual(running);
    await world.pass();
    const over = {
      ...running,
      status: 'SUCCEEDED',
      stopDate: world.now / 1000,
      redriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
    };
    expect(await describe()).toEqual({ ...over, output: '"done"', outputDetails: { included: true } });
    const { input, inputDetails, ...metadata } = over;
    expect(await describe({ includedData: 'METADATA_ONLY' })).toEqual(metadata);
    const nobody = world.call('DescribeExecution', { executionArn: executionArn('nobody') });
    await expect(nobody).rejects.toMatchObject(refuses('ExecutionDoesNotExist', executionArn('nobody')));
  });

  it('is stopped, with a reason or without; to stop it again changes nothing', async () => {
    const world = new World();
    await world.machine('m', { W: wait(60) });
    for (const name of ['one', 'two']) await start(world, { name });
    await world.later(10);
    const stop = (name: string, more: object = {}) =>
      world.call('StopExecution', { executionArn: executionArn(name), ...more });
    const stopped = { stopDate: world.now / 1000 };
    expect(await stop('one')).toEqual(stopped);
    expect(await stop('two', { error: 'Enough', cause: 'said so' })).toEqual(stopped);
    expect(await world.ended(executionArn('one'))).toEqual({ status: 'ABORTED' });
    expect(await world.ended(executionArn('two'))).toEqual({ status: 'ABORTED', error: 'Enough', cause: 'said so' });
    expect(told(await world.history(executionArn('two')), 'ExecutionAborted')).toEqual([
      { error: 'Enough', cause: 'said so' },
    ]);
    await world.pass();
    expect(await stop('one', { error: 'Other' })).toEqual(stopped);
    expect(await world.types(executionArn('one'))).toEqual([
      'ExecutionStarted',
      'WaitStateEntered',
      'ExecutionAborted',
    ]);
  });

  it('that its machine gives a time is over when that has passed, with no error and no cause', async () => {
    const { events, types, arn, ...result } = await new World().ran({ W: wait(60) }, {}, { TimeoutSeconds: 5 });
    expect(result).toEqual({ status: 'TIMED_OUT' });
    expect(types).toEqual(['ExecutionStarted', 'WaitStateEntered', 'ExecutionTimedOut']);
    expect(Number(events[2]?.timestamp) - Number(events[0]?.timestamp)).toBe(5);
  });

  it('is over after a year, whatever it waits for', async () => {
    const world = new World();
    const began = world.now;
    const { status } = await world.ran({ W: wait(99_999_999) });
    expect({ status, days: (world.now - began) / day }).toEqual({ status: 'TIMED_OUT', days: 365 });
  });

  it('is listed with the others of its machine, the newest first, by status, page by page', async () => {
    const world = new World();
    await world.machine('m', {
      C: { Type: 'Choice', Choices: [{ Condition: '{% $states.input < 4 %}', Next: 'D' }], Default: 'W' },
      D: succeed,
      W: wait(60),
    });
    await world.machine('other', { A: succeed });
    await world.start(machineArn('other'), 0, 'elsewhere');
    for (const n of numbers(9)) {
      await world.start(machineArn('m'), n, `e${n}`);
      await world.later(1);
    }
    await world.call('StopExecution', { executionArn: executionArn('e8') });
    const list = async (more: object) => {
      const all = await pages(
        world,
        'ListExecutions',
        { stateMachineArn: machineArn('m'), maxResults: 4, ...more },
        'executions',
      );
      return all.map((page) => page.map((one) => fieldOf(one, 'name')).join(' '));
    };
    expect(await list({})).toEqual(['e8 e7 e6 e5', 'e4 e3 e2 e1', 'e0']);
    expect(await list({ statusFilter: 'SUCCEEDED' })).toEqual(['e3 e2 e1 e0']);
    expect(await list({ statusFilter: 'RUNNING' })).toEqual(['e7 e6 e5 e4']);
    expect(await list({ statusFilter: 'ABORTED' })).toEqual(['e8']);
    expect(await list({ statusFilter: 'FAILED' })).toEqual(['']);
    expect(await list({ statusFilter: 'PENDING_REDRIVE' })).toEqual(['']);
    expect(await list({ redriveFilter: 'REDRIVEN' })).toEqual(['']);
    expect(await list({ redriveFilter: 'NOT_REDRIVEN', maxResults: 0 })).toEqual(['e8 e7 e6 e5 e4 e3 e2 e1 e0']);
    await expect(world.call('ListExecutions', {})).rejects.toMatchObject(
      refuses('ValidationException', 'StateMachine ARN'),
    );
  });

  it('that begins while others are listed does not push one of them onto the next page', async () => {
    const world = new World();
    await world.machine('m', { W: wait(60) });
    const named = (page: unknown) => (Array.isArray(page) ? page.map(({ name }) => name) : []);
    for (const n of numbers(4)) await start(world, { name: `e${n}` });
    const request = { stateMachineArn: machineArn('m'), maxResults: 2 };
    const { executions, nextToken } = await world.call('ListExecutions', request);
    expect(named(executions)).toEqual(['e3', 'e2']);
    await start(world, { name: 'e4' });
    const more = await world.call('ListExecutions', { ...request, nextToken });
    expect(named(more.executions)).toEqual(['e1', 'e0']);
  });

  it.each([{ memory: true }, { memory: false }])('is its own though many begin at once: %j', async (options) => {
    const world = new World(options);
    const machine = await world.machine('m', { W: wait(60, { Output: '{% $states.input * 2 %}', ...end }) });
    const arns = await Promise.all(numbers(50).map((n) => world.start(machine, n, `e${n}`)));
    await world.pass();
    for (const [n, arn] of arns.entries()) {
      expect(await world.ended(arn)).toEqual({ status: 'SUCCEEDED', output: n * 2 });
      expect(told(await world.history(arn), 'ExecutionStarted')).toMatchObject([{ input: `${n}` }]);
    }
    const { executions } = await world.call('ListExecutions', { stateMachineArn: machine });
    expect(executions).toHaveLength(50);
  });

  it('that was asked for is seen by whoever asks right after, without waiting for the answer', async () => {
    const world = new World();
    await world.machine('m', { W: wait(60) });
    const [, listed, described, history] = await Promise.all([
      start(world, { name: 'one' }),
      world.call('ListExecutions', { stateMachineArn: machineArn('m') }),
      world.call('DescribeExecution', { executionArn: executionArn('one') }),
      world.call('GetExecutionHistory', { executionArn: executionArn('one') }),
    ]);
    expect(described).toMatchObject({ status: 'RUNNING' });
    expect(listed).toMatchObject({ executions: [{ name: 'one', status: 'RUNNING' }] });
    expect(history).toMatchObject({ events: [{ id: 1, type: 'ExecutionStarted' }] });
  });
});

describe('an operation', () => {
  it('that AWS has and this engine has not is refused by name, and so is one that nobody has', async () => {
    const world = new World();
    const unknown = (operation: string, input: object = {}) => world.call(operation, input);
    await expect(unknown('ListActivities')).rejects.toMatchObject(
      refuses('UnknownOperationException', 'ListActivities'),
    );
    await expect(unknown('Nonsense')).rejects.toMatchObject(refuses('UnknownOperationException', 'Nonsense'));
    await expect(unknown('toString')).rejects.toMatchObject(refuses('UnknownOperationException', 'toString'));
    await world.machine('m', { A: succeed });
    const sync = unknown('StartSyncExecution', { stateMachineArn: machineArn('m') });
    await expect(sync).rejects.toMatchObject(refuses('StateMachineTypeNotSupported'));
  });

  it('is refused when the engine is closed', async () => {
    const world = new World();
    await world.engine.close();
    await expect(world.call('ListStateMachines', {})).rejects.toMatchObject(refuses('ServiceUnavailable'));
    await world.engine.close();
  });
});
