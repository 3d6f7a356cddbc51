import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CityOnOneMachine, fact, posts } from '../support/city-on-one-machine.ts';
import {
  answered,
  atRest,
  changes,
  commanded,
  day,
  historyOf,
  hour,
  onDuty,
  quarrel,
  reason,
  talkedOver,
  taskOf,
  toPlan,
  toProposal,
} from '../support/story.ts';

const justice = '331003.county-justice';
const at = (text: string) => Date.parse(`${text}+08:00`);
const asked = { outcome: 'ask-reviewer', note: '没有新事件，但双方仍未和解，邻里担心，请独立复核人决定。' };
const why = '协议尚未履行完毕，受影响人仍不放心，再延一期并继续帮扶。';

const lapsesOf = async (city: CityOnOneMachine, id: string) =>
  Date.parse(((await city.case(id)).level as { lapses: string }).lapses);

describe('reviews and renewals', () => {
  let city: CityOnOneMachine;
  let red = '';
  let orange = '';
  // Thursday.
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-08T10:00:00+08:00');
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  const until = (text: string) => city.pass(at(text) - city.cloud.now());
  const refused = async (id: string, kind: string, body: object) => {
    const { taskId, owner } = await taskOf(city, id, kind);
    const { status, body: problem } = await city.act(taskId, 'answer', owner, body);
    return { status, type: problem.type };
  };
  const review = async (id: string) => {
    const { body } = await city.get(`/v1/cases/${id}`, posts.reviewer);
    const { tasks } = body.case as {
      tasks: { no: string; from: string; due: string; owner: string; begun: boolean }[];
    };
    const found = tasks.find(({ no }) => no.startsWith('review'));
    return { from: Date.parse(found?.from ?? ''), owner: found?.owner, begun: found?.begun };
  };

  /** It turned out not to be so: that ends the level, and with it the work. */
  const withdrawn = async (id: string) => {
    const [event] = (await city.case(id)).events as { id: string }[];
    const body = { event: event?.id, reason: '监控显示当日对方不在现场，复核后确认事件不属实。' };
    const done = await commanded(city, `/v1/cases/${id}/event-withdrawals`, posts.county, body);
    expect(done).toMatchObject({ status: 201, body: { lapsed: true } });
    await answered(city, id, 'lapse-review', { outcome: 'looked-at' });
  };
  it('a red is reviewed every calendar day, in the morning, first on Friday by the county', async () => {
    const sent = await toProposal(city);
    red = sent.case;
    await answered(city, red, 'decide', { outcome: 'confirm', reason, changes, events: [sent.event] });
    await answered(city, red, 'second', { outcome: 'agree' });
    expect(await review(red)).toEqual({ from: at('2026-01-09T08:30'), owner: posts.county, begun: false });
    await until('2026-01-09T09:00');
    await answered(city, red, 'review', { outcome: 'continue' });
    expect((await review(red)).from).toBe(at('2026-01-10T08:30'));
  });

  it('on Saturday it is offered to the post on duty; until that accepts the county stays accountable', async () => {
    await until('2026-01-10T08:00');
    await onDuty(city, justice, 8);
    await until('2026-01-10T08:31');
    const { taskId, owner } = await taskOf(city, red, 'review');
    expect(owner).toBe(posts.county);
    const told = city.said().filter((one) => one.taskId === taskId && one.at >= at('2026-01-10T08:30'));
    expect(told.map(({ kind, post }) => [kind, post])).toEqual([
      ['opened', posts.county],
      ['hand-off', justice],
    ]);
    expect((await city.act(taskId, 'answer', justice, { outcome: 'continue' })).status).toBe(403);
    expect(await city.act(taskId, 'accept', justice, {})).toMatchObject({ status: 200 });
    expect((await taskOf(city, red, 'review')).owner).toBe(justice);
    await answered(city, red, 'review', { outcome: 'continue' });
    // The next one is the county’s again.
    expect(await review(red)).toMatchObject({ from: at('2026-01-11T08:30'), owner: posts.county });
    expect((await city.case(red)).owner).toBe(posts.county);
  });

  it('on Sunday the county is on duty itself, and keeps it', async () => {
    await until('2026-01-11T08:00');
    await onDuty(city, posts.county, 8);
    await onDuty(city, justice, 8);
    await until('2026-01-11T08:31');
    const { taskId } = await taskOf(city, red, 'review');
    const told = city.said().filter((one) => one.taskId === taskId && one.at >= at('2026-01-11T08:30'));
    expect(told.map(({ kind, post }) => [kind, post])).toEqual([['opened', posts.county]]);
    await answered(city, red, 'review', { outcome: 'continue' });
    expect((await review(red)).from).toBe(at('2026-01-12T08:30'));
    await withdrawn(red);
  });

  it('an orange is reviewed every seven days, a yellow every thirty', async () => {
    ({ case: orange } = await toPlan(city, 'orange', quarrel(1)));
    const { case: yellow } = await toPlan(city, 'yellow', quarrel(2));
    const start = at('2026-01-11T08:30');
    expect((await review(orange)).from).toBe(start + 7 * day);
    expect((await review(yellow)).from).toBe(start + 30 * day);
    await withdrawn(yellow);
    await atRest(city, orange);
  });

  it('half of the level over, the township renews it once, on the same events', async () => {
    const end = await lapsesOf(city, orange);
    await until('2026-01-18T09:00');
    await answered(city, orange, 'review', { outcome: 'continue' });
    await until('2026-01-26T12:00');
    await answered(city, orange, 'review', { outcome: 'continue' });
    expect(await refused(orange, 'renew', asked)).toEqual({ status: 409, type: 'urn:hejie:problem:refused' });
    await answered(city, orange, 'renew', { outcome: 'renewed' });
    expect(await lapsesOf(city, orange)).toBe(end + 30 * day);
  });

  it('deciding again on the same events prolongs nothing', async () => {
    const end = await lapsesOf(city, orange);
    await city.pass(7 * day);
    await answered(city, orange, 'review', { outcome: 'reassess' });
    const { events } = await city.case(orange);
    const cited = (events as { id: string }[]).map(({ id }) => id);
    await answered(city, orange, 'decide', { outcome: 'lower', level: 'orange', reason, changes, events: cited });
    expect(await lapsesOf(city, orange)).toBeLessThanOrEqual(end);
    expect((await city.case(orange)).level).toMatchObject({ renewed: true });
    await talkedOver(city, orange);
  });

  it('another renewal needs the independent reviewer, whom the township asks with a reason', async () => {
    const end = await lapsesOf(city, orange);
    await city.pass(end - 14 * day - city.cloud.now());
    await answered(city, orange, 'review', { outcome: 'continue' });
    expect(await refused(orange, 'renew', { outcome: 'renewed' })).toMatchObject({ status: 409 });
    expect(await refused(orange, 'renew', { outcome: 'ask-reviewer' })).toMatchObject({ status: 422 });
    await answered(city, orange, 'renew', asked);
    const { owner } = await taskOf(city, orange, 'renewal-review');
    expect(owner).toBe(posts.reviewer);
    expect(await refused(orange, 'renewal-review', { outcome: 'renewed' })).toMatchObject({ status: 422 });
    await answered(city, orange, 'renewal-review', { outcome: 'renewed', note: why });
    expect(await lapsesOf(city, orange)).toBe(end + 30 * day);
  });

  it('or a newer event that was verified: then the level is decided anew, though what is proposed is what stands', async () => {
    const { case: id } = await toProposal(city, quarrel(3));
    const cited = async () => ((await city.case(id)).events as { id: string }[]).map((one) => one.id);
    await answered(city, id, 'decide', { outcome: 'confirm', reason, changes, events: await cited() });
    await answered(city, id, 'second', { outcome: 'agree' });
    const end = await lapsesOf(city, id);
    await city.pass(hour);
    await city.report({ ...quarrel(3), occurredAt: new Date(city.cloud.now()).toISOString() });
    await answered(city, id, 'verify', { outcome: 'verified' });
    expect(await city.case(id)).toMatchObject({ assessment: { proposal: 'red' }, level: { colour: 'red' } });
    await answered(city, id, 'decide', { outcome: 'confirm', reason, changes, events: await cited() });
    expect(await lapsesOf(city, id)).toBeGreaterThan(end);
    expect((await city.case(id)).level).toMatchObject({ renewed: false, awaitsSecondTo: 'centre' });
  });

  it('nothing lasts longer than a year after the last verified event, however it is decided', async () => {
    const happened = city.cloud.now() - 350 * day;
    const sent = await toProposal(city, { ...quarrel(4), occurredAt: new Date(happened).toISOString() });
    const lowered = { outcome: 'lower', level: 'orange', reason, changes, events: [sent.event] };
    await answered(city, sent.case, 'decide', lowered);
    expect(await lapsesOf(city, sent.case)).toBe(happened + 365 * day);
    expect(await refused(sent.case, 'renew', { outcome: 'renewed' })).toMatchObject({ status: 409 });
  });
});

describe('the same caller tells the same again in spring, and says of no evening when it was', () => {
  let city: CityOnOneMachine;
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-12T10:00:00+08:00');
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  const more = { ...quarrel(5), facts: [fact('threat_to_harm'), fact('physical_assault')] };
  let id = '';
  let evening = '';
  const decidedOn = async () => {
    const events = ((await city.case(id)).events as { id: string; state: string }[]).filter(
      ({ state }) => state === 'verified',
    );
    await answered(city, id, 'decide', {
      outcome: 'lower',
      level: 'yellow',
      reason,
      changes,
      events: events.map((one) => one.id),
    });
  };

  it('a yellow rests on that evening, and is renewed once', async () => {
    const sent = await toProposal(city, more);
    ({ case: id, event: evening } = sent);
    await answered(city, id, 'decide', { outcome: 'confirm', reason, changes, events: [evening] });
    expect(await city.case(id)).toMatchObject({ level: { colour: 'yellow' }, events: [{ occurredAt: null }] });
    await atRest(city, id);
    await city.pass(29 * day);
    await answered(city, id, 'review', { outcome: 'continue' });
    await city.pass(day);
    await answered(city, id, 'renew', { outcome: 'renewed' });
  });

  it('verified, and nobody says when, it is decided on and lasts no longer: the renewal stays used up', async () => {
    const end = await lapsesOf(city, id);
    expect(await city.report(more)).toMatchObject({ case: id });
    await answered(city, id, 'verify', { outcome: 'verified' });
    // Protection waits for no date: it counts, and an orange is proposed.
    expect(await city.case(id)).toMatchObject({ assessment: { proposal: 'orange' }, level: { colour: 'yellow' } });
    await decidedOn();
    expect((await city.case(id)).level).toMatchObject({ colour: 'yellow', renewed: true });
    expect(await lapsesOf(city, id)).toBeLessThanOrEqual(end);
    await talkedOver(city, id);
  });

  it('a third time whoever verifies it says that it is the same: it counts once, and nobody decides anew', async () => {
    const end = await lapsesOf(city, id);
    await city.report(more);
    const { taskId, owner } = await taskOf(city, id, 'verify');
    const wrong = await city.act(taskId, 'answer', owner, { outcome: 'verified', sameAs: 'E-none' });
    expect(wrong).toMatchObject({ status: 422, body: { faults: [{ path: 'sameAs', value: 'E-none' }] } });
    await answered(city, id, 'verify', { outcome: 'verified', sameAs: evening });
    const { events, tasks } = await city.case(id);
    expect(events).toMatchObject([{}, {}, { state: 'duplicate', sameAs: evening }]);
    expect(tasks.some(({ no }) => no.startsWith('decide-'))).toBe(false);
    expect(await lapsesOf(city, id)).toBe(end);
    const said = (await historyOf(city, id)).filter(({ task }) => task?.startsWith('verify-'));
    expect(said.at(-1)).toMatchObject({ sameAs: evening });
  });

  it('a fourth time they find that it was last night: that is newer, and begins the level anew', async () => {
    await city.pass(3 * day);
    const end = await lapsesOf(city, id);
    await city.report(more);
    const { taskId, owner } = await taskOf(city, id, 'verify');
    const lastNight = new Date(city.cloud.now() - 12 * hour).toISOString();
    const toCome = { outcome: 'verified', occurredAt: new Date(city.cloud.now() + day).toISOString() };
    const refusedFor = await city.act(taskId, 'answer', owner, toCome);
    expect(refusedFor).toMatchObject({ status: 422, body: { faults: [{ path: 'occurredAt' }] } });
    await answered(city, id, 'verify', { outcome: 'verified', occurredAt: lastNight });
    expect((await city.case(id)).events).toMatchObject([{}, {}, {}, { occurredAt: lastNight }]);
    await decidedOn();
    expect(await lapsesOf(city, id)).toBeGreaterThan(end);
    expect((await city.case(id)).level).toMatchObject({ renewed: false });
  });
});
