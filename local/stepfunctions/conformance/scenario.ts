/** Runs an execution and compares what came of it. */
import { Comparison } from './compare.ts';
import { causeOf, givenEvent, recordedEvent } from './events.ts';
import type { Outcome, Scenario } from './files.ts';
import { type Difference, historyDifference } from './history.ts';
import { OutsideWorker } from './outside-worker.ts';
import { isObject, type JsonObject, parsedText, present } from './values.ts';
import { broken, type Verdict, verdictOn } from './verdict.ts';
import { World } from './world.ts';

export const roleArn = 'arn:aws:iam::111111111111:role/sfn_role_arn';

/** Status, output, error, and cause of what DescribeExecution or StartSyncExecution says. */
export function outcomeDifference(
  comparison: Comparison,
  expected: Outcome,
  actual: JsonObject,
): Difference | undefined {
  const { status, output, error, cause } = expected;
  const text = comparison.difference(
    present({ status, output, error, cause: causeOf(cause) }),
    present({
      status: actual.status,
      output: parsedText(actual.output),
      error: actual.error,
      cause: causeOf(actual.cause),
    }),
  );
  return text === undefined ? undefined : { grade: 'status and output', text };
}

/** @throws the engine's refusal */
export async function createMachine(world: World, name: string, type: string, definition: unknown): Promise<string> {
  const input = { name, type, definition: JSON.stringify(definition), roleArn };
  const { stateMachineArn } = await world.engine.call('CreateStateMachine', input);
  return String(stateMachineArn);
}

/** Runs one execution to its end. @returns its DescribeExecution, and the worker that acted meanwhile */
export async function execute(
  world: World,
  stateMachineArn: string,
  { input, executionName: name, actions = [] }: Pick<Scenario, 'input' | 'executionName' | 'actions'>,
): Promise<{ described: JsonObject; worker: OutsideWorker }> {
  const request = present({ stateMachineArn, name, input: JSON.stringify(input) });
  const executionArn = String((await world.engine.call('StartExecution', request)).executionArn);
  const worker = new OutsideWorker(world, executionArn, actions);
  let described: JsonObject = {};
  await world.run(async () => {
    described = await world.engine.call('DescribeExecution', { executionArn });
    return described.status !== 'RUNNING';
  }, worker);
  return { described, worker };
}

async function historyOf(world: World, executionArn: unknown): Promise<JsonObject[]> {
  const history: JsonObject[] = [];
  let nextToken: unknown;
  do {
    const request = present({ executionArn, nextToken, maxResults: 1000 });
    const page = await world.engine.call('GetExecutionHistory', request);
    if (Array.isArray(page.events)) history.push(...page.events.filter(isObject));
    ({ nextToken } = page);
  } while (nextToken !== undefined);
  return history;
}

const lastOf = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);

export async function runScenario(scenario: Scenario): Promise<Verdict> {
  const { stateMachines = [], stateMachineName, executionName, workflowType, definition, expected } = scenario;
  const names = [stateMachineName, executionName, ...stateMachines.map(({ arn }) => lastOf(arn))];
  const comparison = new Comparison(names.filter((name) => name !== undefined));
  const world = new World(scenario);
  try {
    for (const { arn, type, definition: other } of stateMachines) await createMachine(world, lastOf(arn), type, other);
    const machine = await createMachine(world, stateMachineName ?? 'scenario', workflowType, definition);
    if (workflowType === 'EXPRESS') {
      const request = present({ stateMachineArn: machine, name: executionName, input: JSON.stringify(scenario.input) });
      const answer = await world.call('StartSyncExecution', request);
      return verdictOn(outcomeDifference(comparison, expected, answer));
    }
    const { described, worker } = await execute(world, machine, scenario);
    const history = expected.history && (await historyOf(world, described.executionArn));
    const difference =
      outcomeDifference(comparison, expected, described) ??
      (expected.history &&
        history &&
        historyDifference(comparison, expected.history.map(recordedEvent), history.map(givenEvent), scenario));
    const verdict = verdictOn(difference);
    if (verdict.passed || worker.refused.length === 0) return verdict;
    return { ...verdict, difference: `${verdict.difference} (${worker.refused.join('; ')})` };
  } catch (error) {
    return broken(String(error));
  } finally {
    await world.close();
  }
}
