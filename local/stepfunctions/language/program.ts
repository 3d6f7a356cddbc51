import type { Catcher, Machine, Retrier, State } from './asl.ts';
import { parseResource, type Resource } from './resource.ts';
import { compileInteger, compileNumber, compileTemplate, compileTyped, type Template } from './template.ts';

/**
 * A definition made ready to run: its fields compiled once. This is the seam between the interpreter and the query
 * language: what a state reads and gives is a `Template`, whatever language it was written in.
 */
export interface Program {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, CompiledState>;
  /** Of the whole machine, in seconds. */
  readonly timeoutSeconds?: number;
}

/** How a state is left: what it gives, what it assigns, where it leads (nowhere: it ends its flow). */
export interface Exit {
  readonly output?: Template;
  readonly assign?: Template;
  readonly next?: string;
}

export interface CompiledCatcher extends Exit {
  readonly errors: readonly string[];
}

interface Recovering {
  readonly retry: readonly Retrier[];
  readonly catch: readonly CompiledCatcher[];
}

interface Named<T extends State['Type']> {
  readonly type: T;
  readonly name: string;
}

export interface PassProgram extends Named<'Pass' | 'Succeed'> {
  readonly exit: Exit;
}

export interface FailProgram extends Named<'Fail'> {
  readonly error?: Template;
  readonly cause?: Template;
}

export interface ChoiceProgram extends Named<'Choice'> {
  readonly choices: readonly { readonly condition: Template; readonly exit: Exit }[];
  readonly otherwise?: Exit;
}

export interface WaitProgram extends Named<'Wait'> {
  readonly seconds?: Template;
  readonly timestamp?: Template;
  readonly exit: Exit;
}

export interface TaskProgram extends Named<'Task'>, Recovering {
  readonly resource: Resource;
  readonly arguments?: Template;
  readonly timeout?: Template;
  readonly heartbeat?: Template;
  readonly credentials?: Template;
  readonly exit: Exit;
}

export interface MapProgram extends Named<'Map'>, Recovering {
  readonly items?: Template;
  readonly itemSelector?: Template;
  readonly maxConcurrency?: Template;
  readonly toleratedCount?: Template;
  readonly toleratedPercentage?: Template;
  readonly body: Program;
  readonly exit: Exit;
}

export interface ParallelProgram extends Named<'Parallel'>, Recovering {
  readonly arguments?: Template;
  readonly branches: readonly Program[];
  readonly exit: Exit;
}

export type CompiledState =
  | PassProgram
  | FailProgram
  | ChoiceProgram
  | WaitProgram
  | TaskProgram
  | MapProgram
  | ParallelProgram;

/** States that Retry and Catch apply to. */
export type RecoveringState = TaskProgram | MapProgram | ParallelProgram;

export const recovers = (state: CompiledState): state is RecoveringState =>
  state.type === 'Task' || state.type === 'Map' || state.type === 'Parallel';

/** Seconds that AWS takes at most, about three years and two months. */
export const longestSeconds = 99_999_999;

type Fields = { Output?: unknown; Assign?: unknown; Next?: string | undefined };

function exitOf({ Output, Assign, Next }: Fields, at = ''): Exit {
  return {
    ...(Output === undefined ? {} : { output: compileTemplate(Output, `${at}Output`) }),
    ...(Assign === undefined ? {} : { assign: compileTemplate(Assign, `${at}Assign`) }),
    ...(Next === undefined ? {} : { next: Next }),
  };
}

const catcherOf = (catcher: Catcher, i: number): CompiledCatcher => ({
  ...exitOf(catcher, `Catch[${i}]/`),
  errors: catcher.ErrorEquals,
});

const recovering = (state: { Retry?: Retrier[]; Catch?: Catcher[] }): Recovering => ({
  retry: state.Retry ?? [],
  catch: (state.Catch ?? []).map(catcherOf),
});

/** A field that may be absent. */
const field = <K extends string>(
  key: K,
  value: unknown,
  compile: (value: unknown) => Template,
): Partial<Record<K, Template>> => {
  const compiled: Partial<Record<K, Template>> = {};
  if (value !== undefined) compiled[key] = compile(value);
  return compiled;
};

const integer =
  (location: string, least: number, most = longestSeconds) =>
  (value: unknown): Template =>
    compileInteger(value, location, least, most);

const typed =
  (location: string, expected: 'string' | 'number' | 'boolean' | 'array') =>
  (value: unknown): Template =>
    compileTyped(value, location, expected);

const anything =
  (location: string) =>
  (value: unknown): Template =>
    compileTemplate(value, location);

function compileState(name: string, state: State): CompiledState {
  switch (state.Type) {
    case 'Pass':
      return { type: 'Pass', name, exit: exitOf(state) };
    case 'Succeed':
      return { type: 'Succeed', name, exit: exitOf({ Output: state.Output }) };
    case 'Fail':
      return {
        type: 'Fail',
        name,
        ...field('error', state.Error, typed('Error', 'string')),
        ...field('cause', state.Cause, typed('Cause', 'string')),
      };
    case 'Choice':
      return {
        type: 'Choice',
        name,
        choices: (state.Choices ?? []).map((rule, i) => ({
          condition: typed(`Choices[${i}]/Condition`, 'boolean')(rule.Condition),
          exit: exitOf(rule, `Choices[${i}]/`),
        })),
        ...(state.Default === undefined ? {} : { otherwise: exitOf({ ...state, Next: state.Default }) }),
      };
    case 'Wait':
      return {
        type: 'Wait',
        name,
        ...field('seconds', state.Seconds, integer('Seconds', 0, Number.MAX_SAFE_INTEGER)),
        ...field('timestamp', state.Timestamp, typed('Timestamp', 'string')),
        exit: exitOf(state),
      };
    case 'Task': {
      const resource = parseResource(state.Resource);
      if (resource === undefined) throw new TypeError(`Unknown resource ${state.Resource}`);
      return {
        type: 'Task',
        name,
        resource,
        ...field('arguments', state.Arguments, anything('Arguments')),
        ...field('timeout', state.TimeoutSeconds, integer('TimeoutSeconds', 0)),
        ...field('heartbeat', state.HeartbeatSeconds, integer('HeartbeatSeconds', 0)),
        ...field('credentials', state.Credentials, anything('Credentials')),
        exit: exitOf(state),
        ...recovering(state),
      };
    }
    case 'Map': {
      const body = state.ItemProcessor ?? state.Iterator;
      if (body === undefined) throw new TypeError(`The Map '${name}' has no ItemProcessor`);
      return {
        type: 'Map',
        name,
        ...field('items', state.Items, typed('Items', 'array')),
        ...field('itemSelector', state.ItemSelector, anything('ItemSelector')),
        ...field('maxConcurrency', state.MaxConcurrency, integer('MaxConcurrency', 0)),
        ...field(
          'toleratedCount',
          state.ToleratedFailureCount,
          integer('ToleratedFailureCount', 0, Number.MAX_SAFE_INTEGER),
        ),
        ...field('toleratedPercentage', state.ToleratedFailurePercentage, (value) =>
          compileNumber(value, 'ToleratedFailurePercentage', 0, 100),
        ),
        body: compileMachine(body),
        exit: exitOf(state),
        ...recovering(state),
      };
    }
    case 'Parallel':
      return {
        type: 'Parallel',
        name,
        ...field('arguments', state.Arguments, anything('Arguments')),
        branches: state.Branches.map(compileMachine),
        exit: exitOf(state),
        ...recovering(state),
      };
  }
}

/** @param machine a definition that the checks have passed */
export function compileMachine(machine: Pick<Machine, 'StartAt' | 'States' | 'TimeoutSeconds'>): Program {
  return {
    startAt: machine.StartAt,
    states: new Map(Object.entries(machine.States).map(([name, state]) => [name, compileState(name, state)])),
    ...(machine.TimeoutSeconds === undefined ? {} : { timeoutSeconds: machine.TimeoutSeconds }),
  };
}
