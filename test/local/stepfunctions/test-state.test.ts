import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Integrations } from '../../../local/stepfunctions/integrations/integrations.ts';
import type { JsonObject } from '../../../local/stepfunctions/json.ts';
import {
  ask,
  broke,
  DEBUG,
  distributed,
  invoke,
  map,
  nobody,
  QueryLanguage,
  refusal,
  roleArn,
  start,
} from './test-state-ask.ts';

afterEach(() => {
  vi.useRealTimers();
});

describe('a state by itself', () => {
  test('a Pass gives its output and the variables as they are after it', async () => {
    const definition = {
      QueryLanguage,
      Type: 'Pass',
      Assign: { seen: '{% $seen + 1 %}', last: '{% $states.input.who %}' },
      Output: { hello: '{% $states.input.who %}', before: '{% $seen %}' },
      Next: 'Elsewhere',
    };
    const asked = { definition, input: { who: 'Lu' }, variables: { seen: 4, kept: true } };
    const told = { status: 'SUCCEEDED', output: { hello: 'Lu', before: 4 }, nextState: 'Elsewhere' };
    expect(await ask(asked)).toEqual(told);
    expect(await ask({ ...asked, ...DEBUG })).toEqual({
      ...told,
      inspectionData: { input: { who: 'Lu' }, variables: { seen: 5, kept: true, last: 'Lu' } },
    });
  });

  test('without input it is given an empty object', async () => {
    expect(await ask({ definition: { QueryLanguage, Type: 'Succeed' } })).toEqual({ status: 'SUCCEEDED', output: {} });
  });

  test('a Choice leads where its first true condition says, or fails for want of a way', async () => {
    const definition = {
      QueryLanguage,
      Type: 'Choice',
      Choices: [
        { Condition: '{% $states.input > 10 %}', Next: 'Large', Output: 'large' },
        { Condition: '{% $states.input > 5 %}', Next: 'Middling' },
      ],
    };
    const answers = [11, 6].map((input) => ask({ definition, input }));
    expect(await Promise.all(answers)).toMatchObject([
      { nextState: 'Large', output: 'large' },
      { nextState: 'Middling', output: 6 },
    ]);
    expect(await ask({ definition, input: 1 })).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    const otherwise = { ...definition, Default: 'Small' };
    expect(await ask({ definition: otherwise, input: 1 })).toMatchObject({ nextState: 'Small', output: 1 });
  });

  test('a Fail fails in the words that it evaluates, and with none if it has none', async () => {
    const definition = { QueryLanguage, Type: 'Fail', Error: '{% $states.input %}', Cause: 'so it is' };
    expect(await ask({ definition, input: 'Odd' })).toEqual({ status: 'FAILED', error: 'Odd', cause: 'so it is' });
    expect(await ask({ definition: { QueryLanguage, Type: 'Fail' } })).toEqual({ status: 'FAILED' });
  });

  test('a Wait takes no time, unless it is longer than a test may last', async () => {
    const waiting = (fields: JsonObject) => ask({ definition: { QueryLanguage, Type: 'Wait', ...fields, End: true } });
    expect(await waiting({ Seconds: '{% 60 * 5 %}' })).toEqual({ status: 'SUCCEEDED', output: {} });
    expect(await waiting({ Timestamp: '2026-03-01T08:04:00Z' })).toMatchObject({ status: 'SUCCEEDED' });
    expect(await waiting({ Timestamp: '2020-01-01T00:00:00Z' })).toMatchObject({ status: 'SUCCEEDED' });
    expect(await waiting({ Seconds: 301 })).toEqual({ status: 'FAILED', error: 'States.Timeout' });
    expect(await waiting({ Timestamp: '2026-03-01T08:06:00Z' })).toEqual({ status: 'FAILED', error: 'States.Timeout' });
    expect(await waiting({ Timestamp: "{% 'at noon' %}" })).toEqual({
      status: 'FAILED',
      error: 'States.QueryEvaluationError',
      cause: 'The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: at noon',
    });
  });

  test('an expression that fails is the failure of the state, in its own words', async () => {
    const definition = { QueryLanguage, Type: 'Pass', Output: '{% $nobody %}', End: true };
    expect(await ask({ definition })).toEqual({
      status: 'FAILED',
      error: 'States.QueryEvaluationError',
      cause: "The JSONata expression '$nobody' specified for the field 'Output' returned nothing (undefined).",
    });
  });

  test('more than AWS passes on is a failure', async () => {
    const definition = { QueryLanguage, Type: 'Pass', Output: "{% $pad('', 270000, 'x') %}", End: true };
    expect(await ask({ definition })).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });
});

describe('a Task that really runs', () => {
  test('its call is made with its arguments and its role, and its answer is seen', async () => {
    const invokeLambda = vi.fn<Integrations['invokeLambda']>().mockResolvedValue({
      ...{ statusCode: 200, executedVersion: '$LATEST', payload: { hi: 'Lu' }, requestId: 'r' },
    });
    const definition = { ...invoke, Output: '{% $states.result.Payload %}' };
    const answer = await ask({ definition, input: { who: 'Lu' }, ...DEBUG }, { ...nobody, invokeLambda });
    expect(invokeLambda.mock.lastCall?.[0]).toMatchObject({ functionArn: 'greet', payload: { who: 'Lu' }, roleArn });
    expect(answer).toMatchObject({
      status: 'SUCCEEDED',
      output: { hi: 'Lu' },
      inspectionData: {
        afterArguments: { FunctionName: 'greet', Payload: { who: 'Lu' } },
        result: { Payload: { hi: 'Lu' }, StatusCode: 200 },
      },
    });
  });

  test('an error of the service can be tried again, is caught or is the end', async () => {
    const gone = Object.assign(new Error('Function not found'), { name: 'ResourceNotFoundException' });
    const integrations = { ...nobody, invokeLambda: () => Promise.reject(gone) };
    const error = 'Lambda.ResourceNotFoundException';
    const Retry = [{ ErrorEquals: [error], IntervalSeconds: 4, MaxAttempts: 1 }];
    const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'Mourn', Output: '{% $states.errorOutput.Error %}' }];
    expect(await ask({ definition: invoke }, integrations)).toMatchObject({ status: 'FAILED', error });
    expect(await ask({ definition: { ...invoke, Retry, Catch }, ...DEBUG }, integrations)).toMatchObject({
      ...{ status: 'RETRIABLE', error },
      inspectionData: { errorDetails: { retryIndex: 0, retryBackoffIntervalSeconds: 4 } },
    });
    const answer = await ask({ definition: { ...invoke, Catch } }, integrations);
    expect(answer).toMatchObject({ status: 'CAUGHT_ERROR', error, nextState: 'Mourn', output: error });
  });

  test('a call that never ends is given up after TimeoutSeconds', async () => {
    vi.useFakeTimers();
    const signals: AbortSignal[] = [];
    const invokeLambda: Integrations['invokeLambda'] = ({ signal }) => {
      signals.push(signal);
      return new Promise(() => {});
    };
    const answer = ask({ definition: { ...invoke, TimeoutSeconds: '{% 1 + 1 %}' } }, { ...nobody, invokeLambda });
    await vi.advanceTimersByTimeAsync(1_999);
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
    await vi.advanceTimersByTimeAsync(1);
    expect(await answer).toEqual({ status: 'FAILED', error: 'States.Timeout' });
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('an answer that is late by the clock of the engine is none', async () => {
    let time = start;
    const invokeLambda: Integrations['invokeLambda'] = async () => {
      time += 3_000;
      return { statusCode: 200, executedVersion: '$LATEST', payload: 1, requestId: 'r' };
    };
    const run = (TimeoutSeconds: number) =>
      ask({ definition: { ...invoke, TimeoutSeconds } }, { ...nobody, invokeLambda }, () => time);
    expect(await run(2)).toEqual({ status: 'FAILED', error: 'States.Timeout' });
    expect(await run(3)).toMatchObject({ status: 'SUCCEEDED' });
  });

  test('what this engine or this version cannot run is refused by name', async () => {
    const Resource = 'arn:aws:states:::glue:startJobRun';
    expect(await refusal({ definition: { ...invoke, Resource, Arguments: { JobName: 'j' } } })).toMatch(
      /^InvalidDefinition: .*'glue:startJobRun'/,
    );
    expect(await refusal({ definition: { Type: 'Pass', End: true } })).toMatch(/^ValidationException: .*JSONPath/);
  });

  test.each(['lambda:invoke.waitForTaskToken', 'states:startExecution.sync'])('%s asks for a mock', async (action) => {
    const Arguments = action.startsWith('lambda') ? invoke.Arguments : { StateMachineArn: 'm' };
    const definition = { ...invoke, Resource: `arn:aws:states:::${action}`, Arguments };
    expect(await refusal({ definition })).toMatch(/^InvalidDefinition: TestState API does not support/);
    const result = { ExecutionArn: 'e', StateMachineArn: 'm', Status: 'SUCCEEDED', StartDate: 'today' };
    expect(await ask({ definition, mock: { result } })).toEqual({ status: 'SUCCEEDED', output: result });
  });
});

describe('a mocked failure', () => {
  const Retry = [
    { ErrorEquals: ['Other'], MaxAttempts: 9 },
    { ErrorEquals: ['Broke'], IntervalSeconds: 3, BackoffRate: 2, MaxAttempts: 2, MaxDelaySeconds: 5 },
  ];
  const Catch = [
    { ErrorEquals: ['Other'], Next: 'A' },
    { ErrorEquals: ['States.TaskFailed'], Next: 'B', Output: '{% $states.errorOutput %}', Assign: { tried: true } },
  ];
  const definition = { ...invoke, Retry, Catch };
  const tried = (retrierRetryCount: number) =>
    ask({ definition, mock: broke, ...DEBUG, stateConfiguration: { retrierRetryCount } });
  const told = { error: 'Broke', cause: 'it is old' };

  test('is tried again after a longer time each time, and then caught', async () => {
    const details = (retryBackoffIntervalSeconds: number) => ({ retryIndex: 1, retryBackoffIntervalSeconds });
    expect(await tried(0)).toMatchObject({
      ...told,
      status: 'RETRIABLE',
      inspectionData: { errorDetails: details(3) },
    });
    expect(await tried(1)).toMatchObject({
      ...told,
      status: 'RETRIABLE',
      inspectionData: { errorDetails: details(5) },
    });
    expect(await tried(2)).toEqual({
      ...{ ...told, status: 'CAUGHT_ERROR', nextState: 'B', output: { Error: 'Broke', Cause: 'it is old' } },
      inspectionData: {
        input: {},
        afterArguments: { FunctionName: 'greet', Payload: {} },
        errorDetails: { retryIndex: 1, catchIndex: 1 },
        variables: { tried: true },
      },
    });
  });

  test('is the end where nobody takes it, or where what takes it fails', async () => {
    expect(await ask({ definition: invoke, mock: broke })).toEqual({ ...told, status: 'FAILED' });
    const bad = { ...invoke, Catch: [{ ErrorEquals: ['Broke'], Next: 'A', Output: '{% $nobody %}' }] };
    const answer = await ask({ definition: bad, mock: broke });
    expect(answer).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
    expect(answer.cause).toContain("'Catch[0]/Output'");
  });

  test('of the kind that nothing catches is not caught', async () => {
    const all = { ...invoke, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'A' }] };
    const mock = { errorOutput: { error: 'States.Runtime' } };
    expect(await ask({ definition: all, mock })).toEqual({ status: 'FAILED', error: 'States.Runtime' });
  });
});

describe('the context object', () => {
  const Output = '{% $states.context %}';

  test('that is given is all there is; it need not be whole', async () => {
    const context = { Task: { Token: 'abc' }, Execution: { Id: 'mine' }, more: [1] };
    const definition = { ...invoke, Output };
    expect(await ask({ definition, context, mock: { result: {} } })).toMatchObject({ output: context });
  });

  test('that is not given tells of an execution that never was', async () => {
    const { output } = await ask({ definition: { ...invoke, Output }, mock: { result: {} } });
    const id = '[0-9a-f-]{36}';
    expect(output).toEqual({
      Execution: {
        Id: expect.stringMatching(`^arn:aws:states:us-east-1:111111111111:express:${id}:${id}$`),
        ...{ Input: {}, Name: expect.stringMatching(id), RoleArn: roleArn, StartTime: '2026-03-01T08:00:00.000Z' },
      },
      StateMachine: { Id: expect.stringMatching(`:stateMachine:${id}$`), Name: expect.stringMatching(id) },
      State: { Name: 'StateName', EnteredTime: '2026-03-01T08:00:00.000Z', RetryCount: 0 },
    });
  });

  test('has a token for a task that waits for one', async () => {
    const Arguments = { FunctionName: 'greet', Payload: '{% $states.context.Task.Token %}' };
    const definition = { ...invoke, Resource: `${invoke.Resource}.waitForTaskToken`, Arguments };
    const { inspectionData } = await ask({ definition, mock: { result: 1 }, ...DEBUG });
    expect(inspectionData).toMatchObject({ afterArguments: { Payload: expect.stringMatching(/^\S{8,}$/) } });
  });

  test.each([
    [{ Execution: { Id: 1 } }, 'Execution.Id must be a string'],
    [{ State: { RetryCount: 'often' } }, 'State.RetryCount must be a number'],
    [{ Map: { Item: { Index: '0' } } }, 'Map.Item.Index must be a number'],
    [{ Task: 'token' }, 'Task must be an object'],
    [[], 'it must be a JSON object'],
  ])('%j is refused', async (context, why) => {
    const fields = { definition: invoke, context, mock: { result: {} } };
    expect(await refusal(fields)).toBe(`ValidationException: Invalid Context object provided: ${why}`);
  });
});

describe('a state of a machine', () => {
  const machine = {
    QueryLanguage,
    StartAt: 'Each',
    States: {
      Each: {
        ...map,
        ItemProcessor: {
          ...distributed,
          StartAt: 'Both',
          States: {
            Both: {
              Type: 'Parallel',
              Branches: [{ StartAt: 'Deep', States: { Deep: { ...invoke, Output: '{% $states.context.Map %}' } } }],
              End: true,
            },
          },
        },
      },
    },
  };

  test('is found however deep inside, and within a Map it has an item', async () => {
    const answer = await ask({ definition: machine, stateName: 'Deep', input: 7, mock: { result: {} } });
    expect(answer).toEqual({ status: 'SUCCEEDED', output: { Item: { Index: 0, Value: 7 } } });
  });

  test('must be there, in a definition that AWS would take', async () => {
    const missing = 'ValidationException: State not found in definition';
    expect(await refusal({ definition: machine, stateName: 'Shallow' })).toBe(missing);
    expect(await refusal({ definition: machine, stateName: 'toString' })).toBe(missing);
    expect(await refusal({ definition: { ...machine, StartAt: 'Nowhere' }, stateName: 'Deep' })).toMatch(
      /^InvalidDefinition: .*Nowhere/,
    );
    expect(await refusal({ definition: machine })).toMatch(/^InvalidDefinition: /);
    expect(await refusal({ definition: invoke, stateName: 'Deep' })).toMatch(/^InvalidDefinition: /);
  });

  test.each([
    ['{"Type": "Pass",', /^InvalidDefinition: .*INVALID_JSON_DESCRIPTION/],
    ['[]', /^InvalidDefinition: .*\/States\/StateName/],
    ['{"Type": "Nap", "End": true}', /^InvalidDefinition: .*\/States\/StateName\/Type/],
    ['{"Type": "Pass", "QueryLanguage": "JSONata", "Next": 5}', /^InvalidDefinition: .*\/States\/StateName\/Next/],
  ])('%s is no state', async (definitionText, why) => {
    expect(await refusal({ definitionText })).toMatch(why);
  });
});

describe('what else of a request is refused', () => {
  test.each<[JsonObject, string]>([
    [{ inputText: '{' }, 'InvalidExecutionInput'],
    [{ variablesText: '{' }, 'ValidationException'],
    [{ variables: [1] }, 'ValidationException'],
    [{ roleArn: 'root' }, 'InvalidArn'],
  ])('%j', async (fields, name) => {
    expect(await refusal({ definition: { QueryLanguage, Type: 'Succeed' }, ...fields })).toMatch(`${name}: `);
  });
});
