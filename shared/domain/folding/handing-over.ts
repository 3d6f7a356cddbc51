/** What changes hands as a whole, or because the county decides whose it is: one action, in which everything moves. */
import type { Action, AnswerTo, ContentOf, WholeCase } from '../actions.ts';
import { isHelp } from '../help.ts';
import type { CaseState, NoticeKind, State, Task } from '../state.ts';
import type { TaskKind } from '../words.ts';
import { handed, noticed, type Tasks, wanting, without } from './tasks.ts';

/** A task that an action about another one changes: who saw the step before looks again. */
const changed = (task: Task, { n }: Action): Task => ({ ...task, step: task.step + 1, seq: n });

/** The county has decided whose a task is: how often it came back is counted anew. */
export function assignedAnew<S extends State>(
  state: S,
  { stint }: AnswerTo<'assign'>,
  about: string,
  action: Action,
): S {
  const task = state.tasks[about];
  if (!task || !stint) return state;
  const given = noticed({ ...handed(task, stint, action.at), returns: 0 }, 'assigned', stint.owner, action.at);
  return { ...state, tasks: { ...state.tasks, [task.no]: changed(given, action) } };
}

/** The county has decided whose the case is. */
export const caseAssigned = (state: CaseState, { whole }: AnswerTo<'assign'>, action: Action): CaseState =>
  whole ? { ...told(handedOver(state, whole, action), 'assigned', whole.owner, action), returns: 0 } : state;

/** The receiver's yes is the hand-over: accountable for the whole from this action on. A no leaves everything where it was. */
export function takenOver(state: CaseState, answer: AnswerTo<'take-over'>, action: Action): CaseState {
  if (answer.outcome === 'declined') {
    return told(returned(state, answer), 'hand-off-declined', state.owner, action);
  }
  const { whole } = answer;
  const after = handedOver(state, whole, action);
  // Whoever takes the whole has taken up what is in it.
  const tasks = Object.entries(after.tasks).map(([no, task]): [string, Task] =>
    whole.stints[no] && task.begun
      ? [no, { ...task, acknowledgedAt: action.at, takenBy: action.by.person }]
      : [no, task],
  );
  return { ...after, tasks: Object.fromEntries(tasks) };
}

export function takeOverExpired(state: CaseState, content: ContentOf<'takeOverExpired'>, action: Action): CaseState {
  const over = { ...state, tasks: without(state.tasks, ({ no }) => no === content.task) };
  const { whole } = content;
  return told(returned(handedOver(over, whole, action), content), 'hand-off-expired', whole.owner, action);
}

const returned = (state: CaseState, { toCounty }: { readonly toCounty?: true }): CaseState => ({
  ...state,
  returns: state.returns + 1,
  wants: toCounty ? wanting(state.wants, { kind: 'assign', about: 'case' }) : state.wants,
});

function handedOver(state: CaseState, { owner, area, stints }: WholeCase, action: Action): CaseState {
  const move = (task: Task): Task => {
    const stint = stints[task.no];
    if (stint) return changed(handed(task, stint, action.at), action);
    // Lists find a task by the area of its case.
    return area === state.area ? task : changed(task, action);
  };
  const tasks: Tasks = Object.fromEntries(Object.entries(state.tasks).map(([no, task]) => [no, move(task)]));
  return { ...state, owner, area, tasks, handedOver: true };
}

/** One message for the whole: it goes with a task of the post, or with any other that is open. */
function told(state: CaseState, kind: NoticeKind, post: string, action: Action): CaseState {
  const open = Object.values(state.tasks).filter((task) => !isHelp(task));
  const task = open.find(({ owner }) => owner === post) ?? open[0];
  if (!task) return state;
  return { ...state, tasks: { ...state.tasks, [task.no]: changed(noticed(task, kind, post, action.at), action) } };
}

interface Asked {
  readonly kind: TaskKind;
  readonly about?: string | null;
  readonly measure?: Task['measure'] | undefined;
}

/** Of a task that came back too often, or of the case: which post is to have it. */
export const asksCounty = ({ kind, about, measure }: Asked, of: string): boolean =>
  kind === 'assign' && (measure ?? null) === null && about === of;

/** Whose something is need not be asked any more: the task is over, or the case is another's already. */
export function withoutMoot<S extends State>(state: S): S {
  const isMoot = (asked: Asked): boolean => {
    const { kind, about } = asked;
    if (kind === 'take-over') return about !== state.owner;
    return typeof about === 'string' && about !== 'case' && asksCounty(asked, about) && !state.tasks[about];
  };
  const moot = Object.values(state.tasks).some(isMoot) || state.wants.some(isMoot);
  if (!moot) return state;
  return { ...state, tasks: without(state.tasks, isMoot), wants: state.wants.filter((want) => !isMoot(want)) };
}
