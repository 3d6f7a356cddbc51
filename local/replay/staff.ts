/**
 * The simulated staff of a city: what a post does about a notice, and when. Pure: the same seed, notice and time give the same
 * intents, in whatever order notices arrive. Posts acknowledge and answer, are late, hand off, take over, stay silent.
 */
import { intoOfficeHours } from '../../shared/calendar/calendar.ts';
import type { City } from '../../shared/config/city.ts';
import { post as postOf } from '../../shared/config/posts.ts';
import { splitTaskId } from '../../shared/domain/ids.ts';
import { windows } from '../../shared/domain/ladder.ts';
import type { NoticeKind } from '../../shared/domain/state.ts';
import { levels, type TaskKind, taskKinds } from '../../shared/domain/words.ts';
import type { Somebody } from '../people.ts';
import { along, alongVerbs } from './along.ts';
import { onGrid, quarter } from './grid.ts';
import { colleague } from './neighbours.ts';
import { between, choose, draw } from './random.ts';

export interface Staff {
  readonly city: City;
  readonly seed: number;
}

/** A notice as a post hears it. */
export interface Heard {
  readonly kind: NoticeKind;
  readonly taskId: string;
  readonly step: number;
  readonly post: string;
  readonly at: number;
  /** End of the present wait. */
  readonly due: number;
}

/** What people say in a replay: of their task and beside it; and what nobody is asked for. */
export const said = [
  ...(['acknowledge', 'answer', 'hand-off', 'accept', 'decline'] as const),
  ...alongVerbs,
  ...(['open-share', 'own-affairs', 'stop-levels', 'release-levels'] as const),
] as const;
type Said = (typeof said)[number];

/** What a post means to do. The key is the idempotency key: doing it twice is doing it once. */
export interface Intent {
  readonly key: string;
  readonly at: number;
  readonly taskId: string;
  readonly post: string;
  readonly verb: Said;
  /** Whom it is handed to, or shared with; who is called in; which share is opened. */
  readonly to?: string;
  /** In their own affairs: who it is. */
  readonly who?: Somebody;
}

export const logOf = (taskId: string): string => taskId.slice(0, taskId.indexOf('.'));

export function kindOf(taskId: string): TaskKind {
  const task = splitTaskId(taskId)?.task ?? '';
  const kind = taskKinds.find((known) => known === task.slice(0, task.lastIndexOf('-')));
  if (!kind) throw new RangeError(`${taskId} is no task`);
  return kind;
}

const minute = 60_000;
const hour = 60 * minute;

export function react(staff: Staff, heard: Heard): Intent[] {
  const chance = (about: string) => draw(staff.seed, heard.taskId, heard.kind, heard.step, heard.post, about);
  const habit = habitOf(staff, heard, chance('habit'));
  const acknowledged = soon(staff.city, heard, between(0.04, 0.4, chance('acknowledge')));
  const answered = later(staff.city, heard, acknowledged, chance('answer'), chance('lateness'));
  const intend = (verb: Said, at: number, to?: string, again = '', post = heard.post): Intent => ({
    key: `${heard.kind}-${heard.step}-${verb}${again}`,
    at,
    taskId: heard.taskId,
    post,
    verb,
    ...(to === undefined ? {} : { to }),
  });
  const beside = (): Intent[] =>
    along(staff.city, heard.post, kindOf(heard.taskId), chance).map(({ verb, share, days, to, post, again }) =>
      intend(
        verb,
        humanely(
          staff.city,
          acknowledged + (days === undefined ? (answered - acknowledged) * share : days * 24 * hour),
          acknowledged,
          answered,
        ),
        to,
        again,
        post,
      ),
    );
  switch (habit) {
    case 'silent':
      return [];
    case 'act':
      return [intend('acknowledge', acknowledged), ...beside(), intend('answer', answered)];
    case 'acknowledge':
      return [intend('acknowledge', acknowledged)];
    case 'answer':
      return kindOf(heard.taskId) === 'child-protection'
        ? [intend('acknowledge', acknowledged), intend('answer', answered)]
        : [intend('answer', acknowledged)];
    case 'accept':
      return [intend('accept', acknowledged), intend('answer', answered)];
    case 'decline':
      return [intend('decline', acknowledged)];
    case 'hand-off': {
      const to = colleague(staff.city, heard.post, chance('to'));
      return to === undefined
        ? [intend('acknowledge', acknowledged), intend('answer', answered)]
        : [intend('hand-off', acknowledged, to)];
    }
  }
}

type Habit = 'act' | 'acknowledge' | 'answer' | 'accept' | 'decline' | 'hand-off' | 'silent';

/** Their end is a downward move of the level, no ladder: only the first notice asks for a choice. */
const lapsing: ReadonlySet<TaskKind> = new Set(['renew', 'renewal-review', 'second']);
const lapseHabits = { answer: 68, silent: 32 };

const silence: Readonly<Record<string, number>> = { grid: 14, village: 12, township: 10, county: 6 };

/** Nobody below the county hears of some tasks at all, and of a few of those not even the county. */
const unheard = 0.03;

/** One dispute in eight drags on: it is not resolved, and its level ends because nobody decides anew. */
export const stuck = ({ seed }: Staff, taskId: string): boolean => draw(seed, logOf(taskId), 'stuck') < 1 / 8;

/** One in five goes on: it is renewed as long as anybody may. */
export const goesOn = (staff: Staff, taskId: string): boolean =>
  !stuck(staff, taskId) && draw(staff.seed, logOf(taskId), 'goes on') < 1 / 5;

/** Most contests are answered by nobody, at no tier: what silence leads to is seen. */
const unanswered = 0.6;

function habitOf(staff: Staff, { kind, taskId, post, at, due }: Heard, chance: number): Habit {
  if (kindOf(taskId) === 'renew' && stuck(staff, taskId)) return 'silent';
  if (kindOf(taskId) === 'contest' && draw(staff.seed, taskId, 'unanswered') < unanswered) return 'silent';
  if (kindOf(taskId) === 'renew' && goesOn(staff, taskId)) return kind === 'opened' ? 'answer' : 'silent';
  if (lapsing.has(kindOf(taskId))) return kind === 'opened' ? choose<Habit>(lapseHabits, chance) : 'silent';
  const { tier } = postOf(staff.city, post);
  const top = staff.city.tiers.at(-1);
  const deaf = draw(staff.seed, taskId, 'unheard') < (tier === 'county' ? unheard / 3 : unheard);
  if (deaf && tier !== top) return 'silent';
  switch (kind) {
    case 'opened':
      return choose<Habit>(
        { answer: 38, act: 42, silent: silence[tier] ?? 0, 'hand-off': due - at >= 6 * hour ? 6 : 0 },
        chance,
      );
    case 'escalated':
    case 'hand-off-expired':
    case 'assigned':
      return choose<Habit>({ answer: 40, act: 48, silent: tier === top ? 0 : 12 }, chance);
    case 'hand-off-declined':
      return 'answer';
    case 'hand-off':
      return choose<Habit>({ accept: 62, decline: 22, silent: 16 }, chance);
    case 'reminder':
      return choose<Habit>({ answer: 55, silent: 45 }, chance);
    // One tap: "I have it".
    case 'page':
      return choose<Habit>({ acknowledge: 55, silent: 45 }, chance);
    case 'warning':
    case 'tightened':
    case 'invited':
    case 'extended':
      return 'silent';
  }
}

/** A share of the present wait after the notice. */
function soon(city: City, { at, due }: Heard, share: number): number {
  const window = Math.max(due - at, 2 * minute);
  return humanely(city, at + window * share, at, at + window * 0.48);
}

/** A share of what is left for the whole task; one in eight is late. */
function later(city: City, heard: Heard, from: number, chance: number, lateness: number): number {
  const end = Math.max(completeDue(city, heard), from + 10 * minute);
  const share = lateness < 0.125 ? between(0.55, 1.2, chance) : between(0.05, 0.42, chance);
  return humanely(city, from + (end - from) * share, from, end);
}

/** Where days are counted, people act in office hours. */
function humanely(city: City, wanted: number, after: number, end: number): number {
  const long = end - after >= 8 * hour;
  const working = long ? intoOfficeHours(city, wanted) : wanted;
  const humane = working < end ? working : wanted;
  return onGrid(Math.max(humane, after + 1), end - after >= 2 * hour ? quarter : minute);
}

/** The end of the task, as far as whoever reads the notice can tell: the level is not in it, but its window is. */
function completeDue(city: City, { kind, taskId, at, due }: Heard): number {
  const task = kindOf(taskId);
  const all = [null, ...levels].map((level) => windows(city, task, level, at));
  const fitting = kind === 'hand-off' ? all : all.filter(({ ackDue }) => ackDue === due);
  return fitting.length === 0 ? due : Math.min(...fitting.map((window) => window.due));
}
