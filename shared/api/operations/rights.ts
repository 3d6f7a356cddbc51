/** Contesting a decision on the level, and what somebody may ask for about their own data (PIPL 24, 44–50). */
import * as z from 'zod';
import { contestBody } from '../../domain/contesting.ts';
import { leastReason } from '../../domain/reasons.ts';
import { requestBody } from '../../domain/rights.ts';
import { corrections, rights } from '../../domain/words.ts';
import { operation } from '../operation.ts';
import { legalRoute } from '../schemas/cases.ts';
import { caseId, instant, matterId, postId, taskId } from '../schemas/common.ts';

const received = {
  n: z.int().positive().describe('Number of the action in the history: names what was asked'),
  answerBy: instant.describe('By when it is answered'),
  repeated: z.boolean(),
};

const asked = z
  .strictObject({
    n: z.int().positive(),
    about: z.enum(['contest', 'correction', 'right']),
    right: z.enum(rights).optional(),
    what: z.enum(corrections).optional().describe('Of a correction'),
    event: z.string().optional(),
    at: instant.describe('When it was received'),
    agent: z.boolean().describe('A post entered it for an agent'),
    takenUpAt: instant.nullable().describe('When somebody first took it up'),
    answerBy: instant.nullable().describe('null: it is answered'),
    late: z.boolean().describe('The time for an answer is over, and there is none'),
    outcome: z.string().nullable(),
    answeredAt: instant.nullable(),
    answeredBy: z
      .strictObject({ post: postId, zh: z.string(), en: z.string() })
      .nullable()
      .describe('Which post answered, never who; null: nobody did'),
    words: z.array(z.string()).describe('What was written; what was erased is left out'),
    reason: z.string().nullable().describe('Why it was answered so'),
    routes: z.array(legalRoute).describe('Where else to go'),
  })
  .meta({ id: 'PersonsRequest', description: 'A contest, a correction or a request, and what came of it' });

export const rightsOperations = {
  'contest-decision': operation({
    method: 'POST',
    path: '/cases/{id}/contests',
    function: 'change-case',
    kind: 'command',
    summary: { zh: '对定级决定提出异议', en: 'Contest a decision on the level' },
    description: {
      zh: '由被告知的当事人提出，或由岗位代有委托的代理人登记；由未参与办理的人复核，期限自收到之日起算；同一决定只能提出一次，除非有新情况。',
      en: 'By the person concerned, once told, or entered by a post for an agent with a mandate. Somebody who took no part answers; days count from receipt; once for a decision, unless facts are new.',
    },
    params: z.strictObject({ id: caseId }),
    body: contestBody.meta({ id: 'Contest', description: 'Why the decision is wrong' }),
    status: 201,
    reply: z.strictObject({ id: caseId, ...received }).meta({ id: 'Contested', description: 'It was received' }),
    problems: ['refused'],
    examples: {
      params: { id: 'C-0123456789ab' },
      body: { reason: '当天我不在现场，刀是邻居自己拿出来的，决定依据的事实不对。' },
      reply: { id: 'C-0123456789ab', n: 12, answerBy: '2026-01-19T02:00:00.000Z', repeated: false },
    },
  }),
  'ask-right': operation({
    method: 'POST',
    path: '/matters/{id}/requests',
    function: 'change-case',
    kind: 'command',
    summary: { zh: '提出个人信息权利请求', en: 'Ask for a right over one’s own data' },
    description: {
      zh: '知情、查阅复制、说明、更正、删除、限制、转移、撤回同意；本人提出，或由岗位代有委托的代理人登记。拒绝须说明理由，可以起诉。',
      en: 'To know, copy, have explained, correct, erase, restrict, transfer, withdraw consent: by the person, or entered by a post for an agent with a mandate. A refusal gives reasons, and a suit is possible.',
    },
    params: z.strictObject({ id: matterId }),
    body: requestBody.meta({ id: 'RightsAsk', description: 'What is asked for, and whose it is' }),
    status: 201,
    reply: z.strictObject({ id: matterId, ...received }).meta({ id: 'Requested', description: 'It was received' }),
    problems: ['refused'],
    examples: {
      params: { id: 'D-0123456789ab' },
      body: { right: 'copy', words: '请提供我在本纠纷中的全部个人信息副本。' },
      reply: { id: 'D-0123456789ab', n: 7, answerBy: '2026-02-04T02:00:00.000Z', repeated: false },
    },
  }),
  'read-requests': operation({
    method: 'GET',
    path: '/matters/{id}/requests',
    function: 'read-case',
    kind: 'read',
    summary: { zh: '查看异议与权利请求', en: 'Contests, corrections and requests, and what came of them' },
    description: {
      zh: '提出人看到自己提出的、结果与理由；负责复核的岗位看到所提出的内容。不显示任何第三人。',
      en: 'Whoever asked reads what they asked, the outcome and its reason; whoever reviews it reads what was asked. Nobody else is shown.',
    },
    params: z.strictObject({ id: matterId }),
    status: 200,
    reply: z
      .strictObject({ id: matterId, requests: z.array(asked) })
      .meta({ id: 'Requests', description: 'What somebody asked, oldest first' }),
    examples: {
      params: { id: 'C-0123456789ab' },
      reply: {
        id: 'C-0123456789ab',
        requests: [
          {
            n: 12,
            about: 'contest',
            at: '2026-01-09T02:00:00.000Z',
            agent: false,
            takenUpAt: null,
            answerBy: '2026-01-19T02:00:00.000Z',
            late: false,
            outcome: null,
            answeredAt: null,
            answeredBy: null,
            words: ['当天我不在现场，刀是邻居自己拿出来的，决定依据的事实不对。'],
            reason: null,
            routes: [],
          },
        ],
      },
    },
  }),
  'fulfil-request': operation({
    method: 'POST',
    path: '/tasks/{taskId}/fulfilment',
    function: 'change-case',
    kind: 'command',
    summary: { zh: '按请求删除或更正本人资料', en: 'Erase, or put corrected own data in place, as asked' },
    description: {
      zh: '准予并立即办理删除或本人资料更正请求，同时答复该任务；法律保全期间不得删除。',
      en: 'Grants a request to erase, or to correct own data, and does it; the task is answered with it. What is under a legal hold is not erased.',
    },
    params: z.strictObject({ taskId }),
    body: z.strictObject({
      reason: z.string().trim().min(leastReason).max(500).describe('Why it is granted, as the person reads it'),
    }),
    status: 200,
    reply: z
      .strictObject({
        taskId,
        n: z.int().positive(),
        completeOn: instant.nullable().describe('Of an erasure: when no backup holds it any more'),
        repeated: z.boolean(),
      })
      .meta({ id: 'Fulfilled', description: 'It was done' }),
    problems: ['not-yours', 'refused', 'held'],
    examples: {
      params: { taskId: 'D-0123456789ab.rights-request-1' },
      body: { reason: '处理目的已经实现，依法删除您在本纠纷中的个人信息。' },
      reply: {
        taskId: 'D-0123456789ab.rights-request-1',
        n: 9,
        completeOn: '2026-02-09T02:00:00.000Z',
        repeated: false,
      },
    },
  }),
} as const;
