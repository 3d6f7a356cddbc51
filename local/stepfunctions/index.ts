/**
 * The face of the engine: AWS Step Functions' own operations, by name. Standard machines in JSONata; see README.md for what
 * is not there.
 */
import { checkDefinition } from './definition.ts';
import { Engine, type EngineOptions } from './engine.ts';
import { StepFunctionsError } from './errors.ts';
import type { Outcome } from './execution.ts';
import { type JsonObject, maxPayload } from './json.ts';
import type { Row } from './store.ts';

export type { Integrations, LambdaAnswer, LambdaCall, ServiceCall } from './calls.ts';
export { StepFunctionsError } from './errors.ts';
export type Options = EngineOptions;

type Input = Readonly<Record<string, unknown>>;

const seconds = (at: unknown): number => Number(at) / 1000;
const present = (fields: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));

/** GetExecutionHistory names the details of an event after its type. */
function detailsField(type: string): string {
  if (type.endsWith('StateEntered')) return 'stateEnteredEventDetails';
  if (type.endsWith('StateExited')) return 'stateExitedEventDetails';
  return `${type.slice(0, 1).toLowerCase()}${type.slice(1)}EventDetails`;
}

const pageToken = (at: number): string => Buffer.from(`page ${at}`).toString('base64url');
const pageFrom = (token: unknown): number => {
  if (token === undefined) return 0;
  const [, at] = /^page (\d+)$/.exec(Buffer.from(String(token), 'base64url').toString()) ?? [];
  if (at === undefined) throw new StepFunctionsError('InvalidToken', `Invalid Token: '${String(token)}'`);
  return Number(at);
};

export class StepFunctions {
  readonly #engine: Engine;
  readonly #operations: Readonly<Record<string, (input: Input) => JsonObject | Promise<JsonObject>>>;

  private constructor(options: Options) {
    this.#engine = new Engine(options);
    this.#operations = {
      CreateStateMachine: (input) => this.#create(input),
      UpdateStateMachine: (input) => this.#update(input),
      DeleteStateMachine: (input) => this.#delete(input),
      DescribeStateMachine: (input) => this.#describeMachine(this.#machine(input.stateMachineArn)),
      ListStateMachines: (input) => this.#listMachines(input),
      ValidateStateMachineDefinition: (input) => {
        const { machine, diagnostics } = checkDefinition(String(input.definition));
        return { result: machine ? 'OK' : 'FAIL', diagnostics };
      },
      StartExecution: (input) => this.#start(input),
      StopExecution: (input) => this.#stop(input),
      DescribeExecution: (input) => this.#describe(this.#execution(input.executionArn)),
      DescribeStateMachineForExecution: (input) => this.#machineOf(this.#execution(input.executionArn)),
      ListExecutions: (input) => this.#list(input),
      GetExecutionHistory: (input) => this.#history(input),
      SendTaskSuccess: (input) => this.#answer(input, () => ({ output: parsed(input.output, 'InvalidOutput') })),
      SendTaskFailure: (input) =>
        this.#answer(input, () => present({ error: input.error, cause: input.cause }) as Outcome),
      SendTaskHeartbeat: (input) => this.#heartbeat(input),
      TagResource: (input) => this.#tag(input),
      ListTagsForResource: (input) => ({ tags: JSON.parse(String(this.#machine(input.resourceArn).tags ?? '[]')) }),
    };
  }

  static open(options: Options): StepFunctions {
    return new StepFunctions(options);
  }

  /** One operation of AWS's API; what it changed is durable when it resolves. @throws StepFunctionsError */
  call(operation: string, input: Input): Promise<JsonObject> {
    const run = this.#operations[operation];
    if (!run) {
      return Promise.reject(new StepFunctionsError('UnknownOperationException', `${operation} is not served here`));
    }
    return this.#engine.transact(() => run(input));
  }

  /** When the next thing happens by itself, epoch milliseconds. */
  nextTimer(): number | undefined {
    return this.#engine.nextTimer();
  }

  /** The clock has moved: whatever is due happens. */
  wake(): void {
    this.#engine.wake();
  }

  busy(): boolean {
    return this.#engine.busy();
  }

  settled(): Promise<void> {
    return this.#engine.settled();
  }

  stats(): { executions: number; transitions: number } {
    return this.#engine.stats();
  }

  close(kill = false): Promise<void> {
    return this.#engine.close(kill);
  }

  // ---- machines -----------------------------------------------------------------------------------------------------

  #machine(arn: unknown): Row {
    const row = this.#engine.store.one("select * from machines where arn = ? and status = 'ACTIVE'", String(arn));
    if (!row)
      throw new StepFunctionsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${String(arn)}'`);
    return row;
  }

  #define(machine: string, definition: unknown, role: unknown): number {
    const text = String(definition);
    const { machine: fits, diagnostics } = checkDefinition(text);
    if (!fits) {
      const faults = diagnostics.filter(({ severity }) => severity === 'ERROR');
      const causes = faults.map(({ message, location }) => `${message} at ${location}`).join(', ');
      throw new StepFunctionsError('InvalidDefinition', `Invalid State Machine Definition: '${causes}'`);
    }
    return this.#engine.store.run(
      'insert into definitions (machine, text, role, created) values (?, ?, ?, ?)',
      machine,
      text,
      String(role),
      this.#engine.now(),
    );
  }

  #create({ name, definition, roleArn, type = 'STANDARD', tags = [] }: Input): JsonObject {
    const { store, options } = this.#engine;
    if (type !== 'STANDARD')
      throw new StepFunctionsError('StateMachineTypeNotSupported', `${String(type)} is not served here`);
    const title = String(name);
    if (!/^[^\s<>{}[\]?*"#%\\^|~`$&,;:/]{1,80}$/.test(title)) {
      throw new StepFunctionsError('InvalidName', `Invalid Name: '${title}'`);
    }
    const arn = `arn:${options.partition}:states:${options.region}:${options.account}:stateMachine:${title}`;
    const known = store.one("select * from machines where arn = ? and status = 'ACTIVE'", arn);
    if (known) {
      const { text, role } = this.#definitionOf(known);
      if (text === String(definition) && role === String(roleArn)) {
        return { stateMachineArn: arn, creationDate: seconds(known.created) };
      }
      throw new StepFunctionsError('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`);
    }
    const now = this.#engine.now();
    const id = this.#define(arn, definition, roleArn);
    store.run(
      "insert or replace into machines values (?, ?, 'STANDARD', ?, ?, ?, 'ACTIVE', ?)",
      arn,
      title,
      id,
      now,
      now,
      JSON.stringify(tags),
    );
    return { stateMachineArn: arn, creationDate: seconds(now) };
  }

  #definitionOf(machine: Row): { text: string; role: string } {
    const row = this.#engine.store.one('select text, role from definitions where id = ?', Number(machine.definition));
    return { text: String(row?.text), role: String(row?.role) };
  }

  /** Running executions keep the definition and the role that they began with. */
  #update({ stateMachineArn, definition, roleArn }: Input): JsonObject {
    const machine = this.#machine(stateMachineArn);
    const old = this.#definitionOf(machine);
    const id = this.#define(String(machine.arn), definition ?? old.text, roleArn ?? old.role);
    const now = this.#engine.now();
    this.#engine.store.run(
      'update machines set definition = ?, updated = ? where arn = ?',
      id,
      now,
      String(machine.arn),
    );
    return { updateDate: seconds(now) };
  }

  /** Its running executions end. */
  #delete({ stateMachineArn }: Input): JsonObject {
    const { store } = this.#engine;
    const arn = String(stateMachineArn);
    store.run("update machines set status = 'DELETED' where arn = ?", arn);
    for (const { id } of store.all("select id from executions where machine = ? and status = 'RUNNING'", arn)) {
      const execution = this.#engine.load(Number(id));
      if (execution) this.#engine.stop(execution, {});
    }
    return {};
  }

  #describeMachine(machine: Row): JsonObject {
    const { text, role } = this.#definitionOf(machine);
    return {
      stateMachineArn: machine.arn,
      name: machine.name,
      status: machine.status,
      definition: text,
      roleArn: role,
      type: machine.type,
      creationDate: seconds(machine.created),
    };
  }

  #listMachines({ maxResults, nextToken }: Input): JsonObject {
    const rows = this.#engine.store.all("select * from machines where status = 'ACTIVE' order by created, arn");
    return page(rows, maxResults, nextToken, 'stateMachines', (machine) => ({
      stateMachineArn: machine.arn,
      name: machine.name,
      type: machine.type,
      creationDate: seconds(machine.created),
    }));
  }

  #tag({ resourceArn, tags }: Input): JsonObject {
    const machine = this.#machine(resourceArn);
    this.#engine.store.run('update machines set tags = ? where arn = ?', JSON.stringify(tags), String(machine.arn));
    return {};
  }

  // ---- executions ---------------------------------------------------------------------------------------------------

  #execution(arn: unknown): Row {
    const row = this.#engine.find(String(arn));
    if (!row) throw new StepFunctionsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${String(arn)}'`);
    return row;
  }

  #start({ stateMachineArn, name, input = '{}' }: Input): JsonObject {
    const text = String(input);
    parsed(text, 'InvalidExecutionInput');
    const title = name === undefined ? crypto.randomUUID() : String(name);
    if (!/^[^\s<>{}[\]?*"#%\\^|~`$&,;:/]{1,80}$/.test(title)) {
      throw new StepFunctionsError('InvalidName', `Invalid Name: '${title}'`);
    }
    const { arn, started } = this.#engine.start({ machine: String(stateMachineArn), name: title, input: text });
    return { executionArn: arn, startDate: seconds(started) };
  }

  #stop({ executionArn, error, cause }: Input): JsonObject {
    const row = this.#execution(executionArn);
    const execution = this.#engine.load(Number(row.id));
    if (!execution) return { stopDate: seconds(row.stopped) };
    this.#engine.stop(execution, present({ error, cause }) as Outcome);
    return { stopDate: seconds(this.#engine.now()) };
  }

  #describe(row: Row): JsonObject {
    return present({
      executionArn: row.arn,
      stateMachineArn: row.machine,
      name: row.name,
      status: row.status,
      startDate: seconds(row.started),
      stopDate: row.stopped === null ? null : seconds(row.stopped),
      input: row.input,
      inputDetails: { included: true },
      output: row.output,
      outputDetails: row.output === null ? null : { included: true },
      error: row.error,
      cause: row.cause,
      redriveCount: row.redrives,
    });
  }

  #machineOf(row: Row): JsonObject {
    const { machine } = this.#engine.definition(Number(row.definition));
    const found = this.#engine.store.one('select * from machines where arn = ?', String(row.machine));
    return { ...(found ? this.#describeMachine(found) : {}), definition: JSON.stringify(machine) };
  }

  #list({ stateMachineArn, statusFilter, maxResults, nextToken }: Input): JsonObject {
    const { arn } = this.#machine(stateMachineArn);
    const from = pageFrom(nextToken);
    const size = sizeOf(maxResults);
    const where = statusFilter === undefined ? '' : 'and status = ?';
    const values = statusFilter === undefined ? [String(arn)] : [String(arn), String(statusFilter)];
    const rows = this.#engine.store.all(
      `select * from executions where machine = ? ${where} order by started desc, id desc limit ? offset ?`,
      ...values,
      size + 1,
      from,
    );
    return {
      executions: rows.slice(0, size).map((row) =>
        present({
          executionArn: row.arn,
          stateMachineArn: row.machine,
          name: row.name,
          status: row.status,
          startDate: seconds(row.started),
          stopDate: row.stopped === null ? null : seconds(row.stopped),
        }),
      ),
      ...(rows.length > size ? { nextToken: pageToken(from + size) } : {}),
    };
  }

  #history({ executionArn, reverseOrder, maxResults, nextToken, includeExecutionData }: Input): JsonObject {
    const { id } = this.#execution(executionArn);
    const from = pageFrom(nextToken);
    const size = sizeOf(maxResults);
    const rows = this.#engine.store.all(
      `select * from events where execution = ? order by id ${reverseOrder === true ? 'desc' : 'asc'} limit ? offset ?`,
      Number(id),
      size + 1,
      from,
    );
    const events = rows.slice(0, size).map(({ id: event, previous, type, at, details }) => ({
      timestamp: seconds(at),
      type,
      id: event,
      previousEventId: previous,
      ...(details === null || includeExecutionData === false
        ? {}
        : { [detailsField(String(type))]: JSON.parse(String(details)) }),
    }));
    return { events, ...(rows.length > size ? { nextToken: pageToken(from + size) } : {}) };
  }

  // ---- callbacks ----------------------------------------------------------------------------------------------------

  #waiting(token: unknown) {
    const text = String(token);
    const parts = partsOf(text);
    if (!parts) throw new StepFunctionsError('InvalidToken', `Invalid Token: '${text}'`);
    const execution = this.#engine.load(parts.id);
    const frame = execution?.frames.get(parts.frame);
    if (!execution || frame?.task?.token !== text || frame.task.event !== parts.event) {
      throw new StepFunctionsError('TaskTimedOut', 'Task Timed Out: Provided task does not exist anymore');
    }
    return { execution, frame, task: frame.task };
  }

  async #answer({ taskToken }: Input, outcome: () => Outcome): Promise<JsonObject> {
    const { execution, frame, task } = this.#waiting(taskToken);
    const answer = outcome();
    this.#engine.touch(execution);
    // The worker may be faster than the call that gave it the token.
    if (frame.phase === 'call') task.early ??= answer;
    else if (frame.phase === 'token') await this.#engine.interpreter.complete(execution, frame, answer);
    return {};
  }

  #heartbeat({ taskToken }: Input): JsonObject {
    const { execution, frame, task } = this.#waiting(taskToken);
    if (task.heartbeat !== undefined) {
      task.heartbeatAt = this.#engine.now() + task.heartbeat * 1000;
      frame.due = Math.min(task.heartbeatAt, task.timeoutAt ?? Number.POSITIVE_INFINITY);
      this.#engine.touch(execution);
    }
    return {};
  }
}

/** A token says where it belongs; its seal makes it unguessable. */
function partsOf(token: string): { id: number; frame: number; event: number } | undefined {
  const inner = token.startsWith('AQC') ? Buffer.from(token.slice(3), 'base64url').toString() : '';
  const [id, frame, event] = /^(\d+)\.(\d+)\.(\d+)\./.exec(inner)?.slice(1).map(Number) ?? [];
  return id === undefined || frame === undefined || event === undefined ? undefined : { id, frame, event };
}

const sizeOf = (maxResults: unknown): number => {
  const size = Number(maxResults ?? 100);
  return size > 0 ? Math.min(size, 1000) : 100;
};

function page(
  rows: Row[],
  maxResults: unknown,
  nextToken: unknown,
  name: string,
  each: (row: Row) => JsonObject,
): JsonObject {
  const from = pageFrom(nextToken);
  const size = sizeOf(maxResults);
  const more = rows.length > from + size ? { nextToken: pageToken(from + size) } : {};
  return { [name]: rows.slice(from, from + size).map(each), ...more };
}

/** @throws StepFunctionsError with the given code where the text is not JSON or too long */
function parsed(text: unknown, code: string): unknown {
  if (typeof text !== 'string' || Buffer.byteLength(text) > maxPayload) {
    throw new StepFunctionsError(code, `${code}: JSON text of at most ${maxPayload} bytes is wanted`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new StepFunctionsError(code, `${code}: '${error instanceof Error ? error.message : String(error)}'`);
  }
}
