import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smallest, suppressed } from '../../../shared/domain/statistics.ts';

const told = (counts: Record<string, number>) =>
  Object.fromEntries(suppressed(new Map(Object.entries(counts))).map(({ value, count }) => [value, count]));

describe('counts without persons (S15)', () => {
  it('are told from ten on; where there are fewer, nobody is to be found', () => {
    expect(told({ neighbour: 12, debt: 10, medical: 9, tenancy: 1 })).toEqual({
      neighbour: 12,
      debt: 10,
      medical: null,
      tenancy: null,
    });
  });

  it('hide the next smallest too where only one is small, so that no total tells it', () => {
    expect(told({ neighbour: 40, debt: 12, medical: 3 })).toEqual({ neighbour: 40, debt: null, medical: null });
  });

  it('name nothing that is not there', () => {
    expect(told({ neighbour: 12, debt: 0 })).toEqual({ neighbour: 12 });
    expect(told({ medical: 3 })).toEqual({ medical: null });
  });

  it('whatever they are: no small one is told, none is told wrongly, and a hidden one is never alone beside others', () => {
    const counts = fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), fc.nat(40), { maxKeys: 8 });
    fc.assert(
      fc.property(counts, (given) => {
        const cells = Object.entries(told(given));
        for (const [value, count] of cells) {
          if (count !== null) expect([given[value], count >= smallest]).toEqual([count, true]);
        }
        const hidden = cells.filter(([, count]) => count === null);
        expect(hidden.length === 1 && cells.length > 1).toBe(false);
      }),
    );
  });
});
