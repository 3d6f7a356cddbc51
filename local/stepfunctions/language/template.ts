import { EvaluationFailure } from '../errors.ts';
import { isObject, type JsonObject, textOf } from '../json.ts';
import { compileExpression, expressionIn, failure, put, type Scope } from './expressions.ts';

/** A field of a state, compiled: any JSON, with expressions anywhere in it. */
export interface Template {
  /** True when there is no expression in it: evaluation gives the field as it stands. */
  readonly constant: boolean;
  /** The field with its expressions replaced by their values. Throws EvaluationFailure for the first that fails. */
  evaluate(scope: Scope): unknown;
}

/** The JSON types, as AWS names them. */
export type JsonType = 'array' | 'boolean' | 'null' | 'number' | 'object' | 'string';

/**
 * Compiles a field once. `location` is its name as AWS words it; what is within gets a name of its own, such as
 * `Arguments/FunctionName` and `Items[1]`.
 */
export function compileTemplate(field: unknown, location: string): Template {
  const source = expressionIn(field);
  if (source !== undefined) {
    const expression = compileExpression(source);
    return { constant: false, evaluate: (scope) => expression.evaluate(scope, location) };
  }
  if (Array.isArray(field)) {
    const parts = field.map((item, index) => compileTemplate(item, `${location}[${index}]`));
    return composite(field, parts, (values) => values);
  }
  if (isObject(field)) {
    const keys = Object.keys(field);
    const parts = keys.map((key) => compileTemplate(field[key], `${location}/${key}`));
    return composite(field, parts, (values) => objectOf(keys, values));
  }
  return { constant: true, evaluate: () => field };
}

/** A field that must give one type. */
export function compileTyped(field: unknown, location: string, expected: JsonType): Template {
  return checked(field, location, (value) => {
    if (typeOf(value) !== expected) throw unexpected(field, location, expected, value);
  });
}

/** A field that must give a number within bounds, both included. */
export function compileNumber(field: unknown, location: string, least: number, most: number): Template {
  return checked(field, location, (value) => {
    if (typeof value !== 'number') throw unexpected(field, location, 'number', value);
    if (value < least || value > most)
      throw new EvaluationFailure(`${location} must be between ${least} and ${most}.`, location);
  });
}

/** A field that must give an integer within bounds, both included. */
export function compileInteger(field: unknown, location: string, least: number, most: number): Template {
  return checked(field, location, (value) => {
    if (typeof value !== 'number') throw unexpected(field, location, 'number', value);
    if (!Number.isInteger(value))
      throw new EvaluationFailure(`The ${location} field cannot be parsed as an integer: ${value}`, location);
    if (value < least || value > most) throw outOfRange(location, least, most, value);
  });
}

function objectOf(keys: readonly string[], values: readonly unknown[]): JsonObject {
  const object: JsonObject = {};
  keys.forEach((key, index) => {
    put(object, key, values[index]);
  });
  return object;
}

/** The parts are evaluated in the order of the definition. */
function composite(field: unknown, parts: readonly Template[], build: (values: unknown[]) => unknown): Template {
  if (parts.every((part) => part.constant)) return { constant: true, evaluate: () => field };
  return { constant: false, evaluate: (scope) => build(parts.map((part) => part.evaluate(scope))) };
}

function checked(field: unknown, location: string, check: (value: unknown) => void): Template {
  const { constant, evaluate } = compileTemplate(field, location);
  return {
    constant,
    evaluate: (scope) => {
      const value = evaluate(scope);
      check(value);
      return value;
    },
  };
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function unexpected(field: unknown, location: string, expected: string, value: unknown): EvaluationFailure {
  const difference = `Expected '${expected}', but was '${typeOf(value)}' for value: ${textOf(value)}`;
  const source = expressionIn(field);
  return source === undefined
    ? new EvaluationFailure(`The field '${location}' has an unexpected type. ${difference}`, location)
    : failure(source, location, `returned an unexpected result type. ${difference}`);
}

function outOfRange(location: string, least: number, most: number, value: number): EvaluationFailure {
  const problem =
    least === 0 && most >= Number.MAX_SAFE_INTEGER
      ? 'cannot be negative.'
      : `must be between ${least} and ${most} but was: ${value}`;
  return new EvaluationFailure(`${location} ${problem}`, location);
}
