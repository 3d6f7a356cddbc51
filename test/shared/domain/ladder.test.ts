import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import cityFile from '../../../infra/cities/taizhou.json' with { type: 'json' };
import { workingTimeBetween } from '../../../shared/calendar/calendar.ts';
import { parseCity } from '../../../shared/config/city.ts';
import { type Action, type Content, system, type TaskOpening } from '../../../shared/domain/actions.ts';
import { apply, sealAction } from '../../../shared/domain/fold.ts';
import { caseIdFor } from '../../../shared/domain/ids.ts';
import { nextTimer, slaStep, windows } from '../../../shared/domain/ladder.ts';
import { type Call, callList } from '../../../shared/domain/paging.ts';
import { resumedStint } from '../../../shared/domain/pausing.ts';
import type { Shift } from '../../../shared/domain/roster.ts';
import { check } from '../../../shared/domain/rules.ts';
import type { State } from '../../../shared/domain/state.ts';

const city = parseCity(cityFile, 'taizhou.json');
const id = caseIdFor('police/1');
const at = (text: string) => Date.parse(`${text}+08:00`);
const hour = 3_600_000;
const minute = 60_000;
const day = 24 * hour;

const centre = '331003.county-centre';
const duty = '331000.city-duty';

/** One task from its opening on: what is done to it, and what its timers do. */
class Life {
  state: State;
  at: number;
  readonly actions: Action[] = [];
  constructor(opening: Omit<TaskOpening, 'from' | 'due'> & Partial<TaskOpening>, from: number) {
    this.at = from;
    const report = {
      kind: 'reported',
      report: 'police/1',
      channel: 'police',
      area: '331003001001',
      disputeType: 'debt',
      owner: centre,
      event: { id: 'E-1', at: from, facts: [], verified: 'police' },
    } as const;
    this.state = apply(
      id,
      undefined,
      sealAction(undefined, { at: from, by: system, key: '0', rev: 0, content: report }, false),
    );
    const { kind, level = null, urgency } = opening;
    const due = { from, ...windows(city, kind, level, from, urgency) };
    this.do({ kind: 'opened', tasks: [{ ...due, ...opening }] });
  }
  do(content: Content, when = this.at): void {
    this.at = when;
    const draft = { at: when, by: system, key: String(this.state.n), rev: 0, content };
    if (content.kind !== 'opened') check(this.state, draft);
    const action = sealAction(this.state, draft, false);
    this.actions.push(action);
    this.state = apply(id, this.state, action);
  }
  get task() {
    const [task] = Object.values(this.state.tasks);
    if (!task) throw new Error('the task is over');
    return task;
  }
  /** The next timer passes. */
  next(calls: readonly Call[] = []): [string, string] {
    this.at = nextTimer(city, this.task).at;
    const content = slaStep(city, this.state, this.task, this.at, calls);
    if (!content) throw new Error('a timer that demands nothing');
    this.do(content);
    const local = new Date(this.at + 8 * hour).toISOString().slice(0, 16).replace('T', ' ');
    return [content.kind, local];
  }
}

describe('shares of a window', () => {
  it('of working days are working time: nothing of the ladder is spent on a Saturday', () => {
    const life = new Life({ kind: 'plan', owner: centre, level: 'yellow' }, at('2026-01-09T14:30'));
    // Friday 14:30 to Monday 17:30 are three hours and a working day.
    expect(life.next()).toEqual(['reminded', '2026-01-12 11:30']);
    expect(life.next()).toEqual(['warned', '2026-01-12 15:06']);
    expect(life.next()).toEqual(['climbed', '2026-01-12 17:30']);
  });

  it('of hours run round the clock', () => {
    const life = new Life({ kind: 'settle', owner: centre }, at('2026-01-09T18:00'));
    expect(life.next()).toEqual(['reminded', '2026-01-10 06:00']);
    expect(life.next()).toEqual(['warned', '2026-01-10 13:12']);
  });

  it('of days are no Sunday night, unless red', () => {
    const life = new Life({ kind: 'measure', measure: 'counselling', owner: centre }, at('2026-01-09T10:00'));
    life.do({ kind: 'acknowledged', task: life.task.no });
    expect(life.next()).toEqual(['reminded', '2026-01-19 08:30']);
    const red = new Life(
      { kind: 'measure', measure: 'counselling', owner: centre, level: 'red' },
      at('2026-01-09T10:00'),
    );
    red.do({ kind: 'acknowledged', task: red.task.no });
    expect(red.next()).toEqual(['reminded', '2026-01-10 22:00']);
  });

  it('never come after the wait is over, and always in their order', () => {
    const kinds = fc.constantFrom('settle', 'decide', 'plan', 'enquiry', 'measure', 'crisis-help', 'talk', 'resolve');
    const when = fc.integer({ min: at('2025-09-20T00:00'), max: at('2026-03-01T00:00') });
    fc.assert(
      fc.property(kinds, when, fc.nat(3), (kind, from, acts) => {
        const life = new Life({ kind, owner: centre }, from);
        if (acts > 0) life.do({ kind: 'acknowledged', task: life.task.no }, from + minute);
        if (acts > 1) life.do({ kind: 'attempted', task: life.task.no }, from + 2 * minute);
        const kindsOf = [life.next(), life.next(), life.next()].map(([what]) => what);
        expect(kindsOf).toEqual(['reminded', 'warned', 'climbed']);
        const times = life.actions.map((action) => action.at);
        expect(times).toEqual([...times].sort((a, b) => a - b));
      }),
    );
  });
});

describe('three waits', () => {
  it('acknowledged in a day, tried in seven, over in fifteen', () => {
    const life = new Life({ kind: 'settle', owner: '331003001001.village-mediator' }, at('2026-01-12T09:00'));
    life.do({ kind: 'acknowledged', task: 'settle-1' }, at('2026-01-12T10:00'));
    expect(life.next()).toEqual(['reminded', '2026-01-16 08:30']);
    life.do({ kind: 'attempted', task: 'settle-1' }, at('2026-01-16T10:00'));
    expect(life.task).toMatchObject({ rung: 0, actedAt: at('2026-01-16T10:00') });
    // From the first try to the end.
    expect(life.next()).toEqual(['reminded', '2026-01-22 08:30']);
    life.do({ kind: 'attempted', task: 'settle-1' });
    expect(life.task.rung).toBe(1);
    expect(life.next()[0]).toBe('warned');
    expect(life.next()).toEqual(['climbed', '2026-01-27 09:00']);
  });

  it('of a joint task: a try before the other post has acknowledged repeats neither reminder nor warning', () => {
    const life = new Life(
      { kind: 'protect', owner: centre, level: 'red', joining: '331003001001001.grid-officer' },
      at('2026-01-12T09:00'),
    );
    life.do({ kind: 'acknowledged', task: 'protect-1' }, at('2026-01-12T09:05'));
    expect([life.next()[0], life.next()[0]]).toEqual(['reminded', 'warned']);
    life.do({ kind: 'attempted', task: 'protect-1' }, at('2026-01-12T09:28'));
    expect(life.next()[0]).toBe('joiningClimbed');
  });

  it('nothing was tried: it climbs after seven days', () => {
    const life = new Life({ kind: 'settle', owner: '331003001001.village-mediator' }, at('2026-01-12T09:00'));
    life.do({ kind: 'acknowledged', task: 'settle-1' });
    life.next();
    life.next();
    expect(life.next()).toEqual(['climbed', '2026-01-19 09:00']);
  });

  it('above the highest post there is none: it is told again once a day, however short its clock is', () => {
    const life = new Life({ kind: 'verify', owner: duty, urgency: 'now' }, at('2026-01-12T09:00'));
    const climbs: number[] = [];
    while (climbs.length < 3) if (life.next()[0] === 'climbed') climbs.push(life.at);
    expect(climbs.map((one, i) => one - (climbs[i - 1] ?? life.task.openedAt))).toEqual([15 * minute, day, day]);
    expect(life.task.owner).toBe(duty);
  });
});

describe('a pause', () => {
  it('leaves of working time what was left: from a Friday to a Wednesday', () => {
    const life = new Life({ kind: 'enquiry', owner: centre }, at('2026-01-08T10:00'));
    life.do({ kind: 'acknowledged', task: 'enquiry-1' });
    const left = workingTimeBetween(city, at('2026-01-09T15:30'), life.task.due);
    life.do({ kind: 'paused', task: 'enquiry-1', waitingFor: 'department' }, at('2026-01-09T15:30'));
    const resumed = at('2026-01-14T09:00');
    const { due } = resumedStint(city, life.task, resumed);
    expect(workingTimeBetween(city, resumed, due)).toBe(left);
    expect(due).toBe(at('2026-01-15T11:00'));
  });

  it('has no reminders and ends by itself', () => {
    const life = new Life({ kind: 'settle', owner: centre }, at('2026-01-12T09:00'));
    life.do({ kind: 'acknowledged', task: 'settle-1' });
    const { due } = life.task;
    life.do({ kind: 'paused', task: 'settle-1', waitingFor: 'court' }, at('2026-01-13T09:00'));
    expect(life.next()).toEqual(['resumed', '2026-02-12 09:00']);
    expect(life.task.due - due).toBe(30 * day);
    expect(life.next()[0]).toBe('reminded');
  });

  it('however often, takes nothing from the time there was and adds nothing', () => {
    const stops = fc.array(fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 60 })), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(stops, fc.constantFrom('settle', 'enquiry'), (pauses, kind) => {
        const life = new Life({ kind, owner: centre }, at('2026-01-12T09:00'));
        life.do({ kind: 'acknowledged', task: life.task.no });
        const working = kind === 'enquiry';
        const long = (from: number, to: number) => (working ? workingTimeBetween(city, from, to) : to - from);
        const whole = long(life.at, life.task.due);
        let spent = 0;
        for (const [hours, pause] of pauses) {
          const stop = life.at + (hours * hour) / 10;
          spent += long(life.at, stop);
          life.do({ kind: 'paused', task: life.task.no, waitingFor: 'party' }, stop);
          const go = stop + pause * hour;
          life.do({ kind: 'resumed', task: life.task.no, stint: resumedStint(city, life.task, go) }, go);
        }
        expect(long(life.at, life.task.due) + spent).toBe(whole);
      }),
    );
  });
});

describe('an extension', () => {
  it('of a task that waits for its end begins a new window', () => {
    const life = new Life({ kind: 'resolve', owner: centre }, at('2026-01-12T09:00'));
    life.do({ kind: 'acknowledged', task: 'resolve-1' });
    life.next();
    const due = life.task.due + 5 * day;
    life.do({ kind: 'extended', task: 'resolve-1', due, supervisor: duty });
    expect(life.task).toMatchObject({ rung: 0, due, extensions: 1, since: life.at });
    expect(life.task.notices.at(-1)).toMatchObject({ kind: 'extended', post: duty });
    expect(nextTimer(city, life.task).at).toBeGreaterThan(life.at);
  });

  it('puts off no first action', () => {
    const life = new Life({ kind: 'settle', owner: centre }, at('2026-01-12T09:00'));
    life.do({ kind: 'acknowledged', task: 'settle-1' });
    life.next();
    const { actDue, due } = life.task;
    life.do({ kind: 'extended', task: 'settle-1', due: due + day, supervisor: duty });
    expect(life.task).toMatchObject({ rung: 1, actDue, due: due + day });
  });
});

describe('who is called', () => {
  const nine = at('2026-01-12T09:00');
  const shift = (post: string, person: string, more: Partial<Shift> = {}): Shift => ({
    id: person,
    post,
    person,
    channel: 'voice',
    from: nine - day,
    to: nine + day,
    made: { at: nine, by: { person: 'a', post: centre }, key: 'k' },
    withdrawn: null,
    ...more,
  });
  const people = (shifts: Shift[], acting: string[] = [], when = nine, except?: string) =>
    callList(city, '331003001.township-centre', { shifts, acting }, when, except).map(({ person }) => person);

  it('first who is on duty for the post, then its department in the county and the city, each person once', () => {
    const shifts = [
      shift(duty, 'city'),
      shift(centre, 'county'),
      shift('331003.county-police', 'police'),
      shift('331003001.township-centre', 'first'),
      shift('331003001.township-centre', 'gone', { to: nine - hour }),
      shift('331003001.township-centre', 'county'),
      shift('331003003.township-centre', 'other place'),
    ];
    expect(people(shifts)).toEqual(['first', 'county', 'city']);
    expect(people(shifts, [], nine, 'first')).toEqual(['county', 'city']);
  });

  it('where nobody is on duty, who acts for the post, but never at night', () => {
    expect(people([], ['li'])).toEqual(['li']);
    expect(people([], ['li'], at('2026-01-12T22:00'))).toEqual([]);
  });

  it('at 0, 5, 10 minutes, then the next, then it climbs; the last call gets its five minutes', () => {
    const life = new Life({ kind: 'decide', owner: centre, level: 'red' }, nine);
    const calls = [
      { person: 'a', channel: 'voice' },
      { person: 'b', channel: 'sms' },
    ] as const;
    const seen: unknown[] = [];
    while (life.task.climbs === 0) {
      const [kind] = life.next(calls);
      if (kind === 'reminded' || kind === 'warned') continue;
      seen.push([kind, life.task.pages.at(-1)?.person, (life.at - nine) / minute]);
    }
    expect(seen).toEqual([
      ['paged', 'a', 0],
      ['paged', 'a', 5],
      ['paged', 'a', 10],
      ['paged', 'b', 15],
      ['paged', 'b', 20],
      ['paged', 'b', 25],
      ['climbed', undefined, 30],
    ]);
  });

  it('nobody at all: it climbs in time', () => {
    const life = new Life({ kind: 'decide', owner: centre, level: 'red' }, nine);
    expect(life.next()).toEqual(['paged', '2026-01-12 09:00']);
    expect(life.task.notices.map(({ kind }) => kind)).toEqual(['opened']);
    expect([life.next(), life.next(), life.next()].map(([kind]) => kind)).toEqual(['reminded', 'warned', 'climbed']);
    expect(life.at - nine).toBe(15 * minute);
  });

  it('whoever acknowledges is called no more; orange calls nobody', () => {
    const life = new Life({ kind: 'decide', owner: centre, level: 'red' }, nine);
    life.next([{ person: 'a', channel: 'voice' }]);
    life.do({ kind: 'acknowledged', task: 'decide-1' });
    expect(life.next()[0]).toBe('reminded');
    expect(new Life({ kind: 'decide', owner: centre, level: 'orange' }, nine).next()[0]).toBe('reminded');
  });
});
