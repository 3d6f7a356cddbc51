/** The contract, readable by whoever has the address: the document and its page. No token, nothing of the record. */
import * as z from 'zod';
import { operation } from '../operation.ts';

export const styles = ['swagger-ui.css'] as const;
export const scripts = ['swagger-ui-bundle.js', 'page.js'] as const;

export const contractOperations = {
  'read-contract': operation({
    method: 'GET',
    path: '/openapi.json',
    function: 'read-contract',
    kind: 'public',
    summary: { zh: '接口约定（OpenAPI 3.1）', en: 'The contract as an OpenAPI 3.1 document' },
    status: 200,
    reply: z
      .looseObject({ openapi: z.string(), info: z.looseObject({ title: z.string(), version: z.string() }) })
      .describe('This document'),
    examples: { reply: { openapi: '3.1.1', info: { title: '和解 Hejie', version: '1' }, paths: {} } },
  }),
  'read-docs': operation({
    method: 'GET',
    path: '/docs',
    function: 'read-contract',
    kind: 'public',
    summary: { zh: '接口说明页', en: 'The contract as a readable page' },
    status: 200,
    reply: z.string(),
    media: 'text/html',
    examples: { reply: '<!doctype html>' },
  }),
  'read-docs-style': operation({
    method: 'GET',
    path: '/docs/styles/{file}',
    function: 'read-contract',
    kind: 'public',
    summary: { zh: '说明页样式', en: 'A style sheet of the page' },
    params: z.strictObject({ file: z.enum(styles).describe('File of the page') }),
    status: 200,
    reply: z.string(),
    media: 'text/css',
    problems: ['unknown'],
    examples: { params: { file: 'swagger-ui.css' }, reply: '.swagger-ui{}' },
  }),
  'read-docs-script': operation({
    method: 'GET',
    path: '/docs/scripts/{file}',
    function: 'read-contract',
    kind: 'public',
    summary: { zh: '说明页脚本', en: 'A script of the page' },
    params: z.strictObject({ file: z.enum(scripts).describe('File of the page') }),
    status: 200,
    reply: z.string(),
    media: 'text/javascript',
    problems: ['unknown'],
    examples: { params: { file: 'page.js' }, reply: 'SwaggerUIBundle({})' },
  }),
} as const;
