import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CityOnOneMachine, fact, grid, posts } from '../support/city-on-one-machine.ts';
import { answered, changes, commanded, day, hour, minute, queueOf, reason } from '../support/story.ts';

const gridOfficer = `${grid}.grid-officer`;
const humanResources = '331003.county-human-resources';
const township = '331003001';
const market = '桔乡市场东门';
const gate = '第二幼儿园门口';
const quarrel = { channel: 'grid', facts: [], text: '两个摊位为占道争吵' };

describe('three ways of looking', () => {
  let city: CityOnOneMachine;
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-05T09:00:00+08:00');
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  const ask = (path: string, post: string, body: object) => commanded(city, path, post, body);
  const faulty = (path: string) => ({ status: 422, body: { faults: [expect.objectContaining({ path })] } });

  describe('the grid looks at places', () => {
    const round = { area: grid, day: '2026-01-06', places: [market, gate] };
    let id = '';

    it('Monday: the township plans a round for Tuesday: two places, and no person', async () => {
      for (const post of [gridOfficer, posts.police, humanResources, '331002.county-centre']) {
        expect((await ask('/v1/rounds', post, round)).status, post).toBe(403);
      }
      const planned = await ask('/v1/rounds', posts.township, round);
      expect(planned).toMatchObject({ status: 201, body: { id: expect.stringMatching(/^G-/), repeated: false } });
      id = String(planned.body.id);
    });

    it('a place is a place: no person, no number of one; and a day that has not gone by, in a grid', async () => {
      const refused = [
        ['places.0', { places: ['刘大强先生家'] }],
        ['places.1', { places: [market, '13800000002'] }],
        ['places.1', { places: [market, market] }],
        ['places.0', { places: ['某'.repeat(41)] }],
        ['places', { places: [] }],
        ['day', { day: '2026-01-04' }],
        ['day', { day: '2026-03-01' }],
        ['area', { area: '331003001001' }],
        ['area', { area: '999999' }],
      ] as const;
      for (const [path, more] of refused) {
        expect(await ask('/v1/rounds', posts.county, { ...round, ...more }), path).toMatchObject(faulty(path));
      }
    });

    it('it is the grid officer’s, on Tuesday from the morning to the end of office hours', async () => {
      const { body } = await city.get(`/v1/rounds/${id}`, posts.township);
      expect(body.round).toMatchObject({
        day: '2026-01-06',
        places: [market, gate],
        found: [],
        tasks: [{ kind: 'round', owner: gridOfficer, begun: false, due: '2026-01-06T09:30:00.000Z' }],
      });
      expect((await city.get(`/v1/rounds/${id}`, posts.police)).status).toBe(403);
      await city.pass(day);
      expect(await queueOf(city, gridOfficer)).toMatchObject([{ taskId: `${id}.round-1` }]);
      expect((await city.get(`/v1/rounds/${id}`, gridOfficer)).status).toBe(200);
    });

    it('what is found there is reported with the round, and through the grid; the round must have been', async () => {
      const found = { ...quarrel, round: { id, place: market } };
      const body = { sourceId: 'r', source: '网格', reportedAt: '2026-01-06T09:30:00+08:00', area: grid };
      const sent = { ...body, disputeType: 'neighbour', people: [], ...found };
      const refused = [
        ['round.id', { round: { id: 'G-000000000000' } }],
        ['round.place', { round: { id, place: '另一处' } }],
      ] as const;
      for (const [path, more] of refused) {
        expect(await ask('/v1/reports', gridOfficer, { ...sent, ...more })).toMatchObject(faulty(path));
      }
      const asPolice = { ...sent, channel: 'police' };
      expect(await ask('/v1/reports', posts.police, asPolice)).toMatchObject(faulty('round'));
      const { dispute } = await city.report(found, gridOfficer);
      expect(dispute).toMatch(/^D-/);
    });

    it('the officer says where something was found, and only of that round; then it is over', async () => {
      const task = `${id}.round-1`;
      const elsewhere = await city.act(task, 'answer', gridOfficer, { outcome: 'done', found: ['另一处'] });
      expect(elsewhere).toMatchObject(faulty('found.0'));
      expect((await city.act(task, 'answer', gridOfficer, { outcome: 'done', found: [market] })).status).toBe(200);
      const { body } = await city.get(`/v1/rounds/${id}`, posts.county);
      expect(body.round).toMatchObject({ status: 'closed', found: [market], tasks: [] });
      expect((await city.get(`/v1/rounds/${id}`, gridOfficer)).status).toBe(403);
    });

    it('a round that nobody goes climbs when its day is over', async () => {
      const late = await ask('/v1/rounds', posts.mediator, { ...round, day: '2026-01-08' });
      await city.pass(3 * day);
      const { body } = await city.get(`/v1/rounds/${late.body.id}`, posts.township);
      expect(body.round).toMatchObject({ status: 'open', tasks: [{ kind: 'round', climbs: expect.any(Number) }] });
      const [task] = (body.round as { tasks: { climbs: number }[] }).tasks;
      expect(task?.climbs).toBeGreaterThan(0);
    });
  });

  describe('the police check one event', () => {
    it('Friday: the second event of the same case has a check of its own; the first says nothing of it', async () => {
      const first = await city.report();
      const [one] = (await city.case(first.case)).tasks.filter(({ no }) => no.startsWith('verify-'));
      expect(one).toMatchObject({ owner: posts.police, event: expect.any(String) });
      await answered(city, first.case, 'verify', { outcome: 'verified' });
      const second = await city.report({ facts: [fact('threat_to_harm')], text: '又来扬言伤人' });
      expect(second.case).toBe(first.case);
      const { events, tasks } = await city.case(first.case);
      expect(events).toMatchObject([{ state: 'verified' }, { state: 'unverified' }]);
      const [other] = tasks.filter(({ no }) => no.startsWith('verify-'));
      expect(other).toMatchObject({ event: (events as { id: string }[])[1]?.id });
      expect(other).not.toMatchObject({ event: (events as { id: string }[])[0]?.id });
      await answered(city, first.case, 'verify', { outcome: 'unfounded' });
      expect((await city.case(first.case)).events).toMatchObject([{ state: 'verified' }, { state: 'withdrawn' }]);
    });
  });

  describe('a department is asked one question about one dispute', () => {
    const wages = {
      disputeType: 'labour_wage',
      text: '拖欠工资',
      facts: [],
      people: [
        { role: 'complainant', name: '李四', phone: '13800000021' },
        { role: 'respondent', name: '赵老板', phone: '13800000022' },
      ],
    };
    const question = { department: 'human-resources', question: 'open-proceedings' };
    let dispute = '';
    const at = () => `/v1/disputes/${dispute}/enquiries`;
    const seen = async (post: string) => (await city.get(`/v1/disputes/${dispute}`, post)).body;

    it('Monday: the mediator who is to settle it asks human resources whether proceedings are open', async () => {
      await city.pass(Date.parse('2026-01-12T09:00:00+08:00') - city.cloud.now());
      ({ dispute } = await city.report({ ...wages, channel: 'grid' }, gridOfficer));
      expect(await ask(at(), posts.mediator, question)).toMatchObject({ status: 201, body: { id: dispute } });
      expect(await seen(posts.mediator)).toMatchObject({
        dispute: { enquiries: [{ ...question, task: 'enquiry-1', outcome: null }] },
      });
    });

    it('whoever does not work on it does not ask, nor do the police; a question stands in the list, a department in the city', async () => {
      for (const post of [posts.township, posts.police, posts.county, '331003001002.village-mediator']) {
        expect((await ask(at(), post, question)).status, post).toBe(403);
      }
      const unlisted = { ...question, question: 'is-he-dangerous' };
      expect(await ask(at(), posts.mediator, unlisted)).toMatchObject(faulty('question'));
      const unknown = { ...question, department: 'review' };
      expect(await ask(at(), posts.mediator, unknown)).toMatchObject(faulty('department'));
    });

    it('the same question is not put twice while it is open; another may be', async () => {
      const again = await ask(at(), posts.mediator, question);
      expect(again).toMatchObject({ status: 409, type: 'urn:hejie:problem:refused' });
      const other = await ask(at(), posts.mediator, { ...question, question: 'earlier-report' });
      expect(other.status).toBe(201);
    });

    it('whoever is asked sees the question and whom it is about, and neither the words nor the rest', async () => {
      const body = await seen(humanResources);
      expect(body).toMatchObject({ dispute: { enquiries: [question, { question: 'earlier-report' }] } });
      expect(JSON.stringify(body.people)).toContain('赵老板');
      expect(body).not.toHaveProperty('words');
      expect(body.dispute).not.toHaveProperty('tasks');
      expect((await city.get(`/v1/disputes/${dispute}/history`, humanResources)).status).toBe(403);
      expect((await city.get(`/v1/disputes/${dispute}`, '331003.county-health')).status).toBe(403);
    });

    it('the answer is yes, no or nothing held: no word more', async () => {
      const task = `${dispute}.enquiry-1`;
      const words = await city.act(task, 'answer', humanResources, { outcome: 'yes', note: '此人经常闹事' });
      expect(words.status).toBe(422);
      expect((await city.act(task, 'answer', humanResources, { outcome: 'yes' })).status).toBe(200);
      const { dispute: one } = (await seen(posts.mediator)) as { dispute: { enquiries: object[]; outcomes: string[] } };
      expect(one.enquiries).toEqual([
        { ...question, task: 'enquiry-1', outcome: 'yes' },
        { ...question, question: 'earlier-report', task: 'enquiry-2', outcome: null },
      ]);
      expect(one.outcomes).toEqual([]);
      // In the area it is no news.
      expect((await seen(posts.police)).dispute).not.toHaveProperty('enquiries');
    });

    it('nobody answers the other within two working days: Wednesday evening it climbs', async () => {
      const { body } = await city.get(`/v1/posts/${humanResources}/tasks`, humanResources);
      expect(body.tasks).toMatchObject([{ taskId: `${dispute}.enquiry-2` }]);
      await city.act(`${dispute}.enquiry-2`, 'acknowledge', humanResources, {});
      await city.pass(Date.parse('2026-01-14T17:00:00+08:00') - city.cloud.now());
      expect(await queueOf(city, humanResources)).toHaveLength(1);
      await city.pass(hour);
      expect(await queueOf(city, humanResources)).toEqual([]);
      const above = (await queueOf(city, '331003.county-centre')).map(({ taskId }) => taskId);
      const top = (await queueOf(city, '331000.city-duty')).map(({ taskId }) => taskId);
      expect([...above, ...top]).toContain(`${dispute}.enquiry-2`);
    });

    it('it is no event and carries no points; a case of the dispute shows what was answered, and whoever decides may ask', async () => {
      const threat = { facts: [fact('threat_to_kill'), fact('weapon_present')], text: '老板扬言杀人' };
      const { case: id } = await city.report({ ...wages, ...threat });
      await answered(city, id, 'verify', { outcome: 'verified' });
      const before = await city.case(id);
      expect(before).toMatchObject({
        phase: 'before',
        enquiries: [{ ...question, outcome: 'yes' }],
        assessment: { proposal: 'red' },
      });
      expect(before.events).toHaveLength(1);
      const asked = await ask(at(), posts.county, { department: 'justice', question: 'agreement-held' });
      expect(asked.status).toBe(201);
      const justice = '331003.county-justice';
      await city.act(`${dispute}.enquiry-3`, 'answer', justice, { outcome: 'nothing-held' });
      const after = await city.case(id);
      expect(after.enquiries).toMatchObject([{}, { question: 'agreement-held', outcome: 'nothing-held' }]);
      expect(after.assessment).toEqual(before.assessment);
      expect(after.events).toEqual(before.events);
    });
  });
});

describe('what each way of looking found', () => {
  let city: CityOnOneMachine;
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-02-02T09:00:00+08:00');
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  const found = async (post: string, query = '') => {
    const { status, body } = await city.get(`/v1/screening${query}`, post);
    return {
      status,
      body,
      routes: (body.routes ?? []) as { route: string; total: number | null; cells: object[]; shares: object }[],
    };
  };
  const route = async (name: string, query = '?area=331002&from=2026-02&to=2026-02') =>
    (await found(posts.reviewer, query)).routes.find((one) => one.route === name);

  it('February, another county: by the police twelve events, of which ten hold; by the grid eleven quarrels, ten settled', async () => {
    const area = '331002001001001';
    const person = (i: number) => ({
      role: 'respondent',
      name: '某甲',
      phone: `139000000${String(i).padStart(2, '0')}`,
    });
    for (let i = 0; i < 12; i++) {
      const sent = await city.report({ area, people: [person(i)] }, '331002001.community-police');
      const task = `${sent.case}.verify-1`;
      const outcome = i < 10 ? 'verified' : 'unfounded';
      expect((await city.act(task, 'answer', '331002001.community-police', { outcome })).status).toBe(200);
    }
    for (let i = 0; i < 11; i++) {
      const sent = await city.report({ ...quarrel, area, people: [person(50 + i)] }, `${area}.grid-officer`);
      if (i === 10) continue;
      const settled = await city.act(`${sent.dispute}.settle-1`, 'answer', '331002001001.village-mediator', {
        outcome: 'settled',
      });
      expect(settled.status).toBe(200);
    }
    expect(await route('police')).toMatchObject({
      total: 12,
      // Fewer than ten are not told, and with them the next: no total tells them.
      cells: [
        { value: 'dismissed', count: null },
        { value: 'verified', count: null },
      ],
      shares: { verified: null, dismissed: null, case: 0 },
    });
    expect(await route('grid')).toMatchObject({ total: 11, shares: { verified: 0, dismissed: 0, case: 0 } });
    expect(await route('resident')).toEqual({
      route: 'resident',
      total: null,
      cells: [],
      shares: { verified: null, dismissed: null, case: null },
    });
  });

  it('eight more are unfounded, and ten of those that held are decided on: each share is told', async () => {
    const area = '331002001001001';
    const police = '331002001.community-police';
    for (let i = 20; i < 28; i++) {
      const people = [{ role: 'respondent', name: '某乙', phone: `139000001${i}` }];
      const sent = await city.report({ area, people }, police);
      await city.act(`${sent.case}.verify-1`, 'answer', police, { outcome: 'unfounded' });
    }
    expect(await route('police')).toMatchObject({
      total: 20,
      cells: [
        { value: 'dismissed', count: 10 },
        { value: 'verified', count: 10 },
      ],
      shares: { verified: 50, dismissed: 50, case: 0 },
    });
    const { body } = await city.get('/v1/cases?area=331002&subject=case&limit=100', '331002.county-centre');
    const open = (body.cases as { id: string; status: string }[]).filter(({ status }) => status === 'assessed');
    expect(open).toHaveLength(10);
    for (const { id } of open) {
      const { body: one } = await city.get(`/v1/cases/${id}`, '331002.county-centre');
      const { events, tasks } = one.case as {
        events: { id: string }[];
        tasks: { taskId: string; kind: string; owner: string }[];
      };
      const task = tasks.find(({ kind }) => kind === 'decide');
      const answer = { outcome: 'confirm', reason: `${reason}${id}`, changes, events: [events[0]?.id] };
      expect(await city.act(task?.taskId ?? '', 'answer', task?.owner ?? '', answer)).toMatchObject({ status: 200 });
    }
    expect(await route('police')).toMatchObject({
      cells: [
        { value: 'case', count: 10 },
        { value: 'dismissed', count: 10 },
      ],
      shares: { verified: 50, dismissed: 50, case: 50 },
    });
  });

  it('nothing of it names anybody, and it is for those who coordinate or review', async () => {
    const kept: Record<string, unknown>[] = [];
    for await (const item of city.cloud.scan()) if (String(item.pk).startsWith('Y#')) kept.push(item);
    expect(kept.length).toBeGreaterThan(30);
    for (const item of kept)
      expect(Object.keys(item).sort()).toEqual(['n', 'outcome', 'pk', 'route', 'sk', 'township']);
    expect((await found('331002.county-centre')).status).toBe(200);
    expect((await found(posts.township, `?area=${township}`)).status).toBe(200);
    for (const post of [posts.police, posts.mediator, gridOfficer, humanResources, posts.auditor]) {
      expect((await found(post)).status, post).toBe(403);
    }
    expect((await found(posts.township, '?area=331002')).status).toBe(403);
    for (const query of [`?area=${grid}`, '?from=2026-03&to=2026-02', '?from=2020-01&to=2026-02']) {
      expect((await found(posts.county, query)).status, query).toBe(422);
    }
  });

  it('and the reconciler had nothing to repair', async () => {
    await city.pass(10 * minute);
    for await (const { action } of city.cloud.scan()) {
      const { content } = (action ?? {}) as { content?: { kind: string; cause?: string } };
      expect(content?.cause).not.toBe('recovered');
    }
  });
});
