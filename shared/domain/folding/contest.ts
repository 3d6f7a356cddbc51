/** What actions do to a contest of the level: it is open beside everything else, until somebody answers it or nobody does. */
import type { Action, AnswerTo, ContentOf } from '../actions.ts';
import type { CaseState, Contest, ContestOutcome, State, Task } from '../state.ts';
import { continues } from '../told.ts';
import { levelGone } from './ending.ts';
import { accountableFrom, atLevel, lapseSeen } from './level.ts';
import { wanting, without } from './tasks.ts';

const isOpen = ({ answered }: Contest): boolean => answered === null;

/** The contest that is being looked at; while there is one the level is shown as under review. */
export const openContest = ({ contests }: Pick<CaseState, 'contests'>): Contest | undefined => contests.find(isOpen);

/** A contest is open: what lists show of the level changes with it. */
export const isUnderReview = (state: State): boolean => state.subject === 'case' && openContest(state) !== undefined;

/** New facts join a contest that is open already: its days count from the first receipt. */
export function contested(
  state: CaseState,
  content: ContentOf<'contested'>,
  { n, at, key, note = '' }: Action,
): CaseState {
  const keys = [...state.keys, key];
  if (openContest(state)) {
    const contests = state.contests.map((one) => (isOpen(one) ? { ...one, notes: [...one.notes, note] } : one));
    return { ...state, contests, keys };
  }
  const { decision, level, agent = false, tellAt = null } = content;
  const contest = { n, at, decision, level, notes: [note], agent, answered: null, tellAt, takenUpAt: null };
  const want = { kind: 'contest', about: String(n), from: at } as const;
  return { ...state, contests: [...state.contests, contest], wants: wanting(state.wants, want), keys };
}

/** A red that nobody answered for: two more reviewers, each by themself. */
export function contestWidened(
  state: CaseState,
  { task, to, ends }: ContentOf<'contestWidened'>,
  { at }: Action,
): CaseState {
  const about = state.tasks[task]?.about ?? '';
  const wants = to.map(
    (owner, i) => ({ kind: 'contest-second', owner, about: `${about}-${i + 1}`, from: at, ends }) as const,
  );
  const tasks = without(state.tasks, ({ no }) => no === task);
  return { ...state, tasks, wants: wanting(state.wants, ...wants) };
}

const byReviewers: ReadonlySet<ContestOutcome> = new Set(['upheld', 'lowered', 'rejected']);

/** @param reason the note with it, where somebody answered */
function over(
  state: CaseState,
  { n, at, by }: Action,
  outcome: ContestOutcome,
  reason: string | null = null,
): CaseState {
  const answered = { n, at, outcome, note: reason, post: byReviewers.has(outcome) ? by.post : null };
  return {
    ...state,
    contests: state.contests.map((one) => (isOpen(one) ? { ...one, answered } : one)),
    tasks: without(state.tasks, isReview),
    wants: state.wants.filter((want) => !isReview(want)),
  };
}

const isReview = ({ kind }: Pick<Task, 'kind'>): boolean => kind === 'contest' || kind === 'contest-second';

export function contestAnswered(
  state: CaseState,
  answer: AnswerTo<'contest' | 'contest-second'>,
  action: Action,
): CaseState {
  const reason = action.note ?? null;
  if (answer.outcome === 'upheld') return levelGone(over(state, action, 'upheld', reason), 'contested');
  if (answer.outcome === 'lowered') {
    const { owner, level: colour, lapses } = answer;
    const left = accountableFrom(over(state, action, 'lowered', reason), owner);
    return left.level ? atLevel(left, { ...left.level, colour, lapses, awaits: null }) : left;
  }
  // Of two reviewers both must say that it stands.
  const other = [...Object.values(state.tasks), ...state.wants].some(isReview);
  return other ? state : over(state, action, 'rejected', reason);
}

/** Nobody answered in time: no decision, and recorded as a lapse with its cause; whoever was accountable is told. */
export function contestLapsed(state: CaseState, { from }: ContentOf<'lapsed'>, action: Action): CaseState {
  const gone = levelGone(over(state, action, 'lapsed'), 'lapsed');
  return lapseSeen(gone, from, action.n, state.owner);
}

/** Decided on anew from what happened since: what was contested is not what stands now. On the same events it goes on. */
export const withContestDecided = (before: CaseState, after: CaseState, action: Action): CaseState =>
  openContest(after) && !continues(before, after.level?.colour ?? null) ? over(after, action, 'overtaken') : after;

/** The level ended otherwise: there is nothing to look at any more. */
export const withoutMootContest = (state: CaseState, action: Action): CaseState =>
  openContest(state) && state.level === null ? over(state, action, 'overtaken') : state;
