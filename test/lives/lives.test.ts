import { describe, expect, inject, it } from 'vitest';
import { cityIn } from '../../local/replay/house.ts';
import { live } from '../../local/soak/batch.ts';
import { livesFor } from '../../local/soak/lives.ts';
import { parseReport } from '../../shared/domain/report.ts';

const seed = 20260105;
const lives = 200;

describe('random lives', () => {
  it('are drawn from a seed: of every kind, with people who come again', () => {
    const city = cityIn(inject('assembly'));
    const text = livesFor(city, seed, lives);
    expect(livesFor(city, seed, lives)).toBe(text);
    expect(livesFor(city, seed + 1, lives)).not.toBe(text);
    const reports = text
      .trimEnd()
      .split('\n')
      .map((line) => parseReport(JSON.parse(line)));
    expect(reports).toHaveLength(lives);
    const kinds = (of: (report: (typeof reports)[number]) => string) => new Set(reports.map(of)).size;
    expect(kinds(({ channel }) => channel)).toBe(4);
    expect(kinds(({ disputeType }) => disputeType)).toBe(14);
    expect(kinds(({ area }) => area)).toBeGreaterThan(50);
    expect(new Set(reports.flatMap(({ facts }) => facts.map(({ type }) => type))).size).toBe(21);
    expect(reports.filter(({ settlement }) => settlement).length).toBeGreaterThan(3);
    expect(reports.filter(({ help }) => help).length).toBeGreaterThan(3);
    expect(reports.filter(({ people }) => people.some(({ contact }) => contact)).length).toBeGreaterThan(20);
    const phones = reports.flatMap(({ people }) => people.flatMap(({ phone }) => phone ?? []));
    expect(new Set(phones).size).toBeLessThan(phones.length / 2);
  });

  it(`${lives} of them, seed ${seed}, lived for 60 days through handlers and engine: nothing is violated`, async () => {
    const lived = await live({ assembly: inject('assembly'), seed, lives });
    expect(lived?.violated).toEqual([]);
    expect(lived?.checks).toBeGreaterThan(50_000);
    expect(lived?.summary.reports).toBe(lives);
    for (const [name, { checked }] of Object.entries(lived?.summary.invariants ?? {})) {
      expect(checked, name).toBeGreaterThan(0);
    }
    // All that the months may hold occurs in them.
    const { levels, escalations, handOffs, beside, referrals } = lived?.summary ?? {};
    for (const colour of ['yellow', 'orange', 'red']) expect(levels?.[colour], colour).toBeGreaterThan(0);
    expect(escalations?.county).toBeGreaterThan(0);
    expect(handOffs?.accepted).toBeGreaterThan(0);
    for (const what of ['attempted', 'paused', 'extended', 'consented yes', 'asked enquiry', 'asked police-notice']) {
      expect(beside?.[what], what).toBeGreaterThan(0);
    }
    expect(Object.keys(referrals ?? {}).length).toBeGreaterThan(0);
    expect(lived?.summary.messagesToCitizens).toBeGreaterThan(0);
  }, 900_000);

  it('12 of them, seed 5, lived to their end and beyond, for 560 days: what has ended is forgotten in time', async () => {
    const lived = await live({ assembly: inject('assembly'), seed: 5, lives: 12, days: 560 });
    expect(lived?.violated).toEqual([]);
    expect(lived?.summary.invariants['forgotten in time']?.checked).toBeGreaterThan(0);
  }, 900_000);
});
