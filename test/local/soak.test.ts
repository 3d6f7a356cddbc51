import { describe, expect, it } from 'vitest';
import { rowOf, withRow } from '../../local/soak/figures.ts';

const figures = { commit: 'abc', seed: 3, wanted: 400, lives: 200, checks: 9000, violated: 0, minutes: 2.04, cores: 2 };

describe('the figures of soak runs', () => {
  it('stand one under another, the newest first, and what others wrote stays', () => {
    const once = withRow(undefined, rowOf(figures));
    const twice = withRow(once, rowOf({ ...figures, seed: 4 }));
    expect(twice.split('\n').filter((line) => line.startsWith('| abc'))).toEqual([
      '| abc | 4 | 200 | 400 | 9000 | 0 | 2.0 | 2 |',
      '| abc | 3 | 200 | 400 | 9000 | 0 | 2.0 | 2 |',
    ]);
    const others = '# Soak\n\nStrikes: 1200.\n';
    expect(withRow(others, rowOf(figures))).toMatch(
      /^# Soak\n\nStrikes: 1200\.\n\n\| commit .*\n\|---.*\n\| abc \| 3 /,
    );
  });
});
