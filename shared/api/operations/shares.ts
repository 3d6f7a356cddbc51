/** Sharing part of a case with a post that helps, and calling back what others have received. */
import * as z from 'zod';
import { recallCauses, receivedBy } from '../../domain/recalling.ts';
import { sharable, shareBody } from '../../domain/sharing.ts';
import { measureKinds } from '../../domain/words.ts';
import { operation } from '../operation.ts';
import { caseReply } from '../schemas/cases.ts';
import { areaCode, caseId, cursor, instant, limit, name, next, postId, shareId, taskId } from '../schemas/common.ts';

const example = { id: 'C-0123456789ab' };
const exampleShare = { id: 'C-0123456789ab.share-17' };

const { case: viewed, people } = caseReply.shape;

const recall = z
  .strictObject({
    taskId,
    to: postId.describe('The post that received it'),
    owner: postId.describe('Who is accountable now: the same, or the tier above that it has climbed to'),
    received: z.array(z.enum(receivedBy)).describe('How it came by it'),
    fields: z.array(z.string()).describe('What it received, by field; nothing of it is repeated here'),
    cause: z.enum(recallCauses),
    why: name.describe('The cause, as people read it'),
    since: instant.describe('Since when it has to be destroyed'),
    due: instant,
    climbs: z.int().nonnegative().describe('How many tiers it has climbed unconfirmed'),
  })
  .meta({ id: 'Recall', description: 'What somebody has to destroy and has not confirmed yet' });

export const shareOperations = {
  'share-case': operation({
    method: 'POST',
    path: '/cases/{id}/shares',
    function: 'change-case',
    kind: 'command',
    summary: { zh: '按需共享个案部分内容', en: 'Share part of a case with a post that helps' },
    description: {
      zh: '由对整案负责的岗位在等级存续期间提出；须写明理由、所需帮助与截止时间；等级、评估与受影响人身份一律不共享。截止、等级终止、更正或删除时立即关闭并要求销毁。',
      en: 'By the post accountable for the case while a level stands, with a reason, the help it is for and an end. The level, the assessment and the affected person are never shared. At the end of it or of the level, at a correction or erasure it is shut at once, and what was kept is to be destroyed.',
    },
    params: z.strictObject({ id: caseId }),
    body: shareBody.meta({ id: 'Share', description: 'Which fields, for which help, for which post, until when' }),
    status: 201,
    reply: z.strictObject({
      id: caseId,
      share: shareId,
      n: z.int().positive(),
      until: instant,
      repeated: z.boolean(),
    }),
    etag: 'optional',
    problems: ['not-yours', 'refused'],
    examples: {
      params: example,
      body: {
        to: '331003.county-health',
        need: 'counselling',
        fields: ['events', 'needs', 'visit'],
        until: '2026-01-19T17:30:00+08:00',
        reason: '当事人同意接受心理疏导，须了解近期事件以便安排。',
      },
      reply: {
        id: 'C-0123456789ab',
        share: 'C-0123456789ab.share-17',
        n: 17,
        until: '2026-01-19T09:30:00.000Z',
        repeated: false,
      },
    },
  }),
  'read-share': operation({
    method: 'GET',
    path: '/shares/{id}',
    function: 'read-case',
    kind: 'read',
    summary: { zh: '查看共享内容', en: 'Read what is shared' },
    description: {
      zh: '只给接收岗位看，显示个案现时内容；一旦召回或到期即答 404。',
      en: 'For the receiving post alone, as the case is now; from the action on that calls it back, and from its end on, 404.',
    },
    params: z.strictObject({ id: shareId }),
    status: 200,
    reply: z
      .strictObject({
        share: z.strictObject({
          id: shareId,
          from: postId,
          need: z.enum(measureKinds),
          fields: z.array(z.enum(sharable)),
          until: instant,
        }),
        case: viewed,
        people,
      })
      .meta({ id: 'SharedView', description: 'Part of a case, for one post, until a day' }),
    examples: {
      params: exampleShare,
      reply: {
        share: {
          id: 'C-0123456789ab.share-17',
          from: '331003001.township-centre',
          need: 'counselling',
          fields: ['events'],
          until: '2026-01-19T09:30:00.000Z',
        },
        case: { id: 'C-0123456789ab', status: 'carrying-out', phase: 'level', events: [] },
      },
    },
  }),
  'list-recalls': operation({
    method: 'GET',
    path: '/recalls',
    function: 'list-cases',
    kind: 'search',
    summary: { zh: '尚未确认销毁的召回', en: 'Recalls that nobody has confirmed yet' },
    description: {
      zh: '不填地区：本岗位须销毁的；填地区：该辖区内全部，供协调岗位与独立复核人督促。',
      en: 'Without an area: what the acting post has to destroy. With one: all of it there, for those who coordinate and for the independent reviewer.',
    },
    query: z.strictObject({ area: areaCode.optional(), cursor, limit }),
    status: 200,
    reply: z
      .strictObject({ recalls: z.array(recall), next })
      .meta({ id: 'Recalls', description: 'What is to be destroyed and has not been confirmed' }),
    examples: {
      query: { area: '331003' },
      reply: {
        recalls: [
          {
            taskId: 'C-0123456789ab.destroy-1',
            to: '331003.county-health',
            owner: '331003.county-health',
            received: ['shared'],
            fields: ['events'],
            cause: 'level-ended',
            why: { zh: '等级已终止', en: 'the level or the proposal is over' },
            since: '2026-01-12T02:00:00.000Z',
            due: '2026-01-15T09:30:00.000Z',
            climbs: 0,
          },
        ],
        next: null,
      },
    },
  }),
} as const;
