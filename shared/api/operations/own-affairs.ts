/** What somebody does and reads in their own affairs: check-ins to come, an agreement of theirs, who received something about them. */
import * as z from 'zod';
import { agreementToldBody } from '../../domain/agreements.ts';
import { declineBody } from '../../domain/check-ins.ts';
import { recallCauses, receivedBy, recipientStates } from '../../domain/recalling.ts';
import { operation } from '../operation.ts';
import { agreementId, caseId, matterId, name, postId } from '../schemas/common.ts';

const done = { n: z.int().positive().describe('Number of the action in the history'), repeated: z.boolean() };

export const ownAffairsOperations = {
  'decline-check-ins': operation({
    method: 'POST',
    path: '/cases/{id}/check-ins/refusals',
    function: 'change-case',
    kind: 'command',
    summary: { zh: '谢绝回访', en: 'Decline check-ins' },
    description: {
      zh: '化解后的回访可以谢绝一次或全部：由被告知的当事人本人，或由岗位代有委托的代理人登记。受影响人的安全方案不受影响。',
      en: 'Check-ins after a resolution may be declined, one or all: by the person concerned, once told, or entered by a post for an agent with a mandate. It touches no safety plan.',
    },
    params: z.strictObject({ id: caseId }),
    body: declineBody.meta({ id: 'CheckInsDeclining', description: 'Which check-ins are not wanted' }),
    status: 201,
    reply: z.strictObject({ id: caseId, ...done }).meta({ id: 'CheckInsDeclined', description: 'Nobody asks then' }),
    problems: ['refused'],
    examples: {
      params: { id: 'C-0123456789ab' },
      body: { no: 'check-in-2' },
      reply: { id: 'C-0123456789ab', n: 47, repeated: false },
    },
  }),
  'tell-agreement': operation({
    method: 'POST',
    path: '/agreements/{id}/accounts',
    function: 'change-case',
    kind: 'command',
    summary: { zh: '一方说明协议是否履行', en: 'Say whether an agreement was kept' },
    description: {
      zh: '在岗位受命查看协议是否履行期间，由协议一方本人，或由岗位代其代理人登记；结论由查看的岗位作出，另一方看不到。',
      en: 'While a post is to look whether it was kept: by a party, or entered by a post for an agent. The post decides what became of it, and the other party is not shown it.',
    },
    params: z.strictObject({ id: agreementId }),
    body: agreementToldBody.meta({ id: 'AgreementTelling', description: 'What a party says of it' }),
    status: 201,
    reply: z.strictObject({ id: agreementId, ...done }).meta({ id: 'AgreementTold', description: 'It was received' }),
    problems: ['refused'],
    examples: {
      params: { id: 'B-0123456789ab' },
      body: { outcome: 'broken', words: '石料还堆在原处，说好的三天早过了。' },
      reply: { id: 'B-0123456789ab', n: 19, repeated: false },
    },
  }),
  'read-recipients': operation({
    method: 'GET',
    path: '/matters/{id}/recipients',
    function: 'read-case',
    kind: 'read',
    summary: { zh: '谁收到过我的资料', en: 'Who received something about me' },
    description: {
      zh: '本人资料由哪些岗位收到、哪一天、是否已要求销毁；不显示谁反映、谁受保护，也不显示与他人有关的内容。',
      en: 'Which posts received something about the person, on which day, and whether it was called back. Nothing tells who spoke or who is protected, and nothing is about anybody else.',
    },
    params: z.strictObject({ id: matterId }),
    status: 200,
    reply: z
      .strictObject({
        id: matterId,
        recipients: z.array(
          z
            .strictObject({
              to: postId.nullable().describe('null: the post would tell something about somebody else'),
              name: name.nullable(),
              how: z.enum(receivedBy),
              what: z.array(z.string()).describe('Which fields, as docs/who-may.md names them'),
              on: z.iso.date(),
              until: z.iso.date().nullable().describe('Last day of what was shared'),
              state: z
                .enum(recipientStates)
                .describe(
                  'called-back: to be destroyed, and not confirmed yet; ended: nothing of it is left to call back',
                ),
              cause: z.enum(recallCauses).nullable().describe('Why it was called back'),
            })
            .meta({ id: 'Recipient', description: 'A post that received something, beside those that handle it now' }),
        ),
      })
      .meta({ id: 'Recipients', description: 'Oldest first' }),
    examples: {
      params: { id: 'C-0123456789ab' },
      reply: {
        id: 'C-0123456789ab',
        recipients: [
          {
            to: '331003.county-health',
            name: { zh: '黄岩区县级卫生健康岗', en: 'County health, Huangyan' },
            how: 'shared',
            what: ['events'],
            on: '2026-01-06',
            until: '2026-01-26',
            state: 'called-back',
            cause: 'resolved',
          },
        ],
      },
    },
  }),
} as const;
