import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { replayErasures } from '../../../local/erasures.ts';
import { addDuration, localDate } from '../../../shared/calendar/calendar.ts';
import { type Content, system } from '../../../shared/domain/actions.ts';
import { next } from '../../../shared/domain/commit.ts';
import { expiryOf } from '../../../shared/domain/expiry.ts';
import type { CaseId, DisputeId, LogId } from '../../../shared/domain/ids.ts';
import { type Forgetting, forgetExpired, markExpiry } from '../../../shared/record/expiry.ts';
import { type Desk, receive } from '../../../shared/record/intake.ts';
import { commit, projectHead, putAction, read } from '../../../shared/record/log.ts';
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
const forgetting = (of: Table = table): Forgetting => ({ table: of, list, city });
const itemsOf = async ({ name, db }: Table) => (await db.send(new ScanCommand({ TableName: name }))).Items ?? [];
/** But for counts that name nobody. */
const kept = async (of: Table = table) => (await itemsOf(of)).filter(({ pk }) => !String(pk).startsWith('Y#'));
const about = async (id: string) =>
  (await itemsOf(table)).filter((item) => JSON.stringify(item).includes(id)).map(({ pk, sk }) => `${pk} ${sk}`);

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
  const report = reportOf(sourceId, { people, facts: [], settlement: { agreement: '和好' }, ...more });
  const { dispute } = await receive(desk(), report, monday);
  if (!dispute) throw new Error('no dispute');
  await keepNote(keys, table, dispute, 'n1', 'log', '两户和好');
  return dispute;
}

describe('an ordinary dispute after its time', () => {
  it('is gone, with its people, words, reports and what led there; the list of erasures names it and nobody', async () => {
    const id = await settled();
    await close(id, monday);
    expect(await forgetExpired(forgetting(), year - day)).toEqual({ looked: 0, forgotten: 0, unnamed: 0 });
    const early = Date.parse(`${localDate(year)}T00:30:00+08:00`);
    // On the day, but before the hour: tomorrow.
    expect(await forgetExpired(forgetting(), early)).toEqual({ looked: 1, forgotten: 0, unnamed: 0 });
    const warm = logOn(table);
    expect(await read(warm, id)).toMatchObject({ status: 'closed' });
    expect(await forgetExpired(forgetting(), year)).toEqual({ looked: 1, forgotten: 1, unnamed: 0 });
    expect(await about(id)).toEqual([]);
    expect(await kept()).toEqual([]);
    // Also whoever remembers it finds it no more.
    expect(await read(warm, id)).toBeUndefined();
    expect(await itemsOf(list)).toEqual([expect.objectContaining({ log: id, at: year, ground: 'retention-over' })]);
    expect(await forgetExpired(forgetting(), year + day)).toEqual({ looked: 0, forgotten: 0, unnamed: 0 });
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
  async function ended(endsAs: 'below-threshold' | 'unfounded'): Promise<{ dispute: DisputeId; caseId: CaseId }> {
    const report = reportOf('1', { people: [{ ...woman, role: 'affected' }, man], facts: [told('threat_to_kill')] });
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
    await close(caseId, monday);
    await close(dispute, monday);
    return { dispute, caseId };
  }

  it('stays with a case that is kept', async () => {
    const { dispute, caseId } = await ended('unfounded');
    expect(await forgetExpired(forgetting(), year)).toMatchObject({ looked: 1, forgotten: 0, unnamed: 0 });
    expect(await read(logOn(table), dispute)).toMatchObject({ status: 'closed' });
    expect(await read(logOn(table), caseId)).toMatchObject({ status: 'closed' });
    // It is asked again.
    expect((await about(dispute)).some((key) => key.startsWith('X#'))).toBe(true);
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
});
