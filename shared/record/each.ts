/**
 * Works off many, some at a time. One that fails keeps nobody else: all are looked at first.
 * @returns what failed, in the order in which it did
 */
export async function each<T>(all: readonly T[], atOnce: number, work: (one: T) => Promise<void>): Promise<unknown[]> {
  const failed: unknown[] = [];
  const left = all.values();
  const hand = async () => {
    for (const one of left) {
      try {
        await work(one);
      } catch (error) {
        failed.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, hand));
  return failed;
}

const mostTold = 10;

/** Says each by name, since a function's log shows the message only. */
export function notAll(failed: readonly unknown[], what: string): AggregateError {
  const told = failed
    .slice(0, mostTold)
    .map((error) => (error instanceof Error ? `${error.name}: ${error.message}` : '?'));
  return new AggregateError(failed, `${failed.length} ${what}: ${told.join('; ')}`);
}
