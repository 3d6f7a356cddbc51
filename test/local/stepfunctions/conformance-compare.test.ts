import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Comparison } from '../../../local/stepfunctions/conformance/compare.ts';
import { causeOf, givenEvent, recordedEvent } from '../../../local/stepfunctions/conformance/events.ts';
import { historyDifference } from '../../../local/stepfunctions/conformance/history.ts';
import type { JsonObject } from '../../../local/stepfunctions/conformance/values.ts';

const same = (expected: unknown, actual: unknown, names: string[] = []): boolean =>
  new Comparison(names).difference(expected, actual) === undefined;

/** JSON without what has a meaning of its own in expectations. */
const plainJson = fc
  .jsonValue({ maxDepth: 3 })
  .map((value): unknown => JSON.parse(JSON.stringify(value)))
  .filter((value) => !/[<>]|date|time/i.test(JSON.stringify(value)));

describe('values', () => {
  it('a value is the same as itself whatever the order of its keys, and as no other', () => {
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, field]) => [key, reversed(field)]),
      );
    };
    const sorted = (value: unknown): string =>
      JSON.stringify(value, (_, field) =>
        typeof field === 'object' && field !== null && !Array.isArray(field)
          ? Object.fromEntries(Object.entries(field).sort(([a], [b]) => (a < b ? -1 : 1)))
          : field,
      );
    fc.assert(fc.property(plainJson, (value) => same(value, reversed(value))));
    fc.assert(fc.property(plainJson, plainJson, (one, other) => same(one, other) === (sorted(one) === sorted(other))));
  });

  it('what is missing, what is too much, and another type are differences, and the first of them is told', () => {
    const told = (expected: unknown, actual: unknown) => new Comparison().difference(expected, actual);
    expect(told({ a: { b: 1 } }, { a: {} })).toBe('/a/b: expected 1, got nothing');
    expect(told({ a: {} }, { a: { b: null } })).toBe('/a/b: expected nothing, got null');
    expect(told([1, 2], [1])).toBe('/1: expected 2, got nothing');
    expect(told([1], [1, 2])).toBe('/1: expected nothing, got 2');
    expect(told({ a: [] }, { a: {} })).toBe('/a: expected [], got {}');
    expect(told('1', 1)).toBe(': expected "1", got 1');
    expect(told(null, undefined)).toContain('got nothing');
    expect(told([1, 'x', 'y'], [1, 'z', 'w'])).toBe('/1: expected "x", got "z"');
  });

  it('long texts are told from where they part', () => {
    const text = (end: string) => `${'same '.repeat(100)}${end}`;
    expect(new Comparison().difference(text('left'), text('right'))).toMatch(/…same .*left", got ".*right"$/);
  });

  it('numbers compare by value', () => {
    expect(same(JSON.parse('1.0'), JSON.parse('1'))).toBe(true);
    expect(same(1, 1.5)).toBe(false);
  });
});

describe('timestamps', () => {
  it('any one stands for any other, also inside of a text', () => {
    expect(same('at 2024-01-02T03:04:05.678Z.', 'at 2026-12-31T23:59:59+08:00.')).toBe(true);
    expect(same('2024-01-02T03:04:05.123456789Z', '2026-12-31T23:59:59+0800')).toBe(true);
    expect(same('at 2024-01-02T03:04:05Z', 'on 2024-01-02T03:04:05Z')).toBe(false);
    expect(same('2024-01-02 03:04:05Z', '2024-01-03 03:04:05Z')).toBe(false);
  });

  it('names of values stand for anything that is there, but only as whole texts', () => {
    for (const name of ['date', 'start-date', 'entered-time', 'RequestId', 'snf_role_arn', 'RandomNumberGenerated']) {
      expect(same({ x: name }, { x: 7 }), name).toBe(true);
      expect(same({ x: name }, {}), name).toBe(false);
    }
    expect(same('date of birth', 'place of birth')).toBe(false);
  });
});

describe('placeholders', () => {
  it('stand for any text that is not empty', () => {
    expect(same('id <uuid>!', 'id 4711!')).toBe(true);
    expect(same('id <uuid>!', 'id !')).toBe(false);
    expect(same('<uuid>', 7)).toBe(false);
    expect(same('Request ID: <request_id>; <request_id>', 'Request ID: a; b')).toBe(true);
    expect(same('a.b <x>', 'a-b y')).toBe(false);
    expect(same('<json-input:1>', '{"a":\n1}')).toBe(true);
  });

  it('with a number stand for the same text throughout a file', () => {
    expect(same(['<uuid:1>', 'is <uuid:1>'], ['a', 'is a'])).toBe(true);
    expect(same(['<uuid:1>', 'is <uuid:1>'], ['a', 'is b'])).toBe(false);
    expect(same('<uuid:1>-<uuid:1>', 'a-a')).toBe(true);
    expect(same('<uuid:1>-<uuid:1>', 'a-b')).toBe(false);
    expect(same(['<uuid:1>', '<uuid:2>'], ['a', 'b'])).toBe(true);
    const comparison = new Comparison();
    expect(comparison.difference('<uuid:1>', '.*')).toBeUndefined();
    expect(comparison.difference('<uuid:1>', 'x')).toBe(': expected ".*", got "x"');
  });

  it('<omitted> is a value', () => {
    expect(same('<omitted>', '<omitted>')).toBe(true);
    expect(same('<omitted>', 'something')).toBe(false);
  });

  it('the names of machine and execution are literal where these names were given', () => {
    const arn = 'execution:ArnPart_0idx:ExecArnPart_0idx';
    expect(same(arn, 'execution:machine:run')).toBe(true);
    expect(same(arn, 'execution:machine:run', ['ArnPart_0idx', 'ExecArnPart_0idx'])).toBe(false);
    expect(same(arn, arn, ['ArnPart_0idx', 'ExecArnPart_0idx'])).toBe(true);
    expect(same(arn, 'execution:ArnPart_0idx:run', ['ArnPart_0idx'])).toBe(true);
    expect(same(arn, 'execution:other:run', ['ArnPart_0idx'])).toBe(false);
  });
});

describe('fields of which only the keys count', () => {
  const answer = (RequestId: string, header = 'Content-Type') => ({
    SdkHttpMetadata: { HttpHeaders: { [header]: RequestId }, HttpStatusCode: 200 },
    SdkResponseMetadata: { RequestId },
  });

  it('may have any values', () => {
    expect(same(answer('a'), answer('b'))).toBe(true);
    expect(same({ roleArn: 'a', stackTrace: ['x'] }, { roleArn: null, stackTrace: [] })).toBe(true);
  });

  it('must be there, and what is under them', () => {
    expect(same({ requestId: 'a' }, {})).toBe(false);
    expect(same({}, { requestId: 'a' })).toBe(false);
    expect(same(answer('a'), { SdkResponseMetadata: { RequestId: 'a' } })).toBe(false);
    expect(same(answer('a'), answer('a', 'Content-Length'))).toBe(false);
    expect(same(answer('a'), { ...answer('a'), SdkHttpMetadata: 'none' })).toBe(false);
  });

  it('names of headers have no case', () => {
    expect(same(answer('a', 'x-amzn-RequestId'), answer('b', 'X-Amzn-Requestid'))).toBe(true);
  });
});

// ---- histories ------------------------------------------------------------------------------------------------------

/** An event, the label of the one before it, and its details. */
type Told = readonly [label: string, type: string, previous: string, details?: JsonObject];

/** Events numbered in the order in which they are told. */
function history(...events: readonly Told[]) {
  const id = new Map(events.map(([label], i) => [label, i + 1]));
  return events.map(([, type, previous, details], i) =>
    recordedEvent({
      id: i + 1,
      previousEventId: id.get(previous) ?? 0,
      type,
      ...(details === undefined ? {} : { details }),
    }),
  );
}

const compared = (expected: readonly Told[], actual: readonly Told[], how: object = {}) =>
  historyDifference(new Comparison(), history(...expected), history(...actual), how);

describe('a history', () => {
  it('is read with its JSON texts parsed, and its cause where that is an object', () => {
    const given = {
      id: 2,
      previousEventId: 0,
      type: 'PassStateExited',
      timestamp: 1,
      stateExitedEventDetails: { output: '{"a":"1"}', name: '7', assignedVariables: { x: '"{}"' } },
    };
    const recorded = {
      id: 2,
      previousEventId: 0,
      type: 'PassStateExited',
      stateExitedEventDetails: { output: { a: '1' }, name: '7', assignedVariables: { x: '{}' } },
    };
    expect(givenEvent(given)).toEqual(recordedEvent(recorded));
    expect(causeOf('{"errorType":"E"}')).toEqual({ errorType: 'E' });
    expect(causeOf('{not JSON')).toBe('{not JSON');
    expect(causeOf('7')).toBe('7');
    expect(givenEvent({ type: 'F', x: { cause: '{"a":1}', error: '{}' } }).details).toEqual({
      x: { cause: { a: 1 }, error: '{}' },
    });
  });

  const events: Told[] = [
    ['start', 'ExecutionStarted', ''],
    ['in', 'PassStateEntered', '', { name: 'A' }],
    ['out', 'PassStateExited', 'in', { name: 'A' }],
    ['end', 'ExecutionSucceeded', 'out'],
  ];

  it('is compared in steps: types, ids, details', () => {
    const [start, entered, exited, end] = events;
    if (!start || !entered || !exited || !end) throw new TypeError('four events');
    expect(compared(events, events)).toBeUndefined();
    const grade = (...actual: Told[]) => compared(events, actual)?.grade;
    expect(grade(start, entered, end)).toBe('event types');
    expect(grade(...events, end)).toBe('event types');
    expect(grade(start, exited, entered, end)).toBe('event types');
    expect(grade(start, entered, ['out', 'PassStateExited', 'start', { name: 'B' }], end)).toBe('ids');
    expect(grade(start, entered, ['out', 'PassStateExited', 'in', { name: 'B' }], end)).toBe('details');
    expect(grade(start, entered, ['out', 'PassStateExited', 'in'], end)).toBe('details');
  });

  describe('of branches side by side', () => {
    const begin: Told[] = [
      ['start', 'ExecutionStarted', ''],
      ['in', 'ParallelStateEntered', '', { name: 'P' }],
      ['go', 'ParallelStateStarted', 'in'],
    ];
    const branch = (name: string, output = '<uuid:1>'): Told[] => [
      [`${name} in`, 'PassStateEntered', 'go', { name }],
      [`${name} out`, 'PassStateExited', `${name} in`, { name, output }],
    ];
    const finish = (last: string): Told[] => [
      ['done', 'ParallelStateSucceeded', `${last} out`],
      ['out', 'ParallelStateExited', `${last} out`, { name: 'P' }],
      ['end', 'ExecutionSucceeded', 'out'],
    ];
    const expected = [...begin, ...branch('A'), ...branch('B', '<uuid:2>'), ...finish('B')];
    const concurrent = { concurrent: true };

    it('is the same in any order, and whichever branch was last', () => {
      const [a1, a2, b1, b2] = [...branch('A', 'x'), ...branch('B', 'y')];
      if (!a1 || !a2 || !b1 || !b2) throw new TypeError('four events');
      for (const middle of [
        [a1, a2, b1, b2],
        [b1, a1, b2, a2],
        [b1, b2, a1, a2],
      ]) {
        for (const last of ['A', 'B']) {
          const actual = [...begin, ...middle, ...finish(last)];
          expect(compared(expected, actual, concurrent)).toBeUndefined();
        }
      }
      const [late, early] = [[...branch('B', 'y'), ...branch('A', 'x')], branch('A', 'x')];
      expect(compared(expected, [...begin, ...late, ...finish('A')])?.grade).toBe('details');
      expect(compared(expected, [...begin, ...early, ...finish('A')], concurrent)?.grade).toBe('event types');
    });

    it('is another where an event came from another branch, or has other details', () => {
      const [a1, a2, b1, b2] = [...branch('A', 'x'), ...branch('B', 'y')];
      if (!a1 || !a2 || !b1 || !b2) throw new TypeError('four events');
      const grade = (...middle: Told[]) => compared(expected, [...begin, ...middle, ...finish('B')], concurrent)?.grade;
      expect(grade(a1, a2, b1, ['B out', 'PassStateExited', 'A in', { name: 'B', output: 'y' }])).toBe('details');
      expect(grade(a1, a2, ['B in', 'PassStateEntered', 'A out', { name: 'B' }], b2)).toBe('ids');
      expect(grade(a1, a2, b1, ['B out', 'PassStateExited', 'B in', { name: 'C', output: 'y' }])).toBe('details');
      // One token stands for one text: the branches had two.
      const twice = [...begin, ...branch('A'), ...branch('B'), ...finish('B')];
      expect(compared(twice, [...begin, a1, a2, b1, b2, ...finish('B')], concurrent)?.grade).toBe('details');
    });

    it('knows the end of an outer group from that of an inner one', () => {
      const map: Told[] = [
        ['M in', 'MapStateEntered', 'go', { name: 'M' }],
        ['M go', 'MapStateStarted', 'M in', { length: 1 }],
        ['M0', 'MapIterationStarted', 'M go', { index: 0 }],
        ['M0 fails', 'MapIterationFailed', 'M0', { index: 0 }],
        ['M failed', 'MapStateFailed', 'M0 fails'],
        ['M out', 'MapStateExited', 'M failed', { name: 'M' }],
      ];
      const parallel: Told[] = [
        ['I in', 'ParallelStateEntered', 'go', { name: 'I' }],
        ['I go', 'ParallelStateStarted', 'I in'],
        ['C in', 'PassStateEntered', 'I go', { name: 'C' }],
        ['I done', 'ParallelStateSucceeded', 'C in'],
        ['I out', 'ParallelStateExited', 'C in', { name: 'I' }],
      ];
      const outer = (last: string, ...branches: Told[][]): Told[] => [
        ...begin,
        ...branches.flat(),
        ['done', 'ParallelStateSucceeded', last],
        ['out', 'ParallelStateExited', last, { name: 'P' }],
      ];
      for (const [inner, end] of [
        [map, 'M out'],
        [parallel, 'I out'],
      ] as const) {
        const [one, other] = [outer('A out', inner, branch('A', 'x')), outer(end, branch('A', 'x'), inner)];
        expect(compared(one, other, concurrent), end).toBeUndefined();
      }
    });
  });

  it('of what was aborted belongs to the group that it was in', () => {
    const begin: Told[] = [
      ['in', 'MapStateEntered', '', { name: 'M' }],
      ['go', 'MapStateStarted', 'in', { length: 2 }],
    ];
    const iteration = (i: number): Told[] => [
      [`${i}`, 'MapIterationStarted', 'go', { index: i }],
      [`${i} task`, 'TaskStateEntered', `${i}`, { name: 'T' }],
    ];
    const end = (last: string): Told[] => [
      ['task aborted', 'TaskStateAborted', last],
      ['aborted', 'MapIterationAborted', last, { index: 1 }],
      ['failed', 'MapStateFailed', last],
    ];
    const failure: Told[] = [['0 failed', 'MapIterationFailed', '0 task', { index: 0 }]];
    const expected = [...begin, ...iteration(0), ...iteration(1), ...failure, ...end('0 failed')];
    const actual = [...begin, ...iteration(1), ...iteration(0), ...failure, ...end('1 task')];
    expect(compared(expected, actual, { concurrent: true })).toBeUndefined();
    expect(compared(expected, [...actual, ['more', 'TaskStateAborted', 'in']], { concurrent: true })?.grade).toBe(
      'event types',
    );
  });

  it('with a group whose order is lost is compared as a multiset there, and in order elsewhere', () => {
    const loose = (type: string, details: JsonObject) =>
      recordedEvent({ id: null, previousEventId: null, type, details });
    const event = (id: number, previousEventId: number, type: string, details?: JsonObject) =>
      recordedEvent({ id, previousEventId, type, ...(details === undefined ? {} : { details }) });
    const expected = [
      event(1, 0, 'ParallelStateStarted'),
      loose('TaskFailed', { error: '<uuid:1>' }),
      loose('PassStateEntered', { name: 'A' }),
      loose('PassStateEntered', { name: 'B' }),
      event(6, 5, 'ParallelStateExited'),
    ];
    const actual = (name: string, exit = 6, error = 'E') => [
      event(1, 0, 'ParallelStateStarted'),
      event(2, 1, 'PassStateEntered', { name: 'B' }),
      event(3, 1, 'PassStateEntered', { name }),
      event(4, 2, 'TaskFailed', { error }),
      event(5, 4, 'ParallelStateFailed'),
      event(exit, 5, 'ParallelStateExited'),
    ];
    const how = { historyUnordered: true };
    const grade = (events: ReturnType<typeof actual>) =>
      historyDifference(new Comparison(), expected, events, how)?.grade;
    expect(grade(actual('A'))).toBeUndefined();
    expect(grade(actual('B'))).toBe('details');
    expect(grade(actual('A', 7))).toBe('ids');
    expect(grade(actual('A').filter(({ type }) => type !== 'TaskFailed'))).toBe('event types');
    expect(grade(actual('A', 6, ''))).toBe('details');
    // What one event of the group was compared with first must leave no trace, and none is the partner of two.
    const group = (...details: JsonObject[]) => details.map((one) => loose('TaskFailed', one));
    const pairs = (wanted: JsonObject[], got: JsonObject[]) =>
      historyDifference(new Comparison(), group(...wanted), group(...got), how)?.grade;
    const [same, other] = [
      { error: 'a', cause: 'a' },
      { error: 'b', cause: 'c' },
    ];
    const token = { error: '<uuid:1>', cause: '<uuid:1>' };
    expect(pairs([token, other], [other, same])).toBeUndefined();
    expect(pairs([same, same], [same, other])).toBe('details');
  });
});
