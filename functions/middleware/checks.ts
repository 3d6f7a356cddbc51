/** Each check between a caller and the record, by name: a test takes out one after the other and sees that it is missed. */
import { wasSettled } from '../../shared/domain/citizen-notices.ts';
import type { Through } from '../../shared/domain/directory.ts';
import { answersTo } from '../../shared/domain/merged.ts';
import type { CaseState, State } from '../../shared/domain/state.ts';
import type { Field } from '../../shared/domain/who-may/matrix.ts';
import { permitted, permittedInAny } from '../../shared/domain/who-may/permit.ts';
import type { Caller, Party } from '../../shared/domain/who-may/standing.ts';
import type { Purpose } from '../../shared/domain/words.ts';
import { actsFor } from '../../shared/record/directory.ts';
import type { Matter } from '../../shared/record/people.ts';
import { isOnDuty } from '../../shared/record/roster.ts';

export interface Checks {
  /** The token is not over. */
  readonly unexpired: (until: number, now: number) => boolean;
  /** The token's purpose is the one of the acting role's work. */
  readonly purpose: (given: Purpose, needed: Purpose) => boolean;
  /** The person holds the post now, or stands in for who does. */
  readonly holds: (...of: Parameters<typeof actsFor>) => Promise<Through | undefined>;
  readonly matrix: typeof permitted;
  /** The matrix, for a list as a whole. */
  readonly list: typeof permittedInAny;
  /** Whoever acts for a post is a party. */
  readonly conflict: (caller: Pick<Caller, 'parties'>, parties: readonly Pick<Party, 'parties'>[]) => boolean;
  /** Where a person is named is this case or dispute. */
  readonly about: (matter: Matter, state: State) => boolean;
  readonly told: (state: State, linked: readonly CaseState[]) => boolean;
  readonly onDuty: typeof isOnDuty;
  /** What a handler may show of what the matrix grants: all of it, and nothing else. */
  readonly fields: (granted: ReadonlySet<Field>) => ReadonlySet<Field>;
}

export const checks: Checks = {
  unexpired: (until, now) => until > now,
  purpose: (given, needed) => given === needed,
  holds: actsFor,
  matrix: permitted,
  list: permittedInAny,
  conflict: (caller, parties) => parties.some((party) => party.parties.some((hash) => caller.parties.includes(hash))),
  about: (matter, state) => answersTo(state, state.subject === 'case' ? matter.case : matter.dispute),
  told: wasTold,
  onDuty: isOnDuty,
  fields: (granted) => granted,
};

/** A respondent knows of a case when they were told; of a dispute without a case, when it was settled with them. */
function wasTold(state: State, linked: readonly CaseState[]): boolean {
  if (state.subject === 'case') return state.told;
  if (linked.length > 0) return linked.every((one) => one.told);
  return wasSettled(state);
}
