import { describe, expect, it } from 'vitest';
import type { Content, Draft } from '../../../shared/domain/actions.ts';
import { system } from '../../../shared/domain/actions.ts';
import { next } from '../../../shared/domain/commit.ts';
import { type CaseId, caseIdFor, type DisputeId, disputeIdFor } from '../../../shared/domain/ids.ts';
import { leavesDisputes, returningDraft } from '../../../shared/domain/returning.ts';
import { tasksDue } from '../../../shared/domain/stages.ts';
import type { CaseState, DisputeState } from '../../../shared/domain/state.ts';
import type { DisputeType } from '../../../shared/domain/words.ts';
import { city } from '../../support/city.ts';

const monday = Date.parse('2026-01-05T10:00:00+08:00');
const caseId = caseIdFor('police/1');
const disputeId = disputeIdFor('police/1');
const on = (disputeType: DisputeType) =>
  ({ kind: 'reported', channel: 'police', area: '999901001001', disputeType, owner: '999901001001.mediator' }) as const;

function told(id: CaseId | DisputeId, ...contents: Content[]) {
  const drafts = contents.map((content, i): Draft => ({ at: monday, by: system, key: `k${i}`, rev: 0, content }));
  return drafts.reduce<ReturnType<typeof next>['state'] | undefined>(
    (state, draft) => next(id, state, draft).state,
    undefined,
  );
}

function caseWith(endsAs: CaseState['endsAs'], status: CaseState['status'] = 'ending'): CaseState {
  const event = { id: 'E-1', at: monday, facts: [] };
  const state = told(caseId, { ...on('neighbour'), report: 'police/1', dispute: disputeId, event });
  if (state?.subject !== 'case') throw new Error('no case');
  return { ...state, status, endsAs };
}

function disputeWith(disputeType: DisputeType, ...more: Content[]): DisputeState {
  const state = told(disputeId, { ...on(disputeType), report: 'police/1', caseId }, ...more);
  if (state?.subject !== 'dispute') throw new Error('no dispute');
  return state;
}

const below = caseWith('below-threshold');
const asked = (dispute: DisputeState, linked: readonly CaseState[] = [below]) =>
  returningDraft(dispute, linked, below, monday);

describe('a case that had no level leaves its quarrel to whoever settles it', () => {
  it.each(['dismissed', 'unfounded', 'below-threshold'] as const)('%s', (endsAs) => {
    expect(leavesDisputes(caseWith(endsAs))).toBe(true);
  });

  it.each([null, 'lapsed', 'completed'] as const)('but not where it was looked after: %s', (endsAs) => {
    expect(leavesDisputes(caseWith(endsAs))).toBe(false);
  });

  it('a dispute that was closed is open again, with one task', () => {
    const closed = disputeWith('neighbour', { kind: 'closed' });
    const draft = asked(closed);
    if (!draft) throw new Error('nobody settles it');
    const made = next(disputeId, closed, draft);
    expect(made.state.status).toBe('open');
    // Another execution drives it from here on.
    expect(made.action.revises).toBe(true);
    expect(tasksDue(made.state, city, monday).map(({ kind }) => kind)).toEqual(['settle']);
    if (made.state.subject === 'dispute') expect(asked(made.state)).toBeUndefined();
  });

  it('not where it was settled, another case of it goes on, or there is none', () => {
    const open = { ...caseWith(null, 'planning'), id: caseIdFor('police/2') };
    expect(asked(disputeWith('neighbour'), [below, open])).toBeUndefined();
    expect(asked(disputeWith('neighbour'), [below, { ...open, status: 'closed' }])).toBeDefined();
    const settled: Content = { ...on('neighbour'), report: 'grid/1', settled: true };
    expect(asked(disputeWith('neighbour', settled))).toBeUndefined();
    expect(asked(disputeWith('none'))).toBeUndefined();
  });
});
