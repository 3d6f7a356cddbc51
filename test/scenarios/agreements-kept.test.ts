import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CityOnOneMachine, posts } from '../support/city-on-one-machine.ts';
import { liu, Village, wang } from '../support/ordinary.ts';
import { commanded, day, ofId, shown } from '../support/story.ts';

const justice = '331003001.township-justice';
const terms = '以老界为准，刘家三日内移走石料。';

describe('two agreements in the village, ninety days on', () => {
  let city: CityOnOneMachine;
  let village: Village;
  let spot = '';
  let tried = '';
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-05T09:00:00+08:00', undefined, 15 * day);
    village = new Village(city);
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  const people = (n: number) => [
    { ...wang, phone: `1380000030${n}`, contact: { channel: 'sms' } },
    { role: 'respondent', name: liu.name, phone: `1380000040${n}` },
  ];
  const hers = (n: number) => city.people.citizen({ person: `wang-${n}`, phone: `1380000030${n}` });
  const his = (n: number) => city.people.citizen({ person: `liu-${n}`, phone: `1380000040${n}` });
  const numberOf = async (id: string) => (await agreementsOf(id))[0]?.id ?? '';
  const readBy = async (who: ReturnType<typeof hers>, id: string) =>
    who.GET('/agreements/{id}', ofId(await numberOf(id)));
  const said = async (who: ReturnType<typeof hers>, id: string, body: object) => {
    const params = { path: { id: await numberOf(id) }, header: { 'Idempotency-Key': city.key() } };
    const { error, response } = await who.POST('/agreements/{id}/accounts', { params, body: body as never });
    await city.cloud.settled();
    return { status: response.status, type: error?.type };
  };
  const closings = () => village.messages().filter(({ text }) => text.includes('办结'));
  const agreementsOf = async (id: string) =>
    ((await village.dispute(id, posts.county)).dispute as { agreements?: { id: string; outcome: string | null }[] })
      .agreements ?? [];
  /** The marks of a day are worked through every so often. */
  const untilAsked = async (id: string) => {
    for (let i = 0; i < 10 && (await village.tasks(id)).length === 0; i += 1) await city.pass(2 * day);
  };
  /** What became of agreements, as the month counts it. */
  const counted = async (): Promise<string[]> => {
    const found: string[] = [];
    for await (const { agreement, outcome, area } of city.cloud.scan()) {
      if (typeof agreement === 'string' && area && outcome === undefined) found.push(agreement);
    }
    return found.sort();
  };

  it('Monday: settled on the spot, or by the mediator: closed at once, those who asked are told, nobody waits for the look back', async () => {
    spot = await village.report({ people: people(1), settlement: { agreement: terms } });
    tried = await village.report({ people: people(2) });
    const on = new Date(city.cloud.now()).toISOString();
    const settled = { outcome: 'settled', on, note: terms };
    expect(await city.act(`${tried}.settle-1`, 'answer', posts.mediator, settled)).toMatchObject({ status: 200 });
    expect(await village.tasks(tried)).toMatchObject([{ kind: 'confirm-agreement', owner: justice }]);
    await city.act(`${tried}.confirm-agreement-1`, 'answer', justice, { outcome: 'not-wanted' });
    for (const id of [spot, tried]) {
      expect((await village.dispute(id)).dispute).toMatchObject({ status: 'closed', phase: 'closed' });
      expect(await agreementsOf(id)).toMatchObject([{ id: expect.stringMatching(/^B-/), outcome: null }]);
    }
    expect(closings()).toHaveLength(2);
    expect((await village.dispute(spot, posts.county)).dispute).toMatchObject({ outcomes: ['reported:settled'] });
  });

  it('each of the two reads what they agreed on, by their own numbers; nobody else, and of the other one nothing more', async () => {
    for (const who of [hers, his]) {
      const { matters } = shown(await who(1).GET('/me/matters'));
      expect(matters).toMatchObject([{ dispute: spot, agreements: [{ id: await numberOf(spot), asked: false }] }]);
      const read = await readBy(who(1), spot);
      expect(read.data).toMatchObject({ text: terms, own: { asked: false, said: null, outcome: null } });
      expect(JSON.stringify(read.data)).not.toMatch(/1380000/);
    }
    expect((await readBy(hers(1), spot)).data?.own?.party).toBe('complainant');
    expect((await readBy(his(1), spot)).data?.own?.party).toBe('respondent');
    // Of the other agreement they are no party; as if there were none.
    for (const who of [hers, his]) expect((await readBy(who(2), spot)).response.status).toBe(403);
    const nowhere = await hers(1).GET('/agreements/{id}', ofId('B-0123456789ab'));
    expect(nowhere.response.status).toBe(403);
    const early = await said(hers(1), spot, { outcome: 'broken' });
    expect([early.status, early.type]).toEqual([409, 'urn:hejie:problem:refused']);
    const { body } = await city.get(`/v1/disputes/${spot}/audit?limit=100`, posts.reviewer);
    const looked = (body.accesses as { operation: string; what: string }[]).filter(
      ({ operation }) => operation === 'read-agreement',
    );
    expect(looked.length).toBeGreaterThanOrEqual(4);
  });

  it('for ninety days nobody sees who it was; then whoever is asked does, and nothing else is open', async () => {
    await city.pass(88 * day);
    for (const id of [spot, tried]) expect(await village.dispute(id)).not.toHaveProperty('people');
    await untilAsked(tried);
    for (const id of [spot, tried]) {
      expect(await village.tasks(id)).toMatchObject([{ kind: 'agreement-check', owner: posts.mediator }]);
      const { people: named } = (await village.dispute(id)) as { people?: { name?: string }[] };
      expect(named).toContainEqual(expect.objectContaining({ name: liu.name }));
    }
    // They were told of the end once.
    expect(closings()).toHaveLength(2);
  });

  it('while somebody is asked, each says whether it was kept: for whoever looks at it, and never for the other one', async () => {
    const words = '石料还堆在原处，说好的三天早过了。';
    expect(shown(await hers(2).GET('/me/matters')).matters).toMatchObject([{ agreements: [{ asked: true }] }]);
    const agent = { name: '钱律师', mandate: '2026年4月1日书面委托书' };
    for (const body of [{ outcome: 'unknown' }, { outcome: 'kept', party: 'respondent' }, { outcome: 'kept', agent }]) {
      expect((await said(hers(2), tried, body)).status, JSON.stringify(body)).toBe(422);
    }
    expect((await said(hers(1), tried, { outcome: 'kept' })).status).toBe(403);
    expect((await said(hers(2), tried, { outcome: 'broken', words })).status).toBe(201);
    // He asks an agent, who comes to the post that is to look at it.
    const path = `/v1/agreements/${await numberOf(tried)}/accounts`;
    const unnamed = await commanded(city, path, posts.mediator, { outcome: 'kept', agent });
    expect([unnamed.status, unnamed.body.faults]).toMatchObject([422, [{ path: 'party' }]]);
    const entered = { outcome: 'kept', party: 'respondent', agent };
    expect((await commanded(city, path, justice, entered)).status).toBe(403);
    expect((await commanded(city, path, posts.mediator, entered)).status).toBe(201);
    const looking = (await village.dispute(tried)).dispute as { agreements?: unknown[] };
    expect(looking.agreements).toMatchObject([{ outcome: null, said: { complainant: 'broken', respondent: 'kept' } }]);
    expect((await readBy(hers(2), tried)).data?.own).toMatchObject({ asked: true, said: 'broken', outcome: null });
    const other = await readBy(his(2), tried);
    expect(other.data?.own).toMatchObject({ asked: true, said: 'kept' });
    const history = shown(await his(2).GET('/disputes/{id}/history', ofId(tried)));
    expect(JSON.stringify([other.data, history])).not.toMatch(/broken|石料还堆/);
    for await (const item of city.cloud.scan()) expect(JSON.stringify(item)).not.toMatch(/石料还堆|钱律师/);
    // It answers nothing: the post that was asked does.
    expect(await village.tasks(tried)).toMatchObject([{ kind: 'agreement-check' }]);
  });

  it('kept: it closes again; broken: somebody tries to settle it once more', async () => {
    const check = (id: string, n: number, body: object) =>
      city.act(`${id}.agreement-check-${n}`, 'answer', posts.mediator, body);
    expect(await check(spot, 1, { outcome: 'half' })).toMatchObject({ status: 422 });
    expect((await city.act(`${spot}.agreement-check-1`, 'answer', justice, { outcome: 'kept' })).status).toBe(403);
    expect(await check(spot, 1, { outcome: 'kept' })).toMatchObject({ status: 200 });
    expect((await village.dispute(spot)).dispute).toMatchObject({ status: 'closed' });
    expect(await agreementsOf(spot)).toMatchObject([{ outcome: 'kept' }]);
    expect((await readBy(hers(1), spot)).data?.own).toMatchObject({ asked: false, outcome: 'kept' });
    expect(await check(tried, 1, { outcome: 'broken', note: '石料仍在原处。' })).toMatchObject({ status: 200 });
    expect(await village.tasks(tried)).toMatchObject([{ kind: 'settle', no: 'settle-2', owner: posts.mediator }]);
    const on = new Date(city.cloud.now()).toISOString();
    await city.act(`${tried}.settle-2`, 'answer', posts.mediator, { outcome: 'settled', on, note: terms });
    await city.act(`${tried}.confirm-agreement-2`, 'answer', justice, { outcome: 'not-wanted' });
    expect(await agreementsOf(tried)).toMatchObject([{ outcome: 'broken' }, { outcome: null }]);
  });

  it('broken again, and one of them refuses to sit together: they are told where else they can go', async () => {
    await city.pass(88 * day);
    await untilAsked(tried);
    const refused = await city.act(`${tried}.agreement-check-2`, 'answer', posts.mediator, {
      outcome: 'broken',
      again: false,
    });
    expect(refused).toMatchObject({ status: 200, body: { routes: expect.any(Array) } });
    expect((await village.dispute(tried)).dispute).toMatchObject({ status: 'closed' });
    expect(closings()).toHaveLength(2);
    // What became of them counts for the report of the month, of nobody.
    expect(await counted()).toEqual(['broken', 'broken', 'kept']);
  });
});
