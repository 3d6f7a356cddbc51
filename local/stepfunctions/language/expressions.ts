import jsonata from 'jsonata';
import { EvaluationFailure } from '../errors.ts';
import { isObject, type JsonObject } from '../json.ts';
import { BAIL, compileFast, type Evaluator } from './fast.ts';
import { addFunctions, clock } from './functions.ts';

/** What the expressions of one field may see. Values are JSON, shared between states: nobody changes them. */
export interface Scope {
  /** `$states`: input, context, result or errorOutput as the field may see; `context` may be a getter. */
  readonly states: Readonly<Record<string, unknown>>;
  /** Value of a variable of this or an outer scope; undefined when not assigned. */
  variable(name: string): unknown;
  /** All of them. */
  variables(): Record<string, unknown>;
  /** What $now and $millis give, in epoch milliseconds. */
  readonly now: number;
}

/** One JSONata expression, compiled. */
export interface Expression {
  readonly source: string;
  /** Why it cannot be compiled; such an expression fails whenever it is evaluated. */
  readonly fault: string | undefined;
  /**
   * Its value as plain JSON: at once when the fast path knows it, else from the library as a promise. Throws, or
   * rejects with, EvaluationFailure. `location` is the field's name, for the failure.
   */
  evaluate(scope: Scope, location: string): unknown | Promise<unknown>;
}

/**
 * Bounds of one evaluation, so that none hangs the process: milliseconds, nested or concurrent steps, and items in an
 * array. Not bounded: one call of a builtin, such as a regular expression that backtracks for ever.
 */
const limits = { timeout: 5_000, stack: 50_000, sequence: 1_000_000 };

/** The JSONata in `{% … %}`, else undefined: a string is an expression only if nothing stands around the marks. */
export function expressionIn(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length < 4 || !value.startsWith('{%') || !value.endsWith('%}'))
    return undefined;
  return value.slice(2, -2).trim();
}

/** The fault of an expression that does not compile, as `code: text` of JSONata, else undefined. */
export function syntaxFault(source: string): string | undefined {
  return compileExpression(source).fault;
}

/** Compiled expressions by source, the latest used last. */
const cache = new Map<string, Expression>();
const maxCached = 2_000;

/** Compiles an expression, or gives the one compiled before. */
export function compileExpression(source: string): Expression {
  const expression = cache.get(source) ?? compile(source);
  cache.delete(source);
  cache.set(source, expression);
  const [oldest] = cache.keys();
  if (cache.size > maxCached && oldest !== undefined) cache.delete(oldest);
  return expression;
}

let fastPath = true;

/** Switches the fast path, for comparison: without it the library evaluates everything. It changes no result. */
export function setFastPath(on: boolean): void {
  fastPath = on;
}

function compile(source: string): Expression {
  try {
    const library = jsonata(source, limits);
    return compiled(source, library, compileFast(library.ast()));
  } catch (error) {
    const fault = describe(error);
    return {
      source,
      fault,
      evaluate: (_, location) => {
        throw thrown(source, location, fault);
      },
    };
  }
}

function compiled(source: string, library: jsonata.Expression, fast: Evaluator | undefined): Expression {
  let names: readonly string[] | undefined;

  const evaluateWithLibrary = async (scope: Scope, location: string): Promise<unknown> => {
    if (names === undefined) {
      addFunctions(library);
      names = variablesIn(library.ast());
    }
    let value: unknown;
    try {
      value = plain(await library.evaluate(undefined, bindings(scope, names)));
    } catch (error) {
      if (error instanceof NotJson) throw failure(source, location, 'returned an unsupported result type.');
      throw thrown(source, location, describe(error));
    }
    return defined(value, source, location);
  };

  return {
    source,
    fault: undefined,
    evaluate: (scope, location) => {
      const value = fastPath && fast !== undefined ? fast(scope) : BAIL;
      return value === BAIL ? evaluateWithLibrary(scope, location) : defined(value, source, location);
    },
  };
}

function defined(value: unknown, source: string, location: string): unknown {
  if (value === undefined) throw failure(source, location, 'returned nothing (undefined).');
  return value;
}

/** The failure of an expression, in AWS's words. */
export function failure(source: string, location: string, problem: string): EvaluationFailure {
  return new EvaluationFailure(
    `The JSONata expression '${source}' specified for the field '${location}' ${problem}`,
    location,
  );
}

const thrown = (source: string, location: string, text: string): EvaluationFailure =>
  failure(source, location, `threw an error during evaluation. ${text}`);

/** The library throws objects with a code and a message; what its functions call throws errors. */
function describe(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('message' in error)) return String(error);
  return 'code' in error ? `${error.code}: ${error.message}` : String(error.message);
}

/** Names of all variables that an expression mentions: its own and the library's among them. */
function variablesIn(ast: unknown): readonly string[] {
  const names = new Set<string>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    else if (isObject(node)) {
      if (node.type === 'variable' && typeof node.value === 'string') names.add(node.value);
      Object.values(node).forEach(visit);
    }
  };
  visit(ast);
  return [...names];
}

/** What the library may see: copies, since some of its operators change what they are applied to. */
function bindings(scope: Scope, names: readonly string[]): JsonObject {
  const bound: JsonObject = { [clock]: scope.now };
  for (const name of names) {
    const value = name === 'states' ? copyOnRead(scope.states) : plain(scope.variable(name));
    if (value !== undefined) put(bound, name, value);
  }
  return bound;
}

/** An object whose properties are copied when they are read: few expressions read them all. */
function copyOnRead(object: Readonly<Record<string, unknown>>): JsonObject {
  const lazy: JsonObject = {};
  for (const key of Object.keys(object)) {
    const get = () => {
      const value = plain(object[key]);
      Object.defineProperty(lazy, key, { value });
      return value;
    };
    Object.defineProperty(lazy, key, { configurable: true, enumerable: true, get });
  }
  return lazy;
}

/** A value that JSON cannot represent: a function, infinity. */
class NotJson extends Error {
  override readonly name = 'NotJson';
}

/** A copy in plain JSON: without the library's marks on arrays, its getters and undefined values. Throws NotJson. */
function plain(value: unknown): unknown {
  switch (typeof value) {
    case 'undefined':
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      if (!Number.isFinite(value)) throw new NotJson(String(value));
      return value + 0; // JSON has no -0
    case 'object':
      if (value === null) return null;
      return Array.isArray(value) ? value.map((item) => plain(item) ?? null) : plainObject(value);
    default:
      throw new NotJson(typeof value);
  }
}

function plainObject(object: object): JsonObject {
  const copy: JsonObject = {};
  for (const [key, item] of Object.entries(object)) {
    const value = plain(item);
    if (value !== undefined) put(copy, key, value);
  }
  return copy;
}

/** Sets an own property, whatever its name. */
export function put(object: JsonObject, key: string, value: unknown): void {
  if (key !== '__proto__') object[key] = value;
  else Object.defineProperty(object, key, { configurable: true, enumerable: true, writable: true, value });
}
