/** Danger before anything is decided: a protective first contact is ordered by whoever is on duty. */
import { iso } from '../../shared/calendar/calendar.ts';
import { contactWanted } from '../../shared/domain/protective-contact.ts';
import type { Handler } from '../middleware/api.ts';
import { actOnCase, type Changing } from './handler.ts';

/** One reason, kept with the action; it ends by itself unless somebody decides. */
export const orderContact =
  (changing: () => Changing): Handler<'order-contact'> =>
  async (call) => {
    const { city } = changing().log;
    const words = { what: 'protective-contact', text: call.body.reason };
    const { action, reply } = await actOnCase(changing(), call, words, ({ state }) => ({
      kind: 'asked',
      want: contactWanted(city, state, call.now),
    }));
    const ends = action.content.kind === 'asked' ? (action.content.want.ends ?? call.now) : call.now;
    return { body: { ...reply, until: iso(ends) } };
  };
