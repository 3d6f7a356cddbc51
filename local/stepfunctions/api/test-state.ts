import { StepFunctionsError } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { invalidDefinitionMessage, unsupported } from '../language/check.ts';
import type { Request } from './requests.ts';
import { testedName } from './test-state-context.ts';
import { invalid } from './test-state-mock.ts';
import { type Test, testIn } from './test-state-request.ts';
import { Run, type Surroundings } from './test-state-run.ts';

/** What this engine cannot run though AWS can. @throws StepFunctionsError */
function checkServed({ state, language, mock }: Test): void {
  if (language === 'JSONPath') throw invalid('TestState of a JSONPath state is not supported here yet');
  if (mock !== undefined) return;
  const faults = unsupported({ QueryLanguage: language, StartAt: testedName, States: { [testedName]: state } });
  if (faults.length > 0) throw new StepFunctionsError('InvalidDefinition', invalidDefinitionMessage(faults));
}

/**
 * AWS's TestState: one state, by itself or of a machine, run once. With a mock nothing is called; what an iteration or a
 * branch would do is never run. A Wait takes no time.
 * @param request as the service's model has it
 * @returns AWS's answer, with JSON as text
 * @throws StepFunctionsError `InvalidArn`, `InvalidDefinition`, `InvalidExecutionInput` or `ValidationException`
 */
export async function testState(from: Surroundings, request: Request): Promise<JsonObject> {
  const test = testIn(request);
  checkServed(test);
  return new Run(from, test).answer();
}
