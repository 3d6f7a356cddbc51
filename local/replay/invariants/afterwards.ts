/** What comes after a decision and after an end: contests, shares, merges, and that nobody stays named for longer than allowed. */
import { addDuration } from '../../../shared/calendar/calendar.ts';
import { dueOf, isKept, protects } from '../../../shared/domain/expiry.ts';
import { isMergeable, type Mergeable, namesOf } from '../../../shared/domain/merged.ts';
import { isShown } from '../../../shared/domain/recalling.ts';
import { apart } from '../../../shared/domain/reviewing-apart.ts';
import { caseOfShare } from '../../../shared/domain/sharing.ts';
import { foldersOf, isClosed, type State } from '../../../shared/domain/state.ts';
import { partitionOf } from '../../../shared/record/table.ts';
import { everyStep } from '../histories.ts';
import { placeOf } from '../record.ts';
import { accessesIn, Check, type Evidence, type Finding, time } from './evidence.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
/** What happens once a day is spaced in a replay, and what was busy waits for the next time. */
const keeping = 10 * day;

/** S8: nobody reviews what they took part in, and a contest that nobody answers ends what it contests. */
export function contestsAnswered({ told, city, now }: Evidence): Finding {
  const check = new Check();
  for (const { id, action, before } of everyStep(told)) {
    const { content, by } = action;
    const kind = content.kind === 'answered' ? before?.tasks[content.task]?.kind : undefined;
    if (!before || kind === undefined || !apart.has(kind)) continue;
    check.holds(
      !before.acted.includes(by.person ?? ''),
      () => `${by.person} took part in ${id} and answered its ${kind}`,
    );
  }
  for (const { id, action, before, after } of everyStep(told)) {
    if (after.subject !== 'case' || before?.subject !== 'case') continue;
    const over = after.contests.filter(
      ({ n, answered }) => answered && before.contests.some((one) => one.n === n && !one.answered),
    );
    for (const { at } of over) {
      const end = lastEnd(city, at);
      check.holds(action.at <= end, () => `${id} was contested at ${time(at)} and answered at ${time(action.at)}`);
    }
  }
  for (const state of told.states) {
    if (state.subject !== 'case') continue;
    const widened = Object.values(state.tasks).some(({ kind }) => kind === 'contest-second');
    const open = state.contests.find(({ answered }) => answered === null);
    const end = open && addDuration(city, open.at, city.rights.contest);
    check.holds(
      end === undefined || widened || end + 6 * minute >= now,
      () => `${state.id} was contested, which was to be answered by ${time(end ?? 0)}, and stands`,
    );
  }
  return check.finding;
}

/** Of red, two more reviewers have their own time after it. */
function lastEnd(city: Evidence['city'], at: number): number {
  const end = addDuration(city, at, city.rights.contest);
  const seconds = city.sla['contest-second']?.complete;
  return (seconds ? addDuration(city, end + 6 * minute, seconds) : end) + 6 * minute;
}

/** S10: without a level nothing is shared, and nothing is read that was called back or is over. */
export function sharesShut(evidence: Evidence): Finding {
  const { told } = evidence;
  const check = new Check();
  for (const { id, action, after } of everyStep(told)) {
    if (after.subject !== 'case' || after.level) continue;
    const open = after.grants.find((grant) => isShown(grant, action.at));
    check.holds(open === undefined, () => `${id} has no level after action ${action.n}, and ${open?.to} still sees it`);
  }
  for (const { operation, outcome, what, at } of accessesIn(evidence)) {
    const share = operation === 'read-share' && outcome === 'shown' ? caseOfShare(what) : undefined;
    if (!share) continue;
    const then = told.steps.get(share)?.findLast(({ action }) => action.at <= at)?.after;
    const grant = then?.grants.find((one) => one.id === what);
    check.holds(grant !== undefined && isShown(grant, at), () => `${what} was read at ${time(at)}, when it was shut`);
  }
  return check.finding;
}

/** What was merged is in exactly one other, with every report that it had. */
export function mergesLoseNothing({ told }: Evidence): Finding {
  const check = new Check();
  const found = new Map<string, Mergeable>(told.states.filter(isMergeable).map((state) => [state.id, state]));
  for (const state of found.values()) {
    const target = state.merged && found.get(state.merged.into);
    check.holds(
      state.merged === null || (target !== undefined && target !== null && hasAll(target, state)),
      () => `${state.id} went into ${state.merged?.into}, which has not all of it`,
    );
    for (const { id } of state.absorbed) {
      const source = found.get(id);
      const rests = source?.merged?.into === state.id || source?.moving?.other === state.id;
      check.holds(rests, () => `${state.id} took ${id} in, which is by itself`);
    }
  }
  for (const { id, action, before, after } of everyStep(told)) {
    if (action.content.kind !== 'unmerged' || !before || !isMergeable(after)) continue;
    const has = before.reports.every((report) => after.reports.includes(report)) && after.merged === null;
    check.holds(has, () => `${id} was made one of two again and has not all that it had`);
  }
  return check.finding;
}

const hasAll = (target: Mergeable, source: Mergeable): boolean =>
  namesOf(target).some((id) => id === source.id) && source.reports.every((report) => target.reports.includes(report));

/** Places of people that name somebody whom nothing that is still open protects. */
function namedIn({ told }: Evidence, state: State): string[] {
  const folders = new Set(foldersOf(state).map((id) => partitionOf(id)));
  return told.record.items.flatMap(({ pk, sk, role, erasedAt }) => {
    const [prefix, report = ''] = String(sk).split('#');
    const isNamed = prefix === 'PERSON' && role !== undefined && erasedAt === undefined;
    const isOfIt = folders.has(String(pk)) && state.reports.includes(report);
    return isNamed && isOfIt && (role === 'respondent' || !protects(state)) ? [`${pk} ${sk}`] : [];
  });
}

/** S14: what has ended goes when its time is over, and with it everybody's names and words. */
export function forgottenInTime(evidence: Evidence): Finding {
  const { told, city, now } = evidence;
  const check = new Check();
  const found = new Map<string, State>(told.states.map((state) => [state.id, state]));
  // What went into another is kept as long as that.
  const homeOf = (id: string): State | undefined => {
    const state = found.get(id);
    return state && isMergeable(state) && state.merged ? homeOf(state.merged.into) : state;
  };
  const linkedTo = (state: State): State[] => {
    const ids: readonly string[] =
      state.subject === 'case' ? state.disputes : state.subject === 'dispute' ? state.cases : [];
    return ids.flatMap((id) => homeOf(id) ?? []);
  };
  for (const state of told.states) {
    const due = dueOf(city, state);
    if (!due) continue;
    const linked = linkedTo(state);
    const isHeld = [state, ...linked].some(({ heldUntil }) => heldUntil !== null && heldUntil + keeping > now);
    const isNeeded = state.subject === 'dispute' && linked.some((one) => one.subject === 'case' && isKept(one));
    const goesWith = isMergeable(state) && state.merged !== null;
    const isDue = due.at + keeping < now && due.what !== 'names' && !isHeld && !isNeeded && !goesWith;
    // Work beside its end goes on, and names nobody but whom it protects.
    const left = isClosed(state) ? [state.id] : namedIn(evidence, state);
    check.holds(!isDue || left.length === 0, () => `${left} was to be forgotten at ${time(due.at)}`);
  }
  const forgotten = told.states.filter((state) => state.subject === 'case' && state.forgottenAt !== null);
  const silent = new Set(forgotten.map(({ id }) => `C#${id}`));
  for (const item of told.record.items) {
    const pk = String(item.pk);
    if (!/^[CDGH]#./.test(pk)) continue;
    check.holds(found.has(pk.slice(2)), () => `${placeOf(item)} is left of what was forgotten`);
    // What stays is the tombstone: nothing can be opened any more.
    const speaks = item.erasedAt === undefined && /^(NOTE|PERSON)#/.test(String(item.sk));
    check.holds(!(silent.has(pk) && speaks), () => `${placeOf(item)} was to be gone`);
  }
  return check.finding;
}
