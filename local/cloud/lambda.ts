/** Lambda: each function in worker threads of its own, with its environment and the credentials of its role. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { ServiceError } from './errors.ts';
import { objectOf } from './json.ts';
import { type Resource, region, type Template } from './template.ts';

export interface Invoked {
  readonly payload: unknown;
  readonly functionError?: string;
  readonly requestId: string;
}

interface Job {
  readonly payload: string;
  readonly done: (answer: Invoked) => void;
  waits?: NodeJS.Timeout;
}

/** Threads that one function may have: more only share two cores. */
const most = 2;
/**
 * How long a call waits before its function gets another thread, in milliseconds. A thread begins with a fifth of a second of
 * processor time, most calls take a tenth of that: waiting is faster, and longer where the first thread has only begun.
 */
const patience = { warm: 100, cold: 1000 } as const;

export interface LambdaOptions {
  readonly endpoint: string;
  /** Addresses outside that lead somewhere; no others do. */
  readonly hosts: Readonly<Record<string, string>>;
  readonly log: (line: string) => void;
}

export class Lambdas {
  readonly #functions = new Map<string, LambdaFunction>();
  readonly invocations: Record<string, number> = {};
  #running = 0;
  #idle: (() => void)[] = [];

  constructor(template: Template, options: LambdaOptions) {
    for (const resource of template.resources('AWS::Lambda::Function')) {
      const { S3Key } = objectOf(resource.properties.Code);
      this.#functions.set(resource.arn, new LambdaFunction(resource, template.asset(String(S3Key)), options));
    }
  }

  async invoke(arn: string, payload: unknown): Promise<Invoked> {
    const found = this.#functions.get(arn);
    if (!found) throw new ServiceError('ResourceNotFoundException', `Function not found: ${arn}`, 404);
    this.invocations[found.name] = (this.invocations[found.name] ?? 0) + 1;
    this.#running += 1;
    try {
      return await found.invoke(JSON.stringify(payload));
    } finally {
      this.#running -= 1;
      if (this.#running === 0) for (const idle of this.#idle.splice(0)) idle();
    }
  }

  /** Ends a thread of a function in the middle of what it does. */
  end(name: string, thread: string, how: 'exit' | 'timeout'): void {
    for (const one of this.#functions.values()) if (one.name === name) one.end(thread, how);
  }

  /** What a thread of a function was called with, while it is at it. */
  doing(name: string, thread: string): string {
    for (const one of this.#functions.values()) if (one.name === name) return one.doing(thread);
    return '';
  }

  get running(): number {
    return this.#running;
  }

  idle(): Promise<void> {
    return this.#running === 0 ? Promise.resolve() : new Promise((resolve) => this.#idle.push(resolve));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#functions.values()].map((one) => one.close()));
  }
}

class LambdaFunction {
  readonly name: string;
  readonly #resource: Resource;
  readonly #folder: string;
  readonly #options: LambdaOptions;
  readonly #queue: Job[] = [];
  readonly #free: Worker[] = [];
  readonly #workers = new Map<Worker, string>();
  /** What each thread does that is in the middle of something, and how it ends. */
  readonly #busy = new Map<string, { readonly payload: string; readonly end: (how: 'exit' | 'timeout') => void }>();
  #threads = 0;
  #warm = false;
  #closed = false;

  constructor(resource: Resource, folder: string, options: LambdaOptions) {
    this.name = resource.name;
    this.#resource = resource;
    this.#folder = folder;
    this.#options = options;
  }

  invoke(payload: string): Promise<Invoked> {
    return new Promise((done) => {
      const job: Job = { payload, done };
      this.#queue.push(job);
      this.#next();
      if (!this.#queue.includes(job)) return;
      job.waits = setTimeout(() => this.#hasWaited(job), this.#warm ? patience.warm : patience.cold);
    });
  }

  #next(): void {
    if (this.#closed || this.#queue.length === 0) return;
    const worker = this.#free.pop() ?? (this.#workers.size === 0 ? this.#start() : undefined);
    const job = worker && this.#queue.shift();
    if (worker && job) this.#run(worker, job);
  }

  #hasWaited(job: Job): void {
    if (this.#closed || this.#workers.size >= most) return;
    this.#queue.splice(this.#queue.indexOf(job), 1);
    this.#run(this.#start(), job);
  }

  #start(): Worker {
    const { Environment, Handler, Role } = this.#resource.properties;
    const [module = 'index', exported = 'handler'] = String(Handler).split('.');
    const role = String(Role).split('/').at(-1);
    this.#threads += 1;
    const thread = String(this.#threads);
    const worker = new Worker(new URL('./worker.mjs', import.meta.url), {
      workerData: {
        file: join(this.#folder, `${module}.mjs`),
        exported,
        name: this.name,
        hosts: this.#options.hosts,
      },
      env: {
        ...Object.fromEntries(
          Object.entries(objectOf(objectOf(Environment).Variables)).map(([k, v]) => [k, String(v)]),
        ),
        AWS_REGION: region,
        AWS_ENDPOINT_URL: this.#options.endpoint,
        AWS_ACCESS_KEY_ID: `LOCAL:${role}:${this.name}:${thread}`,
        AWS_SECRET_ACCESS_KEY: 'local',
        AWS_LAMBDA_FUNCTION_NAME: this.name,
        LAMBDA_TASK_ROOT: this.#folder,
        NODE_NO_WARNINGS: '1',
      },
      stdout: true,
      stderr: true,
    });
    for (const stream of [worker.stdout, worker.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => this.#options.log(`${this.name} ${text.trimEnd()}`));
    }
    worker.setMaxListeners(20);
    this.#workers.set(worker, thread);
    return worker;
  }

  end(thread: string, how: 'exit' | 'timeout'): void {
    this.#busy.get(thread)?.end(how);
  }

  doing(thread: string): string {
    return this.#busy.get(thread)?.payload ?? '';
  }

  #run(worker: Worker, { payload, done, waits }: Job): void {
    clearTimeout(waits);
    const thread = this.#workers.get(worker) ?? '';
    const seconds = Number(this.#resource.properties.Timeout ?? 3);
    const requestId = randomUUID();
    const settle = (answer: Omit<Invoked, 'requestId'>, keep: boolean) => {
      clearTimeout(timer);
      this.#busy.delete(thread);
      worker.removeAllListeners('message').removeAllListeners('error').removeAllListeners('exit');
      if (keep) {
        this.#warm = true;
        this.#free.push(worker);
      } else {
        this.#workers.delete(worker);
        worker.terminate().catch((error: unknown) => this.#options.log(`${this.name} ${String(error)}`));
      }
      done({ ...answer, requestId });
      this.#next();
    };
    const failed = (errorType: string, errorMessage: string) =>
      settle({ payload: { errorType, errorMessage }, functionError: 'Unhandled' }, false);
    const timedOut = () =>
      failed('Sandbox.Timedout', `RequestId: ${requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds`);
    const exited = (code: number) =>
      failed('Runtime.ExitError', `RequestId: ${requestId} Error: Runtime exited with code ${code}`);
    const timer = setTimeout(timedOut, seconds * 1000);
    this.#busy.set(thread, { payload, end: (how) => (how === 'timeout' ? timedOut() : exited(1)) });
    worker.on('error', (error) => failed(error.name, error.message));
    worker.on('exit', exited);
    worker.on('message', (answer: { payload: string; error?: string }) => {
      settle({ payload: JSON.parse(answer.payload), ...(answer.error ? { functionError: answer.error } : {}) }, true);
    });
    worker.postMessage({ id: requestId, payload, remaining: seconds * 1000 });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#workers.keys()].map((worker) => worker.removeAllListeners('exit').terminate()));
  }
}
