/** An agreement by its number: for whoever works where it was made, whatever became of its dispute. */
import { type AgreementId, agreementIdFor, disputeIdFor } from '../../../shared/domain/ids.ts';
import { keepAgreement } from '../../../shared/record/agreements.ts';
import type { Log } from '../../../shared/record/log.ts';
import type { Keys } from '../../../shared/record/seal.ts';
import type { Attempt } from './attempts.ts';
import { type Actor, citizens, east, home, monday, roleOf, west } from './cast.ts';
import { granted, type Relations, standingToArea } from './oracle.ts';
import { marks } from './story.ts';

export async function tellAgreement(log: Log, keys: Keys): Promise<AgreementId> {
  const made = disputeIdFor('grid/agreed');
  const id = agreementIdFor(made, 'settle-1');
  await keepAgreement(log, keys, { id, check: monday, log: made, area: home, on: monday, text: marks.words });
  return id;
}

export function* onAgreements(
  agreement: AgreementId,
  partiesOf: (actor: Actor) => readonly string[],
): Generator<Attempt> {
  for (const actor of [...east, ...west, ...citizens]) {
    const relations: Relations = actor.as === 'post' ? standingToArea(actor, home) : new Set();
    const fields = granted('read-agreement', { role: roleOf(actor), relations });
    yield {
      name: `${actor.person}: read-agreement`,
      operation: 'read-agreement',
      actor,
      request: { params: { id: agreement }, parties: partiesOf(actor) },
      due: fields ? ['words'] : 'refused',
    };
  }
}
