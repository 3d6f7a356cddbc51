/** What is read of posts and the roster. Who may read it is decided before, by the matrix. */
import { lineOfPost, viewOfPost, viewOfShift, viewOfVersion } from '../../shared/api/post-views.ts';
import type { MeReply, PostHistoryReply, PostsReply, PostView, RosterReply } from '../../shared/api/schemas/posts.ts';
import { iso } from '../../shared/calendar/calendar.ts';
import { areaOf, isWithin, nameOfPost, post as postOf, posts } from '../../shared/config/posts.ts';
import { gaps } from '../../shared/domain/roster.ts';
import { InputInvalid } from '../../shared/errors.ts';
import { type Directory, linesOf, newest, postsOf, versionsOf } from '../../shared/record/directory.ts';
import { shiftsOf, standingOf } from '../../shared/record/roster.ts';
import { etagOf } from '../middleware/api.ts';

export interface Read<View> {
  readonly view: View;
  readonly etag: string;
}

/** One post and who holds it. @throws Unknown */
export async function readPost(directory: Directory, post: string, now: number): Promise<Read<PostView>> {
  const { id } = postOf(directory.city, post);
  const record = await newest(directory, id);
  return { view: viewOfPost(directory.city, id, record, now), etag: etagOf(record?.n ?? 0) };
}

export interface Page {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** The posts of an area and of those below it, or of the city: which are held, not by whom. @throws Unknown, InputInvalid */
export async function listPosts(
  directory: Directory,
  { area, cursor, limit, now }: Page & { readonly area?: string | undefined; readonly now: number },
): Promise<PostsReply> {
  const { city } = directory;
  const above = areaOf(city, area ?? city.code).code;
  const after = cursor === undefined ? '' : Buffer.from(cursor, 'base64url').toString();
  const rest = posts(city)
    .filter((id) => id > after && isWithin(city, postOf(city, id).area, above))
    .sort();
  const page = rest.slice(0, limit);
  const [first, last] = [page[0], page.at(-1)];
  if (first === undefined || last === undefined) return { posts: [], next: null };
  const records = new Map((await linesOf(directory, first, last)).map(({ post, record }) => [post, record]));
  return {
    posts: page.map((id) => lineOfPost(city, id, records.get(id), now)),
    next: rest.length > limit ? Buffer.from(last).toString('base64url') : null,
  };
}

/** The changes of a post, the newest first. @throws Unknown, InputInvalid */
export async function readPostHistory(
  directory: Directory,
  post: string,
  { cursor, limit }: Page,
): Promise<PostHistoryReply> {
  const { id } = postOf(directory.city, post);
  const below = cursor === undefined ? undefined : Number(cursor);
  if (below !== undefined && !(Number.isInteger(below) && below > 1 && below < 1e10)) {
    throw new InputInvalid([{ path: 'query.cursor', value: cursor, allowed: 'next of the page before' }]);
  }
  const versions = await versionsOf(directory, id, limit, below);
  const last = versions.at(-1)?.n ?? 1;
  return { post: id, versions: versions.map(viewOfVersion), next: last > 1 ? String(last) : null };
}

/** The posts that somebody acts for now. */
export async function readMe(directory: Directory, person: string, now: number): Promise<MeReply> {
  const { city } = directory;
  const acting = await postsOf(directory, person, now);
  const described = acting.map(({ post, through }) => ({
    post,
    name: nameOfPost(city, post),
    role: postOf(city, post).role,
    through,
  }));
  return { person, posts: described };
}

const day = 24 * 3_600_000;
const widest = 62 * day;

/** Who is on duty for the posts of an area, and where a county has too few. @throws Unknown, InputInvalid */
export async function readRoster(
  directory: Directory,
  query: { readonly area: string; readonly from: string; readonly to: string },
): Promise<RosterReply> {
  const { city } = directory;
  const { code, tier } = areaOf(city, query.area);
  const [from, to] = [Date.parse(query.from), Date.parse(query.to)];
  if (!(from < to && to - from <= widest)) {
    const allowed = `later than ${iso(from)}, at most 62 days`;
    throw new InputInvalid([{ path: 'query.to', value: query.to, allowed }]);
  }
  const shifts = await shiftsOf(directory, code, from, to);
  const standing = tier === 'county' ? await standingOf(directory, shifts) : [];
  return {
    area: code,
    shifts: shifts.map((shift) => viewOfShift(city, shift)),
    gaps: (tier === 'county' ? gaps(city, code, standing, from, to) : []).map((gap) => ({
      from: iso(gap.from),
      to: iso(gap.to),
      departments: [...gap.departments],
    })),
  };
}
