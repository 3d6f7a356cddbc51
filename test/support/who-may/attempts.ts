/** Everything that everybody tries: each role, each operation, each way to stand to what is asked for, each phase. */

import { channelsOf } from '../../../shared/domain/who-may/channels.ts';
import type { Field, GuardedOperation, Relation } from '../../../shared/domain/who-may/matrix.ts';
import { type Channel, channels, type PostRole, type Purpose, type Role } from '../../../shared/domain/words.ts';
import { agreedIn, onAgreements } from './agreements.ts';
import {
  type Actor,
  areaOfPost,
  bystander,
  citizens,
  colleague,
  east,
  eastOnDuty,
  home,
  monday,
  type PostActor,
  postOf,
  roleOf,
  staff,
  west,
  westOnDuty,
} from './cast.ts';
import { dueOf, seenIn } from './facets.ts';
import { standingToReferral, standingToRound } from './matters.ts';
import {
  granted,
  grantedInAny,
  knows,
  lies,
  type Relations,
  type Standing,
  standingTo,
  standingToArea,
  standingToPost,
} from './oracle.ts';
import { onOwnAffairs } from './own-affairs.ts';
import { onRights } from './rights.ts';
import { onShares } from './share-attempts.ts';
import type { Subject } from './story.ts';
import { callHandle, type World } from './world.ts';

/** refused: 401 or 403 and nothing shown. reached: a command that would have been written. Else what the answer shows. */
export type Outcome = 'refused' | 'reached' | readonly string[];

export interface Request {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly etag?: string;
  readonly at?: number;
  /** Who signs in, where it is not simply the actor. */
  readonly person?: string;
  readonly purpose?: string;
  readonly expires?: number;
  readonly parties?: readonly string[];
}

export interface Attempt {
  readonly name: string;
  readonly operation: GuardedOperation;
  readonly actor: Actor;
  readonly request: Request;
  readonly due: Outcome;
  readonly look?: (body: unknown) => string[];
}

export const now = monday + 30 * 60_000;

export const purposeOf = (actor: Actor): Purpose => {
  if (actor.as === 'citizen') return 'own-affairs';
  if (actor.role === 'administrator') return 'administration';
  if (actor.role === 'gateway') return 'delivery';
  return actor.role === 'auditor' || actor.role === 'independent-reviewer' ? 'oversight' : 'handling';
};

const commands: ReadonlySet<GuardedOperation> = new Set([
  'send-report',
  'acknowledge-task',
  'answer-task',
  'hand-off-task',
  'accept-task',
  'decline-task',
  'report-danger',
  'attempt-task',
  'pause-task',
  'resume-task',
  'extend-task',
  'acknowledge-handle',
  'fulfil-request',
  'plan-round',
  'ask-department',
  'order-contact',
  'withdraw-event',
  'reopen-case',
  'hold-case',
  'release-hold',
  'hand-over-case',
  'merge-cases',
  'unmerge-cases',
  'merge-disputes',
  'unmerge-disputes',
  'share-case',
  'record-consent',
  'amend-plan',
  'record-opt-in',
  'tell-police',
  'change-mediator',
  'instruct-visit',
  'break-glass',
  'change-contact',
  'erase-person',
  'erase-helped',
  'change-post',
  'report-absence',
  'add-shift',
  'withdraw-shift',
  'set-switch',
]);

const nameOf = (actor: Actor): string => (actor.as === 'post' ? `${actor.person} for ${actor.post}` : actor.person);

/** Everybody to whom the situation says something. */
function triedBy({ situation }: Subject): readonly Actor[] {
  if (situation.name === 'lies in the area') return [...staff, ...citizens];
  return [...(situation.side === 'west' ? west : east), ...citizens];
}

const until = new Date(monday + 30 * 86_400_000).toISOString();
/** They saw another number: whoever may act is told so, and nothing is written. */
const holding = {
  'hold-case': { body: { until, reason: '当事人已就定级决定提起行政诉讼，材料须保留至判决生效。' }, etag: '"0"' },
  'release-hold': { body: { reason: '法院判决已生效，双方均未上诉，不再需要保留材料。' }, etag: '"0"' },
} as const satisfies Partial<Record<GuardedOperation, Request>>;

const mergeReason = '两份报告登记了不同电话，经走访确认是同一个人。';

const ofCase = {
  ...holding,
  'reopen-case': { body: { reason: '双方上月再次争吵，邻居担心重演，请重新评估并安排。' }, etag: '"0"' },
  'read-case': {},
  'read-case-history': { query: { limit: '100' } },
  'read-danger-note': {},
  'read-notice-text': {},
  'read-agenda': {},
  'read-plan-proposal': {},
  'amend-plan': {
    body: { reason: '周三双方愿意另换方式商谈，由村里配合落实。', events: ['E-1'], add: [{ kind: 'interpreter' }] },
    etag: '"0"',
  },
  'record-opt-in': {
    body: { wants: true, alone: true, reason: '已单独面谈，其本人愿意由专员陪同共同协商。' },
    etag: '"0"',
  },
  'read-case-audit': {},
  'instruct-visit': { body: { words: '请先打电话' }, etag: '"0"' },
  'break-glass': { body: { reason: '当事人称今晚要上门，须立即知道住址以便保护受影响人。' } },
  'hand-over-case': { body: { to: colleague, reason: '当事人已迁居邻镇，由现居住地乡镇中心负责更合适。' } },
  // They saw another number: whoever may merge is told so, and nothing is written.
  'merge-cases': { etag: '"0"' },
  'unmerge-cases': { body: { reason: mergeReason }, etag: '"0"' },
  'share-case': {
    body: {
      ...{ to: colleague, need: 'counselling', fields: ['events'], until: new Date(monday + 86_400_000).toISOString() },
      reason: '当事人同意接受心理疏导，须了解近期事件以便安排。',
    },
    etag: '"0"',
  },
  'order-contact': { body: { reason: '对方称今晚带刀上门，须立即联系受影响人并共同到场。' } },
  'withdraw-event': {
    body: { event: 'E-1', reason: '监控显示当日对方不在现场，复核后确认事件不属实。' },
    etag: '"0"',
  },
} as const satisfies Partial<Record<GuardedOperation, Request>>;
const ofDispute = {
  ...holding,
  'read-dispute': {},
  'read-dispute-history': { query: { limit: '100' } },
  'read-affected': {},
  'tell-police': {
    body: { ground: 'may-turn-violent', facts: ['weapon_access'], steps: '已将双方劝离，分开调解。' },
    etag: '"0"',
  },
  'ask-department': { body: { department: 'health', question: 'agreement-held' } },
  'read-dispute-audit': {},
  'merge-disputes': { etag: '"0"' },
  'unmerge-disputes': { body: { reason: mergeReason }, etag: '"0"' },
  'change-contact': {},
  'erase-person': {},
} as const satisfies Partial<Record<GuardedOperation, Request>>;

/** A citizen signs in with their own numbers; a post's holder is a party in the situation that says so. */
function partiesOf({ hashes }: World, actor: Actor, subject?: Subject): readonly string[] {
  if (actor.as === 'post') return subject?.situation.party ? [hashes.complainant] : [];
  return actor.identity ? [hashes[actor.identity]] : [];
}

function outcomeOf(
  operation: GuardedOperation,
  fields: ReadonlySet<Field> | undefined,
  shown: () => string[],
): Outcome {
  if (!fields) return 'refused';
  return commands.has(operation) ? 'reached' : shown();
}

function* onSubjects(world: World): Generator<Attempt> {
  for (const subject of world.subjects) {
    for (const actor of triedBy(subject)) {
      yield* onSubject(world, subject, actor, 'case', ofCase);
      yield* onSubject(world, subject, actor, 'dispute', ofDispute);
      yield* onTasks(world, subject, actor);
    }
  }
}

const placesOf = { respondent: 0, complainant: 1, affected: 5 } as const;

/** Of themself, or of somebody whom the post may see. */
function contactFor({ report }: Subject, actor: Actor, fields: ReadonlySet<Field> | undefined) {
  const seen = fields?.has('affected') && !fields.has('parties') ? 'affected' : 'respondent';
  const whom = actor.as === 'citizen' ? (actor.identity ?? 'respondent') : seen;
  return { ref: `${report}.${placesOf[whom]}`, contact: { channel: 'none' } };
}

function* onSubject(
  world: World,
  subject: Subject,
  actor: Actor,
  of: 'case' | 'dispute',
  requests: Readonly<Partial<Record<GuardedOperation, Request>>>,
): Generator<Attempt> {
  const id = subject[of];
  for (const [operation, request] of Object.entries(requests) as [GuardedOperation, Request][]) {
    const standing = operation === 'ask-department' ? standingToAsk(actor, subject) : standingTo(actor, subject, of);
    const fields = granted(operation, standing);
    const erasing = operation === 'erase-person' ? { body: { ref: `${subject.report}.0`, ground: 'request' } } : {};
    const other = world.subjects[0]?.[of];
    const merging = operation.startsWith('merge-') ? { body: { into: other, reason: mergeReason } } : {};
    const reaching = operation === 'change-contact' ? { body: contactFor(subject, actor, fields) } : {};
    yield {
      name: `${nameOf(actor)}: ${operation}, ${subject.phase}: ${subject.situation.name}`,
      operation,
      actor,
      request: {
        ...request,
        ...erasing,
        ...reaching,
        ...merging,
        params: { id },
        parties: partiesOf(world, actor, subject),
      },
      due: outcomeOf(operation, fields, () => dueOf(operation, fields ?? new Set(), actor, subject)),
    };
  }
}

/** Whoever decides on a case of a dispute works on the dispute too. */
function standingToAsk(actor: Actor, subject: Subject): Standing {
  const standing = standingTo(actor, subject, 'dispute');
  const { caseTask, side = 'east', offered } = subject.situation;
  const decides = subject.phase === 'before' && caseTask === 'work' && !offered;
  const works = decides && actor.as === 'post' && actor.side === side;
  return works ? { ...standing, relations: new Set([...standing.relations, 'work' as const]) } : standing;
}

/** Help without a dispute, and places to look at. */
function* onMatterLogs({ matters, hashes, subjects }: World): Generator<Attempt> {
  const [subject] = subjects;
  if (!subject) return;
  for (const actor of everybody) {
    const attempt = (operation: GuardedOperation, name: string, standing: Standing, request: Request): Attempt => {
      const fields = granted(operation, standing);
      // Of what is over there is no task any more that would say which help it was.
      const isThere = (one: string) => standing.phase === 'open' || one !== 'a kind of help';
      const due = outcomeOf(operation, fields, () =>
        dueOf(operation, fields ?? new Set(), actor, subject).filter(isThere),
      );
      return { name: `${nameOf(actor)}: ${operation}, ${name}`, operation, actor, request, due };
    };
    const own = actor.as === 'citizen' && actor.identity ? [hashes[actor.identity]] : [];
    for (const one of matters.referrals) {
      const request = { params: { id: one.id }, parties: own };
      const standing = standingToReferral(actor, one);
      yield attempt('read-referral', one.name, standing, request);
      yield attempt('read-referral-history', one.name, standing, request);
      const erasing = { ...request, body: { ref: `${one.report}.0`, ground: 'request' } };
      yield attempt('erase-helped', one.name, standing, erasing);
      if (actor.as !== 'post') continue;
      const party = { ...request, parties: [hashes.complainant] };
      yield attempt('read-referral', `${one.name}, and it is about them`, { ...standing, conflict: true }, party);
    }
    const round = { params: { id: matters.round } };
    const toRound: Standing =
      actor.as === 'post' ? standingToRound(actor) : { role: roleOf(actor), relations: none, phase: 'open' };
    yield attempt('read-round', 'in the area', toRound, round);
  }
}

const verbs = {
  'acknowledge-task': {},
  'answer-task': {
    outcome: 'dismiss',
    reason: '不属实，双方均否认，无任何证据支持该说法。',
    changes: '不定级，由村里就地化解。',
    events: ['E-1'],
  },
  'record-consent': { party: 'respondent', wants: true },
  'hand-off-task': { to: colleague },
  'accept-task': {},
  'decline-task': { reason: '不在职责范围内。' },
  'report-danger': { facts: ['weapon_present'] },
  'attempt-task': {},
  'pause-task': { waitingFor: 'court', note: '等待法院出具文书。。' },
  'resume-task': {},
  'extend-task': { until: '2027-01-01T00:00:00Z', reason: '双方约定春节前再谈一次，还需要更多的时间来准备。' },
  'acknowledge-handle': {},
  'fulfil-request': { reason: '处理目的已实现，依法按本人请求办理，特此说明。' },
} as const satisfies Partial<Record<GuardedOperation, unknown>>;

/**
 * Each on a task of their own or offered to them, on that of a bystander, and on one that is over: whose it was nobody knows any
 * more, and whoever is near is told so.
 */
function* onTasks(world: World, subject: Subject, actor: Actor): Generator<Attempt> {
  if (subject.phase !== 'level') return;
  const own = actor.as === 'post' ? subject.taskOf.get(actor.post) : undefined;
  const { role, relations: held, conflict } = standingTo(actor, subject, 'case');
  const isNear = held.has('own-area') || held.has('work');
  const tasks: readonly { task: string; relations: readonly Relation[] }[] = [
    ...(own ? [{ task: own, relations: [relationOf(subject)] }] : []),
    { task: subject.taskOf.get(bystander) ?? '', relations: [] },
    { task: 'verify-1', relations: isNear ? ['task', 'offered'] : [] },
  ];
  for (const { task, relations } of tasks) {
    for (const [operation, body] of Object.entries(verbs) as [keyof typeof verbs, unknown][]) {
      const to = { role, relations: new Set(relations), ...(conflict ? { conflict } : {}) };
      const fields = granted(operation, to);
      yield {
        name: `${nameOf(actor)}: ${operation} ${task}, ${subject.situation.name}`,
        operation,
        actor,
        // They saw another number: whoever may act is told so, and nothing is written.
        request: {
          ...{ params: namedBy(operation, `${subject.case}.${task}`), body, etag: '"0"' },
          parties: partiesOf(world, actor, subject),
        },
        due: outcomeOf(operation, fields, () => []),
      };
    }
  }
}

/** A call named the task by its handle. */
const namedBy = (operation: GuardedOperation, taskId: string): Record<string, string> =>
  operation === 'acknowledge-handle' ? { handle: callHandle(taskId) } : { taskId };

const relationOf = ({ situation }: Subject): Relation =>
  situation.offered ? 'offered' : situation.joins ? 'joining' : 'task';

const everybody: readonly Actor[] = [...east, ...west, ...citizens];

interface Simple {
  readonly operation: GuardedOperation;
  readonly name: string;
  readonly request: Request;
  readonly relations: (actor: PostActor) => Relations;
  /** Of citizens. */
  readonly citizen?: Relations;
  readonly shown?: (fields: ReadonlySet<Field>) => readonly string[];
  readonly list?: true;
}

const none: Relations = new Set();
const self: Relations = new Set(['self'] as const);

function* simply(world: World, of: (actor: Actor) => readonly Simple[]): Generator<Attempt> {
  for (const actor of everybody) {
    for (const { operation, name, request, relations, citizen = none, shown = () => [], list } of of(actor)) {
      const held = actor.as === 'post' ? relations(actor) : citizen;
      const role = roleOf(actor);
      const fields = list
        ? grantedInAny(operation, role, held)
          ? new Set<Field>()
          : undefined
        : granted(operation, { role, relations: held });
      yield {
        name: `${nameOf(actor)}: ${operation} ${name}`,
        operation,
        actor,
        request: { parties: partiesOf(world, actor), ...request },
        due: outcomeOf(operation, fields, () => [...shown(fields ?? new Set())]),
      };
    }
  }
}

const somebody = 'somebody who acts for a post';
const ifPersons = (fields: ReadonlySet<Field>) => (fields.has('persons') ? [somebody] : []);

const targets = [
  ...(['mediator', 'supervisor', 'community-police', 'county-centre', 'department-officer'] as const).map((role) =>
    postOf(role, 'east'),
  ),
  postOf('mediator', 'west'),
];

function onPosts(world: World): Generator<Attempt> {
  return simply(world, (actor) => {
    const own = actor.as === 'post' ? [actor.post] : [];
    return [...new Set([...own, ...targets])].flatMap((post): Simple[] => {
      const params = { postId: post };
      const relations = (by: PostActor) => standingToPost(by, post);
      const holder = staff.find((one) => one.post === post)?.person ?? '';
      const about = { name: post, relations };
      const from = new Date(now).toISOString();
      const away = { from, to: new Date(now + 3_600_000).toISOString() };
      const holders = [{ person: holder, from }];
      const isOwn = actor.as === 'post' && actor.post === post;
      const helped = post.startsWith('99990100') || post.startsWith('999901.') || post.startsWith('999900.');
      return [
        {
          ...about,
          ...{ operation: 'list-post-tasks', request: { params, query: { limit: '100' } } },
          shown: (fields) => (fields.has('needs') && helped ? ['a kind of help'] : []),
        },
        { ...about, operation: 'read-post', request: { params }, shown: ifPersons },
        { ...about, operation: 'read-post-history', request: { params }, shown: ifPersons },
        {
          ...about,
          operation: 'change-post',
          request: { params, etag: '"1"', body: { holders, reason: '换人' } },
        },
        {
          ...about,
          operation: 'report-absence',
          request: { params, body: { ...away, person: holder } },
          relations: (by) => new Set([...relations(by), ...(by.person === holder ? self : [])]),
        },
        ...(isOwn
          ? [
              {
                ...about,
                operation: 'report-absence',
                request: { params, body: away },
                relations: (by: PostActor): Relations => new Set([...relations(by), 'self' as const]),
              } as const,
            ]
          : []),
      ];
    });
  });
}

const areas = ['999901', '999902', home] as const;

function onAreas(world: World): Generator<Attempt> {
  const times = { from: new Date(monday).toISOString(), to: new Date(monday + 36_000_000).toISOString() };
  return simply(world, () =>
    areas.flatMap((area): Simple[] => {
      const about = { name: area, relations: (by: PostActor) => standingToArea(by, area) };
      const helped = lies(home, area);
      const registry = area.slice(0, 6);
      const entered = {
        ...{ name: { zh: '调解室', en: 'Mediators' }, kind: 'organisation', areas: [registry], capacity: 3 },
        ...{ measures: ['people-mediation'], languages: ['zh'] },
      };
      return [
        {
          ...{ ...about, operation: 'change-mediator', relations: (by: PostActor) => standingToArea(by, registry) },
          request: { params: { mediatorId: `${registry}.mediators` }, etag: '"0"', body: entered },
        },
        {
          ...about,
          operation: 'read-roster',
          request: { query: { area, ...times } },
          shown: ifPersons,
        },
        {
          ...{ ...about, operation: 'read-statistics', request: { query: { area } }, list: true },
          // How many cases are red.
          shown: () => (helped ? ['the level'] : []),
        },
        // A smaller place is refused for its size, whoever asks.
        ...(area === home
          ? [
              {
                ...about,
                operation: 'plan-round' as const,
                request: { body: { area, day: '2026-01-06', places: ['东门'] } },
              },
            ]
          : [
              { ...about, operation: 'read-screening' as const, request: { query: { area } }, list: true as const },
              {
                ...{ ...about, operation: 'read-month-report' as const, list: true as const },
                request: { params: { month: '2026-01' }, query: { area } },
                // The rows in which lapses of each colour are counted are always there.
                shown: () => ['the level', 'the proposal'] as const,
              },
            ]),
        {
          ...about,
          operation: 'list-overdue-tasks',
          // On Wednesday, when all of it is late.
          request: { query: { area, limit: '100' }, at: monday + 49 * 3_600_000 },
          shown: (fields) => (fields.has('needs') && helped ? ['a kind of help'] : []),
        },
      ];
    }),
  );
}

const at = (time: number): string => new Date(time).toISOString();

function onShifts(world: World): Generator<Attempt> {
  return simply(world, () =>
    ([eastOnDuty, westOnDuty] as const).flatMap((actors, i): Simple[] => {
      const [first] = actors;
      const { id, post } = world.shifts[i === 0 ? 'east' : 'west'];
      if (!first) return [];
      const body = { post: first.post, person: first.person, channel: 'sms', from: at(now), to: at(now + 3_600_000) };
      return [
        {
          ...{ operation: 'add-shift', name: first.post, request: { body } },
          relations: (by) => standingToArea(by, areaOfPost(first.post)),
        },
        {
          ...{ operation: 'withdraw-shift', name: id },
          request: { params: { shiftId: id }, etag: '"1"', body: { reason: '换班' } },
          relations: (by) => standingToArea(by, areaOfPost(post)),
        },
      ];
    }),
  );
}

const switchReason = '核查已经完成，结果无误，可以恢复新的定级工作。';
const channelFor = (role: Role): Channel => channelsOf(role)[0] ?? channels[0];

function onOneself(world: World): Generator<Attempt> {
  return simply(world, (actor): Simple[] => {
    const role = roleOf(actor);
    const citizen = { citizen: self };
    const nobody = { name: '', request: {}, relations: () => none };
    const report = {
      ...{ channel: actor.as === 'citizen' ? 'resident' : channelFor(role), sourceId: 'n-1', source: '某人' },
      ...{ reportedAt: at(now), area: home, disputeType: 'debt', text: '欠款', facts: [], people: [] },
    };
    const ownTasks = (fields: ReadonlySet<Field>) =>
      fields.has('needs') && actor.as === 'post' && actor.side === 'east' ? ['a kind of help'] : [];
    return [
      { ...nobody, operation: 'send-report', request: { body: report } },
      {
        ...{ operation: 'read-me', name: '', request: {}, ...citizen, relations: () => self },
        shown: () => (actor.as === 'post' ? [somebody] : []),
      },
      { ...nobody, operation: 'list-posts', request: { query: { limit: '100' } } },
      { ...nobody, operation: 'list-mediators', request: { query: { area: home } } },
      // The city's rules speak of everything, and of nobody.
      { ...nobody, operation: 'read-settings', shown: () => ['a kind of help', 'the level', 'the proposal'] },
      { ...nobody, operation: 'read-contact', request: { params: { handle: world.handle } } },
      { ...nobody, operation: 'read-switch' },
      { ...nobody, operation: 'set-switch', request: { body: { levels: 'release', reason: switchReason } } },
      { ...nobody, operation: 'list-models', shown: () => ['the level', 'the proposal', 'weapon'] },
      {
        ...{ operation: 'list-my-tasks', name: '', request: { query: { limit: '100' } }, shown: ownTasks },
        relations: () => new Set(['own-post'] as const),
      },
      { ...nobody, operation: 'read-person-audit', request: { params: { person: 'somebody', date: '2026-01-05' } } },
    ];
  });
}

const lineIds = (body: unknown): string[] => {
  const { cases } = body as { cases: Record<string, unknown>[] };
  return cases.map(({ id, level }) => `${id}${level === undefined ? '' : ' with its level'}`).sort();
};

/** The board: which lines are there, and which say the level. */
function* onBoard(world: World): Generator<Attempt> {
  for (const actor of everybody) {
    for (const area of areas) {
      for (const level of [undefined, 'red'] as const) {
        const relations = actor.as === 'post' ? standingToArea(actor, area) : none;
        const may = grantedInAny('list-cases', roleOf(actor), relations);
        const lines = world.subjects.flatMap((subject) =>
          actor.as === 'post' && lies(home, area) ? linesOf(actor, subject, level) : [],
        );
        if (actor.as === 'post' && lies(home, area) && !level) lines.push(...otherLines(actor, world));
        yield {
          name: `${nameOf(actor)}: list-cases of ${area}${level ? ` at ${level}` : ''}`,
          operation: 'list-cases',
          actor,
          request: { query: { area, limit: '100', ...(level ? { level } : {}) }, parties: partiesOf(world, actor) },
          due: may ? lines.sort() : 'refused',
          look: lineIds,
        };
      }
    }
  }
}

function linesOf(actor: PostActor, subject: Subject, level: 'red' | undefined): string[] {
  if (subject.phase === 'closed') return [];
  const line = (of: 'case' | 'dispute') => {
    const { conflict: _, ...standing } = standingTo(actor, subject, of);
    const fields = granted('list-cases', standing);
    const isRed = of === 'case' && subject.phase === 'level';
    if (!fields || (level && !(fields.has('level') && isRed))) return [];
    return [`${subject[of]}${fields.has('level') ? ' with its level' : ''}`];
  };
  return [...line('case'), ...(subject.situation.disputeOver ? [] : line('dispute'))];
}

/** Of referrals and rounds a line is there for whoever may read them. */
function otherLines(actor: PostActor, { matters: { referrals, round } }: World): string[] {
  const seen = referrals.filter(
    (one) => !one.closed && granted('read-referral', standingToReferral(actor, one)) !== undefined,
  );
  return [...seen.map(({ id }) => id), ...(granted('read-round', standingToRound(actor)) ? [round] : [])];
}

function mattersIn(body: unknown): string[] {
  const { matters } = body as { matters: Record<string, unknown>[] };
  return matters.map(({ dispute, referral, case: one }) => `${dispute ?? referral} ${one ?? ''}`).sort();
}

/** What is kept about oneself. */
function* onMatters(world: World): Generator<Attempt> {
  for (const actor of everybody) {
    const identity = actor.as === 'citizen' ? actor.identity : undefined;
    const named = world.subjects.filter((subject) => identity !== 'complainant' || subject.situation.party);
    const lines = named.flatMap((subject) => {
      if (identity !== 'respondent') return identity ? [`${subject.dispute} `] : [];
      return knows(subject) ? [`${subject.dispute} ${subject.case}`] : [];
    });
    if (identity === 'complainant') lines.push(...world.matters.referrals.map(({ id }) => `${id} `));
    if (identity) lines.push(`${agreedIn} `);
    const fields = granted('list-my-matters', { role: roleOf(actor), relations: self });
    yield {
      name: `${nameOf(actor)}: list-my-matters`,
      operation: 'list-my-matters',
      actor,
      request: { parties: partiesOf(world, actor) },
      due: fields ? lines.sort() : 'refused',
      look: mattersIn,
    };
  }
}

const other: Readonly<Record<Purpose, Purpose>> = {
  handling: 'oversight',
  oversight: 'administration',
  administration: 'handling',
  delivery: 'handling',
  'own-affairs': 'handling',
};

/** What everybody may read, with a token or for a post that will not do. */
function* signingIn(): Generator<Attempt> {
  const attempt = (actor: Actor, name: string, request: Request): Attempt => {
    const what = `${nameOf(actor)}: read-settings, ${name}`;
    return { name: what, operation: 'read-settings', actor, request, due: 'refused' };
  };
  for (const actor of everybody) yield attempt(actor, 'the token being over', { expires: now });
  for (const actor of [...east, ...west]) {
    yield attempt(actor, 'for another purpose', { purpose: other[purposeOf(actor)] });
    yield attempt(actor, 'to give credit', { purpose: 'credit' });
    yield attempt(actor, 'being nobody', { person: 'nobody' });
  }
  for (const actor of west)
    yield attempt({ ...actor, post: postOf(actor.role, 'east') }, 'being of another county', {});
}

export const rolesTried = (attempts: readonly Attempt[], world: World): Set<PostRole | Role> =>
  new Set([
    ...attempts.map(({ actor }) => roleOf(actor)),
    ...world.subjects.flatMap((subject) => citizens.map((actor) => standingTo(actor, subject, 'dispute').role)),
  ]);

export function attemptsIn(world: World): Attempt[] {
  return [
    ...onSubjects(world),
    ...onPosts(world),
    ...onAreas(world),
    ...onShifts(world),
    ...onOneself(world),
    ...onBoard(world),
    ...onMatters(world),
    ...onMatterLogs(world),
    ...onAgreements(world.agreement, (actor) => partiesOf(world, actor)),
    ...onShares(world.subjects, (actor, subject) => partiesOf(world, actor, subject)),
    ...onRights(world.subjects, world.matters.referrals, triedBy, (actor, subject) => partiesOf(world, actor, subject)),
    ...onOwnAffairs(world.subjects, world.matters.referrals, triedBy, (actor, subject) =>
      partiesOf(world, actor, subject),
    ),
    ...signingIn(),
  ];
}

export const lookAt = ({ operation, look }: Attempt, body: unknown): string[] =>
  look ? look(body) : seenIn(operation, body);
