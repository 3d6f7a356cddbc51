import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Draft, oneself, system } from '../../../shared/domain/actions.ts';
import { next } from '../../../shared/domain/commit.ts';
import { contested } from '../../../shared/domain/contesting.ts';
import { fold } from '../../../shared/domain/fold.ts';
import { held } from '../../../shared/domain/holding.ts';
import { canonical, type DisputeId, disputeIdFor } from '../../../shared/domain/ids.ts';
import { nextTimer } from '../../../shared/domain/ladder.ts';
import { absorbedDraft, mergeDone, mergeOffered } from '../../../shared/domain/merging.ts';
import { openShare } from '../../../shared/domain/sharing.ts';
import { nextStage } from '../../../shared/domain/stages.ts';
import { type CaseState, openTasks, type State, type Task } from '../../../shared/domain/state.ts';
import { helpNumbers, viewOf } from '../../../shared/domain/views.ts';
import type { Field } from '../../../shared/domain/who-may/matrix.ts';
import { ActionRefused, InputInvalid, RecordBusy } from '../../../shared/errors.ts';
import { city } from '../../support/city.ts';
import { day, hour, monday, type PaperCase } from '../../support/paper-case.ts';
import { by, movingOf, other, planned, quarrel, reason, Two, yellow } from '../../support/two-cases.ts';

const kindsOf = (state: CaseState): string[] => openTasks(state).map(({ kind, measure }) => measure ?? kind);
/** Whose work is open: what must be the same before and after. */
const workOf = (state: CaseState): string[] =>
  openTasks(state)
    .map(({ no, owner, due, from }) => `${no} ${owner} ${from} ${due}`)
    .sort();
const substanceOf = ({ events, reports, disputes, level, status, plan, owner, safetyPlan, named }: CaseState) =>
  canonical({ events, reports, disputes, level, status, waiting: plan?.waiting, owner, safetyPlan, named });

describe('merging two cases of one person', () => {
  const twoLevels = (): Two => {
    const two = new Two();
    planned(two.target, 'orange', quarrel);
    planned(two.source, 'yellow', other);
    return two;
  };

  it('the source is frozen and stays accountable: people wait, its clocks go on', () => {
    const two = twoLevels();
    const before = workOf(two.source.state);
    two.steps[0]?.();
    const { state } = two.source;
    expect(state.owner).toBe(two.source.state.owner);
    expect(workOf(state)).toEqual(before);
    expect(nextStage(state)).toBe('carry-out');
    expect(() => two.source.answer('review', { outcome: 'continue' })).toThrow(RecordBusy);
    expect(() => two.source.report()).toThrow(RecordBusy);
    const [task] = openTasks(state).filter(({ begun }) => begun);
    two.source.do({ kind: 'reminded', task: task?.no ?? '' });
    expect(two.source.state.tasks[task?.no ?? '']?.rung).toBe(1);
    expect(() => two.offer()).toThrow(ActionRefused);
  });

  it('nor does the law’s clock stand still: the parties are told in time where else they may go', () => {
    const two = new Two();
    planned(two.target, 'orange', quarrel);
    two.source
      .report({ facts: yellow, disputeType: 'labour_wage', dispute: other })
      .decide('yellow')
      .answer('protect', { outcome: 'protected' })
      .answer('plan', { outcome: 'planned', measures: [{ kind: 'people-mediation' }] });
    const { no, law } = two.source.task('measure');
    const due = law?.due ?? 0;
    two.source.pass(due - two.source.at - hour);
    two.at(two.source.at).steps[0]?.();
    two.source.pass(2 * hour);
    expect(two.source.state.moving).not.toBeNull();
    expect(two.source.state.tasks[no]?.law).toMatchObject({ passed: true });
  });

  it('the target has what the source had, and keeps its own level until somebody decides anew', () => {
    const two = twoLevels();
    const level = two.target.state.level;
    const moved = two.source.task('measure');
    two.merge();
    const { state } = two.target;
    expect(state.level).toEqual(level);
    expect(state.events.map(({ id }) => id)).toEqual(['E-a0', 'E-b0']);
    expect(state.disputes).toEqual([quarrel, other]);
    expect(kindsOf(state).filter((kind) => kind === 'counselling')).toHaveLength(2);
    const there = openTasks(state).find(({ origin }) => origin?.no === moved.no);
    expect(there).toMatchObject({
      no: 'measure-3',
      owner: moved.owner,
      due: moved.due,
      origin: { log: two.source.id },
    });
    expect(there?.notices).toMatchObject([{ kind: 'opened', post: moved.owner }]);
    expect(openTasks(state).filter(({ kind }) => kind === 'review' || kind === 'renew')).toHaveLength(2);
    two.target.drive();
    expect(two.target.open('decide')).toBeDefined();
    expect(two.target.state.level).toEqual(level);
  });

  it('what of it is help stays known as help under its new number', () => {
    const two = twoLevels().merge();
    const help = helpNumbers(two.target.actions);
    for (const { no, measure } of openTasks(two.target.state)) {
      if (measure) expect(help.has(no), no).toBe(measure === 'counselling');
    }
  });

  it('the source is closed, says where it went, and does nothing more', () => {
    const two = twoLevels().merge();
    const { state } = two.source;
    expect(state).toMatchObject({ status: 'closed', endsAs: 'merged', level: null, tasks: {}, safetyPlan: false });
    expect(state.merged?.into).toBe(two.target.id);
    expect(() => two.source.report()).toThrow(new RegExp(`possible now: ${two.target.id}`));
    expect(() => two.source.do({ kind: 'reopened' })).toThrow(ActionRefused);
  });

  it('that there is another is not told to whom it is about, who may not have been told of that one', () => {
    const two = twoLevels().merge();
    const [own, staff] = [new Set<Field>(['summary', 'own']), new Set<Field>(['summary'])];
    expect(viewOf(two.source.state, staff)).toMatchObject({ endsAs: 'merged', mergedInto: two.target.id });
    expect(viewOf(two.target.state, staff)).toMatchObject({ absorbed: [two.source.id] });
    for (const { state } of [two.source, two.target]) {
      const view = viewOf(state, own);
      expect(view).toMatchObject({ endsAs: null });
      expect(JSON.stringify({ ...view, id: '' })).not.toMatch(/C-/);
    }
    const asking = { by: oneself, at: two.source.at, key: 'k' };
    expect(() => two.source.do({ kind: 'rightAsked', right: 'know' }, oneself)).toThrow(/is closed(?!.*C-.*C-)/);
    expect(() => contested(two.source.state, asking, { reason })).toThrow(/is closed/);
  });

  it('what others received of the source is called back by the target; its view is shut, and opens again by the undoing', () => {
    const two = twoLevels();
    const to = '999901.county-health';
    two.source.do({ kind: 'shared', to, need: 'counselling', fields: ['events'], until: two.source.at + 5 * day }, by);
    two.source.drive();
    const [grant] = two.source.state.grants;
    if (!grant) throw new Error('nothing shared');
    two.merge();
    expect(openShare(two.source.state, grant.id, two.source.at)).toBeUndefined();
    expect(two.target.state.grants).toContainEqual(grant);
    expect(two.target.drive().task('destroy')).toMatchObject({ owner: to, about: grant.id });
    two.unmerge();
    expect(two.target.state.grants).toEqual([]);
    expect(two.target.open('destroy')).toBeUndefined();
    expect(openShare(two.source.state, grant.id, two.source.at)).toEqual(grant);
    expect(two.source.task('destroy')).toMatchObject({ owner: to, about: grant.id });
  });

  it('whoever was accountable for the one that went is asked at the end of the other, unless it is theirs again', () => {
    const merged = () => twoLevels().merge();
    const { target, source } = merged();
    const { owner } = source.state;
    expect(target.state.grants).toMatchObject([{ to: owner, by: ['worked'], recalled: null }]);
    expect(
      target
        .drive()
        .decide('orange')
        .pass(40 * day).state.level,
    ).toBeNull();
    expect(target.state.grants).toMatchObject([{ to: owner, recalled: 'level-ended' }]);
    const undone = merged().unmerge();
    for (const { state } of [undone.target, undone.source]) expect(state.grants).toEqual([]);
  });

  it('undone at once, both are what they were', () => {
    const two = twoLevels();
    const before = [two.source, two.target].map(({ state }) => [workOf(state), substanceOf(state)]);
    two.merge().unmerge();
    const after = [two.source, two.target].map(({ state }) => [workOf(state), substanceOf(state)]);
    expect(after).toEqual(before);
    for (const { state } of [two.source, two.target]) {
      expect(state).toMatchObject({ moving: null, merged: null, absorbed: [] });
      expect(state).toMatchObject({ reassess: false, decideAnew: false });
    }
    // And may be merged again.
    expect(two.merge().source.state.status).toBe('closed');
  });

  it('undone later, what was done is done, what changed hands stays where it is, and what stood still has its time', () => {
    const two = twoLevels().merge();
    two.target.drive();
    const [done, kept] = openTasks(two.target.state).filter(({ origin, measure }) => origin && measure);
    if (!done || !kept) throw new Error('nothing moved');
    two.target.do({ kind: 'answered', task: done.no, answer: { task: 'measure', outcome: 'done' } }, by);
    const stint = { owner: '999901.county-justice', due: kept.due + day };
    two.target.do({ kind: 'climbed', task: kept.no, stint, tier: 'county' });
    const review = two.source.state.merged?.resting.tasks['review-1'];
    two.at((review?.due ?? 0) + day).unmerge();
    const { state } = two.source;
    expect(state.tasks[done.origin?.no ?? '']).toBeUndefined();
    expect(state.tasks[kept.origin?.no ?? '']).toMatchObject({ owner: stint.owner, due: stint.due });
    expect(openTasks(two.target.state).filter(({ origin }) => origin)).toEqual([]);
    for (const task of openTasks(state).filter(({ begun, kind }) => begun && kind !== 'renew')) {
      if (task.no !== kept.origin?.no) expect(nextTimer(city, task).at, task.no).toBeGreaterThan(two.source.at);
    }
    // The level's own end is put off by nothing.
    expect(state.level?.lapses).toBe(two.source.state.level?.lapses);
  });

  it('a report that names the one who was merged goes back with them; one of the other stays', () => {
    const two = twoLevels().merge();
    const told = (report: string, more: object) => ({
      kind: 'reported' as const,
      ...{ report, channel: 'police' as const, area: '999901001001', disputeType: 'neighbour' as const },
      owner: '999901.county-centre',
      event: { id: `E-${report}`, at: two.target.at, facts: [{ type: 'threat_to_harm' as const }] },
      ...more,
    });
    const [third, fourth] = [disputeIdFor('police/3'), disputeIdFor('police/4')];
    two.target.do(told('police/3', { through: two.source.id, dispute: third }));
    two.target.do(told('police/4', { dispute: fourth }));
    expect(two.target.state.disputes).toEqual([quarrel, other, third, fourth]);
    two.unmerge();
    expect(two.source.state.reports).toEqual(['police/b0', 'police/3']);
    expect(two.source.state.events.map(({ id, origin }) => [id, origin])).toEqual([
      ['E-b0', undefined],
      ['E-police/3', undefined],
    ]);
    expect(two.source.state.disputes).toEqual([other, third]);
    expect(two.target.state.reports).toEqual(['police/a0', 'police/4']);
    expect(two.target.state.disputes).toEqual([quarrel, fourth]);
    // Somebody is sent to verify it, there.
    expect(two.source.drive().task('verify').event).toBe('E-police/3');
  });

  it('what was found out about an event is known of it after the undoing', () => {
    const two = new Two();
    planned(two.target, 'orange', quarrel);
    two.source.report({ facts: yellow, dispute: other, unverified: true });
    two.merge();
    two.target.drive();
    expect(openTasks(two.target.state).filter(({ kind }) => kind === 'verify')).toMatchObject([{ event: 'E-b0' }]);
    two.target.answer('verify', { outcome: 'verified' });
    two.unmerge();
    expect(two.source.state.events).toMatchObject([{ id: 'E-b0', state: 'verified' }]);
    expect(two.source.state.tasks).toEqual({});
    expect(nextStage(two.source.state)).toBe('assess');
  });

  it('what was owed to be told is owed of both: until the affected of both know, nobody is told, and what was known is closed', () => {
    const two = new Two();
    planned(two.target, 'orange', quarrel).answer('notify', { outcome: 'told' });
    two.source.report({ dispute: other, named: true }).decide('yellow').answer('protect', { outcome: 'protected' });
    expect(two.target.state.told).toBe(true);
    const [before, put] = [workOf(two.target.state), two.source.state.notice.deferral];
    two.merge();
    expect(two.target.state).toMatchObject({
      told: false,
      named: true,
      notice: { of: null, clear: null, deferral: put },
    });
    two.target.drive();
    expect(two.target.task('second-deferral').origin?.log).toBe(two.source.id);
    expect(two.target.open('forewarn')).toBeDefined();
    two.unmerge();
    expect(two.target.state).toMatchObject({ told: true, named: false, notice: { of: 'orange', deferral: null } });
    expect(workOf(two.target.drive().state)).toEqual(before);
    expect(two.source.state.notice.deferral).toEqual(put);
    expect(two.source.open('second-deferral')).toBeDefined();
  });

  it('nothing is left of a case whose only event was unfounded meanwhile', () => {
    const two = new Two();
    planned(two.target, 'orange', quarrel);
    two.source.report({ facts: yellow, dispute: other, unverified: true });
    two.merge();
    two.target.answer('verify', { outcome: 'unfounded' });
    two.unmerge();
    expect(two.source.state).toMatchObject({ status: 'ending', endsAs: 'unfounded' });
  });

  it('no level comes out of it that rests on nothing: neither where it was raised on what goes, nor where that did not hold', () => {
    const two = new Two();
    two.target.report({ facts: yellow, dispute: quarrel });
    two.target.decide('yellow').answer('protect', { outcome: 'protected', safetyPlan: 'made' });
    two.source.report({ facts: yellow, dispute: other });
    two.merge();
    two.target.drive().decide('orange');
    two.target.do({ kind: 'eventWithdrawn', event: 'E-a0' }, by);
    expect(two.target.state.level).toMatchObject({ colour: 'orange' });
    two.unmerge();
    const { state } = two.target;
    expect(state).toMatchObject({ level: null, status: 'ending', endsAs: 'lapsed', safetyPlan: true });
    expect(state.wants).toContainEqual(
      expect.objectContaining({ kind: 'lapse-review', owner: two.target.state.owner }),
    );
    expect(two.target.open('safety-plan')).toBeDefined();

    const others = twoLevels().merge();
    others.target.do({ kind: 'eventWithdrawn', event: 'E-b0' }, by);
    others.unmerge();
    expect(others.source.state).toMatchObject({ level: null, endsAs: 'lapsed' });
    expect(others.target.state.level).toMatchObject({ colour: 'orange' });
  });

  it('who acted, and until when it is held, is known of both afterwards', () => {
    const two = twoLevels().merge();
    const until = two.target.at + 90 * day;
    two.target.do(
      { kind: 'held', until, since: monday },
      { role: 'staff', person: 'P-review', post: '999900.reviewer' },
    );
    const { no } = openTasks(two.target.state).find(({ origin, measure }) => origin && measure) ?? { no: '' };
    two.target.do({ kind: 'answered', task: no, answer: { task: 'measure', outcome: 'done' } }, by);
    two.unmerge();
    expect(two.target.state.heldUntil).toBe(until);
    // And from when the longest time of holds counts.
    expect(two.source.state).toMatchObject({ heldUntil: until, heldSince: monday });
    expect(two.source.state.acted).toContain(by.person);
  });

  it('what is forgotten is not made two again', () => {
    const two = twoLevels().merge();
    two.target.do({ kind: 'forgotten' });
    expect(() => two.back[0]?.()).toThrow(/forgotten/);
  });

  it('of two that were resolved whoever has yet to ask how things are asks, and a concern is looked at', () => {
    const two = new Two();
    for (const [one, dispute] of [
      [two.target, quarrel],
      [two.source, other],
    ] as const) {
      planned(one, 'orange', dispute);
      for (let open = one.open('measure'); open; open = one.open('measure')) one.answer('measure', { outcome: 'done' });
      one.answer('resolve', { outcome: 'resolved' });
    }
    two.at(monday + 7 * day);
    const { no, owner, from } = two.source.task('check-in');
    two.source.do({ kind: 'began', task: no });
    two.source.answer('check-in', { outcome: 'concern' });
    two.merge();
    two.target.drive();
    const asked = openTasks(two.target.state).filter(({ kind }) => kind === 'check-in');
    expect(asked.map((task) => [task.owner, (task.from - from) / day])).toEqual(
      [0, 23, 83, 23, 83].map((days) => [owner, days]),
    );
    expect(two.target.task('review')).toMatchObject({ begun: true, origin: { log: two.source.id } });
    two.unmerge();
    expect(two.target.open('review')).toBeUndefined();
    expect(two.source.drive().open('review')).toBeDefined();
  });

  it('what is part of another is held there: nothing of it opens by itself', () => {
    const two = twoLevels().merge();
    expect(() => held(city, two.source.state, [], { until: two.source.at + day }, two.source.at)).toThrow(
      ActionRefused,
    );
  });
});

describe('which goes into which', () => {
  const refusal = (act: () => unknown): string => {
    try {
      act();
    } catch (error) {
      if (error instanceof ActionRefused || error instanceof InputInvalid) return error.message;
      throw error;
    }
    throw new Error('not refused');
  };

  it('the graver one takes the other in: no level is lost, and none rises', () => {
    const two = new Two();
    planned(two.target, 'yellow', quarrel);
    planned(two.source, 'orange', other);
    expect(refusal(() => two.offer())).toMatch(new RegExp(`merging ${two.target.id} into ${two.source.id}`));
  });

  it('one with a level is never lost in one without', () => {
    const two = new Two();
    two.target.report({ dispute: quarrel });
    planned(two.source, 'yellow', other);
    expect(refusal(() => two.offer())).toMatch(/further than/);
  });

  it('what is judged is judged first: a red on one person’s word, a deferral', () => {
    const two = new Two();
    two.target.report({ dispute: quarrel }).decide('red');
    two.source.report({ facts: yellow, dispute: other, unverified: true });
    expect(refusal(() => two.offer())).toMatch(/second/);
  });

  it('whoever stands against the other is somebody else', () => {
    const two = new Two();
    two.target.report({ dispute: quarrel });
    two.source.report({ dispute: other });
    expect(refusal(() => two.offer(true))).toMatch(/stands against/);
  });

  it('not itself; nothing that has ended', () => {
    const two = new Two();
    two.target.report({ dispute: quarrel });
    two.source.report({ facts: yellow, dispute: other, unverified: true });
    const { state } = two.target;
    const command = { source: state, isLookedAfter: () => false, opposed: false, by, at: 0, key: 'k', reason };
    expect(() => mergeOffered({ ...command, target: state })).toThrow(InputInvalid);
    two.source.answer('verify', { outcome: 'unfounded' });
    expect(refusal(() => two.offer())).toMatch(/is closed/);
  });

  it('a target that ended meanwhile takes nothing in, and the source is what it was', () => {
    const two = new Two();
    two.target.report({ facts: yellow, dispute: quarrel, unverified: true });
    two.source.report({ facts: yellow, dispute: other, unverified: true });
    const before = workOf(two.source.state);
    two.steps[0]?.();
    two.target.answer('verify', { outcome: 'unfounded' });
    const moving = movingOf(two.source.state);
    const draft = absorbedDraft(two.source.state, moving, two.target.state, two.target.at);
    expect(draft.content.kind).toBe('mergeDeclined');
    two.target.commit(draft);
    two.source.commit(mergeDone(two.source.state, moving, 'mergeDeclined', two.source.at));
    expect(two.source.state).toMatchObject({ moving: null, merged: null, status: 'reported' });
    expect(workOf(two.source.state)).toEqual(before);
  });

  it('nor does one whose level has ended meanwhile: the level that is offered would be lost in it', () => {
    const two = new Two();
    planned(two.target, 'orange', quarrel);
    planned(two.source, 'yellow', other);
    two.steps[0]?.();
    const draft = () =>
      absorbedDraft(two.source.state, movingOf(two.source.state), two.target.state, two.target.at).content.kind;
    expect(draft()).toBe('absorbed');
    const { no } = two.target.task('renew');
    two.target.do({ kind: 'began', task: no });
    two.target.do({ kind: 'answered', task: no, answer: { task: 'renew', outcome: 'ended' } }, by);
    expect(two.target.state.status).toBe('resolved');
    expect(draft()).toBe('mergeDeclined');
  });

  it('two disputes wait for what somebody asked about themself: numbers mean something else in the other', () => {
    const about = { channel: 'police', area: '999901001001', disputeType: 'neighbour', owner: by.post } as const;
    const told = (id: DisputeId, report: string): State => {
      const content = { kind: 'reported', report, ...about } as const;
      return next(id, undefined, { at: 0, by: system, key: report, rev: 0, content }).state;
    };
    const content = { kind: 'rightAsked', right: 'erase', part: 'police/1#0' } as const;
    const asked = { at: 0, by: oneself, key: 'asked', rev: 0, content, note: 'n' } as const;
    const command = { isLookedAfter: () => false, opposed: false, by, at: 0, key: 'k', reason };
    const one = next(quarrel, told(quarrel, 'police/1'), asked).state;
    const another = told(other, 'police/2');
    expect(refusal(() => mergeOffered({ ...command, source: one, target: another }))).toMatch(/waits for their data/);
    expect(refusal(() => mergeOffered({ ...command, source: another, target: one }))).toMatch(/waits for their data/);
  });
});

/** What may happen to a case before it is merged. */
const lives = {
  told: (one: PaperCase) => one.report({ facts: yellow, unverified: true }),
  verified: (one: PaperCase) => one.report({ facts: yellow }),
  yellow: (one: PaperCase) => one.report().decide('yellow'),
  orange: (one: PaperCase) => one.report().decide('orange'),
  protectedOne: (one: PaperCase) => one.report().decide('orange').answer('protect', { outcome: 'protected' }),
  planned: (one: PaperCase) => planned(one, 'orange', quarrel),
  planned2: (one: PaperCase) => planned(one, 'yellow', other),
  named: (one: PaperCase) => one.report({ named: true }).decide('orange').answer('protect', { outcome: 'protected' }),
  namedYellow: (one: PaperCase) => one.report({ named: true }).decide('yellow'),
  home: (one: PaperCase) =>
    one.report({ disputeType: 'intimate_partner', facts: ['physical_assault', 'threat_to_kill'] }),
} as const;

describe('of any two cases', () => {
  const names = fc.constantFrom(...(Object.keys(lives) as (keyof typeof lives)[]));
  const pause = fc.integer({ min: 0, max: 20 }).map((hours) => hours * hour);

  it('merged and unmerged: the same work, owners, events and reports; at every step everything has one post', () => {
    fc.assert(
      fc.property(names, names, pause, pause, (one, another, before, between) => {
        const two = new Two();
        lives[one](two.target);
        lives[another](two.source);
        two.target.pass(before);
        two.source.pass(before);
        let offered: Draft | undefined;
        try {
          offered = two.offer();
        } catch (error) {
          if (error instanceof ActionRefused) fc.pre(false);
          throw error;
        }
        expect(offered.content.kind).toBe('mergeOffered');
        const was = [two.source, two.target].map(({ state }) => [workOf(state), substanceOf(state)]);
        const asked = was.flatMap(([work]) => work ?? []).length;
        const everybodyHas = () => {
          for (const { state } of [two.source, two.target]) {
            expect(state.status === 'closed' || state.owner !== '').toBe(true);
            for (const task of openTasks(state)) {
              expect(task.owner).not.toBe('');
              expect(Number.isFinite(nextTimer(city, task).at)).toBe(true);
              expect(!task.begun || task.notices.length > 0).toBe(true);
            }
          }
        };
        for (const step of two.steps) {
          step();
          everybodyHas();
        }
        // Nothing that was asked for is lost: it is done in the target, or rests.
        const resting = Object.values(two.source.state.merged?.resting.tasks ?? {});
        const moved = openTasks(two.target.state).filter(({ origin }) => origin !== undefined);
        const stays = (task: Task) => !moved.some(({ origin }) => origin?.no === task.no);
        const dropped = two.target.state.absorbed[0]?.before.ofCase?.telling?.dropped ?? [];
        expect(dropped.filter(({ kind }) => kind !== 'notify' && kind !== 'second-deferral')).toEqual([]);
        expect(openTasks(two.target.state).length + resting.filter(stays).length + dropped.length).toBe(asked);
        two.at(two.target.at + between);
        const level = two.target.state.level;
        for (const step of two.back) {
          step();
          everybodyHas();
        }
        expect(two.target.state.level).toEqual(level);
        const is = [two.source, two.target].map(({ state }) => [workOf(state), substanceOf(state)]);
        if (between === 0) expect(is).toEqual(was);
        else expect(is.map(([, substance]) => substance)).toEqual(was.map(([, substance]) => substance));
      }),
      { numRuns: 60 },
    );
  });

  it('the fold of the actions is the state', () => {
    const two = new Two();
    lives.planned(two.target);
    lives.planned2(two.source);
    two.merge().unmerge();
    for (const one of [two.source, two.target]) expect(fold(one.id, one.actions)).toEqual(one.state);
  });
});
