import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, inject, it } from 'vitest';
import type { ApiAnswer } from '../../local/cloud/index.ts';
import { People } from '../../local/people.ts';
import { parseCity } from '../../shared/config/city.ts';
import { CityOnOneMachine, personOf } from '../support/city-on-one-machine.ts';
import { type Death, MortalCity } from '../support/mortal-city.ts';
import { red } from './stories.ts';
import { liveUnder, monday, newLife, outcome, through, type World } from './struck.ts';

const file = join(import.meta.dirname, '../../infra/cities/taizhou.json');
const city = parseCity(JSON.parse(readFileSync(file, 'utf8')), file);
const seed = 7;
const lives = 2;
const deaths = fc.sample(
  fc.record({ effects: fc.integer({ min: 2, max: 14 }), milliseconds: fc.integer({ min: 0, max: 20 }) }),
  { seed, numRuns: 20 },
);

/** A city that dies again and again; what was under way is done again, by it and by whoever was not answered. */
class DyingCity implements World {
  readonly #city: MortalCity;
  readonly #deaths: Death[];
  readonly accepted = new Set<string>();
  died = 0;
  #people: People;
  #now = Date.parse(monday);
  #alive: Promise<void>;

  constructor(mortal: MortalCity, deaths: readonly Death[]) {
    this.#city = mortal;
    this.#deaths = [...deaths];
    this.#people = new People(city, mortal);
    this.#alive = mortal.live(this.#deaths.shift());
  }

  now(): number {
    return this.#now;
  }

  async ask(method: string, path: string, post: string, key: string, body: object): Promise<ApiAnswer> {
    const answer = await this.#untilDone(async () => {
      const person = personOf(post);
      await this.#people.forPost(post, { person });
      const token = await this.#city.issue({ person, purpose: 'handling' });
      const headers = { authorization: `Bearer ${token}`, 'hejie-post': post, 'idempotency-key': key };
      return this.#city.request({ method, path, headers, ...(method === 'GET' ? {} : { body }) });
    });
    if (method !== 'GET' && answer.status < 300) this.accepted.add(key);
    return answer;
  }

  async settled(): Promise<void> {}

  async pass(milliseconds: number): Promise<void> {
    const until = this.#now + milliseconds;
    await this.#untilDone(() => this.#city.passUntil(until));
    this.#now = until;
  }

  async #untilDone<T>(what: () => Promise<T>): Promise<T> {
    for (;;) {
      const alive = this.#alive;
      await alive;
      try {
        return await what();
      } catch (error) {
        // Nobody knows whether it was done.
        if (!(error instanceof TypeError)) throw error;
        // Of several who were not answered one calls it back to life.
        if (alive === this.#alive) this.#alive = this.#again();
      }
    }
  }

  async #again(): Promise<void> {
    await this.#city.kill();
    this.died += 1;
    this.#people = new People(city, this.#city);
    await this.#city.live(this.#deaths.shift());
  }
}

it('a city whose process is killed twenty times tells the same, and every accepted command once', {
  timeout: 600_000,
}, async () => {
  const unkilled = await liveUnder(inject('assembly'), red, lives, () => undefined);

  const data = mkdtempSync(join(tmpdir(), 'killed-'));
  const mortal = new MortalCity(inject('assembly'), data, monday, red.round);
  const world = new DyingCity(mortal, deaths);
  const killed = Array.from({ length: lives }, (_, n) => newLife(world, n));
  await through(killed, red);
  await mortal.kill();
  console.log(`killed ${world.died} times with seed ${seed}, ${world.accepted.size} commands accepted`);

  const after = await CityOnOneMachine.open(inject('assembly'), monday, data);
  const { told, record } = await outcome(after, killed);
  await after.cloud.close();
  expect(world.died).toBe(deaths.length);
  for (const { n } of killed) expect(told.get(n), `life ${n}`).toEqual(unkilled.told.get(n));
  const keys = [...record.logs.values()].flat().map(({ key }) => key.split(' ').at(-1));
  const commands = [...world.accepted].filter((key) => !key.endsWith(':report'));
  expect(commands).toHaveLength(lives * red.deeds.length);
  for (const key of commands)
    expect(
      keys.filter((other) => other === key),
      key,
    ).toHaveLength(1);
  const reports = [...record.logs.values()].flatMap((log) => log.filter(({ content }) => content.kind === 'reported'));
  expect(reports).toHaveLength(2 * lives);
});
