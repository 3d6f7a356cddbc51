/** The report of a month: whether it helps, without persons. */
import * as z from 'zod';
import { helpWays } from '../../domain/report-month/counted.ts';
import { type TableName, tables } from '../../domain/report-month/report.ts';
import { operation } from '../operation.ts';
import { cell } from '../schemas/cases.ts';
import { areaCode, instant, postId } from '../schemas/common.ts';

const month = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/, 'a month such as 2026-01');
const few = 'null: so few, or so few beside it, that it is not told';
const count = z.int().nonnegative().nullable().describe(few);
const hundredths = z.int().min(0).max(100);
const good = z.enum(['more', 'fewer']).nullable().describe('Which way it is better; null: it is no merit');
const names = Object.keys(tables) as [TableName];

const ofArea = {
  area: areaCode,
  total: count,
  cells: z.array(cell),
  share: hundredths.nullable().describe('Of the first value, in hundredths, where it is better or worse'),
};
const table = z
  .strictObject({
    name: z.enum(names),
    good,
    ...ofArea,
    below: z.array(z.strictObject(ofArea)).describe('The same of the areas below, down to townships'),
  })
  .meta({ id: 'MonthTable', description: 'What was counted in a month' });
const days = z.number().nonnegative();
const row = z
  .strictObject({
    by: z.enum(['area', 'type', 'week']),
    value: z.string().describe('Area code, dispute type, or the Monday of a week'),
    count,
    before: count.describe('How many in the weeks before; null: one of their months does not tell its own'),
    p: z
      .number()
      .min(0.001)
      .max(1)
      .nullable()
      .describe(
        'How often usual weeks would bring a number as far off, either way; at most so often where before is null',
      ),
    unusual: z.enum(['more', 'fewer']).nullable().describe('p below 0.01'),
  })
  .meta({ id: 'TrendRow', description: 'New disputes against the weeks before' });

const sample = { area: '331003', total: 40, share: 75 };

export const monthReportOperations = {
  'read-month-report': operation({
    method: 'GET',
    path: '/reports/{month}',
    function: 'list-cases',
    kind: 'search',
    summary: { zh: '月度报告', en: 'The report of a month: whether it helps, and how levels were used' },
    description: {
      zh: '只有数字，没有人；少于十的不显示；不随等级数量上升。方法见 docs/report.md。',
      en: 'Counts and no persons; fewer than ten are not told; no figure is better for more levels. docs/report.md says how.',
    },
    params: z.strictObject({ month: month.describe('Not later than this one') }),
    query: z.strictObject({
      area: areaCode.optional().describe('A township or an area above; absent: the area of the acting post'),
    }),
    status: 200,
    reply: z
      .strictObject({
        month,
        area: areaCode,
        at: instant,
        provisional: z.boolean().describe('The month is not over'),
        tables: z.array(table),
        firstHelp: z.array(
          z.strictObject({
            way: z.enum(helpWays),
            count,
            days: z.strictObject({ quarter: days, half: days, threeQuarters: days }).nullable().describe(few),
            good,
          }),
        ),
        posts: z.array(
          z.strictObject({
            post: postId,
            turns: z.int().positive().describe('Tasks that left the post: answered, or taken by the tier above'),
            acknowledged: hundredths.describe('In time'),
            done: hundredths.describe('In time'),
          }),
        ),
        postsNotTold: z.int().nonnegative().describe('Posts with so few turns that they are not told'),
        trend: z.strictObject({
          weeks: z.array(z.iso.date()).describe('Mondays of the weeks that end in the month and are over'),
          weeksBefore: z.int().nonnegative().describe('Weeks that they are compared with: of the three months before'),
          dispersion: z.number().min(1).describe('How much more weeks differ than by chance'),
          compared: z.int().nonnegative().describe('Rows compared: of a hundred usual ones one is called unusual'),
          rows: z.array(row),
        }),
      })
      .meta({ id: 'MonthReport', description: 'The report of a month' }),
    examples: {
      params: { month: '2026-01' },
      query: { area: '331003' },
      reply: {
        month: '2026-01',
        area: '331003',
        at: '2026-02-02T02:00:00.000Z',
        provisional: false,
        tables: [
          {
            name: 'disputes',
            good: 'more',
            ...sample,
            cells: [
              { value: 'lowest', count: 30 },
              { value: 'above', count: 0 },
              { value: 'not-settled', count: 10 },
              { value: 'case', count: 0 },
            ],
            below: [],
          },
        ],
        firstHelp: [
          {
            way: 'without-level',
            count: 12,
            days: { quarter: 0.4, half: 0.9, threeQuarters: 2 },
            good: 'fewer',
          },
        ],
        posts: [{ post: '331003001001.village-mediator', turns: 24, acknowledged: 96, done: 92 }],
        postsNotTold: 7,
        trend: {
          weeks: ['2026-01-05', '2026-01-12', '2026-01-19'],
          weeksBefore: 12,
          dispersion: 1.2,
          compared: 1,
          rows: [{ by: 'type', value: 'labour_wage', count: 24, before: 36, p: 0.009, unusual: 'more' }],
        },
      },
    },
  }),
} as const;
