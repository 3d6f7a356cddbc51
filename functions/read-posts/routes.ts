import { standingToArea } from '../../shared/domain/who-may/standing.ts';
import type { Directory } from '../../shared/record/directory.ts';
import type { Handler } from '../middleware/api.ts';
import { standingTo } from '../middleware/named.ts';
import { listPosts, readMe, readPost, readPostHistory, readRoster } from './handler.ts';

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
