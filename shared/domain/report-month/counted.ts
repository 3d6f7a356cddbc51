/**
 * What an action adds to the report of its month: so little that it outlives the log, and nothing of a person. Counted as the
 * action is committed, since what is told of a month must not change when a log is forgotten. Pure.
 */
import * as z from 'zod';
import { localDate } from '../../calendar/calendar.ts';
import type { Action } from '../actions.ts';
import { choices } from '../deciding.ts';
import { lapseIn, lapseSchema } from '../level-end.ts';
import {
  type CaseState,
  colourOf,
  contestOutcomes,
  type DisputeState,
  openTasks,
  type State,
  type Task,
} from '../state.ts';
import { agreementOutcomes, disputeTypes, levels } from '../words.ts';
import { isHelp } from './first-help.ts';

export const outcomes = ['settled', 'not-settled', 'case'] as const;
const comings = ['first', 'while-open', 'after-end'] as const;
export const deferralSteps = ['with-level', 'later', 'agreed', 'refused', 'void'] as const;
/** Help that a level brings is told apart: deciding more levels makes no figure better. */
export const helpWays = ['without-level', 'at-level'] as const;

export const countedSchema = z.object({
  area: z.string(),
  /** A task left a post: answered, or taken by the tier above. */
  response: z
    .strictObject({ post: z.string(), acknowledged: z.boolean(), done: z.boolean() })
    .optional()
    .describe('Whether it was acknowledged and done in time'),
  choice: z.enum(choices).optional(),
  level: z.enum([...levels, 'none']).optional(),
  outcome: z.enum(outcomes).optional(),
  /** Who settled it; absent: whoever reported it. */
  settledBy: z.string().optional(),
  coming: z.enum(comings).optional(),
  /** Of a dispute that is new: when it was received, in Asia/Shanghai. */
  day: z.iso.date().optional(),
  disputeType: z.enum(disputeTypes).optional(),
  help: z
    .strictObject({ way: z.enum(helpWays), hours: z.number() })
    .optional()
    .describe('First help, so many hours after it was first reported'),
  deferral: z.enum(deferralSteps).optional(),
  recall: z
    .strictObject({ asked: z.array(z.string()).optional(), confirmed: z.string().optional() })
    .optional()
    .describe('Tasks by which somebody is asked to destroy what they received, or whose answer it is'),
  agreement: z.enum(agreementOutcomes).optional().describe('What became of one that was looked at again'),
  contest: z.enum(contestOutcomes).optional().describe('What became of a contest of the level'),
  lapse: lapseSchema.optional(),
});
export type Counted = z.output<typeof countedSchema>;

type What = Partial<Omit<Counted, 'area'>>;

/** @param before the log without this action; absent: it is the first. @returns undefined where nothing counts */
export function countedOf(before: State | undefined, state: State, action: Action): Counted | undefined {
  const what: What = {
    ...responded(before, action),
    ...decided(action),
    ...received(before, state, action),
    ...settled(before, action),
    ...helped(before, action),
    ...deferred(before, action),
    ...lookedAt(action),
    ...calledBack(before, state, action),
    ...contestEnded(state, action),
    ...lapsed(before, state, action),
  };
  return Object.keys(what).length > 0 ? { area: state.area, ...what } : undefined;
}

const taskIn = (before: State | undefined, { content }: Action): Task | undefined =>
  'task' in content ? before?.tasks[content.task] : undefined;

/** Each turn of a post counts once, also at the top, where a task that is late comes back daily. A review counts when it ends. */
function responded(before: State | undefined, action: Action): What {
  const { content, at } = action;
  const task = taskIn(before, action);
  if (!task) return {};
  switch (content.kind) {
    case 'answered': {
      if (content.answer.task === 'review' && content.answer.outcome === 'continue') return {};
      const acknowledged = (task.acknowledgedAt ?? at) <= (task.ackDue ?? Number.POSITIVE_INFINITY);
      return { response: { post: task.owner, acknowledged, done: at <= task.due } };
    }
    case 'climbed':
      return { response: { post: task.owner, acknowledged: task.acknowledgedAt !== null, done: false } };
    // Who was offered it said nothing.
    case 'handOffExpired':
      return task.handOff ? { response: { post: task.handOff.to, acknowledged: false, done: false } } : {};
    default:
      return {};
  }
}

function decided({ content }: Action): What {
  if (content.kind !== 'answered' || content.answer.task !== 'decide') return {};
  const { choice, level } = content.answer.decision;
  return { choice, level: level ?? 'none' };
}

/** One report counts once: at its dispute, but where it joins a case that is there, at that. */
function received(before: State | undefined, state: State, { content, at }: Action): What {
  if (content.kind === 'answered' && content.answer.task === 'check-in') {
    return content.answer.outcome === 'relapse' ? { coming: 'after-end' } : {};
  }
  if (content.kind !== 'reported') return {};
  const { caseId, dispute } = content;
  switch (state.subject) {
    case 'dispute': {
      if (before?.subject !== 'dispute') {
        return { coming: 'first', day: localDate(at), disputeType: state.disputeType };
      }
      return caseId !== undefined && before.cases.includes(caseId)
        ? {}
        : { coming: isOver(before) ? 'after-end' : 'while-open' };
    }
    case 'case': {
      const again = before?.subject === 'case' && dispute !== undefined && before.disputes.includes(dispute);
      return again ? { coming: endedStatuses.has(before.status) ? 'after-end' : 'while-open' } : {};
    }
    default:
      return {};
  }
}

/** Whether a case of it still runs its own log does not say: in doubt it is a repeat. */
const isOver = ({ status }: DisputeState): boolean => status === 'closed';
const endedStatuses: ReadonlySet<CaseState['status']> = new Set(['resolved', 'ending', 'closed']);

/** What became of an ordinary dispute. */
function settled(before: State | undefined, { content, by }: Action): What {
  switch (content.kind) {
    case 'reported': {
      if (content.settled) return { outcome: 'settled' };
      const grows = content.caseId !== undefined && (before?.subject !== 'dispute' || before.cases.length === 0);
      return grows ? { outcome: 'case' } : {};
    }
    case 'answered': {
      if (content.answer.task !== 'settle') return {};
      return content.answer.outcome === 'settled'
        ? { outcome: 'settled', ...(by.post === null ? {} : { settledBy: by.post }) }
        : { outcome: 'not-settled' };
    }
    case 'consented':
      return before?.tasks[content.task]?.kind === 'settle' && !content.wants ? { outcome: 'not-settled' } : {};
    default:
      return {};
  }
}

/** Also where what it rested on was corrected, or went out again with what had been taken in; or its end came while it rested. */
function lapsed(before: State | undefined, state: State, { content, at }: Action): What {
  const lapse = lapseIn(content);
  if (lapse) return { lapse };
  const rested = content.kind === 'unmerged' && before?.subject === 'case' ? before.merged?.resting.level : null;
  if (rested && colourOf(state) === null) {
    return { lapse: { from: rested.colour, to: null, cause: rested.lapses > at ? 'withdrawn' : 'time' } };
  }
  const [from, to] = [before && colourOf(before), colourOf(state)];
  const rests = content.kind === 'released' || (content.kind === 'answered' && content.answer.task === 'correction');
  return from && to === null && rests ? { lapse: { from, to, cause: 'withdrawn' } } : {};
}

function lookedAt({ content }: Action): What {
  if (content.kind !== 'answered' || content.answer.task !== 'agreement-check') return {};
  return { agreement: content.answer.outcome };
}

/** A contest is over with this action, whatever ended it. */
function contestEnded(state: State, { n }: Action): What {
  const over = state.subject === 'case' ? state.contests.find(({ answered }) => answered?.n === n) : undefined;
  return over?.answered ? { contest: over.answered.outcome } : {};
}

/** Asked from the moment on which it has to be destroyed: the last day of a share is still to come. */
function calledBack(before: State | undefined, state: State, { content }: Action): What {
  if (content.kind === 'answered' && content.answer.task === 'destroy') return { recall: { confirmed: content.task } };
  if (content.kind !== 'opened' && content.kind !== 'began') return {};
  const asked = openTasks(state).filter(({ no, kind, begun }) => {
    return kind === 'destroy' && begun && before?.tasks[no]?.begun !== true;
  });
  return asked.length > 0 ? { recall: { asked: asked.map(({ no }) => no) } } : {};
}

const hour = 3_600_000;

function helped(before: State | undefined, { content, at }: Action): What {
  if (!before || before.helped || content.kind !== 'answered' || !isHelp(content.answer)) return {};
  const way = before.subject === 'case' && before.level !== null ? 'at-level' : 'without-level';
  return { help: { way, hours: Math.round((10 * (at - before.openedAt)) / hour) / 10 } };
}

function deferred(before: State | undefined, action: Action): What {
  const { content } = action;
  if (content.kind === 'ended') {
    return taskIn(before, action)?.kind === 'second-deferral' ? { deferral: 'void' } : {};
  }
  if (content.kind !== 'answered') return {};
  const { answer } = content;
  switch (answer.task) {
    case 'decide':
      return answer.decision.deferNotice ? { deferral: 'with-level' } : {};
    case 'notify':
      return answer.outcome === 'deferred' ? { deferral: 'later' } : {};
    case 'second-deferral':
      return { deferral: answer.outcome === 'agree' ? 'agreed' : 'refused' };
    default:
      return {};
  }
}
