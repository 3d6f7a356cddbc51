import { EvaluationFailure } from '../errors.ts';

// Java's ISO_OFFSET_DATE_TIME, which AWS reads it with: seconds may be missing, an offset may not.
const offsetDateTime = /^(\d{4}-\d\d-(\d\d)T\d\d:\d\d)(:\d\d)?(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/i;

/** Epoch milliseconds of a Wait's Timestamp. @throws EvaluationFailure where it is none */
export function instantOf(value: unknown): number {
  const text = String(value);
  const [, minute, day] = offsetDateTime.exec(text.toUpperCase()) ?? [];
  const at = minute === undefined ? Number.NaN : Date.parse(text.toUpperCase());
  // A day that the month does not have would count on into the next month.
  if (Number.isNaN(at) || new Date(`${minute}Z`).getUTCDate() !== Number(day)) {
    const what = 'cannot be parsed as an ISO-8601 extended offset date-time format string';
    throw new EvaluationFailure(`The Timestamp field ${what}: ${text}`, 'Timestamp');
  }
  return at;
}
