/** How whoever acts stands to a case, dispute, task or post: the relations that the matrix asks for. Pure. */
import type { City } from '../../config/city.ts';
import { covers, leadAbove, type Post, post as postOf } from '../../config/posts.ts';
import type { Want } from '../actions.ts';
import { isOfAsked } from '../citizen-notices.ts';
import { isHelpIn, mayHelp, protectTasks } from '../help.ts';
import type { Part } from '../report.ts';
import { askedByPersons, besideTheWhole } from '../reviewing-apart.ts';
import { type CaseState, openTasks, type State, type Task } from '../state.ts';
import type { PostRole, Purpose } from '../words.ts';
import type { Phase, Relation } from './matrix.ts';

/** Who acts: for a post that they hold or deputise for, or for themselves. */
export type Caller = PostCaller | Citizen;

export interface PostCaller {
  readonly as: 'post';
  readonly person: string;
  readonly purpose: Purpose;
  readonly post: Post;
  readonly role: PostRole;
  readonly through: 'holder' | 'deputy' | 'founder';
  /** Keyed hashes of the caller's own identity numbers: finds conflicts of interest. */
  readonly parties: readonly string[];
}

export interface Citizen {
  readonly as: 'citizen';
  readonly person: string;
  readonly purpose: Purpose;
  readonly parties: readonly string[];
}

/** Somebody in a dispute, by keyed hashes. */
export interface Party {
  readonly part: Part;
  readonly parties: readonly string[];
}

const helped: ReadonlySet<Part> = new Set(['complainant', 'affected', 'child']);

/** For whom the effort is made: they may read what is their own without having been told before. */
export const isHelped = ({ part }: { readonly part: Part }): boolean => helped.has(part);

export const isReported = ({ part }: { readonly part: Part }): boolean => part === 'respondent';

/**
 * Whether somebody asked for help before anybody reported them: by the order in which a dispute took in its reports. One that
 * is still on its way stands nowhere yet, and so comes before nothing.
 */
export function askedFirst(
  reports: readonly string[],
  mine: readonly { readonly part: Part; readonly report: string }[],
): boolean {
  const first = reports.find((report) =>
    mine.some((one) => one.report === report && (isHelped(one) || isReported(one))),
  );
  const there = mine.filter(({ report }) => report === first);
  return there.some(isHelped) && !there.some(isReported);
}

/** @param linked the cases of a dispute: it is not over while one of them is looked after */
export function phaseOf(state: State, linked: readonly CaseState[] = []): Phase {
  const open = [state, ...linked].some((one) => one.status !== 'closed' && !isOnlyRecalled(one));
  if (state.subject !== 'case') return open ? 'open' : 'closed';
  if (!open) return 'closed';
  if (state.status === 'resolved' || state.status === 'ending') return 'after';
  return state.level ? 'level' : 'before';
}

/**
 * It is over, and others have yet to destroy what they received, or a request about somebody's own data is still to be answered, or
 * they have yet to hear that it was: that opens nothing to anybody again.
 */
function isOnlyRecalled(state: State): boolean {
  const left = [...state.wants, ...openTasks(state)];
  const isOver = state.subject === 'case' ? state.status === 'ending' : state.status === 'open';
  const asked = (one: Want | Task) => askedByPersons.has(one.kind) || isOfAsked(one);
  const beside = state.grants.some(({ recalled }) => recalled !== null) || left.some(asked);
  return isOver && beside && left.every((one) => one.kind === 'destroy' || asked(one));
}

const isOf =
  (post: string) =>
  ({ owner, joining, handOff }: Task): boolean =>
    [owner, joining, handOff?.to].includes(post);

/**
 * @param linked the cases of a dispute: whoever verifies an event of one of them, or broke the glass on it, works with its
 *   dispute too
 */
export function standingOf(
  city: City,
  post: Post,
  person: string,
  now: number,
  state: State,
  linked: readonly CaseState[] = [],
): Set<Relation> {
  const found = new Set<Relation>();
  // Who asks for help is nothing to the police, however near they are (S11).
  if (state.subject === 'referral' && !mayHelp(post.role)) return found;
  const all = openTasks(state);
  const tasks = all.filter(({ kind }) => !besideTheWhole.has(kind));
  const mine = isOf(post.id);
  if (covers(city, post.id, state.area)) found.add('own-area');
  const sameDepartment = (task: Task) =>
    postOf(city, task.owner).department === post.department && covers(city, post.id, postOf(city, task.owner).area);
  if (tasks.some(sameDepartment)) found.add('own-department');
  const verifying = linked.flatMap(openTasks).filter((task) => worksWithDispute.has(task.kind));
  if ((state.status !== 'closed' && state.owner === post.id) || tasks.some(mine) || verifying.some(mine)) {
    found.add('work');
  }
  if (state.owner === post.id) found.add(state.status === 'closed' ? 'was-accountable' : 'accountable');
  if (tasks.some((task) => task.kind === 'notify' && task.owner === post.id)) found.add('telling');
  if (tasks.some(isTalkOf(post.id))) found.add('invited');
  if (decidesOnRed(state, post.id)) found.add('deciding');
  if (hasVerified(state, post.id)) found.add('verified');
  if (all.some((task) => mine(task) && task.kind === 'enquiry')) found.add('asked');
  if (all.some((task) => mine(task) && task.kind === 'police-notice')) found.add('notified');
  if (all.some((task) => mine(task) && askedByPersons.has(task.kind))) found.add('reviewing');
  if (tasks.some((task) => mine(task) && isHelpIn(state.subject, task))) found.add('help-work');
  if ([...tasks, ...linked.flatMap(openTasks)].some((task) => mine(task) && isProtecting(task)))
    found.add('protecting');
  const glass = [state, ...linked].flatMap((one) => (one.subject === 'case' ? one.glass : []));
  if (glass.some((one) => one.person === person && one.post === post.id && one.until > now)) found.add('break-glass');
  return found;
}

const isTalkOf = (post: string) => (task: Task) =>
  task.kind === 'talk' && (task.owner === post || task.invited.includes(post));

const hasVerified = (state: State, post: string): boolean =>
  state.subject === 'case' && state.status !== 'closed' && state.events.some(({ verified }) => verified === post);

/** Whoever is only offered the decision does not make it. */
const decidesOnRed = (state: State, post: string): boolean =>
  state.subject === 'case' &&
  state.assessment?.proposal === 'red' &&
  openTasks(state).some(({ kind, owner }) => kind === 'decide' && owner === post);

/** Work on a case that cannot be done without knowing who is in its dispute. */
const worksWithDispute: ReadonlySet<Task['kind']> = new Set(['verify']);

const isProtecting = ({ kind, measure }: Task): boolean =>
  protectTasks.has(kind) || (kind === 'measure' && measure === 'safety-planning');

export function standingToTask(post: Post, task: Task): Set<Relation> {
  const found = new Set<Relation>();
  if (task.owner === post.id) found.add('task');
  if (task.joining === post.id) found.add('joining');
  if (task.handOff?.to === post.id) found.add('offered');
  return found;
}

export function standingToPost(city: City, own: Post, other: Post): Set<Relation> {
  const found = new Set<Relation>();
  if (own.id === other.id) found.add('own-post');
  if (leadAbove(city, other.id) === own.id) found.add('post-below');
  if (covers(city, own.id, other.area)) found.add('own-area');
  return found;
}

/** To an area as a whole; what of its own department lies in it is asked line by line. */
export function standingToArea(city: City, own: Post, area: string): Set<Relation> {
  return new Set<Relation>(covers(city, own.id, area) ? ['own-area', 'own-department'] : []);
}

/** Which parts of a dispute the caller has themself. */
export const partsOf = (caller: Pick<Caller, 'parties'>, found: readonly Party[]): Set<Part> =>
  new Set(found.filter(({ parties }) => parties.some((hash) => caller.parties.includes(hash))).map(({ part }) => part));
