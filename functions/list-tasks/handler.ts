/** Open tasks: of the posts for which one acts, of a post, and those of an area that are late. */
import { isWithin, postExists, post as postOf } from '../../shared/config/posts.ts';
import { byUrgency } from '../../shared/domain/danger.ts';
import { helpTasks } from '../../shared/domain/help.ts';
import { splitTaskId } from '../../shared/domain/ids.ts';
import { purposeFor } from '../../shared/domain/who-may/purposes.ts';
import { type Caller, standingToPost } from '../../shared/domain/who-may/standing.ts';
import { NotPermitted, Unknown } from '../../shared/errors.ts';
import { postsFor } from '../../shared/record/directory.ts';
import { overdueOf, pageOf, queueOf, type TaskLine } from '../../shared/record/lists.ts';
import type { Log } from '../../shared/record/log.ts';
import type { Handler } from '../middleware/api.ts';
import type { Granted } from '../middleware/guard.ts';
import { areaAsked, ownLogs } from '../middleware/lists.ts';

const shown = ({ area: _, ...line }: TaskLine) => line;

/** A task of help tells of a need; of what the police were told nothing comes back. */
const isFor =
  ({ fields, relations }: Granted) =>
  ({ kind, taskId }: TaskLine): boolean =>
    (kind !== 'police-notice' || relations.has('own-post')) &&
    (fields.has('needs') || !(taskId.startsWith('H-') || [...helpTasks].some((help) => help === kind)));

/** What the caller is a party to is not for them as a post, not even as a line: it may tell of a case before they are told. */
async function isOthers(log: Log, caller: Caller): Promise<(line: TaskLine) => boolean> {
  const own = await ownLogs(log, caller);
  return ({ taskId }) => !own.has(splitTaskId(taskId)?.logId ?? '');
}

/** While a holder is absent, the deputy's; the moment the holder is back, no longer. */
export const listMyTasks =
  (log: () => Log): Handler<'list-my-tasks'> =>
  async ({ query, caller, guard, now }) => {
    if (caller.as !== 'post') throw new NotPermitted('tasks are for posts');
    const granted = await guard.to({ what: 'own tasks', relations: new Set(['own-post']) });
    const held = await postsFor(log(), caller.person, now);
    const posts = held.filter((id) => purposeFor(postOf(log().city, id).role) === caller.purpose);
    const tasks = (await Promise.all(posts.map((id) => queueOf(log().table, id))))
      .flat()
      .filter(isFor(granted))
      .filter(await isOthers(log(), caller))
      .sort(byUrgency);
    const { found, next } = pageOf(tasks, query);
    return { body: { tasks: found.map(shown), next } };
  };

/** For the post itself and for the lead above it. */
export const listPostTasks =
  (log: () => Log): Handler<'list-post-tasks'> =>
  async ({ params, query, caller, guard }) => {
    const { city, table } = log();
    const { postId } = params;
    if (!postExists(city, postId)) throw new Unknown('post', postId, '<area code>.<duty> of the city is allowed');
    const relations = caller.as === 'post' ? standingToPost(city, caller.post, postOf(city, postId)) : new Set<never>();
    const granted = await guard.to({ what: postId, relations });
    const tasks = (await queueOf(table, postId)).filter(isFor(granted)).filter(await isOthers(log(), caller));
    const { found, next } = pageOf(tasks, query);
    return { body: { tasks: found.map(shown), next } };
  };

export const listOverdueTasks =
  (log: () => Log): Handler<'list-overdue-tasks'> =>
  async ({ query, caller, guard, now }) => {
    const { city } = log();
    const { area, relations } = areaAsked(city, caller, query.area);
    const mayShow = isFor(await guard.toList(area, relations));
    const isOther = await isOthers(log(), caller);
    const keep = (line: TaskLine) => mayShow(line) && isOther(line) && isWithin(city, line.area, area);
    const { found, next } = await overdueOf(log(), area, query, now, keep);
    return { body: { tasks: found.map(shown), next } };
  };
