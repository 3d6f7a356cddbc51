import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { replayErasures } from '../../../local/erasures.ts';
import { caseOperations } from '../../../shared/api/operations/cases.ts';
import { referralOperations } from '../../../shared/api/operations/referrals.ts';
import { completeOn } from '../../../shared/domain/erasure.ts';
import type { CaseId, DisputeId } from '../../../shared/domain/ids.ts';
import { parts } from '../../../shared/domain/report.ts';
import { RecordBusy, RestorePending, Unknown } from '../../../shared/errors.ts';
import { type Erasing, type Erasure, erasePerson } from '../../../shared/record/erasure.ts';
import { type Desk, receive, resume } from '../../../shared/record/intake.ts';
import { keepPeople } from '../../../shared/record/keeping.ts';
import { actionsAfter, read } from '../../../shared/record/log.ts';
import { keepNote, notesOf } from '../../../shared/record/notes.ts';
import { addressesOf, mattersOf, partiesOf, partyHashes, peopleOf, wordsOf } from '../../../shared/record/people.ts';
import { assertOwnTable, openTable, partitionOf, type Table } from '../../../shared/record/table.ts';
import { dying, type Kills } from '../../support/killing.ts';
import { keysForTest } from '../../support/kms.ts';
import { man, reportOf } from '../../support/reports.ts';
import { clientForTest, logOn, type TestTable, tableAt, tableForTest } from '../../support/table.ts';

const monday = Date.parse('2026-01-05T10:00:00+08:00');
const spring = Date.parse('2027-04-01T09:00:00+08:00');
const keys = keysForTest();
const clerk = { role: 'staff', person: 'P9', post: '999900.administrator' } as const;

let table: TestTable;
let list: Table;
beforeEach(async () => {
  table = await tableForTest();
  list = await tableAt(table.endpoint, 'erasures');
});
afterEach(async () => {
  await table[Symbol.asyncDispose]();
});

const itemsOf = async ({ name, db }: Table) => (await db.send(new ScanCommand({ TableName: name }))).Items ?? [];
const sorted = async (of: Table) =>
  (await itemsOf(of)).map((item) => JSON.stringify(item, Object.keys(item).sort())).sort();
const deskOn = (of: Table = table): Desk => ({ ...logOn(of), keys });
const peopleOn = (of: Table) => ({ table: of, kms: keys.kms });

interface Taken {
  readonly dispute: DisputeId;
  readonly caseId: CaseId;
}

/** A report about the man, and a note of the dispute and one of his case. */
async function takenIn(of: Table = table, sourceId = '1', more: object = {}): Promise<Taken> {
  const { dispute, case: caseId } = await receive(deskOn(of), reportOf(sourceId, more), monday);
  if (!dispute || !caseId) throw new Error('neither dispute nor case');
  await keepNote(keys, of, dispute, 'n1', 'settle-1', '刘大强不愿调解');
  await keepNote(keys, of, caseId, 'n2', 'decide-1', '刘大强持刀，情况属实');
  return { dispute, caseId };
}

const erasing = (): Erasing => ({ table, list });
const theMan = (dispute: DisputeId, more: Partial<Erasure> = {}): Erasure => ({
  dispute,
  report: 'police/1',
  i: 1,
  at: spring,
  ground: 'retention-over',
  by: clerk,
  key: 'erase-1',
  ...more,
});
const manItem = async (of: Table, dispute: DisputeId) =>
  (await of.db.send(new GetCommand({ TableName: of.name, Key: { pk: partitionOf(dispute), sk: 'PERSON#police/1#1' } })))
    .Item;

/** Nothing of the man can be opened or found; the others can. */
async function expectGone(of: Table, { dispute, caseId }: Taken): Promise<void> {
  const people = peopleOn(of);
  expect(await peopleOf(people, [dispute], { parts })).toMatchObject([
    { i: 0, part: 'affected', content: { name: '王小花' } },
    { i: 1, part: 'respondent', erased: true },
  ]);
  expect(await addressesOf(people, [dispute], { parts })).toMatchObject([{ i: 0 }, { i: 1, erased: true }]);
  expect(await wordsOf(people, [dispute])).toMatchObject([{ report: 'police/1', erased: true }]);
  expect(await notesOf(people, dispute, ['n1'])).toEqual(new Map([['n1', { erased: true }]]));
  expect(await notesOf(people, caseId, ['n2'])).toEqual(new Map([['n2', { erased: true }]]));
  const hashes = await partyHashes(keys, man);
  expect(await mattersOf(of, hashes)).toEqual([]);
  expect((await partiesOf(of, [dispute])).map(({ parties }) => parties.length)).toEqual([1, 0]);
  const rest = JSON.stringify(await itemsOf(of));
  for (const hash of hashes) expect(rest).not.toContain(hash);
  expect((await itemsOf(of)).filter(({ sk }) => sk === 'CASE' || sk === 'DISPUTE')).toEqual([]);
}

describe('a person in role who is erased', () => {
  it.each([
    caseOperations['erase-person'],
    referralOperations['erase-helped'],
  ])('goes by nobody’s command because their time is over: that is looked at by itself, and no hold is got round by it', ({
    body,
  }) => {
    const asked = (ground: string) => body.safeParse({ ref: 'police/1.1', ground }).success;
    expect(['request', 'court', 'retention-over'].map(asked)).toEqual([true, true, false]);
  });

  it('cannot be opened by anybody, nor found; the others can; the history says so and verifies', async () => {
    const taken = await takenIn();
    const erased = await erasePerson(erasing(), theMan(taken.dispute));
    expect(erased).toEqual({
      dispute: taken.dispute,
      report: 'police/1',
      i: 1,
      at: spring,
      ground: 'retention-over',
      completeOn: completeOn(spring),
    });
    await expectGone(table, taken);
    for (const log of [taken.dispute, taken.caseId]) {
      const last = (await actionsAfter(table, log, 0)).at(-1);
      expect(last).toMatchObject({ by: clerk, key: 'erase-1', content: { kind: 'erased', part: 'police/1#1' } });
      // Reading folds, and folding verifies the chain.
      expect((await read(logOn(table), log))?.n).toBe(last?.n);
    }
  });

  it('leaves no ciphertext behind: a key that somebody put aside opens nothing', async () => {
    const { dispute } = await takenIn();
    const before = await manItem(table, dispute);
    expect(before?.sealed).toBeDefined();
    await erasePerson(erasing(), theMan(dispute));
    expect(Object.keys((await manItem(table, dispute)) ?? {}).sort()).toEqual(
      ['erasedAt', 'ground', 'pk', 'role', 'sk'].sort(),
    );
  });

  it('changes nothing else of the case', async () => {
    const { dispute, caseId } = await takenIn();
    const before = await read(logOn(table), caseId);
    await erasePerson(erasing(), theMan(dispute));
    const after = await read(logOn(table), caseId);
    const told = { n: (before?.n ?? 0) + 1, hash: after?.hash, changedAt: spring, keys: ['erase-1'] };
    expect(after).toEqual({ ...before, ...told });
  });

  it('stays erased when the report is taken in again', async () => {
    const taken = await takenIn();
    await erasePerson(erasing(), theMan(taken.dispute));
    expect(await receive(deskOn(), reportOf('1'), spring)).toMatchObject({ repeated: true });
    await expectGone(table, taken);
    await keepPeople(deskOn(), { ...taken, report: reportOf('1'), pointers: [] });
    await expectGone(table, taken);
  });

  it('is erased once: whoever asks again is told of the first time', async () => {
    const { dispute } = await takenIn();
    const first = await erasePerson(erasing(), theMan(dispute));
    const before = [await sorted(table), await sorted(list)];
    const later = { at: spring + 86_400_000, ground: 'court', key: 'erase-2' } as const;
    expect(await erasePerson(erasing(), theMan(dispute, later))).toEqual(first);
    expect([await sorted(table), await sorted(list)]).toEqual(before);
  });

  it('must be one of the record, and not of a report still being taken in', async () => {
    const { dispute } = await takenIn();
    for (const wrong of [{ i: 7 }, { report: 'grid/1' }, { dispute: 'D-000000000000' as const }]) {
      await expect(erasePerson(erasing(), theMan(dispute, wrong))).rejects.toThrow(Unknown);
    }
    expect(await itemsOf(list)).toEqual([]);
    const kills: Kills = { left: 12 };
    await expect(receive({ ...deskOn(), table: dying(table, kills) }, reportOf('2'), monday)).rejects.toThrow('killed');
    await expect(erasePerson(erasing(), theMan(dispute, { report: 'police/2' }))).rejects.toThrow(RecordBusy);
  });

  it('comes to the same end, whichever write was the last before the process was killed', async () => {
    const whole = await tableForTest();
    const wholeList = await tableAt(whole.endpoint, 'erasures');
    const taken = await takenIn(whole);
    const before = await itemsOf(whole);
    await erasePerson({ table: whole, list: wholeList }, theMan(taken.dispute));
    const wanted = [await sorted(whole), await sorted(wholeList)];
    let writes = 0;
    for (let cut = 0; ; cut++) {
      await table[Symbol.asyncDispose]();
      table = await tableForTest();
      list = await tableAt(table.endpoint, 'erasures');
      await copied(before, table);
      const kills = { left: cut };
      const mortal = { table: dying(table, kills), list: dying(list, kills) };
      const finished = await erasePerson(mortal, theMan(taken.dispute)).then(
        () => true,
        (error: Error) => {
          expect(error.message).toBe('killed');
          return false;
        },
      );
      if (cut > 0) expect(await itemsOf(list)).toHaveLength(1);
      await erasePerson(erasing(), theMan(taken.dispute));
      expect([await sorted(table), await sorted(list)]).toEqual(wanted);
      writes = cut;
      if (finished) break;
    }
    expect(writes).toBeGreaterThan(10);
    await whole[Symbol.asyncDispose]();
  });
});

async function copied(items: readonly object[], { name, db }: Table): Promise<void> {
  for (const item of items) await db.send(new PutCommand({ TableName: name, Item: { ...item } }));
}

describe('a record that was restored from a backup of before an erasure', () => {
  const opened = (name: string) => openTable(name, clientForTest(table.endpoint));

  /** The backup is of before the erasure; the list knows it. */
  async function restored(): Promise<{ copy: Table; taken: Taken }> {
    const taken = await takenIn();
    await assertOwnTable(table);
    const backup = await itemsOf(table);
    await erasePerson(erasing(), theMan(taken.dispute));
    const copy = await tableAt(table.endpoint, 'restored');
    await copied(backup, copy);
    return { copy, taken };
  }

  it('shows nothing to anybody before the erasure list was replayed, and nobody erased after', async () => {
    const { copy, taken } = await restored();
    expect(await manItem(copy, taken.dispute)).toHaveProperty('sealed');
    const reading = opened('restored');
    await expect(read(logOn(reading), taken.caseId)).rejects.toThrow(RestorePending);
    await expect(peopleOf(peopleOn(reading), [taken.dispute], { parts })).rejects.toThrow(RestorePending);
    await expect(receive(deskOn(reading), reportOf('2'), spring)).rejects.toThrow(RestorePending);

    expect(await replayErasures(list, copy)).toBe(1);
    await expectGone(copy, taken);
    await expectGone(reading, taken);
    const state = await read(logOn(reading), taken.dispute);
    expect((await actionsAfter(reading, taken.dispute, 0)).at(-1)).toMatchObject({
      n: state?.n,
      at: spring,
      content: { kind: 'erased', part: 'police/1#1', ground: 'retention-over' },
    });
  });

  it('is closed as long as the replay is cut off, at whichever write, and ends the same', async () => {
    const { copy, taken } = await restored();
    const before = await itemsOf(copy);
    await replayErasures(list, copy);
    const wanted = await sorted(copy);
    for (let cut = 0; ; cut++) {
      const again = await tableAt(table.endpoint, `restored-${cut}`);
      await copied(before, again);
      const finished = await replayErasures(list, dying(again, { left: cut })).catch(() => undefined);
      if (finished !== undefined) break;
      await expect(assertOwnTable(again)).rejects.toThrow(RestorePending);
      await replayErasures(list, again);
      expect((await sorted(again)).map((item) => item.replaceAll(again.name, copy.name))).toEqual(wanted);
      await expectGone(again, taken);
    }
  });

  it('does not take an erased person in again from a report that the backup caught half-way', async () => {
    // It joins the dispute of an earlier report: only by its pointers it finds where the tombstones are.
    await receive(deskOn(), reportOf('0'), monday);
    const kills = { left: 12 };
    await expect(receive({ ...deskOn(), table: dying(table, kills) }, reportOf('1'), monday)).rejects.toThrow('killed');
    const backup = await itemsOf(table);
    const key = { pk: 'R#police', sk: '1' };
    const receipt = await resume(deskOn(), key);
    if (!receipt.dispute || !receipt.case) throw new Error('neither dispute nor case');
    await erasePerson(erasing(), theMan(receipt.dispute));
    const copy = await tableAt(table.endpoint, 'restored');
    await copied(backup, copy);
    await replayErasures(list, copy);
    expect(await resume(deskOn(opened('restored')), key)).toMatchObject({ dispute: receipt.dispute });
    const found = await peopleOf(peopleOn(copy), [receipt.dispute], { parts });
    expect(found.filter(({ report }) => report === 'police/1')).toMatchObject([{ i: 0 }, { i: 1, erased: true }]);
    expect(await wordsOf(peopleOn(copy), [receipt.dispute])).toMatchObject([
      { report: 'police/0', content: { source: '派出所' } },
      { report: 'police/1', erased: true },
    ]);
    expect(await mattersOf(copy, await partyHashes(keys, man))).toMatchObject([{ report: 'police/0' }]);
    expect((await itemsOf(copy)).filter(({ sk }) => sk === 'CASE' || sk === 'DISPUTE')).toEqual([]);
  });

  it('opens by one command', async () => {
    const { copy, taken } = await restored();
    const script = join(import.meta.dirname, '../../../local/restore.ts');
    const args = [script, '--table', copy.name, '--erasures', list.name, '--endpoint', table.endpoint];
    const env = { ...process.env, AWS_REGION: 'cn-north-1', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' };
    const run = spawn(process.execPath, args, { env });
    const said = await text(run.stdout);
    expect(said).toContain('1 条');
    await expectGone(opened('restored'), taken);
  });
});

describe('the table of a city', () => {
  it('learns its name from the first who opens it, and is looked at once', async () => {
    const reading = openTable('record', clientForTest(table.endpoint));
    await Promise.all([read(logOn(reading), 'C-000000000000'), read(logOn(reading), 'C-000000000001')]);
    expect(await itemsOf(table)).toEqual([{ pk: 'TABLE', sk: 'NAME', name: 'record' }]);
    await table.db.send(new PutCommand({ TableName: 'record', Item: { pk: 'TABLE', sk: 'NAME', name: 'other' } }));
    await read(logOn(reading), 'C-000000000000');
    const cold = openTable('record', clientForTest(table.endpoint));
    await expect(read(logOn(cold), 'C-000000000000')).rejects.toThrow(RestorePending);
  });
});
