/** The effort ends on the day that the city named: nothing new opens, what is open runs to its end, and people are told whom to call. */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import taizhou from '../../infra/cities/taizhou.json' with { type: 'json' };
import { localDate } from '../../shared/calendar/calendar.ts';
import { CityOnOneMachine, fact, grid, posts } from '../support/city-on-one-machine.ts';
import { answered, changes, commanded, day, quarrel, reason, taskOf, toProposal } from '../support/story.ts';

const orange = [fact('threat_to_kill'), fact('property_damage')];
const lastDay = taizhou.governance.sunset.date;
/** Nobody else is named: the notice to him need not wait. */
const him = [{ role: 'respondent', name: '刘1', phone: '13800002001' }];
const over = 'urn:hejie:problem:after-sunset';

describe('after the sunset', () => {
  let city: CityOnOneMachine;
  let open: { case: string; dispute: string; event: string };
  let undecided: { case: string; event: string };
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), `${lastDay}T09:00:00+08:00`);
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  const deciding = async (id: string, event: string, more: object = {}) => {
    const { taskId, owner } = await taskOf(city, id, 'decide');
    return city.act(taskId, 'answer', owner, { outcome: 'confirm', reason, changes, events: [event], ...more });
  };
  const level = async (id: string) => ((await city.case(id)).level as { colour: string } | null)?.colour ?? null;

  async function sends(more: object, post: string = posts.police) {
    const key = city.key();
    const body = {
      ...{ channel: 'police', sourceId: `s${key}`, source: '派出所', area: grid, disputeType: 'neighbour' },
      ...{ reportedAt: new Date(city.cloud.now()).toISOString(), text: '邻居持刀扬言杀人', facts: orange },
      ...more,
    };
    return commanded(city, '/v1/reports', post, body);
  }
  async function residentSends(phone: string, more: object) {
    const token = await city.cloud.issue({ person: `citizen-${phone}`, purpose: 'own-affairs', phone });
    const key = city.key();
    const { status, body } = await city.cloud.request({
      method: 'POST',
      path: '/v1/reports',
      headers: { authorization: `Bearer ${token}`, 'idempotency-key': key },
      body: {
        ...{ channel: 'resident', sourceId: `s${key}`, source: '居民', area: grid, disputeType: 'neighbour' },
        ...{ reportedAt: new Date(city.cloud.now()).toISOString(), text: '邻居又来吵闹', facts: orange },
        ...more,
      },
    });
    return { status, body: body as Record<string, unknown> };
  }

  const received = async () => {
    const items: string[] = [];
    for await (const item of city.cloud.scan()) if (String(item.pk).startsWith('R#')) items.push(String(item.sk));
    return items;
  };
  /** Two women report one man, the second under another telephone of his. */
  const oneMan = (n: number, his: number) => ({
    people: [
      { role: 'complainant', name: `赵${n}`, phone: `1380000600${n}` },
      { role: 'respondent', name: '钱大哥', phone: `1380000700${his}` },
    ],
  });
  const mild = { facts: [fact('wants_mediation')] };

  it('until the end of the last day everything opens', async () => {
    expect(city.city.governance.sunset.date).toBe(lastDay);
    open = await toProposal(city, { facts: orange, people: him });
    expect(await deciding(open.case, open.event)).toMatchObject({ status: 200 });
    undecided = await toProposal(city, { facts: orange, ...quarrel(2) });
    expect((await city.get('/v1/switch', posts.county)).body).toMatchObject({ sunset: { over: false } });
  });

  it('what is one is made one: two cases of one man, and two disputes that are one quarrel', async () => {
    const merged = async (of: 'cases' | 'disputes', id: string, into: string) => {
      const why = '两份报告登记了不同电话，经走访确认是同一件事。';
      expect(await commanded(city, `/v1/${of}/${id}/merge`, posts.county, { into, reason: why })).toMatchObject({
        status: 200,
      });
    };
    const [kept, gone] = [await city.report(oneMan(1, 1)), await city.report(oneMan(2, 2))];
    await merged('cases', gone.case, kept.case);
    const [quarrelKept, quarrelGone] = [
      await city.report({ ...mild, ...oneMan(3, 3) }),
      await city.report({ ...mild, ...oneMan(4, 3) }),
    ];
    await merged('disputes', quarrelGone.dispute, quarrelKept.dispute);
  });

  it('the next morning a new report is told whom to call, in both languages, and nothing is kept of it', async () => {
    const before = await received();
    await city.pass(day);
    const first = await sends(quarrel(3));
    expect(first).toMatchObject({ status: 409, type: over });
    expect(first.body.allowed).toEqual(expect.arrayContaining(['110', '120', '12348']));
    expect(first.body.detail).toMatch(/公共法律服务中心.*public legal service centre.*110/);
    const { body } = await city.get(`/v1/cases?area=${grid}&limit=100`, posts.county);
    expect(JSON.stringify(body)).not.toContain('王3');
    expect(await received()).toEqual(before);
    expect((await city.get('/v1/switch', posts.county)).body).toMatchObject({ sunset: { over: true } });
  });

  it('nor does a quarrel, a need, a round', async () => {
    const small = { channel: 'grid', ...mild, ...quarrel(4) };
    expect(await sends(small, posts.mediator)).toMatchObject({ status: 409, type: over });
    const need = { channel: 'grid', disputeType: 'none', facts: [], help: ['counselling'], ...quarrel(4) };
    expect(await sends(need, posts.mediator)).toMatchObject({ status: 409, type: over });
    const round = { area: grid, day: localDate(city.cloud.now() + day), places: ['东门'] };
    expect(await commanded(city, '/v1/rounds', posts.township, round)).toMatchObject({ status: 409, type: over });
  });

  it('what belongs to an open case comes in, is verified and assessed; but no level rises', async () => {
    const again = await sends({ people: him, facts: [fact('threat_to_kill'), fact('weapon_present')] });
    expect(again).toMatchObject({ status: 202, body: { case: open.case, repeated: false } });
    await answered(city, open.case, 'verify', { outcome: 'verified' });
    const { events, assessment } = await city.case(open.case);
    expect(assessment).toMatchObject({ proposal: 'red' });
    const newest = (events as { id: string }[]).map(({ id }) => id);
    const raised = await deciding(open.case, newest.at(-1) ?? '');
    expect(raised).toMatchObject({ status: 409, body: { type: over } });
    expect(await level(open.case)).toBe('orange');
  });

  it('what came to hold is decided on: the level stays what it is, and lasts no longer than it would have', async () => {
    const { events, level: stands } = await city.case(open.case);
    const newest = (events as { id: string }[]).at(-1)?.id ?? '';
    expect(await deciding(open.case, newest, { outcome: 'lower', level: 'orange' })).toMatchObject({ status: 200 });
    const lapsesOf = (one: unknown) => (one as { lapses: string } | null)?.lapses;
    expect(lapsesOf((await city.case(open.case)).level)).toBe(lapsesOf(stands));
  });

  it('a resident adds to what they asked for themselves, and learns of nobody else', async () => {
    expect(await residentSends('13800001002', { ...mild, ...quarrel(2) })).toMatchObject({ status: 202 });
    const about = (phone: string) => ({ people: [{ role: 'respondent', name: '刘某', phone }] });
    const known = await residentSends('13800009999', about('13800002001'));
    const unknown = await residentSends('13800009999', about('13800002009'));
    expect(known).toMatchObject({ status: 409, body: { type: over } });
    expect({ ...known.body, instance: '' }).toEqual({ ...unknown.body, instance: '' });
  });

  it('nor do they lose it where what they asked for was made one with another: it is open, and they add to it', async () => {
    expect(await residentSends('13800006002', oneMan(2, 2))).toMatchObject({ status: 202 });
    expect(await residentSends('13800006004', { ...mild, ...oneMan(4, 3) })).toMatchObject({ status: 202 });
    expect(await residentSends('13800009999', oneMan(2, 2))).toMatchObject({ status: 409, body: { type: over } });
  });

  it('no level begins: what was proposed before can be dismissed, and the case ends', async () => {
    expect(await deciding(undecided.case, undecided.event)).toMatchObject({ status: 409, body: { type: over } });
    expect(await level(undecided.case)).toBeNull();
    expect(await deciding(undecided.case, undecided.event, { outcome: 'dismiss' })).toMatchObject({ status: 200 });
  });

  it('protection, plan and help go on; nothing is renewed; it is resolved, and somebody asks after it as ever', async () => {
    await answered(city, open.case, 'protect', { outcome: 'protected' });
    await answered(city, open.case, 'notify', { outcome: 'told' });
    await answered(city, open.case, 'plan', { outcome: 'planned', measures: [{ kind: 'legal-aid' }] });
    await answered(city, open.case, 'measure', { outcome: 'done' });
    await city.pass(16 * day);
    const { taskId, owner } = await taskOf(city, open.case, 'renew');
    const renewed = await city.act(taskId, 'answer', owner, { outcome: 'renewed' });
    expect(renewed).toMatchObject({ status: 409, body: { type: over } });
    await answered(city, open.case, 'resolve', { outcome: 'resolved' });
    const { status, tasks } = await city.case(open.case);
    expect(status).toBe('resolved');
    expect(await level(open.case)).toBeNull();
    expect(tasks.filter(({ no }) => no.startsWith('check-in-'))).toHaveLength(3);
  });
});
