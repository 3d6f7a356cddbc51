import { describe, expect, inject, it } from 'vitest';
import { stackOf } from '../../../local/replay/house.ts';
import { costOfRedCase } from '../../../local/replay/red-case.ts';
import { taizhou } from './paper-city.ts';

describe('what a red case costs: five measures, resolved on day 10, five check-ins, nobody late', () => {
  it('is counted on the real local city', async () => {
    const cost = await costOfRedCase(taizhou, inject('assembly'), stackOf(taizhou.id));
    console.log(cost);
    expect(cost.messages).toBeGreaterThan(20);
  });
});
