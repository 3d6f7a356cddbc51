import { describe, expect, it } from 'vitest';
import { type By, type Content, type Decision, oneself } from '../../../shared/domain/actions.ts';
import { reopened } from '../../../shared/domain/afterwards.ts';
import { contestBody, contested } from '../../../shared/domain/contesting.ts';
import { openContest } from '../../../shared/domain/folding/contest.ts';
import { nextTimer, slaStep } from '../../../shared/domain/ladder.ts';
import { askedIn, requested } from '../../../shared/domain/rights.ts';
import { openTasks, type Task } from '../../../shared/domain/state.ts';
import { taskCommand } from '../../../shared/domain/task-commands.ts';
import { asTold } from '../../../shared/domain/told.ts';
import { lineOf, viewOf } from '../../../shared/domain/views.ts';
import type { Level } from '../../../shared/domain/words.ts';
import { ActionRefused, InputInvalid, NotYours } from '../../../shared/errors.ts';
import { city } from '../../support/city.ts';
import { county, day, hour, PlannedCase } from '../../support/planned-case.ts';

const reason = 'On that day I was in the hospital; two nurses can say so.';
const newFacts = 'The hospital has given me a paper that says when I came.';
const note = 'The hospital confirms it: the event was told of the wrong person.';
const duty = '999900.city-duty';

class Contested extends PlannedCase {
  constructor(level: Level = 'orange', told = true) {
    super({ level });
    this.open();
    if (!told) return;
    const { no } = this.only('notify');
    this.do({ kind: 'answered', task: no, answer: { task: 'notify', outcome: 'told' } });
    this.act(this.only('plan').no, 'answer', { outcome: 'planned', measures: [{ kind: 'interpreter' }] });
  }

  only(kind: Task['kind'], which = 0): Task {
    const found = openTasks(this.state).filter((task) => task.kind === kind)[which];
    if (!found) throw new Error(`no ${kind} among ${Object.keys(this.state.tasks).join(', ')}`);
    return found;
  }

  has(kind: Task['kind']): boolean {
    return openTasks(this.state).some((task) => task.kind === kind);
  }

  contest(body: object = {}, by: By = oneself): this {
    const asking = { by, at: this.at, key: `contest ${this.state.n}` };
    return this.do(contested(this.state, asking, contestBody.parse({ reason, ...body })).draft.content, by).open();
  }

  answer(no: string, body: object, person: string): this {
    const by = { role: 'staff', person, post: this.task(no).owner } as const;
    const { state, at } = this;
    const { draft } = taskCommand({ city, state, task: no, verb: 'answer', by, at, key: `a${state.n}`, body });
    return this.do(draft.content, by).open();
  }

  /** Time passes, timer by timer of these tasks, and nobody does anything. */
  pass(time: number, ...of: readonly Task['kind'][]): Content[] {
    const end = this.at + time;
    const seen: Content[] = [];
    for (;;) {
      const [due] = openTasks(this.state)
        .filter(({ kind }) => of.includes(kind))
        .map((task) => ({ task, at: nextTimer(city, task).at }))
        .sort((a, b) => a.at - b.at);
      if (!due || due.at > end) break;
      this.at = Math.max(this.at, due.at);
      const content = slaStep(city, this.state, due.task, this.at, []);
      if (!content) break;
      seen.push(content);
      this.do(content).open();
    }
    this.at = end;
    return seen;
  }

  outcome(i = 0): string | null {
    return this.state.contests[i]?.answered?.outcome ?? null;
  }
}

const refusedAs = (act: () => unknown): unknown => {
  try {
    act();
  } catch (refusal) {
    return refusal;
  }
  return 'not refused';
};

describe('a contest of a decision', () => {
  it('goes to a reviewer, with two working days to take it up and ten days in all, and what protects goes on', () => {
    const told = new Contested();
    const before = openTasks(told.state).map(({ no }) => no);
    const { level } = told.state;
    told.contest();
    const task = told.only('contest');
    expect(task).toMatchObject({
      owner: '999900.reviewer',
      level: null,
      due: told.at + 8 * day,
      ends: told.at + 10 * day,
    });
    expect(task.ackDue).toBe(Date.parse('2026-01-07T17:30:00+08:00'));
    expect(told.state.level).toEqual(level);
    expect(Object.keys(told.state.tasks)).toEqual(expect.arrayContaining([...before, task.no]));
  });

  it('is shown as under review: the colour of yellow and orange is suspended on the board, that of red is not', () => {
    const shown = new Set(['summary', 'level'] as const);
    for (const [level, listed] of [
      ['yellow', null],
      ['orange', null],
      ['red', 'red'],
    ] as const) {
      const told = new Contested(level);
      expect(lineOf(told.state, shown)).toMatchObject({ level, underReview: false });
      told.contest();
      expect(lineOf(told.state, shown)).toMatchObject({ level: listed, underReview: true });
      const since = new Date(told.at).toISOString();
      expect(viewOf(told.state, shown)).toMatchObject({ level: { colour: level, underReview: since } });
    }
  });

  it('is not possible where nobody was told, or no level stands', () => {
    expect(refusedAs(() => new Contested('orange', false).contest())).toBeInstanceOf(ActionRefused);
    const dismissed = new Contested().contest();
    dismissed.answer(dismissed.only('contest').no, { outcome: 'upheld', note }, 'li');
    expect(refusedAs(() => dismissed.contest())).toBeInstanceOf(ActionRefused);
  });

  it('of what they are yet to be told of is refused without saying what it is', () => {
    const refusal = refusedAs(() => new Contested('red', false).contest());
    expect(refusal).toBeInstanceOf(ActionRefused);
    expect(JSON.stringify([refusal, `${refusal}`])).not.toContain('red');
  });

  it('is entered by a post for an agent who is named with a mandate, and by the person without one', () => {
    const by = { role: 'staff', person: 'zhao', post: county } as const;
    const agent = { name: 'Wang Lawyer', mandate: 'written mandate of 5 January' };
    expect(refusedAs(() => new Contested().contest({}, by))).toBeInstanceOf(InputInvalid);
    expect(refusedAs(() => new Contested().contest({ agent }))).toBeInstanceOf(InputInvalid);
    const told = new Contested().contest({ agent }, by);
    expect(told.state.contests).toMatchObject([{ agent: true }]);
    expect(JSON.stringify(told.state)).not.toContain(agent.name);
    const made = contested(new Contested().state, { by, at: told.at, key: 'k' }, { reason, agent });
    expect(made.text).toContain(agent.name);
    expect(JSON.stringify(made.draft)).not.toContain(agent.name);
  });

  it('comes once for a decision, unless facts are new; while it is open these join it and win no time', () => {
    const told = new Contested().contest();
    const { no, due } = told.only('contest');
    expect(refusedAs(() => told.contest())).toBeInstanceOf(ActionRefused);
    told.at += day;
    told.contest({ newFacts });
    expect(told.state.contests).toHaveLength(1);
    expect(told.state.contests[0]?.notes).toHaveLength(2);
    expect(told.only('contest')).toMatchObject({ no, due });
    told.answer(no, { outcome: 'rejected', note }, 'li');
    expect(told.outcome()).toBe('rejected');
    expect(told.state.level).not.toBeNull();
    expect(refusedAs(() => told.contest())).toBeInstanceOf(ActionRefused);
    expect(told.contest({ newFacts }).has('contest')).toBe(true);
  });

  it('is neither taken up nor answered by anybody who acted in it before, nor twice by the same', () => {
    const told = new Contested().contest();
    const { no, owner } = told.only('contest');
    const planner = told.state.acted[0] ?? '';
    expect(planner).toMatch(/#1$/);
    expect(refusedAs(() => told.answer(no, { outcome: 'rejected', note }, planner))).toBeInstanceOf(NotYours);
    const took = { role: 'staff', person: planner, post: owner } as const;
    expect(refusedAs(() => told.do({ kind: 'acknowledged', task: no }, took))).toBeInstanceOf(NotYours);
    told.do({ kind: 'acknowledged', task: no }, { ...took, person: 'li' });
    told.answer(no, { outcome: 'rejected', note }, 'li').contest({ newFacts });
    const again = told.only('contest').no;
    expect(refusedAs(() => told.answer(again, { outcome: 'rejected', note }, 'li'))).toBeInstanceOf(NotYours);
    expect(told.answer(again, { outcome: 'rejected', note }, 'qian').outcome(1)).toBe('rejected');
  });

  it('is answered with a reason', () => {
    const told = new Contested().contest();
    const { no } = told.only('contest');
    expect(refusedAs(() => told.answer(no, { outcome: 'rejected' }, 'li'))).toBeInstanceOf(InputInvalid);
    expect(refusedAs(() => told.answer(no, { outcome: 'rejected', note: 'no' }, 'li'))).toBeInstanceOf(InputInvalid);
  });

  it('that is right ends the level; the safety plan stays', () => {
    const told = new Contested().contest();
    told.answer(told.only('contest').no, { outcome: 'upheld', note }, 'li');
    expect(told.state).toMatchObject({ level: null, endsAs: 'contested', safetyPlan: true });
    expect(told.has('safety-plan')).toBe(true);
    expect(told.outcome()).toBe('upheld');
  });

  it('that is right has judged what was decided on: nobody takes it up again, whatever else turned out to be unfounded since', () => {
    const told = new Contested().contest();
    const event = { id: 'E-2', at: told.at, facts: [{ type: 'threat_to_harm' }] } as const;
    const report = { report: 'police/2', channel: 'police', area: '999901001001', disputeType: 'neighbour' } as const;
    told.do({ kind: 'reported', ...report, owner: county, event }).open();
    told.answer(told.only('contest').no, { outcome: 'upheld', note }, 'li');
    const { no } = told.only('verify');
    const later = (outcome: 'verified' | 'unfounded') => {
      const story = new Contested();
      story.state = told.state;
      return { ...story.act(no, 'answer', { outcome }).state, status: 'ending' } as const;
    };
    expect(later('unfounded')).toMatchObject({ endsAs: 'unfounded' });
    expect(() => reopened(city, later('unfounded'), told.at + day)).toThrow(/a contest that was upheld/);
    // Upon what was found to hold since it can be.
    expect(reopened(city, later('verified'), told.at + day)).toEqual({ kind: 'reopened' });
  });

  it('may lower a level, and never raises or prolongs it', () => {
    const told = new Contested('red').contest();
    const { no } = told.only('contest');
    const lapses = told.state.level?.lapses ?? 0;
    expect(refusedAs(() => told.answer(no, { outcome: 'lowered', note }, 'li'))).toBeInstanceOf(InputInvalid);
    expect(refusedAs(() => told.answer(no, { outcome: 'lowered', level: 'red', note }, 'li'))).toBeInstanceOf(
      InputInvalid,
    );
    told.answer(no, { outcome: 'lowered', level: 'yellow', note }, 'li');
    expect(told.state.level).toMatchObject({ colour: 'yellow', lapses });
    expect(told.has('decide')).toBe(false);
  });

  it('is shown with its outcome, its reason and where else to go', () => {
    const told = new Contested().contest();
    const asked = () => askedIn(city, told.state, told.at, () => true);
    expect(asked()).toMatchObject([{ about: 'contest', outcome: null, late: false, routes: [] }]);
    told.answer(told.only('contest').no, { outcome: 'rejected', note }, 'li');
    expect(asked()).toMatchObject([
      { outcome: 'rejected', answerBy: null, routes: ['administrative-review', 'administrative-suit'] },
    ]);
  });
});

describe('a contest that nobody answers', () => {
  it.each([
    'yellow',
    'orange',
  ] as const)('of %s goes on day 8 to the lead beside the reviewer, and lapses on day 10', (level) => {
    const told = new Contested(level).contest();
    told.do({ kind: 'acknowledged', task: 'contest-1' }, { role: 'staff', person: 'li', post: '999900.reviewer' });
    const eight = told.pass(8 * day, 'contest');
    expect(eight.map(({ kind }) => kind)).toEqual(['reminded', 'warned', 'climbed']);
    expect(told.only('contest')).toMatchObject({ owner: duty, due: told.at + 2 * day });
    expect(told.state.level?.colour).toBe(level);
    const ten = told.pass(2 * day, 'contest');
    expect(ten.at(-1)).toEqual({ kind: 'lapsed', task: 'contest-1', from: level, to: null, cause: 'contest' });
    expect(told.state).toMatchObject({ level: null, endsAs: 'lapsed', safetyPlan: true });
    expect(told.has('safety-plan')).toBe(true);
    expect(told.outcome()).toBe('lapsed');
  });

  it('is answered “it stands” by nobody after day 10; that it is right can be said late', () => {
    const told = new Contested().contest();
    const { no, ends } = told.only('contest');
    told.at = (ends ?? 0) + 1;
    expect(refusedAs(() => told.answer(no, { outcome: 'rejected', note }, 'li'))).toBeInstanceOf(ActionRefused);
    expect(told.answer(no, { outcome: 'upheld', note }, 'li').outcome()).toBe('upheld');
  });

  it('not even taken up climbs at once, and not a day is won by it', () => {
    const told = new Contested().contest();
    const ends = told.at + 10 * day;
    expect(told.pass(3 * day, 'contest').map(({ kind }) => kind)).toContain('climbed');
    expect(told.only('contest')).toMatchObject({ owner: duty, ends, due: ends - 2 * day });
    expect(told.pass(7 * day, 'contest').at(-1)).toMatchObject({ kind: 'lapsed', cause: 'contest' });
  });

  const widened = () => {
    const told = new Contested('red').contest();
    const last = told.pass(10 * day, 'contest').at(-1);
    expect(last).toEqual({
      kind: 'contestWidened',
      task: 'contest-1',
      to: ['999900.reviewer', '999901.county-health'],
      ends: told.at + 48 * hour,
    });
    return told;
  };

  it('of red goes to two more reviewers of two departments for 48 hours: both must say that it stands', () => {
    const told = widened();
    expect(told.state.level?.colour).toBe('red');
    const [one, other] = [told.only('contest-second'), told.only('contest-second', 1)];
    expect([one, other]).toMatchObject([{ ends: told.at + 48 * hour }, { ends: told.at + 48 * hour }]);
    told.answer(one.no, { outcome: 'rejected', note }, 'li');
    expect(openContest(told.state)).toBeDefined();
    expect(refusedAs(() => told.answer(other.no, { outcome: 'rejected', note }, 'li'))).toBeInstanceOf(NotYours);
    told.answer(other.no, { outcome: 'rejected', note }, 'qian');
    expect(told.outcome()).toBe('rejected');
    expect(told.state.level?.colour).toBe('red');
  });

  it('falls where one of the two says that the contest is right', () => {
    const told = widened();
    told.answer(told.only('contest-second').no, { outcome: 'rejected', note }, 'li');
    told.answer(told.only('contest-second').no, { outcome: 'upheld', note }, 'qian');
    expect(told.state).toMatchObject({ level: null, endsAs: 'contested' });
  });

  it('lapses, and the safety plan stays, where one of the two is silent', () => {
    const told = widened();
    told.answer(told.only('contest-second').no, { outcome: 'rejected', note }, 'li');
    const last = told.pass(48 * hour, 'contest-second').at(-1);
    expect(last).toMatchObject({ kind: 'lapsed', from: 'red', to: null, cause: 'contest' });
    expect(told.state).toMatchObject({ level: null, endsAs: 'lapsed', safetyPlan: true });
    expect(told.outcome()).toBe('lapsed');
  });
});

describe('what becomes of a contest when the level changes beside it', () => {
  it('a resolution leaves nothing to look at', () => {
    const told = new Contested().contest();
    told.do({ kind: 'opened', tasks: [{ kind: 'resolve', owner: county, from: told.at, due: told.at + day }] });
    const { no } = told.only('resolve');
    told.do({ kind: 'answered', task: no, answer: { task: 'resolve', outcome: 'resolved' } });
    expect(told.outcome()).toBe('overtaken');
    expect(told.has('contest')).toBe(false);
  });

  const decided = (told: Contested, events: readonly string[], more: Pick<Decision, 'deferNotice'> = {}) => {
    told.do({ kind: 'opened', tasks: [{ kind: 'decide', owner: county, from: told.at, due: told.at + day }] });
    const lapses = told.state.level?.lapses ?? 0;
    const decision = { choice: 'confirm', level: 'orange', events, owner: county, lapses, ...more } as const;
    told.do({
      kind: 'answered',
      task: told.only('decide').no,
      answer: { task: 'decide', outcome: 'decided', decision },
    });
  };

  it('deciding again on the same events does not shake it off; what newly happened does', () => {
    const told = new Contested().contest();
    decided(told, ['E-1']);
    expect(told.has('contest')).toBe(true);
    const report = { report: 'police/2', channel: 'police', area: '999901001001', disputeType: 'neighbour' } as const;
    const seen = (id: string) =>
      ({ id, at: told.at, facts: [{ type: 'weapon_present' }], verified: 'police' }) as const;
    // Somebody else tells of the same evening.
    told.do({ kind: 'reported', ...report, owner: county, event: seen('E-2') });
    decided(told, ['E-1', 'E-2']);
    expect(told.has('contest')).toBe(true);
    told.at += day;
    told.do({
      kind: 'reported',
      ...report,
      report: 'police/3',
      owner: county,
      event: seen('E-3'),
      occurredAt: told.at,
    });
    decided(told, ['E-1', 'E-3']);
    expect(told.outcome()).toBe('overtaken');
    expect(told.has('contest')).toBe(false);
  });

  it('while telling of what newly happened is put off, the person does not see that their contest is overtaken', () => {
    const told = new Contested().contest();
    told.at += day;
    const event = { id: 'E-2', at: told.at, facts: [{ type: 'weapon_present' }], verified: 'police' } as const;
    const report = { report: 'police/2', channel: 'police', area: '999901001001', disputeType: 'neighbour' } as const;
    told.do({ kind: 'reported', ...report, owner: county, event, occurredAt: event.at });
    const deferNotice = {
      ...({ ground: 'safety-of-the-affected', until: told.at + 5 * day } as const),
      ...{ person: 'li', department: 'justice', forewarn: told.at },
    };
    const outcomes = (state = told.state) => askedIn(city, state, told.at, () => true).map(({ outcome }) => outcome);
    const before = outcomes(asTold(told.state));
    decided(told, ['E-1', 'E-2'], { deferNotice });
    expect(told.state.told).toBe(false);
    expect(outcomes(asTold(told.state))).toEqual(before);
    expect(outcomes()).toEqual(['overtaken']);
    // What was over before is no secret.
    expect(outcomes(asTold({ ...told.state, notice: { ...told.state.notice, since: told.at + 1 } }))).toEqual([
      'overtaken',
    ]);
    expect(outcomes(asTold({ ...told.state, told: true }))).toEqual(['overtaken']);
  });
});

describe('whoever asks again and again', () => {
  it('adds new facts to a contest ten times at most', () => {
    const told = new Contested().contest();
    for (let i = 1; i < 10; i += 1) told.contest({ newFacts });
    expect(told.state.contests).toMatchObject([{ notes: { length: 10 } }]);
    expect(refusedAs(() => told.contest({ newFacts }))).toBeInstanceOf(ActionRefused);
  });

  it('has ten requests waiting at most, and others theirs beside', () => {
    const told = new Contested();
    const ask = (place?: string) =>
      requested(told.state, { by: oneself, at: told.at, key: 'k' }, { right: 'know', words: reason }, place).draft
        .content;
    for (let i = 0; i < 10; i += 1) told.do(ask(), oneself);
    expect(refusedAs(() => ask())).toBeInstanceOf(ActionRefused);
    expect(ask('police/1#1').kind).toBe('rightAsked');
  });

  it.each([
    { kind: 'eventWithdrawn', event: 'E-1', lapsed: 'orange' },
    { kind: 'shared', to: '999901001.township-centre', need: 'counselling', fields: ['events'], until: 0 },
    { kind: 'mergeOffered', into: 'C-2' },
  ] as const)('nor does anybody review what they did something about: $kind', (content) => {
    const by = { role: 'staff', person: 'zhao', post: county } as const;
    const { state } = new Contested().do(content as Content, by);
    expect(state.acted).toContain('zhao');
  });
});
