import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import dynalite from 'dynalite';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { serve } from '../../../local/stepfunctions/api/server.ts';
import { StepFunctionsError } from '../../../local/stepfunctions/errors.ts';
import { endpoints, services } from '../../../local/stepfunctions/integrations/endpoints.ts';

const roleArn = 'arn:aws:iam::123456789012:role/engine';
const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:assess';
const region = 'us-east-1';

interface Heard {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
interface Said {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** Notes what comes over the wire, and says what it is told to say. */
const heard: Heard[] = [];
let say: Said = {};
const recorder: Server = createServer(async (request, response) => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  const { method, url, headers } = request;
  heard.push({ method, url, headers, body: Buffer.concat(parts).toString() });
  response.writeHead(say.status ?? 200, say.headers ?? {}).end(say.body ?? '{}');
});

const portOf = (server: Server): number => {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
};
const listening = async (server: Server): Promise<string> => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${portOf(server)}`;
};
const closed = (server: Server) => new Promise<void>((done) => void server.close(() => done()));

let endpoint = '';
beforeAll(async () => {
  endpoint = await listening(recorder);
});
afterAll(() => closed(recorder));
beforeEach(() => {
  heard.length = 0;
  say = {};
});

const call = (service: string, action: string, input: unknown) =>
  endpoints({ endpoint, region }).callService({ service, action, input, roleArn });
const invoke = (payload: unknown, signal = new AbortController().signal) =>
  endpoints({ endpoint, region }).invokeLambda({ functionArn, payload, roleArn, signal });
const json = (body: unknown, more: Said = {}): Said => ({ body: JSON.stringify(body), ...more });
const sent = (): unknown => JSON.parse(heard[0]?.body ?? 'null');

describe('services that speak JSON', () => {
  it('are asked by target and version, with a signature', async () => {
    say = json({ KeyId: 'k' });
    expect(await call('kms', 'describeKey', { KeyId: 'alias/a' })).toEqual({ KeyId: 'k' });
    expect(heard[0]).toMatchObject({
      method: 'POST',
      url: '/',
      headers: { 'x-amz-target': 'TrentService.DescribeKey', 'content-type': 'application/x-amz-json-1.1' },
    });
    expect(sent()).toEqual({ KeyId: 'alias/a' });
    expect(heard[0]?.headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=local\/\d{8}\/us-east-1\/kms\/aws4_request, SignedHeaders=[\w;-]+, Signature=[\da-f]{64}$/,
    );
    expect(heard[0]?.headers['x-amz-date']).toMatch(/^\d{8}T\d{6}Z$/);
  });

  it.each([
    ['dynamodb', 'getItem', 'DynamoDB_20120810.GetItem', '1.0', 'dynamodb'],
    ['sqs', 'sendMessage', 'AmazonSQS.SendMessage', '1.0', 'sqs'],
    ['sfn', 'listExecutions', 'AWSStepFunctions.ListExecutions', '1.0', 'states'],
    ['events', 'putEvents', 'AWSEvents.PutEvents', '1.1', 'events'],
    ['eventbridge', 'putEvents', 'AWSEvents.PutEvents', '1.1', 'events'],
    ['secretsmanager', 'getSecretValue', 'secretsmanager.GetSecretValue', '1.1', 'secretsmanager'],
    ['ssm', 'getParameter', 'AmazonSSM.GetParameter', '1.1', 'ssm'],
    ['kinesis', 'putRecord', 'Kinesis_20131202.PutRecord', '1.1', 'kinesis'],
    ['firehose', 'putRecord', 'Firehose_20150804.PutRecord', '1.1', 'firehose'],
  ])('%s:%s goes to %s', async (service, action, target, version, signingName) => {
    await call(service, action, {});
    expect(heard[0]?.headers).toMatchObject({
      'x-amz-target': target,
      'content-type': `application/x-amz-json-${version}`,
    });
    expect(heard[0]?.headers.authorization).toContain(`/us-east-1/${signingName}/aws4_request`);
  });

  it('get texts and times as they want them, whatever the state gave', async () => {
    await call('sqs', 'sendMessage', {
      QueueUrl: 'q',
      MessageBody: { token: 't' },
      MessageAttributes: { MessageBody: { DataType: 'String', StringValue: 's' } },
    });
    expect(sent()).toEqual({
      QueueUrl: 'q',
      MessageBody: '{"token":"t"}',
      MessageAttributes: { MessageBody: { DataType: 'String', StringValue: 's' } },
    });
    heard.length = 0;
    const Time = '2023-11-14T22:13:20Z';
    await call('events', 'putEvents', { Entries: [{ Source: 's', Time, Detail: { a: 1 } }, { Detail: '{}' }] });
    expect(sent()).toEqual({
      Entries: [{ Source: 's', Time: 1_700_000_000, Detail: '{"a":1}' }, { Detail: '{}' }],
    });
  });

  it('of Step Functions have small letters on the wire and capital ones in the state', async () => {
    say = json({
      executionArn: 'e',
      startDate: 1_700_000_000.5,
      events: [{ id: 1, timestamp: 0, stateExitedEventDetails: { name: 'S', assignedVariables: { count: '1' } } }],
    });
    const answer = await call('sfn', 'startExecution', { StateMachineArn: 'm', Input: { Key: ['Value'] } });
    expect(sent()).toEqual({ stateMachineArn: 'm', input: '{"Key":["Value"]}' });
    expect(answer).toEqual({
      ExecutionArn: 'e',
      StartDate: '2023-11-14T22:13:20.500Z',
      Events: [
        {
          Id: 1,
          Timestamp: '1970-01-01T00:00:00.000Z',
          StateExitedEventDetails: { Name: 'S', AssignedVariables: { count: '1' } },
        },
      ],
    });
  });

  it('may have numbers that only look like times by their name', async () => {
    const answer = { Results: [{ StartedTimestamp: 1_700_000_000_000 }] };
    say = json(answer);
    expect(await call('sqs', 'listMessageMoveTasks', { SourceArn: 'a' })).toEqual(answer);
  });

  it('fail by the code of AWS, with what a cause tells of the request', async () => {
    const ids = { 'x-amzn-requestid': 'r-1' };
    say = json({ __type: 'com.amazonaws.sqs#QueueDoesNotExist', message: 'no queue' }, { status: 400, headers: ids });
    await expect(call('sqs', 'sendMessage', {})).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
      message: 'no queue',
      statusCode: 400,
      requestId: 'r-1',
    });
    say = json({ __type: 'ResourceNotFoundException', Message: 'no secret' }, { status: 400 });
    await expect(call('secretsmanager', 'getSecretValue', {})).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'no secret',
    });
    say = { status: 502, body: '<html>bad gateway</html>' };
    await expect(call('kms', 'encrypt', {})).rejects.toMatchObject({ name: 'Http502', statusCode: 502 });
  });
});

describe('SNS', () => {
  it('gets a form and answers in XML', async () => {
    say = {
      headers: { 'content-type': 'text/xml' },
      body: '<?xml version="1.0"?><PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>m-1</MessageId><SequenceNumber>7</SequenceNumber></PublishResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></PublishResponse>',
    };
    const answer = await call('sns', 'publish', {
      TopicArn: 'arn:aws:sns:us-east-1:1:t',
      Message: { text: '和解 & co' },
      MessageAttributes: {
        kind: { DataType: 'String', StringValue: 'notice' },
        Message: { DataType: 'Number', StringValue: '1' },
      },
    });
    expect(answer).toEqual({ MessageId: 'm-1', SequenceNumber: '7' });
    expect(heard[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(heard[0]?.headers.authorization).toContain('/sns/aws4_request');
    expect(Object.fromEntries(new URLSearchParams(heard[0]?.body))).toEqual({
      Action: 'Publish',
      Version: '2010-03-31',
      TopicArn: 'arn:aws:sns:us-east-1:1:t',
      Message: '{"text":"和解 & co"}',
      'MessageAttributes.entry.1.Name': 'kind',
      'MessageAttributes.entry.1.Value.DataType': 'String',
      'MessageAttributes.entry.1.Value.StringValue': 'notice',
      'MessageAttributes.entry.2.Name': 'Message',
      'MessageAttributes.entry.2.Value.DataType': 'Number',
      'MessageAttributes.entry.2.Value.StringValue': '1',
    });
  });

  it('has lists and maps in both directions', async () => {
    say = {
      body: '<ListTopicsResponse><ListTopicsResult><Topics><member><TopicArn>a&amp;b</TopicArn></member><member><TopicArn>c&#x20;</TopicArn></member></Topics></ListTopicsResult></ListTopicsResponse>',
    };
    expect(await call('sns', 'listTopics', {})).toEqual({ Topics: [{ TopicArn: 'a&b' }, { TopicArn: 'c ' }] });
    say = {
      body: '<GetTopicAttributesResponse><GetTopicAttributesResult><Attributes><entry><key>Owner</key><value>1</value></entry><entry><key>Policy</key><value/></entry></Attributes></GetTopicAttributesResult></GetTopicAttributesResponse>',
    };
    expect(await call('sns', 'getTopicAttributes', {})).toEqual({ Attributes: { Owner: '1', Policy: '' } });
    say = { body: '<TagResourceResponse><TagResourceResult/></TagResourceResponse>' };
    heard.length = 0;
    expect(await call('sns', 'tagResource', { ResourceArn: 'a', Tags: [{ Key: 'k', Value: 'v' }] })).toEqual({});
    expect(Object.fromEntries(new URLSearchParams(heard[0]?.body))).toMatchObject({
      'Tags.member.1.Key': 'k',
      'Tags.member.1.Value': 'v',
    });
  });

  it('fails by its code', async () => {
    say = {
      status: 404,
      body: '<ErrorResponse><Error><Type>Sender</Type><Code>NotFound</Code><Message>Topic does not exist</Message></Error><RequestId>r</RequestId></ErrorResponse>',
    };
    await expect(call('sns', 'publish', {})).rejects.toMatchObject({
      name: 'NotFound',
      message: 'Topic does not exist',
      statusCode: 404,
    });
  });
});

describe('Lambda', () => {
  it('is invoked by the ARN and answers with the payload', async () => {
    say = json({ ok: true }, { headers: { 'x-amzn-requestid': 'r-2', 'x-amz-executed-version': '3' } });
    expect(await invoke({ case: 1 })).toEqual({
      statusCode: 200,
      executedVersion: '3',
      payload: { ok: true },
      text: '{"ok":true}',
      requestId: 'r-2',
    });
    expect(heard[0]).toMatchObject({
      method: 'POST',
      url: `/2015-03-31/functions/${encodeURIComponent(functionArn)}/invocations`,
      headers: { 'x-amz-invocation-type': 'RequestResponse' },
      body: '{"case":1}',
    });
    expect(heard[0]?.headers.authorization).toContain('/lambda/aws4_request');
  });

  it('tells that the function failed', async () => {
    const fault = { errorType: 'Refused', errorMessage: 'no' };
    say = json(fault, { headers: { 'x-amz-function-error': 'Unhandled' } });
    expect(await invoke(null)).toMatchObject({ functionError: 'Unhandled', payload: fault });
  });

  it('without the function fails by its code', async () => {
    const type = 'ResourceNotFoundException:http://internal.amazon.com/coral/com.amazonaws.lambda/';
    say = json({ Message: 'Function not found' }, { status: 404, headers: { 'x-amzn-errortype': type } });
    await expect(invoke({})).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Function not found',
      statusCode: 404,
    });
  });

  it('is left alone when the task has timed out', async () => {
    const task = new AbortController();
    const silent = createServer(() => task.abort(new Error('timed out')));
    const lambda = await listening(silent);
    const { invokeLambda } = endpoints({ endpoint, endpoints: { lambda: `${lambda}/` }, region });
    await expect(invokeLambda({ functionArn, payload: {}, roleArn, signal: task.signal })).rejects.toThrow('timed out');
    expect(heard).toEqual([]);
    await closed(silent);
  });

  it('by way of the SDK integration answers with a text', async () => {
    say = json({ ok: true });
    const input = { FunctionName: 'assess', Qualifier: 'live', Payload: { a: 1 } };
    expect(await call('lambda', 'invoke', input)).toEqual({
      ExecutedVersion: '$LATEST',
      Payload: '{"ok":true}',
      StatusCode: 200,
    });
    expect(heard[0]).toMatchObject({
      url: '/2015-03-31/functions/assess/invocations?Qualifier=live',
      body: '{"a":1}',
    });
  });
});

describe('what cannot be called', () => {
  it('is refused by name', async () => {
    for (const service of ['s3', 'constructor', 'lambda']) {
      await expect(call(service, 'getObject', {})).rejects.toMatchObject({
        name: 'UnknownOperationException',
        message: `${service}:getObject cannot be called from here`,
      });
    }
    expect(heard).toEqual([]);
  });

  it('has no endpoint, or one where nobody answers', async () => {
    const input = { service: 'kms', action: 'encrypt', input: {}, roleArn };
    await expect(endpoints({ region }).callService(input)).rejects.toMatchObject({
      name: 'SdkClientException',
      message: 'No endpoint is configured for kms',
    });
    const gone = createServer();
    const nowhere = await listening(gone);
    await closed(gone);
    const call = endpoints({ region, endpoints: { kms: nowhere } }).callService(input);
    await expect(call).rejects.toMatchObject({
      name: 'SdkClientException',
      message: expect.stringMatching(/^Unable to execute HTTP request: .*ECONNREFUSED/),
    });
  });

  it('is not in the list of what can', () => {
    expect(services).toEqual(expect.arrayContaining(['lambda', 'dynamodb', 'sqs', 'sns', 'sfn']));
    expect(services).not.toContain('s3');
  });
});

describe('real answers', () => {
  it('come from a stand-in of DynamoDB that looks at the signature', async () => {
    const stand = dynalite({ createTableMs: 0 });
    const { callService } = endpoints({ endpoint: await listening(stand), region });
    const dynamodb = (action: string, input: object) => callService({ service: 'dynamodb', action, input, roleArn });
    const created = await dynamodb('createTable', {
      TableName: 'cases',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    });
    expect(created).toMatchObject({
      TableDescription: { TableName: 'cases', CreationDateTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) },
    });
    await expect
      .poll(async () => dynamodb('describeTable', { TableName: 'cases' }))
      .toMatchObject({ Table: { TableStatus: 'ACTIVE' } });
    const Item = { id: { S: '1' }, dueDate: { N: '5' } };
    expect(await dynamodb('putItem', { TableName: 'cases', Item })).toEqual({});
    expect(await dynamodb('getItem', { TableName: 'cases', Key: { id: { S: '1' } } })).toEqual({ Item });
    await expect(
      dynamodb('putItem', { TableName: 'cases', Item, ConditionExpression: 'attribute_not_exists(id)' }),
    ).rejects.toMatchObject({ name: 'ConditionalCheckFailedException', message: 'The conditional request failed' });
    await expect(dynamodb('getItem', { TableName: 'none', Key: {} })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    await closed(stand);
  });

  it('come from another engine', async () => {
    const requests: unknown[] = [];
    const other = await serve({
      call: async (operation, input) => {
        requests.push([operation, input]);
        if (operation !== 'StartExecution')
          throw new StepFunctionsError('InvalidToken', "Invalid Token: 'Invalid token'");
        return { executionArn: 'e', startDate: 1 };
      },
    });
    const { callService } = endpoints({ endpoints: { sfn: other.url }, region });
    const start = { service: 'sfn', action: 'startExecution', input: { StateMachineArn: 'm', Input: [1] }, roleArn };
    expect(await callService(start)).toEqual({ ExecutionArn: 'e', StartDate: '1970-01-01T00:00:01.000Z' });
    expect(requests).toEqual([['StartExecution', { stateMachineArn: 'm', input: '[1]' }]]);
    const fail = { service: 'sfn', action: 'sendTaskFailure', input: { TaskToken: 'x' }, roleArn };
    await expect(callService(fail)).rejects.toMatchObject({
      name: 'InvalidToken',
      message: "Invalid Token: 'Invalid token'",
      requestId: expect.stringMatching(/^[\da-f-]{36}$/),
    });
    await other.close();
  });
});
