import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CityOnOneMachine, fact, personOf, posts } from '../support/city-on-one-machine.ts';
import { answered, changes, day, hour, minute, quarrel, taskOf, toProposal } from '../support/story.ts';

const cityDuty = '331000.city-duty';
const countyJustice = '331003.county-justice';
const orange = [fact('threat_to_kill'), fact('property_damage')];

interface Entry {
  readonly kind?: string;
  readonly post?: string | null;
  readonly level?: string | null;
  readonly choice?: string;
  readonly note?: string;
  readonly task?: string;
}

const opened = (assembly: string) => CityOnOneMachine.open(assembly, '2026-01-05T09:00:00+08:00');
const historyOf = async (city: CityOnOneMachine, id: string, post: string = posts.reviewer) =>
  (await city.get(`/v1/cases/${id}/history?limit=100`, post)).body.actions as Entry[];

/** What each decision left beside the logs. */
async function counted(city: CityOnOneMachine): Promise<object[]> {
  const found: object[] = [];
  for await (const { pk, sk: _, log: __, response: ___, deferral: ____, ...item } of city.cloud.scan()) {
    if (String(pk).startsWith('M#') && item.choice !== undefined) found.push({ pk, ...item });
  }
  return found;
}

describe('a decision cites what happened and says what it changes', () => {
  let city: CityOnOneMachine;
  beforeAll(async () => {
    city = await opened(inject('assembly'));
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  const reasons = [
    '损毁财物情况属实，双方情绪激动，由乡镇多部门跟进。',
    '已到现场了解，一方扬言报复并有准备，须马上保护邻居。',
    '双方已冷静并愿意调解，扬言是气话，由村里继续跟进。',
    '经当面核对，所说的话另有所指，没有人受到任何威胁。',
  ];
  const given = [
    { outcome: 'confirm' },
    { outcome: 'raise', level: 'red' },
    { outcome: 'lower', level: 'yellow' },
    { outcome: 'dismiss' },
  ];

  it.each([
    0, 1, 2, 3,
  ])('choice %i: without an event, with another’s, without a reason or what it changes: refused', async (i) => {
    const { case: id, event } = await toProposal(city, { facts: orange, ...quarrel(10 + i) });
    const { taskId, owner } = await taskOf(city, id, 'decide');
    const whole = { ...given[i], reason: reasons[i], changes, events: [event] };
    const refusals = [
      [{ ...whole, events: [] }, 'no-verified-event'],
      [{ ...whole, events: [event, 'E-99'] }, 'no-verified-event'],
      [{ ...whole, reason: '情况属实。' }, 'invalid'],
      [{ ...whole, changes: '无' }, 'invalid'],
      [{ ...whole, changes: undefined }, 'invalid'],
    ] as const;
    for (const [body, problem] of refusals) {
      const { status, body: told } = await city.act(taskId, 'answer', owner, body);
      expect({ status, type: told.type }).toEqual({ status: 422, type: `urn:hejie:problem:${problem}` });
    }
    expect(await city.case(id)).toMatchObject({ phase: 'before' });
    expect(await city.act(taskId, 'answer', owner, whole)).toMatchObject({ status: 200 });
    const decided = (await historyOf(city, id)).find(({ task, kind }) => kind === 'answered' && task === 'decide-1');
    expect(decided).toMatchObject({
      choice: given[i]?.outcome,
      level: ['orange', 'red', 'yellow', null][i],
      note: `${reasons[i]}\n改变 Changes: ${changes}`,
    });
  });

  it('what was raised, lowered, dismissed and confirmed is counted by place and month, few of them shown to nobody', async () => {
    const items = await counted(city);
    const sorted = items.map((item) => JSON.stringify(item)).sort();
    const line = (choice: string, level: string) =>
      JSON.stringify({ pk: 'M#331003#2026-01', area: '331003001001001', choice, level });
    expect(sorted.map((one) => canonical(one))).toEqual(
      [line('confirm', 'orange'), line('raise', 'red'), line('lower', 'yellow'), line('dismiss', 'none')]
        .sort()
        .map((one) => canonical(one)),
    );
    const { body } = await city.get('/v1/statistics?area=331003&month=2026-01', posts.county);
    expect(body).toMatchObject({ month: '2026-01' });
    expect(body.tables).toContainEqual({
      name: 'decisions',
      cells: ['confirm', 'dismiss', 'lower', 'raise'].map((value) => ({ value, count: null })),
    });
    const before = await city.get('/v1/statistics?area=331003&month=2025-12', posts.county);
    expect(before.body.tables).toContainEqual({ name: 'decisions', cells: [] });
    expect((await city.get('/v1/statistics?area=331003&month=2026-13', posts.county)).status).toBe(422);
    expect((await city.get('/v1/statistics?area=331003&month=2026-01', posts.police)).status).toBe(403);
  });
});

const canonical = (json: string): string => JSON.stringify(Object.entries(JSON.parse(json)).sort());

describe('the same words for the third time', () => {
  let city: CityOnOneMachine;
  const cases: { case: string; event: string }[] = [];
  beforeAll(async () => {
    city = await opened(inject('assembly'));
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  const habit = (event: string) => `依据 ${event}，情况属实，按照建议定级，由各部门跟进。`;
  const decide = async (
    n: number,
    reason: (event: string) => string,
    key = city.key(),
    person = personOf(posts.county),
  ) => {
    const told = cases[n] ?? (await toProposal(city, quarrel(20 + n)));
    cases[n] = told;
    const path = `/v1/tasks/${told.case}.decide-1/answer`;
    const headers = { ...(await city.headers(posts.county, person)), 'idempotency-key': key };
    const body = { outcome: 'confirm', reason: reason(told.event), changes, events: [told.event] };
    const answer = await city.cloud.request({ method: 'POST', path, headers, body });
    await city.cloud.settled();
    return answer;
  };
  const asked = async (n: number) =>
    (await city.case(cases[n]?.case ?? '')).tasks.filter(({ no }) => no.startsWith('reason-review'));

  it('twice nobody minds, however often a command is repeated and whatever was refused', async () => {
    const refused = await toProposal(city, quarrel(20));
    cases[0] = refused;
    const wrong = { outcome: 'raise', level: 'yellow', reason: habit(refused.event), changes, events: [refused.event] };
    for (let i = 0; i < 3; i++) {
      expect((await city.act(`${refused.case}.decide-1`, 'answer', posts.county, wrong)).status).toBe(422);
    }
    const unknown = { ...wrong, outcome: 'confirm', level: undefined, events: ['E-9'] };
    expect((await city.act(`${refused.case}.decide-1`, 'answer', posts.county, unknown)).status).toBe(422);
    for (const n of [0, 1]) {
      for (let i = 0; i < 3; i++) expect((await decide(n, habit, `once-${n}`)).status).toBe(200);
      expect(await asked(n)).toEqual([]);
    }
  });

  it('another person may say the same', async () => {
    expect((await decide(2, habit, city.key(), 'hu-jun')).status).toBe(200);
    expect(await asked(2)).toEqual([]);
  });

  it('the third time, set otherwise, the decision stands and the supervisor is asked to look', async () => {
    const otherwise = (event: string) => ` 依据${event}: 情况属实; 按照建议定级; 由各部门跟进!`;
    expect((await decide(3, otherwise)).status).toBe(200);
    expect(await asked(3)).toMatchObject([{ owner: cityDuty }]);
    expect(await city.case(cases[3]?.case ?? '')).toMatchObject({ level: { colour: 'red' } });
  });

  it('the supervisor sees the decision and its words; whoever gave them does not look at them', async () => {
    const id = cases[3]?.case ?? '';
    const decided = (await historyOf(city, id, cityDuty)).find(
      ({ task, kind }) => kind === 'answered' && task === 'decide-1',
    );
    expect(decided).toMatchObject({ choice: 'confirm', level: 'red', note: expect.stringContaining('由各部门跟进') });
    const [review] = await asked(3);
    const own = await city.act(review?.taskId ?? '', 'answer', cityDuty, { outcome: 'stands' }, personOf(posts.county));
    expect(own).toMatchObject({ status: 403, body: { type: 'urn:hejie:problem:not-yours' } });
    expect((await city.act(review?.taskId ?? '', 'answer', posts.county, { outcome: 'stands' })).status).toBe(403);
  });

  it('the supervisor wants it decided anew: the level stands until somebody has', async () => {
    const id = cases[3]?.case ?? '';
    await answered(city, id, 'reason-review', { outcome: 'reassess', note: '请说明今天具体看到了什么。' });
    expect(await city.case(id)).toMatchObject({ level: { colour: 'red' } });
    const { taskId, owner } = await taskOf(city, id, 'decide');
    const reason = '今天到场看到菜刀一把，已由民警收走，邻居仍然害怕，需继续保护。';
    const body = { outcome: 'confirm', reason, changes, events: [cases[3]?.event] };
    expect((await city.act(taskId, 'answer', owner, body)).status).toBe(200);
    expect(await asked(3)).toEqual([]);
    expect(await city.case(id)).toMatchObject({ level: { colour: 'red', awaitsSecondTo: 'centre' } });
  });
});

describe('red that one person decided', () => {
  let city: CityOnOneMachine;
  let id = '';
  beforeAll(async () => {
    city = await opened(inject('assembly'));
    const told = await toProposal(city, quarrel(30));
    id = told.case;
    const reason = '持刀扬言杀人，现场核实属实，两个部门今日必须同时到场处置。';
    await answered(city, id, 'decide', { outcome: 'confirm', reason, changes, events: [told.event] });
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  it('is red at once, and after 24 hours without a second person it is orange: a lapse, no decision', async () => {
    expect(await city.case(id)).toMatchObject({ level: { colour: 'red', awaitsSecondTo: 'centre' } });
    await answered(city, id, 'protect', { outcome: 'protected' });
    await city.pass(24 * hour - minute);
    expect(await city.case(id)).toMatchObject({ level: { colour: 'red' } });
    await city.pass(2 * minute);
    expect(await city.case(id)).toMatchObject({ level: { colour: 'orange', afterRed: true, awaitsSecondTo: null } });
    const lapse = (await historyOf(city, id)).filter(({ kind }) => kind === 'lapsed');
    expect(lapse).toMatchObject([{ level: 'orange', post: null }]);
    const decisions = (await historyOf(city, id)).filter(({ choice }) => choice !== undefined);
    expect(decisions).toHaveLength(1);
  });

  it('reminded and warned them before', async () => {
    const told = city.said().filter(({ taskId }) => taskId === `${id}.second-1`);
    expect(told.map(({ kind }) => kind)).toEqual(['opened', 'reminder', 'warning']);
    expect(told.map(({ post }) => post).slice(0, 2)).toEqual([countyJustice, countyJustice]);
  });

  it('and the protection of the affected person stays as it was', async () => {
    const shown = await city.case(id);
    expect(shown).toMatchObject({ safetyPlan: true, status: 'planning' });
    expect(shown.tasks.map(({ no }) => no)).toContain('safety-plan-1');
    const late = await city.act(`${id}.second-1`, 'answer', countyJustice, { outcome: 'agree' });
    expect(late).toMatchObject({ status: 409, body: { type: 'urn:hejie:problem:refused' } });
  });
});

describe('nobody decides', () => {
  let city: CityOnOneMachine;
  let id = '';
  beforeAll(async () => {
    city = await opened(inject('assembly'));
    ({ case: id } = await toProposal(city, quarrel(40)));
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  it('in time: it climbs from the county to the city, stays there, and never becomes a level', async () => {
    expect((await taskOf(city, id, 'decide')).owner).toBe(posts.county);
    await city.pass(20 * minute);
    expect((await taskOf(city, id, 'decide')).owner).toBe(cityDuty);
    await city.pass(3 * day);
    expect((await taskOf(city, id, 'decide')).owner).toBe(cityDuty);
    const shown = await city.case(id);
    expect(shown).toMatchObject({ phase: 'before', status: 'assessed' });
    expect(shown).not.toHaveProperty('level');
    expect((await historyOf(city, id)).some(({ level }) => level !== undefined)).toBe(false);
    expect(shown.tasks.map(({ no }) => no)).not.toContain('measure-1');
    const climbs = (await historyOf(city, id)).filter(({ task, kind }) => kind === 'climbed' && task === 'decide-1');
    expect(climbs.length).toBeGreaterThan(1);
  });
});
