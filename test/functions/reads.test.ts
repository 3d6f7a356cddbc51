import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CityOnOneMachine, posts } from '../support/city-on-one-machine.ts';

describe('who looks at a case', () => {
  let city: CityOnOneMachine;
  let id = '';
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-05T09:00:00+08:00');
    ({ case: id } = await city.report());
  });
  afterAll(async () => {
    await city.cloud.close();
  });
  const accesses = async () => {
    const found: Record<string, unknown>[] = [];
    for await (const item of city.cloud.scan()) if (String(item.pk).startsWith('L#')) found.push(item);
    return found.sort((a, b) => (String(a.sk) < String(b.sk) ? -1 : 1));
  };

  it('a post of another area is refused, and the refusal is written down', async () => {
    const { status, body } = await city.get(`/v1/cases/${id}`, '331082.county-centre');
    expect(status).toBe(403);
    expect(body).toMatchObject({ type: 'urn:hejie:problem:not-yours' });
    expect(JSON.stringify(body)).not.toContain('刘大强');
    expect(await accesses()).toMatchObject([
      { outcome: 'denied', what: id, post: '331082.county-centre', pk: 'L#2026-01-05' },
    ]);
  });

  it('the county above sees the case but no names; whoever has work with it sees the people', async () => {
    const above = await city.get(`/v1/cases/${id}`, posts.county);
    expect(above.status).toBe(200);
    expect(JSON.stringify(above.body)).not.toContain('刘大强');
    const owner = await city.get(`/v1/cases/${id}`, posts.police);
    expect(JSON.stringify(owner.body)).toContain('刘大强');
    expect((await accesses()).filter(({ outcome }) => outcome === 'shown')).toHaveLength(2);
  });

  it('lists are of one’s own area, by date; tasks are for the post and the lead above it', async () => {
    const mine = await city.get('/v1/cases', posts.county);
    expect(mine.body.cases).toMatchObject([{ id, level: null, status: 'reported' }]);
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
