/** The SLA ladder of a task: reminder, warning to the supervisor, one tier up; two waits, for acknowledgement and for the end. */
import { addDuration, intoOfficeHours } from '../calendar/calendar.ts';
import type { City } from '../config/city.ts';
import { leadAbove, post } from '../config/posts.ts';
import type { Content, Stint } from './actions.ts';
import type { State, Task } from './state.ts';
import type { Level, TaskKind, Urgency } from './words.ts';

export type Rung = 'begin' | 'remind' | 'warn' | 'climb' | 'lapse' | 'end' | 'expire-hand-off';

export interface Timer {
  readonly at: number;
  readonly rung: Rung;
}

/** Their end is no escalation but a downward move: the level's own clock. */
const lapsing: ReadonlySet<TaskKind> = new Set(['renew', 'second']);

/** When the waits for acknowledgement, for the first action and for the end are over, counted from an instant. */
export function windows(
  city: City,
  kind: TaskKind,
  level: Level | null,
  from: number,
  urgency?: Urgency | null,
): { ackDue?: number; actDue?: number; due: number } {
  const sla = city.sla[kind];
  const own = level ? sla.levels?.[level] : undefined;
  const preset = (urgency ? city.urgency[urgency] : undefined) ?? (level ? presetOf(city, kind, level) : undefined);
  const due = addDuration(city, from, preset ?? own?.complete ?? sla.complete);
  if (lapsing.has(kind) || kind === 'citizen-notice') return { due };
  const ackDue = Math.min(due, addDuration(city, from, own?.acknowledge ?? sla.acknowledge));
  const act = own?.firstAction ?? sla.firstAction;
  return { ackDue, ...(act ? { actDue: Math.min(due, addDuration(city, from, act)) } : {}), due };
}

function presetOf(city: City, kind: TaskKind, level: Level) {
  if (kind === 'decide') return city.levels[level].decide;
  if (kind === 'protect') return city.levels[level].contact;
  if (kind === 'plan') return city.levels[level].plan;
  if (kind === 'talk' && level !== 'yellow') return city.levels[level].talk;
  return undefined;
}

export function stint(city: City, task: Task, owner: string, at: number): Stint {
  return { owner, ...windows(city, task.kind, task.level, at, task.urgency) };
}

/** The next instant at which something happens to the task if nobody acts. Every open task has one. */
export function nextTimer(city: City, task: Task): Timer {
  const ladder = ownTimer(city, task);
  const own: Timer = task.ends !== null && task.ends <= ladder.at ? { at: task.ends, rung: 'end' } : ladder;
  const { handOff } = task;
  return handOff && handOff.until <= own.at ? { at: handOff.until, rung: 'expire-hand-off' } : own;
}

function ownTimer(city: City, task: Task): Timer {
  if (!task.begun) return { at: task.from, rung: 'begin' };
  const waitsForAck = task.acknowledgedAt === null && task.ackDue !== null;
  const start = waitsForAck || task.acknowledgedAt === null ? task.since : Math.max(task.since, task.acknowledgedAt);
  const end = waitsForAck && task.ackDue !== null ? task.ackDue : Math.max(task.due, start + minute);
  // A lapse comes a second after whatever else falls on that instant, so that the two have an order.
  if (task.rung === 2) return lapsing.has(task.kind) ? { at: end + second, rung: 'lapse' } : { at: end, rung: 'climb' };
  const share = task.rung === 0 ? city.ladder.remind : city.ladder.warn;
  const at = start + Math.round(((end - start) * share) / second) * second;
  // Where days are counted nobody is reminded on a Sunday night, unless the time would be up by then.
  const humane = end - start >= day ? intoOfficeHours(city, at) : at;
  return { at: humane < end ? humane : at, rung: task.rung === 0 ? 'remind' : 'warn' };
}

const second = 1000;
const minute = 60_000;
const day = 86_400_000;

/** The action that a passed timer demands; undefined while none has passed. */
export function slaStep(city: City, state: State, task: Task, now: number): Content | undefined {
  const timer = nextTimer(city, task);
  if (timer.at > now) return undefined;
  const on = { task: task.no };
  switch (timer.rung) {
    case 'begin':
      return { kind: 'began', ...on };
    case 'remind':
      return { kind: 'reminded', ...on };
    case 'warn':
      return { kind: 'warned', ...on, supervisor: leadAbove(city, task.owner) ?? task.owner };
    case 'climb': {
      const above = leadAbove(city, task.owner) ?? task.owner;
      return { kind: 'climbed', ...on, stint: stint(city, task, above, now), tier: post(city, above).tier };
    }
    case 'expire-hand-off': {
      const above = aboveBoth(city, task);
      return {
        kind: 'handOffExpired',
        ...on,
        handOff: task.handOff?.id ?? '',
        stint: stint(city, task, above, now),
        tier: post(city, above).tier,
      };
    }
    case 'end':
      return { kind: 'ended', ...on };
    case 'lapse':
      return lapse(city, state, task, now);
  }
}

/** Silence on a hand-off goes to the tier above both. */
function aboveBoth(city: City, task: Task): string {
  const leads = [task.handOff?.from, task.handOff?.to]
    .filter((id) => id !== undefined)
    .map((id) => leadAbove(city, id) ?? id);
  const rank = (id: string) => city.tiers.indexOf(post(city, id).tier);
  return leads.sort((a, b) => rank(b) - rank(a))[0] ?? task.owner;
}

function lapse(city: City, state: State, task: Task, now: number): Content | undefined {
  if (state.subject !== 'case' || !state.level) return undefined;
  const { colour: from, since } = state.level;
  if (task.kind === 'second') {
    const lapses = addDuration(city, since, city.levels.orange.lapse);
    return { kind: 'lapsed', task: task.no, from, to: 'orange', lapses };
  }
  if (from !== 'red') return { kind: 'lapsed', task: task.no, from, to: null };
  return {
    kind: 'lapsed',
    task: task.no,
    from,
    to: 'orange',
    lapses: addDuration(city, now, city.levels.red.thenOrange),
  };
}
