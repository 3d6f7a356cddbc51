import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseReport } from '../../../shared/domain/report.ts';
import type { CaseState, State } from '../../../shared/domain/state.ts';
import { InputInvalid } from '../../../shared/errors.ts';
import { type Desk, receive } from '../../../shared/record/intake.ts';
import { read } from '../../../shared/record/log.ts';
import { countedIn } from '../../../shared/record/monthly.ts';
import { peopleOf, wordsOf } from '../../../shared/record/people.ts';
import { reconcile } from '../../../shared/record/reconcile.ts';
import type { Outgoing } from '../../../shared/record/sending.ts';
import { keysForTest } from '../../support/kms.ts';
import { logOn, RecordingDriver, type TestTable, tableForTest } from '../../support/table.ts';

const monday = Date.parse('2026-01-05T10:00:00+08:00');
const words = '报警人称邻居持刀扬言杀人';
const fact = (type: string) => ({ type, value: true, start: 0, end: 3, negated: false, hearsay: false });
const idNumber = '999999198001010011';

const reportFrom = (channel: string, sourceId: string, more: object = {}) =>
  parseReport({
    channel,
    sourceId,
    source: '派出所',
    reportedAt: '2026-01-05T10:00:00+08:00',
    area: '999901001001',
    disputeType: 'neighbour',
    text: words,
    facts: [fact('threat_to_kill'), fact('weapon_present')],
    people: [
      { role: 'complainant', name: '王小花', phone: '13800000001' },
      { role: 'respondent', name: '刘大强', phone: '13800000002' },
    ],
    ...more,
  });

let table: TestTable;
beforeEach(async () => {
  table = await tableForTest();
});
afterEach(async () => {
  await table[Symbol.asyncDispose]();
});
const deskOn = (driver = new RecordingDriver()): Desk => ({ ...logOn(table, driver), keys: keysForTest() });
const all = async () => (await table.db.send(new ScanCommand({ TableName: table.name }))).Items ?? [];
const caseOf = (state: State | undefined): CaseState => {
  if (state?.subject !== 'case') throw new Error('not a case');
  return state;
};

describe('a report is received', () => {
  it('opens a dispute and, where somebody may be hurt, a case, and starts both', async () => {
    const driver = new RecordingDriver();
    const desk = deskOn(driver);
    const receipt = await receive(desk, reportFrom('police', '1'), monday);
    expect(receipt).toMatchObject({ report: 'police/1', repeated: false });
    const state = caseOf(receipt.case ? await read(desk, receipt.case) : undefined);
    expect(state).toMatchObject({ status: 'reported', disputes: [receipt.dispute], level: null });
    expect(driver.done).toEqual([`start ${receipt.dispute}-1`, `start ${receipt.case}-1`]);
  });

  it('changes the record once, however often it is delivered', async () => {
    const desk = deskOn();
    const first = await receive(desk, reportFrom('police', '1'), monday);
    const before = await all();
    const second = await receive(deskOn(), reportFrom('police', '1'), monday + 60_000);
    expect(second).toEqual({ ...first, repeated: true });
    expect(await all()).toEqual(before);
  });

  it('of another channel about the same people and matter joins the dispute and the case', async () => {
    const first = await receive(deskOn(), reportFrom('police', '1'), monday);
    const second = await receive(deskOn(), reportFrom('grid', '7'), monday + 3_600_000);
    expect(second).toMatchObject({ dispute: first.dispute, case: first.case });
    const state = caseOf(first.case ? await read(deskOn(), first.case) : undefined);
    expect(state.reports).toEqual(['police/1', 'grid/7']);
    expect(state.events.map((event) => event.channel)).toEqual(['police', 'grid']);
  });

  it('told again by the same reporter counts once, also where who complains has no number', async () => {
    const occurredAt = '2026-01-04T20:00:00+08:00';
    const liu = { role: 'respondent', name: '刘大强', phone: '13800000002' };
    const told = (sourceId: string, name: string) =>
      receive(
        deskOn(),
        reportFrom('grid', sourceId, { occurredAt, people: [{ role: 'affected', name }, liu] }),
        monday,
      );
    const { case: id } = await told('1', '王小花');
    const again = await told('2', '王小花');
    expect(again).toMatchObject({ case: id, repeated: false });
    const state = async () => caseOf(id ? await read(deskOn(), id) : undefined);
    expect(await state()).toMatchObject({ reports: ['grid/1', 'grid/2'] });
    expect((await state()).events).toHaveLength(1);
    // What was done to somebody else is another event.
    await told('3', '李小梅');
    expect((await state()).events).toHaveLength(2);
  });

  it('of what is still to come is refused, and where nobody says when, it was before we were told', async () => {
    const tomorrow = '2026-01-06T10:00:00+08:00';
    const told = receive(deskOn(), reportFrom('police', '1', { occurredAt: tomorrow }), monday);
    await expect(told).rejects.toThrow(InputInvalid);
    expect(await all()).toEqual([]);
    const { case: id } = await receive(deskOn(), reportFrom('police', '1', { reportedAt: tomorrow }), monday);
    const [event] = caseOf(id ? await read(deskOn(), id) : undefined).events;
    expect(event?.at).toBe(monday);
  });

  it('about a quarrel without danger opens a dispute to be settled where it arose, and no case', async () => {
    const receipt = await receive(deskOn(), reportFrom('grid', '1', { facts: [] }), monday);
    expect(receipt.case).toBeNull();
    expect(receipt.dispute && (await read(deskOn(), receipt.dispute))).toMatchObject({ wants: [{ kind: 'settle' }] });
  });

  it('about self-harm alone calls for help and never opens a case', async () => {
    const receipt = await receive(deskOn(), reportFrom('grid', '1', { facts: [fact('threat_self_harm')] }), monday);
    expect(receipt.case).toBeNull();
    expect(receipt.dispute && (await read(deskOn(), receipt.dispute))).toMatchObject({
      wants: [{ kind: 'crisis-help' }],
    });
  });

  it('about somebody under 18 protects a child and flags nobody (S13)', async () => {
    const people = [{ role: 'respondent', name: '小刘', bornOn: '2012-03-04' }];
    const receipt = await receive(deskOn(), reportFrom('grid', '1', { people }), monday);
    expect(receipt.case).toBeNull();
    expect(receipt.dispute && (await read(deskOn(), receipt.dispute))).toMatchObject({
      wants: [{ kind: 'child-protection' }],
    });
  });

  it('from an unknown area is refused with path, value and what is allowed; nothing is written', async () => {
    const wrong = receive(deskOn(), reportFrom('grid', '1', { area: '110101' }), monday);
    await expect(wrong).rejects.toThrow(InputInvalid);
    await expect(wrong).rejects.toMatchObject({ faults: [{ path: 'area', value: '110101' }] });
    expect(await all()).toEqual([]);
  });

  it('keeps no name, number or word in the clear, and opens them for those entitled', async () => {
    const people = [{ role: 'respondent', name: '刘大强', idNumber, phone: '13800000002' }];
    const desk = deskOn();
    const receipt = await receive(desk, reportFrom('police', '1', { people: people.slice(0, 1) }), monday);
    const stored = JSON.stringify(await all(), (_, v) => (v instanceof Uint8Array ? 'sealed' : v));
    for (const clear of ['刘大强', idNumber, '13800000002', words]) expect(stored).not.toContain(clear);
    const told = { table, kms: desk.keys.kms };
    const disputes = receipt.dispute ? [receipt.dispute] : [];
    expect(await peopleOf(told, disputes, { parts: ['respondent'] })).toMatchObject([
      { report: 'police/1', i: 0, part: 'respondent', content: people[0] },
    ]);
    expect(await wordsOf(told, disputes)).toMatchObject([
      { report: 'police/1', content: { source: '派出所', text: words } },
    ]);
  });
});

describe('an intake that is cut off', () => {
  const outgoing = (): Outgoing => ({
    table,
    sns: new Proxy({} as Outgoing['sns'], {
      get: () => () => {
        throw new Error('nothing is due');
      },
    }),
    topicArn: 'none',
    city: logOn(table).city,
    handle: () => 'none',
    sent: new Set(),
  });

  it('at any of its writes is finished by the reconciler, to the same record', async () => {
    const whole = await tableForTest();
    const receipt = await receive({ ...deskOn(), table: whole }, reportFrom('police', '1'), monday);
    const ids = [receipt.dispute, receipt.case].filter((id) => id !== null);
    const wanted = await Promise.all(ids.map((id) => read({ ...logOn(whole) }, id)));
    const { city } = logOn(whole);
    const inReport = await countedIn(whole, city, city.code, '2026-01');
    expect(inReport.length).toBeGreaterThan(0);
    let writes = 0;
    for (let cut = 1; ; cut++) {
      await table[Symbol.asyncDispose]();
      table = await tableForTest();
      writes = 0;
      const send = table.db.send.bind(table.db);
      const cutting = new Proxy(table.db, {
        get: (db, name) => {
          if (name !== 'send') return Reflect.get(db, name);
          return (command: Parameters<typeof send>[0]) => {
            if (/Put|Update/.test(command.constructor.name)) writes += 1;
            if (writes > cut) return Promise.reject(new Error('killed'));
            return send(command);
          };
        },
      });
      const finished = await receive(
        { ...deskOn(), table: { ...table, db: cutting } },
        reportFrom('police', '1'),
        monday,
      )
        .then(() => true)
        .catch((error: Error) => {
          expect(error.message).toBe('killed');
          return false;
        });
      const { repaired } = await reconcile({ ...deskOn(), list: table }, outgoing(), monday + 120_000, 'D');
      expect(repaired.intake).toBe(finished ? 0 : 1);
      const found = await Promise.all(ids.map((id) => read(logOn(table), id)));
      expect(found).toEqual(wanted);
      // And counts for the report of the month as much as the whole one.
      expect(await countedIn(table, city, city.code, '2026-01')).toEqual(inReport);
      expect((await reconcile({ ...deskOn(), list: table }, outgoing(), monday + 240_000, 'D')).repaired.intake).toBe(
        0,
      );
      if (finished) break;
    }
    expect(writes).toBeGreaterThan(8);
    await whole[Symbol.asyncDispose]();
  });
});
