/** Part of a case is shown to another post: for help, until a day. */
import { iso } from '../../shared/calendar/calendar.ts';
import { shareIdOf } from '../../shared/domain/recalling.ts';
import { sharedWith } from '../../shared/domain/sharing.ts';
import type { Handler } from '../middleware/api.ts';
import { actOnCase, type Changing } from './handler.ts';

export const shareCase =
  (changing: () => Changing): Handler<'share-case'> =>
  async (call) => {
    const { city } = changing().log;
    const words = { what: 'share', text: call.body.reason };
    const { action, reply, etag } = await actOnCase(changing(), call, words, ({ state, by }) =>
      sharedWith({ city, state, by, at: call.now }, call.body),
    );
    const until = action.content.kind === 'shared' ? action.content.until : call.now;
    return { body: { ...reply, share: shareIdOf(reply.id, action.n), until: iso(until) }, etag };
  };
