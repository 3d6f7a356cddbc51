/**
 * Runs inside a worker thread: one Lambda bundle, one invocation at a time. Plain JavaScript: in each of the many threads
 * TypeScript would load first what takes its types off.
 */
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

/** @type {{ file: string, exported: string, name: string, hosts: Record<string, string> }} */
const { file, exported, name, hosts } = workerData;
const port = parentPort;
if (!port) throw new TypeError('worker.mjs runs in a worker thread');

/**
 * As a name server would: these addresses lead somewhere, and no function here reaches any other.
 * @param {typeof fetch} outside
 * @returns {typeof fetch}
 */
function within(outside) {
  return async (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    const [from, to] = Object.entries(hosts).find(([host]) => address.startsWith(`${host}/`)) ?? [];
    if (from === undefined) throw new TypeError(`${new URL(address).host} cannot be reached from one machine`);
    return outside(`${to}${address.slice(from.length)}`, init);
  };
}
globalThis.fetch = within(globalThis.fetch);

const loading = import(pathToFileURL(file).href);
// A bundle that cannot be loaded answers every invocation with why.
loading.catch(() => {});

/** @param {{ id: string, payload: string, remaining: number }} invocation */
async function run({ id, payload, remaining }) {
  const handler = (await loading)[exported];
  if (typeof handler !== 'function') throw new TypeError(`${exported} is not exported by ${name}`);
  const context = { awsRequestId: id, functionName: name, getRemainingTimeInMillis: () => remaining };
  return JSON.stringify((await handler(JSON.parse(payload), context)) ?? null);
}

port.on('message', async (invocation) => {
  try {
    port.postMessage({ id: invocation.id, payload: await run(invocation) });
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const trace = (error.stack ?? '').split('\n').slice(0, 20);
    const payload = JSON.stringify({ errorType: error.name, errorMessage: error.message, trace });
    port.postMessage({ id: invocation.id, payload, error: 'Unhandled' });
  }
});
