import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CityOnOneMachine, fact, posts } from '../support/city-on-one-machine.ts';
import { commanded, day, hour, queueOf } from '../support/story.ts';

const civilAffairs = '331003001.township-civil-affairs';
const countyCivilAffairs = '331003.county-civil-affairs';
const humanResources = '331003.county-human-resources';

const chen = { role: 'complainant', name: '陈月琴', idNumber: '331003198203040022', phone: '13800000011' };
const asking = {
  channel: 'grid',
  source: '村干部',
  disputeType: 'none',
  text: '刚从外地回来，没有收入，想学一门手艺。',
  facts: [fact('hardship_income', { start: 7, end: 11 })],
  people: [chen],
  help: ['work-and-training'],
};

interface Shown {
  readonly status: string;
  readonly owner: string;
  readonly wanted?: string[];
  readonly help?: { readonly tasks: Record<string, unknown>[] };
}

describe('help only: needs without a dispute', () => {
  let city: CityOnOneMachine;
  let id = '';
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-05T09:00:00+08:00');
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  const at = (path = '') => `/v1/referrals/${id}${path}`;
  const referral = async (post = civilAffairs): Promise<Shown> => (await city.get(at(), post)).body.referral as Shown;
  const task = async (kind: string, measure?: string) => {
    const found = (await referral()).help?.tasks.find(
      (one) => one.kind === kind && (measure === undefined || one.measure === measure),
    );
    if (!found) throw new Error(`no ${kind} ${measure ?? ''}`);
    return found as { taskId: string; owner: string; due: string; statutory?: { zh: string } };
  };
  const logs = async (letter: string): Promise<Set<string>> => {
    const found = new Set<string>();
    for await (const { pk } of city.cloud.scan()) if (String(pk).startsWith(`${letter}#`)) found.add(String(pk));
    return found;
  };
  const herself = () => city.people.citizen({ person: 'chen-yueqin', idNumber: chen.idNumber });

  it('Monday: somebody without income asks to learn a trade; no dispute, no case: a referral, offered by civil affairs', async () => {
    const sent = await city.report(asking, posts.mediator);
    expect(sent).toMatchObject({ dispute: null, case: null, referral: expect.stringMatching(/^H-/) });
    id = sent.referral;
    expect(await referral()).toMatchObject({
      status: 'open',
      owner: civilAffairs,
      wanted: ['hardship-relief', 'work-and-training'],
      help: { tasks: [{ kind: 'offer-help', owner: civilAffairs }] },
    });
    expect(await logs('C')).toEqual(new Set());
    expect(await logs('D')).toEqual(new Set());
  });

  it('what is asked for is what is wanted: who somebody is is no word of it', async () => {
    for (const [path, more] of [
      ['help.0', { help: ['after-prison'] }],
      ['(whole)', { status: 'newcomer' }],
      ['help', { disputeType: 'neighbour' }],
    ] as const) {
      const body = {
        sourceId: 'x',
        reportedAt: '2026-01-05T09:00:00+08:00',
        area: '331003001001001',
        ...asking,
        ...more,
      };
      const refused = await commanded(city, '/v1/reports', posts.mediator, body);
      expect(refused).toMatchObject({ status: 422, body: { faults: [expect.objectContaining({ path })] } });
    }
  });

  it('whoever offers it sees who and why; those who coordinate the area see that it is there, and nothing more', async () => {
    const { body } = await city.get(at(), civilAffairs);
    expect(body).toMatchObject({ people: [{ name: chen.name, part: 'complainant' }], words: [{ text: asking.text }] });
    for (const post of [posts.mediator, posts.township, posts.county]) {
      const seen = await city.get(at(), post);
      expect(seen.status, post).toBe(200);
      expect(Object.keys(seen.body)).toEqual(['referral']);
      for (const hidden of ['tasks', 'help', 'wanted']) expect(seen.body.referral).not.toHaveProperty(hidden);
      expect((await city.get(at('/history'), post)).status, post).toBe(403);
    }
    expect((await city.get(at(), humanResources)).status).toBe(403);
    expect((await city.get(at(), '331002.county-centre')).status).toBe(403);
  });

  it('the police cannot see it: not by its name, not on the board, not in a list, and no task of it comes to them', async () => {
    for (const post of [posts.police, posts.countyPolice]) {
      expect((await city.get(at(), post)).status).toBe(403);
      expect((await city.get(at('/history'), post)).status).toBe(403);
      const board = await city.get('/v1/cases?limit=100', post);
      expect(JSON.stringify(board.body)).not.toContain('H-');
      expect(await queueOf(city, post)).toEqual([]);
      const { taskId } = await task('offer-help');
      const given = await city.act(taskId, 'hand-off', civilAffairs, { to: post, reason: '请协助联系当事人' });
      expect(given, post).toMatchObject({ status: 422, body: { faults: [expect.objectContaining({ path: 'to' })] } });
      expect((await city.act(taskId, 'acknowledge', post, {})).status).toBe(403);
    }
    const board = await city.get('/v1/cases?subject=referral&limit=100', posts.county);
    expect(board.body.cases).toMatchObject([{ id, subject: 'referral' }]);
    expect((await city.get('/v1/cases?subject=referral', humanResources)).body.cases).toEqual([]);
  });

  it('she sees it herself; a stranger does not', async () => {
    const path = { params: { path: { id } } };
    const { data } = await herself().GET('/referrals/{id}', path);
    expect(data).toMatchObject({
      referral: { id, wanted: ['hardship-relief', 'work-and-training'], help: { tasks: [{ kind: 'offer-help' }] } },
      people: [{ name: chen.name }],
    });
    expect(data).not.toHaveProperty('words');
    const { data: mine } = await herself().GET('/me/matters', {});
    expect(mine?.matters).toEqual([{ referral: id, part: 'complainant' }]);
    const stranger = city.people.citizen({ person: 'stranger', idNumber: '331003197001010015' });
    expect((await stranger.GET('/referrals/{id}', path)).response.status).toBe(403);
  });

  it('what she asks for next joins what is there: one referral, one offer', async () => {
    const sent = await city.report({ ...asking, facts: [], help: ['interpreter'] }, posts.mediator);
    expect(sent.referral).toBe(id);
    expect(await logs('H')).toEqual(new Set([`H#${id}`]));
    const { wanted, help } = await referral();
    expect(wanted).toEqual(['hardship-relief', 'work-and-training', 'interpreter']);
    expect(help?.tasks).toHaveLength(1);
  });

  it('she takes two of the three; what was not offered cannot be taken', async () => {
    const { taskId } = await task('offer-help');
    const other = await city.act(taskId, 'answer', civilAffairs, { outcome: 'accepted', help: ['counselling'] });
    expect(other).toMatchObject({ status: 422, body: { faults: [expect.objectContaining({ path: 'help.0' })] } });
    const taken = { outcome: 'accepted', help: ['hardship-relief', 'interpreter'] };
    expect(await city.act(taskId, 'answer', civilAffairs, taken)).toMatchObject({ status: 200 });
    expect((await referral()).help?.tasks).toMatchObject([
      { measure: 'hardship-relief', owner: civilAffairs },
      { measure: 'interpreter', owner: posts.county },
    ]);
    expect(await queueOf(city, humanResources)).toEqual([]);
  });

  it('relief runs on the clock of the law: checked in 15 working days, approved in 5 more, whoever has it', async () => {
    const { taskId, due, statutory } = await task('measure', 'hardship-relief');
    // 15 working days from Monday 5 January end on the 26th, 5 more on 2 February.
    expect(due).toBe('2026-02-02T09:30:00.000Z');
    expect(statutory?.zh).toBe('浙江省社会救助条例');
    expect(await task('measure', 'interpreter')).not.toHaveProperty('statutory');
    await city.pass(3 * hour);
    const given = { to: countyCivilAffairs, reason: '县级民政直接受理' };
    expect((await city.act(taskId, 'hand-off', civilAffairs, given)).status).toBe(200);
    expect((await city.act(taskId, 'accept', countyCivilAffairs, {})).status).toBe(200);
    expect(await task('measure', 'hardship-relief')).toMatchObject({ owner: countyCivilAffairs, due });
  });

  it('each can be refused at any time; an interpreter is help too, and not for the police', async () => {
    const { taskId, owner } = await task('measure', 'interpreter');
    const given = await city.act(taskId, 'hand-off', owner, { to: posts.countyPolice, reason: '由公安安排翻译' });
    expect(given.status).toBe(422);
    expect((await city.act(taskId, 'answer', owner, { outcome: 'refused' })).status).toBe(200);
  });

  it('when the last of it is done the referral is over, and what became of it nobody in the area reads', async () => {
    const { taskId } = await task('measure', 'hardship-relief');
    await city.pass(2 * day);
    await city.act(taskId, 'acknowledge', countyCivilAffairs, {});
    expect((await city.act(taskId, 'answer', countyCivilAffairs, { outcome: 'done' })).status).toBe(200);
    const { body } = await city.get(at(), posts.county);
    expect(body.referral).toMatchObject({ status: 'closed', outcomes: [] });
    expect((await city.get(at(), civilAffairs)).status).toBe(403);
  });

  it('three days later she asks again, and then does not want it: it closes, and nobody asks why', async () => {
    await city.pass(3 * day);
    const sent = await city.report({ ...asking, facts: [], help: ['work-and-training'] }, posts.mediator);
    expect(sent.referral).toBe(id);
    const [offer] = await queueOf(city, humanResources);
    expect(offer).toMatchObject({ taskId: `${id}.offer-help-2`, kind: 'offer-help' });
    expect((await city.get(at(), civilAffairs)).status).toBe(403);
    const declined = await city.act(offer?.taskId ?? '', 'answer', humanResources, { outcome: 'declined' });
    expect(declined.status).toBe(200);
    expect((await city.get(at(), posts.county)).body.referral).toMatchObject({ status: 'closed' });
    expect(await logs('C')).toEqual(new Set());
  });

  it('and is forgotten when she wants to be: her name, and what leads to her', async () => {
    const body = { ref: 'nobody.0', ground: 'request' };
    expect((await commanded(city, at('/erasures'), civilAffairs, body)).status).toBe(403);
    const sent = await city.report({ ...asking, facts: [], help: ['legal-aid'] }, posts.mediator);
    expect(sent.referral).toBe(id);
    const justice = '331003001.township-justice';
    const { people } = (await city.get(at(), justice)).body as { people: { ref: string; name?: string }[] };
    expect(people.map(({ name }) => name)).toContain(chen.name);
    for (const { ref } of people) {
      const erased = await commanded(city, at('/erasures'), posts.administrator, { ref, ground: 'request' });
      expect(erased).toMatchObject({ status: 200, body: { referral: id, ref } });
    }
    const after = (await city.get(at(), justice)).body;
    expect(JSON.stringify(after)).not.toContain(chen.name);
    expect((await herself().GET('/me/matters', {})).data?.matters).toEqual([]);
  });

  it('a police officer who tells of a need is thanked, and not told what came of it', async () => {
    const she = { ...chen, name: '吴小妹', idNumber: '331003196504050030', phone: '13800000013' };
    const before = (await logs('H')).size;
    const sent = await city.report({ ...asking, channel: 'police', help: ['counselling'], people: [she] });
    expect(sent).toMatchObject({ dispute: null, case: null });
    expect(sent).not.toHaveProperty('referral');
    expect((await logs('H')).size).toBe(before + 1);
  });

  it('a quarrel in which somebody has no means to live opens no referral: help there has its place with the quarrel', async () => {
    const sent = await city.report({ facts: [fact('hardship_income')] });
    expect(sent).toMatchObject({ dispute: expect.stringMatching(/^D-/), case: null });
    expect(sent).not.toHaveProperty('referral');
    expect((await logs('H')).size).toBe(2);
  });

  it('whoever asks for help and speaks of ending their life is helped in one place, within the hour', async () => {
    const he = { ...chen, name: '周建国', idNumber: '331003197001010015', phone: '13800000012' };
    const more = { facts: [fact('threat_self_harm')], help: ['counselling'], people: [he] };
    const { referral: other } = await city.report({ ...asking, ...more }, posts.mediator);
    const [tasks] = await Promise.all([queueOf(city, '331003001.township-health')]);
    expect(
      tasks
        .filter(({ taskId }) => taskId.startsWith(other))
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(['crisis-help', 'offer-help']);
    expect(await logs('C')).toEqual(new Set());
  });
});
