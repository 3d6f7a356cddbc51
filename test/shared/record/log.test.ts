import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Content, type Draft, system } from '../../../shared/domain/actions.ts';
import { caseIdFor } from '../../../shared/domain/ids.ts';
import { openingDraft } from '../../../shared/domain/lifecycle-commands.ts';
import { taskCommand } from '../../../shared/domain/task-commands.ts';
import { ActionRefused, RecordBroken, Superseded } from '../../../shared/errors.ts';
import { actionsAfter, commit, type Log, markOpen, project, read } from '../../../shared/record/log.ts';
import { actionKey, headKey, partitionOf, taskKey } from '../../../shared/record/table.ts';
import { city } from '../../support/city.ts';
import { logOn, RecordingDriver, type TestTable, tableForTest } from '../../support/table.ts';

const id = caseIdFor('police/1');
const monday = Date.parse('2026-01-05T10:00:00+08:00');
const police = { role: 'staff', person: 'Li', post: '999901001.township-police' } as const;

const reported = (report: string): Content => ({
  kind: 'reported',
  report,
  channel: 'police',
  area: '999901001001',
  disputeType: 'neighbour',
  owner: '999901001.township-centre',
  event: { id: `E-${report}`, at: monday - 3_600_000, facts: [{ type: 'threat_to_harm', hearsay: true }] },
});
const draft = (content: Content, key: string, rev = 0): Draft => ({ at: monday, by: system, key, rev, content });
const report = (log: Log, key: string) => commit(log, id, () => draft(reported(key), key), { key });
const opened = (log: Log) =>
  commit(log, id, (state) => state && openingDraft(city, state, 1, monday), { byLifecycle: true });
const acknowledge = (log: Log, key: string) =>
  commit(
    log,
    id,
    (state) =>
      state &&
      taskCommand({ city, state, task: 'verify-1', verb: 'acknowledge', by: police, at: monday, key, body: {} }).draft,
    { key },
  );

let table: TestTable;
beforeEach(async () => {
  table = await tableForTest();
});
afterEach(async () => {
  await table[Symbol.asyncDispose]();
});

describe('a case is its numbered actions', () => {
  it('reads back what was written, hash by hash, through a real table', async () => {
    const driver = new RecordingDriver();
    const log = logOn(table, driver);
    await markOpen(log, id);
    await report(log, 'police/1');
    await opened(log);
    const cold = await read(logOn(table), id);
    expect(cold).toEqual(log.warm.get(id));
    expect(cold).toMatchObject({ n: 2, reports: ['police/1'], tasks: { 'verify-1': { owner: police.post } } });
    expect(driver.done).toEqual([`start ${id}-1`]);
  });

  it('takes one report once, however often and at once it comes', async () => {
    await Promise.all(Array.from({ length: 6 }, () => report(logOn(table), 'police/1')));
    expect((await read(logOn(table), id))?.n).toBe(1);
  });

  it('gives six different reports at one instant six numbers', async () => {
    await Promise.all(Array.from({ length: 6 }, (_, i) => report(logOn(table), `police/${i}`)));
    const state = await read(logOn(table), id);
    expect(state?.n).toBe(6);
    expect([...(state?.reports ?? [])].sort()).toEqual(Array.from({ length: 6 }, (_, i) => `police/${i}`));
  });

  it('returns the first outcome to a repeated command, also when its task is over', async () => {
    const log = logOn(table);
    await report(log, 'police/1');
    await opened(log);
    const answer = () =>
      commit(
        logOn(table),
        id,
        (state) =>
          state &&
          taskCommand({
            city,
            state,
            task: 'verify-1',
            verb: 'answer',
            by: police,
            at: monday,
            key: 'k',
            body: { outcome: 'unfounded' },
          }).draft,
        { key: 'k' },
      );
    const first = await answer();
    expect(first?.again).toBe(false);
    const second = await answer();
    expect(second).toMatchObject({ again: true, action: { n: first?.action.n } });
    expect((await read(logOn(table), id))?.n).toBe(3);
    await expect(acknowledge(logOn(table), 'another')).rejects.toThrow(ActionRefused);
  });

  it('refuses what a superseded execution would commit', async () => {
    const log = logOn(table);
    await report(log, 'police/1');
    await expect(commit(log, id, () => draft({ kind: 'opened', tasks: [] }, 'x', 7))).rejects.toThrow(Superseded);
    expect((await read(logOn(table), id))?.n).toBe(1);
  });

  it('names an action that was changed behind its back, and writes nothing on it', async () => {
    await report(logOn(table), 'police/1');
    await table.db.send(
      new UpdateCommand({
        TableName: table.name,
        Key: { pk: partitionOf(id), sk: actionKey(1) },
        UpdateExpression: 'set #action.#by.#person = :other',
        ExpressionAttributeNames: { '#action': 'action', '#by': 'by', '#person': 'person' },
        ExpressionAttributeValues: { ':other': 'somebody' },
      }),
    );
    await table.db.send(
      new UpdateCommand({
        TableName: table.name,
        Key: { pk: partitionOf(id), sk: headKey },
        UpdateExpression: 'remove #state',
        ExpressionAttributeNames: { '#state': 'state' },
      }),
    );
    await expect(report(logOn(table), 'police/2')).rejects.toThrow(RecordBroken);
    expect(await actionsAfter(table, id, 0)).toHaveLength(1);
  });
});

describe('items follow the log', () => {
  const park = (token: string, seq: number) =>
    table.db.send(
      new UpdateCommand({
        TableName: table.name,
        Key: { pk: partitionOf(id), sk: taskKey('verify-1') },
        UpdateExpression: 'set tok = :tok, tokRev = :rev, tokSeq = :seq',
        ConditionExpression: '(attribute_not_exists(seq) or seq <= :seq)',
        ExpressionAttributeValues: { ':tok': token, ':rev': 1, ':seq': seq },
      }),
    );
  const item = async () =>
    (
      await table.db.send(
        new GetCommand({ TableName: table.name, Key: { pk: partitionOf(id), sk: taskKey('verify-1') } }),
      )
    ).Item;

  it('an acknowledgement returns the token that waits, once', async () => {
    const driver = new RecordingDriver();
    const log = logOn(table, driver);
    await report(log, 'police/1');
    await opened(log);
    await park('token-a', 2);
    await acknowledge(log, 'k');
    expect(driver.done.filter((line) => line.startsWith('wake'))).toEqual(['wake token-a']);
    expect(await item()).toMatchObject({ seq: 3, owner: police.post, state: 'open' });
    expect(await item()).not.toHaveProperty('tok');
    await acknowledge(log, 'k');
    expect(driver.done.filter((line) => line.startsWith('wake'))).toHaveLength(1);
  });

  it('nobody can park on what has moved on (no lost wake-up)', async () => {
    const log = logOn(table);
    await report(log, 'police/1');
    await opened(log);
    await acknowledge(log, 'k');
    await expect(park('token-late', 2)).rejects.toThrow('conditional request failed');
  });

  it('a crash after the commit is made good by whoever repeats the command', async () => {
    const driver = new RecordingDriver();
    const log = logOn(table, driver);
    await report(log, 'police/1');
    await opened(log);
    await park('token-a', 2);
    // The process dies between commit and projection: only the action is there.
    class Dies extends RecordingDriver {
      override wake = () => Promise.reject(new Error('killed'));
    }
    const dies: Log = { ...log, driver: new Dies() };
    await expect(acknowledge(dies, 'k')).rejects.toThrow('killed');
    expect(await item()).toHaveProperty('tok', 'token-a');
    await acknowledge(logOn(table, driver), 'k');
    expect(driver.done).toContain('wake token-a');
    expect(await item()).toMatchObject({ seq: 3 });
  });

  it('projects only forwards', async () => {
    const log = logOn(table);
    await report(log, 'police/1');
    await opened(log);
    const old = await read(logOn(table), id);
    await acknowledge(log, 'k');
    if (old) await project(log, old, 'verify-1', 2);
    expect(await item()).toMatchObject({ seq: 3 });
  });
});
