/** npm run audit -- verify [--endpoint URL | --aws] [--city NAME] [--table NAME] [--heads FILE] */
import { readFileSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { type AuditFault, type Broken, daySeal, type Head, headSchema } from '../shared/domain/audit.ts';
import type { Table } from '../shared/record/table.ts';
import { type BrokenDay, type Verdict, verify } from './audit/verify.ts';
import { fromCaller, stackOf } from './replay/house.ts';
import { BadOptions, defaultCity, optionsIn, text } from './replay/options.ts';

const usage = 'npm run audit -- verify [--endpoint URL | --aws] [--city NAME] [--table NAME] [--heads FILE]';

const kinds = {
  endpoint: { type: 'string' },
  aws: { type: 'boolean' },
  city: { type: 'string' },
  table: { type: 'string' },
  heads: { type: 'string' },
} as const;

/** Where `npm start` serves a city. */
const usualEndpoint = 'http://127.0.0.1:8080';

const messageSchema = z.looseObject({
  kind: z.literal('audit-heads'),
  date: z.iso.date(),
  count: z.int(),
  root: z.string(),
  heads: z.array(headSchema),
});

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};

/** The heads in what the reviewer received, one message a line. @throws BadOptions where a day is not whole */
export function headsIn(lines: readonly string[]): Head[] {
  const messages = lines.map((line) => messageSchema.safeParse(parsed(line))).flatMap(({ data }) => data ?? []);
  const days = Map.groupBy(messages, ({ date, root }) => `${date} ${root}`);
  return [...days.values()].flatMap((parts) => {
    const [first] = parts;
    if (!first) return [];
    // A message may have come twice.
    const heads = [...new Map(parts.flatMap((part) => part.heads).map((head) => [head.chain, head])).values()];
    if (heads.length !== first.count || daySeal(first.date, heads).root !== first.root) {
      throw new BadOptions(`--heads: the messages of ${first.date} are not complete, or were changed.`);
    }
    return heads;
  });
}

/** @throws BadOptions where it cannot be read, or holds nothing of the kind */
function headsFrom(file: string): Head[] {
  let lines: string[];
  try {
    lines = readFileSync(fromCaller(file), 'utf8').split('\n');
  } catch {
    throw new BadOptions(`--heads ${file}: cannot be read.`);
  }
  const heads = headsIn(lines);
  if (heads.length === 0) throw new BadOptions(`--heads ${file}: no message of the kind audit-heads is in it.`);
  return heads;
}

const whys: Readonly<Record<AuditFault, string>> = {
  unreadable: '不是访问记录 is no record of an access',
  changed: '内容被改动 was changed',
  moved: '位置不对 is not where it was written',
  missing: '缺失 is missing',
  'cut-off': '链尾被截断 is missing: the end of the chain was cut off',
  rewritten: '被重写 is not the one whose hash the reviewer was sent',
};

const timeOf = (at: number | undefined): string =>
  at === undefined ? '—' : new Date(at + 8 * 3_600_000).toISOString().replace(/\.\d+Z$/, '+08:00');

const sentenceOf = ({ chain, n, at, why }: Broken): string =>
  `断裂 broken: 链 chain ${chain}, 第 ${n} 条 record ${n}, ${timeOf(at)}: ${whys[why]}`;

const dayOf = ({ date, gone }: BrokenDay): string =>
  `断裂 broken: ${date}: 与已发出的链尾不符 the chains no longer give what was sent of that day${gone.length > 0 ? `; 缺少 gone: ${gone.join(', ')}` : ''}`;

export function report({ chains, records, days, broken, brokenDays }: Verdict): string[] {
  if (broken.length === 0 && brokenDays.length === 0) {
    return [`完整 intact: ${chains} 条链 chains, ${records} 条记录 records, ${days} 天 days`];
  }
  return [...broken.map(sentenceOf), ...brokenDays.map(dayOf)];
}

interface Where {
  readonly aws: boolean;
  readonly endpoint: string;
  readonly name: string;
}

/** @throws BadOptions where the table of a deployed city is not named */
function whereIn(values: Readonly<Record<string, string | boolean | undefined>>): Where {
  const aws = values.aws === true;
  const name = text(values.table);
  if (aws && (name === undefined || values.endpoint !== undefined)) {
    throw new BadOptions(`--aws needs --table (output TableName of the stack) and no --endpoint. Usage: ${usage}`);
  }
  const city = text(values.city) ?? defaultCity;
  return { aws, endpoint: text(values.endpoint) ?? usualEndpoint, name: name ?? `${stackOf(city)}-Table` };
}

/** With --aws the account, region and rights of whoever calls; else the auditor of a city on this machine. */
function tableAt({ aws, endpoint, name }: Where): Table {
  const auditor = { accessKeyId: 'auditor', secretAccessKey: 'local' };
  const client = new DynamoDBClient(aws ? {} : { endpoint, region: 'cn-north-1', credentials: auditor });
  return { name, db: DynamoDBDocumentClient.from(client) };
}

/** 0: everything holds; 1: something is broken. @throws BadOptions */
export async function main(args: readonly string[], say: (line: string) => void, now = Date.now()): Promise<number> {
  const { values, files } = optionsIn(args, kinds, usage);
  if (files.length !== 1 || files[0] !== 'verify') throw new BadOptions(`Usage: ${usage}`);
  const where = whereIn(values);
  const heads = text(values.heads);
  const sent = heads === undefined ? [] : headsFrom(heads);
  const verdict = await verify(tableAt(where), sent, now);
  for (const line of report(verdict)) say(line);
  return verdict.broken.length > 0 || verdict.brokenDays.length > 0 ? 1 : 0;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof BadOptions) return error.message;
  if ('code' in error && error.code === 'ECONNREFUSED') {
    return `没有城市应答 no city answers (${error.message}): npm start, or --endpoint URL.`;
  }
  return `${error.name}: ${error.message}`;
}

if (import.meta.main) {
  try {
    process.exitCode = await main(process.argv.slice(2), console.log);
  } catch (error) {
    // Nothing was found out: neither intact nor broken.
    console.error(reasonOf(error));
    process.exitCode = 2;
  }
}
