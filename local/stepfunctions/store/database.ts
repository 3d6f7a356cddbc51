import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { UnusableStore } from '../errors.ts';

/** Raised with every change of the schema. */
const version = 1;
/** Tells the file from those of other programs. */
const application = 0x53_46_4e_31;

/**
 * Few pages are touched by a commit. Events lie in chunks, one a commit and execution: [previous, type, at, details] each.
 * The outermost flow lies in the execution's own row, others in `frames`; items, results and variables are written once
 * each. `timers` are those of executions that only wait: each has one at least, and a restart loads those that have none.
 */
const schema = `
create table if not exists machines (arn text primary key, record text not null) without rowid;
create table if not exists definitions (id integer primary key, machine text not null, text text not null, role text not null,
  created integer not null, revision text not null);
create table if not exists executions (id integer primary key, arn text not null unique, machine text not null, name text not null,
  definition integer not null, status text not null, started integer not null, stopped integer, input text not null, output text,
  error text, cause text, redrives integer not null, redriven integer, timeoutAt integer, waiters text, lastEvent integer not null,
  nextFrame integer not null, entered integer not null, touched integer not null, redriveToken text, traceHeader text,
  root text, rootInput text);
create table if not exists facts (name text primary key, value text not null) without rowid;
create table if not exists events (execution integer, first integer, last integer, chunk text,
  primary key (execution, first)) without rowid;
create table if not exists frames (execution integer, id integer, data text, input text, primary key (execution, id)) without rowid;
create table if not exists variables (execution integer, frame integer, name text, value text,
  primary key (execution, frame, name)) without rowid;
create table if not exists items (execution integer, frame integer, list text, primary key (execution, frame)) without rowid;
create table if not exists results (execution integer, frame integer, at integer, value text,
  primary key (execution, frame, at)) without rowid;
create table if not exists timers (execution integer, frame integer, due integer, event integer, name text,
  primary key (execution, frame)) without rowid;
create index if not exists timers_due on timers (due, name, event);
`;

/** @throws UnusableStore */
export function openDatabase(file: string): DatabaseSync {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(file);
    // The file is this engine's alone, which spares locks at every commit. A killed machine may lose the last moment.
    db.exec('pragma locking_mode = exclusive; pragma journal_mode = wal; pragma synchronous = normal');
    db.exec('pragma cache_size = -32000; pragma wal_autocheckpoint = 8000');
    const known =
      db.prepare('pragma application_id').get()?.application_id === application &&
      db.prepare('pragma user_version').get()?.user_version === version;
    const tables = db.prepare("select count(*) as tables from sqlite_master where type = 'table'").get()?.tables;
    if (tables !== 0 && !known) {
      throw new UnusableStore(
        `${file} was written by another version of the engine, or another program: remove it or name another file`,
      );
    }
    // All of it or nothing: a process may be killed here as well.
    db.exec(`begin; ${schema}; pragma application_id = ${application}; pragma user_version = ${version}; commit`);
    db.prepare('insert or ignore into facts values (?, ?)').run('secret', randomUUID());
    return db;
  } catch (error) {
    db?.close();
    if (error instanceof UnusableStore) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new UnusableStore(
      why.includes('locked')
        ? `${file} is in use by another engine: close that first`
        : `${file} cannot be used: ${why}`,
      { cause: error },
    );
  }
}
