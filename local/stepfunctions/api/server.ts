/**
 * The engine on a port of its own:
 * `node local/stepfunctions/api/server.ts --port 8083 --data FILE --clock real|virtual|x60 --region us-east-1
 * --account 000000000000 --endpoint http://127.0.0.1:4566 --endpoint-lambda http://127.0.0.1:3001`, each of which may be left
 * out. Without `--data` everything is gone when it stops.
 */
import { createServer, type IncomingMessage } from 'node:http';
import { parseArgs } from 'node:util';
import { type Clock, RunningClock, VirtualClock } from '../engine/clock.ts';
import { UnusableStore } from '../errors.ts';
import { StepFunctions } from '../index.ts';
import { type EndpointOptions, endpoints, services } from '../integrations/endpoints.ts';
import { type Call, handle, type OnFault, type WireReply } from './wire.ts';

export interface ServeOptions {
  /** 0, which is the default: any that is free. */
  readonly port?: number;
  readonly host?: string;
  /** What is no error of AWS's; goes to stderr where nothing is given. */
  readonly onFault?: OnFault;
}

export interface Serving {
  readonly url: string;
  /** Takes no more requests; resolves when the last one is answered. */
  close(): Promise<void>;
}

/** AWS's own limit: a mebibyte and a little. */
export const largestBody = 1_049_600;

/** @throws an error of the system where the port cannot be had */
export async function serve(engine: { readonly call: Call }, options: ServeOptions = {}): Promise<Serving> {
  const { port = 0, host = '127.0.0.1', onFault = report } = options;
  const call: Call = (operation, input) => engine.call(operation, input);
  const server = createServer((request, response) => {
    answer(call, request, onFault)
      .then(({ status, headers, body }) => {
        // Closing would wait for a connection that is kept open after its last answer.
        if (!server.listening) response.shouldKeepAlive = false;
        response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
      })
      .catch((error: unknown) => {
        // Who hung up in the middle of a request hears no answer, and that is no fault of the server's.
        if (!request.errored && !response.destroyed) onFault(error, targetOf(request));
        response.destroy();
      });
  });
  // The SDK keeps its connections: one that is closed under a request would look like a lost answer.
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(port, host, listening);
  });
  const address = server.address();
  const taken = typeof address === 'object' && address ? address.port : port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    close: () =>
      new Promise((closed, failed) => {
        server.close((error) => (error ? failed(error) : closed()));
        // Whoever has not heard the answer by then does not hear it.
        setTimeout(() => server.closeAllConnections(), 1000).unref();
      }),
  };
}

const report: OnFault = (error, target) => {
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${target}: ${told}\n`);
};

const targetOf = ({ method, headers }: IncomingMessage): string =>
  method === 'POST' ? String(headers['x-amz-target'] ?? '') : '';

async function answer(call: Call, request: IncomingMessage, onFault: OnFault): Promise<WireReply> {
  const parts: Buffer[] = [];
  let size = 0;
  // What is too much is read on but not kept: the client would not listen before it has said everything.
  for await (const part of request) {
    size += part.length;
    if (size <= largestBody) parts.push(part);
  }
  if (size > largestBody) {
    const headers = { 'content-type': 'text; charset=utf-8', connection: 'close' };
    return { status: 413, headers, body: `HTTP content length exceeded ${largestBody} bytes.` };
  }
  return handle(call, { target: targetOf(request), body: Buffer.concat(parts).toString('utf8') }, onFault);
}

// ---- on the command line ------------------------------------------------------------------------------------------------

/** The command line cannot be understood: one sentence. */
export class BadOptions extends Error {
  override readonly name = 'BadOptions';
}

export interface ServerOptions {
  readonly port: number;
  /** `:memory:` where nothing is to be kept. */
  readonly file: string;
  readonly clock: Clock;
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly endpoints: EndpointOptions;
}

function clockNamed(name: string): Clock {
  if (name === 'real') return new RunningClock();
  if (name === 'virtual') return new VirtualClock();
  const [, speed] = /^x(\d+(?:\.\d+)?)$/.exec(name) ?? [];
  if (speed === undefined || Number(speed) === 0) {
    throw new BadOptions(`--clock is real, virtual or a speed such as x60, not "${name}"`);
  }
  return new RunningClock(Number(speed));
}

function urlIn(option: string, value: unknown): string {
  if (typeof value === 'string' && URL.canParse(value) && /^https?:/.test(value)) return value;
  throw new BadOptions(`--${option} is a URL such as http://127.0.0.1:4566, not "${String(value)}"`);
}

const partitionOf = (region: string): string =>
  region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';

const named = { type: 'string' } as const;

/** @throws BadOptions */
export function optionsIn(args: string[], env: Readonly<Record<string, string | undefined>>): ServerOptions {
  const ofServices = services.map((service) => [`endpoint-${service}`, named] as const);
  const { port: portText = '8083', data = ':memory:', ...given } = valuesIn(args, Object.fromEntries(ofServices));
  const port = Number(portText);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new BadOptions(`--port is a number up to 65535, not "${portText}"`);
  }
  const region = given.region ?? env.AWS_REGION ?? env.AWS_DEFAULT_REGION ?? 'us-east-1';
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = env;
  const own = ofServices.flatMap(([option]) => {
    const value = given[option];
    return value === undefined ? [] : [[option.slice('endpoint-'.length), urlIn(option, value)] as const];
  });
  return {
    port,
    file: data,
    clock: clockNamed(given.clock ?? 'real'),
    partition: partitionOf(region),
    region,
    account: given.account ?? '000000000000',
    endpoints: {
      region,
      ...(given.endpoint === undefined ? {} : { endpoint: urlIn('endpoint', given.endpoint) }),
      endpoints: Object.fromEntries(own),
      ...(accessKeyId === undefined || secretAccessKey === undefined
        ? {}
        : { credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) } }),
    },
  };
}

function valuesIn(args: string[], ofServices: Record<string, typeof named>): Record<string, string | undefined> {
  try {
    const { values } = parseArgs({
      args,
      options: {
        port: named,
        data: named,
        clock: named,
        region: named,
        account: named,
        endpoint: named,
        ...ofServices,
      },
    });
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
  } catch (error) {
    throw new BadOptions(error instanceof Error ? error.message : String(error));
  }
}

async function main(): Promise<void> {
  const { port, endpoints: places, ...options } = optionsIn(process.argv.slice(2), process.env);
  const engine = StepFunctions.open({ ...options, integrations: endpoints(places) });
  const { url, close } = await serve(engine, { port });
  process.stdout.write(`Step Functions for ${options.account} in ${options.region} at ${url}\n`);
  await new Promise<void>((stopped) => {
    process.once('SIGINT', stopped).once('SIGTERM', stopped);
  });
  await close();
  await engine.close();
}

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof BadOptions || error instanceof UnusableStore)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
