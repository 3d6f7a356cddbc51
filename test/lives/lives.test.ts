import { describe, expect, inject, it } from 'vitest';
import { cityIn } from '../../local/replay/house.ts';
import { live } from '../../local/soak/batch.ts';
import { livesFor } from '../../local/soak/lives.ts';
import { parseReport } from '../../shared/domain/report.ts';

const seed = 20260105;
const lives = 100;

/** What people do in the course of a life, and what comes of it. */
const everything = [
  ...['level yellow', 'level orange', 'level red', 'to county', 'hand-off accepted', 'messagesToCitizens'],
  ...['attempted', 'paused', 'resumed', 'extended', 'joined', 'paged', 'planAmended', 'dangerReported'],
  ...['consented yes', 'consented no', 'optedIn yes', 'asked enquiry', 'asked police-notice', 'glassBroken'],
  ...['take-over accepted', 'eventWithdrawn', 'merged', 'unmerged', 'levels stopped', 'levels released', 'reopened'],
  ...['check-in well', 'check-in concern', 'check-in relapse', 'checkInsDeclined', 'renew renewed', 'red to orange'],
  ...['orange to none', 'lapse-review looked-at', 'contest upheld', 'contest rejected', 'correction corrected'],
  ...['rights-request granted', 'destroy destroyed', 'agreement-check kept', 'safety-plan ended', 'held', 'erased'],
];

describe('random lives', () => {
  it('are drawn from a seed: of every kind, with people who come again', () => {
    const city = cityIn(inject('assembly'));
    const drawn = 200;
    const text = livesFor(city, seed, drawn);
    expect(livesFor(city, seed, drawn)).toBe(text);
    expect(livesFor(city, seed + 1, drawn)).not.toBe(text);
    const reports = text
      .trimEnd()
      .split('\n')
      .map((line) => parseReport(JSON.parse(line)));
    expect(reports).toHaveLength(drawn);
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

  it(`${lives} of them, seed ${seed}, lived to their end and beyond: nothing is violated, and everything occurs`, async () => {
    const lived = await live({ assembly: inject('assembly'), seed, lives });
    expect(lived?.violated).toEqual([]);
    expect(lived?.checks).toBeGreaterThan(250_000);
    expect(lived?.occurred.reports).toBe(lives);
    const never = Object.entries(lived?.checked ?? {}).flatMap(([name, times]) => (times > 0 ? [] : [name]));
    expect(never).toEqual([]);
    expect(everything.filter((what) => !lived?.occurred[what])).toEqual([]);
  }, 900_000);
});
