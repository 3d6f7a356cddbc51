/**
 * What a merge, and its undoing, do to the two logs. Taking in adds, and says of each thing whence it came; letting go takes out just
 * that; and what went in rests as it was.
 */
import type { Action, ContentOf, PlannedMeasure, Stint, Want } from '../actions.ts';
import { isDanger } from '../help.ts';
import { canonical, placeIn } from '../ids.ts';
import {
  type Absorbed,
  type BroughtCase,
  type BroughtDispute,
  type CameReport,
  covers,
  type GivenBack,
  isAboutIts,
  isMergeable,
  type Mergeable,
  type MergeId,
} from '../merged.ts';
import { type CaseState, type DisputeState, isUndecided, openTasks, type State, type Task } from '../state.ts';
import { verifiedIn } from '../told.ts';
import type { TaskKind } from '../words.ts';
import { anew, levelGone } from './ending.ts';
import { withoutOrphans } from './events.ts';
import { lapseSeen, restingOn } from './level.ts';
import { noticeTasks } from './noticing.ts';
import { withPlanned } from './plan.ts';
import { handed, noticed, wanting, without } from './tasks.ts';

/** What an action does to what one log is to another; the state as it is after everything else that the action does. */
export function withMerging<S extends State>(before: S, after: S, action: Action): S {
  if (!isMergeable(after) || !isMergeable(before)) return after;
  const { content } = action;
  return { ...after, ...(content.kind === 'reported' ? withReport(before, after, content) : merging(after, action)) };
}

/** A report that came under an identity of what was taken in goes out again with that; one of its own does not. */
function withReport<S extends Mergeable>(before: Mergeable, after: S, content: ContentOf<'reported'>): S {
  const { through, report, caseId, dispute, reachable } = content;
  const led = through === undefined ? undefined : before.absorbed.find((one) => covers(one, through));
  const absorbed = before.absorbed.map((one): Absorbed => {
    if (one !== led || through === undefined) return { ...one, ...withoutLinked(one, content) };
    const came: CameReport = {
      ...{ report, through },
      ...(caseId ? { caseId } : {}),
      ...(reachable ? { reachable: reachable.map((i) => placeIn({ report, i })) } : {}),
    };
    const isNew = <T>(had: readonly T[], id: T | undefined): readonly T[] => (id && !had.includes(id) ? [id] : []);
    return {
      ...one,
      came: [...one.came, came],
      disputes: [...one.disputes, ...(before.subject === 'case' ? isNew(before.disputes, dispute) : [])],
      cases: [...one.cases, ...(before.subject === 'dispute' ? isNew(before.cases, caseId) : [])],
    };
  });
  if (through === undefined || after.subject !== 'case') return { ...after, absorbed };
  const known = new Set(before.subject === 'case' ? before.events.map(({ id }) => id) : []);
  const events = after.events.map((event) =>
    known.has(event.id) ? event : { ...event, origin: { log: through, no: event.id } },
  );
  return { ...after, absorbed, events };
}

/** What came in by a report of its own stays. */
const withoutLinked = (
  { disputes, cases }: Absorbed,
  { caseId, dispute }: Pick<ContentOf<'reported'>, 'caseId' | 'dispute'>,
): Pick<Absorbed, 'disputes' | 'cases'> => ({
  disputes: disputes.filter((id) => id !== dispute),
  cases: cases.filter((id) => id !== caseId),
});

function merging(state: Mergeable, action: Action): Mergeable {
  const { content, n, by, key } = action;
  switch (content.kind) {
    case 'mergeOffered':
      return known({ ...state, moving: { what: 'into', other: content.into, n, by } }, key);
    case 'unmergeOffered':
      return known({ ...state, moving: { what: 'out', other: content.source, n, by } }, key);
    case 'mergeDeclined':
      return known(state, key);
    case 'mergeWithdrawn':
      return { ...state, moving: null };
    case 'merged':
      return state.subject === 'case' ? restingCase(state, content.into) : restingDispute(state, content.into);
    case 'absorbed': {
      const { brought } = content;
      if (state.subject === 'case') return brought.of === 'case' ? caseTakesIn(state, brought, action) : state;
      return brought.of === 'dispute' ? disputeTakesIn(state, brought, action) : state;
    }
    case 'unmerged':
      return known(
        state.subject === 'case'
          ? caseIsBack(state, content.givenBack, action)
          : disputeIsBack(state, content.givenBack, action),
        key,
      );
    case 'released': {
      const gone = state.absorbed.find(({ id }) => id === content.source);
      if (!gone) return { ...state, moving: null };
      return state.subject === 'case' ? caseLetsGo(state, gone, action) : disputeLetsGo(state, gone);
    }
    default:
      return state;
  }
}

const known = <S extends Mergeable>(state: S, key: string): S => ({ ...state, keys: [...state.keys, key] });

/** What others have received of it is called back by the log that goes on. */
function restingCase(state: CaseState, into: MergeId): CaseState {
  const { status, tasks, wants, level, endsAs, safetyPlan } = state;
  const resting = { status, tasks, wants, level, endsAs, safetyPlan };
  return {
    ...state,
    ...{ moving: null, merged: { into, resting }, grants: [] },
    ...{ status: 'closed', endsAs: 'merged', level: null, safetyPlan: false, tasks: {}, wants: [] },
  };
}

function restingDispute(state: DisputeState, into: MergeId): DisputeState {
  const { status, tasks, wants } = state;
  const resting = { status, tasks, wants };
  return {
    ...state,
    ...{ moving: null, merged: { into, resting }, grants: [], status: 'closed', tasks: {}, wants: [] },
  };
}

const union = <T>(one: readonly T[], other: readonly T[]): readonly T[] => [...new Set([...one, ...other])];
const later = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.max(one, other);

/** What moved, under numbers of this log; whoever has it is told under which it goes on. */
function withMoved<S extends Mergeable>(state: S, moved: readonly Task[], { n, at }: Action): S {
  const counts = { ...state.counts };
  const numbers = new Map<string, string>();
  for (const { kind, no } of moved) {
    const k = (counts[kind] ?? 0) + 1;
    counts[kind] = k;
    numbers.set(no, `${kind}-${k}`);
  }
  const tasks: Record<string, Task> = { ...state.tasks };
  for (const task of moved) {
    const no = numbers.get(task.no) ?? task.no;
    const about = task.about === null ? null : (numbers.get(task.about) ?? task.about);
    tasks[no] = openedAgain({ ...task, no, about, seq: n, step: 0 }, at);
  }
  return { ...state, counts, tasks };
}

const openedAgain = (task: Task, at: number): Task =>
  task.begun && task.kind !== 'citizen-notice' ? noticed(task, 'opened', task.owner, at) : task;

/** Under the numbers that they had. */
const openAgain = (tasks: readonly Task[], { at, n }: Action): CaseState['tasks'] =>
  Object.fromEntries(tasks.map((task) => [task.no, openedAgain({ ...task, step: task.step + 1, seq: n }, at)]));

type Shared = BroughtCase | BroughtDispute;

function takenIn<S extends Mergeable>(state: S, brought: Shared, action: Action): S {
  const isNew = <T extends { readonly id: string }>(had: readonly T[], more: readonly T[]): readonly T[] =>
    more.filter(({ id }) => !had.some((one) => one.id === id));
  const moved = withMoved(state, brought.tasks, action);
  return {
    ...moved,
    keys: [...state.keys, action.key],
    reports: union(state.reports, brought.reports),
    wants: wanting(state.wants, ...brought.wants),
    agreements: [...state.agreements, ...isNew(state.agreements, brought.agreements)],
    grants: [...state.grants, ...isNew(state.grants, brought.grants)],
    acted: union(state.acted, brought.acted),
    heldUntil: later(state.heldUntil, brought.heldUntil),
  };
}

function entryOf(
  state: Mergeable,
  brought: Shared,
  { content }: Action,
  more: Pick<Absorbed, 'disputes' | 'cases' | 'planned'> & { readonly ofCase?: Absorbed['before']['ofCase'] },
): Absorbed {
  const { ofCase, ...rest } = more;
  const { aliases, reports, tasks, wants, agreements, grants } = brought;
  return {
    ...{ id: content.kind === 'absorbed' ? content.source : state.id, aliases, reports, came: [], wants, ...rest },
    moved: tasks.map(({ no }) => no),
    agreements: agreements.map(({ id }) => id),
    grants: grants.map(({ id }) => id),
    before: {
      ...{ heldUntil: state.heldUntil, held: later(state.heldUntil, brought.heldUntil) },
      ...(ofCase ? { ofCase } : {}),
    },
  };
}

/** Its level stays what it is; where the other one had a level too, somebody decides anew on what both know. */
function caseTakesIn(state: CaseState, brought: BroughtCase, action: Action): CaseState {
  const { fresh, reassess, decideAnew, named, safetyPlan, visit, assessment, decision, notice, told } = state;
  const verified = verifiedIn(state);
  const telling = brought.notice && tellingWith(state, brought.notice);
  const { tasks: left = state.tasks, ...owed } = telling ?? {};
  const ofCase = {
    ...{ fresh, reassess, decideAnew, named, safetyPlan, visit, verified },
    ...{ assessment, decision: decision?.n ?? null, reports: state.reports.length, tasks: Object.keys(state.tasks) },
    ...(state.status === 'resolved' ? { resolved: afterwardsOf(state), asking: openTasks(state).filter(asks) } : {}),
    ...(telling ? { telling: { notice, told, became: telling.notice, dropped: droppedIn(state, left) } } : {}),
  };
  const disputes = brought.disputes.filter((id) => !state.disputes.includes(id));
  const entry = entryOf(state, brought, action, { disputes, cases: [], planned: brought.planned, ofCase });
  const holds = brought.events.some((event) => event.state === 'verified');
  const decides = brought.level && state.level !== null;
  const taken: CaseState = {
    ...takenIn({ ...state, tasks: left }, brought, action),
    ...owed,
    absorbed: [...state.absorbed, entry],
    events: withoutOrphans([...state.events, ...brought.events]),
    disputes: [...state.disputes, ...disputes],
    contactEvents: union(state.contactEvents, brought.contactEvents),
    fresh: fresh || holds,
    reassess: reassess || decides,
    decideAnew: decideAnew || decides,
    named: named || brought.named,
    safetyPlan: safetyPlan || brought.safetyPlan,
    // Who wanted one table before they knew of other violence is asked again.
    optIn: state.optIn && !brought.events.some(({ facts }) => facts.some(isDanger)),
    visit: visit ?? brought.visit,
    glass: [...state.glass, ...brought.glass],
  };
  return state.plan ? withPlanned(taken, brought.planned) : { ...taken, agreed: [...taken.agreed, ...brought.planned] };
}

const afterwardsOf = ({ resolvedAs, resolvedAt, contacted, notice, told, checkInsSet, concern }: CaseState) => ({
  ...{ resolvedAs, resolvedAt, contacted, notice, told, checkInsSet, concern },
});

const asks = ({ kind }: Task): boolean => kind === 'check-in' || kind === 'review';

/**
 * Telling the person is owed anew, and the affected person is told before; until then what they knew is closed to them, as where a
 * level was raised. Of two who put it off the longer one does.
 */
function tellingWith(state: CaseState, theirs: CaseState['notice']): Pick<CaseState, 'notice' | 'told' | 'tasks'> {
  const { deferral: mine, since } = state.notice;
  const isLonger = theirs.deferral !== null && theirs.deferral.until > (mine?.until ?? 0);
  const gone: ReadonlySet<TaskKind> = new Set(isLonger ? ['notify', 'second-deferral'] : ['notify']);
  const earlier = Math.min(since ?? Number.POSITIVE_INFINITY, theirs.since ?? Number.POSITIVE_INFINITY);
  return {
    told: false,
    notice: {
      ...{ of: null, clear: null, deferral: isLonger ? theirs.deferral : mine },
      since: Number.isFinite(earlier) ? earlier : null,
    },
    tasks: without(state.tasks, ({ kind }) => gone.has(kind)),
  };
}

const droppedIn = ({ tasks }: CaseState, left: CaseState['tasks']): readonly Task[] =>
  Object.values(tasks).filter(({ no }) => !left[no]);

/** As it was, unless somebody has done something about it since. */
function toldAgain<S extends CaseState>(state: S, { ofCase }: Absorbed['before'], action: Action): S {
  const telling = ofCase?.telling;
  if (!telling || canonical(state.notice) !== canonical(telling.became)) return state;
  const tasks = without(state.tasks, ({ kind, no }) => noticeTasks.has(kind) && !ofCase.tasks.includes(no));
  return {
    ...state,
    ...{ notice: telling.notice, told: telling.told, tasks: { ...tasks, ...openAgain(telling.dropped, action) } },
  };
}

function disputeTakesIn(state: DisputeState, brought: BroughtDispute, action: Action): DisputeState {
  const cases = brought.cases.filter((id) => !state.cases.includes(id));
  const entry = entryOf(state, brought, action, { disputes: [], cases, planned: [] });
  const taken = takenIn(state, brought, action);
  const opens = brought.tasks.length + brought.wants.length > 0;
  return {
    ...taken,
    ...(opens
      ? { status: 'open', endedAt: null }
      : { endedAt: state.endedAt && later(state.endedAt, brought.endedAt) }),
    absorbed: [...state.absorbed, entry],
    cases: [...state.cases, ...cases],
    unjoined: union(state.unjoined, brought.unjoined),
    reachable: union(state.reachable, brought.reachable),
    informed: union(state.informed, brought.informed),
    enquiries: [...state.enquiries, ...brought.enquiries],
  };
}

/** Each of these once; what was opened meanwhile stays open. */
function less<T>(all: readonly T[], gone: readonly T[]): readonly T[] {
  const left = gone.map(canonical);
  return all.filter((one) => {
    const i = left.indexOf(canonical(one));
    if (i < 0) return true;
    left.splice(i, 1);
    return false;
  });
}

function letGo<S extends Mergeable>(state: S, entry: Absorbed): S {
  const gone = new Set([...entry.reports, ...entry.came.map(({ report }) => report)]);
  const own = (log: MergeId | undefined) => log === undefined || !covers(entry, log);
  const isIts = isAboutIts(entry);
  return {
    ...state,
    moving: null,
    absorbed: state.absorbed.filter((one) => one !== entry),
    reports: state.reports.filter((report) => !gone.has(report)),
    tasks: without(state.tasks, (task) => !own(task.origin?.log) || isIts(task)),
    wants: less<Want>(state.wants, entry.wants).filter((want) => !isIts(want)),
    agreements: state.agreements.filter(({ id }) => !entry.agreements.includes(id)),
    grants: state.grants.filter(({ id }) => !entry.grants.includes(id)),
    // A hold that was set since is of both.
    heldUntil: entry.before.held === state.heldUntil ? entry.before.heldUntil : state.heldUntil,
  };
}

function caseLetsGo(state: CaseState, entry: Absorbed, action: Action): CaseState {
  const { ofCase } = entry.before;
  if (!ofCase) return { ...state, moving: null };
  const left = toldAgain(letGo(state, entry), entry.before, action);
  const events = withoutOrphans(
    state.events.filter(({ origin }) => origin === undefined || !covers(entry, origin.log)),
  );
  const verified = verifiedIn({ events });
  // Decided since: what was decided then is decided.
  const asBefore = (state.decision?.n ?? null) === ofCase.decision;
  const told = left.reports.length > ofCase.reports;
  const works = [...Object.values(left.tasks), ...left.wants].some(isSafetyPlan);
  const isGone = (id: string | null | undefined) => id != null && !events.some((event) => event.id === id);
  const over = (task: Task) =>
    isGone(task.event) || (isOfProposal(task) && asBefore && !ofCase.tasks.includes(task.no));
  const alone: CaseState = {
    ...left,
    tasks: without(left.tasks, over),
    wants: left.wants.filter((want) => !isGone(want.event)),
    assessment: asBefore ? ofCase.assessment : state.assessment,
    events,
    disputes: state.disputes.filter((id) => !entry.disputes.includes(id)),
    contactEvents: state.contactEvents.filter((id) => events.some((event) => event.id === id)),
    agreed: less<PlannedMeasure>(state.agreed, entry.planned),
    plan: state.plan && { ...state.plan, waiting: less<PlannedMeasure>(state.plan.waiting, entry.planned) },
    fresh: ofCase.fresh || verified.some((id) => !ofCase.verified.includes(id)),
    reassess: asBefore ? ofCase.reassess : state.reassess,
    decideAnew: asBefore ? ofCase.decideAnew : state.decideAnew,
    named: told ? state.named : ofCase.named,
    safetyPlan: ofCase.safetyPlan || works,
    visit: state.visit?.log !== undefined && covers(entry, state.visit.log) ? ofCase.visit : state.visit,
  };
  const isOwn = ofCase.resolved === undefined || verified.some((id) => !ofCase.verified.includes(id));
  const begunByOther = !isOwn && asBefore && isUndecided(alone) && events.every(({ state }) => state !== 'unverified');
  if (!begunByOther) return unlessGroundless(withSecond(alone), action);
  // Whoever was left to ask asks as before, and what was declined stays declined.
  const tasks = { ...alone.tasks, ...openAgain(ofCase.asking ?? [], action) };
  return { ...alone, tasks, ...ofCase.resolved, status: 'resolved', fresh: ofCase.fresh };
}

const isOfProposal = ({ kind }: Task): boolean => kind === 'decide' || kind === 'talk';

function disputeLetsGo(state: DisputeState, entry: Absorbed): DisputeState {
  const left = letGo(state, entry);
  const stays = (report: string) => left.reports.includes(report.replace(/#\d+$/, ''));
  return {
    ...left,
    cases: state.cases.filter((id) => !entry.cases.includes(id)),
    unjoined: state.unjoined.filter(stays),
    reachable: state.reachable.filter(stays),
    enquiries: state.enquiries.filter(({ task }) => !task.startsWith(`${entry.id}.`)),
  };
}

const isSafetyPlan = ({ kind }: Pick<Want, 'kind'>): boolean => kind === 'safety-plan';

/** A level that rested on what is not there any more, or does not hold, ends with it (S1); so does what was only proposed. */
function unlessGroundless(state: CaseState, { n, at }: Action): CaseState {
  const { level, owner } = state;
  if (!level) return restingOn(state, state.events, at);
  const after = restingOn(state, state.events, at);
  return after.level ? after : lapseSeen(after, level.colour, n, owner);
}

/** Its end came while it rested. A red falls by its clock, which knows how long its orange lasts. */
function unlessOver(state: CaseState, { n, at }: Action): CaseState {
  const { level, owner } = state;
  if (!level || level.colour === 'red' || level.lapses > at) return state;
  return lapseSeen(levelGone(state, 'lapsed'), level.colour, n, owner);
}

/** What rested, and what was asked for since, as far as what it is about is still there. */
function wantsBack({ wants }: { readonly wants: readonly Want[] }, given: GivenBack): readonly Want[] {
  const isIts = isAboutIts({ agreements: ids(given.agreements), grants: ids(given.grants) });
  const isMoot = (want: Want) => (want.kind === 'destroy' || want.kind === 'agreement-check') && !isIts(want);
  return wanting(wants, ...given.wants).filter((want) => !isMoot(want));
}

const ids = <Id extends string>(all: readonly { readonly id: Id }[]): readonly Id[] => all.map(({ id }) => id);

/** Whoever was to agree that telling is put off was asked in the other one, and said nothing of it here: it is asked anew. */
function withSecond(state: CaseState): CaseState {
  const { deferral } = state.notice;
  const isAsked = [...Object.values(state.tasks), ...state.wants].some(({ kind }) => kind === 'second-deferral');
  const isOwed = state.level !== null || state.status === 'resolved';
  if (!deferral || deferral.agreed || isAsked || !isOwed) return state;
  return { ...state, wants: wanting(state.wants, { kind: 'second-deferral' }) };
}

/** What moved comes back as it stands now, or is over; what stood still goes on, with time where its own is over. */
function tasksBack({ tasks: resting }: { readonly tasks: State['tasks'] }, back: GivenBack, { n, at }: Action) {
  const current = new Map(back.tasks.map((task) => [task.no, task]));
  const isOver = (no: string) => back.moved.includes(no) && !current.has(no);
  return Object.fromEntries(
    Object.values(resting)
      .filter(({ no }) => !isOver(no))
      .map((task): [string, Task] => {
        const stint: Stint | undefined = back.stints[task.no];
        const { origin: _, ...now } = current.get(task.no) ?? (stint ? handed(task, stint, at) : task);
        const own = task.origin ? { origin: task.origin } : {};
        const { no, about, notices, keys, step } = task;
        return [no, openedAgain({ ...now, ...own, no, about, notices, keys, step: step + 1, seq: n }, at)];
      }),
  );
}

function back<S extends Mergeable>(state: S, given: GivenBack): S {
  const agreements = state.agreements.map((one) => given.agreements.find(({ id }) => id === one.id) ?? one);
  const came = given.came.filter(({ report }) => !state.reports.includes(report));
  return {
    ...state,
    merged: null,
    reports: [...state.reports, ...came.map(({ report }) => report)],
    agreements,
    grants: given.grants,
    heldUntil: later(state.heldUntil, given.heldUntil),
    heldSince: later(state.heldSince, given.heldSince),
    acted: union(state.acted, given.acted),
    absorbed: state.absorbed.map((one) => {
      const own = came.filter(({ through }) => covers(one, through));
      return own.length > 0 ? { ...one, came: [...one.came, ...own] } : one;
    }),
  };
}

function caseIsBack(state: CaseState, given: GivenBack, action: Action): CaseState {
  if (!state.merged) return state;
  const { resting } = state.merged;
  const known = new Map(given.events.map((event) => [event.origin?.no ?? event.id, event]));
  const before = new Set(state.events.map(({ id }) => id));
  const had = new Set(verifiedIn(state));
  const changed = state.events.map((event) => {
    const now = known.get(event.id);
    if (!now) return event;
    const { sameAs: _, ...alone } = event;
    const { state: is, confirmed, facts, at, undated, sameAs } = now;
    return { ...alone, state: is, confirmed, facts, at, undated, ...(sameAs === undefined ? {} : { sameAs }) };
  });
  const since = given.events
    .filter(({ id, origin }) => !before.has(origin?.no ?? id))
    .map(({ origin, ...event }) => {
      const id = origin?.no ?? event.id;
      return origin && origin.log !== state.id ? { ...event, id, origin } : { ...event, id };
    });
  const events = withoutOrphans([...changed, ...since]);
  const holds = verifiedIn({ events }).some((id) => !had.has(id));
  const tasks = tasksBack(resting, given, action);
  const again: CaseState = {
    ...back(state, given),
    ...{ ...resting, tasks, wants: wantsBack(resting, given) },
    // Whoever ended it meanwhile has ended it.
    safetyPlan: resting.safetyPlan && [...Object.values(tasks), ...resting.wants].some(isSafetyPlan),
    events,
    disputes: union(state.disputes, given.disputes),
    fresh: state.fresh || holds,
  };
  const goesOn = holds && again.status === 'resolved' ? { ...anew(again), fresh: true } : again;
  return unlessOver(unlessGroundless(withSecond(goesOn), action), action);
}

function disputeIsBack(state: DisputeState, given: GivenBack, action: Action): DisputeState {
  if (!state.merged) return state;
  const { resting } = state.merged;
  const { came } = given;
  const wants = wantsBack(resting, given);
  const tasks = tasksBack(resting, given, action);
  return {
    ...back(state, given),
    ...{ ...resting, tasks, wants, status: wants.length > resting.wants.length ? 'open' : resting.status },
    cases: union(state.cases, given.cases),
    unjoined: union(
      state.unjoined,
      came.flatMap(({ report, caseId }) => (caseId ? [] : [report])),
    ),
    reachable: union(
      state.reachable,
      came.flatMap(({ reachable }) => reachable ?? []),
    ),
    informed: union(state.informed, given.informed),
  };
}
