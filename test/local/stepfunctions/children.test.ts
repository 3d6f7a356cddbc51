import { describe, expect, it } from 'vitest';
import {
  callback,
  caught,
  end,
  failing,
  fieldOf,
  lambda,
  linked,
  nested,
  pass,
  roleArn,
  states,
  succeed,
  tokenIn,
  told,
  World,
  wait,
} from './world.ts';

const start = (pattern: string, Arguments: object, more: object = end) => ({
  Type: 'Task',
  Resource: `${states}states:startExecution${pattern}`,
  Arguments,
  ...more,
});

/** The executions of a machine, the newest first. */
async function executionsOf(
  world: World,
  stateMachineArn: string,
): Promise<{ executionArn: string; status: string }[]> {
  const { executions } = await world.call('ListExecutions', { stateMachineArn });
  return Array.isArray(executions) ? executions : [];
}

describe('a task that starts an execution', () => {
  it('and does not wait is over at once; the other goes its own way', async () => {
    const world = new World();
    const child = await world.machine('child', { W: wait(60) });
    const { status, output, events } = await world.ran(
      {
        A: start('', { StateMachineArn: child, Name: 'c', Input: { n: '{% $states.input %}' } }),
      },
      1,
    );
    const arn = `${child.replace(':stateMachine:', ':execution:')}:c`;
    expect(status).toBe('SUCCEEDED');
    expect(output).toMatchObject({
      ExecutionArn: arn,
      StartDate: Date.parse('2026-01-05T02:00:00Z'),
      SdkHttpMetadata: {},
    });
    expect(events.at(-1)?.timestamp).toBe(events[0]?.timestamp);
    expect(linked(events).slice(2, 5)).toEqual(['3<2 TaskScheduled', '4<3 TaskStarted', '5<4 TaskSucceeded']);
    expect(await world.ended(arn)).toEqual({ status: 'SUCCEEDED', output: { n: 1 } });
  });

  it('and waits with .sync has what DescribeExecution says of it, input and output as text', async () => {
    const world = new World();
    const child = await world.machine('child', { W: wait(60, { Next: 'B' }), B: pass({ Output: { well: true } }) });
    const { output, events } = await world.ran({
      A: start('.sync', { StateMachineArn: child, Name: 'c', Input: { n: 1 } }),
    });
    const began = Date.parse('2026-01-05T02:00:00Z');
    expect(output).toEqual({
      ExecutionArn: `${child.replace(':stateMachine:', ':execution:')}:c`,
      StateMachineArn: child,
      Name: 'c',
      Status: 'SUCCEEDED',
      StartDate: began,
      StopDate: began + 60_000,
      Input: '{"n":1}',
      InputDetails: { Included: true },
      Output: '{"well":true}',
      OutputDetails: { Included: true },
    });
    expect(linked(events).slice(2)).toEqual([
      '3<2 TaskScheduled',
      '4<3 TaskStarted',
      '5<4 TaskSubmitted',
      '6<5 TaskSucceeded',
      '7<6 TaskStateExited',
      '8<7 ExecutionSucceeded',
    ]);
  });

  it('and waits with .sync:2 has input and output as JSON', async () => {
    const world = new World();
    const child = await world.machine('child', { P: pass({ Output: { well: true } }) });
    const { output } = await world.ran({ A: start('.sync:2', { StateMachineArn: child, Input: { n: 1 } }) });
    expect(output).toMatchObject({ Status: 'SUCCEEDED', Input: { n: 1 }, Output: { well: true } });
  });

  it('and waits for a token is answered by whom it gave the token to', async () => {
    const world = new World();
    world.onCall = ({ service, action, input }) => {
      expect([service, action]).toEqual(['sfn', 'sendTaskSuccess']);
      return world.call('SendTaskSuccess', {
        taskToken: fieldOf(input, 'TaskToken'),
        output: fieldOf(input, 'Output'),
      });
    };
    const child = await world.machine('child', {
      W: wait(30, { Next: 'Answer' }),
      Answer: {
        Type: 'Task',
        Resource: `${states}aws-sdk:sfn:sendTaskSuccess`,
        Arguments: { TaskToken: '{% $states.input.token %}', Output: '"from the child"' },
        Next: 'On',
      },
      On: wait(30),
    });
    const Input = { token: '{% $states.context.Task.Token %}' };
    const { output, events } = await world.ran({ A: start('.waitForTaskToken', { StateMachineArn: child, Input }) });
    expect(output).toBe('from the child');
    const [submitted, succeeded] = [
      told(events, 'TaskSubmitted')[0],
      events.find(({ type }) => type === 'TaskSucceeded'),
    ];
    expect(JSON.parse(String(submitted?.output))).toMatchObject({ ExecutionArn: expect.stringContaining(':child:') });
    expect(succeeded?.timestamp).toBe(Date.parse('2026-01-05T02:00:30Z') / 1000);
  });

  it('gives it a name of its own for each attempt, unless it is given one', async () => {
    const world = new World();
    const child = await world.machine('child', { F: { Type: 'Fail', Error: 'Again' } });
    const Retry = [{ ErrorEquals: ['States.TaskFailed'], MaxAttempts: 2 }];
    await world.ran({ A: start('.sync', { StateMachineArn: child }, { Retry, ...end }) });
    const names = (await executionsOf(world, child)).map(({ executionArn }) => executionArn);
    expect(new Set(names).size).toBe(3);

    const other = new World();
    const again = await other.machine('child', { F: { Type: 'Fail', Error: 'Again' } });
    const { error } = await other.ran({ A: start('.sync', { StateMachineArn: again, Name: 'c' }, { Retry, ...end }) });
    expect(error).toBe('StepFunctions.ExecutionAlreadyExistsException');
  });
});

describe('the end of the other', () => {
  const fails = async (child: object, pattern: string, more: object = {}) => {
    const world = new World();
    const arn = await world.machine('child', child, more);
    const result = await world.ran({ A: start(pattern, { StateMachineArn: arn, Name: 'c' }) });
    return { error: result.error, cause: JSON.parse(String(result.cause)), events: result.events };
  };
  const common = {
    ExecutionArn: 'arn:aws-cn:states:cn-north-1:000000000000:execution:child:c',
    StateMachineArn: 'arn:aws-cn:states:cn-north-1:000000000000:stateMachine:child',
    Name: 'c',
    InputDetails: { Included: true },
    StartDate: expect.any(Number),
    StopDate: expect.any(Number),
  };

  it('in failure fails the task, with the facts as the cause', async () => {
    const child = { F: { Type: 'Fail', Error: 'Mine', Cause: 'because' } };
    const facts = { ...common, Status: 'FAILED', Error: 'Mine', Cause: 'because' };
    const { error, cause, events } = await fails(child, '.sync');
    expect({ error, cause }).toEqual({ error: 'States.TaskFailed', cause: { ...facts, Input: '{}' } });
    expect(told(events, 'TaskFailed')).toMatchObject([
      { resourceType: 'states', resource: 'startExecution.sync', error: 'States.TaskFailed' },
    ]);
    expect((await fails(child, '.sync:2')).cause).toEqual({ ...facts, Input: {} });
  });

  it('by its timeout is told as such', async () => {
    const { error, cause } = await fails({ W: wait(60) }, '.sync', { TimeoutSeconds: 5 });
    expect({ error, cause }).toEqual({
      error: 'States.TaskFailed',
      cause: { ...common, Status: 'TIMED_OUT', Error: 'States.Timeout', Input: '{}' },
    });
  });

  it('by somebody who stopped it is told as well', async () => {
    const world = new World();
    const child = await world.machine('child', { W: wait(60) });
    const parent = await world.machine('parent', { A: nested(child, { ...caught('B'), Next: 'B' }), B: succeed });
    const arn = await world.start(parent);
    await world.engine.settled();
    const [running] = await executionsOf(world, child);
    await world.call('StopExecution', { executionArn: running?.executionArn, error: 'Enough', cause: 'said so' });
    await world.pass();
    const { status, output } = await world.ended(arn);
    expect(status).toBe('SUCCEEDED');
    expect(output.Error).toBe('States.TaskFailed');
    expect(JSON.parse(output.Cause)).toMatchObject({ Status: 'ABORTED', Error: 'Enough', Cause: 'said so' });
  });

  it('by the end of its machine is told as well', async () => {
    const world = new World();
    const child = await world.machine('child', { W: wait(60) });
    const arn = await world.start(await world.machine('parent', { A: nested(child) }));
    await world.engine.settled();
    await world.call('DeleteStateMachine', { stateMachineArn: child });
    await world.pass();
    const { status, error, cause } = await world.ended(arn);
    expect({ status, error }).toEqual({ status: 'FAILED', error: 'States.TaskFailed' });
    expect(JSON.parse(String(cause))).toMatchObject({ Status: 'ABORTED' });
  });

  it('is told to everybody who waits for it', async () => {
    const world = new World();
    const child = await world.machine('child', { W: wait(60) });
    const task = start('.sync:2', { StateMachineArn: child, Name: 'shared', Input: { n: 1 } });
    const parent = await world.machine('parent', { A: { ...task, Output: '{% $states.result.Output %}' } });
    const first = await world.start(parent, {}, 'first');
    const second = await world.start(parent, {}, 'second');
    await world.pass();
    expect(await executionsOf(world, child)).toHaveLength(1);
    for (const arn of [first, second])
      expect(await world.ended(arn)).toEqual({ status: 'SUCCEEDED', output: { n: 1 } });
  });

  it('because one of those who waited was stopped is told to the others', async () => {
    const world = new World();
    const child = await world.machine('child', { W: wait(60) });
    const task = start('.sync', { StateMachineArn: child, Name: 'shared' });
    const parent = await world.machine('parent', { A: task });
    const first = await world.start(parent, {}, 'first');
    const second = await world.start(parent, {}, 'second');
    await world.engine.settled();
    await world.call('StopExecution', { executionArn: first });
    await world.later(0);
    expect(await executionsOf(world, child)).toMatchObject([{ status: 'ABORTED' }]);
    expect(await world.ended(second)).toMatchObject({ status: 'FAILED', error: 'States.TaskFailed' });
  });

  it('after nobody waits for it any more changes nothing', async () => {
    const world = new World({ stopChildren: false });
    const child = await world.machine('child', { W: wait(60) });
    const { status, output, types } = await world.ran({
      A: nested(child, { TimeoutSeconds: 5, ...caught('B'), Next: 'B' }),
      B: wait(120),
    });
    expect({ status, output }).toEqual({ status: 'SUCCEEDED', output: { Error: 'States.Timeout', Cause: '' } });
    expect(types.filter((type) => type === 'TaskSucceeded')).toEqual([]);
    expect(await executionsOf(world, child)).toMatchObject([{ status: 'SUCCEEDED' }]);
  });
});

describe('the children of an execution', () => {
  const family = async () => {
    const world = new World();
    const child = await world.machine('child', { W: wait(60) });
    const middle = await world.machine('middle', { A: nested(child) });
    return { world, child, middle };
  };

  it('stop with it, and theirs with them', async () => {
    const { world, child, middle } = await family();
    const arn = await world.start(await world.machine('parent', { A: nested(middle) }));
    await world.engine.settled();
    await world.call('StopExecution', { executionArn: arn });
    await world.pass();
    expect((await world.ended(arn)).status).toBe('ABORTED');
    expect(await executionsOf(world, middle)).toMatchObject([{ status: 'ABORTED' }]);
    expect(await executionsOf(world, child)).toMatchObject([{ status: 'ABORTED' }]);
    expect(world.engine.nextTimer()).toBeUndefined();
  });

  it('stop with the task that waits for them, and with its execution’s timeout', async () => {
    const { world, child, middle } = await family();
    const task = { A: nested(middle, { TimeoutSeconds: 5, ...caught('B'), Next: 'B' }), B: succeed };
    const { status } = await world.ran(task);
    expect(status).toBe('SUCCEEDED');
    expect(await executionsOf(world, child)).toMatchObject([{ status: 'ABORTED' }]);

    const other = await family();
    const late = await other.world.ran({ A: nested(other.middle) }, {}, { TimeoutSeconds: 5 });
    expect(late.status).toBe('TIMED_OUT');
    expect(await executionsOf(other.world, other.child)).toMatchObject([{ status: 'ABORTED' }]);
  });
});

describe('an execution is not started', () => {
  const refused = async (Arguments: object, prepare: (world: World) => void = () => {}) => {
    const world = new World();
    const child = await world.machine('child', { W: wait(3600) });
    await world.start(child, {}, 'taken');
    prepare(world);
    const task = start('.sync:2', { StateMachineArn: child, ...Arguments });
    const parent = await world.start(await world.machine('parent', { A: task }));
    await world.engine.settled();
    const { status, error, cause } = await world.ended(parent);
    expect(status).toBe('FAILED');
    expect(await world.types(parent)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskFailed',
      'ExecutionFailed',
    ]);
    return { error, cause };
  };
  const service = (code: string) =>
    expect.stringContaining(`(Service: AWSStepFunctions; Status Code: 400; Error Code: ${code};`);

  it('under a name that is taken', async () => {
    expect(await refused({ Name: 'taken', Input: { other: 1 } })).toEqual({
      error: 'StepFunctions.ExecutionAlreadyExistsException',
      cause: service('ExecutionAlreadyExists'),
    });
  });

  it('of a machine that is not there', async () => {
    const StateMachineArn = 'arn:aws-cn:states:cn-north-1:000000000000:stateMachine:nobody';
    expect(await refused({ StateMachineArn })).toEqual({
      error: 'StepFunctions.StateMachineDoesNotExistException',
      cause: expect.stringMatching(/^State Machine Does Not Exist: 'arn:[^']+:nobody' \(Service: AWSStepFunctions;/),
    });
  });

  it.each([
    ['what is no ARN', { StateMachineArn: 'nobody' }, 'InvalidArn'],
    ['a name that AWS would not take', { Name: 'no blanks' }, 'InvalidName'],
    ['a name that is too long', { Name: 'n'.repeat(81) }, 'InvalidName'],
    ['an input that is no JSON', { Input: '{' }, 'InvalidExecutionInput'],
  ])('for %s', async (_, Arguments, code) => {
    expect(await refused(Arguments)).toEqual({ error: `StepFunctions.${code}Exception`, cause: service(code) });
  });

  it('where the role may not; it is asked for the machine, and the role of Credentials instead of the machine’s', async () => {
    const asked: string[][] = [];
    const deny = (world: World) => {
      world.authorize = (...what) => {
        asked.push(what);
        throw Object.assign(failing('AccessDeniedException', 'not you'), { status: 403 });
      };
    };
    const denied = await refused({}, deny);
    expect(denied).toEqual({
      error: 'StepFunctions.AWSStepFunctionsException',
      cause: expect.stringMatching(
        /^not you \(Service: AWSStepFunctions; Status Code: 403; Error Code: AccessDeniedException;/,
      ),
    });
    const child = 'arn:aws-cn:states:cn-north-1:000000000000:stateMachine:child';
    expect(asked).toEqual([[roleArn, 'states:StartExecution', child]]);

    const world = new World();
    const other = 'arn:aws-cn:iam::111111111111:role/other';
    world.authorize = (...what) => void asked.push(what);
    await world.machine('child', { P: pass() });
    await world.ran({ A: nested(child, { Credentials: { RoleArn: other }, ...end }) });
    expect(asked.at(-1)).toEqual([other, 'states:StartExecution', child]);
  });
});

describe('an execution that starts itself', () => {
  it('again and again goes down as deep as it says, and comes up again', async () => {
    const world = new World();
    const arn = 'arn:aws-cn:states:cn-north-1:000000000000:stateMachine:m';
    const { output } = await world.ran(
      {
        'More?': {
          Type: 'Choice',
          Choices: [{ Condition: '{% $states.input.n > 0 %}', Next: 'Down' }],
          Default: 'Bottom',
        },
        Down: {
          ...nested(arn, { Arguments: { StateMachineArn: arn, Input: { n: '{% $states.input.n - 1 %}' } }, ...end }),
          Output: { depth: '{% $states.result.Output.depth + 1 %}' },
        },
        Bottom: pass({ Output: { depth: 0 } }),
      },
      { n: 50 },
    );
    expect(output).toEqual({ depth: 50 });
  });

  it('from a callback that is told of by its own child', async () => {
    const world = new World();
    world.functions.answer = async (payload) => {
      await world.call('SendTaskSuccess', { taskToken: fieldOf(payload, 'token'), output: '"up"' });
    };
    const child = await world.machine('child', { A: lambda('answer') });
    const started: string[] = [];
    world.onCall = async (call) => void started.push(await world.start(child, { token: tokenIn(call) }, 'c'));
    const { output } = await world.ran({ A: callback() });
    expect(output).toBe('up');
    expect(started).toHaveLength(1);
  });
});
