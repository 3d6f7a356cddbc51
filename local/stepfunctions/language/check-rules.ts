import type { JsonObject } from '../json.ts';
import {
  any,
  assign,
  boolean,
  type Check,
  type Context,
  condition,
  type Field,
  type Fields,
  inTurn,
  list,
  notEmpty,
  number,
  rulePath,
  type Shape,
  shaped,
  string,
  template,
  timestamp,
} from './check-values.ts';

// The rules of a Choice: one `Condition` in JSONata, comparisons that And, Or and Not join in JSONPath.

const jsonata = (check: Check): Field => ({ check, language: 'JSONata' });
const jsonpath = (check: Check): Field => ({ check, language: 'JSONPath' });

const literals: Readonly<Record<string, Check>> = {
  String: string,
  Numeric: number(Number.NEGATIVE_INFINITY),
  Timestamp: timestamp,
  Boolean: boolean,
};
const orders = ['Equals', 'LessThan', 'GreaterThan', 'LessThanEquals', 'GreaterThanEquals'];

/** Every comparison, with what it compares to. */
const comparisons: Fields = Object.fromEntries([
  ...Object.entries(literals).flatMap(([kind, literal]) =>
    (kind === 'Boolean' ? ['Equals'] : orders).flatMap((order) => [
      [`${kind}${order}`, jsonpath(literal)],
      [`${kind}${order}Path`, jsonpath(rulePath)],
    ]),
  ),
  ['StringMatches', jsonpath(string)],
  ...['Null', 'Present', 'Numeric', 'String', 'Boolean', 'Timestamp'].map((kind) => [`Is${kind}`, jsonpath(boolean)]),
]);

const operators = Object.keys(comparisons);
const kinds = ['And', 'Or', 'Not', 'Variable', 'Condition'];

function checkKind(rule: JsonObject, at: string, { diagnostics }: Context): void {
  if (kinds.filter((kind) => Object.hasOwn(rule, kind)).length !== 1) {
    diagnostics.error(at, `The object must have only one of the following fields, [${kinds.join(', ')}]`);
  }
  if (!Object.hasOwn(rule, 'Variable')) return;
  const count = operators.filter((operator) => Object.hasOwn(rule, operator)).length;
  const all = `of the following fields: [${operators.join(', ')}]`;
  if (count > 1) diagnostics.error(at, `There should only be one ${all}`);
  if (count === 0) diagnostics.error(at, `This object should have only one ${all}`);
}

const nested: Check = (value, at, context) => shaped(comparison)(value, at, context);
const some = inTurn(list(nested), notEmpty);

/** A rule inside And, Or and Not. */
const comparison: Shape = {
  fields: {
    Comment: { check: any },
    Condition: jsonata(condition),
    Variable: jsonpath(rulePath),
    And: jsonpath(some),
    Or: jsonpath(some),
    Not: jsonpath(nested),
    ...comparisons,
  },
  also: checkKind,
};

/** A rule of `Choices`: it leads on. */
export const rule = shaped({
  ...comparison,
  fields: {
    ...comparison.fields,
    Next: { check: string },
    Assign: { check: assign },
    Output: jsonata(template),
  },
  required: ['Next'],
});
