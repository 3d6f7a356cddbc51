/**
 * The numbered actions that a case or dispute consists of (design §1.1). Everything a later reader needs is in the action
 * itself: folding never looks anything up, so a changed city file changes no history.
 */
import type { ErasureGround } from './erasure.ts';
import type { Fact } from './facts.ts';
import type { Proceeding } from './holding.ts';
import type { AgreementId, CaseId, DisputeId, LogId, RoundId } from './ids.ts';
import type { LegalRoute } from './legal-routes.ts';
import type { Brought, GivenBack, MergeId } from './merged.ts';
import type { Contribution, Proposal } from './model.ts';
import type { Owed, PassedOnCause } from './owing.ts';
import type { LawClock } from './statutory.ts';
import type { Field } from './who-may/matrix.ts';
import type {
  Channel,
  Correction,
  DisputeType,
  DutyChannel,
  EnquiryOutcome,
  Level,
  MeasureKind,
  ReferralKind,
  Right,
  SafetyReview,
  Side,
  TaskKind,
  ToldOutcome,
  Urgency,
} from './words.ts';

export const schemaVersion = 1;

/** Who acts: a person holding a post, the system (an execution or the reconciler), or a citizen for themself. */
export type By =
  | { readonly role: 'staff'; readonly person: string; readonly post: string }
  | { readonly role: 'system'; readonly person: 'hejie'; readonly post: null }
  | { readonly role: 'citizen'; readonly person: 'oneself'; readonly post: null };

export const system: By = { role: 'system', person: 'hejie', post: null };
/** A citizen in their own affairs: who that is the place among the people says, and never the history. */
export const oneself: By = { role: 'citizen', person: 'oneself', post: null };

/** A task as it is opened: whose, from when, until when. Instants are epoch milliseconds. */
export interface TaskOpening {
  readonly kind: TaskKind;
  readonly owner: string;
  readonly from: number;
  /** End of the wait for acknowledgement; absent where the task waits for its end only. */
  readonly ackDue?: number;
  /** By when something must have been done about it; absent where only the end counts. */
  readonly actDue?: number;
  readonly due: number;
  /** Whose clocks count: the level that stands, was resolved or is proposed. */
  readonly level?: Level;
  readonly measure?: MeasureKind;
  readonly event?: string;
  readonly urgency?: Urgency;
  /** A second post that acknowledges too and takes part; accountable is the owner alone. */
  readonly joining?: string;
  /** Posts that are asked to take part in a talk. */
  readonly invited?: readonly string[];
  /** What else it is about: a person in role, a question, the number of an action. */
  readonly about?: string;
  /** Who mediates or helps, of the registry: the parties chose. */
  readonly mediator?: string;
  /** It ends by itself then, done or not. */
  readonly ends?: number;
  /** The clock of law that runs beside it. */
  readonly law?: LawClock;
  /** Opened as an offer: the owner stays accountable until the other post has accepted. */
  readonly offer?: { readonly handOff: string; readonly to: string; readonly until: number };
}

/** Work that an action asks for: it becomes a task with the next opening. */
export interface Want extends Partial<Pick<TaskOpening, 'owner' | 'from' | 'due' | 'measure' | 'event' | 'urgency'>> {
  readonly kind: TaskKind;
  readonly joining?: string;
  readonly about?: string;
  readonly mediator?: string;
  readonly ends?: number;
  /** The post that it is offered to. */
  readonly offerTo?: string;
}

export interface ReportedEvent {
  readonly id: string;
  /** When it happened; where nobody says so, when it was told. */
  readonly at: number;
  /** When it was told; when it was received is the time of the action. */
  readonly reportedAt?: number;
  readonly facts: readonly Fact[];
  readonly verified?: string;
}

/** What whoever looks at an event finds of it beside its facts: when it happened, or that it was told before. */
export interface FirstLook {
  readonly occurredAt?: number;
  /** The event that it is the same as: it is another telling of that one. */
  readonly sameAs?: string;
}

/** New windows of a task that changes hands: what the next owner has. */
export interface Stint {
  readonly owner: string;
  readonly ackDue?: number;
  readonly actDue?: number;
  readonly due: number;
  /** Where the law's clock stood still too: its new end. */
  readonly lawDue?: number;
}

/** A case changes hands as a whole: with the open tasks of the post that was accountable, by number. */
export interface WholeCase {
  readonly owner: string;
  readonly area: string;
  readonly stints: Readonly<Record<string, Stint>>;
}

/** Came back as often as the city allows: the county decides whose it is. */
interface Returned {
  readonly toCounty?: true;
}

export interface PlannedMeasure {
  readonly kind: MeasureKind;
  /** null: no row of the responsibility list fits, the county assigns. */
  readonly owner: string | null;
  /** By when, where the plan says it. */
  readonly due?: number;
  readonly mediator?: string;
}

/** A person's decision on the level. `level` null dismisses. */
export interface Decision {
  readonly choice: 'confirm' | 'raise' | 'lower' | 'dismiss';
  readonly level: Level | null;
  readonly events: readonly string[];
  /** This person has given the reason in these very words before: the supervisor looks at it. */
  readonly repeated?: { readonly times: number; readonly supervisor: string };
  /** The post accountable for the case from here on. */
  readonly owner: string;
  /** When the level ends by itself unless somebody decides anew. */
  readonly lapses?: number;
  /** Department of the first decider of a red level: the second must come from another. */
  readonly department?: string;
  /** The notice to the person concerned starts deferred: the affected person is told first. */
  readonly deferNotice?: Deferral;
  /** What is being done goes on; where the new level's clocks are shorter they become its own. By task number. */
  readonly tightened?: Readonly<Record<string, Tightened>>;
}

/** Sooner ends of a task that goes on, never later ones; and who goes along from now on. */
export interface Tightened extends Omit<Stint, 'owner' | 'law'> {
  readonly joining?: string;
}

/** What parties agreed on, under a number of its own, and when somebody looks whether it was kept. */
export interface MadeAgreement {
  readonly id: AgreementId;
  readonly check: number;
}

export type Answer =
  | { readonly task: 'round'; readonly outcome: 'done'; readonly found: readonly string[] }
  /** Where the parties made an agreement: the day from which they may jointly ask the court to confirm it. */
  | { readonly task: 'settle'; readonly outcome: 'settled'; readonly on?: number; readonly agreement?: MadeAgreement }
  /** The parties refuse: where else they can go (人民调解法 26). */
  | { readonly task: 'settle'; readonly outcome: 'failed'; readonly routes: readonly LegalRoute[] }
  | { readonly task: 'enquiry'; readonly outcome: EnquiryOutcome }
  | { readonly task: 'police-notice'; readonly outcome: 'received' }
  | { readonly task: 'offer-help'; readonly outcome: 'accepted'; readonly help: readonly PlannedMeasure[] }
  | { readonly task: 'offer-help'; readonly outcome: 'declined' }
  | { readonly task: 'crisis-help'; readonly outcome: 'helped' | 'declined' }
  | { readonly task: 'child-protection'; readonly outcome: 'protected' }
  | ({ readonly task: 'confirm-facts'; readonly outcome: 'confirmed'; readonly facts?: readonly Fact[] } & FirstLook)
  | { readonly task: 'confirm-facts'; readonly outcome: 'unfounded' }
  | ({ readonly task: 'verify'; readonly outcome: 'verified' } & FirstLook)
  | { readonly task: 'verify'; readonly outcome: 'unfounded' }
  | { readonly task: 'protective-contact'; readonly outcome: 'contacted' | 'not-needed' }
  | { readonly task: 'talk'; readonly outcome: 'met' | 'not-met'; readonly present: readonly string[] }
  | { readonly task: 'minutes'; readonly outcome: 'written'; readonly actions: readonly PlannedMeasure[] }
  | { readonly task: 'decide'; readonly outcome: 'decided'; readonly decision: Decision }
  /** Disagreed: it is orange, and the post accountable is the one of that level. */
  | {
      readonly task: 'second';
      readonly outcome: 'agree' | 'disagree';
      readonly lapses?: number;
      readonly owner?: string;
    }
  | { readonly task: 'reason-review'; readonly outcome: 'stands' | 'reassess' }
  | {
      readonly task: 'protect';
      readonly outcome: 'protected';
      readonly safetyPlan: Extract<SafetyReview, 'made' | 'not-wanted'>;
    }
  | { readonly task: 'safety-plan'; readonly outcome: 'kept' | 'ended' }
  | {
      readonly task: 'forewarn';
      readonly outcome: 'told';
      readonly safetyPlan: SafetyReview;
      /** From then on the notice may go out. */
      readonly clear: number;
    }
  | { readonly task: 'notify'; readonly outcome: 'told' }
  | { readonly task: 'notify'; readonly outcome: 'deferred'; readonly deferral: Deferral }
  | { readonly task: 'second-deferral'; readonly outcome: 'agree' | 'disagree' }
  | { readonly task: 'plan'; readonly outcome: 'planned'; readonly measures: readonly PlannedMeasure[] }
  | {
      readonly task: 'assign';
      readonly outcome: 'assigned';
      readonly owner: string;
      /** Of a task that came back too often. */
      readonly stint?: Stint;
      /** Of a case that did. */
      readonly whole?: WholeCase;
    }
  | {
      readonly task: 'measure';
      readonly outcome: 'done' | 'refused' | 'failed';
      readonly routes?: readonly LegalRoute[];
    }
  /** The parties agreed: from that day they may jointly ask the court to confirm it. */
  | { readonly task: 'measure'; readonly outcome: 'agreed'; readonly on: number; readonly agreement?: MadeAgreement }
  | { readonly task: 'confirm-agreement'; readonly outcome: 'filed' | 'not-wanted' }
  | { readonly task: 'take-over'; readonly outcome: 'accepted'; readonly whole: WholeCase }
  | ({ readonly task: 'take-over'; readonly outcome: 'declined' } & Returned)
  /** While the level goes on the same review comes back. */
  | { readonly task: 'review'; readonly outcome: 'continue'; readonly next?: Stint & { readonly from: number } }
  /** After a resolution only what was newly seen begins the way anew. */
  | { readonly task: 'review'; readonly outcome: 'reassess'; readonly event?: ReportedEvent }
  | { readonly task: 'renew'; readonly outcome: 'renewed' | 'ask-reviewer' | 'ended'; readonly lapses?: number }
  /** Not renewed: the level goes on to its end, and lapses then. */
  | { readonly task: 'renewal-review'; readonly outcome: 'renewed' | 'not-renewed'; readonly lapses?: number }
  | { readonly task: 'lapse-review'; readonly outcome: 'looked-at' | 'reassess' }
  /** Upheld: the contest is right, and the level ends. */
  | { readonly task: 'contest'; readonly outcome: 'upheld' | 'rejected' }
  | {
      readonly task: 'contest';
      readonly outcome: 'lowered';
      readonly level: Level;
      readonly lapses: number;
      readonly owner: string;
    }
  | { readonly task: 'contest-second'; readonly outcome: 'upheld' | 'rejected' }
  | { readonly task: 'correction'; readonly outcome: 'refused' }
  | { readonly task: 'correction'; readonly outcome: 'corrected'; readonly change: Corrected }
  | { readonly task: 'rights-request'; readonly outcome: 'refused' }
  /** `erased`: whom of the people, `<report>#<place among its people>`. */
  | { readonly task: 'rights-request'; readonly outcome: 'granted'; readonly erased?: string }
  | { readonly task: 'resolve'; readonly outcome: 'resolved' | 'not-yet' }
  | { readonly task: 'agreement-check'; readonly outcome: 'kept' | 'unknown' }
  /** It is tried again, unless a party refuses: then they are told where else they can go. */
  | { readonly task: 'agreement-check'; readonly outcome: 'broken'; readonly routes?: readonly LegalRoute[] }
  | { readonly task: 'destroy'; readonly outcome: 'destroyed' | 'nothing-held' }
  | { readonly task: 'tell-hold'; readonly outcome: 'told' }
  | { readonly task: 'access-review'; readonly outcome: 'justified' | 'unjustified' }
  | { readonly task: 'check-in'; readonly outcome: 'well' | 'declined' | 'declined-all' | 'concern' }
  | { readonly task: 'check-in'; readonly outcome: 'relapse'; readonly event: ReportedEvent };

/** What was wrong, as it is from now on; own data lies sealed beside the person. */
export type Corrected =
  | { readonly what: 'facts'; readonly event: string; readonly facts: readonly Fact[] }
  | { readonly what: 'date'; readonly event: string; readonly at: number }
  | { readonly what: 'event'; readonly event: string }
  | { readonly what: 'role' }
  | { readonly what: 'own-data'; readonly part: string };

export type AnswerTo<K extends TaskKind> = Extract<Answer, { readonly task: K }>;

export const deferralGrounds = ['safety-of-the-affected', 'secrecy-by-law', 'hinders-duty'] as const;
export type DeferralGround = (typeof deferralGrounds)[number];

/** The notice to the person concerned is put off, never longer than a month, and never ends by firing. */
export interface Deferral {
  readonly ground: DeferralGround;
  readonly until: number;
  /** Who decided, and of which department: the second person is another, of another. */
  readonly person: string;
  readonly department: string;
  /**
   * From when the affected person is told that the notice comes. Absent where it began with the level: that one lasts only until
   * she was told, at the longest until its end.
   */
  readonly forewarn?: number;
}

/** What somebody waits for while the clocks of a task stand still. */
export const pauseReasons = ['party', 'department', 'court', 'appraisal'] as const;
export type PauseReason = (typeof pauseReasons)[number];

export type Content =
  | {
      readonly kind: 'reported';
      readonly report: string;
      readonly channel: Channel;
      readonly area: string;
      readonly disputeType: DisputeType;
      readonly owner: string;
      readonly event?: ReportedEvent;
      /** Whose identity led here, where that log went into this one. */
      readonly through?: MergeId;
      /** On a case: the dispute it belongs to. On a dispute: the case this report opened or joined. */
      readonly dispute?: DisputeId;
      readonly caseId?: CaseId;
      /** When it was told; when it happened stands with the event, when it was received is the time of the action. */
      readonly reportedAt?: number;
      readonly occurredAt?: number;
      /** The work that it calls for. */
      readonly wants?: readonly Want[];
      /** The grid round on which it was found. */
      readonly round?: RoundId;
      /** Which help was asked for, on a referral. */
      readonly help?: readonly ReferralKind[];
      /** On a round: the places to look at, and on which day. */
      readonly places?: readonly string[];
      readonly day?: string;
      /** Who tells of it can be identified: the person concerned would know who spoke. */
      readonly named?: true;
      /** Who asked for help or may be hurt, and gave a safe channel: their places among the people of the report. */
      readonly reachable?: readonly number[];
      /** It was settled on the spot, and what was agreed on then. */
      readonly settled?: true;
      readonly agreement?: MadeAgreement;
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
  /** On a day off the review of a red level is offered to the post on duty. */
  | { readonly kind: 'began'; readonly task: string; readonly offer?: NonNullable<TaskOpening['offer']> }
  | { readonly kind: 'acknowledged'; readonly task: string }
  /** The joining post of a joint task has acknowledged. */
  | { readonly kind: 'joined'; readonly task: string }
  /** The joining post was silent: the lead above it takes part instead; null: the accountable post goes alone. */
  | {
      readonly kind: 'joiningClimbed';
      readonly task: string;
      readonly joining: string | null;
      readonly ackDue?: number;
    }
  /** Whoever works on a task of a case met danger: a new event, still to be verified. */
  | { readonly kind: 'dangerReported'; readonly task: string; readonly channel: Channel; readonly event: ReportedEvent }
  /** Something was done about it and it is not over. After too many tries it goes a tier up. */
  | { readonly kind: 'attempted'; readonly task: string; readonly stint?: Stint; readonly tier?: string }
  | { readonly kind: 'paused'; readonly task: string; readonly waitingFor: PauseReason }
  | { readonly kind: 'resumed'; readonly task: string; readonly stint: Stint }
  /** The end is put off, with a reason; the supervisor is told. */
  | {
      readonly kind: 'extended';
      readonly task: string;
      readonly due: number;
      readonly supervisor: string;
      /** Beyond the law's own end: because both parties agree, or once, with reasons told to the petitioner. */
      readonly beyondLaw?: 'agreement' | 'reasons';
    }
  /** The time that the law gives a mediation is over, and it goes on: the parties are told where else they can go. */
  | { readonly kind: 'routesTold'; readonly task: string; readonly routes: readonly LegalRoute[] }
  /** Somebody on duty is called by voice, SMS or work chat; null: there is nobody to call. */
  | {
      readonly kind: 'paged';
      readonly task: string;
      readonly person: string | null;
      readonly channel?: DutyChannel;
      readonly round: number;
      /** Nobody else is left to call: the ladder goes on. */
      readonly last?: true;
    }
  /** How somebody may safely be reached was changed; the profile itself lies sealed beside the person. */
  | { readonly kind: 'contactChanged'; readonly part: string; readonly reachable: boolean }
  /** The clock of something that ends by itself ran out, or a message went to a citizen. */
  | {
      readonly kind: 'ended';
      readonly task: string;
      /** Of a mediation whose time by law is over: where else the parties can go. */
      readonly routes?: readonly LegalRoute[];
    }
  /** A party wants the mediation, or does not: a refusal ends it at once. */
  | {
      readonly kind: 'consented';
      readonly task: string;
      readonly party: Side;
      readonly wants: boolean;
      /** Where a party that refuses can go instead. */
      readonly routes?: readonly LegalRoute[];
    }
  /** Work that somebody asked for by a command of its own. */
  | { readonly kind: 'asked'; readonly want: Want }
  /** The affected person, spoken to alone, wants to sit at one table, or no longer. */
  | { readonly kind: 'optedIn'; readonly wants: boolean }
  | {
      readonly kind: 'planAmended';
      /** Number of the decision that it rests on, and the events that it cites. */
      readonly decision: number;
      readonly events: readonly string[];
      readonly add: readonly PlannedMeasure[];
      readonly withdraw: readonly string[];
    }
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
  | ({ readonly kind: 'handOffDeclined'; readonly task: string; readonly handOff: string } & Returned)
  | ({
      readonly kind: 'handOffExpired';
      readonly task: string;
      readonly handOff: string;
      readonly stint: Stint;
      readonly tier: string;
    } & Returned)
  /** Nobody said whether they take the case over: it goes to the tier above both. */
  | ({
      readonly kind: 'takeOverExpired';
      readonly task: string;
      readonly whole: WholeCase;
      readonly tier: string;
    } & Returned)
  /** Only downward: a red level without its second person or a lapsed one becomes orange, any other ends. */
  | {
      readonly kind: 'lapsed';
      readonly task: string;
      readonly from: Level;
      readonly to: 'orange' | null;
      readonly lapses?: number;
      /** Nobody answered in time whoever contests it. */
      readonly cause?: 'contest';
      /** The post accountable at the level that it becomes. */
      readonly owner?: string;
    }
  /** The person concerned, or an agent, contests a decision on the level; what they write lies in the note. */
  | {
      readonly kind: 'contested';
      readonly decision: number;
      readonly level: Level;
      readonly newFacts?: true;
      readonly agent?: true;
      /** Where whoever asks is named, so that they hear what becomes of it: `<report>#<place among its people>`. */
      readonly tellAt?: string;
    }
  /** Nobody answered the contest of a red level in time: two more reviewers have until then. */
  | {
      readonly kind: 'contestWidened';
      readonly task: string;
      readonly to: readonly [string, string];
      readonly ends: number;
    }
  /** Whoever is asked how things are wants this one not, or, without a number, none of those that are left. */
  | { readonly kind: 'checkInsDeclined'; readonly no?: string; readonly agent?: true }
  /** A party says whether an agreement was kept, while somebody is to look at it; what they write lies in the note. */
  | {
      readonly kind: 'agreementTold';
      readonly agreement: AgreementId;
      readonly party: Side;
      readonly outcome: ToldOutcome;
      readonly agent?: true;
    }
  /** Somebody asks that what is kept be put right. Whose own data: `<report>#<place among its people>`. */
  | {
      readonly kind: 'correctionAsked';
      readonly what: Correction;
      readonly event?: string;
      readonly part?: string;
      readonly agent?: true;
      readonly tellAt?: string;
    }
  | {
      readonly kind: 'rightAsked';
      readonly right: Exclude<Right, 'correct'>;
      readonly part?: string;
      readonly agent?: true;
      readonly tellAt?: string;
    }
  /** A verified event does not hold. `lapsed`: the level that stood on nothing else any more, and ended with this action. */
  | { readonly kind: 'eventWithdrawn'; readonly event: string; readonly lapsed?: Level }
  /** Emergency access by one person for a post; a review of it is due. */
  | { readonly kind: 'glassBroken'; readonly post: string; readonly person: string; readonly until: number }
  /** How to come, not why: what the owner of a help task tells those who visit. The words lie in the note. */
  | { readonly kind: 'visitInstructed'; readonly task: string; readonly words: string }
  /** Some fields are shown to another post until a day, for one kind of help; why, lies in the note. */
  | {
      readonly kind: 'shared';
      readonly to: string;
      readonly need: MeasureKind;
      readonly fields: readonly Field[];
      readonly until: number;
    }
  /** A closed case goes back to the assessment with its history; why, lies in the note. */
  | { readonly kind: 'reopened' }
  /**
   * Legal hold: nothing of it is forgotten or erased on request until then, unless it is released before. `since`: from when its
   * longest time counts, which only a proceeding that has begun since the holds before moves.
   */
  | { readonly kind: 'held'; readonly until: number; readonly since: number; readonly proceeding?: Proceeding }
  | { readonly kind: 'holdReleased' }
  /** Its time is over: everybody in it, their words and the notes are gone; this chain says what was done. */
  | { readonly kind: 'forgotten' }
  /** Somebody decides that a person in role is erased; then it is done. */
  | { readonly kind: 'erasureOrdered'; readonly part: string; readonly ground: ErasureGround }
  /** A person in role is erased from the record: `<report>#<place among its people>`. Nothing else changes. */
  | { readonly kind: 'erased'; readonly part: string; readonly ground: ErasureGround }
  /** What others have received of this is called back, for what happened in another log. */
  | { readonly kind: 'recalled'; readonly cause: PassedOnCause; readonly from: LogId }
  /** What an action of this log asks for beyond it is done: by what, and the number of the action. */
  | { readonly kind: 'discharged'; readonly what: Owed['what']; readonly of: number }
  /** Somebody says that two are one, and into which this one goes; why, lies in the note. Until it is done only clocks go on. */
  | { readonly kind: 'mergeOffered'; readonly into: MergeId }
  /** The other one takes it in: from now on its work is done there. `offer`: number of the action that offered it. */
  | {
      readonly kind: 'absorbed';
      readonly source: MergeId;
      readonly hash: string;
      readonly offer: number;
      readonly brought: Brought;
    }
  /** The other one has ended, or is moving itself: it takes nothing in. */
  | { readonly kind: 'mergeDeclined'; readonly source: MergeId; readonly offer: number }
  | { readonly kind: 'merged'; readonly into: MergeId }
  | { readonly kind: 'mergeWithdrawn'; readonly into: MergeId }
  /** They are two after all; why, lies in the note. */
  | { readonly kind: 'unmergeOffered'; readonly source: MergeId }
  /** What went into another is what it was again, with what is its own of what came since. */
  | { readonly kind: 'unmerged'; readonly from: MergeId; readonly givenBack: GivenBack }
  | { readonly kind: 'released'; readonly source: MergeId }
  /** By the reconciler, under which definition of the state machines. */
  | { readonly kind: 'revised'; readonly cause: RevisionCause; readonly definition: string }
  | { readonly kind: 'closed' };

export type ActionKind = Content['kind'];
/** Executions grew old, died or cannot be woken, or came from another definition than the deployed one. */
export type RevisionCause = 'rotated' | 'recovered' | 'deployed';
export type ContentOf<K extends ActionKind> = Extract<Content, { readonly kind: K }>;

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
