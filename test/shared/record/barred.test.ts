/** S2: who somebody is, where they come from, what they believe, say or complain about changes nothing that is written of them. */
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Action } from '../../../shared/domain/actions.ts';
import { assessCase } from '../../../shared/domain/assessing.ts';
import { type FactType, factCatalogue, factTypes } from '../../../shared/domain/facts.ts';
import type { LogId } from '../../../shared/domain/ids.ts';
import { assessmentDraft, openingDraft } from '../../../shared/domain/lifecycle-commands.ts';
import { parseReport, type Report } from '../../../shared/domain/report.ts';
import { disputeTypes } from '../../../shared/domain/words.ts';
import { type Desk, receive } from '../../../shared/record/intake.ts';
import { actionsAfter, commit, read } from '../../../shared/record/log.ts';
import { city } from '../../support/city.ts';
import { keysForTest } from '../../support/kms.ts';
import { logOn, type TestTable, tableForTest } from '../../support/table.ts';

const monday = Date.parse('2026-01-05T10:00:00+08:00');
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const checked = (digits: string) =>
  `${digits}${'10X98765432'[weights.reduce((sum, weight, i) => sum + weight * Number(digits[i]), 0) % 11]}`;

/** What must never count: in the number are household registration, age and sex. */
interface Barred {
  readonly name: string;
  readonly region: string;
  readonly born: string;
  readonly sex: 0 | 1;
  readonly address: string;
  readonly text: string;
  readonly source: string;
}

const barred: fc.Arbitrary<Barred> = fc.record({
  name: fc.constantFrom('刘大强', '买买提·艾力', '扎西', '欧阳', 'Ivanov', '阿依古丽'),
  region: fc.constantFrom('331003', '654001', '540102', '110101', '522601', '999999'),
  // Grown up, all of them.
  born: fc.constantFrom('19400101', '19591111', '19800101', '19991231', '20070101'),
  sex: fc.constantFrom(0, 1),
  address: fc.constantFrom('桥头村9号', '外来人口集中居住区3幢', '精神卫生中心家属院', '清真寺旁'),
  text: fc.constantFrom(
    '少数民族，信教，多次上访，曾在网上发表言论。',
    '失业多年，有前科，患精神疾病，性格孤僻。',
    '外地户籍，流动人口，轨迹异常，亲属有犯罪记录。',
    '两户因晾衣争吵，一方持刀。',
  ),
  source: fc.constantFrom('网格', '信访局', '舆情监测', '派出所'),
});

const observed = factTypes.filter((type) => ['event', 'behaviour'].includes(factCatalogue[type].element));
const aside = factTypes.filter((type) => ['needs', 'context'].includes(factCatalogue[type].element));
const told = (type: FactType) => ({ type, value: true, start: 0, end: 3, negated: false, hearsay: false });

let reports = 0;
function reportOf(n: number, who: Barred, facts: readonly FactType[], more: object): Report {
  const serial = String((n % 499) * 2 + who.sex).padStart(3, '0');
  // The same person on both sides, to be told from everybody else of this test.
  const phone = `138${String(n).padStart(8, '0')}`;
  return parseReport({
    ...{ channel: 'police', sourceId: `r-${n}`, source: who.source, reportedAt: '2026-01-05T10:00:00+08:00' },
    ...{ area: '999901001001', disputeType: 'neighbour', text: who.text, facts: facts.map(told) },
    verified: { by: '民警', how: '到场核实' },
    people: [
      { role: 'complainant', name: who.name, phone: `139${String(n).padStart(8, '0')}` },
      {
        ...{ role: 'respondent', name: who.name, phone, address: who.address },
        idNumber: checked(`${who.region}${who.born}${serial}`),
      },
    ],
    ...more,
  });
}

/** Everything that was written of it, to the proposal and the tasks: what decides, and all that is ever shown, follows from this. */
async function written(desk: Desk, report: Report): Promise<Record<string, readonly Action[]>> {
  const receipt = await receive(desk, report, monday);
  const logs = [receipt.dispute, receipt.case, receipt.referral].filter(
    (id): id is NonNullable<typeof id> => id != null,
  );
  const found: Record<string, readonly Action[]> = {};
  for (const id of logs) found[id] = await driven(desk, id);
  return found;
}

async function driven(desk: Desk, id: LogId): Promise<readonly Action[]> {
  for (let n = -1; n < ((await read(desk, id))?.n ?? 0); ) {
    n = (await read(desk, id))?.n ?? 0;
    await commit(desk, id, (state) => state && assessmentDraft(state, state.rev, monday));
    await commit(desk, id, (state) => state && openingDraft(city, state, state.rev, monday));
  }
  return actionsAfter(desk.table, id, 0);
}

describe('what must never count', () => {
  const tables: TestTable[] = [];
  beforeAll(async () => {
    tables.push(await tableForTest(), await tableForTest());
  });
  afterAll(async () => {
    for (const table of tables) await table[Symbol.asyncDispose]();
  });
  const desks = () => tables.map((table): Desk => ({ ...logOn(table), keys: keysForTest() }));

  it('changes no byte of what is written: route, events, proposal, tasks, owners and clocks are the same', async () => {
    const about = fc.record({
      disputeType: fc.constantFrom(...disputeTypes.filter((type) => type !== 'none')),
      facts: fc.uniqueArray(fc.constantFrom(...observed), { maxLength: 4 }),
    });
    const given = fc.tuple(about, barred, barred);
    let cases = 0;
    await fc.assert(
      fc.asyncProperty(given, async ([{ disputeType, facts }, one, other]) => {
        reports += 1;
        const [left, right] = desks();
        if (!left || !right) throw new Error('no tables');
        const more = { disputeType };
        const a = await written(left, reportOf(reports, one, facts, more));
        const b = await written(right, reportOf(reports, other, facts, more));
        expect(b).toEqual(a);
        cases += Object.keys(a).filter((id) => id.startsWith('C')).length;
      }),
      { numRuns: 40 },
    );
    expect(cases, 'cases among them').toBeGreaterThan(5);
    // Nothing of it lies in clear anywhere either.
    for (const { name, db } of tables) {
      const { Items = [] } = await db.send(new ScanCommand({ TableName: name }));
      const text = JSON.stringify(Items.filter(({ pk }) => !String(pk).startsWith('R#')));
      for (const word of ['买买提', '上访', '前科', '户籍', '清真寺']) expect(text).not.toContain(word);
    }
  }, 120_000);

  it('needs and circumstances carry no point: they change which help is offered, never the proposal', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...observed), { minLength: 1, maxLength: 5 }),
        fc.uniqueArray(fc.constantFrom(...aside), { maxLength: 8 }),
        (facts, more) => {
          const proposed = (types: readonly FactType[]) => {
            const event = { id: 'E-1', at: monday, state: 'verified', channel: 'police' } as const;
            const state = { events: [{ ...event, facts: types.map((type) => ({ type })) }] };
            const { proposal, points, contributions, trend } = assessCase(state as never);
            return { proposal, points, contributions, trend };
          };
          expect(proposed([...more, ...facts])).toEqual(proposed(facts));
        },
      ),
    );
  });
});
