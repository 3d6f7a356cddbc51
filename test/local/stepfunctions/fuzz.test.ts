import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operations } from '../../../local/stepfunctions/api/model.ts';
import { StepFunctionsError } from '../../../local/stepfunctions/index.ts';
import { childStates, definitions, populated, within } from './random-machines.ts';
import { callback, type Event, executionArn, machineArn, roleArn, text, tokenIn, type World } from './world.ts';

/** What no test catches. */
const unhandled: unknown[] = [];
const hear = (reason: unknown): void => void unhandled.push(reason);
beforeAll(() => void process.on('unhandledRejection', hear));
afterAll(async () => {
  await new Promise((next) => setImmediate(next));
  process.off('unhandledRejection', hear);
  expect(unhandled).toEqual([]);
});

/** A world with its inhabitants and the machine `child`, whose faults are noted. */
async function inhabited(memory: boolean) {
  const faults: unknown[] = [];
  const world = populated({ memory, onFault: (fault) => void faults.push(fault) });
  await world.machine('child', childStates);
  return { world, faults };
}

/** An answer, or the error of AWS that refuses one. */
async function answer(
  world: World,
  operation: string,
  input: unknown,
): Promise<Record<string, unknown> | StepFunctionsError> {
  try {
    return await world.engine.call(operation, input);
  } catch (error) {
    if (error instanceof StepFunctionsError) return error;
    throw error;
  }
}

const terminal: Record<string, string> = {
  SUCCEEDED: 'ExecutionSucceeded',
  FAILED: 'ExecutionFailed',
  TIMED_OUT: 'ExecutionTimedOut',
  ABORTED: 'ExecutionAborted',
};

/** What holds of every history, whatever the machine. */
function checkHistory(status: unknown, events: readonly Event[]): void {
  expect(events.map(({ id }) => id)).toEqual(events.map((_, i) => i + 1));
  const loose = events.filter(({ id, previousEventId }) => previousEventId >= id || previousEventId < 0);
  expect(loose).toEqual([]);
  const closing = events.filter(({ type }) => Object.values(terminal).includes(type)).map(({ type }) => type);
  expect(closing).toEqual(status === 'RUNNING' ? [] : [terminal[String(status)]]);
  if (status !== 'RUNNING') expect(events.at(-1)?.type).toBe(closing[0]);
  expect(JSON.stringify(events.at(-1))).not.toContain('Internal error');
  const open = new Map<string, number>();
  for (const { type } of events) {
    const [, kind, move] = /^(\w+)State(Entered|Exited)$/.exec(type) ?? [];
    if (kind !== undefined) open.set(kind, (open.get(kind) ?? 0) + (move === 'Entered' ? 1 : -1));
    expect(open.get(kind ?? '') ?? 0).toBeGreaterThanOrEqual(0);
  }
}

describe('a machine by chance', () => {
  it('always ends, in an orderly way, and leaves nothing behind', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        definitions(machineArn('child')),
        fc.boolean(),
        fc.jsonValue({ maxDepth: 2 }),
        async (definition, memory, input) => {
          const { world, faults } = await inhabited(memory);
          const stateMachineArn = machineArn('m');
          await world.call('CreateStateMachine', { name: 'm', definition, roleArn });
          const arn = await world.start(stateMachineArn, input);
          await world.pass();
          const { status } = await world.ended(arn);
          expect(Object.keys(terminal)).toContain(status);
          const events = await world.history(arn);
          checkHistory(status, events);
          for (const { type } of events) seen.add(type);
          expect(faults).toEqual([]);
          await world.engine.settled();
          expect([world.engine.nextTimer(), world.engine.busy()]).toEqual([undefined, false]);
          await world.engine.close();
        },
      ),
      { numRuns: 250, ...within },
    );
    // By chance, but by far not all the same.
    const rare = ['ExecutionTimedOut', 'EvaluationFailed', 'TaskTimedOut', 'TaskStateAborted'];
    expect([...seen]).toEqual(
      expect.arrayContaining([...rare, 'MapIterationAborted', 'MapStateFailed', 'ParallelStateSucceeded']),
    );
  });

  it('that did not succeed can be redriven, again and again, and still ends in an orderly way', async () => {
    let redriven = 0;
    await fc.assert(
      fc.asyncProperty(definitions(machineArn('child')), fc.boolean(), async (definition, kills) => {
        const { world, faults } = await inhabited(false);
        await world.call('CreateStateMachine', { name: 'm', definition, roleArn });
        const arn = await world.start(machineArn('m'), { a: 1 });
        await world.pass();
        for (let i = 0; i < 3; i += 1) {
          const { redriveStatus } = await world.call('DescribeExecution', { executionArn: arn });
          if (redriveStatus !== 'REDRIVABLE') break;
          await world.call('RedriveExecution', { executionArn: arn });
          if (kills) await world.kill();
          await world.pass();
          redriven += 1;
        }
        const { status } = await world.ended(arn);
        expect(Object.keys(terminal)).toContain(status);
        const events = await world.history(arn);
        const last = events.findLastIndex(({ type }) => type === 'ExecutionRedriven');
        const closing = events.slice(last + 1).filter(({ type }) => Object.values(terminal).includes(type));
        expect(closing).toEqual([events.at(-1)]);
        expect(faults).toEqual([]);
        expect(world.engine.nextTimer()).toBeUndefined();
        await world.engine.close();
      }),
      { numRuns: 60, ...within },
    );
    expect(redriven).toBeGreaterThan(10);
  });
});

describe('a definition that is none', () => {
  const bytes = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.uint8Array({ maxLength: 200 }).map((data) => Buffer.from(data).toString('latin1')),
    fc.json({ maxDepth: 4 }),
  );

  it('is refused, never stumbled over', async () => {
    const { world } = await inhabited(true);
    await fc.assert(
      fc.asyncProperty(bytes, async (definition) => {
        const made = await answer(world, 'CreateStateMachine', { name: 'm', definition, roleArn });
        expect(made).toBeInstanceOf(StepFunctionsError);
        const validated = await answer(world, 'ValidateStateMachineDefinition', { definition });
        if (!(validated instanceof StepFunctionsError)) expect(validated.result).toBe('FAIL');
      }),
      { numRuns: 300, ...within },
    );
  });

  /** The text with some of it cut out and something else put in, or the value with one inside replaced or left out. */
  const cut = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(6),
    put: fc.oneof(
      fc.constantFrom('', '"', '}', '[', ',', '-1', '1e99', 'null', '{%', '$'),
      fc.string({ maxLength: 3 }),
    ),
  });
  const odd = fc.oneof(
    fc.constantFrom<unknown>(
      undefined,
      null,
      0,
      -1,
      1e99,
      '',
      '{% $states.input %}',
      '{% [] %}',
      '__proto__',
      'S1',
      [],
      {},
    ),
    fc.jsonValue({ maxDepth: 2 }),
  );
  const replaced = (value: unknown, at: number, by: unknown): unknown => {
    let left = at;
    const walk = (one: unknown): unknown => {
      if (left === 0) {
        left -= 1;
        return by;
      }
      left -= 1;
      if (Array.isArray(one)) return one.map(walk);
      if (typeof one !== 'object' || one === null) return one;
      return Object.fromEntries(Object.entries(one).map(([key, inner]) => [key, walk(inner)]));
    };
    return walk(value);
  };
  const damaged = definitions(machineArn('child')).chain((whole) =>
    fc.oneof(
      cut.map(({ at, length, put }) => {
        const place = Math.floor(at * whole.length);
        return whole.slice(0, place) + put + whole.slice(place + length);
      }),
      fc
        .tuple(fc.integer({ min: 1, max: 80 }), odd)
        .map(([at, by]) => JSON.stringify(replaced(JSON.parse(whole), at, by)) ?? ''),
    ),
  );

  it('or almost one, is refused, or runs to its end like any other', async () => {
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(damaged, async (definition) => {
        const { world, faults } = await inhabited(true);
        const made = await answer(world, 'CreateStateMachine', { name: 'm', definition, roleArn });
        if (made instanceof StepFunctionsError) {
          expect(['InvalidDefinition', 'ValidationException']).toContain(made.name);
          return;
        }
        taken += 1;
        const arn = await world.start(machineArn('m'), { a: [1] });
        await world.pass();
        const { status } = await world.ended(arn);
        checkHistory(status, await world.history(arn));
        expect(Object.keys(terminal)).toContain(status);
        expect(faults).toEqual([]);
      }),
      { numRuns: 400, ...within },
    );
    expect(taken).toBeGreaterThan(40);
  });
});

describe('operations by chance', () => {
  interface Step {
    readonly operation: string;
    readonly input: Record<string, unknown>;
    /** Which of the tokens that were seen so far takes the place of a text. */
    readonly token: number;
    readonly next: 'wait' | 'go on' | 'time' | 'kill';
  }

  const names = [...operations.values()].flatMap(({ members }) => Object.keys(members));
  /** Mostly one of the first, now and then one of the others. */
  const mostly = <T>(good: readonly T[], ...odd: T[]): fc.Arbitrary<T> =>
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...good) },
      { weight: 1, arbitrary: fc.constantFrom(...good, ...odd) },
    );
  /** Asks twice, then fails or succeeds as it is answered. */
  const asking = text({
    A: callback({ HeartbeatSeconds: 20, Retry: [{ ErrorEquals: ['Broken'], MaxAttempts: 1 }], Next: 'B' }),
    B: callback({ Next: 'C' }),
    C: { Type: 'Choice', Choices: [{ Condition: '{% $states.input = 1 %}', Next: 'D' }], Default: 'E' },
    D: { Type: 'Wait', Seconds: 5, End: true },
    E: { Type: 'Fail', Error: 'Broken' },
  });
  const someDefinition = fc.oneof(fc.constant(asking), definitions(machineArn('child')));
  const likely: Record<string, fc.Arbitrary<unknown>> = {
    name: mostly(['m', 'one', 'two'], 'a b', ''),
    stateMachineArn: mostly([machineArn('m')], machineArn('child'), machineArn('gone'), 'arn'),
    executionArn: mostly([executionArn('one'), executionArn('two'), executionArn('m')], executionArn('gone'), 'arn:x'),
    resourceArn: mostly([machineArn('m')], executionArn('one')),
    roleArn: mostly([roleArn], 'nobody'),
    definition: someDefinition,
    input: mostly(['{}', '{"a":1}', '[1]'], '{'),
    output: mostly(['1', '{"a":2}'], 'x'),
    error: mostly(['Broken', ''], 'x'.repeat(257)),
    maxResults: fc.integer({ min: -1, max: 5 }),
    statusFilter: mostly(['RUNNING', 'FAILED', 'PENDING_REDRIVE'], 'ODD'),
    reverseOrder: fc.boolean(),
    includedData: fc.constantFrom('ALL_DATA', 'METADATA_ONLY'),
    tags: fc.constant([{ key: 'a', value: 'b' }]),
    tagKeys: fc.constant(['a']),
  };
  const inputOf = (operation: string): fc.Arbitrary<Record<string, unknown>> => {
    const members = Object.entries(operations.get(operation)?.members ?? {});
    const fitting = Object.fromEntries(members.flatMap(([name]) => (likely[name] ? [[name, likely[name]]] : [])));
    const required = members.filter(([name, { required: needed }]) => needed && likely[name]).map(([name]) => name);
    return fc.oneof(
      { weight: 6, arbitrary: fc.record(fitting, { requiredKeys: required }) },
      { weight: 1, arbitrary: fc.dictionary(fc.constantFrom(...names), fc.jsonValue({ maxDepth: 2 })) },
    );
  };
  const answers = ['SendTaskSuccess', 'SendTaskFailure', 'SendTaskHeartbeat'];
  const often = ['StartExecution', 'StopExecution', 'RedriveExecution', 'GetExecutionHistory', 'ListExecutions'];
  const step: fc.Arbitrary<Step> = fc
    .constantFrom(...answers, ...answers, ...often, ...often, ...often, ...operations.keys())
    .filter((operation) => operation !== 'TestState')
    .chain((operation) =>
      fc.record({
        operation: fc.constant(operation),
        input: inputOf(operation),
        token: fc.nat(20),
        next: fc.constantFrom<Step['next']>('wait', 'wait', 'wait', 'go on', 'go on', 'go on', 'time', 'kill'),
      }),
    );
  const story = fc.record({
    definition: someDefinition,
    memory: fc.boolean(),
    steps: fc.array(step, { minLength: 5, maxLength: 60, size: 'max' }),
  });

  /** A world in which the machine `m` may be started, and all tokens that come by: of tasks, and of pages. */
  async function besieged(definition: string, memory: boolean) {
    const { world, faults } = await inhabited(memory);
    const tokens = ['x', 'AQC'];
    const worker = world.onCall;
    world.onCall = (call) => {
      if (call.service === 'sqs') tokens.push(tokenIn(call));
      return worker(call);
    };
    await world.call('CreateStateMachine', { name: 'm', definition, roleArn });
    await world.start(machineArn('m'), { a: 1 });
    await world.engine.settled();
    return { world, faults, tokens };
  }

  it('in any order are answered or refused as AWS does; what was begun comes to an end', async () => {
    const answered = new Set<string>();
    await fc.assert(
      fc.asyncProperty(story, async ({ definition, memory, steps }) => {
        const { world, faults, tokens } = await besieged(definition, memory);
        const perform = async ({ operation, input, token }: Step): Promise<void> => {
          const given = tokens.at(-1 - (token % tokens.length));
          const members = Object.keys(operations.get(operation)?.members ?? {});
          const result = await answer(world, operation, {
            ...(members.includes('taskToken') ? { taskToken: given } : {}),
            ...(members.includes('nextToken') && token % 3 === 0 ? { nextToken: given } : {}),
            ...input,
          });
          if (result instanceof StepFunctionsError) return;
          answered.add(operation);
          if (typeof result.nextToken === 'string') tokens.push(result.nextToken);
          expect(JSON.parse(JSON.stringify(result))).toEqual(result);
        };
        let underWay: Promise<void>[] = [];
        for (const one of steps) {
          underWay.push(perform(one));
          if (one.next === 'go on') continue;
          // What is under way then is never answered.
          if (one.next === 'kill') await world.kill();
          else await Promise.all(underWay);
          underWay = [];
          if (one.next === 'time') await world.later(3);
        }
        await Promise.all(underWay);
        await world.pass();
        for (const name of ['one', 'two', 'm']) {
          const described = await answer(world, 'DescribeExecution', { executionArn: executionArn(name) });
          if (described instanceof StepFunctionsError) continue;
          const { status, redriveCount } = described;
          expect(Object.keys(terminal), JSON.stringify(described)).toContain(status);
          if (redriveCount === 0) checkHistory(status, await world.history(executionArn(name)));
        }
        expect(faults).toEqual([]);
        await world.engine.settled();
        expect([world.engine.nextTimer(), world.engine.busy()]).toEqual([undefined, false]);
        await world.engine.close();
      }),
      { numRuns: 120, ...within },
    );
    expect([...answered]).toEqual(expect.arrayContaining([...answers, ...often]));
  });
});
