/** What is told while a case is open, and a level that changes: nothing is counted twice, and no work is lost. */
import { describe, expect, it } from 'vitest';
import type { FactType } from '../../../shared/domain/facts.ts';
import { nextTimer, slaStep } from '../../../shared/domain/ladder.ts';
import { dutyPost } from '../../../shared/domain/review-days.ts';
import type { Shift } from '../../../shared/domain/roster.ts';
import { tightened } from '../../../shared/domain/tightening.ts';
import { InputInvalid } from '../../../shared/errors.ts';
import { city } from '../../support/city.ts';
import { day, hour, PaperCase } from '../../support/paper-case.ts';
import { PlannedCase } from '../../support/planned-case.ts';

describe('a level that changes', () => {
  const of = (count: number, unit: 'hours' | 'days') => ({ count, unit });
  const strict = {
    ...city,
    sla: {
      ...city.sla,
      measure: { acknowledge: of(1, 'days'), complete: of(15, 'days'), levels: { red: { complete: of(3, 'days') } } },
      'second-deferral': { complete: of(2, 'days'), levels: { red: { complete: of(1, 'hours') } } },
    },
  } satisfies typeof city;
  const planned = () =>
    new PlannedCase({ city: strict }).plan({ kind: 'people-mediation' }, { kind: 'counselling' }).open();
  const decided = (story: PlannedCase, level: 'red' | 'yellow') => {
    const { state, at } = story;
    const task = story.do({
      kind: 'opened',
      tasks: [{ kind: 'decide', owner: state.owner, from: at, due: at + hour }],
    });
    const decide = Object.keys(task.state.tasks).find((no) => no.startsWith('decide')) ?? '';
    const about = {
      choice: 'raise',
      level,
      events: ['E-1'],
      owner: '999900.city-duty',
      department: 'justice',
    } as const;
    const lapses = state.level?.lapses ?? at;
    const decision = { ...about, lapses, ...tightened(strict, story.state, level, at) };
    return story.do({ kind: 'answered', task: decide, answer: { task: 'decide', outcome: 'decided', decision } });
  };

  it('loses no work: raised, what is being done has the new ends where these are sooner, and its owner is told', () => {
    const story = planned();
    story.act('measure-2', 'acknowledge', {});
    const before = story.task('measure-2');
    story.at += day;
    decided(story, 'red').open();
    expect(story.measures()).toEqual(['measure-1 people-mediation', 'measure-2 counselling']);
    const after = story.task('measure-2');
    expect(after).toMatchObject({ owner: before.owner, acknowledgedAt: before.acknowledgedAt, level: 'red', rung: 0 });
    expect(after.due).toBe(story.at + 3 * day);
    expect(after.notices.at(-1)).toMatchObject({ kind: 'tightened', post: before.owner });
  });

  it('gives whoever goes along from now on a time of their own to say so, also where the owner has said so long ago', () => {
    const life = new PaperCase().report({ facts: ['physical_assault'] }).decide('yellow');
    const { no, owner } = life.task('protect');
    life.at += hour;
    life.do({ kind: 'acknowledged', task: no }, { role: 'staff', person: `P ${owner}`, post: owner });
    life.at += 5 * hour;
    const sla = { ...city.sla, protect: { ...city.sla.protect, acknowledge: of(1, 'hours') } };
    const levels = { ...city.levels, red: { ...city.levels.red, contact: of(6, 'hours') } };
    expect(tightened({ ...city, sla, levels }, life.state, 'red', life.at).tightened?.[no]).toEqual({
      ...{ joining: '999901001.township-police', ackDue: life.at + hour, due: life.at + 6 * hour },
    });
  });

  it('gives no more time to what stands still meanwhile: it goes on with the time of the new level', () => {
    const story = planned();
    story.act('measure-2', 'acknowledge', {});
    story.at += day;
    story.act('measure-2', 'pause', { waitingFor: 'party', note: 'They are away until the harvest is in.' });
    story.at += 10 * day;
    decided(story, 'red').open();
    story.at += 2 * day;
    story.act('measure-2', 'resume', {});
    expect(story.task('measure-2').due).toBe(story.at + 3 * day);
  });

  it('does not end because nobody says whether telling may be put off: that has its own end, and is void then', () => {
    const story = planned();
    const note = 'She moves to her sister on Friday and must be safe before.';
    story.act('notify-1', 'answer', { outcome: 'deferred', ground: 'safety-of-the-affected', note }).open();
    const { due } = story.task('second-deferral-1');
    story.at += hour;
    decided(story, 'red');
    const timer = () => nextTimer(strict, story.task('second-deferral-1'));
    expect(story.task('second-deferral-1')).toMatchObject({ due, ends: due });
    while (timer().rung !== 'end') {
      story.at = timer().at;
      const content = slaStep(strict, story.state, story.task('second-deferral-1'), story.at, []);
      expect(content?.kind).not.toBe('lapsed');
      if (content) story.do(content);
    }
    expect(timer().at).toBe(due);
  });

  it('never loosens: lowered, or where what is left is less than the new time, an end stays', () => {
    const story = planned();
    const before = story.task('measure-1').due;
    story.at += 13 * day;
    decided(story, 'red');
    expect(story.task('measure-1').due).toBe(before);
    const lowered = planned();
    decided(lowered, 'yellow');
    expect(lowered.task('measure-1')).toMatchObject({ due: before, level: 'orange' });
  });

  it('asks for the plan again: what it holds goes on, something may be added, nothing must', () => {
    const story = planned();
    decided(story, 'red').open();
    expect(story.task('plan-2')).toBeDefined();
    story.act('plan-2', 'answer', { outcome: 'planned', measures: [] }).open();
    expect(story.measures()).toHaveLength(2);
    expect(story.state.replan).toBe(false);
    const more = planned();
    decided(more, 'red').open();
    more.act('plan-2', 'answer', { outcome: 'planned', measures: [{ kind: 'legal-aid' }] }).open();
    expect(more.measures()).toHaveLength(3);
    // No further one: the cap is the level's.
    expect(() => more.amend({ add: [{ kind: 'interpreter' }] }, more.state.owner)).toThrow(InputInvalid);
  });

  it('needs a measure in a first plan', () => {
    const story = new PlannedCase().open();
    expect(() => story.act('plan-1', 'answer', { outcome: 'planned', measures: [] })).toThrow(InputInvalid);
  });

  it('holding more than the new level allows ends nothing, and something can still be withdrawn', () => {
    const few = { ...strict, levels: { ...strict.levels, yellow: { ...strict.levels.yellow, measures: 1 } } };
    const story = new PlannedCase({ city: few }).plan({ kind: 'people-mediation' }, { kind: 'counselling' }).open();
    decided(story, 'yellow').open();
    story.act('plan-2', 'answer', { outcome: 'planned', measures: [] }).open();
    expect(story.measures()).toHaveLength(2);
    story.amend({ withdraw: ['measure-1'] }, story.state.owner);
    expect(story.measures()).toHaveLength(1);
  });
});

describe('what one reporter tells of one event again', () => {
  const first: readonly FactType[] = ['threat_to_kill'];
  const tell = (life: PaperCase, report: string, facts: readonly FactType[], verified?: string) => {
    const event = {
      id: 'E-same',
      at: life.at,
      facts: facts.map((type) => ({ type })),
      ...(verified ? { verified } : {}),
    };
    const about = { channel: 'police', area: '999901001001', disputeType: 'neighbour' } as const;
    life.do({ kind: 'reported', report, ...about, owner: '999901001.township-centre', event });
    return life.drive();
  };
  const told = () => {
    const life = new PaperCase();
    return tell(life, 'police/1', first);
  };
  const states = (life: PaperCase) => life.state.events.map(({ id, state }) => `${id} ${state}`);

  it('is that event: the report is attached, nothing more is asked or counted', () => {
    const life = told().answer('verify', { outcome: 'verified' });
    const { points } = life.state.assessment ?? { points: 0 };
    tell(life, 'grid/2', first);
    expect(states(life)).toEqual(['E-same verified']);
    expect(life.state.reports).toEqual(['police/1', 'grid/2']);
    expect(life.state.assessment?.points).toBe(points);
    expect(life.open('verify')).toBeUndefined();
  });

  it('but what they add is looked at, and counts by itself', () => {
    const life = told().answer('verify', { outcome: 'verified' });
    tell(life, 'police/2', [...first, 'weapon_present']);
    expect(states(life)).toEqual(['E-same verified', 'E-same-2 unverified']);
    expect(life.state.events[1]?.facts).toEqual([{ type: 'weapon_present' }]);
    life.answer('verify', { outcome: 'verified' });
    expect(life.state.assessment?.proposal).toBe('red');
    tell(life, 'police/3', [...first, 'weapon_present']);
    expect(states(life)).toHaveLength(2);
  });

  it('verified on the spot meanwhile, nobody need look any more', () => {
    const life = told();
    tell(life, 'police/2', first, 'police');
    expect(states(life)).toEqual(['E-same verified']);
    expect(life.open('verify')).toBeUndefined();
    expect(life.open('decide')).toBeDefined();
  });

  it('and of it only what was told then: the rest is looked at by itself', () => {
    const life = tell(new PaperCase(), 'police/1', [...first, 'weapon_present']);
    tell(life, 'police/2', first, 'police');
    expect(states(life)).toEqual(['E-same verified', 'E-same-2 unverified']);
    expect(life.state.events.map(({ facts }) => facts.map(({ type }) => type))).toEqual([first, ['weapon_present']]);
    expect(life.state.assessment?.proposal).not.toBe('red');
    life.answer('verify', { outcome: 'verified' });
    expect(life.state.assessment?.proposal).toBe('red');
    tell(life, 'police/3', [...first, 'weapon_present'], 'police');
    expect(states(life)).toHaveLength(2);
  });

  it('found not to hold it is looked at again, whether the case is open or closed', () => {
    const life = told().answer('verify', { outcome: 'unfounded' });
    expect(life.state.status).toBe('closed');
    tell(life, 'police/2', first);
    expect(states(life)).toEqual(['E-same unverified']);
    expect(life.open('verify')).toBeDefined();
  });

  it('begins nothing after the end', () => {
    const life = told().answer('verify', { outcome: 'verified' });
    const events = ['E-same'];
    life.answer('decide', {
      outcome: 'dismiss',
      reason: 'It was settled on the spot the same day.',
      changes: 'Nothing.',
      events,
    });
    expect(life.state.status).toBe('closed');
    tell(life, 'police/2', first);
    expect(life.state).toMatchObject({ status: 'closed', endsAs: 'dismissed', reports: ['police/1', 'police/2'] });
    // Something new does.
    tell(life, 'police/3', ['weapon_present']);
    expect(life.state.status).toBe('reported');
  });
});

describe('on whom a review falls on a day off', () => {
  const shift = (post: string): Shift => ({
    ...{ id: post, post, person: 'Hu', channel: 'voice', from: 0, to: 10 * hour },
    ...{ made: { at: 0, by: { person: 'x', post: 'y' }, key: 'k' }, withdrawn: null },
  });
  const { state } = new PaperCase().report();
  const task = { ...new PaperCase().report().task('decide'), owner: '999901.county-centre' };
  const who = (...posts: string[]) => dutyPost(city, state, task, posts.map(shift), hour);

  it('is the post on duty: of the same department before others, help before the police, and nobody from elsewhere', () => {
    expect(who('999901.county-police', '999901.county-health', '999900.city-duty')).toBe('999900.city-duty');
    expect(who('999901.county-police', '999901.county-health')).toBe('999901.county-health');
    expect(who('999901.county-police')).toBe('999901.county-police');
    expect(who('999900.reviewer', '999900.auditor')).toBeUndefined();
    expect(who()).toBeUndefined();
  });

  it('stays with whoever is accountable where they are on duty themselves', () => {
    expect(who('999901.county-police', '999901.county-centre')).toBeUndefined();
  });
});
