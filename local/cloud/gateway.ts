/** The routes of the template's REST API, each to the Lambda that it names. */
import { type JsonObject, listOf, objectOf } from './json.ts';
import { account, partition, type Resource, region, type Template, targetOf } from './template.ts';

interface Route {
  readonly method: string;
  readonly path: string;
  readonly pattern: RegExp;
  readonly names: string[];
  readonly functionArn: string;
  /** NONE, CUSTOM, AWS_IAM. */
  readonly authorization: string;
  readonly authorizerId: string;
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
  readonly authorization: string;
  readonly authorizerId: string;
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
      const functionArn = targetOf(objectOf(properties.Integration).Uri);
      if (functionArn === undefined) continue;
      const path = pathOf(properties.ResourceId);
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
      const pattern = new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '([^/]+)')}$`);
      const method = String(properties.HttpMethod);
      const authorization = String(properties.AuthorizationType ?? 'NONE');
      const authorizerId = String(properties.AuthorizerId ?? '');
      this.#routes.push({ method, path, pattern, names, functionArn, authorization, authorizerId });
    }
    // Where both fit, what is written out comes before what a parameter stands for.
    const last = (path: string) => path.replaceAll('{', '\uffff');
    this.#routes.sort((a, b) => (last(a.path) < last(b.path) ? -1 : 1));
  }

  /** The route of a request below the stage; undefined where there is none. */
  match(request: HttpRequest, requestId: string, now: number): Matched | undefined {
    const prefix = `/${this.stage}`;
    if (request.path !== prefix && !request.path.startsWith(`${prefix}/`)) return undefined;
    const path = request.path.slice(prefix.length) || '/';
    for (const route of this.#routes) {
      const values = route.pattern.exec(path);
      if (!values || (route.method !== request.method && route.method !== 'ANY')) continue;
      const pathParameters = Object.fromEntries(route.names.map((name, i) => [name, decoded(values[i + 1] ?? '')]));
      return {
        functionArn: route.functionArn,
        arn: `arn:${partition}:execute-api:${region}:${account}:${this.#api}/${this.stage}/${request.method}${path}`,
        authorization: route.authorization,
        authorizerId: route.authorizerId,
        event: this.#event(request, route, path, pathParameters, requestId, now),
      };
    }
    return undefined;
  }

  #event(
    request: HttpRequest,
    route: Route,
    path: string,
    pathParameters: JsonObject,
    requestId: string,
    now: number,
  ): JsonObject {
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
        requestId,
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

/** What a proxy integration answered. */
export function replyOf(payload: JsonObject, requestId: string): HttpReply {
  const { statusCode, headers, multiValueHeaders, body } = payload;
  const named = [...Object.entries(objectOf(headers)), ...Object.entries(objectOf(multiValueHeaders))].map(
    ([name, value]) => [name.toLowerCase(), listOf(value).map(String).join(', ')],
  );
  return {
    status: Number(statusCode),
    headers: { ...Object.fromEntries(named), 'x-amzn-requestid': requestId },
    body: String(body ?? ''),
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
