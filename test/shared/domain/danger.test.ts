import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CityInvalid, parseCity } from '../../../shared/config/city.ts';
import { byUrgency, urgencyOf } from '../../../shared/domain/danger.ts';
import { factTypes } from '../../../shared/domain/facts.ts';
import { isNeed } from '../../../shared/domain/help.ts';
import { awaited, joiningFor, unacknowledgedBy } from '../../../shared/domain/joint.ts';
import { windows } from '../../../shared/domain/ladder.ts';
import { urgencies } from '../../../shared/domain/words.ts';
import { city, cityFile } from '../../support/city.ts';

const monday = Date.parse('2026-01-05T10:00:00+08:00');
const minute = 60_000;
const hour = 60 * minute;

describe('urgency', () => {
  it('a weapon or a threat to kill is for now, any other danger for today, the rest is routine', () => {
    expect(urgencyOf([{ type: 'weapon_present' }, { type: 'calm_cooperative' }])).toBe('now');
    expect(urgencyOf([{ type: 'threat_to_kill' }])).toBe('now');
    expect(urgencyOf([{ type: 'threat_to_harm' }])).toBe('today');
    expect(urgencyOf([{ type: 'property_damage' }])).toBe('routine');
    expect(urgencyOf([])).toBe('routine');
  });

  it('what is said not to be so is no danger, and needs never are', () => {
    expect(urgencyOf([{ type: 'threat_to_kill', negated: true }])).toBe('routine');
    for (const type of factTypes.filter((one) => isNeed({ type: one }))) expect(urgencyOf([{ type }])).toBe('routine');
  });

  it('more facts never make it less urgent', () => {
    const facts = fc.array(
      fc.constantFrom(...factTypes).map((type) => ({ type })),
      { maxLength: 6 },
    );
    const rank = (of: Parameters<typeof urgencyOf>[0]) => urgencies.indexOf(urgencyOf(of));
    fc.assert(fc.property(facts, facts, (some, more) => rank([...some, ...more]) <= rank(some)));
  });

  it('sets the clocks of a first look and of nothing else', () => {
    const dueAfter = (kind: 'confirm-facts' | 'verify' | 'protective-contact', urgency: 'now' | 'today') =>
      windows(city, kind, null, monday, urgency).due - monday;
    for (const kind of ['confirm-facts', 'verify'] as const) {
      expect(dueAfter(kind, 'now')).toBe(15 * minute);
      expect(dueAfter(kind, 'today')).toBe(4 * hour);
    }
    expect(dueAfter('protective-contact', 'now')).toBe(windows(city, 'protective-contact', null, monday).due - monday);
  });

  it('orders a queue: now, today, routine, none; then by the next timer', () => {
    const line = (urgency: (typeof urgencies)[number] | null, due: string) => ({
      urgency,
      due,
      taskId: `${urgency} ${due}`,
    });
    const queue = [line(null, '1'), line('routine', '1'), line('today', '2'), line('now', '9'), line('today', '1')];
    expect(queue.sort(byUrgency).map(({ taskId }) => taskId)).toEqual([
      ...['now 9', 'today 1', 'today 2', 'routine 1', 'null 1'],
    ]);
  });
});

describe('a city file', () => {
  const faultsOf = (more: object): string[] => {
    try {
      parseCity({ ...cityFile, ...more }, 'test.json');
      return [];
    } catch (error) {
      if (error instanceof CityInvalid) return error.faults.map(({ path, allowed }) => `${path}: ${allowed}`);
      throw error;
    }
  };

  it('may tighten the clocks of danger and never loosen them', () => {
    const urgency = cityFile.urgency;
    expect(faultsOf({ urgency: { ...urgency, now: '10 minutes', today: '2 hours' } })).toEqual([]);
    expect(faultsOf({ urgency: { ...urgency, now: '16 minutes' } })).toEqual(['urgency.now: at most 15 minutes']);
    expect(faultsOf({ urgency: { ...urgency, today: '5 hours' } })).toEqual(['urgency.today: at most 4 hours']);
    // Danger keeps no office hours.
    expect(faultsOf({ urgency: { ...urgency, today: '4 working hours' } })).toEqual(['urgency.today: at most 4 hours']);
    expect(faultsOf({ protectiveContact: '25 hours' })).toEqual(['protectiveContact: at most 24 hours']);
    expect(faultsOf({ protectiveContact: '12 hours' })).toEqual([]);
  });
});

describe('a joint task', () => {
  const grid = '999901001001001';
  const withGrid = parseCity(
    {
      ...cityFile,
      areas: [
        ...cityFile.areas,
        { code: grid, name: { zh: '某网格', en: 'Grid' }, tier: 'grid', parent: '999901001001' },
      ],
    },
    'grid.json',
  );
  const police = '999901.county-police';
  const visit = { kind: 'protect', level: 'red', owner: police, area: grid } as const;

  it('at red the grid officer goes along with the police, and the police with anybody else', () => {
    expect(joiningFor(withGrid, visit)).toBe(`${grid}.grid-officer`);
    expect(joiningFor(withGrid, { ...visit, owner: `${grid}.grid-officer` })).toBe('999901001.township-police');
    expect(joiningFor(withGrid, { ...visit, kind: 'measure', measure: 'joint-visit', level: 'yellow' })).toBe(
      `${grid}.grid-officer`,
    );
    expect(joiningFor(withGrid, { ...visit, kind: 'protective-contact', level: null })).toBe(`${grid}.grid-officer`);
  });

  it('nobody goes along below red, with other work, or where the place is wider than a grid', () => {
    expect(joiningFor(withGrid, { ...visit, level: 'orange' })).toBeUndefined();
    expect(joiningFor(withGrid, { ...visit, kind: 'plan' })).toBeUndefined();
    expect(joiningFor(withGrid, { ...visit, area: '999901001001' })).toBeUndefined();
  });

  it('waits for whoever has not acknowledged; then for the accountable post', () => {
    const task = { owner: 'a', joining: 'b', acknowledgedAt: null, joinedAt: null, ackDue: 1 };
    const of = (more: object) => ({ ...task, ...more }) as Parameters<typeof awaited>[0];
    expect(unacknowledgedBy(of({}))).toEqual(['a', 'b']);
    expect(awaited(of({ acknowledgedAt: 1 }))).toEqual(['b']);
    expect(awaited(of({ joinedAt: 1 }))).toEqual(['a']);
    expect(awaited(of({ acknowledgedAt: 1, joinedAt: 1 }))).toEqual(['a']);
  });
});
