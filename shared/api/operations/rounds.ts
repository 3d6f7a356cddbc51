/** The three ways of looking (三途径排查): grid rounds, department enquiries, and what each way found. */
import * as z from 'zod';
import { yieldOutcomes } from '../../domain/screening.ts';
import { channels, enquiryQuestions } from '../../domain/words.ts';
import { operation } from '../operation.ts';
import { cell, roundReply } from '../schemas/cases.ts';
import { areaCode, disputeId, roundId } from '../schemas/common.ts';

const month = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/, 'a month such as 2026-01');
const share = z.int().min(0).max(100).nullable().describe('Hundredths; null where so few would tell somebody');

export const roundOperations = {
  'plan-round': operation({
    method: 'POST',
    path: '/rounds',
    function: 'change-case',
    kind: 'command',
    summary: { zh: '安排网格巡查', en: 'Plan a grid round: a dated list of places' },
    description: {
      zh: '只列地点，不列人；当日下班前由该网格办理。',
      en: 'Places and never persons; the grid is done with it by the end of office hours on that day.',
    },
    body: z.strictObject({
      area: areaCode.describe('The grid'),
      day: z.iso.date().describe('Day in Asia/Shanghai'),
      places: z.array(z.string().min(1).max(40)).min(1).max(100).describe('Where to look: places, never persons'),
    }),
    status: 201,
    problems: ['after-sunset'],
    reply: z
      .strictObject({ id: roundId, repeated: z.boolean() })
      .meta({ id: 'RoundPlanned', description: 'The round is in the record' }),
    examples: {
      body: { area: '331003001001001', day: '2026-01-06', places: ['桔乡市场东门', '第二幼儿园门口'] },
      reply: { id: 'G-0123456789ab', repeated: false },
    },
  }),
  'read-round': operation({
    method: 'GET',
    path: '/rounds/{id}',
    function: 'read-case',
    kind: 'read',
    summary: { zh: '查看网格巡查', en: 'Read a grid round' },
    params: z.strictObject({ id: roundId }),
    status: 200,
    reply: roundReply,
    etag: 'given',
    examples: {
      params: { id: 'G-0123456789ab' },
      reply: {
        round: { id: 'G-0123456789ab', status: 'open', day: '2026-01-06', places: ['桔乡市场东门'], found: [] },
      },
    },
  }),
  'ask-department': operation({
    method: 'POST',
    path: '/disputes/{id}/enquiries',
    function: 'change-case',
    kind: 'command',
    summary: { zh: '部门协查', en: 'Ask a department one question about one dispute' },
    description: {
      zh: '由办理该纠纷或其个案的岗位提出；两个工作日内只答是、否或未掌握；不作为事件，不计分。',
      en: 'By a post that works on the dispute or a case of it; answered by yes, no or nothing held within two working days. It is no event and carries no points.',
    },
    params: z.strictObject({ id: disputeId }),
    body: z.strictObject({
      department: z
        .string()
        .regex(/^[a-z][a-z0-9-]{0,39}$/, 'id of a department of the city')
        .describe('Id of the department'),
      question: z.enum(enquiryQuestions).describe('From the closed list: about the dispute, never about a person'),
    }),
    status: 201,
    reply: z
      .strictObject({ id: disputeId, n: z.int().positive(), repeated: z.boolean() })
      .meta({ id: 'Asked', description: 'The question is put' }),
    problems: ['refused'],
    examples: {
      params: { id: 'D-0123456789ab' },
      body: { department: 'human-resources', question: 'open-proceedings' },
      reply: { id: 'D-0123456789ab', n: 3, repeated: false },
    },
  }),
  'read-screening': operation({
    method: 'GET',
    path: '/screening',
    function: 'list-cases',
    kind: 'search',
    summary: { zh: '排查成效', en: 'What each way of looking found' },
    description: {
      zh: '按途径统计：核实、不属实、成为个案的比例；小于十的数值隐去；不含任何人。',
      en: 'By way: which share was verified, was dismissed, became a case; fewer than ten are not told; nobody is in it.',
    },
    query: z.strictObject({
      area: areaCode.optional().describe('A township or above; absent: the area of the acting post'),
      from: month.optional().describe('First month; absent: the last one'),
      to: month.optional().describe('Last month; absent: the present one'),
    }),
    status: 200,
    reply: z
      .strictObject({
        area: areaCode,
        from: month,
        to: month,
        routes: z.array(
          z.strictObject({
            route: z.enum(channels),
            total: z.int().nullable().describe('null: fewer than ten'),
            cells: z.array(cell).describe(`Of ${yieldOutcomes.join(', ')}`),
            shares: z.strictObject({ verified: share, dismissed: share, case: share }),
          }),
        ),
      })
      .meta({ id: 'Screening', description: 'What was found by each way, small cells suppressed' }),
    examples: {
      query: { area: '331003', from: '2026-01', to: '2026-03' },
      reply: {
        area: '331003',
        from: '2026-01',
        to: '2026-03',
        routes: [
          {
            route: 'grid',
            total: 40,
            cells: [
              { value: 'settled', count: 28 },
              { value: 'verified', count: 12 },
            ],
            shares: { verified: 30, dismissed: 0, case: 0 },
          },
        ],
      },
    },
  }),
} as const;
