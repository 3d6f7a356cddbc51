/**
 * What whoever looks at an event first says of it: whether it is so, when it happened, and whether it is another telling of what was
 * told before. Nobody else can: what one reporter tells again without a date is an event by its id (docs/decisions/0018). Pure.
 */
import * as z from 'zod';
import { iso } from '../calendar/calendar.ts';
import type { AnswerTo, FirstLook } from './actions.ts';
import { type Context, caseOf, invalid } from './answering.ts';
import { factsOf, factTypes } from './facts.ts';
import { hasGround } from './level-end.ts';
import { type CaseEvent, standsByItself } from './state.ts';

const found = {
  occurredAt: z.iso
    .datetime({ offset: true })
    .optional()
    .describe('When it happened, as whoever looked at it found; absent: as told, or not known'),
  sameAs: z
    .string()
    .min(1)
    .max(40)
    .optional()
    .describe('The event of the case that this is another telling of: it counts there, once'),
  note: z.string().min(1).max(200).optional(),
};
export const confirmFactsAnswer = z.strictObject({
  task: z.literal('confirm-facts'),
  outcome: z.enum(['confirmed', 'unfounded']),
  facts: z.array(z.enum(factTypes)).max(30).optional().describe('The facts as they were confirmed; absent: as told'),
  ...found,
});
export const verifyAnswer = z.strictObject({
  task: z.literal('verify'),
  outcome: z.enum(['verified', 'unfounded']),
  ...found,
});

type ToVerify = z.infer<typeof verifyAnswer>;
type ToConfirm = z.infer<typeof confirmFactsAnswer>;

/** @throws InputInvalid */
export function factsConfirmed(context: Context, given: ToConfirm): AnswerTo<'confirm-facts'> {
  if (given.outcome === 'unfounded') {
    checkUnfounded(given);
    return { task: 'confirm-facts', outcome: 'unfounded' };
  }
  const { facts } = given;
  const looked = firstLook(context, given, standsByItself);
  return { task: 'confirm-facts', outcome: 'confirmed', ...(facts ? { facts: factsOf(facts) } : {}), ...looked };
}

/** What is verified is the same only as what was: else the one would wait for the other. @throws InputInvalid */
export function verified(context: Context, given: ToVerify): AnswerTo<'verify'> {
  if (given.outcome === 'unfounded') {
    checkUnfounded(given);
    return { task: 'verify', outcome: 'unfounded' };
  }
  const looked = firstLook(context, given, ({ state }) => state === 'verified');
  if (looked.occurredAt === undefined && looked.sameAs === undefined) checkDated(context);
  return { task: 'verify', outcome: 'verified', ...looked };
}

function checkUnfounded(given: ToVerify | ToConfirm): void {
  for (const path of ['occurredAt', 'sameAs'] as const) {
    if (given[path] !== undefined)
      throw invalid(path, given[path], 'nothing: what did not happen has no date and no like');
  }
}

function firstLook(context: Context, given: ToVerify | ToConfirm, fits: (event: CaseEvent) => boolean): FirstLook {
  const { occurredAt, sameAs } = given;
  if (occurredAt === undefined && sameAs === undefined) return {};
  const state = caseOf(context);
  const event = state.events.find(({ id }) => id === context.task.event);
  if (sameAs !== undefined) {
    if (occurredAt !== undefined) throw invalid('occurredAt', occurredAt, `nothing: it happened when ${sameAs} did`);
    const others = state.events.filter((one) => one !== event && one.sameAs === undefined && fits(one));
    const allowed = others.map(({ id }) => id);
    if (!allowed.includes(sameAs))
      throw invalid('sameAs', sameAs, allowed.join(', ') || 'nothing: there is no such event');
    return { sameAs };
  }
  const at = Date.parse(occurredAt ?? '');
  const told = event ? toldAt(event) : context.at;
  if (at > told) throw invalid('occurredAt', occurredAt, `when it happened, not later than it was told: ${iso(told)}`);
  return { occurredAt: at };
}

/** Whatever the sender’s clock says, it was before we were told. */
const toldAt = ({ reportedAt, receivedAt }: CaseEvent): number => Math.min(reportedAt ?? receivedAt, receivedAt);

/** Where nothing that holds is of the last year, what nobody dates is none either: it may be what is over. @throws InputInvalid */
function checkDated(context: Context): void {
  const state = caseOf(context);
  const { at, task } = context;
  const events = state.events.map((one): CaseEvent => (one.id === task.event ? { ...one, state: 'verified' } : one));
  if (events.some(({ id, undated }) => id === task.event && undated) && !hasGround({ events }, at)) {
    throw invalid('occurredAt', null, 'when it happened: nothing else that holds is of the last 12 months');
  }
}
