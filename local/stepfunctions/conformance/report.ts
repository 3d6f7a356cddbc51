import type { Result } from './conform.ts';
import { languages } from './files.ts';

/** A line for a file that did not pass. */
export function lineOf(result: Result): string | undefined {
  if ('skipped' in result) return `SKIPPED ${result.file}: ${result.skipped}`;
  if (result.passed) return undefined;
  const { id, kind, language, reached, difference } = result;
  return `FAILED ${id} (${language} ${kind}, reached: ${reached}): ${difference}`;
}

const counted = (results: readonly Result[]) => {
  const judged = results.filter((result) => 'passed' in result);
  const good = judged.filter(({ passed }) => passed).length;
  return { passed: good, failed: judged.length - good, skipped: results.length - judged.length };
};

/** The numbers by language, and of all. */
export function summary(results: readonly Result[]): { lines: string[]; failed: number } {
  const { passed, failed, skipped } = counted(results);
  const byLanguage = languages.map((language) => {
    const of = counted(results.filter((result) => 'language' in result && result.language === language));
    return `${language}: ${of.passed} passed, ${of.failed} failed`;
  });
  return { lines: [...byLanguage, `${passed} passed, ${failed} failed, ${skipped} skipped`], failed };
}

export const asJson = (results: readonly Result[]): string =>
  `${JSON.stringify({ ...counted(results), files: results }, undefined, 1)}\n`;
