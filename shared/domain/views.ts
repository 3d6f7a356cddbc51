/** What the API shows of a case or dispute: field by field what the matrix grants, and nothing else. Pure. */
import { iso } from '../calendar/calendar.ts';
import type { Action, Content, ContentOf, PlannedMeasure, TaskOpening } from './actions.ts';
import { checkInsToCome } from './check-ins.ts';
import type { FactType } from './facts.ts';
import { isUnderReview, openContest } from './folding/contest.ts';
import { staying } from './folding/ending.ts';
import { helpKinds, helpTasks, isDanger, isHelp, isHelpIn, isNeed } from './help.ts';
import { namedRoutes } from './legal-routes.ts';
import { renewalOf } from './level-end.ts';
import { routesIn } from './mediation.ts';
import { isMergeable } from './merged.ts';
import { isGuarded } from './noticing.ts';
import { isPoliceNotice, isPoliceNoticeNo, toldIn } from './police-notice.ts';
import { askedIn } from './screening.ts';
import type { Agreement, CaseEvent, CaseState, Enquiry, Matter, State, Task } from './state.ts';
import { colourOf, openTasks, openWork } from './state.ts';
import { lawIn } from './statutory.ts';
import { asTold } from './told.ts';
import type { Field } from './who-may/matrix.ts';
import { phaseOf } from './who-may/standing.ts';
import { type Level, levels } from './words.ts';

export type Shown = ReadonlySet<Field>;

const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

/** What stood before has ended: at the resolution, with the case, or because its way begins anew. */
const over: ReadonlySet<CaseState['status']> = new Set(['resolved', 'ending', 'closed', 'reported']);
const isOver = ({ status }: Pick<CaseState, 'status'>): boolean => over.has(status);

/** By which level's clocks a task runs tells the level: what goes on after its end, or its lapse, tells none that is gone (S9). */
function levelOfTask(state: State, { level, kind }: Task): Level | null {
  if (state.subject !== 'case' || level === null) return level;
  const stands = state.level?.colour;
  if (stands === undefined) return isOver(state) || staying.has(kind) ? null : level;
  return levels.indexOf(level) > levels.indexOf(stands) ? stands : level;
}

const viewOfTask = (state: State, task: Task, shown: Shown) => ({
  taskId: `${state.id}.${task.no}`,
  no: task.no,
  kind: task.kind,
  measure: task.measure,
  event: task.event,
  about: aboutOf(task, shown),
  level: shown.has('level') ? levelOfTask(state, task) : null,
  owner: task.owner,
  joining: task.joining,
  joinedAt: isoOrNull(task.joinedAt),
  // A duty of law has a name to it; of other work the post is accountable.
  takenBy: task.kind === 'child-protection' ? task.takenBy : null,
  openedAt: iso(task.openedAt),
  from: iso(task.from),
  begun: task.begun,
  acknowledgedAt: isoOrNull(task.acknowledgedAt),
  acknowledgeBy: isoOrNull(task.ackDue),
  actedAt: isoOrNull(task.actedAt),
  actBy: isoOrNull(task.actDue),
  paused: task.paused && { since: iso(task.paused.at), waitingFor: task.paused.waitingFor },
  extensions: task.extensions,
  mediator: task.mediator,
  consents: [...task.consents],
  due: iso(task.due),
  ...statutoryIn(task),
  climbs: task.climbs,
  handOff: task.handOff && { id: task.handOff.id, to: task.handOff.to, until: iso(task.handOff.until) },
});

/** The clock of law that runs beside it, and those of others that it can name. */
function statutoryIn(task: Task) {
  const law = lawIn(task);
  return law ? { statutory: { ...law, due: iso(law.due) } } : {};
}

/** Whose task the county is to decide, or who offers the case. That somebody is helped shows only where needs do. */
function aboutOf({ kind, about }: Task, shown: Shown): string | null {
  if (about === null || (kind !== 'assign' && kind !== 'take-over' && kind !== 'agreement-check')) return null;
  const ofHelp = [...helpTasks].some((help) => about.startsWith(`${help}-`));
  return ofHelp && !shown.has('needs') ? null : about;
}

/** Part of a view: absent unless its field is granted. */
const when = <T extends object>(shown: Shown, field: Field, part: () => T): T | object =>
  shown.has(field) ? part() : {};

/** @param linked the cases of a dispute */
export function viewOf(state: State, shown: Shown, linked: readonly CaseState[] = []) {
  const { id, status, area, disputeType, owner, openedAt, changedAt, heldUntil, agreements } = state;
  const tasks = openWork(state);
  const helps = (task: Task) => isHelpIn(state.subject, task);
  const common = {
    ...when(shown, 'summary', () => ({
      status,
      phase: phaseOf(state, linked),
      area,
      disputeType,
      owner,
      openedAt: iso(openedAt),
      changedAt: iso(changedAt),
      heldUntil: isoOrNull(heldUntil),
      // By its number what was agreed on is found when the rest is forgotten.
      agreements: agreements.map((one) => agreementIn(one, shown)),
      ...mergesOf(state, shown),
    })),
    ...when(shown, 'tasks', () => ({
      // Whether the police have read a notice is theirs to know: nothing comes back.
      tasks: tasks
        .filter((task) => !helps(task) && !isPoliceNotice(task.kind) && (task.kind !== 'destroy' || shown.has('plan')))
        .map((task) => viewOfTask(state, task, shown)),
    })),
    ...when(shown, 'help', () => ({
      help: { tasks: tasks.filter(helps).map((task) => viewOfTask(state, task, shown)) },
    })),
  };
  if (state.subject !== 'case') {
    return { id, ...common, ...matterParts(state, shown) };
  }
  return { id, ...common, ...caseParts(shown.has('own') ? asTold(state) : state, shown) };
}

/** What the parties said of it is for whoever looks at it, and never for the other one. */
const agreementIn = ({ id, on, outcome, said }: Agreement, shown: Shown) => ({
  ...{ id, on: iso(on), outcome },
  ...(said && shown.has('tasks') ? { said } : {}),
});

/** Where it went, and what went into it: that there is another is not for the person concerned, who may not have been told of it. */
function mergesOf(state: State, shown: Shown) {
  if (shown.has('own') || !isMergeable(state)) return {};
  const absorbed = state.absorbed.map(({ id }) => id);
  return {
    ...(state.merged ? { mergedInto: state.merged.into } : {}),
    ...(absorbed.length > 0 ? { absorbed } : {}),
  };
}

const endOf = ({ endsAs, merged }: CaseState, shown: Shown) => (merged && shown.has('own') ? null : endsAs);

function matterParts(state: Matter, shown: Shown) {
  const outcomes = when(shown, 'summary', () => ({ outcomes: outcomesOf(state, shown) }));
  switch (state.subject) {
    case 'dispute':
      return {
        ...outcomes,
        ...enquiriesIn(state.enquiries, openTasks(state), shown),
        ...when(shown, 'notice', () => ({ notices: noticesIn(state, shown) })),
      };
    case 'referral':
      return { ...outcomes, ...when(shown, 'needs', () => ({ wanted: state.help })) };
    case 'round': {
      const { day, places, found } = state;
      return { ...outcomes, ...when(shown, 'summary', () => ({ day, places, found })) };
    }
  }
}

/** What the police are told: the ground and the danger. */
const noticesIn = (state: State, shown: Shown) =>
  openTasks(state).flatMap((task) => {
    const told = isPoliceNotice(task.kind) ? toldIn(task.about) : undefined;
    return told ? [{ ...told, task: viewOfTask(state, task, shown) }] : [];
  });

/**
 * The outcome of a help task is its content; an enquiry's stands with its question. How it was settled is for all, what else was
 * done, as for a child, for whoever sees the work.
 */
const outcomesOf = ({ subject, outcomes }: Matter, shown: Shown): string[] =>
  outcomes.filter(
    (outcome) =>
      (shown.has('tasks') || shown.has('help') || isSettlement(outcome)) &&
      !outcome.startsWith('enquiry') &&
      !isPoliceNoticeNo(outcome) &&
      !isRecallNo(outcome) &&
      (shown.has('help') || !(subject === 'referral' || outcome.startsWith('crisis-help'))),
  );

const isSettlement = (outcome: string): boolean => /^(reported|settle-\d+):/.test(outcome);

/** What departments were asked and, for whoever works on the dispute, what they answered. */
function enquiriesIn(answered: readonly Enquiry[], tasks: readonly Task[], shown: Shown) {
  const open = tasks.flatMap(({ no, kind, about }) => {
    const asked = kind === 'enquiry' ? askedIn(about) : undefined;
    return asked ? [{ task: no, ...asked, outcome: null }] : [];
  });
  const known = [...(shown.has('notes') ? answered : []), ...(shown.has('question') ? open : [])];
  return shown.has('notes') || shown.has('question') ? { enquiries: known } : {};
}

function caseParts(state: CaseState, shown: Shown) {
  return {
    ...when(shown, 'summary', () => ({ disputes: state.disputes, endsAs: endOf(state, shown) })),
    ...when(shown, 'level', () => ({
      level: levelOf(state),
      told: state.told,
    })),
    ...(shown.has('own') && state.status === 'resolved' ? { checkIns: checkInsToCome(state) } : {}),
    // How somebody is protected is for those who work on it, never for the person concerned.
    ...(shown.has('own') ? {} : when(shown, 'plan', () => ({ safetyPlan: state.safetyPlan, ...deferralOf(state) }))),
    ...when(shown, 'events', () => ({ events: state.events.map((event) => viewOfEvent(event, shown)) })),
    ...when(shown, 'assessment', () => ({ assessment: assessmentOf(state) })),
    ...when(shown, 'plan', () => ({
      plan: planOf(state, shown),
      agreed: agreedIn(state),
      shared: sharedIn(state, shown),
    })),
    ...when(shown, 'needs', () => ({ needs: needsOf(state) })),
    ...when(shown, 'danger', () => ({ danger: dangerOf(state) })),
  };
}

function deferralOf(state: CaseState) {
  const { deferral, clear } = state.notice;
  const put = deferral && { ground: deferral.ground, until: iso(deferral.until), agreed: deferral.agreed };
  return { deferral: put, affectedFirst: isGuarded(state), tellFrom: isoOrNull(clear) };
}

/** Of a level that was resolved nothing is left but when that was (S9). */
function levelOf(state: CaseState) {
  const { level, resolvedAt, decision } = state;
  if (!level) return resolvedAt === null ? null : { colour: null, resolvedAt: iso(resolvedAt) };
  const { colour, since, lapses, awaits, afterRed, renewed } = level;
  return {
    colour,
    since: iso(since),
    lapses: iso(lapses),
    /** Department whose decision a red rests on until a second person of another one has agreed. */
    awaitsSecondTo: awaits ? awaits.department : null,
    afterRed,
    renewed,
    renewal: renewalOf(state, level),
    decidedBy: decision?.n ?? null,
    underReview: isoOrNull(openContest(state)?.at ?? null),
  };
}

/** Through which channel it came, and when, would tell the person concerned who spoke. */
const viewOfEvent = (
  { id, at, undated, reportedAt, state, sameAs, channel, receivedAt, facts }: CaseEvent,
  shown: Shown,
) => ({
  id,
  occurredAt: undated ? null : iso(at),
  state,
  ...(shown.has('own') ? {} : { channel, receivedAt: iso(receivedAt), ...(sameAs === undefined ? {} : { sameAs }) }),
  ...(shown.has('words') && reportedAt !== undefined ? { reportedAt: iso(reportedAt) } : {}),
  facts: facts.filter((fact) => !isNeed(fact)),
});

/**
 * Advice: what is proposed and why. The points stand with their factors in the history; nobody is sorted by them (S4). Of a level
 * that has lapsed no proposal is left (S9).
 */
const assessmentOf = ({ assessment, status }: CaseState) =>
  assessment && !isOver({ status })
    ? { proposal: assessment.proposal, trend: assessment.trend, note: 'advice, not a prediction' }
    : null;

const viewOfPlanned = ({ kind, owner, due, mediator }: PlannedMeasure) => ({
  kind,
  owner,
  ...(due === undefined ? {} : { due: iso(due) }),
  ...(mediator === undefined ? {} : { mediator }),
});

/** How many measures are done counts those of help. */
const planOf = ({ plan, measuresDone }: CaseState, shown: Shown) =>
  plan && {
    waiting: plan.waiting.filter(({ kind }) => !helpKinds.has(kind)).map(viewOfPlanned),
    ...(shown.has('needs') ? { done: measuresDone } : {}),
  };

/** With which posts something of it is shared; that somebody is helped shows only where needs do. */
const sharedIn = ({ grants }: CaseState, shown: Shown) =>
  grants.flatMap(({ to, share, recalled }) => {
    if (!share || recalled !== null || (helpKinds.has(share.need) && !shown.has('needs'))) return [];
    // How the affected person is protected is never for the person concerned.
    if (share.need === 'safety-planning' && shown.has('own')) return [];
    const { need, fields, until } = share;
    return [{ to, need, fields: [...fields], until: iso(until) }];
  });

/** What talks agreed on and no plan holds yet. */
const agreedIn = ({ agreed }: CaseState) =>
  agreed.filter(({ kind }) => !helpKinds.has(kind)).map(({ kind, owner }) => ({ kind, owner }));

function needsOf(state: CaseState) {
  const facts = new Set<FactType>(
    state.events.flatMap((event) =>
      event.facts.filter((fact) => isNeed(fact) && !fact.negated).map(({ type }) => type),
    ),
  );
  const measures = openTasks(state).flatMap(({ measure }) => (measure && helpKinds.has(measure) ? [measure] : []));
  const waiting = (state.plan?.waiting ?? []).map(({ kind }) => kind).filter((kind) => helpKinds.has(kind));
  return { facts: [...facts].sort(), measures: [...new Set([...measures, ...waiting])].sort() };
}

/** The danger note: what whoever comes must know, from events that were not withdrawn. */
export const dangerOf = ({ events }: CaseState): FactType[] =>
  [
    ...new Set(
      events
        .filter(({ state }) => state !== 'withdrawn')
        .flatMap(({ facts }) => facts.filter(isDanger).map(({ type }) => type)),
    ),
  ].sort();

/**
 * The colour on a board: of what is contested it is suspended to “under review”, but for red, where somebody's safety hangs on it.
 * The level itself goes on, with all its clocks and the protection.
 */
export function listedLevel(state: State): Level | null {
  const colour = colourOf(state);
  return colour !== 'red' && isUnderReview(state) ? null : colour;
}

/** One line of the board. */
export function lineOf(state: State, shown: Shown) {
  const { id, subject, status, owner, area, disputeType, openedAt, changedAt } = state;
  return {
    id,
    subject,
    status,
    phase: phaseOf(state),
    owner,
    area,
    disputeType,
    openedAt: iso(openedAt),
    changedAt: iso(changedAt),
    ...(shown.has('level') ? { level: listedLevel(state), underReview: isUnderReview(state) } : {}),
  };
}

/** What was opened, or came with another log, in the order of its numbers. */
const openedIn = (content: Content): readonly Pick<Task | TaskOpening, 'kind' | 'measure'>[] =>
  content.kind === 'opened' ? content.tasks : content.kind === 'absorbed' ? content.brought.tasks : [];

/** Task numbers whose actions tell of help: of the kinds of help, and measures of help. */
export function helpNumbers(actions: readonly Action[]): Set<string> {
  const counts = new Map<string, number>();
  const found = new Set<string>();
  for (const { content } of actions) {
    for (const { kind, measure } of openedIn(content)) {
      const k = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, k);
      if (isHelp({ kind, measure: measure ?? null })) found.add(`${kind}-${k}`);
    }
  }
  return found;
}

const decisions: ReadonlySet<string> = new Set([
  'decide',
  'second',
  'renew',
  'resolve',
  'notify',
  'settle',
  'contest',
  'contest-second',
]);
const isDecision = (content: Content): boolean =>
  content.kind === 'assessed' ||
  content.kind === 'contested' ||
  content.kind === 'checkInsDeclined' ||
  content.kind === 'lapsed' ||
  (content.kind === 'eventWithdrawn' && content.lapsed !== undefined) ||
  content.kind === 'closed' ||
  (content.kind === 'answered' && decisions.has(content.answer.task) && content.answer.outcome !== 'deferred');

/** Number of the newest decision on the level: what was assessed since has not been answered. */
export const newestDecision = (actions: readonly Action[]): number =>
  actions.findLast(({ content }) => content.kind === 'answered' && content.answer.task === 'decide')?.n ?? 0;

const onTask = (content: Content): string | undefined => ('task' in content ? content.task : undefined);

interface Telling {
  readonly help: ReadonlySet<string>;
  readonly notes: ReadonlyMap<string, string>;
  /** Number of the newest decision on the level. */
  readonly decided: number;
  /** Number of the action with which the last level went: of what was before no colour is told. */
  readonly gone: number;
}

/** An action as the history shows it. What is not for the reader keeps its number, so that nothing looks removed. */
export function entryOf(action: Action, shown: Shown, { help, notes, decided, gone }: Telling) {
  const { n, at, by, content, note } = action;
  const bare = { n, at: iso(at) };
  const task = onTask(content);
  // Of one's own case or dispute: what was decided. When others reported, and who was protected, would tell who spoke.
  const undecided = content.kind === 'assessed' && n > decided;
  if (shown.has('own') && (undecided || !isDecision(content))) return { n, withheld: true as const };
  if (!shown.has('summary')) return { ...bare, withheld: true as const };
  if (isOfPolice(content) && !shown.has('notice')) return { n, withheld: true as const };
  if (isOfRecall(content) && !shown.has('plan')) return { ...bare, withheld: true as const };
  const opensHelp =
    content.kind === 'opened' && content.tasks.every((one) => isHelp({ kind: one.kind, measure: one.measure ?? null }));
  const ofHelp = opensHelp || (task !== undefined && help.has(task)) || content.kind === 'visitInstructed';
  if (ofHelp && !shown.has('help')) return { ...bare, withheld: true as const };
  const words = note === undefined ? undefined : notes.get(note);
  return {
    ...bare,
    kind: content.kind,
    post: by.post,
    ...(shown.has('notes') && by.role === 'staff' ? { person: by.person } : {}),
    ...(shown.has('tasks') ? taskParts(content, shown, help) : {}),
    ...(shown.has('level') ? levelParts(content, n >= gone) : {}),
    ...(shown.has('events') && !shown.has('own') ? eventParts(content) : {}),
    // That telling them was put off is not for the person concerned.
    ...(shown.has('level') && !shown.has('own') ? deferralIn(content) : {}),
    ...(shown.has('assessment') && content.kind === 'assessed'
      ? { model: content.model, inputHash: content.inputHash, ...(n >= gone ? proposalIn(content) : {}) }
      : {}),
    ...(shown.has('words') && content.kind === 'reported' ? timesOf(content) : {}),
    ...(shown.has('notes') && words !== undefined && !isClaim(content) ? { note: words } : {}),
  };
}

/** What people wrote for whoever reviews it, and what they were answered about themselves, stands in their requests alone. */
const isClaim = (content: Content): boolean =>
  content.kind === 'contested' ||
  content.kind === 'rightAsked' ||
  content.kind === 'correctionAsked' ||
  (content.kind === 'answered' && (content.answer.task === 'correction' || content.answer.task === 'rights-request'));

/** What became of a notice to the police: not even when, for whoever sent it. */
const isOfPolice = (content: Content): boolean =>
  content.kind === 'opened'
    ? content.tasks.every(({ kind }) => isPoliceNotice(kind))
    : isPoliceNoticeNo(onTask(content) ?? '');

/** Who received something, and that they are asked to destroy it, would tell of an enquiry or a notice to the police. */
const isOfRecall = (content: Content): boolean =>
  content.kind === 'opened'
    ? content.tasks.every(({ kind }) => kind === 'destroy')
    : content.kind === 'shared' || content.kind === 'recalled' || isRecallNo(onTask(content) ?? '');

const isRecallNo = (no: string): boolean => no.startsWith('destroy-');

/** When it happened and when it was told, as far as known; when it was received is the time of the action. */
const timesOf = ({ occurredAt, reportedAt }: ContentOf<'reported'>) => ({
  ...(occurredAt === undefined ? {} : { occurredAt: iso(occurredAt) }),
  ...(reportedAt === undefined ? {} : { reportedAt: iso(reportedAt) }),
});

/** What became of an event; that it was told again would tell the person concerned that somebody spoke. */
function eventParts(content: Content) {
  if (content.kind === 'eventWithdrawn') return { events: [content.event] };
  if (content.kind !== 'answered') return {};
  const { answer } = content;
  const looked = answer.task === 'verify' || answer.task === 'confirm-facts';
  if (!looked || answer.outcome === 'unfounded') return {};
  const { occurredAt, sameAs } = answer;
  return {
    ...(occurredAt === undefined ? {} : { occurredAt: iso(occurredAt) }),
    ...(sameAs === undefined ? {} : { sameAs }),
  };
}

function routesOf(content: Content) {
  const routes = routesIn(content);
  return routes.length > 0 ? { routes: namedRoutes(routes) } : {};
}

function taskParts(content: Content, shown: Shown, ofHelp: ReadonlySet<string>) {
  const help = shown.has('help');
  switch (content.kind) {
    case 'opened': {
      const seen = content.tasks.filter(
        ({ kind, measure }) =>
          !isPoliceNotice(kind) &&
          (kind !== 'destroy' || shown.has('plan')) &&
          (help || !isHelp({ kind, measure: measure ?? null })),
      );
      return { tasks: seen.map(({ kind, owner, due }) => ({ kind, owner, due: iso(due) })) };
    }
    case 'answered':
      return {
        task: content.task,
        outcome: content.answer.outcome,
        ...routesOf(content),
        ...('present' in content.answer ? { present: content.answer.present } : {}),
        ...('whole' in content.answer && content.answer.whole ? { to: content.answer.whole.owner } : {}),
      };
    case 'climbed':
      return { task: content.task, to: content.stint.owner, tier: content.tier };
    case 'handOffOffered':
      return { task: content.task, to: content.to };
    case 'handOffAccepted':
    case 'handOffExpired':
      return { task: content.task, to: content.stint.owner };
    case 'takeOverExpired':
      return { task: content.task, to: content.whole.owner, tier: content.tier };
    case 'asked':
      return help || !isHelp({ kind: content.want.kind, measure: content.want.measure ?? null })
        ? { asked: content.want.kind, ...(content.want.kind === 'take-over' ? { to: content.want.owner } : {}) }
        : {};
    case 'consented': {
      const { task, party, wants } = content;
      return { task, party, wants, ...routesOf(content) };
    }
    case 'ended':
    case 'routesTold':
      return { task: content.task, ...routesOf(content) };
    case 'shared':
      return { to: content.to };
    case 'planAmended':
      return { withdrawn: content.withdraw.filter((no) => help || !ofHelp.has(no)) };
    case 'mergeOffered':
    case 'merged':
    case 'mergeWithdrawn':
      return { other: content.into };
    case 'absorbed':
    case 'mergeDeclined':
    case 'unmergeOffered':
    case 'released':
      return { other: content.source };
    case 'unmerged':
      return { other: content.from };
    case 'attempted':
      return { task: content.task, ...(content.stint ? { to: content.stint.owner, tier: content.tier } : {}) };
    case 'paused':
      return { task: content.task, waitingFor: content.waitingFor };
    case 'resumed':
      return { task: content.task, due: iso(content.stint.due) };
    case 'extended': {
      const { task, due, beyondLaw } = content;
      return { task, due: iso(due), ...(beyondLaw ? { beyondLaw } : {}) };
    }
    default:
      return 'task' in content ? { task: content.task } : {};
  }
}

function deferralIn(content: Content) {
  if (content.kind !== 'answered') return {};
  const { answer } = content;
  const put =
    answer.task === 'decide'
      ? answer.decision.deferNotice
      : answer.task === 'notify' && answer.outcome === 'deferred'
        ? answer.deferral
        : undefined;
  return put ? { deferral: { ground: put.ground, until: iso(put.until) } } : {};
}

const proposalIn = ({ proposal, points }: ContentOf<'assessed'>) => ({ proposal, points });

/** @param stands false: of a level that is gone */
function levelParts(content: Content, stands: boolean) {
  if (content.kind === 'lapsed') return stands ? { level: content.to } : {};
  if (content.kind === 'eventWithdrawn') return content.lapsed ? { level: null } : {};
  if (content.kind !== 'answered' || content.answer.task !== 'decide') return {};
  const { level, choice, events } = content.answer.decision;
  return { ...(stands ? { level } : {}), choice, events };
}
