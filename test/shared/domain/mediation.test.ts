import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FactType } from '../../../shared/domain/facts.ts';
import { stint } from '../../../shared/domain/ladder.ts';
import { legalRoutesFor } from '../../../shared/domain/legal-routes.ts';
import { areJointSessionsBarred, isMediation, optedIn, routesIn } from '../../../shared/domain/mediation.ts';
import { proposePlan } from '../../../shared/domain/planning.ts';
import { openTasks } from '../../../shared/domain/state.ts';
import { disputeTypes, mediationKinds } from '../../../shared/domain/words.ts';
import { ActionRefused, InputInvalid, JointSessionBarred } from '../../../shared/errors.ts';
import { city } from '../../support/city.ts';
import { county, day, monday, PlannedCase } from '../../support/planned-case.ts';

const mediated = () => new PlannedCase().plan({ kind: 'people-mediation' }).open();
const want = (party: string, wants = true) => ({ party, wants });
const both = (story: PlannedCase) =>
  story.act('measure-1', 'consent', want('complainant')).act('measure-1', 'consent', want('respondent'));
const terms = '双方约定共用过道不再堆物，各自签字。';

describe('mediation only while both want it', () => {
  it.each(['done', 'agreed'])('nothing comes of it before both have said so: %s', (outcome) => {
    const body = { outcome, ...(outcome === 'agreed' ? { note: terms } : {}) };
    const story = mediated();
    expect(refusalOf(() => story.act('measure-1', 'answer', body))).toBeInstanceOf(ActionRefused);
    story.act('measure-1', 'consent', want('respondent'));
    const error = refusalOf(() => story.act('measure-1', 'answer', body));
    expect(error?.message).toContain('without the consent of complainant');
    story.act('measure-1', 'consent', want('complainant')).act('measure-1', 'answer', body);
    expect(story.measures()).toEqual([]);
  });

  it.each([
    'complainant',
    'respondent',
  ])('a refusal of the %s at any time ends it at once and names where else to go', (party) => {
    for (const story of [mediated(), both(mediated())]) {
      story.act('measure-1', 'consent', want(party, false));
      expect(story.measures()).toEqual([]);
      expect(story.state.measuresDone).toBe(1);
    }
  });

  it('whatever ends without an agreement tells the routes of this kind of dispute; other help tells none', () => {
    const told = (outcome: string) => {
      const answers: string[][] = [];
      const story = new PlannedCase({ disputeType: 'labour_wage' }).plan(
        { kind: 'trade-mediation' },
        { kind: 'legal-aid' },
      );
      story.open();
      const original = story.do.bind(story);
      story.do = (content, by) => {
        answers.push([...routesIn(content)]);
        return original(content, by);
      };
      for (const no of ['measure-1', 'measure-2']) story.act(no, 'answer', { outcome });
      return answers;
    };
    const routes = ['labour-arbitration', 'labour-inspection', 'court'];
    expect(told('refused')).toEqual([routes, []]);
    expect(told('failed')).toEqual([routes, []]);
  });

  it('somewhere there is a way to go in each kind of dispute', () => {
    for (const type of disputeTypes) expect(legalRoutesFor(type).length > 0, type).toBe(type !== 'none');
  });

  it('is asked for of a mediation only, and by whoever is accountable', () => {
    const story = new PlannedCase().plan({ kind: 'legal-aid' }).open();
    expect(refusalOf(() => story.act('measure-1', 'consent', want('respondent')))).toBeInstanceOf(ActionRefused);
    const other = mediated();
    expect(refusalOf(() => other.act('measure-1', 'consent', want('respondent'), county))?.name).toBe('NotYours');
  });
});

describe('an agreement', () => {
  const agreed = (daysAgo: number, later = 0) => {
    const story = both(mediated());
    story.at = monday + 10 * day;
    const on = new Date(story.at - daysAgo * day).toISOString();
    story.act('measure-1', 'answer', { outcome: 'agreed', on, note: terms });
    story.at += later * day;
    return story.open();
  };

  it('may be confirmed by a court for thirty days from the day it came into force, whenever the task is opened or changes hands', () => {
    for (const [daysAgo, later] of [
      [0, 0],
      [6, 0],
      [0, 4],
      [6, 12],
    ] as const) {
      const story = agreed(daysAgo, later);
      const task = story.task('confirm-agreement-1');
      const due = monday + (10 - daysAgo + 30) * day;
      expect(task.due).toBe(due);
      expect(stint(city, task, county, due - day).due).toBe(due);
    }
  });

  it('of one whose time is over nothing is asked', () => {
    const story = both(mediated());
    story.at = monday + 40 * day;
    const on = new Date(monday + 9 * day).toISOString();
    story.act('measure-1', 'answer', { outcome: 'agreed', on, note: terms }).open();
    expect(openTasks(story.state).map(({ kind }) => kind)).not.toContain('confirm-agreement');
  });

  it('is asked for although the level ends', () => {
    const story = agreed(0);
    expect(Object.keys(story.state.tasks)).toContain('resolve-1');
    story.act('resolve-1', 'answer', { outcome: 'resolved' });
    expect(story.state).toMatchObject({ status: 'resolved', level: null });
    expect(Object.keys(story.state.tasks)).toContain('confirm-agreement-1');
  });

  it('has words, a day that has come, and is one of a mediation', () => {
    const refused = (body: object, story = both(mediated())) =>
      refusalOf(() => story.act('measure-1', 'answer', { outcome: 'agreed', note: terms, ...body }));
    expect(refused({ note: undefined })).toMatchObject({ faults: [{ path: 'note' }] });
    expect(refused({ on: new Date(monday + day).toISOString() })).toMatchObject({ faults: [{ path: 'on' }] });
    const other = new PlannedCase().plan({ kind: 'legal-aid' }).open();
    expect(refused({}, other)).toMatchObject({ faults: [{ path: 'outcome' }] });
  });
});

const violent: readonly FactType[] = ['threat_to_kill', 'physical_assault'];
const atHome = () => new PlannedCase({ disputeType: 'intimate_partner', facts: violent });
const optIn = (wants: boolean, alone = true) => ({
  wants,
  alone,
  reason: 'She was spoken to alone on Tuesday, at the office.',
});

describe('violence between partners or in a family', () => {
  it.each([...mediationKinds])('bars every joint session: %s can be neither planned nor added nor opened', (kind) => {
    expect(refusalOf(() => atHome().plan({ kind }))).toBeInstanceOf(JointSessionBarred);
    const story = atHome().plan({ kind: 'legal-aid' }).open();
    expect(refusalOf(() => story.amend({ add: [{ kind }] }))).toBeInstanceOf(JointSessionBarred);
    const opening = { kind: 'measure', measure: kind, owner: county, from: monday, due: monday + day } as const;
    expect(refusalOf(() => story.do({ kind: 'opened', tasks: [opening] }))).toBeInstanceOf(JointSessionBarred);
    expect(proposePlan({ city, state: story.state, at: monday }).some((one) => isMediation(one.kind))).toBe(false);
  });

  it('is told by dispute type and facts together: neighbours who fight and couples who argue about money are mediated', () => {
    const facts = fc.subarray<FactType>(['threat_to_harm', 'physical_assault', 'injury', 'stalking_harassment'], {
      minLength: 1,
    });
    fc.assert(
      fc.property(fc.constantFrom(...disputeTypes), facts, (disputeType, more) => {
        const { state } = new PlannedCase({ disputeType, facts: ['threat_to_kill', ...more] });
        const close = disputeType === 'intimate_partner' || disputeType === 'marriage_family';
        expect(areJointSessionsBarred(state)).toBe(close);
      }),
    );
    const calm = atHome();
    const [event] = calm.state.events;
    const argued = event && { ...event, facts: [{ type: 'amount_cny' as const }] };
    expect(areJointSessionsBarred({ ...calm.state, events: argued ? [argued] : [] })).toBe(false);
    const withdrawn = event && { ...event, state: 'withdrawn' as const };
    expect(areJointSessionsBarred({ ...calm.state, events: withdrawn ? [withdrawn] : [] })).toBe(false);
  });

  it('told of in another dispute of the same person counts too, and ends what is open at once', () => {
    const story = both(new PlannedCase().plan({ kind: 'people-mediation' }, { kind: 'legal-aid' }).open());
    const event = { id: 'E-2', at: monday, facts: [{ type: 'injury' as const }] };
    const report = { report: 'police/2', channel: 'police', area: '999901001001', owner: county } as const;
    story.do({ kind: 'reported', ...report, disputeType: 'marriage_family', event });
    expect(story.measures()).toEqual(['measure-2 legal-aid']);
  });

  it('she opts in when she was spoken to alone; taking it back ends open and waiting mediations at once', () => {
    const story = atHome();
    const opts = (wants: boolean) => story.do(optedIn(story.state, optIn(wants)));
    expect(refusalOf(() => optedIn(story.state, optIn(true, false)))).toBeInstanceOf(InputInvalid);
    opts(true);
    story.plan({ kind: 'people-mediation' }, { kind: 'legal-aid' }).open();
    both(story).amend({ add: [{ kind: 'judicial-mediation' }] });
    expect(story.waiting).toHaveLength(1);
    opts(false);
    expect(story.waiting).toEqual([]);
    expect(story.measures()).toEqual(['measure-2 legal-aid']);
    expect(refusalOf(() => story.amend({ add: [{ kind: 'people-mediation' }] }))).toBeInstanceOf(JointSessionBarred);
  });

  it('what she wanted before a relapse is asked anew', () => {
    const story = atHome();
    story
      .do(optedIn(story.state, optIn(true)))
      .plan({ kind: 'legal-aid' })
      .open();
    story.act('measure-1', 'answer', { outcome: 'done' }).open();
    story.act('resolve-1', 'answer', { outcome: 'resolved' });
    const event = { id: 'E-2', at: monday, facts: [{ type: 'injury' as const }], verified: 'station' };
    const report = { report: 'police/2', channel: 'police', area: '999901001001', owner: county } as const;
    story.do({ kind: 'reported', ...report, disputeType: 'intimate_partner', event });
    expect(story.state.optIn).toBe(false);
  });

  it('where nothing is barred there is nothing to opt in to', () => {
    expect(refusalOf(() => optedIn(new PlannedCase().state, optIn(true)))).toBeInstanceOf(ActionRefused);
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
