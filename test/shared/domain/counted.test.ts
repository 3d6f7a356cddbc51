import { describe, expect, it } from 'vitest';
import type { Action, Content } from '../../../shared/domain/actions.ts';
import { system } from '../../../shared/domain/actions.ts';
import { next } from '../../../shared/domain/commit.ts';
import { fold } from '../../../shared/domain/fold.ts';
import { caseIdFor, disputeIdFor, type LogId } from '../../../shared/domain/ids.ts';
import { openingDraft, slaDraft } from '../../../shared/domain/lifecycle-commands.ts';
import { type Counted, countedOf } from '../../../shared/domain/report-month/counted.ts';
import type { State } from '../../../shared/domain/state.ts';
import { taskCommand } from '../../../shared/domain/task-commands.ts';
import { city } from '../../support/city.ts';
import { day, hour, monday, PaperCase } from '../../support/paper-case.ts';

/** What each action of a log counted, in order. */
function countsOf(id: LogId, actions: readonly Action[]): (Counted & { kind: string })[] {
  let before: State | undefined;
  return actions.flatMap((action) => {
    const state = fold(id, [action], before);
    if (!state) throw new Error('nothing');
    const counted = countedOf(before, state, action);
    before = state;
    return counted ? [{ kind: action.content.kind, ...counted }] : [];
  });
}

const mediator = '999901001001.mediator';

/** A dispute on paper. */
class PaperDispute {
  readonly id = disputeIdFor('grid/1');
  readonly actions: Action[] = [];
  at = monday;
  state: State | undefined;

  do(content: Content): this {
    return this.commit({ at: this.at, by: system, key: `k${this.actions.length}`, rev: 0, content });
  }

  commit(draft: Parameters<typeof next>[2]): this {
    const made = next(this.id, this.state, draft);
    this.actions.push(made.action);
    this.state = made.state;
    return this;
  }

  report(more: Partial<Extract<Content, { kind: 'reported' }>> = {}): this {
    const about = { channel: 'grid', area: '999901001001', disputeType: 'debt', owner: mediator } as const;
    const wants = more.settled ? {} : { wants: [{ kind: 'settle' as const }] };
    this.do({ kind: 'reported', report: `grid/${this.actions.length}`, ...about, ...wants, ...more });
    const draft = this.state && openingDraft(city, this.state, this.state.rev, this.at);
    return draft ? this.commit(draft) : this;
  }

  answer(body: object): this {
    const [task] = Object.values(this.state?.tasks ?? {});
    if (!this.state || !task) throw new Error('no task');
    const by = { role: 'staff', person: 'p', post: task.owner } as const;
    const { draft } = taskCommand({
      ...{
        city,
        state: this.state,
        task: task.no,
        verb: 'answer',
        by,
        at: this.at,
        key: `k${this.actions.length}`,
        body,
      },
    });
    return this.commit(draft);
  }

  /** Nobody does anything until it is somebody else's. */
  silence(): this {
    for (const from = this.task.owner; this.task.owner === from; ) {
      const { state, at, task } = this;
      if (!state) break;
      const draft = slaDraft(city, state, state.rev, task.no, task.step, at, []);
      if (draft) this.commit(draft);
      else this.at += hour;
    }
    return this;
  }

  get task() {
    const [task] = Object.values(this.state?.tasks ?? {});
    if (!task) throw new Error('no task');
    return task;
  }

  get counts() {
    return countsOf(this.id, this.actions);
  }
}

describe('a dispute counts', () => {
  it('as new on the day it was received in Asia/Shanghai, and by what became of it', () => {
    const one = new PaperDispute();
    one.at = Date.parse('2026-01-31T17:00:00Z');
    one.report();
    one.at += hour;
    one.answer({ outcome: 'settled' });
    expect(one.counts).toEqual([
      { kind: 'reported', area: '999901001001', coming: 'first', day: '2026-02-01', disputeType: 'debt' },
      {
        ...{ kind: 'answered', area: '999901001001', outcome: 'settled', settledBy: mediator },
        response: { post: mediator, acknowledged: true, done: true },
      },
    ]);
  });

  it('as settled on the spot by nobody’s post, as not settled, as grown into a case', () => {
    expect(new PaperDispute().report({ settled: true }).counts).toMatchObject([
      { outcome: 'settled', coming: 'first' },
    ]);
    expect(new PaperDispute().report({ settled: true }).counts[0]).not.toHaveProperty('settledBy');
    expect(new PaperDispute().report().answer({ outcome: 'failed' }).counts[1]).toMatchObject({
      outcome: 'not-settled',
    });
    const grown = new PaperDispute().report().report({ caseId: caseIdFor('police/1') });
    expect(grown.counts[1]).toMatchObject({ outcome: 'case', coming: 'while-open' });
    // What joins the case that is there counts at the case.
    const again = grown.report({ caseId: caseIdFor('police/1') }).counts;
    expect(again).toHaveLength(2);
  });

  it('as a repeat of the same parties, while it is open or after its end', () => {
    const one = new PaperDispute().report().report();
    expect(one.counts[1]).toMatchObject({ coming: 'while-open' });
    one.answer({ outcome: 'failed' }).do({ kind: 'closed' }).report();
    expect(one.counts.at(-1)).toMatchObject({ coming: 'after-end' });
  });

  it('a turn that a post lost by silence, and then that of the next', () => {
    const one = new PaperDispute().report().silence().answer({ outcome: 'failed' });
    const turns = one.counts.flatMap(({ response }) => response ?? []);
    expect(turns).toEqual([
      { post: mediator, acknowledged: false, done: false },
      { post: '999901001.township-centre', acknowledged: true, done: true },
    ]);
  });
});

describe('a case counts', () => {
  const caseCounts = (one: PaperCase) => countsOf(caseIdFor('police/1'), one.actions);
  const helpsIn = (one: PaperCase) => caseCounts(one).flatMap(({ help }) => help ?? []);

  it('the first help after it was first reported, once, and apart where a level brought it', () => {
    const one = new PaperCase().report();
    one.at += 5 * hour;
    one.decide('orange');
    one.at += 7 * hour;
    one.answer('protect', { outcome: 'protected' });
    expect(helpsIn(one)).toEqual([{ way: 'at-level', hours: 12 }]);
    one.at += day;
    one.answer('plan', { outcome: 'planned', measures: [{ kind: 'counselling' }] });
    one.answer('measure', { outcome: 'done' });
    expect(helpsIn(one)).toHaveLength(1);
  });

  it('what was decided against what was proposed, in one item with the turn of who decided', () => {
    const one = new PaperCase().report();
    one.decide('yellow');
    expect(caseCounts(one).filter(({ choice }) => choice)).toMatchObject([
      { choice: 'lower', level: 'yellow', response: { done: true } },
    ]);
  });

  it('a level that rested on what was wrong is counted as a lapse, also where a correction says so', () => {
    const one = new PaperCase().report();
    one.decide('red');
    one.do({ kind: 'correctionAsked', what: 'event', event: 'E-0' });
    one.drive();
    const { no } = one.task('correction');
    const change = { what: 'event', event: 'E-0' } as const;
    one.do({ kind: 'answered', task: no, answer: { task: 'correction', outcome: 'corrected', change } });
    expect(one.state).toMatchObject({ level: null, endsAs: 'lapsed' });
    expect(caseCounts(one).flatMap(({ lapse }) => lapse ?? [])).toEqual([
      { from: 'red', to: null, cause: 'withdrawn' },
    ]);
  });

  it('a review that goes on is no turn: it would be one a day', () => {
    const one = new PaperCase().report();
    one.decide('orange');
    one.answer('protect', { outcome: 'protected' });
    const turns = () => caseCounts(one).filter(({ response }) => response).length;
    one.pass(7 * day);
    const before = turns();
    one.answer('review', { outcome: 'continue' });
    expect(turns()).toBe(before);
  });

  it('nothing of a person: no name, no words, only these', () => {
    const one = new PaperCase().report();
    one.decide('red');
    one.answer('protect', { outcome: 'protected' });
    for (const counted of caseCounts(one)) {
      expect(JSON.stringify(counted)).not.toMatch(/P 9|knife|She/);
    }
  });
});
