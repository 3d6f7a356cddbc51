import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CityOnOneMachine, fact, posts } from '../support/city-on-one-machine.ts';
import { clockTime, liu, quarrel, Village, wang } from '../support/ordinary.ts';
import { day, hour, minute, ofId, shown } from '../support/story.ts';

describe('an ordinary dispute', () => {
  let city: CityOnOneMachine;
  let village: Village;
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-05T09:00:00+08:00');
    village = new Village(city);
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  it('Monday: the village mediator records parties, matter and outcome in one step; nothing is left to do', async () => {
    const settlement = { agreement: '双方同意：晾衣不越界，互不追究。' };
    const id = await village.report({ settlement });
    const { dispute } = await village.dispute(id);
    expect(dispute).toMatchObject({ status: 'closed', outcomes: ['reported:settled'] });
    expect(await village.tasks(id)).toEqual([]);
    expect(city.said().filter(({ taskId }) => taskId.startsWith(id))).toEqual([]);
    // The agreement lies sealed with the words.
    for await (const item of city.cloud.scan()) expect(JSON.stringify(item)).not.toContain('互不追究');
  });

  it('nobody but a post settles on the spot, and there must be a dispute', async () => {
    const settlement = { agreement: '双方同意。' };
    const mediator = await city.as(posts.mediator);
    const body = {
      ...quarrel,
      channel: 'grid',
      source: '网格',
      sourceId: 'none-1',
      reportedAt: '2026-01-05T09:00:00+08:00',
    };
    const params = { header: { 'Idempotency-Key': city.key() } };
    const none = await mediator.POST('/reports', {
      params,
      body: { ...body, disputeType: 'none', settlement } as never,
    });
    expect(none.error).toMatchObject({ status: 422, faults: [{ path: 'settlement' }] });
    const resident = city.people.citizen({ person: 'wang' });
    const own = await resident.POST('/reports', {
      params,
      body: { ...body, channel: 'resident', settlement } as never,
    });
    expect(own.error).toMatchObject({ status: 422, faults: [{ path: 'settlement' }] });
  });

  it('another is tried: no person of concern, no colour, no case; two tries stay in the village, the third goes to the township', async () => {
    const id = await village.report({
      people: [
        { ...wang, phone: '13800000011' },
        { ...liu, idNumber: undefined, phone: '13800000012' },
      ],
    });
    const [settle] = await village.tasks(id);
    expect(settle).toMatchObject({ kind: 'settle', owner: posts.mediator, level: null });
    const mine = city.people.citizen({ person: 'liu', phone: '13800000012' });
    expect(shown(await mine.GET('/me/matters')).matters).toEqual([]);
    await city.act(`${id}.settle-1`, 'acknowledge', posts.mediator, {});
    for (const day1 of [1, 2]) {
      await city.pass(day);
      expect(await village.try(id), `try ${day1}`).toMatchObject({ status: 200 });
      expect((await village.tasks(id))[0]).toMatchObject({ owner: posts.mediator, climbs: 0 });
    }
    await city.pass(day);
    expect(await village.try(id)).toMatchObject({ status: 200 });
    expect((await village.tasks(id))[0]).toMatchObject({ owner: posts.township, climbs: 1, acknowledgedAt: null });
    // It is the township's now.
    expect(await village.try(id)).toMatchObject({ status: 403 });
    expect(await village.dispute(id, posts.county)).toMatchObject({ dispute: { status: 'open', phase: 'open' } });
    expect(city.said().filter(({ taskId, kind }) => taskId.startsWith(id) && kind === 'escalated')).toMatchObject([
      { post: posts.township },
    ]);
    const { body } = await city.act(`${id}.settle-1`, 'answer', posts.township, { outcome: 'settled' });
    expect(body).not.toHaveProperty('routes');
    expect((await village.dispute(id)).dispute).toMatchObject({ status: 'closed', outcomes: ['settle-1:settled'] });
  });

  it('a first try within seven days, and fifteen days in all: then it is the township’s by itself', async () => {
    const id = await village.report({ people: [] });
    await city.act(`${id}.settle-1`, 'acknowledge', posts.mediator, {});
    await city.pass(6 * day);
    await village.try(id);
    await city.pass(8 * day);
    expect((await village.tasks(id))[0]).toMatchObject({ owner: posts.mediator });
    await city.pass(day + hour);
    expect((await village.tasks(id))[0]).toMatchObject({ owner: posts.township, climbs: 1 });
  });

  it('where nobody tries for seven days it is the township’s then', async () => {
    const id = await village.report({ people: [] });
    await city.act(`${id}.settle-1`, 'acknowledge', posts.mediator, {});
    await city.pass(7 * day + hour);
    expect((await village.tasks(id))[0]).toMatchObject({ owner: posts.township });
  });

  it('the parties refuse: it closes, and they are told where else they can go', async () => {
    const id = await village.report({ people: [], disputeType: 'labour_wage', text: '拖欠工资' });
    const done = await city.act(`${id}.settle-1`, 'answer', posts.mediator, { outcome: 'failed' });
    expect(done).toMatchObject({ status: 200 });
    const laws = (done.body.routes as { zh: string }[]).map(({ zh }) => zh).join('；');
    expect(laws).toMatch(/仲裁/);
    expect(laws).toMatch(/法院/);
    expect((await village.dispute(id)).dispute).toMatchObject({ status: 'closed', outcomes: ['settle-1:failed'] });
    const client = await city.as(posts.reviewer);
    const { actions } = shown(await client.GET('/disputes/{id}/history', ofId(id)));
    expect(JSON.stringify(actions)).toMatch(/仲裁/);
  });
});

describe('what the reporter hears of it', () => {
  let city: CityOnOneMachine;
  let village: Village;
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-05T09:00:00+08:00');
    village = new Village(city);
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  const contact = { channel: 'sms', reach: '13900000001', from: '12:00', to: '13:00', never: ['家里的座机'] };
  let id = '';

  it('a receipt and a neutral closing, by the channel and within the hour that she called safe', async () => {
    id = await village.report({ people: [{ ...wang, contact }, liu] });
    expect(village.messages()).toEqual([]);
    await city.pass(2 * hour + 59 * minute);
    expect(village.messages()).toEqual([]);
    await city.pass(2 * minute);
    expect(village.messages()).toMatchObject([{ channel: 'sms' }]);
    expect(clockTime(village.messages()[0]?.at ?? 0)).toBe('2026-01-05T12:00');
    // It is settled in the evening; the closing waits for her noon, and the dispute for the closing.
    await city.pass(7 * hour);
    await city.act(`${id}.settle-1`, 'answer', posts.mediator, { outcome: 'settled' });
    expect((await village.dispute(id)).dispute).toMatchObject({ status: 'open' });
    expect(await village.tasks(id)).toEqual([]);
    await city.pass(day);
    expect(village.messages().map(({ at }) => clockTime(at))).toEqual(['2026-01-05T12:00', '2026-01-06T12:00']);
    expect((await village.dispute(id)).dispute).toMatchObject({ status: 'closed', outcomes: ['settle-1:settled'] });
  });

  it('neither says a name, a number, a matter, a place, a colour', async () => {
    for (const message of village.messages()) {
      expect(Object.keys(message).sort()).toEqual(['at', 'channel', 'handle', 'id', 'text']);
      expect(JSON.stringify(message)).not.toMatch(/王小花|刘大强|1[389]00000|邻|晾衣|村|红|橙|黄|neighbour|D-/);
    }
    const [receipt, closing] = village.messages();
    expect(receipt?.text).not.toBe(closing?.text);
    expect(receipt?.id).not.toBe(closing?.id);
  });

  it('no message is work: it is in nobody’s list, and nobody answers it', async () => {
    const other = await village.report({ people: [{ ...wang, phone: '13800000021', contact }] });
    const client = await city.as(posts.mediator);
    const { tasks } = shown(await client.GET('/me/tasks'));
    expect(tasks.map(({ kind }) => kind)).not.toContain('citizen-notice');
    const refused = await city.act(`${other}.citizen-notice-1`, 'acknowledge', posts.mediator, {});
    expect(refused).toMatchObject({ status: 409, body: { type: 'urn:hejie:problem:refused' } });
  });

  it('who called no channel safe is not written to, and closing waits for nothing', async () => {
    const before = village.messages().length;
    const none = { channel: 'none', never: ['voice'] };
    const silent = await village.report({
      people: [
        { ...wang, phone: '13800000031', contact: none },
        { ...liu, contact },
      ],
    });
    await city.act(`${silent}.settle-1`, 'answer', posts.mediator, { outcome: 'settled' });
    expect((await village.dispute(silent)).dispute).toMatchObject({ status: 'closed' });
    await city.pass(day);
    expect(village.messages().filter(({ at }) => at > city.cloud.now() - day + 1).length).toBeLessThanOrEqual(1);
    expect(village.messages().length - before).toBeLessThanOrEqual(1);
  });

  it('settled on the spot she gets one message, not two', async () => {
    await city.pass(day);
    const before = village.messages().length;
    const quick = await village.report({
      people: [{ ...wang, phone: '13800000041', contact: { channel: 'sms' } }],
      settlement: { agreement: '和好。' },
    });
    const sent = village.messages().slice(before);
    expect(sent.map(({ text }) => text)).toEqual([village.messages()[1]?.text]);
    expect((await village.dispute(quick)).dispute).toMatchObject({ status: 'closed' });
  });

  it('where a case goes on she gets the receipt only', async () => {
    const before = village.messages().length;
    const grave = await city.report({
      people: [
        { ...wang, phone: '13800000051', contact: { channel: 'sms' } },
        { role: 'respondent', phone: '13800000052' },
      ],
      facts: [fact('threat_to_kill'), fact('weapon_present')],
    });
    expect(grave.case).toMatch(/^C-/);
    await city.pass(hour);
    expect(
      village
        .messages()
        .slice(before)
        .map(({ text }) => text),
    ).toEqual([village.messages()[0]?.text]);
    expect((await village.dispute(grave.dispute, posts.county)).dispute).toMatchObject({ status: 'closed' });
  });

  it('at ten in the evening nothing goes to a citizen; at eight in the morning it does', async () => {
    const now = city.cloud.now();
    const evening = Date.parse(`${clockTime(now).slice(0, 10)}T22:00:00+08:00`);
    await city.pass(evening > now ? evening - now : evening + day - now);
    expect(clockTime(city.cloud.now()).slice(11)).toBe('22:00');
    const before = village.messages().length;
    await village.report({ people: [{ ...wang, phone: '13800000061', contact: { channel: 'sms' } }] });
    await city.pass(10 * hour - minute);
    expect(village.messages()).toHaveLength(before);
    await city.pass(2 * minute);
    expect(
      village
        .messages()
        .slice(before)
        .map(({ at }) => clockTime(at).slice(11)),
    ).toEqual(['08:00']);
  });

  it('the reconciler had nothing to repair', async () => {
    const causes: string[] = [];
    for await (const { action } of city.cloud.scan()) {
      const { content } = (action ?? {}) as { content?: { kind: string; cause?: string } };
      if (content?.kind === 'revised') causes.push(content.cause ?? '');
    }
    expect(causes).not.toContain('recovered');
  });
});
