import { checkDefinition } from '../language/check.ts';
import { compileMachine, type Program } from '../language/program.ts';
import type { Store } from '../store/store.ts';

interface Deployed {
  readonly program: Program;
  readonly role: string;
}

/** Definitions of the store, compiled once. */
export class Programs {
  readonly #store: Store;
  readonly #known = new Map<number, Deployed>();

  constructor(store: Store) {
    this.#store = store;
  }

  get(definition: number): Deployed {
    const known = this.#known.get(definition);
    if (known !== undefined) return known;
    const record = this.#store.definition(definition);
    const machine = record && checkDefinition(record.text).machine;
    if (record === undefined || machine === undefined) throw new TypeError(`The store has no definition ${definition}`);
    const made = { program: compileMachine(machine), role: record.role };
    this.#known.set(definition, made);
    return made;
  }
}
