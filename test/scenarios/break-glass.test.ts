import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CityOnOneMachine, posts } from '../support/city-on-one-machine.ts';
import { answered, hour, minute, ofId, reason, shown, toRed } from '../support/story.ts';

const why = '对方刚刚来电称今晚持刀上门，须立即知道住址以便保护受影响人。';
const address = '桥头村9号';

describe('an officer in the street at night, who works on another case', () => {
  let city: CityOnOneMachine;
  let id = '';
  let dispute = '';
  const officer = { person: 'officer-qiu' };
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-05T09:00:00+08:00');
    const people = [
      { role: 'complainant', name: '王小花', phone: '13800000001', address: '桥头村8号' },
      { role: 'respondent', name: '刘大强', phone: '13800000002', address },
    ];
    ({ case: id, dispute } = await toRed(city, { people }));
    // County police protect and the second is answered: nothing is left for the township's police.
    await answered(city, id, 'second', { outcome: 'agree' });
    await city.pass(13.5 * hour);
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  const read = async () => (await city.as(posts.police, officer)).GET('/cases/{id}', ofId(id));
  const breakGlass = async (text: string, key = city.key(), caseId = id) => {
    const params = { path: { id: caseId }, header: { 'Idempotency-Key': key } };
    return (await city.as(posts.police, officer)).POST('/cases/{id}/break-glass', { params, body: { reason: text } });
  };

  it('22:30: sees that there is a case, and neither who nor where', async () => {
    const { case: seen, people } = shown(await read());
    expect(seen).toMatchObject({ id, level: { colour: 'red' } });
    expect(seen).not.toHaveProperty('danger');
    expect(people).toBeUndefined();
    const note = await (await city.as(posts.police, officer)).GET('/cases/{id}/danger-note', ofId(id));
    expect(note.response.status).toBe(403);
  });

  it('a reason shorter than twenty characters opens nothing', async () => {
    const { response, error } = await breakGlass('急');
    expect(response.status).toBe(422);
    expect(error?.faults).toMatchObject([{ path: 'reason' }]);
    expect((await breakGlass('x'.repeat(19))).response.status).toBe(422);
    expect(shown(await read()).people).toBeUndefined();
  });

  it('breaks the glass: name, address and danger, for three hours and not a minute longer', async () => {
    const begun = city.cloud.now();
    const { until, repeated } = shown(await breakGlass(why, 'tonight'));
    expect(repeated).toBe(false);
    expect(Date.parse(until)).toBe(begun + 3 * hour);
    const { case: seen, people, words } = shown(await read());
    expect(seen.danger).toEqual(expect.arrayContaining(['weapon_present']));
    expect(people).toContainEqual(expect.objectContaining({ name: '刘大强', address }));
    // What is in nobody's row for an emergency stays closed.
    expect(words).toBeUndefined();
    expect(seen).not.toHaveProperty('needs');
    expect(seen).not.toHaveProperty('assessment');
    const note = shown(await (await city.as(posts.police, officer)).GET('/cases/{id}/danger-note', ofId(id)));
    expect(note.addresses).toContain(address);
    await city.pass(3 * hour - minute);
    expect(shown(await read()).people).toHaveLength(2);
    // The same command again is the same three hours.
    expect(shown(await breakGlass(why, 'tonight'))).toMatchObject({ until, repeated: true });
    await city.pass(minute);
    expect(shown(await read()).people).toBeUndefined();
  });

  it('it opened for this officer only: a colleague of the same post sees no more than before', async () => {
    shown(await breakGlass(why));
    const colleague = await city.as(posts.police, { person: 'colleague' });
    expect(shown(await colleague.GET('/cases/{id}', ofId(id))).people).toBeUndefined();
    expect((await colleague.GET('/disputes/{id}', ofId(dispute))).data?.people).toBeUndefined();
    expect(shown(await read()).people).toHaveLength(2);
    await city.pass(3 * hour);
  });

  it('the audit marks what was read so, and the reviewer has a task with clocks, and answers it', async () => {
    const reviewer = await city.as(posts.reviewer);
    const params = { path: { id }, query: { limit: 100 } };
    const { accesses } = shown(await reviewer.GET('/cases/{id}/audit', { params }));
    const marked = accesses.filter(({ breakGlass: marks }) => marks);
    expect(marked.length).toBeGreaterThanOrEqual(4);
    expect(new Set(marked.map(({ person }) => person))).toEqual(new Set([officer.person]));
    const { tasks } = shown(await reviewer.GET('/me/tasks'));
    const reviews = tasks.filter(({ kind }) => kind === 'access-review');
    // One for each emergency.
    expect(reviews).toHaveLength(2);
    for (const { due, owner } of reviews) {
      expect(owner).toBe(posts.reviewer);
      expect(Date.parse(due)).toBeGreaterThan(city.cloud.now());
    }
    // The reviewer reads why, in the officer's words.
    const { actions } = shown(await reviewer.GET('/cases/{id}/history', { params }));
    expect(actions).toContainEqual(expect.objectContaining({ kind: 'glassBroken', note: why }));
    for (const { taskId } of reviews) {
      const answer = { path: { taskId }, header: { 'Idempotency-Key': city.key() } };
      const body = { outcome: 'justified' } as const;
      shown(await reviewer.POST('/tasks/{taskId}/answer', { params: answer, body }));
    }
    await city.cloud.settled();
    expect(shown(await reviewer.GET('/me/tasks')).tasks.filter(({ kind }) => kind === 'access-review')).toEqual([]);
  });

  it('nobody opens a closed case so, nor one of another county', async () => {
    const other = await city.report({ people: [{ role: 'respondent', name: '陈小龙', phone: '13800000003' }] });
    await answered(city, other.case, 'verify', { outcome: 'unfounded' });
    await city.cloud.settled();
    expect((await breakGlass(why, city.key(), other.case)).response.status).toBe(403);
    const params = { path: { id }, header: { 'Idempotency-Key': city.key() } };
    const elsewhere = await city.as('331002.county-police');
    const refused = await elsewhere.POST('/cases/{id}/break-glass', { params, body: { reason } });
    expect(refused.response.status).toBe(403);
  });
});
