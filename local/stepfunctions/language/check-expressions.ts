import { isObject } from '../json.ts';
import { LibraryExpression } from './library.ts';

/** What an expression reads, or why it is none. */
export interface Analysis {
  /** The parser's own words, if it refused the expression. */
  readonly fault?: string;
  /** Names that need a context item where there is none, as they are written: `phone`, `$`. */
  readonly topLevel: readonly string[];
  /** It asks for the root of the context, `$$`. */
  readonly root: boolean;
  /** Fields of `$states`. */
  readonly states: readonly string[];
  /** Variables and functions that the expression itself does not define. */
  readonly variables: readonly string[];
}

/** Functions of JSONata and those that AWS adds. It takes `$eval` away. */
const functions = new Set([
  ...['abs', 'append', 'assert', 'average', 'base64decode', 'base64encode', 'boolean', 'ceil', 'clone', 'contains'],
  ...['count', 'decodeUrl', 'decodeUrlComponent', 'distinct', 'each', 'encodeUrl', 'encodeUrlComponent', 'error'],
  ...['exists', 'filter', 'floor', 'formatBase', 'formatInteger', 'formatNumber', 'fromMillis', 'hash', 'join', 'keys'],
  ...['length', 'lookup', 'lowercase', 'map', 'match', 'max', 'merge', 'millis', 'min', 'not', 'now', 'number', 'pad'],
  ...['parse', 'parseInteger', 'partition', 'power', 'random', 'range', 'reduce', 'replace', 'reverse', 'round'],
  ...['shuffle', 'sift', 'single', 'sort', 'split', 'spread', 'sqrt', 'string', 'substring', 'substringAfter'],
  ...['substringBefore', 'sum', 'toMillis', 'trim', 'type', 'uppercase', 'uuid', 'zip'],
]);

/** Names that one block or function of an expression binds. */
interface Scope {
  readonly names: Set<string>;
  readonly around: Scope | undefined;
}

interface Visit {
  readonly node: unknown;
  /** Whether its context item is the one of the whole expression, which AWS does not give. */
  readonly top: boolean;
  readonly scope: Scope;
}

/** Parts of a node that have the items of something else as their context. */
const relative = new Set(['predicate', 'stages', 'group', 'terms', 'pattern', 'update', 'delete']);

const within = (around: Scope): Scope => ({ names: new Set(), around });
const namesOf = (list: unknown): unknown[] =>
  Array.isArray(list) ? list.map((item) => isObject(item) && item.value) : [];

function isBound(name: string, scope: Scope): boolean {
  for (let at: Scope | undefined = scope; at; at = at.around) if (at.names.has(name)) return true;
  return false;
}

/** A walk over the syntax tree. It keeps its own stack, for chains of operators are deep trees. */
class Walk {
  readonly topLevel = new Set<string>();
  readonly states = new Set<string>();
  readonly read: { readonly name: string; readonly scope: Scope }[] = [];
  root = false;
  readonly #todo: Visit[] = [];

  constructor(tree: unknown) {
    this.#todo.push({ node: tree, top: true, scope: { names: new Set(), around: undefined } });
    for (let visit = this.#todo.pop(); visit; visit = this.#todo.pop()) this.#visit(visit);
  }

  #visit({ node, top, scope }: Visit): void {
    if (Array.isArray(node)) {
      this.#later(node.map((item) => ({ node: item, top, scope })));
    } else if (isObject(node)) this.#node(node, top, scope);
  }

  /** The first is visited first. */
  #later(visits: Visit[]): void {
    for (const visit of visits.reverse()) this.#todo.push(visit);
  }

  #node(node: Record<string, unknown>, top: boolean, scope: Scope): void {
    const { type, value } = node;
    for (const bound of [node.focus, node.index]) if (typeof bound === 'string') scope.names.add(bound);
    if (type === 'index' && typeof value === 'string') scope.names.add(value);
    if (type === 'name' && top) this.topLevel.add(String(value));
    if (type === 'variable') this.#variable(String(value), top, scope);
    if (type === 'path') this.#path(node, top, scope);
    else if (type === 'bind') {
      for (const name of namesOf([node.lhs])) scope.names.add(String(name));
      this.#later([{ node: node.rhs, top, scope }]);
    } else {
      const inner = type === 'block' || type === 'lambda' ? within(scope) : scope;
      if (type === 'lambda') for (const name of namesOf(node.arguments)) inner.names.add(String(name));
      const parts = Object.entries(node).filter(([key]) => !(type === 'lambda' && key === 'arguments'));
      this.#later(parts.map(([key, part]) => ({ node: part, top: top && !relative.has(key), scope: inner })));
    }
  }

  #variable(name: string, top: boolean, scope: Scope): void {
    if (name === '$') this.root = true;
    else if (name !== '') this.read.push({ name, scope });
    else if (top) this.topLevel.add('$');
  }

  /** Only the first step looks at the context item; the others look at what the step before them gave. */
  #path(node: Record<string, unknown>, top: boolean, scope: Scope): void {
    const steps: readonly unknown[] = Array.isArray(node.steps) ? node.steps : [];
    const [first, second] = steps;
    if (isObject(first) && first.type === 'variable' && first.value === 'states' && isObject(second)) {
      if (second.type === 'name') this.states.add(String(second.value));
    }
    this.#later([
      ...steps.map((step, i) => ({ node: step, top: top && i === 0, scope })),
      { node: node.group, top: false, scope },
    ]);
  }
}

const nothing = { topLevel: [], root: false, states: [], variables: [] };

/** @param source what stands between `{%` and `%}` */
export function analyse(source: string): Analysis {
  let tree: unknown;
  try {
    tree = new LibraryExpression(source).ast;
  } catch (error) {
    // The parser throws plain objects, and the stack's own error for what is nested too deeply.
    const told = isObject(error) && typeof error.message === 'string' && error.name !== 'RangeError';
    return { ...nothing, fault: told ? String(error.message) : 'The expression is too deeply nested' };
  }
  const walk = new Walk(tree);
  const free = walk.read.filter(
    ({ name, scope }) => name !== 'states' && !functions.has(name) && !isBound(name, scope),
  );
  return {
    topLevel: [...walk.topLevel],
    root: walk.root,
    states: [...walk.states],
    variables: [...new Set(free.map(({ name }) => name))],
  };
}

/** Whether a string opens or closes as an expression does; what does only one of the two is a mistake. */
export const marks = (text: string): boolean => text.startsWith('{%') || text.endsWith('%}');
