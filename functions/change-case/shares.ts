/** Part of a case is shown to another post: for help, until a day. */
import { iso } from '../../shared/calendar/calendar.ts';
import { noteIdFor } from '../../shared/domain/ids.ts';
import { shareIdOf } from '../../shared/domain/recalling.ts';
import { sharedWith } from '../../shared/domain/sharing.ts';
import { etagOf, type Handler } from '../middleware/api.ts';
import { staffOf } from '../middleware/caller.ts';
import { caseAt, checkSeenOf } from '../middleware/named.ts';
import { type Changing, commitOn } from './handler.ts';

export const shareCase =
  (changing: () => Changing): Handler<'share-case'> =>
  async (call) => {
    const { log } = changing();
    const state = await caseAt(log, call.params.id);
    await call.guard.toLog(state);
    const by = staffOf(call.caller);
    const key = `share ${by.person} ${call.key}`;
    const made = await commitOn(changing(), state, key, (current) => {
      checkSeenOf(current, call.seen);
      const content = sharedWith({ city: log.city, state: current, by, at: call.now }, call.body);
      const draft = { at: call.now, by, key, rev: 0, content, note: noteIdFor(current.id, key) };
      return { draft, text: call.body.reason };
    });
    const { n, content } = made.action;
    const until = content.kind === 'shared' ? content.until : call.now;
    const body = { id: state.id, share: shareIdOf(state.id, n), n, until: iso(until), repeated: made.again };
    return { body, etag: etagOf(made.state.n) };
  };
