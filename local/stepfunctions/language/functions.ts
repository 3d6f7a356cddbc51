import { createHash, randomUUID } from 'node:crypto';
import jsonata from 'jsonata';

/** Name of the binding that carries the evaluation's time; JSONata source cannot spell it. */
export const clock = ' now';

const algorithms = new Map([
  ['MD5', 'md5'],
  ['SHA-1', 'sha1'],
  ['SHA-256', 'sha256'],
  ['SHA-384', 'sha384'],
  ['SHA-512', 'sha512'],
]);

/** Most items `$range` makes, as for the intrinsic it stands for. */
const maxRange = 1000;

/** JSONata's own time format, for a time that is not the machine's. */
const formatTime = jsonata('$fromMillis($t, $picture, $timezone)');

/**
 * Adds what AWS adds to JSONata ($partition, $range, $hash, $random with a seed, $uuid, $parse), takes $eval away, and
 * has $now and $millis read the time bound as `clock`. An undefined argument gives undefined, as in JSONata.
 */
export function addFunctions(expression: jsonata.Expression): void {
  expression.registerFunction('partition', partition, '<an:a>');
  expression.registerFunction('range', range, '<nnn:a>');
  expression.registerFunction('hash', hash, '<ss:s>');
  expression.registerFunction('random', random, '<n?:n>');
  expression.registerFunction('uuid', () => randomUUID(), '<:s>');
  expression.registerFunction('parse', parse, '<s:j>');
  expression.registerFunction('millis', millis, '<:n>');
  expression.registerFunction('now', now, '<s?s?:s>');
  expression.assign('eval', undefined);
}

function partition(items: unknown[] | undefined, size: number | undefined): unknown[][] | undefined {
  if (items === undefined || size === undefined) return undefined;
  const step = Math.round(size);
  if (step < 1) throw new Error('The second argument of $partition must be a positive integer');
  return Array.from({ length: Math.ceil(items.length / step) }, (_, chunk) =>
    items.slice(chunk * step, (chunk + 1) * step),
  );
}

function range(first: number | undefined, last: number | undefined, delta: number | undefined): number[] | undefined {
  if (first === undefined || last === undefined || delta === undefined) return undefined;
  const start = Math.round(first);
  const step = Math.round(delta);
  if (step === 0) throw new Error('The third argument of $range must not be zero');
  const length = Math.max(0, Math.floor((Math.round(last) - start) / step) + 1);
  if (length > maxRange) throw new Error(`$range must not create more than ${maxRange} items`);
  const items = Array.from({ length }, (_, index) => start + index * step);
  // A sequence to JSONata, as AWS has it: one item stands for itself, none is undefined.
  return Object.assign(items, { sequence: true });
}

function hash(data: string | undefined, algorithm: string | undefined): string | undefined {
  if (data === undefined || algorithm === undefined) return undefined;
  const name = algorithms.get(algorithm);
  if (name === undefined) throw new Error(`Unsupported hash algorithm: ${algorithm}`);
  return createHash(name).update(data).digest('hex');
}

function random(seed?: number): number {
  if (seed === undefined) return Math.random();
  // splitmix32: the same seed gives the same number.
  let state = (seed + 0x9e3779b9) | 0;
  state = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
  state = Math.imul(state ^ (state >>> 15), 0x735a2d97);
  return ((state ^ (state >>> 15)) >>> 0) / 2 ** 32;
}

function parse(text: string | undefined): unknown {
  return text === undefined ? undefined : JSON.parse(text);
}

function millis(this: jsonata.Focus): unknown {
  return this.environment.lookup(clock);
}

function now(this: jsonata.Focus, picture?: string, timezone?: string): Promise<unknown> {
  return formatTime.evaluate(undefined, { t: this.environment.lookup(clock), picture, timezone });
}
