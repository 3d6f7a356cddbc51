import type { JsonObject } from './json.ts';

export interface Retrier {
  ErrorEquals: string[];
  IntervalSeconds?: number;
  MaxAttempts?: number;
  BackoffRate?: number;
  MaxDelaySeconds?: number;
  JitterStrategy?: 'FULL' | 'NONE';
}

export interface Catcher {
  ErrorEquals: string[];
  Next: string;
  Output?: unknown;
  Assign?: JsonObject;
}

export interface ChoiceRule {
  Condition: unknown;
  Next: string;
  Output?: unknown;
  Assign?: JsonObject;
}

/** One state, after the definition was checked. */
export interface StateDefinition {
  Type: 'Task' | 'Pass' | 'Choice' | 'Wait' | 'Map' | 'Parallel' | 'Succeed' | 'Fail';
  QueryLanguage?: string;
  Next?: string;
  End?: boolean;
  Resource?: string;
  Arguments?: unknown;
  Output?: unknown;
  Assign?: JsonObject;
  Retry?: Retrier[];
  Catch?: Catcher[];
  TimeoutSeconds?: unknown;
  HeartbeatSeconds?: unknown;
  Choices?: ChoiceRule[];
  Default?: string;
  Seconds?: unknown;
  Timestamp?: unknown;
  Items?: unknown;
  ItemSelector?: unknown;
  ItemProcessor?: Machine;
  MaxConcurrency?: unknown;
  ToleratedFailureCount?: unknown;
  ToleratedFailurePercentage?: unknown;
  Branches?: Machine[];
  Error?: unknown;
  Cause?: unknown;
}

export interface Machine {
  StartAt: string;
  States: Record<string, StateDefinition>;
  TimeoutSeconds?: number;
}

/** A Task's Resource taken apart. */
export interface Resource {
  readonly arn: string;
  readonly kind: 'function' | 'service';
  readonly type: string; // resourceType of events: lambda, states, aws-sdk:dynamodb …
  readonly action: string; // resource of events: invoke, updateItem.waitForTaskToken …
  readonly service: string;
  readonly call: string; // action without its pattern
  readonly pattern: '' | 'sync' | 'sync:2' | 'waitForTaskToken';
}

const optimized: Record<string, readonly string[]> = {
  lambda: ['invoke', 'invoke.waitForTaskToken'],
  states: ['startExecution', 'startExecution.sync', 'startExecution.sync:2', 'startExecution.waitForTaskToken'],
  sns: ['publish', 'publish.waitForTaskToken'],
  sqs: ['sendMessage', 'sendMessage.waitForTaskToken'],
  dynamodb: ['getItem', 'putItem', 'updateItem', 'deleteItem'],
  events: ['putEvents', 'putEvents.waitForTaskToken'],
};

/** Undefined: not a resource this engine can serve. */
export function parseResource(arn: string): Resource | undefined {
  const lambda = /^arn:(aws[a-z-]*):lambda:[a-z0-9-]+:\d{12}:function:[A-Za-z0-9_$:-]+$/.exec(arn);
  if (lambda) return { arn, kind: 'function', type: '', action: '', service: 'lambda', call: 'invoke', pattern: '' };
  const parts =
    /^arn:aws[a-z-]*:states:[a-z0-9-]*:\d*:(aws-sdk:)?([a-z0-9]+):([A-Za-z0-9]+)(?:\.(sync:2|sync|waitForTaskToken))?$/.exec(
      arn,
    );
  const [, sdk, service = '', call = '', pattern = ''] = parts ?? [];
  if (!parts) return undefined;
  const action = pattern === '' ? call : `${call}.${pattern}`;
  if (sdk === undefined && !optimized[service]?.includes(action)) return undefined;
  if (sdk !== undefined && pattern.startsWith('sync')) return undefined;
  return {
    arn,
    kind: 'service',
    type: `${sdk ?? ''}${service}`,
    action,
    service,
    call,
    pattern: pattern as Resource['pattern'],
  };
}

/** The (sub)machine at a frame's path: pairs of state name and branch number. */
export function machineAt(root: Machine, path: readonly (string | number)[]): Machine {
  let machine = root;
  for (let at = 0; at < path.length; at += 2) {
    const state = machine.States[String(path[at])];
    const inner = state?.Type === 'Parallel' ? state.Branches?.[Number(path[at + 1])] : state?.ItemProcessor;
    if (inner === undefined) throw new Error(`no machine at ${path.join('/')}`);
    machine = inner;
  }
  return machine;
}
