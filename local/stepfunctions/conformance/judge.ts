import type { Case } from './files.ts';
import { runScenario } from './scenario.ts';
import { runChoiceTable, runDefinition, runTestState } from './single-calls.ts';
import type { Verdict } from './verdict.ts';

/** Runs a case in a world of its own. */
export function judge(testCase: Case): Promise<Verdict> {
  switch (testCase.kind) {
    case 'execution':
      return runScenario(testCase);
    case 'choiceTable':
      return runChoiceTable(testCase);
    case 'testState':
      return runTestState(testCase);
    case 'createStateMachine':
    case 'validateDefinition':
      return runDefinition(testCase);
  }
}
