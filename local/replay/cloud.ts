/** What the replay needs of a cloud. The local one is one; a test may play one on paper. */
import type { ApiAnswer, ApiCall, Cloud } from '../cloud/index.ts';

export type { Counters, OutboxMessage } from '../cloud/index.ts';
export type ApiRequest = ApiCall;
export type ApiResponse = Pick<ApiAnswer, 'status' | 'body'>;

type Used = 'outputs' | 'now' | 'nextTimer' | 'jumpTo' | 'settled' | 'counters';

export interface ReplayCloud extends Pick<Cloud, Used> {
  outbox(after: number): readonly ReturnType<Cloud['outbox']>[number][];
  request(request: ApiRequest): Promise<ApiResponse>;
  scan(): AsyncIterable<Readonly<Record<string, unknown>>>;
}
