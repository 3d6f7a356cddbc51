import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CityOnOneMachine, fact, posts } from '../support/city-on-one-machine.ts';
import { commanded, day, hour, ofId, put, shown, taskOf, toPlan } from '../support/story.ts';

const justice = '331003001.township-justice';
const housing = '331003.county-housing';
const health = '331003001.township-health';
const gridOfficer = '331003001001001.grid-officer';
const facts = [fact('threat_to_kill'), fact('weapon_present'), fact('hardship_income'), fact('alcohol_involved')];
const why = '周三双方愿意坐下来谈，原定走访改为调解，由村里配合。';

interface Proposed {
  readonly kind: string;
  readonly why: readonly { readonly zh: string; readonly en: string }[];
  readonly owner: string | null;
  readonly due: string;
}

const people = (n: number) => ({
  people: [
    { role: 'complainant', name: '王小花', phone: `1380000010${n}` },
    { role: 'respondent', name: '刘大强', phone: `1380000020${n}` },
  ],
});

describe('a plan for one person', () => {
  let city: CityOnOneMachine;
  let id = '';
  let event = '';
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-05T09:00:00+08:00');
    ({ case: id } = await toPlan(city, 'orange', { facts, ...people(0) }));
    event = ((await city.case(id)).events as { id: string }[])[0]?.id ?? '';
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  const proposal = async (post: string) => {
    const { status, body } = await city.get(`/v1/cases/${id}/plan-proposal`, post);
    return { status, body, kinds: ((body.measures ?? []) as Proposed[]).map(({ kind }) => kind) };
  };
  const tasks = async () => (await city.case(id)).tasks.map(({ no }) => no);
  const helps = async (post: string) => {
    const { body } = await city.get('/v1/me/tasks?limit=100', post);
    return (body.tasks as { taskId: string }[]).map(({ taskId }) => taskId);
  };
  const amend = (body: object, post: string = posts.township) =>
    commanded(city, `/v1/cases/${id}/plan-amendments`, post, { reason: why, events: [event], ...body });

  it('Monday: what it may hold is proposed from the list by dispute type, needs and tier, with why, whose and by when', async () => {
    expect((await taskOf(city, id, 'plan')).owner).toBe(posts.township);
    const { status, body } = await proposal(posts.township);
    expect(status).toBe(200);
    expect(body).toMatchObject({ most: 8, held: 0, note: expect.stringContaining('advice') });
    expect(body.measures).toMatchObject([
      { kind: 'safety-planning', why: [{ zh: '扬言杀人' }, { zh: '持有凶器' }], owner: posts.police },
      { kind: 'joint-visit', owner: posts.police },
      { kind: 'people-mediation', why: [{ zh: '邻里', en: 'neighbours' }], owner: justice },
      { kind: 'counselling', why: [{ zh: '涉酒', en: 'alcohol involved' }], owner: health },
      { kind: 'hardship-relief', why: [{ zh: '生活困难' }], owner: '331003001.township-civil-affairs' },
    ]);
    // Advice without a person and without points.
    expect(JSON.stringify(body)).not.toMatch(/王小花|刘大强|points/);
  });

  it('who has no part in it is refused, and the police are shown no help', async () => {
    for (const post of [gridOfficer, '331002.county-centre', posts.administrator]) {
      expect((await proposal(post)).status, post).toBe(403);
    }
    const measures = [{ kind: 'joint-visit' }];
    const given = await city.act(`${id}.plan-1`, 'answer', posts.township, { outcome: 'planned', measures });
    expect(given.status).toBe(200);
    const { kinds } = await proposal(posts.police);
    expect(kinds).toEqual(['safety-planning', 'people-mediation']);
  });

  it('the registry: the county and the administrator enter mediators, in numbered versions; a mediator does not', async () => {
    const enter = (name: string, more: object, post: string = posts.county, etag = '"0"') =>
      put(city, `/v1/mediators/331003.${name}`, post, etag, {
        ...{ name: { zh: '调解工作室', en: name }, kind: 'organisation', areas: ['331003'] },
        ...{ measures: ['people-mediation'], languages: ['zh'], capacity: 1, ...more },
      });
    expect(await enter('old-chen', {})).toMatchObject({ status: 200, body: { version: 1, active: true } });
    expect(
      await enter('dongcheng', { areas: ['331003001'], languages: ['zh', 'wuu'] }, posts.administrator),
    ).toMatchObject({
      status: 200,
    });
    expect(await enter('xicheng', { areas: ['331003003'], capacity: 5 })).toMatchObject({ status: 200 });
    expect((await enter('own-shop', {}, posts.mediator)).status).toBe(403);
    expect((await enter('elsewhere', {}, '331002.county-centre')).status).toBe(403);
    expect(await enter('far', { areas: ['331002'] })).toMatchObject({
      status: 422,
      body: { faults: [{ path: 'areas.0' }] },
    });
    expect((await enter('old-chen', { capacity: 9 })).status, 'somebody has changed it').toBe(412);
    expect(await enter('old-chen', { languages: ['zh', 'en'] }, posts.county, '"1"')).toMatchObject({
      status: 200,
      body: { version: 2 },
    });
    const found = async (query: string) => {
      const { body } = await city.get(`/v1/mediators?${query}`, posts.mediator);
      return (body.mediators as { id: string }[]).map((one) => one.id.slice(7));
    };
    expect(await found('area=331003001001&measure=people-mediation')).toEqual(['dongcheng', 'old-chen']);
    expect(await found('area=331003003001')).toEqual(['old-chen', 'xicheng']);
    expect(await found('area=331003001001&language=wuu')).toEqual(['dongcheng']);
    expect(await found('measure=counselling')).toEqual([]);
    expect((await city.get('/v1/mediators?area=330100', posts.mediator)).status).toBe(422);
  });

  it('Tuesday: the plan changes only by a decision of the accountable post, which the history shows', async () => {
    await city.pass(day);
    const add = [{ kind: 'people-mediation', mediator: '331003.old-chen', due: '2026-01-20T17:30:00+08:00' }];
    for (const post of [posts.police, posts.county, gridOfficer]) {
      expect((await amend({ add }, post)).status, post).toBe(403);
    }
    expect(await amend({ add, reason: '换一个' })).toMatchObject({ status: 422, type: 'urn:hejie:problem:invalid' });
    expect(await amend({ add, reason: '即日起对当事人实行稳控，不得离开村子，由网格落实。' })).toMatchObject({
      status: 422,
    });
    expect(await amend({ add, events: ['E-999'] })).toMatchObject({
      status: 422,
      body: { faults: [{ path: 'events.0' }] },
    });
    expect(await amend({ add, withdraw: ['review-1'] })).toMatchObject({ status: 422 });
    expect(await amend({ add: [{ kind: 'guard-the-house' }] })).toMatchObject({ status: 422 });
    const before = await tasks();
    expect(before).toContain('measure-1');
    expect(await amend({ add: [...add, { kind: 'counselling' }], withdraw: ['measure-1'] })).toMatchObject({
      status: 201,
    });
    expect(await tasks()).toEqual(expect.not.arrayContaining(['measure-1']));
    const measure = await taskOf(city, id, 'measure');
    expect(measure).toMatchObject({ owner: justice, mediator: '331003.old-chen', due: '2026-01-20T09:30:00.000Z' });
    expect(await helps(health)).toContain(`${id}.measure-3`);
    const { body } = await city.get(`/v1/cases/${id}/history?limit=100`, posts.township);
    expect(body.actions).toContainEqual(
      expect.objectContaining({ kind: 'planAmended', withdrawn: ['measure-1'], note: why }),
    );
  });

  it('whom the parties choose must be there for the place and the measure, and have a place: else others are named', async () => {
    const choose = (mediator: string, kind = 'people-mediation') => amend({ add: [{ kind, mediator }] });
    for (const [mediator, kind] of [
      ['331003.xicheng'],
      ['331003.nobody'],
      ['331003.old-chen', 'counselling'],
    ] as const) {
      expect(await choose(mediator, kind), mediator).toMatchObject({
        status: 422,
        body: { faults: [{ path: 'add.0.mediator' }] },
      });
    }
    // A second case wants the one who has one place only.
    const other = await toPlan(city, 'orange', people(1));
    const plan = (mediator: string) =>
      city.act(`${other.case}.plan-1`, 'answer', posts.township, {
        outcome: 'planned',
        measures: [{ kind: 'people-mediation', mediator }],
      });
    expect(await plan('331003.old-chen')).toMatchObject({
      status: 409,
      body: { type: 'urn:hejie:problem:mediator-full', allowed: ['331003.dongcheng'] },
    });
    // Withdrawn in the first case, the place is free: nobody has to give it back.
    const { no } = await taskOf(city, id, 'measure');
    expect((await amend({ withdraw: [no] })).status).toBe(201);
    await city.pass(2 * 60_000);
    expect(await plan('331003.old-chen')).toMatchObject({ status: 200 });
    expect(await choose('331003.old-chen')).toMatchObject({ status: 409 });
    expect(await choose('331003.dongcheng')).toMatchObject({ status: 201 });
  });

  it('two cases want the last place at the same moment: one has it', async () => {
    const key = { name: { zh: '一席', en: 'one place' }, kind: 'person', areas: ['331003'], measures: ['legal-aid'] };
    await put(city, '/v1/mediators/331003.one-place', posts.county, '"0"', { ...key, languages: ['zh'], capacity: 1 });
    const cases = [await toPlan(city, 'orange', people(2)), await toPlan(city, 'orange', people(3))];
    const measures = [{ kind: 'legal-aid', mediator: '331003.one-place' }];
    const answers = await Promise.all(
      cases.map((one) => city.act(`${one.case}.plan-1`, 'answer', posts.township, { outcome: 'planned', measures })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('yellow makes at most three tasks, by plan, amendment and minutes', async () => {
    const sent = await toPlan(city, 'yellow', people(4));
    const four = ['people-mediation', 'legal-aid', 'interpreter', 'joint-visit'].map((kind) => ({ kind }));
    const plan = (measures: object[]) =>
      city.act(`${sent.case}.plan-1`, 'answer', posts.mediator, { outcome: 'planned', measures });
    const refused = await plan(four);
    expect(refused).toMatchObject({
      status: 422,
      body: {
        faults: [{ path: 'measures', allowed: expect.stringContaining('at most 3 measures in a plan at yellow') }],
      },
    });
    expect((await plan(four.slice(0, 3))).status).toBe(200);
    const measures = (await city.case(sent.case)).tasks.filter(({ no }) => /^(measure|assign)-/.test(no));
    expect(measures).toHaveLength(3);
    const told = (await city.case(sent.case)).events as { id: string }[];
    const more = { reason: why, events: [told[0]?.id], add: four.slice(3) };
    const path = `/v1/cases/${sent.case}/plan-amendments`;
    expect(await commanded(city, path, posts.mediator, more)).toMatchObject({ status: 422 });
    expect(await commanded(city, path, posts.mediator, { ...more, withdraw: ['measure-2'] })).toMatchObject({
      status: 201,
    });
  });

  it('no row of Taizhou’s list fits trade mediation among neighbours: the county assigns it within four working hours', async () => {
    // Wednesday, three in the afternoon.
    await city.cloud.jumpTo(Date.parse('2026-01-07T15:00:00+08:00'));
    await city.cloud.settled();
    expect((await amend({ add: [{ kind: 'trade-mediation', due: '2026-01-30T17:30:00+08:00' }] })).status).toBe(201);
    const assign = await taskOf(city, id, 'assign');
    expect(assign).toMatchObject({ owner: posts.county, measure: 'trade-mediation', due: '2026-01-08T02:00:00.000Z' });
    const county = await city.as(posts.county);
    const { case: read } = shown(await county.GET('/cases/{id}', ofId(id)));
    expect(read.plan?.waiting).toEqual([{ kind: 'trade-mediation', owner: null, due: '2026-01-30T09:30:00.000Z' }]);
    // Nobody answers: on Thursday at half past nine the city has it.
    await city.act(assign.taskId, 'acknowledge', posts.county, {});
    await city.pass(20 * hour);
    expect((await taskOf(city, id, 'assign')).owner).toBe('331000.city-duty');
    const refused = await city.act(assign.taskId, 'answer', '331000.city-duty', {
      outcome: 'assigned',
      owner: posts.auditor,
    });
    expect(refused.status).toBe(422);
    const given = await city.act(assign.taskId, 'answer', '331000.city-duty', { outcome: 'assigned', owner: housing });
    expect(given).toMatchObject({ status: 200 });
    const { tasks: open } = await city.case(id);
    expect(open.find(({ owner }) => owner === housing)).toMatchObject({
      measure: 'trade-mediation',
      due: '2026-01-30T09:30:00.000Z',
    });
  });

  it('nothing of it needed repair', async () => {
    const causes: string[] = [];
    for await (const { action } of city.cloud.scan()) {
      const { content } = (action ?? {}) as { content?: { kind: string; cause?: string } };
      if (content?.kind === 'revised') causes.push(content.cause ?? '');
    }
    expect(causes).not.toContain('recovered');
  });
});
