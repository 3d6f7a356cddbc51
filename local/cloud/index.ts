/** A cloud on one machine: runs a synthesized assembly. See README.md for what is served and what is not checked. */
import { appendFileSync, readFileSync } from 'node:fs';
import {
  type Call,
  type EngineOptions,
  handle,
  type Integrations,
  StepFunctions,
  UnusableStore,
  type WireRequest,
} from '../stepfunctions/index.ts';
import { Clock } from './clock.ts';
import { DynamoDb, type UnitClass } from './dynamodb.ts';
import { CannotStart, ServiceError } from './errors.ts';
import { claimFolder } from './folder.ts';
import type { HttpReply, HttpRequest } from './gateway.ts';
import { listen, type ServiceRequest } from './http.ts';
import { type Caller, Iam } from './iam.ts';
import { Issuer, identityOf, type Wish } from './issuer.ts';
import { isObject, type JsonObject, listOf, objectOf } from './json.ts';
import { Kms } from './kms.ts';
import { Lambdas } from './lambda.ts';
import { attributesOf, Messaging, type OutboxMessage } from './messaging.ts';
import { RestApi } from './rest-api.ts';
import { Schedules, type Spacing } from './schedules.ts';
import { Store } from './store.ts';
import { type Strikes, struckInvocation, struckWrite, type Victims } from './strikes.ts';
import { account, partition, readAssembly, region, type Template } from './template.ts';
import { itemOf } from './values.ts';

export { CannotStart } from './errors.ts';
export type { Wish } from './issuer.ts';
export type { OutboxMessage } from './messaging.ts';

export interface CloudOptions {
  /** Folder of the synthesized assembly. */
  readonly assembly: string;
  readonly stack?: string;
  /** Folder that holds everything that must survive the process. */
  readonly data: string;
  /** 0 or absent: any free one. */
  readonly port?: number;
  readonly clock: 'real' | 'jump';
  /** Where a new clock begins, epoch milliseconds. */
  readonly startAt?: number;
  /** While the clock jumps a schedule fires at most once in so many milliseconds; or as its rate is made to be. */
  readonly scheduleSpacing?: number | Spacing;
  /** What a table key belongs to, for the count of units. */
  readonly unitClass?: UnitClass;
  /** What befalls the city, for tests. */
  readonly strikes?: Strikes;
  /** Calls that were denied, and what functions say. */
  readonly log?: (line: string) => void;
}

export interface ApiCall {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface Counters {
  readonly executions: number;
  readonly transitions: number;
  readonly invocations: Readonly<Record<string, number>>;
  readonly readUnits: Readonly<Record<string, number>>;
  readonly writeUnits: Readonly<Record<string, number>>;
  readonly messages: number;
}

export interface Cloud {
  readonly url: string;
  readonly stack: string;
  readonly outputs: Readonly<Record<string, string>>;
  now(): number;
  /** When the next thing happens by itself. */
  nextTimer(): number | undefined;
  /** Moves a clock that jumps; what is due by then begins. */
  jumpTo(at: number): Promise<void>;
  /** Nothing is runnable, in flight or on its way. */
  settled(): Promise<void>;
  /** From now on the clock runs. */
  goRealTime(): Promise<void>;
  outbox(after: number): OutboxMessage[];
  /** A request to the API, without the network between: with the headers that are given, and no limit of its rate. */
  request(call: ApiCall): Promise<ApiAnswer>;
  /** A token of the development issuer, which stands in for the city's identity provider. */
  issue(wish: Wish): Promise<string>;
  counters(): Counters;
  /** Every item of the table. */
  scan(): AsyncIterable<JsonObject>;
  /** `kill`: as if the process had ended, nothing is finished. */
  close(kill?: boolean): Promise<void>;
}

const day = 86_400_000;

/** @throws CannotStart, with one sentence for whoever started it */
export async function openCloud(options: CloudOptions): Promise<Cloud> {
  const template = readAssembly(options.assembly, options.stack);
  const folder = claimFolder(options.data, template.stack);
  try {
    return await open(template, options, folder.path, folder.release);
  } catch (error) {
    folder.release();
    throw error;
  }
}

const textOf = (fault: unknown): string => (fault instanceof Error ? (fault.stack ?? fault.message) : String(fault));

/** The engine with the machines of the template. @throws CannotStart where the file of executions cannot be used */
async function openEngine(
  options: EngineOptions,
  template: Template,
  log: (line: string) => void,
): Promise<StepFunctions> {
  let engine: StepFunctions | undefined;
  try {
    engine = StepFunctions.open(options);
    await deploy(engine, template, log);
    return engine;
  } catch (error) {
    await engine?.close(true);
    if (!(error instanceof UnusableStore)) throw error;
    throw new CannotStart(`${error.message}. A city begins anew with --fresh.`, { cause: error });
  }
}

async function open(
  template: Template,
  options: CloudOptions,
  path: (name: string) => string,
  release: () => void,
): Promise<Cloud> {
  const log = (line: string) => {
    appendFileSync(path('cloud.log'), `${line}\n`);
    options.log?.(line);
  };
  const store = new Store(path('cloud.sqlite'));
  const clock = new Clock(store, options.clock, options.startAt);
  const iam = new Iam(template, (message) => log(`AccessDenied: ${message}`));
  const restApi = new RestApi(template, {
    iam,
    invoke: (functionArn, event) => lambdas.invoke(functionArn, event),
    now: () => clock.now(),
    log,
  });
  const db = await DynamoDb.open(store, template.resources('AWS::DynamoDB::Table'), options.unitClass ?? (() => 'all'));
  const messaging = new Messaging(template, store, clock);
  const kms = new Kms(template, store);
  const { scheduleSpacing = day } = options;
  const spacing =
    typeof scheduleSpacing === 'function' ? scheduleSpacing : (every: number) => Math.max(every, scheduleSpacing);
  const schedules = new Schedules(template, store, clock, spacing);
  const identity = identityOf(template);
  const issuer = identity && new Issuer(identity, store, () => clock.now());
  const tableArn = ({ TableName, IndexName, RequestItems }: JsonObject): string => {
    const table = TableName ?? Object.keys(objectOf(RequestItems))[0];
    const index = IndexName === undefined ? '' : `/index/${String(IndexName)}`;
    return `arn:${partition}:dynamodb:${region}:${account}:table/${String(table)}${index}`;
  };
  async function checkTable(caller: Caller, operation: string, input: JsonObject): Promise<void> {
    const leadingKeys = db.leadingKeys(operation, input);
    const access = { action: `dynamodb:${operation}`, resource: tableArn(input) };
    await iam.check(caller, { ...access, ...(leadingKeys ? { leadingKeys } : {}) });
  }
  async function invoke(caller: Caller, functionArn: string, payload: unknown) {
    await iam.check(caller, { action: 'lambda:InvokeFunction', resource: functionArn });
    return lambdas.invoke(functionArn, payload);
  }
  async function publish(caller: Caller, input: JsonObject): Promise<JsonObject> {
    const topic = String(input.TopicArn);
    await iam.check(caller, { action: 'sns:Publish', resource: topic });
    const message = typeof input.Message === 'string' ? input.Message : JSON.stringify(input.Message);
    return { MessageId: messaging.publish(topic, message, attributesOf(input)) };
  }
  async function queue(caller: Caller, operation: string, input: JsonObject): Promise<JsonObject> {
    const arn = messaging.queueArn(input.QueueUrl);
    await iam.check(caller, { action: `sqs:${operation}`, resource: arn });
    return messaging.sqs(operation, arn, input);
  }

  const onFault = (fault: unknown): void => log(textOf(fault));
  // What is asked of the engine before it is there waits for it.
  const { promise: opened, resolve: engineIsOpen } = Promise.withResolvers<StepFunctions>();
  const strikes: Strikes = options.strikes ?? (() => undefined);
  /** Of a function's access key: whose it is, which of its threads, and what that was called with. */
  const writingIn = (accessKeyId: string) => {
    const [, , by = '', thread = ''] = accessKeyId.split(':');
    return { by, thread, during: lambdas.doing(by, thread) };
  };
  const victims: Victims = {
    end: (by, thread, how) => lambdas.end(by, thread, how),
    async abort(execution) {
      const [lifecycle, task] = [template.outputs.LifecycleArn, template.outputs.TaskArn].map((arn) =>
        String(arn).replace(':stateMachine:', ':execution:'),
      );
      // A task's execution carries the number of its task behind the revision.
      const machine = /-\d+$/.test(execution) && /^[A-Z]-\w{12}-\d+$/.test(execution) ? lifecycle : task;
      await (await opened).call('StopExecution', { executionArn: `${machine}:${execution}`, error: 'Struck' });
    },
  };

  const integrations: Integrations = {
    async invokeLambda({ functionArn, payload, roleArn }) {
      const by = functionArn.slice(functionArn.lastIndexOf(':') + 1);
      const answer = await struckInvocation(strikes, victims, { by, payload }, () =>
        invoke(iam.callerOfRole(roleArn, 'states'), functionArn, payload),
      );
      return { statusCode: 200, executedVersion: '$LATEST', ...answer };
    },
    serves: (service, action) =>
      service === 'dynamodb' || service === 'sqs' || (service === 'sns' && action === 'publish'),
    async callService({ service, action, input, roleArn }) {
      const caller = iam.callerOfRole(roleArn, 'states');
      const operation = `${action.slice(0, 1).toUpperCase()}${action.slice(1)}`;
      const fields = objectOf(input);
      if (service === 'dynamodb') {
        await checkTable(caller, operation, fields);
        const write = { by: 'states', thread: '', operation, input: fields };
        return struckWrite(strikes, victims, write, () => db.send(operation, fields));
      }
      if (service === 'sns' && action === 'publish') return publish(caller, fields);
      if (service === 'sqs') return queue(caller, operation, fields);
      throw new ServiceError('UnknownOperationException', `${service}:${action} is not served here`);
    },
    async authorize(roleArn, action, resource) {
      await iam.check(iam.callerOfRole(roleArn, 'states'), { action, resource });
    },
  };

  function states(request: WireRequest, accessKeyId: string): Promise<HttpReply> {
    const call: Call = async (operation, input) => {
      // Answers to tokens and lists have no resource of their own: they are granted on `*` or not at all.
      const resource = String(input.executionArn ?? input.stateMachineArn ?? input.resourceArn ?? '*');
      await iam.check(iam.callerOf(accessKeyId), { action: `states:${operation}`, resource });
      return (await opened).call(operation, input);
    };
    return handle(call, request, onFault);
  }
  async function service({
    service: name,
    operation,
    input,
    accessKeyId,
  }: ServiceRequest): Promise<JsonObject | HttpReply> {
    const caller = iam.callerOf(accessKeyId);
    switch (name) {
      case 'dynamodb':
        await checkTable(caller, operation, input);
        return struckWrite(strikes, victims, { ...writingIn(accessKeyId), operation, input }, () =>
          db.call(operation, input),
        );
      case 'kms': {
        const arn = kms.keyArn(input);
        await iam.check(caller, { action: `kms:${operation}`, resource: arn });
        return kms.call(operation, arn, input);
      }
      case 'sqs':
        return queue(caller, operation, input);
      case 'sns':
        if (operation !== 'Publish') throw new ServiceError('InvalidAction', `SNS ${operation} is not served here`);
        return publish(caller, input);
    }
  }
  async function web(request: HttpRequest): Promise<HttpReply> {
    return (await issuer?.serve(request)) ?? restApi.answer(request, 'network');
  }

  const server = await listen({ service, states, web }, options.port ?? 0, log).catch(async (error: unknown) => {
    await db.close();
    store.close();
    throw error;
  });
  const address = server.address();
  const port = isObject(address) ? Number(address.port) : 0;
  const url = `http://127.0.0.1:${port}`;
  const lambdas = new Lambdas(template, { endpoint: url, hosts: issuer?.hosts(url) ?? {}, log });
  restoreCounts(store, db, lambdas);
  // The functions come first: a call that was in flight when the city ended is made again at once.
  const file = path('executions.sqlite');
  const engine = await openEngine(
    { file, clock, integrations, partition, region, account, onFault },
    template,
    log,
  ).catch(async (error: unknown) => {
    server.closeAllConnections();
    server.close();
    await lambdas.close();
    await db.close();
    store.close();
    throw error;
  });
  engineIsOpen(engine);
  const [api] = template.resources('AWS::ApiGateway::RestApi');
  const host = `https://${api?.name}.execute-api.${region}.amazonaws.com.cn`;
  const outputs = Object.fromEntries(
    Object.entries(template.outputs).map(([name, value]) => [name, value.replace(host, url)]),
  );

  async function fire(): Promise<void> {
    for (const { target, role, payload } of schedules.take()) {
      const { functionError, payload: answer } = await invoke(iam.callerOfRole(role, 'scheduler'), target, payload);
      if (functionError !== undefined) log(`schedule ${target} ${JSON.stringify(answer)}`);
    }
  }
  let jumps = 0;
  let heartbeat: NodeJS.Timeout | undefined;
  function beat(): void {
    heartbeat = setInterval(() => {
      engine.wake();
      fire().catch((error: unknown) => log(String(error)));
    }, 500);
  }
  if (clock.runs) beat();

  return {
    url,
    stack: template.stack,
    outputs,
    now: () => clock.now(),
    nextTimer() {
      const timers = [engine.nextTimer(), schedules.next()].filter((at) => at !== undefined);
      return timers.length === 0 ? undefined : Math.min(...timers);
    },
    async jumpTo(at) {
      jumps += 1;
      if (jumps % 50 === 0) keepCounts(store, db, lambdas);
      clock.jumpTo(at);
      engine.wake();
      await fire();
    },
    async settled() {
      do {
        await lambdas.idle();
        await engine.settled();
      } while (engine.busy() || lambdas.running > 0);
    },
    async goRealTime() {
      clock.run();
      if (heartbeat === undefined) beat();
    },
    outbox: (after) => messaging.outbox(after),
    async request({ method, path: target, headers = {}, body }) {
      const { pathname, searchParams: query } = new URL(target, url);
      const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
      const named = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
      const reply = await restApi.answer({ method, path: pathname, query, headers: named, body: text }, 'process');
      const isJson = reply.headers['content-type']?.includes('json');
      return { status: reply.status, headers: reply.headers, body: isJson ? JSON.parse(reply.body) : reply.body };
    },
    async issue(wish) {
      if (!issuer) throw new TypeError('the assembly names no identity provider');
      return issuer.issue(wish);
    },
    counters: () => {
      const { executions, transitions } = engine.stats();
      return {
        executions,
        transitions,
        invocations: { ...lambdas.invocations },
        readUnits: { ...db.units.read },
        writeUnits: { ...db.units.write },
        messages: messaging.published,
      };
    },
    async *scan() {
      for (const { name } of template.resources('AWS::DynamoDB::Table')) {
        let start: unknown;
        do {
          const page = await db.send('Scan', { TableName: name, ...(start ? { ExclusiveStartKey: start } : {}) });
          for (const item of listOf(page.Items)) yield itemOf(objectOf(item));
          start = page.LastEvaluatedKey;
        } while (start);
      }
    },
    async close(kill = false) {
      clearInterval(heartbeat);
      if (!kill) await lambdas.idle();
      await engine.close(kill);
      server.closeAllConnections();
      server.close();
      await lambdas.close();
      keepCounts(store, db, lambdas);
      await db.close();
      store.close();
      release();
    },
  };
}

/** The machines of the template, as it says now; running executions keep what they began with. Warnings go to the log. */
async function deploy(engine: StepFunctions, template: Template, log: (line: string) => void): Promise<void> {
  const { stateMachines } = await engine.call('ListStateMachines', { maxResults: 1000 });
  const deployed = new Set(listOf(stateMachines).map((one) => objectOf(one).stateMachineArn));
  for (const { arn, name, properties } of template.resources('AWS::StepFunctions::StateMachine')) {
    const { DefinitionString, DefinitionS3Location, DefinitionSubstitutions, RoleArn } = properties;
    const source =
      DefinitionString === undefined
        ? readFileSync(template.asset(String(objectOf(DefinitionS3Location).Key)), 'utf8')
        : String(DefinitionString);
    const values = objectOf(DefinitionSubstitutions);
    const definition = source.replace(/\$\{(\w+)\}/g, (all, key: string) =>
      key in values ? String(values[key]) : all,
    );
    const roleArn = String(RoleArn);
    if (deployed.has(arn)) await engine.call('UpdateStateMachine', { stateMachineArn: arn, definition, roleArn });
    else await engine.call('CreateStateMachine', { name, definition, roleArn });
    const { diagnostics } = await engine.call('ValidateStateMachineDefinition', { definition, severity: 'WARNING' });
    for (const one of listOf(diagnostics)) {
      const { code, message, location } = objectOf(one);
      log(`${name}: ${String(code)} ${String(message)} at ${String(location)}`);
    }
  }
}

const unitKinds = ['read', 'write'] as const;

function restoreCounts(store: Store, { units }: DynamoDb, { invocations }: Lambdas): void {
  for (const { name, value } of store.all('select * from counts')) {
    const [kind = '', label = ''] = String(name).split(' ');
    if (kind === 'read' || kind === 'write') units[kind][label] = Number(value);
    else invocations[label] = Number(value);
  }
}

function keepCounts(store: Store, { units }: DynamoDb, { invocations }: Lambdas): void {
  for (const [name, value] of Object.entries(invocations)) {
    store.run('insert or replace into counts values (?, ?)', `invoked ${name}`, value);
  }
  for (const kind of unitKinds) {
    for (const [label, value] of Object.entries(units[kind])) {
      store.run('insert or replace into counts values (?, ?)', `${kind} ${label}`, value);
    }
  }
}
