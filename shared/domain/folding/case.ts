/** What actions do to a case: its events, its level, its plan and its end. */
import type { Action, Answer, By, PlannedMeasure, TaskOpening } from '../actions.ts';
import type { CaseEvent, CaseState, LevelState, Task } from '../state.ts';
import type { TaskKind } from '../words.ts';
import { handed, wanting, withOpened, without, withTaskAction } from './tasks.ts';

type AnswerTo<K extends TaskKind> = Extract<Answer, { readonly task: K }>;

/** What a relapse or reopening begins anew. The history stays. */
const newCycle = {
  fresh: false,
  reassess: false,
  level: null,
  contacted: false,
  notice: { deferral: null, forewarnedAt: null },
  told: false,
  talk: null,
  agreed: [],
  plan: null,
  measuresDone: 0,
  reviewedAt: null,
  resolvedAs: null,
  resolvedAt: null,
  checkInsSet: false,
  concern: false,
  endsAs: null,
} as const satisfies Partial<CaseState>;

/** What a case begins with: its first cycle, and what outlives every cycle. */
export const firstCycle = {
  ...newCycle,
  assessment: null,
  decision: null,
  safetyPlan: false,
  optIn: false,
} as const satisfies Partial<CaseState>;

export function applyToCase(state: CaseState, action: Action): CaseState {
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
              // What a resident tells is confirmed by somebody before anybody is sent to verify it.
              confirmed: content.channel !== 'resident',
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
    case 'asked':
      return { ...state, wants: wanting(state.wants, content.want), keys: [...state.keys, action.key] };
    case 'optedIn':
      return { ...state, optIn: content.wants, keys: [...state.keys, action.key] };
    case 'planAmended': {
      const { add, withdraw } = content;
      return withPlanned(
        {
          ...state,
          tasks: without(state.tasks, (task) => task.kind === 'measure' && withdraw.includes(task.no)),
          keys: [...state.keys, action.key],
        },
        add,
      );
    }
    case 'consented': {
      if (content.wants) return withTaskAction(state, action);
      const tasks = without(state.tasks, (task) => task.no === content.task);
      return { ...state, tasks, measuresDone: state.measuresDone + 1 };
    }
    case 'ended':
      return { ...state, tasks: without(state.tasks, (task) => task.no === content.task) };
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
        wants: wanting(state.wants, { kind: 'access-review', about: String(action.n) }),
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
      return { ...state, tasks: {}, wants: [], level: null, status: 'closed' };
    default:
      return withTaskAction(state, action);
  }
}

function afterOpening(state: CaseState, tasks: readonly TaskOpening[]): CaseState {
  const kinds = new Set(tasks.map((task) => task.kind));
  return {
    ...state,
    ...(state.plan && (kinds.has('measure') || kinds.has('assign')) ? { plan: { ...state.plan, waiting: [] } } : {}),
    ...(kinds.has('check-in') ? { checkInsSet: true } : {}),
    ...(kinds.has('review') ? { concern: false } : {}),
  };
}

function afterAnswer(state: CaseState, { n, at, by }: Action, answer: Answer, task: Task): CaseState {
  switch (answer.task) {
    case 'confirm-facts': {
      if (answer.outcome === 'unfounded') return withEvent(state, task, { state: 'withdrawn' });
      return withEvent(state, task, { confirmed: true, ...(answer.facts ? { facts: answer.facts } : {}) });
    }
    case 'verify': {
      if (answer.outcome === 'unfounded') return withEvent(state, task, { state: 'withdrawn' });
      const left = withEvent(state, task, { state: 'verified', confirmed: true });
      return { ...(state.status === 'resolved' ? anew(left) : left), fresh: true };
    }
    case 'talk': {
      const wants = wanting(state.wants, { kind: 'minutes', about: task.no });
      const talk = { onAssessment: state.assessment?.n ?? 0, outcome: answer.outcome };
      const held = { ...state, talk, wants };
      // Those who talk agree that no harm is likely: nothing but the outline is kept.
      return answer.outcome === 'not-met' && state.level === null ? ending(held, 'below-threshold') : held;
    }
    case 'minutes':
      return state.plan && state.level
        ? withPlanned(state, answer.actions)
        : { ...state, agreed: [...state.agreed, ...answer.actions] };
    case 'reason-review':
      return answer.outcome === 'reassess' ? { ...state, reassess: true } : state;
    case 'decide': {
      const { level, lapses, department, owner, repeated } = answer.decision;
      const decided = {
        ...state,
        owner,
        decision: { n, onAssessment: state.assessment?.n ?? 0, level },
        wants: repeated
          ? wanting(state.wants, { kind: 'reason-review', about: String(n), owner: repeated.supervisor })
          : state.wants,
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
      return {
        ...state,
        contacted: true,
        safetyPlan: true,
        status: state.status === 'protecting' ? 'planning' : state.status,
        wants: wanting(state.wants, { kind: 'safety-plan', owner: task.owner }),
      };
    case 'safety-plan':
      return answer.outcome === 'ended'
        ? { ...state, safetyPlan: false }
        : { ...state, wants: wanting(state.wants, { kind: 'safety-plan', owner: task.owner }) };
    case 'forewarn':
      return { ...state, notice: { ...state.notice, forewarnedAt: at } };
    case 'notify':
      if (answer.outcome === 'told') return { ...state, told: true };
      return {
        ...state,
        notice: { ...state.notice, deferral: { ...answer.deferral, agreed: false } },
        wants: wanting(state.wants, { kind: 'second-deferral' }),
      };
    case 'second-deferral': {
      const { deferral } = state.notice;
      const agreed = answer.outcome === 'agree' && deferral !== null;
      return { ...state, notice: { ...state.notice, deferral: agreed ? { ...deferral, agreed } : null } };
    }
    case 'plan':
      return {
        ...state,
        plan: { n, waiting: [...answer.measures, ...state.agreed] },
        agreed: [],
        measuresDone: 0,
        status: state.level ? 'carrying-out' : state.status,
      };
    case 'assign':
      return assigned(state, answer, task, at);
    case 'measure': {
      const done = { ...state, measuresDone: state.measuresDone + 1 };
      if (answer.outcome !== 'agreed') return done;
      const want = { kind: 'confirm-agreement', from: answer.on, about: task.no } as const;
      return { ...done, wants: wanting(state.wants, want) };
    }
    case 'take-over':
      return takenOver(state, answer, by, at);
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
          { ...answer.event, state: 'verified', channel: 'grid', confirmed: true, receivedAt: at, report: null },
        ],
      };
    default:
      return state;
  }
}

/** Of the event that a task is about. Where nothing of what began this cycle has held, what was decided before stays decided. */
function withEvent(state: CaseState, task: Task, change: Partial<CaseEvent>): CaseState {
  const events = state.events.map((event): CaseEvent => (event.id === task.event ? { ...event, ...change } : event));
  const gone = change.state === 'withdrawn';
  const tasks = gone ? without(state.tasks, ({ event }) => event === task.event) : state.tasks;
  const left = { ...state, events, tasks };
  const asked = events.some((event) => event.state === 'unverified');
  return gone && state.status === 'reported' && !asked && !state.fresh ? ending(left, 'unfounded') : left;
}

const withPlanned = (state: CaseState, more: readonly PlannedMeasure[]): CaseState =>
  state.plan ? { ...state, plan: { ...state.plan, waiting: [...state.plan.waiting, ...more] } } : state;

/** What the county decides has no way back: a measure without a row in the list, or a task that came back too often. */
function assigned(state: CaseState, answer: AnswerTo<'assign'>, task: Task, at: number): CaseState {
  const { owner, stint } = answer;
  if (task.measure !== null) return withPlanned(state, [{ kind: task.measure, owner }]);
  if (task.about === 'case') return { ...state, owner };
  const moved = state.tasks[task.about ?? ''];
  return moved && stint
    ? { ...state, tasks: { ...state.tasks, [moved.no]: { ...handed(moved, stint, at), seq: state.n + 1 } } }
    : state;
}

/** The receiver has accepted the whole case: what the sender was accountable for is the receiver's from this action on. */
function takenOver(state: CaseState, answer: AnswerTo<'take-over'>, { post }: By, at: number): CaseState {
  if (answer.outcome !== 'accepted' || post === null) return state;
  const tasks = Object.fromEntries(
    Object.entries(state.tasks).map(([no, one]) => {
      const stint = answer.stints[no];
      return [no, stint ? { ...handed(one, stint, at), seq: state.n + 1 } : one];
    }),
  );
  return { ...state, owner: post, area: answer.area, tasks };
}

/** A level begins or changes: its review, renewal and second decision start anew; what is being done goes on. */
function atLevel(state: CaseState, level: LevelState): CaseState {
  return {
    ...state,
    level,
    status: state.plan ? 'carrying-out' : state.contacted ? 'planning' : 'protecting',
    reviewedAt: null,
    tasks: without(state.tasks, (task) => levelTasks.has(task.kind)),
  };
}
const levelTasks: ReadonlySet<TaskKind> = new Set(['review', 'renew', 'second', 'decide']);

/** No end of a level or a case ends these: protection has a life of its own, and an emergency access is reviewed. */
const staying: ReadonlySet<TaskKind> = new Set([
  'protect',
  'safety-plan',
  'access-review',
  'minutes',
  'confirm-agreement',
  'reason-review',
  'police-notice',
]);
const stays = ({ kind }: { readonly kind: TaskKind }): boolean => staying.has(kind);

function resolved(state: CaseState, at: number): CaseState {
  return {
    ...state,
    status: 'resolved',
    resolvedAs: state.level?.colour ?? null,
    resolvedAt: at,
    level: null,
    tasks: without(state.tasks, (task) => !stays(task) && task.kind !== 'notify'),
    wants: state.wants.filter(stays),
  };
}

/** The level is gone; only the safety plan of the affected person, which nobody else's ending touches, stays open. */
function ending(state: CaseState, endsAs: NonNullable<CaseState['endsAs']>): CaseState {
  return {
    ...state,
    status: 'ending',
    level: null,
    endsAs,
    tasks: without(state.tasks, (task) => !stays(task)),
    wants: state.wants.filter(stays),
  };
}

/** Relapse or reopening: back to the assessment, with the history. */
const anew = (state: CaseState): CaseState => ({
  ...state,
  ...newCycle,
  status: 'reported',
  tasks: without(state.tasks, (task) => !stays(task)),
  wants: state.wants.filter(stays),
});
