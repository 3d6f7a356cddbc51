/** Reasons that others judge by. */
import { InputInvalid } from '../errors.ts';

/** S3: reasons of a decision have at least this many characters. */
export const leastReason = 20;

/** What is written down for others to judge takes some words. @throws InputInvalid */
export function reasoned(note: string | undefined): void {
  if (note !== undefined && note.trim().length >= leastReason) return;
  const value = note === undefined ? null : '(not repeated)';
  throw new InputInvalid([{ path: 'note', value, allowed: `a reason of at least ${leastReason} characters` }]);
}
