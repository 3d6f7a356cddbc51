/** Recalls are counted under the month in which they were asked for. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Content } from '../../../shared/domain/actions.ts';
import { system } from '../../../shared/domain/actions.ts';
import { disputeIdFor } from '../../../shared/domain/ids.ts';
import { commit, type Log, read } from '../../../shared/record/log.ts';
import { recallsIn } from '../../../shared/record/recalls.ts';
import { city } from '../../support/city.ts';
import { logOn, type TestTable, tableForTest } from '../../support/table.ts';

const county = '999901.county-centre';
const health = '999901.county-health';
const at = (text: string) => Date.parse(`${text}T10:00:00+08:00`);
const dispute = disputeIdFor('grid/1');

let table: TestTable;
let log: Log;
let n = 0;
beforeEach(async () => {
  table = await tableForTest();
  log = logOn(table);
});
afterEach(() => table[Symbol.asyncDispose]());

async function told(id: typeof dispute, when: number, content: Content) {
  n += 1;
  const key = `k${n}`;
  await commit(log, id, () => ({ at: when, by: system, key, rev: 0, content }), { key });
}

const about = { channel: 'grid', area: '999901001001', disputeType: 'neighbour', owner: county } as const;
const opened = (kind: 'enquiry' | 'destroy', when: number, more: object = {}): Content => ({
  kind: 'opened',
  tasks: [{ kind, owner: health, from: when, due: when + 1e9, ...more }],
});

async function asked(when: number) {
  await told(dispute, when, { kind: 'reported', report: 'grid/1', ...about, wants: [] });
  await told(dispute, when, opened('enquiry', when, { about: 'health known-dispute' }));
  await told(dispute, when, { kind: 'answered', task: 'enquiry-1', answer: { task: 'enquiry', outcome: 'no' } });
}

const erased = (when: number) => told(dispute, when, { kind: 'erased', part: 'grid/1#0', ground: 'request' });

it('counts who has confirmed by the end of the month after, and forgets nobody who has not', async () => {
  const january = at('2026-01-30');
  await asked(january);
  await erased(january);
  await told(dispute, january, opened('destroy', january, { about: (await read(log, dispute))?.grants[0]?.id }));
  const counted = (month: string) => recallsIn(table, city, '999901', month);
  expect(await counted('2026-01')).toEqual([{ area: '999901001001', value: 'unconfirmed' }]);
  await told(dispute, at('2026-02-03'), {
    kind: 'answered',
    task: 'destroy-1',
    answer: { task: 'destroy', outcome: 'destroyed' },
  });
  expect(await counted('2026-01')).toEqual([{ area: '999901001001', value: 'confirmed' }]);
  expect(await counted('2026-02')).toEqual([]);
  expect(await recallsIn(table, city, '999901001', '2025-12')).toEqual([]);
});

it('the last day of a share counts when it has come', async () => {
  const begins = at('2026-02-02');
  await asked(at('2026-01-30'));
  await told(dispute, at('2026-01-30'), opened('destroy', begins, { about: 'share-9' }));
  expect(await recallsIn(table, city, '999901', '2026-01')).toEqual([]);
  await told(dispute, begins, { kind: 'began', task: 'destroy-1' });
  expect(await recallsIn(table, city, '999901', '2026-02')).toEqual([{ area: '999901001001', value: 'unconfirmed' }]);
});

it('what is gone because its time is over asks nobody: recipients were asked when it ended', async () => {
  const when = at('2026-01-30');
  await asked(when);
  await told(dispute, when, { kind: 'closed' });
  await told(dispute, when, { kind: 'erased', part: 'grid/1#0', ground: 'retention-over' });
  expect(await read(log, dispute)).toMatchObject({ status: 'closed', wants: [] });
});
