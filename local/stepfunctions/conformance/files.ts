import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, type JsonObject } from './values.ts';

export const languages = ['JSONata', 'JSONPath', 'mixed'] as const;
export type Language = (typeof languages)[number];

interface Head {
  readonly id: string;
  readonly queryLanguage: Language;
  /** Day on which AWS was asked. */
  readonly recorded?: string | null;
}

/** How a Lambda function behaves. */
export type Behaviour = { readonly name: string } & (
  | { readonly kind: 'echo' }
  | { readonly kind: 'return'; readonly value: unknown }
  | {
      readonly kind: 'raise';
      readonly errorType: string;
      readonly errorMessage: string;
      readonly stackTrace: readonly string[];
    }
  | { readonly kind: 'sleep-then-echo'; readonly seconds: number }
  | { readonly kind: 'return-large-string'; readonly char: string; readonly length: number }
);

/** Function ARN to behaviour. */
export type Lambdas = Readonly<Record<string, Behaviour>>;

/** What an outside worker does. */
export type WorkerCall =
  | { readonly call: 'wait'; readonly seconds: number }
  | { readonly call: 'sendTaskHeartbeat' }
  | { readonly call: 'sendTaskFailure' | 'stopExecution'; readonly error?: string; readonly cause?: string }
  | { readonly call: 'sendTaskSuccess'; readonly output: { readonly value: unknown } | { readonly fromBody: string } };

export type Action =
  | { readonly on: 'tokenMessage'; readonly calls: readonly WorkerCall[] }
  | { readonly on: 'stateEntered'; readonly state: string; readonly calls: readonly WorkerCall[] };

export interface Outcome {
  readonly status: string;
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: unknown;
}

export interface Scenario extends Head {
  readonly kind: 'execution';
  readonly workflowType: string;
  readonly definition: JsonObject;
  readonly input: unknown;
  readonly stateMachineName?: string;
  readonly executionName?: string;
  readonly lambdas?: Lambdas;
  readonly stateMachines?: readonly { readonly arn: string; readonly definition: JsonObject; readonly type: string }[];
  readonly actions?: readonly Action[];
  readonly concurrent?: boolean;
  readonly historyUnordered?: boolean;
  readonly expected: Outcome & { readonly history?: readonly JsonObject[] };
}

export interface ChoiceTable extends Head {
  readonly kind: 'choiceTable';
  readonly definition: JsonObject;
  readonly cases: readonly {
    readonly index: number;
    readonly rule: JsonObject;
    readonly input: unknown;
    readonly expected: Outcome;
  }[];
}

export interface TestStateCase extends Head {
  readonly kind: 'testState';
  readonly request: JsonObject;
  readonly lambdas?: Lambdas;
  readonly expected: JsonObject;
}

export interface DefinitionCase extends Head {
  readonly kind: 'createStateMachine' | 'validateDefinition';
  readonly workflowType: string;
  readonly definition?: JsonObject;
  readonly definitionText?: string;
  readonly expected: JsonObject;
}

export type Case = Scenario | ChoiceTable | TestStateCase | DefinitionCase;

const behaviours: readonly unknown[] = ['echo', 'return', 'raise', 'sleep-then-echo', 'return-large-string'];
const calls: readonly unknown[] = ['wait', 'sendTaskHeartbeat', 'sendTaskFailure', 'sendTaskSuccess', 'stopExecution'];

const isLambdas = (value: unknown): boolean =>
  value === undefined ||
  (isObject(value) && Object.values(value).every((one) => isObject(one) && behaviours.includes(one.kind)));

const isActions = (value: unknown): boolean =>
  value === undefined ||
  (Array.isArray(value) &&
    value.every(
      (one) =>
        isObject(one) &&
        (one.on === 'tokenMessage' || (one.on === 'stateEntered' && typeof one.state === 'string')) &&
        Array.isArray(one.calls) &&
        one.calls.every((call) => isObject(call) && calls.includes(call.call)),
    ));

const fits: Readonly<Record<string, (value: JsonObject) => boolean>> = {
  execution: ({ definition, workflowType, expected, lambdas, actions }) =>
    isObject(definition) &&
    typeof workflowType === 'string' &&
    isObject(expected) &&
    isLambdas(lambdas) &&
    isActions(actions),
  choiceTable: ({ definition, cases }) => isObject(definition) && Array.isArray(cases) && cases.every(isObject),
  testState: ({ request, expected, lambdas }) => isObject(request) && isObject(expected) && isLambdas(lambdas),
  createStateMachine: ({ definition, definitionText, expected }) =>
    (isObject(definition) || typeof definitionText === 'string') && isObject(expected),
  validateDefinition: ({ definition, definitionText, expected }) =>
    (isObject(definition) || typeof definitionText === 'string') && isObject(expected),
};

function isCase(value: unknown): value is Case {
  if (!isObject(value) || typeof value.id !== 'string') return false;
  const known = languages.some((language) => language === value.queryLanguage);
  return known && (fits[String(value.kind)]?.(value) ?? false);
}

/** What a file holds; undefined where that is nothing that is known here. */
export function readCase(path: string): Case | undefined {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  return isCase(value) ? value : undefined;
}

/** All JSON files of a folder and its folders, in order: what a file is, it says itself. */
export function filesIn(folder: string): string[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  return globSync('**/*.json', { cwd: folder })
    .sort()
    .map((file) => join(folder, file));
}
