/** Stories 6, 9 and 10, told shortly: a decision on red, a ladder that is climbed, a hand-off that goes on and on. */
import { fact, posts } from '../support/city-on-one-machine.ts';
import { changes, hour, minute, reason } from '../support/story.ts';
import { act, type Deed, insist, type Story } from './struck.ts';

const danger = [fact('threat_to_kill'), fact('weapon_present')];

/** Confirms red on the event that was verified on the spot. */
const decideRed: Deed = async (life) => {
  const { body } = await insist(life, 'GET', `/v1/cases/${life.caseId}`, posts.county);
  const { case: seen } = Object(body) as { case: { events: { id: string }[] } };
  // Words of one's own: whoever gives the same reason a third time is asked about it.
  const answer = {
    outcome: 'confirm',
    reason: `${reason}（${life.source}）`,
    changes,
    events: seen.events.map(({ id }) => id),
  };
  await act('decide', 'answer', answer)(life);
};

const handOver: Deed = async (life) => {
  const to = '331004.county-centre';
  const path = `/v1/cases/${life.caseId}/hand-over`;
  const why = '当事人已搬到路桥区居住，由当地中心继续关心更为合适。';
  const { status, body } = await insist(life, 'POST', path, posts.county, 'hand-over', { to, reason: why });
  if (status >= 300) throw new Error(JSON.stringify(body));
};

const rest: Deed = async () => {};

/** A round of the reconciler every 80 seconds: whoever was struck twice is there again before the next deed. */
const quick = { pace: 4 * minute, round: 80_000 };

export const red: Story = {
  disputeType: 'neighbour',
  facts: danger,
  ...quick,
  deeds: [
    decideRed,
    act('talk', 'answer', { outcome: 'met', present: [posts.county, posts.countyPolice] }),
    act('minutes', 'answer', { outcome: 'written', actions: [{ kind: 'counselling' }] }),
    act('second', 'answer', { outcome: 'agree' }),
  ],
};

export const stories: Readonly<Record<string, Story>> = {
  'a talk, its minutes and two decisions on red': red,
  'nobody takes over a quarrel, it climbs, waits for a party, is put off and is settled': {
    disputeType: 'neighbour',
    facts: [fact('wants_mediation')],
    pace: 10.5 * hour,
    round: 5 * minute,
    deeds: [
      // Nobody is reminded of it: it is the offer that runs out first, however late it was made.
      act('settle', 'acknowledge', {}),
      rest,
      rest,
      rest,
      rest,
      act('settle', 'acknowledge', {}),
      act('settle', 'pause', { waitingFor: 'party', note: '一方外出务工，周末回村再谈。' }),
      act('settle', 'resume', {}),
      act('settle', 'attempt', { note: '双方见面，未谈成' }),
      act('settle', 'answer', { outcome: 'settled' }),
    ],
  },
  'a task is handed on, and the whole case goes to another county': {
    disputeType: 'neighbour',
    facts: danger,
    ...quick,
    struckFrom: 2,
    deeds: [
      decideRed,
      act('notify', 'hand-off', { to: posts.countyPolice, reason: '由派出所一并告知' }),
      act('notify', 'accept', {}, posts.countyPolice),
      handOver,
      act('take-over', 'answer', { outcome: 'accepted' }),
    ],
  },
};
