/** What actions do to a dispute, a referral or a round. */
import type { Action, Answer, ContentOf } from '../actions.ts';
import { placeIn } from '../ids.ts';
import { enquiryAnswered } from '../screening.ts';
import type { Matter, Task } from '../state.ts';
import {
  agreementChecked,
  agreementTold,
  isBesideTheEnd,
  isTriedAgain,
  withAgreement,
  withAgreementIn,
  withHold,
} from './afterwards.ts';
import { answeredRequest, asked } from './correcting.ts';
import { assignedAnew } from './handing-over.ts';
import { confirming } from './plan.ts';
import { destroyed, handedOn, recalled, recalledByErasure, recalledFor, received } from './recall.ts';
import { withRequestNotices } from './request-notices.ts';
import { wanting, withOpened, without, withTaskAction } from './tasks.ts';

export const applyToMatter = (state: Matter, action: Action): Matter =>
  withRequestNotices(state, handedOn(state, applied(state, action), action), action.at);

function applied(state: Matter, action: Action): Matter {
  const { content } = action;
  switch (content.kind) {
    case 'reported': {
      // A dispute that a case has grown out of is looked after there; one that was settled on the spot needs no more tries.
      const over = content.caseId !== undefined || content.settled === true;
      const settles = (kind: string) => over && kind === 'settle';
      const tasks = without(state.tasks, (task) => settles(task.kind));
      const asked = (content.wants ?? []).filter(
        (want) =>
          ![...Object.values(tasks), ...state.wants].some(
            ({ kind, about }) => kind === want.kind && (about ?? null) === (want.about ?? null),
          ),
      );
      const reported = {
        ...withAgreement(state, content.agreement, content.reportedAt),
        status: 'open',
        endedAt: null,
        reports: [...state.reports, content.report],
        tasks,
        // Its clocks count from receipt, however late it is opened.
        wants: wanting(state.wants, ...asked.map((want) => ({ from: action.at, ...want }))).filter(
          ({ kind }) => !settles(kind),
        ),
        outcomes: content.settled ? [...state.outcomes, 'reported:settled'] : state.outcomes,
      } as const;
      if (reported.subject === 'round') return reported;
      const places = (content.reachable ?? []).map((i) => placeIn({ report: content.report, i }));
      const reachable = [...new Set([...reported.reachable, ...places])];
      if (reported.subject === 'referral') {
        // Asked anew after its end, it is theirs who offer it now.
        const owner = state.status === 'closed' ? content.owner : state.owner;
        return { ...reported, owner, reachable, help: [...new Set([...reported.help, ...(content.help ?? [])])] };
      }
      const cases =
        content.caseId && !reported.cases.includes(content.caseId)
          ? [...reported.cases, content.caseId]
          : reported.cases;
      const unjoined = content.caseId ? reported.unjoined : [...reported.unjoined, content.report];
      return { ...reported, reachable, cases, unjoined };
    }
    case 'opened': {
      const told = content.tasks.filter(({ kind }) => kind === 'police-notice');
      const opened = withOpened(state, action, content.tasks);
      return told.reduce((one, { owner }) => received(one, owner, 'notified', action), opened);
    }
    case 'erased':
      return askingFor(state, recalledByErasure(state, content), action);
    case 'recalled':
      return askingFor(state, recalledFor(state, content.cause), action);
    case 'discharged':
      // In place only now: what was received before is read anew.
      return content.what === 'own-data' ? askingFor(state, recalled(state, 'corrected'), action) : state;
    case 'held':
      return askingFor(state, withHold(state, content), action);
    case 'holdReleased':
      return { ...state, heldUntil: null, keys: [...state.keys, action.key] };
    case 'asked':
      return {
        ...state,
        status: 'open',
        endedAt: isBesideTheEnd(content.want.kind) ? state.endedAt : null,
        wants: wanting(state.wants, content.want),
        keys: [...state.keys, action.key],
      };
    case 'agreementTold':
      return agreementTold(state, content, action);
    case 'rightAsked':
    case 'correctionAsked':
      return { ...asked(state, content, action), status: 'open' };
    case 'answered': {
      const task = state.tasks[content.task];
      const answered: Matter = {
        ...state,
        tasks: without(state.tasks, ({ no }) => no === content.task),
        outcomes: [...state.outcomes, `${content.task}:${content.answer.outcome}`],
      };
      return task ? afterAnswer(answered, action, content.answer, task) : answered;
    }
    case 'consented': {
      if (content.wants) return withTaskAction(state, action);
      return over(state, content.task, 'refused');
    }
    case 'contactChanged':
      return withContact(state, action, content);
    case 'ended': {
      const task = state.tasks[content.task];
      return task?.kind === 'citizen-notice' ? informed(state, task) : over(state, content.task, 'ended');
    }
    case 'closed':
      return { ...state, tasks: {}, wants: [], status: 'closed', endedAt: state.endedAt ?? action.at };
    default: {
      const after = withTaskAction(state, action);
      const settle = 'task' in content ? after.tasks[content.task] : undefined;
      // Whoever is to settle a dispute is accountable for it as a whole.
      return settle?.kind === 'settle' ? { ...after, owner: settle.owner } : after;
    }
  }
}

/** Where anybody is asked for something by it, that opens what is closed. */
const askingFor = (before: Matter, after: Matter, { key }: Action): Matter => ({
  ...after,
  status: after.wants.length > before.wants.length ? 'open' : before.status,
  keys: [...after.keys, key],
});

/** Only whoever gives a channel, and as long as they do, is told; a message that waits for its time looks at it anew. */
function withContact(state: Matter, { key, n }: Action, { part, reachable }: ContentOf<'contactChanged'>): Matter {
  if (state.subject === 'round') return state;
  const others = state.reachable.filter((place) => place !== part);
  const tasks = Object.fromEntries(
    Object.entries(state.tasks).map(([no, task]) => {
      const waits = task.kind === 'citizen-notice' && task.about?.endsWith(` ${part}`);
      return [no, waits ? { ...task, step: task.step + 1, seq: n } : task];
    }),
  );
  return { ...state, tasks, reachable: reachable ? [...others, part] : others, keys: [...state.keys, key] };
}

function informed(state: Matter, { no, about }: Task): Matter {
  const tasks = without(state.tasks, (task) => task.no === no);
  return state.subject === 'round' || about === null
    ? { ...state, tasks }
    : { ...state, tasks, informed: [...state.informed, about] };
}

const over = (state: Matter, no: string, outcome: string): Matter => ({
  ...state,
  tasks: without(state.tasks, (task) => task.no === no),
  outcomes: [...state.outcomes, `${no}:${outcome}`],
});

function afterAnswer(state: Matter, action: Action, answer: Answer, task: Task): Matter {
  switch (answer.task) {
    case 'round':
      return state.subject === 'round' ? { ...state, found: answer.found } : state;
    case 'enquiry': {
      const known = received(state, task.owner, 'asked', action);
      return known.subject === 'dispute'
        ? { ...known, enquiries: [...known.enquiries, ...enquiryAnswered(task, answer.outcome)] }
        : known;
    }
    case 'destroy':
      return destroyed(state, task);
    case 'offer-help': {
      const offered = state.subject === 'referral' ? { ...state, help: [] } : state;
      if (answer.outcome === 'declined') return offered;
      const wants = answer.help.map(({ kind, owner, mediator }) =>
        owner === null
          ? ({ kind: 'assign', measure: kind } as const)
          : ({ kind: 'measure', measure: kind, owner, ...(mediator ? { mediator } : {}) } as const),
      );
      return { ...offered, wants: wanting(offered.wants, ...wants) };
    }
    case 'settle':
    case 'measure':
      return withAgreementIn({ ...state, wants: wanting(state.wants, ...confirming(answer, task, action.at)) }, answer);
    case 'agreement-check': {
      const checked = agreementChecked(state, task, answer);
      if (!isTriedAgain(answer)) return checked;
      return { ...checked, endedAt: null, wants: wanting(state.wants, { kind: 'settle' }) };
    }
    case 'correction':
    case 'rights-request':
      return answeredRequest(state, answer, task, action);
    case 'assign': {
      if (task.measure === null) return assignedAnew(state, answer, task.about ?? '', action);
      const want = { kind: 'measure', measure: task.measure, owner: answer.owner } as const;
      return { ...state, wants: wanting(state.wants, want) };
    }
    default:
      return state;
  }
}
