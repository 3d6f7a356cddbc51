import type { z } from 'zod';
import { isClosed, type Task } from '../../shared/domain/state.ts';
import { isMessage, sendToCitizen, type ToCitizens } from '../../shared/record/citizen-sending.ts';
import type { Log } from '../../shared/record/log.ts';
import { lookAtTask, readLog, type TaskLook } from '../../shared/record/looks.ts';
import { type Outgoing, sendDue } from '../../shared/record/sending.ts';
import type { taskInput } from '../middleware/step.ts';

/** Task: reads the record, sends the notices that are due, and says how long there is to wait. */
export const lookAt =
  (log: () => Log, outgoing: () => Outgoing, citizens: () => ToCitizens) =>
  async ({ id, rev, task: no, now }: z.output<typeof taskInput>): Promise<TaskLook> => {
    const state = await readLog(log(), id);
    const task = state.tasks[no];
    const mine = task && state.rev === rev && !isClosed(state);
    const send = (due: Task) =>
      isMessage(no) ? sendToCitizen(citizens(), state, due, now) : sendDue(outgoing(), state, due, now);
    const sent = mine ? await send(task) : undefined;
    return lookAtTask(log(), state, rev, no, now, sent?.lookAgain);
  };
