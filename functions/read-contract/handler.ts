import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { Unknown } from '../../shared/errors.ts';
import { correlationHeader, refused } from '../middleware/reply.ts';

/** All that is served: the document, and the page with its styles and scripts. */
const served = new Map([
  ['/openapi.json', { file: 'openapi.json', media: 'application/json' }],
  ['/docs', { file: 'page.html', media: 'text/html' }],
  ['/docs/styles/swagger-ui.css', { file: 'swagger-ui.css', media: 'text/css' }],
  ['/docs/scripts/swagger-ui-bundle.js', { file: 'swagger-ui-bundle.js', media: 'text/javascript' }],
  ['/docs/scripts/page.js', { file: 'page.js', media: 'text/javascript' }],
]);

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  // Swagger UI writes styles into its markup.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const security = {
  'cache-control': 'public, max-age=300',
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

function correlationId({ headers, requestContext }: APIGatewayProxyEvent): string {
  const [, sent = ''] = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === correlationHeader) ?? [];
  return /^[\w.:#@-]{1,100}$/.test(sent) ? sent : requestContext.requestId;
}

/** @throws Unknown */
function fileOf({ resource, pathParameters }: APIGatewayProxyEvent): { readonly file: string; readonly media: string } {
  const asked = resource.replace('{file}', pathParameters?.file ?? '');
  const found = served.get(asked);
  if (!found) throw new Unknown('file', asked, `there are ${[...served.keys()].join(', ')}`);
  return found;
}

/** GET /v1/openapi.json, /v1/docs and its files: the contract, without a token. */
export const readContract =
  (read: (file: string) => string) =>
  async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
    const id = correlationId(event);
    try {
      const { file, media } = fileOf(event);
      const headers = { ...security, 'content-type': `${media}; charset=utf-8`, [correlationHeader]: id };
      return { statusCode: 200, headers, body: read(file) };
    } catch (error) {
      return refused(error, id);
    }
  };
