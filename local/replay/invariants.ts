/** What must always be true (design §9), checked on what a replay left: pure functions of the evidence. */
import { everyAccess } from './invariants/accesses.ts';
import { contestsAnswered, forgottenInTime, mergesLoseNothing, sharesShut } from './invariants/afterwards.ts';
import { everyLevelEnds, noSilence } from './invariants/clocks.ts';
import type { Evidence, Finding } from './invariants/evidence.ts';
import { chained, decidedFirst, reportedOnce } from './invariants/log.ts';
import { driven, nobodyNamed, noticed } from './invariants/outside.ts';
import { oneOwner, withinPost } from './invariants/posts.ts';
import { bothWant, citizensSleep, herFirst, nothingRepaired, safetyKept } from './invariants/protection.ts';
import {
  checkInsEnd,
  holdsEnd,
  monthsAddUp,
  recalledIsAskedFor,
  redEnds,
  switchHolds,
} from './invariants/whole-life.ts';

export type { Evidence, Finding } from './invariants/evidence.ts';

/** By their numbers in the design; after them what else protects people. */
export const checkers = {
  '1 one accountable post': oneOwner,
  '2 no silent deadline': noSilence,
  '3 reported once': reportedOnce,
  '4 decided first': decidedFirst,
  '5 notices': noticed,
  '6 driven after a crash': driven,
  '7 complete history': chained,
  '8 within the post': withinPost,
  '8 every access': everyAccess,
  '9 every level ends': everyLevelEnds,
  '10 nobody named': nobodyNamed,
  'both want mediation': bothWant,
  'affected person first': herFirst,
  'safety plans kept': safetyKept,
  'citizens sleep': citizensSleep,
  'nothing repaired': nothingRepaired,
  'contests answered': contestsAnswered,
  'shares shut': sharesShut,
  'merges lose nothing': mergesLoseNothing,
  'forgotten in time': forgottenInTime,
  'red ends': redEnds,
  'recalled is asked for': recalledIsAskedFor,
  'check-ins end': checkInsEnd,
  'holds end': holdsEnd,
  'months add up': monthsAddUp,
  'switch holds': switchHolds,
} as const;

export type Invariant = keyof typeof checkers;
export type Findings = Readonly<Record<string, Finding>>;

export const invariants = (evidence: Evidence): Findings =>
  Object.fromEntries(Object.entries(checkers).map(([name, check]) => [name, check(evidence)]));

export const violations = (findings: Findings): string[] =>
  Object.entries(findings).flatMap(([name, { violated }]) => violated.map((sentence) => `${name}: ${sentence}`));
