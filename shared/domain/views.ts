/** What the API shows of a case or dispute: the fold without what only the protocol needs. */
import type { State, Task } from './state.ts';

const viewOfTask = ({ keys: _keys, notices: _notices, step: _step, seq: _seq, ...task }: Task, id: string) => ({
  taskId: `${id}.${task.no}`,
  ...task,
});

export function viewOf(state: State) {
  const { hash: _hash, recoveries: _recoveries, revisedAt: _revisedAt, counts: _counts, tasks, ...shown } = state;
  return { ...shown, tasks: Object.values(tasks).map((task) => viewOfTask(task, state.id)) };
}

/** One line of the list of open cases. */
export function lineOf(state: State) {
  const { id, status, owner, area, disputeType, openedAt, changedAt } = state;
  const level = state.subject === 'case' ? (state.level?.colour ?? null) : null;
  return { id, status, level, owner, area, disputeType, openedAt, changedAt };
}
