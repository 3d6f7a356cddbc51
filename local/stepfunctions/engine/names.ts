import { StepFunctionsError } from '../errors.ts';

// What AWS asks of names, ARNs and JSON texts beyond what its service model says.

// White space, brackets, wildcards, special and control characters, halves of surrogate pairs.
const forbidden = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}\p{Cs}\uFFFE\uFFFF\u{10FFFF}]/u;

/** The name of a state machine or of an execution. @throws StepFunctionsError `InvalidName` */
export function checkName(name: string): void {
  if (name.length === 0 || name.length > 80 || forbidden.test(name)) {
    throw new StepFunctionsError('InvalidName', `Invalid Name: '${name}'`);
  }
}

/**
 * An ARN of one of the given types of resource, such as `stateMachine` or `execution`.
 * @throws StepFunctionsError `InvalidArn`
 */
export function checkArn(arn: string, ...resourceTypes: readonly string[]): void {
  const [prefix, , , , , resourceType = ''] = arn.split(':');
  const invalid = (why: string) => new StepFunctionsError('InvalidArn', `Invalid Arn: '${why}'`);
  if (prefix !== 'arn' || !arn.includes(':')) throw invalid(`Invalid ARN prefix: ${arn}`);
  if (resourceType === '') throw invalid(`Resource type can not be empty: ${arn}`);
  if (!resourceTypes.includes(resourceType)) throw invalid(`Resource type not valid in this context: ${resourceType}`);
}

/** @throws StepFunctionsError `InvalidArn` where this is not the ARN of a role */
export function checkRoleArn(arn: string): void {
  if (!/^arn:[^:]+:iam::\d+:role\/./.test(arn)) {
    throw new StepFunctionsError('InvalidArn', `Invalid Role Arn: '${arn}'`);
  }
}

function jsonIn(text: string, name: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new StepFunctionsError(name, `${what}: '${error instanceof Error ? error.message : String(error)}'`);
  }
}

/** The JSON value of StartExecution's `input`. @throws StepFunctionsError `InvalidExecutionInput` */
export const executionInputIn = (text: string): unknown =>
  jsonIn(text, 'InvalidExecutionInput', 'Invalid State Machine Execution Input');

/** The JSON value of SendTaskSuccess's `output`. @throws StepFunctionsError `InvalidOutput` */
export const taskOutputIn = (text: string): unknown => jsonIn(text, 'InvalidOutput', 'Invalid Output');
