/**
 * Who reviews took no part (S8): contests, corrections and requests about one's own data, their hard ends and who has them when
 * nobody answers. Pure.
 */
import { addDuration } from '../calendar/calendar.ts';
import type { City } from '../config/city.ts';
import { leadAbove, leadBeside, responsible } from '../config/posts.ts';
import type { Action, Content, Stint } from './actions.ts';
import type { State, Task } from './state.ts';
import type { TaskKind } from './words.ts';

/** Answered by nobody who acted in it before. */
export const apart: ReadonlySet<TaskKind> = new Set(['contest', 'contest-second', 'correction']);

/** What somebody asked for who is in it: no level's clocks are theirs, and no hand of whoever handles it. */
export const askedByPersons: ReadonlySet<TaskKind> = new Set([...apart, 'rights-request']);

/** Whoever is asked one question, told of a danger, asked to destroy what they have, or reviews, does not work on the whole. */
export const besideTheWhole: ReadonlySet<TaskKind> = new Set([
  'enquiry',
  'police-notice',
  'destroy',
  ...askedByPersons,
]);

/** By what somebody takes part: having seen or taken up a task is nothing yet. */
const acting: ReadonlySet<Content['kind']> = new Set([
  'agreementTold',
  'answered',
  'asked',
  'attempted',
  'checkInsDeclined',
  'consented',
  'contested',
  'correctionAsked',
  'dangerReported',
  'eventWithdrawn',
  'glassBroken',
  'mergeOffered',
  'optedIn',
  'planAmended',
  'reopened',
  'rightAsked',
  'shared',
  'unmergeOffered',
  'visitInstructed',
] as const satisfies readonly Content['kind'][]);

/** More persons than ever act in one case. */
const most = 500;

/** Who acted so far, and by this action. */
export function actedAfter(acted: readonly string[], { by, content }: Action): readonly string[] {
  if (by.role !== 'staff' || !acting.has(content.kind) || acted.includes(by.person)) return acted;
  return [...acted, by.person].slice(-most);
}

/** At the top tier nobody is above: there it is the lead beside. */
export const superior = (city: City, { kind }: Pick<Task, 'kind'>, owner: string): string | undefined =>
  leadAbove(city, owner) ?? (askedByPersons.has(kind) ? leadBeside(city, owner) : undefined);

/** Counted from receipt: it is answered by then, whoever has it. */
export function hardEnd(city: City, { kind, from }: Pick<Task, 'kind' | 'from'>): number | undefined {
  if (kind === 'contest') return addDuration(city, from, city.rights.contest);
  const isRequest = kind === 'rights-request' || kind === 'correction';
  return isRequest ? addDuration(city, from, city.rights.request) : undefined;
}

/** A change of hands is no time won. */
export function beforeHardEnd(city: City, task: Task, next: Stint, at: number): Stint {
  const end = task.ends ?? hardEnd(city, task);
  if (!askedByPersons.has(task.kind) || end === undefined || end <= at) return next;
  const { ackDue, due } = next;
  return { ...next, due: Math.min(due, end), ...(ackDue === undefined ? {} : { ackDue: Math.min(ackDue, end) }) };
}

/** Two posts of different departments, outside the line of whoever decided, as the city file names them. */
function seconds(city: City, { disputeType, area }: State): readonly [string, string] {
  const at = (tier: string) => responsible(city, { kind: 'contest-second', disputeType, area, tier });
  return [at(city.tiers.at(-1) ?? 'city'), at('county')];
}

/**
 * What silence on a contest leads to: yellow and orange lapse; red goes to two more reviewers first, and lapses where these do not
 * both answer in time. Undefined for any other work.
 */
export function contestUnanswered(city: City, state: State, task: Task, at: number): Content | undefined {
  const isContest = task.kind === 'contest' || task.kind === 'contest-second';
  if (!isContest || state.subject !== 'case' || !state.level) return undefined;
  const { colour: from } = state.level;
  if (task.kind === 'contest-second' || from !== 'red') {
    return { kind: 'lapsed', task: task.no, from, to: null, cause: 'contest' };
  }
  const length = city.sla['contest-second']?.complete;
  const ends = length ? addDuration(city, at, length) : at;
  return { kind: 'contestWidened', task: task.no, to: seconds(city, state), ends };
}
