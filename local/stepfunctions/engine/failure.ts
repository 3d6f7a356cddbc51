import type { Retrier } from '../language/asl.ts';
import { type CompiledState, recovers } from '../language/program.ts';

/** A state failed: what Retry and Catch look at. AWS knows failures without a name, too. */
export class StateFailure extends Error {
  override readonly name = 'StateFailure';
  readonly error: string | undefined;
  readonly reason: string | undefined;
  /** A heartbeat was missed: told as States.Timeout, caught under both names. */
  readonly heartbeat: boolean;

  constructor(error: string | undefined, reason: string | undefined, heartbeat = false) {
    super(reason ?? error ?? 'failed');
    this.error = error;
    this.reason = reason;
    this.heartbeat = heartbeat;
  }
}

/** Nothing catches a States.Runtime error, not even its name (recorded from AWS). */
const uncatchable = 'States.Runtime';

/** Whether a Retry or Catch that names these errors takes this failure. */
export function matches(names: readonly string[], { error = '', heartbeat }: StateFailure): boolean {
  if (error === uncatchable) return false;
  if (names.includes(error) || (heartbeat && names.includes('States.HeartbeatTimeout'))) return true;
  // AWS's documents exempt States.DataLimitExceeded from States.ALL; its recorded histories do not.
  if (names.includes('States.ALL')) return true;
  // Measured by others on AWS for the second of the two.
  return names.includes('States.TaskFailed') && error !== 'States.Timeout' && error !== 'States.QueryEvaluationError';
}

/** Seconds before the attempt after `count` retries. AWS caps none below a year. @param chance 0 to 1, for full jitter */
export function backOff(retrier: Retrier, count: number, chance: number): number {
  const delay = (retrier.IntervalSeconds ?? 1) * (retrier.BackoffRate ?? 2) ** count;
  const capped = Math.min(delay, retrier.MaxDelaySeconds ?? Number.POSITIVE_INFINITY, 31_536_000);
  return retrier.JitterStrategy === 'FULL' ? chance * capped : capped;
}

/** Which retrier takes the failure now, if it has attempts left. */
export function retrierFor(
  state: CompiledState,
  failure: StateFailure,
  retries: readonly number[],
): number | undefined {
  if (!recovers(state)) return undefined;
  const at = state.retry.findIndex(({ ErrorEquals }) => matches(ErrorEquals, failure));
  const retrier = state.retry[at];
  return retrier !== undefined && (retries[at] ?? 0) < (retrier.MaxAttempts ?? 3) ? at : undefined;
}

/** Which catcher takes the failure. */
export function catcherFor(state: CompiledState, failure: StateFailure): number | undefined {
  if (!recovers(state)) return undefined;
  const at = state.catch.findIndex(({ errors }) => matches(errors, failure));
  return at === -1 ? undefined : at;
}

/** `$states.errorOutput`: with an error but no cause AWS gives an empty cause; with neither, nulls. */
export function errorOutput({ error, reason }: StateFailure): { Error: string | null; Cause: string | null } {
  return { Error: error ?? null, Cause: reason ?? (error === undefined ? null : '') };
}
