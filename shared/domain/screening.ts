/**
 * The three ways of looking (三途径排查): a grid round is a dated list of places, a police check verifies one event (the task
 * `verify`), a department enquiry asks one question about one dispute. And what came of each. Pure.
 */
import { localDate } from '../calendar/calendar.ts';
import type { City } from '../config/city.ts';
import { areaExists, areaOf, listed, post, postAt } from '../config/posts.ts';
import { ActionRefused, InputInvalid } from '../errors.ts';
import type { Content, Want } from './actions.ts';
import { type RoundId, shortHash } from './ids.ts';
import {
  type CaseEvent,
  type CaseState,
  type DisputeState,
  describeState,
  type Enquiry,
  openTasks,
  type State,
  type Task,
} from './state.ts';
import { type Cell, countsIn, smallest } from './statistics.ts';
import { purposeFor } from './who-may/purposes.ts';
import { type Channel, channels, type EnquiryOutcome, type EnquiryQuestion, enquiryQuestions } from './words.ts';

export interface Round {
  readonly area: string;
  /** The date in Asia/Shanghai, YYYY-MM-DD. */
  readonly day: string;
  readonly places: readonly string[];
}

/** A round is planned for a month at most: what is found should not be old. */
const furthest = 31 * 86_400_000;

/** Numbers of telephones and identity cards, and how people are called: a place is a place. */
const ofPersons = /\d{7}|先生|女士|小姐|太太|师傅|老人|某某|户主|刑释|矫正|精神病|吸毒|信访户|重点人/;

export function placeFaults(places: readonly string[]) {
  return places.flatMap((place, i) =>
    ofPersons.test(place.replace(/[-\s]/g, '')) || places.indexOf(place) < i
      ? [{ path: `places.${i}`, value: '(not repeated)', allowed: 'a place, once: no person, no number of one' }]
      : [],
  );
}

/** The first action of a round, which asks for its task. @throws InputInvalid */
export function planned(city: City, id: RoundId, { area, day, places }: Round, at: number): Content {
  const [lowest = ''] = city.tiers;
  const owner =
    areaExists(city, area) && areaOf(city, area).tier === lowest ? roundPost(city, area, lowest) : undefined;
  if (owner === undefined) {
    throw new InputInvalid([{ path: 'area', value: area, allowed: `a ${lowest} with a post that goes the round` }]);
  }
  const { from, to } = city.calendar.officeHours;
  const opens = Date.parse(`${day}T${from}:00+08:00`);
  const due = Date.parse(`${day}T${to}:00+08:00`);
  if (due <= at || due > at + furthest) {
    const allowed = `a day from ${localDate(at)} whose office hours are not over, to ${localDate(at + furthest)}`;
    throw new InputInvalid([{ path: 'day', value: day, allowed }]);
  }
  const faults = placeFaults(places);
  if (faults.length > 0) throw new InputInvalid(faults);
  const want: Want = { kind: 'round', owner, from: Math.max(at, opens), due };
  const about = { channel: 'grid', area, disputeType: 'none', owner } as const;
  return { kind: 'reported', report: id, ...about, day, places, wants: [want] };
}

/** Of the area itself: nobody goes the round of another's. */
function roundPost(city: City, area: string, tier: string): string | undefined {
  const owner = listed(city, { kind: 'round', disputeType: 'none', area, tier });
  return owner !== undefined && post(city, owner).area === area ? owner : undefined;
}

const aboutOf = (department: string, question: EnquiryQuestion): string => `${department} ${question}`;

const isQuestion = (text: string | undefined): text is EnquiryQuestion => enquiryQuestions.some((one) => one === text);

/** What a task of enquiry asks, and whom. */
export function askedIn(about: string | null): Pick<Enquiry, 'department' | 'question'> | undefined {
  const [department, question] = about?.split(' ') ?? [];
  return department !== undefined && isQuestion(question) ? { department, question } : undefined;
}

/** One question to a department about one dispute; while it is open it is not asked again. @throws InputInvalid, ActionRefused */
export function asked(city: City, state: DisputeState, department: string, question: EnquiryQuestion): Content {
  const owner = answering(city, department, state.area);
  if (owner === undefined) {
    const able = city.departments.filter(({ id }) => answering(city, id, state.area) !== undefined);
    const allowed = able.map(({ id }) => id).join(', ');
    throw new InputInvalid([{ path: 'department', value: department, allowed }]);
  }
  const about = aboutOf(department, question);
  const isSame = (one: { readonly kind: string; readonly about?: string | null }) =>
    one.kind === 'enquiry' && one.about === about;
  if (openTasks(state).some(isSame) || state.wants.some(isSame)) {
    throw new ActionRefused('asking', `${describeState(state)} and ${department} has not answered ${question} yet`, [
      'another question, or another department',
    ]);
  }
  return { kind: 'asked', want: { kind: 'enquiry', owner, about } };
}

/** The post of a department that answers for an area: in the county, else in the township. */
function answering(city: City, department: string, area: string): string | undefined {
  const duties = city.duties.filter((duty) => duty.department === department && purposeFor(duty.role) === 'handling');
  return ['county', 'township']
    .flatMap((tier) => duties.filter((duty) => duty.tier === tier))
    .map((duty) => postAt(city, duty.id, area))
    .find((id) => id !== undefined);
}

export function enquiryAnswered(task: Task, outcome: EnquiryOutcome): readonly Enquiry[] {
  const about = askedIn(task.about);
  return about ? [{ task: task.no, ...about, outcome }] : [];
}

/** What became of what was found: by its way, never by its person. */
export const yieldOutcomes = ['open', 'verified', 'dismissed', 'settled', 'case', 'ended'] as const;
export type YieldOutcome = (typeof yieldOutcomes)[number];

export interface Yield {
  /** Names the report without saying it. */
  readonly key: string;
  readonly route: Channel;
  readonly area: string;
  /** The month in which it came in, YYYY-MM. */
  readonly month: string;
  readonly outcome: YieldOutcome;
}

/** Of each report one: as an event of its case, else of its dispute. */
export function yieldsOf(state: State): Yield[] {
  const { area } = state;
  const of = (route: Channel, report: string, at: number, outcome: YieldOutcome): Yield => ({
    key: shortHash(`yield ${report}`),
    route,
    area,
    month: localDate(at).slice(0, 7),
    outcome,
  });
  switch (state.subject) {
    case 'case':
      return state.events.flatMap((event) =>
        event.report === null
          ? []
          : [of(event.channel, event.report, event.receivedAt, outcomeOf(toldOf(state, event), state.decision?.level))],
      );
    case 'dispute': {
      const settled = state.outcomes.some((one) => /^(reported|settle-\d+):settled$/.test(one));
      const outcome = settled ? 'settled' : state.status === 'closed' ? 'ended' : 'open';
      return state.unjoined.map((report) => of(routeOf(report), report, state.openedAt, outcome));
    }
    default:
      return [];
  }
}

/** A report begins with the channel through which it came. */
const routeOf = (report: string): Channel =>
  channels.find((channel) => report.startsWith(`${channel}/`)) ?? channels[0];

/** What a duplicate tells has come to what the event has. */
const toldOf = ({ events }: CaseState, event: CaseEvent): CaseEvent =>
  (event.state === 'duplicate' && events.find(({ id }) => id === event.sameAs)) || event;

function outcomeOf({ state }: CaseEvent, decided: string | null | undefined): YieldOutcome {
  if (state === 'unverified') return 'open';
  if (state === 'withdrawn') return 'dismissed';
  return decided ? 'case' : 'verified';
}

/** Those that came in or became something else since. */
export function newYields(before: State | undefined, state: State): Yield[] {
  const known = new Map((before ? yieldsOf(before) : []).map(({ key, outcome }) => [key, outcome]));
  return yieldsOf(state).filter(({ key, outcome }) => known.get(key) !== outcome);
}

/** Of a way: how much it found, and which share of it held, in whole hundredths; null where so few would tell somebody. */
export interface Found {
  readonly route: Channel;
  readonly total: number | null;
  readonly cells: readonly Cell[];
  readonly shares: {
    readonly verified: number | null;
    readonly dismissed: number | null;
    readonly case: number | null;
  };
}

export const foundBy = (yields: readonly Pick<Yield, 'route' | 'outcome'>[]): Found[] =>
  channels.map((route) => {
    const outcomes = yields.filter((one) => one.route === route).map(({ outcome }) => outcome);
    const { cells } = countsIn(route, outcomes);
    const total = outcomes.length < smallest ? null : outcomes.length;
    const count = (outcome: YieldOutcome): number | null => {
      const cell = cells.find(({ value }) => value === outcome);
      return cell ? cell.count : 0;
    };
    const share = (...counts: readonly (number | null)[]): number | null =>
      total === null || counts.includes(null)
        ? null
        : Math.round((100 * counts.reduce<number>((sum, one) => sum + (one ?? 0), 0)) / total);
    // What became a case was verified before.
    const shares = {
      verified: share(count('verified'), count('case')),
      dismissed: share(count('dismissed')),
      case: share(count('case')),
    };
    return { route, total, cells, shares };
  });

export const monthsBetween = (from: string, to: string): string[] => {
  const number = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;
  const count = number(to) - number(from) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => {
    const at = number(from) + i;
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
  });
};
