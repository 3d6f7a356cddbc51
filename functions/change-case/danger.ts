/** Danger before anything is decided: a protective first contact is ordered by whoever is on duty. */
import { iso } from '../../shared/calendar/calendar.ts';
import { noteIdFor } from '../../shared/domain/ids.ts';
import { contactWanted } from '../../shared/domain/protective-contact.ts';
import type { Handler } from '../middleware/api.ts';
import { staffOf } from '../middleware/caller.ts';
import { caseAt } from '../middleware/named.ts';
import { type Changing, commitOn } from './handler.ts';

/** One reason, kept with the action; it ends by itself unless somebody decides. */
export const orderContact =
  (changing: () => Changing): Handler<'order-contact'> =>
  async (call) => {
    const { log } = changing();
    const state = await caseAt(log, call.params.id);
    await call.guard.toLog(state);
    const by = staffOf(call.caller);
    const key = `protective-contact ${by.person} ${call.key}`;
    const { action, again } = await commitOn(changing(), state, key, (current) => {
      const want = contactWanted(log.city, current, call.now);
      const content = { kind: 'asked' as const, want };
      const draft = { at: call.now, by, key, rev: 0, content, note: noteIdFor(current.id, key) };
      return { draft, text: call.body.reason };
    });
    const ends = action.content.kind === 'asked' ? (action.content.want.ends ?? call.now) : call.now;
    return { body: { id: state.id, n: action.n, until: iso(ends), repeated: again } };
  };
