import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CityOnOneMachine, fact, grid, posts } from '../support/city-on-one-machine.ts';
import { answered, changes, commanded, day, hour, minute, onDuty, queueOf, reason, taskOf } from '../support/story.ts';

const gridOfficer = `${grid}.grid-officer`;
const why = '邻居说对方今晚要带刀上门，须立即联系她并一同到场。';

let phones = 0;
/** Two people whom nobody knows yet. */
const strangers = () => {
  phones += 2;
  return [
    { role: 'complainant', name: '王小花', phone: `1380001${1000 + phones}` },
    { role: 'respondent', name: '刘大强', phone: `1380001${1001 + phones}` },
  ];
};

const tell = (city: CityOnOneMachine, types: readonly string[], channel: 'resident' | 'police') => {
  const more = { channel, facts: types.map((type) => fact(type)), people: strangers() };
  return city.report(more, channel === 'resident' ? posts.township : posts.police);
};

interface CaseSeen {
  readonly status: string;
  readonly level: unknown;
  readonly tasks: { readonly kind: string; readonly owner: string; readonly due: string }[];
  readonly events: { readonly id: string; readonly state: string; readonly facts: { readonly type: string }[] }[];
}
const caseSeen = async (city: CityOnOneMachine, id: string) => (await city.case(id)) as unknown as CaseSeen;
async function historyOf(city: CityOnOneMachine, id: string): Promise<Record<string, unknown>[]> {
  const found: Record<string, unknown>[] = [];
  for (let cursor = ''; ; ) {
    const { body } = await city.get(`/v1/cases/${id}/history?limit=100${cursor}`, posts.reviewer);
    found.push(...(body.actions as Record<string, unknown>[]));
    if (body.next === null) return found;
    cursor = `&cursor=${body.next}`;
  }
}
const kindsIn = async (city: CityOnOneMachine, id: string) => (await caseSeen(city, id)).tasks.map(({ kind }) => kind);

describe('what nobody has confirmed yet is looked at by its urgency', () => {
  let city: CityOnOneMachine;
  let monday = 0;
  const sent: Record<'routine' | 'today' | 'now', { dispute: string; case: string }> = {
    routine: { dispute: '', case: '' },
    today: { dispute: '', case: '' },
    now: { dispute: '', case: '' },
  };
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-05T09:00:00+08:00');
    monday = city.cloud.now();
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  const dueOf = async (id: string, kind: string) =>
    Date.parse(((await taskOf(city, id, kind)) as unknown as { due: string }).due);

  it('Monday 9:00, residents tell three things: the facts are confirmed first, where a knife is out the event at once too', async () => {
    sent.routine = await tell(city, ['property_damage', 'prior_police_calls'], 'resident');
    sent.today = await tell(city, ['threat_to_harm'], 'resident');
    sent.now = await tell(city, ['weapon_present', 'threat_to_harm'], 'resident');
    expect(await kindsIn(city, sent.routine.case)).toEqual(['confirm-facts']);
    expect(await kindsIn(city, sent.today.case)).toEqual(['confirm-facts']);
    expect((await kindsIn(city, sent.now.case)).sort()).toEqual(['confirm-facts', 'verify']);
  });

  it('15 minutes, 4 hours, 3 working days: Thursday evening', async () => {
    const dueIn = async (id: string, kind: string) => (await dueOf(id, kind)) - monday;
    expect(await dueIn(sent.now.case, 'confirm-facts')).toBeLessThan(16 * minute);
    expect(await dueIn(sent.now.case, 'verify')).toBeLessThan(16 * minute);
    expect(await dueIn(sent.today.case, 'confirm-facts')).toBeLessThan(4 * hour + minute);
    expect(await dueIn(sent.routine.case, 'confirm-facts')).toBe(Date.parse('2026-01-08T17:30:00+08:00') - monday);
  });

  it('the queue of the village begins with what is for now, whatever its number or its place', async () => {
    const queue = (await queueOf(city, posts.mediator)).filter(({ kind }) => kind === 'confirm-facts');
    expect(queue.map(({ urgency, taskId }) => [urgency, taskId.split('.')[0]])).toEqual([
      ['now', sent.now.case],
      ['today', sent.today.case],
      ['routine', sent.routine.case],
    ]);
    const lead = await city.get(`/v1/posts/${posts.mediator}/tasks`, posts.township);
    expect(lead.body.tasks).toMatchObject([{ urgency: 'now' }, { urgency: 'today' }, { urgency: 'routine' }]);
  });

  it('it stands in no case and on no board, and is no level', async () => {
    const seen = [await city.get('/v1/cases', posts.county)];
    for (const { case: id } of Object.values(sent)) {
      seen.push(await city.get(`/v1/cases/${id}`, posts.county), await city.get(`/v1/cases/${id}`, posts.police));
      seen.push(await city.get(`/v1/cases/${id}/history?limit=100`, posts.reviewer));
      expect((await caseSeen(city, id)).level ?? null).toBeNull();
    }
    expect(seen.map(({ status }) => status)).not.toContain(403);
    expect(JSON.stringify(seen.map(({ body }) => body))).not.toMatch(/urgen|"now"|"today"|"routine"/);
  });

  it('the police verify what is for now without waiting: nobody need confirm any more, and nothing of the urgency is left', async () => {
    await answered(city, sent.now.case, 'verify', { outcome: 'verified' });
    expect(await kindsIn(city, sent.now.case)).not.toContain('confirm-facts');
    for await (const item of city.cloud.scan()) {
      if (item.pk !== `C#${sent.now.case}`) continue;
      if (String(item.sk).startsWith('T#') || item.sk === 'HEAD') expect(JSON.stringify(item)).not.toContain('"now"');
    }
  });

  it('10:00, the village corrects what was told: there was a threat to kill; the police have 15 minutes from here', async () => {
    await city.pass(hour);
    await answered(city, sent.today.case, 'confirm-facts', { outcome: 'confirmed', facts: ['threat_to_kill'] });
    const { events } = await caseSeen(city, sent.today.case);
    expect(events).toMatchObject([{ state: 'unverified', facts: [{ type: 'threat_to_kill' }] }]);
    const [first] = await queueOf(city, posts.police);
    expect(first).toMatchObject({ kind: 'verify', urgency: 'now', taskId: `${sent.today.case}.verify-1` });
    expect((await dueOf(sent.today.case, 'verify')) - city.cloud.now()).toBeLessThanOrEqual(15 * minute);
    await answered(city, sent.today.case, 'verify', { outcome: 'verified' });
  });

  it('Tuesday, confirming took a day: for the verification there is what is left of the three working days since receipt', async () => {
    await city.pass(day);
    await answered(city, sent.routine.case, 'confirm-facts', { outcome: 'confirmed' });
    const due = await dueOf(sent.routine.case, 'verify');
    expect(due).toBe(Date.parse('2026-01-08T17:30:00+08:00'));
  });

  it('unfounded: the event is withdrawn, and with it the case', async () => {
    const { case: id } = await tell(city, ['threat_to_harm'], 'resident');
    await answered(city, id, 'confirm-facts', { outcome: 'unfounded' });
    const seen = await caseSeen(city, id);
    expect(seen).toMatchObject({ status: 'closed' });
    expect((await city.get('/v1/cases', posts.county)).body.cases).not.toContainEqual(expect.objectContaining({ id }));
  });
});

describe('a protective first contact, before anything is decided', () => {
  let city: CityOnOneMachine;
  let id = '';
  let ordered = 0;
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-05T19:00:00+08:00');
    ({ case: id } = await tell(city, ['physical_assault'], 'police'));
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  const order = (post: string, text = why, person?: string) =>
    commanded(city, `/v1/cases/${id}/protective-contacts`, post, { reason: text }, person);
  const history = () => historyOf(city, id);

  it('Monday 19:00: whoever is not on duty, or gives no reason, orders nothing', async () => {
    expect(await order(gridOfficer)).toMatchObject({ status: 403 });
    expect(await order(posts.police)).toMatchObject({ status: 403 });
    await onDuty(city, gridOfficer, 24);
    expect(await order(gridOfficer, '急')).toMatchObject({ status: 422, type: 'urn:hejie:problem:invalid' });
    expect(await order('331003001001002.grid-officer')).toMatchObject({ status: 403 });
    expect(await kindsIn(city, id)).toEqual(['verify']);
  });

  it('the grid officer on duty orders it, on an event that nobody has verified: police and grid officer go together', async () => {
    ordered = city.cloud.now();
    const made = await order(gridOfficer);
    expect(made).toMatchObject({ status: 201, body: { id, repeated: false } });
    expect(Date.parse(String(made.body.until)) - ordered).toBe(24 * hour);
    expect(await taskOf(city, id, 'protective-contact')).toMatchObject({ owner: posts.police, joining: gridOfficer });
    const told = city.said().filter(({ taskId, kind }) => kind === 'opened' && taskId.includes('protective-contact'));
    expect(told.map(({ post }) => post).sort()).toEqual([gridOfficer, posts.police].sort());
  });

  it('the reason stands in the history with whoever gave it', async () => {
    const asked = (await history()).filter(({ asked }) => asked === 'protective-contact');
    expect(asked).toMatchObject([{ kind: 'asked', post: gridOfficer, person: `${gridOfficer}#1`, note: why }]);
  });

  it('there is no second one on the same events', async () => {
    const again = await order(gridOfficer, `${why}再说一遍。`);
    expect(again).toMatchObject({ status: 409, type: 'urn:hejie:problem:refused' });
    expect(again.body.allowed).toContain('decide');
  });

  it('it is done, or not: Tuesday 19:00 it ends by itself, and nothing else has happened', async () => {
    await answered(city, id, 'verify', { outcome: 'verified' });
    const before = await caseSeen(city, id);
    const contact = `${id}.protective-contact-1`;
    for (const post of [posts.police, gridOfficer]) await city.act(contact, 'acknowledge', post, {});
    await city.act(contact, 'attempt', posts.police, { note: '敲门无人应。' });
    // After twelve hours it is the county's.
    await city.pass(ordered + 12 * hour + minute - city.cloud.now());
    await city.act(contact, 'acknowledge', posts.county, {});
    await city.act(contact, 'attempt', posts.county, {});
    await city.pass(ordered + 24 * hour - minute - city.cloud.now());
    expect(await kindsIn(city, id)).toContain('protective-contact');
    await city.pass(2 * minute);
    const after = await caseSeen(city, id);
    expect(after.level ?? null).toBeNull();
    expect(after.tasks.map(({ kind }) => kind)).toEqual(['decide']);
    expect(before.level ?? null).toBeNull();
    const ended = (await history()).filter(({ kind }) => kind === 'ended');
    expect(ended).toMatchObject([{ task: 'protective-contact-1', post: null }]);
    expect(Date.parse(String(ended[0]?.at)) - ordered).toBeLessThan(24 * hour + minute);
    // Nobody decided: no protection, no plan, no measure, no notice to anybody concerned.
    const opened = (await history()).flatMap(({ tasks = [] }) => (tasks as { kind: string }[]).map(({ kind }) => kind));
    expect([...new Set(opened)].sort()).toEqual(['decide', 'protective-contact', 'verify']);
  });

  it('over is over; a new event is a new reason', async () => {
    await onDuty(city, gridOfficer, 12);
    expect(await order(gridOfficer)).toMatchObject({ status: 409 });
    const people = [
      { role: 'complainant', name: '王小花', phone: `1380001${1000 + phones}` },
      { role: 'respondent', name: '刘大强', phone: `1380001${1001 + phones}` },
    ];
    const again = await city.report({ facts: [fact('threat_to_harm')], people });
    expect(again.case).toBe(id);
    expect(await order(gridOfficer)).toMatchObject({ status: 201 });
    expect(await kindsIn(city, id)).toContain('protective-contact');
  });

  it('a decision in time turns it into protection: the contact ends with it, and now there is a level for the rest', async () => {
    await answered(city, id, 'verify', { outcome: 'verified' });
    const { events } = await caseSeen(city, id);
    const cited = events.map((event) => event.id);
    await answered(city, id, 'decide', { outcome: 'raise', level: 'orange', reason, changes, events: cited });
    const kinds = await kindsIn(city, id);
    expect(kinds).toContain('protect');
    expect(kinds).not.toContain('protective-contact');
    const refused = await order(gridOfficer);
    expect(refused).toMatchObject({ status: 409, type: 'urn:hejie:problem:refused' });
    expect(refused.body.allowed).toEqual(['protect', 'decide']);
    await city.pass(hour);
    expect((await history()).filter(({ kind }) => kind === 'ended')).toHaveLength(1);
  });
});

describe('110 hands an ordinary quarrel over to the village', () => {
  let city: CityOnOneMachine;
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-05T09:00:00+08:00');
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  const quarrel = async () => {
    const { dispute } = await tell(city, ['calm_cooperative'], 'police');
    return { id: dispute, taskId: `${dispute}.settle-1` };
  };
  const seen = async (id: string) => {
    const { body } = await city.get(`/v1/disputes/${id}`, posts.township);
    return body.dispute as {
      owner: string;
      status: string;
      tasks: { owner: string; handOff: { to: string } | null }[];
    };
  };

  it('Monday: the police stay accountable, for the dispute and its task, until the village has accepted', async () => {
    const { id, taskId } = await quarrel();
    expect(await seen(id)).toMatchObject({
      owner: posts.police,
      tasks: [{ owner: posts.police, handOff: { to: posts.mediator } }],
    });
    expect((await queueOf(city, posts.mediator)).map((line) => line.taskId)).toContain(taskId);
    const answer = await city.act(taskId, 'answer', posts.mediator, { outcome: 'settled' });
    expect(answer.status).toBe(403);
    expect((await city.act(taskId, 'accept', posts.mediator, {})).status).toBe(200);
    expect(await seen(id)).toMatchObject({ owner: posts.mediator, tasks: [{ owner: posts.mediator, handOff: null }] });
    expect((await city.act(taskId, 'answer', posts.mediator, { outcome: 'settled' })).status).toBe(200);
    expect((await seen(id)).status).toBe('closed');
  });

  it('declined with a reason, it is with the police as before', async () => {
    const { id, taskId } = await quarrel();
    const declined = await city.act(taskId, 'decline', posts.mediator, { reason: '双方均不住本村，请交住地调解。' });
    expect(declined.status).toBe(200);
    expect(await seen(id)).toMatchObject({ owner: posts.police, tasks: [{ owner: posts.police, handOff: null }] });
    expect(city.said().filter((one) => one.kind === 'hand-off-declined')).toMatchObject([
      { post: posts.police, taskId },
    ]);
    expect((await city.act(taskId, 'answer', posts.police, { outcome: 'settled' })).status).toBe(200);
  });

  it('nobody says anything: after a day it goes to the tier above both', async () => {
    const { id } = await quarrel();
    await city.pass(24 * hour + minute);
    expect(await seen(id)).toMatchObject({ owner: posts.county, tasks: [{ owner: posts.county, handOff: null }] });
  });

  it('what comes from the grid is the village’s at once, and danger is handed over to nobody', async () => {
    const own = await city.report({ channel: 'grid', facts: [], people: strangers(), text: '晾衣争吵' }, gridOfficer);
    expect(await seen(own.dispute)).toMatchObject({
      owner: posts.mediator,
      tasks: [{ owner: posts.mediator, handOff: null }],
    });
    const { case: id } = await tell(city, ['threat_to_kill'], 'police');
    expect(await city.case(id)).toMatchObject({ tasks: [{ kind: 'verify', handOff: null }] });
  });
});
