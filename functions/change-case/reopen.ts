/** A closed case is taken up again: by whoever was accountable for it, or coordinates where it was. */
import { reopened } from '../../shared/domain/afterwards.ts';
import { markOpen } from '../../shared/record/log.ts';
import type { Handler } from '../middleware/api.ts';
import { actOnCase, type Changing } from './handler.ts';

/** Why is kept beside; the open mark precedes the action that opens it. */
export const reopenCase =
  (changing: () => Changing): Handler<'reopen-case'> =>
  async (call) => {
    const { log } = changing();
    const words = { what: 'reopen', text: call.body.reason };
    const { reply, etag } = await actOnCase(
      changing(),
      call,
      words,
      ({ state }) => reopened(log.city, state, call.now),
      (_, state) => markOpen(log, state.id),
    );
    return { body: reply, etag };
  };
