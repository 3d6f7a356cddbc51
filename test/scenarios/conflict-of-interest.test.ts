import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { HejieClient } from '../../shared/client/index.ts';
import { CityOnOneMachine, grid, posts } from '../support/city-on-one-machine.ts';
import { answered, ofId, shown, taskOf, toldAfterHer, toRed } from '../support/story.ts';

const liu = { name: '刘大强', idNumber: '999999198001010011', phone: '13800000002', address: '桥头村9号' };
const wang = { name: '王小花', phone: '13800000001', address: '桥头村8号' };
const conflict = 'urn:hejie:problem:conflict-of-interest';

describe('the mediator of the village is himself a party', () => {
  let city: CityOnOneMachine;
  let id = '';
  let dispute = '';
  let mediator: HejieClient;
  let himself: HejieClient;
  const settle = () => ({ path: { taskId: `${dispute}.settle-1` }, header: { 'Idempotency-Key': city.key() } });
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-05T09:00:00+08:00');
    const who = { person: 'liu-daqiang', idNumber: liu.idNumber, phone: liu.phone };
    mediator = await city.as(posts.mediator, who);
    himself = city.people.citizen(who);
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  it('Monday: a neighbour complains of him, and the dispute comes to his own post', async () => {
    const people = [
      { role: 'complainant', ...wang },
      { role: 'respondent', ...liu },
    ];
    const quarrel = { text: '两户因晾衣争吵，已劝开。', facts: [], people };
    ({ dispute } = await city.report(quarrel));
    const colleague = await city.as(posts.mediator, { person: 'colleague', phone: '13800007777' });
    const lists = [await mediator.GET('/me/tasks'), await colleague.GET('/me/tasks')].map((list) => shown(list).tasks);
    expect(lists.map((tasks) => tasks.some(({ taskId }) => taskId === `${dispute}.settle-1`))).toEqual([false, true]);
    const path = { postId: posts.mediator };
    const { tasks } = shown(await mediator.GET('/posts/{postId}/tasks', { params: { path } }));
    expect(JSON.stringify(tasks)).not.toContain(dispute);
  });

  it('he may neither read it, nor act in it, nor decide it; a colleague of the same post may', async () => {
    const refusals = [
      await mediator.GET('/disputes/{id}', ofId(dispute)),
      await mediator.GET('/disputes/{id}/history', ofId(dispute)),
      await mediator.POST('/tasks/{taskId}/acknowledge', { params: settle(), body: {} }),
      await mediator.POST('/tasks/{taskId}/answer', { params: settle(), body: { outcome: 'settled' } }),
      await mediator.POST('/tasks/{taskId}/hand-off', { params: settle(), body: { to: posts.township } }),
    ];
    expect(refusals.map(({ response, error }) => [response.status, error?.type])).toEqual(
      refusals.map(() => [403, conflict]),
    );
    const colleague = await city.as(posts.mediator, { person: 'colleague', phone: '13800007777' });
    const boards = [await mediator.GET('/cases'), await colleague.GET('/cases')].map((board) => shown(board).cases);
    expect(boards.map((cases) => cases.some((line) => line.id === dispute))).toEqual([false, true]);
    const { people } = shown(await colleague.GET('/disputes/{id}', ofId(dispute)));
    expect(people?.map(({ name }) => name)).toEqual([wang.name, liu.name]);
  });

  it('Tuesday: he threatens her with a knife, and a case is opened: he cannot learn that there is one', async () => {
    const people = [
      { role: 'complainant', ...wang },
      { role: 'respondent', ...liu },
    ];
    ({ case: id, dispute } = await toRed(city, { people }));
    expect(shown(await himself.GET('/me/matters')).matters).toEqual([]);
    // What is there and what is not are refused in the same words.
    const nothing = { case: 'C-000000000000', dispute: 'D-000000000000' };
    const answers = async (ids: { case: string; dispute: string }) => {
      const all = [
        await himself.GET('/cases/{id}', ofId(ids.case)),
        await himself.GET('/cases/{id}/history', ofId(ids.case)),
        await himself.GET('/cases/{id}/audit', ofId(ids.case)),
        await himself.GET('/disputes/{id}', ofId(ids.dispute)),
        await himself.GET('/disputes/{id}/affected', ofId(ids.dispute)),
      ];
      return all.map(({ response, error }) => ({ status: response.status, type: error?.type, detail: error?.detail }));
    };
    expect(await answers({ case: id, dispute })).toEqual(await answers(nothing));
    const asStaff = await mediator.GET('/cases/{id}', ofId(id));
    expect([asStaff.response.status, asStaff.error?.type]).toEqual([403, conflict]);
  });

  const ofHis = (channel: 'grid' | 'resident', sourceId: string) => ({
    ...{ channel, sourceId, source: '本人', area: grid, disputeType: 'neighbour' as const, text: '邻居晾衣挡道。' },
    ...{ reportedAt: new Date(city.cloud.now()).toISOString(), facts: [] },
    people: [
      { role: 'complainant' as const, name: liu.name, idNumber: liu.idNumber },
      { role: 'respondent' as const, ...wang },
    ],
  });
  const headed = () => ({ header: { 'Idempotency-Key': city.key() } });

  it('nor by a complaint of his own about her, which joins the same dispute', async () => {
    const sent = await himself.POST('/reports', { params: headed(), body: ofHis('resident', '1') });
    expect(shown(sent)).toMatchObject({ repeated: false });
    await city.cloud.settled();
    expect(shown(await himself.GET('/me/matters')).matters).toEqual([{ dispute, part: 'complainant' }]);
    const refusals = [
      await himself.GET('/disputes/{id}', ofId(dispute)),
      await himself.GET('/disputes/{id}/history', ofId(dispute)),
      await himself.GET('/disputes/{id}/audit', ofId(dispute)),
    ];
    expect(refusals.map(({ response }) => response.status)).toEqual([403, 403, 403]);
  });

  it('and she, who asked for help first, is not shut out by a danger that he reports of her', async () => {
    const herself = city.people.citizen({ person: 'wang-xiaohua', phone: wang.phone });
    const seen = { value: true, start: 0, end: 3, negated: false, hearsay: false };
    const facts = [
      { type: 'threat_to_kill' as const, ...seen },
      { type: 'weapon_present' as const, ...seen },
    ];
    const text = '邻居持刀扬言杀人。';
    const sent = await himself.POST('/reports', { params: headed(), body: { ...ofHis('resident', '2'), facts, text } });
    expect(shown(sent)).toMatchObject({ repeated: false });
    await city.cloud.settled();
    expect(shown(await herself.GET('/disputes/{id}', ofId(dispute))).dispute).toMatchObject({ id: dispute });
    expect((await himself.GET('/disputes/{id}', ofId(dispute))).response.status).toBe(403);
  });

  it('nor does he verify, for his post, what he reports himself', async () => {
    const verified = { by: '网格员', how: '现场核实' };
    const sent = await mediator.POST('/reports', { params: headed(), body: { ...ofHis('grid', 'g-1'), verified } });
    expect([sent.response.status, sent.error?.type]).toEqual([403, conflict]);
  });

  it('another resident’s report under the same source id is another report', async () => {
    const body = { ...ofHis('resident', '1'), people: [] };
    const sent = await city.people.citizen({ person: 'somebody' }).POST('/reports', { params: headed(), body });
    expect(shown(sent)).toMatchObject({ repeated: false });
  });

  it('once he was told, he sees what is his own, and nothing of her', async () => {
    await answered(city, id, 'second', { outcome: 'agree' });
    await answered(city, id, 'protect', { outcome: 'protected' });
    await toldAfterHer(city, id);
    const { matters } = shown(await himself.GET('/me/matters'));
    expect(matters).toContainEqual({ dispute, case: id, part: 'respondent' });
    const answer = shown(await himself.GET('/cases/{id}', ofId(id)));
    expect(answer.case).toMatchObject({ id, level: { colour: 'red' } });
    // Neither how she is protected, nor through which channel, or when, somebody spoke.
    expect(answer.case).not.toHaveProperty('safetyPlan');
    expect(answer.people?.every((one) => one.ref === undefined)).toBe(true);
    expect(new Set(answer.people?.map(({ name, part }) => `${part} ${name}`))).toEqual(
      new Set([`respondent ${liu.name}`]),
    );
    for (const theirs of Object.values(wang)) expect(JSON.stringify(answer)).not.toContain(theirs);
    expect(answer.words).toBeUndefined();
    const { actions } = shown(await himself.GET('/cases/{id}/history', ofId(id)));
    for (const theirs of Object.values(wang)) expect(JSON.stringify(actions)).not.toContain(theirs);
    expect(actions[0]).toEqual({ n: 1, withheld: true });
    expect(JSON.stringify(actions)).not.toMatch(/reported|opened|acknowledged/);
    // Of those who asked for help he sees himself, as in his own complaint.
    const { people } = shown(await himself.GET('/disputes/{id}/affected', ofId(dispute)));
    expect(new Set(people.map(({ name, part }) => `${part} ${name}`))).toEqual(new Set([`complainant ${liu.name}`]));
  });

  it('whoever has only the telephone in common with him is not he', async () => {
    const household = { person: 'household', idNumber: '99999919800101002X', phone: liu.phone };
    const other = city.people.citizen(household);
    expect(shown(await other.GET('/me/matters')).matters).toEqual([]);
    expect((await other.GET('/cases/{id}', ofId(id))).response.status).toBe(403);
  });

  it('and still does not act in it, whichever post he is given', async () => {
    const township = await city.as(posts.township, { person: 'liu-daqiang', idNumber: liu.idNumber });
    const police = await city.as(posts.countyPolice, { person: 'liu-daqiang', idNumber: liu.idNumber });
    for (const client of [mediator, township, police]) {
      const { response, error } = await client.GET('/cases/{id}', ofId(id));
      expect([response.status, error?.type]).toEqual([403, conflict]);
    }
    const { taskId } = await taskOf(city, id, 'plan');
    const params = { path: { taskId }, header: { 'Idempotency-Key': city.key() } };
    const county = await city.as(posts.county, { person: 'liu-daqiang', idNumber: liu.idNumber });
    const plan = { outcome: 'planned' as const, measures: [{ kind: 'counselling' as const }] };
    const { response, error } = await county.POST('/tasks/{taskId}/answer', { params, body: plan });
    expect([response.status, error?.type]).toEqual([403, conflict]);
  });
});
