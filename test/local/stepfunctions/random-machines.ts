import fc from 'fast-check';
import type { ServiceCall } from '../../../local/stepfunctions/index.ts';
import { failing, flow, functionArn, states, text, tokenIn, World, type WorldOptions } from './world.ts';

// Machines by chance: valid, and otherwise as odd as can be. They loop, fail, wait for what never comes.

/** What is decided by chance, number by number; where there are no more, the simplest is taken. */
class Dice {
  readonly #numbers: readonly number[];
  #next = 0;
  #names = 0;

  constructor(numbers: readonly number[]) {
    this.#numbers = numbers;
  }

  /** 0 to below `sides`. */
  throw(sides: number): number {
    const number = this.#numbers[this.#next] ?? 0;
    this.#next += 1;
    return number % sides;
  }

  pick<T>(first: T, ...more: T[]): T {
    return [first, ...more][this.throw(more.length + 1)] ?? first;
  }

  name(): string {
    this.#names += 1;
    return `S${this.#names}`;
  }
}

const inputs = [
  '{% $states.input %}',
  '{% $states.input.a %}',
  '{% $states.context.State.Name %}',
  '{% $states.input[0] %}',
];
const values = [
  '{% $string($states.input) %}',
  '{% [1..3] %}',
  '{% $v1 %}',
  '{% $gone %}',
  '{% $number("x") %}',
  '{% $pad("", 99000, "和") %}',
];

function value(dice: Dice): unknown {
  const plain = () => dice.pick<unknown>(1, 'text', null, [], { a: 1 });
  return dice.pick<() => unknown>(
    plain,
    () => dice.pick('', ...inputs),
    () => ({ a: dice.pick('', ...inputs, ...values) }),
    () => [1, dice.pick('', ...values), { a: [2] }],
    () => dice.pick('', ...values),
  )();
}

/** Fields that are there or not. */
const perhaps = (dice: Dice, ...fields: (() => object)[]): object =>
  Object.assign({}, ...fields.map((of) => (dice.throw(2) === 1 ? of() : {})));

const errors = ['States.ALL', 'States.TaskFailed', 'States.Timeout', 'Broken', 'States.QueryEvaluationError'] as const;

interface Place {
  readonly names: readonly string[];
  readonly at: number;
  readonly depth: number;
  readonly child: string;
}

/** Mostly a later state, so that not everything runs in circles. */
function target(dice: Dice, { names, at }: Place): string {
  const last = names.at(-1) ?? '';
  if (dice.throw(6) === 5) return names[dice.throw(names.length)] ?? last;
  return names[Math.min(at + 1 + dice.throw(2), names.length - 1)] ?? last;
}

const leads = (dice: Dice, place: Place): object =>
  dice.throw(4) === 3 ? { End: true } : { Next: target(dice, place) };

function recovering(dice: Dice, place: Place): object {
  return perhaps(
    dice,
    () => ({
      Retry: [{ ErrorEquals: [dice.pick(...errors)], MaxAttempts: dice.throw(3), IntervalSeconds: 1 + dice.throw(9) }],
    }),
    () => ({
      Catch: [
        {
          ErrorEquals: [dice.pick(...errors)],
          Next: target(dice, place),
          ...perhaps(dice, () => ({ Output: value(dice) })),
        },
      ],
    }),
  );
}

function task(dice: Dice, child: string): object {
  const invoke = (name: string) => ({
    Resource: `${states}lambda:invoke`,
    Arguments: { FunctionName: functionArn(name), Payload: value(dice) },
  });
  return dice.pick<() => object>(
    () => invoke('echo'),
    () => invoke('moody'),
    () => ({ Resource: functionArn('moody'), Arguments: value(dice) }),
    () => ({
      Resource: `${states}sqs:sendMessage.waitForTaskToken`,
      TimeoutSeconds: 20 + dice.throw(30),
      HeartbeatSeconds: 10,
      Arguments: { QueueUrl: 'q', MessageBody: { token: '{% $states.context.Task.Token %}', mood: dice.throw(moods) } },
    }),
    () => ({
      Resource: `${states}states:startExecution${dice.pick('.sync:2', '.sync', '')}`,
      Arguments: { StateMachineArn: child, Input: { a: value(dice) } },
      ...perhaps(dice, () => ({ TimeoutSeconds: 4 })),
    }),
    () => ({ Resource: `${states}aws-sdk:dynamodb:getItem`, Arguments: { TableName: 't', Key: value(dice) } }),
  )();
}

function state(dice: Dice, place: Place): object {
  const { child, depth, names, at } = place;
  const own = { [`v${names[at]?.slice(1)}`]: value(dice) };
  const exit = () =>
    perhaps(
      dice,
      () => ({ Output: value(dice) }),
      () => ({ Assign: own }),
    );
  const next = () => leads(dice, place);
  return dice.pick<() => object>(
    () => ({ Type: 'Pass', ...exit(), ...next() }),
    () => ({ Type: 'Wait', Seconds: dice.pick<unknown>(0, 1, 5, 1000, '{% $states.input.a %}'), ...exit(), ...next() }),
    () => ({
      Type: 'Choice',
      Choices: [
        {
          Condition: dice.pick('{% $exists($states.input.a) %}', '{% true %}', '{% $states.input %}'),
          ...exit(),
          Next: target(dice, place),
        },
      ],
      ...perhaps(dice, () => ({ Default: target(dice, place) })),
    }),
    () => ({ Type: 'Task', ...task(dice, child), ...exit(), ...recovering(dice, place), ...next() }),
    () => ({ Type: 'Task', ...task(dice, child), ...recovering(dice, place), ...next() }),
    () =>
      depth === 0
        ? { Type: 'Pass', ...next() }
        : {
            Type: 'Parallel',
            Branches: [inner(dice, place), inner(dice, place)],
            ...exit(),
            ...recovering(dice, place),
            ...next(),
          },
    () =>
      depth === 0
        ? { Type: 'Wait', Seconds: 2, ...next() }
        : {
            Type: 'Map',
            Items: dice.pick<unknown>([1, { a: 2 }, 'x'], '{% [1..50] %}', '{% $states.input %}', []),
            ...perhaps(
              dice,
              () => ({ MaxConcurrency: 1 + dice.throw(3) }),
              () => ({ ItemSelector: value(dice) }),
            ),
            ItemProcessor: inner(dice, place),
            ...exit(),
            ...recovering(dice, place),
            ...next(),
          },
    () => ({ Type: 'Succeed', ...perhaps(dice, () => ({ Output: value(dice) })) }),
    () => ({
      Type: 'Fail',
      ...perhaps(
        dice,
        () => ({ Error: dice.pick('Broken', '{% $string($states.input) %}') }),
        () => ({ Cause: 'because' }),
      ),
    }),
  )();
}

const inner = (dice: Dice, { depth, child }: Place): object => flow(some(dice, depth - 1, child));

/** Where a state may lead, by its definition. */
const ahead = (state: object): string[] =>
  [
    ...JSON.stringify(state, (key, value) => (inside.has(key) ? undefined : value)).matchAll(
      /"(?:Next|Default)":"(\w+)"/g,
    ),
  ].map(([, name = '']) => name);
const inside = new Set(['Branches', 'ItemProcessor']);
const ends = (state: object): boolean => ahead(state).length === 0 || 'End' in state;

/** AWS takes no states that nothing leads to, and no flow without an end. */
function connected(all: Record<string, object>): Record<string, object> {
  const [first = ''] = Object.keys(all);
  const found = new Set([first]);
  for (const name of found) for (const next of ahead(all[name] ?? {})) found.add(next);
  const names = Object.keys(all).filter((name) => found.has(name));
  if (names.some((name) => ends(all[name] ?? {})))
    return Object.fromEntries(names.map((name) => [name, all[name] ?? {}]));
  return connected({ ...all, [names.at(-1) ?? first]: { Type: 'Succeed' } });
}

/** The states of a flow. */
function some(dice: Dice, depth: number, child: string): Record<string, object> {
  const names = Array.from({ length: 1 + dice.throw(4) }, () => dice.name());
  const last = dice.name();
  const made = names.map((name, at) => [name, state(dice, { names: [...names, last], at, depth, child })] as const);
  return connected({
    ...Object.fromEntries(made),
    [last]: dice.pick<object>({ Type: 'Succeed' }, { Type: 'Pass', End: true }),
  });
}

/** A counterexample is made smaller for so long at most. */
export const within = { interruptAfterTimeLimit: 60_000 };

const decisions = fc.array(fc.nat(5039), { maxLength: 150, size: 'max' });

/** Definitions; `child` is the ARN of a machine that they may start. */
export const definitions = (child: string): fc.Arbitrary<string> =>
  decisions.map((numbers) => text(some(new Dice(numbers), 2, child), { TimeoutSeconds: 40 }));

/** How a worker may treat a message. */
const moods = 5;

/** A world for such machines: functions that sometimes fail, workers that sometimes answer; nothing else by chance. */
export function populated(options: WorldOptions): World {
  const world = new World(options);
  world.functions = {
    echo: (payload) => payload,
    moody: (payload) => {
      const { length } = JSON.stringify(payload);
      if (length % 3 === 0) throw failing('Broken');
      return { a: payload, length };
    },
  };
  world.onCall = (call) => worker(world, call);
  return world;
}

/**
 * The same, but whoever is called begins when the engine has nothing else to do: the order of what happens does not hang
 * on how long anything takes.
 */
export function orderly(options: WorldOptions): World {
  let called: (() => void)[] = [];
  const expect = (): void => {
    const first = called;
    called = [];
    for (const begin of first) begin();
  };
  const world: World = populated({ ...options, clock: { now: () => world.now, expect } });
  const patient =
    <In, Out>(run: (given: In) => Out) =>
    async (given: In): Promise<Awaited<Out>> => {
      await new Promise<void>((begin) => called.push(begin));
      return await run(given);
    };
  world.functions = Object.fromEntries(Object.entries(world.functions).map(([name, run]) => [name, patient(run)]));
  world.onCall = patient(world.onCall);
  return world;
}

async function worker(world: World, call: ServiceCall): Promise<object> {
  if (call.service === 'dynamodb') throw failing('ResourceNotFoundException');
  const taskToken = tokenIn(call);
  const [, mood] = /"mood":(\d)/.exec(JSON.stringify(call.input)) ?? [];
  if (mood === '0') await world.call('SendTaskSuccess', { taskToken, output: '{"a":"answer"}' });
  else if (mood === '1') await world.call('SendTaskFailure', { taskToken, error: 'Broken' });
  else if (mood === '2') await world.call('SendTaskFailure', { taskToken });
  else if (mood === '3') await world.call('SendTaskHeartbeat', { taskToken });
  return { MessageId: 'm' };
}

/** The machine that others start. */
export const childStates = {
  C: {
    Type: 'Choice',
    Choices: [{ Condition: '{% $length($string($states.input)) % 2 = 0 %}', Next: 'W' }],
    Default: 'F',
  },
  W: { Type: 'Wait', Seconds: 7, End: true },
  F: { Type: 'Fail', Error: 'Broken' },
};
