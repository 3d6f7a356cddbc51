import { expect } from 'vitest';
import { EvaluationFailure } from '../../../local/stepfunctions/errors.ts';
import type { Scope } from '../../../local/stepfunctions/language/expressions.ts';
import { compileTemplate, type Template } from '../../../local/stepfunctions/language/template.ts';

export const now = Date.parse('2026-01-05T02:00:00Z');

export function scopeOf(input: unknown, variables: Record<string, unknown> = {}): Scope {
  return {
    states: { input, context: { Execution: { Name: 'e-1' } } },
    variable: (name) => variables[name],
    now,
  };
}

export const evaluate = (field: unknown, scope = scopeOf({})): unknown =>
  compileTemplate(field, 'Output').evaluate(scope);

export const run = (source: string, scope = scopeOf({})): unknown => evaluate(`{% ${source} %}`, scope);

/** The failure of a field, as the history tells it. */
export function failureOf(template: Template, scope = scopeOf({})): EvaluationFailure {
  try {
    const value = template.evaluate(scope);
    return expect.fail(`gave ${JSON.stringify(value)}`);
  } catch (error) {
    if (error instanceof EvaluationFailure) return error;
    throw error;
  }
}

export const messageOf = (source: string, scope = scopeOf({})): string =>
  failureOf(compileTemplate(`{% ${source} %}`, 'Output'), scope).message;

/** What the message says of an expression that failed. */
export const problemOf = (source: string, scope = scopeOf({})): string => {
  const start = `The JSONata expression '${source}' specified for the field 'Output' `;
  const message = messageOf(source, scope);
  expect(message.slice(0, start.length)).toBe(start);
  return message.slice(start.length);
};

export const nothing = 'returned nothing (undefined).';
