import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CityOnOneMachine, posts } from '../support/city-on-one-machine.ts';
import { repairedIn, roundsSoFar } from '../support/insider.ts';
import { bothConsent, toldAfterHer } from '../support/story.ts';

const hour = 3_600_000;
const day = 24 * hour;
const health = '331003.county-health';
const reason = {
  reason: '周一当事人持刀威胁邻居，情况属实，两个部门今天必须同时到场。',
  changes: '今天起保护受影响人，两个部门一起上门。',
};

describe('a red case, in days and people', () => {
  let city: CityOnOneMachine;
  let id = '';
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-05T09:00:00+08:00');
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  const task = async (kind: string) => {
    const { tasks } = await city.case(id);
    const found = tasks.find(({ no }) => no.replace(/-\d+$/, '') === kind);
    if (!found) throw new Error(`no ${kind} among ${tasks.map(({ no }) => no).join(', ')}`);
    return found;
  };
  const answer = async (kind: string, body: object) => {
    const { taskId, owner } = await task(kind);
    const done = await city.act(taskId, 'answer', owner, body);
    expect(done, kind).toMatchObject({ status: 200 });
  };

  it('Monday 9:00: a neighbour reports a knife; the police are asked to verify, and do', async () => {
    ({ case: id } = await city.report());
    expect(await city.case(id)).not.toHaveProperty('level');
    await answer('verify', { outcome: 'verified' });
    expect(await city.case(id)).toMatchObject({ status: 'assessed', phase: 'before', assessment: { proposal: 'red' } });
  });

  it('nobody decides for fifteen minutes: it climbs from the county to the city, and never becomes a level', async () => {
    expect(await task('decide')).toMatchObject({ owner: posts.county });
    await city.pass(20 * 60_000);
    expect((await task('decide')).owner).toBe('331000.city-duty');
    expect(await city.case(id)).toMatchObject({ phase: 'before' });
    const kinds = city
      .said()
      .filter(({ taskId }) => taskId.includes('.decide'))
      .map(({ kind }) => kind);
    // Whoever holds the county's post is called at 0, 5 and 10 minutes.
    expect(kinds).toEqual(['opened', 'page', 'page', 'reminder', 'page', 'warning', 'escalated']);
  });

  it('the city decides red; a second person of another department agrees', async () => {
    const { events } = await city.case(id);
    const [event] = events as { id: string }[];
    await answer('decide', { outcome: 'confirm', ...reason, events: [event?.id] });
    expect(await city.case(id)).toMatchObject({
      level: { colour: 'red', awaitsSecondTo: 'centre' },
      status: 'protecting',
    });
    const { taskId, owner } = await task('second');
    const same = await city.act(taskId, 'answer', owner, { outcome: 'agree' }, '331000.city-duty#1');
    expect(same.status).toBe(403);
    await answer('second', { outcome: 'agree' });
    expect(await city.case(id)).toMatchObject({ level: { colour: 'red', awaitsSecondTo: null } });
  });

  it('those at risk are protected before any plan; then the plan, whose counselling only the health post sees', async () => {
    expect((await city.case(id)).tasks.map(({ no }) => no)).not.toContain('plan-1');
    await answer('protect', { outcome: 'protected', safetyPlan: 'not-wanted' });
    await toldAfterHer(city, id, 'not-wanted');
    await answer('plan', { outcome: 'planned', measures: [{ kind: 'people-mediation' }, { kind: 'counselling' }] });
    const { taskId: mediation, owner } = await task('measure');
    await bothConsent(city, mediation, owner);
    await answer('measure', { outcome: 'done' });
    expect((await city.case(id)).tasks.map(({ no }) => no)).not.toContain('measure-2');
    const { body } = await city.get(`/v1/posts/${health}/tasks`, health);
    expect(body.tasks).toMatchObject([{ taskId: `${id}.measure-2` }]);
    expect(await city.act(`${id}.measure-2`, 'answer', health, { outcome: 'done' })).toMatchObject({ status: 200 });
    expect((await city.case(id)).tasks.map(({ no }) => no)).toContain('resolve-1');
  });

  it('a hand-off: the sender stays accountable until the receiver has accepted', async () => {
    const { taskId, owner } = await task('resolve');
    expect(await city.act(taskId, 'hand-off', owner, { to: posts.countyPolice })).toMatchObject({ status: 200 });
    expect((await task('resolve')).owner).toBe(owner);
    expect((await city.act(taskId, 'accept', posts.township, {})).status).toBe(403);
    expect(await city.act(taskId, 'accept', posts.countyPolice, {})).toMatchObject({ status: 200 });
    expect((await task('resolve')).owner).toBe(posts.countyPolice);
  });

  it('resolved: the level ends, five check-ins are set, and after the last one the case is closed', async () => {
    await answer('resolve', { outcome: 'resolved' });
    expect(await city.case(id)).toMatchObject({ status: 'resolved', level: { colour: null } });
    const days: number[] = [];
    const from = city.cloud.now();
    for (let i = 0; i < 5; i++) {
      await city.pass(1);
      let begun = (await city.case(id)).tasks.find((one) => one.begun);
      while (!begun) {
        await city.pass(day);
        begun = (await city.case(id)).tasks.find((one) => one.begun);
      }
      days.push(Math.floor((city.cloud.now() - from) / day));
      await city.act(begun.taskId, 'acknowledge', begun.owner, {});
      expect(await city.act(begun.taskId, 'answer', begun.owner, { outcome: 'well' })).toMatchObject({ status: 200 });
    }
    expect(days).toEqual([3, 7, 30, 90, 180]);
    // What is closed is known by its outline only.
    const closed = await city.case(id);
    expect(closed).toMatchObject({ status: 'closed', phase: 'closed' });
    expect(closed).not.toHaveProperty('tasks');
  });

  it('the history tells who did what, and the reconciler had nothing to repair', async () => {
    const { body } = await city.get(`/v1/cases/${id}/history?limit=100`, posts.county);
    const actions = body.actions as { n: number; kind: string; post: string | null }[];
    expect(actions.map(({ n }) => n)).toEqual(actions.map((_, i) => i + 1));
    expect(actions).toContainEqual(expect.objectContaining({ kind: 'answered', post: '331000.city-duty' }));
    // Why an execution was revised is for whoever runs the city: it stands in the record.
    const causes: string[] = [];
    for await (const { action } of city.cloud.scan()) {
      const { content } = (action ?? {}) as { content?: { kind: string; cause?: string } };
      if (content?.kind === 'revised') causes.push(content.cause ?? '');
    }
    expect(causes).not.toContain('recovered');
    const rounds = roundsSoFar(city);
    expect(rounds.length).toBeGreaterThan(12);
    expect(repairedIn(rounds)).toEqual({});
    expect(rounds.every(({ deployed }) => deployed === 0)).toBe(true);
  });
});
