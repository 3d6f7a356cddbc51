import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDuration,
  addWorkingTime,
  localDate,
  rolled,
  workingTimeBetween,
} from '../../../shared/calendar/calendar.ts';
import { parseDuration } from '../../../shared/config/duration.ts';
import { city } from '../../support/city.ts';

const at = (text: string) => Date.parse(`${text}+08:00`);
const endOf = (from: string, text: string) => {
  const duration = parseDuration(text);
  if (!duration) throw new Error(text);
  return addDuration(city, at(from), duration);
};
const hour = 3_600_000;
const day = 24 * hour;

describe('the clocks of field.md §5.1', () => {
  it('5 working days from Monday 29 September 2025 end on 13 October: eight days of holiday, and a Saturday of work', () => {
    expect(endOf('2025-09-29T10:00', '5 working days')).toBe(at('2025-10-13T17:30'));
  });

  it('15 days from 20 September end on 5 October, a holiday: a clock of administrative law rolls to the 9th', () => {
    const end = endOf('2025-09-20T10:00', '15 days');
    expect(end).toBe(at('2025-10-05T10:00'));
    expect(rolled(end)).toBe(at('2025-10-09T10:00'));
  });

  it('72 hours from 30 September 10:00 end on 3 October 10:00, in the middle of the holiday', () => {
    expect(endOf('2025-09-30T10:00', '72 hours')).toBe(at('2025-10-03T10:00'));
  });

  it('what ends on a working day does not roll, a make-up Sunday is one', () => {
    expect(rolled(at('2025-09-28T09:00'))).toBe(at('2025-09-28T09:00'));
    expect(rolled(at('2025-10-11T23:59'))).toBe(at('2025-10-11T23:59'));
    expect(rolled(at('2025-10-12T09:00'))).toBe(at('2025-10-13T09:00'));
  });

  it('a working day is no 24 working hours', () => {
    expect(endOf('2026-01-05T09:00', '1 working day')).toBe(at('2026-01-06T17:30'));
    expect(endOf('2026-01-05T09:00', '24 working hours')).toBe(at('2026-01-07T15:00'));
  });

  it('4 working hours of a Friday afternoon go on after the weekend', () => {
    expect(endOf('2026-01-09T15:30', '4 working hours')).toBe(at('2026-01-12T10:30'));
  });

  it('a make-up Sunday counts like a Monday', () => {
    // 4 January 2026 is worked for the New Year's holiday.
    expect(endOf('2026-01-04T09:00', '2 working hours')).toBe(at('2026-01-04T11:00'));
    expect(workingTimeBetween(city, at('2026-01-03T00:00'), at('2026-01-05T00:00'))).toBe(9 * hour);
  });
});

describe('working time', () => {
  const instant = fc.integer({ min: at('2025-01-01T00:00'), max: at('2026-12-01T00:00') });
  const time = fc.integer({ min: 0, max: 200 * hour });

  it('adds up', () => {
    fc.assert(
      fc.property(instant, time, time, (from, one, other) => {
        expect(addWorkingTime(city, addWorkingTime(city, from, one), other)).toBe(
          addWorkingTime(city, from, one + other),
        );
      }),
    );
  });

  it('is found again between the instants', () => {
    fc.assert(
      fc.property(instant, time, (from, long) => {
        expect(workingTimeBetween(city, from, addWorkingTime(city, from, long))).toBe(long);
      }),
    );
  });

  it('between parts is the sum of the parts, and never more than the time itself', () => {
    const span = fc.integer({ min: 0, max: 40 * day });
    fc.assert(
      fc.property(instant, span, span, (from, one, other) => {
        const [middle, end] = [from + one, from + one + other];
        const whole = workingTimeBetween(city, from, end);
        expect(whole).toBe(workingTimeBetween(city, from, middle) + workingTimeBetween(city, middle, end));
        expect(whole).toBeLessThanOrEqual(end - from);
        expect(workingTimeBetween(city, end, from)).toBe(0);
      }),
    );
  });

  it('later stays later: no clock that begins later, or is longer, ends earlier', () => {
    const units = fc.constantFrom('minutes', 'hours', 'days', 'working hours', 'working days', 'months');
    fc.assert(
      fc.property(instant, instant, units, fc.integer({ min: 1, max: 40 }), (one, other, unit, count) => {
        const [from, later] = [Math.min(one, other), Math.max(one, other)];
        const end = (start: number, more = 0) => addDuration(city, start, { unit, count: count + more });
        expect(end(later)).toBeGreaterThanOrEqual(end(from));
        expect(end(from, 1)).toBeGreaterThan(end(from));
        // Of a roll the day counts.
        expect(localDate(rolled(end(later))) >= localDate(rolled(end(from)))).toBe(true);
      }),
    );
  });

  it('a roll goes to a working day, less than a holiday away, and rolls no further', () => {
    fc.assert(
      fc.property(instant, (end) => {
        const next = rolled(end);
        expect(rolled(next)).toBe(next);
        expect(next - end).toBeLessThanOrEqual(10 * day);
        expect((next - end) % day).toBe(0);
      }),
    );
  });
});
