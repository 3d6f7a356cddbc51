/** The two processes of a restart: one fills an engine's file and ends, the other finds it. */
import { callback, waiting } from './machines.ts';
import { collectGarbage, progress } from './measure.ts';
import { createMachine, openEngine, outputOf, start, WrongResult } from './ours.ts';

export interface Filled {
  readonly seconds: number;
  /** ARN of the execution that is to wake. */
  readonly first: string;
  /** Its token, if it waits for one. */
  readonly token?: string;
  /** The engine's time throughout, epoch milliseconds. */
  readonly at: number;
}

export interface Reopened {
  readonly seconds: number;
  readonly answerSeconds: number;
  readonly wakeSeconds: number;
  readonly before: NodeJS.MemoryUsage;
  readonly after: NodeJS.MemoryUsage;
  /** Resident, bytes. */
  readonly peak: number;
}

const together = 500;

const tokenIn = (input: unknown): string => {
  const [, token] = /"token":"([^"]+)"/.exec(JSON.stringify(input)) ?? [];
  if (token === undefined) throw new WrongResult('The message has no token');
  return token;
};

async function fill(file: string, kind: string, count: number): Promise<Filled> {
  const at = Date.now();
  let token: string | undefined;
  const engine = openEngine(file, {
    clock: { now: () => at },
    integrations: {
      invokeLambda: () => Promise.reject(new WrongResult('No function is to be called')),
      callService: async ({ input }) => {
        token ??= tokenIn(input);
        return { MessageId: 'm' };
      },
    },
  });
  const machine = await createMachine(engine, kind === 'timer' ? waiting : callback);
  const since = performance.now();
  const first = await start(engine, machine, 'e0', { later: 0 });
  await engine.settled();
  for (let from = 1; from < count; from += together) {
    const numbers = Array.from({ length: Math.min(together, count - from) }, (_, i) => from + i);
    await Promise.all(numbers.map((later) => start(engine, machine, `e${later}`, { later })));
    await engine.settled();
    if ((from - 1) % 20_000 === 0 && from > 1) progress(`restart: ${from - 1} of ${count} started`);
  }
  const seconds = (performance.now() - since) / 1000;
  await engine.close();
  return { seconds, first, at, ...(token === undefined ? {} : { token }) };
}

async function reopen(file: string, first: string, taskToken: string, at: number): Promise<Reopened> {
  let now = at;
  collectGarbage();
  const before = process.memoryUsage();
  const opened = performance.now();
  const since = (start: number): number => (performance.now() - start) / 1000;
  const engine = openEngine(file, { clock: { now: () => now } });
  await engine.settled();
  const seconds = since(opened);
  const { status } = await engine.call('DescribeExecution', { executionArn: first });
  const answerSeconds = since(opened);
  if (status !== 'RUNNING') throw new WrongResult(`${first} is ${status}, though it waits`);
  collectGarbage();
  const after = process.memoryUsage();

  const woken = performance.now();
  if (taskToken === '') {
    now = engine.nextTimer() ?? now;
    engine.wake();
  } else await engine.call('SendTaskSuccess', { taskToken, output: '{}' });
  await engine.settled();
  await outputOf(engine, first);
  const wakeSeconds = since(woken);
  await engine.close();
  return { seconds, answerSeconds, wakeSeconds, before, after, peak: process.resourceUsage().maxRSS * 1024 };
}

const [what, file = '', one = '', two = '', three = ''] = process.argv.slice(2);
process.send?.(await (what === 'fill' ? fill(file, one, Number(two)) : reopen(file, one, two, Number(three))));
process.disconnect?.();
