import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CityOnOneMachine, fact, posts } from '../support/city-on-one-machine.ts';
import { answered, bothConsent, commanded, day, taskOf, toPlan } from '../support/story.ts';

const justice = '331003001.township-justice';
const specialist = '331003.county-women';
const why = '周三双方表示愿意另换方式商谈，原调解不再继续，改为其他帮助。';
const terms = '双方约定：共用过道不再堆物，医药费三千元于三月底前付清。';

const plan = async (city: CityOnOneMachine, id: string, ...measures: readonly object[]) =>
  city.act(`${id}.plan-1`, 'answer', posts.township, { outcome: 'planned', measures });

/** Whoever is accountable has taken up the measures and what follows from them. */
async function takenUp(city: CityOnOneMachine, id: string): Promise<void> {
  for (const { taskId, no, owner } of (await city.case(id)).tasks) {
    if (/^(measure|confirm-agreement|resolve)-/.test(no)) await city.act(taskId, 'acknowledge', owner, {});
  }
}

describe('mediation, only while both want it', () => {
  let city: CityOnOneMachine;
  let id = '';
  let taskId = '';
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-05T09:00:00+08:00');
    ({ case: id } = await toPlan(city, 'orange', { disputeType: 'labour_wage' }));
    expect(await plan(city, id, { kind: 'people-mediation' }, { kind: 'judicial-mediation' })).toMatchObject({
      status: 200,
    });
    ({ taskId } = await taskOf(city, id, 'measure'));
    await takenUp(city, id);
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  const consent = (party: string, wants: boolean, of = taskId, post = justice) =>
    city.act(of, 'consents', post, { party, wants });

  it('Monday: nothing comes of it before both have said that they want it', async () => {
    const early = await city.act(taskId, 'answer', justice, { outcome: 'agreed', note: terms });
    expect(early).toMatchObject({ status: 409, body: { allowed: ['consent', 'refused', 'failed'] } });
    expect((await consent('complainant', true)).status).toBe(200);
    expect((await city.act(taskId, 'answer', justice, { outcome: 'done' })).status).toBe(409);
    expect(await taskOf(city, id, 'measure')).toMatchObject({ consents: ['complainant'] });
  });

  it('only the post that is accountable records what a party wants, and of a mediation only', async () => {
    expect((await consent('respondent', true, taskId, posts.township)).status).toBe(403);
    expect(await consent('respondent', true, `${id}.review-1`, posts.township)).toMatchObject({ status: 409 });
    expect((await consent('witness', true)).status).toBe(422);
  });

  it('Wednesday: one of them refuses: it is over at once, and they are told where else they can go', async () => {
    await city.pass(2 * day);
    expect((await consent('respondent', true)).status).toBe(200);
    const refused = await consent('complainant', false);
    expect(refused).toMatchObject({ status: 200 });
    const routes = [
      { zh: expect.stringContaining('仲裁'), law: '劳动争议调解仲裁法 5' },
      { zh: expect.stringContaining('人力资源社会保障'), law: '劳动争议调解仲裁法 9' },
      { zh: '向人民法院起诉', law: '人民调解法 26' },
    ];
    expect(refused.body.routes).toMatchObject(routes);
    expect((await city.case(id)).tasks.map(({ no }) => no)).not.toContain('measure-1');
    expect((await city.act(taskId, 'answer', justice, { outcome: 'agreed', note: terms })).status).toBe(409);
    const { body } = await city.get(`/v1/cases/${id}/history?limit=100`, posts.township);
    expect(body.actions).toContainEqual(
      expect.objectContaining({
        kind: 'consented',
        task: 'measure-1',
        party: 'complainant',
        wants: false,
        routes: expect.any(Array),
      }),
    );
  });

  it('the other one fails: the routes are told too', async () => {
    const { taskId: second, owner } = await taskOf(city, id, 'measure');
    const failed = await city.act(second, 'answer', owner, { outcome: 'failed' });
    expect(failed.body).toMatchObject({ routes: [{ law: '劳动争议调解仲裁法 5' }, {}, {}] });
    expect((await city.case(id)).tasks.map(({ no }) => no)).toContain('resolve-1');
  });
});

describe('an agreement', () => {
  let city: CityOnOneMachine;
  let id = '';
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-05T09:00:00+08:00');
    ({ case: id } = await toPlan(city, 'orange'));
    await plan(city, id, { kind: 'people-mediation', due: '2026-01-20T17:30:00+08:00' });
    await takenUp(city, id);
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  it('of Thursday, told on Monday: the court is asked within thirty days of Thursday, whose words only those who work on it read', async () => {
    const { taskId } = await taskOf(city, id, 'measure');
    await bothConsent(city, taskId, justice);
    await city.pass(7 * day);
    const answer = (more: object) => city.act(taskId, 'answer', justice, { outcome: 'agreed', note: terms, ...more });
    expect((await answer({ note: undefined })).status).toBe(422);
    expect((await answer({ on: '2026-02-01T10:00:00+08:00' })).status).toBe(422);
    expect(await answer({ on: '2026-01-08T15:00:00+08:00' })).toMatchObject({ status: 200 });
    const confirm = await taskOf(city, id, 'confirm-agreement');
    expect(confirm).toMatchObject({
      owner: justice,
      begun: true,
      due: '2026-02-07T07:00:00.000Z',
      statutory: { zh: '人民调解法', article: '33' },
    });
    const words = async (post: string) =>
      JSON.stringify((await city.get(`/v1/cases/${id}/history?limit=100`, post)).body);
    expect(await words(posts.township)).toContain(terms);
    expect(await words(posts.county)).not.toContain(terms);
  });

  it('changes hands without time won, and stays although the level ends; the case closes after it', async () => {
    const { taskId } = await taskOf(city, id, 'confirm-agreement');
    await takenUp(city, id);
    await city.pass(3 * day);
    await city.act(taskId, 'hand-off', justice, { to: '331003.county-justice', reason: '由县级司法行政统一申请。' });
    await city.act(taskId, 'accept', '331003.county-justice', { reason: '由本局统一申请。' });
    expect(await taskOf(city, id, 'confirm-agreement')).toMatchObject({
      owner: '331003.county-justice',
      due: '2026-02-07T07:00:00.000Z',
    });
    await answered(city, id, 'resolve', { outcome: 'resolved' });
    expect(await city.case(id)).toMatchObject({ status: 'resolved', level: { colour: null } });
    expect(await taskOf(city, id, 'confirm-agreement')).toMatchObject({ due: '2026-02-07T07:00:00.000Z' });
    await answered(city, id, 'confirm-agreement', { outcome: 'filed' });
  });
});

describe('violence between partners', () => {
  let city: CityOnOneMachine;
  let id = '';
  let event = '';
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-05T09:00:00+08:00');
    ({ case: id } = await toPlan(city, 'orange', {
      disputeType: 'intimate_partner',
      facts: [fact('physical_assault'), fact('threat_to_kill'), fact('weapon_present')],
      people: [
        { role: 'affected', name: '王小花', phone: '13800000001' },
        { role: 'respondent', name: '刘大强', phone: '13800000002' },
      ],
    }));
    event = ((await city.case(id)).events as { id: string }[])[0]?.id ?? '';
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  const barred = { status: 403, body: { type: 'urn:hejie:problem:joint-session-barred' } };
  const optIn = async (post: string, body: object) => {
    const headers = { ...(await city.headers(post)), 'idempotency-key': city.key() };
    const answer = await city.cloud.request({ method: 'PUT', path: `/v1/cases/${id}/opt-in`, headers, body });
    await city.cloud.settled();
    return { status: answer.status, body: answer.body as Record<string, unknown> };
  };
  const amend = (more: object) =>
    commanded(city, `/v1/cases/${id}/plan-amendments`, posts.township, { reason: why, events: [event], ...more });
  const alone = { wants: true, alone: true, reason: '周二在妇联单独与她面谈，她本人愿意由专员陪同协商。' };

  it('Monday: no joint session is proposed, planned or added', async () => {
    const { body } = await city.get(`/v1/cases/${id}/plan-proposal`, posts.township);
    const kinds = (body.measures as { kind: string }[]).map(({ kind }) => kind);
    expect(kinds).toEqual(['safety-planning', 'legal-aid', 'joint-visit']);
    for (const kind of [
      'people-mediation',
      'trade-mediation',
      'administrative-mediation',
      'judicial-mediation',
      'petition-mediation',
    ]) {
      expect(await plan(city, id, { kind }), kind).toMatchObject(barred);
    }
    expect(await plan(city, id, { kind: 'legal-aid' })).toMatchObject({ status: 200 });
    expect(await amend({ add: [{ kind: 'people-mediation' }] })).toMatchObject(barred);
  });

  it('only the specialist who spoke to her alone records that she wants it', async () => {
    for (const post of [posts.township, posts.county, posts.police, posts.mediator, '331002.county-women', justice]) {
      expect((await optIn(post, alone)).status, post).toBe(403);
    }
    expect(await optIn(specialist, { ...alone, alone: false })).toMatchObject({
      status: 422,
      body: { faults: [{ path: 'alone' }] },
    });
    expect(await optIn(specialist, { ...alone, reason: '她愿意' })).toMatchObject({ status: 422 });
    expect(await amend({ add: [{ kind: 'people-mediation' }] })).toMatchObject(barred);
  });

  it('Tuesday: she opts in, and a mediation begins; on Thursday she takes it back, and it is over at once', async () => {
    await city.pass(day);
    expect(await optIn(specialist, alone)).toMatchObject({ status: 200 });
    expect(await amend({ add: [{ kind: 'people-mediation' }] })).toMatchObject({ status: 201 });
    const measure = (await city.case(id)).tasks.find((task) => Reflect.get(task, 'measure') === 'people-mediation');
    expect(measure).toBeDefined();
    await takenUp(city, id);
    await bothConsent(city, measure?.taskId ?? '', measure?.owner ?? '');
    await city.pass(2 * day);
    expect(
      await optIn(specialist, { wants: false, reason: '她来电表示害怕，不愿再与对方见面，请立即停止。' }),
    ).toMatchObject({ status: 200 });
    const { tasks } = await city.case(id);
    expect(tasks.map((task) => Reflect.get(task, 'measure'))).not.toContain('people-mediation');
    const late = await city.act(measure?.taskId ?? '', 'answer', measure?.owner ?? '', {
      outcome: 'agreed',
      note: terms,
    });
    expect(late.status).toBe(409);
    expect(await amend({ add: [{ kind: 'judicial-mediation' }] })).toMatchObject(barred);
  });

  it('whoever was reported reads nothing of what she wants', async () => {
    await answered(city, id, 'forewarn', { outcome: 'told', safetyPlan: 'kept' });
    await city.pass(2 * day);
    await answered(city, id, 'notify', { outcome: 'told' });
    const token = await city.cloud.issue({ person: 'liu-daqiang', purpose: 'own-affairs', phone: '13800000002' });
    const { status, body } = await city.cloud.request({
      method: 'GET',
      path: `/v1/cases/${id}/history?limit=100`,
      headers: { authorization: `Bearer ${token}` },
    });
    expect(status).toBe(200);
    expect(JSON.stringify(body)).not.toMatch(/optedIn|consented|害怕|专员/);
  });
});
