import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { RunningClock, VirtualClock } from '../../../local/stepfunctions/index.ts';
import { callback, failing, lambda, tokenIn, World } from './world.ts';

const wait = (Seconds: number) => ({ Type: 'Wait', Seconds, End: true });

it('an engine that breaks down refuses whoever asks, and can be closed', async () => {
  const faults: unknown[] = [];
  let full = false;
  const onEvent = () => {
    if (full) throw failing('DiskFull');
  };
  const world = new World({ onEvent, onFault: (fault) => void faults.push(fault) });
  const machine = await world.machine('m', { W: wait(60) });
  full = true;
  await expect(world.start(machine)).rejects.toMatchObject({ name: 'DiskFull' });
  const arn = await world.start(machine, {}, 'two').catch((error: Error) => error.name);
  expect(arn).toMatch(/DiskFull|ServiceUnavailable/);
  await world.engine.settled();
  await world.engine.close();
  await expect(world.engine.call('ListStateMachines', {})).rejects.toMatchObject({ name: 'ServiceUnavailable' });
});

it('a mistake of the host ends the execution and is told; it is no fault of the service', async () => {
  const faults: unknown[] = [];
  const world = new World({ onFault: (fault) => void faults.push(fault) });
  world.onCall = () => {
    throw new ReferenceError('lambdas is not defined');
  };
  const { status, error, cause } = await world.ran({ A: callback() });
  expect({ status, error }).toEqual({ status: 'FAILED', error: 'States.Runtime' });
  expect(cause).toContain('lambdas is not defined');
  expect(faults).toHaveLength(1);
});

it('timers fire although the queue is never empty, and others have their turn', async () => {
  const world = new World({ clock: new RunningClock(100), memory: true });
  const spin = await world.machine('spin', {
    A: { Type: 'Pass', Next: 'B' },
    B: { Type: 'Choice', Choices: [{ Condition: '{% false %}', Next: 'Z' }], Default: 'A' },
    Z: { Type: 'Succeed' },
  });
  const waits = await world.machine('waits', { W: wait(5) });
  const spinning = await Promise.all(Array.from({ length: 20 }, (_, i) => world.start(spin, {}, `s${i}`)));
  const arn = await world.start(waits);
  while ((await world.ended(arn)).status === 'RUNNING') await new Promise((turn) => setImmediate(turn));
  const others = await Promise.all(spinning.map((one) => world.ended(one)));
  expect(others.filter(({ status }) => status === 'RUNNING')).not.toEqual([]);
  await world.engine.close(true);
});

it('after a kill time goes on from what was done last, also in the middle of a long retry', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'time-')), 'engine.sqlite');
  const at = Date.parse('2026-01-05T10:00:00+08:00');
  let calls = 0;
  const begin = () => {
    const world = new World({ file, clock: new VirtualClock(at) });
    world.functions.work = () => {
      calls += 1;
      if (calls === 1) throw failing('NotYet');
      return calls === 2 ? new Promise(() => {}) : 'done';
    };
    return world;
  };
  const first = begin();
  const Retry = [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 86_400 * 30 }];
  const arn = await first.start(await first.machine('m', { T: lambda('work', { Retry, End: true }) }));
  while (calls < 2) await new Promise((turn) => setImmediate(turn));
  await first.engine.close(true);
  const second = begin();
  await second.engine.settled();
  expect(await second.ended(arn)).toEqual({ status: 'SUCCEEDED', output: 'done' });
  const times = (await second.history(arn)).map(({ timestamp }) => Number(timestamp));
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect((times.at(-1) ?? 0) - at / 1000).toBeGreaterThanOrEqual(86_400 * 30);
});

it('a token is known by its seal: one made up for a task that waits is nobody’s', async () => {
  const world = new World();
  const tokens: string[] = [];
  world.onCall = (call) => void tokens.push(tokenIn(call));
  await world.start(await world.machine('m', { A: callback() }));
  await world.engine.settled();
  const inner = Buffer.from(String(tokens[0]).slice(3), 'base64url').toString();
  const [place] = /^\d+\.\d+\.\d+\./.exec(inner) ?? [''];
  const forged = `AQC${Buffer.from(`${place}${'x'.repeat(43)}`).toString('base64url')}`;
  const answer = (taskToken: unknown) => world.engine.call('SendTaskSuccess', { taskToken, output: '{}' });
  await expect(answer(forged)).rejects.toMatchObject({ name: 'TaskTimedOut' });
  await expect(answer(tokens[0])).resolves.toEqual({});
  const other = new World();
  other.onCall = (call) => void tokens.push(tokenIn(call));
  await other.start(await other.machine('m', { A: callback() }));
  await other.engine.settled();
  expect(tokens[1], 'two engines do not seal alike').not.toBe(tokens[0]);
});
