/** The OpenAPI 3.1 document of the operations. For scripts and tests: functions serve the file that was written from it. */
import * as z from 'zod';
import { createDocument, type oas32, type ZodOpenApiOperationObject, type ZodOpenApiResponseObject } from 'zod-openapi';
import type { Named } from '../domain/words.ts';
import { problemExample, problemsOf } from './answers.ts';
import type { Operation } from './operation.ts';
import { type ProblemType, problemSchema, problems } from './problems.ts';
import { tagNames, tagOf } from './tags.ts';

export type Document = oas32.OpenAPIObject;
export type Operations = Readonly<Record<string, Operation>>;

export interface About {
  readonly title: Named;
  readonly description: Named;
  readonly version: string;
}

const both = ({ zh, en }: Named): string => `${zh} / ${en}`;
const paragraphs = ({ zh, en }: Named): string => `${zh}\n\n${en}`;
const sorted = <T>(fields: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)));

const word = /^[\w.:#@-]{1,100}$/;
const etag = /^"[^"\s]{1,100}"$/;

const correlation = {
  name: 'Hejie-Correlation-Id',
  text: both({ zh: '关联编号：请求与答复、日志一致', en: 'Ties request, reply and logs together' }),
  example: '7f0c3c1e-5d0a-4d6b-9a52-1f6f0f3a9d11',
};

const header = (id: string, name: string, schema: z.ZodType, description: string, example: string) =>
  schema.meta({ param: { id, name, in: 'header', description, example } });

const idempotencyKey = header(
  'IdempotencyKey',
  'Idempotency-Key',
  z.string().regex(word),
  both({
    zh: '同一命令重试时不变；只执行一次',
    en: 'The same for every try of one command, which is carried out once',
  }),
  'phone-7.2026-01-05.1',
);
const seen = both({ zh: '所见内容的 ETag', en: 'The ETag of what was seen' });
const ifMatch = header('IfMatch', 'If-Match', z.string().regex(etag), seen, '"7"');
const ifMatchOptional = header('IfMatchOptional', 'If-Match', z.string().regex(etag).optional(), seen, '"7"');
const actingPost = header(
  'ActingPost',
  'Hejie-Post',
  z.string().regex(word).optional(),
  both({
    zh: '以哪个岗位办理；只任一个岗位时可省略',
    en: 'Which of one’s posts acts; may be left out by who holds only one',
  }),
  '331003001.community-police',
);
const correlationIn = header(
  'CorrelationId',
  correlation.name,
  z.string().regex(word).optional(),
  correlation.text,
  correlation.example,
);

const headers = {
  [correlation.name]: z
    .string()
    .meta({ header: { id: 'CorrelationId', description: correlation.text, example: correlation.example } }),
};
const headersWithEtag = {
  ...headers,
  ETag: z.string().meta({
    header: { id: 'ETag', description: both({ zh: '内容的版本', en: 'Version of what is shown' }), example: '"7"' },
  }),
};

/** The headers that a caller may or must send. */
function sent({ kind, etag: tag }: Operation): z.ZodType[] {
  if (kind === 'public') return [correlationIn];
  const all = [actingPost, correlationIn];
  if (tag === 'needed') all.unshift(ifMatch);
  if (tag === 'optional') all.unshift(ifMatchOptional);
  if (kind === 'command') all.unshift(idempotencyKey);
  return all;
}

const exampleOf = (type: ProblemType) => ({
  id: type,
  summary: both(problems[type].title),
  value: problemExample(type),
});

/** Responses and examples are components: the same set of types is written down once. */
class Refusals {
  readonly #examples = new Map<ProblemType, ReturnType<typeof exampleOf>>();
  readonly #responses = new Map<string, ZodOpenApiResponseObject>();

  of(operation: Operation): Record<string, ZodOpenApiResponseObject> {
    const types = problemsOf(operation).sort();
    const statuses = Map.groupBy(types, (type) => problems[type].status);
    return Object.fromEntries([...statuses].map(([status, some]) => [String(status), this.#response(some)]));
  }

  #response(types: readonly ProblemType[]): ZodOpenApiResponseObject {
    const id = types.join('_');
    const found = this.#responses.get(id);
    if (found) return found;
    const response: ZodOpenApiResponseObject = {
      id,
      description: types.map((type) => both(problems[type].title)).join('; '),
      headers: z.object(headers),
      content: {
        'application/problem+json': {
          schema: problemSchema,
          examples: Object.fromEntries(types.map((type) => [type, this.#example(type)])),
        },
      },
    };
    this.#responses.set(id, response);
    return response;
  }

  #example(type: ProblemType): ReturnType<typeof exampleOf> {
    const found = this.#examples.get(type) ?? exampleOf(type);
    this.#examples.set(type, found);
    return found;
  }
}

const security = 'token';

function described(id: string, operation: Operation, refusals: Refusals): ZodOpenApiOperationObject {
  const { kind, summary, description, params, query, body, status, reply, media, examples } = operation;
  return {
    operationId: id,
    tags: [tagOf(operation)],
    summary: both(summary),
    ...(description ? { description: paragraphs(description) } : {}),
    security: kind === 'public' ? [] : [{ [security]: [] }],
    requestParams: { ...(params ? { path: params } : {}), ...(query ? { query } : {}) },
    parameters: sent(operation),
    ...(body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: body, example: examples.body } },
          },
        }
      : {}),
    responses: {
      [`${status}`]: {
        description: both(summary),
        headers: z.object(operation.etag ? headersWithEtag : headers),
        content: { [media ?? 'application/json']: { schema: reply, example: examples.reply } },
      },
      ...refusals.of(operation),
    },
  };
}

const methods = { GET: 'get', POST: 'post', PUT: 'put' } as const;

function pathsOf(operations: Operations): Record<string, Record<string, ZodOpenApiOperationObject>> {
  const refusals = new Refusals();
  const paths = new Map<string, Record<string, ZodOpenApiOperationObject>>();
  for (const [id, operation] of Object.entries(operations)) {
    const { path, method } = operation;
    const item = paths.get(path) ?? {};
    if (item[methods[method]]) throw new RangeError(`${method} ${path} is declared twice`);
    paths.set(path, { ...item, [methods[method]]: described(id, operation, refusals) });
  }
  return sorted(Object.fromEntries(paths));
}

const isNumber = (schema: unknown): boolean =>
  typeof schema === 'object' &&
  schema !== null &&
  'type' in schema &&
  (schema.type === 'integer' || schema.type === 'number');

/** How the schema that is referred to is described. */
function descriptionOf(schema: unknown, components: Document['components']): string | undefined {
  if (typeof schema !== 'object' || schema === null || !('$ref' in schema)) return undefined;
  const found = components?.schemas?.[String(schema.$ref).split('/').at(-1) ?? ''];
  return typeof found === 'object' && 'description' in found ? found.description : undefined;
}

/**
 * Examples of parameters are written as they stand in an address; in the document a number is a number. A parameter that
 * is not described is what its schema is.
 */
function completeParameters({ paths, components }: Document, operations: Operations): void {
  for (const { path, method, examples } of Object.values(operations)) {
    const given = new Map(Object.entries({ ...examples.params, ...examples.query }));
    for (const parameter of paths?.[path]?.[methods[method]]?.parameters ?? []) {
      if (!('name' in parameter) || parameter.in === 'header') continue;
      const { schema, name } = parameter;
      const example = given.get(name);
      if (example !== undefined) parameter.example = isNumber(schema) ? Number(example) : example;
      const description = parameter.description ?? descriptionOf(schema, components);
      if (description !== undefined) parameter.description = description;
    }
  }
}

/** @throws RangeError for a route declared twice or a chapter without a name */
export function openApiDocument(operations: Operations, { title, description, version }: About): Document {
  const used = new Set(Object.values(operations).map(tagOf));
  const document = createDocument({
    openapi: '3.1.1',
    info: {
      title: both(title),
      description: paragraphs(description),
      version,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/v1', description: both({ zh: '本市接口', en: 'The API of this city' }) }],
    tags: [...used].sort().map((name) => ({ name, description: both(tagNames[name]) })),
    security: [{ [security]: [] }],
    paths: pathsOf(operations),
    components: {
      securitySchemes: {
        [security]: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: both({
            zh: '本市 OpenID Connect 提供者签发的令牌，含用途',
            en: 'A token of the city’s OpenID Connect provider; it carries its purpose',
          }),
        },
      },
    },
  });
  completeParameters(document, operations);
  const components = Object.entries(document.components ?? {}).map(([kind, all]) => [kind, sorted(all)]);
  return { ...document, components: Object.fromEntries(components) };
}
