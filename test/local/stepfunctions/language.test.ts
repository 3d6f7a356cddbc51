import { describe, expect, it } from 'vitest';
import {
  callback,
  detailsOf,
  end,
  flow,
  functionArn,
  lambda,
  linked,
  pass,
  roleArn,
  succeed,
  told,
  World,
  wait,
} from './world.ts';

const seconds = (ms: number): number => ms / 1000;

describe('states', () => {
  it('of every type run to one output', async () => {
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
        ItemProcessor: flow({ Multiply: pass({ Output: '{% $states.input * $factor %}' }) }),
        Next: 'Both',
      },
      Both: {
        Type: 'Parallel',
        Branches: [flow({ Sum: pass({ Output: '{% $sum($states.input) %}' }) }), flow({ Later: wait(86400) })],
        Next: 'Done',
      },
      Done: { Type: 'Succeed', Output: { sums: '{% $states.input %}' } },
      No: { Type: 'Fail', Error: 'TooFew' },
    });
    const many = await world.start(arn, { items: [1, 2, 3] }, 'many');
    const few = await world.start(arn, { items: [1] }, 'few');
    await world.pass();
    expect(await world.ended(many)).toEqual({ status: 'SUCCEEDED', output: { sums: [60, [10, 20, 30]] } });
    expect(await world.ended(few)).toEqual({ status: 'FAILED', error: 'TooFew' });
  });

  it('follow each other: every event names the one before, the first two none', async () => {
    const { events, output } = await new World().ran({ A: { Type: 'Pass', Next: 'B' }, B: succeed }, { n: 1 });
    expect(linked(events)).toEqual([
      '1<0 ExecutionStarted',
      '2<0 PassStateEntered',
      '3<2 PassStateExited',
      '4<3 SucceedStateEntered',
      '5<4 SucceedStateExited',
      '6<5 ExecutionSucceeded',
    ]);
    expect(detailsOf(events[0])).toEqual({ input: '{"n":1}', inputDetails: { truncated: false }, roleArn });
    expect(detailsOf(events[1])).toEqual({ name: 'A', input: '{"n":1}', inputDetails: { truncated: false } });
    expect(detailsOf(events[2])).toEqual({ name: 'A', output: '{"n":1}', outputDetails: { truncated: false } });
    expect(detailsOf(events[5])).toEqual({ output: '{"n":1}', outputDetails: { truncated: false } });
    expect(output).toEqual({ n: 1 });
  });

  it('give any JSON at all, null and nothing of it lost', async () => {
    const value = { null: null, deep: [[{ '': 0 }], [], {}], text: '和解 "quoted" \u2028', small: 1e-7, no: false };
    const { output } = await new World().ran(
      { A: pass({ Output: { all: '{% $states.input %}', plain: value } }) },
      value,
    );
    expect(output).toEqual({ all: value, plain: value });
    for (const input of [null, 0, '', [], false]) {
      expect((await new World().ran({ A: pass() }, input)).output).toEqual(input);
    }
  });
});

describe('Choice', () => {
  const rule = (Condition: unknown, more: object) => ({ Condition, ...more });
  const leads = (...Choices: object[]) => ({ Type: 'Choice', Choices });
  const show = pass({ Output: '{% [$states.input, $exists($by) ? $by : "nobody"] %}' });

  it('takes the first rule that holds, with that rule’s Output and Assign', async () => {
    const choice = {
      ...leads(
        rule('{% $states.input.n > 10 %}', { Output: 'large', Assign: { by: 'first' }, Next: 'Show' }),
        rule('{% $states.input.n > 5 %}', { Output: '{% $states.input.n %}', Assign: { by: 'second' }, Next: 'Show' }),
        rule('{% $states.input.n > 0 %}', { Next: 'Show' }),
      ),
      Default: 'Show',
      Output: 'none',
      Assign: { by: 'default' },
    };
    const given = async (n: number) => (await new World().ran({ Choice: choice, Show: show }, { n })).output;
    expect(await given(20)).toEqual(['large', 'first']);
    expect(await given(7)).toEqual([7, 'second']);
    expect(await given(1)).toEqual([{ n: 1 }, 'nobody']);
    expect(await given(0)).toEqual(['none', 'default']);
  });

  it('that nothing holds of, and that has no Default, fails the execution', async () => {
    const { events, ...result } = await new World().ran({ A: leads(rule('{% false %}', { Next: 'B' })), B: succeed });
    expect(result).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause:
        "An error occurred while executing the state 'A' (entered at the event id #2). " +
        'Failed to transition out of the state. The state does not point to a next state.',
    });
    expect(linked(events)).toEqual(['1<0 ExecutionStarted', '2<0 ChoiceStateEntered', '3<2 ExecutionFailed']);
  });

  it('needs a boolean', async () => {
    const { error, cause, types } = await new World().ran({ A: leads(rule('{% 1 %}', { Next: 'B' })), B: succeed });
    expect(error).toBe('States.QueryEvaluationError');
    expect(cause).toMatch(/'Choices\[0\]\/Condition'.*Expected 'boolean', but was 'number' for value: 1/);
    expect(types).toEqual(['ExecutionStarted', 'ChoiceStateEntered', 'EvaluationFailed', 'ExecutionFailed']);
  });
});

describe('Fail', () => {
  it('ends the execution with an error and a cause, written out or found', async () => {
    const failed = async (more: object) => {
      const { events, types, arn, ...result } = await new World().ran(
        { A: { Type: 'Fail', ...more } },
        { why: 'late' },
      );
      expect(types).toEqual(['ExecutionStarted', 'FailStateEntered', 'ExecutionFailed']);
      expect(events[2]?.previousEventId).toBe(2);
      return result;
    };
    expect(await failed({})).toEqual({ status: 'FAILED' });
    expect(await failed({ Error: 'Mine' })).toEqual({ status: 'FAILED', error: 'Mine' });
    expect(await failed({ Error: '{% "Too" & "Late" %}', Cause: '{% "It is " & $states.input.why %}' })).toEqual({
      status: 'FAILED',
      error: 'TooLate',
      cause: 'It is late',
    });
  });

  it('whose expression gives no text fails to be evaluated instead', async () => {
    const { error, types } = await new World().ran({ A: { Type: 'Fail', Error: '{% 7 %}' } });
    expect(error).toBe('States.QueryEvaluationError');
    expect(types).toEqual(['ExecutionStarted', 'FailStateEntered', 'EvaluationFailed', 'ExecutionFailed']);
  });
});

describe('Wait', () => {
  const waited = async (fields: object, input: unknown = {}) => {
    const world = new World();
    const began = world.now;
    const { events, ...result } = await world.ran({ A: { Type: 'Wait', ...end, ...fields } }, input);
    const at = events.map(({ timestamp }) => Number(timestamp) - seconds(began));
    return { ...result, at, events };
  };

  it('for seconds, written out or reckoned', async () => {
    expect((await waited({ Seconds: 7 })).at).toEqual([0, 0, 7, 7]);
    expect((await waited({ Seconds: '{% $states.input.days * 86400 %}' }, { days: 2 })).at.at(-1)).toBe(172_800);
  });

  it('until a time in any offset, to the fraction of a second', async () => {
    expect((await waited({ Timestamp: '2026-01-05T10:00:30+08:00' })).at.at(-1)).toBe(30);
    expect((await waited({ Timestamp: '2026-01-05T02:00:01.500Z' })).at.at(-1)).toBe(1.5);
    expect((await waited({ Timestamp: '{% $states.input %}' }, '2026-01-04T18:30:00-08:00')).at.at(-1)).toBe(1800);
  });

  it('not at all for what is past, or for no seconds', async () => {
    for (const fields of [
      { Timestamp: '2020-01-01T00:00:00Z' },
      { Seconds: 0 },
      { Timestamp: '2026-01-05T10:00:00+08:00' },
    ]) {
      const { status, at, events } = await waited(fields);
      expect(status).toBe('SUCCEEDED');
      expect(at).toEqual([0, 0, 0, 0]);
      expect(linked(events)[2]).toBe('3<2 WaitStateExited');
    }
  });

  it('sees what was there when it began: Output and Assign are evaluated when it is over', async () => {
    const { output, events } = await waited({ Seconds: 60, Output: '{% $millis() %}' });
    expect(seconds(output)).toBe(events.at(-1)?.timestamp);
  });

  it.each([
    '2026-01-06',
    '2026-01-06T10:00:00',
    'tomorrow',
    '2026-13-01T10:00:00Z',
    '2026-02-30T10:00:00Z',
    '2026-01-05T24:00:00Z',
  ])('fails for %s, which is no time', async (time) => {
    const { status, error, cause, types } = await waited({ Timestamp: '{% $states.input %}' }, time);
    expect({ status, error }).toEqual({ status: 'FAILED', error: 'States.QueryEvaluationError' });
    expect(cause).toContain(time);
    expect(types).toEqual(['ExecutionStarted', 'WaitStateEntered', 'EvaluationFailed', 'ExecutionFailed']);
  });

  it.each([-1, 1.5, '5', null])('fails for %j seconds', async (given) => {
    const { status, error } = await waited({ Seconds: '{% $states.input %}' }, given);
    expect({ status, error }).toEqual({ status: 'FAILED', error: 'States.QueryEvaluationError' });
  });
});

describe('variables', () => {
  it('are assigned when their state is left: it sees the old values itself, in Assign and in Output', async () => {
    const { output, events } = await new World().ran({
      A: { Type: 'Pass', Assign: { a: 1, b: 2 }, Next: 'B' },
      B: { Type: 'Pass', Assign: { a: '{% $b %}', b: '{% $a %}' }, Output: '{% [$a, $b] %}', Next: 'C' },
      C: pass({ Output: '{% {"before": $states.input, "after": [$a, $b]} %}' }),
    });
    expect(output).toEqual({ before: [1, 2], after: [2, 1] });
    expect(told(events, 'PassStateExited').map(({ assignedVariables }) => assignedVariables)).toEqual([
      { a: '1', b: '2' },
      { a: '2', b: '1' },
      undefined,
    ]);
  });

  it('are read from within, and stay within where they were assigned', async () => {
    const seen = { mine: '{% $left ? $left : $right %}', left: '{% $exists($left) %}', right: '{% $exists($right) %}' };
    const branch = (name: string) =>
      flow({
        [`Set ${name}`]: { Type: 'Pass', Assign: { [name]: '{% $states.input & $outer %}' }, Next: `Get ${name}` },
        [`Get ${name}`]: pass({ Output: seen }),
      });
    const { output } = await new World().ran(
      {
        A: { Type: 'Pass', Assign: { outer: '!' }, Next: 'P' },
        P: { Type: 'Parallel', Branches: [branch('left'), branch('right')], Next: 'B' },
        B: pass({ Output: { within: '{% $states.input %}', left: '{% $exists($left) %}', outer: '{% $outer %}' } }),
      },
      'x',
    );
    const within = [
      { mine: 'x!', left: true, right: false },
      { mine: 'x!', left: false, right: true },
    ];
    expect(output).toEqual({ within, left: false, outer: '!' });
  });

  it('of one iteration are not those of another, nor of what comes after the Map', async () => {
    const body = flow({
      Set: { Type: 'Pass', Assign: { mine: '{% $states.input * 10 %}' }, Next: 'Wait' },
      Wait: wait(1, { Next: 'Get' }),
      Get: pass({ Output: '{% [$states.input, $mine] %}' }),
    });
    const map = { Type: 'Map', Items: [1, 2, 3], ItemProcessor: body, Next: 'After' };
    const { output } = await new World().ran({
      M: map,
      After: pass({ Output: { all: '{% $states.input %}', mine: '{% $exists($mine) %}' } }),
    });
    const all = [
      [1, 10],
      [2, 20],
      [3, 30],
    ];
    expect(output).toEqual({ all, mine: false });
    const leaked = await new World().ran({ M: map, After: pass({ Output: '{% $mine %}' }) });
    expect(leaked).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
  });

  it('are deep down the ones of all flows around: a Map in a Parallel in a Map', async () => {
    const innermost = pass({ Assign: { c: '{% $b & $states.input %}' }, Output: '{% $a & $b & $states.input %}' });
    const middle = flow({
      B: { Type: 'Pass', Assign: { b: '{% $a & $states.input %}' }, Next: 'Inner' },
      Inner: { Type: 'Map', Items: ['x', 'y'], ItemProcessor: flow({ C: innermost }), ...end },
    });
    const outer = flow({
      A: { Type: 'Pass', Assign: { a: '{% $states.input %}' }, Next: 'P' },
      P: { Type: 'Parallel', Branches: [middle], ...end },
    });
    const { output } = await new World().ran({ M: { Type: 'Map', Items: ['1', '2'], ItemProcessor: outer, ...end } });
    expect(output).toEqual([[['111x', '111y']], [['222x', '222y']]]);
  });

  it('of an inner flow never take the name of an outer one: AWS refuses such a machine', async () => {
    const inner = flow({ I: pass({ Assign: { x: 2 } }) });
    const States = {
      A: { Type: 'Pass', Assign: { x: 1 }, Next: 'P' },
      P: { Type: 'Parallel', Branches: [inner], ...end },
    };
    await expect(new World().machine('m', States)).rejects.toMatchObject({
      name: 'InvalidDefinition',
      message: expect.stringContaining("DUPLICATE_VARIABLE_NAME: The variable name 'x'"),
    });
  });
});

describe('the context object', () => {
  it('tells of the execution, the machine and the state, and of retries where there may be some', async () => {
    const world = new World();
    const seen: unknown[] = [];
    world.functions.see = (payload) => void seen.push(payload);
    const { output, arn } = await world.ran(
      {
        P: { Type: 'Pass', Output: '{% $states.context %}', Next: 'Wait' },
        Wait: wait(90, { Next: 'T' }),
        T: {
          ...lambda('see', { Output: '{% $states.input %}' }),
          Arguments: { FunctionName: functionArn('see'), Payload: '{% $states.context %}' },
          ...end,
        },
      },
      { n: 1 },
    );
    const common = {
      Execution: {
        Id: arn,
        Input: { n: 1 },
        Name: 'one',
        RoleArn: roleArn,
        StartTime: '2026-01-05T02:00:00.000Z',
        RedriveCount: 0,
      },
      StateMachine: { Id: 'arn:aws-cn:states:cn-north-1:000000000000:stateMachine:m', Name: 'm' },
    };
    expect(output).toEqual({ ...common, State: { Name: 'P', EnteredTime: '2026-01-05T02:00:00.000Z' } });
    expect(seen).toEqual([{ ...common, State: { Name: 'T', EnteredTime: '2026-01-05T02:01:30.000Z', RetryCount: 0 } }]);
  });

  it('has a token where one is waited for, and nowhere else', async () => {
    const world = new World();
    const messages: unknown[] = [];
    world.onCall = ({ input }) => void messages.push(input);
    const after = { ErrorEquals: ['States.ALL'], Output: '{% $exists($states.context.Task) %}', Next: 'B' };
    const { output } = await world.ran({ A: callback({ Catch: [after], ...end }), B: succeed });
    expect(output).toBe(false);
    expect(messages).toEqual([
      { QueueUrl: 'queue', MessageBody: { token: expect.stringMatching(/^[\w-]{20,2048}$/) } },
    ]);
  });

  it('has the item where there is one, the innermost', async () => {
    const item = '{% $states.context.Map.Item %}';
    const inner = { Type: 'Map', Items: ['x'], ItemProcessor: flow({ I: pass({ Output: item }) }), ...end };
    const { output } = await new World().ran({
      M: {
        Type: 'Map',
        Items: ['a', 'b'],
        ItemSelector: { item, from: '{% $states.input %}' },
        ItemProcessor: flow({
          Both: {
            Type: 'Parallel',
            Branches: [flow({ Given: pass() }), flow({ Branch: pass({ Output: item }) }), flow({ Inner: inner })],
            ...end,
          },
        }),
        Next: 'After',
      },
      After: pass({ Output: { all: '{% $states.input %}', outside: '{% $exists($states.context.Map) %}' } }),
    });
    const of = (Index: number, Value: string) => [
      { item: { Index, Value }, from: {} },
      { Index, Value },
      [{ Index: 0, Value: 'x' }],
    ];
    expect(output).toEqual({ all: [of(0, 'a'), of(1, 'b')], outside: false });
  });
});
