/** The log of a case or dispute: read it, commit to it, project what follows (protocol: Primitives). */
import { setTimeout as delay } from 'node:timers/promises';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { City } from '../config/city.ts';
import type { Action, Draft } from '../domain/actions.ts';
import { type Next, next, touchedTasks } from '../domain/commit.ts';
import { fold } from '../domain/fold.ts';
import { isUnderReview } from '../domain/folding/contest.ts';
import type { LogId } from '../domain/ids.ts';
import { nextTimer } from '../domain/ladder.ts';
import { movingOf } from '../domain/merged.ts';
import { isOwedToLogs } from '../domain/owing.ts';
import { newYields } from '../domain/screening.ts';
import { nextStage, type Stage } from '../domain/stages.ts';
import { isClosed, openTasks, type State, type Task } from '../domain/state.ts';
import { RecordBusy } from '../errors.ts';
import { checkGoverned } from './governing.ts';
import { itemsBetween } from './items.ts';
import { countIn } from './monthly.ts';
import { passOnAtOnce } from './owing.ts';
import { putYield } from './screening.ts';
import {
  actionKey,
  headKey,
  holds,
  type ItemKey,
  openKey,
  partitionOf,
  placeKey,
  putNew,
  type Table,
  taskKey,
  waitKey,
} from './table.ts';

/** Why whoever waited is woken: what the record said at that number, which never becomes untrue. */
export type Woken = { readonly state: 'over' | 'changed' } | { readonly stage: Stage };

/** `died`: one of that name has closed. */
export type Started = 'runs' | 'begun' | 'died';

/** What follows a commit outside the table: executions are started, stopped and woken, never asked. */
export interface Driver {
  /**
   * Starts the lifecycle of this revision. Harmless at any time.
   * @param since epoch milliseconds: whoever asks is told where it began no earlier
   */
  start(id: LogId, rev: number, since?: number): Promise<Started>;
  /** Starts the execution that carries out one task, at this revision. As harmless. */
  startTask(id: LogId, rev: number, task: string, since?: number): Promise<Started>;
  /** Housekeeping: a superseded execution can neither park nor commit. @param tasks those whose executions go with it */
  stop(id: LogId, rev: number, tasks: readonly string[]): Promise<void>;
  /** Returns an owed callback token, and with it what waits next. Never fails because nobody waits any more. */
  wake(token: string, output: Woken): Promise<void>;
}

export interface Log {
  readonly table: Table;
  readonly city: City;
  readonly driver: Driver;
  /**
   * Folds of a warm function. A log only grows, so a fold at n can be short but never wrong; what it spares is reading
   * the same actions again.
   */
  readonly warm: Map<LogId, State>;
}

/** What reading takes. */
export type Reads = Pick<Log, 'table' | 'warm'>;

const warmest = 200;

function remember(log: Reads, state: State): State {
  const known = log.warm.get(state.id);
  if (known && known.n > state.n) return state;
  log.warm.delete(state.id);
  log.warm.set(state.id, state);
  if (log.warm.size > warmest) {
    const [oldest] = log.warm.keys();
    if (oldest) log.warm.delete(oldest);
  }
  return state;
}

/** The state at exactly n, consistent to the last action; undefined where nothing was ever reported. */
export async function read(log: Reads, id: LogId): Promise<State | undefined> {
  const known = log.warm.get(id);
  const state = (known && (await foldOn(log, id, known))) ?? (await foldOn(log, id, await head(log, id)));
  if (!state) log.warm.delete(id);
  return state && remember(log, state);
}

/** What the fold rests on is read again: where its last action is gone, the log was forgotten, and the fold with it. */
async function foldOn({ table }: Reads, id: LogId, from: State | undefined): Promise<State | undefined> {
  if (!from) return fold(id, await actionsAfter(table, id, 0));
  const [last, ...more] = await actionsAfter(table, id, from.n - 1);
  return last?.hash === from.hash ? fold(id, more, from) : undefined;
}

/** May be stale or absent; a place to begin folding, never decided on. */
async function head({ table }: Reads, id: LogId): Promise<State | undefined> {
  const { Item } = await table.db.send(
    new GetCommand({ TableName: table.name, Key: { pk: partitionOf(id), sk: headKey } }),
  );
  return Item?.state === undefined ? undefined : (Item.state as State);
}

export async function actionsAfter(table: Table, id: LogId, n: number): Promise<Action[]> {
  const items = await itemsBetween(table, partitionOf(id), actionKey(n + 1), 'A#~');
  return items.map(({ action }) => action as Action);
}

/** What a command makes of the state just read: the draft of its action, or that there is nothing to do. */
export type Command = (state: State | undefined) => Draft | undefined;

export interface Committed extends Next {
  readonly before: State | undefined;
  /** The action was there already: the same key, applied before. */
  readonly again: boolean;
}

export const tries = 8;

/** The only commit: the put of action n+1 if absent. @returns false where the number is taken */
export const putAction = (table: Table, id: LogId, action: Action): Promise<boolean> =>
  putNew(table, { pk: partitionOf(id), sk: actionKey(action.n), action });

export interface CommitOptions {
  /** A person's command applied before under this key is not applied again; its first outcome is returned. */
  readonly key?: string;
  /** The lifecycle itself commits: it goes on by itself. */
  readonly byLifecycle?: boolean;
  /** What is owed is just being passed on: whoever does it goes on by itself. */
  readonly passingOn?: boolean;
  /** What the action names is written first: only once nothing refuses the action, and again at each try. */
  readonly before?: (draft: Draft) => Promise<void>;
}

/**
 * Commits what the command makes of the state. A number that is taken is read again and decided anew. On return what
 * follows is done too (items, head, executions), so that a commit and its consequences live in one Lambda.
 * @returns undefined where the command found nothing to do
 * @throws RecordBusy after eight lost races, and whatever the command or the rule table refuses
 */
export async function commit(
  log: Log,
  id: LogId,
  command: Command,
  { key, before: first, ...how }: CommitOptions = {},
): Promise<Committed | undefined> {
  for (let attempt = 0; attempt < tries; attempt++) {
    const before = await read(log, id);
    const made = await decide(log, id, command, before, key);
    if (made === undefined || made.again) return made && after(log, made, how);
    await first?.(made.action);
    if (await putAction(log.table, id, made.action)) {
      remember(log, made.state);
      return after(log, made, how);
    }
    // Taken: by another, or by our own put whose answer was lost (then the key tells). Spread by id, not by chance.
    await delay((10 * 2 ** attempt * (1 + (made.action.n % 7))) / 4);
  }
  throw new RecordBusy(`${id} is being written by many; send the command again`);
}

async function decide(
  log: Log,
  id: LogId,
  command: Command,
  before: State | undefined,
  key: string | undefined,
): Promise<Committed | undefined> {
  if (key !== undefined && before && isKnown(before, key)) return findApplied(log, id, key);
  try {
    const draft = command(before);
    const made = draft && next(id, before, draft);
    if (made) await checkGoverned(log, before, made);
    return made && { ...made, before, again: false };
  } catch (refusal) {
    // The task that the command answered may be over because of this very command.
    const applied = key !== undefined && before && (await findApplied(log, id, key));
    if (applied) return applied;
    throw refusal;
  }
}

/** Keys of the reports, of the commands on open tasks and of those on the case itself are in the fold. */
const isKnown = (state: State, key: string): boolean =>
  state.reports.includes(key) || openTasks(state).some((task) => task.keys.includes(key)) || state.keys.includes(key);

/** The command as it was applied before under this key, if ever. */
async function findApplied(log: Log, id: LogId, key: string): Promise<Committed | undefined> {
  let before: State | undefined;
  for (const action of await actionsAfter(log.table, id, 0)) {
    const state = fold(id, [action], before);
    if (state && action.key === key)
      return { action, state, before, touched: touchedTasks(before, state), again: true };
    before = state;
  }
  return undefined;
}

export const tailBeforeHead = 8;

/** What follows a commit: items of the tasks touched, and the head when it matters or lags. */
async function after(
  log: Log,
  committed: Committed,
  { byLifecycle = false, passingOn = false }: CommitOptions,
): Promise<Committed> {
  const current = committed.again ? await read(log, committed.state.id) : committed.state;
  if (!current) return committed;
  await countIn(log.table, committed);
  const fresh = (no: string) => !committed.again && committed.before?.tasks[no] === undefined;
  await Promise.all(committed.touched.map((no) => project(log, current, no, committed.action.n, fresh(no))));
  if (
    committed.action.n === 1 ||
    // What was only attached to it opened nothing: the mark that it might goes.
    isClosed(committed.state) ||
    caseLevelChanged(committed.before, committed.state) ||
    committed.action.n % tailBeforeHead === 0
  ) {
    await projectHead(log, current, committed.again ? undefined : committed.before);
  }
  const { before, state } = committed;
  if (before?.rev !== state.rev) {
    // Start first: were the old one stopped first, a crash between would leave nobody driving.
    await log.driver.start(state.id, state.rev);
    if (before) await log.driver.stop(before.id, before.rev, Object.keys(before.tasks));
  } else if (!byLifecycle) await wakeLifecycle(log, current);
  if (!passingOn && current.owed.some(isOwedToLogs)) await passOnAtOnce(log, current.id);
  return committed;
}

/** Of a log whose writer died after a commit: what was counted already is not counted again. */
export async function recount({ table }: Reads, id: LogId): Promise<void> {
  let before: State | undefined;
  for (const action of await actionsAfter(table, id, 0)) {
    const state = fold(id, [action], before);
    if (state) await countIn(table, { before, state, action });
    before = state;
  }
}

/** What lists of cases show: it is projected at once. */
export const caseLevelChanged = (before: State | undefined, state: State): boolean =>
  before?.status !== state.status ||
  before?.rev !== state.rev ||
  before.owner !== state.owner ||
  newYields(before, state).length > 0 ||
  isUnderReview(before) !== isUnderReview(state) ||
  (before.subject === 'case' && state.subject === 'case' && before.level?.colour !== state.level?.colour);

/**
 * Brings a task's item up to number n and returns the token that is owed. Afterwards `seq >= n` means: projected, and
 * nobody waits on anything older.
 */
export async function project(
  { table, city, driver }: Log,
  state: State,
  no: string,
  n: number,
  /** Just opened: there is no item yet, unless somebody was faster. */
  fresh = false,
): Promise<void> {
  const task = state.tasks[no];
  const seq = Math.max(n, task?.seq ?? 0);
  const beside = task?.handOff?.to ?? task?.joining;
  const sets: Record<string, unknown> = task
    ? {
        seq,
        state: 'open',
        kind: task.kind,
        ...(isListed(task) ? { owner: task.owner } : {}),
        due: new Date(nextTimer(city, task).at).toISOString(),
        climbs: task.climbs,
        ...(task.urgency ? { urgency: task.urgency } : {}),
        ...(beside ? { beside } : {}),
        area: state.area,
        ...(isListed(task) ? { place: placeKey('T', state.area), since: new Date(task.due).toISOString() } : {}),
      }
    : { seq, state: 'over' };
  await release({ table, driver }, { pk: partitionOf(state.id), sk: taskKey(no) }, seq, {
    sets,
    removes: [...(task ? [] : ['owner', 'due', 'place', 'since', 'urgency']), ...(beside ? [] : ['beside'])],
    woken: { state: task ? 'changed' : 'over' },
    fresh,
  });
}

/** What people do is in their lists; a message to a citizen goes out by itself. */
const isListed = ({ kind }: Task): boolean => kind !== 'citizen-notice';

/** Something falls due for the whole, or nothing is left: the lifecycle goes on from there. While tasks are at work it waits. */
export async function wakeLifecycle({ table, driver }: Log, state: State): Promise<void> {
  const stage = nextStage(state);
  if (isClosed(state) || stage === 'carry-out') return;
  const key = { pk: partitionOf(state.id), sk: waitKey };
  await release({ table, driver }, key, state.n, {
    sets: { seq: state.n },
    removes: [],
    woken: { stage },
    fresh: false,
  });
}

interface Release {
  readonly sets: Readonly<Record<string, unknown>>;
  readonly removes: readonly string[];
  readonly woken: Woken;
  readonly fresh: boolean;
}

/** Brings an item on which somebody may wait up to number `seq`, and returns the token that is owed (protocol: project). */
async function release(
  { table, driver }: Pick<Log, 'table' | 'driver'>,
  key: ItemKey,
  seq: number,
  { sets, removes: gone, woken, fresh }: Release,
): Promise<void> {
  for (let first = fresh; ; first = false) {
    const item = first
      ? undefined
      : (await table.db.send(new GetCommand({ TableName: table.name, Key: key, ConsistentRead: true }))).Item;
    if (Number(item?.seq ?? 0) >= seq) return;
    const token: unknown = item?.tok;
    const owed = typeof token === 'string' && Number(item?.tokSeq ?? 0) < seq;
    if (owed) await driver.wake(token, woken);
    const names = Object.keys(sets);
    const removes = [...gone, ...(owed ? ['tok', 'tokRev', 'tokSeq', 'tokDef'] : [])];
    const update = new UpdateCommand({
      TableName: table.name,
      Key: key,
      UpdateExpression: `set ${names.map((k) => `#${k} = :${k}`).join(', ')}${removes.length > 0 ? ` remove ${removes.map((k) => `#${k}`).join(', ')}` : ''}`,
      ConditionExpression: `(attribute_not_exists(#seq) or #seq < :seq) and ${typeof token === 'string' ? '#tok = :tok' : 'attribute_not_exists(#tok)'}`,
      ExpressionAttributeNames: Object.fromEntries(
        [...new Set([...names, ...removes, 'seq', 'tok'])].map((k) => [`#${k}`, k]),
      ),
      ExpressionAttributeValues: {
        ...Object.fromEntries(names.map((k) => [`:${k}`, sets[k]])),
        ...(typeof token === 'string' ? { ':tok': token } : {}),
      },
    });
    if (await holds(table.db.send(update))) return;
  }
}

/** The open mark precedes any action that opens or reopens a log: the index may show too much, never too little. */
export async function markOpen({ table, city }: Log, id: LogId): Promise<void> {
  await table.db.send(
    new UpdateCommand({
      TableName: table.name,
      Key: { pk: partitionOf(id), sk: headKey },
      UpdateExpression: 'set #open = :open, #n = if_not_exists(#n, :zero)',
      ExpressionAttributeNames: { '#open': 'open', '#n': 'n' },
      ExpressionAttributeValues: { ':open': openKey(city.code, id), ':zero': 0 },
    }),
  );
}

/**
 * Writes the fold at n as the place to begin the next read. A closed log leaves the index of open ones; an open one enters
 * it, also where its mark was taken off between marking and reopening.
 * @param before what is counted of this log already, as of an earlier state
 */
export async function projectHead({ table, city }: Log, state: State, before?: State): Promise<void> {
  // First: a head that does not lag says that what was found is counted.
  await Promise.all(newYields(before, state).map((one) => putYield(table, state.n, one)));
  // What is being merged or made two again, or asks for more, is found by whoever repairs it, also where it is closed.
  const closed = isClosed(state) && movingOf(state) === null && state.owed.length === 0;
  const update = new UpdateCommand({
    TableName: table.name,
    Key: { pk: partitionOf(state.id), sk: headKey },
    UpdateExpression: `set #n = :n, #hash = :hash, #state = :state${closed ? ' remove #open, #place, #since' : ', #open = :open, #place = :place, #since = :since'}`,
    ConditionExpression: 'attribute_not_exists(#n) or #n < :n',
    ExpressionAttributeNames: {
      '#n': 'n',
      '#hash': 'hash',
      '#state': 'state',
      '#open': 'open',
      '#place': 'place',
      '#since': 'since',
    },
    ExpressionAttributeValues: {
      ':n': state.n,
      ':hash': state.hash,
      ':state': state,
      ...(closed
        ? {}
        : {
            ':open': openKey(city.code, state.id),
            ':place': placeKey('H', state.area),
            ':since': new Date(state.openedAt).toISOString(),
          }),
    },
  });
  await holds(table.db.send(update));
}
