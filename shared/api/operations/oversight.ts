/** What anybody may know of the city's rules, counts without persons, and who looked at what. */
import * as z from 'zod';
import { operation } from '../operation.ts';
import { statisticsReply } from '../schemas/cases.ts';
import { areaCode, caseId, cursor, disputeId, instant, limit, next, personId } from '../schemas/common.ts';

const access = z
  .strictObject({
    n: z.int().positive().describe('Number in its chain'),
    at: instant.describe('When somebody asked'),
    post: z.string().nullable().describe('For which post; null for a citizen, and where none was found'),
    role: z.string().nullable().describe('As what, by docs/who-may.md'),
    person: personId.optional(),
    operation: z.string().describe('operationId of this document'),
    what: z.string().optional().describe('The id of what was looked at, or what was searched for'),
    outcome: z.enum(['shown', 'denied', 'unknown']).describe('unknown: there is no such thing'),
    fields: z.array(z.string()).describe('Groups of fields that were shown, by docs/who-may.md'),
    breakGlass: z.literal(true).optional().describe('Seen by breaking the glass'),
    afterwards: z.literal(true).optional().describe('Written down after the reading: the audit was not available'),
  })
  .meta({ id: 'Access', description: 'Who looked at what: written before anything was shown' });
const audit = z
  .strictObject({ chain: z.string(), accesses: z.array(access), next })
  .meta({ id: 'Accesses', description: 'A chain of the audit, oldest first' });
const page = z.strictObject({ cursor, limit });
const seen = {
  n: 1,
  at: '2026-01-05T02:00:00.000Z',
  post: '331003.county-centre',
  role: 'county-centre',
  operation: 'read-case',
  outcome: 'shown',
  fields: ['summary', 'tasks'],
};

export const oversightOperations = {
  'read-statistics': operation({
    method: 'GET',
    path: '/statistics',
    function: 'list-cases',
    kind: 'search',
    summary: { zh: '统计', en: 'Counts of what is open, small cells suppressed' },
    query: z.strictObject({
      area: areaCode.optional().describe('Absent: the area of the acting post'),
      month: z
        .string()
        .regex(/^20\d\d-(0[1-9]|1[0-2])$/, 'a month such as 2026-01')
        .optional()
        .describe('Whose decisions are counted; absent: this month'),
    }),
    status: 200,
    reply: statisticsReply,
    examples: {
      query: { area: '331003' },
      reply: {
        area: '331003',
        at: '2026-01-05T02:00:00.000Z',
        month: '2026-01',
        tables: [
          {
            name: 'disputeType',
            cells: [
              { value: 'neighbour', count: 12 },
              { value: 'debt', count: null },
            ],
          },
        ],
      },
    },
  }),
  'read-settings': operation({
    method: 'GET',
    path: '/settings',
    function: 'read-settings',
    kind: 'search',
    summary: { zh: '城市设置', en: 'Settings of the city: levels, clocks, tiers, responsibility list' },
    status: 200,
    reply: z
      .strictObject({
        city: z.strictObject({
          id: z.string(),
          code: z.string(),
          name: z.strictObject({ zh: z.string(), en: z.string() }),
        }),
        note: z.string().describe('House presets are not statutory'),
        settings: z.record(z.string(), z.unknown()).describe('The city file without the identity provider'),
      })
      .meta({ id: 'Settings', description: 'What the city decided' }),
    examples: {
      reply: {
        city: { id: 'taizhou', code: '331000', name: { zh: '台州市', en: 'Taizhou' } },
        note: 'House presets, not statutory',
        settings: { tiers: ['grid', 'village'] },
      },
    },
  }),
  'list-models': operation({
    method: 'GET',
    path: '/models',
    function: 'read-settings',
    kind: 'search',
    summary: { zh: '评估模型', en: 'Assessment models: every factor with its points' },
    status: 200,
    reply: z
      .strictObject({ models: z.array(z.record(z.string(), z.unknown())), note: z.string() })
      .meta({ id: 'Models', description: 'Advice, not a prediction; people decide' }),
    examples: { reply: { models: [{ id: 'general-1' }], note: 'advice, not a prediction' } },
  }),
  'read-case-audit': operation({
    method: 'GET',
    path: '/cases/{id}/audit',
    function: 'read-audit',
    kind: 'read',
    summary: { zh: '个案查阅记录', en: 'Who looked at a case' },
    description: {
      zh: '独立复核人与审计员看到查阅人；被告知的当事人只看到岗位。',
      en: 'Reviewer and auditor see who it was; the person concerned, once told, sees posts only.',
    },
    params: z.strictObject({ id: caseId }),
    query: page,
    status: 200,
    reply: audit,
    examples: {
      params: { id: 'C-0123456789ab' },
      query: { limit: '50' },
      reply: { chain: 'C-0123456789ab', accesses: [seen], next: null },
    },
  }),
  'read-dispute-audit': operation({
    method: 'GET',
    path: '/disputes/{id}/audit',
    function: 'read-audit',
    kind: 'read',
    summary: { zh: '纠纷查阅记录', en: 'Who looked at a dispute' },
    description: {
      zh: '独立复核人与审计员看到查阅人；受影响人只看到岗位。',
      en: 'Reviewer and auditor see who it was; the affected person sees posts only.',
    },
    params: z.strictObject({ id: disputeId }),
    query: page,
    status: 200,
    reply: audit,
    examples: {
      params: { id: 'D-0123456789ab' },
      query: { limit: '50' },
      reply: { chain: 'D-0123456789ab', accesses: [{ ...seen, operation: 'read-dispute' }], next: null },
    },
  }),
  'read-person-audit': operation({
    method: 'GET',
    path: '/audit/{person}/{date}',
    function: 'read-audit',
    kind: 'search',
    summary: { zh: '某人当日检索记录', en: 'What a person searched on a day' },
    params: z.strictObject({ person: personId, date: z.iso.date().describe('Day in Asia/Shanghai') }),
    query: page,
    status: 200,
    reply: audit,
    examples: {
      params: { person: 'p-1001', date: '2026-01-05' },
      query: { limit: '50' },
      reply: {
        chain: 'p-1001@2026-01-05',
        accesses: [{ ...seen, person: 'p-1001', operation: 'list-cases', what: '331003' }],
        next: null,
      },
    },
  }),
} as const;
