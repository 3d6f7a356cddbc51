import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CityOnOneMachine, posts } from '../support/city-on-one-machine.ts';
import { Village } from '../support/ordinary.ts';
import { answered, commanded, day, quarrel, taskOf, toResolution } from '../support/story.ts';

const why = '双方上周又在村口争吵，邻居担心重演，请重新评估并安排回访。';
const dismissed = (events: readonly string[], reason: string) => ({
  outcome: 'dismiss',
  ...{ reason, changes: '不再定级，由村里继续就地化解。', events },
});

describe('the case is closed, the person is not forgotten', () => {
  let city: CityOnOneMachine;
  let id = '';
  let event = '';
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-05T09:00:00+08:00', undefined, 15 * day);
    ({ case: id } = await toResolution(city, 'yellow', quarrel(1)));
    await answered(city, id, 'forewarn', { outcome: 'told', safetyPlan: 'not-wanted' });
    await city.pass(2 * day);
    await answered(city, id, 'notify', { outcome: 'told' });
    event = ((await city.case(id)).events as { id: string }[])[0]?.id ?? '';
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  const reopen = (post: string, body: object = { reason: why }) =>
    commanded(city, `/v1/cases/${id}/reopening`, post, body);
  const history = async () => {
    const { body } = await city.get(`/v1/cases/${id}/history?limit=100`, posts.reviewer);
    return body.actions as { n: number; kind: string; note?: string; post: string | null }[];
  };

  it('day 30, the one check-in of a yellow: a relapse, seen by whoever asks, goes back to the assessment with the history', async () => {
    await city.pass(28 * day + 1);
    const { taskId, owner } = await taskOf(city, id, 'check-in');
    expect(await city.act(taskId, 'answer', owner, { outcome: 'relapse' })).toMatchObject({
      ...{ status: 422, body: { faults: [{ path: 'facts' }] } },
    });
    const before = (await history()).length;
    await answered(city, id, 'check-in', { outcome: 'relapse', facts: ['physical_assault'] });
    const again = await city.case(id);
    expect(again).toMatchObject({ status: 'assessed', phase: 'before' });
    expect(again).not.toHaveProperty('level');
    expect((again.events as { id: string; state: string }[]).map((one) => [one.id, one.state])).toEqual([
      [event, 'verified'],
      ['E-check-in-1', 'verified'],
    ]);
    // Nothing of what was is lost, and nobody is asked to check in while people decide.
    expect((await history()).length).toBeGreaterThan(before);
    expect(again.tasks.map(({ no }) => no.replace(/-\d+$/, ''))).not.toContain('check-in');
    await answered(
      city,
      id,
      'decide',
      dismissed(['E-check-in-1'], '推搡系误会，双方当场握手言和，无人受伤，无需定级。'),
    );
    expect(await city.case(id)).toMatchObject({ status: 'closed', endsAs: 'dismissed' });
  });

  it('two months later it is taken up again: by those who know of it, with a reason, and by nobody else', async () => {
    await city.pass(60 * day);
    for (const post of ['331002.county-centre', posts.police, posts.reviewer, posts.administrator]) {
      expect((await reopen(post)).status, post).toBe(403);
    }
    expect(await reopen(posts.township, { reason: '再看看' })).toMatchObject({ status: 422 });
    expect(await reopen(posts.township, { reason: '请重新评估并由村里对其长期布控，防止再次发生。' })).toMatchObject({
      ...{ status: 422, body: { faults: [{ path: 'reason', value: '(not repeated)' }] } },
    });
    expect(await reopen(posts.township)).toMatchObject({ status: 201, body: { id, repeated: false } });
    // Open, there is nothing to take up.
    expect(await reopen(posts.township)).toMatchObject({ status: 409, type: 'urn:hejie:problem:refused' });
    const open = await city.case(id);
    expect(open).toMatchObject({ status: 'assessed', phase: 'before', endsAs: null });
    expect(open.tasks.map(({ no }) => no.replace(/-\d+$/, ''))).toContain('decide');
    const told = (await history()).find(({ kind }) => kind === 'reopened');
    expect(told).toMatchObject({ post: posts.township, note: why });
  });

  it('no level without a decision on what was verified in the last twelve months; then its clocks begin anew', async () => {
    const { taskId, owner } = await taskOf(city, id, 'decide');
    const { assessment } = await city.case(id);
    const { proposal } = assessment as { proposal: string };
    const on = (events: readonly string[]) => ({
      ...{ outcome: proposal === 'yellow' ? 'confirm' : 'lower', level: 'yellow', events },
      ...{ reason: '村口争吵属实，双方仍互不相让，需要有人定期走访。', changes: '由村里每月走访一次，安排调解。' },
    });
    expect((await city.act(taskId, 'answer', owner, on([]))).status).toBe(422);
    expect(await city.act(taskId, 'answer', owner, on([event]))).toMatchObject({ status: 200 });
    expect(await city.case(id)).toMatchObject({ level: { colour: 'yellow', renewed: false } });
    await answered(city, id, 'protect', { outcome: 'protected', safetyPlan: 'not-wanted' });
    await answered(city, id, 'plan', { outcome: 'planned', measures: [{ kind: 'joint-visit' }] });
    await answered(city, id, 'measure', { outcome: 'done' });
    await answered(city, id, 'resolve', { outcome: 'resolved' });
    await answered(city, id, 'forewarn', { outcome: 'told', safetyPlan: 'not-wanted' });
    await city.pass(2 * day);
    await answered(city, id, 'notify', { outcome: 'told' });
    await city.pass(29 * day);
    await answered(city, id, 'check-in', { outcome: 'well' });
    expect(await city.case(id)).toMatchObject({ status: 'closed', endsAs: null });
  });

  it('a new report about the same person reopens it without anybody’s asking', async () => {
    const again = await city.report(quarrel(1));
    expect(again.case).toBe(id);
    expect(await city.case(id)).toMatchObject({ status: 'reported' });
    await answered(city, id, 'verify', { outcome: 'unfounded' });
    expect(await city.case(id)).toMatchObject({ status: 'closed', endsAs: 'unfounded' });
    // The quarrel is an ordinary one again, and is settled.
    for (const { taskId, owner } of await new Village(city).tasks(again.dispute)) {
      expect(await city.act(taskId, 'answer', owner, { outcome: 'settled' })).toMatchObject({ status: 200 });
    }
  });

  it('when its time is over and nobody is named in it any more, it is not taken up again', async () => {
    await city.pass(200 * day);
    expect(await reopen(posts.township)).toMatchObject({ status: 409, body: { allowed: ['a report of its own'] } });
    expect((await history()).at(-1)).toMatchObject({ kind: 'forgotten' });
    // A report then is somebody new.
    expect((await city.report(quarrel(1))).case).not.toBe(id);
  });
});
