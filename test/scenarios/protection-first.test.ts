import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CityOnOneMachine, fact, posts } from '../support/city-on-one-machine.ts';
import { allDestroyed, answered, changes, day, ofId, reason, shown, talkedOver, taskOf } from '../support/story.ts';

const women = '331003.county-women';
const liu = { name: '刘大强', phone: '13800000002' };
const wang = { name: '王小花', address: '桥头村8号' };

describe('protection first, the notice beside', () => {
  let city: CityOnOneMachine;
  let id = '';
  let dispute = '';
  let lapsedAt = 0;
  let plan: object = {};
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-05T09:00:00+08:00', undefined, 10 * day);
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  const kinds = async () => (await city.case(id)).tasks.map(({ no }) => no.replace(/-\d+$/, ''));
  const himself = () => city.people.citizen({ person: 'liu-daqiang', phone: liu.phone });
  const noticeText = (post: string) => city.get(`/v1/cases/${id}/notice-text`, post);

  it('Monday: somebody who gives no name tells of a knife between neighbours; the township decides orange', async () => {
    const people = [
      { role: 'complainant', address: wang.address },
      { role: 'respondent', ...liu },
    ];
    ({ case: id, dispute } = await city.report({ people, facts: [fact('threat_to_kill'), fact('weapon_present')] }));
    await answered(city, id, 'verify', { outcome: 'verified' });
    const { events } = await city.case(id);
    const cited = (events as { id: string }[]).map((event) => event.id);
    await answered(city, id, 'decide', { outcome: 'lower', level: 'orange', reason, changes, events: cited });
    await talkedOver(city, id);
    expect(await city.case(id)).toMatchObject({ status: 'protecting', level: { colour: 'orange' }, deferral: null });
  });

  it('first somebody reaches those at risk: there is no plan before; the notice is asked for beside, at once', async () => {
    const open = await kinds();
    expect(open).toEqual(expect.arrayContaining(['protect', 'notify']));
    for (const kind of ['plan', 'measure', 'forewarn', 'second-deferral']) expect(open).not.toContain(kind);
    await answered(city, id, 'protect', { outcome: 'protected', safetyPlan: 'made', note: '已商定安全计划。' });
    expect(await city.case(id)).toMatchObject({ status: 'planning', safetyPlan: true });
  });

  it('the plan goes on while nobody has told him; he sees nothing yet', async () => {
    await answered(city, id, 'plan', { outcome: 'planned', measures: [{ kind: 'counselling' }] });
    expect(await city.case(id)).toMatchObject({ status: 'carrying-out', told: false });
    expect(await kinds()).toContain('notify');
    expect((await himself().GET('/cases/{id}', ofId(id))).response.status).toBe(403);
  });

  it('whoever is to tell him reads what to say, in both languages; nobody else does', async () => {
    const { owner } = await taskOf(city, id, 'notify');
    const { status, body } = await noticeText(owner);
    expect(status).toBe(200);
    const parts = body.notice as { part: string; zh: string; en: string }[];
    expect(parts.map(({ part }) => part)).toEqual([
      ...['what', 'why', 'basis', 'who', 'how', 'how-long', 'see', 'correct', 'contest'],
    ]);
    const said = JSON.stringify(parts);
    for (const words of [
      '橙色',
      '邻里',
      '扬言杀人',
      city.city.notice.basis.zh,
      city.city.notice.basis.en,
      '2026-02-04',
    ]) {
      expect(said).toContain(words);
    }
    for (const theirs of [...Object.values(wang), ...Object.values(liu)]) expect(said).not.toContain(theirs);
    for (const post of [posts.county, posts.police, posts.reviewer, women]) {
      expect((await noticeText(post)).status, post).toBe(403);
    }
  });

  it('told, he reads the same, and of how she is protected nothing', async () => {
    const { owner } = await taskOf(city, id, 'notify');
    const { body } = await noticeText(owner);
    await answered(city, id, 'notify', { outcome: 'told' });
    const his = shown(await himself().GET('/cases/{id}', ofId(id)));
    expect(his).toMatchObject({ notice: body.notice, case: { told: true, level: { colour: 'orange' } } });
    for (const hidden of ['safetyPlan', 'deferral', 'tasks']) expect(his.case).not.toHaveProperty(hidden);
    expect(JSON.stringify(his)).not.toContain(wang.address);
    expect((await noticeText(owner)).status).toBe(403);
  });

  it('thirty days without a new decision: the level lapses; the safety plan and its task are what they were', async () => {
    const task = async () => {
      const { no, owner, from, due, level } = (await taskOf(city, id, 'safety-plan')) as unknown as Record<
        string,
        unknown
      >;
      return { no, owner, from, due, level };
    };
    plan = await task();
    expect(plan).toMatchObject({ owner: women, level: null });
    for (let week = 1; week <= 4; week += 1) {
      await city.pass(7 * day);
      await answered(city, id, 'review', { outcome: 'continue' });
    }
    await city.pass(2 * day - 60_000);
    expect(await city.case(id)).toMatchObject({ level: { colour: 'orange' } });
    expect(await task()).toEqual(plan);
    await city.pass(2 * 60_000);
    lapsedAt = city.cloud.now();
    const left = await city.case(id);
    expect(left).toMatchObject({ status: 'ending', level: null, safetyPlan: true });
    expect(await task()).toEqual(plan);
    // Who sat at the talk is asked to destroy what they noted.
    expect(await kinds()).toEqual(['safety-plan', 'destroy', 'destroy']);
    await allDestroyed(city, id);
    expect(await kinds()).toEqual(['safety-plan']);
  });

  it('nobody is shown a level any more, and he reads no notice of one', async () => {
    for (const post of [posts.county, posts.township, posts.reviewer, women]) {
      const { status, body } = await city.get(`/v1/cases/${id}`, post);
      expect(status, post).toBe(200);
      expect(JSON.stringify(body), post).not.toMatch(/"(yellow|orange|red)"/);
    }
    const his = shown(await himself().GET('/cases/{id}', ofId(id)));
    expect(his.notice).toBeUndefined();
    expect(JSON.stringify(his)).not.toMatch(/"(yellow|orange|red)"/);
    const { body } = await city.get('/v1/cases?area=331003&level=orange', posts.county);
    expect(body.cases).toEqual([]);
  });

  it('somebody looks after it, and a month later again, although the case is over but for that', async () => {
    while (!(await taskOf(city, id, 'safety-plan')).begun) await city.pass(day);
    await answered(city, id, 'safety-plan', { outcome: 'kept' });
    const next = (await taskOf(city, id, 'safety-plan')) as unknown as { owner: string; from: string; begun: boolean };
    expect(next).toMatchObject({ owner: women, begun: false });
    expect(Date.parse(next.from) - city.cloud.now()).toBeGreaterThan(29 * day);
    expect(await city.case(id)).toMatchObject({ status: 'ending', safetyPlan: true });
  });

  const named = async () => {
    const places: string[] = [];
    for await (const { pk, sk, role, erasedAt } of city.cloud.scan()) {
      if (String(pk) === `D#${dispute}` && /^PERSON#/.test(String(sk)) && !erasedAt) places.push(String(role));
    }
    return places.sort();
  };

  it('however long she is protected: half a year after the lapse nobody can tell who he was; she is still to be reached', async () => {
    expect(await named()).toEqual(['complainant', 'respondent']);
    while (city.cloud.now() < lapsedAt + 195 * day) {
      if ((await taskOf(city, id, 'safety-plan')).begun) await answered(city, id, 'safety-plan', { outcome: 'kept' });
      await city.pass(15 * day);
    }
    expect(await city.case(id)).toMatchObject({ status: 'ending', safetyPlan: true });
    expect(await named()).toEqual(['complainant']);
    expect((await himself().GET('/cases/{id}', ofId(id))).response.status).toBe(403);
  });

  it('only its owner ends it, and with a reason; then the case closes, and she is named no longer either', async () => {
    while (!(await taskOf(city, id, 'safety-plan')).begun) await city.pass(day);
    const { taskId, owner } = await taskOf(city, id, 'safety-plan');
    const note = '受影响人已搬离并表示安全，本人要求结束安全计划。';
    const end = (post: string, body: object) => city.act(taskId, 'answer', post, { outcome: 'ended', ...body });
    expect((await end(posts.county, { note })).status).toBe(403);
    for (const body of [{}, { note: '不再需要' }]) {
      const refused = await end(owner, body);
      expect(refused.status).toBe(422);
      expect(refused.body.faults).toMatchObject([{ path: 'note' }]);
    }
    expect((await end(owner, { note })).status).toBe(200);
    expect(await city.case(id)).toMatchObject({ status: 'closed' });
    await city.pass(11 * day);
    expect(await named()).toEqual([]);
  });
});
