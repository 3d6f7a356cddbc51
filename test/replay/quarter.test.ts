import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, inject, it } from 'vitest';
import { z } from 'zod';

const house = join(import.meta.dirname, '../..');
const examples = join(house, 'examples/reports.jsonl');
const counted = z.record(z.string(), z.number());
const summaryOf = z.looseObject({
  recordDigest: z.string(),
  wallSeconds: z.number(),
  invariants: z.record(z.string(), z.object({ checked: z.number(), violated: z.unknown() })),
});

/** What people do beside answering a task: each occurs in the quarter. */
const beside = [
  ...[
    'attempted',
    'paused',
    'resumed',
    'extended',
    'joined',
    'paged',
    'dangerReported',
    'planAmended',
    'contactChanged',
  ],
  ...['consented yes', 'consented no', 'optedIn yes'],
  ...['shared', 'correctionAsked', 'eventWithdrawn', 'held', 'merged', 'reopened'],
  ...['asked enquiry', 'asked police-notice', 'asked protective-contact', 'asked take-over'],
];

const folder = () => mkdtempSync(join(tmpdir(), 'replay-'));

/** What is told again and again ends here: the kills fall within it anyway. */
const week = '2026-01-12';

interface Run {
  readonly file?: string;
  readonly until?: string;
  readonly data?: string;
  readonly zone?: string;
}

function start(out: string, { file = examples, until, data, zone = 'Asia/Shanghai' }: Run): ChildProcess {
  const options = ['--seed', '7', '--out', out, '--assembly', inject('assembly')];
  if (until !== undefined) options.push('--until', until, '--no-red-case');
  if (data !== undefined) options.push('--data', data);
  return spawn(process.execPath, [join(house, 'local/replay.ts'), file, ...options], {
    env: { ...process.env, TZ: zone, NODE_NO_WARNINGS: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

/** What `npm start` runs, in a folder where the quarter has been replayed. */
async function startedIn<T>(
  data: string,
  meanwhile: (said: string) => Promise<T>,
): Promise<{ code: number | null; seen: T }> {
  const options = ['--data', data, '--port', '0', '--assembly', inject('assembly')];
  const child = spawn(process.execPath, [join(house, 'local/start.ts'), ...options], {
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [said, complained] = [heardFrom(child.stdout), heardFrom(child.stderr)];
  while (!said().includes('npm run audit') && child.exitCode === null) await delay(100);
  if (child.exitCode !== null) throw new Error(`exit ${child.exitCode}: ${complained().slice(-2000)}`);
  try {
    const seen = await meanwhile(said());
    child.kill('SIGINT');
    return { code: await ended(child), seen };
  } finally {
    child.kill('SIGKILL');
  }
}

/** A command to copy as a request, for machines without curl. */
async function curl(command: string, token = ''): Promise<Response> {
  const headers = [...command.matchAll(/-H ['"]([^:]+): ([^'"]+)['"]/g)].map(([, name = '', value = '']) => [
    ...[name, value.replace('$TOKEN', token)],
  ]);
  const forms = [...command.matchAll(/-d '?(\w+=[^' ]+)/g)].map(([, form = '']) => form);
  const body = /-d '(\{.*\})'/.exec(command)?.[1] ?? (forms.length > 0 ? new URLSearchParams(forms.join('&')) : null);
  const url = / (http:[^\s)]+)\)?$/.exec(command)?.[1] ?? '';
  return fetch(url, { ...{ headers: Object.fromEntries(headers), body }, method: body === null ? 'GET' : 'POST' });
}

/** Asked again and again: an event can be missed, an exit code cannot. */
async function ended(child: ChildProcess): Promise<number | null> {
  while (child.exitCode === null && child.signalCode === null) await delay(100);
  return child.exitCode;
}

const heardFrom = (stream: Readable | null): (() => string) => {
  let said = '';
  stream?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  return () => said;
};

async function replayed(run: Run) {
  const out = folder();
  const child = start(out, run);
  const said = heardFrom(child.stderr);
  const code = await ended(child);
  if (code !== 0) throw new Error(`exit ${code}: ${said().slice(-2000)}`);
  return summaryOf.parse(JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8')));
}

describe('the quarter', { retry: 1 }, () => {
  const data = folder();

  it('takes every way, with every colour, and no invariant is violated', async () => {
    const summary = await replayed({ data, zone: 'America/New_York' });
    for (const [name, { checked, violated }] of Object.entries(summary.invariants)) {
      expect(checked, name).toBeGreaterThan(0);
      expect(violated, name).toEqual(Array.isArray(violated) ? [] : 0);
    }
    const occurs: [unknown, string][] = [
      [summary.levels, 'yellow'],
      [summary.levels, 'orange'],
      [summary.levels, 'red'],
      [summary.escalations, 'county'],
      [summary.handOffs, 'accepted'],
      [summary.decisions, 'dismiss no level'],
      [summary.lapses, 'red to orange'],
      [summary.checkIns, 'relapse'],
      [summary.checkIns, 'completedRows'],
      [summary.referrals, 'closed'],
      [summary.rounds, 'closed'],
      ...beside.map((what): [unknown, string] => [summary.beside, what]),
    ];
    for (const [counts, what] of occurs) expect(counted.parse(counts)[what], what).toBeGreaterThan(0);
  }, 600_000);

  it('goes on in real time: somebody signs in, sends a report, reads a case and answers a task as the commands to copy say', async () => {
    const { code, seen } = await startedIn(data, async (said) => {
      const commands = said.match(/^ {2}(TOKEN|curl).*$/gm) ?? [];
      const [signIn = '', ...others] = commands;
      const token = await (await curl(signIn)).text();
      const answers: string[] = [];
      for (const command of others) {
        const { status, url } = await curl(command, token);
        answers.push(`${status} ${new URL(url).pathname.split('/')[2]}`);
      }
      return answers;
    });
    expect(seen).toEqual(['202 reports', '200 cases', '200 tasks']);
    expect(code).toBe(0);
  }, 300_000);
});

describe('its first week', { retry: 1 }, () => {
  let told: ReturnType<typeof replayed> | undefined;
  const here = () => {
    told ??= replayed({ until: week }).catch((error) => {
      told = undefined;
      throw error;
    });
    return told;
  };

  it('has the same digest in another time zone, killed at ten moments and continued', async () => {
    const { recordDigest } = await here();
    const data = folder();
    let kills = 0;
    for (let i = 0; i < 10; i++) {
      const child = start(folder(), { data, until: week, zone: 'America/New_York' });
      const over = ended(child);
      // Moments without a pattern: while it opens, and anywhere in the story.
      await Promise.race([delay(1000 + ((i * 677) % 1300)), over]);
      if (child.exitCode === null) kills += 1;
      child.kill('SIGKILL');
      await over;
    }
    // A fast machine may be through before the tenth.
    expect(kills).toBeGreaterThanOrEqual(6);
    const killed = await replayed({ data, until: week, zone: 'America/New_York' });
    expect(killed.recordDigest).toBe(recordDigest);
  }, 600_000);

  it('has another one when one report comes 40 days later', async () => {
    const lines = readFileSync(examples, 'utf8').trimEnd().split('\n');
    const [first = '', ...rest] = lines;
    const report = JSON.parse(first);
    const moved = { ...report, reportedAt: new Date(Date.parse(report.reportedAt) + 40 * 86_400_000).toISOString() };
    delete moved.occurredAt;
    const file = join(folder(), 'moved.jsonl');
    writeFileSync(file, [...rest, JSON.stringify(moved)].map((line) => `${line}\n`).join(''));
    const there = await replayed({ until: week, file });
    expect(there.recordDigest).not.toBe((await here()).recordDigest);
  }, 600_000);
});

describe('bad lines', () => {
  it('are named by file, line, column, path, value and what is allowed; the good ones are taken', async () => {
    const lines = readFileSync(examples, 'utf8').trimEnd().split('\n').slice(0, 2);
    const file = join(folder(), 'bad.jsonl');
    const wrong = { ...JSON.parse(lines[0] ?? ''), sourceId: 'X-1', channel: 'gossip' };
    writeFileSync(file, `${lines.join('\n')}\n{"channel": \n${JSON.stringify(wrong)}\n`);
    const out = folder();
    const child = start(out, { file, until: '2026-01-07' });
    const said = heardFrom(child.stderr);
    expect(await ended(child)).not.toBe(0);
    expect(said()).toMatch(/bad\.jsonl:3:\d+/);
    expect(said()).toMatch(/bad\.jsonl:4:\d+.*channel.*gossip.*grid/);
    const summary = z
      .object({ reports: z.unknown() })
      .parse(JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8')));
    expect(JSON.stringify(summary.reports)).toContain('2');
  }, 600_000);
});
