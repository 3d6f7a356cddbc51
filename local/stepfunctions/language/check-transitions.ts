import { isObject, type JsonObject } from '../json.ts';
import type { Duplicate } from './check-json.ts';
import type { Diagnostics } from './diagnostics.ts';

// Where states lead, over a definition of which nothing is sure yet.

const missingTarget = 'MISSING_TRANSITION_TARGET';

/** Where one state leads to, with the places that say so. */
function targetsOf(state: JsonObject, at: string): { readonly to: string; readonly at: string }[] {
  const listed = (name: 'Choices' | 'Catch') =>
    (Array.isArray(state[name]) ? state[name] : []).map((item: unknown, i: number) => ({
      to: isObject(item) ? item.Next : undefined,
      at: `${at}/${name}[${i}]/Next`,
    }));
  const all: { to: unknown; at: string }[] = [
    { to: state.Next, at: `${at}/Next` },
    ...listed('Choices'),
    { to: state.Default, at: `${at}/Default` },
    ...listed('Catch'),
  ];
  return all.flatMap(({ to, at: place }) => (typeof to === 'string' ? [{ to, at: place }] : []));
}

const isEnd = (state: unknown): boolean =>
  isObject(state) && (state.End === true || state.Type === 'Succeed' || state.Type === 'Fail');

/** The machines inside a state. */
function insidesOf(state: JsonObject, at: string): { readonly machine: unknown; readonly at: string }[] {
  const branches: readonly unknown[] = Array.isArray(state.Branches) ? state.Branches : [];
  return [
    ...branches.map((machine, i) => ({ machine, at: `${at}/Branches[${i}]` })),
    { machine: state.ItemProcessor, at: `${at}/ItemProcessor` },
    { machine: state.Iterator, at: `${at}/Iterator` },
  ];
}

/** Names and transitions of a machine and of those inside it. */
export class Transitions {
  readonly #diagnostics: Diagnostics;
  readonly #duplicates: readonly Duplicate[];
  readonly #names = new Set<string>();

  constructor(diagnostics: Diagnostics, duplicates: readonly Duplicate[]) {
    this.#diagnostics = diagnostics;
    this.#duplicates = duplicates;
  }

  /** @param ends whether AWS wants an end to be there: it does not look at machines inside states */
  check(machine: unknown, at: string, ends: boolean): void {
    if (!isObject(machine) || !isObject(machine.States) || typeof machine.StartAt !== 'string') return;
    const { States: states, StartAt: start } = machine;
    const entries = Object.entries(states);
    const named = new Set<string>();
    const transitions = entries.flatMap(([name, state]) =>
      isObject(state) ? targetsOf(state, `${at}/States/${name}`) : [],
    );
    for (const target of [{ to: start, at: `${at}/StartAt` }, ...transitions]) {
      named.add(target.to);
      if (!Object.hasOwn(states, target.to)) {
        this.#diagnostics.error(target.at, `Missing 'Next' target: ${target.to}`, missingTarget);
      }
    }
    if (ends && entries.length > 0 && !entries.some(([, state]) => isEnd(state))) {
      this.#diagnostics.error(undefined, 'Workflow has no terminal state', 'MISSING_END_STATE');
    } else {
      for (const [name] of entries) {
        if (named.has(name)) continue;
        this.#diagnostics.error(`${at}/States/${name}`, `State "${name}" is not reachable.`, missingTarget);
      }
    }
    this.#checkNames(entries, `${at}/States`);
    for (const [name, state] of entries) {
      const inside = isObject(state) ? insidesOf(state, `${at}/States/${name}`) : [];
      for (const one of inside) this.check(one.machine, one.at, false);
    }
  }

  /** No two states of a definition have the same name, wherever they are. */
  #checkNames(states: readonly (readonly [string, unknown])[], at: string): void {
    const twice = this.#duplicates.filter(({ within }) => within === at).map(({ name }) => name);
    const again = states.map(([name]) => name).filter((name) => this.#names.has(name));
    for (const [name] of states) this.#names.add(name);
    for (const name of [...twice, ...again]) {
      this.#diagnostics.error(`${at}/${name}`, `Duplicate State name: ${name}`, 'DUPLICATE_STATE_NAME');
    }
  }
}
