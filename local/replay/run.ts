/** One replay from its options to its summary: used by `npm run replay` and by `npm start`. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { paginateListExecutions, SFNClient } from '@aws-sdk/client-sfn';
import { z } from 'zod';
import { localDate } from '../../shared/calendar/calendar.ts';
import type { City } from '../../shared/config/city.ts';
import { headSchema } from '../../shared/domain/audit.ts';
import { CannotStart } from '../cloud/errors.ts';
import { claimFolder } from '../cloud/folder.ts';
import { type Cloud, openCloud } from '../cloud/index.ts';
import type { Spacing } from '../cloud/schedules.ts';
import { Agenda } from './agenda.ts';
import { costOf, nothing } from './cost.ts';
import { drive } from './drive.ts';
import { cityIn, made, stackOf, synthesize } from './house.ts';
import type { Evidence, Execution, Loose } from './invariants/evidence.ts';
import { progressOn, type Screen } from './progress.ts';
import { collect, tell } from './record.ts';
import { costOfRedCase } from './red-case.ts';
import { type ReportsFile, readReports } from './reports.ts';
import { secretsIn } from './secrets.ts';
import { logOf as logOfTask } from './staff.ts';
import { type Summary, summarize } from './summary.ts';
import { unitClass } from './units.ts';

export interface ReplayOptions {
  /** Of the city file; with `assembly` that one's city counts. */
  readonly city: string;
  readonly data: string;
  readonly assembly?: string;
  readonly file: string;
  readonly seed: number;
  readonly until?: number;
  readonly port?: number;
  /** How far apart schedules fire while time is skipped, as their rate and name say; absent: three days. */
  readonly scheduleSpacing?: Spacing;
  /** Instants before its end at which it is looked at too: what is forgotten later is still there then. */
  readonly looks?: { readonly at: readonly number[]; readonly see: (summary: Summary) => void };
  /** false: nobody asks what a red case costs. */
  readonly redCase?: boolean;
  readonly screen: Screen;
  readonly stopped: () => boolean;
}

export interface Replay {
  readonly cloud: Cloud;
  readonly city: City;
  readonly reports: ReportsFile;
  /** Absent where it was stopped before its end. */
  readonly result: { readonly summary: Summary; readonly lines: readonly string[] } | undefined;
  /** Sentences about reports that were not taken. */
  readonly faults: readonly string[];
  /** True where nothing was left to replay. */
  readonly wasDone: boolean;
  close(): Promise<void>;
}

const day = 86_400_000;
const shanghai = 8 * 3_600_000;

/** The first instant after the quarter of the year in which this one lies, in Asia/Shanghai. */
export function endOfQuarter(at: number): number {
  const local = new Date(at + shanghai);
  return Date.UTC(local.getUTCFullYear(), 3 * Math.floor(local.getUTCMonth() / 3) + 3, 1) - shanghai;
}

/** "2026-06-30" as the end of that day in Asia/Shanghai; undefined for what is no date. */
export function endOfDay(date: string): number | undefined {
  if (!z.iso.date().safeParse(date).success) return undefined;
  return Date.parse(`${date}T00:00:00Z`) + day - shanghai;
}

/** @throws CannotStart, CityInvalid, ReplayFailed */
export async function replay(options: ReplayOptions): Promise<Replay> {
  const { data, file, seed, screen, port } = options;
  made(data);
  const assembly = options.assembly ?? join(data, 'assembly');
  if (options.assembly === undefined) {
    const claimed = claimFolder(data, stackOf(options.city));
    try {
      await synthesize(options.city, assembly);
    } finally {
      claimed.release();
    }
  }
  const city = cityIn(assembly);
  const reports = readReports(file, contentOf(file), city);
  const [first] = reports.deliveries;
  const last = reports.deliveries.at(-1);
  if (!first || !last)
    throw new CannotStart([...reports.faults, `${file} has no report that could be taken.`].join('\n'));
  const from = startOf(first.at);
  const until = options.until ?? endOfQuarter(last.at);
  const denied = new Map<string, string>();
  const cloud = await openCloud({
    assembly,
    stack: stackOf(city.id),
    data,
    clock: 'jump',
    startAt: from,
    unitClass,
    scheduleSpacing: options.scheduleSpacing ?? 3 * day,
    // A grant that is missing is said once, whoever misses it.
    log: (line) => {
      const who = line.replace(/ on resource: .*/s, '');
      if (!line.startsWith('AccessDenied') || denied.has(who)) return;
      denied.set(who, line);
      screen.write(`\n${line}\n`);
    },
    ...(port === undefined ? {} : { port }),
  });
  const agenda = new Agenda(join(data, 'replay.sqlite'));
  const close = async () => {
    await cloud.close();
    agenda.setFact('open', 'no');
    agenda.close();
  };
  try {
    const wasDone = begin(agenda, reports, { file, seed, until, from });
    const lived = async (to: number) =>
      wasDone || (await run(cloud, agenda, city, options, to))
        ? resultOf(cloud, agenda, city, reports, { ...options, assembly, from, until: to })
        : undefined;
    for (const at of wasDone ? [] : (options.looks?.at ?? [])) {
      const seen = await lived(at);
      if (seen) options.looks?.see(seen.summary);
    }
    const told = await lived(until);
    if (told) agenda.setFact('done', String(until));
    const refused = agenda.refusals();
    return {
      cloud,
      city,
      reports,
      result: told,
      faults: [...reports.faults, ...refused, ...denied.values()],
      wasDone,
      close,
    };
  } catch (error) {
    screen.write('\n');
    await close();
    throw error;
  }
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CannotStart(`The reports ${file} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}

/** What is stored is of this form: a folder of an earlier one is not gone on with. */
const edition = 6;

/** Just after the midnight before the first report: daily schedules then fire at an instant at which nothing else does. */
const startOf = (at: number): number => Date.parse(`${localDate(at)}T00:00:07+08:00`);

/** @returns true where this replay has been done before; @throws CannotStart where another one was begun here */
function begin(
  agenda: Agenda,
  { deliveries, digest }: ReportsFile,
  { file, seed, until, from }: { file: string; seed: number; until: number; from: number },
): boolean {
  const known = agenda.fact('story');
  const story = `${edition} ${digest} ${seed}`;
  if (known === undefined) {
    agenda.begin({ story, from: String(from) }, deliveries);
  } else if (known !== story) {
    throw new CannotStart(
      `The data folder holds a replay of other reports than ${file}, with another seed than ${seed}, or by an earlier version: begin anew with --fresh or choose another folder with --data.`,
    );
  }
  if (agenda.fact('open') === 'yes') agenda.count('kills');
  agenda.setFact('open', 'yes');
  return Number(agenda.fact('done') ?? 0) >= until;
}

async function run(cloud: Cloud, agenda: Agenda, city: City, options: ReplayOptions, until: number): Promise<boolean> {
  const { seed, file, screen, stopped } = options;
  const progress = progressOn(screen, cloud, city);
  let since = performance.now();
  const timed = () => {
    const now = performance.now();
    agenda.count('wall', (now - since) / 1000);
    since = now;
  };
  const ended = await drive({
    cloud,
    agenda,
    staff: { city, seed },
    file,
    until,
    stopped,
    async progress(now) {
      if (performance.now() - since > 1000) timed();
      await progress.show(now);
    },
  });
  progress.end();
  timed();
  return ended;
}

async function resultOf(
  cloud: Cloud,
  agenda: Agenda,
  city: City,
  { deliveries }: ReportsFile,
  {
    seed,
    from,
    until,
    data,
    assembly,
    redCase = true,
  }: ReplayOptions & { assembly: string; from: number; until: number },
) {
  const counts = agenda.counts('');
  const { executions, loose } = await executionsOf(cloud);
  const log = logOf(data);
  const evidence: Omit<Evidence, 'told' | 'city' | 'now'> = {
    messages: messagesOf(cloud),
    executions,
    kills: counts.kills ?? 0,
    repeats: counts.repeats ?? 0,
    repairs: repairsIn(log),
    reads: agenda.counts('read-case '),
    heads: headsSent(cloud),
    loose: [...loose, { where: 'the log of the cloud', text: log }],
    secrets: secretsIn(deliveries.map(({ report }) => report)),
  };
  return summarize(tell(await collect(cloud.scan())), {
    city,
    seed,
    from,
    until,
    counters: cloud.counters(),
    refusals: agenda.counts('refused '),
    wallSeconds: counts.wall ?? 0,
    redCase: redCase ? await costOfRedCase(city, assembly, stackOf(city.id)) : costOf(nothing, nothing, 0),
    evidence,
  });
}

const noticeSchema = z.object({
  id: z.string(),
  kind: z.string(),
  text: z.string(),
  /** Not where a deputy hears that they stand in: no record of a case decides on that. */
  taskId: z.string().optional(),
});

function messagesOf(cloud: Cloud): Evidence['messages'] {
  const { NoticesTopicArn, CitizensTopicArn } = cloud.outputs;
  return cloud.outbox(0).map(({ id, topicArn, message, at }) => {
    const sent = { at, toCitizen: topicArn === CitizensTopicArn };
    if (topicArn !== NoticesTopicArn) return { ...sent, id, kind: undefined, text: message };
    const { id: notice, kind, taskId, text } = noticeSchema.parse(JSON.parse(message));
    if (taskId === undefined) return { ...sent, id: notice, kind: undefined, text };
    return { ...sent, id: notice, kind, text, log: logOfTask(taskId) };
  });
}

const reconciledSchema = z.object({ message: z.literal('reconciled'), repaired: z.record(z.string(), z.number()) });

/** What the reconciler said it repaired, all together. */
function repairsIn(log: string): number {
  const lines = log.split('\n').filter((line) => line.includes('"reconciled"'));
  return lines
    .map((line) => reconciledSchema.parse(JSON.parse(line.slice(line.indexOf('{')))))
    .reduce((sum, { repaired }) => sum + Object.values(repaired).reduce((all, n) => all + n, 0), 0);
}

const headsSchema = z.object({ kind: z.literal('audit-heads'), heads: z.array(headSchema) });

/** Of the accesses of each day, as the independent reviewer was sent them. */
const headsSent = (cloud: Cloud): Evidence['heads'] =>
  cloud.outbox(0).flatMap(({ topicArn, message }) => {
    if (topicArn !== cloud.outputs.OversightTopicArn) return [];
    return headsSchema.safeParse(JSON.parse(message)).data?.heads ?? [];
  });

function logOf(data: string): string {
  try {
    return readFileSync(join(data, 'cloud.log'), 'utf8');
  } catch {
    return ''; // nothing was ever said
  }
}

/** What drives the city now, as any client of Step Functions sees it. */
async function executionsOf(cloud: Cloud): Promise<{ executions: Execution[]; loose: Loose[] }> {
  const client = new SFNClient({
    endpoint: cloud.url,
    region: 'cn-north-1',
    credentials: { accessKeyId: 'operator', secretAccessKey: 'local' },
  });
  const executions: Execution[] = [];
  try {
    const input = { stateMachineArn: cloud.outputs.LifecycleArn, statusFilter: 'RUNNING' as const, maxResults: 1000 };
    for await (const page of paginateListExecutions({ client }, input)) {
      for (const { name = '', status = '' } of page.executions ?? []) executions.push({ name, status });
    }
  } finally {
    client.destroy();
  }
  return { executions, loose: executions.map(({ name }) => ({ where: `execution ${name}`, text: name })) };
}

/** Writes what was asked for, making its folder. */
export function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
