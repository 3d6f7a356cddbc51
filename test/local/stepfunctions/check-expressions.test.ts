import { describe, expect, it } from 'vitest';
import { check as checked, done, flow, type Json, jsonata, jsonpath, pass, task, tell } from './checking.ts';

const check = (states: Json, language = 'JSONata') =>
  checked(language === 'JSONata' ? jsonata(states) : jsonpath(states)).diagnostics.map(tell);

/** What is said of one expression that a Pass gives as its output. */
const output = (expression: string) => check({ A: { ...pass, Output: `{% ${expression} %}` } });
const invalid = (what: string) => [`INVALID_JSONATA_EXPRESSION: ${what} at /States/A/Output`];
const topLevel = (...names: string[]) =>
  names.map(
    (name) =>
      `UNSUPPORTED_JSONATA_EXPRESSION: Reference to '${name}' at the top level is not supported. at /States/A/Output`,
  );

describe('an expression', () => {
  it.each([
    ['a[1,2)', 'Expected "]", got ","'],
    ['"unterminated', 'String literal must be terminated by a matching quote'],
    ['1 +', 'Unexpected end of expression'],
    ['{"a":}', 'The symbol "}" cannot be used as a unary operator'],
    ['$match("a", /abc', 'No terminating / in regular expression'],
    ['', 'Unexpected end of expression'],
    // floci #2745
    ['$x :=', 'Unexpected end of expression'],
    ['phone %.other', 'The symbol "." cannot be used as a unary operator'],
    // The default operators are newer than the JSONata of AWS (sfnx; re:Post).
    ['$states.input.a ?? 1', 'The symbol "?" cannot be used as a unary operator'],
    ['$states.input.a ?: 1', 'The symbol ":" cannot be used as a unary operator'],
    ['('.repeat(50_000), 'The expression is too deeply nested'],
  ])('that is none is told in the parser’s words: %.30s', (expression, what) => {
    expect(output(expression)).toEqual(invalid(what));
  });

  it('opens and closes, with nothing around the marks', () => {
    for (const text of ['{% 1', '1 %}', '{%}', ' {% 1 %}']) {
      expect(check({ A: { ...pass, Output: { a: [text] } } })).toEqual([
        'SCHEMA_VALIDATION_FAILED: JSONata string must start with {% and end with %} at /States/A/Output/a[0]',
      ]);
    }
    expect(check({ A: { ...pass, Output: ' {% 1 %} ', Comment: '{% (', Assign: { a: '50%' } } })).toEqual([]);
  });

  it('has no context item at its top level', () => {
    expect(output('phone')).toEqual(topLevel('phone'));
    expect(output('aaa + bbb[ccc]')).toEqual(topLevel('aaa', 'bbb'));
    expect(output('$.phone')).toEqual(topLevel('$'));
    expect(output('{"a": b}.c')).toEqual(topLevel('b'));
    expect(output('$map($states.input.a, function($x){ b })')).toEqual(topLevel('b'));
    expect(output('$$.a')).toEqual([
      "UNSUPPORTED_JSONATA_EXPRESSION: Reference to '$$' is not supported. at /States/A/Output",
    ]);
  });

  it.each([
    '$states.input.items[price > 3 and $.kind = "x"].name',
    '$states.input.items^(>price).{"n": name, "p": $.price}',
    '$states.input.items{kind: $sum(price)}',
    '($states.input.items){kind: price}',
    '$states.input.orders@$o.lines#$i[$i > 0].{"o": $o.id, "l": line}',
    '$map($states.input.a, function($x, $i){ $x.phone & $i })',
    '$states.input ~> |items|{"price": price * 2}, ["old"]|',
    '($f := function($n){ $n < 2 ? 1 : $n * $f($n - 1) }; $f(5))',
    '$states.context.Execution.Id & $uuid() & $string($range(1, 3, 1)) & $now()',
    '$reduce([1..5], function($a, $b){ $a + $b })',
    // Only what is written as a field of $states is looked for (sfnx).
    '($states).result',
    '$states.input.x.$states.qux',
    "'$states.result'",
  ])('has a context item further in, and names of its own: %s', (expression) => {
    expect(output(expression)).toEqual([]);
  });

  it('finds in $states what there is at its place', () => {
    const missing = (field: string, at: string) =>
      `UNSUPPORTED_JSONATA_EXPRESSION: Field '$states.${field}' does not exist. at /States/A/${at}`;
    const catcher = (field: string) => ({
      ErrorEquals: ['States.ALL'],
      Next: 'Z',
      Output: `{% $states.${field}.Cause %}`,
      Assign: { e: '{% $states.errorOutput %}' },
    });
    const worker = { ...task, Assign: { r: '{% $states.result %}' }, Next: 'Z' };
    expect(check({ A: { ...worker, Catch: [catcher('errorOutput')] }, Z: done })).toEqual([]);
    expect(check({ A: { ...worker, Catch: [catcher('result')] }, Z: done })).toEqual([
      missing('result', 'Catch[0]/Output'),
    ]);
    const early = {
      ...worker,
      Arguments: { FunctionName: '{% $states.result %}' },
      Output: '{% $states.errorOutput %}',
    };
    expect(check({ A: early, Z: done })).toEqual([
      missing('result', 'Arguments/FunctionName'),
      missing('errorOutput', 'Output'),
    ]);
    expect(output('$states.inputs')).toEqual([missing('inputs', 'Output')]);
  });

  it('is looked for wherever AWS evaluates one', () => {
    const states = {
      A: { ...task, TimeoutSeconds: '{% ( %}', Credentials: { RoleArn: '{% ( %}' }, Next: 'B' },
      B: { Type: 'Wait', Seconds: '{% ( %}', Next: 'C' },
      C: { Type: 'Choice', Choices: [{ Condition: '{% ( %}', Next: 'D' }], Default: 'D' },
      D: {
        Type: 'Map',
        Items: '{% ( %}',
        MaxConcurrency: '{% ( %}',
        ItemSelector: { Next: '{% ( %}' },
        ItemProcessor: flow({ I: { ...pass, Assign: { Next: '{% ( %}' } } }),
        Next: 'E',
      },
      E: { Type: 'Fail', Error: '{% ( %}', Cause: '{% ( %}' },
    };
    expect(check(states).map((text) => text.replace(/^.* at /, ''))).toEqual([
      '/States/A/TimeoutSeconds',
      '/States/A/Credentials/RoleArn',
      '/States/B/Seconds',
      '/States/C/Choices[0]/Condition',
      '/States/D/Items',
      '/States/D/MaxConcurrency',
      '/States/D/ItemSelector/Next',
      '/States/D/ItemProcessor/States/I/Assign/Next',
      '/States/E/Error',
      '/States/E/Cause',
    ]);
  });

  it('stands for no number where a number is meant to be written', () => {
    expect(check({ A: { ...task, TimeoutSeconds: 'soon', Next: 'Z' }, Z: done })).toEqual([
      'SCHEMA_VALIDATION_FAILED: Expected value of type Integer at /States/A/TimeoutSeconds',
    ]);
  });
});

describe('a variable', () => {
  const undefinedOne = (name: string, at: string) =>
    `POSSIBLY_UNDEFINED_VARIABLE: Variable '${name}' is possibly not defined. at ${at}`;
  const twice = (name: string, at: string) =>
    `DUPLICATE_VARIABLE_NAME: The variable name '${name}' was already defined in a parent scope. at ${at}`;

  it('has a name that is an identifier, and not that of what is always there', () => {
    const names = { states: 1, 'a-b': 1, _a: 1, '': 1, 'x.$': 1, ['n'.repeat(81)]: 1, ünïcode9_: 1, 变量: 1 };
    const invalidName = (name: string) =>
      `INVALID_VARIABLE_NAME: Invalid variable name '${name}': the variable name contains invalid characters. at /States/A/Assign/${name}`;
    expect(check({ A: { ...pass, Assign: names } })).toEqual([
      "RESERVED_VARIABLE_NAME: Cannot assign to reserved variable '$states'. at /States/A/Assign/states",
      ...['a-b', '_a', '', 'x.$'].map(invalidName),
      expect.stringMatching(/^INVALID_VARIABLE_NAME: .* exceeds the 80-character limit/),
    ]);
  });

  it('is warned of when nobody assigns it', () => {
    expect(output('$a + $count([$b])')).toEqual([
      undefinedOne('a', '/States/A/Output'),
      undefinedOne('b', '/States/A/Output'),
    ]);
    expect(output('$eval("1")')).toEqual([undefinedOne('eval', '/States/A/Output')]);
    expect(output('($x := 1; $x) + $x')).toEqual([undefinedOne('x', '/States/A/Output')]);
    expect(output('(function($y){ $y })($y)')).toEqual([undefinedOne('y', '/States/A/Output')]);
  });

  it('may be assigned by any state of its machine or of one around it, and by rules and catchers', () => {
    const reader = { ...pass, Output: '{% [$a, $b, $c] %}' };
    const states = {
      A: { Type: 'Choice', Choices: [{ Condition: '{% true %}', Assign: { a: 1 }, Next: 'B' }], Default: 'B' },
      B: { ...task, Catch: [{ ErrorEquals: ['States.ALL'], Assign: { b: 1 }, Next: 'C' }], Next: 'C' },
      C: { Type: 'Parallel', Branches: [flow({ D: reader })], Assign: { c: 1 }, Next: 'E' },
      E: reader,
    };
    expect(check(states)).toEqual([]);
    const outside = { A: { Type: 'Parallel', Branches: [flow({ B: { ...pass, Assign: { a: 1 } } })], Next: 'C' } };
    expect(check({ ...outside, C: { ...pass, Output: '{% $a %}' } })).toEqual([undefinedOne('a', '/States/C/Output')]);
  });

  it('belongs to one scope: inside a state none is assigned that has been assigned around it', () => {
    const inner = { Type: 'Parallel', Branches: [flow({ I: { ...pass, Assign: { x: 2 } } })] };
    const place = '/States/P/Branches[0]/States/I/Assign/x';
    expect(check({ A: { Type: 'Pass', Assign: { x: 1 }, Next: 'P' }, P: { ...inner, End: true } })).toEqual([
      twice('x', place),
    ]);
    const deeper = { Type: 'Parallel', Branches: [flow({ Q: { ...inner, End: true } })], End: true };
    expect(check({ A: { Type: 'Pass', Assign: { x: 1 }, Next: 'P' }, P: deeper })).toEqual([
      twice('x', '/States/P/Branches[0]/States/Q/Branches[0]/States/I/Assign/x'),
    ]);
    // The same name is free again where the one scope is over before the other begins.
    expect(check({ P: { ...inner, Assign: { x: 1 }, Next: 'B' }, B: { ...pass, Assign: { x: 3 } } })).toEqual([]);
    const caught = { ErrorEquals: ['States.ALL'], Assign: { x: 1 }, Next: 'P' };
    expect(check({ P: { ...inner, Catch: [caught], Next: 'Z' }, Z: done })).toEqual([twice('x', place)]);
  });

  it('is one and the same in both query languages', () => {
    const inner = flow({ I: { ...pass, Assign: { x: 1 } } });
    const states = {
      A: { Type: 'Pass', Assign: { 'x.$': '$.a' }, Next: 'P' },
      P: { Type: 'Parallel', Branches: [inner] },
    };
    expect(check({ ...states, P: { ...states.P, End: true } }, 'JSONPath')).toEqual([
      twice('x', '/States/P/Branches[0]/States/I/Assign/x'),
    ]);
  });
});

describe('JSONPath', () => {
  const parameters = (value: unknown) => check({ A: { ...pass, Parameters: { a: { 'b.$': value } } } }, 'JSONPath');
  const wrong = [
    "SCHEMA_VALIDATION_FAILED: The value for the field 'b.$' must be a valid JSONPath or a valid intrinsic function call at /States/A/Parameters/a",
  ];

  it.each([
    '$.a[0].b',
    '$$.Task.Token',
    '$variable.field',
    'States.UUID()',
    "States.Format('it\\'s {} of \\{\\}', $.a)",
    "States.ArrayGetItem(States.StringSplit($$.Name, '-'), States.MathAdd(States.ArrayLength($.x), -1))",
    'States.StringToJson(\'{"text":"An \\"escaped double quote\\" here"}\')',
  ])('has paths and functions where a name ends in .$: %s', (value) => {
    expect(parameters(value)).toEqual([]);
  });

  it.each([
    'a',
    1,
    'States.Nothing()',
    'States.UUID(',
    "States.Array('a' 'b')",
    "States.Format('He said, \\\"Hello, {}!\\\"', 'Test')",
    `${'States.MathAdd('.repeat(11)}1, 1${')'.repeat(11)}`,
  ])('and nothing else: %j', (value) => {
    expect(parameters(value)).toEqual(wrong);
  });

  it('takes expressions for what they look like', () => {
    expect(check({ A: { ...pass, Parameters: { a: '{% ( %}' } } }, 'JSONPath')).toEqual([]);
    expect(check({ A: { ...pass, InputPath: 'a', ResultPath: '$.a[*]' } }, 'JSONPath')).toEqual([
      'SCHEMA_VALIDATION_FAILED: Value must be a valid JSONPath. at /States/A/InputPath',
      'SCHEMA_VALIDATION_FAILED: Value is not a Reference Path at /States/A/ResultPath',
    ]);
  });
});
