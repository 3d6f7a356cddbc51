import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CityOnOneMachine, fact, grid, posts } from '../support/city-on-one-machine.ts';
import { answered, commanded, hour, minute, queueOf, taskOf, toRed } from '../support/story.ts';

const gridOfficer = `${grid}.grid-officer`;

interface JointSeen {
  readonly taskId: string;
  readonly kind: string;
  readonly owner: string;
  readonly openedAt: string;
  readonly acknowledgedAt: string | null;
  readonly joining: string | null;
  readonly joinedAt: string | null;
}

describe('at red, grid officer and community police make the first contact together', () => {
  let city: CityOnOneMachine;
  let id = '';
  let taskId = '';
  let opened = 0;
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-05T09:00:00+08:00');
    ({ case: id } = await toRed(city));
    await answered(city, id, 'second', { outcome: 'agree' });
    const task = await seen();
    taskId = task.taskId;
    opened = Date.parse(task.openedAt);
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  const seen = async () => (await taskOf(city, id, 'protect')) as unknown as JointSeen;
  const said = (kind: string, more: object = {}) =>
    city
      .said()
      .filter((one) => one.taskId === taskId && one.kind === kind)
      .map(({ post, at }) => ({ post, after: Math.round((at - opened) / minute), ...more }));

  it('Monday: one is accountable, one takes part, and both are told', async () => {
    expect(await seen()).toMatchObject({ owner: posts.countyPolice, joining: gridOfficer, joinedAt: null });
    expect(
      said('opened')
        .map(({ post }) => post)
        .sort(),
    ).toEqual([gridOfficer, posts.countyPolice].sort());
    for (const post of [gridOfficer, posts.countyPolice]) {
      expect((await queueOf(city, post)).map((line) => line.taskId)).toContain(taskId);
    }
    expect((await city.get(`/v1/cases/${id}`, gridOfficer)).body.case).toMatchObject({ danger: expect.any(Array) });
  });

  it('the police acknowledge; the reminder after a quarter of an hour goes to the grid officer alone', async () => {
    expect((await city.act(taskId, 'acknowledge', posts.countyPolice, {})).status).toBe(200);
    await city.pass(opened + 16 * minute - city.cloud.now());
    expect(said('reminder')).toEqual([{ post: gridOfficer, after: 15 }]);
    await city.pass(9 * minute);
    // The supervisor of whoever is silent.
    expect(said('warning')).toEqual([{ post: posts.mediator, after: 24 }]);
  });

  it('the grid officer acknowledges too: the wait is over, nobody climbs, the accountable post is as it was', async () => {
    const before = await seen();
    expect(before).toMatchObject({ acknowledgedAt: expect.any(String), joinedAt: null });
    expect((await city.act(taskId, 'acknowledge', gridOfficer, {})).status).toBe(200);
    const again = await city.act(taskId, 'acknowledge', gridOfficer, {});
    expect(again).toMatchObject({ status: 409, body: { type: 'urn:hejie:problem:refused' } });
    await city.pass(opened + hour - city.cloud.now());
    expect(await seen()).toMatchObject({
      owner: posts.countyPolice,
      joining: gridOfficer,
      joinedAt: expect.any(String),
    });
    expect(said('escalated')).toEqual([]);
  });

  it('only the accountable post answers or hands off', async () => {
    for (const [verb, body] of [
      ['answer', { outcome: 'protected' }],
      ['hand-off', { to: posts.police, reason: '请社区民警办理更合适。' }],
    ] as const) {
      expect(await city.act(taskId, verb, gridOfficer, body)).toMatchObject({ status: 403 });
    }
    expect((await seen()).owner).toBe(posts.countyPolice);
  });

  it('at the door the grid officer sees an axe and says so: a new event, unverified, for now; the level is as it was', async () => {
    const report = (post: string, facts: string[]) => commanded(city, `/v1/tasks/${taskId}/danger`, post, { facts });
    const events = async () =>
      (await city.case(id)).events as { state: string; channel: string; facts: { type: string }[] }[];
    expect(await report(posts.police, ['weapon_present'])).toMatchObject({ status: 403 });
    expect(await report(gridOfficer, [])).toMatchObject({ status: 422 });
    expect(await report(gridOfficer, ['hardship_income'])).toMatchObject({
      status: 422,
      type: 'urn:hejie:problem:invalid',
    });
    expect(await events()).toHaveLength(1);
    expect(await report(gridOfficer, ['weapon_present'])).toMatchObject({ status: 200 });
    expect((await events())[1]).toMatchObject({
      state: 'unverified',
      channel: 'grid',
      facts: [{ type: 'weapon_present' }],
    });
    expect((await queueOf(city, posts.police))[0]).toMatchObject({ kind: 'verify', urgency: 'now' });
    expect(await city.case(id)).toMatchObject({ level: { colour: 'red' } });
    expect((await seen()).owner).toBe(posts.countyPolice);
  });

  it('so do the police; each event is verified for itself, and people look again', async () => {
    await commanded(city, `/v1/tasks/${taskId}/danger`, posts.countyPolice, { facts: ['threat_to_kill', 'injury'] });
    const verifying = (await queueOf(city, posts.police)).filter(({ kind }) => kind === 'verify');
    expect(verifying).toHaveLength(2);
    for (const { taskId: verify } of verifying) {
      expect((await city.act(verify, 'answer', posts.police, { outcome: 'verified' })).status).toBe(200);
    }
    const { body } = await city.get(`/v1/cases/${id}/history?limit=100`, posts.reviewer);
    const kinds = (body.actions as { kind: string }[]).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'assessed').length).toBeGreaterThan(1);
    expect(kinds.filter((kind) => kind === 'dangerReported')).toHaveLength(2);
  });

  it('a joint visit in the plan is made by the same two', async () => {
    expect((await city.act(taskId, 'answer', posts.countyPolice, { outcome: 'protected' })).status).toBe(200);
    await answered(city, id, 'plan', { outcome: 'planned', measures: [{ kind: 'joint-visit' }] });
    expect(await taskOf(city, id, 'measure')).toMatchObject({
      measure: 'joint-visit',
      owner: posts.countyPolice,
      joining: gridOfficer,
    });
  });
});

describe('whoever should go along says nothing', () => {
  let city: CityOnOneMachine;
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-05T09:00:00+08:00');
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  it('after half an hour the lead above goes along instead; what the police have to do is not put off', async () => {
    const { case: id } = await toRed(city);
    const seen = async () => (await taskOf(city, id, 'protect')) as unknown as JointSeen & { due: string };
    const { taskId, due } = await seen();
    await city.act(taskId, 'acknowledge', posts.countyPolice, {});
    await city.pass(31 * minute);
    expect(await seen()).toMatchObject({ owner: posts.countyPolice, joining: posts.mediator, joinedAt: null, due });
    expect(city.said()).toContainEqual(expect.objectContaining({ kind: 'opened', taskId, post: posts.mediator }));
    expect((await city.act(taskId, 'acknowledge', gridOfficer, {})).status).toBe(403);
    expect((await city.act(taskId, 'acknowledge', posts.mediator, {})).status).toBe(200);
    // Until the end of its window nothing more is asked of anybody.
    await city.pass(hour);
    expect(await seen()).toMatchObject({ owner: posts.countyPolice, joining: posts.mediator, due });
  });

  it('handed to whoever goes along, it is theirs alone', async () => {
    const people = [
      { role: 'complainant', name: '何某', phone: '13800000051' },
      { role: 'respondent', name: '方某', phone: '13800000052' },
    ];
    const { case: id } = await toRed(city, { people, facts: [fact('threat_to_kill'), fact('weapon_present')] });
    const { taskId } = await taskOf(city, id, 'protect');
    const offer = { to: gridOfficer, reason: '网格员与当事人相熟，由其先行接触。' };
    expect((await city.act(taskId, 'hand-off', posts.countyPolice, offer)).status).toBe(200);
    expect((await city.act(taskId, 'accept', gridOfficer, {})).status).toBe(200);
    expect(await taskOf(city, id, 'protect')).toMatchObject({ owner: gridOfficer, joining: null });
  });

  it('where the place is wider than a grid, the police go alone', async () => {
    const people = [
      { role: 'complainant', name: '许某', phone: '13800000061' },
      { role: 'respondent', name: '蒋某', phone: '13800000062' },
    ];
    const { case: id } = await toRed(city, { people, area: '331003001' });
    expect(await taskOf(city, id, 'protect')).toMatchObject({ owner: posts.countyPolice, joining: null });
  });
});
