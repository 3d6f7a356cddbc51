/**
 * What the replay still has to do, on disk: reports to deliver, intents of the staff, how far the outbox was read. An entry
 * goes only after its response, so that a process killed at any moment goes on where it was.
 */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { z } from 'zod';
import { type Report, reportSchema } from '../../shared/domain/report.ts';
import type { Delivery } from './reports.ts';
import { type Intent, logOf, said } from './staff.ts';

const schema = `
create table if not exists facts (name text primary key, value text not null) without rowid;
create table if not exists deliveries (no integer primary key, at integer not null, line integer not null, report text not null);
create index if not exists deliveries_at on deliveries (at, no);
create table if not exists intents (task text, post text, key text, at integer not null, log text not null, intent text not null,
  primary key (task, post, key)) without rowid;
create index if not exists intents_at on intents (at);
create table if not exists heard (id text primary key) without rowid;
create table if not exists counts (name text primary key, value real not null) without rowid;
`;

export const whoSchema = z.strictObject({
  person: z.string(),
  idNumber: z.string().exactOptional(),
  phone: z.string().exactOptional(),
});

const intentSchema = z.strictObject({
  key: z.string(),
  at: z.number(),
  taskId: z.string(),
  post: z.string(),
  verb: z.enum(said),
  to: z.string().exactOptional(),
  who: whoSchema.exactOptional(),
});

export interface Due {
  readonly no: number;
  readonly line: number;
  readonly at: number;
  readonly report: Report;
}

/** What a notice led to; its id tells a repeated one. */
export interface Reaction {
  readonly id: string;
  readonly intents: readonly Intent[];
}

export class Agenda {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(file: string) {
    this.#db = new DatabaseSync(file);
    this.#db.exec('pragma journal_mode = wal; pragma synchronous = normal');
    this.#db.exec(schema);
  }

  close(): void {
    this.#db.close();
  }

  fact(name: string): string | undefined {
    const value = this.#get('select value from facts where name = ?', name)?.value;
    return value === undefined ? undefined : String(value);
  }

  setFact(name: string, value: string): void {
    this.#run('insert or replace into facts values (?, ?)', name, value);
  }

  count(name: string, by = 1): void {
    this.#run('insert into counts values (?, ?) on conflict do update set value = value + excluded.value', name, by);
  }

  counts(prefix: string): Record<string, number> {
    const rows = this.#all('select name, value from counts where name glob ? order by name', `${prefix}*`);
    return Object.fromEntries(rows.map(({ name, value }) => [String(name).slice(prefix.length), Number(value)]));
  }

  /** Takes a file's reports in, once and all together. */
  begin(facts: Readonly<Record<string, string>>, deliveries: readonly Delivery[]): void {
    this.#together(() => {
      deliveries.forEach(({ at, line, report }, no) => {
        this.#run('insert into deliveries values (?, ?, ?, ?)', no, at, line, JSON.stringify(report));
      });
      for (const [name, value] of Object.entries(facts)) this.setFact(name, value);
    });
  }

  /** When there is something to do next. */
  next(): number | undefined {
    const row = this.#get(
      'select min(at) as at from (select min(at) as at from deliveries union all select min(at) as at from intents)',
    );
    return row?.at === null || row?.at === undefined ? undefined : Number(row.at);
  }

  deliveriesDue(at: number): Due[] {
    return this.#all('select * from deliveries where at <= ? order by at, no', at).map((row) => ({
      no: Number(row.no),
      line: Number(row.line),
      at: Number(row.at),
      report: reportSchema.parse(JSON.parse(String(row.report))),
    }));
  }

  /** @param refused a sentence for the end of the replay; @param then what follows from it */
  delivered({ no, line }: Due, refused?: string, then: readonly Intent[] = []): void {
    this.#together(() => {
      this.#intend(then);
      this.#run('delete from deliveries where no = ?', no);
      if (refused !== undefined) this.setFact(`refused ${String(line).padStart(8, '0')}`, refused);
    });
  }

  /** Reports that the API did not take, by line. */
  refusals(): string[] {
    return this.#all("select value from facts where name glob 'refused *' order by name").map(({ value }) =>
      String(value),
    );
  }

  /** Of each case or dispute the first that is due: different ones do not touch each other. */
  round(at: number): Intent[] {
    const first = new Map<string, Intent>();
    for (const row of this.#all('select intent from intents where at <= ? order by at, task, key, post', at)) {
      const intent = intentSchema.parse(JSON.parse(String(row.intent)));
      const log = logOf(intent.taskId);
      if (!first.has(log)) first.set(log, intent);
    }
    return [...first.values()];
  }

  /**
   * @param refused how the API put it; a task that is over, or another post's by now, ends the intent
   * @param then what follows from it
   */
  done({ taskId, post, key, verb }: Intent, refused?: string, then: readonly Intent[] = []): void {
    this.#together(() => {
      this.#intend(then);
      if (verb === 'answer' && refused === undefined) this.#forgetBefore(taskId, post);
      this.#run('delete from intents where task = ? and post = ? and key = ?', taskId, post, key);
      if (refused !== undefined) this.count(`refused ${refused}`);
    });
  }

  get cursor(): number {
    return Number(this.fact('cursor') ?? 0);
  }

  /** Intents and the place in the outbox that they come from, together; a notice that was heard before changes nothing. */
  hear(reactions: readonly Reaction[], cursor: number): void {
    this.#together(() => {
      for (const { id, intents } of reactions) {
        if (this.#get('select 1 from heard where id = ?', id)) continue;
        this.#run('insert into heard values (?)', id);
        this.#intend(intents);
      }
      this.setFact('cursor', String(cursor));
    });
  }

  waiting(): { deliveries: number; intents: number } {
    const count = (table: 'deliveries' | 'intents') => Number(this.#get(`select count(*) as n from ${table}`)?.n ?? 0);
    return { deliveries: count('deliveries'), intents: count('intents') };
  }

  /** Whoever has answered does not mean to do it any more. */
  #forgetBefore(taskId: string, post: string): void {
    for (const row of this.#all('select intent from intents where task = ? and post = ?', taskId, post)) {
      const { key, verb } = intentSchema.parse(JSON.parse(String(row.intent)));
      if (verb !== 'answer' && verb !== 'acknowledge') continue;
      this.#run('delete from intents where task = ? and post = ? and key = ?', taskId, post, key);
    }
  }

  /** Each once: what was meant already is not meant again. */
  #intend(intents: readonly Intent[]): void {
    for (const intent of intents) {
      const { taskId, post, key, at } = intent;
      const row = [taskId, post, key, at, logOf(taskId), JSON.stringify(intent)];
      this.#run('insert or ignore into intents values (?, ?, ?, ?, ?, ?)', ...row);
    }
  }

  #together(change: () => void): void {
    this.#db.exec('begin immediate');
    try {
      change();
      this.#db.exec('commit');
    } catch (error) {
      this.#db.exec('rollback');
      throw error;
    }
  }

  #prepared(sql: string): StatementSync {
    const known = this.#statements.get(sql) ?? this.#db.prepare(sql);
    this.#statements.set(sql, known);
    return known;
  }

  #run(sql: string, ...values: SQLInputValue[]): void {
    this.#prepared(sql).run(...values);
  }

  #get(sql: string, ...values: SQLInputValue[]): Record<string, unknown> | undefined {
    return this.#prepared(sql).get(...values);
  }

  #all(sql: string, ...values: SQLInputValue[]): Record<string, unknown>[] {
    return this.#prepared(sql).all(...values);
  }
}
