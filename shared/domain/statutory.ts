/**
 * Clocks that the law sets (field.md §5.2): no city file, no level and no change of hands makes them longer or shorter. They run
 * beside the presets of the city, which may be sooner and are never later. Each duration of law stands here, once, with its law
 * and article; docs/operations.md has the same table, held to this one by a test. Pure.
 *
 * Counting: working days are the official ones; of an administrative clock a last day that is none rolls to the next (Civil Code
 * 203). A clock that protects somebody, or by which somebody could lose a right, never rolls later.
 */
import { addDuration, addWorkingTime, rolled, type WithCalendar, workingTimeBetween } from '../calendar/calendar.ts';
import type { Duration } from '../config/duration.ts';
import type { Stint } from './actions.ts';
import type { LegalRoute } from './legal-routes.ts';
import type { Task } from './state.ts';
import type { DisputeType, MeasureKind, Named, TaskKind } from './words.ts';

export interface Statute {
  /** What has to be done, or may be asked for, in that time. */
  readonly what: Named;
  readonly law: Named;
  readonly article: string;
  readonly duration: Duration;
  /** How much longer the law itself allows. */
  readonly longer?: Duration;
  readonly rolls?: true;
  /** The parties may agree on more time. */
  readonly byAgreement?: true;
  /** The time of an appraisal does not count. */
  readonly withoutAppraisal?: true;
}

const laws = {
  mediation: { zh: '人民调解法', en: "People's Mediation Law" },
  mediationRules: {
    zh: '人民调解工作若干规定（司法部令第75号）',
    en: "Rules on People's Mediation (Ministry of Justice, no. 75)",
  },
  confirmation: {
    zh: '最高人民法院关于人民调解协议司法确认程序的若干规定（法释〔2011〕5号）',
    en: 'Supreme People’s Court on judicial confirmation (2011, no. 5)',
  },
  petition: { zh: '信访工作条例', en: 'Regulation on Petitions' },
  labour: { zh: '劳动争议调解仲裁法', en: 'Law on Mediation and Arbitration of Labour Disputes' },
  medical: { zh: '医疗纠纷预防和处理条例', en: 'Regulation on Medical Disputes' },
  violence: { zh: '反家庭暴力法', en: 'Anti-Domestic-Violence Law' },
  aid: { zh: '法律援助法', en: 'Legal Aid Law' },
  personal: { zh: '个人信息保护法', en: 'Personal Information Protection Law' },
  relief: { zh: '浙江省社会救助条例', en: 'Zhejiang Regulation on Social Assistance' },
} as const satisfies Readonly<Record<string, Named>>;

const days = (count: number): Duration => ({ unit: 'days', count });
const workingDays = (count: number): Duration => ({ unit: 'working days', count });
const hours = (count: number): Duration => ({ unit: 'hours', count });
const months = (count: number): Duration => ({ unit: 'months', count });

export const statutes = {
  'people-mediation': {
    what: { zh: '人民调解一般应调结', en: 'people’s mediation generally ends' },
    ...{ law: laws.mediationRules, article: '33', duration: months(1), rolls: true, byAgreement: true },
  },
  'judicial-confirmation': {
    what: { zh: '双方共同申请司法确认', en: 'both ask a court to confirm their agreement' },
    ...{ law: laws.mediation, article: '33', duration: days(30) },
  },
  'court-acceptance': {
    what: { zh: '法院决定是否受理确认申请', en: 'the court accepts the request for confirmation' },
    ...{ law: laws.confirmation, article: '4', duration: days(3), rolls: true },
  },
  'court-confirmation': {
    what: { zh: '法院作出是否确认的决定', en: 'the court decides on the confirmation' },
    ...{ law: laws.confirmation, article: '5', duration: days(15), longer: days(10), rolls: true },
  },
  'petition-intake': {
    what: { zh: '信访登记、转送并告知', en: 'a petition is registered, forwarded, its petitioner informed' },
    ...{ law: laws.petition, article: '22–23', duration: days(15), rolls: true },
  },
  'petition-objection': {
    what: { zh: '对转送有异议', en: 'an office objects to being sent it' },
    ...{ law: laws.petition, article: '23', duration: workingDays(5) },
  },
  'petition-handling': {
    what: { zh: '信访事项办结', en: 'a petition is handled' },
    ...{ law: laws.petition, article: '34', duration: days(60), longer: days(30), rolls: true },
  },
  'petition-review': {
    what: { zh: '申请复查；复查答复', en: 'the petitioner asks for a review; it is answered' },
    ...{ law: laws.petition, article: '35', duration: days(30), rolls: true },
  },
  'petition-re-review': {
    what: { zh: '申请复核；复核答复', en: 'the petitioner asks for a re-review; it is answered' },
    ...{ law: laws.petition, article: '36', duration: days(30), rolls: true },
  },
  'labour-mediation': {
    what: { zh: '未达成调解协议的，可以申请仲裁', en: 'without an agreement the parties may go to arbitration' },
    ...{ law: laws.labour, article: '14', duration: days(15), byAgreement: true },
  },
  'labour-acceptance': {
    what: { zh: '仲裁委员会决定是否受理', en: 'the arbitration commission accepts' },
    ...{ law: laws.labour, article: '29', duration: days(5), rolls: true },
  },
  'labour-award': {
    what: { zh: '仲裁裁决', en: 'the award is made' },
    ...{ law: laws.labour, article: '43', duration: days(45), longer: days(15), rolls: true },
  },
  'medical-mediation': {
    what: { zh: '医疗纠纷人民调解', en: 'mediation of a medical dispute' },
    ...{ law: laws.medical, article: '38', duration: workingDays(30), byAgreement: true, withoutAppraisal: true },
  },
  'medical-administration': {
    what: { zh: '医疗纠纷行政调解', en: 'its mediation by the health authority' },
    ...{ law: laws.medical, article: '40', duration: workingDays(30), byAgreement: true, withoutAppraisal: true },
  },
  'protection-order': {
    what: { zh: '人身安全保护令裁定', en: 'the court rules on a protection order' },
    ...{ law: laws.violence, article: '28', duration: hours(72) },
  },
  'protection-order-urgent': {
    what: { zh: '情况紧急的裁定', en: 'it rules where it is urgent' },
    ...{ law: laws.violence, article: '28', duration: hours(24) },
  },
  'protection-order-length': {
    what: { zh: '保护令有效期，可申请延长', en: 'a protection order holds at most so long, and may be prolonged' },
    ...{ law: laws.violence, article: '30', duration: months(6) },
  },
  'protection-order-review': {
    what: { zh: '对驳回或裁定不服，申请复议', en: 'whoever is refused asks for a review' },
    ...{ law: laws.violence, article: '31', duration: days(5) },
  },
  'legal-aid-decision': {
    what: { zh: '法律援助审查决定', en: 'legal aid is decided on' },
    ...{ law: laws.aid, article: '43', duration: days(7), rolls: true },
  },
  'legal-aid-assignment': {
    what: { zh: '指派法律援助人员', en: 'somebody is assigned' },
    ...{ law: laws.aid, article: '43', duration: days(3), rolls: true },
  },
  'relief-check': {
    what: { zh: '社会救助审核', en: 'an application for relief is checked' },
    ...{ law: laws.relief, article: '审核 / check', duration: workingDays(15) },
  },
  'relief-approval': {
    what: { zh: '社会救助审批', en: 'it is approved' },
    ...{ law: laws.relief, article: '审批 / approval', duration: workingDays(5) },
  },
  'relief-complaint': {
    what: { zh: '社会救助投诉、举报答复', en: 'a complaint about relief is answered' },
    ...{ law: laws.relief, article: '投诉 / complaint', duration: days(15), rolls: true },
  },
  'impact-assessment': {
    what: {
      zh: '影响评估报告和处理情况记录至少保存',
      en: 'the impact assessment and the record of the processing are kept at least so long',
    },
    ...{ law: laws.personal, article: '56', duration: months(36) },
  },
} as const satisfies Readonly<Record<string, Statute>>;
export type StatuteId = keyof typeof statutes;

const statute = (id: StatuteId): Statute => statutes[id];

/** When a clock of law that began then is over, in epoch milliseconds. */
export function statutoryEnd(city: WithCalendar, id: StatuteId, from: number): number {
  const { duration, rolls } = statute(id);
  const end = addDuration(city, from, duration);
  return rolls ? rolled(end) : end;
}

/** The clock of law that runs beside a task. */
export interface LawClock {
  readonly statute: StatuteId;
  readonly due: number;
}

/** Measures whose windows are the law's: the first action is due by the one, the end by the other, which follows it. */
const measures: Partial<Record<MeasureKind, readonly [firstAction: StatuteId, end: StatuteId]>> = {
  'hardship-relief': ['relief-check', 'relief-approval'],
  'legal-aid': ['legal-aid-decision', 'legal-aid-assignment'],
};

/**
 * Until when the parties may jointly ask a court to confirm their agreement: counted from the day it came into force, whenever
 * that was told. It rolls to no later day: whoever relied on that could lose the right.
 */
export const confirmationDue = (since: number): number =>
  since + statutes['judicial-confirmation'].duration.count * 86_400_000;

interface Work {
  readonly kind: TaskKind;
  readonly measure?: MeasureKind | null | undefined;
}

const clocksOf = ({ kind, measure }: Work) => (kind === 'measure' && measure ? measures[measure] : undefined);

/** How long the law gives for the first action and from there to the end; undefined for any other work. */
export function statutoryLength(work: Work, wait: 'act' | 'complete'): Duration | undefined {
  const clocks = clocksOf(work);
  if (clocks) return statute(clocks[wait === 'act' ? 0 : 1]).duration;
  return isPetition(work) && wait === 'act' ? statute('petition-intake').duration : undefined;
}

const isPetition = ({ kind, measure }: Work): boolean => kind === 'measure' && measure === 'petition-mediation';

/** The windows of such work from the day on which it was asked for; none for any other. */
export function statutoryWindows(
  city: WithCalendar,
  work: Work,
  from: number,
): { readonly actDue?: number; readonly due?: number } {
  const clocks = clocksOf(work);
  if (clocks) {
    const actDue = statutoryEnd(city, clocks[0], from);
    return { actDue, due: statutoryEnd(city, clocks[1], actDue) };
  }
  // Handled by the city's preset, long before the law's end.
  return isPetition(work) ? { actDue: statutoryEnd(city, 'petition-intake', from) } : {};
}

/** By which law a mediation of that kind about such a dispute has its time. */
function mediationStatute(measure: MeasureKind, disputeType: DisputeType): StatuteId | undefined {
  switch (measure) {
    case 'petition-mediation':
      return 'petition-handling';
    case 'administrative-mediation':
      return disputeType === 'medical' ? 'medical-administration' : undefined;
    case 'people-mediation':
    case 'trade-mediation':
      if (disputeType === 'labour_wage') return 'labour-mediation';
      return disputeType === 'medical' ? 'medical-mediation' : 'people-mediation';
    default:
      return undefined;
  }
}

/**
 * The clock of law that begins beside work when it is opened; undefined where there is none.
 * @param asked the day by which it was asked for: of a confirmation it is the law's
 */
export function lawClock(
  city: WithCalendar,
  work: Work & { readonly disputeType: DisputeType },
  from: number,
  asked: number | undefined,
): LawClock | undefined {
  const { kind, measure, disputeType } = work;
  if (kind === 'confirm-agreement') {
    return asked === undefined ? undefined : { statute: 'judicial-confirmation', due: asked };
  }
  const clocks = clocksOf(work);
  if (clocks) {
    return { statute: clocks[1], due: statutoryEnd(city, clocks[1], statutoryEnd(city, clocks[0], from)) };
  }
  // What is settled where it arose is people's mediation too; the law's month only stands beside its ladder.
  const settles = kind === 'settle' ? 'people-mediation' : undefined;
  const mediates = kind === 'measure' && measure ? measure : settles;
  const id = mediates && mediationStatute(mediates, disputeType);
  if (!id) return undefined;
  // A petition is handled in sixty days from its acceptance, which has fifteen.
  const begins = id === 'petition-handling' ? statutoryEnd(city, 'petition-intake', from) : from;
  return { statute: id, due: statutoryEnd(city, id, begins) };
}

/** What of the law's windows is left to the next owner: a change of hands is no time won. */
export function statutoryRest(
  task: Work & { readonly actDue: number | null; readonly due: number },
  at: number,
): { readonly actDue?: number; readonly due?: number } {
  const { actDue } = task;
  const act = actDue !== null && actDue > at ? { actDue } : {};
  if (isPetition(task)) return act;
  return !isLawsOwn(task) || task.due <= at ? {} : { due: task.due, ...act };
}

/** Its windows are the law's, and nobody but the law puts them off. */
export const isLawsOwn = (work: Work): boolean => clocksOf(work) !== undefined || work.kind === 'confirm-agreement';

type Clocked = Pick<Task, 'kind' | 'law' | 'paused'>;

/** What the law says happens at the end of a mediation's time. Of a petition, or where it arose, nothing but that it is late. */
const atEnd: Partial<Record<StatuteId, 'ends' | 'routes'>> = {
  'people-mediation': 'ends',
  'medical-mediation': 'ends',
  'medical-administration': 'ends',
  'labour-mediation': 'routes',
};

/** Whether it ends, or goes on while the parties are told where else they may go; undefined: nothing happens by itself. */
export const thenOf = ({ kind, law }: Clocked): 'ends' | 'routes' | undefined =>
  kind === 'measure' && law && !law.passed ? atEnd[law.statute] : undefined;

/** When that happens; undefined while the clock stands still, as during an appraisal of a medical dispute. */
export function lawTimer(task: Clocked): number | undefined {
  const { law, paused } = task;
  const stands = law && paused?.waitingFor === 'appraisal' && statute(law.statute).withoutAppraisal;
  return law && thenOf(task) && !stands ? law.due : undefined;
}

/** The law's end of what is only late then, as a petition: whoever has it hears of it by their own clock. */
export const lawsLast = (task: Clocked): number | undefined =>
  task.kind === 'measure' && task.law && !atEnd[task.law.statute] ? task.law.due : undefined;

/** No preset, no new owner and no pause goes on beyond the law's end while that is still to come. */
const bounds = ({ kind, law }: Clocked, at: number): number =>
  kind === 'measure' && law && !law.passed && law.due > at ? law.due : Number.POSITIVE_INFINITY;

export function withinLaw(task: Clocked, stint: Stint, at: number): Stint {
  const { ackDue, actDue, due, lawDue } = stint;
  const most = lawDue ?? bounds(task, at);
  return {
    ...stint,
    ...(ackDue === undefined ? {} : { ackDue: Math.min(ackDue, most) }),
    ...(actDue === undefined ? {} : { actDue: Math.min(actDue, most) }),
    due: Math.min(due, most),
  };
}

/** The law's end after a pause for an appraisal, where the law does not count its time; undefined: it is as it was. */
export function lawAfterPause(city: WithCalendar, { law, paused }: Clocked, at: number): number | undefined {
  if (!law || paused?.waitingFor !== 'appraisal' || !statute(law.statute).withoutAppraisal) return undefined;
  return addWorkingTime(city, at, workingTimeBetween(city, paused.at, law.due));
}

/**
 * How far beyond the law's end it may be put off: as long as the parties agree; for a petition once, with reasons to the
 * petitioner; else not at all.
 */
export function beyondLaw(city: WithCalendar, task: Clocked): { most: number; by: 'agreement' | 'reasons' | 'none' } {
  const { kind, law } = task;
  if (kind !== 'measure' || !law || law.passed) return { most: Number.POSITIVE_INFINITY, by: 'none' };
  const { byAgreement, longer } = statute(law.statute);
  if (byAgreement) return { most: Number.POSITIVE_INFINITY, by: 'agreement' };
  if (longer && !law.longer) return { most: addDuration(city, law.due, longer), by: 'reasons' };
  return { most: law.due, by: 'none' };
}

/** Clocks of others that whoever has such work can name: what a court does then, what may be complained about. */
const informing: Partial<Record<StatuteId, readonly StatuteId[]>> = {
  'judicial-confirmation': ['court-acceptance', 'court-confirmation'],
  'petition-handling': ['petition-intake', 'petition-objection', 'petition-review', 'petition-re-review'],
  'relief-approval': ['relief-check', 'relief-complaint'],
  'legal-aid-assignment': ['legal-aid-decision'],
  'labour-mediation': ['labour-acceptance', 'labour-award'],
};

/** How long each legal route takes by law. */
const onRoute: Partial<Record<LegalRoute, readonly StatuteId[]>> = {
  'protection-order': [
    'protection-order',
    'protection-order-urgent',
    'protection-order-length',
    'protection-order-review',
  ],
  'labour-arbitration': ['labour-acceptance', 'labour-award'],
};

/** As people read it: what, in which time, by which law. */
export function named(id: StatuteId) {
  const { what, law, article, duration, longer } = statute(id);
  const limit = {
    zh: `${length(duration).zh}${longer ? `，可延长${length(longer).zh}` : ''}`,
    en: `${length(duration).en}${longer ? `, and ${length(longer).en} more` : ''}`,
  };
  return { zh: what.zh, en: what.en, limit, law, article };
}
export type NamedStatute = ReturnType<typeof named>;

const units: Readonly<Record<Duration['unit'], Named>> = {
  minutes: { zh: '分钟', en: 'minutes' },
  hours: { zh: '小时', en: 'hours' },
  days: { zh: '日', en: 'days' },
  months: { zh: '个月', en: 'months' },
  'working hours': { zh: '个工作小时', en: 'working hours' },
  'working days': { zh: '个工作日', en: 'working days' },
};
const length = ({ unit, count }: Duration): Named => ({
  zh: `${count}${units[unit].zh}`,
  en: `${count} ${count === 1 ? units[unit].en.slice(0, -1) : units[unit].en}`,
});

export const clocksOnRoute = (route: LegalRoute): NamedStatute[] => (onRoute[route] ?? []).map(named);

/** What a view says of the law's clock of a task. */
export function lawIn({ law }: Pick<Task, 'law'>) {
  if (!law) return undefined;
  const { law: of, article } = statute(law.statute);
  return { ...of, article, due: law.due, longer: law.longer, others: (informing[law.statute] ?? []).map(named) };
}
