import { type Machine, parseResource, type StateDefinition } from './asl.ts';
import { expressionIn, syntaxFault } from './expressions.ts';
import { isObject } from './json.ts';

/** What AWS would refuse, with the place; `WARNING` is ours. */
export interface Diagnostic {
  readonly severity: 'ERROR' | 'WARNING';
  readonly code: string;
  readonly message: string;
  readonly location: string;
}

const common = ['Type', 'Comment', 'QueryLanguage', 'Output', 'Assign', 'Next', 'End'];
const fields: Readonly<Record<StateDefinition['Type'], readonly string[]>> = {
  Task: ['Resource', 'Arguments', 'TimeoutSeconds', 'HeartbeatSeconds', 'Retry', 'Catch', 'Credentials'],
  Pass: [],
  Choice: ['Choices', 'Default'],
  Wait: ['Seconds', 'Timestamp'],
  Map: [
    'Items',
    'ItemSelector',
    'ItemProcessor',
    'MaxConcurrency',
    'ToleratedFailureCount',
    'ToleratedFailurePercentage',
    'Retry',
    'Catch',
  ],
  Parallel: ['Branches', 'Arguments', 'Retry', 'Catch'],
  Succeed: [],
  Fail: ['Error', 'Cause'],
};
const isType = (text: unknown): text is StateDefinition['Type'] => typeof text === 'string' && text in fields;
const terminal: ReadonlySet<string> = new Set(['Succeed', 'Fail', 'Choice']);

/** Checks a definition given as text. @returns the machine when nothing of severity ERROR was found */
export function checkDefinition(text: string): { machine?: Machine; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const message = `The definition is not JSON: ${error instanceof Error ? error.message : String(error)}`;
    return { diagnostics: [{ severity: 'ERROR', code: 'INVALID_JSON_DESCRIPTION', message, location: '' }] };
  }
  const report = (location: string, message: string, severity: Diagnostic['severity'] = 'ERROR') => {
    diagnostics.push({ severity, code: 'SCHEMA_VALIDATION_FAILED', message, location });
  };
  checkMachine(json, '', 'JSONPath', report);
  if (diagnostics.some(({ severity }) => severity === 'ERROR')) return { diagnostics };
  return { machine: json as Machine, diagnostics };
}

type Report = (location: string, message: string, severity?: Diagnostic['severity']) => void;

function checkMachine(machine: unknown, at: string, inherited: string, report: Report): void {
  if (!isObject(machine) || !isObject(machine.States)) {
    report(`${at}/States`, 'States must be an object');
    return;
  }
  const { States: states, StartAt: start } = machine;
  const language = typeof machine.QueryLanguage === 'string' ? machine.QueryLanguage : inherited;
  if (typeof start !== 'string' || !(start in states)) {
    report(`${at}/StartAt`, `MISSING_TRANSITION_TARGET: StartAt must name a state, not ${JSON.stringify(start)}`);
  }
  const reached = new Set([start]);
  for (const [name, state] of Object.entries(states)) {
    const here = `${at}/States/${name}`;
    if (!isObject(state)) report(here, 'A state must be an object');
    else for (const target of checkState(state, here, language, report)) reached.add(target);
  }
  for (const target of reached) {
    if (typeof target === 'string' && !(target in states)) {
      report(at || '/', `MISSING_TRANSITION_TARGET: no state is named ${JSON.stringify(target)}`);
    }
  }
  for (const name of Object.keys(states)) {
    if (!reached.has(name)) report(`${at}/States/${name}`, 'No state leads here', 'WARNING');
  }
}

/** @returns the states that it leads to */
function checkState(state: Record<string, unknown>, here: string, inherited: string, report: Report): unknown[] {
  const { Type: type } = state;
  if (!isType(type)) {
    report(`${here}/Type`, `Type must be one of ${Object.keys(fields).join(', ')}`);
    return [];
  }
  const language = state.QueryLanguage ?? inherited;
  if (language !== 'JSONata')
    report(`${here}/QueryLanguage`, 'JSONPath is not supported here; set QueryLanguage to JSONata');
  for (const field of Object.keys(state)) {
    if (!common.includes(field) && !fields[type].includes(field)) {
      report(`${here}/${field}`, `Field '${field}' is not supported in a ${type} state`);
    }
  }
  checkExpressions(state, here, report);
  if (type === 'Task') checkTask(state, here, report);
  if (type === 'Map') {
    checkMachine(state.ItemProcessor, `${here}/ItemProcessor`, String(language), report);
    const config = isObject(state.ItemProcessor) ? state.ItemProcessor.ProcessorConfig : undefined;
    if (isObject(config) && config.Mode === 'DISTRIBUTED') report(here, 'A distributed Map is not supported here');
  }
  const branches = Array.isArray(state.Branches) ? state.Branches : [];
  for (const [i, branch] of branches.entries())
    checkMachine(branch, `${here}/Branches[${i}]`, String(language), report);
  const rules = [state.Choices, state.Catch].flatMap((list) => (Array.isArray(list) ? list.filter(isObject) : []));
  if (!terminal.has(type) && state.End !== true && typeof state.Next !== 'string') {
    report(here, 'Neither Next nor End is given');
  }
  return [state.Next, state.Default, ...rules.map((rule) => rule.Next)].filter((target) => target !== undefined);
}

function checkTask(state: Record<string, unknown>, here: string, report: Report): void {
  const resource = parseResource(String(state.Resource ?? ''));
  if (!resource) report(`${here}/Resource`, `The resource ${String(state.Resource)} is not supported`);
  else if (resource.pattern === 'waitForTaskToken' && state.TimeoutSeconds === undefined) {
    report(here, 'A callback without TimeoutSeconds waits for a year', 'WARNING');
  }
}

const nested = new Set(['ItemProcessor', 'Branches']);

function checkExpressions(value: unknown, here: string, report: Report): void {
  const source = expressionIn(value);
  if (source !== undefined) {
    const fault = syntaxFault(source);
    if (fault !== undefined) report(here, `The JSONata expression is not valid: ${fault}`);
  } else if (Array.isArray(value)) {
    value.forEach((item, i) => {
      checkExpressions(item, `${here}[${i}]`, report);
    });
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      if (!nested.has(key)) checkExpressions(item, `${here}/${key}`, report);
    }
  }
}
