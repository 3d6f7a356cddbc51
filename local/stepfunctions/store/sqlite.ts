import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { HistoryEvent } from '../engine/events.ts';
import {
  type Execution,
  type ExecutionRecord,
  type Frame,
  type FrameData,
  frameData,
  newFrame,
  quiet,
  type Status,
  timersOf,
} from '../engine/execution.ts';
import { openDatabase } from './database.ts';
import type { DefinitionRecord, ListQuery, MachineRecord, Store, Timer } from './store.ts';
import { inOrder, Timers } from './timers.ts';

const insertExecution = `insert into executions (status, stopped, output, error, cause, redrives, redriven, timeoutAt, waiters,
  lastEvent, nextFrame, entered, touched, redriveToken, root, rootInput, id, arn, machine, name, definition, started, input, traceHeader)
  values (${'?, '.repeat(23)}?)`;
/** What a list tells: what they were given and gave may be large. */
const summary = `id, arn, machine, name, definition, status, started, stopped, '' as input, redrives, redriven, waiters, lastEvent,
  nextFrame, entered, touched`;
const updateExecution = `update executions set status = ?, stopped = ?, output = ?, error = ?, cause = ?, redrives = ?, redriven = ?,
  timeoutAt = ?, waiters = ?, lastEvent = ?, nextFrame = ?, entered = ?, touched = ?, redriveToken = ?, root = ?, rootInput = ? where id = ?`;

type Row = Record<string, unknown>;

const text = (value: unknown): string => String(value);
const number = (value: unknown): number => Number(value);
const optional = <T>(row: Row, name: string, of: (value: unknown) => T): Record<string, T> =>
  row[name] === null || row[name] === undefined ? {} : { [name]: of(row[name]) };

const statuses: readonly Status[] = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'];

function recordOf(row: Row): ExecutionRecord {
  const status = statuses.find((one) => one === row.status);
  if (status === undefined) throw new TypeError(`Unknown status in the store: ${text(row.status)}`);
  return {
    id: number(row.id),
    arn: text(row.arn),
    name: text(row.name),
    machine: text(row.machine),
    definition: number(row.definition),
    started: number(row.started),
    input: text(row.input),
    status,
    redrives: number(row.redrives),
    lastEvent: number(row.lastEvent),
    nextFrame: number(row.nextFrame),
    entered: number(row.entered),
    touched: number(row.touched),
    waiters: row.waiters === null ? [] : JSON.parse(text(row.waiters)),
    ...optional(row, 'stopped', number),
    ...optional(row, 'output', text),
    ...optional(row, 'error', text),
    ...optional(row, 'cause', text),
    ...optional(row, 'redriven', number),
    ...optional(row, 'timeoutAt', number),
    ...optional(row, 'redriveToken', text),
    ...optional(row, 'traceHeader', text),
  };
}

/** In one SQLite file, in one transaction from commit to commit. A killed process loses what was not committed. */
export class SqliteStore implements Store {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  /** Those that were asked for: every start asks. */
  readonly #machines = new Map<string, MachineRecord>();
  /** When what the timers table holds is due, by execution in memory and flow: only what changed is written. */
  readonly #timers = new Map<number, Map<number, number>>();
  /** Timers of executions that do not merely wait: a restart finds them in the executions themselves. */
  readonly #live = new Timers();
  /** The earliest of the table; null: to be asked for. */
  #nextStored: number | undefined | null = null;
  readonly #secret: string;
  #nextExecution: number;
  #open = false;

  /** @throws UnusableStore */
  constructor(file: string) {
    this.#db = openDatabase(file);
    this.#secret = text(this.#one("select value from facts where name = 'secret'")?.value);
    this.#nextExecution = number(this.#one('select coalesce(max(id), 0) as id from executions')?.id) + 1;
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  #run(sql: string, ...values: SQLInputValue[]): number {
    if (!this.#open) {
      this.#db.exec('begin');
      this.#open = true;
    }
    return number(this.#prepare(sql).run(...values).lastInsertRowid);
  }

  #one(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#prepare(sql).get(...values);
  }

  #all(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#prepare(sql).all(...values);
  }

  // ---- machines -----------------------------------------------------------------------------------------------------

  machine(arn: string): MachineRecord | undefined {
    const known = this.#machines.get(arn);
    if (known !== undefined) return known;
    const row = this.#one('select record from machines where arn = ?', arn);
    if (row === undefined) return undefined;
    const machine: MachineRecord = JSON.parse(text(row.record));
    this.#machines.set(arn, machine);
    return machine;
  }

  machines(): MachineRecord[] {
    return this.#all('select record from machines').map(({ record }) => JSON.parse(text(record)));
  }

  putMachine(machine: MachineRecord): void {
    this.#machines.set(machine.arn, machine);
    this.#run('insert or replace into machines values (?, ?)', machine.arn, JSON.stringify(machine));
  }

  removeMachine(arn: string): void {
    this.#machines.delete(arn);
    this.#run('delete from machines where arn = ?', arn);
  }

  definition(id: number): DefinitionRecord | undefined {
    const row = this.#one('select * from definitions where id = ?', id);
    if (row === undefined) return undefined;
    return {
      id: number(row.id),
      machine: text(row.machine),
      text: text(row.text),
      role: text(row.role),
      created: number(row.created),
      revision: text(row.revision),
    };
  }

  addDefinition({ machine, text: definition, role, created, revision }: Omit<DefinitionRecord, 'id'>): number {
    const sql = 'insert into definitions (machine, text, role, created, revision) values (?, ?, ?, ?, ?)';
    return this.#run(sql, machine, definition, role, created, revision);
  }

  // ---- executions ---------------------------------------------------------------------------------------------------

  nextExecution(): number {
    const id = this.#nextExecution;
    this.#nextExecution += 1;
    return id;
  }

  find(arn: string): ExecutionRecord | undefined {
    const row = this.#one('select * from executions where arn = ?', arn);
    return row && recordOf(row);
  }

  load(id: number): Execution | undefined {
    const row = this.#one('select * from executions where id = ?', id);
    if (row === undefined) return undefined;
    const record = recordOf(row);
    const frames = new Map<number, Frame>();
    const rows = this.#all('select data, input from frames where execution = ? order by id', id);
    if (row.root !== null) rows.unshift({ data: row.root, input: row.rootInput });
    for (const { data, input } of rows) {
      const parsed: FrameData = JSON.parse(text(data));
      frames.set(parsed.id, newFrame(parsed, JSON.parse(text(input)), text(input)));
    }
    for (const { frame, name, value } of this.#all('select * from variables where execution = ?', id)) {
      const json = text(value);
      const variable = { value: JSON.parse(json), size: Buffer.byteLength(json) };
      frames.get(number(frame))?.variables.set(text(name), variable);
    }
    for (const { frame, list } of this.#all('select * from items where execution = ?', id)) {
      const group = frames.get(number(frame));
      if (group) group.items = JSON.parse(text(list));
    }
    for (const frame of frames.values()) {
      frame.changed.data = false;
      frame.changed.stored = true;
      if (frame.group) frame.results = new Array(frame.group.total).fill(undefined);
    }
    for (const { frame, at, value } of this.#all('select * from results where execution = ?', id)) {
      const results = frames.get(number(frame))?.results;
      if (results) results[number(at)] = JSON.parse(text(value));
    }
    const stored = this.#all('select frame, due from timers where execution = ?', id);
    if (stored.length > 0) this.#timers.set(id, new Map(stored.map((row) => [number(row.frame), number(row.due)])));
    return {
      ...record,
      value: JSON.parse(record.input),
      frames,
      fresh: { events: [], gone: [], isNew: false },
      active: 0,
      dirty: false,
    };
  }

  unload(id: number): void {
    this.#timers.delete(id);
  }

  save(execution: Execution): void {
    const { id, fresh, frames, status } = execution;
    this.#saveRecord(execution);
    this.#saveEvents(id, fresh.events);
    fresh.events = [];
    for (const frame of fresh.gone) this.#forget(id, frame);
    fresh.gone = [];
    for (const frame of frames.values()) {
      if (status !== 'SUCCEEDED') this.#saveFrame(id, frame);
      else if (frame.changed.stored) this.#forgetParts(id, frame.id);
    }
    fresh.isNew = false;
    const runs = status === 'RUNNING';
    const waits = runs && [...frames.values()].every(quiet);
    this.#saveTimers(execution, runs, waits);
  }

  #saveRecord(e: Execution): void {
    const root = e.status === 'SUCCEEDED' ? undefined : e.frames.get(0);
    const changing = [
      e.status,
      e.stopped ?? null,
      e.output ?? null,
      e.error ?? null,
      e.cause ?? null,
      e.redrives,
      e.redriven ?? null,
      e.timeoutAt ?? null,
      e.waiters.length === 0 ? null : JSON.stringify(e.waiters),
      e.lastEvent,
      e.nextFrame,
      e.entered,
      e.touched,
      e.redriveToken ?? null,
      root === undefined ? null : JSON.stringify(frameData(root)),
      root?.inputText ?? null,
    ];
    if (e.fresh.isNew) {
      const fixed = [e.id, e.arn, e.machine, e.name, e.definition, e.started, e.input, e.traceHeader ?? null];
      this.#run(insertExecution, ...changing, ...fixed);
    } else this.#run(updateExecution, ...changing, e.id);
  }

  #saveEvents(id: number, events: HistoryEvent[]): void {
    const first = events[0];
    const last = events.at(-1);
    if (first === undefined || last === undefined) return;
    const chunk = events.map(({ previous, type, at, details }) =>
      details === undefined ? [previous, type, at] : [previous, type, at, details],
    );
    this.#run('insert into events values (?, ?, ?, ?)', id, first.id, last.id, JSON.stringify(chunk));
  }

  #saveFrame(id: number, frame: Frame): void {
    const { changed } = frame;
    if (frame.id !== 0 || changed.variables.size > 0 || changed.items) changed.stored = true;
    if (changed.data && frame.id !== 0) {
      const data = JSON.stringify(frameData(frame));
      this.#run('insert or replace into frames values (?, ?, ?, ?)', id, frame.id, data, frame.inputText);
    }
    changed.data = false;
    for (const [name, value] of changed.variables) {
      this.#run('insert or replace into variables values (?, ?, ?, ?)', id, frame.id, name, value);
    }
    changed.variables.clear();
    if (changed.items) {
      if (changed.stored) this.#forgetGroup(id, frame.id);
      if (frame.items) this.#run('insert into items values (?, ?, ?)', id, frame.id, JSON.stringify(frame.items));
      changed.items = false;
    }
    for (const at of changed.results) {
      const value = JSON.stringify(frame.results?.[at] ?? null);
      this.#run('insert or replace into results values (?, ?, ?, ?)', id, frame.id, at, value);
    }
    changed.results = [];
  }

  #forget(id: number, frame: number): void {
    this.#run('delete from frames where execution = ? and id = ?', id, frame);
    this.#forgetParts(id, frame);
  }

  #forgetParts(id: number, frame: number): void {
    this.#run('delete from variables where execution = ? and frame = ?', id, frame);
    this.#forgetGroup(id, frame);
  }

  #forgetGroup(id: number, frame: number): void {
    this.#run('delete from items where execution = ? and frame = ?', id, frame);
    this.#run('delete from results where execution = ? and frame = ?', id, frame);
  }

  #saveTimers(execution: Execution, runs: boolean, waits: boolean): void {
    const { id, name } = execution;
    const timers = runs ? timersOf(execution) : [];
    this.#live.set(execution, waits ? [] : timers);
    const known = this.#timers.get(id) ?? new Map<number, number>();
    const wanted = new Map(waits ? timers.map(({ frame, due }) => [frame, due]) : []);
    for (const frame of known.keys()) {
      if (wanted.has(frame)) continue;
      this.#nextStored = null;
      this.#run('delete from timers where execution = ? and frame = ?', id, frame);
    }
    for (const { frame, due, event } of waits ? timers : []) {
      if (known.get(frame) === due) continue;
      this.#nextStored = null;
      this.#run('insert or replace into timers values (?, ?, ?, ?, ?)', id, frame, due, event, name);
    }
    if (wanted.size === 0) this.#timers.delete(id);
    else this.#timers.set(id, wanted);
  }

  remove(id: number): void {
    this.#run('delete from executions where id = ?', id);
    for (const table of ['events', 'frames', 'variables', 'items', 'results', 'timers']) {
      this.#run(`delete from ${table} where execution = ?`, id);
    }
  }

  list({ machine, status, redriven, before, limit }: ListQuery): ExecutionRecord[] {
    const where = ['machine = ?'];
    const values: SQLInputValue[] = [machine];
    if (status !== undefined) {
      where.push('status = ?');
      values.push(status);
    }
    if (before !== undefined) {
      where.push('id < ?');
      values.push(before);
    }
    if (redriven !== undefined) where.push(redriven ? 'redrives > 0' : 'redrives = 0');
    // Numbers are given in the order of starts: no index is needed, which every start would pay for.
    const sql = `select ${summary} from executions where ${where.join(' and ')} order by id desc limit ?`;
    return this.#all(sql, ...values, limit).map(recordOf);
  }

  running(machine: string): number[] {
    const rows = this.#all("select id from executions where machine = ? and status = 'RUNNING'", machine);
    return rows.map(({ id }) => number(id));
  }

  history(execution: number, from: number, to: number): HistoryEvent[] {
    const start = 'coalesce((select max(first) from events where execution = ? and first <= ?), 0)';
    const sql = `select first, chunk from events where execution = ? and first >= ${start} and first <= ? order by first`;
    return this.#all(sql, execution, execution, from, to).flatMap(({ first, chunk }) => {
      const events: [number, string, number, HistoryEvent['details']?][] = JSON.parse(text(chunk));
      return events.flatMap(([previous, type, at, details], i) => {
        const id = number(first) + i;
        return id < from || id > to ? [] : [{ id, previous, type, at, ...(details ? { details } : {}) }];
      });
    });
  }

  // ---- what happens next --------------------------------------------------------------------------------------------

  nextTimer(): number | undefined {
    if (this.#nextStored === null) {
      const due = this.#one('select min(due) as due from timers')?.due;
      this.#nextStored = due === null || due === undefined ? undefined : number(due);
    }
    const live = this.#live.next();
    if (live === undefined || this.#nextStored === undefined) return live ?? this.#nextStored;
    return Math.min(live, this.#nextStored);
  }

  due(now: number): Timer[] {
    const stored = this.#all('select * from timers where due <= ?', now).map((row) => ({
      execution: number(row.execution),
      frame: number(row.frame),
      due: number(row.due),
      event: number(row.event),
      name: text(row.name),
    }));
    return inOrder([...stored, ...this.#live.due(now)]);
  }

  runnable(): number[] {
    const sql =
      "select id from executions where status = 'RUNNING' and id not in (select execution from timers) order by id";
    return this.#all(sql).map(({ id }) => number(id));
  }

  secret(): string {
    return this.#secret;
  }

  lastMoment(): number | undefined {
    const row = this.#one('select max(touched) as at from executions');
    return row?.at === null || row?.at === undefined ? undefined : number(row.at);
  }

  totals(): { executions: number; transitions: number } {
    const row = this.#one('select count(*) as executions, coalesce(sum(entered), 0) as transitions from executions');
    return { executions: number(row?.executions), transitions: number(row?.transitions) };
  }

  commit(): void {
    if (!this.#open) return;
    this.#db.exec('commit');
    this.#open = false;
  }

  close(kill: boolean): void {
    if (this.#open) this.#db.exec(kill ? 'rollback' : 'commit');
    this.#open = false;
    this.#db.close();
  }
}
