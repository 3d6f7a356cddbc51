import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { main as explain } from '../../local/erase.ts';
import type { Action } from '../../shared/domain/actions.ts';
import { fold } from '../../shared/domain/fold.ts';
import type { CaseId } from '../../shared/domain/ids.ts';
import { CityOnOneMachine, grid, posts } from '../support/city-on-one-machine.ts';
import { Village } from '../support/ordinary.ts';
import { answered, bothConsent, commanded, day, shown, talkedOver, taskOf, toProposal } from '../support/story.ts';

const liu = {
  role: 'respondent',
  name: '刘大强',
  idNumber: '999999198001010011',
  phone: '13800000002',
  address: '桥头村9号',
};
const wang = { role: 'affected', name: '王小花', phone: '13800000001' };
const words = '报警人称邻居刘大强持刀扬言杀人';
const terms = '双方约定：共用过道不再堆物，医药费三千元于三月底前付清。';
const sued = '当事人已就定级决定提起行政诉讼，材料须保留至判决生效。';
const why = {
  reason: '周一当事人持刀威胁邻居，情况属实，两个部门须共同到场。',
  changes: '今天起保护受影响人，两个部门一起上门。',
};

describe('what is forgotten, what is held, what stays', () => {
  let city: CityOnOneMachine;
  let village: Village;
  let id = '';
  let dispute = '';
  let agreement = '';
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-05T09:00:00+08:00', undefined, 15 * day);
    village = new Village(city);
    const people = [{ role: 'complainant', name: '王大年', phone: '13800000003' }, wang, liu];
    const sent = await toProposal(city, { text: words, people });
    ({ case: id, dispute } = sent);
    await answered(city, id, 'decide', { outcome: 'lower', level: 'yellow', ...why, events: [sent.event] });
    await answered(city, id, 'protect', { outcome: 'protected', safetyPlan: 'not-wanted' });
    await talkedOver(city, id);
    await answered(city, id, 'plan', { outcome: 'planned', measures: [{ kind: 'people-mediation' }] });
    const { taskId, owner } = await taskOf(city, id, 'measure');
    await bothConsent(city, taskId, owner);
    await answered(city, id, 'measure', { outcome: 'agreed', note: terms });
    await answered(city, id, 'confirm-agreement', { outcome: 'not-wanted' });
    await answered(city, id, 'resolve', { outcome: 'resolved' });
    await answered(city, id, 'forewarn', { outcome: 'told', safetyPlan: 'not-wanted' });
    await city.pass(2 * day);
    await answered(city, id, 'notify', { outcome: 'told' });
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  const hold = (post: string, body: object, of = id) => commanded(city, `/v1/holds/${of}`, post, body);
  const inDays = (days: number) => new Date(city.cloud.now() + days * day).toISOString();
  const told = async () => {
    const lines: string[] = [];
    await explain(['--explain', id, '--data', city.data], (line) => lines.push(line));
    return lines.join('\n');
  };
  const inTable = async (...texts: readonly string[]): Promise<string[]> => {
    const found: string[] = [];
    for await (const item of city.cloud.scan()) {
      const sealed = /^(PERSON|ADDRESS|CONTACT|TEXT|NOTE)#/.test(String(item.sk)) && item.sealed !== undefined;
      const leads = /^P#/.test(String(item.pk));
      if (sealed || leads || texts.some((text) => JSON.stringify(item).includes(text))) {
        found.push(`${item.pk} ${item.sk}`);
      }
    }
    return found;
  };

  it('an open case: nothing goes yet, and whoever asks is told by which rule it will', async () => {
    expect((await city.case(id)).agreements).toMatchObject([{ outcome: null }]);
    const said = await told();
    expect(said).toContain(`个案 ${id}：未结`);
    expect(said).toContain('12 months');
    expect(said).toContain('未被保全');
    await expect(explain(['--explain', 'C-000000000000', '--data', city.data], () => undefined)).rejects.toThrow(
      /没有个案/,
    );
  });

  it('day 30: the one check-in; closed. Day 90: somebody is asked whether the agreement was kept, and nothing else opens', async () => {
    await city.pass(28 * day + 1);
    await answered(city, id, 'check-in', { outcome: 'well' });
    expect(await city.case(id)).toMatchObject({ status: 'closed', phase: 'closed', endsAs: null });
    await city.pass(75 * day);
    const { taskId, owner } = await taskOf(city, id, 'agreement-check');
    expect((await city.case(id)).tasks).toHaveLength(1);
    const { body } = await city.get(`/v1/cases/${id}`, owner);
    expect(JSON.stringify(body)).toContain(liu.name);
    expect(body.case).toMatchObject({
      tasks: [{ kind: 'agreement-check', level: null, about: expect.stringMatching(/^B-/) }],
    });
    expect(await city.act(taskId, 'answer', owner, { outcome: 'kept' })).toMatchObject({ status: 200 });
    const closed = await city.case(id);
    expect(closed).toMatchObject({ status: 'closed', agreements: [{ outcome: 'kept' }] });
    agreement = (closed.agreements as { id: string }[])[0]?.id ?? '';
  });

  it('a hold on its dispute is told to whoever was told of the case', async () => {
    const body = { until: inDays(60), reason: sued };
    expect(await hold(posts.reviewer, body, dispute)).toMatchObject({ status: 201, body: { id: dispute } });
    expect(await taskOf(city, id, 'tell-hold')).toMatchObject({ owner: posts.county });
    await answered(city, id, 'tell-hold', { outcome: 'told' });
    expect(await city.case(id)).toMatchObject({ status: 'closed' });
  });

  it('only the independent reviewer holds, with a reason and an end within twelve months; the county tells whoever knows', async () => {
    const body = { until: inDays(360), reason: sued };
    for (const post of [posts.county, posts.township, posts.administrator, posts.auditor]) {
      expect((await hold(post, body)).status, post).toBe(403);
    }
    expect(await hold(posts.reviewer, { ...body, until: inDays(370) })).toMatchObject({
      ...{ status: 422, body: { faults: [{ path: 'until' }] } },
    });
    expect(await hold(posts.reviewer, { ...body, until: inDays(-1) })).toMatchObject({ status: 422 });
    expect(await hold(posts.reviewer, { ...body, reason: '起诉' })).toMatchObject({ status: 422 });
    const held = await hold(posts.reviewer, body);
    expect(held).toMatchObject({ status: 201, body: { id, until: body.until, repeated: false } });
    // It stands at once; telling follows.
    expect(await city.case(id)).toMatchObject({ heldUntil: body.until });
    expect(await taskOf(city, id, 'tell-hold')).toMatchObject({ owner: posts.county });
    const himself = city.people.citizen({ person: 'liu', idNumber: liu.idNumber, phone: liu.phone });
    const own = shown(await himself.GET('/cases/{id}', { params: { path: { id } } }));
    expect(own.case).toMatchObject({ heldUntil: body.until });
    expect(JSON.stringify(own)).not.toContain(sued);
    await answered(city, id, 'tell-hold', { outcome: 'told' });
    expect(await city.case(id)).toMatchObject({ status: 'closed' });
  });

  it('held, nobody in it is erased on request: refused until when', async () => {
    const ref = (await peopleOf()).find(({ part }) => part === 'respondent')?.ref ?? '';
    const erase = (ground: string) =>
      commanded(city, `/v1/disputes/${dispute}/erasures`, posts.administrator, { ref, ground });
    expect(await erase('request')).toMatchObject({
      ...{ status: 409, type: 'urn:hejie:problem:held' },
      body: { allowed: [expect.stringMatching(/^from 20\d\d-/)] },
    });
    expect(await told()).toMatch(/依法保全至 20\d\d-\d\d-\d\d/);
    expect(await inTable()).not.toEqual([]);
  });
  const peopleOf = async () => {
    const found: { part: string; ref: string }[] = [];
    for await (const { pk, sk, role } of city.cloud.scan()) {
      const [, report, i] = /^PERSON#(.+)#(\d+)$/.exec(String(sk)) ?? [];
      if (pk === `D#${dispute}` && report) found.push({ part: String(role), ref: `${report}.${i}` });
    }
    return found;
  };

  it('twelve months in all, however often: only a proceeding that has begun since lets them begin anew', async () => {
    await city.pass(320 * day);
    const date = (days: number) => inDays(days).slice(0, 10);
    const longer = { until: inDays(60), reason: sued };
    const faulty = async (body: object, path: string, of = id) =>
      expect(await hold(posts.reviewer, body, of), JSON.stringify(body)).toMatchObject({
        ...{ status: 422, body: { faults: [{ path }] } },
      });
    await faulty(longer, 'until');
    await faulty(longer, 'until', dispute);
    await faulty({ ...longer, proceeding: { kind: 'lawsuit', begunOn: date(-330) } }, 'proceeding.begunOn');
    await faulty({ ...longer, proceeding: { kind: 'lawsuit', begunOn: date(2) } }, 'proceeding.begunOn');
    await faulty({ ...longer, proceeding: { kind: 'petition', begunOn: date(-2) } }, 'proceeding.kind');
    const begun = { ...longer, proceeding: { kind: 'lawsuit', begunOn: date(-2) } };
    expect(await hold(posts.reviewer, begun)).toMatchObject({ status: 201, body: { until: longer.until } });
    expect(await taskOf(city, id, 'tell-hold')).toMatchObject({ owner: posts.county });
    await answered(city, id, 'tell-hold', { outcome: 'told' });
  });

  it('a year after the last check-in nothing has gone: it is held; released, it goes the next day', async () => {
    expect((await inTable()).some((key) => key.includes('PERSON#'))).toBe(true);
    const release = (post: string) =>
      commanded(city, `/v1/holds/${id}/release`, post, { reason: '法院判决已生效，双方均未上诉，不再需要保留材料。' });
    expect((await release(posts.county)).status).toBe(403);
    expect(await release(posts.reviewer)).toMatchObject({ status: 201 });
    expect(await release(posts.reviewer)).toMatchObject({ status: 409 });
    expect(await told()).toContain('未被保全');
    await city.pass(16 * day);
    expect(await inTable(liu.name, wang.name, words, liu.address)).toEqual([]);
  });

  it('the chain stays and holds: what was decided and done, by which post, and since when nobody is named', async () => {
    const actions: Action[] = [];
    for await (const { pk, action } of city.cloud.scan())
      if (pk === `C#${id}`) actions.push(...((action ? [action] : []) as Action[]));
    const state = fold(
      id as CaseId,
      actions.sort((a, b) => a.n - b.n),
    );
    expect(state).toMatchObject({
      status: 'closed',
      forgottenAt: expect.any(Number),
      agreements: [{ outcome: 'kept' }],
    });
    expect(actions.map(({ content }) => content.kind)).toEqual(
      expect.arrayContaining(['held', 'holdReleased', 'forgotten']),
    );
    const said = await told();
    expect(said).toMatch(/已于 20\d\d-\d\d-\d\d 删除/);
    expect(said).toMatch(/备份：至 20\d\d-\d\d-\d\d 仍在/);
    expect(said).toContain(agreement);
    const himself = city.people.citizen({ person: 'liu', idNumber: liu.idNumber });
    expect(shown(await himself.GET('/me/matters')).matters).toEqual([]);
    expect((await hold(posts.reviewer, { until: inDays(30), reason: sued })).status).toBe(409);
  });

  it('its dispute goes when the last case has; the agreement is kept apart, for those who work where it was made', async () => {
    await city.pass(16 * day);
    expect(await village.dispute(dispute, posts.county)).toMatchObject({ status: 404 });
    const read = (post: string) => city.get(`/v1/agreements/${agreement}`, post);
    expect(await read(posts.mediator)).toMatchObject({ status: 200, body: { text: terms, area: grid } });
    for (const post of [posts.police, '331002.county-centre', posts.administrator]) {
      expect((await read(post)).status, post).toBe(403);
    }
    expect((await city.get('/v1/agreements/B-000000000000', posts.mediator)).status).toBe(404);
  });
});
