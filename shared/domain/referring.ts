/** Help without a dispute (帮扶转介): wanted, offered, accepted or not. No case, no level, and nothing of who somebody is. Pure. */
import type { Want } from './actions.ts';
import type { Fact, FactType } from './facts.ts';
import type { Report } from './report.ts';
import { type ReferralKind, referralKinds } from './words.ts';

/** What a need that was told is met by, where nobody named the help. */
const helpFor: Partial<Record<FactType, ReferralKind>> = {
  hardship_medical: 'hardship-relief',
  hardship_income: 'hardship-relief',
  eviction_or_job_loss: 'work-and-training',
};

/** Which help a report asks for, in the order of the catalogue; within a dispute or case help has its place in the plan. */
export function helpWanted({ disputeType, help = [] }: Report, facts: readonly Fact[]): ReferralKind[] {
  if (disputeType !== 'none') return [];
  const met = facts.filter(({ negated }) => !negated).map(({ type }) => helpFor[type]);
  return referralKinds.filter((kind) => help.includes(kind) || met.includes(kind));
}

/** One post offers all of it: whom the responsibility list names for the first. */
export const offerOf = ([first]: readonly ReferralKind[]): readonly Want[] =>
  first === undefined ? [] : [{ kind: 'offer-help', measure: first }];
