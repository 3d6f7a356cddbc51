/** What was known at the decision: nothing prolongs a level but a new event (S9), and nobody reported reads what was told since. */
import { describe, expect, it } from 'vitest';
import type { Answer, Draft } from '../../../shared/domain/actions.ts';
import type { FactType } from '../../../shared/domain/facts.ts';
import { disputeIdFor } from '../../../shared/domain/ids.ts';
import type { DisputeState } from '../../../shared/domain/state.ts';
import { asTold } from '../../../shared/domain/told.ts';
import { entryOf, newestDecision, viewOf } from '../../../shared/domain/views.ts';
import type { Field } from '../../../shared/domain/who-may/matrix.ts';
import { ActionRefused, InputInvalid, NotYours, NoVerifiedEvent } from '../../../shared/errors.ts';
import { day, hour, PaperCase } from '../../support/paper-case.ts';
import { county, PlannedCase } from '../../support/planned-case.ts';

const reassess = { outcome: 'reassess', note: 'Nothing new, but look again.' } as const;
/** An orange below the proposal, seven days old, that somebody has reassessed. */
const again = () =>
  new PaperCase()
    .report()
    .decide('orange')
    .pass(7 * day + hour)
    .answer('review', reassess);
const by = (person: string, post = county): Draft['by'] => ({ role: 'staff', person, post });

describe('deciding a level anew on the same events', () => {
  it('prolongs nothing, whether it is raised, confirmed or falls back', () => {
    const life = again();
    const end = life.state.level?.lapses ?? 0;
    expect(life.decide('red').state.level).toMatchObject({
      colour: 'red',
      lapses: expect.toSatisfy((at) => at <= end),
    });
    life.answer('second', { outcome: 'disagree' });
    expect(life.state.level).toMatchObject({ colour: 'orange', lapses: expect.toSatisfy((at) => at <= end) });
    life.pass(end - life.at + hour);
    expect(life.state.level).toBeNull();
  });

  it('is no newer for who else tells of the same evening, nor for what happened before; what happened since renews', () => {
    const life = new PaperCase().report({ facts: ['threat_to_harm', 'physical_assault'] }).decide('yellow');
    const lapses = () => life.state.level?.lapses ?? 0;
    const evening = life.at;
    const tell = (id: string, at: number, fact: FactType) => {
      const about = { channel: 'grid', area: '999901001001', disputeType: 'neighbour' } as const;
      const event = { id, at, facts: [{ type: fact }], verified: 'grid' };
      life.do({ kind: 'reported', report: `grid/${id}`, ...about, owner: county, event, occurredAt: at });
      return life.drive();
    };
    const end = lapses();
    life.pass(end - life.at - day);
    tell('E-other', evening, 'threat_to_harm').decide('yellow');
    tell('E-before', evening - 5 * day, 'threat_to_harm').decide('yellow');
    expect(lapses()).toBe(end);
    tell('E-since', life.at, 'threat_to_harm').decide('yellow');
    expect(lapses()).toBe(life.at + 60 * day);
    // What happened before may be graver than what was known: a level that is raised on it has its own time.
    tell('E-grave', evening, 'threat_to_kill').decide('orange');
    tell('E-gravest', evening, 'weapon_present').decide('red');
    expect(life.state.level).toMatchObject({ colour: 'red', lapses: life.at + 14 * day, renewed: false });
  });

  it('raised, it becomes no orange that lasts longer than what stood', () => {
    const life = new PaperCase()
      .report()
      .decide('orange')
      .pass(29 * day)
      .answer('review', reassess);
    const end = life.state.level?.lapses ?? 0;
    life.decide('red').answer('second', { outcome: 'agree' });
    expect(life.state.level).toMatchObject({ colour: 'red', lapses: end });
    life.pass(end - life.at + hour);
    expect(life.state.level).toBeNull();
    // Raised earlier it has an orange period, as far as there is time left.
    const early = again();
    const last = early.state.level?.lapses ?? 0;
    early.decide('red').answer('second', { outcome: 'agree' });
    early.pass(14 * day + hour);
    expect(early.state.level).toMatchObject({ colour: 'orange', afterRed: true, lapses: last });
  });

  it('gives no second orange period after a red', () => {
    const life = new PaperCase()
      .report()
      .decide('red')
      .answer('second', { outcome: 'agree' })
      .pass(14 * day + hour);
    expect(life.state.level).toMatchObject({ colour: 'orange', afterRed: true });
    const end = life.state.level?.lapses ?? 0;
    life
      .pass(8 * day)
      .answer('review', reassess)
      .decide('red')
      .answer('second', { outcome: 'agree' });
    expect(life.state.level?.afterRed).toBe(true);
    life.pass(end - life.at + hour);
    expect(life.state.level).toBeNull();
  });

  it('gives the second person of a red no more time', () => {
    const life = new PaperCase()
      .report()
      .decide('red')
      .pass(20 * hour);
    const on = { owner: county, from: life.at, due: life.at + day };
    life.do({ kind: 'opened', tasks: [{ kind: 'decide', ...on }] });
    expect(life.decide('red').state.level?.awaits).not.toBeNull();
    life.pass(5 * hour);
    expect(life.state.level).toMatchObject({ colour: 'orange' });
  });

  it('leaves a renewal used up', () => {
    const life = new PaperCase()
      .report()
      .decide('orange')
      .pass(16 * day)
      .answer('renew', { outcome: 'renewed' });
    life.answer('review', reassess).decide('orange');
    expect(life.state.level?.renewed).toBe(true);
  });

  it('is refused by the rule table where it would, and is a new level with a new event', () => {
    const life = again();
    const { state } = life;
    const [event] = state.events;
    const lapses = (state.level?.lapses ?? 0) + hour;
    const decision = {
      choice: 'confirm',
      level: 'orange',
      events: [event?.id ?? ''],
      owner: state.owner,
      lapses,
    } as const;
    const answer: Answer = { task: 'decide', outcome: 'decided', decision };
    const decided = { kind: 'answered', task: life.task('decide').no, answer } as const;
    expect(() => life.do(decided)).toThrow(ActionRefused);
    life.report({ facts: ['physical_assault'] });
    life.do({ ...decided, task: life.task('decide').no });
    expect(life.state.level).toMatchObject({ lapses, renewed: false });
  });
});

describe('the rule table', () => {
  const answered = (life: PaperCase, answer: Answer, person: string) => () =>
    life.do({ kind: 'answered', task: life.task(answer.task).no, answer }, by(person));

  it('knows who was first: red and a deferral rest on another person', () => {
    const red = new PaperCase().report({ named: true }).decide('red', 'Lin');
    expect(answered(red, { task: 'second', outcome: 'agree' }, 'Lin')).toThrow(NotYours);
    expect(answered(red, { task: 'second-deferral', outcome: 'agree' }, 'Lin')).toThrow(NotYours);
    expect(answered(red, { task: 'second', outcome: 'agree' }, 'Hu')).not.toThrow();
  });

  it('lets nobody judge their own breaking of the glass, nor pass the review to whoever handles disputes', () => {
    const life = new PaperCase().report();
    life.do({ kind: 'glassBroken', post: county, person: 'Lin', until: life.at + hour }, by('Lin'));
    life.drive();
    const review = life.task('access-review');
    expect(answered(life, { task: 'access-review', outcome: 'justified' }, 'Lin')).toThrow(NotYours);
    const offer = { task: review.no, handOff: 'offer', to: county, until: life.at + hour } as const;
    expect(() => life.do({ kind: 'handOffOffered', ...offer })).toThrow(ActionRefused);
  });

  it('lets a lapse go downwards only', () => {
    const life = new PaperCase().report().decide('yellow');
    const lapse = { kind: 'lapsed', task: life.task('renew').no, from: 'yellow', lapses: life.at + day } as const;
    expect(() => life.do({ ...lapse, to: 'orange' })).toThrow(ActionRefused);
  });

  it('lets no level rest on what is more than a year old', () => {
    const life = new PaperCase().report({ facts: ['threat_to_kill', 'weapon_present'] });
    const { no, owner } = life.task('decide');
    const events = life.state.events.map(({ id }) => id);
    const decision = { choice: 'confirm', level: 'yellow', events, owner, lapses: life.at + 500 * day } as const;
    life.at += 366 * day;
    const answer: Answer = { task: 'decide', outcome: 'decided', decision };
    expect(() => life.do({ kind: 'answered', task: no, answer })).toThrow(NoVerifiedEvent);
  });
});

describe('what the person concerned reads', () => {
  const own: ReadonlySet<Field> = new Set(['summary', 'level', 'events', 'assessment', 'plan', 'needs', 'own']);

  it('is what was decided on, not what was told, verified or proposed since', () => {
    const life = new PaperCase().report({ facts: ['threat_to_harm', 'physical_assault'] }).decide('yellow');
    const before = viewOf(life.state, own);
    const [first] = life.state.events;
    expect(before).toMatchObject({ events: [{ id: first?.id }] });
    life.report({ facts: ['threat_to_kill', 'weapon_present', 'hardship_income'] });
    const { events, assessment, needs } = viewOf(life.state, own) as Record<string, unknown>;
    expect({ events, assessment, needs }).toMatchObject({
      events: [{ id: first?.id }],
      assessment: null,
      needs: { facts: [] },
    });
    const read = () =>
      life.actions.map((action) =>
        entryOf(action, own, { help: new Set(), notes: new Map(), decided: newestDecision(life.actions), gone: 0 }),
      );
    const proposals = () => read().filter((entry) => 'proposal' in entry).length;
    expect(proposals()).toBe(1);
    life.decide('red');
    expect(proposals()).toBe(2);
    expect(asTold(life.state).events).toHaveLength(2);
  });

  it('is nothing of how others are protected from them', () => {
    const safety = { kind: 'safety-planning', owner: county } as const;
    const { state } = new PlannedCase().plan({ kind: 'people-mediation' });
    const planned = {
      ...state,
      agreed: [safety],
      plan: { n: 1, waiting: [safety, { kind: 'legal-aid', owner: county } as const] },
    };
    const view = viewOf(planned, own);
    expect(JSON.stringify(view)).not.toContain('safety-planning');
    expect(JSON.stringify(view)).toContain('legal-aid');
    expect(JSON.stringify(viewOf(planned, new Set(['plan'])))).toContain('safety-planning');
  });

  it('nor that anything was done for a child', () => {
    const { state } = new PlannedCase();
    const outcomes = ['child-protection-1:protected', 'settle-1:settled'];
    const lists = { cases: [], unjoined: [], enquiries: [], reachable: [], informed: [] };
    const dispute: DisputeState = {
      ...{ ...state, ...lists, outcomes },
      ...{ merged: null, subject: 'dispute', id: disputeIdFor('police/1'), status: 'open' },
    };
    expect(viewOf(dispute, new Set(['summary', 'own']))).toMatchObject({ outcomes: ['settle-1:settled'] });
    expect(viewOf(dispute, new Set(['summary', 'tasks']))).toMatchObject({ outcomes });
  });
});

describe('a plan that the police are accountable for', () => {
  it('ends no help, and is not told of any', () => {
    const story = new PlannedCase().plan({ kind: 'counselling' }, { kind: 'legal-aid' }).open();
    const police = '999901001.township-police';
    story.state = { ...story.state, owner: police };
    expect(() => story.amend({ withdraw: ['measure-1'] }, police)).toThrow(InputInvalid);
    expect(() => story.amend({ withdraw: ['measure-1'] }, police)).toThrow(/measure-2(?!.*measure-1 )/);
    expect(story.amend({ withdraw: ['measure-2'] }, police).measures()).toEqual(['measure-1 counselling']);
  });
});

describe('what was told and nobody has looked at yet', () => {
  const endings = {
    'a lapse': (life: PaperCase) => life.pass(hour + day / 24),
    'a dismissal': (life: PaperCase) =>
      life.answer('decide', {
        outcome: 'dismiss',
        reason: 'Nothing of what was told on Monday holds.',
        changes: 'Nothing more is done.',
        events: life.state.events.slice(0, 1).map(({ id }) => id),
      }),
  };
  const toldLate = (how: keyof typeof endings) => {
    const life = new PaperCase().report();
    if (how === 'a lapse') life.decide('orange').pass(30 * day - hour);
    const about = { channel: 'grid', area: '999901001001', disputeType: 'neighbour' } as const;
    const event = { id: 'E-late', at: life.at, facts: [{ type: 'threat_to_kill' as const }] };
    life.do({ kind: 'reported', report: 'grid/late', ...about, owner: '999901001.township-centre', event });
    return endings[how](life.drive());
  };

  it.each([
    'a lapse',
    'a dismissal',
  ] as const)('is not ended by %s: it is looked at, and nothing of the level is left', (how) => {
    const life = toldLate(how);
    expect(life.state).toMatchObject({ level: null, status: 'reported' });
    const view = viewOf(life.state, new Set<Field>(['summary', 'level', 'tasks', 'assessment']));
    expect(view).toMatchObject({ level: null, assessment: null });
    expect(JSON.stringify(view)).not.toMatch(/orange|red"/);
    expect(life.answer('verify', { outcome: 'verified' }).open('decide')).toBeDefined();
  });

  it.each(['a lapse', 'a dismissal'] as const)('and after %s what is unfounded ends it', (how) => {
    const { state } = toldLate(how).answer('verify', { outcome: 'unfounded' });
    expect(state.endsAs).toBe('unfounded');
  });

  describe('nor what came to hold in the moment of a decision that was made upon something else', () => {
    const about = { channel: 'police', area: '999901001001', disputeType: 'neighbour' } as const;
    /** Verified, and not assessed yet. */
    const verifiedJustNow = (life: PaperCase) => {
      life.at += day;
      const event = { id: 'E-now', at: life.at, facts: [{ type: 'physical_assault' as const }], verified: 'police' };
      life.do({ kind: 'reported', report: 'police/now', ...about, owner: '999901001.township-centre', event });
      return life;
    };
    const given = { reason: 'A knife was shown on Monday.'.repeat(2), changes: 'She is protected.', events: ['E-0'] };

    it('a level is decided on it next, and until then nobody tells of it whom it is about', () => {
      const life = new PaperCase()
        .report()
        .decide('orange')
        .report({ facts: ['threat_to_harm'] });
      verifiedJustNow(life).answer('decide', { outcome: 'lower', level: 'orange', ...given });
      expect(life.open('decide')).toBeDefined();
      expect(asTold(life.state).events.map(({ id }) => id)).not.toContain('E-now');
    });

    it('a dismissal ends nothing over it: the way begins anew with it', () => {
      const life = verifiedJustNow(new PaperCase().report());
      life.answer('decide', { outcome: 'dismiss', ...given });
      expect(life.state).toMatchObject({ status: 'assessed', endsAs: null });
      expect(life.open('decide')).toBeDefined();
    });
  });

  it('nor is what holds and nobody has decided on, but what was only assessed again', () => {
    const near = () =>
      new PaperCase()
        .report()
        .decide('orange')
        .pass(30 * day - 2 * hour);
    const life = near()
      .report({ facts: ['physical_assault'] })
      .pass(3 * hour);
    expect(life.state).toMatchObject({ level: null, status: 'assessed' });
    expect(life.open('decide')).toBeDefined();
    expect(
      near()
        .answer('review', reassess)
        .pass(3 * hour).state,
    ).toMatchObject({ status: 'ending', endsAs: 'lapsed' });
  });
});
