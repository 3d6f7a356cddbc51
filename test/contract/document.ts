/** The contract as docs/openapi.json says it, and nothing else of the project: what somebody outside knows of the API. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import fc from 'fast-check';

type Json = Readonly<Record<string, unknown>>;

const house = join(import.meta.dirname, '../..');
const text = (file: string): string => readFileSync(join(house, file), 'utf8');
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const objectOf = (value: unknown): Json => (isObject(value) ? value : {});
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const document: Json = JSON.parse(text('docs/openapi.json'));

/** What a reference of the document points to. */
function resolved(value: unknown): Json {
  const found = objectOf(value);
  if (typeof found.$ref !== 'string') return found;
  const target = found.$ref
    .slice(2)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((at, part) => objectOf(at)[part], document);
  if (!isObject(target)) throw new TypeError(`${found.$ref} leads nowhere`);
  return resolved(target);
}

const ajv = new Ajv2020({ strict: true, strictTypes: false, allErrors: false });
ajv.addVocabulary(['example', 'openapi', 'info', 'servers', 'tags', 'security', 'paths', 'components']);
ajv.addFormat('date-time', { type: 'string', validate: (given) => !Number.isNaN(Date.parse(given)) });
ajv.addFormat('date', { type: 'string', validate: (given) => /^\d{4}-\d\d-\d\d$/.test(given) });
ajv.addSchema({ $id: 'contract', components: document.components });

/** Inside the document a reference is to the document. */
function located(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(located);
  if (!isObject(schema)) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [
      key,
      key === '$ref' && typeof value === 'string' ? `contract${value}` : located(value),
    ]),
  );
}

const validator = (schema: unknown): ValidateFunction => ajv.compile(objectOf(located(schema)));

export interface Parameter {
  readonly in: string;
  readonly name: string;
  readonly required: boolean;
  readonly example: unknown;
  readonly schema: unknown;
  readonly fits: ValidateFunction;
}

export interface Reply {
  /** Without what follows the semicolon. */
  readonly media: string;
  readonly fits: ValidateFunction;
  readonly schema: unknown;
  /** Of a problem: the types that this status is declared for. */
  readonly types: readonly unknown[];
}

export interface Documented {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly isPublic: boolean;
  readonly parameters: readonly Parameter[];
  readonly body: { readonly schema: unknown; readonly example: unknown } | undefined;
  readonly replies: ReadonlyMap<number, Reply>;
}

function parameterOf(given: unknown): Parameter {
  const { in: where, name, required, example, schema } = resolved(given);
  return {
    in: String(where),
    name: String(name),
    required: required === true,
    example,
    schema,
    fits: validator(schema),
  };
}

function replyOf(given: unknown): Reply {
  const [[media, content] = ['', {}], ...more] = Object.entries(objectOf(resolved(given).content));
  if (more.length > 0) throw new TypeError('an answer has one media type');
  const { schema, examples } = objectOf(content);
  const types = Object.values(objectOf(examples)).map((one) => objectOf(resolved(one).value).type);
  return { media, schema, fits: validator(schema), types };
}

function bodyOf(given: unknown): Documented['body'] {
  if (given === undefined) return undefined;
  const { schema, example, examples } = objectOf(objectOf(resolved(given).content)['application/json']);
  const [first] = Object.values(objectOf(examples));
  return { schema, example: example ?? resolved(first).value ?? {} };
}

function operationsAt([path, item]: [string, unknown]): Documented[] {
  return Object.entries(objectOf(item)).map(([method, given]) => {
    const { operationId, security, parameters, requestBody, responses } = objectOf(given);
    return {
      id: String(operationId),
      method: method.toUpperCase(),
      path: `${String(objectOf(listOf(document.servers)[0]).url)}${path}`,
      isPublic: listOf(security ?? document.security).length === 0,
      parameters: listOf(parameters).map(parameterOf),
      body: bodyOf(requestBody),
      replies: new Map(
        Object.entries(objectOf(responses)).map(([status, reply]) => [Number(status), replyOf(reply)] as const),
      ),
    };
  });
}

export const documented: readonly Documented[] = Object.entries(objectOf(document.paths)).flatMap(operationsAt);

/** The types that docs/problems.md lists. */
export const listedProblems: ReadonlySet<string> = new Set(
  [...text('docs/problems.md').matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name = '']) => `urn:hejie:problem:${name}`),
);

/** Objects whose parts are listed and that could hold others all the same, by where they are. */
export function openIn(schema: unknown, at: string): string[] {
  const { properties, additionalProperties, items, anyOf, oneOf, allOf } = resolved(schema);
  const inside = [
    ...Object.entries(objectOf(properties)),
    ...(isObject(items) ? [['[]', items] as const] : []),
    ...[anyOf, oneOf, allOf].flatMap((each) => listOf(each).map((one) => ['|', one] as const)),
  ].flatMap(([name, one]) => openIn(one, `${at}.${name}`));
  return isObject(properties) && additionalProperties !== false ? [at, ...inside] : inside;
}

/** Values that a schema of the document allows. */
export function valuesOf(schema: unknown): fc.Arbitrary<unknown> {
  const given = resolved(schema);
  if ('const' in given) return fc.constant(given.const);
  if (Array.isArray(given.enum)) return fc.constantFrom(...given.enum);
  const choices = [...listOf(given.anyOf), ...listOf(given.oneOf)];
  if (choices.length > 0) return fc.oneof(...choices.map(valuesOf));
  switch (given.type) {
    case 'string':
      return stringsOf(given);
    case 'integer':
      return fc.integer({ min: Number(given.minimum ?? given.exclusiveMinimum ?? 0), max: 5_000 });
    case 'number':
      return fc.double({ min: Number(given.minimum ?? 0), noNaN: true, noDefaultInfinity: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array': {
      const least = Number(given.minItems ?? 0);
      return fc.array(valuesOf(given.items), { minLength: least, maxLength: Math.max(least, 3) });
    }
    case 'object':
      return objectsOf(given);
    default:
      return fc.jsonValue();
  }
}

function stringsOf({ format, pattern, minLength, maxLength }: Json): fc.Arbitrary<string> {
  const between = { min: new Date('2025-12-01T00:00:00Z'), max: new Date('2026-03-01T00:00:00Z'), noInvalidDate: true };
  if (format === 'date-time') return fc.date(between).map((at) => at.toISOString());
  if (format === 'date') return fc.date(between).map((at) => at.toISOString().slice(0, 10));
  if (typeof pattern === 'string') return fc.stringMatching(new RegExp(pattern));
  const least = Number(minLength ?? 0);
  return fc.string({ unit: 'grapheme', minLength: least, maxLength: Math.min(Number(maxLength ?? 40), least + 40) });
}

function objectsOf({ properties, required }: Json): fc.Arbitrary<object> {
  const parts = Object.entries(objectOf(properties)).map(([name, one]) => [name, valuesOf(one)] as const);
  const requiredKeys = listOf(required).map(String);
  return fc.record(Object.fromEntries(parts), { requiredKeys, noNullPrototype: true });
}
