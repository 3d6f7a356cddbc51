import type { JsonObject } from '../json.ts';

type Header = readonly [name: string, value: string];

/** What AWS's optimised integrations add to a service's answer: the HTTP headers, twice over, and the request's id. */
function metadata(requestId: string, headers: readonly Header[]): JsonObject {
  return {
    SdkHttpMetadata: {
      AllHttpHeaders: Object.fromEntries(headers.map(([name, value]) => [name, [value]])),
      HttpHeaders: Object.fromEntries(headers),
      HttpStatusCode: 200,
    },
    SdkResponseMetadata: { RequestId: requestId },
  };
}

export interface Answered {
  readonly requestId: string;
  /** Bytes of the body. */
  readonly length: number;
  /** Epoch milliseconds. */
  readonly at: number;
}

export function lambdaMetadata({ requestId, length, at }: Answered, version: string): JsonObject {
  return metadata(requestId, [
    ['X-Amz-Executed-Version', version],
    ['x-amzn-Remapped-Content-Length', '0'],
    ['Connection', 'keep-alive'],
    ['x-amzn-RequestId', requestId],
    ['Content-Length', String(length)],
    ['Date', new Date(at).toUTCString()],
    ['X-Amzn-Trace-Id', `root=1-${Math.floor(at / 1000).toString(16)}-${requestId.replaceAll('-', '').slice(0, 24)}`],
    ['Content-Type', 'application/json'],
  ]);
}

export function serviceMetadata(service: string, { requestId, length, at }: Answered): JsonObject {
  const common: Header[] = [
    ['Content-Length', String(length)],
    ['Date', new Date(at).toUTCString()],
  ];
  if (service === 'dynamodb') {
    return metadata(requestId, [
      ['Server', 'Server'],
      ['Connection', 'keep-alive'],
      ['x-amzn-RequestId', requestId],
      ['x-amz-crc32', '0'],
      ...common,
      ['Content-Type', 'application/x-amz-json-1.0'],
    ]);
  }
  return metadata(requestId, [
    ['x-amzn-RequestId', requestId],
    ['connection', 'keep-alive'],
    ...common,
    ['Content-Type', service === 'sns' ? 'text/xml' : 'application/x-amz-json-1.0'],
  ]);
}
