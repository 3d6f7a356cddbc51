/** What is changed about posts and the roster. Who may change it is decided before, by the matrix. */
import { viewOfPost, viewOfShift } from '../../shared/api/post-views.ts';
import type {
  AbsenceReport,
  PostChange,
  PostView,
  ShiftPlan,
  ShiftView,
  Withdrawal,
} from '../../shared/api/schemas/posts.ts';
import type { City } from '../../shared/config/city.ts';
import { post as postOf } from '../../shared/config/posts.ts';
import {
  administratorPost,
  changed,
  type Holding,
  keepAdministrator,
  type PostRecord,
  removesHolder,
  type Staffing,
  withAbsence,
} from '../../shared/domain/directory.ts';
import { versionOf } from '../../shared/domain/roster.ts';
import { ConflictOfInterest, HolderNeeded, InputInvalid } from '../../shared/errors.ts';
import { checkSeen, commitVersion, type Directory } from '../../shared/record/directory.ts';
import { tasksOf } from '../../shared/record/lists.ts';
import { type Commanding, putShift, withdraw } from '../../shared/record/roster.ts';
import { etagOf } from '../middleware/api.ts';

interface Changed<View> {
  readonly view: View;
  readonly etag: string;
}

const end = (to: string | null): number | null => (to === null ? null : Date.parse(to));

const holds = (had: Holding, now: Holding): boolean =>
  had.from <= now.from && (had.to === null || (now.to !== null && now.to <= had.to));

/** Nobody gives themselves a post; only the founder, who begins with nobody else, the administrator's. */
function notOneself(city: City, post: string, current: PostRecord | undefined, next: Staffing, person: string): void {
  const own = (holdings: readonly Holding[]) => holdings.filter((one) => one.person === person);
  const deputies = ({ deputy }: Staffing) => own(deputy ? [deputy] : []);
  const held = own(current?.holders ?? []);
  // What one had ends no later by one's own hand, and a deputy does not become a holder.
  const gained = [
    ...own(next.holders).filter((one) => !held.some((had) => holds(had, one))),
    ...deputies(next).filter((one) => ![...held, ...(current ? deputies(current) : [])].some((had) => holds(had, one))),
  ];
  const founding = !current && post === administratorPost(city) && person === city.identity.founder;
  if (gained.length > 0 && !founding) {
    throw new ConflictOfInterest(`nobody names themselves: let another administrator name ${person} to ${post}`);
  }
}

/**
 * Names who holds a post from now on.
 * @throws Unknown, InputInvalid, ConflictOfInterest, HolderNeeded, PreconditionRequired, PreconditionFailed, RecordBusy
 */
export async function changePost(
  directory: Directory,
  given: Commanding & { readonly post: string; readonly body: PostChange; readonly seen: string | undefined },
): Promise<Changed<PostView>> {
  const { body, seen, key, by, now } = given;
  const { city, table } = directory;
  const { id: post } = postOf(city, given.post);
  const { deputy } = body;
  const staffing = {
    holders: body.holders.map(({ person, from, to }) => ({ person, from: Date.parse(from), to: end(to) })),
    deputy: deputy && {
      person: deputy.person,
      from: deputy.from === undefined ? now : Date.parse(deputy.from),
      to: end(deputy.to),
    },
  };
  const record = await commitVersion(directory, {
    post,
    key,
    person: by.person,
    make: async (current) => {
      checkSeen(seen, current?.n ?? 0, post);
      notOneself(city, post, current, staffing, by.person);
      const next = changed(post, current, staffing, { at: now, by, key, reason: body.reason });
      keepAdministrator(city, next, now);
      // Reading the open tasks is only worth it where somebody is taken away.
      if (removesHolder(current, next, now)) {
        const tasks = await tasksOf(table, post);
        const open = tasks.map(({ taskId }) => taskId);
        if (open.length > 0) throw new HolderNeeded(post, open);
      }
      return next;
    },
  });
  return { view: viewOfPost(city, post, record, now), etag: etagOf(record.n) };
}

/**
 * Somebody named on a post is away: from that instant its tasks are the deputy's.
 * @throws Unknown, InputInvalid, PreconditionFailed, RecordBusy
 */
export async function reportAbsence(
  directory: Directory,
  given: Commanding & { readonly post: string; readonly body: AbsenceReport; readonly seen?: string | undefined },
): Promise<Changed<PostView>> {
  const { body, seen, key, by, now } = given;
  const { city } = directory;
  const { id: post } = postOf(city, given.post);
  const person = body.person ?? by.person;
  const absence = { person, from: Date.parse(body.from), to: Date.parse(body.to) };
  const record = await commitVersion(directory, {
    post,
    key,
    person: by.person,
    make: (current) => {
      // Whoever falls ill need not have read the post before.
      if (seen !== undefined) checkSeen(seen, current?.n ?? 0, post);
      if (!current)
        throw new InputInvalid([{ path: 'person', value: person, allowed: `nobody: ${post} has no holder` }]);
      if (person !== by.person && current.deputy?.person === by.person) {
        throw new ConflictOfInterest(
          `the deputy does not report the holder absent: let somebody else of the area do it`,
        );
      }
      return withAbsence(current, absence, { at: now, by, key, reason: body.reason ?? 'absence' });
    },
  });
  return { view: viewOfPost(city, post, record, now), etag: etagOf(record.n) };
}

/** @throws Unknown, InputInvalid */
export async function addShift(
  directory: Directory,
  { body, ...commanding }: Commanding & { readonly body: ShiftPlan },
): Promise<Changed<ShiftView>> {
  const { post, person, channel, from, to } = body;
  const planned = { post, person, channel, from: Date.parse(from), to: Date.parse(to) };
  const shift = await putShift(directory, planned, commanding);
  return { view: viewOfShift(directory.city, shift), etag: etagOf(versionOf(shift)) };
}

/** @throws Unknown, PreconditionRequired, PreconditionFailed */
export async function withdrawShift(
  directory: Directory,
  given: Commanding & { readonly id: string; readonly body: Withdrawal; readonly seen: string | undefined },
): Promise<Changed<ShiftView>> {
  const { id, body, ...commanding } = given;
  const shift = await withdraw(directory, id, { ...commanding, reason: body.reason });
  return { view: viewOfShift(directory.city, shift), etag: etagOf(versionOf(shift)) };
}
