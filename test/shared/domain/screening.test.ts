import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  foundBy,
  monthsBetween,
  newYields,
  placeFaults,
  yieldOutcomes,
  yieldsOf,
} from '../../../shared/domain/screening.ts';
import type { CaseState, DisputeState } from '../../../shared/domain/state.ts';
import { smallest } from '../../../shared/domain/statistics.ts';
import { channels } from '../../../shared/domain/words.ts';

const at = Date.parse('2026-01-31T20:00:00+08:00');

describe('places of a round', () => {
  it.each(['桔乡市场东门', '第二幼儿园门口', '文化路12号楼前'])('%s is one', (place) => {
    expect(placeFaults([place])).toEqual([]);
  });
  it.each([
    '刘大强先生家',
    '13800000002',
    '331003198203040022',
    '重点人员住处',
    '138-0000 0002 138000',
  ])('%s is none', (place) => {
    expect(placeFaults([place])).toMatchObject([{ path: 'places.0', value: '(not repeated)' }]);
  });
});

describe('what came of a report', () => {
  const event = (report: string | null, state: string, receivedAt = at) => ({
    report,
    state,
    channel: 'police',
    receivedAt,
  });
  const caseOf = (events: object[], level: string | null) =>
    ({ subject: 'case', area: '999901001001', events, decision: level && { level } }) as unknown as CaseState;
  const disputeOf = (more: object) =>
    ({
      ...{ subject: 'dispute', area: '999901001001', openedAt: at, status: 'open', outcomes: [] },
      ...{ unjoined: ['grid/1', 'resident/2'], ...more },
    }) as unknown as DisputeState;

  it('of an event: open, verified, dismissed; a case when a level was decided on', () => {
    const events = [event('police/1', 'unverified'), event('police/2', 'verified'), event('police/3', 'withdrawn')];
    expect(yieldsOf(caseOf(events, null)).map(({ outcome }) => outcome)).toEqual(['open', 'verified', 'dismissed']);
    expect(yieldsOf(caseOf(events, 'red')).map(({ outcome }) => outcome)).toEqual(['open', 'case', 'dismissed']);
    expect(yieldsOf(caseOf([event(null, 'verified')], null))).toEqual([]);
  });

  it('of an ordinary dispute: open, settled, or ended otherwise; the report says by which way', () => {
    const outcomes = (more: object) => yieldsOf(disputeOf(more)).map(({ route, outcome }) => `${route} ${outcome}`);
    expect(outcomes({})).toEqual(['grid open', 'resident open']);
    expect(outcomes({ outcomes: ['settle-1:settled'] })).toEqual(['grid settled', 'resident settled']);
    expect(outcomes({ outcomes: ['reported:settled'], status: 'closed' })).toEqual([
      'grid settled',
      'resident settled',
    ]);
    expect(outcomes({ outcomes: ['settle-1:failed'], status: 'closed' })).toEqual(['grid ended', 'resident ended']);
  });

  it('is counted in the month in which it came in, names nobody, and is written only when it changes', () => {
    const before = caseOf([event('police/1', 'unverified')], null);
    const [one] = yieldsOf(before);
    expect(one).toMatchObject({ month: '2026-01', route: 'police' });
    expect(JSON.stringify(one)).not.toContain('police/1');
    expect(newYields(before, before)).toEqual([]);
    expect(newYields(undefined, before)).toHaveLength(1);
    expect(newYields(before, caseOf([event('police/1', 'verified')], null))).toMatchObject([{ outcome: 'verified' }]);
  });
});

describe('shares', () => {
  const some = fc.array(
    fc.record({ route: fc.constantFrom(...channels), outcome: fc.constantFrom(...yieldOutcomes) }),
    {
      maxLength: 300,
    },
  );

  it('tell of no small number, neither by itself nor by what is left', () => {
    fc.assert(
      fc.property(some, (yields) => {
        for (const { route, total, cells, shares } of foundBy(yields)) {
          const mine = yields.filter((one) => one.route === route);
          if (mine.length < smallest)
            expect({ total, ...shares }).toEqual({ total: null, verified: null, dismissed: null, case: null });
          for (const { count } of cells) if (count !== null) expect(count).toBeGreaterThanOrEqual(smallest);
          const hidden = cells.filter(({ count }) => count === null).length;
          if (total !== null && cells.length > 1) expect(hidden).not.toBe(1);
          // A share that is told tells no number that is not.
          const small = (outcome: string) => cells.some(({ value, count }) => value === outcome && count === null);
          if (small('case')) expect([shares.case, shares.verified]).toEqual([null, null]);
          if (small('dismissed')) expect(shares.dismissed).toBeNull();
        }
      }),
    );
  });
});

it('months from one to another, over the turn of the year', () => {
  expect(monthsBetween('2025-11', '2026-02')).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
  expect(monthsBetween('2026-02', '2026-01')).toEqual([]);
});
