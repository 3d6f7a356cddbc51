import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CityOnOneMachine, fact, posts } from '../support/city-on-one-machine.ts';
import { answered, changes, commanded, day, hour, reason, taskOf } from '../support/story.ts';

const gridOfficer = '331003001001001.grid-officer';
const health = '331003.county-health';
const women = '331003.county-women';
const wang = { role: 'complainant', name: '王小花', phone: '13800000001' };
const liu = { role: 'respondent', name: '刘大强', phone: '13800000002' };

describe('new reports while a case is open', () => {
  let city: CityOnOneMachine;
  let id = '';
  let dispute = '';
  /** Of the other side. */
  let theirs = '';
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-05T09:00:00+08:00');
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  type Event = { id: string; state: string; occurredAt: string | null; facts: { type: string }[] };
  const eventsOf = async (of = id) => (await city.case(of)).events as Event[];
  const historyOf = async (of = id) => {
    const { body } = await city.get(`/v1/cases/${of}/history?limit=100`, posts.reviewer);
    return body.actions as { n: number; kind: string; task?: string; proposal?: string; points?: number }[];
  };
  const pointsOf = async () => (await historyOf()).findLast(({ kind }) => kind === 'assessed')?.points;
  const decided = async (of: string, level: string) => {
    const events = (await eventsOf(of)).filter(({ state }) => state === 'verified').map((one) => one.id);
    await answered(city, of, 'decide', { outcome: 'confirm', reason, changes, events });
    expect((await city.case(of)).level).toMatchObject({ colour: level });
  };
  const dueOf = async (no: string, of = id) => {
    const { body } = await city.get(`/v1/cases/${of}`, posts.reviewer);
    const { tasks } = body.case as { tasks: { no: string; due: string; owner: string; acknowledgedBy?: string }[] };
    return Date.parse(tasks.find((one) => one.no === no)?.due ?? '');
  };

  it('Monday: a quarrel with blows is yellow; the village plans a mediation and a visit, and begins', async () => {
    const facts = [fact('threat_to_harm'), fact('physical_assault')];
    ({ case: id, dispute } = await city.report({ facts, occurredAt: '2026-01-04T20:00:00+08:00' }));
    await answered(city, id, 'verify', { outcome: 'verified' });
    await decided(id, 'yellow');
    await answered(city, id, 'protect', { outcome: 'protected', safetyPlan: 'not-wanted' });
    const measures = [{ kind: 'people-mediation' }, { kind: 'joint-visit' }];
    await answered(city, id, 'plan', { outcome: 'planned', measures });
    expect(await city.case(id)).toMatchObject({ owner: posts.mediator, level: { colour: 'yellow' } });
    const { taskId, owner } = await taskOf(city, id, 'measure');
    expect(owner).toBe(posts.mediator);
    expect(await city.act(taskId, 'acknowledge', owner, {})).toMatchObject({ status: 200 });
  });

  it('Tuesday: the same people, now with a knife: it attaches to the case and is verified first', async () => {
    await city.pass(day);
    const sent = await city.report({ occurredAt: '2026-01-06T08:00:00+08:00' });
    expect(sent).toMatchObject({ case: id, dispute });
    expect(await eventsOf()).toMatchObject([{ state: 'verified' }, { state: 'unverified' }]);
    // Told is not verified: nothing is proposed yet, and nothing changes.
    expect(await city.case(id)).toMatchObject({ assessment: { proposal: 'yellow' }, level: { colour: 'yellow' } });
  });

  it('verified it is assessed again: red is proposed, and people decide; until then the level is what it was', async () => {
    await answered(city, id, 'verify', { outcome: 'verified' });
    expect(await city.case(id)).toMatchObject({ assessment: { proposal: 'red' }, level: { colour: 'yellow' } });
    expect(await taskOf(city, id, 'decide')).toMatchObject({ owner: posts.county });
  });

  it('confirmed, the county is accountable; what the village is doing goes on, with the earlier ends of a red', async () => {
    const before = await dueOf('measure-1');
    const opened = city.cloud.now();
    await decided(id, 'red');
    expect(await city.case(id)).toMatchObject({ owner: posts.county, status: 'carrying-out' });
    const measure = await taskOf(city, id, 'measure');
    expect(measure).toMatchObject({ no: 'measure-1', owner: posts.mediator });
    expect(measure).toMatchObject({ acknowledgedAt: expect.any(String) });
    expect(before).toBeGreaterThan(opened + 3 * day);
    expect(await dueOf('measure-1')).toBe(city.cloud.now() + 3 * day);
    // Whoever is doing it is told.
    const told = city.said().filter(({ taskId, kind }) => taskId === `${id}.measure-1` && kind === 'tightened');
    expect(told).toMatchObject([{ post: posts.mediator }]);
  });

  it('review and renewal are the county’s, by the clocks of a red, and the plan is to be looked at again', async () => {
    for (const kind of ['review', 'renew', 'plan']) expect((await taskOf(city, id, kind)).owner).toBe(posts.county);
    expect(await dueOf('plan-2')).toBe(city.cloud.now() + day);
    // The cap is another: a yellow holds three.
    const held = await city.get(`/v1/cases/${id}/plan-proposal`, posts.county);
    expect(held.body).toMatchObject({ most: 8 });
    await answered(city, id, 'plan', {
      outcome: 'planned',
      measures: [{ kind: 'counselling' }, { kind: 'legal-aid' }],
    });
    const owners = (await city.case(id)).tasks.filter(({ no }) => no.startsWith('measure')).map(({ no }) => no);
    // Help is not shown beside them: the health post has it.
    expect(owners).toEqual(['measure-1', 'measure-2', 'measure-4']);
    const { body } = await city.get(`/v1/posts/${health}/tasks`, health);
    expect(body.tasks).toMatchObject([{ taskId: `${id}.measure-3` }]);
  });

  it('the same reporter tells of the same evening again, twice: attached, and counted once', async () => {
    const points = await pointsOf();
    const count = (await eventsOf()).length;
    const again = { occurredAt: '2026-01-06T08:00:00+08:00' };
    expect(await city.report(again)).toMatchObject({ case: id, dispute });
    // Through another channel it is the same reporter still, and corroborates nothing.
    expect(await city.report({ ...again, channel: 'grid' }, gridOfficer)).toMatchObject({ case: id });
    expect(await eventsOf()).toHaveLength(count);
    expect(await pointsOf()).toBe(points);
    expect((await city.case(id)).tasks.map(({ no }) => no)).not.toContain('verify-3');
    const reports = (await historyOf()).filter(({ kind }) => kind === 'reported');
    expect(reports).toHaveLength(4);
  });

  it('who tells it stands in no action, not even by a hash of its own', async () => {
    const written: string[] = [];
    for await (const { pk, action } of city.cloud.scan()) if (pk === `C#${id}`) written.push(JSON.stringify(action));
    expect(written.length).toBeGreaterThan(10);
    expect(written.join('\n')).not.toMatch(/派出所|13800000001|王小花/);
    const ids = (await eventsOf()).map((one) => one.id);
    expect(new Set(ids).size).toBe(2);
    for (const event of ids) expect(event).toMatch(/^E-[0-9a-z]{12}$/);
  });

  it('what they add is looked at by itself; what somebody else saw is another event and corroborates', async () => {
    const occurredAt = '2026-01-06T08:00:00+08:00';
    const facts = [fact('threat_to_kill'), fact('weapon_present'), fact('injury')];
    await city.report({ occurredAt, facts });
    const added = (await eventsOf()).find(({ state }) => state === 'unverified');
    expect(added).toMatchObject({ facts: [{ type: 'injury' }] });
    const points = (await pointsOf()) ?? 0;
    const seen = await city.report({ channel: 'grid', source: '网格员', occurredAt }, gridOfficer);
    expect(seen.case).toBe(id);
    expect(await eventsOf()).toHaveLength(4);
    const verify = (await city.case(id)).tasks.filter(({ no }) => no.startsWith('verify'));
    for (const { taskId, owner } of verify) await city.act(taskId, 'answer', owner, { outcome: 'verified' });
    await city.cloud.settled();
    expect(await pointsOf()).toBeGreaterThan(points);
  });

  it('told once more without a date, whoever confirms it says of which evening it is: it counts once, and nobody verifies it', async () => {
    const points = await pointsOf();
    const [, evening] = await eventsOf();
    await city.report({ channel: 'resident', source: '邻居', facts: [fact('weapon_present')] }, posts.township);
    await answered(city, id, 'confirm-facts', { outcome: 'confirmed', sameAs: evening?.id });
    expect((await eventsOf()).at(-1)).toMatchObject({ state: 'duplicate', sameAs: evening?.id, occurredAt: null });
    expect((await city.case(id)).tasks.map(({ no }) => no).filter((no) => /^(verify|confirm-facts)-/.test(no))).toEqual(
      [],
    );
    expect(await pointsOf()).toBe(points);
    expect((await historyOf()).findLast(({ task }) => task?.startsWith('confirm-facts'))).toMatchObject({
      sameAs: evening?.id,
    });
  });

  it('a mutual fight: the other side reports in turn, two cases hang on one dispute', async () => {
    const people = [
      { ...liu, role: 'complainant' },
      { ...wang, role: 'respondent' },
      { role: 'affected', name: '刘小妹', phone: '13800000003' },
    ];
    const other = await city.report({ people, occurredAt: '2026-01-06T07:00:00+08:00', text: '对方先动手' });
    theirs = other.case;
    expect(other.dispute).toBe(dispute);
    expect(other.case).not.toBe(id);
    for (const one of [id, other.case]) expect((await city.case(one)).disputes).toEqual([dispute]);
    // Neither case has an event of the other, nor what it says.
    const mine = (await eventsOf()).map((one) => one.id);
    const told = (await eventsOf(other.case)).map((one) => one.id);
    expect(told).toHaveLength(1);
    expect(mine.filter((one) => told.includes(one))).toEqual([]);
    expect((await city.case(other.case)).level ?? null).toBeNull();
  });

  it('and nobody is affected for being on the other side, only who was reported as such', async () => {
    const { status, body } = await city.get(`/v1/disputes/${dispute}/affected`, women);
    expect(status).toBe(200);
    expect((body.people as { name: string }[]).map(({ name }) => name)).toEqual(['刘小妹']);
    const { people } = (await city.get(`/v1/cases/${id}`, posts.county)).body as { people: { part: string }[] };
    expect(new Set(people.map(({ part }) => part))).toEqual(new Set(['complainant', 'respondent']));
    expect(JSON.stringify(people)).not.toContain('刘小妹');
  });

  it('what ends for one ends for nobody else: withdrawn, the one level lapses, and the other goes on', async () => {
    await answered(city, theirs, 'verify', { outcome: 'verified' });
    const [event] = await eventsOf(theirs);
    const lower = { outcome: 'lower', level: 'yellow', reason, changes, events: [event?.id] };
    await answered(city, theirs, 'decide', lower);
    const before = await city.case(theirs);
    const body = (one: string) => ({ event: one, reason: '监控显示当日双方并未见面，复核后确认事件不属实。' });
    for (const { id: one, state } of await eventsOf()) {
      if (state !== 'verified') continue;
      expect((await commanded(city, `/v1/cases/${id}/event-withdrawals`, posts.county, body(one))).status).toBe(201);
    }
    // What was told again of an evening that does not hold is not lost with it: somebody looks at it by itself.
    const { level = null, endsAs } = await city.case(id);
    expect({ level, endsAs }).toEqual({ level: null, endsAs: null });
    await answered(city, id, 'verify', { outcome: 'unfounded' });
    expect(await city.case(id)).toMatchObject({ level: null, endsAs: 'unfounded', disputes: [dispute] });
    expect(await city.case(theirs)).toMatchObject({ level: before.level, disputes: [dispute] });
    expect((await city.case(theirs)).tasks.map(({ no }) => no)).toEqual(before.tasks.map(({ no }) => no));
  });

  it('nothing is resolved over what was verified since and nobody has decided on', async () => {
    await answered(city, theirs, 'protect', { outcome: 'protected', safetyPlan: 'not-wanted' });
    await answered(city, theirs, 'plan', { outcome: 'planned', measures: [{ kind: 'joint-visit' }] });
    await answered(city, theirs, 'measure', { outcome: 'done' });
    const people = [
      { ...liu, role: 'complainant' },
      { ...wang, role: 'respondent' },
    ];
    expect(await city.report({ people, text: '又在门口持刀相向' })).toMatchObject({ case: theirs });
    const occurredAt = new Date(city.cloud.now() - hour).toISOString();
    await answered(city, theirs, 'verify', { outcome: 'verified', occurredAt });
    expect((await eventsOf(theirs)).at(-1)).toMatchObject({ occurredAt });
    const { taskId, owner } = await taskOf(city, theirs, 'resolve');
    const { status, body } = await city.act(taskId, 'answer', owner, { outcome: 'resolved' });
    expect({ status, body }).toMatchObject({ status: 409, body: { allowed: ['decide', 'not-yet'] } });
    const events = (await eventsOf(theirs)).map((one) => one.id);
    await answered(city, theirs, 'decide', { outcome: 'lower', level: 'yellow', reason, changes, events });
    await answered(city, theirs, 'resolve', { outcome: 'resolved' });
    expect(await city.case(theirs)).toMatchObject({ status: 'resolved' });
  });

  it('an evening that is still to come has not happened', async () => {
    const occurredAt = new Date(city.cloud.now() + day).toISOString();
    await expect(city.report({ occurredAt })).rejects.toThrow(/"status":422.*"path":"occurredAt"/);
  });
});
