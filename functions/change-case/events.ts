/** An event that was verified and does not hold is withdrawn, with a reason; a level that rested on it lapses with it. */
import { noteIdFor } from '../../shared/domain/ids.ts';
import { lapseIn } from '../../shared/domain/level-end.ts';
import { withdrawal } from '../../shared/domain/withdrawing.ts';
import { etagOf, type Handler } from '../middleware/api.ts';
import { staffOf } from '../middleware/caller.ts';
import { caseAt, checkSeenOf } from '../middleware/named.ts';
import { type Changing, commitOn } from './handler.ts';

export const withdrawEvent =
  (changing: () => Changing): Handler<'withdraw-event'> =>
  async (call) => {
    const { log } = changing();
    const state = await caseAt(log, call.params.id);
    await call.guard.toLog(state);
    const by = staffOf(call.caller);
    const key = `withdraw-event ${by.person} ${call.key}`;
    const made = await commitOn(changing(), state, key, (current) => {
      checkSeenOf(current, call.seen);
      const content = withdrawal({ city: log.city, state: current, by, at: call.now }, call.body.event);
      const draft = { at: call.now, by, key, rev: 0, content, note: noteIdFor(current.id, key) };
      return { draft, text: call.body.reason };
    });
    const { n, content } = made.action;
    const lapsed = lapseIn(content) !== undefined;
    return { body: { id: state.id, n, lapsed, repeated: made.again }, etag: etagOf(made.state.n) };
  };
