import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CityOnOneMachine, fact, posts } from '../support/city-on-one-machine.ts';
import { commanded, day, hour, minute } from '../support/story.ts';

const steps = '已将双方劝离，刀具由家属收好，安排分开调解。';
const told = { ground: 'may-turn-violent', facts: ['weapon_access', 'threat_to_harm'], steps };
const village = '331003001001.village-mediator';

describe('a dispute that may turn violent: the police are told, one way', () => {
  let city: CityOnOneMachine;
  let id = '';
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-05T09:00:00+08:00');
    const text = '王小花与刘大强为晾衣争吵，双方情绪激动，其患病多年无收入。';
    const sent = await city.report(
      {
        ...{ channel: 'grid', source: '网格', text },
        facts: [
          fact('wants_mediation'),
          fact('hardship_medical', { start: text.indexOf('患病'), end: text.indexOf('患病') + 4 }),
        ],
      },
      village,
    );
    id = sent.dispute;
    await city.act(`${id}.settle-1`, 'acknowledge', village, {});
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  const tell = (post: string, body: object = told) => commanded(city, `/v1/disputes/${id}/police-notices`, post, body);
  const dispute = async (post: string) => {
    const { status, body } = await city.get(`/v1/disputes/${id}`, post);
    return {
      status,
      text: JSON.stringify(body),
      body: body.dispute as Record<string, unknown> | undefined,
      whole: body,
    };
  };
  const history = async (post: string) => {
    const { body } = await city.get(`/v1/disputes/${id}/history?limit=100`, post);
    return JSON.stringify(body.actions);
  };
  const lines = async (path: string, post: string) => {
    const { body } = await city.get(path, post);
    return (body.tasks as { taskId: string; kind: string }[]).map(({ taskId }) => taskId);
  };
  let before = '';

  it('Monday: only whoever mediates it may, with a ground and danger facts of the closed list', async () => {
    for (const post of [posts.police, posts.county, '331003001.township-health', '331003003001.village-mediator']) {
      expect((await tell(post)).status, post).toBe(403);
    }
    expect(await tell(village, { ...told, ground: 'troublesome-person' })).toMatchObject({ status: 422 });
    expect(await tell(village, { ...told, facts: ['hardship_medical'] })).toMatchObject({ status: 422 });
    expect(await tell(village, { ...told, facts: [] })).toMatchObject({ status: 422 });
    expect(await tell(village, { ...told, steps: '请派出所对其列管布控' })).toMatchObject({ status: 422 });
    before = (await dispute(village)).text;
    expect(await tell(village)).toMatchObject({ status: 201 });
    expect(await tell(village), 'the police are being told just that').toMatchObject({ status: 409 });
  });

  it('the police see the ground and the danger, and nothing else: no words, no names, no help', async () => {
    const { status, text, body, whole } = await dispute(posts.police);
    expect(status).toBe(200);
    expect(body?.notices).toMatchObject([
      {
        ground: 'may-turn-violent',
        facts: expect.arrayContaining(['threat_to_harm', 'weapon_access']),
        task: { kind: 'police-notice', owner: posts.police },
      },
    ]);
    for (const part of ['tasks', 'help', 'enquiries', 'needs']) expect(body).not.toHaveProperty(part);
    for (const part of ['people', 'words']) expect(whole).not.toHaveProperty(part);
    expect(text).not.toMatch(/王小花|刘大强|1380000|晾衣|患病|hardship|劝离/);
    expect(await history(posts.police)).not.toMatch(/王小花|晾衣|患病|劝离|note/);
    expect(await lines('/v1/me/tasks', posts.police)).toEqual([`${id}.police-notice-1`]);
  });

  it('nothing comes back: whoever sent it sees that they did, and never what became of it', async () => {
    expect((await dispute(village)).text.replace(/"changedAt":"[^"]*"/, '')).toBe(
      before.replace(/"changedAt":"[^"]*"/, ''),
    );
    const sent = await history(village);
    expect(sent).toContain('"asked":"police-notice"');
    expect(sent).toContain(steps);
    expect(
      await city.act(`${id}.police-notice-1`, 'answer', posts.police, { outcome: 'received', note: '已处置' }),
    ).toMatchObject({
      status: 422,
    });
    expect((await city.act(`${id}.police-notice-1`, 'answer', posts.police, { outcome: 'handled' })).status).toBe(422);
    expect((await city.act(`${id}.police-notice-1`, 'answer', village, { outcome: 'received' })).status).toBe(403);
    const elsewhere = { to: posts.township, reason: '请乡镇中心处理此事。' };
    expect((await city.act(`${id}.police-notice-1`, 'hand-off', posts.police, elsewhere)).status).toBe(422);
    expect((await city.act(`${id}.police-notice-1`, 'acknowledge', posts.police, {})).status).toBe(200);
    expect((await city.act(`${id}.police-notice-1`, 'answer', posts.police, { outcome: 'received' })).status).toBe(200);
    for (const post of [village, posts.township, posts.county]) {
      expect((await dispute(post)).text, post).not.toContain('police-notice');
    }
    const after = await history(village);
    expect(after).not.toMatch(/received|police-notice-1|community-police/);
    // Once it is over the police see the outline that they see of any dispute of their township.
    expect((await dispute(posts.police)).body).not.toHaveProperty('notices');
  });

  it('Tuesday: other facts are another notice; late, it climbs past those who sent it', async () => {
    await city.pass(day);
    expect(await tell(village, { ...told, facts: ['stalking_harassment'] })).toMatchObject({ status: 201 });
    await city.pass(45 * minute);
    expect(await lines('/v1/posts/331003.county-centre/tasks', posts.county)).toContain(`${id}.police-notice-2`);
    expect((await dispute(posts.county)).body?.notices).toMatchObject([{ facts: ['stalking_harassment'] }]);
    await city.pass(6 * hour);
    expect(await lines('/v1/tasks/overdue?area=331003001', posts.township)).not.toContain(`${id}.police-notice-2`);
    expect((await dispute(posts.township)).text).not.toContain('police-notice');
  });

  it('the dispute goes on: it is settled where it arose', async () => {
    const { body } = await dispute(village);
    expect((body?.tasks as { kind: string }[]).map(({ kind }) => kind)).toContain('settle');
    const { status } = await city.act(`${id}.settle-1`, 'answer', village, { outcome: 'settled' });
    expect(status).toBe(200);
    const { body: settled } = await dispute(posts.township);
    expect(settled?.outcomes).toEqual(['settle-1:settled']);
  });
});
