import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CityOnOneMachine, posts } from '../support/city-on-one-machine.ts';
import { answered, commanded, day, ofId, quarrel, shown, taskOf, toResolution } from '../support/story.ts';

const justice = '331003001.township-justice';
const why = { reason: '砸门的是醉酒路人，与当事人无关，双方均已确认此事。', changes: '不再定级，由村里继续就地化解。' };

describe('after an orange case was resolved', () => {
  let city: CityOnOneMachine;
  let refusing = '';
  let worried = '';
  let leaving = '';
  let untold: { status: number; type: unknown };
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-05T09:00:00+08:00', undefined, 10 * day);
    ({ case: refusing } = await toResolution(city, 'orange', quarrel(1)));
    ({ case: worried } = await toResolution(city, 'orange', quarrel(2)));
    ({ case: leaving } = await toResolution(city, 'orange', quarrel(3)));
    for (const id of [refusing, worried, leaving]) {
      await answered(city, id, 'forewarn', { outcome: 'told', safetyPlan: 'not-wanted' });
    }
    await city.pass(2 * day);
    untold = await decline(himself(), leaving, {});
    for (const id of [refusing, worried, leaving]) await answered(city, id, 'notify', { outcome: 'told' });
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  /** About whom the third report was. */
  const himself = () => city.people.citizen({ person: 'liu-3', phone: '13800002003' });
  const stranger = () => city.people.citizen({ person: 'liu-1', phone: '13800002001' });
  const decline = async (who: ReturnType<typeof himself>, id: string, body: object, key = city.key()) => {
    const params = { path: { id }, header: { 'Idempotency-Key': key } };
    const { data, error, response } = await who.POST('/cases/{id}/check-ins/refusals', { params, body });
    await city.cloud.settled();
    return { status: response.status, type: error?.type, data };
  };
  const toCome = async () => {
    const read = shown(await himself().GET('/cases/{id}', ofId(leaving)));
    return read.case.checkIns?.map(({ no }) => no);
  };

  const checkIns = async (id: string) => (await city.case(id)).tasks.filter(({ no }) => no.startsWith('check-in'));
  const begun = async (id: string) => (await checkIns(id)).find((task) => task.begun);

  it('no level is shown to anybody: not on the case, not by its check-ins, not on the board', async () => {
    const readers = [posts.county, posts.township, posts.mediator, posts.police, posts.reviewer, justice];
    for (const post of readers) {
      const { body } = await city.get(`/v1/cases/${refusing}`, post);
      expect(JSON.stringify(body), post).not.toMatch(/"(yellow|orange|red)"/);
    }
    expect(await city.case(refusing)).toMatchObject({ status: 'resolved', phase: 'after', level: { colour: null } });
    const { body } = await city.get('/v1/cases?subject=case', posts.township);
    expect(body.cases).toContainEqual(expect.objectContaining({ id: refusing, level: null }));
    expect((await city.get('/v1/cases?level=orange', posts.township)).body.cases).toEqual([]);
  });

  it('somebody asks how things are after 7, 30 and 90 days, and then no more', async () => {
    const since = city.cloud.now() - 2 * day;
    const days = (await checkIns(refusing)).map((task) =>
      Math.round((Date.parse(String(Reflect.get(task, 'from'))) - since) / day),
    );
    expect(days).toEqual([7, 30, 90]);
    const [first] = await checkIns(refusing);
    const early = await city.act(first?.taskId ?? '', 'answer', first?.owner ?? '', { outcome: 'well' });
    expect(early).toMatchObject({ status: 409 });
  });

  it('whoever is asked sees when, once told, and declines one by themself; nobody else does, and no post without an agent', async () => {
    expect([untold.status, untold.type]).toEqual([403, 'urn:hejie:problem:not-permitted']);
    expect(await toCome()).toEqual(['check-in-1', 'check-in-2', 'check-in-3']);
    expect((await decline(stranger(), leaving, {})).status).toBe(403);
    expect((await decline(himself(), leaving, { no: 'check-in-9' })).status).toBe(422);
    expect((await decline(himself(), leaving, { agent: { name: '钱律师', mandate: '书面委托书' } })).status).toBe(422);
    const path = `/v1/cases/${leaving}/check-ins/refusals`;
    expect((await commanded(city, path, posts.mediator, { no: 'check-in-1' })).status).toBe(422);
    expect((await commanded(city, path, '331002.county-centre', { no: 'check-in-1' })).status).toBe(403);
    const done = await decline(himself(), leaving, { no: 'check-in-1' }, 'once');
    expect([done.status, done.data?.repeated]).toEqual([201, false]);
    expect(await toCome()).toEqual(['check-in-2', 'check-in-3']);
    const again = await decline(himself(), leaving, { no: 'check-in-1' }, 'once');
    expect([again.status, again.data?.repeated]).toEqual([201, true]);
    expect((await decline(himself(), leaving, { no: 'check-in-1' })).status).toBe(422);
  });

  it('an agent declines the rest through a post that works with it: nobody asks again, it closes, and tells no name', async () => {
    const agent = { name: '钱律师', mandate: '2026年1月5日书面委托书' };
    const path = `/v1/cases/${leaving}/check-ins/refusals`;
    expect((await commanded(city, path, posts.mediator, { agent })).status).toBe(201);
    expect(await checkIns(leaving)).toEqual([]);
    // Its level was decided in the same words as two others: that is looked at, and then nothing is left.
    await answered(city, leaving, 'reason-review', { outcome: 'stands' });
    expect(await city.case(leaving)).toMatchObject({ status: 'closed', endsAs: null });
    for await (const item of city.cloud.scan()) expect(JSON.stringify(item)).not.toContain(agent.name);
    const over = await decline(himself(), leaving, {});
    expect([over.status, over.type]).toEqual([409, 'urn:hejie:problem:refused']);
    const { body } = await city.get(`/v1/cases/${leaving}/history?limit=100`, posts.reviewer);
    const declined = (body.actions as { kind: string; post: string | null }[]).filter(
      ({ kind }) => kind === 'checkInsDeclined',
    );
    expect(declined.map(({ post }) => post)).toEqual([null, posts.mediator]);
  });

  it('day 7: one wants to be left alone today, which ends that one; the other worries, which is looked at', async () => {
    await city.pass(5 * day + 1);
    const { taskId, owner } = (await begun(refusing)) ?? { taskId: '', owner: '' };
    expect(await city.act(taskId, 'answer', owner, { outcome: 'declined' })).toMatchObject({ status: 200 });
    expect((await checkIns(refusing)).map(({ no }) => no)).toEqual(['check-in-2', 'check-in-3']);
    await answered(city, worried, 'check-in', { outcome: 'concern' });
    const review = await taskOf(city, worried, 'review');
    expect(review).toMatchObject({ owner: posts.township, begun: true });
    // The same events as before are no reason for another level.
    const bare = await city.act(review.taskId, 'answer', review.owner, { outcome: 'reassess' });
    expect(bare).toMatchObject({ status: 422, body: { faults: [{ path: 'facts' }] } });
    const idle = await city.act(review.taskId, 'answer', review.owner, { outcome: 'continue', facts: ['injury'] });
    expect(idle.status).toBe(422);
    await answered(city, worried, 'review', { outcome: 'continue' });
    expect(await city.case(worried)).toMatchObject({ status: 'resolved' });
    expect((await checkIns(worried)).map(({ no }) => no)).toEqual(['check-in-2', 'check-in-3']);
  });

  it('day 30: the one wants none of those that are left: nobody asks again, and the case closes', async () => {
    await city.pass(23 * day);
    await answered(city, refusing, 'check-in', { outcome: 'declined-all' });
    expect(await city.case(refusing)).toMatchObject({ status: 'closed', endsAs: null });
  });

  it('day 30: of the other something new was seen: its way begins anew, and people decide before there is a level', async () => {
    await answered(city, worried, 'check-in', { outcome: 'concern' });
    await answered(city, worried, 'review', {
      outcome: 'reassess',
      facts: ['threat_to_harm'],
      note: '夜里又有人砸门。',
    });
    const again = await city.case(worried);
    expect(again).toMatchObject({ status: 'assessed', phase: 'before', endsAs: null });
    expect(again).not.toHaveProperty('level');
    expect(again.events).toContainEqual(
      expect.objectContaining({ id: 'E-review-3', state: 'verified', facts: [{ type: 'threat_to_harm' }] }),
    );
    expect(again.events).toHaveLength(2);
    expect(again.tasks.map(({ no }) => no.replace(/-\d+$/, ''))).not.toContain('check-in');
    await answered(city, worried, 'decide', { outcome: 'dismiss', ...why, events: ['E-review-3'] });
    expect(await city.case(worried)).toMatchObject({ status: 'closed', endsAs: 'dismissed' });
  });

  it('the last one was answered: closed; nothing had to be repaired, and the history tells the whole way', async () => {
    const { body } = await city.get(`/v1/cases/${worried}/history?limit=100`, posts.reviewer);
    const kinds = (body.actions as { kind: string; outcome?: string }[]).map(({ kind, outcome }) => outcome ?? kind);
    expect(kinds.filter((kind) => ['resolved', 'concern', 'continue', 'reassess', 'closed'].includes(kind))).toEqual([
      ...['resolved', 'concern', 'continue', 'concern', 'reassess', 'closed'],
    ]);
    for await (const { action } of city.cloud.scan()) {
      expect(JSON.stringify(action ?? '')).not.toContain('"recovered"');
    }
  });
});
