import { leadAbove, post } from '../../shared/config/posts.ts';
import { NotYours } from '../../shared/errors.ts';
import { logAccess } from '../../shared/record/accesses.ts';
import { tasksOf } from '../../shared/record/lists.ts';
import type { Log } from '../../shared/record/log.ts';
import type { Reply, Request } from '../middleware/api.ts';

/** GET /v1/posts/{postId}/tasks: the open tasks of a post, for itself and for the lead above it, the next due first. */
export const listTasks =
  (log: () => Log) =>
  async ({ path, staff, now, requestId }: Request): Promise<Reply> => {
    const by = staff();
    const { table, city } = log();
    const { id } = post(city, path.postId ?? '');
    const shown = by.post === id || by.post === leadAbove(city, id);
    const outcome = shown ? 'shown' : 'denied';
    await logAccess(table, {
      at: now,
      person: by.person,
      post: by.post,
      operation: 'list-tasks',
      what: id,
      outcome,
      requestId,
    });
    if (!shown) throw new NotYours(`the tasks of ${id} are for that post and the lead above it`);
    return { status: 200, body: { tasks: await tasksOf(table, id) } };
  };
