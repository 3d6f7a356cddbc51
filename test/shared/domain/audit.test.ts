import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Access,
  alertsDue,
  chainOf,
  daySeal,
  type Found,
  headOf,
  isSameAccess,
  type Link,
  link,
  verifyChain,
  verifyHead,
} from '../../../shared/domain/audit.ts';
import { roles } from '../../../shared/domain/words.ts';

const monday = Date.parse('2026-01-05T09:00:00+08:00');
const minute = 60_000;
const chain = 'C-0123456789ab';

const word = fc.string({ maxLength: 12 });
const accesses: fc.Arbitrary<Access> = fc.record(
  {
    at: fc.integer({ min: monday, max: monday + 600 * minute }),
    person: fc.string({ minLength: 1, maxLength: 12 }),
    post: fc.option(word),
    role: fc.option(fc.constantFrom(...roles)),
    purpose: word,
    operation: fc.string({ minLength: 1, maxLength: 12 }),
    kind: fc.constantFrom('read' as const, 'search' as const, 'command' as const),
    what: word,
    outcome: fc.constantFrom('shown' as const, 'denied' as const, 'unknown' as const),
    fields: fc.array(word, { maxLength: 3 }),
    correlationId: word,
    why: word,
    breakGlass: fc.constant(true as const),
    offShift: fc.constant(true as const),
    spooledAt: fc.integer({ min: monday + 600 * minute, max: monday + 900 * minute }),
    afterwards: fc.constant(true as const),
  },
  {
    requiredKeys: [
      'at',
      'person',
      'post',
      'role',
      'purpose',
      'operation',
      'kind',
      'what',
      'outcome',
      'fields',
      'correlationId',
    ],
  },
);

function linked(all: readonly Access[]): Link[] {
  const links: Link[] = [];
  for (const access of all) links.push(link(chain, links.at(-1), access, 3));
  return links;
}
const found = (links: readonly object[]): Found[] => links.map((record, i) => ({ n: i + 1, record }));
const chains = fc.array(accesses, { minLength: 1, maxLength: 8 }).map(linked);

/** Another value than the one that stands there, of the same kind or of another. */
const otherThan = (value: unknown) =>
  fc
    .oneof(
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(fc.string(), { maxLength: 2 }),
      ...(typeof value === 'number' ? [fc.constantFrom(value + 1, value - 1, -value, String(value))] : []),
      ...(typeof value === 'string' ? [fc.constantFrom(`${value} `, `${value}\u0000`, value.slice(1))] : []),
    )
    .filter((other) => JSON.stringify(other) !== JSON.stringify(value));

const mutations = chains.chain((links) =>
  fc.integer({ min: 0, max: links.length - 1 }).chain((i) => {
    const record = links[i] ?? {};
    return fc.constantFrom(...Object.keys(record), 'another', 'why', 'breakGlass').chain((field) => {
      const now: unknown = Reflect.get(record, field);
      const set = otherThan(now).map((value) => ({ ...record, [field]: value }));
      const without = Object.fromEntries(Object.entries(record).filter(([name]) => name !== field));
      const changes = now === undefined ? [set] : [set, fc.constant(without)];
      return fc.oneof(...changes).map((changed) => ({ links, i, changed }));
    });
  }),
);

describe('a chain of accesses', () => {
  it('that nobody touched verifies, whatever was written into it', () => {
    fc.assert(fc.property(chains, (links) => verifyChain(chain, found(links), monday) === undefined));
  });

  it('in which any field of any record is changed, added or taken away is broken at that very record', () => {
    fc.assert(
      fc.property(mutations, ({ links, i, changed }) => {
        const records = links.map((record, at) => (at === i ? changed : record));
        expect(verifyChain(chain, found(records), monday)).toMatchObject({ chain, n: i + 1 });
      }),
      { numRuns: 400 },
    );
  });

  it('from which any record but the last is taken, or two change places, is broken', () => {
    const twoOrMore = chains.filter((links) => links.length > 1);
    fc.assert(
      fc.property(twoOrMore, fc.nat(), fc.nat(), (links, a, b) => {
        const i = a % (links.length - 1);
        const holed = found(links).filter((_, at) => at !== i);
        expect(verifyChain(chain, holed, monday)).toMatchObject({ n: i + 1, why: 'missing' });
        const j = i + 1 + (b % (links.length - 1 - i));
        const swapped = links.map((one, at) => (at === i ? links[j] : at === j ? links[i] : one) ?? one);
        expect(verifyChain(chain, found(swapped), monday)).toMatchObject({ n: i + 1, why: 'moved' });
      }),
    );
  });

  it('whose end is cut off verifies by itself: the head that was sent shows it', () => {
    fc.assert(
      fc.property(chains, (links) => {
        const [head] = links.slice(-1).map(headOf);
        const short = found(links.slice(0, -1));
        expect(verifyChain(chain, short, monday)).toBeUndefined();
        expect(head && verifyHead(head, short, monday)).toEqual({ chain, n: links.length, why: 'cut-off' });
        expect(head && verifyHead(head, found(links), monday)).toBeUndefined();
      }),
    );
  });

  it('that was written anew from some record on verifies by itself: the head that was sent shows it', () => {
    fc.assert(
      fc.property(chains, accesses, (links, other) => {
        const before = links.slice(0, -1);
        const anew = [...before, link(chain, before.at(-1), { ...other, correlationId: 'forged-by-somebody' }, 3)];
        expect(verifyChain(chain, found(anew), monday)).toBeUndefined();
        const [head] = links.slice(-1).map(headOf);
        expect(head && verifyHead(head, found(anew), monday)).toMatchObject({ n: links.length, why: 'rewritten' });
      }),
    );
  });

  it('is not asked for what is gone by age', () => {
    const [first] = linked(fc.sample(accesses, 1));
    if (!first) throw new Error('no record');
    const head = headOf(first);
    expect(verifyHead(head, [], first.expires * 1000 - 1)).toMatchObject({ n: 1, why: 'cut-off' });
    expect(verifyHead(head, [], first.expires * 1000)).toBeUndefined();
  });

  it('keeps every record for at least the years that the city set, and lets none go before the one before it', () => {
    fc.assert(
      fc.property(chains, (links) =>
        links.every(
          ({ at, expires }, i) =>
            expires * 1000 >= at + 3 * 365 * 86_400_000 && expires >= (links[i - 1]?.expires ?? 0),
        ),
      ),
    );
  });
});

describe('an access', () => {
  const [one] = fc.sample(accesses, 1);
  if (!one) throw new Error('no access');

  it('stands with the case or dispute it is about, or else with the person and the day in Shanghai', () => {
    const late = { ...one, person: 'wang', at: Date.parse('2026-01-05T16:00:00Z') };
    expect(chainOf(late, 'D-0123456789ab')).toBe('D-0123456789ab');
    expect(chainOf(late)).toBe('wang@2026-01-06');
  });

  it('is the same when only the time differs at which it came into the chain', () => {
    const [written] = linked([{ ...one, spooledAt: monday + 5 }]);
    expect(written && isSameAccess(written, { ...one, spooledAt: monday + 9 })).toBe(true);
    expect(written && isSameAccess(written, { ...one, correlationId: `${one.correlationId}x` })).toBe(false);
  });
});

describe('the seal of a day', () => {
  it('is one whatever order the heads come in, and another for any other heads', () => {
    const heads = ['C-a', 'C-b', 'wang@2026-01-05'].map((name, i) => ({
      chain: name,
      n: i + 1,
      hash: 'h',
      expires: 9,
    }));
    const seal = daySeal('2026-01-05', heads);
    expect(seal).toMatchObject({ date: '2026-01-05', count: 3 });
    expect(daySeal('2026-01-05', [...heads].reverse())).toEqual(seal);
    for (const other of [heads.slice(1), heads.map((head) => ({ ...head, n: head.n + 1 }))]) {
      expect(daySeal('2026-01-05', other).root).not.toBe(seal.root);
    }
    expect(daySeal('2026-01-06', heads).root).not.toBe(seal.root);
  });
});

describe('alerts', () => {
  const count = { person: 'wang', date: '2026-01-05', reads: 0, offShift: 0, alerted: [] };

  it('are due from the city’s bound on, at the first read off shift, and once for each reason', () => {
    expect(alertsDue({ ...count, reads: 59 }, 60)).toEqual([]);
    expect(alertsDue({ ...count, reads: 60 }, 60)).toMatchObject([{ kind: 'bulk-reading', person: 'wang', count: 60 }]);
    const both = { ...count, reads: 80, offShift: 2 };
    expect(alertsDue(both, 60).map(({ kind }) => kind)).toEqual(['bulk-reading', 'off-shift-reading']);
    expect(alertsDue({ ...both, alerted: ['bulk-reading'] }, 60)).toMatchObject([
      { id: 'off-shift-reading#wang#2026-01-05', kind: 'off-shift-reading', count: 2 },
    ]);
  });
});
