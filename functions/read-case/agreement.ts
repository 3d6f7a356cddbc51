/** An agreement by its number, also when its dispute or case is forgotten. */
import { iso } from '../../shared/calendar/calendar.ts';
import { agreementExpires } from '../../shared/domain/expiry.ts';
import { isAgreementId } from '../../shared/domain/ids.ts';
import { standingToArea } from '../../shared/domain/who-may/standing.ts';
import { Unknown } from '../../shared/errors.ts';
import { agreementAt } from '../../shared/record/agreements.ts';
import type { Handler } from '../middleware/api.ts';
import type { Reading } from '../middleware/showing.ts';

/** For whoever works where it was made; what is no longer there answers as if it had never been. */
export const readAgreement =
  (reading: () => Reading): Handler<'read-agreement'> =>
  async ({ params, guard, caller }) => {
    const { log, people } = reading();
    const { id } = params;
    const kept = isAgreementId(id) ? await agreementAt(log.table, id) : undefined;
    if (!kept) throw new Unknown('agreement', id, 'a number that its dispute or case named');
    const relations = caller.as === 'post' ? standingToArea(log.city, caller.post, kept.area) : new Set<never>();
    await guard.to({ what: id, relations });
    const { area, on } = kept;
    const body = { id, area, on: iso(on), until: iso(agreementExpires(log.city, kept)) };
    return { body: { ...body, text: await kept.open(people.kms) } };
  };
