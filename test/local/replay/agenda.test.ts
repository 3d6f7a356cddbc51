import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Agenda } from '../../../local/replay/agenda.ts';
import type { Intent } from '../../../local/replay/staff.ts';
import { folderForTest, quarter } from './support.ts';

const intent = (log: string, key: string, at: number): Intent => ({
  key,
  at,
  taskId: `C-${log.padStart(12, '0')}.plan-1`,
  post: 'p',
  verb: 'answer',
});

/** Runs the worker until it ends or, after some of its lines, is killed. */
async function work(file: string, log: string, count: number, killAfter?: number): Promise<boolean> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'agenda-worker.ts'), file, log, String(count)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise<number | null>((done) => child.on('exit', (code) => done(code)));
  const lines = () => (existsSync(log) ? readFileSync(log, 'utf8').split('\n').length : 0);
  const before = lines();
  const watch =
    killAfter === undefined
      ? undefined
      : setInterval(() => {
          if (lines() - before >= killAfter) child.kill('SIGKILL');
        }, 1);
  const code = await ended;
  clearInterval(watch);
  return code === 0;
}

describe('the agenda', () => {
  it('loses nothing and forgets nothing that was done, however often the process is killed', async () => {
    using folder = folderForTest();
    const [file, log] = [folder.path('agenda.sqlite'), folder.path('done')];
    const count = 300;
    let kills = 0;
    for (const after of [1, 7, 23, 40, 61]) if (!(await work(file, log, count, after))) kills += 1;
    expect(await work(file, log, count)).toBe(true);
    const done = readFileSync(log, 'utf8').trim().split('\n');
    expect(new Set(done).size).toBe(2 * count);
    // What was cut off between deed and note is done once more, under the same key: one for each kill at most.
    expect(done.length - new Set(done).size).toBeLessThanOrEqual(kills);
    expect(kills).toBeGreaterThan(0);
  });

  it('hears a message once, however often it comes', () => {
    using folder = folderForTest();
    const agenda = new Agenda(folder.path('agenda.sqlite'));
    agenda.hear([{ id: 'm1', intents: [intent('1', 'a', 5)] }], 1);
    const [first] = agenda.round(5);
    if (first) agenda.done(first);
    agenda.hear([{ id: 'm1', intents: [intent('1', 'a', 5)] }], 2);
    expect(agenda.waiting()).toEqual({ deliveries: 0, intents: 0 });
    expect(agenda.cursor).toBe(2);
    agenda.close();
  });

  it('takes of each case the first that is due, in an order that nobody chose', () => {
    using folder = folderForTest();
    const orders = [0, 1].map((k) => {
      const agenda = new Agenda(folder.path(`agenda${k}.sqlite`));
      const all = [
        intent('1', 'b', 5),
        intent('1', 'a', 5),
        intent('2', 'c', 4),
        intent('2', 'd', 3),
        intent('3', 'e', 9),
      ];
      agenda.hear([{ id: 'm', intents: k === 0 ? all : [...all].reverse() }], 1);
      const rounds: string[][] = [];
      for (let round = agenda.round(5); round.length > 0; round = agenda.round(5)) {
        rounds.push(round.map(({ key }) => key));
        for (const one of round) agenda.done(one, 'answer 409 refused');
      }
      expect(agenda.next()).toBe(9);
      agenda.close();
      return rounds;
    });
    expect(orders[0]).toEqual([
      ['d', 'a'],
      ['c', 'b'],
    ]);
    expect(orders[1]).toEqual(orders[0]);
  });

  it('lets go of what was meant before an answer, but not of what follows from it', () => {
    using folder = folderForTest();
    const agenda = new Agenda(folder.path('agenda.sqlite'));
    const attempt: Intent = { ...intent('1', 'attempt', 7), verb: 'attempt' };
    const [answer, again] = [intent('1', 'a', 5), intent('1', 'b', 6)];
    agenda.hear([{ id: 'm', intents: [answer, again, attempt, intent('2', 'c', 6)] }], 1);
    agenda.done(answer, undefined, [{ ...attempt, key: 'after', at: 8 }]);
    expect(agenda.round(6).map(({ key }) => key)).toEqual(['c']);
    for (const one of agenda.round(6)) agenda.done(one);
    expect(agenda.round(9).map(({ key }) => key)).toEqual(['attempt']);
    expect(agenda.waiting().intents).toBe(2);
    agenda.close();
  });

  it('keeps a report until it was answered, and what was said about one that was refused', () => {
    using folder = folderForTest();
    const open = () => new Agenda(folder.path('agenda.sqlite'));
    let agenda = open();
    agenda.begin({ story: 'x' }, quarter.slice(0, 2));
    const at = quarter[1]?.at ?? 0;
    expect(agenda.deliveriesDue(at)).toHaveLength(2);
    agenda.close();
    agenda = open();
    const [first] = agenda.deliveriesDue(at);
    if (first) agenda.delivered(first, 'reports.jsonl:1:1 no');
    expect(agenda.deliveriesDue(at).map(({ report }) => report)).toEqual([quarter[1]?.report]);
    expect(agenda.refusals()).toEqual(['reports.jsonl:1:1 no']);
    expect(agenda.fact('story')).toBe('x');
    agenda.close();
  });
});
