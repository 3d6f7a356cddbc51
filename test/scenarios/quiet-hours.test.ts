import { globSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CityOnOneMachine, grid, posts } from '../support/city-on-one-machine.ts';
import { hour, minute, onDuty, quarrel } from '../support/story.ts';

const gridOfficer = `${grid}.grid-officer`;
const local = (at: number): string => new Date(at + 8 * hour).toISOString().slice(0, 16).replace('T', ' ');
const at = (text: string) => Date.parse(`${text}+08:00`);

describe('quiet hours, from nine in the evening to eight in the morning', () => {
  let city: CityOnOneMachine;
  let settle = '';
  beforeAll(async () => {
    // The reconciler looks every half hour, also at eight sharp.
    city = await CityOnOneMachine.open(inject('assembly'), '2026-01-12T20:30:00+08:00', undefined, 30 * minute);
  });
  afterAll(async () => {
    await city.cloud.close();
  });

  const heard = (taskId: string) =>
    city
      .said()
      .filter((said) => said.taskId === taskId)
      .map(({ kind, post, at: when }) => [local(when), kind, post]);
  const until = (text: string) => city.pass(at(text) - city.cloud.now());
  const ordinary = (n: number) =>
    city.report({ channel: 'grid', facts: [], text: '两户因滴水争吵。', ...quarrel(n) }, gridOfficer);
  /** What the reconciler found to repair, from its own log. */
  const repaired = (): number[] =>
    globSync(`${city.data}/**/cloud.log`)
      .flatMap((file) => readFileSync(file, 'utf8').split('\n'))
      .flatMap((line) => /"reconciled".*"repaired":(\{[^}]*\})/.exec(line)?.[1] ?? [])
      .map((counts) => Object.values(JSON.parse(counts) as Record<string, number>).reduce((a, b) => a + b, 0));

  it('20:30, a quarrel: the mediator is told at once', async () => {
    const { dispute } = await ordinary(1);
    expect(heard(`${dispute}.settle-1`)).toEqual([['2026-01-12 20:30', 'opened', posts.mediator]]);
  });

  it('22:00, another: decided at once, told at eight; nothing goes out in between', async () => {
    await until('2026-01-12T22:00');
    const { dispute } = await ordinary(2);
    settle = `${dispute}.settle-1`;
    const before = city.said().length;
    await until('2026-01-13T07:59');
    expect(city.said().length).toBe(before);
    await until('2026-01-13T08:10');
    const [message, ...more] = city.said().filter(({ taskId }) => taskId === settle);
    expect(more).toEqual([]);
    expect(message).toMatchObject({ kind: 'opened', post: posts.mediator, at: at('2026-01-13T08:00') });
    const { message: text = '' } = city.cloud.outbox(0).find((one) => one.message.includes(settle)) ?? {};
    expect(JSON.parse(text).at).toBe(new Date(at('2026-01-12T22:00')).toISOString());
  });

  it('the reconciler, who looked all night, found nothing to repair', () => {
    expect(repaired().length).toBeGreaterThan(10);
    expect(repaired().filter((count) => count > 0)).toEqual([]);
  });

  it('Tuesday 21:30, danger at this moment: who is on duty is told and called at once, who is not in the morning', async () => {
    await until('2026-01-13T21:30');
    await onDuty(city, posts.police, 11);
    const { case: id } = await city.report(quarrel(3));
    const verify = `${id}.verify-1`;
    expect(heard(verify)).toEqual([
      ['2026-01-13 21:30', 'opened', posts.police],
      ['2026-01-13 21:30', 'page', posts.police],
    ]);
    await until('2026-01-13T21:44');
    // The warning is for the county, where nobody is on duty: it hears in the morning what happened by night.
    expect(heard(verify).map(([, kind]) => kind)).toEqual(['opened', 'page', 'page', 'reminder', 'page']);
    await city.act(verify, 'acknowledge', posts.police, {});
    await until('2026-01-14T08:10');
    const county = heard(verify).filter(([, , post]) => post === posts.county);
    expect(county[0]).toEqual(['2026-01-14 08:00', 'warning', posts.county]);
  });
});
