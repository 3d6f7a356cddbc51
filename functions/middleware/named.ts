/** The case, dispute or post that a route names, and whether it still is what the caller saw. */
import { postExists, post as postOf } from '../../shared/config/posts.ts';
import { isCaseId, isDisputeId, isReferralId, isRoundId } from '../../shared/domain/ids.ts';
import type { CaseState, ReferralState, RoundState, State } from '../../shared/domain/state.ts';
import { standingToPost } from '../../shared/domain/who-may/standing.ts';
import { PreconditionFailed, Unknown } from '../../shared/errors.ts';
import type { Directory } from '../../shared/record/directory.ts';
import type { Log } from '../../shared/record/log.ts';
import { readDisputeLog, readLog } from '../../shared/record/looks.ts';
import type { Call } from './api.ts';

export const unknown = (what: 'case' | 'dispute' | 'referral' | 'round', id: string) =>
  new Unknown(what, id, `the id of a ${what} is allowed`);

/** @throws Unknown */
export async function caseAt(log: Log, id: string): Promise<CaseState> {
  if (!isCaseId(id)) throw unknown('case', id);
  const state = await readLog(log, id);
  if (state.subject !== 'case') throw unknown('case', id);
  return state;
}

/** A dispute and its cases. @throws Unknown */
export async function disputeAt(log: Log, id: string): ReturnType<typeof readDisputeLog> {
  if (!isDisputeId(id)) throw unknown('dispute', id);
  return readDisputeLog(log, id);
}

/** @throws Unknown */
export async function referralAt(log: Log, id: string): Promise<ReferralState> {
  if (!isReferralId(id)) throw unknown('referral', id);
  const state = await readLog(log, id);
  if (state.subject !== 'referral') throw unknown('referral', id);
  return state;
}

/** @throws Unknown */
export async function roundAt(log: Log, id: string): Promise<RoundState> {
  if (!isRoundId(id)) throw unknown('round', id);
  const state = await readLog(log, id);
  if (state.subject !== 'round') throw unknown('round', id);
  return state;
}

/** What somebody is in: a case, a dispute with its cases, or help without one. @throws Unknown */
export async function matterAt(log: Log, id: string): Promise<{ state: State; linked: CaseState[] }> {
  if (isDisputeId(id)) return disputeAt(log, id);
  return { state: isReferralId(id) ? await referralAt(log, id) : await caseAt(log, id), linked: [] };
}

/** Where the caller says what they saw, it is still so. @throws PreconditionFailed */
export function checkSeenOf({ id, n }: State, seen: string | undefined): void {
  if (seen !== undefined && seen !== String(n)) {
    throw new PreconditionFailed(`${id} is at ${n}, not at ${seen}: read it again`);
  }
}

/** How the caller stands to a post. @throws Unknown */
export function standingTo({ city }: Directory, { caller }: Pick<Call, 'caller'>, postId: string) {
  if (!postExists(city, postId)) throw new Unknown('post', postId, '<area code>.<duty> of the city is allowed');
  return caller.as === 'post' ? standingToPost(city, caller.post, postOf(city, postId)) : new Set<never>();
}
