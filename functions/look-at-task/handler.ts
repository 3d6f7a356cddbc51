import type { z } from 'zod';
import { isClosed } from '../../shared/domain/state.ts';
import type { Log } from '../../shared/record/log.ts';
import { lookAtTask, readLog, type TaskLook } from '../../shared/record/looks.ts';
import { type Outgoing, sendDue } from '../../shared/record/sending.ts';
import type { taskInput } from '../middleware/step.ts';

/** Task: reads the record, sends the notices that are due, and says how long there is to wait. */
export const lookAt =
  (log: () => Log, outgoing: () => Outgoing) =>
  async ({ id, rev, task: no, now }: z.output<typeof taskInput>): Promise<TaskLook> => {
    const state = await readLog(log(), id);
    const task = state.tasks[no];
    const mine = task && state.rev === rev && !isClosed(state);
    const sent = mine ? await sendDue(outgoing(), state, task, now) : undefined;
    return lookAtTask(log(), state, rev, no, now, sent?.lookAgain);
  };
