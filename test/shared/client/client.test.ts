import { describe, expect, it } from 'vitest';
import { problemExample } from '../../../shared/api/answers.ts';
import { hejieClient } from '../../../shared/client/index.ts';

/** A city in this process that remembers what it was asked. */
function city(answer: () => Response) {
  const asked: Request[] = [];
  let tokens = 0;
  const client = hejieClient({
    baseUrl: 'http://city.test/v1',
    token: async () => {
      tokens += 1;
      return `token-${tokens}`;
    },
    post: '331003001.community-police',
    correlationId: () => `c-${asked.length}`,
    fetch: async (request) => {
      asked.push(request);
      return answer();
    },
  });
  return { client, asked };
}

describe('the client', () => {
  it('says who asks, for which post, under which correlation id, with a token of now', async () => {
    const { client, asked } = city(() => Response.json({ openapi: '3.1.1', info: { title: 'x', version: '1' } }));
    const { data } = await client.GET('/openapi.json');
    await client.GET('/openapi.json');
    expect(data?.openapi).toBe('3.1.1');
    expect(asked.map(({ url }) => url)).toEqual(Array(2).fill('http://city.test/v1/openapi.json'));
    expect(asked.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer token-1', 'Bearer token-2']);
    expect(asked.map(({ headers }) => headers.get('hejie-correlation-id'))).toEqual(['c-0', 'c-1']);
    expect(asked[0]?.headers.get('hejie-post')).toBe('331003001.community-police');
  });

  it('lets one request speak for itself', async () => {
    const { client, asked } = city(() => new Response('<!doctype html>'));
    const header = { 'Hejie-Correlation-Id': 'mine' };
    await client.GET('/docs', {
      params: { header },
      headers: { 'Hejie-Post': '331003.county-police' },
      parseAs: 'text',
    });
    expect(asked[0]?.headers.get('hejie-correlation-id')).toBe('mine');
    expect(asked[0]?.headers.get('hejie-post')).toBe('331003.county-police');
  });

  it('sends a command under the key that the caller chose', async () => {
    const { client, asked } = city(() => Response.json({}));
    const params = { path: { taskId: 'C-0123456789ab.verify-1' }, header: { 'Idempotency-Key': 'phone-7.1' } };
    await client.POST('/tasks/{taskId}/acknowledge', { params, body: {} });
    expect(asked[0]?.method).toBe('POST');
    expect(asked[0]?.url).toBe('http://city.test/v1/tasks/C-0123456789ab.verify-1/acknowledge');
    expect(asked[0]?.headers.get('idempotency-key')).toBe('phone-7.1');
  });

  it('a refusal is a problem of the registry, typed', async () => {
    const { client } = city(() => Response.json(problemExample('unknown'), { status: 404 }));
    const params = { path: { file: 'page.js' as const } };
    const { error, response } = await client.GET('/docs/scripts/{file}', { params });
    expect(response.status).toBe(404);
    expect(error?.type).toBe('urn:hejie:problem:unknown');
  });

  it('does not compile for a route or a parameter that the document does not have', () => {
    const { client } = city(() => Response.json({}));
    const never = () => [
      // @ts-expect-error no such route
      client.GET('/weather'),
      // @ts-expect-error the parameter is missing
      client.GET('/docs/scripts/{file}'),
      // @ts-expect-error a command without its Idempotency-Key
      client.POST('/tasks/{taskId}/acknowledge', { params: { path: { taskId: 'C-0123456789ab.verify-1' } }, body: {} }),
      // @ts-expect-error not among the scripts
      client.GET('/docs/scripts/{file}', { params: { path: { file: 'city.json' } } }),
    ];
    expect(never).toBeTypeOf('function');
  });
});
