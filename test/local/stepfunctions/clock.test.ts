import { afterEach, describe, expect, it, vi } from 'vitest';
import { RunningClock, VirtualClock } from '../../../local/stepfunctions/index.ts';
import {
  callback,
  end,
  failing,
  flow,
  lambda,
  numbers,
  pass,
  refuses,
  succeed,
  tokenIn,
  World,
  wait,
} from './world.ts';

const day = 86_400;
const at = Date.parse('2026-01-05T02:00:00Z');
const turn = (): Promise<void> => new Promise((next) => setImmediate(next));

/** The end of an execution whose time passes by itself. */
async function over(world: World, arn: string) {
  for (;;) {
    const ended = await world.ended(arn);
    if (ended.status !== 'RUNNING') return ended;
    await turn();
  }
}

/** When each state was left, in seconds from the start. */
async function exits(world: World, arn: string): Promise<number[]> {
  const events = await world.history(arn);
  const began = Number(events[0]?.timestamp);
  return events.filter(({ type }) => type.endsWith('StateExited')).map(({ timestamp }) => Number(timestamp) - began);
}

describe('a clock that is moved from outside', () => {
  it('is told when something happens by itself, and nothing does before', async () => {
    const world = new World();
    expect(world.engine.nextTimer()).toBeUndefined();
    const began = world.now;
    const machine = await world.machine('m', { W: { Type: 'Wait', Seconds: '{% $states.input %}', ...end } });
    const arn = await world.start(machine, 60, 'long');
    await world.start(machine, 10, 'short');
    await world.engine.settled();
    expect(world.engine.nextTimer()).toBe(began + 10_000);
    world.now += 9_999;
    world.engine.wake();
    await world.engine.settled();
    expect(world.engine.nextTimer()).toBe(began + 10_000);
    world.now += 1;
    world.engine.wake();
    await world.engine.settled();
    expect(world.engine.nextTimer()).toBe(began + 60_000);
    await world.call('StopExecution', { executionArn: arn });
    expect(world.engine.nextTimer()).toBeUndefined();
  });

  it('that leaps has everything done that was due, in the order of its time and then of names', async () => {
    const order: string[] = [];
    const world = new World({
      onEvent: (arn, { type }) => {
        if (type === 'WaitStateExited') order.push(arn.slice(arn.lastIndexOf(':') + 1));
      },
    });
    const machine = await world.machine('m', { W: { Type: 'Wait', Seconds: '{% $states.input %}', ...end } });
    for (const [name, seconds] of Object.entries({ e: 30, b: 20, d: 20, a: 40, c: 20 }))
      await world.start(machine, seconds, name);
    await world.engine.settled();
    world.now += 3600_000;
    world.engine.wake();
    await world.engine.settled();
    expect(order.join('')).toBe('bcdea');
  });

  it('stands still while nobody moves it, however long what runs takes', async () => {
    const world = new World();
    world.functions.slow = () => new Promise((done) => setTimeout(done, 20));
    const { arn } = await world.ran({ A: lambda('slow', { Output: 1, ...end }) });
    expect(await exits(world, arn)).toEqual([0]);
  });
});

describe('a virtual clock', () => {
  it('lets a year pass at once', async () => {
    const world = new World({ clock: new VirtualClock(at) });
    const real = performance.now();
    const arn = await world.start(
      await world.machine('m', {
        Begin: { Type: 'Pass', Assign: { left: 364 }, Next: 'Day' },
        Day: wait(day, { Assign: { left: '{% $left - 1 %}' }, Next: 'More?' }),
        'More?': { Type: 'Choice', Choices: [{ Condition: '{% $left > 0 %}', Next: 'Day' }], Default: 'Done' },
        Done: pass({ Output: '{% $now() %}' }),
      }),
    );
    expect(await over(world, arn)).toEqual({ status: 'SUCCEEDED', output: '2027-01-04T02:00:00.000Z' });
    expect(performance.now() - real).toBeLessThan(5_000);
    expect((await exits(world, arn)).at(-1)).toBe(364 * day);
  });

  it('passes no more time than it must: retries, timeouts and waits are where they belong', async () => {
    const world = new World({ clock: new VirtualClock(at) });
    world.functions.breaks = () => {
      throw failing('Busy');
    };
    const States = {
      W: wait(7, { Next: 'L' }),
      L: lambda('breaks', {
        Retry: [{ ErrorEquals: ['Busy'], MaxAttempts: 2 }],
        Catch: [{ ErrorEquals: ['Busy'], Next: 'C' }],
        Next: 'C',
      }),
      C: callback({ TimeoutSeconds: 50, Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'D' }], Next: 'D' }),
      D: succeed,
    };
    const arn = await world.start(await world.machine('m', States));
    await over(world, arn);
    expect(await exits(world, arn)).toEqual([7, 10, 60, 60]);
  });

  it('stands still while a call is in flight, and while a worker answers it', async () => {
    const clock = new VirtualClock(at);
    const world = new World({ clock });
    let answer: (value: unknown) => void = () => {};
    world.functions.slow = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    const waiting = await world.start(await world.machine('waits', { W: wait(60) }));
    const calling = await world.start(
      await world.machine('calls', { A: lambda('slow', { TimeoutSeconds: 30, ...end }) }),
    );
    for (let i = 0; i < 20; i += 1) await turn();
    expect(clock.now()).toBe(at);
    expect((await world.ended(waiting)).status).toBe('RUNNING');
    answer('done');
    expect(await over(world, calling)).toEqual({ status: 'SUCCEEDED', output: 'done' });
    expect(await exits(world, calling)).toEqual([0]);
    await over(world, waiting);
    expect(clock.now()).toBe(at + 60_000);

    const tokens: string[] = [];
    world.onCall = (call) => void tokens.push(tokenIn(call));
    const asking = await world.start(await world.machine('asks', { A: callback() }));
    await world.engine.settled();
    await world.call('SendTaskSuccess', { taskToken: tokens[0], output: '"in time"' });
    expect(await over(world, asking)).toEqual({ status: 'SUCCEEDED', output: 'in time' });
    expect(clock.now()).toBe(at + 60_000);
  });

  it('stands still while the engine has much to do', async () => {
    const clock = new VirtualClock(at);
    const world = new World({ clock, memory: true });
    await world.start(await world.machine('waits', { W: wait(60) }));
    const machine = await world.machine('many', {
      P: { Type: 'Map', Items: '{% [1..20] %}', ItemProcessor: flow({ I: pass() }), ...end },
    });
    await world.engine.settled();
    // All at once, more than one turn of the event loop has room for.
    const arns = await Promise.all(numbers(300).map((n) => world.start(machine, {}, `e${n}`)));
    for (const arn of arns) await over(world, arn);
    for (const arn of arns) {
      const { startDate, stopDate } = await world.call('DescribeExecution', { executionArn: arn });
      expect([startDate, stopDate]).toEqual([at / 1000, at / 1000]);
    }
  });

  it('does not run on once the engine is closed', async () => {
    const clock = new VirtualClock(at);
    const world = new World({ clock });
    await world.start(await world.machine('m', { W: wait(60) }));
    await world.engine.close();
    for (let i = 0; i < 5; i += 1) await turn();
    expect(clock.now()).toBe(at);
  });

  it('goes on where an earlier process was', async () => {
    const world = new World({ clock: new VirtualClock(at) });
    const arn = await world.start(await world.machine('m', { A: wait(60, { Next: 'B' }), B: wait(60) }));
    for (let found = 0; found < 4; found = (await world.history(arn)).length) await turn();
    await world.engine.close(true);
    const clock = new VirtualClock(at);
    const other = new World({ clock, file: world.file });
    expect(clock.now()).toBeGreaterThanOrEqual(at + 60_000);
    expect((await over(other, arn)).status).toBe('SUCCEEDED');
    expect(await exits(other, arn)).toEqual([60, 120]);
  });
});

describe('a running clock', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('takes real time', async () => {
    const world = new World({ clock: new RunningClock() });
    const began = performance.now();
    const arn = await world.start(
      await world.machine('m', { W: { Type: 'Wait', Timestamp: '{% $fromMillis($millis() + 40) %}', ...end } }),
    );
    expect((await over(world, arn)).status).toBe('SUCCEEDED');
    // A timer of the machine may be a millisecond early or so.
    expect(performance.now() - began).toBeGreaterThanOrEqual(38);
    expect(performance.now() - began).toBeLessThan(1_000);
    const [waited = 0] = await exits(world, arn);
    expect(Math.round(waited * 1000)).toBeGreaterThanOrEqual(40);
    await world.engine.close();
  });

  it('takes a part of it: an hour in a tenth of a second', async () => {
    const world = new World({ clock: new RunningClock(36_000, at) });
    const began = performance.now();
    const arn = await world.start(await world.machine('m', { A: wait(1800, { Next: 'B' }), B: wait(1800) }));
    expect((await over(world, arn)).status).toBe('SUCCEEDED');
    expect(performance.now() - began).toBeGreaterThan(95);
    expect((await exits(world, arn)).at(-1)).toBeGreaterThanOrEqual(3600);
    await world.engine.close();
  });

  it('needs a speed', () => {
    for (const speed of [0, -1, Number.NaN]) expect(() => new RunningClock(speed)).toThrow(RangeError);
  });

  /** A clock whose machine’s time is moved by the test; how often it woke the engine. */
  function moved(speed?: number) {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
    const clock = new RunningClock(speed, at);
    let wakes = 0;
    const expected = (next: number | undefined): void =>
      clock.expect({
        next,
        busy: () => false,
        wake: () => {
          wakes += 1;
        },
      });
    return { clock, expected, wakes: () => wakes };
  }

  it('wakes at the time that is next, once, and not for one that is given up', () => {
    const { clock, expected, wakes } = moved();
    expected(at + 1000);
    expected(at + 1000);
    vi.advanceTimersByTime(999);
    expect(wakes()).toBe(0);
    vi.advanceTimersByTime(1);
    expect(wakes()).toBe(1);
    expected(at + 5000);
    expected(at + 3000);
    vi.advanceTimersByTime(2000);
    expect(wakes()).toBe(2);
    expected(at + 4000);
    expected(undefined);
    vi.advanceTimersByTime(10_000);
    expect(wakes()).toBe(2);
    expect(clock.now()).toBe(at + 13_000);
    expected(at);
    vi.advanceTimersByTime(0);
    expect(wakes()).toBe(3);
    expected(at + 20_000);
    clock.stop();
    vi.advanceTimersByTime(20_000);
    expect(wakes()).toBe(3);
  });

  it('does not wake at once for what is further off than a timer of the machine reaches', () => {
    const { expected, wakes } = moved();
    expected(at + 100 * day * 1000);
    vi.advanceTimersByTime(1000);
    expect(wakes()).toBe(0);
    // It may ask in between whether it is time.
    for (let days = 0; days < 100; days += 1) {
      vi.advanceTimersByTime(day * 1000);
      expected(at + 100 * day * 1000);
    }
    expect(wakes()).toBeGreaterThanOrEqual(1);
    expect(wakes()).toBeLessThanOrEqual(6);
  });

  it('runs as fast as it is told', () => {
    const { clock, expected, wakes } = moved(60);
    expected(at + 60_000);
    vi.advanceTimersByTime(999);
    expect(wakes()).toBe(0);
    vi.advanceTimersByTime(1);
    expect([wakes(), clock.now()]).toEqual([1, at + 60_000]);
  });

  it('does not run back behind what an earlier process did', () => {
    const { clock } = moved(2);
    clock.resume(at - 1000);
    expect(clock.now()).toBe(at);
    clock.resume(at + 5000);
    expect(clock.now()).toBe(at + 5000);
    vi.advanceTimersByTime(1000);
    expect(clock.now()).toBe(at + 7000);
  });

  it('of a closed engine answers nobody', async () => {
    const world = new World({ clock: new RunningClock(36_000, at) });
    await world.start(await world.machine('m', { W: wait(36) }));
    await world.engine.close();
    await new Promise((done) => setTimeout(done, 5));
    await expect(world.call('ListStateMachines', {})).rejects.toMatchObject(refuses('ServiceUnavailable'));
  });
});
