/** What a case or dispute needs next: the way of a report (design §5) as one pure function of the state. */
import { addDuration } from '../calendar/calendar.ts';
import type { City } from '../config/city.ts';
import { responsible } from '../config/posts.ts';
import type { TaskOpening, Want } from './actions.ts';
import { inputHashOf } from './assessing.ts';
import { urgencyOf } from './danger.ts';
import { windows } from './ladder.ts';
import { type CaseState, openTasks, type State } from './state.ts';
import { type Level, levels, type TaskKind } from './words.ts';

/** The stages an administrator sees in the state machine, in their order. */
export const stages = [
  'respond',
  'assess',
  'decide',
  'protect',
  'plan',
  'measures',
  'review',
  'check-ins',
  'carry-out',
  'close',
] as const;
export type Stage = (typeof stages)[number];

interface Need extends Omit<Want, 'kind'> {
  readonly stage: Stage;
  /** Absent for `assess`, which the machine does by itself. */
  readonly kind?: TaskKind;
}

const has = (state: State, kind: TaskKind): boolean => openTasks(state).some((task) => task.kind === kind);

function needsOf(state: State): Need[] {
  if (state.status === 'closed') return [];
  const asked = state.wants.map((want): Need => ({ stage: stageOf(want.kind), ...want }));
  if (state.subject !== 'case' || state.status === 'ending') return asked;
  return [...asked, ...responding(state), ...deciding(state), ...atLevel(state), ...afterwards(state)];
}

/** Under which stage an administrator sees work that was asked for. */
function stageOf(kind: TaskKind): Stage {
  switch (kind) {
    case 'talk':
    case 'minutes':
    case 'reason-review':
      return 'decide';
    case 'safety-plan':
    case 'forewarn':
    case 'second-deferral':
    case 'protective-contact':
      return 'protect';
    case 'assign':
    case 'measure':
    case 'confirm-agreement':
      return 'measures';
    default:
      return 'respond';
  }
}

/** What a resident tells is confirmed before it is verified; where there may be danger at this moment both begin at once. */
function responding(state: CaseState): Need[] {
  const asked = (kind: TaskKind, event: string) =>
    openTasks(state).some((task) => task.kind === kind && task.event === event);
  return state.events
    .filter((event) => event.state === 'unverified')
    .flatMap((event): Need[] => {
      const urgency = urgencyOf(event.facts);
      const on = { stage: 'respond', event: event.id, urgency } as const;
      const kinds: TaskKind[] = [];
      if (!event.confirmed) kinds.push('confirm-facts');
      if (event.confirmed || urgency === 'now') kinds.push('verify');
      return kinds.filter((kind) => !asked(kind, event.id)).map((kind) => ({ ...on, kind }));
    });
}

function deciding(state: CaseState): Need[] {
  const { assessment, decision, level } = state;
  const verified = state.events.some((event) => event.state === 'verified');
  if (!verified || state.status === 'resolved') return [];
  if (state.reassess || assessment === null || assessment.inputHash !== inputHashOf(state))
    return [{ stage: 'assess' }];
  const answered = decision !== null && decision.onAssessment >= assessment.n;
  if (answered || level?.colour === assessment.proposal) return [];
  const needs: Need[] = has(state, 'decide') ? [] : [{ stage: 'decide', kind: 'decide' }];
  // Several departments talk beside the decision, which never waits for them.
  const grave = assessment.proposal === 'orange' || assessment.proposal === 'red';
  const held = state.talk !== null && state.talk.onAssessment >= assessment.n;
  if (grave && !held && !has(state, 'talk')) needs.push({ stage: 'decide', kind: 'talk' });
  return needs;
}

function atLevel(state: CaseState): Need[] {
  const { level, plan } = state;
  if (!level) return [];
  const needs: Need[] = [];
  if (!state.contacted && !has(state, 'protect')) needs.push({ stage: 'protect', kind: 'protect' });
  if (level.awaits && !has(state, 'second')) needs.push({ stage: 'protect', kind: 'second' });
  // Notice runs beside and never blocks.
  needs.push(...noticing(state));
  if (!has(state, 'renew')) needs.push({ stage: 'protect', kind: 'renew' });
  if (!has(state, 'review')) needs.push({ stage: 'review', kind: 'review' });
  // Protection first: no plan before the affected person was contacted.
  if (!state.contacted) return needs;
  if (!plan) {
    if (!has(state, 'plan')) needs.push({ stage: 'plan', kind: 'plan' });
  } else if (plan.waiting.length > 0) {
    for (const { kind, owner, due, mediator } of plan.waiting) {
      const on = { stage: 'measures', measure: kind } as const;
      const more = { ...(due ? { due } : {}), ...(mediator ? { mediator } : {}) };
      needs.push(owner === null ? { ...on, kind: 'assign' } : { ...on, ...more, kind: 'measure', owner });
    }
  } else if (!['measure', 'assign', 'resolve'].some((kind) => openTasks(state).some((task) => task.kind === kind))) {
    needs.push({ stage: 'review', kind: 'resolve' });
  }
  return needs;
}

/** The person concerned is told, unless and as long as that is put off. */
function noticing(state: CaseState): Need[] {
  const { deferral } = state.notice;
  if (state.told || has(state, 'notify') || has(state, 'second-deferral')) return [];
  return [{ stage: 'protect', kind: 'notify', ...(deferral ? { from: deferral.until } : {}) }];
}

function afterwards(state: CaseState): Need[] {
  if (state.status !== 'resolved') return [];
  const needs: Need[] = [];
  if (!state.checkInsSet) needs.push({ stage: 'check-ins', kind: 'check-in' });
  if (state.concern && !has(state, 'review')) needs.push({ stage: 'review', kind: 'review' });
  return needs;
}

/** True when something is due that no open task or running assessment covers. */
export const isAnythingDue = (state: State): boolean => needsOf(state).length > 0;

/** What the lifecycle does next. */
export function nextStage(state: State): Stage {
  const due = new Set(needsOf(state).map((need) => need.stage));
  const stage = stages.find((s) => due.has(s));
  if (stage) return stage;
  return openTasks(state).length > 0 ? 'carry-out' : 'close';
}

const day = 86_400_000;

/** The tasks that are due now, with owners and windows, of every stage but `assess`. */
export function tasksDue(state: State, city: City, at: number): TaskOpening[] {
  return needsOf(state).flatMap((need) => (need.kind ? openingsFor(state, city, need, need.kind, at) : []));
}

function openingsFor(state: State, city: City, need: Need, kind: TaskKind, at: number): TaskOpening[] {
  const level = levelFor(state);
  const tier = tierFor(city, kind, level);
  const { disputeType, area } = state;
  const owner = need.owner ?? responsible(city, { kind: workOf(kind, need), disputeType, area, tier });
  const { measure, event, urgency, joining, about, mediator, ends, offerTo } = need;
  const given = Object.fromEntries(
    Object.entries({ level: level ?? undefined, measure, event, urgency, joining, about, mediator, ends }).filter(
      ([, value]) => value !== undefined,
    ),
  );
  const offer = offerTo && { handOff: 'offer-1', to: offerTo, until: addDuration(city, at, city.handOff) };
  const open = (from: number, extra: Partial<TaskOpening> = {}): TaskOpening => ({
    kind,
    owner,
    from,
    ...windows(city, kind, level, from, urgency),
    ...given,
    ...(offer ? { offer } : {}),
    ...(need.due === undefined ? {} : { due: need.due }),
    ...extra,
  });
  if (state.subject === 'case' && state.level && level) {
    const { since, lapses, colour } = state.level;
    if (kind === 'renew') return [open(Math.max(at, since + Math.floor((lapses - since) / 2)), { due: lapses })];
    if (kind === 'second') return [open(at, { due: secondDue(city, since) })];
    if (kind === 'review') {
      return [open(Math.max(at, addDuration(city, state.reviewedAt ?? since, city.levels[colour].review)))];
    }
  }
  if (kind === 'decide' && state.subject === 'case') return [open(at, { due: decisionDue(state, city, level, at) })];
  if (kind === 'check-in' && state.subject === 'case') {
    const days = city.levels[state.resolvedAs ?? 'yellow'].checkIns;
    return days.map((after) => open((state.resolvedAt ?? at) + after * day));
  }
  if (kind === 'safety-plan') return [open(addDuration(city, at, city.safetyPlan))];
  return [open(need.from ?? at)];
}

/** Which row of the responsibility list names the owner. */
const workOf = (kind: TaskKind, { measure }: Need) =>
  kind === 'measure' || kind === 'offer-help' ? (measure ?? kind) : kind;

/**
 * A decision is due so long after receipt, however long the verification took; but whoever is asked has at least the time to
 * acknowledge it.
 */
function decisionDue(state: CaseState, city: City, level: Level | null, at: number): number {
  const own = windows(city, 'decide', level, at);
  const received = state.events.filter((event) => event.state === 'verified').map((event) => event.receivedAt);
  const counted = windows(city, 'decide', level, Math.max(...received, 0));
  return Math.max(counted.due, own.ackDue ?? at);
}

/** A red level rests on one person until then (design §1.4). */
const secondDue = (city: City, since: number): number => addDuration(city, since, city.levels.red.second);

/** The level whose clocks count: the one that stands, that was resolved, or that is proposed. */
function levelFor(state: State): Level | null {
  if (state.subject !== 'case') return null;
  const proposal = state.assessment?.proposal;
  return state.level?.colour ?? state.resolvedAs ?? (proposal && proposal !== 'none' ? proposal : null);
}

function tierFor(city: City, kind: TaskKind, level: Level | null): string {
  switch (kind) {
    case 'round':
      return city.tiers[0] ?? 'village';
    case 'settle':
    case 'check-in':
    case 'confirm-facts':
    case 'offer-help':
    case 'citizen-notice':
      return 'village';
    case 'verify':
    case 'crisis-help':
    case 'police-notice':
    case 'protective-contact':
    case 'enquiry':
    case 'confirm-agreement':
      return 'township';
    case 'second':
    case 'second-deferral':
    case 'child-protection':
    case 'assign':
    case 'take-over':
      return 'county';
    case 'access-review':
      return city.tiers.at(-1) ?? 'city';
    default:
      return city.levels[level ?? levels[0]].tier;
  }
}

/** The post accountable for the whole case while this level stands. */
export const accountable = (state: Pick<State, 'area' | 'disputeType'>, city: City, level: Level | null): string =>
  responsible(city, {
    kind: 'review',
    disputeType: state.disputeType,
    area: state.area,
    tier: city.levels[level ?? levels[0]].tier,
  });
