import { type Branch, insides, languageOf, type Machine, waysOf } from './asl.ts';
import type { Diagnostics } from './diagnostics.ts';

/** The states of one machine: what one of them assigns, they all may read, and so may the machines inside them. */
export interface Flow {
  readonly around: Flow | undefined;
  readonly assigned: Set<string>;
}

const longestName = 80;
const identifier = /^[\p{ID_Start}][\p{ID_Continue}]*$/u;

function faultOf(name: string): { readonly message: string; readonly code: string } | undefined {
  const code = 'INVALID_VARIABLE_NAME';
  const invalid = `Invalid variable name '${name}': the variable name`;
  if (name === 'states') {
    return { message: "Cannot assign to reserved variable '$states'.", code: 'RESERVED_VARIABLE_NAME' };
  }
  if (!identifier.test(name)) return { message: `${invalid} contains invalid characters.`, code };
  if ([...name].length <= longestName) return undefined;
  return { message: `${invalid} exceeds the ${longestName}-character limit allowed by the service.`, code };
}

function isAssigned(name: string, flow: Flow | undefined): boolean {
  for (let at = flow; at; at = at.around) if (at.assigned.has(name)) return true;
  return false;
}

/** Who assigns which variables and who reads them, collected over a whole definition. */
export class Variables {
  readonly #reads: { readonly name: string; readonly at: string; readonly flow: Flow | undefined }[] = [];

  assigns(name: string, at: string, flow: Flow | undefined, diagnostics: Diagnostics): void {
    const fault = faultOf(name);
    if (fault === undefined) flow?.assigned.add(name);
    else diagnostics.error(at, fault.message, fault.code);
  }

  reads(name: string, at: string, flow: Flow | undefined): void {
    this.#reads.push({ name, at, flow });
  }

  /** Once all has been seen: what is read and nobody assigns, in whatever order states run. */
  warn(diagnostics: Diagnostics): void {
    for (const { name, at, flow } of this.#reads) {
      if (isAssigned(name, flow)) continue;
      diagnostics.warn(at, `Variable '${name}' is possibly not defined.`, 'POSSIBLY_UNDEFINED_VARIABLE');
    }
  }
}

// ---- names of two scopes --------------------------------------------------------------------------------------------

/** JSONPath ends the names of what it is to evaluate in `.$`. */
export const variableName = (key: string, language: Machine['QueryLanguage']): string =>
  language === 'JSONata' ? key : key.replace(/\.\$$/, '');

interface Assignment {
  readonly to: string | undefined;
  readonly name: string;
  readonly at: string;
}

function assignmentsOf(machine: Machine, { States: states }: Branch, at: string): Assignment[] {
  return Object.entries(states).flatMap(([from, state]) =>
    waysOf(state).flatMap(({ at: field, to, assign }) =>
      Object.keys(assign).map((key) => {
        const name = variableName(key, languageOf(machine, state));
        return { to, name, at: `${at}/States/${from}${field}/Assign/${key}` };
      }),
    ),
  );
}

/** For a state: it, and those from which one may come to it. */
function leadingIn({ States: states }: Branch): (state: string) => ReadonlySet<string> {
  const ways = Object.entries(states).flatMap(([from, state]) => waysOf(state).map(({ to }) => ({ from, to })));
  const before = Map.groupBy(ways, ({ to }) => to);
  const known = new Map<string, ReadonlySet<string>>();
  const find = (state: string): ReadonlySet<string> => {
    const leading = new Set([state]);
    // A set that grows while it is gone through gives what was added, too.
    for (const one of leading) for (const { from } of before.get(one) ?? []) leading.add(from);
    known.set(state, leading);
    return leading;
  };
  return (state) => known.get(state) ?? find(state);
}

/**
 * A machine inside a state may not assign what the machine around it may have assigned by then. What the state itself
 * assigns comes after it.
 */
export function checkScopes(machine: Machine, diagnostics: Diagnostics): void {
  const check = (branch: Branch, at: string, isOuter: (name: string) => boolean): void => {
    const assignments = assignmentsOf(machine, branch, at);
    for (const { name, at: place } of assignments) {
      if (!isOuter(name)) continue;
      const what = `The variable name '${name}' was already defined in a parent scope.`;
      diagnostics.error(place, what, 'DUPLICATE_VARIABLE_NAME');
    }
    const named = Map.groupBy(assignments, ({ name }) => name);
    const leadingTo = leadingIn(branch);
    for (const [state, one] of Object.entries(branch.States)) {
      const isAssignedBefore = (name: string): boolean =>
        isOuter(name) || named.get(name)?.some(({ to }) => to !== undefined && leadingTo(state).has(to)) === true;
      for (const { at: field, inside } of insides(one)) {
        // Each item of a distributed Map is an execution of its own.
        const apart = inside.ProcessorConfig?.Mode === 'DISTRIBUTED';
        check(inside, `${at}/States/${state}${field}`, apart ? () => false : isAssignedBefore);
      }
    }
  };
  check(machine, '', () => false);
}
