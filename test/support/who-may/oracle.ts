/** What must come of an attempt, from the table of the matrix alone and from how the situation was told: nothing of the code under test. */
import {
  type Field,
  type Grant,
  type GuardedOperation,
  matrix,
  type Phase,
  type Relation,
} from '../../../shared/domain/who-may/matrix.ts';
import type { Role } from '../../../shared/domain/words.ts';
import { type Actor, areaOfPost, type CitizenActor, city, type PostActor } from './cast.ts';
import type { Subject, Work } from './story.ts';

export type Relations = ReadonlySet<Relation>;

export interface Standing {
  readonly role: Role;
  readonly relations: Relations;
  readonly phase?: Phase;
  /** A party never acts for a post. */
  readonly conflict?: true;
}

/** Fields that are granted; undefined: refused. */
export function granted(operation: GuardedOperation, standing: Standing): ReadonlySet<Field> | undefined {
  const { role, relations, phase, conflict } = standing;
  if (conflict) return undefined;
  const row: Readonly<Partial<Record<Role, readonly Grant[]>>> = matrix[operation];
  let found: Set<Field> | undefined;
  for (const { where, when, fields = [] } of row[role] ?? []) {
    if (where !== 'anywhere' && !relations.has(where)) continue;
    if (when && !(phase && when.includes(phase))) continue;
    found = new Set([...(found ?? []), ...fields]);
  }
  return found;
}

/** Area codes nest by their digits; the city's own ends in zeros. */
export const lies = (area: string, above: string): boolean => above === city.code || area.startsWith(above);

const set = (...pairs: readonly (readonly [boolean, Relation])[]): Relations =>
  new Set(pairs.flatMap(([holds, relation]) => (holds ? [relation] : [])));

const toCase = (actor: PostActor, subject: Subject): Relations => {
  const { situation, phase } = subject;
  const open = phase !== 'closed';
  const { caseTask, offered, joins } = situation;
  const mine = open && hasTasks(actor, subject, caseTask);
  const reviews = caseTask === 'review';
  return set(
    ...inCommon(actor, subject, open),
    [(mine && !reviews) || (open && isOwner(actor, subject)), 'work'],
    [mine && reviews, 'reviewing'],
    [open && isOwner(actor, subject), 'accountable'],
    [!open && isOwner(actor, subject), 'was-accountable'],
    [mine && !reviews && !offered && !joins && isDepartment(actor), 'own-department'],
    [mine && caseTask === 'help', 'help-work'],
    [mine && situation.red === true && phase === 'before' && !offered, 'deciding'],
    [open && situation.verified === true && actor.side === 'east', 'verified'],
    [situation.invited === true && actor.side === 'east', 'invited'],
    [mine && caseTask === 'protect', 'protecting'],
    [mine && caseTask === 'tell' && !offered, 'telling'],
  );
};

const toDispute = (actor: PostActor, subject: Subject): Relations => {
  const { situation, phase } = subject;
  const { caseTask, disputeTask, disputeOver, offered, joins } = situation;
  const caseOpen = phase !== 'closed';
  const open = caseOpen && !disputeOver;
  const asked = open && disputeTask === 'ask' && hasTasks(actor, subject, disputeTask);
  const mine = open && !asked && hasTasks(actor, subject, disputeTask);
  const onCase = (work: Work) => caseOpen && caseTask === work && hasTasks(actor, subject, caseTask);
  return set(
    ...inCommon(actor, subject, open),
    [mine || (open && isOwner(actor, subject)) || onCase('verify'), 'work'],
    [mine && !offered && !joins && isDepartment(actor), 'own-department'],
    [asked, 'asked'],
    [mine && disputeTask === 'help', 'help-work'],
    [(mine && disputeTask === 'protect') || onCase('protect'), 'protecting'],
  );
};

const inCommon = (actor: PostActor, { situation }: Subject, open: boolean) =>
  [
    [actor.side === 'east', 'own-area'],
    [actor.side === 'east' && actor.onDuty, 'on-duty'],
    [open && situation.colleague === true && actor.side === 'east' && isDepartment(actor), 'own-department'],
    [situation.glass === 'now' && actor.side === 'east' && !actor.onDuty, 'break-glass'],
  ] as const satisfies readonly (readonly [boolean, Relation])[];

/** The only role to which the department matters. */
const isDepartment = ({ role }: PostActor): boolean => role === 'department-officer';
const isOwner = ({ role, side }: PostActor, { situation }: Subject): boolean =>
  side === 'east' && situation.owner === role;
const hasTasks = ({ side }: PostActor, { situation }: Subject, work: Work | undefined): boolean =>
  (work !== undefined || situation.offered === true || situation.joins === true) && (situation.side ?? 'east') === side;

const phaseOfCase = ({ phase }: Subject): Phase => phase;
const phaseOfDispute = ({ phase }: Subject): Phase => (phase === 'closed' ? 'closed' : 'open');

/** The person concerned knows once told, and nobody is told before a level. */
export const knows = ({ phase, situation }: Subject): boolean => phase !== 'before' && !situation.untold;

/** What a citizen is to a dispute or its case: by their own numbers, and by nothing else. */
function asCitizen(
  { identity }: CitizenActor,
  subject: Subject,
  of: 'case' | 'dispute',
): Pick<Standing, 'role' | 'relations'> {
  const named = identity !== 'complainant' || subject.situation.party === true;
  if (identity === 'respondent') {
    return { role: 'person-concerned', relations: new Set<Relation>(knows(subject) ? ['told', 'self'] : []) };
  }
  if (identity && named && of === 'dispute') {
    return { role: 'affected-person', relations: new Set<Relation>(['party', 'self']) };
  }
  return { role: 'resident', relations: new Set() };
}

export function standingTo(actor: Actor, subject: Subject, of: 'case' | 'dispute'): Standing {
  const phase = of === 'case' ? phaseOfCase(subject) : phaseOfDispute(subject);
  if (actor.as === 'citizen') return { ...asCitizen(actor, subject, of), phase };
  const relations = of === 'case' ? toCase(actor, subject) : toDispute(actor, subject);
  return { role: actor.role, relations, phase, ...(subject.situation.party ? { conflict: true as const } : {}) };
}

const parentOf = (area: string): string => (area.length > 6 ? area.slice(0, -3) : city.code);
const leads: Readonly<Record<number, string>> = { 9: 'township-centre', 12: 'mediator', 15: 'grid-officer' };
const leadOf = (area: string): string =>
  area === city.code ? `${area}.city-duty` : `${area}.${leads[area.length] ?? 'county-centre'}`;

export function standingToPost(actor: PostActor, post: string): Relations {
  const area = areaOfPost(post);
  return set(
    [actor.post === post, 'own-post'],
    [area !== city.code && leadOf(parentOf(area)) === actor.post, 'post-below'],
    [lies(area, areaOfPost(actor.post)), 'own-area'],
  );
}

export const standingToArea = (actor: PostActor, area: string): Relations =>
  set(
    [lies(area, areaOfPost(actor.post)), 'own-area'],
    [lies(area, areaOfPost(actor.post)) && isDepartment(actor), 'own-department'],
  );

/** What a list as a whole may hold: in some phase. */
export function grantedInAny(operation: GuardedOperation, role: Role, relations: Relations): boolean {
  const row: Readonly<Partial<Record<Role, readonly Grant[]>>> = matrix[operation];
  return (row[role] ?? []).some(({ where }) => where === 'anywhere' || relations.has(where));
}
