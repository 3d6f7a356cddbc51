/** What is done after an end: a closed case is taken up again, what may be sued about is held, an agreement is read. */
import * as z from 'zod';
import { proceedingSchema } from '../../domain/holding.ts';
import { leastWords } from '../../domain/plain-words.ts';
import { leastReason } from '../../domain/reasons.ts';
import { agreementOutcomes, sides, toldOutcomes } from '../../domain/words.ts';
import { operation } from '../operation.ts';
import { agreementId, areaCode, caseId, disputeId, instant } from '../schemas/common.ts';

const done = { n: z.int().positive(), repeated: z.boolean() };
const held = z.union([caseId, disputeId]).describe('A case or a dispute');

export const afterwardsOperations = {
  'reopen-case': operation({
    method: 'POST',
    path: '/cases/{id}/reopening',
    function: 'change-case',
    kind: 'command',
    summary: { zh: '重新办理已结个案', en: 'Take up a closed case again' },
    description: {
      zh: '结案后十二个月内（城市可缩短）、尚未到期删除的，写明理由；个案连同历史回到评估，等级仍须由人依据十二个月内已核实的事件决定。',
      en: 'Within twelve months of its end, or what the city allows, as long as nobody in it has been forgotten, with a reason: it goes back to the assessment with its history; a level still needs a decision on a verified event of the last twelve months.',
    },
    params: z.strictObject({ id: caseId }),
    body: z.strictObject({ reason: leastWords(leastReason, 200).describe('Why it is taken up again') }),
    status: 201,
    reply: z.strictObject({ id: caseId, ...done }).meta({ id: 'Reopening', description: 'It is open again' }),
    etag: 'optional',
    problems: ['refused', 'after-sunset'],
    examples: {
      params: { id: 'C-0123456789ab' },
      body: { reason: '双方上月再次争吵，邻居担心重演，请重新评估并安排回访。' },
      reply: { id: 'C-0123456789ab', n: 61, repeated: false },
    },
  }),
  'hold-case': operation({
    method: 'POST',
    path: '/holds/{id}',
    function: 'change-case',
    kind: 'command',
    summary: { zh: '依法保全个案或纠纷', en: 'Legal hold on a case or dispute' },
    description: {
      zh: '仅独立复核人，写明理由与截止日期；自首次保全起合计最长十二个月，此后新启动诉讼、复议或者仲裁的，凭该程序重新起算；保全期间个案、其纠纷与协议均不到期删除，也不因本人申请删除。已被告知的当事人由县级告知，告知不影响保全生效。',
      en: 'By the independent reviewer alone, with a reason and an end, at most twelve months from the first hold in all; a lawsuit, review or arbitration that has begun since lets them begin anew. Until then neither the case nor its disputes and agreements are forgotten, or erased on request. Whoever knows of the case is told by the county; the hold does not wait for that.',
    },
    params: z.strictObject({ id: held }),
    body: z.strictObject({
      until: instant.describe('When it ends by itself'),
      proceeding: proceedingSchema
        .optional()
        .describe(
          'What has begun since the first hold: without it nothing is held for longer than the city allows in all',
        ),
      reason: z.string().trim().min(leastReason).max(200).describe('Why it must be kept'),
    }),
    status: 201,
    reply: z
      .strictObject({ id: held, until: instant, ...done })
      .meta({ id: 'Hold', description: 'Until when nothing of it is forgotten' }),
    etag: 'optional',
    problems: ['refused'],
    examples: {
      params: { id: 'C-0123456789ab' },
      body: { until: '2026-12-31T00:00:00+08:00', reason: '当事人已就定级决定提起行政诉讼，材料须保留至判决生效。' },
      reply: { id: 'C-0123456789ab', until: '2026-12-30T16:00:00.000Z', n: 62, repeated: false },
    },
  }),
  'release-hold': operation({
    method: 'POST',
    path: '/holds/{id}/release',
    function: 'change-case',
    kind: 'command',
    summary: { zh: '解除保全', en: 'Release a legal hold' },
    description: {
      zh: '仅独立复核人；已到期的内容次日删除。',
      en: 'By the independent reviewer alone; what was due meanwhile goes the next day.',
    },
    params: z.strictObject({ id: held }),
    body: z.strictObject({ reason: z.string().trim().min(leastReason).max(200).describe('Why it need not be kept') }),
    status: 201,
    reply: z.strictObject({ id: held, ...done }).meta({ id: 'Release', description: 'It is held no more' }),
    etag: 'optional',
    problems: ['refused'],
    examples: {
      params: { id: 'C-0123456789ab' },
      body: { reason: '法院判决已生效，双方均未上诉，不再需要保留材料。' },
      reply: { id: 'C-0123456789ab', n: 63, repeated: false },
    },
  }),
  'read-agreement': operation({
    method: 'GET',
    path: '/agreements/{id}',
    function: 'read-case',
    kind: 'read',
    summary: { zh: '查看调解协议', en: 'Read an agreement' },
    description: {
      zh: '协议单独保存，期限由城市规定；纠纷或个案到期删除后仍可按编号查看。协议双方本人在此之前也可查看。',
      en: 'It is kept apart, for a time of its own: by its number it is found also when its dispute or case is forgotten. Until then the parties themselves read it too.',
    },
    params: z.strictObject({ id: agreementId }),
    status: 200,
    reply: z
      .strictObject({
        id: agreementId,
        area: areaCode,
        on: instant.describe('Since when it is in force'),
        until: instant.describe('Until when it is kept'),
        text: z.string().nullable().describe('What the parties agreed on; null: nobody wrote it down'),
        own: z
          .strictObject({
            party: z.enum(sides).describe('Which one whoever reads is'),
            asked: z.boolean().describe('Somebody is to look whether it was kept: they may say so now'),
            said: z.enum(toldOutcomes).nullable().describe('What they said of it'),
            outcome: z.enum(agreementOutcomes).nullable().describe('What became of it; null: not looked at yet'),
          })
          .optional()
          .describe('For a party, and of nobody else'),
      })
      .meta({ id: 'Agreement', description: 'What parties agreed on' }),
    examples: {
      params: { id: 'B-0123456789ab' },
      reply: {
        id: 'B-0123456789ab',
        area: '331003001001001',
        on: '2026-01-05T02:00:00.000Z',
        until: '2029-01-05T02:00:00.000Z',
        text: '双方同意以中间老界为准，刘家三日内移走堆放的石料。',
      },
    },
  }),
} as const;
