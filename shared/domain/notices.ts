/** What a notice says: a task, a deadline, a handle that grants nothing. Never a name, a place, a level or a matter (S14). */
import { MessageUnclean } from '../errors.ts';
import { sha256, type TaskId } from './ids.ts';
import { awaitsAcknowledgement } from './joint.ts';
import type { Notice, NoticeKind, State, Task } from './state.ts';
import { disputeTypes, type Urgency, urgencyNames } from './words.ts';

export interface Message {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly taskId: TaskId;
  readonly step: number;
  readonly post: string;
  /** By the time that is left. */
  readonly urgency: Urgency;
  /** When the record decided on it, ISO 8601; it may have gone out later. */
  readonly at: string;
  /** End of the present wait, ISO 8601. */
  readonly due: string;
  readonly text: string;
}

const words: Record<NoticeKind, { zh: string; en: string }> = {
  opened: { zh: '您岗位有一项新任务', en: 'A new task is waiting for your post' },
  reminder: { zh: '提醒：任务尚未办理', en: 'Reminder: a task is still open' },
  warning: { zh: '督办：下级岗位任务即将逾期', en: 'Warning: a task below your post is about to be late' },
  escalated: { zh: '升级：任务逾期，已转至您岗位', en: 'Escalated: a late task is now yours' },
  'hand-off': { zh: '有任务请您岗位接收', en: 'A task is offered to your post' },
  'hand-off-declined': { zh: '交接未被接收，任务仍在您岗位', en: 'The hand-off was declined, the task is still yours' },
  page: { zh: '请立即接听：有任务等您确认', en: 'Please answer: a task waits for you to say that you have it' },
  invited: { zh: '请您岗位参加一次会商', en: 'Your post is asked to take part in a talk' },
  assigned: { zh: '县级指派：任务归您岗位', en: 'Assigned by the county: a task is now yours' },
  extended: {
    zh: '延期：下级岗位任务已说明理由并延期',
    en: 'Extended: a task below your post has a later end, with a reason',
  },
  tightened: { zh: '期限提前：您岗位的任务须更早办结', en: 'A task of yours has an earlier deadline' },
  'hand-off-expired': { zh: '交接逾期未接，任务已转至您岗位', en: 'A hand-off nobody took, the task is now yours' },
};

/** Of a handle: without vowels and what is easily mistaken, so that no word comes of it. */
export const handleAlphabet = '23456789bcdfghjkmnpqrstvwxyz';
export const handleLength = 8;

/** Notices have an id that depends on nothing but what they are about, so that receivers can drop a repeat. */
export const noticeId = (state: State, task: string, notice: Notice): string =>
  sha256(`${state.id} ${task} ${notice.kind} ${notice.step}`).slice(0, 24);

/** The deadline in local time, as people read it. */
const localTime = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');

/** @param given the handle that the text carries; absent: one that only tells tasks apart @throws MessageUnclean */
export function message(state: State, task: Task, notice: Notice, given?: string): Message {
  const taskId: TaskId = `${state.id}.${task.no}`;
  const due = awaitsAcknowledgement(task) && task.ackDue !== null ? task.ackDue : task.due;
  const left = due - notice.at;
  const urgency = left <= 4 * 3_600_000 ? 'now' : left <= 24 * 3_600_000 ? 'today' : 'routine';
  const { zh, en } = words[notice.kind];
  // The handle is the log's id without the task's kind: even that would tell the matter.
  const handle = given ?? sha256(taskId).slice(0, 8);
  const when = localTime(due);
  const text =
    `【和解】${zh}，任务号${handle}，${urgencyNames[urgency].zh}，请于${when}前登录办理。` +
    ` [Hejie] ${en}, no. ${handle}, ${urgencyNames[urgency].en}, log in before ${when}.`;
  if (!isClean(text)) throw new MessageUnclean(`notice ${notice.kind} of ${taskId} says more than a notice may`);
  return {
    id: noticeId(state, task.no, notice),
    kind: notice.kind,
    taskId,
    step: notice.step,
    post: notice.post,
    urgency,
    at: new Date(notice.at).toISOString(),
    due: new Date(due).toISOString(),
    text,
  };
}

const telling = new RegExp(
  `\\d{17}[\\dX]|1\\d{10}|红色|橙色|黄色|红|橙|\\b(red|orange|yellow)\\b|${disputeTypes.filter((type) => type !== 'other' && type !== 'none').join('|')}`,
  'i',
);
export const isClean = (text: string): boolean => !telling.test(text);
