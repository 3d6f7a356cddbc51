/**
 * Who may what: role × operation × relation to the case × phase × field, in one table. What does not stand here is refused.
 * docs/who-may.md is made from it, and a generated test holds the API to it.
 */
import { citizenRoles, type Role } from '../words.ts';

/**
 * How whoever acts stands to what they want. Tier, area and department are in it: a post's area decides what is its own, and
 * the tier follows from the area.
 */
export const relations = {
  anywhere: { zh: '不限', en: 'anywhere' },
  'own-area': { zh: '本辖区', en: 'the post’s area is that of the case or lies above it' },
  'own-department': { zh: '本部门在办', en: 'a post of the same department in the own area has an open task in it' },
  work: {
    zh: '本岗位在办',
    en: 'the post is accountable for it, or for an open task of it, takes part in one, or is offered one',
  },
  'help-work': {
    zh: '本岗位在办帮扶、疏导',
    en: 'the post has an open task of hardship relief, counselling or crisis help',
  },
  protecting: { zh: '本岗位在办保护', en: 'the post has an open task that protects the affected person or a child' },
  asked: { zh: '本岗位被协查询问', en: 'the post is asked one question about it' },
  notified: { zh: '告知到本岗位', en: 'a notice that it may turn violent is the post’s to receive' },
  deciding: { zh: '本岗位待决红色建议', en: 'the post decides on a proposal of red' },
  accountable: { zh: '对整案负责', en: 'the post is accountable for the whole' },
  'was-accountable': { zh: '结案时对整案负责', en: 'the post was accountable for the whole when it closed' },
  verified: { zh: '本岗位核实过事件', en: 'the post verified an event of it' },
  invited: { zh: '受邀会商', en: 'the post is asked to the open talk about it, or accountable for that talk' },
  recipient: { zh: '向本岗位共享', en: 'part of it is shared with the post, and that has not ended' },
  telling: { zh: '本岗位负责告知', en: 'the post has an open task of telling the person concerned' },
  task: { zh: '任务归本岗位', en: 'the post is accountable for this task' },
  joining: { zh: '本岗位参与任务', en: 'the post takes part in this task beside the accountable one' },
  offered: { zh: '任务拟交本岗位', en: 'this task is offered to the post' },
  'own-post': { zh: '本岗位', en: 'it is the post itself' },
  'post-below': { zh: '下级岗位', en: 'the post is the lead above that post' },
  'on-duty': { zh: '当班且在辖区', en: 'the person is on the duty roster now, for a post whose area covers it' },
  'break-glass': { zh: '已紧急查阅', en: 'the person broke the glass on it and the time is not over' },
  reviewing: {
    zh: '本岗位复核异议、更正或权利请求',
    en: 'the post is to answer a contest, a correction or a request about own data',
  },
  requested: { zh: '本人提出过请求', en: 'the person has asked for something here' },
  told: { zh: '本人且已告知', en: 'it is about the person, who has been told' },
  agreeing: { zh: '本人是协议一方', en: 'the person is a party to the agreement, and knows of what it settled' },
  party: { zh: '本人是求助或受影响一方', en: 'the person complained or is affected' },
  self: { zh: '本人', en: 'it is the person’s own' },
} as const;
export type Relation = keyof typeof relations;

/** Of a case: before the threshold (no level was decided), at a level, after it, closed. Of a dispute: open, closed. */
export const phases = {
  before: { zh: '定级前', en: 'before the threshold' },
  level: { zh: '有等级', en: 'at a level' },
  after: { zh: '化解后', en: 'after resolution' },
  open: { zh: '纠纷未结', en: 'dispute open' },
  closed: { zh: '已结', en: 'closed' },
} as const;
export type Phase = keyof typeof phases;

export const fields = {
  summary: { zh: '概要', en: 'what it is, where, since when, who is accountable' },
  level: { zh: '等级', en: 'level, its decision and end' },
  tasks: { zh: '任务', en: 'open tasks, without those of help' },
  events: { zh: '事件与行为', en: 'events with facts of event, behaviour, protection and context' },
  assessment: { zh: '评估', en: 'the assessment: advice, not a prediction' },
  plan: { zh: '方案与共享', en: 'measures of the plan, without those of help; with whom something of it is shared' },
  needs: { zh: '需求', en: 'needs and stressors, and which help is offered' },
  help: { zh: '帮扶、疏导内容', en: 'what was said and done in hardship relief, counselling and crisis help' },
  visit: { zh: '上门提示', en: 'the visit instruction: how to come, not why' },
  danger: { zh: '危险提示', en: 'the danger note: weapons and threats' },
  parties: { zh: '各方身份', en: 'names, numbers and phones of respondent, complainant, witnesses' },
  sides: { zh: '双方身份', en: 'names and numbers of respondent and complainant, and of nobody who saw it' },
  affected: { zh: '受影响人身份', en: 'names, numbers and phones of the affected person and of children' },
  address: { zh: '住址', en: 'addresses of those whose identity is asked for' },
  words: { zh: '报告原文', en: 'the words of the reports' },
  question: { zh: '协查问题', en: 'what a department is asked and has not answered yet' },
  notice: { zh: '告知公安内容', en: 'what the police are told: that it may turn violent, and the danger' },
  notes: { zh: '办理说明', en: 'what people wrote when they acted' },
  claims: {
    zh: '异议与请求内容',
    en: 'what people wrote when they contested or asked for a right, and why it was answered so',
  },
  own: { zh: '本人资料', en: 'the person’s own name, numbers and address' },
  accesses: { zh: '查阅记录', en: 'which posts looked, when, at what' },
  persons: { zh: '人员', en: 'which persons hold posts, are on duty, or looked' },
} as const;
export type Field = keyof typeof fields;

export interface Grant {
  readonly where: Relation;
  /** Absent: in every phase, or the operation has none. */
  readonly when?: readonly Phase[];
  readonly fields?: readonly Field[];
}

type Row = Readonly<Partial<Record<Role, readonly Grant[]>>>;

const grant =
  (where: Relation) =>
  (when: readonly Phase[], ...shown: readonly Field[]): Grant => ({ where, when, fields: shown });
const always = (where: Relation, ...shown: readonly Field[]): Grant => ({ where, fields: shown });

const inArea = grant('own-area');
const inDepartment = grant('own-department');
const atWork = grant('work');
const helping = grant('help-work');
const protecting = grant('protecting');
const asked = grant('asked');
const deciding = grant('deciding');
const onDuty = grant('on-duty');
const glass = grant('break-glass');
const everywhere = grant('anywhere');
const told = grant('told');

const before = ['before'] as const;
const known = ['level', 'after'] as const;
const running = ['before', 'level', 'after'] as const;
const level = ['level'] as const;
const open = ['open'] as const;

/** Roles of posts that handle disputes; reviewing, auditing and administering are other work. */
const handlers = [
  'grid-officer',
  'mediator',
  'department-officer',
  'community-police',
  'supervisor',
  'county-centre',
  'domestic-violence-specialist',
] as const satisfies readonly Role[];
const overseers = ['independent-reviewer', 'auditor'] as const satisfies readonly Role[];

const each = (roles: readonly Role[], ...grants: readonly Grant[]): Row =>
  Object.fromEntries(roles.map((role) => [role, grants]));

const onTask: Row = each([...handlers, 'independent-reviewer'], always('task'));
/** A task of help says that somebody needs it: not for the police, who are never given one. */
const ownTasks: Row = {
  ...each([...handlers, 'independent-reviewer'], always('own-post', 'tasks', 'needs')),
  'community-police': [always('own-post', 'tasks')],
};
/** What both posts of a joint task do; the accountable one alone answers. */
const together: Row = { ...onTask, ...each(handlers, always('task'), always('joining')) };
const onOffer: Row = each([...handlers, 'independent-reviewer'], always('offered'));

/** Red cannot wait: whoever decides on it sees at once who is in it; the second decides at a level, where those at work do. */
const decidingRed = deciding(before, 'parties', 'address');

/** What coordinating posts see: a supervisor in the own area, the county centre in its county. */
const coordinating: readonly Grant[] = [
  decidingRed,
  inArea(before, 'summary', 'tasks', 'events', 'assessment'),
  inArea(known, 'summary', 'level', 'tasks', 'events', 'assessment', 'plan', 'needs'),
  inArea(['closed'], 'summary'),
  atWork(before, 'summary', 'tasks', 'events', 'assessment'),
  atWork(
    known,
    'summary',
    'level',
    'tasks',
    'events',
    'assessment',
    'plan',
    'needs',
    'visit',
    'danger',
    'parties',
    'address',
    'words',
    'notes',
  ),
  glass(before, 'summary', 'events', 'danger'),
  glass(known, 'summary', 'level', 'events', 'danger', 'visit', 'parties', 'address'),
];

const caseRow: Row = {
  'grid-officer': [
    decidingRed,
    atWork(before, 'summary', 'tasks'),
    atWork(known, 'summary', 'level', 'tasks', 'visit', 'danger', 'parties', 'address'),
  ],
  mediator: [
    decidingRed,
    inArea(running, 'summary', 'tasks'),
    inArea(['closed'], 'summary'),
    atWork(before, 'summary', 'tasks', 'events', 'assessment'),
    atWork(
      known,
      'summary',
      'level',
      'tasks',
      'events',
      'assessment',
      'plan',
      'needs',
      'visit',
      'danger',
      'parties',
      'address',
      'words',
      'notes',
    ),
  ],
  'department-officer': [
    decidingRed,
    inDepartment(running, 'summary', 'tasks'),
    atWork(before, 'summary', 'tasks', 'events', 'assessment'),
    atWork(
      known,
      'summary',
      'level',
      'tasks',
      'events',
      'assessment',
      'plan',
      'visit',
      'danger',
      'parties',
      'address',
      'notes',
    ),
    helping(running, 'summary', 'tasks', 'needs', 'help'),
    glass(before, 'summary', 'events', 'danger'),
    glass(known, 'summary', 'level', 'events', 'danger', 'visit', 'parties', 'address'),
  ],
  // Never needs, help, or words that speak of them: the instruction of the health owner says how to come.
  'community-police': [
    decidingRed,
    inArea(known, 'summary', 'level'),
    atWork(before, 'summary', 'tasks', 'events', 'assessment', 'danger'),
    atWork(
      known,
      'summary',
      'level',
      'tasks',
      'events',
      'assessment',
      'plan',
      'visit',
      'danger',
      'parties',
      'address',
      'words',
      'notes',
    ),
    glass(before, 'summary', 'events', 'danger'),
    glass(known, 'summary', 'level', 'events', 'danger', 'visit', 'parties', 'address'),
  ],
  supervisor: coordinating,
  'county-centre': coordinating,
  'domestic-violence-specialist': [
    decidingRed,
    inArea(running, 'summary', 'tasks', 'events'),
    inArea(known, 'level'),
    atWork(
      known,
      'summary',
      'level',
      'tasks',
      'events',
      'assessment',
      'plan',
      'needs',
      'visit',
      'danger',
      'parties',
      'address',
      'words',
      'notes',
    ),
    glass(before, 'summary', 'events', 'danger'),
    glass(known, 'summary', 'level', 'events', 'danger', 'visit', 'parties', 'address'),
  ],
  'independent-reviewer': [always('anywhere', 'summary', 'level', 'tasks', 'events', 'assessment', 'plan', 'notes')],
  // Nobody is told of a case by looking: only after the notice, which protection may put off.
  'person-concerned': [
    told(known, 'summary', 'level', 'events', 'assessment', 'plan', 'needs', 'own'),
    told(['closed'], 'summary', 'own'),
  ],
};

const disputeRow: Row = {
  'grid-officer': [inArea(open, 'summary'), atWork(open, 'summary', 'tasks', 'parties', 'address')],
  mediator: [
    inArea(open, 'summary', 'tasks'),
    inArea(['closed'], 'summary'),
    atWork(open, 'summary', 'tasks', 'parties', 'address', 'words', 'needs', 'notes'),
  ],
  'department-officer': [
    inDepartment(open, 'summary', 'tasks'),
    atWork(open, 'summary', 'tasks', 'parties', 'address', 'words', 'notes'),
    helping(open, 'summary', 'tasks', 'parties', 'address', 'words', 'needs', 'help'),
  ],
  'community-police': [
    inArea(open, 'summary'),
    atWork(open, 'summary', 'tasks', 'parties', 'address', 'words', 'notes'),
    glass(open, 'summary', 'parties', 'address'),
  ],
  supervisor: [
    inArea(open, 'summary', 'tasks'),
    inArea(['closed'], 'summary'),
    atWork(open, 'summary', 'tasks', 'parties', 'address', 'words', 'needs', 'notes'),
    glass(open, 'summary', 'parties', 'address'),
  ],
  'county-centre': [
    inArea(open, 'summary', 'tasks'),
    inArea(['closed'], 'summary'),
    atWork(open, 'summary', 'tasks', 'parties', 'address', 'words', 'needs', 'notes'),
    glass(open, 'summary', 'parties', 'address'),
  ],
  'domestic-violence-specialist': [
    inArea(open, 'summary', 'tasks'),
    atWork(open, 'summary', 'tasks', 'parties', 'address', 'words', 'needs', 'notes'),
    glass(open, 'summary', 'parties', 'address'),
  ],
  'independent-reviewer': [always('anywhere', 'summary', 'tasks', 'notes')],
  'person-concerned': [told(['open', 'closed'], 'summary', 'own')],
  'affected-person': [always('party', 'summary', 'own')],
};

/** Help only: for whoever offers and gives it. In the area an outline; the police see nothing, and have no row here. */
const givingHelp: readonly Grant[] = (['help-work', 'work'] as const).map((where) =>
  grant(where)(open, 'summary', 'tasks', 'help', 'needs', 'parties', 'affected', 'address', 'words', 'notes'),
);
const outline = [inArea(open, 'summary'), inArea(['closed'], 'summary')] as const;
const referralRow: Row = {
  ...each(['grid-officer', 'department-officer', 'domestic-violence-specialist'], ...givingHelp),
  ...each(['mediator', 'supervisor', 'county-centre'], ...outline, ...givingHelp),
  'independent-reviewer': [always('anywhere', 'summary')],
  'affected-person': [always('party', 'summary', 'help', 'needs', 'own')],
};

const protectors = each(
  ['mediator', 'department-officer', 'community-police', 'supervisor', 'county-centre'],
  protecting(['open'], 'affected', 'address'),
);

const boardRow: Row = {
  mediator: [inArea(running, 'summary'), inArea(open, 'summary')],
  'department-officer': [inDepartment(running, 'summary'), inDepartment(open, 'summary')],
  'community-police': [inArea(known, 'summary', 'level')],
  supervisor: [inArea(before, 'summary'), inArea(known, 'summary', 'level'), inArea(open, 'summary')],
  'county-centre': [inArea(before, 'summary'), inArea(known, 'summary', 'level'), inArea(open, 'summary')],
  'domestic-violence-specialist': [inArea(before, 'summary'), inArea(known, 'summary', 'level')],
  'independent-reviewer': [always('anywhere', 'summary', 'level')],
};

const coordinators = ['supervisor', 'county-centre'] as const;
const everybody = [...handlers, ...overseers, 'administrator', ...citizenRoles] as const;
const posts = [...handlers, ...overseers, 'administrator'] as const;

const postRow: Row = {
  ...each(handlers, always('own-post', 'persons'), always('post-below', 'persons')),
  ...each(['county-centre'], always('own-area', 'persons')),
  ...each([...overseers, 'administrator'], always('anywhere', 'persons')),
};

/** Whoever reviews sees what was decided and why, and nobody's identity. */
function withReviews(row: Row, ...grants: readonly Grant[]): Row {
  const reviewing = handlers.map((role): [Role, readonly Grant[]] => [role, [...(row[role] ?? []), ...grants]]);
  return { ...row, ...Object.fromEntries(reviewing) };
}
const reviewed = withReviews(
  caseRow,
  grant('reviewing')(running, 'summary', 'level', 'tasks', 'events', 'assessment', 'plan', 'notes'),
);

/** Whoever is asked sees of whom and what; whoever works on the dispute also what was answered. */
function withEnquiries(row: Row): Row {
  const asking = handlers.map((role): [Role, readonly Grant[]] => [
    role,
    [...(row[role] ?? []), asked(open, 'summary', 'sides', 'question'), atWork(open, 'question')],
  ]);
  return { ...row, ...Object.fromEntries(asking) };
}

/** How somebody may safely be reached is kept by whoever may see them and works with them, and by themself. */
const contactRow: Row = {
  ...each(handlers, atWork(open, 'parties'), protecting(open, 'affected')),
  'domestic-violence-specialist': [atWork(open, 'parties', 'affected'), protecting(open, 'affected')],
  'person-concerned': [told(open, 'own')],
  'affected-person': [grant('party')(open, 'own')],
};

/** Whom a notice to the police reached sees the ground and the danger, and nothing of what else is there. */
function withNotices(row: Row): Row {
  const reached = (['community-police', 'supervisor', 'county-centre'] as const).map(
    (role): [Role, readonly Grant[]] => [role, [...(row[role] ?? []), grant('notified')(open, 'summary', 'notice')]],
  );
  const reviewer = [...(row['independent-reviewer'] ?? []), always('anywhere', 'notice')];
  return { ...row, ...Object.fromEntries(reached), 'independent-reviewer': reviewer };
}

export const matrix = {
  'send-report': each([...handlers, 'resident', 'person-concerned', 'affected-person'], always('anywhere')),

  'acknowledge-task': together,
  'answer-task': onTask,
  'record-consent': onTask,
  'hand-off-task': onTask,
  'accept-task': onOffer,
  'decline-task': onOffer,
  'report-danger': each(handlers, always('task'), always('joining')),
  'attempt-task': onTask,
  'pause-task': onTask,
  'resume-task': onTask,
  'extend-task': onTask,
  // The handle of a call only names the task.
  'acknowledge-handle': together,
  'list-my-tasks': ownTasks,
  'list-post-tasks': {
    ...ownTasks,
    mediator: [always('own-post', 'tasks', 'needs'), always('post-below', 'tasks')],
    ...each(
      ['supervisor', 'county-centre'],
      always('own-post', 'tasks', 'needs'),
      always('post-below', 'tasks', 'needs'),
    ),
  },
  'list-overdue-tasks': {
    mediator: [always('own-area', 'tasks')],
    ...each(['supervisor', 'county-centre'], always('own-area', 'tasks', 'needs')),
    'independent-reviewer': [always('anywhere', 'tasks')],
  },

  'list-cases': boardRow,
  'read-case': reviewed,
  'read-case-history': reviewed,
  // Without names until the threshold, and for those who are asked to talk also after it.
  // What is told, by whoever is to tell it.
  'read-notice-text': each(handlers, always('telling', 'summary', 'level', 'events')),
  'read-agenda': {
    ...each(handlers, always('invited', 'summary', 'events', 'assessment', 'tasks', 'needs')),
    'community-police': [always('invited', 'summary', 'events', 'assessment', 'tasks')],
  },
  // Their own data stands in the view of the affected, which alone has their key.
  'read-dispute': withReviews(
    withNotices(withEnquiries({ ...disputeRow, 'affected-person': [always('party', 'summary')] })),
    grant('reviewing')(open, 'summary', 'tasks'),
  ),
  'read-dispute-history': disputeRow,
  'read-referral': referralRow,
  'read-referral-history': each(
    handlers.filter((role) => role !== 'community-police'),
    ...givingHelp,
  ),
  'plan-round': each(['mediator', 'supervisor', 'county-centre'], always('own-area')),
  'read-round': {
    'grid-officer': [atWork(open, 'summary', 'tasks')],
    ...each(['mediator', 'supervisor', 'county-centre'], always('own-area', 'summary', 'tasks')),
    'independent-reviewer': [always('anywhere', 'summary', 'tasks')],
  },
  // Not for the police: what they ask of others is no help to anybody.
  'ask-department': each(
    ['mediator', 'department-officer', 'supervisor', 'county-centre', 'domestic-violence-specialist'],
    atWork(open),
  ),
  'read-plan-proposal': {
    ...each(
      ['mediator', 'supervisor', 'county-centre', 'domestic-violence-specialist'],
      atWork(level, 'plan', 'needs'),
    ),
    // Which help a need calls for is not for these.
    ...each(['department-officer', 'community-police'], atWork(level, 'plan')),
  },
  'amend-plan': each(handlers, grant('accountable')(level)),
  'record-opt-in': { 'domestic-violence-specialist': [inArea(running)] },
  'tell-police': each(['mediator', 'supervisor'], atWork(open)),
  'list-mediators': each(everybody, always('anywhere', 'summary')),
  'change-mediator': { 'county-centre': [always('own-area')], administrator: [always('anywhere')] },
  // The affected person's data has a view and keys of its own: for those who protect, and for that person.
  'read-affected': {
    ...protectors,
    'domestic-violence-specialist': [
      inArea(open, 'affected'),
      atWork(open, 'affected', 'address'),
      protecting(open, 'affected', 'address'),
    ],
    'affected-person': [always('party', 'own')],
  },
  // The one thing that is shown even while the audit can be written nowhere: to the post on duty.
  'read-danger-note': {
    ...each(
      ['community-police', 'supervisor', 'county-centre', 'domestic-violence-specialist', 'department-officer'],
      onDuty(running, 'danger', 'address', 'visit'),
      glass(running, 'danger', 'address', 'visit'),
      atWork(known, 'danger', 'address', 'visit'),
    ),
  },
  'instruct-visit': { 'department-officer': [helping(running, 'visit')] },
  'break-glass': each(
    ['community-police', 'supervisor', 'county-centre', 'domestic-violence-specialist', 'department-officer'],
    inArea(running),
  ),
  // Before any level; at one, the state says what there is instead.
  'order-contact': each(handlers, onDuty(running)),
  // Both lie in the own area; who is meant, they know from their work.
  'merge-cases': each(coordinators, always('own-area')),
  'unmerge-cases': each(coordinators, always('own-area')),
  'merge-disputes': each(coordinators, always('own-area')),
  'unmerge-disputes': each(coordinators, always('own-area')),
  'hand-over-case': each(handlers, grant('accountable')(running)),
  // Whoever verified one withdraws that one and no other.
  'withdraw-event': {
    ...each(handlers, grant('accountable')(running), grant('verified')(running)),
    'county-centre': [grant('accountable')(running), grant('verified')(running), inArea(running)],
  },
  // Only while a level stands, and only what the receiving role may see; nobody ever shares the level.
  'share-case': each(handlers, grant('accountable')(level)),
  'read-share': {
    ...each(handlers, always('recipient', 'summary', 'events', 'needs', 'visit', 'danger', 'parties', 'address')),
    'grid-officer': [always('recipient', 'summary', 'visit', 'danger', 'parties', 'address')],
    'community-police': [always('recipient', 'summary', 'events', 'visit', 'danger', 'parties', 'address')],
  },
  // What others have to destroy: for whoever has it, and for those who see to it that it is done.
  'list-recalls': {
    ...each(handlers, always('own-post', 'tasks')),
    ...each(['supervisor', 'county-centre'], always('own-post', 'tasks'), always('own-area', 'tasks')),
    'independent-reviewer': [always('anywhere', 'tasks')],
  },
  // Taken up again by those who know of it; what is held, only by whoever took no part in it.
  'reopen-case': {
    ...each(handlers, always('was-accountable')),
    ...each(['supervisor', 'county-centre'], always('own-area'), always('was-accountable')),
  },
  'hold-case': { 'independent-reviewer': [always('anywhere')] },
  'release-hold': { 'independent-reviewer': [always('anywhere')] },
  'read-agreement': {
    ...each(['mediator', 'supervisor', 'county-centre'], always('own-area', 'words')),
    ...each(['person-concerned', 'affected-person'], always('agreeing', 'words')),
  },
  // While somebody is to look whether it was kept; or entered for an agent by the post that looks.
  'tell-agreement': {
    ...each(handlers, atWork(['after', 'open', 'level', 'before'])),
    ...each(['person-concerned', 'affected-person'], always('agreeing')),
  },
  // By whoever is asked how things are, once told; or entered for an agent by a post that works with them.
  'decline-check-ins': {
    ...each(handlers, atWork(['after'])),
    'person-concerned': [told(['level', 'after', 'closed'])],
  },
  // By the person concerned, once told; or entered for an agent by a post that works with them.
  'contest-decision': { ...each(handlers, atWork(known)), 'person-concerned': [told(['level', 'after', 'closed'])] },
  'ask-right': {
    ...each(handlers, atWork(known), atWork(open, 'parties'), protecting(open, 'affected')),
    'domestic-violence-specialist': [atWork(known), atWork(open, 'parties', 'affected'), protecting(open, 'affected')],
    'person-concerned': [told(['level', 'after', 'closed', 'open'])],
    'affected-person': [always('party')],
  },
  'read-requests': {
    ...each(handlers, always('reviewing', 'claims')),
    'independent-reviewer': [always('anywhere', 'claims')],
    'person-concerned': [told(['level', 'after', 'closed', 'open'], 'own'), always('requested', 'own')],
    'affected-person': [always('party', 'own')],
  },
  // Who received what is theirs: for themself alone.
  'read-recipients': {
    'person-concerned': [told(['level', 'after', 'closed', 'open'], 'own')],
    'affected-person': [always('party', 'own')],
  },
  'fulfil-request': onTask,
  'erase-person': { administrator: [always('anywhere')] },
  'erase-helped': { administrator: [always('anywhere')] },
  'change-contact': contactRow,
  // One number, for a day after a message went out, and nothing else.
  'read-contact': { gateway: [always('anywhere')] },
  'list-my-matters': each(citizenRoles, always('self', 'summary')),

  'read-me': each(everybody, always('self', 'persons')),
  'list-posts': each(posts, always('anywhere', 'summary')),
  'read-post': postRow,
  'read-post-history': postRow,
  'change-post': { administrator: [always('anywhere')] },
  'report-absence': {
    ...each(posts, always('self')),
    'county-centre': [always('self'), always('own-area')],
    administrator: [always('anywhere')],
  },
  'read-roster': {
    ...each(
      ['community-police', 'supervisor', 'county-centre', 'domestic-violence-specialist'],
      always('own-area', 'persons'),
    ),
    ...each([...overseers, 'administrator'], always('anywhere', 'persons')),
  },
  'add-shift': { 'county-centre': [always('own-area')], administrator: [always('anywhere')] },
  'withdraw-shift': { 'county-centre': [always('own-area')], administrator: [always('anywhere')] },

  // Whoever decides on levels neither stops nor releases them.
  'read-switch': each(posts, always('anywhere', 'summary')),
  'set-switch': each(['independent-reviewer', 'administrator'], always('anywhere')),

  'read-statistics': {
    ...each(['supervisor', 'county-centre'], always('own-area', 'summary')),
    ...each(overseers, always('anywhere', 'summary')),
  },
  'read-screening': {
    ...each(['supervisor', 'county-centre'], always('own-area', 'summary')),
    'independent-reviewer': [always('anywhere', 'summary')],
  },
  'read-month-report': {
    ...each(['supervisor', 'county-centre'], always('own-area', 'summary')),
    ...each(overseers, always('anywhere', 'summary')),
  },
  'read-settings': each(everybody, always('anywhere', 'summary')),
  'list-models': each(everybody, always('anywhere', 'summary')),

  'read-case-audit': {
    ...each(overseers, everywhere(['before', 'level', 'after', 'closed'], 'accesses', 'persons')),
    'person-concerned': [told(['level', 'after', 'closed'], 'accesses')],
  },
  'read-dispute-audit': {
    ...each(overseers, everywhere(['open', 'closed'], 'accesses', 'persons')),
    'affected-person': [always('party', 'accesses')],
  },
  'read-person-audit': each(overseers, always('anywhere', 'accesses', 'persons')),
} as const satisfies Record<string, Row>;

export type GuardedOperation = keyof typeof matrix;
export const guardedOperations = Object.keys(matrix) as GuardedOperation[];

export const grantsOf = (operation: GuardedOperation, role: Role): readonly Grant[] => {
  const row: Row = matrix[operation];
  return row[role] ?? [];
};
