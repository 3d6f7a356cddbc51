import * as z from 'zod';
import { reportSchema } from '../../domain/report.ts';
import { operation } from '../operation.ts';
import { caseId, disputeId, referralId } from '../schemas/common.ts';

const report = {
  channel: 'grid',
  sourceId: 'WG-2026-0101',
  source: '网格',
  reportedAt: '2026-01-05T10:00:00+08:00',
  area: '331003001001001',
  disputeType: 'neighbour',
  text: '两户因晾衣争吵，已劝开，愿意调解。',
  facts: [{ type: 'wants_mediation', value: true, start: 12, end: 16, negated: false, hearsay: false }],
  people: [{ role: 'complainant' }, { role: 'respondent' }],
};

export const reportOperations = {
  'send-report': operation({
    method: 'POST',
    path: '/reports',
    function: 'receive-report',
    kind: 'command',
    summary: { zh: '报告纠纷', en: 'Send a report of a dispute' },
    description: {
      zh: '同一渠道、同一来源编号只记一次，重复发送不改变任何内容；居民只得到回执。',
      en: 'The same channel and source id change the record once; a resident gets a receipt only.',
    },
    body: reportSchema.meta({ id: 'Report', description: 'What somebody tells about a dispute' }),
    status: 202,
    problems: ['after-sunset'],
    reply: z
      .strictObject({
        report: z.string().describe('<channel>/<source id>'),
        dispute: disputeId.nullable().optional(),
        case: caseId.nullable().optional(),
        referral: referralId.optional().describe('Help was asked for: no dispute, no case'),
        repeated: z.boolean().describe('It was received before; nothing was written'),
      })
      .meta({ id: 'Receipt', description: 'The report is in the record' }),
    examples: {
      body: report,
      reply: { report: 'grid/WG-2026-0101', dispute: 'D-0123456789ab', case: null, repeated: false },
    },
  }),
} as const;
