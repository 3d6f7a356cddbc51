import { describe, expect, it } from 'vitest';
import { stint } from '../../../shared/domain/ladder.ts';
import { tasksDue } from '../../../shared/domain/stages.ts';
import type { CaseState, Task } from '../../../shared/domain/state.ts';
import { statuteOf, statutoryEnd, statutoryWindows } from '../../../shared/domain/statutory.ts';
import { city } from '../../support/city.ts';

const at = (text: string) => Date.parse(`${text}+08:00`);
const monday = at('2026-01-05T09:00:00');
const relief = { kind: 'measure', measure: 'hardship-relief' } as const;

describe('clocks that the law sets', () => {
  it('relief: checked in 15 working days, approved in 5 more, over a holiday and its make-up days', () => {
    expect(statutoryWindows(city, relief, monday)).toEqual({
      actDue: at('2026-01-26T17:30:00'),
      due: at('2026-02-02T17:30:00'),
    });
    // 1 to 8 October 2025 are off; Sunday 28 September and Saturday 11 October are worked.
    expect(statutoryEnd(city, 'relief-approval', at('2025-09-29T10:00:00'))).toBe(at('2025-10-13T17:30:00'));
  });

  it('legal aid: decided in 7 days, assigned in 3 more; a last day that is no working day rolls to the next', () => {
    const aid = { kind: 'measure', measure: 'legal-aid' } as const;
    expect(statutoryWindows(city, aid, monday)).toEqual({
      actDue: at('2026-01-12T09:00:00'),
      due: at('2026-01-15T09:00:00'),
    });
    expect(statutoryEnd(city, 'legal-aid-decision', at('2025-09-27T10:00:00'))).toBe(at('2025-10-09T10:00:00'));
  });

  it('other work has none, nor has the offer of the same help', () => {
    expect(statutoryWindows(city, { kind: 'measure', measure: 'counselling' }, monday)).toEqual({});
    expect(statutoryWindows(city, { kind: 'offer-help', measure: 'hardship-relief' }, monday)).toEqual({});
    expect(statuteOf({ kind: 'verify' })).toBeUndefined();
    expect(statuteOf(relief)?.law.zh).toBe('浙江省社会救助条例');
  });
});

describe('in a plan', () => {
  const planned = (level: 'yellow' | 'red', due?: number): CaseState => {
    const waiting = [{ kind: 'hardship-relief', owner: '999901.county-health', ...(due ? { due } : {}) }] as const;
    const level_ = {
      colour: level,
      since: monday,
      lapses: monday + 1e9,
      awaits: null,
      afterRed: false,
      renewed: false,
    };
    return {
      ...{ subject: 'case', id: 'C-000000000000', status: 'carrying-out', area: '999901001001', disputeType: 'debt' },
      ...{ tasks: {}, counts: {}, wants: [], events: [], disputes: [], level: level_, contacted: true, told: true },
      ...{ assessment: null, decision: null, notice: { of: level, deferral: null, since: null, clear: null } },
      ...{ resolvedAs: null, resolvedAt: null, reviewedAt: null, agreed: [], glass: [], reports: [], keys: [] },
      plan: { n: 3, waiting },
    } as unknown as CaseState;
  };
  const measureOf = (state: CaseState) => {
    const found = tasksDue(state, city, monday).find(({ kind }) => kind === 'measure');
    if (!found) throw new Error('no measure is due');
    return found;
  };

  it('the clock of relief is the same at yellow and at red, and whatever the city file says', () => {
    const law = statutoryWindows(city, relief, monday);
    for (const level of ['yellow', 'red'] as const) expect(measureOf(planned(level))).toMatchObject(law);
  });

  it('a plan may ask for it sooner, and never later', () => {
    const sooner = monday + 5 * 86_400_000;
    expect(measureOf(planned('red', sooner))).toMatchObject({ actDue: sooner, due: sooner });
    const later = at('2026-06-01T09:00:00');
    expect(measureOf(planned('red', later)).due).toBe(at('2026-02-02T17:30:00'));
  });

  it('a change of hands is no time won; once the law’s time is over the next owner has windows again', () => {
    const task = {
      ...relief,
      level: 'red',
      urgency: null,
      from: monday,
      actDue: monday + 1000,
      due: monday + 2000,
    } as Task;
    const next = stint(city, task, '999901.county-health', monday);
    expect(next).toMatchObject({ actDue: monday + 1000, due: monday + 2000 });
    expect(stint(city, task, '999901.county-health', monday + 1500).due).toBe(monday + 2000);
    expect(stint(city, task, '999901.county-health', monday + 2000).due).toBeGreaterThan(monday + 2000);
  });
});
