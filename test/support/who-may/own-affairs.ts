/** What people do and read in their own affairs: check-ins declined, and who received something about them. */
import type { GuardedOperation } from '../../../shared/domain/who-may/matrix.ts';
import type { Attempt, Request } from './attempts.ts';
import { type Actor, citizens, east, west } from './cast.ts';
import { marksIn } from './facets.ts';
import { type Referral, standingToReferral } from './matters.ts';
import { granted, type Standing, standingTo } from './oracle.ts';
import type { Subject } from './story.ts';

const agent = { name: '钱律师', mandate: '二〇二六年一月五日书面委托书' };

/** Who received something is a list, and nothing of anybody else stands in it. */
const recipientsIn = (body: unknown): string[] => [
  ...marksIn(body),
  ...(JSON.stringify(body).includes('"recipients"') ? ['recipients'] : []),
];

type Parties = (actor: Actor, subject?: Subject) => readonly string[];

export function* onOwnAffairs(
  subjects: readonly Subject[],
  referrals: readonly Referral[],
  triedBy: (subject: Subject) => readonly Actor[],
  partiesOf: Parties,
): Generator<Attempt> {
  for (const subject of subjects) {
    const where = `${subject.phase}: ${subject.situation.name}`;
    for (const actor of triedBy(subject)) {
      const attempt = attemptBy(actor, where, partiesOf(actor, subject));
      const toCase = standingTo(actor, subject, 'case');
      const body = actor.as === 'post' ? { agent } : {};
      yield {
        ...attempt('decline-check-ins', subject.case, toCase, { body }),
        ...reached('decline-check-ins', toCase),
      };
      yield attempt('read-recipients', subject.case, toCase);
      yield attempt('read-recipients', subject.dispute, standingTo(actor, subject, 'dispute'));
    }
  }
  for (const one of referrals) {
    for (const actor of [...east, ...west, ...citizens]) {
      yield attemptBy(actor, one.name, partiesOf(actor))('read-recipients', one.id, standingToReferral(actor, one));
    }
  }
}

const reached = (operation: GuardedOperation, standing: Standing): Pick<Attempt, 'due'> => ({
  due: granted(operation, standing) ? 'reached' : 'refused',
});

const attemptBy =
  (actor: Actor, where: string, parties: readonly string[]) =>
  (operation: GuardedOperation, id: string, standing: Standing, request: Request = {}): Attempt => {
    const who = actor.as === 'post' ? `${actor.person} for ${actor.post}` : actor.person;
    return {
      name: `${who}: ${operation} of ${id.slice(0, 1)}, ${where}`,
      ...{ operation, actor, request: { ...request, params: { id }, parties } },
      due: granted(operation, standing) ? ['recipients'] : 'refused',
      look: recipientsIn,
    };
  };
