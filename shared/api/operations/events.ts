/** Events of a case: one that was verified and does not hold is withdrawn. */
import * as z from 'zod';
import { withdrawalBody } from '../../domain/withdrawing.ts';
import { operation } from '../operation.ts';
import { caseId } from '../schemas/common.ts';

export const eventOperations = {
  'withdraw-event': operation({
    method: 'POST',
    path: '/cases/{id}/event-withdrawals',
    function: 'change-case',
    kind: 'command',
    summary: { zh: '撤回已核实的事件', en: 'Withdraw a verified event that does not hold' },
    description: {
      zh: '由对整案负责的岗位、核实该事件的岗位或县级中心办理，须写明理由。等级近十二个月内别无其他已核实事件支撑的，随同失效并告知负责岗位；受影响人的安全计划不受影响。',
      en: 'By the post accountable for the case, the one that verified it, or the county centre, with a reason. A level that rests on no other verified event of the last twelve months lapses with it, and the accountable post is told; the safety plan of the affected person is untouched.',
    },
    params: z.strictObject({ id: caseId }),
    body: withdrawalBody.meta({ id: 'EventWithdrawal', description: 'Which event, and how it turned out' }),
    status: 201,
    reply: z
      .strictObject({
        id: caseId,
        n: z.int().positive(),
        lapsed: z.boolean().describe('The level ended with it'),
        repeated: z.boolean(),
      })
      .meta({ id: 'EventWithdrawn', description: 'It no longer counts' }),
    etag: 'optional',
    problems: ['not-yours', 'refused'],
    examples: {
      params: { id: 'C-0123456789ab' },
      body: { event: 'E-1', reason: '监控显示当日对方不在现场，民警复核后确认事件不属实。' },
      reply: { id: 'C-0123456789ab', n: 23, lapsed: true, repeated: false },
    },
  }),
} as const;
