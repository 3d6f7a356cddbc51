/** The protocol, explored: every interleaving and every crash, on the code that production runs; and what each guard is for. */
import { describe, expect, it, vi } from 'vitest';
import type { Content } from '../../shared/domain/actions.ts';
import { system } from '../../shared/domain/actions.ts';
import { assessCase } from '../../shared/domain/assessing.ts';
import { next } from '../../shared/domain/commit.ts';
import { caseIdFor } from '../../shared/domain/ids.ts';
import { tasksDue } from '../../shared/domain/stages.ts';
import type { CaseState } from '../../shared/domain/state.ts';
import { city } from '../support/city.ts';
import { type Explored, Explorer } from './explore.ts';
import type { Person } from './programs.ts';
import { type Guard, guards, type Scenario } from './world.ts';

const off = vi.hoisted(() => new Set<string>());
vi.mock('../../shared/domain/rules.ts', async (original) => {
  const rules = await original<typeof import('../../shared/domain/rules.ts')>();
  const check: typeof rules.check = (state, draft) =>
    rules.check(state, off.has('fence') ? { ...draft, rev: 0 } : draft);
  return { ...rules, check };
});
vi.mock('../../shared/domain/lifecycle-commands.ts', async (original) => {
  const commands = await original<typeof import('../../shared/domain/lifecycle-commands.ts')>();
  const slaDraft: typeof commands.slaDraft = (c, state, rev, no, step, ...more) =>
    commands.slaDraft(c, state, rev, no, off.has('step-key') ? (state.tasks[no]?.step ?? step) : step, ...more);
  return { ...commands, slaDraft };
});

const id = caseIdFor('police/1');
const monday = Date.parse('2026-01-05T10:00:00+08:00');
const day = 86_400_000;
const [township, county, health] = ['999901001.township-centre', '999901.county-centre', '999901.county-health'];
const task = 'confirm-agreement-1';

/** A case before its decision, with a task that goes on whatever is decided; offered to another post, where it is. */
function told(offeredTo?: string): { actions: Scenario['actions']; state: CaseState } {
  const actions: Scenario['actions'][number][] = [];
  let state: CaseState | undefined;
  const tell = (content: Content): CaseState => {
    const made = next(id, state, { at: monday, by: system, key: `k${actions.length}`, rev: 0, content });
    if (made.state.subject !== 'case') throw new Error('no case');
    actions.push(made.action);
    state = made.state;
    return made.state;
  };
  const event = { id: 'E-1', at: monday, facts: [{ type: 'threat_to_harm' as const }], verified: 'station' };
  const where = { channel: 'police', area: '999901001001', disputeType: 'neighbour' } as const;
  const { model, inputHash, proposal, points, trend } = assessCase(
    tell({ kind: 'reported', report: 'police/1', ...where, owner: township, event }),
  );
  const now = tell({ kind: 'assessed', model, inputHash, proposal, points, factors: [], trend });
  const opening = { kind: 'confirm-agreement', owner: township, from: monday, due: monday + 10 * day } as const;
  const offer = offeredTo ? { offer: { handOff: 'offer-1', to: offeredTo, until: monday + day } } : {};
  const open = tell({ kind: 'opened', tasks: [...tasksDue(now, city, monday), { ...opening, ...offer }] });
  return { actions, state: open };
}

const reason = '周一当面威胁要打人，情况属实，须尽快化解。';
const owner: Person = { post: township, task, verb: 'answer', body: { outcome: 'filed' } };
const receiver: Person = { post: health, task, verb: 'accept', body: {} };
const decider: Person = {
  ...{ post: '', task: 'decide-1', verb: 'answer' },
  body: { outcome: 'confirm', reason, changes: '由村里组织调解。', events: ['E-1'] },
};

interface Told {
  readonly people: Readonly<Record<string, Person>>;
  readonly offered?: boolean;
  readonly timeouts?: number;
  readonly crashes?: number;
  readonly notices?: boolean;
  readonly late?: number;
}
function scenario({ people, offered, timeouts = 1, crashes = 0, notices = false, late = 0 }: Told): Scenario {
  const { actions, state } = told(offered ? health : undefined);
  const decides = state.tasks['decide-1']?.owner ?? county;
  const all = Object.fromEntries(
    Object.entries(people).map(([name, one]) => [name, one === decider ? { ...one, post: decides } : one]),
  );
  return { id, task, people: all, actions, at: monday, timeouts, crashes, notices, late };
}

const whole: Told = { people: { receiver, decider }, offered: true, crashes: 1 };
const scenarios: Readonly<Record<string, Told>> = {
  'an answer, a hand-off, a level change, a timeout': { people: { owner, receiver, decider }, offered: true },
  'an answer, a hand-off, a timeout, a crash': { people: { owner, receiver }, offered: true, crashes: 1 },
  'a hand-off, a level change, a crash': { people: { receiver, decider }, offered: true, timeouts: 0, crashes: 1 },
  'a level change, a timeout, a crash': { people: { decider }, crashes: 1 },
  'an answer, notices, a timeout, a crash': { people: { owner }, crashes: 1, notices: true },
  'notices at a level change': { people: { decider }, notices: true },
  // In a soak only: close to 900,000 states.
  ...(process.env.EXPLORE === 'whole' ? { 'a hand-off, a level change, a timeout, a crash': whole } : {}),
  'late timers, a crash': { people: { owner }, crashes: 1, late: 9 * day },
};

/** In which scenario it is missed, and what then happens. */
const missed: Readonly<Record<Guard, readonly [Told, RegExp]>> = {
  'park-seq': [{ people: { receiver }, offered: true }, /^HEALTHY/],
  'park-rev': [{ people: { owner, decider } }, /^HEALTHY/],
  fence: [{ people: { decider } }, /^FENCE/],
  'step-key': [{ people: {}, crashes: 1, late: 9 * day }, /^STEP/],
  'keep-token': [{ people: { owner }, crashes: 1 }, /^LIVE/],
  monotone: [{ people: { owner, receiver }, offered: true }, /^HISTORY/],
  claim: [{ people: { decider }, notices: true }, /^NOTICE/],
};

const explored = (one: Told, without: readonly Guard[] = [], enough = false): Promise<Explored> => {
  off.clear();
  for (const guard of without) off.add(guard);
  return new Explorer(scenario(one), new Set(without)).explore(enough);
};

describe('the protocol, explored write by write', () => {
  it.each(Object.entries(scenarios))('holds: %s', async (name, one) => {
    const { states, moves, violations, records } = await explored(one);
    console.log(`${name}: ${states} states, ${moves} moves, ${violations.size} violations`);
    expect(Object.fromEntries(violations)).toEqual({});
    // It went somewhere: who was to act has acted, in more than one order.
    expect(records.length).toBeGreaterThan(1);
    expect(states).toBeGreaterThan(500);
  });

  it.each(guards)('needs %s', async (guard) => {
    const [one, what] = missed[guard];
    const { violations } = await explored(one, [guard], true);
    expect([...violations.keys()].join('\n')).toMatch(what);
    expect((await explored(one)).violations.size).toBe(0);
  });
});
