/** An event that was verified and does not hold is withdrawn, with a reason; a level that rested on it lapses with it. */
import { lapseIn } from '../../shared/domain/level-end.ts';
import { withdrawal } from '../../shared/domain/withdrawing.ts';
import type { Handler } from '../middleware/api.ts';
import { actOnCase, type Changing } from './handler.ts';

export const withdrawEvent =
  (changing: () => Changing): Handler<'withdraw-event'> =>
  async (call) => {
    const { city } = changing().log;
    const words = { what: 'withdraw-event', text: call.body.reason };
    const { action, reply, etag } = await actOnCase(changing(), call, words, ({ state, by }) =>
      withdrawal({ city, state, by, at: call.now }, call.body.event),
    );
    return { body: { ...reply, lapsed: lapseIn(action.content) !== undefined }, etag };
  };
