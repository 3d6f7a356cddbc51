/** API Gateway: the routes of the template's REST API, each to the Lambda that it names. */
import { randomUUID } from 'node:crypto';
import { isObject, type JsonObject, listOf, objectOf } from './json.ts';
import { account, partition, type Resource, region, type Template } from './template.ts';

interface Route {
  readonly method: string;
  readonly path: string;
  readonly pattern: RegExp;
  readonly names: string[];
  readonly functionArn: string;
  readonly iam: boolean;
}

export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Matched {
  readonly functionArn: string;
  /** For execute-api:Invoke. */
  readonly arn: string;
  readonly iam: boolean;
  readonly event: JsonObject;
}

export class Gateway {
  readonly #routes: Route[] = [];
  readonly #api: string;
  readonly stage: string;

  constructor(template: Template) {
    const [api] = template.resources('AWS::ApiGateway::RestApi');
    const [stage] = template.resources('AWS::ApiGateway::Stage');
    this.#api = api?.name ?? '';
    this.stage = String(stage?.properties.StageName ?? '');
    const resources = new Map(template.resources('AWS::ApiGateway::Resource').map((one) => [one.name, one]));
    const pathOf = (id: unknown): string => {
      const resource: Resource | undefined = resources.get(String(id));
      return resource ? `${pathOf(resource.properties.ParentId)}/${String(resource.properties.PathPart)}` : '';
    };
    for (const { properties } of template.resources('AWS::ApiGateway::Method')) {
      const { Uri } = objectOf(properties.Integration);
      const [, functionArn] = /functions\/(arn:[^/]+)\/invocations/.exec(String(Uri)) ?? [];
      if (functionArn === undefined) continue;
      const path = pathOf(properties.ResourceId);
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
      const pattern = new RegExp(`^${path.replace(/\{\w+\}/g, '([^/]+)')}$`);
      const method = String(properties.HttpMethod);
      this.#routes.push({ method, path, pattern, names, functionArn, iam: properties.AuthorizationType === 'AWS_IAM' });
    }
  }

  /** The route of a request below the stage; undefined where there is none. */
  match(request: HttpRequest, now: number): Matched | undefined {
    const prefix = `/${this.stage}`;
    if (request.path !== prefix && !request.path.startsWith(`${prefix}/`)) return undefined;
    const path = request.path.slice(prefix.length) || '/';
    for (const route of this.#routes) {
      const values = route.pattern.exec(path);
      if (!values || (route.method !== request.method && route.method !== 'ANY')) continue;
      const pathParameters = Object.fromEntries(
        route.names.map((name, i) => [name, decodeURIComponent(values[i + 1] ?? '')]),
      );
      return {
        functionArn: route.functionArn,
        arn: `arn:${partition}:execute-api:${region}:${account}:${this.#api}/${this.stage}/${request.method}${path}`,
        iam: route.iam,
        event: this.#event(request, route, path, pathParameters, now),
      };
    }
    return undefined;
  }

  #event(request: HttpRequest, route: Route, path: string, pathParameters: JsonObject, now: number): JsonObject {
    const query = Object.fromEntries(request.query);
    const none = (fields: JsonObject) => (Object.keys(fields).length > 0 ? fields : null);
    return {
      resource: route.path,
      path,
      httpMethod: request.method,
      headers: request.headers,
      multiValueHeaders: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, [value]])),
      queryStringParameters: none(query),
      multiValueQueryStringParameters: none(
        Object.fromEntries(Object.keys(query).map((name) => [name, request.query.getAll(name)])),
      ),
      pathParameters: none(pathParameters),
      stageVariables: null,
      requestContext: {
        accountId: account,
        apiId: this.#api,
        httpMethod: request.method,
        path: request.path,
        protocol: 'HTTP/1.1',
        requestId: randomUUID(),
        requestTimeEpoch: now,
        resourcePath: route.path,
        stage: this.stage,
        identity: { sourceIp: '127.0.0.1', userAgent: request.headers['user-agent'] ?? null },
      },
      body: request.body === '' ? null : request.body,
      isBase64Encoded: false,
    };
  }
}

export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a proxy integration answers; 502 where it is no answer. */
export function replyOf(payload: unknown, functionError: string | undefined): HttpReply {
  const { statusCode, headers, body } = objectOf(payload);
  if (functionError !== undefined || !isObject(payload) || typeof statusCode !== 'number') {
    return problem(502, 'bad-gateway', 'Internal server error');
  }
  const named = Object.entries(objectOf(headers)).map(([name, value]) => [
    name.toLowerCase(),
    String(listOf(value)[0]),
  ]);
  return { status: statusCode, headers: Object.fromEntries(named), body: String(body ?? '') };
}

export const problem = (status: number, type: string, detail: string): HttpReply => ({
  status,
  headers: { 'content-type': 'application/problem+json; charset=utf-8' },
  body: JSON.stringify({ type: `urn:local:problem:${type}`, title: type, status, detail }),
});
