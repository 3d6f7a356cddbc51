import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { factsOf } from '../../local/erase.ts';
import { type By, system } from '../../shared/domain/actions.ts';
import { explained, shownLines } from '../../shared/domain/explaining.ts';
import type { LogId } from '../../shared/domain/ids.ts';
import { mergeOffered } from '../../shared/domain/merging.ts';
import { type Desk, receive } from '../../shared/record/intake.ts';
import { itemsOf } from '../../shared/record/items.ts';
import { commit, read } from '../../shared/record/log.ts';
import { carryOn } from '../../shared/record/merging.ts';
import { city } from '../support/city.ts';
import { keysForTest } from '../support/kms.ts';
import { man, reportOf, told, woman } from '../support/reports.ts';
import { logOn, type TestTable, tableForTest } from '../support/table.ts';

const monday = Date.parse('2026-01-05T10:00:00+08:00');
const day = 86_400_000;
const tuesday = monday + day;
const by = { role: 'staff', person: 'P-county', post: '999901.county-centre' } as const satisfies By;
const keys = keysForTest();

let table: TestTable;
beforeEach(async () => {
  table = await tableForTest();
});
afterEach(async () => {
  await table[Symbol.asyncDispose]();
});

const desk = (): Desk => ({ ...logOn(table), keys });

const { idNumber: _, ...nameless } = man;
/** The same man under another telephone. */
const again = { ...nameless, phone: '13900000009' };
const neighbour = { role: 'complainant', name: '赵大姐', phone: '13800000007' };

async function reported(sourceId: string, more: object) {
  const { dispute, case: caseId } = await receive(desk(), reportOf(sourceId, more), monday);
  if (!dispute) throw new Error('no dispute');
  return { dispute, caseId };
}

/** Somebody may be hurt: there is a case. */
async function threatened(sourceId: string, more: object) {
  const { dispute, caseId } = await reported(sourceId, more);
  if (!caseId) throw new Error('no case');
  return { dispute, caseId };
}

async function merged(source: LogId, into: LogId): Promise<void> {
  const target = await read(desk(), into);
  if (!target) throw new Error('nothing to merge into');
  const offer = {
    target,
    isLookedAfter: () => false,
    opposed: false,
    by,
    at: tuesday,
    key: 'm',
    reason: 'one quarrel',
  };
  await commit(desk(), source, (state) => state && mergeOffered({ ...offer, source: state }).draft);
  expect(await carryOn(desk(), source, tuesday)).toBe('merged');
}

async function heldFor(id: LogId, days: number): Promise<void> {
  const content = { kind: 'held', until: tuesday + days * day, since: tuesday } as const;
  await commit(desk(), id, () => ({ at: tuesday, by: system, key: `hold ${days}`, rev: 0, content }));
}

const facts = (id: string) =>
  factsOf({ now: tuesday, stack: 'hejie-test', partition: (pk) => itemsOf(table, pk), close: () => undefined }, id);
const said = async (id: string) => shownLines(explained(city, await facts(id), tuesday)).join('\n');

describe('what of a case goes, and when', () => {
  it('counts a hold on the dispute that its own went into, and the agreement made there, and everybody in both', async () => {
    const { dispute, caseId } = await threatened('1', { people: [{ ...woman, role: 'complainant' }, man] });
    const settlement = { agreement: '以老界为准，刘家三日内移走石料。' };
    const { dispute: home } = await reported('2', { people: [neighbour, man], facts: [told('settled')], settlement });
    const [made] = (await read(desk(), home))?.agreements ?? [];
    expect(made).toBeDefined();
    expect(await said(caseId)).toContain('未被保全');
    await merged(dispute, home);
    await heldFor(home, 90);
    expect(await said(caseId)).toContain('依法保全至 2026-04-06');
    expect(await said(caseId)).toContain(`另行保存：协议 ${made?.id}`);
    expect(await facts(caseId)).toMatchObject({ disputes: [{ state: { id: home }, named: 4, erased: 0 }] });
    expect(await said(caseId)).toContain(`not before ${caseId}`);
  });

  it('of one that went into another: where it went, and what is held there', async () => {
    const { caseId: target } = await threatened('1', { people: [woman, man] });
    const { caseId: source } = await threatened('2', { people: [woman, again] });
    await merged(source, target);
    await heldFor(target, 30);
    const text = await said(source);
    expect(text).toContain(`已并入另案 ${target}`);
    expect(text).toContain(`It goes with the case that it was merged into: ${target}`);
    expect(text).toContain('依法保全至 2026-02-05');
    expect(await said(target)).toContain('依法保全至 2026-02-05');
    expect((await facts(target)).disputes).toHaveLength(2);
  });
});
