/**
 * What an action in one log asks for beyond it: others who received something are asked for it through another log, persons are
 * told, somebody is erased, data is put in place. The action decides it and is its record; whoever committed it does it; the
 * reconciler does what was cut off; `discharged` says that it is done. Pure.
 */
import type { Action, By, ContentOf, Draft } from './actions.ts';
import { system } from './actions.ts';
import type { ErasureGround } from './erasure.ts';
import type { LogId } from './ids.ts';
import { type CaseState, isClosed, openTasks, type State } from './state.ts';

/**
 * Why what was received through one log is called back for what happened in another. That there was a level, and ended, whoever
 * received something through a dispute was never told, nor is now.
 */
export type PassedOnCause = 'corrected' | 'not-needed';

export type Owed = {
  /** Number and time of the action that asks for it. */
  readonly n: number;
  readonly at: number;
} & (
  | { readonly what: PassedOnCause }
  /** Whoever knows of a case is told that it is kept longer. */
  | { readonly what: 'hold' }
  /** What lies sealed beside a request takes the place of what stands: `<report>#<place among its people>`. */
  | { readonly what: 'own-data'; readonly part: string; readonly note: string }
  | { readonly what: 'erasure'; readonly part: string; readonly ground: ErasureGround; readonly by: By }
);
export type OwedOf<W extends Owed['what']> = Extract<Owed, { readonly what: W }>;

/** What is done within the logs themselves, by whoever committed it; the rest reaches what is kept of persons. */
export const isOwedToLogs = (owed: Owed): owed is OwedOf<PassedOnCause | 'hold'> =>
  owed.what !== 'own-data' && owed.what !== 'erasure';

/** What is owed after an action. @param after the state as it is after everything else that the action does */
export function owedAfter(before: State, after: State, action: Action): readonly Owed[] {
  const { content } = action;
  if (content.kind === 'discharged') return before.owed.filter((one) => !isIt(one, content));
  const more = arising(before, after, action);
  return more.length > 0 ? [...before.owed, ...more] : before.owed;
}

const isIt = ({ what, n }: Owed, content: ContentOf<'discharged'>): boolean =>
  what === content.what && n === content.of;

function arising(before: State, after: State, action: Action): readonly Owed[] {
  const { content, n, at, by } = action;
  const of = { n, at };
  if (content.kind === 'erasureOrdered')
    return [{ ...of, what: 'erasure', part: content.part, ground: content.ground, by }];
  if (content.kind === 'answered') {
    const { answer } = content;
    if (answer.task === 'rights-request' && answer.outcome === 'granted' && answer.erased !== undefined) {
      return [{ ...of, what: 'erasure', part: answer.erased, ground: 'request', by }];
    }
    if (answer.task === 'correction' && answer.outcome === 'corrected' && answer.change.what === 'own-data') {
      const about = before.tasks[content.task]?.about;
      const request = before.requests.find((one) => String(one.n) === about);
      return request ? [{ ...of, what: 'own-data', part: answer.change.part, note: request.note }] : [];
    }
  }
  if (after.subject === 'dispute')
    return content.kind === 'held' && after.cases.length > 0 ? [{ ...of, what: 'hold' }] : [];
  if (after.subject !== 'case' || before.subject !== 'case' || after.disputes.length === 0) return [];
  if (endsWithoutResolution(before, after)) return [{ ...of, what: 'not-needed' }];
  if (content.kind === 'eventWithdrawn') return [{ ...of, what: 'corrected' }];
  if (content.kind !== 'answered') return [];
  const { answer } = content;
  if (answer.task === 'correction' && answer.outcome === 'corrected') return [{ ...of, what: 'corrected' }];
  return answer.task === 'notify' && answer.outcome === 'told' ? [{ ...of, what: 'hold' }] : [];
}

/** Dismissed, unfounded, below the threshold, lapsed or contested: what was received is not needed, nor was it by right. */
const endsWithoutResolution = ({ endsAs: was }: CaseState, { endsAs }: CaseState): boolean =>
  endsAs !== was && endsAs !== null && endsAs !== 'completed' && endsAs !== 'merged';

export const isOwed = ({ owed }: State, { what, n }: Owed): boolean =>
  owed.some((one) => one.what === what && one.n === n);

export const dischargedDraft = ({ changedAt }: State, { what, n, at }: Owed): Draft => ({
  ...{ at: Math.max(at, changedAt), by: system, key: `discharged ${what} ${n}`, rev: 0 },
  content: { kind: 'discharged', what, of: n },
});

/** Under which the other log knows it: repeated, it is done once. */
export const recallKey = (from: LogId, { what, n }: Owed): string => `recalled-${n} ${from} ${what}`;

export const recalledDraft = (from: LogId, { changedAt }: State, owed: OwedOf<PassedOnCause>): Draft => ({
  ...{ at: Math.max(owed.at, changedAt), by: system, key: recallKey(from, owed), rev: 0 },
  content: { kind: 'recalled', cause: owed.what, from },
});

const isUnderWay = (one: CaseState): boolean => !isClosed(one) && one.status !== 'ending';

/**
 * A dispute that is still being settled, or has another case under way, goes on without this one, and those who received something
 * of it need it still.
 */
export const goesOnWithout = (dispute: State, others: readonly CaseState[]): boolean =>
  others.some(isUnderWay) || [...openTasks(dispute), ...dispute.wants].some(({ kind }) => kind === 'settle');
