/** A closed case is taken up again: by whoever was accountable for it, or coordinates where it was. */
import { reopened } from '../../shared/domain/afterwards.ts';
import { noteIdFor } from '../../shared/domain/ids.ts';
import { markOpen } from '../../shared/record/log.ts';
import { etagOf, type Handler } from '../middleware/api.ts';
import { staffOf } from '../middleware/caller.ts';
import { caseAt, checkSeenOf } from '../middleware/named.ts';
import { type Changing, commitOn } from './handler.ts';

/** Why is kept beside; the open mark precedes the action that opens it. */
export const reopenCase =
  (changing: () => Changing): Handler<'reopen-case'> =>
  async (call) => {
    const { log } = changing();
    const state = await caseAt(log, call.params.id);
    await call.guard.toLog(state);
    const by = staffOf(call.caller);
    const key = `reopen ${by.person} ${call.key}`;
    const made = await commitOn(
      changing(),
      state,
      key,
      (current) => {
        checkSeenOf(current, call.seen);
        const content = reopened(log.city, current, call.now);
        const note = noteIdFor(current.id, key);
        return { draft: { at: call.now, by, key, rev: 0, content, note }, text: call.body.reason };
      },
      () => markOpen(log, state.id),
    );
    return { body: { id: state.id, n: made.action.n, repeated: made.again }, etag: etagOf(made.state.n) };
  };
