/** Something is wrong with the levels: one person stops new ones, help goes on, and two of different departments release them. */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CityOnOneMachine, fact, personOf, posts } from '../support/city-on-one-machine.ts';
import {
  answered,
  changes,
  commanded,
  day,
  hour,
  minute,
  quarrel,
  reason,
  taskOf,
  toProposal,
} from '../support/story.ts';

const why = '复核发现近期评估结果异常，查清之前暂停一切新的定级。';
const stop = { levels: 'stop', reason: why };
const release = { levels: 'release', reason: '异常已经查清并更正，可以恢复新的定级工作。' };
const orange = [fact('threat_to_kill'), fact('property_damage')];

interface Switch {
  readonly levels: string;
  readonly turns: readonly {
    readonly n: number;
    readonly post: string;
    readonly state: string;
    readonly reason: string;
  }[];
  readonly sunset: { readonly date: string; readonly over: boolean };
}

describe('the kill switch', () => {
  let city: CityOnOneMachine;
  let standing: { case: string; event: string };
  let waiting: { case: string; event: string };
  let alone: { case: string; event: string };
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-05T09:00:00+08:00');
    standing = await toProposal(city, { facts: orange, ...quarrel(1) });
    await decides(standing, {});
    alone = await toProposal(city, quarrel(2));
    await decides(alone, {});
    waiting = await toProposal(city, { facts: orange, ...quarrel(3) });
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  async function decides({ case: id, event }: { case: string; event: string }, more: object): Promise<void> {
    const { status, body } = await deciding(id, { outcome: 'confirm', reason, changes, events: [event], ...more });
    if (status !== 200) throw new Error(JSON.stringify(body));
  }
  async function deciding(id: string, body: object) {
    const { taskId, owner } = await taskOf(city, id, 'decide');
    return city.act(taskId, 'answer', owner, body);
  }
  const level = async (id: string) => ((await city.case(id)).level as { colour: string } | null)?.colour ?? null;
  const turn = (post: string, body: object, person?: string) => commanded(city, '/v1/switch', post, body, person);
  const seenBy = async (post: string) => (await city.get('/v1/switch', post)) as { status: number; body: unknown };
  const heard = (kind: string) =>
    city.cloud
      .outbox(0)
      .map(({ topicArn, message }) => ({ topicArn, ...JSON.parse(message) }))
      .filter((one) => one.kind === kind);

  it('nobody who decides on levels turns it, nor whoever audits; a reason is given', async () => {
    for (const post of [posts.county, posts.township, posts.countyPolice, posts.auditor]) {
      expect(await turn(post, stop), post).toMatchObject({ status: 403, type: 'urn:hejie:problem:not-permitted' });
    }
    expect(await turn(posts.reviewer, { levels: 'stop', reason: '异常' })).toMatchObject({ status: 422 });
    expect(await turn(posts.reviewer, release)).toMatchObject({ status: 409, type: 'urn:hejie:problem:refused' });
    expect((await seenBy(posts.county)).body).toMatchObject({ levels: 'released', turns: [] });
  });

  it('the independent reviewer stops it alone; within a minute no level begins, and whoever decides is told why and what to do', async () => {
    expect(await turn(posts.reviewer, stop)).toMatchObject({ status: 200, body: { levels: 'stopped' } });
    await city.pass(minute / 2);
    const { status, body } = await deciding(waiting.case, {
      ...{ outcome: 'confirm', reason, changes, events: [waiting.event] },
    });
    expect(status).toBe(409);
    expect(body).toMatchObject({
      type: 'urn:hejie:problem:levels-stopped',
      allowed: expect.arrayContaining(['dismiss']),
    });
    expect(body.detail).toMatch(/恢复|暂停/);
    expect(JSON.stringify(body)).not.toContain(personOf(posts.reviewer));
    expect(await level(waiting.case)).toBeNull();
  });

  it('people are told: who runs the city, and each post that is asked for decisions, without a word of any case', async () => {
    const [alarm] = heard('levels-stopped').filter(({ topicArn }) => topicArn === city.cloud.outputs.AlarmsTopicArn);
    expect(alarm).toMatchObject({ by: posts.reviewer });
    const told = heard('levels-stopped').filter(({ topicArn }) => topicArn === city.cloud.outputs.NoticesTopicArn);
    expect(told.map(({ post }) => post)).toEqual(expect.arrayContaining([posts.county, '331003.county-justice']));
    expect(JSON.stringify(told)).not.toMatch(/红|橙|黄|C-|#1/);
    const { body } = await seenBy(posts.township);
    const seen = body as Switch;
    expect(seen.turns).toEqual([
      expect.objectContaining({ n: 1, post: posts.reviewer, state: 'stopped', reason: why }),
    ]);
    expect(JSON.stringify(seen)).not.toContain(personOf(posts.reviewer));
    expect(await turn(posts.administrator, stop)).toMatchObject({ status: 409, type: 'urn:hejie:problem:refused' });
  });

  it('none rises either, and a red that one person decided gets no second: a day later it is orange', async () => {
    const second = await taskOf(city, alone.case, 'second');
    const agreed = await city.act(second.taskId, 'answer', second.owner, { outcome: 'agree' });
    expect(agreed).toMatchObject({ status: 409, body: { type: 'urn:hejie:problem:levels-stopped' } });
    await city.report({ ...quarrel(1), text: '又持刀上门扬言杀人' });
    await answered(city, standing.case, 'verify', { outcome: 'verified' });
    const { events } = await city.case(standing.case);
    const raised = await deciding(standing.case, {
      ...{ outcome: 'confirm', reason, changes, events: (events as { id: string }[]).map(({ id }) => id).slice(0, 1) },
    });
    expect(raised).toMatchObject({ status: 409, body: { type: 'urn:hejie:problem:levels-stopped' } });
    expect(await level(standing.case)).toBe('orange');
  });

  it('help goes on: reports come in, are verified and assessed, the affected person is protected, a level is lowered', async () => {
    await answered(city, alone.case, 'protect', { outcome: 'protected' });
    const sent = await city.report(
      { channel: 'grid', disputeType: 'none', facts: [], help: ['counselling'], ...quarrel(5) },
      posts.mediator,
    );
    expect(sent.referral).toMatch(/^H-/);
    const new_ = await toProposal(city, { facts: orange, ...quarrel(6) });
    expect((await city.case(new_.case)).assessment).toMatchObject({ proposal: 'orange' });
    await decides(standing, { outcome: 'lower', level: 'yellow' });
    expect(await level(standing.case)).toBe('yellow');
    await decides(new_, { outcome: 'dismiss' });
    expect(await level(new_.case)).toBeNull();
  });

  it('nothing is silent: a decision that waits is reminded of and climbs, and the red falls to orange', async () => {
    const { taskId, owner } = await taskOf(city, waiting.case, 'decide');
    await city.pass(day + hour);
    const about = city.said().filter((one) => one.taskId === taskId);
    expect(about.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['reminder', 'escalated']));
    expect((await taskOf(city, waiting.case, 'decide')).owner).not.toBe(owner);
    expect(await level(alone.case)).toBe('orange');
    expect(await level(waiting.case)).toBeNull();
  });

  it('one person releases nothing, not for another post either; a second of another department does', async () => {
    expect(await turn(posts.reviewer, release)).toMatchObject({ status: 200, body: { levels: 'releasing' } });
    expect(await turn(posts.reviewer, release)).toMatchObject({ status: 403, type: 'urn:hejie:problem:not-yours' });
    expect(await turn(posts.reviewer, release, `${posts.reviewer}#2`)).toMatchObject({
      ...{ status: 403, type: 'urn:hejie:problem:not-yours' },
    });
    const still = await deciding(waiting.case, { outcome: 'confirm', reason, changes, events: [waiting.event] });
    expect(still).toMatchObject({ status: 409, body: { type: 'urn:hejie:problem:levels-stopped' } });
    expect(await turn(posts.administrator, release)).toMatchObject({ status: 200, body: { levels: 'released' } });
    expect(heard('levels-released').length).toBeGreaterThan(1);
  });

  it('and what waited is decided; the switch keeps who turned it, when and why', async () => {
    await decides(waiting, {});
    expect(await level(waiting.case)).toBe('orange');
    const { body } = await seenBy(posts.auditor);
    expect((body as Switch).turns.map(({ state, post }) => [state, post])).toEqual([
      ['released', posts.administrator],
      ['releasing', posts.reviewer],
      ['stopped', posts.reviewer],
    ]);
  });
});
