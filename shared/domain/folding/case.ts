/** What actions do to a case: its events, its level, its plan and its end. */
import type { Action, Answer, AnswerTo, FirstLook, ReportedEvent, TaskOpening } from '../actions.ts';
import { isFirstLook } from '../danger.ts';
import { isDanger } from '../help.ts';
import { type CaseEvent, type CaseState, isUndecided, type LevelState, type Task } from '../state.ts';
import { continues, decidedOn, goesOn, longest, verifiedIn } from '../told.ts';
import type { Level } from '../words.ts';
import {
  agreementChecked,
  agreementTold,
  checkInsDeclined,
  isTriedAgain,
  withAgreementIn,
  withHold,
} from './afterwards.ts';
import {
  contestAnswered,
  contested,
  contestLapsed,
  contestWidened,
  withContestDecided,
  withoutMootContest,
} from './contest.ts';
import { answeredRequest, asked, corrected } from './correcting.ts';
import { anew, ending, levelGone, newCycle, resolved, unlessEmpty, withEnd } from './ending.ts';
import { hasMoreVerified, lookedAt, withoutOrphans, withTold } from './events.ts';
import { assignedAnew, caseAssigned, takenOver, takeOverExpired } from './handing-over.ts';
import { accountableFrom, atLevel, eventWithdrawn, lapseSeen, withinTheYear, withTightened } from './level.ts';
import { withMerging } from './merging.ts';
import {
  afterForewarn,
  afterNotify,
  afterProtect,
  afterSafetyPlan,
  afterSecondDeferral,
  deferralVoid,
  deferredWithLevel,
} from './noticing.ts';
import { amended, assignedBy, confirming, waitsForCounty, withoutJointSessions, withPlanned } from './plan.ts';
import {
  askedOnce,
  destroyed,
  handedOn,
  recalled,
  recalledByErasure,
  recalledFor,
  received,
  shared,
} from './recall.ts';
import { withRequestNotices } from './request-notices.ts';
import { again, wanting, withOpened, without, withTaskAction } from './tasks.ts';

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
export function applyToCase(state: CaseState, action: Action): CaseState {
  const after = withoutMootContest(withMerging(state, applied(state, action), action), action);
  const handed = handedOn(state, withoutJointSessions(after), action);
  return withEnd(withRequestNotices(state, handed, action.at), action.at);
}

function applied(state: CaseState, action: Action): CaseState {
  const { content } = action;
  switch (content.kind) {
    case 'reported': {
      const events = withTold(state, content, action.at);
      const verified = hasMoreVerified(state, events);
      // After a resolution a report is checked first; only an event that holds begins the way anew. What is known begins nothing.
      const isNew = !content.event || events.some((one) => !state.events.includes(one));
      const isOver = state.status === 'closed' || state.status === 'ending';
      const again = isOver ? isNew : state.status === 'resolved' && verified;
      const disputes =
        content.dispute && !state.disputes.includes(content.dispute)
          ? [...state.disputes, content.dispute]
          : state.disputes;
      const named = state.named || content.named === true;
      // Who wanted one table before new violence is asked again.
      const optIn = state.optIn && !content.event?.facts.some(isDanger);
      const joined = { ...state, reports: [...state.reports, content.report], events, disputes, named, optIn };
      const begun = again ? anew(joined) : joined;
      // Verified on the spot: nobody need look at it any more.
      const looked = (task: Task) => events.some(({ id, state }) => id === task.event && state === 'verified');
      const after = { ...begun, tasks: without(begun.tasks, (task) => isFirstLook(task.kind) && looked(task)) };
      return verified ? { ...after, fresh: true } : after;
    }
    case 'assessed': {
      const { inputHash, proposal, trend, points } = content;
      return {
        ...state,
        reassess: false,
        assessment: { n: action.n, inputHash, proposal, trend, points, known: verifiedIn(state) },
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
    case 'began':
      return askedOnce(withTaskAction(state, action), content.task);
    case 'asked': {
      const contact = content.want.kind === 'protective-contact';
      return {
        ...state,
        ...opensAgain(state),
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
        undated: false,
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
      const kind = state.tasks[content.task]?.kind;
      // A mediation whose time by law is over is done with.
      if (kind === 'measure') return { ...over, measuresDone: state.measuresDone + 1 };
      return kind === 'second-deferral' ? deferralVoid(over) : over;
    }
    case 'takeOverExpired':
      return takeOverExpired(state, content, action);
    case 'lapsed': {
      if (content.cause === 'contest') return contestLapsed(state, content, action);
      if (content.to === null) return lapseSeen(levelGone(state, 'lapsed'), content.from, action.n);
      if (!state.level || content.lapses === undefined) return state;
      const { colour, lapses } = { colour: content.to, lapses: content.lapses };
      const fallen = atLevel(accountableFrom(state, content.owner), {
        ...{ ...state.level, colour, lapses, awaits: null, afterRed: true },
      });
      return lapseSeen(fallen, content.from, action.n);
    }
    case 'checkInsDeclined':
      return checkInsDeclined(state, content, action);
    case 'agreementTold':
      return agreementTold(state, content, action);
    case 'contested':
      return contested(state, content, action);
    case 'contestWidened':
      return contestWidened(state, content, action);
    case 'rightAsked':
    case 'correctionAsked':
      return { ...asked(state, content, action), ...opensAgain(state) };
    case 'eventWithdrawn': {
      const { event } = content;
      // Whoever has read it as true reads it anew.
      const left = recalled(eventWithdrawn(state, event, action), 'corrected');
      return { ...left, keys: [...state.keys, action.key] };
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
    case 'shared':
      return shared(state, content, action);
    case 'erased':
      return askingFor(state, recalledByErasure(state, content), action);
    case 'recalled':
      return askingFor(state, recalledFor(state, content.cause), action);
    case 'reopened':
      return { ...decidedAnew(anew(state)), keys: [...state.keys, action.key] };
    case 'held':
      return askingFor(state, withHold(state, content), action);
    case 'holdReleased':
      return { ...state, heldUntil: null, keys: [...state.keys, action.key] };
    case 'forgotten':
      return { ...state, forgottenAt: action.at };
    case 'closed':
      return {
        ...state,
        tasks: {},
        wants: [],
        level: null,
        status: 'closed',
      };
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
      const { facts, sameAs } = answer;
      return withEvent(state, task, { confirmed: true, ...(facts ? { facts } : {}), ...datedBy(answer) }, sameAs);
    }
    case 'verify': {
      if (answer.outcome === 'unfounded') return withEvent(state, task, { state: 'withdrawn' });
      const verified = { state: 'verified', confirmed: true, ...(by.post ? { verified: by.post } : {}) } as const;
      const left = withEvent(state, task, { ...verified, ...datedBy(answer) }, answer.sameAs);
      // Another telling of what holds already begins nothing.
      if (!hasMoreVerified(state, left.events)) return left;
      const begun = state.status === 'resolved' ? anew(left) : left;
      return { ...(begun.level ? withinTheYear(begun, begun.level) : begun), fresh: true };
    }
    case 'talk': {
      const talk = { onAssessment: state.assessment?.n ?? 0, outcome: answer.outcome };
      const held = { ...state, talk };
      // Those who talk agree that no harm is likely: nothing but the outline is kept, and so no minutes.
      if (answer.outcome === 'not-met' && state.level === null) return ending(held, 'below-threshold');
      const minutes = { kind: 'minutes', about: task.no, owner: task.owner } as const;
      const known = answer.present.reduce((one, post) => received(one, post, 'talked', action), held);
      return { ...known, wants: wanting(state.wants, minutes) };
    }
    case 'minutes':
      return state.plan && state.level
        ? withPlanned(state, answer.actions)
        : { ...state, agreed: [...state.agreed, ...answer.actions] };
    case 'reason-review':
      return answer.outcome === 'stands' ? state : reasonRejected(state);
    case 'decide': {
      const { level, lapses, department, owner, repeated } = answer.decision;
      const decided = {
        ...accountableFrom(state, owner),
        decision: {
          ...{ n, onAssessment: state.assessment?.n ?? 0, level, person: by.person },
          known: decidedOn(state, answer.decision),
        },
        decideAnew: false,
        wants: repeated
          ? wanting(state.wants, { kind: 'reason-review', about: String(n), owner: repeated.supervisor })
          : state.wants,
      };
      if (level === null || lapses === undefined) return levelGone(decided, 'dismissed');
      // Not begun anew it is no new level: what it has used up stays used up.
      const before = continues(state, level) ? state.level : null;
      const stands = atLevel(decided, {
        colour: level,
        since: isAwaited(state, level) ? (state.level?.since ?? at) : at,
        begins: before?.begins ?? at,
        lapses,
        awaits: level === 'red' ? { person: by.person, department: department ?? '' } : null,
        afterRed: before?.afterRed ?? false,
        renewed: before?.renewed ?? false,
        ...(before?.declined ? { declined: true } : {}),
        ...(before ? { most: longest(state, level) } : {}),
        ...(before && isRaised(before, level) ? { raised: true } : {}),
      });
      const goingOn = withTightened(stands, answer.decision.tightened, level, action);
      return deferredWithLevel(withContestDecided(state, goingOn, action), answer.decision, at);
    }
    case 'second': {
      if (!state.level) return state;
      if (answer.outcome === 'agree') return { ...state, level: { ...state.level, awaits: null } };
      return atLevel(accountableFrom(state, answer.owner), {
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
        // Looked at again: what is being done goes on, and what is new comes to it.
        plan: { n, waiting: [...(state.plan?.waiting ?? []), ...answer.measures] },
        replan: false,
        agreed: [],
        measuresDone: state.plan ? state.measuresDone : 0,
        status: state.level ? 'carrying-out' : state.status,
      };
    case 'assign':
      return assigned(state, answer, task, action);
    case 'measure': {
      const wants = wanting(state.wants, ...confirming(answer, task, at));
      return withAgreementIn({ ...state, wants, measuresDone: state.measuresDone + 1 }, answer);
    }
    case 'agreement-check': {
      const checked = agreementChecked(state, task, answer);
      // While check-ins go on a broken agreement is a concern like any other.
      return isTriedAgain(answer) && state.status === 'resolved' ? { ...checked, concern: true } : checked;
    }
    case 'contest':
    case 'contest-second':
      return contestAnswered(state, answer, action);
    case 'correction': {
      const done = answeredRequest(state, answer, task, action);
      return answer.outcome === 'corrected' ? corrected(done, answer.change, action) : done;
    }
    case 'rights-request':
      return answeredRequest(state, answer, task, action);
    case 'destroy':
      return destroyed(state, task);
    case 'take-over':
      return takenOver(state, answer, action);
    case 'review': {
      if (answer.outcome === 'continue') {
        const next = answer.next && { [task.no]: again(task, answer.next, action) };
        return { ...state, reviewedAt: at, tasks: { ...state.tasks, ...next } };
      }
      if (answer.event) return { ...anew(state), fresh: true, events: [...state.events, seen(answer.event, at)] };
      return { ...state, reviewedAt: at, reassess: true };
    }
    case 'renew':
      if (answer.outcome === 'ask-reviewer') {
        return { ...state, wants: wanting(state.wants, { kind: 'renewal-review' }) };
      }
      if (answer.outcome === 'ended' || answer.lapses === undefined || !state.level) return resolved(state, at);
      return { ...state, level: { ...state.level, lapses: answer.lapses, renewed: true } };
    case 'renewal-review':
      if (!state.level) return state;
      if (answer.outcome === 'not-renewed') return { ...state, level: { ...state.level, declined: true } };
      return { ...state, level: { ...state.level, lapses: answer.lapses ?? state.level.lapses } };
    case 'lapse-review':
      return answer.outcome === 'reassess' && state.level ? decidedAnew(state) : state;
    case 'resolve':
      return answer.outcome === 'resolved' ? resolved(state, at) : { ...state, plan: null, status: 'planning' };
    case 'check-in':
      if (answer.outcome === 'concern') return { ...state, concern: true };
      if (answer.outcome === 'declined-all') {
        return { ...state, tasks: without(state.tasks, ({ kind }) => kind === 'check-in') };
      }
      if (answer.outcome !== 'relapse') return state;
      return { ...anew(state), fresh: true, events: [...state.events, seen(answer.event, at)] };
    default:
      return state;
  }
}

/** Upon what is known, although nothing has come to hold since. */
const decidedAnew = (state: CaseState): CaseState => ({ ...state, fresh: true, reassess: true, decideAnew: true });

/** What was dismissed on a reason that is none begins anew, with its history, as far as anything of it holds still. */
function reasonRejected(state: CaseState): CaseState {
  if (state.level) return decidedAnew(state);
  if (verifiedIn(state).length === 0) return state;
  if (state.endsAs === 'dismissed') return decidedAnew(anew(state));
  // It goes on already, with something that is still looked at.
  return isUndecided(state) && state.decision?.level === null ? decidedAnew(state) : state;
}

/** Whoever looked again saw it themself. */
const seen = (event: ReportedEvent, at: number): CaseEvent => ({
  ...event,
  ...{ state: 'verified', undated: false, channel: 'grid', confirmed: true, receivedAt: at, report: null },
});

/** Work beside the end of a closed case opens it for its own sake only. */
const opensAgain = ({ status }: CaseState): Partial<CaseState> => (status === 'closed' ? { status: 'ending' } : {});

/** Where anybody is asked for something by it, that opens what is closed. */
const askingFor = (before: CaseState, after: CaseState, { key }: Action): CaseState => ({
  ...after,
  ...(after.wants.length > before.wants.length ? opensAgain(before) : {}),
  keys: [...after.keys, key],
});

/** A red that is decided again on the same events gives its second person no more time. */
const isAwaited = (state: CaseState, level: Level): boolean =>
  goesOn(state) && level === state.level?.colour && state.level.awaits !== null;

/** A red of a level that goes on: the orange after it gives no more time than was left. */
const isRaised = (before: LevelState, level: Level): boolean =>
  level === 'red' && (before.colour !== 'red' || before.raised === true);

/**
 * Of the event that a task is about. Where nothing of what began this cycle has held, or is new, what was decided before stays
 * decided.
 */
function withEvent(state: CaseState, task: Task, change: Partial<CaseEvent>, sameAs?: string): CaseState {
  const events = withoutOrphans(lookedAt(state.events, task.event, change, sameAs));
  const is = events.find(({ id }) => id === task.event)?.state;
  // Verified, withdrawn or a duplicate: nobody need look at it any more.
  const tasks = is === 'unverified' ? state.tasks : without(state.tasks, ({ event }) => event === task.event);
  const left = { ...state, events, tasks };
  const isGone = (is === 'withdrawn' || is === 'duplicate') && !hasMoreVerified(state, events);
  return isGone ? unlessEmpty(left) : left;
}

const datedBy = ({ occurredAt }: FirstLook): Partial<CaseEvent> =>
  occurredAt === undefined ? {} : { at: occurredAt, undated: false };

/** What the county decides: whose a measure without a row in the list is, a task or a case that came back too often. */
function assigned(state: CaseState, answer: AnswerTo<'assign'>, task: Task, action: Action): CaseState {
  if (task.measure !== null) return assignedBy(state, task, task.measure, answer.owner);
  if (task.about === 'case') return caseAssigned(state, answer, action);
  return task.about === null ? state : assignedAnew(state, answer, task.about, action);
}
