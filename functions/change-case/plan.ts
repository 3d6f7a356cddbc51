/** The plan is amended, an opt-in to joint sessions recorded, and the police told that a dispute may turn violent. */
import { noteIdFor } from '../../shared/domain/ids.ts';
import { optedIn } from '../../shared/domain/mediation.ts';
import { amended, chosenIn } from '../../shared/domain/planning.ts';
import { policeTold } from '../../shared/domain/police-notice.ts';
import { takePlaces } from '../../shared/record/mediators.ts';
import { commitWithNote } from '../../shared/record/notes.ts';
import { etagOf, type Handler } from '../middleware/api.ts';
import { staffOf } from '../middleware/caller.ts';
import { checkSeenOf, disputeAt, unknown } from '../middleware/named.ts';
import { actOnCase, type Changing } from './handler.ts';

export const amendPlan =
  (changing: () => Changing): Handler<'amend-plan'> =>
  async (call) => {
    const { log } = changing();
    const words = { what: 'amend-plan', text: call.body.reason };
    const { reply, etag } = await actOnCase(
      changing(),
      call,
      words,
      ({ state, by }) => amended({ city: log.city, state, by, at: call.now }, call.body),
      ({ content }, state) => takePlaces(log, state, chosenIn(content), call.now),
    );
    return { body: reply, etag };
  };

export const recordOptIn =
  (changing: () => Changing): Handler<'record-opt-in'> =>
  async (call) => {
    const words = { what: 'opt-in', text: call.body.reason };
    const { reply, etag } = await actOnCase(changing(), call, words, ({ state }) => optedIn(state, call.body));
    return { body: reply, etag };
  };

/** Minimal facts go one way; the preventive steps stay with the dispute. */
export const tellPolice =
  (changing: () => Changing): Handler<'tell-police'> =>
  async (call) => {
    const { log, keys } = changing();
    const { state, linked } = await disputeAt(log, call.params.id);
    await call.guard.toLog(state, linked);
    const by = staffOf(call.caller);
    const key = `tell-police ${by.person} ${call.key}`;
    const made = await commitWithNote(log, keys, state.id, key, (current) => {
      if (current?.subject !== 'dispute') throw unknown('dispute', call.params.id);
      checkSeenOf(current, call.seen);
      const content = policeTold(current, call.body);
      return {
        draft: { at: call.now, by, key, rev: 0, content, note: noteIdFor(current.id, key) },
        text: call.body.steps,
      };
    });
    if (!made) throw unknown('dispute', state.id);
    return { body: { id: state.id, n: made.action.n, repeated: made.again }, etag: etagOf(made.state.n) };
  };
