import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseCity } from '../../shared/config/city.ts';
import { areaExists } from '../../shared/config/posts.ts';
import { wouldPropose } from '../../shared/domain/assessing.ts';
import { ageOf, bareFacts, parseReport } from '../../shared/domain/report.ts';
import { identityOf, pairOf, routeOf } from '../../shared/domain/routing.ts';
import { channels } from '../../shared/domain/words.ts';

const house = join(import.meta.dirname, '../..');
const cityFile = join(house, 'infra/cities/taizhou.json');
const taizhou = parseCity(JSON.parse(readFileSync(cityFile, 'utf8')), cityFile);
const lines = readFileSync(join(house, 'examples/reports.jsonl'), 'utf8').trimEnd().split('\n');
const reports = lines.map((line) => parseReport(JSON.parse(line)));
const counted = <T>(values: readonly T[]) => {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
};

describe('the example quarter', () => {
  it('holds at least 100 reports of all four channels in the order of their dates', () => {
    expect(reports.length).toBeGreaterThanOrEqual(100);
    expect(new Set(reports.map(({ channel }) => channel))).toEqual(new Set(channels));
    const dates = reports.map(({ reportedAt }) => Date.parse(reportedAt));
    expect(dates).toEqual([...dates].sort((a, b) => a - b));
    expect(reports.every(({ area }) => areaExists(taizhou, area))).toBe(true);
  });

  it('gives every fact by its words in the text', () => {
    for (const { text, facts } of reports) {
      for (const { start, end } of facts) expect(text.slice(start, end).length).toBe(end - start);
    }
  });

  it('identifies somebody in at least 60 % of the reports, with invented numbers only', () => {
    const identified = reports.filter(({ people }) => people.some(identityOf));
    expect(identified.length / reports.length).toBeGreaterThanOrEqual(0.6);
    for (const { idNumber, phone } of reports.flatMap(({ people }) => people)) {
      if (idNumber !== undefined) expect(idNumber).toMatch(/^999999/);
      if (phone !== undefined) expect(phone).toMatch(/^13800/);
    }
  });

  it('has at least 15 people who occur again and 5 disputes told by two channels', () => {
    const again = counted(reports.flatMap(({ people }) => people.map(identityOf)).filter((id) => id !== undefined));
    expect([...again.values()].filter((count) => count > 1).length).toBeGreaterThanOrEqual(15);
    const told = new Map<string, Set<string>>();
    for (const report of reports) {
      const pair = pairOf(report);
      if (pair !== undefined) told.set(pair, new Set([...(told.get(pair) ?? []), report.channel]));
    }
    expect([...told.values()].filter((by) => by.size > 1).length).toBeGreaterThanOrEqual(5);
  });

  it('takes every way: enquiry, dispute, help only, crisis, child protection, and each colour', () => {
    const routes = reports.map((report) => routeOf(report, Date.parse(report.reportedAt)));
    const ways = counted(routes.map(({ kind, wants }) => [kind, ...wants.map((want) => want.kind)].join(' ')));
    for (const way of [
      'enquiry',
      'dispute settle',
      'dispute crisis-help',
      'dispute child-protection',
      'referral offer-help',
      'case',
    ]) {
      expect(ways.get(way) ?? 0, way).toBeGreaterThan(0);
    }
    const minors = reports.filter(({ people, reportedAt }) =>
      people.some((person) => (ageOf(person, Date.parse(reportedAt)) ?? 18) < 18),
    );
    expect(minors.length).toBeGreaterThanOrEqual(3);
    const colours = counted(
      reports.filter((_, i) => routes[i]?.kind === 'case').map((report) => wouldPropose(bareFacts(report))),
    );
    for (const colour of ['yellow', 'orange', 'red'] as const)
      expect(colours.get(colour) ?? 0, colour).toBeGreaterThanOrEqual(5);
  });
});
