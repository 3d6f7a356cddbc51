import { describe, expect, it } from 'vitest';
import { failing, functionArn, lambda, World } from './world.ts';

const end = { End: true };
const bare = (name: string, more: object = end) => ({ Type: 'Task', Resource: functionArn(name), ...more });
const map = (more: object, StartAt: string, States: object) => ({
  Type: 'Map',
  ...more,
  ItemProcessor: { StartAt, States },
});

/** A Map that stands every failure, around one whose iterations are `inner`. */
const tolerant = (inner: object, Next: string) =>
  map({ ToleratedFailurePercentage: 100, Items: [1], Next }, 'Inner', { Inner: inner });

describe('flows inside flows', () => {
  it('of which one cannot begin take with them those that run: nothing outlives what held it', async () => {
    const inner = map(
      { Items: [{ a: 1 }, {}], ItemSelector: { x: '{% $states.context.Map.Item.Value.a %}' }, ...end },
      'Stray',
      { Stray: { Type: 'Pass', Output: 'stray', End: true } },
    );
    const { status, output, types } = await new World().ran({
      Outer: tolerant(inner, 'Wait'),
      Wait: { Type: 'Wait', Seconds: 100, Next: 'Last' },
      Last: { Type: 'Pass', Output: 'the real output', End: true },
    });
    expect({ status, output }).toEqual({ status: 'SUCCEEDED', output: 'the real output' });
    expect(types.filter((type) => type === 'ExecutionSucceeded')).toHaveLength(1);
  });

  it('that failed and were tolerated are not run again by a redrive', async () => {
    for (const memory of [true, false]) {
      const world = new World({ memory });
      let works = false;
      world.functions.work = () => {
        if (!works) throw failing('NotYet');
        return 'done';
      };
      const inner = map({ Items: [1, 2, 3], ...end }, 'F', { F: { Type: 'Fail', Error: 'x' } });
      const machine = await world.machine('m', { Outer: tolerant(inner, 'Task'), Task: bare('work') });
      const arn = await world.start(machine);
      await world.pass();
      works = true;
      await world.engine.call('RedriveExecution', { executionArn: arn });
      await world.pass();
      expect(await world.ended(arn)).toEqual({ status: 'SUCCEEDED', output: 'done' });
    }
  });
});

describe('a redrive', () => {
  const redriven = '$states.context.Execution.RedriveCount > 0';

  it('enters what was not entered yet, and only that', async () => {
    const world = new World();
    world.functions.work = () => 1;
    const Arguments = `{% ${redriven} ? 1 : $error('not yet') %}`;
    const Branches = [
      { StartAt: 'First', States: { First: bare('work', { Arguments, ...end }) } },
      { StartAt: 'Second', States: { Second: bare('work') } },
    ];
    const arn = await world.start(await world.machine('m', { P: { Type: 'Parallel', Branches, End: true } }));
    await world.pass();
    await world.engine.call('RedriveExecution', { executionArn: arn });
    await world.pass();
    const history = await world.history(arn);
    const of = (type: string) =>
      history.flatMap((event) => {
        const details = event[type];
        return typeof details === 'object' && details !== null && 'name' in details ? [details.name] : [];
      });
    expect(of('stateEnteredEventDetails').sort()).toEqual(['First', 'P', 'Second']);
    expect(of('stateExitedEventDetails').sort()).toEqual(['First', 'P', 'Second']);
  });

  it('of a Map goes on with the items that were not done', async () => {
    const world = new World();
    const done: unknown[] = [];
    world.functions.work = (payload) => void done.push(payload);
    const item = '$states.context.Map.Item';
    const ItemSelector = `{% ${item}.Index = 1 and $not(${redriven}) ? $error('not yet') : ${item}.Value %}`;
    const arn = await world.start(
      await world.machine('m', {
        M: map({ MaxConcurrency: 1, Items: [1, 2], ItemSelector, ...end }, 'T', { T: lambda('work') }),
      }),
    );
    await world.pass();
    await world.engine.call('RedriveExecution', { executionArn: arn });
    await world.pass();
    expect((await world.ended(arn)).status).toBe('SUCCEEDED');
    expect(done).toEqual([1, 2]);
  });

  it('asked for again under the same token is the same redrive', async () => {
    const world = new World();
    world.functions.work = () => {
      throw failing('Never');
    };
    const arn = await world.start(await world.machine('m', { T: bare('work') }));
    await world.pass();
    const request = { executionArn: arn, clientToken: 'one' };
    const first = await world.engine.call('RedriveExecution', request);
    expect(await world.engine.call('RedriveExecution', request)).toEqual(first);
    await world.pass();
    expect(await world.engine.call('RedriveExecution', request)).toEqual(first);
    expect((await world.history(arn)).filter(({ type }) => type === 'ExecutionRedriven')).toHaveLength(1);
  });
});
