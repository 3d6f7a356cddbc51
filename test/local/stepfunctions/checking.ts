import { type CheckOptions, checkDefinition, type Diagnostic } from '../../../local/stepfunctions/language/check.ts';

// Definitions and what is said of them, in few words.

export type Json = Record<string, unknown>;

export const lambda = 'arn:aws:states:::lambda:invoke';
export const task = { Type: 'Task', Resource: lambda, Arguments: { FunctionName: 'f' } };
export const done = { Type: 'Succeed' };
export const end = { End: true };
export const pass = { Type: 'Pass', ...end };

/** Starts at the first of its states. */
export const flow = (states: Json): Json => ({ StartAt: Object.keys(states)[0], States: states });
export const jsonata = (states: Json, more: Json = {}): Json => ({
  QueryLanguage: 'JSONata',
  ...flow(states),
  ...more,
});
export const jsonpath = flow;

export const check = (definition: unknown, options?: CheckOptions) =>
  checkDefinition(JSON.stringify(definition), options);

export const tell = ({ code, message, location }: Diagnostic): string => `${code}: ${message} at ${location ?? 'null'}`;

export const told = (definition: unknown, severity: Diagnostic['severity'], options?: CheckOptions): string[] =>
  check(definition, options)
    .diagnostics.filter((one) => one.severity === severity)
    .map(tell);

export const warnings = (definition: unknown, options?: CheckOptions): string[] => told(definition, 'WARNING', options);
