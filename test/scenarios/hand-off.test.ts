/** One task changes hands: offered, accepted or declined with a reason, not answered, and the third time assigned by the county. */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CityOnOneMachine, fact, grid, posts } from '../support/city-on-one-machine.ts';
import { commanded, hour, minute, shown } from '../support/story.ts';

const gridOfficer = `${grid}.grid-officer`;
const justice = '331003001.township-justice';
const women = '331003001001.village-women';
const elsewhere = '331082001001.village-mediator';
const because = { reason: '当事人已不在本辖区居住' };

describe('one task changes hands', () => {
  let city: CityOnOneMachine;
  let id = '';
  let taskId = '';
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-05T09:00:00+08:00');
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  interface Seen {
    readonly no: string;
    readonly taskId: string;
    readonly owner: string;
    readonly about: string | null;
    readonly handOff: { readonly to: string; readonly until: string } | null;
  }

  /** At every instant: each open task and the whole have exactly one accountable post, and every list names that one. */
  const tasks = async (): Promise<Seen[]> => {
    const { body } = await city.get(`/v1/disputes/${id}`, posts.reviewer);
    const dispute = body.dispute as { owner: string; status: string; tasks: Seen[] };
    expect(dispute.owner).toMatch(/^\d+\.[a-z-]+$/);
    for (const { taskId: open, owner, handOff } of dispute.tasks) {
      for (const post of [owner, ...(handOff ? [handOff.to] : [])]) {
        const { body: list } = await city.get(`/v1/posts/${post}/tasks?limit=100`, post);
        const listed = (list.tasks as { taskId: string; owner: string }[]).filter((line) => line.taskId === open);
        expect(listed, `${open} on the list of ${post}`).toMatchObject([{ owner }]);
      }
    }
    return dispute.tasks;
  };
  const task = async (kind = 'settle'): Promise<Seen> => {
    const found = (await tasks()).find(({ no }) => no.startsWith(kind));
    if (!found) throw new Error(`no ${kind}`);
    return found;
  };
  const act = async (post: string, verb: string, body: object = {}, of = taskId) => {
    const done = await commanded(city, `/v1/tasks/${of}/${verb}`, post, body);
    await tasks();
    return {
      status: done.status,
      ...(done.status === 200 ? {} : { type: String(done.type).replace(/.*:/, '') }),
      body: done.body,
    };
  };
  const notices = (kind: string) =>
    city.said().flatMap((said) => (said.kind === kind && said.taskId === taskId ? [said.post] : []));

  it('Monday: a quarrel about a wall; the village mediator has it and asks the justice office', async () => {
    const report = { channel: 'grid', text: '两家为院墙争吵', facts: [] };
    ({ dispute: id } = await city.report(report, gridOfficer));
    ({ taskId } = await task());
    expect((await task()).owner).toBe(posts.mediator);
    expect((await act(posts.mediator, 'acknowledge')).status).toBe(200);
    expect((await act(gridOfficer, 'hand-off', { to: justice })).status).toBe(403);
    expect((await act(posts.mediator, 'hand-off', { to: justice, reason: '涉及宅基地界址' })).status).toBe(200);
  });

  it('while it is offered the mediator stays accountable; nobody else may answer, accept or decline', async () => {
    expect(await task()).toMatchObject({ owner: posts.mediator, handOff: { to: justice } });
    expect(await act(justice, 'answer', { outcome: 'settled' })).toMatchObject({ status: 403 });
    expect(await act(women, 'accept')).toMatchObject({ status: 403 });
    expect(await act(women, 'decline', because)).toMatchObject({ status: 403 });
    expect(await act(posts.mediator, 'hand-off', { to: women })).toMatchObject({ status: 409, type: 'refused' });
    expect(notices('hand-off')).toEqual([justice]);
  });

  it('the justice office declines: not without a reason; it is the mediator’s still, who is told', async () => {
    expect(await act(justice, 'decline', {})).toMatchObject({ status: 422, type: 'invalid' });
    expect(await act(justice, 'decline', { reason: '不' })).toMatchObject({ status: 422 });
    expect((await act(justice, 'decline', because)).status).toBe(200);
    expect(await task()).toMatchObject({ owner: posts.mediator, handOff: null });
    expect(notices('hand-off-declined')).toEqual([posts.mediator]);
    const reviewer = await city.as(posts.reviewer);
    const params = { path: { id }, query: { limit: 100 } };
    const { actions } = shown(await reviewer.GET('/disputes/{id}/history', { params }));
    expect(actions.at(-1)).toMatchObject({ kind: 'handOffDeclined', post: justice, note: because.reason });
  });

  it('across departments, tiers and areas: a village of another county takes it over, and hands it back', async () => {
    expect((await act(posts.mediator, 'hand-off', { to: elsewhere })).status).toBe(200);
    expect((await act(elsewhere, 'accept', { reason: '一方现住我村' })).status).toBe(200);
    expect(await task()).toMatchObject({ owner: elsewhere, handOff: null });
    expect(await act(posts.mediator, 'answer', { outcome: 'settled' })).toMatchObject({ status: 403 });
    expect((await act(elsewhere, 'hand-off', { to: posts.county })).status).toBe(200);
    expect((await act(posts.county, 'accept')).status).toBe(200);
    expect((await act(posts.county, 'hand-off', { to: posts.mediator })).status).toBe(200);
    expect((await act(posts.mediator, 'accept')).status).toBe(200);
  });

  it('silence for a day: neither has it, the tier above both does', async () => {
    const asked = city.cloud.now();
    expect((await act(posts.mediator, 'hand-off', { to: justice })).status).toBe(200);
    expect(Date.parse((await task()).handOff?.until ?? '')).toBe(asked + 24 * hour);
    await city.pass(24 * hour - minute);
    expect(await task()).toMatchObject({ owner: posts.mediator });
    await city.pass(2 * minute);
    expect(await task()).toMatchObject({ owner: posts.county, handOff: null });
    expect(notices('hand-off-expired')).toEqual([posts.county]);
    // Too late: the offer is over.
    expect((await act(justice, 'accept')).status).toBe(403);
  });

  it('a third return: no fourth offer; the county decides, and until then the owner stays accountable', async () => {
    expect((await act(posts.county, 'acknowledge')).status).toBe(200);
    expect((await act(posts.county, 'hand-off', { to: justice })).status).toBe(200);
    expect((await act(justice, 'decline', because)).status).toBe(200);
    const assign = await task('assign');
    expect(assign).toMatchObject({ owner: posts.county, about: 'settle-1' });
    expect(await task()).toMatchObject({ owner: posts.county });
    const fourth = await act(posts.county, 'hand-off', { to: women });
    expect(fourth).toMatchObject({ status: 409, type: 'refused' });
    expect(fourth.body.detail).toMatch(/the county decides/);
    expect(await act(posts.mediator, 'answer', { outcome: 'assigned', owner: women }, assign.taskId)).toMatchObject({
      status: 403,
    });
    const nobody = { outcome: 'assigned', owner: posts.auditor };
    expect(await act(posts.county, 'answer', nobody, assign.taskId)).toMatchObject({ status: 422 });
    expect((await act(posts.county, 'answer', { outcome: 'assigned', owner: women }, assign.taskId)).status).toBe(200);
    expect(await task()).toMatchObject({ owner: women, handOff: null });
    expect(notices('assigned')).toEqual([women]);
    expect((await act(women, 'answer', { outcome: 'settled' })).status).toBe(200);
  });

  it('help is offered to no police post, whoever has it', async () => {
    const report = { channel: 'grid', text: '其称不想活了', facts: [fact('threat_self_harm')], disputeType: 'debt' };
    ({ dispute: id } = await city.report(report, gridOfficer));
    const health = '331003001.township-health';
    const { body } = await city.get(`/v1/posts/${health}/tasks`, health);
    const [help] = body.tasks as { taskId: string; kind: string }[];
    expect(help).toMatchObject({ kind: 'crisis-help' });
    const refused = await act(health, 'hand-off', { to: posts.police }, help?.taskId);
    expect(refused).toMatchObject({ status: 422, type: 'invalid' });
    expect((await act(health, 'hand-off', { to: '331003.county-health' }, help?.taskId)).status).toBe(200);
  });
});
