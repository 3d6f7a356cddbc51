/** A function that a state machine or a schedule calls: its input is checked, its time is the caller's. */
import middy from '@middy/core';
import * as z from 'zod';
import { isLogId, type LogId } from '../../shared/domain/ids.ts';
import { InputInvalid } from '../../shared/errors.ts';

/** An instant in epoch milliseconds, given as ISO 8601: time comes in with the event. */
export const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
export const logId = z.custom<LogId>(
  (value) => typeof value === 'string' && isLogId(value),
  'the id of a case or dispute',
);
export const caseInput = z.strictObject({ id: logId, rev: z.int().positive(), now: instant });
export const taskInput = caseInput.extend({ task: z.string().min(1) });

export const slaInput = taskInput.extend({ step: z.int().nonnegative() });

export const step = <S extends z.ZodType, R>(schema: S, run: (input: z.output<S>) => Promise<R>) =>
  middy<unknown, R>().handler(async (event: unknown): Promise<R> => {
    const input = schema.safeParse(event);
    if (!input.success) {
      const faults = input.error.issues.map(({ path, message }) => ({
        path: path.join('.'),
        value: null,
        allowed: message,
      }));
      throw new InputInvalid(faults);
    }
    return run(input.data);
  });
