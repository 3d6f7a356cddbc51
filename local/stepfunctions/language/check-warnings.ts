import { insides, type Machine, type State, waysOf } from './asl.ts';
import type { Duplicate } from './check-json.ts';
import type { Diagnostics } from './diagnostics.ts';
import { parseResource } from './resource.ts';

// What AWS takes and is likely to be a mistake all the same. Nothing is refused for it.

/** Errors of AWS's own. */
const statesErrors = new Set([
  ...['ALL', 'BranchFailed', 'DataLimitExceeded', 'ExceedToleratedFailureThreshold', 'HeartbeatTimeout'],
  ...['Http.Socket', 'IntrinsicFailure', 'ItemReaderFailed', 'NoChoiceMatched', 'ParameterPathFailure', 'Permissions'],
  ...['QueryEvaluationError', 'ResultPathMatchFailure', 'ResultWriterFailed', 'Runtime', 'TaskFailed', 'Timeout'],
]);

/** Errors that a service answers with: `DynamoDb.ConditionalCheckFailedException`. */
const ofService = /^[A-Z][A-Za-z0-9]*\.[A-Z]/;

type Placed = readonly { readonly state: State; readonly at: string }[];

/** Every state of a machine and of those inside it. */
export function everyState({ States: states }: Pick<Machine, 'States'>, at = ''): Placed {
  return Object.entries(states).flatMap(([name, state]) => {
    const place = `${at}/States/${name}`;
    return [{ state, at: place }, ...insides(state).flatMap((one) => everyState(one.inside, `${place}${one.at}`))];
  });
}

const recovery = (state: State) =>
  state.Type === 'Task' || state.Type === 'Map' || state.Type === 'Parallel'
    ? { Retry: state.Retry ?? [], Catch: state.Catch ?? [] }
    : { Retry: [], Catch: [] };

// ---- errors ---------------------------------------------------------------------------------------------------------

const dynamic = (state: State): boolean =>
  state.Type === 'Fail' && (state.ErrorPath !== undefined || String(state.Error).startsWith('{%'));

/** Names in Retry and Catch that nothing raises. @param names the errors that tasks raise, if the caller knows them */
function warnOfErrors(states: Placed, diagnostics: Diagnostics, names: readonly string[] | undefined): void {
  const raised = new Set([...(names ?? []), ...states.map(({ state }) => state.Type === 'Fail' && state.Error)]);
  // A Fail state that makes up its error may raise anything.
  const complete = names !== undefined && !states.some(({ state }) => dynamic(state));
  const known = (name: string): boolean =>
    name.startsWith('States.')
      ? statesErrors.has(name.slice('States.'.length))
      : !complete || ofService.test(name) || raised.has(name);
  for (const { state, at } of states) {
    for (const [field, items] of Object.entries(recovery(state))) {
      for (const [i, { ErrorEquals: errors }] of items.entries()) {
        for (const [j, name] of errors.entries()) {
          if (known(name)) continue;
          const place = `${at}/${field}[${i}]/ErrorEquals[${j}]`;
          diagnostics.warn(place, `No error is named '${name}'.`, 'UNKNOWN_ERROR_NAME');
        }
      }
    }
  }
}

// ---- ways -----------------------------------------------------------------------------------------------------------

/** States that only lead to each other: AWS sees that something leads to each and is content. */
function warnOfUnreached(machine: Pick<Machine, 'StartAt' | 'States'>, at: string, diagnostics: Diagnostics): void {
  const { StartAt: start, States: states } = machine;
  const reached = new Set([start]);
  // A set that grows while it is gone through gives what was added, too.
  for (const name of reached) {
    const state = states[name];
    for (const { to } of state === undefined ? [] : waysOf(state)) if (to !== undefined) reached.add(to);
  }
  for (const [name, state] of Object.entries(states)) {
    const place = `${at}/States/${name}`;
    if (!reached.has(name)) diagnostics.warn(place, `No way leads from '${start}' to '${name}'.`, 'UNREACHED_STATE');
    for (const one of insides(state)) warnOfUnreached(one.inside, `${place}${one.at}`, diagnostics);
  }
}

// ---- times ----------------------------------------------------------------------------------------------------------

function warnOfTimes(states: Placed, diagnostics: Diagnostics): void {
  for (const { state, at } of states) {
    for (const [i, { IntervalSeconds: interval = 1, MaxDelaySeconds: most }] of recovery(state).Retry.entries()) {
      if (most !== undefined && most <= interval) {
        const what = 'MaxDelaySeconds is not greater than IntervalSeconds: the interval never grows.';
        diagnostics.warn(`${at}/Retry[${i}]/MaxDelaySeconds`, what, 'DELAY_NEVER_GROWS');
      }
    }
    if (state.Type !== 'Task' || parseResource(state.Resource)?.pattern !== 'waitForTaskToken') continue;
    const limits = [
      ...[state.TimeoutSeconds, state.TimeoutSecondsPath],
      ...[state.HeartbeatSeconds, state.HeartbeatSecondsPath],
    ];
    if (limits.every((limit) => limit === undefined)) {
      const what =
        'A callback without TimeoutSeconds or HeartbeatSeconds is waited for as long as the execution may run.';
      diagnostics.warn(at, what, 'CALLBACK_WITHOUT_TIMEOUT');
    }
  }
}

/** @param duplicates names that an object of the text has twice */
export function warn(
  machine: Machine,
  diagnostics: Diagnostics,
  duplicates: readonly Duplicate[],
  errorNames: readonly string[] | undefined,
): void {
  for (const { within, name } of duplicates) {
    diagnostics.warn(within || '/', `The field '${name}' is there twice: its last value counts.`, 'DUPLICATE_FIELD');
  }
  const states = everyState(machine);
  warnOfErrors(states, diagnostics, errorNames);
  warnOfUnreached(machine, '', diagnostics);
  warnOfTimes(states, diagnostics);
}
