import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { keepAudit } from '../../functions/keep-audit/handler.ts';
import { daySeal, headSchema } from '../../shared/domain/audit.ts';
import { appendAccess, readChain, recordAccess } from '../../shared/record/audit.ts';
import { countsOf, markChain, sealOf } from '../../shared/record/audit-days.ts';
import { access, auditOn, caseId, day, monday, Spool } from '../support/audit.ts';
import { city } from '../support/city.ts';
import { type TestTable, tableForTest } from '../support/table.ts';

const minute = 60_000;
const nextMorning = Date.parse('2026-01-06T00:10:00+08:00');
const messageSchema = z.looseObject({ id: z.string(), kind: z.string(), date: z.string() });
const headsSchema = z.looseObject({
  kind: z.literal('audit-heads'),
  date: z.string(),
  part: z.int(),
  parts: z.int(),
  count: z.int(),
  root: z.string(),
  heads: z.array(headSchema),
});

describe('the keeper of the log of accesses', () => {
  let table: TestTable;
  let spool: Spool;
  let audit: ReturnType<typeof auditOn>;
  let keep: ReturnType<typeof keepAudit>;
  let published: { topic: string; text: string }[];
  let failAfter: number;

  beforeEach(async () => {
    table = await tableForTest();
    spool = new Spool();
    audit = auditOn(table, spool);
    published = [];
    failAfter = Number.POSITIVE_INFINITY;
    const sns = new SNSClient({ region: 'cn-north-1' });
    mockClient(sns)
      .on(PublishCommand)
      .callsFake(({ TopicArn = '', Message = '' }) => {
        if (published.length >= failAfter) throw new Error('the topic does not answer');
        published.push({ topic: TopicArn, text: Message });
        return {};
      });
    keep = keepAudit(
      () => audit,
      () => ({ sns, topicArn: 'alarms' }),
      () => ({ sns, topicArn: 'oversight' }),
    );
    vi.spyOn(console, 'log').mockImplementation(() => undefined);
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await table[Symbol.asyncDispose]();
  });

  const said = (kind: string) =>
    published
      .map(({ topic, text }) => ({ topic, ...messageSchema.parse(JSON.parse(text)) }))
      .filter((message) => message.kind === kind);
  const sentHeads = () =>
    published.map(({ text }) => headsSchema.safeParse(JSON.parse(text))).flatMap(({ data }) => data ?? []);
  const read = async (count: number, more: Parameters<typeof access>[0] = {}) => {
    for (let i = 0; i < count; i++) await appendAccess(audit, caseId, access(more));
  };

  it('brings in what the queue held while the table did not answer', async () => {
    audit.trouble.down = true;
    await recordAccess(audit, caseId, access());
    audit.trouble.down = false;
    expect(await keep({ now: monday + 5 * minute })).toMatchObject({ drained: 1, left: 0 });
    expect(await readChain(table, caseId)).toHaveLength(1);
    expect(await keep({ now: monday + 10 * minute })).toMatchObject({ drained: 0 });
  });

  it('tells people once of somebody who reads in bulk, and not of anybody else', async () => {
    await read(city.audit.bulk - 1);
    await read(3, { person: 'li' });
    expect(await keep({ now: monday + 5 * minute })).toMatchObject({ alerts: 0 });
    await read(1);
    expect(await keep({ now: monday + 10 * minute })).toMatchObject({ alerts: 1 });
    await read(5);
    expect(await keep({ now: monday + 15 * minute })).toMatchObject({ alerts: 0 });
    expect(said('bulk-reading').map(({ topic }) => topic)).toEqual(['alarms', 'oversight']);
    expect(said('bulk-reading')[0]).toMatchObject({ person: 'wang', date: '2026-01-05', count: city.audit.bulk });
  });

  it('tells of the first read off shift, and on the next day of the next one', async () => {
    await read(1, { offShift: true });
    await keep({ now: monday + 5 * minute });
    await read(1, { offShift: true });
    await keep({ now: monday + 10 * minute });
    expect(said('off-shift-reading')).toHaveLength(2);
    await read(1, { offShift: true, at: monday + day });
    await keep({ now: monday + day + 5 * minute });
    expect(said('off-shift-reading').map(({ date }) => date)).toEqual([
      '2026-01-05',
      '2026-01-05',
      '2026-01-06',
      '2026-01-06',
    ]);
  });

  it('sees after midnight what was read just before it', async () => {
    await read(1, { offShift: true, at: nextMorning - 11 * minute });
    expect(await keep({ now: nextMorning - 5 * minute })).toMatchObject({ alerts: 1 });
  });

  it('an alert that was cut off between its topics goes out again, under the same id', async () => {
    await read(1, { offShift: true });
    failAfter = 1;
    await expect(keep({ now: monday + 5 * minute })).rejects.toThrow('the topic does not answer');
    failAfter = Number.POSITIVE_INFINITY;
    await keep({ now: monday + 10 * minute });
    const alerts = said('off-shift-reading');
    expect(alerts.map(({ topic }) => topic)).toEqual(['alarms', 'alarms', 'oversight']);
    expect(new Set(alerts.map(({ id }) => id)).size).toBe(1);
    expect((await countsOf(table, '2026-01-05'))[0]?.alerted).toEqual(['off-shift-reading']);
  });

  it('sends the heads of a day once, after its end, and keeps what it sent', async () => {
    await read(3);
    const search = access({ kind: 'search', operation: 'list-cases', what: 'open' });
    await appendAccess(audit, 'wang@2026-01-05', search);
    expect(await keep({ now: nextMorning - 5 * minute })).toMatchObject({ sealed: ['2026-01-04'] });
    await read(1, { at: nextMorning - 5 * minute });
    expect(await keep({ now: nextMorning })).toMatchObject({ sealed: ['2026-01-05'] });
    expect(await keep({ now: nextMorning + 5 * minute })).toMatchObject({ sealed: [] });
    const [before, sent, ...more] = sentHeads();
    expect(before).toMatchObject({ date: '2026-01-04', count: 0 });
    expect(more).toEqual([]);
    expect(sent?.heads.map(({ chain, n }) => [chain, n])).toEqual([
      [caseId, 3],
      ['wang@2026-01-05', 1],
    ]);
    const seal = daySeal('2026-01-05', sent?.heads ?? []);
    expect(sent).toMatchObject(seal);
    expect(await sealOf(table, '2026-01-05')).toMatchObject(seal);
    expect(said('audit-heads').map(({ topic }) => topic)).toEqual(['oversight', 'oversight']);
  });

  it('what waited in the queue past midnight belongs to the day on which it came into its chain', async () => {
    await read(1);
    audit.trouble.down = true;
    await recordAccess(audit, caseId, access({ at: nextMorning - 11 * minute }));
    audit.trouble.down = false;
    await keep({ now: nextMorning });
    expect(sentHeads()).toMatchObject([{ date: '2026-01-05', heads: [{ chain: caseId, n: 1 }] }]);
    await keep({ now: nextMorning + day });
    expect(sentHeads()[1]).toMatchObject({ date: '2026-01-06', heads: [{ chain: caseId, n: 2 }] });
  });

  it('makes up for days on which it did not run, and sends a quiet day too once it has begun', async () => {
    await read(1);
    await keep({ now: nextMorning });
    await read(1, { at: monday + 2 * day });
    expect(await keep({ now: nextMorning + 3 * day })).toMatchObject({
      sealed: ['2026-01-06', '2026-01-07', '2026-01-08'],
    });
    expect(sentHeads().map(({ count }) => count)).toEqual([1, 0, 1, 0]);
  });

  it('begins with yesterday, and with the days before on which somebody looked at something', async () => {
    await read(1, { at: monday - 3 * day });
    expect(await keep({ now: monday })).toMatchObject({ sealed: ['2026-01-02', '2026-01-04'] });
  });

  it('sends the heads again, and the same, when it was cut off before it kept the seal', async () => {
    await read(2);
    audit.trouble.only = ['PutItemCommand'];
    audit.trouble.down = true;
    await expect(keep({ now: nextMorning })).rejects.toThrow();
    audit.trouble.down = false;
    await keep({ now: nextMorning + 5 * minute });
    const [first, second] = sentHeads();
    expect(second).toEqual(first);
    expect(await sealOf(table, '2026-01-05')).toMatchObject({ count: 1 });
  });

  it('sends many heads in parts that SNS takes, all of them under one root', async () => {
    const person = 'p'.repeat(63);
    const date = '2026-01-05';
    const chains = Array.from({ length: 1100 }, (_, i) => `${person}${i % 10}${String(i).padStart(4, '0')}@${date}`);
    await Promise.all(chains.map((chain) => appendAccess(audit, chain, access())));
    await keep({ now: nextMorning });
    const sent = sentHeads();
    expect(sent.map(({ part, parts, count }) => [part, parts, count])).toEqual([
      [1, 2, 1100],
      [2, 2, 1100],
    ]);
    for (const { text } of published) expect(Buffer.byteLength(text)).toBeLessThan(200_000);
    const heads = sent.flatMap((part) => part.heads);
    expect(heads.map(({ chain }) => chain).sort()).toEqual([...chains].sort());
    expect(daySeal(date, heads).root).toBe(sent[0]?.root);
  });

  it('a mark without a record says nothing', async () => {
    await markChain(audit, '2026-01-05', 'D-0123456789ab');
    await read(1);
    await keep({ now: nextMorning });
    expect(sentHeads()).toMatchObject([{ count: 1, heads: [{ chain: caseId }] }]);
  });

  it('a chain whose end was tampered with is named to both, and does not keep the others back', async () => {
    await read(2);
    await appendAccess(audit, 'li@2026-01-05', access({ person: 'li' }));
    const key = { pk: `L#${caseId}`, sk: '0000000002' };
    await table.db.send(new DeleteCommand({ TableName: table.name, Key: key }));
    await table.db.send(new PutCommand({ TableName: table.name, Item: { ...key, n: 2 } }));
    await keep({ now: nextMorning });
    expect(said('audit-broken').map(({ topic }) => topic)).toEqual(['alarms', 'oversight']);
    expect(said('audit-broken')[0]).toMatchObject({ broken: [{ chain: caseId, n: 2, why: 'unreadable' }] });
    expect(sentHeads()).toMatchObject([{ heads: [{ chain: 'li@2026-01-05', n: 1 }] }]);
  });
});
