import { createHash, randomUUID } from 'node:crypto';
import { type Builtin, builtin, Exceeded, type Focus, type LibraryExpression, limits } from './library.ts';

/** Name of the binding that carries the evaluation's time; JSONata source cannot spell it. */
export const clock = ' now';

/** An error of JSONata: the library adds the function's name, and the text that belongs to the code. */
class FunctionError extends Error {
  override readonly name = 'FunctionError';
  readonly code: string;

  /** @param details what the text is about: `index` of the argument, `value` */
  constructor(code: string, message: string, details: object = {}) {
    super(message);
    this.code = code;
    Object.assign(this, details);
  }
}

/**
 * Adds what AWS adds to JSONata ($partition, $range, $hash, $random with a seed, $uuid, $parse), takes $eval away, has
 * $now and $millis read the time bound as `clock`, and corrects the functions that behave differently on AWS.
 */
export function addFunctions(expression: LibraryExpression): void {
  expression.register('partition', partition, '<xn?:a>');
  expression.register('range', range, '<nnn?:a>');
  expression.register('hash', hash, '<ss?:s>');
  expression.register('random', random, '<n?:n>');
  expression.register('uuid', () => randomUUID(), '<:s>');
  expression.register('parse', parse, '<s?:x>');
  expression.remove('eval');
  expression.register('millis', millis, '<:n>');
  expression.register('now', now, '<s?s?:s>');
  expression.register('fromMillis', fromMillis, originals.fromMillis.signature);
  expression.register('toMillis', toMillis, originals.toMillis.signature);
  expression.register('base64encode', base64encode, '<s-:s>');
  expression.register('base64decode', base64decode, '<s-:s>');
  expression.register('decodeUrlComponent', decodeUrlComponent, '<s-:s>');
  expression.register('pad', pad, originals.pad.signature);
  for (const { call, signature, name } of limited) expression.register(name, withIntegerLimit(call), signature);
}

const originals = { fromMillis: builtin('fromMillis'), toMillis: builtin('toMillis'), pad: builtin('pad') };
const limited = ['match', 'replace', 'split'].map((name) => ({ name, ...builtin(name) }));

// What AWS adds

function partition(items: unknown, size: number | undefined): unknown[][] | undefined {
  if (items === undefined) return undefined;
  if (!Array.isArray(items)) throw new FunctionError('T0412', 'Not an array', { index: 1 });
  if (size === undefined) return [items];
  const step = Math.trunc(size);
  if (step < 0) throw new FunctionError('D3137', 'Second argument must be zero or greater');
  if (step === 0 || items.length === 0) return undefined;
  return Array.from({ length: Math.ceil(items.length / step) }, (_, chunk) =>
    items.slice(chunk * step, (chunk + 1) * step),
  );
}

function range(first: number | undefined, last: number | undefined, delta: number | undefined): number[] | undefined {
  if (first === undefined || last === undefined || delta === undefined) return undefined;
  const start = Math.trunc(first);
  const step = Math.trunc(delta);
  if (step === 0) return undefined;
  const length = Math.max(0, Math.floor((Math.trunc(last) - start) / step) + 1);
  if (length > limits.rangeItems) throw Exceeded.memory();
  const items = Array.from({ length }, (_, index) => start + index * step);
  // A sequence to JSONata, as AWS has it: one item stands for itself, none is undefined.
  return Object.assign(items, { sequence: true });
}

const algorithms = new Map([
  ['SHA-1', 'sha1'],
  ['SHA-384', 'sha384'],
  ['SHA-256', 'sha256'],
  ['SHA-512', 'sha512'],
  ['MD5', 'md5'],
]);

function hash(data: string | undefined, algorithm: string | undefined): string | undefined {
  if (data === undefined || algorithm === undefined) return undefined;
  const name = algorithms.get(algorithm);
  if (name === undefined)
    throw new FunctionError(
      'D3137',
      `Hash algorithm '${algorithm}' must be one of ${[...algorithms.keys()].join(', ')}`,
    );
  return createHash(name).update(data).digest('hex');
}

/** The first double of java.util.Random for a seed. */
function random(seed: number | undefined): number {
  if (seed === undefined) return Math.random();
  const long = BigInt(Math.max(-(2 ** 63), Math.min(2 ** 63, Math.trunc(seed) || 0)));
  let state = BigInt.asUintN(48, long ^ 0x5deece66dn);
  const next = (bits: bigint): bigint => {
    state = BigInt.asUintN(48, state * 0x5deece66dn + 11n);
    return state >> (48n - bits);
  };
  return Number((next(26n) << 27n) + next(27n)) / 2 ** 53;
}

/** JSON, whose strings may also stand in single quotes, and whose objects may not repeat a name. */
function parse(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  const json = text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|'([^'\\]*(?:\\.[^'\\]*)*)'/gs, (all, single?: string) =>
    single === undefined ? all : `"${single.replace(/\\.|"/gs, (part) => quoted.get(part) ?? part)}"`,
  );
  try {
    const value: unknown = JSON.parse(json, (_, item) => {
      if (item === Infinity || item === -Infinity) throw new RangeError('The number is too large');
      return item;
    });
    if (repeatsName(json)) throw new SyntaxError('An object repeats a name');
    return value;
  } catch (error) {
    // AWS says no more than this.
    throw Object.assign(new FunctionError('D3137', 'Invalid JSON'), { cause: error });
  }
}

/** What is escaped in the one kind of quotes only. */
const quoted = new Map([
  ["\\'", "'"],
  ['"', '\\"'],
]);

/** @param json well-formed */
function repeatsName(json: string): boolean {
  const objects: Set<unknown>[] = [];
  for (const [token, string, colon] of json.matchAll(/("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|[{}]/g)) {
    if (token === '{') objects.push(new Set());
    else if (token === '}') objects.pop();
    else if (string !== undefined && colon !== undefined) {
      const names = objects.at(-1);
      const name: unknown = JSON.parse(string);
      if (names?.has(name)) return true;
      names?.add(name);
    }
  }
  return false;
}

// What differs on AWS

function millis(this: Focus): unknown {
  return this.environment.lookup(clock);
}

function now(this: Focus, picture: string | undefined, timezone: string | undefined): unknown {
  return Reflect.apply(fromMillis, this, [this.environment.lookup(clock), picture, timezone]);
}

/** A time zone that is no offset counts for none. */
function fromMillis(this: Focus, time: unknown, picture: string | undefined, timezone: string | undefined): unknown {
  const offset = timezone !== undefined && /^[+-]\d{4}$/.test(timezone) ? timezone : undefined;
  return originals.fromMillis.call(this, [time, picture, offset]);
}

/** A time without offset is one of UTC, not of where the machine stands. What a picture leaves out is the clock's. */
function toMillis(this: Focus, text: string | undefined, picture: string | undefined): unknown {
  const local = picture === undefined && text !== undefined && /^[\d-]+T[\d:.]+$/.test(text);
  const timestamp = new Date(Number(this.environment.lookup(clock)));
  return originals.toMillis.call({ environment: { timestamp } }, [local ? `${text}Z` : text, picture]);
}

/** UTF-8, not Latin-1. */
const base64encode = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : Buffer.from(text, 'utf8').toString('base64');

/** UTF-8 also. Padding may be missing; other characters than Base64's may not occur. */
function base64decode(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const unpadded = text.length % 4 === 0 ? text.replace(/={1,2}$/, '') : text;
  if (/[^A-Za-z0-9+/]/.test(unpadded) || unpadded.length % 4 === 1) throw new TypeError('Not Base64');
  return Buffer.from(unpadded, 'base64').toString('utf8');
}

/** As forms encode: a plus is a space. What is no UTF-8 becomes the replacement character. */
function decodeUrlComponent(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (/%(?![\da-fA-F]{2})/.test(text))
    throw new FunctionError('D3140', 'Malformed URL', { functionName: 'decodeUrlComponent', value: text });
  return text
    .replaceAll('+', ' ')
    .replace(/(?:%[\da-fA-F]{2})+/g, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString('utf8'));
}

function pad(this: Focus, text: unknown, width: number, character: unknown): unknown {
  if (Math.abs(width) > limits.characters) throw Exceeded.memory();
  return originals.pad.call(this, [text, width, character]);
}

/** The last argument, the limit, is cut to an integer. */
function withIntegerLimit(call: Builtin['call']): (this: Focus, ...values: unknown[]) => unknown {
  return function (...values) {
    const limit = values.at(-1);
    return call(this, typeof limit === 'number' ? [...values.slice(0, -1), Math.trunc(limit)] : values);
  };
}
