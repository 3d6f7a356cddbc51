import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CityOnOneMachine, personOf, posts } from '../support/city-on-one-machine.ts';
import { ofId, shown, taskOf, toRed } from '../support/story.ts';

const justice = '331003.county-justice';
const cityDuty = '331000.city-duty';
const agree = { outcome: 'agree' } as const;

describe('red needs a second person, of another department', () => {
  let city: CityOnOneMachine;
  let id = '';
  let taskId = '';
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-05T09:00:00+08:00');
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  const answerAs = async (post: string, person: string, key = city.key()) => {
    const client = await city.as(post, { person });
    const params = { path: { taskId }, header: { 'Idempotency-Key': key } };
    return client.POST('/tasks/{taskId}/answer', { params, body: agree });
  };

  it('Monday: the county’s mediation centre decides red, which waits for somebody of the justice bureau', async () => {
    ({ case: id } = await toRed(city));
    const { taskId: second, owner } = await taskOf(city, id, 'second');
    taskId = second;
    expect(owner).toBe(justice);
    const { case: shownCase } = shown(await (await city.as(posts.county)).GET('/cases/{id}', ofId(id)));
    expect(shownCase.level).toMatchObject({ colour: 'red', awaitsSecondTo: expect.any(String) });
  });

  it('the same person agrees with themselves for another post: refused', async () => {
    const { error, response } = await answerAs(justice, personOf(posts.county));
    expect(response.status).toBe(403);
    expect(error?.type).toBe('urn:hejie:problem:not-yours');
  });

  it('two others of the first department may neither take the task nor, when it is handed to them, answer it', async () => {
    for (const person of ['hu-jun', 'lin-yu']) {
      expect((await answerAs(posts.county, person)).response.status).toBe(403);
      expect((await answerAs(cityDuty, person)).response.status).toBe(403);
    }
    const owner = await city.as(justice);
    const headers = () => ({ path: { taskId }, header: { 'Idempotency-Key': city.key() } });
    shown(await owner.POST('/tasks/{taskId}/hand-off', { params: headers(), body: { to: cityDuty } }));
    const duty = await city.as(cityDuty, { person: 'hu-jun' });
    shown(await duty.POST('/tasks/{taskId}/accept', { params: headers(), body: {} }));
    for (const person of ['hu-jun', 'lin-yu']) {
      const { error, response } = await answerAs(cityDuty, person);
      expect({ status: response.status, type: error?.type }).toEqual({
        status: 403,
        type: 'urn:hejie:problem:not-yours',
      });
    }
    shown(await duty.POST('/tasks/{taskId}/hand-off', { params: headers(), body: { to: justice } }));
    shown(await owner.POST('/tasks/{taskId}/accept', { params: headers(), body: {} }));
    await city.cloud.settled();
    expect((await taskOf(city, id, 'second')).owner).toBe(justice);
  });

  it('two people agree at the same moment, twenty-five times each: one is accepted, forty-nine are conflicts', async () => {
    const people = ['chen-hua', 'wu-ping'];
    for (const person of people) await city.as(justice, { person });
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) => answerAs(justice, people[i % 2] ?? '', `second-${i}`)),
    );
    const statuses = answers.map(({ response }) => response.status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(49);
    await city.cloud.settled();
    const reviewer = await city.as(posts.reviewer);
    const params = { path: { id }, query: { limit: 100 } };
    const { actions } = shown(await reviewer.GET('/cases/{id}/history', { params }));
    const agreed = actions.filter((one) => 'kind' in one && one.kind === 'answered' && one.task === 'second-1');
    expect(agreed).toHaveLength(1);
    // The one who was told so is the one who stands there, and that answer again is the same answer.
    const winner = statuses.indexOf(200);
    expect(agreed).toMatchObject([{ n: answers[winner]?.data?.n }]);
    const again = shown(await answerAs(justice, people[winner % 2] ?? '', `second-${winner}`));
    expect(again).toEqual({ taskId, n: answers[winner]?.data?.n, repeated: true });
    const { case: shownCase } = shown(await (await city.as(posts.county)).GET('/cases/{id}', ofId(id)));
    expect(shownCase.level).toMatchObject({ colour: 'red', awaitsSecondTo: null });
  });
});
