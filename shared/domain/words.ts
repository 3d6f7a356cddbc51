/** The closed lists of the domain, each with its Chinese and English name. Everybody uses these and no others. */

export interface Named {
  readonly zh: string;
  readonly en: string;
}

/** From the least to the most urgent. */
export const levels = ['yellow', 'orange', 'red'] as const;
export type Level = (typeof levels)[number];

/** Who quarrel: what they agree on is told by each. */
export const sides = ['complainant', 'respondent'] as const;
export type Side = (typeof sides)[number];

/** As a side itself sees it; whoever looks at it may not know. */
export const toldOutcomes = ['kept', 'broken'] as const;
export const agreementOutcomes = [...toldOutcomes, 'unknown'] as const;
export type ToldOutcome = (typeof toldOutcomes)[number];
export type AgreementOutcome = (typeof agreementOutcomes)[number];

export const channels = ['grid', 'police', 'department', 'resident'] as const;
export type Channel = (typeof channels)[number];

export const disputeTypes = [
  'marriage_family',
  'intimate_partner',
  'neighbour',
  'debt',
  'labour_wage',
  'land_homestead',
  'inheritance',
  'medical',
  'traffic_compensation',
  'consumer',
  'tenancy',
  'group_construction',
  'other',
  'none',
] as const;
export type DisputeType = (typeof disputeTypes)[number];

/** How soon somebody must look: the order of a queue, never a level, and gone with its task. */
export const urgencies = ['now', 'today', 'routine'] as const;
export type Urgency = (typeof urgencies)[number];

/** In the order in which they may come in the life of a report. */
export const taskKinds = [
  'round',
  'settle',
  'enquiry',
  'police-notice',
  'offer-help',
  'crisis-help',
  'child-protection',
  'citizen-notice',
  'confirm-facts',
  'verify',
  'protective-contact',
  'talk',
  'minutes',
  'decide',
  'second',
  'reason-review',
  'protect',
  'safety-plan',
  'forewarn',
  'notify',
  'second-deferral',
  'plan',
  'assign',
  'measure',
  'confirm-agreement',
  'take-over',
  'review',
  'renew',
  'renewal-review',
  'lapse-review',
  'contest',
  'contest-second',
  'correction',
  'rights-request',
  'resolve',
  'agreement-check',
  'check-in',
  'destroy',
  'tell-hold',
  'access-review',
] as const;
export type TaskKind = (typeof taskKinds)[number];

/** Help only: nothing here restricts or tracks anybody (S5). */
export const measureKinds = [
  'people-mediation',
  'trade-mediation',
  'administrative-mediation',
  'judicial-mediation',
  'petition-mediation',
  'counselling',
  'crisis-intervention',
  'hardship-relief',
  'work-and-training',
  'newcomer-support',
  'legal-aid',
  'interpreter',
  'joint-visit',
  'safety-planning',
] as const;
export type MeasureKind = (typeof measureKinds)[number];

/** How the parties are brought together; only while both want it (人民调解法 17). */
export const mediationKinds = [
  'people-mediation',
  'trade-mediation',
  'administrative-mediation',
  'judicial-mediation',
  'petition-mediation',
] as const satisfies readonly MeasureKind[];

/** Help that somebody may be offered without any dispute: asked for by what is wanted, never by who somebody is. */
export const referralKinds = [
  'hardship-relief',
  'counselling',
  'work-and-training',
  'newcomer-support',
  'legal-aid',
  'interpreter',
] as const satisfies readonly MeasureKind[];
export type ReferralKind = (typeof referralKinds)[number];

/** What became of the safety plan when somebody looked at it with the affected person. */
export const safetyReviews = ['kept', 'changed', 'made', 'not-wanted'] as const;
export type SafetyReview = (typeof safetyReviews)[number];

/** What a department may be asked about one dispute (部门协查): of the dispute, never of a person. */
export const enquiryQuestions = ['known-dispute', 'earlier-report', 'open-proceedings', 'agreement-held'] as const;
export type EnquiryQuestion = (typeof enquiryQuestions)[number];
export const enquiryOutcomes = ['yes', 'no', 'nothing-held'] as const;
export type EnquiryOutcome = (typeof enquiryOutcomes)[number];

/** What the law gives everybody about their own data (PIPL 44–48). */
export const rights = [
  'know',
  'copy',
  'explain',
  'correct',
  'erase',
  'restrict',
  'transfer',
  'withdraw-consent',
] as const;
export type Right = (typeof rights)[number];

/** What may be wrong: what happened, when, that it happened at all, that it was this person; or what is kept of somebody. */
export const corrections = ['facts', 'date', 'event', 'role', 'own-data'] as const;
export type Correction = (typeof corrections)[number];

/** What somebody is when they act: through a post's duty, or, without a post, as a citizen. */
export const postRoles = [
  'grid-officer',
  'mediator',
  'department-officer',
  'community-police',
  'supervisor',
  'county-centre',
  'domestic-violence-specialist',
  'independent-reviewer',
  'administrator',
  'auditor',
  'gateway',
] as const;
export type PostRole = (typeof postRoles)[number];
export const citizenRoles = ['resident', 'person-concerned', 'affected-person'] as const;
export type CitizenRole = (typeof citizenRoles)[number];
export const roles = [...postRoles, ...citizenRoles] as const;
export type Role = (typeof roles)[number];

/** What a token may be used for. */
export const purposes = ['handling', 'oversight', 'administration', 'delivery', 'own-affairs'] as const;
export type Purpose = (typeof purposes)[number];

/** What no token may be used for (S13): named, so that a refusal can say it. */
export const refusedPurposes = ['investigation', 'employment', 'credit', 'school', 'travel'] as const;

/** How a person on duty is reached. */
export const dutyChannels = ['voice', 'sms', 'work-chat', 'e-mail'] as const;
export type DutyChannel = (typeof dutyChannels)[number];

/** How a citizen may be written to: only as they said themselves, and else not at all. */
export const safeChannels = ['sms', 'voice', 'e-mail', 'none'] as const;
export type SafeChannel = (typeof safeChannels)[number];

export const urgencyNames: Record<Urgency, Named> = {
  now: { zh: '立即', en: 'now' },
  today: { zh: '今日', en: 'today' },
  routine: { zh: '常规', en: 'routine' },
};

export const levelNames: Record<Level, Named> = {
  yellow: { zh: '黄色', en: 'yellow' },
  orange: { zh: '橙色', en: 'orange' },
  red: { zh: '红色', en: 'red' },
};

export const channelNames: Record<Channel, Named> = {
  grid: { zh: '网格普查', en: 'grid' },
  police: { zh: '公安精查', en: 'police' },
  department: { zh: '部门协查', en: 'department' },
  resident: { zh: '群众反映', en: 'resident' },
};

export const disputeTypeNames: Record<DisputeType, Named> = {
  marriage_family: { zh: '婚姻家庭', en: 'marriage and family' },
  intimate_partner: { zh: '恋爱情感', en: 'intimate partners' },
  neighbour: { zh: '邻里', en: 'neighbours' },
  debt: { zh: '债务', en: 'debt' },
  labour_wage: { zh: '劳动报酬', en: 'labour and wages' },
  land_homestead: { zh: '土地宅基地', en: 'land and homestead' },
  inheritance: { zh: '继承', en: 'inheritance' },
  medical: { zh: '医疗', en: 'medical' },
  traffic_compensation: { zh: '交通事故赔偿', en: 'traffic compensation' },
  consumer: { zh: '消费', en: 'consumer' },
  tenancy: { zh: '租赁', en: 'tenancy' },
  group_construction: { zh: '群体与工程建设', en: 'groups and construction' },
  other: { zh: '其他', en: 'other' },
  none: { zh: '无纠纷', en: 'no dispute' },
};

export const taskKindNames: Record<TaskKind, Named> = {
  round: { zh: '网格巡查', en: 'grid round' },
  settle: { zh: '就地化解', en: 'settle where it arose' },
  enquiry: { zh: '部门协查', en: 'department enquiry' },
  'police-notice': { zh: '告知公安', en: 'notice to the police' },
  'offer-help': { zh: '帮助意愿', en: 'offer help' },
  'crisis-help': { zh: '危机帮助', en: 'crisis help' },
  'child-protection': { zh: '未成年人强制报告', en: 'mandatory report for a child' },
  'citizen-notice': { zh: '告知群众', en: 'message to a citizen' },
  'confirm-facts': { zh: '确认事实', en: 'confirm the facts' },
  verify: { zh: '核实事件', en: 'verify the event' },
  'protective-contact': { zh: '保护性接触', en: 'protective first contact' },
  talk: { zh: '多部门会商', en: 'multi-agency talk' },
  minutes: { zh: '会商纪要', en: 'minutes of the talk' },
  decide: { zh: '定级决定', en: 'decide on the level' },
  second: { zh: '第二人复核', en: 'second decision' },
  'reason-review': { zh: '理由复看', en: 'look at a repeated reason' },
  protect: { zh: '保护受影响人', en: 'protect the affected person' },
  'safety-plan': { zh: '安全计划复看', en: 'look after the safety plan' },
  forewarn: { zh: '预先告知受影响人', en: 'tell the affected person first' },
  notify: { zh: '告知当事人', en: 'notify the person of concern' },
  'second-deferral': { zh: '暂缓告知复核', en: 'second decision on a deferral' },
  plan: { zh: '一人一策', en: 'plan for this person' },
  assign: { zh: '县级指派', en: 'the county assigns' },
  measure: { zh: '落实措施', en: 'carry out a measure' },
  'confirm-agreement': { zh: '申请司法确认', en: 'ask for judicial confirmation' },
  'take-over': { zh: '个案接收', en: 'take over a case' },
  review: { zh: '复查', en: 'review' },
  renew: { zh: '续期或失效', en: 'renew or lapse' },
  'renewal-review': { zh: '续期独立复核', en: 'independent review of another renewal' },
  'lapse-review': { zh: '红色失效督查', en: 'look at a lapsed red' },
  contest: { zh: '异议复核', en: 'answer a contest' },
  'contest-second': { zh: '异议第二复核', en: 'second review of a contested red' },
  correction: { zh: '更正申请', en: 'answer a request for correction' },
  'rights-request': { zh: '个人信息权利请求', en: 'answer a request about one’s own data' },
  resolve: { zh: '化解确认', en: 'confirm the resolution' },
  'agreement-check': { zh: '协议履行回看', en: 'was the agreement kept' },
  'check-in': { zh: '回访', en: 'check-in' },
  destroy: { zh: '销毁副本', en: 'destroy what was received' },
  'tell-hold': { zh: '告知保全', en: 'tell of a legal hold' },
  'access-review': { zh: '紧急查阅复核', en: 'review a break-glass access' },
};

export const measureKindNames: Record<MeasureKind, Named> = {
  'people-mediation': { zh: '人民调解', en: "people's mediation" },
  'trade-mediation': { zh: '行业调解', en: 'trade mediation' },
  'administrative-mediation': { zh: '行政调解', en: 'administrative mediation' },
  'judicial-mediation': { zh: '司法调解', en: 'judicial mediation' },
  'petition-mediation': { zh: '信访调解', en: 'petition mediation' },
  counselling: { zh: '心理疏导', en: 'counselling' },
  'crisis-intervention': { zh: '危机干预', en: 'crisis intervention' },
  'hardship-relief': { zh: '困难帮扶', en: 'hardship relief' },
  'work-and-training': { zh: '就业与技能培训', en: 'work and training' },
  'newcomer-support': { zh: '新居民联谊', en: 'newcomers’ association or mediator' },
  'legal-aid': { zh: '法律援助', en: 'legal aid' },
  interpreter: { zh: '语言翻译', en: 'interpreter' },
  'joint-visit': { zh: '联合走访', en: 'joint visit' },
  'safety-planning': { zh: '安全计划', en: 'safety planning' },
};

export const rightNames: Record<Right, Named> = {
  know: { zh: '知情', en: 'know' },
  copy: { zh: '查阅与复制', en: 'read and copy' },
  explain: { zh: '规则说明', en: 'have the rules explained' },
  correct: { zh: '更正与补充', en: 'correct and complete' },
  erase: { zh: '删除', en: 'erase' },
  restrict: { zh: '限制处理', en: 'restrict' },
  transfer: { zh: '转移', en: 'transfer' },
  'withdraw-consent': { zh: '撤回同意', en: 'withdraw consent' },
};

export const correctionNames: Record<Correction, Named> = {
  facts: { zh: '事实', en: 'the facts of an event' },
  date: { zh: '日期', en: 'the date of an event' },
  event: { zh: '事件未发生', en: 'an event that did not happen' },
  role: { zh: '并非本人', en: 'a role: not this person' },
  'own-data': { zh: '本人资料', en: 'one’s own data' },
};

export const enquiryQuestionNames: Record<EnquiryQuestion, Named> = {
  'known-dispute': { zh: '本部门是否已掌握该纠纷', en: 'is this dispute known to the department' },
  'earlier-report': { zh: '本部门此前是否收到过反映', en: 'was it reported to the department before' },
  'open-proceedings': { zh: '是否有正在进行的程序', en: 'are proceedings open about it' },
  'agreement-held': { zh: '是否已有协议、裁决或判决', en: 'is there an agreement, award or judgment' },
};

export const roleNames: Record<Role, Named> = {
  'grid-officer': { zh: '网格员', en: 'grid officer' },
  mediator: { zh: '调解员', en: 'mediator' },
  'department-officer': { zh: '部门工作人员', en: 'department officer' },
  'community-police': { zh: '社区民警', en: 'community police' },
  supervisor: { zh: '督办负责人', en: 'supervisor' },
  'county-centre': { zh: '县级中心', en: 'county centre' },
  'domestic-violence-specialist': { zh: '家庭暴力专员', en: 'specialist for domestic violence' },
  'independent-reviewer': { zh: '独立复核人', en: 'independent reviewer' },
  administrator: { zh: '系统管理员', en: 'administrator' },
  auditor: { zh: '审计员', en: 'auditor' },
  gateway: { zh: '消息网关', en: 'message gateway' },
  resident: { zh: '居民', en: 'resident' },
  'person-concerned': { zh: '当事人', en: 'the person concerned' },
  'affected-person': { zh: '受影响人', en: 'the affected person' },
};

export const purposeNames: Record<Purpose, Named> = {
  handling: { zh: '办理', en: 'handling disputes and cases' },
  oversight: { zh: '监督', en: 'oversight' },
  administration: { zh: '管理', en: 'administration' },
  delivery: { zh: '递送消息', en: 'delivering messages' },
  'own-affairs': { zh: '本人事务', en: 'one’s own affairs' },
};

export const dutyChannelNames: Record<DutyChannel, Named> = {
  voice: { zh: '电话', en: 'voice' },
  sms: { zh: '短信', en: 'SMS' },
  'work-chat': { zh: '工作群', en: 'work chat' },
  'e-mail': { zh: '邮件', en: 'e-mail' },
};
