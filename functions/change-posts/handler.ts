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
import { post as postOf } from '../../shared/config/posts.ts';
import { changed, keepAdministrator, removesHolder, withAbsence } from '../../shared/domain/directory.ts';
import { versionOf } from '../../shared/domain/roster.ts';
import { HolderNeeded, InputInvalid } from '../../shared/errors.ts';
import { checkMatch, commitVersion, type Directory, etagOf } from '../../shared/record/directory.ts';
import { tasksOf } from '../../shared/record/lists.ts';
import { type Caller, putShift, withdraw } from '../../shared/record/roster.ts';

export type { Caller } from '../../shared/record/roster.ts';

export interface Changed<View> {
  readonly view: View;
  readonly etag: string;
}

const end = (to: string | null): number | null => (to === null ? null : Date.parse(to));

/**
 * Names who holds a post from now on.
 * @throws Unknown, InputInvalid, HolderNeeded, PreconditionRequired, PreconditionFailed, RecordBusy
 */
export async function changePost(
  directory: Directory,
  given: Caller & { readonly post: string; readonly body: PostChange; readonly ifMatch: string | undefined },
): Promise<Changed<PostView>> {
  const { body, ifMatch, key, by, now } = given;
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
      checkMatch(ifMatch, current?.n ?? 0, post);
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
 * @throws Unknown, InputInvalid, RecordBusy
 */
export async function reportAbsence(
  directory: Directory,
  given: Caller & { readonly post: string; readonly body: AbsenceReport },
): Promise<Changed<PostView>> {
  const { body, key, by, now } = given;
  const { city } = directory;
  const { id: post } = postOf(city, given.post);
  const person = body.person ?? by.person;
  const absence = { person, from: Date.parse(body.from), to: Date.parse(body.to) };
  const record = await commitVersion(directory, {
    post,
    key,
    person: by.person,
    make: (current) => {
      if (!current)
        throw new InputInvalid([{ path: 'person', value: person, allowed: `nobody: ${post} has no holder` }]);
      return withAbsence(current, absence, { at: now, by, key, reason: body.reason ?? 'absence' });
    },
  });
  return { view: viewOfPost(city, post, record, now), etag: etagOf(record.n) };
}

/** @throws Unknown, InputInvalid */
export async function addShift(
  directory: Directory,
  { body, ...caller }: Caller & { readonly body: ShiftPlan },
): Promise<Changed<ShiftView>> {
  const { post, person, channel, from, to } = body;
  const planned = { post, person, channel, from: Date.parse(from), to: Date.parse(to) };
  const shift = await putShift(directory, planned, caller);
  return { view: viewOfShift(directory.city, shift), etag: etagOf(versionOf(shift)) };
}

/** @throws Unknown, PreconditionRequired, PreconditionFailed */
export async function withdrawShift(
  directory: Directory,
  given: Caller & { readonly id: string; readonly body: Withdrawal; readonly ifMatch: string | undefined },
): Promise<Changed<ShiftView>> {
  const { id, body, ...caller } = given;
  const shift = await withdraw(directory, id, { ...caller, reason: body.reason });
  return { view: viewOfShift(directory.city, shift), etag: etagOf(versionOf(shift)) };
}
