/** A thread in which cases run: what crashes or hangs there takes only itself along. */
import { parentPort } from 'node:worker_threads';
import { readCase } from './files.ts';
import { judge } from './judge.ts';
import { broken } from './verdict.ts';

const turn = (): Promise<void> => new Promise((next) => setImmediate(next));

parentPort?.on('message', async (path: string) => {
  const testCase = readCase(path);
  const verdict = testCase === undefined ? broken('the file has changed') : await judge(testCase);
  // What a case left behind must not break in the next one.
  await turn();
  await turn();
  parentPort?.postMessage(verdict);
});
parentPort?.postMessage('ready');
