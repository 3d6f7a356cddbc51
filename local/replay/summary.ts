/** What a replay comes to, in numbers. */
import type { City } from '../../shared/config/city.ts';
import type { Action, Content } from '../../shared/domain/actions.ts';
import { isClosed, type State } from '../../shared/domain/state.ts';
import type { Counters } from './cloud.ts';
import { type Cost, costOf, nothing } from './cost.ts';
import { digestOf, linesOf } from './digest.ts';
import { everyStep, levelChanges, tasksOf } from './histories.ts';
import { accessesIn } from './invariants/evidence.ts';
import { turnsIn } from './invariants/whole-life.ts';
import { type Evidence, type Findings, invariants } from './invariants.ts';
import type { Told } from './record.ts';

type Counts = Readonly<Record<string, number>>;

export interface Summary {
  readonly city: string;
  readonly seed: number;
  readonly from: string;
  readonly until: string;
  readonly reports: number;
  readonly disputes: Counts;
  readonly cases: { readonly total: number; readonly byStatus: Counts; readonly byLevel: Counts };
  /** Levels that cases ever had, by the action that set them. */
  readonly levels: Counts;
  readonly decisions: Counts;
  /** `<kind> <outcome>`. */
  readonly tasks: Counts;
  readonly reminders: number;
  readonly warnings: number;
  readonly escalations: Counts;
  readonly handOffs: Counts;
  readonly lapses: Counts;
  /** What staff and parties did beside answering: tries, pauses, wishes of parties, orders, changed plans. */
  readonly beside: Counts;
  /** Cases that were offered as a whole. */
  readonly takeOvers: Counts;
  /** Help without a dispute, and grid rounds, by status. */
  readonly referrals: Counts;
  readonly rounds: Counts;
  readonly messages: Counts;
  readonly messagesToCitizens: number;
  readonly checkIns: Counts & { readonly completedRows: number };
  readonly relapses: number;
  /** Cases that a new report found resolved or closed. */
  readonly reopened: number;
  readonly refusals: Counts;
  readonly executions: number;
  readonly transitions: number;
  readonly invocations: Counts;
  readonly readUnits: Counts;
  readonly writeUnits: Counts;
  readonly cost: {
    /** All that this replay took, shared among its cases. */
    readonly perCase: Cost;
    /** Red, five measures, resolved on day 10, five check-ins, nobody late. */
    readonly redCase: Cost;
  };
  readonly simulatedSeconds: number;
  readonly wallSeconds: number;
  readonly invariants: Findings;
  readonly recordDigest: string;
}

export interface Circumstances {
  readonly city: City;
  readonly seed: number;
  readonly from: number;
  readonly until: number;
  readonly counters: Counters;
  readonly refusals: Counts;
  readonly wallSeconds: number;
  readonly redCase: Cost;
  readonly evidence: Omit<Evidence, 'told' | 'city' | 'now'>;
}

/** What the summary counts of it: what is asked for is told with its kind, what is wanted with the wish. */
function besideIn(content: Content): string[] {
  switch (content.kind) {
    case 'attempted':
    case 'paused':
    case 'resumed':
    case 'extended':
    case 'joined':
    case 'paged':
    case 'dangerReported':
    case 'planAmended':
    case 'contactChanged':
    case 'contested':
    case 'correctionAsked':
    case 'rightAsked':
    case 'checkInsDeclined':
    case 'agreementTold':
    case 'eventWithdrawn':
    case 'shared':
    case 'reopened':
    case 'held':
    case 'holdReleased':
    case 'merged':
    case 'unmerged':
    case 'glassBroken':
    case 'contestWidened':
    case 'erased':
      return [content.kind];
    case 'consented':
      return [`${content.kind} ${content.wants ? 'yes' : 'no'}`];
    case 'optedIn':
      return [`${content.kind} ${content.wants ? 'yes' : 'no'}`];
    case 'asked':
      return [`${content.kind} ${content.want.kind}`];
    default:
      return [];
  }
}

/** What somebody said for themself. */
const inOwnAffairs = ({ by, content }: Action): string[] =>
  by.role === 'citizen' ? besideIn(content).map((what) => `${what} by oneself`) : [];

const looked: Readonly<Record<string, string>> = { 'read-share': 'share', 'list-my-matters': 'own affairs' };

/** What leaves no action: views that were opened, or were shut, and turns of the switch. */
function looksIn(told: Told, now: number): string[] {
  const looks = accessesIn({ told, now }).flatMap(({ operation, outcome }) =>
    looked[operation] === undefined ? [] : [`${looked[operation]} ${outcome}`],
  );
  return [...looks, ...turnsIn(told).map(({ state }) => `levels ${state}`)];
}

/** Sorted by name, so that equal summaries have equal text. */
function tally(names: Iterable<string>): Record<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function summarize(told: Told, circumstances: Circumstances): { summary: Summary; lines: readonly string[] } {
  const { city, seed, from, until, counters, refusals, wallSeconds, redCase, evidence } = circumstances;
  const lines = linesOf(told);
  const contents = everyStep(told).map(({ action }) => action.content);
  const tasks = [...told.steps.values()].flatMap(tasksOf);
  const cases = told.states.filter((state) => state.subject === 'case');
  const disputes = told.states.filter((state) => state.subject === 'dispute');
  const checkIns = tasks.filter(({ task }) => task.kind === 'check-in');
  const sent = evidence.messages.filter(({ kind }) => kind !== undefined).length;
  const statuses = (subject: State['subject']) =>
    tally(told.states.filter((state) => state.subject === subject).map((state) => state.status));
  const count = (kind: string) => contents.filter((content) => content.kind === kind).length;
  const summary: Summary = {
    city: city.id,
    seed,
    from: new Date(from).toISOString(),
    until: new Date(until).toISOString(),
    reports: told.record.reports.length,
    disputes: tally(disputes.map((state) => state.status)),
    cases: {
      total: cases.length,
      byStatus: tally(
        cases.map((state) => (isClosed(state) ? `closed as ${state.endsAs ?? 'completed'}` : state.status)),
      ),
      byLevel: tally(cases.map((state) => state.level?.colour ?? 'none')),
    },
    levels: tally(
      [...told.steps.values()].flatMap((steps) => levelChanges(steps).flatMap(({ to }) => (to === null ? [] : [to]))),
    ),
    decisions: tally(
      contents.flatMap((content) => {
        if (content.kind !== 'answered' || content.answer.task !== 'decide') return [];
        const { choice, level } = content.answer.decision;
        return [`${choice} ${level ?? 'no level'}`];
      }),
    ),
    tasks: tally(tasks.map(({ task, outcome }) => `${task.kind} ${outcome}`)),
    reminders: count('reminded'),
    warnings: count('warned'),
    escalations: tally(
      contents.flatMap((content) =>
        content.kind === 'climbed' || content.kind === 'handOffExpired' ? [content.tier] : [],
      ),
    ),
    handOffs: {
      offered: count('handOffOffered'),
      accepted: count('handOffAccepted'),
      declined: count('handOffDeclined'),
      expired: count('handOffExpired'),
    },
    lapses: tally(contents.flatMap((c) => (c.kind === 'lapsed' ? [`${c.from} to ${c.to ?? 'none'}`] : []))),
    beside: tally([
      ...contents.flatMap(besideIn),
      ...everyStep(told).flatMap(({ action }) => inOwnAffairs(action)),
      ...looksIn(told, until),
    ]),
    takeOvers: tally(tasks.flatMap(({ task, outcome }) => (task.kind === 'take-over' ? [outcome] : []))),
    referrals: statuses('referral'),
    rounds: statuses('round'),
    messagesToCitizens: evidence.messages.filter(({ toCitizen }) => toCitizen).length,
    messages: tally(evidence.messages.flatMap(({ kind }) => (kind === undefined ? [] : [kind]))),
    checkIns: {
      ...tally(checkIns.map(({ outcome }) => outcome)),
      completedRows: cases.filter((state) => isClosed(state) && state.endsAs === null && state.checkInsSet).length,
    },
    relapses: checkIns.filter(({ outcome }) => outcome === 'relapse').length,
    reopened: everyStep(told).filter(
      ({ action, before, after }) =>
        action.content.kind === 'reported' && before?.subject === 'case' && before.status !== after.status,
    ).length,
    refusals,
    executions: counters.executions,
    transitions: counters.transitions,
    invocations: counters.invocations,
    readUnits: counters.readUnits,
    writeUnits: counters.writeUnits,
    cost: { perCase: costOf(nothing, counters, sent, cases.length), redCase },
    simulatedSeconds: Math.round((until - from) / 1000),
    wallSeconds: Math.round(wallSeconds * 10) / 10,
    invariants: invariants({ ...evidence, told, city, now: until }),
    recordDigest: digestOf(lines),
  };
  return { summary, lines };
}
