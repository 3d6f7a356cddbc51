import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { EvaluationFailure } from '../../../local/stepfunctions/errors.ts';
import { isObject } from '../../../local/stepfunctions/json.ts';
import {
  compileExpression,
  type Scope,
  setFastPath,
  syntaxFault,
} from '../../../local/stepfunctions/language/expressions.ts';
import { BAIL, compileFast } from '../../../local/stepfunctions/language/fast.ts';
import { LibraryExpression, limits } from '../../../local/stepfunctions/language/library.ts';
import { compileTemplate } from '../../../local/stepfunctions/language/template.ts';

afterEach(() => setFastPath(true));

type Values = Record<string, unknown>;

/** Frozen all the way down: who changes a value of a scope fails. */
function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(frozen);
    Object.freeze(value);
  }
  return value;
}

function scopeOf(states: Values, variables: Values): Scope {
  const { context, ...rest } = frozen(states);
  const given = {
    ...rest,
    get context() {
      return context;
    },
  };
  frozen(variables);
  return {
    states: given,
    variable: (name) => (Object.hasOwn(variables, name) ? variables[name] : undefined),
    now: 0,
  };
}

const failed = Symbol('failed');

/** What the library alone makes of it: the value, undefined for nothing, or `failed`. */
function fromLibrary(source: string, scope: Scope): unknown {
  setFastPath(false);
  try {
    return compileExpression(source).evaluate(scope, 'Output');
  } catch (error) {
    if (!(error instanceof EvaluationFailure)) throw error;
    return error.message.endsWith('returned nothing (undefined).') ? undefined : failed;
  } finally {
    setFastPath(true);
  }
}

/** What the fast path makes of it; BAIL also where it does not compile the expression. */
function fromFastPath(source: string, scope: Scope): unknown {
  const evaluator = compileFast(new LibraryExpression(source).ast);
  return evaluator === undefined ? BAIL : evaluator(scope);
}

/** Fails unless the fast path bails out or gives what the library gives; says whether it decided. */
function agreed(source: string, scope: Scope): boolean {
  const value = fromFastPath(source, scope);
  if (value === BAIL) return false;
  const expected = fromLibrary(source, scope);
  if (!isDeepStrictEqual(value, expected))
    expect.fail(`${source} on ${show(scope.states)}: ${show(value)} instead of ${show(expected)}`);
  return true;
}

// Data, and random expressions over it

const parse = (text: string): unknown => JSON.parse(text);

/** Objects that look like JSONata's own, and one that only a parser makes. */
const oddities = ['{"_jsonata_lambda":true}', '{"_jsonata_function":true}', '{"__proto__":{"a":1}}'];

const leaves = [null, true, false, 0, 1, -1, 2.5, 0.1, 2 / 3, 0.1 + 0.2, 1e21, '', 'a', 'b', '1', '[', 'é😀'];
const leaf = fc.constantFrom<unknown>(...leaves);

const arrays = [[], [1], [[1]], ['a', null], [{ a: 1 }, { b: 2 }], [{ a: [{ a: 1 }] }], [1, [2, 3]]];
const objects = [{}, { a: 1 }, { a: { b: null } }, { a: [{ a: 1 }] }];
const values: readonly unknown[] = [undefined, ...leaves, ...arrays, ...objects, ...oddities.map(parse)];

const { json, object } = fc.letrec((tie) => ({
  json: fc.oneof(
    { maxDepth: 3 },
    { weight: 5, arbitrary: leaf },
    { weight: 2, arbitrary: tie('object') },
    { weight: 2, arbitrary: fc.array(tie('json'), { maxLength: 3 }) },
    fc.constantFrom(...oddities).map(parse),
  ),
  object: fc.record(
    { a: tie('json'), b: tie('json'), list: fc.array(tie('json'), { maxLength: 3 }) },
    { requiredKeys: [], noNullPrototype: true },
  ),
}));

const scopes = fc
  .tuple(
    fc.record({ input: object, result: json, context: object }, { requiredKeys: ['input'], noNullPrototype: true }),
    fc.record(
      { x: leaf, y: json, list: fc.array(json, { maxLength: 3 }) },
      { requiredKeys: [], noNullPrototype: true },
    ),
  )
  .map(([states, variables]) => scopeOf(states, variables));

const step = fc
  .tuple(
    fc.constantFrom('.a', '.a', '.b', '.list', '."a"', '.constructor', '.$x', '.*'),
    fc.constantFrom('', '', '', '', '[0]', '[1]', '[-1]', '[-0.5]', '[0.5]', '[]', '[a=1]'),
  )
  .map((parts) => parts.join(''));

const path = fc
  .tuple(
    fc.constantFrom('$states.input', '$states.input', '$states.result', '$states.context', '$y', '$list', '$list[0]'),
    fc.array(step, { maxLength: 3 }),
  )
  .map(([root, steps]) => root + steps.join(''));

const literal = fc.constantFrom(
  '1',
  '0',
  '-1',
  '2.5',
  '1e300',
  "'a'",
  '""',
  "'['",
  'true',
  'false',
  'null',
  '[]',
  '{}',
);

const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4 },
    { weight: 3, arbitrary: path },
    literal,
    fc.constantFrom('$x', '$y', '$list', '$missing', '$states', '$sum'),
    {
      weight: 4,
      arbitrary: fc
        .tuple(
          tie('expression'),
          fc.constantFrom('=', '!=', '<', '<=', '>', '>=', 'and', 'or', '&', '+', '-', '*', '/', '%', 'in'),
          tie('expression'),
        )
        .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
    },
    fc
      .tuple(tie('expression'), tie('expression'), tie('expression'))
      .map(([condition, then, otherwise]) => `(${condition} ? ${then} : ${otherwise})`),
    fc.tuple(tie('expression'), tie('expression')).map(([condition, then]) => `(${condition} ? ${then})`),
    fc.array(tie('expression'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    fc
      .array(fc.tuple(fc.constantFrom('"a"', '"b"', '"__proto__"', '"_jsonata_lambda"', '$x'), tie('expression')), {
        maxLength: 3,
      })
      .map((pairs) => `{${pairs.map((pair) => pair.join(': ')).join(', ')}}`),
    {
      weight: 3,
      arbitrary: fc
        .tuple(
          fc.constantFrom('exists', 'not', 'boolean', 'string', 'type', 'count', 'merge', 'sum', 'missing'),
          tie('expression'),
        )
        .map(([name, argument]) => `$${name}(${argument})`),
    },
    fc.tuple(tie('expression'), tie('expression')).map(([first, last]) => `[${first}..${last}]`),
    tie('expression').map((operand) => `-(${operand})`),
  ),
}));

describe('the fast path', () => {
  it('gives what the library gives for every operator on any two values', () => {
    const operators = ['=', '!=', '<', '<=', '>', '>=', 'and', 'or', '&', '+', '-', '*', '/', '%', 'in', '?'];
    for (const left of values)
      for (const right of values) {
        const scope = scopeOf({ input: { x: left, y: right } }, {});
        for (const operator of operators) agreed(`$states.input.x ${operator} $states.input.y`, scope);
      }
  });

  it('gives what the library gives for every function, constructor and step on any value', () => {
    const steps = [
      '.a',
      '.a.b',
      '.constructor',
      '[0]',
      '[1]',
      '[-1]',
      '[-2]',
      '[0.5]',
      '[-0.5]',
      '[0][1]',
      '.a[0].a',
      '[]',
    ];
    for (const value of values) {
      const scope = scopeOf({ input: { x: value } }, value === undefined ? {} : { y: value });
      for (const step of steps) {
        agreed(`$states.input.x${step}`, scope);
        agreed(`$y${step}`, scope);
      }
      for (const name of ['exists', 'not', 'boolean', 'string', 'type', 'count', 'merge']) {
        agreed(`$${name}($states.input.x)`, scope);
        agreed(`$${name}([$y, $y])`, scope);
      }
      for (const source of [
        '-$states.input.x',
        '[$y, [$y], [[$y]]]',
        '[($y), [1][0]]',
        '{"a": $states.input.x, "b": [$y]}',
        '{"a": 1, "a": $y}',
      ])
        agreed(source, scope);
    }
  });

  it('gives what the library gives for expressions at random', () => {
    let decided = 0;
    const runs = 5_000;
    fc.assert(
      fc.property(expression, scopes, (source, scope) => {
        // JSONata takes the slash in `[] / 2` for a regular expression.
        fc.pre(syntaxFault(source) === undefined);
        if (agreed(source, scope)) decided++;
      }),
      { numRuns: runs },
    );
    // The comparison would be empty if it always bailed out.
    expect(decided).toBeGreaterThan(runs / 10);
  });

  it('changes neither the value nor the failure of a field', () => {
    const outcome = (field: unknown, scope: Scope): unknown => {
      try {
        return { value: compileTemplate(field, 'Output').evaluate(scope) };
      } catch (error) {
        if (!(error instanceof EvaluationFailure)) return error;
        // An internal error has a new number each time.
        return { message: error.message.replace(/[\da-f-]{36}$/, ''), location: error.location };
      }
    };
    const fields = fc.dictionary(
      fc.constantFrom('a', 'b', 'c'),
      expression.map((source) => `{% ${source} %}`),
    );
    fc.assert(
      fc.property(fields, scopes, (field, scope) => {
        const fast = outcome(field, scope);
        setFastPath(false);
        const slow = outcome(field, scope);
        setFastPath(true);
        expect(fast).toEqual(slow);
      }),
      { numRuns: 1_000 },
    );
  });

  const order = {
    id: 'o-1',
    total: 12.5,
    lines: [{ sku: 's1' }, { sku: 's2' }],
    customer: { name: 'Ana' },
    note: null,
  };
  const context = { Task: { Token: 't' }, Map: { Item: { Index: 3, Value: order } }, State: { RetryCount: 0 } };
  const scope = scopeOf(
    { input: { order, items: [1, 2], name: 'Ana', done: false }, result: { Payload: { ok: true } }, context },
    { factor: 2, tries: 3, words: ['a', 'b'], who: { name: 'Bo' } },
  );

  it.each<[string, unknown]>([
    ['$states.input.order', order],
    ['$states.input.order.lines', order.lines],
    ['$states.input.order.lines[0].sku', 's1'],
    ['$states.input.order.lines[-1]', { sku: 's2' }],
    ['$states.input.order.note', null],
    ['$states.result.Payload', { ok: true }],
    ['$states.context.Task.Token', 't'],
    ['$words', ['a', 'b']],
    ['$who."name"', 'Bo'],
    ["'c-' & $states.context.Map.Item.Index", 'c-3'],
    ["'total: ' & $states.input.order.total & ' ' & $states.input.order.missing", 'total: 12.5 '],
    ["$states.input.name = 'Ana' and $states.input.order.total >= 12", true],
    ['$not($states.input.done)', true],
    ['$states.input.done or $states.result.Payload.ok', true],
    ['$factor * ($tries + 1) - 10 % 3', 7],
    ['-$factor', -2],
    ["$exists($states.input.order.missing) ? $states.input.order.missing : 'none'", 'none'],
    ["$count($states.input.items) > 1 ? 'many' : 'few'", 'many'],
    ["$type($states.input.order.total) = 'number'", true],
    ["'b' in $words", true],
    ['[$states.input.items, 3, [4]]', [1, 2, 3, [4]]],
    ['{"id": $states.input.order.id, "left": $states.input.missing, "ok": true}', { id: 'o-1', ok: true }],
    ['$merge([$states.input.order.customer, {"tries": $tries}])', { name: 'Ana', tries: 3 }],
    ['$string($tries)', '3'],
    ['null', null],
  ])('decides %s at once', (source, expected) => {
    expect(fromFastPath(source, scope)).toEqual(expected);
    expect(fromLibrary(source, scope)).toEqual(expected);
  });

  it.each([
    ['an array within a path', '$states.input.order.lines.sku'],
    ['a filter', '$states.input.order.lines[sku = "s1"]'],
    ['operands of mixed types', '1 + "1"'],
    ['a division by zero', '1 / 0'],
    ['objects compared', '$states.input.order = $states.input.order'],
    ['the name of a function', '$exists($sum)'],
    ['an array as a condition', '$words ? 1 : 2'],
  ])('leaves %s to the library', (_, source) => {
    expect(fromFastPath(source, scope)).toBe(BAIL);
  });

  it('does not take a function for the one it knows when a variable hides that', () => {
    expect(fromFastPath('$count([1])', scopeOf({ input: {} }, { count: 5 }))).toBe(BAIL);
  });

  it('leaves what may pass a bound of evaluation to the library', () => {
    const half = 'a'.repeat(limits.characters / 2);
    const text = scopeOf({ input: {} }, { half, more: `${half}b` });
    expect(fromFastPath('$half & $half', text)).toHaveLength(limits.characters);
    expect(fromFastPath('$half & $more', text)).toBe(BAIL);
    const list = scopeOf({ input: {} }, { list: Array(limits.items - 1).fill(0) });
    expect(fromFastPath('$count([$list, 1])', list)).toBe(limits.items);
    expect(fromFastPath('$count([$list, 1, 2])', list)).toBe(BAIL);
    expect(fromFastPath(Array(limits.depth).fill('1').join('+'), scope)).toBe(limits.depth);
    expect(
      fromFastPath(
        Array(limits.depth + 1)
          .fill('1')
          .join('+'),
        scope,
      ),
    ).toBe(BAIL);
  });

  it('can be switched off: the library then decides everything, copies of what is asked for included', () => {
    const field = compileTemplate('{% $states.input.order %}', 'Output');
    expect(field.evaluate(scope)).toBe(order);
    setFastPath(false);
    expect(field.evaluate(scope)).toEqual(order);
    expect(field.evaluate(scope)).not.toBe(order);
  });
});

const show = (value: unknown): string =>
  isObject(value) || Array.isArray(value) ? JSON.stringify(value) : String(value);
