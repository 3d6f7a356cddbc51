import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StepFunctionsError } from '../../../local/stepfunctions/index.ts';
import { callback, type Event, failing, lambda, states, tokenIn, World } from './world.ts';

// ---- random machines: every state takes and gives {n}, every function is a pure one of its payload ------------------

type Node =
  | { kind: 'pass' | 'wait' | 'task' | 'callback' | 'child' | 'choice' | 'caught' }
  | { kind: 'flaky'; failures: number }
  | { kind: 'tolerant'; body: Node[] }
  | { kind: 'map'; concurrency: 0 | 1; body: Node[] }
  | { kind: 'parallel'; branches: Node[][] };

const simple = fc.constantFrom<Node>(
  { kind: 'pass' },
  { kind: 'wait' },
  { kind: 'task' },
  { kind: 'callback' },
  { kind: 'child' },
  { kind: 'choice' },
  { kind: 'caught' },
  { kind: 'flaky', failures: 2 },
);
const flow = (inner: fc.Arbitrary<Node>): fc.Arbitrary<Node[]> => fc.array(inner, { minLength: 1, maxLength: 3 });
const group = (inner: fc.Arbitrary<Node>): fc.Arbitrary<Node> =>
  fc.oneof(
    fc.record({
      kind: fc.constant('map' as const),
      concurrency: fc.constantFrom(0 as const, 1 as const),
      body: flow(inner),
    }),
    fc.record({ kind: fc.constant('tolerant' as const), body: flow(inner) }),
    fc.record({
      kind: fc.constant('parallel' as const),
      branches: fc.array(flow(inner), { minLength: 1, maxLength: 2 }),
    }),
  );
const shallow = fc.oneof({ weight: 4, arbitrary: simple }, { weight: 1, arbitrary: group(simple) });
const machines = flow(fc.oneof({ weight: 2, arbitrary: simple }, { weight: 3, arbitrary: group(shallow) }));

/** The states of a flow, each leading to the next; names are numbered over the whole machine. */
function statesOf(
  nodes: Node[],
  childArn: string,
  number = { next: 0 },
): { StartAt: string; States: Record<string, object> } {
  const names = nodes.map(({ kind }) => `${kind} ${++number.next}`);
  const States: Record<string, object> = {};
  for (const [i, node] of nodes.entries()) {
    const name = names[i] ?? '';
    const next = names[i + 1];
    const lead = next === undefined ? { End: true } : { Next: next };
    States[name] = stateOf(node, lead, name, childArn, number, States);
  }
  return { StartAt: names[0] ?? '', States };
}

function stateOf(
  node: Node,
  lead: object,
  name: string,
  childArn: string,
  number: { next: number },
  beside: Record<string, object>,
): object {
  const sum = '{% {"n": $sum($states.result.n)} %}';
  switch (node.kind) {
    case 'pass':
      return {
        Type: 'Pass',
        Assign: { [`v${number.next}x`]: '{% $states.input.n %}' },
        Output: '{% {"n": $states.input.n + 1} %}',
        ...lead,
      };
    case 'wait':
      return { Type: 'Wait', Seconds: '{% 1 + $states.input.n % 3 %}', ...lead };
    case 'task':
      return lambda('add', lead);
    case 'flaky':
      return lambda('flaky', {
        Arguments: {
          FunctionName: 'flaky',
          Payload: {
            n: '{% $states.input.n %}',
            attempt: '{% $states.context.State.RetryCount %}',
            failures: node.failures,
          },
        },
        Retry: [{ ErrorEquals: ['Flaky'], IntervalSeconds: 1, MaxAttempts: 3 }],
        ...lead,
      });
    case 'caught': {
      const after = `${name} after`;
      beside[after] = { Type: 'Pass', Output: '{% {"n": $length($states.input.Error)} %}', ...lead };
      return lambda('broken', { Catch: [{ ErrorEquals: ['States.ALL'], Next: after }], ...lead });
    }
    case 'callback':
      return callback({ Output: '{% {"n": $states.input.n + $states.result.n} %}', ...lead });
    case 'child':
      return {
        Type: 'Task',
        Resource: `${states}states:startExecution.sync:2`,
        Arguments: { StateMachineArn: childArn, Input: '{% $states.input %}' },
        Output: '{% $states.result.Output %}',
        ...lead,
      };
    case 'choice': {
      const odd = `${name} odd`;
      beside[odd] = { Type: 'Pass', Output: '{% {"n": $states.input.n * 3} %}', ...lead };
      const even = `${name} even`;
      beside[even] = { Type: 'Pass', ...lead };
      return { Type: 'Choice', Choices: [{ Condition: '{% $states.input.n % 2 = 1 %}', Next: odd }], Default: even };
    }
    case 'map':
      return {
        Type: 'Map',
        Items: '{% [$states.input, {"n": $states.input.n + 1}] %}',
        MaxConcurrency: node.concurrency,
        ItemProcessor: statesOf(node.body, childArn, number),
        Output: sum,
        ...lead,
      };
    case 'tolerant': {
      // The first of two iterations ends in a failure, whatever it has done before.
      const inner = statesOf(node.body, childArn, number);
      const first = `${name} first?`;
      const fails = `${name} fails`;
      const States = {
        [first]: {
          Type: 'Choice',
          Choices: [{ Condition: '{% $states.context.Map.Item.Index = 0 %}', Next: fails }],
          Default: inner.StartAt,
        },
        [fails]: { Type: 'Fail', Error: 'Tolerated' },
        ...inner.States,
      };
      return {
        Type: 'Map',
        Items: '{% [$states.input, {"n": $states.input.n + 1}] %}',
        MaxConcurrency: 1,
        ToleratedFailureCount: 1,
        ItemProcessor: { StartAt: first, States },
        Output: sum,
        ...lead,
      };
    }
    case 'parallel':
      return {
        Type: 'Parallel',
        Branches: node.branches.map((branch) => statesOf(branch, childArn, number)),
        Output: sum,
        ...lead,
      };
  }
}

// ---- one life of a machine, killed once or not at all ---------------------------------------------------------------

const functions: World['functions'] = {
  add: (payload) => ({ n: Number((payload as { n: number }).n) + 1 }),
  broken: () => {
    throw failing('Broken');
  },
  flaky: (payload) => {
    const { n, attempt, failures } = payload as { n: number; attempt: number; failures: number };
    if (attempt < failures) throw failing('Flaky');
    return { n };
  },
};

/** The outermost flow fails where it would have ended. */
function failAtTheEnd(States: Record<string, object>): void {
  for (const [name, state] of Object.entries(States)) {
    if (!('End' in state)) continue;
    const { End, ...rest } = state;
    States[name] = { ...rest, Next: 'Fails' };
  }
  States.Fails = { Type: 'Fail', Error: 'AtTheEnd' };
}

interface Trial {
  readonly killAt?: number;
  readonly batch: number;
  /** A last state is a Fail. */
  readonly fails: boolean;
}

interface Life {
  readonly ended: object;
  readonly paths: string[];
  readonly events: number;
}

const gone = (error: unknown): void => {
  if (
    error instanceof StepFunctionsError &&
    ['ExecutionAlreadyExists', 'TaskTimedOut', 'ServiceUnavailable'].includes(error.name)
  )
    return;
  throw error;
};

async function live(nodes: Node[], { killAt, batch, fails }: Trial): Promise<Life> {
  let events = 0;
  let killed: () => void = () => {};
  const death = new Promise<'killed'>((resolve) => {
    killed = () => resolve('killed');
  });
  const world: World = new World({
    batch,
    onEvent: () => {
      events += 1;
      if (events !== killAt) return;
      void world.engine.close(true);
      killed();
    },
  });
  world.functions = functions;
  const unanswered = new Set<string>();
  const answer = async (taskToken: string): Promise<void> => {
    try {
      await world.engine.call('SendTaskSuccess', { taskToken, output: '{"n":5}' });
    } catch (error) {
      gone(error);
      // The process died: whether it has heard of the answer is not known. It is given again.
      if (error instanceof StepFunctionsError && error.name === 'ServiceUnavailable') return;
    }
    unanswered.delete(taskToken);
  };
  world.onCall = (call) => {
    const token = tokenIn(call);
    unanswered.add(token);
    setImmediate(() => void answer(token));
    return { MessageId: 'm', MD5OfMessageBody: 'x' };
  };

  // A client of a process that has died does nothing more.
  let process = 0;
  const client = (): Promise<string> => {
    const mine = process;
    const never = new Promise<string>(() => {});
    return drive(() => mine === process).catch((error: unknown) => {
      if (mine !== process) return never;
      throw error;
    });
  };
  const drive = async (alive: () => boolean): Promise<string> => {
    const child = await world.machine('child', {
      Add: lambda('add', { Next: 'Rest' }),
      Rest: { Type: 'Wait', Seconds: 3, End: true },
    });
    const { StartAt, States } = statesOf(nodes, child);
    if (fails) failAtTheEnd(States);
    const machine = await world.machine('main', States, { StartAt });
    await world.start(machine, { n: 1 }).catch(gone);
    const arn = `${machine.replace(':stateMachine:', ':execution:')}:one`;
    for (;;) {
      await world.engine.settled();
      if (!alive()) return new Promise(() => {});
      const { status } = await world.ended(arn);
      if (!alive()) return new Promise(() => {});
      if (status !== 'RUNNING') return arn;
      // Workers answer before time goes on.
      if (unanswered.size > 0) await new Promise((done) => setImmediate(done));
      else {
        world.now = Math.max(world.now, world.engine.nextTimer() ?? world.now);
        world.engine.wake();
      }
    }
  };

  let arn: string;
  const first = await Promise.race([client(), death]);
  if (first === 'killed') {
    process += 1;
    await world.kill({ batch });
    const durable = await durableHistory(world);
    for (const token of [...unanswered]) await answer(token);
    arn = await client();
    const whole = await world.history(arn);
    expect(whole.slice(0, durable.length), 'what was durable stays as it was').toEqual(durable);
  } else arn = first;
  const life = { ended: await world.ended(arn), paths: pathsOf(await world.history(arn)), events };
  await world.engine.close();
  return life;
}

async function durableHistory(world: World): Promise<Event[]> {
  const arn = 'arn:aws-cn:states:cn-north-1:000000000000:execution:main:one';
  return world.history(arn).catch((error: unknown) => {
    if (error instanceof StepFunctionsError && error.name === 'ExecutionDoesNotExist') return [];
    throw error;
  });
}

/**
 * A history without the order of what ran side by side: for each event the types and details from the first one to it.
 * The end of a Map or Parallel, and an iteration's start, follow whichever flow was last: they are told by their state.
 */
function pathsOf(events: Event[]): string[] {
  const byId = new Map(events.map((event) => [event.id, event]));
  const told = ({ type, id, previousEventId, timestamp, ...details }: Event): string =>
    `${type} ${JSON.stringify(details)
      .replace(/entered at the event id #\d+/g, '')
      .replace(/AQC[\w-]+/g, 'token')
      .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id')
      .replace(/\\*"(StartDate|StopDate)\\*":\d+/g, '')
      .replace(/\w{3}, \d\d \w{3} \d{4} [\d:]+ GMT/g, 'date')
      .replace(/root=1-\w+-\w+/g, 'trace')}`;
  const free = /^(Map|Parallel)State(Succeeded|Exited|Failed)$|^MapIterationStarted$/;
  const path = (event: Event | undefined): string => {
    if (event === undefined) return '';
    return free.test(event.type) ? told(event) : `${path(byId.get(event.previousEventId))} > ${told(event)}`;
  };
  return events.map(path).sort();
}

describe('a process killed at any event', () => {
  it('resumes every execution: random machines reach the history they would have had', {
    timeout: 240_000,
  }, async () => {
    let kills = 0;
    await fc.assert(
      fc.asyncProperty(machines, fc.boolean(), fc.constantFrom(1, 500), async (nodes, fails, batch) => {
        const whole = await live(nodes, { batch, fails });
        expect(whole.ended).toMatchObject({ status: fails ? 'FAILED' : 'SUCCEEDED' });
        for (let killAt = 1; killAt <= whole.events; killAt += 1) {
          const resumed = await live(nodes, { killAt, batch, fails });
          kills += 1;
          expect(resumed.ended, `killed at event ${killAt}`).toEqual(whole.ended);
          expect(resumed.paths, `killed at event ${killAt}`).toEqual(whole.paths);
        }
      }),
      { numRuns: 12, seed: 20261124, endOnFailure: true },
    );
    expect(kills).toBeGreaterThan(300);
  });
});
