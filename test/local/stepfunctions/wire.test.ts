import { once } from 'node:events';
import { connect } from 'node:net';
import * as sdk from '@aws-sdk/client-sfn';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operations } from '../../../local/stepfunctions/api/model.ts';
import { checkRequest } from '../../../local/stepfunctions/api/requests.ts';
import { largestBody, type Serving, serve } from '../../../local/stepfunctions/api/server.ts';
import { type Call, handle } from '../../../local/stepfunctions/api/wire.ts';
import { RunningClock } from '../../../local/stepfunctions/engine/clock.ts';
import { StepFunctionsError } from '../../../local/stepfunctions/errors.ts';
import { StepFunctions } from '../../../local/stepfunctions/index.ts';

const roleArn = 'arn:aws:iam::123456789012:role/engine';
const arnOf = (name: string) => `arn:aws:states:us-east-1:123456789012:stateMachine:${name}`;
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

/** The SDK as anybody would set it up. Operations with a host of their own ask for it at `sync-127.0.0.1` otherwise. */
const clientOf = (endpoint: string) =>
  new sdk.SFN({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1, disableHostPrefix: true });

const post = (url: string, target: string, body: string) =>
  fetch(url, { method: 'POST', headers: { 'x-amz-target': target }, body });

interface Thrown {
  readonly name: string;
  readonly message: string;
}
const rejection = (promise: Promise<unknown>): Promise<Thrown> =>
  promise.then(
    () => ({ name: 'nothing', message: 'was thrown' }),
    (error: unknown) => (error instanceof Error ? error : { name: 'no error', message: String(error) }),
  );

const chain = (count: number) => {
  const states = Array.from({ length: count }, (_, i) => [
    `S${i}`,
    i + 1 < count ? { Type: 'Pass', Next: `S${i + 1}` } : { Type: 'Pass', End: true },
  ]);
  return JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'S0', States: Object.fromEntries(states) });
};
const waiting = JSON.stringify({
  QueryLanguage: 'JSONata',
  StartAt: 'Ask',
  States: {
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Arguments: { QueueUrl: 'q', MessageBody: { token: '{% $states.context.Task.Token %}' } },
      End: true,
    },
  },
});

describe('the SDK with an engine behind the port', () => {
  const faults: unknown[] = [];
  const tokens: string[] = [];
  const engine = StepFunctions.open({
    file: ':memory:',
    clock: new RunningClock(),
    integrations: {
      invokeLambda: () => Promise.reject(new StepFunctionsError('ResourceNotFoundException', 'no functions here')),
      callService: async ({ input }) => {
        tokens.push(...(JSON.stringify(input).match(/AQC[\w-]+/g) ?? []));
        return { MessageId: 'm' };
      },
    },
    partition: 'aws',
    region: 'us-east-1',
    account: '123456789012',
  });
  let served: Serving;
  let client: sdk.SFN;

  beforeAll(async () => {
    const call: Call = (operation, input) => engine.call(operation, checkRequest(operation, input));
    served = await serve({ call }, { onFault: (error) => faults.push(error) });
    client = clientOf(served.url);
    await client.createStateMachine({ name: 'chain', definition: chain(4), roleArn });
    await client.createStateMachine({ name: 'waiting', definition: waiting, roleArn });
  });
  afterAll(async () => {
    client.destroy();
    await served.close();
    await engine.close();
    expect(faults).toEqual([]);
  });

  it('creates a machine and reads it back, with times as dates', async () => {
    const definition = chain(1);
    const before = Date.now();
    const { stateMachineArn, creationDate } = await client.createStateMachine({ name: 'one', definition, roleArn });
    expect(stateMachineArn).toBe(arnOf('one'));
    expect(Math.abs(Number(creationDate) - before)).toBeLessThan(60_000);
    const described = await client.describeStateMachine({ stateMachineArn });
    expect(described).toMatchObject({ name: 'one', status: 'ACTIVE', type: 'STANDARD', definition, roleArn });
    expect(described.creationDate).toEqual(creationDate);
    const { stateMachines } = await client.listStateMachines({});
    expect(stateMachines?.map(({ name }) => name)).toContain('one');
  });

  it('starts an execution and hears how it ended', async () => {
    const input = '{"cost":7,"水":"和解"}';
    const { executionArn = '' } = await client.startExecution({ stateMachineArn: arnOf('chain'), name: 'a', input });
    await engine.settled();
    const { status, output, stopDate, startDate } = await client.describeExecution({ executionArn });
    expect(status).toBe('SUCCEEDED');
    expect(JSON.parse(output ?? '')).toEqual({ cost: 7, 水: '和解' });
    expect(Number(stopDate)).toBeGreaterThanOrEqual(Number(startDate));
  });

  it('pages through a history, and reads it backwards', async () => {
    const { executionArn = '' } = await client.startExecution({ stateMachineArn: arnOf('chain'), name: 'paged' });
    await engine.settled();
    const pages: number[][] = [];
    for await (const { events = [] } of sdk.paginateGetExecutionHistory({ client, pageSize: 3 }, { executionArn })) {
      pages.push(events.map(({ id }) => Number(id)));
    }
    expect(pages).toEqual([[1, 2, 3], [4, 5, 6], [7, 8, 9], [10]]);
    const { events = [] } = await client.getExecutionHistory({ executionArn, reverseOrder: true, maxResults: 2 });
    expect(events.map(({ id, type }) => [id, type])).toEqual([
      [10, 'ExecutionSucceeded'],
      [9, 'PassStateExited'],
    ]);
    expect(events[1]?.stateExitedEventDetails?.name).toBe('S3');
    expect(events[1]?.timestamp).toBeInstanceOf(Date);
  });

  it('lists the executions of a machine by what became of them', async () => {
    const stateMachineArn = arnOf('waiting');
    const { executionArn: open = '' } = await client.startExecution({ stateMachineArn, name: 'open' });
    const { executionArn: over = '' } = await client.startExecution({ stateMachineArn, name: 'over' });
    await client.stopExecution({ executionArn: over, error: 'Withdrawn', cause: 'by the applicant' });
    const listed = async (statusFilter: sdk.ExecutionStatus) => {
      const { executions = [] } = await client.listExecutions({ stateMachineArn, statusFilter });
      return executions.map(({ executionArn }) => executionArn);
    };
    expect(await listed('RUNNING')).toEqual([open]);
    expect(await listed('ABORTED')).toEqual([over]);
    expect(await listed('FAILED')).toEqual([]);
    const { error, cause } = await client.describeExecution({ executionArn: over });
    expect([error, cause]).toEqual(['Withdrawn', 'by the applicant']);
    const both: (string | undefined)[] = [];
    for await (const page of sdk.paginateListExecutions({ client, pageSize: 1 }, { stateMachineArn })) {
      expect(page.executions?.length).toBe(1);
      both.push(...(page.executions ?? []).map(({ name }) => name));
    }
    expect(both.sort()).toEqual(['open', 'over']);
  });

  it('answers a task with the token that went out', async () => {
    const { executionArn = '' } = await client.startExecution({ stateMachineArn: arnOf('waiting'), name: 'asked' });
    await engine.settled();
    const taskToken = tokens.at(-1) ?? '';
    await client.sendTaskHeartbeat({ taskToken });
    await client.sendTaskSuccess({ taskToken, output: '{"agreed":true}' });
    await engine.settled();
    const { status, output } = await client.describeExecution({ executionArn });
    expect([status, output]).toEqual(['SUCCEEDED', '{"agreed":true}']);
    expect(await rejection(client.sendTaskSuccess({ taskToken, output: '1' }))).toBeInstanceOf(sdk.TaskTimedOut);
  });

  it('tags a machine', async () => {
    const resourceArn = arnOf('chain');
    await client.tagResource({ resourceArn, tags: [{ key: 'team', value: 'mediation' }] });
    const { tags } = await client.listTagsForResource({ resourceArn });
    expect(tags).toEqual([{ key: 'team', value: 'mediation' }]);
  });

  it('gets the exceptions of its own classes, in the words of AWS', async () => {
    const stateMachineArn = arnOf('nobody');
    const missing = await rejection(client.startExecution({ stateMachineArn }));
    expect(missing).toBeInstanceOf(sdk.StateMachineDoesNotExist);
    expect(missing.message).toBe(`State Machine Does Not Exist: '${stateMachineArn}'`);

    const executionArn = 'arn:aws:states:us-east-1:123456789012:execution:chain:nobody';
    const unknown = await rejection(client.describeExecution({ executionArn }));
    expect(unknown).toBeInstanceOf(sdk.ExecutionDoesNotExist);
    expect(unknown.message).toBe(`Execution Does Not Exist: '${executionArn}'`);

    const invalid = await rejection(client.startExecution({ stateMachineArn: '' }));
    expect(invalid).toBeInstanceOf(sdk.ValidationException);
    expect(invalid.message).toBe(
      "1 validation error detected: Value '' at 'stateMachineArn' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );

    const named = await rejection(client.startExecution({ stateMachineArn: arnOf('chain'), name: 'a b' }));
    expect(named).toBeInstanceOf(sdk.InvalidName);
    expect(named.message).toBe("Invalid Name: 'a b'");

    const input = await rejection(client.startExecution({ stateMachineArn: arnOf('chain'), input: '{' }));
    expect(input).toBeInstanceOf(sdk.InvalidExecutionInput);
    expect(await rejection(client.sendTaskHeartbeat({ taskToken: 'x' }))).toBeInstanceOf(sdk.InvalidToken);
    const definition = await rejection(client.createStateMachine({ name: 'bad', definition: '{}', roleArn }));
    expect(definition).toBeInstanceOf(sdk.InvalidDefinition);
  });

  it('is never left without an answer, nor with a fault, whatever it sends', async () => {
    const names = [...operations.values()].flatMap(({ members }) => Object.keys(members));
    const texts = fc.constantFrom(arnOf('chain'), 'chain', chain(1), '{}', '{', tokens[0] ?? 'x');
    const value = fc.oneof(texts, fc.jsonValue({ maxDepth: 2 }));
    const body = fc.oneof(
      fc.dictionary(fc.constantFrom(...names), value).map((input) => JSON.stringify(input)),
      fc.json(),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...operations.keys()), body, async (operation, sent) => {
        const response = await post(served.url, `AWSStepFunctions.${operation}`, sent);
        const answer: unknown = await response.json();
        expect([200, 400]).toContain(response.status);
        if (response.status === 400) {
          expect(answer).toEqual({ __type: expect.stringMatching(/^[\w.]+#\w+$/), message: expect.any(String) });
        }
      }),
      { numRuns: 300 },
    );
  });
});

// ---- the wire by itself -------------------------------------------------------------------------------------------------

const exceptions = Object.entries(sdk).flatMap(([name, exported]) =>
  typeof exported === 'function' && exported.prototype instanceof sdk.SFNServiceException
    ? [{ name, exception: exported }]
    : [],
);

describe('on the wire', () => {
  const faults: [error: unknown, target: string][] = [];
  const onFault = (error: unknown, target: string) => faults.push([error, target]);
  let behaviour: Call = async () => ({});
  let served: Serving;
  let client: sdk.SFN;

  beforeAll(async () => {
    served = await serve({ call: (operation, input) => behaviour(operation, input) }, { onFault });
    client = clientOf(served.url);
  });
  afterAll(async () => {
    client.destroy();
    await served.close();
  });

  it.each(exceptions)('$name reaches the SDK as its own class', async ({ name, exception }) => {
    behaviour = () => Promise.reject(new StepFunctionsError(name, `what AWS says: '和解'`));
    const thrown = await rejection(client.listStateMachines({}));
    expect(thrown).toBeInstanceOf(exception);
    expect([thrown.name, thrown.message]).toEqual([name, `what AWS says: '和解'`]);
  });

  it('errors have the type that the service gives them, and status 400', async () => {
    const typeOf = async (name: string) => {
      behaviour = () => Promise.reject(new StepFunctionsError(name, 'no'));
      const response = await post(served.url, 'AWSStepFunctions.ListStateMachines', '{}');
      expect(response.status).toBe(400);
      return response.json();
    };
    expect(await typeOf('InvalidArn')).toEqual({
      __type: 'com.amazonaws.swf.service.v2.model#InvalidArn',
      message: 'no',
    });
    expect(await typeOf('ValidationException')).toEqual({
      __type: 'com.amazon.coral.validate#ValidationException',
      message: 'no',
    });
  });

  it('operations of another host get through as well', async () => {
    const asked: string[] = [];
    behaviour = async (operation) => {
      asked.push(operation);
      return { status: 'SUCCEEDED', executionArn: 'e', startDate: 1.5, stopDate: 2 };
    };
    const { startDate } = await client.startSyncExecution({ stateMachineArn: arnOf('m') });
    await client.testState({ definition: '{}' });
    expect(startDate).toEqual(new Date(1500));
    expect(asked).toEqual(['StartSyncExecution', 'TestState']);
  });

  it('an answer has its content type and an id of its own', async () => {
    behaviour = async () => ({ stateMachines: [] });
    const first = await post(served.url, 'AWSStepFunctions.ListStateMachines', '{}');
    const second = await post(served.url, 'AWSStepFunctions.ListStateMachines', '{}');
    expect(first.headers.get('content-type')).toBe('application/x-amz-json-1.0');
    expect(first.headers.get('x-amzn-requestid')).toMatch(/^[\da-f-]{36}$/);
    expect(second.headers.get('x-amzn-requestid')).not.toBe(first.headers.get('x-amzn-requestid'));
    expect(await first.json()).toEqual({ stateMachines: [] });
  });

  it('a body that is no JSON object never reaches the engine', async () => {
    behaviour = async () => {
      throw new TypeError('called');
    };
    for (const body of ['', '{', 'null', '"x"', '[]', '{},']) {
      const response = await post(served.url, 'AWSStepFunctions.ListStateMachines', body);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ __type: 'com.amazon.coral.service#SerializationException' });
    }
    expect(faults).toEqual([]);
  });

  it('a target that names no operation is refused', async () => {
    const targets = ['', 'ListStateMachines', 'AWSStepFunctions.', 'DynamoDB_20120810.GetItem', 'AWSStepFunctions.A.B'];
    for (const target of targets) {
      const response = await post(served.url, target, '{}');
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ __type: 'com.amazon.coral.service#UnknownOperationException' });
    }
    expect((await fetch(served.url)).status).toBe(400);
  });

  it('a body beyond the limit of AWS is refused as AWS does, and the next request is served', async () => {
    behaviour = async () => ({});
    const response = await post(served.url, 'AWSStepFunctions.ListStateMachines', ' '.repeat(largestBody + 1));
    expect([response.status, await response.text()]).toEqual([413, 'HTTP content length exceeded 1049600 bytes.']);
    const definition = 'x'.repeat(4 * largestBody);
    const thrown = await rejection(client.validateStateMachineDefinition({ definition }));
    expect(thrown).toMatchObject({ $response: { statusCode: 413 } });
    const whole = `{"a":"${'x'.repeat(largestBody - 8)}"}`;
    expect((await post(served.url, 'AWSStepFunctions.ListStateMachines', whole)).status).toBe(200);
  });

  it('what is no error of AWS is an InternalFailure outside and told inside', async () => {
    const broken = new RangeError('a secret of the engine');
    behaviour = () => Promise.reject(broken);
    const thrown = await rejection(client.listStateMachines({}));
    expect(thrown).toMatchObject({ name: 'InternalFailure', $fault: 'server', $metadata: { httpStatusCode: 500 } });
    expect(thrown.message).not.toContain('secret');
    expect(faults.splice(0)).toEqual([[broken, 'AWSStepFunctions.ListStateMachines']]);
  });

  it('an answer that cannot be written is a fault as well', async () => {
    behaviour = async () => ({ events: 1n });
    const target = 'AWSStepFunctions.GetExecutionHistory';
    const { status } = await handle(behaviour, { target, body: '{}' }, onFault);
    expect(status).toBe(500);
    expect(faults.splice(0)).toEqual([[expect.any(TypeError), target]]);
  });

  it('an error that knows its own status keeps it: who calls through the wire may refuse', async () => {
    const denied = Object.assign(new Error('not allowed'), { name: 'AccessDeniedException', status: 403 });
    behaviour = () => Promise.reject(denied);
    const response = await post(served.url, 'AWSStepFunctions.ListStateMachines', '{}');
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({
      __type: 'com.amazon.coral.service#AccessDeniedException',
      message: 'not allowed',
    });
  });

  it('who hangs up in the middle of a request is no fault', async () => {
    const { port, hostname } = new URL(served.url);
    const socket = connect(Number(port), hostname);
    socket.write('POST / HTTP/1.1\r\nhost: x\r\nx-amz-target: AWSStepFunctions.ListStateMachines\r\n');
    socket.write('content-length: 100\r\n\r\n{');
    await once(socket, 'connect');
    socket.destroy();
    behaviour = async () => ({ stateMachines: [] });
    expect((await client.listStateMachines({})).stateMachines).toEqual([]);
    expect(faults).toEqual([]);
  });

  it('closing waits for the answer that is under way', async () => {
    const reached = Promise.withResolvers<void>();
    const answered = Promise.withResolvers<object>();
    const call: Call = () => {
      reached.resolve();
      return answered.promise;
    };
    const other = await serve({ call });
    const asked = post(other.url, 'AWSStepFunctions.ListStateMachines', '{}');
    await reached.promise;
    const closed = other.close();
    answered.resolve({ stateMachines: [] });
    expect((await asked).status).toBe(200);
    await closed;
    await expect(post(other.url, 'AWSStepFunctions.ListStateMachines', '{}')).rejects.toThrow();
  });
});
