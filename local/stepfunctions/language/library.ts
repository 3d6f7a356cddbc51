import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants, createContext, runInContext, Script } from 'node:vm';
import { isObject, type JsonObject } from '../json.ts';

/** Bounds of one evaluation. */
export const limits = {
  // As they were measured on AWS: nested steps, items of an array and of what $range makes, characters of a string.
  depth: 100,
  items: 873_782,
  rangeItems: 360_145,
  characters: 2 ** 22,
  // AWS takes a second; slower machines get more room.
  milliseconds: 5_000,
  // Items of all arrays that it makes, together: what fits into memory.
  madeItems: 2 ** 26,
};

/** An evaluation that passed a bound. The message is AWS's. */
export class Exceeded extends Error {
  override readonly name = 'Exceeded';
  static memory = (): Exceeded =>
    new Exceeded('Expression evaluation memory limit exceeded: Check for excessive memory usage');
  static stack = (): Exceeded =>
    new Exceeded(
      'Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive',
    );
  static time = (): Exceeded => new Exceeded('Expression evaluation timeout: Check for infinite loop');
}

/** What a function that is added to the library may ask. */
export interface Focus {
  readonly environment: { lookup(name: string): unknown };
}

type Implementation = (this: Focus, ...values: never[]) => unknown;

/** What is used of an expression of the jsonata package. */
interface Jsonata {
  ast(): unknown;
  evaluate(input: unknown, bindings: JsonObject): PromiseLike<unknown>;
  assign(name: string | symbol, value: unknown): void;
  registerFunction(name: string, implementation: Implementation, signature?: string): void;
}

/**
 * The package in a realm of its own, whose promises are settled before a script run in it returns. So an evaluation is
 * over at once, and the watchdog of such scripts can end even one that would never come to its next step.
 */
const realm = createContext(constants.DONT_CONTEXTIFY, { microtaskMode: 'afterEvaluate' });
const jsonata = loaded();
/** What waits for a promise must be the realm's own to be called within it. */
const start = new Script(`{
  const { expression, bindings, outcome } = job;
  expression.evaluate(undefined, bindings).then(
    (value) => { outcome.value = value; },
    (error) => { outcome.error = error; },
  );
}`);

function loaded(): (source: string) => Jsonata {
  const file = createRequire(import.meta.url).resolve('jsonata');
  const module: { exports: unknown } = { exports: {} };
  runInContext(`(function (module, exports) {${readFileSync(file, 'utf8')}\n})`, realm, { filename: file })(
    module,
    module.exports,
  );
  const { exports } = module;
  if (typeof exports !== 'function') throw new TypeError(`${file} exports no function`);
  return (source) => Reflect.apply(exports, undefined, [source]);
}

/** An expression of the jsonata package. Throws the parser's errors, which have a code and a message. */
export class LibraryExpression {
  readonly ast: unknown;
  readonly #expression: Jsonata;
  #surveyed: Survey | undefined;

  constructor(source: string) {
    this.#expression = jsonata(source);
    this.ast = this.#expression.ast();
    refuseDefaults(source, this.ast);
  }

  /** Names of all variables that it mentions: its own and the library's among them. */
  get variables(): ReadonlySet<string> {
    return this.#survey.variables;
  }

  /** Adds a function. `signature` is in JSONata's notation. */
  register(name: string, implementation: Implementation, signature: string): void {
    this.#expression.registerFunction(name, implementation, signature);
  }

  /** Takes a function away. */
  remove(name: string): void {
    this.#expression.assign(name, undefined);
  }

  /**
   * Its value, as the library gives it. Throws what the library throws, or Exceeded.
   * @param milliseconds how long it may take
   */
  evaluate(bindings: JsonObject, milliseconds = limits.milliseconds): unknown {
    const timeout = this.#survey.slow ? { timeout: milliseconds } : {};
    const outcome: { value?: unknown; error?: unknown } = {};
    running = new Evaluation(performance.now() + milliseconds);
    realm.job = { expression: this.#expression, bindings, outcome };
    try {
      start.runInContext(realm, timeout);
    } catch (error) {
      if (isObject(error) && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw Exceeded.time();
      throw error;
    } finally {
      realm.job = undefined;
      running = idle;
    }
    if ('error' in outcome) throw outcome.error;
    if (!('value' in outcome)) throw new TypeError('An evaluation waits for what never comes');
    return outcome.value;
  }

  get #survey(): Survey {
    if (this.#surveyed === undefined) {
      this.#surveyed = surveyOf(this.ast);
      this.#expression.assign(Symbol.for('jsonata.__evaluate_entry'), (node: object) => running.enter(node));
      this.#expression.assign(
        Symbol.for('jsonata.__evaluate_exit'),
        (node: JsonObject, _input: unknown, _environment: unknown, result: unknown) => running.exit(node, result),
      );
    }
    return this.#surveyed;
  }
}

/** A function of the library itself, to be called for another one of that name. */
export interface Builtin {
  /** In JSONata's notation. */
  readonly signature: string;
  call(focus: object, values: readonly unknown[]): unknown;
}

export function builtin(name: string): Builtin {
  const value = new LibraryExpression(`$${name}`).evaluate({});
  if (!isObject(value) || typeof value.implementation !== 'function' || !isObject(value.signature))
    throw new TypeError(`JSONata has no function $${name}`);
  const { implementation, signature } = value;
  return {
    signature: String(signature.definition),
    call: (focus, values) => Reflect.apply(implementation, focus, values),
  };
}

/** JSONata 2.0, which AWS has, knows neither `??` nor `?:`. To its parser the second character opens nothing. */
function refuseDefaults(source: string, ast: unknown): void {
  if (!/\?[?:]/.test(source)) return;
  for (const { node } of nodesOf(ast)) {
    const operator = typeof node.position === 'number' ? source.slice(node.position - 2, node.position) : '';
    if (node.type === 'condition' && /^\?[?:]$/.test(operator)) {
      const message = `The symbol "${operator.slice(1)}" cannot be used as a unary operator`;
      throw Object.assign(new SyntaxError(message), { code: 'S0211' });
    }
  }
}

/** The nodes of a syntax tree and how deep they lie in it; the root lies at 1. */
function* nodesOf(ast: unknown): Generator<{ node: JsonObject; depth: number }> {
  const todo: { part: unknown; depth: number }[] = [{ part: ast, depth: 1 }];
  for (let next = todo.pop(); next; next = todo.pop()) {
    const { part, depth } = next;
    if (Array.isArray(part)) for (const item of part) todo.push({ part: item, depth });
    else if (isObject(part)) {
      yield { node: part, depth };
      for (const value of Object.values(part)) todo.push({ part: value, depth: depth + 1 });
    }
  }
}

/** Whether evaluation could nest deeper than it may. */
export function isDeep(ast: unknown): boolean {
  for (const { depth } of nodesOf(ast)) if (depth > limits.depth) return true;
  return false;
}

interface Survey {
  readonly variables: ReadonlySet<string>;
  /** It may spend long in one step, where only the watchdog can end it. That one costs some tenths of a millisecond. */
  readonly slow: boolean;
}

/** Functions that compare or copy all items for each item, without a step of the expression in between. */
const slowFunctions = ['distinct', 'reduce', 'sort'];

function surveyOf(ast: unknown): Survey {
  const variables = new Set<string>();
  let slow = false;
  for (const { node } of nodesOf(ast)) {
    const { type, value } = node;
    if (type === 'variable' && typeof value === 'string') variables.add(value);
    if (type === 'regex' || type === 'sort') slow = true;
    for (const [part, whole] of partsOf(node)) wholes.set(part, whole);
  }
  return { variables, slow: slow || slowFunctions.some((name) => variables.has(name)) };
}

/** The constructor of which a node is an item or a value: the library evaluates all of one constructor's at once. */
const wholes = new WeakMap<object, object>();

function* partsOf(node: JsonObject): Generator<readonly [part: object, whole: object]> {
  const { type, value, expressions, group } = node;
  if (type === 'unary' && value === '[' && Array.isArray(expressions))
    for (const item of expressions) yield [item, node];
  for (const whole of [type === 'unary' && value === '{' ? node : undefined, group])
    if (isObject(whole) && Array.isArray(whole.lhs)) for (const [, item] of whole.lhs) yield [item, whole];
}

/** A node that is being evaluated, and the one that waits for it. */
interface Frame {
  next: (() => void) | undefined;
}

/**
 * What keeps one evaluation within its bounds. The items of a constructor are made to wait for one another, so that
 * there is one stack of nodes, and its height is the depth.
 */
class Evaluation {
  readonly #deadline: number;
  readonly #stack: Frame[] = [];
  #madeItems = 0;
  /** The constructor whose items are being entered, and its latest item. */
  #latest: { readonly whole: object; readonly frame: Frame } | undefined;

  constructor(deadline: number) {
    this.#deadline = deadline;
  }

  enter(node: object): PromiseLike<void> | undefined {
    if (performance.now() > this.#deadline) throw Exceeded.time();
    const whole = wholes.get(node);
    const frame: Frame = { next: undefined };
    const before = this.#latest !== undefined && this.#latest.whole === whole ? this.#latest.frame : undefined;
    this.#latest = whole && { whole, frame };
    if (before === undefined) {
      if (this.#stack.push(frame) > limits.depth) throw Exceeded.stack();
      return undefined;
    }
    return new realm.Promise((resolve: () => void) => {
      before.next = () => {
        this.#stack.push(frame);
        resolve();
      };
    });
  }

  exit({ type }: JsonObject, result: unknown): void {
    if (typeof result === 'string' && result.length > limits.characters) throw Exceeded.memory();
    if (Array.isArray(result)) {
      if (type === 'function' || type === 'unary') this.#madeItems += result.length;
      if (result.length > limits.items || this.#madeItems > limits.madeItems) throw Exceeded.memory();
    }
    this.#stack.pop()?.next?.();
  }
}

const idle = new Evaluation(0);
let running = idle;
