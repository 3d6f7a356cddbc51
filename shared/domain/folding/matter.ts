/** What actions do to a dispute, a referral or a round. */
import type { Action, Answer } from '../actions.ts';
import type { Matter, Task } from '../state.ts';
import { wanting, withOpened, without, withTaskAction } from './tasks.ts';

export function applyToMatter(state: Matter, action: Action): Matter {
  const { content } = action;
  switch (content.kind) {
    case 'reported': {
      // A dispute that a case has grown out of is looked after there: what was to be settled here ends.
      const settles = (kind: string) => content.caseId !== undefined && kind === 'settle';
      const tasks = without(state.tasks, (task) => settles(task.kind));
      const asked = (content.wants ?? []).filter(
        (want) => !Object.values(tasks).some(({ kind, about }) => kind === want.kind && about === (want.about ?? null)),
      );
      const reported = {
        ...state,
        status: 'open',
        reports: [...state.reports, content.report],
        tasks,
        wants: wanting(state.wants, ...asked).filter(({ kind }) => !settles(kind)),
        outcomes: content.settled ? [...state.outcomes, 'reported:settled'] : state.outcomes,
      } as const;
      if (reported.subject === 'round') return reported;
      const places = (content.reachable ?? []).map((i) => `${content.report}#${i}`);
      const reachable = [...new Set([...reported.reachable, ...places])];
      if (reported.subject === 'referral') {
        return { ...reported, reachable, help: [...new Set([...reported.help, ...(content.help ?? [])])] };
      }
      const cases =
        content.caseId && !reported.cases.includes(content.caseId)
          ? [...reported.cases, content.caseId]
          : reported.cases;
      return { ...reported, reachable, cases };
    }
    case 'opened':
      return withOpened(state, action, content.tasks);
    case 'asked':
      return { ...state, wants: wanting(state.wants, content.want), keys: [...state.keys, action.key] };
    case 'answered': {
      const task = state.tasks[content.task];
      const answered: Matter = {
        ...state,
        tasks: without(state.tasks, ({ no }) => no === content.task),
        outcomes: [...state.outcomes, `${content.task}:${content.answer.outcome}`],
      };
      return task ? afterAnswer(answered, content.answer, task) : answered;
    }
    case 'consented': {
      if (content.wants) return withTaskAction(state, action);
      return over(state, content.task, 'refused');
    }
    case 'ended':
      return over(state, content.task, 'ended');
    case 'closed':
      return { ...state, tasks: {}, wants: [], status: 'closed' };
    default:
      return withTaskAction(state, action);
  }
}

const over = (state: Matter, no: string, outcome: string): Matter => ({
  ...state,
  tasks: without(state.tasks, (task) => task.no === no),
  outcomes: [...state.outcomes, `${no}:${outcome}`],
});

function afterAnswer(state: Matter, answer: Answer, task: Task): Matter {
  switch (answer.task) {
    case 'round':
      return state.subject === 'round' ? { ...state, found: answer.found } : state;
    case 'offer-help': {
      if (answer.outcome === 'declined') return state;
      const wants = answer.help.map(({ kind, owner, mediator }) =>
        owner === null
          ? ({ kind: 'assign', measure: kind } as const)
          : ({ kind: 'measure', measure: kind, owner, ...(mediator ? { mediator } : {}) } as const),
      );
      return { ...state, wants: wanting(state.wants, ...wants) };
    }
    case 'assign': {
      if (task.measure === null) return state;
      const want = { kind: 'measure', measure: task.measure, owner: answer.owner } as const;
      return { ...state, wants: wanting(state.wants, want) };
    }
    default:
      return state;
  }
}
