/** Before a case closes that had no level, its disputes have whoever settles them: repeated, it changes nothing more. */

import { isDisputeId } from '../domain/ids.ts';
import { leavesDisputes, returningDraft } from '../domain/returning.ts';
import type { State } from '../domain/state.ts';
import { commit, type Log, markOpen } from './log.ts';
import { readDisputeLog, readLog } from './looks.ts';
import { homeOf } from './merging.ts';

export async function returnDisputes(log: Log, state: State, at: number): Promise<void> {
  if (!leavesDisputes(state)) return;
  for (const own of state.disputes) {
    const { id } = await homeOf(log, await readLog(log, own));
    if (!isDisputeId(id)) continue;
    const { state: dispute, linked } = await readDisputeLog(log, id);
    const draft = returningDraft(dispute, linked, state, at);
    if (!draft) continue;
    // The open mark precedes the action that opens it again.
    await markOpen(log, id);
    const again = (now: State | undefined) =>
      now?.subject === 'dispute' ? returningDraft(now, linked, state, at) : undefined;
    await commit(log, id, again, { key: draft.key });
  }
}
