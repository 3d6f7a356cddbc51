import { describe, expect, it } from 'vitest';
import { type By, type Content, oneself, system } from '../../../shared/domain/actions.ts';
import { checkInsDeclined, checkInsToCome, declineBody } from '../../../shared/domain/check-ins.ts';
import { addresseeOf } from '../../../shared/domain/citizen-notices.ts';
import { next } from '../../../shared/domain/commit.ts';
import { contestBody, contested } from '../../../shared/domain/contesting.ts';
import { disputeIdFor } from '../../../shared/domain/ids.ts';
import { requestBody, requested } from '../../../shared/domain/rights.ts';
import { openTasks, type State, type Task } from '../../../shared/domain/state.ts';
import { phaseOf } from '../../../shared/domain/who-may/standing.ts';
import { ActionRefused, InputInvalid } from '../../../shared/errors.ts';
import { day, PlannedCase } from '../../support/planned-case.ts';

const reason = 'On that day I was in the hospital; two nurses can say so.';
const note = 'The hospital confirms it: the event was told of the wrong person.';
const tellAt = 'police/1#0';
const another: By = { role: 'staff', person: 'another', post: '999900.city-duty' };

const messagesOf = (state: State): (string | null | undefined)[] =>
  [...state.wants, ...openTasks(state)].filter(({ kind }) => kind === 'citizen-notice').map(({ about }) => about);

class Told extends PlannedCase {
  constructor() {
    super({ level: 'orange' });
    this.open();
    this.do({ kind: 'answered', task: this.no('notify'), answer: { task: 'notify', outcome: 'told' } });
  }

  no(kind: Task['kind']): string {
    const found = openTasks(this.state).find((task) => task.kind === kind);
    if (!found) throw new Error(`no ${kind} among ${Object.keys(this.state.tasks).join(', ')}`);
    return found.no;
  }

  contest(more: { readonly tellAt?: string } = { tellAt }, body: object = {}, by: By = oneself): number {
    const asking = { by, at: this.at, key: `contest ${this.state.n}`, ...more };
    this.do(contested(this.state, asking, contestBody.parse({ reason, ...body })).draft.content, by).open();
    return this.state.contests.at(-1)?.n ?? 0;
  }

  sent(): this {
    const message = openTasks(this.state).find(({ kind }) => kind === 'citizen-notice');
    return message ? this.do({ kind: 'ended', task: message.no }) : this;
  }

  messages = () => messagesOf(this.state);
}

describe('whoever contests a decision hears', () => {
  it('that somebody has taken it up, once, and that there is an answer, and never what it is', () => {
    const told = new Told();
    const n = told.contest();
    expect(told.messages()).toEqual([]);
    told.act(told.no('contest'), 'acknowledge', {});
    expect(told.messages()).toEqual([`taken-up-${n} ${tellAt}`]);
    expect(told.state.contests[0]).toMatchObject({ takenUpAt: told.at });
    told.open().sent();
    told.do({ kind: 'answered', task: told.no('contest'), answer: { task: 'contest', outcome: 'rejected' } }, another);
    expect(told.messages()).toEqual([`answered-${n} ${tellAt}`]);
    expect(told.state.contests[0]?.answered).toMatchObject({ post: '999900.city-duty' });
    expect(addresseeOf({ about: told.messages()[0] ?? null })).toEqual({
      occasion: 'answered',
      report: 'police/1',
      i: 0,
    });
    expect(told.open().sent().messages()).toEqual([]);
  });

  it('not that it was taken up where it is answered before that could be sent', () => {
    const told = new Told();
    const n = told.contest();
    told.act(told.no('contest'), 'acknowledge', {}).open();
    told.do({ kind: 'answered', task: told.no('contest'), answer: { task: 'contest', outcome: 'rejected' } }, another);
    expect(told.messages()).toEqual([`answered-${n} ${tellAt}`]);
  });

  it('also where the level is gone with it, and the case would end', () => {
    const told = new Told();
    const n = told.contest();
    told.do({ kind: 'answered', task: told.no('contest'), answer: { task: 'contest', outcome: 'upheld' } }, another);
    expect(told.state).toMatchObject({ status: 'ending' });
    expect(told.messages()).toEqual([`answered-${n} ${tellAt}`]);
    expect(told.open().sent().messages()).toEqual([]);
  });

  it('nothing where nobody knows where they are named', () => {
    const told = new Told();
    told.contest({});
    told.act(told.no('contest'), 'acknowledge', {});
    told.do({ kind: 'answered', task: told.no('contest'), answer: { task: 'contest', outcome: 'rejected' } }, another);
    expect(told.messages()).toEqual([]);
  });

  it('nothing while telling them of a graver decision is put off (S7)', () => {
    const told = new Told();
    told.contest();
    const events = [...told.state.events];
    told.at += day;
    const event = { id: 'E-2', at: told.at, facts: [{ type: 'weapon_present' as const }], verified: 'station' };
    told.do({
      ...{ kind: 'reported', report: 'police/2', channel: 'police', area: '999901001001', disputeType: 'neighbour' },
      ...{ owner: told.state.owner, event },
    });
    expect(told.state.events.length).toBe(events.length + 1);
    told.do({ kind: 'opened', tasks: [{ kind: 'decide', owner: told.state.owner, from: told.at, due: told.at + 1 }] });
    const put = { ground: 'safety-of-the-affected', until: told.at + 1, person: 'x', department: 'justice' } as const;
    const decision = {
      ...({ choice: 'raise', level: 'red', events: ['E-2'], owner: told.state.owner, department: 'justice' } as const),
      ...{ lapses: told.at + 1, deferNotice: put },
    };
    told.do(
      { kind: 'answered', task: told.no('decide'), answer: { task: 'decide', outcome: 'decided', decision } },
      another,
    );
    expect(told.state.contests[0]?.answered).toMatchObject({ outcome: 'overtaken', post: null });
    expect(told.state.told).toBe(false);
    expect(told.messages()).toEqual([]);
  });
});

describe('whoever asks for a right hears', () => {
  it('at their own place, also where the dispute is over: it opens nothing to anybody, and closes after it', () => {
    const id = disputeIdFor('grid/1');
    let state: State | undefined;
    const run = (content: Content, by: By = system) => {
      const draft = { at: 0, by, key: `k${state?.n ?? 0}`, rev: 0, content };
      state = next(id, state, draft).state;
      return state;
    };
    run({
      ...{ kind: 'reported', report: 'grid/1', channel: 'grid', area: '999901001001', disputeType: 'debt', owner: 'x' },
      settled: true,
    });
    const closed = run({ kind: 'closed' });
    const asking = { by: oneself, at: 0, key: 'ask' };
    const body = requestBody.parse({ right: 'copy', words: 'A copy of what you have of me, please.' });
    run(requested(closed, asking, body, 'grid/1#0').draft.content, oneself);
    run({ kind: 'opened', tasks: [{ kind: 'rights-request', owner: 'y', from: 0, due: 9, about: '3' }] });
    const answer = { task: 'rights-request', outcome: 'granted' } as const;
    const answered = run({ kind: 'answered', task: 'rights-request-1', answer }, another);
    expect(messagesOf(answered)).toEqual(['answered-3 grid/1#0']);
    expect([answered.status, phaseOf(answered)]).toEqual(['open', 'closed']);
    run({
      kind: 'opened',
      tasks: [{ kind: 'citizen-notice', owner: 'x', from: 0, due: 9, about: 'answered-3 grid/1#0' }],
    });
    expect(phaseOf(run({ kind: 'ended', task: 'citizen-notice-1' }))).toBe('open');
    expect(phaseOf(run({ kind: 'closed' }))).toBe('closed');
  });
});

describe('check-ins', () => {
  const resolved = () => {
    const told = new Told();
    told.act(told.no('plan'), 'answer', { outcome: 'planned', measures: [{ kind: 'interpreter' }] }).open();
    const measure = told.no('measure');
    told.do({ kind: 'answered', task: measure, answer: { task: 'measure', outcome: 'done' } }).open();
    return told.act(told.no('resolve'), 'answer', { outcome: 'resolved' });
  };
  const asking = (at: number, by: By = oneself) => ({ by, at, key: 'decline' });
  const decline = (told: Told, body: object, by?: By) =>
    told.do(checkInsDeclined(told.state, asking(told.at, by), declineBody.parse(body)).draft.content, by ?? oneself);

  it('are declined one by one, or all: nobody asks then, and none is planned again', () => {
    const told = resolved().open();
    const planned = checkInsToCome(told.state);
    expect(planned.length).toBeGreaterThan(1);
    decline(told, { no: planned[1]?.no });
    expect(checkInsToCome(told.state)).toEqual(planned.filter((_, i) => i !== 1));
    decline(told, {});
    expect(checkInsToCome(told.open().state)).toEqual([]);
    expect(() => decline(told, {})).toThrow(ActionRefused);
  });

  it('all, before any is planned', () => {
    const told = decline(resolved(), {}).open();
    expect(openTasks(told.state).some(({ kind }) => kind === 'check-in')).toBe(false);
  });

  it('none that is not to come, not before a resolution, by no post without an agent, by no person with one', () => {
    const told = resolved().open();
    const agent = { name: 'Qian', mandate: 'a written mandate' };
    expect(() => decline(told, { no: 'check-in-9' })).toThrow(InputInvalid);
    expect(() => decline(told, { agent })).toThrow(InputInvalid);
    expect(() => decline(told, {}, another)).toThrow(InputInvalid);
    expect(() => decline(new Told(), {})).toThrow(ActionRefused);
    const given = checkInsDeclined(told.state, asking(told.at, another), declineBody.parse({ agent }));
    expect(JSON.stringify(given.draft)).not.toContain('Qian');
    expect(given.text).toContain('Qian');
  });
});

it('the words of an answer stay with the answer', () => {
  const told = new Told();
  told.contest();
  told.act(told.no('contest'), 'answer', { outcome: 'rejected', note });
  expect(JSON.stringify(told.messages())).not.toContain('hospital');
});
