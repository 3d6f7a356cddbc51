/** What a case or dispute needs next: the way of a report (design §5) as one pure function of the state. */
import { addDuration } from '../calendar/calendar.ts';
import type { City } from '../config/city.ts';
import { responsible } from '../config/posts.ts';
import { isHandedOver } from './accountable.ts';
import type { PlannedMeasure, TaskOpening, Want } from './actions.ts';
import { inputHashOf } from './assessing.ts';
import { closingsDue } from './citizen-notices.ts';
import { isFirstLook, urgencyOf } from './danger.ts';
import { joiningFor } from './joint.ts';
import { windows } from './ladder.ts';
import { movingOf } from './merged.ts';
import type { Proposal } from './model.ts';
import { noticeNeeds } from './noticing.ts';
import { afterQuiet } from './quiet.ts';
import { nextReview } from './review-days.ts';
import { askedByPersons, hardEnd } from './reviewing-apart.ts';
import { type CaseState, type LevelState, openTasks, type State } from './state.ts';
import { lawClock, statutoryWindows } from './statutory.ts';
import { invitedTo } from './talking.ts';
import { goesOn } from './told.ts';
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

interface Need extends Omit<Want, 'kind'> {
  readonly stage: Stage;
  /** Absent for `assess`, which the machine does by itself. */
  readonly kind?: TaskKind;
}

const has = (state: State, kind: TaskKind): boolean => openTasks(state).some((task) => task.kind === kind);

function needsOf(state: State): Need[] {
  // While two become one only clocks go on.
  if (state.status === 'closed' || movingOf(state)) return [];
  const asked = state.wants.map((want): Need => ({ stage: stageOf(want.kind), ...want }));
  if (state.subject !== 'case') {
    return [...asked, ...closingsDue(state).map((want): Need => ({ stage: stageOf(want.kind), ...want }))];
  }
  if (state.status === 'ending') return asked;
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
    case 'agreement-check':
      return 'check-ins';
    case 'renewal-review':
    case 'lapse-review':
    case 'contest':
    case 'contest-second':
    case 'correction':
    case 'rights-request':
      return 'review';
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
  // What was decided before stays decided: a way that begins anew waits for something that holds.
  const waits = state.status === 'resolved' || (state.status === 'reported' && !state.fresh);
  if (!verified || waits) return [];
  // What begins anew is assessed anew, also on events that were assessed before.
  const begins = state.status === 'reported' || state.reassess || assessment === null;
  if (begins || assessment.inputHash !== inputHashOf(state)) return [{ stage: 'assess' }];
  const answered = decision !== null && decision.onAssessment >= assessment.n;
  // Also where the proposal is the level that stands: what is newly verified is decided on.
  if (answered || (level?.colour === assessment.proposal && !state.decideAnew && goesOn(state))) return [];
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
  // While the reviewer is asked the level lapses by that clock.
  const isAsked = has(state, 'renewal-review') || state.wants.some(({ kind }) => kind === 'renewal-review');
  if (!has(state, 'renew') && !isAsked) needs.push({ stage: 'protect', kind: 'renew' });
  if (!has(state, 'review')) needs.push({ stage: 'review', kind: 'review' });
  // Protection first: no plan before the affected person was contacted.
  if (!state.contacted) return needs;
  const isDue = !plan || state.replan;
  if (isDue && !has(state, 'plan')) needs.push({ stage: 'plan', kind: 'plan' });
  if (plan && plan.waiting.length > 0) {
    needs.push(...measuresDue(state, plan.waiting));
  } else if (
    !isDue &&
    !['measure', 'assign', 'resolve'].some((kind) => openTasks(state).some((task) => task.kind === kind))
  ) {
    needs.push({ stage: 'review', kind: 'resolve' });
  }
  return needs;
}

/** A measure that no row of the list names an owner for is opened when the county has named one. */
function measuresDue(state: CaseState, waiting: readonly PlannedMeasure[]): Need[] {
  const isAsked = (measure: MeasureKind) =>
    openTasks(state).some((task) => task.kind === 'assign' && task.measure === measure);
  return waiting.flatMap(({ kind: measure, owner, due, mediator }): Need[] => {
    const on = { stage: 'measures', measure, ...(mediator ? { mediator } : {}) } as const;
    if (owner === null) return isAsked(measure) ? [] : [{ ...on, kind: 'assign' }];
    return [{ ...on, kind: 'measure', owner, ...(due ? { due } : {}) }];
  });
}

/** The person concerned is told, and the affected person before them. */
const noticing = (state: CaseState): Need[] => noticeNeeds(state).map((need) => ({ stage: 'protect', ...need }));

function afterwards(state: CaseState): Need[] {
  if (state.status !== 'resolved') return [];
  // What was owed at the level is owed after it.
  const needs = noticing(state);
  if (!state.checkInsSet) needs.push({ stage: 'check-ins', kind: 'check-in' });
  if (state.concern && !has(state, 'review')) needs.push({ stage: 'review', kind: 'review' });
  return needs;
}

/** What the lifecycle does next. */
export function nextStage(state: State): Stage {
  const due = new Set(needsOf(state).map((need) => need.stage));
  const stage = stages.find((s) => due.has(s));
  if (stage) return stage;
  return openTasks(state).length > 0 || movingOf(state) ? 'carry-out' : 'close';
}

const day = 86_400_000;

/** The tasks that are due now, with owners and windows, of every stage but `assess`. */
export function tasksDue(state: State, city: City, at: number): TaskOpening[] {
  return needsOf(state).flatMap((need) => (need.kind ? openingsFor(state, city, need, need.kind, at) : []));
}

function openingsFor(state: State, city: City, need: Need, kind: TaskKind, at: number): TaskOpening[] {
  const level = levelFor(state, kind);
  const tier = tierFor(city, kind, level);
  const { disputeType, area } = state;
  const listed = () => responsible(city, { kind: workOf(kind, need), disputeType, area, tier });
  const owner = need.owner ?? (isHandedOver(state) && leading.has(kind) ? state.owner : listed());
  const { measure, event, urgency, about, mediator, ends, offerTo } = need;
  const joining = need.joining ?? joiningFor(city, { kind, measure, level, owner, area });
  const given = Object.fromEntries(
    Object.entries({
      level: kind === 'safety-plan' || askedByPersons.has(kind) ? undefined : (level ?? undefined),
      measure,
      event,
      urgency,
      joining,
      about,
      mediator,
      ends,
    }).filter(([, value]) => value !== undefined),
  );
  const offer = offerTo && { handOff: 'offer-1', to: offerTo, until: addDuration(city, at, city.handOff) };
  const windowsFrom = (from: number) => {
    const work = { kind, measure, disputeType };
    const law = lawClock(city, work, from, need.due);
    // What stands beside a ladder where a quarrel arose puts no end to it.
    const most = kind === 'settle' ? undefined : law?.due;
    const own = { ...windows(city, kind, level, from, urgency), ...statutoryWindows(city, work, from) };
    return { ...within(own, need.due, most), ...(law ? { law } : {}) };
  };
  const open = (from: number, extra: Partial<TaskOpening> = {}): TaskOpening => ({
    kind,
    owner,
    from,
    ...windowsFrom(from),
    ...given,
    ...(offer ? { offer } : {}),
    ...(kind === 'talk' && state.subject === 'case' ? { invited: invitedTo(city, state, tier, owner) } : {}),
    ...extra,
  });
  if (kind === 'citizen-notice') {
    // Sent and over as soon as it may: its time to the minute is the person's own. A day later it tells them nothing any more.
    const from = afterQuiet(city, at);
    return [open(from, { owner: state.owner, due: from + day, ends: from })];
  }
  if (state.subject === 'case' && state.level && level) {
    const { since, lapses } = state.level;
    if (kind === 'renew') return [open(Math.max(at, renewFrom(city, state.level)), { due: lapses })];
    if (kind === 'renewal-review') return [open(at, { due: lapses })];
    if (kind === 'second') return [open(at, { due: secondDue(city, since) })];
    if (kind === 'review') return [open(Math.max(at, nextReview(city, state.level, state.reviewedAt)))];
  }
  if (isFirstLook(kind) && state.subject === 'case') return [open(at, { due: lookDue(state, city, need, kind, at) })];
  if (kind === 'decide' && state.subject === 'case') return [open(at, { due: decisionDue(state, city, level, at) })];
  if (kind === 'check-in' && state.subject === 'case') {
    const days = city.levels[state.resolvedAs ?? 'yellow'].checkIns;
    return days.map((after) => open((state.resolvedAt ?? at) + after * day));
  }
  if (kind === 'safety-plan') return [open(addDuration(city, at, city.safetyPlan))];
  if (kind === 'forewarn') return [open(Math.max(at, need.from ?? at))];
  if (kind === 'second-deferral' && state.subject === 'case') return [secondToDeferral(state, open(at))];
  if (kind === 'contest') return [contestWithin(city, open(need.from ?? at))];
  return [inTime(city, open(need.from ?? at), at)];
}

/** Its days count from receipt, and on the last one it ends by itself. */
function contestWithin(city: City, task: TaskOpening): TaskOpening {
  const ends = hardEnd(city, task);
  return ends === undefined ? task : { ...task, ends };
}

/** Clocks count from receipt; but whoever is asked when the time to acknowledge is over has that time. */
function inTime(city: City, opening: TaskOpening, at: number): TaskOpening {
  if (opening.ackDue === undefined || opening.ackDue > at) return opening;
  const { ackDue } = windows(city, opening.kind, opening.level ?? null, at, opening.urgency);
  if (ackDue === undefined) return opening;
  const actDue = opening.actDue === undefined ? {} : { actDue: Math.max(opening.actDue, ackDue) };
  return { ...opening, ...actDue, ackDue, due: Math.max(opening.due, ackDue) };
}

/** The windows of work that is due by a day of its own: no wait is longer. What the law sets may be sooner, never later. */
function within(
  { ackDue, actDue, due: own }: Windows,
  asked: number | undefined,
  statutory: number | undefined,
): Windows {
  const due = Math.min(asked ?? own, statutory ?? Number.POSITIVE_INFINITY);
  return {
    ...(ackDue === undefined ? {} : { ackDue: Math.min(ackDue, due) }),
    ...(actDue === undefined ? {} : { actDue: Math.min(actDue, due) }),
    due,
  };
}
type Windows = ReturnType<typeof windows>;

/** Which row of the responsibility list names the owner. */
const workOf = (kind: TaskKind, { measure }: Need) =>
  kind === 'measure' || kind === 'offer-help' ? (measure ?? kind) : kind;

/**
 * A decision is due so long after receipt of what is new in it, however long the verification took; but whoever is asked has at
 * least the time to acknowledge it. Where nothing is new, and somebody wants it decided anew, its time begins with that.
 */
function decisionDue(state: CaseState, city: City, level: Level | null, at: number): number {
  const own = windows(city, 'decide', level, at);
  const known = new Set(state.decision?.known);
  const news = state.events.filter(({ id, state: is }) => is === 'verified' && !known.has(id));
  if (news.length === 0) return own.due;
  const counted = windows(city, 'decide', level, Math.max(...news.map(({ receivedAt }) => receivedAt)));
  return Math.max(counted.due, own.ackDue ?? at);
}

/** The same of a first look at an event: what a confirmation takes is no time won. */
function lookDue(state: CaseState, city: City, { event, urgency }: Need, kind: TaskKind, at: number): number {
  const received = state.events.find(({ id }) => id === event)?.receivedAt ?? at;
  const level = levelFor(state, kind);
  const own = windows(city, kind, level, at, urgency);
  return Math.max(windows(city, kind, level, received, urgency).due, own.ackDue ?? at);
}

/** Nobody is waited for longer than the deferral lasts; then it is void. */
function secondToDeferral({ notice: { deferral } }: CaseState, task: TaskOpening): TaskOpening {
  const due = Math.min(task.due, deferral?.until ?? task.due);
  return { ...task, due, ends: due };
}

/** Half of a period before its end. */
function renewFrom(city: City, { colour, lapses, afterRed }: LevelState): number {
  const length = afterRed ? city.levels.red.thenOrange : city.levels[colour].lapse;
  return lapses - Math.floor((addDuration(city, lapses, length) - lapses) / 2);
}

/** A red level rests on one person until then (design §1.4). */
const secondDue = (city: City, since: number): number => addDuration(city, since, city.levels.red.second);

/** The level whose clocks count: the one that stands, that was resolved, or that is proposed. */
function levelFor(state: State, kind?: TaskKind): Level | null {
  // What goes on after the end of a level knows of none, and a safety plan never did.
  if (state.subject !== 'case' || state.status === 'ending' || kind === 'destroy') return null;
  const proposal = state.assessment?.proposal;
  // What is decided and talked about is the proposal.
  if ((kind === 'decide' || kind === 'talk') && isGraver(proposal, state.level?.colour)) return proposal;
  return state.level?.colour ?? state.resolvedAs ?? (proposal && proposal !== 'none' ? proposal : null);
}

const isGraver = (proposal: Proposal | undefined, level: Level | undefined): proposal is Level =>
  proposal !== undefined && proposal !== 'none' && (!level || levels.indexOf(proposal) > levels.indexOf(level));

/** At which tier the work is asked for. */
export function tierFor(city: City, kind: TaskKind, level: Level | null): string {
  switch (kind) {
    case 'round':
      return city.tiers[0] ?? 'village';
    case 'settle':
    case 'check-in':
    case 'agreement-check':
    case 'confirm-facts':
    case 'offer-help':
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
    case 'lapse-review':
    case 'tell-hold':
      return 'county';
    case 'access-review':
    case 'renewal-review':
    case 'contest':
    case 'contest-second':
    case 'correction':
    case 'rights-request':
      return city.tiers.at(-1) ?? 'city';
    default:
      return city.levels[level ?? levels[0]].tier;
  }
}

/** The work of whoever is accountable for the whole: it is theirs also where they took it over. */
const leading: ReadonlySet<TaskKind> = new Set(['decide', 'talk', 'plan', 'review', 'renew', 'resolve']);
