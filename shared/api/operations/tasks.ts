/** The verbs on tasks are the actions of the design; each is under an Idempotency-Key and committed once. */
import { z } from 'zod';
import { answerSchema } from '../../domain/answers.ts';
import { bodies } from '../../domain/task-commands.ts';
import type { Named } from '../../domain/words.ts';
import { operation } from '../operation.ts';
import { tasksReply } from '../schemas/cases.ts';
import { areaCode, cursor, limit, postId, taskId } from '../schemas/common.ts';

const params = z.strictObject({ taskId });
const done = z
  .strictObject({
    taskId,
    n: z.int().positive().nullable().describe('Number of the action in the history'),
    repeated: z.boolean().describe('The same key was applied before: this is its first outcome'),
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
    problems: ['not-yours', 'refused', ...(more.deferred ? (['no-verified-event'] as const) : [])],
    examples: { params: example, body: given, reply },
  });

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
        zh: '对方接收之前，原岗位仍然负责；逾期未接收即告失效。',
        en: 'Until the other post accepts, this one stays accountable; an offer that nobody accepts expires.',
      },
    },
  ),
  'accept-task': verb('accept', { zh: '接收', en: 'Accept a hand-off' }, bodies.accept, {}),
  'decline-task': verb('decline', { zh: '不接收', en: 'Decline a hand-off' }, bodies.decline, {
    reason: '不在职责范围内。',
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
