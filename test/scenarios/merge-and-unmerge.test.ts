import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CityOnOneMachine, fact, posts, type Sent } from '../support/city-on-one-machine.ts';
import { repairedIn, roundsSoFar } from '../support/insider.ts';
import {
  answered,
  bothConsent,
  changes,
  commanded,
  day,
  hour,
  ofId,
  quarrel,
  reason,
  shown,
  taskOf,
  toldAfterHer,
  toPlan,
} from '../support/story.ts';

const why = '两份报告登记了不同电话，经走访确认是同一个人。';
const whyNot = '再次核对身份后确认是两个人，合并有误，应当分开。';
const refused = 'urn:hejie:problem:refused';

interface Seen {
  readonly no: string;
  readonly taskId: string;
  readonly kind: string;
  readonly owner: string;
  readonly measure: string | null;
}

describe('two that are one, and two again', () => {
  let city: CityOnOneMachine;
  /** The same man, reported under two telephones; the graver case is the first. */
  let graver: Sent;
  let other: Sent;
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-05T09:00:00+08:00', undefined, day);
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  const merge = (of: 'cases' | 'disputes', id: string, into: string, post: string = posts.county, why_ = why) =>
    commanded(city, `/v1/${of}/${id}/merge`, post, { into, reason: why_ });
  const unmerge = (of: 'cases' | 'disputes', id: string, post: string = posts.county) =>
    commanded(city, `/v1/${of}/${id}/unmerge`, post, { reason: whyNot });
  const seen = async (id: string) => {
    const { body } = await city.get(`/v1/cases/${id}`, posts.reviewer);
    return body.case as {
      status: string;
      owner: string;
      endsAs: string | null;
      mergedInto?: string;
      absorbed?: string[];
      level: { colour: string; lapses: string } | null;
      disputes: string[];
      events: { id: string; state: string }[];
      tasks: Seen[];
      agreements?: { id: string }[];
    };
  };
  const work = ({ tasks }: { tasks: Seen[] }) => tasks.map(({ no, owner }) => `${no} ${owner}`).sort();
  const measuresOf = ({ tasks }: { tasks: Seen[] }) => tasks.flatMap(({ measure }) => measure ?? []).sort();
  const under = (n: number, phone: string) => {
    const { people } = quarrel(n);
    return { people: people.map((one) => (one.role === 'respondent' ? { ...one, name: '刘大强', phone } : one)) };
  };
  /** Told again by the police under that number, of the same two. */
  const toldAgain = (n: number, phone: string) =>
    city.report({ ...under(n, phone), facts: [fact('threat_to_harm')], text: '报警人称对方再次扬言要动手。' });

  it('Monday: one man is reported under two telephones, and so there are two cases, each with its plan', async () => {
    graver = await toPlan(city, 'orange', under(1, '13800002001'));
    await answered(city, graver.case, 'plan', { outcome: 'planned', measures: [{ kind: 'legal-aid' }] });
    other = await toPlan(city, 'yellow', under(2, '13800002002'));
    await answered(city, other.case, 'plan', {
      outcome: 'planned',
      measures: [{ kind: 'people-mediation' }, { kind: 'interpreter' }],
    });
    expect(other.case).not.toBe(graver.case);
    expect(other.dispute).not.toBe(graver.dispute);
    expect(measuresOf(await seen(other.case))).toEqual(['interpreter', 'people-mediation']);
  });

  it('whoever coordinates both says so, with a reason; no other post, and of nothing that is not there', async () => {
    for (const post of [posts.mediator, posts.police, posts.countyPolice, '331002.county-centre']) {
      expect(await merge('cases', other.case, graver.case, post), post).toMatchObject({ status: 403 });
    }
    expect(await merge('cases', other.case, 'C-000000000000')).toMatchObject({ status: 404 });
    expect(await merge('cases', other.case, other.case)).toMatchObject({ status: 422 });
    expect(await merge('cases', other.case, graver.case, posts.county, '同一人')).toMatchObject({ status: 422 });
    expect(await merge('cases', other.case, graver.dispute)).toMatchObject({ status: 422 });
    expect(await unmerge('cases', other.case)).toMatchObject({ status: 409, type: refused });
    const headers = { ...(await city.headers(posts.county)), 'idempotency-key': city.key(), 'if-match': '"1"' };
    const path = `/v1/cases/${other.case}/merge`;
    const stale = await city.cloud.request({ method: 'POST', path, headers, body: { into: graver.case, reason: why } });
    expect(stale.status).toBe(412);
    expect(await seen(other.case)).toMatchObject({ status: 'carrying-out' });
  });

  it('the graver case takes the other in, never the other way round', async () => {
    const wrong = await merge('cases', graver.case, other.case);
    expect(wrong).toMatchObject({ status: 409, type: refused });
    expect(wrong.body.allowed).toEqual([`merging ${other.case} into ${graver.case}`]);
  });

  it('merged: every task goes on with its post, under a number of the one that goes on', async () => {
    const [before, mine] = [await seen(other.case), await seen(graver.case)];
    const old = await taskOf(city, other.case, 'measure');
    const said = city.said().length;
    expect(await merge('cases', other.case, graver.case)).toMatchObject({
      status: 200,
      body: { id: other.case, mergedInto: graver.case, repeated: false },
    });
    const after = await seen(graver.case);
    expect(after.absorbed).toEqual([other.case]);
    expect([...after.disputes].sort()).toEqual([...mine.disputes, ...before.disputes].sort());
    expect(after.events).toHaveLength(2);
    expect(measuresOf(after)).toEqual(['interpreter', 'legal-aid', 'people-mediation']);
    for (const { measure, owner } of before.tasks.filter((task) => task.measure)) {
      const moved = after.tasks.find((task) => task.measure === measure);
      expect(moved?.owner).toBe(owner);
      const { body } = await city.get(`/v1/posts/${owner}/tasks?limit=100`, owner);
      const lines = (body.tasks as Seen[]).map(({ taskId }) => taskId);
      expect(lines).toContain(moved?.taskId);
      expect(lines.filter((line) => line.startsWith(other.case))).toEqual([]);
      const told = city.said().slice(said);
      expect(told).toContainEqual(expect.objectContaining({ kind: 'opened', taskId: moved?.taskId, post: owner }));
    }
    // Whoever still has the old number is led on by it.
    const taken = await city.act(old.taskId, 'acknowledge', old.owner, {});
    expect(taken).toMatchObject({ status: 200, body: { taskId: expect.stringContaining(graver.case) } });
  });

  it('what went is closed and says where it went; nothing more is done to it', async () => {
    expect(await seen(other.case)).toMatchObject({
      ...{ status: 'closed', endsAs: 'merged', mergedInto: graver.case, level: null, tasks: [] },
    });
    const { body } = await city.get(`/v1/cases/${other.case}`, posts.county);
    expect(body.case).toMatchObject({ status: 'closed', mergedInto: graver.case });
    const { body: told } = await city.get(`/v1/cases/${other.case}/history?limit=100`, posts.reviewer);
    const actions = told.actions as Record<string, unknown>[];
    expect(actions).toContainEqual(
      expect.objectContaining({ kind: 'mergeOffered', post: posts.county, other: graver.case, note: why }),
    );
    const hold = { to: posts.township, reason: '当事人已迁居，由对方负责整案更合适，请接收。' };
    const { owner } = await seen(graver.case);
    expect((await commanded(city, `/v1/cases/${other.case}/hand-over`, owner, hold)).status).toBe(403);
    expect(await merge('cases', other.case, graver.case)).toMatchObject({
      status: 409,
      body: { allowed: [graver.case] },
    });
    expect(await merge('cases', graver.case, other.case)).toMatchObject({ status: 409 });
  });

  it('its level rose by nothing, and somebody decides at once on what both knew', async () => {
    const { level, tasks } = await seen(graver.case);
    expect(level).toMatchObject({ colour: 'orange' });
    const decide = tasks.find(({ kind }) => kind === 'decide');
    const events = (await seen(graver.case)).events.map(({ id }) => id);
    const body = { outcome: 'lower', level: 'orange', reason: `${reason}两案为同一人。`, changes, events };
    expect(await city.act(decide?.taskId ?? '', 'answer', decide?.owner ?? '', body)).toMatchObject({ status: 200 });
    expect((await seen(graver.case)).tasks.map(({ kind }) => kind)).not.toContain('decide');
  });

  it('Tuesday: what is reported under either number goes to the one case; a report repeated changes nothing', async () => {
    await city.pass(day);
    const first = await toldAgain(2, '13800002002');
    expect(first).toMatchObject({ case: graver.case, dispute: other.dispute });
    expect(await toldAgain(1, '13800002001')).toMatchObject({ case: graver.case, dispute: graver.dispute });
    expect((await seen(graver.case)).events).toHaveLength(4);
    expect(await seen(other.case)).toMatchObject({ status: 'closed' });
  });

  it('who works on it sees who is in both; whoever is in either acts in neither', async () => {
    const { owner } = await seen(graver.case);
    const { body } = await city.get(`/v1/cases/${graver.case}`, owner);
    const names = new Set((body.people as { name?: string }[]).map(({ name }) => name));
    expect([...names].sort()).toEqual(['刘大强', '王1', '王2']);
    const party = await city.as(owner, { person: 'wang-2', phone: '13800001002' });
    const mine = await party.GET('/cases/{id}', ofId(graver.case));
    expect(mine.error?.type).toBe('urn:hejie:problem:conflict-of-interest');
    const { tasks } = shown(await party.GET('/me/tasks', { params: { query: { limit: 100 } } }));
    expect(tasks.filter(({ taskId }) => taskId.startsWith(graver.case))).toEqual([]);
  });

  it('they are two after all: the case is what it was, with its level, its plan and what was told of this man', async () => {
    const done = (await seen(graver.case)).tasks.find(({ measure }) => measure === 'interpreter');
    expect(await city.act(done?.taskId ?? '', 'answer', done?.owner ?? '', { outcome: 'done' })).toMatchObject({
      status: 200,
    });
    expect(await unmerge('cases', other.case, posts.mediator)).toMatchObject({ status: 403 });
    const headers = { ...(await city.headers(posts.county)), 'idempotency-key': city.key() };
    const request = { method: 'POST', path: `/v1/cases/${other.case}/unmerge`, headers, body: { reason: whyNot } };
    const answer = await city.cloud.request(request);
    await city.cloud.settled();
    expect(answer).toMatchObject({ status: 200, body: { mergedInto: null, repeated: false } });
    const again = await city.cloud.request(request);
    expect(again.body).toEqual({ ...(answer.body as object), repeated: true });
    const [left, right] = [await seen(graver.case), await seen(other.case)];
    expect(right).toMatchObject({ status: 'carrying-out', endsAs: null, level: { colour: 'yellow' } });
    expect(right.mergedInto).toBeUndefined();
    expect(left.absorbed).toBeUndefined();
    // What was done in the meantime is done.
    expect(measuresOf(right)).toEqual(['people-mediation']);
    expect(measuresOf(left)).toEqual(['legal-aid']);
    expect(right.events).toHaveLength(2);
    expect(left.events).toHaveLength(2);
    expect(right.disputes).toEqual([other.dispute]);
    expect(left.disputes).toEqual([graver.dispute]);
    expect(right.tasks.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['verify', 'review', 'renew']));
    for (const { taskId, owner } of right.tasks) {
      const { body } = await city.get(`/v1/posts/${owner}/tasks?limit=100`, owner);
      expect((body.tasks as Seen[]).filter((line) => line.taskId === taskId)).toMatchObject([{ owner }]);
    }
  });

  it('from then on each is told of alone; and both go on', async () => {
    const sent = await toldAgain(2, '13800002002');
    expect(sent.case).toBe(other.case);
    await city.pass(hour);
    expect(work(await seen(other.case))).not.toEqual([]);
    expect((await seen(graver.case)).events).toHaveLength(2);
  });

  it('two who hit each other are never made one', async () => {
    const [one, two] = [
      { name: '陈一', phone: '13800003001' },
      { name: '陈二', phone: '13800003002' },
    ];
    const people = (from: object, against: object) => [
      { role: 'complainant', ...from },
      { role: 'respondent', ...against },
    ];
    const his = await city.report({ people: people(one, two) });
    const hers = await city.report({ people: people(two, one) });
    expect(hers.dispute).toBe(his.dispute);
    const denied = await merge('cases', hers.case, his.case);
    expect(denied).toMatchObject({ status: 409, type: refused });
    expect(denied.body.detail).toMatch(/stands against/);
  });

  describe('of two disputes that are one quarrel', () => {
    let kept: Sent;
    let gone: Sent;
    const small = { facts: [], text: '两户因晾衣争吵，已劝开。' };
    const people = (phone: string) => [
      { role: 'complainant', name: '赵大姐', phone },
      { role: 'respondent', name: '钱大哥', phone: '13800004009' },
    ];
    const openIn = async (id: string) => {
      const { body } = await city.get(`/v1/disputes/${id}`, posts.reviewer);
      return body.dispute as { status: string; tasks: Seen[]; mergedInto?: string; absorbed?: string[] };
    };

    it('one settles, where two would have; people stay sealed where they are, and are read as one', async () => {
      kept = await city.report({ ...small, people: people('13800004001') });
      gone = await city.report({ ...small, people: people('13800004002') });
      expect(gone.dispute).not.toBe(kept.dispute);
      expect(await merge('disputes', gone.dispute, kept.dispute, posts.mediator)).toMatchObject({ status: 403 });
      expect(await merge('disputes', gone.dispute, kept.dispute)).toMatchObject({ status: 200 });
      expect((await openIn(kept.dispute)).tasks.map(({ no }) => no)).toEqual(['settle-1']);
      expect(await openIn(gone.dispute)).toMatchObject({ status: 'closed', mergedInto: kept.dispute, tasks: [] });
      const { body } = await city.get(`/v1/disputes/${kept.dispute}`, posts.mediator);
      const phones = (body.people as { phone?: string }[]).map(({ phone }) => phone);
      expect(phones.sort()).toEqual(['13800004001', '13800004002', '13800004009', '13800004009']);
    });

    it('whoever is in either acts in neither, and is not listed', async () => {
      const party = await city.as(posts.mediator, { person: 'zhao', phone: '13800004002' });
      const asked = await party.GET('/disputes/{id}', ofId(kept.dispute));
      expect(asked.error?.type).toBe('urn:hejie:problem:conflict-of-interest');
      const { cases } = shown(await party.GET('/cases', { params: { query: { limit: 100 } } }));
      expect(cases.filter(({ id }) => id === kept.dispute)).toEqual([]);
      // She herself reads both, and only her own; that two were made one is not told to whom it is about.
      const herself = city.people.citizen({ person: 'zhao', phone: '13800004002' });
      for (const id of [kept.dispute, gone.dispute]) {
        const { dispute, people: own } = shown(await herself.GET('/disputes/{id}', ofId(id)));
        expect(own).toBeUndefined();
        expect(dispute).not.toHaveProperty('mergedInto');
        expect(dispute).not.toHaveProperty('absorbed');
      }
      const { people: mine } = shown(await herself.GET('/disputes/{id}/affected', ofId(kept.dispute)));
      expect(mine.map(({ phone }) => phone)).toEqual(['13800004002']);
    });

    it('what the same two tell again goes there; somebody in either is erased', async () => {
      const again = await city.report({ ...small, people: people('13800004002') });
      expect(again.dispute).toBe(kept.dispute);
      const { body } = await city.get(`/v1/disputes/${kept.dispute}`, posts.mediator);
      const her = (body.people as { phone?: string; ref: string }[]).find(({ phone }) => phone === '13800004002');
      const path = `/v1/disputes/${kept.dispute}/erasures`;
      const erased = await commanded(city, path, posts.administrator, { ref: her?.ref, ground: 'court' });
      expect(erased.status).toBe(200);
      const { body: left } = await city.get(`/v1/disputes/${kept.dispute}`, posts.mediator);
      expect((left.people as { erased?: true }[]).filter((one) => one.erased)).toHaveLength(1);
    });

    it('they are two quarrels after all: each has its own again, and who settles it', async () => {
      expect(await unmerge('disputes', gone.dispute)).toMatchObject({ status: 200, body: { mergedInto: null } });
      expect((await openIn(gone.dispute)).tasks.map(({ no }) => no)).toEqual(['settle-1']);
      expect((await openIn(kept.dispute)).tasks.map(({ no }) => no)).toEqual(['settle-1']);
      const { body } = await city.get(`/v1/disputes/${kept.dispute}`, posts.mediator);
      expect((body.people as { phone?: string }[]).map(({ phone }) => phone).sort()).toEqual([
        '13800004001',
        '13800004009',
      ]);
    });
  });

  describe('of what those in it are told themselves', () => {
    const untrue = '当天我没有持刀，也没有说过要杀人的话，请另派人核实。';
    const terms = '双方约定：共用过道不再堆物，医药费三千元于三月底前付清。';
    /** He under two telephones, reported by the same woman. */
    const her = { name: '孙大姐', phone: '13800005001' };
    const his = ['13800005002', '13800005003'] as const;
    const oneself = (phone: string) => city.people.citizen({ person: `p-${phone}`, phone });
    const people = (phone: string) => ({
      people: [
        { role: 'complainant', ...her },
        { role: 'respondent', name: '周大哥', phone },
      ],
    });
    let gone: Sent;
    let kept: Sent;

    it('the case of one telephone, with its agreement, goes into that of the other; their disputes too; and he is told', async () => {
      gone = await toPlan(city, 'yellow', people(his[0]));
      await answered(city, gone.case, 'plan', { outcome: 'planned', measures: [{ kind: 'people-mediation' }] });
      const { taskId, owner } = await taskOf(city, gone.case, 'measure');
      await bothConsent(city, taskId, owner);
      await answered(city, gone.case, 'measure', { outcome: 'agreed', note: terms });
      kept = await toPlan(city, 'yellow', people(his[1]));
      expect(kept.case).not.toBe(gone.case);
      expect(await merge('cases', gone.case, kept.case)).toMatchObject({ status: 200 });
      expect(await merge('disputes', gone.dispute, kept.dispute)).toMatchObject({ status: 200 });
      await toldAfterHer(city, kept.case);
    });

    it('he contests it, known by what went as by what goes on, and reads what he asked', async () => {
      const [himself, again] = [oneself(his[0]), oneself(his[1])];
      const { matters } = shown(await himself.GET('/me/matters'));
      expect(matters).toMatchObject([{ case: kept.case }]);
      const params = { path: { id: kept.case }, header: { 'Idempotency-Key': city.key() } };
      const { response } = await himself.POST('/cases/{id}/contests', { params, body: { reason: untrue } });
      expect(response.status).toBe(201);
      await city.cloud.settled();
      for (const who of [himself, again]) {
        const { requests } = shown(await who.GET('/matters/{id}/requests', ofId(kept.case)));
        expect(requests).toMatchObject([{ about: 'contest', outcome: null, words: [untrue] }]);
      }
    });

    it('what they agreed on is there once, for her as for him', async () => {
      const [agreement] = (await seen(kept.case)).agreements ?? [];
      for (const phone of [her.phone, ...his]) {
        const { matters } = shown(await oneself(phone).GET('/me/matters'));
        const found = matters.map(({ agreements }) => agreements?.map(({ id }) => id));
        expect(found, phone).toEqual(matters.map(() => [agreement?.id]));
      }
    });
  });

  it('the reconciler had nothing to repair', async () => {
    await city.pass(hour);
    expect(repairedIn(roundsSoFar(city))).toEqual({});
  });
});
