/** The API's client, typed by docs/openapi.json: what tests and simulated staff speak through. */
import createClient, { type Client } from 'openapi-fetch';
import type { components, paths } from './schema.ts';

export type { components, operations, paths } from './schema.ts';
export type Problem = components['schemas']['Problem'];
export type HejieClient = Client<paths>;

export interface HejieClientOptions {
  /** With the stage: https://…/v1 */
  readonly baseUrl: string;
  /** A token of the city's identity provider, asked for before every request. */
  readonly token: () => Promise<string>;
  /** Which of one's posts acts, where a request does not say. */
  readonly post?: string;
  /** Of the next request. */
  readonly correlationId?: () => string;
  /** In place of the network. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

/** A command's Idempotency-Key is the caller's to choose: only the caller knows what is the same command. */
export function hejieClient({ baseUrl, token, post, correlationId, fetch }: HejieClientOptions): HejieClient {
  const client = createClient<paths>({ baseUrl, ...(fetch ? { fetch } : {}) });
  client.use({
    async onRequest({ request: { headers } }) {
      headers.set('Authorization', `Bearer ${await token()}`);
      if (post !== undefined && !headers.has('Hejie-Post')) headers.set('Hejie-Post', post);
      if (correlationId && !headers.has('Hejie-Correlation-Id')) headers.set('Hejie-Correlation-Id', correlationId());
    },
  });
  return client;
}
