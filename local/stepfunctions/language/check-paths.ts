// What JSONPath states write: paths and calls of intrinsic functions. Their form only; no path is looked up here.

const functions = new Set([
  ...['Array', 'ArrayContains', 'ArrayGetItem', 'ArrayLength', 'ArrayPartition', 'ArrayRange', 'ArrayUnique'],
  ...['Base64Decode', 'Base64Encode', 'Format', 'Hash', 'JsonMerge', 'JsonToString', 'MathAdd', 'MathRandom'],
  ...['StringSplit', 'StringToJson', 'UUID'],
]);

/** Calls inside calls, at most. */
const deepest = 10;

const name = /States\.([A-Za-z0-9]+)\(\s*/y;
const text = /'(?:[^'\\]|\\.)*'/y;
const path = /\$(?:[^,()[\]'"\s]|\[(?:[^\]'"]|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")*\])*/y;
const literal = /(?:-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.])/y;
const comma = /\s*,\s*/y;
const end = /\s*\)/y;

/** In a template of States.Format a backslash only goes before what has a meaning there. */
const template = /^'(?:[^'\\]|\\[\\'{}])*'$/;

class Intrinsic {
  readonly #text: string;
  #at = 0;

  constructor(call: string) {
    this.#text = call;
  }

  valid(): boolean {
    return this.#call(deepest) && this.#at === this.#text.length;
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text) ?? undefined;
    this.#at += found?.[0].length ?? 0;
    return found;
  }

  #call(depth: number): boolean {
    const called = this.#take(name)?.[1];
    if (depth === 0 || called === undefined || !functions.has(called)) return false;
    if (this.#take(end)) return true;
    for (let first = true; ; first = false) {
      const written = this.#take(text)?.[0];
      if (written !== undefined && first && called === 'Format' && !template.test(written)) return false;
      if (written === undefined && !this.#take(literal) && !this.#take(path) && !this.#call(depth - 1)) return false;
      if (this.#take(end)) return true;
      if (!this.#take(comma)) return false;
    }
  }
}

export const isPath = (value: unknown): value is string => typeof value === 'string' && value.startsWith('$');

/** Whether a path names one node: it has no wildcard, filter or search in depth. */
export const isReferencePath = (value: string): boolean => !/[*?@]|\.\./.test(value.replace(/'(?:[^'\\]|\\.)*'/g, ''));

export const isIntrinsic = (value: unknown): boolean => typeof value === 'string' && new Intrinsic(value).valid();
