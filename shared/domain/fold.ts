/** Folding: the one place where an action changes anything. Pure, needs no city and no clock. */
import { RecordBroken } from '../errors.ts';
import type { Action, Answer, Draft, Stint, TaskOpening } from './actions.ts';
import { schemaVersion } from './actions.ts';
import { canonical, isLogId, type LogId, sha256 } from './ids.ts';
import type { CaseEvent, CaseState, DisputeState, LevelState, Notice, NoticeKind, State, Task } from './state.ts';
import type { TaskKind } from './words.ts';

/** The action that a draft becomes as number n+1 of a log. */
export function sealAction(before: State | undefined, draft: Draft, revises: boolean): Action {
  const body = {
    ...draft,
    schema: schemaVersion,
    n: (before?.n ?? 0) + 1,
    prev: before?.hash ?? '',
    ...(revises ? { revises } : {}),
  } as const;
  return { ...body, hash: hashOf(body) };
}

const hashOf = (action: Omit<Action, 'hash'>): string => sha256(canonical({ ...action, hash: undefined })).slice(0, 32);

/** @throws RecordBroken where the chain has a gap, a wrong hash or an action of another schema. */
export function fold(id: LogId, actions: Iterable<Action>, from?: State): State | undefined {
  let state = from;
  for (const action of actions) {
    const n = (state?.n ?? 0) + 1;
    if (action.n !== n || action.prev !== (state?.hash ?? '')) {
      throw new RecordBroken(`action ${action.n} of ${id} does not follow action ${n - 1}`);
    }
    if (action.schema !== schemaVersion) throw new RecordBroken(`action ${n} of ${id} has schema ${action.schema}`);
    if (hashOf(action) !== action.hash) throw new RecordBroken(`action ${n} of ${id} is not what was written`);
    state = apply(id, state, action);
  }
  return state;
}

/** One action further. Trusts number and hash. */
export function apply(id: LogId, before: State | undefined, action: Action): State {
  const state = before ?? begin(id, action);
  const head = {
    n: action.n,
    hash: action.hash,
    changedAt: action.at,
    ...(action.revises ? { rev: state.rev + 1, revisedAt: action.at } : {}),
    recoveries: action.content.kind === 'revised' && action.content.cause === 'recovered' ? state.recoveries + 1 : 0,
  };
  const after = state.subject === 'case' ? applyToCase(state, action) : applyToDispute(state, action);
  return { ...after, ...head };
}

function begin(id: LogId, { content, at, n, hash }: Action): State {
  if (content.kind !== 'reported' || !isLogId(id)) {
    throw new RecordBroken(`${id} begins with "${content.kind}" instead of "reported"`);
  }
  const log = {
    n,
    hash,
    rev: 1,
    revisedAt: at,
    recoveries: 0,
    openedAt: at,
    changedAt: at,
    area: content.area,
    disputeType: content.disputeType,
    owner: content.owner,
    reports: [],
    tasks: {},
    counts: {},
  };
  if (id.startsWith('D-')) {
    return {
      ...log,
      subject: 'dispute',
      id: id as DisputeState['id'],
      status: 'open',
      cases: [],
      wants: [],
      outcomes: [],
    };
  }
  return {
    ...log,
    subject: 'case',
    id: id as CaseState['id'],
    disputes: [],
    status: 'reported',
    events: [],
    ...newCycle,
    assessment: null,
    decision: null,
    glass: [],
    toReview: 0,
    visit: null,
    keys: [],
  };
}

/** What a relapse or reopening begins anew. The history stays. */
const newCycle = {
  fresh: false,
  reassess: false,
  level: null,
  safetyPlan: false,
  notified: false,
  told: false,
  plan: null,
  measuresDone: 0,
  reviewedAt: null,
  resolvedAs: null,
  resolvedAt: null,
  checkInsSet: false,
  concern: false,
  endsAs: null,
} as const satisfies Partial<CaseState>;

function applyToDispute(state: DisputeState, action: Action): DisputeState {
  const { content } = action;
  switch (content.kind) {
    case 'reported': {
      const cases =
        content.caseId && !state.cases.includes(content.caseId) ? [...state.cases, content.caseId] : state.cases;
      // A dispute that a case has grown out of is looked after there: what was to be settled here ends.
      const tasks = content.caseId ? without(state.tasks, (task) => task.kind === 'settle') : state.tasks;
      const wants =
        content.wants && !Object.values(tasks).some((task) => task.kind === content.wants)
          ? [...new Set([...state.wants, content.wants])]
          : state.wants;
      return {
        ...state,
        status: 'open',
        reports: [...state.reports, content.report],
        cases,
        tasks,
        wants: content.caseId ? wants.filter((want) => want !== 'settle') : wants,
      };
    }
    case 'opened':
      return { ...withOpened(state, action, content.tasks), wants: [] };
    case 'answered':
      return {
        ...state,
        tasks: without(state.tasks, (task) => task.no === content.task),
        outcomes: [...state.outcomes, `${content.task}:${content.answer.outcome}`],
      };
    case 'closed':
      return { ...state, tasks: {}, status: 'closed' };
    default:
      return withTaskAction(state, action);
  }
}

function applyToCase(state: CaseState, action: Action): CaseState {
  const { content } = action;
  switch (content.kind) {
    case 'reported': {
      const verified = content.event?.verified !== undefined;
      // After a resolution a report is checked first; only an event that holds begins the way anew.
      const again = state.status === 'closed' || state.status === 'ending' || (state.status === 'resolved' && verified);
      const events: readonly CaseEvent[] = content.event
        ? [
            ...state.events,
            {
              ...content.event,
              state: content.event.verified === undefined ? 'unverified' : 'verified',
              channel: content.channel,
              receivedAt: action.at,
              report: content.report,
            },
          ]
        : state.events;
      const disputes =
        content.dispute && !state.disputes.includes(content.dispute)
          ? [...state.disputes, content.dispute]
          : state.disputes;
      const joined = { ...state, reports: [...state.reports, content.report], events, disputes };
      const after = again ? anew(joined) : joined;
      return verified ? { ...after, fresh: true } : after;
    }
    case 'assessed': {
      const { inputHash, proposal, trend, points } = content;
      return {
        ...state,
        reassess: false,
        assessment: { n: action.n, inputHash, proposal, trend, points },
        status: state.status === 'reported' ? 'assessed' : state.status,
        // A decision asked for on an older assessment is asked for anew.
        tasks: without(state.tasks, (task) => task.kind === 'decide'),
      };
    }
    case 'opened':
      return afterOpening(withOpened(state, action, content.tasks), content.tasks);
    case 'answered': {
      const task = state.tasks[content.task];
      const answered = { ...state, tasks: without(state.tasks, (t) => t.no === content.task) };
      return task ? afterAnswer(answered, action, content.answer, task) : answered;
    }
    case 'lapsed': {
      if (content.to === null) return ending(state, 'lapsed');
      if (!state.level || content.lapses === undefined) return state;
      return atLevel(state, {
        ...state.level,
        colour: content.to,
        lapses: content.lapses,
        awaits: null,
        afterRed: true,
      });
    }
    case 'glassBroken': {
      const { person, post, until } = content;
      return {
        ...state,
        glass: [...state.glass, { person, post, until }],
        toReview: state.toReview + 1,
        keys: [...state.keys, action.key],
      };
    }
    case 'visitInstructed':
      return {
        ...state,
        visit: { words: content.words, post: action.by.post ?? '' },
        keys: [...state.keys, action.key],
      };
    case 'closed':
      return { ...state, tasks: {}, level: null, status: 'closed' };
    default:
      return withTaskAction(state, action);
  }
}

function afterOpening(state: CaseState, tasks: readonly TaskOpening[]): CaseState {
  const kinds = new Set(tasks.map((task) => task.kind));
  return {
    ...state,
    ...(kinds.has('measure') && state.plan ? { plan: { ...state.plan, waiting: [] } } : {}),
    ...(kinds.has('check-in') ? { checkInsSet: true } : {}),
    ...(kinds.has('review') ? { concern: false } : {}),
    ...(kinds.has('access-review') ? { toReview: 0 } : {}),
  };
}

function afterAnswer(state: CaseState, { n, at, by }: Action, answer: Answer, task: Task): CaseState {
  switch (answer.task) {
    case 'verify': {
      const verified = answer.outcome === 'verified';
      const events = state.events.map(
        (event): CaseEvent =>
          event.id === task.event ? { ...event, state: verified ? 'verified' : 'withdrawn' } : event,
      );
      const left = { ...state, events };
      if (verified) return { ...(state.status === 'resolved' ? anew(left) : left), fresh: true };
      const asked = events.some((event) => event.state === 'unverified');
      // Nothing of what began this cycle has held: what was decided before stays decided.
      return state.status === 'reported' && !asked && !state.fresh ? ending(left, 'unfounded') : left;
    }
    case 'decide': {
      const { level, lapses, department, owner } = answer.decision;
      const decided = {
        ...state,
        owner,
        decision: { n, onAssessment: state.assessment?.n ?? 0, level },
      };
      if (level === null || lapses === undefined) return ending(decided, 'dismissed');
      return atLevel(decided, {
        colour: level,
        since: at,
        lapses,
        awaits: level === 'red' ? { person: by.person, department: department ?? '' } : null,
        afterRed: false,
        renewed: false,
      });
    }
    case 'second': {
      if (!state.level) return state;
      if (answer.outcome === 'agree') return { ...state, level: { ...state.level, awaits: null } };
      return atLevel(state, {
        ...state.level,
        colour: 'orange',
        awaits: null,
        lapses: answer.lapses ?? state.level.lapses,
      });
    }
    case 'protect':
      return { ...state, safetyPlan: true, status: state.status === 'protecting' ? 'planning' : state.status };
    case 'notify':
      return { ...state, notified: true, told: answer.outcome === 'told' };
    case 'plan':
      return {
        ...state,
        plan: { n, waiting: answer.measures },
        measuresDone: 0,
        status: state.level ? 'carrying-out' : state.status,
      };
    case 'measure':
      return { ...state, measuresDone: state.measuresDone + 1 };
    case 'review': {
      if (answer.outcome === 'continue') return { ...state, reviewedAt: at };
      // After resolution a concern that holds begins the way anew, with its history.
      return state.status === 'resolved'
        ? { ...anew(state), fresh: true, reassess: true }
        : { ...state, reviewedAt: at, reassess: true };
    }
    case 'renew':
      if (answer.outcome === 'ended' || answer.lapses === undefined || !state.level) return resolved(state, at);
      return { ...state, level: { ...state.level, lapses: answer.lapses, renewed: true } };
    case 'resolve':
      return answer.outcome === 'resolved' ? resolved(state, at) : { ...state, plan: null, status: 'planning' };
    case 'check-in':
      if (answer.outcome === 'concern') return { ...state, concern: true };
      if (answer.outcome !== 'relapse') return state;
      return {
        ...anew(state),
        events: [
          ...state.events,
          { ...answer.event, state: 'verified', channel: 'grid', receivedAt: at, report: null },
        ],
      };
    case 'access-review':
    case 'settle':
    case 'crisis-help':
    case 'child-protection':
      return state;
  }
}

/** A level begins or changes: its review, renewal and second decision start anew; what is being done goes on. */
function atLevel(state: CaseState, level: LevelState): CaseState {
  return {
    ...state,
    level,
    status: state.plan ? 'carrying-out' : state.safetyPlan ? 'planning' : 'protecting',
    reviewedAt: null,
    tasks: without(state.tasks, (task) => levelTasks.has(task.kind)),
  };
}
const levelTasks: ReadonlySet<TaskKind> = new Set(['review', 'renew', 'second', 'decide']);

/** No end of a level or a case ends these: protection has a life of its own, and an emergency access is reviewed. */
const staying: ReadonlySet<TaskKind> = new Set(['protect', 'access-review']);

function resolved(state: CaseState, at: number): CaseState {
  return {
    ...state,
    status: 'resolved',
    resolvedAs: state.level?.colour ?? null,
    resolvedAt: at,
    level: null,
    tasks: without(state.tasks, (task) => !staying.has(task.kind) && task.kind !== 'notify'),
  };
}

/** The level is gone; only the safety plan of the affected person, which nobody else's ending touches, stays open. */
function ending(state: CaseState, endsAs: NonNullable<CaseState['endsAs']>): CaseState {
  return {
    ...state,
    status: 'ending',
    level: null,
    endsAs,
    tasks: without(state.tasks, (task) => !staying.has(task.kind)),
  };
}

/** Relapse or reopening: back to the assessment, with the history. */
const anew = (state: CaseState): CaseState => ({
  ...state,
  ...newCycle,
  status: 'reported',
  tasks: without(state.tasks, (task) => !staying.has(task.kind)),
});

type Tasks = Readonly<Record<string, Task>>;

const without = (tasks: Tasks, gone: (task: Task) => boolean): Tasks =>
  Object.fromEntries(Object.entries(tasks).filter(([, task]) => !gone(task)));

function withOpened<S extends State>(state: S, action: Action, openings: readonly TaskOpening[]): S {
  const tasks: Record<string, Task> = { ...state.tasks };
  const counts = { ...state.counts };
  for (const opening of openings) {
    const k = (counts[opening.kind] ?? 0) + 1;
    counts[opening.kind] = k;
    const no = `${opening.kind}-${k}`;
    const begun = opening.from <= action.at;
    const task: Task = {
      no,
      kind: opening.kind,
      owner: opening.owner,
      openedAt: action.at,
      from: opening.from,
      begun,
      acknowledgedAt: null,
      since: opening.from,
      ackDue: opening.ackDue ?? null,
      due: opening.due,
      rung: 0,
      step: 0,
      seq: action.n,
      climbs: 0,
      level: opening.level ?? null,
      measure: opening.measure ?? null,
      event: opening.event ?? null,
      handOff: null,
      handOffs: 0,
      notices: [],
      keys: [],
    };
    tasks[no] = begun ? noticed(task, 'opened', task.owner, action.at) : task;
  }
  return { ...state, tasks, counts };
}

const noticed = (task: Task, kind: NoticeKind, post: string, at: number): Task => {
  const notice: Notice = { kind, step: task.notices.length, post, at };
  return { ...task, notices: [...task.notices, notice] };
};

function withTaskAction<S extends State>(state: S, action: Action): S {
  const { content } = action;
  if (!('task' in content)) return state;
  const task = state.tasks[content.task];
  if (!task) return state;
  const next = taskAfter(task, action);
  const done: Task = {
    ...next,
    step: task.step + 1,
    seq: action.n,
    keys: action.rev === 0 ? [...task.keys, action.key] : task.keys,
  };
  return { ...state, tasks: { ...state.tasks, [task.no]: done } };
}

const handed = (task: Task, stint: Stint, at: number): Task => ({
  ...task,
  owner: stint.owner,
  since: at,
  ackDue: stint.ackDue ?? null,
  acknowledgedAt: null,
  due: stint.due,
  rung: 0,
  handOff: null,
});

function taskAfter(task: Task, { content, at }: Action): Task {
  switch (content.kind) {
    case 'began':
      return noticed({ ...task, begun: true }, 'opened', task.owner, at);
    case 'acknowledged':
      return { ...task, acknowledgedAt: at, rung: 0 };
    case 'reminded':
      return noticed({ ...task, rung: 1 }, 'reminder', task.owner, at);
    case 'warned':
      return noticed({ ...task, rung: 2 }, 'warning', content.supervisor, at);
    case 'climbed':
      return noticed(
        { ...handed(task, content.stint, at), climbs: task.climbs + 1 },
        'escalated',
        content.stint.owner,
        at,
      );
    case 'handOffOffered': {
      const { handOff: id, to, until } = content;
      const offered = { ...task, handOffs: task.handOffs + 1, handOff: { id, from: task.owner, to, until } };
      return noticed(offered, 'hand-off', to, at);
    }
    case 'handOffAccepted':
      return { ...handed(task, content.stint, at), acknowledgedAt: at };
    case 'handOffDeclined':
      return noticed({ ...task, handOff: null }, 'hand-off-declined', task.owner, at);
    case 'handOffExpired':
      return noticed(
        { ...handed(task, content.stint, at), climbs: task.climbs + 1 },
        'hand-off-expired',
        content.stint.owner,
        at,
      );
    default:
      return task;
  }
}
