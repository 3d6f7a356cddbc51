/** Which side of an agreement somebody is: of the dispute, or of the case, in which it was made. */
import { isDisputeId } from '../../shared/domain/ids.ts';
import { answersTo } from '../../shared/domain/merged.ts';
import type { CaseState, State } from '../../shared/domain/state.ts';
import { isReported } from '../../shared/domain/who-may/standing.ts';
import type { Side } from '../../shared/domain/words.ts';
import type { Log } from '../../shared/record/log.ts';
import { readDisputeLog } from '../../shared/record/looks.ts';
import { type Matter, ownMattersOf } from '../../shared/record/people.ts';
import type { Call } from './api.ts';
import type { Subject } from './guard.ts';

/** Who may be hurt, saw it, or is a child made no agreement. */
const isComplaining = ({ part }: Matter): boolean => part === 'complainant';

interface Agreeing {
  readonly side: Side;
  readonly subject: Subject;
}

/** A citizen who is a party; undefined for everybody else, also for a respondent who was not told yet. */
export async function agreeingIn(
  log: Log,
  { guard, caller }: Pick<Call, 'guard' | 'caller'>,
  state: State,
): Promise<Agreeing | undefined> {
  if (caller.as !== 'citizen') return undefined;
  const mine = await ownMattersOf(log.table, caller.parties);
  const linked = state.subject === 'dispute' ? (await readDisputeLog(log, state.id)).linked : [];
  const subject = await guard.standing(state, linked);
  const isTold = subject.role === 'person-concerned' && subject.relations.has('told');
  if (state.subject === 'dispute') {
    const here = mine.filter(({ dispute }) => answersTo(state, dispute));
    if (isTold && here.some(isReported)) return { side: 'respondent', subject };
    return subject.relations.has('party') && here.some(isComplaining) ? { side: 'complainant', subject } : undefined;
  }
  if (state.subject !== 'case') return undefined;
  if (isTold) return { side: 'respondent', subject };
  return complainantIn(log, guard, state, mine);
}

/** Of the reports that led to it. */
async function complainantIn(
  log: Log,
  guard: Call['guard'],
  state: CaseState,
  mine: readonly Matter[],
): Promise<Agreeing | undefined> {
  for (const one of mine) {
    const { dispute: id, report } = one;
    if (!isComplaining(one) || !isDisputeId(id) || !state.reports.includes(report)) continue;
    const { state: dispute, linked } = await readDisputeLog(log, id);
    const subject = await guard.standing(dispute, linked);
    if (subject.relations.has('party')) return { side: 'complainant', subject };
  }
  return undefined;
}

/** How they stand to the agreement itself. */
export const asParty = (agreeing: Agreeing | undefined, on: Pick<Subject, 'what' | 'log'>): Subject => ({
  ...on,
  role: agreeing?.subject.role ?? 'resident',
  relations: new Set(agreeing ? (['agreeing'] as const) : []),
});
