/**
 * Clocks that the law sets (field.md §5.2): no city file, no level and no change of hands makes them longer or shorter. Working
 * days are the official ones; calendar days that end on none roll to the next (Civil Code 203). Pure.
 */
import { addDuration, rolled, type WithCalendar } from '../calendar/calendar.ts';
import type { Duration } from '../config/duration.ts';
import type { MeasureKind, Named, TaskKind } from './words.ts';

export interface Statute {
  readonly law: Named;
  readonly article: string;
  readonly duration: Duration;
}

const statutes = {
  'relief-check': {
    law: { zh: '浙江省社会救助条例', en: 'Zhejiang Regulation on Social Assistance' },
    article: '审核 / check',
    duration: { unit: 'working days', count: 15 },
  },
  'relief-approval': {
    law: { zh: '浙江省社会救助条例', en: 'Zhejiang Regulation on Social Assistance' },
    article: '审批 / approval',
    duration: { unit: 'working days', count: 5 },
  },
  'legal-aid-decision': {
    law: { zh: '法律援助法', en: 'Legal Aid Law' },
    article: '43',
    duration: { unit: 'days', count: 7 },
  },
  'legal-aid-assignment': {
    law: { zh: '法律援助法', en: 'Legal Aid Law' },
    article: '43',
    duration: { unit: 'days', count: 3 },
  },
  'judicial-confirmation': {
    law: { zh: '人民调解法', en: "People's Mediation Law" },
    article: '33',
    duration: { unit: 'days', count: 30 },
  },
} as const satisfies Readonly<Record<string, Statute>>;
export type StatuteId = keyof typeof statutes;

/** When a clock of law that began then is over. */
export function statutoryEnd(city: WithCalendar, id: StatuteId, from: number): number {
  const { duration } = statutes[id];
  const end = addDuration(city, from, duration);
  return duration.unit === 'days' ? rolled(end) : end;
}

/** Measures that run on the law's clock: the first action is due by the one, the end by the other, which follows it. */
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
  return clocks && statutes[clocks[wait === 'act' ? 0 : 1]].duration;
}

/** The windows of such work from the day on which it was asked for; none for any other. */
export function statutoryWindows(
  city: WithCalendar,
  work: Work,
  from: number,
): { readonly actDue?: number; readonly due?: number } {
  const clocks = clocksOf(work);
  if (!clocks) return {};
  const actDue = statutoryEnd(city, clocks[0], from);
  return { actDue, due: statutoryEnd(city, clocks[1], actDue) };
}

/** What of them is left to the next owner: a change of hands is no time won. */
export function statutoryRest(
  task: Work & { readonly actDue: number | null; readonly due: number },
  at: number,
): { readonly actDue?: number; readonly due?: number } {
  const isStatutory = clocksOf(task) !== undefined || task.kind === 'confirm-agreement';
  if (!isStatutory || task.due <= at) return {};
  const { actDue, due } = task;
  return { due, ...(actDue !== null && actDue > at ? { actDue } : {}) };
}

/** By which law such work is due. */
export function statuteOf(work: Work): Statute | undefined {
  if (work.kind === 'confirm-agreement') return statutes['judicial-confirmation'];
  const clocks = clocksOf(work);
  return clocks && statutes[clocks[0]];
}
