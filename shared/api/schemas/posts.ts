/** People, posts and the duty roster as the API takes and shows them. */
import * as z from 'zod';
import { dutyChannels, postRoles } from '../../domain/words.ts';
import { areaCode, cursor, instant, limit, name, next, personId, postId } from './common.ts';

const reason = z.string().trim().min(1).max(200);
const until = instant.nullable().describe('No longer from this instant on; null: no end');
const etagNumber = z.int().nonnegative().describe('The ETag is this number in quotes');
const by = z
  .strictObject({ person: personId, post: postId })
  .meta({ id: 'ActingPerson', description: 'Who did it, and for which post' });
const role = z
  .enum(postRoles)
  .meta({ id: 'PostRole', description: 'What its holders may see and do: docs/who-may.md' });
const through = z.enum(['holder', 'deputy', 'founder']).meta({
  id: 'Through',
  description: 'Through what somebody acts; founder: until the directory names an administrator',
});
const shiftId = z
  .string()
  .regex(/^\d{6,15}\.\d{1,14}\.[0-9a-z]{12}$/, '<area code>.<number>.<12 letters or digits>')
  .meta({ id: 'ShiftId', description: 'Identifier of a shift' });
const channel = z.enum(dutyChannels).meta({ id: 'DutyChannel', description: 'How a person on duty is reached' });

export const postParams = z.strictObject({ postId });
export const shiftParams = z.strictObject({ shiftId });
export const postsQuery = z.strictObject({
  area: areaCode.optional().describe('Only posts of this area and those below it'),
  cursor,
  limit,
});
export const historyQuery = z.strictObject({ cursor, limit });
export const rosterQuery = z.strictObject({
  area: areaCode.describe('The posts of exactly this area'),
  from: instant.describe('From this instant on'),
  to: instant.describe('Up to this instant; at most 62 days later'),
});

const named = { person: personId, from: instant, to: until };
const holding = z
  .strictObject(named)
  .meta({ id: 'Holding', description: 'A person holds a post, or is its deputy, from one instant to another' });
const absence = z
  .strictObject({ ...named, to: instant.describe('Back from this instant on') })
  .meta({ id: 'Absence', description: 'A person named on a post is away' });

export const postChange = z
  .strictObject({
    holders: z
      .array(z.strictObject({ ...named, to: until.default(null) }))
      .max(20)
      .describe('All who hold the post, in place of those before'),
    deputy: z
      .strictObject({
        person: personId,
        from: instant.optional().describe('Left out: from now on'),
        to: until.default(null),
      })
      .nullable()
      .default(null)
      .describe('Acts while no holder is there; left out: nobody'),
    reason: reason.describe('Why'),
  })
  .meta({ id: 'PostChange', description: 'Who holds a post from now on' });
export type PostChange = z.output<typeof postChange>;

export const absenceReport = z
  .strictObject({
    person: personId.optional().describe('Left out: whoever reports'),
    from: instant,
    to: instant.describe('Back from this instant on; the same as from takes an absence back'),
    reason: reason.optional().describe('No medical details'),
  })
  .meta({
    id: 'AbsenceReport',
    description: 'Somebody is away, so the deputy acts at once; takes the place of absences of theirs that it overlaps',
  });
export type AbsenceReport = z.output<typeof absenceReport>;

export const shiftPlan = z
  .strictObject({ post: postId, person: personId, channel, from: instant, to: instant })
  .meta({ id: 'ShiftPlan', description: 'A turn of duty of somebody who holds the post, or is its deputy' });
export type ShiftPlan = z.output<typeof shiftPlan>;

export const withdrawal = z
  .strictObject({ reason: reason.describe('Why') })
  .meta({ id: 'Withdrawal', description: 'Takes a shift back' });
export type Withdrawal = z.output<typeof withdrawal>;

const described = {
  post: postId,
  name,
  area: areaCode,
  department: z.string(),
  departmentName: name.describe('Name of the department in the city file'),
  tier: z.string(),
  role,
  lead: z.boolean(),
};
const staffing = { holders: z.array(holding), deputy: holding.nullable(), absences: z.array(absence) };

export const postView = z
  .strictObject({
    ...described,
    version: etagNumber,
    ...staffing,
    acting: z.array(z.strictObject({ person: personId, through })).describe('Who acts for it now'),
    changed: z.strictObject({ at: instant, by, reason: z.string() }).nullable().describe('The last change'),
  })
  .meta({ id: 'Post', description: 'A post and who holds it' });
export type PostView = z.output<typeof postView>;

const postLine = z
  .strictObject({ ...described, held: z.boolean().describe('Somebody acts for it now') })
  .meta({ id: 'PostLine', description: 'A post, without persons' });
export const postsReply = z
  .strictObject({ posts: z.array(postLine), next })
  .meta({ id: 'Posts', description: 'Posts by their ids; may lag by a moment' });
export type PostsReply = z.output<typeof postsReply>;

const postVersion = z
  .strictObject({ version: etagNumber, at: instant, by, reason: z.string(), ...staffing })
  .meta({ id: 'PostVersion', description: 'One change of a post' });
export const postHistoryReply = z
  .strictObject({ post: postId, versions: z.array(postVersion), next })
  .meta({ id: 'PostHistory', description: 'The changes of a post, the newest first' });
export type PostHistoryReply = z.output<typeof postHistoryReply>;

export const meReply = z
  .strictObject({
    person: personId,
    posts: z.array(z.strictObject({ post: postId, name, role, through })).describe('Posts one acts for now'),
  })
  .meta({ id: 'Me', description: 'Who one is here' });
export type MeReply = z.output<typeof meReply>;

export const shiftView = z
  .strictObject({
    id: shiftId,
    version: etagNumber,
    post: postId,
    name,
    department: z.string(),
    person: personId,
    channel,
    from: instant,
    to: instant,
    withdrawn: z.strictObject({ at: instant, by, reason: z.string() }).nullable(),
  })
  .meta({ id: 'Shift', description: 'A turn of duty' });
export type ShiftView = z.output<typeof shiftView>;

const gap = z
  .strictObject({ from: instant, to: instant, departments: z.array(z.string()).describe('Those on duty all the same') })
  .meta({ id: 'RosterGap', description: 'Too few departments are on duty: red needs two at every hour' });
export const rosterReply = z
  .strictObject({
    area: areaCode,
    shifts: z.array(shiftView),
    gaps: z.array(gap).describe('Of a county only: absences and ends of holdings count'),
  })
  .meta({ id: 'Roster', description: 'Who is on duty in an area, by beginning' });
export type RosterReply = z.output<typeof rosterReply>;

const described1 = {
  post: '331003.county-centre',
  name: { zh: '黄岩区县级社会治理中心', en: 'County centre, Huangyan' },
  area: '331003',
  department: 'centre',
  departmentName: { zh: '社会治理中心', en: 'Mediation centre' },
  tier: 'county',
  role: 'county-centre',
  lead: true,
} as const;
const administrator = { person: 'sun-li', post: '331000.administrator' };
const staffed = {
  holders: [{ person: 'zhao-min', from: '2026-01-01T00:00:00.000Z', to: null }],
  deputy: { person: 'qian-wei', from: '2026-01-01T00:00:00.000Z', to: null },
  absences: [{ person: 'zhao-min', from: '2026-01-05T04:00:00.000Z', to: '2026-01-07T00:30:00.000Z' }],
};
const view: PostView = {
  ...described1,
  version: 2,
  ...staffed,
  acting: [{ person: 'zhao-min', through: 'holder' }],
  changed: { at: '2026-01-04T02:00:00.000Z', by: administrator, reason: '年度任命 yearly appointment' },
};
const shift: ShiftView = {
  id: '331003.1767571200000.0123456789ab',
  version: 1,
  post: described1.post,
  name: described1.name,
  department: described1.department,
  person: 'zhao-min',
  channel: 'voice',
  from: '2026-01-05T00:00:00.000Z',
  to: '2026-01-05T12:00:00.000Z',
  withdrawn: null,
};

/** Values for the document; a test parses each by its schema. */
export const examples = {
  postParams: { postId: described1.post },
  shiftParams: { shiftId: shift.id },
  postsQuery: { area: '331003', limit: '50' },
  historyQuery: { limit: '20' },
  rosterQuery: { area: '331003', from: '2026-01-05T00:00:00Z', to: '2026-01-12T00:00:00Z' },
  postChange: {
    holders: [{ person: 'zhao-min', from: '2026-01-01T08:00:00+08:00' }],
    deputy: { person: 'qian-wei' },
    reason: '年度任命 yearly appointment',
  },
  absenceReport: { from: '2026-01-05T12:00:00+08:00', to: '2026-01-07T08:30:00+08:00', reason: '休假 leave' },
  shiftPlan: {
    post: described1.post,
    person: 'zhao-min',
    channel: 'voice',
    from: '2026-01-05T08:00:00+08:00',
    to: '2026-01-05T20:00:00+08:00',
  },
  withdrawal: { reason: '换班 swapped' },
  postView: view,
  postsReply: { posts: [{ ...described1, held: true }], next: null } satisfies PostsReply,
  postHistoryReply: {
    post: described1.post,
    versions: [
      {
        version: 2,
        at: '2026-01-04T02:00:00.000Z',
        by: administrator,
        reason: '年度任命 yearly appointment',
        ...staffed,
      },
    ],
    next: null,
  } satisfies PostHistoryReply,
  meReply: {
    person: 'zhao-min',
    posts: [{ post: described1.post, name: described1.name, role: described1.role, through: 'holder' }],
  } satisfies MeReply,
  shiftView: shift,
  rosterReply: {
    area: '331003',
    shifts: [shift],
    gaps: [{ from: '2026-01-05T00:00:00.000Z', to: '2026-01-12T00:00:00.000Z', departments: ['centre'] }],
  } satisfies RosterReply,
};
