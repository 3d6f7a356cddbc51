/** After the sunset a report is let in only where it belongs to what is open; whoever else comes is told whom to call. */
import { checkOpening, isAfterSunset } from '../../shared/domain/governance.ts';
import { answersTo } from '../../shared/domain/merged.ts';
import type { Report } from '../../shared/domain/report.ts';
import type { State } from '../../shared/domain/state.ts';
import { type Caller, isHelped } from '../../shared/domain/who-may/standing.ts';
import type { Desk } from '../../shared/record/intake.ts';
import { isKnown, joinedBy } from '../../shared/record/joining.ts';
import { ownMattersOf } from '../../shared/record/people.ts';

/** @throws AfterSunset */
export async function checkLetIn(desk: Desk, caller: Caller, report: Report, now: number): Promise<void> {
  if (!isAfterSunset(desk.city, now) || (await isKnown(desk, report))) return;
  const state = await joinedBy(desk, report, now);
  const isOpen = state !== undefined && (caller.as === 'post' || (await isTheirs(desk, caller, state)));
  if (!isOpen) checkOpening(desk.city, now);
}

/** Whether something is kept about somebody else is not for guessing: residents add to what they asked for themselves. */
async function isTheirs({ table }: Desk, { parties }: Caller, state: State): Promise<boolean> {
  const matters = await ownMattersOf(table, parties);
  return matters.some((one) => isHelped(one) && (answersTo(state, one.dispute) || answersTo(state, one.case)));
}
