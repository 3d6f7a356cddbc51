import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { localDate } from '../../shared/calendar/calendar.ts';
import { alertsDue, daySeal, type Head } from '../../shared/domain/audit.ts';
import { type Audit, drainSpool } from '../../shared/record/audit.ts';
import { chainsMarked, countsOf, headsOf, keepSeal, markAlerted, sealOf } from '../../shared/record/audit-days.ts';

export interface Topic {
  readonly sns: SNSClient;
  readonly topicArn: string;
}

export interface Kept {
  readonly drained: number;
  readonly left: number;
  readonly alerts: number;
  /** Days whose heads were sent. */
  readonly sealed: readonly string[];
}

const minute = 60_000;
const day = 24 * 60 * minute;
/** Longer than any request or run that began before midnight may last. */
const settling = 10 * minute;
/** Days that are made up for after an outage. */
const mostMissed = 7;
/** Heads in one message: below the 256 KB of SNS with the longest names that there can be. */
const most = 1_000;

/** Every 5 minutes: what was spooled comes into its chain, people are told of unusual reading, and a day that is over is sealed. */
export const keepAudit =
  (audit: () => Audit, alarms: () => Topic, oversight: () => Topic) =>
  async ({ now }: { now: number }): Promise<Kept> => {
    const spool = await drainSpool(audit(), now);
    const alerts = await raiseAlerts(audit(), [alarms(), oversight()], now);
    const sealed = await sealDays(audit(), alarms(), oversight(), now);
    const kept = { ...spool, alerts, sealed };
    console.log(JSON.stringify({ level: 'info', message: 'audit-kept', ...kept }));
    return kept;
  };

async function publish({ sns, topicArn }: Topic, message: object): Promise<void> {
  await sns.send(new PublishCommand({ TopicArn: topicArn, Message: JSON.stringify(message) }));
}

/** Each reason once a person and day; twice only after a crash between publishing and marking, and then under one id. */
async function raiseAlerts({ table, city }: Audit, topics: readonly Topic[], now: number): Promise<number> {
  let raised = 0;
  // What was read shortly before midnight is seen after it.
  for (const date of [localDate(now - day), localDate(now)]) {
    const counts = await countsOf(table, date);
    for (const alert of counts.flatMap((count) => alertsDue(count, city.audit.bulk))) {
      for (const topic of topics) await publish(topic, alert);
      await markAlerted(table, alert, now);
      raised += 1;
    }
  }
  return raised;
}

async function sealDays(audit: Audit, alarms: Topic, oversight: Topic, now: number): Promise<string[]> {
  const dates = await unsealed(audit, now);
  for (const date of dates) await sealDay(audit, alarms, oversight, date, now);
  return dates;
}

/** The days that are over since the last one that was sealed, the oldest first. */
async function unsealed({ table }: Audit, now: number): Promise<string[]> {
  const dates: string[] = [];
  for (let back = 1; back <= mostMissed; back++) {
    const date = localDate(now - settling - back * day);
    if (await sealOf(table, date)) return dates.reverse();
    dates.push(date);
  }
  // None ever, or none for long: a day on which nobody looked at anything says nothing then.
  const grown = await Promise.all(dates.map(async (date) => (await chainsMarked(table, date)).length > 0));
  return dates.filter((_, i) => i === 0 || grown[i]).reverse();
}

/** The seal is kept after the heads went out: a crash between sends them again, and they are the same. */
async function sealDay(audit: Audit, alarms: Topic, oversight: Topic, date: string, now: number): Promise<void> {
  const { heads, broken } = await headsOf(audit.table, date);
  const alarm = { id: `audit-broken#${date}`, kind: 'audit-broken', date, broken: broken.slice(0, most) };
  if (broken.length > 0) for (const topic of [alarms, oversight]) await publish(topic, alarm);
  const seal = daySeal(date, heads);
  const parts = Math.max(1, Math.ceil(heads.length / most));
  for (let part = 1; part <= parts; part++) {
    const some: readonly Head[] = heads.slice((part - 1) * most, part * most);
    const id = `audit-heads#${date}#${part}`;
    await publish(oversight, { id, kind: 'audit-heads', ...seal, part, parts, heads: some });
  }
  await keepSeal(audit, seal, heads, now);
}
