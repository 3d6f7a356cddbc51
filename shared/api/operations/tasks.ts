/** The verbs on tasks are the actions of the design; each is under an Idempotency-Key and committed once. */
import * as z from 'zod';
import { answerSchema } from '../../domain/answers.ts';
import { bodies } from '../../domain/task-commands.ts';
import type { Named } from '../../domain/words.ts';
import { operation } from '../operation.ts';
import { legalRoute, tasksReply } from '../schemas/cases.ts';
import { areaCode, cursor, handle, limit, postId, taskId } from '../schemas/common.ts';

const params = z.strictObject({ taskId });
const done = z
  .strictObject({
    taskId,
    n: z.int().positive().nullable().describe('Number of the action in the history'),
    repeated: z.boolean().describe('The same key was applied before: this is its first outcome'),
    routes: z
      .array(legalRoute)
      .optional()
      .describe('Of a mediation without an agreement: where else the parties can go'),
  })
  .meta({ id: 'Done', description: 'What the command became' });

const example = { taskId: 'C-0123456789ab.verify-1' };
const reply = { taskId: 'C-0123456789ab.verify-1', n: 4, repeated: false };

const verb = <B extends z.ZodType>(
  name: string,
  summary: Named,
  body: B,
  given: unknown,
  more: { readonly description?: Named; readonly deferred?: boolean } = {},
) =>
  operation({
    method: 'POST',
    path: `/tasks/{taskId}/${name}`,
    function: 'act-on-task',
    kind: 'command',
    summary,
    params,
    body,
    ...more,
    status: 200,
    reply: done,
    etag: 'optional',
    problems: ['not-yours', 'refused', ...(more.deferred ? ofAnswers : [])],
    examples: { params: example, body: given, reply },
  });

const ofAnswers = [
  'no-verified-event',
  'joint-session-barred',
  'mediator-full',
  'levels-stopped',
  'after-sunset',
] as const;

/** Without `task`: that is the task’s own kind. */
const answerBodies = answerSchema.options.map((option): z.ZodObject => {
  const { task, ...shape } = option.shape;
  return z.strictObject(shape).meta({ title: `answer to ${task.value}` });
});
const [first, second, ...others] = answerBodies;
if (!first || !second) throw new TypeError('there are answers to several kinds of task');

const lines = {
  tasks: [
    {
      taskId: 'C-0123456789ab.verify-1',
      kind: 'verify',
      owner: '331003001.community-police',
      due: '2026-01-05T12:00:00.000Z',
      urgency: 'today',
      climbs: 0,
    },
  ],
  next: null,
};
const page = { cursor, limit };

export const taskOperations = {
  'acknowledge-task': verb(
    'acknowledge',
    { zh: '签收', en: 'Acknowledge a task' },
    bodies.acknowledge,
    {},
    {
      description: {
        zh: '表示已经接手；办理期限不变，逾期即升级。',
        en: 'Says that one has taken it up; its windows stay, and when they end it climbs.',
      },
    },
  ),
  'answer-task': verb(
    'answer',
    { zh: '办理', en: 'Answer a task' },
    z
      .union([first, second, ...others])
      .meta({ id: 'Answer', description: 'What fits depends on the kind of the task' }),
    { outcome: 'verified', note: '现场核实，双方确认。' },
    {
      description: {
        zh: '可填内容由任务种类决定（taskId 中的种类）；状态不允许时答 409 并说明可行的操作。',
        en: 'What may be answered follows from the kind of the task, which its id names; what the state does not allow is a 409 that says what is possible.',
      },
      deferred: true,
    },
  ),
  'hand-off-task': verb(
    'hand-off',
    { zh: '提出交接', en: 'Offer a task to another post' },
    bodies['hand-off'],
    {
      to: '331003.county-police',
      reason: '由县级公安办理更合适。',
    },
    {
      description: {
        zh: '对方接收之前，原岗位仍然负责；逾期未答复，转至双方之上一级；退回达到城市规定次数，由县级指派。',
        en: 'Until the other post accepts, this one stays accountable. Silence goes to the tier above both; what comes back too often the county assigns.',
      },
    },
  ),
  'record-consent': verb(
    'consents',
    { zh: '登记当事人是否愿意调解', en: 'Record that a party wants a mediation, or does not' },
    bodies.consent,
    { party: 'respondent', wants: true },
    {
      description: {
        zh: '双方均愿意方可调解；任何一方不愿意即终止，并告知其他途径（人民调解法 17、26）。',
        en: 'Only while both want it; a refusal ends it at once and names the legal routes (People’s Mediation Law 17, 26).',
      },
    },
  ),
  'accept-task': verb('accept', { zh: '接收', en: 'Accept a hand-off' }, bodies.accept, {}),
  'decline-task': verb('decline', { zh: '不接收', en: 'Decline a hand-off' }, bodies.decline, {
    reason: '不在职责范围内。',
  }),
  'report-danger': verb(
    'danger',
    { zh: '报告险情', en: 'Report danger met on a task' },
    bodies.danger,
    { facts: ['weapon_present'] },
    {
      description: {
        zh: '负责岗位与参与岗位均可报告；成为待核实的新事件，不会自动定级。',
        en: 'By the accountable post and the one that takes part; it becomes a new event to be verified, and no level by itself.',
      },
    },
  ),
  'attempt-task': verb(
    'attempt',
    { zh: '首次行动', en: 'Say that something was done about a task' },
    bodies.attempt,
    { note: '已上门，一方不在家。' },
    {
      description: {
        zh: '已采取行动但未办结：首次行动的时限到此为止，同时视为签收。',
        en: 'Something was done and it is not over: ends the wait for the first action, and acknowledges it.',
      },
    },
  ),
  'pause-task': verb(
    'pause',
    { zh: '暂停计时', en: 'Stop the clocks of a task while others have to act' },
    bodies.pause,
    { waitingFor: 'court', note: '等待法院出具诉前调解文书。' },
    {
      description: {
        zh: '签收后方可暂停；保护、定级、复核、续期、回访任务不得暂停。到期自动恢复，剩余时限不变。',
        en: 'After acknowledging; never of what protects, decides, renews or checks in. It ends by itself in time; what was left is left.',
      },
    },
  ),
  'resume-task': verb('resume', { zh: '恢复计时', en: 'Let the clocks of a task run on' }, bodies.resume, {}),
  'extend-task': verb(
    'extend',
    { zh: '延期', en: 'Put off the end of a task' },
    bodies.extend,
    { until: '2026-01-20T17:30:00+08:00', reason: '双方约定春节前再谈一次，还需要更多的时间来准备。' },
    {
      description: {
        zh: '须说明理由并告知上级；次数与长度以城市规则为限；保护类和等级到期类任务不得延期。',
        en: 'With a reason; the supervisor is told. The city limits how often and how far; never of what protects or lets a level end.',
      },
    },
  ),
  'acknowledge-handle': operation({
    method: 'POST',
    path: '/handles/{handle}/acknowledge',
    function: 'act-on-task',
    kind: 'command',
    summary: { zh: '一键签收', en: 'Acknowledge the task of a call: I have it' },
    description: {
      zh: '呼叫短信中的短码只指明任务，不授予任何权限；24 小时内可用一次。',
      en: 'The handle of a call names a task and grants nothing; it serves once, for a day.',
    },
    params: z.strictObject({ handle }),
    body: bodies.acknowledge,
    status: 200,
    reply: done,
    etag: 'optional',
    problems: ['not-yours', 'refused', 'handle-over'],
    examples: { params: { handle: 'k7m2p9xw' }, body: {}, reply },
  }),
  'list-my-tasks': operation({
    method: 'GET',
    path: '/me/tasks',
    function: 'list-tasks',
    kind: 'search',
    summary: { zh: '我的任务', en: 'Open tasks of the posts for which I act now' },
    description: {
      zh: '任职人缺岗时，代理人即刻看到并可办理。',
      en: 'While a holder is absent the deputy sees them, and may act, at once.',
    },
    query: z.strictObject({ ...page }),
    status: 200,
    reply: tasksReply,
    examples: { query: { limit: '50' }, reply: lines },
  }),
  'list-post-tasks': operation({
    method: 'GET',
    path: '/posts/{postId}/tasks',
    function: 'list-tasks',
    kind: 'search',
    summary: { zh: '岗位任务', en: 'Open tasks of a post' },
    params: z.strictObject({ postId }),
    query: z.strictObject({ ...page }),
    status: 200,
    reply: tasksReply,
    examples: { params: { postId: '331003001.community-police' }, query: { limit: '50' }, reply: lines },
  }),
  'list-overdue-tasks': operation({
    method: 'GET',
    path: '/tasks/overdue',
    function: 'list-tasks',
    kind: 'search',
    summary: { zh: '逾期任务', en: 'Tasks that are late or have climbed' },
    query: z.strictObject({ area: areaCode.optional().describe('Absent: the area of the acting post'), ...page }),
    status: 200,
    reply: tasksReply,
    examples: {
      query: { area: '331003' },
      reply: { ...lines, tasks: lines.tasks.map((line) => ({ ...line, climbs: 1 })) },
    },
  }),
} as const;
