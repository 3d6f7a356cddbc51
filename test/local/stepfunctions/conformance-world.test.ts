import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Action, Lambdas, Scenario } from '../../../local/stepfunctions/conformance/files.ts';
import { functionsOf } from '../../../local/stepfunctions/conformance/functions.ts';
import { Messages } from '../../../local/stepfunctions/conformance/messages.ts';
import { runScenario } from '../../../local/stepfunctions/conformance/scenario.ts';
import { Services } from '../../../local/stepfunctions/conformance/services.ts';
import { testStateRequest } from '../../../local/stepfunctions/conformance/single-calls.ts';
import { Tables } from '../../../local/stepfunctions/conformance/tables.ts';
import type { JsonObject } from '../../../local/stepfunctions/conformance/values.ts';

const home = 'arn:aws:lambda:us-east-1:111111111111:function:';
const signal = new AbortController().signal;

const lambdas: Lambdas = {
  [`${home}echo`]: { name: 'echo', kind: 'echo' },
  [`${home}bytes`]: { name: 'bytes', kind: 'return', value: '"Hello!"' },
  [`${home}fixed`]: { name: 'fixed', kind: 'return', value: { a: 1 } },
  [`${home}large`]: { name: 'large', kind: 'return-large-string', char: 'é', length: 3 },
  [`${home}slow`]: { name: 'slow', kind: 'sleep-then-echo', seconds: 60 },
  [`${home}raise`]: {
    name: 'raise',
    kind: 'raise',
    errorType: 'Exception',
    errorMessage: 'Some "exception".',
    stackTrace: ['line 2'],
  },
};

describe('functions', () => {
  const slept: number[] = [];
  const sleep = async (seconds: number) => void slept.push(seconds);
  const invoke = (functionArn: string, payload: unknown = {}) =>
    functionsOf(lambdas, sleep)({ functionArn, payload, roleArn: 'role', signal });

  it('are found by name, ARN, and version', async () => {
    for (const name of ['echo', `${home}echo`, `${home}echo:$LATEST`, '111111111111:function:echo']) {
      expect(await invoke(name, [1]), name).toMatchObject({
        payload: [1],
        statusCode: 200,
        executedVersion: '$LATEST',
      });
    }
  });

  it('behave as they are said to', async () => {
    expect(await invoke('bytes')).toMatchObject({ payload: 'Hello!' });
    expect(await invoke('fixed')).toMatchObject({ payload: { a: 1 } });
    expect(await invoke('large')).toMatchObject({ payload: 'ééé' });
    expect(await invoke('slow', 'x')).toMatchObject({ payload: 'x' });
    expect(slept).toEqual([60]);
  });

  it('that raise answer as Python does, each time with another request', async () => {
    const [one, other] = [await invoke('raise'), await invoke('raise')];
    expect(one.requestId).not.toBe(other.requestId);
    expect(Object.keys(Object(one.payload))).toEqual(['errorMessage', 'errorType', 'requestId', 'stackTrace']);
    expect(one).toMatchObject({
      functionError: 'Unhandled',
      text: `{"errorMessage": "Some \\"exception\\".", "errorType": "Exception", "requestId": "${one.requestId}", "stackTrace": ["line 2"]}`,
    });
  });

  it('that are not listed do not exist', async () => {
    const message = `Function not found: ${home}nobody`;
    await expect(invoke('nobody')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message,
      statusCode: 404,
    });
  });
});

describe('queues and topics', () => {
  const messages = () => new Messages({ queues: true, topics: true });

  it('take messages as JSON or text, and give them to be read once', () => {
    const both = messages();
    const sent = both.send({ QueueUrl: 'queue', MessageBody: 'hello' });
    expect(sent).toEqual({ MD5OfMessageBody: '5d41402abc4b2a76b9719d911017c592', MessageId: expect.any(String) });
    expect(both.publish({ TopicArn: 'topic', Message: { TaskToken: 'T' } })).toEqual({ MessageId: expect.any(String) });
    expect(both.read()).toEqual(['hello', '{"TaskToken":"T"}']);
    expect(both.read()).toEqual([]);
  });

  it('number what goes to FIFO ones, which must name a group', () => {
    const both = messages();
    const group = { MessageGroupId: 'g' };
    const first = both.send({ QueueUrl: 'q.fifo', MessageBody: 'a', ...group });
    const second = both.publish({ TopicArn: 't.fifo', Message: 'a', ...group });
    expect(BigInt(String(second.SequenceNumber))).toBeGreaterThan(BigInt(String(first.SequenceNumber)));
    expect(() => both.send({ QueueUrl: 'q.fifo', MessageBody: 'a' })).toThrow('parameter MessageGroupId');
    expect(() => both.publish({ TopicArn: 't.fifo', Message: 'a' })).toThrow('required for FIFO topics');
  });

  it('digest attributes as SQS documents it', () => {
    const MessageAttributes = { test: { DataType: 'String', StringValue: 'value' } };
    const sent = messages().send({ QueueUrl: 'q', MessageBody: 'a', MessageAttributes });
    // Length and bytes of test and of String, 1 for text, length and bytes of value.
    const bytes = Buffer.from('000000047465737400000006537472696e67010000000576616c7565', 'hex');
    expect(sent.MD5OfMessageAttributes).toBe(createHash('md5').update(bytes).digest('hex'));
  });

  it('refuse what is not there', () => {
    const none = new Messages({ queues: false, topics: false });
    const thrown = (call: () => unknown) => {
      try {
        return call();
      } catch (error) {
        return error instanceof Error ? error.name : error;
      }
    };
    expect(thrown(() => none.send({ QueueUrl: 'q', MessageBody: null }))).toBe('MissingParameter');
    expect(thrown(() => none.send({ QueueUrl: 'q', MessageBody: 'a' }))).toBe('QueueDoesNotExist');
    expect(thrown(() => none.publish({ TopicArn: 't', Message: 'a' }))).toBe('NotFound');
    expect(thrown(() => none.publish({ TopicArn: 't', Message: '' }))).toBe('InvalidParameter');
  });
});

describe('tables', () => {
  const [id, TableName] = [{ S: 'id1' }, 'table'];

  it('put, get, update, and delete items', () => {
    const tables = new Tables(true);
    const get = () => tables.call('getItem', { TableName, Key: { id } });
    expect(get()).toEqual({});
    expect(tables.call('putItem', { TableName, Item: { id, data: { S: 'a' } } })).toEqual({});
    const values = { ':v': { S: 'b' } };
    const update = { UpdateExpression: 'set #d=:v remove old', ExpressionAttributeNames: { '#d': 'data' } };
    const asked = { ...update, ExpressionAttributeValues: values, ReturnValues: 'ALL_NEW' };
    const item = { id, data: { S: 'b' } };
    expect(tables.call('updateItem', { TableName, Key: { id }, ...asked })).toEqual({ Attributes: item });
    expect(get()).toEqual({ Item: item });
    const gone = tables.call('deleteItem', { TableName, Key: { id }, ReturnValues: 'ALL_OLD' });
    expect(gone).toEqual({ Attributes: item });
    expect(get()).toEqual({});
  });

  it('refuse what is not there in the words of DynamoDB', () => {
    expect(() => new Tables(true).call('putItem', { TableName, Item: null })).toThrow(
      "1 validation error detected: Value null at 'item' failed to satisfy constraint: Member must not be null",
    );
    expect(() => new Tables(true).call('getItem', {})).toThrow(/^2 validation errors detected: .*'tableName'.*'key'/);
    const absent = new Services({ error: 'DynamoDB.ResourceNotFoundException' }, async () => ({}));
    const call = absent.call({ service: 'dynamodb', action: 'putItem', input: { TableName, Item: {} }, roleArn: '' });
    return expect(call).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Requested resource not found',
    });
  });
});

describe('the Step Functions of an SDK integration', () => {
  it('takes and gives PascalCase, JSON as text, dates as ISO 8601', async () => {
    const asked: unknown[] = [];
    const services = new Services({}, async (...call) => {
      asked.push(call);
      return { executionArn: 'arn', startDate: 0 };
    });
    const input = { StateMachineArn: 'm', Input: { a: 1 } };
    const answer = await services.call({ service: 'sfn', action: 'startExecution', input, roleArn: '' });
    expect(asked).toEqual([['StartExecution', { stateMachineArn: 'm', input: '{"a":1}' }]]);
    expect(answer).toEqual({ ExecutionArn: 'arn', StartDate: '1970-01-01T00:00:00.000Z' });
  });
});

describe('a TestState request', () => {
  it('carries JSON as text, and text as it is', () => {
    const request = testStateRequest({
      definition: { Type: 'Pass' },
      inputText: '{',
      context: {},
      mock: { result: [1], errorOutput: { error: 'E' } },
      inspectionLevel: 'DEBUG',
    });
    expect(request).toEqual({
      definition: '{"Type":"Pass"}',
      input: '{',
      context: '{}',
      mock: { result: '[1]', errorOutput: { error: 'E' } },
      inspectionLevel: 'DEBUG',
    });
  });
});

// ---- whole scenarios, in virtual time -------------------------------------------------------------------------------

const sqs = 'arn:aws:states:::sqs:sendMessage.waitForTaskToken';
const message = { Message: '{% $states.input.Message %}', TaskToken: '{% $states.context.Task.Token %}' };
const waiting = { Type: 'Task', Resource: sqs, Arguments: { QueueUrl: 'queue', MessageBody: message } };

const scenario = (States: JsonObject, expected: Scenario['expected'], actions: Action[] = []): Scenario => ({
  id: 'scenario',
  kind: 'execution',
  queryLanguage: 'JSONata',
  workflowType: 'STANDARD',
  definition: { QueryLanguage: 'JSONata', StartAt: Object.keys(States)[0], States },
  input: { Message: 'hello' },
  lambdas,
  actions,
  expected,
});

const passes = { passed: true, reached: 'details' };

describe('an outside worker', () => {
  const onToken = (...calls: Action['calls']): Action[] => [{ on: 'tokenMessage', calls }];

  it('answers with a part of the message, with all of it, or with a value', async () => {
    const States = { A: { ...waiting, End: true } };
    const answers: [output: { value: unknown } | { fromBody: string }, expected: unknown][] = [
      [{ fromBody: 'Message' }, 'hello'],
      [{ fromBody: '$' }, { Message: 'hello', TaskToken: '<task_token:1>' }],
      [{ value: [1] }, [1]],
    ];
    for (const [output, expected] of answers) {
      const actions = onToken({ call: 'sendTaskSuccess', output });
      const verdict = await runScenario(scenario(States, { status: 'SUCCEEDED', output: expected }, actions));
      expect(verdict).toEqual(passes);
    }
  });

  it('keeps a task alive with heartbeats, and fails it', async () => {
    const States = { A: { ...waiting, HeartbeatSeconds: 10, End: true } };
    const beat: Action['calls'] = [{ call: 'wait', seconds: 8 }, { call: 'sendTaskHeartbeat' }];
    const failure: Action['calls'] = [{ call: 'sendTaskFailure', error: 'E', cause: '{"why":1}' }];
    const kept = onToken(...beat, ...beat, ...beat, ...failure);
    const failed = { status: 'FAILED', error: 'E', cause: { why: 1 } };
    expect(await runScenario(scenario(States, failed, kept))).toEqual(passes);
    const late = onToken({ call: 'wait', seconds: 11 }, ...failure);
    const verdict = await runScenario(scenario(States, failed, late));
    expect(verdict.passed).toBe(false);
    expect(verdict.difference).toContain('States.');
  });

  it('stops an execution in a state', async () => {
    const States = {
      A: { Type: 'Wait', Seconds: 60, Next: 'B' },
      B: { Type: 'Wait', Seconds: 60, End: true },
    };
    const calls: Action['calls'] = [
      { call: 'wait', seconds: 59 },
      { call: 'stopExecution', error: 'Enough', cause: 'In B' },
    ];
    const stopped = { status: 'ABORTED', error: 'Enough', cause: 'In B' };
    expect(await runScenario(scenario(States, stopped, [{ on: 'stateEntered', state: 'B', calls }]))).toEqual(passes);
    const never = { status: 'SUCCEEDED', output: { Message: 'hello' } };
    expect(await runScenario(scenario(States, never, [{ on: 'stateEntered', state: 'C', calls }]))).toEqual(passes);
  });
});

describe('time', () => {
  it('passes for functions that sleep: the task ends before them, or not', async () => {
    const call = {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: { FunctionName: 'slow' },
      End: true,
    };
    const output = '{% $states.result.Payload %}';
    const succeeded = { status: 'SUCCEEDED', output: {} };
    expect(await runScenario(scenario({ A: { ...call, TimeoutSeconds: 61, Output: output } }, succeeded))).toEqual(
      passes,
    );
    const timedOut = { status: 'FAILED', error: 'States.Timeout' };
    expect(await runScenario(scenario({ A: { ...call, TimeoutSeconds: 59 } }, timedOut))).toEqual(passes);
  });
});
