/**
 * Mediation happens only while both parties want it (人民调解法 17); where there was violence between partners or in a family,
 * nobody is brought to one table unless the affected person, spoken to alone, wants it (S6). Pure.
 */
import * as z from 'zod';
import { ActionRefused, JointSessionBarred } from '../errors.ts';
import type { Answer, Content } from './actions.ts';
import { agreementMade } from './afterwards.ts';
import { type Context, invalid } from './answering.ts';
import type { FactType } from './facts.ts';
import { dangerTypes } from './help.ts';
import { type LegalRoute, legalRoutesFor } from './legal-routes.ts';
import { leastWords } from './plain-words.ts';
import { type CaseState, describeState, type State, type Task } from './state.ts';
import { type DisputeType, type MeasureKind, mediationKinds, sides } from './words.ts';

export const isMediation = (kind: MeasureKind | null): boolean => mediationKinds.some((one) => one === kind);

export const consentBody = z.strictObject({
  party: z.enum(sides).describe('Whose wish it is'),
  wants: z.boolean().describe('false ends the mediation at once'),
});

/** A refusal names where else the party can go. @throws ActionRefused */
export function consented(state: State, task: Task, { party, wants }: z.infer<typeof consentBody>): Content {
  if (!isMediation(task.measure)) {
    throw new ActionRefused('a consent', `task ${task.no} of ${state.id} is no mediation`, ['answer']);
  }
  const routes = legalRoutesFor(state.disputeType);
  return { kind: 'consented', task: task.no, party, wants, ...(wants ? {} : { routes }) };
}

/** Of a mediation that ended without an agreement: where else the parties can go. */
const routesAfter = (state: State, { measure }: Task): { routes?: readonly LegalRoute[] } =>
  isMediation(measure) ? { routes: legalRoutesFor(state.disputeType) } : {};

/** The routes that an action told. */
export function routesIn(content: Content): readonly LegalRoute[] {
  if (content.kind === 'consented' || content.kind === 'ended' || content.kind === 'routesTold') {
    return content.routes ?? [];
  }
  if (content.kind !== 'answered' || !('routes' in content.answer)) return [];
  return content.answer.routes ?? [];
}

export const measureAnswer = z.strictObject({
  task: z.literal('measure'),
  outcome: z.enum(['done', 'refused', 'failed', 'agreed']),
  on: z.iso.datetime({ offset: true }).optional().describe('When the agreement came into force; absent: now'),
  note: z.string().min(1).max(1000).optional().describe('Of an agreement: its words, which are kept sealed'),
});

/** @throws InputInvalid */
export function measured(
  { city, state, task, at }: Context,
  { outcome, on, note }: z.infer<typeof measureAnswer>,
): Answer {
  if (outcome === 'done') return { task: 'measure', outcome };
  if (outcome !== 'agreed') return { task: 'measure', outcome, ...routesAfter(state, task) };
  if (!isMediation(task.measure)) {
    throw invalid('outcome', outcome, 'done, refused, failed: only a mediation ends in an agreement');
  }
  if (note === undefined) throw invalid('note', null, 'the words of the agreement');
  const since = on === undefined ? at : Date.parse(on);
  if (since > at) throw invalid('on', on, 'a day that has come');
  return { task: 'measure', outcome, on: since, agreement: agreementMade(city, state.id, task.no, since) };
}

const lacking = ({ consents }: Task) => sides.filter((party) => !consents.includes(party));

/** Nothing comes of a mediation that not both have said they want. @throws ActionRefused */
export function checkConsents(task: Task, answer: Answer): void {
  if (answer.task !== 'measure' || !isMediation(task.measure)) return;
  const missing = answer.outcome === 'done' || answer.outcome === 'agreed' ? lacking(task) : [];
  if (missing.length > 0) {
    const without = `task ${task.no} is without the consent of ${missing.join(' and ')}`;
    throw new ActionRefused(`answering ${answer.outcome}`, without, ['consent', 'refused', 'failed']);
  }
}

/** Between partners or in a family. */
export const isAtHome = (disputeType: DisputeType): boolean =>
  disputeType === 'marriage_family' || disputeType === 'intimate_partner';

const violence: ReadonlySet<FactType> = new Set([...dangerTypes, 'property_damage']);

/** Violence between partners or in a family was reported, and not withdrawn. */
export const isViolentAtHome = ({ events, disputeType }: Pick<CaseState, 'events' | 'disputeType'>): boolean =>
  events.some(
    (event) =>
      event.state !== 'withdrawn' &&
      isAtHome(event.disputeType ?? disputeType) &&
      event.facts.some(({ type, negated }) => violence.has(type) && !negated),
  );

/** Nobody may be brought to one table. */
export const areJointSessionsBarred = (state: State): boolean =>
  state.subject === 'case' && !state.optIn && isViolentAtHome(state);

/** @throws JointSessionBarred */
export function checkJointSessions(state: State, kinds: readonly (MeasureKind | null | undefined)[]): void {
  const joint = kinds.find((kind) => kind && isMediation(kind));
  if (joint && areJointSessionsBarred(state)) {
    throw new JointSessionBarred(
      `${joint} in ${state.id}: there was violence between partners or in the family, and the affected person has not, spoken to alone, opted in`,
    );
  }
}

export const optInBody = z.strictObject({
  wants: z.boolean().describe('She wants to sit at one table with the other side; false takes it back'),
  alone: z.boolean().default(false).describe('She was spoken to alone, before; needed for an opt-in'),
  reason: leastWords(20, 200).describe('How she was asked, and what she said'),
});

/** @throws InputInvalid, ActionRefused */
export function optedIn(state: CaseState, { wants, alone }: z.infer<typeof optInBody>): Content {
  if (wants && !alone) {
    throw invalid('alone', alone, 'true: she is spoken to alone before');
  }
  if (wants && !isViolentAtHome(state)) {
    throw new ActionRefused('an opt-in', `${describeState(state)} without violence between partners or in a family`, [
      'consent',
    ]);
  }
  return { kind: 'optedIn', wants };
}
