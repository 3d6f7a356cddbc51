import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { printTypes } from '../../../scripts/print-types.ts';
import { problemExample, problemsOf } from '../../../shared/api/answers.ts';
import { openApiDocument } from '../../../shared/api/document.ts';
import { type Operation, operation } from '../../../shared/api/operation.ts';
import { always, problemSchema, problems, problemTypes } from '../../../shared/api/problems.ts';
import { linted } from '../../support/linter.ts';

const caseId = z.string().regex(/^C-/).describe('Id of a case').meta({ id: 'CaseId' });
const level = z.enum(['yellow', 'orange', 'red']).meta({ id: 'Level', description: 'Set by people' });

const sample = {
  'read-case': operation({
    method: 'GET',
    path: '/cases/{id}',
    function: 'read-case',
    kind: 'read',
    summary: { zh: '个案', en: 'One case' },
    params: z.strictObject({ id: caseId }),
    status: 200,
    reply: z.strictObject({ id: caseId, level: level.nullable(), at: z.tuple([z.int(), z.string()]) }),
    etag: 'given',
    examples: { params: { id: 'C-1' }, reply: { id: 'C-1', level: null, at: [1, 'x'] } },
  }),
  'list-cases': operation({
    method: 'GET',
    path: '/cases',
    function: 'list-cases',
    kind: 'search',
    summary: { zh: '个案列表', en: 'Open cases' },
    query: z.strictObject({
      limit: z.coerce.number().int().min(1).max(100).default(50).describe('At most so many'),
      level: level.optional(),
    }),
    status: 200,
    reply: z.strictObject({ cases: z.array(caseId), counts: z.partialRecord(level, z.int()) }),
    examples: { query: { limit: '20', level: 'red' }, reply: { cases: ['C-1'], counts: { red: 1 } } },
  }),
  'change-case': operation({
    method: 'PUT',
    path: '/cases/{id}',
    function: 'read-case',
    kind: 'command',
    summary: { zh: '更改', en: 'Change a case' },
    description: { zh: '说明', en: 'In more words' },
    params: z.strictObject({ id: caseId }),
    body: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('raise'), level, note: z.string().optional() }),
      z.strictObject({ kind: z.literal('end') }),
    ]),
    status: 202,
    reply: z.looseObject({ n: z.int() }),
    etag: 'needed',
    problems: ['refused', 'invalid'],
    examples: { params: { id: 'C-1' }, body: { kind: 'end' }, reply: { n: 7 } },
  }),
} satisfies Record<string, Operation>;

const about = { title: { zh: '和解', en: 'Hejie' }, description: { zh: '说明', en: 'About' }, version: '1' };
const document = openApiDocument(sample, about);
const at = (path: string, method: 'get' | 'put') => document.paths?.[path]?.[method];
const names = (path: string, method: 'get' | 'put') =>
  at(path, method)?.parameters?.map((one) => ('$ref' in one ? one.$ref.split('/').at(-1) : one.name));

describe('the problems of an operation', () => {
  it('are those of every token, of its body and ETag, and its own, each once', () => {
    expect(problemsOf(sample['read-case'])).toEqual(always);
    expect(problemsOf(sample['change-case'])).toEqual([
      ...always,
      'unsupported-media',
      'precondition-required',
      'precondition-failed',
      'refused',
    ]);
    expect(problemsOf({ ...sample['read-case'], kind: 'public' })).toEqual(['too-many-requests', 'internal']);
  });

  it.each(problemTypes)('%s: its example is a problem document of its status', (type) => {
    expect(problemSchema.parse(problemExample(type))).toMatchObject({
      type: `urn:hejie:problem:${type}`,
      status: problems[type].status,
    });
  });
});

describe('the document', () => {
  it('says who it is, in both languages, and that a token is needed', () => {
    expect(document).toMatchObject({
      openapi: '3.1.1',
      info: { title: '和解 / Hejie', version: '1', license: { identifier: 'Apache-2.0' } },
      servers: [{ url: '/v1' }],
      tags: [{ name: 'cases' }],
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
    });
    expect(at('/cases/{id}', 'get')).toMatchObject({
      operationId: 'read-case',
      summary: '个案 / One case',
      security: [{ token: [] }],
    });
  });

  it('a command wants its Idempotency-Key, a change the ETag of what was seen; a read neither', () => {
    expect(names('/cases/{id}', 'put')).toEqual(['id', 'IdempotencyKey', 'IfMatch', 'ActingPost', 'CorrelationId']);
    expect(names('/cases/{id}', 'get')).toEqual(['id', 'ActingPost', 'CorrelationId']);
    expect(document.components?.parameters).toMatchObject({
      IdempotencyKey: { in: 'header', name: 'Idempotency-Key', required: true },
      IfMatch: { in: 'header', name: 'If-Match', required: true },
    });
    expect(document.components?.parameters?.ActingPost).not.toHaveProperty('required');
  });

  it('parameters have examples; a number is a number', () => {
    const query = at('/cases', 'get')?.parameters ?? [];
    expect(query).toContainEqual(expect.objectContaining({ name: 'limit', in: 'query', example: 20 }));
    expect(query).toContainEqual(
      expect.objectContaining({ name: 'level', example: 'red', description: 'Set by people' }),
    );
    expect(query.find((one) => 'name' in one && one.name === 'limit')).not.toHaveProperty('required');
  });

  it('replies carry the ETag where it is declared, and the correlation id always', () => {
    const headers = (path: string) => Object.keys(at(path, 'get')?.responses?.['200']?.headers ?? {});
    expect(headers('/cases/{id}')).toEqual(['Hejie-Correlation-Id', 'ETag']);
    expect(headers('/cases')).toEqual(['Hejie-Correlation-Id']);
    for (const response of Object.values(document.components?.responses ?? {})) {
      expect(response).toHaveProperty('headers.Hejie-Correlation-Id');
    }
  });

  it('names every status that may be answered, with an example of each problem', () => {
    expect(Object.keys(at('/cases/{id}', 'put')?.responses ?? {})).toEqual([
      '202',
      '401',
      '403',
      '404',
      '409',
      '412',
      '413',
      '415',
      '422',
      '428',
      '429',
      '500',
      '503',
    ]);
    expect(document.components?.responses?.['conflict-of-interest_not-permitted_purpose-refused']).toMatchObject({
      content: {
        'application/problem+json': {
          schema: { $ref: '#/components/schemas/Problem' },
          examples: { 'not-permitted': { $ref: '#/components/examples/not-permitted' } },
        },
      },
    });
  });

  it('passes the linter', async () => {
    expect(await linted(JSON.stringify(document))).toEqual([]);
  });

  it('is refused for a route declared twice, and for a chapter without a name', () => {
    const twice = { ...sample, again: sample['read-case'] };
    expect(() => openApiDocument(twice, about)).toThrow(/GET \/cases\/\{id\}/);
    const nameless = { one: { ...sample['list-cases'], path: '/weather' } };
    expect(() => openApiDocument(nameless, about)).toThrow(/weather/);
  });

  it('is the same whatever order the operations stand in, but for the operations of one path', () => {
    const reversed = Object.fromEntries(Object.entries(sample).reverse());
    expect(openApiDocument(reversed, about)).toEqual(document);
    expect(Object.keys(openApiDocument(reversed, about).paths ?? {})).toEqual(Object.keys(document.paths ?? {}));
  });
});

describe('the printed types', () => {
  const flat = (text: string) => text.replace(/\/\*\*.*?\*\//g, '').replace(/\s+/g, ' ');
  const text = flat(printTypes(JSON.parse(JSON.stringify(document))));

  it.each([
    ['what must be sent', '"path": { "id": components["schemas"]["CaseId"]; }; '],
    ['headers of a command', '"Idempotency-Key": string; "If-Match": string; "Hejie-Post"?: string;'],
    ['a query that may be left out', 'query?: { "limit"?: number; "level"?: components["schemas"]["Level"]; };'],
    ['a choice by kind', '{ "kind": "end"; }'],
    ['null', '"level": (components["schemas"]["Level"] | null);'],
    ['a tuple', '"at": [number, string];'],
    ['a closed list', '"Level": "yellow" | "orange" | "red";'],
    ['a record of some keys', '"counts": Partial<Record<components["schemas"]["Level"], number>>;'],
    ['a list', '"cases": (components["schemas"]["CaseId"])[];'],
    ['more fields than declared', '{ "n": number; } & Record<string, unknown>'],
    ['problems', '401: { content: { "application/problem+json": components["schemas"]["Problem"] } };'],
  ])('say %s', (_, expected) => {
    expect(text.replaceAll('path: {', '"path": {')).toContain(expected);
  });

  it('a keyword that the printer does not know stops it', () => {
    const components = { schemas: { Odd: { type: 'string', contains: {} } } };
    expect(() => printTypes({ paths: {}, components })).toThrow(/contains/);
  });
});
