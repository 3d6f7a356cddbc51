/** What protects people: who is told first, what nobody ends for them, what happens only while they want it. */
import { addDuration } from '../../../shared/calendar/calendar.ts';
import { checkConsents } from '../../../shared/domain/mediation.ts';
import { isGuarded } from '../../../shared/domain/noticing.ts';
import { isQuiet } from '../../../shared/domain/quiet.ts';
import { isClosed, openTasks } from '../../../shared/domain/state.ts';
import { ActionRefused } from '../../../shared/errors.ts';
import { everyStep } from '../histories.ts';
import { Check, type Evidence, type Finding, time } from './evidence.ts';

const hour = 3_600_000;

/** S6: nothing comes of a mediation that not both parties have said they want. */
export function bothWant({ told }: Evidence): Finding {
  const check = new Check();
  for (const { id, action, before } of everyStep(told)) {
    const { content } = action;
    if (content.kind !== 'answered' || content.answer.task !== 'measure') continue;
    const task = before?.tasks[content.task];
    const { answer } = content;
    check.holds(
      task !== undefined && consented(() => checkConsents(task, answer)),
      () => `${id}.${content.task} was ${answer.outcome} without both consents`,
    );
  }
  return check.finding;
}

function consented(checked: () => void): boolean {
  try {
    checked();
    return true;
  } catch (error) {
    if (error instanceof ActionRefused) return false;
    throw error;
  }
}

/** S8: where telling may put somebody in danger, that person is told at least two days before. */
export function herFirst({ told, city }: Evidence): Finding {
  const check = new Check();
  for (const steps of told.steps.values()) {
    let forewarned: number | undefined;
    for (const { id, action, before } of steps) {
      const { at, content } = action;
      if (content.kind !== 'answered') continue;
      const { answer } = content;
      if (answer.task === 'forewarn') forewarned = at;
      if (answer.task !== 'notify' || answer.outcome !== 'told' || before?.subject !== 'case') continue;
      const free = forewarned !== undefined && addDuration(city, forewarned, city.notice.forewarn) <= at;
      check.holds(
        !isGuarded(before) || (free && at - (forewarned ?? at) >= 48 * hour),
        () => `${id} was told at ${time(at)}, the affected person ${forewarned ? time(forewarned) : 'never'}`,
      );
    }
  }
  return check.finding;
}

/** S8: a safety plan is ended by whoever looks after it with her, and by nothing else; and somebody looks after it. */
export function safetyKept({ told }: Evidence): Finding {
  const check = new Check();
  for (const { id, action, before, after } of everyStep(told)) {
    if (after.subject !== 'case') continue;
    const { content, n } = action;
    if (before?.subject === 'case' && before.safetyPlan) {
      const ends =
        (content.kind === 'answered' && content.answer.task === 'safety-plan') ||
        // It goes on in the other log.
        content.kind === 'merged' ||
        content.kind === 'released';
      check.holds(after.safetyPlan || ends, () => `${content.kind} ended the safety plan of ${id}, action ${n}`);
    }
    if (!after.safetyPlan) continue;
    const looked = [...openTasks(after), ...after.wants].some(({ kind }) => kind === 'safety-plan');
    check.holds(looked && !isClosed(after), () => `nobody looks after the safety plan of ${id} after action ${n}`);
  }
  return check.finding;
}

/** A night is a night: nothing is sent to a citizen in it. */
export function citizensSleep({ messages, city }: Evidence): Finding {
  const check = new Check();
  for (const { id, at, toCitizen } of messages) {
    if (toCitizen) check.holds(!isQuiet(city, at), () => `message ${id} woke somebody at ${time(at)}`);
  }
  return check.finding;
}

/** A healthy city gives the reconciler nothing to do. */
export function nothingRepaired({ repairs, kills, repeats }: Evidence): Finding {
  const check = new Check();
  check.holds(repairs === 0 || kills + repeats > 0, () => `${repairs} repairs although nothing crashed`);
  return check.finding;
}
