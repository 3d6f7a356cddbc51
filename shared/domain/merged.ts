/**
 * Two cases of one person, or two disputes that are one quarrel: what went into what. The one that went rests, whole, in its own
 * log, and whoever names it is led on by that log alone: pointers, people and their words stay where they are. Pure.
 */
import type { By, PlannedMeasure, Stint, Want } from './actions.ts';
import type { CaseId, DisputeId, LogId } from './ids.ts';
import type { Agreement, CaseEvent, CaseState, DisputeState, State, Task } from './state.ts';
import type { TaskKind } from './words.ts';

export type MergeId = CaseId | DisputeId;
export type Mergeable = CaseState | DisputeState;
export const isMergeable = (state: State): state is Mergeable =>
  state.subject === 'case' || state.subject === 'dispute';

/** Where a task, or an event, was before. */
export interface Origin {
  readonly log: MergeId;
  readonly no: string;
}

/** A merge or its undoing is under way: until it is done only clocks go on. */
export interface Moving {
  readonly what: 'into' | 'out';
  readonly other: MergeId;
  /** Number of the action that began it. */
  readonly n: number;
  readonly by: By;
}

/** It went into another; what it was rests here until that is undone. */
export interface Merged<Resting> {
  readonly into: MergeId;
  readonly resting: Resting;
}
export type RestingCase = Pick<CaseState, 'status' | 'tasks' | 'wants' | 'level' | 'endsAs' | 'safetyPlan'>;
export type RestingDispute = Pick<DisputeState, 'status' | 'tasks' | 'wants'>;

/** A report that came since, under an identity of what was taken in. */
export interface CameReport {
  readonly report: string;
  readonly through: MergeId;
  readonly caseId?: CaseId;
  readonly reachable?: readonly string[];
}

/** What was taken in, and what goes out again with it. */
export interface Absorbed {
  readonly id: MergeId;
  /** What had gone into it before. */
  readonly aliases: readonly MergeId[];
  readonly reports: readonly string[];
  readonly came: readonly CameReport[];
  /** Disputes of a case, or cases of a dispute, that are there through it alone. */
  readonly disputes: readonly DisputeId[];
  readonly cases: readonly CaseId[];
  /** Numbers, there, of the tasks that moved. */
  readonly moved: readonly string[];
  readonly wants: readonly Want[];
  readonly planned: readonly PlannedMeasure[];
  readonly agreements: readonly Agreement['id'][];
  readonly grants: readonly string[];
  /** What the target was, where taking in has changed it. */
  readonly before: Before;
}

type Telling = Pick<CaseState, 'notice' | 'told'>;

export interface Before {
  /** Until when it was held, and then was because of what it took in. */
  readonly heldUntil: number | null;
  readonly held: number | null;
  /** Of a case. */
  readonly ofCase?: Pick<CaseState, 'fresh' | 'reassess' | 'decideAnew' | 'named' | 'safetyPlan' | 'visit'> & {
    readonly verified: readonly string[];
    readonly decision: number | null;
    readonly assessment: CaseState['assessment'];
    readonly reports: number;
    /** Numbers of the tasks that were open. */
    readonly tasks: readonly string[];
    /** It was resolved: what there is to come back to where nothing of its own began it anew. */
    readonly resolved?: Telling &
      Pick<CaseState, 'resolvedAs' | 'resolvedAt' | 'contacted' | 'checkInsSet' | 'concern'>;
    /** Then: whoever asks how things are, and looks at a concern. */
    readonly asking?: readonly Task[];
    /** Where telling the person was owed by what was taken in: how it stood, and then stood, and the work that began anew. */
    readonly telling?: Telling & { readonly became: Telling['notice']; readonly dropped: readonly Task[] };
  };
}

/** What a log is to others of its kind as it begins. */
export const unmerged = { moving: null, merged: null, absorbed: [] } as const;

export const movingOf = (state: State): Moving | null => (isMergeable(state) ? state.moving : null);
export const mergedInto = (state: State): MergeId | null => (isMergeable(state) ? (state.merged?.into ?? null) : null);

/** What an agreement or a grant asks for goes where that goes, under whatever number it was opened. */
export const isAboutIts =
  ({ agreements, grants }: Pick<Absorbed, 'agreements' | 'grants'>) =>
  ({ kind, about }: { readonly kind: TaskKind; readonly about?: string | null }): boolean =>
    (kind === 'destroy' && grants.some((id) => id === about)) ||
    (kind === 'agreement-check' && agreements.some((id) => id === about));

export const covers = ({ id, aliases }: Pick<Absorbed, 'id' | 'aliases'>, through: LogId): boolean =>
  through === id || aliases.some((alias) => alias === through);

/** What goes by its own name here: itself, and all that it has taken in. */
export const namesOf = (state: State): readonly LogId[] => [
  state.id,
  ...(isMergeable(state) ? state.absorbed.flatMap(({ id, aliases }) => [id, ...aliases]) : []),
];

export const answersTo = (state: State, id: string | undefined): boolean => namesOf(state).some((name) => name === id);

/** What goes with either. */
interface BroughtWithIt {
  readonly aliases: readonly MergeId[];
  readonly reports: readonly string[];
  readonly tasks: readonly Task[];
  readonly wants: readonly Want[];
  readonly agreements: readonly Agreement[];
  readonly grants: State['grants'];
  readonly heldUntil: number | null;
  readonly acted: readonly string[];
}

/** What a case takes with it. Its level stays behind: no level rises, or goes on, without its decision. */
export interface BroughtCase extends BroughtWithIt {
  readonly of: 'case';
  readonly events: readonly CaseEvent[];
  readonly disputes: readonly DisputeId[];
  readonly planned: readonly PlannedMeasure[];
  /** It had a level: the target is decided on anew. */
  readonly level: boolean;
  readonly named: boolean;
  readonly safetyPlan: boolean;
  readonly contactEvents: readonly string[];
  readonly visit: CaseState['visit'];
  readonly glass: CaseState['glass'];
  /** It had yet to be told to the person, and how that stands; absent: nothing is owed by it. */
  readonly notice?: CaseState['notice'];
}

export interface BroughtDispute extends BroughtWithIt {
  readonly of: 'dispute';
  readonly cases: readonly CaseId[];
  readonly unjoined: readonly string[];
  readonly reachable: readonly string[];
  readonly informed: readonly string[];
  readonly enquiries: DisputeState['enquiries'];
  readonly endedAt: number | null;
}
export type Brought = BroughtCase | BroughtDispute;

/** What goes back: as it stands now, under the numbers that it had. */
export interface GivenBack {
  /** Tasks that moved and are still open; those that are over are not opened again. */
  readonly tasks: readonly Task[];
  readonly moved: readonly string[];
  /** New windows of what stood still meanwhile, and whose time is over. */
  readonly stints: Readonly<Record<string, Stint>>;
  /** Work that was asked for since about what goes back, and is not done. */
  readonly wants: readonly Want[];
  readonly came: readonly CameReport[];
  readonly disputes: readonly DisputeId[];
  readonly cases: readonly CaseId[];
  readonly events: readonly CaseEvent[];
  readonly agreements: readonly Agreement[];
  readonly grants: State['grants'];
  readonly informed: readonly string[];
  /** A hold that was set meanwhile, and everybody who acted. */
  readonly heldUntil: number | null;
  readonly heldSince: number | null;
  readonly acted: readonly string[];
}
