/** How somebody may safely be reached, and the one number that the city's gateway asks for. */
import * as z from 'zod';
import { contactSchema } from '../../domain/citizen-notices.ts';
import { safeChannels } from '../../domain/words.ts';
import { operation } from '../operation.ts';
import { disputeId } from '../schemas/common.ts';

export const contactOperations = {
  'change-contact': operation({
    method: 'PUT',
    path: '/disputes/{id}/contacts',
    function: 'change-case',
    kind: 'command',
    summary: { zh: '设定安全联系方式', en: 'Say how a person in a role may safely be reached' },
    description: {
      zh: '由可见此人且在办的岗位，或由本人设定；此后发给此人的每条消息均以最新设定为准；未设定者不发消息。',
      en: 'By a post that works on it and may see them, or by themself; the newest governs every message to them, and without one nobody writes to them.',
    },
    params: z.strictObject({ id: disputeId }),
    body: z.strictObject({
      ref: z
        .string()
        .min(1)
        .max(100)
        .optional()
        .describe('ref of the person in role; absent: oneself, wherever one is named in that role'),
      contact: contactSchema.meta({
        id: 'Contact',
        description: 'How somebody may safely be reached, and by what never',
      }),
    }),
    status: 200,
    reply: z
      .strictObject({ dispute: disputeId, ref: z.string().optional(), n: z.int().positive(), repeated: z.boolean() })
      .meta({
        id: 'ContactChanged',
        description: 'Number of the action in the history; the profile itself is kept sealed',
      }),
    problems: ['refused'],
    examples: {
      params: { id: 'D-0123456789ab' },
      body: {
        ref: 'grid/WG-1.0',
        contact: { channel: 'sms', reach: '13800000009', from: '09:00', to: '11:30', never: ['家里的座机'] },
      },
      reply: { dispute: 'D-0123456789ab', ref: 'grid/WG-1.0', n: 4, repeated: false },
    },
  }),
  'read-contact': operation({
    method: 'GET',
    path: '/contacts/{handle}',
    function: 'read-affected',
    kind: 'read',
    summary: { zh: '消息送达号码', en: 'Where a message goes: for the message gateway' },
    description: {
      zh: '仅供消息网关，自消息发出起 24 小时内有效；每次读取均留痕。',
      en: 'For the message gateway only, for 24 hours from the message on; every read is written down.',
    },
    params: z.strictObject({
      handle: z
        .string()
        .regex(/^[0-9a-f]{24}$/, '24 digits and letters a to f')
        .describe('handle of the message'),
    }),
    status: 200,
    reply: z
      .strictObject({ channel: z.enum(safeChannels).exclude(['none']), number: z.string() })
      .meta({ id: 'Reach', description: 'The safe channel and number or address, as they stand now' }),
    examples: {
      params: { handle: '0123456789abcdef01234567' },
      reply: { channel: 'sms', number: '13800000009' },
    },
  }),
} as const;
