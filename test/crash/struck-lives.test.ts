import { describe, expect, inject, it } from 'vitest';
import { stories } from './stories.ts';
import { always, holds, live, missedIn, sometimes } from './struck.ts';

const all = process.env.HEJIE_SOAK === 'all';

describe.each(Object.entries(stories))('%s', (name, story) => {
  it('wherever a function dies, times out or is throttled, or an execution is aborted, the record says the same', {
    timeout: all ? 3_600_000 : 600_000,
  }, async () => {
    const began = performance.now();
    let outcome = await live(inject('assembly'), story, all ? always : sometimes);
    holds(outcome);
    const { effects } = outcome;
    let [lives, strikes] = [outcome.lives.length, outcome.lives.flatMap(({ struck }) => struck).length];
    // What runs beside each other takes turns: whoever was not struck as another went first is struck in another life.
    let missed = missedIn(outcome);
    for (let round = 0; round < 2 && missed.size > 0; round++) {
      outcome = await live(inject('assembly'), story, (effect) => missed.get(effect) ?? [], effects);
      holds(outcome);
      lives += outcome.lives.length;
      strikes += outcome.lives.flatMap(({ struck }) => struck).length;
      missed = missedIn(outcome);
    }
    const seconds = Math.round((performance.now() - began) / 1000);
    console.log(`${name}: ${effects.length} writes and calls, ${strikes} strikes, ${lives} lives, ${seconds} s`);
    // A write that only a race makes may not come again.
    expect(missed.size, [...missed.keys()].join(', ')).toBeLessThanOrEqual(2);
  });
});
