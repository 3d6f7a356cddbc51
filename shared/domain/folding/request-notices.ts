/**
 * Whoever contests a decision or asks for a right hears that somebody has taken it up, and that there is an answer: by the channel
 * that they called safe, and never what it is. Whatever takes it up or answers it, it is seen by what became of it.
 */
import type { Want } from '../actions.ts';
import { aboutAsked, type OfAsked } from '../citizen-notices.ts';
import { askedByPersons } from '../reviewing-apart.ts';
import { type CaseState, type Contest, isClosed, openTasks, type RightsRequest, type State } from '../state.ts';
import { wanting, without } from './tasks.ts';

type Asked = Contest | RightsRequest;

const askedIn = (state: State): readonly Asked[] =>
  state.subject === 'case' ? [...state.contests, ...state.requests] : state.requests;

/** @param before the state that the action was applied to */
export function withRequestNotices<S extends State>(before: S, after: S, at: number): S {
  if (isClosed(after) || askedIn(after).length === 0) return after;
  const seen = withTakenUp(after, at);
  return askedIn(seen).reduce((state, one) => {
    const was = askedIn(before).find(({ n }) => n === one.n);
    if (!was) return state;
    if (was.answered === null && one.answered !== null) return told(silenced(state, one), one, 'answered');
    return was.takenUpAt === null && one.takenUpAt !== null ? told(state, one, 'taken-up') : state;
  }, seen);
}

/** By the number of what was asked: two reviewers of one contest have it before the hyphen. */
const takenUpIn = (state: State): ReadonlySet<number> =>
  new Set(
    openTasks(state).flatMap(({ kind, acknowledgedAt, about }) =>
      askedByPersons.has(kind) && acknowledgedAt !== null ? [Number.parseInt(about ?? '', 10)] : [],
    ),
  );

function withTakenUp<S extends State>(state: S, at: number): S {
  const taken = takenUpIn(state);
  const first = <A extends Asked>(one: A): A =>
    taken.has(one.n) && one.takenUpAt === null ? { ...one, takenUpAt: at } : one;
  if (!askedIn(state).some((one) => first(one) !== one)) return state;
  const requests = state.requests.map(first);
  return state.subject === 'case'
    ? { ...state, requests, contests: state.contests.map(first) }
    : { ...state, requests };
}

/** That it was taken up is no news any more once it is answered. */
function silenced<S extends State>(state: S, { n, tellAt }: Asked): S {
  if (tellAt === null) return state;
  const about = aboutAsked('taken-up', n, tellAt);
  const tasks = without(state.tasks, (task) => task.about === about);
  return { ...state, tasks, wants: state.wants.filter((want) => want.about !== about) };
}

/** Who is erased as they asked is nobody any more who could read the answer. */
const isGone = (one: Asked): boolean => 'right' in one && one.right === 'erase' && one.answered?.outcome === 'granted';

function told<S extends State>(state: S, one: Asked, occasion: OfAsked): S {
  if (one.tellAt === null || isGone(one) || (state.subject === 'case' && !mayHear(state, one))) return state;
  const want: Want = { kind: 'citizen-notice', about: aboutAsked(occasion, one.n, one.tellAt) };
  return { ...state, wants: wanting(state.wants, want) };
}

/**
 * While telling the person is put off, nothing that others decided or did reaches them: only what they asked themself, and somebody
 * has answered (S7).
 */
const mayHear = ({ told: isTold }: CaseState, { agent, answered }: Asked): boolean =>
  isTold || (!agent && answered?.outcome !== 'overtaken');
