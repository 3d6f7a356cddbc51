/** How long an engine takes to come back with many waiting executions, and what they cost on disk and in memory. */
import { fork } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inFolder, progress, rounded } from './measure.ts';
import type { Filled, Reopened } from './restart-process.ts';

/** What they wait for: a timer, or somebody with their token. */
export const kinds = ['timer', 'token'] as const;
export type Kind = (typeof kinds)[number];

export interface Restart {
  readonly kind: Kind;
  readonly executions: number;
  /** Seconds to start them all, in another process. */
  readonly startSeconds: number;
  /** Seconds until the engine is open and nothing is left to do, in a fresh process. */
  readonly seconds: number;
  /** Seconds until it has told of one of them, the opening included. */
  readonly answerSeconds: number;
  /** Seconds until one of them has woken, once its timer is due or its token is answered. */
  readonly wakeSeconds: number;
  /** MB of resident memory of the fresh process: before, with the engine open, at most. */
  readonly residentBefore: number;
  readonly residentAfter: number;
  readonly residentPeak: number;
  /** Bytes an execution: resident (the database's page cache for the most part), in the heap, on disk. */
  readonly residentEach: number;
  readonly heapEach: number;
  readonly diskEach: number;
}

/** A part of the work failed in its process; that has told why. */
class ProcessFailed extends Error {
  override readonly name = 'ProcessFailed';
}

/** Runs one part of the work in a process of its own: nothing of one part is in the memory of the other. */
const inProcess = <T>(...args: string[]): Promise<T> =>
  new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'restart-process.ts'), args);
    child.on('message', (answer) => resolve(answer as T));
    child.on('error', reject);
    child.on('exit', (code) => reject(new ProcessFailed(`${args[0]} ended with ${code} and without an answer`)));
  });

const bytesIn = (folder: string): number =>
  readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);

const mb = (bytes: number): number => rounded(bytes / 1e6);

export async function restart(kind: Kind, executions: number): Promise<Restart> {
  progress(`restart: ${executions} executions that wait for a ${kind}`);
  return inFolder(async (folder) => {
    const file = join(folder, 'engine.sqlite');
    const filled = await inProcess<Filled>('fill', file, kind, String(executions));
    const disk = bytesIn(folder);
    const reopened = await inProcess<Reopened>('reopen', file, filled.first, filled.token ?? '', String(filled.at));
    const { before, after, peak } = reopened;
    return {
      kind,
      executions,
      startSeconds: rounded(filled.seconds),
      seconds: rounded(reopened.seconds),
      answerSeconds: rounded(reopened.answerSeconds),
      wakeSeconds: rounded(reopened.wakeSeconds),
      residentBefore: mb(before.rss),
      residentAfter: mb(after.rss),
      residentPeak: mb(peak),
      residentEach: rounded((after.rss - before.rss) / executions),
      heapEach: rounded((after.heapUsed - before.heapUsed) / executions),
      diskEach: rounded(disk / executions),
    };
  });
}
