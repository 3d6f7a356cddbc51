/** A case on paper: told, driven and timed by the rules alone, so that a rule is tried in a millisecond. */
import type { Action, Content, Draft } from '../../shared/domain/actions.ts';
import { system } from '../../shared/domain/actions.ts';
import { next } from '../../shared/domain/commit.ts';
import type { FactType } from '../../shared/domain/facts.ts';
import { type CaseId, caseIdFor, type DisputeId } from '../../shared/domain/ids.ts';
import { nextTimer } from '../../shared/domain/ladder.ts';
import { assessmentDraft, closingDraft, openingDraft, slaDraft } from '../../shared/domain/lifecycle-commands.ts';
import { dischargedDraft } from '../../shared/domain/owing.ts';
import { type CaseState, openTasks, type Task } from '../../shared/domain/state.ts';
import { taskCommand } from '../../shared/domain/task-commands.ts';
import type { DisputeType, Level, TaskKind } from '../../shared/domain/words.ts';
import { city } from './city.ts';

export const monday = Date.parse('2026-01-05T10:00:00+08:00');
export const hour = 3_600_000;
export const day = 24 * hour;
export const why = 'A knife was shown on Monday; two departments must act today.';

interface Told {
  readonly facts?: readonly FactType[];
  readonly disputeType?: DisputeType;
  readonly named?: true;
  readonly dispute?: DisputeId;
  /** Told, and nobody has looked. */
  readonly unverified?: true;
  /** Nobody says when it happened. */
  readonly undated?: true;
}

export class PaperCase {
  at = monday;
  readonly actions: Action[] = [];
  readonly id: CaseId;
  readonly #own: string;
  #state: CaseState | undefined;

  /** @param own what its reports and events begin with, where a story has several cases */
  constructor(own = '') {
    this.#own = own;
    this.id = caseIdFor(`police/${own}1`);
  }

  get state(): CaseState {
    if (!this.#state) throw new Error('nothing reported');
    return this.#state;
  }

  do(content: Content, by: Draft['by'] = system): void {
    this.commit({ at: this.at, by, key: `k${this.actions.length}`, rev: 0, content });
  }

  commit(draft: Draft): void {
    const { action, state } = next(this.id, this.#state, draft);
    if (state.subject !== 'case') throw new Error('not a case');
    this.actions.push(action);
    this.#state = state;
  }

  /** A verified event, through the police. */
  report(told: Told = {}): this {
    const {
      facts = ['threat_to_kill', 'weapon_present'],
      disputeType = 'neighbour',
      named,
      dispute,
      unverified,
      undated,
    } = told;
    const report = `police/${this.#own}${this.actions.length}`;
    const event = {
      id: `E-${this.#own}${this.actions.length}`,
      at: this.at,
      facts: facts.map((type) => ({ type })),
      ...(unverified ? {} : { verified: 'police' }),
    };
    const about = { channel: 'police', area: '999901001001', disputeType, owner: '999901001.township-centre' } as const;
    this.do({
      kind: 'reported',
      report,
      ...about,
      event,
      ...(undated ? {} : { occurredAt: this.at }),
      ...(named ? { named } : {}),
      ...(dispute ? { dispute } : {}),
    });
    return this.drive();
  }

  /** What the lifecycle does until it waits. */
  drive(): this {
    for (let n = -1; n < this.state.n && this.state.status !== 'closed'; ) {
      n = this.state.n;
      const { state, at } = this;
      const draft =
        assessmentDraft(state, state.rev, at) ??
        openingDraft(city, state, state.rev, at) ??
        closingDraft(state, state.rev, at) ??
        // What it owes other logs is nobody's here.
        state.owed.map((owed) => dischargedDraft(state, owed))[0];
      if (draft) this.commit(draft);
    }
    return this;
  }

  task(kind: TaskKind): Task {
    const found = this.open(kind);
    if (!found) throw new Error(`no ${kind} among ${Object.keys(this.state.tasks).join(', ')}`);
    return found;
  }

  open(kind: TaskKind): Task | undefined {
    return openTasks(this.state).find((task) => task.kind === kind);
  }

  /** The accountable post answers, by a person of its own unless another is named. @throws what a refusal throws */
  answer(kind: TaskKind, body: object, person?: string): this {
    const { no, owner } = this.task(kind);
    const by = { role: 'staff', person: person ?? `P ${owner}`, post: owner } as const;
    const key = `k${this.actions.length}`;
    this.commit(taskCommand({ city, state: this.state, task: no, verb: 'answer', by, at: this.at, key, body }).draft);
    return this.drive();
  }

  decide(level: Level, person?: string): this {
    const { state } = this;
    const events = state.events.filter((event) => event.state === 'verified').map((event) => event.id);
    const proposal = state.assessment?.proposal;
    const outcome = proposal === level ? 'confirm' : proposal === 'red' || level === 'yellow' ? 'lower' : 'raise';
    const choice = outcome === 'confirm' ? { outcome } : { outcome, level };
    return this.answer('decide', { ...choice, reason: why, changes: 'She is protected from today.', events }, person);
  }

  /** Nobody does anything: timer by timer. */
  pass(duration: number): this {
    const end = this.at + duration;
    for (;;) {
      const [first] = openTasks(this.state)
        .map((task) => ({ ...task, timer: nextTimer(city, task).at }))
        .sort((one, other) => one.timer - other.timer);
      if (!first || first.timer > end) break;
      this.at = Math.max(this.at, first.timer);
      const draft = slaDraft(city, this.state, this.state.rev, first.no, first.step, this.at, []);
      if (!draft) throw new Error(`${first.no} has a timer and no step`);
      this.commit(draft);
      this.drive();
    }
    this.at = end;
    return this;
  }
}
