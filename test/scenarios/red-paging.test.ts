import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CityOnOneMachine, posts } from '../support/city-on-one-machine.ts';
import { answered, hour, minute, quarrel, taskOf, toProposal } from '../support/story.ts';

const cityDuty = '331000.city-duty';
const afternoon = Date.parse('2026-01-12T14:00:00+08:00');

describe('red: people on duty are called until one says “I have it”', () => {
  let city: CityOnOneMachine;
  let id = '';
  let decide = '';
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-12T13:30:00+08:00');
    await shift(posts.county, 'zhang', 'voice', 10);
    await city.pass(30 * minute);
    await shift(posts.county, 'li', 'sms', 10);
    await shift(cityDuty, 'wang', 'work-chat', 10);
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  const send = async (path: string, post: string, person: string, body: object, key = city.key()) => {
    const headers = { ...(await city.headers(post, person)), 'idempotency-key': key };
    const answer = await city.cloud.request({ method: 'POST', path, headers, body });
    await city.cloud.settled();
    const told = answer.body as { type?: string; repeated?: boolean };
    return { status: answer.status, type: told.type, repeated: told.repeated };
  };
  async function shift(post: string, person: string, channel: string, hours: number) {
    await city.as(post, { person });
    const from = city.cloud.now();
    const times = { from: new Date(from).toISOString(), to: new Date(from + hours * hour).toISOString() };
    const planned = { post, person, channel, ...times };
    const done = await send('/v1/roster', posts.administrator, `${posts.administrator}#1`, planned);
    if (done.status >= 300) throw new Error(JSON.stringify(done));
  }
  const messages = (taskId: string) =>
    city.cloud
      .outbox(0)
      .filter(({ topicArn }) => topicArn === city.cloud.outputs.NoticesTopicArn)
      .map(({ message, attributes, at }) => ({ ...JSON.parse(message), attributes, sent: at }))
      .filter((message) => message.taskId === taskId);
  const calls = (taskId: string, since: number) =>
    messages(taskId)
      .filter(({ kind }) => kind === 'page')
      .map(({ attributes, sent }) => [(sent - since) / minute, attributes.person, attributes.channel]);
  const handles = (taskId: string): string[] =>
    messages(taskId)
      .filter(({ kind }) => kind === 'page')
      .map(({ text }) => /任务号(\w+)，/.exec(text)?.[1] ?? '');
  const acknowledge = (handle: string, post: string, person: string, key?: string) =>
    send(`/v1/handles/${handle}/acknowledge`, post, person, {}, key);

  it('Monday 14:00: red is proposed; the first on duty is called at 0, 5, 10 minutes, then the next, then it climbs', async () => {
    const sent = await toProposal(city);
    id = sent.case;
    const { taskId, owner } = await taskOf(city, id, 'decide');
    decide = taskId;
    expect(owner).toBe(posts.county);
    await city.pass(46 * minute);
    expect(calls(decide, afternoon)).toEqual([
      [0, 'zhang', 'voice'],
      [5, 'zhang', 'voice'],
      [10, 'zhang', 'voice'],
      [15, 'li', 'sms'],
      [20, 'li', 'sms'],
      [25, 'li', 'sms'],
      // Nobody else for the post: whoever is on duty for the same department above it.
      [30, 'wang', 'work-chat'],
      [35, 'wang', 'work-chat'],
      [40, 'wang', 'work-chat'],
      // And now as the post's own.
      [45, 'wang', 'work-chat'],
    ]);
    const others = messages(decide).filter(({ kind }) => kind !== 'page');
    expect(others.map(({ kind, post, sent: at }) => [(at - afternoon) / minute, kind, post])).toEqual([
      [0, 'opened', posts.county],
      [7.5, 'reminder', posts.county],
      [12, 'warning', cityDuty],
      [45, 'escalated', cityDuty],
    ]);
    expect((await taskOf(city, id, 'decide')).owner).toBe(cityDuty);
  });

  it('what is sent names a task by a handle and a person by an id: no number, no name, no level, no matter', () => {
    const all = messages(decide).filter(({ kind }) => kind === 'page');
    expect(new Set(handles(decide)).size).toBe(10);
    for (const { attributes, sent: _, ...message } of all) {
      expect(Object.keys(attributes).sort()).toEqual(['channel', 'id', 'kind', 'person', 'post']);
      expect(message).not.toHaveProperty('person');
      expect(message.text).not.toMatch(/红|red|王|刘|1\d{10}|邻|neighbour/i);
    }
  });

  it('the handle grants nothing: whoever acts for another post is refused, and may not even see by it', async () => {
    const newest = handles(decide).at(-1) ?? '';
    expect(await acknowledge(newest, posts.county, 'zhang')).toMatchObject({
      status: 403,
      type: 'urn:hejie:problem:not-permitted',
    });
    expect(await acknowledge('zzzzzzzz', cityDuty, 'wang')).toMatchObject({
      status: 404,
      type: 'urn:hejie:problem:unknown',
    });
    expect((await acknowledge('nothing-like-it', cityDuty, 'wang')).status).toBe(422);
    const headers = { 'idempotency-key': city.key() };
    const path = `/v1/handles/${newest}/acknowledge`;
    expect((await city.cloud.request({ method: 'POST', path, headers, body: {} })).status).toBe(401);
  });

  it('“I have it”: one tap after signing in acknowledges the task, once, and nobody is called any more', async () => {
    const newest = handles(decide).at(-1) ?? '';
    const key = city.key();
    expect(await acknowledge(newest, cityDuty, 'wang', key)).toMatchObject({ status: 200, repeated: false });
    expect(await acknowledge(newest, cityDuty, 'wang', key)).toMatchObject({ status: 200, repeated: true });
    expect(await acknowledge(newest, cityDuty, 'wang')).toMatchObject({
      status: 410,
      type: 'urn:hejie:problem:handle-over',
    });
    const [first = ''] = handles(decide);
    expect(await acknowledge(first, cityDuty, 'wang')).toMatchObject({
      status: 409,
      type: 'urn:hejie:problem:refused',
    });
    const before = calls(decide, afternoon).length;
    await city.pass(20 * minute);
    expect(calls(decide, afternoon)).toHaveLength(before);
  });

  it('23:00, nobody of the police is on duty: nobody is called out of bed; it climbs to those who are on duty', async () => {
    await answered(city, id, 'decide', {
      outcome: 'dismiss',
      reason: '核实后为口角，双方已分开，刀具为厨房用品。',
      changes: '不定级，转村调解。',
      events: [((await city.case(id)).events as { id: string }[])[0]?.id],
    });
    await city.pass(afternoon + 9 * hour - city.cloud.now());
    const night = city.cloud.now();
    const other = await city.report(quarrel(1));
    const verify = `${other.case}.verify-1`;
    await city.pass(16 * minute);
    expect(calls(verify, night)).toEqual([[15, 'zhang', 'voice']]);
    const told = messages(verify).filter(({ kind }) => kind !== 'page');
    expect(told.map(({ kind, post }) => [kind, post])).toEqual([
      // Of the warning the county heard at once: it is on duty.
      ['warning', posts.county],
      ['escalated', posts.county],
    ]);
  });

  it('in the morning those who slept are told, each once; a handle of the day before is over', async () => {
    await city.pass(afternoon + 25 * hour - city.cloud.now());
    const [first = ''] = handles(decide);
    expect(await acknowledge(first, cityDuty, 'wang')).toMatchObject({
      status: 410,
      type: 'urn:hejie:problem:handle-over',
    });
  });
});
