/** This project's engine with nothing around it but a function that adds one. */
import { type EngineOptions, type Integrations, RunningClock, StepFunctions } from '../../local/stepfunctions/index.ts';
import { account, addOne, roleArn } from './machines.ts';

const integrations: Integrations = {
  invokeLambda: async ({ payload }) => ({
    statusCode: 200,
    executedVersion: '$LATEST',
    requestId: 'r',
    payload: await addOne(payload),
  }),
  callService: async () => ({}),
};

export function openEngine(file: string, more: Partial<EngineOptions> = {}): StepFunctions {
  return StepFunctions.open({ file, clock: new RunningClock(), integrations, ...account, ...more });
}

export async function createMachine(engine: StepFunctions, definition: string): Promise<string> {
  const { stateMachineArn } = await engine.call('CreateStateMachine', { name: 'bench', definition, roleArn });
  return String(stateMachineArn);
}

/** @returns the execution's ARN */
export async function start(engine: StepFunctions, stateMachineArn: string, name: string, input: unknown) {
  const started = await engine.call('StartExecution', { stateMachineArn, name, input: JSON.stringify(input) });
  return String(started.executionArn);
}

/** The engine did not do what it was measured at. */
export class WrongResult extends Error {
  override readonly name = 'WrongResult';
}

/** The output of an execution that succeeded. @throws WrongResult */
export async function outputOf(engine: StepFunctions, executionArn: string): Promise<unknown> {
  const { status, output, error, cause } = await engine.call('DescribeExecution', { executionArn });
  if (status === 'SUCCEEDED') return JSON.parse(String(output));
  throw new WrongResult(`${executionArn} is ${status} ${error ?? ''} ${cause ?? ''}`);
}
