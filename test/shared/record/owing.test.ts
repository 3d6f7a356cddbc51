/** What an action in one log asks for beyond it is done once and to the end, at whatever write the process dies. */
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Content, system } from '../../../shared/domain/actions.ts';
import type { CaseId, DisputeId, LogId } from '../../../shared/domain/ids.ts';
import { parts } from '../../../shared/domain/report.ts';
import type { CaseState, State } from '../../../shared/domain/state.ts';
import { Held, Unknown } from '../../../shared/errors.ts';
import { discharge, eraseByOrder } from '../../../shared/record/discharging.ts';
import { receive } from '../../../shared/record/intake.ts';
import { actionsAfter, commit, type Log, markOpen, read } from '../../../shared/record/log.ts';
import { keepProposed } from '../../../shared/record/own-data.ts';
import { mattersOf, partyHashes, peopleOf } from '../../../shared/record/people.ts';
import { reconcile } from '../../../shared/record/reconcile.ts';
import type { Outgoing } from '../../../shared/record/sending.ts';
import type { Table } from '../../../shared/record/table.ts';
import { city } from '../../support/city.ts';
import { dying, type Kills } from '../../support/killing.ts';
import { keysForTest } from '../../support/kms.ts';
import { man, reportOf, woman } from '../../support/reports.ts';
import { logOn, type TestTable, tableAt, tableForTest } from '../../support/table.ts';

const monday = Date.parse('2026-01-05T10:00:00+08:00');
const minute = 60_000;
const keys = keysForTest();
const health = '999901.county-health';
const reviewer = '999900.reviewer';
const judge = { role: 'staff', person: 'P7', post: reviewer } as const;
const clerk = { role: 'staff', person: 'P9', post: '999900.administrator' } as const;

let table: TestTable;
let list: Table;
const begin = async () => {
  table = await tableForTest();
  list = await tableAt(table.endpoint, 'erasures');
};
beforeEach(begin);
afterEach(() => table[Symbol.asyncDispose]());

const deskOn = (of: Table = table, listed: Table = list) => ({ ...logOn(of), keys, list: listed });
const outgoing = (): Outgoing => ({
  ...{ table, city, topicArn: 'none', handle: () => 'none', sent: new Set() },
  sns: new Proxy({} as Outgoing['sns'], { get: () => async () => ({}) }),
});
const reconciled = async (at: number) => (await reconcile(deskOn(), outgoing(), at, 'D')).repaired.owed;
const stateOf = async (id: LogId): Promise<State> => {
  const state = await read(logOn(table), id);
  if (!state) throw new Error(`nothing of ${id}`);
  return state;
};
const caseOf = async (id: CaseId): Promise<CaseState> => {
  const state = await stateOf(id);
  if (state.subject !== 'case') throw new Error(`${id} is no case`);
  return state;
};
let n = 0;
const act = async (id: LogId, content: Content, log: Log = logOn(table), at = monday) => {
  n += 1;
  const key = `k${n}`;
  const made = await commit(log, id, () => ({ at, by: clerk, key, rev: 0, content, note: key }), { key });
  return made?.action.n ?? 0;
};
const kindsIn = async (id: LogId) => (await actionsAfter(table, id, 0)).map(({ content }) => content.kind);

/** A case, and its dispute about which a department was asked; nothing else of the dispute is open. */
async function asked(sourceId = '1', more: object = {}): Promise<{ dispute: DisputeId; caseId: CaseId }> {
  const { dispute, case: caseId } = await receive(deskOn(), reportOf(sourceId, more), monday);
  if (!dispute || !caseId) throw new Error('neither dispute nor case');
  await act(dispute, {
    kind: 'opened',
    tasks: [{ kind: 'enquiry', owner: health, from: monday, due: monday + 1e9, about: 'health known-dispute' }],
  });
  const { tasks } = await stateOf(dispute);
  const no = Object.keys(tasks).find((one) => one.startsWith('enquiry')) ?? '';
  await act(dispute, { kind: 'answered', task: no, answer: { task: 'enquiry', outcome: 'no' } });
  for (const { no: task } of Object.values((await stateOf(dispute)).tasks)) await act(dispute, { kind: 'ended', task });
  return { dispute, caseId };
}
const closed = async (id: LogId) => {
  await act(id, { kind: 'closed' });
  expect((await stateOf(id)).status).toBe('closed');
};
const destroys = ({ wants }: State) => wants.filter(({ kind }) => kind === 'destroy').map(({ owner }) => owner);

/** At every write in turn; @returns how many there were */
async function struckAtEvery(
  prepare: () => Promise<(log: ReturnType<typeof deskOn>) => Promise<unknown>>,
  holds: (cut: number) => Promise<void>,
) {
  for (let cut = 0; ; cut += 1) {
    await table[Symbol.asyncDispose]();
    await begin();
    const command = await prepare();
    const kills: Kills = { left: cut };
    const finished = await command(deskOn(dying(table, kills), dying(list, kills))).then(
      () => true,
      (error: Error) => {
        expect(error.message).toBe('killed');
        return false;
      },
    );
    // Every second one by the command again, the others by whoever comes by.
    const found = cut % 2 === 0 ? 0 : await reconciled(monday + 2 * minute);
    await command(deskOn());
    await holds(cut);
    expect(await reconciled(monday + 10 * minute), `killed after ${cut} writes, ${found} repaired`).toBe(0);
    if (finished) return cut;
  }
}

describe('somebody erased by command', () => {
  const order = { at: monday, by: clerk, ground: 'request', key: 'erase' } as const;
  const theMan = (dispute: DisputeId) => ({ dispute, report: 'police/1', i: 1 });

  it('is decided first, then done to the end: at every write, by the command again or by the reconciler', async () => {
    let at = { dispute: '' as DisputeId, caseId: '' as CaseId };
    const writes = await struckAtEvery(
      async () => {
        at = await asked();
        await closed(at.dispute);
        return (log) => eraseByOrder(log, at.dispute, theMan(at.dispute), order);
      },
      async (cut) => {
        const state = await stateOf(at.dispute);
        expect(state, `killed after ${cut} writes`).toMatchObject({ status: 'open', owed: [] });
        expect(destroys(state)).toEqual([health]);
        for (const id of [at.dispute, at.caseId]) {
          expect((await kindsIn(id)).filter((kind) => kind === 'erased')).toHaveLength(1);
        }
        const once = (await kindsIn(at.dispute)).filter((kind) => kind === 'erasureOrdered' || kind === 'discharged');
        expect(once).toEqual(['erasureOrdered', 'discharged']);
        expect(await mattersOf(table, await partyHashes(keys, man))).toEqual([]);
        expect((await table.db.send(new ScanCommand({ TableName: list.name }))).Items).toHaveLength(1);
      },
    );
    expect(writes).toBeGreaterThan(15);
  }, 120_000);

  it('whatever dies after the order, the reconciler alone finds it, also in what is closed', async () => {
    for (let cut = 2; ; cut += 1) {
      await table[Symbol.asyncDispose]();
      await begin();
      const { dispute } = await asked();
      await closed(dispute);
      const kills: Kills = { left: cut };
      const log = deskOn(dying(table, kills), dying(list, kills));
      const died = await eraseByOrder(log, dispute, theMan(dispute), order).then(
        () => false,
        () => true,
      );
      const isOwed = (await stateOf(dispute)).owed.length > 0;
      expect(await reconciled(monday + 2 * minute)).toBe(isOwed ? 1 : 0);
      const [, person] = await peopleOf({ table, kms: keys.kms }, [dispute], { parts });
      expect(person, `killed after ${cut} writes`).toMatchObject({ erased: true });
      expect(destroys(await stateOf(dispute))).toEqual([health]);
      if (!died) return;
    }
  }, 120_000);

  it('not while it is held, unless a court says so; nobody is ordered who is not there; once ordered it is done', async () => {
    const { dispute } = await asked();
    const by = (more: object) => eraseByOrder(deskOn(), dispute, theMan(dispute), { ...order, ...more });
    await act(dispute, { kind: 'held', until: monday + 1e9, since: monday });
    await expect(by({})).rejects.toThrow(Held);
    await expect(eraseByOrder(deskOn(), dispute, { ...theMan(dispute), i: 7 }, order)).rejects.toThrow(Unknown);
    expect(await kindsIn(dispute)).not.toContain('erasureOrdered');
    const done = await by({ ground: 'court' });
    expect(done).toMatchObject({ at: monday, ground: 'court' });
    expect(await by({ key: 'again', at: monday + 1e6 })).toEqual(done);
    expect((await kindsIn(dispute)).filter((kind) => kind === 'erasureOrdered')).toHaveLength(1);
  });
});

describe('own data that is granted', () => {
  const own = { name: '刘小强', idNumber: '999999197505050063' };

  async function wanted(more: object = {}) {
    const { dispute, caseId } = await asked('1', more);
    const place = { dispute, report: 'police/1', i: 1, part: 'respondent' } as const;
    await keepProposed({ table, keys }, place, 'n-own', own);
    const draft = { at: monday, by: clerk, key: 'ask', rev: 0, note: 'n-own' } as const;
    const content = { kind: 'correctionAsked', what: 'own-data', part: 'police/1#1' } as const;
    const made = await commit(logOn(table), dispute, () => ({ ...draft, content }));
    const about = String(made?.action.n);
    await act(dispute, {
      kind: 'opened',
      tasks: [{ kind: 'correction', owner: reviewer, from: monday, due: monday + 1e9, about }],
    });
    return { dispute, caseId };
  }
  const granted = (dispute: DisputeId) => async (log: ReturnType<typeof deskOn>) => {
    const change = { what: 'own-data', part: 'police/1#1' } as const;
    const content = {
      kind: 'answered',
      task: 'correction-1',
      answer: { task: 'correction', outcome: 'corrected', change },
    } as const;
    await commit(log, dispute, () => ({ at: monday, by: judge, key: 'grant', rev: 0, content }), { key: 'grant' });
    await discharge(log, dispute);
  };

  it('is put in place after the answer, the case that it is part of is assessed anew, and who received it reads it anew', async () => {
    let at = { dispute: '' as DisputeId, caseId: '' as CaseId };
    await struckAtEvery(
      async () => {
        at = await wanted();
        const [event] = (await caseOf(at.caseId)).events;
        await act(at.caseId, {
          kind: 'opened',
          tasks: [
            { kind: 'verify', owner: health, from: monday, due: monday + 1e9, ...(event ? { event: event.id } : {}) },
          ],
        });
        await act(at.caseId, { kind: 'answered', task: 'verify-1', answer: { task: 'verify', outcome: 'verified' } });
        return granted(at.dispute);
      },
      async (cut) => {
        const [, person] = await peopleOf({ table, kms: keys.kms }, [at.dispute], { parts });
        expect(person, `killed after ${cut} writes`).toMatchObject({ content: { name: own.name } });
        const state = await stateOf(at.dispute);
        expect(state.owed).toEqual([]);
        expect(state.grants).toMatchObject([{ to: health, recalled: 'corrected' }]);
        expect(destroys(state)).toEqual([health]);
        expect((await caseOf(at.caseId)).reassess).toBe(true);
        expect((await kindsIn(at.caseId)).filter((kind) => kind === 'recalled')).toHaveLength(1);
      },
    );
  }, 120_000);

  it('whoever was erased meanwhile stays erased, and nobody waits for it', async () => {
    const { dispute } = await wanted();
    const kills: Kills = { left: 1 };
    await expect(granted(dispute)(deskOn(dying(table, kills)))).rejects.toThrow('killed');
    const order = { at: monday, by: clerk, ground: 'court', key: 'erase' } as const;
    await eraseByOrder(deskOn(), dispute, { dispute, report: 'police/1', i: 1 }, order);
    expect(await stateOf(dispute)).toMatchObject({ owed: [] });
    const [, person] = await peopleOf({ table, kms: keys.kms }, [dispute], { parts });
    expect(person).toMatchObject({ erased: true });
  });
});

describe('what others received through the dispute of a case', () => {
  /** What was told does not hold: the correction takes the only event away, and with it the case. */
  async function wrong(what: 'role' | 'facts') {
    const at = await asked();
    const [event] = (await caseOf(at.caseId)).events;
    if (!event) throw new Error('no event');
    await act(at.caseId, {
      kind: 'opened',
      tasks: [{ kind: 'verify', owner: health, from: monday, due: monday + 1e9, event: event.id }],
    });
    await act(at.caseId, { kind: 'answered', task: 'verify-1', answer: { task: 'verify', outcome: 'verified' } });
    const about = await act(at.caseId, {
      kind: 'correctionAsked',
      what,
      ...(what === 'facts' ? { event: event.id } : {}),
    });
    await act(at.caseId, {
      kind: 'opened',
      tasks: [{ kind: 'correction', owner: reviewer, from: monday, due: monday + 1e9, about: String(about) }],
    });
    const change =
      what === 'role' ? ({ what } as const) : ({ what, event: event.id, facts: [{ type: 'threat_to_harm' }] } as const);
    const content = {
      kind: 'answered',
      task: 'correction-1',
      answer: { task: 'correction', outcome: 'corrected', change },
    } as const;
    const answers = async (log: Log) => {
      await commit(log, at.caseId, () => ({ at: monday, by: judge, key: 'right', rev: 0, content }), { key: 'right' });
    };
    return { ...at, answers };
  }

  it.each([
    ['facts', 'corrected'],
    ['role', 'not-needed'],
  ] as const)(
    'is asked for where the case is corrected (%s): %s, once, at whatever write it was cut off',
    async (what, cause) => {
      let at = { dispute: '' as DisputeId, caseId: '' as CaseId };
      await struckAtEvery(
        async () => {
          const { answers, ...made } = await wrong(what);
          at = made;
          await closed(at.dispute);
          return answers;
        },
        async (cut) => {
          const state = await stateOf(at.dispute);
          expect(state.grants, `killed after ${cut} writes`).toMatchObject([{ to: health, recalled: cause }]);
          expect(destroys(state)).toEqual([health]);
          expect(state.status).toBe('open');
          expect((await caseOf(at.caseId)).owed).toEqual([]);
          expect((await kindsIn(at.dispute)).filter((kind) => kind === 'recalled')).toHaveLength(1);
        },
      );
    },
    120_000,
  );

  it('is not needed any more where the case ends without resolution', async () => {
    const { dispute, caseId, answers } = await wrong('role');
    await answers(logOn(table));
    expect(await caseOf(caseId)).toMatchObject({ status: 'ending', endsAs: 'unfounded', owed: [] });
    expect((await stateOf(dispute)).grants).toMatchObject([{ to: health, recalled: 'not-needed' }]);
  });

  it('stays with a dispute that goes on without the case', async () => {
    const { dispute, caseId, answers } = await wrong('role');
    await act(dispute, { kind: 'asked', want: { kind: 'settle' } });
    await answers(logOn(table));
    expect(await caseOf(caseId)).toMatchObject({ status: 'ending', endsAs: 'unfounded', owed: [] });
    expect((await stateOf(dispute)).grants).toMatchObject([{ to: health, recalled: null }]);
  });

  it('stays where another case of the dispute is under way, and is corrected all the same', async () => {
    const hers = {
      people: [
        { ...woman, role: 'respondent' },
        { ...man, role: 'affected' },
      ],
    };
    const ended = await wrong('role');
    const { dispute } = await receive(deskOn(), reportOf('2', hers), monday);
    expect(dispute).toBe(ended.dispute);
    await ended.answers(logOn(table));
    expect((await stateOf(ended.dispute)).grants).toMatchObject([{ to: health, recalled: null }]);
  });
});

describe('a hold on a dispute', () => {
  const until = monday + 90 * 86_400_000;
  const held = { kind: 'held', until, since: monday } as const;
  const isTold = async (id: CaseId) => (await caseOf(id)).wants.filter(({ kind }) => kind === 'tell-hold').length;
  const notified = async (id: CaseId, outcome: 'told' = 'told', log: Log = logOn(table)) => {
    await act(id, { kind: 'opened', tasks: [{ kind: 'notify', owner: health, from: monday, due: monday + 1e9 }] });
    const { tasks } = await stateOf(id);
    const no = Object.keys(tasks).findLast((one) => one.startsWith('notify')) ?? '';
    await act(id, { kind: 'answered', task: no, answer: { task: 'notify', outcome } }, log);
  };

  it('is told to whoever was told of its case, once, and to nobody else', async () => {
    const told = await asked();
    const untold = await receive(
      deskOn(),
      reportOf('2', {
        people: [
          { ...woman, role: 'respondent' },
          { ...man, role: 'affected' },
        ],
      }),
      monday,
    );
    await notified(told.caseId);
    await act(told.dispute, held);
    expect(await isTold(told.caseId)).toBe(1);
    expect(untold.dispute).toBe(told.dispute);
    expect(untold.case && (await isTold(untold.case))).toBe(0);
    // Whoever hears of the case while it stands hears of the hold too; of one hold they are told once.
    if (untold.case) await notified(untold.case);
    expect(untold.case && (await isTold(untold.case))).toBe(1);
    await notified(told.caseId);
    expect(await isTold(told.caseId)).toBe(1);
    expect(await stateOf(told.dispute)).toMatchObject({ owed: [] });
  });

  it('opens what is closed to tell it, also after a crash at any write', async () => {
    let at = { dispute: '' as DisputeId, caseId: '' as CaseId };
    await struckAtEvery(
      async () => {
        at = await asked();
        await notified(at.caseId);
        await closed(at.dispute);
        return async (log) => {
          await markOpen(log, at.dispute);
          const draft = { at: monday, by: system, key: 'hold', rev: 0, content: held } as const;
          await commit(log, at.dispute, () => draft, { key: 'hold' });
        };
      },
      async () => {
        expect(await isTold(at.caseId)).toBe(1);
        expect(await stateOf(at.dispute)).toMatchObject({ heldUntil: until, owed: [], status: 'closed' });
      },
    );
  }, 120_000);

  it('that is over, or was released, is told to nobody who hears of the case after', async () => {
    const { dispute, caseId } = await asked();
    await act(dispute, held);
    await act(dispute, { kind: 'holdReleased' });
    await notified(caseId);
    expect(await isTold(caseId)).toBe(0);
    expect((await caseOf(caseId)).owed).toEqual([]);
  });
});
