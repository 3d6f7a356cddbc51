/** What a post may answer to a task, and the action that the answer becomes. */
import { z } from 'zod';
import { addDuration } from '../calendar/calendar.ts';
import type { City } from '../config/city.ts';
import { post, postExists, responsible } from '../config/posts.ts';
import { ActionRefused, type Fault, InputInvalid, NotYours } from '../errors.ts';
import type { Answer, By } from './actions.ts';
import { type Fact, factTypes } from './facts.ts';
import { helpKinds, mayHelp } from './help.ts';
import { faultsOf } from './report.ts';
import { accountable } from './stages.ts';
import { type CaseState, describeState, type State, type Task } from './state.ts';
import { type Level, levels, measureKinds, type TaskKind } from './words.ts';

/** S3: reasons of a decision have at least this many characters. */
export const leastReason = 20;

const note = z.string().min(1).max(200).optional();

/** What the body of an answer looks like for each kind of task; `task` is added from the task itself. */
export const answerSchema = z.discriminatedUnion('task', [
  z.strictObject({ task: z.literal('settle'), outcome: z.enum(['settled', 'failed']), note }),
  z.strictObject({ task: z.literal('crisis-help'), outcome: z.enum(['helped', 'declined']), note }),
  z.strictObject({ task: z.literal('child-protection'), outcome: z.enum(['protected']), note }),
  z.strictObject({ task: z.literal('verify'), outcome: z.enum(['verified', 'unfounded']), note }),
  z.strictObject({
    task: z.literal('decide'),
    outcome: z.enum(['confirm', 'raise', 'lower', 'dismiss']),
    level: z.enum(levels).optional(),
    reason: z.string().min(leastReason).max(200),
    events: z.array(z.string()).max(20).default([]),
  }),
  z.strictObject({ task: z.literal('second'), outcome: z.enum(['agree', 'disagree']), note }),
  z.strictObject({ task: z.literal('protect'), outcome: z.enum(['protected']), note }),
  z.strictObject({ task: z.literal('notify'), outcome: z.enum(['told', 'deferred']), note }),
  z.strictObject({
    task: z.literal('plan'),
    outcome: z.enum(['planned']),
    measures: z
      .array(z.strictObject({ kind: z.enum(measureKinds), owner: z.string().optional() }))
      .min(1)
      .max(8),
    note,
  }),
  z.strictObject({ task: z.literal('measure'), outcome: z.enum(['done', 'refused', 'failed']), note }),
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
  return { answer: answered(context, given), ...(given.note ? { reason: given.note } : {}) };
}

function answered(context: Context, given: Exclude<Given, { task: 'decide' }>): Answer {
  switch (given.task) {
    case 'plan':
      return { task: 'plan', outcome: given.outcome, measures: planned(context, given) };
    case 'second':
      return second(context, given);
    case 'renew':
      return renewal(context, given);
    case 'check-in': {
      const { outcome, facts } = given;
      if (outcome !== 'relapse') return { task: 'check-in', outcome };
      if (facts.length === 0) throw invalid('facts', facts, `at least one of ${factTypes.join(', ')}`);
      const seen: Fact[] = [...new Set(facts)].sort().map((type) => ({ type }));
      const event = { id: `E-${context.task.no}`, at: context.at, facts: seen, verified: context.by.post };
      return { task: 'check-in', outcome, event };
    }
    default: {
      const { note: _, ...answer } = given;
      return answer;
    }
  }
}

function planned({ city, state }: Context, { measures }: GivenTo<'plan'>) {
  const tier = post(city, accountable(state, city, levelOf(state))).tier;
  return measures.map(({ kind, owner }, i) => {
    if (owner !== undefined && !postExists(city, owner)) {
      throw invalid(`measures.${i}.owner`, owner, 'a post of the city, <area code>.<duty>');
    }
    if (owner !== undefined && helpKinds.has(kind) && !mayHelp(post(city, owner).role)) {
      throw invalid(`measures.${i}.owner`, owner, 'a post that is not of the police: this is help');
    }
    const { disputeType, area } = state;
    return { kind, owner: owner ?? responsible(city, { kind, disputeType, area, tier }) };
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
