/** What of a report's words speaks of needs: hardship, illness, drink. The police never see it. Pure. */
import { factCatalogue } from './facts.ts';
import type { Report } from './report.ts';

/** From the first character to before the last, counted as JavaScript counts. */
export type Passage = readonly [start: number, end: number];

/** Where a passage does not fit the text nobody knows what speaks of needs: then all of it does. */
export function needsIn({ text, facts }: Pick<Report, 'text' | 'facts'>): Passage[] {
  const passages = facts
    .filter(({ type }) => factCatalogue[type].element === 'needs')
    .map(({ start, end }): Passage => [start, end]);
  const fits = ([start, end]: Passage) => start < end && end <= text.length;
  return passages.every(fits) ? passages : [[0, text.length]];
}

/** The text with each character of the passages replaced. */
export function maskNeeds(text: string, passages: readonly Passage[]): string {
  const masked = (at: number) => passages.some(([start, end]) => start <= at && at < end);
  return Array.from({ length: text.length }, (_, at) => (masked(at) ? '■' : text.charAt(at))).join('');
}
