import { DatabaseSync, type StatementSync } from 'node:sqlite';

const schema = `
create table if not exists machines (arn text primary key, name text, type text, definition integer, created integer,
  updated integer, status text, tags text) without rowid;
create table if not exists definitions (id integer primary key, machine text, text text, role text, created integer);
create table if not exists executions (id integer primary key, arn text unique, machine text, name text, definition integer,
  status text, started integer, stopped integer, input text, output text, error text, cause text, redrives integer,
  redriven integer, snapshot text);
create index if not exists executions_machine on executions (machine, started);
create index if not exists executions_running on executions (id) where status = 'RUNNING';
create table if not exists events (execution integer, id integer, previous integer, type text, at integer, details text,
  primary key (execution, id)) without rowid;
create table if not exists timers (execution integer, frame integer, due integer, event integer, name text,
  primary key (execution, frame)) without rowid;
create index if not exists timers_due on timers (due, name, event);
create table if not exists runnable (execution integer primary key);
create table if not exists counters (name text primary key, value integer) without rowid;
`;

export type Row = Record<string, string | number | bigint | null | Uint8Array>;
type Value = string | number | null;

/** SQLite with a transaction that stays open until commit(): reads see what was written before it is durable. */
export class Store {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #open = false;

  constructor(file: string) {
    this.#db = new DatabaseSync(file);
    this.#db.exec('pragma journal_mode = wal; pragma synchronous = normal; pragma cache_size = -32000');
    this.#db.exec(schema);
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  run(sql: string, ...values: Value[]): number {
    if (!this.#open) {
      this.#db.exec('begin');
      this.#open = true;
    }
    return Number(this.#prepare(sql).run(...values).lastInsertRowid);
  }

  one(sql: string, ...values: Value[]): Row | undefined {
    return this.#prepare(sql).get(...values) as Row | undefined;
  }

  all(sql: string, ...values: Value[]): Row[] {
    return this.#prepare(sql).all(...values) as Row[];
  }

  get dirty(): boolean {
    return this.#open;
  }

  commit(): void {
    if (!this.#open) return;
    this.#db.exec('commit');
    this.#open = false;
  }

  /** What was not committed is lost, as after a kill. */
  rollback(): void {
    if (!this.#open) return;
    this.#db.exec('rollback');
    this.#open = false;
  }

  close(): void {
    this.#db.close();
  }
}
