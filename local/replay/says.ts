/** What a simulated post says when it acts: the body of its command. Pure; a decision is made on the case as it was read. */
import { iso } from '../../shared/calendar/calendar.ts';
import type { components, Problem } from '../../shared/client/index.ts';
import type { FactType } from '../../shared/domain/facts.ts';
import { isCaseId } from '../../shared/domain/ids.ts';
import { leastReason } from '../../shared/domain/reasons.ts';
import type { EventState } from '../../shared/domain/state.ts';
import {
  type Level,
  levels,
  type MeasureKind,
  measureKinds,
  mediationKinds,
  type Side,
  sides,
  type TaskKind,
} from '../../shared/domain/words.ts';
import { partnerOf } from './neighbours.ts';
import { between, choose, draw, pick } from './random.ts';
import { goesOn, type Intent, kindOf, logOf, type Staff, stuck } from './staff.ts';

export type Answer = components['schemas']['Answer'];

interface TaskView {
  readonly taskId: string;
  readonly event?: string | null;
  readonly no: string;
  readonly kind: TaskKind;
  readonly due: string;
}

interface EventView {
  readonly id: string;
  readonly state: EventState;
  readonly sameAs?: string;
  readonly occurredAt?: string | null;
  readonly receivedAt?: string;
}

/** Of the case as the API shows it: what a decision rests on. */
export interface CaseView {
  readonly events?: readonly EventView[];
  readonly assessment?: { readonly proposal: Level | 'none' } | null;
  readonly safetyPlan?: boolean;
  readonly affectedFirst?: boolean;
  readonly tellFrom?: string | null;
  readonly level?:
    | { readonly renewal: 'owner' | 'reviewer' | 'none'; readonly underReview?: string | null; readonly colour?: Level }
    | { readonly resolvedAt: string }
    | null;
  readonly status?: string;
  readonly agreements?: readonly { readonly id: string; readonly outcome?: string | null }[];
  /** The post accountable for the whole. */
  readonly owner?: string;
  readonly told?: boolean;
  readonly endsAs?: string | null;
  readonly mergedInto?: string;
  readonly tasks?: readonly TaskView[];
  readonly help?: { readonly tasks: readonly TaskView[] };
}

/** Who reads it tells whoever is accountable, and these say it. */
const ofTheAccountable = [
  'amend-plan',
  'hand-over',
  'share',
  'withdraw-event',
] as const satisfies readonly Intent['verb'][];
export const speakerOf = ({ verb, post }: Intent, { owner }: CaseView = {}): string =>
  ofTheAccountable.some((one) => one === verb) ? (owner ?? post) : post;

/** Only for these does somebody read the case before acting. */
export const readsFirst = ({ verb, taskId }: Intent): boolean =>
  isCaseId(logOf(taskId)) &&
  (aboutWhole.has(verb) || verb === 'extend' || (verb === 'answer' && readFor.has(kindOf(taskId))));
const aboutWhole: ReadonlySet<Intent['verb']> = new Set([
  ...ofTheAccountable,
  'tell-agreement',
  'contest',
  'reopen',
  'unmerge',
]);
const readFor: ReadonlySet<TaskKind> = new Set([
  'verify',
  'decide',
  'renew',
  'forewarn',
  'notify',
  'contest',
  'resolve',
]);

export const declining = { reason: '本岗位无此职责，请另行安排。 Not within the duties of this post.' };

export const handingOff = (to: string) => ({ to, reason: '由更合适的岗位办理。 Another post is better placed.' });

const either =
  <T extends string>(weights: Readonly<Record<T, number>>) =>
  (chance: number) => ({ outcome: choose<T>(weights, chance) });

/** Answers that consist of their outcome. */
const plain = {
  settle: either({ settled: 85, failed: 15 }),
  enquiry: either({ yes: 40, no: 40, 'nothing-held': 20 }),
  'police-notice': either({ received: 1 }),
  'offer-help': either({ accepted: 75, declined: 25 }),
  'confirm-facts': either({ confirmed: 88, unfounded: 12 }),
  'protective-contact': either({ contacted: 90, 'not-needed': 10 }),
  'reason-review': either({ stands: 95, reassess: 5 }),
  'second-deferral': either({ agree: 85, disagree: 15 }),
  'confirm-agreement': either({ filed: 60, 'not-wanted': 40 }),
  'crisis-help': either({ helped: 85, declined: 15 }),
  'child-protection': either({ protected: 1 }),
  verify: either({ verified: 82, unfounded: 18 }),
  second: either({ agree: 78, disagree: 22 }),
  measure: either({ done: 62, agreed: 18, refused: 11, failed: 9 }),
  review: either({ continue: 92, reassess: 8 }),
  resolve: either({ resolved: 80, 'not-yet': 20 }),
  renew: either({ renewed: 40, ended: 60 }),
  'check-in': either({ well: 74, declined: 8, 'declined-all': 3, concern: 6, relapse: 9 }),
  'access-review': either({ justified: 95, unjustified: 5 }),
  'lapse-review': either({ 'looked-at': 90, reassess: 10 }),
  contest: either({ upheld: 25, rejected: 75 }),
  'contest-second': either({ upheld: 25, rejected: 75 }),
  // Asked is whether it was somebody else.
  correction: either({ corrected: 30, refused: 70 }),
  'rights-request': either({ granted: 85, refused: 15 }),
  'agreement-check': either({ kept: 75, broken: 10, unknown: 15 }),
  destroy: either({ destroyed: 80, 'nothing-held': 20 }),
  'tell-hold': either({ told: 1 }),
} satisfies Partial<Record<TaskKind, (chance: number) => Answer>>;

/** What is seen when somebody falls back. */
const relapses: readonly (readonly FactType[])[] = [
  ['threat_to_harm', 'property_damage'],
  ['physical_assault'],
  ['physical_assault', 'injury'],
  ['threat_to_kill'],
  ['stalking_harassment', 'threat_to_harm'],
];

export function answerTo(staff: Staff, intent: Intent, view: CaseView | undefined): Answer {
  const chance = (about: string) => draw(staff.seed, intent.taskId, intent.key, intent.post, about);
  const kind = kindOf(intent.taskId);
  switch (kind) {
    case 'decide':
      return decision(view, chance);
    case 'verify':
      return verification(intent, view, chance);
    case 'talk': {
      const outcome = choose({ met: 96, 'not-met': 4 }, chance('outcome'));
      return { outcome, present: [intent.post, partnerOf(staff.city, intent.post)] };
    }
    case 'minutes':
      return { outcome: 'written', actions: agreedIn(chance).map((measure) => ({ kind: measure })) };
    case 'plan':
      return { outcome: 'planned', measures: measures(chance).map((measure) => ({ kind: measure })) };
    case 'measure': {
      const { outcome } = plain.measure(chance('outcome'));
      return outcome === 'agreed' ? { outcome, note: agreement } : { outcome };
    }
    case 'round':
      return { outcome: 'done', found: chance('found') < 0.3 ? places.slice(0, 1) : [] };
    case 'take-over':
      return chance('outcome') < 0.75
        ? { outcome: 'accepted' }
        : { outcome: 'declined', note: '本岗位不在当事人居住地，请由当地岗位负责。' };
    case 'protect':
      return { outcome: 'protected', safetyPlan: chance('plan') < 0.7 ? 'made' : 'not-wanted' };
    case 'safety-plan':
      return chance('outcome') < 0.5 ? { outcome: 'kept' } : { outcome: 'ended', note: safe };
    case 'forewarn':
      return { outcome: 'told', safetyPlan: view?.safetyPlan ? 'kept' : 'not-wanted' };
    case 'notify':
      return mayTell(view) && chance('outcome') < 0.8
        ? { outcome: 'told' }
        : { outcome: 'deferred', ground: 'safety-of-the-affected', note: endangered };
    case 'assign':
      return { outcome: 'assigned', owner: intent.post };
    case 'contest': {
      const lower = view?.level && 'renewal' in view.level ? lowerThan(view.level.colour) : undefined;
      return lower && chance('lowered') < 0.3
        ? { outcome: 'lowered', level: lower, note: lookedInto }
        : { ...plain.contest(chance('outcome')), note: lookedInto };
    }
    case 'contest-second':
    case 'correction':
    case 'rights-request':
      return { ...plain[kind](chance('outcome')), note: lookedInto };
    case 'resolve':
      return stuck(staff, intent.taskId) || goesOn(staff, intent.taskId) || (isContested(view) && chance('waits') < 0.8)
        ? { outcome: 'not-yet' }
        : plain.resolve(chance('outcome'));
    case 'renew':
      return renewalSaid(view, goesOn(staff, intent.taskId) ? 0 : chance('outcome'));
    case 'renewal-review':
      return { outcome: chance('outcome') < 0.7 ? 'renewed' : 'not-renewed', note: stillNeeded };
    case 'check-in': {
      const { outcome } = plain['check-in'](chance('outcome'));
      const seen = relapses[Math.floor(chance('seen') * relapses.length)] ?? [];
      return outcome === 'relapse' ? { outcome, facts: [...seen] } : { outcome };
    }
    // Nobody answers a message to a citizen.
    case 'citizen-notice':
      return { outcome: 'done' };
    default:
      return plain[kind](chance('outcome'));
  }
}

/** Whoever is to resolve it mostly waits for the answer. */
const isContested = ({ level }: CaseView = {}): boolean =>
  level != null && 'renewal' in level && level.underReview != null;

/** The next below. */
const lowerThan = (colour: Level | undefined): Level | undefined => colour && levels[levels.indexOf(colour) - 1];

export interface Instead {
  readonly consents: readonly { readonly party: Side; readonly wants: boolean }[];
  /** Absent where a party refuses: that ends it. */
  readonly answer?: Answer;
  /** What was asked for is done by a command of its own, for this reason; where that is refused, the answer is given. */
  readonly fulfil?: string;
}

/**
 * What a refusal said is missing: the parties' wish for a mediation, or a plan without joint sessions; and only a mediation ends
 * in an agreement.
 */
export function afterRefusal(
  staff: Staff,
  intent: Intent,
  problem: Problem | undefined,
  answer: Answer,
): Instead | undefined {
  const chance = (about: string) => draw(staff.seed, intent.taskId, intent.key, intent.post, about);
  if (problem?.type.endsWith(':refused') && problem.allowed?.includes('consent')) {
    const consents = sides.map((party) => ({ party, wants: chance(`${party} wants`) < 0.88 }));
    return consents.every(({ wants }) => wants) ? { consents, answer } : { consents };
  }
  const kind = kindOf(intent.taskId);
  if (problem?.type.endsWith(':refused') && (kind === 'rights-request' || kind === 'correction')) {
    const fulfil = problem.allowed?.some((one) => one.endsWith('/fulfilment')) ? { fulfil: lookedInto } : {};
    return { consents: [], ...fulfil, answer: { outcome: 'refused', note: lookedInto } };
  }
  if (kind === 'correction' && answer.outcome === 'corrected') {
    const missing = problem?.faults?.map(({ path }) => path) ?? [];
    const facts = missing.includes('facts') ? { facts: [...(relapses[0] ?? [])] } : {};
    const when = missing.includes('occurredAt') ? { occurredAt: iso(intent.at - 86_400_000) } : {};
    return { consents: [], answer: { outcome: 'corrected', ...facts, ...when, note: lookedInto } };
  }
  if (problem?.type.endsWith(':invalid') && kind === 'verify') {
    // A date was asked for, or it is later than it was told.
    const lacks = problem.faults?.some(({ path, value }) => path === 'occurredAt' && value === null);
    const when = lacks ? { occurredAt: iso(intent.at - 30 * 86_400_000) } : {};
    return { consents: [], answer: { outcome: 'verified', ...when } };
  }
  if (problem?.type.endsWith(':invalid') && answer.outcome === 'agreed')
    return { consents: [], answer: { outcome: 'done' } };
  if (!problem?.type.endsWith(':joint-session-barred') || !('measures' in answer)) return undefined;
  const apart = answer.measures.filter(({ kind }) => isApart(kind));
  return { consents: [], answer: { ...answer, measures: apart.length > 0 ? apart : [{ kind: 'legal-aid' }] } };
}

const agreement = '双方同意各退一步，按约定时间履行，今后有事先找调解员。';
/** Of the rounds that are planned in a replay. */
export const places = ['市场东门', '第二幼儿园门口', '车站广场'] as const;

const safe = '受影响人表示已经安全，本人要求结束安全计划，由村里继续关心。';
const lookedInto = '经核对接警记录与在场人陈述，已逐项复核，理由如上所述。';
const endangered = '受影响人尚未得到告知和安全安排，现在告知当事人会使其处于危险之中。';

/** Where telling may put somebody in danger, that person is told before. */
const mayTell = ({ affectedFirst, tellFrom }: CaseView = {}): boolean => !affectedFirst || tellFrom != null;

const stillNeeded = '没有新事件，但双方尚未和解，受影响人仍不放心，已逐项核对。';

/** Who verifies what is known already mostly says so, and every second time when it happened, where nobody has. */
function verification(
  { taskId }: Intent,
  { events = [], tasks = [] }: CaseView = {},
  chance: (about: string) => number,
): Answer {
  const said = plain.verify(chance('outcome'));
  if (said.outcome === 'unfounded') return said;
  const id = tasks.find((task) => task.taskId === taskId)?.event;
  const event = events.find((one) => one.id === id);
  const known = events.findLast((one) => one.id !== id && one.state === 'verified' && one.sameAs === undefined);
  if (known && chance('same') < 0.3) return { ...said, sameAs: known.id };
  if (event?.occurredAt !== null || event.receivedAt === undefined || chance('dated') < 0.5) return said;
  const before = Math.ceil(between(0, 48, chance('before'))) * 3_600_000;
  return { ...said, occurredAt: iso(Date.parse(event.receivedAt) - before) };
}

/** On the same events once; then the independent reviewer is asked, or it ends. */
function renewalSaid({ level }: CaseView = {}, chance: number): Answer {
  const renewal = level && 'renewal' in level ? level.renewal : 'none';
  if (renewal === 'owner') return plain.renew(chance);
  return renewal === 'reviewer' && chance < 0.5 ? { outcome: 'ask-reviewer', note: stillNeeded } : { outcome: 'ended' };
}

/** Every second talk agrees on something that the plan is to hold. */
const agreedIn = (chance: (about: string) => number): MeasureKind[] =>
  chance('agreed') < 0.5 ? [] : measures(chance, measureKinds.filter(isApart)).slice(0, 1);

const isApart = (kind: MeasureKind): boolean => !mediationKinds.some((one) => one === kind);

/** At yellow a plan holds three. */
function measures(chance: (about: string) => number, kinds: readonly MeasureKind[] = measureKinds): MeasureKind[] {
  const count = 1 + Math.floor(between(0, 3, chance('measures')));
  return kinds
    .map((kind) => ({ kind, rank: chance(kind) }))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, count)
    .map(({ kind }) => kind);
}

type Choice = 'confirm' | 'raise' | 'lower' | 'dismiss';

function decision(view: CaseView | undefined, chance: (about: string) => number): Answer {
  const proposal = view?.assessment?.proposal ?? 'none';
  const events = (view?.events ?? []).filter(({ state }) => state === 'verified').map(({ id }) => id);
  const rank = proposal === 'none' ? -1 : levels.indexOf(proposal);
  const [next] = levels.slice(rank + 1);
  const below = levels.slice(0, Math.max(0, rank));
  const lowered = below[Math.floor(chance('lower') * below.length)];
  const outcome =
    events.length === 0
      ? 'dismiss'
      : choose<Choice>(
          proposal === 'none'
            ? { dismiss: 75, raise: 25 }
            : { confirm: 59, raise: next ? 6 : 0, lower: lowered ? 26 : 0, dismiss: 9 },
          chance('outcome'),
        );
  const level = outcome === 'raise' ? next : outcome === 'lower' ? lowered : undefined;
  return {
    outcome,
    ...(level ? { level } : {}),
    events: events.slice(-20),
    reason: reasonOf(outcome, level, events.at(-1), chance),
    changes: changes[outcome],
  };
}

const grounds: Readonly<Record<Choice, string>> = {
  confirm: '与评估建议一致',
  raise: '现场情况较评估建议更为紧急',
  lower: '双方已冷静并愿意调解，较评估建议轻',
  dismiss: '经核实不足以定级，转为一般纠纷处理',
};

/** For the people in it. */
const changes: Readonly<Record<Choice, string>> = {
  confirm: '按该等级联系并保护受影响人，制定方案。',
  raise: '提前上门，当日落实保护措施。',
  lower: '改由乡镇跟进，保留对受影响人的保护。',
  dismiss: '不定级，由村里就地化解。',
};

/** What was looked at: few repeat themselves, and whoever does is asked why. */
const seen = [
  '现场走访',
  '电话核对',
  '查看警情记录',
  '询问双方',
  '询问邻居',
  '会商意见',
  '查看伤情材料',
  '查看往来信息',
];
const heard = [
  '说法一致',
  '细节相符',
  '当事人承认',
  '证人证实',
  '受影响人确认',
  '有照片为证',
  '时间地点清楚',
  '前后有出入',
];

/** S3: at least twenty characters, and what it rests on. */
function reasonOf(
  outcome: Choice,
  level: Level | undefined,
  event: string | undefined,
  chance: (about: string) => number,
): string {
  const on = event ? `依据已核实事件 ${event}` : '没有已核实的事件';
  const found = `${pick(seen, chance('looked'))}，${pick(heard, chance('heard'))}`;
  return `${on}，${found}，${grounds[outcome]}${level ? `（${level}）` : ''}，由本岗位作出决定。`.padEnd(
    leastReason,
    '。',
  );
}
