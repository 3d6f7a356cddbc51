import { checkRequest } from '../../../local/stepfunctions/api/requests.ts';
import { testState } from '../../../local/stepfunctions/api/test-state.ts';
import { testStateRequest } from '../../../local/stepfunctions/conformance/single-calls.ts';
import { parsedText } from '../../../local/stepfunctions/conformance/values.ts';
import { StepFunctionsError } from '../../../local/stepfunctions/errors.ts';
import type { Integrations } from '../../../local/stepfunctions/integrations/integrations.ts';
import { isObject, type JsonObject } from '../../../local/stepfunctions/json.ts';

export const roleArn = 'arn:aws:iam::111111111111:role/tester';
/** When the tests begin, epoch milliseconds. */
export const start = Date.parse('2026-03-01T08:00:00Z');

export const nobody: Integrations = {
  invokeLambda: () => Promise.reject(new Error('no function is to be called')),
  callService: () => Promise.reject(new Error('no service is to be called')),
};

/** A call of TestState with JSON as values, answered with JSON as values. */
export async function ask(fields: JsonObject, integrations = nobody, now = () => start): Promise<JsonObject> {
  const request = checkRequest('TestState', { roleArn, ...testStateRequest(fields) });
  const from = { integrations, now, partition: 'aws', region: 'us-east-1', account: '111111111111' };
  const { output, inspectionData, ...rest } = await testState(from, request);
  return {
    ...rest,
    ...(output === undefined ? {} : { output: parsedText(output) }),
    ...(isObject(inspectionData)
      ? { inspectionData: Object.fromEntries(Object.entries(inspectionData).map(([k, v]) => [k, parsedText(v)])) }
      : {}),
  };
}

/** What a call is refused with. */
export async function refusal(fields: JsonObject): Promise<string> {
  const answer = await ask(fields).catch((error: unknown) => error);
  if (!(answer instanceof StepFunctionsError)) throw new Error(`not refused: ${JSON.stringify(answer)}`);
  return `${answer.name}: ${answer.message}`;
}

export const QueryLanguage = 'JSONata';
export const DEBUG = { inspectionLevel: 'DEBUG' };
export const invoke = {
  QueryLanguage,
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: 'greet', Payload: '{% $states.input %}' },
  End: true,
};
export const inner = { StartAt: 'Do', States: { Do: { Type: 'Pass', QueryLanguage, End: true } } };
export const distributed = { ...inner, ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } };
export const map = { QueryLanguage, Type: 'Map', Items: '{% $states.input %}', ItemProcessor: distributed, End: true };
export const broke = { errorOutput: { error: 'Broke', cause: 'it is old' } };
