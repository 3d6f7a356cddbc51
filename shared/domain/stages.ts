/** What a case or dispute needs next: the way of a report (design §5) as one pure function of the state. */
import { addDuration } from '../calendar/calendar.ts';
import type { City } from '../config/city.ts';
import { responsible } from '../config/posts.ts';
import type { TaskOpening } from './actions.ts';
import { inputHashOf } from './assessing.ts';
import { windows } from './ladder.ts';
import { type CaseState, openTasks, type State } from './state.ts';
import { type Level, levels, type MeasureKind, type TaskKind } from './words.ts';

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

interface Need {
  readonly stage: Stage;
  /** Absent for `assess`, which the machine does by itself. */
  readonly kind?: TaskKind;
  readonly event?: string;
  readonly measure?: MeasureKind;
  readonly owner?: string;
  readonly after?: number;
}

const has = (state: State, kind: TaskKind): boolean => openTasks(state).some((task) => task.kind === kind);

function needsOf(state: State): Need[] {
  if (state.status === 'closed') return [];
  if (state.subject === 'case' && state.status === 'ending') return reviewing(state);
  if (state.subject === 'dispute') return state.wants.map((kind) => ({ stage: 'respond', kind }));
  return [...reviewing(state), ...responding(state), ...deciding(state), ...atLevel(state), ...afterwards(state)];
}

/** An emergency access is reviewed by somebody who took no part. */
const reviewing = ({ toReview }: CaseState): Need[] =>
  toReview > 0 ? [{ stage: 'respond', kind: 'access-review' }] : [];

function responding(state: CaseState): Need[] {
  const asked = new Set(openTasks(state).map((task) => task.event));
  return state.events
    .filter((event) => event.state === 'unverified' && !asked.has(event.id))
    .map((event) => ({ stage: 'respond', kind: 'verify', event: event.id }));
}

function deciding(state: CaseState): Need[] {
  const { assessment, decision, level } = state;
  const verified = state.events.some((event) => event.state === 'verified');
  if (!verified || state.status === 'resolved') return [];
  if (state.reassess || assessment === null || assessment.inputHash !== inputHashOf(state))
    return [{ stage: 'assess' }];
  const answered = decision !== null && decision.onAssessment >= assessment.n;
  if (answered || level?.colour === assessment.proposal || has(state, 'decide')) return [];
  return [{ stage: 'decide', kind: 'decide' }];
}

function atLevel(state: CaseState): Need[] {
  const { level, plan } = state;
  if (!level) return [];
  const needs: Need[] = [];
  if (!state.safetyPlan && !has(state, 'protect')) needs.push({ stage: 'protect', kind: 'protect' });
  if (level.awaits && !has(state, 'second')) needs.push({ stage: 'protect', kind: 'second' });
  // Notice runs beside and never blocks.
  if (!state.notified && !has(state, 'notify')) needs.push({ stage: 'protect', kind: 'notify' });
  if (!has(state, 'renew')) needs.push({ stage: 'protect', kind: 'renew' });
  if (!has(state, 'review')) needs.push({ stage: 'review', kind: 'review' });
  // Protection first: no plan before the affected person was contacted.
  if (!state.safetyPlan) return needs;
  if (!plan) {
    if (!has(state, 'plan')) needs.push({ stage: 'plan', kind: 'plan' });
  } else if (plan.waiting.length > 0) {
    for (const { kind, owner } of plan.waiting)
      needs.push({ stage: 'measures', kind: 'measure', measure: kind, owner });
  } else if (!has(state, 'measure') && !has(state, 'resolve')) {
    needs.push({ stage: 'review', kind: 'resolve' });
  }
  return needs;
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
  const owner =
    need.owner ??
    responsible(city, { kind: need.measure ?? kind, disputeType: state.disputeType, area: state.area, tier });
  const open = (from: number, extra: Partial<TaskOpening> = {}): TaskOpening => ({
    kind,
    owner,
    from,
    ...windows(city, kind, level, from),
    ...(level ? { level } : {}),
    ...(need.event ? { event: need.event } : {}),
    ...(need.measure ? { measure: need.measure } : {}),
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
  return [open(at)];
}

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
  if (state.subject === 'dispute') return null;
  const proposal = state.assessment?.proposal;
  return state.level?.colour ?? state.resolvedAs ?? (proposal && proposal !== 'none' ? proposal : null);
}

function tierFor(city: City, kind: TaskKind, level: Level | null): string {
  switch (kind) {
    case 'settle':
    case 'check-in':
      return 'village';
    case 'verify':
    case 'crisis-help':
      return 'township';
    case 'second':
    case 'child-protection':
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
