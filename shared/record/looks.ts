/** What an execution sees when it looks at the record: enough to choose its next state, ids only. */
import type { Draft } from '../domain/actions.ts';
import type { DisputeId, LogId } from '../domain/ids.ts';
import { nextTimer } from '../domain/ladder.ts';
import { mergedInto } from '../domain/merged.ts';
import { nextStage, type Stage } from '../domain/stages.ts';
import { type CaseState, type DisputeState, isClosed, openTasks, type State } from '../domain/state.ts';
import { Superseded, Unknown } from '../errors.ts';
import { type CommitOptions, commit, type Log, read } from './log.ts';
import { homeOf } from './merging.ts';
import { partitionOf, taskKey, waitKey } from './table.ts';

export interface CaseLook {
  readonly id: LogId;
  readonly rev: number;
  readonly stage: Stage | 'superseded' | 'closed';
  /** Where the lifecycle waits while tasks are at work, under which newest action, and for how many seconds. */
  readonly pk?: string;
  readonly sk?: string;
  readonly seq?: number;
  readonly wait?: number;
}

/** @throws Unknown where nothing was ever reported */
export async function readLog(log: Log, id: LogId): Promise<State> {
  const state = await read(log, id);
  if (!state) throw neverReported(id);
  return state;
}

/** A task under the number that it has now: it may have moved with its log. @throws Unknown */
export async function taskNow(log: Log, id: LogId, task: string): Promise<{ state: State; task: string }> {
  const state = await readLog(log, id);
  const into = mergedInto(state);
  const home = into === null ? undefined : await readLog(log, into);
  const moved = home && openTasks(home).find(({ origin }) => origin?.log === id && origin.no === task);
  return home && moved ? taskNow(log, home.id, moved.no) : { state, task };
}

/** A dispute and its cases, or what these went into. @throws Unknown */
export async function readDisputeLog(log: Log, id: DisputeId): Promise<{ state: DisputeState; linked: CaseState[] }> {
  const state = await readLog(log, id);
  if (state.subject !== 'dispute') throw neverReported(id);
  const found = await Promise.all(state.cases.map(async (one) => homeOf(log, await readLog(log, one))));
  const linked = new Map(found.map((one) => [one.id, one]));
  return { state, linked: [...linked.values()].flatMap((one) => (one.subject === 'case' ? [one] : [])) };
}

const neverReported = (id: LogId) => new Unknown('case or dispute', id, 'an id that a report was answered with');

/** A superseded execution makes sure that the current revision runs before it ends (protocol: End rule). */
async function superseded(log: Log, state: State, rev: number): Promise<boolean> {
  if (state.rev === rev) return false;
  await log.driver.start(state.id, state.rev);
  return true;
}

export async function lookAtCase(log: Log, state: State, rev: number, now: number): Promise<CaseLook> {
  const look = { id: state.id, rev };
  if (isClosed(state)) return { ...look, stage: 'closed' };
  if (await superseded(log, state, rev)) return { ...look, stage: 'superseded' };
  const stage = nextStage(state);
  if (stage !== 'carry-out') return { ...look, stage };
  // One execution carries out each open task; those that run already are left alone, those far ahead wait in the record.
  const ahead = now + longestWait * 1000;
  const [near, far] = [
    openTasks(state).filter(({ from }) => from <= ahead),
    openTasks(state).filter(({ from }) => from > ahead),
  ];
  await Promise.all(near.map(({ no }) => log.driver.startTask(state.id, rev, no)));
  const begins = Math.min(...far.map(({ from }) => from), Number.POSITIVE_INFINITY);
  const wait = Math.min(longestWait, Math.ceil((begins - ahead) / 1000) + 1);
  return { ...look, stage, pk: partitionOf(state.id), sk: waitKey, seq: state.n, wait };
}

/** Commits what a stage of the lifecycle makes of the state, if anything, and looks on. */
export async function commitStage(
  log: Log,
  id: LogId,
  rev: number,
  now: number,
  make: (state: State) => Draft | undefined,
  options: Pick<CommitOptions, 'before'> = {},
): Promise<CaseLook> {
  let seen: State | undefined;
  const command = (state: State | undefined) => {
    seen = state;
    return state && !isClosed(state) ? make(state) : undefined;
  };
  const made = await unlessSuperseded(commit(log, id, command, { ...options, byLifecycle: true }));
  const state = made?.state ?? seen;
  if (!state) throw neverReported(id);
  return lookAtCase(log, state, rev, now);
}

/** What a superseded execution wants to commit is refused; its next look tells it why. */
export async function unlessSuperseded<T>(commit: Promise<T>): Promise<T | undefined> {
  try {
    return await commit;
  } catch (error) {
    if (error instanceof Superseded) return undefined;
    throw error;
  }
}

export interface TaskLook {
  readonly id: LogId;
  readonly rev: number;
  readonly task: string;
  readonly state: 'waiting' | 'passed' | 'over' | 'superseded';
  /** Where the token is parked, under which newest action, and for how many seconds; only while waiting. */
  readonly pk?: string;
  readonly sk?: string;
  readonly seq?: number;
  readonly wait?: number;
  /** Which SLA step a passed timer means. */
  readonly step?: number;
}

/** No wait of an execution is longer than this, in seconds. */
const longestWait = 30 * 86_400;

/** @param lookAgain the wait ends then at the latest */
export async function lookAtTask(
  log: Log,
  state: State,
  rev: number,
  no: string,
  now: number,
  lookAgain = Number.POSITIVE_INFINITY,
): Promise<TaskLook> {
  const look = { id: state.id, rev, task: no };
  const task = state.tasks[no];
  if (isClosed(state) || !task) return { ...look, state: 'over' };
  if (await superseded(log, state, rev)) return { ...look, state: 'superseded' };
  const { at } = nextTimer(log.city, task);
  const { step, seq } = task;
  // A message to a citizen is over when it went out, and that may have to wait.
  const held = task.kind === 'citizen-notice' && Number.isFinite(lookAgain);
  if (at <= now && !held) return { ...look, state: 'passed', step };
  const wait = Math.min(
    longestWait,
    Math.max(1, Math.ceil(((held ? lookAgain : Math.min(at, lookAgain)) - now) / 1000)),
  );
  return { ...look, state: 'waiting', pk: partitionOf(state.id), sk: taskKey(no), seq, wait, step };
}
