/** What actions do to what somebody asks for about their own data, and what a correction changes. */
import type { Action, AnswerTo, ContentOf, Corrected } from '../actions.ts';
import {
  type Answered,
  type CaseEvent,
  type CaseState,
  isAtStake,
  type RightsRequest,
  type State,
  type Task,
} from '../state.ts';
import { verifiedIn } from '../told.ts';
import { withoutOrphans } from './events.ts';
import { lapseSeen, restingOn } from './level.ts';
import { recalled } from './recall.ts';
import { wanting, without } from './tasks.ts';

/** It becomes a task with a clock of its own, which counts from receipt. */
export function asked<S extends State>(
  state: S,
  content: ContentOf<'correctionAsked' | 'rightAsked'>,
  { n, at, key, note = '' }: Action,
): S {
  const { part = null, agent = false, tellAt = part } = content;
  const of =
    content.kind === 'rightAsked'
      ? ({ right: content.right, what: null, event: null } as const)
      : ({ right: 'correct', what: content.what, event: content.event ?? null } as const);
  const request: RightsRequest = { n, at, ...of, part, note, agent, answered: null, tellAt, takenUpAt: null };
  const want = {
    kind: content.kind === 'rightAsked' ? 'rights-request' : 'correction',
    about: String(n),
    from: at,
  } as const;
  return {
    ...state,
    requests: [...state.requests, request],
    wants: wanting(state.wants, want),
    keys: [...state.keys, key],
  };
}

export function answeredRequest<S extends State>(
  state: S,
  { outcome }: AnswerTo<'correction' | 'rights-request'>,
  { about }: Task,
  { n, at, note, by }: Action,
): S {
  const answered: Answered<typeof outcome> = { n, at, outcome, note: note ?? null, post: by.post };
  return {
    ...state,
    requests: state.requests.map((one) => (String(one.n) === about ? { ...one, answered } : one)),
  };
}

/**
 * What was wrong is put right, and what rests on it is looked at anew in the same action: a level that rests on nothing any more is
 * gone, any other is assessed again, and every recipient is told; where own data was wrong, once it is put in place (`discharged`).
 */
export function corrected(state: CaseState, change: Corrected, { n, at }: Action): CaseState {
  if (change.what === 'own-data') return state;
  const events = withoutOrphans(state.events.map((event) => correctedEvent(event, change)));
  const isGone = (id: string | null) => events.some((event) => event.id === id && event.state === 'withdrawn');
  const left = restingOn({ ...state, tasks: without(state.tasks, ({ event }) => isGone(event)) }, events, at);
  if (state.level && !left.level) return lapseSeen(left, state.level.colour, n, state.owner);
  return recalled(
    { ...left, reassess: left.reassess || (isAtStake(left) && verifiedIn(left).length > 0) },
    'corrected',
  );
}

function correctedEvent(event: CaseEvent, change: Exclude<Corrected, { readonly what: 'own-data' }>): CaseEvent {
  if (change.what === 'role') return { ...event, state: 'withdrawn' };
  if (event.id !== change.event) return event;
  switch (change.what) {
    case 'facts':
      return { ...event, facts: change.facts };
    case 'date':
      return { ...event, at: change.at, undated: false };
    case 'event':
      return { ...event, state: 'withdrawn' };
  }
}
