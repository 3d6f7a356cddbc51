import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CityOnOneMachine, posts } from '../support/city-on-one-machine.ts';
import { liu, Village, wang } from '../support/ordinary.ts';
import { answered, day, shown } from '../support/story.ts';

describe('a year later', () => {
  let city: CityOnOneMachine;
  let village: Village;
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-05T09:00:00+08:00', undefined, 30 * day);
    village = new Village(city);
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  it('an ordinary dispute is gone: nobody finds it, and nothing of it is in the table', async () => {
    const id = await village.report({
      people: [
        { ...wang, contact: { channel: 'sms' } },
        { ...liu, address: '桥头村9号' },
      ],
    });
    await city.act(`${id}.settle-1`, 'answer', posts.mediator, { outcome: 'settled', note: '已和好' });
    expect((await village.dispute(id)).dispute).toMatchObject({ status: 'closed' });
    const cased = await city.report({ people: [{ role: 'respondent', phone: '13800000052' }] });
    await answered(city, cased.case, 'verify', { outcome: 'unfounded' });
    for (const { taskId, owner } of await village.tasks(cased.dispute)) {
      expect(await city.act(taskId, 'answer', owner, { outcome: 'settled' })).toMatchObject({ status: 200 });
    }
    expect((await village.dispute(cased.dispute, posts.county)).dispute).toMatchObject({ status: 'closed' });
    expect(await city.case(cased.case)).toMatchObject({ status: 'closed' });
    await city.pass(364 * day);
    expect(await village.dispute(id)).toMatchObject({ status: 200 });
    await city.pass(32 * day);
    expect(await village.dispute(id)).toMatchObject({ status: 404 });
    expect(await village.left(id)).toEqual([]);
    for await (const item of city.cloud.scan()) expect(JSON.stringify(item)).not.toMatch(/grid\/tk/);
    const himself = city.people.citizen({ person: 'liu', idNumber: liu.idNumber });
    expect(shown(await himself.GET('/me/matters')).matters).toEqual([]);
    // What belonged to a case stays with it until nobody is named there either; the chain of the case names its number only.
    for (const key of await village.left(cased.dispute)) expect(key).toMatch(/^[CM]#/);
  });

  it('opened again before its time it stays, and its year begins anew when it closes', async () => {
    const people = [
      { ...wang, phone: '13800000071' },
      { role: 'respondent', name: '陈某', phone: '13800000072' },
    ];
    const id = await village.report({ people });
    await city.act(`${id}.settle-1`, 'answer', posts.mediator, { outcome: 'settled' });
    await city.pass(300 * day);
    expect(await village.report({ people })).toBe(id);
    await city.act(`${id}.settle-2`, 'answer', posts.mediator, { outcome: 'settled' });
    await city.pass(100 * day);
    expect(await village.dispute(id)).toMatchObject({ status: 200 });
    await city.pass(300 * day);
    expect(await village.dispute(id)).toMatchObject({ status: 404 });
  });
});
