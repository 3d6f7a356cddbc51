/** The use cases of handler.ts behind the API: the matrix is asked first. */
import { postExists, post as postOf } from '../../shared/config/posts.ts';
import type { Relation } from '../../shared/domain/who-may/matrix.ts';
import { standingToArea } from '../../shared/domain/who-may/standing.ts';
import { InputInvalid } from '../../shared/errors.ts';
import type { Directory } from '../../shared/record/directory.ts';
import { shiftBy } from '../../shared/record/roster.ts';
import type { Call, Handler } from '../middleware/api.ts';
import { staffOf } from '../middleware/caller.ts';
import { standingTo } from '../middleware/named.ts';
import { addShift, changePost, reportAbsence, withdrawShift } from './handler.ts';

/** The same key under another verb is another command. */
function commanding(verb: string, { caller, key, now }: Call) {
  const { person, post } = staffOf(caller);
  return { by: { person, post }, key: `${verb} ${key}`, now };
}

export const change =
  (directory: () => Directory): Handler<'change-post'> =>
  async (call) => {
    const { postId } = call.params;
    await call.guard.to({ what: postId, relations: standingTo(directory(), call, postId) });
    const given = { ...commanding('change', call), post: postId, body: call.body, seen: call.seen };
    const { view, etag } = await changePost(directory(), given);
    return { body: view, etag };
  };

/** One’s own absence, or, for whoever may, that of another. */
export const absence =
  (directory: () => Directory): Handler<'report-absence'> =>
  async (call) => {
    const { postId } = call.params;
    const relations = new Set<Relation>(standingTo(directory(), call, postId));
    const { person = call.caller.person } = call.body;
    if (person === call.caller.person) relations.add('self');
    await call.guard.to({ what: postId, relations });
    const { view, etag } = await reportAbsence(directory(), {
      ...commanding('absence', call),
      post: postId,
      body: call.body,
      seen: call.seen,
    });
    return { body: view, etag };
  };

/** How the caller stands to the area of a post whose shifts are planned. */
function standingToShift({ city }: Directory, { caller }: Call, post: string): ReadonlySet<Relation> {
  return caller.as === 'post' ? standingToArea(city, caller.post, postOf(city, post).area) : new Set();
}

export const plan =
  (directory: () => Directory): Handler<'add-shift'> =>
  async (call) => {
    const { post } = call.body;
    if (!postExists(directory().city, post)) {
      throw new InputInvalid([{ path: 'post', value: post, allowed: '<area code>.<duty> of the city' }]);
    }
    await call.guard.to({ what: post, relations: standingToShift(directory(), call, post) });
    const { view, etag } = await addShift(directory(), { ...commanding('shift', call), body: call.body });
    return { body: view, etag };
  };

export const takeBack =
  (directory: () => Directory): Handler<'withdraw-shift'> =>
  async (call) => {
    const { shiftId: id } = call.params;
    const { post } = await shiftBy(directory(), id);
    await call.guard.to({ what: id, relations: standingToShift(directory(), call, post) });
    const given = { ...commanding('withdraw', call), id, body: call.body, seen: call.seen };
    const { view, etag } = await withdrawShift(directory(), given);
    return { body: view, etag };
  };
