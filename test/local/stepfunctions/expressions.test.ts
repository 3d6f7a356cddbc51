import { describe, expect, it } from 'vitest';
import { EvaluationFailure } from '../../../local/stepfunctions/errors.ts';
import { expressionIn, type Scope, syntaxFault } from '../../../local/stepfunctions/language/expressions.ts';
import {
  compileInteger,
  compileNumber,
  compileTemplate,
  compileTyped,
} from '../../../local/stepfunctions/language/template.ts';
import { evaluate, failureOf, messageOf, nothing, problemOf, run, scopeOf } from './evaluating.ts';

describe('what is an expression', () => {
  it.each([
    ['{% $x %}', '$x'],
    ['{%$x%}', '$x'],
    ['{%\n  $x +\n  1\n%}', '$x +\n  1'],
    ['{%%}', ''],
  ])('%j is one', (field, source) => {
    expect(expressionIn(field)).toBe(source);
  });

  it.each([
    [' {% $x %}'],
    ['{% $x %} '],
    ['{% $x'],
    ['{%}'],
    ['$x'],
    ['States.Format()'],
    [{ a: '{% $x %}' }],
    [7],
    [null],
  ])('%j is not', (field) => {
    expect(expressionIn(field)).toBeUndefined();
  });

  it('says what is wrong with one that does not parse', () => {
    expect(syntaxFault('1 +')).toBe('S0207: Unexpected end of expression');
    expect(syntaxFault('1 + 1')).toBeUndefined();
    expect(problemOf('1 +')).toBe('threw an error during evaluation. S0207: Unexpected end of expression');
  });
});

describe('a field', () => {
  it('without expressions is given as it stands, by reference and at once', () => {
    const field = { path: '$.x', 'key.$': '$', text: ' {% $x %} ', list: [null, 0.1, []] };
    const template = compileTemplate(field, 'Output');
    expect(template.constant).toBe(true);
    expect(template.evaluate(scopeOf({}))).toBe(field);
  });

  it('has its expressions replaced wherever they stand', () => {
    const field = {
      a: '{% $states.input.n %}',
      list: [1, '{% $number("2") %}', { deep: '{% $name & "!" %}' }],
      keep: 'x',
    };
    expect(compileTemplate(field, 'Output').constant).toBe(false);
    expect(evaluate(field, scopeOf({ n: 7 }, { name: 'Ana' }))).toEqual({
      a: 7,
      list: [1, 2, { deep: 'Ana!' }],
      keep: 'x',
    });
  });

  it('sees its states, its variables and a context that is computed when somebody looks', () => {
    let looks = 0;
    const scope: Scope = {
      ...scopeOf({ a: 1 }),
      states: {
        input: { a: 1 },
        get context() {
          looks++;
          return { n: looks };
        },
      },
    };
    expect(run('$sum([$states.input.a, 1])', scope)).toBe(2);
    expect(looks).toBe(0);
    expect(run('$states', scope)).toEqual({ input: { a: 1 }, context: { n: 1 } });
  });

  it('names the innermost field in a failure', () => {
    const field = { Payload: { items: [0, '{% $missing %}'] } };
    const failure = failureOf(compileTemplate(field, 'Arguments'));
    expect(failure.location).toBe('Arguments/Payload/items[1]');
    expect(failure.message).toBe(
      "The JSONata expression '$missing' specified for the field 'Arguments/Payload/items[1]' returned nothing (undefined).",
    );
  });

  it('fails with the first of its expressions that fails', () => {
    const failure = failureOf(
      compileTemplate({ a: '{% $sum([1]) %}', b: '{% $first %}', c: '{% $second %}' }, 'Output'),
    );
    expect(failure.location).toBe('Output/b');
  });

  it('may have names that objects have of themselves', () => {
    const field: unknown = JSON.parse('{"__proto__": "{% 1 %}", "constructor": "{% $sum([2]) %}"}');
    expect(JSON.stringify(evaluate(field))).toBe('{"__proto__":1,"constructor":2}');
  });
});

const formatError =
  'D3086: The sub-picture must not contain a passive character that is preceded by an active character and that is followed by another active character';

describe('a failed expression', () => {
  it.each([
    ["1 + 'a'", 'T2002: The right side of the "+" operator must evaluate to a number'],
    ["'a' + 1", 'T2001: The left side of the "+" operator must evaluate to a number'],
    ['$uppercase(1)', 'T0410: Argument 1 of function "uppercase" does not match function signature'],
    ["$number('x')", 'D3030: Unable to cast value to a number: "x"'],
    ["$error('boo')", 'D3137: boo'],
    ['$missing(1)', 'T1006: Attempted to invoke a non-function'],
    ["$eval('1')", 'T1006: Attempted to invoke a non-function'],
    // In `and` and `or` the operator is named instead of the function (floci #2736).
    ['true and $uppercase(1)', 'T0410: Argument 1 of function "and" does not match function signature'],
    ["$formatNumber(1, 'x')", formatError],
    ['$sqrt(-1)', 'D3060: The sqrt function cannot be applied to a negative number: -1'],
    ['(1 / 0) + 1', 'D1001: Number out of range: null'],
    ['($sum := 1; $sum([1]))', 'T1006: Attempted to invoke a non-function'],
  ])('%s tells what JSONata says, after a full stop', (source, text) => {
    expect(problemOf(source)).toBe(`threw an error during evaluation. ${text}`);
  });

  it('names the expression without the space around it', () => {
    expect(messageOf("  $error('boo')  ")).toBe(
      "The JSONata expression '$error('boo')' specified for the field 'Output' threw an error during evaluation. D3137: boo",
    );
  });

  // floci #2737: an internal error of AWS has a number of its own in its place.
  it('has a new number when JSONata has no words for the error', () => {
    const text = () => problemOf("$base64decode('!!!')");
    expect(text()).toMatch(/^threw an internal error during evaluation\. [\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    expect(text()).not.toBe(text());
  });

  // Step Functions has JSONata 2.0; the default operators came with 2.1 (sfnx; re:Post).
  it.each([
    ["$states.input.a ?? 'b'", '?'],
    ["[$states.input.a ?: 'b']", ':'],
    ['$map([1], function($x) { $x > 0 ? ($x ?? 2) : 3 })', '?'],
  ])('%s does not parse', (source, symbol) => {
    const fault = `S0211: The symbol "${symbol}" cannot be used as a unary operator`;
    expect(syntaxFault(source)).toBe(fault);
    expect(problemOf(source)).toBe(`threw an error during evaluation. ${fault}`);
  });

  it('is none for question marks that mean something else', () => {
    const source = `($add := function($a, $b) { $a + $b }; $one := $add(?, 1); $one(1) = 2 ? '??' & "?:" : /a??/)`;
    expect(run(source)).toBe('???:');
  });

  it.each([
    '$missing',
    'name',
    '$',
    '$$.name',
    '$states.result',
    '$states.input.items[id = 9]',
    '$filter([1], function($v) { false })',
  ])('%s gives nothing', (source) => {
    expect(problemOf(source, scopeOf({ items: [{ id: 1 }] }))).toBe(nothing);
  });

  it.each(['$sum', 'function($x) { $x }', '{"f": [$sum]}', '/a/'])('%s gives what JSON does not have', (source) => {
    expect(problemOf(source)).toBe('returned an unsupported result type.');
  });
});

describe('a field of one type', () => {
  it.each([
    ['null', 'null', 'null'],
    ['1', 'number', '1'],
    ['true', 'boolean', 'true'],
    ["'string'", 'string', '"string"'],
    ["{'foo': 'bar'}", 'object', '{"foo":"bar"}'],
  ])('refuses %s where an array belongs', (source, type, text) => {
    const failure = failureOf(compileTyped(`{% ${source} %}`, 'Items', 'array'));
    expect(failure.message).toBe(
      `The JSONata expression '${source}' specified for the field 'Items' returned an unexpected result type. Expected 'array', but was '${type}' for value: ${text}`,
    );
    expect(failure.location).toBe('Items');
  });

  it('takes what it wants, written out or computed', () => {
    expect(compileTyped('{% [1, 2] %}', 'Items', 'array').evaluate(scopeOf({}))).toEqual([1, 2]);
    expect(compileTyped([1, '{% $x %}'], 'Items', 'array').evaluate(scopeOf({}, { x: 2 }))).toEqual([1, 2]);
    expect(compileTyped('{% $x = 2 %}', 'Choices[0]/Condition', 'boolean').evaluate(scopeOf({}, { x: 2 }))).toBe(true);
    expect(failureOf(compileTyped(7, 'Cause', 'string'))).toMatchObject({
      message: "The field 'Cause' has an unexpected type. Expected 'string', but was 'number' for value: 7",
    });
  });

  it('keeps numbers within their bounds', () => {
    const seconds = (field: unknown) => compileInteger(field, 'TimeoutSeconds', 0, 99_999_999);
    expect(seconds('{% $variable := 1 %}').constant).toBe(false);
    expect(seconds('{% $variable := 1 %}').evaluate(scopeOf({}))).toBe(1);
    expect(seconds(60).evaluate(scopeOf({}))).toBe(60);
    expect(failureOf(seconds("{% 'x' %}")).message).toBe(
      "The JSONata expression ''x'' specified for the field 'TimeoutSeconds' returned an unexpected result type. Expected 'number', but was 'string' for value: \"x\"",
    );
    // Recorded on AWS in the snapshots of gabrielmoreira/tiny-asl-machine, Feature.JSONataValidation.
    expect(failureOf(seconds('{% 1.6 %}')).message).toBe(
      'The TimeoutSeconds field cannot be parsed as an integer: 1.6',
    );
    expect(failureOf(seconds('{% -1 %}')).message).toBe('TimeoutSeconds must be between 0 and 99999999 but was: -1');
    const count = compileInteger('{% -1 %}', 'ToleratedFailureCount', 0, Number.MAX_SAFE_INTEGER);
    expect(failureOf(count).message).toBe('ToleratedFailureCount cannot be negative.');
    const percentage = (field: unknown) => compileNumber(field, 'ToleratedFailurePercentage', 0, 100);
    expect(percentage('{% 12.5 %}').evaluate(scopeOf({}))).toBe(12.5);
    const failure = failureOf(percentage('{% 100.1 %}'));
    expect(failure).toMatchObject({
      message: 'ToleratedFailurePercentage must be between 0 and 100.',
      location: 'ToleratedFailurePercentage',
    });
  });
});

describe('values', () => {
  /** What JSONata could change: it writes marks on what it is applied to. */
  const intrusive = [
    '$states.input.empty{"k": 1}',
    '$states.input.nested.{"k": 1}',
    '$empty{"k": 1}',
    '$states.input.order()',
    '$order()',
    '$states.input.empty[]',
    '($clone := function($x) { $x }; $order ~> |$|{"id": 2}, "lines"|)',
    '$states.input.order ~> |lines|{"sku": "x"}|',
    '$sort($states.input.order.lines, function($l, $r) { $l.sku < $r.sku })',
    '$states.input.order.lines#$i^(>sku).{"i": $i, "sku": sku}',
  ];

  it.each(intrusive)('are not changed by %s', (source) => {
    const data = { empty: [], nested: [[]], order: { id: 1, lines: [{ sku: 'a' }, { sku: 'b' }] } };
    const before = structuredClone(data);
    const scope = scopeOf(data, { empty: data.empty, order: data.order });
    try {
      run(source, scope);
    } catch (error) {
      expect(error).toBeInstanceOf(EvaluationFailure);
    }
    expect(data).toStrictEqual(before);
    expect(Object.keys(data.empty)).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['$states.input.items.n', [1, 2]],
    ['$states.input.items[n > 1].n', 2],
    ['[1..3]', [1, 2, 3]],
    ['$map([1, 2], function($n) { $n * 2 })', [2, 4]],
    ['$match("a", /(a)|(b)/)', { match: 'a', index: 0, groups: ['a', null] }],
    ['{"a": $missing, "b": [$missing, 1]}', { b: [1] }],
    ['$merge([{"a": 1}, {"b": -0}])', { a: 1, b: 0 }],
    // What is no finite number is given as its name (floci #2737).
    ['1 / 0', 'Infinity'],
    ['-1 / 0', '-Infinity'],
    ['1e308 * 10', 'Infinity'],
    ['0 / 0', 'NaN'],
    ['$floor(1 / 0)', 'Infinity'],
    ['[1 / 0]', ['Infinity']],
    ['{"k": 1 / 0}', { k: 'Infinity' }],
    ["$parseInteger('abc', '0')", 'NaN'],
    ['1 / 0 > 5', true],
  ])('%s is plain JSON', (source, expected) => {
    const value = run(source, scopeOf({ items: [{ n: 1 }, { n: 2 }] }));
    expect(value).toStrictEqual(expected);
    // No marks of JSONata on arrays, no objects without a prototype.
    expect(value).toStrictEqual(JSON.parse(JSON.stringify(value)));
    if (Array.isArray(value)) expect(Object.keys(value)).toEqual(Object.keys([...value]));
  });

  it('may look like the functions of JSONata', () => {
    const data = { _jsonata_lambda: true, x: 1 };
    expect(run('$states.input', scopeOf(data))).toEqual(data);
    expect(run('{"copy": [$states.input]}', scopeOf(data))).toEqual({ copy: [data] });
  });
});
