/** The protocol, explored: every interleaving and every crash, on the code that production runs; and what each guard is for. */
import type { Content } from '../../shared/domain/actions.ts';
import { system } from '../../shared/domain/actions.ts';
import { assessCase } from '../../shared/domain/assessing.ts';
import { next } from '../../shared/domain/commit.ts';
import { caseIdFor } from '../../shared/domain/ids.ts';
import { tasksDue } from '../../shared/domain/stages.ts';
import type { CaseState } from '../../shared/domain/state.ts';
import { city } from '../support/city.ts';
import { type Explored, Explorer, type Guard, guards, type Scenario } from './explore.ts';
import type { Person } from './programs.ts';

const off = new Set<string>();
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
  readonly offered?: true;
  readonly timeouts?: number;
  readonly crashes?: number;
  readonly notices?: true;
  readonly late?: number;
}
function scenario({ people, offered, timeouts = 1, crashes = 0, notices = false as boolean, late = 0 }: Told): Scenario {
  const { actions, state } = told(offered ? health : undefined);
  const decides = state.tasks['decide-1']?.owner ?? county;
  const all = Object.fromEntries(
    Object.entries(people).map(([name, one]) => [name, one === decider ? { ...one, post: decides } : one]),
  );
  return { id, task, people: all, actions, at: monday, timeouts, crashes, notices, late };
}

const scenarios = process.env.ONLY ? { one: JSON.parse(process.env.ONLY, (k, v) => ({ owner, receiver, decider })[v] ?? v) } : {
  whole: { people: { owner, receiver, decider }, offered: true },
  'hand-off': { people: { receiver, decider }, offered: true, crashes: 1 },
  answer: { people: { owner, decider }, crashes: 1 },
} as const satisfies Record<string, Told>;

const run = (one: Told, without: readonly Guard[] = [], enough = false): Promise<Explored> => {
  off.clear();
  for (const guard of without) off.add(guard);
  return new Explorer(scenario(one), new Set(without)).explore(enough);
};


for (const [name, one] of Object.entries(scenarios)) {
  const started = performance.now();
  const { states, moves, violations, records } = await run(one as Told, (process.env.OFF ?? '').split(',').filter(Boolean) as Guard[], !!process.env.OFF);
  console.log(name, states, moves, records, Math.round(performance.now() - started), process.memoryUsage().rss/1e6);
  for (const [v, w] of violations) console.log(v, w);
}
