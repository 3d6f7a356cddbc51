/**
 * What is looked at again after an end: whether an agreement was kept, whether a concern is something new, whether a closed case
 * is to be taken up once more. Pure.
 */
import * as z from 'zod';
import { addDuration } from '../calendar/calendar.ts';
import type { City } from '../config/city.ts';
import { ActionRefused } from '../errors.ts';
import {
  type AnswerTo,
  type ContentOf,
  type Draft,
  type MadeAgreement,
  type ReportedEvent,
  system,
} from './actions.ts';
import { type Context, invalid } from './answering.ts';
import { expiryOf } from './expiry.ts';
import { type FactType, factTypes } from './facts.ts';
import { type AgreementId, agreementIdFor, type LogId } from './ids.ts';
import { legalRoutesFor } from './legal-routes.ts';
import { type Agreement, type CaseState, describeState, openTasks, type State } from './state.ts';
import { isDecided, verifiedIn } from './told.ts';
import { agreementOutcomes } from './words.ts';

/** @param of the task or report that it came of; @param on since when it is in force, epoch ms */
export const agreementMade = (city: City, log: LogId, of: string, on: number): MadeAgreement => ({
  id: agreementIdFor(log, of),
  check: addDuration(city, on, city.agreementCheck),
});

/** An agreement that nobody has looked at yet, nor is asked to. */
function agreementUnchecked(state: State, id: AgreementId): Agreement | undefined {
  return isAskedAbout(state, id) ? undefined : state.agreements.find((one) => one.id === id && one.outcome === null);
}

/** Somebody is asked whether it was kept, also where all else is closed. */
export function checkDraft(state: State, id: AgreementId, at: number): Draft | undefined {
  const agreement = agreementUnchecked(state, id);
  if (!agreement || agreement.check > at) return undefined;
  const want = { kind: 'agreement-check', about: id } as const;
  return { at, by: system, key: `agreement-check ${id}`, rev: 0, content: { kind: 'asked', want } };
}

/** Somebody is to look whether it was kept, now. */
export const isAskedAbout = (state: State, id: AgreementId): boolean =>
  [...openTasks(state), ...state.wants].some(({ kind, about }) => kind === 'agreement-check' && about === id);

export const agreementCheckAnswer = z.strictObject({
  task: z.literal('agreement-check'),
  outcome: z.enum(agreementOutcomes),
  again: z.boolean().default(true).describe('Of a broken one: false where a party refuses to try once more'),
  note: z.string().min(1).max(200).optional(),
});

/** Where a party refuses, nobody makes them: they are told where else they can go (人民调解法 17, 26). */
export function agreementLookedAt(
  { state }: Context,
  { outcome, again }: z.infer<typeof agreementCheckAnswer>,
): AnswerTo<'agreement-check'> {
  const task = 'agreement-check';
  if (outcome !== 'broken') return { task, outcome };
  return again ? { task, outcome } : { task, outcome, routes: legalRoutesFor(state.disputeType) };
}

/** What whoever looked again saw themself: a new event, and verified. @throws InputInvalid where nothing was seen */
export function seenAnew({ task, by, at }: Context, facts: readonly FactType[]): ReportedEvent {
  if (facts.length === 0) throw invalid('facts', facts, `at least one of ${factTypes.join(', ')}`);
  const types = [...new Set(facts)].sort();
  return { id: `E-${task.no}`, at, facts: types.map((type) => ({ type })), verified: by.post };
}

/** Rests on events, so where none was verified there is nothing to take up; where a contest ended it, they have been judged. */
const otherwise = ['a report of its own'];

/** What was decided on was contested, and the contest is right; nothing has come to hold since. */
const isJudged = (state: CaseState): boolean =>
  state.contests.some(({ answered }) => answered?.outcome === 'upheld' && answered.n > (state.decision?.n ?? 0)) &&
  isDecided(state);

/**
 * Work beside its end keeps nobody from taking it up again; its twelve months count from that end.
 * @throws ActionRefused
 */
export function reopened(city: City, state: CaseState, at: number): ContentOf<'reopened'> {
  const refuse = (why: string, allowed: readonly string[] = otherwise) =>
    new ActionRefused('reopening', `${describeState(state)}${why}`, allowed);
  const { status, endsAs, endedAt } = state;
  if (status !== 'closed' && status !== 'ending') throw refuse('', ['what its open tasks ask for']);
  if (endsAs === 'merged') throw refuse(' into another', ['reopening that one']);
  if (endsAs === 'contested' || isJudged(state)) throw refuse(' by a contest that was upheld');
  // Also where only the names went: then nobody is left whom it would be about.
  const due = endedAt === null ? undefined : expiryOf(city, state, endedAt);
  if (state.forgottenAt !== null || (due?.what === 'names' && due.at <= at)) throw refuse(' and forgotten');
  if (endedAt !== null && addDuration(city, endedAt, city.reopening) <= at) {
    throw refuse(` for longer than ${city.reopening.count} ${city.reopening.unit}`);
  }
  if (verifiedIn(state).length === 0) throw refuse(' without a verified event');
  return { kind: 'reopened' };
}
