/** What actions do to tasks: opening them, their clocks, hands and notices. */
import type { Action, ContentOf, Stint, TaskOpening, Want } from '../actions.ts';
import { awaited, awaitsAcknowledgement, unacknowledgedBy } from '../joint.ts';
import type { Notice, NoticeKind, State, Task } from '../state.ts';
import { waitOf } from '../waits.ts';

export type Tasks = Readonly<Record<string, Task>>;

export const without = (tasks: Tasks, gone: (task: Task) => boolean): Tasks =>
  Object.fromEntries(Object.entries(tasks).filter(([, task]) => !gone(task)));

/** Asked for once: a second wish for the same work changes nothing while the first has no task. */
export const wanting = (wants: readonly Want[], ...more: readonly Want[]): readonly Want[] => [
  ...wants,
  ...more.filter((want) => !wants.some((one) => isSame(one, want))),
];

const isSame = (one: Pick<Want, 'kind' | 'about' | 'measure'>, other: Pick<Want, 'kind' | 'about' | 'measure'>) =>
  one.kind === other.kind && one.about === other.about && one.measure === other.measure;

export function withOpened<S extends State>(state: S, action: Action, openings: readonly TaskOpening[]): S {
  const tasks: Record<string, Task> = { ...state.tasks };
  const counts = { ...state.counts };
  for (const opening of openings) {
    const k = (counts[opening.kind] ?? 0) + 1;
    counts[opening.kind] = k;
    const task = opened(`${opening.kind}-${k}`, opening, action);
    tasks[task.no] = task;
  }
  const wants = state.wants.filter((want) => !openings.some((opening) => isSame(opening, want)));
  return { ...state, tasks, counts, wants };
}

function opened(no: string, opening: TaskOpening, { at, n }: Action): Task {
  const { offer } = opening;
  const begun = opening.from <= at;
  const task: Task = {
    no,
    kind: opening.kind,
    owner: opening.owner,
    openedAt: at,
    from: opening.from,
    begun,
    acknowledgedAt: null,
    takenBy: null,
    joining: opening.joining ?? null,
    joinedAt: null,
    invited: opening.invited ?? [],
    actedAt: null,
    attempts: 0,
    paused: null,
    extensions: 0,
    since: opening.from,
    ackDue: opening.ackDue ?? null,
    actDue: opening.actDue ?? null,
    due: opening.due,
    ends: opening.ends ?? null,
    law: opening.law ? { ...opening.law, passed: false, longer: false } : null,
    urgency: opening.urgency ?? null,
    rung: 0,
    step: 0,
    seq: n,
    climbs: 0,
    level: opening.level ?? null,
    measure: opening.measure ?? null,
    event: opening.event ?? null,
    about: opening.about ?? null,
    mediator: opening.mediator ?? null,
    consents: [],
    handOff: null,
    handOffs: 0,
    returns: 0,
    pages: [],
    notices: [],
    keys: [],
  };
  const told = begun ? begins(task, at) : task;
  return offer ? offered(told, offer, at) : told;
}

function begins(task: Task, at: number): Task {
  // To citizens speaks the message itself.
  if (task.kind === 'citizen-notice') return task;
  const opened = noticed(task, 'opened', task.owner, at);
  const told = task.invited.reduce((one, post) => noticed(one, 'invited', post, at), opened);
  return task.joining ? noticed(told, 'opened', task.joining, at) : told;
}

export const noticed = (
  task: Task,
  kind: NoticeKind,
  post: string,
  at: number,
  called: Pick<Notice, 'person' | 'channel'> = {},
): Task => {
  const notice: Notice = { kind, step: task.notices.length, post, at, ...called };
  return { ...task, notices: [...task.notices, notice] };
};

const offered = (
  task: Task,
  { handOff: id, to, until }: { readonly handOff: string; readonly to: string; readonly until: number },
  at: number,
): Task =>
  noticed({ ...task, handOffs: task.handOffs + 1, handOff: { id, from: task.owner, to, until } }, 'hand-off', to, at);

export function withTaskAction<S extends State>(state: S, action: Action): S {
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
  const tasks = { ...state.tasks, [task.no]: done };
  // It came back as often as the city allows.
  if (!('toCounty' in content)) return { ...state, tasks };
  return { ...state, tasks, wants: wanting(state.wants, { kind: 'assign', about: task.no }) };
}

/** Another post is accountable from now on, with windows of its own. */
export const handed = (task: Task, stint: Stint, at: number): Task => ({
  ...task,
  owner: stint.owner,
  // Nobody takes part beside themself.
  joining: task.joining === stint.owner ? null : task.joining,
  since: Math.max(at, task.from),
  ackDue: stint.ackDue ?? null,
  actDue: stint.actDue ?? null,
  acknowledgedAt: null,
  takenBy: null,
  actedAt: null,
  paused: null,
  due: stint.due,
  law: lawWith(task, stint),
  rung: 0,
  pages: [],
  handOff: null,
});

const lawWith = ({ law }: Task, { lawDue }: Stint): Task['law'] =>
  law && lawDue !== undefined ? { ...law, due: lawDue } : law;

/** The same work comes back on another day. */
export const again = (task: Task, next: Stint & { readonly from: number }, { n, key }: Action): Task => ({
  ...handed(task, next, next.from),
  from: next.from,
  begun: false,
  step: task.step + 1,
  seq: n,
  climbs: 0,
  keys: [...task.keys, key],
});

const climbed = (task: Task, stint: Stint, at: number, notice: NoticeKind): Task =>
  noticed({ ...handed(task, stint, at), climbs: task.climbs + 1 }, notice, stint.owner, at);

/** What waits for its end is reminded of the new one; a first thing to be done is not put off. */
function extended(task: Task, { due, supervisor, beyondLaw }: ContentOf<'extended'>, at: number): Task {
  const law = task.law && beyondLaw ? { ...task.law, due, longer: true } : task.law;
  const anew = waitOf(task).for === 'complete' ? { since: at, rung: 0 as const } : {};
  const later: Task = { ...task, ...anew, due, law, extensions: task.extensions + 1 };
  return noticed(later, 'extended', supervisor, at);
}

/** A wait is over when nobody has yet to acknowledge: then the ladder of the next begins. */
const restarted = (task: Task): Task => (unacknowledgedBy(task).length > 0 ? task : { ...task, rung: 0 });

function taskAfter(task: Task, { content, at, by }: Action): Task {
  switch (content.kind) {
    case 'began': {
      const begun = begins({ ...task, begun: true }, at);
      return content.offer ? offered(begun, content.offer, at) : begun;
    }
    case 'acknowledged':
      return restarted({ ...task, acknowledgedAt: at, takenBy: by.person, pages: [] });
    case 'joined':
      return restarted({ ...task, joinedAt: at });
    case 'joiningClimbed': {
      const { joining, ackDue = task.ackDue } = content;
      const next = { ...task, joining, joinedAt: null, ackDue, since: at, rung: 0, climbs: task.climbs + 1 } as const;
      return joining === null ? next : noticed(next, 'opened', joining, at);
    }
    case 'attempted': {
      const tried: Task = { ...task, attempts: task.attempts + 1, actedAt: task.actedAt ?? at };
      const acked: Task =
        tried.acknowledgedAt === null ? { ...tried, acknowledgedAt: at, takenBy: by.person, pages: [] } : tried;
      // The first of them ends a wait, unless somebody has yet to acknowledge; the ones after it begin none.
      const ends = task.actedAt === null && !awaitsAcknowledgement(acked);
      const next: Task = ends ? { ...acked, rung: 0 } : acked;
      return content.stint ? climbed({ ...next, attempts: 0 }, content.stint, at, 'escalated') : next;
    }
    case 'paused':
      return { ...task, paused: { at, waitingFor: content.waitingFor } };
    case 'resumed': {
      const { ackDue = null, actDue = null, due } = content.stint;
      return { ...task, paused: null, since: at, ackDue, actDue, due, law: lawWith(task, content.stint) };
    }
    case 'extended':
      return extended(task, content, at);
    case 'paged': {
      const { person, channel, last = false } = content;
      const called: Task = { ...task, pages: [...task.pages, { person, at, last }] };
      if (person === null) return called;
      return noticed(called, 'page', task.owner, at, { person, ...(channel ? { channel } : {}) });
    }
    case 'routesTold': {
      const over: Task = { ...task, law: task.law && { ...task.law, passed: true } };
      return noticed(over, 'reminder', task.owner, at);
    }
    case 'consented':
      return { ...task, consents: [...new Set([...task.consents, content.party])] };
    case 'reminded':
      return awaited(task).reduce<Task>((told, post) => noticed(told, 'reminder', post, at), { ...task, rung: 1 });
    case 'warned':
      return noticed({ ...task, rung: 2 }, 'warning', content.supervisor, at);
    case 'climbed':
      return climbed(task, content.stint, at, 'escalated');
    case 'handOffOffered':
      return offered(task, content, at);
    case 'handOffAccepted':
      return { ...handed(task, content.stint, at), acknowledgedAt: at, takenBy: by.person };
    case 'handOffDeclined':
      return noticed({ ...task, handOff: null, returns: task.returns + 1 }, 'hand-off-declined', task.owner, at);
    case 'handOffExpired':
      return climbed({ ...task, returns: task.returns + 1 }, content.stint, at, 'hand-off-expired');
    default:
      return task;
  }
}
