/** A name that an object has twice: only its last value counts. */
export interface Duplicate {
  /** The object's place: `/States`, `/States/A/Catch[0]` … Empty: the outermost. */
  readonly within: string;
  readonly name: string;
}

/** What a text is: JSON of some depth, or where it stops being JSON, told as the Jackson parser does, which AWS uses. */
export type Scan =
  | { readonly json: true; readonly depth: number; readonly duplicates: readonly Duplicate[] }
  | { readonly json: false; readonly message: string; readonly location: string };

interface Level {
  readonly kind: 'Object' | 'Array';
  readonly start: number;
  readonly names: Set<string>;
  /** Of the member or item at hand. */
  name: string;
  index: number;
}

const values = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";
const entries = (level: Level): string => `${level.kind} entries`;
const close = { Object: '}', Array: ']' } as const;

const space = /[ \t\n\r]*/y;
const wordStart = /[\p{L}\p{Nl}\p{Sc}\p{Pc}]/u;
const word = /[\p{L}\p{Nl}\p{Sc}\p{Pc}\p{Mn}\p{Mc}\p{Nd}]{0,256}/uy;
const digits = /\d*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these may not stand in a string
const plain = /[^"\\\u0000-\u001f]*/y;
const hex = /[0-9a-fA-F]{0,4}/y;

/** The longest piece of the text that Jackson repeats. */
const longestSource = 500;

class Fault extends Error {
  override readonly name = 'Fault';
  readonly end: number;

  /** @param end how far the parser had read */
  constructor(message: string, end: number) {
    super(message);
    this.end = end;
  }
}

/** Reads a text once, from left to right. It keeps its own stack: no text is too deep for it. */
class Scanner {
  readonly #text: string;
  readonly #levels: Level[] = [];
  readonly duplicates: Duplicate[] = [];
  depth = 0;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** @throws Fault */
  run(): void {
    this.#value();
    for (let level = this.#levels.at(-1); level !== undefined; level = this.#levels.at(-1)) {
      if (this.#ends(level)) this.#levels.pop();
      else this.#value();
    }
    this.#skip(space);
    if (this.#at < this.#text.length) throw this.#unexpected('expected the end of the text');
  }

  location(end: number): string {
    let line = 1;
    let start = 0;
    for (const { index, 0: mark } of this.#text.matchAll(/\r\n|\r|\n/g)) {
      if (index + mark.length > end) break;
      line += 1;
      start = index + mark.length;
    }
    const rest = this.#text.length - longestSource;
    const more = rest > 0 ? `[truncated ${rest} chars]` : '';
    return `[Source: (String)"${this.#text.slice(0, longestSource)}"${more}; line: ${line}, column: ${end - start + 1}]`;
  }

  #skip(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  #unexpected(comment: string, inside = ''): Fault {
    const char = this.#text.charAt(this.#at);
    const code = char.charCodeAt(0);
    const control = code < 32 || (code >= 127 && code < 160);
    const shown = control ? `(CTRL-CHAR, code ${code})` : `'${char}' (code ${code}${this.#hex(code)})`;
    return new Fault(`Unexpected character (${shown})${inside}: ${comment}`, this.#at + 1);
  }

  #hex(code: number): string {
    return code > 255 ? ` / 0x${code.toString(16)}` : '';
  }

  #ended(comment: string): Fault {
    return new Fault(`Unexpected end-of-input${comment}`, this.#text.length);
  }

  /** To the next thing that counts. @throws Fault when there is none */
  #next(ended: () => Fault): string {
    this.#skip(space);
    if (this.#at >= this.#text.length) throw ended();
    return this.#text.charAt(this.#at);
  }

  #within(): Fault {
    const level = this.#levels.at(-1);
    return this.#ended(level === undefined ? '' : ` within/between ${entries(level)}`);
  }

  /** A value, or the start of one that has parts. */
  #value(): void {
    const char = this.#next(() => this.#within());
    if (char === '{' || char === '[') {
      const kind = char === '{' ? 'Object' : 'Array';
      this.#levels.push({ kind, start: this.#at, names: new Set(), name: '', index: -1 });
      this.depth = Math.max(this.depth, this.#levels.length);
      this.#at += 1;
    } else if (char === '"') this.#string(': was expecting closing quote for a string value');
    else if (char === '-' || (char >= '0' && char <= '9')) this.#number();
    else if (wordStart.test(char)) this.#word();
    else if (char === '}' || char === ']') throw this.#unexpected('expected a value');
    else throw this.#unexpected(`expected a valid value ${values}`);
  }

  #word(): void {
    const token = this.#skip(word);
    if (token === 'true' || token === 'false' || token === 'null') return;
    throw new Fault(`Unrecognized token '${token}': was expecting ${values}`, this.#at);
  }

  #number(): void {
    if (this.#text.charAt(this.#at) === '-') this.#at += 1;
    const whole = this.#skip(digits);
    if (whole === '') throw this.#digit('expected digit (0-9) to follow minus sign, for valid numeric value');
    if (whole.length > 1 && whole.startsWith('0')) {
      throw new Fault('Invalid numeric value: Leading zeroes not allowed', this.#at - whole.length + 2);
    }
    if (this.#text.charAt(this.#at) === '.') {
      this.#at += 1;
      if (this.#skip(digits) === '') throw this.#digit('Decimal point not followed by a digit');
    }
    if (/[eE]/.test(this.#text.charAt(this.#at))) {
      this.#at += 1;
      if (/[+-]/.test(this.#text.charAt(this.#at))) this.#at += 1;
      if (this.#skip(digits) === '') throw this.#digit('Exponent indicator not followed by a digit');
    }
  }

  #digit(comment: string): Fault {
    if (this.#at >= this.#text.length) return this.#ended(' in a Number value');
    return this.#unexpected(comment, ' in numeric value');
  }

  /** @returns what stands between the quotes, as it is written */
  #string(unclosed: string): string {
    const start = this.#at;
    this.#at += 1;
    for (;;) {
      this.#skip(plain);
      if (this.#at >= this.#text.length) throw this.#ended(unclosed);
      const char = this.#text.charAt(this.#at);
      if (char === '\\') this.#escape();
      else {
        this.#at += 1;
        if (char === '"') return this.#text.slice(start, this.#at);
        const what = `((CTRL-CHAR, code ${char.charCodeAt(0)}))`;
        const where = 'has to be escaped using backslash to be included in string value';
        throw new Fault(`Illegal unquoted character ${what}: ${where}`, this.#at);
      }
    }
  }

  #escape(): void {
    this.#at += 1;
    if (this.#at >= this.#text.length) throw this.#ended(' in character escape sequence');
    const char = this.#text.charAt(this.#at);
    if (!'"\\/bfnrtu'.includes(char)) {
      const code = char.charCodeAt(0);
      throw new Fault(`Unrecognized character escape '${char}' (code ${code}${this.#hex(code)})`, this.#at + 1);
    }
    this.#at += 1;
    if (char !== 'u' || this.#skip(hex).length === 4) return;
    if (this.#at >= this.#text.length) throw this.#ended(' in character escape sequence');
    throw this.#unexpected('expected a hex-digit for character escape sequence');
  }

  /** After a part, or before the first: whether the level ends here. If not, its next value is next. */
  #ends(level: Level): boolean {
    const char = this.#next(() => {
      const start = `(start marker at ${this.location(level.start)})`;
      return this.#ended(`: expected close marker for ${level.kind} ${start}`);
    });
    if (char === close[level.kind]) {
      this.#at += 1;
      return true;
    }
    if (char === '}' || char === ']') {
      const start = `(for ${level.kind} starting at ${this.location(level.start)})`;
      throw new Fault(`Unexpected close marker '${char}': expected '${close[level.kind]}' ${start}`, this.#at + 1);
    }
    level.index += 1;
    if (level.index > 0) {
      if (char !== ',') throw this.#unexpected(`was expecting comma to separate ${entries(level)}`);
      this.#at += 1;
    }
    if (level.kind === 'Object') this.#member(level);
    return false;
  }

  #member(level: Level): void {
    const char = this.#next(() => this.#within());
    if (char !== '"') throw this.#unexpected('was expecting double-quote to start field name');
    level.name = JSON.parse(this.#string(' in field name'));
    if (level.names.has(level.name)) this.duplicates.push({ within: this.#place(), name: level.name });
    level.names.add(level.name);
    if (this.#next(() => this.#within()) !== ':') {
      throw this.#unexpected('was expecting a colon to separate field name and value');
    }
    this.#at += 1;
  }

  #place(): string {
    const around = this.#levels.slice(0, -1);
    return around.map(({ kind, name, index }) => (kind === 'Object' ? `/${name}` : `[${index}]`)).join('');
  }
}

/** Never throws. */
export function scanJson(text: string): Scan {
  const scanner = new Scanner(text);
  try {
    scanner.run();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const location = scanner.location(error.end);
    return { json: false, message: `${error.message}\n at ${location}`, location };
  }
  return { json: true, depth: scanner.depth, duplicates: scanner.duplicates };
}
