import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { main as report } from '../../local/report.ts';
import { localDate } from '../../shared/calendar/calendar.ts';
import { CityOnOneMachine, grid, posts } from '../support/city-on-one-machine.ts';
import { changes, day, hour } from '../support/story.ts';

const east = '331003';
const west = '331002';
const westGrid = '331002001001001';
const westPolice = '331002001.community-police';
const westCentre = '331002.county-centre';
const township = '331003001';

interface Table {
  readonly name: string;
  readonly total: number | null;
  readonly share: number | null;
  readonly cells: readonly { readonly value: string; readonly count: number | null }[];
  readonly below: readonly { readonly area: string; readonly total: number | null; readonly share: number | null }[];
}
interface Row {
  readonly by: string;
  readonly value: string;
  readonly count: number | null;
  readonly before: number | null;
  readonly p: number | null;
  readonly unusual: string | null;
}
interface Report {
  readonly provisional: boolean;
  readonly tables: readonly Table[];
  readonly firstHelp: readonly { readonly way: string; readonly count: number | null; readonly days: object | null }[];
  readonly posts: readonly { readonly post: string; readonly turns: number; readonly done: number }[];
  readonly trend: { readonly weeksBefore: number; readonly weeks: readonly string[]; readonly rows: readonly Row[] };
}

describe('the report of March', () => {
  let city: CityOnOneMachine;
  beforeAll(async () => {
    // Nothing happens on most of these ninety days: what comes daily comes every third.
    city = await CityOnOneMachine.open(inject('assembly'), '2025-12-22T09:00:00+08:00', undefined, 3 * day);
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  const until = (time: string) => city.pass(Date.parse(time) - city.cloud.now());
  let pairs = 0;
  const people = () => {
    pairs += 1;
    return [
      { role: 'complainant', name: `王${pairs}`, phone: `1380000${1000 + pairs}` },
      { role: 'respondent', name: `刘${pairs}`, phone: `1380001${1000 + pairs}` },
    ];
  };
  const quarrel = async (more: object, post: string = posts.mediator): Promise<string> => {
    const { dispute } = await city.report({ channel: 'grid', area: grid, facts: [], people: people(), ...more }, post);
    return dispute;
  };
  const settle = async (id: string, n: number, outcome: 'settled' | 'failed', post: string = posts.mediator) => {
    const done = await city.act(`${id}.settle-${n}`, 'answer', post, { outcome });
    expect(done, JSON.stringify(done.body)).toMatchObject({ status: 200 });
  };
  const read = async (area: string, post: string = posts.reviewer, month = '2026-03') => {
    const { status, body } = await city.get(`/v1/reports/${month}?area=${area}`, post);
    return { status, body, type: body.type, ...(body as unknown as Report) };
  };
  const table = (told: Report, name: string): Table => {
    const found = told.tables.find((one) => one.name === name);
    if (!found) throw new Error(name);
    return found;
  };
  const row = (told: Report, by: string, value: string) =>
    told.trend.rows.find((one) => one.by === by && one.value === value);

  it('December to February: a few neighbours quarrel each week and agree on the spot', async () => {
    const settlement = { agreement: '双方同意：晾衣不越界。' };
    for (let i = 0; i < 10; i++) await quarrel({ settlement });
    for (let week = 0; week < 8; week++) {
      await city.pass(7 * day);
      for (let i = 0; i < 2; i++) await quarrel({ settlement: { agreement: '双方同意。' } });
    }
    expect((await read(east, posts.county, '2026-02')).status).toBe(200);
  });

  const failing: { id: string; people: object[] }[] = [];
  it('9 March: a factory does not pay. Twelve are settled in the village, ten are not, and one nobody looks at', async () => {
    await until('2026-03-09T09:00:00+08:00');
    for (let i = 0; i < 12; i++) await settle(await quarrel({ disputeType: 'labour_wage' }), 1, 'settled');
    for (let i = 0; i < 10; i++) {
      const both = people();
      const id = await quarrel({ disputeType: 'labour_wage', people: both });
      await settle(id, 1, 'failed');
      failing.push({ id, people: both });
    }
    const forgotten = await quarrel({ disputeType: 'labour_wage' });
    await city.pass(day + hour);
    const { body } = await city.get(`/v1/disputes/${forgotten}`, posts.county);
    const { tasks } = body.dispute as { tasks: { taskId: string; owner: string }[] };
    expect(tasks).toMatchObject([{ owner: posts.township, climbs: 1 }]);
    await settle(forgotten, 1, 'failed', posts.township);
  });

  it('the ten are at it again after their end: they are known by their parties', async () => {
    await until('2026-03-16T09:00:00+08:00');
    for (const { id, people: both } of failing) {
      expect(await quarrel({ disputeType: 'labour_wage', people: both })).toBe(id);
      await settle(id, 2, 'failed');
    }
  });

  it('wages: more than usual against eight weeks, and quarrels of neighbours fewer', async () => {
    await until('2026-03-23T09:00:00+08:00');
    const told = await read(township, posts.township);
    expect(told.trend).toMatchObject({
      weeksBefore: 8,
      weeks: ['2026-02-23', '2026-03-02', '2026-03-09', '2026-03-16'],
    });
    expect(row(told, 'type', 'labour_wage')).toMatchObject({ count: 23, unusual: 'more' });
    expect(row(told, 'type', 'neighbour')).toMatchObject({ count: 0, unusual: 'fewer' });
    // Eight a month: neither month told its own, and so their sum is not told.
    for (const type of ['labour_wage', 'neighbour']) expect(row(told, 'type', type)).toMatchObject({ before: null });
    expect(row(told, 'week', '2026-03-09')).toMatchObject({ count: 23, unusual: 'more' });
    expect(row(told, 'type', 'debt')).toMatchObject({ count: 0, before: null, unusual: null });
    expect(row(await read('331000'), 'area', east)).toMatchObject({ count: 23 });
  });

  it('ninety days after December: of ten agreements ten were kept', async () => {
    const checks: string[] = [];
    const { body } = await city.get('/v1/me/tasks?limit=100', posts.mediator);
    for (const { taskId, kind } of body.tasks as { taskId: string; kind: string }[]) {
      if (kind === 'agreement-check') checks.push(taskId);
    }
    expect(checks).toHaveLength(10);
    for (const task of checks) {
      expect((await city.act(task, 'answer', posts.mediator, { outcome: 'kept' })).status).toBe(200);
    }
    expect(table(await read(east), 'agreements')).toMatchObject({ total: 10, share: 100, good: 'more' });
  });

  const cases: string[] = [];
  it('23 March, the other county: ten are threatened: each becomes a case, and is verified', async () => {
    for (let i = 0; i < 10; i++) {
      const sent = await city.report({ area: westGrid, people: people() }, westPolice);
      expect((await city.act(`${sent.case}.verify-1`, 'answer', westPolice, { outcome: 'verified' })).status).toBe(200);
      cases.push(sent.case);
    }
  });

  const caseOf = async (id: string) => {
    const { body } = await city.get(`/v1/cases/${id}`, westCentre);
    return body.case as { events: { id: string }[]; tasks: { kind: string; taskId: string; owner: string }[] };
  };
  const tasksOf = async (id: string, wanted: string) => (await caseOf(id)).tasks.filter(({ kind }) => kind === wanted);
  const merits = async () => {
    const told = await read('331000');
    return { shares: told.tables.map(({ name, share }) => [name, share]), help: told.firstHelp[0] };
  };
  it('ten levels are decided, more than ever, and nothing that is presented as good is better for it', async () => {
    const before = await merits();
    for (const [i, id] of cases.entries()) {
      const { events } = await caseOf(id);
      const reason = `第${i}案：当事人持刀威胁，情况属实，两个部门今日须同时到场处置。`;
      const decision = { outcome: 'confirm', reason, changes, events: events.map((event) => event.id) };
      expect(await city.act(`${id}.decide-1`, 'answer', westCentre, decision)).toMatchObject({ status: 200 });
      const [protect] = await tasksOf(id, 'protect');
      await city.act(protect?.taskId ?? '', 'answer', protect?.owner ?? '', { outcome: 'protected' });
    }
    expect(await merits()).toEqual(before);
    expect(table(await read(west), 'decisions')).toMatchObject({
      total: 10,
      share: null,
      cells: [{ value: 'confirm', count: 10 }, { count: 0 }, { count: 0 }, { count: 0 }],
    });
  });

  it('nobody seconds them: a day later ten reds have fallen to orange, and are counted as lapses', async () => {
    await city.pass(day + hour);
    const told = await read(west);
    expect(table(told, 'lapses').cells).toEqual([
      { value: 'red', count: 10 },
      { value: 'orange', count: 0 },
      { value: 'yellow', count: 0 },
    ]);
    expect(told.firstHelp).toMatchObject([
      { way: 'without-level', count: 0, days: null, good: 'fewer' },
      { way: 'at-level', count: 10, days: { half: 0 }, good: null },
    ]);
  });

  it('disputes: twelve of twenty-three were settled where they arose; in the other county none of ten', async () => {
    const told = await read(east, posts.county);
    expect(table(told, 'disputes')).toMatchObject({ total: 23, share: 52, good: 'more' });
    expect(table(told, 'disputes').cells).toEqual([
      { value: 'lowest', count: 12 },
      { value: 'above', count: 0 },
      { value: 'not-settled', count: 11 },
      { value: 'case', count: 0 },
    ]);
    const whole = table(await read('331000'), 'disputes');
    expect(whole).toMatchObject({ total: 33, share: 36 });
    expect(whole.below.filter(({ total }) => total !== 0)).toMatchObject([
      { area: west, total: 10, share: 0 },
      { area: east, total: 23, share: 52 },
    ]);
  });

  it('the same parties again after the end: ten of thirty-three reports', async () => {
    expect(table(await read(east), 'repeats')).toMatchObject({
      total: 33,
      share: 30,
      good: 'fewer',
      cells: [
        { value: 'after-end', count: 10 },
        { value: 'while-open', count: 0 },
        { value: 'first', count: 23 },
      ],
    });
  });

  it('posts and never persons: the mediator had 43 turns and was late once; who had few is not told', async () => {
    const told = await read(east);
    expect(told.posts).toEqual([{ post: posts.mediator, turns: 43, acknowledged: 98, done: 98 }]);
    expect(told).toMatchObject({ postsNotTold: 1 });
  });

  it('what there was none of is said too, and what is few is not told, nor what would tell it', async () => {
    const told = await read(east);
    for (const name of ['contests', 'recalls']) expect(table(told, name)).toMatchObject({ total: 0, share: null });
    await settle(await quarrel({ disputeType: 'debt' }), 1, 'settled');
    await settle(
      await quarrel({ area: '331003003001001' }, '331003003001.village-mediator'),
      1,
      'settled',
      '331003003001.village-mediator',
    );
    const [county, one, other] = [await read(east), await read(township), await read('331003003')];
    // Two quarrels elsewhere: the county's number less the township's would tell them.
    expect(table(other, 'disputes')).toMatchObject({ total: null, share: null });
    expect([table(county, 'disputes').total, table(one, 'disputes').total]).toContain(null);
  });

  it('it is for those who coordinate, review or audit, in their area, and is written down', async () => {
    expect((await read(east, posts.auditor)).status).toBe(200);
    expect((await read(township, posts.township)).status).toBe(200);
    for (const post of [posts.police, posts.mediator, posts.administrator]) {
      expect(await read(east, post), post).toMatchObject({ status: 403, type: 'urn:hejie:problem:not-permitted' });
    }
    for (const area of [west, '331000']) expect((await read(area, posts.county)).status, area).toBe(403);
    for (const area of ['331003001001', grid]) {
      expect(await read(area), area).toMatchObject({ status: 422, type: 'urn:hejie:problem:invalid' });
    }
    expect((await read(east, posts.reviewer, '2026-04')).status).toBe(422);
    expect((await read(east, posts.reviewer, '2026-13')).status).toBe(422);
    const today = localDate(city.cloud.now());
    const { body } = await city.get(`/v1/audit/${posts.county}%231/${today}?limit=100`, posts.auditor);
    expect(JSON.stringify(body)).toContain('read-month-report');
  });

  it('nothing that it is made of names anybody or what they said', async () => {
    const known = new Set(['pk', 'sk', 'log', 'area', 'response', 'choice', 'level', 'outcome', 'settledBy', 'coming']);
    for (const one of ['day', 'disputeType', 'help', 'lapse', 'agreement', 'deferral']) known.add(one);
    let kept = 0;
    for await (const item of city.cloud.scan()) {
      if (!String(item.pk).startsWith('M#')) continue;
      kept += 1;
      expect(Object.keys(item).filter((name) => !known.has(name))).toEqual([]);
      expect(JSON.stringify(item)).not.toMatch(/王|刘|1380|#1"/);
    }
    expect(kept).toBeGreaterThan(90);
  });

  it('until the month is over it is provisional; npm run report prints the same from the data folder', async () => {
    expect((await read(east)).provisional).toBe(true);
    const told: string[] = [];
    const where = ['--data', city.data, '--assembly', inject('assembly')];
    await report(['--month', '2026-03', '--area', east, '--json', ...where], (line) => told.push(line));
    expect(JSON.parse(told.join('\n'))).toEqual({ ...(await read(east)).body, at: expect.any(String) });
    const printed: string[] = [];
    await report(['--month', '2026-03', ...where], (line) => printed.push(line));
    const text = printed.join('\n');
    expect(text).toContain('暂计 provisional');
    expect(text).toContain('异议 contests\n  无 none');
    expect(text).toMatch(/劳动报酬 labour and wages: 23, .*多于往常 more than usual/);
  });
});
