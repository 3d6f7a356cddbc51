/** What the API shows of a case or dispute: field by field what the matrix grants, and nothing else. Pure. */
import { iso } from '../calendar/calendar.ts';
import type { Action, Content } from './actions.ts';
import type { FactType } from './facts.ts';
import { helpKinds, isDanger, isHelp, isNeed } from './help.ts';
import type { CaseEvent, CaseState, State, Task } from './state.ts';
import { openTasks } from './state.ts';
import type { Field } from './who-may/matrix.ts';
import { phaseOf } from './who-may/standing.ts';

export type Shown = ReadonlySet<Field>;

const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

/** By which level's clocks a task runs tells the level. */
const viewOfTask = (id: string, task: Task, shown: Shown) => ({
  taskId: `${id}.${task.no}`,
  no: task.no,
  kind: task.kind,
  measure: task.measure,
  event: task.event,
  level: shown.has('level') ? task.level : null,
  owner: task.owner,
  openedAt: iso(task.openedAt),
  from: iso(task.from),
  begun: task.begun,
  acknowledgedAt: isoOrNull(task.acknowledgedAt),
  acknowledgeBy: isoOrNull(task.ackDue),
  due: iso(task.due),
  climbs: task.climbs,
  handOff: task.handOff && { id: task.handOff.id, to: task.handOff.to, until: iso(task.handOff.until) },
});

/** Part of a view: absent unless its field is granted. */
const when = <T extends object>(shown: Shown, field: Field, part: () => T): T | object =>
  shown.has(field) ? part() : {};

/** @param linked the cases of a dispute */
export function viewOf(state: State, shown: Shown, linked: readonly CaseState[] = []) {
  const { id, status, area, disputeType, owner, openedAt, changedAt } = state;
  const tasks = openTasks(state);
  const common = {
    ...when(shown, 'summary', () => ({
      status,
      phase: phaseOf(state, linked),
      area,
      disputeType,
      owner,
      openedAt: iso(openedAt),
      changedAt: iso(changedAt),
    })),
    ...when(shown, 'tasks', () => ({
      tasks: tasks.filter((task) => !isHelp(task)).map((task) => viewOfTask(id, task, shown)),
    })),
    ...when(shown, 'help', () => ({
      help: { tasks: tasks.filter(isHelp).map((task) => viewOfTask(id, task, shown)) },
    })),
  };
  if (state.subject !== 'case') {
    return { id, ...common, ...when(shown, 'summary', () => ({ outcomes: outcomesOf(state.outcomes, shown) })) };
  }
  return { id, ...common, ...caseParts(state, shown) };
}

/** The outcome of a help task is its content. */
const outcomesOf = (outcomes: readonly string[], shown: Shown): string[] =>
  outcomes.filter((outcome) => shown.has('help') || !outcome.startsWith('crisis-help'));

function caseParts(state: CaseState, shown: Shown) {
  return {
    ...when(shown, 'summary', () => ({ disputes: state.disputes })),
    ...when(shown, 'level', () => ({
      level: levelOf(state),
      // How somebody is protected from them is not for the person concerned.
      ...(shown.has('own') ? {} : { safetyPlan: state.safetyPlan }),
      told: state.told,
    })),
    ...when(shown, 'events', () => ({ events: state.events.map((event) => viewOfEvent(event, shown)) })),
    ...when(shown, 'assessment', () => ({ assessment: assessmentOf(state) })),
    ...when(shown, 'plan', () => ({ plan: planOf(state, shown) })),
    ...when(shown, 'needs', () => ({ needs: needsOf(state) })),
    ...when(shown, 'danger', () => ({ danger: dangerOf(state) })),
  };
}

function levelOf({ level, resolvedAs, resolvedAt, decision }: CaseState) {
  if (!level)
    return resolvedAs && resolvedAt !== null ? { colour: null, resolvedAs, resolvedAt: iso(resolvedAt) } : null;
  const { colour, since, lapses, awaits, afterRed, renewed } = level;
  return {
    colour,
    since: iso(since),
    lapses: iso(lapses),
    /** Department whose decision a red rests on until a second person of another one has agreed. */
    awaitsSecondTo: awaits ? awaits.department : null,
    afterRed,
    renewed,
    decidedBy: decision?.n ?? null,
  };
}

/** Through which channel it came, and when, would tell the person concerned who spoke. */
const viewOfEvent = ({ id, at, state, channel, receivedAt, facts }: CaseEvent, shown: Shown) => ({
  id,
  at: iso(at),
  state,
  ...(shown.has('own') ? {} : { channel, receivedAt: iso(receivedAt) }),
  facts: facts.filter((fact) => !isNeed(fact)),
});

/** Advice: what is proposed and why. The points stand with their factors in the history; nobody is sorted by them (S4). */
const assessmentOf = ({ assessment }: CaseState) =>
  assessment && { proposal: assessment.proposal, trend: assessment.trend, note: 'advice, not a prediction' };

/** How many measures are done counts those of help. */
const planOf = ({ plan, measuresDone }: CaseState, shown: Shown) =>
  plan && {
    waiting: plan.waiting.filter(({ kind }) => !helpKinds.has(kind)),
    ...(shown.has('needs') ? { done: measuresDone } : {}),
  };

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

/** One line of the board. */
export function lineOf(state: State, shown: Shown) {
  const { id, subject, status, owner, area, disputeType, openedAt, changedAt } = state;
  const level = state.subject === 'case' ? (state.level?.colour ?? null) : null;
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
    ...(shown.has('level') ? { level } : {}),
  };
}

/** Task numbers whose actions tell of help: of the kinds of help, and measures of help. */
export function helpNumbers(actions: readonly Action[]): Set<string> {
  const counts = new Map<string, number>();
  const found = new Set<string>();
  for (const { content } of actions) {
    if (content.kind !== 'opened') continue;
    for (const { kind, measure } of content.tasks) {
      const k = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, k);
      if (isHelp({ kind, measure: measure ?? null })) found.add(`${kind}-${k}`);
    }
  }
  return found;
}

const decisions: ReadonlySet<string> = new Set(['decide', 'second', 'renew', 'resolve', 'notify', 'settle']);
const isDecision = (content: Content): boolean =>
  content.kind === 'assessed' ||
  content.kind === 'lapsed' ||
  content.kind === 'closed' ||
  (content.kind === 'answered' && decisions.has(content.answer.task));

const onTask = (content: Content): string | undefined => ('task' in content ? content.task : undefined);

/** An action as the history shows it. What is not for the reader keeps its number, so that nothing looks removed. */
export function entryOf(action: Action, shown: Shown, help: ReadonlySet<string>, notes: ReadonlyMap<string, string>) {
  const { n, at, by, content, note } = action;
  const bare = { n, at: iso(at) };
  const task = onTask(content);
  // Of one's own case or dispute: what was decided. When others reported, and who was protected, would tell who spoke.
  if (shown.has('own') && !isDecision(content)) return { n, withheld: true as const };
  if (!shown.has('summary')) return { ...bare, withheld: true as const };
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
    ...(shown.has('tasks') ? taskParts(content, shown) : {}),
    ...(shown.has('level') ? levelParts(content) : {}),
    ...(shown.has('assessment') && content.kind === 'assessed'
      ? { model: content.model, inputHash: content.inputHash, proposal: content.proposal, points: content.points }
      : {}),
    ...(shown.has('notes') && words !== undefined ? { note: words } : {}),
  };
}

function taskParts(content: Content, shown: Shown) {
  const help = shown.has('help');
  switch (content.kind) {
    case 'opened': {
      const seen = content.tasks.filter(({ kind, measure }) => help || !isHelp({ kind, measure: measure ?? null }));
      return { tasks: seen.map(({ kind, owner, due }) => ({ kind, owner, due: iso(due) })) };
    }
    case 'answered':
      return { task: content.task, outcome: content.answer.outcome };
    case 'climbed':
      return { task: content.task, to: content.stint.owner, tier: content.tier };
    case 'handOffOffered':
      return { task: content.task, to: content.to };
    case 'handOffAccepted':
    case 'handOffExpired':
      return { task: content.task, to: content.stint.owner };
    default:
      return 'task' in content ? { task: content.task } : {};
  }
}

function levelParts(content: Content) {
  if (content.kind === 'lapsed') return { level: content.to };
  if (content.kind !== 'answered' || content.answer.task !== 'decide') return {};
  const { level, choice, events } = content.answer.decision;
  return { level, choice, events };
}
