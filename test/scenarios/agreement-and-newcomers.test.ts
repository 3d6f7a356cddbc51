import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CityOnOneMachine, posts } from '../support/city-on-one-machine.ts';
import { liu, Village, wang } from '../support/ordinary.ts';
import { put } from '../support/story.ts';

const justice = '331003001.township-justice';

describe('an agreement in the village, and somebody new in town', () => {
  let city: CityOnOneMachine;
  let village: Village;
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-05T09:00:00+08:00');
    village = new Village(city);
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  it('两家签了调解协议: thirty days from that day they may ask the court to confirm it, and the justice office sees to it', async () => {
    const id = await village.report({
      people: [
        { ...wang, phone: '13800000021' },
        { role: 'respondent', name: liu.name },
      ],
    });
    const tomorrow = { outcome: 'settled', on: '2026-01-06T09:00:00+08:00' };
    expect(await city.act(`${id}.settle-1`, 'answer', posts.mediator, tomorrow)).toMatchObject({
      status: 422,
      body: { faults: [{ path: 'on' }] },
    });
    const today = { outcome: 'settled', on: '2026-01-05T09:00:00+08:00' };
    expect(await city.act(`${id}.settle-1`, 'answer', posts.mediator, today)).toMatchObject({ status: 200 });
    expect(await village.tasks(id)).toMatchObject([
      { kind: 'confirm-agreement', owner: justice, due: '2026-02-04T01:00:00.000Z' },
    ]);
    const filed = await city.act(`${id}.confirm-agreement-1`, 'answer', justice, { outcome: 'filed' });
    expect(filed).toMatchObject({ status: 200 });
    expect((await village.dispute(id)).dispute).toMatchObject({ status: 'closed' });
  });

  it('a settlement without an agreement closes at once', async () => {
    const id = await village.report({
      people: [
        { ...wang, phone: '13800000022' },
        { role: 'respondent', name: liu.name },
      ],
    });
    expect(await city.act(`${id}.settle-1`, 'answer', posts.mediator, { outcome: 'settled' })).toMatchObject({
      status: 200,
    });
    expect((await village.dispute(id)).dispute).toMatchObject({ status: 'closed' });
  });

  it('a newcomer asks for the association and chooses its mediator; nobody who is not in the registry can be chosen', async () => {
    await put(city, '/v1/mediators/331003.newcomers', posts.county, '"0"', {
      name: { zh: '新居民联谊会', en: 'Newcomers’ association' },
      kind: 'organisation',
      areas: ['331003'],
      measures: ['newcomer-support'],
      languages: ['zh'],
      capacity: 5,
    });
    const sent = await city.report(
      {
        channel: 'grid',
        source: '网格',
        disputeType: 'none',
        text: '刚搬来，想认识同乡调解员。',
        facts: [],
        people: [{ role: 'complainant', name: '陈月琴', phone: '13800000023' }],
        help: ['newcomer-support'],
      },
      posts.mediator,
    );
    const id = (sent as { referral?: string }).referral ?? '';
    const offer = (mediator: string) =>
      city.act(`${id}.offer-help-1`, 'answer', posts.mediator, {
        outcome: 'accepted',
        help: ['newcomer-support'],
        mediators: { 'newcomer-support': mediator },
      });
    expect(await offer('331003.nobody')).toMatchObject({
      status: 422,
      body: { faults: [{ path: 'mediators.newcomer-support' }] },
    });
    expect(await offer('331003.newcomers')).toMatchObject({ status: 200 });
    const { body } = await city.get(`/v1/referrals/${id}`, posts.mediator);
    expect(body.referral).toMatchObject({ help: { tasks: [{ kind: 'measure', measure: 'newcomer-support' }] } });
  });
});
