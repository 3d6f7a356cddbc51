/** Contests, requests about one's own data, and what came of them: by those in it, by posts for an agent, and by whoever reviews. */
import type { Field, GuardedOperation } from '../../../shared/domain/who-may/matrix.ts';
import type { Attempt, Request } from './attempts.ts';
import { type Actor, citizens, east, west } from './cast.ts';
import { type Referral, standingToReferral } from './matters.ts';
import { granted, knows, type Standing, standingTo } from './oracle.ts';
import { marks, type Subject } from './story.ts';

const agent = { name: '钱律师', mandate: '二〇二六年一月五日书面委托书' };
const words = `当天本人不在场，${marks.claim}，可以作证。`;

/** A post asks for an agent, a citizen for themself. */
const forWhom = (actor: Actor): object => (actor.as === 'post' ? { agent } : {});

const places = { respondent: 0, complainant: 1, affected: 5 } as const;

/** Of themself, or of somebody whom the post may see. */
function refFor(actor: Actor, report: string, fields: ReadonlySet<Field> | undefined): object {
  if (actor.as === 'citizen') return {};
  const seen = fields?.has('affected') && !fields.has('parties') ? 'affected' : 'respondent';
  return { ref: `${report}.${places[seen]}` };
}

const claimIn = (body: unknown): string[] => (JSON.stringify(body).includes(marks.claim) ? ['claim'] : []);

type Parties = (actor: Actor, subject?: Subject) => readonly string[];

export function* onRights(
  subjects: readonly Subject[],
  referrals: readonly Referral[],
  triedBy: (subject: Subject) => readonly Actor[],
  partiesOf: Parties,
): Generator<Attempt> {
  for (const subject of subjects) {
    for (const actor of triedBy(subject)) yield* onSubject(subject, actor, partiesOf(actor, subject));
  }
  for (const one of referrals) {
    for (const actor of [...east, ...west, ...citizens]) yield* onReferral(one, actor, partiesOf(actor));
  }
}

function* onSubject(subject: Subject, actor: Actor, parties: readonly string[]): Generator<Attempt> {
  const { phase, situation, report } = subject;
  const attempt = attemptBy(actor, `${phase}: ${situation.name}`, parties);
  const toCase = standingTo(actor, subject, 'case');
  const toDispute = standingTo(actor, subject, 'dispute');
  yield attempt('contest-decision', subject.case, toCase, () => ({ reason: words, ...forWhom(actor) }));
  yield attempt('ask-right', subject.case, toCase, () => ({ right: 'explain', words, ...forWhom(actor) }));
  yield attempt('ask-right', subject.dispute, toDispute, (fields) => ({
    ...{ right: 'copy', words },
    ...forWhom(actor),
    ...refFor(actor, report, fields),
  }));
  const identity = actor.as === 'citizen' ? actor.identity : undefined;
  // The person concerned contested the case once told, the affected person asked for a right at the dispute.
  const contested = phase !== 'before' && knows(subject);
  const claims = (own: boolean) => (fields: ReadonlySet<Field>) => fields.has('claims') || (fields.has('own') && own);
  yield attempt(
    'read-requests',
    subject.case,
    toCase,
    undefined,
    (fields) => contested && claims(identity === 'respondent')(fields),
  );
  yield attempt('read-requests', subject.dispute, toDispute, undefined, claims(identity === 'affected'));
}

/** Nobody has asked for anything there. */
function* onReferral(one: Referral, actor: Actor, parties: readonly string[]): Generator<Attempt> {
  const attempt = attemptBy(actor, one.name, parties);
  const standing = standingToReferral(actor, one);
  yield attempt('ask-right', one.id, standing, () => ({
    ...{ right: 'copy', words },
    ...forWhom(actor),
    ...(actor.as === 'post' ? { ref: `${one.report}.0` } : {}),
  }));
  yield attempt('read-requests', one.id, standing, undefined, () => false);
}

const attemptBy =
  (actor: Actor, where: string, parties: readonly string[]) =>
  (
    operation: GuardedOperation,
    id: string,
    standing: Standing,
    body?: (fields: ReadonlySet<Field> | undefined) => object,
    shows: (fields: ReadonlySet<Field>) => boolean = () => false,
  ): Attempt => {
    const fields = granted(operation, standing);
    const who = actor.as === 'post' ? `${actor.person} for ${actor.post}` : actor.person;
    const request: Request = { params: { id }, parties, ...(body ? { body: body(fields) } : {}) };
    const shown = fields && !body ? { due: shows(fields) ? ['claim'] : [], look: claimIn } : undefined;
    return {
      name: `${who}: ${operation} of ${id.slice(0, 1)}, ${where}`,
      operation,
      actor,
      request,
      due: fields ? 'reached' : 'refused',
      ...shown,
    };
  };
