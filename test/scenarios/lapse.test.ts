import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CityOnOneMachine, posts } from '../support/city-on-one-machine.ts';
import {
  answered,
  atRest,
  changes,
  commanded,
  day,
  historyOf,
  hour,
  measureWaits,
  quarrel,
  reason,
  taskOf,
  toPlan,
  toProposal,
} from '../support/story.ts';

const why = '监控显示当日对方不在现场，民警复核后确认事件不属实。';
const township = posts.township;

describe('a level that nobody decides on anew lapses', () => {
  let city: CityOnOneMachine;
  const ids = { red: '', orange: '', yellow: '' };
  const start = Date.parse('2026-01-05T09:00:00+08:00');
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-05T09:00:00+08:00');
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  type Colour = keyof typeof ids;
  interface Shown {
    readonly status: string;
    readonly endsAs: string | null;
    readonly owner: string;
    readonly safetyPlan: boolean;
    readonly level: { readonly colour: string; readonly lapses: string } | null;
  }
  const shownOf = async (id: string) => (await city.case(id)) as unknown as Shown;
  const saidOf = (id: string, kind: string) =>
    city
      .said()
      .filter(({ taskId }) => taskId.startsWith(`${id}.${kind}`))
      .map((one) => [one.kind, one.post]);
  /** Day by day; whoever has a review holds it and goes on. */
  const live = async (until: number, reviewed: readonly Colour[]) => {
    while (city.cloud.now() < until) {
      await city.pass(Math.min(day, until - city.cloud.now()));
      for (const colour of reviewed) {
        const { tasks } = await city.case(ids[colour]);
        const review = tasks?.find(({ no, begun }) => no.startsWith('review') && begun);
        if (review) await city.act(review.taskId, 'answer', review.owner, { outcome: 'continue' });
      }
    }
  };
  const withdraw = (id: string, post: string, event: string, text = why) =>
    commanded(city, `/v1/cases/${id}/event-withdrawals`, post, { event, reason: text });

  it('Monday: a red, an orange and a yellow are decided; nobody does anything more but hold the reviews', async () => {
    const sent = await toProposal(city, quarrel(1));
    ids.red = sent.case;
    await answered(city, ids.red, 'decide', { outcome: 'confirm', reason, changes, events: [sent.event] });
    await answered(city, ids.red, 'second', { outcome: 'agree' });
    ids.orange = (await toPlan(city, 'orange', quarrel(2))).case;
    ids.yellow = (await toPlan(city, 'yellow', quarrel(3))).case;
    const ends = await Promise.all(Object.values(ids).map(async (id) => (await shownOf(id)).level?.lapses));
    const days = ends.map((end) => Math.round((Date.parse(end ?? '') - start) / day));
    expect(days).toEqual([14, 30, 60]);
    await atRest(city, ...Object.values(ids));
  });

  it('day 14: the red becomes orange, after a reminder to the county and a warning above it, and daily reviews', async () => {
    await live(start + 14 * day - hour, ['red', 'orange', 'yellow']);
    expect(saidOf(ids.red, 'renew')).toEqual([
      ['opened', posts.county],
      ['reminder', posts.county],
      ['warning', '331000.city-duty'],
    ]);
    const reviews = (await historyOf(city, ids.red)).filter(
      ({ kind, task }) => kind === 'answered' && task === 'review-1',
    );
    expect(reviews.length).toBeGreaterThanOrEqual(10);
    await city.pass(2 * hour);
    expect(await shownOf(ids.red)).toMatchObject({ level: { colour: 'orange', afterRed: true }, owner: township });
    await answered(city, ids.red, 'plan', { outcome: 'planned', measures: [] });
  });

  it('that is a lapse and no decision, and the county is called at once', async () => {
    const history = await historyOf(city, ids.red);
    expect(history.filter(({ kind }) => kind === 'lapsed')).toMatchObject([{ level: 'orange' }]);
    expect(history.filter(({ kind, task }) => kind === 'answered' && task?.startsWith('decide'))).toHaveLength(1);
    const { taskId, owner } = await taskOf(city, ids.red, 'lapse-review');
    expect(owner).toBe(posts.county);
    expect(saidOf(ids.red, 'lapse-review').slice(0, 2)).toEqual([
      ['opened', posts.county],
      ['page', posts.county],
    ]);
    expect((await city.act(taskId, 'answer', township, { outcome: 'looked-at' })).status).toBe(403);
    await answered(city, ids.red, 'lapse-review', { outcome: 'looked-at', note: '值班交接遗漏，已补排复评人员。' });
  });

  it('the orange that a red became is renewed by nobody', async () => {
    await live(start + 29 * day + 12 * hour, ['red', 'orange', 'yellow']);
    const { taskId, owner } = await taskOf(city, ids.red, 'renew');
    expect(owner).toBe(township);
    const asked = { outcome: 'ask-reviewer', note: '没有新事件，但双方仍未和解，请独立复核人决定。' };
    for (const body of [{ outcome: 'renewed' }, asked]) {
      const { status, body: problem } = await city.act(taskId, 'answer', owner, body);
      expect({ status, type: problem.type }).toEqual({ status: 409, type: 'urn:hejie:problem:refused' });
    }
  });

  it('day 30: the orange ends, after two reminders, and its last review was held before', async () => {
    await live(start + 30 * day + 2 * hour, ['red', 'orange', 'yellow']);
    expect(saidOf(ids.orange, 'renew')).toEqual([
      ['opened', township],
      ['reminder', township],
      ['warning', posts.county],
    ]);
    expect(await shownOf(ids.orange)).toMatchObject({ level: null, endsAs: 'lapsed', safetyPlan: true });
    const history = await historyOf(city, ids.orange);
    const [lapse] = history.filter(({ kind }) => kind === 'lapsed');
    expect(lapse).toMatchObject({ level: null });
    const last = history.findLast(({ kind, task }) => kind === 'answered' && task?.startsWith('review'));
    expect(Date.parse(lapse?.at ?? '') - Date.parse(last?.at ?? '')).toBeLessThan(8 * day);
    // Nobody sees it any more, whoever asks.
    const women = '331003.county-women';
    for (const post of [posts.county, township, posts.police, posts.countyPolice, posts.mediator, women]) {
      for (const path of [`/v1/cases/${ids.orange}`, `/v1/cases/${ids.orange}/history?limit=100`]) {
        const { status, body } = await city.get(path, post);
        if (status === 200) expect(JSON.stringify(body), `${post} ${path}`).not.toMatch(/"orange"|"red"/);
      }
    }
    // Only whoever reviews it: what was decided, and that it lapsed.
    const { body: reviewed } = await city.get(`/v1/cases/${ids.orange}`, posts.reviewer);
    expect(JSON.stringify(reviewed)).not.toMatch(/"orange"|"red"/);
    expect(history.find(({ kind, task }) => kind === 'answered' && task === 'decide-1')).toMatchObject({
      level: 'orange',
    });
  });

  it('day 44: nothing of the red is left, also after reminders and reviews', async () => {
    await live(start + 33 * day, ['red', 'yellow']);
    for (const id of Object.values(ids)) await answered(city, id, 'safety-plan', { outcome: 'kept' });
    for (const id of [ids.red, ids.yellow]) await measureWaits(city, id);
    await live(start + 44 * day + 2 * hour, ['red', 'yellow']);
    expect(await shownOf(ids.red)).toMatchObject({ level: null, endsAs: 'lapsed' });
    expect(saidOf(ids.red, 'renew-2')).toEqual([
      ['opened', township],
      ['reminder', township],
      ['warning', posts.county],
    ]);
    const history = await historyOf(city, ids.red);
    expect(history.filter(({ kind }) => kind === 'lapsed').map(({ level }) => level)).toEqual(['orange', null]);
  });

  it('day 60: the yellow, whose third review would have come too late and was held before', async () => {
    await live(start + 60 * day - hour, ['yellow']);
    const held = (await historyOf(city, ids.yellow)).filter(
      ({ kind, task }) => kind === 'answered' && task === 'review-1',
    );
    const days = held.map(({ at }) => Math.round((Date.parse(at) - start) / day));
    expect(days).toHaveLength(2);
    expect(days[0]).toBeGreaterThanOrEqual(30);
    expect(days[1]).toBeLessThan(60);
    await city.pass(2 * hour);
    expect(await shownOf(ids.yellow)).toMatchObject({ level: null, endsAs: 'lapsed' });
    expect(saidOf(ids.yellow, 'renew').map(([kind]) => kind)).toEqual(['opened', 'reminder', 'warning']);
  });

  it('a verified event that does not hold is withdrawn by who may, and only one that was verified', async () => {
    const sent = await toPlan(city, 'orange', quarrel(4));
    const [event] = (await city.case(sent.case)).events as { id: string }[];
    const id = event?.id ?? '';
    expect(await withdraw(sent.case, posts.mediator, id)).toMatchObject({ status: 403 });
    expect(await withdraw(sent.case, posts.county, id, '不属实')).toMatchObject({ status: 422 });
    expect(await withdraw(sent.case, posts.county, 'E-none')).toMatchObject({ status: 422 });
    expect(await withdraw('C-000000000000', posts.county, id)).toMatchObject({ status: 404 });
    const done = await withdraw(sent.case, posts.police, id);
    expect(done).toMatchObject({ status: 201, body: { lapsed: true } });
    ids.red = sent.case;
    expect(await withdraw(sent.case, posts.police, id)).toMatchObject({ status: 409 });
  });

  it('with the last one the level ended in the same action; the owner is told, and the safety plan stays', async () => {
    const history = await historyOf(city, ids.red);
    const action = history.find(({ kind }) => kind === 'eventWithdrawn');
    expect(action).toMatchObject({ post: posts.police, level: null });
    expect(history.some(({ kind }) => kind === 'lapsed')).toBe(false);
    expect(await shownOf(ids.red)).toMatchObject({ level: null, endsAs: 'lapsed', safetyPlan: true });
    const left = (await city.case(ids.red)).tasks.map(({ no }) => no).filter((no) => !no.startsWith('reason-review'));
    expect(left).toEqual(['safety-plan-1', 'lapse-review-1']);
    expect(saidOf(ids.red, 'lapse-review')).toEqual([['opened', township]]);
    const { taskId, owner } = await taskOf(city, ids.red, 'lapse-review');
    const { status } = await city.act(taskId, 'answer', owner, { outcome: 'reassess' });
    expect(status).toBe(409);
    await answered(city, ids.red, 'lapse-review', { outcome: 'looked-at' });
  });

  it('where another one holds the level stays, and it is assessed again', async () => {
    const { case: id } = await toPlan(city, 'orange', quarrel(5));
    await city.report(quarrel(5));
    await answered(city, id, 'verify', { outcome: 'verified' });
    const events = (await city.case(id)).events as { id: string; state: string }[];
    expect(events.map(({ state }) => state)).toEqual(['verified', 'verified']);
    const assessed = async () => (await historyOf(city, id)).filter(({ kind }) => kind === 'assessed').length;
    const before = await assessed();
    const done = await withdraw(id, township, events[0]?.id ?? '');
    expect(done).toMatchObject({ status: 201, body: { lapsed: false } });
    expect(await shownOf(id)).toMatchObject({ level: { colour: 'orange' } });
    expect(await assessed()).toBe(before + 1);
  });
});
