import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Content, system } from '../../../shared/domain/actions.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import { openingDraft } from '../../../shared/domain/lifecycle-commands.ts';
import { taskCommand, type Worded } from '../../../shared/domain/task-commands.ts';
import { ActionRefused } from '../../../shared/errors.ts';
import { actionsAfter, commit, type Log } from '../../../shared/record/log.ts';
import { commitWithNote, notesOf } from '../../../shared/record/notes.ts';
import { city } from '../../support/city.ts';
import { dying } from '../../support/killing.ts';
import { keysForTest } from '../../support/kms.ts';
import { logOn, type TestTable, tableForTest } from '../../support/table.ts';

const monday = Date.parse('2026-01-05T10:00:00+08:00');
const id: CaseId = 'C-000000000001';
const why = '刘大强家无人，改由乡镇派出所核实';
const police = { role: 'staff', person: 'P1', post: '999901001.township-police' } as const;
const reported: Content = {
  kind: 'reported',
  report: 'police/1',
  channel: 'police',
  area: '999901001001',
  disputeType: 'neighbour',
  owner: police.post,
  dispute: 'D-000000000001',
  event: { id: 'E-1', at: monday, facts: [{ type: 'threat_to_kill' }, { type: 'weapon_present' }] },
};

let table: TestTable;
const keys = keysForTest();
beforeEach(async () => {
  table = await tableForTest();
  const log = logOn(table);
  const key = 'police/1';
  await commit(log, id, () => ({ at: monday, by: system, key, rev: 0, content: reported }), { key });
  await commit(log, id, (state) => state && openingDraft(city, state, 1, monday), { byLifecycle: true });
});
afterEach(async () => {
  await table[Symbol.asyncDispose]();
});

const all = async () => (await table.db.send(new ScanCommand({ TableName: table.name }))).Items ?? [];
const noteItems = async () => (await all()).filter(({ sk }) => String(sk).startsWith('NOTE#'));
const answer = (log: Log, key: string, note = why) =>
  commitWithNote(log, keys, id, key, (state): Worded | undefined => {
    const body = { outcome: 'verified', note };
    return state && taskCommand({ city, state, task: 'verify-1', verb: 'answer', by: police, at: monday, key, body });
  });
const people = () => ({ table, kms: keys.kms });

describe('what somebody writes beside an action', () => {
  it('is sealed beside the log: the history keeps its id only', async () => {
    const made = await answer(logOn(table), 'k');
    const { note = '' } = made?.action ?? {};
    expect(note).toMatch(/^[0-9a-z]{12}$/);
    expect(JSON.stringify(await actionsAfter(table, id, 0))).not.toContain('刘大强');
    expect(await noteItems()).toMatchObject([{ about: 'verify-1' }]);
    expect(await notesOf(people(), id, [note, 'another'])).toEqual(new Map([[note, { content: why }]]));
  });

  it('is kept once under the key of its command, as it was first written', async () => {
    const first = await answer(logOn(table), 'k');
    const second = await answer(logOn(table), 'k', '另一说法');
    expect(second).toMatchObject({ again: true, action: first?.action });
    expect(await noteItems()).toHaveLength(1);
    const { note = '' } = first?.action ?? {};
    expect((await notesOf(people(), id, [note])).get(note)).toEqual({ content: why });
  });

  it('is not kept where the command is refused', async () => {
    await answer(logOn(table), 'k');
    await expect(answer(logOn(table), 'another key')).rejects.toThrow(ActionRefused);
    expect(await noteItems()).toHaveLength(1);
  });

  it('is there before the action that names it, wherever the process is killed', async () => {
    const kills = { left: 1 };
    await expect(answer(logOn(dying(table, kills)), 'k')).rejects.toThrow('killed');
    expect(await noteItems()).toHaveLength(1);
    expect(await actionsAfter(table, id, 2)).toEqual([]);
    const made = await answer(logOn(table), 'k');
    const { note = '' } = made?.action ?? {};
    expect((await notesOf(people(), id, [note])).get(note)).toEqual({ content: why });
  });
});
