import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Content, system } from '../../../shared/domain/actions.ts';
import type { LogId } from '../../../shared/domain/ids.ts';
import { openingDraft } from '../../../shared/domain/lifecycle-commands.ts';
import { parseReport } from '../../../shared/domain/report.ts';
import { openTasks, type State } from '../../../shared/domain/state.ts';
import type { Discharging } from '../../../shared/record/discharging.ts';
import { type Desk, receive } from '../../../shared/record/intake.ts';
import { openLogs } from '../../../shared/record/lists.ts';
import { commit, read } from '../../../shared/record/log.ts';
import { reconcile } from '../../../shared/record/reconcile.ts';
import type { Outgoing } from '../../../shared/record/sending.ts';
import { actionKey, partitionOf, taskKey, waitKey } from '../../../shared/record/table.ts';
import { city } from '../../support/city.ts';
import { keysForTest } from '../../support/kms.ts';
import { logOn, RecordingDriver, type TestTable, tableForTest } from '../../support/table.ts';

const minute = 60_000;
const monday = Date.parse('2026-01-05T10:00:00+08:00');
const definition = 'D';

let table: TestTable;
let driver: RecordingDriver;
let desk: Desk & Discharging;
beforeEach(async () => {
  table = await tableForTest();
  driver = new RecordingDriver();
  desk = { ...logOn(table, driver), keys: keysForTest(), list: table };
});
afterEach(async () => {
  await table[Symbol.asyncDispose]();
});

const outgoing = (): Outgoing => ({
  table,
  sns: new Proxy({} as Outgoing['sns'], { get: () => async () => ({}) }),
  topicArn: 'none',
  city,
  handle: () => 'none',
  sent: new Set(),
});

/** A quarrel about noise, of other people each time: its tasks are open, and its executions wait for them. */
async function waiting(no: number): Promise<LogId> {
  const { dispute } = await receive(
    desk,
    parseReport({
      channel: 'grid',
      sourceId: `${no}`,
      source: '网格员',
      reportedAt: '2026-01-05T10:00:00+08:00',
      area: '999901001001',
      disputeType: 'neighbour',
      text: '楼上楼下因噪音争吵',
      facts: [],
      people: [{ role: 'complainant', name: '王小花', phone: `1380000${1000 + no}` }],
    }),
    monday,
  );
  if (!dispute) throw new Error('no dispute');
  await commit(desk, dispute, (state) => state && openingDraft(city, state, 1, monday), { byLifecycle: true });
  const state = await read(desk, dispute);
  for (const sk of [...openTasks(open(state)).map((task) => taskKey(task.no)), waitKey]) {
    await set(dispute, sk, 'SET tok = :tok, tokRev = :rev, tokSeq = :seq, tokDef = :def', {
      ...{ ':tok': `${dispute} ${sk}`, ':rev': open(state).rev, ':seq': open(state).n, ':def': definition },
    });
  }
  return dispute;
}

const open = (state: State | undefined): State => {
  if (!state) throw new Error('no such log');
  return state;
};

const set = (id: LogId, sk: string, UpdateExpression: string, ExpressionAttributeValues: Record<string, unknown>) =>
  table.db.send(
    new UpdateCommand({
      TableName: table.name,
      Key: { pk: partitionOf(id), sk },
      UpdateExpression,
      ExpressionAttributeValues,
    }),
  );

/** Whose lifecycle was looked for in a round. */
const probedIn = async (now: number, mostProbed?: number): Promise<Set<string>> => {
  driver.done.length = 0;
  await reconcile(desk, outgoing(), now, definition, mostProbed);
  return new Set(driver.done.flatMap((done) => /^start ([A-Z]-[0-9a-z]{12})-\d+$/.exec(done)?.[1] ?? []));
};

describe('a round of the reconciler', () => {
  it('is kept up by no log that is broken: all others are mended, and it is told', async () => {
    const [broken, dead] = [await waiting(1), await waiting(2)];
    const { n } = open(await read(desk, broken));
    const action = { n: n + 1, prev: 'of another chain', hash: 'none' };
    await table.db.send(
      new PutCommand({ TableName: table.name, Item: { pk: partitionOf(broken), sk: actionKey(n + 1), action } }),
    );
    driver.dead.add(`${dead}-1`);
    const { repaired, failed } = await reconcile(desk, outgoing(), monday + 2 * minute, definition);
    expect(failed.map(String)).toEqual([expect.stringContaining('RecordBroken')]);
    expect(repaired.recovered).toBe(1);
    expect(await read(desk, dead)).toMatchObject({ rev: 2, recoveries: 1 });
  });

  it('drives what owes something that keeps failing: only that is left, and told; closed, it is found again all the same', async () => {
    const [dead, over] = [await waiting(1), await waiting(2)];
    const acts = (id: LogId, key: string, content: Content) =>
      commit(desk, id, () => ({ at: monday, by: system, key, rev: 0, content }));
    for (const id of [dead, over]) {
      // Of somebody who is not kept there.
      await acts(id, 'erase', { kind: 'erasureOrdered', part: 'grid/none#0', ground: 'court' });
    }
    for (const { no } of openTasks(open(await read(desk, over)))) await acts(over, no, { kind: 'ended', task: no });
    await acts(over, 'close', { kind: 'closed' });
    driver.dead.add(`${dead}-1`);
    const { repaired, failed } = await reconcile(desk, outgoing(), monday + 2 * minute, definition);
    expect(failed.map(String)).toEqual([1, 2].map(() => expect.stringContaining('RecordBroken')));
    expect(repaired).toMatchObject({ owed: 0, recovered: 1, 'closed-mark': 0 });
    expect(await read(desk, dead)).toMatchObject({ rev: 2, recoveries: 1, owed: [{ what: 'erasure' }] });
    expect(await read(desk, over)).toMatchObject({ status: 'closed', owed: [{ what: 'erasure' }] });
    expect(await openLogs(desk)).toContain(over);
  });

  it('is kept up by no report that cannot be taken in', async () => {
    const dead = await waiting(1);
    driver.dead.add(`${dead}-1`);
    // Left pending by a crash, and of a shape that nothing here can read.
    const sk = 'R#2';
    await table.db.send(
      new UpdateCommand({
        TableName: table.name,
        Key: { pk: 'R#grid', sk },
        UpdateExpression: 'SET pending = :shard, receivedAt = :at',
        ExpressionAttributeValues: { ':shard': `${city.code}#0`, ':at': '2026-01-05T01:00:00.000Z' },
      }),
    );
    const { repaired, failed } = await reconcile(desk, outgoing(), monday + 2 * minute, definition);
    expect(failed).toHaveLength(1);
    expect(repaired).toMatchObject({ intake: 0, recovered: 1 });
  });

  it('looks for the execution of every open log; of more than it may, each has its turn within the hour', async () => {
    const ids = [];
    for (let no = 0; no < 9; no++) ids.push(await waiting(no));
    expect((await openLogs(desk)).sort()).toEqual([...ids].sort());
    expect(await probedIn(monday + 5 * minute)).toEqual(new Set(ids));
    const rounds: Set<string>[] = [];
    for (let i = 2; i < 14; i++) rounds.push(await probedIn(monday + i * 5 * minute, 1));
    expect(new Set(rounds.flatMap((one) => [...one]))).toEqual(new Set(ids));
    for (const probed of rounds) expect(probed.size).toBeLessThan(ids.length);
  });

  it('looks at once, whoever’s turn it is, where a timer has gone by or nobody waits', async () => {
    const [late, alone, well] = [await waiting(1), await waiting(2), await waiting(3)];
    await table.db.send(
      new UpdateCommand({
        TableName: table.name,
        Key: { pk: partitionOf(alone), sk: waitKey },
        UpdateExpression: 'REMOVE tok',
      }),
    );
    for (let i = 1; i < 13; i++) expect(await probedIn(monday + i * 5 * minute, 0.01), `${i}`).toContain(alone);
    // Nobody reminded anybody in two days: the executions that should have are gone.
    const wednesday = monday + 48 * 60 * minute;
    const probed = await probedIn(wednesday, 0.01);
    expect([late, well].every((id) => probed.has(id))).toBe(true);
  });
});
