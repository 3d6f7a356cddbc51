/** The report of a month as people read it: Chinese first. */
import type { City } from '../../shared/config/city.ts';
import { areaOf, nameOfPost } from '../../shared/config/posts.ts';
import type {
  AreaTold,
  MonthReport,
  TableName,
  TableTold,
  TrendTold,
} from '../../shared/domain/report-month/report.ts';
import { disputeTypeNames, disputeTypes, type Named } from '../../shared/domain/words.ts';

const named = (zh: string, en: string): Named => ({ zh, en });

const titles: Record<TableName, Named> = {
  disputes: named('纠纷结果', 'what became of disputes'),
  agreements: named('协议九十日履行', 'agreements after 90 days'),
  repeats: named('同一双方再次反映', 'reports of the same parties'),
  decisions: named('定级决定与建议', 'decisions against what was proposed'),
  lapses: named('等级失效', 'levels that lapsed'),
  contests: named('异议', 'contests'),
  recalls: named('召回', 'recalls of what was received'),
  deferrals: named('暂缓告知', 'deferrals of the notice'),
};

const values: Readonly<Record<string, Named>> = {
  lowest: named('就地化解', 'settled where it arose'),
  above: named('上级化解', 'settled at a tier above'),
  'not-settled': named('未化解', 'not settled'),
  case: named('转为个案', 'became a case'),
  kept: named('已履行', 'kept'),
  broken: named('未履行', 'broken'),
  unknown: named('不详', 'unknown'),
  'after-end': named('办结后再次', 'again after its end'),
  'while-open': named('办理中再次', 'again while open'),
  first: named('首次', 'first'),
  confirm: named('同建议', 'as proposed'),
  raise: named('调高', 'raised'),
  lower: named('调低', 'lowered'),
  dismiss: named('不予定级', 'dismissed'),
  red: named('红色', 'red'),
  orange: named('橙色', 'orange'),
  yellow: named('黄色', 'yellow'),
  upheld: named('成立', 'upheld'),
  lowered: named('降级', 'lowered'),
  rejected: named('不成立', 'rejected'),
  lapsed: named('逾期失效', 'lapsed unanswered'),
  overtaken: named('另有决定', 'overtaken'),
  unconfirmed: named('未确认销毁', 'unconfirmed'),
  confirmed: named('已确认销毁', 'confirmed'),
  'with-level': named('随定级暂缓', 'with the level'),
  later: named('另行暂缓', 'later'),
  agreed: named('复核同意', 'agreed by a second person'),
  refused: named('复核不同意', 'refused by a second person'),
  void: named('无复核失效', 'void without a second person'),
  'without-level': named('未定级的帮助', 'help without a level'),
  'at-level': named('定级后的帮助', 'help at a level'),
  more: named('多于往常', 'more than usual'),
  fewer: named('少于往常', 'fewer than usual'),
};

const both = ({ zh, en }: Named): string => `${zh} ${en}`;
const nameOf = (value: string): string => both(values[value] ?? named(value, value));
const counted = (count: number | null): string => (count === null ? '不足十 few' : String(count));
/** How it reads which way is better. */
const direction = { more: '越高越好 better high', fewer: '越低越好 better low' } as const;
const share = (told: Pick<AreaTold, 'share'>): string => (told.share === null ? '—' : `${told.share} %`);

const disputeTypeName = (value: string): string => {
  const type = disputeTypes.find((one) => one === value);
  return type ? both(disputeTypeNames[type]) : value;
};

export function linesOf(city: City, report: MonthReport): string[] {
  const area = (code: string) => `${both(areaOf(city, code).name)} (${code})`;
  const { month, provisional, trend } = report;
  const state = provisional ? '暂计 provisional, 本月未结束 the month is not over' : '全月 the whole month';
  return [
    `和解月度报告 Hejie, report of ${month}: ${area(report.area)}`,
    state,
    '只有数字，没有人；“不足十”不显示，也不能由他数推出。 Counts, no persons; "few" is fewer than ten, or would tell of so few.',
    '',
    ...report.tables.flatMap((table) => tableLines(table, area)),
    '首次得到帮助的天数 days to first help',
    ...report.firstHelp.map(
      ({ way, count, days, good }) =>
        `  ${nameOf(way)}: ${days ? `中位 median ${days.half} (${days.quarter}–${days.threeQuarters})` : '—'}, 件数 on ${counted(count)}${good ? `, ${direction[good]}` : ''}`,
    ),
    '',
    '各岗位办理时效（岗位，不是人） how posts kept their clocks (posts, not persons)',
    ...report.posts.map(
      ({ post, turns, acknowledged, done }) =>
        `  ${both(nameOfPost(city, post))}: 签收 acknowledged ${acknowledged} %, 办结 done ${done} %, 次数 on ${turns}`,
    ),
    ...(report.posts.length === 0 ? ['  无 none'] : []),
    ...(report.postsNotTold > 0 ? [`  次数不足十 fewer than ten turns: ${report.postsNotTold} 个岗位 posts`] : []),
    '',
    '新纠纷趋势 new disputes against the weeks before',
    trend.weeksBefore > 0
      ? `  与此前 ${trend.weeksBefore} 周相比 against ${trend.weeksBefore} weeks, 离散 dispersion ${trend.dispersion}, 比较 ${trend.compared} 项 rows compared`
      : '  此前没有可比的周 no weeks before to compare with',
    ...trend.rows.filter(saysSomething).map((row) => trendLine(row, area)),
    ...(trend.rows.some(saysSomething) ? [] : ['  无 none']),
  ];
}

function tableLines(table: TableTold, area: (code: string) => string): string[] {
  const { name, total, cells, good, below } = table;
  const told = good ? `: ${share(table)} ${nameOf(cells[0]?.value ?? '')}, ${direction[good]}` : '';
  return [
    `${both(titles[name])}${told}`,
    ...(total === 0
      ? ['  无 none']
      : [
          ...cells.map(({ value, count }) => `  ${nameOf(value)}: ${counted(count)}`),
          `  合计 in all: ${counted(total)}`,
          ...(good
            ? below
                .filter((one) => one.total !== 0)
                .map((one) => `  其中 of these ${area(one.area)}: ${share(one)}, 件数 on ${counted(one.total)}`)
            : []),
        ]),
    '',
  ];
}

/** That there is none, and that nobody is told how many there were, is said of nothing unless it is unusual. */
const saysSomething = ({ count, before, unusual }: TrendTold): boolean =>
  count !== 0 || (before ?? 0) > 0 || unusual !== null;

function trendLine({ by, value, count, before, p, unusual }: TrendTold, area: (code: string) => string): string {
  const what = { area: area, type: disputeTypeName, week: (week: string) => `${week} 起的一周 week from ${week}` }[by](
    value,
  );
  const how =
    p === null
      ? ''
      : `, p ${(before === null && p < 1) || p === 0.001 ? '≤ ' : ''}${p}${unusual ? ` ${nameOf(unusual)}` : ''}`;
  return `  ${what}: ${counted(count)}, 此前 before ${counted(before)}${how}`;
}
