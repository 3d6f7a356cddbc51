/** Every type of problem that the API answers: stable, each with its status and what the caller can do (docs/problems.md). */
import * as z from 'zod';
import type { Named } from '../domain/words.ts';

interface Problem {
  readonly status: number;
  readonly title: Named;
  readonly remedy: Named;
}

export const problems = {
  invalid: {
    status: 422,
    title: { zh: '内容不符合要求', en: 'The request does not fit its schema' },
    remedy: {
      zh: '按 faults 逐项更正：路径、现值、允许值',
      en: 'Correct each of faults: path, value, what is allowed',
    },
  },
  'not-signed-in': {
    status: 401,
    title: { zh: '未登录或登录已失效', en: 'No token, or one that does not hold' },
    remedy: { zh: '重新登录取得令牌', en: 'Sign in again for a new token' },
  },
  'purpose-refused': {
    status: 403,
    title: { zh: '用途不被允许', en: 'The purpose of the token is refused' },
    remedy: {
      zh: '以 allowed 所列用途登录；侦查、招聘、征信、入学、出行用途一律拒绝',
      en: 'Sign in for a purpose of allowed; investigation, employment, credit, school and travel are always refused',
    },
  },
  'not-permitted': {
    status: 403,
    title: { zh: '无此权限', en: 'The matrix of who may what does not allow it' },
    remedy: {
      zh: '见 docs/who-may.md；确有紧急需要可申请紧急查阅',
      en: 'See docs/who-may.md; in an emergency, break glass',
    },
  },
  'conflict-of-interest': {
    status: 403,
    title: { zh: '涉及本人，应当回避', en: 'It is about whoever acts: somebody else must' },
    remedy: {
      zh: '由他人办理；本人可查看自己的资料',
      en: 'Let somebody else act; one’s own data can be read as a citizen',
    },
  },
  'not-yours': {
    status: 403,
    title: { zh: '不是本岗位的任务', en: 'Not the task or the post of whoever acts' },
    remedy: { zh: '以负责岗位的身份办理', en: 'Act for the post that is accountable' },
  },
  unknown: {
    status: 404,
    title: { zh: '不存在', en: 'There is no such thing' },
    remedy: { zh: '核对编号', en: 'Check the identifier' },
  },
  'handle-over': {
    status: 410,
    title: { zh: '短码已使用或已过期', en: 'The handle was used or is over' },
    remedy: { zh: '登录后在任务列表中签收', en: 'Sign in and acknowledge the task in your list' },
  },
  'no-such-route': {
    status: 404,
    title: { zh: '没有这个接口', en: 'There is no such route' },
    remedy: { zh: '见 /v1/openapi.json', en: 'See /v1/openapi.json' },
  },
  refused: {
    status: 409,
    title: { zh: '当前状态不允许', en: 'Not possible in the present state' },
    remedy: { zh: '重新读取，按 allowed 办理', en: 'Read again and choose from allowed' },
  },
  'holder-needed': {
    status: 409,
    title: { zh: '岗位有未办任务，不能无人任职', en: 'A post with open tasks needs a holder' },
    remedy: { zh: '先指定继任人', en: 'Name a successor first' },
  },
  held: {
    status: 409,
    title: { zh: '已依法保全，不得删除', en: 'Under a legal hold: not erased before its end' },
    remedy: {
      zh: '等到 allowed 所示日期，或请独立复核人解除保全',
      en: 'Wait for the day of allowed, or ask the independent reviewer to release it',
    },
  },
  'joint-session-barred': {
    status: 403,
    title: { zh: '存在家庭或伴侣间暴力，不得安排双方共同到场', en: 'Violence at home: no joint session' },
    remedy: {
      zh: '由家庭暴力专员单独询问受影响人；其本人愿意并登记后方可',
      en: 'The specialist speaks to the affected person alone; only her recorded opt-in allows it',
    },
  },
  'mediator-full': {
    status: 409,
    title: { zh: '所选调解员或组织已满', en: 'The chosen mediator has no place left' },
    remedy: { zh: '请当事人从 allowed 中另选', en: 'Let the parties choose another of allowed' },
  },
  'levels-stopped': {
    status: 409,
    title: { zh: '新的定级已暂停', en: 'New levels are stopped' },
    remedy: {
      zh: '帮助和保护照常；可降级或不予定级；恢复后再定（GET /v1/switch）',
      en: 'Help and protection go on; lower or dismiss, or decide when levels are released (GET /v1/switch)',
    },
  },
  'after-sunset': {
    status: 409,
    title: { zh: '已过终止日期，不再受理新事项', en: 'After the sunset nothing new opens' },
    remedy: {
      zh: '按 allowed 联系接续机构；紧急情况拨打110、120',
      en: 'Turn to whom allowed names; in an emergency call 110 or 120',
    },
  },
  'precondition-failed': {
    status: 412,
    title: { zh: '内容已被他人更改', en: 'Somebody changed it meanwhile' },
    remedy: { zh: '重新读取后以新的 ETag 再试', en: 'Read again and send the new ETag' },
  },
  'too-large': {
    status: 413,
    title: { zh: '内容过大', en: 'The request is too large' },
    remedy: { zh: '正文不超过 64 KB', en: 'A body has at most 64 KB' },
  },
  'unsupported-media': {
    status: 415,
    title: { zh: '不支持的内容类型', en: 'The media type is not served' },
    remedy: { zh: '使用 application/json', en: 'Use application/json' },
  },
  'no-verified-event': {
    status: 422,
    title: { zh: '没有已核实的事件，不能定级', en: 'A level needs a verified event' },
    remedy: { zh: '先核实事件', en: 'Have an event verified first' },
  },
  'factor-barred': {
    status: 422,
    title: { zh: '含有禁用因素', en: 'A factor that must never count' },
    remedy: { zh: '删除该因素', en: 'Leave it out' },
  },
  'precondition-required': {
    status: 428,
    title: { zh: '缺少 If-Match', en: 'A change needs If-Match' },
    remedy: { zh: '先读取，带上其 ETag', en: 'Read first and send its ETag' },
  },
  'too-many-requests': {
    status: 429,
    title: { zh: '请求过多', en: 'Too many requests' },
    remedy: { zh: '稍后再试', en: 'Try again later' },
  },
  busy: {
    status: 503,
    title: { zh: '同时写入者过多', en: 'Too many write at once' },
    remedy: { zh: '以同一 Idempotency-Key 再试', en: 'Repeat under the same Idempotency-Key' },
  },
  'audit-unavailable': {
    status: 503,
    title: { zh: '无法记录查阅，因此不予显示', en: 'The access cannot be written down, so nothing is shown' },
    remedy: {
      zh: '稍后再试；紧急时值班岗位可读地址与危险提示',
      en: 'Try again; in an emergency the post on duty may read address and danger note',
    },
  },
  'sign-in-unavailable': {
    status: 503,
    title: { zh: '无法核验登录', en: 'Tokens cannot be checked at present' },
    remedy: { zh: '稍后再试', en: 'Try again later' },
  },
  'restore-pending': {
    status: 503,
    title: { zh: '恢复的数据尚未重放删除清单', en: 'A restored table whose erasures are not replayed yet' },
    remedy: { zh: '由运维完成恢复', en: 'Operations finish the restore' },
  },
  unavailable: {
    status: 503,
    title: { zh: '暂时不可用', en: 'Not available at present' },
    remedy: { zh: '以同一 Idempotency-Key 再试', en: 'Repeat under the same Idempotency-Key' },
  },
  gateway: {
    status: 400,
    title: { zh: '网关拒绝了请求', en: 'The gateway refused the request' },
    remedy: { zh: '核对请求格式', en: 'Check the form of the request' },
  },
  internal: {
    status: 500,
    title: { zh: '内部错误', en: 'Something failed that should not' },
    remedy: {
      zh: '未丢失任何内容；以同一 Idempotency-Key 再试',
      en: 'Nothing is lost; repeat under the same Idempotency-Key',
    },
  },
} as const satisfies Record<string, Problem>;

export type ProblemType = keyof typeof problems;
export const problemTypes = Object.keys(problems) as ProblemType[];
export const isProblemType = (text: string): text is ProblemType => Object.hasOwn(problems, text);
export const problemUrn = (type: ProblemType): string => `urn:hejie:problem:${type}`;

/** Title of a problem document: Chinese first. */
export const problemTitle = (type: ProblemType): string => `${problems[type].title.zh} / ${problems[type].title.en}`;

/** Any operation behind a token may answer these. */
export const always = [
  'invalid',
  'not-signed-in',
  'purpose-refused',
  'not-permitted',
  'conflict-of-interest',
  'unknown',
  'too-large',
  'too-many-requests',
  'busy',
  'audit-unavailable',
  'sign-in-unavailable',
  'restore-pending',
  'unavailable',
  'internal',
] as const satisfies readonly ProblemType[];

/** A problem document (RFC 9457). */
export const problemSchema = z
  .strictObject({
    type: z
      .string()
      .regex(/^urn:hejie:problem:[a-z-]+$/)
      .describe('Stable name of the problem: docs/problems.md'),
    title: z.string().describe('What the type means'),
    status: z.int().min(400).max(599).describe('HTTP status'),
    detail: z.string().describe('What happened and what to do; never personal data'),
    instance: z.string().optional().describe('Correlation id of the request'),
    faults: z
      .array(z.strictObject({ path: z.string(), value: z.unknown(), allowed: z.string() }))
      .optional()
      .describe('What is wrong with the request: path, value, what is allowed'),
    allowed: z.array(z.string()).optional().describe('What would be possible instead'),
  })
  .meta({ id: 'Problem', description: 'Problem document, RFC 9457' });
