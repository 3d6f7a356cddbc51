/** Runs inside a worker thread: one Lambda bundle, one invocation at a time. */
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

interface Invocation {
  readonly id: string;
  readonly payload: string;
  readonly remaining: number;
}

interface Given {
  readonly file: string;
  readonly exported: string;
  readonly name: string;
  readonly hosts: Readonly<Record<string, string>>;
}

const { file, exported, name, hosts } = workerData as Given;
const port = parentPort;
if (!port) throw new TypeError('worker.ts runs in a worker thread');

/** As a name server would: these addresses lead somewhere, and no function here reaches any other. */
function within(outside: typeof fetch): typeof fetch {
  return async (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    const [from, to] = Object.entries(hosts).find(([host]) => address.startsWith(`${host}/`)) ?? [];
    if (from === undefined) throw new TypeError(`${new URL(address).host} cannot be reached from one machine`);
    return outside(`${to}${address.slice(from.length)}`, init);
  };
}
globalThis.fetch = within(globalThis.fetch);

const loading = import(pathToFileURL(file).href) as Promise<Record<string, unknown>>;
// A bundle that cannot be loaded answers every invocation with why.
loading.catch(() => {});

async function run({ id, payload, remaining }: Invocation): Promise<string> {
  const handler = (await loading)[exported];
  if (typeof handler !== 'function') throw new TypeError(`${exported} is not exported by ${name}`);
  const context = { awsRequestId: id, functionName: name, getRemainingTimeInMillis: () => remaining };
  return JSON.stringify((await handler(JSON.parse(payload), context)) ?? null);
}

port.on('message', async (invocation: Invocation) => {
  try {
    port.postMessage({ id: invocation.id, payload: await run(invocation) });
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const trace = (error.stack ?? '').split('\n').slice(0, 20);
    const payload = JSON.stringify({ errorType: error.name, errorMessage: error.message, trace });
    port.postMessage({ id: invocation.id, payload, error: 'Unhandled' });
  }
});
