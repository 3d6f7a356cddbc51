import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CityOnOneMachine, fact, posts } from '../support/city-on-one-machine.ts';
import { hour, minute } from '../support/story.ts';

const health = '331003001.township-health';
const civilAffairs = '331003.county-civil-affairs';
const women = '331003.county-women';
const chen = [
  { role: 'complainant', name: '陈秀英', phone: '13800000011' },
  { role: 'respondent', name: '陈国平', phone: '13800000012' },
];

interface TaskSeen {
  readonly taskId: string;
  readonly kind: string;
  readonly owner: string;
  readonly openedAt: string;
  readonly due: string;
  readonly takenBy: string | null;
}

describe('somebody speaks of ending their life', () => {
  let city: CityOnOneMachine;
  let dispute = '';
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-05T09:00:00+08:00');
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  const help = async (id = dispute) => {
    const { body } = await city.get(`/v1/disputes/${id}`, health);
    const { dispute: found } = body as { dispute?: { help: { tasks: TaskSeen[] } } };
    if (!found) throw new Error(JSON.stringify(body));
    return found.help.tasks;
  };

  it('Monday 9:00, the village reports a father who gives up: help within the hour, and no case', async () => {
    const facts = [fact('threat_self_harm'), fact('hardship_income')];
    const told = { channel: 'grid', facts, people: chen, text: '老陈说活着没意思，债也还不清', disputeType: 'debt' };
    const sent = await city.report(told, posts.mediator);
    expect(sent.case).toBeNull();
    dispute = sent.dispute;
    const [task] = await help();
    expect(task).toMatchObject({ kind: 'crisis-help', owner: health });
    const opened = Date.parse(task?.openedAt ?? '');
    expect(Date.parse(task?.due ?? '') - opened).toBe(4 * hour);
    expect(city.said()).toMatchObject([{ kind: 'opened', post: health, taskId: task?.taskId }]);
  });

  it('it has no colour: not on the board, not in the dispute, not in its history', async () => {
    const county = await city.get('/v1/cases', posts.county);
    expect(county.body.cases).toMatchObject([{ id: dispute, subject: 'dispute' }]);
    const history = await city.get(`/v1/disputes/${dispute}/history`, posts.reviewer);
    expect(JSON.stringify([county.body, history.body])).not.toMatch(/"(yellow|orange|red)"/);
    expect((await city.get('/v1/cases?level=yellow', posts.county)).body.cases).toEqual([]);
  });

  it('the police learn neither of the need nor of the help', async () => {
    const seen = await city.get(`/v1/disputes/${dispute}`, posts.police);
    expect(JSON.stringify(seen.body)).not.toMatch(/crisis|self_harm|hardship/);
    const tasks = await city.get(`/v1/posts/${health}/tasks`, posts.police);
    expect(tasks.status).toBe(403);
  });

  it('acknowledged, but nobody has been there by ten: the wait for the first contact climbs to the county', async () => {
    const [task] = await help();
    const opened = Date.parse(task?.openedAt ?? '');
    await city.act(task?.taskId ?? '', 'acknowledge', health, {});
    await city.pass(opened + hour - minute - city.cloud.now());
    expect(city.said().filter(({ kind }) => kind === 'escalated')).toEqual([]);
    expect(city.said().map(({ kind }) => kind)).toEqual(expect.arrayContaining(['reminder', 'warning']));
    await city.pass(2 * minute);
    const climbed = city.said().filter(({ kind }) => kind === 'escalated');
    expect(climbed).toMatchObject([{ post: posts.county, taskId: task?.taskId }]);
    expect((climbed[0]?.at ?? 0) - opened).toBeLessThanOrEqual(hour + minute);
  });

  it('helped: the dispute is over, and still nobody is a person of concern', async () => {
    const done = await city.act(`${dispute}.crisis-help-1`, 'answer', posts.county, { outcome: 'helped' });
    expect(done.status).toBe(200);
    await city.pass(hour);
    expect((await city.get(`/v1/disputes/${dispute}`, posts.county)).body.dispute).toMatchObject({ status: 'closed' });
    expect((await city.get('/v1/cases', posts.county)).body.cases).toEqual([]);
  });

  it('Tuesday, he threatens his brother with a knife as well: both tracks run, and what he needs counts for nothing', async () => {
    const facts = [fact('threat_to_kill'), fact('weapon_present')];
    const people = (n: number) => chen.map((person, i) => ({ ...person, phone: `13800000${n}${i}` }));
    const only = await city.report({ facts, people: people(10) });
    const both = await city.report({ facts: [...facts, fact('threat_self_harm')], people: people(20) });
    expect(both.case).not.toBeNull();
    expect(await help(both.dispute)).toMatchObject([{ kind: 'crisis-help', owner: health }]);
    const points: unknown[] = [];
    for (const { case: id } of [only, both]) {
      const verified = await city.act(`${id}.verify-1`, 'answer', posts.police, { outcome: 'verified' });
      expect(verified.status).toBe(200);
      const { body } = await city.get(`/v1/cases/${id}/history?limit=100`, posts.reviewer);
      const assessed = (body.actions as Record<string, unknown>[]).find(({ kind }) => kind === 'assessed');
      points.push({ proposal: assessed?.proposal, points: assessed?.points });
    }
    expect(points[0]).toMatchObject({ proposal: 'red' });
    expect(points[1]).toEqual(points[0]);
    const { body } = await city.get(`/v1/cases/${both.case}`, posts.county);
    expect(JSON.stringify(body)).not.toMatch(/crisis|self_harm/);
  });
});

describe('a child saw the blows', () => {
  let city: CityOnOneMachine;
  let taskId = '';
  const [li, zhou, sun] = ['li-na', 'zhou-min', 'sun-hui'] as const;
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-05T09:00:00+08:00');
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  const answer = (post: string, person: string) => city.act(taskId, 'answer', post, { outcome: 'protected' }, person);
  const seen = async (post: string) => {
    const { body } = await city.get(`/v1/disputes/${taskId.split('.')[0]}`, post);
    const { dispute: found } = body as { dispute?: { tasks: TaskSeen[] } };
    if (!found) throw new Error(JSON.stringify(body));
    return found.tasks.find((task) => task.taskId === taskId);
  };

  it('Monday, a husband strikes his wife before their son: a report is due within 24 hours, beside the case', async () => {
    const sent = await city.report({
      disputeType: 'marriage_family',
      facts: [fact('physical_assault'), fact('injury')],
      people: [
        { role: 'affected', name: '林小芳', phone: '13800000031' },
        { role: 'respondent', name: '林大海', phone: '13800000032' },
        { role: 'child', name: '林宝宝', bornOn: '2018-05-01' },
      ],
    });
    expect(sent.case).not.toBeNull();
    taskId = `${sent.dispute}.child-protection-1`;
    const task = await seen(civilAffairs);
    expect(task).toMatchObject({ owner: civilAffairs, takenBy: null });
    expect(Date.parse(task?.due ?? '') - Date.parse(task?.openedAt ?? '')).toBe(24 * hour);
  });

  it('nobody can answer it who has not put their name to it', async () => {
    const refused = await answer(civilAffairs, li);
    expect(refused).toMatchObject({ status: 409, body: { type: 'urn:hejie:problem:refused' } });
    expect(refused.body.allowed).toContain('acknowledge');
  });

  it('Li takes it: her name stands there for whoever sees the task; a colleague of the same post cannot answer', async () => {
    expect((await city.act(taskId, 'acknowledge', civilAffairs, {}, li)).status).toBe(200);
    expect((await seen(civilAffairs))?.takenBy).toBe(li);
    const colleague = await answer(civilAffairs, zhou);
    expect(colleague).toMatchObject({ status: 403, body: { type: 'urn:hejie:problem:not-yours' } });
  });

  it('she hands it to the women’s federation: the next name is that of whoever accepts, in the same 24 hours', async () => {
    const before = (await seen(civilAffairs))?.due;
    const offer = { to: women, reason: '母子已由妇联庇护，由妇联报告更合适。' };
    expect((await city.act(taskId, 'hand-off', civilAffairs, offer, li)).status).toBe(200);
    expect((await city.act(taskId, 'accept', women, {}, sun)).status).toBe(200);
    const task = await seen(women);
    expect(task).toMatchObject({ owner: women, takenBy: sun });
    expect(Date.parse(task?.due ?? '')).toBeLessThanOrEqual(Date.parse(before ?? ''));
    expect((await answer(civilAffairs, li)).status).toBe(403);
    expect((await answer(women, 'somebody-else')).status).toBe(403);
    expect((await answer(women, sun)).status).toBe(200);
    expect(await seen(women)).toBeUndefined();
  });

  it('a name left unanswered climbs with the task: above, somebody puts theirs to it anew', async () => {
    const sent = await city.report({
      facts: [fact('weapon_present')],
      people: [
        { role: 'complainant', name: '何某', phone: '13800000041' },
        { role: 'respondent', name: '方某', phone: '13800000042' },
        { role: 'child', name: '何小某' },
      ],
    });
    taskId = `${sent.dispute}.child-protection-1`;
    await city.act(`${sent.case}.verify-1`, 'answer', posts.police, { outcome: 'unfounded' });
    expect((await city.act(taskId, 'acknowledge', civilAffairs, {}, li)).status).toBe(200);
    await city.pass(24 * hour + minute);
    expect(await seen('331000.city-duty')).toMatchObject({ owner: '331000.city-duty', takenBy: null });
    expect((await answer('331000.city-duty', 'duty')).status).toBe(409);
    expect((await city.act(taskId, 'acknowledge', '331000.city-duty', {}, 'duty')).status).toBe(200);
    expect((await answer('331000.city-duty', 'duty')).status).toBe(200);
  });
});
