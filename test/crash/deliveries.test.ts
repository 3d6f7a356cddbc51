import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { Agenda } from '../../local/replay/agenda.ts';
import { draw } from '../../local/replay/random.ts';
import { collect, tell } from '../../local/replay/record.ts';
import { openTasks, type State } from '../../shared/domain/state.ts';
import { CityOnOneMachine, fact, grid, posts } from '../support/city-on-one-machine.ts';
import { minute } from '../support/story.ts';
import { red } from './stories.ts';
import { inCity, monday, through } from './struck.ts';

const seed = 5;
const person = (n: number) => ({ name: `当事人${n}`, phone: `138000${String(n).padStart(5, '0')}` });
/** Who reports whom, and whether somebody may be hurt: pairs come back, in either role, and so do single persons. */
const quarrels = [
  [1, 2, true],
  [2, 1, false],
  [3, 2, true],
  [3, 4, false],
  [1, 2, true],
  [5, 6, false],
] as const;
const reports = quarrels.map(([complainant, respondent, dangerous], i) => ({
  channel: 'police',
  sourceId: `R-${i}`,
  source: '派出所',
  reportedAt: monday,
  area: grid,
  disputeType: 'neighbour',
  text: '双方争执',
  facts: dangerous ? [fact('threat_to_kill'), fact('weapon_present')] : [fact('wants_mediation')],
  people: [
    { role: 'complainant', ...person(complainant) },
    { role: 'respondent', ...person(respondent) },
  ],
}));
type Body = (typeof reports)[number];

/** What a delivery became, however the log is called: the id comes from the report that arrived first. */
const told = (state: State): string => {
  const events = state.subject === 'case' ? state.events.map(({ id }) => id).sort() : [];
  const tasks = openTasks(state).map(({ kind, owner }) => `${kind} ${owner}`);
  return JSON.stringify([state.subject, [...state.reports].sort(), events, tasks.sort()]);
};

/** @param rounds the reports that arrive at once, round by round */
async function delivered(rounds: readonly (readonly Body[])[]) {
  const city = await CityOnOneMachine.open(inject('assembly'), monday);
  try {
    const answers = new Map<string, string[]>();
    let n = 0;
    for (const round of rounds) {
      const sending = round.map(async (body) => {
        n += 1;
        const headers = { ...(await city.headers(posts.police)), 'idempotency-key': `delivery-${n}` };
        const sent = { method: 'POST', path: '/v1/reports', headers, body };
        const answer = await city.cloud.request(sent);
        expect(answer.status, JSON.stringify(answer.body)).toBe(202);
        const { dispute, case: caseId } = Object(answer.body);
        answers.set(body.sourceId, [...(answers.get(body.sourceId) ?? []), `${dispute} ${caseId}`]);
      });
      await Promise.all(sending);
    }
    await city.pass(minute);
    const { record, states } = tell(await collect(city.cloud.scan()));
    return { answers, logs: states.map(told).sort(), record };
  } finally {
    await city.cloud.close();
  }
}

describe('the same reports', () => {
  it('three times each and in any order make the same disputes and cases, and each report counts once', async () => {
    const once = await delivered(reports.map((body) => [body]));
    const three = reports.flatMap((body) => [1, 2, 3].map((time) => ({ body, at: draw(seed, body.sourceId, time) })));
    const shuffled = three.sort((a, b) => a.at - b.at).map(({ body }) => body);
    const rounds = Array.from({ length: 6 }, (_, i) => shuffled.slice(3 * i, 3 * i + 3));
    const thrice = await delivered(rounds);

    expect(thrice.logs).toEqual(once.logs);
    // Some joined what was there.
    expect(once.logs.length).toBeLessThan(reports.length + quarrels.filter(([, , dangerous]) => dangerous).length);
    for (const [report, answers] of thrice.answers) {
      expect(answers, report).toHaveLength(3);
      expect(new Set(answers).size, report).toBe(1);
    }
    expect(thrice.record.reports.map(({ id, pending }) => [id, pending])).toEqual(
      once.record.reports.map(({ id, pending }) => [id, pending]),
    );
    for (const [id, actions] of thrice.record.logs) {
      const reported = actions.flatMap(({ content }) => (content.kind === 'reported' ? [content.report] : []));
      expect(new Set(reported).size, id).toBe(reported.length);
    }
  });
});

describe('a message', () => {
  it('that was published twice, as whoever sent it died before saying so, is heard once', async () => {
    const place = '0 look-at-task UpdateItem C#N#talk-1#opened#0 1';
    await inCity(
      inject('assembly'),
      red,
      (_, name) => (name === place ? 'dies-before' : undefined),
      async (city, add) => {
        await through([add()], { ...red, deeds: [] });
        const ofTask = city.cloud.outbox(0).filter(({ topicArn }) => topicArn === city.cloud.outputs.NoticesTopicArn);
        const heard = ofTask.map(({ message }) => JSON.parse(message) as { id: string; taskId: string; post: string });
        const ids = new Set(heard.map(({ id }) => id));
        expect(heard.length).toBe(ids.size + 1);
        const agenda = new Agenda(join(mkdtempSync(join(tmpdir(), 'agenda-')), 'agenda.sqlite'));
        for (const [i, { id, taskId, post }] of heard.entries()) {
          // One that does something for each message: what it does is named by how often it heard.
          agenda.hear([{ id, intents: [{ key: `${i}`, at: 0, taskId, post, verb: 'acknowledge' }] }], i);
        }
        expect(agenda.waiting().intents).toBe(ids.size);
        agenda.close();
      },
    );
  });
});
