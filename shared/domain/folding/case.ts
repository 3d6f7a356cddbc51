/** What actions do to a case: its events, its level, its plan and its end. */
import type { Action, Answer, AnswerTo, TaskOpening } from '../actions.ts';
import { isFirstLook } from '../danger.ts';
import { isDanger } from '../help.ts';
import type { CaseEvent, CaseState, LevelState, Task } from '../state.ts';
import { goesOn, longest, verifiedIn } from '../told.ts';
import type { Level, MeasureKind, TaskKind } from '../words.ts';
import { assignedAnew, caseAssigned, takenOver, takeOverExpired } from './handing-over.ts';
import {
  afterForewarn,
  afterNotify,
  afterProtect,
  afterSafetyPlan,
  afterSecondDeferral,
  deferralVoid,
  deferredWithLevel,
  noticeAtLevel,
  noticeTasks,
  unnoticed,
} from './noticing.ts';
import { amended, assignedBy, confirming, waitsForCounty, withoutJointSessions, withPlanned } from './plan.ts';
import { again, wanting, withOpened, without, withTaskAction } from './tasks.ts';

/** What a relapse or reopening begins anew. The history stays. */
const newCycle = {
  fresh: false,
  reassess: false,
  decideAnew: false,
  level: null,
  contacted: false,
  notice: unnoticed,
  told: false,
  talk: null,
  agreed: [],
  optIn: false,
  handedOver: false,
  returns: 0,
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
  contactEvents: [],
  safetyPlan: false,
  named: false,
} as const satisfies Partial<CaseState>;

/** Whatever happened, nobody is brought to one table where that is barred. */
export const applyToCase = (state: CaseState, action: Action): CaseState =>
  withoutJointSessions(applied(state, action));

function applied(state: CaseState, action: Action): CaseState {
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
              ...(content.disputeType === state.disputeType ? {} : { disputeType: content.disputeType }),
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
      const named = state.named || content.named === true;
      // Who wanted one table before new violence is asked again.
      const optIn = state.optIn && !content.event?.facts.some(isDanger);
      const joined = { ...state, reports: [...state.reports, content.report], events, disputes, named, optIn };
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
        // What is asked for on an older assessment is asked for anew: a talk only where its clocks change.
        tasks: without(state.tasks, ({ kind, level }) => kind === 'decide' || (kind === 'talk' && level !== proposal)),
      };
    }
    case 'opened':
      return afterOpening(withOpened(state, action, content.tasks), content.tasks);
    case 'answered': {
      const task = state.tasks[content.task];
      const answered = { ...state, tasks: without(state.tasks, (t) => t.no === content.task) };
      return task ? afterAnswer(answered, action, content.answer, task) : answered;
    }
    case 'asked': {
      const contact = content.want.kind === 'protective-contact';
      return {
        ...state,
        wants: wanting(state.wants, content.want),
        ...(contact ? { contactEvents: state.events.map(({ id }) => id) } : {}),
        keys: [...state.keys, action.key],
      };
    }
    case 'dangerReported': {
      const { event, channel } = content;
      const told = {
        ...event,
        state: 'unverified',
        channel,
        confirmed: true,
        receivedAt: action.at,
        report: null,
      } as const;
      const known = withTaskAction({ ...state, events: [...state.events, told], optIn: false }, action);
      return state.status === 'ending' ? anew(known) : known;
    }
    case 'optedIn':
      return { ...state, optIn: content.wants, keys: [...state.keys, action.key] };
    case 'planAmended':
      return { ...amended(state, content), keys: [...state.keys, action.key] };
    case 'consented': {
      if (content.wants) return withTaskAction(state, action);
      const tasks = without(state.tasks, (task) => task.no === content.task);
      return { ...state, tasks, measuresDone: state.measuresDone + 1 };
    }
    case 'ended': {
      const over = { ...state, tasks: without(state.tasks, (task) => task.no === content.task) };
      return state.tasks[content.task]?.kind === 'second-deferral' ? deferralVoid(over) : over;
    }
    case 'takeOverExpired':
      return takeOverExpired(state, content, action);
    case 'lapsed': {
      if (content.to === null) return endingOrTold(state, 'lapsed');
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
    ...(kinds.has('measure') || kinds.has('assign') ? waitsForCounty(state) : state),
    ...(kinds.has('check-in') ? { checkInsSet: true } : {}),
    ...(kinds.has('review') ? { concern: false } : {}),
  };
}

function afterAnswer(state: CaseState, action: Action, answer: Answer, task: Task): CaseState {
  const { n, at, by } = action;
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
      const talk = { onAssessment: state.assessment?.n ?? 0, outcome: answer.outcome };
      const held = { ...state, talk };
      // Those who talk agree that no harm is likely: nothing but the outline is kept, and so no minutes.
      if (answer.outcome === 'not-met' && state.level === null) return ending(held, 'below-threshold');
      const minutes = { kind: 'minutes', about: task.no, owner: task.owner } as const;
      return { ...held, wants: wanting(state.wants, minutes) };
    }
    case 'minutes':
      return state.plan && state.level
        ? withPlanned(state, answer.actions)
        : { ...state, agreed: [...state.agreed, ...answer.actions] };
    case 'reason-review':
      if (answer.outcome === 'stands') return state;
      // What was dismissed on a reason that is none begins anew, with its history.
      if (state.endsAs === 'dismissed') return { ...anew(state), fresh: true, reassess: true, decideAnew: true };
      return state.level ? { ...state, reassess: true, decideAnew: true } : state;
    case 'decide': {
      const { level, lapses, department, owner, repeated } = answer.decision;
      const decided = {
        ...state,
        owner,
        handedOver: state.handedOver && owner === state.owner,
        decision: { n, onAssessment: state.assessment?.n ?? 0, known: verifiedIn(state), level, person: by.person },
        decideAnew: false,
        wants: repeated
          ? wanting(state.wants, { kind: 'reason-review', about: String(n), owner: repeated.supervisor })
          : state.wants,
      };
      if (level === null || lapses === undefined) return endingOrTold(decided, 'dismissed');
      const stands = atLevel(decided, {
        colour: level,
        since: isAwaited(state, level) ? (state.level?.since ?? at) : at,
        lapses,
        awaits: level === 'red' ? { person: by.person, department: department ?? '' } : null,
        // Decided anew on the same events it is no new level: what it has used up stays used up.
        afterRed: goesOn(state) && (state.level?.afterRed ?? false),
        renewed: goesOn(state) && (state.level?.renewed ?? false),
        ...(goesOn(state) ? { most: longest(state) } : {}),
      });
      return deferredWithLevel(stands, answer.decision, at);
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
      return afterProtect(state, answer);
    case 'safety-plan':
      return afterSafetyPlan(state, answer, task);
    case 'forewarn':
      return afterForewarn(state, answer);
    case 'notify':
      return afterNotify(state, answer, at);
    case 'second-deferral':
      return afterSecondDeferral(state, answer);
    case 'plan':
      return {
        ...state,
        plan: { n, waiting: answer.measures },
        agreed: [],
        measuresDone: 0,
        status: state.level ? 'carrying-out' : state.status,
      };
    case 'assign':
      return assigned(state, answer, task, action);
    case 'measure': {
      const wants = wanting(state.wants, ...confirming(answer, task, at));
      return { ...state, wants, measuresDone: state.measuresDone + 1 };
    }
    case 'take-over':
      return takenOver(state, answer, action);
    case 'review': {
      if (answer.outcome === 'continue') {
        const next = answer.next && { [task.no]: again(task, answer.next, action) };
        return { ...state, reviewedAt: at, tasks: { ...state.tasks, ...next } };
      }
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

/** A red that is decided again on the same events gives its second person no more time. */
const isAwaited = (state: CaseState, level: Level): boolean =>
  goesOn(state) && level === state.level?.colour && state.level.awaits !== null;

/** Of the event that a task is about. Where nothing of what began this cycle has held, what was decided before stays decided. */
function withEvent(state: CaseState, task: Task, change: Partial<CaseEvent>): CaseState {
  const events = state.events.map((event): CaseEvent => (event.id === task.event ? { ...event, ...change } : event));
  const gone = change.state === 'withdrawn';
  // Verified or withdrawn: nobody need look at it any more.
  const tasks = change.state ? without(state.tasks, ({ event }) => event === task.event) : state.tasks;
  const left = { ...state, events, tasks };
  const asked = events.some((event) => event.state === 'unverified');
  return gone && state.status === 'reported' && !asked && !state.fresh ? ending(left, 'unfounded') : left;
}

/** What the county decides: whose a measure without a row in the list is, a task or a case that came back too often. */
function assigned(state: CaseState, answer: AnswerTo<'assign'>, task: Task, action: Action): CaseState {
  if (task.measure !== null) return assignedBy(state, task, task.measure, answer.owner);
  if (task.about === 'case') return caseAssigned(state, answer, action);
  return task.about === null ? state : assignedAnew(state, answer, task.about, action);
}

/** A level begins or changes: its review, renewal and second decision start anew; what is being done goes on. */
function atLevel(state: CaseState, level: LevelState): CaseState {
  return noticeAtLevel({
    ...state,
    level,
    // Protection by decision takes the place of the contact before it.
    wants: state.wants.filter(({ kind }) => kind !== 'protective-contact'),
    status: state.plan ? 'carrying-out' : state.contacted ? 'planning' : 'protecting',
    reviewedAt: null,
    tasks: without(state.tasks, (task) => levelTasks.has(task.kind)),
  });
}
const levelTasks: ReadonlySet<TaskKind> = new Set(['review', 'renew', 'second', 'decide', 'protective-contact']);

/** No end of a level or a case ends these: protection has a life of its own, and an emergency access is reviewed. */
export const staying: ReadonlySet<TaskKind> = new Set([
  'protect',
  'safety-plan',
  'access-review',
  'minutes',
  'confirm-agreement',
  'reason-review',
  'police-notice',
]);
const stays = ({ kind, measure }: { readonly kind: TaskKind; readonly measure?: MeasureKind | null }): boolean =>
  staying.has(kind) || (kind === 'measure' && measure === 'safety-planning');

function resolved(state: CaseState, at: number): CaseState {
  return {
    ...state,
    status: 'resolved',
    resolvedAs: state.level?.colour ?? null,
    resolvedAt: at,
    level: null,
    tasks: without(state.tasks, (task) => !stays(task) && !noticeTasks.has(task.kind)),
    wants: state.wants.filter((want) => stays(want) || noticeTasks.has(want.kind)),
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

/**
 * What was told and nobody has looked at yet, or holds and nobody has decided on, does not end with a level or a proposal: the way
 * begins anew with it. What was only assessed again is answered by the end.
 */
function endingOrTold(state: CaseState, endsAs: NonNullable<CaseState['endsAs']>): CaseState {
  const { assessment, decision, events, level } = state;
  const isAsked = Object.values(state.tasks).some(({ kind }) => kind === 'decide');
  const undecided = level !== null && isAsked && !goesOn(state);
  if (!undecided && events.every((event) => event.state !== 'unverified')) return ending(state, endsAs);
  return {
    ...anew(state),
    fresh: undecided,
    reassess: undecided,
    decision: decision && { ...decision, onAssessment: assessment?.n ?? 0 },
    tasks: without(state.tasks, (task) => !stays(task) && !isFirstLook(task.kind)),
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
