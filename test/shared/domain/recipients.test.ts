import { describe, expect, it } from 'vitest';
import { parseCity } from '../../../shared/config/city.ts';
import { type Action, type By, type Content, system } from '../../../shared/domain/actions.ts';
import { next } from '../../../shared/domain/commit.ts';
import { caseIdFor } from '../../../shared/domain/ids.ts';
import type { Grant } from '../../../shared/domain/recalling.ts';
import { joined, type Reader, type Received, receivedIn, recipientsFor } from '../../../shared/domain/recipients.ts';
import { openTasks, type State } from '../../../shared/domain/state.ts';
import { cityFile } from '../../support/city.ts';

const city = parseCity(cityFile, 'recipients.json');
const monday = Date.parse('2026-01-05T10:00:00+08:00');
const day = 86_400_000;
const health = '999901.county-health';
const women = '999901.county-women';
const police = '999901001.township-police';

const grant = (more: Partial<Grant> = {}): Grant => ({
  ...{ id: 'C-000000000000.received-1-1', to: health, by: ['worked'], at: monday, share: null, recalled: null },
  ...more,
});
const shared = (need: NonNullable<Grant['share']>['need'], more: Partial<Grant> = {}): Grant =>
  grant({
    ...{
      by: ['shared'],
      share: { from: '999901.county-centre', need, fields: ['events', 'parties'], until: monday + day },
    },
    ...more,
  });
const of = (one: Grant, ...works: Received['works']): Received => ({ grant: one, works, state: 'standing' });
const concerned: Reader = { as: 'concerned', of: 'case', decidedAt: monday };
const read = (reader: Reader, ...received: Received[]) => recipientsFor(city, received, reader);

describe('the person concerned reads who received something about them', () => {
  it('which post, what, on which day, until when, and that it was called back', () => {
    const back = { ...of(shared('counselling', { recalled: 'resolved' })), state: 'called-back' } as const;
    expect(read(concerned, back)).toEqual([
      {
        ...{ to: health, how: 'shared', what: ['events', 'parties'], on: '2026-01-05', until: '2026-01-06' },
        ...{ name: expect.objectContaining({ zh: expect.any(String) }), state: 'called-back', cause: 'resolved' },
      },
    ]);
  });

  it('nothing of how somebody is protected', () => {
    const protecting = (['protect', 'safety-plan', 'forewarn', 'child-protection'] as const).map((kind) =>
      of(grant(), { kind, measure: null }),
    );
    const planning = of(grant(), { kind: 'measure', measure: 'safety-planning' });
    expect(read(concerned, ...protecting, planning, of(shared('safety-planning')))).toEqual([]);
    expect(read(concerned, of(grant({ to: women })), of(grant({ to: women, by: ['talked'] })))).toEqual([]);
    // Who did other work too is there for that.
    expect(
      read(concerned, of(grant(), { kind: 'protect', measure: null }, { kind: 'review', measure: null })),
    ).toHaveLength(1);
  });

  it('nothing of the police being told, and nothing that tells that somebody spoke since it was decided', () => {
    expect(read(concerned, of(grant({ to: police, by: ['notified'] })))).toEqual([]);
    const later = { at: monday + 1 };
    for (const kind of ['verify', 'confirm-facts', 'decide', 'minutes'] as const) {
      const work = { kind, measure: null };
      expect(read(concerned, of(grant(later), work)), kind).toEqual([]);
      expect(read(concerned, of(grant(), work)), kind).toHaveLength(1);
    }
    expect(read(concerned, of(grant({ ...later, by: ['talked'] })), of(grant({ ...later, by: ['asked'] })))).toEqual(
      [],
    );
    expect(read(concerned, of(grant(later), { kind: 'measure', measure: 'legal-aid' }))).toHaveLength(1);
    expect(read(concerned, of(shared('counselling', later)))).toHaveLength(1);
  });

  it('of a dispute nothing of help, which may be another’s', () => {
    const help = of(grant(), { kind: 'crisis-help', measure: null });
    expect(read({ ...concerned, of: 'dispute' }, help)).toEqual([]);
    expect(read(concerned, help)).toHaveLength(1);
  });
});

describe('whoever complained or may be hurt reads of their own data', () => {
  const complains: Reader = { as: 'helped', of: 'dispute', complains: true };
  const mayBeHurt: Reader = { as: 'helped', of: 'dispute', complains: false };

  it('that a department was asked about both sides: for the sides', () => {
    const asked = of(grant({ by: ['asked'] }));
    expect(read(complains, asked)).toMatchObject([{ how: 'asked', what: ['sides'] }]);
    expect(read(mayBeHurt, asked)).toEqual([]);
  });

  it('of a case only that a complainant’s name was shown: not for what, not until when, and not to whom where that would tell', () => {
    const reader: Reader = { as: 'helped', of: 'case', complains: true };
    const [named] = read(reader, of(shared('legal-aid', { recalled: 'level-ended' })));
    expect(named).toMatchObject({ to: health, what: ['parties'], until: null, cause: null });
    expect(read(reader, of(shared('counselling')))).toMatchObject([{ to: null, name: null, what: ['parties'] }]);
    const { share } = shared('legal-aid');
    expect(read(reader, of(grant({ by: ['shared'], share: share && { ...share, fields: ['events'] } })))).toEqual([]);
    expect(read(reader, of(grant(), { kind: 'decide', measure: null }))).toEqual([]);
    expect(read({ ...reader, complains: false }, of(shared('legal-aid')))).toEqual([]);
  });

  it('nothing of a child’s protection or of another’s help; of their own help all', () => {
    for (const kind of ['child-protection', 'crisis-help'] as const) {
      expect(read(complains, of(grant(), { kind, measure: null }))).toEqual([]);
    }
    const own: Reader = { as: 'helped', of: 'referral', complains: true };
    expect(read(own, of(grant(), { kind: 'offer-help', measure: null }))).toHaveLength(1);
  });
});

describe('from the history', () => {
  const id = caseIdFor('police/1');
  function history() {
    const actions: Action[] = [];
    let state: State | undefined;
    return {
      actions,
      do(content: Content, by: By = system) {
        const made = next(id, state, { at: monday, by, key: `k${actions.length}`, rev: 0, content });
        actions.push(made.action);
        state = made.state;
        return made.state;
      },
    };
  }

  it('what was received by which work, called back, and destroyed stands there, though no state has it any more', () => {
    const told = history();
    const event = { id: 'E-1', at: monday, facts: [{ type: 'threat_to_kill' as const }], verified: 'station' };
    const about = { channel: 'police', area: '999901001001', disputeType: 'neighbour' } as const;
    told.do({ kind: 'reported', report: 'police/1', ...about, owner: '999901.county-centre', event });
    told.do({ kind: 'opened', tasks: [{ kind: 'review', owner: health, from: monday, due: monday + day }] });
    told.do({ kind: 'acknowledged', task: 'review-1' }, { role: 'staff', person: 'p', post: health });
    told.do({ kind: 'climbed', task: 'review-1', stint: { owner: women, due: monday + day }, tier: 'county' });
    expect(receivedIn(id, told.actions)).toMatchObject([
      { grant: { to: health, by: ['worked'] }, works: [{ kind: 'review' }], state: 'standing' },
    ]);
    told.do({ kind: 'eventWithdrawn', event: 'E-1' });
    const after = told.do({ kind: 'erased', part: 'police/1#0', ground: 'request' });
    expect(receivedIn(id, told.actions)).toMatchObject([{ state: 'called-back' }]);
    const want = after.wants.find(({ kind }) => kind === 'destroy');
    told.do({
      kind: 'opened',
      tasks: [{ kind: 'destroy', owner: health, about: want?.about ?? '', from: monday, due: monday }],
    });
    const destroyed = { task: 'destroy', outcome: 'destroyed' } as const;
    const gone = told.do(
      { kind: 'answered', task: 'destroy-1', answer: destroyed },
      { role: 'staff', person: 'p', post: health },
    );
    expect(gone.grants).toEqual([]);
    expect(openTasks(gone).some(({ kind }) => kind === 'destroy')).toBe(false);
    expect(receivedIn(id, told.actions)).toMatchObject([{ grant: { to: health }, state: 'destroyed' }]);
  });

  it('of logs that are one: how it came is known where it was given, what became of it where it is', () => {
    const there: Received = { ...of(grant(), { kind: 'protect', measure: null }), state: 'ended' };
    const here: Received = { ...of(grant()), state: 'destroyed' };
    expect(joined([here], [there])).toEqual([{ ...here, works: there.works }]);
    expect(joined([], [there])).toEqual([there]);
  });
});
