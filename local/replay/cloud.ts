/** What the replay needs of a cloud. The local one is one; a test may play one on paper. */
import type { ApiAnswer, ApiCall, Cloud } from '../cloud/index.ts';

export type { Counters, OutboxMessage } from '../cloud/index.ts';
export type ApiRequest = ApiCall;
export type ApiResponse = ApiAnswer;

type Used = 'outputs' | 'now' | 'nextTimer' | 'jumpTo' | 'settled' | 'request' | 'issue' | 'counters';

export interface ReplayCloud extends Pick<Cloud, Used> {
  outbox(after: number): readonly ReturnType<Cloud['outbox']>[number][];
  scan(): AsyncIterable<Readonly<Record<string, unknown>>>;
}
