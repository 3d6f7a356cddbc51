/** What is help: content that only those who give it see, and that the police never see (S11). */
import { type Fact, factCatalogue } from './facts.ts';
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

/** Whoever has a task of help knows of the need: never the police. */
export const mayHelp = (role: PostRole): boolean => role !== 'community-police';

export const isNeed = ({ type }: Fact): boolean => factCatalogue[type].element === 'needs';

/** What somebody who comes must know at once. */
const dangers: ReadonlySet<Fact['type']> = new Set([
  'threat_to_kill',
  'threat_to_harm',
  'weapon_present',
  'weapon_access',
  'physical_assault',
  'injury',
  'stalking_harassment',
]);
export const isDanger = ({ type, negated }: Fact): boolean => dangers.has(type) && !negated;
