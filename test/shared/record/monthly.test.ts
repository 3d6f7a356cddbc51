import { describe, expect, it } from 'vitest';
import { type Content, system } from '../../../shared/domain/actions.ts';
import { apply, sealAction } from '../../../shared/domain/fold.ts';
import { type CaseId, disputeIdFor } from '../../../shared/domain/ids.ts';
import { commit, type Log, markOpen } from '../../../shared/record/log.ts';
import { countedIn, countIn } from '../../../shared/record/monthly.ts';
import { reconcile } from '../../../shared/record/reconcile.ts';
import type { Outgoing } from '../../../shared/record/sending.ts';
import { city } from '../../support/city.ts';
import { keysForTest } from '../../support/kms.ts';
import { logOn, type TestTable, tableForTest } from '../../support/table.ts';

const monday = Date.parse('2026-01-05T10:00:00+08:00');
const id = disputeIdFor('grid/1');
const owner = '999901001001.mediator';

it('whoever settled it died between the commit and the count: the reconciler makes up for it, once', async () => {
  await using table = await tableForTest();
  const whole = logOn(table);
  const act = (log: Log, key: string, content: Content) =>
    commit(log, id, () => ({ at: monday, by: system, key, rev: 0, content }), { key });
  const about = { channel: 'grid', area: '999901001001', disputeType: 'debt', owner } as const;
  await markOpen(whole, id);
  await act(whole, 'r', { kind: 'reported', report: 'grid/1', ...about, wants: [{ kind: 'settle', owner }] });
  const due = monday + 86_400_000;
  await act(whole, 'o', { kind: 'opened', tasks: [{ kind: 'settle', owner, from: monday, due }] });
  /** Nothing is counted, nor anything written after it. */
  const dying = new Proxy(table.db, {
    get: (db, name) => {
      if (name !== 'send') return Reflect.get(db, name);
      return (command: Parameters<typeof db.send>[0]) =>
        JSON.stringify(command.input).includes('"M#') ? Promise.reject(new Error('killed')) : db.send(command);
    },
  });
  const settled: Content = { kind: 'answered', task: 'settle-1', answer: { task: 'settle', outcome: 'settled' } };
  await expect(act({ ...logOn({ ...table, db: dying }) }, 'a', settled)).rejects.toThrow('killed');
  const counted = async () => (await countedIn(table, city, '999901', '2026-01')).map(({ outcome }) => outcome ?? null);
  expect(await counted()).toEqual([null]);
  const sns = new Proxy({} as Outgoing['sns'], { get: () => async () => ({}) });
  const outgoing: Outgoing = { table, sns, topicArn: 'none', city, handle: () => 'none', sent: new Set() };
  const desk = { ...logOn(table), keys: keysForTest(), list: table };
  expect((await reconcile(desk, outgoing, monday + 120_000, 'D')).repaired).toMatchObject({ task: 1 });
  expect(await counted()).toEqual([null, 'settled']);
  await reconcile(desk, outgoing, monday + 240_000, 'D');
  expect(await counted()).toEqual([null, 'settled']);
});

describe('lapses are counted by place and month, as they happen', () => {
  const village = '999901001001';
  const commitIn =
    (table: TestTable) =>
    (n: number, content: Content, at = monday) => {
      const caseId: CaseId = `C-${String(n).padStart(12, '0')}`;
      const draft = { at, by: system, key: 'k', rev: 0 };
      const about = { channel: 'police', area: village, disputeType: 'debt', owner: 'x' } as const;
      const reported = { kind: 'reported', report: 'police/1', ...about } as const;
      const before = apply(caseId, undefined, sealAction(undefined, { ...draft, content: reported }, false));
      const action = sealAction(before, { ...draft, content }, false);
      return countIn(table, { before, state: apply(caseId, before, action), action });
    };
  const lapsed = { kind: 'lapsed', task: 'renew-1', from: 'red', to: 'orange' } as const;

  it('a red by itself, a red without a second person, and one whose ground was withdrawn; none twice', async () => {
    await using table = await tableForTest();
    const commits = commitIn(table);
    await commits(1, lapsed);
    await commits(1, lapsed);
    await commits(2, { ...lapsed, task: 'second-1' });
    await commits(3, { kind: 'eventWithdrawn', event: 'E-1', lapsed: 'yellow' });
    await commits(4, { kind: 'eventWithdrawn', event: 'E-1' });
    const found = await countedIn(table, city, '999901', '2026-01');
    expect(found.map(({ area, lapse }) => ({ area, ...lapse }))).toEqual([
      { area: village, from: 'red', to: 'orange', cause: 'time' },
      { area: village, from: 'red', to: 'orange', cause: 'second' },
      { area: village, from: 'yellow', to: null, cause: 'withdrawn' },
    ]);
  });

  it('in their month, and in the county that they lie in', async () => {
    await using table = await tableForTest();
    await commitIn(table)(1, { ...lapsed, from: 'orange', to: null }, Date.parse('2026-02-01T00:01:00+08:00'));
    expect(await countedIn(table, city, '999901', '2026-01')).toEqual([]);
    expect(await countedIn(table, city, village, '2026-02')).toHaveLength(1);
    expect(await countedIn(table, city, '999900', '2026-02')).toHaveLength(1);
  });
});
