import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { Gateway } from '../../../local/cloud/gateway.ts';
import { type Cloud, openCloud } from '../../../local/cloud/index.ts';
import type { Template } from '../../../local/cloud/template.ts';
import { Throttle } from '../../../local/cloud/throttle.ts';

const monday = Date.parse('2026-01-05T09:00:00+08:00');
const authoriser = 'hejie-taizhou-authorise-caller';
const stack = 'hejie-taizhou';

/** Behind the gate: tells what it was told of the caller, and whether it reaches anything outside. */
const mirror = `export const handler = async ({ requestContext, queryStringParameters }) => {
  const address = queryStringParameters?.fetch;
  const reached = address ? await fetch(address).then(({ status }) => status, ({ message }) => message) : null;
  return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ...requestContext.authorizer, reached }) };
};`;

type Resources = Record<string, { Type: string; Properties: Record<string, unknown> }>;

/** The city's assembly with two more routes, /v1/mirror behind the gate and /v1/open before it. */
function assembled(change: (resources: Resources) => void = () => {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'assembly-'));
  cpSync(inject('assembly'), folder, { recursive: true });
  mkdirSync(join(folder, 'mirror'));
  writeFileSync(join(folder, 'mirror', 'index.mjs'), mirror);
  edited(join(folder, `${stack}.assets.json`), (manifest: { files: Record<string, unknown> }) => {
    manifest.files.mirror = { source: { path: 'mirror' }, destinations: { here: { objectKey: 'mirror.zip' } } };
  });
  edited(join(folder, `${stack}.template.json`), ({ Resources }: { Resources: Resources }) => {
    const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
    Resources.Mirror = {
      Type: 'AWS::Lambda::Function',
      Properties: { Handler: 'index.handler', Code: { S3Key: 'mirror.zip' }, Role: arn('AuthoriseCallerRole') },
    };
    const Uri = {
      'Fn::Join': ['', ['arn:aws-cn:apigateway:cn-north-1:lambda:path/functions/', arn('Mirror'), '/invocations']],
    };
    for (const [path, access] of [
      ['mirror', { AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'Authoriser' } }],
      ['open', { AuthorizationType: 'NONE' }],
    ] as const) {
      const Properties = { ParentId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] }, PathPart: path };
      Resources[`At${path}`] = { Type: 'AWS::ApiGateway::Resource', Properties };
      Resources[`Get${path}`] = {
        Type: 'AWS::ApiGateway::Method',
        Properties: { ...access, HttpMethod: 'GET', ResourceId: { Ref: `At${path}` }, Integration: { Uri } },
      };
    }
    change(Resources);
  });
  return folder;
}

function edited<T>(file: string, change: (content: T) => void): void {
  const content = JSON.parse(readFileSync(file, 'utf8'));
  change(content);
  writeFileSync(file, JSON.stringify(content));
}

const open = (assembly: string, data = mkdtempSync(join(tmpdir(), 'city-'))): Promise<Cloud> =>
  openCloud({ assembly, data, clock: 'jump', startAt: monday });

const problem = (status: number, type: string) => ({
  status,
  headers: {
    'content-type': 'application/problem+json',
    'hejie-correlation-id': expect.stringMatching(/^[\da-f-]{36}$/),
  },
  body: { type: `urn:hejie:problem:${type}`, status, instance: expect.stringMatching(/^[\da-f-]{36}$/) },
});

const officer = { person: 'p-17', purpose: 'handling', idNumber: '999999198001010011', phone: '13800000001' };

describe('the gate of a city on one machine', () => {
  let cloud: Cloud;
  beforeEach(async () => {
    cloud = await open(assembled());
  });
  afterEach(() => cloud.close());

  const get = (path: string, token?: string, method = 'GET') =>
    cloud.request({ method, path, headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });
  const asked = () => cloud.counters().invocations[authoriser] ?? 0;

  it('lets nobody in without a token, and does not ask about it', async () => {
    const answer = await get('/v1/mirror');
    expect(answer).toMatchObject(problem(401, 'not-signed-in'));
    expect(answer.headers['www-authenticate']).toBe('Bearer');
    expect(asked()).toBe(0);
    expect((await get('/v1/open')).status).toBe(200);
  });

  it('tells the function behind it who calls, in strings and without numbers', async () => {
    const { status, body } = await get('/v1/mirror', await cloud.issue(officer));
    expect(status).toBe(200);
    expect(body).toEqual({
      principalId: 'p-17',
      person: 'p-17',
      purpose: 'handling',
      expires: String(monday + 3_600_000 + 30_000),
      parties: expect.stringMatching(/^[\da-f]{40},[\da-f]{40}$/),
      reached: null,
    });
  });

  it('remembers who was let in for five minutes of the city, and nobody who was not', async () => {
    const token = await cloud.issue(officer);
    for (let i = 0; i < 3; i++) expect((await get('/v1/mirror', token)).status).toBe(200);
    expect(asked()).toBe(1);
    await cloud.jumpTo(monday + 301_000);
    await cloud.settled();
    expect((await get('/v1/mirror', token)).status).toBe(200);
    expect(asked()).toBe(2);
    for (let i = 0; i < 2; i++) {
      expect(await get('/v1/mirror', `${token.slice(0, -4)}AAAA`)).toMatchObject(problem(401, 'not-signed-in'));
    }
    expect(asked()).toBe(4);
  });

  it('lets nobody in with a token that is over', async () => {
    const token = await cloud.issue({ ...officer, expiresIn: 60 });
    await cloud.jumpTo(monday + 120_000);
    await cloud.settled();
    expect(await get('/v1/mirror', token)).toMatchObject(problem(401, 'not-signed-in'));
  });

  it('knows no other route and no other method, with a token or without', async () => {
    const token = await cloud.issue(officer);
    for (const answer of [await get('/v1/nowhere'), await get('/v1/mirror', token, 'PUT'), await get('/', token)]) {
      expect(answer).toMatchObject(problem(404, 'no-such-route'));
    }
    expect(asked()).toBe(0);
  });

  it('takes no body over ten megabytes', async () => {
    const body = 'x'.repeat(10 * 1024 * 1024 + 1);
    const { status, headers, body: said } = await cloud.request({ method: 'POST', path: '/v1/reports', body });
    expect({ status, headers, body: said }).toMatchObject(problem(413, 'too-large'));
    const overTheNetwork = await fetch(`${cloud.url}/v1/reports`, { method: 'POST', body });
    expect(overTheNetwork.status).toBe(413);
    expect(await overTheNetwork.json()).toMatchObject({ type: 'urn:hejie:problem:too-large' });
  });

  it('keeps functions in: they reach the identity provider by its name and nothing else', async () => {
    const reached = async (address: string) => {
      const path = `/v1/open?fetch=${encodeURIComponent(address)}`;
      return (await get(path)).body;
    };
    expect(await reached('https://sign-in.taizhou.example/.well-known/openid-configuration')).toEqual({ reached: 200 });
    for (const elsewhere of ['https://example.org/', 'https://sign-in.taizhou.example.org/', cloud.url]) {
      expect(await reached(elsewhere)).toEqual({ reached: expect.stringContaining('cannot be reached') });
    }
  });
});

describe('the development issuer', () => {
  it('gives tokens to whoever has the port, as JSON or as the token alone', async () => {
    const cloud = await open(assembled());
    const wish = (body: string | URLSearchParams, headers: Record<string, string> = {}) =>
      fetch(`${cloud.url}/identity/token`, { method: 'POST', body, headers });
    const form = new URLSearchParams({ ...officer, expiresIn: '60' });
    const token = await (await wish(form, { accept: 'text/plain' })).text();
    expect(decodeJwt(token)).toEqual({
      iss: 'https://sign-in.taizhou.example',
      aud: 'hejie',
      sub: 'p-17',
      purpose: 'handling',
      id_number: officer.idNumber,
      phone_number: officer.phone,
      iat: monday / 1000,
      exp: monday / 1000 + 60,
    });
    const headers = { authorization: `Bearer ${token}` };
    expect((await fetch(`${cloud.url}/v1/mirror`, { headers })).status).toBe(200);
    const json = await wish(JSON.stringify({ person: 'p-18' }), { 'content-type': 'application/json' });
    const { access_token, ...more } = (await json.json()) as { access_token: string };
    expect(more).toEqual({ token_type: 'Bearer', expires_in: 3600 });
    expect(decodeJwt(access_token)).not.toHaveProperty('purpose');
    for (const broken of ['', '{"person":', '{"person":"p","expiresIn":"soon"}']) {
      const answer = await wish(broken, { 'content-type': 'application/json' });
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ error: 'invalid_request' });
    }
    await cloud.close();
  });

  it('changes its key: old tokens hold until the next time, new ones at once, and all survive the process', async () => {
    const assembly = assembled();
    const data = mkdtempSync(join(tmpdir(), 'city-'));
    const first = await open(assembly, data);
    const kids = async (cloud: Cloud) => {
      const { keys } = (await (await fetch(`${cloud.url}/identity/jwks`)).json()) as { keys: Record<string, string>[] };
      for (const key of keys) expect(Object.keys(key).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
      return keys.map(({ kid }) => kid);
    };
    const mirrored = async (cloud: Cloud, token: string) =>
      (await cloud.request({ method: 'GET', path: '/v1/mirror', headers: { authorization: `Bearer ${token}` } }))
        .status;
    const before = await first.issue(officer);
    expect(await mirrored(first, before)).toBe(200);
    const rotated = await (await fetch(`${first.url}/identity/rotate`, { method: 'POST' })).json();
    const after = await first.issue({ ...officer, person: 'p-18' });
    expect(decodeProtectedHeader(after).kid).toBe((rotated as { kid: string }).kid);
    expect(decodeProtectedHeader(after).kid).not.toBe(decodeProtectedHeader(before).kid);
    expect(await mirrored(first, after)).toBe(200);
    const published = await kids(first);
    await first.close();

    const second = await open(assembly, data);
    expect(await kids(second)).toEqual(published);
    expect(await mirrored(second, before)).toBe(200);
    await fetch(`${second.url}/identity/rotate`, { method: 'POST' });
    expect(await kids(second)).not.toContain(decodeProtectedHeader(before).kid);
    await second.close();

    const third = await open(assembly, data);
    expect(await mirrored(third, before)).toBe(401);
    expect(await mirrored(third, after)).toBe(200);
    await third.close();
  });
});

describe('the routes', () => {
  const named = (type: string, name: string, properties: Record<string, unknown>) => ({
    id: name,
    type,
    name,
    arn: name,
    properties,
  });
  const uri = (fn: string) => ({ Uri: `arn:aws-cn:apigateway:cn-north-1:lambda:path/functions/arn:${fn}/invocations` });
  const all = [
    named('AWS::ApiGateway::RestApi', 'api', {}),
    named('AWS::ApiGateway::Stage', 'stage', { StageName: 'v1' }),
    ...['{id}', 'overdue', 'open.json'].flatMap((path) => [
      named('AWS::ApiGateway::Resource', path, { PathPart: path, ParentId: 'api-root' }),
      named('AWS::ApiGateway::Method', `GET ${path}`, {
        HttpMethod: 'GET',
        ResourceId: path,
        Integration: uri(`to-${path}`),
      }),
    ]),
  ];
  const template: Template = {
    stack: 'stack',
    outputs: {},
    resources: (wanted) => all.filter(({ type }) => type === wanted),
    asset: (key) => key,
  };
  const to = (path: string) => {
    const request = { method: 'GET', path, query: new URLSearchParams(), headers: {}, body: '' };
    return new Gateway(template).match(request, 'r', monday)?.functionArn;
  };

  it('that are written out come before those with a parameter, and a dot is a dot', () => {
    expect(to('/v1/overdue')).toBe('arn:to-overdue');
    expect(to('/v1/open.json')).toBe('arn:to-open.json');
    expect(to('/v1/openxjson')).toBe('arn:to-{id}');
    expect(to('/v1/%E0%A4%A')).toBe('arn:to-{id}');
    expect(to('/v2/overdue')).toBeUndefined();
  });
});

describe('a gate that is broken', () => {
  const answerOf = async (change: (resources: Resources) => void) => {
    const cloud = await open(assembled(change));
    const headers = { authorization: `Bearer ${await cloud.issue(officer)}` };
    const answer = await cloud.request({ method: 'GET', path: '/v1/mirror', headers });
    await cloud.close();
    return answer;
  };

  it('by a missing variable lets nobody in and says that signing in is not available', async () => {
    const answer = await answerOf(({ AuthoriseCaller }) => {
      Object.assign(AuthoriseCaller?.Properties ?? {}, { Environment: { Variables: {} } });
    });
    expect(answer).toMatchObject(problem(503, 'sign-in-unavailable'));
  });

  it('by a missing grant lets nobody in either', async () => {
    const answer = await answerOf(({ AuthoriseCallerRole }) => {
      Object.assign(AuthoriseCallerRole?.Properties ?? {}, { Policies: [] });
    });
    expect(answer).toMatchObject(problem(503, 'sign-in-unavailable'));
  });

  it('by a type that is not served here is refused at the start', async () => {
    const assembly = assembled(({ Authoriser }) => {
      Object.assign(Authoriser?.Properties ?? {}, { Type: 'TOKEN' });
    });
    await expect(open(assembly)).rejects.toThrow(/Authoriser.*not served/);
  });
});

describe('the rate of requests', () => {
  it('is limited over the network, and not for the process itself', async () => {
    const cloud = await open(
      assembled((resources) => {
        for (const { Type, Properties } of Object.values(resources)) {
          if (Type !== 'AWS::ApiGateway::Stage') continue;
          const all = { HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: 0.001, ThrottlingBurstLimit: 5 };
          Object.assign(Properties, { MethodSettings: [all] });
        }
      }),
    );
    const answers = [];
    for (let i = 0; i < 8; i++) answers.push(await fetch(`${cloud.url}/v1/open`));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429, 429, 429]);
    expect(answers[7]?.headers.get('content-type')).toBe('application/problem+json');
    expect(await answers[7]?.json()).toMatchObject({ type: 'urn:hejie:problem:too-many-requests', status: 429 });
    expect((await cloud.request({ method: 'GET', path: '/v1/open' })).status).toBe(200);
    await cloud.close();
  });

  it('comes back as time passes, up to the burst', () => {
    let now = 0;
    const throttle = new Throttle(2, 3, () => now);
    const admitted = (tries: number) => Array.from({ length: tries }, () => throttle.admits()).filter(Boolean).length;
    expect(admitted(5)).toBe(3);
    now = 500;
    expect(admitted(5)).toBe(1);
    now = 60_000;
    expect(admitted(5)).toBe(3);
  });
});
