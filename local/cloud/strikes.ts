/**
 * What may befall a city at any write and any step, for tests: a function dies or times out, an execution is aborted or held up,
 * a table throttles.
 */
import { ServiceError } from './errors.ts';
import { type JsonObject, objectOf } from './json.ts';

/** A write to a table by a function, or by a machine that waits there; or a machine that calls a function. */
export type Effect =
  | {
      readonly kind: 'write';
      readonly by: string;
      readonly operation: string;
      readonly pk: string;
      readonly sk: string;
      /** What the function was called with, or the execution that waits: whose life this is. */
      readonly during: string;
    }
  | { readonly kind: 'invoke'; readonly by: string; readonly id: string; readonly execution: string };

/**
 * dies: the process ends before or after the effect. times-out: after it, as Lambda says it. throttled: the effect is refused.
 * aborted: the execution is stopped before or after the function that it called, or before or after it waits.
 */
type Befalling = 'dies-before' | 'dies-after' | 'times-out' | 'throttled' | 'aborted-before' | 'aborted-after';
/** A promise: the effect is held up until then. */
export type Strike = Befalling | Promise<void>;
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
/** The same where the engine counts its calls: the execution that would hear it is gone. */
const gone = () => new ServiceError('Aborted', 'Aborted by a test');

/** The execution that waits: it says where, and for which revision. */
function waiting({ ExpressionAttributeValues }: JsonObject, pk: string, sk: string): string {
  const rev = text(objectOf(ExpressionAttributeValues)[':rev']);
  return `${pk.slice(2)}-${rev}${sk.startsWith('T#') ? `-${sk.slice(2)}` : ''}`;
}

interface Writing {
  readonly by: string;
  /** Of a function; a machine has none. */
  readonly thread: string;
  readonly operation: string;
  readonly input: JsonObject;
  readonly during?: string;
}

export async function struckWrite<T>(
  strikes: Strikes,
  victims: Victims,
  { by, thread, operation, input, during = '' }: Writing,
  call: () => Promise<T>,
): Promise<T> {
  if (!writing.has(operation)) return call();
  const key = objectOf(input.Key ?? input.Item);
  const [pk, sk] = [text(key.pk), text(key.sk)];
  const execution = thread === '' ? waiting(input, pk, sk) : '';
  const strike = strikes({ kind: 'write', by, operation, pk, sk, during: during || execution });
  if (strike === undefined || typeof strike === 'object') {
    await strike;
    return call();
  }
  if (strike === 'throttled') throw new ServiceError('ProvisionedThroughputExceededException', 'Throttled by a test');
  const isBefore = strike === 'dies-before' || strike === 'aborted-before';
  if (!isBefore) await call();
  if (thread === '') {
    await victims.abort(execution);
    throw gone();
  }
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
  if (strike === 'aborted-before' || strike === 'dies-before') {
    await victims.abort(execution);
    throw gone();
  }
  if (typeof strike === 'object') await strike;
  const answer = await call();
  if (strike === 'aborted-after' || strike === 'dies-after') await victims.abort(execution);
  return answer;
}
