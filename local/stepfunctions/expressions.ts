import { createHash, randomUUID } from 'node:crypto';
import jsonata from 'jsonata';
import { EvaluationFailure } from './errors.ts';
import { isObject, type JsonObject, plain, textOf } from './json.ts';

/** What expressions of one state may see. */
export interface Scope {
  readonly variables: JsonObject;
  readonly states: JsonObject;
  readonly now: number;
}

interface Compiled {
  readonly expression: jsonata.Expression | undefined;
  readonly fault: string;
  readonly clock: boolean;
}

const cache = new Map<string, Compiled>();
const maxCached = 20_000;

function seeded(seed: number): number {
  // One step of splitmix32: the same seed gives the same number.
  let z = (seed + 0x9e3779b9) | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return ((z ^ (z >>> 15)) >>> 0) / 2 ** 32;
}

const digests: Record<string, string> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

const wrong = (code: string, message: string) => Object.assign(new Error(message), { code });

/** The functions AWS adds to JSONata; it takes `$eval` away. */
function addFunctions(expression: jsonata.Expression): void {
  expression.registerFunction('partition', (items: unknown, size: unknown) => {
    if (items === undefined) return undefined;
    const list = Array.isArray(items) ? items : [items];
    const step = Math.trunc(Number(size));
    if (!(step > 0)) throw wrong('D3137', 'The second argument of $partition must be a positive number');
    const chunks: unknown[][] = [];
    for (let at = 0; at < list.length; at += step) chunks.push(list.slice(at, at + step));
    return chunks;
  });
  expression.registerFunction('range', (first: number, last: number, step: number) => {
    if (!step) throw wrong('D3137', 'The third argument of $range must not be zero');
    if (Math.abs((last - first) / step) > 1000) throw wrong('D3137', '$range cannot create more than 1000 items');
    const list: number[] = [];
    for (let value = first; step > 0 ? value <= last : value >= last; value += step) list.push(value);
    return list;
  });
  expression.registerFunction('hash', (text: unknown, algorithm: unknown) => {
    const digest = digests[String(algorithm)];
    if (digest === undefined) throw wrong('D3137', `Unknown hash algorithm: ${String(algorithm)}`);
    return createHash(digest)
      .update(typeof text === 'string' ? text : textOf(text))
      .digest('hex');
  });
  expression.registerFunction('random', (seed?: number) => (seed === undefined ? Math.random() : seeded(seed)));
  expression.registerFunction('uuid', () => randomUUID());
  expression.registerFunction('parse', (text: unknown) => {
    if (text === undefined) return undefined;
    return JSON.parse(String(text));
  });
  expression.assign('eval', undefined);
}

function compile(source: string): Compiled {
  const known = cache.get(source);
  if (known !== undefined) return known;
  let compiled: Compiled;
  try {
    const expression = jsonata(source);
    addFunctions(expression);
    compiled = { expression, fault: '', clock: /\$(now|millis)\b/.test(source) };
  } catch (error) {
    compiled = { expression: undefined, fault: describe(error), clock: false };
  }
  if (cache.size >= maxCached) cache.clear();
  cache.set(source, compiled);
  return compiled;
}

function describe(error: unknown): string {
  if (isObject(error) || error instanceof Error) {
    const { code, message } = { code: undefined, message: undefined, ...Object(error) } as {
      code: unknown;
      message: unknown;
    };
    const text = String(error instanceof Error ? error.message : (message ?? ''));
    return typeof code === 'string' ? `${code}: ${text}` : text;
  }
  return String(error);
}

/** The fault of an expression that does not compile, else undefined. */
export function syntaxFault(source: string): string | undefined {
  const { expression, fault } = compile(source);
  return expression === undefined ? fault : undefined;
}

/** The JSONata inside `{% … %}`, else undefined. */
export function expressionIn(value: unknown): string | undefined {
  if (typeof value !== 'string' || !value.startsWith('{%') || !value.endsWith('%}') || value.length < 4)
    return undefined;
  return value.slice(2, -2).trim();
}

async function run(source: string, scope: Scope, location: string): Promise<unknown> {
  const { expression, fault, clock } = compile(source);
  let result: unknown;
  try {
    if (expression === undefined) throw new Error(fault);
    const bindings: JsonObject = { ...scope.variables, states: scope.states };
    if (clock) {
      bindings.millis = () => scope.now;
      bindings.now = (picture?: string, zone?: string) => formatTime(scope.now, picture, zone);
    }
    result = await expression.evaluate(undefined, bindings);
  } catch (error) {
    throw new EvaluationFailure(
      `The JSONata expression '${source}' specified for the field '${location}' threw an error during evaluation. ${describe(error)}`,
      location,
    );
  }
  const clean = plain(result);
  if (clean === undefined) {
    throw new EvaluationFailure(
      `The JSONata expression '${source}' specified for the field '${location}' returned nothing (undefined).`,
      location,
    );
  }
  return clean;
}

function formatTime(now: number, picture?: string, zone?: string): Promise<unknown> | string {
  if (picture === undefined) return new Date(now).toISOString();
  return jsonata('$fromMillis($t, $p, $z)').evaluate(undefined, { t: now, p: picture, z: zone });
}

/** Evaluates a field: expressions anywhere inside it are replaced by their values. */
export function evaluate(template: unknown, scope: Scope, location: string): Promise<unknown> | unknown {
  const source = expressionIn(template);
  if (source !== undefined) return run(source, scope, location);
  if (Array.isArray(template)) {
    return (async () => {
      const list: unknown[] = [];
      for (const [index, item] of template.entries()) list.push(await evaluate(item, scope, `${location}[${index}]`));
      return list;
    })();
  }
  if (isObject(template)) {
    return (async () => {
      const object: JsonObject = {};
      for (const [key, item] of Object.entries(template))
        object[key] = await evaluate(item, scope, `${location}/${key}`);
      return object;
    })();
  }
  return template;
}

const typeName = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

/** Evaluates a field that must give one type; `expected` in AWS's words. */
export async function evaluateAs(
  template: unknown,
  expected: string,
  scope: Scope,
  location: string,
): Promise<unknown> {
  const value = await evaluate(template, scope, location);
  const type = typeName(value);
  if (type === expected) return value;
  const source = expressionIn(template);
  throw new EvaluationFailure(
    source === undefined
      ? `The field '${location}' has an unexpected type. Expected '${expected}', but was '${type}' for value: ${textOf(value)}`
      : `The JSONata expression '${source}' specified for the field '${location}' returned an unexpected result type. Expected '${expected}', but was '${type}' for value: ${textOf(value)}`,
    location,
  );
}
