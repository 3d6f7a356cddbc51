import { describe, expect, it } from 'vitest';
import type { Action } from '../../../shared/domain/actions.ts';
import { system } from '../../../shared/domain/actions.ts';
import { next } from '../../../shared/domain/commit.ts';
import { caseIdFor } from '../../../shared/domain/ids.ts';
import { openingDraft } from '../../../shared/domain/lifecycle-commands.ts';
import { isClean, message, noticeId } from '../../../shared/domain/notices.ts';
import { openTasks, type State } from '../../../shared/domain/state.ts';
import { city } from '../../support/city.ts';

const monday = Date.parse('2026-01-05T10:00:00+08:00');
const id = caseIdFor('police/1');

function asked(): State {
  const content: Action['content'] = {
    kind: 'reported',
    report: 'police/1',
    channel: 'police',
    area: '999901001001',
    disputeType: 'intimate_partner',
    owner: '999901001.township-centre',
    event: { id: 'E-1', at: monday, facts: [{ type: 'threat_to_kill' }] },
  };
  const { state } = next(id, undefined, { at: monday, by: system, key: 'police/1', rev: 0, content });
  const draft = openingDraft(city, state, 1, monday);
  if (!draft) throw new Error('nothing is due');
  return next(id, state, draft).state;
}

describe('a notice says a task, a deadline, a handle that grants nothing (S14)', () => {
  const state = asked();
  const [task] = openTasks(state);
  const [notice] = task?.notices ?? [];
  if (!task || !notice) throw new Error('nobody is told');
  const said = message(state, task, notice);

  it('in Chinese first and in English, with the deadline in local time', () => {
    expect(said.text).toMatch(/^【和解】您岗位有一项新任务.*请于2026-01-05 10:15前登录办理.*A new task is waiting/);
  });

  it('and neither matter, level, place, person nor the id of the case', () => {
    for (const telling of ['intimate', 'verify', '999901', id, 'red', '红', '核实'])
      expect(said.text).not.toContain(telling);
  });

  it('under an id that depends on nothing but what it is about', () => {
    expect(noticeId(state, task.no, notice)).toBe(said.id);
    expect(noticeId({ ...state, n: 99 }, task.no, { ...notice, at: 0 })).toBe(said.id);
    expect(noticeId(state, task.no, { ...notice, step: 1 })).not.toBe(said.id);
  });

  it.each([
    '王某 13800000001',
    '999999198001010010',
    '红色预警',
    'a red case',
    'neighbour',
    '330101199001011234',
  ])('the scanner finds %s', (text) => {
    expect(isClean(`请办理 ${text} 谢谢`)).toBe(false);
  });
});
