/** Who is accountable, and who acts and reads (design §9.1 and 9.8). */
import { post, postExists } from '../../../shared/config/posts.ts';
import type { Content } from '../../../shared/domain/actions.ts';
import type { Link } from '../../../shared/domain/audit.ts';
import { through } from '../../../shared/domain/directory.ts';
import { isLogId } from '../../../shared/domain/ids.ts';
import { isClosed, openTasks, type State, type Task } from '../../../shared/domain/state.ts';
import { guardedOperations } from '../../../shared/domain/who-may/matrix.ts';
import { permitted } from '../../../shared/domain/who-may/permit.ts';
import { phaseOf, standingOf } from '../../../shared/domain/who-may/standing.ts';
import type { TaskKind } from '../../../shared/domain/words.ts';
import { everyStep } from '../histories.ts';
import type { Step } from '../record.ts';
import { accessesIn, Check, type Evidence, type Finding, time } from './evidence.ts';

/** Every open case and task has exactly one accountable post at every instant, also in the middle of a hand-off. */
export function oneOwner({ told, city }: Evidence): Finding {
  const check = new Check();
  for (const { id, action, before, after } of everyStep(told)) {
    const when = `after action ${action.n} of ${id}`;
    check.holds(isClosed(after) || postExists(city, after.owner), () => `${id} belongs to ${after.owner} ${when}`);
    check.holds(
      before?.subject !== 'case' || before.owner === after.owner || movesWhole(action.content),
      () => `${id} changed hands by ${action.content.kind} ${when}`,
    );
    for (const task of openTasks(after)) {
      // Whoever offers the whole case is accountable for it until the other post has accepted.
      check.holds(
        task.kind !== 'take-over' || task.about === after.owner,
        () => `${id} is offered by ${task.about} and belongs to ${after.owner} ${when}`,
      );
      check.holds(postExists(city, task.owner), () => `task ${task.no} belongs to ${task.owner} ${when}`);
      if (task.handOff) {
        const { from } = task.handOff;
        check.holds(
          from === task.owner,
          () => `task ${task.no} is handed off by ${from} but belongs to ${task.owner} ${when}`,
        );
      }
      const was = before?.tasks[task.no];
      const moves = movesTasks(action.content);
      check.holds(
        !was || was.owner === task.owner || moves,
        () => `task ${task.no} changed hands by ${action.content.kind} ${when}`,
      );
    }
  }
  for (const { id, no, seq, owner } of told.record.tasks) {
    const task = stateOf(told.steps.get(id))?.tasks[no];
    if (task && seq >= task.seq) {
      check.holds(owner === task.owner, () => `the item of ${id}.${no} shows ${owner}, the record ${task.owner}`);
    }
  }
  return check.finding;
}

/** By which actions a case may: what sets or lowers a level says at which tier it is looked after, and the other post's yes. */
const movesWhole = (content: Content): boolean =>
  content.kind === 'takeOverExpired' ||
  (content.kind === 'lapsed' && content.owner !== undefined) ||
  (content.kind === 'answered' &&
    (levelling.has(content.answer.task) || ('whole' in content.answer && content.answer.whole !== undefined)));

const levelling: ReadonlySet<TaskKind> = new Set(['decide', 'second', 'contest']);

/** By which actions a task may change hands. */
const movesTasks = (content: Content): boolean =>
  'stint' in content ||
  'whole' in content ||
  (content.kind === 'answered' && ['stint', 'whole', 'next'].some((moved) => moved in content.answer));

const stateOf = (steps: readonly Step[] | undefined): State | undefined => steps?.at(-1)?.after;

/** Nobody reads or writes beyond role, post, tier and area; nobody who may is refused. */
export function withinPost(evidence: Evidence): Finding {
  const { told, city } = evidence;
  const check = new Check();
  for (const { id, action, before } of everyStep(told)) {
    const { at, by, content, n } = action;
    if (by.role !== 'staff') continue;
    if ('task' in content) {
      const task = before?.tasks[content.task];
      const allowed = task ? writersOf(content, task) : [];
      check.holds(
        allowed.some((one) => one === by.post),
        () => `${by.post} wrote action ${n} of ${id}, which is for ${allowed.join(' or ') || 'nobody'}`,
      );
    }
    const version = told.record.posts.get(by.post)?.findLast((one) => one.at <= at);
    check.holds(
      through(city, by.post, version, by.person, at) !== undefined,
      () => `${by.person} wrote action ${n} of ${id} and did not act for ${by.post}`,
    );
  }
  for (const access of accessesIn(evidence)) {
    const { post: reader, what, outcome, at, fields } = access;
    if (access.operation === 'read-case' && reader === null && outcome === 'shown' && isLogId(what)) {
      const isTold = statesAt(told.steps.get(what), at).some((state) => state.subject === 'case' && state.told);
      check.holds(isTold, () => `somebody was shown ${what} at ${time(at)}, of which they had not been told`);
    }
    const granted = reader === null || access.kind !== 'read' ? [] : grantedThen(evidence, reader, access);
    if (granted.length === 0) continue; // a list, or no post's
    if (outcome === 'shown') {
      const fits = granted.some((then) => then && fields.every((field) => [...then].some((one) => one === field)));
      check.holds(fits, () => `${reader} was shown ${fields.join(', ')} of ${what} at ${time(at)}`);
    } else if (access.why === 'not-permitted') {
      const fits = granted.some((then) => then === undefined);
      check.holds(fits, () => `${reader} was refused ${what} at ${time(at)}`);
    }
  }
  return check.finding;
}

/** Whose it is to write this about a task: the receiver's, whoever takes part, or else only whoever is accountable. */
function writersOf({ kind }: Content, { owner, joining, handOff }: Task): (string | null | undefined)[] {
  switch (kind) {
    case 'handOffAccepted':
    case 'handOffDeclined':
      return [handOff?.to];
    case 'joined':
      return [joining];
    case 'dangerReported':
      return [owner, joining];
    default:
      return [owner];
  }
}

/** What the matrix grants for each state that the case or dispute had at that instant. */
function grantedThen({ told, city }: Evidence, reader: string, { at, person, what, operation }: Link) {
  const asked = guardedOperations.find((known) => known === operation);
  if (!asked || !isLogId(what) || !postExists(city, reader)) return [];
  const by = post(city, reader);
  return statesAt(told.steps.get(what), at).map((state) => {
    const cases = state.subject === 'dispute' ? state.cases.flatMap((id) => statesAt(told.steps.get(id), at)) : [];
    const linked = cases.filter((one) => one.subject === 'case');
    const relations = standingOf(city, by, person, at, state, linked);
    return permitted({ operation: asked, role: by.role, relations, phase: phaseOf(state, linked) });
  });
}

const statesAt = (steps: readonly Step[] = [], at: number): State[] =>
  steps.filter(({ action }, i) => action.at <= at && (steps[i + 1]?.action.at ?? at) >= at).map(({ after }) => after);
