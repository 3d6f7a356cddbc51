import { describe, expect, inject, it } from 'vitest';
import { openTasks } from '../../shared/domain/state.ts';
import { stories } from './stories.ts';
import { always, live, type Outcome, sometimes } from './struck.ts';

/** A write or call, whichever time of several it is. */
const placeOf = (effect: string): string => effect.replace(/ \d+$/, '');

function holds({ lives, effects, told, states, sent }: Outcome): void {
  const [unstruck = []] = told.values();
  expect(unstruck.length).toBeGreaterThan(5);
  for (const { n, strikes } of lives.slice(1)) {
    const how = [...strikes].map(([place, strike]) => `${place}: ${String(strike)}`).join(', ');
    expect(told.get(n), `life ${n}: ${how}`).toEqual(unstruck);
  }
  for (const when of ['before', 'after']) {
    const struck = lives.flatMap((life) =>
      life.struck.filter((place) => String(life.strikes.get(place)).endsWith(when)).map(placeOf),
    );
    expect([...new Set(effects.map(placeOf))].filter((place) => !struck.includes(place))).toEqual([]);
  }
  for (const state of states) {
    for (const task of openTasks(state)) expect(task.owner, `${state.id}.${task.no}`).toMatch(/^\d+\.[a-z-]+$/);
  }
  // Twice where somebody died between publishing and marking; under one id, so that receivers drop it.
  expect(Math.max(...sent.values())).toBeLessThanOrEqual(2);
}

describe.each(Object.entries(stories))('%s', (name, story) => {
  it('wherever a function dies, times out or is throttled, or an execution is aborted, the record says the same', async () => {
    const kinds = process.env.HEJIE_SOAK === 'all' ? always : sometimes;
    const began = performance.now();
    const outcome = await live(inject('assembly'), story, kinds);
    const [lives, strikes] = [outcome.lives.length, outcome.lives.flatMap(({ struck }) => struck).length];
    const seconds = Math.round((performance.now() - began) / 1000);
    console.log(`${name}: ${outcome.effects.length} writes and calls, ${strikes} strikes, ${lives} lives, ${seconds} s`);
    holds(outcome);
  });
});
