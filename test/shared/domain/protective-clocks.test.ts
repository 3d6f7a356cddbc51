/** What protects somebody never rolls later: over any night, weekend and holiday it ends when its hours are over. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDuration, rolled } from '../../../shared/calendar/calendar.ts';
import { CityInvalid, parseCity } from '../../../shared/config/city.ts';
import type { Duration } from '../../../shared/config/duration.ts';
import { windows } from '../../../shared/domain/ladder.ts';
import { lengthOf } from '../../../shared/domain/lengths.ts';
import { protectiveWork } from '../../../shared/domain/protective-clocks.ts';
import { tasksDue } from '../../../shared/domain/stages.ts';
import { levels, urgencies } from '../../../shared/domain/words.ts';
import { cityFile, city as lakeside } from '../../support/city.ts';
import { PlannedCase } from '../../support/planned-case.ts';

const file = join(import.meta.dirname, '../../../infra/cities/taizhou.json');
const taizhou = parseCity(JSON.parse(readFileSync(file, 'utf8')), 'taizhou.json');
const minute = 60_000;
const hour = 60 * minute;
const at = (text: string) => Date.parse(`${text}+08:00`);

/** To the minute, over the holidays of two years and their make-up days. */
const moments = fc
  .integer({ min: at('2025-01-01T00:00:00') / minute, max: at('2026-12-31T00:00:00') / minute })
  .map((n) => n * minute);

function lengthIn({ unit, count }: Duration): number {
  if (unit === 'minutes') return count * minute;
  if (unit === 'hours') return count * hour;
  if (unit === 'days') return count * 24 * hour;
  throw new Error(`${count} ${unit} is no protective length`);
}

const waits = ['acknowledge', 'act', 'complete'] as const;
describe.each([
  ['Taizhou', taizhou],
  ['Lakeside', lakeside],
])('the protective clocks of %s', (_, city) => {
  it('end when their hours are over, whenever they begin', () => {
    fc.assert(
      fc.property(moments, fc.constantFrom(...protectiveWork), (from, { kind, level }) => {
        const { ackDue, actDue, due } = windows(city, kind, level, from);
        const ending = { acknowledge: ackDue, act: actDue, complete: due };
        for (const wait of waits) {
          const length = lengthOf(city, { kind, level }, wait);
          if (!length || ending[wait] === undefined) continue;
          expect(ending[wait], `${kind} ${level} ${wait}`).toBeLessThanOrEqual(from + lengthIn(length));
        }
      }),
    );
  });

  it('so do first looks at what may be dangerous, and what stands without a decision', () => {
    fc.assert(
      fc.property(moments, fc.constantFrom(...urgencies), (from, urgency) => {
        if (urgency === 'routine') return;
        const most = from + lengthIn(city.urgency[urgency]);
        expect(windows(city, 'verify', null, from, urgency).due).toBeLessThanOrEqual(most);
        expect(addDuration(city, from, city.protectiveContact)).toBe(from + lengthIn(city.protectiveContact));
      }),
    );
  });

  it('and a level: its lapse, a red’s daily review, the second person', () => {
    fc.assert(
      fc.property(moments, fc.constantFrom(...levels), (from, colour) => {
        const end = addDuration(city, from, city.levels[colour].lapse);
        expect(end).toBe(from + lengthIn(city.levels[colour].lapse));
        expect(addDuration(city, from, city.levels.red.review)).toBe(from + lengthIn(city.levels.red.review));
        expect(addDuration(city, from, city.levels.red.second)).toBe(from + lengthIn(city.levels.red.second));
      }),
    );
  });
});

describe('opened on the eve of a holiday', () => {
  it('every protective task of a red case is due as if it were none', () => {
    const story = new PlannedCase({ level: 'red' });
    // The last evening before the eight days of National Day.
    const eve = at('2025-09-30T20:00:00');
    const state = {
      ...story.state,
      contacted: false,
      level: story.state.level && { ...story.state.level, since: eve },
    };
    const due = new Map(tasksDue(state, lakeside, eve).map((task) => [task.kind, task.due]));
    expect(due.get('protect')).toBe(eve + lengthIn(lakeside.levels.red.contact));
    expect(due.get('second')).toBe(eve + lengthIn(lakeside.levels.red.second));
  });
});

describe('the vectors of the field (§5.1)', () => {
  it('five working days, fifteen days of administration, 72 hours of protection', () => {
    expect(addDuration(taizhou, at('2025-09-29T10:00:00'), { unit: 'working days', count: 5 })).toBe(
      at('2025-10-13T17:30:00'),
    );
    expect(rolled(addDuration(taizhou, at('2025-09-20T10:00:00'), { unit: 'days', count: 15 }))).toBe(
      at('2025-10-09T10:00:00'),
    );
    expect(addDuration(taizhou, at('2025-09-30T10:00:00'), { unit: 'hours', count: 72 })).toBe(
      at('2025-10-03T10:00:00'),
    );
  });
});

describe('a city that counts them in working time', () => {
  it.each([
    [
      'sla.crisis-help.complete',
      { sla: { ...cityFile.sla, 'crisis-help': { acknowledge: '4 hours', complete: '1 working day' } } },
    ],
    [
      'sla.forewarn.acknowledge',
      { sla: { ...cityFile.sla, forewarn: { acknowledge: '1 working hour', complete: '72 hours' } } },
    ],
    [
      'levels.red.decide',
      { levels: { ...cityFile.levels, red: { ...cityFile.levels.red, decide: '2 working hours' } } },
    ],
    [
      'levels.orange.contact',
      { levels: { ...cityFile.levels, orange: { ...cityFile.levels.orange, contact: '1 working day' } } },
    ],
    ['levels.red.review', { levels: { ...cityFile.levels, red: { ...cityFile.levels.red, review: '1 working day' } } }],
    ['safetyPlan', { safetyPlan: '20 working days' }],
  ])('is refused: %s', (path, change) => {
    const parsed = () => parseCity({ ...cityFile, ...change }, 'lakeside.json');
    expect(parsed).toThrow(CityInvalid);
    expect(parsed).toThrow(`${path}: `);
  });
});
