/** Where the values of a JSON text stand: faults in a file are told by line and column. */

export interface Positions {
  /** Offset of the value at a path such as `people.0.role`; of the nearest value around it where there is none. */
  of(path: string): number;
  /** Where the text stops being JSON; undefined for a whole one. */
  readonly brokenAt: number | undefined;
}

const space = /[ \t\n\r]*/y;
const scalar =
  /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/uy;

class Broken extends Error {
  readonly at: number;
  constructor(at: number) {
    super(`not JSON at ${at}`);
    this.at = at;
  }
}

class Scan {
  readonly found = new Map<string, number>();
  readonly #text: string;
  #at = 0;
  constructor(text: string) {
    this.#text = text;
  }

  whole(): void {
    this.#value('');
    this.#skip();
    if (this.#at < this.#text.length) throw new Broken(this.#at);
  }

  #skip(): void {
    space.lastIndex = this.#at;
    space.exec(this.#text);
    this.#at = space.lastIndex;
  }

  #take(character: string): boolean {
    this.#skip();
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #expect(character: string): void {
    if (!this.#take(character)) throw new Broken(this.#at);
  }

  #scalar(): string {
    this.#skip();
    scalar.lastIndex = this.#at;
    const [token] = scalar.exec(this.#text) ?? [];
    if (token === undefined) throw new Broken(this.#at);
    this.#at += token.length;
    return token;
  }

  #value(path: string): void {
    this.#skip();
    this.found.set(path, this.#at);
    const under = (key: string | number) => (path === '' ? `${key}` : `${path}.${key}`);
    if (this.#take('{')) {
      if (this.#take('}')) return;
      do {
        this.#skip();
        if (this.#text[this.#at] !== '"') throw new Broken(this.#at);
        const key = this.#scalar();
        this.#expect(':');
        this.#value(under(String(JSON.parse(key))));
      } while (this.#take(','));
      this.#expect('}');
    } else if (this.#take('[')) {
      if (this.#take(']')) return;
      let i = 0;
      do this.#value(under(i++));
      while (this.#take(','));
      this.#expect(']');
    } else {
      this.#scalar();
    }
  }
}

export function positionsIn(text: string): Positions {
  const scan = new Scan(text);
  let brokenAt: number | undefined;
  try {
    scan.whole();
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    brokenAt = error.at;
  }
  const of = (path: string): number => {
    const known = scan.found.get(path);
    if (known !== undefined) return known;
    const above = path.lastIndexOf('.');
    return above < 0 ? (scan.found.get('') ?? 0) : of(path.slice(0, above));
  };
  return { of, brokenAt };
}
