/** Whoever looks at an event says when it happened, or that it was told before: told again it counts once and renews nothing (S9). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FactType } from '../../../shared/domain/facts.ts';
import { absoluteEnd, year } from '../../../shared/domain/level-end.ts';
import { noticeText } from '../../../shared/domain/notice-text.ts';
import { yieldsOf } from '../../../shared/domain/screening.ts';
import { taskCommand } from '../../../shared/domain/task-commands.ts';
import { entryOf, viewOf } from '../../../shared/domain/views.ts';
import type { Field } from '../../../shared/domain/who-may/matrix.ts';
import { withdrawal } from '../../../shared/domain/withdrawing.ts';
import { HejieError, InputInvalid, NoVerifiedEvent } from '../../../shared/errors.ts';
import { city } from '../../support/city.ts';
import { day, hour, PaperCase } from '../../support/paper-case.ts';
import { county } from '../../support/planned-case.ts';
import { other, quarrel, Two } from '../../support/two-cases.ts';

const blows: readonly FactType[] = ['threat_to_harm', 'physical_assault'];
const evening = { facts: blows, undated: true } as const;
const iso = (at: number) => new Date(at).toISOString();
const lapsesOf = ({ state }: PaperCase) => state.level?.lapses ?? 0;
const idOf = ({ state }: PaperCase, i: number) => state.events[i]?.id ?? '';

/** A yellow on an evening that one caller told of, without saying when it was. */
const yellow = () => new PaperCase().report(evening).decide('yellow');
/** The same caller tells of it again, without a date; nobody has looked. */
const toldAgain = (facts = blows, life = yellow().pass(40 * day)) =>
  life.report({ facts, undated: true, unverified: true });

const refusal = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    if (error instanceof InputInvalid) return error.faults;
    if (error instanceof HejieError) return error.message;
    throw error;
  }
  return 'done';
};
/** It turned out not to be so. */
const withdrawn = (life: PaperCase, event: string) => {
  const by = { role: 'staff', person: 'Lin', post: county } as const;
  life.do(withdrawal({ city, state: life.state, by, at: life.at }, event), by);
  return life.drive();
};

describe('what nobody has dated', () => {
  it('makes no trend: only days that somebody has said do', () => {
    const life = new PaperCase()
      .report({ facts: blows })
      .pass(10 * day)
      .report({ facts: blows });
    life.pass(10 * day).report(evening);
    expect(life.state.assessment).toMatchObject({ trend: 'steady' });
    life.pass(2 * day).report({ facts: blows });
    expect(life.state.assessment).toMatchObject({ trend: 'falling' });
  });

  it('is decided on, counts, and renews no level: neither its time nor its renewal', () => {
    const life = yellow();
    const end = lapsesOf(life);
    life.pass(life.task('renew').from - life.at + hour).answer('renew', { outcome: 'renewed' });
    const renewed = lapsesOf(life);
    expect(renewed).toBeGreaterThan(end);
    const points = life.state.assessment?.points ?? 0;
    life.pass(day);
    toldAgain(['threat_to_harm'], life).answer('verify', { outcome: 'verified' });
    expect(life.state.assessment?.points).toBeGreaterThan(points);
    life.decide('yellow');
    expect(lapsesOf(life)).toBeLessThanOrEqual(renewed);
    expect(life.state.level).toMatchObject({ renewed: true });
  });

  it('may raise a level, which then has its own time: protection waits for no date', () => {
    const life = toldAgain().answer('verify', { outcome: 'verified' });
    expect(life.state.assessment?.proposal).toBe('orange');
    expect(life.decide('orange').state.level).toMatchObject({ colour: 'orange', lapses: life.at + 30 * day });
  });

  it('moves the end of a year by nothing; only what was told first counts from then', () => {
    const life = yellow();
    const first = life.at;
    expect(absoluteEnd(life.state)).toBe(first + year);
    toldAgain(blows, life.pass(50 * day)).answer('verify', { outcome: 'verified' });
    expect(absoluteEnd(life.state)).toBe(first + year);
    life.report({ facts: ['threat_to_harm'] });
    expect(absoluteEnd(life.state)).toBe(life.at + year);
  });

  it('after a year is no ground of a level: whoever verifies it is asked when it happened, and whoever decides is refused', () => {
    const life = yellow();
    life.pass(lapsesOf(life) - life.at + hour).at += year;
    toldAgain(blows, life);
    const needed = { path: 'occurredAt', value: null, allowed: expect.stringContaining('when it happened') };
    expect(refusal(() => life.answer('verify', { outcome: 'verified' }))).toEqual([needed]);
    life.answer('verify', { outcome: 'verified', occurredAt: iso(life.at - day) });
    expect(life.decide('orange').state.level).toMatchObject({ colour: 'orange' });
    // What was verified on the spot, nobody asked.
    const other = yellow();
    other.pass(lapsesOf(other) - other.at + hour).at += year;
    other.report(evening);
    expect(() => other.decide('yellow')).toThrow(NoVerifiedEvent);
  });

  it('is shown as such, and the person concerned is told no day on which somebody spoke', () => {
    const { state } = yellow();
    const view = viewOf(state, new Set<Field>(['events']));
    expect(view).toMatchObject({ events: [{ occurredAt: null }] });
    const why = noticeText(city, state)?.find(({ part }) => part === 'why');
    expect(why?.zh).toContain('日期不详 扬言伤害 动手');
    expect(why?.en).toContain('date not known, threat to harm, physical assault');
  });
});

describe('whoever verifies an event', () => {
  it('says when it happened: newer than the level it begins it anew, older it does not', () => {
    const life = toldAgain();
    const end = lapsesOf(life);
    life.answer('verify', { outcome: 'verified', occurredAt: iso(life.at - 2 * day) });
    expect(life.state.events.at(-1)).toMatchObject({ state: 'verified', undated: false, at: life.at - 2 * day });
    life.decide('yellow');
    expect(lapsesOf(life)).toBeGreaterThan(end);
    const before = toldAgain();
    before.answer('verify', { outcome: 'verified', occurredAt: iso(before.at - 45 * day) }).decide('yellow');
    expect(lapsesOf(before)).toBe(end);
  });

  it('says no day that is later than it was told', () => {
    const life = toldAgain();
    const told = life.at;
    life.at += hour;
    for (const later of [told + 1, life.at + day]) {
      const fault = { path: 'occurredAt', value: iso(later), allowed: expect.stringContaining(iso(told)) };
      expect(refusal(() => life.answer('verify', { outcome: 'verified', occurredAt: iso(later) }))).toEqual([fault]);
    }
    expect(refusal(() => life.answer('verify', { outcome: 'unfounded', occurredAt: iso(told) }))).toMatchObject([
      { path: 'occurredAt' },
    ]);
  });

  it('says that it is the same as one that holds: it counts once, and nobody decides anew', () => {
    const life = toldAgain();
    const { points } = life.state.assessment ?? {};
    const end = lapsesOf(life);
    life.answer('verify', { outcome: 'verified', sameAs: idOf(life, 0) });
    expect(life.state.events[1]).toMatchObject({ state: 'duplicate', sameAs: idOf(life, 0), undated: true });
    expect(life.state.assessment?.points).toBe(points);
    expect(life.open('verify') ?? life.open('decide')).toBeUndefined();
    expect(lapsesOf(life)).toBe(end);
    expect(yieldsOf(life.state).map(({ outcome }) => outcome)).toEqual(['case', 'case']);
  });

  it('the history says so, and not to the person concerned', () => {
    const life = toldAgain().answer('verify', { outcome: 'verified', sameAs: idOf(yellow(), 0) });
    const action = life.actions.findLast(({ content }) => content.kind === 'answered');
    if (!action) throw new Error('nothing answered');
    const recorded = { help: new Set<string>(), notes: new Map<string, string>(), decided: 0, gone: 0 };
    const seen = (...fields: Field[]) =>
      entryOf(action, new Set<Field>(['summary', 'tasks', 'events', ...fields]), recorded);
    expect(seen()).toMatchObject({ outcome: 'verified', sameAs: idOf(life, 0) });
    expect(seen('own')).not.toHaveProperty('sameAs');
    const view = viewOf(life.state, new Set<Field>(['events']));
    expect(view).toMatchObject({ events: [{}, { state: 'duplicate', sameAs: idOf(life, 0) }] });
  });

  it('what it tells beside counts by itself, and happened when the other did', () => {
    const life = toldAgain([...blows, 'injury']).answer('verify', { outcome: 'verified', sameAs: idOf(yellow(), 0) });
    const [first, again, more] = life.state.events;
    expect(again).toMatchObject({
      state: 'duplicate',
      facts: [{ type: 'threat_to_harm' }, { type: 'physical_assault' }],
    });
    expect(more).toMatchObject({ id: `${again?.id}-2`, state: 'verified', at: first?.at, facts: [{ type: 'injury' }] });
    const end = lapsesOf(life);
    life.decide('yellow');
    expect(lapsesOf(life)).toBe(end);
    // Nothing of it was told before: it is another event of that evening.
    const apart = toldAgain(['injury']).answer('verify', { outcome: 'verified', sameAs: idOf(yellow(), 0) });
    expect(apart.state.events[1]).toMatchObject({ state: 'verified', at: apart.state.events[0]?.at });
  });

  it('names no event but one that holds, of this case, and not itself', () => {
    const life = toldAgain();
    const [known, own] = [idOf(life, 0), idOf(life, 1)];
    const other = life.report({ facts: blows, undated: true, unverified: true }).state.events[2]?.id ?? '';
    for (const sameAs of ['E-elsewhere', own, other]) {
      const { no, owner } = life.task('verify');
      const by = { role: 'staff', person: 'Wu', post: owner } as const;
      const body = { outcome: 'verified', sameAs };
      const said = () =>
        taskCommand({ city, state: life.state, task: no, verb: 'answer', by, at: life.at, key: 'k', body });
      expect(refusal(said)).toEqual([{ path: 'sameAs', value: sameAs, allowed: known }]);
    }
    const both = { outcome: 'verified', sameAs: known, occurredAt: iso(life.at - day) };
    expect(refusal(() => life.answer('verify', both))).toMatchObject([{ path: 'occurredAt' }]);
  });
});

describe('what was told again of an event that does not hold', () => {
  it('is not lost: the level ends with the event, and somebody looks at the telling by itself', () => {
    const life = toldAgain().answer('verify', { outcome: 'verified', sameAs: idOf(yellow(), 0) });
    withdrawn(life, idOf(life, 0));
    expect(life.state.level).toBeNull();
    expect(life.state.events.map(({ state }) => state)).toEqual(['withdrawn', 'unverified']);
    expect(life.state.events[1]).not.toHaveProperty('sameAs');
    life.answer('verify', { outcome: 'verified' });
    expect(life.decide('yellow').state.level).toMatchObject({ colour: 'yellow' });
  });

  it('of two tellings, also where the one was told to be the same as the other before', () => {
    const resident = (life: PaperCase) => {
      const event = { id: `E-r${life.at}`, at: life.at, facts: blows.map((type) => ({ type })) };
      const about = { channel: 'resident', area: '999901001001', disputeType: 'neighbour' } as const;
      life.do({ kind: 'reported', report: `resident/${life.at}`, ...about, owner: county, event });
      life.drive();
      return event.id;
    };
    const life = yellow().pass(day);
    const second = resident(life);
    life.at += hour;
    const third = resident(life);
    const say = (id: string, sameAs: string) => {
      const task = Object.values(life.state.tasks).find(({ kind, event }) => kind === 'confirm-facts' && event === id);
      const by = { role: 'staff', person: 'Wu', post: task?.owner ?? '' } as const;
      const body = { outcome: 'confirmed', sameAs };
      const { state, at } = life;
      life.commit(taskCommand({ city, state, task: task?.no ?? '', verb: 'answer', by, at, key: sameAs, body }).draft);
      life.drive();
    };
    // Confirming is not verifying: what is still open may be told again too.
    say(third, second);
    say(second, idOf(life, 0));
    expect(life.state.events.slice(1).map(({ sameAs }) => sameAs)).toEqual([idOf(life, 0), idOf(life, 0)]);
    expect(life.open('verify')).toBeUndefined();
    withdrawn(life, idOf(life, 0));
    expect(life.state.events.slice(1).map(({ state }) => state)).toEqual(['unverified', 'unverified']);
  });

  it('a closed case stays closed over what is told once more of what it was about', () => {
    const life = yellow();
    life.pass(lapsesOf(life) - life.at + hour);
    expect(life.state.level).toBeNull();
    toldAgain(blows, life).answer('verify', { outcome: 'verified', sameAs: idOf(life, 0) });
    expect(life.state).toMatchObject({ level: null, endsAs: 'unfounded' });
    expect(life.open('decide')).toBeUndefined();
  });
});

describe('where two cases of one person are merged', () => {
  const stateOf = (one: PaperCase, id: string) => one.state.events.find((event) => event.id === id);

  it('what was told again goes along, and comes back as it was', () => {
    const two = new Two();
    two.target.report({ dispute: quarrel });
    two.source.report({ ...evening, dispute: other });
    toldAgain(blows, two.source).answer('verify', { outcome: 'verified', sameAs: idOf(two.source, 0) });
    const told = idOf(two.source, 1);
    const duplicate = { state: 'duplicate', sameAs: idOf(two.source, 0), undated: true };
    two.merge();
    expect(stateOf(two.target, told)).toMatchObject(duplicate);
    two.unmerge();
    expect(stateOf(two.source, told)).toMatchObject(duplicate);
    expect(stateOf(two.target, told)).toBeUndefined();
  });

  it('what was found the same as an event that stays is looked at by itself when they are two again', () => {
    const two = new Two();
    two.target.report({ ...evening, dispute: quarrel });
    two.source.report({ ...evening, dispute: other, unverified: true });
    const told = idOf(two.source, 0);
    two.merge().target.drive();
    two.target.answer('verify', { outcome: 'verified', sameAs: idOf(two.target, 0) });
    expect(stateOf(two.target, told)).toMatchObject({ state: 'duplicate' });
    two.unmerge().source.drive();
    expect(stateOf(two.source, told)).toMatchObject({ state: 'unverified' });
    expect(two.source.task('verify').event).toBe(told);
  });
});

describe('however often the same evening is told again, and whatever is said of it but a newer date', () => {
  const turns = fc.array(
    fc.record({
      days: fc.integer({ min: 1, max: 20 }),
      says: fc.constantFrom('nothing', 'same', 'unfounded', 'before'),
      facts: fc.constantFrom<readonly FactType[]>(blows, ['threat_to_harm'], ['injury']),
    }),
    { maxLength: 5 },
  );

  it('the level lasts no longer than it did, nor the year after it', () => {
    fc.assert(
      fc.property(turns, (all) => {
        const life = yellow();
        const [first, end] = [life.at, lapsesOf(life)];
        const evening = idOf(life, 0);
        for (const { days, says, facts } of all) {
          life.pass(days * day);
          if (!life.state.level) break;
          life.report({ facts, undated: true, unverified: true });
          const said = {
            nothing: { outcome: 'verified' },
            same: { outcome: 'verified', sameAs: evening },
            unfounded: { outcome: 'unfounded' },
            before: { outcome: 'verified', occurredAt: iso(first - day) },
          } as const;
          life.answer('verify', said[says]);
          if (life.open('decide')) life.decide('yellow');
          expect(lapsesOf(life)).toBeLessThanOrEqual(end);
          expect(absoluteEnd(life.state)).toBeLessThanOrEqual(first + year);
        }
      }),
      { numRuns: 40 },
    );
  });
});
