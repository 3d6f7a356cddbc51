import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type City, parseCity } from '../../../shared/config/city.ts';
import { type Counted, deferralSteps } from '../../../shared/domain/report-month/counted.ts';
import { type Facts, type MonthReport, quantile, reportOf } from '../../../shared/domain/report-month/report.ts';
import { all, bridgesOf, type Entry, placesIn, tell } from '../../../shared/domain/report-month/small-cells.ts';
import { dispersionOf, unusual } from '../../../shared/domain/report-month/unusual.ts';
import { monthsBefore, weekOf, weeksIn, weeksLater } from '../../../shared/domain/report-month/weeks.ts';
import { levels } from '../../../shared/domain/words.ts';
import { cityFile } from '../../support/city.ts';

const name = { zh: '某地', en: 'Place' };
const area = (code: string, tier: string, parent: string) => ({ code, name, tier, parent });
/** Two counties: one of three townships, one of two. */
const city: City = parseCity(
  {
    ...cityFile,
    areas: [
      ...cityFile.areas,
      area('999901002', 'township', '999901'),
      area('999901003', 'township', '999901'),
      area('999902', 'county', '999900'),
      area('999902001', 'township', '999902'),
      area('999902002', 'township', '999902'),
    ],
  },
  'lakeside.json',
);
const [east, west] = ['999901', '999902'];
const townships = ['999901001', '999901002', '999901003', '999902001', '999902002'];
const whole = '999900';
const everywhere = [whole, east, west, ...townships];
const places = placesIn(city);

const times = (count: number, entry: Entry): Entry[] => Array.from({ length: count }, () => entry);

describe('weeks', () => {
  it('go from Monday to Sunday, and belong to the month in which they end', () => {
    expect(weekOf('2026-01-04')).toBe('2025-12-29');
    expect(weekOf('2026-01-05')).toBe('2026-01-05');
    expect(weeksIn('2026-01', '2026-02-02')).toEqual(['2025-12-29', '2026-01-05', '2026-01-12', '2026-01-19']);
    expect(weeksIn('2026-03', '2026-04-01')).toHaveLength(5);
    // A week that is not over is not compared.
    expect(weeksIn('2026-01', '2026-01-18')).toEqual(['2025-12-29', '2026-01-05']);
    expect(weeksIn('2026-01', '2026-01-19')).toEqual(['2025-12-29', '2026-01-05', '2026-01-12']);
  });

  it('every day of a year is of one week of one month', () => {
    const weeks = [...monthsBefore('2027-02', 13)].reverse().flatMap((month) => weeksIn(month, '2030-01-01'));
    expect(weeks).toEqual(Array.from({ length: weeks.length }, (_, i) => weeksLater(weeks[0] ?? '', i)));
    expect(monthsBefore('2026-02', 3)).toEqual(['2026-01', '2025-12', '2025-11']);
  });
});

describe('how unusual', () => {
  const before = { total: 120, weeks: 12 };

  it('is what was never so before, either way, and not what weeks bring by chance', () => {
    expect(unusual(10, 1, before, 1)).toMatchObject({ unusual: null });
    expect(unusual(25, 1, before, 1)).toMatchObject({ unusual: 'more' });
    expect(unusual(1, 1, before, 1)).toMatchObject({ unusual: 'fewer' });
    // Where weeks have always differed, the same number is nothing new.
    expect(unusual(25, 1, before, 5)).toMatchObject({ unusual: null });
    // Four weeks bring four times as much.
    expect(unusual(40, 4, before, 1)).toMatchObject({ unusual: null });
    expect(unusual(25, 1, { total: 30, weeks: 3 }, 1)).toBeUndefined();
    expect(unusual(0, 1, { total: 0, weeks: 12 }, 1)).toEqual({ p: 1, unusual: null });
  });

  it('the further off, the rarer; and many or few, it is a share', () => {
    const some = fc.record({ total: fc.nat(20_000), weeks: fc.integer({ min: 4, max: 12 }) });
    const dispersion = fc.double({ min: 1, max: 6, noNaN: true });
    fc.assert(
      fc.property(some, dispersion, fc.nat(4_000), fc.integer({ min: 1, max: 5 }), (past, spread, count, weeks) => {
        const one = unusual(count, weeks, past, spread);
        const mean = (past.total * weeks) / past.weeks;
        expect(one?.p).toBeGreaterThanOrEqual(0.001);
        expect(one?.p).toBeLessThanOrEqual(1);
        // Between two others it is as usual as one of them: of few, what is usual lies below the mean.
        const others = [count + 10, Math.max(0, count - 10)].map((n) => unusual(n, weeks, past, spread)?.p ?? 0);
        expect(Math.min(...others)).toBeLessThanOrEqual((one?.p ?? 0) + 1e-9);
        if (one?.unusual) expect(one.unusual).toBe(count > mean ? 'more' : 'fewer');
      }),
      { numRuns: 300 },
    );
  });

  it('of weeks that differ by chance alone about one in a hundred is called unusual', () => {
    let seed = 7;
    const random = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    const poisson = (mean: number) => {
      let count = -1;
      for (let product = 1; product > Math.exp(-mean); count++) product *= random();
      return count;
    };
    let called = 0;
    for (let i = 0; i < 4_000; i++) {
      const weeks = Array.from({ length: 12 }, () => poisson(15));
      const total = weeks.reduce((sum, one) => sum + one, 0);
      if (unusual(poisson(15), 1, { total, weeks: 12 }, dispersionOf(weeks))?.unusual) called += 1;
    }
    expect(called / 4_000).toBeLessThan(0.012);
    expect(called / 4_000).toBeGreaterThan(0.001);
  });

  it('weeks that vary more than by chance are known by their variance', () => {
    expect(dispersionOf([10, 10, 10, 10])).toBe(1);
    expect(dispersionOf([0, 20, 0, 20])).toBeCloseTo(13.33, 1);
    expect(dispersionOf([])).toBe(1);
    expect(dispersionOf([0, 0])).toBe(1);
  });
});

describe('small cells', () => {
  it('from one to nine are not told; none is, and ten is', () => {
    const entries = [
      ...times(9, { area: '999901001', value: 'a' }),
      ...times(10, { area: '999901002', value: 'a' }),
      ...times(30, { area: '999901003', value: 'b' }),
    ];
    const [table] = tell(places, [entries]);
    expect(table?.count('999901001', 'a')).toBeNull();
    expect(table?.count('999901003', 'b')).toBe(30);
    expect(table?.count(west, all)).toBe(0);
    expect(table?.count(whole, all)).toBe(49);
  });

  it('nor what is left of a total: with a single small one goes the next, beside it and below', () => {
    const [table] = tell(places, [
      [
        ...times(4, { area: '999901001', value: 'a' }),
        ...times(40, { area: '999901001', value: 'b' }),
        ...times(50, { area: '999901002', value: 'a' }),
        ...times(60, { area: '999901003', value: 'a' }),
      ],
    ]);
    expect(table?.count('999901001', all)).toBe(44);
    expect(table?.count('999901001', 'a')).toBeNull();
    expect(table?.count('999901001', 'b')).toBeNull();
    // 114 less 50 and 60 would be the four.
    expect([table?.count('999901002', 'a'), table?.count('999901003', 'a')]).toContain(null);
  });

  const cell = fc.record({
    area: fc.constantFrom(...townships, east, whole),
    value: fc.constantFrom('a', 'b', 'c', 'd'),
    count: fc.oneof(fc.nat(9), fc.nat(60)),
  });
  const entriesOf = (cells: readonly { area: string; value: string; count: number }[]) =>
    cells.flatMap(({ count, ...entry }) => times(count, entry));
  const countOf = (entries: readonly Entry[], code: string, value: string) =>
    entries.filter((one) => places.line(one.area).includes(code) && (value === all || one.value === value)).length;

  it('from no sum of what is told can one of them be worked out, whatever lies where', () => {
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 24 }), (cells) => {
        const entries = entriesOf(cells);
        const [table] = tell(places, [entries]);
        const values = ['a', 'b', 'c', 'd', all];
        for (const code of everywhere) {
          for (const value of values) {
            const count = countOf(entries, code, value);
            const told = table?.count(code, value);
            expect([count, null]).toContain(told);
            if (count > 0 && count < 10) expect(told).toBeNull();
          }
        }
        const known = workedOut(
          [{ values: values.slice(0, -1), told: (code, value) => table?.count(code, value) ?? null }],
          (code, value) => countOf(entries, code, value),
        );
        expect(known).toEqual([]);
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  it('nor from two tables of the same', () => {
    const twice = fc.array(fc.tuple(cell, fc.constantFrom('x', 'y', 'z')), { maxLength: 20 });
    fc.assert(
      fc.property(twice, (cells) => {
        const one = entriesOf(cells.map(([first]) => first));
        const other = entriesOf(cells.map(([first, week]) => ({ ...first, value: week })));
        const [a, b] = tell(places, [one, other]);
        for (const code of everywhere) expect(a?.count(code, all)).toBe(b?.count(code, all));
        const known = workedOut(
          [
            { values: ['a', 'b', 'c', 'd'], told: (code, value) => a?.count(code, value) ?? null },
            { values: ['x', 'y', 'z'], told: (code, value) => b?.count(code, value) ?? null },
          ],
          (code, value) => countOf('xyz'.includes(value) ? other : one, code, value),
        );
        expect(known).toEqual([]);
      }),
      { numRuns: 100 },
    );
  }, 60_000);

  /** Small counts that follow from what is told by all the sums there are: by elimination, and so by another way than the code. */
  function workedOut(
    tables: readonly { values: readonly string[]; told: (code: string, value: string) => number | null }[],
    count: (code: string, value: string) => number,
  ): string[] {
    const unknown = new Map<string, number>();
    const nodes = [...everywhere, `${whole}.`, `${east}.`, `${west}.`];
    const isUnknown = (code: string, value: string): boolean => {
      const table = tables.find(({ values }) => value === all || values.includes(value));
      return code.endsWith('.') ? count(code, all) > 0 : table?.told(code, value) === null;
    };
    for (const { values } of tables) {
      for (const code of nodes) {
        for (const value of [...values, all]) {
          const key = `${code} ${value}`;
          if (isUnknown(code, value) && !unknown.has(key)) unknown.set(key, unknown.size);
        }
      }
    }
    const rows: number[][] = [];
    const equation = (total: string, parts: readonly string[]) => {
      const row = Array.from({ length: unknown.size }, () => 0);
      for (const [sign, key] of [[-1, total] as const, ...parts.map((part) => [1, part] as const)]) {
        const at = unknown.get(key);
        if (at !== undefined) row[at] = (row[at] ?? 0) + sign;
      }
      rows.push(row);
    };
    for (const { values } of tables) {
      for (const code of nodes) {
        equation(
          `${code} ${all}`,
          values.map((value) => `${code} ${value}`),
        );
        const below = places.children(code);
        if (below.length === 0) continue;
        for (const value of [...values, all]) {
          equation(
            `${code} ${value}`,
            below.map((one) => `${one} ${value}`),
          );
        }
      }
    }
    const fixed = determined(rows, unknown.size);
    return [...unknown]
      .filter(([key, at]) => {
        const [code = '', value = ''] = key.split(' ');
        const real = count(code, value);
        return fixed.has(at) && real > 0 && real < 10;
      })
      .map(([key]) => key);
  }

  it('a bridge is an edge on no circle', () => {
    const found = bridgesOf([
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'a'],
      ['c', 'd'],
      ['d', 'e'],
      ['d', 'e'],
    ]);
    expect([...found]).toEqual([3]);
  });
});

/** Unknowns that have one value in every solution: those alone in their row when all is eliminated. */
function determined(rows: number[][], width: number): Set<number> {
  const prime = 1_000_003;
  const mod = (x: number) => ((x % prime) + prime) % prime;
  const power = (x: number, n: number): number =>
    n === 0 ? 1 : n % 2 === 1 ? mod(x * power(x, n - 1)) : power(mod(x * x), n / 2);
  const matrix = rows.map((row) => row.map(mod));
  let rank = 0;
  for (let column = 0; column < width; column++) {
    const pivot = matrix.findIndex((row, i) => i >= rank && row[column] !== 0);
    if (pivot < 0) continue;
    const [line] = matrix.splice(pivot, 1);
    if (!line) continue;
    const inverse = power(line[column] ?? 1, prime - 2);
    const scaled = line.map((x) => mod(x * inverse));
    matrix.splice(rank, 0, scaled);
    for (const [i, row] of matrix.entries()) {
      const factor = row[column] ?? 0;
      if (i === rank || factor === 0) continue;
      matrix[i] = row.map((x, j) => mod(x - factor * (scaled[j] ?? 0)));
    }
    rank += 1;
  }
  const alone = matrix.map((row) => row.flatMap((x, j) => (x === 0 ? [] : [j]))).filter((on) => on.length === 1);
  return new Set(alone.flat());
}

describe('the report of a month', () => {
  const nothing: Facts = { counted: [], arose: [], recalls: [] };
  const now = Date.parse('2026-02-02T10:00:00+08:00');
  const report = (facts: Partial<Facts>, code = whole, at = now) =>
    reportOf(city, { month: '2026-01', area: code, now: at }, { ...nothing, ...facts });
  let logs = 0;
  const log = () => `D-${String(logs++).padStart(12, '0')}`;
  const many = (count: number, one: Partial<Counted>, code = '999901001') =>
    Array.from({ length: count }, () => ({ log: log(), area: code, ...one }));
  const table = (told: MonthReport, wanted: string) => {
    const found = told.tables.find((one) => one.name === wanted);
    if (!found) throw new Error(wanted);
    return found;
  };

  it('says also that there was nothing', () => {
    const told = report({});
    expect(told.tables.map(({ total }) => total)).toEqual(told.tables.map(() => 0));
    expect(told.tables.map(({ share }) => share)).toEqual(told.tables.map(() => null));
    expect(told.firstHelp).toMatchObject([
      { count: 0, days: null },
      { count: 0, days: null },
    ]);
    expect(told.posts).toEqual([]);
    expect(told.trend.rows.every(({ count, p }) => count === 0 && p === null)).toBe(true);
  });

  it('is provisional until the month is over in Asia/Shanghai', () => {
    expect(report({}, whole, Date.parse('2026-01-31T23:59:00+08:00')).provisional).toBe(true);
    expect(report({}, whole, Date.parse('2026-02-01T00:00:00+08:00')).provisional).toBe(false);
  });

  const mediator = '999901001001.mediator';
  const centre = '999901.county-centre';
  const disputes = [
    ...many(20, { outcome: 'settled' }),
    ...many(20, { outcome: 'settled', settledBy: mediator }),
    ...many(10, { outcome: 'settled', settledBy: centre }),
    ...many(20, { outcome: 'not-settled' }),
    ...many(10, { outcome: 'case' }),
  ];

  it('how many were settled where they arose, of all, also of those that became cases', () => {
    expect(table(report({ counted: disputes }), 'disputes')).toMatchObject({
      total: 80,
      cells: [
        // The lowest tier to which the list gives it is the grid here.
        { value: 'lowest', count: 20 },
        { value: 'above', count: 30 },
        { value: 'not-settled', count: 20 },
        { value: 'case', count: 10 },
      ],
      share: 25,
      good: 'more',
    });
  });

  it('of a dispute counts what it has come to', () => {
    const id = log();
    const again = { log: id, area: '999901001' };
    const counted = [
      ...disputes,
      { ...again, outcome: 'not-settled' as const },
      { ...again, outcome: 'case' as const },
    ];
    expect(table(report({ counted }), 'disputes').cells).toMatchObject([{}, {}, { count: 20 }, { count: 11 }]);
  });

  it('how soon help came: half of them, and how many they were', () => {
    const hours = [2, 4, 6, 8, 12, 24, 24, 36, 48, 72, 96];
    const help = hours.map((h) => ({
      log: log(),
      area: '999901001',
      help: { way: 'without-level' as const, hours: h },
    }));
    expect(report({ counted: help }).firstHelp[0]).toEqual({
      way: 'without-level',
      count: 11,
      days: { quarter: 0.3, half: 1, threeQuarters: 1.8 },
      good: 'fewer',
    });
    expect(report({ counted: help.slice(0, 9) }).firstHelp[0]).toMatchObject({ count: null, days: null });
    expect(quantile([1, 2], 0.5)).toBe(1.5);
    expect(quantile([], 0.5)).toBe(0);
  });

  it('how posts kept their clocks, in the area, by name and not by rank; few turns are not told', () => {
    const turn = (post: string, done: boolean) => ({ response: { post, acknowledged: true, done } });
    const counted = [
      ...many(12, turn(mediator, true)),
      ...many(4, turn(mediator, false)),
      ...many(20, turn(centre, true)),
      ...many(9, turn('999901001.township-centre', false)),
    ];
    const { posts, postsNotTold } = report({ counted }, east);
    expect(posts).toEqual([
      { post: centre, turns: 20, acknowledged: 100, done: 100 },
      { post: mediator, turns: 16, acknowledged: 100, done: 75 },
    ]);
    expect(postsNotTold).toBe(1);
    expect(report({ counted }, '999901001')).toMatchObject({ posts: [{ post: mediator }], postsNotTold: 1 });
    expect(report({ counted }, west)).toMatchObject({ posts: [], postsNotTold: 0 });
  });

  it('a spike of wage disputes in one township, against the weeks before', () => {
    const week = (monday: string, count: number, disputeType: Counted['disputeType'], code = '999901001') =>
      many(count, { day: monday, disputeType }, code);
    const weeks = Array.from({ length: 15 }, (_, i) => weeksLater('2026-01-19', -i));
    const arose = [
      ...weeks.flatMap((monday) => week(monday, 5, 'labour_wage')),
      ...weeks.flatMap((monday) => week(monday, 6, 'debt', '999902001')),
      ...week('2026-01-12', 45, 'labour_wage'),
    ];
    const { trend } = report({ arose }, '999901001');
    // November and December: in October it had only begun to count.
    expect(trend).toMatchObject({ weeksBefore: 9, weeks: ['2025-12-29', '2026-01-05', '2026-01-12', '2026-01-19'] });
    const row = (by: string, value: string) => trend.rows.find((one) => one.by === by && one.value === value);
    expect(row('type', 'labour_wage')).toMatchObject({ count: 65, before: 45, unusual: 'more' });
    expect(row('area', '999901001')).toMatchObject({ count: 65, unusual: 'more' });
    expect(row('type', 'debt')).toMatchObject({ count: 0, before: 0, p: null });
    const quiet = report({ arose }, west).trend.rows;
    expect(quiet.filter((one) => one.unusual !== null)).toEqual([]);
    expect(quiet.find(({ by, value }) => by === 'type' && value === 'debt')).toMatchObject({ count: 24, before: 54 });
  });

  it('the months before are told as each told itself: three less two would tell the third', () => {
    const inWeek = (monday: string, count: number) => many(count, { day: monday, disputeType: 'debt' });
    const arose = [
      ...['2025-08-25', '2025-09-01'].flatMap((monday) => inWeek(monday, 15)),
      ...inWeek('2025-10-06', 20),
      ...inWeek('2025-11-10', 20),
      ...inWeek('2025-12-15', 3),
      ...inWeek('2026-01-12', 300),
    ];
    const row = (month: string, by: string) =>
      reportOf(city, { month, area: '999901001', now }, { ...nothing, arose }).trend.rows.find((one) => one.by === by);
    expect(row('2025-12', 'area')).toMatchObject({ count: null, before: 55, p: null });
    const january = row('2026-01', 'area');
    expect(january).toMatchObject({ count: 300, before: null, unusual: 'more' });
    // That it is unusual is said; how rare exactly could be worked back.
    expect([0.001, 0.01, 0.05, 0.2, 1]).toContain(january?.p);
  });

  it('the first help of one area cannot be worked out from that of the others', () => {
    const helped = (count: number, code: string) => many(count, { help: { way: 'without-level', hours: 5 } }, code);
    const counted = [...helped(12, '999901001'), ...helped(9, '999902001')];
    const told = [whole, east, west].map((code) => report({ counted }, code).firstHelp[0]);
    expect(told[2]).toMatchObject({ count: null, days: null });
    expect(told.slice(0, 2).map((one) => one?.count)).toContain(null);
    expect(report({ counted: [...counted, ...helped(1, '999902001')] }, west).firstHelp[0]).toMatchObject({
      count: 10,
    });
  });

  describe('nothing rises with the number of levels', () => {
    const rank = (told: MonthReport): Map<string, number> =>
      new Map([
        ...told.tables.flatMap(({ name: key, good, share }): [string, number][] =>
          good === null || share === null ? [] : [[key, good === 'more' ? share : -share]],
        ),
        ...told.firstHelp.flatMap(({ way, good, days }): [string, number][] =>
          good === null || days === null ? [] : [[way, -days.half]],
        ),
      ]);
    const base: Partial<Facts> = {
      counted: [
        ...disputes,
        ...many(40, { coming: 'first' }),
        ...many(20, { coming: 'after-end' }),
        ...many(20, { help: { way: 'without-level', hours: 30 } }),
        ...many(20, { agreement: 'kept' }),
        ...many(20, { agreement: 'broken' }),
      ],
      recalls: [
        ...times(20, { area: '999901001', value: 'confirmed' }),
        ...times(20, { area: '999901001', value: 'unconfirmed' }),
      ],
    };

    const deciding = fc.record({
      choice: fc.constantFrom(...(['confirm', 'raise', 'lower'] as const)),
      level: fc.constantFrom(...levels),
      hours: fc.nat(200),
      deferral: fc.constantFrom(...deferralSteps, undefined),
      from: fc.constantFrom(...levels),
    });

    it('whatever is decided more, no figure that is presented as good is better', () => {
      fc.assert(
        fc.property(fc.array(deciding, { maxLength: 60 }), (more) => {
          const decided = more.flatMap(({ choice, level, hours, deferral, from }) => [
            ...many(1, { choice, level, ...(deferral ? { deferral } : {}) }),
            // What a level brings: help soon, and posts that answer in time.
            ...many(1, { help: { way: 'at-level', hours: hours / 100 } }),
            ...many(1, { response: { post: centre, acknowledged: true, done: true } }),
            ...many(1, { lapse: { from, to: null, cause: 'time' } }),
          ]);
          const [without, withLevels] = [
            rank(report(base)),
            rank(report({ ...base, counted: [...(base.counted ?? []), ...decided] })),
          ];
          expect([...without.keys()]).toEqual(['disputes', 'agreements', 'repeats', 'recalls', 'without-level']);
          expect(withLevels).toEqual(without);
        }),
        { numRuns: 60 },
      );
    });

    it('a dispute that is made a case, instead of being settled or left, betters none either', () => {
      const settled = (counted: Facts['counted']) => rank(report({ counted })).get('disputes') ?? 0;
      fc.assert(
        fc.property(fc.nat(39), fc.nat(19), (fromSettled, open) => {
          const changed = disputes.map((one, i) => (i < fromSettled ? { ...one, outcome: 'case' as const } : one));
          const counted = [...changed, ...many(open, { outcome: 'case' })];
          expect(settled(counted)).toBeLessThanOrEqual(settled(disputes));
        }),
        { numRuns: 60 },
      );
    });
  });
});
