/** What the small services keep, in one SQLite file. */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

const schema = `
create table if not exists facts (name text primary key, value text) without rowid;
create table if not exists outbox (seq integer primary key, id text, topic text, at integer, message text, attributes text);
create table if not exists messages (seq integer primary key, id text, queue text, body text, attributes text, visible integer,
  receipt text, received integer default 0);
create index if not exists messages_queue on messages (queue, visible);
create table if not exists items (tbl text, key text, item text, primary key (tbl, key)) without rowid;
create table if not exists keys (id text primary key, material blob) without rowid;
create table if not exists signing_keys (seq integer primary key autoincrement, kid text, jwk text);
create table if not exists counts (name text primary key, value real) without rowid;
`;

export type Row = Record<string, unknown>;

export class Store {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(file: string) {
    this.#db = new DatabaseSync(file);
    // A killed process loses nothing that was committed; a killed machine may lose the last moment.
    this.#db.exec('pragma journal_mode = wal; pragma synchronous = normal');
    this.#db.exec(schema);
  }

  #prepared(sql: string): StatementSync {
    const known = this.#statements.get(sql) ?? this.#db.prepare(sql);
    this.#statements.set(sql, known);
    return known;
  }

  run(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#prepared(sql).run(...values).lastInsertRowid);
  }

  one(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#prepared(sql).get(...values);
  }

  all(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#prepared(sql).all(...values);
  }

  fact(name: string): string | undefined {
    const value = this.one('select value from facts where name = ?', name)?.value;
    return value === undefined ? undefined : String(value);
  }

  setFact(name: string, value: string): void {
    this.run('insert or replace into facts values (?, ?)', name, value);
  }

  close(): void {
    this.#db.close();
  }
}
