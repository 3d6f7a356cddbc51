import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CityOnOneMachine, grid, posts } from '../support/city-on-one-machine.ts';
import { commanded, day, hour, minute, quarrel } from '../support/story.ts';

const gridOfficer = `${grid}.grid-officer`;
const cityDuty = '331000.city-duty';
const justice = '331003.county-justice';

const local = (at: number): string => new Date(at + 8 * hour).toISOString().slice(0, 16).replace('T', ' ');
const at = (text: string) => Date.parse(`${text}+08:00`);

interface Task {
  readonly taskId: string;
  readonly due: string;
  readonly actBy: string | null;
  readonly actedAt: string | null;
  readonly paused: object | null;
  readonly extensions: number;
}

describe('one task that nobody takes, from the grid to the city', () => {
  let city: CityOnOneMachine;
  let round = '';
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2025-09-26T08:00:00+08:00');
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  it('Friday 26 September 2025: a round is planned for the same day, and the grid officer does not go', async () => {
    const body = { area: grid, day: '2025-09-26', places: ['桔乡市场东门'] };
    const made = await commanded(city, '/v1/rounds', posts.mediator, body);
    expect(made.status).toBe(201);
    round = String(made.body.id);
    await city.pass(15 * day);
  });

  it('each tier is reminded, its supervisor warned, and it climbs: over a Saturday, a Sunday of work and eight days of holiday', () => {
    const ladder = city
      .said()
      .filter(({ taskId }) => taskId === `${round}.round-1`)
      .map(({ kind, post, at: when }) => [local(when), kind, post]);
    expect(ladder).toEqual([
      ['2025-09-26 08:30', 'opened', gridOfficer],
      ['2025-09-26 13:00', 'reminder', gridOfficer],
      ['2025-09-26 15:42', 'warning', posts.mediator],
      ['2025-09-26 17:30', 'escalated', posts.mediator],
      // Saturday is free, Sunday the 28th is worked for the holiday to come.
      ['2025-09-28 13:00', 'reminder', posts.mediator],
      ['2025-09-28 15:42', 'warning', posts.township],
      ['2025-09-28 17:30', 'escalated', posts.township],
      ['2025-09-29 13:00', 'reminder', posts.township],
      ['2025-09-29 15:42', 'warning', posts.county],
      ['2025-09-29 17:30', 'escalated', posts.county],
      ['2025-09-30 13:00', 'reminder', posts.county],
      ['2025-09-30 15:42', 'warning', cityDuty],
      ['2025-09-30 17:30', 'escalated', cityDuty],
      // National Day, 1 to 8 October.
      ['2025-10-09 13:00', 'reminder', cityDuty],
      ['2025-10-09 15:42', 'warning', cityDuty],
      ['2025-10-09 17:30', 'escalated', cityDuty],
      ['2025-10-10 13:00', 'reminder', cityDuty],
      ['2025-10-10 15:42', 'warning', cityDuty],
      ['2025-10-10 17:30', 'escalated', cityDuty],
    ]);
  });

  it('every message has an id of its own', () => {
    const { NoticesTopicArn } = city.cloud.outputs;
    const notices = city.cloud.outbox(0).filter(({ topicArn }) => topicArn === NoticesTopicArn);
    const ids = notices.map(({ attributes }) => attributes.id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('the three waits of a quarrel, and its clocks', () => {
  let city: CityOnOneMachine;
  let dispute = '';
  const settle = () => `${dispute}.settle-1`;
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-12T09:00:00+08:00');
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  const act = (verb: string, body: object, post: string = posts.mediator, taskId = settle()) =>
    commanded(city, `/v1/tasks/${taskId}/${verb}`, post, body);
  const task = async (taskId = settle()): Promise<Task> => {
    const { body } = await city.get(`/v1/disputes/${dispute}`, posts.mediator);
    const { tasks } = body.dispute as { tasks: Task[] };
    const found = tasks.find((one) => one.taskId === taskId);
    if (!found) throw new Error(`no ${taskId}`);
    return found;
  };
  const heard = (kind: string, taskId = settle()) =>
    city
      .said()
      .filter((said) => said.taskId === taskId && said.kind === kind)
      .map(({ post, at: when }) => [local(when), post]);
  const history = async (post: string) => {
    const { body } = await city.get(`/v1/disputes/${dispute}/history?limit=100`, post);
    return body.actions as Record<string, unknown>[];
  };

  it('Monday 9:00: told on Saturday of something that happened in December; its clocks count from receipt', async () => {
    const told = { occurredAt: '2025-12-20T18:00:00+08:00', reportedAt: '2026-01-10T11:00:00+08:00' };
    const more = { channel: 'grid', facts: [], text: '两户因滴水争吵。', ...told, ...quarrel(1) };
    ({ dispute } = await city.report(more, gridOfficer));
    expect(await task()).toMatchObject({
      acknowledgeBy: new Date(at('2026-01-13T09:00')).toISOString(),
      actBy: new Date(at('2026-01-19T09:00')).toISOString(),
      due: new Date(at('2026-01-27T09:00')).toISOString(),
    });
  });

  it('when it happened, was told and was received: all three are kept, for whoever may read the words', async () => {
    const [first] = await history(posts.mediator);
    expect(first).toMatchObject({
      kind: 'reported',
      at: new Date(at('2026-01-12T09:00')).toISOString(),
      reportedAt: new Date(at('2026-01-10T11:00')).toISOString(),
      occurredAt: new Date(at('2025-12-20T18:00')).toISOString(),
    });
    const [outline] = await history(posts.township);
    expect(outline).not.toHaveProperty('reportedAt');
    expect(outline).not.toHaveProperty('occurredAt');
  });

  it('what nobody has acknowledged waits for nobody: no pause, no extension', async () => {
    const wait = { waitingFor: 'party', note: '一方外出务工，月底才回来。' };
    expect(await act('pause', wait)).toMatchObject({ status: 409, type: 'urn:hejie:problem:refused' });
    const extend = { until: '2026-01-30T17:00:00+08:00', reason: '双方约定月底再谈一次，还需要更多的时间来准备。' };
    expect(await act('extend', extend)).toMatchObject({ status: 409, type: 'urn:hejie:problem:refused' });
    expect((await city.act(settle(), 'acknowledge', posts.mediator, {})).status).toBe(200);
  });

  it('Friday: nothing was done yet, the mediator is reminded; she goes there, and that wait is over', async () => {
    await city.pass(at('2026-01-16T10:00') - city.cloud.now());
    expect(heard('reminder')).toEqual([['2026-01-16 08:30', posts.mediator]]);
    expect((await act('attempt', {}, posts.township)).status).toBe(403);
    expect((await act('attempt', { note: '已上门，一方不在家。' })).status).toBe(200);
    expect((await task()).actedAt).toBe(new Date(at('2026-01-16T10:00')).toISOString());
    await city.pass(at('2026-01-20T10:00') - city.cloud.now());
    expect(heard('escalated')).toEqual([]);
  });

  it('Tuesday: one side is away; the clocks stand still, with a reason from the list and words', async () => {
    expect(await act('pause', { waitingFor: 'weather', note: '等天气好了再去谈一谈。' })).toMatchObject({
      status: 422,
    });
    expect(await act('pause', { waitingFor: 'party', note: '短' })).toMatchObject({
      status: 422,
      body: { faults: [{ path: 'note' }] },
    });
    const wait = { waitingFor: 'party', note: '一方外出务工，月底才回来。' };
    expect(await act('pause', wait, posts.township)).toMatchObject({ status: 403 });
    expect((await act('pause', wait)).status).toBe(200);
    expect(await act('pause', wait)).toMatchObject({ status: 409, type: 'urn:hejie:problem:refused' });
    expect((await task()).paused).toEqual({
      since: new Date(at('2026-01-20T10:00')).toISOString(),
      waitingFor: 'party',
    });
    const before = city.said().length;
    await city.pass(10 * day);
    expect(city.said().length).toBe(before);
  });

  it('ten days later he is back: what was left of the time is left', async () => {
    expect((await act('resume', {})).status).toBe(200);
    expect(await act('resume', {})).toMatchObject({ status: 409, type: 'urn:hejie:problem:refused' });
    expect(await task()).toMatchObject({ paused: null, due: new Date(at('2026-02-06T09:00')).toISOString() });
  });

  it('the end is put off with a reason, no further and no more often than the city says; the township hears of it', async () => {
    const why = { reason: '双方约定节前再谈一次，还需要更多的时间来准备。' };
    const until = (text: string) => ({ ...why, until: `${text}+08:00` });
    expect(await act('extend', { until: '2026-02-10T09:00:00+08:00', reason: '太忙了' })).toMatchObject({
      status: 422,
    });
    for (const wrong of ['2026-02-05T09:00:00', '2026-03-01T09:00:00']) {
      const refused = await act('extend', until(wrong));
      expect(refused).toMatchObject({ status: 422, body: { faults: [{ path: 'until' }] } });
      expect(String((refused.body.faults as { allowed: string }[])[0]?.allowed)).toContain('2026-02-21T01:00');
    }
    expect((await act('extend', until('2026-02-10T09:00:00'))).status).toBe(200);
    expect((await act('extend', until('2026-02-12T09:00:00'))).status).toBe(200);
    expect(heard('extended').map(([, post]) => post)).toEqual([posts.township, posts.township]);
    expect(await act('extend', until('2026-02-13T09:00:00'))).toMatchObject({
      status: 409,
      type: 'urn:hejie:problem:refused',
    });
    expect(await task()).toMatchObject({ extensions: 2, due: new Date(at('2026-02-12T09:00')).toISOString() });
  });

  it('a pause that nobody ends is over after thirty days', async () => {
    expect((await act('pause', { waitingFor: 'court', note: '等待法院出具调解书文本。' })).status).toBe(200);
    await city.pass(31 * day);
    const resumed = (await history(posts.mediator)).filter(({ kind }) => kind === 'resumed');
    expect(resumed.map(({ post }) => post)).toEqual([posts.mediator, null]);
    expect(await task()).toMatchObject({ paused: null, due: new Date(at('2026-03-14T09:00')).toISOString() });
  });
});

describe('a deadline that moves', () => {
  let city: CityOnOneMachine;
  let dispute = '';
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-12T09:00:00+08:00');
    ({ dispute } = await city.report(
      { channel: 'grid', facts: [], text: '两户因滴水争吵。', ...quarrel(1) },
      gridOfficer,
    ));
    const question = { department: 'justice', question: 'open-proceedings' };
    const asked = await commanded(city, `/v1/disputes/${dispute}/enquiries`, posts.mediator, question);
    if (asked.status >= 300) throw new Error(JSON.stringify(asked));
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  const items = async () => {
    const found = new Map<string, Record<string, unknown>>();
    for await (const item of city.cloud.scan()) {
      const { pk, sk } = item as Record<string, string>;
      if (pk === `D#${dispute}` && (sk?.startsWith('T#') || sk === 'HEAD')) found.set(sk, item as never);
    }
    return found;
  };

  it('wakes the execution of that task alone; no other is stopped or started, and the revision stays', async () => {
    await city.act(`${dispute}.settle-1`, 'acknowledge', posts.mediator, {});
    await city.act(`${dispute}.settle-1`, 'attempt', posts.mediator, {});
    const before = await items();
    const { executions } = city.cloud.counters();
    const body = { until: '2026-02-05T09:00:00+08:00', reason: '双方约定月底再谈一次，还需要更多的时间来准备。' };
    expect((await city.act(`${dispute}.settle-1`, 'extend', posts.mediator, body)).status).toBe(200);
    const after = await items();
    expect(after.get('T#enquiry-1')).toEqual(before.get('T#enquiry-1'));
    const [was, is] = [before.get('T#settle-1'), after.get('T#settle-1')];
    expect(is?.tok).toBeDefined();
    expect(is?.tok).not.toEqual(was?.tok);
    expect(is?.tokRev).toEqual(was?.tokRev);
    expect(city.cloud.counters().executions).toBe(executions);
  });

  it('and what it waits for now is the new end', async () => {
    await city.act(`${dispute}.enquiry-1`, 'answer', justice, { outcome: 'no' });
    await city.pass(at('2026-01-27T10:00') - city.cloud.now());
    const escalated = () =>
      city.said().filter(({ kind, taskId }) => kind === 'escalated' && taskId.endsWith('settle-1'));
    expect(escalated()).toEqual([]);
    await city.pass(at('2026-02-05T09:00') + minute - city.cloud.now());
    expect(escalated().map(({ post, at: when }) => [local(when), post])).toEqual([
      ['2026-02-05 09:00', posts.township],
    ]);
  });

  it('what protects, decides or checks never waits and is never put off', async () => {
    const sent = await city.report({ ...quarrel(2) });
    await city.act(`${sent.case}.verify-1`, 'acknowledge', posts.police, {});
    const wait = { waitingFor: 'court', note: '等待法院出具调解书文本。' };
    const put = { until: '2026-03-05T09:00:00+08:00', reason: '双方约定月底再谈一次，还需要更多的时间来准备。' };
    for (const [verb, body] of [
      ['pause', wait],
      ['extend', put],
    ] as const) {
      const refused = await commanded(city, `/v1/tasks/${sent.case}.verify-1/${verb}`, posts.police, body);
      expect(refused, verb).toMatchObject({ status: 409, type: 'urn:hejie:problem:refused' });
    }
  });
});
