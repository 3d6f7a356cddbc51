import { type Difference, type Grade, grades } from './history.ts';

/** What came of a case. */
export interface Verdict {
  readonly passed: boolean;
  /** The last step of the comparison in which there was no difference. */
  readonly reached: Grade | 'nothing';
  /** The first difference, in words; not there if it passed. */
  readonly difference?: string;
}

const passed: Verdict = { passed: true, reached: 'details' };

/** Did not get as far as being compared: a refusal, a crash. */
export const broken = (difference: string): Verdict => ({ passed: false, reached: 'nothing', difference });

/** @param steps in which such a case is compared */
export function verdictOn(difference: Difference | undefined, steps: readonly Grade[] = grades): Verdict {
  if (difference === undefined) return passed;
  const { grade, text } = difference;
  return { passed: false, reached: steps[steps.indexOf(grade) - 1] ?? 'nothing', difference: `${grade}: ${text}` };
}
