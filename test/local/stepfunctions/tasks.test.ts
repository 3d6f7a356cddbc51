import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../../local/stepfunctions/conformance/service-error.ts';
import type { ServiceCall } from '../../../local/stepfunctions/index.ts';
import {
  callback,
  detailsOf,
  end,
  failing,
  functionArn,
  lambda,
  linked,
  pass,
  roleArn,
  states,
  told,
  World,
} from './world.ts';

const bare = (name: string, more: object = end) => ({ Type: 'Task', Resource: functionArn(name), ...more });
const service = (name: string, Arguments: object, more: object = end) => ({
  Type: 'Task',
  Resource: `${states}${name}`,
  Arguments,
  ...more,
});
const whole = { Output: '{% $states.result %}', ...end };
const put = { TableName: 't', Item: { id: { S: '1' } } };

describe('a function', () => {
  it('called through lambda:invoke gives its payload with what Lambda says beside it', async () => {
    const world = new World();
    world.functions.double = (payload) => Number(payload) * 2;
    const { output, events } = await world.ran({ A: lambda('double', whole) }, 21);
    expect(output).toMatchObject({
      ExecutedVersion: '$LATEST',
      Payload: 42,
      StatusCode: 200,
      SdkHttpMetadata: { HttpStatusCode: 200, HttpHeaders: { 'Content-Type': 'application/json' } },
      SdkResponseMetadata: { RequestId: 'r' },
    });
    expect(linked(events)).toEqual([
      '1<0 ExecutionStarted',
      '2<0 TaskStateEntered',
      '3<2 TaskScheduled',
      '4<3 TaskStarted',
      '5<4 TaskSucceeded',
      '6<5 TaskStateExited',
      '7<6 ExecutionSucceeded',
    ]);
    expect(detailsOf(events[2])).toEqual({
      resourceType: 'lambda',
      resource: 'invoke',
      region: 'cn-north-1',
      parameters: JSON.stringify({ FunctionName: functionArn('double'), Payload: 21 }),
    });
    expect(detailsOf(events[3])).toEqual({ resourceType: 'lambda', resource: 'invoke' });
    expect(detailsOf(events[4])).toMatchObject({ resource: 'invoke', output: JSON.stringify(output) });
  });

  it('called by its own ARN gives its answer alone', async () => {
    const world = new World();
    world.functions.double = (payload) => Number(payload) * 2;
    const { output, events } = await world.ran({ A: bare('double', { Arguments: 4, ...end }) });
    expect(output).toBe(8);
    expect(linked(events).slice(2, 6)).toEqual([
      '3<2 LambdaFunctionScheduled',
      '4<3 LambdaFunctionStarted',
      '5<4 LambdaFunctionSucceeded',
      '6<5 TaskStateExited',
    ]);
    expect(detailsOf(events[2])).toEqual({
      resource: functionArn('double'),
      input: '4',
      inputDetails: { truncated: false },
    });
    expect(detailsOf(events[4])).toEqual({ output: '8', outputDetails: { truncated: false } });
  });

  it('that throws fails the task by the name of its error, with what it said as the cause', async () => {
    const world = new World();
    world.functions.breaks = () => {
      throw failing('NotNow', 'come back');
    };
    const cause = '{"errorType":"NotNow","errorMessage":"come back"}';
    const { events, ...invoked } = await world.ran({ A: lambda('breaks') });
    expect(invoked).toMatchObject({ status: 'FAILED', error: 'NotNow', cause });
    expect(told(events, 'TaskFailed')).toEqual([
      { resourceType: 'lambda', resource: 'invoke', error: 'NotNow', cause },
    ]);
    const other = new World();
    other.functions = world.functions;
    const { events: plain, ...called } = await other.ran({ A: bare('breaks') });
    expect(called).toMatchObject({ status: 'FAILED', error: 'NotNow', cause });
    expect(told(plain, 'LambdaFunctionFailed')).toEqual([{ error: 'NotNow', cause }]);
  });

  it('that Lambda does not call fails the task with Lambda’s own error', async () => {
    const fails = async (refusal: ServiceError) => {
      const world = new World();
      world.functions.f = () => {
        throw refusal;
      };
      const { error, cause } = await world.ran({ A: lambda('f') });
      return { error, cause };
    };
    expect(await fails(new ServiceError('ResourceNotFoundException', 'Function not found', 404))).toEqual({
      error: 'Lambda.ResourceNotFoundException',
      cause: expect.stringMatching(
        /^Function not found \(Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException; Request ID: [\w-]+; Proxy: null\)$/,
      ),
    });
    expect(await fails(new ServiceError('TooManyRequestsException', 'Rate Exceeded.', 429))).toMatchObject({
      error: 'Lambda.TooManyRequestsException',
      cause: expect.stringContaining('Status Code: 429'),
    });
    expect(await fails(new ServiceError('AccessDeniedException', 'no', 403))).toMatchObject({
      error: 'Lambda.AWSLambdaException',
      cause: expect.stringContaining('Error Code: AccessDeniedException'),
    });
  });

  it('that does not answer in time is given up; its late answer changes nothing', async () => {
    const world = new World();
    const answers: ((value: string) => void)[] = [];
    world.functions.slow = () => new Promise((answer) => answers.push(answer));
    const arn = await world.start(
      await world.machine('m', {
        A: lambda('slow', { TimeoutSeconds: 5, Retry: [{ ErrorEquals: ['States.Timeout'], MaxAttempts: 1 }], ...end }),
      }),
    );
    const turns = async () => {
      for (let i = 0; i < 5; i += 1) await new Promise((next) => setImmediate(next));
    };
    const moved = async (seconds: number) => {
      world.now += seconds * 1000;
      world.engine.wake();
      await turns();
    };
    await turns();
    await moved(5);
    await moved(1);
    expect(answers).toHaveLength(2);
    answers[0]?.('late');
    await turns();
    expect((await world.ended(arn)).status).toBe('RUNNING');
    answers[1]?.('in time');
    await world.pass();
    expect(await world.ended(arn)).toEqual({ status: 'SUCCEEDED', output: 'in time' });
    const events = await world.history(arn);
    expect(told(events, 'TaskTimedOut')).toEqual([
      { resourceType: 'lambda', resource: 'invoke', error: 'States.Timeout' },
    ]);
    expect(told(events, 'TaskScheduled')).toMatchObject([{ timeoutInSeconds: 5 }, { timeoutInSeconds: 5 }]);
  });
});

describe('a service', () => {
  const ran = async (resource: string, Arguments: object, answer: (call: ServiceCall) => unknown) => {
    const world = new World();
    world.onCall = answer;
    const result = await world.ran({ A: service(resource, Arguments) });
    return { ...result, world };
  };
  const breaks =
    (name: string, message: string, more: object = {}) =>
    () => {
      throw Object.assign(failing(name, message), more);
    };

  it('answers with what it answered; an optimised integration adds how', async () => {
    const answer = () => ({ MessageId: 'm', $metadata: { requestId: 'q' } });
    const optimised = await ran('sqs:sendMessage', { QueueUrl: 'q', MessageBody: 'b' }, answer);
    expect(optimised.output).toMatchObject({ MessageId: 'm', SdkResponseMetadata: { RequestId: 'q' } });
    expect(optimised.world.calls).toEqual(['sqs:sendMessage']);
    const sdk = await ran('aws-sdk:sqs:sendMessage', { QueueUrl: 'q', MessageBody: 'b' }, () => ({ MessageId: 'm' }));
    expect(sdk.output).toEqual({ MessageId: 'm' });
    expect(told(sdk.events, 'TaskScheduled')).toMatchObject([{ resourceType: 'aws-sdk:sqs', resource: 'sendMessage' }]);
  });

  it('that answers nothing has answered {}', async () => {
    expect((await ran('aws-sdk:dynamodb:putItem', put, () => undefined)).output).toEqual({});
  });

  it('that refuses is named as AWS names it, in one wording or the other', async () => {
    const refuses = breaks('ConditionalCheckFailedException', 'The conditional request failed', { requestId: 'R' });
    expect(await ran('dynamodb:putItem', put, refuses)).toMatchObject({
      status: 'FAILED',
      error: 'DynamoDB.ConditionalCheckFailedException',
      cause:
        'The conditional request failed (Service: AmazonDynamoDBv2; Status Code: 400; ' +
        'Error Code: ConditionalCheckFailedException; Request ID: R; Proxy: null)',
    });
    expect(await ran('aws-sdk:dynamodb:putItem', put, refuses)).toMatchObject({
      status: 'FAILED',
      error: 'DynamoDb.ConditionalCheckFailedException',
      cause:
        'The conditional request failed (Service: DynamoDb, Status Code: 400, Request ID: R) (SDK Attempt Count: 1)',
    });
  });

  it('that refuses for a reason which is not its own is named as a whole', async () => {
    const denies = breaks('AccessDeniedException', 'no', { status: 403 });
    expect(await ran('dynamodb:putItem', put, denies)).toMatchObject({ error: 'DynamoDB.AmazonDynamoDBException' });
    expect(await ran('aws-sdk:dynamodb:putItem', put, denies)).toMatchObject({ error: 'DynamoDb.DynamoDbException' });
    expect(await ran('sns:publish', { TopicArn: 't', Message: 'm' }, denies)).toMatchObject({
      error: 'SNS.AmazonSNSException',
      cause: expect.stringContaining('(Service: AmazonSNS; Status Code: 403; Error Code: AccessDeniedException'),
    });
  });

  it('that throws what is no Error fails the task all the same', async () => {
    const { status, cause } = await ran('sqs:sendMessage', { QueueUrl: 'q', MessageBody: 'b' }, () =>
      Promise.reject('out of order'),
    );
    expect({ status, cause }).toEqual({ status: 'FAILED', cause: expect.stringContaining('out of order') });
  });
});

describe('a call', () => {
  it('is made with the machine’s role, or with the one of its Credentials', async () => {
    const other = 'arn:aws-cn:iam::111111111111:role/other';
    const world = new World();
    const { events } = await world.ran(
      {
        A: service('sqs:sendMessage', { QueueUrl: 'q', MessageBody: 'b' }, { Next: 'B' }),
        B: service('aws-sdk:dynamodb:putItem', put, { Credentials: { RoleArn: other }, Next: 'C' }),
        C: lambda('f', {
          Credentials: { RoleArn: "{% 'arn:aws-cn:iam::222222222222:role/' & $states.context.State.Name %}" },
          ...end,
        }),
      },
      {},
    );
    expect(world.roles).toEqual([roleArn, other, 'arn:aws-cn:iam::222222222222:role/C']);
    expect(told(events, 'TaskScheduled').map(({ taskCredentials }) => taskCredentials)).toEqual([
      undefined,
      { roleArn: other },
      { roleArn: 'arn:aws-cn:iam::222222222222:role/C' },
    ]);
  });

  it.each([
    ['TimeoutSeconds', 1.5],
    ['TimeoutSeconds', '5'],
    ['HeartbeatSeconds', -1],
    ['HeartbeatSeconds', 100_000_000],
  ])('with %s of %j is not made', async (field, value) => {
    const world = new World();
    const { error, types } = await world.ran({ A: callback({ [field]: '{% $states.input %}', ...end }) }, value);
    expect(error).toBe('States.QueryEvaluationError');
    expect(types).toEqual(['ExecutionStarted', 'TaskStateEntered', 'EvaluationFailed', 'ExecutionFailed']);
    expect(world.calls).toEqual([]);
  });

  it('that this engine cannot make is refused by name before anything runs', async () => {
    const refused = (States: object) => new World().machine('m', States).catch((error: Error) => `${error}`);
    expect(await refused({ A: service('glue:startJobRun.sync', { JobName: 'j' }) })).toMatch(
      /^InvalidDefinition: .*'glue:startJobRun.sync' is not supported by this engine at \/States\/A/,
    );
    expect(
      await refused({ A: { ...bare('x'), Resource: 'arn:aws-cn:states:cn-north-1:000000000000:activity:a' } }),
    ).toMatch(/^InvalidDefinition: .*activity is not supported by this engine/);
    expect(await refused({ A: pass({ QueryLanguage: 'JSONPath' }) })).toMatch(/^InvalidDefinition: .*JSONPath/);
    expect(await refused({ A: service('nowhere:call', {}) })).toMatch(/^InvalidDefinition: .*nowhere:call/);
    expect(await refused({ A: service('aws-sdk:unreachable:call', {}) })).toMatch(
      /^InvalidDefinition: .*'aws-sdk:unreachable:call' is not supported by this engine at \/States\/A/,
    );
  });
});
