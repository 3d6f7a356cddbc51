/** The API held to the matrix: every role tries every operation, however it stands to what it asks for, in every phase. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Checks, checks } from '../../functions/middleware/checks.ts';
import { sha256 } from '../../shared/domain/ids.ts';
import { type Field, fields, guardedOperations } from '../../shared/domain/who-may/matrix.ts';
import { roles } from '../../shared/domain/words.ts';
import { type Attempt, attemptsIn, rolesTried } from '../support/who-may/attempts.ts';
import { askIn, differences } from '../support/who-may/harness.ts';
import { buildWorld, type World } from '../support/who-may/world.ts';

let world: World;
let attempts: Attempt[] = [];
beforeAll(async () => {
  world = await buildWorld();
  attempts = attemptsIn(world);
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

const everything: ReadonlySet<Field> = new Set(Object.keys(fields) as Field[]);

/** Each check taken out: whatever comes is let through. */
const removed: Checks = {
  unexpired: () => true,
  purpose: () => true,
  holds: async () => 'holder',
  matrix: () => everything,
  list: () => everything,
  conflict: () => false,
  about: () => true,
  told: () => true,
  onDuty: async () => true,
  fields: () => everything,
};
const names = Object.keys(checks) as (keyof Checks)[];

/** In an order that meets every kind of attempt soon. */
const mixed = (all: readonly Attempt[]): Attempt[] =>
  all
    .map((attempt) => ({ attempt, place: sha256(attempt.name) }))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .map(({ attempt }) => attempt);

describe('who may what', () => {
  it('is tried by every role, with every guarded operation, refused and permitted', () => {
    expect([...rolesTried(attempts, world)].sort()).toEqual([...roles].sort());
    for (const operation of guardedOperations) {
      const tried = attempts.filter((attempt) => attempt.operation === operation);
      const refused = tried.filter(({ due }) => due === 'refused').length;
      expect(tried.length - refused, `${operation} permitted`).toBeGreaterThan(0);
      const who = new Set(tried.map(({ actor }) => (actor.as === 'post' ? actor.role : actor.person)));
      expect(who.size, operation).toBe(15);
    }
  });

  it('is what the matrix says, to the field', async () => {
    const found: string[] = [];
    for await (const difference of differences(askIn(world), attempts)) found.push(difference);
    expect(found.slice(0, 400).join('\n'), `${found.length} of ${attempts.length}`).toBe('');
  });

  const shownTo = (of: (attempt: Attempt) => boolean) =>
    new Set(attempts.filter(of).flatMap(({ due }) => (typeof due === 'string' ? [] : due)));
  const rules: readonly string[] = ['read-settings', 'list-models', 'read-statistics', 'read-month-report'];

  it('shows the police nothing of hardship and counselling, however they stand to it', () => {
    const seen = shownTo(
      ({ actor, operation }) => actor.as === 'post' && actor.role === 'community-police' && !rules.includes(operation),
    );
    expect(seen).toContain('words');
    expect(seen).toContain('visit words');
    for (const hidden of ['hardship', 'words of needs', 'a kind of help', 'note on help', 'key needs', 'key help']) {
      expect(seen).not.toContain(hidden);
    }
  });

  it('names nobody in a view of a case before the threshold, but to whoever decides on red', () => {
    const early = ({ operation, name }: Attempt) =>
      operation.startsWith('read-case') && name.includes(`${operation}, before`);
    const decides = ({ name }: Attempt) => name.endsWith(': decides on red');
    const seen = shownTo((attempt) => early(attempt) && !decides(attempt));
    expect(seen).toContain('key events');
    const named = (of: ReadonlySet<string>) => [...of].filter((one) => /^(name|address|words)/.test(one));
    expect(named(seen)).toEqual([]);
    const seenAtOnce = shownTo((attempt) => early(attempt) && decides(attempt));
    expect(named(seenAtOnce)).toContain('name of respondent');
    expect(named(seenAtOnce).filter((one) => /affected|child|words/.test(one))).toEqual([]);
  });

  it('names nobody in the agenda of a talk', () => {
    const seen = shownTo(({ operation }) => operation === 'read-agenda');
    expect(seen).toContain('key departments');
    expect([...seen].filter((one) => /^(name|address|words|hardship|who)/.test(one))).toEqual([]);
  });

  it('shows auditor and administrator nothing of any case', () => {
    const seen = shownTo(
      ({ actor, operation }) =>
        actor.as === 'post' && ['auditor', 'administrator'].includes(actor.role) && !rules.includes(operation),
    );
    expect([...seen].sort()).toEqual(['key accesses', 'key what', 'somebody who acts for a post', 'who looked']);
  });

  it.each(names)('without the check %s it is not', async (name) => {
    const ask = askIn(world, { ...checks, [name]: removed[name] });
    let first: string | undefined;
    for await (const difference of differences(ask, mixed(attempts))) {
      first = difference;
      break;
    }
    expect(first).toBeDefined();
  });
});
