/** Help only: what somebody asks for without a dispute. */
import * as z from 'zod';
import { demandedGrounds } from '../../domain/erasure.ts';
import { operation } from '../operation.ts';
import { historyReply, referralReply } from '../schemas/cases.ts';
import { cursor, instant, limit, referralId } from '../schemas/common.ts';

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
  'erase-helped': operation({
    method: 'POST',
    path: '/referrals/{id}/erasures',
    function: 'change-case',
    kind: 'command',
    summary: { zh: '删除求助人资料', en: 'Erase somebody who asked for help' },
    description: {
      zh: '与纠纷中的删除相同：删除密钥与密文并登记。',
      en: 'As in a dispute: deletes key and ciphertext and enters the erasure list.',
    },
    params,
    body: z.strictObject({
      ref: z.string().min(1).max(100).describe('ref of the person in role'),
      ground: z.enum(demandedGrounds).describe('On what ground: kept in the history'),
    }),
    status: 200,
    reply: z
      .strictObject({
        referral: referralId,
        ref: z.string(),
        erasedAt: instant,
        completeOn: instant.describe('When no backup holds it any more'),
      })
      .meta({ id: 'ReferralErasure', description: 'What was erased and until when backups hold it' }),
    problems: ['held'],
    examples: {
      params: example,
      body: { ref: 'grid/WG-1.0', ground: 'request' },
      reply: {
        referral: 'H-0123456789ab',
        ref: 'grid/WG-1.0',
        erasedAt: '2026-01-05T02:00:00.000Z',
        completeOn: '2026-02-09T02:00:00.000Z',
      },
    },
  }),
} as const;
