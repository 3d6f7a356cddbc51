/** What a case or a dispute is at a number: the result of folding its actions, never written by itself. */
import type { DisputeTaskKind, PlannedMeasure, ReportedEvent } from './actions.ts';
import type { CaseId, DisputeId, LogId } from './ids.ts';
import type { Proposal } from './model.ts';
import type { Channel, DisputeType, Level, MeasureKind, TaskKind } from './words.ts';

export interface HandOff {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly until: number;
}

export const noticeKinds = [
  'opened',
  'reminder',
  'warning',
  'escalated',
  'hand-off',
  'hand-off-declined',
  'hand-off-expired',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** A notice that the record has decided on; whether it went out is told by its claim. */
export interface Notice {
  readonly kind: NoticeKind;
  readonly step: number;
  readonly post: string;
  readonly at: number;
}

/** Any human work with clocks. Instants are epoch milliseconds. */
export interface Task {
  readonly no: string;
  readonly kind: TaskKind;
  /** The accountable post. */
  readonly owner: string;
  readonly openedAt: number;
  readonly from: number;
  readonly begun: boolean;
  readonly acknowledgedAt: number | null;
  /** When the present owner's windows began and end. */
  readonly since: number;
  readonly ackDue: number | null;
  readonly due: number;
  /** Rungs of the ladder taken in the present window: 0 none, 1 reminded, 2 warned. */
  readonly rung: 0 | 1 | 2;
  /** Actions about this task so far: an execution's SLA step names the one it saw. */
  readonly step: number;
  /** Newest action about this task. */
  readonly seq: number;
  readonly climbs: number;
  readonly level: Level | null;
  readonly measure: MeasureKind | null;
  readonly event: string | null;
  readonly handOff: HandOff | null;
  readonly handOffs: number;
  readonly notices: readonly Notice[];
  /** Keys of the commands already applied to it. */
  readonly keys: readonly string[];
}

export type EventState = 'unverified' | 'verified' | 'withdrawn';

export interface CaseEvent extends ReportedEvent {
  readonly state: EventState;
  readonly channel: Channel;
  /** When we were told: clocks count from receipt. */
  readonly receivedAt: number;
  readonly report: string | null;
}

export interface LevelState {
  readonly colour: Level;
  readonly since: number;
  readonly lapses: number;
  /** Red only: until a second person of another department has agreed, whose decision it rests on. */
  readonly awaits: { readonly person: string; readonly department: string } | null;
  /** This orange is what a red became: it lapses to none. */
  readonly afterRed: boolean;
  readonly renewed: boolean;
}

/** Somebody broke the glass: may see more until then, and is reviewed. */
export interface Glass {
  readonly person: string;
  readonly post: string;
  readonly until: number;
}

export type CaseStatus =
  | 'reported'
  | 'assessed'
  | 'protecting'
  | 'planning'
  | 'carrying-out'
  | 'resolved'
  | 'ending'
  | 'closed';
export type ClosedAs = 'dismissed' | 'unfounded' | 'lapsed' | 'completed';

interface LogState {
  readonly n: number;
  readonly hash: string;
  readonly rev: number;
  readonly revisedAt: number;
  /** Revisions of cause `recovered` since the last other action. */
  readonly recoveries: number;
  readonly openedAt: number;
  readonly changedAt: number;
  readonly area: string;
  readonly disputeType: DisputeType;
  /** The post accountable for the whole. */
  readonly owner: string;
  readonly reports: readonly string[];
  readonly tasks: Readonly<Record<string, Task>>;
  /** How many tasks of a kind there have been: the next one's number. */
  readonly counts: Readonly<Partial<Record<TaskKind, number>>>;
}

export interface CaseState extends LogState {
  readonly subject: 'case';
  readonly id: CaseId;
  readonly disputes: readonly DisputeId[];
  readonly status: CaseStatus;
  readonly events: readonly CaseEvent[];
  readonly assessment: {
    readonly n: number;
    readonly proposal: Proposal;
    readonly inputHash: string;
    readonly trend: string;
    readonly points: number;
  } | null;
  /** An event that holds has come in since the way began (anew). */
  readonly fresh: boolean;
  /** Somebody asked for a new assessment and decision although the events are the same. */
  readonly reassess: boolean;
  /** The newest decision. `onAssessment`: number of the assessment it answered. */
  readonly decision: { readonly n: number; readonly onAssessment: number; readonly level: Level | null } | null;
  readonly level: LevelState | null;
  readonly safetyPlan: boolean;
  readonly notified: boolean;
  /** The person concerned was told, not only the task of telling done. */
  readonly told: boolean;
  readonly plan: { readonly n: number; readonly waiting: readonly PlannedMeasure[] } | null;
  readonly measuresDone: number;
  readonly reviewedAt: number | null;
  readonly resolvedAs: Level | null;
  readonly resolvedAt: number | null;
  readonly checkInsSet: boolean;
  readonly concern: boolean;
  readonly endsAs: ClosedAs | null;
  readonly glass: readonly Glass[];
  /** Emergency accesses whose review has no task yet. */
  readonly toReview: number;
  /** The note with the visit instruction. */
  readonly visit: { readonly words: string; readonly post: string } | null;
  /** Keys of the commands applied to the case itself. */
  readonly keys: readonly string[];
}

export interface DisputeState extends LogState {
  readonly subject: 'dispute';
  readonly id: DisputeId;
  readonly status: 'open' | 'closed';
  readonly cases: readonly CaseId[];
  readonly wants: readonly DisputeTaskKind[];
  readonly outcomes: readonly string[];
}

export type State = CaseState | DisputeState;

export const openTasks = (state: State): Task[] => Object.values(state.tasks);
export const isClosed = (state: State): boolean => state.status === 'closed';

/** How the state reads in a refusal. */
export const describeState = (state: State): string =>
  `${state.subject} ${state.id} is ${state.status}${state.subject === 'case' && state.level ? ` at ${state.level.colour}` : ''}`;

export type { CaseId, DisputeId, LogId };
