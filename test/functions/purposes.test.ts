/** The purpose firewall (S13): a token names one purpose, and for investigation, employment, credit, school and travel nothing opens. */
import { describe, expect, it } from 'vitest';
import { purposeOf } from '../../functions/middleware/caller.ts';
import { purposes, refusedPurposes } from '../../shared/domain/words.ts';
import { PurposeRefused } from '../../shared/errors.ts';

describe('the purpose of a token', () => {
  it.each([...refusedPurposes, 'marketing', 'Handling', ''])('refuses %s, whoever asks', (purpose) => {
    expect(() => purposeOf({ purpose })).toThrow(PurposeRefused);
    expect(() => purposeOf({ purpose })).toThrow(purposes.join(', '));
  });

  it('is one of those that the effort has', () => {
    for (const purpose of purposes) expect(purposeOf({ purpose })).toBe(purpose);
    expect(refusedPurposes).toEqual(
      expect.arrayContaining(['investigation', 'employment', 'credit', 'school', 'travel']),
    );
  });

  it('that is made up is not repeated at length', () => {
    expect(() => purposeOf({ purpose: 'x'.repeat(500) })).toThrow(/"x{40}"/);
  });
});
