import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCity } from '../../../shared/config/city.ts';
import type { Action, Content } from '../../../shared/domain/actions.ts';
import { answerOf } from '../../../shared/domain/answers.ts';
import { next } from '../../../shared/domain/commit.ts';
import { parseReport, type Report } from '../../../shared/domain/report.ts';
import { routeOf } from '../../../shared/domain/routing.ts';
import { tasksDue } from '../../../shared/domain/stages.ts';
import type { State } from '../../../shared/domain/state.ts';
import { disputeTypes, referralKinds } from '../../../shared/domain/words.ts';
import { city, cityFile } from '../../support/city.ts';
import { reportOf, told } from '../../support/reports.ts';

const monday = Date.parse('2026-01-05T10:00:00+08:00');
const asking = (more: object): Report => reportOf('h1', { disputeType: 'none', facts: [], people: [], ...more });
const needs = ['hardship_medical', 'hardship_income', 'eviction_or_job_loss'] as const;

describe('the way of a report that asks for help', () => {
  it('without a dispute it is a referral, by what is asked for and by the needs that are told', () => {
    expect(routeOf(asking({ help: ['legal-aid'] }), monday)).toMatchObject({
      kind: 'referral',
      help: ['legal-aid'],
      wants: [{ kind: 'offer-help', measure: 'legal-aid' }],
    });
    const both = asking({ help: ['interpreter'], facts: [told('eviction_or_job_loss'), told('hardship_income')] });
    expect(routeOf(both, monday).help).toEqual(['hardship-relief', 'work-and-training', 'interpreter']);
    expect(routeOf(asking({ facts: [told('hardship_income', { negated: true })] }), monday).kind).toBe('enquiry');
  });

  it('whatever is told, help and needs open no referral beside a dispute, and never a case', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...disputeTypes),
        fc.uniqueArray(fc.constantFrom(...needs)),
        fc.uniqueArray(fc.constantFrom(...referralKinds), { minLength: 1 }),
        (disputeType, facts, help) => {
          const more = {
            disputeType,
            facts: facts.map((type) => told(type)),
            ...(disputeType === 'none' ? { help } : {}),
          };
          const { kind, concern } = routeOf(reportOf('h2', { people: [], ...more }), monday);
          expect(kind).toBe(disputeType === 'none' ? 'referral' : 'dispute');
          expect(concern).toBeUndefined();
        },
      ),
    );
  });

  it('a report says what is wanted, and no status of anybody', () => {
    expect(() => asking({ help: ['after-prison'] })).toThrow();
    expect(() => parseReport({ ...asking({}), formerPrisoner: true })).toThrow();
  });
});

describe('help of a kind that no row of the list names', () => {
  // Only villages have somebody for newcomers, and the report is of the township.
  const responsibility = cityFile.responsibility.filter(
    ({ kind, tier }) => kind !== 'newcomer-support' || tier === 'village',
  );
  const gap = parseCity({ ...cityFile, responsibility }, 'gap.json');
  const id = 'H-000000000000';
  const township = '999901001';
  const by = { role: 'staff', person: 'somebody', post: '999901001.township-centre' } as const;

  it('is assigned by the county, and then it is theirs', () => {
    let state: State | undefined;
    const actions: Action[] = [];
    const act = (content: Content) => {
      const made = next(id, state, { at: monday, by, key: `k${actions.length}`, rev: 0, content });
      actions.push(made.action);
      state = made.state;
      return made.state;
    };
    const open = (now: State) => act({ kind: 'opened', tasks: tasksDue(now, gap, monday) });
    const answer = (now: State, no: string, body: object) => {
      const task = now.tasks[no];
      if (!task) throw new Error(`no ${no} among ${Object.keys(now.tasks).join(', ')}`);
      const { answer: given } = answerOf({ city: gap, state: now, task, by, at: monday }, body);
      return act({ kind: 'answered', task: no, answer: given });
    };
    const about = { channel: 'grid', area: township, disputeType: 'none', owner: by.post } as const;
    const wants = [{ kind: 'offer-help', measure: 'newcomer-support' }] as const;
    act({ kind: 'reported', report: 'grid/1', ...about, wants, help: ['newcomer-support'] });
    let now = open(act({ kind: 'revised', cause: 'rotated', definition: 'another' }));
    now = open(answer(now, 'offer-help-1', { outcome: 'accepted' }));
    expect(now.tasks['assign-1']).toMatchObject({ owner: '999901.county-centre', measure: 'newcomer-support' });
    expect(() => answer(now, 'assign-1', { outcome: 'assigned', owner: '999901.county-police' })).toThrow('police');
    now = open(answer(now, 'assign-1', { outcome: 'assigned', owner: '999901.county-women' }));
    expect(now.tasks['measure-1']).toMatchObject({ owner: '999901.county-women', measure: 'newcomer-support' });
    expect(city.responsibility.length).toBeGreaterThan(gap.responsibility.length);
  });
});
