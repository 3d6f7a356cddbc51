import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Content, type Decision, system } from '../../../shared/domain/actions.ts';
import { apply, sealAction } from '../../../shared/domain/fold.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import { decisionsIn } from '../../../shared/record/decisions.ts';
import { countedIn, countIn } from '../../../shared/record/monthly.ts';
import { useOfReason } from '../../../shared/record/reasons.ts';
import { city } from '../../support/city.ts';
import { keysForTest } from '../../support/kms.ts';
import { type TestTable, tableForTest } from '../../support/table.ts';

const monday = Date.parse('2026-01-05T10:00:00+08:00');
/** The last minute of January in Asia/Shanghai, while elsewhere it is still the day before. */
const lastOfJanuary = Date.parse('2026-01-31T23:59:00+08:00');

let table: TestTable;
beforeEach(async () => {
  table = await tableForTest();
});
afterEach(async () => {
  await table[Symbol.asyncDispose]();
});

describe('decisions are counted by place and month', () => {
  const commit = (id: CaseId, area: string, content: Content, at: number) => {
    const draft = { at, by: system, key: 'k', rev: 0 };
    const about = { channel: 'police', area, disputeType: 'debt', owner: 'x' } as const;
    const first = sealAction(
      undefined,
      { ...draft, content: { kind: 'reported', report: 'police/1', ...about } },
      false,
    );
    const before = apply(id, undefined, first);
    const action = sealAction(before, { ...draft, content }, false);
    return countIn(table, { before, state: apply(id, before, action), action });
  };
  const decide = (n: number, choice: Decision['choice'], at = monday, area = '999901001001') => {
    const decision = { choice, level: choice === 'dismiss' ? null : ('orange' as const), events: ['E-1'], owner: 'x' };
    const answer = { task: 'decide', outcome: 'decided', decision } as const;
    return commit(`C-${String(n).padStart(12, '0')}`, area, { kind: 'answered', task: 'decide-1', answer }, at);
  };

  /** In the counties of an area, what lies above it with it. */
  const chosen = async (area: string, month: string) =>
    (await countedIn(table, city, area, month)).flatMap(({ choice }) => choice ?? []).sort();

  it('once each, however often a commit is repeated, and whatever else is done', async () => {
    await decide(1, 'lower');
    await decide(1, 'lower');
    await commit('C-000000000001', '999901001001', { kind: 'closed' }, monday);
    expect(await chosen('999901', '2026-01')).toEqual(['lower']);
  });

  it('both ways, in the month of Asia/Shanghai, in the area and what lies above it', async () => {
    await decide(1, 'lower');
    await decide(2, 'raise');
    await decide(3, 'confirm', lastOfJanuary);
    await decide(4, 'dismiss', lastOfJanuary + 60_000);
    for (const area of ['999900', '999901']) {
      expect(await chosen(area, '2026-01'), area).toEqual(['confirm', 'lower', 'raise']);
      expect(await chosen(area, '2026-02'), area).toEqual(['dismiss']);
    }
    await decide(5, 'raise', monday, '999901');
    expect(await chosen('999901', '2026-01')).toEqual(['confirm', 'lower', 'raise', 'raise']);
    await decide(6, 'dismiss', monday, '999900');
    expect(await chosen('999900', '2026-01')).toEqual(['confirm', 'dismiss', 'lower', 'raise', 'raise']);
  });

  it('and shown only where they are many', async () => {
    for (let n = 0; n < 21; n++) await decide(n, n < 11 ? 'raise' : n < 20 ? 'lower' : 'dismiss');
    const told = async (area: string) => (await decisionsIn(table, city, area, '2026-01')).cells;
    expect(await told('999901')).toEqual([
      { value: 'dismiss', count: null },
      { value: 'lower', count: null },
      { value: 'raise', count: 11 },
    ]);
    expect(await told('999901001')).toEqual(await told('999901'));
    // In a village a count tells of somebody.
    expect((await told('999901001001')).every(({ count }) => count === null)).toBe(true);
    expect((await decisionsIn(table, city, '999901', '2026-02')).cells).toEqual([]);
  });
});

describe('how often somebody gave a reason in the same words', () => {
  const keys = keysForTest();
  const day = 86_400_000;
  let now = Date.parse('2026-01-05T10:00:00+08:00');
  const use = (command: string, person = 'Wang', words = '情况属实') =>
    useOfReason(table, keys, { person, words, command, now, until: now + 365 * day });

  it('counts commands, not attempts: neither one that was refused nor one that is repeated', async () => {
    expect((await use('one')).before).toBe(0);
    expect((await use('two')).before).toBe(0);
    await (await use('two')).keep();
    await (await use('two')).keep();
    expect((await use('two')).before).toBe(0);
    expect((await use('three')).before).toBe(1);
  });

  it('is forgotten when the words were not given again for a year', async () => {
    await (await use('one')).keep();
    now += 364 * day;
    expect((await use('two')).before).toBe(1);
    now += day;
    expect((await use('two')).before).toBe(0);
    await (await use('two')).keep();
    expect((await use('three')).before).toBe(1);
  });

  it('is of one person and of these words', async () => {
    await (await use('one')).keep();
    expect((await use('two', 'Li')).before).toBe(0);
    expect((await use('two', 'Wang', '情况不属实')).before).toBe(0);
    expect((await use('two')).before).toBe(1);
  });
});
