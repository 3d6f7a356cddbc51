/** The switch that stops new levels is no life's, and so it is struck by itself. */
import { expect, inject, it } from 'vitest';
import type { Strike } from '../../local/cloud/strikes.ts';
import { CityOnOneMachine, posts } from '../support/city-on-one-machine.ts';
import { day } from '../support/story.ts';
import { monday, worldOf } from './struck.ts';

const reason = '复核发现近期评估结果异常，查清之前暂停一切新的定级。';
/** One person stops; it takes two to release. */
const turns = [
  { post: posts.reviewer, levels: 'stop', state: 'stopped' },
  { post: posts.reviewer, levels: 'release', state: 'releasing' },
  { post: posts.administrator, levels: 'release', state: 'released' },
] as const;
/** At the one write that each makes. */
const kinds = ['dies-before', 'dies-after', 'times-out', 'throttled'] as const;

it('however the function dies, each command turns the switch once, and everybody is told under one id', {
  timeout: 300_000,
}, async () => {
  let planned: Strike | undefined;
  const city = await CityOnOneMachine.open(inject('assembly'), monday, undefined, 30 * day, (effect) => {
    if (effect.kind !== 'write' || !effect.by.endsWith('switch-levels')) return undefined;
    const strike = planned;
    planned = undefined;
    return strike;
  });
  try {
    for (const kind of kinds) {
      for (const { post, levels, state } of turns) {
        planned = kind;
        const { status, body } = await worldOf(city).ask('POST', '/v1/switch', post, `${kind}-${state}`, {
          ...{ levels, reason },
        });
        expect({ status, body, planned }).toMatchObject({ status: 200, body: { levels: state }, planned: undefined });
      }
    }
    const { body } = await city.get('/v1/switch', posts.auditor);
    const made = (body.turns as { n: number; state: string }[]).map(({ n, state }) => `${n} ${state}`).reverse();
    expect(made).toEqual(kinds.flatMap((_, i) => turns.map(({ state }, j) => `${3 * i + j + 1} ${state}`)));
    const heard = city.cloud.outbox(0).map(({ message }) => JSON.parse(message) as Record<string, string>);
    const idsOf = (kind: string, post?: string) =>
      new Set(heard.flatMap((one) => (one.kind === kind && one.post === post ? [one.id] : [])));
    for (const { state } of turns) {
      expect(idsOf(`levels-${state}`).size, state).toBe(kinds.length);
      const deciding = idsOf(`levels-${state}`, posts.county);
      expect(deciding.size, state).toBe(state === 'releasing' ? 0 : kinds.length);
    }
  } finally {
    await city.cloud.close();
  }
});
