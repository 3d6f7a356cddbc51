import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PostRecord } from '../../../shared/domain/directory.ts';
import {
  checkPlanned,
  departmentsOnDuty,
  gaps,
  onDuty,
  type Planned,
  type Shift,
  shiftId,
  splitShiftId,
  standing,
} from '../../../shared/domain/roster.ts';
import { InputInvalid } from '../../../shared/errors.ts';
import { city } from '../../support/city.ts';

const hour = 3_600_000;
const midnight = Date.parse('2026-01-06T00:00:00+08:00');
const county = '999901';
const justice = `${county}.county-centre`;
const police = `${county}.county-police`;
const women = `${county}.county-women`;
const by = { person: 'sun', post: '999900.administrator' };

/** Hours are counted from the midnight before 6 January. */
const shift = (post: string, from: number, to: number, more: Partial<Shift> = {}): Shift => ({
  id: `${county}.${midnight + from * hour}.000000000000`,
  post,
  person: 'zhao',
  channel: 'voice',
  from: midnight + from * hour,
  to: midnight + to * hour,
  made: { at: midnight, by, key: 'k' },
  withdrawn: null,
  ...more,
});
const gapsIn = (shifts: Shift[], from: number, to: number) =>
  gaps(city, county, shifts, midnight + from * hour, midnight + to * hour).map((gap) => ({
    from: (gap.from - midnight) / hour,
    to: (gap.to - midnight) / hour,
    departments: gap.departments,
  }));

const recordOf = (post: string, more: Partial<PostRecord> = {}): PostRecord => ({
  schema: 1,
  post,
  n: 1,
  at: midnight,
  by,
  reason: 'named',
  key: 'k',
  holders: [{ person: 'zhao', from: 0, to: null }],
  deputy: null,
  absences: [],
  ...more,
});

describe('the roster of a county', () => {
  it('has no gap where two departments are on duty at every hour, midnight included', () => {
    const shifts = [shift(justice, -4, 0), shift(justice, 0, 8), shift(police, -4, 4), shift(women, 4, 8)];
    expect(gapsIn(shifts, -4, 8)).toEqual([]);
  });

  it('has one where two posts of one department are on duty, or a post of another tier', () => {
    const shifts = [shift(justice, 0, 8), shift(justice, 0, 8), shift('999901001.township-police', 0, 8)];
    expect(gapsIn(shifts, 0, 8)).toEqual([{ from: 0, to: 8, departments: ['justice'] }]);
  });

  it('names the hours of a gap over midnight and who is on duty all the same', () => {
    const shifts = [shift(justice, -4, 0), shift(police, -4, -1), shift(police, 2, 8), shift(women, 0, 8)];
    expect(gapsIn(shifts, -4, 8)).toEqual([
      { from: -1, to: 0, departments: ['justice'] },
      { from: 0, to: 2, departments: ['women'] },
    ]);
  });

  it('ends a shift at its last instant', () => {
    const shifts = [shift(police, 0, 8)];
    expect(onDuty(shifts, midnight + 8 * hour - 1)).toHaveLength(1);
    expect(onDuty(shifts, midnight + 8 * hour)).toHaveLength(0);
    expect(departmentsOnDuty(city, county, shifts, midnight)).toEqual(['police']);
  });

  it('counts a shift neither while its person is absent, nor after a holding, nor when it was withdrawn', () => {
    const absent = recordOf(police, { absences: [{ person: 'zhao', from: midnight + hour, to: midnight + 2 * hour }] });
    const leaving = recordOf(justice, { holders: [{ person: 'zhao', from: 0, to: midnight + 3 * hour }] });
    const records = new Map([absent, leaving].map((record) => [record.post, record]));
    const shifts = [
      shift(police, 0, 4),
      shift(justice, 0, 4),
      shift(police, 4, 8, { withdrawn: { at: midnight, by, reason: 'swapped', key: 'w' } }),
      shift(women, 0, 8),
    ];
    const times = standing(shifts, (post) => records.get(post)).map(({ post, from, to }) => [
      post,
      (from - midnight) / hour,
      (to - midnight) / hour,
    ]);
    expect(times).toEqual([
      [police, 0, 1],
      [police, 2, 4],
      [justice, 0, 3],
    ]);
  });

  it('agrees with a look at every hour', () => {
    const posts = fc.constantFrom(justice, police, women, `${county}.county-health`);
    const shifts = fc.array(
      fc
        .tuple(posts, fc.integer({ min: -30, max: 30 }), fc.integer({ min: 1, max: 24 }))
        .map(([post, from, long]) => shift(post, from, from + long)),
      { maxLength: 14 },
    );
    fc.assert(
      fc.property(shifts, (planned) => {
        const found = gapsIn(planned, -24, 24);
        for (let at = -24; at < 24; at += 1) {
          const here = found.filter(({ from, to }) => from <= at && at < to);
          const there = new Set(
            planned
              .filter(({ from, to }) => from <= midnight + at * hour && midnight + at * hour < to)
              .map(({ post }) => post.split('-')[1]),
          );
          expect(here).toHaveLength(there.size < 2 ? 1 : 0);
        }
      }),
    );
  });
});

describe('a shift', () => {
  const plan = (more: Partial<Planned> = {}): Planned => ({
    post: police,
    person: 'zhao',
    channel: 'voice',
    from: midnight,
    to: midnight + 8 * hour,
    ...more,
  });
  const faults = (planned: Planned, record: PostRecord | undefined = recordOf(police)): string[] => {
    try {
      checkPlanned(city, record, planned, midnight);
    } catch (error) {
      if (error instanceof InputInvalid) return error.faults.map(({ path }) => path);
      throw error;
    }
    return [];
  };

  it('is for somebody who serves the post all the time', () => {
    expect(faults(plan())).toEqual([]);
    expect(faults(plan({ person: 'li' }))).toEqual(['person']);
    expect(faults(plan({ person: 'li' }), recordOf(police, { deputy: { person: 'li', from: 0, to: null } }))).toEqual(
      [],
    );
    const leaving = recordOf(police, { holders: [{ person: 'zhao', from: 0, to: midnight + hour }] });
    expect(faults(plan(), leaving)).toEqual(['person']);
    const away = recordOf(police, { absences: [{ person: 'zhao', from: midnight + hour, to: midnight + 2 * hour }] });
    expect(faults(plan(), away)).toEqual(['person']);
  });

  it('of a post that nobody was ever named for is refused', () => {
    expect(() => checkPlanned(city, undefined, plan(), midnight)).toThrow(InputInvalid);
  });

  it('ends after it begins, is not longer than the city allows, and is not of the past', () => {
    expect(faults(plan({ to: midnight }))).toEqual(['to']);
    expect(faults(plan({ to: midnight + 24 * hour }))).toEqual([]);
    expect(faults(plan({ to: midnight + 24 * hour + 1 }))).toEqual(['to']);
    expect(faults(plan({ from: midnight - 24 * hour, to: midnight - hour }))).toEqual([]);
    expect(faults(plan({ from: midnight - 24 * hour - 1, to: midnight - hour }))).toEqual(['from']);
  });

  it('has an id that says where it lies, the same for the same command of the same person', () => {
    const id = shiftId(county, plan(), 'sun', 'k');
    expect(splitShiftId(id)).toEqual({ area: county, from: midnight });
    expect(shiftId(county, plan(), 'sun', 'k')).toBe(id);
    expect(shiftId(county, plan(), 'wu', 'k')).not.toBe(id);
    expect(splitShiftId('W#x')).toBeUndefined();
  });
});
