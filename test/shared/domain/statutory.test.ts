import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nextTimer, slaStep, stint } from '../../../shared/domain/ladder.ts';
import { namedRoutes } from '../../../shared/domain/legal-routes.ts';
import { tasksDue } from '../../../shared/domain/stages.ts';
import type { CaseState, Task } from '../../../shared/domain/state.ts';
import {
  isLawsOwn,
  lawClock,
  lawIn,
  lawTimer,
  named,
  type StatuteId,
  statutes,
  statutoryEnd,
  statutoryWindows,
} from '../../../shared/domain/statutory.ts';
import type { DisputeType, MeasureKind } from '../../../shared/domain/words.ts';
import { city } from '../../support/city.ts';
import { county, day, PlannedCase } from '../../support/planned-case.ts';

const at = (text: string) => Date.parse(`${text}+08:00`);
const monday = at('2026-01-05T09:00:00');
const relief = { kind: 'measure', measure: 'hardship-relief' } as const;

describe('clocks that the law sets', () => {
  it('relief: checked in 15 working days, approved in 5 more, over a holiday and its make-up days', () => {
    expect(statutoryWindows(city, relief, monday)).toEqual({
      actDue: at('2026-01-26T17:30:00'),
      due: at('2026-02-02T17:30:00'),
    });
    // 1 to 8 October 2025 are off; Sunday 28 September and Saturday 11 October are worked.
    expect(statutoryEnd(city, 'relief-approval', at('2025-09-29T10:00:00'))).toBe(at('2025-10-13T17:30:00'));
  });

  it('legal aid: decided in 7 days, assigned in 3 more; a last day that is no working day rolls to the next', () => {
    const aid = { kind: 'measure', measure: 'legal-aid' } as const;
    expect(statutoryWindows(city, aid, monday)).toEqual({
      actDue: at('2026-01-12T09:00:00'),
      due: at('2026-01-15T09:00:00'),
    });
    expect(statutoryEnd(city, 'legal-aid-decision', at('2025-09-27T10:00:00'))).toBe(at('2025-10-09T10:00:00'));
  });

  it('other work has none, nor has the offer of the same help', () => {
    expect(statutoryWindows(city, { kind: 'measure', measure: 'counselling' }, monday)).toEqual({});
    expect(statutoryWindows(city, { kind: 'offer-help', measure: 'hardship-relief' }, monday)).toEqual({});
    expect(isLawsOwn({ kind: 'verify' })).toBe(false);
    expect(isLawsOwn(relief)).toBe(true);
  });
});

describe('in a plan', () => {
  const planned = (level: 'yellow' | 'red', due?: number): CaseState => {
    const waiting = [{ kind: 'hardship-relief', owner: '999901.county-health', ...(due ? { due } : {}) }] as const;
    const level_ = {
      colour: level,
      since: monday,
      lapses: monday + 1e9,
      awaits: null,
      afterRed: false,
      renewed: false,
    };
    return {
      ...{ subject: 'case', id: 'C-000000000000', status: 'carrying-out', area: '999901001001', disputeType: 'debt' },
      ...{ tasks: {}, counts: {}, wants: [], events: [], disputes: [], level: level_, contacted: true, told: true },
      ...{ assessment: null, decision: null, notice: { of: level, deferral: null, since: null, clear: null } },
      ...{ resolvedAs: null, resolvedAt: null, reviewedAt: null, agreed: [], glass: [], reports: [], keys: [] },
      plan: { n: 3, waiting },
    } as unknown as CaseState;
  };
  const measureOf = (state: CaseState) => {
    const found = tasksDue(state, city, monday).find(({ kind }) => kind === 'measure');
    if (!found) throw new Error('no measure is due');
    return found;
  };

  it('the clock of relief is the same at yellow and at red, and whatever the city file says', () => {
    const law = statutoryWindows(city, relief, monday);
    for (const level of ['yellow', 'red'] as const) expect(measureOf(planned(level))).toMatchObject(law);
  });

  it('a plan may ask for it sooner, and never later', () => {
    const sooner = monday + 5 * 86_400_000;
    expect(measureOf(planned('red', sooner))).toMatchObject({ actDue: sooner, due: sooner });
    const later = at('2026-06-01T09:00:00');
    expect(measureOf(planned('red', later)).due).toBe(at('2026-02-02T17:30:00'));
  });

  it('a change of hands is no time won; once the law’s time is over the next owner has windows again', () => {
    const task = {
      ...relief,
      level: 'red',
      urgency: null,
      from: monday,
      actDue: monday + 1000,
      due: monday + 2000,
    } as Task;
    const next = stint(city, task, '999901.county-health', monday);
    expect(next).toMatchObject({ actDue: monday + 1000, due: monday + 2000 });
    expect(stint(city, task, '999901.county-health', monday + 1500).due).toBe(monday + 2000);
    expect(stint(city, task, '999901.county-health', monday + 2000).due).toBeGreaterThan(monday + 2000);
  });
});

const measure = (kind: MeasureKind, disputeType: DisputeType = 'neighbour') =>
  lawClock(city, { kind: 'measure', measure: kind, disputeType }, monday, undefined);

describe('the law’s clock beside a preset', () => {
  it.each([
    ['people-mediation', 'neighbour', 'people-mediation', '2026-02-05T09:00:00'],
    ['trade-mediation', 'tenancy', 'people-mediation', '2026-02-05T09:00:00'],
    ['people-mediation', 'labour_wage', 'labour-mediation', '2026-01-20T09:00:00'],
    ['trade-mediation', 'labour_wage', 'labour-mediation', '2026-01-20T09:00:00'],
    ['people-mediation', 'medical', 'medical-mediation', '2026-02-14T17:30:00'],
    ['administrative-mediation', 'medical', 'medical-administration', '2026-02-14T17:30:00'],
    // Handled in sixty days from an acceptance within fifteen.
    ['petition-mediation', 'neighbour', 'petition-handling', '2026-03-23T09:00:00'],
    ['legal-aid', 'neighbour', 'legal-aid-assignment', '2026-01-15T09:00:00'],
  ] as const)('%s of %s: %s until %s', (kind, disputeType, statute, due) => {
    expect(measure(kind, disputeType)).toEqual({ statute, due: at(due) });
  });

  it('there is none of judicial mediation, counselling or a visit', () => {
    for (const kind of ['judicial-mediation', 'counselling', 'joint-visit'] as const) {
      expect(measure(kind)).toBeUndefined();
    }
    expect(measure('administrative-mediation')).toBeUndefined();
  });

  it('settling where it arose shows the month, which ends nothing there', () => {
    const law = lawClock(city, { kind: 'settle', disputeType: 'neighbour' }, monday, undefined);
    expect(law).toEqual({ statute: 'people-mediation', due: at('2026-02-05T09:00:00') });
    expect(lawTimer({ kind: 'settle', paused: null, law: law ? { ...law, passed: false, longer: false } : null })).toBe(
      undefined,
    );
  });

  it('rolls off a holiday where it is administration, and not where somebody could lose a right', () => {
    const eve = at('2025-09-18T10:00:00');
    // A month later is a Saturday of work; fifteen days later is in the holidays of October.
    expect(statutoryEnd(city, 'people-mediation', at('2025-09-04T10:00:00'))).toBe(at('2025-10-09T10:00:00'));
    expect(statutoryEnd(city, 'labour-mediation', eve)).toBe(at('2025-10-03T10:00:00'));
    expect(statutoryEnd(city, 'petition-intake', eve)).toBe(at('2025-10-09T10:00:00'));
    expect(statutoryEnd(city, 'protection-order', at('2025-09-30T10:00:00'))).toBe(at('2025-10-03T10:00:00'));
  });
});

describe('a mediation and the law’s end', () => {
  const mediation = (kind: MeasureKind = 'people-mediation', disputeType: DisputeType = 'neighbour') =>
    new PlannedCase({ disputeType, city: withPauses }).plan({ kind }).open();
  const begun = (story: PlannedCase, no = 'measure-1') => {
    story.act(no, 'acknowledge', {});
    for (const party of ['complainant', 'respondent']) story.act(no, 'consent', { party, wants: true });
    return story;
  };
  const withPauses = {
    ...city,
    pause: { unit: 'days', count: 200 },
    extension: { most: 5, longest: { unit: 'days', count: 40 } },
  } as const;
  const step = (story: PlannedCase, now: number, no = 'measure-1') =>
    slaStep(story.city, story.state, story.task(no), now, []);
  const end = (story: PlannedCase) => story.task('measure-1').law?.due ?? 0;
  const until = (time: number, more: object = {}) => ({
    ...{ until: new Date(time).toISOString(), reason: 'The parties want to meet once more after the new year.' },
    ...more,
  });

  it('ends by itself and names where else to go', () => {
    const story = begun(mediation());
    story.at = end(story) - 1;
    expect(step(story, story.at)?.kind).not.toBe('ended');
    const content = slaStep(
      story.city,
      story.state,
      { ...story.task('measure-1'), due: end(story), rung: 2 },
      end(story),
      [],
    );
    expect(content).toEqual({ kind: 'ended', task: 'measure-1', routes: ['court'] });
    story.at = end(story);
    if (content) story.do(content);
    expect(story.measures()).toEqual([]);
    expect(story.state.measuresDone).toBe(1);
  });

  it('is not put off by a plan, a pause, a new owner or a request alone', () => {
    const late = new PlannedCase().plan({ kind: 'people-mediation', due: '2026-03-01T09:00:00+08:00' }).open();
    expect(late.task('measure-1').due).toBe(end(late));
    const story = begun(mediation());
    story.at = end(story) - day;
    expect(stint(city, story.task('measure-1'), county, story.at).due).toBe(end(story));
    expect(() => story.act('measure-1', 'extend', until(end(story) + day))).toThrow('agreed');
    story.at = monday + day;
    story.act('measure-1', 'pause', { waitingFor: 'party', note: 'One of them is away.' });
    expect(nextTimer(story.city, story.task('measure-1'))).toEqual({ at: end(story), rung: 'law' });
    story.at = end(story) - day;
    story.act('measure-1', 'resume', {});
    expect(story.task('measure-1').due).toBe(end(story));
  });

  it('goes on where both parties agree, which is recorded', () => {
    const story = mediation();
    story.act('measure-1', 'acknowledge', {});
    story.at = end(story) - 5 * day;
    expect(() => story.act('measure-1', 'extend', until(end(story) + day, { agreed: true }))).toThrow('consent');
    begunLate(story);
    const later = end(story) + 10 * day;
    story.act('measure-1', 'extend', until(later, { agreed: true }));
    expect(story.task('measure-1')).toMatchObject({ due: later, law: { due: later, longer: true } });
    expect(step(story, later)?.kind).toBeDefined();
  });
  const begunLate = (story: PlannedCase) => {
    for (const party of ['complainant', 'respondent']) story.act('measure-1', 'consent', { party, wants: true });
  };

  it('of wages it goes on after fifteen days, and the parties are told that they may go to arbitration', () => {
    const story = begun(mediation('trade-mediation', 'labour_wage'));
    const task = { ...story.task('measure-1'), due: end(story) + 30 * day, rung: 2 } as const;
    const content = slaStep(story.city, story.state, task, end(story), []);
    expect(content).toEqual({
      kind: 'routesTold',
      task: 'measure-1',
      routes: ['labour-arbitration', 'labour-inspection', 'court'],
    });
    story.at = end(story);
    if (content) story.do(content);
    expect(story.measures()).toEqual(['measure-1 trade-mediation']);
    expect(story.task('measure-1').notices.at(-1)).toMatchObject({ kind: 'reminder' });
    expect(nextTimer(story.city, story.task('measure-1')).rung).not.toBe('law');
    expect(namedRoutes(['labour-arbitration'])[0]?.clocks?.map(({ article }) => article)).toEqual(['29', '43']);
  });

  it('of a medical dispute stands still during an appraisal, and for nothing else', () => {
    const story = begun(mediation('people-mediation', 'medical'));
    const first = end(story);
    story.at = at('2026-01-07T09:00:00');
    story.act('measure-1', 'pause', { waitingFor: 'appraisal', note: 'An appraisal was asked for.' });
    expect(nextTimer(story.city, story.task('measure-1')).rung).toBe('resume');
    // Two weeks of ten working days.
    story.at = at('2026-01-21T09:00:00');
    story.act('measure-1', 'resume', {});
    expect(end(story)).toBeGreaterThan(first + 13 * day);
    const moved = end(story);
    story.act('measure-1', 'pause', { waitingFor: 'department', note: 'The health office is asked.' });
    story.at += 5 * day;
    story.act('measure-1', 'resume', {});
    expect(end(story)).toBe(moved);
  });

  it('of a medical dispute loses none of its time by a change of hands during an appraisal', () => {
    const story = begun(mediation('people-mediation', 'medical'));
    const first = end(story);
    story.at = at('2026-01-07T09:00:00');
    story.act('measure-1', 'pause', { waitingFor: 'appraisal', note: 'An appraisal was asked for.' });
    story.at = first + day;
    story.act('measure-1', 'hand-off', { to: county, reason: 'The county has the file of the appraisal.' });
    story.act('measure-1', 'accept', {}, county);
    expect(story.task('measure-1')).toMatchObject({ owner: county, paused: null, law: { passed: false } });
    expect(end(story)).toBeGreaterThan(first + 30 * day);
    expect(story.task('measure-1').due).toBeLessThanOrEqual(end(story));
    expect(step(story, story.at)).toBeUndefined();
  });

  it('a petition: fifteen days to register it, put off once by thirty with reasons, and nothing ends', () => {
    const story = begun(mediation('petition-mediation'));
    expect(story.task('measure-1').actDue).toBeLessThanOrEqual(at('2026-01-20T10:00:00'));
    expect(lawTimer(story.task('measure-1'))).toBeUndefined();
    story.at = monday + day;
    // As far as the city lets it be put off, then beyond the law's end.
    const task = story.task('measure-1');
    const late = { ...task, due: end(story) - day };
    story.state = { ...story.state, tasks: { ...story.state.tasks, 'measure-1': late } };
    expect(() => story.act('measure-1', 'extend', until(end(story) + 31 * day))).toThrow('not later than');
    story.act('measure-1', 'extend', until(end(story) + 30 * day));
    expect(story.task('measure-1').law).toMatchObject({ longer: true });
    expect(() => story.act('measure-1', 'extend', until(end(story) + day))).toThrow('the law gives no more');
  });

  it('a petition that waits for others is taken up again in time: the law’s end does not pass in silence', () => {
    const story = begun(mediation('petition-mediation'));
    story.act('measure-1', 'attempt', {});
    story.act('measure-1', 'pause', { waitingFor: 'department', note: 'The land office looks for the file.' });
    const seen: string[] = [];
    while (story.at < end(story)) {
      const { at: next, rung } = nextTimer(story.city, story.task('measure-1'));
      if (next > end(story)) break;
      story.at = Math.max(story.at, next);
      const content = step(story, story.at);
      if (!content) throw new Error(`nothing happens at ${rung}`);
      story.do(content);
      seen.push(content.kind);
    }
    expect(seen).toEqual(['resumed', 'reminded', 'warned', 'climbed']);
    expect(story.at).toBe(end(story));
  });
});

describe('what a task says of the law', () => {
  it('names its law, its end, and the clocks of others that follow from it', () => {
    const law = { statute: 'judicial-confirmation', due: monday, passed: false, longer: false } as const;
    expect(lawIn({ law })).toMatchObject({
      zh: '人民调解法',
      article: '33',
      due: monday,
      others: [
        { article: '4', limit: { zh: '3日', en: '3 days' } },
        { article: '5', limit: { zh: '15日，可延长10日', en: '15 days, and 10 days more' } },
      ],
    });
    expect(lawIn({ law: null })).toBeUndefined();
  });

  it('a protection order is information: 72 hours, 24 where it is urgent', () => {
    const [route] = namedRoutes(['protection-order']);
    expect(route?.clocks?.map(({ limit }) => limit.en)).toEqual(['72 hours', '24 hours', '6 months', '5 days']);
    expect(namedRoutes(['court'])).toEqual([expect.not.objectContaining({ clocks: expect.anything() })]);
  });

  it('what the gate asks for is kept for three years at least, also once it is superseded', () => {
    expect(named('impact-assessment')).toMatchObject({
      limit: { zh: '36个月', en: '36 months' },
      law: { zh: '个人信息保护法' },
      article: '56',
    });
  });

  it('the runbook has every clock with its limit, law and article', () => {
    const docs = readFileSync(join(import.meta.dirname, '../../../docs/operations.md'), 'utf8');
    for (const id of Object.keys(statutes) as StatuteId[]) {
      const { zh, en, limit, law, article } = named(id);
      expect(docs).toContain(`| \`${id}\` | ${zh} ${en} | ${limit.zh} ${limit.en} | ${law.zh} ${article} |`);
    }
  });
});
