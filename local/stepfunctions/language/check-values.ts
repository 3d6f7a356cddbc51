import { isObject, type JsonObject } from '../json.ts';
import type { MachineType, QueryLanguage } from './asl.ts';
import { analyse, marks } from './check-expressions.ts';
import { isIntrinsic, isPath, isReferencePath } from './check-paths.ts';
import { type Flow, type Variables, variableName } from './check-variables.ts';
import type { Diagnostics } from './diagnostics.ts';
import { expressionIn } from './expressions.ts';

/** What a check knows of the place that it looks at. */
export interface Context {
  readonly diagnostics: Diagnostics;
  readonly type: MachineType;
  readonly machineLanguage: QueryLanguage;
  /** Of the state. Undefined where the machine does not let it have its own: no field is held against it then. */
  readonly language: QueryLanguage | undefined;
  /** The field of `$states` that only this place has. */
  readonly sees: 'result' | 'errorOutput' | undefined;
  readonly variables: Variables;
  readonly flow: Flow | undefined;
}

/** Looks at a value and tells what AWS refuses. */
export type Check = (value: unknown, at: string, context: Context) => void;

/** A field of an object; with a language, it is a field of that language only. */
export interface Field {
  readonly check: Check;
  readonly language?: QueryLanguage;
}

export type Fields = Readonly<Record<string, Field>>;

/** What an object may and must have. */
export interface Shape {
  readonly fields: Fields;
  readonly required?: readonly string[];
  /** An object has one field of each of these lists. */
  readonly exactlyOne?: readonly (readonly string[])[];
  readonly atMostOne?: readonly (readonly string[])[];
  /** What no table says. */
  readonly also?: (object: JsonObject, at: string, context: Context) => void;
}

export const any: Check = () => {};

/** One after the other, until one has something to say. */
export const inTurn =
  (...checks: Check[]): Check =>
  (value, at, context) => {
    const { errors } = context.diagnostics;
    for (const check of checks) if (context.diagnostics.errors === errors) check(value, at, context);
  };

const ofType =
  (name: string, is: (value: unknown) => boolean): Check =>
  (value, at, { diagnostics }) => {
    if (!is(value)) diagnostics.error(at || '/', `Expected value of type ${name}`);
  };

export const string = ofType('[STRING]', (value) => typeof value === 'string');
export const boolean = ofType('[BOOLEAN]', (value) => typeof value === 'boolean');
export const object = ofType('[OBJECT]', isObject);
export const arrayOrObject = ofType('[ARRAY, OBJECT]', (value) => typeof value === 'object' && value !== null);
const array = ofType('[ARRAY]', Array.isArray);
const whole = ofType('Integer', Number.isInteger);
const numeric = ofType('[NUMBER]', (value) => typeof value === 'number');

const range =
  (least: number, most: number, show: (limit: number) => string): Check =>
  (value, at, { diagnostics }) => {
    if (Number(value) < least) diagnostics.error(at, `Minimum value is ${show(least)}`);
    if (Number(value) > most) diagnostics.error(at, `Maximum value is ${show(most)}`);
  };

export const integer = (least: number, most = Number.POSITIVE_INFINITY): Check =>
  inTurn(whole, range(least, most, String));

export const number = (least: number, most = Number.POSITIVE_INFINITY): Check =>
  inTurn(
    numeric,
    range(least, most, (limit) => limit.toFixed(1)),
  );

export const oneOf = (...values: string[]): Check =>
  inTurn(string, (value, at, { diagnostics }) => {
    const known = values.some((one) => one === value);
    if (!known) diagnostics.error(at, `Value should be one of the following: [${values.join(', ')}]`);
  });

const rfc3339 = /^\d{4}-\d\d-(\d\d)T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

function isTimestamp(value: unknown): boolean {
  const day = typeof value === 'string' ? rfc3339.exec(value)?.[1] : undefined;
  if (typeof value !== 'string' || day === undefined || Number.isNaN(Date.parse(value))) return false;
  // A day that the month does not have would count on into the next month.
  return new Date(`${value.slice(0, 19)}Z`).getUTCDate() === Number(day);
}

export const timestamp: Check = (value, at, { diagnostics }) => {
  if (!isTimestamp(value)) diagnostics.error(at, 'String does not match RFC3339 timestamp');
};

// ---- lists and objects ----------------------------------------------------------------------------------------------

export const list = (item: Check): Check =>
  inTurn(array, (value, at, context) => {
    for (const [i, one] of (Array.isArray(value) ? value : []).entries()) item(one, `${at}[${i}]`, context);
  });

/** For lists and objects. */
export const notEmpty: Check = (value, at, { diagnostics }) => {
  if (Object.keys(Object(value)).length === 0) diagnostics.error(at, 'Value cannot be empty');
};

/** `End: false` says no more than no `End`. */
const given = (value: JsonObject, name: string): boolean =>
  Object.hasOwn(value, name) && !(name === 'End' && value.End === false);

function checkCounts({ exactlyOne = [], atMostOne = [] }: Shape, value: JsonObject, at: string, found: Diagnostics) {
  for (const names of [...exactlyOne, ...atMostOne]) {
    const count = names.filter((name) => given(value, name)).length;
    const all = `of the following fields: [${names.join(', ')}]`;
    if (count > 1) found.error(at, `There should only be one ${all}`);
    if (count === 0 && exactlyOne.includes(names)) found.error(at, `This object should have only one ${all}`);
  }
}

function checkShape(shape: Shape, value: JsonObject, at: string, context: Context): void {
  const { diagnostics, language } = context;
  const { fields, required = [], also } = shape;
  const place = at || '/';
  const checks: (() => void)[] = [];
  for (const [name, item] of Object.entries(value)) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field === undefined) diagnostics.error(place, `Field '${name}' is not supported`);
    else if (language !== undefined && field.language !== undefined && field.language !== language) {
      const only = `but field '${name}' is only supported for the '${field.language}' QueryLanguage`;
      diagnostics.error(place, `The QueryLanguage is set to '${language}', ${only}`);
    } else checks.push(() => field.check(item, `${at}/${name}`, context));
  }
  const missing = required.filter((name) => !Object.hasOwn(value, name));
  if (missing.length > 0) diagnostics.error(place, `These fields are required: [${missing.join(', ')}]`);
  checkCounts(shape, value, place, diagnostics);
  also?.(value, at, context);
  // AWS tells what is wrong with an object before what is wrong inside it.
  for (const check of checks) check();
}

export const shaped = (shape: Shape): Check =>
  inTurn(object, (value, at, context) => {
    if (isObject(value)) checkShape(shape, value, at, context);
  });

// ---- expressions, paths and templates -------------------------------------------------------------------------------

const unsupported = 'UNSUPPORTED_JSONATA_EXPRESSION';

function checkExpression(source: string, at: string, { diagnostics, sees, variables, flow }: Context): void {
  const { fault, topLevel, root, states, variables: read } = analyse(source);
  if (fault !== undefined) diagnostics.error(at, fault, 'INVALID_JSONATA_EXPRESSION');
  for (const name of topLevel) {
    diagnostics.error(at, `Reference to '${name}' at the top level is not supported.`, unsupported);
  }
  if (root) diagnostics.error(at, "Reference to '$$' is not supported.", unsupported);
  for (const name of states) {
    const exists = name === 'input' || name === 'context' || name === sees;
    if (!exists) diagnostics.error(at, `Field '$states.${name}' does not exist.`, unsupported);
  }
  for (const name of read) variables.reads(name, at, flow);
}

const notMarked = 'JSONata string must start with {% and end with %}';

function checkText(text: string, at: string, context: Context): void {
  const source = expressionIn(text);
  if (source !== undefined) checkExpression(source, at, context);
  else if (marks(text)) context.diagnostics.error(at, notMarked);
}

/** A field that takes a value or, in JSONata, an expression that gives one. */
export const evaluated =
  (literal: Check): Check =>
  (value, at, context) => {
    if (context.language === 'JSONata' && typeof value === 'string' && marks(value)) checkText(value, at, context);
    else literal(value, at, context);
  };

/** A field that takes an expression, or the boolean that it would give. */
export const condition: Check = (value, at, context) => {
  if (typeof value === 'boolean') return;
  if (typeof value === 'string' && !marks(value)) context.diagnostics.error(at, notMarked);
  else evaluated(string)(value, at, context);
};

/** Any JSON with expressions in it, or with paths and intrinsic functions under keys that end in `.$`. */
export const template: Check = (value, at, context) => {
  const { language, diagnostics } = context;
  if (typeof value === 'string' && language === 'JSONata') checkText(value, at, context);
  else if (Array.isArray(value)) for (const [i, item] of value.entries()) template(item, `${at}[${i}]`, context);
  else if (isObject(value)) {
    for (const [name, item] of Object.entries(value)) {
      if (language === 'JSONata' || !name.endsWith('.$')) template(item, `${at}/${name}`, context);
      else if (!isPath(item) && !isIntrinsic(item)) {
        const what = 'must be a valid JSONPath or a valid intrinsic function call';
        diagnostics.error(at, `The value for the field '${name}' ${what}`);
      }
    }
  }
};

/** The same, where `$states` has one field more. */
export const seeing =
  (sees: Context['sees'], check: Check): Check =>
  (value, at, context) =>
    check(value, at, { ...context, sees });

export const assign: Check = inTurn(object, (value, at, context) => {
  for (const key of Object.keys(Object(value))) {
    const name = variableName(key, context.language);
    context.variables.assigns(name, `${at}/${key}`, context.flow, context.diagnostics);
  }
  template(value, at, context);
});

export const path: Check = (value, at, { diagnostics }) => {
  if (value !== null && !isPath(value)) diagnostics.error(at, 'Value must be a valid JSONPath.');
};

export const pathOrFunction: Check = (value, at, context) => {
  if (!isIntrinsic(value)) path(value, at, context);
};

export const referencePath: Check = inTurn(path, (value, at, { diagnostics }) => {
  if (isPath(value) && !isReferencePath(value)) diagnostics.error(at, 'Value is not a Reference Path');
});

/** As rules of a Choice have them, told in words of their own. */
export const rulePath: Check = (value, at, { diagnostics }) => {
  if (isPath(value)) return;
  diagnostics.error(at, "Value is not a Reference Path: Reference path didn't start with '$'");
};
