/** What stands above every decision on a level: the switch that stops new ones, and the sunset (S15). */
import * as z from 'zod';
import { switchBody, switchStates } from '../../domain/switching.ts';
import { operation } from '../operation.ts';
import { instant, postId } from '../schemas/common.ts';

const turn = z
  .strictObject({
    n: z.int().positive(),
    at: instant,
    post: postId.describe('For which post it was turned'),
    state: z.enum(switchStates),
    reason: z.string(),
  })
  .meta({ id: 'SwitchTurn', description: 'One turn of the switch' });

export const switchReply = z
  .strictObject({
    levels: z
      .enum(switchStates)
      .describe(
        'stopped: none begins or rises. releasing: the same, one of two wants the release. released: people decide',
      ),
    turns: z.array(turn).describe('The last turns, the newest first'),
    sunset: z
      .strictObject({ date: z.iso.date().describe('Last day on which anything new opens'), over: z.boolean() })
      .describe('After it no level begins, rises or is renewed, and no report opens anything'),
  })
  .meta({ id: 'Switch', description: 'Whether levels may begin and rise' });
export type SwitchReply = z.output<typeof switchReply>;

const body = { levels: 'stop', reason: '发现评估结果异常，核查完成前暂停一切新的定级。' } as const;
const reply: SwitchReply = {
  levels: 'stopped',
  turns: [
    {
      n: 1,
      at: '2026-01-05T02:00:00.000Z',
      post: '331000.independent-reviewer',
      state: 'stopped',
      reason: body.reason,
    },
  ],
  sunset: { date: '2029-06-30', over: false },
};

export const governanceOperations = {
  'read-switch': operation({
    method: 'GET',
    path: '/switch',
    function: 'switch-levels',
    kind: 'read',
    summary: { zh: '查看定级开关和终止日期', en: 'Whether new levels are stopped, and when the effort ends' },
    status: 200,
    reply: switchReply,
    examples: { reply },
  }),
  'set-switch': operation({
    method: 'POST',
    path: '/switch',
    function: 'switch-levels',
    kind: 'command',
    summary: { zh: '暂停、恢复新的定级', en: 'Stop new levels, or release them' },
    description: {
      zh: '一人即可暂停，立即生效；恢复须两个部门的两人先后提出。帮助、保护、回访、降级、不予定级不受影响。',
      en: 'One person stops, at once; two persons of different departments release, one after the other. Help, protection, check-ins, lowering and dismissing go on.',
    },
    body: switchBody.meta({ id: 'SwitchWish', description: 'What is wanted of the switch' }),
    status: 200,
    reply: switchReply,
    problems: ['refused', 'not-yours'],
    examples: { body, reply },
  }),
} as const;
