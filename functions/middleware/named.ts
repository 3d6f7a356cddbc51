/** The case or dispute that a route names. */
import { isCaseId, isDisputeId } from '../../shared/domain/ids.ts';
import type { CaseState } from '../../shared/domain/state.ts';
import { Unknown } from '../../shared/errors.ts';
import type { Log } from '../../shared/record/log.ts';
import { readDisputeLog, readLog } from '../../shared/record/looks.ts';

export const unknown = (what: 'case' | 'dispute', id: string) =>
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
