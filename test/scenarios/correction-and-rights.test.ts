import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { components } from '../../shared/client/index.ts';
import { CityOnOneMachine, personOf, posts } from '../support/city-on-one-machine.ts';
import { Village } from '../support/ordinary.ts';
import { answered, changes, commanded, day, hour, ofId, reason, shown, taskOf } from '../support/story.ts';

const cityDuty = '331000.city-duty';
const health = '331003.county-health';
const words = '事情不是那样，当天我没有持刀，有邻居可以作证。';
const note = '经核对接警记录与在场邻居陈述，原记录有误，予以更正。';
const stands = '经核对接警记录与在场邻居陈述，原记录无误，不予更正。';
const agent = { name: '钱律师', mandate: '2026年1月5日书面委托书' };
const notYours = [403, 'urn:hejie:problem:not-yours'];
const notPermitted = [403, 'urn:hejie:problem:not-permitted'];
const refused = [409, 'urn:hejie:problem:refused'];
const invalid = [422, 'urn:hejie:problem:invalid'];

const liu = { name: '刘大强', idNumber: '999999198503120018', phone: '13905760011' };
const mei = { name: '梅小兰', idNumber: '999999199007070028', phone: '13905760022', address: '橘乡大道乙贰号' };
const other = { person: 'other', idNumber: '999999197811230038' };

type Body = components['schemas']['RightsAsk'];

let city: CityOnOneMachine;
beforeAll(async () => {
  city = await CityOnOneMachine.open(inject('assembly'), '2026-01-05T09:00:00+08:00');
});
afterAll(async () => {
  await city.cloud.close();
});

const himself = (idNumber: string = liu.idNumber) => city.people.citizen({ person: 'liu', idNumber });
const herself = () => city.people.citizen({ person: 'mei', idNumber: mei.idNumber });
/** Also what no client would send. */
const ask = async (who: ReturnType<typeof himself>, id: string, body: object) => {
  const params = { path: { id }, header: { 'Idempotency-Key': city.key() } };
  const { data, error, response } = await who.POST('/matters/{id}/requests', {
    params,
    body: { words, ...body } as Body,
  });
  await city.cloud.settled();
  return { status: response.status, type: error?.type, data, error };
};
/** What those who called a channel safe were told of their requests. */
const heard = () =>
  new Village(city)
    .messages()
    .filter(({ text }) => text.includes('请求'))
    .map(({ text }) => (text.includes('已有答复') ? 'answered' : 'taken up'));
const recipients = async (who: ReturnType<typeof himself>, id: string) =>
  shown(await who.GET('/matters/{id}/recipients', ofId(id))).recipients;
const requests = async (who: ReturnType<typeof himself>, id: string) =>
  shown(await who.GET('/matters/{id}/requests', ofId(id))).requests;

/** A case about him, decided at a level; he was told, and she is safe. */
async function toldOf(more: object = {}, level: 'orange' | 'yellow' = 'orange') {
  const people = [{ role: 'respondent', ...liu }];
  const sent = await city.report({ people, ...more });
  await answered(city, sent.case, 'verify', { outcome: 'verified' });
  const events = ((await city.case(sent.case)).events as { id: string }[]).map((event) => event.id);
  await answered(city, sent.case, 'decide', { outcome: 'lower', level, reason, changes, events });
  await answered(city, sent.case, 'protect', { outcome: 'protected', safetyPlan: 'made' });
  await answered(city, sent.case, 'notify', { outcome: 'told' });
  return { ...sent, event: events[0] ?? '' };
}

/** A task of a dispute, as the reviewer sees it. */
async function taskIn(id: string, kind: string) {
  const { body } = await city.get(`/v1/disputes/${id}`, posts.reviewer);
  const { tasks } = body.dispute as { tasks: { no: string; taskId: string; owner: string; due: string }[] };
  const found = tasks.find(({ no }) => no.replace(/-\d+$/, '') === kind);
  if (!found) throw new Error(`no ${kind} among ${tasks.map(({ no }) => no).join(', ')}`);
  return found;
}
const reviewed = async (id: string, body: object, person: string) => {
  const { taskId, owner } = await taskOf(city, id, 'correction');
  expect(await city.act(taskId, 'answer', owner, body, person)).toMatchObject({ status: 200 });
};
const historyOf = async (id: string) => {
  const { body } = await city.get(`/v1/cases/${id}/history?limit=100`, posts.reviewer);
  return body.actions as { kind: string; task?: string; outcome?: string }[];
};

describe('what is written of an event is wrong', () => {
  let id = '';
  let event = '';
  let share = '';
  let dispute = '';

  it('whoever was told asks for a correction of what they read, and of nothing else', async () => {
    ({ case: id, event, dispute } = await toldOf());
    const shares = await commanded(city, `/v1/cases/${id}/shares`, posts.township, {
      ...{
        to: health,
        need: 'counselling',
        fields: ['events'],
        reason: '当事人同意接受心理疏导，须了解近期事件以便安排。',
      },
      until: new Date(city.cloud.now() + 20 * day).toISOString(),
    });
    share = String(shares.body.share);
    for (const body of [
      { right: 'correct' },
      { right: 'correct', what: 'facts' },
      { right: 'correct', what: 'facts', event: 'E-000000000000' },
      { right: 'correct', what: 'own-data', ownData: { name: '某' } },
      { right: 'copy', what: 'facts' },
      { right: 'erase' },
      { right: 'correct', what: 'facts', event, agent },
      { right: 'correct', what: 'role', ref: 'police/x.0' },
    ]) {
      const { status, type } = await ask(himself(), id, body);
      expect([status, type], JSON.stringify(body)).toEqual(invalid);
    }
    const stranger = city.people.citizen(other);
    const theirs = await ask(stranger, id, { right: 'correct', what: 'facts', event });
    expect([theirs.status, theirs.type]).toEqual(notPermitted);
    const { status, data } = await ask(himself(), id, { right: 'correct', what: 'facts', event });
    expect(status).toBe(201);
    expect(data?.answerBy).toBe(new Date(city.cloud.now() + 30 * day).toISOString());
    expect(await requests(himself(), id)).toMatchObject([{ about: 'correction', what: 'facts', event, outcome: null }]);
  });

  it('he reads who received something about him, once told; nobody else does', async () => {
    expect(await recipients(himself(), id)).toMatchObject([
      {
        ...{ to: health, how: 'shared', what: ['events'], on: '2026-01-05', until: '2026-01-25' },
        ...{ state: 'standing', cause: null, name: { zh: expect.any(String) } },
      },
    ]);
    const stranger = city.people.citizen(other);
    expect((await stranger.GET('/matters/{id}/recipients', ofId(id))).response.status).toBe(403);
    expect((await city.get(`/v1/matters/${id}/recipients`, posts.township)).status).toBe(403);
    // Of another, of whom he was not told: as if nothing were there.
    const untold = await city.report({ people: [{ role: 'respondent', name: '某某', idNumber: other.idNumber }] });
    expect((await stranger.GET('/matters/{id}/recipients', ofId(untold.case))).response.status).toBe(403);
  });

  it('a reviewer who took no part answers, with a reason; nobody else, and it is handed to nobody', async () => {
    const { taskId, owner } = await taskOf(city, id, 'correction');
    expect(owner).toBe(posts.reviewer);
    const corrected = { outcome: 'corrected', facts: ['threat_to_harm'], note };
    const acted = await city.act(taskId, 'answer', owner, corrected, personOf(posts.police));
    expect([acted.status, acted.body.type]).toEqual(notYours);
    const handed = await city.act(taskId, 'hand-off', owner, { to: posts.county, reason: '请县级办理。' });
    expect([handed.status, handed.body.type]).toEqual(refused);
    for (const body of [
      { outcome: 'corrected', facts: ['threat_to_harm'] },
      { outcome: 'corrected', note },
      { outcome: 'corrected', note, facts: ['threat_to_harm'], occurredAt: '2026-01-04T10:00:00+08:00' },
    ]) {
      const { status, body: told } = await city.act(taskId, 'answer', owner, body);
      expect([status, told.type], JSON.stringify(body)).toEqual(invalid);
    }
  });

  it('corrected, it is assessed and decided on anew, and every recipient is told', async () => {
    const before = (await historyOf(id)).filter(({ kind }) => kind === 'assessed').length;
    await answered(city, id, 'correction', { outcome: 'corrected', facts: ['threat_to_harm'], note });
    await city.cloud.settled();
    expect((await historyOf(id)).filter(({ kind }) => kind === 'assessed')).toHaveLength(before + 1);
    const { events, level, tasks } = await city.case(id);
    expect(events).toMatchObject([{ id: event, facts: [{ type: 'threat_to_harm' }] }]);
    expect(level).toMatchObject({ colour: 'orange' });
    expect(tasks.some(({ no }) => no.startsWith('decide-'))).toBe(true);
    const { body } = await city.get('/v1/recalls', health);
    expect(body.recalls).toMatchObject([{ to: health, cause: 'corrected' }]);
    const shows = await city.get(`/v1/shares/${share}`, health);
    expect(JSON.stringify(shows.body)).not.toContain('weapon_present');
    expect(await recipients(himself(), id)).toMatchObject([{ to: health, state: 'called-back', cause: 'corrected' }]);
    await city.act((body.recalls as { taskId: string }[])[0]?.taskId ?? '', 'answer', health, { outcome: 'destroyed' });
    expect(await recipients(himself(), id)).toMatchObject([{ to: health, state: 'standing', cause: null }]);
    expect(await requests(himself(), id)).toMatchObject([{ outcome: 'corrected', reason: note, answerBy: null }]);
  });

  it('refused, they read why and where else to go', async () => {
    await ask(himself(), id, { right: 'correct', what: 'date', event });
    // Whoever answered before took part.
    await reviewed(id, { outcome: 'refused', note: stands }, 'second-reviewer');
    const [, one] = await requests(himself(), id);
    expect(one).toMatchObject({ what: 'date', outcome: 'refused', reason: stands });
    expect(one?.routes.map(({ law }) => law)).toEqual(['个人信息保护法 50', '行政复议法 20']);
  });

  it('own data is corrected where the people are kept, and the case that rests on it is assessed anew', async () => {
    const assessed = async () => (await historyOf(id)).filter(({ kind }) => kind === 'assessed').length;
    const before = await assessed();
    const ownData = { ...liu, name: '刘大纲' };
    expect((await ask(himself(), dispute, { right: 'correct', what: 'own-data', ownData })).status).toBe(201);
    const { taskId, owner } = await taskIn(dispute, 'correction');
    const path = `/v1/tasks/${taskId}/fulfilment`;
    expect((await commanded(city, path, owner, { reason: note }, 'fourth-reviewer')).status).toBe(200);
    await city.cloud.settled();
    expect(await assessed()).toBe(before + 1);
    expect((await city.case(id)).level).toMatchObject({ colour: 'orange' });
    // The quarrel itself is over, and nobody works on it any more: he reads it himself.
    expect(shown(await himself().GET('/disputes/{id}', ofId(dispute))).people).toMatchObject([{ name: ownData.name }]);
  });

  it('it was over a year ago: the level rests on nothing any more and lapses, the safety plan stays', async () => {
    await ask(himself(), id, { right: 'correct', what: 'date', event });
    const { taskId, owner } = await taskOf(city, id, 'correction');
    const future = { outcome: 'corrected', occurredAt: new Date(city.cloud.now() + day).toISOString(), note };
    expect((await city.act(taskId, 'answer', owner, future)).status).toBe(422);
    await reviewed(id, { outcome: 'corrected', occurredAt: '2024-11-05T10:00:00+08:00', note }, 'third-reviewer');
    await city.cloud.settled();
    const { body } = await city.get(`/v1/cases/${id}`, posts.reviewer);
    expect(body.case).toMatchObject({ level: null, endsAs: 'lapsed', safetyPlan: true });
    expect((await city.case(id)).tasks.some(({ no }) => no.startsWith('safety-plan-'))).toBe(true);
  });
});

describe('it was not this person', () => {
  it('an agent asks through a post; nothing of it holds any more, and the level is gone in the same action', async () => {
    const feng = { name: '冯某', idNumber: '999999196602140058' };
    const { case: id } = await toldOf({ people: [{ role: 'respondent', ...feng }] });
    const path = `/v1/matters/${id}/requests`;
    const body = { right: 'correct', what: 'role', words, agent };
    const without = await commanded(city, path, posts.township, { ...body, agent: undefined });
    expect([without.status, without.type]).toEqual(invalid);
    expect((await commanded(city, path, '331002.county-centre', body)).status).toBe(403);
    expect((await commanded(city, path, posts.township, body)).status).toBe(201);
    await answered(city, id, 'correction', { outcome: 'corrected', note });
    await city.cloud.settled();
    const { body: read } = await city.get(`/v1/cases/${id}`, posts.reviewer);
    expect(read.case).toMatchObject({ level: null, endsAs: 'lapsed', safetyPlan: true });
    const feng1 = city.people.citizen({ person: 'feng', idNumber: feng.idNumber });
    expect(await requests(feng1, id)).toMatchObject([{ agent: true, what: 'role', outcome: 'corrected' }]);
  });
});

describe('one’s own data', () => {
  let dispute = '';
  const mild = {
    facts: [],
    people: [
      { role: 'complainant', ...mei },
      { role: 'respondent', ...liu },
    ],
  };
  const ownData = { ...mei, name: '梅晓岚', idNumber: '999999197505050063', phone: '13905760033' };
  const anew = () => city.people.citizen({ person: 'mei-anew', idNumber: ownData.idNumber });

  it('is corrected as the person asks: it lies sealed until somebody grants it', async () => {
    ({ dispute } = await city.report(mild));
    for (const body of [
      { right: 'correct', what: 'own-data' },
      { right: 'correct', what: 'facts', event: 'E-1' },
      { right: 'correct', what: 'own-data', ownData: { ...ownData, idNumber: '1' } },
    ]) {
      const { status, type, error } = await ask(herself(), dispute, body);
      expect([status, type], JSON.stringify(body)).toEqual(invalid);
      expect(JSON.stringify(error)).not.toContain(ownData.name);
    }
    expect((await ask(herself(), dispute, { right: 'correct', what: 'own-data', ownData })).status).toBe(201);
    for await (const item of city.cloud.scan()) {
      for (const one of [ownData.name, ownData.idNumber]) expect(JSON.stringify(item)).not.toContain(one);
    }
    expect((await anew().GET('/matters/{id}/requests', ofId(dispute))).response.status).toBe(403);
  });

  it('the respondent reads nothing of it, and whoever works on the dispute not what was written', async () => {
    expect((await himself().GET('/matters/{id}/requests', ofId(dispute))).response.status).toBe(403);
    expect((await city.get(`/v1/matters/${dispute}/requests`, posts.mediator)).status).toBe(403);
    const { body } = await city.get(`/v1/disputes/${dispute}/history?limit=100`, posts.mediator);
    expect(JSON.stringify(body)).not.toContain(words);
  });

  it('granted by the reviewer, it is as it should be, for those who see it, and found by the right number alone', async () => {
    const { taskId, owner } = await taskIn(dispute, 'correction');
    const plain = await city.act(taskId, 'answer', owner, { outcome: 'corrected', note });
    expect([plain.status, plain.body.type]).toEqual(refused);
    expect((await commanded(city, `/v1/tasks/${taskId}/fulfilment`, posts.mediator, { reason: note })).status).toBe(
      403,
    );
    const done = await commanded(city, `/v1/tasks/${taskId}/fulfilment`, owner, { reason: note });
    expect([done.status, done.body.completeOn]).toEqual([200, null]);
    const read = shown(await anew().GET('/disputes/{id}/affected', ofId(dispute)));
    expect(read.people).toMatchObject([ownData]);
    const { body } = await city.get(`/v1/disputes/${dispute}`, posts.mediator);
    expect(JSON.stringify(body)).toContain(ownData.name);
    expect(JSON.stringify(body)).not.toContain(mei.name);
    expect(shown(await herself().GET('/me/matters')).matters).toEqual([]);
    expect(await requests(anew(), dispute)).toMatchObject([{ what: 'own-data', outcome: 'corrected', reason: note }]);
  });

  it('copy, know, have explained: asked with a clock of its own, answered with a reason, and read by oneself', async () => {
    const contact = { channel: 'sms' as const, reach: ownData.phone, never: [] };
    const params = { path: { id: dispute }, header: { 'Idempotency-Key': city.key() } };
    shown(await anew().PUT('/disputes/{id}/contacts', { params, body: { contact } }));
    const { data } = await ask(anew(), dispute, { right: 'copy' });
    expect(data?.answerBy).toBe(new Date(city.cloud.now() + 30 * day).toISOString());
    const { taskId, owner, due } = await taskIn(dispute, 'rights-request');
    expect([owner, Date.parse(due) < Date.parse(data?.answerBy ?? '')]).toEqual([posts.reviewer, true]);
    expect((await city.act(taskId, 'answer', owner, { outcome: 'granted' })).status).toBe(422);
    expect((await city.act(taskId, 'answer', owner, { outcome: 'granted', note })).status).toBe(200);
    const [, one] = await requests(anew(), dispute);
    expect(one).toMatchObject({ about: 'right', right: 'copy', outcome: 'granted', reason: note, routes: [] });
    expect(one?.answeredBy).toMatchObject({ post: posts.reviewer });
    await city.cloud.settled();
    expect(heard()).toEqual(['answered']);
    const { matters } = shown(await anew().GET('/me/matters'));
    expect(matters[0]?.requests?.map(({ outcome }) => outcome)).toEqual(['corrected', 'granted']);
  });

  it('nobody waits for it: the clock stands still for nothing, climbs on its day, and ends after thirty days at the latest', async () => {
    const { data } = await ask(anew(), dispute, { right: 'restrict' });
    const end = Date.parse(data?.answerBy ?? '');
    const { taskId, owner, due } = await taskIn(dispute, 'rights-request');
    const until = new Date(end + day).toISOString();
    for (const [verb, body] of [
      ['pause', { waitingFor: 'court', note: '等待法院出具相关文书。' }],
      ['extend', { until, reason: '还需要更多的时间来逐一核对相关部门提供的记录。' }],
    ] as const) {
      const { status, body: told } = await city.act(taskId, verb, owner, body);
      expect([status, told.type]).toEqual(refused);
    }
    await city.act(taskId, 'acknowledge', owner, {});
    await city.cloud.settled();
    expect(heard()).toEqual(['answered', 'taken up']);
    await city.pass(Date.parse(due) + hour - city.cloud.now());
    const late = await taskIn(dispute, 'rights-request');
    expect(late.owner).toBe(cityDuty);
    expect(Date.parse(late.due)).toBeLessThanOrEqual(end);
    await city.pass(end + hour - city.cloud.now());
    const one = (await requests(anew(), dispute)).at(-1);
    expect(one).toMatchObject({ outcome: null, late: true });
    expect(one?.routes.map(({ law }) => law)).toEqual(['个人信息保护法 50', '行政复议法 20']);
    const answer = await city.act(late.taskId, 'answer', cityDuty, { outcome: 'granted', note });
    expect(answer.status).toBe(200);
    expect((await requests(anew(), dispute)).at(-1)).toMatchObject({ takenUpAt: expect.any(String) });
  });

  it('erased: refused with a reason and where to sue; held, not before the hold ends; then it is gone', async () => {
    await ask(anew(), dispute, { right: 'erase' });
    const first = await taskIn(dispute, 'rights-request');
    const plain = await city.act(first.taskId, 'answer', first.owner, { outcome: 'granted', note });
    expect([plain.status, plain.body.type]).toEqual(refused);
    await city.act(first.taskId, 'answer', first.owner, { outcome: 'refused', note: stands });
    expect((await requests(anew(), dispute)).at(-1)).toMatchObject({ outcome: 'refused', reason: stands });
    await ask(anew(), dispute, { right: 'erase' });
    const { taskId, owner } = await taskIn(dispute, 'rights-request');
    const until = new Date(city.cloud.now() + 20 * day).toISOString();
    const held = { until, reason: '当事人已提起诉讼，材料须保留至判决生效为止。' };
    expect((await commanded(city, `/v1/holds/${dispute}`, posts.reviewer, held)).status).toBe(201);
    const path = `/v1/tasks/${taskId}/fulfilment`;
    const early = await commanded(city, path, owner, { reason: note });
    expect([early.status, early.type]).toEqual([409, 'urn:hejie:problem:held']);
    const release = { reason: '双方已经撤诉，不再需要继续保全上述全部材料。' };
    expect((await commanded(city, `/v1/holds/${dispute}/release`, posts.reviewer, release)).status).toBe(201);
    const before = heard().length;
    const done = await commanded(city, path, owner, { reason: note });
    expect(done.status).toBe(200);
    await city.pass(day);
    // Nobody is left to write to.
    expect(heard()).toHaveLength(before);
    expect(Date.parse(String(done.body.completeOn)) - city.cloud.now()).toBe(34 * day);
    const { body } = await city.get(`/v1/disputes/${dispute}`, posts.mediator);
    expect(JSON.stringify(body)).not.toContain(ownData.name);
    expect(shown(await anew().GET('/me/matters')).matters).toEqual([]);
    for await (const item of city.cloud.scan()) {
      // What was proposed went with it.
      const isIts = item.pk === `D#${dispute}` && /^NOTE#.*-(own|address)$/.test(String(item.sk));
      if (isIts) expect(item).not.toHaveProperty('sealed');
    }
  });
});

describe('help without a dispute', () => {
  it('who asked for it has the same rights, also when it is over', async () => {
    const asking = { channel: 'grid', disputeType: 'none', facts: [], help: ['counselling'] };
    const { referral } = await city.report({ ...asking, people: [{ role: 'complainant', ...mei }] }, posts.mediator);
    const offering = '331003001.township-health';
    const declined = await city.act(`${referral}.offer-help-1`, 'answer', offering, { outcome: 'declined' });
    expect(declined.status).toBe(200);
    await city.cloud.settled();
    expect((await city.get(`/v1/referrals/${referral}`, posts.reviewer)).body.referral).toMatchObject({
      status: 'closed',
    });
    expect((await ask(herself(), referral, { right: 'know' })).status).toBe(201);
    const mine = await city.get('/v1/me/tasks?limit=100', posts.reviewer);
    const own = (mine.body.tasks as { taskId: string }[]).find(({ taskId }) => taskId.startsWith(referral));
    expect((await city.act(own?.taskId ?? '', 'answer', posts.reviewer, { outcome: 'granted', note })).status).toBe(
      200,
    );
    expect(await requests(herself(), referral)).toMatchObject([{ right: 'know', outcome: 'granted', reason: note }]);
    await city.cloud.settled();
    expect((await city.get(`/v1/referrals/${referral}`, posts.reviewer)).body.referral).toMatchObject({
      status: 'closed',
    });
  });
});
