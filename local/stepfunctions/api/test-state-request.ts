import { checkRoleArn, executionInputIn } from '../engine/names.ts';
import { isObject, type JsonObject } from '../json.ts';
import { type Branch, insides, languageOf, type QueryLanguage, type State } from '../language/asl.ts';
import { checkDefinition, invalidDefinitionMessage } from '../language/check.ts';
import type { Request } from './requests.ts';
import { contextIn, testedName } from './test-state-context.ts';
import { checkMock, checkUnmocked, invalid, invalidDefinition, jsonIn, type Mock, mockIn } from './test-state-mock.ts';

interface Subject {
  readonly state: State;
  readonly language: QueryLanguage;
  /** Whether it is a state of the iterations of a Map. */
  readonly inMap: boolean;
}

/** A call of TestState, understood: one state and what it meets. */
export interface Test extends Subject {
  readonly input: unknown;
  /** The same as it was written. */
  readonly inputText: string;
  readonly inspected: boolean;
  readonly variables?: JsonObject;
  readonly roleArn?: string;
  readonly mock?: Mock;
  readonly context?: JsonObject;
  /** Of the retrier that takes the failure. */
  readonly retrierRetryCount: number;
  readonly mapIterationFailureCount?: number;
  /** What the ItemReader would read: JSON, lines of JSON, CSV. */
  readonly mapItemReaderData?: string;
}

// ---- the definition -----------------------------------------------------------------------------------------------------

function nextsOf(state: unknown): string[] {
  if (!isObject(state)) return [];
  const rules = [state.Choices, state.Catch].flatMap((list) => (Array.isArray(list) ? list.filter(isObject) : []));
  return [state.Next, state.Default, ...rules.map(({ Next }) => Next)].filter((next) => typeof next === 'string');
}

/** The text of a state as the text of a machine: beside it, the states that it leads to. */
function machineAround(text: string): string {
  let state: unknown;
  try {
    state = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return text; // The checks of definitions tell where it stops being JSON.
    throw error;
  }
  const targets = new Set(nextsOf(state).filter((name) => name !== testedName));
  const others = [...targets].map((name) => `,${JSON.stringify(name)}:{"Type":"Succeed"}`);
  return `{"StartAt":"${testedName}","States":{"${testedName}":${text}${others.join('')}}}`;
}

/** The state of that name, however deep inside. */
function find({ States }: Branch, name: string, inMap: boolean): Omit<Subject, 'language'> | undefined {
  const here = Object.hasOwn(States, name) ? States[name] : undefined;
  if (here !== undefined) return { state: here, inMap };
  for (const state of Object.values(States)) {
    for (const { inside } of insides(state)) {
      const found = find(inside, name, inMap || state.Type === 'Map');
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** The state that is tested: the whole definition, or one of its states. @throws StepFunctionsError */
function subjectIn(definition: string, name: string | undefined): Subject {
  const { machine, diagnostics } = checkDefinition(name === undefined ? machineAround(definition) : definition);
  if (machine === undefined) throw invalidDefinition(invalidDefinitionMessage(diagnostics));
  const found = find(machine, name ?? testedName, false);
  if (found === undefined) throw invalid('State not found in definition');
  return { ...found, language: languageOf(machine, found.state) };
}

// ---- what it meets ------------------------------------------------------------------------------------------------------

function variablesIn(text: string): JsonObject {
  const variables = jsonIn(text, 'Invalid variables provided');
  if (!isObject(variables)) throw invalid('Invalid variables provided: they must be a JSON object');
  return variables;
}

/** A member that may be missing. */
function member<K extends string, T>(name: K, value: T | undefined): { readonly [name in K]?: T } {
  const members: { [name in K]?: T } = {};
  if (value !== undefined) members[name] = value;
  return members;
}

const textIn = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const numberIn = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

/** The error of a mock must come from somewhere inside. */
function checkCausedBy(state: State, name: string | undefined): void {
  if (name === undefined || (state.Type !== 'Map' && state.Type !== 'Parallel')) return;
  if (insides(state).every(({ inside }) => find(inside, name, false) === undefined)) {
    throw invalid('State not found in definition');
  }
}

/**
 * @param request as the service's model has it
 * @throws StepFunctionsError `InvalidArn`, `InvalidExecutionInput`, `InvalidDefinition`, `ValidationException`
 */
export function testIn(request: Request): Test {
  const roleArn = textIn(request.roleArn);
  if (roleArn !== undefined) checkRoleArn(roleArn);
  const inputText = textIn(request.input) ?? '{}';
  const input = executionInputIn(inputText);
  const mock = mockIn(request);
  const configuration = isObject(request.stateConfiguration) ? request.stateConfiguration : {};
  const failureCount = numberIn(configuration.mapIterationFailureCount);
  if (mock === undefined) {
    const unsupported = { MapIterationFailureCount: failureCount, Context: request.context };
    const given = Object.entries(unsupported).find(([, value]) => value !== undefined);
    if (given) throw invalid(`TestState does not support ${given[0]} when a mock is not specified.`);
  }
  const subject = subjectIn(String(request.definition), textIn(request.stateName));
  if (mock === undefined) checkUnmocked(subject.state);
  else checkMock(subject.state, mock);
  checkCausedBy(subject.state, textIn(configuration.errorCausedByState));
  const [variables, context] = [textIn(request.variables), textIn(request.context)];
  return {
    ...subject,
    input,
    inputText,
    inspected: request.inspectionLevel === 'DEBUG' || request.inspectionLevel === 'TRACE',
    ...member('variables', variables === undefined ? undefined : variablesIn(variables)),
    ...member('roleArn', roleArn),
    ...member('mock', mock),
    ...member('context', context === undefined ? undefined : contextIn(context)),
    retrierRetryCount: numberIn(configuration.retrierRetryCount) ?? 0,
    ...member('mapIterationFailureCount', failureCount),
    ...member('mapItemReaderData', textIn(configuration.mapItemReaderData)),
  };
}
