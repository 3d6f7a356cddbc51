import { isObject } from '../json.ts';
import { languageOf, type Machine, type MachineType, type State } from './asl.ts';
import { languageIn, machine as machineCheck } from './check-fields.ts';
import { scanJson } from './check-json.ts';
import { Transitions } from './check-transitions.ts';
import { checkScopes, Variables } from './check-variables.ts';
import { everyState, warn } from './check-warnings.ts';
import { type Diagnostic, Diagnostics } from './diagnostics.ts';
import { isServed, parseResource } from './resource.ts';

export { type Diagnostic, invalidDefinitionMessage } from './diagnostics.ts';

export interface Checked {
  /** What AWS refuses, and warnings of this engine. */
  readonly diagnostics: Diagnostic[];
  /** There when nothing is refused. */
  readonly machine?: Machine;
}

export interface CheckOptions {
  readonly type?: MachineType;
  /** The errors that tasks of the machine raise, where all of them are known: others in Retry and Catch are warned of. */
  readonly errorNames?: readonly string[];
}

/** Bytes of UTF-8. */
const largest = 1_048_576;
/** Objects and lists inside each other. AWS does not tell its limit. */
const deepest = 256;

/** A definition in which the checks found nothing to refuse. */
const isMachine = (_json: unknown, { errors }: Diagnostics): _json is Machine => errors === 0;

/** Checks the text of a definition as CreateStateMachine and ValidateStateMachineDefinition do. Never throws. */
export function checkDefinition(text: string, { type = 'STANDARD', errorNames }: CheckOptions = {}): Checked {
  const diagnostics = new Diagnostics();
  const refused = (location: string, message: string, code: string): Checked => {
    diagnostics.error(location, message, code);
    return { diagnostics: diagnostics.all };
  };
  if (text.trim() === '') return refused('/', 'Received a null or empty workflow input.', 'MISSING_DESCRIPTION');
  if (Buffer.byteLength(text) > largest) {
    return refused('/', `The definition is larger than ${largest} bytes.`, 'SCHEMA_VALIDATION_FAILED');
  }
  const scan = scanJson(text);
  if (!scan.json) return refused(scan.location, scan.message, 'INVALID_JSON_DESCRIPTION');
  if (scan.depth > deepest) return refused('/', 'The states are too deeply nested.', 'TOO_DEEPLY_NESTED');

  const json: unknown = JSON.parse(text);
  const variables = new Variables();
  const language = languageIn(isObject(json) ? json : {}, 'JSONPath');
  machineCheck(json, '', {
    ...{ diagnostics, type, variables },
    ...{ machineLanguage: language, language, sees: undefined, flow: undefined },
  });
  new Transitions(diagnostics, scan.duplicates).check(json, '', true);
  if (isMachine(json, diagnostics)) checkScopes(json, diagnostics);
  variables.warn(diagnostics);
  if (!isMachine(json, diagnostics)) return { diagnostics: diagnostics.all };
  warn(json, diagnostics, scan.duplicates, errorNames);
  return { diagnostics: diagnostics.all, machine: json };
}

/** Whether whoever makes the calls knows of this one. */
type Serves = (service: string, action: string) => boolean;

/** What of a state this engine cannot run yet, by name. */
function notServed(state: State, serves: Serves): string[] {
  if (state.Type === 'Task') {
    const resource = parseResource(state.Resource);
    if (resource?.kind === 'activity') return ['An activity'];
    if (resource === undefined) return [];
    const { kind, service, call, type } = resource;
    const own = kind === 'function' || type === 'states' || type === 'lambda';
    if (isServed(resource) && (own || serves(service, call))) return [];
    return [`The integration '${resource.type}:${resource.action}'`];
  }
  if (state.Type !== 'Map') return [];
  const mode = (state.ItemProcessor ?? state.Iterator)?.ProcessorConfig?.Mode;
  const fields = ['ItemReader', 'ItemBatcher', 'ResultWriter'] as const;
  return [
    ...(mode === 'DISTRIBUTED' ? ['A distributed Map'] : []),
    ...fields.filter((field) => state[field] !== undefined),
  ];
}

/**
 * What AWS takes and this engine cannot run yet.
 * @param machine a definition that the checks have passed
 */
export function unsupported(
  machine: Machine,
  { type = 'STANDARD', serves = () => true }: { type?: MachineType; serves?: Serves } = {},
): Diagnostic[] {
  const diagnostics = new Diagnostics();
  const tell = (at: string, what: string): void => {
    diagnostics.error(at, `${what} is not supported by this engine`, 'UNSUPPORTED');
  };
  if (type === 'EXPRESS') tell('/', 'An Express state machine');
  for (const { state, at } of everyState(machine)) {
    if (languageOf(machine, state) === 'JSONPath') tell(at, 'A JSONPath state');
    for (const what of notServed(state, serves)) tell(at, what);
  }
  return diagnostics.all;
}
