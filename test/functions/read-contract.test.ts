import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { readContract } from '../../functions/read-contract/handler.ts';
import { assetOf } from '../../infra/bundle.ts';
import { contractOperations, scripts, styles } from '../../shared/api/operations/contract.ts';
import { problemSchema } from '../../shared/api/problems.ts';

/** The folder as it is deployed. */
function deployed(): string {
  const bundles = mkdtempSync(join(tmpdir(), 'bundles-'));
  mkdirSync(join(bundles, 'read-contract'));
  writeFileSync(join(bundles, 'read-contract/index.mjs'), '');
  return assetOf(bundles, 'read-contract', 'lakeside', '{}');
}

const folder = deployed();
const respond = readContract((file) => readFileSync(join(folder, file), 'utf8'));

async function get(resource: string, file?: string, headers: Record<string, string> = {}) {
  const event: Partial<APIGatewayProxyEvent> = {
    resource,
    headers,
    pathParameters: file === undefined ? null : { file },
  };
  const requestContext = { requestId: 'request-1' };
  const { statusCode, headers: answered, body } = await respond({ ...event, requestContext } as APIGatewayProxyEvent);
  return { status: statusCode, header: (name: string) => String(answered?.[name]), body };
}

describe('the contract', () => {
  it('is the document that lies in docs', async () => {
    const { status, header, body } = await get('/openapi.json');
    expect(status).toBe(200);
    expect(header('content-type')).toBe('application/json; charset=utf-8');
    expect(body).toBe(readFileSync(join(import.meta.dirname, '../../docs/openapi.json'), 'utf8'));
    expect(contractOperations['read-contract'].reply.parse(JSON.parse(body)).openapi).toBe('3.1.1');
  });

  it('is a page in both languages, whose scripts and styles are files of its own', async () => {
    const { status, header, body } = await get('/docs');
    expect(status).toBe(200);
    expect(header('content-type')).toBe('text/html; charset=utf-8');
    expect(body).toMatch(/<title>.*接口.*API.*<\/title>/);
    for (const [, attributes = '', inside] of body.matchAll(/<script([^>]*)>(.*?)<\/script>/gs)) {
      expect(attributes).toContain('src="docs/scripts/');
      expect(inside).toBe('');
    }
    expect(body).not.toMatch(/<style|\son\w+=|javascript:|https?:\/\//i);
  });

  it('asks for no file that is not served, under whatever stage', async () => {
    const { body } = await get('/docs');
    const asked = [...body.matchAll(/(?:src|href)="(?!data:)([^"]+)"/g)].map(([, path = '']) => path);
    expect(asked.sort()).toEqual([
      'docs/scripts/page.js',
      'docs/scripts/swagger-ui-bundle.js',
      'docs/styles/swagger-ui.css',
    ]);
    expect((await get('/docs/scripts/{file}', 'page.js')).body).toContain("url: 'openapi.json'");
  });

  it('lets scripts come from here only, and nobody frame it', async () => {
    const answers = [get('/docs'), get('/openapi.json'), get('/docs/scripts/{file}', 'page.js')];
    for (const { header } of await Promise.all(answers)) {
      const policy = new Map(
        header('content-security-policy')
          .split('; ')
          .map((rule): [string, string] => [rule.split(' ')[0] ?? '', rule.split(' ').slice(1).join(' ')]),
      );
      expect(policy.get('default-src')).toBe("'none'");
      expect(policy.get('script-src')).toBe("'self'");
      expect(policy.get('frame-ancestors')).toBe("'none'");
      expect(header('x-content-type-options')).toBe('nosniff');
      expect(header('referrer-policy')).toBe('no-referrer');
      expect(header('cache-control')).toContain('max-age');
    }
  });

  it.each([
    ...styles.map((file) => ['styles', file, 'text/css']),
    ...scripts.map((file) => ['scripts', file, 'text/javascript']),
  ])('serves %s/%s', async (kind, file, media) => {
    const { status, header, body } = await get(`/docs/${kind}/{file}`, file);
    expect(status).toBe(200);
    expect(header('content-type')).toBe(`${media}; charset=utf-8`);
    expect(body.length).toBeGreaterThan(100);
  });

  it.each([
    'city.json',
    'index.mjs',
    '../docs',
    '..%2Fcity.json',
    'swagger-ui.css',
  ])('%s is not among its scripts: a problem that says what is', async (file) => {
    const { status, header, body } = await get('/docs/scripts/{file}', file);
    expect(status).toBe(404);
    expect(header('content-type')).toBe('application/problem+json; charset=utf-8');
    const problem = problemSchema.parse(JSON.parse(body));
    expect(problem.type).toBe('urn:hejie:problem:unknown');
    expect(problem.detail).toContain('/docs/scripts/page.js');
  });

  it('gives the correlation id back, or one of its own where none fits', async () => {
    const given = async (sent: Record<string, string>) =>
      (await get('/docs', undefined, sent)).header('hejie-correlation-id');
    expect(await given({ 'Hejie-Correlation-Id': 'phone-7' })).toBe('phone-7');
    expect(await given({})).toBe('request-1');
    expect(await given({ 'hejie-correlation-id': 'a\r\nb: c' })).toBe('request-1');
  });
});
