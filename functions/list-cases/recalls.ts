/** What others have to destroy and have not confirmed: for themselves, and for those who see to it that it is done. */
import { iso } from '../../shared/calendar/calendar.ts';
import { isWithin } from '../../shared/config/posts.ts';
import { splitTaskId } from '../../shared/domain/ids.ts';
import { fieldsOf, recallCauseNames } from '../../shared/domain/recalling.ts';
import { NotPermitted } from '../../shared/errors.ts';
import { pageOf, type TaskLine, tasksIn, tasksOf } from '../../shared/record/lists.ts';
import type { Log } from '../../shared/record/log.ts';
import { readLog } from '../../shared/record/looks.ts';
import type { Handler } from '../middleware/api.ts';
import { areaAsked, ownLogs } from '../middleware/lists.ts';

const isRecall = ({ kind }: TaskLine): boolean => kind === 'destroy';

export const listRecalls =
  (log: () => Log): Handler<'list-recalls'> =>
  async ({ query, caller, guard }) => {
    if (caller.as !== 'post') throw new NotPermitted('recalls are for posts');
    const { city, table } = log();
    const { area } = query;
    if (area === undefined) await guard.to({ what: 'own recalls', relations: new Set(['own-post']) });
    else await guard.toList(area, areaAsked(city, caller, area).relations);
    const own = await ownLogs(log(), caller);
    const isOthers = ({ taskId }: TaskLine) => !own.has(splitTaskId(taskId)?.logId ?? '');
    const keep = (line: TaskLine) => isRecall(line) && isOthers(line);
    const { found, next } =
      area === undefined
        ? pageOf((await tasksOf(table, caller.post.id)).filter(keep), query)
        : await tasksIn(log(), area, query, (line) => keep(line) && isWithin(city, line.area, area));
    const recalls = (await Promise.all(found.map((line) => recallOf(log(), line)))).flat();
    return { body: { recalls, next } };
  };

/** The list may lag: what the record says counts. A share whose last day is still to come is nothing to destroy yet. */
async function recallOf(log: Log, { taskId }: TaskLine) {
  const named = splitTaskId(taskId);
  if (!named) return [];
  const state = await readLog(log, named.logId);
  const task = state.tasks[named.task];
  const grant = task && state.grants.find(({ id }) => id === task.about);
  if (!task?.begun || !grant) return [];
  const cause = grant.recalled ?? 'over';
  const { owner, since, due, climbs } = task;
  return [
    {
      taskId,
      ...{ to: grant.to, owner, received: [...grant.by], fields: fieldsOf(grant) },
      ...{ cause, why: recallCauseNames[cause], since: iso(since), due: iso(due), climbs },
    },
  ];
}
