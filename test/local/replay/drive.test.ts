import { describe, expect, it } from 'vitest';
import { costOf } from '../../../local/replay/cost.ts';
import { digestOf, linesOf } from '../../../local/replay/digest.ts';
import { ReplayFailed } from '../../../local/replay/drive.ts';
import { invariants, violations } from '../../../local/replay/invariants.ts';
import { tell } from '../../../local/replay/record.ts';
import { summarize } from '../../../local/replay/summary.ts';
import { tableOf } from '../../../local/replay/table.ts';
import { refusal } from './paper-city.ts';
import { evidenceOf, Killed, quarter, type Replayed, replayOnPaper } from './support.ts';

const digest = ({ record }: Replayed): string => digestOf(linesOf(tell(record)));

function summaryOf(replayed: Replayed) {
  const { told, city, now, ...evidence } = evidenceOf(replayed);
  const counters = replayed.paper.counters();
  const times = { from: quarter[0]?.at ?? 0, until: now, wallSeconds: 1, redCase: costOf(counters, counters, 0) };
  return summarize(told, { city, seed: 7, counters, refusals: {}, evidence, ...times }).summary;
}

describe('a quarter on paper', () => {
  it('has every colour, an escalation to the county, a hand-off, a dismissal, a lapse, a relapse and a completed row', async () => {
    const summary = summaryOf(await replayOnPaper());
    expect(Object.keys(summary.levels).sort()).toEqual(['orange', 'red', 'yellow']);
    expect(summary.escalations.county).toBeGreaterThan(0);
    expect(summary.handOffs.accepted).toBeGreaterThan(0);
    expect(summary.decisions['dismiss no level']).toBeGreaterThan(0);
    expect(Object.values(summary.lapses).length).toBeGreaterThan(0);
    expect(summary.relapses).toBeGreaterThan(0);
    expect(summary.checkIns.completedRows).toBeGreaterThan(0);
    expect(summary.reports).toBe(quarter.length);
    expect(violations(summary.invariants)).toEqual([]);
    expect(tableOf(summary)).toContain(summary.recordDigest);
  });

  it('is the same twice, another under another seed, another with one report moved by 40 days', async () => {
    const once = digest(await replayOnPaper());
    expect(digest(await replayOnPaper())).toBe(once);
    expect(digest(await replayOnPaper({ seed: 8 }))).not.toBe(once);
    const moved = quarter.map((one, i) => (i === 3 ? { ...one, at: one.at + 40 * 86_400_000 } : one));
    expect(digest(await replayOnPaper({ deliveries: moved }))).not.toBe(once);
  });

  it('is the same when the process ends between a command and its note, again and again', async () => {
    let commands = 0;
    let kills = 0;
    const killed = await replayOnPaper({
      prepare(paper) {
        paper.afterCommand = () => {
          commands += 1;
          if (commands % 37 !== 0) return;
          kills += 1;
          throw new Killed();
        };
      },
    });
    expect(kills).toBeGreaterThan(10);
    expect(digest(killed)).toBe(digest(await replayOnPaper()));
  });

  it('is the same in whatever order the notices of one instant come', async () => {
    const shuffled = await replayOnPaper({
      prepare(paper) {
        const inOrder = paper.outbox.bind(paper);
        paper.outbox = (after) => {
          const messages = inOrder(after);
          const seqs = messages.map(({ seq }) => seq);
          return [...messages].reverse().map((message, i) => ({ ...message, seq: seqs[i] ?? message.seq }));
        };
      },
    });
    expect(digest(shuffled)).toBe(digest(await replayOnPaper()));
  });

  it('sends a command again after a server error, and gives up with a sentence where it lasts', async () => {
    const flaky = await replayOnPaper({
      prepare(paper) {
        const request = paper.request.bind(paper);
        let calls = 0;
        paper.request = async (call) => {
          const answer = await request(call);
          calls += 1;
          return calls % 5 === 0 ? refusal(503, 'busy') : answer;
        };
      },
    });
    expect(digest(flaky)).toBe(digest(await replayOnPaper()));
    const denied = replayOnPaper({
      prepare(paper) {
        const detail = 'hejie-taizhou-receive-report may not dynamodb:PutItem on the table';
        const request = paper.request.bind(paper);
        paper.request = async (call) =>
          call.path === '/v1/reports' ? refusal(500, 'access-denied', detail) : request(call);
      },
    });
    await expect(denied).rejects.toThrow(ReplayFailed);
    await expect(denied).rejects.toThrow(/POST \/reports.*may not dynamodb:PutItem/);
  });
});

describe('the checkers', () => {
  it('check something of each invariant', async () => {
    const replayed = await replayOnPaper();
    const {
      'citizens sleep': nobodyWritten,
      'nothing repaired': once,
      'holds end': held,
      ...others
    } = invariants(evidenceOf(replayed));
    for (const [name, { checked }] of Object.entries(others)) expect(checked, name).toBeGreaterThan(10);
    // On paper nobody writes to a citizen or holds anything, and nothing is repaired.
    expect([nobodyWritten?.checked, held?.checked, once?.checked]).toEqual([0, 0, 1]);
  });
});
