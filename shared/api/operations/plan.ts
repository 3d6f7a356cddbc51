/** The plan for one person, an opt-in to joint sessions, and the one-way notice to the police. */
import * as z from 'zod';
import { optInBody } from '../../domain/mediation.ts';
import { amendmentBody } from '../../domain/planning.ts';
import { policeNoticeBody } from '../../domain/police-notice.ts';
import { measureKinds } from '../../domain/words.ts';
import { operation } from '../operation.ts';
import { caseId, disputeId, instant, name, postId } from '../schemas/common.ts';

const ofCase = z.strictObject({ id: caseId });
const example = { id: 'C-0123456789ab' };
const done = z.strictObject({ id: caseId, n: z.int().positive(), repeated: z.boolean() });

const proposal = z
  .strictObject({
    id: caseId,
    most: z.int().describe('A plan at this level holds so many measures'),
    held: z.int().nonnegative().describe('It holds so many already'),
    measures: z.array(
      z.strictObject({
        kind: z.enum(measureKinds),
        why: z.array(name).describe('The need or the matter that calls for it'),
        owner: postId.nullable().describe('By the responsibility list; null: the county assigns it'),
        due: instant,
      }),
    ),
    note: z.string(),
  })
  .meta({ id: 'PlanProposal', description: 'Advice for a plan; people choose' });

export const planOperations = {
  'read-plan-proposal': operation({
    method: 'GET',
    path: '/cases/{id}/plan-proposal',
    function: 'read-case',
    kind: 'read',
    summary: { zh: '方案建议', en: 'What a plan is proposed to hold' },
    description: {
      zh: '按纠纷类型、需求与层级由权责清单得出；需求只决定提供何种帮助。',
      en: 'From the responsibility list by dispute type, needs and tier; needs decide which help is offered and nothing else.',
    },
    params: ofCase,
    status: 200,
    reply: proposal,
    problems: ['refused'],
    examples: {
      params: example,
      reply: {
        id: 'C-0123456789ab',
        most: 8,
        held: 0,
        measures: [
          {
            kind: 'people-mediation',
            why: [{ zh: '邻里', en: 'neighbours' }],
            owner: '331003001.township-justice',
            due: '2026-01-12T02:00:00.000Z',
          },
        ],
        note: 'advice: whoever makes the plan decides',
      },
    },
  }),
  'amend-plan': operation({
    method: 'POST',
    path: '/cases/{id}/plan-amendments',
    function: 'change-case',
    kind: 'command',
    summary: { zh: '调整方案', en: 'Change the plan, by a decision' },
    description: {
      zh: '由对整案负责的岗位在等级存续期间决定，须写明理由并引用事件；已办事项不受影响。',
      en: 'By the post accountable for the case while a level stands, with a reason that cites events; what was done stays done.',
    },
    params: ofCase,
    body: amendmentBody.meta({ id: 'PlanAmendment', description: 'What is added to a plan, and which tasks end' }),
    status: 201,
    reply: done,
    etag: 'optional',
    problems: ['not-yours', 'refused', 'joint-session-barred', 'mediator-full'],
    examples: {
      params: example,
      body: {
        reason: '周三双方已签协议但一方失业，改为就业帮扶，调解不再需要。',
        events: ['E-1'],
        add: [{ kind: 'work-and-training' }],
        withdraw: ['measure-1'],
      },
      reply: { id: 'C-0123456789ab', n: 17, repeated: false },
    },
  }),
  'record-opt-in': operation({
    method: 'PUT',
    path: '/cases/{id}/opt-in',
    function: 'change-case',
    kind: 'command',
    summary: { zh: '受影响人是否同意共同到场', en: 'The affected person opts in to joint sessions, or takes it back' },
    description: {
      zh: '存在家庭或伴侣间暴力时不得安排双方共同到场；仅家庭暴力专员单独询问受影响人后方可登记其同意；撤回即终止在办调解。',
      en: 'After violence at home no joint session is held unless the specialist, who spoke to her alone, records that she wants it; taking it back ends open mediations at once.',
    },
    params: ofCase,
    body: optInBody.meta({ id: 'OptIn', description: 'What the affected person, spoken to alone, wants' }),
    status: 200,
    reply: done,
    etag: 'optional',
    problems: ['refused'],
    examples: {
      params: example,
      body: { wants: true, alone: true, reason: '已单独与受影响人面谈，其本人愿意在专员陪同下协商。' },
      reply: { id: 'C-0123456789ab', n: 12, repeated: false },
    },
  }),
  'tell-police': operation({
    method: 'POST',
    path: '/disputes/{id}/police-notices',
    function: 'change-case',
    kind: 'command',
    summary: { zh: '告知公安：矛盾可能激化', en: 'Tell the police that a dispute may turn violent' },
    description: {
      zh: '只告知理由与危险事实（人民调解法 25）；单向，不回传任何内容，纠纷继续调解。',
      en: 'The ground and the danger only (People’s Mediation Law 25); one way: nothing comes back, and the dispute goes on.',
    },
    params: z.strictObject({ id: disputeId }),
    body: policeNoticeBody.meta({
      id: 'PoliceNotice',
      description: 'What the police are told, and what was done to prevent it',
    }),
    status: 201,
    reply: z.strictObject({ id: disputeId, n: z.int().positive(), repeated: z.boolean() }),
    etag: 'optional',
    problems: ['refused'],
    examples: {
      params: { id: 'D-0123456789ab' },
      body: { ground: 'may-turn-violent', facts: ['weapon_access'], steps: '已将双方劝离，安排分开调解，收好刀具。' },
      reply: { id: 'D-0123456789ab', n: 5, repeated: false },
    },
  }),
} as const;
