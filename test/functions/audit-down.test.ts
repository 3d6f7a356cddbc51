import type { APIGatewayProxyEvent } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { api } from '../../functions/middleware/api.ts';
import { readDangerNote } from '../../functions/read-affected/handler.ts';
import { readCase } from '../../functions/read-case/handler.ts';
import { changed } from '../../shared/domain/directory.ts';
import type { Audit } from '../../shared/record/audit.ts';
import { drainSpool, readChain } from '../../shared/record/audit.ts';
import { commitVersion } from '../../shared/record/directory.ts';
import { receive } from '../../shared/record/intake.ts';
import { putShift } from '../../shared/record/roster.ts';
import { auditOn, monday, Spool, type Trouble } from '../support/audit.ts';
import { city } from '../support/city.ts';
import { keysForTest } from '../support/kms.ts';
import { man, reportOf, woman } from '../support/reports.ts';
import { logOn, type TestTable, tableForTest } from '../support/table.ts';

const post = '999901001.township-police';
const founder = { person: 'founder', post: '999900.administrator' };
const hour = 3_600_000;
/** Ten in the evening. */
const night = monday + 13 * hour;

describe('a danger by night, while the log of accesses takes nothing', () => {
  let table: TestTable;
  let id = '';
  let spool: Spool;
  let audit: Audit & { readonly trouble: Trouble };
  let ask: (path: string, person: string) => Promise<{ status: number; body: Record<string, unknown> }>;

  beforeAll(async () => {
    table = await tableForTest();
    const keys = keysForTest();
    const log = logOn(table);
    const made = { at: monday, by: founder, reason: 'appointment', key: 'name' };
    const holders = ['wang', 'li'].map((person) => ({ person, from: monday, to: null }));
    const version = { post, key: 'name', person: founder.person };
    await commitVersion(log, { ...version, make: () => changed(post, undefined, { holders, deputy: null }, made) });
    const shift = { post, person: 'wang', channel: 'voice', from: monday, to: monday + 16 * hour } as const;
    await putShift(log, shift, { by: founder, key: 'shift', now: monday });
    const received = await receive({ ...log, keys }, reportOf('JQ-1'), monday);
    id = received.case ?? '';
    spool = new Spool();
    audit = auditOn(table, spool);
    const reading = () => ({ log, people: { table, kms: keys.kms } });
    const guarding = () => ({ city, table, audit });
    const handlers = { 'read-case': readCase(reading), 'read-danger-note': readDangerNote(reading) };
    const handler = api(handlers, guarding);
    const context = { callbackWaitsForEmptyEventLoop: false } as Parameters<typeof handler>[1];
    let requests = 0;
    ask = async (resource, person) => {
      requests += 1;
      const event = {
        httpMethod: 'GET',
        resource,
        headers: { 'hejie-post': post },
        pathParameters: { id },
        requestContext: {
          requestId: `request-${requests}`,
          requestTimeEpoch: night,
          authorizer: { person, purpose: 'handling', expires: String(night + hour), parties: '' },
        },
      } as unknown as APIGatewayProxyEvent;
      const { statusCode, body } = await handler(event, context);
      return { status: statusCode, body: JSON.parse(body) };
    };
    vi.spyOn(console, 'error').mockImplementation(() => {});
  });
  afterAll(async () => {
    vi.restoreAllMocks();
    await table[Symbol.asyncDispose]();
  });

  it('the table is down: the access goes into the durable queue, and the case is shown', async () => {
    audit.trouble.down = true;
    expect(await ask('/cases/{id}', 'wang')).toMatchObject({ status: 200, body: { case: { id } } });
    expect(spool.waiting.size).toBe(1);
    expect(await readChain(table, id)).toEqual([]);
  });

  it('the queue is down too: nothing of the case is shown to anybody', async () => {
    audit.trouble.down = true;
    spool.down = true;
    const { status, body } = await ask('/cases/{id}', 'wang');
    expect(status).toBe(503);
    expect(body).toMatchObject({ type: 'urn:hejie:problem:audit-unavailable' });
    expect(JSON.stringify(body)).not.toContain(id);
  });

  it('but address and danger are, to whoever is on duty for the post, and without a name', async () => {
    const { status, body } = await ask('/cases/{id}/danger-note', 'wang');
    expect(status).toBe(200);
    expect(body).toMatchObject({ danger: ['threat_to_kill', 'weapon_present'], logged: 'afterwards' });
    expect(body.addresses).toEqual([woman.address, man.address].sort());
    for (const name of [woman.name, man.name, man.idNumber]) expect(JSON.stringify(body)).not.toContain(name);
    // A colleague of the same post who is not on duty has no such exception.
    expect((await ask('/cases/{id}/danger-note', 'li')).status).toBe(503);
  });

  it('it is written down afterwards, as break-glass, with what waited in the queue', async () => {
    audit.trouble.down = false;
    spool.down = false;
    expect((await ask('/cases/{id}', 'wang')).status).toBe(200);
    await drainSpool(audit, night + hour);
    const records = (await readChain(table, id)).map(({ record }) => record);
    expect(records).toHaveLength(3);
    expect(records).toContainEqual(
      expect.objectContaining({ operation: 'read-danger-note', person: 'wang', breakGlass: true, afterwards: true }),
    );
    expect(records.filter((record) => Object(record).operation === 'read-case')).toHaveLength(2);
  });
});
