import type { JsonObject } from '../json.ts';

// A definition as it is written, in the Amazon States Language's own words. The checks prove that a text has this form.

export type QueryLanguage = 'JSONata' | 'JSONPath';
export type MachineType = 'STANDARD' | 'EXPRESS';

/** In the order in which AWS lists them. */
export const stateTypes = ['Task', 'Wait', 'Pass', 'Succeed', 'Fail', 'Choice', 'Parallel', 'Map'] as const;
export type StateType = (typeof stateTypes)[number];

export interface Retrier {
  Comment?: string;
  ErrorEquals: string[];
  /** Seconds, as `MaxDelaySeconds`. */
  IntervalSeconds?: number;
  MaxAttempts?: number;
  BackoffRate?: number;
  MaxDelaySeconds?: number;
  JitterStrategy?: 'FULL' | 'NONE';
}

export interface Catcher {
  Comment?: string;
  ErrorEquals: string[];
  Next: string;
  Assign?: JsonObject;
  Output?: unknown;
  ResultPath?: string | null;
}

/** A comparison of a JSONPath rule: `Variable` and an operator, or rules joined by And, Or, Not. */
export type Comparison = JsonObject;

export interface ChoiceRule {
  Comment?: string;
  /** JSONata: a boolean. */
  Condition?: unknown;
  Next: string;
  Assign?: JsonObject;
  Output?: unknown;
  /** JSONPath: what else the rule has. */
  [comparison: string]: unknown;
}

/** What every state may have, whatever its query language. */
interface Common {
  Comment?: string;
  QueryLanguage?: QueryLanguage;
}

/** What a state makes of its input and output. The paths are of JSONPath, `Output` is of JSONata. */
interface Flowing extends Common {
  InputPath?: string | null;
  OutputPath?: string | null;
  Output?: unknown;
}

interface Assigning extends Flowing {
  Assign?: JsonObject;
}

/** Exactly one of the two leads on. */
interface Leading extends Assigning {
  Next?: string;
  End?: boolean;
}

interface Working extends Leading {
  /** JSONPath, as `ResultSelector` and `ResultPath`. */
  Parameters?: unknown;
  ResultSelector?: unknown;
  ResultPath?: string | null;
  Retry?: Retrier[];
  Catch?: Catcher[];
}

export interface TaskState extends Working {
  Type: 'Task';
  Resource: string;
  Arguments?: unknown;
  Credentials?: JsonObject;
  TimeoutSeconds?: unknown;
  TimeoutSecondsPath?: string;
  HeartbeatSeconds?: unknown;
  HeartbeatSecondsPath?: string;
}

export interface ParallelState extends Working {
  Type: 'Parallel';
  Arguments?: unknown;
  Branches: Branch[];
}

export interface MapState extends Working {
  Type: 'Map';
  ItemProcessor?: ItemProcessor;
  /** The old name of `ItemProcessor`. A Map has one of the two. */
  Iterator?: ItemProcessor;
  Items?: unknown;
  ItemsPath?: string;
  ItemSelector?: unknown;
  ItemReader?: JsonObject;
  ItemBatcher?: JsonObject;
  ResultWriter?: JsonObject;
  Label?: string;
  MaxConcurrency?: unknown;
  MaxConcurrencyPath?: string;
  ToleratedFailureCount?: unknown;
  ToleratedFailureCountPath?: string;
  ToleratedFailurePercentage?: unknown;
  ToleratedFailurePercentagePath?: string;
}

export interface PassState extends Leading {
  Type: 'Pass';
  Parameters?: unknown;
  Result?: unknown;
  ResultPath?: string | null;
}

export interface WaitState extends Leading {
  Type: 'Wait';
  Seconds?: unknown;
  SecondsPath?: string;
  Timestamp?: unknown;
  TimestampPath?: string;
}

export interface ChoiceState extends Assigning {
  Type: 'Choice';
  Choices: ChoiceRule[];
  Default?: string;
}

export interface SucceedState extends Flowing {
  Type: 'Succeed';
}

export interface FailState extends Common {
  Type: 'Fail';
  Error?: unknown;
  ErrorPath?: string;
  Cause?: unknown;
  CausePath?: string;
}

export type State =
  | TaskState
  | WaitState
  | PassState
  | SucceedState
  | FailState
  | ChoiceState
  | ParallelState
  | MapState;

/** States and where they start: a machine, or one inside a Parallel or Map. */
export interface Branch {
  Comment?: string;
  StartAt: string;
  States: Record<string, State>;
}

export interface ItemProcessor extends Branch {
  ProcessorConfig?: { Mode?: 'INLINE' | 'DISTRIBUTED'; ExecutionType?: MachineType };
}

export interface Machine extends Branch {
  Version?: '1.0';
  QueryLanguage?: QueryLanguage;
  TimeoutSeconds?: number;
}

/** A state's own query language, else the machine's: not that of a Map or Parallel around it. */
export const languageOf = (machine: Pick<Machine, 'QueryLanguage'>, state: Common): QueryLanguage =>
  state.QueryLanguage ?? machine.QueryLanguage ?? 'JSONPath';

/** The machines inside a state, each with its place below the state. */
export function insides(state: State): { readonly at: string; readonly inside: ItemProcessor }[] {
  if (state.Type === 'Parallel') return state.Branches.map((inside, i) => ({ at: `/Branches[${i}]`, inside }));
  if (state.Type !== 'Map') return [];
  return [
    ...(state.ItemProcessor === undefined ? [] : [{ at: '/ItemProcessor', inside: state.ItemProcessor }]),
    ...(state.Iterator === undefined ? [] : [{ at: '/Iterator', inside: state.Iterator }]),
  ];
}

/** One way out of a state, and what is assigned on it. */
export interface Way {
  /** What of the state says so: `/Choices[0]`, `/Catch[1]` or, empty, the state itself. */
  readonly at: string;
  /** Undefined: it ends there. */
  readonly to: string | undefined;
  readonly assign: JsonObject;
}

export function waysOf(state: State): Way[] {
  const to = state.Type === 'Choice' ? state.Default : 'Next' in state ? state.Next : undefined;
  const assign = ('Assign' in state ? state.Assign : undefined) ?? {};
  const choices = state.Type === 'Choice' ? state.Choices : [];
  const catchers = 'Catch' in state ? (state.Catch ?? []) : [];
  const way = (field: string) => (item: ChoiceRule | Catcher, i: number) => ({
    at: `/${field}[${i}]`,
    to: item.Next,
    assign: item.Assign ?? {},
  });
  return [{ at: '', to, assign }, ...choices.map(way('Choices')), ...catchers.map(way('Catch'))];
}
