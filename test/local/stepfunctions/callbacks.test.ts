import { describe, expect, it } from 'vitest';
import {
  callback,
  caught,
  detailsOf,
  end,
  failing,
  functionArn,
  lambda,
  linked,
  states,
  succeed,
  tokenIn,
  told,
  World,
} from './world.ts';

describe('a callback', () => {
  /** One that waits, with its token. */
  async function waiting(more: object = end, after: object = {}) {
    const world = new World();
    let token = '';
    world.onCall = (call) => {
      token = tokenIn(call);
      return { MessageId: 'm' };
    };
    const arn = await world.start(await world.machine('m', { A: callback(more), ...after }));
    await world.engine.settled();
    const ended = async () => {
      await world.pass();
      return world.ended(arn);
    };
    return { world, arn, token, ended };
  }
  const died = async ({ world, arn }: { world: World; arn: string }) =>
    new Date(Number((await world.history(arn)).at(-1)?.timestamp) * 1000).toISOString();
  const names = { resourceType: 'sqs', resource: 'sendMessage.waitForTaskToken' };
  const gone = { name: 'TaskTimedOut', message: "Task Timed Out: 'Provided task does not exist anymore'" };

  it('waits for its answer, which is its result', async () => {
    const { world, arn, token, ended } = await waiting();
    await world.later(1800);
    expect(await world.ended(arn)).toEqual({ status: 'RUNNING' });
    await world.call('SendTaskSuccess', { taskToken: token, output: '{"well": true}' });
    expect(await ended()).toEqual({ status: 'SUCCEEDED', output: { well: true } });
    const events = await world.history(arn);
    expect(linked(events).slice(2)).toEqual([
      '3<2 TaskScheduled',
      '4<3 TaskStarted',
      '5<4 TaskSubmitted',
      '6<5 TaskSucceeded',
      '7<6 TaskStateExited',
      '8<7 ExecutionSucceeded',
    ]);
    expect(detailsOf(events[2])).toMatchObject({ ...names, timeoutInSeconds: 3600 });
    expect(JSON.parse(String(detailsOf(events[4]).output))).toMatchObject({ MessageId: 'm' });
  });

  it.each([
    [{ error: 'Mine', cause: 'because' }],
    [{ error: 'Mine' }],
    [{ cause: 'because' }],
    [{}],
  ])('fails as a worker says: %j', async (given) => {
    const { world, arn, token, ended } = await waiting();
    await world.call('SendTaskFailure', { taskToken: token, ...given });
    expect(await ended()).toEqual({ status: 'FAILED', ...given });
    const events = await world.history(arn);
    expect(told(events, 'TaskFailed')).toEqual([{ ...names, ...given }]);
    expect(detailsOf(events.at(-1))).toEqual(given);
  });

  it('whose call fails waits for nothing', async () => {
    const world = new World();
    world.onCall = () => {
      throw failing('AWS.SimpleQueueService.NonExistentQueue');
    };
    const { status, types } = await world.ran({ A: callback() });
    expect(status).toBe('FAILED');
    expect(types).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskFailed',
      'ExecutionFailed',
    ]);
  });

  it('is kept alive by heartbeats, of which the history says nothing', async () => {
    const { world, arn, token, ended } = await waiting({ HeartbeatSeconds: 60, ...end });
    for (let beat = 0; beat < 5; beat += 1) {
      await world.later(50);
      await world.call('SendTaskHeartbeat', { taskToken: token });
    }
    expect(await world.history(arn)).toHaveLength(5);
    await world.call('SendTaskSuccess', { taskToken: token, output: '1' });
    expect(await ended()).toEqual({ status: 'SUCCEEDED', output: 1 });
  });

  it('whose heartbeat stays away has timed out; so has one whose time is over, whatever its heart does', async () => {
    const silent = await waiting({ HeartbeatSeconds: '{% 30 + 30 %}', ...end });
    await silent.world.later(59);
    expect((await silent.world.ended(silent.arn)).status).toBe('RUNNING');
    expect(await silent.ended()).toEqual({ status: 'FAILED', error: 'States.Timeout' });
    const events = await silent.world.history(silent.arn);
    expect(told(events, 'TaskScheduled')).toMatchObject([{ heartbeatInSeconds: 60, timeoutInSeconds: 3600 }]);
    expect(linked(events).slice(-2)).toEqual(['6<5 TaskTimedOut', '7<6 ExecutionFailed']);
    expect(told(events, 'TaskTimedOut')).toEqual([{ ...names, error: 'States.Timeout' }]);

    const beaten = await waiting({ HeartbeatSeconds: 60, ...end });
    await beaten.world.later(50);
    await beaten.world.call('SendTaskHeartbeat', { taskToken: beaten.token });
    await beaten.ended();
    expect(await died(beaten)).toBe('2026-01-05T02:01:50.000Z');

    const lively = await waiting({ HeartbeatSeconds: 60, TimeoutSeconds: '{% 100 %}', ...end });
    for (const seconds of [50, 49]) {
      await lively.world.later(seconds);
      await lively.world.call('SendTaskHeartbeat', { taskToken: lively.token });
    }
    expect(await lively.ended()).toEqual({ status: 'FAILED', error: 'States.Timeout' });
    expect(await died(lively)).toBe('2026-01-05T02:01:40.000Z');
  });

  it('may be answered before the call that gave the token has returned; the first answer counts', async () => {
    const world = new World();
    world.onCall = async (call) => {
      const taskToken = tokenIn(call);
      await world.call('SendTaskHeartbeat', { taskToken });
      await world.call('SendTaskSuccess', { taskToken, output: '"early"' });
      await expect(world.call('SendTaskFailure', { taskToken })).rejects.toMatchObject(gone);
    };
    const { status, output, types } = await world.ran({ A: callback() });
    expect({ status, output }).toEqual({ status: 'SUCCEEDED', output: 'early' });
    expect(types.slice(4, 6)).toEqual(['TaskSubmitted', 'TaskSucceeded']);
  });

  it('takes one answer: whoever comes later, or too late, is told that nobody waits', async () => {
    const answered = await waiting();
    const again = () => answered.world.call('SendTaskSuccess', { taskToken: answered.token, output: '2' });
    await answered.world.call('SendTaskSuccess', { taskToken: answered.token, output: '1' });
    await expect(again()).rejects.toMatchObject(gone);
    expect(await answered.ended()).toEqual({ status: 'SUCCEEDED', output: 1 });
    await expect(again()).rejects.toMatchObject(gone);
    await expect(answered.world.call('SendTaskHeartbeat', { taskToken: answered.token })).rejects.toMatchObject(gone);

    const late = await waiting({ ...caught('B', 'States.Timeout'), Next: 'B' }, { B: succeed });
    expect((await late.ended()).status).toBe('SUCCEEDED');
    await expect(late.world.call('SendTaskFailure', { taskToken: late.token })).rejects.toMatchObject(gone);
  });

  it('has a token of its own for each attempt', async () => {
    const world = new World();
    const tokens: string[] = [];
    world.onCall = (call) => void tokens.push(tokenIn(call));
    const Retry = [{ ErrorEquals: ['Again'], MaxAttempts: 1 }];
    const arn = await world.start(await world.machine('m', { A: callback({ Retry, ...end }) }));
    await world.engine.settled();
    await world.call('SendTaskFailure', { taskToken: tokens[0], error: 'Again' });
    await world.later(1);
    expect(new Set(tokens).size).toBe(2);
    await expect(world.call('SendTaskSuccess', { taskToken: tokens[0], output: '1' })).rejects.toMatchObject(gone);
    await world.call('SendTaskSuccess', { taskToken: tokens[1], output: '2' });
    await world.pass();
    expect(await world.ended(arn)).toEqual({ status: 'SUCCEEDED', output: 2 });
  });

  it('is not woken by what is no token, nor by one that was made up', async () => {
    const { world, arn, token } = await waiting();
    const invalid = { name: 'InvalidToken', message: "Invalid Token: 'Invalid token'" };
    for (const taskToken of ['x', 'AQC', 'AQCAAAA', `${token.slice(0, 3)}!`]) {
      await expect(world.call('SendTaskSuccess', { taskToken, output: '1' })).rejects.toMatchObject(invalid);
      await expect(world.call('SendTaskHeartbeat', { taskToken })).rejects.toMatchObject(invalid);
    }
    const forged = `AQC${Buffer.from(Buffer.from(token.slice(3), 'base64url').toString().replace(/.$/, '_')).toString('base64url')}`;
    await expect(world.call('SendTaskSuccess', { taskToken: forged, output: '1' })).rejects.toMatchObject(gone);
    await expect(world.call('SendTaskSuccess', { taskToken: token, output: '{' })).rejects.toMatchObject({
      name: 'InvalidOutput',
    });
    expect((await world.ended(arn)).status).toBe('RUNNING');
  });

  it('of a function waits after the function has answered', async () => {
    const world = new World();
    let token = '';
    world.functions.hand = (payload) => {
      token = String(payload);
      return 'over to you';
    };
    const States = {
      A: {
        ...lambda('hand', { Output: '{% $states.result %}', ...end }),
        Resource: `${states}lambda:invoke.waitForTaskToken`,
        Arguments: { FunctionName: functionArn('hand'), Payload: '{% $states.context.Task.Token %}' },
      },
    };
    const arn = await world.start(await world.machine('m', States));
    await world.engine.settled();
    const events = await world.history(arn);
    expect(JSON.parse(String(told(events, 'TaskSubmitted')[0]?.output))).toMatchObject({ Payload: 'over to you' });
    await world.call('SendTaskSuccess', { taskToken: token, output: '"done"' });
    expect(await world.ended(arn)).toEqual({ status: 'SUCCEEDED', output: 'done' });
  });
});
