import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CityInvalid, parseCity } from '../../../shared/config/city.ts';
import type { FactType } from '../../../shared/domain/facts.ts';
import { factCatalogue, factTypes } from '../../../shared/domain/facts.ts';
import { windows } from '../../../shared/domain/ladder.ts';
import { amendmentBody, measuresIn, proposePlan } from '../../../shared/domain/planning.ts';
import type { Level } from '../../../shared/domain/words.ts';
import { disputeTypes, levels, measureKinds } from '../../../shared/domain/words.ts';
import { ActionRefused, InputInvalid, NotYours } from '../../../shared/errors.ts';
import { city, cityFile } from '../../support/city.ts';
import { county, day, monday, PlannedCase, why } from '../../support/planned-case.ts';

const proposed = (told: PlannedCase) => proposePlan({ city: told.city, state: told.state, at: told.at });
const kindsFor = (told: ConstructorParameters<typeof PlannedCase>[0]) =>
  proposed(new PlannedCase({ city: roomy, ...told })).map(({ kind }) => kind);

const withRules = (more: readonly object[], without: (kind: string) => boolean = () => false) =>
  parseCity(
    {
      ...cityFile,
      levels: Object.fromEntries(
        Object.entries(cityFile.levels).map(([name, one]) => [name, { ...one, measures: name === 'yellow' ? 3 : 12 }]),
      ),
      responsibility: [...more, ...cityFile.responsibility.filter(({ kind }) => !without(kind))],
    },
    'planned.json',
  );
const roomy = withRules([]);

describe('what is proposed for a plan', () => {
  it('follows from dispute type, danger and needs, and says why in both languages, whose it is and by when', () => {
    const facts: FactType[] = ['threat_to_kill', 'weapon_present', 'hardship_income', 'alcohol_involved'];
    const plan = proposed(new PlannedCase({ city: roomy, facts }));
    expect(plan.map(({ kind }) => kind)).toEqual([
      'safety-planning',
      'joint-visit',
      'people-mediation',
      'counselling',
      'hardship-relief',
    ]);
    expect(plan.find(({ kind }) => kind === 'hardship-relief')).toMatchObject({
      why: [{ zh: '生活困难', en: 'no means to live' }],
      owner: '999901001.township-centre',
      // Twenty working days by the law, whatever the level.
      due: Date.parse('2026-02-02T17:30:00+08:00'),
    });
    expect(plan.find(({ kind }) => kind === 'counselling')?.due).toBe(usual);
  });

  it('names whom the list names for this kind of dispute before whom it names for all', () => {
    const own = withRules([
      { kind: 'administrative-mediation', disputeTypes: ['labour_wage'], tier: 'township', duty: 'township-centre' },
    ]);
    expect(kindsFor({ city: own, disputeType: 'labour_wage' })).toContain('administrative-mediation');
    expect(kindsFor({ city: own, disputeType: 'debt' })).toContain('people-mediation');
  });

  it('leaves the owner to the county where no row of the list fits', () => {
    const gap = withRules(
      [{ kind: 'counselling', disputeTypes: ['medical'], tier: 'county', duty: 'county-health' }],
      (kind) => kind === 'counselling',
    );
    const facts: FactType[] = ['threat_to_kill', 'weapon_present', 'alcohol_involved'];
    const plan = proposed(new PlannedCase({ city: gap, facts }));
    expect(plan.find(({ kind }) => kind === 'counselling')?.owner).toBeNull();
  });

  it('knows a need by what is wanted: a need changes the help and never anything else', () => {
    const dangers: FactType[] = ['threat_to_kill', 'weapon_present'];
    const plain = kindsFor({ facts: dangers });
    const needs = factTypes.filter((type) => factCatalogue[type].element === 'needs');
    for (const need of needs) {
      const more = kindsFor({ facts: [...dangers, need] });
      expect(more.slice(0, plain.length), need).toEqual(plain);
      expect(more, need).toHaveLength(plain.length + 1);
    }
    // Nobody is offered these for who they are.
    expect(needs.flatMap((need) => kindsFor({ facts: [...dangers, need] }))).not.toContain('newcomer-support');
  });

  it('is never more than a plan holds at the level, protection first', () => {
    const everything = fc.record({
      disputeType: fc.constantFrom(...disputeTypes),
      more: fc.subarray([...factTypes]),
      level: fc.constantFrom(...levels),
    });
    fc.assert(
      fc.property(everything, ({ disputeType, more, level }) => {
        const facts = [...new Set<FactType>(['threat_to_kill', 'weapon_present', ...more])];
        const plan = proposed(new PlannedCase({ disputeType, facts, level }));
        expect(plan.length).toBeLessThanOrEqual(city.levels[level].measures);
        expect(plan[0]?.kind).toBe('safety-planning');
        expect(new Set(plan.map(({ kind }) => kind)).size).toBe(plan.length);
      }),
      { numRuns: 200 },
    );
  });

  it('takes in what a talk agreed on', () => {
    const story = new PlannedCase({ city: roomy });
    const on = { from: story.at, due: story.at + day, owner: county };
    story.do({ kind: 'opened', tasks: [{ kind: 'minutes', ...on }] });
    story.act('minutes-1', 'answer', { outcome: 'written', actions: [{ kind: 'interpreter' }] });
    expect(proposed(story)).toContainEqual(expect.objectContaining({ kind: 'interpreter', why: [atTalk] }));
  });
});

const atTalk = { zh: '会商商定', en: 'agreed at the talk' };
const usual = windows(city, 'measure', null, monday).due;

describe('a plan', () => {
  it('gives each measure its owner and date: whom the plan names, else whom the list names; by the plan, else by the city', () => {
    const due = new Date(monday + 9 * day).toISOString();
    const story = new PlannedCase().plan(
      { kind: 'counselling', owner: '999901.county-health', due },
      { kind: 'legal-aid' },
    );
    story.open();
    expect(story.task('measure-1')).toMatchObject({ owner: '999901.county-health', due: Date.parse(due) });
    expect(story.task('measure-2').owner).toBe('999901001.township-centre');
  });

  it.each([
    [{ kind: 'counselling', owner: '999901001.township-police' }, 'measures.0.owner'],
    [{ kind: 'counselling', owner: '999901001.nobody' }, 'measures.0.owner'],
    [{ kind: 'counselling', due: '2026-01-04T10:00:00+08:00' }, 'measures.0.due'],
    [{ kind: 'watch-closely' }, 'measures.0.kind'],
  ])('refuses %j', (measure, path) => {
    const error = refusalOf(() => new PlannedCase().plan(measure));
    expect(error).toBeInstanceOf(InputInvalid);
    expect(error).toMatchObject({ faults: [{ path }] });
  });

  it('holds no more than the city allows at the level, with what is open and what waits, however it grows', () => {
    const four = ['counselling', 'legal-aid', 'interpreter', 'joint-visit'].map((kind) => ({ kind }));
    const error = refusalOf(() => new PlannedCase({ level: 'yellow' }).plan(...four));
    expect(error?.message).toContain('at most 3 measures in a plan at yellow');
    const story = new PlannedCase({ level: 'yellow' }).plan(...four.slice(0, 2)).open();
    story.amend({ add: [four[2]] });
    expect(measuresIn(story.state)).toHaveLength(3);
    expect(refusalOf(() => story.amend({ add: [four[3]] }))?.message).toContain('it holds 3');
    story.open();
    expect(refusalOf(() => story.amend({ add: [four[3]] }))?.message).toContain('it holds 3');
    // What makes room may be said in the same breath.
    story.amend({ add: [four[3]], withdraw: ['measure-1'] }).open();
    expect(story.measures()).toEqual(['measure-2 legal-aid', 'measure-3 interpreter', 'measure-4 joint-visit']);
  });

  it('a talk’s measures join it as far as there is room, and what the plan says itself counts', () => {
    const story = new PlannedCase({ level: 'yellow' });
    const on = { from: story.at, due: story.at + day, owner: county };
    story.do({ kind: 'opened', tasks: [{ kind: 'minutes', ...on }] });
    const actions = ['counselling', 'legal-aid', 'interpreter'].map((kind) => ({ kind }));
    story.act('minutes-1', 'answer', { outcome: 'written', actions });
    story.plan({ kind: 'joint-visit' }, { kind: 'counselling', owner: '999901.county-health' });
    expect(story.waiting.map(({ kind, owner }) => [kind, owner])).toEqual([
      ['joint-visit', '999901001001.mediator'],
      ['counselling', '999901.county-health'],
      ['legal-aid', '999901001001.mediator'],
    ]);
    expect(story.state.agreed).toEqual([]);
  });

  it('random plans and amendments never hold more than the level allows, and lose nothing that was done', () => {
    const change = fc.record({
      add: fc.array(fc.constantFrom(...measureKinds.slice(5)), { maxLength: 4 }),
      withdraw: fc.array(fc.nat(6), { maxLength: 2 }),
      done: fc.option(fc.nat(4), { nil: undefined }),
    });
    const life = fc.tuple(fc.constantFrom<Level>('yellow', 'orange'), fc.array(change, { maxLength: 8 }));
    fc.assert(
      fc.property(life, ([level, changes]) => {
        const story = new PlannedCase({ level }).plan({ kind: 'counselling' }).open();
        for (const { add, withdraw, done } of changes) {
          const before = story.state.measuresDone;
          const open = Object.keys(story.state.tasks);
          const refused = refusalOf(() =>
            story.amend({ add: add.map((kind) => ({ kind })), withdraw: withdraw.map((k) => `measure-${k}`) }),
          );
          if (refused) expect(Object.keys(story.state.tasks)).toEqual(open);
          expect(story.state.measuresDone).toBe(before);
          story.open();
          const finished = story.measures()[done ?? -1]?.split(' ')[0];
          if (finished) story.act(finished, 'answer', { outcome: 'done' });
          expect(measuresIn(story.state).length).toBeLessThanOrEqual(city.levels[level].measures);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('a plan changes only by decision', () => {
  const planned = () => new PlannedCase().plan({ kind: 'counselling' }, { kind: 'legal-aid' }).open();

  it('of the post that is accountable, on the decision that stands, with the events that it rests on', () => {
    const story = planned();
    const { rev } = story.state;
    story.amend({ add: [{ kind: 'interpreter' }], withdraw: ['measure-2'] });
    // Another execution drives the changed plan.
    expect(story.state.rev).toBe(rev + 1);
    expect(story.measures()).toEqual(['measure-1 counselling']);
    expect(story.open().measures()).toEqual(['measure-1 counselling', 'measure-3 interpreter']);
    expect(refusalOf(() => planned().amend({ withdraw: ['measure-1'] }, '999901001.township-centre'))).toBeInstanceOf(
      NotYours,
    );
  });

  it.each([
    [{ withdraw: ['measure-9'] }, 'withdraw.0'],
    [{ withdraw: ['plan-1'] }, 'withdraw.0'],
    [{ withdraw: ['measure-1', 'measure-1'] }, 'withdraw.1'],
    [{ add: [{ kind: 'interpreter' }], events: ['E-7'] }, 'events.0'],
    [{}, 'add'],
  ])('refuses %j', (change, path) => {
    const error = refusalOf(() => planned().amend(change));
    expect(error).toMatchObject({ faults: [{ path }] });
  });

  it('a reason has twenty characters and speaks of help: verbs of coercion are refused', () => {
    const fits = (more: object) => amendmentBody.safeParse({ reason: why, events: ['E-1'], ...more }).success;
    expect(fits({})).toBe(true);
    expect(fits({ reason: 'too short' })).toBe(false);
    expect(fits({ events: [] })).toBe(false);
    for (const word of ['管控', '稳控', '布控', '列管', '限制出行', 'surveillance', 'put on a watch list']) {
      expect(fits({ reason: `本周起对其进行${word}，直到他不再上门，由社区负责落实。` }), word).toBe(false);
    }
    const noted = (note: string) => {
      const story = new PlannedCase().open();
      return refusalOf(() =>
        story.act('plan-1', 'answer', { outcome: 'planned', measures: [{ kind: 'counselling' }], note }),
      );
    };
    expect(noted('列入重点人员，实行稳控')).toBeInstanceOf(InputInvalid);
    expect(noted('请先电话联系')).toBeUndefined();
  });

  it('not before there is a plan, nor when the level is over; whether it is resolved is asked anew', () => {
    expect(refusalOf(() => new PlannedCase().amend({ add: [{ kind: 'interpreter' }] }))).toBeInstanceOf(ActionRefused);
    const story = planned();
    for (const no of ['measure-1', 'measure-2']) story.act(no, 'answer', { outcome: 'done' });
    expect(Object.keys(story.open().state.tasks)).toContain('resolve-1');
    story.amend({ add: [{ kind: 'interpreter' }] });
    expect(Object.keys(story.open().state.tasks)).not.toContain('resolve-1');
    story.act('measure-3', 'answer', { outcome: 'done' }).open();
    story.act('resolve-2', 'answer', { outcome: 'resolved' });
    expect(refusalOf(() => story.amend({ add: [{ kind: 'interpreter' }] }))).toBeInstanceOf(ActionRefused);
  });
});

describe('where no row of the list fits', () => {
  const gap = withRules(
    [{ kind: 'interpreter', disputeTypes: ['medical'], tier: 'county', duty: 'county-centre' }],
    (kind) => kind === 'interpreter',
  );

  it('the county assigns it; the measure keeps its date and whom the parties chose, and others do not wait for it', () => {
    const due = new Date(monday + 9 * day).toISOString();
    const chosen = { kind: 'interpreter', due, mediator: '999901.interpreters' };
    const story = new PlannedCase({ city: gap }).plan(chosen, { kind: 'legal-aid' }).open();
    expect(story.measures()).toEqual(['measure-1 legal-aid']);
    expect(story.task('assign-1')).toMatchObject({ owner: county, measure: 'interpreter' });
    story.act('measure-1', 'answer', { outcome: 'done' }).open();
    // Asked for once, and not resolved meanwhile.
    expect(Object.keys(story.state.tasks).filter((no) => /^(assign|resolve)/.test(no))).toEqual(['assign-1']);
    story.act('assign-1', 'answer', { outcome: 'assigned', owner: '999901.county-health' }).open();
    expect(story.task('measure-2')).toMatchObject({
      owner: '999901.county-health',
      due: Date.parse(due),
      mediator: '999901.interpreters',
    });
  });

  it('may be withdrawn before the county has said whose it is', () => {
    const story = new PlannedCase({ city: gap })
      .plan({ kind: 'interpreter' })
      .open()
      .amend({ withdraw: ['assign-1'] });
    expect(story.waiting).toEqual([]);
    expect(Object.keys(story.open().state.tasks)).toContain('resolve-1');
  });

  it('a city names somebody for each kind of measure at least somewhere', () => {
    const without = {
      ...cityFile,
      responsibility: cityFile.responsibility.filter(({ kind }) => kind !== 'interpreter'),
    };
    expect(() => parseCity(without, 'gap.json')).toThrow(CityInvalid);
  });
});

function refusalOf(attempt: () => unknown): Error | undefined {
  try {
    attempt();
    return undefined;
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
}
