import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type Case, type Language, readCase } from './files.ts';
import { broken, type Verdict } from './verdict.ts';

/** What came of a file; skipped if it is nothing that is known here. */
export type Result = { readonly file: string } & (
  | ({ readonly id: string; readonly kind: Case['kind']; readonly language: Language } & Verdict)
  | { readonly skipped: string }
);

export interface Selection {
  /** A part of the id. */
  readonly only?: string | undefined;
  readonly language?: Language | undefined;
}

/** Milliseconds that a file may take, by the clock on the wall. */
const defaultLimit = 10_000;

async function open(): Promise<Worker> {
  const thread = new Worker(new URL('./thread.ts', import.meta.url));
  await once(thread, 'message');
  return thread;
}

/** What the thread says of a file; a verdict of its own if the thread crashes or says nothing in time. */
async function ask(thread: Worker, file: string, limit: number): Promise<{ verdict: Verdict; alive: boolean }> {
  const over = AbortSignal.timeout(limit);
  thread.postMessage(file);
  try {
    const [verdict]: Verdict[] = await once(thread, 'message', { signal: over });
    return { verdict: verdict ?? broken('no verdict'), alive: true };
  } catch (error) {
    const why = over.aborted ? `it hangs: no result in ${limit / 1000} s` : `the engine crashed: ${error}`;
    return { verdict: broken(why), alive: false };
  }
}

/** Runs the files one after the other and tells what came of each that is selected. */
export async function* conform(
  files: readonly string[],
  { only, language }: Selection = {},
  limit = defaultLimit,
): AsyncGenerator<Result> {
  let thread: Worker | undefined;
  try {
    for (const file of files) {
      const testCase = readCase(file);
      if (testCase === undefined) {
        if (only === undefined && language === undefined) yield { file, skipped: 'an unknown format' };
        continue;
      }
      const { id, kind, queryLanguage } = testCase;
      if (!id.includes(only ?? '') || (language !== undefined && language !== queryLanguage)) continue;
      thread ??= await open();
      const { verdict, alive } = await ask(thread, file, limit);
      if (!alive) {
        await thread.terminate();
        thread = undefined;
      }
      yield { file, id, kind, language: queryLanguage, ...verdict };
    }
  } finally {
    await thread?.terminate();
  }
}
