/** Two cases of one person, or two disputes that are one quarrel: made one, and two again. */
import * as z from 'zod';
import { leastReason } from '../../domain/reasons.ts';
import { operation } from '../operation.ts';
import { caseId, disputeId } from '../schemas/common.ts';

const reason = z.string().trim().min(leastReason).max(200).describe('By what people know it; kept with the action');
const ofCase = z.strictObject({ id: caseId });
const ofDispute = z.strictObject({ id: disputeId });
const done = { n: z.int().positive().describe('Number of the action that began it'), repeated: z.boolean() };

export const mergedCaseReply = z
  .strictObject({ id: caseId, mergedInto: caseId.nullable().describe('Where it went; null: it is by itself'), ...done })
  .meta({ id: 'MergedCase', description: 'A case that was merged, or is by itself again' });
export const mergedDisputeReply = z
  .strictObject({
    id: disputeId,
    mergedInto: disputeId.nullable().describe('Where it went; null: it is by itself'),
    ...done,
  })
  .meta({ id: 'MergedDispute', description: 'A dispute that was merged, or is by itself again' });

const why = '两份报告登记了不同电话，经走访确认是同一个人。';
const whyNot = '再次核对身份后确认是两个人，合并有误，应当分开。';
const [one, other] = ['C-0123456789ab', 'C-abcdefghjkmn'];
const [quarrel, same] = ['D-0123456789ab', 'D-abcdefghjkmn'];

export const mergingOperations = {
  'merge-cases': operation({
    method: 'POST',
    path: '/cases/{id}/merge',
    function: 'change-case',
    kind: 'command',
    summary: { zh: '合并个案', en: 'Merge a case into another of the same person' },
    description: {
      zh: '须由人确认是同一当事人并写明理由。程度较重的一案接收另一案，等级不因合并改变；双方都有等级的，对接收方立即重新作出决定。报告、事件、纠纷和未结任务一并转入，可以撤销。互殴双方不得合并。',
      en: 'People say that both are about one person, and why. The further one takes the other in, and no level changes by it; where both had one, the target is decided on anew at once. Reports, events, disputes and open tasks go with it, and it can be undone. Two who stand against each other are never merged.',
    },
    params: ofCase,
    body: z.strictObject({ into: caseId.describe('The case that takes it in'), reason }),
    status: 200,
    reply: mergedCaseReply,
    etag: 'optional',
    problems: ['refused', 'precondition-failed'],
    examples: {
      params: { id: one },
      body: { into: other, reason: why },
      reply: { id: one, mergedInto: other, n: 7, repeated: false },
    },
  }),
  'unmerge-cases': operation({
    method: 'POST',
    path: '/cases/{id}/unmerge',
    function: 'change-case',
    kind: 'command',
    summary: { zh: '撤销个案合并', en: 'Undo the merge of a case' },
    description: {
      zh: '原个案带着它的一切恢复；合并之后发生的留在接收方，但以其身份提交的报告随其返回；已办结的不再重开。',
      en: 'The case is what it was. What came since stays with the target, but for reports under its own identity; what was done is not asked again.',
    },
    params: ofCase,
    body: z.strictObject({ reason }),
    status: 200,
    reply: mergedCaseReply,
    etag: 'optional',
    problems: ['refused', 'precondition-failed'],
    examples: {
      params: { id: one },
      body: { reason: whyNot },
      reply: { id: one, mergedInto: null, n: 15, repeated: false },
    },
  }),
  'merge-disputes': operation({
    method: 'POST',
    path: '/disputes/{id}/merge',
    function: 'change-case',
    kind: 'command',
    summary: { zh: '合并纠纷', en: 'Merge a dispute into another that is the same quarrel' },
    description: {
      zh: '须由人确认是同一纠纷并写明理由。各人资料留在原处加密保存，在办人员两处都能看到；可以撤销。',
      en: 'People say that both are one quarrel, and why. People and words stay sealed where they are; whoever works on it sees both. It can be undone.',
    },
    params: ofDispute,
    body: z.strictObject({ into: disputeId.describe('The dispute that takes it in'), reason }),
    status: 200,
    reply: mergedDisputeReply,
    etag: 'optional',
    problems: ['refused', 'precondition-failed'],
    examples: {
      params: { id: quarrel },
      body: { into: same, reason: why },
      reply: { id: quarrel, mergedInto: same, n: 3, repeated: false },
    },
  }),
  'unmerge-disputes': operation({
    method: 'POST',
    path: '/disputes/{id}/unmerge',
    function: 'change-case',
    kind: 'command',
    summary: { zh: '撤销纠纷合并', en: 'Undo the merge of a dispute' },
    params: ofDispute,
    body: z.strictObject({ reason }),
    status: 200,
    reply: mergedDisputeReply,
    etag: 'optional',
    problems: ['refused', 'precondition-failed'],
    examples: {
      params: { id: quarrel },
      body: { reason: whyNot },
      reply: { id: quarrel, mergedInto: null, n: 9, repeated: false },
    },
  }),
} as const;
