/** Referrals and rounds: help without a dispute, and places to look at. Tried as cases and disputes are. */
import { type ReferralId, type RoundId, referralIdFor, roundIdFor } from '../../../shared/domain/ids.ts';
import { parseReport } from '../../../shared/domain/report.ts';
import type { Grant } from '../../../shared/domain/who-may/matrix.ts';
import { keepPeople } from '../../../shared/record/keeping.ts';
import type { Log } from '../../../shared/record/log.ts';
import type { Keys } from '../../../shared/record/seal.ts';
import { type Actor, bystander, home, monday, type PostActor, postOf, type Side } from './cast.ts';
import type { Standing } from './oracle.ts';
import { identities, marks, postsOf, put, Telling } from './story.ts';

/** Whose posts give the help; nobody's: a bystander's alone. */
export interface Referral {
  readonly name: string;
  readonly id: ReferralId;
  readonly report: string;
  readonly helped?: Side;
  readonly closed?: true;
}

export interface Matters {
  readonly referrals: readonly Referral[];
  readonly round: RoundId;
}

const referrals = [
  { name: 'asks for help in the area' },
  { name: 'is helped', helped: 'east' },
  { name: 'is helped elsewhere', helped: 'west' },
  { name: 'was helped', closed: true },
] as const satisfies readonly Omit<Referral, 'id' | 'report'>[];

async function tellReferral(log: Log, keys: Keys, one: Omit<Referral, 'id' | 'report'>): Promise<Referral> {
  const sourceId = `h-${one.name.replaceAll(' ', '-')}`;
  const text = `想学手艺，${marks['words of needs']}，还说过${marks.words}`;
  const start = text.indexOf(marks['words of needs']);
  const needs = { type: 'hardship_medical', value: true, start, end: start + marks['words of needs'].length };
  const report = parseReport({
    ...{ channel: 'grid', sourceId, source: '网格', reportedAt: '2026-01-05T10:00:00+08:00', area: home },
    ...{ disputeType: 'none', text, help: ['counselling'], facts: [{ ...needs, negated: false, hearsay: false }] },
    people: [
      {
        ...{ role: 'complainant', name: marks['name of complainant'], address: marks['address of complainant'] },
        ...identities.complainant,
      },
      { role: 'affected', name: marks['name of affected'], address: marks['address of affected'] },
    ],
  });
  const id = referralIdFor(`grid/${sourceId}`);
  const telling = new Telling(id);
  const { channel, area, disputeType } = report;
  const about = { channel, area, disputeType, owner: bystander };
  const help = ['counselling'] as const;
  telling.do({ kind: 'reported', report: `grid/${sourceId}`, ...about, wants: [], help });
  const offer = telling.open('offer-help', bystander, { measure: 'counselling' });
  const planned = [{ kind: 'counselling', owner: bystander }] as const;
  telling.do(
    { kind: 'answered', task: offer, answer: { task: 'offer-help', outcome: 'accepted', help: planned } },
    marks.note,
  );
  const done = telling.open('measure', bystander, { measure: 'counselling' });
  telling.do({ kind: 'answered', task: done, answer: { task: 'measure', outcome: 'done' } }, marks['note on help']);
  if (one.closed) telling.do({ kind: 'closed' });
  else {
    telling.open('measure', bystander, { measure: 'counselling' });
    for (const post of one.helped ? postsOf(one.helped) : []) telling.open('measure', post, { measure: 'counselling' });
  }
  await keepPeople({ table: log.table, keys }, { dispute: id, caseId: null, report, pointers: [] });
  await put(log, keys, telling);
  return { ...one, id, report: `grid/${sourceId}` };
}

async function tellRound(log: Log, keys: Keys): Promise<RoundId> {
  const id = roundIdFor('a round');
  const telling = new Telling(id);
  const owner = postOf('grid-officer', 'east');
  const about = { channel: 'grid', area: home, disputeType: 'none', owner } as const;
  telling.do({ kind: 'reported', report: id, ...about, day: '2026-01-05', places: ['东门'], wants: [] });
  telling.open('round', owner, { due: monday + 7 * 3_600_000 });
  await put(log, keys, telling);
  return id;
}

export async function tellMatters(log: Log, keys: Keys): Promise<Matters> {
  const told = await Promise.all(referrals.map((one) => tellReferral(log, keys, one)));
  return { referrals: told, round: await tellRound(log, keys) };
}

type Where = Grant['where'];
const set = (...pairs: readonly (readonly [boolean, Where])[]): ReadonlySet<Where> =>
  new Set(pairs.flatMap(([holds, where]) => (holds ? [where] : [])));

/** How somebody stands to a referral: to the police it is nothing, whatever they have. */
export function standingToReferral(actor: Actor, { helped, closed }: Referral): Standing {
  const phase = closed ? 'closed' : 'open';
  if (actor.as === 'citizen') {
    const own = actor.identity === 'complainant';
    return { role: own ? 'affected-person' : 'resident', relations: set([own, 'party'], [own, 'self']), phase };
  }
  if (actor.role === 'community-police') return { role: actor.role, relations: new Set(), phase };
  const mine = !closed && helped === actor.side;
  const relations = set([actor.side === 'east', 'own-area'], [mine, 'work'], [mine, 'help-work']);
  return { role: actor.role, relations, phase };
}

export function standingToRound(actor: PostActor): Standing {
  const mine = actor.post === postOf('grid-officer', 'east');
  return { role: actor.role, relations: set([actor.side === 'east', 'own-area'], [mine, 'work']), phase: 'open' };
}
