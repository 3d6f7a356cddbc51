import { isObject, type JsonObject, textOf } from '../json.ts';
import type { Scope } from './expressions.ts';
import { isDeep, limits } from './library.ts';

/** What an evaluator gives when the library has to decide: it met something outside its subset. */
export const BAIL: unique symbol = Symbol('bail');

/** Evaluates one expression; gives its value, undefined, or BAIL. Never throws, never changes what it is given. */
export type Evaluator = (scope: Scope) => unknown;

/**
 * Compiles the subset of JSONata that most fields of a state machine use: paths of names, literals, operators,
 * conditions, object and array constructors, and a few functions. Takes the AST of the jsonata package; undefined when
 * the expression is outside the subset. Whatever JSONata treats in a special way at run time (an array within a path,
 * operands of mixed types, a builtin's name used as a variable), and what may pass a bound of evaluation, bails out.
 */
export function compileFast(ast: unknown): Evaluator | undefined {
  return isDeep(ast) ? undefined : compileNode(ast);
}

function compileNode(node: unknown): Evaluator | undefined {
  if (!isObject(node)) return undefined;
  switch (node.type) {
    case 'string':
    case 'value':
      return only(node, 'value') ? constant(node.value) : undefined;
    case 'number':
      return only(node, 'value') && typeof node.value === 'number' ? constant(finite(node.value)) : undefined;
    case 'variable':
      return compileVariable(node);
    case 'path':
      return compilePath(node);
    case 'binary':
      return compileBinary(node);
    case 'unary':
      return compileUnary(node);
    case 'condition':
      return compileCondition(node);
    case 'block':
      return only(node, 'expressions') ? compileBlock(list(node.expressions)) : undefined;
    case 'function':
      return compileCall(node);
    default:
      return undefined;
  }
}

/** True when the node has no other properties: each one the AST may have besides changes its meaning. */
function only(node: JsonObject, ...names: string[]): boolean {
  const known = new Set(['type', 'position', ...names]);
  return Object.entries(node).every(([key, value]) => value === undefined || known.has(key));
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const constant =
  (value: unknown): Evaluator =>
  () =>
    value;

function compileAll(nodes: readonly unknown[]): readonly Evaluator[] | undefined {
  const evaluators: Evaluator[] = [];
  for (const node of nodes) {
    const evaluator = compileNode(node);
    if (evaluator === undefined) return undefined;
    evaluators.push(evaluator);
  }
  return evaluators;
}

// Variables and paths

/** A variable without a value may be a function of JSONata. `$states` itself has fields that only its readers compute. */
function variable(name: unknown): Evaluator | undefined {
  if (typeof name !== 'string' || name === '' || name === '$') return undefined;
  if (name === 'states') return (scope) => scope.states;
  return (scope) => {
    const value = scope.variable(name);
    return value === undefined ? BAIL : value;
  };
}

function compileVariable(node: JsonObject): Evaluator | undefined {
  if (node.value === 'states' || !only(node, 'value', 'predicate')) return undefined;
  const root = variable(node.value);
  const index = indexOf(node.predicate);
  if (root === undefined || index === BAIL) return undefined;
  if (index === undefined) return root;
  return (scope) => {
    const value = root(scope);
    return value === BAIL ? BAIL : itemAt(value, index);
  };
}

function compilePath(node: JsonObject): Evaluator | undefined {
  const [first, ...rest] = list(node.steps);
  if (!only(node, 'steps') || !isObject(first) || first.type !== 'variable' || !only(first, 'value')) return undefined;
  const root = variable(first.value);
  const steps: Step[] = [];
  for (const node of rest) {
    const step = compileStep(node);
    if (step === undefined) return undefined;
    steps.push(step);
  }
  if (root === undefined || steps.length === 0) return undefined;
  return (scope) => {
    let value = root(scope);
    for (const { name, index } of steps) {
      value = property(value, name);
      if (index !== undefined && value !== BAIL) value = itemAt(value, index);
      if (value === undefined || value === BAIL) return value;
    }
    return value;
  };
}

interface Step {
  readonly name: string;
  readonly index: number | undefined;
}

function compileStep(node: unknown): Step | undefined {
  if (!isObject(node) || node.type !== 'name' || typeof node.value !== 'string' || !only(node, 'value', 'stages'))
    return undefined;
  const index = indexOf(node.stages);
  return index === BAIL ? undefined : { name: node.value, index };
}

/** The literal index in `[0]`; undefined without a filter. */
function indexOf(filters: unknown): number | undefined | typeof BAIL {
  if (filters === undefined) return undefined;
  const [filter, ...more] = list(filters);
  if (more.length > 0 || !isObject(filter) || filter.type !== 'filter' || !isObject(filter.expr)) return BAIL;
  const { type, value } = filter.expr;
  return type === 'number' && typeof value === 'number' ? Math.floor(value) : BAIL;
}

function property(value: unknown, name: string): unknown {
  if (typeof value !== 'object') return value === BAIL ? BAIL : undefined;
  if (value === null) return undefined;
  if (!isPlain(value)) return BAIL;
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

function itemAt(value: unknown, index: number): unknown {
  if (Array.isArray(value)) return value[index < 0 ? value.length + index : index];
  return index === 0 || index === -1 ? value : undefined;
}

/** An object that has the marks by which JSONata knows a function. */
const isMarked = (value: unknown): boolean =>
  isObject(value) && (value._jsonata_lambda !== undefined || value._jsonata_function !== undefined);

const isPlain = (value: unknown): value is JsonObject => isObject(value) && !isMarked(value);

// Operators

type Operator = (left: unknown, right: unknown) => unknown;

const numeric = (value: unknown): value is number | undefined => typeof value === 'number' || value === undefined;

const arithmetic =
  (operate: (left: number, right: number) => number): Operator =>
  (left, right) => {
    if (!numeric(left) || !numeric(right)) return BAIL;
    return left === undefined || right === undefined ? undefined : finite(operate(left, right));
  };

/** JSON has neither infinity nor -0. */
const finite = (value: number): number | typeof BAIL => (Number.isFinite(value) ? value + 0 : BAIL);

function comparison(compare: (left: number | string, right: number | string) => boolean): Operator {
  const comparable = (value: unknown): value is number | string | undefined => numeric(value) || isString(value);
  return (left, right) => {
    if (!comparable(left) || !comparable(right)) return BAIL;
    if (left === undefined || right === undefined) return undefined;
    return typeof left === typeof right ? compare(left, right) : BAIL;
  };
}

const isString = (value: unknown): value is string => typeof value === 'string';

const isSimple = (value: unknown): boolean => typeof value !== 'object' || value === null;

const equality =
  (wanted: boolean): Operator =>
  (left, right) => {
    if (left === undefined || right === undefined) return false;
    return isSimple(left) && isSimple(right) ? (left === right) === wanted : BAIL;
  };

const operators = new Map<unknown, Operator>([
  ['+', arithmetic((left, right) => left + right)],
  ['-', arithmetic((left, right) => left - right)],
  ['*', arithmetic((left, right) => left * right)],
  ['/', arithmetic((left, right) => left / right)],
  ['%', arithmetic((left, right) => left % right)],
  ['<', comparison((left, right) => left < right)],
  ['<=', comparison((left, right) => left <= right)],
  ['>', comparison((left, right) => left > right)],
  ['>=', comparison((left, right) => left >= right)],
  ['=', equality(true)],
  ['!=', equality(false)],
  ['&', concatenate],
  ['in', includes],
]);

function concatenate(left: unknown, right: unknown): unknown {
  const head = left === undefined ? '' : text(left);
  const tail = right === undefined ? '' : text(right);
  if (head === BAIL || tail === BAIL || head.length + tail.length > limits.characters) return BAIL;
  return `${head}${tail}`;
}

/** JSONata's $string of what is neither an object nor an array. */
function text(value: unknown): string | typeof BAIL {
  if (isString(value)) return value;
  if (!isSimple(value)) return BAIL;
  return textOf(typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(15)) : value);
}

function includes(left: unknown, right: unknown): unknown {
  if (left === undefined || right === undefined) return false;
  if (!isSimple(left)) return BAIL;
  return Array.isArray(right) ? right.includes(left) : left === right;
}

/** Effective boolean value; undefined counts as false. */
function truth(value: unknown): boolean | typeof BAIL {
  if (isSimple(value)) return Boolean(value);
  return isPlain(value) ? Object.keys(value).length > 0 : BAIL;
}

function compileBinary(node: JsonObject): Evaluator | undefined {
  const left = compileNode(node.lhs);
  const right = compileNode(node.rhs);
  if (left === undefined || right === undefined || !only(node, 'value', 'lhs', 'rhs')) return undefined;
  if (node.value === 'and' || node.value === 'or') {
    const decisive = node.value === 'or';
    return (scope) => {
      const value = left(scope);
      const known = value === BAIL ? BAIL : truth(value);
      if (known === BAIL || known === decisive) return known;
      const other = right(scope);
      return other === BAIL ? BAIL : truth(other);
    };
  }
  const operate = operators.get(node.value);
  if (operate === undefined) return undefined;
  return (scope) => {
    const leftValue = left(scope);
    if (leftValue === BAIL) return BAIL;
    const rightValue = right(scope);
    return rightValue === BAIL ? BAIL : operate(leftValue, rightValue);
  };
}

function compileUnary(node: JsonObject): Evaluator | undefined {
  if (node.value === '-' && only(node, 'value', 'expression')) return compileNegation(node.expression);
  if (node.value === '[' && only(node, 'value', 'expressions')) return compileArray(list(node.expressions));
  if (node.value === '{' && only(node, 'value', 'lhs')) return compileObject(list(node.lhs));
  return undefined;
}

function compileNegation(node: unknown): Evaluator | undefined {
  const operand = compileNode(node);
  if (operand === undefined) return undefined;
  return (scope) => {
    const value = operand(scope);
    if (!numeric(value)) return BAIL;
    return value === undefined ? undefined : finite(-value);
  };
}

function compileCondition(node: JsonObject): Evaluator | undefined {
  const condition = compileNode(node.condition);
  const then = compileNode(node.then);
  const otherwise = node.else === undefined ? constant(undefined) : compileNode(node.else);
  if (condition === undefined || then === undefined || otherwise === undefined) return undefined;
  if (!only(node, 'condition', 'then', 'else')) return undefined;
  return (scope) => {
    const value = condition(scope);
    const known = value === BAIL ? BAIL : truth(value);
    if (known === BAIL) return BAIL;
    return known ? then(scope) : otherwise(scope);
  };
}

/** Parentheses around one expression. */
function compileBlock(expressions: readonly unknown[]): Evaluator | undefined {
  return expressions.length === 1 ? compileNode(expressions[0]) : undefined;
}

// Constructors

function compileArray(nodes: readonly unknown[]): Evaluator | undefined {
  const items = compileAll(nodes);
  if (items === undefined) return undefined;
  // An array literal within an array stays one item; every other array is spread.
  const nested = nodes.map((node) => isObject(node) && node.type === 'unary' && node.value === '[');
  return (scope) => {
    const result: unknown[] = [];
    for (let index = 0; index < items.length; index++) {
      const value = items[index]?.(scope);
      if (value === BAIL) return BAIL;
      if (Array.isArray(value) && nested[index] !== true) for (const each of value) result.push(each);
      else if (value !== undefined) result.push(value);
    }
    return result.length > limits.items ? BAIL : result;
  };
}

/** Names that would not be plain properties of the result, or that JSONata refuses. */
const reserved = new Set(['__proto__', '_jsonata_lambda', '_jsonata_function']);

function compileObject(pairs: readonly unknown[]): Evaluator | undefined {
  const keys: string[] = [];
  for (const pair of pairs) {
    const key = list(pair)[0];
    if (!isObject(key) || key.type !== 'string' || typeof key.value !== 'string' || !only(key, 'value'))
      return undefined;
    if (reserved.has(key.value) || keys.includes(key.value)) return undefined;
    keys.push(key.value);
  }
  const values = compileAll(pairs.map((pair) => list(pair)[1]));
  if (values === undefined) return undefined;
  const entries = values.map((value, index) => ({ key: keys[index] ?? '', value }));
  return (scope) => {
    const result: JsonObject = {};
    for (const entry of entries) {
      const value = entry.value(scope);
      if (value === BAIL) return BAIL;
      if (value !== undefined) result[entry.key] = value;
    }
    return result;
  };
}

// Functions

const functions = new Map<unknown, (argument: unknown) => unknown>([
  ['exists', (value) => value !== undefined],
  ['boolean', (value) => (value === undefined ? undefined : truth(value))],
  ['not', negate],
  ['string', (value) => (value === undefined ? undefined : text(value))],
  ['type', typeOf],
  ['count', count],
  ['merge', merge],
]);

function negate(value: unknown): unknown {
  if (value === undefined) return undefined;
  const known = truth(value);
  return known === BAIL ? BAIL : !known;
}

function typeOf(value: unknown): unknown {
  if (value === undefined) return undefined;
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function count(value: unknown): unknown {
  if (value === undefined) return 0;
  return Array.isArray(value) ? value.length : 1;
}

function merge(value: unknown): unknown {
  if (!Array.isArray(value)) return BAIL;
  const result: JsonObject = {};
  for (const item of value) {
    if (!isPlain(item) || Object.hasOwn(item, '__proto__')) return BAIL;
    Object.assign(result, item);
  }
  return result;
}

function compileCall(node: JsonObject): Evaluator | undefined {
  const { procedure } = node;
  const [argument, ...more] = compileAll(list(node.arguments)) ?? [];
  if (argument === undefined || more.length > 0 || !only(node, 'value', 'arguments', 'procedure')) return undefined;
  if (!isObject(procedure) || procedure.type !== 'variable' || !only(procedure, 'value')) return undefined;
  const name = procedure.value;
  const call = functions.get(name);
  if (typeof name !== 'string' || call === undefined) return undefined;
  return (scope) => {
    // A variable of that name hides the function.
    if (scope.variable(name) !== undefined) return BAIL;
    const value = argument(scope);
    return value === BAIL || isMarked(value) ? BAIL : call(value);
  };
}
