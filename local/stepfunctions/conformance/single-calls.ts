/** The cases that are one call of the engine each, and the tables of many small executions. */
import { Comparison } from './compare.ts';
import { causeOf } from './events.ts';
import type { ChoiceTable, DefinitionCase, TestStateCase } from './files.ts';
import { firstDifference, type Grade } from './history.ts';
import { createMachine, execute, outcomeDifference, roleArn } from './scenario.ts';
import { isObject, type JsonObject, parsedText, present } from './values.ts';
import { broken, type Verdict, verdictOn } from './verdict.ts';
import { World } from './world.ts';

/** Such a case has no history to be compared. */
const steps: readonly Grade[] = ['status and output', 'details'];

interface Answer {
  readonly response?: JsonObject;
  readonly exception?: { readonly code: string; readonly message: string };
}

/** What the engine answers, be it an error: that is what many cases are about. */
async function answerOf(world: World, operation: string, input: JsonObject): Promise<Answer> {
  try {
    return { response: await world.call(operation, input) };
  } catch (error) {
    if (!(error instanceof Error) || error.name === 'Stuck') throw error;
    return { exception: { code: error.name, message: error.message } };
  }
}

async function inWorld(of: ConstructorParameters<typeof World>[0], run: (world: World) => Promise<Verdict>) {
  const world = new World(of);
  try {
    return await run(world);
  } catch (error) {
    return broken(String(error));
  } finally {
    await world.close();
  }
}

// ---- TestState ------------------------------------------------------------------------------------------------------

const jsonTexts = ['definition', 'input', 'context', 'variables', 'result'];

/** The parameters as AWS's API takes them: JSON as text, and as it is where the name says that it is text. */
export function testStateRequest(fields: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      if (name.endsWith('Text')) return [name.slice(0, -'Text'.length), value];
      if (name === 'mock' && isObject(value)) return [name, testStateRequest(value)];
      return [name, jsonTexts.includes(name) ? JSON.stringify(value) : value];
    }),
  );
}

function parsedResponse({ output, cause, inspectionData, ...rest }: JsonObject): JsonObject {
  const inspected = isObject(inspectionData)
    ? Object.fromEntries(Object.entries(inspectionData).map(([name, value]) => [name, parsedText(value)]))
    : inspectionData;
  return present({ ...rest, output: parsedText(output), cause: causeOf(cause), inspectionData: inspected });
}

export function runTestState(testCase: TestStateCase): Promise<Verdict> {
  const { exception, inspectionData, ...outcome } = testCase.expected;
  return inWorld(testCase, async (world) => {
    const request = { roleArn, ...testStateRequest(testCase.request) };
    const answer = await answerOf(world, 'TestState', request);
    const { inspectionData: inspected, ...came } = answer.response ? parsedResponse(answer.response) : {};
    const wanted = present({ ...outcome, cause: causeOf(outcome.cause) });
    const comparison = new Comparison();
    const difference = firstDifference([
      [
        'status and output',
        () => comparison.difference(present({ exception }), present({ exception: answer.exception })),
      ],
      ['status and output', () => comparison.difference(wanted, came)],
      ['details', () => comparison.difference(present({ inspectionData }), present({ inspectionData: inspected }))],
    ]);
    return verdictOn(difference, steps);
  });
}

// ---- definitions ----------------------------------------------------------------------------------------------------

export function runDefinition(testCase: DefinitionCase): Promise<Verdict> {
  const { kind, workflowType: type, definitionText, definition, expected } = testCase;
  const text = definitionText ?? JSON.stringify(definition);
  const creates = kind === 'createStateMachine';
  return inWorld(testCase, async (world) => {
    const answer = creates
      ? await answerOf(world, 'CreateStateMachine', { name: 'definition', definition: text, type, roleArn })
      : await answerOf(world, 'ValidateStateMachineDefinition', { definition: text, type });
    const { code: error, message } = answer.exception ?? {};
    // What CreateStateMachine answers of a definition that fits is not recorded.
    const came = present({ ...(creates ? {} : answer.response), error, message });
    const comparison = new Comparison();
    const difference = firstDifference([
      ['status and output', () => comparison.difference(inShort(expected), inShort(came))],
      ['details', () => comparison.difference(expected, came)],
    ]);
    return verdictOn(difference, steps);
  });
}

/** Whether and with which error it was refused, without why. */
const inShort = ({ result, error }: JsonObject): JsonObject => present({ result, error });

// ---- tables of choices ----------------------------------------------------------------------------------------------

/** The definition with a rule in the place that is kept for it. */
function withRule(value: unknown, rule: JsonObject): unknown {
  if (value === '<rule>') return rule;
  if (Array.isArray(value)) return value.map((item) => withRule(item, rule));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, withRule(field, rule)]));
}

/** A table passes if all its cases do. */
export async function runChoiceTable(table: ChoiceTable): Promise<Verdict> {
  for (const { index, rule, input, expected } of table.cases) {
    const verdict = await inWorld({ ...table, expected }, async (world) => {
      const machine = await createMachine(world, 'choice', 'STANDARD', withRule(table.definition, rule));
      const { described } = await execute(world, machine, { input });
      return verdictOn(outcomeDifference(new Comparison(), expected, described));
    });
    if (!verdict.passed) return { ...verdict, difference: `case ${index}: ${verdict.difference}` };
  }
  return verdictOn(undefined);
}
