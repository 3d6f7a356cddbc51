/** Who is accountable, and who acts and reads (design §9.1 and 9.8). */
import { covers, post, postExists } from '../../../shared/config/posts.ts';
import { isClosed, openTasks, type State } from '../../../shared/domain/state.ts';
import { everyStep } from '../histories.ts';
import type { Step } from '../record.ts';
import { Check, type Evidence, type Finding, time } from './evidence.ts';

/** Every open case and task has exactly one accountable post at every instant, also in the middle of a hand-off. */
export function oneOwner({ told, city }: Evidence): Finding {
  const check = new Check();
  for (const { id, action, before, after } of everyStep(told)) {
    const when = `after action ${action.n} of ${id}`;
    check.holds(isClosed(after) || postExists(city, after.owner), () => `${id} belongs to ${after.owner} ${when}`);
    for (const task of openTasks(after)) {
      check.holds(postExists(city, task.owner), () => `task ${task.no} belongs to ${task.owner} ${when}`);
      if (task.handOff) {
        const { from } = task.handOff;
        check.holds(
          from === task.owner,
          () => `task ${task.no} is handed off by ${from} but belongs to ${task.owner} ${when}`,
        );
      }
      const was = before?.tasks[task.no];
      const moves = ['climbed', 'handOffAccepted', 'handOffExpired'].includes(action.content.kind);
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

const stateOf = (steps: readonly Step[] | undefined): State | undefined => steps?.at(-1)?.after;

/** Nobody reads or writes beyond role, post, tier and area; every access is in the log. */
export function withinPost({ told, city, reads }: Evidence): Finding {
  const check = new Check();
  for (const { id, action, before } of everyStep(told)) {
    const { by, content } = action;
    if (by.role !== 'staff') continue;
    const task = 'task' in content ? before?.tasks[content.task] : undefined;
    const receives = content.kind === 'handOffAccepted' || content.kind === 'handOffDeclined';
    const allowed = receives ? task?.handOff?.to : task?.owner;
    check.holds(
      by.post === allowed,
      () => `${by.post} wrote action ${action.n} of ${id}, which is for ${allowed ?? 'nobody'}`,
    );
  }
  for (const { at, post: reader, what, outcome } of told.record.accesses) {
    if (outcome !== 'shown' || reader === null) continue;
    const steps = [...told.steps].find(([id]) => id === what)?.[1];
    if (!steps) continue; // a list, not one case
    check.holds(mightRead(city, reader, steps, at), () => `${reader} was shown ${what} at ${time(at)}`);
  }
  const logged = told.record.accesses.length;
  check.holds(logged >= reads, () => `${reads} reads were made and ${logged} are in the log`);
  return check.finding;
}

/** Of the area, or accountable for the case or a task of it at that instant; any state of that instant counts. */
function mightRead(city: Evidence['city'], reader: string, steps: readonly Step[], at: number): boolean {
  const then = steps.filter(({ action }, i) => action.at <= at && (steps[i + 1]?.action.at ?? at) >= at);
  return then.some(({ after }) => {
    const tasks = openTasks(after);
    const works = tasks.some((task) => task.owner === reader || task.handOff?.to === reader);
    return (
      after.owner === reader || works || (postExists(city, reader) && covers(city, post(city, reader).id, after.area))
    );
  });
}
