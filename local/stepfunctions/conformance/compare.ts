/** Rules 2 to 6 of comparing: values against what AWS gave, in which placeholders stand for what differs from run to run. */
import { isObject, type JsonObject } from './values.ts';

const timestamp = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)/g;
/** `<name>`, `<name:N>`, and the names of machine and execution. `<omitted>` is a value of two definitions. */
const placeholder = /<(?!omitted>)[A-Za-z][\w.-]*(?::\d+)?>|(?:Exec)?ArnPart_\d+idx/g;
const numbered = /:\d+>$/;

const anything: ReadonlySet<string> = new Set([
  'date',
  'start-date',
  'stop-date',
  'start-time',
  'entered-time',
  'datetime',
  'RequestId',
  'snf_role_arn',
  'sfn_role_arn',
  'map_run_arn',
  'a_task_token',
  'a_message_id',
  'RandomNumberGenerated',
]);

/** Fields of which only the keys count. */
const ignored: ReadonlySet<string> = new Set([
  'SdkHttpMetadata',
  'SdkResponseMetadata',
  'requestId',
  'stackTrace',
  'roleArn',
  'RoleArn',
  'billingDetails',
]);

const undated = (text: string): string => text.replace(timestamp, 'date');
const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 400 ? `${text.slice(0, 400)}…` : text;
}

/** Long texts are shown from shortly before the place where they part. */
function told(at: string, expected: unknown, actual: unknown): string {
  if (typeof expected === 'string' && typeof actual === 'string' && Math.max(expected.length, actual.length) > 200) {
    let same = 0;
    while (same < expected.length && expected[same] === actual[same]) same += 1;
    const from = Math.max(0, same - 60);
    const part = (text: string) => `${from > 0 ? '…' : ''}${text.slice(from, from + 300)}`;
    return `${at}: expected ${JSON.stringify(part(expected))}, got ${JSON.stringify(part(actual))}`;
  }
  return `${at}: expected ${shown(expected)}, got ${shown(actual)}`;
}

/**
 * Compares what one file expects with what came: a numbered placeholder stands for the same text throughout. Every comparison
 * gives the first difference in words, or undefined.
 */
export class Comparison {
  /** Names that were given to machines and executions, so that they stand for themselves. */
  readonly #literal: ReadonlySet<string>;
  #bound: ReadonlyMap<string, string> = new Map();

  constructor(literal: Iterable<string> = []) {
    this.#literal = new Set(literal);
  }

  /** What the placeholders stand for so far; `reset` goes back to it. */
  mark(): ReadonlyMap<string, string> {
    return this.#bound;
  }

  reset(mark: ReadonlyMap<string, string>): void {
    this.#bound = mark;
  }

  difference(expected: unknown, actual: unknown, at = ''): string | undefined {
    if (typeof expected === 'string') return this.#texts(expected, actual, at);
    if (Array.isArray(expected)) return this.#lists(expected, actual, at);
    if (isObject(expected)) return this.#objects(expected, actual, at);
    return expected === actual ? undefined : told(at, expected, actual);
  }

  #lists(expected: readonly unknown[], actual: unknown, at: string): string | undefined {
    if (!Array.isArray(actual)) return told(at, expected, actual);
    for (const [i, value] of expected.entries()) {
      if (i >= actual.length) return told(`${at}/${i}`, value, undefined);
      const difference = this.difference(value, actual[i], `${at}/${i}`);
      if (difference !== undefined) return difference;
    }
    if (actual.length === expected.length) return undefined;
    return told(`${at}/${expected.length}`, undefined, actual[expected.length]);
  }

  #objects(expected: JsonObject, actual: unknown, at: string): string | undefined {
    if (!isObject(actual)) return told(at, expected, actual);
    for (const [key, value] of Object.entries(expected)) {
      if (!Object.hasOwn(actual, key)) return told(`${at}/${key}`, value, undefined);
      const difference = ignored.has(key)
        ? keysDiffer(value, actual[key], `${at}/${key}`)
        : this.difference(value, actual[key], `${at}/${key}`);
      if (difference !== undefined) return difference;
    }
    const extra = Object.keys(actual).find((key) => !Object.hasOwn(expected, key));
    return extra === undefined ? undefined : told(`${at}/${extra}`, undefined, actual[extra]);
  }

  #texts(expected: string, actual: unknown, at: string): string | undefined {
    const wanted = undated(expected);
    if (anything.has(wanted)) return actual === undefined ? told(at, expected, actual) : undefined;
    if (typeof actual !== 'string') return told(at, expected, actual);
    const got = undated(actual);
    return wanted === got || this.#fits(wanted, got) ? undefined : told(at, this.#filled(wanted), got);
  }

  #isPlaceholder(token: string): boolean {
    return token.startsWith('<') || !this.#literal.has(token);
  }

  /** Placeholders that already stand for a text, replaced by it. */
  #filled(expected: string): string {
    return expected.replace(placeholder, (token) => this.#bound.get(token) ?? token);
  }

  #fits(expected: string, actual: string): boolean {
    const names: string[] = [];
    let pattern = '';
    let end = 0;
    for (const { 0: token, index } of expected.matchAll(placeholder)) {
      pattern += escaped(expected.slice(end, index));
      end = index + token.length;
      const bound = this.#bound.get(token);
      if (!this.#isPlaceholder(token)) pattern += escaped(token);
      else if (bound !== undefined) pattern += escaped(bound);
      else if (!numbered.test(token)) pattern += '[^]+?';
      else if (names.includes(token)) pattern += `\\${names.indexOf(token) + 1}`;
      else {
        names.push(token);
        pattern += '([^]+?)';
      }
    }
    if (end === 0) return false;
    const found = new RegExp(`^${pattern}${escaped(expected.slice(end))}$`, 'u').exec(actual);
    if (found === null) return false;
    if (names.length > 0) {
      this.#bound = new Map([...this.#bound, ...names.map((name, i): [string, string] => [name, found[i + 1] ?? ''])]);
    }
    return true;
  }
}

/** Names of HTTP headers, which is what is under most of the ignored fields, have no case. */
function keysDiffer(expected: unknown, actual: unknown, at: string): string | undefined {
  if (!isObject(expected)) return undefined;
  if (!isObject(actual)) return told(at, expected, actual);
  const names = new Map(Object.keys(actual).map((key) => [key.toLowerCase(), key]));
  for (const [key, value] of Object.entries(expected)) {
    const name = names.get(key.toLowerCase());
    if (name === undefined) return told(`${at}/${key}`, value, undefined);
    names.delete(key.toLowerCase());
    const difference = keysDiffer(value, actual[name], `${at}/${key}`);
    if (difference !== undefined) return difference;
  }
  const [extra] = names.values();
  return extra === undefined ? undefined : told(`${at}/${extra}`, undefined, actual[extra]);
}
