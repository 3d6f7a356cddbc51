/** Reading cases and disputes, field by field, and what is done to a case itself. */
import * as z from 'zod';
import { demandedGrounds } from '../../domain/erasure.ts';
import { leastReason } from '../../domain/reasons.ts';
import { phases } from '../../domain/who-may/matrix.ts';
import { levels } from '../../domain/words.ts';
import { operation } from '../operation.ts';
import {
  affectedReply,
  agendaReply,
  boardReply,
  caseReply,
  dangerNote,
  disputeReply,
  historyReply,
  matterLine,
  noticeReply,
} from '../schemas/cases.ts';
import { areaCode, caseId, cursor, disputeId, disputeType, instant, limit, postId } from '../schemas/common.ts';

const ofCase = z.strictObject({ id: caseId });
const ofDispute = z.strictObject({ id: disputeId });
const example = { id: 'C-0123456789ab' };
const exampleDispute = { id: 'D-0123456789ab' };
const history = {
  id: 'C-0123456789ab',
  actions: [{ n: 1, at: '2026-01-05T02:00:00.000Z', kind: 'reported', post: null }],
  next: null,
};
const page = z.strictObject({ cursor, limit });

export const caseOperations = {
  'list-cases': operation({
    method: 'GET',
    path: '/cases',
    function: 'list-cases',
    kind: 'search',
    summary: { zh: '在办一览', en: 'Board of open cases and disputes by level, tier and status' },
    description: {
      zh: '按地点和开启时间排列；不按分数排列，任何人都不能按分数查找。',
      en: 'By place and by when they were opened; nobody is sorted or found by a score.',
    },
    query: z.strictObject({
      area: areaCode.optional().describe('Absent: the area of the acting post'),
      subject: z.enum(['case', 'dispute', 'referral', 'round']).optional().describe('Only these'),
      level: z
        .enum([...levels, 'none'])
        .optional()
        .describe('Only at this level, where the level may be seen'),
      tier: z.string().max(20).optional().describe('Tier of the accountable post'),
      status: z.string().max(20).optional().describe('Only in this status'),
      phase: z
        .enum(Object.keys(phases) as [keyof typeof phases])
        .optional()
        .describe('Only in this phase'),
      disputeType: disputeType.optional(),
      cursor,
      limit,
    }),
    status: 200,
    reply: boardReply,
    examples: {
      query: { level: 'orange' },
      reply: {
        cases: [
          {
            id: 'C-0123456789ab',
            subject: 'case',
            status: 'planning',
            phase: 'level',
            owner: '331003001.township-centre',
            area: '331003001001001',
            disputeType: 'neighbour',
            openedAt: '2026-01-05T02:00:00.000Z',
            changedAt: '2026-01-05T08:00:00.000Z',
            level: 'orange',
          },
        ],
        next: null,
      },
    },
  }),
  'read-case': operation({
    method: 'GET',
    path: '/cases/{id}',
    function: 'read-case',
    kind: 'read',
    summary: { zh: '查看个案', en: 'Read a case' },
    description: {
      zh: '定级前不显示任何身份；只显示 docs/who-may.md 所许字段。',
      en: 'No identity before the threshold; only the fields that docs/who-may.md grants.',
    },
    params: ofCase,
    status: 200,
    reply: caseReply,
    etag: 'given',
    examples: {
      params: example,
      reply: { case: { id: 'C-0123456789ab', status: 'reported', phase: 'before', tasks: [] } },
    },
  }),
  'read-case-history': operation({
    method: 'GET',
    path: '/cases/{id}/history',
    function: 'read-case',
    kind: 'read',
    summary: { zh: '个案历史', en: 'History of a case' },
    params: ofCase,
    query: page,
    status: 200,
    reply: historyReply,
    examples: { params: example, query: { limit: '50' }, reply: history },
  }),
  'read-notice-text': operation({
    method: 'GET',
    path: '/cases/{id}/notice-text',
    function: 'read-case',
    kind: 'read',
    summary: { zh: '告知内容', en: 'What the person concerned is told' },
    description: {
      zh: '只给负责告知的岗位看；不提及任何第三人。当事人被告知后在个案中看到同样内容。',
      en: 'For the post that is to tell them; names no third party. Once told, the person reads the same in the case.',
    },
    params: ofCase,
    status: 200,
    reply: noticeReply,
    problems: ['refused'],
    examples: {
      params: example,
      reply: {
        id: 'C-0123456789ab',
        notice: [
          {
            part: 'how-long',
            zh: '除非此前由人依据事件重新决定，等级至2026-02-04自行终止。',
            en: 'Unless people decide anew on events before, the level ends by itself on 2026-02-04.',
          },
        ],
      },
    },
  }),
  'read-agenda': operation({
    method: 'GET',
    path: '/cases/{id}/agenda',
    function: 'read-case',
    kind: 'read',
    summary: { zh: '会商议程', en: 'Agenda of the multi-agency talk' },
    description: {
      zh: '不含任何身份；需求只给数目，公安不可见；只给受邀岗位和会商负责岗位看。',
      en: 'Names nobody; of needs only how many, and not to the police; for the posts that are asked to it and the one accountable for it.',
    },
    params: ofCase,
    status: 200,
    reply: agendaReply,
    problems: ['refused'],
    examples: {
      params: example,
      reply: {
        taskId: 'C-0123456789ab.talk-1',
        owner: '331003001.township-centre',
        due: '2026-01-07T02:00:00.000Z',
        departments: ['police', 'justice'],
        area: '331003001',
        disputeType: 'neighbour',
        events: [
          { id: 'E-1', occurredAt: '2026-01-05T01:00:00.000Z', state: 'verified', facts: [{ type: 'threat_to_harm' }] },
        ],
        assessment: { proposal: 'orange', trend: 'rising', note: 'advice, not a prediction' },
        needs: 1,
        tasks: [{ kind: 'decide', due: '2026-01-06T02:00:00.000Z' }],
      },
    },
  }),
  'read-dispute': operation({
    method: 'GET',
    path: '/disputes/{id}',
    function: 'read-case',
    kind: 'read',
    summary: { zh: '查看纠纷', en: 'Read a dispute' },
    description: {
      zh: '当事人与原话在纠纷中，只给在办的岗位看；个案定级前不含任何身份。',
      en: 'People and their words stand in the dispute, for the posts that work on it; a case has none before the threshold.',
    },
    params: ofDispute,
    status: 200,
    reply: disputeReply,
    etag: 'given',
    examples: { params: exampleDispute, reply: { dispute: { id: 'D-0123456789ab', status: 'open', phase: 'open' } } },
  }),
  'read-dispute-history': operation({
    method: 'GET',
    path: '/disputes/{id}/history',
    function: 'read-case',
    kind: 'read',
    summary: { zh: '纠纷历史', en: 'History of a dispute' },
    params: ofDispute,
    query: page,
    status: 200,
    reply: historyReply,
    examples: { params: exampleDispute, query: { limit: '50' }, reply: { ...history, id: 'D-0123456789ab' } },
  }),
  'read-affected': operation({
    method: 'GET',
    path: '/disputes/{id}/affected',
    function: 'read-affected',
    kind: 'read',
    summary: { zh: '受影响人', en: 'The affected person and children of a dispute' },
    params: ofDispute,
    status: 200,
    reply: affectedReply,
    examples: {
      params: exampleDispute,
      reply: {
        dispute: 'D-0123456789ab',
        people: [{ dispute: 'D-0123456789ab', ref: 'police/JQ-1.1', part: 'affected', name: '某某' }],
      },
    },
  }),
  'read-danger-note': operation({
    method: 'GET',
    path: '/cases/{id}/danger-note',
    function: 'read-affected',
    kind: 'read',
    summary: { zh: '地址与危险提示', en: 'Address and danger note, for whoever comes' },
    description: {
      zh: '唯一例外：查阅记录与其备用队列都不可用时，当班岗位仍可读取，事后按紧急查阅补记。',
      en: 'The one exception: while the audit can be written nowhere the post on duty still reads it; it is logged afterwards as break-glass.',
    },
    params: ofCase,
    status: 200,
    reply: dangerNote,
    examples: {
      params: example,
      reply: {
        id: 'C-0123456789ab',
        danger: ['weapon_present'],
        addresses: ['某街 1 号'],
        visit: '请先电话联系。',
        logged: 'before',
      },
    },
  }),
  'instruct-visit': operation({
    method: 'PUT',
    path: '/cases/{id}/visit-instruction',
    function: 'change-case',
    kind: 'command',
    summary: { zh: '上门提示', en: 'Write how to come, not why' },
    description: {
      zh: '由在此提供帮助的岗位填写，供上门人员阅读；不写原因。',
      en: 'By a post that gives help here, for whoever comes; it never says why.',
    },
    params: ofCase,
    body: z.strictObject({ words: z.string().min(1).max(60).describe('At most 60 characters: how to come, not why') }),
    status: 200,
    reply: z.strictObject({ id: caseId, n: z.int().positive(), repeated: z.boolean() }),
    etag: 'needed',
    problems: ['refused', 'precondition-failed', 'precondition-required'],
    examples: {
      params: example,
      body: { words: '两人同行，先电话联系，勿着制服。' },
      reply: { id: 'C-0123456789ab', n: 9, repeated: false },
    },
  }),
  'break-glass': operation({
    method: 'POST',
    path: '/cases/{id}/break-glass',
    function: 'change-case',
    kind: 'command',
    summary: { zh: '紧急查阅', en: 'Break the glass: see more for a while, reviewed afterwards' },
    description: {
      zh: '须写明理由；最长 3 小时；独立复核人事后复核。',
      en: 'With a reason, for at most 3 hours; the independent reviewer reviews it.',
    },
    params: ofCase,
    body: z.strictObject({
      reason: z.string().min(leastReason).max(200).describe('Why it cannot wait: read by the independent reviewer'),
    }),
    status: 201,
    reply: z.strictObject({ id: caseId, n: z.int().positive(), until: instant, repeated: z.boolean() }),
    problems: ['refused'],
    examples: {
      params: example,
      body: { reason: '当事人称今晚要上门，须立即知道住址以便保护受影响人。' },
      reply: { id: 'C-0123456789ab', n: 9, until: '2026-01-05T05:00:00.000Z', repeated: false },
    },
  }),
  'order-contact': operation({
    method: 'POST',
    path: '/cases/{id}/protective-contacts',
    function: 'change-case',
    kind: 'command',
    summary: { zh: '保护性接触', en: 'Order a protective first contact, before any level' },
    description: {
      zh: '当班人员以一个理由即可提出；24 小时后自动结束，除非作出定级决定；决定之前仅此一项措施。',
      en: 'By anybody on duty, with one reason; it ends by itself unless somebody decides, and is the only measure before a decision.',
    },
    params: ofCase,
    body: z.strictObject({ reason: z.string().min(leastReason).max(200).describe('Why it cannot wait') }),
    status: 201,
    reply: z.strictObject({ id: caseId, n: z.int().positive(), until: instant, repeated: z.boolean() }),
    problems: ['refused'],
    examples: {
      params: example,
      body: { reason: '对方称今晚带刀上门，须立即联系受影响人并共同到场。' },
      reply: { id: 'C-0123456789ab', n: 3, until: '2026-01-06T02:00:00.000Z', repeated: false },
    },
  }),
  'hand-over-case': operation({
    method: 'POST',
    path: '/cases/{id}/hand-over',
    function: 'change-case',
    kind: 'command',
    summary: { zh: '整案交接', en: 'Offer the whole case to another post' },
    description: {
      zh: '由对整案负责的岗位提出；对方接收之前原岗位仍然负责，接收后连同未结任务一并转移。逾期未答复转至双方之上一级；退回达到城市规定次数，由县级指派。',
      en: 'By the post that is accountable for it; it stays so until the other one accepts, and with the case go its open tasks. Silence goes to the tier above both; what comes back too often the county assigns.',
    },
    params: ofCase,
    body: z.strictObject({
      to: postId.describe('The post that is asked'),
      reason: z.string().trim().min(leastReason).max(200).describe('Why that post'),
    }),
    status: 201,
    reply: z.strictObject({
      id: caseId,
      n: z.int().positive(),
      until: instant.describe('Until when it answers'),
      repeated: z.boolean(),
    }),
    problems: ['not-yours', 'refused'],
    examples: {
      params: example,
      body: { to: '331003002.township-centre', reason: '当事人已迁居邻镇，由现居住地乡镇中心负责更合适。' },
      reply: { id: 'C-0123456789ab', n: 9, until: '2026-01-06T02:00:00.000Z', repeated: false },
    },
  }),
  'list-my-matters': operation({
    method: 'GET',
    path: '/me/matters',
    function: 'list-cases',
    kind: 'search',
    summary: { zh: '我的事项', en: 'What is kept about me' },
    description: {
      zh: '被反映人在被告知之前看不到个案；告知可能因保护受影响人而推迟。',
      en: 'A person concerned sees a case only after being told, which protection may put off.',
    },
    status: 200,
    reply: z
      .strictObject({ matters: z.array(matterLine) })
      .meta({ id: 'Matters', description: 'Disputes that the person takes part in' }),
    examples: { reply: { matters: [{ dispute: 'D-0123456789ab', part: 'complainant' }] } },
  }),
  'erase-person': operation({
    method: 'POST',
    path: '/disputes/{id}/erasures',
    function: 'change-case',
    kind: 'command',
    summary: { zh: '删除某人资料', en: 'Erase a person in a role' },
    description: {
      zh: '删除密钥与密文并登记；备份到期后方告完成。',
      en: 'Deletes key and ciphertext and enters the erasure list; complete when the backups have run out.',
    },
    params: ofDispute,
    body: z.strictObject({
      ref: z.string().min(1).max(100).describe('ref of the person in role'),
      ground: z.enum(demandedGrounds).describe('On what ground: kept in the history'),
    }),
    status: 200,
    reply: z
      .strictObject({
        dispute: disputeId,
        ref: z.string(),
        erasedAt: instant,
        completeOn: instant.describe('When no backup holds it any more'),
      })
      .meta({ id: 'Erasure', description: 'What was erased and until when backups hold it' }),
    problems: ['held'],
    examples: {
      params: exampleDispute,
      body: { ref: 'police/JQ-1.1', ground: 'request' },
      reply: {
        dispute: 'D-0123456789ab',
        ref: 'police/JQ-1.1',
        erasedAt: '2026-01-05T02:00:00.000Z',
        completeOn: '2026-02-09T02:00:00.000Z',
      },
    },
  }),
} as const;
