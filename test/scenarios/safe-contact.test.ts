import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CityOnOneMachine, fact, posts } from '../support/city-on-one-machine.ts';
import { clockTime, liu, quarrel, Village, wang } from '../support/ordinary.ts';
import { day, hour, minute, ofId, shown } from '../support/story.ts';

const gateway = '331000.gateway';
const women = posts.mediator.replace('mediator', 'women');

describe('how somebody may safely be reached', () => {
  let city: CityOnOneMachine;
  let village: Village;
  let id = '';
  let ref = '';
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-05T09:00:00+08:00');
    village = new Village(city);
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  const client = async (post: string) => city.as(post);
  const change = async (post: string, contact: object, of = ref, key = city.key()) => {
    const params = { path: { id }, header: { 'Idempotency-Key': key } };
    return (await client(post)).PUT('/disputes/{id}/contacts', { params, body: { ref: of, contact } as never });
  };
  const contactOf = async (post = posts.mediator) => {
    const { people = [] } = await village.dispute(id, post);
    return people.find((one) => one.ref === ref)?.contact;
  };
  const ask = async (handle: string, post = gateway) => {
    const answer = await (await client(post)).GET('/contacts/{handle}', { params: { path: { handle } } });
    return { status: answer.response.status, data: answer.data };
  };

  it('a profile that could not be used, or would wake somebody, is refused with what is wrong', async () => {
    const mediator = await client(posts.mediator);
    const told = { ...quarrel, source: '网格', reportedAt: '2026-01-05T09:00:00+08:00' };
    const send = async (contact: object) => {
      const params = { header: { 'Idempotency-Key': city.key() } };
      const body = { ...told, sourceId: city.key(), people: [{ role: 'complainant', name: '某某', contact }] };
      return (await mediator.POST('/reports', { params, body: body as never })).error;
    };
    const fault = (field: string) => ({ status: 422, faults: [{ path: `people.0.contact.${field}` }] });
    expect(await send({ channel: 'sms' })).toMatchObject(fault('reach'));
    expect(await send({ channel: 'e-mail', reach: '13800000001' })).toMatchObject(fault('reach'));
    expect(await send({ channel: 'letter' })).toMatchObject({ status: 422 });
    const sms = { channel: 'sms', reach: '13900000001' };
    expect(await send({ ...sms, from: '09:00' })).toMatchObject(fault('to'));
    expect(await send({ ...sms, from: '22:00', to: '23:00' })).toMatchObject(fault('from'));
    expect(await send({ ...sms, never: ['sms'] })).toMatchObject(fault('never'));
    const refused = JSON.stringify(await send({ ...sms, reach: '139' }));
    expect(refused).not.toContain('139"');
  });

  it('it lies sealed beside the person; in clear are only channel and times', async () => {
    const contact = { channel: 'sms', reach: '13900000001', from: '12:00', to: '13:00', never: ['丈夫的手机'] };
    id = await village.report({ people: [{ ...wang, contact }, liu] });
    const { people = [] } = await village.dispute(id);
    ref = people.find(({ part }) => part === 'complainant')?.ref ?? '';
    expect(await contactOf()).toEqual(contact);
    for await (const item of city.cloud.scan()) {
      expect(JSON.stringify(item)).not.toMatch(/13900000001|丈夫/);
      if (String(item.sk).startsWith('CONTACT#')) {
        expect(Object.keys(item).sort()).toEqual([
          'channel',
          'from',
          'iv',
          'key',
          'pk',
          'role',
          'sealed',
          'sk',
          'tag',
          'to',
        ]);
      }
    }
  });

  it('changed by the post that works with her, and by herself; not by others, not for others', async () => {
    const later = { channel: 'voice', reach: '13900000001', from: '16:00', to: '17:00', never: [] };
    for (const post of [posts.police, women, posts.reviewer, posts.administrator, gateway]) {
      expect((await change(post, later)).response.status, post).toBe(403);
    }
    const first = await change(posts.mediator, later, ref, 'once');
    expect(shown(first)).toMatchObject({ dispute: id, ref, repeated: false });
    expect(await contactOf()).toEqual(later);
    // The same command again changes nothing.
    await change(posts.mediator, { ...later, from: '15:00' });
    expect(shown(await change(posts.mediator, later, ref, 'once'))).toMatchObject({ repeated: true });
    expect(await contactOf()).toMatchObject({ from: '15:00' });
    expect((await change(posts.mediator, later, 'grid/none.0')).response.status).toBe(404);
    expect((await change(posts.mediator, { ...later, reach: 'x@y.cn' })).error).toMatchObject({
      faults: [{ path: 'contact.reach' }],
    });
  });

  it('she herself says how, and nothing of anybody else', async () => {
    const somebody = { person: 'another', idNumber: '999999198001010038' };
    const params = () => ({ path: { id }, header: { 'Idempotency-Key': city.key() } });
    const body = { ref, contact: { channel: 'sms', reach: '13900000009', from: '10:00', to: '10:30' } } as never;
    const stranger = await city.people.citizen(somebody).PUT('/disputes/{id}/contacts', { params: params(), body });
    expect(stranger.response.status).toBe(403);
    const known = await city.people.citizen({ person: 'wang', phone: wang.phone }).PUT('/disputes/{id}/contacts', {
      params: params(),
      body,
    });
    expect(known.response.status).toBe(200);
    expect(await contactOf()).toMatchObject({ reach: '13900000009' });
    const other = { ref: ref.replace(/\d+$/, '1'), contact: { channel: 'none' } } as never;
    const his = await city.people.citizen({ person: 'wang', phone: wang.phone }).PUT('/disputes/{id}/contacts', {
      params: params(),
      body: other,
    });
    expect(his.response.status).toBe(403);
    const mediator = await client(posts.reviewer);
    const { actions } = shown(await mediator.GET('/disputes/{id}/history', ofId(id)));
    expect(actions.filter((one) => 'kind' in one && one.kind === 'contactChanged').length).toBe(3);
    expect(JSON.stringify(actions)).not.toContain('wang');
  });

  it('the newest governs the message that waited, and the gateway asks for one number, for a day', async () => {
    await city.pass(hour + minute);
    const [receipt] = village.messages();
    expect(clockTime(receipt?.at ?? 0)).toBe('2026-01-05T10:00');
    expect(receipt).toMatchObject({ channel: 'sms' });
    const handle = receipt?.handle ?? '';
    expect(await ask(handle)).toEqual({ status: 200, data: { channel: 'sms', number: '13900000009' } });
    for (const post of [posts.mediator, posts.county, posts.reviewer, posts.administrator]) {
      expect((await ask(handle, post)).status, post).toBe(403);
    }
    expect((await ask('0'.repeat(24))).status).toBe(404);
    // Only for this: nothing else is the gateway's.
    expect((await (await client(gateway)).GET('/disputes/{id}', ofId(id))).response.status).toBe(403);
    const reviewer = await client(posts.reviewer);
    const { accesses } = shown(await reviewer.GET('/disputes/{id}/audit', ofId(id)));
    expect(accesses).toContainEqual(
      expect.objectContaining({
        operation: 'read-contact',
        post: gateway,
        role: 'gateway',
        outcome: 'shown',
        fields: [],
      }),
    );
    // As she stands now, also for a message that went out before.
    await change(posts.mediator, { channel: 'voice', reach: '13900000008' });
    expect((await ask(handle)).data).toEqual({ channel: 'voice', number: '13900000008' });
    await city.pass(day);
    expect((await ask(handle)).status).toBe(404);
  });

  it('taken back before the closing: no message, and it closes', async () => {
    const before = village.messages().length;
    // Nobody has begun to settle it for a day: it is another post's by now, and with it the care for her.
    const [settle] = await village.tasks(id);
    shown(await change(settle?.owner ?? '', { channel: 'none' }));
    const done = await city.act(`${id}.settle-1`, 'answer', settle?.owner ?? '', { outcome: 'settled' });
    expect(done).toMatchObject({ status: 200 });
    await city.pass(day);
    expect(village.messages()).toHaveLength(before);
    expect((await village.dispute(id)).dispute).toMatchObject({ status: 'closed' });
    // What is closed is as it is.
    expect((await change(posts.mediator, { channel: 'none' })).response.status).toBe(403);
  });

  it('taken back, or erased, while the message waits: it is moot', async () => {
    const contact = { channel: 'sms', from: '14:00', to: '15:00' };
    for (const [i, taking] of (['none', 'erased'] as const).entries()) {
      const before = village.messages().length;
      id = await village.report({ people: [{ ...wang, phone: `1380000008${i}`, contact }, { role: 'witness' }] });
      const { people = [] } = await village.dispute(id);
      ref = people.find(({ part }) => part === 'complainant')?.ref ?? '';
      if (taking === 'none') await change(posts.mediator, { channel: 'none' });
      else {
        const params = { path: { id }, header: { 'Idempotency-Key': city.key() } };
        const administrator = await client(posts.administrator);
        shown(await administrator.POST('/disputes/{id}/erasures', { params, body: { ref, ground: 'request' } }));
        for await (const item of city.cloud.scan()) {
          if (item.sk !== `CONTACT#${ref.replace(/\.(\d+)$/, '#$1')}`) continue;
          expect(Object.keys(item).sort()).toEqual(['erasedAt', 'ground', 'pk', 'role', 'sk']);
        }
        expect((await change(posts.mediator, contact)).response.status).toBe(404);
      }
      await city.act(`${id}.settle-1`, 'answer', posts.mediator, { outcome: 'settled' });
      await city.pass(day);
      expect(village.messages(), taking).toHaveLength(before);
      expect((await village.dispute(id)).dispute, taking).toMatchObject({ status: 'closed' });
    }
  });

  it('of who may be hurt only those who protect see or change it', async () => {
    const affected = {
      role: 'affected',
      name: '孙小妹',
      phone: '13800000003',
      contact: { channel: 'sms', never: ['家'] },
    };
    const sent = await city.report({
      disputeType: 'neighbour',
      facts: [fact('physical_assault')],
      people: [affected, { role: 'child', name: '孙小宝', bornOn: '2016-01-01' }],
    });
    id = sent.dispute;
    const mediator = await village.dispute(id);
    expect(JSON.stringify(mediator)).not.toMatch(/孙小妹|13800000003/);
    const guardian = '331003.county-civil-affairs';
    const seen = await (await client(guardian)).GET('/disputes/{id}/affected', ofId(id));
    const her = shown(seen).people.find(({ part }) => part === 'affected');
    expect(her?.contact).toEqual({ channel: 'sms', reach: '13800000003', never: ['家'] });
    ref = her?.ref ?? '';
    expect((await change(posts.mediator, { channel: 'none' })).response.status).toBe(403);
    expect((await change(guardian, { channel: 'none' })).response.status).toBe(200);
  });
});
