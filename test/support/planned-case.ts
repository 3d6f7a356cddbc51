/** A case at a level, told action by action, whose plan is made and carried out through the commands of production. */
import { expect } from 'vitest';
import type { Content, Draft, PlannedMeasure } from '../../shared/domain/actions.ts';
import { system } from '../../shared/domain/actions.ts';
import { assessCase } from '../../shared/domain/assessing.ts';
import { next } from '../../shared/domain/commit.ts';
import type { FactType } from '../../shared/domain/facts.ts';
import { caseIdFor } from '../../shared/domain/ids.ts';
import { amended, amendmentBody } from '../../shared/domain/planning.ts';
import { tasksDue } from '../../shared/domain/stages.ts';
import { type CaseState, openTasks, type Task } from '../../shared/domain/state.ts';
import { taskCommand, type Verb } from '../../shared/domain/task-commands.ts';
import type { DisputeType, Level } from '../../shared/domain/words.ts';
import { city as lakeside } from './city.ts';

export const monday = Date.parse('2026-01-05T10:00:00+08:00');
export const hour = 3_600_000;
export const day = 24 * hour;
export const county = '999901.county-centre';
export const why = 'The parties met on Monday and want to go on in another way.';

interface Told {
  readonly disputeType?: DisputeType;
  readonly facts?: readonly FactType[];
  readonly level?: Level;
  readonly city?: typeof lakeside;
}

const facts: readonly FactType[] = ['threat_to_kill', 'weapon_present'];

export class PlannedCase {
  at = monday;
  state: CaseState;
  readonly city: typeof lakeside;
  #key = 0;

  constructor({ disputeType = 'neighbour', facts: told = facts, level = 'orange', city = lakeside }: Told = {}) {
    this.city = city;
    const event = { id: 'E-1', at: monday, facts: told.map((type) => ({ type })), verified: 'station' };
    const report = { report: 'police/1', channel: 'police', area: '999901001001', disputeType } as const;
    this.state = this.#commit(undefined, { kind: 'reported', ...report, owner: county, event });
    const { model, inputHash, proposal, points, trend } = assessCase(this.state);
    this.do({ kind: 'assessed', model, inputHash, proposal, points, factors: [], trend });
    this.#decided(level);
  }

  #decided(level: Level): void {
    const decide = this.#openOne('decide');
    const lapses = this.at + 20 * day;
    const decision = { choice: 'raise', level, events: ['E-1'], owner: county, lapses, department: 'justice' } as const;
    this.do({ kind: 'answered', task: decide, answer: { task: 'decide', outcome: 'decided', decision } });
    const protect = this.#openOne('protect');
    this.do({ kind: 'answered', task: protect, answer: { task: 'protect', outcome: 'protected', safetyPlan: 'made' } });
  }

  #openOne(kind: 'decide' | 'protect'): string {
    const open = openTasks(this.state).find((task) => task.kind === kind);
    if (open) return open.no;
    this.do({ kind: 'opened', tasks: [{ kind, owner: county, from: this.at, due: this.at + day }] });
    return `${kind}-${this.state.counts[kind]}`;
  }

  #commit(before: CaseState | undefined, content: Content, by: Draft['by'] = system): CaseState {
    this.#key += 1;
    const draft = { at: this.at, by, key: `k${this.#key}`, rev: 0, content };
    const { state } = next(caseIdFor('police/1'), before, draft);
    if (state.subject !== 'case') throw new Error('no case');
    return state;
  }

  do(content: Content, by: Draft['by'] = system): this {
    this.state = this.#commit(this.state, content, by);
    return this;
  }

  /** What the lifecycle opens. */
  open(): this {
    const tasks = tasksDue(this.state, this.city, this.at);
    return tasks.length > 0 ? this.do({ kind: 'opened', tasks }) : this;
  }

  task(no: string): Task {
    const task = this.state.tasks[no];
    if (!task) throw new Error(`no ${no} among ${Object.keys(this.state.tasks).join(', ')}`);
    return task;
  }

  act(no: string, verb: Verb, body: unknown, post = this.task(no).owner): this {
    this.#key += 1;
    const by = { role: 'staff', person: `${post}#1`, post } as const;
    const { city, state, at } = this;
    const { draft } = taskCommand({ city, state, task: no, verb, by, at, key: `k${this.#key}`, body });
    return this.do(draft.content, by);
  }

  plan(...measures: readonly object[]): this {
    this.open();
    const open = openTasks(this.state).find(({ kind }) => kind === 'plan');
    expect(open, 'a plan is asked for').toBeDefined();
    return this.act(open?.no ?? '', 'answer', { outcome: 'planned', measures });
  }

  amend(change: object, post = county): this {
    const { city, state, at } = this;
    const by = { role: 'staff', person: `${post}#1`, post } as const;
    const body = amendmentBody.parse({ reason: why, events: ['E-1'], ...change });
    return this.do(amended({ city, state, at, by }, body), by);
  }

  get waiting(): readonly PlannedMeasure[] {
    return this.state.plan?.waiting ?? [];
  }

  measures(): string[] {
    return openTasks(this.state).flatMap(({ no, kind, measure }) => (kind === 'measure' ? [`${no} ${measure}`] : []));
  }
}
