/**
 * How a level, and a case, end: by resolution, dismissal, contest or lapse. What protects the affected person has a life of its own
 * that none of these touches.
 */
import { isFirstLook } from '../danger.ts';
import type { RecallCause } from '../recalling.ts';
import { type CaseState, isUndecided } from '../state.ts';
import { isDecided } from '../told.ts';
import type { MeasureKind, TaskKind } from '../words.ts';
import { noticeTasks, unnoticed } from './noticing.ts';
import { recalled } from './recall.ts';
import { without } from './tasks.ts';

/** What a relapse or reopening begins anew. The history stays. */
export const newCycle = {
  fresh: false,
  reassess: false,
  decideAnew: false,
  level: null,
  contacted: false,
  notice: unnoticed,
  told: false,
  talk: null,
  agreed: [],
  optIn: false,
  handedOver: false,
  returns: 0,
  plan: null,
  replan: false,
  measuresDone: 0,
  reviewedAt: null,
  resolvedAs: null,
  resolvedAt: null,
  checkInsSet: false,
  concern: false,
  endsAs: null,
} as const satisfies Partial<CaseState>;

/** No end of a level or a case ends these: protection has a life of its own, and an emergency access is reviewed. */
export const staying: ReadonlySet<TaskKind> = new Set([
  'protect',
  'safety-plan',
  'access-review',
  'minutes',
  'confirm-agreement',
  'reason-review',
  'lapse-review',
  'police-notice',
  'agreement-check',
  'correction',
  'rights-request',
  'destroy',
  'tell-hold',
  'citizen-notice',
]);
const stays = ({ kind, measure }: { readonly kind: TaskKind; readonly measure?: MeasureKind | null }): boolean =>
  staying.has(kind) || (kind === 'measure' && measure === 'safety-planning');

const onlyStays = ({ tasks, wants }: CaseState): boolean => [...Object.values(tasks), ...wants].every(stays);

/** Nothing goes on but what no end ends. */
const isOver = (state: CaseState): boolean =>
  state.status === 'closed' ||
  state.status === 'ending' ||
  (state.status === 'resolved' && state.checkInsSet && onlyStays(state));

/** Since when it is over: what stays open beside the end, for however long, keeps nobody named for longer. */
export const withEnd = (state: CaseState, at: number): CaseState =>
  state.endsAs === 'merged' ? state : { ...state, endedAt: isOver(state) ? (state.endedAt ?? at) : null };

/** As long as the case goes on, whoever looks at what was told has it still, and whoever may be hurt is contacted. */
const goesAlong = (one: { readonly kind: TaskKind; readonly measure?: MeasureKind | null }): boolean =>
  stays(one) || isFirstLook(one.kind) || one.kind === 'protective-contact';

/** Every end of a level passes through here, whatever ended it: what others have received is called back in the same action. */
export const levelEnded = (state: CaseState, cause: RecallCause = 'level-ended'): CaseState =>
  state.level === null ? state : recalled({ ...state, level: null }, cause);

export function resolved(state: CaseState, at: number): CaseState {
  const over = levelEnded(state, 'resolved');
  return {
    ...over,
    status: 'resolved',
    resolvedAs: state.level?.colour ?? null,
    resolvedAt: at,
    tasks: without(over.tasks, (task) => !goesAlong(task) && !noticeTasks.has(task.kind)),
    wants: over.wants.filter((want) => goesAlong(want) || noticeTasks.has(want.kind)),
  };
}

/** The level is gone; only the safety plan of the affected person, which nobody else's ending touches, stays open. */
export function ending(state: CaseState, endsAs: NonNullable<CaseState['endsAs']>): CaseState {
  // Also where no level ever stood: what was received of a proposal that is none is not kept either.
  const over = recalled(levelEnded(state), 'level-ended');
  return {
    ...over,
    status: 'ending',
    endsAs,
    tasks: without(over.tasks, (task) => !stays(task)),
    wants: over.wants.filter(stays),
  };
}

/** Nothing of what began it holds any more, and nobody is asked: what was decided before stays decided. */
export function unlessEmpty(state: CaseState): CaseState {
  const asked = state.events.some((event) => event.state === 'unverified');
  return isUndecided(state) && !asked && !state.fresh ? ending(state, 'unfounded') : state;
}

/**
 * A level or a proposal is over. What was told and nobody has looked at yet, or holds and nobody has decided on, does not end with
 * it: the way begins anew with it. What was only assessed again is answered by the end.
 */
export function levelGone(state: CaseState, endsAs: NonNullable<CaseState['endsAs']>): CaseState {
  const { assessment, decision, events } = state;
  const undecided = !isDecided(state);
  if (!undecided && events.every((event) => event.state !== 'unverified')) return ending(state, endsAs);
  return {
    ...anew(state),
    fresh: undecided,
    reassess: undecided,
    decision: decision && { ...decision, onAssessment: assessment?.n ?? 0 },
  };
}

/** Relapse or reopening: back to the assessment, with the history. */
export function anew(state: CaseState): CaseState {
  const over = levelEnded(state);
  return {
    ...over,
    ...newCycle,
    status: 'reported',
    tasks: without(over.tasks, (task) => !goesAlong(task)),
    wants: over.wants.filter(goesAlong),
  };
}
