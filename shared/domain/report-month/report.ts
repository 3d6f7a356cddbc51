/**
 * The report of a month (field.md S15, §10): whether disputes are settled where they arose, how soon help came, what lasted; and
 * what was done with levels, which is no merit. Nothing presented as good counts levels, and none of its shares leaves out what
 * became a case. Pure.
 */
import { iso, localDate } from '../../calendar/calendar.ts';
import type { City } from '../../config/city.ts';
import { areaExists, isWithin, post, postExists } from '../../config/posts.ts';
import { choices } from '../deciding.ts';
import { contestOutcomes } from '../state.ts';
import { type Cell, smallest } from '../statistics.ts';
import { agreementOutcomes, type DisputeType, disputeTypes } from '../words.ts';
import { type Counted, deferralSteps, helpWays } from './counted.ts';
import { all, type Entry, type Places, placesIn, tell } from './small-cells.ts';
import { atMost, dispersionOf, monthsCompared, type Unusual, unusual } from './unusual.ts';
import { monthsBefore, weekOf, weeksIn } from './weeks.ts';

/** What each table counts. A share is of the first value; `good` says which way it is better, where it is any. */
export const tables = {
  disputes: { values: ['lowest', 'above', 'not-settled', 'case'], good: 'more' },
  agreements: { values: agreementOutcomes, good: 'more' },
  repeats: { values: ['after-end', 'while-open', 'first'], good: 'fewer' },
  decisions: { values: choices, good: null },
  lapses: { values: ['red', 'orange', 'yellow'], good: null },
  contests: { values: contestOutcomes, good: null },
  recalls: { values: ['unconfirmed', 'confirmed'], good: 'fewer' },
  deferrals: { values: deferralSteps, good: null },
} as const satisfies Record<string, { readonly values: readonly string[]; readonly good: 'more' | 'fewer' | null }>;
export type TableName = keyof typeof tables;
const tableNames = Object.keys(tables) as TableName[];

type Good = 'more' | 'fewer' | null;

export interface AreaTold {
  readonly area: string;
  /** null, here and below: so few that it is not told. */
  readonly total: number | null;
  readonly cells: readonly Cell[];
  /** Of the first value, in whole hundredths; only where something is good or bad about it. */
  readonly share: number | null;
}

export interface TableTold extends AreaTold {
  readonly name: TableName;
  readonly good: Good;
  /** The areas below, side by side: do they differ? */
  readonly below: readonly AreaTold[];
}

export interface HelpTold {
  readonly way: (typeof helpWays)[number];
  readonly count: number | null;
  /** Days, in tenths. */
  readonly days: { readonly quarter: number; readonly half: number; readonly threeQuarters: number } | null;
  readonly good: Good;
}

export interface PostTold {
  readonly post: string;
  /** Turns: a task that a post had before it and that left it, answered or taken by the tier above. */
  readonly turns: number;
  /** In whole hundredths. */
  readonly acknowledged: number;
  readonly done: number;
}

export interface TrendTold {
  readonly by: 'area' | 'type' | 'week';
  readonly value: string;
  readonly count: number | null;
  /** How many there were in the weeks before; null where one of the months that they belong to does not tell its own. */
  readonly before: number | null;
  /** null: not told, or the time before is too short. Where `before` is not told it is at most that: exactly, it would tell it. */
  readonly p: number | null;
  readonly unusual: Unusual['unusual'];
}

export interface MonthReport {
  readonly month: string;
  readonly area: string;
  readonly at: string;
  /** The month is not over. */
  readonly provisional: boolean;
  readonly tables: readonly TableTold[];
  readonly firstHelp: readonly HelpTold[];
  readonly posts: readonly PostTold[];
  /** Posts with so few turns that they are not told. */
  readonly postsNotTold: number;
  readonly trend: {
    /** Mondays. */
    readonly weeks: readonly string[];
    readonly weeksBefore: number;
    readonly dispersion: number;
    /** How many rows were compared: of a hundred usual ones one is called unusual. */
    readonly compared: number;
    readonly rows: readonly TrendTold[];
  };
}

/** What counted in the whole city: what an area is told depends on what others are. */
export interface Facts {
  /** Of the month, each log's in its order. */
  readonly counted: readonly (Counted & { readonly log: string })[];
  /** New disputes of this month and those before. */
  readonly arose: readonly Counted[];
  /** What was called back in the month, and whether somebody has said since that it is gone. */
  readonly recalls: readonly Entry[];
}

export interface Asked {
  readonly month: string;
  readonly area: string;
  readonly now: number;
}

export function reportOf(city: City, { month, area, now }: Asked, facts: Facts): MonthReport {
  const places = placesIn(city);
  const entries = entriesOf(city, facts);
  const within = facts.counted.filter((one) => areaExists(city, one.area) && isWithin(city, one.area, area));
  const { told, few } = postsTold(city, area, facts.counted);
  return {
    month,
    area,
    at: iso(now),
    provisional: localDate(now).slice(0, 7) <= month,
    tables: tableNames.map((name) => tableTold(places, area, name, entries[name])),
    firstHelp: helpWays.map((way) => helpTold(places, area, way, facts.counted, within)),
    posts: told,
    postsNotTold: few,
    trend: trendTold(city, places, { month, area, now }, facts.arose),
  };
}

type Entries = Readonly<Record<TableName, readonly Entry[]>>;

function entriesOf(city: City, { counted, recalls }: Facts): Entries {
  const of = (value: (one: Counted) => string | undefined): Entry[] =>
    counted.flatMap((one) => {
      const found = value(one);
      return found === undefined ? [] : [{ area: one.area, value: found }];
    });
  // What a dispute has come to by the end of the month counts, and only that.
  const last = new Map(counted.filter(({ outcome }) => outcome).map((one) => [one.log, one]));
  return {
    disputes: [...last.values()].map((one) => ({ area: one.area, value: outcomeOf(city, one) })),
    agreements: of(({ agreement }) => agreement),
    repeats: of(({ coming }) => coming),
    decisions: of(({ choice }) => choice),
    lapses: of(({ lapse }) => lapse?.from),
    contests: of(({ contest }) => contest),
    recalls,
    deferrals: of(({ deferral }) => deferral),
  };
}

/** Where it arose: by whoever reported it, or at the lowest tier that the responsibility list gives the settling of disputes to. */
function outcomeOf(city: City, { outcome, settledBy }: Counted): string {
  if (outcome !== 'settled') return outcome ?? 'not-settled';
  if (settledBy === undefined) return 'lowest';
  const settling = city.responsibility
    .filter(({ kind }) => kind === 'settle')
    .map(({ tier }) => city.tiers.indexOf(tier));
  const at = postExists(city, settledBy) ? city.tiers.indexOf(post(city, settledBy).tier) : city.tiers.length;
  return at <= Math.min(...settling) ? 'lowest' : 'above';
}

const hundredths = (part: number, whole: number): number => Math.round((100 * part) / whole);

function tableTold(places: Places, area: string, name: TableName, entries: readonly Entry[]): TableTold {
  const { values, good } = tables[name];
  const [table] = tell(places, [entries]);
  const ofArea = (code: string): AreaTold => {
    const count = (value: string): number | null => table?.count(code, value) ?? null;
    const [total, part] = [count(all), count(values[0])];
    const share = good !== null && total !== null && total > 0 && part !== null ? hundredths(part, total) : null;
    return { area: code, total, cells: values.map((value) => ({ value, count: count(value) })), share };
  };
  return { name, good, ...ofArea(area), below: areasBelow(places, area).map(ofArea) };
}

const areasBelow = (places: Places, area: string): readonly string[] =>
  places.children(area).filter((code) => places.codes.includes(code));

/** The value below which so much of them lies; between two it is drawn straight. */
export function quantile(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share;
  const [low = 0, high = low] = sorted.slice(Math.floor(at), Math.floor(at) + 2);
  return low + (high - low) * (at - Math.floor(at));
}

function helpTold(
  places: Places,
  area: string,
  way: HelpTold['way'],
  everywhere: readonly Counted[],
  within: readonly Counted[],
): HelpTold {
  const isOf = ({ help }: Counted): boolean => help?.way === way;
  const [table] = tell(places, [everywhere.filter(isOf).map((one) => ({ area: one.area, value: way }))]);
  const count = table?.count(area, all) ?? null;
  const hours = within.flatMap(({ help }) => (help?.way === way ? [help.hours] : [])).sort((a, b) => a - b);
  const days = (share: number) => Math.round((10 * quantile(hours, share)) / 24) / 10;
  return {
    way,
    count,
    days: count ? { quarter: days(0.25), half: days(0.5), threeQuarters: days(0.75) } : null,
    good: way === 'without-level' ? 'fewer' : null,
  };
}

/** Posts and never persons; in the order of their names, so that nobody is ranked. */
function postsTold(city: City, area: string, counted: readonly Counted[]): { told: PostTold[]; few: number } {
  const turns = counted.flatMap(({ response }) => response ?? []);
  const ofPost = Map.groupBy(turns, (turn) => turn.post);
  const within = [...ofPost].filter(([id]) => postExists(city, id) && isWithin(city, post(city, id).area, area));
  const told = within
    .filter(([, own]) => own.length >= smallest)
    .map(([id, own]) => ({
      post: id,
      turns: own.length,
      acknowledged: hundredths(own.filter(({ acknowledged }) => acknowledged).length, own.length),
      done: hundredths(own.filter(({ done }) => done).length, own.length),
    }))
    .sort((a, b) => (a.post < b.post ? -1 : 1));
  return { told, few: within.length - told.length };
}

/** New disputes of the month's weeks, by area, type and week, against the weeks before. */
function trendTold(
  city: City,
  places: Places,
  { month, area, now }: Asked,
  arose: readonly Counted[],
): MonthReport['trend'] {
  const weeks = weeksIn(month, localDate(now));
  const first = weekOf(`${month}-01`);
  const dated = arose.flatMap(({ area: where, day, disputeType }) =>
    day && disputeType ? [{ area: where, type: disputeType, week: weekOf(day) }] : [],
  );
  const beginning = dated.map(({ week }) => week).sort()[0] ?? first;
  // Whole months, and no longer than the city has counted; its first week may have been short.
  const monthsThen = monthsBefore(month, monthsCompared)
    .map((one) => weeksIn(one, localDate(now)))
    .filter(([earliest = beginning]) => earliest > beginning);
  const weeksBefore = monthsThen.flat();
  const inWeeks = (wanted: readonly string[]) => dated.filter(({ week }) => wanted.includes(week));
  const [now_, then] = [inWeeks(weeks), inWeeks(weeksBefore)];
  const byType = (found: typeof dated): Entry[] => found.map((one) => ({ area: one.area, value: one.type }));
  const toldOf = (found: typeof dated) =>
    tell(places, [byType(found), found.map((one) => ({ area: one.area, value: one.week }))]);
  const [types, byWeek] = toldOf(now_);
  // As each month told them itself: their sum tells no more than they did.
  const typesThen = monthsThen.map((weeksThen) => toldOf(inWeeks(weeksThen))[0]);
  const toldBefore = (code: string, value: string): number | null =>
    typesThen.reduce<number | null>((sum, told) => {
      const count = told?.count(code, value) ?? null;
      return sum === null || count === null ? null : sum + count;
    }, 0);
  const isIn = (code: string) => (one: { readonly area: string }) =>
    areaExists(city, one.area) && isWithin(city, one.area, code);
  const here = then.filter(isIn(area));
  const dispersion = dispersionOf(weeksBefore.map((week) => here.filter((one) => one.week === week).length));
  const row = (
    { by, value }: Pick<TrendTold, 'by' | 'value'>,
    count: number | null,
    code: string,
    type: DisputeType | typeof all,
    length: number,
  ): TrendTold => {
    const before = toldBefore(code, type);
    const total = then.filter((one) => isIn(code)(one) && (type === all || one.type === type)).length;
    const told =
      count === null || length === 0 || count + (before ?? 1) === 0
        ? undefined
        : unusual(count, length, { total, weeks: weeksBefore.length }, dispersion);
    const p = told && (before === null ? atMost(told.p) : told.p);
    return { by, value, count, before, p: p ?? null, unusual: told?.unusual ?? null };
  };
  const rows: TrendTold[] = [
    ...[area, ...areasBelow(places, area)].map((code) =>
      row({ by: 'area', value: code }, types?.count(code, all) ?? null, code, all, weeks.length),
    ),
    ...disputeTypes.map((type) =>
      row({ by: 'type', value: type }, types?.count(area, type) ?? null, area, type, weeks.length),
    ),
    ...weeks.map((week) => row({ by: 'week', value: week }, byWeek?.count(area, week) ?? null, area, all, 1)),
  ];
  return {
    weeks,
    weeksBefore: weeksBefore.length,
    dispersion: Math.round(10 * dispersion) / 10,
    compared: rows.filter(({ p }) => p !== null).length,
    rows,
  };
}
