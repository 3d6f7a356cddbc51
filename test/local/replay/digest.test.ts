import { beforeAll, describe, expect, it } from 'vitest';
import { digestOf, linesOf } from '../../../local/replay/digest.ts';
import { type TheRecord, tell } from '../../../local/replay/record.ts';
import { type Draft, system } from '../../../shared/domain/actions.ts';
import { next } from '../../../shared/domain/commit.ts';
import { isClosed } from '../../../shared/domain/state.ts';
import { replayOnPaper } from './support.ts';

let record: TheRecord;
beforeAll(async () => {
  ({ record } = await replayOnPaper());
});

const digest = (of: TheRecord): string => digestOf(linesOf(tell(of)));

/** The same story, with a technical revision at the end of each open log. */
function revised(of: TheRecord): TheRecord {
  const { states } = tell(of);
  const logs = new Map(of.logs);
  for (const state of states) {
    if (isClosed(state)) continue;
    const at = state.changedAt + 60_000;
    const draft: Draft = {
      at,
      by: system,
      key: `recover ${state.rev}`,
      rev: 0,
      content: { kind: 'revised', cause: 'recovered', definition: 'another' },
    };
    logs.set(state.id, [...(of.logs.get(state.id) ?? []), next(state.id, state, draft).action]);
  }
  return { ...of, logs };
}

describe('the digest of the record', () => {
  it('is of sorted lines that name heads, actions, tasks, notices, levels and check-ins', () => {
    const lines = linesOf(tell(record));
    expect(lines).toEqual([...lines].sort());
    const sorts = new Set(lines.map((line) => line.split(' ')[0]));
    expect(sorts).toEqual(new Set(['action', 'check-in', 'head', 'level', 'notice', 'report', 'task']));
  });

  it('does not know of revisions, heads as stored, worklists, tokens, attempts or accesses', () => {
    const other: TheRecord = {
      ...revised(record),
      heads: [],
      tasks: [],
      notices: [],
      chains: new Map(),
      posts: new Map(),
      items: [],
    };
    expect(other.logs).not.toEqual(record.logs);
    expect(digest(other)).toBe(digest(record));
  });

  it('does not depend on where a log stands in the table', () => {
    const reversed = { ...record, logs: new Map([...record.logs].reverse()), reports: [...record.reports].reverse() };
    expect(digest(reversed)).toBe(digest(record));
  });

  it('does not know the numbers of actions, nor the order in which two tasks of one log went on at the same instant', () => {
    const told = tell(record);
    const [first] = told.states;
    if (!first) throw new Error('no state');
    const headWith = (more: object) => digestOf(linesOf({ ...told, states: [{ ...first, ...more }] }));
    const keys = (n: number) => [`returned ${first.id} ${n}`, `discharged recall ${n + 1}`];
    const informed = (n: number) => [`answered-${n} police/1#0`, `taken-up-${n} police/1#0`];
    expect(headWith({ keys: keys(15), informed: informed(3) })).toBe(
      headWith({ keys: keys(16).reverse(), informed: informed(7).reverse() }),
    );
    expect(headWith({ keys: keys(15) })).not.toBe(headWith({ keys: keys(15).slice(1) }));
  });

  it.each(['at', 'note'] as const)('changes with the %s of one action', (field) => {
    const logs = new Map(record.logs);
    const [[id, actions] = []] = [...logs].slice(5, 6);
    if (!id || !actions) throw new Error('no log');
    const changed = { at: (actions[0]?.at ?? 0) + 1, note: 'another' };
    logs.set(
      id,
      actions.map((action, i) => (i === 0 ? { ...action, [field]: changed[field] } : action)),
    );
    expect(digest({ ...record, logs })).not.toBe(digest(record));
  });

  it('carries nothing that tells who somebody is', () => {
    const text = linesOf(tell(record)).join('\n');
    expect(text).not.toMatch(/(?<!\w)\d{17}[\dX](?!\w)|(?<!\w)1[3-9]\d{9}(?!\w)/);
  });
});
