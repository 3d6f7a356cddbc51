import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { within } from './random-machines.ts';
import {
  callback,
  detailsOf,
  end,
  failing,
  flow,
  functionArn,
  lambda,
  linked,
  nested,
  pass,
  refuses,
  roleArn,
  succeed,
  text,
  tokenIn,
  told,
  World,
  wait,
} from './world.ts';

const day = 86_400_000;

/** A world whose function `work` fails for what is in the set, until it is taken out, and else gives ten times its payload. */
function weak(...broken: unknown[]) {
  const world = new World();
  const failsFor = new Set(broken);
  const calls: unknown[] = [];
  world.functions.work = (payload) => {
    calls.push(payload);
    if (failsFor.has(payload)) throw failing('Broken');
    return Number(payload) * 10;
  };
  const redriven = async (executionArn: string) => {
    failsFor.clear();
    calls.length = 0;
    await world.call('RedriveExecution', { executionArn });
    await world.pass();
    return world.ended(executionArn);
  };
  return { world, calls, failsFor, redriven };
}

describe('a redriven execution', () => {
  it('goes on with the Task that failed; what had succeeded is not done again', async () => {
    const { world, calls, redriven } = weak(10);
    const { status, arn } = await world.ran({ A: lambda('work', { Next: 'B' }), B: lambda('work') }, 1);
    expect(status).toBe('FAILED');
    expect(calls).toEqual([1, 10]);
    world.now += day;
    expect(await redriven(arn)).toEqual({ status: 'SUCCEEDED', output: 100 });
    expect(calls).toEqual([10]);
    const events = await world.history(arn);
    expect(linked(events).slice(6)).toEqual([
      '7<6 TaskStateEntered',
      '8<7 TaskScheduled',
      '9<8 TaskStarted',
      '10<9 TaskFailed',
      '11<10 ExecutionFailed',
      '12<11 ExecutionRedriven',
      '13<12 TaskScheduled',
      '14<13 TaskStarted',
      '15<14 TaskSucceeded',
      '16<15 TaskStateExited',
      '17<16 ExecutionSucceeded',
    ]);
    expect(detailsOf(events[11])).toEqual({ redriveCount: 1 });
  });

  it('is told of in its description, in the lists and in the context', async () => {
    const world = new World();
    const seen: unknown[] = [];
    world.functions.see = (payload) => {
      seen.push(payload);
      if (seen.length < 3) throw failing('Broken', `${seen.length}`);
    };
    const context = {
      count: '{% $states.context.Execution.RedriveCount %}',
      at: "{% $lookup($states.context.Execution, 'RedriveTime') ? $states.context.Execution.RedriveTime : 'never' %}",
    };
    const { arn } = await world.ran({
      A: lambda('see', { Arguments: { FunctionName: functionArn('see'), Payload: context }, Output: 1, ...end }),
    });
    const describe = () => world.call('DescribeExecution', { executionArn: arn });
    const began = world.now;
    const first = await describe();
    expect(first).toMatchObject({ status: 'FAILED', redriveCount: 0, redriveStatus: 'REDRIVABLE', error: 'Broken' });
    expect(first).not.toHaveProperty('redriveStatusReason');
    for (const count of [1, 2]) {
      world.now += day;
      expect(await world.call('RedriveExecution', { executionArn: arn })).toEqual({ redriveDate: world.now / 1000 });
      const running = await describe();
      expect(running).toMatchObject({ status: 'RUNNING', redriveCount: count, redriveDate: world.now / 1000 });
      for (const field of ['stopDate', 'error', 'cause', 'output']) expect(running).not.toHaveProperty(field);
      await world.pass();
    }
    expect(await describe()).toMatchObject({ status: 'SUCCEEDED', redriveCount: 2, startDate: began / 1000 });
    expect(seen).toEqual([
      { count: 0, at: 'never' },
      { count: 1, at: '2026-01-06T02:00:00.000Z' },
      { count: 2, at: '2026-01-07T02:00:00.000Z' },
    ]);
    const { stateMachineArn } = await describe();
    const filtered = async (redriveFilter: string) =>
      (await world.call('ListExecutions', { stateMachineArn, redriveFilter })).executions;
    expect(await filtered('REDRIVEN')).toMatchObject([{ executionArn: arn, redriveCount: 2 }]);
    expect(await filtered('NOT_REDRIVEN')).toEqual([]);
  });

  it('has its retries anew: those of the Task, and those of what holds it', async () => {
    const Retry = [{ ErrorEquals: ['Broken'], MaxAttempts: 1, IntervalSeconds: 1 }];
    const { world, calls } = weak(1);
    const again = async (executionArn: string) => {
      calls.length = 0;
      await world.call('RedriveExecution', { executionArn });
      await world.pass();
      return calls.length;
    };
    const task = await world.ran({ A: lambda('work', { Retry, ...end }) }, 1);
    expect(calls).toHaveLength(2);
    expect(await again(task.arn)).toBe(2);

    const branches = [flow({ A: lambda('work') }), flow({ B: succeed })];
    const parallel = await world.machine('parallel', { P: { Type: 'Parallel', Branches: branches, Retry, ...end } });
    const arn = await world.start(parallel, 1);
    await world.pass();
    expect((await world.ended(arn)).status).toBe('FAILED');
    expect(await again(arn)).toBe(2);
  });

  it('does those iterations of a Map again that failed or were aborted, and those that had not begun', async () => {
    const { world, calls, redriven } = weak(3);
    const body = {
      Work: lambda('work', { Next: 'Rest' }),
      Rest: { Type: 'Wait', Seconds: '{% $states.input = 20 ? 60 : 1 %}', ...end },
    };
    const States = { M: { Type: 'Map', MaxConcurrency: 2, ItemProcessor: flow(body), ...end } };
    const { status, types, arn } = await world.ran(States, [1, 2, 3, 4, 5]);
    expect(status).toBe('FAILED');
    expect(calls).toEqual([1, 2, 3]);
    expect(types.filter((type) => type.startsWith('MapIteration'))).toEqual([
      'MapIterationStarted',
      'MapIterationStarted',
      'MapIterationSucceeded',
      'MapIterationStarted',
      'MapIterationFailed',
      'MapIterationAborted',
    ]);
    expect(await redriven(arn)).toEqual({ status: 'SUCCEEDED', output: [10, 20, 30, 40, 50] });
    // The second was aborted while it waited: its Task had succeeded.
    expect(calls).toEqual([3, 4, 5]);
    const after = await world.history(arn);
    expect(
      told(after, 'MapIterationSucceeded')
        .map(({ index }) => index)
        .sort(),
    ).toEqual([0, 1, 2, 3, 4]);
    expect(told(after, 'MapStateStarted')).toHaveLength(1);
    expect(after.map(({ type }) => type).slice(-3)).toEqual([
      'MapStateSucceeded',
      'MapStateExited',
      'ExecutionSucceeded',
    ]);
  });

  it('does those branches again that failed or were aborted, deep down as well', async () => {
    const { world, calls, redriven } = weak(2);
    const branch = (n: number) =>
      flow({
        [`Is ${n}`]: { Type: 'Wait', Seconds: n, Output: n, Next: `Work ${n}` },
        [`Work ${n}`]: lambda('work'),
      });
    const sum = '{% $sum($states.result) %}';
    const inner = { Type: 'Parallel', Branches: [branch(1), branch(2)], Output: sum, ...end };
    const States = {
      P: {
        Type: 'Parallel',
        Branches: [branch(3), flow({ Late: wait(5, { Next: 'Inner' }), Inner: inner }), flow({ Long: wait(60) })],
        ...end,
      },
    };
    const { status, arn } = await world.ran(States, 0);
    expect(status).toBe('FAILED');
    expect(calls).toEqual([3, 1, 2]);
    expect(await redriven(arn)).toEqual({ status: 'SUCCEEDED', output: [30, 30, 0] });
    expect(calls).toEqual([2]);
  });

  it('that was stopped, or whose time was over, goes on where it was: its time begins anew', async () => {
    const { world } = weak();
    const tokens: string[] = [];
    world.onCall = (call) => void tokens.push(tokenIn(call));
    const machine = await world.machine('m', { A: callback({ Next: 'W' }), W: wait(50) }, { TimeoutSeconds: 100 });
    const [stopped, late] = [await world.start(machine, {}, 'stopped'), await world.start(machine, {}, 'late')];
    await world.later(30);
    await world.call('StopExecution', { executionArn: stopped, error: 'Enough' });
    await world.later(80);
    expect((await world.ended(late)).status).toBe('TIMED_OUT');
    for (const [i, executionArn] of [stopped, late].entries()) {
      await world.call('RedriveExecution', { executionArn });
      await world.later(40);
      expect(await world.ended(executionArn)).toEqual({ status: 'RUNNING' });
      const old = world.call('SendTaskSuccess', { taskToken: tokens[i], output: '1' });
      await expect(old).rejects.toMatchObject(refuses('TaskTimedOut'));
      await world.call('SendTaskSuccess', { taskToken: tokens[i + 2], output: '2' });
      await world.pass();
      expect(await world.ended(executionArn)).toEqual({ status: 'SUCCEEDED', output: 2 });
    }
  });

  it('does nothing again that was given up, however deep it was', async () => {
    const { world, calls, redriven } = weak('after');
    const deep = {
      Type: 'Parallel',
      Branches: [flow({ Later: wait(60, { Next: 'Deep' }), Deep: lambda('work') })],
      ...end,
    };
    const soon = { Soon: wait(1, { Next: 'F' }), F: { Type: 'Fail', Error: 'Broken' } };
    const given = { ErrorEquals: ['Broken'], Output: 'after', Next: 'After' };
    const { status, arn } = await world.ran({
      P: { Type: 'Parallel', Branches: [flow({ Inner: deep }), flow(soon)], Catch: [given], Next: 'After' },
      After: lambda('work', { Output: 'done', ...end }),
    });
    expect(status).toBe('FAILED');
    await world.kill();
    expect(await redriven(arn)).toEqual({ status: 'SUCCEEDED', output: 'done' });
    expect(calls).toEqual(['after']);
  });

  it('follows the definition and the role that it began with', async () => {
    const { world, redriven } = weak(1);
    const { arn } = await world.ran({ A: lambda('work') }, 1);
    const { stateMachineArn } = await world.call('DescribeExecution', { executionArn: arn });
    const definition = text({ A: pass({ Output: 'other' }) });
    await world.call('UpdateStateMachine', { stateMachineArn, definition, roleArn: `${roleArn}2` });
    expect(await redriven(arn)).toEqual({ status: 'SUCCEEDED', output: 10 });
    expect(world.roles).toEqual([roleArn, roleArn]);
  });

  it('that ended in a Fail ends in it again', async () => {
    const { world, redriven } = weak();
    const { arn } = await world.ran({
      A: { Type: 'Pass', Next: 'F' },
      F: { Type: 'Fail', Error: 'Mine', Cause: 'because' },
    });
    expect(await redriven(arn)).toEqual({ status: 'FAILED', error: 'Mine', cause: 'because' });
  });

  it('of which a nested execution failed starts another', async () => {
    const { world, calls, redriven } = weak(1);
    const child = await world.machine('child', { A: lambda('work') });
    const { status, arn } = await world.ran({ N: nested(child) }, 1);
    expect(status).toBe('FAILED');
    expect(await redriven(arn)).toEqual({ status: 'SUCCEEDED', output: 10 });
    expect(calls).toEqual([1]);
    const { executions } = await world.call('ListExecutions', { stateMachineArn: child });
    expect(executions).toMatchObject([{ status: 'SUCCEEDED' }, { status: 'FAILED' }]);
  });

  it('goes on after a kill as well', async () => {
    const { world, failsFor } = weak(2);
    const body = { Work: lambda('work', { Next: 'Rest' }), Rest: wait(60) };
    const { arn } = await world.ran({ M: { Type: 'Map', ItemProcessor: flow(body), ...end } }, [1, 2, 3]);
    await world.kill();
    failsFor.clear();
    await world.call('RedriveExecution', { executionArn: arn });
    await world.kill();
    await world.later(10);
    await world.kill();
    await world.pass();
    expect(await world.ended(arn)).toEqual({ status: 'SUCCEEDED', output: [10, 20, 30] });
  });

  it('has in the end the result of one that never broke, wherever it broke and however often', async () => {
    const map = (States: object) => ({
      Type: 'Map',
      Items: '{% [$states.input, $states.input + 1] %}',
      MaxConcurrency: 2,
      ItemProcessor: flow(States),
      ...end,
    });
    const deep = map({ Third: lambda('work', { Next: 'Inner' }), Inner: map({ Fourth: lambda('work') }) });
    const beside = { Second: lambda('work', { Next: 'Wait' }), Wait: wait(3) };
    const States = {
      First: lambda('work', { Next: 'P' }),
      P: { Type: 'Parallel', Branches: [flow(beside), flow({ Deep: deep })], Next: 'Last' },
      Last: pass(),
    };
    const whole = await weak().world.ran(States, 1);
    expect(whole.status).toBe('SUCCEEDED');
    const payloads = [1, 10, 11, 100, 101, 110, 111];
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.constantFrom(...payloads)), fc.boolean(), async (broken, kills) => {
        const { world, failsFor } = weak(...broken);
        const { arn } = await world.ran(States, 1);
        let redrives = 0;
        for (let ended = await world.ended(arn); ended.status === 'FAILED'; ended = await world.ended(arn)) {
          // One thing is mended at a time.
          for (const payload of failsFor) {
            failsFor.delete(payload);
            break;
          }
          await world.call('RedriveExecution', { executionArn: arn });
          if (kills) await world.kill();
          await world.pass();
          redrives += 1;
        }
        expect(redrives).toBeLessThanOrEqual(broken.length);
        expect((await world.ended(arn)).output).toEqual(whole.output);
        expect(told(await world.history(arn), 'ExecutionRedriven')).toHaveLength(redrives);
        await world.engine.close();
      }),
      { numRuns: 40, ...within },
    );
  });
});

describe('an execution is not redriven', () => {
  const refused = (world: World, executionArn: string) =>
    world.call('RedriveExecution', { executionArn }).then(
      () => 'redriven',
      (error: Error) => `${error}`,
    );
  const status = async (world: World, executionArn: string) => {
    const { redriveStatus, redriveStatusReason } = await world.call('DescribeExecution', { executionArn });
    return { redriveStatus, redriveStatusReason };
  };

  it('while it runs, nor when it has succeeded', async () => {
    const world = new World();
    const arn = await world.start(await world.machine('m', { W: wait(60) }));
    expect(await refused(world, arn)).toBe('ExecutionNotRedrivable: Execution is RUNNING and cannot be redriven');
    await world.pass();
    expect(await refused(world, arn)).toBe('ExecutionNotRedrivable: Execution is SUCCEEDED and cannot be redriven');
    expect(await world.types(arn)).toHaveLength(4);
  });

  it('more than fourteen days after its end', async () => {
    const { world, redriven } = weak(1);
    const { arn } = await world.ran({ A: lambda('work') }, 1);
    world.now += 14 * day + 1;
    const reason = 'Execution redrivable period exceeded';
    expect(await status(world, arn)).toEqual({ redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason: reason });
    expect(await refused(world, arn)).toBe(`ExecutionNotRedrivable: ${reason}`);
    world.now -= 1;
    expect(await status(world, arn)).toEqual({ redriveStatus: 'REDRIVABLE' });
    expect(await redriven(arn)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('that nobody knows', async () => {
    const arn = 'arn:aws-cn:states:cn-north-1:000000000000:execution:m:nobody';
    expect(await refused(new World(), arn)).toBe(`ExecutionDoesNotExist: Execution Does Not Exist: '${arn}'`);
  });
});
