/** Stretches of time, in epoch milliseconds: from an instant on, up to another that is no longer in them; null has no end. */

export interface Span {
  readonly from: number;
  readonly to: number | null;
}

/** A span that ends. */
export interface Stretch extends Span {
  readonly to: number;
}

export const endOf = ({ to }: Span): number => to ?? Number.POSITIVE_INFINITY;

export const isIn = (at: number, span: Span): boolean => span.from <= at && at < endOf(span);

export const overlap = (one: Span, other: Span): boolean => one.from < endOf(other) && other.from < endOf(one);

/** The instants at which something may change, in order: `from` itself and every beginning and end after it. */
export function turns(spans: readonly Span[], from: number): number[] {
  const later = spans.flatMap(({ from: begin, to }) => (to === null ? [begin] : [begin, to])).filter((at) => at > from);
  return [...new Set([from, ...later])].sort((a, b) => a - b);
}
