import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Content, Decision } from '../../../shared/domain/actions.ts';
import { countsIn } from '../../../shared/domain/statistics.ts';
import { choicesIn, countDecision } from '../../../shared/record/decisions.ts';
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
  const decide = (n: number, choice: Decision['choice'], at = monday, area = '999901001001') => {
    const id = `C-${String(n).padStart(12, '0')}` as const;
    const decision = { choice, level: choice === 'dismiss' ? null : ('orange' as const), events: ['E-1'], owner: 'x' };
    const answer = { task: 'decide', outcome: 'decided', decision } as const;
    const content: Content = { kind: 'answered', task: 'decide-1', answer };
    return countDecision(table, { id, area }, { at, content });
  };

  it('once each, however often a commit is repeated, and whatever else is done', async () => {
    await decide(1, 'lower');
    await decide(1, 'lower');
    await countDecision(
      table,
      { id: 'C-000000000001', area: '999901001001' },
      { at: monday, content: { kind: 'closed' } },
    );
    expect(await choicesIn(table, city, '999901', '2026-01')).toEqual(['lower']);
  });

  it('both ways, in the month of Asia/Shanghai, in the area and what lies above it', async () => {
    await decide(1, 'lower');
    await decide(2, 'raise');
    await decide(3, 'confirm', lastOfJanuary);
    await decide(4, 'dismiss', lastOfJanuary + 60_000);
    const chosen = async (area: string, month: string) => (await choicesIn(table, city, area, month)).sort();
    for (const area of ['999900', '999901', '999901001', '999901001001']) {
      expect(await chosen(area, '2026-01'), area).toEqual(['confirm', 'lower', 'raise']);
      expect(await chosen(area, '2026-02'), area).toEqual(['dismiss']);
    }
    await decide(5, 'raise', monday, '999901');
    expect(await chosen('999901001', '2026-01')).toEqual(['confirm', 'lower', 'raise']);
    await decide(6, 'dismiss', monday, '999900');
    expect(await chosen('999900', '2026-01')).toEqual(['confirm', 'dismiss', 'lower', 'raise', 'raise']);
  });

  it('and shown only where they are many', async () => {
    for (let n = 0; n < 21; n++) await decide(n, n < 11 ? 'raise' : n < 20 ? 'lower' : 'dismiss');
    const { cells } = countsIn('decisions', await choicesIn(table, city, '999901', '2026-01'));
    expect(cells).toEqual([
      { value: 'dismiss', count: null },
      { value: 'lower', count: null },
      { value: 'raise', count: 11 },
    ]);
  });
});

describe('how often somebody gave a reason in the same words', () => {
  const keys = keysForTest();
  const use = (command: string, person = 'Wang', words = '情况属实') =>
    useOfReason(table, keys, { person, words, command });

  it('counts commands, not attempts: neither one that was refused nor one that is repeated', async () => {
    expect((await use('one')).before).toBe(0);
    expect((await use('two')).before).toBe(0);
    await (await use('two')).keep();
    await (await use('two')).keep();
    expect((await use('two')).before).toBe(0);
    expect((await use('three')).before).toBe(1);
  });

  it('is of one person and of these words', async () => {
    await (await use('one')).keep();
    expect((await use('two', 'Li')).before).toBe(0);
    expect((await use('two', 'Wang', '情况不属实')).before).toBe(0);
    expect((await use('two')).before).toBe(1);
  });
});
