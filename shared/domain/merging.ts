/**
 * Merging two cases of one person, or two disputes that are one quarrel, and undoing it: only people say so, with a reason. Two logs
 * meet here, and the order is the protection (protocol: Merge): the one that goes is frozen and stays accountable until the other has
 * taken it in; then it closes. Undoing is the mirror. Every step is a function of what both logs say. Pure.
 */
import type { City } from '../config/city.ts';
import { ActionRefused, InputInvalid } from '../errors.ts';
import type { By, ContentOf, Draft, Stint, Want } from './actions.ts';
import { openContest } from './folding/contest.ts';
import { received } from './folding/recall.ts';
import { noteIdFor } from './ids.ts';
import { nextTimer, stint } from './ladder.ts';
import {
  type Absorbed,
  type Brought,
  covers,
  type GivenBack,
  isAboutIts,
  isMergeable,
  type Mergeable,
  type MergeId,
  type Moving,
} from './merged.ts';
import { untoldLevel } from './noticing.ts';
import { isOwedToLogs } from './owing.ts';
import {
  type CaseState,
  colourOf,
  type DisputeState,
  describeState,
  isClosed,
  openTasks,
  type State,
  type Task,
} from './state.ts';
import type { Worded } from './task-commands.ts';
import { levels, type TaskKind, taskKinds } from './words.ts';

/** Work of the way of a case: the target has its own. It rests with what went in. */
const ofTheWay: ReadonlySet<TaskKind> = new Set([
  'decide',
  'talk',
  'plan',
  'review',
  'renew',
  'renewal-review',
  'resolve',
  'take-over',
  'notify',
  'forewarn',
  'check-in',
]);

/** What is judged of the level, or asked by whom it is about, is answered before anything is merged. */
const judged: ReadonlySet<TaskKind> = new Set(['second', 'contest', 'contest-second', 'correction', 'rights-request']);

/**
 * How far a case is. The one that goes is never further than the one it goes into: so no level is lost by a merge, none rises, and
 * what begins the way anew is not begun by it.
 */
function weightOf({ level, status, resolvedAs, fresh }: CaseState): number {
  if (level) return 10 + levels.indexOf(level.colour);
  if (status === 'resolved') return 1 + (resolvedAs ? levels.indexOf(resolvedAs) : 0);
  return fresh ? 9 : 0;
}

const isFurther = (source: Mergeable, target: Mergeable): boolean =>
  source.subject === 'case' && target.subject === 'case' && weightOf(source) > weightOf(target);

const refused = (state: State, why: string, allowed: readonly string[]) =>
  new ActionRefused('merging', `${describeState(state)}${why}`, allowed);

/** Something is being done to what is kept of somebody, in the places where it is kept now. */
const isHandled = ({ owed }: State): boolean => owed.some((one) => !isOwedToLogs(one));

/** Why this one can be part of no merge now. */
function checkPart(state: Mergeable): void {
  if (state.merged) throw refused(state, ` into ${state.merged.into}`, [state.merged.into]);
  if (state.moving) throw refused(state, ' and just moving', ['the same a moment later']);
  if (isHandled(state)) throw refused(state, ', and what it asks for is just being done', ['the same a moment later']);
  // What was asked is found by its number: in another log that means something else.
  if (state.requests.some(({ answered }) => answered === null))
    throw refused(state, ', and somebody waits for their data', ['an answer to that']);
  if (state.subject === 'dispute') return;
  if (isClosed(state) || state.status === 'ending') throw refused(state, '', ['cases that are under way']);
  const open = openTasks(state).filter(({ kind }) => judged.has(kind));
  if (open.length > 0)
    throw refused(
      state,
      ', and that is being judged',
      open.map(({ no }) => `an answer to ${no}`),
    );
  if (state.level?.awaits) throw refused(state, ' on one person’s word', ['its second decision']);
  if (openContest(state)) throw refused(state, ' and contested', ['an answer to the contest']);
}

/** @param linked the cases of both disputes */
function checkPair(source: Mergeable, target: Mergeable, isLookedAfter: (state: DisputeState) => boolean): void {
  const other = [`merging ${target.id} into ${source.id}`];
  if (isFurther(source, target)) {
    throw refused(source, `, further than ${describeState(target)}`, other);
  }
  // Where a case looks after one of them nobody tries to settle the other beside it.
  if (
    source.subject === 'dispute' &&
    target.subject === 'dispute' &&
    isLookedAfter(source) &&
    !isLookedAfter(target) &&
    settles(target)
  ) {
    throw refused(source, ` and looked after by a case, ${target.id} is not`, other);
  }
}

const settles = (state: State): boolean => [...openTasks(state), ...state.wants].some(({ kind }) => kind === 'settle');

export interface MergeCommand {
  readonly source: State;
  readonly target: State;
  /** A case of it is under way. */
  readonly isLookedAfter: (state: DisputeState) => boolean;
  /** Who is concerned in one asked for help, or may be hurt, in the other: they are two. */
  readonly opposed: boolean;
  readonly by: Extract<By, { role: 'staff' }>;
  readonly at: number;
  readonly key: string;
  readonly reason: string;
}

/** @throws InputInvalid, ActionRefused */
export function mergeOffered({ source, target, isLookedAfter, opposed, by, at, key, reason }: MergeCommand): Worded {
  if (!isMergeable(source) || !isMergeable(target) || source.subject !== target.subject || source.id === target.id) {
    throw new InputInvalid([{ path: 'into', value: target.id, allowed: `another ${source.subject}` }]);
  }
  checkPart(source);
  checkPart(target);
  if (opposed) {
    throw refused(source, `: who is concerned in one stands against who is in ${target.id}`, ['keeping them apart']);
  }
  checkPair(source, target, isLookedAfter);
  const content = { kind: 'mergeOffered', into: target.id } as const;
  return { draft: { at, by, key, rev: 0, content, note: noteIdFor(source.id, key) }, text: reason };
}

/** Whatever happened since it was offered: what has ended, fell behind, or moves itself, takes nothing in. */
const takesIn = (target: Mergeable, source: Mergeable): boolean =>
  !target.moving &&
  !target.merged &&
  !isFurther(source, target) &&
  (target.subject === 'dispute' || !(isClosed(target) || target.status === 'ending'));

const stepKey = (what: string, { id }: Pick<State, 'id'>, { n }: Moving): string => `${what} ${id} ${n}`;

export const mergeKey = (source: State, moving: Moving): string => stepKey('merge', source, moving);

export const unmergeKey = (target: State, moving: Moving): string => stepKey('unmerge', target, moving);

/** What the other log makes of what is offered to it: once, whoever asks how often. */
export function absorbedDraft(source: Mergeable, moving: Moving, target: Mergeable, at: number): Draft {
  const draft = { at, by: moving.by, key: mergeKey(source, moving), rev: 0 };
  const of = { source: source.id, offer: moving.n };
  if (!takesIn(target, source)) return { ...draft, content: { kind: 'mergeDeclined', ...of } };
  return { ...draft, content: { kind: 'absorbed', ...of, hash: source.hash, brought: brought(source, target) } };
}

/** The log that went says so itself, last. */
export function mergeDone(source: Mergeable, moving: Moving, answer: 'absorbed' | 'mergeDeclined', at: number): Draft {
  const content = {
    kind: answer === 'absorbed' ? 'merged' : 'mergeWithdrawn',
    into: moving.other,
  } as const;
  return { at, by: moving.by, key: `${mergeKey(source, moving)} done`, rev: 0, content };
}

export function brought(source: Mergeable, target: Mergeable): Brought {
  const aliases = source.absorbed.flatMap(({ id, aliases: more }) => [id, ...more]);
  const { reports, agreements, heldUntil, acted } = source;
  const { grants } = withOwner(source, target);
  const moves = movesTo(source, target);
  const moved = openTasks(source).filter(moves);
  const log = source.id;
  const all = {
    ...{ aliases, reports, agreements, grants, heldUntil, acted },
    tasks: moved.map((task) => ({ ...named(source, task), notices: [], keys: [], origin: { log, no: task.no } })),
    wants: source.wants
      .filter(({ kind, about }) => moves({ kind, about: about ?? null }))
      .map((want) => named(source, want)),
  };
  if (source.subject === 'dispute') {
    const { cases, unjoined, reachable, informed, endedAt } = source;
    const enquiries = source.enquiries.map((one) => ({ ...one, task: `${log}.${one.task}` }));
    return { of: 'dispute', ...all, cases, unjoined, reachable, informed, enquiries, endedAt };
  }
  const known = new Set(target.subject === 'case' ? target.events.map(({ id }) => id) : []);
  // What one reporter told of one event is one event in both; what was seen at a task is named by its number there.
  const isSeen = (id: string): boolean => taskKinds.some((kind) => id.startsWith(`E-${kind}-`));
  const isSame = (id: string): boolean => known.has(id) && !isSeen(id);
  const eventId = (id: string): string => (known.has(id) && isSeen(id) ? `${id}-${log}` : id);
  const tellsNew = ({ event = null }: { readonly event?: string | null }): boolean => event === null || !isSame(event);
  const told = source.events.filter(({ id }) => !isSame(id));
  const events = told.map((event) => {
    const { disputeType = source.disputeType, sameAs, ...rest } = event;
    const kind = disputeType === target.disputeType ? {} : { disputeType };
    const same = sameAs === undefined ? {} : { sameAs: eventId(sameAs) };
    return { ...rest, ...kind, ...same, id: eventId(event.id), origin: { log, no: event.id } };
  });
  const { disputes, named: names, safetyPlan, contactEvents, visit, glass, plan, agreed, level } = source;
  return {
    ...{ of: 'case', ...all, events, disputes, named: names, safetyPlan },
    tasks: all.tasks
      .filter(tellsNew)
      .map((task) => (task.event === null ? task : { ...task, event: eventId(task.event) })),
    wants: all.wants
      .filter(tellsNew)
      .map((want) => (want.event === undefined ? want : { ...want, event: eventId(want.event) })),
    contactEvents: contactEvents.map(eventId),
    planned: level || target.status !== 'resolved' ? [...(plan?.waiting ?? []), ...agreed] : [],
    level: level !== null,
    visit: visit && { ...visit, log: visit.log ?? source.id },
    // Who saw more for a while saw it of this one: it is looked at, and ends here.
    glass: glass.map((one) => ({ ...one, until: 0 })),
    ...(untoldLevel(source) === null ? {} : { notice: source.notice }),
  };
}

/** Whoever was accountable for it while it had a level has what they read of it, and it is another's now. */
const withOwner = (source: Mergeable, { owner }: Mergeable): Mergeable =>
  colourOf(source) === null || source.owner === owner
    ? source
    : received(source, source.owner, 'worked', { n: source.n, at: source.changedAt });

/** Telling is put off by what was taken in, for longer than by the target itself. */
const putsOff = ({ notice: { deferral } }: CaseState, target: CaseState): boolean =>
  deferral !== null && deferral.until > (target.notice.deferral?.until ?? 0);

const movesTo =
  (source: Mergeable, target: Mergeable) =>
  ({ kind, about }: Pick<Task, 'kind' | 'about'>): boolean => {
    // Where both were resolved nobody is forgotten, and what somebody is worried about is looked at.
    if (kind === 'check-in' || kind === 'review') return target.status === 'resolved';
    if (kind === 'second-deferral')
      return source.subject === 'case' && target.subject === 'case' && putsOff(source, target);
    if (kind === 'settle') return !settles(target);
    if (kind === 'assign' && about !== null)
      return about !== 'case' && !ofTheWay.has(source.tasks[about]?.kind ?? 'decide');
    return !ofTheWay.has(kind);
  };

/** What it is about is told by a number, or an id, of the log it was in. */
function named<T extends { readonly kind: TaskKind; readonly about?: string | null }>({ id }: Mergeable, one: T): T {
  const own = one.kind === 'access-review' || one.kind === 'reason-review';
  return own && one.about ? { ...one, about: `${id} ${one.about}` } : one;
}

/** What a target lets go of. @throws ActionRefused where it never took that in */
function absorbedIn(target: Mergeable, source: MergeId): Absorbed {
  const found = target.absorbed.find(({ id }) => id === source);
  if (found) return found;
  const went = target.absorbed.map(({ id }) => id);
  throw new ActionRefused('undoing a merge', `${source} is not part of ${target.id}`, went);
}

const partsOf = ({ reports, came }: Absorbed): ReadonlySet<string> =>
  new Set([...reports, ...came.map(({ report }) => report)]);

/** Somebody asked here about an event or a person that would go back: where they are then nobody would know of it. */
function isAskedOf(entry: Absorbed, target: Mergeable): boolean {
  const parts = partsOf(entry);
  const events = target.subject === 'case' ? target.events : [];
  const goes = (id: string) => events.some((one) => one.id === id && one.origin && covers(entry, one.origin.log));
  return target.requests.some(
    ({ answered, part, event }) =>
      answered === null && ((part !== null && parts.has(part.replace(/#\d+$/, ''))) || (event !== null && goes(event))),
  );
}

export interface UnmergeCommand {
  readonly target: State;
  readonly source: MergeId;
  readonly by: Extract<By, { role: 'staff' }>;
  readonly at: number;
  readonly key: string;
  readonly reason: string;
}

/** @throws ActionRefused */
export function unmergeOffered({ target, source, by, at, key, reason }: UnmergeCommand): Worded {
  const refuse = (why: string, allowed: readonly string[]) =>
    new ActionRefused('undoing a merge', `${describeState(target)}${why}`, allowed);
  if (!isMergeable(target)) throw refuse('', []);
  if (target.merged) throw refuse(` into ${target.merged.into}`, [`undoing that: ${target.id} first`]);
  if (target.moving) throw refuse(' and just moving', ['the same a moment later']);
  if (isHandled(target)) throw refuse(', and what it asks for is just being done', ['the same a moment later']);
  if (target.subject === 'case' && target.forgottenAt !== null) throw refuse(' and forgotten', []);
  if (isAskedOf(absorbedIn(target, source), target))
    throw refuse(`, and somebody waits for what is kept under ${source}`, ['an answer to that']);
  const content = { kind: 'unmergeOffered', source } as const;
  return { draft: { at, by, key, rev: 0, content, note: noteIdFor(target.id, key) }, text: reason };
}

/** What had gone in is what it was; the target lets it go last. */
export function unmergedDraft(city: City, source: Mergeable, target: Mergeable, moving: Moving, at: number): Draft {
  const content: ContentOf<'unmerged'> = {
    kind: 'unmerged',
    from: target.id,
    givenBack: givenBack(city, source, target, at),
  };
  return { at, by: moving.by, key: unmergeKey(target, moving), rev: 0, content };
}

export const releasedDraft = (target: Mergeable, moving: Moving, at: number): Draft => ({
  ...{ at, by: moving.by, key: `${unmergeKey(target, moving)} done`, rev: 0 },
  content: { kind: 'released', source: moving.other },
});

export function givenBack(city: City, source: Mergeable, target: Mergeable, at: number): GivenBack {
  const entry = absorbedIn(target, source.id);
  const isIts = (origin: Task['origin']) => origin !== undefined && covers(entry, origin.log);
  const tasks = openTasks(target).flatMap((task) =>
    task.origin?.log === source.id ? [{ ...task, no: task.origin.no, notices: [], keys: [] }] : [],
  );
  const parts = partsOf(entry);
  return {
    ...{ tasks, moved: entry.moved, came: entry.came, disputes: entry.disputes, cases: entry.cases },
    stints: stintsOf(city, source, entry, at),
    wants: askedSince(source, target, entry),
    // A hold that was set since is of both, and so is whoever acted.
    ...(target.heldUntil === entry.before.held
      ? { heldUntil: null, heldSince: null }
      : { heldUntil: target.heldUntil, heldSince: target.heldSince }),
    acted: target.acted,
    events: target.subject === 'case' ? target.events.filter(({ origin }) => isIts(origin)) : [],
    agreements: target.agreements.filter(({ id }) => entry.agreements.includes(id)),
    // What is their own again is called back from nobody.
    grants: target.grants.filter(({ id, to }) => entry.grants.includes(id) && to !== source.owner),
    informed:
      target.subject === 'dispute'
        ? target.informed.filter((about) => parts.has(/^\S+ (.+)#\d+$/.exec(about)?.[1] ?? ''))
        : [],
  };
}

/** What was opened in the target about an agreement or a grant of the source: it is asked for there again. */
function askedSince({ id }: Mergeable, { tasks, wants }: Mergeable, entry: Absorbed): Want[] {
  const isIts = isAboutIts(entry);
  const opened = Object.values(tasks).filter((task) => isIts(task) && task.origin?.log !== id);
  return [
    ...opened.map(({ kind, about, owner, begun, from }) => ({
      ...{ kind, owner, ...(about === null ? {} : { about }) },
      ...(begun ? {} : { from }),
    })),
    ...wants.filter((want) => isIts(want)),
  ];
}

/** Work that stood still for longer than it had: whoever has it has its time again. */
function stintsOf(city: City, { merged }: Mergeable, { moved }: Absorbed, at: number): Readonly<Record<string, Stint>> {
  const late = Object.values(merged?.resting.tasks ?? {}).filter(
    (task) => !moved.includes(task.no) && task.begun && nextTimer(city, task).at <= at,
  );
  return Object.fromEntries(late.map((task) => [task.no, stint(city, task, task.owner, at)]));
}
