import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { addShift, changePost, reportAbsence, withdrawShift } from '../../functions/change-posts/handler.ts';
import { watch } from '../../functions/watch-posts/handler.ts';
import { absenceReport, postChange, shiftPlan } from '../../shared/api/schemas/posts.ts';
import { posts } from '../../shared/config/posts.ts';
import { isClean } from '../../shared/domain/notices.ts';
import { type Directory, postsFor } from '../../shared/record/directory.ts';
import { city } from '../support/city.ts';
import { type TestTable, tableForTest } from '../support/table.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const noon = Date.parse('2026-01-05T12:00:00+08:00');
const iso = (at: number) => new Date(at).toISOString();
const county = '999901';
const centre = '999901.county-centre';
const police = '999901.county-police';
const administrator = '999900.administrator';

const heardSchema = z.looseObject({
  topic: z.string(),
  id: z.string(),
  kind: z.string(),
  post: z.string().optional(),
  posts: z.array(z.looseObject({ post: z.string(), from: z.string().optional() })).optional(),
});
type Heard = z.output<typeof heardSchema>;

describe('the watch over posts', () => {
  let table: TestTable;
  let directory: Directory;
  let published: Heard[];
  let fail: boolean;
  let look: (now: number) => Promise<Heard[]>;
  let commands = 0;

  beforeEach(async () => {
    table = await tableForTest();
    directory = { table, city };
    published = [];
    fail = false;
    const sns = new SNSClient({ region: 'cn-north-1' });
    mockClient(sns)
      .on(PublishCommand)
      .callsFake(({ TopicArn, Message = '' }) => {
        published.push(heardSchema.parse({ topic: TopicArn, ...JSON.parse(Message) }));
        if (fail) throw new Error('the topic took it and died');
        return {};
      });
    const watching = watch(() => directory, {
      alarms: () => ({ sns, topicArn: 'alarms' }),
      notices: () => ({ sns, topicArn: 'notices' }),
    });
    look = async (now) => {
      published.length = 0;
      await watching({ now });
      return [...published];
    };
    vi.spyOn(console, 'log').mockImplementation(() => undefined);
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await table[Symbol.asyncDispose]();
  });

  const caller = (now: number) => {
    commands += 1;
    return { by: { person: 'sun', post: administrator }, now, key: `k${commands}` };
  };
  const name = (post: string, n: number, holders: object[], more: object = {}, now = noon - day) => {
    const since = { from: iso(noon - 30 * day) };
    const body = postChange.parse({ holders: holders.map((one) => ({ ...since, ...one })), reason: 'named', ...more });
    return changePost(directory, { ...caller(now), post, body, seen: `${n}` });
  };
  /** Everybody is there, but for one post. */
  const staff = async (except: string) => {
    const others = posts(city).filter((post) => post !== except);
    await Promise.all(others.map((post) => name(post, 0, [{ person: 'wu' }, { person: 'wei' }])));
  };
  const absent = (post: string, person: string, from: number, to: number) => {
    const body = absenceReport.parse({ person, from: iso(from), to: iso(to) });
    return reportAbsence(directory, { ...caller(from), post, body });
  };
  const duty = (post: string, from: number, to: number) => {
    const body = shiftPlan.parse({ post, person: 'wu', channel: 'voice', from: iso(from), to: iso(to) });
    return addShift(directory, { ...caller(from), body });
  };
  const about = (heard: Heard[], kind: string) => heard.filter((one) => one.kind === kind);
  const postsIn = (heard: Heard[], kind: string) =>
    about(heard, kind).flatMap((one) => (one.posts ?? []).map(({ post }) => post));

  it('tells of a city in which nobody was ever named in one message, not in one a post', async () => {
    const [first, ...more] = about(await look(noon), 'post-without-holder');
    expect(more).toEqual([]);
    // The founder still acts for the administrator’s post; no work comes to the post that no rule names.
    const unlisted = [`${county}.county-women`, `${city.code}.gateway`];
    const expected = posts(city).filter((post) => post !== administrator && !unlisted.includes(post));
    expect(first?.posts?.map(({ post }) => post).sort()).toEqual(expected.sort());
    expect(first?.topic).toBe('alarms');
  });

  it('tells once of a post without holder, daily while it lasts, and again when it was cured and comes back', async () => {
    await staff(centre);
    await name(centre, 0, [{ person: 'zhao', to: iso(noon) }]);
    await look(noon - minute);
    const [first] = about(await look(noon), 'post-without-holder');
    expect(first?.posts).toEqual([{ post: centre }]);
    for (const later of [5 * minute, hour, day - minute])
      expect(postsIn(await look(noon + later), 'post-without-holder')).toEqual([]);
    const [daily] = about(await look(noon + day), 'post-without-holder');
    expect(daily?.posts).toEqual([{ post: centre }]);
    await name(centre, 1, [{ person: 'li', to: iso(noon + 3 * day) }], {}, noon + day);
    expect(about(await look(noon + day + hour), 'post-without-holder')).toEqual([]);
    const [again] = about(await look(noon + 3 * day), 'post-without-holder');
    expect(again?.posts).toEqual([{ post: centre }]);
    expect(new Set([first?.id, daily?.id, again?.id]).size).toBe(3);
  });

  it('tells 24 hours before that a post will lose its holder, once, and not where somebody follows', async () => {
    await staff(centre);
    await name(centre, 0, [{ person: 'zhao', to: iso(noon + day) }]);
    const soon = 'post-about-to-lose-holder';
    expect(about(await look(noon - 5 * minute), soon)).toEqual([]);
    const [alarm] = about(await look(noon), soon);
    expect(alarm?.posts).toEqual([{ post: centre, from: iso(noon + day) }]);
    expect(about(await look(noon + 5 * minute), soon)).toEqual([]);
    const zhao = { person: 'zhao', to: iso(noon + day) };
    await name(centre, 1, [zhao, { person: 'li', from: iso(noon + day) }], {}, noon + hour);
    expect(await look(noon + 2 * hour).then((heard) => about(heard, soon))).toEqual([]);
    await name(centre, 2, [zhao], {}, noon + 3 * hour);
    expect(postsIn(await look(noon + 4 * hour), soon)).toEqual([centre]);
  });

  it('looks after a post that no rule names as soon as it has open tasks', async () => {
    const women = `${county}.county-women`;
    await staff(women);
    await name(women, 0, [{ person: 'zhao', to: iso(noon) }]);
    expect(postsIn(await look(noon), 'post-without-holder')).toEqual([]);
    const task = { pk: 'C#C-0123456789ab', sk: 'T#measure-1', kind: 'measure', owner: women, due: iso(noon) };
    await table.db.send(new PutCommand({ TableName: table.name, Item: task }));
    expect(postsIn(await look(noon + minute), 'post-without-holder')).toEqual([women]);
  });

  it('tells a deputy, without a name, that they stand in: at once, and once', async () => {
    await staff(centre);
    await name(centre, 0, [{ person: 'zhao' }], { deputy: { person: 'qian' } });
    await absent(centre, 'zhao', noon, noon + 2 * day);
    expect(about(await look(noon - minute), 'deputised')).toEqual([]);
    const [notice] = about(await look(noon), 'deputised');
    expect(notice).toMatchObject({ topic: 'notices', post: centre, urgency: 'now' });
    expect(isClean(String(notice?.text))).toBe(true);
    expect(JSON.stringify(notice)).not.toMatch(/zhao|qian/);
    expect(about(await look(noon + day + hour), 'deputised')).toEqual([]);
    await look(noon + 2 * day);
    await absent(centre, 'zhao', noon + 3 * day, noon + 4 * day);
    expect(about(await look(noon + 3 * day), 'deputised')).toHaveLength(1);
  });

  it('tells 24 hours before of a gap in the roster, once, and again after it was filled and opened anew', async () => {
    await staff('');
    const first = noon - hour;
    for (let i = 0; i < 5; i += 1) {
      await duty(centre, first + i * day, first + (i + 1) * day);
      // On the third day the police go home after half of it.
      await duty(police, first + i * day, first + (i === 2 ? 2.5 : i + 1) * day);
    }
    const begins = first + 2.5 * day;
    expect(about(await look(begins - day - 5 * minute), 'roster-gap')).toEqual([]);
    const [alarm] = about(await look(begins - day), 'roster-gap');
    expect(alarm).toMatchObject({ county, from: iso(begins), departments: ['justice'] });
    expect(about(await look(begins - day + 5 * minute), 'roster-gap')).toEqual([]);
    // It is the same gap when its end comes into sight, and when it has begun.
    expect(about(await look(begins - hour), 'roster-gap')).toEqual([]);
    const filling = await duty(police, begins, begins + day / 2);
    expect(about(await look(begins - minute), 'roster-gap')).toEqual([]);
    const withdrawal = { id: filling.view.id, body: { reason: 'ill' }, seen: `${filling.view.version}` };
    await withdrawShift(directory, { ...caller(begins), ...withdrawal });
    expect(about(await look(begins), 'roster-gap')).toMatchObject([{ from: iso(begins) }]);
    expect(about(await look(begins + 5 * minute), 'roster-gap')).toEqual([]);
  });

  it('sends the same message under the same id where it died before it had marked it', async () => {
    fail = true;
    await expect(look(noon)).rejects.toThrow('died');
    const [lost] = published;
    fail = false;
    const heard = await look(noon + minute);
    expect(heard.map(({ id }) => id)).toContain(lost?.id);
    expect(await look(noon + 2 * minute)).toEqual([]);
  });

  it('finishes what a crash left between a version and its projections', async () => {
    await name(centre, 0, [{ person: 'zhao' }]);
    await table.db.send(new DeleteCommand({ TableName: table.name, Key: { pk: 'U#zhao', sk: `O#${centre}` } }));
    const line = new UpdateCommand({
      TableName: table.name,
      Key: { pk: 'O#', sk: centre },
      UpdateExpression: 'remove n, #record',
      ExpressionAttributeNames: { '#record': 'record' },
    });
    await table.db.send(line);
    expect(await postsFor(directory, 'zhao', noon)).toEqual([]);
    expect(postsIn(await look(noon), 'post-without-holder')).not.toContain(centre);
    expect(await postsFor(directory, 'zhao', noon)).toEqual([centre]);
  });

  it('looks in vain at a post that somebody was about to change and did not', async () => {
    await name(centre, 0, [{ person: 'zhao' }]);
    const mark = { pk: 'O#', sk: police, marked: 1 };
    await table.db.send(new PutCommand({ TableName: table.name, Item: mark }));
    expect(postsIn(await look(noon), 'post-without-holder')).toContain(police);
    expect(await look(noon + minute)).toEqual([]);
  });
});
