/**
 * Who received something of a case or dispute, as somebody reads it who is in it (S8, PIPL 44–45): what is their own, and nothing
 * that tells who spoke, who is protected, or what help another has. Pure.
 */
import { localDate } from '../calendar/calendar.ts';
import type { City } from '../config/city.ts';
import { nameOfPost, postExists, post as postOf } from '../config/posts.ts';
import type { Action } from './actions.ts';
import { apply } from './fold.ts';
import { helpKinds, isHelp, protectTasks } from './help.ts';
import type { LogId } from './ids.ts';
import { fieldsOf, type Grant, type RecallCause, type ReceivedBy, type RecipientState } from './recalling.ts';
import type { State, Task } from './state.ts';
import type { TaskKind } from './words.ts';

type Work = Pick<Task, 'kind' | 'measure'>;

/** What became of a grant, and with which work it came; none: with the whole, or by another way. */
export interface Received {
  readonly grant: Grant;
  readonly works: readonly Work[];
  readonly state: RecipientState;
}

/** From the whole history of a log: what was destroyed stands in no state any more. */
export function receivedIn(id: LogId, actions: Iterable<Action>): Received[] {
  const found = new Map<string, Received>();
  let before: State | undefined;
  for (const action of actions) {
    const after = apply(id, before, action);
    for (const grant of after.grants) {
      const { works = [] } = found.get(grant.id) ?? {};
      const state = grant.recalled === null ? 'standing' : 'called-back';
      found.set(grant.id, { grant, works: [...works, ...movedFrom(before, after, grant.to)], state });
    }
    for (const { grant, works } of gone(before, after, found)) {
      found.set(grant.id, { grant, works, state: wasDestroyed(before, action, grant) ? 'destroyed' : 'ended' });
    }
    before = after;
  }
  return [...found.values()];
}

const movedFrom = (before: State | undefined, after: State, post: string): Work[] =>
  Object.values(before?.tasks ?? {})
    .filter(({ no, owner }) => owner === post && (after.tasks[no]?.owner ?? post) !== post)
    .map(({ kind, measure }) => ({ kind, measure }));

const gone = (before: State | undefined, after: State, found: ReadonlyMap<string, Received>): Received[] =>
  (before?.grants ?? []).flatMap(({ id }) => {
    const had = after.grants.some((grant) => grant.id === id) ? undefined : found.get(id);
    return had ? [had] : [];
  });

const wasDestroyed = (before: State | undefined, { content }: Action, { id }: Grant): boolean =>
  content.kind === 'answered' && content.answer.task === 'destroy' && before?.tasks[content.task]?.about === id;

/** Of logs that are one: how it came is known where it was given, what became of it where it is now. */
export function joined(home: readonly Received[], others: readonly Received[]): Received[] {
  const earlier = others.filter(({ grant }) => !home.some((one) => one.grant.id === grant.id));
  const worked = (id: string) => others.find(({ grant }) => grant.id === id)?.works ?? [];
  return [...earlier, ...home.map((one) => ({ ...one, works: [...worked(one.grant.id), ...one.works] }))];
}

/** Who reads it: in a case the person concerned; in a dispute one of its sides, or who may be hurt; who asked for help. */
export type Reader =
  | { readonly as: 'concerned'; readonly of: 'case' | 'dispute'; readonly decidedAt: number }
  | { readonly as: 'helped'; readonly complains: boolean; readonly of: 'case' | 'dispute' | 'referral' };

export interface Recipient {
  readonly to: string | null;
  readonly name: City['name'] | null;
  readonly how: ReceivedBy;
  readonly what: readonly string[];
  readonly on: string;
  readonly until: string | null;
  readonly state: RecipientState;
  readonly cause: RecallCause | null;
}

export const recipientsFor = (city: City, received: readonly Received[], reader: Reader): Recipient[] =>
  [...received]
    .sort((one, other) => one.grant.at - other.grant.at)
    .flatMap((one) => one.grant.by.flatMap((how) => recipient(city, one, how, reader)));

function recipient(city: City, one: Received, how: ReceivedBy, reader: Reader): Recipient[] {
  if (!isShown(city, one, how, reader)) return [];
  const { grant, state } = one;
  const isOwn = reader.as === 'concerned' || reader.of !== 'case';
  const what = fieldsOf({ ...grant, by: [how], share: how === 'shared' ? grant.share : null });
  const named = isOwn || !isOfHelp(grant) ? grant.to : null;
  return [
    {
      to: named,
      name: named === null ? null : nameOfPost(city, named),
      how,
      what: isOwn ? what : what.filter((field) => ofParties.has(field)),
      on: localDate(grant.at),
      until: isOwn && how === 'shared' && grant.share ? localDate(grant.share.until) : null,
      state,
      // Why it was called back would tell whoever is not concerned what became of somebody else's level, or was wrong about them.
      cause: reader.as === 'concerned' || reader.of === 'referral' ? grant.recalled : null,
    },
  ];
}

/** What of a case is also a complainant's own. */
const ofParties: ReadonlySet<string> = new Set(['parties', 'address']);
const isOfHelp = ({ share }: Grant): boolean => share !== null && (helpKinds.has(share.need) || isSafety(share));
const isSafety = ({ need }: NonNullable<Grant['share']>): boolean => need === 'safety-planning';

function isShown(city: City, one: Received, how: ReceivedBy, reader: Reader): boolean {
  // That the police were told, and by whom, is nobody's in it.
  if (how === 'notified' || !postExists(city, one.grant.to)) return false;
  return reader.as === 'concerned' ? toConcerned(city, one, how, reader) : toHelped(one, how, reader);
}

const isProtecting = ({ kind, measure }: Work): boolean => protectTasks.has(kind) || measure === 'safety-planning';

/** Work that follows from what they were told: everything earlier would tell them, before anybody has decided, that somebody spoke. */
const following: ReadonlySet<TaskKind> = new Set([
  'plan',
  'assign',
  'measure',
  'review',
  'renew',
  'resolve',
  'check-in',
  'agreement-check',
  'confirm-agreement',
]);

/** How somebody is protected is never for the person concerned. */
function toConcerned(
  city: City,
  { grant, works }: Received,
  how: ReceivedBy,
  { of, decidedAt }: Extract<Reader, { as: 'concerned' }>,
): boolean {
  if (grant.share !== null) return !isSafety(grant.share);
  if (postOf(city, grant.to).role === 'domestic-violence-specialist') return false;
  const seen = works.filter((work) => !isProtecting(work) && (of === 'case' || !isHelp(work)));
  if (works.length > 0 && seen.length === 0) return false;
  return (
    grant.at <= decidedAt || (how === 'worked' && seen.length > 0 && seen.every(({ kind }) => following.has(kind)))
  );
}

/** In a dispute help may be another's, and a child's protection is the child's. */
function toHelped(
  { grant, works }: Received,
  how: ReceivedBy,
  { of, complains }: Extract<Reader, { as: 'helped' }>,
): boolean {
  if (of === 'referral') return true;
  if (of === 'case') return complains && (grant.share?.fields ?? []).some((field) => ofParties.has(field));
  if (how === 'asked') return complains;
  return works.length === 0 || works.some((work) => !isHelp(work) && work.kind !== 'child-protection');
}
