/** The chapters of the contract: the first part of an operation's path, named in both languages. */
import type { Named } from '../domain/words.ts';
import type { Operation } from './operation.ts';

const tags = {
  contract: { zh: '接口约定：文档与说明页', en: 'The contract itself: document and readable page' },
  reports: { zh: '报告：纠纷线索的提交', en: 'Reports: what somebody tells of a dispute' },
  disputes: { zh: '纠纷', en: 'Disputes' },
  referrals: { zh: '帮助转介', en: 'Referrals: help without a dispute' },
  rounds: { zh: '网格巡查', en: 'Grid rounds' },
  screening: { zh: '排查成效', en: 'Screening: what each way of looking found' },
  cases: { zh: '个案', en: 'Cases' },
  matters: { zh: '本人事项：异议与个人信息权利请求', en: 'Matters: contests and requests about one’s own data' },
  holds: { zh: '依法保全', en: 'Legal holds' },
  agreements: { zh: '调解协议', en: 'Agreements of parties' },
  shares: { zh: '共享：只给接收岗位看的部分内容', en: 'Shares: part of a case, for the post that received it' },
  recalls: { zh: '召回：须销毁而尚未确认的', en: 'Recalls: what is to be destroyed and is not confirmed yet' },
  tasks: { zh: '任务：签收、答复、交接', en: 'Tasks: acknowledge, answer, hand off' },
  handles: { zh: '一键接单：电话、短信中的凭条', en: 'Handles of calls: one tap says “I have it”' },
  contacts: { zh: '消息网关：取一次联系方式', en: 'Contacts: what the message gateway asks for' },
  me: { zh: '本人：我的任务、我的资料', en: 'Oneself: one’s own tasks and data' },
  posts: { zh: '岗位：任职、代理、缺勤', en: 'Posts: who holds them, deputies, absence' },
  roster: { zh: '值班表', en: 'Duty roster' },
  mediators: { zh: '调解员与组织名册', en: 'Registry of mediators and organisations' },
  statistics: { zh: '统计：小数值隐去', en: 'Statistics: small cells are suppressed' },
  settings: { zh: '本市设置', en: 'Settings of the city' },
  models: { zh: '评估模型', en: 'Assessment models' },
  switch: { zh: '定级开关：暂停与恢复', en: 'The switch: new levels are stopped and released' },
  audit: { zh: '审计：谁看过什么', en: 'Audit: who looked at what' },
} as const satisfies Readonly<Record<string, Named>>;

export type Tag = keyof typeof tags;
const isTag = (text: string): text is Tag => Object.hasOwn(tags, text);

export const tagNames: Readonly<Record<Tag, Named>> = tags;

/** @throws RangeError where the path begins with a part that has no name here */
export function tagOf({ kind, path }: Pick<Operation, 'kind' | 'path'>): Tag {
  const first = kind === 'public' ? 'contract' : (path.split('/')[1] ?? '');
  if (!isTag(first)) throw new RangeError(`${path}: give ${first} a name in shared/api/tags.ts`);
  return first;
}
