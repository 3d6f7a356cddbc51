import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { evaluate, nothing, now, problemOf, run, scopeOf } from './evaluating.ts';

const signature = (index: number, name: string) =>
  `threw an error during evaluation. T0410: Argument ${index} of function "${name}" does not match function signature`;
const refused = (text: string) => `threw an error during evaluation. ${text}`;

const data = {
  empty: '',
  blank: '  ',
  two: '{"a": 1} {"b": 2}',
  twice: '{"a": 1, "b": {"a": 2}, "a": 3}',
  escaped: '{"a": 1, "\\u0061": 2}',
  once: '{"a": {"a": 1}, "b": [{"a": 1}, {"a": "a: {\\"a\\": 1, "}], "c": "\\"c\\": {"}',
  single: `{'a': 'it\\'s "so"', "b": "'", 'c\\\\': ['"']}`,
  huge: '1e400',
  negative: '[-1e400]',
  numbers: '[1.0, 1e2, -0, 0.10]',
  ordered: '{"b": 1, "a": 2}',
  notNumber: 'NaN',
  infinity: 'Infinity',
  malformed: '{bad json}',
};
const scope = scopeOf({ list: [1, 2, 3, 4, 5], text: data });

/** Measured on AWS: floci #2667, #2668, #2676, #2697, #2783; the AWS snapshots of tiny-asl-machine; sfnx. */
describe('$partition', () => {
  it.each<[string, unknown]>([
    ['$partition([0], 1)', [[0]]],
    ['$partition($states.input.list, 2)', [[1, 2], [3, 4], [5]]],
    ['$partition([0, 1], 5)', [[0, 1]]],
    // The size is cut to an integer, not rounded.
    ['$partition($states.input.list, 2.6)', [[1, 2], [3, 4], [5]]],
    ['$partition([0, 1, 2], 1.5)', [[0], [1], [2]]],
    // Without a size there is one chunk.
    ['$partition([1, 2, 3])', [[1, 2, 3]]],
    ['$partition([1, 2, 3], $missing)', [[1, 2, 3]]],
    ['$partition([], $missing)', [[]]],
  ])('%s', (source, expected) => {
    expect(run(source, scope)).toEqual(expected);
  });

  it.each([
    ['$partition([1, 2, 3], 0)', nothing],
    ['$partition([1, 2, 3], -0.5)', nothing],
    ['$partition([], 2)', nothing],
    ['$partition($missing, 2)', nothing],
    ['$partition([1, 2, 3], -1)', refused('D3137: Second argument must be zero or greater')],
    ["$partition('text', 2)", refused('T0412: Argument 1 of function "partition" must be an array of undefined')],
    ['$partition(null, 2)', refused('T0412: Argument 1 of function "partition" must be an array of undefined')],
    ["$partition([1, 2, 3], '2')", signature(2, 'partition')],
    ['$partition([1, 2, 3], null)', signature(2, 'partition')],
    ['$partition([1, 2, 3], 2, 99)', signature(3, 'partition')],
  ])('%s fails', (source, problem) => {
    expect(problemOf(source, scope)).toBe(problem);
  });
});

describe('$range', () => {
  it.each<[string, unknown]>([
    ['$range(0, 9, 3)', [0, 3, 6, 9]],
    ['$range(1, 9, 3)', [1, 4, 7]],
    ['$range(3, 0, -1)', [3, 2, 1, 0]],
    // Its arguments are cut to integers.
    ['$range(-1.7, 2, 1)', [-1, 0, 1, 2]],
    ['$range(1.4, 5.6, 2.2)', [1, 3, 5]],
    ['$range(5, 1, -1.5)', [5, 4, 3, 2, 1]],
    ['$range(-2.9, 0, 1)', [-2, -1, 0]],
    // One item of a sequence stands for itself, as in all of JSONata.
    ['$range(1, 9, 9)', 1],
    ['$count($range(1, 1001, 1))', 1001],
    ['$count($range(-9223372036854775808, 9223372036854775807, 9223372036854775807))', 3],
  ])('%s', (source, expected) => {
    expect(run(source)).toEqual(expected);
  });

  it.each([
    ['$range(1, 10, 0)', nothing],
    ['$range(1, 10, 0.49)', nothing],
    ['$range(9, 1, 1)', nothing],
    ['$range(1, 5)', nothing],
    ['$range(1, 5, $missing)', nothing],
    ['$range(0, $missing, 1)', nothing],
    ["$range('a', 5, 1)", signature(1, 'range')],
    ['$range(1, null, 1)', signature(2, 'range')],
    ['$range(1, 5, null)', signature(3, 'range')],
    ['$range(1, 5, 1, 99)', signature(4, 'range')],
  ])('%s fails', (source, problem) => {
    expect(problemOf(source)).toBe(problem);
  });
});

describe('$hash', () => {
  const algorithms = 'must be one of SHA-1, SHA-384, SHA-256, SHA-512, MD5';

  it.each([
    ["$hash('input data', 'MD5')", '812f45842bc6d66ee14572ce20db8e86'],
    ["$hash('input data', 'SHA-1')", 'aaff4a450a104cd177d28d18d74485e8cae074b7'],
    ["$hash('hello', 'SHA-256')", '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824'],
    // Text is UTF-8.
    ["$hash('ñ', 'MD5')", '94e9342ecbb1458b6043ecd3bfcbc192'],
    ["$hash('✓', 'SHA-256')", '1dabba21cdad44541f6b15796f8d22978fc7ea10c46aeceeeeb66c23b3ac7604'],
    // The intrinsic function takes 10,000 characters at most; this one does not mind.
    ["$hash($pad('', 10001, 'a'), 'SHA-256')", '0cab99a058600ffaad1292d0c53c0548ebaf88dd1d01030345705f018a813909'],
  ])('%s', (source, expected) => {
    expect(run(source)).toBe(expected);
  });

  it.each([
    ["$hash('x', 'sha-256')", refused(`D3137: Hash algorithm 'sha-256' ${algorithms}`)],
    ["$hash('x', 'UNSUPPORTED')", refused(`D3137: Hash algorithm 'UNSUPPORTED' ${algorithms}`)],
    ["$hash('x')", nothing],
    ["$hash($missing, 'MD5')", nothing],
    ['$hash()', signature(1, 'hash')],
    ["$hash(123, 'SHA-256')", signature(1, 'hash')],
    ["$hash('a', 5)", signature(2, 'hash')],
    ["$hash('a', 'MD5', 'extra')", signature(3, 'hash')],
  ])('%s fails', (source, problem) => {
    expect(problemOf(source)).toBe(problem);
  });
});

describe('$random and $uuid', () => {
  // The seeds and what they give: floci #2783, sfnx.
  it.each([
    ['42', 0.7275636800328681],
    ['0', 0.730967787376657],
    ['0.9', 0.730967787376657],
    ['7', 0.7306990420600421],
  ])('$random(%s)', (seed, expected) => {
    expect(run(`$random(${seed})`)).toBe(expected);
  });

  it('gives a number from 0 to 1 for any seed, and the same one again', () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer(), fc.double({ noDefaultInfinity: true, noNaN: true })), (seed) => {
        const value = run('$random($seed)', scopeOf({}, { seed }));
        expect(value).toSatisfy((number) => typeof number === 'number' && number >= 0 && number < 1);
        expect(run('$random($seed)', scopeOf({}, { seed }))).toBe(value);
      }),
      { numRuns: 50 },
    );
  });

  it('are new each time without', () => {
    expect(run('$random() != $random() and $uuid() != $uuid()')).toBe(true);
    expect(run('$uuid()')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it.each([
    ["$random('seed')", signature(1, 'random')],
    ['$random(null)', signature(1, 'random')],
    ['$random(77, 88)', signature(2, 'random')],
    ["$uuid('x')", signature(1, 'uuid')],
    ['$uuid(1, 2)', signature(1, 'uuid')],
  ])('%s fails', (source, problem) => {
    expect(problemOf(source)).toBe(problem);
  });
});

describe('$parse', () => {
  it.each<[string, unknown]>([
    ['$parse(\'{"a": [1, "b", null]}\')', { a: [1, 'b', null] }],
    ["$parse(' [1] ')", [1]],
    ['$parse($states.input.text.numbers)', [1, 100, 0, 0.1]],
    ["$exists($parse('null'))", true],
    // Strings may stand in single quotes.
    ['$parse("{\'a\': 1}")', { a: 1 }],
    ['$parse($states.input.text.single)', { a: `it's "so"`, b: "'", 'c\\': ['"'] }],
    ['$string($parse($states.input.text.ordered))', '{"b":1,"a":2}'],
    ['$parse($states.input.text.once)', { a: { a: 1 }, b: [{ a: 1 }, { a: 'a: {"a": 1, ' }], c: '"c": {' }],
  ])('%s', (source, expected) => {
    expect(run(source, scope)).toEqual(expected);
  });

  it('gives for the text of any JSON what it says', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        const value = run('{"value": $parse($json)}', scopeOf({}, { json }));
        expect(JSON.stringify(value)).toBe(JSON.stringify({ value: JSON.parse(json) }));
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    'empty',
    'blank',
    'two',
    'twice',
    'escaped',
    'huge',
    'negative',
    'notNumber',
    'infinity',
    'malformed',
  ] as const)('refuses text that is %s', (name) => {
    expect(problemOf(`$parse($states.input.text.${name})`, scope)).toBe(refused('D3137: Invalid JSON'));
  });

  it.each([
    ['$parse()', nothing],
    ['$parse($missing)', nothing],
    ['$parse(123)', signature(1, 'parse')],
    ['$parse(null)', signature(1, 'parse')],
    ['$parse({"a": 1})', signature(1, 'parse')],
    ["$parse('1', 1)", signature(2, 'parse')],
  ])('%s fails', (source, problem) => {
    expect(problemOf(source)).toBe(problem);
  });
});

/** Measured on AWS: floci #2783 and its tests. */
describe("JSONata's own functions, as they are on AWS", () => {
  it.each<[string, unknown]>([
    ["$base64encode('日本 ñ')", '5pel5pysIMOx'],
    ["$base64decode('5pel5pysIGE=')", '日本 a'],
    ["$base64decode('YWJ')", 'ab'],
    ["$base64decode('YQ==')", 'a'],
    ["$base64decode('')", ''],
    ["$decodeUrlComponent('a+b%20c%E6%97%A5')", 'a b c日'],
    ["$decodeUrlComponent('x%E6y')", 'x\ufffdy'],
    ["$fromMillis(0, '[Y]-[M01]-[D01] [H01]:[m01]', '+0800')", '1970-01-01 08:00'],
    ["$fromMillis(0, '[H01]:[m01]', 'utc')", '00:00'],
    ["$now('[H01]', 'utc')", '02'],
    ["$pad('x', 6.5, '-')", 'x-----'],
    ["$replace('aaaa', 'a', 'b', 2.5)", 'bbaa'],
    ["$replace('aaaa', /a/, 'b', 2.5)", 'bbaa'],
    ["$replace('aaaa', 'a', 'b', 0)", 'aaaa'],
    ["$split('a,b,c,d', /,/, 2.5)", ['a', 'b']],
    ["$match('aaaa', /a/, 2.5).index", [0, 1]],
    ["$formatNumber(0.125, '0.00')", '0.12'],
    ["$formatNumber(2.675, '0.00')", '2.68'],
    ['$string(1e20)', '100000000000000000000'],
    ['$string(1e21)', '1e+21'],
    ['$count(null)', 1],
    ['$boolean([0])', false],
    ["$substring('hello', -10, 2)", 'he'],
  ])('%s', (source, expected) => {
    expect(run(source)).toEqual(expected);
  });

  it.each([
    ["$decodeUrlComponent('%zz')", 'D3140: Malformed URL passed to $decodeUrlComponent(): "%zz"'],
    ["$replace('a', 'a', 'b', -1)", 'D3011: Fourth argument of replace function must evaluate to a positive number'],
    ["$split('a', 'b', -1)", 'D3020: Third argument of split function must evaluate to a positive number'],
    ["$number('1e400')", 'D3030: Unable to cast value to a number: "1e400"'],
    ['$string(1 / 0)', 'D3001: Attempting to invoke string function on Infinity or NaN'],
  ])('%s fails', (source, text) => {
    expect(problemOf(source)).toBe(refused(text));
  });

  it.each([
    ['$fromMillis(0, 5)', signature(2, 'fromMillis')],
    ['$now(1)', signature(1, 'now')],
    ['$string(1, 1)', signature(2, 'string')],
    ["$fromMillis('x')", nothing],
    ['$base64decode($missing)', nothing],
  ])('%s fails', (source, problem) => {
    expect(problemOf(source)).toBe(problem);
  });

  it('take a time without offset for one of UTC, wherever the machine stands', () => {
    vi.stubEnv('TZ', 'Asia/Taipei');
    expect(run("$toMillis('2020-01-01T00:00:00')")).toBe(Date.UTC(2020, 0, 1));
    expect(run("$toMillis('2020-01-01T00:00:00.5')")).toBe(Date.UTC(2020, 0, 1, 0, 0, 0, 500));
    expect(run("$toMillis('2020-01-01T00:00:00+08:00')")).toBe(Date.UTC(2019, 11, 31, 16));
    expect(run("$toMillis('2020-01-01')")).toBe(Date.UTC(2020, 0, 1));
    vi.unstubAllEnvs();
  });

  it.each(['2020-01-01 00:00:00', '20200101', '2020-W01-1'])('know no time %s', (text) => {
    expect(problemOf(`$toMillis('${text}')`)).toContain(
      'D3110: The argument of the toMillis function must be an ISO 8601 formatted timestamp',
    );
  });

  it('tell the time of the state, not of the machine', () => {
    const field = [
      '{% $now() %}',
      '{% $millis() %}',
      "{% $now('[Y]-[M01]-[D01] [H01]:[m01]', '+0800') %}",
      "{% $toMillis('13:45', '[H]:[m]') %}",
    ];
    const date = '2026-01-05';
    expect(evaluate(field)).toEqual([`${date}T02:00:00.000Z`, now, `${date} 10:00`, Date.parse(`${date}T13:45:00Z`)]);
    const later = { ...scopeOf({}), now: now + 1000 };
    expect(evaluate(field.slice(0, 2), later)).toEqual([`${date}T02:00:01.000Z`, now + 1000]);
  });
});
