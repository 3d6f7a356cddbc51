/** Who has received something of a case is asked to destroy it when what it was needed for is over (S10). */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CityOnOneMachine, fact, posts } from '../support/city-on-one-machine.ts';
import { answered, commanded, day, hour, quarrel, talkedOver, taskOf, toPlan } from '../support/story.ts';

const health = '331003.county-health';
const justice = '331003001.township-justice';
const housing = '331003.county-housing';
const welfare = '331003.county-civil-affairs';
const cityDuty = '331000.city-duty';
const why = '当事人同意接受心理疏导，须了解近期事件以便安排。';

interface Recall {
  readonly taskId: string;
  readonly to: string;
  readonly owner: string;
  readonly cause: string;
  readonly received: readonly string[];
  readonly fields: readonly string[];
  readonly climbs: number;
}

let city: CityOnOneMachine;
beforeAll(async () => {
  city = await CityOnOneMachine.open(inject('assembly'), '2026-01-05T09:00:00+08:00');
});
afterAll(async () => {
  await city.cloud.close();
});

const share = (id: string, more: object = {}, post: string = posts.township) =>
  commanded(city, `/v1/cases/${id}/shares`, post, {
    ...{ to: health, need: 'counselling', fields: ['events', 'needs', 'parties'], reason: why },
    ...{ until: new Date(city.cloud.now() + 20 * day).toISOString(), ...more },
  });
const shared = async (id: string, more: object = {}) => String((await share(id, more)).body.share);
const opens = async (id: string, post: string = health) => (await city.get(`/v1/shares/${id}`, post)).status;
const recallsOf = async (post: string, area?: string) => {
  const { body } = await city.get(`/v1/recalls${area ? `?area=${area}` : ''}`, post);
  return (body.recalls ?? []) as Recall[];
};
const destroyed = async (post: string, outcome = 'destroyed') => {
  for (const { taskId } of await recallsOf(post)) {
    expect((await city.act(taskId, 'answer', post, { outcome })).status, post).toBe(200);
  }
};
const recipients = [health, justice, posts.county, posts.countyPolice, welfare] as const;

describe('a case of which others have received something', () => {
  let id = '';
  let event = '';
  let one = '';
  beforeAll(async () => {
    // It began with words: a department was asked about the dispute, before there was a case.
    const mild = { channel: 'grid', source: '网格', text: '为晾衣争吵。', facts: [fact('wants_mediation')] };
    const { dispute } = await city.report({ ...mild, ...quarrel(41) }, posts.mediator);
    const enquiry = { department: 'civil-affairs', question: 'known-dispute' };
    await commanded(city, `/v1/disputes/${dispute}/enquiries`, posts.mediator, enquiry);
    expect((await city.act(`${dispute}.enquiry-1`, 'answer', welfare, { outcome: 'no' })).status).toBe(200);
    const sent = await toPlan(city, 'orange', quarrel(41));
    expect(sent.dispute).toBe(dispute);
    id = sent.case;
    await talkedOver(city, id);
    const { events } = await city.case(id);
    event = (events as { id: string }[])[0]?.id ?? '';
  });

  it('only the accountable post shares it, only for help, only what the receiver may see, and until a day', async () => {
    for (const more of [
      { fields: ['level'] },
      { fields: ['affected'] },
      { need: 'investigation' },
      { reason: '需要了解情况。' },
      { reason: '便于稳控该人，请你单位掌握其全部情况并随时报告给我们。' },
      { to: posts.police },
      { to: posts.police, need: 'joint-visit', fields: ['needs'] },
      { to: posts.reviewer },
      { until: new Date(city.cloud.now() + 31 * day).toISOString() },
    ]) {
      const { status, type } = await share(id, more);
      expect({ status, type }, JSON.stringify(more)).toEqual({ status: 422, type: 'urn:hejie:problem:invalid' });
    }
    for (const post of [justice, posts.county, posts.police]) expect((await share(id, {}, post)).status).toBe(403);
    const made = await share(id);
    expect(made).toMatchObject({ status: 201, body: { repeated: false } });
    one = String(made.body.share);
    expect((await city.get(`/v1/cases/${id}`, posts.township)).body.case).toMatchObject({
      shared: [{ to: health, need: 'counselling', fields: ['events', 'needs', 'parties'] }],
    });
  });

  it('the receiving post sees those fields, and nobody else opens the view', async () => {
    const { status, body } = await city.get(`/v1/shares/${one}`, health);
    expect(status).toBe(200);
    expect(body).toMatchObject({ share: { need: 'counselling' }, case: { events: [{ state: 'verified' }] } });
    expect(JSON.stringify(body)).toContain('刘41');
    expect(JSON.stringify(body)).not.toMatch(/orange|"assessment"|"level":|address/);
    for (const post of [posts.county, posts.police, justice, posts.township, posts.reviewer]) {
      expect(await opens(one, post), post).toBe(403);
    }
    expect((await city.get(`/v1/cases/${id}`, health)).status).toBe(403);
    expect(await opens(`${id}.share-1`)).toBe(404);
  });

  it('that it was opened, and that others tried, stands in the audit', async () => {
    const { body } = await city.get(`/v1/cases/${id}/audit`, posts.reviewer);
    const accesses = body.accesses as { operation: string; post: string; outcome: string }[];
    const looks = accesses.filter(({ operation }) => operation === 'read-share');
    expect(looks).toContainEqual(expect.objectContaining({ post: health, outcome: 'shown' }));
    expect(looks).toContainEqual(expect.objectContaining({ post: posts.police, outcome: 'denied' }));
  });

  it('on its last moment a share is shut, and what was kept of it is asked for', async () => {
    const short = await shared(id, {
      ...{ to: housing, need: 'joint-visit', fields: ['visit', 'parties'] },
      until: new Date(city.cloud.now() + hour).toISOString(),
    });
    expect(await opens(short, housing)).toBe(200);
    expect(await recallsOf(housing)).toEqual([]);
    await city.pass(hour + 1000);
    expect(await opens(short, housing)).toBe(404);
    expect(await recallsOf(housing)).toMatchObject([{ to: housing, cause: 'over', received: ['shared'] }]);
    await destroyed(housing);
    expect(await recallsOf(housing)).toEqual([]);
  });

  it('who took a measure up that moved on has what they read; while the level goes on nobody is asked', async () => {
    const due = new Date(city.cloud.now() + 25 * day).toISOString();
    await answered(city, id, 'plan', { outcome: 'planned', measures: [{ kind: 'people-mediation', due }] });
    const { taskId, owner } = await taskOf(city, id, 'measure');
    expect(owner).toBe(justice);
    await city.act(taskId, 'acknowledge', justice, {});
    await city.act(taskId, 'hand-off', justice, { to: posts.mediator });
    expect((await city.act(taskId, 'accept', posts.mediator, {})).status).toBe(200);
    for (const post of recipients) expect(await recallsOf(post), post).toEqual([]);
  });

  it('a correction tells every recipient to destroy and read anew: the shared view shows what is right', async () => {
    const asked = await commanded(city, `/v1/matters/${id}/requests`, posts.township, {
      ...{ right: 'correct', what: 'facts', event, words: '当日并未持刀，邻居已经承认看错。' },
      agent: { name: '陈律师', mandate: '当事人委托书，2026年1月5日。' },
    });
    expect(asked.status, JSON.stringify(asked.body)).toBe(201);
    await answered(city, id, 'correction', {
      ...{ outcome: 'corrected', facts: ['threat_to_kill'] },
      note: '现场录像证实当日无人持刀，事实据此更正。',
    });
    for (const post of recipients) {
      expect(await recallsOf(post), post).toMatchObject([{ to: post, owner: post, cause: 'corrected' }]);
    }
    // What it was asked through stands in the log of the dispute, and opens nothing of that.
    expect(await recallsOf(welfare)).toMatchObject([{ received: ['asked'], fields: ['sides'] }]);
    const { status, body } = await city.get(`/v1/shares/${one}`, health);
    expect(status).toBe(200);
    expect(JSON.stringify(body)).toContain('threat_to_kill');
    expect(JSON.stringify(body)).not.toContain('weapon_present');
  });

  it('what is asked names nobody; nobody answers in another’s place, and it is handed on to nobody', async () => {
    const [recall] = await recallsOf(justice);
    expect(recall).toMatchObject({ received: ['worked'], fields: ['events', 'parties', 'address'] });
    expect(JSON.stringify(await recallsOf(health))).not.toMatch(/刘41|王41|orange|threat/);
    const taskId = recall?.taskId ?? '';
    expect((await city.act(taskId, 'answer', health, { outcome: 'destroyed' })).status).toBe(403);
    expect(await city.act(taskId, 'hand-off', justice, { to: posts.mediator })).toMatchObject({
      status: 409,
      body: { type: 'urn:hejie:problem:refused' },
    });
    expect((await city.act(taskId, 'answer', justice, { outcome: 'destroyed', note: '刘41' })).status).toBe(422);
    // It opens nothing of the case to them.
    expect((await city.get(`/v1/cases/${id}`, health)).status).toBe(403);
    await destroyed(justice, 'nothing-held');
    await destroyed(health);
    await destroyed(posts.county);
    expect(await recallsOf(justice)).toEqual([]);
    expect(await opens(one)).toBe(200);
  });

  it('the level ends: in that very action the view is shut, for whoever had it open too', async () => {
    const before = await city.get(`/v1/shares/${one}`, health);
    expect(before.status).toBe(200);
    const ended = await commanded(city, `/v1/cases/${id}/event-withdrawals`, posts.township, {
      event,
      reason: '监控显示当日对方不在现场，民警复核后确认事件不属实。',
    });
    expect(ended, JSON.stringify(ended.body)).toMatchObject({ status: 201, body: { lapsed: true } });
    expect(await opens(one)).toBe(404);
    expect(await recallsOf(health)).toMatchObject([{ to: health, cause: 'level-ended', received: ['shared'] }]);
    // Who had not answered yet is asked once, for all of it.
    expect(await recallsOf(posts.countyPolice)).toMatchObject([{ cause: 'level-ended', received: ['talked'] }]);
    expect(await recallsOf(justice)).toEqual([]);
    // The dispute does not go on without the case.
    expect(await recallsOf(welfare)).toMatchObject([{ cause: 'not-needed', received: ['asked'] }]);
    // They were never told that there was a level, nor are now.
    expect(JSON.stringify(await recallsOf(welfare))).not.toMatch(/level|等级/);
    await destroyed(welfare);
  });

  it('who coordinates and the reviewer see who has not confirmed; nobody else does', async () => {
    for (const post of [posts.county, posts.township, posts.reviewer]) {
      const listed = await recallsOf(post, '331003001');
      expect(listed.map(({ to }) => to).sort(), post).toEqual([posts.countyPolice, health].sort());
    }
    for (const post of [justice, posts.police, posts.mediator, posts.auditor]) {
      expect((await city.get('/v1/recalls?area=331003001', post)).status, post).toBe(403);
    }
  });

  it('unconfirmed it is reminded, warned, and climbs', async () => {
    await destroyed(health);
    await city.pass(2 * day);
    const [late] = await recallsOf(posts.reviewer, '331003001');
    expect(late).toMatchObject({ to: posts.countyPolice, owner: cityDuty, climbs: 1 });
    const told = city.said().filter(({ taskId }) => taskId === late?.taskId);
    expect(told.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['opened', 'reminder', 'warning', 'escalated']),
    );
    await destroyed(cityDuty);
    expect(await recallsOf(posts.reviewer, '331003001')).toEqual([]);
  });
});

describe('a dispute about which a department was asked and the police were told', () => {
  let id = '';
  let ref = '';
  beforeAll(async () => {
    const report = {
      channel: 'grid',
      source: '网格',
      text: '为晾衣争吵，言语激烈。',
      facts: [fact('wants_mediation')],
    };
    ({ dispute: id } = await city.report({ ...report, ...quarrel(42) }, posts.mediator));
    const { body } = await city.get(`/v1/disputes/${id}`, posts.mediator);
    ref = (body.people as { part: string; ref: string }[]).find(({ part }) => part === 'respondent')?.ref ?? '';
    const enquiry = { department: 'housing', question: 'known-dispute' };
    await commanded(city, `/v1/disputes/${id}/enquiries`, posts.mediator, enquiry);
    expect((await city.act(`${id}.enquiry-1`, 'answer', housing, { outcome: 'no' })).status).toBe(200);
    const steps = '已将双方劝离，刀具由家属收好，安排分开调解。';
    const told = { ground: 'may-turn-violent', facts: ['weapon_access'], steps };
    await commanded(city, `/v1/disputes/${id}/police-notices`, posts.mediator, told);
    await city.act(`${id}.police-notice-1`, 'answer', posts.police, { outcome: 'received' });
    await city.act(`${id}.settle-1`, 'answer', posts.mediator, { outcome: 'settled' });
    await city.pass(hour);
  });
  const seen = async () => (await city.get(`/v1/disputes/${id}`, posts.mediator)).body.dispute;

  it('is over, and nobody is asked for anything', async () => {
    expect(await seen()).toMatchObject({ status: 'closed', phase: 'closed' });
    for (const post of [housing, posts.police]) expect(await recallsOf(post), post).toEqual([]);
  });

  it('somebody in it is erased: both destroy what they have, and that opens the dispute to nobody again', async () => {
    const erased = await commanded(city, `/v1/disputes/${id}/erasures`, posts.administrator, {
      ref,
      ground: 'request',
    });
    expect(erased.status, JSON.stringify(erased.body)).toBe(200);
    expect(await recallsOf(housing)).toMatchObject([
      { to: housing, cause: 'erased', received: ['asked'], fields: ['sides'] },
    ]);
    expect(await recallsOf(posts.police)).toMatchObject([
      { to: posts.police, cause: 'erased', received: ['notified'] },
    ]);
    expect(await seen()).toMatchObject({ status: 'open', phase: 'closed' });
    expect(await seen()).not.toHaveProperty('tasks');
    for (const post of [housing, posts.police]) {
      expect(JSON.stringify((await city.get(`/v1/disputes/${id}`, post)).body), post).not.toMatch(/王42|刘42/);
    }
    expect(JSON.stringify((await city.get(`/v1/disputes/${id}/history`, posts.mediator)).body)).not.toContain(
      'destroy',
    );
  });

  it('when they have said so it is closed again, as it was', async () => {
    await destroyed(housing, 'nothing-held');
    expect(await seen()).toMatchObject({ status: 'open' });
    await destroyed(posts.police);
    await city.pass(hour);
    expect(await seen()).toMatchObject({ status: 'closed', outcomes: ['settle-1:settled'] });
  });
});
