/** Asking the matrix: which fields, or nothing. Pure. */
import type { Role } from '../words.ts';
import { type Field, type GuardedOperation, grantsOf, type Phase, type Relation } from './matrix.ts';

export interface Asked {
  readonly operation: GuardedOperation;
  readonly role: Role;
  /** How whoever acts stands to it; `anywhere` goes without saying. */
  readonly relations: ReadonlySet<Relation>;
  /** Absent for what has no phase. */
  readonly phase?: Phase;
}

/** The fields that are granted, by any grant that holds; undefined where none does: refused. */
export function permitted({ operation, role, relations, phase }: Asked): ReadonlySet<Field> | undefined {
  const held = grantsOf(operation, role).filter(
    ({ where, when }) =>
      (where === 'anywhere' || relations.has(where)) &&
      (when === undefined || (phase !== undefined && when.includes(phase))),
  );
  return held.length === 0 ? undefined : new Set(held.flatMap((grant) => grant.fields ?? []));
}

/** What a list may hold at all, in any phase: each of its lines is asked for by itself. */
export function permittedInAny({ operation, role, relations }: Omit<Asked, 'phase'>): ReadonlySet<Field> | undefined {
  const held = grantsOf(operation, role).filter(({ where }) => where === 'anywhere' || relations.has(where));
  return held.length === 0 ? undefined : new Set(held.flatMap((grant) => grant.fields ?? []));
}

/** Relations that could matter to this role for this operation: the others need not be looked up. */
export const relationsAskedFor = (operation: GuardedOperation, role: Role): ReadonlySet<Relation> =>
  new Set(grantsOf(operation, role).map(({ where }) => where));
