import { describe, expect, it } from 'vitest';
import {
  callback,
  caught,
  detailsOf,
  end,
  failing,
  flow,
  functionArn,
  lambda,
  linked,
  pass,
  succeed,
  tokenIn,
  told,
  World,
  type WorldOptions,
} from './world.ts';

const retry = (...Retry: object[]) => ({ Retry });
const fail = (name: string): object => flow({ F: { Type: 'Fail', Error: name } });

/** A world whose function `work` fails by these names, one call after the other, and then gives its payload. */
function failingWorld(names: readonly string[] = [], options: WorldOptions = {}) {
  const at: number[] = [];
  const world = new World(options);
  const began = world.now;
  world.functions.work = (payload) => {
    at.push((world.now - began) / 1000);
    const name = names[at.length - 1];
    if (name !== undefined) throw failing(name);
    return payload;
  };
  return { world, at };
}

describe('Retry', () => {
  it('waits longer before each attempt', async () => {
    const { world, at } = failingWorld(['Busy', 'Busy', 'Busy']);
    const policy = { ErrorEquals: ['Busy'], IntervalSeconds: 2, MaxAttempts: 3, BackoffRate: 3 };
    expect(await world.ran({ A: lambda('work', { ...retry(policy), ...end }) }, 1)).toMatchObject({ output: 1 });
    expect(at).toEqual([0, 2, 8, 26]);
  });

  it('unless told otherwise: one second, then twice as long each time, three times', async () => {
    const { world, at } = failingWorld(['Busy', 'Busy', 'Busy', 'Busy', 'Busy']);
    const { status, error } = await world.ran({ A: lambda('work', { ...retry({ ErrorEquals: ['Busy'] }), ...end }) });
    expect({ status, error }).toEqual({ status: 'FAILED', error: 'Busy' });
    expect(at).toEqual([0, 1, 3, 7]);
  });

  it('never longer than MaxDelaySeconds', async () => {
    const { world, at } = failingWorld(['Busy', 'Busy', 'Busy', 'Busy']);
    const policy = { ErrorEquals: ['Busy'], IntervalSeconds: 10, MaxAttempts: 4, BackoffRate: 10, MaxDelaySeconds: 60 };
    await world.ran({ A: lambda('work', { ...retry(policy), ...end }) });
    expect(at).toEqual([0, 10, 70, 130, 190]);
  });

  it.each([0, 0.25, 1])('with full jitter waits for a part of that: %d', async (part) => {
    const { world, at } = failingWorld(['Busy', 'Busy'], { chance: () => part });
    const policy = { ErrorEquals: ['Busy'], IntervalSeconds: 4, MaxAttempts: 2, JitterStrategy: 'FULL' };
    await world.ran({ A: lambda('work', { ...retry(policy), ...end }) });
    expect(at).toEqual([0, 4 * part, 12 * part]);
  });

  it('with MaxAttempts 0 is none: the Catch has it at once', async () => {
    const { world, at } = failingWorld(['Busy']);
    const policy = retry({ ErrorEquals: ['Busy'], MaxAttempts: 0 }, { ErrorEquals: ['States.ALL'] });
    const { output } = await world.ran({ A: lambda('work', { ...policy, ...caught('B'), Next: 'B' }), B: succeed });
    expect(output).toMatchObject({ Error: 'Busy' });
    expect(at).toEqual([0]);
  });

  it('counts for each retrier by itself; the first that fits is the one that counts', async () => {
    const policies = retry({ ErrorEquals: ['A'], MaxAttempts: 1 }, { ErrorEquals: ['States.ALL'], MaxAttempts: 2 });
    const run = async (...names: string[]) => {
      const { world, at } = failingWorld(names);
      const { status, error } = await world.ran({ S: lambda('work', { ...policies, ...end }) });
      return { status, error, attempts: at.length };
    };
    expect(await run('A', 'B', 'B')).toEqual({ status: 'SUCCEEDED', error: undefined, attempts: 4 });
    expect(await run('B', 'A', 'B', 'A')).toEqual({ status: 'FAILED', error: 'A', attempts: 4 });
    expect(await run('A', 'A')).toEqual({ status: 'FAILED', error: 'A', attempts: 2 });
    expect(await run('B', 'B', 'B')).toEqual({ status: 'FAILED', error: 'B', attempts: 3 });
  });

  it('begins anew each time the state is entered', async () => {
    const world = new World();
    let calls = 0;
    world.functions.flaky = (payload) => {
      calls += 1;
      if (calls % 2 === 1) throw failing('Busy');
      return payload;
    };
    const once = retry({ ErrorEquals: ['Busy'], MaxAttempts: 1 });
    const { status, output } = await world.ran(
      {
        Try: lambda('flaky', { Output: '{% $states.input - 1 %}', ...once, Next: 'More?' }),
        'More?': { Type: 'Choice', Choices: [{ Condition: '{% $states.input > 0 %}', Next: 'Try' }], Default: 'Done' },
        Done: succeed,
      },
      3,
    );
    expect({ status, output, calls }).toEqual({ status: 'SUCCEEDED', output: 0, calls: 6 });
  });

  it('is told in the history and the context, and the state is not entered again', async () => {
    const world = new World();
    const counts: unknown[] = [];
    world.functions.work = (count) => {
      counts.push(count);
      if (counts.length < 3) throw failing('Busy');
      return count;
    };
    const Arguments = { FunctionName: functionArn('work'), Payload: '{% $states.context.State.RetryCount %}' };
    const { events } = await world.ran({
      A: lambda('work', { Arguments, ...retry({ ErrorEquals: ['Busy'] }), ...end }),
    });
    expect(counts).toEqual([0, 1, 2]);
    expect(linked(events)).toEqual([
      '1<0 ExecutionStarted',
      '2<0 TaskStateEntered',
      '3<2 TaskScheduled',
      '4<3 TaskStarted',
      '5<4 TaskFailed',
      '6<5 TaskScheduled',
      '7<6 TaskStarted',
      '8<7 TaskFailed',
      '9<8 TaskScheduled',
      '10<9 TaskStarted',
      '11<10 TaskSucceeded',
      '12<11 TaskStateExited',
      '13<12 ExecutionSucceeded',
    ]);
  });

  it('has an expression that failed tried again, each time with an event of its own', async () => {
    const Arguments = { FunctionName: functionArn('work'), Payload: '{% $states.input.gone %}' };
    const { error, types, events } = await new World().ran({
      A: lambda('work', {
        Arguments,
        ...retry({ ErrorEquals: ['States.QueryEvaluationError'], MaxAttempts: 2 }),
        ...end,
      }),
    });
    expect(error).toBe('States.QueryEvaluationError');
    expect(types).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'EvaluationFailed',
      'EvaluationFailed',
      'EvaluationFailed',
      'ExecutionFailed',
    ]);
    expect(detailsOf(events[2])).toEqual({
      error: 'States.QueryEvaluationError',
      location: 'Arguments/Payload',
      state: 'A',
      cause:
        "An error occurred while executing the state 'A' (entered at the event id #2). The JSONata expression " +
        "'$states.input.gone' specified for the field 'Arguments/Payload' returned nothing (undefined).",
    });
  });

  it('of an Output that failed makes the call again', async () => {
    const { world, at } = failingWorld();
    const { status, types } = await world.ran({
      A: lambda('work', {
        Output: '{% $states.context.State.RetryCount > 0 ? "well" : $nothing %}',
        ...retry({ ErrorEquals: ['States.QueryEvaluationError'] }),
        ...end,
      }),
    });
    expect(status).toBe('SUCCEEDED');
    expect(at).toEqual([0, 1]);
    expect(types.filter((type) => type === 'TaskSucceeded' || type === 'EvaluationFailed')).toEqual([
      'TaskSucceeded',
      'EvaluationFailed',
      'TaskSucceeded',
    ]);
  });
});

describe('Catch', () => {
  it('goes on with the error where nothing else is said, with Output and Assign where it is', async () => {
    const { world } = failingWorld(['Broken', 'Broken']);
    const catcher = {
      ErrorEquals: ['Broken'],
      Output: { from: '{% $states.input %}', error: '{% $states.errorOutput.Error %}' },
      Assign: { why: '{% $parse($states.errorOutput.Cause).errorMessage %}' },
      Next: 'B',
    };
    const { output } = await world.ran(
      {
        Plain: lambda('work', { ...caught('A'), Next: 'A' }),
        A: lambda('work', { Catch: [catcher], Next: 'B' }),
        B: pass({ Output: { was: '{% $states.input %}', why: '{% $why %}' } }),
      },
      7,
    );
    const error = { Error: 'Broken', Cause: '{"errorType":"Broken","errorMessage":"Broken"}' };
    expect(output).toEqual({ was: { from: error, error: 'Broken' }, why: 'Broken' });
  });

  it('is the first that names the error, when retries are over', async () => {
    const { world, at } = failingWorld(['Broken', 'Broken', 'Broken']);
    const catchers = [...caught('No', 'Other').Catch, ...caught('Yes', 'Other', 'Broken').Catch, ...caught('No').Catch];
    const { types, output } = await world.ran({
      A: lambda('work', { ...retry({ ErrorEquals: ['Broken'], MaxAttempts: 1 }), Catch: catchers, Next: 'No' }),
      No: pass({ Output: 'no' }),
      Yes: pass({ Output: 'yes' }),
    });
    expect({ output, attempts: at.length }).toEqual({ output: 'yes', attempts: 2 });
    expect(types.slice(-6)).toEqual([
      'TaskStarted',
      'TaskFailed',
      'TaskStateExited',
      'PassStateEntered',
      'PassStateExited',
      'ExecutionSucceeded',
    ]);
  });

  const answered = async (given: { error?: string; cause?: string }, ...names: string[]) => {
    const world = new World();
    world.onCall = async (call) => void (await world.call('SendTaskFailure', { taskToken: tokenIn(call), ...given }));
    const { events, status, output } = await world.ran({
      A: callback({ ...caught('B', ...names), Next: 'B' }),
      B: succeed,
    });
    return { status, output, failed: told(events, 'TaskFailed')[0] };
  };

  it.each([
    [
      { error: 'Mine', cause: 'because' },
      { Error: 'Mine', Cause: 'because' },
    ],
    [{ error: 'Mine' }, { Error: 'Mine', Cause: '' }],
    [{}, { Error: null, Cause: null }],
  ])('has the error and the cause that a worker gave: %j', async (given, output) => {
    const names = { resourceType: 'sqs', resource: 'sendMessage.waitForTaskToken' };
    expect(await answered(given)).toEqual({ status: 'SUCCEEDED', output, failed: { ...names, ...given } });
  });

  it('of States.TaskFailed takes whatever fails a task but a timeout', async () => {
    expect(await answered({ error: 'Mine' }, 'States.TaskFailed')).toMatchObject({ status: 'SUCCEEDED' });
    expect(await answered({}, 'States.TaskFailed')).toMatchObject({ status: 'SUCCEEDED' });
    const late = async (name: string) =>
      (await new World().ran({ A: callback({ ...caught('B', name), Next: 'B' }), B: succeed })).status;
    expect(await late('States.TaskFailed')).toBe('FAILED');
    expect(await late('States.HeartbeatTimeout')).toBe('FAILED');
    expect(await late('States.Timeout')).toBe('SUCCEEDED');
    expect(await late('States.ALL')).toBe('SUCCEEDED');
  });

  it('of a heartbeat that stayed away goes by both names', async () => {
    const missed = async (name: string) => {
      const States = { A: callback({ HeartbeatSeconds: 5, ...caught('B', name), Next: 'B' }), B: succeed };
      return (await new World().ran(States)).status;
    };
    expect(await missed('States.HeartbeatTimeout')).toBe('SUCCEEDED');
    expect(await missed('States.Timeout')).toBe('SUCCEEDED');
    expect(await missed('States.ALL')).toBe('SUCCEEDED');
    expect(await missed('States.TaskFailed')).toBe('FAILED');
  });

  it('takes an expression that failed, under its name and under States.ALL, not as a failed task', async () => {
    const Arguments = { FunctionName: '{% $gone %}' };
    const catching = (name: string) =>
      new World().ran({ A: lambda('work', { Arguments, ...caught('B', name), Next: 'B' }), B: succeed });
    expect((await catching('States.TaskFailed')).status).toBe('FAILED');
    for (const name of ['States.QueryEvaluationError', 'States.ALL']) {
      const { types, output } = await catching(name);
      expect(output).toMatchObject({ Error: 'States.QueryEvaluationError' });
      expect(types.slice(1, 4)).toEqual(['TaskStateEntered', 'EvaluationFailed', 'TaskStateExited']);
    }
  });

  it('of States.ALL takes too much data, too', async () => {
    const world = new World();
    world.functions.big = () => 'x'.repeat(300_000);
    const { output, types } = await world.ran({ A: lambda('big', { ...caught('B'), Next: 'B' }), B: succeed });
    expect(output).toEqual({
      Error: 'States.DataLimitExceeded',
      Cause:
        "The state/task 'lambda' returned a result with a size exceeding the maximum number of bytes service limit.",
    });
    expect(types.slice(3, 6)).toEqual(['TaskStarted', 'TaskFailed', 'TaskStateExited']);
  });

  it.each(['States.Runtime', 'States.ALL'])('of %s never takes a runtime error, nor is it retried', async (name) => {
    const stuck = flow({ C: { Type: 'Choice', Choices: [{ Condition: '{% false %}', Next: 'D' }] }, D: succeed });
    const { status, error, types } = await new World().ran({
      P: { Type: 'Parallel', Branches: [stuck], ...retry({ ErrorEquals: [name] }), ...caught('B', name), Next: 'B' },
      B: succeed,
    });
    expect({ status, error }).toEqual({ status: 'FAILED', error: 'States.Runtime' });
    expect(types.filter((type) => type === 'ChoiceStateEntered')).toHaveLength(1);
    expect(types.at(-1)).toBe('ExecutionFailed');
  });

  it('that fails itself fails the state', async () => {
    const catcher = { ErrorEquals: ['States.ALL'], Output: '{% $gone %}', Next: 'B' };
    const parallel = { Type: 'Parallel', Branches: [fail('Mine')], Catch: [catcher], Next: 'B' };
    const { error, events } = await new World().ran({ P: parallel, B: succeed });
    expect(error).toBe('States.QueryEvaluationError');
    expect(linked(events)).toEqual([
      '1<0 ExecutionStarted',
      '2<0 ParallelStateEntered',
      '3<2 ParallelStateStarted',
      '4<3 FailStateEntered',
      '5<4 ParallelStateFailed',
      '6<4 EvaluationFailed',
      '7<6 ParallelStateFailed',
      '8<7 ExecutionFailed',
    ]);
  });

  it('within a branch leaves the branches beside it alone', async () => {
    const { world } = failingWorld(['Broken']);
    const branch = flow({
      A: lambda('work', { ...caught('B'), Next: 'B' }),
      B: pass({ Output: '{% $states.input.Error %}' }),
    });
    const { output, types } = await world.ran(
      {
        P: { Type: 'Parallel', Branches: [branch, flow({ W: { Type: 'Wait', Seconds: 9, ...end } })], ...end },
      },
      1,
    );
    expect(output).toEqual(['Broken', 1]);
    expect(types.filter((type) => type.endsWith('Aborted'))).toEqual([]);
  });
});

describe('an expression that failed', () => {
  it('is told after what the state’s entry followed: to AWS both are one decision', async () => {
    const Arguments = { FunctionName: '{% $gone %}' };
    const { events } = await new World().ran({
      A: { Type: 'Pass', Next: 'B' },
      B: lambda('work', { Arguments, ...end }),
    });
    expect(linked(events).slice(2)).toEqual([
      '3<2 PassStateExited',
      '4<3 TaskStateEntered',
      '5<3 EvaluationFailed',
      '6<5 ExecutionFailed',
    ]);
  });
});
