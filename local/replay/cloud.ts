/** What the replay needs of a cloud. The local one is; a test may play one on paper. */

export interface OutboxMessage {
  readonly seq: number;
  readonly id: string;
  readonly topicArn: string;
  readonly at: number;
  readonly message: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

export interface ApiResponse {
  readonly status: number;
  readonly body: unknown;
}

export interface Counters {
  readonly executions: number;
  readonly transitions: number;
  readonly invocations: Readonly<Record<string, number>>;
  readonly readUnits: Readonly<Record<string, number>>;
  readonly writeUnits: Readonly<Record<string, number>>;
  readonly messages: number;
}

export interface ReplayCloud {
  readonly outputs: Readonly<Record<string, string>>;
  now(): number;
  /** When the next timer or schedule is due. */
  nextTimer(): number | undefined;
  /** Moves the clock and fires what is due. */
  jumpTo(at: number): Promise<void>;
  /** Nothing runs, nothing is under way. */
  settled(): Promise<void>;
  outbox(after: number): readonly OutboxMessage[];
  request(request: ApiRequest): Promise<ApiResponse>;
  counters(): Counters;
  scan(): AsyncIterable<Readonly<Record<string, unknown>>>;
}
