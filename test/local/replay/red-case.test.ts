import { describe, expect, inject, it } from 'vitest';
import { stackOf } from '../../../local/replay/house.ts';
import { costOfRedCase } from '../../../local/replay/red-case.ts';
import { taizhou } from './paper-city.ts';

describe('what a red case costs: five measures, resolved on day 10, five check-ins, nobody late', () => {
  it('is counted on the real local city, and has a ceiling', async () => {
    const cost = await costOfRedCase(taizhou, inject('assembly'), stackOf(taizhou.id));
    console.log(cost);
    expect(cost.messages).toBeGreaterThan(20);
    // Every task is opened, told and answered: fewer than these would be a case that was not lived.
    expect(cost.transitions).toBeGreaterThan(150);
    expect(cost.transitions).toBeLessThanOrEqual(325);
    expect(cost.invocations).toBeLessThanOrEqual(130);
    expect(cost.writeUnits).toBeLessThanOrEqual(330);
    expect(cost.usd).toBeLessThanOrEqual(0.01);
  });
});
