import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CityOnOneMachine, fact, posts } from '../support/city-on-one-machine.ts';
import { answered, changes, day, hour, quarrel, taskOf, toProposal } from '../support/story.ts';

const justice = '331003001.township-justice';
const health = '331003001.township-health';
const countyJustice = '331003.county-justice';
const countyHealth = '331003.county-health';
const housing = '331003.county-housing';
const orange = [fact('threat_to_kill'), fact('property_damage'), fact('hardship_income')];

interface Entry {
  readonly kind?: string;
  readonly task?: string;
  readonly outcome?: string;
  readonly present?: readonly string[];
  readonly note?: string;
}

const opened = async (assembly: string) => CityOnOneMachine.open(assembly, '2026-01-05T09:00:00+08:00');
const wordsOf = (body: unknown) => JSON.stringify(body);
const kindsOf = async (city: CityOnOneMachine, id: string) =>
  (await city.case(id)).tasks.map(({ no }) => no.replace(/-\d+$/, ''));
const historyOf = async (city: CityOnOneMachine, id: string, post: string) =>
  (await city.get(`/v1/cases/${id}/history?limit=100`, post)).body.actions as Entry[];

describe('a threat that several departments talk about without a name', () => {
  let city: CityOnOneMachine;
  let id = '';
  let event = '';
  beforeAll(async () => {
    city = await opened(inject('assembly'));
    ({ case: id, event } = await toProposal(city, { facts: orange, ...quarrel(1) }));
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  it('Monday: orange is proposed; beside the decision the township holds a talk within 48 hours', async () => {
    expect(await city.case(id)).toMatchObject({ phase: 'before', assessment: { proposal: 'orange' } });
    const talk = (await city.case(id)).tasks.find(({ no }) => no === 'talk-1');
    expect(talk).toMatchObject({ owner: posts.township, due: '2026-01-07T01:00:00.000Z' });
    expect(await kindsOf(city, id)).toContain('decide');
    for (const no of ['talk-1', 'decide-1']) await city.act(`${id}.${no}`, 'acknowledge', posts.township, {});
  });

  it('posts of police, justice and health are asked to it, in words that tell nothing', async () => {
    const invited = city.said().filter(({ kind }) => kind === 'invited');
    expect(invited.map(({ post }) => post).sort()).toEqual([posts.police, health, justice].sort());
  });

  it('they read the agenda: what happened, what is open, how many needs; nobody’s name, number, house or words', async () => {
    for (const post of [posts.police, justice, health, posts.township]) {
      const { status, body } = await city.get(`/v1/cases/${id}/agenda`, post);
      expect(status, post).toBe(200);
      expect(body).toMatchObject({
        taskId: `${id}.talk-1`,
        owner: posts.township,
        area: '331003001',
        departments: expect.arrayContaining(['police', 'justice', 'health']),
        disputeType: 'neighbour',
        assessment: { proposal: 'orange', note: 'advice, not a prediction' },
        events: [{ id: event, state: 'verified', facts: [{ type: 'property_damage' }, { type: 'threat_to_kill' }] }],
      });
      // The police are not told even that there is a need.
      expect(body.needs, post).toBe(post === posts.police ? undefined : 1);
      expect(wordsOf(body)).not.toMatch(/王1|刘1|138000|hardship|331003001001|持刀/);
    }
    for (const post of [housing, countyHealth, posts.mediator, posts.county]) {
      expect((await city.get(`/v1/cases/${id}/agenda`, post)).status, post).toBe(403);
    }
  });

  it('nobody sees who it is about: neither who is asked to the talk nor who decides on orange', async () => {
    expect((await city.get(`/v1/cases/${id}`, health)).status).toBe(403);
    expect((await city.get(`/v1/cases/${id}`, justice)).status).toBe(403);
    expect((await taskOf(city, id, 'decide')).owner).toBe(posts.township);
    const { status, body } = await city.get(`/v1/cases/${id}`, posts.township);
    expect(status).toBe(200);
    expect(body).not.toHaveProperty('people');
    expect(wordsOf(body)).not.toMatch(/王1|刘1/);
  });

  it('one department alone is no talk', async () => {
    const { taskId, owner } = await taskOf(city, id, 'talk');
    for (const present of [[owner], [owner, posts.county], [owner, 'nobody'], [owner, posts.reviewer]]) {
      const { status, body } = await city.act(taskId, 'answer', owner, { outcome: 'met', present });
      expect({ status, type: body.type }, present.join()).toEqual({
        status: 422,
        type: 'urn:hejie:problem:invalid',
      });
    }
    expect((await city.act(taskId, 'answer', justice, { outcome: 'met', present: [owner, justice] })).status).toBe(403);
  });

  it('Tuesday: they meet; minutes are due in three working days, written by whoever held the talk', async () => {
    await city.pass(day);
    await answered(city, id, 'talk', { outcome: 'met', present: [posts.township, justice, health] });
    const minutes = (await city.case(id)).tasks.find(({ no }) => no === 'minutes-1');
    expect(minutes).toMatchObject({ owner: posts.township, due: expect.stringMatching(/^2026-01-09/) });
    const held = (await historyOf(city, id, posts.county)).find(
      ({ task, kind }) => task === 'talk-1' && kind === 'answered',
    );
    expect(held).toMatchObject({ outcome: 'met', present: [posts.township, justice, health] });
    expect((await city.get(`/v1/cases/${id}/agenda`, health)).status).toBe(403);
  });

  it('what they agreed on waits: without a decision there is no measure', async () => {
    const due = '2026-01-20T09:00:00.000Z';
    await answered(city, id, 'minutes', {
      outcome: 'written',
      actions: [{ kind: 'people-mediation', owner: justice, due }],
    });
    await city.pass(hour);
    expect(await kindsOf(city, id)).not.toContain('measure');
    expect(await city.case(id)).toMatchObject({ phase: 'before' });
  });

  it('it is decided, the affected person is contacted, and the plan holds what was agreed, with its post and date', async () => {
    const reason = '双方多次争执，损毁财物情况属实，须由乡镇多部门共同跟进处理。';
    await answered(city, id, 'decide', { outcome: 'confirm', reason, changes, events: [event] });
    expect(await city.case(id)).toMatchObject({
      level: { colour: 'orange' },
      agreed: [{ kind: 'people-mediation', owner: justice }],
    });
    await answered(city, id, 'protect', { outcome: 'protected' });
    expect(await kindsOf(city, id)).not.toContain('measure');
    await answered(city, id, 'plan', { outcome: 'planned', measures: [{ kind: 'joint-visit' }] });
    const measures = (await city.case(id)).tasks.filter(({ no }) => no.startsWith('measure-'));
    expect(measures).toContainEqual(
      expect.objectContaining({ measure: 'people-mediation', owner: justice, due: '2026-01-20T09:00:00.000Z' }),
    );
    expect(measures).toContainEqual(expect.objectContaining({ measure: 'joint-visit' }));
    expect(await city.case(id)).toMatchObject({ agreed: [] });
  });

  it('the decision says why and what it changes, for whoever may read notes', async () => {
    const decided = (await historyOf(city, id, posts.reviewer)).find(({ task }) => task === 'decide-1');
    expect(decided).toBeDefined();
    const answer = (await historyOf(city, id, posts.reviewer)).find(
      ({ task, kind }) => task === 'decide-1' && kind === 'answered',
    );
    expect(answer?.note).toContain('损毁财物情况属实');
    expect(answer?.note).toContain(`改变 Changes: ${changes}`);
  });
});

describe('red cannot wait for a name', () => {
  let city: CityOnOneMachine;
  let id = '';
  let event = '';
  beforeAll(async () => {
    city = await opened(inject('assembly'));
    ({ case: id, event } = await toProposal(city, quarrel(2)));
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  const namesFor = async (post: string) => {
    const { status, body } = await city.get(`/v1/cases/${id}`, post);
    return status === 200 && /王2|刘2/.test(wordsOf(body));
  };

  it('whoever decides sees at once who it is; who talks does not', async () => {
    expect(await city.case(id)).toMatchObject({ phase: 'before', assessment: { proposal: 'red' } });
    expect((await taskOf(city, id, 'decide')).owner).toBe(posts.county);
    expect(await taskOf(city, id, 'talk')).toMatchObject({ owner: posts.county, due: '2026-01-06T01:00:00.000Z' });
    expect(await namesFor(posts.county)).toBe(true);
    for (const post of [posts.countyPolice, countyJustice, countyHealth]) {
      expect((await city.get(`/v1/cases/${id}/agenda`, post)).status, post).toBe(200);
      expect(await namesFor(post), post).toBe(false);
    }
    for (const post of [posts.township, posts.mediator, housing]) expect(await namesFor(post), post).toBe(false);
  });

  it('whoever is only offered the decision does not, and whoever no longer decides does not', async () => {
    const { taskId } = await taskOf(city, id, 'decide');
    await city.act(taskId, 'hand-off', posts.county, { to: posts.countyPolice });
    expect(await namesFor(posts.countyPolice)).toBe(false);
    await city.act(taskId, 'accept', posts.countyPolice, {});
    expect(await namesFor(posts.countyPolice)).toBe(true);
    await city.act(taskId, 'hand-off', posts.countyPolice, { to: posts.county });
    await city.act(taskId, 'accept', posts.county, {});
    expect(await namesFor(posts.countyPolice)).toBe(false);
  });

  it('the first decision takes effect; the second person sees whom it is about', async () => {
    expect(await namesFor(countyJustice)).toBe(false);
    const reason = '持刀扬言杀人，现场核实属实，两个部门今日必须同时到场处置。';
    await answered(city, id, 'decide', { outcome: 'confirm', reason, changes, events: [event] });
    expect(await city.case(id)).toMatchObject({ level: { colour: 'red', awaitsSecondTo: 'centre' } });
    expect((await taskOf(city, id, 'second')).owner).toBe(countyJustice);
    expect(await namesFor(countyJustice)).toBe(true);
    await answered(city, id, 'second', { outcome: 'agree' });
    expect(await city.case(id)).toMatchObject({ level: { colour: 'red', awaitsSecondTo: null } });
  });

  it('the talk goes on beside it, still without a name; what it agrees on now joins the plan', async () => {
    const agenda = await city.get(`/v1/cases/${id}/agenda`, countyHealth);
    expect(agenda.status).toBe(200);
    expect(wordsOf(agenda.body)).not.toMatch(/王2|刘2/);
    await answered(city, id, 'protect', { outcome: 'protected' });
    await answered(city, id, 'plan', { outcome: 'planned', measures: [{ kind: 'joint-visit' }] });
    await answered(city, id, 'talk', { outcome: 'not-met', present: [posts.county, countyHealth] });
    expect(await city.case(id)).toMatchObject({ phase: 'level', level: { colour: 'red' } });
    await answered(city, id, 'minutes', { outcome: 'written', actions: [{ kind: 'judicial-mediation' }] });
    const measures = (await city.case(id)).tasks.filter(({ no }) => no.startsWith('measure-'));
    expect(measures).toContainEqual(expect.objectContaining({ measure: 'judicial-mediation', owner: countyJustice }));
  });
});

describe('the threshold is not met', () => {
  let city: CityOnOneMachine;
  let id = '';
  let dispute = '';
  beforeAll(async () => {
    city = await opened(inject('assembly'));
    ({ case: id, dispute } = await toProposal(city, { facts: orange, ...quarrel(3) }));
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  it('those who talk find no harm likely: the case is over, and what is left of it is an outline', async () => {
    const { taskId: decide } = await taskOf(city, id, 'decide');
    await answered(city, id, 'talk', { outcome: 'not-met', present: [posts.township, justice] });
    const { body } = await city.get(`/v1/cases/${id}`, posts.county);
    expect(body.case).toMatchObject({ status: 'closed', phase: 'closed', endsAs: 'below-threshold' });
    for (const part of ['level', 'events', 'assessment', 'plan', 'needs', 'tasks', 'danger']) {
      expect(body.case, part).not.toHaveProperty(part);
    }
    expect(wordsOf(body)).not.toMatch(/王3|刘3/);
    const late = {
      outcome: 'confirm',
      reason: '仍认为情况严重，应当按照建议定级处理并跟进。',
      changes,
      events: ['E-1'],
    };
    expect(await city.act(decide, 'answer', posts.township, late)).toMatchObject({
      status: 409,
      body: { type: 'urn:hejie:problem:refused' },
    });
    expect((await city.get(`/v1/cases/${id}/agenda`, justice)).status).toBe(403);
  });

  it('no minutes are kept of it, and nobody had a level', async () => {
    const history = await historyOf(city, id, posts.reviewer);
    expect(wordsOf(history)).not.toContain('minutes');
    expect(wordsOf(history)).not.toMatch(/"level":"/);
  });

  it('their quarrel goes on as an ordinary dispute, and once only', async () => {
    const { body } = await city.get(`/v1/disputes/${dispute}`, posts.mediator);
    const settling = (body.dispute as { tasks: { kind: string; owner: string; taskId: string }[] }).tasks;
    expect(settling.map(({ kind }) => kind)).toEqual(['settle']);
    const [task] = settling;
    expect(await city.act(task?.taskId ?? '', 'answer', task?.owner ?? '', { outcome: 'settled' })).toMatchObject({
      status: 200,
    });
    await city.pass(day);
    const after = await city.get(`/v1/disputes/${dispute}`, posts.mediator);
    expect(after.body.dispute).toMatchObject({ status: 'closed' });
  });
});
