/** What is help: content that only those who give it see, and that the police never see (S11). */
import { type Fact, type FactType, factCatalogue } from './facts.ts';
import type { State } from './state.ts';
import type { MeasureKind, PostRole, TaskKind } from './words.ts';

export const helpKinds: ReadonlySet<MeasureKind> = new Set([
  'counselling',
  'crisis-intervention',
  'hardship-relief',
  'work-and-training',
  'newcomer-support',
]);
export const helpTasks: ReadonlySet<TaskKind> = new Set(['crisis-help', 'offer-help']);
export const protectTasks: ReadonlySet<TaskKind> = new Set([
  'protect',
  'child-protection',
  'safety-plan',
  'forewarn',
  'protective-contact',
]);

export const isHelp = ({ kind, measure }: { readonly kind: TaskKind; readonly measure: MeasureKind | null }): boolean =>
  helpTasks.has(kind) || (measure !== null && helpKinds.has(measure));

/** In a referral all work is help, also an interpreter's or legal aid. */
export const isHelpIn = (
  subject: State['subject'],
  work: { readonly kind: TaskKind; readonly measure: MeasureKind | null },
): boolean => subject === 'referral' || isHelp(work);

/** Whoever has a task of help knows of the need: never the police. */
export const mayHelp = (role: PostRole): boolean => role !== 'community-police';

export const isNeed = ({ type }: Fact): boolean => factCatalogue[type].element === 'needs';

/** What somebody who comes must know at once. */
export const dangerTypes = [
  'threat_to_kill',
  'threat_to_harm',
  'weapon_present',
  'weapon_access',
  'physical_assault',
  'injury',
  'stalking_harassment',
] as const satisfies readonly FactType[];
const dangers: ReadonlySet<FactType> = new Set(dangerTypes);
export const isDanger = ({ type, negated }: Fact): boolean => dangers.has(type) && !negated;
