/** The whole case is offered to another post: until it has accepted, the sender stays accountable. */
import { iso } from '../../shared/calendar/calendar.ts';
import { handOver } from '../../shared/domain/handing-over.ts';
import type { Handler } from '../middleware/api.ts';
import { staffOf } from '../middleware/caller.ts';
import { caseAt } from '../middleware/named.ts';
import { type Changing, commitOn } from './handler.ts';

export const handOverCase =
  (changing: () => Changing): Handler<'hand-over-case'> =>
  async (call) => {
    const { log } = changing();
    const state = await caseAt(log, call.params.id);
    await call.guard.toLog(state);
    const by = staffOf(call.caller);
    const key = `hand-over ${by.person} ${call.key}`;
    const { action, again } = await commitOn(changing(), state, key, (current) =>
      handOver({ city: log.city, state: current, by, at: call.now, key, ...call.body }),
    );
    const until = action.content.kind === 'asked' ? (action.content.want.due ?? call.now) : call.now;
    return { body: { id: state.id, n: action.n, until: iso(until), repeated: again } };
  };
