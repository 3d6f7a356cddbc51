import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  callback,
  type Event,
  flow,
  lambda,
  linked,
  numbers,
  pages,
  pass,
  refuses,
  succeed,
  tokenIn,
  told,
  World,
  wait,
} from './world.ts';

/** A finished execution with 131 events. */
async function finished() {
  const world = new World();
  const body = { Double: lambda('double', { Next: 'Wait' }), Wait: wait(1) };
  const { arn, events } = await world.ran(
    { M: { Type: 'Map', MaxConcurrency: 2, ItemProcessor: flow(body), Next: 'P' }, P: pass({ Assign: { v: 1 } }) },
    numbers(14),
  );
  return { world, executionArn: arn, events };
}

describe('a history', () => {
  it('in pages of any size, from either end, is the whole of it', async () => {
    const { world, executionArn, events } = await finished();
    expect(events.map(({ id }) => id)).toEqual(numbers(events.length).map((n) => n + 1));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 150 }), fc.boolean(), async (maxResults, reverseOrder) => {
        const request = { executionArn, maxResults, reverseOrder };
        const read = await pages(world, 'GetExecutionHistory', request, 'events');
        expect(read.flat()).toEqual(reverseOrder ? [...events].reverse() : events);
        expect(read).toHaveLength(Math.ceil(events.length / maxResults));
      }),
      { numRuns: 40 },
    );
  });

  it('comes a hundred events at a time where nothing is said', async () => {
    const { world, executionArn, events } = await finished();
    expect(events.length).toBeGreaterThan(100);
    for (const request of [{}, { maxResults: 0 }]) {
      const [first] = await pages(world, 'GetExecutionHistory', { executionArn, ...request }, 'events');
      expect(first).toEqual(events.slice(0, 100));
    }
    const wrong = world.call('GetExecutionHistory', { executionArn, nextToken: 'made up' });
    await expect(wrong).rejects.toMatchObject(refuses('InvalidToken', 'made up'));
    const nobody = world.call('GetExecutionHistory', { executionArn: `${executionArn}2` });
    await expect(nobody).rejects.toMatchObject(refuses('ExecutionDoesNotExist', executionArn));
  });

  it('hides what went through the execution from those who ask for no data', async () => {
    const { world, executionArn, events } = await finished();
    const { events: bare } = await world.call('GetExecutionHistory', {
      executionArn,
      maxResults: 1000,
      includeExecutionData: false,
    });
    if (!Array.isArray(bare)) throw new TypeError('no events');
    const hidden = JSON.stringify(bare);
    expect(hidden).not.toMatch(/"(input|output|parameters|assignedVariables)":/);
    expect(linked(bare)).toEqual(linked(events));
    expect(told(bare, 'TaskScheduled')[0]).toEqual({
      resourceType: 'lambda',
      resource: 'invoke',
      region: 'cn-north-1',
    });
    expect(told(bare, 'PassStateEntered')).toEqual([{ name: 'P', inputDetails: { truncated: false } }]);
  });

  it('that grows while it is read from its end gives no event twice', async () => {
    const world = new World();
    const arn = await world.start(await world.machine('m', { A: wait(60, { Next: 'B' }), B: wait(60) }));
    await world.pass(world.now + 60_000);
    const request = { executionArn: arn, maxResults: 2, reverseOrder: true };
    const ids = (events: unknown) => (Array.isArray(events) ? events.map(({ id }) => id) : []);
    const { events, nextToken } = await world.call('GetExecutionHistory', request);
    expect(ids(events)).toEqual([4, 3]);
    await world.pass();
    const more = await world.call('GetExecutionHistory', { ...request, nextToken });
    expect(ids(more.events)).toEqual([2, 1]);
  });

  it('holds together: each event follows an earlier one, time never runs back, what is left was entered', async () => {
    const { events } = await finished();
    const byId = new Map(events.map((event) => [event.id, event]));
    for (const { id, previousEventId, timestamp } of events) {
      expect(previousEventId).toBeLessThan(id);
      if (id > 2) expect(byId.has(previousEventId)).toBe(true);
      expect(Number(timestamp)).toBeGreaterThanOrEqual(Number(byId.get(previousEventId)?.timestamp ?? 0));
    }
    const count = (type: RegExp) => events.filter((event) => type.test(event.type)).length;
    expect(count(/StateEntered$/)).toBe(count(/StateExited$/));
  });

  it('is told while it is written, each event once and in order', async () => {
    const heard = new Map<string, number[]>();
    const onEvent = (arn: string, { id }: { id: number }) => void heard.set(arn, [...(heard.get(arn) ?? []), id]);
    const world = new World({ onEvent });
    world.onCall = async (call) =>
      void (await world.call('SendTaskSuccess', { taskToken: tokenIn(call), output: '1' }));
    const machine = await world.machine('m', { A: callback({ Next: 'B' }), B: wait(5) });
    const arns = [await world.start(machine, {}, 'one'), await world.start(machine, {}, 'two')];
    await world.pass();
    for (const arn of arns) expect(heard.get(arn)).toEqual((await world.history(arn)).map(({ id }: Event) => id));
  });

  it('says what it was of an execution that goes on after a restart, and grows from there', async () => {
    const world = new World();
    const arn = await world.start(
      await world.machine('m', { A: { Type: 'Pass', Next: 'B' }, B: wait(60, { Next: 'C' }), C: succeed }),
    );
    await world.engine.settled();
    const before = await world.history(arn);
    await world.kill();
    expect(await world.history(arn)).toEqual(before);
    await world.pass();
    const after = await world.history(arn);
    expect(after.slice(0, before.length)).toEqual(before);
    expect(linked(after).slice(before.length)).toEqual([
      '5<4 WaitStateExited',
      '6<5 SucceedStateEntered',
      '7<6 SucceedStateExited',
      '8<7 ExecutionSucceeded',
    ]);
  });
});
