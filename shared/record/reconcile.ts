/**
 * The reconciler: takes in what is pending, starts what is not running, projects what lags, sends what is left over, and counts
 * every repair. In a healthy city the counts are zero. It also rotates old executions and moves open logs to a newly deployed
 * definition. An index only nominates: each log is read consistently before anything is done.
 */
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type Draft, type RevisionCause, system } from '../domain/actions.ts';
import type { LogId } from '../domain/ids.ts';
import { nextTimer } from '../domain/ladder.ts';
import { movingOf } from '../domain/merged.ts';
import { nextStage } from '../domain/stages.ts';
import { isClosed, openTasks, type State } from '../domain/state.ts';
import { type Discharging, discharge } from './discharging.ts';
import { each } from './each.ts';
import { type Desk, resume } from './intake.ts';
import { openLogs } from './lists.ts';
import { caseLevelChanged, commit, project, projectHead, read, recount, tailBeforeHead, wakeLifecycle } from './log.ts';
import { carryOn } from './merging.ts';
import { type NoticeItem, notSent, type Outgoing, sendDue } from './sending.ts';
import { headKey, holds, indexes, partitionOf, removeOpen, shardKeys, taskKey, waitKey } from './table.ts';

export const repairs = [
  ...['intake', 'merge', 'owed', 'closed-mark', 'head', 'task', 'woken', 'notice'],
  /** An execution that never began; one that died; one that runs, and nobody could wake. */
  ...['started', 'recovered', 'token'],
] as const;
export type Repair = (typeof repairs)[number];

export interface Reconciled {
  readonly looked: number;
  readonly repaired: Readonly<Record<Repair, number>>;
  /** Executions that had grown old: no repair. */
  readonly rotated: number;
  /** Logs that were moved to the deployed definition: no repair. */
  readonly deployed: number;
  /** Logs whose execution keeps dying: people must look. */
  readonly alarms: readonly LogId[];
  /** What could not be worked off. It kept nobody else. */
  readonly failed: readonly unknown[];
}

const minute = 60_000;
const oldest = 25 * 86_400_000;
/** After so many recoveries with nothing between there is an alarm instead. */
const patience = 3;
/** So many logs a round: executions that are started and stopped have their quotas. */
const mostDeployed = 100;
/** Starting one that runs is how it is seen to run. With more open logs than this each has its turn, once an hour at the least. */
const mostProbed = 1_000;
const turnsAnHour = 12;
/** Logs that are worked off at the same time. */
const atOnce = 8;
/** A machine that was updated may go on starting its old definition for a moment: a log is moved to the same one again no sooner. */
const movedLately = 60 * minute;

/** @param definition of the state machines, as they are deployed @param most logs of which the executions are looked for */
export async function reconcile(
  desk: Desk & Discharging,
  outgoing: Outgoing,
  now: number,
  definition: string,
  most = mostProbed,
): Promise<Reconciled> {
  const repaired: Record<Repair, number> = {
    ...{ intake: 0, merge: 0, owed: 0, 'closed-mark': 0, head: 0, task: 0, woken: 0, notice: 0 },
    ...{ started: 0, recovered: 0, token: 0 },
  };
  const count = (repair: Repair, times = 1) => {
    repaired[repair] += times;
  };
  const taken = new Set<string | null | undefined>();
  // One after the other: two reports may be about one person.
  const notTaken = await each(await pending(desk, now - minute), 1, async (key) => {
    const { dispute, case: caseId, referral } = await resume(desk, key);
    for (const log of [dispute, caseId, referral]) taken.add(log);
    count('intake');
  });
  const ids = await openLogs(desk);
  const round: Round = { now, definition, turns: turnsFor(ids.length, most) };
  const alarms: LogId[] = [];
  const undone: unknown[] = [];
  let [rotated, deploying, deployed] = [0, 0, 0];
  const failed = await each(ids, atOnce, async (id) => {
    const state = await read(desk, id);
    if (!state) return; // marked open, its first action still to come: the pending report brings it
    if (movingOf(state)) {
      if (state.changedAt > now - minute) return;
      await carryOn(desk, id, now);
      count('merge');
      return;
    }
    if (state.owed.length > 0 && state.changedAt <= now - minute) {
      try {
        await discharge(desk, id);
        count('owed');
        return;
      } catch (error) {
        // What is owed in another log keeps nobody from driving this one.
        undone.push(error);
      }
    }
    // What was committed within the last minute, or just taken in, may still be on its way.
    if (state.changedAt > now - minute || taken.has(id)) return;
    const items = await itemsOf(desk, id);
    await itemsProjected(desk, state, items, count);
    if (isClosed(state)) {
      await closed(desk, state, items, count);
      return;
    }
    await headAndNotices(desk, outgoing, state, items, now, count);
    if (state.revisedAt < now - oldest) {
      if (await revise(desk, state, 'rotated', round)) rotated += 1;
    } else if (isOutdated(state, items, round)) {
      if (deploying >= mostDeployed) return;
      deploying += 1;
      if (await revise(desk, state, 'deployed', round)) deployed += 1;
    } else if (await driven(desk, state, items, round, count)) alarms.push(id);
  });
  return { looked: ids.length, repaired, rotated, deployed, alarms, failed: [...notTaken, ...undone, ...failed] };
}

/** In how many rounds every open log is probed once. */
const turnsFor = (logs: number, most: number): number => Math.min(turnsAnHour, Math.max(1, Math.ceil(logs / most)));

/** Identifiers are evenly spread: so are the turns. */
const isTurnOf = (id: LogId, { now, turns }: Round): boolean =>
  Number.parseInt(id.slice(-4), 36) % turns === Math.floor(now / (5 * minute)) % turns;

type Count = (repair: Repair, times?: number) => void;

interface Round {
  readonly now: number;
  readonly definition: string;
  readonly turns: number;
}

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
async function closed(desk: Desk, state: State, { head }: Items, count: Count): Promise<void> {
  if (head.n < state.n) await recount(desk, state.id);
  await projectHead(desk, state);
  // What it still owes is found by that mark.
  const isOver = state.owed.length === 0;
  const marked = isOver && (await holds(desk.table.db.send(removeOpen(desk.table, state.id, state.n))));
  if (marked || head.n < state.n) count('closed-mark');
}

interface Items {
  readonly head: { readonly n: number; readonly state: State | undefined };
  readonly seqs: ReadonlyMap<string, number>;
  /** Tasks that lists show as open. */
  readonly listed: readonly string[];
  /** Up to which action the lifecycle was told that something is due. */
  readonly told: number;
  /** Where executions wait, by sort key. */
  readonly parked: ReadonlyMap<string, Parked>;
  readonly notices: readonly NoticeItem[];
}

/** A token, of which revision, and under which definition of its machine. */
interface Parked {
  readonly rev: number;
  readonly definition: string;
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
      Items.filter(({ tok }) => tok !== undefined).map(({ sk, tokRev, tokDef }) => [
        String(sk),
        { rev: Number(tokRev), definition: String(tokDef) },
      ]),
    ),
    notices: of('N#').map(({ sk, state, until }) => ({
      sk: String(sk),
      state: state === 'sent' ? 'sent' : 'claimed',
      until: Number(until),
    })),
  };
}

async function itemsProjected(desk: Desk, state: State, items: Items, count: Count): Promise<void> {
  const behind = openTasks(state).filter((task) => (items.seqs.get(task.no) ?? 0) < task.seq);
  // Over in the record, and still on somebody's list: whoever ended it died before saying so.
  const over = items.listed.filter((one) => !state.tasks[one]);
  // And before counting it: that comes first.
  if (behind.length + over.length > 0) await recount(desk, state.id);
  for (const task of behind) {
    await project(desk, state, task.no, task.seq);
    count('task');
  }
  for (const no of over) {
    await project(desk, state, no, state.n);
    count('task');
  }
}

async function headAndNotices(
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

/** Whoever waits says under which definition: what it came from is not what is deployed. */
function isOutdated(state: State, { parked }: Items, { now, definition }: Round): boolean {
  if (state.definition === definition && state.revisedAt > now - movedLately) return false;
  return [...parked.values()].some((one) => one.rev === state.rev && one.definition !== definition);
}

/** @returns true where an execution keeps dying */
async function driven(desk: Desk, state: State, items: Items, round: Round, count: Count): Promise<boolean> {
  const fault = await faultOf(desk, state, items, round);
  if (fault === undefined) return false;
  if (fault === 'started') {
    count(fault);
    return false;
  }
  if (state.recoveries >= patience && state.definition === round.definition) return true;
  if (await revise(desk, state, 'recovered', round)) count(fault);
  return false;
}

/**
 * By the end rule a closed execution at the current revision has died. Starting one that runs changes nothing. One that runs and
 * has left no token cannot be woken: after the grace of a minute it is not on its way there. What waits as it should, with its next
 * timer still to come, is probed when it is its turn.
 */
async function faultOf(
  { driver, city }: Desk,
  state: State,
  { parked }: Items,
  round: Round,
): Promise<'started' | 'recovered' | 'token' | undefined> {
  const { id, rev } = state;
  const { now } = round;
  const tasks = openTasks(state).filter(({ from }) => from <= now);
  const isDue = nextStage(state) !== 'carry-out';
  const waits = [...tasks.map(({ no }) => taskKey(no)), ...(isDue ? [] : [waitKey])];
  const isWaiting = waits.every((sk) => parked.get(sk)?.rev === rev);
  const isLate = isDue || tasks.some((task) => nextTimer(city, task).at < now - minute);
  if (isWaiting && !isLate && !isTurnOf(id, round)) return undefined;
  const found = await Promise.all([
    driver.start(id, rev, now),
    ...tasks.map(({ no }) => driver.startTask(id, rev, no, now)),
  ]);
  if (found.includes('died')) return 'recovered';
  if (found.includes('begun')) return 'started';
  return isWaiting ? undefined : 'token';
}

/** On the state just read: where somebody was faster there is nothing to recover from. @returns whether it was revised */
async function revise(desk: Desk, state: State, cause: RevisionCause, { now, definition }: Round): Promise<boolean> {
  const draft: Draft = {
    at: now,
    by: system,
    key: `${cause} ${state.rev}`,
    rev: 0,
    content: { kind: 'revised', cause, definition },
  };
  // What it owes was just tried: it goes on without.
  const how = { passingOn: true };
  const made = await commit(desk, state.id, (current) => (current?.n === state.n ? draft : undefined), how);
  return made !== undefined;
}
