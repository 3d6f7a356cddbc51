/** What design and law promise of a life's end: red does not last, recalls and check-ins and holds end, months add up, the switch holds. */
import { z } from 'zod';
import { addDuration, localDate } from '../../../shared/calendar/calendar.ts';
import { countyOf } from '../../../shared/config/places.ts';
import type { Action } from '../../../shared/domain/actions.ts';
import { canonical } from '../../../shared/domain/ids.ts';
import { mergedInto, movingOf } from '../../../shared/domain/merged.ts';
import { countedOf } from '../../../shared/domain/report-month/counted.ts';
import { type CaseState, openTasks } from '../../../shared/domain/state.ts';
import { isStopped, switchStates } from '../../../shared/domain/switching.ts';
import { levels } from '../../../shared/domain/words.ts';
import { actionKey, monthPartition, switchPartition } from '../../../shared/record/table.ts';
import { everyStep, levelChanges } from '../histories.ts';
import type { Told } from '../record.ts';
import { Check, type Evidence, type Finding, time } from './evidence.ts';

const minute = 60_000;
const grace = 6 * minute;
const day = 24 * 60 * minute;

/** Somebody decided that it stands, as it is or at another colour. */
function isDecision({ content }: Action): boolean {
  if (content.kind !== 'answered') return false;
  const { answer } = content;
  const renews = answer.task === 'renew' || answer.task === 'renewal-review';
  return answer.task === 'decide' || (renews && answer.outcome === 'renewed');
}

/** Red that nobody decides on anew is over after its own time and one orange period. */
export function redEnds({ told, city, now }: Evidence): Finding {
  const check = new Check();
  for (const steps of told.steps.values()) {
    let red: number | undefined;
    steps.forEach(({ id, action, after }, i) => {
      if (after.subject !== 'case') return;
      if (isDecision(action)) red = after.level?.colour === 'red' ? action.at : undefined;
      if (!after.level) red = undefined;
      if (red === undefined) return;
      const end = addDuration(city, addDuration(city, red, city.levels.red.lapse), city.levels.red.thenOrange);
      const until = steps[i + 1]?.action.at ?? now;
      check.holds(until <= end + grace, () => `${id}, red since ${time(red ?? 0)}, has a level at ${time(until)}`);
    });
  }
  return check.finding;
}

/** S10: what was called back is asked for until whoever has it says that it is gone. */
export function recalledIsAskedFor({ told }: Evidence): Finding {
  const check = new Check();
  for (const { id, action, after } of everyStep(told)) {
    // What was taken into another is asked for there.
    if (mergedInto(after) !== null || movingOf(after) !== null) continue;
    const asked = new Set(
      [...openTasks(after), ...after.wants].flatMap((one) => (one.kind === 'destroy' ? [one.about] : [])),
    );
    for (const grant of after.grants) {
      check.holds(
        grant.recalled === null || asked.has(grant.id),
        () => `${id}: ${grant.to} has what was called back, and nobody asks after action ${action.n}`,
      );
    }
  }
  return check.finding;
}

/** After a resolution there are the check-ins that the city's list says, on its days, once. */
export function checkInsEnd({ told, city }: Evidence): Finding {
  const check = new Check();
  for (const steps of told.steps.values()) {
    let seen: number | null = null;
    for (const { id, action, before, after } of steps) {
      if (action.content.kind !== 'opened' || after.subject !== 'case') continue;
      const opened = openTasks(after).filter(({ no, kind }) => kind === 'check-in' && before?.tasks[no] === undefined);
      if (opened.length === 0) continue;
      const { resolvedAt, resolvedAs } = after;
      const allowed = city.levels[resolvedAs ?? 'yellow'].checkIns.map((after) => (resolvedAt ?? 0) + after * day);
      const days = opened.map(({ from }) => from);
      check.holds(
        canonical(days) === canonical(allowed) && resolvedAt !== seen,
        () => `${id}, resolved at ${time(resolvedAt ?? 0)}, has check-ins at ${days.map(time).join(', ')}`,
      );
      seen = resolvedAt;
    }
  }
  return check.finding;
}

/** A legal hold lasts no longer than the city allows, from the first or a newer proceeding on. */
export function holdsEnd({ told, city }: Evidence): Finding {
  const check = new Check();
  for (const { id, action } of everyStep(told)) {
    const { content } = action;
    if (content.kind !== 'held') continue;
    const last = addDuration(city, content.since, city.retention.hold);
    check.holds(content.until <= last, () => `${id} is held until ${time(content.until)}, allowed is ${time(last)}`);
  }
  return check.finding;
}

/** What the report of a month is made of is what the logs say, each once; of a log that is gone it is all that is left. */
export function monthsAddUp({ told }: Evidence): Finding {
  const check = new Check();
  const kept = new Map(
    told.record.items.flatMap(({ pk, sk, ...counted }) =>
      String(pk).startsWith('M#') ? [[`${String(pk)} ${String(sk).replace(/^AROSE#/, '')}`, counted]] : [],
    ),
  );
  for (const { id, action, before, after } of everyStep(told)) {
    const counted = countedOf(before, after, action);
    const month = localDate(action.at).slice(0, 7);
    const place = `${monthPartition(countyOf(counted?.area ?? after.area), month)} ${id}#${actionKey(action.n)}`;
    const found = kept.get(place);
    kept.delete(place);
    const due = counted && canonical({ log: id, ...counted });
    check.holds(
      (found && canonical(found)) === due,
      () => `action ${action.n} of ${id} counts as ${JSON.stringify(found)} in ${month}, not as ${due}`,
    );
  }
  for (const [place, { log }] of kept) {
    check.holds(![...told.steps.keys()].some((id) => id === log), () => `${place} counts and no action says so`);
  }
  return check.finding;
}

const turnItem = z.looseObject({ turn: z.looseObject({ at: z.number(), state: z.enum(switchStates) }) });

/** Turns of the switch, the oldest first. */
export const turnsIn = ({ record }: Told) =>
  record.items
    .filter(({ pk }) => pk === switchPartition)
    .map((item) => turnItem.parse(item).turn)
    .sort((a, b) => a.at - b.at);

/** S15: while new levels are stopped none begins and none rises. */
export function switchHolds({ told }: Evidence): Finding {
  const check = new Check();
  const turns = turnsIn(told);
  const rank = (colour: CaseState['resolvedAs']) => (colour === null ? -1 : levels.indexOf(colour));
  for (const steps of told.steps.values()) {
    for (const { step, from, to } of levelChanges(steps)) {
      const { at, n } = step.action;
      const rises = rank(to) > rank(from);
      const stopped = isStopped(turns.findLast((turn) => turn.at < at - minute));
      check.holds(!(rises && stopped), () => `${step.id} became ${to} by action ${n} while new levels were stopped`);
    }
  }
  return check.finding;
}
