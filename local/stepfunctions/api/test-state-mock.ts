import { StateFailure } from '../engine/failure.ts';
import { StepFunctionsError } from '../errors.ts';
import { isObject } from '../json.ts';
import type { State } from '../language/asl.ts';
import { parseResource, type Resource } from '../language/resource.ts';
import type { Request } from './requests.ts';
import { answerOf, faultInMembers } from './test-state-shapes.ts';

/** What the state is said to have met instead of running. */
export type Mock =
  | { readonly result: unknown; readonly fieldValidationMode: 'STRICT' | 'PRESENT' | 'NONE' }
  | { readonly failure: StateFailure };

export const invalid = (message: string): StepFunctionsError => new StepFunctionsError('ValidationException', message);

export const invalidDefinition = (message: string): StepFunctionsError =>
  new StepFunctionsError('InvalidDefinition', message);

/** A JSON text of the request. @throws StepFunctionsError `ValidationException` */
export function jsonIn(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid(`${what}: '${error instanceof Error ? error.message : String(error)}'`);
  }
}

// ---- the mock by itself -------------------------------------------------------------------------------------------------

/** @throws StepFunctionsError `ValidationException` */
export function mockIn({ mock, revealSecrets }: Request): Mock | undefined {
  if (!isObject(mock)) return undefined;
  const { result, errorOutput, fieldValidationMode: mode } = mock;
  if ((result === undefined) === (errorOutput === undefined)) {
    throw invalid('A test mock should have only one of the following fields: [result, errorOutput].');
  }
  if (revealSecrets === true) throw invalid('TestState does not support RevealSecrets when a mock is specified.');
  if (isObject(errorOutput)) {
    const { error, cause } = errorOutput;
    if (typeof error !== 'string') throw invalid("A mocked errorOutput must have the field 'error'.");
    return { failure: new StateFailure(error, typeof cause === 'string' ? cause : undefined) };
  }
  const fieldValidationMode = mode === 'PRESENT' || mode === 'NONE' ? mode : 'STRICT';
  return { result: jsonIn(String(result), 'Mocked result is not valid JSON'), fieldValidationMode };
}

// ---- the mock of a state ------------------------------------------------------------------------------------------------

/** The call whose answer ends the task. A worker that has a token may answer with anything. */
function answerAwaited({ kind, service, action, pattern }: Resource) {
  return kind !== 'service' || pattern === 'waitForTaskToken' ? undefined : answerOf(service, action);
}

/** Whether the mock is one that the state could meet. @throws StepFunctionsError `ValidationException` */
export function checkMock(state: State, mock: Mock): void {
  if (state.Type !== 'Task' && state.Type !== 'Map' && state.Type !== 'Parallel') {
    throw invalid(`State type '${state.Type}' is not supported when a mock is specified`);
  }
  if ('failure' in mock) return;
  const { result, fieldValidationMode: mode } = mock;
  if (state.Type === 'Map' && state.ResultWriter?.Resource !== undefined) {
    if (!isObject(result)) throw invalid('Mocked result must be a JSON object.');
  } else if (state.Type !== 'Task') {
    if (!Array.isArray(result)) throw invalid('Mocked result must be an array.');
    if (state.Type === 'Parallel' && result.length !== state.Branches.length) {
      throw invalid('Mocked result must contain the same number of items as number of Parallel branches.');
    }
  } else if (mode !== 'NONE') {
    const resource = parseResource(state.Resource);
    const answer = resource && answerAwaited(resource);
    const fault = answer && isObject(result) ? faultInMembers(result, answer, mode === 'STRICT') : undefined;
    if (fault !== undefined) throw invalid(`Mock result schema validation error: ${fault}`);
  }
}

/** Whether the state can be tested without a mock. @throws StepFunctionsError `InvalidDefinition` */
export function checkUnmocked(state: State): void {
  if (state.Type === 'Map' || state.Type === 'Parallel') {
    throw invalidDefinition(
      'TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]',
    );
  }
  const resource = state.Type === 'Task' ? parseResource(state.Resource) : undefined;
  if (resource === undefined || (resource.kind !== 'activity' && resource.pattern === '')) return;
  throw invalidDefinition(
    'TestState API does not support Activity tasks, .sync or .waitForTaskToken service integration patterns when a mock is not specified.',
  );
}
