/** Every level ends (S9): renewals are counted, a year after the last event is the end, what it rested on may go; all on paper. */
import { describe, expect, it } from 'vitest';
import { accountable } from '../../../shared/domain/accountable.ts';
import type { Answer, Draft } from '../../../shared/domain/actions.ts';
import { reopened } from '../../../shared/domain/afterwards.ts';
import { handOver } from '../../../shared/domain/handing-over.ts';
import { windows } from '../../../shared/domain/ladder.ts';
import { absoluteEnd, lapseIn, year } from '../../../shared/domain/level-end.ts';
import { slaDraft } from '../../../shared/domain/lifecycle-commands.ts';
import { contactWanted } from '../../../shared/domain/protective-contact.ts';
import { nextReview } from '../../../shared/domain/review-days.ts';
import { taskCommand } from '../../../shared/domain/task-commands.ts';
import { withdrawal } from '../../../shared/domain/withdrawing.ts';
import { ActionRefused, InputInvalid, NotYours } from '../../../shared/errors.ts';
import { city } from '../../support/city.ts';
import { day, hour, PaperCase } from '../../support/paper-case.ts';

const asked = { outcome: 'ask-reviewer', note: 'Nothing new came, but the two are still not talking.' } as const;
const why = 'They still live door to door, and the help has only begun.';
const countyPost = '999901.county-centre';
const by = (post: string, person = `P ${post}`): Extract<Draft['by'], { role: 'staff' }> => ({
  role: 'staff',
  person,
  post,
});

/** An orange below the proposal, protected, with its plan. */
const orange = () =>
  new PaperCase().report().decide('orange').answer('protect', { outcome: 'protected', safetyPlan: 'not-wanted' });

const untilRenewal = (life: PaperCase) => life.pass(life.task('renew').from - life.at + hour);
const renewed = () => {
  const life = untilRenewal(orange());
  life.answer('renew', { outcome: 'renewed' });
  return life;
};
const lapsesOf = ({ state }: PaperCase) => state.level?.lapses ?? 0;

describe('renewing a level on the same events', () => {
  it('once by the accountable post; then only the independent reviewer, who is asked with a reason', () => {
    const life = renewed();
    const before = lapsesOf(life);
    untilRenewal(life);
    expect(() => life.answer('renew', { outcome: 'renewed' })).toThrow(ActionRefused);
    expect(() => life.answer('renew', { outcome: 'ask-reviewer' })).toThrow(InputInvalid);
    life.answer('renew', asked);
    const { owner, due } = life.task('renewal-review');
    expect({ owner, due }).toEqual({ owner: '999900.city-duty', due: before });
    expect(life.open('renew')).toBeUndefined();
    expect(() => life.answer('renewal-review', { outcome: 'renewed' })).toThrow(InputInvalid);
    life.answer('renewal-review', { outcome: 'renewed', note: why });
    expect(lapsesOf(life)).toBe(before + 30 * day);
    // The reviewer may be asked again in half a period.
    expect(life.task('renew').from).toBe(before + 15 * day);
  });

  it('is not asked of the reviewer before it was renewed once', () => {
    const life = untilRenewal(orange());
    expect(() => life.answer('renew', asked)).toThrow(ActionRefused);
  });

  it('not renewed by the reviewer it lapses at its end, and nobody is asked again', () => {
    const life = untilRenewal(renewed()).answer('renew', asked);
    life.answer('renewal-review', { outcome: 'not-renewed', note: why });
    expect(life.state.level).toMatchObject({ colour: 'orange', declined: true });
    expect(() => life.answer('renew', asked)).toThrow(ActionRefused);
    life.pass(lapsesOf(life) - life.at + hour);
    expect(life.state).toMatchObject({ level: null, endsAs: 'lapsed' });
  });

  it('lapses while the reviewer is silent, after two reminders', () => {
    const life = untilRenewal(renewed()).answer('renew', asked);
    const { no } = life.task('renewal-review');
    life.pass(lapsesOf(life) - life.at + hour);
    const kinds = life.actions.flatMap(({ content }) =>
      'task' in content && content.task === no ? [content.kind] : [],
    );
    expect(kinds).toEqual(['reminded', 'warned', 'lapsed']);
    expect(life.state.level).toBeNull();
  });

  it('is for nobody who decided on the level', () => {
    const life = untilRenewal(renewed()).answer('renew', asked);
    const { person } = life.state.decision ?? { person: '' };
    expect(() => life.answer('renewal-review', { outcome: 'renewed', note: why }, person)).toThrow(NotYours);
  });

  it('never of the orange that a red became: 44 days in all', () => {
    const life = new PaperCase().report().decide('red').answer('second', { outcome: 'agree' });
    const start = life.at;
    life.pass(14 * day + hour);
    expect(life.state.level).toMatchObject({ colour: 'orange', afterRed: true });
    untilRenewal(life);
    expect(() => life.answer('renew', { outcome: 'renewed' })).toThrow(ActionRefused);
    expect(() => life.answer('renew', asked)).toThrow(ActionRefused);
    const { no } = life.task('renew');
    const answer: Answer = { task: 'renew', outcome: 'renewed', lapses: lapsesOf(life) + day };
    expect(() => life.do({ kind: 'answered', task: no, answer })).toThrow(ActionRefused);
    life.pass(44 * day + hour - (life.at - start));
    expect(life.state.level).toBeNull();
  });

  it('nor where its end was acted on late: what stood still gains no time', () => {
    const late = (days: number) => {
      const life = new PaperCase().report().decide('red').answer('second', { outcome: 'agree' });
      const [start, end] = [life.at, lapsesOf(life)];
      life.at = end + days * day;
      for (let step = 0; step < 4 && life.state.level?.colour === 'red'; step++) {
        const { no, step: seen } = life.task('renew');
        const draft = slaDraft(city, life.state, life.state.rev, no, seen, life.at, []);
        if (draft) life.commit(draft);
      }
      return { level: life.state.level, start };
    };
    const { level, start } = late(10);
    expect(level).toMatchObject({ colour: 'orange', lapses: start + 44 * day });
    expect(late(31).level).toBeNull();
  });

  it('begins anew with a newer verified event, also where the proposal is the level that stands', () => {
    const life = new PaperCase().report({ facts: ['threat_to_harm', 'physical_assault'] });
    const proposal = life.state.assessment?.proposal;
    expect(proposal).toBe('yellow');
    life.decide('yellow');
    expect(life.open('decide')).toBeUndefined();
    life.pass(40 * day).report({ facts: ['threat_to_harm'] });
    expect(life.state.assessment?.proposal).toBe('yellow');
    const before = lapsesOf(life);
    life.decide('yellow');
    expect(lapsesOf(life)).toBeGreaterThan(before);
    expect(life.state.level).toMatchObject({ renewed: false });
  });
});

/** A red that was proposed on an event of so long ago, verified on the spot. */
const old = (age: number) => {
  const life = new PaperCase();
  const event = { id: 'E-old', at: life.at - age, facts: [{ type: 'threat_to_kill' as const }], verified: 'police' };
  const about = { channel: 'police', area: '999901001001', disputeType: 'neighbour' } as const;
  life.do({
    kind: 'reported',
    report: 'police/old',
    ...about,
    owner: '999901001.township-centre',
    event,
    occurredAt: event.at,
  });
  return life.drive();
};

describe('a year after the last verified event', () => {
  it('is the end of a level however it was decided, and a reviewer prolongs nothing beyond it', () => {
    const life = old(year - 20 * day).decide('orange');
    expect(lapsesOf(life)).toBe(absoluteEnd(life.state));
    untilRenewal(life);
    expect(() => life.answer('renew', { outcome: 'renewed' })).toThrow(ActionRefused);
    const answer: Answer = { task: 'renew', outcome: 'renewed', lapses: lapsesOf(life) + 1 };
    expect(() => life.do({ kind: 'answered', task: life.task('renew').no, answer })).toThrow(ActionRefused);
  });

  it('cuts a renewal short', () => {
    const life = untilRenewal(old(year - 40 * day).decide('orange')).answer('renew', { outcome: 'renewed' });
    expect(lapsesOf(life)).toBe(absoluteEnd(life.state));
  });

  it('leaves a red that lapses no orange period beyond it', () => {
    const life = old(year - 14 * day)
      .decide('red')
      .answer('second', { outcome: 'agree' });
    const end = lapsesOf(life);
    life.pass(end - life.at + hour);
    expect(life.state.level).toBeNull();
  });

  it('counts an event that is still to come from its own date', () => {
    const life = old(-10 * day);
    expect(absoluteEnd(life.state)).toBe(life.at + 10 * day + year);
  });

  it('is moved by nobody who disagrees', () => {
    const life = old(year - 20 * day)
      .decide('red')
      .answer('second', { outcome: 'disagree' });
    expect(lapsesOf(life)).toBeLessThanOrEqual(absoluteEnd(life.state));
  });
});

describe('an event that was verified and does not hold', () => {
  const withdraw = (life: PaperCase, event: string, post: string) => {
    const { state, at } = life;
    life.do(withdrawal({ city, state, at, by: by(post) }, event), by(post));
    return life.drive();
  };

  it('takes the level with it where nothing else holds; the safety plan stays, and the owner is told', () => {
    const life = new PaperCase()
      .report()
      .decide('orange')
      .answer('protect', { outcome: 'protected', safetyPlan: 'made' });
    const [event] = life.state.events;
    const owner = life.state.owner;
    withdraw(life, event?.id ?? '', countyPost);
    expect(life.state).toMatchObject({ level: null, status: 'ending', endsAs: 'lapsed', safetyPlan: true });
    expect(life.open('safety-plan')).toBeDefined();
    expect(life.task('lapse-review').owner).toBe(owner);
    expect(life.actions.flatMap(({ content }) => lapseIn(content) ?? [])).toEqual([
      { from: 'orange', to: null, cause: 'withdrawn' },
    ]);
    expect(() => life.answer('lapse-review', { outcome: 'reassess' })).toThrow(ActionRefused);
    life.answer('lapse-review', { outcome: 'looked-at' });
  });

  it('tells nobody who does it themself, and alarms the county where it was red', () => {
    const own = orange();
    withdraw(own, own.state.events[0]?.id ?? '', own.state.owner);
    expect(own.open('lapse-review')).toBeUndefined();
    const red = new PaperCase().report().decide('red').answer('second', { outcome: 'agree' });
    withdraw(red, red.state.events[0]?.id ?? '', countyPost);
    expect(red.task('lapse-review')).toMatchObject({ owner: countyPost, urgency: 'now' });
  });

  it('leaves nothing to decide where nobody has looked at the rest; that ends it too, or is assessed', () => {
    const told = () => {
      const life = new PaperCase().report().report({ unverified: true });
      withdraw(life, life.state.events[0]?.id ?? '', countyPost);
      expect(life.state.status).toBe('reported');
      expect(Object.keys(life.state.tasks)).toEqual(['verify-1']);
      return life;
    };
    expect(told().answer('verify', { outcome: 'unfounded' }).state).toMatchObject({
      status: 'closed',
      endsAs: 'unfounded',
    });
    expect(told().answer('verify', { outcome: 'verified' }).open('decide')).toBeDefined();
  });

  it('told and verified once more begins the way anew, though it was decided on before', () => {
    const life = orange();
    const [event] = life.state.events;
    withdraw(life, event?.id ?? '', countyPost);
    life.answer('lapse-review', { outcome: 'looked-at' });
    expect(life.state.status).toBe('closed');
    const about = { channel: 'police', area: '999901001001', disputeType: 'neighbour' } as const;
    const again = { id: event?.id ?? '', at: event?.at ?? 0, facts: event?.facts ?? [], verified: 'police' };
    life.do({ kind: 'reported', report: 'police/again', ...about, owner: countyPost, event: again });
    expect(life.drive().open('decide')).toBeDefined();
  });

  it('only makes it assessed again where something else holds', () => {
    const life = orange().report({ facts: ['physical_assault'] });
    const [first] = life.state.events;
    withdraw(life, first?.id ?? '', life.state.owner);
    expect(life.state.level).not.toBeNull();
    expect(life.state.assessment?.proposal).toBe('yellow');
    expect(life.open('decide')).toBeDefined();
  });

  it('leaves an older one the time that it has', () => {
    const life = old(year - 10 * day);
    const end = life.at + 10 * day;
    life.report().decide('orange');
    const before = lapsesOf(life);
    const newest = life.state.events.at(-1)?.id ?? '';
    withdraw(life, newest, countyPost);
    expect(lapsesOf(life)).toBe(end);
    expect(lapsesOf(life)).toBeLessThan(before);
    expect(life.task('renew').due).toBe(lapsesOf(life));
    expect(life.task('review').from).toBeLessThan(lapsesOf(life));
    life.pass(lapsesOf(life) - life.at + hour);
    expect(life.state.level).toBeNull();
  });

  it('before any level ends what nothing else told of', () => {
    const life = new PaperCase().report();
    withdraw(life, life.state.events[0]?.id ?? '', countyPost);
    expect(life.state).toMatchObject({ endsAs: 'unfounded' });
  });

  it('after a resolution too ends what nothing else told of: nobody is asked how they are for what was not so', () => {
    const life = untilRenewal(orange()).answer('renew', { outcome: 'ended' });
    expect(life.open('check-in')).toBeDefined();
    const { state, at } = life;
    life.do(withdrawal({ city, state, by: by(state.owner), at }, state.events[0]?.id ?? ''), by(state.owner));
    expect(life.state).toMatchObject({ status: 'ending', endsAs: 'unfounded' });
    expect(life.open('check-in')).toBeUndefined();
  });

  it('is withdrawn by whoever verified it, is accountable, or the county, once, and where it was verified', () => {
    const life = orange();
    const [event] = life.state.events;
    expect(() => withdraw(life, event?.id ?? '', '999901001.township-police')).toThrow(NotYours);
    expect(() => withdraw(life, 'E-none', countyPost)).toThrow(InputInvalid);
    life.do({ kind: 'eventWithdrawn', event: event?.id ?? '', lapsed: 'orange' }, by(countyPost));
    expect(() => life.do({ kind: 'eventWithdrawn', event: event?.id ?? '' }, by(countyPost))).toThrow(ActionRefused);
  });
});

/** A yellow in which all that was planned is done. */
const resolvable = () =>
  new PaperCase()
    .report()
    .decide('yellow')
    .answer('protect', { outcome: 'protected', safetyPlan: 'not-wanted' })
    .answer('plan', { outcome: 'planned', measures: [{ kind: 'counselling' }] })
    .answer('measure', { outcome: 'done' });

describe('a level that ends', () => {
  it('is not resolved, nor ended by who renews it, over what holds and nobody has decided on', () => {
    const life = resolvable()
      .pass(31 * day)
      .report();
    expect(life.open('decide')).toBeDefined();
    expect(() => life.answer('resolve', { outcome: 'resolved' })).toThrow(ActionRefused);
    expect(() => life.answer('renew', { outcome: 'ended' })).toThrow(ActionRefused);
    life.decide('yellow').answer('resolve', { outcome: 'resolved' });
    expect(life.state.status).toBe('resolved');
  });

  it('by itself while that is not even assessed: then the way begins anew', () => {
    const life = resolvable();
    const about = { channel: 'police', area: '999901001001', disputeType: 'neighbour' } as const;
    const event = { id: 'E-new', at: life.at, facts: [{ type: 'threat_to_kill' as const }], verified: 'police' };
    life.do({ kind: 'reported', report: 'police/new', ...about, owner: countyPost, event });
    life.do({ kind: 'lapsed', task: life.task('renew').no, from: 'yellow', to: null });
    life.drive();
    expect(life.state.level).toBeNull();
    expect(life.open('decide')).toBeDefined();
  });

  it('ends when it ends, whoever takes up its renewal in the last minute', () => {
    const life = orange();
    const end = lapsesOf(life);
    life.pass(end - life.at);
    const { no, owner } = life.task('renew');
    life.do({ kind: 'acknowledged', task: no }, by(owner));
    life.pass(2000);
    expect(life.state.level).toBeNull();
  });

  it('is kept by no answer that comes after its end, also where nobody has acted on that yet', () => {
    const life = orange();
    const end = lapsesOf(life);
    life.pass(end - life.at);
    const renews = () => life.answer('renew', { outcome: 'renewed' });
    life.at = end + 1;
    expect(renews).toThrow('the level lapses');
    life.at = end;
    expect(renews).not.toThrow();
    const red = new PaperCase().report().decide('red');
    red.at = red.task('second').due + 1;
    expect(() => red.answer('second', { outcome: 'agree' }, 'P-second')).toThrow('the level lapses');
    expect(red.answer('second', { outcome: 'disagree' }, 'P-second').state.level?.colour).toBe('orange');
  });

  it('nor lasts longer where its renewal, or the whole case, changes hands as it ends', () => {
    for (const offers of ['renewal', 'case'] as const) {
      const life = orange();
      const end = lapsesOf(life);
      life.pass(end - life.at - 24 * hour);
      const { state, at } = life;
      const { no, owner } = life.task('renew');
      const command = { city, state, by: by(owner), at, key: 'over' } as const;
      life.commit(
        offers === 'case'
          ? handOver({ ...command, to: countyPost, reason: why }).draft
          : taskCommand({ ...command, task: no, verb: 'hand-off', body: { to: countyPost, reason: why } }).draft,
      );
      life.drive();
      // Nobody says anything, and a day later both are over.
      life.pass(24 * hour + 2000);
      expect([offers, life.state.level]).toEqual([offers, null]);
      expect(life.actions.flatMap(({ content }) => lapseIn(content) ?? [])).toMatchObject([
        { to: null, cause: 'time' },
      ]);
    }
  });
});

describe('whoever looks at what was told, and whoever is contacted first', () => {
  const tell = (life: PaperCase) => {
    life.report({ unverified: true });
    const { no, owner } = life.task('verify');
    life.do({ kind: 'acknowledged', task: no }, by(owner));
    return life;
  };
  const resolved = () => resolvable().answer('resolve', { outcome: 'resolved' });

  it('has it still when the level is resolved, and when the way begins anew with something else', () => {
    const life = tell(resolvable()).answer('resolve', { outcome: 'resolved' });
    expect(life.task('verify')).toMatchObject({ no: 'verify-1', takenBy: by(life.task('verify').owner).person });
    life.report();
    expect(life.state).toMatchObject({ status: 'assessed', level: null });
    expect(life.task('verify')).toMatchObject({ no: 'verify-1', takenBy: by(life.task('verify').owner).person });
  });

  it('is sent however what was told is verified meanwhile: before a decision there is no other protection', () => {
    const life = tell(resolved());
    life.do({ kind: 'asked', want: contactWanted(city, life.state, life.at) }, by('999901001.township-police'));
    life.drive().answer('verify', { outcome: 'verified' });
    expect(life.state).toMatchObject({ status: 'assessed', level: null });
    expect(life.open('protective-contact')).toBeDefined();
    life.decide('orange');
    expect(life.open('protective-contact')).toBeUndefined();
    expect(life.open('protect')).toBeDefined();
  });
});

describe('what was decided before', () => {
  const nothing = { reason: 'Nothing of what was told on Monday was meant.', changes: 'Nothing more is done.' };

  it('stays decided until something new holds: after a lapse, and after a talk that found no harm likely', () => {
    const lapsed = orange();
    lapsed.pass(lapsesOf(lapsed) - lapsed.at - hour).answer('review', { outcome: 'reassess' });
    expect(lapsed.open('decide')).toBeDefined();
    lapsed.pass(2 * hour);
    const present = [countyPost, '999901.county-police'];
    const below = new PaperCase().report().answer('talk', { outcome: 'not-met', present });
    for (const life of [lapsed, below]) {
      expect(life.state.status).toBe('closed');
      life.report({ unverified: true });
      expect(Object.keys(life.state.tasks).map((no) => no.replace(/-\d+$/, ''))).toEqual(['verify']);
      life.answer('verify', { outcome: 'verified' });
      expect(life.open('decide')).toBeDefined();
    }
  });

  it('also where what was told since is corrected before anybody has verified it: then it was unfounded', () => {
    const life = orange();
    life.pass(lapsesOf(life) - life.at + hour).report({ unverified: true });
    const told = life.state.events.at(-1)?.id ?? '';
    life.do({ kind: 'correctionAsked', what: 'event', event: told, agent: true }, by('999901001.township-centre'));
    life.drive().answer('correction', { outcome: 'corrected', note: 'He was at work: it was told of the wrong man.' });
    expect(life.state).toMatchObject({ status: 'closed', endsAs: 'unfounded' });
  });

  it('decided anew after months has the time of a decision from then on, not from a receipt long ago', () => {
    const life = new PaperCase().report({ facts: ['threat_to_harm'] });
    life.answer('decide', { outcome: 'dismiss', ...nothing, events: ['E-0'] });
    expect(life.state.status).toBe('closed');
    life.at += 60 * day;
    life.do(reopened(city, life.state, life.at), by(countyPost));
    expect(life.drive().task('decide').due).toBe(windows(city, 'decide', 'yellow', life.at).due);
    // What comes to hold after that counts from its receipt again.
    life.report({ facts: ['threat_to_harm'], unverified: true });
    const told = life.at;
    life.at += day;
    expect(life.answer('verify', { outcome: 'verified' }).task('decide').due).toBe(
      windows(city, 'decide', 'yellow', told).due,
    );
  });
});

describe('a red that lapses', () => {
  it('is looked at by the county at once, and the post of the new level is accountable', () => {
    const life = new PaperCase().report().decide('red').answer('second', { outcome: 'agree' });
    expect(life.state.owner).toBe(countyPost);
    life.pass(14 * day + hour);
    expect(life.state.owner).toBe(accountable(life.state, city, 'orange'));
    expect(life.state.owner).not.toBe(countyPost);
    expect(life.task('lapse-review')).toMatchObject({ owner: countyPost, urgency: 'now' });
    life.answer('lapse-review', { outcome: 'reassess' });
    const end = lapsesOf(life);
    life.decide('red');
    expect(lapsesOf(life)).toBeLessThanOrEqual(end);
  });

  it('also where no second person agreed in time', () => {
    const life = new PaperCase()
      .report()
      .decide('red')
      .pass(25 * hour);
    expect(life.actions.flatMap(({ content }) => lapseIn(content) ?? [])).toEqual([
      { from: 'red', to: 'orange', cause: 'second' },
    ]);
    expect(life.open('lapse-review')).toBeDefined();
  });
});

describe('before a level lapses', () => {
  const rarely = { review: { unit: 'days', count: 90 } } as const;
  const slow = {
    yellow: { ...city.levels.yellow, ...rarely },
    orange: { ...city.levels.orange, ...rarely },
    red: { ...city.levels.red, ...rarely },
  };

  it.each(['yellow', 'orange', 'red'] as const)('somebody reviews a %s, two are reminded', (colour) => {
    const life = new PaperCase().report().decide(colour);
    if (colour === 'red') life.answer('second', { outcome: 'agree' });
    const end = lapsesOf(life);
    const { no } = life.task('renew');
    for (let last = 0; life.at < end; ) {
      const { from } = life.task('review');
      life.pass(Math.min(from + hour, end + hour) - life.at);
      if (life.at >= end) break;
      last = from;
      life.answer('review', { outcome: 'continue' });
      expect(last).toBeLessThan(end);
      // The last one is held so late that nothing new is left out, and in time.
      if (life.task('review').from >= end) expect(end - last).toBeLessThanOrEqual(7 * day);
    }
    const kinds = life.actions.flatMap(({ content }) =>
      'task' in content && content.task === no ? [content.kind] : [],
    );
    expect(kinds.filter((kind) => kind !== 'began')).toEqual(['reminded', 'warned', 'lapsed']);
  });

  it('a review falls before the end whatever its rhythm', () => {
    const monday = Date.parse('2026-01-05T10:00:00+08:00');
    const level = { colour: 'yellow', since: monday, begins: monday, lapses: monday + 60 * day, awaits: null } as const;
    const from = nextReview({ ...city, levels: slow }, { ...level, afterRed: false, renewed: false }, null);
    expect(from).toBeLessThan(level.lapses);
    expect(from).toBeGreaterThan(level.lapses - 10 * day);
  });

  it.each([
    'yellow',
    'orange',
    'red',
  ] as const)('the last review of a %s can be held in time, whatever holidays lie between', (colour) => {
    const begins = Date.parse('2026-01-01T10:00:00+08:00');
    const ends = Array.from({ length: 365 }, (_, i) => begins + i * day + i * hour);
    const late = ends.filter((lapses) => {
      const level = { colour, since: lapses - 60 * day, begins: lapses - 60 * day, lapses, awaits: null } as const;
      const from = nextReview({ ...city, levels: slow }, { ...level, afterRed: false, renewed: false }, null);
      return windows(city, 'review', colour, from).due > lapses;
    });
    expect(late.map((at) => new Date(at).toISOString())).toEqual([]);
  });
});
