/** The summary as people read it: Chinese first, English beside. */
import { localDate } from '../../shared/calendar/calendar.ts';
import { violations } from './invariants.ts';
import type { Summary } from './summary.ts';

/** Chinese characters and full-width signs take two columns. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;
export const widthOf = (text: string): number => [...text].reduce((sum, c) => sum + (wide.test(c) ? 2 : 1), 0);
const padded = (text: string, width: number): string => `${text}${' '.repeat(Math.max(0, width - widthOf(text)))}`;

type Counts = Readonly<Record<string, number>>;
const total = (counts: Counts): number => Object.values(counts).reduce((sum, n) => sum + n, 0);
const listed = (counts: Counts): string =>
  Object.entries(counts)
    .map(([name, n]) => `${name} ${n}`)
    .join(', ') || '–';
const units = (counts: Counts): string =>
  Object.entries(counts)
    .map(([name, n]) => `${name} ${Math.round(n)}`)
    .join(', ') || '–';

const costLine = ({
  transitions,
  invocations,
  writeUnits,
  readUnits,
  messages,
  usd,
}: Summary['cost']['redCase']): string =>
  `${transitions} 状态转换 transitions, ${invocations} 调用 invocations, ${writeUnits} 写 write, ${readUnits} 读 read units, ${messages} 通知 messages, $${usd}`;

/** Outcomes of one kind of task after the other. */
function tasksIn(tasks: Counts): [string, string][] {
  const kinds = new Map<string, string[]>();
  for (const [name, n] of Object.entries(tasks)) {
    const [kind = '', ...outcome] = name.split(' ');
    kinds.set(kind, [...(kinds.get(kind) ?? []), `${outcome.join(' ')} ${n}`]);
  }
  return [...kinds].map(([kind, outcomes]) => [`  ${kind}`, outcomes.join(', ')]);
}

export function tableOf(summary: Summary): string {
  const broken = violations(summary.invariants);
  const checked = Object.values(summary.invariants).reduce((sum, finding) => sum + finding.checked, 0);
  const { completedRows, ...checkIns } = summary.checkIns;
  const rows: [string, string][] = [
    [`城市 city`, `${summary.city}, 种子 seed ${summary.seed}`],
    [
      '模拟时段 simulated',
      `${localDate(Date.parse(summary.from))} – ${localDate(Date.parse(summary.until))}, ${Math.round(summary.simulatedSeconds / 86_400)} 天 days in ${summary.wallSeconds} 秒 s`,
    ],
    ['报告 reports', String(summary.reports)],
    ['纠纷 disputes', `${total(summary.disputes)}: ${listed(summary.disputes)}`],
    ['个案 cases', `${summary.cases.total}: ${listed(summary.cases.byStatus)}`],
    ['现有等级 levels now', listed(summary.cases.byLevel)],
    ['曾定等级 levels set', listed(summary.levels)],
    ['决定 decisions', `${total(summary.decisions)}: ${listed(summary.decisions)}`],
    ['任务 tasks', String(total(summary.tasks))],
    ...tasksIn(summary.tasks),
    ['提醒、督办 reminders, warnings', `${summary.reminders}, ${summary.warnings}`],
    ['升级 escalations to', listed(summary.escalations)],
    ['交接 hand-offs', listed(summary.handOffs)],
    ['其他办理 beside answers', listed(summary.beside)],
    ['整案交接 whole cases offered', listed(summary.takeOvers)],
    ['求助、网格巡查 referrals, rounds', `${listed(summary.referrals)}; ${listed(summary.rounds)}`],
    ['失效 lapses', listed(summary.lapses)],
    ['回访 check-ins', `${listed(checkIns)}; 全部完成 completed rows ${completedRows}`],
    ['复发、重开 relapses, reopened', `${summary.relapses}, ${summary.reopened}`],
    [
      '通知 messages',
      `${total(summary.messages)}: ${listed(summary.messages)}; 致群众 to citizens ${summary.messagesToCitizens}`,
    ],
    ['被拒操作 refused commands', listed(summary.refusals)],
    ['执行 executions', `${summary.executions}, 状态转换 transitions ${summary.transitions}`],
    ['函数调用 invocations', `${total(summary.invocations)}: ${listed(summary.invocations)}`],
    ['读单位 read units', units(summary.readUnits)],
    ['写单位 write units', units(summary.writeUnits)],
    ['每案成本 cost per case', costLine(summary.cost.perCase)],
    ['红色个案 a red case', costLine(summary.cost.redCase)],
    ['不变式 invariants', `${checked} 项检查 checks, ${broken.length} 项不符 violated`],
    ['记录摘要 record digest', summary.recordDigest],
  ];
  const width = Math.max(...rows.map(([name]) => widthOf(name)));
  return [
    ...rows.map(([name, value]) => `${padded(name, width)}  ${value}`),
    ...broken.slice(0, 20).map((sentence) => `  ✗ ${sentence}`),
    ...(broken.length > 20 ? [`  … ${broken.length - 20} more in summary.json`] : []),
  ].join('\n');
}
