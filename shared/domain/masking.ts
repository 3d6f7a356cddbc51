/** What of a report's words speaks of needs: hardship, illness, drink. The police never see it. Pure. */
import { factCatalogue } from './facts.ts';
import type { Report } from './report.ts';

/** From the first character to before the last, counted as JavaScript counts. */
export type Span = readonly [start: number, end: number];

/** Where a span does not fit the text nobody knows what speaks of needs: then all of it does. */
export function needsIn({ text, facts }: Pick<Report, 'text' | 'facts'>): Span[] {
  const spans = facts
    .filter(({ type }) => factCatalogue[type].element === 'needs')
    .map(({ start, end }): Span => [start, end]);
  const fits = ([start, end]: Span) => start < end && end <= text.length;
  return spans.every(fits) ? spans : [[0, text.length]];
}

/** The text with each character of the spans replaced. */
export function maskNeeds(text: string, spans: readonly Span[]): string {
  const masked = (at: number) => spans.some(([start, end]) => start <= at && at < end);
  return Array.from({ length: text.length }, (_, at) => (masked(at) ? '■' : text.charAt(at))).join('');
}
