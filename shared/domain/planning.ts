/**
 * The plan for this one person (一人一策): what is proposed for it, what it may hold, and how it changes. Needs decide which
 * help is offered and nothing else; people choose, and the responsibility list says whose it is. Pure.
 */
import * as z from 'zod';
import { iso } from '../calendar/calendar.ts';
import type { City } from '../config/city.ts';
import { listed, post, postExists } from '../config/posts.ts';
import { ActionRefused, NotYours } from '../errors.ts';
import { accountable } from './accountable.ts';
import type { Answer, By, Content, PlannedMeasure } from './actions.ts';
import { type Context, invalid } from './answering.ts';
import { type FactType, factCatalogue } from './facts.ts';
import { helpKinds, isDanger, isHelp, isNeed, mayHelp } from './help.ts';
import { windows } from './ladder.ts';
import { areJointSessionsBarred, checkJointSessions, isViolentAtHome } from './mediation.ts';
import { leastWords } from './plain-words.ts';
import { type CaseState, colourOf, describeState, openTasks, type State, standsByItself } from './state.ts';
import { statutoryWindows } from './statutory.ts';
import { disputeTypeNames, type Level, type MeasureKind, measureKinds, mediationKinds, type Named } from './words.ts';

export const plannedMeasure = z.strictObject({
  kind: z.enum(measureKinds),
  owner: z.string().optional().describe('A post; absent: whom the responsibility list names, else the county assigns'),
  due: z.iso.datetime({ offset: true }).optional().describe('By when; absent: as long as such a measure has'),
  mediator: z.string().max(60).optional().describe('Whom the parties chose, of the registry'),
});
type Given = z.infer<typeof plannedMeasure>;

type InPlan = Pick<Context, 'city' | 'state' | 'at'>;

/** The tier at which the work of a plan is asked for: that of the post accountable at this level. */
const tierOf = (city: City, state: State): string => post(city, accountable(state, city, colourOf(state))).tier;

const listedFor = (city: City, state: State, kind: MeasureKind): string | null => {
  const { disputeType, area } = state;
  return listed(city, { kind, disputeType, area, tier: tierOf(city, state) }) ?? null;
};

/** What a plan holds at present: its open measures, and those that wait. */
export function measuresIn(state: State): MeasureKind[] {
  const open = openTasks(state).flatMap(({ kind, measure }) => (kind === 'measure' && measure ? [measure] : []));
  const waiting = state.subject === 'case' ? (state.plan?.waiting ?? []) : [];
  return [...open, ...waiting.map(({ kind }) => kind)];
}

const roomIn = (city: City, state: State): number => {
  const level = colourOf(state);
  return level === null ? Number.POSITIVE_INFINITY : city.levels[level].measures - measuresIn(state).length;
};

/** @throws InputInvalid, naming how many a plan holds at this level */
function checkRoom({ city, state }: InPlan, added: number, withdrawn: number, path: string): void {
  const level = colourOf(state);
  if (level === null || added === 0 || added <= roomIn(city, state) + withdrawn) return;
  const held = measuresIn(state).length - withdrawn;
  throw invalid(path, added, `at most ${city.levels[level].measures} measures in a plan at ${level}; it holds ${held}`);
}

/**
 * Measures that people chose, each with its owner: the list names them where they do not; where no row fits, the county will.
 * @throws InputInvalid, JointSessionBarred
 */
export function planned(context: InPlan, measures: readonly Given[], path: string, withdrawn = 0): PlannedMeasure[] {
  const { city, state, at } = context;
  checkJointSessions(
    state,
    measures.map(({ kind }) => kind),
  );
  checkRoom(context, measures.length, withdrawn, path);
  return measures.map(({ kind, owner, due, mediator }, i) => {
    if (owner !== undefined && !postExists(city, owner)) {
      throw invalid(`${path}.${i}.owner`, owner, 'a post of the city, <area code>.<duty>');
    }
    if (owner !== undefined && helpKinds.has(kind) && !mayHelp(post(city, owner).role)) {
      throw invalid(`${path}.${i}.owner`, owner, 'a post that is not of the police: this is help');
    }
    if (due !== undefined && Date.parse(due) <= at) throw invalid(`${path}.${i}.due`, due, `later than ${iso(at)}`);
    return {
      kind,
      owner: owner ?? listedFor(city, state, kind),
      ...(due === undefined ? {} : { due: Date.parse(due) }),
      ...(mediator === undefined ? {} : { mediator }),
    };
  });
}

export const planAnswer = z.strictObject({
  task: z.literal('plan'),
  outcome: z.enum(['planned']),
  measures: z.array(plannedMeasure).max(12).describe('At least one; none where a plan that stands goes on as it is'),
  note: leastWords(1, 200).optional(),
});

/** What a talk has agreed on joins the plan, unless the plan says it otherwise, as far as there is room. */
export function planMade(context: Context, { outcome, measures }: z.infer<typeof planAnswer>): Answer {
  const { city, state } = context;
  const stands = state.subject === 'case' && state.plan !== null;
  if (measures.length === 0 && !stands) throw invalid('measures', measures, 'at least one measure of a first plan');
  const own = planned(context, measures, 'measures');
  const agreed = (state.subject === 'case' ? state.agreed : []).filter(
    ({ kind }) => !own.some((one) => one.kind === kind),
  );
  return {
    task: 'plan',
    outcome,
    measures: [...own, ...agreed.slice(0, Math.max(0, roomIn(city, state) - own.length))],
  };
}

export const amendmentBody = z.strictObject({
  reason: leastWords(20, 200).describe('Why: what happened, and what it changes'),
  events: z
    .array(z.string().max(40))
    .min(1)
    .max(20)
    .describe('The events that it rests on, neither withdrawn nor duplicates'),
  add: z.array(plannedMeasure).max(12).default([]),
  withdraw: z.array(z.string().max(40)).max(12).default([]).describe('Numbers of the tasks that end: measure-2'),
});

/**
 * A plan changes only by a decision of the post that is accountable, while a level stands.
 * @throws NotYours, ActionRefused, InputInvalid, JointSessionBarred
 */
export function amended(
  context: InPlan & { readonly by: Extract<By, { role: 'staff' }> },
  { events, add, withdraw }: z.infer<typeof amendmentBody>,
): Content {
  const { city, state, by } = context;
  if (state.subject !== 'case' || !state.level || !state.plan || !state.decision) {
    throw new ActionRefused('amending a plan', `${describeState(state)} without a plan on a decision`, ['plan']);
  }
  if (state.owner !== by.post) throw new NotYours(`${state.id} is ${state.owner}’s to plan, not ${by.post}’s`);
  const known = state.events.filter(standsByItself).map(({ id }) => id);
  events.forEach((id, i) => {
    if (!known.includes(id)) throw invalid(`events.${i}`, id, known.join(', '));
  });
  // What the police do not see they do not end.
  const sees = mayHelp(post(city, by.post).role);
  const open = openTasks(state)
    .filter(({ kind, measure }) => kind === 'measure' || (kind === 'assign' && measure !== null))
    .filter((task) => sees || !isHelp(task))
    // What protects the affected person ends with its own answer only.
    .filter(({ measure }) => measure !== 'safety-planning')
    .map(({ no }) => no);
  withdraw.forEach((no, i) => {
    if (!open.includes(no) || withdraw.indexOf(no) < i) {
      throw invalid(
        `withdraw.${i}`,
        no,
        `an open measure of the plan, each once: ${open.join(', ') || 'none is open'}`,
      );
    }
  });
  if (add.length + withdraw.length === 0) throw invalid('add', add, 'something to add or to withdraw');
  const measures = planned(context, add, 'add', withdraw.length);
  return { kind: 'planAmended', decision: state.decision.n, events, add: measures, withdraw };
}

/** Measures that name somebody of the registry, wherever a plan is made or changed. */
export function chosenIn(content: Content): { readonly path: string; readonly measure: PlannedMeasure }[] {
  const at = (path: string, measures: readonly PlannedMeasure[]) =>
    measures.map((measure, i) => ({ path: `${path}.${i}.mediator`, measure }));
  if (content.kind === 'planAmended') return at('add', content.add);
  if (content.kind !== 'answered') return [];
  const { answer } = content;
  if (answer.task === 'plan') return at('measures', answer.measures);
  if (answer.task === 'offer-help' && answer.outcome === 'accepted') {
    return answer.help.map((measure) => ({ path: `mediators.${measure.kind}`, measure }));
  }
  return answer.task === 'minutes' ? at('actions', answer.actions) : [];
}

/** Which help a need calls for. Nobody is offered an interpreter or newcomers' support for who they are: that is asked for. */
const byNeed: Readonly<Partial<Record<FactType, MeasureKind>>> = {
  threat_self_harm: 'crisis-intervention',
  hardship_medical: 'hardship-relief',
  hardship_income: 'hardship-relief',
  eviction_or_job_loss: 'work-and-training',
  separation_or_divorce: 'counselling',
  alcohol_involved: 'counselling',
  children_present: 'counselling',
};

export interface Proposed {
  readonly kind: MeasureKind;
  /** The need or the matter that calls for it. */
  readonly why: readonly Named[];
  /** null: no row of the list fits, the county assigns. */
  readonly owner: string | null;
  readonly due: number;
}

/**
 * Advice for the plan, protection before mediation before help, no more than a plan holds: by the kind of the dispute, the
 * needs, and the tier that the level is looked after at. No points and nobody's person are in it.
 */
export function proposePlan({ city, state, at }: InPlan & { readonly state: CaseState }): Proposed[] {
  const why = new Map<MeasureKind, Named[]>();
  const because = (kind: MeasureKind, reason: Named) => why.set(kind, [...(why.get(kind) ?? []), reason]);
  const facts = [...new Set(factsIn(state).map(({ type }) => type))].sort();
  const dangers = facts.filter((type) => isDanger({ type }));
  for (const type of dangers) because('safety-planning', factCatalogue[type]);
  if (isViolentAtHome(state)) because('legal-aid', atHome);
  if (colourOf(state) !== 'yellow') for (const type of dangers) because('joint-visit', factCatalogue[type]);
  if (!areJointSessionsBarred(state)) because(mediationFor(city, state), disputeTypeNames[state.disputeType]);
  for (const type of facts.filter((one) => isNeed({ type: one }))) {
    const kind = byNeed[type];
    if (kind) because(kind, factCatalogue[type]);
  }
  for (const { kind } of state.agreed) because(kind, atTalk);
  const has = new Set(measuresIn(state));
  return [...why]
    .filter(([kind]) => !has.has(kind))
    .slice(0, Math.max(0, roomIn(city, state)))
    .map(([kind, reasons]) => ({
      kind,
      why: reasons.map(({ zh, en }) => ({ zh, en })),
      owner: listedFor(city, state, kind),
      due: dueOf(city, kind, colourOf(state), at),
    }));
}

const atHome: Named = { zh: '家庭或伴侣间暴力', en: 'violence between partners or in the family' };
const atTalk: Named = { zh: '会商商定', en: 'agreed at the talk' };

const factsIn = ({ events }: CaseState) =>
  events.filter(({ state }) => state !== 'withdrawn').flatMap(({ facts }) => facts.filter(({ negated }) => !negated));

/** Whom the list names for this kind of dispute comes before whom it names for all: else the people's mediation. */
function mediationFor({ responsibility }: City, { disputeType }: CaseState): MeasureKind {
  const own = responsibility.find(
    ({ kind, disputeTypes }) => mediationKinds.some((one) => one === kind) && disputeTypes?.includes(disputeType),
  );
  return mediationKinds.find((kind) => kind === own?.kind) ?? 'people-mediation';
}

/** As long as such a measure has, by the law where the law says it. */
const dueOf = (city: City, measure: MeasureKind, level: Level | null, at: number): number =>
  ({ ...windows(city, 'measure', level, at), ...statutoryWindows(city, { kind: 'measure', measure }, at) }).due;
