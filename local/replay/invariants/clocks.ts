/** Deadlines and the end of every level (design §9.2 and 9.9). */
import { addDuration } from '../../../shared/calendar/calendar.ts';
import type { Action, ActionKind } from '../../../shared/domain/actions.ts';
import { nextTimer } from '../../../shared/domain/ladder.ts';
import { absoluteEnd } from '../../../shared/domain/level-end.ts';
import {
  type CaseEvent,
  type CaseState,
  isClosed,
  openTasks,
  type State,
  type Task,
} from '../../../shared/domain/state.ts';
import { levels } from '../../../shared/domain/words.ts';
import { everyStep } from '../histories.ts';
import { Check, type Evidence, type Finding, time } from './evidence.ts';

/** Waits are whole seconds, and what a crash left is picked up by the reconciler, every five minutes. */
const grace = 6 * 60_000;
const day = 24 * 60 * 60_000;

/** Where a task stands on the ladder before each step: reminded, then warned, then up or down. */
const rungs: Readonly<Partial<Record<ActionKind, number>>> = { reminded: 0, warned: 1, climbed: 2, lapsed: 2 };

const isMessage = ({ kind }: Task): boolean => kind === 'citizen-notice';

/** No deadline passes without a reminder before and an escalation after; no task is silent. */
export function noSilence({ told, city, now }: Evidence): Finding {
  const check = new Check();
  for (const steps of told.steps.values()) {
    steps.forEach(({ id, action, before, after }, i) => {
      const until = steps[i + 1]?.action.at ?? now;
      for (const task of openTasks(after)) {
        const own = nextTimer(city, task);
        // A message to a citizen may wait for an hour that is safe for them: at most a day.
        const timer = isMessage(task) && task.begun ? { ...own, at: own.at + day } : own;
        check.holds(
          timer.at + grace >= until,
          () => `${id}.${task.no}: "${timer.rung}" was due at ${time(timer.at)} and had not come by ${time(until)}`,
        );
        check.holds(
          !task.begun || isMessage(task) || task.notices.length > 0,
          () => `${id}.${task.no} began without a notice`,
        );
      }
      const { content } = action;
      const asked = rungs[content.kind];
      if (asked === undefined || !('task' in content)) return;
      const task = before?.tasks[content.task];
      const rung = task?.rung;
      // A contest ends so many days after its receipt, however lately it has climbed: with each climb reminding begins anew.
      const hadAll = content.kind === 'lapsed' && content.cause === 'contest' && (task?.climbs ?? 0) > 0;
      check.holds(
        rung === asked || hadAll,
        () => `${id}.${content.task} ${content.kind} at rung ${rung}, not ${asked}`,
      );
    });
  }
  return check.finding;
}

const isRenewedByReviewer = ({ content }: Action): boolean =>
  content.kind === 'answered' && content.answer.task === 'renewal-review' && content.answer.outcome === 'renewed';

/** Where nobody answers, a level ends after two reminders and a review that was due before. */
function announced(before: State | undefined, { n, content }: Action): [boolean, () => string] {
  const task = content.kind === 'lapsed' && before ? before.tasks[content.task] : undefined;
  if (!before || (task?.kind !== 'renew' && task?.kind !== 'renewal-review')) return [true, () => ''];
  const seen = task.rung === 2 && (before.counts.review ?? 0) > 0;
  return [seen, () => `${before.id} lapsed by action ${n} without two reminders and a review before`];
}

/** Deciding on a level that stands prolongs it where it is raised, or by something newer that somebody has dated; not by what is told again. */
function prolonged(before: State | undefined, after: CaseState, { n, content }: Action): [boolean, () => string] {
  const decides = content.kind === 'answered' && content.answer.task === 'decide';
  if (!decides || before?.subject !== 'case' || !before.level || !after.level) return [true, () => ''];
  const { level: stood, decision } = before;
  const isRaised = levels.indexOf(after.level.colour) > levels.indexOf(stood.colour);
  const isNewer = ({ id, at, state, undated }: CaseEvent) =>
    state === 'verified' && !undated && !decision?.known.includes(id) && at > stood.begins;
  const goesOn = after.level.begins === stood.begins && after.level.lapses <= Math.max(stood.lapses, stood.most ?? 0);
  return [
    goesOn || isRaised || before.events.some(isNewer),
    () => `${after.id} lasts longer by action ${n}, and nothing newer has come to hold`,
  ];
}

/** Every level ends: by resolution, dismissal, contest or lapse. */
export function everyLevelEnds({ told, city, now }: Evidence): Finding {
  const check = new Check();
  /** How often the independent reviewer has renewed a level of the case. */
  const reviewed = new Map<string, number>();
  for (const { id, action, before, after } of everyStep(told)) {
    if (after.subject !== 'case') continue;
    check.holds(...announced(before, action));
    check.holds(...prolonged(before, after, action));
    if (isRenewedByReviewer(action)) reviewed.set(id, (reviewed.get(id) ?? 0) + 1);
    if (isClosed(after)) check.holds(after.level === null, () => `${id} is closed at a level, action ${action.n}`);
    if (!after.level) continue;
    const { colour, since, lapses, renewed } = after.level;
    const term = (from: number) => addDuration(city, from, city.levels[colour].lapse);
    // A red that lapses becomes one orange period, which counts from there.
    const after14 = addDuration(city, addDuration(city, since, city.levels.red.lapse), city.levels.red.thenOrange);
    const own = Math.max(
      renewed ? term(term(since)) : term(since),
      after.level.afterRed ? after14 + term(since) - since : 0,
    );
    const most = Math.min(own + (reviewed.get(id) ?? 0) * (term(since) - since), absoluteEnd(after));
    check.holds(lapses <= most + grace, () => `${id} stays ${colour} until ${time(lapses)}, allowed is ${time(most)}`);
  }
  for (const state of told.states) {
    if (state.subject !== 'case' || !state.level) continue;
    const { colour, lapses } = state.level;
    check.holds(lapses + grace >= now, () => `${state.id} is still ${colour}, which ended at ${time(lapses)}`);
  }
  return check.finding;
}
