/** One signed request to an endpoint. By node:http and not by fetch: a function may take a quarter of an hour to answer. */
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface SignedRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signing: { readonly service: string; readonly region: string; readonly credentials: Credentials };
  readonly signal?: AbortSignal;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly requestId: string | undefined;
  readonly body: string;
}

/** A call that failed: `name` is AWS's code, `statusCode` and `requestId` are there if an answer was. */
export class EndpointError extends Error {
  override readonly name: string;
  readonly statusCode: number | undefined;
  readonly requestId: string | undefined;
  constructor(name: string, message: string, reply?: Pick<Reply, 'status' | 'requestId'>) {
    super(message);
    this.name = name;
    this.statusCode = reply?.status;
    this.requestId = reply?.requestId;
  }
}

/** Posts, and resolves to whatever is answered. @throws EndpointError `SdkClientException` where nothing is */
export async function sendSigned({ url, headers, body, signing, signal }: SignedRequest): Promise<Reply> {
  const signer = new SignatureV4({ ...signing, sha256: Sha256 });
  const signed = await signer.sign({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    ...(url.port === '' ? {} : { port: Number(url.port) }),
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: { ...headers, host: url.host, 'content-length': String(Buffer.byteLength(body)) },
    body,
  });
  try {
    return await exchange(url, signed.headers, body, signal);
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    const why = error instanceof Error ? error.message || error.name : String(error);
    throw new EndpointError('SdkClientException', `Unable to execute HTTP request: ${why}`);
  }
}

function exchange(url: URL, headers: Record<string, string>, body: string, signal?: AbortSignal): Promise<Reply> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((answered, failed) => {
    const sent = request(url, { method: 'POST', headers, ...(signal ? { signal } : {}) }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', failed);
      response.on('end', () => {
        const told = Object.entries(response.headers).map(([name, value]) => [name, String(value)] as const);
        const flat: Record<string, string> = Object.fromEntries(told);
        answered({
          status: response.statusCode ?? 0,
          headers: flat,
          requestId: flat['x-amzn-requestid'],
          body: Buffer.concat(parts).toString('utf8'),
        });
      });
    });
    sent.on('error', failed);
    sent.end(body);
  });
}
