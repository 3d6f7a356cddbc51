/** An agreement by its number, also when its dispute or case is forgotten. */
import { iso } from '../../shared/calendar/calendar.ts';
import { isAskedAbout } from '../../shared/domain/afterwards.ts';
import { agreementExpires } from '../../shared/domain/expiry.ts';
import { isAgreementId } from '../../shared/domain/ids.ts';
import { standingToArea } from '../../shared/domain/who-may/standing.ts';
import { Unknown } from '../../shared/errors.ts';
import { agreementAt, type KeptAgreement } from '../../shared/record/agreements.ts';
import { homeAt } from '../../shared/record/merging.ts';
import { agreeingIn, asParty } from '../middleware/agreeing.ts';
import type { Call, Handler } from '../middleware/api.ts';
import type { Subject } from '../middleware/guard.ts';
import type { Reading } from '../middleware/showing.ts';

/**
 * For whoever works where it was made, and for the parties while it is known who they are; what is no longer there answers as if it
 * had never been.
 */
export const readAgreement =
  (reading: () => Reading): Handler<'read-agreement'> =>
  async (call) => {
    const { log, people } = reading();
    const { id } = call.params;
    const kept = isAgreementId(id) ? await agreementAt(log.table, id) : undefined;
    if (!kept) throw new Unknown('agreement', id, 'a number that its dispute or case named');
    const { subject, own } = await standingTo(reading(), call, id, kept);
    await call.guard.to(subject);
    const { area, on } = kept;
    const body = { id, area, on: iso(on), until: iso(agreementExpires(log.city, kept)) };
    return { body: { ...body, text: await kept.open(people.kms), ...(own ? { own } : {}) } };
  };

interface Standing {
  readonly subject: Subject;
  /** Of a party: which it is, and what it may say of it; nothing of the other one. */
  readonly own?: object;
}

async function standingTo(
  { log }: Reading,
  call: Pick<Call, 'guard' | 'caller'>,
  id: string,
  { log: madeIn, area }: KeptAgreement,
): Promise<Standing> {
  const { caller } = call;
  if (caller.as === 'post') return { subject: { what: id, relations: standingToArea(log.city, caller.post, area) } };
  const state = await homeAt(log, madeIn);
  const agreeing = state && (await agreeingIn(log, call, state));
  const subject = asParty(agreeing, { what: id, log: madeIn });
  const made = state?.agreements.find((one) => one.id === id);
  if (!agreeing || !made) return { subject };
  const { side } = agreeing;
  const own = {
    party: side,
    asked: isAskedAbout(state, made.id),
    said: made.said?.[side] ?? null,
    outcome: made.outcome,
  };
  return { subject, own };
}
