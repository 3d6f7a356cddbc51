import { expect, inject, it } from 'vitest';
import { draw } from '../../local/replay/random.ts';
import { red } from './stories.ts';
import { liveUnder } from './struck.ts';

const seed = 11;
const lives = 6;

it('a table that throttles every fifth write tells the same in the end, and tells nobody anything else', {
  timeout: 600_000,
}, async () => {
  const calm = await liveUnder(inject('assembly'), red, lives, () => undefined);
  let [writes, throttled] = [0, 0];
  const { told, sent } = await liveUnder(inject('assembly'), red, lives, ({ n }, name, { kind }) => {
    if (kind !== 'write') return undefined;
    writes += 1;
    if (draw(seed, n, name) >= 0.2) return undefined;
    throttled += 1;
    return 'throttled';
  });
  console.log(`${throttled} of ${writes} writes throttled with seed ${seed}`);
  expect(throttled).toBeGreaterThan(50);
  for (const [n, lines] of calm.told) expect(told.get(n), `life ${n}`).toEqual(lines);
  expect([...sent.keys()].sort()).toEqual([...calm.sent.keys()].sort());
});
