/** How a person in role may safely be reached: by whoever works with them and may see them, or by themself. */
import { oneself } from '../../shared/domain/actions.ts';
import { contactFaults, isTold } from '../../shared/domain/citizen-notices.ts';
import { type FolderId, placeIn, shortHash } from '../../shared/domain/ids.ts';
import { foldersOf } from '../../shared/domain/state.ts';
import { isReported } from '../../shared/domain/who-may/standing.ts';
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
    const places =
      ref === undefined
        ? await ownPlaces(log, call, granted, foldersOf(state))
        : [await partIn(log.table, foldersOf(state), placeOf(ref))];
    for (const place of places) await mayChange(log, call, granted, place);
    const faults = contactFaults(log.city, contact, 'contact');
    if (faults.length > 0) throw new InputInvalid(faults);
    const by = call.caller.as === 'post' ? staffOf(call.caller) : oneself;
    const own = `${call.caller.person} ${call.key}`;
    const told = `contact ${call.caller.as === 'post' ? own : shortHash(own)}`;
    const done: { readonly n: number; readonly again: boolean }[] = [];
    for (const place of places) {
      const part = placeIn(place);
      const reachable = contact.channel !== 'none' && isTold({ role: place.part });
      const content = { kind: 'contactChanged' as const, part, reachable };
      const key = ref === undefined ? `${told} ${part}` : told;
      const made = await commit(log, state.id, () => ({ at: call.now, by, key, rev: 0, content }), {
        key,
        before: async () => {
          if (!(await keepContact(log, place, contact)))
            throw new Unknown('person in role', `${place.report}.${place.i}`, 'one who was not erased');
        },
      });
      if (!made) throw unknown('dispute', state.id);
      done.push({ n: made.action.n, again: made.again });
    }
    const n = Math.max(...done.map((one) => one.n));
    const repeated = done.every(({ again }) => again);
    return { body: { dispute: state.id, ...(ref === undefined ? {} : { ref }), n, repeated } };
  };

/** Wherever whoever asks is named themself, in the role in which they ask. @throws InputInvalid, for a post; Unknown */
async function ownPlaces(
  { table }: Contacting,
  { caller }: Pick<Call, 'caller'>,
  { role }: Granted,
  folders: readonly FolderId[],
): Promise<PersonInRole[]> {
  if (caller.as === 'post') {
    throw new InputInvalid([{ path: 'ref', value: null, allowed: 'ref of a person in role, <report>.<number>' }]);
  }
  const named = await partiesOf(table, folders);
  const own = named.filter(
    (one) => isReported(one) === (role === 'person-concerned') && isThemself(one, caller.parties),
  );
  if (own.length === 0) throw new Unknown('person in role', folders.join(', '), 'somebody who is named there');
  return own;
}

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
