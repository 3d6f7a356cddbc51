/** What somebody does in their own affairs, or a post for their agent: declines check-ins, says whether an agreement was kept. */
import { type By, oneself } from '../../shared/domain/actions.ts';
import { agreementTold } from '../../shared/domain/agreements.ts';
import { checkInsDeclined } from '../../shared/domain/check-ins.ts';
import { isAgreementId, shortHash } from '../../shared/domain/ids.ts';
import type { State } from '../../shared/domain/state.ts';
import { Unknown } from '../../shared/errors.ts';
import { agreementAt } from '../../shared/record/agreements.ts';
import { homeAt } from '../../shared/record/merging.ts';
import { commitWithNote } from '../../shared/record/notes.ts';
import { agreeingIn, asParty } from '../middleware/agreeing.ts';
import type { Call, Handler } from '../middleware/api.ts';
import { staffOf } from '../middleware/caller.ts';
import { caseAt } from '../middleware/named.ts';
import { type Changing, commitOn } from './handler.ts';

/** A citizen in their own affairs, or a post for an agent; of a citizen nothing in the key, which stays, can be tried out. */
export const askingBy = ({ caller, key }: Pick<Call, 'caller' | 'key'>): { readonly by: By; readonly own: string } =>
  caller.as === 'post'
    ? { by: staffOf(caller), own: `${caller.person} ${key}` }
    : { by: oneself, own: shortHash(`${caller.person} ${key}`) };

export const declineCheckIns =
  (changing: () => Changing): Handler<'decline-check-ins'> =>
  async (call) => {
    const state = await caseAt(changing().log, call.params.id);
    await call.guard.toLog(state);
    const { by, own } = askingBy(call);
    const key = `check-ins ${own}`;
    const made = await commitOn(changing(), state, key, (current) =>
      checkInsDeclined(current, { by, at: call.now, key }, call.body),
    );
    return { body: { id: state.id, n: made.action.n, repeated: made.again } };
  };

const unknownAgreement = (id: string) => new Unknown('agreement', id, 'a number that its dispute or case named');

export const tellAgreement =
  (changing: () => Changing): Handler<'tell-agreement'> =>
  async (call) => {
    const { log, keys } = changing();
    const { id } = call.params;
    const named = isAgreementId(id) ? id : undefined;
    const kept = named && (await agreementAt(log.table, named));
    const state = kept && (await homeAt(log, kept.log));
    if (!named || !state) throw unknownAgreement(id);
    const agreeing = await agreeingIn(log, call, state);
    await (call.caller.as === 'post'
      ? call.guard.toLog(state)
      : call.guard.to(asParty(agreeing, { what: id, log: state.id })));
    const { by, own } = askingBy(call);
    const key = `agreement ${own}`;
    const command = (current: State | undefined) => {
      if (!current) throw unknownAgreement(id);
      return agreementTold(current, named, { by, at: call.now, key }, call.body, agreeing?.side);
    };
    const made = await commitWithNote(log, keys, state.id, key, command);
    if (!made) throw unknownAgreement(id);
    return { body: { id, n: made.action.n, repeated: made.again } };
  };
