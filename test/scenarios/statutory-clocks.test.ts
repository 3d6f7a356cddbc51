/** The law's clock runs beside the city's: sooner or later something is due, and at the law's end what the law says happens. */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CityOnOneMachine, posts } from '../support/city-on-one-machine.ts';
import { answered, bothConsent, commanded, day, quarrel, toPlan } from '../support/story.ts';

interface Statutory {
  readonly zh: string;
  readonly article: string;
  readonly due: string;
  readonly longer: boolean;
  readonly others: readonly { readonly article: string; readonly limit: { readonly en: string } }[];
}
interface Measure {
  readonly taskId: string;
  readonly kind: string;
  readonly owner: string;
  readonly measure: string;
  readonly due: string;
  readonly actBy: string | null;
  readonly statutory?: Statutory;
}
interface Entry {
  readonly kind?: string;
  readonly task?: string;
  readonly routes?: readonly { readonly law: string; readonly clocks?: readonly { readonly article: string }[] }[];
}

const begins = '2026-01-05T09:00:00+08:00';
const reason = '双方约定春节前再谈一次，还需要更多的时间来准备。';

describe('mediations and the time that the law gives them', () => {
  let city: CityOnOneMachine;
  const cases = { tenancy: '', wages: '', medical: '' };
  beforeAll(async () => {
    city = await CityOnOneMachine.open(inject('assembly'), begins, undefined, 10 * day);
    const planned = async (disputeType: string, n: number, ...kinds: string[]) => {
      const { case: id } = await toPlan(city, 'yellow', { disputeType, ...quarrel(n) });
      await answered(city, id, 'plan', { outcome: 'planned', measures: kinds.map((kind) => ({ kind })) });
      return id;
    };
    cases.tenancy = await planned('tenancy', 51, 'people-mediation', 'trade-mediation', 'petition-mediation');
    cases.wages = await planned('labour_wage', 52, 'trade-mediation');
    cases.medical = await planned('medical', 53, 'people-mediation');
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  const measuresOf = async (id: string) =>
    (await city.case(id)).tasks.map((task) => task as unknown as Measure).filter(({ kind }) => kind === 'measure');
  const measure = async (id: string, kind: string): Promise<Measure> => {
    const found = (await measuresOf(id)).find((one) => one.measure === kind);
    if (!found) throw new Error(`no ${kind}`);
    return found;
  };
  const historyOf = async (id: string): Promise<Entry[]> => {
    const found: Entry[] = [];
    let cursor: unknown = null;
    do {
      const { body } = await city.get(
        `/v1/cases/${id}/history?limit=100${cursor ? `&cursor=${cursor}` : ''}`,
        posts.county,
      );
      found.push(...(body.actions as Entry[]));
      cursor = body.next;
    } while (cursor);
    return found;
  };
  /** The event does not hold: the level is gone, and with it all that would run on. */
  const over = async (id: string) => {
    const { events } = await city.case(id);
    const body = {
      event: (events as { id: string }[])[0]?.id,
      reason: '监控显示当日对方不在现场，民警复核后确认事件不属实。',
    };
    expect((await commanded(city, `/v1/cases/${id}/event-withdrawals`, posts.county, body)).status).toBe(201);
  };
  const pause = (task: Measure, waitingFor: string) =>
    city.act(task.taskId, 'pause', task.owner, { waitingFor, note: '已经提出，等待对方答复。' });
  const extend = async ({ taskId, owner }: Measure, until: string, more: object = {}) =>
    city.act(taskId, 'extend', owner, { until, reason, ...more });
  const dateOf = (text: string | undefined) => text?.slice(0, 10);

  it('each shows the law’s end beside its own, which is sooner', async () => {
    const expected = [
      [cases.tenancy, 'people-mediation', '人民调解工作若干规定（司法部令第75号）', '33', '2026-02-05'],
      [cases.tenancy, 'trade-mediation', '人民调解工作若干规定（司法部令第75号）', '33', '2026-02-05'],
      [cases.tenancy, 'petition-mediation', '信访工作条例', '34', '2026-03-23'],
      [cases.wages, 'trade-mediation', '劳动争议调解仲裁法', '14', '2026-01-20'],
      // Thirty working days: the Saturday before the Spring Festival is worked.
      [cases.medical, 'people-mediation', '医疗纠纷预防和处理条例', '38', '2026-02-14'],
    ] as const;
    for (const [id, kind, zh, article, ends] of expected) {
      const { due, statutory } = await measure(id, kind);
      expect({ zh: statutory?.zh, article: statutory?.article, ends: dateOf(statutory?.due) }, kind).toEqual({
        ...{ zh, article, ends },
      });
      expect(Date.parse(due), kind).toBeLessThanOrEqual(Date.parse(statutory?.due ?? ''));
    }
    const petition = await measure(cases.tenancy, 'petition-mediation');
    expect(Date.parse(petition.actBy ?? '')).toBeLessThanOrEqual(Date.parse('2026-01-20T10:00:00+08:00'));
    expect(petition.statutory?.others.map(({ article, limit }) => [article, limit.en])).toEqual([
      ['22–23', '15 days'],
      ['23', '5 working days'],
      ['35', '30 days'],
      ['36', '30 days'],
    ]);
  });

  it('the city’s extension goes up to the law’s end; beyond it only where both parties agree, which is recorded', async () => {
    const one = await measure(cases.tenancy, 'people-mediation');
    await city.act(one.taskId, 'acknowledge', one.owner, {});
    expect((await extend(one, '2026-02-04T09:00:00+08:00')).status).toBe(200);
    const beyond = '2026-02-12T09:00:00+08:00';
    expect(await extend(one, beyond)).toMatchObject({
      status: 422,
      body: { faults: [{ path: 'agreed', allowed: expect.stringContaining('both parties agree') }] },
    });
    expect(await extend(one, beyond, { agreed: true })).toMatchObject({
      status: 409,
      body: { type: 'urn:hejie:problem:refused' },
    });
    await bothConsent(city, one.taskId, one.owner);
    for (const kind of ['trade-mediation', 'petition-mediation']) {
      const other = await measure(cases.tenancy, kind);
      await city.act(other.taskId, 'acknowledge', other.owner, {});
      expect((await pause(other, 'party')).status, kind).toBe(200);
    }
    expect((await extend(one, beyond, { agreed: true })).status).toBe(200);
    const after = await measure(cases.tenancy, 'people-mediation');
    expect(after).toMatchObject({ due: '2026-02-12T01:00:00.000Z', statutory: { longer: true } });
    expect(after.statutory?.due).toBe(after.due);
    expect(await historyOf(cases.tenancy)).toContainEqual(
      expect.objectContaining({ kind: 'extended', beyondLaw: 'agreement', due: '2026-02-12T01:00:00.000Z' }),
    );
  });

  it('the time of an appraisal is none of a medical mediation’s; waiting for anybody else is', async () => {
    const one = await measure(cases.medical, 'people-mediation');
    const wages = await measure(cases.wages, 'trade-mediation');
    for (const { taskId, owner } of [one, wages]) await city.act(taskId, 'acknowledge', owner, {});
    expect((await pause(one, 'appraisal')).status).toBe(200);
    expect((await pause(wages, 'party')).status).toBe(200);
    await city.pass(10 * day);
    for (const { taskId, owner } of [one, wages])
      expect((await city.act(taskId, 'resume', owner, {})).status).toBe(200);
    const later = await measure(cases.medical, 'people-mediation');
    expect(dateOf(later.statutory?.due)).toBe('2026-03-04');
    expect(dateOf((await measure(cases.wages, 'trade-mediation')).statutory?.due)).toBe('2026-01-20');
    await over(cases.medical);
  });

  it('wages: after fifteen days the mediation goes on, and the parties may go to arbitration: its clocks are named', async () => {
    while (city.cloud.now() < Date.parse('2026-01-20T12:00:00+08:00')) await city.pass(day);
    const { taskId } = await measure(cases.wages, 'trade-mediation');
    const told = (await historyOf(cases.wages)).find(({ kind }) => kind === 'routesTold');
    expect(taskId).toContain(told?.task);
    expect(told?.routes?.map(({ law }) => law)).toContain('劳动争议调解仲裁法 5');
    expect(told?.routes?.flatMap(({ clocks = [] }) => clocks.map(({ article }) => article))).toEqual(['29', '43']);
    expect(city.said().filter((one) => one.taskId === taskId && one.kind === 'reminder')).not.toEqual([]);
    await over(cases.wages);
  });

  it('a month: the mediation that nobody agreed to prolong ends by itself, whoever is waited for, and names where else to go; the other goes on', async () => {
    while (city.cloud.now() < Date.parse('2026-02-05T12:00:00+08:00')) await city.pass(2 * day);
    expect((await measuresOf(cases.tenancy)).map((one) => one.measure).sort()).toEqual([
      'people-mediation',
      'petition-mediation',
    ]);
    const ended = (await historyOf(cases.tenancy)).find(({ kind, routes }) => kind === 'ended' && routes);
    expect(ended?.routes?.map(({ law }) => law)).toEqual(['人民调解法 26', '仲裁法 2, 4', '人民调解法 26']);
  });

  it('they agree at last: the court’s own clocks stand beside the thirty days', async () => {
    const { taskId, owner } = await measure(cases.tenancy, 'people-mediation');
    const done = await city.act(taskId, 'answer', owner, { outcome: 'agreed', note: '租金分三次付清，各自签字。' });
    expect(done.status, JSON.stringify(done.body)).toBe(200);
    const confirm = (await city.case(cases.tenancy)).tasks
      .map((task) => task as unknown as Measure)
      .find(({ kind }) => kind === 'confirm-agreement');
    expect(confirm?.due).toBe(confirm?.statutory?.due);
    expect(confirm?.statutory?.others.map(({ article, limit }) => [article, limit.en])).toEqual([
      ['4', '3 days'],
      ['5', '15 days, and 10 days more'],
    ]);
  });
});
