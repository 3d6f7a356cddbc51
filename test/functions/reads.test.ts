import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CityOnOneMachine, posts } from '../support/city-on-one-machine.ts';

describe('who looks at a case', () => {
  let city: CityOnOneMachine;
  let id = '';
  let dispute = '';
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-05T09:00:00+08:00');
    ({ case: id, dispute } = await city.report());
  });
  afterAll(async () => {
    await city.cloud.close();
  });
  const accesses = async (chain: string) => {
    const found: Record<string, unknown>[] = [];
    for await (const item of city.cloud.scan()) if (item.pk === `L#${chain}`) found.push(item);
    return found.sort((a, b) => (String(a.sk) < String(b.sk) ? -1 : 1));
  };

  it('a post of another area is refused, and the refusal is written down', async () => {
    const { status, body } = await city.get(`/v1/cases/${id}`, '331082.county-centre');
    expect(status).toBe(403);
    expect(body).toMatchObject({ type: 'urn:hejie:problem:not-permitted' });
    expect(JSON.stringify(body)).not.toContain('刘大强');
    expect(await accesses(id)).toMatchObject([
      { outcome: 'denied', what: id, post: '331082.county-centre', why: 'not-permitted', fields: [] },
    ]);
  });

  it('before the threshold no view of the case names anybody; whoever verifies it learns the names from its dispute', async () => {
    for (const post of [posts.county, posts.police]) {
      const seen = await city.get(`/v1/cases/${id}`, post);
      expect(seen.body).toMatchObject({ case: { phase: 'before', tasks: [{ kind: 'verify' }] } });
      expect(JSON.stringify(seen.body)).not.toMatch(/刘大强|王小花|1380000000/);
    }
    const { body } = await city.get(`/v1/disputes/${dispute}`, posts.police);
    expect(body).toMatchObject({ people: [{ name: '王小花' }, { name: '刘大强' }] });
    const above = await city.get(`/v1/disputes/${dispute}`, posts.county);
    expect(above.body).toMatchObject({ dispute: { id: dispute } });
    expect(JSON.stringify(above.body)).not.toContain('刘大强');
    expect((await accesses(id)).map(({ outcome }) => outcome)).toEqual(['denied', 'shown', 'shown']);
    expect((await accesses(dispute)).map(({ post }) => post)).toEqual([posts.police, posts.county]);
  });

  it('the history keeps its numbers for whoever sees less: what is not for them is withheld', async () => {
    const { body } = await city.get(`/v1/cases/${id}/history`, posts.police);
    expect(body).toMatchObject({
      id,
      actions: [
        { n: 1, at: '2026-01-05T01:00:00.000Z', kind: 'reported', post: null },
        { n: 2, kind: 'opened', tasks: [{ kind: 'verify', owner: posts.police }] },
        // A knife is for now, and nobody of the police is on duty.
        { n: 3, kind: 'paged', task: 'verify-1' },
      ],
      next: null,
    });
    expect((await city.get(`/v1/cases/${id}/history`, posts.auditor)).status).toBe(403);
  });

  it('lists are of one’s own area, by date; tasks are for the post and the lead above it', async () => {
    const mine = await city.get('/v1/cases?subject=case', posts.county);
    expect(mine.body.cases).toMatchObject([{ id, phase: 'before', status: 'reported' }]);
    expect(mine.body).not.toHaveProperty(['cases', 0, 'level']);
    const other = await city.get('/v1/cases', '331082.county-centre');
    expect(other.body.cases).toEqual([]);
    const tasks = await city.get(`/v1/posts/${posts.police}/tasks`, posts.police);
    expect(tasks.body.tasks).toMatchObject([{ taskId: `${id}.verify-1`, kind: 'verify' }]);
    expect((await city.get(`/v1/posts/${posts.police}/tasks`, posts.mediator)).status).toBe(403);
  });

  it('an unknown case, task, verb or post is a 404 that says what is allowed; nothing is written', async () => {
    expect((await city.get('/v1/cases/C-000000000000', posts.county)).status).toBe(404);
    expect((await city.get(`/v1/posts/331003.mayor/tasks`, posts.county)).status).toBe(404);
    const before = await city.case(id);
    expect((await city.act(`${id}.verify-9`, 'answer', posts.police, { outcome: 'verified' })).status).toBe(404);
    expect((await city.act(`${id}.verify-1`, 'forget', posts.police, {})).status).toBe(404);
    const wrong = await city.act(`${id}.verify-1`, 'answer', posts.police, { outcome: 'maybe' });
    expect(wrong).toMatchObject({ status: 422, body: { faults: [{ path: 'outcome', value: 'maybe' }] } });
    expect((await city.act(`${id}.verify-1`, 'answer', posts.mediator, { outcome: 'verified' })).status).toBe(403);
    expect(await city.case(id)).toEqual(before);
    // A post without a task in it is told of none.
    const elsewhere = await city.act(`${id}.verify-9`, 'acknowledge', posts.mediator, {});
    expect(elsewhere.status).toBe(404);
    expect(JSON.stringify(elsewhere.body)).not.toContain('verify-1');
  });

  it('what people say of people is not said back, wherever the fault stands', async () => {
    const send = async (body: object | string) => {
      const headers = { ...(await city.headers(posts.police)), 'idempotency-key': city.key() };
      return city.cloud.request({ method: 'POST', path: '/v1/reports', headers, body });
    };
    for (const body of [{ people: [{ role: 'respondent', name: '刘大强' }], extra: 1 }, '刘大强 13800000002']) {
      const { status, body: problem } = await send(body);
      expect(status).toBe(422);
      expect(JSON.stringify(problem)).not.toMatch(/刘大强|13800000002/);
    }
  });

  it('a cursor that nobody was given is refused', async () => {
    const place = { pk: '', sk: '', place: 'H#331003001', since: '' };
    const made = Buffer.from(JSON.stringify({ i: 0, last: place })).toString('base64url');
    const paths = ['0', '1', '-1', '99999999999'].map((cursor) => `/v1/posts/${posts.police}/history?cursor=${cursor}`);
    for (const path of [...paths, `/v1/cases?cursor=${made}`]) {
      expect((await city.get(path, posts.county)).status, path).toBe(422);
    }
  });

  it('fifty answers at one instant: one is taken, all others are told that it is over', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => city.act(`${id}.verify-1`, 'answer', posts.police, { outcome: 'verified' })),
    );
    const taken = answers.filter(({ status }) => status === 200);
    expect(taken).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(49);
  });
});
