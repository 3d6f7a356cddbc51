import { describe, expect, it } from 'vitest';
import {
  callback,
  caught,
  end,
  failing,
  flow,
  lambda,
  linked,
  nested,
  numbers,
  pass,
  succeed,
  tokenIn,
  told,
  World,
  wait,
} from './world.ts';

const map = (body: object, more: object = {}) => ({ Type: 'Map', ItemProcessor: flow(body), ...end, ...more });
const parallel = (...branches: object[]) => ({ Type: 'Parallel', Branches: branches.map(flow), ...end });
const broken = (name = 'Broken') => ({ Type: 'Fail', Error: name });

describe('Map', () => {
  it('gives the results in the order of the items, whichever ends first', async () => {
    const body = {
      Wait: { Type: 'Wait', Seconds: '{% 10 - $states.input %}', Next: 'Square' },
      Square: pass({ Output: '{% $states.input * $states.input %}' }),
    };
    const { output, events } = await new World().ran({ M: map(body) }, [1, 2, 3]);
    expect(output).toEqual([1, 4, 9]);
    expect(told(events, 'MapIterationSucceeded').map(({ index }) => index)).toEqual([2, 1, 0]);
    expect(linked(events).slice(0, 9)).toEqual([
      '1<0 ExecutionStarted',
      '2<0 MapStateEntered',
      '3<2 MapStateStarted',
      '4<3 MapIterationStarted',
      '5<3 MapIterationStarted',
      '6<3 MapIterationStarted',
      '7<4 WaitStateEntered',
      '8<5 WaitStateEntered',
      '9<6 WaitStateEntered',
    ]);
  });

  it('one after the other: each follows the last state of the one before', async () => {
    const { output, events } = await new World().ran({ M: map({ P: pass() }, { MaxConcurrency: 1 }) }, ['a', 'b']);
    expect(output).toEqual(['a', 'b']);
    expect(linked(events)).toEqual([
      '1<0 ExecutionStarted',
      '2<0 MapStateEntered',
      '3<2 MapStateStarted',
      '4<3 MapIterationStarted',
      '5<4 PassStateEntered',
      '6<5 PassStateExited',
      '7<6 MapIterationSucceeded',
      '8<6 MapIterationStarted',
      '9<8 PassStateEntered',
      '10<9 PassStateExited',
      '11<10 MapIterationSucceeded',
      '12<11 MapStateSucceeded',
      '13<11 MapStateExited',
      '14<13 ExecutionSucceeded',
    ]);
  });

  it.each([
    ['as many as MaxConcurrency says', { MaxConcurrency: 3 }, 3],
    ['as an expression says', { MaxConcurrency: '{% $count($states.input) - 95 %}' }, 5],
    ['at most forty where nothing is said', {}, 40],
    ['at most forty for 0', { MaxConcurrency: 0 }, 40],
    ['at most forty whatever is said', { MaxConcurrency: 1000 }, 40],
  ])('runs side by side %s', async (_, fields, most) => {
    const world = new World();
    let running = 0;
    const seen: number[] = [];
    world.functions.work = async (payload) => {
      running += 1;
      seen.push(running);
      await new Promise((done) => setImmediate(done));
      running -= 1;
      return payload;
    };
    const { output } = await world.ran({ M: map({ Work: lambda('work') }, fields) }, numbers(100));
    expect(output).toEqual(numbers(100));
    expect(Math.max(...seen)).toBe(most);
  });

  it('gives each iteration what ItemSelector makes of the item, its place and the state’s own input', async () => {
    const selector = {
      item: '{% $states.context.Map.Item.Value %}',
      at: '{% $states.context.Map.Item.Index %}',
      of: '{% $states.input.name %}',
      plain: 1,
    };
    const States = { M: map({ P: pass() }, { Items: '{% $states.input.list %}', ItemSelector: selector }) };
    const { output } = await new World().ran(States, { name: 'n', list: ['a', null] });
    expect(output).toEqual([
      { item: 'a', at: 0, of: 'n', plain: 1 },
      { item: null, at: 1, of: 'n', plain: 1 },
    ]);
  });

  it('of no items succeeds with none', async () => {
    const { output, events } = await new World().ran({ M: map({ P: pass() }) }, []);
    expect(output).toEqual([]);
    expect(linked(events).slice(2)).toEqual([
      '3<2 MapStateStarted',
      '4<3 MapStateSucceeded',
      '5<3 MapStateExited',
      '6<5 ExecutionSucceeded',
    ]);
  });

  it.each([[{ a: 1 }], [1], [null], ['text']])('needs a list, not %j', async (items) => {
    const { error, types } = await new World().ran({ M: map({ P: pass() }) }, items);
    expect(error).toBe('States.QueryEvaluationError');
    expect(types).toEqual([
      'ExecutionStarted',
      'MapStateEntered',
      'EvaluationFailed',
      'MapStateFailed',
      'ExecutionFailed',
    ]);
  });

  it('that fails aborts the iterations that still run, and starts no others', async () => {
    const world = new World();
    let message: Parameters<typeof tokenIn>[0] | undefined;
    world.onCall = (call) => {
      message = call;
    };
    world.functions.work = () => {
      throw failing('Broken', 'in pieces');
    };
    const child = await world.machine('child', { W: wait(60) });
    const rule = (item: string, Next: string) => ({ Condition: `{% $states.input = '${item}' %}`, Next });
    const body = {
      Which: {
        Type: 'Choice',
        Choices: [rule('ask', 'Ask'), rule('wait', 'Wait'), rule('nest', 'Nest'), rule('split', 'Split')],
        Default: 'Work',
      },
      Ask: callback(),
      Wait: wait(60),
      Nest: nested(child, { Arguments: { StateMachineArn: child }, ...end }),
      Split: parallel({ Left: wait(60) }, { Right: succeed }),
      Work: lambda('work'),
    };
    const items = ['ask', 'wait', 'nest', 'split', 'work', 'ask', 'ask'];
    const { events, types, ...result } = await world.ran({ M: map(body, { MaxConcurrency: 5 }) }, items);
    expect(result).toMatchObject({
      status: 'FAILED',
      error: 'Broken',
      cause: '{"errorType":"Broken","errorMessage":"in pieces"}',
    });
    expect(told(events, 'MapIterationStarted')).toHaveLength(5);
    expect(told(events, 'MapIterationFailed')).toEqual([{ name: 'M', index: 4 }]);
    expect(told(events, 'MapIterationAborted')).toEqual([0, 1, 2, 3].map((index) => ({ name: 'M', index })));
    const aborted = types.filter((type) => type.endsWith('StateAborted')).sort();
    // Of the Task that failed, too.
    expect(aborted).toEqual([
      'ParallelStateAborted',
      'TaskStateAborted',
      'TaskStateAborted',
      'TaskStateAborted',
      'WaitStateAborted',
      'WaitStateAborted',
    ]);
    expect(types.slice(-2)).toEqual(['MapStateFailed', 'ExecutionFailed']);

    const { executions } = await world.call('ListExecutions', { stateMachineArn: child });
    expect(executions).toMatchObject([{ status: 'ABORTED' }]);
    expect(world.engine.nextTimer()).toBeUndefined();
    if (message === undefined) throw new Error('nothing was asked');
    const late = world.call('SendTaskSuccess', { taskToken: tokenIn(message), output: '1' });
    await expect(late).rejects.toMatchObject({ name: 'TaskTimedOut' });
  });

  describe('with failures that it stands', () => {
    const odd = {
      'Odd?': { Type: 'Choice', Choices: [{ Condition: '{% $states.input % 2 = 1 %}', Next: 'Odd' }], Default: 'Even' },
      Odd: broken('Odd'),
      Even: pass(),
    };
    const stands = async (fields: object, items: number[]) => {
      const { status, error, types } = await new World().ran({ M: map(odd, fields) }, items);
      return { status, error, failed: types.filter((type) => type === 'MapIterationFailed').length };
    };
    const over = { status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' };

    it('goes on below the limit and fails above it', async () => {
      expect(await stands({ ToleratedFailureCount: 2 }, [0, 1, 2, 3, 4])).toEqual({ status: 'SUCCEEDED', failed: 2 });
      expect(await stands({ ToleratedFailureCount: 1 }, [0, 1, 2, 3, 4])).toEqual({ ...over, failed: 2 });
      expect(await stands({ ToleratedFailurePercentage: 40 }, [0, 1, 2, 3, 4])).toEqual({
        status: 'SUCCEEDED',
        failed: 2,
      });
      expect(await stands({ ToleratedFailurePercentage: 39 }, [0, 1, 2, 3, 4])).toEqual({ ...over, failed: 2 });
      const both = { ToleratedFailureCount: 3, ToleratedFailurePercentage: 10 };
      expect(await stands(both, [0, 1, 2, 3, 4])).toMatchObject(over);
    });

    it('takes the limit from an expression', async () => {
      const count = '{% $count($states.input) - 3 %}';
      expect(await stands({ ToleratedFailureCount: count }, [0, 1, 2, 3, 4])).toMatchObject({ status: 'SUCCEEDED' });
      expect(await stands({ ToleratedFailureCount: '{% "many" %}' }, [0])).toMatchObject({
        error: 'States.QueryEvaluationError',
      });
    });
  });

  it('of two thousand items with a Task each stays right', async () => {
    const world = new World();
    world.functions.double = (payload) => Number(payload) * 2;
    const { output, events } = await world.ran({ M: map({ Double: lambda('double') }) }, numbers(2000));
    expect(output).toEqual(numbers(2000).map((n) => n * 2));
    expect(events).toHaveLength(3 + 2000 * 7 + 3);
    expect(world.calls).toHaveLength(2000);
  });

  it('whose ItemSelector fails midway is over, and so are the iterations under way', async () => {
    const selector = '{% $states.context.Map.Item.Value.n %}';
    const States = { M: map({ W: wait(5) }, { MaxConcurrency: 2, ItemSelector: { n: selector } }) };
    const { error, types } = await new World().ran(States, [{ n: 1 }, { n: 2 }, {}]);
    expect(error).toBe('States.QueryEvaluationError');
    expect(types.filter((type) => type === 'MapIterationAborted')).toHaveLength(1);
    expect(types.slice(-2)).toEqual(['MapStateFailed', 'ExecutionFailed']);
  });
});

describe('Parallel', () => {
  it('gives each branch the same, and has their results in order', async () => {
    const States = { P: { ...parallel({ Slow: wait(5) }, { Fast: pass({ Output: '{% $states.input.n + 1 %}' }) }) } };
    const { output, events } = await new World().ran(States, { n: 1 });
    expect(output).toEqual([{ n: 1 }, 2]);
    expect(linked(events)).toEqual([
      '1<0 ExecutionStarted',
      '2<0 ParallelStateEntered',
      '3<2 ParallelStateStarted',
      '4<3 WaitStateEntered',
      '5<3 PassStateEntered',
      '6<5 PassStateExited',
      '7<4 WaitStateExited',
      '8<7 ParallelStateSucceeded',
      '9<7 ParallelStateExited',
      '10<9 ExecutionSucceeded',
    ]);
  });

  it('gives its branches its Arguments, where it has some', async () => {
    const Arguments = { twice: '{% $states.input * 2 %}' };
    const { output } = await new World().ran({ P: { ...parallel({ A: pass() }, { B: pass() }), Arguments } }, 4);
    expect(output).toEqual([{ twice: 8 }, { twice: 8 }]);
  });

  it('fails with its first failing branch; the others are aborted', async () => {
    const States = {
      P: parallel({ Long: wait(60) }, { Soon: wait(1, { Next: 'F' }), F: broken() }, { Done: succeed }),
    };
    const { error, types, events } = await new World().ran(States);
    expect(error).toBe('Broken');
    expect(types.slice(-4)).toEqual(['FailStateEntered', 'WaitStateAborted', 'ParallelStateFailed', 'ExecutionFailed']);
    expect(events.at(-1)?.previousEventId).toBe(events.at(-2)?.id);
  });

  it('is retried as a whole, on what it was first given, and caught when that is in vain', async () => {
    const world = new World();
    const seen: unknown[] = [];
    world.functions.see = (payload) => {
      seen.push(payload);
      throw failing('Broken');
    };
    const States = {
      P: {
        ...parallel({ See: lambda('see') }, { Done: succeed }),
        Retry: [{ ErrorEquals: ['Broken'], MaxAttempts: 2, IntervalSeconds: 10 }],
        ...caught('After'),
      },
      After: pass({ Output: '{% $states.input.Error %}' }),
    };
    const began = world.now;
    const { output, types } = await world.ran(States, { n: 1 });
    expect(output).toBe('Broken');
    expect(seen).toEqual([{ n: 1 }, { n: 1 }, { n: 1 }]);
    expect((world.now - began) / 1000).toBe(30);
    const own = types.filter((type) => type.startsWith('Parallel'));
    expect(own).toEqual([
      'ParallelStateEntered',
      'ParallelStateStarted',
      'ParallelStateStarted',
      'ParallelStateStarted',
      'ParallelStateFailed',
      'ParallelStateExited',
    ]);
  });

  it('within others: a failure deep down goes up until somebody catches it', async () => {
    const inner = { Inner: parallel({ F: wait(1, { Next: 'G' }), G: broken('Deep') }, { Long: wait(60) }) };
    const States = {
      Outer: { ...parallel({ M: map(inner, { Items: [1, 2] }) }, { Also: wait(90) }), ...caught('After', 'Deep') },
      After: wait(1),
    };
    const { status, output, types } = await new World().ran(States);
    expect({ status, output }).toEqual({ status: 'SUCCEEDED', output: { Error: 'Deep', Cause: '' } });
    // The one that failed itself ends as failed, the other iteration's as aborted.
    const count = (type: string) => types.filter((one) => one === type).length;
    expect(count('ParallelStateFailed')).toBe(2);
    expect(count('ParallelStateAborted')).toBe(1);
    expect(count('MapIterationFailed')).toBe(1);
    expect(count('MapIterationAborted')).toBe(1);
    expect(count('MapStateFailed')).toBe(1);
    // Long of both iterations, Also, and the F that was not over.
    expect(count('WaitStateAborted')).toBeGreaterThanOrEqual(3);
  });

  it('that was given up leaves nothing behind that could still happen', async () => {
    const world = new World();
    const child = await world.machine('child', { W: wait(3600) });
    const States = {
      P: { ...parallel({ Nest: nested(child) }, { S: wait(1, { Next: 'F' }), F: broken() }), ...caught('After') },
      After: wait(2),
    };
    const { status } = await world.ran(States);
    expect(status).toBe('SUCCEEDED');
    expect(world.engine.nextTimer()).toBeUndefined();
    const { executions } = await world.call('ListExecutions', { stateMachineArn: child });
    expect(executions).toMatchObject([{ status: 'ABORTED' }]);
  });
});
