/** What a case or a dispute is at a number: the result of folding its actions, never written by itself. */
import type {
  ContentOf,
  Deferral,
  MadeAgreement,
  PauseReason,
  PlannedMeasure,
  ReportedEvent,
  Want,
} from './actions.ts';
import {
  type CaseId,
  type DisputeId,
  type FolderId,
  isDisputeId,
  type LogId,
  type ReferralId,
  type RoundId,
} from './ids.ts';
import {
  type Absorbed,
  type Merged,
  type Moving,
  mergedInto,
  namesOf,
  type Origin,
  type RestingCase,
  type RestingDispute,
} from './merged.ts';
import type { Proposal } from './model.ts';
import type { Owed } from './owing.ts';
import type { Grant } from './recalling.ts';
import type { LawClock } from './statutory.ts';
import type {
  AgreementOutcome,
  Channel,
  Correction,
  DisputeType,
  DutyChannel,
  EnquiryOutcome,
  EnquiryQuestion,
  Level,
  MeasureKind,
  ReferralKind,
  Right,
  Side,
  TaskKind,
  Urgency,
} from './words.ts';

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
  'assigned',
  'extended',
  'tightened',
  'page',
  'invited',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** A notice that the record has decided on; whether it went out is told by its claim. */
export interface Notice {
  readonly kind: NoticeKind;
  readonly step: number;
  readonly post: string;
  /** Of a call: to whom, and by what. */
  readonly person?: string;
  readonly channel?: DutyChannel;
  readonly at: number;
}

/** Somebody was called; after the last one nobody else is left to call. */
export interface Page {
  readonly person: string | null;
  readonly at: number;
  readonly last: boolean;
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
  /** Who acknowledged: named for the work until it changes hands. */
  readonly takenBy: string | null;
  /** A second post that takes part, and when it acknowledged. */
  readonly joining: string | null;
  readonly joinedAt: number | null;
  /** Posts asked to take part in a talk. */
  readonly invited: readonly string[];
  /** When something was first done about it in the present window, and how often it was tried in all. */
  readonly actedAt: number | null;
  readonly attempts: number;
  /** Since when its clocks stand still, and for what. */
  readonly paused: { readonly at: number; readonly waitingFor: PauseReason } | null;
  readonly extensions: number;
  /** When the present owner's windows began and end. */
  readonly since: number;
  readonly ackDue: number | null;
  readonly actDue: number | null;
  readonly due: number;
  /** It ends by itself then. */
  readonly ends: number | null;
  /** The clock of law beside it; `passed`: what the law says of its end has come, `longer`: it was put off as the law allows. */
  readonly law: (LawClock & { readonly passed: boolean; readonly longer: boolean }) | null;
  readonly urgency: Urgency | null;
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
  readonly about: string | null;
  readonly mediator: string | null;
  /** Of a mediation: which parties have said that they want it. */
  readonly consents: readonly Side[];
  readonly handOff: HandOff | null;
  readonly handOffs: number;
  /** How often it came back, declined or not answered, since it was last decided whose it is. */
  readonly returns: number;
  /** Calls to people on duty in the present window. */
  readonly pages: readonly Page[];
  readonly notices: readonly Notice[];
  /** Keys of the commands already applied to it. */
  readonly keys: readonly string[];
  /** Where it was before two became one. */
  readonly origin?: Origin;
}

/** duplicate: another telling of an event that stands beside it, and counts there. */
export const eventStates = ['unverified', 'verified', 'withdrawn', 'duplicate'] as const;
export type EventState = (typeof eventStates)[number];

export interface CaseEvent extends ReportedEvent {
  /** It came with what was taken in, or under an identity of that; its id there. */
  readonly origin?: Origin;
  readonly state: EventState;
  /** Nobody has said when it happened: `at` is when it was told. */
  readonly undated: boolean;
  /** The event that this is another telling of. What it alone tells counts by itself, and is no duplicate. */
  readonly sameAs?: string;
  readonly channel: Channel;
  /** Of the dispute that it came with; absent: that of the case. */
  readonly disputeType?: DisputeType;
  /** Somebody other than its reporter has confirmed what was told; that it happened is verified apart. */
  readonly confirmed: boolean;
  /** When we were told: clocks count from receipt. */
  readonly receivedAt: number;
  readonly report: string | null;
}

/** Something that is told, or holds, by itself: neither withdrawn nor a duplicate of another. */
export const standsByItself = ({ state }: Pick<CaseEvent, 'state'>): boolean =>
  state === 'unverified' || state === 'verified';

export interface LevelState {
  readonly colour: Level;
  readonly since: number;
  /** The decision that began it or, from what happened after that, began it anew: epoch ms. */
  readonly begins: number;
  readonly lapses: number;
  /** Red only: until a second person of another department has agreed, whose decision it rests on. */
  readonly awaits: { readonly person: string; readonly department: string } | null;
  /** This orange is what a red became: it lapses to none. */
  readonly afterRed: boolean;
  readonly renewed: boolean;
  /** The independent reviewer did not renew it: nobody is asked again on the same events. */
  readonly declined?: true;
  /** Decided anew on the same events: it lasts no longer than it would have. */
  readonly most?: number;
  /** This red was raised on the same events: nor does the orange that it becomes. */
  readonly raised?: true;
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
export const closedAs = [
  'dismissed',
  'unfounded',
  'below-threshold',
  'lapsed',
  'contested',
  'completed',
  'merged',
] as const;
export type ClosedAs = (typeof closedAs)[number];

type AgreementTold = ContentOf<'agreementTold'>;

/** What parties agreed on, and whether it was kept. */
export interface Agreement extends MadeAgreement {
  /** Since when it is in force. */
  readonly on: number;
  /** null: not looked at yet. */
  readonly outcome: AgreementOutcome | null;
  /** It was broken, and nobody refuses to sit together once more. */
  readonly again?: true;
  /** What the parties themselves said of it; whoever looks at it decides. */
  readonly said?: Readonly<Partial<Record<AgreementTold['party'], AgreementTold['outcome']>>>;
}

export const contestOutcomes = ['upheld', 'lowered', 'rejected', 'lapsed', 'overtaken'] as const;
/** lapsed: nobody answered in time. overtaken: the level ended otherwise, or was decided on anew from new events. */
export type ContestOutcome = (typeof contestOutcomes)[number];

/** What somebody asked for was answered: by which action, and in which note the reason lies. */
export interface Answered<O extends string> {
  readonly n: number;
  readonly at: number;
  readonly outcome: O;
  readonly note: string | null;
  /** Which post answered; null: nobody did, it ended otherwise. */
  readonly post: string | null;
}

/** Somebody is to hear what becomes of what they asked. */
interface Asked {
  /** Where they are named, `<report>#<place among its people>`: by the channel that is called safe there. */
  readonly tellAt: string | null;
  /** When somebody first took it up. */
  readonly takenUpAt: number | null;
}

/** The person concerned, or an agent for them, says that a decision on the level is wrong (S8). */
export interface Contest extends Asked {
  /** Number of its action. */
  readonly n: number;
  /** When it was received: its days count from then. */
  readonly at: number;
  /** Number of the decision. */
  readonly decision: number;
  readonly level: Level;
  /** Notes with what was written: its own, and of facts that came later. */
  readonly notes: readonly string[];
  readonly agent: boolean;
  readonly answered: Answered<ContestOutcome> | null;
}

/** What somebody asks for about their own data (PIPL 44–50). */
export interface RightsRequest extends Asked {
  readonly n: number;
  readonly at: number;
  readonly right: Right;
  /** Of a correction. */
  readonly what: Correction | null;
  readonly event: string | null;
  /** Whose: `<report>#<place among its people>`; null: the person concerned of the case. */
  readonly part: string | null;
  readonly note: string;
  readonly agent: boolean;
  readonly answered: Answered<'granted' | 'corrected' | 'refused'> | null;
}

interface LogState {
  readonly n: number;
  readonly hash: string;
  readonly rev: number;
  readonly revisedAt: number;
  /** Revisions of cause `recovered` under one definition since the last other action. */
  readonly recoveries: number;
  /** Of the state machines, under which it was last revised by the reconciler; null: it never was. */
  readonly definition: string | null;
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
  /** Work that was asked for and has no task yet. */
  readonly wants: readonly Want[];
  /** Keys of the commands applied to the whole. */
  readonly keys: readonly string[];
  /** Somebody was helped: what comes later is not the first help. */
  readonly helped: boolean;
  /** Who has received something of it beside their own view, until they have said that it is gone. */
  readonly grants: readonly Grant[];
  /** When it ended as a whole: how long it is kept counts from then, whatever small work came after. */
  readonly endedAt: number | null;
  /** Legal hold: kept until then; and from when the longest time of holds counts. */
  readonly heldUntil: number | null;
  readonly heldSince: number | null;
  readonly agreements: readonly Agreement[];
  readonly requests: readonly RightsRequest[];
  /** What an action here asks for beyond this log, until it is done. */
  readonly owed: readonly Owed[];
  /** Persons who decided, answered or did anything in it: none of them reviews it (S8). */
  readonly acted: readonly string[];
}

export interface CaseState extends LogState {
  readonly subject: 'case';
  readonly id: CaseId;
  readonly moving: Moving | null;
  readonly merged: Merged<RestingCase> | null;
  readonly absorbed: readonly Absorbed[];
  readonly disputes: readonly DisputeId[];
  readonly status: CaseStatus;
  /** The post accountable took the whole over from another: what the list would give to that one is its own. */
  readonly handedOver: boolean;
  /** How often the whole came back, declined or not answered, since it was last decided whose it is. */
  readonly returns: number;
  readonly events: readonly CaseEvent[];
  readonly assessment: {
    readonly n: number;
    readonly proposal: Proposal;
    readonly inputHash: string;
    readonly trend: string;
    readonly points: number;
    /** The events that it is made of. */
    readonly known: readonly string[];
  } | null;
  /** An event that holds has come in since the way began (anew). */
  readonly fresh: boolean;
  /** Somebody asked for a new assessment and decision although the events are the same. */
  readonly reassess: boolean;
  /** The newest decision. `onAssessment`: number of the assessment it answered; `known`: what held then, and was before whoever decided. */
  readonly decision: {
    readonly n: number;
    readonly onAssessment: number;
    readonly known: readonly string[];
    readonly level: Level | null;
    readonly person: string;
  } | null;
  /** A supervisor wants it decided anew although it was proposed just so. */
  readonly decideAnew: boolean;
  readonly level: LevelState | null;
  /** The affected person was contacted: the plan may begin. */
  readonly contacted: boolean;
  /** The events that were there when a protective first contact was last ordered: no second one rests on the same. */
  readonly contactEvents: readonly string[];
  /** A safety plan stands: no end of a level or a case ends it, only whoever looks after it. */
  readonly safetyPlan: boolean;
  readonly notice: NoticeState;
  /** The person concerned was told, also of a raised level where telling them is put off. */
  readonly told: boolean;
  /** Who told of it can be identified. */
  readonly named: boolean;
  /** The newest multi-agency talk, by the assessment it was held on. */
  readonly talk: { readonly onAssessment: number; readonly outcome: 'met' | 'not-met' } | null;
  /** What talks have agreed on and no plan holds yet. */
  readonly agreed: readonly PlannedMeasure[];
  /** The affected person, asked alone, wants joint sessions although there was violence. */
  readonly optIn: boolean;
  readonly plan: { readonly n: number; readonly waiting: readonly PlannedMeasure[] } | null;
  /** The level has changed since the plan was made: it is to be looked at again. */
  readonly replan: boolean;
  readonly measuresDone: number;
  readonly reviewedAt: number | null;
  readonly resolvedAs: Level | null;
  readonly resolvedAt: number | null;
  readonly checkInsSet: boolean;
  readonly concern: boolean;
  readonly endsAs: ClosedAs | null;
  /** Since when nobody is named in it any more: its time was over. */
  readonly forgottenAt: number | null;
  readonly contests: readonly Contest[];
  readonly glass: readonly Glass[];
  /** The note with the visit instruction; `log`: where it lies, of a case that was taken in. */
  readonly visit: { readonly words: string; readonly post: string; readonly log?: CaseId } | null;
}

/** Of the notice to the person concerned. */
export interface NoticeState {
  /** The highest level of which they were told. */
  readonly of: Level | null;
  /** Put off until then, and whether a second person has agreed. */
  readonly deferral: (Deferral & { readonly agreed: boolean }) | null;
  /** Since when it has been put off, one deferral after the other. */
  readonly since: number | null;
  /** The affected person was told of it and the safety plan reviewed: from then on it may go out. */
  readonly clear: number | null;
}

/** What has no way of its own: its work is what was asked for, and when that is done it closes. */
interface MatterState extends LogState {
  readonly status: 'open' | 'closed';
  /** `<task>:<outcome>`, in order. */
  readonly outcomes: readonly string[];
}

export interface DisputeState extends MatterState {
  readonly subject: 'dispute';
  readonly id: DisputeId;
  readonly moving: Moving | null;
  readonly merged: Merged<RestingDispute> | null;
  readonly absorbed: readonly Absorbed[];
  readonly cases: readonly CaseId[];
  /** Reports that neither opened a case nor joined one. */
  readonly unjoined: readonly string[];
  /** What departments answered when they were asked, in order. */
  readonly enquiries: readonly Enquiry[];
  /** Persons in role who are told by a safe channel: `<report>#<place among its people>`. */
  readonly reachable: readonly string[];
  /** Which messages to them are over: sent, or there was no safe channel any more. */
  readonly informed: readonly string[];
}

/** One question about one dispute, put to a department, and its answer. */
export interface Enquiry {
  readonly task: string;
  readonly department: string;
  readonly question: EnquiryQuestion;
  readonly outcome: EnquiryOutcome;
}

/** Help without a dispute: wanted, offered, accepted or not. */
export interface ReferralState extends MatterState {
  readonly subject: 'referral';
  readonly id: ReferralId;
  /** What is wanted and not yet answered: the offer is about it. */
  readonly help: readonly ReferralKind[];
  readonly reachable: readonly string[];
  readonly informed: readonly string[];
}

/** A grid round: places to look at on a day, never persons. */
export interface RoundState extends MatterState {
  readonly subject: 'round';
  readonly id: RoundId;
  readonly day: string;
  readonly places: readonly string[];
  /** Places where a dispute was found. */
  readonly found: readonly string[];
}

export type Matter = DisputeState | ReferralState | RoundState;
export type State = CaseState | Matter;

/** The disputes that a log is about. */
const disputesOf = (state: State): readonly DisputeId[] =>
  state.subject === 'case' ? state.disputes : namesOf(state).filter(isDisputeId);

/** Where the people of a log and their words are kept. */
export const foldersOf = (state: State): readonly FolderId[] =>
  state.subject === 'referral' ? [state.id] : disputesOf(state);

export const openTasks = (state: State): Task[] => Object.values(state.tasks);
/** What people do: a message to a citizen goes out by itself. */
export const openWork = (state: State): Task[] => openTasks(state).filter(({ kind }) => kind !== 'citizen-notice');
/** The level that stands; only a case has one. */
export const colourOf = (state: State): Level | null =>
  state.subject === 'case' ? (state.level?.colour ?? null) : null;
export const isClosed = (state: State): boolean => state.status === 'closed';
/** Of this cycle nobody has decided anything yet. */
export const isUndecided = ({ status }: CaseState): boolean => status === 'reported' || status === 'assessed';
/** A level stands, or is still to be decided on: what rests on its events is assessed again where these change. */
export const isAtStake = (state: CaseState): boolean => state.level !== null || isUndecided(state);

/** How the state reads to whom it is about: that it is part of another, and at which level, is not told by a refusal. */
export const describeToOneself = ({ subject, id, status }: State): string => `${subject} ${id} is ${status}`;

/** How the state reads in a refusal. */
export const describeState = (state: State): string =>
  `${state.subject} ${state.id} is ${mergedInto(state) ? 'merged' : state.status}${state.subject === 'case' && state.level ? ` at ${state.level.colour}` : ''}`;

export type { CaseId, DisputeId, LogId };
