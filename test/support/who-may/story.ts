/** Cases and disputes told action by action up to a phase, with a marker in every datum, so that a leak by any path is seen. */
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Action, By, Content, TaskOpening } from '../../../shared/domain/actions.ts';
import { oneself, system } from '../../../shared/domain/actions.ts';
import { link } from '../../../shared/domain/audit.ts';
import { next } from '../../../shared/domain/commit.ts';
import {
  type CaseId,
  caseIdFor,
  type DisputeId,
  disputeIdFor,
  type LogId,
  noteIdFor,
} from '../../../shared/domain/ids.ts';
import { idNumberHolds, parseReport, type Report, reportIdOf } from '../../../shared/domain/report.ts';
import { openTasks, type State } from '../../../shared/domain/state.ts';
import type { PostRole, TaskKind } from '../../../shared/domain/words.ts';
import { keepPeople } from '../../../shared/record/keeping.ts';
import { type Log, project, projectHead, putAction } from '../../../shared/record/log.ts';
import { keepNote } from '../../../shared/record/notes.ts';
import type { Keys } from '../../../shared/record/seal.ts';
import { chainPartition, linkKey } from '../../../shared/record/table.ts';
import { access } from '../audit.ts';
import { bystander, city, colleague, east, home, monday, postOf, type Side, west } from './cast.ts';
import { shareOut, sharesOf } from './shares.ts';

export const casePhases = ['before', 'level', 'after', 'closed'] as const;
export type CasePhase = (typeof casePhases)[number];

export type Work = 'work' | 'help' | 'protect' | 'verify' | 'tell' | 'ask' | 'review';

/** How the posts of one side stand to a case and its dispute; what is not said is not so. */
export interface Situation {
  readonly name: string;
  readonly phases?: readonly CasePhase[];
  /** Whose posts have the tasks. */
  readonly side?: Side;
  readonly caseTask?: Work;
  readonly disputeTask?: Work;
  /** The tasks are a bystander's, and offered to each. */
  readonly offered?: true;
  /** The tasks are a bystander's, and each takes part in one. */
  readonly joins?: true;
  /** The proposal is red, not orange. */
  readonly red?: true;
  /** A bystander holds a talk, to which each is asked. */
  readonly invited?: true;
  /** A bystander helps and protects. */
  readonly others?: true;
  /** A post of the department officer's department has the task. */
  readonly colleague?: true;
  /** Accountable for the whole. */
  readonly owner?: PostRole;
  readonly glass?: 'now' | 'over' | 'of another';
  /** The one who complains is whoever acts. */
  readonly party?: true;
  readonly untold?: true;
  /** Part of it is shared with each, and with a bystander. */
  readonly shares?: true;
  /** Each has verified an event of it. */
  readonly verified?: true;
  /** Its dispute has nothing more to do and is over before the case is. */
  readonly disputeOver?: true;
}

export interface Subject {
  readonly situation: Situation;
  readonly phase: CasePhase;
  readonly case: CaseId;
  readonly dispute: DisputeId;
  readonly report: string;
  /** Numbers of tasks of the case: of each post, and the bystander's. */
  readonly taskOf: ReadonlyMap<string, string>;
  /** What is shared of it, by post. */
  readonly shareOf: ReadonlyMap<string, string>;
}

/** What is looked for in every answer. */
export const marks = {
  'name of respondent': '刘大强',
  'name of complainant': '王小花',
  'name of witness': '赵证人',
  'name of affected': '孙小妹',
  'name of child': '孙小宝',
  'name of another respondent': '刘二强',
  'name of another affected': '孙大妹',
  'address of respondent': '桥头村九号',
  'address of complainant': '桥头村八号',
  'address of affected': '桥头村七号',
  'address of child': '桥头村六号',
  words: '扬言杀人',
  'words of needs': '患病多年无收入',
  note: '现场核实情况属实',
  'note on help': '陪同就医并劝导',
  'visit words': '请两人同行先打电话',
  claim: '当时正在医院陪护',
  'who acted': 'clerk-who-acted',
  'who looked': 'auditee-who-looked',
  hardship: 'hardship_medical',
  weapon: 'weapon_present',
} as const;
export type Mark = keyof typeof marks;
const m = marks;

const numberWith = (first17: string): string =>
  [...'0123456789X'].map((last) => first17 + last).find(idNumberHolds) ?? first17;
export const identities = {
  respondent: { idNumber: numberWith('99999919800101001') },
  affected: { phone: '13800000003' },
  complainant: { idNumber: numberWith('99999919820202002') },
} as const;

function reportFor(sourceId: string, { party }: Situation): Report {
  const text = `邻居${m.words}，其${m['words of needs']}`;
  const fact = (type: string, start: number, end: number) => ({
    ...{ type, value: true, start, end, negated: false, hearsay: false },
  });
  const needs = text.indexOf(m['words of needs']);
  return parseReport({
    ...{ channel: 'police', sourceId, source: '派出所', reportedAt: '2026-01-05T10:00:00+08:00' },
    ...{ area: home, disputeType: 'neighbour', text },
    facts: [fact('weapon_present', 0, 2), fact('hardship_medical', needs, text.length)],
    people: [
      {
        role: 'respondent',
        name: m['name of respondent'],
        address: m['address of respondent'],
        ...identities.respondent,
      },
      {
        ...{ role: 'complainant', name: m['name of complainant'], address: m['address of complainant'] },
        ...(party ? identities.complainant : { phone: '13800000002' }),
      },
      { role: 'witness', name: m['name of witness'] },
      { role: 'respondent', name: m['name of another respondent'] },
      { role: 'affected', name: m['name of another affected'] },
      { role: 'affected', name: m['name of affected'], address: m['address of affected'], ...identities.affected },
      { role: 'child', name: m['name of child'], address: m['address of child'] },
    ],
  });
}

const clerk: By = { role: 'staff', person: m['who acted'], post: bystander };
const hour = 3_600_000;

/** One log, told without clocks and executions. */
export class Telling {
  readonly id: LogId;
  readonly actions: Action[] = [];
  readonly notes = new Map<string, string>();
  #state: State | undefined;

  constructor(id: LogId) {
    this.id = id;
  }

  get state(): State {
    if (!this.#state) throw new Error(`${this.id} has not begun`);
    return this.#state;
  }

  /** @returns the note that the words lie in */
  do(content: Content, words?: string, by: By = words === undefined ? system : clerk): string {
    const key = `k${this.actions.length}`;
    const note = noteIdFor(this.id, key);
    const named = content.kind === 'visitInstructed' ? { ...content, words: note } : content;
    const draft = { at: monday, by, key, rev: 0, content: named, ...(words === undefined ? {} : { note }) };
    const { action, state } = next(this.id, this.#state, draft);
    if (words !== undefined) this.notes.set(note, words);
    this.actions.push(action);
    this.#state = state;
    // Whatever it asks for beyond this log is done at once.
    const [owed] = content.kind === 'discharged' ? [] : state.owed;
    if (owed) this.do({ kind: 'discharged', what: owed.what, of: owed.n });
    return note;
  }

  /** @returns the number of the task */
  open(kind: TaskKind, owner: string, more: Partial<TaskOpening> = {}): string {
    const no = `${kind}-${(this.state.counts[kind] ?? 0) + 1}`;
    this.do({ kind: 'opened', tasks: [{ kind, owner, from: monday, due: monday + 48 * hour, ...more }] });
    return no;
  }
}

const kindFor: Readonly<Record<CasePhase, Readonly<Record<Work, TaskKind>>>> = {
  before: {
    work: 'decide',
    help: 'crisis-help',
    protect: 'protect',
    verify: 'verify',
    tell: 'notify',
    ask: 'verify',
    review: 'contest',
  },
  level: {
    work: 'review',
    help: 'measure',
    protect: 'protect',
    verify: 'verify',
    tell: 'notify',
    ask: 'verify',
    review: 'contest',
  },
  after: {
    work: 'check-in',
    help: 'measure',
    protect: 'protect',
    verify: 'verify',
    tell: 'notify',
    ask: 'verify',
    review: 'contest',
  },
  closed: {
    work: 'check-in',
    help: 'measure',
    protect: 'protect',
    verify: 'verify',
    tell: 'notify',
    ask: 'verify',
    review: 'contest',
  },
};

export const postsOf = (side: Side): string[] => (side === 'east' ? east : west).map(({ post }) => post);

const helpOf = (kind: TaskKind): Partial<TaskOpening> => {
  if (kind === 'enquiry') return { about: 'health known-dispute' };
  return kind === 'measure' ? { measure: 'counselling' } : {};
};
const others = ['crisis-help', 'protect', 'child-protection'] as const;

/** The tasks of a situation, on the case or on the dispute. */
function assign(telling: Telling, situation: Situation, work: Work | undefined, kind: TaskKind): Map<string, string> {
  const found = new Map([[bystander, telling.open('review', bystander, clocksOf(telling))]]);
  if (situation.colleague) telling.open('review', colleague);
  if (situation.invited) telling.open('talk', bystander, { ...clocksOf(telling), invited: postsOf('east') });
  for (const one of situation.others ? others : []) telling.open(one, bystander, helpOf(one));
  if (!work && !situation.offered && !situation.joins) return found;
  for (const post of postsOf(situation.side ?? 'east')) {
    const task = telling.open(kind, situation.offered || situation.joins ? bystander : post, {
      ...clocksOf(telling),
      ...helpOf(kind),
      ...(situation.joins ? { joining: post } : {}),
    });
    found.set(post, task);
    if (situation.offered) {
      telling.do({ kind: 'handOffOffered', task, handOff: `${task}-1`, to: post, until: monday + 24 * hour });
    }
  }
  return found;
}

/** By which level's clocks tasks run: what is proposed, then what was decided. */
function clocksOf({ state }: Telling): Partial<TaskOpening> {
  if (state.subject !== 'case') return {};
  return { level: state.decision || state.assessment?.proposal === 'red' ? 'red' : 'orange' };
}

function breakGlass(telling: Telling, { glass }: Situation): void {
  if (!glass) return;
  for (const { person, post } of east) {
    const by = { role: 'staff', person: glass === 'of another' ? `${person}.duty` : person, post } as const;
    const until = glass === 'over' ? monday - hour : monday + 2 * hour;
    telling.do({ kind: 'glassBroken', post, person: by.person, until }, undefined, by);
  }
}

function tellCase(id: CaseId, dispute: DisputeId, report: Report, situation: Situation, phase: CasePhase) {
  const telling = new Telling(id);
  const owner = situation.owner ? postOf(situation.owner, 'east') : bystander;
  const { channel, area, disputeType } = report;
  const facts = [{ type: 'weapon_present' as const }, { type: 'hardship_medical' as const }];
  const event = { id: 'E-1', at: monday, facts };
  telling.do({ kind: 'reported', report: reportIdOf(report), channel, area, disputeType, owner, dispute, event });
  const verify = telling.open('verify', bystander, { event: 'E-1' });
  telling.do({ kind: 'answered', task: verify, answer: { task: 'verify', outcome: 'verified' } }, m.note);
  for (const post of situation.verified ? postsOf('east') : []) {
    const told = { ...event, id: `E-${post}`, verified: post };
    telling.do({ kind: 'reported', report: `again/${post}`, channel, area, disputeType, owner, dispute, event: told });
  }
  const assessment = {
    model: 'general-1',
    inputHash: 'hash',
    proposal: situation.red ? 'red' : 'orange',
    points: 77,
    trend: 'rising',
  } as const;
  telling.do({ kind: 'assessed', ...assessment, factors: [] });
  const help = telling.open('crisis-help', bystander);
  telling.do({ kind: 'visitInstructed', task: help, words: '' }, m['visit words']);
  telling.do({ kind: 'answered', task: help, answer: { task: 'crisis-help', outcome: 'helped' } }, m['note on help']);
  if (phase !== 'before') toLevel(telling, owner, situation);
  if (situation.shares) shareOut(telling, [...postsOf('east'), ...postsOf('west'), bystander]);
  if (phase === 'after' || phase === 'closed') toEnd(telling);
  breakGlass(telling, situation);
  if (phase === 'closed') telling.do({ kind: 'closed' });
  const { caseTask } = situation;
  const kind = kindFor[phase][caseTask ?? 'work'];
  return {
    telling,
    taskOf: phase === 'closed' ? new Map<string, string>() : assign(telling, situation, caseTask, kind),
  };
}

function toLevel(telling: Telling, owner: string, { untold }: Situation): void {
  const decide = telling.open('decide', bystander);
  const decision = { choice: 'raise', level: 'red', events: ['E-1'], owner, lapses: monday + 240 * hour } as const;
  const answer = { task: 'decide', outcome: 'decided', decision: { ...decision, department: 'works' } } as const;
  telling.do({ kind: 'answered', task: decide, answer }, m.note);
  const notify = telling.open('notify', bystander);
  const deferral = {
    ground: 'hinders-duty',
    until: monday + 240 * hour,
    person: 'somebody',
    department: 'works',
  } as const;
  const given = untold
    ? ({ task: 'notify', outcome: 'deferred', deferral } as const)
    : ({ task: 'notify', outcome: 'told' } as const);
  telling.do({ kind: 'answered', task: notify, answer: given }, m.note);
  const plan = telling.open('plan', bystander);
  const measures = (['people-mediation', 'counselling'] as const).map((kind) => ({ kind, owner: bystander }));
  telling.do({ kind: 'answered', task: plan, answer: { task: 'plan', outcome: 'planned', measures } }, m.note);
  const { state } = telling;
  const n = state.subject === 'case' ? (state.decision?.n ?? 0) : 0;
  if (!untold) telling.do({ kind: 'contested', decision: n, level: 'red' }, m.claim, oneself);
}

function toEnd(telling: Telling): void {
  const resolve = telling.open('resolve', bystander);
  telling.do({ kind: 'answered', task: resolve, answer: { task: 'resolve', outcome: 'resolved' } }, m.note);
}

function tellDispute(id: DisputeId, caseId: CaseId, report: Report, situation: Situation, phase: CasePhase): Telling {
  const telling = new Telling(id);
  const { channel, area, disputeType } = report;
  const owner = situation.owner ? postOf(situation.owner, 'east') : bystander;
  const reported = { kind: 'reported' as const, channel, area, disputeType, owner };
  telling.do({ ...reported, report: `${reportIdOf(report)}-earlier`, wants: [{ kind: 'settle' }] });
  const settle = telling.open('settle', bystander);
  const help = telling.open('crisis-help', bystander);
  telling.do(
    { kind: 'answered', task: settle, answer: { task: 'settle', outcome: 'failed', routes: ['court'] } },
    m.note,
  );
  telling.do({ kind: 'answered', task: help, answer: { task: 'crisis-help', outcome: 'helped' } }, m['note on help']);
  telling.do({ ...reported, report: reportIdOf(report), caseId });
  telling.do({ kind: 'rightAsked', right: 'copy', part: `${reportIdOf(report)}#5` }, m.claim, oneself);
  if (phase === 'closed' || situation.disputeOver) {
    telling.do({ kind: 'closed' });
    return telling;
  }
  const kinds = {
    work: 'settle',
    help: 'crisis-help',
    protect: 'child-protection',
    verify: 'settle',
    tell: 'settle',
    ask: 'enquiry',
    review: 'settle',
  } as const;
  assign(telling, situation, situation.disputeTask, kinds[situation.disputeTask ?? 'work']);
  return telling;
}

/** Puts a case and its dispute into the record, with everything that lies beside them. */
export async function tell(log: Log, keys: Keys, situation: Situation, phase: CasePhase): Promise<Subject> {
  const report = reportFor(`${situation.name.replaceAll(/\W+/g, '-')}.${phase}`, situation);
  const ids = { case: caseIdFor(reportIdOf(report)), dispute: disputeIdFor(reportIdOf(report)) };
  const { telling, taskOf } = tellCase(ids.case, ids.dispute, report, situation, phase);
  const dispute = tellDispute(ids.dispute, ids.case, report, situation, phase);
  await Promise.all([
    keepPeople({ table: log.table, keys }, { dispute: ids.dispute, caseId: ids.case, report, pointers: [] }),
    put(log, keys, telling),
    put(log, keys, dispute),
  ]);
  return { situation, phase, ...ids, report: reportIdOf(report), taskOf, shareOf: sharesOf(telling) };
}

export async function put(log: Log, keys: Keys, { id, state, actions, notes }: Telling): Promise<void> {
  const { table } = log;
  await Promise.all([
    ...actions.map((action) => putAction(table, id, action)),
    ...[...notes].map(([note, words]) => keepNote(keys, table, id, note, 'log', words)),
    ...openTasks(state).map(({ no }) => project(log, state, no, state.n, true)),
    projectHead(log, state),
    table.db.send(
      new PutCommand({
        TableName: table.name,
        Item: {
          ...{ pk: chainPartition(id), sk: linkKey(1) },
          ...link(id, undefined, access({ what: id, person: marks['who looked'] }), city.audit.years),
        },
      }),
    ),
  ]);
  log.warm.set(id, state);
}
