import { describe, expect, it } from 'vitest';
import { addDuration, localDate } from '../../../shared/calendar/calendar.ts';
import { type Content, system } from '../../../shared/domain/actions.ts';
import { agreementMade, checkDraft, reopened } from '../../../shared/domain/afterwards.ts';
import { next } from '../../../shared/domain/commit.ts';
import { dueOf, expiryOf, isKept, markOf } from '../../../shared/domain/expiry.ts';
import { explained, shownLines } from '../../../shared/domain/explaining.ts';
import { checkNotHeld, held, heldUntil, knowsOf, released, tellHoldDraft } from '../../../shared/domain/holding.ts';
import { caseIdFor, disputeIdFor, type LogId } from '../../../shared/domain/ids.ts';
import { leavesDisputes } from '../../../shared/domain/returning.ts';
import { nextStage } from '../../../shared/domain/stages.ts';
import type { CaseState, State } from '../../../shared/domain/state.ts';
import { ActionRefused, Held, InputInvalid } from '../../../shared/errors.ts';
import { city } from '../../support/city.ts';

const monday = Date.parse('2026-01-05T10:00:00+08:00');
const day = 86_400_000;
const owner = '999901001.township-centre';
const dispute = disputeIdFor('police/1');

class Life {
  state: State;
  readonly #id: LogId;
  #key = 0;
  constructor(id: LogId, content: Content, at = monday) {
    this.#id = id;
    this.state = next(id, undefined, this.#draft(content, at)).state;
  }
  #draft(content: Content, at: number) {
    this.#key += 1;
    return { at, by: system, key: `k${this.#key}`, rev: 0, content };
  }
  do(content: Content, at = monday): this {
    this.state = next(this.#id, this.state, this.#draft(content, at)).state;
    return this;
  }
  get case(): CaseState {
    if (this.state.subject !== 'case') throw new Error('no case');
    return this.state;
  }
}

const told = { kind: 'reported', report: 'police/1', channel: 'police', disputeType: 'neighbour', owner } as const;
const area = '999901001001';
const aCase = () =>
  new Life(caseIdFor('police/1'), {
    ...{ ...told, area, dispute },
    event: { id: 'E-1', at: monday, facts: [{ type: 'threat_to_kill' }], verified: 'p' },
  });
/** Dismissed by a person, and closed. */
function dismissed(at = monday): Life {
  const decision = { choice: 'dismiss', level: null, events: ['E-1'], owner } as const;
  return aCase()
    .do({ kind: 'opened', tasks: [{ kind: 'decide', owner, from: monday, due: monday + day }] })
    .do({ kind: 'answered', task: 'decide-1', answer: { task: 'decide', outcome: 'decided', decision } })
    .do({ kind: 'closed' }, at);
}
const settledOnTheSpot = () =>
  new Life(dispute, {
    ...{ ...told, area, settled: true, reportedAt: monday },
    agreement: agreementMade(city, dispute, 'police/1', monday),
  }).do({ kind: 'closed' });

describe('a closed case is taken up again', () => {
  it('until twelve months after its end, and not a moment later', () => {
    const { case: state } = dismissed();
    const last = addDuration(city, monday, city.reopening);
    expect(reopened(city, state, last - 1)).toEqual({ kind: 'reopened' });
    expect(() => reopened(city, state, last)).toThrow(ActionRefused);
    expect(() => reopened(city, aCase().case, monday)).toThrow(/what its open tasks ask for/);
  });

  it('goes back to the assessment: something is to be done, with all that was known and no level', () => {
    const { case: state } = dismissed().do({ kind: 'reopened' }, monday + 30 * day);
    expect(state).toMatchObject({ status: 'reported', level: null, endsAs: null, endedAt: null });
    expect(state.events).toHaveLength(1);
    expect(nextStage(state)).toBe('assess');
  });

  it('also while what is beside its end is still to be done, and that goes on', () => {
    const last = addDuration(city, monday, city.reopening);
    const asked = dismissed().do({ kind: 'rightAsked', right: 'know' }, monday + day);
    expect(asked.state.status).toBe('ending');
    expect(reopened(city, asked.case, last - 1)).toEqual({ kind: 'reopened' });
    expect(() => reopened(city, asked.case, last)).toThrow(ActionRefused);
    const { case: state } = asked.do({ kind: 'reopened' }, monday + 2 * day);
    expect(state).toMatchObject({ status: 'reported', wants: [{ kind: 'rights-request' }] });
    expect(nextStage(state)).toBe('assess');
    // Not closed yet, because others have still to destroy what they have, or somebody is protected.
    const over = aCase().case;
    expect(reopened(city, { ...over, status: 'ending', endsAs: 'lapsed' }, last)).toEqual({ kind: 'reopened' });
  });

  it.each([
    ['merged', 'reopening that one'],
    ['contested', 'a report of its own'],
  ] as const)('not where it ended as %s', (endsAs, allowed) => {
    const state = { ...dismissed().case, endsAs };
    expect(() => reopened(city, state, monday + day)).toThrow(new RegExp(allowed));
  });

  it('not without a verified event, nor when nobody is named in it any more', () => {
    const { case: state } = dismissed();
    const [event] = state.events;
    const bare = { ...state, events: event ? [{ ...event, state: 'withdrawn' as const }] : [] };
    expect(() => reopened(city, bare, monday + day)).toThrow(/without a verified event/);
    const { case: gone } = dismissed().do({ kind: 'forgotten' }, monday + 200 * day);
    expect(() => reopened(city, gone, monday + 201 * day)).toThrow(/forgotten/);
    const little = { ...state, endsAs: 'below-threshold' } as const;
    const names = addDuration(city, monday, city.retention.belowThreshold);
    expect(reopened(city, little, names - 1)).toEqual({ kind: 'reopened' });
    expect(() => reopened(city, little, names)).toThrow(/forgotten/);
  });

  it('what closes again long after its end is marked under the day on which it closes, and not under one that has gone by', () => {
    const { case: state } = dismissed();
    const expiry = expiryOf(city, state, monday);
    if (!expiry) throw new Error('kept for ever');
    expect(markOf(expiry, monday)).toEqual({ what: 'case', date: expiry.date });
    const late = expiry.at + 300 * day;
    expect(markOf(expiry, late)).toEqual({ what: 'case', date: localDate(late) });
  });

  it('nothing else is asked of a closed case, and work beside its end is no new beginning', () => {
    const closed = dismissed();
    expect(() => closed.do({ kind: 'asked', want: { kind: 'protective-contact' } })).toThrow(ActionRefused);
    closed.do({ kind: 'asked', want: { kind: 'agreement-check', about: 'B-1' } }, monday + 90 * day);
    expect(closed.state).toMatchObject({ status: 'ending', endedAt: monday, endsAs: 'dismissed' });
    expect(dueOf(city, closed.state)).toEqual(expiryOf(city, closed.state, monday));
  });
});

describe('an agreement', () => {
  const id = agreementMade(city, dispute, 'police/1', monday).id;
  const check = addDuration(city, monday, city.agreementCheck);

  it('is asked about from its day on, once', () => {
    const { state } = settledOnTheSpot();
    expect(checkDraft(state, id, check - 1)).toBeUndefined();
    expect(checkDraft(state, id, check)?.content).toEqual({
      ...{ kind: 'asked', want: { kind: 'agreement-check', about: id } },
    });
    const asked = settledOnTheSpot().do({ kind: 'asked', want: { kind: 'agreement-check', about: id } }, check);
    expect(checkDraft(asked.state, id, check + day)).toBeUndefined();
  });

  it.each([
    [{ task: 'agreement-check', outcome: 'kept' }, [], monday],
    [{ task: 'agreement-check', outcome: 'unknown' }, [], monday],
    [{ task: 'agreement-check', outcome: 'broken' }, [{ kind: 'settle' }], null],
    [{ task: 'agreement-check', outcome: 'broken', routes: ['court'] }, [], monday],
  ] as const)('%j: what follows, and since when its time counts', (answer, wants, endedAt) => {
    const task = { kind: 'agreement-check', owner, from: check, due: check + day, about: id } as const;
    const looked = settledOnTheSpot()
      .do({ kind: 'asked', want: { kind: 'agreement-check', about: id } }, check)
      .do({ kind: 'opened', tasks: [task] }, check)
      .do({ kind: 'answered', task: 'agreement-check-1', answer: answer as never }, check);
    expect(looked.state).toMatchObject({ wants, endedAt, agreements: [{ id, outcome: answer.outcome }] });
  });

  it('of a case that is over, broken, sends the quarrel back to whoever settles it; refused, it does not', () => {
    const { case: state } = dismissed();
    const ended = { ...state, endsAs: null };
    const made = { id, check, on: monday, outcome: 'broken' as const };
    expect(leavesDisputes({ ...ended, agreements: [made] })).toBe(false);
    const broken = { ...made, again: true as const };
    expect(leavesDisputes({ ...ended, agreements: [broken] })).toBe(true);
    // Taken up again, they have agreed anew: that is the agreement that counts.
    const anew = { ...made, id: agreementMade(city, dispute, 'measure-2', monday).id, on: monday + 100 * day };
    for (const outcome of [null, 'kept', 'broken'] as const) {
      expect(leavesDisputes({ ...ended, agreements: [broken, { ...anew, outcome }] }), `${outcome}`).toBe(false);
    }
    expect(leavesDisputes({ ...ended, agreements: [made, { ...anew, ...broken, on: anew.on }] })).toBe(true);
  });
});

describe('a legal hold', () => {
  const last = addDuration(city, monday, city.retention.hold);

  it('ends within twelve months, by itself', () => {
    const { state } = dismissed();
    const until = (end: number) => held(city, state, [], { until: end }, monday);
    expect(until(last)).toEqual({ kind: 'held', until: last, since: monday });
    expect(() => until(last + 1)).toThrow(InputInvalid);
    expect(() => until(monday)).toThrow(InputInvalid);
    const kept = dismissed().do({ kind: 'held', until: last, since: monday });
    expect(heldUntil([kept.state], last - 1)).toBe(last);
    expect(heldUntil([kept.state], last)).toBeUndefined();
    expect(() => checkNotHeld([kept.state], last - 1)).toThrow(Held);
    expect(() => checkNotHeld([kept.state], last)).not.toThrow();
  });

  it('is released while it stands, and not after', () => {
    const kept = dismissed().do({ kind: 'held', until: last, since: monday });
    expect(released(kept.state, monday + day)).toEqual({ kind: 'holdReleased' });
    expect(() => released(kept.state, last)).toThrow(ActionRefused);
    expect(heldUntil([kept.do({ kind: 'holdReleased' }).state], monday + day)).toBeUndefined();
  });

  it('is told where somebody knows of the case, and opens nothing where nobody does', () => {
    const content = { kind: 'held', until: last, since: monday } as const;
    const secret = dismissed().do(content);
    expect(secret.state).toMatchObject({ status: 'closed', wants: [], heldUntil: last });
    const known = { ...dismissed().case, told: true };
    const draft = { at: monday, by: system, key: 'h', rev: 0, content } as const;
    expect(next(known.id, known, draft).state).toMatchObject({
      ...{ status: 'ending', endedAt: monday, wants: [{ kind: 'tell-hold' }] },
    });
    const settled = settledOnTheSpot().do(content);
    expect(settled.state).toMatchObject({ status: 'open', endedAt: monday, wants: [{ kind: 'tell-hold' }] });
  });

  it('again and again makes no more than twelve months in all, whichever of what belongs together is held', () => {
    const june = monday + 150 * day;
    const first = dismissed().do({ kind: 'held', until: june, since: monday });
    const again = (at: number, until: number, linked: readonly State[] = [first.state]) =>
      held(city, dismissed().state, linked, { until }, at);
    expect(again(june, last)).toEqual({ kind: 'held', until: last, since: monday });
    expect(() => again(june, last + 1)).toThrow(/until/);
    expect(() => again(last, last + day)).toThrow(/proceeding/);
    // Released, it is no other hold.
    expect(() => again(june, last + 1, [first.do({ kind: 'holdReleased' }).state])).toThrow(/until/);
    expect(again(june, last + 1, [])).toMatchObject({ since: june });
  });

  it('begins anew on a proceeding that has begun since, and on no other', () => {
    const { state } = dismissed().do({ kind: 'held', until: last, since: monday });
    const june = monday + 150 * day;
    const on = (begunOn: string) =>
      held(city, state, [], { until: last + 100 * day, proceeding: { kind: 'lawsuit', begunOn } }, june);
    expect(on(localDate(june))).toMatchObject({ since: june, proceeding: { kind: 'lawsuit' } });
    for (const begunOn of [localDate(monday), localDate(june + day)]) {
      expect(() => on(begunOn), begunOn).toThrow(/proceeding.begunOn/);
    }
  });

  it('is told to nobody whose notice is put off: that would tell them that somebody spoke', () => {
    const put = { of: 'yellow', since: monday, clear: null } as const;
    const until = monday + 20 * day;
    const deferral = { ground: 'secrecy-by-law', until, person: 'P1', department: 'justice', agreed: true } as const;
    const off = { ...dismissed().case, status: 'protecting', told: true, notice: { ...put, deferral } } as const;
    expect(knowsOf(off)).toBe(false);
    expect(tellHoldDraft(off, last, monday)).toBeUndefined();
    expect(knowsOf({ ...off, notice: { ...put, deferral: null } })).toBe(true);
    expect(knowsOf({ ...off, told: false, notice: { ...put, deferral: null } })).toBe(false);
    // Of what is over no notice is owed any more: who knew of it is told.
    expect(knowsOf({ ...off, status: 'closed' })).toBe(true);
    expect(tellHoldDraft({ ...off, status: 'closed', forgottenAt: monday }, last, monday)).toBeUndefined();
  });
});

describe('how long what has ended is kept', () => {
  it.each([
    [null, 'case', city.retention.completed],
    ['completed', 'case', city.retention.completed],
    ['dismissed', 'case', city.retention.ended],
    ['unfounded', 'case', city.retention.ended],
    ['lapsed', 'case', city.retention.ended],
    ['contested', 'case', city.retention.ended],
    ['below-threshold', 'names', city.retention.belowThreshold],
  ] as const)('%s', (endsAs, what, duration) => {
    const state = { ...dismissed().case, endsAs };
    const at = addDuration(city, monday, duration);
    expect(expiryOf(city, state, monday)).toEqual({ what, at, date: localDate(at) });
    expect(isKept(state)).toBe(what === 'case');
    expect(expiryOf(city, { ...state, forgottenAt: at }, monday)).toBeUndefined();
    expect(isKept({ ...state, forgottenAt: at })).toBe(false);
  });

  it('is said to whoever asks: what goes, what stays, under which ground or hold, until when backups hold it', () => {
    const { case: state } = dismissed();
    const { state: of } = settledOnTheSpot();
    if (of.subject !== 'dispute') throw new Error('no dispute');
    const found = {
      state,
      linked: [of],
      disputes: [{ state: of, linked: [state], named: 2, erased: 1 }],
      actions: 5,
      notes: 1,
      agreements: of.agreements,
    };
    const said = (one: CaseState, now = monday) =>
      shownLines(explained(city, { ...found, state: one }, now)).join('\n');
    const due = localDate(addDuration(city, monday, city.retention.ended));
    expect(said(state)).toContain(`将删除（${due}）`);
    expect(said(state)).toContain('不予定级');
    expect(said(state)).toContain(`not before ${state.id}`);
    expect(said(state)).toContain(of.agreements[0]?.id);
    expect(said({ ...state, heldUntil: monday + 300 * day })).toContain(`依法保全至 ${localDate(monday + 300 * day)}`);
    expect(said({ ...state, heldUntil: monday + 300 * day })).toContain(`将删除（${localDate(monday + 300 * day)}）`);
    // What is held of a case is held of its disputes and agreements too.
    const long = addDuration(city, monday, city.retention.agreements) + 30 * day;
    expect(said({ ...state, heldUntil: long })).toContain(`，至 ${localDate(long)}`);
    const disputes = [{ state: of, linked: [{ ...state, heldUntil: long }], named: 2, erased: 1 }];
    expect(shownLines(explained(city, { ...found, disputes }, monday)).join('\n')).toContain(`最早 ${localDate(long)}`);
    const gone = { ...state, forgottenAt: monday };
    expect(said(gone, monday + day)).toContain(`Backups hold it until ${localDate(monday + 35 * day)}`);
    expect(said(gone, monday + 36 * day)).toContain('No backup has held it');
    expect(said(aCase().case)).toContain('未结');
  });
});
