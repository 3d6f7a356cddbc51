/** What of a case goes, what stays, until when and why: for whoever is asked whether somebody is forgotten. Pure. */
import { localDate } from '../calendar/calendar.ts';
import type { City } from '../config/city.ts';
import { backupDays } from '../config/retention.ts';
import { completeOn } from './erasure.ts';
import { agreementExpires, dueOf, isKept, protects } from './expiry.ts';
import { heldUntil } from './holding.ts';
import { mergedInto } from './merged.ts';
import { type Agreement, type CaseState, type ClosedAs, type DisputeState, isClosed, type State } from './state.ts';
import type { Named } from './words.ts';

/** One of its disputes, or what that is part of now: how many places of people are still named there, and how many were erased. */
export interface ExplainedDispute {
  readonly state: DisputeState;
  /** What is held with it: its cases, and what it is one with. */
  readonly linked: readonly State[];
  readonly named: number;
  readonly erased: number;
}

export interface Explained {
  readonly state: CaseState;
  /** What is held with it: its disputes, and what it is one with. */
  readonly linked: readonly State[];
  /** Those that are still there. */
  readonly disputes: readonly ExplainedDispute[];
  readonly actions: number;
  readonly notes: number;
  /** Agreements whose words are still kept. */
  readonly agreements: readonly Pick<Agreement, 'id' | 'on'>[];
}

export const closedAsNames: Record<ClosedAs, Named> = {
  dismissed: { zh: '不予定级', en: 'dismissed' },
  unfounded: { zh: '不属实', en: 'unfounded' },
  'below-threshold': { zh: '未达门槛', en: 'below the threshold' },
  lapsed: { zh: '等级失效', en: 'lapsed' },
  contested: { zh: '异议成立', en: 'contested' },
  completed: { zh: '已完成', en: 'completed' },
  merged: { zh: '已并入另案', en: 'merged into another' },
};

const line = (zh: string, en: string): Named => ({ zh, en });

/** @param now epoch ms */
export function explained(city: City, found: Explained, now: number): Named[] {
  const { state, linked } = found;
  const hold = heldUntil([state, ...linked], now);
  return [
    ...stands(state),
    ...grounds(city, state, hold),
    ...goes(city, found, now, hold),
    ...stays(city, found, hold),
    ...backups(state, now),
  ];
}

function stands(state: CaseState): Named[] {
  const { id, status, endedAt } = state;
  const into = mergedInto(state);
  if (into !== null) {
    const { zh, en } = closedAsNames.merged;
    return [line(`个案 ${id}：${zh} ${into}`, `Case ${id}: ${en}, ${into}`)];
  }
  if (endedAt === null) return [line(`个案 ${id}：未结（${status}）`, `Case ${id}: open (${status})`)];
  const [day, end] = [localDate(endedAt), closedAsNames[state.endsAs ?? 'completed']];
  if (isClosed(state)) return [line(`个案 ${id}：${day} 结案，${end.zh}`, `Case ${id}: closed on ${day}, ${end.en}`)];
  return [
    line(
      `个案 ${id}：${day} 终结，${end.zh}；其后事项仍在办理，不延长保存期限`,
      `Case ${id}: over since ${day}, ${end.en}; what is still done beside its end keeps nobody named for longer`,
    ),
  ];
}

const lengthOf = ({ count, unit }: City['reopening']): string => `${count} ${unit}`;

/** By which ground it goes, or what keeps it. */
function grounds(city: City, state: CaseState, hold: number | undefined): Named[] {
  const { retention } = city;
  const over = line(
    `依据 ground：retention-over（最后一次回访或结束之后满 ${lengthOf(retention.completed)}；不予定级、不属实、失效、异议成立为 ${lengthOf(retention.ended)}；未达门槛为 ${lengthOf(retention.belowThreshold)}）`,
    `Ground: retention-over (${lengthOf(retention.completed)} after the last check-in; dismissed, unfounded, lapsed or contested ${lengthOf(retention.ended)}; below the threshold ${lengthOf(retention.belowThreshold)})`,
  );
  if (hold !== undefined) {
    const day = localDate(hold);
    return [
      over,
      line(
        `依法保全至 ${day}：此前不删除，解除后次日删除`,
        `Legal hold until ${day}: nothing goes before, or before it is released`,
      ),
    ];
  }
  const past = state.heldUntil === null ? '' : localDate(state.heldUntil);
  return [
    over,
    ...(past
      ? [line(`保全已于 ${past} 终止`, `The legal hold ended on ${past}`)]
      : [line('未被保全', 'No legal hold')]),
  ];
}

const personal = line(
  '各方姓名、证件号、电话、住址、安全联系方式、报告原话、办理说明、报告人线索',
  'names, numbers, phones, addresses, safe contacts, words of the reports, notes, what leads to them',
);

function goes(city: City, { state, disputes, notes }: Explained, now: number, hold: number | undefined): Named[] {
  if (state.forgottenAt !== null) {
    const day = localDate(state.forgottenAt);
    return [
      line(`已于 ${day} 删除：${personal.zh}`, `Gone since ${day}: ${personal.en}`),
      ...disputesGo(city, disputes, now),
    ];
  }
  const due = dueOf(city, state);
  const into = mergedInto(state);
  if (into !== null) {
    return [line(`与所并入的个案 ${into} 一同删除`, `It goes with the case that it was merged into: ${into}`)];
  }
  const when = due === undefined ? undefined : Math.max(due.at, hold ?? 0);
  const day =
    when === undefined ? line('结案后按上述期限', 'after its end, as above') : line(localDate(when), localDate(when));
  const what =
    due?.what === 'names' || (due && protects(state))
      ? line('当事人的姓名等资料、原话与说明', 'the person of concern, words and notes')
      : personal;
  const named = disputes.reduce((sum, one) => sum + one.named, 0);
  return [
    line(
      `将删除（${day.zh}）：${what.zh}；现存 ${named} 人次、说明 ${notes} 条`,
      `Goes (${day.en}): ${what.en}; now ${named} places of people, ${notes} notes`,
    ),
    ...disputesGo(city, disputes, now),
  ];
}

/** A dispute goes as a whole when its own time is over and no case keeps it. */
function disputesGo(city: City, disputes: readonly ExplainedDispute[], now: number): Named[] {
  return disputes.map(({ state, linked, erased }) => {
    const due = dueOf(city, state);
    const keeping = linked.flatMap((one) => (one.subject === 'case' && isKept(one) ? [one.id] : []));
    // What is held of a case is held of its disputes.
    const day = due && localDate(Math.max(due.at, now, heldUntil([state, ...linked], now) ?? 0));
    const zh = day ? `最早 ${day}` : '结案后';
    const kept =
      keeping.length > 0
        ? { zh: `，且不早于 ${keeping.join('、')}`, en: `, not before ${keeping.join(', ')}` }
        : { zh: '', en: '' };
    return line(
      `纠纷 ${state.id} 整体删除：${zh}${kept.zh}；其中 ${erased} 人次已删除`,
      `Dispute ${state.id} goes as a whole: ${day ? `on ${day} at the earliest` : 'after its end'}${kept.en}; ${erased} places of people are erased already`,
    );
  });
}

function stays(city: City, { state, actions, agreements }: Explained, hold: number | undefined): Named[] {
  return [
    line(
      `保留：${actions} 条办理记录（何岗位、何时、何事，不含姓名与原话），哈希链可核对`,
      `Stays: ${actions} actions (which post did what when, no names and no words); their chain still verifies`,
    ),
    line(
      '保留：统计（定级、失效、排查成效、协议），不含任何人',
      'Stays: statistics (decisions, lapses, yields, agreements), of nobody',
    ),
    line(
      `保留：查阅日志 ${city.audit.years} 年，只含编号与查阅者`,
      `Stays: the log of accesses, for ${city.audit.years} years; ids and who looked`,
    ),
    ...agreements.map((one) => {
      const until = localDate(Math.max(agreementExpires(city, one), hold ?? 0));
      return line(`另行保存：协议 ${one.id}，至 ${until}`, `Kept apart: agreement ${one.id}, until ${until}`);
    }),
    ...(state.safetyPlan
      ? [
          line(
            '安全计划由其负责人另行结束；受影响人的资料保留至安全计划结束',
            'The safety plan ends with whoever looks after it; whom it protects stays named until then',
          ),
        ]
      : []),
  ];
}

function backups(state: CaseState, now: number): Named[] {
  const { forgottenAt } = state;
  if (forgottenAt === null) {
    return [
      line(
        `备份：删除后 ${backupDays} 天内仍在，恢复时会再次删除`,
        `Backups hold it for ${backupDays} days more; whatever is restored is erased again first`,
      ),
    ];
  }
  const day = localDate(completeOn(forgottenAt));
  return completeOn(forgottenAt) > now
    ? [line(`备份：至 ${day} 仍在`, `Backups hold it until ${day}`)]
    : [line(`备份：自 ${day} 起已无`, `No backup has held it since ${day}`)];
}

/** Chinese first, English below. */
export const shownLines = (lines: readonly Named[]): string[] => lines.flatMap(({ zh, en }) => [zh, `  ${en}`]);
