/** A whole case changes hands: what its post has open goes with it, in the action in which the other one accepts. */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CityOnOneMachine, fact, posts } from '../support/city-on-one-machine.ts';
import { answered, changes, commanded, day, hour, minute, reason } from '../support/story.ts';

const linhai = '331082001.township-centre';
const linhaiMediator = '331082001001.village-mediator';
const linhaiJustice = '331082001.township-justice';
const linhaiCounty = '331082.county-centre';
const why = '当事人已迁居临海古城，由当地乡镇中心负责整案更合适。';
const note = '人还没有搬过来，暂不宜接收。';

interface Seen {
  readonly no: string;
  readonly taskId: string;
  readonly kind: string;
  readonly owner: string;
  readonly about: string | null;
}

describe('a whole case changes hands', () => {
  let city: CityOnOneMachine;
  let id = '';
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-05T09:00:00+08:00');
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  /** At every instant: the case and each of its open tasks have exactly one accountable post, and its list says so. */
  const seen = async (): Promise<{ owner: string; area: string; status: string; tasks: Seen[] }> => {
    const { body } = await city.get(`/v1/cases/${id}`, posts.reviewer);
    const found = body.case as { owner: string; area: string; status: string; tasks: Seen[] };
    expect(found.owner).toMatch(/^\d+\.[a-z-]+$/);
    for (const { taskId, owner } of found.tasks) {
      const { body: list } = await city.get(`/v1/posts/${owner}/tasks?limit=100`, owner);
      const listed = (list.tasks as Seen[]).filter((line) => line.taskId === taskId);
      expect(listed, `${taskId} on the list of ${owner}`).toMatchObject([{ owner }]);
    }
    return found;
  };
  const task = async (kind: string): Promise<Seen> => {
    const { tasks } = await seen();
    const found = tasks.find((one) => one.kind === kind);
    if (!found) throw new Error(`no ${kind} among ${tasks.map(({ no }) => no).join(', ')}`);
    return found;
  };
  const offer = async (from: string, to: string, why_ = why) => {
    const asked = await commanded(city, `/v1/cases/${id}/hand-over`, from, { to, reason: why_ });
    await seen();
    return asked;
  };
  const answer = async (post: string, body: object) => {
    const { taskId } = await task('take-over');
    const done = await city.act(taskId, 'answer', post, body);
    await seen();
    return done;
  };
  const ownersOf = async (...kinds: string[]): Promise<string[]> =>
    (await seen()).tasks.filter(({ kind }) => kinds.includes(kind)).map(({ owner }) => owner);
  const told = (kind: string) => city.said().flatMap((said) => (said.kind === kind ? [said.post] : []));

  it('Monday: a case at an orange level, for which the township of Dongcheng is accountable', async () => {
    const facts = ['threat_to_harm', 'weapon_access', 'stalking_harassment'].map((type) => fact(type));
    ({ case: id } = await city.report({ facts }));
    await answered(city, id, 'verify', { outcome: 'verified' });
    const { events } = await city.case(id);
    const [event] = events as { id: string }[];
    await answered(city, id, 'decide', { outcome: 'confirm', reason, changes, events: [event?.id] });
    expect(await city.case(id)).toMatchObject({ owner: posts.township, level: { colour: 'orange' } });
  });

  it('is offered by that post alone, with a reason, to a post that handles disputes', async () => {
    expect(await offer(posts.police, linhai)).toMatchObject({ status: 403, type: 'urn:hejie:problem:not-permitted' });
    expect(await offer(posts.county, linhai)).toMatchObject({ status: 403 });
    expect(await offer(posts.township, linhai, '搬家了')).toMatchObject({ status: 422 });
    for (const to of [posts.township, posts.auditor, posts.reviewer, '331999.county-centre']) {
      const refused = await offer(posts.township, to);
      expect(refused, to).toMatchObject({ status: 422, type: 'urn:hejie:problem:invalid' });
    }
    expect((await seen()).tasks.map(({ kind }) => kind)).not.toContain('take-over');
  });

  it('the sender stays accountable until it is accepted; one post is asked at a time; a no needs its reason', async () => {
    const asked = await offer(posts.township, linhai);
    expect(asked.status).toBe(201);
    expect(Date.parse(String(asked.body.until))).toBe(city.cloud.now() + day);
    expect(await seen()).toMatchObject({ owner: posts.township, area: expect.stringMatching(/^331003/) });
    expect(await task('take-over')).toMatchObject({ owner: linhai, about: posts.township });
    expect(await offer(posts.township, linhaiCounty)).toMatchObject({ status: 409, type: 'urn:hejie:problem:refused' });
    const { taskId } = await task('take-over');
    expect((await city.act(taskId, 'answer', posts.township, { outcome: 'accepted' })).status).toBe(403);
    expect((await city.act(taskId, 'hand-off', linhai, { to: linhaiJustice })).status).toBe(409);
    expect((await answer(linhai, { outcome: 'declined' })).status).toBe(422);
    expect((await answer(linhai, { outcome: 'declined', note })).status).toBe(200);
    expect(await seen()).toMatchObject({ owner: posts.township });
    expect(told('hand-off-declined')).toEqual([posts.township]);
  });

  it('accepted: owner, area and the sender’s open tasks move in that same action; protection stays with its post', async () => {
    const before = (await seen()).tasks;
    const mine = before.filter(({ owner }) => owner === posts.township).map(({ no }) => no);
    expect(mine.length).toBeGreaterThan(0);
    const protector = before.find(({ kind }) => kind === 'protect')?.owner;
    await offer(posts.township, linhai);
    expect((await answer(linhai, { outcome: 'accepted' })).status).toBe(200);
    const after = await seen();
    expect(after).toMatchObject({ owner: linhai, area: '331082001' });
    expect(after.tasks.filter(({ owner }) => owner === linhai).map(({ no }) => no)).toEqual(mine);
    expect(after.tasks.find(({ kind }) => kind === 'protect')?.owner).toBe(protector);
    const { body } = await city.get(`/v1/cases/${id}/history?limit=100`, posts.reviewer);
    const [last] = (body.actions as Record<string, unknown>[]).slice(-1);
    expect(last).toMatchObject({ kind: 'answered', post: linhai, outcome: 'accepted', to: linhai });
    // Where it was, nobody looks at it any more but who still works on it.
    expect((await city.get(`/v1/cases/${id}`, posts.township)).status).toBe(403);
    expect((await city.get(`/v1/cases/${id}`, '331003.county-centre')).status).toBe(403);
    expect((await city.get(`/v1/cases/${id}`, linhaiCounty)).status).toBe(200);
    expect(await offer(posts.township, linhai)).toMatchObject({ status: 403 });
  });

  it('what is asked anew is asked of whoever took it over', async () => {
    await city.pass(7 * day + hour);
    const { taskId, owner } = await task('review');
    expect((await city.act(taskId, 'answer', owner, { outcome: 'continue' })).status).toBe(200);
    expect(await ownersOf('review')).toEqual([linhai]);
  });

  it('silence for a day: the tier above both is accountable from then on, and told', async () => {
    expect((await offer(linhai, linhaiMediator)).status).toBe(201);
    const { taskId } = await task('take-over');
    expect((await city.act(taskId, 'acknowledge', linhaiMediator, {})).status).toBe(200);
    await city.pass(day - minute);
    expect(await seen()).toMatchObject({ owner: linhai });
    await city.pass(2 * minute);
    const after = await seen();
    expect(after).toMatchObject({ owner: linhaiCounty, area: '331082001' });
    expect(after.tasks.map(({ kind }) => kind)).not.toContain('take-over');
    expect(await ownersOf('review')).toEqual([linhaiCounty]);
    expect(told('hand-off-expired')).toEqual([linhaiCounty]);
    expect((await city.act(taskId, 'answer', linhaiMediator, { outcome: 'accepted' })).status).toBe(403);
  });

  it('a third return: no fourth offer, the county decides', async () => {
    await offer(linhaiCounty, linhaiJustice);
    expect((await answer(linhaiJustice, { outcome: 'declined', note })).status).toBe(200);
    const assign = await task('assign');
    expect(assign).toMatchObject({ owner: linhaiCounty, about: 'case' });
    const fourth = await offer(linhaiCounty, linhai);
    expect(fourth).toMatchObject({ status: 409, type: 'urn:hejie:problem:refused' });
    expect(fourth.body.detail).toMatch(/the county decides/);
    expect(await seen()).toMatchObject({ owner: linhaiCounty });
    const assigned = { outcome: 'assigned', owner: linhaiJustice };
    expect((await city.act(assign.taskId, 'answer', linhaiJustice, assigned)).status).toBe(403);
    expect((await city.act(assign.taskId, 'answer', linhaiCounty, assigned)).status).toBe(200);
    expect(await seen()).toMatchObject({ owner: linhaiJustice });
    expect(await ownersOf('review')).toEqual([linhaiJustice]);
    expect(told('assigned')).toEqual([linhaiJustice]);
    // Decided: it may be offered again.
    expect((await offer(linhaiJustice, linhai)).status).toBe(201);
  });

  it('the same key is applied once; what is over is handed to nobody', async () => {
    const facts = [fact('threat_to_harm')];
    ({ case: id } = await city.report({ facts, people: [{ role: 'respondent', name: '陈某', phone: '13800000009' }] }));
    const { owner } = await seen();
    const headers = { ...(await city.headers(owner)), 'idempotency-key': city.key() };
    const body = { to: linhai, reason: why };
    const path = `/v1/cases/${id}/hand-over`;
    const [first, again] = [
      await city.cloud.request({ method: 'POST', path, headers, body }),
      await city.cloud.request({ method: 'POST', path, headers, body }),
    ];
    expect(first.status).toBe(201);
    expect(again.body).toEqual({ ...(first.body as object), repeated: true });
    await city.cloud.settled();
    await answered(city, id, 'verify', { outcome: 'unfounded' });
    expect((await city.get(`/v1/cases/${id}`, posts.reviewer)).body.case).toMatchObject({ status: 'closed' });
    expect(await commanded(city, path, owner, body)).toMatchObject({ status: 403 });
  });
});
