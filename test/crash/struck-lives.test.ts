import { describe, expect, inject, it } from 'vitest';
import { openTasks } from '../../shared/domain/state.ts';
import { posts } from '../support/city-on-one-machine.ts';
import { changes, hour, reason } from '../support/story.ts';
import { act, type Deed, fact, insist, live, type Outcome, type Story } from './struck.ts';

const danger = [fact('threat_to_kill'), fact('weapon_present')];

/** Confirms red on the event that was verified on the spot. */
const decideRed: Deed = async (life) => {
  const { body } = await life.city.get(`/v1/cases/${life.caseId}`, posts.county);
  const { events } = body.case as { events: { id: string }[] };
  const answer = { outcome: 'confirm', reason, changes, events: events.map(({ id }) => id) };
  await act('decide', 'answer', answer)(life);
};

const handOver: Deed = async (life) => {
  const to = '331004.county-centre';
  const path = `/v1/cases/${life.caseId}/hand-over`;
  const why = '当事人已搬到路桥区居住，由当地中心继续关心更为合适。';
  const { status, body } = await insist(life, 'POST', path, posts.county, 'hand-over', { to, reason: why });
  if (status >= 300) throw new Error(JSON.stringify(body));
};

const stories: Record<string, Story> = {
  'a talk, its minutes and two decisions on red': {
    disputeType: 'neighbour',
    facts: danger,
    pace: 20 * 60_000,
    deeds: [
      decideRed,
      act('talk', 'answer', { outcome: 'met', present: [posts.county, posts.countyPolice] }),
      act('minutes', 'answer', { outcome: 'written', actions: [{ kind: 'counselling' }] }),
      act('second', 'answer', { outcome: 'agree' }),
    ],
  },
  'a quarrel that nobody settles climbs, waits for a party, is put off and is settled': {
    disputeType: 'neighbour',
    facts: [fact('wants_mediation')],
    pace: 30 * hour,
    deeds: [
      async () => {},
      async () => {},
      act('settle', 'acknowledge', {}),
      act('settle', 'pause', { waitingFor: 'party', note: '一方外出务工，周末回村再谈。' }),
      act('settle', 'resume', {}),
      act('settle', 'attempt', { note: '双方见面，未谈成' }),
      act('settle', 'answer', { outcome: 'settled' }),
    ],
  },
  'a task is handed on, the next hand-off finds nobody, and the whole case goes to another county': {
    disputeType: 'neighbour',
    facts: danger,
    pace: 20 * 60_000,
    deeds: [
      decideRed,
      act('notify', 'hand-off', { to: posts.countyPolice, reason: '由派出所一并告知' }),
      act('notify', 'accept', {}, posts.countyPolice),
      handOver,
      act('take-over', 'answer', { outcome: 'accepted' }),
    ],
  },
};

function holds({ lives, told, states, sent }: Outcome): void {
  const [unstruck = []] = told.values();
  expect(unstruck.length).toBeGreaterThan(5);
  for (const life of lives.slice(1)) {
    expect(life.struck, `life ${life.n} was struck at ${life.at}`).toBe(true);
    expect(told.get(life.n), `life ${life.n}: ${life.strike} at ${life.at}`).toEqual(unstruck);
  }
  for (const state of states) {
    for (const task of openTasks(state)) expect(task.owner, `${state.id}.${task.no}`).toMatch(/^\d+\.[a-z-]+$/);
  }
  // Twice at most, and only where somebody died between publishing and marking; under one id, so that receivers drop it.
  expect(Math.max(...sent.values())).toBeLessThanOrEqual(2);
}

describe.each(Object.entries(stories))('%s', (_, story) => {
  it('wherever a function dies, times out or is throttled, or an execution is aborted, the record says the same', async () => {
    const all = process.env.HEJIE_SOAK === 'all';
    holds(await live(inject('assembly'), story, all ? undefined : 40));
  });
});
