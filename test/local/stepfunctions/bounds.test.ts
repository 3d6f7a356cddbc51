import { describe, expect, it, vi } from 'vitest';
import { Exceeded, LibraryExpression } from '../../../local/stepfunctions/language/library.ts';
import { problemOf, run, scopeOf } from './evaluating.ts';

const started = 'threw an error during evaluation: ';
const memory = `${started}Expression evaluation memory limit exceeded: Check for excessive memory usage`;
const time = `${started}Expression evaluation timeout: Check for infinite loop`;
const stack = `${started}Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive`;

/** Adds 1 to 0 n times, each within the other. */
const nested = (n: number) => `($f := function($n) { $n <= 0 ? 0 : 1 + $f($n - 1) }; $f(${n}))`;
/** A string of 2 to the nth characters. */
const doubled = (n: number) => `($f := function($s, $n) { $n = 0 ? $s : $f($s & $s, $n - 1) }; $f('a', ${n}))`;

// The boundaries were measured on AWS (floci #2737, #2783).
describe('an expression within its bounds', () => {
  it.each<[string, string, unknown]>([
    ['a sum of a hundred numbers', Array(100).fill('1').join('+'), 100],
    ['99 parentheses', `${'('.repeat(99)}1${')'.repeat(99)}`, 1],
    ['99 functions in a chain', `1${'~>$string'.repeat(99)}`, '1'],
    ['a function that calls itself 31 times', nested(31), 31],
    [
      'a function that calls itself last, however often',
      '($f := function($n) { $n = 0 ? 0 : $f($n - 1) }; $f(1000))',
      0,
    ],
    ['an array of 873,782 items', '$count([1..873782])', 873_782],
    ['360,145 items of $range', '$count($range(1, 360145, 1))', 360_145],
    ['a string of four million characters', `$length(${doubled(22)})`, 2 ** 22],
    ['a long list made of another', '$sum($map([1..20000], function($v) { $v * 2 }))', 400_020_000],
    // Items do not count as nested in one another, although the library evaluates them at once.
    ['an array literal of 300 calls', `$count([${Array(300).fill('$string(1)').join(', ')}])`, 300],
    ['groups of calls', '[{"a": 1}, {"a": 2}]{$string(a): $sum(a) + 1, "x": $sum(a)}', { '1': 2, '2': 3, x: 3 }],
  ])('may be %s', (_, source, expected) => {
    expect(run(source)).toEqual(expected);
  });

  it('may be 99 arrays within one another', () => {
    expect(JSON.stringify(run(`${'['.repeat(99)}1${']'.repeat(99)}`))).toBe(`${'['.repeat(99)}1${']'.repeat(99)}`);
  });
});

describe('an expression that passes a bound is ended', () => {
  it.each([
    ['a sum of 101 numbers', Array(101).fill('1').join('+')],
    ['a sum of so many that the parser gives up', Array(20_000).fill('1').join('+')],
    ['100 parentheses', `${'('.repeat(100)}1${')'.repeat(100)}`],
    ['100 arrays within one another', `${'['.repeat(100)}1${']'.repeat(100)}`],
    ['100 functions in a chain', `1${'~>$string'.repeat(100)}`],
    ['a function that calls itself 32 times', nested(32)],
    ['a function that calls itself for ever', '($f := function($n) { 1 + $f($n) }; $f(1))'],
    ['one that does so in an array', '($f := function($n) { [0, $f($n)] }; $f(1))'],
    ['one that does so in an object', '($f := function($n) { {"a": 0, "b": $f($n)} }; $f(1))'],
  ])('for its depth: %s', (_, source) => {
    expect(problemOf(source)).toBe(stack);
  });

  it.each([
    ['873,783 items', '[1..873783]'],
    ['as many, only to be counted', '$count([1..873783])'],
    ['as many, for a chain', '[1..900000] ~> $count()'],
    ['360,146 items of $range', '$range(1, 360146, 1)'],
    ['a thousand million items of $range', '$range(1, 1e9, 1)'],
    ['a string of eight million characters', `$length(${doubled(23)})`],
    ['a string that is padded to more', "$pad('a', 100000000)"],
    ['a string that is longer than one can be', "($s := $pad('', 100000, 'x'); $replace($s, 'x', $s))"],
    ['an array that doubles', '($f := function($x) { $f($append($x, $x)) }; $f([1, 2]))'],
    [
      'an array that holds itself twice, again and again',
      '($f := function($x, $n) { $n = 0 ? $x : $f([[$x], [$x]], $n - 1) }; $f(1, 40))',
    ],
    ['many long arrays', '$map([1..1000], function($n) { [1..800000] })'],
  ])('for its size: %s', (_, source) => {
    expect(problemOf(source)).toBe(memory);
  });

  it('for its time: a loop', () => {
    let passed = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => ++passed);
    expect(problemOf('($f := function($n) { $f($n) }; $f(1))')).toBe(time);
    clock.mockRestore();
  });

  it.each([
    [
      'a regular expression that backtracks',
      "$match('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', /^(a+)+$/)",
    ],
    ['every item compared with every other', '$distinct([1..500000])'],
    ['a list copied for each of its items', '$reduce([1..500000], $append)'],
    ['a long list sorted', '$sort([1..800000])'],
  ])('for its time, even within one step of it: %s', (_, source) => {
    const expression = new LibraryExpression(source);
    expect(() => expression.evaluate({}, 20)).toThrow(Exceeded.time());
    // What was cut off does not go on with the next evaluation.
    expect(new LibraryExpression("$match('a', /a/).match").evaluate({}, 1000)).toBe('a');
  });

  it('and the next one is evaluated as ever', () => {
    expect(problemOf(nested(32))).toBe(stack);
    expect(problemOf('[1..873783]')).toBe(memory);
    expect(run('$sum([$states.input.a, 1])', scopeOf({ a: 1 }))).toBe(2);
  });
});
