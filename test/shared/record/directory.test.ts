import { DeleteCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addShift, changePost, reportAbsence, withdrawShift } from '../../../functions/change-posts/handler.ts';
import { listPosts, readMe, readPost, readPostHistory, readRoster } from '../../../functions/read-posts/handler.ts';
import * as schemas from '../../../shared/api/schemas/posts.ts';
import { posts } from '../../../shared/config/posts.ts';
import {
  ConflictOfInterest,
  HolderNeeded,
  InputInvalid,
  PreconditionFailed,
  PreconditionRequired,
  Unknown,
} from '../../../shared/errors.ts';
import { actsFor, type Directory, postsFor } from '../../../shared/record/directory.ts';
import { isOnDuty } from '../../../shared/record/roster.ts';
import { city } from '../../support/city.ts';
import { type TestTable, tableForTest } from '../../support/table.ts';

const noon = Date.parse('2026-01-05T12:00:00+08:00');
const hour = 3_600_000;
const day = 24 * hour;
const iso = (at: number) => new Date(at).toISOString();
const post = '999901.county-centre';
const police = '999901.county-police';
const administrator = '999900.administrator';
const by = { person: 'sun', post: administrator };

let table: TestTable;
let directory: Directory;
let commands = 0;
beforeEach(async () => {
  table = await tableForTest();
  directory = { table, city };
});
afterEach(async () => {
  await table[Symbol.asyncDispose]();
});

const caller = (now = noon, key?: string) => {
  commands += 1;
  return { by, now, key: key ?? `k${commands}` };
};
const change = (people: string[], more: object = {}) =>
  schemas.postChange.parse({
    holders: people.map((person) => ({ person, from: iso(noon - day) })),
    reason: 'appointed',
    ...more,
  });
const name = (people: string[], seen: string, more: object = {}, which = post, now = noon) =>
  changePost(directory, { ...caller(now), post: which, body: change(people, more), seen });
const openTask = (owner: string) =>
  table.db.send(
    new PutCommand({
      TableName: table.name,
      Item: {
        pk: 'C#C-0123456789ab',
        sk: 'T#settle-1',
        seq: 1,
        state: 'open',
        kind: 'settle',
        owner,
        due: iso(noon + day),
      },
    }),
  );

describe('a post', () => {
  it('that nobody was ever named for is version 0 and nobody acts for it', async () => {
    const { view, etag } = await readPost(directory, post, noon);
    expect(etag).toBe('"0"');
    expect(schemas.postView.parse(view)).toMatchObject({
      version: 0,
      holders: [],
      deputy: null,
      acting: [],
      changed: null,
    });
    expect(await actsFor(directory, post, 'zhao', noon)).toBeUndefined();
  });

  it('is held from the change on, and the person is found by it', async () => {
    const { view, etag } = await name(['zhao'], '0', { deputy: { person: 'qian' } });
    expect(etag).toBe('"1"');
    expect(schemas.postView.parse(view)).toMatchObject({
      version: 1,
      acting: [{ person: 'zhao', through: 'holder' }],
      deputy: { person: 'qian', from: iso(noon) },
    });
    expect(await postsFor(directory, 'zhao', noon)).toEqual([post]);
    expect(await postsFor(directory, 'qian', noon)).toEqual([]);
    const me = schemas.meReply.parse(await readMe(directory, 'zhao', noon));
    expect(me.posts).toMatchObject([{ post, role: 'county-centre', through: 'holder' }]);
  });

  it('goes to its deputy at noon, when its holder is absent, without another write', async () => {
    await name(['zhao'], '0', { deputy: { person: 'qian' } });
    const body = schemas.absenceReport.parse({ from: iso(noon + hour), to: iso(noon + 2 * hour) });
    const own = { ...caller(), by: { person: 'zhao', post } };
    const outdated = reportAbsence(directory, { ...own, post, body, seen: '0' });
    await expect(outdated).rejects.toThrow(PreconditionFailed);
    expect((await reportAbsence(directory, { ...own, post, body })).etag).toBe('"2"');
    const before = (await table.db.send(new ScanCommand({ TableName: table.name }))).Items;
    const acting = async (at: number) => [await postsFor(directory, 'zhao', at), await postsFor(directory, 'qian', at)];
    expect(await acting(noon + hour - 1)).toEqual([[post], []]);
    expect(await acting(noon + hour)).toEqual([[], [post]]);
    expect(await acting(noon + 2 * hour)).toEqual([[post], []]);
    expect((await table.db.send(new ScanCommand({ TableName: table.name }))).Items).toEqual(before);
  });

  it('with open tasks keeps its holder: the refusal names the tasks, and with a successor it is allowed', async () => {
    await name(['zhao'], '0');
    await openTask(post);
    const removed = name([], '1');
    await expect(removed).rejects.toThrow(HolderNeeded);
    await expect(removed).rejects.toThrow(/C-0123456789ab\.settle-1/);
    const ending = { holders: [{ person: 'zhao', from: iso(noon - day), to: iso(noon + day) }] };
    await expect(name([], '1', ending)).rejects.toThrow(HolderNeeded);
    await expect(name([], '1', { deputy: { person: 'qian' } })).rejects.toThrow(HolderNeeded);
    expect((await name(['li'], '1')).view.acting).toEqual([{ person: 'li', through: 'holder' }]);
  });

  it('without open tasks may be left by its holder', async () => {
    await name(['zhao'], '0');
    expect((await name([], '1')).view.acting).toEqual([]);
    expect(await postsFor(directory, 'zhao', noon)).toEqual([]);
  });

  it('changed by two administrators at once takes one change, and says 412 to the other', async () => {
    await name(['zhao'], '0');
    const outcomes = await Promise.allSettled([name(['li'], '1'), name(['wu'], '1')]);
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused).toHaveLength(1);
    expect(refused[0]?.reason).toBeInstanceOf(PreconditionFailed);
    expect((await readPost(directory, post, noon)).view).toMatchObject({ version: 2 });
  });

  it('is changed once by a command that comes again, and its first outcome is answered again', async () => {
    const command = { ...caller(noon, 'again'), post, body: change(['zhao']), seen: '0' };
    const first = await changePost(directory, command);
    await name(['li'], '1');
    expect((await changePost(directory, command)).etag).toBe(first.etag);
    const history = await readPostHistory(directory, post, { limit: 10 });
    expect(history.versions.map(({ version }) => version)).toEqual([2, 1]);
    // The same key of somebody else is another command.
    const other = changePost(directory, { ...command, by: { ...by, person: 'wu' } });
    await expect(other).rejects.toThrow(PreconditionFailed);
  });

  it('demands to be read before: without If-Match, or with an older one, nothing changes', async () => {
    const unread = changePost(directory, { ...caller(), post, body: change(['zhao']), seen: undefined });
    await expect(unread).rejects.toThrow(PreconditionRequired);
    await expect(name(['zhao'], '1')).rejects.toThrow(PreconditionFailed);
    await expect(name(['zhao'], '0', {}, '999901.mayor')).rejects.toThrow(Unknown);
    expect((await table.db.send(new ScanCommand({ TableName: table.name }))).Items).toEqual([]);
  });

  it('of the administrator is the founder’s until somebody is named, and then never empty', async () => {
    expect(await postsFor(directory, 'founder', noon)).toEqual([administrator]);
    await expect(name([], '0', {}, administrator)).rejects.toThrow(InputInvalid);
    await name(['chen'], '0', {}, administrator);
    expect(await postsFor(directory, 'founder', noon)).toEqual([]);
    await expect(name([], '1', {}, administrator)).rejects.toThrow(InputInvalid);
  });

  it('is given to nobody by themselves: the administrator does not take a post, nor stand in for one', async () => {
    await expect(name(['sun'], '0')).rejects.toThrow(ConflictOfInterest);
    await expect(name(['zhao'], '0', { deputy: { person: 'sun' } })).rejects.toThrow(ConflictOfInterest);
    // Only the founder, who begins with nobody else, may be the first administrator.
    const body = change(['founder']);
    const founding = { ...caller(), by: { ...by, person: 'founder' }, body, seen: '0' };
    await expect(changePost(directory, { ...founding, post })).rejects.toThrow(ConflictOfInterest);
    await changePost(directory, { ...founding, post: administrator });
    expect(await postsFor(directory, 'founder', noon)).toEqual([administrator]);
  });

  it('is not taken over by its deputy saying that the holder is away', async () => {
    await name(['zhao'], '0', { deputy: { person: 'qian' } });
    const body = schemas.absenceReport.parse({ person: 'zhao', from: iso(noon), to: iso(noon + hour) });
    const deputy = { ...caller(), by: { person: 'qian', post: '999901.county-centre' } };
    await expect(reportAbsence(directory, { ...deputy, post, body })).rejects.toThrow(ConflictOfInterest);
    await reportAbsence(directory, { ...caller(), post, body });
    expect(await postsFor(directory, 'qian', noon)).toEqual([post]);
  });

  it('takes ten absences reported at one instant, each once', async () => {
    await name(['zhao'], '0', { deputy: { person: 'qian' } });
    const away = (i: number) => {
      const body = schemas.absenceReport.parse({
        person: 'zhao',
        from: iso(noon + i * day),
        to: iso(noon + i * day + hour),
      });
      return reportAbsence(directory, { ...caller(), post, body });
    };
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, (_, i) => away(i)));
    const taken = outcomes.filter(({ status }) => status === 'fulfilled').length;
    const { view } = await readPost(directory, post, noon);
    expect(view.absences).toHaveLength(taken);
    expect(view.version).toBe(1 + taken);
    expect(taken).toBeGreaterThanOrEqual(8);
  });

  it('shows its changes page by page, the newest first', async () => {
    for (let i = 0; i < 5; i += 1) await name([`p${i}`], `${i}`);
    const first = schemas.postHistoryReply.parse(await readPostHistory(directory, post, { limit: 2 }));
    expect(first.versions.map(({ version }) => version)).toEqual([5, 4]);
    const rest = await readPostHistory(directory, post, { cursor: first.next ?? '', limit: 10 });
    expect(rest.versions.map(({ version }) => version)).toEqual([3, 2, 1]);
    expect(rest.next).toBeNull();
  });
});

describe('the list of posts', () => {
  it('goes page by page, names nobody, and says which are held', async () => {
    await name(['zhao'], '0');
    const lines: schemas.PostsReply['posts'] = [];
    let cursor: string | undefined;
    do {
      const page = schemas.postsReply.parse(await listPosts(directory, { cursor, limit: 3, now: noon }));
      lines.push(...page.posts);
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(lines).toHaveLength(posts(city).length);
    expect(lines.filter(({ held }) => held).map((line) => line.post)).toEqual([post]);
    expect(JSON.stringify(lines)).not.toContain('zhao');
  });

  it('is of an area and what lies below it', async () => {
    const { posts } = await listPosts(directory, { area: '999901001', limit: 50, now: noon });
    expect(posts.map((line) => line.post)).toEqual([
      '999901001.township-centre',
      '999901001.township-police',
      '999901001001.mediator',
    ]);
    await expect(listPosts(directory, { area: '110101', limit: 50, now: noon })).rejects.toThrow(Unknown);
  });
});

describe('the duty roster', () => {
  const plan = (person: string, which: string, from: number, to: number) =>
    schemas.shiftPlan.parse({ post: which, person, channel: 'voice', from: iso(from), to: iso(to) });
  beforeEach(async () => {
    await name(['zhao'], '0');
    await name(['wang'], '0', { deputy: { person: 'liu' } }, police);
  });
  const query = { area: '999901', from: iso(noon), to: iso(noon + 8 * hour) };

  it('has no gap while two departments are on duty, and one again as soon as one of them is away', async () => {
    await addShift(directory, { ...caller(), body: plan('zhao', post, noon, noon + 8 * hour) });
    const { view, etag } = await addShift(directory, {
      ...caller(),
      body: plan('wang', police, noon, noon + 8 * hour),
    });
    expect(etag).toBe('"1"');
    expect(schemas.shiftView.parse(view)).toMatchObject({ post: police, department: 'police' });
    expect(schemas.rosterReply.parse(await readRoster(directory, query))).toMatchObject({ gaps: [] });
    expect(await isOnDuty(directory, 'wang', police, noon)).toBe(true);
    expect(await isOnDuty(directory, 'wang', police, noon + 8 * hour)).toBe(false);
    expect(await isOnDuty(directory, 'zhao', police, noon)).toBe(false);

    const body = schemas.absenceReport.parse({ person: 'wang', from: iso(noon + hour), to: iso(noon + 2 * hour) });
    await reportAbsence(directory, { ...caller(), post: police, body });
    const { gaps, shifts } = await readRoster(directory, query);
    expect(gaps).toEqual([{ from: iso(noon + hour), to: iso(noon + 2 * hour), departments: ['justice'] }]);
    expect(shifts).toHaveLength(2);
    expect(await isOnDuty(directory, 'wang', police, noon + hour)).toBe(false);
  });

  it('takes the same command once, and refuses whoever does not serve the post', async () => {
    const command = { ...caller(), body: plan('zhao', post, noon, noon + hour) };
    const first = await addShift(directory, command);
    expect(await addShift(directory, { ...command, now: noon + 2 * day })).toEqual(first);
    expect((await readRoster(directory, query)).shifts).toHaveLength(1);
    const wrong = addShift(directory, { ...caller(), body: plan('wang', post, noon, noon + hour) });
    await expect(wrong).rejects.toMatchObject({ faults: [{ path: 'person' }] });
    const deputy = await addShift(directory, { ...caller(), body: plan('liu', police, noon, noon + hour) });
    expect(deputy.view.person).toBe('liu');
  });

  it('forgets a withdrawn shift for duty and not for its history, and takes it back once', async () => {
    const { view } = await addShift(directory, { ...caller(), body: plan('zhao', post, noon, noon + hour) });
    const body = { reason: 'swapped' };
    const back = { ...caller(), id: view.id, body };
    await expect(withdrawShift(directory, { ...back, seen: undefined })).rejects.toThrow(PreconditionRequired);
    await expect(withdrawShift(directory, { ...back, seen: '2' })).rejects.toThrow(PreconditionFailed);
    const first = await withdrawShift(directory, { ...back, seen: '1' });
    expect(first).toMatchObject({ etag: '"2"', view: { withdrawn: { reason: 'swapped' } } });
    expect(await withdrawShift(directory, { ...back, seen: '1' })).toEqual(first);
    const again = withdrawShift(directory, { ...caller(), id: view.id, body, seen: '2' });
    await expect(again).rejects.toThrow(PreconditionFailed);
    expect(await isOnDuty(directory, 'zhao', post, noon)).toBe(false);
    expect((await readRoster(directory, query)).shifts).toHaveLength(1);
    const unknown = withdrawShift(directory, { ...caller(), id: '999901.1.000000000000', body, seen: '1' });
    await expect(unknown).rejects.toThrow(Unknown);
  });

  it('shows a shift that began before the time asked for, and at most 62 days', async () => {
    await addShift(directory, { ...caller(), body: plan('zhao', post, noon - hour, noon + hour) });
    expect((await readRoster(directory, query)).shifts).toHaveLength(1);
    await expect(readRoster(directory, { ...query, to: iso(noon + 63 * day) })).rejects.toThrow(InputInvalid);
  });
});

it('a person whom a lost projection no longer nominates is found again by the next change, and is never wrongly let in', async () => {
  await name(['zhao'], '0');
  await table.db.send(new DeleteCommand({ TableName: table.name, Key: { pk: 'U#zhao', sk: `O#${post}` } }));
  expect(await postsFor(directory, 'zhao', noon)).toEqual([]);
  expect(await actsFor(directory, post, 'zhao', noon)).toBe('holder');
  await name(['zhao'], '1', { deputy: { person: 'qian' } });
  expect(await postsFor(directory, 'zhao', noon)).toEqual([post]);
});

it('every example of the schemas is one', () => {
  for (const [key, example] of Object.entries(schemas.examples)) {
    const schema = Object.entries(schemas).find(([other]) => other === key)?.[1];
    expect(schema !== undefined && 'parse' in schema && schema.parse(example), key).toBeTruthy();
  }
});
