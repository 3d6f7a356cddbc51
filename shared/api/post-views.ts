/** Posts and shifts as the API shows them: the record's numbers as instants, with the names of the city file. Pure. */
import { iso } from '../calendar/calendar.ts';
import type { City } from '../config/city.ts';
import { nameOfDepartment, nameOfPost, post as postOf } from '../config/posts.ts';
import { type Absence, actingPeople, type Holding, type PostRecord, through } from '../domain/directory.ts';
import type { Mediator } from '../domain/mediators.ts';
import { type Shift, versionOf } from '../domain/roster.ts';
import type { MediatorView } from './operations/mediators.ts';
import type { PostHistoryReply, PostsReply, PostView, ShiftView } from './schemas/posts.ts';

const holding = ({ person, from, to }: Holding) => ({ person, from: iso(from), to: to === null ? null : iso(to) });
const absence = ({ person, from, to }: Absence) => ({ person, from: iso(from), to: iso(to) });

function described(city: City, id: string) {
  const { area, department, tier, role, lead } = postOf(city, id);
  const departmentName = nameOfDepartment(city, department);
  return { post: id, name: nameOfPost(city, id), area, department, departmentName, tier, role, lead };
}

const staffing = ({ holders, deputy, absences }: Pick<PostRecord, 'holders' | 'deputy' | 'absences'>) => ({
  holders: holders.map(holding),
  deputy: deputy && holding(deputy),
  absences: absences.map(absence),
});

const nobody = { holders: [], deputy: null, absences: [] };

/** @throws Unknown */
export function viewOfPost(city: City, id: string, record: PostRecord | undefined, now: number): PostView {
  const acting = record ? actingPeople(record, now) : [];
  return {
    ...described(city, id),
    version: record?.n ?? 0,
    ...staffing(record ?? nobody),
    acting: acting.map((person) => ({ person, through: through(city, id, record, person, now) ?? 'holder' })),
    changed: record ? { at: iso(record.at), by: record.by, reason: record.reason } : null,
  };
}

/** @throws Unknown */
export const lineOfPost = (
  city: City,
  id: string,
  record: PostRecord | undefined,
  now: number,
): PostsReply['posts'][number] => ({
  ...described(city, id),
  held: record !== undefined && actingPeople(record, now).length > 0,
});

export const viewOfVersion = (record: PostRecord): PostHistoryReply['versions'][number] => ({
  version: record.n,
  at: iso(record.at),
  by: record.by,
  reason: record.reason,
  ...staffing(record),
});

/** @throws Unknown */
export function viewOfShift(city: City, shift: Shift): ShiftView {
  const { id, post, person, channel, from, to, withdrawn } = shift;
  return {
    id,
    version: versionOf(shift),
    post,
    name: nameOfPost(city, post),
    department: postOf(city, post).department,
    person,
    channel,
    from: iso(from),
    to: iso(to),
    withdrawn: withdrawn && { at: iso(withdrawn.at), by: withdrawn.by, reason: withdrawn.reason },
  };
}

export const viewOfMediator = ({ n, made, name, areas, measures, languages, ...one }: Mediator): MediatorView => ({
  ...one,
  version: n,
  name: { zh: name.zh, en: name.en },
  areas: [...areas],
  measures: [...measures],
  languages: [...languages],
  changedAt: iso(made.at),
});
