/** What a post may answer to a task, and the action that the answer becomes. */
import * as z from 'zod';
import { listed } from '../config/posts.ts';
import { ActionRefused, InputInvalid, NotYours } from '../errors.ts';
import { type Answer, deferralGrounds } from './actions.ts';
import { agreementCheckAnswer, agreementLookedAt, seenAnew } from './afterwards.ts';
import { type Context, caseOf, invalid } from './answering.ts';
import { contestAnswer, contestDecided, contestSecondAnswer, contestSeconded } from './contesting.ts';
import {
  decideAnswer,
  decided,
  decisionNote,
  reasonReviewAnswer,
  reasonReviewed,
  second,
  secondAnswer,
} from './deciding.ts';
import { factTypes } from './facts.ts';
import { confirmFactsAnswer, factsConfirmed, verified, verifyAnswer } from './first-look.ts';
import { assigned, takeOverAnswer, takeOverAnswered } from './handing-over.ts';
import { measureAnswer, measured } from './mediation.ts';
import { forewarnAnswer, notifyAnswer, secondDeferralAnswer, type Telling } from './noticing.ts';
import { settledAs } from './ordinary.ts';
import { planAnswer, planMade, planned, plannedMeasure } from './planning.ts';
import {
  lapseReviewAnswer,
  lapseReviewed,
  renewAnswer,
  renewal,
  renewalReviewAnswer,
  renewalReviewed,
} from './renewing.ts';
import { faultsOf } from './report.ts';
import { reviewed } from './reviewing.ts';
import { correctionAnswer, correctionDecided, rightDecided, rightsAnswer } from './rights.ts';
import { safetyPlanAnswer } from './safety.ts';
import { talkAnswer, talked } from './talking.ts';
import { enquiryOutcomes, referralKinds, safetyReviews, type TaskKind } from './words.ts';

const note = z.string().min(1).max(200).optional();

/** What the body of an answer looks like for each kind of task; `task` is added from the task itself. */
export const answerSchema = z.discriminatedUnion('task', [
  z.strictObject({
    task: z.literal('round'),
    outcome: z.enum(['done']),
    found: z.array(z.string().max(60)).max(100).default([]).describe('Places where a dispute was found'),
    note,
  }),
  z.strictObject({
    task: z.literal('settle'),
    outcome: z.enum(['settled', 'failed']),
    on: z.iso
      .datetime({ offset: true })
      .optional()
      .describe('When a mediation agreement came into force: it may be confirmed by a court for 30 days'),
    note: z.string().min(1).max(1000).optional().describe('Of an agreement: its words, which are kept sealed'),
  }),
  // No word more comes back: one question, one answer.
  z.strictObject({ task: z.literal('enquiry'), outcome: z.enum(enquiryOutcomes) }),
  z.strictObject({ task: z.literal('police-notice'), outcome: z.enum(['received']) }),
  z.strictObject({
    task: z.literal('offer-help'),
    outcome: z.enum(['accepted', 'declined']),
    help: z.array(z.enum(referralKinds)).max(6).default([]).describe('What of the help offered is accepted'),
    mediators: z
      .partialRecord(z.enum(referralKinds), z.string().max(40))
      .default({})
      .describe('Whom the person chose, of the registry, for each kind'),
    note,
  }),
  z.strictObject({ task: z.literal('crisis-help'), outcome: z.enum(['helped', 'declined']), note }),
  z.strictObject({ task: z.literal('child-protection'), outcome: z.enum(['protected']), note }),
  confirmFactsAnswer,
  verifyAnswer,
  z.strictObject({ task: z.literal('protective-contact'), outcome: z.enum(['contacted', 'not-needed']), note }),
  talkAnswer,
  z.strictObject({
    task: z.literal('minutes'),
    outcome: z.enum(['written']),
    actions: z.array(plannedMeasure).max(8).default([]).describe('What was agreed: measures of the plan'),
    note,
  }),
  decideAnswer,
  secondAnswer,
  reasonReviewAnswer,
  z.strictObject({
    task: z.literal('protect'),
    outcome: z.enum(['protected']),
    safetyPlan: z.enum(['made', 'not-wanted']).default('made').describe('What became of a safety plan'),
    note,
  }),
  z.strictObject({ task: z.literal('safety-plan'), outcome: z.enum(['kept', 'ended']), note }),
  z.strictObject({
    task: z.literal('forewarn'),
    outcome: z.enum(['told']),
    safetyPlan: z.enum(safetyReviews).describe('What became of the safety plan: kept or changed where one stands'),
    note,
  }),
  z.strictObject({
    task: z.literal('notify'),
    outcome: z.enum(['told', 'deferred']),
    ground: z.enum(deferralGrounds).optional().describe('Legal ground of a deferral'),
    until: z.iso
      .datetime({ offset: true })
      .optional()
      .describe('End of a deferral; absent: as long as the city allows'),
    note,
  }),
  z.strictObject({ task: z.literal('second-deferral'), outcome: z.enum(['agree', 'disagree']), note }),
  planAnswer,
  z.strictObject({ task: z.literal('assign'), outcome: z.enum(['assigned']), owner: z.string(), note }),
  measureAnswer,
  z.strictObject({ task: z.literal('confirm-agreement'), outcome: z.enum(['filed', 'not-wanted']), note }),
  takeOverAnswer,
  z.strictObject({
    task: z.literal('review'),
    outcome: z.enum(['continue', 'reassess']),
    facts: z
      .array(z.enum(factTypes))
      .max(12)
      .default([])
      .describe('After a resolution: what was newly seen; without it there is nothing to assess anew'),
    note,
  }),
  renewAnswer,
  renewalReviewAnswer,
  lapseReviewAnswer,
  contestAnswer,
  contestSecondAnswer,
  correctionAnswer,
  rightsAnswer,
  agreementCheckAnswer,
  // No word more: what was destroyed is not told again.
  z.strictObject({ task: z.literal('destroy'), outcome: z.enum(['destroyed', 'nothing-held']) }),
  z.strictObject({ task: z.literal('tell-hold'), outcome: z.enum(['told']), note }),
  z.strictObject({ task: z.literal('resolve'), outcome: z.enum(['resolved', 'not-yet']), note }),
  z.strictObject({ task: z.literal('access-review'), outcome: z.enum(['justified', 'unjustified']), note }),
  z.strictObject({
    task: z.literal('check-in'),
    outcome: z
      .enum(['well', 'declined', 'declined-all', 'concern', 'relapse'])
      .describe('declined: this one; declined-all: the person wants none of those that are left either'),
    facts: z.array(z.enum(factTypes)).max(12).default([]),
    note,
  }),
]);
type Given = z.infer<typeof answerSchema>;
type GivenTo<K extends TaskKind> = Extract<Given, { task: K }>;
/** @throws InputInvalid, NotYours, ActionRefused */
export function answerOf(context: Context, body: unknown): { answer: Answer; reason?: string } {
  const input = { ...(typeof body === 'object' ? body : {}), task: context.task.kind };
  const parsed = answerSchema.safeParse(input);
  if (!parsed.success) throw new InputInvalid(faultsOf(parsed.error, input));
  const given = parsed.data;
  if (given.task === 'decide') return { answer: decided(context, given), reason: decisionNote(given) };
  const reason = 'note' in given ? given.note : undefined;
  return { answer: answered(context, given), ...(reason ? { reason } : {}) };
}

function answered(context: Context, given: Exclude<Given, { task: 'decide' }>): Answer {
  switch (given.task) {
    case 'round':
      return round(context, given);
    case 'settle':
      return settledAs(context, given.outcome, given.on);
    case 'offer-help':
      return helpAccepted(context, given);
    case 'child-protection':
      return childProtected(context, given);
    case 'confirm-facts':
      return factsConfirmed(context, given);
    case 'verify':
      return verified(context, given);
    case 'talk':
      return talked(context, given);
    case 'reason-review':
      return reasonReviewed(context, given);
    case 'minutes':
      return { task: 'minutes', outcome: given.outcome, actions: planned(context, given.actions, 'actions') };
    case 'safety-plan':
      return safetyPlanAnswer(given.outcome, given.note);
    case 'forewarn':
      return forewarnAnswer(telling(context), given.safetyPlan);
    case 'notify':
      return notifyAnswer(telling(context), given);
    case 'second-deferral':
      return secondDeferralAnswer(telling(context), given.outcome);
    case 'plan':
      return planMade(context, given);
    case 'assign':
      return assigned(context, given.owner);
    case 'measure':
      return measured(context, given);
    case 'take-over':
      return takeOverAnswered(context, given);
    case 'second':
      return second(context, given);
    case 'review':
      return reviewed(context, given);
    case 'contest':
      return contestDecided(context, given);
    case 'contest-second':
      return contestSeconded(given);
    case 'correction':
      return correctionDecided(context, given);
    case 'rights-request':
      return rightDecided(context, given);
    case 'renew':
      return renewal(context, given);
    case 'renewal-review':
      return renewalReviewed(context, given);
    case 'lapse-review':
      return lapseReviewed(context, given);
    case 'check-in': {
      const { outcome, facts } = given;
      if (outcome !== 'relapse') return { task: 'check-in', outcome };
      return { task: 'check-in', outcome, event: seenAnew(context, facts) };
    }
    case 'agreement-check':
      return agreementLookedAt(context, given);
    case 'police-notice':
    case 'enquiry':
    case 'destroy':
      return given;
    default: {
      const { note: _, ...answer } = given;
      return answer;
    }
  }
}

const telling = (context: Context): Telling => ({ ...context, state: caseOf(context) });

function round({ state }: Context, { outcome, found }: GivenTo<'round'>): Answer {
  const places = state.subject === 'round' ? state.places : [];
  found.forEach((place, i) => {
    if (!places.includes(place)) throw invalid(`found.${i}`, place, `a place of this round: ${places.join(', ')}`);
  });
  return { task: 'round', outcome, found };
}

function helpAccepted({ city, state }: Context, { outcome, help, mediators }: GivenTo<'offer-help'>): Answer {
  if (outcome === 'declined') return { task: 'offer-help', outcome };
  const offered = state.subject === 'referral' ? state.help : [];
  const accepted = help.length > 0 ? help : offered;
  accepted.forEach((kind, i) => {
    if (!offered.includes(kind)) throw invalid(`help.${i}`, kind, offered.join(', '));
  });
  const { disputeType, area } = state;
  const measures = accepted.map((kind) => ({
    kind,
    owner: listed(city, { kind, disputeType, area, tier: 'village' }) ?? null,
    ...(mediators[kind] === undefined ? {} : { mediator: mediators[kind] }),
  }));
  return { task: 'offer-help', outcome, help: measures };
}

/** A duty of law with a name to it: whoever has acknowledged answers, and nobody in their place. */
function childProtected({ task, by }: Context, { outcome }: GivenTo<'child-protection'>): Answer {
  if (task.takenBy === null) {
    throw new ActionRefused('answering', `task ${task.no} has no named person yet`, ['acknowledge', 'hand-off']);
  }
  if (task.takenBy !== by.person) throw new NotYours(`task ${task.no} is answered by the person who took it up`);
  return { task: 'child-protection', outcome };
}
