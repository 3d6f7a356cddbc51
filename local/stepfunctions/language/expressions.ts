import { randomUUID } from 'node:crypto';
import { EvaluationFailure } from '../errors.ts';
import { isObject, type JsonObject } from '../json.ts';
import { BAIL, compileFast, type Evaluator } from './fast.ts';
import { addFunctions, clock } from './functions.ts';
import { Exceeded, LibraryExpression, limits } from './library.ts';

/** What the expressions of one field may see. Values are JSON, shared between states: nobody changes them. */
export interface Scope {
  /** `$states`: input, context, result or errorOutput as the field may see; `context` may be a getter. */
  readonly states: Readonly<Record<string, unknown>>;
  /** Value of a variable of this or an outer scope; undefined when not assigned. */
  variable(name: string): unknown;
  /** What $now and $millis give, in epoch milliseconds. */
  readonly now: number;
}

/** One JSONata expression, compiled. */
export interface Expression {
  readonly source: string;
  /** Why it cannot be compiled; such an expression fails whenever it is evaluated. */
  readonly fault: string | undefined;
  /** Its value as plain JSON. Throws EvaluationFailure. `location` is the field's name, for the failure. */
  evaluate(scope: Scope, location: string): unknown;
}

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
    const library = new LibraryExpression(source);
    return compiled(source, library, compileFast(library.ast));
  } catch (error) {
    const problem = problemOf(error);
    return {
      source,
      fault: isCoded(error) ? textOf(error) : problem,
      evaluate: (_, location) => {
        throw failure(source, location, problem);
      },
    };
  }
}

function compiled(source: string, library: LibraryExpression, fast: Evaluator | undefined): Expression {
  let ready = false;

  const evaluateWithLibrary = (scope: Scope, location: string): unknown => {
    if (!ready) addFunctions(library);
    ready = true;
    try {
      return plain(library.evaluate(bindings(scope, library.variables)));
    } catch (error) {
      throw Object.assign(failure(source, location, problemOf(error)), { cause: error });
    }
  };

  return {
    source,
    fault: undefined,
    evaluate: (scope, location) => {
      const known = fastPath && fast !== undefined ? fast(scope) : BAIL;
      const value = known === BAIL ? evaluateWithLibrary(scope, location) : known;
      if (value === undefined) throw failure(source, location, 'returned nothing (undefined).');
      return value;
    },
  };
}

/** The failure of an expression, in AWS's words. */
export function failure(source: string, location: string, problem: string): EvaluationFailure {
  return new EvaluationFailure(
    `The JSONata expression '${source}' specified for the field '${location}' ${problem}`,
    location,
  );
}

/** How AWS tells what was thrown: by a code of JSONata, as a bound that was passed, or else not at all. */
function problemOf(error: unknown): string {
  if (error instanceof NotJson) return 'returned an unsupported result type.';
  if (isCoded(error)) return `threw an error during evaluation. ${textOf(error)}`;
  const exceeded = error instanceof Exceeded ? error : ofEngine(error);
  if (exceeded !== undefined) return `threw an error during evaluation: ${exceeded.message}`;
  return `threw an internal error during evaluation. ${randomUUID()}`;
}

interface Coded {
  readonly code: string;
  readonly message: string;
}

const isCoded = (error: unknown): error is Coded =>
  isObject(error) && /^[A-Z]\d{4}$/.test(String(error.code)) && typeof error.message === 'string';

const textOf = ({ code, message }: Coded): string => `${code}: ${message}`;

/** The bound that a RangeError of the JavaScript engine stands for: calls nest too deeply, or a value is too large. */
function ofEngine(error: unknown): Exceeded | undefined {
  if (!isObject(error) || error.name !== 'RangeError') return undefined;
  return String(error.message).includes('call stack') ? Exceeded.stack() : Exceeded.memory();
}

/** What the library may see: copies, since some of its operators change what they are applied to. */
function bindings(scope: Scope, names: Iterable<string>): JsonObject {
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

/** A value that JSON cannot represent: a function. */
class NotJson extends Error {
  override readonly name = 'NotJson';
}

/**
 * A copy in plain JSON: without the library's marks on arrays, its getters and undefined values. Infinities and NaN
 * become strings, as on AWS. Throws NotJson, or Exceeded for more values than an evaluation may give: arrays that are
 * one to the library are many here.
 */
function plain(value: unknown): unknown {
  let count = 0;
  const copy = (value: unknown): unknown => {
    if (++count > limits.items + 1) throw Exceeded.memory();
    switch (typeof value) {
      case 'undefined':
      case 'string':
      case 'boolean':
        return value;
      case 'number':
        return Number.isFinite(value) ? value + 0 : String(value); // JSON has no -0
      case 'object':
        if (value === null) return null;
        return Array.isArray(value) ? Array.from(value, (item) => copy(item) ?? null) : copyObject(value);
      default:
        throw new NotJson(typeof value);
    }
  };
  const copyObject = (object: object): JsonObject => {
    const copied: JsonObject = {};
    for (const [key, item] of Object.entries(object)) {
      const value = copy(item);
      if (value !== undefined) put(copied, key, value);
    }
    return copied;
  };
  return copy(value);
}

/** Sets an own property, whatever its name. */
export function put(object: JsonObject, key: string, value: unknown): void {
  if (key !== '__proto__') object[key] = value;
  else Object.defineProperty(object, key, { configurable: true, enumerable: true, writable: true, value });
}
