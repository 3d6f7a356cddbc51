/** What became of each task, level and notice: read off the steps of the logs. */
import type { TaskId } from '../../shared/domain/ids.ts';
import { noticeId } from '../../shared/domain/notices.ts';
import type { Notice, Task } from '../../shared/domain/state.ts';
import type { Level } from '../../shared/domain/words.ts';
import type { Step, Told } from './record.ts';

export interface TaskHistory {
  readonly id: TaskId;
  /** As it stood last. */
  readonly task: Task;
  readonly endedAt: number | null;
  /** The answer's outcome; `open` or `waiting` (for its begin); else what ended it with the case: `ended by …`. */
  readonly outcome: string;
}

function outcomeOf({ action: { content } }: Step, no: string): string {
  if (content.kind === 'answered' && content.task === no) return content.answer.outcome;
  if (content.kind === 'answered') return `ended by ${content.answer.task} ${content.answer.outcome}`;
  return `ended by ${content.kind}`;
}

/** Answered, and the same task has another day. */
const comesBack = ({ action: { content } }: Step, no: string): boolean =>
  content.kind === 'answered' && content.task === no;

export function tasksOf(steps: readonly Step[]): TaskHistory[] {
  const ended: TaskHistory[] = [];
  for (const step of steps) {
    const { id, action, before, after } = step;
    for (const [no, task] of Object.entries(before?.tasks ?? {})) {
      if (after.tasks[no] && !comesBack(step, no)) continue;
      ended.push({ id: `${id}.${no}`, task, endedAt: action.at, outcome: outcomeOf(step, no) });
    }
  }
  const last = steps.at(-1)?.after;
  const open = Object.values(last?.tasks ?? {}).map(
    (task): TaskHistory => ({
      id: `${last?.id ?? 'C-'}.${task.no}`,
      task,
      endedAt: null,
      outcome: task.begun ? 'open' : 'waiting',
    }),
  );
  return [...ended, ...open];
}

export interface DecidedNotice {
  /** The id of its message. */
  readonly id: string;
  readonly task: string;
  readonly notice: Notice;
  /** The task is over. */
  readonly over: boolean;
}

/** Every notice that the record ever decided on. */
export function noticesOf(steps: readonly Step[]): DecidedNotice[] {
  const state = steps.at(-1)?.after;
  if (!state) return [];
  const all = tasksOf(steps).flatMap(({ task, endedAt }) =>
    task.notices.map((notice) => ({
      id: noticeId(state, task.no, notice),
      task: task.no,
      notice,
      over: endedAt !== null,
    })),
  );
  // A task that came back still has the notices of its earlier days.
  return [...new Map(all.map((one) => [one.id, one])).values()];
}

export interface LevelChange {
  readonly step: Step;
  readonly from: Level | null;
  readonly to: Level | null;
}

export function levelChanges(steps: readonly Step[]): LevelChange[] {
  return steps.flatMap((step): LevelChange[] => {
    const { before, after } = step;
    if (after.subject !== 'case') return [];
    const from = before?.subject === 'case' ? (before.level?.colour ?? null) : null;
    const to = after.level?.colour ?? null;
    return from === to ? [] : [{ step, from, to }];
  });
}

export const everyStep = (told: Told): Step[] => [...told.steps.values()].flat();
