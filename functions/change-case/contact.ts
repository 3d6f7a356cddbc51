/** How a person in role may safely be reached: by whoever works with them and may see them, or by themself. */
import { oneself } from '../../shared/domain/actions.ts';
import { contactFaults, isTold } from '../../shared/domain/citizen-notices.ts';
import { shortHash } from '../../shared/domain/ids.ts';
import { foldersOf } from '../../shared/domain/state.ts';
import { InputInvalid, NotPermitted, Unknown } from '../../shared/errors.ts';
import { type Contacting, keepContact, partIn } from '../../shared/record/contacts.ts';
import { commit } from '../../shared/record/log.ts';
import { isThemself, type PersonInRole, partiesOf } from '../../shared/record/people.ts';
import type { Call, Handler } from '../middleware/api.ts';
import { staffOf } from '../middleware/caller.ts';
import type { Granted } from '../middleware/guard.ts';
import { disputeAt, unknown } from '../middleware/named.ts';
import { affectedParts } from '../middleware/showing.ts';
import { placeOf } from './handler.ts';

/** In place of the profile before; from now on it governs every message. */
export const changeContact =
  (contacting: () => Contacting): Handler<'change-contact'> =>
  async (call) => {
    const log = contacting();
    const { state, linked } = await disputeAt(log, call.params.id);
    const granted = await call.guard.toLog(state, linked);
    const { ref, contact } = call.body;
    const place = await partIn(log.table, foldersOf(state), placeOf(ref));
    await mayChange(log, call, granted, place);
    const faults = contactFaults(log.city, contact, 'contact');
    if (faults.length > 0) throw new InputInvalid(faults);
    const by = call.caller.as === 'post' ? staffOf(call.caller) : oneself;
    const own = `${call.caller.person} ${call.key}`;
    const key = `contact ${call.caller.as === 'post' ? own : shortHash(own)}`;
    const part = `${place.report}#${place.i}`;
    const reachable = contact.channel !== 'none' && isTold({ role: place.part });
    const content = { kind: 'contactChanged' as const, part, reachable };
    const made = await commit(log, state.id, () => ({ at: call.now, by, key, rev: 0, content }), {
      key,
      before: async () => {
        if (!(await keepContact(log, place, contact)))
          throw new Unknown('person in role', ref, 'one who was not erased');
      },
    });
    if (!made) throw unknown('dispute', state.id);
    return { body: { dispute: state.id, ref, n: made.action.n, repeated: made.again } };
  };

/** A post: of whom it may see. A citizen: of themself, in the role in which they ask. @throws NotPermitted, Unknown */
async function mayChange(
  { table }: Contacting,
  { caller }: Pick<Call, 'caller'>,
  { fields, role }: Granted,
  place: PersonInRole,
): Promise<void> {
  if (caller.as === 'post') {
    if (fields.has(affectedParts.includes(place.part) ? 'affected' : 'parties')) return;
    throw new NotPermitted('this post may not see that person');
  }
  const named = await partiesOf(table, [place.dispute]);
  const own = named.find(({ report, i }) => report === place.report && i === place.i);
  const inRole = (place.part === 'respondent') === (role === 'person-concerned');
  // As if nobody were there: no place can be tried out.
  if (!own || !inRole || !isThemself(own, caller.parties)) {
    throw new Unknown('person in role', `${place.report}.${place.i}`, `a ref that a read of ${place.dispute} named`);
  }
}
