/**
 * The numbered actions that a case or dispute consists of (design §1.1). Everything a later reader needs is in the action
 * itself: folding never looks anything up, so a changed city file changes no history.
 */
import type { ErasureGround } from './erasure.ts';
import type { Fact } from './facts.ts';
import type { CaseId, DisputeId } from './ids.ts';
import type { Contribution, Proposal } from './model.ts';
import type { Channel, DisputeType, Level, MeasureKind, TaskKind } from './words.ts';

export const schemaVersion = 1;

/** Who acts: a person holding a post, or the system (an execution or the reconciler). */
export type By =
  | { readonly role: 'staff'; readonly person: string; readonly post: string }
  | { readonly role: 'system'; readonly person: 'hejie'; readonly post: null };

export const system: By = { role: 'system', person: 'hejie', post: null };

/** A task as it is opened: whose, from when, until when. Instants are epoch milliseconds. */
export interface TaskOpening {
  readonly kind: TaskKind;
  readonly owner: string;
  readonly from: number;
  /** End of the wait for acknowledgement; absent where the task waits for its end only. */
  readonly ackDue?: number;
  readonly due: number;
  /** Whose clocks count: the level that stands, was resolved or is proposed. */
  readonly level?: Level;
  readonly measure?: MeasureKind;
  readonly event?: string;
}

export interface ReportedEvent {
  readonly id: string;
  readonly at: number;
  readonly facts: readonly Fact[];
  readonly verified?: string;
}

export type DisputeTaskKind = Extract<TaskKind, 'settle' | 'crisis-help' | 'child-protection'>;

/** New windows of a task that changes hands: what the next owner has. */
export interface Stint {
  readonly owner: string;
  readonly ackDue?: number;
  readonly due: number;
}

export interface PlannedMeasure {
  readonly kind: MeasureKind;
  readonly owner: string;
}

/** A person's decision on the level. `level` null dismisses. */
export interface Decision {
  readonly choice: 'confirm' | 'raise' | 'lower' | 'dismiss';
  readonly level: Level | null;
  readonly events: readonly string[];
  /** The post accountable for the case from here on. */
  readonly owner: string;
  /** When the level ends by itself unless somebody decides anew. */
  readonly lapses?: number;
  /** Department of the first decider of a red level: the second must come from another. */
  readonly department?: string;
}

export type Answer =
  | { readonly task: 'settle'; readonly outcome: 'settled' | 'failed' }
  | { readonly task: 'crisis-help'; readonly outcome: 'helped' | 'declined' }
  | { readonly task: 'child-protection'; readonly outcome: 'protected' }
  | { readonly task: 'verify'; readonly outcome: 'verified' | 'unfounded' }
  | { readonly task: 'decide'; readonly outcome: 'decided'; readonly decision: Decision }
  | { readonly task: 'second'; readonly outcome: 'agree' | 'disagree'; readonly lapses?: number }
  | { readonly task: 'protect'; readonly outcome: 'protected' }
  | { readonly task: 'notify'; readonly outcome: 'told' | 'deferred' }
  | { readonly task: 'plan'; readonly outcome: 'planned'; readonly measures: readonly PlannedMeasure[] }
  | { readonly task: 'measure'; readonly outcome: 'done' | 'refused' | 'failed' }
  | { readonly task: 'review'; readonly outcome: 'continue' | 'reassess' }
  | { readonly task: 'renew'; readonly outcome: 'renewed' | 'ended'; readonly lapses?: number }
  | { readonly task: 'resolve'; readonly outcome: 'resolved' | 'not-yet' }
  | { readonly task: 'access-review'; readonly outcome: 'justified' | 'unjustified' }
  | { readonly task: 'check-in'; readonly outcome: 'well' | 'declined' | 'concern' }
  | { readonly task: 'check-in'; readonly outcome: 'relapse'; readonly event: ReportedEvent };

export type Content =
  | {
      readonly kind: 'reported';
      readonly report: string;
      readonly channel: Channel;
      readonly area: string;
      readonly disputeType: DisputeType;
      readonly owner: string;
      readonly event?: ReportedEvent;
      /** On a case: the dispute it belongs to. On a dispute: the case this report opened or joined. */
      readonly dispute?: DisputeId;
      readonly caseId?: CaseId;
      /** On a dispute: the help it calls for. */
      readonly wants?: DisputeTaskKind;
    }
  | {
      readonly kind: 'assessed';
      readonly model: string;
      readonly inputHash: string;
      readonly proposal: Proposal;
      readonly points: number;
      /** Every factor with its points and the events that show it. */
      readonly factors: readonly Contribution[];
      readonly trend: string;
    }
  | { readonly kind: 'opened'; readonly tasks: readonly TaskOpening[] }
  | { readonly kind: 'began'; readonly task: string }
  | { readonly kind: 'acknowledged'; readonly task: string }
  | { readonly kind: 'answered'; readonly task: string; readonly answer: Answer }
  | { readonly kind: 'reminded'; readonly task: string }
  | { readonly kind: 'warned'; readonly task: string; readonly supervisor: string }
  | { readonly kind: 'climbed'; readonly task: string; readonly stint: Stint; readonly tier: string }
  | {
      readonly kind: 'handOffOffered';
      readonly task: string;
      readonly handOff: string;
      readonly to: string;
      readonly until: number;
    }
  | { readonly kind: 'handOffAccepted'; readonly task: string; readonly handOff: string; readonly stint: Stint }
  | { readonly kind: 'handOffDeclined'; readonly task: string; readonly handOff: string }
  | {
      readonly kind: 'handOffExpired';
      readonly task: string;
      readonly handOff: string;
      readonly stint: Stint;
      readonly tier: string;
    }
  /** Only downward: a red level without its second person or a lapsed one becomes orange, any other ends. */
  | {
      readonly kind: 'lapsed';
      readonly task: string;
      readonly from: Level;
      readonly to: 'orange' | null;
      readonly lapses?: number;
    }
  /** Emergency access by one person for a post; a review of it is due. */
  | { readonly kind: 'glassBroken'; readonly post: string; readonly person: string; readonly until: number }
  /** How to come, not why: what the owner of a help task tells those who visit. The words lie in the note. */
  | { readonly kind: 'visitInstructed'; readonly task: string; readonly words: string }
  /** A person in role is erased from the record: `<report>#<place among its people>`. Nothing else changes. */
  | { readonly kind: 'erased'; readonly part: string; readonly ground: ErasureGround }
  | { readonly kind: 'revised'; readonly cause: 'rotated' | 'recovered' | 'deployed' }
  | { readonly kind: 'closed' };

export type ActionKind = Content['kind'];

/** Everything of an action but its place in the chain: what a command wants to commit. */
export interface Draft {
  readonly at: number;
  readonly by: By;
  /** Idempotency: the same key is applied once. */
  readonly key: string;
  /** Revision of the execution that acts; 0 = a person, the API or the reconciler. */
  readonly rev: number;
  /** Names the free text of this action, which lies beside the log because it can be erased. */
  readonly note?: string;
  readonly content: Content;
}

export interface Action extends Draft {
  readonly schema: typeof schemaVersion;
  readonly n: number;
  /** Hash of action n-1; empty for the first. */
  readonly prev: string;
  readonly hash: string;
  /** This action raises the revision: another execution drives the case from here on. */
  readonly revises?: true;
}
