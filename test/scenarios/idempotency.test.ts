import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { People } from '../../local/people.ts';
import type { HejieClient } from '../../shared/client/index.ts';
import { parseCity } from '../../shared/config/city.ts';
import { CityOnOneMachine, grid, personOf, posts } from '../support/city-on-one-machine.ts';
import { MortalCity } from '../support/mortal-city.ts';
import { day, shown } from '../support/story.ts';

const monday = '2026-01-05T09:00:00+08:00';
const file = join(import.meta.dirname, '../../infra/cities/taizhou.json');

interface Answered {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}
interface Command {
  /** Unlike any other. */
  readonly key: string;
  readonly send: () => Promise<Answered>;
}

describe('a city that is killed again and again while people work', () => {
  const data = mkdtempSync(join(tmpdir(), 'killed-'));
  const mortal = new MortalCity(inject('assembly'), data, monday);
  const people = new People(parseCity(JSON.parse(readFileSync(file, 'utf8')), file), mortal);
  const answered = new Map<string, unknown>();
  let commands: Command[] = [];
  let lost = 0;

  const span = { value: true, start: 0, end: 3, negated: false, hearsay: false };
  const facts = [
    { ...span, type: 'threat_to_kill' as const },
    { ...span, type: 'weapon_present' as const },
  ];
  const report = (n: number) => ({
    channel: 'police' as const,
    sourceId: `K-${n}`,
    source: '派出所',
    reportedAt: monday,
    area: grid,
    disputeType: 'neighbour' as const,
    text: '报警人称邻居持刀扬言杀人',
    facts,
    people: [{ role: 'respondent' as const, name: '刘大强', phone: `138000${String(n).padStart(5, '0')}` }],
  });
  const under = (key: string) => ({ header: { 'Idempotency-Key': key } });

  const sendReport = (police: HejieClient, n: number): Command => {
    const key = `report-${n}`;
    return { key, send: () => police.POST('/reports', { params: under(key), body: report(n) }) };
  };
  const acknowledge = (police: HejieClient, taskId: string, n: number): Command => {
    const key = `acknowledge-${n}`;
    const params = { path: { taskId }, ...under(key) };
    return { key, send: () => police.POST('/tasks/{taskId}/acknowledge', { params, body: {} }) };
  };
  const addShift = (county: HejieClient, n: number): Command => {
    const key = `shift-${n}`;
    const at = (days: number) => new Date(Date.parse(monday) + days * day).toISOString();
    const body = {
      post: posts.county,
      person: personOf(posts.county),
      channel: 'voice' as const,
      from: at(n + 1),
      to: at(n + 1.5),
    };
    return { key, send: () => county.POST('/roster', { params: under(key), body }) };
  };
  const name = (founder: HejieClient, postId: string, n: number): Command => {
    const key = `post-${n}`;
    const params = { path: { postId }, header: { 'If-Match': '"0"', 'Idempotency-Key': key } };
    const body = { holders: [{ person: `p${n}`, from: monday, to: null }], deputy: null, reason: '任命 appointment' };
    return { key, send: () => founder.PUT('/posts/{postId}', { params, body }) };
  };

  beforeAll(async () => {
    await mortal.live();
    const police = await people.forPost(posts.police, { person: personOf(posts.police) });
    const county = await people.forPost(posts.county, { person: personOf(posts.county) });
    const first = Array.from({ length: 10 }, (_, n) => sendReport(police, 100 + n));
    for (const { send } of first) shown(await send());
    const tasks = await verifyTasks(police, first.length);
    const named = ['331002', '331004', '331022', '331023', '331024'].flatMap((county) =>
      ['county-centre', 'county-police'].map((duty) => `${county}.${duty}`),
    );
    const all = [
      Array.from({ length: 10 }, (_, n) => sendReport(police, n)),
      tasks.map((taskId, n) => acknowledge(police, taskId, n)),
      Array.from({ length: 10 }, (_, n) => addShift(county, n)),
      named.map((post, n) => name(people.founder(), post, n)),
    ];
    // One of each kind in turn.
    commands = Array.from({ length: 10 }, (_, n) => all.flatMap((kind) => kind[n] ?? [])).flat();
  });
  afterAll(() => mortal.kill());

  /** The lifecycle opens them in its own time. */
  async function verifyTasks(police: HejieClient, count: number): Promise<string[]> {
    for (;;) {
      const { tasks } = shown(await police.GET('/me/tasks', { params: { query: { limit: 100 } } }));
      if (tasks.length >= count) return tasks.map(({ taskId }) => taskId).slice(0, count);
    }
  }

  /** People send what was not answered, six at a time; after so many answers the city dies in the midst of the others. */
  async function life(mostAnswers: number): Promise<void> {
    const waiting = commands.filter(({ key }) => !answered.has(key));
    let answers = 0;
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const { key } = next;
        const answer = await next.send().catch((error: unknown) => {
          // Nobody knows whether it was done.
          if (error instanceof TypeError) return undefined;
          throw error;
        });
        if (!answer) {
          lost += 1;
          return;
        }
        if (answer.response.status < 300) {
          answered.set(key, answer.data);
          answers += 1;
          if (answers === mostAnswers) await mortal.kill();
        } else if (answer.response.status === 429 || answer.response.status === 503) waiting.push(next);
        else throw new Error(`${key}: ${JSON.stringify(answer.error)}`);
      }
    };
    await Promise.all(Array.from({ length: 6 }, work));
  }

  it('every command is answered in the end', { timeout: 240_000 }, async () => {
    const lives = fc.sample(fc.integer({ min: 2, max: 7 }), { seed: 4, numRuns: 4 });
    for (const answers of lives) {
      await life(answers);
      await mortal.kill();
      await mortal.live();
    }
    await life(Number.POSITIVE_INFINITY);
    // It died in the midst of requests.
    expect(lost).toBeGreaterThanOrEqual(lives.length);
    expect(answered.size).toBe(commands.length);
  });

  it('and sent again gives its first outcome again', async () => {
    const withoutRepeated = (value: unknown) => ({ ...Object(value), repeated: undefined });
    for (const { key, send } of commands) {
      const again = await send();
      expect(again.response.status, key).toBeLessThan(300);
      expect(withoutRepeated(again.data), key).toEqual(withoutRepeated(answered.get(key)));
    }
  });

  it('each stands in the history once: in the log of a case, in the versions of a post, on the roster', async () => {
    await mortal.kill();
    const city = await CityOnOneMachine.open(inject('assembly'), monday, data);
    const found = new Map<string, number>();
    const count = (key: string) => found.set(key, (found.get(key) ?? 0) + 1);
    for await (const { pk, sk, action, record, shift } of city.cloud.scan()) {
      const place = `${String(pk).slice(0, 1)} ${String(sk).slice(0, 2)}`;
      const { key, content } = Object(action);
      if (place === 'C A#' && content.kind === 'acknowledged') count(String(key).split(' ').at(-1) ?? '');
      if (place === 'D A#' && /^police\/K-\d$/.test(content.report)) count(`report-${content.report.slice(-1)}`);
      if (place === 'O V#') count(String(Object(record).key).split(' ').at(-1) ?? '');
      if (String(pk).startsWith('W#')) count(String(Object(shift).made.key).split(' ').at(-1) ?? '');
    }
    const counts = commands.map(({ key }) => [key, found.get(key)]);
    expect(counts).toEqual(commands.map(({ key }) => [key, 1]));
    // What the killed city had begun goes on.
    await city.cloud.settled();
    for (const [key, value] of answered) {
      if (key.startsWith('report-')) expect((await city.case(Object(value).case)).tasks, key).toHaveLength(1);
    }
    await city.cloud.close();
  });
});
