/**
 * A piece of work that is synchronous where it can be: it yields a promise only where a value has to be waited for.
 * Most expressions are evaluated at once, and then nothing is ever awaited.
 */
export type Step<T = void> = Generator<Promise<void>, T, void>;

/** The value, waited for only if it is a promise. */
export function* settle<T>(value: T | Promise<T>): Step<T> {
  if (!(value instanceof Promise)) return value;
  const box: T[] = [];
  yield value.then((settled) => {
    box.push(settled);
  });
  for (const settled of box) return settled;
  throw new TypeError('A step was resumed before its value was there');
}

async function drive(step: Step, first: Promise<void>): Promise<void> {
  let pending = first;
  for (;;) {
    let next: IteratorResult<Promise<void>, void>;
    try {
      await pending;
      next = step.next();
    } catch (error) {
      next = step.throw(error);
    }
    if (next.done) return;
    pending = next.value;
  }
}

/** Runs a step to its end. @returns a promise only where it had to wait */
export function run(step: Step): void | Promise<void> {
  const { done, value } = step.next();
  if (!done) return drive(step, value);
}
