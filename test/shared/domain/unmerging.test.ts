/** They are two after all, whatever was done meanwhile: nothing is asked about what is not there, and nobody is forgotten to be asked. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type By, type Content, oneself } from '../../../shared/domain/actions.ts';
import { type Next, next } from '../../../shared/domain/commit.ts';
import { agreementIdFor, type DisputeId } from '../../../shared/domain/ids.ts';
import { isMergeable } from '../../../shared/domain/merged.ts';
import { absorbedDraft, mergeOffered, unmergedDraft, unmergeOffered } from '../../../shared/domain/merging.ts';
import { countedOf } from '../../../shared/domain/report-month/counted.ts';
import { nextStage, tasksDue } from '../../../shared/domain/stages.ts';
import { type CaseState, type DisputeState, openTasks, type State } from '../../../shared/domain/state.ts';
import { withdrawal } from '../../../shared/domain/withdrawing.ts';
import { ActionRefused, InputInvalid, NotYours } from '../../../shared/errors.ts';
import { city } from '../../support/city.ts';
import { day, hour, monday, type PaperCase } from '../../support/paper-case.ts';
import { by, movingOf, other, planned, quarrel, reason, Two, yellow } from '../../support/two-cases.ts';

const health = '999901.county-health';
const reviewer = { role: 'staff', person: 'P-review', post: '999900.reviewer' } as const satisfies By;
const nothing = 'He was seen again: nothing of it was meant, both say so.';

const shares = (one: PaperCase, days = 20): PaperCase => {
  one.do({ kind: 'shared', to: health, need: 'counselling', fields: ['events'], until: one.at + days * day }, by);
  return one.drive();
};
const dismissed = (one: PaperCase): PaperCase =>
  one.answer('decide', {
    ...{ outcome: 'dismiss', reason: nothing, changes: nothing },
    events: one.state.events.filter(({ state }) => state === 'verified').map(({ id }) => id),
  });
const resolves = (one: PaperCase): PaperCase => {
  const { no, begun } = one.task('renew');
  if (!begun) one.do({ kind: 'began', task: no });
  return one.answer('renew', { outcome: 'ended' });
};
const toldThrough = (two: Two): void => {
  const { target, source } = two;
  const n = target.actions.length;
  target.do({
    ...{ kind: 'reported', report: `police/t${n}`, channel: 'police', area: '999901001001' },
    ...{ disputeType: 'neighbour', owner: '999901.county-centre', through: source.id },
    event: { id: `E-t${n}`, at: target.at, facts: [{ type: 'threat_to_harm' }] },
  });
  target.drive();
};
const twoLevels = (): Two => {
  const two = new Two();
  planned(two.target, 'orange', quarrel);
  planned(two.source, 'yellow', other);
  return two;
};
/** Both go on from there by themselves. */
const driven = (two: Two): Two => {
  two.unmerge();
  for (const one of [two.target, two.source]) one.drive();
  return two;
};

describe('undone after', () => {
  it('somebody was sent to verify what goes back: nobody is sent about it here any more', () => {
    const two = twoLevels().merge();
    toldThrough(two);
    expect(two.target.task('verify')).toMatchObject({ event: expect.stringContaining('E-t') });
    driven(two);
    expect(two.target.open('verify')).toBeUndefined();
    expect(two.source.task('verify')).toMatchObject({ event: expect.stringContaining('E-t') });
  });

  it('the level ended here: whoever received of the other is asked there to destroy it, and by nobody here', () => {
    const two = twoLevels();
    shares(two.source);
    two.merge();
    resolves(two.target.drive().decide('orange'));
    const [grant] = two.target.state.grants;
    expect(grant).toMatchObject({ to: health, recalled: 'resolved' });
    driven(two);
    expect(two.target.open('destroy')).toBeUndefined();
    expect(two.source.state.grants).toEqual([grant]);
    expect(two.source.task('destroy')).toMatchObject({ owner: health, about: grant?.id, begun: true });
  });

  it('they have said so already: nobody is asked again', () => {
    const two = twoLevels();
    shares(two.source);
    two.merge();
    resolves(two.target.drive().decide('orange')).answer('destroy', { outcome: 'destroyed' });
    driven(two);
    expect(two.source.state.grants).toEqual([]);
    expect(two.source.open('destroy')).toBeUndefined();
  });

  it('it was asked here whether an agreement of the other was kept: it is asked there', () => {
    const two = twoLevels();
    const id = agreementIdFor(two.source.id, 'measure-1');
    const agreement = { id, check: two.source.at + 90 * day } as const;
    const { no } = two.source.task('measure');
    const answer = { task: 'measure', outcome: 'agreed', on: two.source.at, agreement } as const;
    two.source.do({ kind: 'answered', task: no, answer }, by);
    two.source.drive();
    two.merge();
    two.target.do({ kind: 'asked', want: { kind: 'agreement-check', about: id } });
    two.target.drive();
    driven(two);
    expect(two.target.open('agreement-check')).toBeUndefined();
    expect(two.source.task('agreement-check')).toMatchObject({ about: id });
  });

  it('the target was resolved, and began anew by what goes back alone: it is resolved, and asked after as before', () => {
    const two = new Two();
    planned(two.target, 'yellow', quarrel).answer('notify', { outcome: 'told' });
    resolves(two.target);
    const { resolvedAs, resolvedAt, notice, told } = two.target.state;
    two.source.report({ facts: yellow, unverified: true });
    two.merge();
    two.target.drive().answer('verify', { outcome: 'verified' });
    expect(two.target.state).toMatchObject({ status: 'assessed', resolvedAs: null });
    driven(two);
    expect(two.target.state).toMatchObject({ status: 'resolved', resolvedAs, resolvedAt, notice, told });
    expect(two.target.open('check-in')).toBeDefined();
    expect(two.target.open('decide')).toBeUndefined();
    expect(two.source.open('decide')).toBeDefined();
  });

  it('who declined to be asked is not asked for that, and whoever was still to ask does', () => {
    for (const declines of [true, false]) {
      const two = new Two();
      planned(two.target, 'orange', quarrel);
      resolves(two.target);
      if (declines) two.target.do({ kind: 'checkInsDeclined' }, oneself);
      two.at(two.target.at + 8 * day);
      if (!declines) {
        two.target.do({ kind: 'began', task: 'check-in-1' });
        two.target.answer('check-in', { outcome: 'well' });
      }
      two.source.report({ facts: yellow, unverified: true });
      two.merge();
      two.target.drive().answer('verify', { outcome: 'verified' });
      driven(two);
      const left = openTasks(two.target.drive().state).filter(({ kind }) => kind === 'check-in');
      expect(left.map(({ no }) => no)).toEqual(declines ? [] : ['check-in-2', 'check-in-3']);
    }
  });

  it('nothing is left of what the target was about: it ends as unfounded, and waits for nobody', () => {
    const two = new Two();
    two.target.report({ facts: yellow });
    two.source.report({ facts: yellow });
    two.merge();
    two.target.drive().do({ kind: 'eventWithdrawn', event: 'E-a0' }, by);
    two.target.drive();
    two.unmerge();
    expect(two.target.state).toMatchObject({ status: 'ending', endsAs: 'unfounded' });
  });

  it('nobody agreed here that telling is put off: a second person is asked again, there', () => {
    const two = new Two();
    planned(two.target, 'orange', quarrel).answer('notify', { outcome: 'told' });
    two.source.report({ dispute: other, named: true }).decide('yellow').answer('protect', { outcome: 'protected' });
    two.merge();
    const { no } = two.target.drive().task('second-deferral');
    two.target.do({ kind: 'ended', task: no });
    expect(two.target.state.notice.deferral).toBeNull();
    driven(two);
    expect(two.source.state.notice.deferral).toMatchObject({ agreed: false });
    expect(two.source.open('second-deferral')).toBeDefined();
  });

  it('the end of a level came while it rested: it is a lapse, in the same action', () => {
    const two = twoLevels().merge();
    const before = two.source.state;
    two.at((before.merged?.resting.level?.lapses ?? 0) + day).unmerge();
    expect(two.source.state).toMatchObject({ level: null, status: 'ending', endsAs: 'lapsed' });
    expect(two.source.state.wants).toContainEqual(expect.objectContaining({ kind: 'lapse-review' }));
    const last = two.source.actions.at(-1);
    expect(last && countedOf(before, two.source.state, last)).toMatchObject({
      lapse: { from: 'yellow', to: null, cause: 'time' },
    });
  });

  it('somebody asked to correct what goes back: not before that is answered, and then it is known there', () => {
    const two = twoLevels().merge();
    const { id, origin } = two.target.state.events.find((event) => event.origin?.log === two.source.id) ?? {};
    if (!id) throw new Error('nothing came');
    two.target.do({ kind: 'correctionAsked', what: 'facts', event: id });
    const { no } = two.target.drive().task('correction');
    expect(() => two.unmerge()).toThrow('somebody waits');
    expect(two.target.state.moving).toBeNull();
    const change = { what: 'facts', event: id, facts: [{ type: 'property_damage' }] } as const;
    two.target.do(
      { kind: 'answered', task: no, answer: { task: 'correction', outcome: 'corrected', change } },
      reviewer,
    );
    driven(two);
    expect(two.source.state.events).toContainEqual(expect.objectContaining({ id: origin?.no, facts: change.facts }));
  });

  it('somebody asked here to be erased who goes back with a dispute: not before that is answered', () => {
    const told = (id: DisputeId, report: string, before?: State): Next => {
      const about = {
        report,
        channel: 'police',
        area: '999901001001',
        disputeType: 'neighbour',
        owner: by.post,
      } as const;
      return next(id, before, { at: monday, by, key: report, rev: 0, content: { kind: 'reported', ...about } });
    };
    const [source, target] = [told(other, 'police/b').state, told(quarrel, 'police/a').state];
    const done = (before: State, content: Content): State =>
      next(before.id, before, { at: monday, by, key: `k${before.n}`, rev: 0, content }).state;
    const offer = { source, target, isLookedAfter: () => false, opposed: false, by, at: monday, key: 'merge', reason };
    const frozen = done(source, mergeOffered(offer).draft.content);
    if (!isMergeable(frozen) || !isMergeable(target)) throw new Error('no disputes');
    const one = done(target, absorbedDraft(frozen, movingOf(frozen), target, monday).content);
    const asked = (part: string) => done(one, { kind: 'rightAsked', right: 'erase', part });
    const undo = (state: State) => () =>
      unmergeOffered({ target: state, source: other, by, at: monday, key: 'undo', reason });
    expect(undo(asked('police/b#1'))).toThrow('somebody waits');
    expect(undo(asked('police/a#1'))).not.toThrow();
  });

  it('the end of a red came while it rested and its reviewer was asked: it falls at once, and its orange counts from that end', () => {
    const two = new Two();
    const red = (one: PaperCase, dispute: DisputeId) =>
      one.report({ dispute }).decide('red').answer('second', { outcome: 'agree' }, 'P-second');
    const note = 'Nothing new came, but the two are still not talking.';
    red(two.source, other).answer('protect', { outcome: 'protected' });
    for (const answer of [{ outcome: 'renewed' }, { outcome: 'ask-reviewer', note }]) {
      two.source.pass(two.source.task('renew').from - two.source.at + hour).answer('renew', answer);
    }
    const lapses = two.source.state.level?.lapses ?? 0;
    red(two.at(two.source.at).target, quarrel);
    two.merge().at(lapses + day);
    driven(two);
    two.source.pass(hour);
    expect(two.source.state.level).toMatchObject({ colour: 'orange', afterRed: true, lapses: lapses + 30 * day });
  });
});

describe('of two disputes, after somebody in the one that went was erased', () => {
  it('whoever was asked about it is asked for it there, which is open for that alone', () => {
    const housing = '999901.county-health';
    let n = 0;
    const done = (before: State | undefined, id: DisputeId, content: Content): DisputeState => {
      n += 1;
      const draft = { at: monday + n * hour, by, key: `k${n}`, rev: 0, content } as const;
      const { state } = next(id, before, draft);
      if (state.subject !== 'dispute') throw new Error('no dispute');
      return state;
    };
    const told = (id: DisputeId, report: string) =>
      done(undefined, id, {
        ...{ kind: 'reported', report, channel: 'police', area: '999901001001', disputeType: 'neighbour' },
        owner: by.post,
      });
    const task = { kind: 'enquiry', owner: housing, about: 'known-dispute', from: monday, due: monday + day } as const;
    let source = done(told(other, 'police/b'), other, { kind: 'opened', tasks: [task] });
    source = done(source, other, {
      ...{ kind: 'answered', task: 'enquiry-1', answer: { task: 'enquiry', outcome: 'no' } },
    });
    source = done(source, other, { kind: 'closed' });
    let target = told(quarrel, 'police/a');
    const [grant] = source.grants;
    expect(grant).toMatchObject({ to: housing, by: ['asked'] });
    const at = monday + day;
    const offer = { source, target, isLookedAfter: () => false, opposed: false, by, at, key: 'merge', reason };
    source = done(source, other, mergeOffered(offer).draft.content);
    target = done(target, quarrel, absorbedDraft(source, movingOf(source), target, at).content);
    source = done(source, other, { kind: 'merged', into: quarrel });
    target = done(target, quarrel, { kind: 'erased', part: 'police/b#0', ground: 'request' });
    target = done(target, quarrel, { kind: 'opened', tasks: tasksDue(target, city, at) });
    expect(openTasks(target)).toMatchObject([{ kind: 'destroy', owner: housing, about: grant?.id }]);
    target = done(target, quarrel, { kind: 'unmergeOffered', source: other });
    source = done(source, other, unmergedDraft(city, source, target, movingOf(target), at).content);
    target = done(target, quarrel, { kind: 'released', source: other });
    expect(work(target)).toEqual([]);
    expect(source).toMatchObject({ status: 'open', grants: [{ id: grant?.id, recalled: 'erased' }] });
    expect(tasksDue(source, city, at)).toMatchObject([{ kind: 'destroy', owner: housing, about: grant?.id }]);
  });
});

const work = (state: State) => [...openTasks(state), ...state.wants];
/** What is asked about something that is not there, or not asked of anybody although it should be. */
function dangling(state: CaseState): string[] {
  const asked = (kind: string, about: string) =>
    work(state).some((one) => one.kind === kind && (one.about ?? null) === about);
  const has = {
    destroy: (about: string) => state.grants.some(({ id }) => id === about),
    'agreement-check': (about: string) => state.agreements.some(({ id }) => id === about),
  };
  const isStuck = nextStage(state) === 'close' && !['resolved', 'ending', 'closed'].includes(state.status);
  const isLate = state.level !== null && state.level.lapses + 2000 <= state.changedAt;
  const { deferral } = state.notice;
  const putOff = state.level !== null && deferral !== null && !deferral.agreed;
  return [
    ...work(state).flatMap(({ kind, event, about }) => {
      if (event && !state.events.some(({ id }) => id === event)) return [`${kind} about ${event}`];
      return (kind === 'destroy' || kind === 'agreement-check') && !has[kind](about ?? '') ? [`${kind} of none`] : [];
    }),
    ...state.grants.flatMap(({ id, recalled }) =>
      recalled && !asked('destroy', id) ? [`${id} is not asked for`] : [],
    ),
    ...(putOff && !work(state).some(({ kind }) => kind === 'second-deferral') ? ['put off by one person'] : []),
    ...(isStuck ? ['nothing goes on'] : []),
    ...(isLate ? ['a level past its end'] : []),
  ];
}

const lives = {
  told: (one: PaperCase) => one.report({ facts: yellow, unverified: true }),
  verified: (one: PaperCase) => one.report({ facts: yellow }),
  again: (one: PaperCase) => dismissed(one.report({ facts: yellow })).report({ facts: yellow, unverified: true }),
  orange: (one: PaperCase) => one.report().decide('orange'),
  planned: (one: PaperCase) => planned(one, 'orange', quarrel),
  planned2: (one: PaperCase) => planned(one, 'yellow', other),
  shared: (one: PaperCase) => shares(planned(one, 'yellow', other)),
  named: (one: PaperCase) => one.report({ named: true }).decide('yellow').answer('protect', { outcome: 'protected' }),
  resolved: (one: PaperCase) => resolves(planned(one, 'yellow', quarrel)),
} as const;

const corrects = (one: PaperCase): void => {
  const event = one.state.events.find(({ state }) => state === 'verified');
  if (!event || one.open('correction')) return;
  one.do({ kind: 'correctionAsked', what: 'date', event: event.id }, by);
  const { no } = one.drive().task('correction');
  const change = { what: 'date', event: event.id, at: event.at - hour } as const;
  one.do({ kind: 'answered', task: no, answer: { task: 'correction', outcome: 'corrected', change } }, reviewer);
  one.drive();
};
/** What may be done to the target meanwhile; what is not possible is refused, and changes nothing. */
const deeds: Readonly<Record<string, (two: Two) => unknown>> = {
  through: toldThrough,
  own: ({ target }) => target.report({ facts: yellow, unverified: true }),
  verify: ({ target }) => target.open('verify') && target.answer('verify', { outcome: 'verified' }),
  unfounded: ({ target }) => target.open('verify') && target.answer('verify', { outcome: 'unfounded' }),
  decide: ({ target }) => target.open('decide') && target.decide('orange'),
  dismiss: ({ target }) => target.open('decide') && dismissed(target),
  correct: ({ target }) => corrects(target),
  share: ({ target }) => target.state.level && shares(target, 5),
  withdraw: ({ target }) => {
    const { state, at } = target;
    target.do(withdrawal({ city, state, by, at }, state.events[0]?.id ?? ''), by);
    target.drive();
  },
  resolve: ({ target }) => target.open('renew') && resolves(target),
  destroy: ({ target }) => target.open('destroy')?.begun && target.answer('destroy', { outcome: 'destroyed' }),
  forewarn: ({ target }) =>
    target.open('forewarn')?.begun && target.answer('forewarn', { outcome: 'told', safetyPlan: 'kept' }),
  hours: (two) => two.at(two.target.pass(10 * hour).at),
  month: (two) => two.at(two.target.pass(40 * day).at),
};

describe('of any two cases', () => {
  it('whatever is done while they are one, afterwards nothing dangles, and each goes on or ends', () => {
    const life = fc.constantFrom(...(Object.keys(lives) as (keyof typeof lives)[]));
    const between = fc.array(fc.constantFrom(...Object.keys(deeds)), { maxLength: 5 });
    const tried = (act: () => unknown): boolean => {
      try {
        act();
        return true;
      } catch (error) {
        if ([ActionRefused, InputInvalid, NotYours].some((refusal) => error instanceof refusal)) return false;
        throw error;
      }
    };
    fc.assert(
      fc.property(life, life, between, (one, another, done) => {
        const two = new Two();
        lives[one](two.target);
        lives[another](two.source);
        fc.pre(tried(() => two.merge()));
        two.target.drive();
        for (const deed of done) tried(() => deeds[deed]?.(two));
        fc.pre(tried(() => two.unmerge()));
        for (const { state } of [two.target.drive(), two.source.drive()]) expect(dangling(state)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});
