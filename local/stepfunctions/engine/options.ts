import type { Integrations } from '../integrations/integrations.ts';
import type { Clock } from './clock.ts';
import type { HistoryEvent } from './events.ts';

export interface EngineOptions {
  /** A SQLite file, made where there is none; `:memory:` keeps everything in memory, for as long as the process lives. */
  readonly file: string;
  readonly clock: Clock;
  readonly integrations: Integrations;
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  /** Names of errors that functions may raise: a definition that waits for another is warned of. @default any name will do */
  readonly errorNames?: readonly string[];
  /** Whether stopping an execution stops its `.sync` children; AWS does so as it can. @default true */
  readonly stopChildren?: boolean;
  /** Steps from one commit to the next at most. @default 500 */
  readonly batch?: number;
  /** 0 to 1, for full jitter. @default Math.random */
  readonly chance?: () => number;
  /** Sees every event as it is added, before it is durable. */
  readonly onEvent?: (executionArn: string, event: HistoryEvent) => void;
  /** What must not happen: the process that runs the engine decides. @default throws it as an unhandled rejection */
  readonly onFault?: (fault: unknown) => void;
}
