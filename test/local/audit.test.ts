import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteCommand, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { headsIn, main } from '../../local/audit.ts';
import { BadOptions } from '../../local/replay/options.ts';
import { daySeal, type Head, link } from '../../shared/domain/audit.ts';
import { appendAccess, readChain } from '../../shared/record/audit.ts';
import { headsOf, keepSeal } from '../../shared/record/audit-days.ts';
import { access, auditOn, caseId, day, monday } from '../support/audit.ts';
import { type TestTable, tableForTest } from '../support/table.ts';

const date = '2026-01-05';
const other = 'C-ba9876543210';

describe('npm run audit -- verify', () => {
  let table: TestTable;
  let said: string[];

  beforeEach(async () => {
    said = [];
    table = await tableForTest();
    const audit = auditOn(table);
    for (let i = 0; i < 6; i++) await appendAccess(audit, caseId, access({ at: monday + i * 1000 }));
    for (let i = 0; i < 2; i++) await appendAccess(audit, other, access({ what: other }));
    await appendAccess(audit, `wang@${date}`, access({ kind: 'search', operation: 'list-cases', what: 'open' }));
    // Something else that the table holds, and that nobody asks about here.
    await table.db.send(new PutCommand({ TableName: table.name, Item: { pk: `C#${caseId}`, sk: 'HEAD', n: 1 } }));
  });
  afterEach(() => table[Symbol.asyncDispose]());

  const key = (n: number, chain = caseId) => ({ pk: `L#${chain}`, sk: String(n).padStart(10, '0') });
  const remove = (n: number, chain = caseId) =>
    table.db.send(new DeleteCommand({ TableName: table.name, Key: key(n, chain) }));
  const seal = async () => {
    const { heads } = await headsOf(table, date);
    await keepSeal(auditOn(table), daySeal(date, heads), heads, monday + day);
    return heads;
  };
  const fileWith = (messages: readonly object[]) => {
    const file = join(mkdtempSync(join(tmpdir(), 'heads-')), 'oversight.jsonl');
    writeFileSync(file, `${messages.map((message) => JSON.stringify(message)).join('\n')}\n`);
    return file;
  };
  const received = (heads: readonly Head[]) => [
    { id: 'a', kind: 'bulk-reading', person: 'wang', date, count: 80 },
    { id: 'b', kind: 'audit-heads', ...daySeal(date, heads), part: 1, parts: 1, heads },
  ];
  const run = async (...args: string[]) => {
    const address = await table.client.config.endpoint?.();
    const endpoint = `http://${address?.hostname}:${address?.port}`;
    const where = ['--endpoint', endpoint, '--table', table.name];
    return main(['verify', ...where, ...args], (line) => said.push(line), monday + day);
  };

  it('says that everything holds, and how much that is', async () => {
    expect(await run('--heads', fileWith(received(await seal())))).toBe(0);
    expect(said).toEqual(['完整 intact: 3 条链 chains, 9 条记录 records, 1 天 days']);
  });

  it('names the first broken record: chain, number, time and why', async () => {
    for (const n of [4, 5]) {
      await table.db.send(
        new UpdateCommand({
          TableName: table.name,
          Key: key(n),
          UpdateExpression: 'set outcome = :o',
          ExpressionAttributeValues: { ':o': 'denied' },
        }),
      );
    }
    expect(await run()).toBe(1);
    expect(said).toEqual([
      `断裂 broken: 链 chain ${caseId}, 第 4 条 record 4, 2026-01-05T09:00:03+08:00: 内容被改动 was changed`,
    ]);
  });

  it('finds a record that is missing in the middle', async () => {
    await remove(3);
    expect(await run()).toBe(1);
    expect(said).toEqual([expect.stringMatching(/chain C-0123456789ab, .*record 3, —: .*is missing$/)]);
  });

  it('finds an end that was cut off by what the reviewer received, and by the seal of the day alone', async () => {
    const file = fileWith(received(await seal()));
    await remove(6);
    expect(await run()).toBe(1);
    expect(said).toEqual([expect.stringContaining(`broken: ${date}: `)]);
    said = [];
    expect(await run('--heads', file)).toBe(1);
    expect(said[0]).toMatch(/chain C-0123456789ab, .*record 6, —: .*the end of the chain was cut off$/);
  });

  it('finds a chain that is gone altogether, and names it', async () => {
    const file = fileWith(received(await seal()));
    for (const n of [1, 2]) await remove(n, other);
    expect(await run()).toBe(1);
    expect(said).toEqual([expect.stringMatching(new RegExp(`${date}.*gone: ${other}$`))]);
    said = [];
    expect(await run('--heads', file)).toBe(1);
    expect(said[0]).toMatch(/chain C-ba9876543210, .*record 1, —: .*cut off$/);
  });

  it('finds by the heads alone what was removed with marks and seal', async () => {
    const file = fileWith(received(await seal()));
    for (const n of [1, 2]) await remove(n, other);
    for (const sk of ['SEAL', caseId, other, `wang@${date}`]) {
      await table.db.send(new DeleteCommand({ TableName: table.name, Key: { pk: `LD#${date}`, sk } }));
    }
    expect(await run()).toBe(0);
    expect(await run('--heads', file)).toBe(1);
    expect(said[1]).toMatch(/chain C-ba9876543210, .*record 1/);
  });

  it('finds a chain that was written anew from some record on, so that it holds by itself', async () => {
    const file = fileWith(received(await seal()));
    const [first] = await readChain(table, other);
    const { Item } = await table.db.send(new GetCommand({ TableName: table.name, Key: key(1, other) }));
    expect(first?.record).toMatchObject({ hash: Item?.hash });
    const forged = link(other, undefined, access({ person: 'nobody' }), 3);
    await table.db.send(new PutCommand({ TableName: table.name, Item: { ...key(1, other), ...forged } }));
    const second = link(other, forged, access(), 3);
    await table.db.send(new PutCommand({ TableName: table.name, Item: { ...key(2, other), ...second } }));
    expect(await run('--heads', file)).toBe(1);
    expect(said[0]).toMatch(/chain C-ba9876543210, .*record 2, .*not the one whose hash the reviewer was sent$/);
  });

  it('refuses heads that are not complete, or were changed', () => {
    const heads = ['C-a', 'C-b'].map((chain) => ({ chain, n: 1, hash: 'h', expires: 9 }));
    const whole = JSON.stringify({ kind: 'audit-heads', ...daySeal(date, heads), heads });
    expect(headsIn([whole, whole, '', 'no message'])).toEqual(heads);
    const part = JSON.stringify({ kind: 'audit-heads', ...daySeal(date, heads), heads: heads.slice(1) });
    expect(() => headsIn([part])).toThrow(BadOptions);
    const changed = heads.map((head) => ({ ...head, hash: 'x' }));
    expect(() => headsIn([JSON.stringify({ kind: 'audit-heads', ...daySeal(date, heads), heads: changed })])).toThrow(
      /2026-01-05/,
    );
  });

  it.each([
    [[]],
    [['prove']],
    [['verify', '--aws']],
    [['verify', '--nothing']],
    [['verify', '--heads', '/there/is/no/such/file']],
  ])('says what is allowed when asked for %j', async (args) => {
    await expect(main(args, () => undefined)).rejects.toThrow(BadOptions);
  });
});
