import { GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DisputeId } from '../../../shared/domain/ids.ts';
import { maskNeeds, needsIn } from '../../../shared/domain/masking.ts';
import { parts } from '../../../shared/domain/report.ts';
import { type Desk, receive } from '../../../shared/record/intake.ts';
import {
  addressesOf,
  mattersOf,
  type People,
  partiesOf,
  partyHashes,
  peopleOf,
  wordsOf,
} from '../../../shared/record/people.ts';
import { partitionOf } from '../../../shared/record/table.ts';
import { keysForTest, sealedBy } from '../../support/kms.ts';
import { man, needy, reportOf, told, woman, words } from '../../support/reports.ts';
import { logOn, type TestTable, tableForTest } from '../../support/table.ts';

const monday = Date.parse('2026-01-05T10:00:00+08:00');
let table: TestTable;
let desk: Desk;
beforeEach(async () => {
  table = await tableForTest();
  desk = { ...logOn(table), keys: keysForTest() };
});
afterEach(async () => {
  await table[Symbol.asyncDispose]();
});

const reported = async (sourceId = '1', more: object = {}): Promise<{ dispute: DisputeId; case: string | null }> => {
  const { dispute, case: caseId } = await receive(desk, reportOf(sourceId, more), monday);
  if (!dispute) throw new Error('no dispute');
  return { dispute, case: caseId };
};
const asWhoMayOpen = (...keys: string[]): People => ({ table, kms: keysForTest(keys).kms });
const { address: womansAddress, ...womansSelf } = woman;
const { address: mansAddress, ...mansSelf } = man;

describe('the people of a dispute', () => {
  it('are opened in the parts asked for, without their addresses', async () => {
    const { dispute } = await reported();
    const people = { table, kms: desk.keys.kms };
    expect(await peopleOf(people, [dispute], { parts: ['respondent'] })).toEqual([
      { dispute, report: 'police/1', i: 1, part: 'respondent', content: mansSelf },
    ]);
    expect(await peopleOf(people, [dispute], { parts })).toMatchObject([
      { content: womansSelf },
      { content: mansSelf },
    ]);
    expect(await peopleOf(people, [dispute], { parts: ['witness'] })).toEqual([]);
  });

  it('live where an item of its own says', async () => {
    const { dispute } = await reported('1', { people: [woman, man, { role: 'witness', name: '李' }] });
    const found = await addressesOf({ table, kms: desk.keys.kms }, [dispute], { parts });
    expect(found.map(({ i, content }) => [i, content])).toEqual([
      [0, womansAddress],
      [1, mansAddress],
    ]);
  });

  it('who may be hurt lie under another key: who may not use it opens the others only', async () => {
    const child = { role: 'child', name: '小王', bornOn: '2019-05-05' };
    const { dispute } = await reported('1', { people: [woman, man, child] });
    const sealers = async (prefix: string) =>
      (await all()).filter(({ sk }) => String(sk).startsWith(prefix)).map(({ key }) => sealedBy(key));
    expect(await sealers('PERSON#')).toEqual(['affected', 'person', 'affected']);
    expect(await sealers('ADDRESS#')).toEqual(['affected', 'person']);
    expect(await peopleOf(asWhoMayOpen('person'), [dispute], { parts: ['respondent'] })).toHaveLength(1);
    for (const part of ['affected', 'child'] as const) {
      const refused = peopleOf(asWhoMayOpen('person'), [dispute], { parts: [part] });
      await expect(refused).rejects.toMatchObject({ name: 'AccessDeniedException' });
      expect(await peopleOf(asWhoMayOpen('affected'), [dispute], { parts: [part] })).toHaveLength(1);
    }
  });

  it('are recognised by keyed hashes of their own numbers, and nothing is opened for it', async () => {
    const { dispute } = await reported();
    const parties = await partiesOf(table, [dispute]);
    expect(parties.map(({ i, part, parties: { length } }) => [i, part, length])).toEqual([
      [0, 'affected', 1],
      [1, 'respondent', 2],
    ]);
    const same = await partyHashes(desk.keys, { phone: man.phone });
    expect(parties.filter(({ parties: hashes }) => hashes.some((hash) => same.includes(hash)))).toMatchObject([
      { i: 1 },
    ]);
    const stored = JSON.stringify(await all());
    for (const clear of [man.idNumber, man.phone, woman.phone, man.name, womansAddress, words, needy]) {
      expect(stored).not.toContain(clear);
    }
  });

  it('find their own matters when they sign in, once each, and no others', async () => {
    const first = await reported();
    const second = await reported('2', { disputeType: 'debt', people: [{ ...man, role: 'complainant' }] });
    const mine = await mattersOf(table, await partyHashes(desk.keys, { idNumber: man.idNumber, phone: man.phone }));
    expect(mine.map(({ dispute, part }) => [dispute, part]).sort()).toEqual(
      [
        [first.dispute, 'respondent'],
        [second.dispute, 'complainant'],
      ].sort(),
    );
    expect(mine.find(({ dispute }) => dispute === first.dispute)).toMatchObject({ case: first.case });
    expect(await mattersOf(table, await partyHashes(desk.keys, { phone: '13999999999' }))).toEqual([]);
  });

  it('and their words lie with the places that speak of needs', async () => {
    const { dispute } = await reported();
    const [found] = await wordsOf({ table, kms: desk.keys.kms }, [dispute]);
    expect(found?.content?.text).toBe(words);
    const masked = maskNeeds(words, found?.content?.needs ?? []);
    expect(masked).not.toContain(needy);
    expect(masked.replaceAll('■', '')).toBe(words.replace(needy, ''));
  });
});

const all = async () => (await table.db.send(new ScanCommand({ TableName: table.name }))).Items ?? [];

it('what seals a person holds in its own place only: nobody passes for another', async () => {
  const { dispute } = await reported();
  const pk = partitionOf(dispute);
  const { Item } = await table.db.send(new GetCommand({ TableName: table.name, Key: { pk, sk: 'PERSON#police/1#1' } }));
  await table.db.send(new PutCommand({ TableName: table.name, Item: { ...Item, sk: 'PERSON#police/1#0' } }));
  const opened = peopleOf({ table, kms: desk.keys.kms }, [dispute], { parts });
  await expect(opened).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
});

describe('what the police do not see', () => {
  const spans = fc.array(fc.tuple(fc.nat(60), fc.nat(60)), { maxLength: 5 });

  it('is masked: the same length, no character of any span, every other as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 50 }), spans, (text, needs) => {
        const masked = maskNeeds(text, needs);
        expect(masked).toHaveLength(text.length);
        for (let at = 0; at < text.length; at++) {
          const hidden = needs.some(([start, end]) => start <= at && at < end);
          expect(masked[at]).toBe(hidden ? '■' : text[at]);
        }
      }),
    );
  });

  it('is everything where a span does not fit the text', () => {
    const text = '其患病';
    const beyond = reportOf('1', { text, facts: [told('hardship_medical', { start: 1, end: 9 })] });
    expect(maskNeeds(text, needsIn(beyond))).toBe('■■■');
    const other = reportOf('1', { text, facts: [told('threat_to_kill', { start: 1, end: 9 })] });
    expect(maskNeeds(text, needsIn(other))).toBe(text);
  });
});
