import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { replayErasures } from '../../../local/erasures.ts';
import { addDuration, localDate } from '../../../shared/calendar/calendar.ts';
import { type Content, system } from '../../../shared/domain/actions.ts';
import { next } from '../../../shared/domain/commit.ts';
import { expiryOf } from '../../../shared/domain/expiry.ts';
import { type CaseId, type DisputeId, type LogId, roundIdFor } from '../../../shared/domain/ids.ts';
import { mergeOffered } from '../../../shared/domain/merging.ts';
import { Held } from '../../../shared/errors.ts';
import { agreementAt } from '../../../shared/record/agreements.ts';
import { checkErasable } from '../../../shared/record/erasure.ts';
import { type Forgetting, forgetExpired, markExpiry } from '../../../shared/record/expiry.ts';
import { type Desk, receive } from '../../../shared/record/intake.ts';
import { actionsAfter, commit, projectHead, putAction, read } from '../../../shared/record/log.ts';
import { carryOn } from '../../../shared/record/merging.ts';
import { keepNote } from '../../../shared/record/notes.ts';
import type { Table } from '../../../shared/record/table.ts';
import { city } from '../../support/city.ts';
import { dying } from '../../support/killing.ts';
import { keysForTest } from '../../support/kms.ts';
import { man, reportOf, told, woman } from '../../support/reports.ts';
import { logOn, type TestTable, tableAt, tableForTest } from '../../support/table.ts';

const monday = Date.parse('2026-01-05T10:00:00+08:00');
const day = 86_400_000;
const year = addDuration(city, monday, city.retention.ordinary);
const keys = keysForTest();

let table: TestTable;
let list: Table;
beforeEach(async () => {
  table = await tableForTest();
  list = await tableAt(table.endpoint, 'erasures');
});
afterEach(async () => {
  await table[Symbol.asyncDispose]();
});

const desk = (): Desk => ({ ...logOn(table), keys });
const forgetting = (of: Table = table): Forgetting => ({ table: of, list, city, driver: logOn(table).driver });
const nothingDone = { looked: 0, forgotten: 0, unnamed: 0, cases: 0, asked: 0, agreements: 0 };
const itemsOf = async ({ name, db }: Table) => (await db.send(new ScanCommand({ TableName: name }))).Items ?? [];
/** But for counts that name nobody. */
const kept = async (of: Table = table) => (await itemsOf(of)).filter(({ pk }) => !/^[MY]#/.test(String(pk)));
const about = async (id: string) =>
  (await kept()).filter((item) => JSON.stringify(item).includes(id)).map(({ pk, sk }) => `${pk} ${sk}`);

/** Closes as the lifecycle does: the mark first. */
async function close(id: LogId, at: number): Promise<void> {
  await commit(
    desk(),
    id,
    (state) => state && { at, by: system, key: `close ${at}`, rev: 0, content: { kind: 'closed' } },
    {
      before: async () => {
        const state = await read(desk(), id);
        const expiry = state && expiryOf(city, state, at);
        if (expiry) await markExpiry(table, id, expiry);
      },
    },
  );
}

/** An ordinary dispute that was settled on the spot, with everything that lies beside it. */
async function settled(sourceId = '1', more: object = {}): Promise<DisputeId> {
  const contact = { channel: 'sms', reach: '13900000001', never: [] };
  const people = [{ ...woman, role: 'complainant', contact }, man];
  const report = reportOf(sourceId, { people, facts: [told('settled')], ...more });
  const { dispute } = await receive(desk(), report, monday);
  if (!dispute) throw new Error('no dispute');
  await keepNote(keys, table, dispute, 'n1', 'log', '两户和好');
  return dispute;
}

describe('a grid round after its time', () => {
  it('is gone: nobody reported it, and so no report goes with it', async () => {
    const id = roundIdFor('wang 1');
    const where = {
      area: '999901001001',
      owner: '999901001001.mediator',
      channel: 'grid',
      disputeType: 'none',
    } as const;
    const content = { kind: 'reported', report: id, ...where, day: '2026-01-06', places: ['车站广场'] } as const;
    await commit(desk(), id, () => ({ at: monday, by: system, key: id, rev: 0, content }), { key: id });
    await close(id, monday);
    expect((await forgetExpired(forgetting(), year + day)).forgotten).toBe(1);
    expect(await about(id)).toEqual([]);
  });

  it('that cannot go keeps nobody else: the others go, and it is told', async () => {
    const id = await settled();
    await close(id, monday);
    const broken = { pk: 'X#2027-01', sk: '2027-01-01#C-brokenbroken', log: 'C-brokenbroken', what: 'all', going: 1 };
    await table.db.send(new PutCommand({ TableName: table.name, Item: broken }));
    await table.db.send(
      new PutCommand({
        TableName: table.name,
        Item: { pk: 'C#C-brokenbroken', sk: 'HEAD', state: { reports: ['/'] } },
      }),
    );
    await expect(forgetExpired(forgetting(), year + day)).rejects.toThrow(AggregateError);
    expect(await about(id)).toEqual([]);
  });
});

describe('an ordinary dispute after its time', () => {
  it('is gone, with its people, words, reports and what led there; the list of erasures names it and nobody', async () => {
    const id = await settled();
    await close(id, monday);
    expect(await forgetExpired(forgetting(), year - day)).toEqual(nothingDone);
    const early = Date.parse(`${localDate(year)}T00:30:00+08:00`);
    // On the day, but before the hour: tomorrow.
    expect(await forgetExpired(forgetting(), early)).toEqual({ ...nothingDone, looked: 1 });
    const warm = logOn(table);
    expect(await read(warm, id)).toMatchObject({ status: 'closed' });
    expect(await forgetExpired(forgetting(), year)).toEqual({ ...nothingDone, looked: 1, forgotten: 1 });
    expect(await about(id)).toEqual([]);
    expect(await kept()).toEqual([]);
    // Also whoever remembers it finds it no more.
    expect(await read(warm, id)).toBeUndefined();
    expect(await itemsOf(list)).toEqual([expect.objectContaining({ log: id, at: year, ground: 'retention-over' })]);
    expect(await forgetExpired(forgetting(), year + day)).toEqual(nothingDone);
  });

  it('from whatever write a crash left it, the next day it is gone', async () => {
    for (let left = 0; ; left += 1) {
      const id = await settled(`crash-${left}`);
      await close(id, monday);
      const kills = { left };
      const died = await forgetExpired(forgetting(dying(table, kills)), year).then(
        () => false,
        () => true,
      );
      // While it goes, it is there whole or not at all.
      const half = await read(logOn(table), id);
      expect([undefined, 'closed']).toContain(half?.status);
      await forgetExpired(forgetting(), year + day);
      expect(await kept(), `killed at write ${left}`).toEqual([]);
      if (!died) {
        expect(left).toBeGreaterThan(10);
        return;
      }
    }
  });

  it('opened again it stays, and closed again it goes a year after that', async () => {
    const people = [{ ...woman, role: 'complainant' }, man];
    const id = await settled('1', { people });
    await close(id, monday);
    const again = await receive(desk(), reportOf('2', { people, facts: [] }), monday + 300 * day);
    expect(again.dispute).toBe(id);
    expect(await forgetExpired(forgetting(), year)).toMatchObject({ looked: 1, forgotten: 0 });
    expect(await read(logOn(table), id)).toMatchObject({ status: 'open' });
    const answer = { task: 'settle', outcome: 'settled' } as const;
    const owner = '999901001001.mediator';
    const at = monday + 310 * day;
    const step = (key: string, content: Content) =>
      commit(desk(), id, () => ({ at, by: system, key, rev: 0, content }));
    await step('open', { kind: 'opened', tasks: [{ kind: 'settle', owner, from: at, due: at + day }] });
    await step('settle', { kind: 'answered', task: 'settle-1', answer });
    await close(id, at);
    const anew = addDuration(city, at, city.retention.ordinary);
    expect(await forgetExpired(forgetting(), anew - day)).toMatchObject({ looked: 0 });
    expect(await forgetExpired(forgetting(), anew)).toMatchObject({ looked: 1, forgotten: 1 });
  });

  it('a mark without its closing changes nothing; a longer retention moves it', async () => {
    const id = await settled();
    const open = await read(desk(), id);
    const expiry = open && expiryOf(city, open, monday);
    if (!expiry) throw new Error('no expiry');
    await markExpiry(table, id, expiry);
    expect(await forgetExpired(forgetting(), year)).toMatchObject({ looked: 1, forgotten: 0 });
    expect(await read(logOn(table), id)).toMatchObject({ status: 'open' });
    await close(id, monday);
    const longer = { ...city, retention: { ...city.retention, ordinary: { unit: 'months', count: 13 } } } as const;
    expect(await forgetExpired({ ...forgetting(), city: longer }, year)).toMatchObject({ looked: 1, forgotten: 0 });
    const later = addDuration(city, monday, { unit: 'months', count: 13 });
    expect(await forgetExpired({ ...forgetting(), city: longer }, later)).toMatchObject({ looked: 1, forgotten: 1 });
  });

  it('is gone from a restored copy too', async () => {
    const id = await settled();
    await close(id, monday);
    const copy = await tableAt(table.endpoint, 'restored');
    for (const item of await itemsOf(table)) {
      await copy.db.send(new PutCommand({ TableName: copy.name, Item: item }));
    }
    await forgetExpired(forgetting(), year);
    expect(await replayErasures(list, copy)).toBe(1);
    const left = (await kept(copy)).filter(({ pk }) => pk !== 'TABLE' && !String(pk).startsWith('X#'));
    expect(left).toEqual([]);
  });
});

describe('a dispute that a case grew out of', () => {
  /** A case at the end that is told, and its dispute; both closed. */
  async function ended(
    endsAs: 'below-threshold' | 'unfounded',
    sourceId = '1',
    closedAt = monday,
  ): Promise<{ dispute: DisputeId; caseId: CaseId }> {
    const report = reportOf(sourceId, {
      people: [{ ...woman, role: 'affected' }, man],
      facts: [told('threat_to_kill')],
    });
    const { dispute, case: caseId } = await receive(desk(), report, monday);
    if (!dispute || !caseId) throw new Error('no case');
    const log = desk();
    const step = async (content: Content) => {
      const before = await read(log, caseId);
      const { action, state } = next(caseId, before, { at: monday, by: system, key: content.kind, rev: 0, content });
      await putAction(table, caseId, action);
      await projectHead(log, state);
    };
    const [kind, answer] =
      endsAs === 'unfounded'
        ? (['verify', { task: 'verify', outcome: 'unfounded' }] as const)
        : (['talk', { task: 'talk', outcome: 'not-met', present: [] }] as const);
    const state = await read(log, caseId);
    const event = state?.subject === 'case' ? state.events[0]?.id : undefined;
    await step({
      kind: 'opened',
      tasks: [{ kind, owner: '999901.county-centre', from: monday, due: monday + day, ...(event ? { event } : {}) }],
    });
    await step({ kind: 'answered', task: `${kind}-1`, answer });
    expect(await read(log, caseId)).toMatchObject({ status: 'ending', endsAs });
    await close(caseId, closedAt);
    await close(dispute, monday);
    return { dispute, caseId };
  }

  it('stays with a case that is kept, and goes when the last of them has: the chain of the case says so, and holds', async () => {
    const { dispute, caseId } = await ended('unfounded');
    await keepNote(keys, table, caseId, 'n1', 'log', '双方均否认');
    const half = addDuration(city, monday, city.retention.ended);
    expect(await forgetExpired(forgetting(), half - day)).toEqual(nothingDone);
    expect(await forgetExpired(forgetting(), half)).toEqual({ ...nothingDone, looked: 1, cases: 1 });
    for (const item of await itemsOf(table)) {
      if (/^(PERSON|TEXT|NOTE)#/.test(String(item.sk))) expect(item).not.toHaveProperty('sealed');
      expect(String(item.pk)).not.toMatch(/^[PR]#/);
    }
    expect(await read(logOn(table), caseId)).toMatchObject({
      status: 'closed',
      endsAs: 'unfounded',
      forgottenAt: half,
    });
    // The dispute has a time of its own.
    expect(await forgetExpired(forgetting(), year - day)).toMatchObject({ forgotten: 0 });
    expect(await read(logOn(table), dispute)).toMatchObject({ status: 'closed' });
    expect(await forgetExpired(forgetting(), year)).toMatchObject({ forgotten: 1, cases: 0 });
    expect(await read(logOn(table), dispute)).toBeUndefined();
    expect(await read(logOn(table), caseId)).toMatchObject({ forgottenAt: half });
    expect((await about(caseId)).some((key) => key.startsWith('X#'))).toBe(false);
  });

  it('goes with the case also where it is part of another dispute, under whose name it is kept', async () => {
    const late = monday + 240 * day;
    const { dispute, caseId } = await ended('unfounded', '1', late);
    const home = await settled('2', { people: [{ ...woman, phone: '13900000002', role: 'complainant' }, man] });
    await close(home, monday);
    const by = { role: 'staff', person: 'P-county', post: '999901.county-centre' } as const;
    const target = await read(desk(), home);
    if (!target) throw new Error('no dispute');
    const offer = { target, isLookedAfter: () => false, opposed: false, by, at: late, key: 'm', reason: 'one quarrel' };
    await commit(desk(), dispute, (source) => source && mergeOffered({ ...offer, source }).draft);
    expect(await carryOn(desk(), dispute, late)).toBe('merged');
    expect(await forgetExpired(forgetting(), year)).toMatchObject({ forgotten: 0 });
    const end = addDuration(city, late, city.retention.ended);
    expect(await forgetExpired(forgetting(), end)).toMatchObject({ cases: 1 });
    await forgetExpired(forgetting(), end + day);
    expect([await read(logOn(table), home), await read(logOn(table), dispute)]).toEqual([undefined, undefined]);
    expect(await read(logOn(table), caseId)).toMatchObject({ forgottenAt: end });
  });

  it('from whatever write a crash left it, the next day nobody is named in the case any more', async () => {
    for (let left = 0; ; left += 1) {
      const { caseId } = await ended('unfounded', `crash-${left}`);
      const half = addDuration(city, monday, city.retention.ended);
      const died = await forgetExpired(forgetting(dying(table, { left })), half).then(
        () => false,
        () => true,
      );
      await forgetExpired(forgetting(), half + day);
      const state = await read(logOn(table), caseId);
      expect(state, `killed at write ${left}`).toMatchObject({ forgottenAt: expect.any(Number) });
      const report = `police/crash-${left}`;
      const items = (await itemsOf(table)).filter(({ pk, sk }) => `${pk} ${sk}`.includes(report));
      for (const item of items) expect(item).not.toHaveProperty('sealed');
      expect((await actionsAfter(table, caseId, 0)).filter(({ content }) => content.kind === 'forgotten')).toHaveLength(
        1,
      );
      if (!died) {
        expect(left).toBeGreaterThan(8);
        return;
      }
    }
  });

  it('who hit back is a case of their own: what is told of that one stays while it goes on', async () => {
    const { caseId } = await ended('unfounded');
    const people = [
      { ...woman, role: 'respondent' },
      { ...man, role: 'affected' },
    ];
    const hitBack = { people, facts: [told('physical_assault')] };
    const other = await receive(desk(), reportOf('2', hitBack), monday + day);
    expect(other.case).not.toBe(caseId);
    const half = addDuration(city, monday, city.retention.ended);
    expect(await forgetExpired(forgetting(), half)).toMatchObject({ cases: 1 });
    const items = await itemsOf(table);
    const people1 = items.filter(({ sk }) => /^(PERSON|TEXT)#police\/1/.test(String(sk)));
    const people2 = items.filter(({ sk }) => /^(PERSON|TEXT)#police\/2/.test(String(sk)));
    expect(people1).toHaveLength(3);
    for (const item of people1) expect(item).not.toHaveProperty('sealed');
    expect(people2).toHaveLength(3);
    for (const item of people2) expect(item).toHaveProperty('sealed');
  });

  it('is forgotten in a restored copy too', async () => {
    const { caseId } = await ended('unfounded');
    const copy = await tableAt(table.endpoint, 'restored');
    for (const item of await itemsOf(table)) {
      await copy.db.send(new PutCommand({ TableName: copy.name, Item: item }));
    }
    await forgetExpired(forgetting(), addDuration(city, monday, city.retention.ended));
    expect(await replayErasures(list, copy)).toBe(1);
    for (const item of await itemsOf(copy)) {
      if (/^(PERSON|TEXT)#/.test(String(item.sk))) expect(item).not.toHaveProperty('sealed');
    }
    expect(await read(logOn(copy), caseId)).toMatchObject({ forgottenAt: expect.any(Number) });
  });

  it('held, it stays with all that belongs to it, and what was due goes the day after the hold', async () => {
    const { dispute, caseId } = await ended('unfounded');
    const until = addDuration(city, monday, city.retention.ended) + 10 * day;
    const at = monday + day;
    await commit(desk(), dispute, () => ({
      at,
      by: system,
      key: 'hold',
      rev: 0,
      content: { kind: 'held', until, since: at },
    }));
    for (let now = until - 10 * day; now < until; now += day) {
      expect(await forgetExpired(forgetting(), now)).toMatchObject({ cases: 0 });
    }
    const person = (await itemsOf(table)).find(({ sk }) => sk === 'PERSON#police/1#1');
    expect(person).toHaveProperty('sealed');
    const asked = { dispute, report: 'police/1', i: 1, at: until - day, ground: 'request' } as const;
    await expect(checkErasable(table, asked)).rejects.toThrow(Held);
    await expect(checkErasable(table, { ...asked, ground: 'court' })).resolves.toBeUndefined();
    expect(await forgetExpired(forgetting(), until + day)).toMatchObject({ cases: 1 });
    expect(await read(logOn(table), caseId)).toMatchObject({ forgottenAt: until + day });
  });

  it('below the threshold: no name of the person of concern after 30 days, the dispute gone after its own time', async () => {
    const { dispute, caseId } = await ended('below-threshold');
    const month = addDuration(city, monday, city.retention.belowThreshold);
    expect(await forgetExpired(forgetting(), month - day)).toMatchObject({ unnamed: 0 });
    expect(await forgetExpired(forgetting(), month)).toMatchObject({ looked: 1, forgotten: 0, unnamed: 1 });
    const items = await itemsOf(table);
    const person = (i: number) => items.find(({ sk }) => sk === `PERSON#police/1#${i}`);
    expect(person(0)).toHaveProperty('sealed');
    expect(person(1)).not.toHaveProperty('sealed');
    expect(person(1)).toMatchObject({ erasedAt: month, ground: 'retention-over' });
    expect(items.find(({ sk }) => sk === 'TEXT#police/1')).not.toHaveProperty('sealed');
    expect(items.filter(({ sk }) => sk === 'CASE' || sk === 'DISPUTE')).toEqual([]);
    // The record of the case says so, and stays.
    expect(await read(logOn(table), caseId)).toMatchObject({ status: 'closed', endsAs: 'below-threshold' });
    expect(await forgetExpired(forgetting(), month)).toMatchObject({ looked: 0 });
    expect(await forgetExpired(forgetting(), year)).toMatchObject({ looked: 1, forgotten: 1 });
    expect(await read(logOn(table), dispute)).toBeUndefined();
  });

  it('below the threshold, and something is still done beside its end: the person of concern is forgotten, and nobody else', async () => {
    const month = addDuration(city, monday, city.retention.belowThreshold);
    const want = { kind: 'agreement-check', about: 'B-1' } as const;
    const beside = { at: monday + day, by: system, key: 'beside', rev: 0, content: { kind: 'asked', want } } as const;
    for (let left = 0, died = true; died; left += 1) {
      const { caseId, dispute } = await ended('below-threshold', `beside-${left}`);
      await commit(desk(), caseId, () => beside);
      died = await forgetExpired(forgetting(dying(table, { left })), month).then(
        () => false,
        () => true,
      );
      if (!died) expect(left).toBeGreaterThan(5);
      await keepNote(keys, table, caseId, `later-${left}`, 'log', '协议履行情况待回看');
      expect(await forgetExpired(forgetting(), month + day)).toMatchObject({ forgotten: 0, cases: 0 });
      const sealed = (await itemsOf(table)).filter(
        (item) => [`D#${dispute}`, `C#${caseId}`].includes(item.pk) && item.sealed,
      );
      const kinds = sealed.map(({ sk, role }) => `${String(sk).split('#')[0]} ${role ?? ''}`.trim());
      // Written down since: unless the crash left something to be done anew.
      expect(
        kinds.filter((kind) => kind !== 'NOTE'),
        `killed at write ${left}`,
      ).toEqual(['ADDRESS affected', 'PERSON affected']);
      if (!died) expect(kinds).toContain('NOTE');
      expect(await read(logOn(table), caseId)).toMatchObject({ status: 'ending' });
      const told = (await actionsAfter(table, caseId, 0)).filter(({ content }) => content.kind === 'erased');
      expect(told, `killed at write ${left}`).toHaveLength(1);
    }
  });
});

describe('an agreement', () => {
  const agreed = async () => {
    const id = await settled('1', { facts: [], settlement: { agreement: '以老界为准' } });
    await close(id, monday);
    const state = await read(logOn(table), id);
    const [agreement] = state?.agreements ?? [];
    if (!agreement) throw new Error('no agreement');
    return { id, agreement };
  };
  const check = addDuration(city, monday, city.agreementCheck);

  it('is asked about once, on its day: the closed dispute opens for that alone, and its year goes on', async () => {
    const { id, agreement } = await agreed();
    expect(agreement).toMatchObject({ outcome: null });
    expect(await forgetExpired(forgetting(), agreement.check - day)).toEqual(nothingDone);
    expect(await forgetExpired(forgetting(), check)).toMatchObject({ looked: 1, asked: 1 });
    expect(await read(logOn(table), id)).toMatchObject({
      ...{ status: 'open', endedAt: monday, wants: [{ kind: 'agreement-check', about: agreement.id }] },
    });
    expect(await forgetExpired(forgetting(), check + day)).toEqual(nothingDone);
    const at = check + day;
    const step = (key: string, content: Content) =>
      commit(desk(), id, () => ({ at, by: system, key, rev: 0, content }));
    const owner = '999901001001.mediator';
    const task = { kind: 'agreement-check', owner, from: at, due: at + day, about: agreement.id } as const;
    await step('open', { kind: 'opened', tasks: [task] });
    const answer = { task: 'agreement-check', outcome: 'kept' } as const;
    await step('answer', { kind: 'answered', task: 'agreement-check-1', answer });
    await close(id, at);
    expect(await read(logOn(table), id)).toMatchObject({ endedAt: monday, agreements: [{ outcome: 'kept' }] });
    expect(await forgetExpired(forgetting(), year)).toMatchObject({ forgotten: 1 });
  });

  it('that nobody answers for keeps the dispute open, and nobody named in it: the rest goes once it is closed', async () => {
    const { id } = await agreed();
    await forgetExpired(forgetting(), check);
    const left = async () =>
      (await itemsOf(table)).filter((item) => item.pk === `D#${id}` && 'sealed' in item).map(({ sk }) => String(sk));
    expect(await left()).not.toEqual([]);
    expect(await forgetExpired(forgetting(), year)).toMatchObject({ forgotten: 0, unnamed: 1 });
    expect(await left()).toEqual([]);
    expect(await read(logOn(table), id)).toMatchObject({ status: 'open', endedAt: monday });
    expect(await forgetExpired(forgetting(), year + day)).toMatchObject({ forgotten: 0, unnamed: 0 });
    await close(id, year + day);
    expect(await forgetExpired(forgetting(), year + 2 * day)).toMatchObject({ forgotten: 1 });
    expect(await read(logOn(table), id)).toBeUndefined();
  });

  it('outlives its dispute, and goes after a time of its own, also from a copy', async () => {
    const { id, agreement } = await agreed();
    await forgetExpired(forgetting(), check);
    await commit(desk(), id, () => ({ at: check, by: system, key: 'c', rev: 0, content: { kind: 'closed' } }));
    await forgetExpired(forgetting(), year);
    expect(await read(logOn(table), id)).toBeUndefined();
    const found = await agreementAt(table, agreement.id);
    expect(await found?.open(keys.kms)).toBe('以老界为准');
    const copy = await tableAt(table.endpoint, 'restored');
    for (const item of await itemsOf(table)) {
      await copy.db.send(new PutCommand({ TableName: copy.name, Item: item }));
    }
    const over = addDuration(city, agreement.on, city.retention.agreements);
    expect(await forgetExpired(forgetting(), over - day)).toMatchObject({ agreements: 0 });
    expect(await forgetExpired(forgetting(), over)).toMatchObject({ agreements: 1 });
    expect(await agreementAt(table, agreement.id)).toBeUndefined();
    await replayErasures(list, copy);
    expect(await agreementAt(copy, agreement.id)).toBeUndefined();
  });

  it('from whatever write a crash left it, it is asked about once', async () => {
    const { id } = await agreed();
    for (let left = 0; left < 4; left += 1) {
      await forgetExpired(forgetting(dying(table, { left })), check).catch(() => undefined);
    }
    await forgetExpired(forgetting(), check + day);
    const actions = await actionsAfter(table, id, 0);
    expect(actions.filter(({ content }) => content.kind === 'asked')).toHaveLength(1);
    expect((await about(id)).filter((key) => key.startsWith('X#') && key.endsWith('#check'))).toEqual([]);
  });
});
