import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { chainOf, verifyChain } from '../../../shared/domain/audit.ts';
import {
  appendAccess,
  drainSpool,
  linksFromEnd,
  readChain,
  recordAccess,
  recordAfterwards,
} from '../../../shared/record/audit.ts';
import { chainsMarked, countsOf } from '../../../shared/record/audit-days.ts';
import { access, auditOn, caseId, day, monday, Spool } from '../../support/audit.ts';
import { type TestTable, tableForTest } from '../../support/table.ts';

describe('the log of accesses', () => {
  let table: TestTable;
  beforeEach(async () => {
    table = await tableForTest();
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await table[Symbol.asyncDispose]();
  });

  const verified = async (chain = caseId, now = monday) => verifyChain(chain, await readChain(table, chain), now);
  const key = (n: number, chain = caseId) => ({ pk: `L#${chain}`, sk: String(n).padStart(10, '0') });
  const filled = async (count: number) => {
    const audit = auditOn(table);
    for (let i = 0; i < count; i++) await appendAccess(audit, caseId, access());
    return audit;
  };

  it('takes a hundred at once from four processes: all are there, in one chain that verifies', async () => {
    const processes = [1, 2, 3, 4].map(() => auditOn(table));
    const all = processes.flatMap((audit) => Array.from({ length: 25 }, () => ({ audit, one: access() })));
    await Promise.all(all.map(({ audit, one }) => recordAccess(audit, caseId, one)));
    for (const { warm } of processes) expect(warm.turns.size).toBe(0);
    const spooled = vi.mocked(console.error).mock.calls.length;
    expect(spooled).toBe(0);
    const found = await readChain(table, caseId);
    expect(found.map(({ n }) => n)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
    expect(verifyChain(caseId, found, monday)).toBeUndefined();
    const ids = new Set<string>();
    for await (const { correlationId } of linksFromEnd(table, caseId)) ids.add(correlationId);
    expect(ids.size).toBe(100);
    expect(await countsOf(table, '2026-01-05')).toMatchObject([{ person: 'wang', reads: 100, offShift: 0 }]);
  });

  it('costs a warm function two writes an access, and nothing else', async () => {
    const audit = await filled(1);
    const sent: string[] = [];
    audit.table.db.middlewareStack.add(
      (next, { commandName = '' }) =>
        (args) => {
          sent.push(commandName);
          return next(args);
        },
      { step: 'initialize' },
    );
    await appendAccess(audit, caseId, access());
    expect(sent).toEqual(['PutItemCommand', 'UpdateItemCommand']);
  });

  it('one byte changed through the DynamoDB endpoint is found, and its record named', async () => {
    await filled(7);
    await table.client.send(
      new UpdateItemCommand({
        TableName: table.name,
        Key: { pk: { S: `L#${caseId}` }, sk: { S: '0000000004' } },
        UpdateExpression: 'set person = :p',
        ExpressionAttributeValues: { ':p': { S: 'wan9' } },
      }),
    );
    expect(await verified()).toEqual({ chain: caseId, n: 4, at: monday, why: 'changed' });
  });

  it('an attribute more, a later expiry, another kind of value: each is found', async () => {
    for (const [n, name] of [
      [1, 'note'],
      [2, 'expires'],
      [3, 'fields'],
    ] as const) {
      await filled(3);
      await table.client.send(
        new UpdateItemCommand({
          TableName: table.name,
          Key: { pk: { S: `L#${caseId}` }, sk: { S: String(n).padStart(10, '0') } },
          UpdateExpression: 'set #name = :v',
          ExpressionAttributeNames: { '#name': name },
          ExpressionAttributeValues: { ':v': { N: '1' } },
        }),
      );
      expect(await verified()).toMatchObject({ n });
      for (let i = 1; i <= 3; i++) await table.db.send(new DeleteCommand({ TableName: table.name, Key: key(i) }));
    }
  });

  it('a record taken out of the middle, or from the beginning, is missing', async () => {
    await filled(7);
    await table.db.send(new DeleteCommand({ TableName: table.name, Key: key(5) }));
    expect(await verified()).toMatchObject({ n: 5, why: 'missing' });
    await table.db.send(new DeleteCommand({ TableName: table.name, Key: key(1) }));
    expect(await verified()).toMatchObject({ n: 1, why: 'missing' });
  });

  it('two records that changed places are found, and one carried over from another chain', async () => {
    await filled(5);
    const [three, four] = await Promise.all(
      [3, 4].map(async (n) => (await table.db.send(new GetCommand({ TableName: table.name, Key: key(n) }))).Item),
    );
    await table.db.send(new PutCommand({ TableName: table.name, Item: { ...four, ...key(3) } }));
    await table.db.send(new PutCommand({ TableName: table.name, Item: { ...three, ...key(4) } }));
    expect(await verified()).toMatchObject({ n: 3, why: 'moved' });
    const other = 'C-ba9876543210';
    await table.db.send(new PutCommand({ TableName: table.name, Item: { ...three, ...key(3, other) } }));
    expect(await verified(other)).toMatchObject({ chain: other, n: 3, why: 'moved' });
  });

  it('something under a key that is no number is no record', async () => {
    await filled(2);
    const item = { pk: { S: `L#${caseId}` }, sk: { S: 'hidden' } };
    await table.client.send(new PutItemCommand({ TableName: table.name, Item: item }));
    expect(await verified()).toMatchObject({ n: 0, why: 'unreadable' });
  });

  it('on a chain whose end was tampered with nothing is written and nothing shown', async () => {
    await filled(2);
    await table.db.send(new PutCommand({ TableName: table.name, Item: { ...key(3), n: 3 } }));
    const spool = new Spool();
    await expect(recordAccess(auditOn(table, spool), caseId, access())).rejects.toMatchObject({ name: 'RecordBroken' });
    expect(spool.waiting.size).toBe(0);
  });

  it('a beginning may be gone once its age allows it, and only then', async () => {
    const audit = auditOn(table);
    const later = monday + 400 * day;
    for (const at of [monday, monday + day, later]) await appendAccess(audit, caseId, access({ at }));
    const kept = 3 * 366 * day;
    for (const n of [1, 2]) await table.db.send(new DeleteCommand({ TableName: table.name, Key: key(n) }));
    expect(await verified(caseId, monday + kept)).toMatchObject({ n: 2, why: 'missing' });
    expect(await verified(caseId, monday + day + kept)).toBeUndefined();
  });

  it('what is deleted by age may leave holes in what is old, never in what is not', async () => {
    const audit = auditOn(table);
    for (let i = 0; i < 4; i++) await appendAccess(audit, caseId, access({ at: monday + i * day }));
    await table.db.send(new DeleteCommand({ TableName: table.name, Key: key(2) }));
    const kept = 3 * 366 * day;
    expect(await verified(caseId, monday + kept)).toMatchObject({ n: 2, why: 'missing' });
    expect(await verified(caseId, monday + day + kept)).toBeUndefined();
  });

  it('an access that came late out of the spool does not let those before it go early', async () => {
    const audit = auditOn(table);
    const first = await appendAccess(audit, caseId, access({ at: monday + day }));
    const late = await appendAccess(audit, caseId, access({ at: monday }));
    expect(late.expires).toBe(first.expires);
    expect(await verified()).toBeUndefined();
  });

  it('says of each day which chains grew, by the date in Shanghai', async () => {
    const audit = auditOn(table);
    const beforeMidnight = Date.parse('2026-01-05T23:59:59+08:00');
    const search = access({ at: beforeMidnight, operation: 'list-cases', kind: 'search', what: 'open cases' });
    await appendAccess(audit, chainOf(search), search);
    await appendAccess(audit, chainOf(access(), caseId), access({ at: beforeMidnight + 2000 }));
    expect(await chainsMarked(table, '2026-01-05')).toEqual(['wang@2026-01-05']);
    expect(await chainsMarked(table, '2026-01-06')).toEqual([caseId]);
  });

  it('counts reads and searches, those off shift apart, and no commands', async () => {
    const audit = auditOn(table);
    await appendAccess(audit, caseId, access());
    await appendAccess(audit, caseId, access({ offShift: true, outcome: 'denied' }));
    await appendAccess(audit, caseId, access({ kind: 'command', operation: 'answer' }));
    expect(await countsOf(table, '2026-01-05')).toMatchObject([{ person: 'wang', reads: 2, offShift: 1 }]);
  });

  it('a count that fails does not fail the read', async () => {
    const audit = auditOn(table);
    audit.trouble.down = true;
    audit.trouble.only = ['UpdateItemCommand'];
    expect(await recordAccess(audit, caseId, access())).toBe('stored');
    expect(await countsOf(table, '2026-01-05')).toEqual([]);
  });

  describe('while the table does not answer', () => {
    it('an access waits in the queue, and comes into its chain once though it is delivered twice', async () => {
      const spool = new Spool();
      const audit = auditOn(table, spool);
      const one = access();
      audit.trouble.down = true;
      expect(await recordAccess(audit, caseId, one)).toBe('spooled');
      expect(await readChain(table, caseId)).toEqual([]);
      audit.trouble.down = false;
      const [body = ''] = spool.waiting.values();
      spool.put(body);
      expect(await drainSpool(audit, monday + 300_000)).toEqual({ drained: 2, left: 0 });
      spool.put(body);
      spool.redeliver();
      for (let i = 0; i < 40; i++) await appendAccess(audit, caseId, access({ at: monday + 400_000 }));
      expect(await drainSpool(auditOn(table, spool), monday + 600_000)).toEqual({ drained: 1, left: 0 });
      const found = await readChain(table, caseId);
      expect(found).toHaveLength(41);
      expect(found[0]?.record).toMatchObject({ ...one, spooledAt: monday + 300_000 });
      expect(verifyChain(caseId, found, monday)).toBeUndefined();
      expect(spool.waiting.size).toBe(0);
    });

    it('an access whose record arrived though its answer was lost is not written twice', async () => {
      const spool = new Spool();
      const audit = auditOn(table, spool);
      await appendAccess(audit, caseId, access());
      audit.trouble.only = ['PutItemCommand'];
      audit.trouble.lostAnswers = 1;
      const one = access();
      expect(await recordAccess(audit, caseId, one)).toBe('spooled');
      await recordAccess(audit, caseId, access());
      expect(await drainSpool(audit, monday + 300_000)).toEqual({ drained: 1, left: 0 });
      expect(await readChain(table, caseId)).toHaveLength(3);
      expect(await verified()).toBeUndefined();
    });

    it('the same access again on the same number is seen to be one’s own', async () => {
      const one = access();
      await appendAccess(auditOn(table), caseId, one);
      // A process that did not hear that its put arrived tries again from the same place.
      const stale = auditOn(table);
      const read = stale.table.db.send.bind(stale.table.db);
      vi.spyOn(stale.table.db, 'send')
        .mockImplementationOnce(read)
        .mockImplementationOnce(async () => ({ Items: [] }));
      await appendAccess(stale, caseId, one);
      expect(await readChain(table, caseId)).toHaveLength(1);
    });

    it('what the queue still has stays there until the table answers again', async () => {
      const spool = new Spool();
      const audit = auditOn(table, spool);
      audit.trouble.down = true;
      await recordAccess(audit, caseId, access());
      await expect(drainSpool(audit, monday + 300_000)).rejects.toThrow('the table does not answer');
      expect(spool.waiting.size).toBe(1);
      audit.trouble.down = false;
      spool.redeliver();
      expect(await drainSpool(audit, monday + 600_000)).toEqual({ drained: 1, left: 0 });
    });

    it('what is no access is left in the queue and holds up nothing', async () => {
      const spool = new Spool();
      spool.put('{"chain":');
      spool.put(JSON.stringify({ chain: caseId, access: { person: 'wang' } }));
      spool.put(JSON.stringify({ chain: caseId, access: access() }));
      expect(await drainSpool(auditOn(table, spool), monday)).toEqual({ drained: 1, left: 2 });
      expect(spool.waiting.size).toBe(2);
    });
  });

  describe('while neither table nor queue answers', () => {
    it('nothing may be shown', async () => {
      const spool = new Spool();
      const audit = auditOn(table, spool);
      audit.trouble.down = true;
      spool.down = true;
      await expect(recordAccess(audit, caseId, access())).rejects.toMatchObject({
        name: 'AuditUnavailable',
        status: 503,
      });
      expect(await readChain(table, caseId)).toEqual([]);
    });

    it('but address and danger note, which are written down as break-glass with the next access', async () => {
      const spool = new Spool();
      const audit = auditOn(table, spool);
      audit.trouble.down = true;
      spool.down = true;
      const shown = access({ fields: ['address', 'danger'] });
      await expect(recordAccess(audit, caseId, shown)).rejects.toMatchObject({ name: 'AuditUnavailable' });
      recordAfterwards(audit, caseId, shown);
      const said = vi.mocked(console.error).mock.calls.map(([line]) => JSON.parse(String(line)));
      expect(said).toMatchObject([{ message: 'access-owed', what: caseId, correlationId: shown.correlationId }]);
      await expect(recordAccess(audit, caseId, access({ at: monday + 1000 }))).rejects.toThrow();
      audit.trouble.down = false;
      await recordAccess(audit, caseId, access({ at: monday + 2000 }));
      const found = await readChain(table, caseId);
      expect(found[1]?.record).toMatchObject({
        ...shown,
        breakGlass: true,
        afterwards: true,
        spooledAt: monday + 2000,
      });
      expect(found).toHaveLength(2);
      expect(await verified()).toBeUndefined();
      await recordAccess(audit, caseId, access({ at: monday + 3000 }));
      expect(await readChain(table, caseId)).toHaveLength(3);
    });

    it('what is owed goes into the queue where only that answers', async () => {
      const spool = new Spool();
      const audit = auditOn(table, spool);
      audit.trouble.down = true;
      recordAfterwards(audit, caseId, access());
      await recordAccess(audit, caseId, access({ at: monday + 1000 }));
      expect(spool.waiting.size).toBe(2);
      audit.trouble.down = false;
      await drainSpool(audit, monday + 2000);
      expect(await readChain(table, caseId)).toHaveLength(2);
    });
  });
});
