import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { postExists } from '../../shared/config/posts.ts';
import type { Action, Draft } from '../../shared/domain/actions.ts';
import { system } from '../../shared/domain/actions.ts';
import { next } from '../../shared/domain/commit.ts';
import { fold } from '../../shared/domain/fold.ts';
import { caseIdFor } from '../../shared/domain/ids.ts';
import { nextTimer } from '../../shared/domain/ladder.ts';
import { assessmentDraft, closingDraft, openingDraft, slaDraft } from '../../shared/domain/lifecycle-commands.ts';
import { openTasks, type State } from '../../shared/domain/state.ts';
import { taskCommand } from '../../shared/domain/task-commands.ts';
import { levels } from '../../shared/domain/words.ts';
import { HejieError } from '../../shared/errors.ts';
import { city } from '../support/city.ts';

const id = caseIdFor('police/1');
const monday = Date.parse('2026-01-05T10:00:00+08:00');
const reason = 'A knife was shown on Monday; two departments must act today.';
const changes = 'The neighbour is protected from today.';
const answers: Record<string, object[]> = {
  verify: [{ outcome: 'verified' }, { outcome: 'unfounded' }],
  decide: [
    { outcome: 'confirm', reason, changes, events: ['E-1'] },
    { outcome: 'lower', level: 'yellow', reason, changes, events: ['E-1'] },
    { outcome: 'dismiss', reason, changes, events: ['E-1'] },
  ],
  second: [{ outcome: 'agree' }, { outcome: 'disagree' }],
  protect: [{ outcome: 'protected' }],
  notify: [{ outcome: 'told' }],
  plan: [{ outcome: 'planned', measures: [{ kind: 'counselling' }, { kind: 'people-mediation' }] }],
  measure: [{ outcome: 'done' }, { outcome: 'refused' }],
  review: [{ outcome: 'continue' }, { outcome: 'reassess' }],
  renew: [{ outcome: 'renewed' }, { outcome: 'ended' }],
  resolve: [{ outcome: 'resolved' }, { outcome: 'not-yet' }],
  'check-in': [{ outcome: 'well' }, { outcome: 'concern' }, { outcome: 'relapse', facts: ['threat_to_harm'] }],
};

/** One life: what people do at each turn is drawn, everything else follows. */
class Life {
  at = monday;
  readonly actions: Action[] = [];
  state: State;

  constructor() {
    const content = {
      kind: 'reported',
      report: 'police/1',
      channel: 'police',
      area: '999901001001',
      disputeType: 'neighbour',
      owner: '999901001.township-centre',
      event: { id: 'E-1', at: monday, facts: [{ type: 'threat_to_kill' }, { type: 'weapon_present' }] },
    } as const;
    const made = next(id, undefined, { at: monday, by: system, key: 'police/1', rev: 0, content });
    this.actions.push(made.action);
    this.state = made.state;
  }

  commit(draft: Draft | undefined): void {
    if (!draft) return;
    const before = this.state;
    const { action, state } = next(id, before, draft);
    this.actions.push(action);
    this.state = state;
    this.#holds(before, action);
  }

  #holds(before: State, { content }: Action): void {
    const { state } = this;
    for (const task of openTasks(state)) {
      expect(postExists(city, task.owner), `${task.no} of ${task.owner}`).toBe(true);
      expect(Number.isFinite(nextTimer(city, task).at), task.no).toBe(true);
    }
    if (before.subject !== 'case' || state.subject !== 'case') return;
    const rank = (one: typeof state) => (one.level ? levels.indexOf(one.level.colour) : -1);
    const decided = content.kind === 'answered' && content.answer.task === 'decide';
    if (rank(state) > rank(before)) expect(decided, `raised by ${content.kind}`).toBe(true);
  }

  /** What the lifecycle does until it waits. */
  drive(): void {
    for (let n = this.state.n - 1; n < this.state.n; ) {
      n = this.state.n;
      const { state } = this;
      if (state.status === 'closed') return;
      this.commit(
        assessmentDraft(state, state.rev, this.at) ??
          openingDraft(city, state, state.rev, this.at) ??
          closingDraft(state, state.rev, this.at),
      );
    }
  }

  /** The next timer passes, or somebody does something. */
  turn(choice: number): void {
    this.drive();
    const tasks = openTasks(this.state);
    if (tasks.length === 0) return;
    const begun = tasks.filter((task) => task.begun);
    const task = begun[choice % Math.max(1, begun.length)];
    if (choice % 3 === 0 || !task) {
      this.#timer();
      return;
    }
    const given = answers[task.kind] ?? [];
    const body = given[Math.floor(choice / 7) % given.length] ?? {};
    this.at += 60_000;
    const by = { role: 'staff', person: `P${task.owner}`, post: task.owner } as const;
    try {
      const verb = choice % 5 === 0 && task.acknowledgedAt === null ? 'acknowledge' : 'answer';
      const key = `k${this.actions.length}`;
      this.commit(
        taskCommand({
          city,
          state: this.state,
          task: task.no,
          verb,
          by,
          at: this.at,
          key,
          body: verb === 'answer' ? body : {},
        }).draft,
      );
    } catch (refused) {
      if (!(refused instanceof HejieError)) throw refused;
    }
  }

  #timer(): void {
    const [task] = openTasks(this.state).sort((a, b) => nextTimer(city, a).at - nextTimer(city, b).at);
    if (!task) return;
    this.at = Math.max(this.at, nextTimer(city, task).at);
    this.commit(slaDraft(city, this.state, this.state.rev, task.no, task.step, this.at, []));
  }
}

describe('random lives', () => {
  it('have one accountable post a task, a timer a task, no level but by a decision, and a history that folds to what is', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { minLength: 5, maxLength: 80 }), (choices) => {
        const life = new Life();
        for (const choice of choices) life.turn(choice);
        life.drive();
        expect(fold(id, life.actions)).toEqual(life.state);
      }),
      { numRuns: 200 },
    );
  });

  it('end: where nobody does anything any more, every level lapses', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { minLength: 3, maxLength: 30 }), (choices) => {
        const life = new Life();
        for (const choice of choices) life.turn(choice);
        const until = life.at + 250 * 86_400_000;
        while (life.at < until && life.state.status !== 'closed') {
          const n = life.state.n;
          life.turn(0);
          if (life.state.n === n) break;
        }
        if (life.state.subject === 'case') expect(life.state.level).toBeNull();
      }),
      { numRuns: 60 },
    );
  });
});
