/** Help only: what somebody asks for without a dispute. */
import { z } from 'zod';
import { operation } from '../operation.ts';
import { historyReply, referralReply } from '../schemas/cases.ts';
import { cursor, limit, referralId } from '../schemas/common.ts';

const params = z.strictObject({ id: referralId });
const example = { id: 'H-0123456789ab' };

export const referralOperations = {
  'read-referral': operation({
    method: 'GET',
    path: '/referrals/{id}',
    function: 'read-case',
    kind: 'read',
    summary: { zh: '查看帮助转介', en: 'Read a referral: help without a dispute' },
    description: {
      zh: '只给提供帮助的岗位与本人看；本辖区协调岗位只见概要；公安不可见。没有个案，没有等级。',
      en: 'For whoever offers and gives the help and for the person; an outline for those who coordinate the area; never for the police. No case, no level.',
    },
    params,
    status: 200,
    reply: referralReply,
    etag: 'given',
    examples: { params: example, reply: { referral: { id: 'H-0123456789ab', status: 'open', phase: 'open' } } },
  }),
  'read-referral-history': operation({
    method: 'GET',
    path: '/referrals/{id}/history',
    function: 'read-case',
    kind: 'read',
    summary: { zh: '帮助转介历史', en: 'History of a referral' },
    params,
    query: z.strictObject({ cursor, limit }),
    status: 200,
    reply: historyReply,
    examples: {
      params: example,
      query: { limit: '50' },
      reply: {
        id: 'H-0123456789ab',
        actions: [{ n: 1, at: '2026-01-05T02:00:00.000Z', kind: 'reported', post: null }],
        next: null,
      },
    },
  }),
} as const;
