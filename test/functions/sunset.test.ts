/** After the sunset the intake lets in what belongs to something open, and tells nobody whether anything is kept about somebody else. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkLetIn } from '../../functions/receive-report/sunset.ts';
import { post } from '../../shared/config/posts.ts';
import { system } from '../../shared/domain/actions.ts';
import { parseReport, type Report } from '../../shared/domain/report.ts';
import type { Caller } from '../../shared/domain/who-may/standing.ts';
import { AfterSunset } from '../../shared/errors.ts';
import { type Desk, receive } from '../../shared/record/intake.ts';
import { commit } from '../../shared/record/log.ts';
import { partyHashes } from '../../shared/record/people.ts';
import { city } from '../support/city.ts';
import { keysForTest } from '../support/kms.ts';
import { told } from '../support/reports.ts';
import { logOn, type TestTable, tableForTest } from '../support/table.ts';

const lastDay = Date.parse('2028-12-14T10:00:00+08:00');
const nextDay = lastDay + 86_400_000;
const her = { role: 'complainant', name: '王小花', phone: '13800000001' } as const;
const him = { role: 'respondent', name: '刘大强', phone: '13800000002' } as const;
const stranger = { role: 'respondent', name: '赵某', phone: '13800000009' } as const;

const knife = [told('threat_to_kill'), told('weapon_present')];
const reportOf = (sourceId: string, more: object = {}): Report =>
  parseReport({
    ...{ channel: 'police', sourceId, source: '派出所', reportedAt: '2028-12-14T10:00:00+08:00', area: '999901001001' },
    ...{ disputeType: 'neighbour', text: '邻居持刀扬言杀人', facts: knife, people: [her, him], ...more },
  });

const police = post(city, '999901001.township-police');
const officer: Caller = {
  ...{ as: 'post', person: 'Li', purpose: 'handling', post: police, role: police.role, through: 'holder', parties: [] },
};

let table: TestTable;
let desk: Desk;
beforeEach(async () => {
  table = await tableForTest();
  desk = { ...logOn(table), keys: keysForTest() };
});
afterEach(async () => {
  await table[Symbol.asyncDispose]();
});

const citizen = async (who: { readonly phone: string }): Promise<Caller> => ({
  ...{ as: 'citizen', person: 'somebody', purpose: 'own-affairs' },
  parties: await partyHashes(desk.keys, who),
});
const lets = (caller: Caller, report: Report, at = nextDay) => checkLetIn(desk, caller, report, at);

describe('after the sunset', () => {
  it('nothing new comes in, until the end of the last day everything does', async () => {
    await expect(lets(officer, reportOf('1'), lastDay)).resolves.toBeUndefined();
    await expect(lets(officer, reportOf('1'))).rejects.toThrow(AfterSunset);
    await expect(lets(officer, reportOf('1'))).rejects.toMatchObject({
      allowed: expect.arrayContaining(['110', '12348']),
    });
  });

  it('what belongs to an open case does, from whatever quarrel; and what was received before is answered again', async () => {
    await receive(desk, reportOf('1'), lastDay);
    await expect(lets(officer, reportOf('1'))).resolves.toBeUndefined();
    await expect(lets(officer, reportOf('2', { disputeType: 'debt' }))).resolves.toBeUndefined();
    await expect(lets(officer, reportOf('3', { people: [her, stranger] }))).rejects.toThrow(AfterSunset);
  });

  it('what was closed is not opened again', async () => {
    const { dispute } = await receive(desk, reportOf('1', { facts: [told('wants_mediation')] }), lastDay);
    const mild = reportOf('2', { facts: [told('wants_mediation')] });
    await expect(lets(officer, mild)).resolves.toBeUndefined();
    if (!dispute) throw new Error('no dispute');
    await commit(desk, dispute, () => ({ at: lastDay, by: system, key: 'k', rev: 0, content: { kind: 'closed' } }));
    await expect(lets(officer, mild)).rejects.toThrow(AfterSunset);
  });

  it('a resident adds to their own; about anybody else they are answered as if nothing were there', async () => {
    await receive(desk, reportOf('1'), lastDay);
    const resident = (sourceId: string, more: object) => reportOf(sourceId, { channel: 'resident', ...more });
    await expect(
      lets(await citizen(her), resident('a', { facts: [told('wants_mediation')] })),
    ).resolves.toBeUndefined();
    const asked = async (people: object[]) =>
      lets(await citizen(stranger), resident('b', { people })).catch((refused: unknown) => String(refused));
    expect(await asked([him])).toBe(await asked([stranger]));
    expect(await asked([him])).toContain('12348');
    // Whoever is reported learns nothing of the case about them either.
    await expect(lets(await citizen(him), resident('c', { people: [him] }))).rejects.toThrow(AfterSunset);
  });
});
