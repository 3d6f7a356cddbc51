/** What a post may answer to a task, and the action that the answer becomes. */
import { z } from 'zod';
import { addDuration, iso } from '../calendar/calendar.ts';
import type { City } from '../config/city.ts';
import { isWithin, listed, post, postExists } from '../config/posts.ts';
import { ActionRefused, type Fault, InputInvalid, NotYours } from '../errors.ts';
import { type Answer, type By, deferralGrounds } from './actions.ts';
import { type Fact, type FactType, factTypes } from './facts.ts';
import { helpKinds, isHelp, mayHelp } from './help.ts';
import { stint } from './ladder.ts';
import { faultsOf } from './report.ts';
import { accountable } from './stages.ts';
import { type CaseState, describeState, openTasks, type State, type Task } from './state.ts';
import { purposeFor } from './who-may/purposes.ts';
import { type Level, levels, measureKinds, mediationKinds, referralKinds, type TaskKind } from './words.ts';

/** S3: reasons of a decision have at least this many characters. */
export const leastReason = 20;

const note = z.string().min(1).max(200).optional();

const measure = z.strictObject({
  kind: z.enum(measureKinds),
  owner: z.string().optional().describe('A post; absent: whom the responsibility list names'),
  due: z.iso.datetime({ offset: true }).optional().describe('By when'),
  mediator: z.string().max(40).optional().describe('Whom the parties chose, of the registry'),
});

/** What the body of an answer looks like for each kind of task; `task` is added from the task itself. */
export const answerSchema = z.discriminatedUnion('task', [
  z.strictObject({
    task: z.literal('round'),
    outcome: z.enum(['done']),
    found: z.array(z.string().max(60)).max(100).default([]).describe('Places where a dispute was found'),
    note,
  }),
  z.strictObject({ task: z.literal('settle'), outcome: z.enum(['settled', 'failed']), note }),
  z.strictObject({ task: z.literal('enquiry'), outcome: z.enum(['yes', 'no', 'nothing-held']), note }),
  z.strictObject({ task: z.literal('police-notice'), outcome: z.enum(['received']) }),
  z.strictObject({
    task: z.literal('offer-help'),
    outcome: z.enum(['accepted', 'declined']),
    help: z.array(z.enum(referralKinds)).max(6).default([]).describe('What of the help offered is accepted'),
    note,
  }),
  z.strictObject({ task: z.literal('crisis-help'), outcome: z.enum(['helped', 'declined']), note }),
  z.strictObject({ task: z.literal('child-protection'), outcome: z.enum(['protected']), note }),
  z.strictObject({
    task: z.literal('confirm-facts'),
    outcome: z.enum(['confirmed', 'unfounded']),
    facts: z.array(z.enum(factTypes)).max(30).optional().describe('The facts as they were confirmed; absent: as told'),
    note,
  }),
  z.strictObject({ task: z.literal('verify'), outcome: z.enum(['verified', 'unfounded']), note }),
  z.strictObject({ task: z.literal('protective-contact'), outcome: z.enum(['contacted', 'not-needed']), note }),
  z.strictObject({ task: z.literal('talk'), outcome: z.enum(['met', 'not-met']), note }),
  z.strictObject({
    task: z.literal('minutes'),
    outcome: z.enum(['written']),
    actions: z.array(measure).max(8).default([]).describe('What was agreed: measures of the plan'),
    note,
  }),
  z.strictObject({
    task: z.literal('decide'),
    outcome: z.enum(['confirm', 'raise', 'lower', 'dismiss']),
    level: z.enum(levels).optional(),
    reason: z.string().min(leastReason).max(200),
    events: z.array(z.string()).max(20).default([]),
  }),
  z.strictObject({ task: z.literal('second'), outcome: z.enum(['agree', 'disagree']), note }),
  z.strictObject({ task: z.literal('reason-review'), outcome: z.enum(['stands', 'reassess']), note }),
  z.strictObject({ task: z.literal('protect'), outcome: z.enum(['protected']), note }),
  z.strictObject({ task: z.literal('safety-plan'), outcome: z.enum(['kept', 'ended']), note }),
  z.strictObject({ task: z.literal('forewarn'), outcome: z.enum(['told']), note }),
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
  z.strictObject({
    task: z.literal('plan'),
    outcome: z.enum(['planned']),
    measures: z.array(measure).min(1).max(12),
    note,
  }),
  z.strictObject({ task: z.literal('assign'), outcome: z.enum(['assigned']), owner: z.string(), note }),
  z.strictObject({
    task: z.literal('measure'),
    outcome: z.enum(['done', 'refused', 'failed', 'agreed']),
    on: z.iso.datetime({ offset: true }).optional().describe('When the agreement came into force; absent: now'),
    note,
  }),
  z.strictObject({ task: z.literal('confirm-agreement'), outcome: z.enum(['filed', 'not-wanted']), note }),
  z.strictObject({ task: z.literal('take-over'), outcome: z.enum(['accepted', 'declined']), note }),
  z.strictObject({ task: z.literal('review'), outcome: z.enum(['continue', 'reassess']), note }),
  z.strictObject({ task: z.literal('renew'), outcome: z.enum(['renewed', 'ended']), note }),
  z.strictObject({ task: z.literal('resolve'), outcome: z.enum(['resolved', 'not-yet']), note }),
  z.strictObject({ task: z.literal('access-review'), outcome: z.enum(['justified', 'unjustified']), note }),
  z.strictObject({
    task: z.literal('check-in'),
    outcome: z.enum(['well', 'declined', 'concern', 'relapse']),
    facts: z.array(z.enum(factTypes)).max(12).default([]),
    note,
  }),
]);
type Given = z.infer<typeof answerSchema>;
type GivenTo<K extends TaskKind> = Extract<Given, { task: K }>;
interface Context {
  readonly city: City;
  readonly state: State;
  readonly task: Task;
  readonly by: Extract<By, { role: 'staff' }>;
  readonly at: number;
}

const invalid = (path: string, value: unknown, allowed: string): InputInvalid =>
  new InputInvalid([{ path, value, allowed } satisfies Fault]);

/** @throws InputInvalid, NotYours, ActionRefused */
export function answerOf(context: Context, body: unknown): { answer: Answer; reason?: string } {
  const input = { ...(typeof body === 'object' ? body : {}), task: context.task.kind };
  const parsed = answerSchema.safeParse(input);
  if (!parsed.success) throw new InputInvalid(faultsOf(parsed.error, input));
  const given = parsed.data;
  if (given.task === 'decide') return { answer: decided(context, given), reason: given.reason };
  const reason = 'note' in given ? given.note : undefined;
  return { answer: answered(context, given), ...(reason ? { reason } : {}) };
}

function answered(context: Context, given: Exclude<Given, { task: 'decide' }>): Answer {
  switch (given.task) {
    case 'round':
      return round(context, given);
    case 'offer-help':
      return helpAccepted(context, given);
    case 'confirm-facts':
      return factsConfirmed(given);
    case 'minutes':
      return { task: 'minutes', outcome: given.outcome, actions: planned(context, given.actions, 'actions') };
    case 'notify':
      return notified(context, given);
    case 'second-deferral':
      return secondDeferral(context, given);
    case 'plan':
      return { task: 'plan', outcome: given.outcome, measures: planned(context, given.measures, 'measures') };
    case 'assign':
      return assigned(context, given);
    case 'measure':
      return measured(context, given);
    case 'take-over':
      return takenOver(context, given);
    case 'second':
      return second(context, given);
    case 'renew':
      return renewal(context, given);
    case 'check-in': {
      const { outcome, facts } = given;
      if (outcome !== 'relapse') return { task: 'check-in', outcome };
      if (facts.length === 0) throw invalid('facts', facts, `at least one of ${factTypes.join(', ')}`);
      const event = { id: `E-${context.task.no}`, at: context.at, facts: seen(facts), verified: context.by.post };
      return { task: 'check-in', outcome, event };
    }
    case 'police-notice':
      return given;
    default: {
      const { note: _, ...answer } = given;
      return answer;
    }
  }
}

const seen = (facts: readonly FactType[]): Fact[] => [...new Set(facts)].sort().map((type) => ({ type }));

function round({ state }: Context, { outcome, found }: GivenTo<'round'>): Answer {
  const places = state.subject === 'round' ? state.places : [];
  found.forEach((place, i) => {
    if (!places.includes(place)) throw invalid(`found.${i}`, place, `a place of this round: ${places.join(', ')}`);
  });
  return { task: 'round', outcome, found };
}

function helpAccepted({ city, state }: Context, { outcome, help }: GivenTo<'offer-help'>): Answer {
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
  }));
  return { task: 'offer-help', outcome, help: measures };
}

function factsConfirmed({ outcome, facts }: GivenTo<'confirm-facts'>): Answer {
  if (outcome === 'unfounded') return { task: 'confirm-facts', outcome };
  return { task: 'confirm-facts', outcome, ...(facts ? { facts: seen(facts) } : {}) };
}

/** Put off on a legal ground, for so long as the city allows at most; a second person must agree. */
function notified({ city, by, at }: Context, { outcome, ground, until }: GivenTo<'notify'>): Answer {
  if (outcome === 'told') return { task: 'notify', outcome };
  if (ground === undefined) throw invalid('ground', null, deferralGrounds.join(', '));
  const longest = addDuration(city, at, city.notice.deferral);
  const end = until === undefined ? longest : Date.parse(until);
  if (end <= at || end > longest) throw invalid('until', until, `after now and at most ${iso(longest)}`);
  const { department } = post(city, by.post);
  return { task: 'notify', outcome, deferral: { ground, until: end, department } };
}

function secondDeferral(context: Context, { outcome }: GivenTo<'second-deferral'>): Answer {
  const { deferral } = caseOf(context).notice;
  const { department } = post(context.city, context.by.post);
  if (department === deferral?.department) {
    throw new NotYours(`${department} put the notice off; the second person must be of another department`);
  }
  return { task: 'second-deferral', outcome };
}

function assigned({ city, state, task, at }: Context, { outcome, owner }: GivenTo<'assign'>): Answer {
  if (!postExists(city, owner) || purposeFor(post(city, owner).role) !== 'handling') {
    throw invalid('owner', owner, 'a post of the city whose work is handling disputes, <area code>.<duty>');
  }
  const moved = state.tasks[task.about ?? ''];
  const helps = (task.measure !== null && helpKinds.has(task.measure)) || (moved !== undefined && isHelp(moved));
  if (helps && !mayHelp(post(city, owner).role)) {
    throw invalid('owner', owner, 'a post that is not of the police: this is help');
  }
  return { task: 'assign', outcome, owner, ...(moved ? { stint: stint(city, moved, owner, at) } : {}) };
}

function measured({ task, at }: Context, { outcome, on }: GivenTo<'measure'>): Answer {
  if (outcome !== 'agreed') return { task: 'measure', outcome };
  if (!mediationKinds.some((kind) => kind === task.measure)) {
    throw invalid('outcome', outcome, 'done, refused, failed: only a mediation ends in an agreement');
  }
  const since = on === undefined ? at : Date.parse(on);
  if (since > at) throw invalid('on', on, 'a day that has come');
  return { task: 'measure', outcome, on: since };
}

/** What the sender was accountable for comes over with it, in windows of its own; a post elsewhere takes the case to its area. */
function takenOver(context: Context, { outcome }: GivenTo<'take-over'>): Answer {
  if (outcome === 'declined') return { task: 'take-over', outcome };
  const { city, by, at, task } = context;
  const state = caseOf(context);
  const theirs = openTasks(state).filter(({ no, owner }) => no !== task.no && owner === state.owner);
  const stints = Object.fromEntries(theirs.map((one) => [one.no, stint(city, one, by.post, at)]));
  const { area } = post(city, by.post);
  return {
    task: 'take-over',
    outcome,
    area: isWithin(city, state.area, area) ? state.area : area,
    stints,
  };
}

/** The list names the owner; where no row fits, the county will. */
function planned({ city, state }: Context, measures: readonly z.infer<typeof measure>[], path: string) {
  const tier = post(city, accountable(state, city, levelOf(state))).tier;
  return measures.map(({ kind, owner, due, mediator }, i) => {
    if (owner !== undefined && !postExists(city, owner)) {
      throw invalid(`${path}.${i}.owner`, owner, 'a post of the city, <area code>.<duty>');
    }
    if (owner !== undefined && helpKinds.has(kind) && !mayHelp(post(city, owner).role)) {
      throw invalid(`${path}.${i}.owner`, owner, 'a post that is not of the police: this is help');
    }
    const { disputeType, area } = state;
    return {
      kind,
      owner: owner ?? listed(city, { kind, disputeType, area, tier }) ?? null,
      ...(due === undefined ? {} : { due: Date.parse(due) }),
      ...(mediator === undefined ? {} : { mediator }),
    };
  });
}

const levelOf = (state: State): Level | null => (state.subject === 'case' ? (state.level?.colour ?? null) : null);

function caseOf({ state }: Context): CaseState {
  if (state.subject !== 'case') throw new ActionRefused('deciding', describeState(state), []);
  return state;
}

/** People decide (design §1.4): the choice must fit the proposal, the level a verified event (checked by the rule table). */
function decided(context: Context, { outcome: choice, level: given, events }: GivenTo<'decide'>): Answer {
  const { city, by, at } = context;
  const state = caseOf(context);
  const proposal = state.assessment?.proposal ?? 'none';
  const rank = (level: Level | 'none') => (level === 'none' ? -1 : levels.indexOf(level));
  const fitting = levels.filter((level) =>
    choice === 'raise' ? rank(level) > rank(proposal) : choice === 'lower' ? rank(level) < rank(proposal) : false,
  );
  let level: Level | null = null;
  if (choice === 'confirm') {
    level = proposal === 'none' ? null : proposal;
    if (given !== undefined && given !== level) throw invalid('level', given, level ?? 'no level: none is proposed');
  } else if (choice !== 'dismiss') {
    if (given === undefined || !fitting.includes(given)) {
      throw invalid('level', given ?? null, fitting.join(', ') || `nothing: ${proposal} cannot be ${choice}ed`);
    }
    level = given;
  }
  const decision = {
    choice,
    level,
    events,
    owner: accountable(state, city, level),
    ...(level ? { lapses: addDuration(city, at, city.levels[level].lapse) } : {}),
    ...(level === 'red' ? { department: post(city, by.post).department } : {}),
  };
  return { task: 'decide', outcome: 'decided', decision };
}

/** Four eyes: another person of another department (design §1.4, S3). */
function second(context: Context, { outcome }: GivenTo<'second'>): Answer {
  const { city, by } = context;
  const state = caseOf(context);
  const first = state.level?.awaits;
  if (!state.level || !first) throw new ActionRefused('a second decision', describeState(state), []);
  if (first.person === by.person) throw new NotYours(`${by.person} decided first; the second person must be another`);
  const { department } = post(city, by.post);
  if (department === first.department) {
    throw new NotYours(`${department} decided first; the second person must be of another department`);
  }
  if (outcome === 'agree') return { task: 'second', outcome };
  return { task: 'second', outcome, lapses: addDuration(city, state.level.since, city.levels.orange.lapse) };
}

/** Deciding anew on the same events renews a level once. */
function renewal(context: Context, { outcome }: GivenTo<'renew'>): Answer {
  const state = caseOf(context);
  if (outcome === 'ended' || !state.level) return { task: 'renew', outcome: 'ended' };
  if (state.level.renewed || state.level.afterRed) {
    throw new ActionRefused('renewing again on the same events', describeState(state), ['ended']);
  }
  const lapses = addDuration(context.city, state.level.lapses, context.city.levels[state.level.colour].lapse);
  return { task: 'renew', outcome, lapses };
}
