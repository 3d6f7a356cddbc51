/** How a level and a case end: by lapse, by contest, by resolution and being forgotten; and two that are made one, and two again. */
import { fact, posts } from '../support/city-on-one-machine.ts';
import { changes, day, hour, minute, reason } from '../support/story.ts';
import { act, type Deed, insist, type Life, personConcerned, report, type Story } from './struck.ts';

const township = posts.township;
const health = '331003.county-health';
const danger = [fact('threat_to_kill'), fact('weapon_present')];
const quick = { disputeType: 'neighbour', facts: danger, pace: 4 * minute, round: 80_000 } as const;
const second = (life: Life) => life.second;
const agent = { name: '钱律师', mandate: '2026年1月5日书面委托书' };

/** Decides on what was verified, by the post that is asked. Whoever gives the same reason a third time is asked about it. */
const decide =
  (outcome: object, of = (life: Life): Pick<Life, 'source' | 'caseId' | 'dispute'> => life): Deed =>
  async (life) => {
    const { source, caseId } = of(life);
    const { body } = await insist(life, 'GET', `/v1/cases/${caseId}`, posts.county);
    const { case: seen } = Object(body) as { case: { events: { id: string }[] } };
    const events = seen.events.map(({ id }) => id);
    const words = `${reason}（${source} ${events.length} ${JSON.stringify(outcome)}）`;
    await act('decide', 'answer', { ...outcome, reason: words, changes, events }, undefined, of)(life);
  };

/** A command of its own, by a post or by the person concerned; the path is made for each life. */
const command =
  (
    who: string | ((life: Life) => ReturnType<typeof personConcerned>),
    key: string,
    path: (life: Life) => string,
    body: object | ((life: Life) => object),
  ): Deed =>
  async (life) => {
    const by = typeof who === 'string' ? who : who(life);
    const sent = typeof body === 'function' ? body(life) : body;
    const { status, body: said } = await insist(life, 'POST', path(life), by, key, sent);
    if (status >= 300) throw new Error(`life ${life.n}: ${key}: ${JSON.stringify(said)}`);
  };
const onCase = (what: string) => (life: Life) => `/v1/cases/${life.caseId}/${what}`;

/** Who has received something says that it is gone. */
const destroys =
  (post: string): Deed =>
  async (life) => {
    const { body } = await insist(life, 'GET', '/v1/recalls?limit=100', post);
    const { recalls } = Object(body) as { recalls: { taskId: string; owner: string }[] };
    const own = recalls.filter(({ taskId }) => taskId.startsWith(life.caseId) || taskId.startsWith(life.dispute));
    if (own.length === 0) throw new Error(`life ${life.n}: nothing is asked of ${post}`);
    for (const { taskId } of own) {
      const path = `/v1/tasks/${taskId}/answer`;
      const { status, body: said } = await insist(life, 'POST', path, post, 'destroy', { outcome: 'destroyed' });
      if (status !== 200) throw new Error(`life ${life.n}: ${JSON.stringify(said)}`);
    }
  };

const shares = (owner: string): Deed =>
  command(owner, 'share', onCase('shares'), (life) => ({
    ...{ to: health, need: 'counselling', fields: ['events', 'needs'] },
    reason: '当事人同意接受心理疏导，须了解近期事件以便安排。',
    until: new Date(life.world.now() + 28 * day).toISOString(),
  }));

const rest: Deed = async () => {};
const unharmed = act('protect', 'answer', { outcome: 'protected', safetyPlan: 'not-wanted' });
const talks = act('talk', 'answer', { outcome: 'met', present: [posts.county, posts.countyPolice] });
const writes = act('minutes', 'answer', { outcome: 'written' });
const notified = act('notify', 'answer', { outcome: 'told' });
const plans = (...measures: readonly object[]) => act('plan', 'answer', { outcome: 'planned', measures });
const lower = (level: string) => ({ outcome: 'lower', level });

/** Whoever has a review holds it, and goes on. */
const reviewed = act('review', 'answer', { outcome: 'continue' });
const every = (wait: number, count: number, deed: Deed): (readonly [Deed, number])[] =>
  Array.from({ length: count }, () => [deed, wait] as const);
/** For a month nothing of it climbs. */
const waits = (kind: string, of?: typeof second): [Deed, Deed] => [
  act(kind, 'acknowledge', {}, undefined, of),
  act(kind, 'pause', { waitingFor: 'party', note: '当事人外出务工，约定回来后再商谈。' }, undefined, of),
];
/** Everybody safe and told, and one measure that waits for a party. */
const underWay = [unharmed, talks, writes, notified, plans({ kind: 'joint-visit' }), ...waits('measure')];
const red = [decide({ outcome: 'confirm' }), act('second', 'answer', { outcome: 'agree' }), ...underWay];
const orange = [decide(lower('orange')), ...underWay];
/** After the last of them so much time passes. */
const lasting = (deeds: readonly Deed[], wait: number): Story['deeds'] => [
  ...deeds.slice(0, -1),
  [deeds.at(-1) ?? rest, wait],
];

const why = '当天我在医院陪护，不在现场，持刀的不是我，有护士可以作证。';
const note = '经核对医院证明与接警记录，当事人当天不在现场，事件系误认。';
const contest = (of: (life: Life) => Pick<Life, 'source' | 'caseId'> = (life) => life): Deed =>
  command(
    (life) => personConcerned(life, of(life)),
    'contest',
    (life) => `/v1/cases/${of(life).caseId}/contests`,
    {
      reason: why,
    },
  );

/** Red to orange to none, with nobody deciding anew: two reminders, a forced review, two lapses, and a recall that one confirms. */
const lapses: Story = {
  ...quick,
  alone: true,
  idle: 2 * day,
  struckFrom: red.length + 12,
  deeds: [
    ...lasting(red, day),
    ...every(day, 12, reviewed),
    // Day 14.
    [reviewed, day - hour],
    [rest, hour],
    act('lapse-review', 'answer', { outcome: 'looked-at' }),
    [plans(), 5 * day],
    [shares(township), 2 * day],
    [reviewed, 7 * day],
    [reviewed, 3 * day],
    [waits('measure')[1], 4 * day],
    [reviewed, 7 * day],
    // Day 44.
    [reviewed, 2 * day - hour],
    [rest, hour],
    [rest, hour],
    [destroys(health), 2 * day],
    [rest, 3 * day],
  ],
};

/** A correction tells whoever received something; then a contest that nobody answers, and an erasure that was asked for. */
const contests: Story = {
  ...quick,
  alone: true,
  idle: 2 * day,
  struckFrom: orange.length + 1,
  deeds: [
    ...orange,
    shares(township),
    async (life) => {
      const { body } = await insist(life, 'GET', `/v1/cases/${life.caseId}`, posts.county);
      const { case: seen } = Object(body) as { case: { events: { id: string }[] } };
      const ask = {
        right: 'correct',
        what: 'facts',
        event: seen.events[0]?.id,
        words: '当日并未持刀，邻居已经承认看错。',
        agent,
      };
      await command(township, 'correct', () => `/v1/matters/${life.caseId}/requests`, ask)(life);
    },
    act('correction', 'answer', { outcome: 'corrected', facts: ['threat_to_harm'], note }),
    decide({ outcome: 'raise', level: 'orange' }),
    destroys(health),
    destroys(posts.county),
    destroys(posts.countyPolice),
    [contest(), 7 * day],
    [reviewed, 2 * day],
    // Day 10.
    [rest, day + hour],
    destroys(health),
    act('lapse-review', 'answer', { outcome: 'looked-at' }),
    command(
      personConcerned,
      'erase',
      (life) => `/v1/matters/${life.dispute}/requests`,
      (life) => ({
        ...{ right: 'erase', words: '事情已经过去，请删除我的个人信息。' },
        ref: `police/${life.source}.0`,
      }),
    ),
    async (life) => {
      const path = `/v1/tasks/${life.dispute}.rights-request-1/fulfilment`;
      await command(posts.reviewer, 'fulfil', () => path, { reason: note })(life);
    },
    [rest, day],
  ],
};

/** A red that is contested and that nobody answers for goes to two more reviewers, who do not agree in time. */
const contestedRed: Story = {
  ...quick,
  alone: true,
  idle: 2 * day,
  struckFrom: red.length + 8,
  deeds: [
    ...red,
    [contest(), day],
    ...every(day, 10, reviewed),
    // No timer falls on this hour: nobody is late by being struck.
    [rest, 3 * hour],
    act('contest-second', 'answer', {
      outcome: 'rejected',
      note: '经核对接警记录与两名在场人的陈述，事件属实，原决定依据充分。',
    }),
    [reviewed, day],
    [rest, hour],
    command(
      posts.administrator,
      'erase',
      (life) => `/v1/disputes/${life.dispute}/erasures`,
      (life) => ({
        ...{ ref: `police/${life.source}.0`, ground: 'request' },
      }),
    ),
    // It ends while nobody is being called.
    [rest, day + 3 * hour],
  ],
};

/** Resolved, looked after, worried about, assessed again, closed, taken up again, closed and forgotten; the agreement stays. */
const forgotten: Story = {
  ...quick,
  alone: true,
  idle: 15 * day,
  struckFrom: 6,
  deeds: [
    ...orange.slice(0, 5),
    plans({ kind: 'people-mediation' }),
    act('measure', 'consents', { party: 'complainant', wants: true }),
    act('measure', 'consents', { party: 'respondent', wants: true }),
    act('measure', 'answer', { outcome: 'agreed', note: '双方约定：共用过道不再堆物，医药费三千元于三月底前付清。' }),
    act('confirm-agreement', 'answer', { outcome: 'not-wanted' }),
    [act('resolve', 'answer', { outcome: 'resolved' }), 7 * day + hour],
    [act('check-in', 'answer', { outcome: 'declined' }), 23 * day],
    act('check-in', 'answer', { outcome: 'concern' }),
    act('review', 'answer', { outcome: 'reassess', facts: ['threat_to_harm'], note: '夜里又有人砸门。' }),
    decide({ outcome: 'dismiss' }),
    [act('settle', 'answer', { outcome: 'settled' }), 80 * day],
    act('agreement-check', 'answer', { outcome: 'kept' }),
    command(township, 'reopen', onCase('reopening'), {
      reason: '双方上周又在村口争吵，邻居担心重演，请重新评估并安排回访。',
    }),
    decide({ outcome: 'lower', level: 'yellow' }),
    unharmed,
    notified,
    plans({ kind: 'joint-visit' }),
    act('measure', 'answer', { outcome: 'done' }),
    [act('resolve', 'answer', { outcome: 'resolved' }), 30 * day],
    [act('check-in', 'answer', { outcome: 'well' }), 366 * day],
    [rest, 20 * day],
  ],
};

/** Two cases with work under way are made one, and two again; so are their disputes. One is held, and released. */
const merged: Story = {
  ...quick,
  alone: true,
  struckFrom: orange.length + 5,
  deeds: [
    ...orange,
    (life) => report(life, { ...quick, alone: true }, life.second),
    decide(lower('yellow'), second),
    act('protect', 'answer', { outcome: 'protected', safetyPlan: 'not-wanted' }, undefined, second),
    act('notify', 'answer', { outcome: 'told' }, undefined, second),
    act('plan', 'answer', { outcome: 'planned', measures: [{ kind: 'interpreter' }] }, undefined, second),
    command(
      posts.reviewer,
      'hold',
      (life) => `/v1/holds/${life.caseId}`,
      (life) => ({
        until: new Date(life.world.now() + 90 * day).toISOString(),
        reason: '当事人已就定级决定提起行政诉讼，材料须保留至判决生效。',
      }),
    ),
    act('tell-hold', 'answer', { outcome: 'told' }),
    command(
      posts.county,
      'merge',
      (life) => `/v1/cases/${life.second.caseId}/merge`,
      (life) => ({
        into: life.caseId,
        reason: '两份报告登记了不同电话，经走访确认是同一个人。',
      }),
    ),
    decide(lower('orange')),
    command(
      posts.county,
      'merge-disputes',
      (life) => `/v1/disputes/${life.second.dispute}/merge`,
      (life) => ({
        into: life.dispute,
        reason: '两份报告登记了不同电话，经走访确认是同一起纠纷。',
      }),
    ),
    command(posts.county, 'unmerge-disputes', (life) => `/v1/disputes/${life.second.dispute}/unmerge`, {
      reason: '再次核对后确认是两起纠纷，合并有误，应当分开。',
    }),
    command(posts.county, 'unmerge', (life) => `/v1/cases/${life.second.caseId}/unmerge`, {
      reason: '再次核对身份后确认是两个人，合并有误，应当分开。',
    }),
    decide(lower('orange')),
    command(posts.reviewer, 'release', (life) => `/v1/holds/${life.caseId}/release`, {
      reason: '法院判决已生效，双方均未上诉，不再需要保留材料。',
    }),
    contest(second),
    act('contest', 'answer', { outcome: 'upheld', note }, undefined, second),
  ],
};

export const ends: Readonly<Record<string, Story>> = {
  'a red becomes orange and then nothing, and what others received is called back': lapses,
  'a correction, a contest that nobody answers, and an erasure that was asked for': contests,
  'a contest of a red goes to two more reviewers, and somebody is erased': contestedRed,
  'resolved, worried about, assessed again, closed, taken up again, closed and forgotten': forgotten,
  'two are made one and two again, a hold begins and ends, a contest is upheld': merged,
};
