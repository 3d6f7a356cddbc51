import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import type { HejieClient } from '../../shared/client/index.ts';
import { CityOnOneMachine, posts } from '../support/city-on-one-machine.ts';
import { day, hour, minute, shown } from '../support/story.ts';

const justice = '331003.county-justice';
const heardSchema = z.looseObject({
  kind: z.string(),
  area: z.string().optional(),
  from: z.string().optional(),
  posts: z.array(z.looseObject({ post: z.string() })).optional(),
});
const iso = (at: number) => new Date(at).toISOString();

describe('posts, and the people who hold them', () => {
  let city: CityOnOneMachine;
  let zhao: HejieClient;
  let qian: HejieClient;
  let administrator: HejieClient;
  let dispute = '';
  beforeAll(async () => {
    // Whoever watches over posts looks every five minutes.
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-05T09:00:00+08:00', undefined, 5 * minute);
    zhao = await city.as(posts.mediator, { person: 'zhao' });
    administrator = await city.as(posts.administrator);
    qian = city.people.client({ person: 'qian' }, 'handling', posts.mediator);
    const people = [{ role: 'complainant', name: '王小花', phone: '13800000001' }];
    ({ dispute } = await city.report(
      { channel: 'grid', text: '两户因晾衣争吵，已劝开。', facts: [], people },
      posts.township,
    ));
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  const tasksOf = async (client: HejieClient): Promise<string[]> =>
    shown(await client.GET('/me/tasks')).tasks.map(({ taskId }) => taskId);
  const readPost = async (postId: string) =>
    shown(await administrator.GET('/posts/{postId}', { params: { path: { postId } } }));
  const holding = (person: string, to: string | null = null) => ({ person, from: '2026-01-01T00:00:00Z', to });
  const change = (postId: string, version: number, body: object, key = city.key()) =>
    administrator.PUT('/posts/{postId}', {
      params: { path: { postId }, header: { 'If-Match': `"${version}"`, 'Idempotency-Key': key } },
      body: { holders: [], deputy: null, reason: '调整 change', ...body },
    });
  const alarms = () =>
    city.cloud
      .outbox(0)
      .filter(({ topicArn }) => topicArn === city.cloud.outputs.AlarmsTopicArn)
      .map(({ message, at }) => ({ ...heardSchema.parse(JSON.parse(message)), told: at }));

  it('Monday, noon: the mediator is away, and in that moment her tasks are her deputy’s', async () => {
    const { version } = await readPost(posts.mediator);
    shown(await change(posts.mediator, version, { holders: [holding('zhao')], deputy: { person: 'qian', to: null } }));
    expect(await tasksOf(zhao)).toEqual([`${dispute}.settle-1`]);
    expect((await qian.GET('/me/tasks')).response.status).toBe(403);
    const noon = Date.parse('2026-01-05T12:00:00+08:00');
    const away = { from: iso(noon), to: iso(noon + 2 * day), reason: '休假 leave' };
    const header = { 'Idempotency-Key': city.key() };
    const params = { path: { postId: posts.mediator }, header };
    shown(await zhao.POST('/posts/{postId}/absences', { params, body: away }));
    await city.pass(noon - minute - city.cloud.now());
    expect(await tasksOf(zhao)).toHaveLength(1);
    expect((await qian.GET('/me/tasks')).response.status).toBe(403);
    await city.pass(minute);
    expect(await tasksOf(qian)).toEqual([`${dispute}.settle-1`]);
    expect((await zhao.GET('/me/tasks')).response.status).toBe(403);
    const { posts: held } = shown(await qian.GET('/me'));
    expect(held).toMatchObject([{ post: posts.mediator, through: 'deputy' }]);
  });

  it('the deputy hears of it and answers; whoever is away does not', async () => {
    await city.pass(10 * minute);
    const told = city.said().filter(({ kind, post }) => kind === 'deputised' && post === posts.mediator);
    expect(told).toHaveLength(1);
    const params = () => ({ path: { taskId: `${dispute}.settle-1` }, header: { 'Idempotency-Key': city.key() } });
    const absent = await zhao.POST('/tasks/{taskId}/acknowledge', { params: params(), body: {} });
    expect(absent.response.status).toBe(403);
    const answer = await qian.POST('/tasks/{taskId}/answer', { params: params(), body: { outcome: 'settled' } });
    expect(shown(answer)).toMatchObject({ repeated: false });
  });

  it('a holder with open tasks cannot be taken away; with a successor it works', async () => {
    const people = [{ role: 'complainant', name: '陈小龙', phone: '13800000003' }];
    const next = await city.report(
      { channel: 'grid', text: '两户因停车争吵，已劝开。', facts: [], people },
      posts.township,
    );
    const { version } = await readPost(posts.mediator);
    const refused = await change(posts.mediator, version, {});
    expect(refused.response.status).toBe(409);
    expect(refused.error).toMatchObject({ type: 'urn:hejie:problem:holder-needed' });
    expect(refused.error?.detail).toContain(`${next.dispute}.settle-1`);
    const after = shown(await change(posts.mediator, version, { holders: [holding('sun')] }));
    expect(after).toMatchObject({ version: version + 1, acting: [{ person: 'sun', through: 'holder' }] });
    const sun = city.people.client({ person: 'sun' }, 'handling', posts.mediator);
    expect(await tasksOf(sun)).toEqual([`${next.dispute}.settle-1`]);
    expect((await qian.GET('/me/tasks')).response.status).toBe(403);
  });

  it('one key under another verb is another command', async () => {
    const { version } = await readPost(posts.mediator);
    shown(await change(posts.mediator, version, { holders: [holding('sun')] }, 'one-key'));
    const from = city.cloud.now() + 30 * day;
    const away = { person: 'sun', from: iso(from), to: iso(from + day) };
    const params = { path: { postId: posts.mediator }, header: { 'Idempotency-Key': 'one-key' } };
    const after = shown(await administrator.POST('/posts/{postId}/absences', { params, body: away }));
    expect(after).toMatchObject({ version: version + 2, absences: [{ person: 'sun' }] });
  });

  it('nobody makes longer what they hold themselves, nor a holder of a deputy', async () => {
    const post = '331003001.community-police';
    const self = '331000.administrator#1';
    const other = await city.as(posts.administrator, { person: 'second-administrator' });
    const until = iso(city.cloud.now() + day);
    const { version } = await readPost(post);
    const params = { path: { postId: post }, header: { 'If-Match': `"${version}"`, 'Idempotency-Key': city.key() } };
    const named = {
      holders: [holding(self, until), holding('sun')],
      deputy: { person: self, to: null },
      reason: '调整',
    };
    const { version: next } = shown(await other.PUT('/posts/{postId}', { params, body: named }));
    const longer = await change(post, next, { holders: [holding(self), holding('sun')] });
    expect([longer.response.status, longer.error?.type]).toEqual([403, 'urn:hejie:problem:conflict-of-interest']);
    shown(await change(post, next, { holders: [holding(self, until), holding('sun')] }));
  });

  it('two administrators change the same post: the slower one is told to read again', async () => {
    const { version } = await readPost(posts.mediator);
    const other = await city.as(posts.administrator, { person: 'second-administrator' });
    const put = (client: HejieClient, person: string) =>
      client.PUT('/posts/{postId}', {
        params: {
          path: { postId: posts.mediator },
          header: { 'If-Match': `"${version}"`, 'Idempotency-Key': city.key() },
        },
        body: { holders: [holding('sun'), holding(person)], deputy: null, reason: '调整 change' },
      });
    const answers = await Promise.all([put(administrator, 'wu'), put(other, 'zheng')]);
    expect(answers.map(({ response }) => response.status).sort()).toEqual([200, 412]);
    const faster = answers.findIndex(({ data }) => data !== undefined);
    const { holders, version: now } = await readPost(posts.mediator);
    expect(now).toBe(version + 1);
    expect(holders.map(({ person }) => person)).toEqual(['sun', ['wu', 'zheng'][faster]]);
  });

  it('red needs two departments on duty: a gap is told of a day before it is there', async () => {
    const county = await city.as(posts.county, { person: 'li' });
    await city.as(justice, { person: 'he' });
    const from = city.cloud.now();
    const gapAt = from + 2 * day;
    const shifts = [0, 1, 2, 3].flatMap((i) => [
      { post: posts.county, person: 'li', from: from + i * day, to: from + (i + 1) * day },
      // Justice is there for two days only.
      ...(i < 2 ? [{ post: justice, person: 'he', from: from + i * day, to: from + (i + 1) * day }] : []),
    ]);
    for (const shift of shifts) {
      const body = { ...shift, channel: 'voice' as const, from: iso(shift.from), to: iso(shift.to) };
      const params = { header: { 'Idempotency-Key': city.key() } };
      // Being on duty opens addresses: nobody takes it from one hour to the next.
      if (shift.person === 'li' && shift.from === from) {
        expect((await county.POST('/roster', { params, body })).error?.type).toBe(
          'urn:hejie:problem:conflict-of-interest',
        );
      }
      shown(await administrator.POST('/roster', { params, body }));
    }
    const gaps = () => alarms().filter(({ kind, from: at }) => kind === 'roster-gap' && at === iso(gapAt));
    await city.pass(day - hour);
    expect(gaps()).toEqual([]);
    await city.pass(hour);
    expect(gaps()).toHaveLength(1);
    const [gap] = gaps();
    expect(gapAt - (gap?.told ?? 0)).toBeGreaterThanOrEqual(day);
    expect(gapAt - (gap?.told ?? 0)).toBeLessThan(day + 10 * minute);
  });

  it('a post whose holder’s time is over is told of when nobody acts for it', async () => {
    const ends = city.cloud.now() + 2 * hour;
    const { version } = await readPost(posts.police);
    shown(await change(posts.police, version, { holders: [holding('feng', iso(ends))] }));
    const without = () =>
      alarms().filter(
        ({ kind, told, posts: named }) =>
          kind === 'post-without-holder' && told > ends - 2 * hour && named?.some(({ post }) => post === posts.police),
      );
    await city.pass(hour);
    expect(without()).toEqual([]);
    await city.pass(hour + 10 * minute);
    expect(without()).toHaveLength(1);
    const feng = city.people.client({ person: 'feng' }, 'handling', posts.police);
    expect((await feng.GET('/me/tasks')).response.status).toBe(403);
  });
});
