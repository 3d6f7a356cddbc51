/**
 * The reconciler: takes in what is pending, starts what is not running, projects what lags, sends what is left over, rotates
 * old executions, and counts every repair. In a healthy city the counts are zero. An index only nominates: each log is read
 * consistently before anything is done.
 */
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type Draft, system } from '../domain/actions.ts';
import type { LogId } from '../domain/ids.ts';
import { nextTimer } from '../domain/ladder.ts';
import { nextStage } from '../domain/stages.ts';
import { isClosed, openTasks, type State } from '../domain/state.ts';
import { type Desk, resume } from './intake.ts';
import { openLogs } from './lists.ts';
import { caseLevelChanged, commit, project, projectHead, read, tailBeforeHead, wakeLifecycle } from './log.ts';
import { type NoticeItem, notSent, type Outgoing, sendDue } from './sending.ts';
import { headKey, holds, indexes, partitionOf, removeOpen, shardKeys, waitKey } from './table.ts';

export const repairs = ['intake', 'closed-mark', 'head', 'task', 'woken', 'notice', 'recovered'] as const;
export type Repair = (typeof repairs)[number];

export interface Reconciled {
  readonly looked: number;
  readonly repaired: Readonly<Record<Repair, number>>;
  /** Executions that had grown old: no repair. */
  readonly rotated: number;
  /** Logs whose execution keeps dying: people must look. */
  readonly alarms: readonly LogId[];
}

const minute = 60_000;
const oldest = 25 * 86_400_000;
/** After so many recoveries with nothing between there is an alarm instead. */
const patience = 3;

export async function reconcile(desk: Desk, outgoing: Outgoing, now: number): Promise<Reconciled> {
  const repaired: Record<Repair, number> = {
    intake: 0,
    'closed-mark': 0,
    head: 0,
    task: 0,
    woken: 0,
    notice: 0,
    recovered: 0,
  };
  let rotated = 0;
  const count = (repair: Repair, times = 1) => {
    repaired[repair] += times;
  };
  for (const key of await pending(desk, now - minute)) {
    await resume(desk, key);
    count('intake');
  }
  const alarms: LogId[] = [];
  const ids = await openLogs(desk);
  for (const id of ids) {
    const state = await read(desk, id);
    if (!state) continue; // marked open, its first action still to come: the pending report brings it
    if (isClosed(state)) {
      await closed(desk, state, count);
      continue;
    }
    // What was committed within the last minute may still be on its way.
    if (state.changedAt > now - minute) continue;
    const items = await itemsOf(desk, id);
    await projected(desk, outgoing, state, items, now, count);
    if (state.revisedAt < now - oldest) {
      await revise(desk, state, 'rotated', now);
      rotated += 1;
    } else if (await driven(desk, state, items, now, count)) alarms.push(id);
  }
  return { looked: ids.length, repaired, rotated, alarms };
}

type Count = (repair: Repair, times?: number) => void;

async function pending({ table, city }: Desk, before: number): Promise<{ pk: string; sk: string }[]> {
  const found = await Promise.all(
    shardKeys(city.code).map(async (shard) => {
      const { Items = [] } = await table.db.send(
        new QueryCommand({
          TableName: table.name,
          IndexName: indexes.pending,
          KeyConditionExpression: 'pending = :shard and receivedAt <= :before',
          ExpressionAttributeValues: { ':shard': shard, ':before': new Date(before).toISOString() },
        }),
      );
      return Items.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) }));
    }),
  );
  return found.flat();
}

/** Closing removes the open mark after the commit; a crash between leaves it. */
async function closed(desk: Desk, state: State, count: Count): Promise<void> {
  await projectHead(desk, state);
  if (await holds(desk.table.db.send(removeOpen(desk.table, state.id, state.n)))) count('closed-mark');
}

interface Items {
  readonly head: { readonly n: number; readonly state: State | undefined };
  readonly seqs: ReadonlyMap<string, number>;
  /** Tasks that lists show as open. */
  readonly listed: readonly string[];
  /** Up to which action the lifecycle was told that something is due. */
  readonly told: number;
  /** Tasks on which an execution of this revision waits. */
  readonly parked: ReadonlyMap<string, number>;
  readonly notices: readonly NoticeItem[];
}

/** Head, notices and task items lie next to each other: HEAD < N# < T#. */
async function itemsOf({ table }: Desk, id: LogId): Promise<Items> {
  const { Items = [] } = await table.db.send(
    new QueryCommand({
      TableName: table.name,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk and sk between :head and :last',
      ExpressionAttributeValues: { ':pk': partitionOf(id), ':head': headKey, ':last': 'T#~' },
    }),
  );
  const head = Items.find(({ sk }) => sk === headKey);
  const of = (prefix: string) => Items.filter(({ sk }) => String(sk).startsWith(prefix));
  return {
    head: { n: Number(head?.n ?? 0), state: head?.state },
    seqs: new Map(of('T#').map(({ sk, seq }) => [String(sk).slice(2), Number(seq ?? 0)])),
    listed: of('T#').flatMap((item) => (item.state === 'open' ? [String(item.sk).slice(2)] : [])),
    told: Number(Items.find(({ sk }) => sk === waitKey)?.seq ?? 0),
    parked: new Map(
      of('T#')
        .filter(({ tok }) => tok !== undefined)
        .map(({ sk, tokRev }) => [String(sk).slice(2), Number(tokRev)]),
    ),
    notices: of('N#').map(({ sk, state, until }) => ({
      sk: String(sk),
      state: state === 'sent' ? 'sent' : 'claimed',
      until: Number(until),
    })),
  };
}

async function projected(
  desk: Desk,
  outgoing: Outgoing,
  state: State,
  items: Items,
  now: number,
  count: Count,
): Promise<void> {
  if (lags(items.head, state)) {
    await projectHead(desk, state, items.head.state);
    count('head');
  }
  for (const task of openTasks(state)) {
    if ((items.seqs.get(task.no) ?? 0) >= task.seq) continue;
    await project(desk, state, task.no, task.seq);
    count('task');
  }
  // Over in the record, and still on somebody's list: whoever ended it died before saying so.
  for (const no of items.listed.filter((one) => !state.tasks[one])) {
    await project(desk, state, no, state.n);
    count('task');
  }
  if (nextStage(state) !== 'carry-out' && items.told < state.n) {
    await wakeLifecycle(desk, state);
    count('woken');
  }
  for (const task of await notSent(outgoing, state, items.notices, now)) {
    count('notice', (await sendDue(outgoing, state, task, now)).count);
  }
}

const lags = (head: Items['head'], state: State): boolean =>
  state.n - head.n >= tailBeforeHead || (state.n > head.n && caseLevelChanged(head.state, state));

/** @returns true where an execution keeps dying */
async function driven(desk: Desk, state: State, items: Items, now: number, count: Count): Promise<boolean> {
  if (await lives(desk, state, items, now)) return false;
  if (state.recoveries >= patience) return true;
  await revise(desk, state, 'recovered', now);
  count('recovered');
  return false;
}

/** By the end rule a closed execution at the current revision has died. Starting one that runs changes nothing. */
async function lives(desk: Desk, state: State, { parked }: Items, now: number): Promise<boolean> {
  const { id, rev } = state;
  if ((await desk.driver.start(id, rev)) === 'died') return false;
  // Whoever waits with its timer still to come is left alone.
  const doubtful = openTasks(state).filter(
    (task) => task.from <= now && (parked.get(task.no) !== rev || nextTimer(desk.city, task).at < now - minute),
  );
  const found = await Promise.all(doubtful.map(({ no }) => desk.driver.startTask(id, rev, no)));
  return !found.includes('died');
}

/** On the state just read: where somebody was faster there is nothing to recover from. */
async function revise(desk: Desk, state: State, cause: 'rotated' | 'recovered', now: number): Promise<void> {
  const draft: Draft = {
    at: now,
    by: system,
    key: `${cause} ${state.rev}`,
    rev: 0,
    content: { kind: 'revised', cause },
  };
  await commit(desk, state.id, (current) => (current?.n === state.n ? draft : undefined));
}
