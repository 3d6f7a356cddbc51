/**
 * Who received something of a case or dispute that their own view of it does not show them any more, and why they are asked to
 * destroy it (S10). Posts only, never persons; what was received is named by field and never repeated. Pure.
 */
import type { LogId } from './ids.ts';
import type { Field } from './who-may/matrix.ts';
import type { MeasureKind, Named } from './words.ts';

/**
 * How somebody came by it. `worked`: took a task or the whole up that moved on. `talked`: sat at a talk that found the threshold
 * met. `asked`: a department enquiry named both sides. `notified`: the police were told of a danger.
 */
export const receivedBy = ['shared', 'worked', 'talked', 'asked', 'notified'] as const;
export type ReceivedBy = (typeof receivedBy)[number];

/** Why it is called back. `over`: the last day of what was shared has come; `not-needed`: what became of it elsewhere. */
export const recallCauses = ['over', 'resolved', 'level-ended', 'not-needed', 'corrected', 'erased'] as const;
export type RecallCause = (typeof recallCauses)[number];

/** How it stands with what somebody received. `ended`: nothing of it is left to call back. */
export const recipientStates = ['standing', 'called-back', 'destroyed', 'ended'] as const;
export type RecipientState = (typeof recipientStates)[number];

export const receivedByNames: Readonly<Record<ReceivedBy, Named>> = {
  shared: { zh: '按需共享', en: 'shared for a stated need' },
  worked: { zh: '曾经办理', en: 'worked on it before it moved on' },
  talked: { zh: '参加会商', en: 'took part in a talk' },
  asked: { zh: '被协查询问', en: 'was asked one question' },
  notified: { zh: '接到告知', en: 'was told of a danger' },
};

export const recallCauseNames: Readonly<Record<RecallCause, Named>> = {
  over: { zh: '共享期满', en: 'what was shared has come to its last day' },
  resolved: { zh: '已化解，不再需要', en: 'resolved: nothing of it is needed any more' },
  'level-ended': { zh: '等级已终止', en: 'the level or the proposal is over' },
  'not-needed': { zh: '已不再需要', en: 'it is not needed any more' },
  corrected: { zh: '内容已更正，销毁旧件后重新查看', en: 'corrected: destroy what you have and read it anew' },
  erased: { zh: '个人信息已删除', en: 'somebody in it was erased' },
};

export const recipientStateNames: Readonly<Record<RecipientState, Named>> = {
  standing: { zh: '仍可使用', en: 'may have it' },
  'called-back': { zh: '已召回，待确认销毁', en: 'called back, and not yet said to be gone' },
  destroyed: { zh: '已确认销毁', en: 'said to be destroyed' },
  ended: { zh: '已终止，无须召回', en: 'nothing of it is left to call back' },
};

/** What each way tells, as the matrix names it; what was shared names its own fields. */
const told = {
  worked: ['events', 'parties', 'address'],
  talked: ['events'],
  asked: ['sides'],
  notified: ['danger'],
} as const satisfies Readonly<Record<Exclude<ReceivedBy, 'shared'>, readonly Field[]>>;

/** What somebody has of it. */
export interface Grant {
  readonly id: string;
  /** The post that received it: it is asked, and nobody in its place. */
  readonly to: string;
  readonly by: readonly ReceivedBy[];
  readonly at: number;
  /** Of what was shared on purpose. */
  readonly share: Share | null;
  /** Since it is called back; null: it stands. */
  readonly recalled: RecallCause | null;
}

/** Names the log and the action by which it was shared, also where the log is one with another later; it grants nothing. */
export const shareIdOf = (id: LogId, n: number): string => `${id}.share-${n}`;

export interface Share {
  readonly from: string;
  readonly need: MeasureKind;
  readonly fields: readonly Field[];
  /** The view is shut from then on. */
  readonly until: number;
}

export const fieldsOf = ({ by, share }: Grant): Field[] => [
  ...new Set<Field>([...(share?.fields ?? []), ...by.flatMap((one) => (one === 'shared' ? [] : told[one]))]),
];

/** Who sat at a talk, or was told of a danger, was told nobody's name. */
const isNameless = ({ by }: Grant): boolean => by.every((one) => one === 'talked' || one === 'notified');

/**
 * Whom a cause concerns. A resolution asks for nothing back that names nobody; an erasure asks for all that may name somebody,
 * and for a danger that was told of them.
 */
export function concerns(cause: RecallCause, grant: Grant): boolean {
  switch (cause) {
    case 'resolved':
      return !isNameless(grant);
    case 'erased':
      return !grant.by.every((one) => one === 'talked');
    default:
      return true;
  }
}

/** What was shared and may still be read. */
export const isShown = ({ share, recalled }: Grant, now: number): boolean =>
  share !== null && now < share.until && (recalled === null || recalled === 'corrected');
