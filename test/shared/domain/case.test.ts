import { describe, expect, it } from 'vitest';
import { addDuration, localDate } from '../../../shared/calendar/calendar.ts';
import { CityInvalid, parseCity } from '../../../shared/config/city.ts';
import { leadAbove } from '../../../shared/config/posts.ts';
import { type Content, type Draft, system } from '../../../shared/domain/actions.ts';
import { answerOf } from '../../../shared/domain/answers.ts';
import { assessCase } from '../../../shared/domain/assessing.ts';
import { next } from '../../../shared/domain/commit.ts';
import { fold } from '../../../shared/domain/fold.ts';
import { caseIdFor } from '../../../shared/domain/ids.ts';
import { nextTimer, slaStep } from '../../../shared/domain/ladder.ts';
import { parseModel } from '../../../shared/domain/model.ts';
import general from '../../../shared/domain/models/general-1.json' with { type: 'json' };
import { nextStage, tasksDue } from '../../../shared/domain/stages.ts';
import type { CaseState } from '../../../shared/domain/state.ts';
import { FactorBarred, NotYours, NoVerifiedEvent, RecordBroken } from '../../../shared/errors.ts';
import { city, cityFile } from '../../support/city.ts';

const id = caseIdFor('police/1');
const monday = Date.parse('2026-01-05T10:00:00+08:00');
const area = '999901001001';

/** A case told action by action. */
class Story {
  at = monday;
  state: CaseState | undefined;
  readonly actions: Parameters<typeof fold>[1] extends Iterable<infer A> ? A[] : never = [];
  do(content: Content, by: Draft['by'] = system): CaseState {
    const key = `k${this.actions.length}`;
    const { action, state } = next(id, this.state, { at: this.at, by, key, rev: 0, content });
    if (state.subject !== 'case') throw new Error('not a case');
    this.actions.push(action);
    this.state = state;
    return state;
  }
  get now(): CaseState {
    if (!this.state) throw new Error('nothing reported');
    return this.state;
  }
  open(): CaseState {
    return this.do({ kind: 'opened', tasks: tasksDue(this.now, city, this.at) });
  }
  answer(no: string, post: string, person: string, body: unknown): CaseState {
    const task = this.now.tasks[no];
    if (!task) throw new Error(`no ${no}`);
    const by = { role: 'staff', person, post } as const;
    const { answer } = answerOf({ city, state: this.now, task, by, at: this.at }, body);
    return this.do({ kind: 'answered', task: no, answer }, by);
  }
  reported(verified?: string): CaseState {
    const facts = [{ type: 'threat_to_kill' as const }, { type: 'weapon_present' as const }];
    const event = { id: 'E-1', at: this.at, facts, ...(verified ? { verified } : {}) };
    const report = { report: 'police/1', channel: 'police', area, disputeType: 'neighbour' } as const;
    return this.do({ kind: 'reported', ...report, owner: '999901001.township-centre', event });
  }
  assessed(): CaseState {
    const { model, inputHash, proposal, points, trend } = assessCase(this.now);
    return this.do({ kind: 'assessed', model, inputHash, proposal, points, factors: [], trend });
  }
}

const reason = {
  reason: 'A knife was shown on Monday; two departments must act today.',
  changes: 'The neighbour is protected from today.',
  events: ['E-1'],
};

describe('from one report to one decision', () => {
  it('an unverified event is verified first, then assessed, then decided by people', () => {
    const story = new Story();
    expect(nextStage(story.reported())).toBe('respond');
    story.open();
    expect(Object.keys(story.now.tasks)).toEqual(['verify-1']);
    story.answer('verify-1', '999901001.township-police', 'Li', { outcome: 'verified' });
    expect(nextStage(story.now)).toBe('assess');
    expect(story.assessed().assessment?.proposal).toBe('red');
    expect(story.now.level).toBeNull();
    story.open();
    story.answer('decide-1', '999901.county-centre', 'Wang', { outcome: 'confirm', ...reason });
    expect(story.now.level).toMatchObject({ colour: 'red', awaits: { person: 'Wang', department: 'justice' } });
    expect(nextStage(story.now)).toBe('protect');
  });

  it('no level without a verified event (S1)', () => {
    const story = new Story();
    story.reported('station 1');
    story.assessed();
    story.open();
    const decide = () =>
      story.answer('decide-1', '999901.county-centre', 'Wang', { ...reason, outcome: 'confirm', events: ['E-9'] });
    expect(decide).toThrow(NoVerifiedEvent);
  });

  it('red needs another person of another department, else it is orange after 24 hours', () => {
    const story = new Story();
    story.reported('station 1');
    story.assessed();
    story.open();
    story.answer('decide-1', '999901.county-centre', 'Wang', { outcome: 'confirm', ...reason });
    story.open();
    expect(() => story.answer('second-1', '999901.county-police', 'Wang', { outcome: 'agree' })).toThrow(NotYours);
    expect(() => story.answer('second-1', '999901.county-centre', 'Zhao', { outcome: 'agree' })).toThrow(NotYours);
    for (let steps = 0; story.now.tasks['second-1'] && steps < 5; steps++) {
      const task = story.now.tasks['second-1'];
      story.at = nextTimer(city, task).at;
      const content = slaStep(city, story.now, task, story.at, []);
      if (content) story.do(content);
    }
    expect(story.now.level).toMatchObject({ colour: 'orange', afterRed: true, awaits: null });
    // A second late: an answer at the very hour still counts.
    expect(story.at - monday).toBe(24 * 3_600_000 + 1000);
  });

  it('the history folds to the same state and a changed action is found', () => {
    const story = new Story();
    story.reported('station 1');
    story.assessed();
    expect(fold(id, story.actions)).toEqual(story.now);
    const [first, ...rest] = story.actions;
    if (!first) throw new Error('empty');
    expect(() => fold(id, [{ ...first, at: first.at + 1 }, ...rest])).toThrow(RecordBroken);
  });
});

describe('the ladder', () => {
  it('reminds, warns the supervisor and climbs one tier when nobody acknowledges', () => {
    const story = new Story();
    story.reported();
    story.open();
    for (let steps = 0; steps < 4; steps++) {
      const task = story.now.tasks['verify-1'];
      if (!task) throw new Error('gone');
      story.at = nextTimer(city, task).at;
      const content = slaStep(city, story.now, task, story.at, []);
      if (content) story.do(content);
    }
    const task = story.now.tasks['verify-1'];
    expect(task?.notices.map((notice) => notice.kind)).toEqual(['opened', 'reminder', 'warning', 'escalated']);
    expect(task?.owner).toBe(leadAbove(city, '999901001.township-police'));
  });
});

describe('the city file, the model and the calendar', () => {
  it('names every fault of a broken city file at once', () => {
    const broken = { ...cityFile, code: '9', handOff: 'soon', ladder: { remind: 2, warn: 0.8 } };
    try {
      parseCity(broken, 'broken.json');
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof CityInvalid)) throw error;
      expect(error.faults.map((fault) => fault.path)).toEqual(
        expect.arrayContaining(['code', 'handOff', 'ladder.remind']),
      );
    }
  });

  it.each([
    'personality',
    'petition_count',
    '户籍',
    'hardship_income',
  ])('a model that weighs %s is refused (S2)', (fact) => {
    const factors = [...general.factors, { fact, points: 5, cap: 5, halfLifeDays: 30 }];
    expect(() => parseModel({ ...general, factors })).toThrow(FactorBarred);
  });

  it('5 working days over National Day 2025 end on 13 October; 72 hours never roll', () => {
    const from = Date.parse('2025-09-29T10:00:00+08:00');
    expect(localDate(addDuration(city, from, { unit: 'working days', count: 5 }))).toBe('2025-10-13');
    expect(addDuration(city, from, { unit: 'hours', count: 72 }) - from).toBe(72 * 3_600_000);
  });
});
