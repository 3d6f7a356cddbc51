/** The SLA ladder of a task: reminder, warning to the supervisor, one tier up; three waits: see waits.ts. Pure. */
import { addDuration, addWorkingTime, intoOfficeHours, workingTimeBetween } from '../calendar/calendar.ts';
import type { City } from '../config/city.ts';
import { isWithin, leadAbove, post } from '../config/posts.ts';
import { accountable } from './accountable.ts';
import type { Content, ContentOf, Stint, WholeCase } from './actions.ts';
import { isHelpIn, mayHelp } from './help.ts';
import { awaited, joiningClimbed } from './joint.ts';
import { legalRoutesFor } from './legal-routes.ts';
import { isInDays, isWorking, lengthOf } from './lengths.ts';
import { absoluteEnd } from './level-end.ts';
import { type Call, called, calledUntil, nextCall } from './paging.ts';
import { pausedUntil, resumedStint } from './pausing.ts';
import { askedByPersons, beforeHardEnd, besideTheWhole, contestUnanswered, superior } from './reviewing-apart.ts';
import { type CaseState, type LevelState, openTasks, type State, type Task } from './state.ts';
import { lawAfterPause, lawTimer, statutoryRest, thenOf, withinLaw } from './statutory.ts';
import { type Wait, type WaitFor, waitOf } from './waits.ts';
import type { Level, TaskKind, Urgency } from './words.ts';

export type Rung =
  | 'begin'
  | 'remind'
  | 'warn'
  | 'climb'
  | 'lapse'
  | 'end'
  | 'law'
  | 'expire-hand-off'
  | 'page'
  | 'resume';

export interface Timer {
  readonly at: number;
  readonly rung: Rung;
}

/** Their end is no escalation but a downward move: the level's own clock. */
const lapsing: ReadonlySet<TaskKind> = new Set(['renew', 'renewal-review', 'second', 'second-deferral']);

/** When the waits for acknowledgement, for the first action and for the end are over, counted from an instant. */
export function windows(
  city: City,
  kind: TaskKind,
  level: Level | null,
  from: number,
  urgency?: Urgency | null,
): { ackDue?: number; actDue?: number; due: number } {
  const clocked = { kind, level, urgency };
  const ends = (wait: WaitFor, latest = Number.POSITIVE_INFINITY): number | undefined => {
    const length = lengthOf(city, clocked, wait);
    return length && Math.min(latest, addDuration(city, from, length));
  };
  const due = ends('complete') ?? from;
  if (lapsing.has(kind) || kind === 'citizen-notice' || kind === 'take-over') return { due };
  const [ackDue, actDue] = [ends('acknowledge', due), ends('act', due)];
  return { ...(ackDue === undefined ? {} : { ackDue }), ...(actDue === undefined ? {} : { actDue }), due };
}

export function stint(city: City, task: Task, owner: string, at: number): Stint {
  const anew = windows(city, task.kind, task.level, Math.max(at, task.from), task.urgency);
  // With another owner its clocks go on.
  const lawDue = lawAfterPause(city, task, at);
  const next = {
    owner,
    ...anew,
    ...statutoryRest(task, at),
    ...(lapsing.has(task.kind) || (fixed.has(task.kind) && task.due > at) ? { due: task.due } : {}),
    ...(lawDue === undefined ? {} : { lawDue }),
  };
  return withinLaw(task, beforeHardEnd(city, task, next, at), at);
}

/** A duty to report, or what counts from receipt: no change of hands puts its end off. That of a level is where it is, also once it has come. */
const fixed: ReadonlySet<TaskKind> = new Set(['child-protection', ...askedByPersons]);

/** What changes hands with the whole case: the area, where the next owner is of another, and what its post has open. */
export function wholeCase(city: City, state: CaseState, owner: string, at: number): WholeCase {
  const { area, role } = post(city, owner);
  // What they were asked beside it is asked of nobody in their place.
  const theirs = openTasks(state).filter(
    (task) =>
      task.owner === state.owner &&
      task.kind !== 'take-over' &&
      !besideTheWhole.has(task.kind) &&
      (mayHelp(role) || !isHelpIn(state.subject, task)),
  );
  return {
    owner,
    area: isWithin(city, state.area, area) ? state.area : area,
    stints: Object.fromEntries(theirs.map((task) => [task.no, stint(city, task, owner, at)])),
  };
}

/** The next instant at which something happens to the task if nobody acts. Every open task has one. */
export function nextTimer(city: City, task: Task): Timer {
  const { ends, handOff } = task;
  let next = ownTimer(city, task);
  const call = nextCall(city, task);
  if (call !== undefined && call <= next.at) next = { at: call, rung: 'page' };
  const law = task.begun ? lawTimer(task) : undefined;
  if (law !== undefined && law <= next.at) next = { at: law, rung: 'law' };
  if (ends !== null && task.begun && ends <= next.at) next = { at: ends, rung: 'end' };
  return handOff && handOff.until <= next.at ? { at: handOff.until, rung: 'expire-hand-off' } : next;
}

function ownTimer(city: City, task: Task): Timer {
  if (!task.begun) return { at: task.from, rung: 'begin' };
  if (task.paused) return { at: pausedUntil(city, task, task.paused.at), rung: 'resume' };
  // A level ends when it ends: whoever takes the work up in the last minute has no minute more.
  const wait = lapsing.has(task.kind) ? { ...waitOf(task), until: task.due } : waitOf(task);
  if (task.rung < 2) {
    const share = task.rung === 0 ? city.ladder.remind : city.ladder.warn;
    return { at: within(city, task, wait, share), rung: task.rung === 0 ? 'remind' : 'warn' };
  }
  // A lapse comes a second after whatever else falls on that instant, so that the two have an order.
  if (lapsing.has(task.kind)) return { at: wait.until + second, rung: 'lapse' };
  return { at: wait.for === 'acknowledge' ? Math.max(wait.until, calledUntil(city, task)) : wait.until, rung: 'climb' };
}

/** After a share of the wait: of working time where it is given in working time, so that no Saturday spends any of it. */
function within(city: City, task: Task, { for: what, from, until }: Wait, share: number): number {
  const length = lengthOf(city, task, what);
  const part = (time: number) => Math.round((time * share) / second) * second;
  const open = isWorking(length) ? workingTimeBetween(city, from, until) : 0;
  if (open > 0) return addWorkingTime(city, from, part(open));
  const at = from + part(until - from);
  // Where days are counted nobody is reminded on a Sunday night, unless the time would be up by then or a level is red.
  const humane = isInDays(length) && task.level !== 'red' && until - from >= day ? intoOfficeHours(city, at) : at;
  return humane < until ? humane : at;
}

const second = 1000;
const day = 86_400_000;

/**
 * The action that a passed timer demands; undefined while none has passed.
 * @param calls who may be called for the task, in order
 * @param duty the post on duty to which it is offered as it begins
 */
export function slaStep(
  city: City,
  state: State,
  task: Task,
  now: number,
  calls: readonly Call[],
  duty?: string,
): Content | undefined {
  const timer = nextTimer(city, task);
  if (timer.at > now) return undefined;
  const on = { task: task.no };
  switch (timer.rung) {
    case 'begin':
      return { kind: 'began', ...on, ...offerTo(city, task, duty, now) };
    case 'page':
      return called(city, task, calls);
    case 'resume':
      return { kind: 'resumed', ...on, stint: resumedStint(city, task, now) };
    case 'remind':
      return { kind: 'reminded', ...on };
    case 'warn': {
      const [silent = task.owner] = awaited(task);
      return { kind: 'warned', ...on, supervisor: superior(city, task, silent) ?? silent };
    }
    case 'climb': {
      if (task.kind === 'take-over' && state.subject === 'case') return takeOverExpired(city, state, task, now);
      if (!awaited(task).includes(task.owner)) return joiningClimbed(city, task, now);
      const above = superior(city, task, task.owner);
      const next =
        above === undefined ? toldDaily(stint(city, task, task.owner, now), now) : stint(city, task, above, now);
      return { kind: 'climbed', ...on, stint: next, tier: post(city, next.owner).tier };
    }
    case 'expire-hand-off': {
      const above = aboveBoth(city, task.handOff?.from ?? task.owner, task.handOff?.to ?? task.owner);
      return {
        kind: 'handOffExpired',
        ...on,
        handOff: task.handOff?.id ?? '',
        stint: stint(city, task, above, now),
        tier: post(city, above).tier,
        ...lastReturn(city, task),
      };
    }
    case 'end':
      return contestUnanswered(city, state, task, now) ?? { kind: 'ended', ...on };
    case 'law':
      return {
        kind: thenOf(task) === 'ends' ? 'ended' : 'routesTold',
        ...on,
        routes: legalRoutesFor(state.disputeType),
      };
    case 'lapse':
      return lapse(city, state, task, now);
  }
}

/** Until it is accepted the sender stays accountable; silence goes to the tier above both. */
function offerTo(city: City, task: Task, to: string | undefined, at: number): Pick<ContentOf<'began'>, 'offer'> {
  if (to === undefined) return {};
  const until = Math.min(addDuration(city, at, city.handOff), task.ackDue ?? task.due);
  return { offer: { handOff: `${task.no}-${task.handOffs + 1}`, to, until } };
}

/** There is none above the highest post: it keeps the task and is told again, at most once a day. */
function toldDaily({ owner, ackDue, actDue, due }: Stint, now: number): Stint {
  const later = (at: number) => Math.max(at, now + day);
  return {
    owner,
    ...(ackDue === undefined ? {} : { ackDue: later(ackDue) }),
    ...(actDue === undefined ? {} : { actDue: later(actDue) }),
    due: later(due),
  };
}

/** Silence on a hand-off goes to the tier above both. */
function aboveBoth(city: City, from: string, to: string): string {
  const [one, other] = [leadAbove(city, from) ?? from, leadAbove(city, to) ?? to];
  const rank = (id: string) => city.tiers.indexOf(post(city, id).tier);
  return rank(other) > rank(one) ? other : one;
}

/** Nobody said whether they take the case over. */
function takeOverExpired(city: City, state: CaseState, task: Task, now: number): Content {
  const above = aboveBoth(city, state.owner, task.owner);
  const { tier } = post(city, above);
  return {
    kind: 'takeOverExpired',
    task: task.no,
    whole: wholeCase(city, state, above, now),
    tier,
    ...lastReturn(city, state),
  };
}

/** It comes back as often now as the city allows: the county decides whose it is. */
export const lastReturn = (city: City, { returns }: { readonly returns: number }): { readonly toCounty?: true } =>
  returns + 1 >= city.returns ? { toCounty: true } : {};

/** How long a red lasts that becomes orange because no second person agreed. */
export const orangeInstead = (
  city: City,
  state: CaseState,
  { since, most = Number.POSITIVE_INFINITY }: LevelState,
): number => Math.min(addDuration(city, since, city.levels.orange.lapse), most, absoluteEnd(state));

function lapse(city: City, state: State, task: Task, now: number): Content | undefined {
  if (state.subject !== 'case' || !state.level) return undefined;
  const { colour: from, afterRed, raised, most = Number.POSITIVE_INFINITY } = state.level;
  const isUnseconded = task.kind === 'second';
  // From its end, however late that is acted on: after a standstill, or a merge that is undone, there is no more of it.
  const full = Math.min(addDuration(city, state.level.lapses, city.levels.red.thenOrange), absoluteEnd(state));
  const afterwards = raised ? Math.min(full, most) : full;
  const lapses = isUnseconded ? orangeInstead(city, state, state.level) : afterwards;
  // A red decided anew on the same events has had its orange period already; and none lasts a year after what it rests on.
  const falls = from === 'red' && (isUnseconded || !afterRed) && lapses > now;
  if (!falls) return { kind: 'lapsed', task: task.no, from, to: null };
  return { kind: 'lapsed', task: task.no, from, to: 'orange', lapses, owner: accountable(state, city, 'orange') };
}
