import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCity } from '../../../shared/config/city.ts';
import { noticeParts, noticeText } from '../../../shared/domain/notice-text.ts';
import { namesReporter } from '../../../shared/domain/noticing.ts';
import { viewOf } from '../../../shared/domain/views.ts';
import { type DisputeType, disputeTypes } from '../../../shared/domain/words.ts';
import { ActionRefused, HejieError, InputInvalid, NotYours } from '../../../shared/errors.ts';
import { city, cityFile } from '../../support/city.ts';
import { day, hour, monday, PaperCase, why } from '../../support/paper-case.ts';
import { man, reportOf, woman } from '../../support/reports.ts';

const deferred = { outcome: 'deferred', ground: 'safety-of-the-affected', note: why } as const;
const told = { outcome: 'told' } as const;
const orange = (more: Parameters<PaperCase['report']>[0] = {}) => new PaperCase().report(more).decide('orange');
const protectedHer = (more: Parameters<PaperCase['report']>[0] = { named: true }) =>
  orange(more).answer('protect', { outcome: 'protected' });

describe('when the notice starts deferred', () => {
  it.each<[string, boolean, Parameters<PaperCase['report']>[0]]>([
    ['neighbours, nobody named', false, {}],
    ['who tells of it can be identified', true, { named: true }],
    ['partners', true, { disputeType: 'intimate_partner' }],
    ['a family', true, { disputeType: 'marriage_family' }],
    ['pursuit', true, { facts: ['threat_to_kill', 'weapon_present', 'stalking_harassment'] }],
    ['a separation', true, { facts: ['threat_to_kill', 'weapon_present', 'separation_or_divorce'] }],
  ])('%s: %s', (_, starts, more) => {
    const { state } = orange(more);
    expect(state.notice.deferral).toEqual(
      starts
        ? {
            ground: 'safety-of-the-affected',
            until: monday + 30 * day,
            person: 'P 999901.county-centre',
            department: 'justice',
            agreed: false,
          }
        : null,
    );
    expect(Object.values(state.tasks).filter(({ kind }) => kind === 'second-deferral')).toHaveLength(starts ? 1 : 0);
    expect(Object.values(state.tasks).filter(({ kind, begun }) => kind === 'notify' && begun)).toHaveLength(
      starts ? 0 : 1,
    );
  });

  it('only the fact that somebody can be told apart counts, and only of those who ask for help', () => {
    const people = (...all: object[]) => namesReporter(reportOf('1', { people: all }));
    expect(people(woman, man)).toBe(true);
    expect(people({ role: 'complainant', phone: '13800000009' })).toBe(true);
    expect(people({ role: 'affected' }, man)).toBe(false);
    expect(people({ ...woman, role: 'witness' }, man)).toBe(false);
  });

  it('what was only said not to be so, or was withdrawn, puts nothing off', () => {
    const life = new PaperCase();
    life.report();
    const event = life.state.events[0];
    expect(event).toBeDefined();
    life.do({
      ...{ kind: 'reported', report: 'police/2', channel: 'police', area: '999901001001', disputeType: 'neighbour' },
      owner: '999901001.township-centre',
      event: { id: 'E-not', at: monday, facts: [{ type: 'stalking_harassment', negated: true }], verified: 'police' },
    });
    expect(life.drive().decide('orange').state.notice.deferral).toBeNull();
  });
});

describe('protection first', () => {
  it('while the affected person was not told there is nothing that could be answered “told”', () => {
    const life = protectedHer();
    expect(life.task('notify')).toMatchObject({ begun: false, from: monday + 30 * day });
    expect(() => life.answer('notify', told)).toThrow(ActionRefused);
    life.answer('forewarn', { outcome: 'told', safetyPlan: 'kept' });
    expect(life.task('notify')).toMatchObject({ begun: false, from: monday + 2 * day });
    expect(() => life.answer('notify', told)).toThrow(ActionRefused);
    expect(life.pass(2 * day - 1).task('notify').begun).toBe(false);
    life.pass(1).answer('notify', told);
    expect(life.state).toMatchObject({
      told: true,
      notice: { of: 'orange', deferral: null, since: null, clear: null },
    });
    expect(['notify', 'forewarn', 'second-deferral'].filter((kind) => life.open(kind as 'notify'))).toEqual([]);
  });

  it('nobody is told of anything before the affected person was contacted', () => {
    const life = orange({ named: true });
    expect(life.open('forewarn')).toBeUndefined();
    expect(life.answer('protect', { outcome: 'protected' }).task('forewarn')).toMatchObject({ begun: true });
  });

  it('the plan does not wait for the notice', () => {
    const life = protectedHer();
    life.answer('plan', { outcome: 'planned', measures: [{ kind: 'counselling' }] });
    expect(life.state).toMatchObject({ status: 'carrying-out', told: false });
  });

  it('what is said of the safety plan fits whether one stands', () => {
    const standing = protectedHer();
    const none = orange({ named: true }).answer('protect', { outcome: 'protected', safetyPlan: 'not-wanted' });
    const say = (life: PaperCase, safetyPlan: string) => () => life.answer('forewarn', { outcome: 'told', safetyPlan });
    for (const safetyPlan of ['made', 'not-wanted']) expect(say(standing, safetyPlan)).toThrow(InputInvalid);
    for (const safetyPlan of ['kept', 'changed']) expect(say(none, safetyPlan)).toThrow(InputInvalid);
    expect(() => standing.answer('forewarn', told)).toThrow(InputInvalid);
    expect(none.open('safety-plan')).toBeUndefined();
    say(none, 'made')();
    expect(none.state.safetyPlan).toBe(true);
    expect(none.task('safety-plan')).toMatchObject({ begun: false, from: monday + 30 * day, level: null });
  });
});

describe('a deferral', () => {
  it('rests on one person until a second of another department agrees', () => {
    const life = protectedHer();
    expect(() => life.answer('second-deferral', { outcome: 'agree' }, 'P 999901.county-centre')).toThrow(NotYours);
    const { no } = life.task('second-deferral');
    life.do({ kind: 'handOffOffered', task: no, handOff: 'h', to: '999901.county-centre', until: life.at + day });
    const stint = { owner: '999901.county-centre', due: life.at + day };
    life.do({ kind: 'handOffAccepted', task: no, handOff: 'h', stint });
    expect(() => life.answer('second-deferral', { outcome: 'agree' }, 'another')).toThrow(/another department/);
    life.do({ kind: 'handOffOffered', task: no, handOff: 'i', to: '999901.county-police', until: life.at + day });
    life.do({ kind: 'handOffAccepted', task: no, handOff: 'i', stint: { ...stint, owner: '999901.county-police' } });
    expect(life.answer('second-deferral', { outcome: 'agree' }).state.notice.deferral).toMatchObject({ agreed: true });
    expect(life.task('notify').from).toBe(monday + 30 * day);
  });

  it.each([
    'disagreed',
    'silence',
  ] as const)('is void where the second %s: the notice is demanded, and still waits for her', (what) => {
    const life = orange({ named: true });
    if (what === 'silence') life.pass(4 * day);
    else life.answer('second-deferral', { outcome: 'disagree' });
    expect(life.state.notice.deferral).toBeNull();
    expect(life.task('notify').begun).toBe(true);
    expect(() => life.answer('notify', told)).toThrow(/has not been told/);
    life.answer('protect', { outcome: 'protected' }).answer('forewarn', { outcome: 'told', safetyPlan: 'kept' });
    expect(() => life.answer('notify', told)).toThrow(/it may go out from/);
    expect(life.pass(2 * day).answer('notify', told).state.told).toBe(true);
  });

  it('at its end demands a decision and never fires by itself', () => {
    const life = orange({ named: true }).answer('second-deferral', { outcome: 'agree' });
    // The level is renewed beside, so that it does not lapse first.
    life
      .pass(16 * day)
      .answer('renew', { outcome: 'renewed' })
      .pass(14 * day);
    expect(life.at).toBe(monday + 30 * day);
    expect(life.task('notify')).toMatchObject({ begun: true, climbs: 0 });
    const { owner } = life.task('notify');
    life.pass(10 * day);
    expect(life.state.told).toBe(false);
    expect(life.task('notify')).not.toMatchObject({ owner });
    expect(() => life.answer('notify', told)).toThrow(ActionRefused);
  });

  it('is chosen anew with ground and reason, for a month at most and ninety days in all; secrecy by law has no such end', () => {
    const life = protectedHer({ named: true }).answer('second-deferral', { outcome: 'disagree' });
    expect(() => life.answer('notify', { outcome: 'deferred', note: why })).toThrow(InputInvalid);
    expect(() => life.answer('notify', { ...deferred, note: 'too short' })).toThrow(InputInvalid);
    const until = (at: number) => new Date(at).toISOString();
    expect(() => life.answer('notify', { ...deferred, until: until(monday + 30 * day + 1) })).toThrow(InputInvalid);
    const starts: number[] = [];
    for (let i = 0; i < 3; i++) {
      starts.push(life.at);
      life.answer('notify', deferred).answer('second-deferral', { outcome: 'agree' });
      // Chosen: it runs to its end, and the affected person is told before that.
      expect(life.task('forewarn').from).toBe(life.at + 26 * day);
      life.at = life.task('notify').from;
      life.do({ kind: 'began', task: life.task('notify').no });
    }
    expect(life.at).toBe(monday + 90 * day);
    expect(() => life.answer('notify', deferred)).toThrow(/put off since/);
    const secret = { ...deferred, ground: 'secrecy-by-law' };
    expect(life.answer('notify', secret).state.notice.deferral).toMatchObject({ until: monday + 120 * day });
  });

  it('for her safety lets nobody tell him before her, whatever the facts; on another ground it does', () => {
    const telling = (ground: string) => {
      const life = orange().answer('protect', { outcome: 'protected' });
      life.answer('notify', { ...deferred, ground, until: new Date(life.at + 10 * day).toISOString() });
      life.answer('second-deferral', { outcome: 'agree' }).pass(10 * day);
      return () => life.answer('notify', told).state.told;
    };
    expect(telling('safety-of-the-affected')).toThrow(/has not been told/);
    expect(telling('hinders-duty')()).toBe(true);
  });

  it('stands in what those who work see, and not in what the person concerned sees', () => {
    const { state } = protectedHer();
    const worker = viewOf(state, new Set(['level', 'plan', 'summary']));
    expect(worker).toMatchObject({ deferral: { ground: 'safety-of-the-affected', agreed: false }, tellFrom: null });
    expect(viewOf(state, new Set(['level', 'plan', 'own']))).not.toHaveProperty('deferral');
    // Nor by whoever only knows that there is a level, as the police of the area do.
    expect(viewOf(state, new Set(['level', 'summary']))).not.toHaveProperty('deferral');
  });

  it('is told of again at a higher level, where what was known is closed until then; not at a lower one', () => {
    const life = protectedHer({ named: true, facts: ['threat_to_harm', 'physical_assault'] });
    life
      .answer('forewarn', { outcome: 'told', safetyPlan: 'kept' })
      .pass(2 * day)
      .answer('notify', told);
    life.report({ facts: ['threat_to_kill', 'weapon_present'] }).decide('red');
    expect(life.state).toMatchObject({ told: false, level: { colour: 'red' }, notice: { of: 'orange' } });
    expect(life.state.notice.deferral).not.toBeNull();
    life.answer('second', { outcome: 'disagree' });
    expect(life.state).toMatchObject({ told: true, level: { colour: 'orange' }, notice: { deferral: null } });
    expect(['notify', 'forewarn', 'second-deferral'].filter((kind) => life.open(kind as 'notify'))).toEqual([]);
  });
});

describe('the notice', () => {
  it('says what, why, on which ground, who, how, how long, how to see, correct and contest, in both languages', () => {
    const { state } = orange({ named: true });
    const text = noticeText(city, state) ?? [];
    expect(text.map(({ part }) => part)).toEqual(noticeParts);
    const all = (key: 'zh' | 'en') => text.map((one) => one[key]).join('\n');
    for (const said of ['橙色', '邻里', '2026-01-05 扬言杀人 持有凶器', city.notice.basis.zh, '2026-02-04']) {
      expect(all('zh')).toContain(said);
    }
    for (const said of ['orange', 'neighbours', 'threat to kill', city.notice.basis.en, '2026-02-04', 'reviewer']) {
      expect(all('en')).toContain(said);
    }
  });

  it('says nothing of needs, and nothing at all of a level that lapsed', () => {
    const life = orange({ facts: ['threat_to_kill', 'weapon_present', 'hardship_medical'] });
    expect(JSON.stringify(noticeText(city, life.state))).not.toMatch(/疾病|illness/);
    life.pass(31 * day);
    expect(life.state.level).toBeNull();
    expect(noticeText(city, life.state)).toBeUndefined();
  });

  it.each([
    ['forewarn', '47 hours'],
    ['forewarn', '2 working days'],
    ['deferral', '31 days'],
    ['inAll', '91 days'],
    ['inAll', '29 days'],
  ])('a city whose %s is %s is refused', (key, value) => {
    const notice = { ...cityFile.notice, [key]: value };
    expect(() => parseCity({ ...cityFile, notice }, 'loose.json')).toThrow(`notice.${key}`);
  });
});

const answers = {
  second: [{ outcome: 'agree' }, { outcome: 'disagree' }],
  'second-deferral': [{ outcome: 'agree' }, { outcome: 'disagree' }],
  forewarn: [
    { outcome: 'told', safetyPlan: 'kept' },
    { outcome: 'told', safetyPlan: 'changed' },
  ],
  notify: [told, deferred],
  plan: [{ outcome: 'planned', measures: [{ kind: 'counselling' }] }],
  measure: [{ outcome: 'done' }],
  review: [{ outcome: 'continue' }, { outcome: 'reassess' }],
  renew: [{ outcome: 'renewed' }, { outcome: 'ended' }],
  resolve: [{ outcome: 'resolved' }, { outcome: 'not-yet' }],
  decide: [{ outcome: 'dismiss', reason: why, changes: 'Nothing more is done.', events: ['E-0'] }],
  'check-in': [{ outcome: 'well' }, { outcome: 'concern' }, { outcome: 'relapse', facts: ['threat_to_harm'] }],
  'safety-plan': [{ outcome: 'kept' }],
} as const;
type Answered = keyof typeof answers;
const kinds = Object.keys(answers) as Answered[];

type Step = { readonly pass: number } | { readonly kind: Answered; readonly which: number };
const steps = fc.array(
  fc.oneof(
    fc.record({ pass: fc.integer({ min: hour, max: 12 * day }) }),
    fc.record({ kind: fc.constantFrom(...kinds), which: fc.nat(2) }),
  ),
  { minLength: 5, maxLength: 24 },
);

function take(life: PaperCase, step: Step): void {
  if ('pass' in step) {
    life.pass(step.pass);
    return;
  }
  const given = answers[step.kind];
  try {
    if (life.open(step.kind)) life.answer(step.kind, given[step.which % given.length] ?? {});
  } catch (refused) {
    if (!(refused instanceof HejieError)) throw refused;
  }
}

describe('whatever happens', () => {
  it('no lapse, dismissal, resolution or relapse touches a safety plan, and no view shows a level that is gone', () => {
    fc.assert(
      fc.property(steps, fc.constantFrom<DisputeType>(...disputeTypes), (all, disputeType) => {
        const life = protectedHer({ disputeType });
        for (const step of all) {
          take(life, step);
          const { state } = life;
          expect(state.safetyPlan).toBe(true);
          expect(life.task('safety-plan').level).toBeNull();
          expect(state.status).not.toBe('closed');
          if (state.status !== 'ending') continue;
          const view = viewOf(state, new Set(['summary', 'level', 'tasks', 'help', 'assessment', 'plan']));
          expect(JSON.stringify(view)).not.toMatch(/"(red|orange|yellow)"/);
        }
        life.pass(day);
        while (!life.task('safety-plan').begun) life.pass(day);
        expect(() => life.answer('safety-plan', { outcome: 'ended', note: 'too short' })).toThrow(InputInvalid);
        life.answer('safety-plan', { outcome: 'ended', note: 'She says that she is safe and wants it no more.' });
        expect(life.state.safetyPlan).toBe(false);
        expect(life.open('safety-plan')).toBeUndefined();
      }),
      { numRuns: 30 },
    );
  });

  it('nobody is told before the affected person was, two days ago, since the last deferral', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const life = orange({ named: true }).answer('protect', { outcome: 'protected' });
        for (const step of all) take(life, step);
        let forewarned: number | null = null;
        for (const { content, at } of life.actions) {
          if (content.kind !== 'answered') continue;
          const { answer } = content;
          if (answer.task === 'forewarn') forewarned = at;
          if (answer.task !== 'notify') continue;
          if (answer.outcome === 'told') {
            expect(forewarned).not.toBeNull();
            expect(at - (forewarned ?? at)).toBeGreaterThanOrEqual(2 * day);
          }
          forewarned = null;
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('safety planning that a plan asked for', () => {
  it('goes on when the level lapses, as every other measure does not, and the case with it', () => {
    const life = orange().answer('protect', { outcome: 'protected', safetyPlan: 'not-wanted' });
    const measures = [{ kind: 'safety-planning' }, { kind: 'legal-aid' }];
    life.answer('plan', { outcome: 'planned', measures }).pass(31 * day);
    expect(life.state).toMatchObject({ level: null, status: 'ending' });
    expect(Object.values(life.state.tasks).map(({ measure }) => measure)).toEqual(['safety-planning']);
    expect(life.answer('measure', { outcome: 'done' }).state.status).toBe('closed');
  });
});
