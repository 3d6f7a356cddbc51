import { describe, expect, inject, it } from 'vitest';
import { ends } from './ends.ts';
import { always, chanceSeed, holds, live, liveByChance, missedIn } from './struck.ts';

const all = process.env.HEJIE_SOAK === 'all';
/** What is written when somebody reads is struck in other stories; what is written again and again between two deeds, twice. */
const everywhere = (effect: string) =>
  / (read|list)-cases? /.test(effect) || Number(/\d+$/.exec(effect)) > 2 ? [] : always(effect);

describe.each(Object.entries(ends))('%s', (name, story) => {
  it('whatever befalls whoever writes or calls, the record says the same, and the same is kept', {
    timeout: all ? 3_600_000 : 600_000,
  }, async () => {
    const began = performance.now();
    const outcome = await (all
      ? live(inject('assembly'), story, everywhere)
      : liveByChance(inject('assembly'), story, 4));
    holds(outcome);
    const { effects, lives } = outcome;
    const struck = lives.flatMap((life) => life.struck).length;
    const seconds = Math.round((performance.now() - began) / 1000);
    const where = all ? `${effects.length} writes and calls` : `seed ${chanceSeed}`;
    console.log(`${name}: ${where}, ${struck} strikes, ${lives.length} lives, ${seconds} s`);
    expect(struck).toBeGreaterThan(10);
    // What runs beside each other takes turns, and a write that only a race makes may not come again.
    expect(missedIn(outcome).size).toBeLessThan(struck / 20);
  });
});
