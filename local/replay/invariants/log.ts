/** What the log itself must show (design §9.3, 9.4 and 9.7). */
import { post, postExists } from '../../../shared/config/posts.ts';
import { fold } from '../../../shared/domain/fold.ts';
import { canonical } from '../../../shared/domain/ids.ts';
import type { State } from '../../../shared/domain/state.ts';
import { type Level, levels } from '../../../shared/domain/words.ts';
import { RecordBroken } from '../../../shared/errors.ts';
import { levelChanges } from '../histories.ts';
import type { Step } from '../record.ts';
import { Check, type Evidence, type Finding } from './evidence.ts';

/** A report delivered any number of times changes the record once; so does a command under its key. */
export function reportedOnce({ told: { record } }: Evidence): Finding {
  const check = new Check();
  for (const [id, actions] of record.logs) {
    const seen = new Set<string>();
    for (const { key, rev, n, content } of actions) {
      if (rev !== 0) continue;
      const once = content.kind === 'reported' ? content.report : `${key} ${content.kind}`;
      check.holds(!seen.has(once), () => `${id} has "${once}" twice, again as action ${n}`);
      seen.add(once);
    }
  }
  for (const { id, pending, dispute, caseId, referral } of record.reports) {
    check.holds(!pending, () => `report ${id} was received and not taken in`);
    for (const log of [dispute, caseId, referral]) {
      if (log === null) continue;
      const actions = [...record.logs].find(([known]) => known === log)?.[1] ?? [];
      const times = actions.filter(({ content }) => content.kind === 'reported' && content.report === id).length;
      check.holds(times === 1, () => `report ${id} is ${times} times in ${log}`);
    }
  }
  return check.finding;
}

const rank = (colour: Level | null): number => (colour === null ? -1 : levels.indexOf(colour));

/** No level rises and no measure starts without its decision. */
export function decidedFirst({ told, city }: Evidence): Finding {
  const check = new Check();
  for (const steps of told.steps.values()) {
    for (const { step, from, to } of levelChanges(steps)) {
      if (rank(to) > rank(from)) check.holds(...decidedBy(step, to));
    }
    for (const { id, action, before } of steps) {
      const { content, by } = action;
      if (content.kind === 'opened' && content.tasks.some((task) => task.kind === 'measure')) {
        check.holds(
          before !== undefined && isAskedFor(before),
          () => `${id} started a measure without a plan on a decision, or help that was accepted, action ${action.n}`,
        );
      }
      if (content.kind !== 'answered' || content.answer.task !== 'second') continue;
      const first = before?.subject === 'case' ? before.level?.awaits : undefined;
      const second = by.role === 'staff' && postExists(city, by.post) ? post(city, by.post).department : undefined;
      check.holds(
        first?.person !== by.person && first?.department !== second,
        () => `${id}: ${by.person} of ${second} decided on red after ${first?.person} of ${first?.department}`,
      );
    }
  }
  return check.finding;
}

/** A measure rests on a plan after a decision; help without a case, on the yes of whoever is helped. */
const isAskedFor = (state: State): boolean =>
  state.subject === 'case'
    ? state.plan !== null && (state.decision?.level ?? null) !== null
    : state.outcomes.some((outcome) => /^offer-help-\d+:accepted$/.test(outcome));

function decidedBy({ id, action, before }: Step, to: Level | null): [boolean, () => string] {
  const { by, content, note, n } = action;
  // Made two again, it has what it had: decided then, and no higher now.
  const had =
    content.kind === 'unmerged' && before?.subject === 'case' ? before.merged?.resting.level?.colour : undefined;
  if (had !== undefined && rank(to) <= rank(had)) return [true, () => ''];
  const no = (why: string): [boolean, () => string] => [false, () => `${id} became ${to} by action ${n}: ${why}`];
  if (content.kind !== 'answered' || content.answer.task !== 'decide') return no(`${content.kind} is no decision`);
  if (by.role !== 'staff') return no('nobody decided');
  if (note === undefined) return no('it gives no reason');
  if (before?.subject !== 'case' || !before.assessment) return no('there was no assessment');
  const verified = before.events.filter((event) => event.state === 'verified').map((event) => event.id);
  const { events } = content.answer.decision;
  if (events.length === 0 || !events.every((event) => verified.includes(event)))
    return no('it names no verified event');
  return [true, () => ''];
}

/** The history is complete, its chain verifies, and folding it to the head's number gives the head. */
export function chained({ told: { record, steps } }: Evidence): Finding {
  const check = new Check();
  for (const [id, actions] of record.logs) {
    const broken = brokenBy(() => fold(id, actions));
    check.holds(broken === undefined, () => broken ?? '');
  }
  for (const { id, n, hash, state } of record.heads) {
    if (n === 0) continue; // marked open, nothing written yet
    const then = steps.get(id)?.find(({ action }) => action.n === n)?.after;
    check.holds(
      then !== undefined && hash === then.hash && canonical(state) === canonical(then),
      () => `the head of ${id} is not what its ${n} actions give`,
    );
  }
  const headed = new Set(record.heads.map(({ id }) => id));
  for (const id of record.logs.keys()) check.holds(headed.has(id), () => `${id} has no head`);
  return check.finding;
}

function brokenBy(run: () => unknown): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof RecordBroken) return error.message;
    throw error;
  }
}
