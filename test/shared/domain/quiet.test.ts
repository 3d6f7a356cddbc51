import { describe, expect, it } from 'vitest';
import { afterQuiet, isQuiet } from '../../../shared/domain/quiet.ts';

const at = (text: string) => Date.parse(`${text}+08:00`);
const night = { quietHours: { from: '21:00', to: '08:00' } };
const siesta = { quietHours: { from: '12:00', to: '14:30' } };

describe('quiet hours', () => {
  it.each([
    ['2026-01-05T20:59:59', false],
    ['2026-01-05T21:00', true],
    ['2026-01-06T00:00', true],
    ['2026-01-06T07:59:59', true],
    ['2026-01-06T08:00', false],
  ])('over midnight: %s %s', (text, quiet) => {
    expect(isQuiet(night, at(text))).toBe(quiet);
  });

  it('end in the morning: of the next day in the evening, of the same day after midnight', () => {
    expect(afterQuiet(night, at('2026-01-05T22:00'))).toBe(at('2026-01-06T08:00'));
    expect(afterQuiet(night, at('2026-01-06T03:03'))).toBe(at('2026-01-06T08:00'));
    expect(afterQuiet(night, at('2026-01-06T10:00'))).toBe(at('2026-01-06T10:00'));
  });

  it('within a day', () => {
    expect(isQuiet(siesta, at('2026-01-05T13:00'))).toBe(true);
    expect(isQuiet(siesta, at('2026-01-05T14:30'))).toBe(false);
    expect(isQuiet(siesta, at('2026-01-05T03:00'))).toBe(false);
    expect(afterQuiet(siesta, at('2026-01-05T13:00'))).toBe(at('2026-01-05T14:30'));
  });
});
