import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCity } from '../../../shared/config/city.ts';
import type { Content, Decision } from '../../../shared/domain/actions.ts';
import { system } from '../../../shared/domain/actions.ts';
import { answerOf } from '../../../shared/domain/answers.ts';
import { assessCase } from '../../../shared/domain/assessing.ts';
import { next } from '../../../shared/domain/commit.ts';
import {
  checkCited,
  choices,
  decisionNote,
  levelChosen,
  plainWords,
  reasonIn,
} from '../../../shared/domain/deciding.ts';
import { type Fact, type FactType, factCatalogue, factTypes } from '../../../shared/domain/facts.ts';
import { caseIdFor } from '../../../shared/domain/ids.ts';
import { nextStage, tasksDue } from '../../../shared/domain/stages.ts';
import type { CaseState } from '../../../shared/domain/state.ts';
import { agendaOf, invitedTo } from '../../../shared/domain/talking.ts';
import { levels } from '../../../shared/domain/words.ts';
import { InputInvalid, NotYours, NoVerifiedEvent } from '../../../shared/errors.ts';
import { city } from '../../support/city.ts';

const id = caseIdFor('police/1');
const monday = Date.parse('2026-01-05T10:00:00+08:00');
const centre = '999901.county-centre';
const reason = '周一当事人持刀威胁邻居，情况属实，两个部门今天必须同时到场。';
const changes = '今天起保护受影响人。';
const knife: readonly Fact[] = [{ type: 'threat_to_kill' }, { type: 'weapon_present' }];

/** A case told action by action. */
class Telling {
  at = monday;
  #state: CaseState | undefined;
  #actions = 0;

  get now(): CaseState {
    if (!this.#state) throw new Error('nothing reported');
    return this.#state;
  }

  do(content: Content, post?: string, person = `${post}#1`): this {
    this.#actions += 1;
    const by = post ? ({ role: 'staff', person, post } as const) : system;
    const { state } = next(id, this.#state, { at: this.at, by, key: `k${this.#actions}`, rev: 0, content });
    if (state.subject !== 'case') throw new Error('not a case');
    this.#state = state;
    return this;
  }

  reported(report: string, facts: readonly Fact[], verified = true): this {
    const event = { id: `E-${report}`, at: this.at, facts, ...(verified ? { verified: 'police' } : {}) };
    const on = { channel: 'police', area: '999901001001', disputeType: 'neighbour' } as const;
    return this.do({ kind: 'reported', report, ...on, owner: '999901001.township-centre', event });
  }

  assessed(): this {
    const { model, inputHash, proposal, points, trend } = assessCase(this.now);
    return this.do({ kind: 'assessed', model, inputHash, proposal, points, factors: [], trend });
  }

  opened(): this {
    return this.do({ kind: 'opened', tasks: tasksDue(this.now, city, this.at) });
  }

  task(kind: string) {
    const task = Object.values(this.now.tasks).find((one) => one.kind === kind);
    if (!task) throw new Error(`no ${kind} among ${Object.keys(this.now.tasks).join(', ')}`);
    return task;
  }

  answered(kind: string, body: object, usedBefore = 0, person?: string): this {
    const task = this.task(kind);
    const by = { role: 'staff', person: person ?? `${task.owner}#1`, post: task.owner } as const;
    const { answer } = answerOf({ city, state: this.now, task, by, at: this.at, usedBefore }, body);
    return this.do({ kind: 'answered', task: task.no, answer }, task.owner, by.person);
  }

  decided(body: object = {}, usedBefore = 0): this {
    const given = { outcome: 'confirm', reason, changes, events: ['E-1'], ...body };
    return this.answered('decide', given, usedBefore);
  }
}

const red = () => new Telling().reported('1', knife).assessed().opened();

describe('what is decided', () => {
  it('confirms the proposal, raises above it, lowers below it, or gives no level', () => {
    const order: readonly string[] = ['none', 'yellow', 'orange', 'red'];
    const fits = {
      confirm: (proposal: string, level: string | undefined) =>
        level === undefined || (level === proposal && level !== 'none'),
      raise: (proposal: string, level: string | undefined) =>
        level !== undefined && order.indexOf(level) > order.indexOf(proposal),
      lower: (proposal: string, level: string | undefined) =>
        level !== undefined && order.indexOf(level) < order.indexOf(proposal),
      dismiss: (_: string, level: string | undefined) => level === undefined,
    };
    for (const proposal of ['none', ...levels] as const) {
      for (const outcome of choices) {
        for (const level of [undefined, ...levels]) {
          const choose = () => levelChosen(proposal, { outcome, ...(level ? { level } : {}) });
          const about = `${outcome} ${level} on ${proposal}`;
          if (!fits[outcome](proposal, level)) expect(choose, about).toThrow(InputInvalid);
          else if (outcome === 'dismiss') expect(choose(), about).toBeNull();
          else expect(choose() ?? 'none', about).toBe(level ?? proposal);
        }
      }
    }
  });

  it.each(choices)('to %s cites a verified event, and none that is not (S1)', (choice) => {
    const state = red().reported('2', knife, false).now;
    const level = choice === 'dismiss' ? null : ('red' as const);
    const citing = (...events: string[]): Decision => ({ choice, level, events, owner: centre });
    expect(() => checkCited(state, citing('E-1'), monday)).not.toThrow();
    for (const events of [[], ['E-2'], ['E-1', 'E-2'], ['E-9']]) {
      expect(() => checkCited(state, citing(...events), monday), events.join()).toThrow(NoVerifiedEvent);
    }
  });

  it('says why and what it changes', () => {
    for (const body of [{ reason: '情况属实。' }, { changes: '保护' }, { changes: undefined }]) {
      expect(() => red().decided(body)).toThrow(InputInvalid);
    }
    expect(decisionNote({ reason, changes })).toBe(`${reason}\n改变 Changes: ${changes}`);
  });
});

describe('the same words', () => {
  it('are the same however they are set, and whatever event they cite', () => {
    const one = plainWords({ reason: '依据 E-1，情况属实，两个部门今天必须同时到场。', events: ['E-1'] });
    expect(plainWords({ reason: ' 依据E-27: 情况属实 两个部门今天必须同时到场!', events: ['E-27'] })).toBe(one);
    expect(plainWords({ reason: '依据 E-1，情况属实，三个部门今天必须同时到场。', events: ['E-1'] })).not.toBe(one);
  });

  it('are looked for in decisions only', () => {
    const body = { outcome: 'confirm', reason, changes, events: ['E-1'] };
    expect(reasonIn('decide-1', body)).toBe(plainWords({ reason, events: ['E-1'] }));
    expect(reasonIn('verify-1', body)).toBeUndefined();
    expect(reasonIn('decide-1', { outcome: 'confirm' })).toBeUndefined();
  });

  it('are shown at the third time, to whoever stands above, and to the independent reviewer where nobody does', () => {
    expect(
      red()
        .decided({}, 1)
        .now.wants.map(({ kind }) => kind),
    ).not.toContain('reason-review');
    for (const before of [2, 3, 7]) {
      const wants = red().decided({}, before).now.wants;
      expect(wants).toContainEqual(expect.objectContaining({ kind: 'reason-review', owner: '999900.city-duty' }));
    }
    const above = red();
    const task = { ...above.task('decide'), owner: '999900.city-duty' };
    const by = { role: 'staff', person: 'Ma', post: task.owner } as const;
    const body = { outcome: 'confirm', reason, changes, events: ['E-1'] };
    const { answer } = answerOf({ city, state: above.now, task, by, at: monday, usedBefore: 2 }, body);
    const reviewer = city.responsibility.find(({ kind, tier }) => kind === 'access-review' && tier === 'city')?.duty;
    expect(answer).toMatchObject({ decision: { repeated: { times: 3, supervisor: `999900.${reviewer}` } } });
  });

  it('are looked at by somebody else, who lets the decision stand or has it decided anew', () => {
    const repeated = () => red().decided({}, 2).opened();
    expect(() => repeated().answered('reason-review', { outcome: 'stands' }, 0, `${centre}#1`)).toThrow(NotYours);
    expect(nextStage(repeated().answered('reason-review', { outcome: 'stands' }).now)).not.toBe('assess');
    const anew = repeated().answered('reason-review', { outcome: 'reassess' });
    expect(nextStage(anew.now)).toBe('assess');
    anew.assessed().opened();
    expect(anew.now.level?.colour).toBe('red');
    expect(anew.decided({ reason: `${reason}已当面核对。` }).now.decideAnew).toBe(false);
  });

  it('that dismissed a case begin it anew', () => {
    const dismissed = red().decided({ outcome: 'dismiss' }, 2).opened();
    expect(dismissed.now.status).toBe('ending');
    const anew = dismissed.answered('reason-review', { outcome: 'reassess' }).assessed().opened();
    expect(anew.now).toMatchObject({ status: 'assessed', endsAs: null });
    expect(anew.task('decide').owner).toBe(centre);
  });

  it('nor is it lost where the case goes on with something that is still looked at', () => {
    const dismissed = red().reported('2', knife, false).opened().decided({ outcome: 'dismiss' }, 2).opened();
    expect(dismissed.now).toMatchObject({ status: 'reported', endsAs: null });
    const anew = dismissed.answered('reason-review', { outcome: 'reassess' });
    expect(nextStage(anew.now)).toBe('assess');
    expect(anew.assessed().opened().task('decide').owner).toBe(centre);
    expect(anew.task('verify').event).toBe('E-2');
  });

  it('begin nothing where nothing of it holds any more', () => {
    const dismissed = red().decided({ outcome: 'dismiss' }, 2).opened();
    const why = '当事人当天在外地，系错认他人。';
    const correct = { kind: 'correctionAsked', what: 'role', agent: true } as const;
    dismissed.do(correct, '999901001.township-centre').opened();
    dismissed.answered('correction', { outcome: 'corrected', note: `${why}${why}` }).opened();
    expect(dismissed.answered('reason-review', { outcome: 'reassess' }).now.status).toBe('ending');
  });
});

describe('a talk', () => {
  const taizhou = parseCity(JSON.parse(readFileSync('infra/cities/taizhou.json', 'utf8')), 'taizhou.json');
  const invitedBy = (facts: readonly FactType[]) => {
    const told = [...knife, ...facts.map((type) => ({ type }))];
    const { now } = new Telling().reported('1', told).assessed();
    return invitedTo(taizhou, { ...now, area: '331003001001001' }, 'county', '331003.county-centre');
  };

  it('is asked for by the proposal, and its windows are the proposal’s', () => {
    const talk = red().task('talk');
    expect(talk).toMatchObject({ owner: centre, level: 'red', due: monday + 24 * 3_600_000 });
    const orange = new Telling()
      .reported('1', [{ type: 'threat_to_kill' }, { type: 'stalking_harassment' }])
      .assessed()
      .opened();
    expect(orange.now.assessment?.proposal).toBe('orange');
    expect(orange.task('talk')).toMatchObject({
      owner: '999901001.township-centre',
      level: 'orange',
      due: monday + 48 * 3_600_000,
    });
    // It becomes graver: the clocks of red, from now.
    orange.at += 3_600_000;
    orange.reported('2', knife).assessed().opened();
    expect(orange.task('talk')).toMatchObject({ owner: centre, due: orange.at + 24 * 3_600_000 });
    expect(Object.values(orange.now.tasks).filter(({ kind }) => kind === 'talk')).toHaveLength(1);
  });

  it('invites whoever the kind of dispute calls for: what somebody needs changes nobody’s invitation', () => {
    const needs = factTypes.filter((type) => factCatalogue[type].element === 'needs');
    const usual = invitedBy([]);
    expect(usual).toEqual(['331003.county-health', '331003.county-justice', '331003.county-police']);
    fc.assert(
      fc.property(fc.subarray([...needs]), (some) => {
        expect(invitedBy(some)).toEqual(usual);
      }),
    );
  });

  it('has no post of help, nor its owner, among the invited', () => {
    const { now } = red();
    const helping = { ...now, tasks: { ...now.tasks, 'crisis-help-1': helpTask(now) } };
    expect(invitedTo(city, helping, 'county', centre)).toEqual(invitedTo(city, now, 'county', centre));
    expect(invitedTo(city, now, 'county', centre)).not.toContain(centre);
  });

  it('speaks of events without names, of needs only how many', () => {
    const { now } = red().reported('2', [{ type: 'hardship_medical' }, { type: 'alcohol_involved' }]);
    const agenda = agendaOf(city, now, new Set(['needs']));
    expect(agendaOf(city, now, new Set())).not.toHaveProperty('needs');
    expect(agenda).toMatchObject({ needs: 2, area: '999901001', assessment: { proposal: 'red' } });
    expect(JSON.stringify(agenda)).not.toMatch(/hardship|alcohol|999901001001|police\/1/);
  });

  it('names no post of a smaller place, neither asked to it nor with work open', () => {
    const { now } = red();
    const [talk] = Object.values(now.tasks).filter(({ kind }) => kind === 'talk');
    if (!talk) throw new Error('no talk');
    const village = '999901001001.mediator';
    const near = { ...talk, invited: [...talk.invited, village] };
    const work = { ...talk, no: 'confirm-facts-1', kind: 'confirm-facts', owner: village } as const;
    const agenda = agendaOf(city, { ...now, tasks: { [near.no]: near, [work.no]: work } }, new Set());
    expect(agenda).toMatchObject({ departments: expect.arrayContaining(['justice']) });
    expect(agenda.tasks.map(({ kind }) => kind)).toContain('confirm-facts');
    expect(JSON.stringify(agenda)).not.toContain('999901001001');
  });

  it('takes posts of two departments', () => {
    const police = '999901.county-police';
    const held = (present: readonly string[]) => red().answered('talk', { outcome: 'met', present });
    expect(held([centre, police]).now.wants).toContainEqual({ kind: 'minutes', about: 'talk-1', owner: centre });
    for (const present of [
      [centre],
      [centre, '999901001.township-centre'],
      [centre, centre, police],
      [centre, 'nowhere.nobody'],
      [centre, '999900.reviewer'],
    ]) {
      expect(() => held(present), present.join()).toThrow(InputInvalid);
    }
  });

  it('that does not meet the threshold leaves the outline, before a level; at a level, the level', () => {
    const body = { outcome: 'not-met', present: [centre, '999901.county-police'] };
    const below = red().answered('talk', body).now;
    expect(below).toMatchObject({ status: 'ending', endsAs: 'below-threshold', tasks: {}, wants: [] });
    const decided = red().decided().answered('talk', body).now;
    expect(decided).toMatchObject({ status: 'protecting', level: { colour: 'red' } });
  });

  it('agrees on measures that wait for a decision and a plan', () => {
    const present = [centre, '999901.county-police'];
    const told = red().answered('talk', { outcome: 'met', present }).opened();
    told.answered('minutes', { outcome: 'written', actions: [{ kind: 'people-mediation' }] });
    expect(told.now.agreed).toHaveLength(1);
    expect(tasksDue(told.now, city, monday).map(({ kind }) => kind)).not.toContain('measure');
  });
});

function helpTask({ tasks }: CaseState) {
  const [task] = Object.values(tasks);
  if (!task) throw new Error('no task');
  return { ...task, no: 'crisis-help-1', kind: 'crisis-help', owner: '999901.county-health' } as const;
}
