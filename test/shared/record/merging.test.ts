import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addDuration } from '../../../shared/calendar/calendar.ts';
import { type By, system } from '../../../shared/domain/actions.ts';
import { expiryOf } from '../../../shared/domain/expiry.ts';
import { type CaseId, type DisputeId, isCaseId, type LogId } from '../../../shared/domain/ids.ts';
import { openingDraft } from '../../../shared/domain/lifecycle-commands.ts';
import { mergedInto, movingOf } from '../../../shared/domain/merged.ts';
import { mergeOffered, unmergeOffered } from '../../../shared/domain/merging.ts';
import { parts } from '../../../shared/domain/report.ts';
import { openTasks, type State } from '../../../shared/domain/state.ts';
import { erasePerson } from '../../../shared/record/erasure.ts';
import { forgetExpired, markExpiry } from '../../../shared/record/expiry.ts';
import { receive } from '../../../shared/record/intake.ts';
import { actionsAfter, commit, type Log, markOpen, read } from '../../../shared/record/log.ts';
import { areOpposed, carryOn, foldersIn, kinOf } from '../../../shared/record/merging.ts';
import { keepNote, notesOf } from '../../../shared/record/notes.ts';
import { peopleOf } from '../../../shared/record/people.ts';
import { reconcile } from '../../../shared/record/reconcile.ts';
import type { Outgoing } from '../../../shared/record/sending.ts';
import type { Table } from '../../../shared/record/table.ts';
import { city } from '../../support/city.ts';
import { dying, type Kills } from '../../support/killing.ts';
import { keysForTest } from '../../support/kms.ts';
import { told as factTold, man, reportOf, woman } from '../../support/reports.ts';
import { logOn, type TestTable, tableAt, tableForTest } from '../../support/table.ts';

const monday = Date.parse('2026-01-05T10:00:00+08:00');
const tuesday = monday + 24 * 3_600_000;
const keys = keysForTest();
const by = { role: 'staff', person: 'P-county', post: '999901.county-centre' } as const satisfies By;
const reason = 'Both were visited at the same door: it is one man.';

let table: TestTable;
beforeEach(async () => {
  table = await tableForTest();
});
afterEach(async () => {
  await table[Symbol.asyncDispose]();
});

const deskOn = (of: Table = table) => ({ ...logOn(of), keys });
const stateOf = async (id: LogId): Promise<State> => {
  const state = await read(logOn(table), id);
  if (!state) throw new Error(`nothing of ${id}`);
  return state;
};
const { idNumber: _, ...nameless } = man;
/** The same man under another phone. */
const again = { ...nameless, phone: '13900000009' };

async function told(sourceId: string, more: object = {}): Promise<{ dispute: DisputeId; caseId: CaseId }> {
  const { dispute, case: caseId } = await receive(deskOn(), reportOf(sourceId, more), monday);
  if (!dispute || !caseId) throw new Error('neither dispute nor case');
  return { dispute, caseId };
}

/** What a command does: it offers, and carries on; at whatever write the process dies, it is sent again under its key. */
async function merge(log: Log, source: LogId, target: LogId, key = 'merge'): Promise<void> {
  const into = await stateOf(target);
  const offer = { target: into, isLookedAfter: () => false, opposed: false, by, at: tuesday, key, reason };
  await commit(log, source, (state) => state && mergeOffered({ ...offer, source: state }).draft, { key });
  await carryOn(log, source, tuesday);
}

async function unmerge(log: Log, source: LogId, target: LogId, key = 'unmerge'): Promise<void> {
  const command = (state: State | undefined) => {
    if (!state || !(isCaseId(source) || source.startsWith('D-'))) return undefined;
    return unmergeOffered({ target: state, source: source as CaseId, by, at: tuesday, key, reason }).draft;
  };
  await commit(log, target, command, { key });
  await carryOn(log, target, tuesday);
}

/** Everything that the two say of their work, without numbers of actions. */
async function substance(ids: readonly LogId[]): Promise<string> {
  const states = await Promise.all(ids.map(stateOf));
  return JSON.stringify(
    states.map(({ id, status, owner, reports, tasks, ...rest }) => ({
      ...{ id, status, owner, reports, into: 'merged' in rest ? rest.merged?.into : null },
      moving: 'moving' in rest ? rest.moving : null,
      disputes: 'disputes' in rest ? rest.disputes : [],
      tasks: Object.values(tasks).map(({ no, owner: post, due }) => `${no} ${post} ${due}`),
    })),
  );
}

const workOf = (states: readonly State[]): Set<string> =>
  new Set(states.flatMap((state) => openTasks(state).map(({ kind, owner, event }) => `${kind} ${owner} ${event}`)));

describe('a crash at any write of a merge', () => {
  const verify = async (id: LogId) => {
    const log = logOn(table);
    await commit(log, id, (state) => state && openingDraft(log.city, state, state.rev, monday));
  };

  it('is repaired by the same command, or by whoever comes by; and nothing asked for is ever nowhere', async () => {
    let whole = '';
    let undone = '';
    let clean = '';
    for (let life = 0; ; life += 1) {
      await table[Symbol.asyncDispose]();
      table = await tableForTest();
      const target = await told('1');
      const source = await told('2', { people: [woman, again] });
      const ids = [source.caseId, target.caseId];
      for (const id of ids) await verify(id);
      clean ||= await substance(ids);
      const asked = workOf(await Promise.all(ids.map(stateOf)));
      const nothingLost = async () => {
        const now = workOf(await Promise.all(ids.map(stateOf)));
        for (const one of asked) expect(now, `${one}, killed after ${life} writes`).toContain(one);
      };
      const dies = async (act: (of: Table) => Promise<void>): Promise<boolean> => {
        const kills: Kills = { left: life };
        const died = await act(dying(table, kills)).then(
          () => false,
          () => true,
        );
        await nothingLost();
        return died;
      };
      const [one, other] = [source.caseId, target.caseId];
      const died = await dies((of) => merge(logOn(of), one, other));
      // Every second one by the command again, the others by whoever finds it.
      if (life % 2 === 0) await merge(logOn(table), one, other);
      else if ((await carryOn(logOn(table), one, tuesday)) === 'settled') await merge(logOn(table), one, other);
      whole ||= await substance(ids);
      expect(await substance(ids), `killed after ${life} writes`).toBe(whole);
      const diedAgain = await dies((of) => unmerge(logOn(of), one, other));
      if (life % 2 === 0) await unmerge(logOn(table), one, other);
      else if ((await carryOn(logOn(table), other, tuesday)) === 'settled') await unmerge(logOn(table), one, other);
      undone ||= await substance(ids);
      expect(await substance(ids), `killed after ${life} writes`).toBe(undone);
      for (const id of ids) {
        const actions = await actionsAfter(table, id, 0);
        for (const kind of ['mergeOffered', 'absorbed', 'merged', 'unmergeOffered', 'unmerged', 'released']) {
          expect(actions.filter(({ content }) => content.kind === kind).length).toBeLessThan(2);
        }
      }
      if (!died && !diedAgain) break;
    }
    expect(undone).toBe(clean);
    expect(whole).not.toBe(clean);
  }, 60_000);
});

describe('what belongs to a case that went into another', () => {
  it('goes there: reports under either number, repeated as often as you like; and back when they are two again', async () => {
    const target = await told('1');
    const source = await told('2', { people: [woman, again] });
    await merge(logOn(table), source.caseId, target.caseId);
    const third = await told('3', { people: [woman, again] });
    expect(third).toEqual({ dispute: source.dispute, caseId: target.caseId });
    expect(await told('3', { people: [woman, again] })).toEqual(third);
    expect((await stateOf(target.caseId)).reports).toEqual(['police/1', 'police/2', 'police/3']);
    await unmerge(logOn(table), source.caseId, target.caseId);
    expect((await stateOf(source.caseId)).reports).toEqual(['police/2', 'police/3']);
    expect((await stateOf(target.caseId)).reports).toEqual(['police/1']);
    expect((await told('4', { people: [woman, again] })).caseId).toBe(source.caseId);
  });

  it('a report that meets a merge on its way brings that to its end first', async () => {
    const target = await told('1');
    const source = await told('2', { people: [woman, again] });
    const kills = { left: 2 };
    await expect(merge(logOn(dying(table, kills)), source.caseId, target.caseId)).rejects.toThrow('killed');
    expect(mergedInto(await stateOf(source.caseId))).toBe(null);
    expect((await told('3', { people: [woman, again] })).caseId).toBe(target.caseId);
    expect(mergedInto(await stateOf(source.caseId))).toBe(target.caseId);
  });

  it('two who hit each other are two: whoever is concerned in one asked for help in the other', async () => {
    const his = await told('1');
    const hers = await told('2', {
      people: [
        { ...woman, role: 'respondent' },
        { ...man, role: 'affected' },
      ],
    });
    expect(hers.dispute).toBe(his.dispute);
    const [one, other] = [await stateOf(his.caseId), await stateOf(hers.caseId)];
    if (one.subject !== 'case' || other.subject !== 'case') throw new Error('no cases');
    expect(await areOpposed(logOn(table), one, other)).toBe(true);
    const same = await stateOf((await told('3', { people: [again, { ...woman, phone: '13900000008' }] })).caseId);
    expect(same.subject === 'case' && (await areOpposed(logOn(table), one, same))).toBe(false);
  });
});

describe('two disputes that are one', () => {
  it('keep their people where they are, and are read, searched and erased as one', async () => {
    const list = await tableAt(table.endpoint, 'erasures');
    const target = await told('1');
    const source = await told('2', { people: [{ ...woman, phone: '13900000001' }, man] });
    expect(source.caseId).toBe(target.caseId);
    expect(source.dispute).not.toBe(target.dispute);
    await keepNote(keys, table, target.dispute, 'n1', 'log', '刘大强不愿调解');
    await merge(logOn(table), source.dispute, target.dispute);
    const both = [target.dispute, source.dispute];
    expect(await foldersIn(logOn(table), await stateOf(target.dispute))).toEqual(both);
    expect([...(await foldersIn(logOn(table), await stateOf(target.caseId)))].sort()).toEqual([...both].sort());
    expect([...(await kinOf(logOn(table), source.dispute))].sort()).toEqual([...both, target.caseId].sort());
    // A report of the same two goes to the one, and its people lie where they always lay.
    const third = await told('3', { people: [{ ...woman, phone: '13900000001' }, man] });
    expect(third.dispute).toBe(target.dispute);
    const people = { table, kms: keys.kms };
    const there = await peopleOf(people, [source.dispute], { parts });
    expect(there.map(({ report }) => report)).toEqual(['police/2', 'police/2', 'police/3', 'police/3']);
    const erasure = { dispute: source.dispute, report: 'police/2', i: 1, at: tuesday, ground: 'court' } as const;
    await erasePerson({ table, list }, { ...erasure, by, key: 'erase' });
    for (const id of [...both, target.caseId]) {
      const kinds = (await actionsAfter(table, id, 0)).map(({ content }) => content.kind);
      expect(kinds, id).toContain('erased');
    }
    expect((await notesOf(people, target.dispute, ['n1'])).get('n1')).toEqual({ erased: true });
    await unmerge(logOn(table), source.dispute, target.dispute);
    expect((await stateOf(source.dispute)).reports).toEqual(['police/2', 'police/3']);
    expect((await stateOf(target.dispute)).reports).toEqual(['police/1']);
    expect(await foldersIn(logOn(table), await stateOf(target.dispute))).toEqual([target.dispute]);
  });
});

const outgoing = (): Outgoing => ({
  ...{ table, city, topicArn: 'none', handle: () => 'none', sent: new Set() },
  sns: new Proxy({} as Outgoing['sns'], { get: () => async () => ({}) }),
});

describe('what a crash left', () => {
  it('is found by the reconciler, among what is open, and mended once', async () => {
    const target = await told('1');
    const source = await told('2', { people: [woman, again] });
    await expect(merge(logOn(dying(table, { left: 2 })), source.caseId, target.caseId)).rejects.toThrow('killed');
    const minutes = (count: number) => tuesday + count * 60_000;
    expect((await reconcile({ ...deskOn(), list: table }, outgoing(), minutes(2), 'D')).repaired.merge).toBe(1);
    expect(mergedInto(await stateOf(source.caseId))).toBe(target.caseId);
    expect((await reconcile({ ...deskOn(), list: table }, outgoing(), minutes(7), 'D')).repaired.merge).toBe(0);
    await expect(unmerge(logOn(dying(table, { left: 2 })), source.caseId, target.caseId)).rejects.toThrow('killed');
    expect((await reconcile({ ...deskOn(), list: table }, outgoing(), minutes(12), 'D')).repaired.merge).toBe(1);
    expect(mergedInto(await stateOf(source.caseId))).toBe(null);
  });
});

describe('the time of what was merged', () => {
  const year = addDuration(city, tuesday, city.retention.ordinary);
  const settled = async (sourceId: string, phone: string): Promise<DisputeId> => {
    const people = [{ ...woman, role: 'complainant', phone }, man];
    const { dispute } = await receive(deskOn(), reportOf(sourceId, { people, facts: [factTold('settled')] }), monday);
    if (!dispute) throw new Error('no dispute');
    return dispute;
  };
  /** Closes as the lifecycle does: the mark first. */
  const close = async (id: DisputeId, at: number) => {
    const state = await stateOf(id);
    const expiry = expiryOf(city, state, at);
    if (expiry) await markExpiry(table, id, expiry);
    const draft = { at, by: system, key: `close ${at}`, rev: 0, content: { kind: 'closed' } } as const;
    await commit(logOn(table), id, () => draft);
  };
  const itemsOf = async (id: string) =>
    ((await table.db.send(new ScanCommand({ TableName: table.name }))).Items ?? []).filter(
      ({ pk }) => pk === `D#${id}`,
    );

  it('a crash between two that are closed is found too, at whatever write', async () => {
    const ends = async (ids: readonly DisputeId[]) =>
      (await Promise.all(ids.map(stateOf))).map((state) => movingOf(state)?.what ?? 'rests');
    for (let life = 1; ; life += 1) {
      const both = [
        await settled(`${life}a`, `1390000${1000 + life}`),
        await settled(`${life}b`, `1390000${2000 + life}`),
      ];
      const [source, target] = both as [DisputeId, DisputeId];
      for (const id of both) await close(id, tuesday);
      /** The command marks what it begins at: whoever repairs finds it among what is open. */
      const dies = async (act: (log: Log) => Promise<void>) => {
        const died = await act(logOn(dying(table, { left: life }))).then(
          () => false,
          () => true,
        );
        const { repaired } = await reconcile({ ...deskOn(), list: table }, outgoing(), tuesday + 120_000, 'D');
        expect(await ends(both), `killed after ${life} writes, ${repaired.merge} repaired`).toEqual(['rests', 'rests']);
        return died;
      };
      const one = await dies(async (log) => {
        await markOpen(log, source);
        await merge(log, source, target);
      });
      if (mergedInto(await stateOf(source)) === null) await merge(logOn(table), source, target);
      const another = await dies(async (log) => {
        await markOpen(log, target);
        await unmerge(log, source, target);
      });
      if (!one && !another) break;
    }
  }, 60_000);

  it('is that of what it went into, and it goes on the same day', async () => {
    const [source, target] = [await settled('1', '13900000001'), await settled('2', '13900000002')];
    await close(source, monday);
    await close(target, tuesday);
    await merge(logOn(table), source, target);
    const list = await tableAt(table.endpoint, 'erasures');
    const forgetting = { table, list, city, driver: logOn(table).driver };
    const first = addDuration(city, monday, city.retention.ordinary);
    expect((await forgetExpired(forgetting, first)).forgotten).toBe(0);
    expect(await itemsOf(source)).not.toEqual([]);
    await forgetExpired(forgetting, year);
    expect([await itemsOf(source), await itemsOf(target)]).toEqual([[], []]);
  });
});
