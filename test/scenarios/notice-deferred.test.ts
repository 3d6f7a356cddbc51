import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CityOnOneMachine, fact, personOf, posts } from '../support/city-on-one-machine.ts';
import { answered, changes, day, hour, ofId, reason, shown, talkedOver, taskOf } from '../support/story.ts';

const women = '331003.county-women';
const cityDuty = '331000.city-duty';
const herContact = { channel: 'sms', reach: '13900000009', from: '09:00', to: '16:00', never: ['家里的座机'] };
const hisContact = { channel: 'voice', never: [] };
const her = { role: 'affected', name: '王小花', phone: '13800000001', address: '桥头村8号', contact: herContact };
const his = { role: 'respondent', name: '刘大强', phone: '13800000002', contact: hisContact };
const note = '受影响人仍与其同住，现在告知会使其立即处于危险之中。';
const agree = { outcome: 'agree', note: '同意暂缓，先完成安全安排。' };

describe('the notice is put off for her safety', () => {
  let city: CityOnOneMachine;
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-05T09:00:00+08:00');
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  /** A yellow level between partners; the deferral is there for sixty days. */
  const decided = async (phone: string) => {
    const people = [her, { ...his, phone }];
    const told = { people, disputeType: 'intimate_partner', facts: [fact('threat_to_kill'), fact('weapon_present')] };
    const { case: id } = await city.report(told);
    await answered(city, id, 'verify', { outcome: 'verified' });
    const { events } = await city.case(id);
    const cited = (events as { id: string }[]).map((event) => event.id);
    await answered(city, id, 'decide', { outcome: 'lower', level: 'yellow', reason, changes, events: cited });
    await talkedOver(city, id);
    return id;
  };
  const him = (phone: string) => city.people.citizen({ person: `liu-${phone}`, phone });
  const answer = async (id: string, kind: string, body: object, person?: string) => {
    const { taskId, owner } = await taskOf(city, id, kind);
    return city.act(taskId, 'answer', owner, body, person ?? personOf(owner));
  };
  const notify = async (id: string) =>
    (await taskOf(city, id, 'notify')) as unknown as { begun: boolean; from: string; owner: string };

  describe('between partners', () => {
    let id = '';
    let decidedAt = 0;

    it('Monday: with the level begins a deferral of thirty days, which a second person is asked about at once', async () => {
      id = await decided(his.phone);
      decidedAt = city.cloud.now();
      const until = new Date(decidedAt + 30 * day).toISOString();
      expect(await city.case(id)).toMatchObject({
        told: false,
        deferral: { ground: 'safety-of-the-affected', until, agreed: false },
      });
      expect(await taskOf(city, id, 'second-deferral')).toMatchObject({ owner: women, begun: true });
      expect(await notify(id)).toMatchObject({ begun: false, from: until });
      expect((await him(his.phone).GET('/cases/{id}', ofId(id))).response.status).toBe(403);
    });

    it('the independent reviewer sees it, and the history keeps who decided it', async () => {
      const { body } = await city.get(`/v1/cases/${id}`, posts.reviewer);
      expect(body.case).toMatchObject({ deferral: { ground: 'safety-of-the-affected' } });
      const history = await city.get(`/v1/cases/${id}/history?limit=100`, posts.reviewer);
      const ground = 'safety-of-the-affected';
      expect(history.body.actions).toContainEqual(
        expect.objectContaining({ kind: 'answered', choice: 'lower', deferral: expect.objectContaining({ ground }) }),
      );
    });

    it('whoever decided does not agree with themself, nor does their department', async () => {
      const { taskId, owner } = await taskOf(city, id, 'second-deferral');
      const { actions } = (await city.get(`/v1/cases/${id}/history?limit=100`, posts.reviewer)).body as {
        actions: { choice?: string; post?: string }[];
      };
      const decider = actions.find(({ choice }) => choice === 'lower')?.post ?? '';
      const same = await city.act(taskId, 'answer', owner, agree, personOf(decider));
      expect([same.status, same.body.type]).toEqual([403, 'urn:hejie:problem:not-yours']);
      expect(await city.act(taskId, 'hand-off', owner, { to: cityDuty, reason: '请市级办理。' })).toMatchObject({
        status: 200,
      });
      expect(await city.act(taskId, 'accept', cityDuty, {})).toMatchObject({ status: 200 });
      const sameDepartment = await city.act(taskId, 'answer', cityDuty, agree, 'hu-jun');
      expect([sameDepartment.status, sameDepartment.body.type]).toEqual([403, 'urn:hejie:problem:not-yours']);
      expect(await city.act(taskId, 'hand-off', cityDuty, { to: women, reason: '须由其他部门复核。' })).toMatchObject({
        status: 200,
      });
      expect(await city.act(taskId, 'accept', women, {})).toMatchObject({ status: 200 });
      expect(await answer(id, 'second-deferral', agree)).toMatchObject({ status: 200 });
      expect(await city.case(id)).toMatchObject({ deferral: { agreed: true } });
    });

    it('nobody can tell him now: what is missing is named', async () => {
      const refused = await answer(id, 'notify', { outcome: 'told' });
      expect([refused.status, refused.body.type]).toEqual([409, 'urn:hejie:problem:refused']);
      expect(refused.body.detail).toContain('the affected person has not been told of it');
      expect(refused.body.allowed).toContain('forewarn');
    });

    it('she is reached first; then she is told that he will be, and her safety plan is looked at', async () => {
      expect((await city.case(id)).tasks.map(({ no }) => no)).not.toContain('forewarn-1');
      await answered(city, id, 'protect', { outcome: 'protected', safetyPlan: 'made' });
      const { owner } = await taskOf(city, id, 'forewarn');
      expect(owner).toBe('331003001001.village-women');
      // Whoever tells her may know who she is.
      const { body } = await city.get(`/v1/cases/${id}`, owner);
      const [dispute] = (body.case as { disputes: string[] }).disputes;
      const affected = await city.get(`/v1/disputes/${dispute}/affected`, owner);
      // And how she may safely be spoken to.
      expect(affected.body.people).toMatchObject([{ name: her.name, contact: herContact }]);
      for (const given of [{ outcome: 'told' }, { outcome: 'told', safetyPlan: 'not-wanted' }]) {
        const refused = await answer(id, 'forewarn', given);
        expect(refused.status).toBe(422);
        expect(refused.body.faults).toMatchObject([{ path: 'safetyPlan' }]);
      }
      expect(await answer(id, 'forewarn', { outcome: 'told', safetyPlan: 'changed' })).toMatchObject({ status: 200 });
    });

    it('two days are hers: not a minute before does anybody tell him', async () => {
      const clear = new Date(city.cloud.now() + 48 * hour).toISOString();
      expect(await notify(id)).toMatchObject({ begun: false, from: clear });
      await city.pass(48 * hour - 60_000);
      expect((await answer(id, 'notify', { outcome: 'told' })).status).toBe(409);
      await city.pass(2 * 60_000);
      const { begun, owner } = await notify(id);
      expect(begun).toBe(true);
      // Nor is he reached otherwise than he said.
      const { body } = await city.get(`/v1/cases/${id}`, owner);
      expect(body.people).toMatchObject([{ part: 'respondent', contact: hisContact }]);
      await answered(city, id, 'notify', { outcome: 'told' });
    });

    it('he reads it, and neither that it was put off, nor who she is', async () => {
      const seen = shown(await him(his.phone).GET('/cases/{id}', ofId(id)));
      expect(seen.notice?.length).toBeGreaterThan(0);
      const { actions } = shown(await him(his.phone).GET('/cases/{id}/history', ofId(id)));
      const all = JSON.stringify([seen, actions]);
      for (const hidden of [
        her.name,
        her.phone,
        her.address,
        herContact.reach,
        'deferral',
        'safety-of-the-affected',
        'forewarn',
        'safetyPlan',
      ]) {
        expect(all).not.toContain(hidden);
      }
    });
  });

  describe('and nobody tells her', () => {
    let id = '';
    const phone = '13800000003';

    it('at the end of thirty days a decision is demanded, which fires by nothing: it climbs, and he is not told', async () => {
      id = await decided(phone);
      await answered(city, id, 'second-deferral', agree);
      const { owner } = await notify(id);
      await city.pass(30 * day + 60_000);
      expect(await notify(id)).toMatchObject({ begun: true, owner });
      const refused = await answer(id, 'notify', { outcome: 'told' });
      expect([refused.status, refused.body.type]).toEqual([409, 'urn:hejie:problem:refused']);
      expect(refused.body.detail).toContain('the affected person has not been told');
      expect(refused.body.allowed).toEqual(['forewarn', 'deferred']);
      await city.pass(4 * day);
      expect((await notify(id)).owner).not.toBe(owner);
      expect(await city.case(id)).toMatchObject({ told: false });
      expect((await him(phone).GET('/cases/{id}', ofId(id))).response.status).toBe(403);
    });

    it('put off anew: on a ground of law, with a reason, for a month at most, and a second person is asked again', async () => {
      const path = async (body: object) => {
        const refused = await answer(id, 'notify', { outcome: 'deferred', ...body });
        expect(refused.status).toBe(422);
        return (refused.body.faults as { path: string }[])[0]?.path;
      };
      const ground = 'safety-of-the-affected';
      expect(await path({ note })).toBe('ground');
      expect(await path({ ground: 'convenience', note })).toBe('ground');
      expect(await path({ ground })).toBe('note');
      expect(await path({ ground, note, until: new Date(city.cloud.now() + 31 * day).toISOString() })).toBe('until');
      expect(await answer(id, 'notify', { outcome: 'deferred', ground, note })).toMatchObject({ status: 200 });
      expect(await city.case(id)).toMatchObject({ deferral: { ground, agreed: false } });
      expect((await notify(id)).begun).toBe(false);
      await answered(city, id, 'second-deferral', agree);
    });
  });

  it('without its second person in time the deferral is void: the notice is demanded at once, and still waits for her', async () => {
    const id = await decided('13800000004');
    await city.pass(4 * day);
    expect(await city.case(id)).toMatchObject({ deferral: null, told: false });
    expect((await city.case(id)).tasks.map(({ no }) => no)).not.toContain('second-deferral-1');
    expect(await notify(id)).toMatchObject({ begun: true });
    const { body } = await city.get(`/v1/cases/${id}/history?limit=100`, posts.reviewer);
    expect(body.actions).toContainEqual(expect.objectContaining({ kind: 'ended', task: 'second-deferral-1' }));
    expect((await answer(id, 'notify', { outcome: 'told' })).status).toBe(409);
  });

  it('where the second person disagrees it goes the normal way: she first, then he', async () => {
    const phone = '13800000005';
    const id = await decided(phone);
    await answered(city, id, 'second-deferral', { outcome: 'disagree', note: '双方已分居，可以告知。' });
    expect(await city.case(id)).toMatchObject({ deferral: null });
    expect((await answer(id, 'notify', { outcome: 'told' })).status).toBe(409);
    await answered(city, id, 'protect', { outcome: 'protected', safetyPlan: 'not-wanted' });
    await answered(city, id, 'forewarn', { outcome: 'told', safetyPlan: 'not-wanted' });
    expect((await answer(id, 'notify', { outcome: 'told' })).status).toBe(409);
    await city.pass(48 * hour);
    await answered(city, id, 'notify', { outcome: 'told' });
    expect(shown(await him(phone).GET('/cases/{id}', ofId(id))).case.told).toBe(true);
  });
});
