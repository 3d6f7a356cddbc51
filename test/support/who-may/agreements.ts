/** An agreement by its number: for whoever works where it was made, whatever became of its dispute, and for its two parties. */
import { type AgreementId, agreementIdFor, type DisputeId, disputeIdFor } from '../../../shared/domain/ids.ts';
import { parseReport } from '../../../shared/domain/report.ts';
import { keepAgreement } from '../../../shared/record/agreements.ts';
import { keepPeople } from '../../../shared/record/keeping.ts';
import { type Log, putAction } from '../../../shared/record/log.ts';
import type { Keys } from '../../../shared/record/seal.ts';
import type { Attempt } from './attempts.ts';
import { type Actor, bystander, citizens, east, home, monday, postOf, roleOf, west } from './cast.ts';
import { granted, type Standing, standingToArea } from './oracle.ts';
import { identities, marks, Telling } from './story.ts';

/** Settled on the spot between two; whoever may be hurt agreed on nothing. */
const report = parseReport({
  ...{ channel: 'grid', sourceId: 'agreed', source: '网格', reportedAt: '2026-01-05T10:00:00+08:00' },
  ...{ area: home, disputeType: 'neighbour', text: '两户已当场谈妥', facts: [] },
  settlement: { agreement: marks.words },
  people: [
    { role: 'respondent', name: '甲某', ...identities.respondent },
    { role: 'complainant', name: '乙某', ...identities.complainant },
    { role: 'affected', name: '丙某', ...identities.affected },
  ],
});
export const agreedIn: DisputeId = disputeIdFor('grid/agreed');

/** Kept long ago; now somebody is to look whether it was. On no board, and in no list of tasks. */
export async function tellAgreement(log: Log, keys: Keys): Promise<AgreementId> {
  const id = agreementIdFor(agreedIn, 'settle-1');
  await keepAgreement(log, keys, { id, check: monday, log: agreedIn, area: home, on: monday, text: marks.words });
  await keepPeople({ table: log.table, keys }, { dispute: agreedIn, caseId: null, report, pointers: [] });
  const telling = new Telling(agreedIn);
  telling.do({
    ...{ kind: 'reported', report: 'grid/agreed', channel: 'grid', area: home, disputeType: 'neighbour' },
    ...{ owner: bystander, reportedAt: monday, settled: true, agreement: { id, check: monday } },
  });
  telling.do({ kind: 'closed' });
  telling.do({ kind: 'asked', want: { kind: 'agreement-check', about: id } });
  telling.open('agreement-check', looking, { about: id });
  for (const action of telling.actions) await putAction(log.table, agreedIn, action);
  log.warm.set(agreedIn, telling.state);
  return id;
}

const looking = postOf('mediator', 'east');

/** One of the two, by their own numbers. */
function asCitizen(identity: 'respondent' | 'complainant' | 'affected' | undefined): Standing {
  if (identity === 'respondent') return { role: 'person-concerned', relations: new Set(['agreeing']) };
  if (identity === 'complainant') return { role: 'affected-person', relations: new Set(['agreeing']) };
  return { role: 'resident', relations: new Set() };
}

function toRead(actor: Actor): Standing {
  if (actor.as === 'citizen') return asCitizen(actor.identity);
  return { role: roleOf(actor), relations: standingToArea(actor, home) };
}

function toTell(actor: Actor): Standing {
  if (actor.as === 'citizen') return { ...asCitizen(actor.identity), phase: 'open' };
  return { role: actor.role, relations: new Set(actor.post === looking ? ['work'] : []), phase: 'open' };
}

const agent = { name: '钱律师', mandate: '二〇二六年一月五日书面委托书' };

export function* onAgreements(
  agreement: AgreementId,
  partiesOf: (actor: Actor) => readonly string[],
): Generator<Attempt> {
  for (const actor of [...east, ...west, ...citizens]) {
    const request = { params: { id: agreement }, parties: partiesOf(actor) };
    const read = granted('read-agreement', toRead(actor));
    yield {
      ...{ name: `${actor.person}: read-agreement`, operation: 'read-agreement', actor, request },
      due: read ? ['words'] : 'refused',
    };
    const body = { outcome: 'kept', ...(actor.as === 'post' ? { party: 'complainant', agent } : {}) };
    const told = granted('tell-agreement', toTell(actor));
    yield {
      ...{ name: `${actor.person}: tell-agreement`, operation: 'tell-agreement', actor },
      request: { ...request, body },
      due: told ? 'reached' : 'refused',
    };
  }
}
