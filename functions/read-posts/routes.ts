/** The use cases of handler.ts behind the API: the matrix is asked first. */
import { postExists, post as postOf } from '../../shared/config/posts.ts';
import { standingToArea, standingToPost } from '../../shared/domain/who-may/standing.ts';
import { Unknown } from '../../shared/errors.ts';
import type { Directory } from '../../shared/record/directory.ts';
import type { Call, Handler } from '../middleware/api.ts';
import { listPosts, readMe, readPost, readPostHistory, readRoster } from './handler.ts';

/** How the caller stands to a post. @throws Unknown */
export function standingTo({ city }: Directory, { caller }: Pick<Call, 'caller'>, postId: string) {
  if (!postExists(city, postId)) throw new Unknown('post', postId, '<area code>.<duty> of the city is allowed');
  return caller.as === 'post' ? standingToPost(city, caller.post, postOf(city, postId)) : new Set<never>();
}

export const me =
  (directory: () => Directory): Handler<'read-me'> =>
  async ({ guard, caller, now }) => {
    await guard.to({ what: 'oneself', relations: new Set(['self']) });
    return { body: await readMe(directory(), caller.person, now) };
  };

export const postsOfArea =
  (directory: () => Directory): Handler<'list-posts'> =>
  async ({ guard, query, now }) => {
    await guard.to({ what: query.area ?? 'all posts', relations: new Set() });
    return { body: await listPosts(directory(), { ...query, now }) };
  };

export const onePost =
  (directory: () => Directory): Handler<'read-post'> =>
  async (call) => {
    const { postId } = call.params;
    await call.guard.to({ what: postId, relations: standingTo(directory(), call, postId) });
    const { view, etag } = await readPost(directory(), postId, call.now);
    return { body: view, etag };
  };

export const postHistory =
  (directory: () => Directory): Handler<'read-post-history'> =>
  async (call) => {
    const { postId } = call.params;
    await call.guard.to({ what: postId, relations: standingTo(directory(), call, postId) });
    return { body: await readPostHistory(directory(), postId, call.query) };
  };

export const roster =
  (directory: () => Directory): Handler<'read-roster'> =>
  async ({ guard, query, caller }) => {
    const { city } = directory();
    const relations = caller.as === 'post' ? standingToArea(city, caller.post, query.area) : new Set<never>();
    await guard.to({ what: `roster of ${query.area}`, relations });
    return { body: await readRoster(directory(), query) };
  };
