import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Absence,
  actingPeople,
  changed,
  type Holding,
  holderless,
  isDeputised,
  keepAdministrator,
  type PostRecord,
  removesHolder,
  servingTimes,
  through,
  willBeHolderless,
  withAbsence,
} from '../../../shared/domain/directory.ts';
import { InputInvalid } from '../../../shared/errors.ts';
import { city } from '../../support/city.ts';

const noon = Date.parse('2026-01-05T12:00:00+08:00');
const hour = 3_600_000;
const day = 24 * hour;
const post = '999901.county-centre';
const administrator = '999900.administrator';
const made = { at: noon - day, by: { person: 'sun', post: administrator }, reason: 'named', key: 'k' };

const holds = (person: string, from = noon - 30 * day, to: number | null = null): Holding => ({ person, from, to });
const recordOf = (holders: Holding[], deputy: Holding | null = null, absences: Absence[] = []): PostRecord => ({
  schema: 1,
  post,
  n: 1,
  ...made,
  holders,
  deputy,
  absences,
});

describe('who acts for a post', () => {
  it('is its deputy from the minute at which the only holder is away, and not a minute earlier or later', () => {
    const record = recordOf([holds('zhao')], holds('qian'), [{ person: 'zhao', from: noon, to: noon + 2 * hour }]);
    expect(actingPeople(record, noon - 1)).toEqual(['zhao']);
    expect(actingPeople(record, noon)).toEqual(['qian']);
    expect(actingPeople(record, noon + 2 * hour - 1)).toEqual(['qian']);
    expect(actingPeople(record, noon + 2 * hour)).toEqual(['zhao']);
    expect([noon - 1, noon, noon + 2 * hour].map((at) => isDeputised(record, at))).toEqual([false, true, false]);
    expect(through(city, post, record, 'qian', noon)).toBe('deputy');
    expect(through(city, post, record, 'zhao', noon)).toBeUndefined();
  });

  it('is the other holder while one of two is away: no deputy is needed', () => {
    const record = recordOf([holds('zhao'), holds('li')], holds('qian'), [
      { person: 'zhao', from: noon, to: noon + hour },
    ]);
    expect(actingPeople(record, noon)).toEqual(['li']);
    expect(through(city, post, record, 'qian', noon)).toBeUndefined();
  });

  it('is nobody any more at the end of the last holding, and that is known before', () => {
    const record = recordOf([holds('zhao', noon - day, noon), holds('li', noon - day, noon - hour)]);
    expect(through(city, post, record, 'zhao', noon - 1)).toBe('holder');
    expect(through(city, post, record, 'zhao', noon)).toBeUndefined();
    expect(willBeHolderless(record, noon - day)).toBe(noon);
    expect(holderless(record, noon)).toBe(true);
  });

  it('is nobody while the deputy is away as well', () => {
    const away = (person: string) => ({ person, from: noon, to: noon + hour });
    const record = recordOf([holds('zhao')], holds('qian'), [away('zhao'), away('qian')]);
    expect(willBeHolderless(record, noon - day)).toBe(noon);
    expect(willBeHolderless(record, noon + hour)).toBeNull();
  });

  it('is the founder for the administrator’s post only, and only until somebody is named', () => {
    expect(through(city, administrator, undefined, 'founder', noon)).toBe('founder');
    expect(through(city, administrator, undefined, 'zhao', noon)).toBeUndefined();
    expect(through(city, post, undefined, 'founder', noon)).toBeUndefined();
    const named = changed(administrator, undefined, { holders: [holds('sun')], deputy: null }, made);
    expect(through(city, administrator, named, 'founder', noon)).toBeUndefined();
    expect(through(city, administrator, named, 'sun', noon)).toBe('holder');
  });
});

describe('a change of holders', () => {
  const refused = (holders: Holding[], deputy: Holding | null = null): string[] => {
    try {
      changed(post, undefined, { holders, deputy }, made);
    } catch (error) {
      if (error instanceof InputInvalid) return error.faults.map(({ path }) => path);
      throw error;
    }
    return [];
  };

  it('is refused with all its faults: ends before it begins, one person twice at a time, the own only deputy, too many', () => {
    expect(refused([holds('zhao', noon, noon)])).toEqual(['holders.0.to']);
    expect(refused([holds('zhao'), holds('zhao', noon)])).toEqual(['holders.1']);
    expect(refused([holds('zhao', noon - day, noon), holds('zhao', noon)])).toEqual([]);
    expect(refused([holds('zhao')], holds('zhao'))).toEqual(['deputy.person']);
    expect(refused([holds('zhao'), holds('li')], holds('zhao'))).toEqual([]);
    expect(refused(Array.from({ length: 21 }, (_, i) => holds(`p${i}`)))).toEqual(['holders']);
  });

  it('keeps the absences of those it names and that are not over', () => {
    const away = (person: string, to: number) => ({ person, from: noon - 3 * day, to });
    const before = recordOf([holds('zhao'), holds('li')], null, [
      away('zhao', noon + day),
      away('li', noon + day),
      away('zhao', noon - 2 * day),
    ]);
    const after = changed(post, before, { holders: [holds('zhao')], deputy: null }, made);
    expect(after).toMatchObject({ n: 2, absences: [away('zhao', noon + day)] });
  });

  it('takes a holder away where nobody follows at the same instant, and not where somebody does', () => {
    const before = recordOf([holds('zhao')]);
    const removes = (...holders: Holding[]) => removesHolder(before, recordOf(holders), noon);
    expect(removes()).toBe(true);
    expect(removes(holds('zhao', noon - day, noon + day))).toBe(true);
    expect(removes(holds('li', noon + 1))).toBe(true);
    expect(removes(holds('li', noon))).toBe(false);
    expect(removes(holds('zhao', noon - day, noon + day), holds('li', noon + day))).toBe(false);
  });

  it('takes nobody away by leaving an end as it was, or setting it later', () => {
    const before = recordOf([holds('zhao', noon - day, noon + day)]);
    expect(removesHolder(before, recordOf([holds('zhao', noon - day, noon + day)], holds('qian')), noon)).toBe(false);
    expect(removesHolder(before, recordOf([holds('zhao', noon - day, noon + 2 * day)]), noon)).toBe(false);
    expect(removesHolder(before, recordOf([holds('zhao', noon - day, noon + hour)]), noon)).toBe(true);
  });

  it('never leaves the administrator’s post without a holder, not even on a later day', () => {
    const next = (...holders: Holding[]) => ({ ...recordOf(holders), post: administrator });
    expect(() => keepAdministrator(city, next(), noon)).toThrow(InputInvalid);
    expect(() => keepAdministrator(city, next(holds('sun', noon, noon + day)), noon)).toThrow(/2026-01-06/);
    expect(() =>
      keepAdministrator(city, next(holds('sun', noon, noon + day), holds('wu', noon + day)), noon),
    ).not.toThrow();
    expect(() => keepAdministrator(city, recordOf([]), noon)).not.toThrow();
  });
});

describe('an absence', () => {
  const record = recordOf([holds('zhao')], holds('qian'));
  const absent = (from: number, to: number, person = 'zhao') => ({ person, from, to });

  it('of somebody the post does not name, or that ends before it begins, is refused', () => {
    expect(() => withAbsence(record, absent(noon, noon + hour, 'li'), made)).toThrow(InputInvalid);
    expect(() => withAbsence(record, absent(noon, noon - 1), made)).toThrow(InputInvalid);
    expect(() => withAbsence(record, absent(noon, noon), made)).toThrow(InputInvalid);
  });

  it('takes the place of the one it overlaps: one comes back early, stays longer, or takes it back', () => {
    const away = withAbsence(record, absent(noon, noon + day), made);
    expect(withAbsence(away, absent(noon, noon + hour), made).absences).toEqual([absent(noon, noon + hour)]);
    expect(withAbsence(away, absent(noon + hour, noon + 3 * day), made)).toMatchObject({
      n: 3,
      absences: [absent(noon + hour, noon + 3 * day)],
    });
    expect(withAbsence(away, absent(noon + hour, noon + hour), made).absences).toEqual([]);
    expect(withAbsence(away, absent(noon, noon + hour, 'qian'), made).absences).toHaveLength(2);
  });

  it('is cut out of the time that somebody serves the post', () => {
    const away = withAbsence(record, absent(noon, noon + hour), made);
    expect(servingTimes(away, 'zhao', noon - hour, noon + 2 * hour)).toEqual([
      { from: noon - hour, to: noon },
      { from: noon + hour, to: noon + 2 * hour },
    ]);
    expect(servingTimes(away, 'qian', noon - hour, noon + 2 * hour)).toEqual([
      { from: noon - hour, to: noon + 2 * hour },
    ]);
    expect(servingTimes(away, 'li', noon, noon + hour)).toEqual([]);
  });
});

describe('any directory', () => {
  const people = fc.constantFrom('zhao', 'qian', 'sun', 'li');
  const begin = fc.integer({ min: 0, max: 40 });
  const length = fc.integer({ min: 1, max: 20 });
  const holding = fc
    .tuple(people, begin, fc.option(length))
    .map(([person, from, long]) => ({ person, from, to: long === null ? null : from + long }));
  const absence = fc.tuple(people, begin, length).map(([person, from, long]) => ({ person, from, to: from + long }));
  const record = fc
    .record({
      holders: fc.array(holding, { maxLength: 4 }),
      deputy: fc.option(holding),
      absences: fc.array(absence, { maxLength: 4 }),
    })
    .map(({ holders, deputy, absences }) => recordOf(holders, deputy, absences));

  it('has at every instant somebody who acts, or the alarm is on', () => {
    fc.assert(
      fc.property(record, fc.integer({ min: 0, max: 70 }), (one, at) => {
        const acting = actingPeople(one, at);
        expect(acting.length > 0).toBe(!holderless(one, at));
        // Whoever acts may, and nobody else.
        for (const person of ['zhao', 'qian', 'sun', 'li']) {
          expect(through(city, post, one, person, at) !== undefined).toBe(acting.includes(person));
          const isAway = one.absences.some((away) => away.person === person && away.from <= at && at < away.to);
          if (isAway) expect(acting).not.toContain(person);
        }
      }),
    );
  });

  it('knows the first instant at which nobody will act', () => {
    fc.assert(
      fc.property(record, fc.integer({ min: 0, max: 70 }), (one, from) => {
        const soonest = Array.from({ length: 80 }, (_, i) => from + i).find((at) => holderless(one, at)) ?? null;
        expect(willBeHolderless(one, from)).toBe(soonest);
      }),
    );
  });
});
