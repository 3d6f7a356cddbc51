import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { system } from '../../../shared/domain/actions.ts';
import {
  addresseeOf,
  type Contact,
  citizenMessage,
  closingsDue,
  contactFaults,
  contactOf,
  reachableIn,
  receiptsFor,
  safeInstant,
} from '../../../shared/domain/citizen-notices.ts';
import { next } from '../../../shared/domain/commit.ts';
import { disputeIdFor } from '../../../shared/domain/ids.ts';
import { isClean } from '../../../shared/domain/notices.ts';
import { isQuiet } from '../../../shared/domain/quiet.ts';
import type { DisputeState } from '../../../shared/domain/state.ts';
import { disputeTypeNames, levelNames } from '../../../shared/domain/words.ts';
import { city } from '../../support/city.ts';
import { reportOf, woman } from '../../support/reports.ts';

const minute = 60_000;
const day = 86_400_000;
const monday = Date.parse('2026-01-05T00:00:00+08:00');
const at = (time: string): number => Date.parse(`2026-01-05T${time}:00+08:00`);
const sms = (more: Partial<Contact> = {}): Contact => ({ channel: 'sms', reach: '13900000001', never: [], ...more });
const timeAt = (count: number): string =>
  `${String(Math.floor(count / 60)).padStart(2, '0')}:${String(count % 60).padStart(2, '0')}`;

describe('the next safe instant', () => {
  it.each([
    ['09:00', {}, '09:00'],
    ['22:00', {}, '08:00 next day'],
    ['09:00', { from: '12:00', to: '13:00' }, '12:00'],
    ['12:30', { from: '12:00', to: '13:00' }, '12:30'],
    ['13:00', { from: '12:00', to: '13:00' }, '12:00 next day'],
    // Half of what she named is night.
    ['19:00', { from: '20:30', to: '22:00' }, '20:30'],
    ['21:30', { from: '20:30', to: '22:00' }, '20:30 next day'],
    ['09:00', { from: '06:00', to: '08:30' }, '08:00 next day'],
    // Over midnight: only its ends are day.
    ['22:00', { from: '20:00', to: '09:00' }, '08:00 next day'],
  ] as const)('from %s with %j is %s', (now, times, expected) => {
    const [time = '', next] = expected.split(' ');
    expect(safeInstant(city, { channel: 'sms', ...times }, at(now))).toBe(at(time) + (next ? day : 0));
  });

  it('is the first minute that is neither night nor unsafe, and there is one unless all of it is night', () => {
    const time = fc.integer({ min: 0, max: 1439 });
    fc.assert(
      fc.property(time, time, fc.integer({ min: 0, max: 2879 }), (from, to, now) => {
        fc.pre(from !== to);
        const times = { channel: 'sms', from: timeAt(from), to: timeAt(to) } as const;
        const isSafe = (count: number) => (from < to ? count >= from && count < to : count >= from || count < to);
        const start = monday + now * minute;
        const first = Array.from({ length: 1441 }, (_, i) => start + i * minute).find(
          (one) => !isQuiet(city, one) && isSafe(Math.floor((one - monday) / minute) % 1440),
        );
        expect(safeInstant(city, times, start)).toBe(first);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a profile', () => {
  const faults = (contact: Contact) => contactFaults(city, contact, 'c').map(({ path }) => path);

  it('is kept when it can be used', () => {
    expect(faults(sms())).toEqual([]);
    expect(faults({ channel: 'none', never: ['他的手机'] })).toEqual([]);
    expect(faults(sms({ channel: 'e-mail', reach: 'a@b.cn' }))).toEqual([]);
    expect(faults(sms({ channel: 'voice', reach: '0576-88800000' }))).toEqual([]);
  });

  it('is refused where it cannot, each fault under its path and without the number', () => {
    expect(faults({ channel: 'sms', never: [] })).toEqual(['c.reach']);
    expect(faults(sms({ reach: '88800000' }))).toEqual(['c.reach']);
    expect(faults(sms({ from: '09:00' }))).toEqual(['c.to']);
    expect(faults(sms({ from: '09:00', to: '09:00' }))).toEqual(['c.to']);
    expect(faults(sms({ from: '21:00', to: '08:00' }))).toEqual(['c.from']);
    expect(faults(sms({ never: ['不要打13900000001'] }))).toEqual(['c.never']);
    expect(JSON.stringify(contactFaults(city, sms({ reach: '1390000' }), 'c'))).not.toContain('1390000');
  });

  it('means the phone told where it says no number; never for an e-mail', () => {
    const person = { role: 'affected', phone: '13800000001' } as const;
    expect(contactOf({ ...person, contact: { channel: 'sms', never: [] } })).toMatchObject({ reach: '13800000001' });
    expect(contactOf({ ...person, contact: sms() })).toMatchObject({ reach: '13900000001' });
    expect(contactOf({ ...person, contact: { channel: 'e-mail', never: [] } })).not.toHaveProperty('reach');
    expect(contactOf(person)).toBeUndefined();
  });

  it('is asked of whoever complained or may be hurt; nobody else is told, and by default nobody', () => {
    const contact = sms();
    const people = [
      woman,
      { ...woman, contact },
      { ...woman, role: 'respondent', contact },
      { ...woman, role: 'witness', contact },
      { ...woman, role: 'complainant', contact },
      { ...woman, contact: { channel: 'none' } },
    ];
    expect(reachableIn(reportOf('1', { people }))).toEqual([1, 4]);
  });
});

describe('a message', () => {
  it('is the same for the same, another for another, and says nothing', () => {
    const one = citizenMessage('D-0123456789ab.citizen-notice-1', 'receipt', 'sms');
    expect(citizenMessage('D-0123456789ab.citizen-notice-1', 'receipt', 'sms')).toEqual(one);
    const other = citizenMessage('D-0123456789ab.citizen-notice-2', 'closing', 'sms');
    expect(new Set([one.id, one.handle, other.id, other.handle]).size).toBe(4);
    for (const { text } of [one, other]) {
      expect(isClean(text)).toBe(true);
      const telling = [...Object.values(disputeTypeNames), ...Object.values(levelNames)].flatMap(({ zh, en }) => [
        zh,
        en,
      ]);
      for (const word of telling) expect(text).not.toContain(word);
      expect(text).not.toMatch(/\d/);
    }
  });

  it('names in its task whom it is for', () => {
    const [want] = receiptsFor('resident/a/b#1', [3]);
    expect(addresseeOf({ about: want?.about ?? null })).toEqual({
      occasion: 'receipt',
      report: 'resident/a/b#1',
      i: 3,
    });
    expect(addresseeOf({ about: 'other' })).toBeUndefined();
    expect(addresseeOf({ about: null })).toBeUndefined();
  });
});

describe('closings', () => {
  const id = disputeIdFor('grid/1');
  const told = {
    ...({ kind: 'reported', channel: 'grid', area: '999901001001', disputeType: 'debt', owner: 'x' } as const),
    ...{ report: 'grid/1', reachable: [0, 1], settled: true as const },
  };
  const { state } = next(id, undefined, { at: 0, by: system, key: 'grid/1', rev: 0, content: told });
  if (state.subject !== 'dispute') throw new Error('no dispute');
  const dispute: DisputeState = { ...state, informed: ['receipt grid/1#0'] };

  it('are due for everybody who can be told, once, and only when nothing else is', () => {
    expect(closingsDue(dispute).map(({ about }) => about)).toEqual(['closing grid/1#0', 'closing grid/1#1']);
    expect(closingsDue({ ...dispute, informed: ['closing grid/1#0'] }).map(({ about }) => about)).toEqual([
      'closing grid/1#1',
    ]);
    expect(closingsDue({ ...dispute, wants: [{ kind: 'settle' }] })).toEqual([]);
  });

  it('are not due while a case goes on, but where it was settled all the same', () => {
    const cases = ['C-0123456789ab'] as const;
    expect(closingsDue({ ...dispute, cases, outcomes: [] })).toEqual([]);
    expect(closingsDue({ ...dispute, cases })).toHaveLength(2);
  });
});
