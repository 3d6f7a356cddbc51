/** What may befall a city at any write and any step, for tests: a function dies or times out, an execution is aborted, a table throttles. */
import { ServiceError } from './errors.ts';
import { type JsonObject, objectOf } from './json.ts';

/** A write of a function to a table, or a machine that calls a function. */
export type Effect =
  | {
      readonly kind: 'write';
      readonly by: string;
      readonly operation: string;
      readonly pk: string;
      readonly sk: string;
    }
  | { readonly kind: 'invoke'; readonly by: string; readonly id: string; readonly execution: string };

/**
 * dies: the process ends before or after the effect. times-out: after it, as Lambda says it. throttled: the effect is refused.
 * aborted: the execution is stopped before or after the function that it called.
 */
export type Strike = 'dies-before' | 'dies-after' | 'times-out' | 'throttled' | 'aborted-before' | 'aborted-after';
export type Strikes = (effect: Effect) => Strike | undefined;

const writing = new Set(['PutItem', 'UpdateItem', 'DeleteItem']);

/** Whoever dies or is aborted. */
export interface Victims {
  /** Ends the thread: what it called is not answered any more. */
  end(by: string, thread: string, how: 'exit' | 'timeout'): void;
  abort(execution: string): Promise<void>;
}

const text = (value: unknown): string => String(Object.values(objectOf(value))[0] ?? '');

/** A call that is never answered: whoever waits for it is gone. */
const silence = new Promise<never>(() => {});

export async function struckWrite<T>(
  strikes: Strikes,
  victims: Victims,
  { by, thread, operation, input }: { by: string; thread: string; operation: string; input: JsonObject },
  call: () => Promise<T>,
): Promise<T> {
  if (!writing.has(operation)) return call();
  const key = objectOf(input.Key ?? input.Item);
  const strike = strikes({ kind: 'write', by, operation, pk: text(key.pk), sk: text(key.sk) });
  if (strike === 'throttled') throw new ServiceError('ProvisionedThroughputExceededException', 'Throttled by a test');
  if (strike === undefined || thread === '') return call();
  if (strike !== 'dies-before') await call();
  victims.end(by, thread, strike === 'times-out' ? 'timeout' : 'exit');
  return silence;
}

export async function struckInvocation<T>(
  strikes: Strikes,
  victims: Victims,
  { by, payload }: { by: string; payload: unknown },
  call: () => Promise<T>,
): Promise<T> {
  const { id, rev, task } = objectOf(payload);
  if (typeof id !== 'string' || rev === undefined) return call();
  const execution = `${id}-${String(rev)}${task === undefined ? '' : `-${String(task)}`}`;
  const strike = strikes({ kind: 'invoke', by, id, execution });
  if (strike === 'aborted-before') {
    await victims.abort(execution);
    return silence;
  }
  const answer = await call();
  if (strike === 'aborted-after') await victims.abort(execution);
  return answer;
}
